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
        tells("batch-empty").file("街道/readme.txt", "x").run("batch 街道 -o out"),
        tells("batch-columns")
            .file("街道/村/election.yaml", "x")
            .file(
                "街道/statistics.yaml",
                "title: 表\nsections: [{title: 段, columns: [{name: 甲, sum: voter}]}]",
            )
            .run("batch 街道 -o out"),
        tells("batch-list")
            .file("名单.csv", "名称,类别\n甲,机关\n")
            .run("batch new 名单.csv -o 街道"),
        tells("batch-output").file("街道/村/election.yaml", "x").run("batch 街道 -o ."),
        tells("too-soon").run("new 试验社区 --kind 社区 --election-day 2026-01-04"),
    ]
}
