//! Edits of descriptions, drawn at random and judged by others: PyYAML does the
//! same to plain values, and a comparison by lines sees that nothing else changed.

use std::sync::OnceLock;
use std::time::{Duration, Instant};

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;
use proptest::strategy::ValueTree as _;
use proptest::test_runner::TestRunner;
use serde_json::json;
use zhangbang::diagnostic::{Diagnostic, Source};
use zhangbang::election::Election;
use zhangbang::election::date::PartialDate;
use zhangbang::election::decode::Decode as _;
use zhangbang::election::edit::{Editor, Plain};
use zhangbang::election::yaml::{KeyPath, Node, Step, Value};

use crate::support::{ROLL, SMALL, election, example, judge, python, run_in};

/// Texts that a reader of YAML may take for something else.
const HOSTILE: [&str; 48] = [
    "",
    " ",
    "是",
    "yes",
    "No",
    "on",
    "null",
    "~",
    "1",
    "007",
    "0x1F",
    "1_000",
    "1e3",
    ".5",
    "-",
    "- 甲",
    "1:2",
    "08:30",
    "2026-05-10",
    "2026-05",
    "2017",
    ": ",
    "a: b",
    "a:",
    "：",
    "# 井号",
    "甲 #乙",
    "、",
    "甲、乙，丙",
    "  缩进",
    "末尾  ",
    "\u{3000}全角",
    "两\n行",
    "两\r\n行",
    "制\t表",
    "\"引\"",
    "'引'",
    "\\n",
    "{甲: 乙}",
    "[甲]",
    "甲, 乙",
    "*甲",
    "&甲",
    "!甲",
    "%甲",
    "@甲",
    "|",
    "<<",
];

/// Others that a text may hold without being seen.
const UNSEEN: [&str; 7] =
    ["\u{feff}甲", "甲\u{85}", "甲\u{2028}乙", "\u{200b}", "甲\u{7}", "---", "... "];

/// One edit, drawn before the file is known that it is done to.
#[derive(Clone, Debug)]
struct Draw {
    file: usize,
    crlf: bool,
    mark: bool,
    ends: bool,
    act: usize,
    places: [usize; 3],
    value: Plain,
}

fn draws() -> impl Strategy<Value = Draw> {
    let text = prop_oneof![
        4 => select(&HOSTILE[..]).prop_map(Plain::from),
        1 => select(&UNSEEN[..]).prop_map(Plain::from),
        2 => "\\PC{1,12}".prop_map(Plain::from),
        1 => "[甲乙丙丁]{1,60}".prop_map(Plain::from),
    ];
    let date = select(&["2026-05-10", "2017-04", "2017"][..])
        .prop_map(|text| Plain::from(PartialDate::parse(text).unwrap()));
    let word = prop_oneof![
        6 => text,
        1 => any::<u32>().prop_map(Plain::from),
        1 => any::<bool>().prop_map(Plain::from),
        1 => date,
        1 => Just(Plain::Null),
    ];
    let keys = select(vec![vec!["姓名"], vec!["name", "性别"], vec!["姓名", "sex", "post"]]);
    let record = (keys, vec(word.clone(), 3)).prop_map(|(keys, values)| {
        Plain::Record(keys.into_iter().map(str::to_owned).zip(values).collect())
    });
    let value = prop_oneof![
        6 => word.clone(),
        1 => vec(word, 0..4).prop_map(Plain::List),
        1 => vec(record.clone(), 1..4).prop_map(Plain::List),
        1 => record,
    ];
    let file = (any::<usize>(), any::<bool>(), any::<bool>(), any::<bool>());
    (file, 0..8_usize, any::<[usize; 3]>(), value).prop_map(
        |((file, crlf, mark, ends), act, places, value)| Draw {
            file,
            crlf,
            mark,
            ends,
            act,
            places,
            value,
        },
    )
}

/// What is done.
#[derive(Clone, Debug)]
enum Edit {
    Set(KeyPath, Plain),
    Clear(KeyPath),
    Remove(KeyPath),
    Add(KeyPath, usize, Plain),
    Move(KeyPath, usize, usize),
    Take(usize),
}

impl Edit {
    fn on(&self, editor: &mut Editor) -> Result<(), Diagnostic> {
        match self.clone() {
            Self::Set(path, value) => editor.set(&path, value),
            Self::Clear(path) => editor.clear(&path),
            Self::Remove(path) => editor.remove(&path),
            Self::Add(list, index, item) => editor.add(&list, Some(index), item),
            Self::Move(list, from, to) => editor.move_item(&list, from, to),
            Self::Take(line) => editor.take(line),
        }
    }

    fn to_json(&self, editor: &Editor) -> serde_json::Value {
        match self {
            Self::Set(path, value) => {
                json!({ "act": "set", "path": steps(path), "value": plain(value) })
            }
            Self::Clear(path) => json!({ "act": "set", "path": steps(path), "value": null }),
            Self::Remove(path) => json!({ "act": "remove", "path": steps(path) }),
            Self::Add(list, index, item) => {
                json!({ "act": "add", "path": steps(list), "index": index, "value": plain(item) })
            }
            Self::Move(list, from, to) => {
                json!({ "act": "move", "path": steps(list), "from": from, "to": to })
            }
            Self::Take(line) => {
                let plans = editor.plans();
                let plan = plans.iter().find(|plan| plan.line == *line).unwrap();
                json!({ "act": "take", "line": line, "path": steps(&plan.path) })
            }
        }
    }
}

impl Draw {
    /// The file that the edit is done to.
    fn editor(&self, files: &[String]) -> Editor {
        let mut text = files[self.file % files.len()].clone();
        if !self.ends {
            text.truncate(text.trim_end().len());
        }
        if self.crlf {
            text = text.replace('\n', "\r\n");
        }
        if self.mark {
            text.insert(0, '\u{feff}');
        }
        Editor::new(Source::new("election.yaml", text)).unwrap()
    }

    /// The edit, at a place that the file has or could have.
    fn edit(&self, editor: &Editor) -> Option<Edit> {
        let [place, from, to] = self.places;
        let mut nodes = Vec::new();
        collect(editor.tree(), &KeyPath::default(), &mut nodes);
        let any = || nodes[place % nodes.len()].0.clone();
        let list = || {
            let lists: Vec<_> = nodes.iter().filter(|(_, count)| count.is_some()).collect();
            (!lists.is_empty()).then(|| lists[place % lists.len()].clone())
        };
        Some(match self.act {
            0 | 1 => Edit::Set(any(), self.value.clone()),
            2 => Edit::Set(one_of_the_model(place, from), self.value.clone()),
            3 => Edit::Clear(any()),
            4 => Edit::Remove(any()),
            5 => {
                let (path, count) = list()?;
                Edit::Add(path, from % (count? + 1), self.value.clone())
            }
            6 => {
                let (path, count) = list()?;
                let count = count.filter(|&count| count > 0)?;
                Edit::Move(path, from % count, to % count)
            }
            _ => {
                let plans = editor.plans();
                Edit::Take(plans.get(place % plans.len().max(1))?.line)
            }
        })
    }
}

/// Every way into a tree, with the number of items where it leads to a list.
fn collect(node: &Node, path: &KeyPath, out: &mut Vec<(KeyPath, Option<usize>)>) {
    for (index, (key, child)) in node.children().enumerate() {
        let mut path = path.clone();
        path.0.push(key.map_or(Step::Item(index), |key| Step::Key(key.text.clone())));
        let count = match &child.value {
            Value::Sequence(items) => Some(items.len()),
            _ => None,
        };
        out.push((path.clone(), count));
        collect(child, &path, out);
    }
}

/// A key, or a key of a section, that a description may have, in either language.
fn one_of_the_model(place: usize, spelling: usize) -> KeyPath {
    let mut path = KeyPath::default();
    let mut english = String::new();
    let mut choice = place;
    loop {
        let keys = Election::keys_below(&english);
        if keys.is_empty() || (choice.is_multiple_of(7) && !path.0.is_empty()) {
            return path;
        }
        let spec = &keys[choice % keys.len()];
        choice /= keys.len();
        let word = if spelling.is_multiple_of(2) { spec.english } else { spec.chinese[0] };
        path.0.push(Step::Key(word.to_owned()));
        english = format!("{english}.{}", spec.english).trim_start_matches('.').to_owned();
    }
}

/// A path with every spelling that each of its keys may have.
pub(super) fn steps(path: &KeyPath) -> serde_json::Value {
    let mut english = String::new();
    let step = |step: &Step| match step {
        Step::Item(index) => {
            english += ".[]";
            json!(index)
        }
        Step::Key(key) => {
            let spec = Election::keys_below(&english).iter().find(|spec| spec.accepts(key));
            let spellings: Vec<_> = spec.iter().flat_map(|spec| spec.spellings()).collect();
            let known = spec.map_or(key.as_str(), |spec| spec.english);
            english = format!("{english}.{known}").trim_start_matches('.').to_owned();
            if spellings.is_empty() { json!([key]) } else { json!(spellings) }
        }
    };
    path.0.iter().map(step).collect()
}

/// A value with its type, which JSON does not have for dates.
pub(super) fn plain(value: &Plain) -> serde_json::Value {
    match value {
        Plain::Null => json!(null),
        Plain::Bool(yes) => json!({ "bool": yes }),
        Plain::Number(number) => json!({ "number": number }),
        Plain::Date(date) => json!({ "date": date.to_string() }),
        Plain::Text(text) => json!({ "text": text }),
        Plain::List(items) => json!({ "list": items.iter().map(plain).collect::<Vec<_>>() }),
        Plain::Record(entries) => {
            let entries = entries.iter().map(|(key, value)| json!([key, plain(value)]));
            json!({ "record": entries.collect::<Vec<_>>() })
        }
    }
}

/// A description as other people write YAML.
const FOREIGN: &str = "\
%YAML 1.2
---
# 说明
\"类别\": 居委会
'社区' :
    名称: '某''某社区'   # 名称
    简介: >-
        第一行
        第二行

    # 辖区
    省份:   某省
届次: 7
选举日: !!str 2026-05-10
职数: { 主任: 1, 副主任: 1,   # 两名
        委员: 3, }
筹备:
    宣传方式: [ 公开栏,   # 门口
                微信群,
                ]
    学习内容:
    - |
      一、法律

      二、条例
    - 三
选举委员会:
    成员:
    # 名单
    -   姓名: 甲
        性别: 男

        # 乙是后来的
    -
        姓名: 乙
        性别:
    - {姓名: 丙}   # 丙
    -   丁
    意见期限: ~
    公布日期:

# 投票:
#     公布日期: 2026-05-06
#     写票设施:
#     - 甲
#     - 乙
  # 缩进的注
工作总结:
    成文日期: 2026-06-01   # 最后
# 完
...
";

/// The examples, and what `new` writes.
fn descriptions() -> Vec<String> {
    let folder = tempfile::tempdir().unwrap();
    let mut files = vec![SMALL.to_owned(), FOREIGN.to_owned()];
    for name in ["qimei-2017", "shiping-2026", "anhe-2026"] {
        files.push(std::fs::read_to_string(example(name).join("election.yaml")).unwrap());
    }
    let options: [&[&str]; 3] = [&[], &["--kind", "村"], &["--election-day", "2027-05-09"]];
    for (name, options) in ["a", "b", "c"].into_iter().zip(options) {
        let run = run_in(folder.path(), &[&["new", name], options].concat());
        assert_eq!(run.code, 0, "{run}");
        let file = folder.path().join(name).join("election.yaml");
        files.push(std::fs::read_to_string(file).unwrap().replace("\r\n", "\n"));
    }
    files
}

fn text_of(editor: &Editor) -> String {
    String::from_utf8(editor.source().bytes()).unwrap()
}

/// How many edits are right, by PyYAML and by lines; and what is wrong.
pub(super) fn right(edits: &[String]) -> (usize, String) {
    let file = tempfile::NamedTempFile::new().unwrap();
    std::fs::write(file.path(), edits.join("\n")).unwrap();
    let script = crate::support::judge_script("edits.py");
    let told = judge(&python(), &[script.as_os_str(), file.path().as_os_str()]);
    let (wrong, count) = told.trim().rsplit_once('\n').unwrap_or(("", told.trim()));
    (count.strip_suffix(" right").unwrap().parse().unwrap(), wrong.to_owned())
}

/// The edit as one that lost a line which was none of its business.
fn spoil(edit: &str) -> Option<String> {
    let mut edit: serde_json::Value = serde_json::from_str(edit).unwrap();
    let before = edit["before"].as_str()?.to_owned();
    let after: Vec<&str> = edit["after"].as_str()?.split_inclusive('\n').collect();
    let same = |line: &&str| !line.trim().is_empty() && before.contains(*line);
    let lost = after.iter().rposition(same)?;
    let kept = [&after[..lost], &after[lost + 1..]].concat().concat();
    edit["after"] = kept.into();
    Some(edit.to_string())
}

/// Of as many edits as `ZHANGBANG_EDITS` says, each is right or refused, and few
/// are refused.
#[test]
fn edits_are_what_another_reader_makes_of_them() {
    let wanted = std::env::var("ZHANGBANG_EDITS").map_or(400, |count| count.parse().unwrap());
    let files = descriptions();
    let mut runner = TestRunner::deterministic();
    let (mut lines, mut refused) = (Vec::new(), Vec::new());
    let mut time = Duration::ZERO;
    while lines.len() + refused.len() < wanted {
        let draw = draws().new_tree(&mut runner).unwrap().current();
        let mut editor = draw.editor(&files);
        let Some(edit) = draw.edit(&editor) else { continue };
        let mut told = edit.to_json(&editor);
        told["before"] = text_of(&editor).into();
        let start = Instant::now();
        let done = edit.on(&mut editor);
        time += start.elapsed();
        match done {
            Ok(()) => {
                told["after"] = text_of(&editor).into();
                lines.push(told.to_string());
            }
            Err(problem) => refused.push(format!("{edit:?}: {}", problem.message)),
        }
    }
    let (count, wrong) = right(&lines);
    assert_eq!(count, lines.len(), "{wrong}");
    let spoiled: Vec<String> = lines.iter().filter_map(|line| spoil(line)).collect();
    assert!(right(&spoiled).0 * 20 < spoiled.len(), "the judge sees little");
    println!(
        "{wanted} edits, {} refused, {:.1} ms each:\n{}",
        refused.len(),
        time.as_secs_f64() * 1e3 / wanted as f64,
        refused.join("\n")
    );
    assert!(refused.len() * 10 < wanted, "{}", refused.join("\n"));
}

/// `check --fix` mends what can be meant in one way, says so, and touches nothing
/// else.
#[test]
fn slips_with_one_meaning_are_mended() {
    let right = SMALL.replace("届次: 7", "届次: 7   # 注");
    let right = format!(
        "{right}会议:\n  - 名称: 居民会议\n    列席:\n      - 甲\n      - 乙\n提名:\n  公布日期: 2026-04-20\n投票:\n  写票设施: [写票处, 代书处]\n"
    );
    let slips = [
        ("推选日期", "推选日其"),
        ("公布日期: 2026-04-20", "公布日期: 2026、4、20"),
        ("- 甲\n      - 乙", "- 甲、乙"),
        ("[写票处, 代书处]", "[写票处，代书处]"),
    ];
    let wrong = slips.iter().fold(right.clone(), |text, (right, wrong)| text.replace(right, wrong));
    for (right, wrong) in
        [(right.clone(), wrong.clone()), (right.replace('\n', "\r\n"), wrong.replace('\n', "\r\n"))]
    {
        let folder = election(&wrong, ROLL);
        let run = run_in(folder.path(), &["check", ".", "--fix"]);
        let file = folder.path().join("election.yaml");
        assert_eq!(std::fs::read_to_string(&file).unwrap(), right, "{run}");
        for said in [
            "第 13 行：推选日其 改为 推选日期",
            "2026、4、20 改为 2026-04-20",
            "写票处，代书处 改为",
        ] {
            assert!(run.stderr.contains(said), "{said}: {run}");
        }
        let again = run_in(folder.path(), &["check", ".", "--fix"]);
        assert!(again.stderr.contains("没有可以直接改好的写法"), "{again}");
        assert_eq!(std::fs::read_to_string(&file).unwrap(), right, "{again}");
    }
}

/// Pieces of YAML as nobody here writes it.
const ODD: [&str; 36] = [
    "类别: 社区\n",
    "职数:\n",
    "  主任: 1\n",
    "  副主任: 2 # 注\n",
    "- 甲\n",
    "  - {姓名: 甲}\n",
    "  - 乙\n",
    "    - 丙\n",
    "小组: &a\n",
    "选举委员会: *a\n",
    "  成员: *a\n",
    "? 届次\n",
    ": 6\n",
    "届次: !!str 6\n",
    "届次: |\n",
    "  一\n\n",
    "工作总结: >-\n",
    "\"类别\": '社区'\n",
    "{类别: 社区, 职数: {主任: 1,\n",
    "  # 注\n",
    "  副主任}}\n",
    "投票: {地点: [甲,\n",
    "  乙, # 注\n",
    "  ]}\n",
    "# 投票:\n",
    "#   公布日期: 2026-05-10\n",
    "  # 地点: [甲]\n",
    "#- 甲\n",
    "\n",
    "   \n",
    "<<: *a\n",
    "投票:\r\n",
    "  公布日期:\r\n",
    "-\n",
    "  -\n",
    "会议:",
];

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    /// Whatever a file is like, an edit is made or refused: what is set is read
    /// again, and what is refused changes nothing.
    #[test]
    fn odd_files_are_edited_or_left_alone(
        pieces in vec(select(&ODD[..]), 1..9),
        draws in vec(draws(), 4),
    ) {
        let source = Source::new("election.yaml", pieces.concat());
        if let Ok(mut editor) = Editor::new(source) {
            for draw in draws {
                let edit = if editor.tree().children().next().is_some() { draw.edit(&editor) } else { None };
                if let Some(edit) = edit {
                    try_edit(&mut editor, &edit)?;
                }
            }
        }
    }

    /// Edits follow each other, as a form sends them.
    #[test]
    fn a_series_of_edits_is_right(file in any::<usize>(), draws in vec(draws(), 1..12)) {
        static FILES: OnceLock<Vec<String>> = OnceLock::new();
        let mut editor = Draw { file, ..draws[0].clone() }.editor(FILES.get_or_init(descriptions));
        for draw in draws {
            if let Some(edit) = draw.edit(&editor) {
                try_edit(&mut editor, &edit)?;
            }
        }
    }
}

fn try_edit(editor: &mut Editor, edit: &Edit) -> Result<(), TestCaseError> {
    let before = text_of(editor);
    if edit.on(editor).is_err() {
        prop_assert_eq!(text_of(editor), before);
        return Ok(());
    }
    let again = Editor::new(Source::new("election.yaml", text_of(editor)));
    prop_assert!(again.is_ok(), "{edit:?}");
    let bare = |text: &str| text.replace("\r\n", "").matches('\n').count();
    prop_assert!(!before.contains("\r\n") || bare(&text_of(editor)) <= bare(&before), "{edit:?}");
    Ok(())
}
