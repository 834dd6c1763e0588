//! `zhangbang build`: every document whose data is present.

use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use clap::{Args, ValueEnum};

use super::check::judge;
use super::{Outcome, fail, font_folders, say, say_error, show};
use crate::compose::{self, Composed, Composition, FrontMatter, Purpose};
use crate::diagnostic::{Diagnostic, Report};
use crate::election::Dossier;
use crate::files;
use crate::law::Profile;
use crate::typeset::{Fonts, Job, Layouts, Typesetter, WebPages, docx, png};

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
    /// 文件格式，用逗号隔开：pdf、docx（Word）、html（网页）、png（图片）；不写则只要 pdf
    #[arg(long, value_name = "格式", value_enum, value_delimiter = ',', default_value = "pdf")]
    #[arg(hide_default_value = true, hide_possible_values = true)]
    formats: Vec<Format>,
    /// 空白表：只生成要用手填的表（登记表、选票、计票单、报告单等），已知的内容先印好
    #[arg(long)]
    blank: bool,
    /// 草稿：有错误也生成，每页印“草稿”字样
    #[arg(long)]
    draft: bool,
    /// 张贴版的纸张：a3（不写就是它）或 a2
    #[arg(long, value_name = "纸张", value_enum, default_value = "a3")]
    #[arg(hide_default_value = true, hide_possible_values = true)]
    poster: Poster,
    /// 另外查找字体的文件夹（可重复）
    #[arg(long, value_name = "文件夹")]
    font_path: Vec<PathBuf>,
    /// 说明各步用了多少时间
    #[arg(long)]
    timings: bool,
}

/// The sheet of a poster.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum Poster {
    #[default]
    A3,
    A2,
}

impl Poster {
    /// The layout to take where a document asks for `layout`.
    fn layout(self, layout: &str) -> &str {
        match (layout, self) {
            ("poster", Poster::A2) => "poster-a2",
            _ => layout,
        }
    }
}

/// What a document is written as.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Format {
    Pdf,
    Docx,
    Html,
    Png,
}

/// What is to be made, and with what.
pub struct Order {
    pub documents: compose::Options,
    pub formats: Vec<Format>,
    pub poster: Poster,
    pub font_path: Vec<PathBuf>,
}

impl Order {
    /// What an archive keeps.
    pub fn of_records(font_path: &[PathBuf]) -> Self {
        Self {
            documents: compose::Options { purpose: Purpose::Records, ..Default::default() },
            formats: vec![Format::Pdf],
            poster: Poster::A3,
            font_path: font_path.to_vec(),
        }
    }
}

pub fn run(arguments: &Arguments) -> Outcome {
    let mut report = Report::new();
    let order = Order {
        documents: compose::Options {
            only: arguments.only.clone(),
            draft: arguments.draft,
            purpose: if arguments.blank { Purpose::Blanks } else { Purpose::Use },
        },
        formats: arguments.formats.clone(),
        poster: arguments.poster,
        font_path: arguments.font_path.clone(),
    };
    let made = make(&arguments.election, &order, &mut report);
    show(&report);
    let mut made = match made {
        Ok(made) => made,
        Err(outcome) => return outcome,
    };
    let folder =
        arguments.output.clone().unwrap_or_else(|| Path::new("output").join(made.dossier.slug()));
    let written: Vec<_> =
        made.files.iter().map(|file| (folder.join(&file.path), file.bytes.as_slice())).collect();
    if let Err(problem) = files::write_each(&written) {
        return fail(problem, Outcome::BadMachine);
    }
    made.timings.end("写文件");
    say(&describe(&made, &folder));
    if arguments.timings {
        say_error(&made.timings.describe());
    }
    Outcome::Done
}

/// How long each stage of the work took.
pub struct Timings {
    last: Instant,
    stages: Vec<(&'static str, Duration)>,
}

impl Timings {
    fn start() -> Self {
        Self { last: Instant::now(), stages: Vec::new() }
    }

    /// Ends the stage that is under way.
    fn end(&mut self, stage: &'static str) {
        let now = Instant::now();
        self.stages.push((stage, now - self.last));
        self.last = now;
    }

    fn describe(&self) -> String {
        let whole: Duration = self.stages.iter().map(|(_, taken)| *taken).sum();
        let line = |(stage, taken): &(&str, Duration)| {
            let share = 100.0 * taken.as_secs_f64() / whole.as_secs_f64().max(f64::EPSILON);
            format!("{stage}\t{:.3} 秒\t{share:.0}%\n", taken.as_secs_f64())
        };
        self.stages.iter().map(line).collect()
    }
}

/// Everything made for one election, in memory: written only when all is well.
pub struct Made {
    pub dossier: Dossier,
    pub profile: Profile,
    pub composition: Composition,
    pub files: Vec<MadeFile>,
    pub typesetter: Typesetter,
    pub timings: Timings,
}

/// One file and the document it shows.
pub struct MadeFile {
    /// Below the output folder, with `/`.
    pub path: String,
    /// What it is called: the document's kind, and whether it is the poster.
    pub title: String,
    pub bytes: Vec<u8>,
    /// As printed; 1 for what has no pages.
    pub pages: usize,
    /// Position in [`Composition::documents`].
    pub document: usize,
}

/// Loads, checks, composes and sets an election.
///
/// # Errors
/// How the program is to end; the reasons are in `report`.
pub fn make(election: &Path, order: &Order, report: &mut Report) -> Result<Made, Outcome> {
    let mut timings = Timings::start();
    let (dossier, profile) = judge(election, report).ok_or(Outcome::BadInput)?;
    let stop = |report: &Report| if report.has_errors() { Err(Outcome::BadInput) } else { Ok(()) };
    // A draft shows what is still wrong, but no names that nobody gave.
    if !order.documents.draft || !dossier.placeholders().is_empty() {
        stop(report)?;
    }
    timings.end("读取、检查");
    let mut problems = Report::new();
    let composition = compose::compose(&dossier, &profile, &order.documents, &mut problems);
    timings.end("成文");
    let fonts = Fonts::find(&font_folders(&order.font_path, Some(&dossier.folder)), &mut problems);
    let Some(fonts) = fonts else {
        report.append(problems);
        return Err(Outcome::BadMachine);
    };
    fonts.check(dossier.printed_texts(), &mut problems);
    let layouts = Layouts::load(&dossier.templates, &mut problems);
    let web = WebPages::load(&dossier.templates, &mut problems);
    let stopped = stop(&problems);
    report.append(problems);
    stopped?;
    let typesetter = Typesetter::new(fonts, layouts);
    timings.end("字体、版式");
    let files = files_of(&composition, order, &typesetter, &web).map_err(|problems| {
        report.extend(problems);
        Outcome::BadInput
    })?;
    timings.end("排版");
    Ok(Made { dossier, profile, composition, files, typesetter, timings })
}

/// Every document in every format, those of one document side by side.
pub fn files_of(
    composition: &Composition,
    order: &Order,
    typesetter: &Typesetter,
    web: &WebPages,
) -> Result<Vec<MadeFile>, Vec<Diagnostic>> {
    let formats = &order.formats;
    let mut files = print(typesetter, composition, order)?;
    for (n, composed) in composition.documents.iter().enumerate() {
        let document = &composed.document;
        let master = composed.front.layouts.first().map_or("", String::as_str);
        if formats.contains(&Format::Docx) {
            let bytes = docx::write(document, master).map_err(|problem| vec![problem])?;
            files.push(MadeFile::new(n, composed, master, ".docx", bytes, 1));
        }
        if formats.contains(&Format::Html) {
            let bytes = web.write(document, master).map_err(|problem| vec![problem])?;
            files.push(MadeFile::new(n, composed, master, ".html", bytes, 1));
        }
    }
    files.sort_by_key(|file| file.document);
    Ok(files)
}

/// Sets each document in each of its layouts, for PDF and pictures alike.
fn print(
    typesetter: &Typesetter,
    composition: &Composition,
    order: &Order,
) -> Result<Vec<MadeFile>, Vec<Diagnostic>> {
    let [pdf, png] = [Format::Pdf, Format::Png].map(|format| order.formats.contains(&format));
    if !pdf && !png {
        return Ok(Vec::new());
    }
    let documents = composition.documents.iter().enumerate();
    let sheets: Vec<_> = documents
        .flat_map(|(n, composed)| {
            let layouts = composed.front.layouts.iter();
            layouts.map(move |layout| (n, composed, order.poster.layout(layout)))
        })
        .collect();
    let jobs: Vec<Job> = sheets
        .iter()
        .map(|(_, composed, layout)| Job { document: &composed.document, layout })
        .collect();
    let printed = typesetter.each(&jobs, |job, pages| {
        let pdf = if pdf { Some(typesetter.pdf(job, pages)?) } else { None };
        let pictures =
            if png { png::draw(pages).map_err(|problem| vec![problem])? } else { Vec::new() };
        Ok((pdf, pictures))
    })?;
    let mut files = Vec::new();
    for ((n, composed, layout), (pdf, pictures)) in sheets.into_iter().zip(printed) {
        files.extend(
            pdf.map(|pdf| MadeFile::new(n, composed, layout, ".pdf", pdf.bytes, pdf.pages)),
        );
        let pictures = pictures.into_iter().zip(1..);
        files.extend(pictures.map(|(bytes, page)| {
            MadeFile::new(n, composed, layout, &format!("-{page}.png"), bytes, 1)
        }));
    }
    Ok(files)
}

impl MadeFile {
    fn new(
        document: usize,
        composed: &Composed,
        layout: &str,
        ending: &str,
        bytes: Vec<u8>,
        pages: usize,
    ) -> Self {
        let title = file_title(&composed.front, layout);
        let path = format!("{}/{title}{ending}", composed.front.stage.folder());
        Self { path, title, bytes, pages, document }
    }
}

/// `选民名单公告`; what is not the master says what it is.
fn file_title(front: &FrontMatter, layout: &str) -> String {
    let is_master = front.layouts.first().is_some_and(|first| first == layout);
    let variant = match layout {
        _ if is_master => "",
        "poster" => "（张贴版）",
        "poster-a2" => "（A2张贴版）",
        "strips" => "（封条）",
        other => return format!("{}（{other}）", front.name),
    };
    format!("{}{variant}", front.name)
}

fn describe(made: &Made, folder: &Path) -> String {
    let mut text = format!("已生成 {} 个文件，在 {}：\n", made.files.len(), folder.display());
    for file in &made.files {
        text += &format!("  {}\n", file.path);
    }
    let awaited: Vec<_> = made.composition.pending.iter().filter(|p| p.is_awaited()).collect();
    if !awaited.is_empty() {
        text += "以下文件要等数据齐了再生成：\n";
        for pending in awaited {
            text += &format!("  {}（还没有 {}）\n", pending.front.name, pending.missing_key());
        }
    }
    text
}
