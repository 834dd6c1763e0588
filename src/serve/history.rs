//! The texts that `election.yaml` had while it lay on the desk.

use std::sync::Arc;

use crate::bag::sha256;

/// So many texts are remembered; a day has fewer changes.
const MANY: usize = 3000;

/// The texts in their order, and which of them the file has now.
#[derive(Debug, Default)]
pub(super) struct History {
    texts: Vec<(String, Arc<str>)>,
    now: usize,
    /// Whether the file as it was found has been put aside.
    pub kept: bool,
}

/// The name of a text.
pub(super) fn revision(text: &str) -> String {
    sha256(text.as_bytes())[..20].to_owned()
}

impl History {
    /// The file has this text: if it is news, what was undone is gone.
    pub(super) fn see(&mut self, text: &str) {
        let revision = revision(text);
        if self.texts.get(self.now).is_some_and(|(known, _)| *known == revision) {
            return;
        }
        self.texts.truncate(self.now + 1);
        self.texts.push((revision, text.into()));
        if self.texts.len() > MANY {
            self.texts.remove(0);
        }
        self.now = self.texts.len() - 1;
    }

    /// The text of a revision.
    pub(super) fn find(&self, revision: &str) -> Option<Arc<str>> {
        let found = self.texts.iter().rev().find(|(known, _)| known == revision);
        found.map(|(_, text)| text.clone())
    }

    pub(super) fn is_empty(&self) -> bool {
        self.texts.is_empty()
    }

    pub(super) fn can_undo(&self) -> bool {
        self.now > 0
    }

    pub(super) fn can_redo(&self) -> bool {
        self.now + 1 < self.texts.len()
    }

    /// The text to go back to; [`go`](Self::go) goes there once it is written.
    pub(super) fn before(&self) -> Option<(usize, Arc<str>)> {
        let at = self.now.checked_sub(1)?;
        Some((at, self.texts.get(at)?.1.clone()))
    }

    /// The text that was undone.
    pub(super) fn after(&self) -> Option<(usize, Arc<str>)> {
        let at = self.now + 1;
        Some((at, self.texts.get(at)?.1.clone()))
    }

    pub(super) fn go(&mut self, to: usize) {
        self.now = to;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(found: Option<(usize, Arc<str>)>) -> String {
        found.unwrap().1.to_string()
    }

    #[test]
    fn one_goes_back_and_forth_until_something_new_is_written() {
        let mut history = History::default();
        assert!(!history.can_undo() && !history.can_redo());
        for word in ["a", "b", "b", "c"] {
            history.see(word);
        }
        assert_eq!(text(history.before()), "b");
        history.go(1);
        history.see("b");
        assert!(history.can_undo() && history.can_redo());
        assert_eq!((text(history.before()), text(history.after())), ("a".into(), "c".into()));
        history.see("d");
        assert!(!history.can_redo());
        assert_eq!(text(history.before()), "b");
        assert_eq!(&*history.find(&revision("a")).unwrap(), "a");
        assert!(history.find(&revision("c")).is_none());
    }
}
