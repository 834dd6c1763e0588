//! Changes to the text of `election.yaml` that leave all else as it was.
//!
//! A change is one [`Operation`] on the tree of values and a few [`Splice`]s of
//! the text. Comments, order, indentation and line ends outside the splices
//! stay, byte for byte. The new text is read again by our own reader: if it does
//! not hold exactly what the operation makes of the old values, the change is
//! refused and nothing is altered.

mod language;
mod mend;
mod plain;
mod plan;
mod splice;
mod take;
#[cfg(test)]
mod tests;
mod write;

use std::ops::Range;
use std::path::Path;
use std::sync::Arc;

pub use mend::{Mended, mend};
pub use plain::Plain;
pub use take::Plan;

use self::language::{Language, child};
use self::plain::Operation;
use self::plan::path_below;
use self::splice::{Container, Page, Splice, is_flow};
use self::write::Writer;
use super::Election;
use super::decode::{Decode as _, KeySpec, guess};
use super::yaml::{self, KeyPath, Node, Step, Value};
use crate::diagnostic::{Diagnostic, Place, Remedy, Source};
use crate::files;

/// A description that is being changed. Each change is made whole or, with a
/// reason, not at all.
#[derive(Clone, Debug)]
pub struct Editor {
    source: Arc<Source>,
    tree: Node,
    language: Language,
}

impl Editor {
    pub fn new(source: Arc<Source>) -> Result<Self, Diagnostic> {
        let tree = yaml::parse(&source)?;
        let language = Language::of(&tree);
        Ok(Self { source, tree, language })
    }

    pub fn open(file: &Path) -> Result<Self, Diagnostic> {
        Self::new(yaml::read_text(file)?)
    }

    /// Writes the file, with the byte order mark it had.
    pub fn save(&self) -> Result<(), Diagnostic> {
        files::write(&self.source.path, &self.source.bytes())
    }

    pub fn source(&self) -> &Arc<Source> {
        &self.source
    }

    pub fn tree(&self) -> &Node {
        &self.tree
    }

    /// Gives a key or an item this value. A key that is not there is taken from
    /// its plan, or else written at its place in the order of its record.
    pub fn set(&mut self, path: &KeyPath, value: impl Into<Plain>) -> Result<(), Diagnostic> {
        let value = value.into();
        let mut draft = self.clone();
        draft.take_planned(path, &value);
        draft.put(path, &value)?;
        *self = draft;
        Ok(())
    }

    /// Leaves a key without a value: it happened, but is not known.
    pub fn clear(&mut self, path: &KeyPath) -> Result<(), Diagnostic> {
        self.set(path, Plain::Null)
    }

    /// Takes out a key with its value, or an item. What was planned below it
    /// stays a plan.
    pub fn remove(&mut self, path: &KeyPath) -> Result<(), Diagnostic> {
        let (mut from, within) = self.find_parent(path)?;
        let Some(index) = from.pop() else { return Err(self.no_place(path)) };
        if within.node.children().count() > 1 {
            let splices = self.page().remove(within, index);
            return self.carry_out(Operation::Remove { from, index }, splices);
        }
        let empty = match within.node.value {
            Value::Sequence(_) => Plain::List(Vec::new()),
            _ => Plain::Record(Vec::new()),
        };
        self.replace(from, empty)
    }

    /// Puts an item into a list, before the one at `index`, or at the end.
    pub fn add(
        &mut self,
        list: &KeyPath,
        index: Option<usize>,
        item: impl Into<Plain>,
    ) -> Result<(), Diagnostic> {
        let item = item.into();
        let way = self.walk(list);
        let node = way.node;
        let count = match &node.value {
            _ if !way.rest.is_empty() => return self.set(list, Plain::List(vec![item])),
            Value::Null => 0,
            Value::Sequence(items) => items.len(),
            _ => return Err(self.refuse(node, format!("“{list}”不是列表，不能添加一项。"))),
        };
        let index = index.unwrap_or(count);
        if index > count {
            return Err(self.no_place(list));
        }
        let item = self.language.value(&format!("{}.[]", way.path), item);
        self.insert(way.at, index, None, item)
    }

    /// Moves an item of a list to another place in it.
    pub fn move_item(&mut self, list: &KeyPath, from: usize, to: usize) -> Result<(), Diagnostic> {
        let way = self.walk(list);
        let count = way.node.children().count();
        let is_list = matches!(way.node.value, Value::Sequence(_));
        if !way.rest.is_empty() || !is_list || from.max(to) >= count {
            return Err(self.no_place(list));
        }
        let splices = self.page().shift(self.container(&way.at), from, to);
        self.carry_out(Operation::Move { within: way.at, from, to }, splices)
    }

    /// Does what a message proposes, if that changes no key but the one it is
    /// about.
    pub fn mend(&mut self, remedy: &Remedy) -> Result<(), Diagnostic> {
        let way = self.tree.way_to(remedy.range.start);
        let depth = way.iter().rposition(|(_, key)| key.is_some()).unwrap_or_default();
        let places: Vec<usize> = way.iter().take(depth + 1).map(|&(index, _)| index).collect();
        let Some((&index, from)) = places.split_last() else {
            return Err(self.refuse(&self.tree, "这一处已经改过，请重新检查。"));
        };
        let others =
            |tree: &Node| Operation::Remove { from: from.to_vec(), index }.on(Plain::of(tree));
        let before = others(&self.tree);
        let splice = Splice::new(remedy.range.clone(), remedy.text.as_str());
        self.splice(Some(vec![splice]), |tree| before.is_some() && others(tree) == before)
    }
}

/// How far a path leads.
struct Way<'t, 'p> {
    at: Vec<usize>,
    node: &'t Node,
    /// What was gone, in English keys.
    path: String,
    rest: &'p [Step],
}

impl Editor {
    fn page(&self) -> Page<'_> {
        Page { text: &self.source.text, writer: Writer { chinese: self.language.chinese } }
    }

    fn walk<'p>(&self, path: &'p KeyPath) -> Way<'_, 'p> {
        let mut way = Way { at: Vec::new(), node: &self.tree, path: String::new(), rest: &path.0 };
        while let [step, rest @ ..] = way.rest
            && let Some((index, below)) = child(way.node, &way.path, step)
        {
            let key = match step {
                Step::Key(key) => Some(key.as_str()),
                Step::Item(_) => None,
            };
            way.at.push(index);
            way.node = below;
            way.path = path_below(&way.path, key).unwrap_or_else(|| "?".into());
            way.rest = rest;
        }
        way
    }

    /// A list or record by its place.
    fn container(&self, at: &[usize]) -> Container<'_> {
        let text = &self.source.text;
        let mut found = Container { node: &self.tree, flow: is_flow(text, &self.tree) };
        for &index in at {
            if let Some((_, node)) = found.node.children().nth(index) {
                found = Container { node, flow: found.flow || is_flow(text, node) };
            }
        }
        found
    }

    /// The place of what a path leads to, and what holds it.
    fn find_parent(&self, path: &KeyPath) -> Result<(Vec<usize>, Container<'_>), Diagnostic> {
        let way = self.walk(path);
        match way.at.split_last() {
            Some((_, above)) if way.rest.is_empty() => {
                let parent = self.container(above);
                Ok((way.at, parent))
            }
            _ => Err(self.no_place(path)),
        }
    }

    fn put(&mut self, path: &KeyPath, value: &Plain) -> Result<(), Diagnostic> {
        let way = self.walk(path);
        match way.rest {
            [] => {
                let value = self.language.value(&way.path, value.clone());
                self.replace(way.at, value)
            }
            [Step::Key(key), below @ ..] => {
                let value = nest(below, value).ok_or_else(|| self.no_place(path))?;
                let (index, key, value) = self.new_key(&way, key, value)?;
                self.insert(way.at, index, Some(key), value)
            }
            [Step::Item(_), ..] => Err(self.no_place(path)),
        }
    }

    /// Where in a record a new key goes, behind those that come before it in the
    /// declaration; and how it is written.
    fn new_key(
        &self,
        way: &Way,
        key: &str,
        value: Plain,
    ) -> Result<(usize, String, Plain), Diagnostic> {
        let keys = Election::keys_below(&way.path);
        let rank_of = |key: &str| keys.iter().position(|spec| spec.accepts(key));
        let Some(rank) = rank_of(key) else {
            return Err(self.unknown_key(way.node, key, keys));
        };
        if !matches!(way.node.value, Value::Mapping(_) | Value::Null) {
            let message = format!("这里不是若干行“键: 值”，写不进“{key}”。");
            return Err(self.refuse(way.node, message));
        }
        let earlier = |(index, (key, _)): (usize, (Option<&yaml::Key>, _))| {
            let other = rank_of(&key?.text)?;
            (other < rank).then_some((other, index + 1))
        };
        let behind = way.node.children().enumerate().filter_map(earlier).max();
        let index = behind.map_or(0, |(_, index)| index);
        let path = path_below(&way.path, Some(key)).unwrap_or_default();
        Ok((index, self.language.key(&keys[rank], key), self.language.value(&path, value)))
    }

    fn replace(&mut self, at: Vec<usize>, value: Plain) -> Result<(), Diagnostic> {
        let Some((&index, above)) = at.split_last() else {
            return Err(self.refuse(&self.tree, "不能把整份说明换掉。"));
        };
        let splices = self.page().replace(self.container(above), index, &value);
        self.carry_out(Operation::Replace { at, with: value }, splices)
    }

    fn insert(
        &mut self,
        into: Vec<usize>,
        index: usize,
        key: Option<String>,
        value: Plain,
    ) -> Result<(), Diagnostic> {
        let within = self.container(&into);
        if within.node.children().next().is_none() {
            let only = match key {
                Some(key) => Plain::Record(vec![(key, value)]),
                None => Plain::List(vec![value]),
            };
            return self.replace(into, only);
        }
        let splices = self.page().insert(within, index, key.as_deref(), &value);
        self.carry_out(Operation::Insert { into, index, key, value }, splices)
    }

    /// Makes the splices if they do what the operation says, and nothing else.
    fn carry_out(
        &mut self,
        operation: Operation,
        splices: Option<Vec<Splice>>,
    ) -> Result<(), Diagnostic> {
        let wanted =
            operation.on(Plain::of(&self.tree)).map(|all| all.as_read(self.language.chinese));
        self.splice(splices, |tree| wanted.is_some() && Some(Plain::of(tree)) == wanted)
    }

    /// Makes the splices if what they leave is `right`.
    fn splice(
        &mut self,
        splices: Option<Vec<Splice>>,
        right: impl FnOnce(&Node) -> bool,
    ) -> Result<(), Diagnostic> {
        let text = splices.and_then(|splices| splice::apply(&self.source.text, splices));
        let source = text.map(|text| self.source.with_text(text));
        if let Some(source) = source
            && let Ok(tree) = yaml::parse(&source)
            && right(&tree)
        {
            (self.source, self.tree) = (source, tree);
            return Ok(());
        }
        Err(Diagnostic::error("edit", "这样改会牵动别处，没有改。")
            .in_file(&self.source.path)
            .help("请用文本编辑器打开这个文件，自己改这一处。"))
    }
}

/// What is said when a change is refused.
impl Editor {
    fn refuse(&self, node: &Node, message: impl Into<String>) -> Diagnostic {
        let place = Place::Text(self.source.clone(), node.span.clone());
        Diagnostic::error("edit", message).at(place)
    }

    fn refuse_line(&self, line: &Range<usize>) -> Diagnostic {
        let place = Place::Text(self.source.clone(), line.clone());
        Diagnostic::error("edit", "这一行去掉“# ”以后读不通，没有启用。")
            .at(place)
            .help("请用文本编辑器打开这个文件，自己改这一处。")
    }

    fn no_place(&self, path: &KeyPath) -> Diagnostic {
        Diagnostic::error("edit", format!("说明里没有“{path}”这一处。"))
            .in_file(&self.source.path)
            .help("文件可能刚在别处改过，请重新打开再改。")
    }

    fn unknown_key(&self, node: &Node, key: &str, keys: &[KeySpec]) -> Diagnostic {
        let near = guess(key, keys.iter().flat_map(KeySpec::spellings));
        self.refuse(node, format!("这里没有“{key}”这个键{near}"))
    }
}

/// A value below keys that are not there yet.
fn nest(keys: &[Step], value: &Plain) -> Option<Plain> {
    keys.iter().rev().try_fold(value.clone(), |value, step| match step {
        Step::Key(key) => Some(Plain::Record(vec![(key.clone(), value)])),
        Step::Item(_) => None,
    })
}
