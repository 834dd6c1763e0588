//! Many elections, added up by other means.

use crate::support::{judge, judge_script, python, run_in};

/// Three hundred elections, with what nobody knows among them: every total of the
/// workbook against pandas.
#[test]
fn the_figures_of_a_round_are_those_of_pandas() {
    let top = tempfile::tempdir().unwrap();
    let script = judge_script("round.py").to_str().unwrap().to_owned();
    judge(&python(), &[&script, "make", &format!("{}/in", top.path().display()), "300", "7"]);
    let run = run_in(top.path(), &["batch", "in", "-o", "out", "--check"]);
    assert!(run.code < 2 && run.stdout.contains("共300个选举，全部计入"), "{run}");
    let paths = ["in", "out/汇总.xlsx"].map(|path| top.path().join(path).display().to_string());
    let told = judge(&python(), &[&script, "sum", &paths[0], &paths[1]]);
    assert!(told.contains("300 elections") && told.contains("208 totals agree"), "{told}");
}
