//! The voter roll: how each row was taken, what is to be asked, and in what it
//! differs from the one before. Names and groups only: no number of a person ever
//! reaches a browser.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use minijinja::context;
use minijinja::value::{Serde, Value};
use serde::Serialize;

use super::frame::{self, Told};
use crate::bag::sha256;
use crate::diagnostic::{Diagnostic, Place, Report, Severity};
use crate::election::date::PartialDate;
use crate::election::edit::{Editor, Plain};
use crate::election::roll::{self, Answers, Options, Question};
use crate::election::{self, Dossier, ROLL_EXTENSIONS, ROLL_STEM, VoterRoll, yaml};
use crate::files;
use crate::privacy;
use crate::serve::change::{self, COPIES};
use crate::serve::desk::{Desk, Opened, Stand};
use crate::serve::form;
use crate::serve::web::{Asked, Reply, Trouble, Upload};

/// So many questions are on the page at once; the worksheet has all.
const SHOWN: usize = 40;

/// A question with room for its answer.
#[derive(Debug, Serialize)]
struct Asking {
    /// By that it is known again: what is behind it does not leave the computer.
    key: String,
    severity: Severity,
    name: &'static str,
    place: String,
    who: String,
    written: String,
    message: String,
    help: String,
    /// The words that settle it.
    answers: Vec<&'static str>,
    /// Whether it is about one cell, which may be corrected.
    is_cell: bool,
}

impl Asking {
    fn of(question: &Question) -> Self {
        let sheet = match question.sheet.as_str() {
            "" => String::new(),
            sheet => format!("“{sheet}”"),
        };
        let column = match question.column.as_str() {
            "" => String::new(),
            column => format!("，{column}"),
        };
        Self {
            key: key(question),
            severity: question.severity,
            name: question.severity.name(),
            place: format!("{sheet}第 {} 行{column}", question.row),
            who: question.who.clone(),
            written: question.written.clone(),
            message: question.message.clone(),
            help: question.help.clone(),
            answers: question.answers(),
            is_cell: !question.column.is_empty(),
        }
    }
}

fn key(question: &Question) -> String {
    let Question { sheet, row, column, message, .. } = question;
    let said = format!("{}\n{sheet}\n{row}\n{column}\n{message}", question.code);
    format!("q{}", &sha256(said.as_bytes())[..16])
}

pub(super) fn page(desk: &Desk, asked: &Asked) -> Result<Reply, Trouble> {
    let (opened, stand) = frame::stand(desk, asked)?;
    let dossier = stand.folder.as_ref().map(|folder| &folder.dossier);
    let roll = dossier.and_then(|dossier| dossier.roll.as_ref());
    let day = stand.election().and_then(|election| election.election_day.value());
    let about = || stand.report.iter().filter(|found| frame::is_about_roll(found));
    // What is asked of a row can be answered; the rest is told.
    let is_asked = |found: &&Diagnostic| {
        roll.is_some()
            && found.severity > Severity::Note
            && matches!(found.place, Some(Place::Cell(_)))
    };
    let told: Vec<Told> = about()
        .filter(|found| !is_asked(found))
        .map(|finding| frame::told(finding, &stand))
        .collect();
    let asked_of = about().filter(is_asked).count();
    let asked_now: Report = about().filter(is_asked).take(SHOWN).cloned().collect();
    let questions = roll.map_or_else(Vec::new, |roll| roll::questions(roll, &asked_now));
    let questions: Vec<Asking> = questions.iter().map(Asking::of).collect();
    let groups = roll.map(|roll| {
        let groups = roll.count_by_group().into_iter();
        groups
            .map(
                |(group, count)| context! { name => privacy::mask(roll.groups.name(group)), count },
            )
            .collect::<Vec<_>>()
    });
    let view = context! {
        file => roll.map(|roll| privacy::mask(&files::name_of(&roll.path)).into_owned()),
        count => roll.map(VoterRoll::len),
        rows => roll.map(roll::tell_rows),
        figures => roll.map(|roll| roll::tell_figures(roll, day.and_then(PartialDate::exact))),
        groups,
        new_groups => new_groups(&stand).len(),
        told => Value::from(Serde(&told)),
        questions => Value::from(Serde(&questions)),
        more => asked_of - questions.len(),
        changes => dossier.and_then(|dossier| changes(&opened, dossier)),
        is_broken => stand.folder.is_none(),
    };
    Ok(frame::show(desk, &opened, &stand, asked, "roll.html", "roll", view))
}

/// What the roll that was brought last changed, compared with the one before it.
fn changes(opened: &Opened, dossier: &Dossier) -> Option<String> {
    let (new, old) = (dossier.roll.as_ref()?, newest_copy(&opened.folder)?);
    let mut old =
        roll::read_with(&old, &election::roll_options(&dossier.election), &mut Report::new())?;
    election::name_groups(&mut old, &dossier.election, &mut Report::new());
    let old = &old;
    Some(roll::tell_changes(&roll::diff(old, new), old, new))
}

/// Takes a roll in, if it can be read as one. The one before is kept.
pub(super) fn bring(desk: &Desk, asked: &Asked) -> Result<Reply, Trouble> {
    let (opened, stand) = frame::stand(desk, asked)?;
    let upload = asked.files.first().ok_or_else(no_file)?;
    let ending = ending(upload)?;
    // Read where it will lie, so that all that a roll may be is known of it.
    let trial = tempfile::tempdir().map_err(|error| files::write_error(&opened.folder, &error))?;
    let draft = trial.path().join(format!("{ROLL_STEM}.{ending}"));
    files::write_private(&draft, &upload.bytes)?;
    let mut report = Report::new();
    let Some(new) = roll::read(&draft, &mut report) else { return Err(report.into()) };
    let old = stand.folder.as_ref().and_then(|folder| folder.dossier.roll.as_ref());
    let before = old.map_or(0, VoterRoll::len);
    put(&opened, old.map(|old| old.path.as_path()), &ending, &upload.bytes)?;
    let said = match before {
        0 => format!("读入了 {} 人。", new.len()),
        before => {
            format!("名册换成了 {} 人的，原来是 {before} 人。换错了的，点“换回上一份”。", new.len())
        }
    };
    opened.say(said);
    Ok(Reply::see("/roll"))
}

/// Puts the roll before this one in its place again; the one that goes is kept, too.
pub(super) fn back(desk: &Desk, asked: &Asked) -> Result<Reply, Trouble> {
    let (opened, stand) = frame::stand(desk, asked)?;
    let before = newest_copy(&opened.folder).ok_or_else(no_file)?;
    let bytes = std::fs::read(&before).map_err(|error| files::read_error(&before, &error))?;
    let ending = before.extension().unwrap_or_default().to_string_lossy().into_owned();
    let old = stand.folder.as_ref().and_then(|folder| folder.dossier.roll.as_ref());
    put(&opened, old.map(|old| old.path.as_path()), &ending, &bytes)?;
    opened.say("换回了上一份名册；换下来的留在“备份”里。");
    Ok(Reply::see("/roll"))
}

/// Puts a roll in the place of the one before, which is kept beside the other copies.
fn put(opened: &Opened, old: Option<&Path>, ending: &str, bytes: &[u8]) -> Result<(), Report> {
    let target = opened.folder.join(format!("{ROLL_STEM}.{ending}"));
    let gone: BTreeSet<&Path> = old.into_iter().chain([target.as_path()]).collect();
    for old in gone.into_iter().filter(|old| old.is_file()) {
        keep(&opened.folder, old)?;
    }
    files::write_private(&target, bytes)?;
    if let Some(old) = old.filter(|old| *old != target && is_ours(old)) {
        std::fs::remove_file(old).map_err(|error| files::write_error(old, &error))?;
    }
    name_in_description(opened, &files::name_of(&target))
}

/// A description that names its roll names the new one.
fn name_in_description(opened: &Opened, name: &str) -> Result<(), Report> {
    const NAMED: &str = "选民登记.名册";
    let mut history = opened.history();
    let mut editor = Editor::new(yaml::read_text(&opened.file())?)?;
    let named = form::target(editor.tree(), &form::ROLL.into());
    let is_other = named
        .and_then(|named| named.node)
        .is_some_and(|node| !matches!(&node.value, yaml::Value::Scalar(text) if text == name));
    if is_other {
        editor.set(&NAMED.into(), name)?;
        change::save(opened, &mut history, editor.source())?;
    }
    Ok(())
}

/// Takes the groups of the roll over into the description, which has none yet.
pub(super) fn groups(desk: &Desk, asked: &Asked) -> Result<Reply, Trouble> {
    let (opened, stand) = frame::stand(desk, asked)?;
    let groups = new_groups(&stand);
    let mut history = opened.history();
    let mut editor = Editor::new(yaml::read_text(&opened.file())?)?;
    for group in &groups {
        let name = ("name".to_owned(), group.as_str().into());
        editor.add(&"groups".into(), None, Plain::Record(vec![name]))?;
    }
    change::save(&opened, &mut history, editor.source())?;
    drop(history);
    opened.say(format!("写上了 {} 个小组；户数和代表名额请在“小组”一栏里填。", groups.len()));
    Ok(Reply::see(frame::field_address("groups")))
}

/// The groups of the roll, where the description names none.
fn new_groups(stand: &Stand) -> Vec<String> {
    let Some(folder) = &stand.folder else { return Vec::new() };
    let Dossier { election, roll, .. } = &folder.dossier;
    let Some(roll) = roll.as_ref().filter(|_| election.groups.items().is_empty()) else {
        return Vec::new();
    };
    let names = roll.groups.ids().map(|id| roll.groups.name(id).to_owned());
    names.filter(|name| privacy::mask(name) == name.as_str()).collect()
}

/// Whether the program finds a roll by its name alone: then an older one of another
/// format would be a second.
fn is_ours(path: &Path) -> bool {
    path.file_stem().is_some_and(|stem| stem == ROLL_STEM)
}

fn keep(folder: &Path, old: &Path) -> Result<(), Diagnostic> {
    let bytes = std::fs::read(old).map_err(|error| files::read_error(old, &error))?;
    let ending = old.extension().unwrap_or_default().to_string_lossy();
    let name = |n: u32| folder.join(COPIES).join(format!("{ROLL_STEM}-{n:03}.{ending}"));
    let taken = copies(folder).len();
    let first = u32::try_from(taken).unwrap_or_default() + 1;
    let free = (first..).map(name).find(|path| !path.exists());
    free.map_or(Ok(()), |free| files::write_private(&free, &bytes))
}

fn copies(folder: &Path) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(folder.join(COPIES)).into_iter().flatten().flatten();
    let is_roll = |path: &PathBuf| files::name_of(path).starts_with(&format!("{ROLL_STEM}-"));
    let mut copies: Vec<PathBuf> = entries.map(|entry| entry.path()).filter(is_roll).collect();
    copies.sort();
    copies
}

fn newest_copy(folder: &Path) -> Option<PathBuf> {
    copies(folder).pop()
}

/// The questions as a worksheet, to be answered on paper or in Excel.
pub(super) fn questions(desk: &Desk, asked: &Asked) -> Result<Reply, Trouble> {
    let opened = frame::opened(desk, asked)?;
    let (roll, report) = judged(&opened, Answers::default())?;
    let bytes = roll::questions_workbook(&roll, &report)?;
    Ok(Reply::file(XLSX, bytes, "待核对清单（内部）.xlsx", true))
}

const XLSX: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

/// Takes answers in, those of the page or of the worksheet: the roll is written anew as
/// they say.
pub(super) fn answer(desk: &Desk, asked: &Asked) -> Result<Reply, Trouble> {
    let opened = frame::opened(desk, asked)?;
    let answers = match asked.files.first() {
        Some(upload) => from_worksheet(&opened, upload)?,
        None => from_page(&opened, asked)?,
    };
    let (roll, report) = judged(&opened, answers)?;
    let bytes = roll::clean_workbook(&roll, &report)?;
    put(&opened, Some(&roll.path), "xlsx", &bytes)?;
    opened.say(format!(
        "名册照答复改好了，现在 {} 人。新写的名册只有核对选民要用的各栏，住址、电话、备注等在“备份”的原表里。",
        roll.len()
    ));
    Ok(Reply::see("/roll"))
}

fn from_worksheet(opened: &Opened, upload: &Upload) -> Result<Answers, Report> {
    let trial = tempfile::tempdir().map_err(|error| files::write_error(&opened.folder, &error))?;
    let sheet = trial.path().join(format!("answers.{}", ending(upload)?));
    files::write_private(&sheet, &upload.bytes)?;
    let mut report = Report::new();
    let answers = Answers::read(&sheet, &mut report);
    answers.filter(|_| !report.has_errors()).ok_or(report)
}

/// A correction stands beside the words that may be chosen.
const CORRECTION: &str = "改为";

fn from_page(opened: &Opened, asked: &Asked) -> Result<Answers, Report> {
    let (roll, report) = judged(opened, Answers::default())?;
    let mut answers = Answers::default();
    for question in roll::questions(&roll, &report) {
        let key = key(&question);
        let said = asked.get(&key).map(str::trim).filter(|said| !said.is_empty());
        let correction = asked.get(&format!("{key} {CORRECTION}")).unwrap_or_default().trim();
        let said = match said {
            Some(CORRECTION) => format!("{CORRECTION}{correction}"),
            Some(said) => said.to_owned(),
            None if correction.is_empty() => continue,
            None => format!("{CORRECTION}{correction}"),
        };
        if !answers.give(&question, &said) {
            let message = format!("看不懂对“{}”的答复。", question.message);
            return Err(Diagnostic::error("roll-answer", message)
                .help("请选一个答复；选“改为”的，在后面写上改成什么。")
                .into());
        }
    }
    match answers.is_empty() {
        true => {
            Err(Diagnostic::error("page", "一条都还没有答复。").help("请返回选好答复。").into())
        }
        false => Ok(answers),
    }
}

/// The roll read with answers, and with every question.
fn judged(opened: &Opened, answers: Answers) -> Result<(VoterRoll, Report), Report> {
    let options = Options { answers, listed: usize::MAX, ..Options::default() };
    let mut report = Report::new();
    match crate::make::judge_roll(&opened.folder, &options, &mut report) {
        Some((roll, _)) => Ok((roll, report)),
        None => Err(report),
    }
}

/// The ending of a file that may be a table.
fn ending(upload: &Upload) -> Result<String, Diagnostic> {
    let ending = upload.name.rsplit_once('.').map(|(_, ending)| ending.to_lowercase());
    ending.filter(|ending| ROLL_EXTENSIONS.contains(&ending.as_str())).ok_or_else(|| {
        Diagnostic::error("upload", "这不是表格文件，没有读入。")
            .help("名册是 Excel 或 WPS 的表格：.xlsx、.xls、.et、.csv 等。")
    })
}

fn no_file() -> Diagnostic {
    Diagnostic::error("upload", "没有选文件。").help("请先选一个文件，再按按钮。")
}
