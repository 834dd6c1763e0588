//! Any text as `election.yaml`, edited: each edit is made or refused, and what is
//! left can be read again.

#![no_main]

use libfuzzer_sys::fuzz_target;
use zhangbang::diagnostic::Source;
use zhangbang::election::edit::Editor;

fuzz_target!(|input: (&str, usize, &str)| {
    let (text, at, value) = input;
    let Ok(editor) = Editor::new(Source::new("election.yaml", text)) else { return };
    let path = editor.tree().path_at(at % text.len().max(1));
    let edits: [&dyn Fn(&mut Editor) -> bool; 5] = [
        &|editor| editor.set(&path, value).is_ok(),
        &|editor| editor.remove(&path).is_ok(),
        &|editor| editor.add(&path, None, value).is_ok(),
        &|editor| editor.move_item(&path, 1, 0).is_ok(),
        &|editor| editor.take(at % 64 + 1).is_ok(),
    ];
    for edit in edits {
        let mut editor = editor.clone();
        if edit(&mut editor) {
            assert!(Editor::new(editor.source().clone()).is_ok());
        } else {
            assert_eq!(editor.source().text, text.strip_prefix('\u{feff}').unwrap_or(text));
        }
    }
});
