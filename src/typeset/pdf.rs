//! PDF by Typst: PDF/A-2a and PDF/UA-1, the same bytes each time.

use std::cmp::Reverse;
use std::collections::BTreeSet;
use std::sync::{Arc, Mutex, PoisonError};

use jiff::civil::Date;
use typst::diag::{SourceDiagnostic, Warned};
use typst::foundations::{Bytes, Datetime, Smart};
use typst::layout::{Frame, FrameItem};
use typst::syntax::FileId;
use typst::text::Font;
use typst::utils::LazyHash;
use typst::{Library, LibraryExt as _, WorldExt as _};
use typst_layout::{Page, PagedDocument};
use typst_pdf::{PdfOptions, PdfStandard, PdfStandards, Timestamp};

use super::fonts::{Face, Fonts};
use super::sheet::Sheet;
use super::world::{DocumentWorld, Layouts};
use super::{data, memory};
use crate::compose::Document;
use crate::diagnostic::{self, Diagnostic, Place, Report};
use crate::pool::Pool;

/// So many short documents are set until Typst forgets them.
const FEW: usize = 32;

/// Deep enough for Typst on any document of ours.
pub(super) const STACK: usize = 8 << 20;

/// A document and the layout it is to be set in.
pub struct Job<'a> {
    pub document: &'a Document,
    pub layout: &'a str,
}

impl Job<'_> {
    /// Whether it takes much room to be set.
    pub fn is_long(&self) -> bool {
        data::is_long(self.document)
    }
}

/// A document as PDF.
#[derive(Debug)]
pub struct Pdf {
    pub bytes: Vec<u8>,
    pub pages: usize,
}

/// Sets documents. Made once, used for all.
pub struct Typesetter {
    library: Arc<LazyHash<Library>>,
    fonts: Arc<Fonts>,
    layouts: Arc<Layouts>,
    /// The faces in which anything was set, by their place among `fonts`.
    used: Mutex<BTreeSet<usize>>,
    threads: usize,
    /// Held by who sets a long document, so that there is room for it.
    room: Arc<Mutex<()>>,
}

impl Typesetter {
    pub fn new(fonts: Fonts, layouts: Layouts) -> Self {
        Self {
            library: Arc::new(LazyHash::new(Library::default())),
            fonts: Arc::new(fonts),
            layouts: Arc::new(layouts),
            used: Mutex::default(),
            threads: Pool::of_cores().threads,
            room: Arc::default(),
        }
    }

    /// One with the same fonts and layouts that has set nothing yet, for one of many
    /// elections that are made side by side: it works on a single thread.
    pub fn for_another(&self) -> Self {
        Self {
            library: self.library.clone(),
            fonts: self.fonts.clone(),
            layouts: self.layouts.clone(),
            used: Mutex::default(),
            threads: 1,
            room: self.room.clone(),
        }
    }

    pub fn fonts(&self) -> &Fonts {
        &self.fonts
    }

    pub(super) fn layouts(&self) -> &Layouts {
        &self.layouts
    }

    /// The faces that stand on any page that was set.
    pub fn used_faces(&self) -> Vec<&Face> {
        let used = self.used.lock().unwrap_or_else(PoisonError::into_inner);
        let faces = self.fonts.faces().iter().enumerate();
        faces.filter(|(n, _)| used.contains(n)).map(|(_, face)| face).collect()
    }

    fn remember_faces(&self, pages: &PagedDocument) {
        let mut fonts = Vec::new();
        pages.pages().iter().for_each(|page| fonts_in(&page.frame, &mut fonts));
        let faces = self.fonts.faces().iter().enumerate();
        let used = faces.filter(|(_, face)| fonts.iter().any(|font| face.is(font)));
        self.used.lock().unwrap_or_else(PoisonError::into_inner).extend(used.map(|(n, _)| n));
    }

    /// Sets all jobs and writes them as PDF in the order of the jobs.
    ///
    /// # Errors
    /// All problems of all jobs: either everything can be set, or nothing is.
    pub fn pdfs(&self, jobs: &[Job]) -> Result<Vec<Pdf>, Report> {
        self.each(jobs, |job, pages| self.pdf(job, pages))
    }

    /// Sets all jobs, on as many threads as the machine has cores, and makes of
    /// the pages of each what is wanted: they are set once, whatever for.
    ///
    /// # Errors
    /// All problems of all jobs: either everything can be set, or nothing is.
    pub fn each<T: Send + Sync>(
        &self,
        jobs: &[Job],
        make: impl Fn(&Job, &PagedDocument) -> Result<T, Report> + Sync,
    ) -> Result<Vec<T>, Report> {
        self.rehearse(jobs)?;
        self.fonts.warm_up();
        // What is left of the election before.
        memory::release();
        let set = |n: usize| {
            let job = &jobs[n];
            let pages = self.set(job.document, job.layout);
            (n, pages.and_then(|pages| make(job, &pages)))
        };
        // A long one beside others would add its room to theirs, and after others to
        // what these leave behind.
        let (mut long, short): (Vec<usize>, Vec<usize>) =
            (0..jobs.len()).partition(|&n| data::is_long(jobs[n].document));
        long.sort_by_key(|&n| Reverse(data::parts(jobs[n].document)));
        // Not Rayon: a worker waiting for Typst's own pool would take up another
        // whole document on the same stack, and overflow it.
        let pool = Pool { stack: STACK, threads: self.threads };
        let one_by_one = Pool { threads: 1, ..pool };
        let mut results = one_by_one.each(
            &long,
            || (),
            |(), &n| {
                let _room = self.room.lock().unwrap_or_else(PoisonError::into_inner);
                let result = set(n);
                memory::release();
                result
            },
        );
        for few in short.chunks(FEW) {
            results.extend(pool.each(few, || (), |(), &n| set(n)));
            memory::forget();
        }
        results.sort_by_key(|(n, _)| *n);
        let (mut made, mut problems) = (Vec::with_capacity(jobs.len()), Report::new());
        for (_, result) in results {
            match result {
                Ok(result) => made.push(result),
                Err(found) => problems.append(found),
            }
        }
        if problems.is_empty() { Ok(made) } else { Err(problems) }
    }

    /// Writes the pages of a job as PDF.
    ///
    /// # Errors
    /// What the standards for archives and for the blind forbid.
    pub fn pdf(&self, job: &Job, pages: &PagedDocument) -> Result<Pdf, Report> {
        let Job { document, layout } = *job;
        let options = PdfOptions {
            ident: Smart::Custom(format!("zhangbang/{}/{layout}", document.id)),
            creator: Smart::Custom(Some(concat!("Zhangbang ", env!("CARGO_PKG_VERSION")).into())),
            timestamp: timestamp(document.dated),
            standards: PdfStandards::new(&[PdfStandard::A_2a, PdfStandard::Ua_1])
                .map_err(|error| Diagnostic::error("typst", error.message().to_string()))?,
            ..PdfOptions::default()
        };
        let bytes = typst_pdf::pdf(pages, &options).map_err(|errors| {
            match self.world(document, layout) {
                Ok(world) => self.explain(&world, &errors, document),
                Err(problems) => problems,
            }
        })?;
        Ok(Pdf { bytes, pages: pages.pages().len() })
    }

    /// Sets `document` on pages.
    pub fn set(&self, document: &Document, layout: &str) -> Result<PagedDocument, Report> {
        let world = self.world(document, layout)?;
        let compile = || typst::compile::<PagedDocument>(&world);
        let Warned { output, warnings } = match data::is_long(document) {
            true => memory::forgetful(compile),
            false => compile(),
        };
        match output {
            // A warning is an unknown font or the like: not fit for the wall.
            Ok(_) if !warnings.is_empty() => Err(self.explain(&world, &warnings, document)),
            Ok(pages) if pages.pages().iter().any(is_too_large) => {
                let message = format!("版式“{layout}”的纸边长超过 2 米。");
                Err(Diagnostic::error("typst", message).help("请改小版式里的纸张。").into())
            }
            Ok(pages) => {
                let pages = super::rows::fill(pages, document, &self.fonts)?;
                self.remember_faces(&pages);
                let flaws = super::proof::prove(&pages, document, layout);
                if flaws.is_empty() { Ok(pages) } else { Err(flaws) }
            }
            Err(errors) => Err(self.explain(&world, &errors, document)),
        }
    }

    fn world(&self, document: &Document, layout: &str) -> Result<DocumentWorld<'_>, Report> {
        let ours = (!self.layouts.runs_own(layout)).then(|| Sheet::of(layout).kind);
        self.world_of(layout, data::to_json(document, ours)).ok_or_else(|| {
            let message = format!("《{}》要用的版式“{layout}”不存在。", document.title);
            Diagnostic::error("no-layout", message)
                .help("请核对模板开头的 layouts；自带的版式可用 zhangbang templates list 列出。")
                .into()
        })
    }

    /// What Typst sees of a document, if there is such a layout.
    pub(super) fn world_of(&self, layout: &str, data: Vec<u8>) -> Option<DocumentWorld<'_>> {
        Some(DocumentWorld {
            library: &self.library,
            fonts: &self.fonts,
            layouts: &self.layouts,
            main: self.layouts.find(&format!("{layout}.typ"))?,
            data: Bytes::new(data),
        })
    }

    fn explain(
        &self,
        world: &DocumentWorld,
        problems: &[SourceDiagnostic],
        document: &Document,
    ) -> Report {
        problems
            .iter()
            .map(|problem| {
                let hints = problem.hints.iter().map(|hint| hint.v.as_str());
                let said = std::iter::once(problem.message.as_str()).chain(hints);
                let said = said.collect::<Vec<_>>().join("；");
                let message =
                    format!("排《{}》时版式出错，Typst 的说明是：{said}。", document.title);
                Diagnostic::error("typst", message)
                    .at(self.place(world, problem))
                    .help("请对照自带的版式改正（zhangbang templates export 可以导出）；删去自己的版式就用自带的。")
            })
            .collect()
    }

    fn place(&self, world: &DocumentWorld, problem: &SourceDiagnostic) -> Option<Place> {
        let id: FileId = problem.span.id()?;
        let range = world.range(problem.span)?;
        let source = self.layouts.source(id)?;
        let path = format!("templates/layouts/{}", id.vpath().get_without_slash());
        Some(Place::Text(diagnostic::Source::new(path, source.text()), range))
    }
}

/// No paper is so long: its picture would take more memory than there is.
fn is_too_large(page: &Page) -> bool {
    const LONGEST: f64 = 2000.0;
    let size = page.frame.size();
    size.x.to_mm() > LONGEST || size.y.to_mm() > LONGEST
}

/// The fonts of all texts of a frame, each once.
fn fonts_in(frame: &Frame, fonts: &mut Vec<Font>) {
    for (_, item) in frame.items() {
        match item {
            FrameItem::Group(group) => fonts_in(&group.frame, fonts),
            FrameItem::Text(text) if !fonts.contains(text.font.font()) => {
                fonts.push(text.font.font().clone());
            }
            _ => {}
        }
    }
}

/// Midnight of the day that the document bears; the epoch of zip files if it
/// bears none. Never the clock.
fn timestamp(dated: Option<Date>) -> Option<Timestamp> {
    let (year, month, day) = dated.map_or((1980, 1, 1), |date| {
        (i32::from(date.year()), date.month().unsigned_abs(), date.day().unsigned_abs())
    });
    Datetime::from_ymd_hms(year, month, day, 0, 0, 0).map(Timestamp::new_utc)
}
