//! What the secretary answered to the questions about her roll, in the worksheet
//! of questions or in a column 核对 of the roll itself.

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};
use std::ops::ControlFlow;
use std::path::Path;

use super::cell::columns::Column;
use super::cell::grouping::is_surely_group;
use super::cell::lexicon::{self, Words};
use super::cell::shown::{NOT_SHOWN, carries_personal, names_a_door, names_an_account, quote};
use super::cell::values::Value;
use super::cell::{columns, words};
use super::export::Question;
use super::source::colours::Colour;
use super::source::kind;
use super::source::{self, Row, SheetHead, Sink, Stored, StoredRow};
use super::unreadable;
use crate::diagnostic::{Cell, Diagnostic, Place, Report, Severity};
use crate::privacy::mask_label;

/// The headings of the worksheet of questions that are read back.
pub(super) const ANSWER: &str = "答复";
pub(super) const WRITTEN: &str = "现在写的";
/// The sheet in which a copy of a roll carries what is open, and about no voter.
pub(super) const OPEN_SHEET: &str = "还没有核对的问题";
/// What a question that was carried over begins with.
pub(super) const NOT_CHECKED: &str = "还没有核对：";
/// How it begins in the copy where an answer did not settle it.
pub(super) const OPEN_IN_SPITE: &str = "答复以后还要核对：";
/// What is always an answer.
pub(super) const NOT_VOTER: &str = "不是选民";
const SHEET: &str = "工作表";
const ROW: &str = "行";
const COLUMN: &str = "列";
/// Whom the question is about, so that no answer is taken for somebody else's.
pub(super) const WHO: &str = "姓名";
/// What was asked: it tells questions about the whole roll from one another.
pub(super) const ASKED: &str = "问题";

/// One answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Answer {
    /// The row is no voter's.
    NotVoter,
    /// It is one's, whatever it looks like.
    Voter,
    /// Two people who look like one.
    TwoPeople,
    /// What was asked about is right as it stands.
    Right,
    /// What the cell should say.
    Change(String),
}

impl Answer {
    /// Reads an answer as people write it; `None` if it is not understood.
    pub fn parse(text: &str) -> Option<Self> {
        static NOT_VOTER: Words = Words::new(|| lexicon::words("answers", "not-voter"));
        static GONE: Words = Words::new(|| lexicon::words("answers", "gone"));
        static VOTER: Words = Words::new(|| lexicon::words("answers", "voter"));
        static ALIVE: Words = Words::new(|| lexicon::words("answers", "alive"));
        static TWO: Words = Words::new(|| lexicon::words("answers", "two-people"));
        static RIGHT: Words = Words::new(|| lexicon::words("answers", "right"));
        let text = text.trim();
        let key = words::compact(text);
        let key = key.trim_end_matches(['。', '.', '！', '!']);
        for word in ["改为", "改成", "应为", "更正为", "应改为", "应该是", "应当是", "应是", "调到"]
        {
            if let Some(said) = text.strip_prefix(word) {
                let said =
                    said.trim_matches(|c: char| c.is_whitespace() || ":：“”\"「」'".contains(c));
                return Some(Answer::Change(said.to_owned())).filter(|_| !said.is_empty());
            }
        }
        let begins = |words: &[&str]| words.iter().any(|word| key.starts_with(word));
        // 不是选民，是选民 says neither.
        let clauses = || key.split([',', '，', '。', ';', '；', '、', '/']);
        let says = |words: &[&str]| {
            clauses().any(|clause| words.iter().any(|word| clause.starts_with(word)))
        };
        if says(&NOT_VOTER) && says(&VOTER) {
            return None;
        }
        let is = |words: &[&str]| words.contains(&key);
        // 经核实是选民
        let ends_as_voter = key.ends_with("是选民") && !key.contains(['不', '非', '再', '否']);
        match key {
            _ if begins(&TWO) => Some(Answer::TwoPeople),
            "是" | "是的" => Some(Answer::Voter),
            _ if begins(&VOTER) || is(&ALIVE) || ends_as_voter => Some(Answer::Voter),
            _ if begins(&NOT_VOTER) || is(&GONE) => Some(Answer::NotVoter),
            // 对 to “还是选民吗？” may mean that he is dead, as is written there.
            "对" | "对的" => Some(Answer::Right),
            _ if begins(&RIGHT) => Some(Answer::Right),
            _ => None,
        }
    }

    /// As [`Answer::parse`], where the question is about a cell under `heading`: 三组 under
    /// 小组 is what should stand there.
    fn parse_under(text: &str, heading: &str) -> Option<Self> {
        let name =
            heading.split_once('（').map_or(heading, |(_, name)| name.trim_end_matches('）'));
        let is_group = columns::known(name).is_some_and(|(column, _)| column == Column::Group);
        let group = || Some(Answer::Change(text.trim().to_owned()));
        Self::parse(text).or_else(|| (is_group && is_surely_group(text)).then(group).flatten())
    }

    /// What the answer confirms, to be written beside the voter.
    pub(super) fn confirms(&self) -> Option<Confirmed> {
        match self {
            Answer::Voter => Some(Confirmed::VOTER),
            Answer::TwoPeople => Some(Confirmed::TWO_PEOPLE),
            Answer::Right => Some(Confirmed::RIGHT),
            Answer::NotVoter | Answer::Change(_) => None,
        }
    }
}

/// What was confirmed of a row.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Confirmed(u8);

impl Confirmed {
    pub(super) const VOTER: Self = Self(1);
    pub(super) const TWO_PEOPLE: Self = Self(2);
    pub(super) const RIGHT: Self = Self(4);
    /// One thing that was asked about it is right, and nothing is said of the others.
    pub(super) const IN_PART: Self = Self(8);
    const WORDS: [(Self, &'static str); 3] =
        [(Self::VOTER, "是选民"), (Self::TWO_PEOPLE, "确是两人"), (Self::RIGHT, "无误")];

    pub(super) fn and(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    fn has(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }

    /// What holds whatever is asked.
    fn of_all(self) -> Self {
        Self(self.0 & !Self::IN_PART.0)
    }

    /// Whether a question need not be asked any more.
    pub(super) fn settles(self, code: &str, severity: Severity) -> bool {
        match code {
            "roll-duplicate"
            | "roll-same-person"
            | "roll-same-person-elsewhere"
            | "roll-namesake" => self.has(Self::TWO_PEOPLE),
            // An error, since many may be lost; but she may know better.
            "roll-beside" | "roll-name-several" => self.has(Self::RIGHT),
            "roll-open" => self.of_all() != Self::default(),
            "roll-remark" | "roll-name-only" | "roll-row-struck" | "roll-row-hidden"
            | "roll-row-unclear" | "roll-also-aside" => self.has(Self::VOTER),
            _ => severity < Severity::Error && self.has(Self::RIGHT),
        }
    }

    /// What to answer where something else was, that does not settle the question.
    pub(super) fn asks_for(self, code: &str, severity: Severity) -> Option<String> {
        let settling = Self::settling(code, severity);
        if self.of_all() == Self::default() || self.settles(code, severity) || settling.is_empty() {
            return None;
        }
        let wanted: Vec<String> =
            settling.iter().chain(&[NOT_VOTER]).map(|word| format!("“{word}”")).collect();
        Some(format!("已答的“{}”答不了这一题，要答{}", self.words(), wanted.join("或")))
    }

    /// The words that settle a question.
    pub(super) fn settling(code: &str, severity: Severity) -> Vec<&'static str> {
        let settling = Self::WORDS.into_iter().filter(|(one, _)| one.settles(code, severity));
        settling.map(|(_, word)| word).collect()
    }

    /// As it is written in a column 核对.
    pub(super) fn words(self) -> String {
        let said = if self.has(Self::IN_PART) { self.and(Self::RIGHT) } else { self };
        let words = Self::WORDS.into_iter().filter(|(one, _)| said.has(*one)).map(|(_, word)| word);
        words.collect::<Vec<_>>().join("；")
    }

    /// Reads such a column.
    pub(super) fn parse(text: &str) -> Self {
        let answers = text.split(['；', ';', '，', ',']).filter_map(Answer::parse);
        answers.filter_map(|answer| answer.confirms()).fold(Self::default(), Self::and)
    }
}

/// The answers to one row's questions.
#[derive(Clone, Debug)]
pub(super) struct CellAnswer {
    /// The column, counted from zero; none for the whole row.
    pub at: Option<usize>,
    pub answer: Answer,
    /// What stood there when the question was asked, as the worksheet shows it.
    was: String,
    /// The name that stood in the row then; empty where it had none.
    who: String,
    /// What was asked; empty where the worksheet does not say.
    asked: String,
}

/// All answers, by sheet and row.
#[derive(Clone, Debug, Default)]
pub struct Answers {
    rows: HashMap<(String, u32), Vec<CellAnswer>>,
    /// What was confirmed of the whole roll, by what was asked.
    of_roll: HashMap<String, Confirmed>,
}

impl Answers {
    /// Reads the answers out of a worksheet of questions.
    pub fn read(path: &Path, report: &mut Report) -> Option<Self> {
        let mut collected = Collected::default();
        if let Err(problem) = source_of(path, &mut collected) {
            report.push(problem);
            return None;
        }
        let Some(heading) = collected.rows.iter().position(|(_, row)| Columns::find(row).is_some())
        else {
            report.push(unreadable(
                path,
                format!("找不到“{ANSWER}”这一列，不像待核对清单"),
                "用 zhangbang roll 名册 -o 文件夹 写出的“待核对清单.xlsx”，在“答复”一栏填写",
            ));
            return None;
        };
        let columns = Columns::find(&collected.rows[heading].1)?;
        let mut answers = Self::default();
        for (number, row) in &collected.rows[heading + 1..] {
            answers.take(&columns, *number, row, path, report);
        }
        Some(answers)
    }

    /// Takes the answer to a question; whether it is understood and answers it.
    pub fn give(&mut self, question: &Question, said: &str) -> bool {
        let (row, at) = (question.row.parse::<u32>(), column_in(Some(&question.column)));
        match (row, Answer::parse_under(said, &question.column)) {
            (Ok(_), Some(Answer::Change(_))) if at.is_none() => false,
            (Ok(row), Some(answer)) => {
                let Question { written: was, who, message: asked, .. } = question.clone();
                let key = (question.sheet.clone(), row);
                self.rows.entry(key).or_default().push(CellAnswer { at, answer, was, who, asked });
                true
            }
            (Err(_), Some(answer)) if question.row.is_empty() => {
                self.take_of_roll(&question.message, &answer)
            }
            _ => false,
        }
    }

    /// Takes the answer to a question about the whole roll; whether it can be one.
    fn take_of_roll(&mut self, asked: &str, answer: &Answer) -> bool {
        let confirmed = answer.confirms().filter(|_| !asked.is_empty());
        self.of_roll.extend(confirmed.map(|confirmed| (asked.to_owned(), confirmed)));
        confirmed.is_some()
    }

    fn take(
        &mut self,
        columns: &Columns,
        number: u32,
        row: &StoredRow,
        path: &Path,
        report: &mut Report,
    ) {
        let text = |at: usize| row.cell(at).text().trim().to_owned();
        let said = text(columns.answer);
        if said.is_empty() {
            return;
        }
        let answer = Answer::parse_under(&said, &text(columns.column));
        let Ok(row_number) = text(columns.row).parse::<u32>() else {
            let asked = columns.asked.map(text).unwrap_or_default();
            if !answer.is_some_and(|answer| self.take_of_roll(&asked, &answer)) {
                report.push(refused(
                    path,
                    number,
                    "这一题问的不是名册的某一行，只能答“无误”",
                    "核对过、不用改的，答“无误”；要改的，请直接改名册",
                ));
            }
            return;
        };
        let at = column_in(Some(&text(columns.column)));
        match answer {
            None => report.push(refused(
                path,
                number,
                &format!("看不懂答复{}", quote(&said)),
                "写“不是选民”“是选民”“确是两人”“无误”，或“改为……”",
            )),
            Some(Answer::Change(_)) if at.is_none() => report.push(refused(
                path,
                number,
                "这一题问的是整行，不知道改哪一格",
                "在问到那一格的题里答“改为……”，或直接改名册",
            )),
            Some(answer) => {
                let was = text(columns.written);
                let who = columns.who.map(text).unwrap_or_default();
                let asked = columns.asked.map(text).unwrap_or_default();
                let key = (text(columns.sheet), row_number);
                self.rows.entry(key).or_default().push(CellAnswer { at, answer, was, who, asked });
            }
        }
    }

    pub fn is_empty(&self) -> bool {
        self.rows.is_empty() && self.of_roll.is_empty()
    }

    pub fn len(&self) -> usize {
        self.rows.values().map(Vec::len).sum::<usize>() + self.of_roll.len()
    }

    /// What was confirmed of the whole roll, by what was asked.
    pub(super) fn of_roll(&self) -> &HashMap<String, Confirmed> {
        &self.of_roll
    }

    /// A sheet as the worksheet of questions names it.
    pub(super) fn sheet_key(sheet: Option<&str>) -> String {
        mask_label(sheet.unwrap_or_default()).trim().to_owned()
    }

    /// The answers about one row, if there are any.
    pub(super) fn of_row(&self, sheet: Option<&str>, row: u32) -> Option<&[CellAnswer]> {
        if self.rows.is_empty() {
            return None;
        }
        self.rows.get(&(Self::sheet_key(sheet), row)).map(Vec::as_slice)
    }

    /// The rows that were asked about but are not among those met.
    pub(super) fn unmet(&self, met: &HashSet<(String, u32)>) -> Vec<(String, u32)> {
        let mut unmet: Vec<_> =
            self.rows.keys().filter(|key| !met.contains(*key)).cloned().collect();
        unmet.sort();
        unmet
    }
}

impl CellAnswer {
    /// What it confirms of its row, and of which question alone.
    pub(super) fn confirms(&self) -> Option<(Confirmed, Option<&str>)> {
        let asked = Some(self.asked.as_str()).filter(|asked| !asked.is_empty());
        match (self.answer.confirms()?, asked) {
            (Confirmed::RIGHT, Some(asked)) => Some((Confirmed::IN_PART, Some(asked))),
            (confirmed, _) => Some((confirmed, None)),
        }
    }

    /// Whether the row still says what was asked about.
    pub(super) fn still_fits(&self, row: &impl Row) -> bool {
        let says = |text: &str, at: usize| shown(&row.cell(at).text()) == text;
        let names = |who: &str| who.is_empty() || (0..row.width()).any(|at| says(who, at));
        let is_same = match self.at {
            // Nothing stood there that could have changed.
            _ if self.was.is_empty() => true,
            Some(at) => says(&self.was, at),
            None => (0..row.width()).any(|at| says(&self.was, at)),
        };
        is_same && names(&self.who)
    }
}

fn refused(path: &Path, row: u32, message: &str, help: &str) -> Diagnostic {
    let cell =
        Cell { path: path.to_owned(), sheet: None, row: row as usize, column: Some(ANSWER.into()) };
    Diagnostic::error("roll-answer", message).at(Place::Cell(cell)).help(help)
}

fn source_of(path: &Path, sink: &mut impl Sink) -> Result<(), Diagnostic> {
    let mut input = super::open(path)?;
    let kind = kind::of(&mut input).map_err(|error| super::not_opened(path, &error))?;
    let read = kind.and_then(|kind| source::read(kind, input, sink));
    read.map_err(|unfit| unfit.at(path))
}

/// By what a question is known again: other answers may change the numbers in it.
pub(super) fn gist(asked: &str) -> String {
    asked.chars().filter(|c| !c.is_ascii_digit()).collect()
}

/// What a cell says, fit for a worksheet of the office: numbers that could be
/// anybody's, and addresses, are not shown.
pub(super) fn shown(text: &str) -> String {
    const LONGEST: usize = 40;
    let text = text.trim();
    let digits = text.chars().filter(|c| c.is_numeric()).count();
    // A day has eight digits and may be shown; beside a word so many are a number.
    let is_worded = text.chars().any(|c| c.is_alphabetic() && !"年月日生".contains(c));
    let hidden_from = if is_worded { 6 } else { 9 };
    if carries_personal(text)
        || names_a_door(text)
        || names_an_account(text)
        || is_local_number(text)
    {
        return NOT_SHOWN.into();
    }
    let mut met = 0;
    let hide = |c: char| {
        met += usize::from(c.is_numeric());
        if digits >= hidden_from && c.is_alphanumeric() && met > 3 { '*' } else { c }
    };
    let mut shown: String = text.chars().take(LONGEST).map(hide).collect();
    if text.chars().nth(LONGEST).is_some() {
        shown.push('…');
    }
    shown
}

/// `8461234`: a telephone, and no day, which has a digit more or signs in it.
fn is_local_number(text: &str) -> bool {
    text.chars().count() == 7 && text.chars().all(char::is_numeric)
}

/// Where the columns of a worksheet of questions stand.
struct Columns {
    sheet: usize,
    row: usize,
    column: usize,
    written: usize,
    answer: usize,
    who: Option<usize>,
    asked: Option<usize>,
}

impl Columns {
    fn find(row: &StoredRow) -> Option<Self> {
        let at = |heading: &str| (0..row.width()).find(|&at| row.cell(at).text().trim() == heading);
        Some(Self {
            sheet: at(SHEET)?,
            row: at(ROW)?,
            column: at(COLUMN)?,
            written: at(WRITTEN)?,
            answer: at(ANSWER)?,
            who: at(WHO),
            asked: at(ASKED),
        })
    }
}

/// The rows of the first sheet.
#[derive(Default)]
struct Collected {
    rows: Vec<(u32, StoredRow)>,
    sheets: usize,
}

impl Sink for Collected {
    fn begin(&mut self, _: SheetHead) -> bool {
        self.sheets += 1;
        self.sheets == 1
    }

    fn row(&mut self, number: u32, row: &impl Row) -> ControlFlow<()> {
        const MOST: usize = 1 << 20;
        self.rows.push((number, StoredRow::of(row)));
        if self.rows.len() < MOST { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
    }

    fn end(&mut self, _: Vec<source::Merged>) {}
}

/// A row with some cells as the answers would have them.
pub(super) struct Amended<'r, R> {
    row: &'r R,
    changes: Vec<(usize, Stored)>,
}

impl<'r, R: Row> Amended<'r, R> {
    pub(super) fn new(row: &'r R, answers: &[CellAnswer]) -> Self {
        let change = |one: &CellAnswer| match (&one.answer, one.at) {
            (Answer::Change(text), Some(at)) => Some((at, Stored::Text(text.clone()))),
            _ => None,
        };
        Self { row, changes: answers.iter().filter_map(change).collect() }
    }
}

impl<R: Row> Row for Amended<'_, R> {
    fn width(&self) -> usize {
        self.changes.iter().map(|(at, _)| at + 1).fold(self.row.width(), usize::max)
    }

    fn cell(&self, at: usize) -> Value<'_> {
        let changed = self.changes.iter().find(|(place, _)| *place == at);
        changed.map_or_else(|| self.row.cell(at), |(_, cell)| cell.value())
    }

    fn is_unseen(&self, at: usize) -> bool {
        self.row.is_unseen(at)
    }

    fn beyond(&self) -> Option<(usize, String)> {
        self.row.beyond()
    }

    fn is_hidden(&self) -> bool {
        self.row.is_hidden()
    }

    fn is_struck(&self, at: usize) -> bool {
        self.row.is_struck(at)
    }

    fn colour(&self, at: usize) -> Option<Colour> {
        self.row.colour(at)
    }
}

/// What stands in the cells that questions are about.
pub(super) fn written_at(
    path: &Path,
    wanted: &HashSet<(String, u32, usize)>,
) -> HashMap<(String, u32, usize), Cow<'static, str>> {
    let mut lookup =
        Lookup { wanted, rows: HashSet::new(), sheet: String::new(), found: HashMap::new() };
    lookup.rows.extend(wanted.iter().map(|(sheet, row, _)| (sheet.clone(), *row)));
    if source_of(path, &mut lookup).is_err() {
        return HashMap::new();
    }
    lookup.found
}

struct Lookup<'w> {
    wanted: &'w HashSet<(String, u32, usize)>,
    rows: HashSet<(String, u32)>,
    sheet: String,
    found: HashMap<(String, u32, usize), Cow<'static, str>>,
}

impl Sink for Lookup<'_> {
    fn begin(&mut self, head: SheetHead) -> bool {
        self.sheet = head.name.unwrap_or_default();
        !head.is_hidden
    }

    fn row(&mut self, number: u32, row: &impl Row) -> ControlFlow<()> {
        if self.rows.contains(&(self.sheet.clone(), number)) {
            for at in 0..row.width() {
                let key = (self.sheet.clone(), number, at);
                if self.wanted.contains(&key) {
                    let text = match row.cell(at) {
                        Value::Fault => "公式出错".into(),
                        Value::Unreckoned => "公式".into(),
                        value => shown(&value.text()),
                    };
                    self.found.insert(key, text.into());
                }
            }
        }
        ControlFlow::Continue(())
    }

    fn end(&mut self, _: Vec<source::Merged>) {}
}

/// The place of a finding in a sheet, counted from zero.
pub(super) fn column_in(label: Option<&str>) -> Option<usize> {
    let letters: String = label?.chars().take_while(char::is_ascii_alphabetic).collect();
    columns::from_letters(&letters)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_answers_as_people_write_them() {
        for (text, answer) in [
            ("不是选民", Answer::NotVoter),
            ("删去", Answer::NotVoter),
            ("是同一个人", Answer::NotVoter),
            ("是选民。", Answer::Voter),
            ("是", Answer::Voter),
            ("确是两人", Answer::TwoPeople),
            ("不是同一人", Answer::TwoPeople),
            ("无误", Answer::Right),
            ("改为 张山", Answer::Change("张山".into())),
            ("改为“1987-03-05”", Answer::Change("1987-03-05".into())),
            ("应该是三组", Answer::Change("三组".into())),
            ("经核实是选民", Answer::Voter),
            ("找到了，是选民", Answer::Voter),
            ("健在", Answer::Voter),
            ("已去世", Answer::NotVoter),
            ("剔除", Answer::NotVoter),
            ("对", Answer::Right),
            ("核实无误", Answer::Right),
        ] {
            assert_eq!(Answer::parse(text), Some(answer), "{text}");
        }
        for text in ["再看看", "改为", "？", "", "不是选民，是选民", "三组", "否"]
        {
            assert_eq!(Answer::parse(text), None, "{text}");
        }
        let third = Some(Answer::Change("三组".into()));
        assert_eq!(Answer::parse_under("三组", "E（小组）"), third);
        assert_eq!(Answer::parse_under("三组", "F（备注）"), None);
    }

    #[test]
    fn confirms_no_more_than_was_answered() {
        let two = Confirmed::parse("确是两人");
        assert!(two.settles("roll-duplicate", Severity::Error));
        assert!(!two.settles("roll-remark", Severity::Warning));
        let right = Confirmed::parse("无误");
        assert!(right.settles("roll-name-foreign", Severity::Warning));
        assert!(!right.settles("roll-id-check", Severity::Error));
        let both = Confirmed::VOTER.and(Confirmed::TWO_PEOPLE);
        assert_eq!(Confirmed::parse(&both.words()), both);
    }

    #[test]
    fn shows_no_number_that_could_be_anybodys() {
        assert_eq!(shown("1987-02-30"), "1987-02-30");
        assert_eq!(shown("1101051949123100211"), "110****************");
        assert_eq!(shown("张三 13800138000"), "张三 138********");
        assert_eq!(shown("张三某街秘密巷77号"), "（内容不显示）");
    }
}
