//! What the secretary wrote: the description of an election and its voter roll.

pub mod date;
pub mod decode;
pub mod edit;
pub mod identity;
mod kind;
pub mod model;
pub mod office;
pub mod person;
pub mod phones;
pub mod posted;
pub mod roll;
pub mod shape;
mod slip;
mod stage;
pub mod words;
pub mod yaml;

use std::collections::BTreeMap;
use std::path::{Component, Path, PathBuf};
use std::sync::Arc;

pub use model::Election;
pub use office::Office;
pub use roll::VoterRoll;
pub use stage::Stage;

use self::decode::{Decode, Decoder, Field, Located};
use self::model::Kind;
use self::yaml::{Node, Value};
use crate::diagnostic::{Diagnostic, Place, Report, Source};
use crate::files;

/// How long what is kept for ever is kept, in the words of archives.
pub const PERMANENT: &str = "永久";

/// The name of the description in an election's folder.
pub const ELECTION_FILE: &str = "election.yaml";

/// What the names in the description of a new election begin with.
pub const MADE_UP: &str = "某某";

/// The name of the roll beside the description, whatever its format.
pub const ROLL_STEM: &str = "voters";
/// How a file's name ends that may hold a roll.
pub const ROLL_EXTENSIONS: [&str; 8] = ["xlsx", "xls", "ods", "csv", "et", "xlsm", "xlsb", "tsv"];

/// All that was read for one election.
#[derive(Clone, Debug)]
pub struct Dossier {
    /// The election's folder.
    pub folder: PathBuf,
    /// The offices above it, the highest first; `election` has what they lay down.
    pub offices: Vec<Office>,
    pub election: Election,
    pub roll: Option<VoterRoll>,
    /// The roll as it was posted, if it was changed since.
    pub posted_roll: Option<VoterRoll>,
    /// The words of the notices on the wall, by document.
    pub posted_words: BTreeMap<String, String>,
    /// The description as text, for messages and for the package.
    pub source: Arc<Source>,
    /// The description as a tree, for checks of every text in it.
    pub tree: Arc<Node>,
}

/// Reads an election from its folder or its `election.yaml`. All problems go to
/// `report`; `None` if there is nothing to go on with.
pub fn load(path: &Path, report: &mut Report) -> Option<Dossier> {
    let file = if path.is_dir() { path.join(ELECTION_FILE) } else { path.to_owned() };
    let parsed = read_description(&file).and_then(|source| Ok((yaml::parse(&source)?, source)));
    let (tree, source) = match parsed {
        Ok(parsed) => parsed,
        Err(problem) => {
            report.push(problem);
            return None;
        }
    };
    let tree = Arc::new(tree);
    source.outlined(tree.clone());
    let mut election = Election::decode(&tree, &mut Decoder::new(&source, report))?;
    let folder = file.parent().map(Path::to_owned).unwrap_or_default();
    let offices = office::above(&folder, report);
    office::inherit(&mut election, &offices);
    if election.kind.get().is_none() {
        election.kind = evident_kind(&tree, &source, report).unwrap_or(election.kind);
    }
    let mut roll = read_roll(&folder, &election, report);
    if let Some(roll) = &mut roll {
        name_groups(roll, &election, report);
    }
    if election.registration.is_absent() && roll.is_none() {
        // As `new` leaves it: nobody is registered yet.
        report.retain(|finding| finding.code != "roll-empty");
    }
    let mut posted_roll = read_posted_roll(&folder, &election, report);
    if let Some(posted) = &mut posted_roll {
        name_groups(posted, &election, &mut Report::new());
    }
    if let Some((posted, roll)) = posted_roll.as_ref().zip(roll.as_ref()) {
        roll::diff(posted, roll).ask(posted, roll, report);
    }
    let posted_words = posted::read(&folder, &election, report);
    Some(Dossier { folder, offices, election, roll, posted_roll, posted_words, source, tree })
}

/// The rolls that the description in `folder` names and that lie elsewhere, as far as
/// it can be read.
pub fn files_outside(folder: &Path) -> Vec<PathBuf> {
    let decode = |source: Arc<Source>| {
        let tree = yaml::parse(&source).ok()?;
        Election::decode(&tree, &mut Decoder::new(&source, &mut Report::new()))
    };
    let election = read_description(&folder.join(ELECTION_FILE)).ok().and_then(decode);
    let election = election.unwrap_or_default();
    let registration = election.registration.get();
    let named = registration.map(|it| [it.roll.get(), it.previous_roll.get()]);
    let named = named.into_iter().flatten().flatten().map(PathBuf::from);
    let is_elsewhere = |path: &PathBuf| {
        let leaves = |part| !matches!(part, Component::Normal(_) | Component::CurDir);
        path.components().any(leaves) && folder.join(path).is_file()
    };
    named.filter(is_elsewhere).collect()
}

/// The kind that is not written, where the words of the description tell it.
fn evident_kind(tree: &Node, source: &Arc<Source>, report: &mut Report) -> Option<Field<Kind>> {
    let (value, word, span) = kind::evident(tree)?;
    let place = Place::Text(source.clone(), span);
    let name = value.name();
    let message = format!("没有写“类别”；文件里写的是“{word}”，按{name}处理。");
    let help = format!("请写明“类别: {name}”。");
    report.push(Diagnostic::warning("law-profile", message).at(place.clone()).help(help));
    Some(Field::Known(Located { value, place }))
}

fn read_description(file: &Path) -> Result<Arc<Source>, Diagnostic> {
    let source = yaml::read_text(file)?;
    if source.text.trim().is_empty() {
        return Err(Diagnostic::error("empty", "文件是空的。")
            .in_file(file)
            .help("用 zhangbang new 可以得到一份带说明的样本。"));
    }
    Ok(source)
}

/// How a roll of this election is read: what the description says of it is known.
pub fn roll_options(election: &Election) -> roll::Options {
    let groups = election.groups.items();
    let groups = roll::GroupNames::of(groups.iter().filter_map(|group| group.name.get()));
    roll::Options { groups, ..roll::Options::default() }
}

/// The roll: the one named in the description, or the one beside it.
fn read_roll(folder: &Path, election: &Election, report: &mut Report) -> Option<VoterRoll> {
    let options = roll_options(election);
    if let Some(named) =
        election.registration.get().and_then(|registration| registration.roll.located())
    {
        let file = folder.join(&named.value);
        if !file.exists() {
            report.push(
                Diagnostic::error("roll-missing", format!("找不到选民名册“{}”。", named.value))
                    .at(named.place.clone())
                    .help("请把名册放进选举文件夹，并核对文件名和扩展名。"),
            );
            return None;
        }
        return roll::read_with(&file, &options, report);
    }
    let tables = tables_beside(folder, election);
    let is_roll = |file: &&PathBuf| file.file_stem().is_some_and(|stem| stem == ROLL_STEM);
    let named: Vec<&PathBuf> = tables.iter().filter(is_roll).collect();
    match (&named[..], &tables[..]) {
        ([], []) => {
            report.extend(no_table(folder));
            None
        }
        ([], [one]) => read_unnamed(one, &options, report),
        ([], several) => {
            report.push(which_is_the_roll(several));
            None
        }
        ([one], _) => {
            report.extend(not_used(one, &tables));
            roll::read_with(one, &options, report)
        }
        ([first, second, ..], _) => {
            report.push(ambiguous(first, second));
            None
        }
    }
}

/// The older roll that the description names.
fn read_posted_roll(folder: &Path, election: &Election, report: &mut Report) -> Option<VoterRoll> {
    let named = election.registration.get()?.previous_roll.located()?;
    let file = folder.join(&named.value);
    if !file.exists() {
        report.push(
            Diagnostic::error("roll-missing", format!("找不到原名册“{}”。", named.value))
                .at(named.place.clone())
                .help("请把公布时的旧名册放进选举文件夹，并核对文件名。"),
        );
        return None;
    }
    roll::read_with(&file, &roll_options(election), report)
}

/// Calls the groups of a roll as the description does: 1组 is 第一村民小组.
pub fn name_groups(roll: &mut VoterRoll, election: &Election, report: &mut Report) {
    let groups = election.groups.items();
    let names = groups.iter().filter_map(|group| group.name.get());
    let community = election.community.get().and_then(|community| community.name.get());
    let renamed = roll.name_groups(names, community.map(String::as_str));
    let Some((was, is)) = renamed.first() else { return };
    let message = format!("名册里的小组“{was}”等 {} 个，照选举说明称作“{is}”等。", renamed.len());
    report.push(Diagnostic::note("roll-group-alike", message).in_file(&roll.path));
}

fn ambiguous(first: &Path, second: &Path) -> Diagnostic {
    Diagnostic::error("roll-ambiguous", "旁边有不止一份选民名册，不知道用哪一份。")
        .in_file(second)
        .also(Place::File(first.to_owned()), "另一份")
        .help(format!(
            "请删去或改名其余的，或在“选民登记”下写明“名册: {}”。",
            files::name_of(first)
        ))
}

/// The tables beside the description, but for the older roll and what this
/// program wrote.
fn tables_beside(folder: &Path, election: &Election) -> Vec<PathBuf> {
    const OURS: [&str; 2] = ["待核对清单", "合并名册"];
    let older =
        election.registration.get().and_then(|registration| registration.previous_roll.get());
    let is_table = |path: &PathBuf| {
        let name = files::name_of(path);
        // As Excel calls what it saves as text of Unicode.
        let is_text = || name.eq_ignore_ascii_case("voters.txt");
        (ends_in(path, &ROLL_EXTENSIONS) || is_text())
            && !name.starts_with(['.', '~'])
            && !OURS.iter().any(|ours| name.starts_with(ours))
            && older.is_none_or(|older| folder.join(older) != *path)
            && !path.is_dir()
    };
    let mut tables: Vec<PathBuf> = entries(folder).filter(is_table).collect();
    tables.sort();
    let filled: Vec<PathBuf> =
        tables.iter().filter(|table| !is_untouched(table)).cloned().collect();
    if filled.is_empty() { tables } else { filled }
}

fn entries(folder: &Path) -> impl Iterator<Item = PathBuf> {
    let folder = if folder.as_os_str().is_empty() { Path::new(".") } else { folder };
    let entries = std::fs::read_dir(folder).into_iter().flatten().flatten();
    entries.map(|entry| entry.path())
}

fn ends_in(path: &Path, endings: &[&str]) -> bool {
    let ending = path.extension().map(|ending| ending.to_string_lossy().to_lowercase());
    ending.is_some_and(|ending| endings.contains(&&*ending))
}

/// Whether it is the roll that a new election begins with, in which nobody stands.
fn is_untouched(table: &Path) -> bool {
    const LONGEST: u64 = 500;
    let lines = |bytes: Vec<u8>| {
        bytes.split(|&byte| byte == b'\n').filter(|line| !line.trim_ascii().is_empty()).count()
    };
    table.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("csv"))
        && files::read(table, LONGEST).is_ok_and(|bytes| lines(bytes) <= 1)
}

/// The only table there is: the roll, if it can be read as one.
fn read_unnamed(file: &Path, options: &roll::Options, report: &mut Report) -> Option<VoterRoll> {
    let mut read = Report::new();
    let roll = roll::read_with(file, options, &mut read);
    let name = files::name_of(file);
    if roll.is_some() || is_called_a_roll(file) {
        let message = format!("没有 voters.xlsx，把旁边唯一的表格“{name}”当作选民名册。");
        // 上届选民名册.xlsx
        let told = match roll::may_list_voters(&name) {
            true => Diagnostic::note("roll-file", message),
            false => Diagnostic::warning("roll-file", message)
                .help("按名称不像这一届的选民名册：不是的，换掉；是的，改名为 voters.xlsx 一类。"),
        };
        report.push(told.in_file(file));
        report.append(read);
        return roll;
    }
    report.push(
        Diagnostic::warning(
            "roll-file",
            format!("没有选民名册；旁边的“{name}”不像名册，没有读入。"),
        )
        .in_file(file)
        .help(format!("如果它就是名册，在“选民登记”下写明“名册: {name}”。")),
    );
    None
}

fn is_called_a_roll(file: &Path) -> bool {
    let name = files::name_of(file).to_lowercase();
    ["名册", "选民", "名单", "登记", ROLL_STEM].iter().any(|word| name.contains(word))
}

/// A list beside the description that is no table: in Word, as pages, in an archive.
fn no_table(folder: &Path) -> Option<Diagnostic> {
    const OTHERS: [&str; 9] = ["docx", "doc", "wps", "pdf", "txt", "zip", "rar", "jpg", "png"];
    const LISTS: [&str; 4] = ["名册", "花名", "选民", ROLL_STEM];
    let is_list = |path: &PathBuf| {
        let name = files::name_of(path).to_lowercase();
        ends_in(path, &OTHERS) && LISTS.iter().any(|word| name.contains(word))
    };
    let file = entries(folder).filter(is_list).min()?;
    let message = format!("旁边的“{}”不是表格，没有当作选民名册读入。", files::name_of(&file));
    let help = "是名册的：Word、PDF 里的，把表格复制到 Excel 或 WPS 表格，另存为 voters.xlsx；\
                文本文件改名为 voters.csv；压缩包先解开。不是名册的不用管。";
    Some(Diagnostic::warning("roll-file", message).in_file(&file).help(help))
}

/// Other rolls beside the one that is read: the newer one may be among them.
fn not_used(used: &Path, tables: &[PathBuf]) -> Option<Diagnostic> {
    let is_another = |file: &&PathBuf| {
        *file != used && is_called_a_roll(file) && roll::may_list_voters(&files::name_of(file))
    };
    let others = tables.iter().filter(is_another);
    let others: Vec<String> = others.map(|file| format!("“{}”", files::name_of(file))).collect();
    let message =
        format!("选民名册用的是“{}”，旁边的{}没有用。", files::name_of(used), others.join("、"));
    let help = "核对用的是不是最新的一份；用不着的移走，或在“选民登记”下写明“名册: 文件名”。";
    (!others.is_empty()).then(|| Diagnostic::warning("roll-file", message).in_file(used).help(help))
}

fn which_is_the_roll(tables: &[PathBuf]) -> Diagnostic {
    let names: Vec<String> =
        tables.iter().map(|file| format!("“{}”", files::name_of(file))).collect();
    let message = format!("旁边有几份表格，不知道哪一份是选民名册：{}。", names.join("、"));
    let called: Vec<&PathBuf> = tables.iter().filter(|file| is_called_a_roll(file)).collect();
    let first = files::name_of(called.first().copied().unwrap_or(&tables[0]));
    let told = if called.is_empty() { Diagnostic::warning } else { Diagnostic::error };
    told("roll-ambiguous", message).in_file(&tables[0]).help(format!(
        "在“选民登记”下写明哪一份，如“名册: {first}”；或把名册改名为 voters.xlsx。\
             每个小组一份的，先用 zhangbang roll merge 合成一份。"
    ))
}

impl Dossier {
    /// The folder's own name, which names the package.
    pub fn slug(&self) -> String {
        let absolute = std::path::absolute(&self.folder).unwrap_or_else(|_| self.folder.clone());
        Some(files::name_of(&absolute))
            .filter(|name| !name.is_empty())
            .unwrap_or_else(|| "election".into())
    }

    /// Every text of the description, and of what the offices above lay down, with
    /// its place.
    pub fn texts(&self) -> Vec<(&str, Place)> {
        let mut texts = Vec::new();
        for office in &self.offices {
            collect_texts(&office.tree, &office.source, &mut texts);
        }
        collect_texts(&self.tree, &self.source, &mut texts);
        texts
    }

    /// A name of the place that is that of its committee: papers would say it twice.
    pub fn name_of_committee(&self) -> Option<Diagnostic> {
        const ENDINGS: [&str; 3] = ["委员会", "居委会", "村委会"];
        let name = self.election.community.get()?.name.located()?;
        ENDINGS.iter().any(|ending| name.value.ends_with(ending)).then(|| {
            let message = format!("“{}”是委员会的名称，印出来会重复。", name.value);
            Diagnostic::warning("value", message)
                .at(name.place.clone())
                .help("这里只写社区或村的名称，如“石桥村”；委员会的全称由程序写出。")
        })
    }

    /// Every name that `new` made up and nobody replaced yet: no paper is made
    /// with it.
    pub fn placeholders(&self) -> Vec<Diagnostic> {
        let left = self.texts().into_iter().filter(|(text, _)| text.starts_with(MADE_UP));
        let told = left.map(|(text, place)| {
            Diagnostic::error("placeholder", format!("“{text}”是样子，还没有换成真的。"))
                .at(place)
                .help("请照实际填写；还没有定的，在这一行前面加上“# ”。")
        });
        told.collect()
    }
}

fn collect_texts<'a>(node: &'a Node, source: &Arc<Source>, texts: &mut Vec<(&'a str, Place)>) {
    match &node.value {
        Value::Null => {}
        Value::Scalar(text) => texts.push((text, Place::Text(source.clone(), node.span.clone()))),
        Value::Sequence(items) => items.iter().for_each(|item| collect_texts(item, source, texts)),
        Value::Mapping(entries) => {
            entries.iter().for_each(|(_, value)| collect_texts(value, source, texts));
        }
    }
}
