//! What has been posted, remembered in the description, with a copy of what it said
//! beside it.

use std::collections::BTreeMap;

use jiff::civil::Date;

use super::{Folder, Made, Order, is_posted};
use crate::compose::{self, Paper};
use crate::diagnostic::{Diagnostic, Report};
use crate::election::date::PartialDate;
use crate::election::edit::{Editor, Plain};
use crate::election::phones::Phones;
use crate::election::posted;
use crate::election::yaml::KeyPath;
use crate::files;

/// A document that goes on the wall.
#[derive(Clone, Debug)]
pub struct Posting {
    /// Its code or its name.
    pub document: String,
    /// The number on it, if it is another than it would have.
    pub number: Option<u32>,
}

/// What has been remembered of a document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Recorded {
    pub name: String,
    pub number: Option<u32>,
}

impl Folder {
    /// Every paper: its number, what it waits for, whether and when it was posted,
    /// and what it says otherwise since.
    pub fn papers(&self) -> Vec<Paper> {
        self.papers_on(None)
    }

    fn papers_on(&self, day: Option<Date>) -> Vec<Paper> {
        compose::papers(&self.dossier, &self.profile, &self.kit.wordings, day)
    }

    /// Remembers that a document was posted as No. `number` on `day`.
    ///
    /// # Errors
    /// As [`record_posted`](Self::record_posted).
    pub fn record_one_posted(
        &self,
        document: &str,
        number: Option<u32>,
        day: Date,
    ) -> Result<Vec<Recorded>, Report> {
        self.record_posted(&[Posting { document: document.to_owned(), number }], day)
    }

    /// Remembers that documents were posted on `day`: in `election.yaml` the number
    /// of each, which it has from now on, and in `posted/` what it says. A correction
    /// is remembered with what it corrects. All of them, or none.
    ///
    /// # Errors
    /// A document that there is not, that was posted before, or is none for the
    /// wall; a number that another has; a description that was changed since it was
    /// read, or cannot be written.
    pub fn record_posted(&self, postings: &[Posting], day: Date) -> Result<Vec<Recorded>, Report> {
        let papers = self.papers_on(Some(day));
        let mut report = Report::new();
        let mut chosen: Vec<(&Paper, Option<u32>)> = Vec::new();
        for posting in postings {
            match self.postable(&papers, posting) {
                Ok(paper) => chosen.push((paper, posting.number.or(paper.number))),
                Err(problem) => report.push(problem),
            }
        }
        report.extend(
            chosen.iter().filter_map(|(paper, number)| number_taken(&papers, paper, *number)),
        );
        if report.has_errors() {
            return Err(report);
        }
        let mut book = Book::open(self, day)?;
        for (paper, number) in &chosen {
            book.enter(&papers, paper, *number)?;
        }
        book.close()?;
        let recorded = chosen
            .iter()
            .map(|(paper, number)| Recorded { name: paper.front.name.clone(), number: *number });
        Ok(recorded.collect())
    }

    /// What was made and is to be remembered as posted on `day`: what was asked for, or
    /// else what bears this day.
    pub fn postings(&self, made: &Made, order: &Order, day: Date) -> Vec<Posting> {
        let is_of_the_day = |paper: &&Paper| {
            let dated = paper.dated.and_then(PartialDate::exact) == Some(day);
            paper.waits_for.is_none() && paper.posted.is_none() && is_posted(&paper.front) && dated
        };
        let posting = |id: &String| Posting { document: id.clone(), number: None };
        match order.documents.only.is_empty() {
            false => {
                let fronts = made.composition.documents.iter().map(|composed| &composed.front);
                fronts.map(|front| posting(&front.id)).collect()
            }
            true => {
                let papers = self.papers();
                papers.iter().filter(is_of_the_day).map(|paper| posting(&paper.front.id)).collect()
            }
        }
    }

    fn postable<'p>(
        &self,
        papers: &'p [Paper],
        posting: &Posting,
    ) -> Result<&'p Paper, Diagnostic> {
        let refuse = |message: String| {
            Diagnostic::error("cannot-post", message).in_file(&self.dossier.source.path)
        };
        let found = papers.iter().find(|paper| paper.front.is_named(&posting.document));
        let Some(paper) = found else {
            return Err(compose::unknown_document(&posting.document, &self.kit.wordings));
        };
        let name = &paper.front.name;
        match (&paper.waits_for, paper.posted) {
            (Some(missing), _) => Err(Diagnostic::error(
                "not-due",
                format!("《{name}》还不能做，也就没有贴：数据里还没有“{missing}”。"),
            )),
            _ if !is_posted(&paper.front) => {
                Err(refuse(format!("《{name}》不是张贴的文件，不用记。")))
            }
            _ if Phones::of(&self.dossier.election).others(&paper.words).next().is_some() => {
                Err(refuse(format!("《{name}》里有像个人信息的内容，不能张贴。"))
                    .help("请先检查，改正以后再贴。"))
            }
            (_, Some(_)) if paper.changed.is_some() => {
                Err(refuse(format!("《{name}》已经记过，张贴以后内容有了变动。")).help(
                    "换一张贴上去，看过原来那一张的人不知道：请另贴《更正公告》。原来那一张确实没有人看过的，从“已贴公告”里删去它再记。",
                ))
            }
            (_, Some(_)) => Err(refuse(format!("《{name}》已经记在“已贴公告”里，没有再记。"))),
            _ => Ok(paper),
        }
    }
}

/// That another notice of the same issuer has the number, and cannot give it up.
fn number_taken(papers: &[Paper], paper: &Paper, number: Option<u32>) -> Option<Diagnostic> {
    let has_it = |other: &&Paper| {
        other.posted.is_some()
            && other.front.id != paper.front.id
            && other.issuer == paper.issuer
            && other.number == number
    };
    let other = number.and(papers.iter().find(has_it))?;
    let message = format!(
        "第{}号是《{}》，已经贴出，《{}》不能再用这个编号。",
        number?, other.front.name, paper.front.name
    );
    Some(Diagnostic::error("cannot-post", message))
}

/// The description with what is entered, and the copies to be written beside it.
struct Book<'f> {
    folder: &'f Folder,
    day: Date,
    editor: Editor,
    copies: BTreeMap<String, String>,
}

impl<'f> Book<'f> {
    fn open(folder: &'f Folder, day: Date) -> Result<Self, Diagnostic> {
        let source = &folder.dossier.source;
        let editor = Editor::open(&source.path)?;
        if editor.source().text != source.text {
            return Err(Diagnostic::error("edit", "文件刚刚在别处改过，没有记。")
                .in_file(&source.path)
                .help("请再来一次。"));
        }
        Ok(Self { folder, day, editor, copies: BTreeMap::new() })
    }

    fn enter(
        &mut self,
        papers: &[Paper],
        paper: &Paper,
        number: Option<u32>,
    ) -> Result<(), Diagnostic> {
        let text = |key: &str, text: &str| (key.to_owned(), Plain::from(text));
        let mut record = vec![text("document", &paper.front.id)];
        record.extend(number.map(|number| ("number".to_owned(), Plain::from(number))));
        record.push(("posted_on".to_owned(), Plain::Date(PartialDate::from(self.day))));
        if !paper.issuer.is_empty() {
            record.push(text("issuer", &paper.issuer));
        }
        record.push(text("digest", &posted::digest(&paper.words)));
        self.editor.add(&KeyPath::from("notices"), None, Plain::Record(record))?;
        self.copies.insert(paper.front.id.clone(), paper.words.clone());
        match &paper.corrects {
            Some(corrected) => self.correct(papers, paper, corrected),
            None => Ok(()),
        }
    }

    /// With its correction on the wall, a notice says there what it says now.
    fn correct(
        &mut self,
        papers: &[Paper],
        correction: &Paper,
        corrected: &str,
    ) -> Result<(), Diagnostic> {
        let Some(paper) = papers.iter().find(|paper| paper.front.id == corrected) else {
            return Ok(());
        };
        // One that stands in the description already is not entered again.
        let Some(amendments) = paper.changed.as_ref().filter(|_| correction.is_offered) else {
            return Ok(());
        };
        let item = |was: &str, now: &str| {
            let sides =
                [("was", was), ("now", now)].into_iter().filter(|(_, text)| !text.is_empty());
            Plain::Record(sides.map(|(key, text)| (key.to_owned(), Plain::from(text))).collect())
        };
        let items = amendments.iter().map(|one| item(&one.was, &one.now)).collect();
        let erratum = vec![
            ("document".to_owned(), Plain::from(corrected)),
            ("posted_on".to_owned(), Plain::Date(PartialDate::from(self.day))),
            ("items".to_owned(), Plain::List(items)),
        ];
        self.editor.add(&KeyPath::from("errata"), None, Plain::Record(erratum))?;
        let notices = self.folder.dossier.election.notices.items();
        let is_it = |named: &String| paper.front.is_named(named);
        let at = notices.iter().position(|notice| notice.document.get().is_some_and(is_it));
        let Some(at) = at else { return Ok(()) };
        let digest = posted::digest(&paper.words);
        self.editor.set(&KeyPath::from(&*format!("notices[{at}].digest")), &*digest)?;
        self.copies.insert(corrected.to_owned(), paper.words.clone());
        Ok(())
    }

    /// The copies first: a copy of which nothing is on record does no harm.
    fn close(self) -> Result<(), Diagnostic> {
        for (document, words) in &self.copies {
            if let Some(file) = posted::file(&self.folder.dossier.folder, document) {
                files::write_text(&file, words)?;
            }
        }
        self.editor.save()
    }
}
