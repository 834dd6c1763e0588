//! Plain values, and what an edit does to them.
//!
//! An edit is right if the file, read again, holds exactly what this makes of
//! the values it held before.

use crate::election::date::PartialDate;
use crate::election::decode::TimeOfDay;
use crate::election::yaml::{Key, Node, Value};

/// A value to be written, or as read. What is read is text, whatever it means.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Plain {
    /// A key with nothing after it: it happened, but is not known.
    Null,
    Bool(bool),
    Number(u32),
    Date(PartialDate),
    Text(String),
    List(Vec<Plain>),
    Record(Vec<(String, Plain)>),
}

impl Plain {
    pub fn of(node: &Node) -> Self {
        match &node.value {
            Value::Null => Self::Null,
            Value::Scalar(text) => Self::Text(text.clone()),
            Value::Sequence(items) => Self::List(items.iter().map(Self::of).collect()),
            Value::Mapping(entries) => {
                let entry = |(key, value): &(Key, Node)| (key.text.clone(), Self::of(value));
                Self::Record(entries.iter().map(entry).collect())
            }
        }
    }

    /// As it is read again; in a file with Chinese keys yes is 是.
    pub(super) fn as_read(&self, chinese: bool) -> Self {
        match self {
            Self::Null => Self::Null,
            Self::Bool(yes) => Self::Text(word(*yes, chinese).to_owned()),
            Self::Number(number) => Self::Text(number.to_string()),
            Self::Date(date) => Self::Text(date.to_string()),
            Self::Text(text) => Self::Text(text.clone()),
            Self::List(items) => {
                Self::List(items.iter().map(|item| item.as_read(chinese)).collect())
            }
            Self::Record(entries) => {
                let entry = |(key, value): &(String, Self)| (key.clone(), value.as_read(chinese));
                Self::Record(entries.iter().map(entry).collect())
            }
        }
    }

    pub(super) fn is_container(&self) -> bool {
        matches!(self, Self::List(_) | Self::Record(_))
    }

    fn below(&mut self, position: &[usize]) -> Option<&mut Self> {
        position.iter().try_fold(self, |value, &index| match value {
            Self::List(items) => items.get_mut(index),
            Self::Record(entries) => entries.get_mut(index).map(|(_, value)| value),
            _ => None,
        })
    }

    fn insert(&mut self, index: usize, key: Option<String>, value: Self) -> Option<()> {
        if *self == Self::Null {
            *self = if key.is_some() { Self::Record(vec![]) } else { Self::List(vec![]) };
        }
        match (self, key) {
            (Self::List(items), None) if index <= items.len() => items.insert(index, value),
            (Self::Record(entries), Some(key)) if index <= entries.len() => {
                entries.insert(index, (key, value));
            }
            _ => return None,
        }
        Some(())
    }

    fn remove(&mut self, index: usize) -> Option<(Option<String>, Self)> {
        match self {
            Self::List(items) if index < items.len() => Some((None, items.remove(index))),
            Self::Record(entries) if index < entries.len() => {
                let (key, value) = entries.remove(index);
                Some((Some(key), value))
            }
            _ => None,
        }
    }
}

/// How yes and no are written.
pub(super) fn word(yes: bool, chinese: bool) -> &'static str {
    match (yes, chinese) {
        (true, true) => "是",
        (false, true) => "否",
        (true, false) => "true",
        (false, false) => "false",
    }
}

/// What is done, at a place counted in children from the root down.
#[derive(Clone, Debug)]
pub(super) enum Operation {
    Replace { at: Vec<usize>, with: Plain },
    Insert { into: Vec<usize>, index: usize, key: Option<String>, value: Plain },
    Remove { from: Vec<usize>, index: usize },
    Move { within: Vec<usize>, from: usize, to: usize },
}

impl Operation {
    /// The values after it; `None` if there is no such place.
    pub(super) fn on(self, mut root: Plain) -> Option<Plain> {
        match self {
            Self::Replace { at, with } => *root.below(&at)? = with,
            Self::Insert { into, index, key, value } => {
                root.below(&into)?.insert(index, key, value)?;
            }
            Self::Remove { from, index } => {
                root.below(&from)?.remove(index)?;
            }
            Self::Move { within, from, to } => {
                let list = root.below(&within)?;
                let (key, value) = list.remove(from)?;
                list.insert(to, key, value)?;
            }
        }
        Some(root)
    }
}

impl From<bool> for Plain {
    fn from(yes: bool) -> Self {
        Self::Bool(yes)
    }
}

impl From<u32> for Plain {
    fn from(number: u32) -> Self {
        Self::Number(number)
    }
}

impl From<PartialDate> for Plain {
    fn from(date: PartialDate) -> Self {
        Self::Date(date)
    }
}

impl From<TimeOfDay> for Plain {
    fn from(time: TimeOfDay) -> Self {
        Self::Text(time.to_string())
    }
}

impl From<&str> for Plain {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

impl From<String> for Plain {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}

impl<T: Into<Plain>> From<Vec<T>> for Plain {
    fn from(items: Vec<T>) -> Self {
        Self::List(items.into_iter().map(Into::into).collect())
    }
}
