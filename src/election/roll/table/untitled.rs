//! Lines that may be titles of groups though nothing says so, 东头 over some voters and
//! 西头 over others; titles of groups with nobody below; and lines among the voters that
//! nothing understood.

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};

use super::Reading;
use super::account::RowKind;
use super::rows::View;
use super::state::Lane;
use crate::diagnostic::Severity;
use crate::election::roll::cell::columns::{self, Column};
use crate::election::roll::cell::shown::{quote, quote_remark};
use crate::election::roll::cell::words::{self, compact};
use crate::election::roll::cell::{form, grouping, notes};
use crate::election::roll::source::Row;
use crate::election::roll::{RowRef, Voter};

/// Such a line, with the number of voters before it.
#[derive(Debug)]
pub(super) struct Untitled {
    at: RowRef,
    text: String,
    from: usize,
    /// Whether the headings stand again right below it.
    is_above_headings: bool,
}

/// So many lines are kept.
const MOST: usize = 1000;

impl Reading<'_> {
    /// Notes a line alone in its row.
    pub(super) fn note_untitled(&mut self, number: u32, view: &View<impl Row>) {
        if let Some(at) = view.only() {
            self.note_title(number, &view.row.cell(at).text());
        }
    }

    /// Notes a line that stands alone, if it may be a title and no column tells the groups.
    pub(super) fn note_title(&mut self, number: u32, title: &str) {
        const LONGEST: usize = 6;
        if self.has_groups() {
            return;
        }
        let text = &*grouping::bare_title(title);
        let may_be = (1..=LONGEST).contains(&text.chars().count())
            && text.chars().all(|c| c.is_alphanumeric() || c == '#')
            && !text.chars().all(|c| c.is_ascii_digit())
            && !text.ends_with('计')
            && !words::has_any(text, &["选民", "村民", "居民", "榜"])
            && !words::is_remark(text)
            && !words::is_nobody(text)
            && !words::is_index_heading(text)
            && !words::is_status(text)
            && self.options.groups.of_title(text).is_none()
            && columns::known(text).is_none();
        let is_of_a_list = words::has_any(text, &["选民", "名册", "花名", "名单", "登记表"]);
        let (at, from) = (self.row_ref(number, 0), self.roll.voters.len());
        let lines = match () {
            () if may_be => &mut self.sheet.untitled,
            () if is_of_a_list => &mut self.sheet.lists,
            () => return,
        };
        if lines.len() < MOST {
            lines.push(Untitled { at, text: text.into(), from, is_above_headings: false });
        }
    }

    /// Asks about the titles of several lists, 3栋选民登记表 and 4栋选民登记表, of whose
    /// people nothing tells the group.
    fn ask_about_lists(&mut self) {
        let lists = std::mem::take(&mut self.sheet.lists);
        let ends = lists.iter().skip(1).map(|next| next.from).chain([self.roll.voters.len()]);
        let is_over_some = |(list, to): &(&Untitled, usize)| {
            let below = self.roll.voters.get(list.from..*to).unwrap_or_default();
            let is_place = grouping::place_in_title(&list.text).is_some();
            !below.is_empty() && !is_place && below.iter().all(|voter| voter.group.is_none())
        };
        let over: Vec<&Untitled> =
            lists.iter().zip(ends).filter(is_over_some).map(|(list, _)| list).collect();
        let names: HashSet<&str> =
            over.iter().map(|list| grouping::without_page(&list.text)).collect();
        let (true, Some(first)) = (names.len() > 1, over.first()) else { return };
        let message = format!("{}等几个标题不一样，没有当作小组：是小组吗？", quote(&first.text));
        let help = "是小组的，加一列“小组”；不是的，在待核对清单里答“无误”";
        let place = self.roll.row_place(first.at);
        self.ask(Severity::Warning, "roll-group-title", message, place, help);
    }

    /// In a grid of names those right below whom the headings stand again are titles.
    pub(super) fn settle_above_headings(&mut self) {
        let titles = std::mem::take(&mut self.sheet.above_headings);
        for (gone, &at) in titles.iter().enumerate() {
            let Voter { row, name, .. } = &self.roll.voters[at];
            let (at, text, from) = (*row, name.as_str().to_owned(), at - gone);
            self.sheet.untitled.push(Untitled { at, text, from, is_above_headings: true });
        }
        self.sheet.untitled.sort_by_key(|line| line.from);
        if !titles.is_empty() {
            self.remove(&titles, RowKind::Title);
        }
    }

    /// Whether a column tells the groups.
    fn has_groups(&self) -> bool {
        let sheet = &self.roll.sheets[usize::from(self.sheet.number)];
        let mut tables = sheet.blocks.iter().skip(usize::from(self.sheet.first_block));
        tables.any(|block| block.header.has(Column::Group))
    }

    /// A title of a group right below such a line is what counts.
    pub(super) fn drop_untitled(&mut self) {
        let here = self.roll.voters.len();
        self.sheet.untitled.pop_if(|line| line.from == here);
    }

    /// Notes a row that is no voter's and that no reader took for anything.
    pub(super) fn note_strange(&mut self, number: u32, view: &View<impl Row>) {
        let texts = || view.filled().map(|at| view.row.cell(at).text());
        let said: String = texts().collect();
        let text = compact(&said).into_owned();
        let is_of_a_form =
            |text: Cow<str>| form::is_of_a_form(&text) || notes::is_of_the_form(&text);
        // 打工的人口
        let is_of_a_kind = names_people(&text)
            && !notes::is_of_the_form(&text)
            && !words::has_any(&text, &["选民", "参选", "选举"]);
        if texts().all(is_of_a_form) && !is_of_a_kind && !words::is_likely_name(&text) {
            return;
        }
        let is_noted = self.sheet.untitled.last().is_some_and(|line| line.at.row == number);
        let may_be_last = words::is_likely_name(&text);
        if (!is_noted || may_be_last) && !is_furniture(&text) && self.sheet.strange.len() < MOST {
            let (at, from) = (self.row_ref(number, 0), self.roll.voters.len());
            self.sheet.strange.push(Untitled { at, text, from, is_above_headings: false });
        }
    }

    /// Asks about lines that stand between voters and say nothing that is known.
    pub(super) fn ask_about_strange(&mut self) {
        let lines = std::mem::take(&mut self.sheet.strange);
        let mut times: HashMap<&str, usize> = HashMap::new();
        lines.iter().for_each(|line| *times.entry(&line.text).or_default() += 1);
        let among = self.sheet.first_voter + 1..self.roll.voters.len();
        for Untitled { at, text, from, .. } in &lines {
            let is_of_group = || {
                let group = self.roll.voters[*from].group.map(|group| self.roll.groups.name(group));
                group.is_some_and(|group| text.contains(group) || group.contains(&**text))
            };
            let is_on_each_page = || times[&**text] > 1 && !names_people(text);
            let is_name = words::is_likely_name(text);
            let is_last = *from == self.roll.voters.len() && is_name && !self.sheet.is_signed;
            let is_noted = || self.sheet.untitled.iter().any(|line| line.at == *at);
            let is_known = || is_noted() || is_on_each_page() || is_of_group();
            if !is_last && (!among.contains(from) || is_known()) || self.is_asked_about(*at, &[]) {
                continue;
            }
            let text = quote_remark(text);
            let message = match is_name {
                true => format!("这一行只有{text}，不在“姓名”一列里，没有读作选民"),
                false => format!("不知道{text}这一行是什么意思，下面的人照样读作选民"),
            };
            let help = match is_name {
                true => {
                    "是选民的，移到“姓名”一列，写全其余各列；不是的，删去这一行，或在待核对清单里答“无误”"
                }
                false => {
                    "是小组、类别的，加一列写明；说下面的人不列入的，删去这些人；没有用的删去这一行，或在待核对清单里答“无误”"
                }
            };
            let place = self.roll.row_place(*at);
            self.ask(Severity::Warning, "roll-note", message, place, help);
        }
    }

    /// Asks about lines that stand over voters of the group before, and about those over
    /// voters without a group, where there are several.
    pub(super) fn ask_about_untitled(&mut self) {
        self.ask_about_titles_of_nobody();
        self.ask_about_lists();
        let lines = std::mem::take(&mut self.sheet.untitled);
        if self.take_for_places(&lines) {
            return;
        }
        let ends = lines.iter().skip(1).map(|next| next.from).chain([self.roll.voters.len()]);
        let first = self.sheet.first_voter;
        // With whether the first voter below is of a group.
        let over: Vec<(&Untitled, bool)> = lines
            .iter()
            .zip(ends)
            .filter_map(|(line, to)| {
                let voter = self.roll.voters.get(line.from..to)?.first()?;
                (voter.group.is_none() || line.from > first)
                    .then_some((line, voter.group.is_some()))
            })
            .collect();
        let without = || over.iter().filter(|(_, is_in_group)| !is_in_group);
        // Places are told from one another when all sheets are read.
        let is_place = |text: &str| grouping::place_in_title(text).is_some();
        let are_titles = without().count() > 1 && !without().all(|(line, _)| is_place(&line.text));
        for (Untitled { at, text, .. }, is_in_group) in over {
            if !is_in_group && !are_titles {
                continue;
            }
            let message = format!("{}独占一行，没有当作小组：是小组吗？", quote(text));
            let help =
                "是小组的，写成“小组：某某”的样子，或加一列“小组”；不是的，在待核对清单里答“无误”";
            let place = self.roll.row_place(*at);
            self.ask(Severity::Warning, "roll-group-title", message, place, help);
        }
    }

    /// 石桥, 方家 and 黄泥塘, each alone over some voters: where one is a place, all are.
    fn take_for_places(&mut self, lines: &[Untitled]) -> bool {
        const NAMED: usize = 5;
        let is_place = |line: &Untitled| grouping::place_in_title(&line.text).is_some();
        let (Some(first), 2..) = (lines.first(), lines.len()) else { return false };
        let below = self.roll.voters.get(first.from..).unwrap_or_default();
        let is_in_no_group = below.iter().all(|voter| voter.group.is_none());
        let is_over_some = lines.windows(2).all(|pair| pair[0].from < pair[1].from)
            && lines[lines.len() - 1].from < self.roll.voters.len();
        let are_some = lines.iter().any(is_place) && !lines.iter().all(is_place)
            || lines.iter().any(|line| line.is_above_headings);
        if !are_some || !is_in_no_group || !is_over_some {
            return false;
        }
        let ends = lines.iter().skip(1).map(|next| next.from).chain([self.roll.voters.len()]);
        for (line, to) in lines.iter().zip(ends) {
            self.place_voters(line.from..to, &line.text);
        }
        let named: String = lines.iter().take(NAMED).map(|line| quote(&line.text)).collect();
        let message = format!("{named}各独占一行，下面的人读作这些小组：对吗？");
        let help = "对的，在待核对清单里答“无误”；不对的，删去这些行，或加一列“小组”";
        let place = self.roll.row_place(first.at);
        self.ask(Severity::Warning, "roll-group-title", message, place, help);
        true
    }

    /// A title alone in its row is that of all tables side by side; where each had a group
    /// of its own it may be of one of them.
    pub(super) fn ask_about_title_of_all(&mut self, name: &str, number: u32) {
        let is_apart = |pair: &[Lane]| {
            let of = |lane: &Lane| lane.section.filter(|_| lane.since_title.count > 0);
            of(&pair[0]).zip(of(&pair[1])).is_some_and(|(one, other)| one != other)
        };
        if !self.sheet.lanes.windows(2).any(is_apart) {
            return;
        }
        let message = format!("{}独占一行，并排的名单下面都算这个小组：是吗？", quote(name));
        let help = "只是其中一栏的，在每一栏上面都写明小组，或加一列“小组”；都是的，在待核对清单里答“无误”";
        let at = self.row_ref(number, 0);
        let place = self.roll.row_place(at);
        self.ask(Severity::Warning, "roll-group-title", message, place, help);
    }

    /// In columns that go on one beside the other, a title at the foot of one may be of
    /// those at the head of the next.
    fn ask_about_titles_of_nobody(&mut self) {
        let lanes = &self.sheet.lanes;
        let is_empty =
            lanes.iter().all(|lane| lane.since_title.count == 0 && lane.section.is_some());
        let since = lanes.iter().map(|lane| lane.since_title.first).max();
        let Some(row) = self
            .sheet
            .last_title
            .filter(|_| lanes.len() > 1 && is_empty && since > Some(self.sheet.first_voter))
        else {
            return;
        };
        let at = self.row_ref(row, 0);
        let message = "这个小组标题下面没有人：旁边一栏里的人是不是这个小组的？".to_owned();
        let help = "每一栏的上面都写明是哪个小组，或加一列“小组”；确是没有人的，删去这一行";
        let place = self.roll.row_place(at);
        self.ask(Severity::Warning, "roll-group-title", message, place, help);
    }
}

/// Whether a line seems to be of people: `两劳人员`, `未参加登记`.
fn names_people(text: &str) -> bool {
    const ENDS: [&str; 7] = ["人员", "的人", "者", "登记", "人口", "名单", "户口"];
    let text = words::outside_brackets(text);
    let text = text.trim_end_matches([':', '：']);
    ENDS.iter().any(|end| text.ends_with(end)) && !words::is_title_of_voters(text)
}

/// What stands on pages and says nothing against those below: who made them, when, whose
/// they are, what kind of voters they are.
fn is_furniture(text: &str) -> bool {
    const LONGEST: usize = 60;
    const OF_VOTERS: [&str; 15] = [
        "党员", "外出", "在外", "迁入", "老人", "新满", "恢复", "委托", "户籍", "常住", "新增",
        "返乡", "军人", "选区", "投票",
    ];
    let numbers_a_family = text.starts_with('第') && text.contains('户');
    // 张三户
    let is_of_a_head = || text.strip_suffix('户').is_some_and(words::is_possible_name);
    let is_family =
        numbers_a_family || is_of_a_head() || text.starts_with("户主") || text.starts_with("户号");
    text.chars().nth(LONGEST).is_some()
        || is_family
        || words::has_any(text, &OF_VOTERS)
        || words::is_nobody(text)
        || words::goes_on(text)
        || words::is_index_heading(text)
        || !text.chars().any(char::is_alphabetic)
}
