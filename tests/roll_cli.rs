//! `roll` and `roll diff`, as a secretary meets them.

use std::path::Path;

use crate::support::{ROLL, SMALL, election, files, run_in};

const WITH_ID: &str = "姓名,性别,出生日期,身份证号,小组\n\
    张三,女,1949-12-31,11010519491231002X,一组\n\
    李四,男,1949-12-31,11010519491231002X,二组\n";

#[test]
fn sums_up_a_roll_by_group_sex_and_age() {
    let folder = election(SMALL, ROLL);
    let told = run_in(folder.path(), &["roll", "."]);
    assert_eq!(told.code, 0, "{told}");
    insta::assert_snapshot!("roll", told.stdout);
    let alone = run_in(folder.path(), &["roll", "voters.csv"]);
    assert!(alone.code == 0 && !alone.stdout.contains("35岁"), "no day, no ages: {alone}");
}

#[test]
fn says_nothing_of_faults_elsewhere() {
    let late = SMALL.replace("2026-04-18", "2026-05-09");
    let told = run_in(election(&late, ROLL).path(), &["roll", "."]);
    assert!(told.code == 0 && !told.stderr.contains("list-posted"), "{told}");
}

#[test]
fn writes_two_workbooks_and_overwrites_none() {
    let folder = election(SMALL, WITH_ID);
    let told = run_in(folder.path(), &["roll", ".", "-o", "out"]);
    assert_eq!(told.code, 1, "the roll has errors: {told}");
    let out = folder.path().join("out");
    assert_eq!(files(&out), ["待核对清单.xlsx", "选民名册（内部）.xlsx"]);
    let before = std::fs::read(out.join("待核对清单.xlsx")).unwrap();
    let again = run_in(folder.path(), &["roll", ".", "-o", "out"]);
    assert!(again.code == 1 && again.stderr.contains("不会覆盖"), "{again}");
    assert_eq!(std::fs::read(out.join("待核对清单.xlsx")).unwrap(), before);
    for run in [told, again] {
        assert!(!run.to_string().contains("19491231"), "an ID number is shown: {run}");
    }
}

#[test]
fn tells_what_changed_without_personal_data() {
    let folder = tempfile::tempdir().unwrap();
    let write = |name: &str, text: &str| std::fs::write(folder.path().join(name), text).unwrap();
    write(
        "old.csv",
        "姓名,性别,出生日期,小组\n张三,男,1987-03-05,一组\n李四,女,1990-01-02,一组\n赵六,男,1970-01-01,二组\n",
    );
    write(
        "new.csv",
        "姓名,性别,出生日期,小组\n张山,男,1987-03-05,一组\n王五,女,1991-01-02,一组\n赵六,男,1970-10-01,二组\n",
    );
    let told = run_in(folder.path(), &["roll", "diff", "old.csv", "new.csv"]);
    assert_eq!(told.code, 0, "{told}");
    insta::assert_snapshot!("roll-diff", told);
    let same = run_in(folder.path(), &["roll", "diff", "old.csv", "old.csv"]);
    assert!(same.stdout.contains("没有差别"), "{same}");
    assert_eq!(run_in(folder.path(), &["roll", "diff", "old.csv", "gone.csv"]).code, 1);
    assert_eq!(run_in(folder.path(), &["roll"]).code, 2);
}

/// The parsers of old workbooks panic on some damaged files; no text of that
/// reaches the user (`run_in` looks for it).
#[test]
fn a_damaged_workbook_is_told_without_a_stack() {
    let whole = std::fs::read(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/roll/excel97.xls"))
        .unwrap();
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("voters.xls");
    for at in (512..whole.len()).step_by(whole.len() / 60) {
        let mut damaged = whole.clone();
        damaged[at..].iter_mut().take(64).for_each(|byte| *byte = 0xff);
        std::fs::write(&path, damaged).unwrap();
        run_in(folder.path(), &["roll", "voters.xls"]);
    }
}
