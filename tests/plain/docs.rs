//! What the manuals take from the program is not stale.

use std::path::Path;

use crate::support::run_in;

fn page(name: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs").join(name);
    std::fs::read_to_string(path).unwrap().replace("\r\n", "\n")
}

#[test]
fn the_reference_of_keys_is_that_of_the_program() {
    let run = run_in(Path::new("."), &["schema", "--keys"]);
    assert_eq!(run.code, 0, "{run}");
    assert!(page("keys.md").ends_with(&run.stdout), "docs/keys.md is stale: `make docs`");
}

#[test]
fn the_readme_counts_the_rules() {
    let readme = std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("README.md"));
    let count = format!("{} rules", zhangbang::law::RULES.len());
    assert!(readme.unwrap().contains(&count), "README.md does not say `{count}`");
}

/// Whoever writes columns of one's own finds every name in the manual.
#[test]
fn the_manual_of_the_batch_names_all_figures() {
    use zhangbang::batch::figures::{NUMBERS, OF_PEOPLE, WORDS};
    let page = page("batch.md");
    for (name, said) in [NUMBERS, WORDS, OF_PEOPLE].concat() {
        let row = format!("| `{name}` | {said} |");
        assert!(page.contains(&row), "docs/batch.md does not have: {row}");
    }
}
