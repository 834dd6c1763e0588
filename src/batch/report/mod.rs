//! The reduce: what the records of all elections come to, in a workbook and on paper.
//! It reads nothing else, in any order, however many there are by now.

mod board;
mod columns;
mod gather;
mod printed;
mod table;
mod workbook;

use std::path::{Path, PathBuf};

use jiff::civil::Date;

pub use columns::{Column, Columns, Figure, Form, Section};
pub use gather::{Entry, Gathered, Standing};
pub use table::{Line, Table};

use super::bench::OWN;
use crate::assets::Assets;
use crate::diagnostic::{Diagnostic, Report, Source, display};
use crate::election::yaml;
use crate::files;
use crate::make::{Kit, Press, font_folders};

/// The columns of one's own, beside the elections or the results.
pub const COLUMNS: &str = "statistics.yaml";

/// Those that are part of the program.
const BUILT_IN: &str = "statistics/cn.yaml";

/// What is to be reported, and how.
#[derive(Clone, Debug)]
pub struct Task {
    /// Where the results are.
    pub out: PathBuf,
    /// The day for which it is told what is late.
    pub today: Date,
    /// The columns of the table, if not those that go with the results.
    pub columns: Option<PathBuf>,
    pub fonts: Vec<PathBuf>,
}

/// What was written, and what it says in short.
#[derive(Debug)]
pub struct Written {
    pub files: Vec<PathBuf>,
    pub summary: String,
}

impl Written {
    /// What was added up, and where it lies.
    pub fn describe(&self) -> String {
        let files = self.files.iter().map(|file| display(file));
        let files = files.collect::<Vec<_>>().join("、");
        format!("汇总：{}已写到 {files}。\n", self.summary)
    }
}

/// The columns that are part of the program, as text.
pub fn built_in_columns() -> &'static str {
    Assets::built_in().get(BUILT_IN).map_or("", |asset| asset.source.text.as_str())
}

/// Keeps the columns beside the elections in `folder`, or above it, with the results:
/// who adds up later has only these.
///
/// # Errors
/// What is wrong with them.
pub(super) fn take_columns(folder: &Path, out: &Path) -> Result<(), Diagnostic> {
    let height = folder.canonicalize().map_or(1, |whole| whole.ancestors().count());
    let above = std::iter::successors(Some(folder.to_owned()), |below| Some(below.join("..")));
    let mut own = above.take(height).map(|folder| folder.join(COLUMNS));
    let own = own.find(|file| file.is_file());
    let kept = out.join(OWN).join(COLUMNS);
    match own {
        None => match std::fs::remove_file(&kept) {
            Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
                Err(files::write_error(&kept, &error))
            }
            _ => Ok(()),
        },
        Some(own) => {
            let source = yaml::read_text(&own)?;
            Columns::read(&source)?;
            files::write(&kept, &source.bytes())
        }
    }
}

fn columns(task: &Task) -> Result<Columns, Diagnostic> {
    let kept = task.out.join(OWN).join(COLUMNS);
    match task.columns.as_ref().or(Some(&kept).filter(|kept| kept.is_file())) {
        Some(own) => Columns::read(&yaml::read_text(own)?),
        None => Columns::read(&Source::new(BUILT_IN, built_in_columns())),
    }
}

/// Writes workbook, report and board beside the results. Without fonts there is no
/// paper, but there are figures: that is told in `report`.
///
/// # Errors
/// What keeps it from being added up or written.
pub fn write(task: &Task, report: &mut Report) -> Result<Written, Report> {
    let columns = columns(task)?;
    let gathered = Gathered::read(&task.out, &columns, task.today)?;
    let table = Table::of(&columns, &gathered);
    let mut made = vec![("汇总.xlsx", workbook::write(&gathered, &columns, &table)?)];
    let folders = font_folders(&task.fonts, None);
    if let Some(press) = Press::of(&folders, &Kit::built_in(), &mut Report::new()) {
        made.push(("汇总.pdf", printed::print(&gathered, &columns, &table, &press)?));
        let (paper, picture) = board::print(&gathered, &press)?;
        made.push(("进度榜.pdf", paper));
        made.extend(picture.map(|picture| ("进度榜.png", picture)));
    } else {
        report.push(
            Diagnostic::error("no-report", "没有中文字体，只写了汇总.xlsx，没有印成汇总和进度榜。")
                .help("Debian、Ubuntu 上请运行 make fonts；也可以用 --font-path 指定。"),
        );
    }
    let mut files = Vec::new();
    for (name, bytes) in made {
        let path = task.out.join(name);
        files::write(&path, &bytes)?;
        files.push(path);
    }
    Ok(Written { files, summary: printed::in_short(&gathered, &columns, &table) })
}
