//! Keys in two languages: one that is there is found by either spelling, a new
//! one is written as the file writes its own.

use super::plain::Plain;
use super::plan::path_below;
use crate::election::Election;
use crate::election::decode::{Decode as _, KeySpec};
use crate::election::yaml::{Node, Step};

/// How a file writes its keys.
#[derive(Clone, Copy, Debug)]
pub(super) struct Language {
    pub chinese: bool,
    village: bool,
}

impl Language {
    /// That of most keys of the root; a village has 村民代表 for 居民代表.
    pub(super) fn of(tree: &Node) -> Self {
        let keys = || tree.children().filter_map(|(key, _)| Some(key?.text.trim()));
        Self {
            chinese: keys().filter(|key| key.is_ascii()).count() * 2 <= keys().count(),
            village: keys().any(|key| key == "村"),
        }
    }

    /// A key as this file writes it. Another spelling of the same language may stay.
    pub(super) fn key(self, spec: &KeySpec, given: &str) -> String {
        let of_villages = |key: &&&str| self.village && key.contains('村');
        match self.chinese {
            true if spec.chinese.contains(&given) => given.to_owned(),
            true => (*spec.chinese.iter().find(of_villages).unwrap_or(&spec.chinese[0])).to_owned(),
            false => spec.english.to_owned(),
        }
    }

    /// A value with all its keys as this file writes them.
    pub(super) fn value(self, path: &str, value: Plain) -> Plain {
        match value {
            Plain::List(items) => {
                let path = format!("{path}.[]");
                Plain::List(items.into_iter().map(|item| self.value(&path, item)).collect())
            }
            Plain::Record(entries) => {
                let entry = |(key, value): (String, Plain)| {
                    let spec = Election::keys_below(path).iter().find(|spec| spec.accepts(&key));
                    let below = path_below(path, Some(&key)).unwrap_or_else(|| "?".into());
                    let key = spec.map_or_else(|| key.clone(), |spec| self.key(spec, &key));
                    (key, self.value(&below, value))
                };
                Plain::Record(entries.into_iter().map(entry).collect())
            }
            plain => plain,
        }
    }
}

/// The child to which a step leads from a node whose path is known.
pub(super) fn child<'t>(node: &'t Node, path: &str, step: &Step) -> Option<(usize, &'t Node)> {
    let mut children = node.children().enumerate();
    match step {
        Step::Item(wanted) => {
            let is_item =
                |&(index, (key, _)): &(usize, (Option<_>, _))| index == *wanted && key.is_none();
            children.find(is_item).map(|(index, (_, node))| (index, node))
        }
        Step::Key(wanted) => {
            let wanted = wanted.trim();
            let spec = Election::keys_below(path).iter().find(|spec| spec.accepts(wanted));
            let is_meant =
                |key: &str| key.trim() == wanted || spec.is_some_and(|spec| spec.accepts(key));
            children
                .find(|(_, (key, _))| key.is_some_and(|key| is_meant(&key.text)))
                .map(|(index, (_, node))| (index, node))
        }
    }
}
