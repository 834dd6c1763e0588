//! Folders for all communities of an office, from the list that it has.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use jiff::civil::Date;

use crate::bag::names;
use crate::compose::chinese;
use crate::diagnostic::{Diagnostic, Place, Report, display};
use crate::election::ELECTION_FILE;
use crate::election::date::PartialDate;
use crate::election::decode::nearest;
use crate::election::edit::Plain;
use crate::election::model::Kind;
use crate::election::roll::{PlainRow, plain_rows};
use crate::make::{Kit, Last, Scaffold, lay_out};
use crate::privacy;
use crate::text::half;

/// What a column of the list says.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Column {
    Name,
    Kind,
    Province,
    City,
    District,
    Street,
    Population,
    Households,
    Groups,
    ElectionDay,
    Term,
}

/// The headings that mean each, the usual one first.
const HEADINGS: [(Column, &[&str]); 11] = [
    (
        Column::Name,
        &["名称", "社区", "村", "社区（村）", "村（社区）", "社区名称", "村名", "村居", "单位"],
    ),
    (Column::Kind, &["类别", "类型", "性质"]),
    (Column::Province, &["省份", "省"]),
    (Column::City, &["地市", "市"]),
    (Column::District, &["区县", "县", "区", "县区", "县（市、区）"]),
    (Column::Street, &["街道", "乡镇", "镇", "街道（乡镇）", "乡镇（街道）"]),
    (Column::Population, &["人口", "总人口", "人口数"]),
    (Column::Households, &["户数", "总户数"]),
    (Column::Groups, &["小组", "小组数", "居民小组", "村民小组", "居民小组数", "村民小组数"]),
    (Column::ElectionDay, &["选举日", "选举日期", "投票日"]),
    (Column::Term, &["届次", "届"]),
];

/// One community of the list.
#[derive(Debug)]
struct Community {
    folder: String,
    scaffold: Scaffold,
    place: Place,
}

/// What was laid out.
#[derive(Debug, Default)]
pub struct Founded {
    pub new: Vec<PathBuf>,
    /// Those that were there already: nothing of them was touched.
    pub kept: Vec<PathBuf>,
}

impl Founded {
    pub fn describe(&self, folder: &Path) -> String {
        let mut text =
            format!("已建立 {} 个选举文件夹，在 {}。\n", self.new.len(), display(folder));
        if !self.kept.is_empty() {
            let kept = self.kept.iter().map(|path| display(path));
            text += &format!("原来就有、没有动的 {} 个：", self.kept.len());
            text += &(kept.collect::<Vec<_>>().join("、") + "。\n");
        }
        text + &format!(
            "街道统一的内容（选举日、本地规定、用词、模板）可以写在 {0}/street.yaml 里，对下面各个选举都有效。\n\
             随时用 zhangbang batch {0} -o 结果 检查、生成和汇总。\n",
            display(folder)
        )
    }
}

/// Makes a folder below `folder` for each community of the list at `path`: of all, or
/// of none if anything in the list is wrong.
pub fn found(path: &Path, folder: &Path, report: &mut Report) -> Option<Founded> {
    let communities = read(path, report)?;
    let mut described = Vec::new();
    for community in communities {
        let target = folder.join(&community.folder);
        if target.join(ELECTION_FILE).exists() {
            described.push((target, None));
            continue;
        }
        let mut told = Report::new();
        let kit = Kit::beside(&target, &mut told);
        let text = community.scaffold.describe(&kit, &mut told);
        told.map(|finding| finding.at(community.place.clone()));
        report.append(told);
        described.push((target, Some(text?)));
    }
    if report.has_errors() {
        return None;
    }
    let mut founded = Founded::default();
    for (target, text) in described {
        let Some(text) = text else {
            founded.kept.push(target);
            continue;
        };
        if let Err(problem) = lay_out(&target, &text, None, true) {
            report.push(problem);
            return None;
        }
        founded.new.push(target);
    }
    Some(founded)
}

fn wrong(message: impl Into<String>) -> Diagnostic {
    Diagnostic::error("batch-list", message)
}

fn read(path: &Path, report: &mut Report) -> Option<Vec<Community>> {
    let Some(rows) = plain_rows(path) else {
        let help = "请用 Excel 工作簿（.xlsx）或 CSV 文件，第一行是表头：名称、类别、选举日等。";
        report.push(wrong("名单读不出来：没有这个文件，或者不是表格。").in_file(path).help(help));
        return None;
    };
    // Above the headings stands what the list is called.
    let heads = rows.iter().take(FIRST).enumerate();
    let head = heads.max_by_key(|(at, row)| (headings_in(row), Reverse(*at)));
    let head = head.filter(|(_, row)| headings_in(row) > 0).map(|(at, _)| at);
    let Some(head) = head else {
        let help = "表头要有“名称”（或“社区”“村”），一行写一个社区或村。";
        report.push(wrong("没有表头。").in_file(path).help(help));
        return None;
    };
    let columns = columns(&rows[head], path, report);
    if !columns.contains_key(&Column::Name) {
        if !report.has_errors() {
            report.push(wrong("没有“名称”一列。").in_file(path).help("表头里要有“名称”。"));
        }
        return None;
    }
    let mut communities: Vec<Community> = Vec::new();
    let mut seen: BTreeMap<String, usize> = BTreeMap::new();
    let own = rows[head].sheet.clone();
    let list = rows[head + 1..].iter().filter(|row| row.sheet == own);
    let street_count =
        list.clone().map(|row| said(row, &columns, Column::Street)).collect::<BTreeSet<_>>().len();
    for row in list {
        let entry = Reading { row, columns: &columns, path };
        let Some(community) = entry.community(street_count > 1, report) else { continue };
        let key = names::folded(&community.folder);
        if let Some(first) = seen.insert(key, row.number) {
            let message = format!("“{}”在第 {first} 行已经有了。", community.folder);
            report.push(entry.wrong(Column::Name, message).help("同名的，请在名称里写出区别。"));
        }
        communities.push(community);
    }
    if communities.is_empty() && !report.has_errors() {
        report.push(wrong("表头下面没有社区或村。").in_file(path));
    }
    (!report.has_errors()).then_some(communities)
}

/// Headings stand in the first few rows.
const FIRST: usize = 10;

/// A heading as it is compared: half-width, without blanks and what is in brackets
/// after it.
fn plain(text: &str) -> String {
    text.chars().map(half).filter(|c| !c.is_whitespace()).collect()
}

fn meaning(cell: &str) -> Option<Column> {
    let text = plain(cell);
    let means = |words: &&[&str]| words.iter().any(|word| plain(word) == text);
    HEADINGS.iter().find(|(_, words)| means(words)).map(|(column, _)| *column)
}

/// How many of its cells are headings, or nearly.
fn headings_in(row: &PlainRow) -> usize {
    let is_one = |cell: &&String| meaning(cell).or(near_meaning(cell).and_then(meaning)).is_some();
    row.cells.iter().filter(is_one).count()
}

fn near_meaning(cell: &str) -> Option<&'static str> {
    let words = || HEADINGS.iter().flat_map(|(_, words)| words.iter().copied());
    let text = plain(cell);
    (text.chars().count() > 1).then(|| nearest(&text, words()))?
}

/// Which column says what. A heading that is nearly one is asked about; of others it
/// is told that they are not read.
fn columns(head: &PlainRow, path: &Path, report: &mut Report) -> BTreeMap<Column, usize> {
    let mut columns = BTreeMap::new();
    let mut strange = Vec::new();
    for (at, cell) in head.cells.iter().enumerate().filter(|(_, cell)| !cell.is_empty()) {
        let shown = privacy::mask(cell).into_owned();
        let place = Place::Cell(head.place(path, at, &shown));
        match (meaning(cell), near_meaning(cell)) {
            (Some(column), _) if columns.contains_key(&column) => report
                .push(wrong(format!("“{shown}”与前面一列意思相同，不知道用哪一列。")).at(place)),
            (Some(column), _) => drop(columns.insert(column, at)),
            (None, Some(near)) => report.push(
                wrong(format!("不认识“{shown}”这一列，是不是“{near}”？"))
                    .at(place)
                    .help("请改成认识的表头；确实用不着的，删去这一列。"),
            ),
            (None, None) => strange.push(shown),
        }
    }
    let strange: Vec<_> = strange.into_iter().filter(|name| plain(name) != "序号").collect();
    if !strange.is_empty() {
        report.push(
            Diagnostic::note("batch-list", format!("没有用到的列：{}。", strange.join("、")))
                .in_file(path),
        );
    }
    columns
}

fn said<'r>(row: &'r PlainRow, columns: &BTreeMap<Column, usize>, column: Column) -> &'r str {
    columns.get(&column).and_then(|at| row.cells.get(*at)).map_or("", String::as_str)
}

/// A row that is being read.
struct Reading<'a> {
    row: &'a PlainRow,
    columns: &'a BTreeMap<Column, usize>,
    path: &'a Path,
}

impl Reading<'_> {
    fn said(&self, column: Column) -> Option<&str> {
        Some(said(self.row, self.columns, column)).filter(|text| !text.is_empty())
    }

    fn place(&self, column: Column) -> Place {
        let heading = HEADINGS.iter().find(|(other, _)| *other == column);
        let heading = heading.and_then(|(_, words)| words.first()).copied().unwrap_or_default();
        let at = self.columns.get(&column).copied().unwrap_or(0);
        Place::Cell(self.row.place(self.path, at, heading))
    }

    fn wrong(&self, column: Column, message: impl Into<String>) -> Diagnostic {
        wrong(message).at(self.place(column))
    }

    /// `None` if something is wrong with it, which is told.
    fn community(&self, by_street: bool, report: &mut Report) -> Option<Community> {
        let Some(name) = self.said(Column::Name) else {
            report
                .push(self.wrong(Column::Name, "这一行没有写名称。").help("不是社区的行请删去。"));
            return None;
        };
        if !privacy::find(name).is_empty() {
            report.push(self.wrong(Column::Name, "名称里有像个人号码的内容。"));
            return None;
        }
        let kind = self.kind(name, report)?;
        let election_day = self.day(report)?;
        let numbers = [Column::Population, Column::Households, Column::Term];
        let [population, households, term] = numbers.map(|column| self.number(column, report));
        let groups = self.groups(kind, report);
        let mut community = vec![("名称".to_owned(), Plain::from(name))];
        for (key, column) in [
            ("省份", Column::Province),
            ("地市", Column::City),
            ("区县", Column::District),
            ("街道", Column::Street),
        ] {
            community.extend(self.said(column).map(|said| (key.to_owned(), Plain::from(said))));
        }
        for (key, number) in [("人口", population?), ("户数", households?)] {
            community.extend(number.map(|number| (key.to_owned(), Plain::from(number))));
        }
        let mut sections = vec![
            ("community".to_owned(), Plain::Record(community)),
            // The scaffold has a number that is only an example.
            ("term".to_owned(), term?.map_or(Plain::Null, Plain::from)),
        ];
        sections.extend(groups?.map(|groups| ("groups".to_owned(), groups)));
        let street = self.said(Column::Street).filter(|_| by_street).map(names::from_title);
        let own = names::from_title(name);
        Some(Community {
            folder: street.map_or(own.clone(), |street| format!("{street}/{own}")),
            scaffold: Scaffold {
                kind,
                province: self.said(Column::Province).map(str::to_owned),
                election_day,
                last: Some(Last::known(sections)),
            },
            place: self.place(Column::Name),
        })
    }

    /// As it is said, or as the name tells.
    fn kind(&self, name: &str, report: &mut Report) -> Option<Kind> {
        let said = self.said(Column::Kind);
        let words = said.unwrap_or(name);
        let is_village = words.contains('村') && !words.contains("社区");
        let is_community = words.contains("社区") || words.contains("居");
        match (is_village, is_community) {
            (true, _) => Some(Kind::Villagers),
            (_, true) => Some(Kind::Residents),
            _ => {
                let message = match said {
                    Some(said) => format!("“{}”不是社区也不是村。", privacy::mask(said)),
                    None => "看不出是社区还是村。".to_owned(),
                };
                report.push(self.wrong(Column::Kind, message).help("“类别”一列请写“社区”或“村”。"));
                None
            }
        }
    }

    /// `Some(None)` if none is written.
    fn day(&self, report: &mut Report) -> Option<Option<Date>> {
        let Some(said) = self.said(Column::ElectionDay) else { return Some(None) };
        match PartialDate::parse(said).ok().and_then(PartialDate::exact) {
            Some(day) => Some(Some(day)),
            None => {
                let message = format!("“{}”不是完整的日期。", privacy::mask(said));
                report.push(self.wrong(Column::ElectionDay, message).help("请写成 2026-05-10。"));
                None
            }
        }
    }

    fn number(&self, column: Column, report: &mut Report) -> Option<Option<u32>> {
        let Some(said) = self.said(column) else { return Some(None) };
        let digits: String = said.chars().map(half).filter(|c| !matches!(c, ',' | ' ')).collect();
        let digits = digits.trim_start_matches('第').trim_end_matches(['人', '户', '届', '个']);
        match digits.parse() {
            Ok(number) => Some(Some(number)),
            Err(_) => {
                let message = format!("“{}”不是整数。", privacy::mask(said));
                report.push(self.wrong(column, message).help("请只写数字，不知道的空着。"));
                None
            }
        }
    }

    /// Their names, or how many there are.
    fn groups(&self, kind: Kind, report: &mut Report) -> Option<Option<Plain>> {
        const MOST: u32 = 200;
        let Some(said) = self.said(Column::Groups) else { return Some(None) };
        let is_list = said.contains(['、', '，', ',', ';', '；', '\n']);
        let names: Vec<String> = match is_list {
            true => {
                let parts = said.split(['、', '，', ',', ';', '；', '\n']).map(str::trim);
                parts.filter(|part| !part.is_empty()).map(str::to_owned).collect()
            }
            false => {
                let count = self.number(Column::Groups, report)??;
                if count > MOST {
                    let message = format!("{count} 个小组多得不合常理。");
                    report.push(self.wrong(Column::Groups, message));
                    return None;
                }
                let name = |n| format!("第{}{}小组", chinese::numeral(n), kind.people());
                (1..=u64::from(count)).map(name).collect()
            }
        };
        let group = |name: String| Plain::Record(vec![("名称".to_owned(), Plain::Text(name))]);
        Some((!names.is_empty()).then(|| Plain::List(names.into_iter().map(group).collect())))
    }
}
