//! Making documents: an election, what they are made by, and an order give
//! files. Whoever makes documents comes in here: a command, a page, a batch.

mod board;
mod chapters;
mod examples;
mod kit;
mod numbers;
mod output;
mod pack;
mod packet;
mod posted;
mod press;
mod printed;
mod printing;
mod rehearsal;
mod roll;
mod scaffold;
mod status;
mod tell;
mod timings;
mod trial;
mod workshop;

use std::path::{Path, PathBuf};
use std::sync::Arc;

pub use chapters::by_chapter;
pub use examples::Examples;
pub use kit::{Kit, export_templates};
pub use output::Stale;
pub use pack::{Packed, Packing, Parcel};
pub use packet::rebuild;
pub use posted::{Posting, Recorded};
pub use press::{Press, font_folders};
pub use rehearsal::perform;
pub use roll::judge_roll;
pub use scaffold::{Last, Scaffold, lay_out};
pub use status::Status;
pub use timings::Timings;
pub use trial::Trial;
pub use workshop::Workshop;

use self::printing::Run;

use crate::bag::names;
use crate::compose::document::Audience;
use crate::compose::{self, Composed, Composition, FrontMatter, Options, Outlook, Purpose};
use crate::diagnostic::Report;
use crate::election::{self, Dossier};
use crate::files::Readers;
use crate::law::{self, Profile};
use crate::typeset::{Job, Leaves, docx, png};

/// An election as it was read, and what judges it and makes its documents.
pub struct Folder {
    pub dossier: Dossier,
    pub profile: Profile,
    pub kit: Arc<Kit>,
}

impl Folder {
    /// Reads an election from its folder or its `election.yaml`, and what lies
    /// beside it. All problems go to `report`; `None` if there is nothing to go on
    /// with.
    pub fn open(path: &Path, report: &mut Report) -> Option<Self> {
        Self::open_with(path, Kit::beside, report)
    }

    fn open_with(
        path: &Path,
        kit: impl FnOnce(&Path, &mut Report) -> Arc<Kit>,
        report: &mut Report,
    ) -> Option<Self> {
        let mut dossier = election::load(path, report)?;
        let kit = kit(&dossier.folder, report);
        if let Err(problem) = rehearsal::wordings(&kit, &dossier.folder, &dossier) {
            report.push(problem);
            return None;
        }
        let profile = kit.profile(&dossier.election, report)?;
        compose::sign_notices(&mut dossier, &profile, &kit.wordings);
        Some(Self { dossier, profile, kit })
    }

    /// As [`open`](Self::open), and judges it and its roll by the law in force on
    /// its day.
    pub fn judge(path: &Path, report: &mut Report) -> Option<Self> {
        Self::open(path, report).map(|folder| folder.judged(report))
    }

    /// The same with a kit of the workshop's.
    pub fn judge_in(workshop: &Workshop, path: &Path, report: &mut Report) -> Option<Self> {
        let kit = |folder: &Path, report: &mut Report| workshop.kit(folder, report);
        Self::open_with(path, kit, report).map(|folder| folder.judged(report))
    }

    fn judged(self, report: &mut Report) -> Self {
        let Self { dossier, profile, kit } = &self;
        report.extend_with_news(kit.wordings.problems().iter().cloned().collect());
        report.extend(dossier.placeholders());
        report.extend(dossier.name_of_committee());
        law::check_roll(dossier, profile, report);
        report.append(self.about_notices());
        law::check(dossier, profile, report);
        report.append(self.about_numbers(report));
        self
    }

    /// What could be composed, and what not yet.
    pub fn outlook(&self) -> Outlook {
        compose::outlook(&self.dossier, &self.profile, &self.kit.wordings)
    }

    /// What is to be said of the notices on the wall and of their numbers.
    pub fn about_notices(&self) -> Report {
        compose::about_notices(&self.dossier, &self.profile, &self.kit.wordings)
    }

    /// Composes what is asked for.
    pub fn compose(&self, options: &Options, report: &mut Report) -> Composition {
        compose::compose(&self.dossier, &self.profile, &self.kit.wordings, options, report)
    }

    /// Composes and sets what is asked for with a press that is ready; in one `layout`
    /// only, if one is given.
    ///
    /// # Errors
    /// All that keeps it from being printed.
    pub fn print(
        &self,
        press: &Press,
        order: &Order,
        layout: Option<&str>,
    ) -> Result<Made, Report> {
        let mut report = Report::new();
        let mut composition = self.compose(&order.documents, &mut report);
        printed::check(&composition, self, press.fonts(), &mut report);
        if report.has_errors() {
            return Err(report);
        }
        if let Some(layout) = layout {
            let fronts = composition.documents.iter_mut().map(|composed| &mut composed.front);
            fronts.for_each(|front| front.layouts = vec![layout.to_owned()]);
        }
        let files = press.print(&composition, order)?;
        Ok(Made { composition, files })
    }
}

/// What is to be made.
#[derive(Clone, Debug)]
pub struct Order {
    pub documents: Options,
    pub formats: Vec<Format>,
    /// The sheets of posters of all that is posted; `None` for those only that a
    /// template asks for.
    pub poster: Option<Poster>,
    /// A list of what is to be printed, and a file for each size of paper.
    pub printing: bool,
}

impl Order {
    /// What an archive keeps.
    pub fn of_records() -> Self {
        Self {
            documents: Options { purpose: Purpose::Records, ..Options::default() },
            formats: vec![Format::Pdf],
            poster: None,
            printing: false,
        }
    }
}

/// What a document is written as.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    Pdf,
    Docx,
    Html,
    Png,
}

/// The sheet of a poster.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Poster {
    A3,
    A2,
    A1,
}

impl Poster {
    pub const ALL: [Self; 3] = [Self::A3, Self::A2, Self::A1];

    /// The one that a layout sets, if it is a poster's.
    pub fn find(layout: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|poster| poster.layout() == layout)
    }

    /// The name of the paper.
    pub fn paper(self) -> &'static str {
        match self {
            Self::A3 => "A3",
            Self::A2 => "A2",
            Self::A1 => "A1",
        }
    }

    /// The name of the layout that sets it.
    pub fn layout(self) -> &'static str {
        match self {
            Self::A3 => "poster",
            Self::A2 => "poster-a2",
            Self::A1 => "poster-a1",
        }
    }
}

impl Order {
    /// The layouts in which a document is set.
    fn layouts<'a>(&self, front: &'a FrontMatter) -> Vec<&'a str> {
        let asked = front.layouts.iter().map(String::as_str);
        match self.poster.filter(|_| is_posted(front)) {
            None => asked.collect(),
            Some(poster) => {
                asked.filter(|layout| *layout != "poster").chain([poster.layout()]).collect()
            }
        }
    }
}

/// Whether a document goes on the wall.
pub fn is_posted(front: &FrontMatter) -> bool {
    let master = front.layouts.first().map_or("", String::as_str);
    front.audience == Audience::Public && matches!(master, "notice" | "roster" | "list" | "report")
}

/// Everything made for one election, in memory: written only when all is well.
pub struct Made {
    pub composition: Composition,
    pub files: Vec<MadeFile>,
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
    /// What is not for everybody's eyes is its owner's.
    pub readers: Readers,
}

/// An election with all that was made of it.
pub struct Finished {
    pub folder: Folder,
    pub press: Press,
    pub made: Made,
    pub timings: Timings,
}

/// Reads, judges, composes and sets the election at `path`, with fonts from
/// `font_path` before those of the system. `None` if nothing was made; the reasons
/// are in `report`.
pub fn from_folder(
    path: &Path,
    order: &Order,
    font_path: &[PathBuf],
    report: &mut Report,
) -> Option<Finished> {
    let timings = Timings::start();
    let folder = Folder::judge(path, report)?;
    let press = |folder: &Folder, report: &mut Report| {
        Press::find(font_path, Some(&folder.dossier.folder), &folder.kit, report)
    };
    finish(folder, order, timings, press, report)
}

/// The same of an election that was read and judged, with a press of the workshop's.
pub fn from_judged(
    folder: Folder,
    order: &Order,
    workshop: &Workshop,
    report: &mut Report,
) -> Option<Finished> {
    let press = |folder: &Folder, report: &mut Report| {
        workshop.press(&folder.dossier.folder, &folder.kit, report)
    };
    finish(folder, order, Timings::start(), press, report)
}

fn finish(
    folder: Folder,
    order: &Order,
    mut timings: Timings,
    press: impl FnOnce(&Folder, &mut Report) -> Option<Press>,
    report: &mut Report,
) -> Option<Finished> {
    // A draft shows what is still wrong, but no names that nobody gave.
    if report.has_errors() && (!order.documents.draft || !folder.dossier.placeholders().is_empty())
    {
        return None;
    }
    timings.end("读取、检查");
    let mut problems = Report::new();
    let composition = folder.compose(&order.documents, &mut problems);
    timings.end("成文");
    let press = press(&folder, &mut problems);
    if let Some(press) = &press {
        printed::check(&composition, &folder, press.fonts(), &mut problems);
    }
    let failed = problems.has_errors();
    report.extend_with_news(problems);
    let press = press.filter(|_| !failed)?;
    timings.end("字体、版式");
    let printed = press.print(&composition, order).map_err(|problems| report.append(problems));
    let files = printed.ok()?;
    timings.end("排版");
    Some(Finished { folder, press, made: Made { composition, files }, timings })
}

impl Press {
    /// Every document in every format, those of one document side by side.
    ///
    /// # Errors
    /// All problems of all documents.
    pub fn print(&self, composition: &Composition, order: &Order) -> Result<Vec<MadeFile>, Report> {
        let mut files = self.set(composition, order)?;
        for (n, composed) in composition.documents.iter().enumerate() {
            let document = &composed.document;
            let master = composed.front.layouts.first().map_or("", String::as_str);
            if order.formats.contains(&Format::Docx) {
                let bytes = docx::write(document, master)?;
                files.push(MadeFile::new(n, composed, master, ".docx", bytes, 1));
            }
            if order.formats.contains(&Format::Html) {
                let bytes = self.web().write(document, master)?;
                files.push(MadeFile::new(n, composed, master, ".html", bytes, 1));
            }
        }
        files.sort_by_key(|file| file.document);
        Ok(files)
    }

    /// Sets each document in each of its layouts, for PDF and pictures alike.
    fn set(&self, composition: &Composition, order: &Order) -> Result<Vec<MadeFile>, Report> {
        let [pdf, png] = [Format::Pdf, Format::Png].map(|format| order.formats.contains(&format));
        if !pdf && !png && !order.printing {
            return Ok(Vec::new());
        }
        let documents = composition.documents.iter().enumerate();
        let sheets: Vec<_> = documents
            .flat_map(|(n, composed)| {
                let layouts = order.layouts(&composed.front).into_iter();
                layouts.map(move |layout| (n, composed, layout))
            })
            .collect();
        let jobs: Vec<Job> = sheets
            .iter()
            .map(|(_, composed, layout)| Job { document: &composed.document, layout })
            .collect();
        let typesetter = self.typesetter();
        let printed = typesetter.each(&jobs, |job, pages| {
            let pdf = if pdf { Some(typesetter.pdf(job, pages)?) } else { None };
            let pictures = if png { png::draw(pages)? } else { Vec::new() };
            let leaves = order.printing.then(|| Leaves::of(pages, !job.is_long()));
            Ok((pdf, pictures, leaves))
        })?;
        let (mut files, mut runs) = (Vec::new(), Vec::new());
        for ((n, composed, layout), (pdf, pictures, leaves)) in sheets.into_iter().zip(printed) {
            let title = file_title(&composed.front, layout);
            runs.extend(leaves.map(|leaves| Run { composed, title, layout, leaves }));
            files.extend(
                pdf.map(|pdf| MadeFile::new(n, composed, layout, ".pdf", pdf.bytes, pdf.pages)),
            );
            let pictures = pictures.into_iter().zip(1..);
            files.extend(pictures.map(|(bytes, page)| {
                MadeFile::new(n, composed, layout, &format!("-{page}.png"), bytes, 1)
            }));
        }
        if !runs.is_empty() {
            files.extend(self.printing(composition, &runs)?);
        }
        Ok(files)
    }
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
        // A name from a template of one's own leads nowhere else.
        let title = names::from_title(&file_title(&composed.front, layout));
        let path = format!("{}/{title}{ending}", composed.front.stage.folder());
        let readers = match composed.document.audience {
            Audience::Public => Readers::All,
            _ => Readers::Owner,
        };
        Self { path, title, bytes, pages, document, readers }
    }
}

/// `选民名单公告`; what is not the master says what it is.
fn file_title(front: &FrontMatter, layout: &str) -> String {
    let is_master = front.layouts.first().is_some_and(|first| first == layout);
    let variant = match layout {
        _ if is_master => "",
        "poster" => "（张贴版）",
        "poster-a2" => "（A2张贴版）",
        "poster-a1" => "（A1张贴版）",
        "strips" => "（封条）",
        other => return format!("{}（{other}）", front.name),
    };
    format!("{}{variant}", front.name)
}
