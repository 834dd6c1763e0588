//! What facts and lists say of small elections, without templates and pages.

use super::facts::Facts;
use super::lists::{Lists, Slate};
use crate::election::words::Words;
use crate::law::testing::governed;

/// A community under the law of its day, to which the tests add.
const HEAD: &str =
    "类别: 社区\n社区: {名称: 河湾社区, 街道: 河湾镇}\n届次: 7\n选举日: 2026-05-10\n";

fn facts(rest: &str) -> Facts {
    let (dossier, profile) = governed(&format!("{HEAD}{rest}"));
    let words = Words::built_in(dossier.election.kind.value().unwrap());
    Facts::of(&dossier, &profile, words)
}

fn lists(rest: &str) -> Lists {
    facts(rest).lists
}

fn names(slate: &Slate) -> Vec<Vec<&str>> {
    let names = slate.by_post.iter().map(|of_post| {
        of_post.people.iter().map(|runner| runner.name.as_str()).collect::<Vec<_>>()
    });
    names.collect()
}

const CANDIDATES: &str = "
职数: {主任: 1, 委员: 1}
候选人:
  名单:
    - {职务: 委员, 姓名: 赵一, 性别: 女, 出生: 1980-05-11, 学历: 大专}
    - {职务: 主任, 姓名: 王二, 退出日期: 2026-04-20, 退出原因: 因本人自愿放弃。}
    - {职务: 主任, 姓名: 丁三}
    - {职务: 主任, 姓名: 陈四, 递补: 王二}
";

#[test]
fn a_slate_is_ordered_by_strokes_within_each_post() {
    let slate = lists(CANDIDATES).candidate_slate.unwrap();
    assert_eq!(names(&slate), [vec!["丁三", "王二"], vec!["赵一"]]);
    assert_eq!((slate.total, slate.order), (3, Some("按姓氏笔画")));
    // As many stand for the second post as it has seats.
    assert!(!slate.more_than_seats && slate.posts_known && !slate.sexes_known);
}

#[test]
fn a_ballot_has_those_who_took_the_places_of_others() {
    let lists = lists(CANDIDATES);
    assert_eq!(names(&lists.ballot_slate.unwrap()), [vec!["丁三", "陈四"], vec!["赵一"]]);
    let withdrawals = lists.withdrawals.unwrap();
    let [gone] = &withdrawals[..] else { panic!("{withdrawals:?}") };
    assert_eq!((gone.name.as_str(), gone.successor.as_deref()), ("王二", Some("陈四")));
    // The sentence brings 因 and the full stop.
    assert_eq!(gone.because.as_deref(), Some("本人自愿放弃"));
}

#[test]
fn an_introduction_says_what_is_known_and_the_age_on_the_day() {
    let slate = lists(CANDIDATES).candidate_slate.unwrap();
    let said = |post: usize, at: usize| slate.by_post[post].people[at].introduction.clone();
    assert_eq!(said(1, 0).as_deref(), Some("女，45岁，大专学历"));
    assert_eq!(said(0, 0), None);
}

#[test]
fn after_a_primary_votes_give_the_order_if_all_are_known() {
    let of = |votes: &str| {
        let rest = format!(
            "职数: {{主任: 1}}\n候选人:\n  预选: 是\n  名单:\n    - {{职务: 主任, 姓名: 丁三, 预选得票: 20}}\n    \
             - {{职务: 主任, 姓名: 赵一{votes}}}\n"
        );
        lists(&rest).candidate_slate.unwrap()
    };
    let known = of(", 预选得票: 30");
    assert_eq!((names(&known), known.order), (vec![vec!["赵一", "丁三"]], Some("按预选得票多少")));
    // As they were written, and nothing is claimed of it.
    let unknown = of("");
    assert_eq!((names(&unknown), unknown.order), (vec![vec!["丁三", "赵一"]], None));
}

#[test]
fn representatives_stand_under_their_groups_in_the_order_of_these() {
    let groups = "小组:\n  - {名称: 第一组, 组长: 甲}\n  - 第二组\n居民代表:\n  名单:\n";
    let listed = lists(&format!(
        "{groups}    - {{姓名: 丙, 小组: 第二组, 小组长: 是, 性别: 女}}\n    \
         - {{姓名: 乙, 小组: 第一组, 性别: 男}}\n    - {{姓名: 甲, 小组: 第 一 组, 性别: 女}}\n"
    ));
    let groups_of = listed.representatives_by_group.unwrap();
    let told: Vec<_> = groups_of
        .iter()
        .map(|group| (&*group.group, group.names.join(""), group.leaders.join(""), group.count))
        .collect();
    assert_eq!(
        told,
        [
            ("第一组", "乙甲".to_owned(), "甲".to_owned(), Some(2)),
            ("第二组", "丙".to_owned(), "丙".to_owned(), Some(1)),
        ]
    );
    assert_eq!((listed.representatives_women, listed.representatives_led), (Some(2), true));
    // Who is of no known group may be of any.
    let unsure =
        lists(&format!("{groups}    - {{姓名: 乙, 小组: 第一组}}\n    - {{姓名: 丙, 小组: }}\n"));
    assert!(unsure.representatives_by_group.unwrap().iter().all(|group| group.count.is_none()));
    assert_eq!(unsure.representatives_women, None);
}

#[test]
fn duties_come_in_their_order_and_by_station() {
    let duties = lists(
        "工作人员:\n  名单:\n    - {姓名: 甲, 职责: 计票员}\n    - {姓名: 乙, 职责: 监票员, 投票站: 东站}\n    \
         - {姓名: 丙, 职责: 监票员, 投票站: 西站}\n    - {姓名: 丁, 职责: 监票员, 投票站: 东站}\n",
    );
    let told: Vec<_> = duties.duties.unwrap().iter().map(|duty| duty.names.join("")).collect();
    assert_eq!(told, ["乙丁", "丙", "甲"]);
    assert!(duties.scribes.is_none());
}

#[test]
fn only_objections_that_were_decided_and_posted_are_told() {
    let objections = lists(
        "选民登记:\n  申诉:\n    - {事项: 漏登一人。, 决定: 补登；, 公布日期: 2026-04-25}\n    \
         - {事项: 重登, 决定: 更正, 公布日期: 2026-04-22}\n    - {事项: 未决}\n",
    );
    let objections = objections.objections.unwrap();
    assert_eq!(objections.count, 2);
    assert_eq!(objections.posted_on.unwrap().to_string(), "2026-04-25");
    let first = &objections.items[0];
    assert_eq!(
        (first.matter.as_deref(), first.decision.as_deref()),
        (Some("漏登一人"), Some("补登"))
    );
}

const RESULT: &str = "
职数: {主任: 1, 委员: 2}
选民登记: {选民总数: 100}
选举方式: 全体选民
候选人:
  名单:
    - {职务: 主任, 姓名: 甲}
    - {职务: 主任, 姓名: 乙}
    - {职务: 委员, 姓名: 丙}
    - {职务: 委员, 姓名: 丁}
    - {职务: 委员, 姓名: 戊}
选举结果:
  参加投票人数: 80
  选票: {发出: 80, 收回: 80, 有效: 80, 无效: 0}
  得票:
    - {职务: 主任, 姓名: 甲, 赞成: 60}
    - {职务: 主任, 姓名: 乙, 赞成: 20}
    - {职务: 委员, 姓名: 丙, 赞成: 70}
    - {职务: 委员, 姓名: 丁, 赞成: 35}
    - {职务: 委员, 姓名: 戊, 赞成: 30}
";

#[test]
fn a_filing_names_whom_the_votes_elected_and_what_is_empty() {
    let facts = facts(RESULT);
    let outcome = facts.outcome.unwrap();
    assert_eq!(outcome.turnout.turnout.as_deref(), Some("80.00%"));
    assert_eq!((outcome.turnout.quorum_met, outcome.turnout.valid), (Some(true), Some(true)));
    assert_eq!((outcome.vacancies.as_deref(), outcome.full), (Some("委员1名"), Some(false)));
    let filing = facts.lists.filing.unwrap();
    let elected: Vec<_> = filing.people.iter().map(|one| one.name.clone().unwrap()).collect();
    assert_eq!(elected, ["甲", "丙"]);
    assert_eq!(filing.vacancies.as_deref(), Some("委员1名"));
    // Of sexes, ages and schooling nothing is known, and so nothing is said.
    assert_eq!((filing.women, &filing.average_age), (None, &None));
    assert!(filing.schooling.is_none());
    let items: Vec<&str> = filing.stats.iter().map(|stat| stat.item.as_str()).collect();
    assert_eq!(items, ["应选职数", "当选人数", "其中主任", "其中委员"]);
}

#[test]
fn figures_of_the_elected_are_reckoned_when_all_is_known() {
    let elected = "  当选:\n    - {职务: 主任, 姓名: 甲, 性别: 女, 出生: 1980-05-10, 学历: 本科, 政治面貌: 中共党员, 连任: 是}\n    \
                   - {职务: 委员, 姓名: 丙, 性别: 男, 出生: 1971-05-11, 学历: 高中, 政治面貌: 群众, 连任: 否}\n";
    let filing = lists(&format!("{RESULT}{elected}")).filing.unwrap();
    assert_eq!((filing.women, filing.average_age.as_deref()), (Some(1), Some("50")));
    let figure = |item: &str| {
        let found = filing.stats.iter().find(|stat| stat.item == item);
        found.map(|stat| stat.figure.clone()).unwrap_or_default()
    };
    assert_eq!((figure("妇女"), figure("中共党员（含预备党员）")), ("1".into(), "1".into()));
    assert_eq!((figure("46至55岁"), figure("56岁以上")), ("2".into(), "0".into()));
    assert_eq!(filing.schooling.unwrap().college, 1);
}

#[test]
fn a_runoff_lists_who_stands_by_the_votes_of_the_first_round() {
    let round = lists(&format!(
        "{RESULT}另行选举:\n  职数: {{委员: 1}}\n  候选人:\n    - {{职务: 委员, 姓名: 戊}}\n    \
         - {{职务: 委员, 姓名: 丁}}\n"
    ));
    let round = round.runoff_round.unwrap();
    assert_eq!((round.posts_text.as_deref(), round.seats), (Some("委员1名"), Some(1)));
    assert_eq!(names(&round.slate.unwrap()), [["丁", "戊"]]);
    assert!(!round.after_tie && round.outcome.is_none());
}

#[test]
fn sums_of_groups_are_told_only_if_each_is_known() {
    let households = |second: &str| {
        facts(&format!("小组:\n  - {{名称: 东组, 户数: 20}}\n  - {{名称: 西组{second}}}\n"))
            .voters
            .households
    };
    assert_eq!(households(", 户数: 30"), Some(50));
    assert_eq!((households(""), households(", 户数: ")), (None, None));
}

#[test]
fn names_of_bodies_are_put_together_once() {
    let facts = facts("");
    assert_eq!(facts.committee_name, "河湾社区居民委员会");
    assert_eq!(facts.election_committee_name, "河湾社区第七届居民选举委员会");
    assert_eq!(
        (facts.office.as_deref(), &*facts.guided_by),
        (Some("河湾镇人民政府"), "河湾镇人民政府")
    );
    assert_eq!((facts.posts_text, facts.seats, facts.elector), (None, None, None));
}
