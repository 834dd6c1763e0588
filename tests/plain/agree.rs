//! Papers agree: whatever a paper states, all papers of the election state alike. The
//! facts are read from the texts by the words around them, never from the templates.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use zhangbang::compose::document::Block;
use zhangbang::compose::{Composed, Options};
use zhangbang::diagnostic::Report;
use zhangbang::law::Occasion;
use zhangbang::make::Folder;

use crate::support::{election, example};

/// What papers state, by kind and subject: each value with the papers that state it.
#[derive(Default)]
struct Stated(BTreeMap<String, BTreeMap<String, BTreeSet<String>>>);

impl Stated {
    fn add(&mut self, what: impl Into<String>, value: impl Into<String>, paper: &str) {
        let values = self.0.entry(what.into()).or_default();
        values.entry(value.into()).or_default().insert(paper.to_owned());
    }

    /// Each fact has one value; but for namesakes, who vote where each of them does.
    fn judge(&self, place: &str) {
        let are_namesakes = |values: &BTreeMap<String, BTreeSet<String>>| {
            values.values().all(|papers| papers.iter().all(|paper| paper == "voter-card"))
        };
        let quarrels: Vec<_> = self
            .0
            .iter()
            .filter(|(_, values)| values.len() > 1 && !are_namesakes(values))
            .collect();
        assert!(quarrels.is_empty(), "{place}: {quarrels:#?}");
    }

    fn papers(&self, what: &str) -> usize {
        self.0.get(what).map_or(0, |values| values.values().map(BTreeSet::len).sum())
    }
}

/// What stands between `before` and the nearest of `after`, wherever it does.
fn between<'t>(text: &'t str, before: &str, after: &[&str]) -> Vec<&'t str> {
    let found = text.match_indices(before).filter_map(|(at, _)| {
        let rest = &text[at + before.len()..];
        let end = after.iter().filter_map(|after| rest.find(after)).min()?;
        Some(&rest[..end])
    });
    found.collect()
}

const MEETINGS: [&str; 8] = [
    "居民代表会议",
    "村民代表会议",
    "户代表会议",
    "居民小组会议",
    "村民小组会议",
    "居民会议",
    "村民会议",
    "社区议事会",
];

/// The meeting that a sentence names first.
fn meeting(sentence: &str) -> Option<&'static str> {
    MEETINGS
        .into_iter()
        .filter_map(|name| Some((sentence.find(name)?, name)))
        .min()
        .map(|(_, name)| name)
}

fn is_number(text: &str) -> bool {
    !text.is_empty() && text.chars().all(|c| c.is_ascii_digit())
}

/// `2026年5月10日` at the beginning.
fn date(text: &str) -> Option<&str> {
    let end = text.find('日')? + '日'.len_utf8();
    let date = &text[..end];
    let is_date = date.chars().all(|c| c.is_ascii_digit() || "年月日".contains(c));
    (is_date && date.contains('年')).then_some(date)
}

/// Reads one paper: those of the election itself, not of what comes later in the term.
fn read(composed: &Composed, stated: &mut Stated) {
    let (id, document) = (composed.front.id.as_str(), &composed.document);
    let is_own = |what: &str| id.starts_with(what);
    let texts: Vec<String> = document.texts().collect();
    for text in &texts {
        for sentence in text.split(['。', '；', '\n']) {
            if !is_own("runoff") && !is_own("minutes") && !is_own("rep-") && !is_own("objection") {
                vote(sentence, id, stated);
            }
            meetings(sentence, id, stated);
        }
        for digits in between(text, "第", &["届"]) {
            if digits.chars().count() <= 3
                && !digits.contains('＿')
                && !text.contains("上一届")
                && !text.contains("任期")
                && !text.contains("民主评议")
                && !is_own("minutes")
            {
                stated.add("届次", digits, id);
            }
        }
    }
    if id == "ballot" {
        let ballots = document.pieces().count();
        let posts = texts.iter().filter(|text| text.contains("（应选")).count();
        assert!(ballots == 1 || ballots == posts, "{ballots} ballots for {posts} posts");
        let count = if ballots == 1 { "一张" } else { "一项职务一张" };
        stated.add("几张选票", count, id);
    }
    places(document.blocks.as_slice(), id, stated);
}

fn vote(sentence: &str, id: &str, stated: &mut Stated) {
    for before in ["选举日为", "选举日定为", "确定选举日为"] {
        for (at, _) in sentence.match_indices(before) {
            if let Some(day) = date(&sentence[at + before.len()..]) {
                stated.add("选举日", day, id);
            }
        }
    }
    for before in ["投票时间为选举日", "投票时间为", "投票时间："] {
        for (at, _) in sentence.match_indices(before) {
            let rest = &sentence[at + before.len()..];
            if let Some(at) = rest.find(':').filter(|at| *at >= 2) {
                let hours: String = rest[at - 2..]
                    .chars()
                    .take_while(|c| c.is_ascii_digit() || ":至".contains(*c))
                    .collect();
                if hours.contains('至') && !hours.ends_with('至') {
                    stated.add("投票时间", hours, id);
                }
            }
        }
    }
    for voters in between(sentence, "由全体", &["投票", "以无记名", "选举", "直接"]) {
        stated.add("由谁投票", voters, id);
    }
    for paper in between(sentence, "凭", &["领取选票"]) {
        if !paper.starts_with("本证") {
            stated.add("凭什么领票", paper, id);
        }
    }
    for paper in between(sentence, "请携带", &["，在规定的时间内到场"]) {
        stated.add("凭什么领票", paper, id);
    }
    for when in between(sentence, "登记时间为", &["，"]) {
        stated.add("登记时间", when.split('。').next().unwrap_or_default(), id);
    }
    for place in between(&format!("{sentence}。"), "登记地点为", &["。", "，"]) {
        stated.add("登记地点", place, id);
    }
    let of_voters = ["选民名单", "登记"].iter().any(|word| sentence.contains(word));
    let of_others = ["候选人", "当选"].iter().any(|word| sentence.contains(word));
    if let Some((before, _)) = sentence.split_once("张榜公布").filter(|_| of_voters && !of_others)
        && let Some(day) = before.rsplit_once('于').and_then(|(_, day)| date(day))
    {
        stated.add("选民名单公布日", day, id);
    }
    for (words, count) in [("印在同一张选票上", "一张"), ("一项职务一张选票", "一项职务一张")]
    {
        // The method of voting says what holds of either.
        if sentence.contains(words) && id != "ballot-method" {
            stated.add("几张选票", count, id);
        }
    }
    for (before, what) in
        [("设主任", "职数"), ("应选主任", "职数"), ("选举主任", "职数"), ("委员会主任", "职数")]
    {
        for (at, _) in sentence.match_indices(before) {
            let rest = &sentence[at + before.len() - "主任".len()..];
            let Some(end) = rest.find("，共") else { continue };
            let seats = &rest[..end];
            let Some(total) = between(&rest[end..], "，共", &["名"]).first().copied() else {
                continue;
            };
            if is_number(total) && seats.ends_with('名') {
                stated.add(what, format!("{seats}，共{total}名"), id);
            }
        }
    }
    let rates = if sentence.contains("另行选举") {
        Vec::new()
    } else {
        between(sentence, "投票率", &["%"])
    };
    for rate in rates {
        stated.add("投票率", rate, id);
    }
    for before in ["共有选民", "登记参加选举的村民共"] {
        for count in between(sentence, before, &["名", "人"]) {
            if is_number(count) {
                stated.add("选民总数", count, id);
            }
        }
    }
    if sentence.contains("申诉") {
        for days in between(sentence, "公布之日起", &["日内"]) {
            stated.add("申诉期限", days, id);
        }
        for days in between(sentence, "收到申诉之日起", &["日内"]) {
            stated.add("答复期限", days, id);
        }
    }
    // A last day counts, and says so.
    for after in ["日前", "日以前", "日之前"] {
        for (at, _) in sentence.match_indices(after) {
            if !sentence[..at].ends_with(|c: char| c.is_ascii_digit()) {
                continue;
            }
            let counted = sentence[at + after.len()..].starts_with("（含当日）");
            stated.add("最后一日算不算在内", if counted { "含当日" } else { "没有说" }, id);
        }
    }
}

/// Which meeting did what.
fn meetings(sentence: &str, id: &str, stated: &mut Stated) {
    let Some(name) = meeting(sentence) else { return };
    if sentence.contains("推选产生了") && sentence.contains("选举委员会") {
        stated.add("谁推选选举委员会", name, id);
    }
    if sentence.contains("职数") && sentence.contains("决定") && !id.starts_with("minutes") {
        stated.add("谁决定职数", name, id);
    }
}

/// Where each group votes: on cards and in notices.
fn places(blocks: &[Block], id: &str, stated: &mut Stated) {
    let label = |line: &str, name: &str| line.strip_prefix(name).map(str::to_owned);
    for block in blocks {
        match block {
            Block::Lines { lines } => {
                let lines: Vec<String> = lines.iter().map(ToString::to_string).collect();
                let find = |name: &str| lines.iter().find_map(|line| label(line, name));
                let group = find("居民小组：").or_else(|| find("村民小组："));
                let place = find("投票地点：").filter(|place| !place.is_empty());
                if let (Some(group), Some(place)) = (group, &place) {
                    stated.add(format!("{group}的投票地点"), place, id);
                }
                if let (Some(principal), Some(place)) = (find("委托人："), &place) {
                    stated.add(format!("{principal}的投票地点"), place, id);
                }
                if let (Some(voter), Some(place)) = (find("姓名："), &place) {
                    let name = voter.split('　').next().unwrap_or_default();
                    stated.add(format!("{name}的投票地点"), place, id);
                }
            }
            Block::Table(table) => {
                let head: Vec<String> =
                    table.head.iter().map(|cell| cell.text.to_string()).collect();
                if head != ["投票站", "地点", "在此投票的小组"] {
                    continue;
                }
                for row in &table.rows {
                    let [station, address, groups] = [0, 1, 2].map(|n| row[n].text.to_string());
                    for group in groups.split('、') {
                        stated.add(
                            format!("{group}的投票地点"),
                            format!("{station}（{address}）"),
                            id,
                        );
                    }
                }
            }
            _ => {}
        }
    }
}

/// What all papers of a folder state.
fn stated(folder: &std::path::Path) -> (Stated, Vec<Composed>) {
    let mut report = Report::new();
    let opened = Folder::open(folder, &mut report);
    let folder = opened.unwrap_or_else(|| panic!("{report}"));
    let composition = folder.compose(&Options::default(), &mut report);
    assert!(!report.has_errors(), "{report}");
    let mut stated = Stated::default();
    let own = |made: &&Composed| made.front.occasion == Occasion::Election;
    composition.documents.iter().filter(own).for_each(|made| read(made, &mut stated));
    (stated, composition.documents)
}

/// What is drawn for the n-th election.
struct Draw(u64);

impl Draw {
    fn of(&mut self, count: usize) -> usize {
        // SplitMix64.
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        usize::try_from(mixed >> 33).unwrap() % count
    }

    fn one<'a>(&mut self, of: &[&'a str]) -> &'a str {
        of[self.of(of.len())]
    }

    fn yes(&mut self) -> bool {
        self.of(2) == 0
    }
}

const SURNAMES: [&str; 20] = [
    "赵", "钱", "孙", "李", "周", "吴", "郑", "王", "冯", "陈", "褚", "卫", "蒋", "沈", "韩", "杨",
    "朱", "秦", "尤", "许",
];

/// An election drawn by `seed`: either kind, any mode, one place or several stations,
/// one round or two; and its roll.
fn drawn(seed: u64) -> (String, String) {
    let mut draw = Draw(seed);
    let village = draw.yes();
    let mode = if village {
        "全体选民"
    } else {
        draw.one(&["全体选民", "户代表", "居民代表"])
    };
    let (kind, people, place) =
        if village { ("村", "村民", "东塘村") } else { ("社区", "居民", "东塘社区") };
    let group = |n: usize| format!("第{}{people}小组", ["一", "二", "三", "四"][n]);
    let names: Vec<String> = (0..80)
        .map(|n| format!("{}{}", SURNAMES[n % 20], ["文林", "小芳", "建国", "玉兰"][n / 20]))
        .collect();
    let mut roll = String::from("序号,姓名,性别,出生日期,小组\n");
    for (n, name) in names.iter().enumerate() {
        let sex = if n % 2 == 0 { "男" } else { "女" };
        writeln!(
            roll,
            "{},{name},{sex},19{}-0{}-1{},{}",
            n + 1,
            50 + n % 40,
            1 + n % 9,
            n % 10,
            group(n % 4)
        )
        .unwrap();
    }
    let members = [1, 3, 4][draw.of(3)];
    let meeting = if village {
        "村民代表会议"
    } else {
        draw.one(&["居民代表会议", "居民会议"])
    };
    let hours = draw.one(&["08:00", "08:30", "09:00"]);
    let mut text = format!(
        "类别: {kind}\n社区: {{名称: {place}, 省份: 湖南省, 街道: 东塘街道}}\n届次: {}\n选举日: 2026-05-10\n选举方式: {mode}\n",
        draw.of(9) + 2
    );
    if village {
        text = text
            .replace("选举方式: 全体选民\n", "")
            .replace("街道: 东塘街道", "镇: 东塘镇")
            .replace("社区: {", "村: {");
    }
    writeln!(
        text,
        "职数: {{主任: 1, 副主任: 1, 委员: {members}, 决定日期: 2026-03-28, 决定会议: {meeting}}}"
    )
    .unwrap();
    writeln!(text, "选举委员会:\n  推选日期: 2026-03-20\n  推选方式: {meeting}\n  公布日期: 2026-03-21\n  成员: [{{姓名: {}, 职务: 主任}}, {}, {}, {}, {}]", names[0], names[1], names[2], names[3], names[4]).unwrap();
    // The election day has a notice of its own, or shares that of registration.
    let combined = draw.yes();
    let day_notice = if combined { "" } else { "选举日公告: 2026-04-01, " };
    // A letter may go out before there is an election committee.
    let letter = draw.one(&["2026-04-02", "2026-03-10"]);
    writeln!(text, "筹备: {{{day_notice}公开信日期: {letter}}}").unwrap();
    writeln!(text, "实施方案: {{通过会议: {meeting}, 通过日期: 2026-03-28, 公布日期: 2026-03-30}}")
        .unwrap();
    let cards = if draw.yes() { "  发放选民证: 是\n" } else { "" };
    write!(text, "选民登记:\n  公告日期: 2026-03-31\n  开始: 2026-04-01\n  截止: 2026-04-10\n  地点: [办公室]\n  名单公布日期: 2026-04-18\n{cards}").unwrap();
    if combined {
        text.push_str("  与选举日一并公告: 是\n");
    }
    writeln!(text, "小组: [{}]", (0..4).map(group).collect::<Vec<_>>().join(", ")).unwrap();
    match mode {
        "户代表" => writeln!(text, "户代表: {{公布日期: 2026-04-18, 总数: 40}}").unwrap(),
        "居民代表" => {
            writeln!(text, "居民代表: {{公布日期: 2026-04-18, 推选日期: 2026-04-16, 总数: 40}}")
                .unwrap()
        }
        _ => {}
    }
    let count = members + 1;
    let candidates: Vec<(&str, &String)> = [("主任", 2), ("副主任", 2), ("委员", count)]
        .iter()
        .flat_map(|&(post, count)| std::iter::repeat_n(post, count))
        .zip(&names[10..])
        .collect();
    let listed: String = candidates
        .iter()
        .map(|(post, name)| format!("    - {{姓名: {name}, 职务: {post}}}\n"))
        .collect();
    // Voters write the names themselves in some, and find all posts on one ballot in others.
    let nominates = draw.of(4) > 0;
    if nominates {
        write!(text, "候选人:\n  公布日期: 2026-05-03\n  名单:\n{listed}").unwrap();
    }
    write!(text, "投票:\n  公布日期: 2026-05-03\n  开始时间: \"{hours}\"\n  结束时间: \"15:00\"\n  中心会场: 文化广场\n  办法通过日期: 2026-04-28\n  办法通过会议: {meeting}\n  票样公示日期: 2026-05-04\n").unwrap();
    if !nominates {
        text.push_str("  不提名候选人: 是\n");
    }
    if draw.yes() {
        text.push_str("  合用一张选票: 是\n");
    }
    if draw.yes() && mode == "全体选民" {
        for (n, address) in ["办公楼一楼", "小学操场"].into_iter().enumerate() {
            if n == 0 {
                text.push_str("  投票站:\n");
            }
            writeln!(
                text,
                "    - {{名称: 第{}投票站, 地点: {address}, 小组: [{}, {}]}}",
                ["一", "二"][n],
                group(2 * n),
                group(2 * n + 1)
            )
            .unwrap();
        }
    }
    if mode == "全体选民" && draw.yes() {
        writeln!(text, "委托投票:\n  公布日期: 2026-05-05\n  截止: 2026-05-04\n  名单: [{{委托人: {}, 受托人: {}}}, {{委托人: {}, 受托人: {}}}]", names[30], names[31], names[32], names[33]).unwrap();
    }
    let electors = if mode == "全体选民" { 80 } else { 40 };
    let came = electors - 1 - draw.of(10);
    let fails = draw.yes();
    let mut votes = String::new();
    for (n, (post, name)) in candidates.iter().enumerate() {
        let last_winner = n == candidates.len() - 2;
        let first_of_post = n == 0 || candidates[n - 1].0 != *post;
        let count = match *post {
            "委员" if fails && last_winner => came / 2 - 2,
            "委员" if n == candidates.len() - 1 => 5,
            "委员" => came - 3 - n % 3,
            _ if first_of_post => came - 4,
            _ => 3,
        };
        writeln!(votes, "    - {{姓名: {name}, 职务: {post}, 赞成: {count}}}").unwrap();
    }
    write!(text, "选举结果:\n  参加投票人数: {came}\n  选票: {{发出: {came}, 收回: {came}, 有效: {came}, 无效: 0}}\n  公布日期: 2026-05-10\n  得票:\n{votes}").unwrap();
    if fails {
        writeln!(text, "另行选举: {{公布日期: 2026-05-11, 日期: 2026-05-17, 开始时间: \"09:00\", 结束时间: \"11:00\"}}").unwrap();
    }
    // What follows the handover follows the election committee.
    text.push_str("移交: {完成日期: 2026-05-19}\n");
    text.push_str("监督委员会: {推选日期: 2026-05-22, 公布日期: 2026-05-22, 人数: 3}\n");
    text.push_str("工作总结: {成文日期: 2026-05-25}\n");
    (text, roll)
}

#[test]
fn all_papers_of_the_examples_state_the_same() {
    for name in ["qimei-2017", "shiping-2026", "anhe-2026"] {
        let (stated, _) = stated(&example(name));
        stated.judge(name);
        assert!(stated.papers("选举日") > 2, "{name}: {:#?}", stated.0);
        assert!(stated.papers("职数") > 2, "{name}: {:#?}", stated.0);
    }
}

#[test]
fn all_papers_of_elections_drawn_at_random_state_the_same() {
    let mut kinds: BTreeMap<String, usize> = BTreeMap::new();
    for seed in 0..20 {
        let (text, roll) = drawn(seed);
        let folder = election(&text, &roll);
        let (stated, documents) = stated(folder.path());
        stated.judge(&format!("{seed}\n{text}"));
        for what in stated.0.keys() {
            let kind = if what.ends_with("的投票地点") { "投票地点" } else { what };
            *kinds.entry(kind.to_owned()).or_default() += 1;
        }
        in_office(&documents, &format!("{seed}\n{text}"));
    }
    // Each kind of fact was compared in many of them.
    for (kind, least) in [
        ("选举日", 20),
        ("投票时间", 20),
        ("由谁投票", 20),
        ("凭什么领票", 20),
        ("职数", 20),
        ("届次", 20),
        ("投票率", 20),
        ("谁推选选举委员会", 20),
        ("谁决定职数", 20),
        ("登记时间", 20),
        ("登记地点", 20),
        ("选民名单公布日", 20),
        ("几张选票", 20),
        ("申诉期限", 5),
        ("投票地点", 3),
        ("最后一日算不算在内", 2),
    ] {
        assert!(kinds.get(kind).is_some_and(|count| *count >= least), "{kind}: {kinds:?}");
    }
}

/// The election committee issues nothing before it was formed, or when it has handed over.
fn in_office(documents: &[Composed], place: &str) {
    for made in documents {
        let Some(signature) = &made.document.signature else { continue };
        let Some(date) = made.date else { continue };
        if signature.issuer.contains("选举委员会") {
            let [formed, handed_over] =
                [(3, 20), (5, 19)].map(|(month, day)| jiff::civil::date(2026, month, day));
            assert!(
                date.latest() >= formed && date.earliest() <= handed_over,
                "{place}: {} {date:?}",
                made.front.id
            );
        }
    }
}

/// A by-election is conducted by whoever the description says, handed over or not.
#[test]
fn a_by_election_is_announced_by_who_conducts_it() {
    let (mut text, roll) = drawn(0);
    let issuer = |made: &Composed| Some(made.document.signature.as_ref()?.issuer.clone());
    let (_, documents) = stated(election(&text, &roll).path());
    let list = documents.iter().find(|made| made.front.id == "voter-list");
    let host = list.and_then(issuer).unwrap();
    assert!(host.contains("选举委员会"), "{host}");
    write!(
        text,
        "补选:\n  主持: {host}\n  公布日期: 2026-08-23\n  提名公告日期: 2026-08-20\n  \
         提名截止: 2026-08-22\n  日期: 2026-09-17\n  职数: {{委员: 1}}\n"
    )
    .unwrap();
    let (_, documents) = stated(election(&text, &roll).path());
    let later = documents.iter().filter(|made| made.front.id.starts_with("by-election-"));
    let signed: Vec<String> = later.filter_map(issuer).collect();
    assert!(signed.len() > 1 && signed.iter().all(|issuer| *issuer == host), "{signed:?}");
}
