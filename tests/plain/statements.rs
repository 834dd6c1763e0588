//! What the documents state: nothing that is not written, in the words of the
//! election. Composed in this process, since it is done thousands of times.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use std::path::Path;
use std::sync::atomic::{AtomicUsize, Ordering};

use zhangbang::compose::{self, Composition, Options};
use zhangbang::diagnostic::Report;
use zhangbang::election::decode::{Decode as _, Decoder};
use zhangbang::election::yaml::{Node, Value};
use zhangbang::election::{Dossier, Election};
use zhangbang::law::{self, Library, Profile};
use zhangbang::make::{Folder, Kit};

use crate::support::example;

/// Voters enough for every list.
const FEW: usize = 12;

fn load(folder: &Path) -> Folder {
    Folder::open(folder, &mut Report::new()).unwrap()
}

fn compose(folder: &Folder) -> Composition {
    let mut report = Report::new();
    let composition = folder.compose(&Options::default(), &mut report);
    assert!(!report.has_errors(), "{report}");
    composition
}

/// Every text of every document.
fn texts(composition: &Composition) -> BTreeMap<String, Vec<String>> {
    let documents = composition.documents.iter();
    documents
        .map(|composed| (composed.front.id.clone(), composed.document.texts().collect()))
        .collect()
}

/// One set of words for whatever is said or put together, and none that changes
/// what is said.
#[test]
fn words_of_ones_own_are_in_every_document_and_change_no_rule() {
    for (name, word, ours, own) in [
        ("qimei-2017", "voter", "选民", "参选居民"),
        ("qimei-2017", "election_committee", "居民选举委员会", "换届委员会"),
        ("qimei-2017", "committee", "居民委员会", "社区理事会"),
        ("anhe-2026", "household_representative", "户代表", "住户代表"),
        ("shiping-2026", "place", "村", "村庄"),
        ("shiping-2026", "representative_meeting", "村民代表会议", "村民议事会"),
        ("shiping-2026", "group", "村民小组", "村民组"),
    ] {
        let mut folder = load(&example(name));
        folder.dossier.roll.iter_mut().for_each(|roll| roll.voters.truncate(FEW));
        let plain = texts(&compose(&folder));
        let beside = tempfile::tempdir().unwrap();
        std::fs::create_dir(beside.path().join("templates")).unwrap();
        let words = beside.path().join("templates/words.yaml");
        std::fs::write(words, format!("{word}: {own}\n")).unwrap();
        folder.kit = Kit::beside(beside.path(), &mut Report::new());
        let worded = texts(&compose(&folder));
        assert!(plain.keys().eq(worded.keys()), "{own}");
        let mut changed = 0;
        for (id, plain) in &plain {
            // With our word put back, each says what it said.
            let back = |texts: &[String]| texts.join("\n").replace(own, ours);
            assert_eq!(back(&worded[id]), back(plain), "{own}: {id}");
            changed += usize::from(plain != &worded[id]);
        }
        assert!(changed > 1, "{own}: {changed}");
    }
}

/// A value of the description that was left empty or taken away.
#[derive(Debug)]
struct Blank {
    /// `选举结果.得票.0.姓名`
    path: String,
    removed: bool,
}

/// Every value under a key, once empty and once away. Of a list, the first two
/// items stand for all.
fn blanks(tree: &Node) -> Vec<Blank> {
    fn collect(node: &Node, path: &str, blanks: &mut Vec<Blank>) {
        let below =
            |key: &str| if path.is_empty() { key.to_owned() } else { format!("{path}.{key}") };
        match &node.value {
            Value::Mapping(entries) => {
                for (key, value) in entries {
                    let path = below(&key.text);
                    for removed in [false, true] {
                        blanks.push(Blank { path: path.clone(), removed });
                    }
                    collect(value, &path, blanks);
                }
            }
            Value::Sequence(items) => {
                let some = items.iter().enumerate().take(2);
                some.for_each(|(n, item)| collect(item, &below(&n.to_string()), blanks));
            }
            _ => {}
        }
    }
    let mut blanks = Vec::new();
    collect(tree, "", &mut blanks);
    blanks
}

fn blank(node: &mut Node, blank: &Blank) {
    fn go(node: &mut Node, mut path: std::str::Split<char>, removed: bool) {
        let Some(key) = path.next() else {
            node.value = Value::Null;
            return;
        };
        match &mut node.value {
            Value::Mapping(entries) => {
                let at = entries.iter().position(|(known, _)| known.text == key).unwrap();
                if removed && path.clone().next().is_none() {
                    entries.remove(at);
                } else {
                    go(&mut entries[at].1, path, removed);
                }
            }
            Value::Sequence(items) => go(&mut items[key.parse::<usize>().unwrap()], path, removed),
            _ => unreachable!(),
        }
    }
    go(node, blank.path.split('.'), blank.removed);
}

/// What a document states, sentence by sentence, without the numbers of headings
/// and items and the marks of the axis of time.
fn sentences(composition: &Composition) -> BTreeMap<String, BTreeSet<String>> {
    let is_number = |c: char| "一二三四五六七八九十".contains(c);
    let numbered = |text: &str| -> String {
        let text = text.trim();
        let digits = text.trim_start_matches(|c: char| c.is_ascii_digit());
        let chinese = text.trim_start_matches('（').trim_start_matches(is_number);
        let rest =
            digits.strip_prefix('．').or(chinese.strip_prefix('、')).or(chinese.strip_prefix('）'));
        rest.unwrap_or(text).trim().to_owned()
    };
    let is_mark = |text: &String| {
        text.chars().all(|c| c.is_ascii_digit() || c == '.')
            || text.starts_with('□') && text.chars().all(|c| c == '□')
    };
    let of = |(id, texts): (String, Vec<String>)| {
        let texts = texts
            .into_iter()
            .filter(|text| !is_mark(text) || text.chars().all(|c| c.is_ascii_digit()));
        let texts: Vec<String> = texts.collect();
        let sentences = texts.iter().flat_map(|text| text.split(['。', '；']));
        (id, sentences.map(numbered).filter(|sentence| !sentence.is_empty()).collect())
    };
    texts(composition).into_iter().map(of).collect()
}

/// Whether `said` states no more than `whole`: what is missing was taken out,
/// but for words that would change what is left, or is a blank.
fn within(said: &str, whole: &str) -> bool {
    let said: Vec<char> = said.replace("＿＿年＿＿月＿＿日", "＿").chars().collect();
    let whole: Vec<char> = whole.chars().collect();
    let mut tried = BTreeSet::new();
    reaches(&said, &whole, 0, 0, 0, &mut tried)
}

/// So many pieces may have been taken out of a sentence.
const PIECES: usize = 4;

fn reaches(
    said: &[char],
    whole: &[char],
    i: usize,
    j: usize,
    taken: usize,
    tried: &mut BTreeSet<(usize, usize, usize)>,
) -> bool {
    if i == said.len() && (j == whole.len() || may_go(whole, j..whole.len())) {
        return true;
    }
    if i == said.len() || !tried.insert((i, j, taken)) {
        return false;
    }
    if said[i] == '＿' {
        let next = (i..said.len()).find(|&n| said[n] != '＿').unwrap_or(said.len());
        return (j..=whole.len()).any(|j| reaches(said, whole, next, j, taken, tried));
    }
    if whole.get(j) == Some(&said[i]) && reaches(said, whole, i + 1, j + 1, taken, tried) {
        return true;
    }
    taken < PIECES
        && (j + 1..whole.len()).any(|k| {
            whole[k] == said[i]
                && may_go(whole, j..k)
                && reaches(said, whole, i + 1, k + 1, taken + 1, tried)
        })
}

/// Whether a sentence without this piece says less, not something else: a whole
/// clause may go, but no negation in one, no item of a list, no digit.
fn may_go(whole: &[char], at: Range<usize>) -> bool {
    let piece = &whole[at.clone()];
    let ends = |n: usize| whole.get(n).is_none_or(|c| "，：".contains(*c));
    let is_clause = piece.first() == Some(&'，') && ends(at.end)
        || piece.last() == Some(&'，') && (at.start == 0 || ends(at.start - 1));
    let negates = |c: &char| "没不未无".contains(*c);
    let is_item = |c: Option<&char>| c == Some(&'、');
    is_clause
        || !(piece.iter().any(negates)
            || is_item(piece.first())
            || is_item(piece.last())
            || piece.iter().all(char::is_ascii_digit))
}

/// What may be said though the complete file does not say it: of which document,
/// when what is blank (a whole path or a last key), in which words; any, where
/// nothing stands, but never any words. Each was read.
const ALLOWED: &[(&str, &str, &str)] = &[
    // Where the file may leave out what is usual, its keys say so: the usual stands.
    ("appraisal-notice", "", "评议结果附后"),
    ("appraisal-notice", "", "附件：民主评议结果"),
    ("audit-notice", "", "审计结果报告附后"),
    ("audit-notice", "", "附件：审计结果报告"),
    ("election-committee", "", "成员名单另附"),
    ("leading-group-roster", "", "成员名单另附"),
    ("voter-list", "", "名单另行张贴"),
    ("", "", "投票地点由居民选举委员会事先公布"),
    ("", "", "投票地点由村民选举委员会事先公布"),
    ("", "", "投票的具体时间由居民选举委员会事先公布"),
    ("", "", "投票的具体时间由村民选举委员会事先公布"),
    ("", "", "会场设置秘密写票处"),
    ("", "", "公道正派"),
    ("", "", "符合法律规定的登记条件"),
    ("registration-notice", "", "请在上述时间内携带"),
    // No candidates are nominated, or leaders posted, for themselves.
    ("", "candidates", "在空白栏内写上所选人的姓名"),
    ("", "候选人", "在空白栏内写上所选人的姓名"),
    ("by-election-script", "补选.候选人", "在空白栏内写上所选人的姓名"),
    ("supervision-ballot", "supervision.nominees", "不提名候选人"),
    ("supervision-ballot", "supervision.nominees", "不写的为弃权"),
    ("supervision-ballot", "supervision.nominees", "姓名"),
    ("supervision-ballot", "supervision.nominees", "序号"),
    ("supervision-ballot", "supervision.nominees", "1"),
    ("representatives-notice", "representatives.leaders_posted_on", "村民小组长"),
    ("representatives-notice", "representatives.leaders_posted_on", "余宝生"),
    ("representatives-notice", "representatives.leaders_posted_on", "刘金莲"),
    ("representatives-notice", "representatives.leaders_posted_on", "王卫平"),
    ("representatives-notice", "representatives.leaders_posted_on", "胡光平"),
    ("registration-form", "", "□ 户籍"),
    ("qualification-form", "", "□ "),
    ("", "", "身份证件"),
    ("", "", "选举工作指导机构"),
    ("", "", "指导机构"),
    ("", "", "选举工作指导小组"),
    ("", "", "换届选举工作方案"),
    ("election-day-notice", "指导小组", "办事处"),
    ("election-day-notice", "指导小组.名称", "办事处"),
    ("election-day-notice", "leading_group", "人民政府"),
    ("election-day-notice", "leading_group.name", "人民政府"),
    ("recall-notice", "联名人数", "有人联名"),
    // What is not in the text lies beside it.
    ("appraisal-notice", "评议结果", "附件"),
    ("audit-notice", "审计结果", "附件"),
    // Who may register is told by the law.
    ("registration-notice", "登记范围", "户籍"),
    ("registration-notice", "registration.classes", "户籍"),
    ("supervision-method", "supervision.elected_by", "由村民会议或者村民代表会议"),
    // What is put in the place of nothing is taken away.
    ("erratum-polling-notice", "更正为", "删去"),
    ("erratum-polling-notice", "原文", "补上"),
    ("resignation-notice", "", "经会议"),
    ("staff-notice", "推选会议", "现将"),
    ("staff-notice", "chosen_by", "现将"),
    ("chair-script", "", "各人得票："),
    ("by-election-script", "", "各人得票："),
    ("by-election-script", "补选.工作人员.职责", "员："),
    ("by-election-script", "补选.工作人员.职责", "＿："),
    ("by-election-script", "补选.候选人.姓名", "候选人："),
    ("by-election-script", "补选.候选人.职务", "候选人："),
    ("polling-notice", "", "投票地点设在＿"),
    ("training-record", "", "＿"),
    ("ballot", "", "本次投票不提名候选人"),
    ("results-report", "", "□ 有效"),
    ("", "", "未分组"),
    ("", "", "未分小组"),
    ("", "", "—"),
    // From a day that is not known to one that is: the year and month stand there.
    ("", "", "＿＿日至"),
    ("rep-election-notice", "representatives.ends_at", "开始"),
    // An election that may not have filled all seats is not said to be complete.
    ("work-summary", "", "举行投票"),
    ("work-summary", "", "已经当选的有"),
    // A post that is away is none: there are fewer seats.
    ("", "posts.chair", "，共"),
    ("", "posts.vice_chair", "，共"),
    ("", "posts.member", "，共"),
    ("", "职数.主任", "，共"),
    ("", "职数.副主任", "，共"),
    ("", "职数.委员", "，共"),
    ("elected-stats", "职数.主任", "6"),
    // What was not published is reckoned, to two places.
    ("", "公布的参选率", "投票率"),
    ("", "选举结果", "投票率"),
    ("", "turnout_percent", "投票率"),
    ("results-report", "公布的参选率", "%"),
    ("by-election-report", "公布的参选率", "%"),
    ("by-election-report", "选举结果", "%"),
    ("runoff-report", "公布的参选率", "%"),
    ("runoff-report", "选举结果", "%"),
    ("results-report", "turnout_percent", "%"),
    // Before a run-off, fewer are elected, and they are filed earlier.
    ("results-filing", "另行选举", "尚缺委员1名"),
    ("results-filing", "另行选举.结果", "尚缺委员1名"),
    ("results-filing", "另行选举", "2026年6月8日"),
    ("results-filing", "另行选举.结果", "2026年6月8日"),
    ("elected-stats", "另行选举", "2026年6月8日"),
    ("elected-stats", "另行选举.结果", "2026年6月8日"),
    ("work-summary", "另行选举", "成员4名"),
    ("work-summary", "另行选举.结果", "成员4名"),
    ("work-summary", "另行选举", "尚缺委员1名"),
    ("work-summary", "另行选举.结果", "尚缺委员1名"),
    ("work-summary", "另行选举", "平均年龄47.5岁"),
    ("work-summary", "另行选举.结果", "平均年龄47.5岁"),
    ("work-summary", "另行选举", "高中以上4人"),
    ("work-summary", "另行选举.结果", "高中以上4人"),
    // Without the nominees' votes only those of the candidates are told.
    ("primary-result", "提名", "按预选得票多少为序"),
    ("primary-result", "提名.被提名人", "按预选得票多少为序"),
    ("primary-result", "提名.被提名人.预选得票", "按预选得票多少为序"),
    ("training-record", "场次", "23人次"),
    ("training-record", "training.list", "38人次"),
    // Who votes is not told.
    ("chair-script", "选举方式", "由＿＿＿＿投票"),
    // Without the roll that was posted, the list is the roll as it is now.
    ("voter-list", "原名册", "57"),
    ("voter-list", "原名册", "64"),
    ("voter-list", "原名册", "徐俊斌"),
    ("voter-list", "原名册", "李德国"),
    ("voter-stats", "原名册", "29"),
    ("voter-stats", "原名册", "31"),
    ("voter-stats", "原名册", "57"),
    ("voter-stats", "原名册", "64"),
    ("voter-stats", "原名册", "选民121名"),
    // One part of the ballots without the other.
    ("", "valid", "其中无效票"),
    ("", "invalid", "其中有效票"),
    ("", "有效", "其中无效票"),
    ("", "无效", "其中有效票"),
    // Too few agreed, whether or not enough came.
    ("recall-results-notice", "户代表", "没有"),
    ("recall-results-notice", "户代表.名单", "没有"),
    // Who has no post, group or station stands with others of whom it is not known,
    // and the rest without them.
    ("candidate-notice", "候选人.名单.预选得票", "其中专职"),
    ("candidate-notice", "候选人.预选", "其中专职"),
    ("chair-script", "candidates.list.name", "候选人："),
    ("chair-script", "post", "候选人："),
    ("chair-script", "职务", "候选人："),
    ("chair-script", "role", "（第一投票站）"),
    ("chair-script", "station", "监票员"),
    ("chair-script", "职责", "："),
    ("staff-notice", "role", "李楚燕"),
    ("staff-notice", "role", "郭军"),
    ("staff-notice", "station", "李楚燕"),
    ("staff-notice", "station", "郭军"),
    ("by-election-notice", "补选.工作人员.职责", "陈宝义"),
    ("by-election-notice", "补选.工作人员.职责", "龚伟峰"),
    // Who is in office on a day is told by the days.
    ("supervision-notice", "移交", "居民选举委员会"),
    ("supervision-notice", "移交.完成日期", "居民选举委员会"),
    ("supervision-notice", "监督委员会.公布日期", "居民选举委员会"),
    ("staff-notice", "职责", "陈涛"),
    ("staff-notice", "职责", "龚伟峰"),
    ("representatives-notice", "group", "张秀玲"),
    ("representatives-notice", "group", "胡光平"),
    ("household-representatives-notice", "户代表.名单.小组", "共22户"),
    ("results-notice", "选举结果.当选.职务", "其中专职"),
    ("results-notice", "选举结果.当选.职务", "副主任：陈汉生"),
    ("results-notice", "选举结果.当选.职务", "＿＿＿＿：黄伟明"),
    ("results-notice", "选举结果.受理单位", "选举委员会或者"),
    ("representatives-notice", "group_leaders", "村民代表12名"),
    ("election-plan", "representatives", "依法推选"),
    ("election-plan", "居民代表", "依法推选"),
    ("objection-notice", "选民登记.申诉.公布日期", "已作出处理决定"),
    ("objection-notice", "选民登记.申诉.决定", "已作出处理决定"),
    ("objection-notice", "选民登记.申诉", "已作出处理决定"),
    // Without stations all vote in the hall.
    ("", "polling.stations", "村文化广场"),
    // Nobody says that the change was posted before the candidates were met.
    ("meet-the-candidates", "候选人.变动公布日期", "谭军"),
    ("meet-the-candidates", "候选人.变动公布日期", "男，47岁"),
    // When the staff was chosen, where it is not known when it was posted.
    ("", "posted_on", "确定并公布选举工作人员"),
    ("election-plan", "公布日期", "确定并公布选举工作人员"),
];

/// Where rows to be filled in are numbered.
const ROWS: [&str; 2] = ["committee-filing", "training-record"];

fn is_allowed(id: &str, one: &Blank, sentence: &str) -> bool {
    let path: Vec<&str> = one.path.split('.').filter(|key| key.parse::<usize>().is_err()).collect();
    let (whole, last) = (path.join("."), path.last().copied().unwrap_or_default());
    let is_number = || sentence.chars().all(|c| c.is_ascii_digit());
    // Numbers follow the days as far as they are known, which `check` tells.
    sentence.starts_with('第') && sentence.ends_with('号')
        || ROWS.contains(&id) && is_number()
        || ALLOWED.iter().any(|&(document, key, words)| {
            (document.is_empty() || document == id)
                && (key.is_empty() || key == whole || key == last)
                && sentence.contains(words)
        })
}

/// An example with what its complete file states.
struct Example {
    dossier: Dossier,
    whole: BTreeMap<String, BTreeSet<String>>,
}

impl Example {
    fn of(name: &'static str) -> Self {
        let mut folder = load(&example(name));
        // A list of thousands shows no more than one of hundreds.
        folder.dossier.roll = folder.dossier.roll.filter(|roll| roll.len() < 500);
        let whole = sentences(&compose(&folder));
        Self { dossier: folder.dossier, whole }
    }

    /// What is wrong when `one` is blank.
    fn without(&mut self, one: &Blank) -> Vec<String> {
        let mut tree = Node::clone(&self.dossier.tree);
        blank(&mut tree, one);
        let mut report = Report::new();
        let source = self.dossier.source.clone();
        let mut decoder = Decoder::new(&source, &mut report);
        self.dossier.election = Election::decode(&tree, &mut decoder).unwrap();
        let profile = Profile::choose(&self.dossier.election, Library::built_in(), &mut report);
        // What cannot be judged is not composed.
        let Some(profile) = profile else { return Vec::new() };
        let mut report = Report::new();
        let (wordings, options) = (&Kit::built_in().wordings, Options::default());
        let composition =
            compose::compose(&self.dossier, &profile, wordings, &options, &mut report);
        let mut wrong: Vec<String> = report
            .iter()
            .filter(|finding| finding.code != "notice-numbers")
            .map(|finding| format!("{}: {}", finding.code, finding.message))
            .collect();
        for (id, said) in sentences(&composition) {
            let Some(whole) = self.whole.get(&id) else {
                wrong.push(format!("{id} is new"));
                continue;
            };
            let supported = |sentence: &String| {
                whole.contains(sentence) || whole.iter().any(|whole| within(sentence, whole))
            };
            let said = said.iter().filter(|sentence| !is_allowed(&id, one, sentence));
            wrong.extend(said.filter(|said| !supported(said)).map(|said| format!("{id}: {said}")));
        }
        wrong
    }
}

/// Each value of each example, once empty and once away: a document may lose a
/// sentence or show a blank in it, but states nothing that the complete file does
/// not support. By default every third value; `ZHANGBANG_BLANK_ALL` tries all.
#[test]
fn what_is_left_empty_adds_no_statement() {
    let every = if std::env::var_os("ZHANGBANG_BLANK_ALL").is_some() { 1 } else { 3 };
    let mut wrong = Vec::new();
    for name in ["qimei-2017", "shiping-2026", "anhe-2026"] {
        let blanks = blanks(&Example::of(name).dossier.tree);
        let chosen: Vec<Blank> = blanks.into_iter().step_by(every).collect();
        let threads = std::thread::available_parallelism().map_or(1, usize::from).min(8);
        let next = AtomicUsize::new(0);
        let worker = || {
            let (mut example, mut wrong) = (Example::of(name), Vec::new());
            while let Some(one) = chosen.get(next.fetch_add(1, Ordering::Relaxed)) {
                let state = if one.removed { "away" } else { "empty" };
                let found = example.without(one).into_iter();
                wrong.extend(found.map(|found| format!("{name}, {} {state}: {found}", one.path)));
            }
            wrong
        };
        wrong.extend(std::thread::scope(|scope| {
            let workers: Vec<_> = (0..threads).map(|_| scope.spawn(worker)).collect();
            workers.into_iter().flat_map(|worker| worker.join().unwrap()).collect::<Vec<_>>()
        }));
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// A notice whose day is not known has its usual number, and it is told.
#[test]
fn a_number_that_is_guessed_is_printed_and_told() {
    let numbers = |text: &str| {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join("election.yaml"), text).unwrap();
        let folder = load(folder.path());
        let composition = compose(&folder);
        let documents = composition.documents.iter();
        let numbers = documents
            .filter_map(|one| Some(format!("{} {}", one.front.id, one.document.number.as_ref()?)));
        let told = folder.about_notices();
        let guessed = told.iter().find(|told| told.message.contains("没有写全"));
        (numbers.collect::<Vec<_>>(), guessed.map(|told| told.message.clone()))
    };
    let text = |plan: &str, more: &str| {
        format!(
            "类别: 村\n社区: {{名称: 示坪村, 省份: 江西省}}\n届次: 8\n选举日: 2026-05-10\n\
             实施方案: {{通过会议: 村民会议, 公布日期: {plan}}}\n投票: {{公布日期: 2026-05-05, 中心会场: 村委会}}\n\
             职数: {{主任: 1}}\n{more}"
        )
    };
    let usual = ["plan-notice 第1号", "polling-notice 第2号"].map(str::to_owned);
    assert_eq!(numbers(&text("2026-04-01", "")), (usual.to_vec(), None));
    for unknown in ["", "2026-05"] {
        let (printed, told) = numbers(&text(unknown, ""));
        assert_eq!(printed, usual, "{unknown}");
        assert!(told.unwrap().starts_with("《实施方案公告》何时公布"), "{unknown}");
    }
    // Of one month, and yet before the other.
    assert_eq!(numbers(&text("2026-04", "")), (usual.to_vec(), None));
    let posted = "已贴公告: [{文件: plan-notice, 编号: 7}]";
    let (printed, told) = numbers(&text("", posted));
    assert_eq!(printed, ["plan-notice 第7号", "polling-notice 第8号"]);
    assert_eq!(told, None);
}

/// What `check` says of a meeting, the paper that rests on it says too.
#[test]
fn a_meeting_without_quorum_decides_nothing_on_paper() {
    let says = |present: u32, households: u32| {
        let folder = tempfile::tempdir().unwrap();
        let text = format!(
            "类别: 村\n社区: {{名称: 示坪村, 省份: 江西省}}\n届次: 8\n选举日: 2026-05-10\n\
             户代表: {{总数: {households}}}\n\
             职数: {{主任: 1, 委员: 2, 决定会议: 村民会议, 决定日期: 2026-04-01}}\n\
             会议: [{{名称: 村民会议, 日期: 2026-04-01, 应到: 60, 实到: {present}, \
             表决: [{{事项: 职数, 同意: 34, 反对: 1}}]}}]\n"
        );
        std::fs::write(folder.path().join("election.yaml"), text).unwrap();
        let folder = load(folder.path());
        let mut report = Report::new();
        law::check(&folder.dossier, &folder.profile, &mut report);
        let wrong = report.iter().any(|finding| finding.code == "meeting-households");
        let composition = compose(&folder);
        let texts = texts(&composition);
        let paper = texts.get("posts-decision").map(|texts| texts.concat());
        let resolves = paper.is_some_and(|paper| paper.contains("作出如下决议"));
        (wrong, resolves)
    };
    assert_eq!(says(40, 60), (false, true));
    assert_eq!(says(35, 60), (true, false));
}

/// All that a small description makes, by document.
fn small(text: &str) -> BTreeMap<String, String> {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("election.yaml"), text).unwrap();
    let composed = texts(&compose(&load(folder.path()))).into_iter();
    composed.map(|(id, texts)| (id, texts.join("\n"))).collect()
}

#[test]
fn a_vote_on_a_tie_has_no_share_to_reach() {
    let notice = |votes: [u32; 2]| {
        let [two, three] = votes;
        small(&format!(
            "类别: 社区\n社区: {{名称: 甲社区, 省份: 江西省}}\n届次: 7\n选举日: 2026-05-10\n选举方式: 全体选民\n\
             选民登记: {{选民总数: 100}}\n职数: {{主任: 1, 副主任: 0, 委员: 2}}\n选举结果:\n  参加投票人数: 90\n  \
             选票: {{发出: 90, 收回: 90, 有效: 90, 无效: 0}}\n  得票:\n  - {{姓名: 丁一, 职务: 主任, 票数: 80}}\n  \
             - {{姓名: 周七, 职务: 委员, 票数: 70}}\n  - {{姓名: 王二, 职务: 委员, 票数: {two}}}\n  - {{姓名: 李三, 职务: 委员, 票数: {three}}}\n\
             另行选举: {{公布日期: 2026-05-11, 日期: 2026-05-17, 职数: {{委员: 1}}, \
             候选人: [{{姓名: 王二, 职务: 委员}}, {{姓名: 李三, 职务: 委员}}]}}\n"
        ))
        .remove("runoff-notice")
        .unwrap()
    };
    let tie = notice([46, 46]);
    assert!(tie.contains("得票相等，委员1名不能确定当选"), "{tie}");
    assert!(!tie.contains("三分之一") && !tie.contains("少于应选名额"), "{tie}");
    let short = notice([44, 40]);
    assert!(short.contains("三分之一") && short.contains("少于应选名额"), "{short}");
}

#[test]
fn nobody_has_a_post_that_nobody_wrote() {
    let text = |chair: &str, post: &str| {
        small(&format!(
            "类别: 社区\n社区: {{名称: 甲社区, 省份: 江西省}}\n届次: 7\n选举日: 2026-05-10\n职数: {{主任: 1}}\n\
             选举委员会: {{公布日期: 2026-04-01, 成员: [{chair}, 周七]}}\n\
             候选人: {{名单: [丁一, 王二]}}\n\
             罢免: {{日期: 2026-08-02, 公布日期: 2026-08-02, 名单: [{{姓名: 钱五{post}, 通过: 是}}]}}\n"
        ))
    };
    let led = text("{姓名: 吴六, 职务: 主任}", ", 职务: 委员");
    assert!(
        led["election-committee"].contains("委员\n") || led["election-committee"].ends_with("委员")
    );
    assert!(led["recall-results-notice"].contains("委员会委员职务"));
    let bare = text("吴六", "");
    assert!(!bare["election-committee"].lines().any(|line| line == "委员"), "{bare:?}");
    assert!(!bare["ballot"].contains("成员（") && !bare["ballot"].contains("委员（"), "{bare:?}");
    assert!(!bare["recall-results-notice"].contains("成员职务"), "{bare:?}");
    let blank = text("吴六", ", 职务: ");
    assert!(blank["recall-results-notice"].contains("委员会＿＿＿＿职务"), "{blank:?}");
}

#[test]
fn a_group_without_a_name_keeps_its_row() {
    let stats = small(
        "类别: 社区\n社区: {名称: 甲社区, 省份: 江西省}\n届次: 7\n选举日: 2026-05-10\n\
         小组: [{名称: 一组, 户数: 20, 选民数: 41}, {名称: , 户数: 30, 选民数: 62}]\n\
         选民登记: {名单公布日期: 2026-04-18, 选民总数: 103}\n",
    );
    let stats = &stats["voter-stats"];
    for said in ["41", "30", "62", "50", "103"] {
        assert!(stats.lines().any(|line| line == said), "{said}: {stats}");
    }
}
