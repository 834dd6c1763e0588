//! Wording: templates and an election become [`Document`]s.

pub mod chinese;
mod corrections;
mod counts;
pub mod difference;
pub mod document;
pub mod facts;
mod gate;
pub mod grid;
mod lists;
pub mod markdown;
mod meetings;
mod names;
mod notices;
mod roll;
pub mod template;
#[cfg(test)]
mod tests;
mod timetable;
mod wording;
mod year;

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use jiff::civil::Date;
use minijinja::value::{Serde, Value, ValueKind};
use serde::Serialize;

pub use document::Document;
pub use names::table as names_table;
pub use notices::Paper;
pub use template::FrontMatter;

use self::corrections::Corrections;
use self::document::{Audience, Block, Signature, Text};
use self::facts::{Facts, Voters};
use self::markdown::Inserts;
use self::notices::{Changed, Erratum, Number};
use self::roll::Chosen;
use self::template::{Parts, Passage, Template};
use self::wording::{Placed, Unknown};
use self::year::Year;
use crate::assets::Assets;
use crate::diagnostic::{Diagnostic, Report, Source};
use crate::election::date::PartialDate;
use crate::election::decode::{Decode as _, Field, Located, nearest};
use crate::election::model::{JointIssue, Kind};
use crate::election::phones::Phones;
use crate::election::words::Words;
use crate::election::{Dossier, Election, PERMANENT};
use crate::law::claim::standing;
use crate::law::steps::Step;
use crate::law::{Occasion, Profile};
use crate::privacy;

/// All documents of an election that are due, and those that are not yet.
#[derive(Debug)]
pub struct Composition {
    /// What was known of the election, in its own words.
    pub facts: Facts,
    pub documents: Vec<Composed>,
    pub pending: Vec<Pending>,
    /// Of how many voters cards and ballots are wanted, if not of all.
    pub chosen: Option<usize>,
}

/// A document with what its template says of it.
#[derive(Debug)]
pub struct Composed {
    pub front: FrontMatter,
    pub document: Document,
    /// The date it bears, as far as it is known.
    pub date: Option<PartialDate>,
}

/// A document that cannot be made yet.
#[derive(Debug)]
pub struct Pending {
    pub front: FrontMatter,
    /// The paths of the parts of the election that are still missing, the first first.
    pub missing: Vec<String>,
    /// Whether something of what it tells is there, or must come.
    pub begun: bool,
    kind: Option<Kind>,
}

impl Pending {
    /// Whether it will be wanted: what only some elections have, such as a
    /// run-off, is not waited for until it is begun.
    pub fn is_awaited(&self) -> bool {
        self.begun || !self.front.occasional
    }

    /// What a secretary writes to supply what is missing first: `候选人.名单`.
    pub fn missing_key(&self) -> String {
        self.missing_keys().into_iter().next().unwrap_or_default()
    }

    /// What she writes to supply all that is missing, each once.
    pub fn missing_keys(&self) -> Vec<String> {
        let mut keys: Vec<String> = Vec::new();
        for key in self.missing.iter().map(|path| self.key(path)) {
            if !keys.contains(&key) {
                keys.push(key);
            }
        }
        keys
    }

    fn key(&self, path: &str) -> String {
        let written = Election::chinese_keys(path);
        let keys = written.or_else(|| names::find(section(path)).map(|name| name.from.to_vec()));
        keys.map_or_else(|| path.to_owned(), |keys| Election::keys_for(self.kind, &keys))
    }

    /// What to do about it, with the lines to write, where they are known.
    pub fn how_to_write(&self) -> String {
        let say = |key: &str| Election::keys_for(self.kind, &[key]);
        let sample = self.missing.first().and_then(|path| Election::SHAPE.sample(path, say));
        match sample {
            Some(sample) => format!("请先把这一步写进 election.yaml，写法如：\n{sample}"),
            None => "请先把这一步写进 election.yaml。".to_owned(),
        }
    }
}

/// The names that words of a command line list, parted by commas of either kind.
pub fn names_among(words: &[String]) -> Vec<String> {
    let names = words.iter().flat_map(|words| words.split([',', '，', '、'])).map(str::trim);
    names.filter(|name| !name.is_empty()).map(str::to_owned).collect()
}

/// How documents are to be composed.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// Only these, by code or name; all if empty.
    pub only: Vec<String>,
    /// Cards and registers of these voters only: groups, numbers, ranges of numbers.
    /// What is the same for all voters is not made then.
    pub voters: Vec<String>,
    /// Print 草稿 across each page.
    pub draft: bool,
    pub purpose: Purpose,
    /// The day on which what is made is posted: a correction that is only offered
    /// bears it.
    pub posting: Option<Date>,
}

/// What the documents are composed for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Purpose {
    /// To be used: every document whose data is there.
    #[default]
    Use,
    /// To be filled in by hand: forms, with room for what is not known yet.
    Blanks,
    /// To be kept: every document whose data is there, but nothing that is only
    /// handed out.
    Records,
}

impl Purpose {
    fn includes(self, front: &FrontMatter) -> bool {
        match self {
            Purpose::Use => true,
            Purpose::Blanks => front.is_form(),
            Purpose::Records => !front.handout,
        }
    }
}

/// Which documents could be composed now, and which not yet.
#[derive(Debug)]
pub struct Outlook {
    pub due: Vec<FrontMatter>,
    pub pending: Vec<Pending>,
}

/// The templates of all documents, what they share, and the words of one's own:
/// read once, for any number of elections.
pub struct Wordings {
    templates: Vec<Template>,
    parts: Arc<Parts>,
    env: minijinja::Environment<'static>,
    /// `words.yaml`, if there is one.
    words: Option<Arc<Source>>,
    /// What the documents need that every election has, with the sections of it.
    common: BTreeSet<String>,
    /// What is wrong with any of them.
    problems: Report,
}

impl Wordings {
    /// The wordings among `assets`.
    pub fn of(assets: &Assets) -> Self {
        let mut problems = Report::new();
        let templates = template::documents(assets, &mut problems);
        let parts = Arc::new(Parts::of(assets));
        let env = wording::environment(&templates, &parts);
        wording::check_parts(&env, &parts, &mut problems);
        let files = assets.in_folder("templates/documents");
        let own: Vec<&Arc<Source>> =
            files.filter(|(_, file)| file.is_own).map(|(_, file)| &file.source).collect();
        let is_own = |template: &&Template| own.iter().any(|it| Arc::ptr_eq(it, &template.source));
        let own = templates.iter().filter(is_own).flat_map(Template::passages);
        wording::check_passages(&env, own, &parts, &mut problems);
        let words = assets.get("templates/words.yaml").map(|own| own.source.clone());
        let fronts = templates.iter().map(|template| &template.front);
        let common = fronts.filter(|front| !front.occasional);
        let common = common.flat_map(|front| ways(&front.needs)).map(str::to_owned).collect();
        Self { templates, parts, env, words, common, problems }
    }

    pub fn problems(&self) -> &Report {
        &self.problems
    }

    /// What each template says of its document.
    pub fn documents(&self) -> impl Iterator<Item = &FrontMatter> {
        self.templates.iter().map(|template| &template.front)
    }

    /// What the template says whose document is so named, by its code or its name.
    pub fn find(&self, named: &str) -> Option<&FrontMatter> {
        self.documents().find(|front| front.is_named(named))
    }

    /// The needs of a document that only some elections have, without those of the
    /// documents that all have: these say nothing of whether it was begun.
    fn own_needs<'f>(&self, front: &'f FrontMatter) -> impl Iterator<Item = &'f str> {
        ways(&front.needs).filter(|need| !self.is_common(need))
    }

    /// Whether a path or a section is needed by a document that every election has.
    pub fn is_common(&self, path: &str) -> bool {
        self.common.contains(path)
    }

    /// The names of all parts with what each says.
    pub fn parts(&self) -> impl Iterator<Item = (&str, &str)> {
        self.parts.names().map(|name| (name, self.parts.purpose(name)))
    }
}

/// Tells what could be composed, without composing it.
pub fn outlook(dossier: &Dossier, profile: &Profile, wordings: &Wordings) -> Outlook {
    let (options, dossier) = (Options::default(), standing(dossier, profile));
    // Faults in the wording are told when it is used.
    let composer = Composer::new(&dossier, profile, wordings, &options, &mut Report::new());
    let (due, pending) = composer.sort();
    Outlook { due: due.into_iter().map(|due| due.front.into_owned()).collect(), pending }
}

/// Enters who issued each notice on record: every issuer has numbers of its own, and
/// the rules are to judge by the same as the papers.
pub fn sign_notices(dossier: &mut Dossier, profile: &Profile, wordings: &Wordings) {
    if dossier.election.notices.items().iter().all(|notice| !notice.issuer.is_absent()) {
        return;
    }
    let issuers = {
        let (options, dossier) = (Options::default(), standing(dossier, profile));
        notices::issuers(&Composer::new(&dossier, profile, wordings, &options, &mut Report::new()))
    };
    let Field::Known(notices) = &mut dossier.election.notices else { return };
    for (notice, issuer) in notices.value.iter_mut().zip(issuers) {
        let place = notice.place.clone();
        let issuer = issuer.map(|value| Field::Known(Located { value, place }));
        notice.value.issuer = issuer.unwrap_or_else(|| std::mem::take(&mut notice.value.issuer));
    }
}

/// Tells what is to be said of the notices on the wall: which have a number only
/// because it is the usual one, and which say something else now.
pub fn about_notices(dossier: &Dossier, profile: &Profile, wordings: &Wordings) -> Report {
    let (options, dossier) = (Options::default(), standing(dossier, profile));
    let composer = Composer::new(&dossier, profile, wordings, &options, &mut Report::new());
    let (due, pending) = composer.sort();
    let mut report = Report::new();
    composer.about_notices(&due, &pending, &mut report);
    report
}

/// Every paper, and how it stands: its number, what it waits for, whether it was
/// posted and has changed since. What is posted on `posting` has its day.
pub fn papers(
    dossier: &Dossier,
    profile: &Profile,
    wordings: &Wordings,
    posting: Option<Date>,
) -> Vec<Paper> {
    let (options, dossier) =
        (Options { posting, ..Options::default() }, standing(dossier, profile));
    let composer = Composer::new(&dossier, profile, wordings, &options, &mut Report::new());
    let (due, pending) = composer.sort();
    let numbers = composer.numbers(&due);
    let made = due.iter().zip(numbers).map(|(due, number)| composer.paper(due, number));
    made.chain(pending.iter().map(Paper::awaited)).collect()
}

/// Composes every document whose data is present.
pub fn compose(
    dossier: &Dossier,
    profile: &Profile,
    wordings: &Wordings,
    options: &Options,
    report: &mut Report,
) -> Composition {
    report.extend_with_news(wordings.problems.iter().cloned().collect());
    let dossier = standing(dossier, profile);
    let mut composer = Composer::new(&dossier, profile, wordings, options, report);
    if !options.voters.is_empty() {
        let chosen = Chosen::read(&options.voters, &dossier);
        composer.chosen = chosen.map_err(|problem| report.push(problem)).ok();
    }
    let (due, pending) = composer.sort();
    let numbers = composer.numbers(&due);
    let mut documents = Vec::with_capacity(due.len());
    // What is wrong in a part is wrong in all that import it.
    let mut problems = Report::new();
    let mut unmet: Vec<&String> = options.only.iter().collect();
    for (due, number) in due.into_iter().zip(numbers) {
        if !options.only.is_empty() && !options.only.iter().any(|named| due.is_named(named)) {
            continue;
        }
        unmet.retain(|named| !due.is_named(named));
        if !options.voters.is_empty() && !composer.is_by_voters(&due.front) {
            if !options.only.is_empty() {
                report.push(same_for_all(&due.front));
            }
            continue;
        }
        match composer.document(&due, number) {
            Ok(document) => {
                report.extend(composer.leak(&document, due.template));
                let date = composer.dated(&due.front);
                let mut front = due.front.into_owned();
                if let Some(chosen) = &composer.chosen {
                    front.name += &format!("（{}）", chosen.label);
                }
                documents.push(Composed { front, document, date });
            }
            Err(problem) => problems.push(problem),
        }
    }
    report.extend_with_news(problems);
    if !report.has_errors() {
        report.extend(unmet.into_iter().map(|named| why_not(named, &pending, wordings)));
    }
    let chosen = composer.count_chosen();
    Composition { facts: composer.facts, documents, pending, chosen }
}

fn same_for_all(front: &FrontMatter) -> Diagnostic {
    let message = format!("《{}》不是发给每名选民的，不能只做一部分选民的。", front.name);
    Diagnostic::error("unknown-voters", message).help(
        "分小组、分编号的有选民证、选民登记册和全体选民投票时的选票；各投票站、各小组要多少张选票，见 build --print 的印制清单。",
    )
}

/// Why nothing was made that goes by a name that was asked for.
fn why_not(named: &str, pending: &[Pending], wordings: &Wordings) -> Diagnostic {
    if let Some(pending) = pending.iter().find(|pending| pending.front.is_named(named)) {
        let (name, key) = (&pending.front.name, pending.missing_key());
        return Diagnostic::error("not-due", format!("《{name}》还不能做：数据里还没有“{key}”。"))
            .help(pending.how_to_write());
    }
    unknown_document(named, wordings)
}

/// That there is no such document, and which may be meant.
pub fn unknown_document(named: &str, wordings: &Wordings) -> Diagnostic {
    const MANY: usize = 10;
    let containing = wordings.documents().filter(|front| front.name.contains(named));
    let mut meant: Vec<String> = containing.map(|front| format!("《{}》", front.name)).collect();
    if meant.is_empty() || meant.len() > MANY {
        let words = wordings.documents().flat_map(|front| [front.id.as_str(), front.name.as_str()]);
        meant = nearest(named, words).map(|word| format!("“{word}”")).into_iter().collect();
    }
    let guess = match meant.is_empty() {
        true => "。".to_owned(),
        false => format!("，是不是{}？", meant.concat()),
    };
    let named = privacy::mask(named);
    Diagnostic::error("unknown-document", format!("没有代号或名称为“{named}”的文件{guess}"))
        .help("用 zhangbang templates list 可以列出全部代号和名称。")
}

/// How long a kind of document is kept, for the table of retention.
#[derive(Serialize)]
struct Kept {
    name: String,
    stage: &'static str,
    period: String,
    basis: String,
}

impl Kept {
    fn of(front: &FrontMatter, dossier: &Dossier, words: &Words) -> Self {
        let (period, basis) = front.retention(&dossier.election, words);
        Self { name: front.name.clone(), stage: front.stage.name(), period, basis }
    }
}

/// Paths, each with its section.
fn ways(paths: &[String]) -> impl Iterator<Item = &str> {
    paths.iter().flat_map(|path| [path.as_str(), section(path)])
}

/// Where a path begins: `candidates` of `candidates.list`.
pub fn section(path: &str) -> &str {
    path.split('.').next().unwrap_or_default()
}

/// What a template needs to be told of the other documents.
const PAPERS: &str = "papers";

/// The documents of an election in figures.
#[derive(Serialize)]
struct Papers {
    count: usize,
    /// How many of them are kept for ever.
    permanent: usize,
    /// Those that were begun and cannot be made yet.
    lacking: Vec<String>,
}

/// What a template needs to be given the voters one by one.
const ROLL: &str = "roll";

struct Composer<'a> {
    context: Value,
    facts: Facts,
    dossier: &'a Dossier,
    profile: &'a Profile,
    wordings: &'a Wordings,
    options: &'a Options,
    /// What hangs on the wall and says something else now.
    changed: Vec<Changed>,
    errata: Vec<Erratum>,
    /// Of whom cards and registers are wanted; of all if it is not said.
    chosen: Option<Chosen>,
    /// What public papers may tell.
    phones: Phones,
}

/// A document to be made: a template makes one, or one of each of several things.
struct Due<'a> {
    template: &'a Template,
    front: Cow<'a, FrontMatter>,
    /// Which of several.
    item: Option<usize>,
}

impl Due<'_> {
    /// Whether it is meant by a code or a name; that of its template means all
    /// that this makes.
    fn is_named(&self, named: &str) -> bool {
        self.front.is_named(named) || self.template.front.is_named(named)
    }
}

impl<'a> Composer<'a> {
    fn new(
        dossier: &'a Dossier,
        profile: &'a Profile,
        wordings: &'a Wordings,
        options: &'a Options,
        report: &mut Report,
    ) -> Self {
        let corrections = Corrections::of(dossier);
        let words = Words::of(&dossier.election, wordings.words.as_ref(), report);
        let kept: Vec<Kept> =
            wordings.documents().map(|front| Kept::of(front, dossier, &words)).collect();
        let timetable = timetable::of(dossier, &words);
        let known = Facts::of(dossier, profile, words);
        let election = Value::from(Serde(&dossier.election));
        let law =
            timetable::Law::of(&dossier.election, profile, Occasion::Election, known.electors);
        let elected = known.lists.filing.as_ref().map_or(&[][..], |filing| &filing.people);
        let (groups, outcome) = (&known.voters.groups, known.outcome.as_ref());
        let year = Year::of(dossier, &known.words, groups, outcome, elected);
        let (facts, law) = (Value::from(Serde(&known)), Value::from(Serde(&law)));
        // The list stays what it was on the day it was posted.
        let posted = corrections.as_ref().map(|corrections| corrections.posted);
        let posted_counts = match posted {
            Some(roll) => Value::from(Serde(&Voters::of(&dossier.election, Some(roll)))),
            None => facts.get_attr("voters").unwrap_or_default(),
        };
        let posted = posted.or(dossier.roll.as_ref());
        let grids = posted.map(|roll| roll::name_grids(&dossier.election, roll));
        let grids = grids.unwrap_or_default().into_iter().map(|grid| placed(Block::Names(grid)));
        let context = minijinja::context! {
            law,
            kept => Value::from(Serde(kept)),
            year => Value::from(Serde(&year)),
            papers => true,
            timetable => Value::from(Serde(&timetable)),
            timeline => timetable::timeline(&timetable).map(|t| placed(Block::Timeline(t))),
            posted => posted_counts,
            name_lists => grids.collect::<Vec<_>>(),
            roll => dossier.roll.as_ref().map_or(Value::UNDEFINED, |_| Value::from(true)),
            corrections => corrections.as_ref().map_or(Value::UNDEFINED, |corrections| Value::from(Serde(corrections))),
            ..minijinja::context! { ..facts, ..election }
        };
        let mut composer = Self {
            context,
            facts: known,
            dossier,
            profile,
            wordings,
            options,
            changed: Vec::new(),
            errata: Vec::new(),
            chosen: None,
            phones: Phones::of(&dossier.election),
        };
        composer.correct();
        composer
    }

    /// Finds the corrections that there are, and then what else must be corrected:
    /// a correction is itself on the wall.
    fn correct(&mut self) {
        for _ in 0..2 {
            self.errata = self.errata();
            self.context =
                minijinja::context! { erratum => self.errata_value(), ..self.context.clone() };
            self.changed = self.changes();
            if self.changed.is_empty() {
                break;
            }
        }
    }

    /// The documents that are due, and those that are not.
    fn sort(&self) -> (Vec<Due<'a>>, Vec<Pending>) {
        let (mut due, mut pending) = (Vec::new(), Vec::new());
        let wanted = |template: &&Template| {
            let front = &template.front;
            let replaced = front.unless.as_deref().is_some_and(|path| self.lookup(path).is_true());
            self.options.purpose.includes(front) && !replaced
        };
        for template in self.wordings.templates.iter().filter(wanted) {
            let front = &template.front;
            let missing = self.missing(front);
            if !missing.is_empty() {
                pending.push(self.pending(front, missing));
                continue;
            }
            match front.each {
                None => due.push(Due { template, front: Cow::Borrowed(front), item: None }),
                Some(_) => due.extend((0..self.errata.len()).map(|n| {
                    let front = Cow::Owned(self.front_for(front, n));
                    Due { template, front, item: Some(n) }
                })),
            }
        }
        (due, pending)
    }

    fn papers_in_figures(&self) -> Papers {
        let (due, pending) = self.sort();
        let records: Vec<_> = due.iter().filter(|due| !due.front.handout).collect();
        let kept = |due: &&&Due| {
            due.front.retention(&self.dossier.election, &self.facts.words).0 == PERMANENT
        };
        Papers {
            count: records.len(),
            permanent: records.iter().filter(kept).count(),
            lacking: pending.into_iter().filter(|p| p.begun).map(|p| p.front.name).collect(),
        }
    }

    fn paper(&self, due: &Due, number: Option<Number>) -> Paper {
        let document = self.document(due, number).ok();
        Paper {
            front: due.front.clone().into_owned(),
            number: number.and_then(Number::known),
            dated: self.dated(&due.front),
            waits_for: None,
            posted: self.record_of(&due.front).map(|(_, notice)| notice.posted_on.value()),
            changed: self.changed_since(&due.front).map(|changed| changed.amendments().to_vec()),
            issuer: self.issuer(due),
            words: document.map(|document| document.words()).unwrap_or_default(),
            corrects: due.item.map(|n| self.errata[n].document().to_owned()),
            is_offered: due.item.is_some_and(|n| self.errata[n].is_offered),
        }
    }

    fn pending(&self, front: &FrontMatter, missing: Vec<String>) -> Pending {
        let election = &self.dossier.election;
        let step = front.dated.as_deref().and_then(Step::find);
        let is_there = |path: &str| {
            let value = self.lookup(path);
            !value.is_undefined() && !value.is_none()
        };
        let begun = match front.occasional {
            true => self.wordings.own_needs(front).any(is_there),
            false => missing.first().is_some_and(|path| is_there(section(path))),
        };
        let begun = begun || step.is_some_and(|step| step.is_called_for(election));
        Pending { missing, begun, kind: election.kind.value(), front: front.clone() }
    }

    /// The needs that the election does not have.
    fn missing(&self, front: &FrontMatter) -> Vec<String> {
        let is_missing = |path: &&String| {
            let value = self.lookup(path);
            // What is said not to be so is missing as what is not said, and of a
            // whole section of which nothing is known there is nothing to say.
            value.is_undefined()
                || value.kind() == ValueKind::Bool && !value.is_true()
                || value.is_none() && !Election::keys_below(path).is_empty()
        };
        let is_asked = || self.options.only.iter().any(|named| front.is_named(named));
        let is_waived = |path: &&String| front.waived.contains(path) && is_asked();
        let needed = front.needs.iter().filter(is_missing).filter(|path| !is_waived(path));
        let needed: Vec<_> = needed.filter(|path| !self.left_open(front, path)).cloned().collect();
        if needed.is_empty() { self.untold(front).into_iter().collect() } else { needed }
    }

    /// What would tell that the step was done whose date a document bears: a
    /// date alone is a plan.
    fn untold(&self, front: &FrontMatter) -> Option<String> {
        let step = Step::find(front.dated.as_deref()?)?;
        let is_dated = step.date(&self.dossier.election)?.get().is_some();
        // What is handed out is wanted before.
        let is_plan = is_dated && self.options.purpose != Purpose::Blanks && !front.handout;
        let told_by = step.content.first().filter(|_| is_plan && !step.is_told(self.dossier));
        told_by.map(|path| (*path).to_owned())
    }

    /// Whether room is left for `path`, to be filled in by hand.
    fn left_open(&self, front: &FrontMatter, path: &str) -> bool {
        let part = section(path);
        self.options.purpose == Purpose::Blanks && front.blank.iter().any(|blank| blank == part)
    }

    /// What the template sees: with room for what is left open, and with the
    /// voters one by one, thousands of records, only if it asks for them.
    fn context(&self, due: &Due) -> Value {
        let front = &*due.front;
        let is_open =
            |part: &&String| self.left_open(front, part) && self.lookup(part).is_undefined();
        let mut own: BTreeMap<&str, Value> = front
            .blank
            .iter()
            .filter(is_open)
            .map(|part| (part.as_str(), Value::from_object(Unknown)))
            .collect();
        if front.occasion != Occasion::Election {
            own.insert("law", self.law_of(front.occasion));
        }
        if let Some((n, name)) = due.item.zip(due.template.front.each.as_deref()) {
            own.insert(name, self.lookup(&format!("{name}.{n}")));
        }
        if front.needs.iter().any(|need| need == PAPERS) {
            own.insert(PAPERS, Value::from(Serde(self.papers_in_figures())));
        }
        if self.dossier.roll.is_some() && front.needs.iter().any(|need| need == ROLL) {
            let internal = front.audience == Audience::Archive;
            let entries = roll::entries(self.dossier, internal).into_iter().enumerate();
            let is_chosen = |(n, entry): &(usize, roll::Entry)| {
                self.chosen.as_ref().is_none_or(|chosen| chosen.has(*n, entry))
            };
            let entries: Vec<_> = entries.filter(is_chosen).map(|(_, entry)| entry).collect();
            own.insert(ROLL, Value::from(Serde(entries)));
        }
        minijinja::context! { ..Value::from(own), ..self.context.clone() }
    }

    /// Whether it can be made of some voters only: what lists them one by one, and the
    /// ballots that they are handed.
    fn is_by_voters(&self, front: &FrontMatter) -> bool {
        let is_ballot = front.layouts.iter().any(|layout| layout == "ballot");
        let is_handed = is_ballot && front.occasion == Occasion::Election;
        front.needs.iter().any(|need| need == ROLL)
            || is_handed && self.facts.elector_kind == Some("all_voters")
    }

    fn count_chosen(&self) -> Option<usize> {
        let chosen = self.chosen.as_ref()?;
        let entries = roll::entries(self.dossier, false).into_iter().enumerate();
        Some(entries.filter(|(n, entry)| chosen.has(*n, entry)).count())
    }

    /// The law in force on the day of what a document tells of.
    fn law_of(&self, occasion: Occasion) -> Value {
        let (election, electors) = (&self.dossier.election, self.facts.electors);
        Value::from(Serde(&timetable::Law::of(election, self.profile, occasion, electors)))
    }

    fn lookup(&self, path: &str) -> Value {
        path.split('.')
            .try_fold(self.context.clone(), |value, key| match key.parse() {
                Ok(index) => value.get_item_by_index(index),
                Err(_) => value.get_attr(key),
            })
            .unwrap_or(Value::UNDEFINED)
    }

    fn dated(&self, front: &FrontMatter) -> Option<PartialDate> {
        let value = self.lookup(front.dated.as_deref()?);
        PartialDate::parse(value.as_str()?).ok()
    }

    /// Whether a path leads into what is left empty.
    fn is_unknown(&self, path: &str) -> bool {
        let mut ways = path.match_indices('.').map(|(at, _)| &path[..at]).chain([path]);
        ways.any(|way| self.lookup(way).is_none())
    }

    fn document(&self, due: &Due, number: Option<Number>) -> Result<Document, Diagnostic> {
        let (template, front) = (due.template, &*due.front);
        let setting = Setting::of(self, due, number);
        let line = |passage: Passage| setting.text(&passage).map(|text| text.to_string());
        let title_lines = template.title().into_iter().map(line);
        let mut title_lines = title_lines.collect::<Result<Vec<_>, _>>()?;
        title_lines.retain(|line| !line.is_empty());
        let signature = match template.issuer() {
            Some(issuer) => {
                let mut issuers = self.joint(front).into_iter();
                let issuer = match issuers.next() {
                    Some(first) => first,
                    None => line(issuer)?,
                };
                let date = setting.text(&template.date())?;
                Some(Signature { issuer, with: issuers.collect(), date })
            }
            None => None,
        };
        Ok(Document {
            id: front.id.clone(),
            title: title_lines.concat(),
            title_lines,
            number: match number {
                Some(number) => Some(
                    number
                        .known()
                        .map_or_else(|| "第＿＿号".to_owned(), |number| format!("第{number}号")),
                ),
                None => template.reference().map(line).transpose()?.filter(|text| !text.is_empty()),
            },
            addressee: template.addressee().map(line).transpose()?,
            blocks: markdown::parse(&setting.render(&template.body())?, &setting.inserts),
            signature,
            audience: front.audience,
            dated: self.dated(front).map(PartialDate::latest),
            draft: self.options.draft,
        })
    }

    fn title(&self, due: &Due) -> Result<String, Diagnostic> {
        let setting = Setting::of(self, due, None);
        let pieces = due.template.title().into_iter().map(|piece| setting.text(&piece));
        Ok(pieces.collect::<Result<Vec<_>, _>>()?.iter().map(Text::to_string).collect())
    }

    /// Who signs, if anybody does.
    fn issuer_line(&self, due: &Due) -> Result<Option<String>, Diagnostic> {
        let Some(issuer) = due.template.issuer() else { return Ok(None) };
        if let Some(first) = self.joint(&due.front).into_iter().next() {
            return Ok(Some(first));
        }
        Ok(Some(Setting::of(self, due, None).text(&issuer)?.to_string()))
    }

    /// Those who issue it together; nobody, where one alone does. What is handed out
    /// has one seal.
    fn joint(&self, front: &FrontMatter) -> Vec<String> {
        let is_it = |joint: &&Located<JointIssue>| {
            joint.document.get().is_some_and(|named| front.is_named(named)) && !front.handout
        };
        let Some(joint) = self.dossier.election.joint.items().iter().find(is_it) else {
            return Vec::new();
        };
        match &joint.issuers {
            Field::Absent => Vec::new(),
            // Several do, and nobody knows which.
            Field::Unknown(_) => vec![facts::unnamed(); 2],
            Field::Known(issuers) => issuers.value.iter().map(|one| one.value.clone()).collect(),
        }
    }

    /// Whether there is an election committee on the day of a document: it was formed,
    /// and has not handed over.
    fn is_in_office(&self, front: &FrontMatter) -> bool {
        let election = &self.dossier.election;
        let Some(dated) = self.dated(front) else { return true };
        let formed = election.election_committee.get().and_then(|it| it.formed_on.value());
        let handed_over = election.handover.get().and_then(|it| it.completed_on.value());
        // It stays for a run-off.
        let runoff = election.runoff.get().and_then(|it| it.held_on.value());
        let last = handed_over.map(PartialDate::latest).max(runoff.map(PartialDate::latest));
        let is_early = formed.is_some_and(|formed| dated.latest() < formed.earliest());
        let is_late = handed_over.and(last).is_some_and(|last| dated.earliest() > last);
        !is_early && !is_late
    }
}

/// A document being set: what its wording sees, and what is put into its text.
struct Setting<'c> {
    wordings: &'c Wordings,
    context: Value,
    inserts: Arc<Inserts>,
    voters: usize,
}

impl<'c> Setting<'c> {
    fn of(composer: &Composer<'c>, due: &Due, number: Option<Number>) -> Self {
        // A date that is not there yet is written in by hand.
        let dated = due.front.dated.as_deref().map(|path| composer.lookup(path));
        let dated = dated.filter(|value| !value.is_undefined()).unwrap_or(Value::from(()));
        let number = number.and_then(Number::known);
        let joint_names = composer.joint(&due.front).join("\u{3000}");
        let joint_names = Some(joint_names).filter(|names| !names.is_empty());
        let joint_names = joint_names.map_or(Value::UNDEFINED, Value::from);
        let facts = &composer.facts;
        let (in_office, in_office_name) = match composer.is_in_office(&due.front) {
            true => (&facts.words.election_committee, &facts.election_committee_name),
            false => (&facts.words.committee, &facts.committee_name),
        };
        let context = minijinja::context! {
            number, dated, joint_names, in_office, in_office_name, ..composer.context(due)
        };
        let voters = composer.dossier.roll.as_ref().map_or(0, |roll| roll.len());
        Self { wordings: composer.wordings, context, inserts: Arc::default(), voters }
    }

    fn render(&self, passage: &Passage) -> Result<String, Diagnostic> {
        let Wordings { env, parts, .. } = self.wordings;
        wording::render(env, parts, passage, &self.context, &self.inserts, self.voters)
    }

    fn text(&self, passage: &Passage) -> Result<Text, Diagnostic> {
        Ok(markdown::parse_line(&self.render(passage)?, &self.inserts))
    }
}

fn placed(block: Block) -> Value {
    Value::from_object(Placed(block))
}
