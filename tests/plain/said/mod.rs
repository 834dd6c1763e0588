//! What every code says that is no rule of the law's (of these `law` has the same):
//! each is provoked as a secretary would, and what she reads is a snapshot, to be
//! read aloud.

mod library;
mod machine;
mod papers;
mod rolls;
mod writing;

use std::collections::{BTreeMap, BTreeSet};
use std::process::Command;

use zhangbang::codes::CODES;

/// Files in an empty folder, a command run there, and the codes that it must tell.
#[derive(Clone)]
struct Scene {
    codes: Vec<&'static str>,
    files: Vec<(&'static str, Vec<u8>)>,
    command: &'static str,
    temporary: Option<&'static str>,
}

/// A scene that tells these codes, with blanks between.
fn tells(codes: &'static str) -> Scene {
    let codes = codes.split_whitespace().collect();
    Scene { codes, files: Vec::new(), command: "check .", temporary: None }
}

impl Scene {
    fn file(mut self, name: &'static str, bytes: impl Into<Vec<u8>>) -> Self {
        self.files.push((name, bytes.into()));
        self
    }

    fn election(self, text: impl Into<Vec<u8>>) -> Self {
        self.file("election.yaml", text)
    }

    fn run(mut self, command: &'static str) -> Self {
        self.command = command;
        self
    }

    /// Where the program is to make its temporary folders.
    fn temporary(mut self, folder: &'static str) -> Self {
        self.temporary = Some(folder);
        self
    }

    /// Everything that is told, finding by finding.
    fn play(&self) -> Vec<String> {
        let folder = tempfile::tempdir().unwrap();
        for (name, bytes) in &self.files {
            let path = folder.path().join(name);
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            std::fs::write(path, bytes).unwrap();
        }
        let mut command = Command::new(crate::support::program());
        command.args(self.command.split_whitespace()).current_dir(folder.path());
        if let Some(temporary) = self.temporary {
            command.env("TMPDIR", temporary).env("TMP", temporary);
        }
        let output = command.output().unwrap();
        let told = String::from_utf8(output.stderr).unwrap();
        assert!(output.status.code().is_some() && !told.contains("panicked"), "{told}");
        // Of what is no finding, all.
        let found = findings(&told);
        if found.is_empty() { vec![told] } else { found }
    }
}

/// What was told, without the headings of chapters, the closing line, and days that
/// are counted from today.
fn findings(told: &str) -> Vec<String> {
    let lines = told.lines().filter(|line| !line.starts_with(['【', '共']));
    let timeless = lines.map(|line| match line.split_once("最早可定在") {
        Some((before, _)) => format!("{before}最早可定在……"),
        None => line.to_owned(),
    });
    let text = timeless.collect::<Vec<_>>().join("\n");
    let parts = text.split("\n\n").map(str::trim_end);
    parts.filter(|part| part.contains("]: ")).map(str::to_owned).collect()
}

fn is_of(finding: &str, code: &str) -> bool {
    let title = finding.lines().find(|line| !line.is_empty()).unwrap_or_default();
    title.contains(&format!("[{code}]"))
}

/// Codes of what happens to no test, each with the reason.
const UNTOLD: [(&str, &str); 15] = [
    ("roll-id-area", "asked among numbers of real areas only, which the scenes do not invent"),
    ("no-font", "the machines of the tests have Chinese fonts"),
    ("no-report", "as above"),
    ("font-substitute", "which fonts stand in for others differs from machine to machine"),
    ("glyph-borrowed", "as above"),
    ("png", "a page too large for the memory"),
    ("docx", "writing to the memory does not fail"),
    ("catalogue-xlsx", "as above"),
    ("no-port", "said by the desk, whose own tests provoke it"),
    ("page", "as above"),
    ("upload", "as above"),
    ("page-broken", "no page is known to break"),
    ("batch-packet", "said in the record of an election: `plain::batch`"),
    ("batch-broken", "no election is known to break the program"),
    ("workbook-not-written", "more rows than a sheet of Excel holds: a minute's work"),
];

/// What is told of each code.
fn all_that_is_told() -> BTreeMap<&'static str, Vec<String>> {
    let scenes = [writing::scenes(), rolls::scenes(), papers::scenes(), machine::scenes()].concat();
    let mut told: BTreeMap<&str, Vec<String>> = library::told();
    let mut silent = String::new();
    for scene in &scenes {
        let findings = scene.play();
        for code in &scene.codes {
            let own = findings.iter().filter(|finding| is_of(finding, code)).cloned();
            let own: Vec<String> = own.collect();
            if own.is_empty() {
                silent += &format!("{code} is not told:\n{}\n\n", findings.join("\n\n"));
            }
            told.entry(code).or_default().extend(own);
        }
    }
    assert!(silent.is_empty(), "{silent}");
    told
}

#[test]
fn every_message_reads_well() {
    let told = all_that_is_told();
    let known: BTreeSet<&str> = CODES.iter().map(|code| code.name).collect();
    let untold = UNTOLD.iter().map(|(code, _)| *code);
    let met: BTreeSet<&str> = told.keys().copied().chain(untold.clone()).collect();
    let silent: Vec<_> = known.difference(&met).collect();
    assert!(silent.is_empty(), "no scene provokes {silent:?}: write one, or say in UNTOLD why not");
    let strange: Vec<_> = met.difference(&known).collect();
    assert!(strange.is_empty(), "not in the table of src/codes.rs: {strange:?}");
    assert!(!untold.into_iter().any(|code| told.contains_key(code)));
    insta::with_settings!({ snapshot_path => "snapshots", prepend_module_to_snapshot => false }, {
        for (code, findings) in told {
            insta::assert_snapshot!(code, findings.join("\n\n"));
        }
    });
}
