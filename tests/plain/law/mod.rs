//! The rules of law, through the library: every rule has the smallest election
//! that raises exactly it, and one that does not.

mod blanks;
mod faults;

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use zhangbang::diagnostic::{Diagnostic, Place, Report, Severity};
use zhangbang::election;
use zhangbang::law::{self, Library, Profile, RULES, Rule};

fn folder(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/plain/law").join(name)
}

/// All that is said of one description.
fn judge(path: &Path) -> Report {
    let report = judge_or_not(path);
    let judged = report.iter().all(|finding| finding.code != "law-profile");
    assert!(judged, "{}: {report}", path.display());
    report
}

/// As [`judge`], of one for which there may be no law.
fn judge_or_not(path: &Path) -> Report {
    let mut report = Report::new();
    let dossier =
        election::load(path, &mut report).unwrap_or_else(|| panic!("{}: {report}", path.display()));
    if let Some(profile) = Profile::choose(&dossier.election, Library::built_in(), &mut report) {
        law::check(&dossier, &profile, &mut report);
    }
    report
}

fn codes(report: &Report) -> BTreeSet<&str> {
    report.iter().map(|finding| finding.code).collect()
}

#[test]
fn every_rule_has_its_fixtures() {
    let folders: BTreeSet<String> = std::fs::read_dir(folder("fixtures"))
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    let rules: BTreeSet<String> = RULES.iter().map(|rule| rule.code.to_owned()).collect();
    let bare: Vec<_> = rules.difference(&folders).collect();
    assert!(bare.is_empty(), "no folder in tests/plain/law/fixtures: {bare:?}");
    let strange: Vec<_> = folders.difference(&rules).collect();
    assert!(strange.is_empty(), "fixtures of no rule: {strange:?}");
    assert_eq!(rules.len(), RULES.len(), "a code is used twice");
}

#[test]
fn every_bad_fixture_raises_exactly_its_rule() {
    let mut wrong = String::new();
    for rule in RULES {
        let report = judge(&folder("fixtures").join(rule.code).join("bad.yaml"));
        let told = codes(&report);
        if told != BTreeSet::from([rule.code]) {
            wrong += &format!("{}/bad.yaml raises {told:?}:\n{report}", rule.code);
        }
        for finding in report.iter() {
            assert!(finding.place.is_some(), "{}: no place", rule.code);
            assert!(finding.basis.is_some(), "{}: no basis", rule.code);
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}

/// What each bad election is told, to be read by people.
#[test]
fn every_finding_reads_well() {
    insta::with_settings!({ snapshot_path => "snapshots", prepend_module_to_snapshot => false }, {
        for rule in RULES {
            let report = judge(&folder("fixtures").join(rule.code).join("bad.yaml"));
            let told: Vec<String> = report.iter().map(tell).collect();
            insta::assert_snapshot!(rule.code, told.join("\n"));
        }
    });
}

/// A finding without the path of the file.
fn tell(finding: &Diagnostic) -> String {
    let line = |place: Option<&Place>| match place {
        Some(Place::Text(source, span)) => format!("第 {} 行", source.line(span.start)),
        Some(Place::Cell(cell)) => {
            let column = cell.column.as_deref().unwrap_or_default();
            format!("名册第 {} 行{column}", cell.row)
        }
        _ => "第 0 行".to_owned(),
    };
    let others = finding.others.iter();
    let others: String = others
        .map(|other| format!("\n  另见：{}（{}）", line(Some(&other.place)), other.label))
        .collect();
    let line = line(finding.place.as_ref());
    let (severity, message) = (finding.severity.name(), &finding.message);
    let (basis, help) = (finding.basis.as_deref(), finding.help.as_deref());
    format!(
        "{line} {severity}：{message}{others}\n  依据：{}\n  办法：{}",
        basis.unwrap_or("无"),
        help.unwrap_or("无")
    )
}

#[test]
fn no_good_fixture_raises_anything() {
    let mut wrong = String::new();
    for rule in RULES {
        let report = judge(&folder("fixtures").join(rule.code).join("good.yaml"));
        if !report.is_empty() {
            wrong += &format!("{}/good.yaml is faulted:\n{report}", rule.code);
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}

/// Elections at the edge of what is lawful, or of what is known.
#[test]
fn no_lawful_edge_is_faulted() {
    let edges = std::fs::read_dir(folder("edges")).unwrap().map(|entry| entry.unwrap().path());
    let mut wrong = String::new();
    for edge in edges.filter(|path| path.extension().is_some_and(|is| is == "yaml")) {
        let mut report = judge(&edge);
        report.retain(|finding| finding.code != "unknown-value");
        if !report.is_empty() {
            wrong += &format!("{}:\n{report}", edge.display());
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}

#[test]
fn every_parameter_has_article_and_status_and_is_stated_somewhere() {
    let mut stated = BTreeSet::new();
    for profile in Library::built_in().profiles() {
        for (name, _, basis) in profile.parameters() {
            assert!(
                !basis.article.trim().is_empty() && !basis.law.trim().is_empty(),
                "{}: {name}",
                profile.id
            );
            stated.insert(name);
        }
    }
    let known: BTreeSet<_> =
        law::parameter::PARAMETERS.iter().map(|parameter| parameter.name).collect();
    let unstated: Vec<_> = known.difference(&stated).collect();
    assert!(unstated.is_empty(), "no file in data/profiles states {unstated:?}");
    let strange: Vec<_> = stated.difference(&known).collect();
    assert!(strange.is_empty(), "not in the table of src/law/parameter.rs: {strange:?}");
    for parameter in RULES.iter().filter_map(|rule| rule.parameter) {
        assert!(known.contains(parameter));
    }
}

#[test]
fn only_what_is_confirmed_is_an_error() {
    for rule in RULES {
        let path = folder("fixtures").join(rule.code).join("bad.yaml");
        let mut silent = Report::new();
        let dossier = election::load(&path, &mut silent).unwrap();
        let profile = Profile::choose(&dossier.election, Library::built_in(), &mut silent).unwrap();
        let confirmed = rule.basis(&profile).is_some_and(|basis| basis.supports_error());
        for finding in judge(&path).iter() {
            assert!(confirmed || finding.severity != Severity::Error, "{}", rule.code);
        }
    }
}

#[test]
fn rules_are_listed_by_stage() {
    assert!(RULES.is_sorted_by_key(|rule| rule.stage.map_or(u8::MAX, |stage| stage as u8)));
    assert!(Rule::find("list-posted").is_some());
}

fn judge_text(text: &str) -> Report {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("election.yaml"), text).unwrap();
    judge(folder.path())
}

#[test]
fn a_warning_is_silenced_with_a_reason_that_stays_visible() {
    let warned = "类别: 社区\n选举日: 2026-05-10\n投票: {写票设施: [写票处]}\n";
    assert_eq!(judge_text(warned).count(Severity::Warning), 1);
    let silenced =
        judge_text(&format!("{warned}不再提示: [{{代码: polling-places, 理由: 写票处即单间}}]\n"));
    assert_eq!((silenced.count(Severity::Warning), silenced.count(Severity::Note)), (0, 1));
    assert!(silenced.to_string().contains("写票处即单间"));
}

#[test]
fn a_withdrawal_without_a_successor_is_a_doubt() {
    let candidates = |list: &str| {
        judge_text(&format!(
            "类别: 社区\n选举日: 2026-05-10\n职数: {{主任: 1, 副主任: 0, 委员: 4}}\n\
             候选人: {{名单: [{list}]}}\n"
        ))
    };
    const FIVE: &str = "{姓名: 丁一, 职务: 主任}, {姓名: 王二, 职务: 委员}, {姓名: 李三, 职务: 委员}, \
         {姓名: 赵四, 职务: 委员}, {姓名: 钱五, 职务: 委员}";
    let report = candidates(FIVE);
    assert_eq!(report.count(Severity::Error), 1, "{report}");
    let report = candidates(&format!("{FIVE}, {{姓名: 孙六, 职务: 委员, 退出日期: 2026-05-02}}"));
    assert_eq!((report.count(Severity::Error), report.count(Severity::Warning)), (0, 1));
}

#[test]
fn households_without_a_representative_do_not_count() {
    let report = judge_text(
        "类别: 社区\n选举日: 2026-05-10\n选举方式: 户代表\n社区: {户数: 8}\n\
         户代表: {名单: [{姓名: 丁一}, {姓名: 王二}, {姓名: 李三}]}\n\
         选举结果: {参加投票人数: 2, 公布的参选率: 66.7%}\n",
    );
    assert!(report.is_empty(), "{report}");
}

#[test]
fn what_follows_in_the_term_must_come_out_too() {
    let report = judge_text(
        "类别: 社区\n选举日: 2026-05-10\n\
         罢免: {公告日期: 2026-10-12, 日期: 2026-10-11, 选票: {收回: 22, 有效: 20, 无效: 1}}\n\
         补选: {公布日期: 2026-09-06, 日期: 2026-08-10, 结果: {选票: {收回: 9, 有效: 9, 无效: 1}}}\n",
    );
    let told = |code| report.iter().filter(|finding| finding.code == code).count();
    assert_eq!((told("date-order"), told("ballots-partition")), (2, 2), "{report}");
}

#[test]
fn no_result_comes_before_its_vote() {
    for (step, later) in [
        ("选举结果: {公布日期: 2026-05-09}", 1),
        ("选举结果: {张榜日期: 2026-05-09, 备案日期: 2026-05-09, 证书日期: 2026-05-09}", 3),
        ("另行选举: {日期: 2026-05-17, 结果: {公布日期: 2026-05-16, 张榜日期: 2026-05-17}}", 1),
        ("补选: {日期: 2026-09-17, 结果: {公布日期: 2026-09-16}}", 1),
        ("罢免: {日期: 2026-09-17, 公布日期: 2026-09-16}", 1),
        ("罢免: {日期: 2026-09-17, 公布日期: 2026-09}", 0),
    ] {
        let report = judge_text(&format!("类别: 社区\n选举日: 2026-05-10\n{step}\n"));
        let told = report.iter().filter(|finding| finding.code == "date-order").count();
        assert_eq!(told, later, "{step}: {report}");
    }
}

#[test]
fn one_wrong_date_is_told_once() {
    let report = judge_text(
        "类别: 社区\n选举日: 2026-05-10\n实施方案: {公布日期: 2026-06-03}\n\
         选民登记: {开始: 2026-04-04, 截止: 2026-04-12, 名单公布日期: 2026-04-18}\n\
         选举结果: {公布日期: 2026-05-10, 张榜日期: 2026-05-10}\n移交: {完成日期: 2026-05-15}\n",
    );
    assert_eq!(report.count(Severity::Error), 1, "{report}");
    // A month may lie on either side; what is beyond it is still held against.
    let report = judge_text(
        "类别: 社区\n选举日: 2026-06-14\n\
         选民登记: {开始: 2026-04-20, 截止: 2026-04, 名单公布日期: 2026-04-18}\n",
    );
    assert_eq!(codes(&report), BTreeSet::from(["date-order"]), "{report}");
}

/// The day itself is wrong where all else is far from it.
#[test]
fn a_wrong_year_is_told_where_it_is() {
    let told = |day: &str, until: &str| {
        let report = judge_text(&format!(
            "类别: 社区\n选举日: {day}\n选举委员会: {{推选日期: 2026-03-27, 公布日期: 2026-03-28}}\n\
             选民登记: {{公告日期: 2026-04-02, 开始: 2026-04-04, 截止: {until}}}\n"
        ));
        report.to_string()
    };
    let far = told("2027-05-10", "2026-04-12");
    assert_eq!(
        (far.matches("[date-order]").count(), far.matches("yaml:2:").count()),
        (1, 1),
        "{far}"
    );
    assert!(told("2026-05-10", "2026-04-12").is_empty());
    let early = judge_text(
        "类别: 社区\n选举日: 2026-05-10\n选举委员会: {推选日期: 2026-04-01}\n提名: {公告日期: 2026-03-30}\n",
    );
    assert!(early.has_errors() && codes(&early) == BTreeSet::from(["date-order"]), "{early}");
    let late = told("2026-05-10", "2027-04-12");
    assert_eq!(late.matches("[date-order]").count(), 1, "{late}");
}

/// What is odd, and may yet be right, is said and no more.
#[test]
fn what_may_be_right_is_a_doubt() {
    for (text, code, said) in [
        (
            "职数: {主任: 1, 副主任: 1, 委员: 3}\n候选人: {名单: [{姓名: 丁一, 职务: 主任}, {姓名: 王二, 职务: 副主任}, \
             {姓名: 李三, 职务: 委员}, {姓名: 赵四, 职务: 委员}, {姓名: 钱五, 职务: 委员}, {姓名: 孙六, 职务: 委员}]}\n",
            "candidates-more-than-seats",
            "候选人也只有 1 名",
        ),
        ("选举方式: 户代表\n选举结果: {委托投票人数: 3}\n", "proxy-published", "没有写委托名单"),
        ("选举委员会: {成员: [丁一, 王二, 李三, 赵四, {}]}\n", "unknown-value", "这一行是空的"),
        (
            "选民登记: {选民总数: 100}\n罢免: {联名人数: 130}\n",
            "numbers-plausible",
            "选民只有 100 人",
        ),
        (
            "选举方式: 全体选民\n职数: {主任: 1, 副主任: 0, 委员: 4}\n选举结果: {当选: [{姓名: 丁一, 职务: 主任}, \
             {姓名: 王二, 职务: 委员}, {姓名: 李三, 职务: 委员}, {姓名: 赵四, 职务: 委员}, {姓名: 钱五, 职务: 委员}]}\n\
             补选: {日期: 2026-09-06}\n",
            "by-election-seats",
            "却没有空缺",
        ),
        (
            "选举方式: 全体选民\n选民登记: {选民总数: 50}\n选举结果: {选票: {收回: 20}}\n",
            "quorum",
            "选举无效",
        ),
        (
            "职数: {主任: 1, 副主任: 0, 委员: 4, 妇女: 3}\n选举结果: {当选: [{姓名: 丁一, 职务: 主任, 性别: 女}, \
             {姓名: 王二, 职务: 委员, 性别: 女}, {姓名: 李三, 职务: 委员, 性别: 男}, {姓名: 赵四, 职务: 委员, 性别: 男}, \
             {姓名: 钱五, 职务: 委员, 性别: 男}]}\n选举方式: 全体选民\n",
            "women-elected",
            "妇女 2 名，职数里决定至少应有 3 名",
        ),
        (
            "职数: {妇女: 2}\n候选人: {名单: [{姓名: 丁一, 职务: 主任, 性别: 女}, {姓名: 王二, 职务: 委员, 性别: 男}]}\n",
            "candidates-women",
            "妇女 1 名",
        ),
        (
            "选民登记: {公告日期: 2025-04-10, 开始: 2026-04-12}\n",
            "date-order",
            "2025年4月10日）与选举日",
        ),
        ("培训: {场次: [{日期: 2025-03-13}]}\n", "date-order", "相距太远"),
        ("会议: [{名称: 居民会议, 日期: 2025-04-01}]\n", "date-order", "居民会议（2025年4月1日）"),
        (
            "辞职: {接受日期: 2026-08-05, 公布日期: 2027-08-06}\n",
            "date-order",
            "与辞职（2026年8月5日）",
        ),
        ("上届选举日: 2020-05-10\n", "term-interval", "延期超过 9 个月"),
    ] {
        let report = judge_text(&format!("类别: 社区\n选举日: 2026-05-10\n{text}"));
        assert_eq!(codes(&report), BTreeSet::from([code]), "{report}");
        assert!(!report.has_errors() && report.to_string().contains(said), "{report}");
    }
}

#[test]
fn an_error_cannot_be_silenced() {
    let report = judge_text(
        "类别: 社区\n选举日: 2026-05-10\n选民登记: {名单公布日期: 2026-05-01}\n\
         不再提示: [{代码: list-posted, 理由: 来不及}]\n",
    );
    assert_eq!(report.count(Severity::Error), 1);
    assert!(report.to_string().contains("不能用“不再提示”略过"));
}

#[test]
fn silencing_needs_a_known_rule_and_a_reason() {
    let report = judge_text(
        "类别: 社区\n不再提示: [{代码: polling-place, 理由: 已核实}, {代码: list-posted}]\n",
    );
    assert_eq!(report.count(Severity::Error), 2);
    assert!(report.to_string().contains("是不是“polling-places”"));
}

#[test]
fn partial_dates_are_judged_only_if_every_day_breaks_the_law() {
    let with = |date: &str| {
        judge_text(&format!("类别: 社区\n选举日: 2026-05-10\n选民登记: {{名单公布日期: {date}}}\n"))
    };
    assert!(with("2026-04").is_empty(), "it may have been before the 20th");
    assert!(with("2026-05").has_errors(), "no day of May will do");
    assert!(!with("").has_errors(), "not known");
}

/// What is not known makes no sum smaller.
#[test]
fn too_many_ballots_are_too_many_whatever_else_is_not_known() {
    let mut report = judge_text(
        "类别: 社区\n选举日: 2026-05-10\n选举方式: 全体选民\n流动票箱: {收回票数: }\n\
         投票: {投票站: [{名称: 一站, 选票: {收回: 500}}, {名称: 二站, 选票: {收回: 390}}]}\n\
         选举结果: {选票: {收回: 800, 有效: 790, 无效: 20, 弃权: }, \
         得票: [{姓名: 丁一, 职务: 委员, 票数: 790, 反对: 4, 弃权: }]}\n\
         会议: [{名称: 动员大会, 日期: 2026-04-01, 实到: 12, 表决: [{事项: 甲, 同意: 9, 反对: , 弃权: 4}]}]\n",
    );
    report.retain(|finding| finding.code != "unknown-value");
    let wrong = ["ballots-partition", "ballots-stations", "meeting-votes", "votes-candidate"];
    assert_eq!(codes(&report), BTreeSet::from(wrong), "{report}");
    let told = report.to_string();
    assert!(told.contains("丁一赞成 790 + 反对 4 = 794 票"), "{told}");
    assert!(told.contains("同意 9 + 弃权 4 = 13 票"), "{told}");
}

#[test]
fn only_members_leave_a_committee() {
    let late = |resigned: &str| {
        let report = judge_text(&format!(
            "类别: 社区\n社区: {{省份: 四川省}}\n选举日: 2026-05-10\n职数: {{主任: 1, 副主任: 1, 委员: 3}}\n\
             选举结果: {{当选: [{{姓名: 丁一, 职务: 主任}}, {{姓名: 王二, 职务: 副主任}}, {{姓名: 李三, 职务: 委员}}, \
             {{姓名: 赵四, 职务: 委员}}, {{姓名: 钱五, 职务: 委员}}]}}\n\
             辞职: {{接受日期: 2026-08-05, 名单: [{resigned}]}}\n补选: {{日期: 2027-03-07, 职数: {{委员: 1}}}}\n"
        ));
        report.iter().any(|finding| finding.code == "by-election-in-time")
    };
    assert!(late("钱五"));
    assert!(!late("周六"));
}

#[test]
fn what_is_told_is_told_in_the_words_of_the_file() {
    let told = |text: &str| judge_text(&format!("选举日: 2026-05-10\n{text}")).to_string();
    let meeting = |kind: &str, people: &str| {
        told(&format!(
            "类别: {kind}\n选举委员会: {{推选日期: 2026-04-01, 推选方式: {people}代表会议}}\n\
             会议: [{{名称: {people}会议, 日期: 2026-04-01}}]\n"
        ))
    };
    assert!(meeting("社区", "居民").contains("写的是“居民代表会议”"));
    assert!(meeting("村", "村民").contains("写的是“村民代表会议”"));
    let quorum = |result: &str| {
        told(&format!(
            "类别: 社区\n选举方式: 全体选民\n选民登记: {{选民总数: 50}}\n选举结果: {{{result}}}\n"
        ))
    };
    let ballots = quorum("参加投票人数: 30, 选票: {收回: 20}");
    assert!(ballots.contains("收回 20 票，过半数须 26 票，差 6 票"), "{ballots}");
    assert!(!ballots.contains("参加投票 20 人"), "{ballots}");
    let people = quorum("参加投票人数: 20");
    assert!(people.contains("参加投票 20 人，过半数须 26 人，差 6 人"), "{people}");
}

/// Among very many names some are near to any.
#[test]
fn a_name_is_guessed_in_a_short_list_only() {
    let told = |listed: usize| {
        let names: Vec<String> = (1..listed).map(|number| format!("丁甲{number}")).collect();
        judge_text(&format!(
            "类别: 社区\n选举日: 2026-05-10\n选举方式: 户代表\n\
             户代表: {{名单: [王二小, {}]}}\n流动票箱: {{名单: [王二晓]}}\n",
            names.join(", ")
        ))
        .to_string()
    };
    assert!(told(100).contains("王二晓不在户代表名单里，是不是“王二小”？"));
    assert!(told(600).contains("王二晓不在户代表名单里。"));
}

/// Whoever was elected under one law now lives under another.
#[test]
fn what_follows_in_the_term_is_judged_by_the_law_of_its_own_day() {
    let later = |year: u16| {
        judge_text(&format!(
            "类别: 社区\n社区: {{省份: 四川省}}\n选举日: 2021-03-14\n选民登记: {{选民总数: 900}}\n\
             辞职: {{接受会议: 居民委员会, 接受日期: {year}-03-01}}\n\
             罢免: {{要求日期: {year}-01-05, 日期: {year}-06-20, 联名人数: 89, 联名的人: 选民}}\n\
             补选: {{日期: {year}-03-10, 职数: {{委员: 1}}, 候选人: [{{姓名: 丁一, 职务: 委员}}]}}\n\
             会议: [{{名称: 居民代表会议, 日期: {year}-03-01, 应到: 12, 实到: 7}}]\n"
        ))
    };
    let new = later(2026);
    let codes_of =
        |report: &Report| codes(report).into_iter().map(str::to_owned).collect::<Vec<_>>();
    assert_eq!(
        codes_of(&new),
        [
            "by-election-candidates",
            "in-term",
            "meeting-representatives",
            "recall-in-months",
            "recall-requesters",
            "resignation-accepted-by"
        ],
        "{new}"
    );
    let basis = new.iter().find(|one| one.code == "by-election-candidates").unwrap();
    assert!(basis.basis.as_ref().unwrap().contains("四川省城市居民委员会选举条例"));
    // The law of 1989 asks for a fifth to call a meeting, and for nothing else of these.
    assert_eq!(codes_of(&later(2024)), ["recall-requesters"], "{}", later(2024));
}

#[test]
fn a_warning_says_on_what_it_rests() {
    let report =
        judge_text("类别: 社区\n选举日: 2020-05-10\n选民登记: {名单公布日期: 2020-05-01}\n");
    assert_eq!(report.count(Severity::Warning), 1);
    assert!(report.to_string().contains("通行做法"), "{report}");
}

#[test]
fn an_order_of_strokes_is_judged_by_kinds_and_by_either_practice() {
    let with = |names: [&str; 2], more: &str| {
        let [one, other] = names;
        judge_text(&format!(
            "类别: 社区\n选举日: 2026-05-10\n社区: {{省份: 四川省}}\n{more}提名:\n  被提名人:\n  \
             - {{姓名: {one}, 职务: 委员}}\n  - {{姓名: {other}, 职务: 委员}}\n"
        ))
    };
    let by_count = with(["李一", "丁二"], "").to_string();
    assert!(by_count.contains("“丁”2 画，“李”7 画"), "{by_count}");
    let by_kinds = with(["仇一", "王二"], "");
    assert_eq!((by_kinds.count(Severity::Error), by_kinds.count(Severity::Warning)), (0, 1));
    let by_kinds = by_kinds.to_string();
    assert!(by_kinds.contains("同为 4 画") && by_kinds.contains("GF 3003-1999"), "{by_kinds}");

    let single_last = with(["田大利", "田富"], "").to_string();
    assert!(single_last.contains("姓名排序: 姓名笔画"), "{single_last}");
    assert!(with(["田大利", "田富"], "姓名排序: 姓名笔画\n").is_empty());
    assert!(!with(["田富", "田大利"], "姓名排序: 姓名笔画\n").is_empty());
    // What is not known, and what the order does not part, is not judged.
    assert!(with(["李仌", "李丒"], "").is_empty());
    assert!(with(["张三", "张三"], "").count(Severity::Warning) == 0);
}
