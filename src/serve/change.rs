//! What a posted form changes in `election.yaml`: each field that differs from what
//! the form showed is one lossless edit.
//!
//! The form says which text it was made of. What was changed elsewhere meanwhile
//! stays; where both changed the same thing, nothing is written and both are shown.

use std::sync::Arc;

use serde::Serialize;

use super::desk::Opened;
use super::form::{self, UNKNOWN, label, target, written};
use super::history::{History, revision};
use super::web::Asked;
use crate::diagnostic::{Diagnostic, Report, Source};
use crate::election::Election;
use crate::election::date::PartialDate;
use crate::election::decode::{Decode as _, TimeOfDay};
use crate::election::edit::{Editor, Plain};
use crate::election::model::Kind;
use crate::election::shape::{Key, Record, Shape};
use crate::election::yaml::{self, KeyPath, Node, Step, Value};
use crate::files;
use crate::law::calendar;

/// A thing that was changed here and elsewhere.
#[derive(Debug, Serialize)]
pub(super) struct Conflict {
    pub path: String,
    pub label: String,
    /// What the file says now.
    pub theirs: String,
    /// What was entered.
    pub ours: String,
    /// Whether somebody else stands in the row now: what was entered is not his.
    pub is_moved: bool,
}

/// What became of a form.
#[derive(Debug)]
pub(super) enum Outcome {
    Saved,
    /// Nothing was written.
    Conflicts(Vec<Conflict>),
}

/// The field of a form that names the text it was made of.
pub(super) const REVISION: &str = "rev";
/// The button that was pressed: `remove candidates.list[2]`.
const DEED: &str = "do";

/// Makes the changes of a posted form, all or none.
pub(super) fn make(opened: &Opened, asked: &Asked) -> Result<Outcome, Report> {
    let mut history = opened.history();
    let source = yaml::read_text(&opened.file())?;
    history.see(&source.text);
    let shown = asked.get(REVISION).and_then(|revision| history.find(revision));
    let shown = shown.map(|text| source.with_text(text.to_string()));
    let mut change = Change::new(source.clone(), shown)?;
    let entered = entered(asked);
    // What is emptied may take its row along: from the end, so that no other moves.
    let (emptied, filled): (Vec<_>, Vec<_>) =
        entered.iter().partition(|(_, value)| value.is_empty());
    for (path, value) in filled.into_iter().chain(emptied.into_iter().rev()) {
        change.enter(path, value)?;
    }
    if !change.conflicts.is_empty() {
        return Ok(Outcome::Conflicts(change.conflicts));
    }
    if let Some(deed) = asked.get(DEED) {
        change.carry_out(deed, asked)?;
    }
    if let Some(said) = change.said.take() {
        opened.say(said);
    }
    let changed = change.editor.source();
    if changed.text != source.text {
        save(opened, &mut history, changed)?;
    }
    Ok(Outcome::Saved)
}

/// Writes a text that was made of the file as it is.
pub(super) fn save(
    opened: &Opened,
    history: &mut History,
    source: &Source,
) -> Result<(), Diagnostic> {
    rewrite(opened, history, source)?;
    history.see(&source.text);
    Ok(())
}

/// Writes a text that is in the history.
pub(super) fn rewrite(
    opened: &Opened,
    history: &mut History,
    source: &Source,
) -> Result<(), Diagnostic> {
    keep_once(opened, history)?;
    files::write(&opened.file(), &source.bytes())
}

/// Puts the file aside as it was found, before something else writes it.
pub(super) fn keep(opened: &Opened) -> Result<(), Diagnostic> {
    keep_once(opened, &mut opened.history())
}

fn keep_once(opened: &Opened, history: &mut History) -> Result<(), Diagnostic> {
    if !history.kept {
        keep_copy(opened)?;
        history.kept = true;
    }
    Ok(())
}

/// Writes a text that somebody typed, with the line ends that the file had. If the
/// file has another text now than was shown, that is given, and nothing written.
pub(super) fn overwrite(
    opened: &Opened,
    shown: Option<&str>,
    text: &str,
) -> Result<Option<Arc<Source>>, Diagnostic> {
    let mut history = opened.history();
    let source = yaml::read_text(&opened.file())?;
    history.see(&source.text);
    if shown != Some(&revision_of(&source)) {
        return Ok(Some(source));
    }
    let windows = source.text.contains("\r\n");
    let text = if windows { text.replace('\n', "\r\n") } else { text.to_owned() };
    save(opened, &mut history, &source.with_text(text)).map(|()| None)
}

/// The folder in which the file is kept as it was found.
pub(super) const COPIES: &str = "备份";

fn keep_copy(opened: &Opened) -> Result<(), Diagnostic> {
    let file = opened.file();
    let bytes = std::fs::read(&file).map_err(|error| files::read_error(&file, &error))?;
    let folder = opened.folder.join(COPIES);
    let today = calendar::today();
    let name = |n: u32| folder.join(format!("election-{today}-{n}.yaml"));
    let free = (1..).map(name).find(|copy| match std::fs::read(copy) {
        Ok(old) => old == bytes,
        Err(_) => true,
    });
    match free {
        Some(copy) if !copy.exists() => files::write_new(&copy, &bytes),
        _ => Ok(()),
    }
}

/// The fields that the description has, each once: a box that was ticked beside an
/// empty field says that nothing is known.
fn entered(asked: &Asked) -> Vec<(String, String)> {
    let mut entered: Vec<(String, String)> = Vec::new();
    for (path, value) in asked.fields().filter(|(name, _)| is_path(name)) {
        let value = value.trim();
        match entered.iter_mut().find(|(known, _)| known == path) {
            Some((_, known)) if known.is_empty() || known == UNKNOWN => value.clone_into(known),
            Some(_) => {}
            None => entered.push((path.to_owned(), value.to_owned())),
        }
    }
    entered
}

fn is_path(name: &str) -> bool {
    let first = name.split(['.', '[']).next().unwrap_or_default();
    Election::SHAPE.keys_below("").iter().any(|key| key.english == first)
}

struct Change {
    editor: Editor,
    /// The file as it was found.
    found: Node,
    /// What the form was made of; `None` if that is not known any more.
    shown: Option<Node>,
    kind: Option<Kind>,
    conflicts: Vec<Conflict>,
    /// What the next page tells.
    said: Option<String>,
}

impl Change {
    fn new(source: Arc<Source>, shown: Option<Arc<Source>>) -> Result<Self, Diagnostic> {
        let editor = Editor::new(source)?;
        let found = editor.tree().clone();
        let kind = kind_of(&found);
        let shown = shown.and_then(|source| yaml::parse(&source).ok());
        Ok(Self { editor, found, shown, kind, conflicts: Vec::new(), said: None })
    }

    /// Takes over what was entered in one field, unless the form showed it.
    fn enter(&mut self, path: &str, value: &str) -> Result<(), Diagnostic> {
        let shown_at = KeyPath::from(path);
        let keys = self.place(&shown_at);
        let said = |root: &Node, keys: &KeyPath| {
            target(root, keys).map(|target| written(target.node, target.shape, self.kind))
        };
        let Some(now) = said(&self.found, &keys) else { return Ok(()) };
        let was = self.shown.as_ref().and_then(|shown| said(shown, &shown_at));
        if was.as_deref() == Some(value) || now == value {
            return Ok(());
        }
        let is_moved = self.shown.is_some() && !self.is_same_item(&shown_at);
        if was.as_ref() != Some(&now) || is_moved {
            let conflict = Conflict {
                path: keys.to_string(),
                label: label(&keys, self.kind),
                theirs: now,
                ours: value.to_owned(),
                is_moved,
            };
            self.conflicts.push(conflict);
            return Ok(());
        }
        self.write(&keys, value)
    }

    /// Where that is which the form showed at a path: a row that it began comes behind
    /// those that were added elsewhere.
    fn place(&self, keys: &KeyPath) -> KeyPath {
        let mut place = keys.clone();
        if let (Some(shown), Some(at)) = (&self.shown, last_item(keys))
            && let Some(list) = above_item(keys)
            && index(keys) == count(shown, &list)
            && let Some(end) = count(&self.found, &list)
        {
            place.0[at] = Step::Item(end);
        }
        place
    }

    /// Whether the rows that a path leads through are those that the form showed.
    fn is_same_item(&self, keys: &KeyPath) -> bool {
        let items = |root, keys| target(root, keys).map_or_else(Vec::new, |target| target.items);
        let known = |item: &Option<&Node>| names(item.map(Plain::of));
        let place = self.place(keys);
        let Some(shown) = &self.shown else { return false };
        let (then, now) = (items(shown, keys), items(&self.found, &place));
        then.iter().map(known).eq(now.iter().map(known))
    }

    /// Whether a row is where the form showed it, whatever the form emptied.
    fn is_in_place(&self, keys: &KeyPath) -> bool {
        let count = |root: &Node| above_item(keys).and_then(|list| count(root, &list));
        self.is_same_item(keys) && count(self.editor.tree()) >= count(&self.found)
    }

    fn write(&mut self, keys: &KeyPath, value: &str) -> Result<(), Diagnostic> {
        let Some(found) = target(self.editor.tree(), keys) else { return Ok(()) };
        let (shape, is_bare, is_there) = (found.shape, found.is_bare, found.node.is_some());
        if value.is_empty() {
            return if is_there { self.remove(keys) } else { Ok(()) };
        }
        if let (Shape::List(_), false) = (shape, value == UNKNOWN) {
            return self.write_lines(keys, value);
        }
        let plain = plain(shape, value);
        if is_bare {
            return self.write_beside_name(keys, plain);
        }
        match (begun_row(keys), found_row(self.editor.tree(), keys)) {
            // The first cell of a new row begins it.
            (Some((list, rest)), false) => {
                let item = rest.iter().rev().try_fold(plain, |value, step| match step {
                    Step::Key(key) => Some(Plain::Record(vec![(key.clone(), value)])),
                    Step::Item(_) => None,
                });
                match item {
                    Some(item) => self.editor.add(&list, None, item),
                    None => Ok(()),
                }
            }
            _ => self.editor.set(keys, plain),
        }
    }

    /// A row that is only a name gets a second key.
    fn write_beside_name(&mut self, keys: &KeyPath, value: Plain) -> Result<(), Diagnostic> {
        let Some((Step::Key(key), row)) = keys.0.split_last() else { return Ok(()) };
        let row = KeyPath(row.to_vec());
        let Some(found) = target(self.editor.tree(), &row) else { return Ok(()) };
        let (Shape::Record(Record { scalar: Some(name), .. }), Some(node)) =
            (found.shape, found.node)
        else {
            return Ok(());
        };
        if key == name {
            return self.editor.set(&row, value);
        }
        let bare = Plain::of(node);
        let record = Plain::Record(vec![((*name).to_owned(), bare), (key.clone(), value)]);
        self.editor.set(&row, record)
    }

    /// Lines of a list: those that stay the same stay as they are.
    fn write_lines(&mut self, keys: &KeyPath, value: &str) -> Result<(), Diagnostic> {
        // One a line; who writes `- 写票处` means the same.
        let items = value.lines().map(|item| item.trim().trim_start_matches("- ").trim());
        let new: Vec<&str> = items.filter(|item| !item.is_empty()).collect();
        let old: Vec<String> = match target(self.editor.tree(), keys).and_then(|found| found.node) {
            Some(Node { value: Value::Sequence(items), .. }) => {
                items.iter().map(|item| written(Some(item), &Shape::Text, None)).collect()
            }
            _ => return self.editor.set(keys, new),
        };
        let same = |pairs: &mut dyn Iterator<Item = (&String, &&str)>| {
            pairs.take_while(|(old, new)| old == *new).count()
        };
        let before = same(&mut old.iter().zip(&new));
        let rest = old.len().min(new.len()) - before;
        let after = same(&mut old.iter().rev().zip(new.iter().rev()).take(rest));
        let (gone, come) = (old.len() - before - after, new.len() - before - after);
        let item = |index: usize| {
            let mut path = keys.clone();
            path.0.push(Step::Item(index));
            path
        };
        let changed = gone.min(come);
        for (at, line) in new.iter().enumerate().skip(before).take(changed) {
            self.editor.set(&item(at), *line)?;
        }
        for at in (before + come..before + gone).rev() {
            self.editor.remove(&item(at))?;
        }
        for (at, line) in new.iter().enumerate().skip(before + changed).take(come - changed) {
            self.editor.add(keys, Some(at), *line)?;
        }
        Ok(())
    }

    /// Takes out a value, and with it what would stand there empty.
    fn remove(&mut self, keys: &KeyPath) -> Result<(), Diagnostic> {
        let mut keys = keys.clone();
        loop {
            let mut above = keys.clone();
            above.0.pop();
            let holder = target(self.editor.tree(), &above).and_then(|found| found.node);
            let is_only = holder.is_some_and(|node| node.children().count() <= 1);
            // A bare word goes with its row.
            let is_bare = target(self.editor.tree(), &keys).is_some_and(|found| found.is_bare);
            if above.0.is_empty() || !(is_only || is_bare) {
                return self.editor.remove(&keys);
            }
            keys = above;
        }
    }

    /// What a button does.
    fn carry_out(&mut self, deed: &str, asked: &Asked) -> Result<(), Report> {
        let (deed, what) = deed.split_once(' ').unwrap_or((deed, ""));
        let keys = KeyPath::from(what);
        let is_known = target(self.editor.tree(), &keys).is_some() && !keys.0.is_empty();
        let number = || what.parse::<usize>().ok();
        let done = match deed {
            "remove" if is_known && self.is_in_place(&keys) => {
                self.said = Some(self.name_of(&keys));
                self.remove(&keys)
            }
            "up" | "down" if is_known && self.is_in_place(&keys) => self.shift(&keys, deed == "up"),
            "clear" if is_known => self.editor.clear(&keys),
            "take" => self.take(what),
            "mend" => match number() {
                Some(at) => return self.mend(at),
                None => Ok(()),
            },
            "paste" if is_known => {
                return self.paste(&keys, asked.get(&format!("rows {what}")).unwrap_or_default());
            }
            "remove" | "up" | "down" => Err(moved()),
            _ => Ok(()),
        };
        done.map_err(Report::from)
    }

    /// Takes what is planned for some fields into use: alone a day is a plan still.
    fn take(&mut self, paths: &str) -> Result<(), Diagnostic> {
        let paths: Vec<&str> = paths.split_whitespace().collect();
        for path in &paths {
            let line = form::plans(&self.editor).get(*path).map(|plan| plan.line);
            self.editor.take(line.ok_or_else(moved)?)?;
        }
        if paths.len() > 1 {
            let said = format!("写上了 {} 个打算的日子；办过以后照实际改。", paths.len());
            self.said = Some(said);
        }
        Ok(())
    }

    /// That a row is gone, and whose it was.
    fn name_of(&self, keys: &KeyPath) -> String {
        let row = target(self.editor.tree(), keys).and_then(|found| found.node);
        let name = match names(row.map(Plain::of)) {
            Some(Plain::Text(name)) => format!("“{name}”"),
            _ => "一行".to_owned(),
        };
        format!("删去了{name}。删错了的，点“撤销”。")
    }

    fn shift(&mut self, keys: &KeyPath, up: bool) -> Result<(), Diagnostic> {
        let (Some(list), Some(from)) = (above_item(keys), index(keys)) else { return Ok(()) };
        let last = count(self.editor.tree(), &list).unwrap_or_default().saturating_sub(1);
        let to = if up { from.saturating_sub(1) } else { (from + 1).min(last) };
        if to == from { Ok(()) } else { self.editor.move_item(&list, from, to) }
    }

    /// Carries out the remedy that begins at a byte of the text.
    fn mend(&mut self, at: usize) -> Result<(), Report> {
        let mut report = Report::new();
        let source = self.editor.source().clone();
        let tree = self.editor.tree().clone();
        Election::decode(&tree, &mut crate::election::decode::Decoder::new(&source, &mut report));
        let remedies = report.iter().filter_map(|finding| finding.remedy.as_deref());
        match remedies.filter(|remedy| remedy.range.start == at).last() {
            Some(remedy) => self.editor.mend(remedy).map_err(Report::from),
            None => Err(moved().into()),
        }
    }

    /// Rows as Excel copies them. Says what became of them.
    fn paste(&mut self, list: &KeyPath, rows: &str) -> Result<(), Report> {
        let found = target(self.editor.tree(), list).map(|found| found.shape);
        let Some(Shape::List(Shape::Record(record))) = found else { return Ok(()) };
        let mut rows = table(rows, record);
        let known = |cell: &String| record.keys.iter().find(|key| key.accepts(&compact(cell)));
        let has_head = rows.first().is_some_and(|row| row.iter().any(|cell| known(cell).is_some()));
        let (columns, unused) = match has_head {
            true => {
                let head = rows.remove(0);
                let unused = head.iter().filter(|cell| !cell.is_empty() && known(cell).is_none());
                (head.iter().map(known).collect::<Vec<_>>(), unused.cloned().collect())
            }
            false => (record.keys.iter().map(Some).collect(), Vec::<String>::new()),
        };
        let (mut added, mut cut) = (0, 0);
        for row in &rows {
            cut += usize::from(row.iter().skip(columns.len()).any(|cell| !cell.is_empty()));
            let cells = columns.iter().zip(row).filter(|(_, cell)| !cell.is_empty());
            let entry = |(key, cell): (&Option<&Key>, &String)| {
                key.map(|key| (key.english.to_owned(), plain(key.shape, cell)))
            };
            let entries: Vec<_> = cells.filter_map(entry).collect();
            if !entries.is_empty() {
                self.editor.add(list, None, Plain::Record(entries))?;
                added += 1;
            }
        }
        let mut said = format!("加了 {added} 行。");
        if !unused.is_empty() {
            said += &format!("没有用的列：{}。", unused.join("、"));
        }
        if cut > 0 {
            said += &format!("有 {cut} 行的栏数比表格多，多出的没有用。");
        }
        self.said = Some(said);
        Ok(())
    }
}

/// The rows of a block from Excel: between tabs, and between quotes where a cell has
/// lines of its own. A mere list of names has a row for each.
fn table(text: &str, record: &Record) -> Vec<Vec<String>> {
    if !text.contains(['\t', '"']) && record.scalar.is_some() {
        let names = text.split(['\n', '、', '，', ',', '；', ';']).map(str::trim);
        return names.filter(|name| !name.is_empty()).map(|name| vec![name.to_owned()]).collect();
    }
    let mut reader = csv::ReaderBuilder::new();
    let reader = reader.delimiter(b'\t').has_headers(false).flexible(true);
    let rows = reader.from_reader(text.as_bytes()).into_records().flatten();
    let one_line = |cell: &str| cell.split_whitespace().collect::<Vec<_>>().join(" ");
    let rows = rows.map(|row| row.iter().map(one_line).collect::<Vec<_>>());
    rows.filter(|row| row.iter().any(|cell| !cell.is_empty())).collect()
}

/// A heading without the spaces that spread it.
fn compact(heading: &str) -> String {
    heading.chars().filter(|c| !c.is_whitespace()).collect()
}

fn moved() -> Diagnostic {
    Diagnostic::error("edit", "这一处刚才在别处改过，没有动。").help("请看过现在的内容，再做一次。")
}

/// A value as it is written into the file.
pub(super) fn plain(shape: &Shape, value: &str) -> Plain {
    if value == UNKNOWN {
        return Plain::Null;
    }
    // Digits as an input method for Chinese types them: ２０２６－５－１０.
    let half: String = value.chars().map(crate::text::half).collect();
    match shape {
        Shape::Time => TimeOfDay::parse(value).map_or_else(|| value.into(), Plain::from),
        Shape::Count => half.parse::<u32>().map_or_else(|_| value.into(), Plain::Number),
        Shape::Date => PartialDate::parse(&half).map_or_else(|_| value.into(), Plain::Date),
        Shape::YesNo if value == "是" || value == "否" => Plain::Bool(value == "是"),
        _ => value.into(),
    }
}

/// A tree's own word for its kind.
fn kind_of(tree: &Node) -> Option<Kind> {
    let text = target(tree, &"kind".into())?.node?;
    match &text.value {
        Value::Scalar(text) if text.contains('村') || text == "villagers" => Some(Kind::Villagers),
        Value::Scalar(_) => Some(Kind::Residents),
        _ => None,
    }
}

/// What a row is known by: its name; a row without one by all it has.
fn names(item: Option<Plain>) -> Option<Plain> {
    match item {
        Some(Plain::Record(entries)) => {
            let name =
                entries.iter().find(|(key, _)| ["name", "姓名", "名称"].contains(&key.as_str()));
            Some(name.map_or_else(|| Plain::Record(entries.clone()), |(_, name)| name.clone()))
        }
        other => other,
    }
}

fn last_item(keys: &KeyPath) -> Option<usize> {
    keys.0.iter().rposition(|step| matches!(step, Step::Item(_)))
}

/// The list that the last item of a path is in.
fn above_item(keys: &KeyPath) -> Option<KeyPath> {
    last_item(keys).map(|at| KeyPath(keys.0[..at].to_vec()))
}

fn index(keys: &KeyPath) -> Option<usize> {
    match keys.0.get(last_item(keys)?) {
        Some(Step::Item(index)) => Some(*index),
        _ => None,
    }
}

/// The list and the rest of the way, of a path through a row.
fn begun_row(keys: &KeyPath) -> Option<(KeyPath, &[Step])> {
    let at = last_item(keys)?;
    Some((KeyPath(keys.0[..at].to_vec()), &keys.0[at + 1..]))
}

fn found_row(tree: &Node, keys: &KeyPath) -> bool {
    target(tree, keys).is_some_and(|found| found.items.last().is_some_and(Option::is_some))
}

fn count(tree: &Node, list: &KeyPath) -> Option<usize> {
    target(tree, list)?.node.map(|node| node.children().count()).or(Some(0))
}

/// The revision of the file as it is, for the next form.
pub(super) fn revision_of(source: &Source) -> String {
    revision(&source.text)
}
