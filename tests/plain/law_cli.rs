//! `law`, `status`, `new --election-day` and what `check` says, as a secretary
//! meets them.

use std::path::Path;

use crate::support::{ROLL, Run, SMALL, election, example, run_in, words_of_page};

fn run(words: &[&str]) -> Run {
    run_in(Path::new("."), words)
}

#[test]
fn law_lists_every_rule_and_explains_each() {
    let listed = run(&["law", "list"]);
    assert_eq!(listed.code, 0, "{listed}");
    for rule in zhangbang::law::RULES {
        assert!(listed.stdout.contains(rule.code), "{}", rule.code);
    }
    let told = run(&["law", "list", "--profile", "sc-residents-2026"]);
    assert!(told.stdout.contains("四川省") && told.stdout.contains("已核对全文"), "{told}");
    assert!(!told.stdout.contains('{'), "a value is shown as data: {told}");
}

#[test]
fn law_explains_a_rule() {
    insta::assert_snapshot!(
        "explain-list-posted",
        run(&["law", "explain", "list-posted", "--profile", "sc-residents-2026"])
    );
    insta::assert_snapshot!("explain-mistyped", run(&["law", "explain", "list-postd"]));
    let of_election = run(&["law", "explain", "quorum", example("shiping-2026").to_str().unwrap()]);
    assert!(of_election.stdout.contains("过半数"), "{of_election}");
    let everywhere = run(&["law", "explain", "quorum"]);
    assert!(everywhere.stdout.contains("cn-villagers-2026"), "{everywhere}");
    assert_eq!(run(&["law", "explain", "quorum", "--profile", "cn-resident-2026"]).code, 1);
    assert_eq!(run(&["law", "explain", "roll-sex"]).code, 1);
}

#[test]
fn law_names_profiles_and_what_it_cannot_judge() {
    let profiles = run(&["law", "profiles"]);
    assert!(profiles.stdout.contains("cn-residents-1989") && profiles.code == 0, "{profiles}");
    let limits = run(&["law", "limits"]);
    assert_eq!(limits.stdout.lines().count(), zhangbang::law::undecidable().count());
}

#[test]
fn status_tells_how_each_step_stands() {
    let folder = election(SMALL, ROLL);
    let on = |day: &str| run_in(folder.path(), &["status", ".", "--today", day]);
    let told = on("2026-05-04");
    assert_eq!(told.code, 0, "{told}");
    let steps = told.stdout.split("\n可以生成").next().unwrap();
    insta::assert_snapshot!("status", steps);
    assert_eq!(on("2026-05-04").stdout, told.stdout);
    assert!(on("2026-06-30").stdout.contains("已过"), "nothing is late");
    assert_eq!(on("2026-02-30").code, 2);
}

#[test]
fn status_speaks_to_programs_and_telephones() {
    let folder = election(SMALL, ROLL);
    let words = ["status", ".", "--today", "2026-05-04", "--json", "--ics", "steps.ics"];
    let told = run_in(folder.path(), &words);
    let status: serde_json::Value = serde_json::from_str(&told.stdout).unwrap();
    let list = status["steps"].as_array().unwrap().iter();
    let list = list.clone().find(|step| step["id"] == "registration.list_posted_on").unwrap();
    assert_eq!((&list["state"], &list["until"]), (&"done".into(), &"2026-04-20".into()));
    assert!(status["documents"]["ready"].as_array().unwrap().contains(&"voter-list".into()));
    let calendar = std::fs::read_to_string(folder.path().join("steps.ics")).unwrap();
    assert!(calendar.starts_with("BEGIN:VCALENDAR\r\n") && calendar.contains("SUMMARY:"));
}

#[test]
fn status_without_an_election_day_still_tells_what_is_done() {
    let blank = SMALL.replace("选举日: 2026-05-10", "选举日:");
    let folder = election(&blank, ROLL);
    let told = run_in(folder.path(), &["status", ".", "--today", "2026-05-04"]);
    assert_eq!(told.code, 0, "{told}");
    insta::assert_snapshot!(
        "status-without-a-day",
        told.stdout.split("\n可以生成").next().unwrap()
    );
    assert_eq!(run_in(election("类别: 社区\n", ROLL).path(), &["status", "."]).code, 0);
}

/// Whatever is proposed is a plan: every step gets its date, none is done.
#[test]
fn the_dates_of_a_new_folder_are_a_plan() {
    let folder = tempfile::tempdir().unwrap();
    for (name, day, kind, province) in [
        ("a", "2027-05-09", "社区", "湖南省"),
        ("b", "2027-06-13", "社区", "四川省"),
        ("c", "2027-10-17", "村", "海南省"),
        ("d", "2028-03-12", "村", "四川省"),
    ] {
        let options = ["--election-day", day, "--kind", kind, "--province", province];
        let made = run_in(folder.path(), &[&["new", name][..], &options].concat());
        assert_eq!(made.code, 0, "{made}");
        let text = std::fs::read_to_string(folder.path().join(name).join("election.yaml")).unwrap();
        let dated: Vec<&str> =
            text.lines().filter(|line| line.contains("   # ") && line.contains(": 202")).collect();
        // Households vote only in communities, and those of Sichuan have no mobile boxes.
        let steps = 27 - usize::from(kind == "村") - usize::from(name == "b");
        assert!(dated.len() == steps && dated.iter().all(|line| line.starts_with("# ")), "{text}");
        let foreign = ["居民", "居委", "居务", "街道"].iter().any(|word| text.contains(word));
        assert!(kind == "社区" || !foreign, "{text}");
        let status = run_in(folder.path(), &["status", name, "--today", "2029-01-01"]);
        assert!(status.code == 0 && !status.stdout.contains("已办"), "{status}");
    }
}

/// Those who vote for their households must be posted, and only they.
#[test]
fn the_list_of_households_is_asked_for_where_they_vote() {
    for (mode, asked) in [("户代表", true), ("全体选民", false)] {
        let folder = election(&format!("{SMALL}选举方式: {mode}\n"), ROLL);
        let told = run_in(folder.path(), &["status", "."]).stdout;
        assert_eq!(told.contains("户代表名单公告（还没有 户代表"), asked, "{told}");
        assert_eq!(told.contains("公布户代表名单"), asked, "{told}");
    }
}

#[test]
fn a_village_is_told_the_keys_of_a_village() {
    let village = SMALL.replace("社区:", "村:").replace("类别: 社区", "类别: 村");
    let told = run_in(election(&village, ROLL).path(), &["status", "."]).stdout;
    assert!(told.contains("还没有 村民代表.") && !told.contains("居民"), "{told}");
}

#[test]
fn a_date_that_has_come_is_no_proof_that_anything_was_done() {
    let folder = election(&(SMALL.to_owned() + "候选人: {公布日期: 2026-05-01}\n"), ROLL);
    let told = run_in(folder.path(), &["status", ".", "--today", "2026-05-04"]).stdout;
    assert!(
        told.contains("公布候选人名单：日期已到（2026年5月1日），内容还没有写（候选人.名单）"),
        "{told}"
    );
}

#[test]
fn an_election_on_a_holiday_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let made = run_in(folder.path(), &["new", "a", "--election-day", "2026-10-01"]);
    assert_eq!(made.code, 1);
    assert!(!folder.path().join("a").exists());
    insta::assert_snapshot!("holiday", made);
}

/// Elected under a measure that has ended; who is elected now, is by the new one.
#[test]
fn a_by_election_cites_the_law_of_its_own_day() {
    const TERM: &str = "\
类别: 社区
社区: {名称: 试验社区, 省份: 四川省, 街道: 示例街道}
届次: 7
选举日: 2022-03-13
职数: {主任: 1, 副主任: 1, 委员: 3}
补选: {原因: 一名委员辞职, 公布日期: 2026-03-10, 日期: 2026-04-12, 职数: {委员: 1}, 候选人: [{职务: 委员, 姓名: 丁建国}, {职务: 委员, 姓名: 王立新}]}
";
    for named in
        ["", "适用法规: {规则: sc-residents-2026}\n", "适用法规: {规则: sc-residents-2020}\n"]
    {
        let folder = election(&(TERM.to_owned() + named), ROLL);
        let told = run_in(folder.path(), &["check", "."]);
        assert!(told.code == 0 && !told.stderr.contains("law-in-force"), "{told}");
        assert!(
            told.stdout.contains("（sc-residents-2020）\n补选适用：")
                && told.stdout.contains("（sc-residents-2026）"),
            "{told}"
        );
        let words =
            ["build", ".", "-o", "out", "--only", "by-election-notice", "--formats", "html"];
        let built = run_in(folder.path(), &words);
        assert_eq!(built.code, 0, "{built}");
        let notice = words_of_page(&folder.path().join("out/8-任期变动/补选公告.html"));
        assert!(
            notice.contains("《四川省城市居民委员会选举条例》") && !notice.contains("实施办法"),
            "{notice}"
        );
    }
}

#[test]
fn check_tells_by_stage_and_names_the_law() {
    let late = SMALL.replace("名单公布日期: 2026-04-18", "名单公布日期: 2026-05-09");
    let folder = election(&late, &ROLL.replace("1990-05-06", "2015-05-06"));
    let told = run_in(folder.path(), &["check", "."]);
    assert!(told.stdout.starts_with("适用规则："), "{told}");
    let at = |text: &str| told.stderr.find(text).unwrap_or_else(|| panic!("{text}: {told}"));
    assert!(at("【选民名册】") < at("roll-under-age"));
    assert!(at("roll-under-age") < at("【选民登记】") && at("【选民登记】") < at("list-posted"));
}

#[test]
fn warnings_about_roll_and_blanks_are_silenced_with_a_reason_but_errors_are_not() {
    let silenced = "不再提示:\n\
        \x20 - {代码: roll-namesake, 理由: 确是两人}\n\
        \x20 - {代码: roll-under-age, 理由: 来不及}\n\
        \x20 - {代码: unknown-value, 理由: 原件已失}\n";
    let blank = SMALL.replace("  公布日期: 2026-03-21\n", "  公布日期:\n") + silenced;
    let roll = ROLL.replace("1990-05-06", "2015-05-06") + "4,张守信,男,1980-01-02,第二居民小组\n";
    let told = run_in(election(&blank, &roll).path(), &["check", "."]);
    assert_eq!(told.code, 1, "{told}");
    assert!(!told.stderr.contains("没有这条规则"), "{told}");
    assert!(!told.stderr.contains("警告[unknown-value]"), "{told}");
    assert!(told.stderr.contains("提示[unknown-value]") && told.stderr.contains("原件已失"));
    assert!(told.stderr.contains("错误[roll-under-age]"), "{told}");
}
