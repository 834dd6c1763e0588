//! One change to a lawful election, and what must be said of it.

use std::path::{Path, PathBuf};

use zhangbang::diagnostic::{Place, Severity};

/// What was changed, what it was changed to, and the rule that must speak.
/// Where one number contradicts others as well, these may speak too.
type Fault = (&'static str, &'static str, &'static str, &'static [&'static str]);

const SHIPING: &[Fault] = &[
    ("term_years: 5", "term_years: 3", "term-years", &[]),
    ("mode: all_voters", "mode: household_reps", "mode-allowed", &[]),
    (
        "  reviewed_by: 村民代表会议\n  posted_on: 2026-03-20",
        "  reviewed_by: 村民代表会议\n  posted_on: 2026-05-18",
        "audit-published",
        &[],
    ),
    ("  women: 1\n", "  women: 0\n", "composition-women", &[]),
    ("\ntraining:\n", "\nlaw: {bases: [《村民选举法》]}\ntraining:\n", "law-title", &[]),
    (
        "{name: 韩小峰, sex: male, votes: 10}",
        "{name: 王振刚, sex: male, votes: 10}",
        "committee-candidate",
        &[],
    ),
    (
        "{name: 韩小峰, sex: male, votes: 10}",
        "{name: 韩小峰, sex: male, relatives: [{name: 何立强, relation: 兄弟}]}",
        "committee-relative",
        &[],
    ),
    (
        "{name: 黄华, sex: female, post: vice_chair, votes: 11}",
        "{name: 黄华, sex: female, post: chair, votes: 11}",
        "committee-chair",
        &[],
    ),
    ("    - {name: 周君, sex: female, votes: 8}\n", "", "committee-size", &[]),
    ("objection_days: 5", "objection_days: 3", "committee-objection-days", &[]),
    ("list_posted_on: 2026-04-24", "list_posted_on: 2026-04-28", "list-posted", &[]),
    (
        "decided_on: 2026-04-27\n      posted_on: 2026-04-27",
        "decided_on: 2026-05-06\n      posted_on: 2026-05-06",
        "objection-decided",
        &[],
    ),
    (
        "received_on: 2026-04-26",
        "received_on: 2026-05-12",
        "objection-window",
        &["objection-decided"],
    ),
    ("households: 30, voters: 84", "households: 30, voters: 83", "voter-total", &["roll-count"]),
    ("  total: 12\n  women: 5", "  total: 13\n  women: 5", "representatives-count", &[]),
    ("  women: 5", "  women: 3", "representatives-women", &["counts-agree"]),
    ("households: 132", "households: 1320", "representatives-households", &[]),
    ("born_on: 1976-03", "born_on: 2008-06", "voter-age", &[]),
    (
        "{name: 苏立涛, post: member, sex: male, born_on",
        "{name: 吴楚芳, post: member, sex: male, born_on",
        "candidate-twice",
        &["votes-names", "names-consistent"],
    ),
    (
        "{name: 苏立涛, post: member, sex: male, born_on",
        "{name: 苏立滔, post: member, sex: male, born_on",
        "votes-names",
        &[],
    ),
    ("met_voters_on: 2026-05-13", "met_voters_on: 2026-05-18", "candidates-meet-voters", &[]),
    ("posted_on: 2026-05-09\n  primary", "posted_on: 2026-05-19\n  primary", "date-order", &[]),
    ("ends_at: 14:00", "ends_at: 07:00", "polling-hours", &[]),
    (
        "groups: [第三村民小组, 第四村民小组]",
        "groups: [第三村民小组, 第五村民小组]",
        "station-groups",
        &[],
    ),
    (
        "writing_places: [秘密写票处, 代写处]",
        "writing_places: [写票处, 代写处]",
        "polling-places",
        &[],
    ),
    (
        "{name: 谭国林, role: chief_scrutineer}",
        "{name: 王映霞, role: chief_scrutineer}",
        "staff-candidate",
        &[],
    ),
    (
        "{name: 唐颖, role: caller}",
        "{name: 唐颖, role: caller, relatives: [{name: 王映霞, relation: 姐妹}]}",
        "staff-kin",
        &[],
    ),
    ("{name: 魏海伟, role: teller}", "{name: 郭军, role: teller}", "staff-separate", &[]),
    ("agent: 李新华, relation: 父子", "agent: 林少伟, relation: 父子", "proxy-candidate", &[]),
    (
        "agent: 李新华, relation: 父子, written: true",
        "agent: 李新华, relation: 父子, written: false",
        "proxy-written",
        &[],
    ),
    ("{principal: 孙鑫, agent: 张纯", "{principal: 李逸鑫, agent: 张纯", "proxy-twice", &[]),
    ("{principal: 孙鑫, agent: 张纯", "{principal: 孙鑫鑫, agent: 张纯", "proxy-is-voter", &[]),
    (
        "closes_on: 2026-05-14\n  posted_on: 2026-05-15",
        "closes_on: 2026-05-14\n  posted_on: 2026-05-18",
        "proxy-published",
        &[],
    ),
    ("  collected: 6\n", "  collected: 7\n", "mobile-boxes-count", &["ballots-stations"]),
    ("participants: 315", "participants: 361", "participants", &["turnout-percent"]),
    ("by_proxy: 13", "by_proxy: 14", "proxies-count", &[]),
    ("issued: 318", "issued: 361", "ballots-issued", &["ballots-stations"]),
    ("issued: 318", "issued: 314", "ballots-collected", &["ballots-stations"]),
    ("valid: 309", "valid: 308", "ballots-partition", &[]),
    ("{issued: 145, collected: 144}", "{issued: 145, collected: 154}", "ballots-stations", &[]),
    (
        "post: vice_chair, votes: 198}",
        "post: vice_chair, votes: 310}",
        "votes-candidate",
        &["votes-total"],
    ),
    ("post: chair, votes: 83}", "post: chair, votes: 93}", "votes-total", &[]),
    ("post: chair, votes: 214}", "post: chair, votes: 157}", "majority", &[]),
    ("turnout_percent: 87.5%", "turnout_percent: 88.5%", "turnout-percent", &[]),
    (
        "    - {name: 王映霞, post: member, sex: female, born_on: 1974-03, education: senior_high, party: 中共党员, reelected: false}",
        "    - {name: 张新辉, post: member, sex: male, votes: 142}",
        "majority",
        &[],
    ),
    ("post: member, votes: 142}", "post: member, votes: 192}", "elected-by-votes", &[]),
    ("declared: full", "declared: partial", "outcome-declared", &[]),
    ("declared: full", "declared: void", "outcome-declared", &[]),
    (
        "    - {name: 何立强, post: vice_chair, sex: male, born_on: 1979-11, education: college, party: 中共党员, reelected: true}",
        "    - {name: 何立强, post: chair, sex: male}",
        "elected-seats",
        &["elected-by-votes"],
    ),
    (
        "reelected: true}\n    - {name: 何立强",
        "relatives: [{name: 王映霞, relation: 夫妻}]}\n    - {name: 何立强",
        "elected-kin",
        &[],
    ),
    (
        "announced_on: 2026-05-17\n  posted_on: 2026-05-17\n  filed_on: 2026-05-18",
        "announced_on: 2026-05-19\n  posted_on: 2026-05-19\n  filed_on: 2026-05-19",
        "result-same-day",
        &[],
    ),
    ("previous_election_day: 2021-05-16", "previous_election_day: 2026-05-18", "date-order", &[]),
    ("ends_on: 2026-04-20", "ends_on: 2026-04-05", "date-order", &[]),
    ("phone: 0000-1234567", "phone: \"13912345678\"", "personal-number", &[]),
    (
        "post: member, sex: female, born_on: 1980-04, education: bachelor, party: 中共党员, reelected",
        "post: member, sex: female, born_on: 1980-05, education: bachelor, party: 中共党员, reelected",
        "names-consistent",
        &[],
    ),
    ("mobilized_on: 2026-03-05", "mobilized_on: 2026-05-20", "date-order", &[]),
    ("letter_on: 2026-04-06", "letter_on: 2026-05-19", "date-order", &[]),
    ("decided_on: 2026-04-01", "decided_on: 2026-06-01", "date-order", &[]),
    ("term: 8", "term: 9999", "numbers-plausible", &[]),
    ("turnout_percent: 87.5%", "turnout_percent: 近八成", "turnout-percent", &[]),
    ("first_attempt: true", "first_attempt: false", "first-attempt", &[]),
];

/// What a village's papers name twice, and whom no list has.
const SHIPING_PEOPLE: &[Fault] = &[
    (
        "{name: 夏雪纯, sex: female, group",
        "{name: 曾秀华, sex: female, group",
        "listed-twice",
        &["names-consistent"],
    ),
    ("{name: 夏雪纯, sex: female, group", "{name: 夏雪莼, sex: female, group", "on-the-roll", &[]),
    (
        "{name: 杨强, sex: male, group: 第四",
        "{name: 杨强, sex: male, group: 第五",
        "group-known",
        &["counts-agree"],
    ),
    (
        "{name: 杨强, sex: male, group: 第四",
        "{name: 杨强, sex: male, group: 第三",
        "counts-agree",
        &[],
    ),
    (
        "sex: male, group: 第四村民小组, born_on: 1974",
        "sex: female, group: 第四村民小组, born_on: 1974",
        "counts-agree",
        &[],
    ),
    ("leader: 刘金莲", "leader: 周俊辉", "leaders-agree", &[]),
    ("group_leaders: 4", "group_leaders: 3", "counts-agree", &[]),
    ("leading_group_size: 7", "leading_group_size: 9", "counts-agree", &[]),
    ("sessions: 2", "sessions: 3", "counts-agree", &[]),
    ("attendances: 38", "attendances: 83", "counts-agree", &[]),
    ("households: 132", "households: 123", "counts-agree", &[]),
    (
        "{name: 林佩珊, role: issuer, station: 第一投票站}",
        "{name: 林佩珊, role: issuer, station: 第三投票站}",
        "staff-station",
        &[],
    ),
    (
        "      groups: [第一村民小组, 第二村民小组]\n      staff: 4",
        "      groups: [第一村民小组, 第二村民小组]\n      staff: 3",
        "staff-station",
        &[],
    ),
    (
        "{name: 李楚燕, role: scrutineer, station: 第一",
        "{name: 郭军, role: scrutineer, station: 第一",
        "listed-twice",
        &["names-consistent"],
    ),
    (
        "{name: 刘世华, group: 第四",
        "{name: 刘美妹, group: 第四",
        "listed-twice",
        &["names-consistent"],
    ),
    ("{name: 刘世华, group: 第四", "{name: 孙鑫, group: 第四", "votes-once", &[]),
    ("{name: 刘世华, group: 第四", "{name: 刘世桦, group: 第四", "on-the-roll", &[]),
    (
        "{name: 王映霞, post: member, sex: female, born_on: 1974-03, education: senior_high, party: 中共党员, reelected",
        "{name: 王映露, post: member, sex: female, born_on: 1974-03, education: senior_high, party: 中共党员, reelected",
        "elected-known",
        &["elected-by-votes"],
    ),
    (
        "post: member, votes: 9, write_in: true",
        "post: member, votes: 9, write_in: true}\n    - {name: 周君, post: member, votes: 190, write_in: true",
        "votes-total",
        &["elected-by-votes"],
    ),
    (
        "{name: 何立强, post: 副主任, duties",
        "{name: 何立刚, post: 副主任, duties",
        "member-known",
        &[],
    ),
    (
        "{name: 张海鹏, sex: male, post: 主任}",
        "{name: 张海棚, sex: male, post: 主任}",
        "on-the-roll",
        &[],
    ),
    (
        "{name: 赵卫雄, sex: male, post: 委员}",
        "{name: 杨锦梅, sex: male, post: 委员}",
        "listed-twice",
        &["names-consistent"],
    ),
    (
        "{name: 陈家伟, post: member, sex: male}\n",
        "{name: 陈佳伟, post: member, sex: male}\n",
        "candidate-nominated",
        &[],
    ),
    (
        "{name: 何立强, post: 委员, excellent: 6",
        "{name: 何立强, post: 委员, excellent: 7",
        "appraisal-votes",
        &[],
    ),
    (
        "  expected: 12\n  present: 12\n  posted_on",
        "  expected: 12\n  present: 15\n  posted_on",
        "meeting-attendance",
        &[],
    ),
    (
        "  expected: 12\n  present: 12\n  posted_on",
        "  expected: 12\n  present: 11\n  posted_on",
        "meeting-numbers",
        &["appraisal-votes"],
    ),
    (
        "    expected: 12\n    present: 10\n",
        "    expected: 12\n    present: 7\n",
        "meeting-representatives",
        &["meeting-votes"],
    ),
    (
        "    expected: 12\n    present: 10\n",
        "    expected: 8\n    present: 10\n",
        "meeting-attendance",
        &[],
    ),
    (
        "    expected: 32\n    present: 25\n",
        "    expected: 32\n    present: 21\n",
        "meeting-group",
        &["meeting-votes"],
    ),
    (
        "    expected: 36\n    present: 31\n",
        "    expected: 36\n    present: 29\n",
        "meeting-votes",
        &[],
    ),
    (
        "agreed: 10, opposed: 0, abstained: 0",
        "agreed: 5, opposed: 5, abstained: 0",
        "meeting-majority",
        &[],
    ),
    ("decided_by: 村民代表会议", "decided_by: 村民会议", "meeting-record", &[]),
    ("formed_by: representative_meeting", "formed_by: assembly", "meeting-record", &[]),
    (
        "reelected: true}\n    - {name: 吴楚芳",
        "reelected: false}\n    - {name: 吴楚芳",
        "reelected",
        &[],
    ),
];

/// What may go wrong with successors, a run-off, and later in the term.
const ANHE: &[Fault] = &[
    ("递补: 李燕丽", "递补: 谢志军", "replaced", &[]),
    ("递补: 李燕丽", "递补: 李艳丽", "replaced", &[]),
    ("预选得票: 11, 递补: 谭军", "预选得票: 11, 递补: 许慧琼", "replaced", &[]),
    ("    - {姓名: 赵雨颖, 小组", "    - {姓名: 李俊宇, 小组", "listed-twice", &[]),
    ("    - {姓名: 赵雨颖, 小组: 第一", "    - {姓名: 赵雨颍, 小组: 第一", "on-the-roll", &[]),
    ("    - {姓名: 赵雨颖, 小组: 第一", "    - {姓名: 赵雨颖, 小组: 第三", "group-known", &[]),
    ("    - {姓名: 赵雨颖, 小组: 第一", "    - {姓名: 赵雨颖, 小组: 第二", "group-known", &[]),
    ("委托人: 李萍", "委托人: 杨春莉", "elector-listed", &[]),
    (
        "预选得票: 31}\n    - {姓名: 张洁敏, 职务: 委员, 性别: 女, 预选",
        "预选得票: 47}\n    - {姓名: 张洁敏, 职务: 委员, 性别: 女, 预选",
        "primary-votes",
        &[],
    ),
    ("预选实到: 46", "预选实到: 49", "meeting-attendance", &[]),
    ("预选选票: {发出: 46", "预选选票: {发出: 48", "primary-votes", &[]),
    (
        "    应到: 50\n    实到: 40\n",
        "    应到: 50\n    实到: 20\n",
        "meeting-households",
        &["meeting-votes"],
    ),
    (
        "    - {姓名: 李伟杰, 职务: 委员, 性别: 男, 出生: 1977-06, 学历: 高中, 政治面貌: 群众, 现任职务: 水电厂职工}\n    - {姓名: 许慧琼",
        "    - {姓名: 许慧琼",
        "runoff-more-than-seats",
        &["votes-names"],
    ),
    (
        "      - {姓名: 李伟杰, 职务: 委员, 性别: 男, 出生: 1977-06, 学历: 高中, 政治面貌: 群众, 连任: 否}",
        "      - {姓名: 谢志军, 职务: 委员, 性别: 男}",
        "committee-elected",
        &["elected-by-votes", "member-known", "elected-votes"],
    ),
    ("    公布日期: 2026-06-14\n    张榜", "    公布日期: 2026-06-12\n    张榜", "date-order", &[]),
    (
        "{姓名: 张洁敏, 职务: 委员, 提出日期",
        "{姓名: 张洁闽, 职务: 委员, 提出日期",
        "member-known",
        &["by-election-seats"],
    ),
    (
        "{姓名: 张洁敏, 职务: 委员, 提出日期",
        "{姓名: 张洁敏, 职务: 副主任, 提出日期",
        "member-known",
        &[],
    ),
    ("提出日期: 2026-07-20", "提出日期: 2026-08-20", "resignation-order", &[]),
    ("接受会议: 居民会议", "接受会议: 居民委员会", "resignation-accepted-by", &[]),
    ("接受会议: 居民会议", "接受会议: 居民代表会议", "meeting-record", &[]),
    (
        "  公布日期: 2026-08-10\n  日期: 2026-09-06",
        "  公布日期: 2026-08-10\n  日期: 2026-11-08",
        "by-election-in-time",
        &["date-order"],
    ),
    ("    公布日期: 2026-09-06\n", "    公布日期: 2026-09-05\n", "date-order", &[]),
    (
        "  职数: {委员: 1}\n  候选人:                     # 按姓氏笔画",
        "  职数: {委员: 2}\n  候选人:",
        "by-election-seats",
        &["by-election-candidates", "outcome-declared"],
    ),
    (
        "    - {姓名: 刘少勇, 职务: 委员, 性别: 男, 出生: 1980-07, 学历: 初中, 政治面貌: 群众, 现任职务: 货运司机, 提名人: 选民联名, 联名人数: 12}\n",
        "",
        "by-election-candidates",
        &["votes-names"],
    ),
    (
        "    - {姓名: 刘少勇, 职务: 委员, 性别: 男, 出生: 1980-07, 学历: 初中, 政治面貌: 群众, 现任职务: 货运司机, 提名人: 选民联名, 联名人数: 12}\n",
        "    - {姓名: 李伟杰, 职务: 委员}\n",
        "by-election-member",
        &["votes-names"],
    ),
    (
        "    - {姓名: 刘少勇, 职务: 委员, 性别: 男, 出生: 1980-07, 学历: 初中, 政治面貌: 群众, 现任职务: 货运司机, 提名人: 选民联名, 联名人数: 12}\n",
        "    - {姓名: 刘少湧, 职务: 委员}\n",
        "candidate-is-voter",
        &["votes-names"],
    ),
    ("联名人数: 13 ", "联名人数: 5 ", "recall-requesters", &[]),
    ("联名人数: 13 ", "联名人数: 4 ", "recall-requesters", &[]),
    ("  日期: 2026-10-25\n", "  日期: 2027-01-25\n", "recall-in-months", &["date-order"]),
    ("{姓名: 李伟杰, 职务: 委员, 同意", "{姓名: 李伟节, 职务: 委员, 同意", "member-known", &[]),
    ("{姓名: 李伟杰, 职务: 委员, 同意", "{姓名: 李伟杰, 职务: 主任, 同意", "member-known", &[]),
    (
        "提名人: 选民联名, 联名人数: 12}\n    - {姓名: 许慧琼, 职务: 委员, 性别: 女, 出生: 1968-01, 学历: 中专, 政治面貌: 中共党员, 现任职务: 退休教师, 提名人: 社区党支部}",
        "提名人: 选民联名, 联名人数: 5}\n    - {姓名: 许慧琼, 职务: 委员}",
        "candidate-nominators",
        &[],
    ),
    (
        "    公布日期: 2026-09-06\n    张榜日期: 2026-09-06\n    备案日期: 2026-09-07",
        "    公布日期: 2026-09-09\n    张榜日期: 2026-09-09\n    备案日期: 2026-09-09",
        "result-same-day",
        &[],
    ),
    ("  公布日期: 2026-10-25\n", "  公布日期: 2026-10-29\n", "result-same-day", &[]),
    ("提出日期: 2026-07-20", "提出日期: 2026-06-02", "in-term", &[]),
    ("要求日期: 2026-09-28", "要求日期: 2026-06-01", "in-term", &["recall-in-months"]),
    ("一次成功: 否", "一次成功: 是", "first-attempt", &[]),
    ("推选日期: 2026-06-26", "推选日期: 2026-05-26", "date-order", &[]),
];

const EXAMPLES: [(&str, &[&[Fault]]); 2] =
    [("shiping-2026", &[SHIPING, SHIPING_PEOPLE]), ("anhe-2026", &[ANHE])];

pub(super) fn example(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("data").join(name)
}

/// Copies the rolls of an example beside a changed description.
pub(super) fn copy_rolls(name: &str, folder: &Path) {
    for file in ["voters.csv", "voters-posted.csv"].map(|file| example(name).join(file)) {
        if file.exists() {
            std::fs::copy(&file, folder.join(file.file_name().unwrap())).unwrap();
        }
    }
}

#[test]
fn a_lawful_election_is_not_faulted() {
    for (name, _) in EXAMPLES {
        let report = super::judge(&example(name));
        assert_eq!(report.count(Severity::Error) + report.count(Severity::Warning), 0, "{report}");
    }
}

#[test]
fn every_seeded_fault_is_found_in_its_place_and_nothing_else() {
    let mut wrong = String::new();
    for (name, faults) in EXAMPLES {
        let lawful = std::fs::read_to_string(example(name).join("election.yaml")).unwrap();
        let folder = tempfile::tempdir().unwrap();
        copy_rolls(name, folder.path());
        for (from, to, code, also) in faults.iter().copied().flatten() {
            assert!(lawful.contains(from), "the example no longer says {from}");
            let spoiled = lawful.replacen(from, to, 1);
            std::fs::write(folder.path().join("election.yaml"), spoiled).unwrap();
            let report = super::judge(folder.path());
            let found = report.iter().any(|finding| {
                finding.code == *code && matches!(&finding.place, Some(Place::Text(..)))
            });
            let strange: Vec<_> = report
                .iter()
                .filter(|finding| {
                    finding.severity == Severity::Error
                        && finding.code != *code
                        && !also.contains(&finding.code)
                })
                .map(|finding| finding.code)
                .collect();
            if !found || !strange.is_empty() {
                wrong += &format!("{from} -> {to}: wanted {code}, also {strange:?}\n{report}\n");
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}

/// Numbers at the ends of their range neither break the reckoning nor wrap.
#[test]
fn no_number_breaks_the_reckoning() {
    let example = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/data/shiping-2026"));
    let lawful = std::fs::read_to_string(example.join("election.yaml")).unwrap();
    let folder = tempfile::tempdir().unwrap();
    for extreme in ["0", "1", "4294967295"] {
        let mut text = String::new();
        for line in lawful.lines() {
            let numbers = line.split_inclusive([',', '}', ' ']).map(|word| {
                let digits = word.trim_end_matches([',', '}', ' ']);
                match digits.parse::<u32>() {
                    Ok(_) => word.replacen(digits, extreme, 1),
                    Err(_) => word.to_owned(),
                }
            });
            text += &(numbers.collect::<String>() + "\n");
        }
        text += "law:\n  parameters: [{name: runoff.days, value: 4294967295}, {name: term.years, value: 4294967295}]\n";
        std::fs::write(folder.path().join("election.yaml"), text).unwrap();
        assert!(super::judge(folder.path()).has_errors());
    }
}
