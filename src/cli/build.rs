//! `zhangbang build`: every document whose data is present.

use std::path::{Path, PathBuf};

use clap::Args;

use super::check::judge;
use super::{Outcome, fail, font_folders, say, show};
use crate::compose::{self, Composition, FrontMatter};
use crate::diagnostic::{Diagnostic, Report};
use crate::election::Dossier;
use crate::files;
use crate::law::Profile;
use crate::typeset::{Fonts, Job, Layouts, Pdf, Typesetter};

#[derive(Args)]
pub struct Arguments {
    /// 选举文件夹，或其中的 election.yaml
    #[arg(value_name = "选举")]
    election: PathBuf,
    /// 输出文件夹；不写则为 output/选举文件夹名
    #[arg(short, long, value_name = "文件夹")]
    output: Option<PathBuf>,
    /// 只生成这些文件（按代号，可重复）
    #[arg(long, value_name = "代号")]
    only: Vec<String>,
    /// 草稿：有错误也生成，每页印“草稿”字样
    #[arg(long)]
    draft: bool,
    /// 另外查找字体的文件夹（可重复）
    #[arg(long, value_name = "文件夹")]
    font_path: Vec<PathBuf>,
}

pub fn run(arguments: &Arguments) -> Outcome {
    let mut report = Report::new();
    let options = compose::Options { only: arguments.only.clone(), draft: arguments.draft };
    let made = make(&arguments.election, &options, &arguments.font_path, &mut report);
    show(&report);
    let made = match made {
        Ok(made) => made,
        Err(outcome) => return outcome,
    };
    let folder = arguments.output.clone().unwrap_or_else(|| Path::new("output").join(made.dossier.slug()));
    for file in &made.files {
        if let Err(problem) = files::write_new(&folder.join(&file.path), &file.pdf.bytes) {
            return fail(problem, Outcome::BadMachine);
        }
    }
    say(&describe(&made, &folder));
    Outcome::Done
}

/// Everything made for one election, in memory: written only when all is well.
pub struct Made {
    pub dossier: Dossier,
    pub profile: Profile,
    pub composition: Composition,
    pub files: Vec<MadeFile>,
    pub typesetter: Typesetter,
}

/// One PDF and the document it shows.
pub struct MadeFile {
    /// Below the output folder, with `/`.
    pub path: String,
    /// What it is called: the document's kind, and whether it is the poster.
    pub title: String,
    pub pdf: Pdf,
    /// Position in [`Composition::documents`].
    pub document: usize,
}

/// Loads, checks, composes and sets an election.
///
/// # Errors
/// How the program is to end; the reasons are in `report`.
pub fn make(
    election: &Path,
    options: &compose::Options,
    font_path: &[PathBuf],
    report: &mut Report,
) -> Result<Made, Outcome> {
    let (dossier, profile) = judge(election, report).ok_or(Outcome::BadInput)?;
    let stop = |report: &Report| if report.has_errors() { Err(Outcome::BadInput) } else { Ok(()) };
    if !options.draft {
        stop(report)?;
    }
    let mut problems = Report::new();
    let composition = compose::compose(&dossier, &profile, options, &mut problems);
    let fonts = Fonts::find(&font_folders(font_path, Some(&dossier.folder)), &mut problems);
    let Some(fonts) = fonts else {
        report.append(problems);
        return Err(Outcome::BadMachine);
    };
    fonts.check(dossier.printed_texts().into_iter(), &mut problems);
    let layouts = Layouts::load(&dossier.folder.join("templates"), &mut problems);
    let stopped = stop(&problems);
    report.append(problems);
    stopped?;
    let typesetter = Typesetter::new(fonts, layouts);
    let files = set(&typesetter, &composition).map_err(|problems| {
        report.extend(problems);
        Outcome::BadInput
    })?;
    Ok(Made { dossier, profile, composition, files, typesetter })
}

/// Sets each document in each of its layouts.
fn set(typesetter: &Typesetter, composition: &Composition) -> Result<Vec<MadeFile>, Vec<Diagnostic>> {
    let documents = composition.documents.iter().enumerate();
    let sheets: Vec<_> = documents
        .flat_map(|(n, composed)| composed.front.layouts.iter().map(move |layout| (n, composed, layout)))
        .collect();
    let jobs: Vec<Job> = sheets.iter().map(|(_, composed, layout)| Job { document: &composed.document, layout }).collect();
    let pdfs = typesetter.pdfs(&jobs)?;
    Ok(sheets
        .into_iter()
        .zip(pdfs)
        .map(|((document, composed, layout), pdf)| {
            let title = file_title(&composed.front, layout);
            MadeFile { path: format!("{}/{title}.pdf", composed.front.stage.folder()), title, pdf, document }
        })
        .collect())
}

/// `选民名单公告`; the poster of a notice is named as one.
fn file_title(front: &FrontMatter, layout: &str) -> String {
    let variant = if front.layouts.first().is_some_and(|first| first == layout) { "" } else { "（张贴版）" };
    format!("{}{variant}", front.name)
}

fn describe(made: &Made, folder: &Path) -> String {
    let mut text = format!("已生成 {} 个文件，在 {}：\n", made.files.len(), folder.display());
    for file in &made.files {
        text += &format!("  {}\n", file.path);
    }
    if !made.composition.pending.is_empty() {
        text += "以下文件要等数据齐了再生成：\n";
        for pending in &made.composition.pending {
            text += &format!("  {}（还没有 {}）\n", pending.front.name, pending.missing);
        }
    }
    text
}
