//! Files, folders, and the command line.

use super::{Scene, tells};

pub(super) fn scenes() -> Vec<Scene> {
    vec![
        tells("no-file").run("check 试验社区"),
        // What is no folder holds no files, which is not that there is none.
        tells("unreadable").file("试验社区", "").run("check 试验社区/election.yaml"),
        tells("not-a-file").file("election.yaml/readme", "").run("check ."),
        tells("cannot-write")
            .election(crate::support::SMALL)
            .file("out", "")
            .run("build . -o out/documents --only election-committee"),
        tells("unfit-name").run("new aux.2026"),
        tells("unfit-name").run("new 换届。."),
        tells("write").temporary("/nowhere/at/all").run("templates check"),
        tells("exists").file("试验社区/名单.txt", "").run("new 试验社区"),
        tells("exists").file("out/documents/minutes.md", "").run("templates export out"),
        tells("holiday").run("new 试验社区 --kind 社区 --election-day 2026-10-01"),
        tells("not-sunday").run("new 试验社区 --kind 社区 --election-day 2031-05-12"),
        tells("too-soon").run("new 试验社区 --kind 社区 --election-day 2026-01-04"),
    ]
}
