//! What an office reads that others wrote: records of elections, its own columns, the list
//! of its communities; and forms of the desk as no browser sends them.

use std::fs;
use std::path::Path;
use std::sync::LazyLock;

use tempfile::TempDir;
use zhangbang::batch::find::Kind;
use zhangbang::batch::report::{Columns, Gathered, Table, built_in_columns};
use zhangbang::batch::{Record, found};
use zhangbang::diagnostic::{Report, Source};
use zhangbang::election::ELECTION_FILE;
use zhangbang::election::edit::Editor;
use zhangbang::serve::hand_in;

/// What forms change.
const ELECTION: &str = "\
# 示例，人名都是编的
类别: 村
村: {名称: 示坪村}
选举日: 2026-05-17   # 周日
选举委员会:
  推选日期: 2026-03-25
  成员:
    - 甲一
    - {姓名: 乙二, 性别: 男}   # 年纪最大
选民登记:
  地点: [一楼, 二楼]
# 实施方案:
#   公布日期: 2026-04-01   # 计划
";

const TODAY: jiff::civil::Date = jiff::civil::date(2026, 5, 17);

fn folder() -> TempDir {
    tempfile::tempdir().expect("a temporary folder")
}

fn put(folder: &Path, name: &str, bytes: &[u8]) {
    fs::write(folder.join(name), bytes).expect("room for it");
}

/// Results of one election that could not be done, and of another.
fn results(other: &[u8]) -> TempDir {
    let out = folder();
    for name in [".zhangbang", "one", "other"] {
        fs::create_dir(out.path().join(name)).expect("room for it");
    }
    let sound = Record::of_failure("one", Kind::Folder, "", &Report::new(), out.path());
    sound.write(&out.path().join("one")).expect("room for it");
    put(out.path(), "other/record.json", other);
    put(out.path(), ".zhangbang/plan.json", br#"{"elections": ["one", "other"]}"#);
    out
}

/// Any bytes as the record of an election: it counts or is told, and all can be added up.
pub fn record(bytes: &[u8]) {
    static OURS: LazyLock<Columns> = LazyLock::new(|| columns(built_in_columns()).expect("sound"));
    add_up(&results(bytes), &OURS);
}

/// A record, and any text as the columns of the office's own sheet.
pub fn statistics(bytes: &[u8]) {
    let Some((record, text)) = crate::halves(bytes) else { return };
    if let Some(columns) = columns(text) {
        add_up(&results(record.as_bytes()), &columns);
    }
}

fn columns(text: &str) -> Option<Columns> {
    Columns::read(&Source::new("statistics.yaml", text)).ok()
}

fn add_up(out: &TempDir, columns: &Columns) {
    let gathered = Gathered::read(out.path(), columns, TODAY).expect("there are results");
    let table = Table::of(columns, &gathered);
    assert!(!table.lines.is_empty());
}

/// Any bytes as the list of communities: folders for all of them, or for none.
pub fn list(bytes: &[u8]) {
    let folder = folder();
    put(folder.path(), "list.csv", bytes);
    let below = folder.path().join("new");
    let mut report = Report::new();
    let founded = found(&folder.path().join("list.csv"), &below, &mut report);
    let made = fs::read_dir(&below).map_or(0, Iterator::count);
    assert_eq!(founded.map_or(0, |founded| founded.new.len()), made);
}

/// A form of any fields: the file is the old one, or one that can be read again.
pub fn form(bytes: &[u8]) {
    let Ok(text) = std::str::from_utf8(bytes) else { return };
    let fields: Vec<(&str, &str)> = text.lines().filter_map(|line| line.split_once('=')).collect();
    let folder = folder();
    put(folder.path(), ELECTION_FILE, ELECTION.as_bytes());
    let done = hand_in(folder.path(), &fields);
    let left = fs::read_to_string(folder.path().join(ELECTION_FILE)).expect("never lost");
    match done {
        Ok(()) => assert!(Editor::new(Source::new(ELECTION_FILE, &*left)).is_ok(), "{left}"),
        Err(_) => assert_eq!(left, ELECTION),
    }
}
