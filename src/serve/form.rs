//! What a form shows: the shape of the description, with what is written in it,
//! what is planned, what the law wants, and what was found wrong.

use std::collections::HashMap;
use std::ops::Range;

use jiff::civil::Date;
use serde::Serialize;

use super::desk::Stand;
use super::notes::{Note, Notes};
use crate::compose;
use crate::diagnostic::Severity;
use crate::election::Election;
use crate::election::decode::Decode as _;
use crate::election::edit::Editor;
use crate::election::model::Kind;
use crate::election::shape::{Key, Record, Shape};
use crate::election::yaml::{KeyPath, Node, Step, Value};
use crate::election::{MADE_UP, edit::Plan};
use crate::law::{calendar, steps};

/// What stands in a field for what happened and is not known.
pub(super) const UNKNOWN: &str = "不知道";

/// The field that names the file of the roll, which has a page of its own.
pub(super) const ROLL: &str = "registration.roll";

/// So many columns of a table can be read; the rest stands below each row.
const COLUMNS: usize = 7;
/// The first keys of a record are the ones that matter.
const FIRST: usize = 4;

/// A part of a form.
#[derive(Debug, Serialize)]
#[serde(tag = "is", rename_all = "lowercase")]
pub(super) enum Part {
    Field(Field),
    Group(Group),
    Table(Table),
}

/// One value.
#[derive(Debug, Serialize)]
pub(super) struct Field {
    /// In English keys: `registration.places`, `candidates.list[2].name`.
    pub path: String,
    pub label: String,
    pub hint: String,
    pub input: Input,
    /// Of a choice.
    pub options: Vec<String>,
    pub value: String,
    pub state: State,
    pub notes: Vec<Note>,
    pub is_wrong: bool,
    pub plan: Option<Planned>,
    pub window: Option<Window>,
    /// Which papers wait for it.
    pub wanted: Option<String>,
    /// What belongs to it and is entered elsewhere.
    pub elsewhere: Option<&'static Elsewhere>,
}

/// How a value is entered.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum Input {
    Text,
    /// Several, each on a line.
    Lines,
    Count,
    Date,
    Time,
    Choice,
}

/// What belongs to some fields and is entered in another place.
#[derive(Debug, Serialize)]
pub(super) struct Elsewhere {
    #[serde(skip)]
    of: &'static [&'static str],
    says: &'static str,
    name: &'static str,
    address: &'static str,
}

const ELSEWHERE: &[Elsewhere] = &[
    Elsewhere {
        of: &[ROLL],
        says: "这里只是文件名，名册的内容放到",
        name: "选民名册",
        address: "/roll",
    },
    Elsewhere {
        of: &[
            "election_committee.formed_by",
            "plan.adopted_by",
            "posts.decided_by",
            "polling.adopted_by",
            "staff.chosen_by",
        ],
        says: "会议应到、实到多少人，表决多少票，写在",
        name: "会议",
        address: "/step?of=preparation#meetings",
    },
    Elsewhere {
        of: &["representatives.total"],
        says: "各小组的户数和代表名额写在",
        name: "小组",
        address: "/step?of=voters#groups",
    },
    Elsewhere {
        of: &["plan.posted_on"],
        says: "日程表只印写上了的日子；打算的日子可以",
        name: "一次都写上",
        address: "/#days",
    },
];

/// The three states of whatever may be written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum State {
    Absent,
    Unknown,
    Known,
}

/// A record.
#[derive(Debug, Serialize)]
pub(super) struct Group {
    pub path: String,
    pub label: String,
    pub hint: String,
    pub state: State,
    pub parts: Vec<Part>,
    pub notes: Vec<Note>,
    pub wanted: Option<String>,
    /// Whether a paper waits for something in it.
    pub is_open: bool,
}

/// A list of records.
#[derive(Debug, Serialize)]
pub(super) struct Table {
    pub path: String,
    pub label: String,
    /// With what it stands in: no two of a page have the same.
    pub name: String,
    pub hint: String,
    pub state: State,
    pub columns: Vec<Column>,
    pub rows: Vec<Row>,
    /// A row in which nothing is written yet.
    pub fresh: Row,
    pub notes: Vec<Note>,
    pub wanted: Option<String>,
    pub is_open: bool,
}

#[derive(Debug, Serialize)]
pub(super) struct Column {
    pub label: String,
    pub hint: String,
    pub input: Input,
}

#[derive(Debug, Serialize)]
pub(super) struct Row {
    pub path: String,
    pub cells: Vec<Field>,
    pub more: Vec<Part>,
    /// Whether anything below the row is written.
    pub has_more: bool,
    pub notes: Vec<Note>,
}

/// What a commented-out line would write.
#[derive(Clone, Debug, Serialize)]
pub(super) struct Planned {
    pub value: String,
    #[serde(skip)]
    pub line: usize,
}

/// The days within which the law wants a step.
#[derive(Clone, Debug, Serialize)]
pub(super) struct Window {
    /// Where the law fixes days.
    pub text: Option<String>,
    pub state: &'static str,
    pub says: String,
    pub basis: Option<String>,
}

/// All that a form is made of, but for the shape.
pub(super) struct Form<'a> {
    kind: Option<Kind>,
    notes: &'a Notes,
    plans: HashMap<String, Planned>,
    windows: HashMap<&'static str, Window>,
    wants: &'a Wants,
}

/// The papers that wait for a field, by its path.
pub(super) type Wants = HashMap<String, Vec<String>>;

impl<'a> Form<'a> {
    pub(super) fn new(
        kind: Option<Kind>,
        notes: &'a Notes,
        editor: &Editor,
        steps: &[calendar::Step],
        wants: &'a Wants,
    ) -> Self {
        let today = calendar::today();
        let window = |step: &calendar::Step| {
            let window = Window {
                text: step.basis.as_ref().map(|_| step.window()),
                state: step.state(today).id(),
                says: step.describe(today),
                basis: step.basis.as_ref().map(ToString::to_string),
            };
            (step.id, window)
        };
        let windows = steps.iter().map(window).collect();
        Self { kind, notes, plans: plans(editor), windows, wants }
    }

    /// `《登记公告》等 3 份文件等着这一项。`
    fn wanted(&self, path: &str) -> Option<String> {
        let papers = self.wants.get(path)?;
        let first = papers.first()?;
        Some(match papers.len() {
            1 => format!("《{first}》等着这一项。"),
            count => format!("《{first}》等 {count} 份文件等着这一项。"),
        })
    }

    /// Whether a paper waits for something at `path` or below it.
    fn is_wanted(&self, path: &str) -> bool {
        self.wants
            .keys()
            .filter_map(|wanted| wanted.strip_prefix(path))
            .any(|below| below.is_empty() || below.starts_with('.'))
    }

    /// A key of the root.
    pub(super) fn section(&self, key: &'static Key, root: &Node) -> Part {
        self.part(key, "", root)
    }

    fn part(&self, key: &'static Key, above: &str, within: &Node) -> Part {
        let path = below(above, key.english);
        let found = entry(within, key);
        match key.shape {
            Shape::Record(record) => Part::Group(self.group(key, record, path, found)),
            Shape::List(Shape::Record(record)) => Part::Table(self.table(key, record, path, found)),
            shape => {
                let label = self.say(key);
                Part::Field(self.field(label, self.hint(key), shape, path, found))
            }
        }
    }

    /// What a key is called: of its spellings the village has its own.
    fn say(&self, key: &Key) -> String {
        const OF_VILLAGES: &str = "乡镇";
        let own = key.chinese.iter().find(|word| **word == OF_VILLAGES);
        match own.filter(|_| self.kind == Some(Kind::Villagers)) {
            Some(own) => (*own).to_owned(),
            None => Election::keys_for(self.kind, &key.chinese[..1]),
        }
    }

    /// A hint in the words of the election's kind, unless it tells of both.
    fn hint(&self, key: &Key) -> String {
        match key.hint.contains('村') {
            true => key.hint.to_owned(),
            false => Election::keys_for(self.kind, &[key.hint]),
        }
    }

    fn field(
        &self,
        label: String,
        hint: String,
        shape: &'static Shape,
        path: String,
        found: Option<Entry>,
    ) -> Field {
        let node = found.as_ref().map(|found| found.node);
        let notes = found.as_ref().map_or_else(Vec::new, |found| self.notes.take(&found.span));
        Field {
            label,
            hint,
            input: input(shape),
            options: options(shape, self.kind),
            value: written(node, shape, self.kind),
            state: state(node),
            is_wrong: notes.iter().any(|note| note.severity > Severity::Note),
            notes,
            // A day may be proposed; what is counted or named must be true.
            plan: self
                .plans
                .get(&path)
                .filter(|_| node.is_none() && matches!(shape, Shape::Date))
                .cloned(),
            window: self.windows.get(path.as_str()).cloned(),
            wanted: self.wanted(&path),
            elsewhere: ELSEWHERE.iter().find(|one| one.of.contains(&path.as_str())),
            path,
        }
    }

    fn group(
        &self,
        key: &'static Key,
        record: &'static Record,
        path: String,
        found: Option<Entry>,
    ) -> Group {
        let node = found.as_ref().map_or(&NOTHING, |found| found.node);
        let parts = record.keys.iter().map(|key| self.part(key, &path, node)).collect();
        Group {
            label: self.say(key),
            hint: self.hint(key),
            state: state(found.as_ref().map(|found| found.node)),
            parts,
            notes: found.map_or_else(Vec::new, |found| self.notes.take(&found.span)),
            wanted: self.wanted(&path),
            is_open: self.is_wanted(&path),
            path,
        }
    }

    fn table(
        &self,
        key: &'static Key,
        record: &'static Record,
        path: String,
        found: Option<Entry>,
    ) -> Table {
        let node = found.as_ref().map(|found| found.node);
        let items: &[Node] = match node.map(|node| &node.value) {
            Some(Value::Sequence(items)) => items,
            _ => &[],
        };
        let (shown, rest) = columns(record, items);
        let column = |key: &&'static Key| Column {
            label: self.say(key),
            hint: self.hint(key),
            input: input(key.shape),
        };
        let row = |index: usize, item: &Node| {
            self.row(record, &shown, &rest, format!("{path}[{index}]"), item)
        };
        Table {
            label: self.say(key),
            name: label(&path.as_str().into(), self.kind),
            hint: self.hint(key),
            state: state(node),
            columns: shown.iter().map(column).collect(),
            rows: items.iter().enumerate().map(|(index, item)| row(index, item)).collect(),
            fresh: row(items.len(), &NOTHING),
            notes: found.map_or_else(Vec::new, |found| self.notes.take(&found.span)),
            wanted: self.wanted(&path),
            is_open: self.is_wanted(&path),
            path,
        }
    }

    fn row(
        &self,
        record: &'static Record,
        shown: &[&'static Key],
        rest: &[&'static Key],
        path: String,
        item: &Node,
    ) -> Row {
        let cell = |key: &&'static Key| {
            let found = match &item.value {
                // A bare word stands for one of the keys.
                Value::Scalar(_) if record.scalar == Some(key.english) => {
                    Some(Entry { node: item, span: item.span.clone() })
                }
                _ => entry(item, key),
            };
            self.field(self.say(key), self.hint(key), key.shape, below(&path, key.english), found)
        };
        let more: Vec<Part> = rest.iter().map(|key| self.part(key, &path, item)).collect();
        Row {
            cells: shown.iter().map(cell).collect(),
            has_more: rest.iter().any(|key| entry(item, key).is_some()),
            more,
            notes: self.notes.take(&item.span),
            path,
        }
    }
}

/// What is not there has nothing below it.
static NOTHING: Node = Node { value: Value::Null, span: 0..0, after: 0 };

/// A key that is written, with its value.
struct Entry<'n> {
    node: &'n Node,
    span: Range<usize>,
}

fn entry<'n>(within: &'n Node, key: &Key) -> Option<Entry<'n>> {
    let (written, node) = within.children().find_map(|(written, node)| {
        written.filter(|written| key.accepts(&written.text)).map(|written| (written, node))
    })?;
    let end = node.span.end.max(node.after);
    Some(Entry { node, span: written.span.start..end })
}

/// Which keys of a record are columns, and which stand below the row.
fn columns(record: &'static Record, items: &[Node]) -> (Vec<&'static Key>, Vec<&'static Key>) {
    let is_plain = |key: &Key| !matches!(key.shape, Shape::Record(_) | Shape::List(_));
    let is_used = |key: &Key| items.iter().any(|item| entry(item, key).is_some());
    let mut plain = 0;
    let mut shown = 0;
    record.keys.iter().partition(|key| {
        plain += usize::from(is_plain(key));
        let wanted = is_plain(key) && shown < COLUMNS && (plain <= FIRST || is_used(key));
        shown += usize::from(wanted);
        wanted
    })
}

fn below(above: &str, key: &str) -> String {
    match above {
        "" => key.to_owned(),
        above => format!("{above}.{key}"),
    }
}

fn input(shape: &Shape) -> Input {
    match shape {
        Shape::List(_) => Input::Lines,
        Shape::Choice(..) | Shape::YesNo => Input::Choice,
        Shape::Count => Input::Count,
        Shape::Date => Input::Date,
        Shape::Time => Input::Time,
        Shape::Text | Shape::Record(_) => Input::Text,
    }
}

const YES_NO: [&[&str]; 2] = [&["true", "有", "是"], &["false", "没有", "无", "否"]];

/// What may be chosen, each in the word that suits the kind of election.
fn options(shape: &Shape, kind: Option<Kind>) -> Vec<String> {
    let choices: &[&[&str]] = match shape {
        Shape::Choice(_, choices) => choices,
        Shape::YesNo => &YES_NO,
        _ => &[],
    };
    choices.iter().map(|spellings| suiting(spellings, kind)).collect()
}

/// The last spelling is the usual one, unless another names the kind's own people.
fn suiting(spellings: &[&str], kind: Option<Kind>) -> String {
    let people = kind.unwrap_or(Kind::Residents).people();
    let own = spellings.iter().find(|word| word.contains(people) && !word.contains('（'));
    let usual = spellings.last().copied().unwrap_or_default();
    own.filter(|_| usual.contains('（')).copied().unwrap_or(usual).to_owned()
}

fn state(node: Option<&Node>) -> State {
    match node.map(|node| &node.value) {
        None => State::Absent,
        Some(Value::Null) => State::Unknown,
        Some(_) => State::Known,
    }
}

/// What a field shows of a value; a choice in the word that the form offers.
pub(super) fn written(node: Option<&Node>, shape: &Shape, kind: Option<Kind>) -> String {
    let Some(node) = node else { return String::new() };
    match (&node.value, shape) {
        (Value::Null, _) => UNKNOWN.to_owned(),
        (Value::Scalar(text), Shape::Choice(_, choices)) => offered(text, choices, kind),
        (Value::Scalar(text), Shape::YesNo) => offered(text, &YES_NO, kind),
        (Value::Scalar(text), _) => text.clone(),
        (Value::Sequence(items), Shape::List(item)) => {
            let lines = items.iter().map(|node| written(Some(node), item, kind));
            lines.collect::<Vec<_>>().join("\n")
        }
        // It is no value of this shape: the finding beside it says so.
        _ => String::new(),
    }
}

fn offered(text: &str, choices: &[&[&str]], kind: Option<Kind>) -> String {
    let meant = choices.iter().find(|spellings| spellings.contains(&text.trim()));
    meant.map_or_else(|| text.to_owned(), |spellings| suiting(spellings, kind))
}

/// What a path of a form leads to.
pub(super) struct Target<'n> {
    pub shape: &'static Shape,
    pub node: Option<&'n Node>,
    /// A bare word stands for the record whose key the path names.
    pub is_bare: bool,
    /// The items of lists that the path goes through.
    pub items: Vec<Option<&'n Node>>,
}

/// Follows a path of a form through shape and tree; `None` if no form has it.
pub(super) fn target<'n>(root: &'n Node, path: &KeyPath) -> Option<Target<'n>> {
    let start =
        Target { shape: Election::SHAPE, node: Some(root), is_bare: false, items: Vec::new() };
    path.0.iter().try_fold(start, |above, step| match (above.shape, step) {
        (Shape::Record(record), Step::Key(name)) => {
            let key = record.keys.iter().find(|key| key.english == name)?;
            let is_bare = matches!(above.node, Some(Node { value: Value::Scalar(_), .. }));
            let node = match above.node {
                Some(node) if is_bare => (record.scalar == Some(key.english)).then_some(node),
                Some(node) => entry(node, key).map(|entry| entry.node),
                None => None,
            };
            Some(Target { shape: key.shape, node, is_bare, items: above.items })
        }
        (Shape::List(item), Step::Item(index)) => {
            let node = above.node.and_then(|node| node.children().nth(*index));
            let node = node.map(|(_, node)| node);
            let mut items = above.items;
            items.push(node);
            Some(Target { shape: item, node, is_bare: false, items })
        }
        _ => None,
    })
}

/// The words on the way to a field.
pub(super) fn label(keys: &KeyPath, kind: Option<Kind>) -> String {
    let mut shape = Election::SHAPE;
    let mut words: Vec<String> = Vec::new();
    for step in &keys.0 {
        match (shape, step) {
            (Shape::Record(record), Step::Key(name)) => {
                let Some(key) = record.keys.iter().find(|key| key.english == name) else { break };
                words.push(Election::keys_for(kind, &key.chinese[..1]));
                shape = key.shape;
            }
            (Shape::List(item), Step::Item(index)) => {
                words.push(format!("第 {} 行", index + 1));
                shape = item;
            }
            _ => break,
        }
    }
    words.join("，")
}

/// The same path in English keys; `None` if no form has it.
pub(super) fn in_english(path: &KeyPath) -> Option<String> {
    let mut shape = Election::SHAPE;
    let mut english = String::new();
    for step in &path.0 {
        match (shape, step) {
            (Shape::Record(record), Step::Key(name)) => {
                let key = record.keys.iter().find(|key| key.accepts(name))?;
                english = below(&english, key.english);
                shape = key.shape;
            }
            (Shape::List(item), Step::Item(index)) => {
                english += &format!("[{index}]");
                shape = item;
            }
            _ => return None,
        }
    }
    Some(english)
}

/// What is planned, by the path of its field.
pub(super) fn plans(editor: &Editor) -> HashMap<String, Planned> {
    let lines: Vec<&str> = editor.source().text.lines().collect();
    let plan = |plan: Plan| {
        let path = in_english(&plan.path)?;
        let value = planned_value(lines.get(plan.line - 1)?)?;
        Some((path, Planned { value, line: plan.line }))
    };
    editor.plans().into_iter().filter_map(plan).collect()
}

/// The fields for which days to come are planned, of what every election has, in the
/// order of the file.
pub(super) fn days_ahead(stand: &Stand, editor: &Editor, steps: &[calendar::Step]) -> Vec<String> {
    let Some(folder) = &stand.folder else { return Vec::new() };
    let (today, wordings) = (calendar::today(), &folder.kit.wordings);
    let is_lawful = |path: &str, day: Date| {
        let step = steps.iter().find(|step| step.id == path);
        step.and_then(|step| step.until).is_none_or(|last| day <= last)
    };
    let is_ahead = |path: &str, plan: &Planned| {
        plan.value.parse().is_ok_and(|day: Date| day >= today && is_lawful(path, day))
    };
    let is_new = |path: &str| {
        let target = target(editor.tree(), &path.into());
        target.is_some_and(|to| to.node.is_none() && matches!(to.shape, Shape::Date))
    };
    let plans = plans(editor).into_iter();
    let plans = plans.filter(|(path, _)| wordings.is_common(compose::section(path)));
    let mut ahead: Vec<_> =
        plans.filter(|(path, plan)| is_ahead(path, plan) && is_new(path)).collect();
    ahead.sort_by_key(|(_, plan)| plan.line);
    ahead.into_iter().map(|(path, _)| path).collect()
}

/// Those that a timetable prints, with the ends of what begins in it.
pub(super) fn printed_days_ahead(stand: &Stand) -> Vec<String> {
    let Ok(editor) = Editor::new(stand.source.clone()) else { return Vec::new() };
    let is_printed = |path: &String| {
        let step = steps::Step::find(path);
        step.is_some_and(|step| step.in_plans || step.part() == steps::Part::End)
    };
    days_ahead(stand, &editor, &stand.steps()).into_iter().filter(is_printed).collect()
}

/// What a planned line would write after its colon, if that is more than a sample.
fn planned_value(line: &str) -> Option<String> {
    let bare = line.trim_start().trim_start_matches(['#', ' ']);
    let (_, value) = bare.split_once(':')?;
    let value = value.split(" #").next().unwrap_or_default().trim();
    let value = value.trim_matches(['"', '\'']);
    let is_sample = value.is_empty() || value.contains(MADE_UP) || value.starts_with(['[', '{']);
    (!is_sample).then(|| value.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::{Report, Source};

    const TEXT: &str = "类别: 村\n选举日:\n选举委员会:\n  推选方式: 村民代表会议\n  成员: [甲某某, {姓名: 乙, 性别: 男}]\n\
                        选民登记:\n  地点: [一楼, 二楼]\n# 实施方案:\n#   公布日期: 2026-03-01   # 计划\n";

    fn parts(text: &str) -> Vec<Part> {
        let editor = Editor::new(Source::new("election.yaml", text)).unwrap();
        let notes = Notes::of(&Report::new(), "election.yaml".as_ref());
        let wants = Wants::new();
        let form = Form::new(Some(Kind::Villagers), &notes, &editor, &[], &wants);
        let keys = Election::SHAPE.keys_below("");
        keys.iter().map(|key| form.section(key, editor.tree())).collect()
    }

    fn field(parts: &[Part], path: &str) -> (String, State, Option<String>) {
        fn find<'p>(parts: &'p [Part], path: &str) -> Option<&'p Field> {
            parts.iter().find_map(|part| match part {
                Part::Field(field) => (field.path == path).then_some(field),
                Part::Group(group) => find(&group.parts, path),
                Part::Table(table) => table.rows.iter().chain([&table.fresh]).find_map(|row| {
                    row.cells
                        .iter()
                        .find(|cell| cell.path == path)
                        .or_else(|| find(&row.more, path))
                }),
            })
        }
        let field = find(parts, path).unwrap_or_else(|| panic!("{path}"));
        (field.value.clone(), field.state, field.plan.as_ref().map(|plan| plan.value.clone()))
    }

    #[test]
    fn a_form_shows_what_is_written_in_its_three_states() {
        let parts = parts(TEXT);
        let shown = |path: &str| field(&parts, path);
        assert_eq!(shown("kind"), ("村".into(), State::Known, None));
        assert_eq!(shown("election_day"), (UNKNOWN.into(), State::Unknown, None));
        assert_eq!(shown("term"), (String::new(), State::Absent, None));
        assert_eq!(shown("election_committee.formed_by").0, "村民代表会议");
        assert_eq!(shown("election_committee.members[0].name").0, "甲某某");
        assert_eq!(shown("election_committee.members[1].sex").0, "男");
        assert_eq!(shown("election_committee.members[2].name").1, State::Absent);
        assert_eq!(shown("registration.places").0, "一楼\n二楼");
        assert_eq!(shown("plan.posted_on").2.as_deref(), Some("2026-03-01"));
    }

    /// Of every key that there is, whatever stands above it.
    #[test]
    fn every_field_of_a_form_is_found_by_its_path() {
        fn each(part: &Part, root: &Node, count: &mut usize) {
            match part {
                Part::Field(field) => {
                    let target = target(root, &field.path.as_str().into());
                    let target = target.unwrap_or_else(|| panic!("{}", field.path));
                    let shown = written(target.node, target.shape, Some(Kind::Villagers));
                    assert_eq!(shown, field.value, "{}", field.path);
                    *count += 1;
                }
                Part::Group(group) => group.parts.iter().for_each(|part| each(part, root, count)),
                Part::Table(table) => {
                    for row in table.rows.iter().chain([&table.fresh]) {
                        for cell in &row.cells {
                            assert!(target(root, &cell.path.as_str().into()).is_some());
                            *count += 1;
                        }
                        row.more.iter().for_each(|part| each(part, root, count));
                    }
                }
            }
        }
        let source = Source::new("election.yaml", TEXT);
        let root = crate::election::yaml::parse(&source).unwrap();
        let mut count = 0;
        parts(TEXT).iter().for_each(|part| each(part, &root, &mut count));
        assert!(count > 300, "{count}");
    }

    #[test]
    fn choices_suit_the_kind_of_election() {
        let formed_by: &[&str] = &["assembly", "村民会议", "居民会议", "居民（村民）会议"];
        assert_eq!(suiting(formed_by, Some(Kind::Villagers)), "村民会议");
        assert_eq!(suiting(formed_by, Some(Kind::Residents)), "居民会议");
        assert_eq!(suiting(&["chair", "主任"], Some(Kind::Villagers)), "主任");
        assert_eq!(offered("男", &[&["male", "男"]], None), "男");
        assert_eq!(offered("未知", &[&["male", "男"]], None), "未知");
    }
}
