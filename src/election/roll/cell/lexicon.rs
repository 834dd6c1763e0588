//! The longer lists of words, which stand in `data/words`, where they are read more easily.

use std::sync::LazyLock;

use include_dir::{Dir, include_dir};

static FILES: Dir = include_dir!("$CARGO_MANIFEST_DIR/data/words");

/// A list of words, read when it is first asked.
pub(crate) type Words = LazyLock<Vec<&'static str>>;

/// The words below `[list]` in a file of `data/words`; none if there is no such list.
pub(crate) fn words(file: &str, list: &str) -> Vec<&'static str> {
    let text = FILES.get_file(format!("{file}.txt")).and_then(|file| file.contents_utf8());
    let lines = text.unwrap_or_default().lines().filter(|line| !line.starts_with('#'));
    let heading = format!("[{list}]");
    let below = lines.skip_while(|line| *line != heading).skip(1);
    let words = below.take_while(|line| !line.starts_with('['));
    let words: Vec<_> = words.flat_map(str::split_whitespace).collect();
    assert!(!words.is_empty(), "{file}: no {heading}");
    words
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    static SOURCE: Dir = include_dir!("$CARGO_MANIFEST_DIR/src/election/roll");

    /// The lists that the code asks for, as `file list`.
    fn asked() -> BTreeSet<String> {
        let rooms = std::iter::once(&SOURCE).chain(SOURCE.dirs());
        let code = rooms.flat_map(Dir::files).filter_map(|file| file.contents_utf8());
        let calls = code.flat_map(|code| code.split("lexicon::words(\"").skip(1));
        let named = calls.filter_map(|call| {
            let mut parts = call.split('"');
            Some(format!("{} {}", parts.next()?, parts.nth(1)?))
        });
        named.collect()
    }

    fn written() -> BTreeSet<String> {
        let mut lists = BTreeSet::new();
        for file in FILES.files() {
            let name = file.path().file_stem().unwrap_or_default().to_string_lossy();
            let lines = file.contents_utf8().unwrap_or_default().lines();
            let headings = lines.filter_map(|line| line.strip_prefix('[')?.strip_suffix(']'));
            lists.extend(headings.map(|heading| format!("{name} {heading}")));
        }
        lists
    }

    #[test]
    fn every_list_is_asked_for_and_there() {
        assert_eq!(asked(), written());
        for list in written() {
            let (file, list) = list.split_once(' ').unwrap_or_default();
            assert!(!words(file, list).is_empty(), "{file} {list}");
        }
    }
}
