//! One verdict for every vote: what `check` finds and what the papers say come
//! from the same numbers, and what is not known is neither yes nor no.
//!
//! What is right is reckoned here once more, by other means than the program's.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use proptest::prelude::*;
use zhangbang::compose::document::{Block, Table};
use zhangbang::compose::{self, Composed, Options};
use zhangbang::diagnostic::{Report, Severity};
use zhangbang::election::{self, Dossier};
use zhangbang::law::{self, Library, Profile};
use zhangbang::make::Kit;

use crate::support::election;

/// What is found in one description, and what is made of it.
struct Papers {
    report: Report,
    documents: BTreeMap<String, Composed>,
}

impl Papers {
    fn of(description: &str) -> Self {
        let folder = election(description, "");
        std::fs::remove_file(folder.path().join("voters.csv")).unwrap();
        let mut report = Report::new();
        let (dossier, profile) = load(&folder, &mut report);
        law::check(&dossier, &profile, &mut report);
        let mut composing = Report::new();
        let composition = compose::compose(
            &dossier,
            &profile,
            &Kit::built_in().wordings,
            &Options::default(),
            &mut composing,
        );
        assert!(!composing.has_errors(), "{description}\n{composing}");
        let documents = composition.documents.into_iter();
        Self { report, documents: documents.map(|made| (made.front.id.clone(), made)).collect() }
    }

    /// All that a document says, on one line; empty if it is not made.
    fn say(&self, id: &str) -> String {
        let document = self.documents.get(id);
        document
            .map_or_else(String::new, |made| made.document.texts().collect::<Vec<_>>().join(" "))
    }

    fn all(&self) -> String {
        self.documents.keys().fold(String::new(), |all, id| all + &self.say(id) + "\n")
    }

    fn errors(&self) -> BTreeSet<&str> {
        let errors = self.report.iter().filter(|found| found.severity == Severity::Error);
        errors.map(|found| found.code).collect()
    }

    fn codes(&self) -> BTreeSet<&str> {
        self.report.iter().map(|found| found.code).collect()
    }

    fn tables(&self, id: &str) -> Vec<&Table> {
        let blocks = self.documents.get(id).map_or(&[][..], |made| &made.document.blocks[..]);
        let tables = blocks.iter().filter_map(|block| match block {
            Block::Table(table) => Some(table),
            _ => None,
        });
        tables.collect()
    }

    /// Everybody named in the tables of a document.
    fn names(&self, id: &str) -> BTreeSet<String> {
        let cells = self.tables(id).into_iter().flat_map(|table| table.rows.iter().flatten());
        cells
            .map(|cell| cell.text.to_string())
            .filter(|name| NAMES.contains(&name.as_str()))
            .collect()
    }

    /// Everybody beside whom 当选 stands in a table of a document.
    fn elected(&self, id: &str) -> BTreeSet<String> {
        let rows = self.tables(id).into_iter().flat_map(|table| &table.rows);
        let won = rows.filter(|row| row.iter().any(|cell| cell.text.to_string() == "当选"));
        won.flat_map(|row| row.iter().map(|cell| cell.text.to_string()))
            .filter(|text| NAMES.contains(&text.as_str()))
            .collect()
    }
}

fn load(folder: &tempfile::TempDir, report: &mut Report) -> (Dossier, Profile) {
    let dossier = election::load(folder.path(), report).unwrap();
    let profile = Profile::choose(&dossier.election, Library::built_in(), report).unwrap();
    (dossier, profile)
}

const NAMES: [&str; 5] = ["丁一", "王二", "张三", "李四", "赵五"];

const COMMUNITY: &str = "类别: 社区\n社区: {名称: 试验社区, 省份: 湖南省, 街道: 试验街道}\n届次: 3\n选举日: 2026-05-10\n";

/// What it is about, the description, a paper by its id, what that must say and
/// must not say, and what `check` finds; if nothing, there is no error.
type Case<'a> = (&'a str, String, &'a str, &'a [&'a str], &'a [&'a str], &'a [&'a str]);

/// What a stage says that a meeting decided, what papers say of it, and what
/// they do not say any more where the minutes have it lost.
const DECISIONS: [(&str, &str, &str); 6] = [
    (
        "职数: {主任: 1, 委员: 2, 决定会议: 村民代表会议, 决定日期: 2026-03-20}\n选举委员会: {成员: [江一]}\n实施方案: {公布日期: 2026-04-02, 候选人条件: [年满十八周岁]}",
        "设主任1名、委员2名",
        "以上职数由村民代表会议",
    ),
    (
        "选举委员会: {推选日期: 2026-03-20, 公布日期: 2026-03-21, 推选方式: 村民代表会议, 成员: [江一, 何二, 石三, 段四, 罗五]}",
        "推选江一等五人为村民选举委员会成员",
        "推选产生了第八届村民选举委员会",
    ),
    (
        "实施方案: {通过会议: 村民代表会议, 通过日期: 2026-03-20, 公布日期: 2026-04-02, 候选人条件: [年满十八周岁]}",
        "通过选举工作实施方案",
        "已于2026年3月20日经村民代表会议通过",
    ),
    (
        "工作人员: {推选会议: 村民代表会议, 推选日期: 2026-03-20, 公布日期: 2026-05-01, 名单: [{姓名: 江一, 职责: 监票员}]}",
        "推选江一为监票员",
        "由村民代表会议于2026年3月20日推选产生",
    ),
    (
        "监督委员会: {推选会议: 村民代表会议, 推选日期: 2026-03-20, 公布日期: 2026-05-20, 成员: [江一, 何二, 石三]}",
        "推选江一、何二、石三为村务监督委员会成员",
        "推选产生了村务监督委员会成员",
    ),
    (
        "辞职: {接受会议: 村民代表会议, 接受日期: 2026-03-20, 公布日期: 2026-03-21, 名单: [江一]}",
        "接受江一辞职",
        "江一",
    ),
];

/// A lost vote is no resolution: `check` says so at its line, and no paper
/// announces what it would have decided.
#[test]
fn no_paper_announces_what_the_minutes_have_lost() {
    let papers = |stage: &str, matter: &str, votes: &str| {
        Papers::of(&format!(
            "类别: 村\n村: {{名称: 示坪村}}\n届次: 8\n选举日: 2026-05-10\n\
             已贴公告: []\n{stage}\n会议:\n  - 名称: 村民代表会议\n    日期: 2026-03-20\n    \
             应到: 30\n    实到: 28\n    表决: [{{事项: {matter}, {votes}}}]\n"
        ))
    };
    for (stage, matter, sentence) in DECISIONS {
        let said = |papers: &Papers| {
            let minutes = papers.say("minutes");
            papers.all().replace(&minutes, "").contains(sentence)
        };
        let carried = papers(stage, matter, "同意: 27, 反对: 1");
        assert!(said(&carried), "{sentence}\n{}", carried.all());
        assert!(!carried.codes().contains("meeting-majority"), "{}", carried.report);
        for votes in ["同意: 3, 反对: 25", "反对: 25", "同意: 14, 反对: 14"] {
            let lost = papers(stage, matter, votes);
            assert!(!said(&lost), "{votes}: {sentence}\n{}", lost.all());
            assert!(lost.errors().contains("meeting-majority"), "{votes}\n{}", lost.report);
        }
    }
}

#[test]
fn small_cases_are_told_alike_by_check_and_papers() {
    let households =
        format!("{COMMUNITY}选举方式: 户代表\n户代表: {{总数: 48}}\n职数: {{主任: 1}}\n");
    let voters = format!(
        "{COMMUNITY}选举方式: 全体选民\n选民登记: {{选民总数: 1000}}\n职数: {{主任: 1, 副主任: 1, 委员: 3}}\n"
    );
    let votes = "  得票:\n    - {姓名: 丁一, 职务: 主任, 票数: 19}\n    - {姓名: 王二, 职务: 主任, 票数: 1}\n";
    let cases: &[Case] = &[
        (
            "two readings of those who voted",
            format!("{households}选举结果:\n  参加投票人数: 30\n  选票: {{发出: 30, 收回: 20, 有效: 20, 无效: 0}}\n{votes}  公布日期: 2026-05-10\n"),
            "results-notice",
            &["按收回的选票计算，参加投票人数没有过半数，本次选举无效"],
            &["选举有效", "62.5", "当选为"],
            &["quorum"],
        ),
        (
            "the electorate out of the groups",
            format!("{COMMUNITY}选举方式: 全体选民\n职数: {{主任: 1}}\n小组:\n  - {{名称: 一组, 选民数: 60}}\n  - {{名称: 二组, 选民数: 40}}\n选举结果:\n  参加投票人数: 40\n  选票: {{发出: 40, 收回: 40}}\n{votes}  公布日期: 2026-05-10\n"),
            "results-notice",
            &["共有选民100名", "没有过半数，本次选举无效"],
            &["选举有效"],
            &["quorum"],
        ),
        (
            "no votes and nobody declared",
            format!("{voters}选举结果: {{参加投票人数: 800, 公布日期: 2026-05-10}}\n"),
            "results-notice",
            &[],
            &["有效", "尚缺"],
            &[],
        ),
        (
            "the declared are not known any more",
            format!("{voters}选举结果: {{参加投票人数: 800, 公布日期: 2026-05-10, 当选: }}\n"),
            "results-notice",
            &["参加投票800名"],
            &["尚缺", "无效", "另行选举"],
            &[],
        ),
        (
            "nobody knows how many took part",
            format!("{voters}选举结果: {{参加投票人数: , 公布日期: 2026-05-10, 当选: [{{姓名: 丁一, 职务: 主任}}]}}\n"),
            "results-notice",
            &["丁一"],
            &["选举有效", "选举无效"],
            &[],
        ),
        (
            "no mode, and household representatives are named",
            format!("{COMMUNITY}选举方式:\n户代表: {{总数: 48}}\n选民登记: {{选民总数: 121}}\n职数: {{主任: 1}}\n选举结果:\n  参加投票人数: 46\n  选票: {{发出: 46, 收回: 46, 有效: 46, 无效: 0}}\n  得票:\n    - {{姓名: 丁一, 职务: 主任, 票数: 40}}\n  公布日期: 2026-05-10\n"),
            "results-notice",
            &["由户代表投票，共有户代表48名", "本次选举有效"],
            &["38.0", "选举无效"],
            &[],
        ),
        (
            "no mode, and nothing tells it",
            format!("{COMMUNITY}选民登记: {{选民总数: 121}}\n居民代表: {{总数: 48}}\n职数: {{主任: 1}}\n选举结果:\n  参加投票人数: 40\n  选票: {{发出: 40, 收回: 40}}\n  得票:\n    - {{姓名: 丁一, 职务: 主任, 票数: 40}}\n  公布日期: 2026-05-10\n"),
            "results-notice",
            &["参加投票40名"],
            &["有效。", "无效。", "当选为", "尚缺"],
            &[],
        ),
        (
            "households whose representatives nobody counted",
            format!("{COMMUNITY}选举方式: 户代表\n职数: {{主任: 1}}\n选举结果:\n  参加投票人数: 20\n  选票: {{发出: 20, 收回: 20}}\n{votes}  公布日期: 2026-05-10\n").replace("街道: 试验街道", "街道: 试验街道, 户数: 50"),
            "results-notice",
            &["参加投票20名"],
            &["有效。", "无效。"],
            &[],
        ),
        (
            "a seat that is not known",
            format!("{voters}选举结果:\n  参加投票人数: 800\n  选票: {{发出: 800, 收回: 800}}\n  当选: [{{姓名: 丁一, 职务: 主任}}]\n  公布日期: 2026-05-10\n").replace("主任: 1, 副", "主任: , 副"),
            "results-notice",
            &["主任＿＿名、副主任1名、委员3名，共＿＿＿＿名", "本次选举有效"],
            &["尚缺"],
            &[],
        ),
        (
            "winners without names",
            format!("{voters}选举结果:\n  参加投票人数: 800\n  选票: {{发出: 800, 收回: 800}}\n  当选: [{{姓名: , 职务: 主任}}, {{姓名: , 职务: 委员}}, {{姓名: 王二, 职务: 委员}}]\n  公布日期: 2026-05-10\n"),
            "results-notice",
            &["主任（1名）：＿＿＿＿", "委员（2名）：＿＿＿＿、王二", "尚缺副主任1名、委员1名"],
            &["：，", "、、"],
            &[],
        ),
        (
            "equal votes in a by-election",
            format!("{voters}补选:\n  日期: 2027-05-09\n  职数: {{委员: 1}}\n  结果:\n    参加投票人数: 800\n    选票: {{发出: 800, 收回: 800, 有效: 800, 无效: 0}}\n    得票:\n      - {{姓名: 丁一, 职务: 委员, 票数: 401}}\n      - {{姓名: 王二, 职务: 委员, 票数: 401}}\n    公布日期: 2027-05-09\n"),
            "by-election-results-notice",
            &["本次补选有效", "丁一、王二竞选委员得票相等", "再次投票", "待定"],
            &["当选为", "未当选", "尚缺委员1名，"],
            &["votes-total"],
        ),
        (
            "too few in a by-election that was declared full",
            format!("{households}补选:\n  日期: 2027-05-09\n  职数: {{主任: 1}}\n  结果:\n    参加投票人数: 20\n    选票: {{发出: 20, 收回: 20, 有效: 20, 无效: 0}}\n    得票:\n      - {{姓名: 丁一, 职务: 主任, 票数: 19}}\n    宣布结果: 有效，选满\n    公布日期: 2027-05-09\n"),
            "by-election-results-notice",
            &["没有过半数，本次补选无效"],
            &["补选有效", "当选为"],
            &["quorum"],
        ),
        (
            "the second of a by-election declared elected",
            format!("{households}补选:\n  日期: 2027-05-09\n  职数: {{主任: 1}}\n  结果:\n    参加投票人数: 44\n    选票: {{发出: 44, 收回: 44, 有效: 43, 无效: 1}}\n    得票:\n      - {{姓名: 丁一, 职务: 主任, 票数: 29}}\n      - {{姓名: 王二, 职务: 主任, 票数: 13}}\n    当选: [{{姓名: 王二, 职务: 主任}}]\n    公布日期: 2027-05-09\n"),
            "by-election-results-notice",
            &[],
            &[],
            &["majority"],
        ),
        (
            "a recall in which fewer ballots came back",
            format!("{COMMUNITY}选举方式: 全体选民\n选民登记: {{选民总数: 100}}\n罢免:\n  日期: 2027-05-09\n  参加投票人数: 60\n  选票: {{发出: 60, 收回: 45}}\n  公布日期: 2027-05-09\n  名单: [{{姓名: 丁一, 职务: 主任, 同意: 40, 不同意: 5}}]\n"),
            "recall-results-notice",
            &["按收回的选票计算，参加投票人数没有过半数，本次表决无效", "继续履行职务"],
            &["表决有效", "被罢免", "60.00%"],
            &["quorum"],
        ),
        (
            "a recall of which only the votes are known",
            format!("{COMMUNITY}选举方式: 全体选民\n罢免:\n  日期: 2027-05-09\n  公布日期: 2027-05-09\n  名单: [{{姓名: 丁一, 职务: 主任, 同意: 40, 不同意: 5}}]\n"),
            "recall-results-notice",
            &["丁一"],
            &["有效", "无效", "被罢免", "没有通过", "继续履行"],
            &[],
        ),
        (
            "equal votes beside declared winners",
            format!("{voters}选举结果:\n  参加投票人数: 800\n  选票: {{发出: 800, 收回: 800, 有效: 800, 无效: 0}}\n  得票:\n    - {{姓名: 丁一, 职务: 主任, 票数: 500}}\n    - {{姓名: 王二, 职务: 副主任, 票数: 500}}\n    - {{姓名: 张三, 职务: 委员, 票数: 600}}\n    - {{姓名: 李四, 职务: 委员, 票数: 450}}\n    - {{姓名: 赵五, 职务: 委员, 票数: 450}}\n  当选: [{{姓名: 丁一, 职务: 主任}}, {{姓名: 王二, 职务: 副主任}}, {{姓名: 张三, 职务: 委员}}]\n  公布日期: 2026-05-10\n").replace("委员: 3", "委员: 2"),
            "results-notice",
            &["李四、赵五竞选委员得票相等", "再次投票", "待定"],
            &["尚缺", "未当选"],
            &["composition-size"],
        ),
        (
            "seats of a post that nobody wrote",
            format!("{voters}选举结果:\n  参加投票人数: 800\n  选票: {{发出: 800, 收回: 800, 有效: 800, 无效: 0}}\n  当选: [{{姓名: 丁一, 职务: 主任}}, {{姓名: 王二, 职务: 副主任}}, {{姓名: 张三, 职务: 委员}}]\n  公布日期: 2026-05-10\n").replace(", 委员: 3", ""),
            "results-notice",
            &["委员＿＿名，共＿＿＿＿名", "委员（1名）：张三"],
            &["共2名", "尚缺"],
            &[],
        ),
        (
            "a winner whose post is not known",
            format!("{voters}选举结果:\n  参加投票人数: 800\n  选票: {{发出: 800, 收回: 800, 有效: 800, 无效: 0}}\n  得票:\n    - {{姓名: 丁一, 职务: 主任, 票数: 500}}\n  当选: [{{姓名: 丁一, 职务: }}]\n  公布日期: 2026-05-10\n"),
            "results-notice",
            &["丁一 500 ＿＿＿"],
            &["未当选", "尚缺"],
            &[],
        ),
        (
            "a run-off of which nobody knows the result",
            format!("{voters}选举结果:\n  参加投票人数: 800\n  选票: {{发出: 800, 收回: 800, 有效: 800, 无效: 0}}\n  当选: [{{姓名: 丁一, 职务: 主任}}]\n  公布日期: 2026-05-10\n另行选举: {{日期: 2026-05-17, 结果: }}\n工作总结: {{成文日期: 2026-06-01}}\n"),
            "work-summary",
            &["参加投票800名"],
            &["尚缺", "选举产生"],
            &[],
        ),
        (
            "certificates where the day is not known",
            format!("{voters}选举结果:\n  参加投票人数: 800\n  当选: [{{姓名: 丁一, 职务: 主任}}]\n  证书日期: 2026-05-20\n").replace("选举日: 2026-05-10", "选举日:"),
            "certificate",
            &["丁一同志", "任期五年（＿＿＿＿年至＿＿＿＿年）"],
            &[],
            &[],
        ),
        (
            "one more than a half is no half",
            format!("{voters}选举结果:\n  参加投票人数: 2501\n  公布的参选率: 50%\n  选票: {{发出: 2501, 收回: 2501}}\n  当选: [{{姓名: 丁一, 职务: 主任}}]\n  公布日期: 2026-05-10\n").replace("选民总数: 1000", "选民总数: 5000"),
            "results-notice",
            &["投票率50.02%", "过半数"],
            &[],
            &[],
        ),
    ];
    let mut wrong = String::new();
    for (what, description, id, says, never, errors) in cases {
        let papers = Papers::of(description);
        let text = papers.say(id);
        let missing: Vec<_> = says.iter().filter(|wanted| !text.contains(**wanted)).collect();
        let surplus: Vec<_> = never.iter().filter(|word| text.contains(**word)).collect();
        let told = papers.errors();
        let unlike = !errors.iter().all(|code| papers.codes().contains(code))
            || errors.is_empty() && !told.is_empty();
        if !missing.is_empty() || !surplus.is_empty() || unlike {
            writeln!(
                wrong,
                "{what}: missing {missing:?}, surplus {surplus:?}, errors {told:?}\n{text}\n{}",
                papers.report
            )
            .unwrap();
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}

/// One vote, made up.
#[derive(Clone, Debug)]
struct Made {
    mode: Option<&'static str>,
    electors: Option<u32>,
    participants: Option<u32>,
    issued: Option<u32>,
    collected: Option<u32>,
    chair: [u32; 2],
    members: [u32; 3],
    seats: u32,
}

fn made() -> impl Strategy<Value = Made> {
    let number = || prop::option::weighted(0.85, 0..=100u32);
    let mode =
        prop::option::weighted(0.9, prop::sample::select(vec!["全体选民", "户代表", "居民代表"]));
    let figures = (prop::option::weighted(0.9, 20..=150u32), number(), number(), number());
    let votes = ([0..=100u32, 0..=100u32], [0..=100u32, 0..=100u32, 0..=100u32], 1..=3u32);
    (mode, figures, votes, any::<bool>()).prop_map(|(mode, figures, votes, tidy)| {
        let (electors, participants, issued, collected) = figures;
        let (chair, members, seats) = votes;
        // Half of them are as they should be, so that what is valid is tried too.
        let collected = if tidy { participants } else { collected };
        let issued = if tidy { participants } else { issued };
        Made { mode, electors, participants, issued, collected, chair, members, seats }
    })
}

impl Made {
    fn result(&self, indent: &str) -> String {
        let mut text = String::new();
        let line = |key: &str, value: Option<u32>| {
            value.map_or(String::new(), |value| format!("{key}: {value}"))
        };
        let ballots = [line("发出", self.issued), line("收回", self.collected)];
        let ballots: Vec<_> = ballots.into_iter().filter(|text| !text.is_empty()).collect();
        if let Some(participants) = self.participants {
            writeln!(text, "{indent}参加投票人数: {participants}").unwrap();
        }
        if !ballots.is_empty() {
            writeln!(text, "{indent}选票: {{{}}}", ballots.join(", ")).unwrap();
        }
        writeln!(text, "{indent}得票:").unwrap();
        let rows = NAMES.iter().zip(self.chair.iter().chain(&self.members)).enumerate();
        for (n, (name, votes)) in rows {
            let post = if n < 2 { "主任" } else { "委员" };
            writeln!(text, "{indent}  - {{姓名: {name}, 职务: {post}, 票数: {votes}}}").unwrap();
        }
        text
    }

    fn description(&self) -> String {
        let electors = self.electors.map_or(String::new(), |electors| match self.mode {
            Some("户代表") => format!("户代表: {{总数: {electors}}}\n"),
            Some("居民代表") => format!("居民代表: {{总数: {electors}}}\n"),
            _ => format!("选民登记: {{选民总数: {electors}}}\n"),
        });
        let mode = self.mode.map_or(String::new(), |mode| format!("选举方式: {mode}\n"));
        format!(
            "{COMMUNITY}{mode}{electors}职数: {{主任: 1, 委员: {seats}}}\n\
             选举结果:\n{result}  公布日期: 2026-05-10\n  备案日期: 2026-05-12\n\
             工作总结: {{成文日期: 2026-06-01}}\n\
             补选:\n  日期: 2027-05-09\n  职数: {{主任: 1, 委员: {seats}}}\n  结果:\n{later}    公布日期: 2027-05-09\n\
             罢免:\n  日期: 2027-03-07\n{poll}  公布日期: 2027-03-07\n  名单: [{{姓名: 丁一, 职务: 主任, 同意: {agreed}}}]\n",
            seats = self.seats,
            result = self.result("  "),
            later = self.result("    "),
            poll = self.result("  ").split("  得票").next().unwrap(),
            agreed = self.chair[0],
        )
    }

    fn cast(&self) -> Option<u32> {
        self.collected.or(self.participants)
    }

    /// Whether enough voted; not known where it is not written who votes.
    fn quorum(&self) -> Option<bool> {
        self.mode?;
        let (cast, electors) = (f64::from(self.cast()?), f64::from(self.electors?));
        let share = if self.mode == Some("居民代表") { 2.0 / 3.0 } else { 0.5 };
        // Exactly two thirds of small numbers must not be lost in rounding.
        Some((cast * 6.0).round() > (electors * share * 6.0).round())
    }

    fn is_void(&self) -> bool {
        self.quorum() == Some(false)
            || self.collected.zip(self.issued).is_some_and(|(collected, issued)| collected > issued)
    }

    fn is_valid(&self) -> bool {
        let nothing_told = self.collected.is_none() && self.issued.is_none();
        let agree = self.collected.zip(self.issued).is_some_and(|(back, out)| back <= out);
        self.quorum() == Some(true) && (agree || nothing_told)
    }

    /// Who is elected by more than half of the ballots cast, unless a tie or
    /// nothing known leaves it open.
    fn winners(&self) -> BTreeSet<String> {
        let Some(cast) = self.cast().filter(|_| self.is_valid()) else { return BTreeSet::new() };
        let passes = |votes: u32| votes * 2 > cast;
        let mut winners = BTreeSet::new();
        let posts =
            [(&self.chair[..], &NAMES[..2], 1), (&self.members[..], &NAMES[2..], self.seats)];
        for (votes, names, seats) in posts {
            for (n, &own) in votes.iter().enumerate() {
                let not_below =
                    votes.iter().filter(|&&other| passes(other) && other >= own).count();
                if passes(own) && not_below <= seats as usize {
                    winners.insert(names[n].to_owned());
                }
            }
        }
        winners
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 500, ..ProptestConfig::default() })]

    #[test]
    fn papers_and_check_give_one_verdict(made in made()) {
        let papers = Papers::of(&made.description());
        let (all, codes) = (papers.all(), papers.codes());
        let told_void = codes.contains("quorum") || codes.contains("ballots-collected");
        prop_assert_eq!(told_void, made.is_void(), "{}\n{}", made.description(), papers.report);
        for vote in ["本次选举", "本次补选", "本次表决"] {
            let (valid, void) = (format!("{vote}有效"), format!("{vote}无效"));
            prop_assert_eq!(all.contains(&void), made.is_void(), "{}\n{}", made.description(), all);
            prop_assert_eq!(all.contains(&valid), made.is_valid(), "{}\n{}", made.description(), all);
        }
        let report = papers.say("results-report");
        prop_assert_eq!(report.contains("选举是否有效 有效"), made.is_valid(), "{}", report);
        prop_assert_eq!(report.contains("选举是否有效 无效"), made.is_void(), "{}", report);
        let filed: BTreeSet<String> = papers.names("results-filing");
        prop_assert_eq!(&filed, &made.winners(), "{}", papers.say("results-filing"));
        let summary = papers.say("work-summary");
        let told: BTreeSet<String> = (NAMES.iter().map(|name| name.to_string()))
            .filter(|name| summary.contains(name))
            .collect();
        prop_assert_eq!(&told, &made.winners(), "{}", summary);
        for id in ["results-notice", "results-report", "tally-summary", "by-election-results-notice"] {
            prop_assert_eq!(papers.elected(id), made.winners(), "{}: {}\n{}", id, made.description(), papers.say(id));
        }
        let removed = made.is_valid() && made.cast().is_some_and(|cast| made.chair[0] * 2 > cast);
        prop_assert_eq!(papers.say("recall-results-notice").contains("被罢免"), removed);
        if !made.is_valid() {
            for post in ["主任", "委员"] {
                prop_assert!(!all.contains(&format!("尚缺{post}")), "{}", all);
            }
        }
        let everybody = made.electors.is_some() && made.participants == made.electors;
        prop_assert!(!all.contains("投票率100.00%") || everybody, "{}", all);
    }
}
