//! The names that templates see beside what the secretary wrote: one table, by
//! which front matter is checked and from which `docs/templates.md` is written.

use crate::election::Election;
use crate::election::decode::{Decode as _, nearest};

/// One name at the top, with all that lies below it.
pub(super) struct Name {
    pub name: &'static str,
    pub meaning: &'static str,
    /// What the secretary writes so that it is there, key below key.
    pub from: &'static [&'static str],
    /// Paths below it; those of a list are paths of its items.
    pub fields: &'static str,
}

const fn name(
    name: &'static str,
    meaning: &'static str,
    from: &'static [&'static str],
    fields: &'static str,
) -> Name {
    Name { name, meaning, from, fields }
}

const VOTERS: &str = "total men women households listed group_count groups.name groups.voters groups.men \
    groups.women groups.households ungrouped.name ungrouped.voters ungrouped.men ungrouped.women \
    ungrouped.households";
const SLATE: &str = "total order posts_known sexes_known votes_known more_than_seats by_post.post \
    by_post.seats by_post.count by_post.people.name by_post.people.sex by_post.people.votes \
    by_post.people.introduction by_post.people.chosen by_engagement.engagement by_engagement.names";
const GROUPS: &str = "group names count leaders";
const DUTIES: &str = "role station names";
const CHANGES: &str = "name left_on because successor";
const OUTCOME: &str = "electorate participants by_proxy ballots.printed ballots.issued \
    ballots.collected ballots.valid ballots.invalid ballots.abstained ballots_text ballots_agree \
    turnout quorum quorum_met by_ballots majority_by_ballots valid void concluded elected.name elected.post \
    elected.sex elected.age elected.education elected.party elected.votes elected.reelected \
    elected_by_post.post elected_by_post.seats elected_by_post.count elected_by_post.names \
    elected_by_engagement.engagement elected_by_engagement.names seats_by_post.post seats_by_post.seats ties.post ties.seats ties.names vacancies full women \
    average_age schooling.college schooling.senior_high schooling.junior_high schooling.primary \
    tallies.post tallies.seats tallies.rows.name tallies.rows.votes tallies.rows.against \
    tallies.rows.abstained tallies.rows.write_in tallies.rows.elected tallies.rows.tied";

const RESULT: &[&str] = &["选举结果"];
const REPRESENTATIVES: &[&str] = &["居民代表", "名单"];
const CANDIDATES: &[&str] = &["候选人", "名单"];
const STAFF: &[&str] = &["工作人员", "名单"];

/// Every name, in the order of the manual.
pub(super) const NAMES: &[Name] = &[
    name("place", "社区或者村：淇美社区", &["社区", "名称"], ""),
    name("term_name", "届次：第六届", &["届次"], ""),
    name("committee_name", "委员会的全称", &["社区", "名称"], ""),
    name("election_committee_name", "选举委员会的全称", &["社区", "名称"], ""),
    name("office", "街道办事处或者镇人民政府", &["社区", "街道"], ""),
    name("guided_by", "同上；没有写街道的，是 `words.guidance`", &["社区", "街道"], ""),
    name("is_village", "是不是村", &["类别"], ""),
    name(
        "elector_kind",
        "由谁投票，是哪一种：`all_voters`、`household_reps`、`resident_reps`；不知道的没有",
        &["选举方式"],
        "",
    ),
    name("elector", "由谁投票，怎么称呼：选民、户代表、居民代表", &["选举方式"], ""),
    name(
        "ballot_colours",
        "各职务的选票是什么颜色：主任选票为粉红色，副主任选票为黄色；没有写的没有",
        &["投票", "选票颜色"],
        "",
    ),
    name(
        "proxy_places",
        "委托投票名单里各委托人的投票地点，与 `proxies.list` 的次序相同；不知道的是空",
        &["委托投票", "名单"],
        "",
    ),
    name(
        "words",
        "社区和村不同的说法，见下",
        &["类别"],
        "place resident committee committee_short election_committee assembly representative \
         representative_meeting household_representative group voter registration voter_list \
         voter_card affairs supervision autonomy retention_basis guidance",
    ),
    name(
        "law",
        "依据的法规和其中的数",
        &["适用法规"],
        "titles objection_days decision_days term_years women voter_age born_by voter_classes nominators party_nominates \
         more_than_seats relatives_leave proxy_max proxy_kin_only proxy_no_candidates \
         proxy_no_redelegation quorum majority runoff_share handover_days",
    ),
    name("electorate", "投票的人共有多少", &["选民登记", "选民总数"], ""),
    name("posts_text", "各职位的名额：主任1名、副主任2名", &["职数"], ""),
    name("seats", "名额的总数", &["职数"], ""),
    name("seats_by_post", "有名额的各职位", &["职数"], "post seats"),
    name("term_span", "任期从哪一年到哪一年", &["选举日"], "from until"),
    name("voters", "选民数和各组的选民数", &["选民登记", "选民总数"], VOTERS),
    name(
        "posted",
        "同上，但按公布时的名册（写了“原名册”的，补正以前）",
        &["选民登记", "选民总数"],
        VOTERS,
    ),
    name("name_lists", "按小组排列的选民名单，每组一块", &["选民登记", "名册"], ""),
    name(
        "roll",
        "一名一名的选民，只给 `needs` 里写了它的文件；`birth` 只给存档的文件",
        &["选民登记", "名册"],
        "number name sex group station birth",
    ),
    name(
        "corrections",
        "名单的补正",
        &["选民登记", "原名册"],
        "counts.added counts.removed counts.corrected added.name added.group added.change removed.name removed.group removed.change \
         corrected.name corrected.group corrected.change",
    ),
    name(
        "objections",
        "已经处理并公布的申诉",
        &["选民登记", "申诉"],
        "posted_on count items.received_on items.decided_on items.matter items.decision",
    ),
    name(
        "committee",
        "选举委员会：推选时的成员和变动以后的成员",
        &["选举委员会", "成员"],
        "size formed_by sexes_known members.name members.post members.sex members.votes alternates now_count \
         now.name now.post now.sex now.votes",
    ),
    name(
        "committee_meeting",
        "推选选举委员会的会议，会议记录里有的",
        &["会议"],
        "expected present quorate agreed opposed abstained",
    ),
    name(
        "posts_decision",
        "决定职数的会议；表决没有通过的没有",
        &["职数", "决定日期"],
        "expected present quorate agreed opposed abstained",
    ),
    name("committee_changes", "谁退出了选举委员会，谁递补", &["选举委员会", "成员"], CHANGES),
    name("representatives_total", "代表总数", &["居民代表", "总数"], ""),
    name(
        "quota",
        "各小组的户数和代表名额，和它们的合计",
        &["小组"],
        "households representatives groups.name groups.households groups.representatives",
    ),
    name("representatives_women", "其中妇女", REPRESENTATIVES, ""),
    name("representatives_led", "名单里有没有小组长", REPRESENTATIVES, ""),
    name("representatives_by_group", "各组的代表和小组长", REPRESENTATIVES, GROUPS),
    name("voting_representatives", "同上，只在由代表投票的选举里有", REPRESENTATIVES, GROUPS),
    name("household_groups", "各组的户代表", &["户代表", "名单"], GROUPS),
    name("nominee_slate", "被提名人", &["提名", "被提名人"], SLATE),
    name("candidate_slate", "候选人（公布时的）", CANDIDATES, SLATE),
    name("ballot_slate", "候选人（选票上的）", CANDIDATES, SLATE),
    name("withdrawals", "谁退出了候选人，谁递补", CANDIDATES, CHANGES),
    name("duties", "工作人员按职责和投票站", STAFF, DUTIES),
    name("scribes", "其中的代写人员", STAFF, DUTIES),
    name("outcome", "投票和结果", RESULT, OUTCOME),
    name(
        "filing",
        "全部当选人，不论哪一次投票选出",
        RESULT,
        "count filed_on vacancies full women average_age schooling.college schooling.senior_high \
         schooling.junior_high schooling.primary stats.item stats.figure people.name people.post \
         people.sex people.age people.education people.party people.votes people.reelected \
         by_post.post by_post.seats by_post.count by_post.names shares.item shares.count shares.percent \
         shares.before chair_is_secretary in_party_committee",
    ),
    name(
        "runoff_round",
        "另行选举：候选人在 `slate`，结果在 `outcome`，各项同上",
        &["另行选举"],
        "posts_text seats seats_by_post.post seats_by_post.seats slate outcome after_tie parted electorate",
    ),
    name(
        "by_election_round",
        "补选：候选人在 `slate`，结果在 `outcome`，各项同上",
        &["补选"],
        "posts_text seats seats_by_post.post seats_by_post.seats slate outcome after_tie parted electorate \
         duties.role duties.station duties.names",
    ),
    name(
        "recall_vote",
        "罢免表决",
        &["罢免"],
        "electorate participants ballots.issued ballots.collected ballots.valid ballots.invalid \
         ballots_text ballots_agree turnout quorum quorum_met by_ballots majority_by_ballots valid void majority \
         people.name people.post people.agreed people.opposed \
         people.abstained people.removed",
    ),
    name(
        "counts",
        "各份名单上有多少人；没有名单的没有",
        &["委托投票", "名单"],
        "leading_group preparation_group representatives household_representatives proxies \
         mobile_voters supervision",
    ),
    name(
        "columns",
        "名单上每个人的性别、小组是不是都写了",
        &["流动票箱", "名单"],
        "leading_group_sexes preparation_group_sexes mobile_voters_groups",
    ),
    name("timetable", "日程的各步，可以排成表", &["实施方案", "日程"], "when work by"),
    name("timeline", "日程图，独占一段", &["实施方案", "日程"], ""),
    name(
        "year",
        "年终总结的数：办过的各步；各图的项目、数和长短（最长的是 100）",
        &["年终总结"],
        "year steps.when steps.work groups.name groups.count groups.percent turnout.name turnout.count \
         turnout.percent sexes.name sexes.count sexes.percent ages.name ages.count ages.percent \
         schooling.name schooling.count schooling.percent",
    ),
    name(
        "papers",
        "本次选举的文件有几种，只给 `needs` 里写了它的文件",
        &["选举日"],
        "count permanent lacking",
    ),
    name("kept", "各种文件的保管期限", &["归档", "保管期限表"], "name stage period basis"),
    name(
        "erratum",
        "这一份更正公告说的；每一处更正一份，开头写 `each: erratum`",
        &["更正"],
        "document title number issuer noticed_on posted_on items.was items.now",
    ),
    name("number", "公告号", &["已贴公告"], ""),
    name("dated", "成文日期", &["选举日"], ""),
    name(
        "in_office",
        "成文那天主持的机构：选举委员会；还没有推选、已经移交的，是居（村）委会",
        &["社区"],
        "",
    ),
    name("in_office_name", "同上，写全称", &["社区", "名称"], ""),
    name("joint_names", "联合印发这份文件的各单位，一个单位印发的没有", &["联合印发"], ""),
];

pub(super) fn find(name: &str) -> Option<&'static Name> {
    NAMES.iter().find(|known| known.name == name)
}

impl Name {
    /// Every path below it, and every way to one.
    fn has(&self, path: &str) -> bool {
        self.fields.split_whitespace().any(|field| match field.strip_prefix(path) {
            Some(rest) => rest.is_empty() || rest.starts_with('.'),
            None => path.strip_prefix(field).is_some_and(|rest| match field {
                "slate" => below(rest, SLATE),
                "outcome" => below(rest, OUTCOME),
                _ => false,
            }),
        })
    }
}

/// Whether `path`, with a dot before it, is one of `fields`.
fn below(path: &str, fields: &'static str) -> bool {
    let within = Name { fields, ..name("", "", &[], "") };
    path.strip_prefix('.').is_some_and(|path| within.has(path))
}

/// Whether a template can see `path` at all, in any election.
pub(super) fn is_known(path: &str) -> bool {
    let (head, rest) = path.split_once('.').unwrap_or((path, ""));
    match find(head) {
        Some(name) => rest.is_empty() || name.has(rest),
        None => Election::chinese_keys(path).is_some(),
    }
}

/// The path that may have been meant by one that is not known.
pub(super) fn near(path: &str) -> Option<String> {
    let (known, strange) = match path.rsplit_once('.') {
        Some((head, last)) if is_known(head) => (head, last),
        Some((head, last)) => return near(head).map(|head| format!("{head}.{last}")),
        None => ("", path),
    };
    let keys = |path| Election::keys_below(path).iter().map(|key| key.english);
    let names: Vec<&str> = match find(known) {
        Some(name) => {
            name.fields.split_whitespace().filter_map(|path| path.split('.').next()).collect()
        }
        None if known.is_empty() => NAMES.iter().map(|name| name.name).chain(keys("")).collect(),
        None => keys(known).collect(),
    };
    let near = nearest(strange, names.into_iter())?;
    Some(if known.is_empty() { near.to_owned() } else { format!("{known}.{near}") })
}

/// The table of the manual, in Markdown.
pub fn table() -> String {
    let mut table = "| 名称 | 内容 | 里面有 |\n|---|---|---|\n".to_owned();
    for (n, name) in NAMES.iter().enumerate() {
        let alike = NAMES[..n].iter().find(|other| other.fields == name.fields);
        let fields = match alike.filter(|_| name.fields.contains('.')) {
            Some(other) => format!("同 `{}`", other.name),
            None => name
                .fields
                .split_whitespace()
                .map(|field| format!("`.{field}`"))
                .collect::<Vec<_>>()
                .join(" "),
        };
        table += &format!("| `{}` | {} | {fields} |\n", name.name, name.meaning);
    }
    table
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;
    use std::path::Path;

    use super::super::{Composer, Options, Wordings, roll};
    use super::*;
    use crate::assets::Assets;
    use crate::diagnostic::Report;
    use crate::election;
    use crate::election::words::Words;
    use crate::law::{Library, Profile};

    /// Every path that the templates of an election see.
    fn seen(folder: &Path, paths: &mut BTreeSet<String>) {
        let mut report = Report::new();
        let dossier = election::load(folder, &mut report).unwrap();
        let profile = Profile::choose(&dossier.election, Library::built_in(), &mut report).unwrap();
        let (wordings, options) = (Wordings::of(Assets::built_in()), Options::default());
        let composer = Composer::new(&dossier, &profile, &wordings, &options, &mut report);
        let entries = serde_json::to_value(roll::entries(&dossier, true)).unwrap();
        walk("roll", &entries, paths);
        let papers = serde_json::to_value(composer.papers_in_figures()).unwrap();
        walk("papers", &papers, paths);
        walk("", &serde_json::to_value(&composer.context).unwrap(), paths);
    }

    fn walk(path: &str, value: &serde_json::Value, paths: &mut BTreeSet<String>) {
        match value {
            serde_json::Value::Object(map) => {
                for (key, value) in map {
                    let path = if path.is_empty() { key.clone() } else { format!("{path}.{key}") };
                    let head = path.split('.').next().unwrap_or_default();
                    if find(head).is_some() || Election::chinese_keys(head).is_none() {
                        walk(&path, value, paths);
                        paths.insert(path);
                    }
                }
            }
            serde_json::Value::Array(items) => {
                items.iter().for_each(|item| walk(path, item, paths));
            }
            _ => {}
        }
    }

    /// What the examples have not: a tie, representatives who vote, voters in no
    /// group, ballots abstained, nominees for full-time posts.
    const ODD: &str = "\
类别: 社区
社区: {名称: 试验社区, 省份: 示例省}
届次: 7
选举日: 2026-05-10
选举方式: 居民代表
职数: {主任: 1, 副主任: 0, 委员: 1}
居民代表: {名单: [{姓名: 张守信, 小组: 甲组}]}
提名: {被提名人: [{姓名: 张守信, 职务: 主任, 任职方式: 专职}]}
选举结果:
  参加投票人数: 9
  选票: {发出: 9, 收回: 9, 有效: 9, 无效: 0, 弃权: 0}
  得票: [{姓名: 张守信, 职务: 主任, 票数: 7}, {姓名: 李明理, 职务: 委员, 票数: 6}, {姓名: 王公正, 职务: 委员, 票数: 6}]
";
    const ODD_ROLL: &str =
        "姓名,性别,出生日期,小组\n李明理,女,1980-03-04,\n张守信,男,1970-01-02,甲组\n";

    fn all_seen() -> BTreeSet<String> {
        let mut paths = BTreeSet::from(
            ["number", "dated", "in_office", "in_office_name", "joint_names"].map(str::to_owned),
        );
        let odd = tempfile::tempdir().unwrap();
        std::fs::write(odd.path().join("election.yaml"), ODD).unwrap();
        std::fs::write(odd.path().join("voters.csv"), ODD_ROLL).unwrap();
        seen(odd.path(), &mut paths);
        for name in ["qimei-2017", "shiping-2026", "anhe-2026"] {
            seen(&Path::new("data").join(name), &mut paths);
        }
        paths
    }

    #[test]
    fn templates_see_no_name_that_is_not_listed_and_all_that_are() {
        let seen = all_seen();
        let strange: Vec<_> = seen.iter().filter(|path| !is_known(path)).collect();
        assert!(strange.is_empty(), "not in the table: {strange:?}");
        let listed = NAMES.iter().flat_map(|name| {
            let fields = name.fields.split_whitespace();
            std::iter::once(name.name.to_owned())
                .chain(fields.map(|field| format!("{}.{field}", name.name)))
        });
        let unseen: Vec<_> = listed.filter(|path| !seen.contains(path)).collect();
        assert!(unseen.is_empty(), "in the table, but nowhere else: {unseen:?}");
    }

    #[test]
    fn the_manual_has_the_table() {
        let manual = include_str!("../../docs/templates.md");
        assert!(manual.contains(&table()), "docs/templates.md: zhangbang templates names");
        assert_eq!(
            find("words").unwrap().fields.split_whitespace().collect::<Vec<_>>(),
            Words::NAMES
        );
    }

    #[test]
    fn a_path_is_known_or_the_near_one_is_told() {
        for path in [
            "community.name",
            "by_election.result.announced_on",
            "outcome",
            "recall_vote.people",
            "runoff_round.outcome.elected",
            "voters.groups.name",
            "posted.total",
        ] {
            assert!(is_known(path), "{path}");
        }
        for (path, meant) in [
            ("comunity.name", Some("community.name")),
            ("community.nmae", Some("community.name")),
            ("outcome.electd", Some("outcome.elected")),
            ("by_election.result.anounced_on", Some("by_election.result.announced_on")),
            ("runoff_round.outcme", Some("runoff_round.outcome")),
            ("weather", None),
            ("place.name", None),
        ] {
            assert!(!is_known(path), "{path}");
            assert_eq!(near(path).as_deref(), meant, "{path}");
        }
    }
}
