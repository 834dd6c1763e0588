//! The papers: which can be made, which wait for what, and each as it will look.

use std::collections::VecDeque;
use std::sync::Arc;

use axum::http::header;
use jiff::civil::Date;
use minijinja::context;
use minijinja::value::{Serde, Value};
use serde::Serialize;
use zip::CompressionMethod;

use super::frame::{self, CHAPTERS};
use crate::bag::sha256;
use crate::compose::document::Audience;
use crate::compose::{self, Composition, FrontMatter, Options, Pending, Purpose};
use crate::diagnostic::{Diagnostic, Report};
use crate::election::Stage;
use crate::election::date::PartialDate;
use crate::files;
use crate::law::calendar;
use crate::law::steps::PLAN_ADOPTED;
use crate::make::{self, Folder, Format, MadeFile, Order, Poster};
use crate::serve::change;
use crate::serve::desk::{Desk, Opened, Stand, lock};
use crate::serve::form::{self, Wants};
use crate::serve::notes::Note;
use crate::serve::web::{Asked, Reply, Trouble};
use crate::typeset::png::Pages;

/// One paper in a list.
#[derive(Clone, Debug, Serialize)]
pub(in crate::serve) struct Paper {
    pub id: String,
    pub name: String,
    #[serde(skip)]
    pub stage: Stage,
    /// Its day and all that it is made of, as paths and as sections.
    pub needs: Vec<String>,
    pub is_ready: bool,
    /// What it waits for.
    pub missing: Vec<Wanted>,
    pub is_posted: bool,
    pub is_internal: bool,
    /// How it hangs on the wall, if it does.
    pub wall: Option<Wall>,
    pub number: Option<u32>,
    /// The day that it bears, where it is known.
    pub day: Option<String>,
    pub issuer: String,
}

fn needs(front: &FrontMatter) -> Vec<String> {
    let mut needs: Vec<String> = Vec::new();
    for path in front.dated.iter().chain(&front.needs) {
        for path in [path, compose::section(path)] {
            if !needs.iter().any(|known| known == path) {
                needs.push(path.to_owned());
            }
        }
    }
    needs
}

/// What a paper waits for.
#[derive(Clone, Debug, Serialize)]
pub(in crate::serve) struct Wanted {
    /// As one says it: 选举委员会的公布日期.
    pub name: String,
    /// Where it is entered.
    pub address: String,
    /// The path of its field, in English keys.
    pub path: String,
}

impl Wanted {
    fn of(keys: &str) -> Self {
        let path = form::in_english(&keys.into()).unwrap_or_default();
        let address = match path.as_str() {
            form::ROLL => "/roll".to_owned(),
            path => frame::field_address(path),
        };
        Self { name: keys.replace('.', "的"), address, path }
    }
}

/// A paper that was posted.
#[derive(Clone, Debug, Serialize)]
pub(in crate::serve) struct Wall {
    /// The day, where it is known.
    day: Option<String>,
    /// What it says now that it did not say then.
    changed: Vec<(String, String)>,
}

impl Paper {
    fn ready(front: &FrontMatter) -> Self {
        Self {
            id: front.id.clone(),
            name: front.name.clone(),
            stage: front.stage,
            needs: needs(front),
            is_ready: true,
            missing: Vec::new(),
            is_posted: make::is_posted(front),
            is_internal: front.audience != Audience::Public,
            wall: None,
            number: None,
            day: None,
            issuer: String::new(),
        }
    }

    fn waiting(pending: &Pending) -> Self {
        Self {
            is_ready: false,
            missing: pending.missing_keys().iter().map(|keys| Wanted::of(keys)).collect(),
            ..Self::ready(&pending.front)
        }
    }

    /// With its number and what hangs on the wall.
    fn on_the_wall(self, papers: &[compose::Paper]) -> Self {
        let Some(paper) = papers.iter().find(|paper| paper.front.id == self.id) else {
            return self;
        };
        let changed = paper.changed.iter().flatten();
        let wall = paper.posted.map(|day| Wall {
            day: day.and_then(PartialDate::exact).map(calendar::say),
            changed: changed.map(|one| (one.was.clone(), one.now.clone())).collect(),
        });
        let day = paper.dated.and_then(PartialDate::exact).map(|day| day.to_string());
        Self { wall, number: paper.number, day, issuer: paper.issuer.clone(), ..self }
    }
}

/// All papers of an election.
pub(in crate::serve) struct Shelf {
    /// Those that can be made, what goes on the wall first: that is looked at most.
    ready: Vec<Paper>,
    /// Those that wait for something.
    pub waiting: Vec<Paper>,
}

impl Shelf {
    pub(in crate::serve) fn of(stand: &Stand) -> Self {
        let Some(folder) = &stand.folder else { return Self { ready: vec![], waiting: vec![] } };
        let outlook = folder.outlook();
        let ready = outlook.due.iter().map(Paper::ready);
        let (posted, other): (Vec<_>, Vec<_>) = ready.partition(|paper| paper.is_posted);
        let waiting = outlook.pending.iter().filter(|pending| pending.is_awaited());
        Self {
            ready: posted.into_iter().chain(other).collect(),
            waiting: waiting.map(Paper::waiting).collect(),
        }
    }

    /// Those of a stage.
    pub(super) fn of_stage(&self, stage: Option<Stage>) -> Vec<&Paper> {
        let all = self.ready.iter().chain(&self.waiting);
        all.filter(|paper| Some(paper.stage) == stage).collect()
    }

    /// Those whose turn is next, what goes on the wall first.
    pub(super) fn next(&self) -> Vec<&Paper> {
        const MANY: usize = 6;
        let mut waiting: Vec<&Paper> = self.waiting.iter().collect();
        waiting.sort_by_key(|paper| (!paper.is_posted, paper.stage));
        waiting.truncate(MANY);
        waiting
    }

    /// Which papers wait for a field, by its path.
    pub(super) fn wants(&self) -> Wants {
        let mut wants = Wants::new();
        for paper in &self.waiting {
            for wanted in &paper.missing {
                wants.entry(wanted.path.clone()).or_default().push(paper.name.clone());
            }
        }
        wants
    }
}

pub(super) fn list(desk: &Desk, asked: &Asked) -> Result<Reply, Trouble> {
    let (opened, stand) = frame::stand(desk, asked)?;
    let stages = CHAPTERS.into_iter().filter(|chapter| chapter.stage().is_some());
    let (shelf, wall) = (Shelf::of(&stand), stand.papers());
    let stages = stages.map(|chapter| {
        let papers = shelf.of_stage(chapter.stage()).into_iter().cloned();
        let papers: Vec<Paper> = papers.map(|paper| paper.on_the_wall(&wall)).collect();
        context! { name => chapter.name(), papers => Value::from(Serde(&papers)) }
    });
    let view = context! { stages => stages.collect::<Vec<_>>() };
    Ok(frame::show(desk, &opened, &stand, asked, "papers.html", "papers", view))
}

/// One paper, large.
pub(super) fn page(desk: &Desk, asked: &Asked) -> Result<Reply, Trouble> {
    let (opened, stand) = frame::stand(desk, asked)?;
    let front = front(&stand, asked)?;
    let layouts = front.layouts.iter().map(|layout| {
        context! { id => layout.clone(), name => layout_name(&front, layout) }
    });
    let posters = make::is_posted(&front).then_some(Poster::ALL.map(Poster::layout));
    let posters = posters.into_iter().flatten();
    let posters = posters.filter(|poster| !front.layouts.iter().any(|layout| layout == poster));
    let posters =
        posters.map(|layout| context! { id => layout, name => layout_name(&front, layout) });
    let wall = stand.papers();
    let paper = Paper::ready(&front).on_the_wall(&wall);
    let view = context! {
        id => front.id.clone(),
        title => front.name.clone(),
        paper => Value::from(Serde(&paper)),
        day => paper.day.clone().unwrap_or_else(|| calendar::today().to_string()),
        stage => front.stage.name(),
        layout => layout_of(&front, asked),
        layouts => layouts.chain(posters).collect::<Vec<_>>(),
        is_draft => stand.report.has_errors(),
    };
    Ok(frame::show(desk, &opened, &stand, asked, "paper.html", "papers", view))
}

fn layout_name(front: &FrontMatter, layout: &str) -> String {
    if let Some(poster) = Poster::find(layout) {
        return format!("张贴版 {}", poster.paper());
    }
    let name = match layout {
        "strips" => "封条",
        _ if front.layouts.first().is_some_and(|first| first == layout) => "正本",
        _ => "另一版式",
    };
    name.to_owned()
}

fn layout_of(front: &FrontMatter, asked: &Asked) -> String {
    let known = |layout: &&str| {
        Poster::find(layout).is_some() || front.layouts.iter().any(|own| own == layout)
    };
    let asked = asked.get("layout").filter(known);
    let first = front.layouts.first().map(String::as_str);
    asked.or(first).unwrap_or("notice").to_owned()
}

fn front(stand: &Stand, asked: &Asked) -> Result<FrontMatter, Diagnostic> {
    let id = asked.get("id").unwrap_or_default();
    let folder = stand.folder.as_ref().ok_or_else(no_paper)?;
    let known = folder.kit.wordings.documents().find(|front| front.id == id).cloned();
    // A correction is made of what changed: only the papers themselves know of it.
    let made = || folder.papers().into_iter().map(|paper| paper.front);
    known.or_else(|| made().find(|front| front.id == id)).ok_or_else(no_paper)
}

fn no_paper() -> Diagnostic {
    Diagnostic::error("page", "没有这份文件。").help("请从“文件”一页里选。")
}

/// Remembers that a paper was posted: it keeps its number from then on.
pub(super) fn posted(desk: &Desk, asked: &Asked) -> Result<Reply, Trouble> {
    let (opened, stand) = frame::stand(desk, asked)?;
    let folder = stand.judged()?;
    let front = front(&stand, asked)?;
    let day =
        asked.get("day").unwrap_or_default().parse::<Date>().map_err(|_| {
            Diagnostic::error("page", "张贴日期写得不对。").help("请写成 2026-05-10。")
        })?;
    let number = asked.get("number").map(str::trim).filter(|number| !number.is_empty());
    let number = number
        .map(str::parse::<u32>)
        .transpose()
        .map_err(|_| Diagnostic::error("page", "编号要写数字。").help("第 3 号就写 3。"))?;
    change::keep(&opened)?;
    folder.record_one_posted(&front.id, number, day)?;
    Ok(Reply::see(format!("/paper?id={}", front.id)))
}

/// A paper that was set, in one layout.
pub(in crate::serve) struct Set {
    key: String,
    pages: Pages,
    /// How many places are left to be filled in by hand, where the paper is none to be
    /// filled in.
    blanks: usize,
}

/// The papers that were looked at last.
pub(in crate::serve) type Sets = VecDeque<Arc<Set>>;

/// So many are kept: one that is looked at, one beside it.
const KEPT: usize = 3;

/// How many days are planned that the plan does not print.
fn ahead(stand: &Stand, front: &FrontMatter) -> usize {
    match front.dated.as_deref() {
        Some(PLAN_ADOPTED) => form::printed_days_ahead(stand).len(),
        _ => 0,
    }
}

/// The pages of a paper as pictures, for our script to put beside a form.
pub(super) fn pages(desk: &Desk, asked: &Asked) -> Result<Reply, Trouble> {
    let (opened, stand) = frame::stand(desk, asked)?;
    let front = front(&stand, asked)?;
    let layout = layout_of(&front, asked);
    let outlook = stand.folder.as_ref().map(Folder::outlook);
    let waiting = outlook.iter().flat_map(|outlook| &outlook.pending);
    if let Some(pending) = waiting.into_iter().find(|pending| pending.front.id == front.id) {
        let paper = Paper::waiting(pending);
        let view = context! { title => front.name.clone(), waiting => Value::from(Serde(&paper)) };
        return Ok(desk.looks.render("pages.html", view));
    }
    let view = match set(&opened, &stand, &front, &layout) {
        Ok(set) => {
            let size = |n: usize| {
                let (width, height) = set.pages.size(n);
                context! { width, height }
            };
            context! {
                id => front.id.clone(),
                title => front.name.clone(),
                key => set.key.clone(),
                layout,
                paper => set.pages.paper(),
                blanks => set.blanks,
                ahead => ahead(&stand, &front),
                pages => (0..set.pages.count()).map(size).collect::<Vec<_>>(),
            }
        }
        Err(report) => {
            let notes: Vec<Note> = report.iter().map(Note::of).collect();
            context! { title => front.name.clone(), notes => Value::from(Serde(&notes)) }
        }
    };
    Ok(desk.looks.render("pages.html", view))
}

/// One page as a picture. By its key it never changes.
pub(super) fn picture(desk: &Desk, asked: &Asked) -> Result<Reply, Trouble> {
    let number = |name: &str| asked.get(name).and_then(|n| n.parse::<usize>().ok());
    let opened = desk.opened().ok_or_else(no_paper)?;
    let key = asked.get("key").unwrap_or_default();
    let known = lock(&opened.sets).iter().find(|set| set.key == key).cloned();
    let set = match known {
        Some(set) => set,
        // It is long ago that it was looked at.
        None => {
            let stand = opened.read()?;
            let front = front(&stand, asked)?;
            set(&opened, &stand, &front, &layout_of(&front, asked))?
        }
    };
    let page = number("page").filter(|page| *page < set.pages.count()).ok_or_else(no_paper)?;
    let sharpness = if asked.get("sharp").is_some() { TO_SEND } else { TO_SEE };
    let picture = set.pages.draw(page, sharpness)?;
    // No name of an address says who is on the picture: the key is of this run.
    Ok(Reply::of("image/png", picture).header(header::CACHE_CONTROL, "private, max-age=600"))
}

/// Pixels a point: sharp on the screens of offices, and quickly drawn; or as sharp as
/// what `build` draws, to be sent.
const TO_SEE: f64 = 1.5;
const TO_SEND: f64 = 2.0;

/// Sets a paper, or finds it set.
fn set(
    opened: &Opened,
    stand: &Stand,
    front: &FrontMatter,
    layout: &str,
) -> Result<Arc<Set>, Report> {
    let folder = stand.judged()?;
    let composition = compose(folder, front, stand.report.has_errors())?;
    let Some(composed) = composition.documents.first() else { return Err(no_paper().into()) };
    let said = serde_json::to_string(&composed.document).unwrap_or_default();
    let key = sha256(format!("{layout}\n{said}").as_bytes())[..24].to_owned();
    if let Some(set) = lock(&opened.sets).iter().find(|set| set.key == key) {
        return Ok(set.clone());
    }
    let press = opened.press(folder)?;
    let pages = press.typesetter().pages(&composed.document, layout)?;
    let blanks = if front.is_form() { 0 } else { composed.document.blanks() };
    let set = Arc::new(Set { key, pages, blanks });
    let mut sets = lock(&opened.sets);
    sets.push_front(set.clone());
    sets.truncate(KEPT);
    Ok(set)
}

fn compose(folder: &Folder, front: &FrontMatter, draft: bool) -> Result<Composition, Report> {
    let mut report = Report::new();
    let options = Options {
        only: vec![front.id.clone()],
        draft,
        purpose: Purpose::Use,
        ..Options::default()
    };
    let composition = folder.compose(&options, &mut report);
    if report.has_errors() { Err(report) } else { Ok(composition) }
}

/// A paper as a file, to print or to send.
pub(super) fn file(desk: &Desk, asked: &Asked) -> Result<Reply, Trouble> {
    let (opened, stand) = frame::stand(desk, asked)?;
    let front = front(&stand, asked)?;
    let layout = layout_of(&front, asked);
    let (format, kind, saved) = match asked.get("format") {
        Some("docx") => (
            Format::Docx,
            "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
            true,
        ),
        Some("html") => (Format::Html, "text/html; charset=utf-8", true),
        _ => (Format::Pdf, PDF, false),
    };
    let order = Order { formats: vec![format], ..order(&stand, vec![front.id]) };
    let made = print(&opened, &stand, &order, Some(&layout))?;
    let made = made.into_iter().next().ok_or_else(no_paper)?;
    Ok(Reply::file(kind, made.bytes, file_name(&made.path), saved))
}

const PDF: &str = "application/pdf";

/// An order of these papers, of which nothing is made yet.
fn order(stand: &Stand, only: Vec<String>) -> Order {
    Order {
        documents: Options {
            only,
            draft: stand.report.has_errors(),
            purpose: Purpose::Use,
            ..Options::default()
        },
        formats: Vec::new(),
        poster: None,
        printing: false,
    }
}

/// Makes papers, but none with names that nobody gave.
fn print(
    opened: &Opened,
    stand: &Stand,
    order: &Order,
    layout: Option<&str>,
) -> Result<Vec<MadeFile>, Report> {
    let folder = stand.judged()?;
    let placeholders = folder.dossier.placeholders();
    if !placeholders.is_empty() {
        return Err(placeholders.into_iter().collect());
    }
    let press = opened.press(folder)?;
    Ok(folder.print(&press, order, layout)?.files)
}

fn file_name(path: &str) -> &str {
    path.rsplit('/').next().unwrap_or(path)
}

/// What goes to the printer today: a list of it, and one file for each size of paper.
pub(super) fn printing(desk: &Desk, asked: &Asked) -> Result<Reply, Trouble> {
    let (opened, stand) = frame::stand(desk, asked)?;
    let order = Order { printing: true, ..order(&stand, some_chosen(asked)?) };
    let files = print(&opened, &stand, &order, None)?;
    if let Some(wanted) = asked.get("file") {
        let file = files.into_iter().find(|file| file_name(&file.path) == wanted);
        let file = file.ok_or_else(no_paper)?;
        return Ok(Reply::file(PDF, file.bytes, wanted, false));
    }
    let again: String = chosen_query(asked);
    let made = files.iter().map(|file| {
        let name = file_name(&file.path);
        let mut address = form_urlencoded::Serializer::new(String::new());
        address.append_pair("file", name);
        let address = format!("/printing?{again}&{}", address.finish());
        context! { name => file.title.clone(), pages => file.pages, address }
    });
    let view =
        context! { files => made.collect::<Vec<_>>(), is_draft => stand.report.has_errors() };
    Ok(frame::show(desk, &opened, &stand, asked, "printing.html", "papers", view))
}

/// The chosen papers, each a PDF, in one zip.
pub(super) fn files(desk: &Desk, asked: &Asked) -> Result<Reply, Trouble> {
    let (opened, stand) = frame::stand(desk, asked)?;
    let order = Order { formats: vec![Format::Pdf], ..order(&stand, some_chosen(asked)?) };
    let made = print(&opened, &stand, &order, None)?;
    let files = made.iter().map(|file| (file_name(&file.path), file.bytes.as_slice()));
    // PDFs are packed already.
    let zip = files::zipped(files, CompressionMethod::Stored)
        .map_err(|error| files::write_error(&opened.folder, &error.into()))?;
    let name = format!("{}文件.zip", stand.name().unwrap_or_default());
    Ok(Reply::file("application/zip", zip, &name, true))
}

fn some_chosen(asked: &Asked) -> Result<Vec<String>, Diagnostic> {
    let chosen: Vec<String> = chosen(asked).map(str::to_owned).collect();
    if chosen.is_empty() {
        let none = Diagnostic::error("page", "还没有选文件。");
        return Err(none.help("请返回，在文件前面打勾，再按按钮。"));
    }
    Ok(chosen)
}

fn chosen(asked: &Asked) -> impl Iterator<Item = &str> {
    asked.fields().filter(|(name, _)| *name == "only").map(|(_, id)| id)
}

fn chosen_query(asked: &Asked) -> String {
    let mut query = form_urlencoded::Serializer::new(String::new());
    query.extend_pairs(chosen(asked).map(|id| ("only", id)));
    query.finish()
}

/// The steps and notices as a sheet for the wall of the office.
pub(super) fn board(desk: &Desk, asked: &Asked) -> Result<Reply, Trouble> {
    let (opened, stand) = frame::stand(desk, asked)?;
    let press = opened.press(stand.judged()?)?;
    let Some(folder) = stand.folder else { return Err(no_paper().into()) };
    let bytes = make::Status::of(folder, calendar::today()).board(&press)?;
    Ok(Reply::file(PDF, bytes, "进度表.pdf", false))
}
