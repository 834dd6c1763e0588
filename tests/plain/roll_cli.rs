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
    // A run that was killed leaves one of them.
    std::fs::remove_file(out.join("选民名册（内部）.xlsx")).unwrap();
    let whole = run_in(folder.path(), &["roll", ".", "-o", "out"]);
    assert!(!whole.stderr.contains("不会覆盖") && files(&out).len() == 2, "{whole}");
    // Answers written into one are not lost.
    std::fs::remove_file(out.join("选民名册（内部）.xlsx")).unwrap();
    std::fs::write(out.join("待核对清单.xlsx"), "answers").unwrap();
    let again = run_in(folder.path(), &["roll", ".", "-o", "out"]);
    assert!(again.code == 1 && again.stderr.contains("不会覆盖"), "{again}");
    assert_eq!(std::fs::read(out.join("待核对清单.xlsx")).unwrap(), b"answers");
    assert_eq!(files(&out), ["待核对清单.xlsx"]);
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

#[test]
fn a_comparison_tells_what_is_wrong_in_either_roll() {
    let folder = tempfile::tempdir().unwrap();
    let write = |name: &str, text: &str| std::fs::write(folder.path().join(name), text).unwrap();
    write("old.csv", "姓名,性别,身份证号,小组\n张三,女,11010519491231002X,一组\n");
    write(
        "new.csv",
        "姓名,性别,身份证号\n张三,女,11010519491231002X\n李四,女,11010519491231002X\n王五,女,110105194912310021\n",
    );
    let told = run_in(folder.path(), &["roll", "diff", "old.csv", "new.csv"]);
    for said in ["roll-same-id", "roll-id-check", "roll-diff-column", "没有比较小组"] {
        assert!(told.to_string().contains(said), "{said}: {told}");
    }
    assert_eq!(told.code, 1, "{told}");
    let reversed = run_in(folder.path(), &["roll", "diff", "new.csv", "old.csv"]);
    assert!(reversed.stderr.contains("roll-same-id"), "{reversed}");
}

#[test]
fn a_merged_roll_asks_what_its_sources_asked() {
    let folder = tempfile::tempdir().unwrap();
    let write = |name: &str, text: &str| std::fs::write(folder.path().join(name), text).unwrap();
    write("a.csv", "姓名,性别,小组,备注\n张三,男,一组,死亡\n李四,女,一组,\n");
    write("b.csv", "姓名,性别,小组\n张三,男,一组\n李四,女,一组\n");
    let told = run_in(folder.path(), &["roll", "merge", "a.csv", "b.csv", "-o", "out"]);
    assert!(told.code == 0 && told.stdout.contains("要核对的 1 人"), "{told}");
    let again = run_in(folder.path(), &["roll", "out/合并名册（内部）.xlsx"]);
    assert!(again.stderr.contains("roll-open") && again.stderr.contains("死亡"), "{again}");
}

/// The parsers of old workbooks panic on some damaged files; no text of that
/// reaches the user (`run_in` looks for it).
#[test]
fn a_damaged_workbook_is_told_without_a_stack() {
    let whole =
        std::fs::read(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/plain/roll/excel97.xls"))
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

/// A roll that asks one question of each sort.
const ASKING: &str = "序号,姓名,性别,出生日期,小组,备注\n\
    1,张守信,男,1970-01-02,一组,\n\
    2,李明理,女,1980-03-04,一组,死亡\n\
    3,王公正,男,1990-05-06,二组,\n\
    4,王公正,男,1990-05-06,二组,\n\
    5,赵六,女,1990-13-06,二组,\n\
    6,钱七,女,1991-01-02,二组,已迁出\n\
    7,孙八,女,1992-01-02,二组,\n\
    ,郑小弟,,,,\n";

/// The questions of a roll as text, answered row by row.
fn answered(folder: &Path, answers: &[(&str, &str)]) -> String {
    let run = run_in(folder, &["roll", "voters.csv", "-o", "out"]);
    assert!(run.code < 2, "{run}");
    answered_in(&folder.join("out/待核对清单.xlsx"), answers)
}

/// As [`answered`], of a worksheet that is there.
fn answered_in(questions: &Path, answers: &[(&str, &str)]) -> String {
    let bytes = std::fs::read(questions).unwrap();
    let mut book: calamine::Xlsx<_> =
        calamine::open_workbook_from_rs(std::io::Cursor::new(bytes)).unwrap();
    let range = calamine::Reader::worksheet_range(&mut book, "待核对").unwrap();
    let rows = range.rows().map(|row| {
        let mut cells: Vec<String> = row.iter().map(|cell| cell.to_string()).collect();
        if let Some((_, answer)) =
            answers.iter().find(|(place, _)| *place == format!("{}{}", cells[3], cells[4]))
        {
            cells[8] = (*answer).into();
        }
        cells.iter().map(|cell| format!("\"{cell}\"")).collect::<Vec<_>>().join(",") + "\n"
    });
    rows.collect()
}

#[test]
fn reads_answers_back() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("voters.csv"), ASKING).unwrap();
    let answers = [
        ("3F（备注）", "不是选民"),
        ("5", "确是两人"),
        ("6D（出生日期）", "改为1990-12-06"),
        ("7F（备注）", "是选民"),
        ("9B（姓名）", "不是选民"),
    ];
    std::fs::write(folder.path().join("answers.csv"), answered(folder.path(), &answers)).unwrap();
    let told =
        run_in(folder.path(), &["roll", "voters.csv", "--answers", "answers.csv", "-o", "clean"]);
    assert_eq!(told.code, 0, "{told}");
    assert!(told.stdout.contains("照待核对清单里的 5 条答复读入"), "{told}");
    assert!(told.stdout.contains("按答复不是选民：2 行（第 3、9 行）"), "{told}");
    // The roll that was set in order asks nothing any more.
    std::fs::rename(
        folder.path().join("clean/选民名册（内部）.xlsx"),
        folder.path().join("clean.xlsx"),
    )
    .unwrap();
    let again = run_in(folder.path(), &["roll", "clean.xlsx"]);
    assert!(again.code == 0 && again.stderr.is_empty(), "{again}");
    assert!(again.stdout.contains("合计     6"), "{again}");
}

/// Whatever is asked may be answered: a sum, a serial number, a title, and what
/// stands beside a voter, who is another.
#[test]
fn takes_answers_about_rows_of_all_kinds() {
    let folder = tempfile::tempdir().unwrap();
    let roll = "二组选民名单（共9人）,,,,,\n序号,姓名,性别,小组,,\n1,张守信,男,二组,李小红,女\n\
                2,李明理,女,二组,死亡,\n4,王公正,女,一组,,\n合计,7人,,,,\n";
    std::fs::write(folder.path().join("voters.csv"), roll).unwrap();
    let answers = [
        ("1", "无误"),
        ("3E", "不是选民"),
        ("4E", "不是选民"),
        ("5A（序号）", "无误"),
        ("5D（小组）", "无误"),
        ("6", "无误"),
    ];
    let asked = run_in(folder.path(), &["roll", "voters.csv"]);
    for (code, times) in [
        ("roll-beside", 1),
        ("roll-remark", 1),
        ("roll-serial", 1),
        ("roll-group-title", 1),
        ("roll-total", 2),
    ] {
        assert_eq!(asked.stderr.matches(&format!("[{code}]")).count(), times, "{code}: {asked}");
    }
    std::fs::write(folder.path().join("answers.csv"), answered(folder.path(), &answers)).unwrap();
    let told = run_in(folder.path(), &["roll", "voters.csv", "--answers", "answers.csv"]);
    assert_eq!(told.code, 0, "{told}");
    assert!(!told.stderr.contains("错误") && !told.stderr.contains("警告"), "{told}");
    assert!(told.stdout.contains("按答复不是选民：1 行（第 4 行）"), "{told}");
}

/// Who is none by an answer leaves no gap behind, and no sum that is wrong; nor does a
/// list of the dead become a group because one of them lives.
#[test]
fn holds_sums_and_serials_against_what_was_answered() {
    let folder = tempfile::tempdir().unwrap();
    let mut book = rust_xlsxwriter::Workbook::new();
    let sheets: [(&str, &[[&str; 4]]); 3] = [
        (
            "一组",
            &[
                ["序号", "姓名", "性别", "备注"],
                ["1", "张守信", "男", ""],
                ["2", "李明理", "女", "人没了"],
                ["3", "王公正", "女", ""],
                ["合计", "3人", "", ""],
            ],
        ),
        ("二组", &[["序号", "姓名", "性别", ""], ["1", "赵学文", "男", ""]]),
        ("不在了的", &[["序号", "姓名", "性别", ""], ["1", "孙明远", "男", ""]]),
    ];
    for (name, rows) in sheets {
        let sheet = book.add_worksheet().set_name(name).unwrap();
        for (at, row) in (0..).zip(rows) {
            for (column, text) in (0..).zip(row) {
                sheet.write_string(at, column, *text).unwrap();
            }
        }
    }
    book.save(folder.path().join("voters.xlsx")).unwrap();
    let asked = run_in(folder.path(), &["roll", "voters.xlsx", "-o", "out"]);
    assert_eq!(asked.stderr.matches("警告[").count(), 2, "{asked}");
    let answers = [("3D（备注）", "不是选民"), ("2B（姓名）", "是选民")];
    let answers = answered_in(&folder.path().join("out/待核对清单.xlsx"), &answers);
    std::fs::write(folder.path().join("answers.csv"), answers).unwrap();
    let told = run_in(folder.path(), &["roll", "voters.xlsx", "--answers", "answers.csv"]);
    assert_eq!(told.stderr.matches("警告[").count(), 1, "{told}");
    assert!(told.stderr.contains("“孙明远”没有写小组"), "{told}");
}

#[test]
fn shows_no_address_and_no_number() {
    let folder = tempfile::tempdir().unwrap();
    let roll = "姓名,性别,小组,备注,\n张守信,男,一组,已迁往仙桥街秘密巷9号2栋301室,\n\
                李明理13900139000,女,一组,死亡 13900139000,\n王公正,女,仙桥街9号,已迁出 13900139000,\n";
    std::fs::write(folder.path().join("old.csv"), roll).unwrap();
    std::fs::write(
        folder.path().join("new.csv"),
        roll.replace("王公正,女,仙桥街9号", "王公正,女,秘密巷8号"),
    )
    .unwrap();
    for told in [
        run_in(folder.path(), &["roll", "old.csv", "-o", "out"]),
        run_in(folder.path(), &["roll", "diff", "old.csv", "new.csv"]),
    ] {
        for secret in ["秘密巷", "仙桥街9", "13900139000"] {
            assert!(!told.to_string().contains(secret), "{secret}: {told}");
        }
    }
    let questions = answered_in(&folder.path().join("out/待核对清单.xlsx"), &[]);
    assert!(!questions.contains("秘密巷") && !questions.contains("仙桥街9"), "{questions}");
}

#[test]
fn tells_namesakes_who_may_be_one() {
    let folder = tempfile::tempdir().unwrap();
    let write = |name: &str, rows: &str| {
        let text = format!("姓名,性别,出生日期,小组\n{rows}");
        std::fs::write(folder.path().join(name), text).unwrap();
    };
    write("old.csv", "王伟,男,1950-01-01,一组\n王伟,男,1960-02-02,一组\n");
    write("new.csv", "王伟,男,1971-03-03,一组\n王伟,男,1982-04-04,一组\n");
    let told = run_in(folder.path(), &["roll", "diff", "old.csv", "new.csv"]);
    assert!(told.stderr.contains("与原名册第 2、3 行的同名，分不清是不是同一个人"), "{told}");
    assert!(told.stdout.contains("增加 2 人") && told.stdout.contains("更正 0 人"), "{told}");
    let told = run_in(folder.path(), &["roll", "merge", "old.csv", "new.csv"]);
    assert!(told.stdout.contains("合并后 4 人：各处都有的 0 人，要核对的 4 人"), "{told}");
}

/// 1, 1组 and 一组 are 第一村民小组 where the description says so.
#[test]
fn calls_groups_as_the_description_does() {
    let folder = tempfile::tempdir().unwrap();
    let description = "类别: 村\n村: {名称: 白云村, 省份: 示例省, 乡镇: 示例镇}\n届次: 11\n\
                       选举日: 2026-05-10\n小组:\n  - {名称: 第一村民小组}\n  - {名称: 第二村民小组}\n";
    std::fs::write(folder.path().join("election.yaml"), description).unwrap();
    let told = |first: &str, second: &str, third: &str| {
        let roll = format!(
            "姓名,性别,出生日期,小组\n张三,男,1960-01-02,{first}\n李四,女,1961-01-02,{second}\n\
             王五,女,1962-01-02,{third}\n"
        );
        std::fs::write(folder.path().join("voters.csv"), roll).unwrap();
        run_in(folder.path(), &["roll", "."])
    };
    for [first, second, third] in [
        ["1", "2", "2"],
        ["1组", "二组", "二组"],
        ["第一组", "第二村民小组", "第二村民小组"],
        ["1组", "2组", "一组"],
        ["第一村民小组", "2组", "一组"],
    ] {
        let told = told(first, second, third);
        assert_eq!(told.code, 0, "{told}");
        assert!(told.stdout.contains("第一村民小组"), "{told}");
        assert!(told.stdout.contains("第二村民小组"), "{told}");
    }
}

/// Of two lists side by side an answer is on the one that its cell is in.
#[test]
fn an_answer_is_on_one_person_only() {
    let folder = tempfile::tempdir().unwrap();
    let roll = "序号,姓名,性别,小组,备注,序号,姓名,性别,小组,备注\n\
                1,张守信,男,一组,户口迁出,2,李明理,女,一组,2026年病故\n";
    std::fs::write(folder.path().join("voters.csv"), roll).unwrap();
    let answers = answered(folder.path(), &[("2E（备注）", "是选民")]);
    std::fs::write(folder.path().join("answers.csv"), answers).unwrap();
    let told = run_in(folder.path(), &["roll", "voters.csv", "--answers", "answers.csv"]);
    assert!(told.stderr.contains("2026年病故") && !told.stderr.contains("户口迁出"), "{told}");
}

#[test]
fn writes_every_question_and_shows_the_first() {
    let folder = tempfile::tempdir().unwrap();
    let rows: String = (0..350).map(|n| format!("{},张三,难,一组\n", n + 1)).collect();
    std::fs::write(folder.path().join("voters.csv"), format!("序号,姓名,性别,小组\n{rows}"))
        .unwrap();
    let told = run_in(folder.path(), &["roll", "voters.csv", "-o", "out"]);
    assert_eq!(told.stderr.matches("性别写得看不懂").count(), 20, "{told}");
    assert!(told.stderr.contains("同类问题另有 330 处，见待核对清单"), "{told}");
    let file = std::fs::File::open(folder.path().join("out/待核对清单.xlsx")).unwrap();
    let mut book: calamine::Xlsx<_> =
        calamine::open_workbook_from_rs(std::io::BufReader::new(file)).unwrap();
    let range = calamine::Reader::worksheet_range(&mut book, "待核对").unwrap();
    let asked = range.rows().filter(|row| row[7] == "性别写得看不懂").count();
    assert_eq!(asked, 350);
    assert_eq!(range.rows().nth(1).unwrap()[6].to_string(), "难");
}

#[test]
fn refuses_answers_that_do_not_fit() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("voters.csv"), ASKING).unwrap();
    let text = answered(folder.path(), &[("3F（备注）", "不是选民"), ("6D（出生日期）", "再说")]);
    std::fs::write(folder.path().join("answers.csv"), text).unwrap();
    let told = run_in(folder.path(), &["roll", "voters.csv", "--answers", "answers.csv"]);
    assert!(told.code == 1 && told.stderr.contains("看不懂答复“再说”"), "{told}");
    // Somebody put a row in: every answer below is about another person.
    let moved = ASKING.replacen("1,张守信", "0,周九,男,1970-01-01,一组,\n1,张守信", 1);
    std::fs::write(folder.path().join("voters.csv"), moved).unwrap();
    let told = run_in(folder.path(), &["roll", "voters.csv", "--answers", "answers.csv"]);
    assert!(told.code == 1 && told.stderr.contains("答复对不上"), "{told}");
    assert!(!told.stdout.contains("按答复不是选民"), "{told}");
    let told = run_in(folder.path(), &["roll", "voters.csv", "--answers", "voters.csv"]);
    assert!(told.code == 1 && told.stderr.contains("不像待核对清单"), "{told}");
}

#[test]
fn merges_several_rolls() {
    let folder = tempfile::tempdir().unwrap();
    let write = |name: &str, rows: &str| {
        let text = format!("姓名,性别,出生日期,身份证号,小组\n{rows}");
        std::fs::write(folder.path().join(name), text).unwrap();
    };
    write("上届.csv", "张三,女,1949-12-31,,一组\n李四,女,1990-01-02,,一组\n");
    write("派出所.csv", "张三,女,1949-12-31,11010519491231002X,一组\n王五,男,1970-01-01,,二组\n");
    let told = run_in(folder.path(), &["roll", "merge", "上届.csv", "派出所.csv", "-o", "out"]);
    assert_eq!(told.code, 0, "{told}");
    assert!(told.stdout.contains("合并后 3 人：各处都有的 1 人，要核对的 2 人"), "{told}");
    assert!(!told.to_string().contains("19491231"), "{told}");
    let merged = run_in(folder.path(), &["roll", "out/合并名册（内部）.xlsx"]);
    assert!(merged.stdout.contains("合计     3"), "{merged}");
    assert_eq!(run_in(folder.path(), &["roll", "merge", "上届.csv"]).code, 2);
}

#[test]
fn takes_the_only_table_for_the_roll_whatever_its_name() {
    for name in ["选民名册.csv", "voters (1).csv", "voters.csv.csv", "新建表格.csv"] {
        let folder = election(SMALL, ROLL);
        std::fs::rename(folder.path().join("voters.csv"), folder.path().join(name)).unwrap();
        let told = run_in(folder.path(), &["check", "."]);
        assert!(told.code == 0 && told.stderr.contains(name), "{told}");
        let told = run_in(folder.path(), &["roll", "."]);
        assert!(told.code == 0 && told.stdout.contains("合计             3"), "{told}");
    }
    let folder = election(SMALL, ROLL);
    std::fs::rename(folder.path().join("voters.csv"), folder.path().join("选民名册.csv")).unwrap();
    std::fs::write(folder.path().join("选民名册 副本.csv"), ROLL).unwrap();
    let told = run_in(folder.path(), &["check", "."]);
    assert!(told.code == 1 && told.stderr.contains("不知道哪一份是选民名册"), "{told}");
    let folder = election(SMALL, ROLL);
    std::fs::remove_file(folder.path().join("voters.csv")).unwrap();
    let told = run_in(folder.path(), &["check", "."]);
    assert!(told.code == 0 && told.stderr.contains("没有选民名册，也没有写“选民总数”"), "{told}");
    std::fs::write(folder.path().join("预算.csv"), "项目,金额\n纸张,100\n").unwrap();
    let told = run_in(folder.path(), &["check", "."]);
    assert!(told.code == 0 && told.stderr.contains("“预算.csv”不像名册"), "{told}");
}

#[test]
fn refuses_items_joined_by_chinese_commas() {
    for (from, to) in [
        ("    - {姓名: 张守信, 性别: 男, 职务: 主任}", "    - 张守信、李四"),
        ("    - {姓名: 李明理, 性别: 女}", "    - {姓名: 李明理，李四, 性别: 女}"),
        ("  名单公布日期: 2026-04-18", "  名单公布日期: 2026-04-18\n  张榜地点: [村口、广场]"),
    ] {
        let told =
            run_in(election(&crate::support::spoiled(from, to), ROLL).path(), &["check", "."]);
        assert!(told.code == 1 && told.stderr.contains("只算一项"), "{told}");
    }
    let sentences = crate::support::spoiled(
        "  名单公布日期: 2026-04-18",
        "  名单公布日期: 2026-04-18\n  登记办法: [设点登记，上门登记]",
    );
    let told = run_in(election(&sentences, ROLL).path(), &["check", "."]);
    assert!(!told.stderr.contains("只算一项"), "{told}");
}

/// An answer is about a person, not about a row: where others stand there now, it is
/// told and not taken.
#[test]
fn no_answer_is_taken_for_somebody_else() {
    let folder = tempfile::tempdir().unwrap();
    let write = |name: &str, text: &str| std::fs::write(folder.path().join(name), text).unwrap();
    let head = "姓名,性别,小组,备注\n";
    let [first, second] = ["丁一山,男,一组,死亡\n", "丁二水,男,一组,死亡\n"];
    write("先.csv", &format!("{head}{first}{second}"));
    write("后.csv", &format!("{head}{second}{first}"));
    write(
        "答复.csv",
        "序号,程度,工作表,行,列,姓名,现在写的,问题,答复\n\
         1,警告,,2,D（备注）,丁一山,死亡,还是选民吗,不是选民\n\
         2,警告,,3,D（备注）,丁二水,死亡,还是选民吗,是选民\n",
    );
    let told = |roll: &str| run_in(folder.path(), &["roll", roll, "--answers", "答复.csv"]);
    let fits = told("先.csv");
    assert!(!fits.stderr.contains("roll-answer-stale"), "{fits}");
    assert!(fits.stdout.contains("选民：1 行（第 3 行）"), "{fits}");
    let other = told("后.csv");
    assert!(other.stderr.contains("roll-answer-stale"), "{other}");
    assert!(other.stdout.contains("选民：2 行"), "{other}");
}

/// What is open goes with the copy of a roll, and no answer closes another question.
#[test]
fn what_is_open_stays_open() {
    let folder = tempfile::tempdir().unwrap();
    let description =
        "类别: 村\n村: {名称: 白云村, 省份: 示例省, 乡镇: 示例镇}\n届次: 12\n选举日: 2026-05-10\n";
    std::fs::write(folder.path().join("election.yaml"), description).unwrap();
    let roll = "青山村第十一届选民名册,,,\n姓名,性别,出生日期,小组\n张三,男,1960-01-02,一组\n\
                李四,女,1961-01-02,一组\n合计,5,,\n";
    std::fs::write(folder.path().join("voters.csv"), roll).unwrap();
    let asked = |run: crate::support::Run| {
        let codes = ["roll-other-place", "roll-sheet-again", "roll-total", "roll-open"];
        codes.map(|code| run.stderr.matches(&format!("[{code}]")).count())
    };
    let first = run_in(folder.path(), &["roll", ".", "-o", "out"]);
    assert_eq!(asked(first), [1, 1, 1, 0]);
    // Both are about the title.
    let questions = answered_in(&folder.path().join("out/待核对清单.xlsx"), &[]);
    let answers = questions.replace("“白云村”的\",\"\"", "“白云村”的\",\"无误\"");
    assert_ne!(answers, questions);
    std::fs::write(folder.path().join("answers.csv"), answers).unwrap();
    let told = run_in(folder.path(), &["roll", ".", "--answers", "answers.csv", "-o", "again"]);
    assert_eq!(asked(told), [0, 1, 1, 0]);
    let copy = folder.path().join("again/选民名册（内部）.xlsx");
    std::fs::remove_file(folder.path().join("voters.csv")).unwrap();
    std::fs::copy(copy, folder.path().join("voters.xlsx")).unwrap();
    let again = run_in(folder.path(), &["roll", "."]);
    assert_eq!(asked(again), [0, 0, 0, 2]);
}

/// What an answer did not settle is asked of each, though the words are the same.
#[test]
fn an_answer_closes_nobody_elses_question() {
    let folder = tempfile::tempdir().unwrap();
    let open = "答复以后还要核对：没有写性别";
    let roll = format!(
        "姓名,性别,小组,核对,待核对\n张三,男,一组,是选民,{open}\n李四,女,一组,是选民,{open}\n"
    );
    std::fs::write(folder.path().join("voters.csv"), roll).unwrap();
    let open = |run: crate::support::Run| run.stderr.matches("[roll-open]").count();
    let answers = answered(folder.path(), &[("2E（待核对）", "无误")]);
    assert_eq!(open(run_in(folder.path(), &["roll", "voters.csv"])), 2);
    std::fs::write(folder.path().join("answers.csv"), answers).unwrap();
    let told = run_in(folder.path(), &["roll", "voters.csv", "--answers", "answers.csv"]);
    assert_eq!(open(told), 1);
}
