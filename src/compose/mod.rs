//! Wording: templates and an election become [`Document`]s.

pub mod chinese;
mod corrections;
mod counts;
pub mod document;
pub mod facts;
pub mod grid;
mod lists;
pub mod markdown;
mod meetings;
mod names;
mod roll;
pub mod template;
#[cfg(test)]
mod tests;
mod timetable;
mod wording;

use std::collections::BTreeMap;
use std::sync::Arc;

use jiff::civil::Date;
use minijinja::value::{Serde, Value, ValueKind};
use serde::Serialize;

pub use document::Document;
pub use names::table as names_table;
pub use template::FrontMatter;

use self::corrections::Corrections;
use self::document::{Audience, Block, Signature};
use self::facts::{Facts, Voters};
use self::markdown::Inserts;
use self::template::{Parts, Passage, Template};
use self::wording::{Placed, Unknown};
use crate::assets::Assets;
use crate::diagnostic::{Diagnostic, Report, Source};
use crate::election::date::PartialDate;
use crate::election::decode::Decode as _;
use crate::election::model::Kind;
use crate::election::words::Words;
use crate::election::{Dossier, Election};
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
    /// The path of the first part of the election that is still missing.
    pub missing: String,
    /// Whether the section of that part is there, or must come.
    pub begun: bool,
    kind: Option<Kind>,
}

impl Pending {
    /// Whether it will be wanted: what only some elections have, such as a
    /// run-off, is not waited for until it is begun.
    pub fn is_awaited(&self) -> bool {
        self.begun || !self.front.occasional
    }

    /// What a secretary writes to supply what is missing: `候选人.名单`.
    pub fn missing_key(&self) -> String {
        let head = self.missing.split('.').next().unwrap_or_default();
        let written = Election::chinese_keys(&self.missing);
        let keys = written.or_else(|| names::find(head).map(|name| name.from.to_vec()));
        keys.map_or_else(|| self.missing.clone(), |keys| Election::keys_for(self.kind, &keys))
    }

    /// What to do about it, with the lines to write, where they are known.
    pub fn how_to_write(&self) -> String {
        let say = |key: &str| Election::keys_for(self.kind, &[key]);
        match Election::SHAPE.sample(&self.missing, say) {
            Some(sample) => format!("请先把这一步写进 election.yaml，写法如：\n{sample}"),
            None => "请先把这一步写进 election.yaml。".to_owned(),
        }
    }
}

/// How documents are to be composed.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// Only these, by id; all if empty.
    pub only: Vec<String>,
    /// Print 草稿 across each page.
    pub draft: bool,
    pub purpose: Purpose,
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
        let words = assets.get("templates/words.yaml").map(|own| own.source.clone());
        Self { templates, parts, env, words, problems }
    }

    pub fn problems(&self) -> &Report {
        &self.problems
    }

    /// What each template says of its document.
    pub fn documents(&self) -> impl Iterator<Item = &FrontMatter> {
        self.templates.iter().map(|template| &template.front)
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
    Outlook { due: due.into_iter().map(|template| template.front.clone()).collect(), pending }
}

/// Tells which notices have a number only because it is the usual one.
pub fn guessed_numbers(
    dossier: &Dossier,
    profile: &Profile,
    wordings: &Wordings,
) -> Option<Diagnostic> {
    let (options, dossier) = (Options::default(), standing(dossier, profile));
    let composer = Composer::new(&dossier, profile, wordings, &options, &mut Report::new());
    let (due, pending) = composer.sort();
    composer.guessed_numbers(&due, &pending)
}

/// Composes every document whose data is present.
pub fn compose(
    dossier: &Dossier,
    profile: &Profile,
    wordings: &Wordings,
    options: &Options,
    report: &mut Report,
) -> Composition {
    report.extend(wordings.problems.iter().cloned());
    let dossier = standing(dossier, profile);
    let composer = Composer::new(&dossier, profile, wordings, options, report);
    let (due, pending) = composer.sort();
    let numbers = composer.numbers(&due);
    report.extend(composer.guessed_numbers(&due, &pending));
    let mut documents = Vec::with_capacity(due.len());
    // What is wrong in a part is wrong in all that import it.
    let mut problems = Report::new();
    for (template, number) in due.into_iter().zip(numbers) {
        if !options.only.is_empty() && !options.only.contains(&template.front.id) {
            continue;
        }
        match composer.document(template, number) {
            Ok(document) => {
                report.extend(leaks(&document, template));
                let (front, date) = (template.front.clone(), composer.dated(&template.front));
                documents.push(Composed { front, document, date });
            }
            Err(problem) => problems.push(problem),
        }
    }
    report.extend_with_news(problems);
    report_unknown(&options.only, &documents, &pending, report);
    Composition { facts: composer.facts, documents, pending }
}

/// The last gate before the wall: whatever a wording or a value brought in, no
/// public document shows an ID number, a mobile phone or a bank card.
fn leaks(document: &Document, template: &Template) -> Option<Diagnostic> {
    if document.audience != Audience::Public {
        return None;
    }
    let (text, shape) = document.texts().find_map(|text| {
        let (_, shape) = privacy::find(&text).into_iter().next()?;
        Some((text, shape))
    })?;
    Some(
        Diagnostic::error(
            "personal-data",
            format!(
                "《{}》是要公开的，里面却有像{}的内容：“{}”。",
                document.title,
                shape.name(),
                privacy::mask(&text)
            ),
        )
        .in_file(&template.source.path)
        .basis("《个人信息保护法》第六条、第二十五条；《民法典》第一千零三十八条")
        .help("请从 election.yaml 或模板里删去；联系电话请用办公座机。"),
    )
}

fn report_unknown(
    only: &[String],
    documents: &[Composed],
    pending: &[Pending],
    report: &mut Report,
) {
    for id in only {
        let made = documents.iter().any(|composed| composed.front.id == *id);
        if made || report.has_errors() {
            continue;
        }
        report.push(match pending.iter().find(|pending| pending.front.id == *id) {
            Some(pending) => Diagnostic::error(
                "not-due",
                format!(
                    "《{}》还不能做：数据里还没有“{}”。",
                    pending.front.name,
                    pending.missing_key()
                ),
            )
            .help(pending.how_to_write()),
            None => Diagnostic::error("unknown-document", format!("没有代号为“{id}”的文件。"))
                .help("用 zhangbang templates list 可以列出全部代号。"),
        });
    }
}

/// The number of a numbered notice.
#[derive(Clone, Copy, Debug)]
enum Number {
    Known(u32),
    /// It is on the wall, but nobody wrote down which.
    Unknown,
}

impl Number {
    fn known(self) -> Option<u32> {
        match self {
            Self::Known(number) => Some(number),
            Self::Unknown => None,
        }
    }
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
    fn of(front: &FrontMatter, dossier: &Dossier) -> Self {
        let retention = front.retention(&dossier.election);
        Self {
            name: front.name.clone(),
            stage: front.stage.name(),
            period: retention.period,
            basis: retention.basis,
        }
    }
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
        let kept: Vec<Kept> = wordings.documents().map(|front| Kept::of(front, dossier)).collect();
        let words = Words::of(&dossier.election, wordings.words.as_ref(), report);
        let timetable = timetable::of(dossier, &words);
        let known = Facts::of(dossier, profile, words);
        let election = Value::from(Serde(&dossier.election));
        let law =
            timetable::Law::of(&dossier.election, profile, Occasion::Election, known.electors);
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
            timetable => Value::from(Serde(&timetable)),
            timeline => timetable::timeline(&timetable).map(|t| placed(Block::Timeline(t))),
            posted => posted_counts,
            name_lists => grids.collect::<Vec<_>>(),
            roll => dossier.roll.as_ref().map_or(Value::UNDEFINED, |_| Value::from(true)),
            corrections => corrections.as_ref().map_or(Value::UNDEFINED, |corrections| Value::from(Serde(corrections))),
            ..minijinja::context! { ..facts, ..election }
        };
        Self { context, facts: known, dossier, profile, wordings, options }
    }

    /// The templates that are due, and those that are not.
    fn sort(&self) -> (Vec<&'a Template>, Vec<Pending>) {
        let (mut due, mut pending) = (Vec::new(), Vec::new());
        let wanted = |template: &&Template| self.options.purpose.includes(&template.front);
        for template in self.wordings.templates.iter().filter(wanted) {
            match self.first_missing(&template.front) {
                Some(missing) => pending.push(self.pending(&template.front, missing)),
                None => due.push(template),
            }
        }
        (due, pending)
    }

    fn pending(&self, front: &FrontMatter, missing: String) -> Pending {
        let election = &self.dossier.election;
        let section = self.lookup(missing.split('.').next().unwrap_or_default());
        let step = front.dated.as_deref().and_then(Step::find);
        let begun = !section.is_undefined() && !section.is_none()
            || step.is_some_and(|step| step.is_called_for(election));
        Pending { missing, begun, kind: election.kind.value(), front: front.clone() }
    }

    /// The first of the needs that the election does not have.
    fn first_missing(&self, front: &FrontMatter) -> Option<String> {
        let missing = |path: &&String| {
            let value = self.lookup(path);
            // What is said not to be so is missing as what is not said, and of a
            // whole section of which nothing is known there is nothing to say.
            value.is_undefined()
                || value.kind() == ValueKind::Bool && !value.is_true()
                || value.is_none() && !Election::keys_below(path).is_empty()
        };
        let needed = front.needs.iter().filter(missing).find(|path| !self.left_open(front, path));
        needed.cloned().or_else(|| self.untold(front))
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
        let part = path.split('.').next().unwrap_or(path);
        self.options.purpose == Purpose::Blanks && front.blank.iter().any(|blank| blank == part)
    }

    /// What the template sees: with room for what is left open, and with the
    /// voters one by one, thousands of records, only if it asks for them.
    fn context(&self, front: &FrontMatter) -> Value {
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
        if self.dossier.roll.is_some() && front.needs.iter().any(|need| need == ROLL) {
            let internal = front.audience == Audience::Archive;
            own.insert(ROLL, Value::from(Serde(roll::entries(self.dossier, internal))));
        }
        minijinja::context! { ..Value::from(own), ..self.context.clone() }
    }

    /// The law in force on the day of what a document tells of.
    fn law_of(&self, occasion: Occasion) -> Value {
        let (election, electors) = (&self.dossier.election, self.facts.electors);
        Value::from(Serde(&timetable::Law::of(election, self.profile, occasion, electors)))
    }

    fn lookup(&self, path: &str) -> Value {
        path.split('.')
            .try_fold(self.context.clone(), |value, key| value.get_attr(key))
            .unwrap_or(Value::UNDEFINED)
    }

    fn dated(&self, front: &FrontMatter) -> Option<PartialDate> {
        let value = self.lookup(front.dated.as_deref()?);
        PartialDate::parse(value.as_str()?).ok()
    }

    /// The number of each numbered notice, in the order of posting. Numbers
    /// already on the wall are data and never change.
    fn numbers(&self, due: &[&Template]) -> Vec<Option<Number>> {
        let mut numbers: Vec<Option<Number>> =
            due.iter().map(|template| self.posted_number(&template.front)).collect();
        let mut order: Vec<usize> =
            (0..due.len()).filter(|&n| self.is_to_number(&due[n].front)).collect();
        order.sort_by_key(|&n| (due[n].front.stage, due[n].front.usual_day));
        // A notice whose day is not known, or not wholly, follows those that it
        // usually follows, as far as what is known of its day lets it.
        let mut latest = Date::MIN;
        let mut posting: Vec<(Date, usize)> = Vec::with_capacity(order.len());
        for n in order {
            let (first, last) = self.days(&due[n].front);
            let day = latest.min(last).max(first);
            latest = latest.max(day);
            posting.push((day, n));
        }
        posting.sort_by_key(|&(day, _)| day);
        let posted = self.dossier.election.notices.items();
        let first = posted.iter().filter_map(|notice| notice.number.value()).max().unwrap_or(0) + 1;
        for (number, (_, n)) in (first..).zip(posting) {
            numbers[n] = Some(Number::Known(number));
        }
        numbers
    }

    /// The number that stands on the wall, as far as it is told.
    fn posted_number(&self, front: &FrontMatter) -> Option<Number> {
        let is_own = |found: &String| *found == front.id;
        let mut posted = self.dossier.election.notices.items().iter();
        let notice = posted.find(|notice| notice.document.get().is_some_and(is_own))?;
        Some(notice.number.value().map_or(Number::Unknown, Number::Known))
    }

    fn is_to_number(&self, front: &FrontMatter) -> bool {
        front.numbered && self.posted_number(front).is_none()
    }

    /// Notices whose days do not tell before or after which others they come, and
    /// those of which only it is known that they were posted: the numbers rest on
    /// the usual order.
    fn guessed_numbers(&self, due: &[&Template], pending: &[Pending]) -> Option<Diagnostic> {
        let due = due.iter().map(|template| &template.front);
        let posted: Vec<&FrontMatter> = due.filter(|front| self.is_to_number(front)).collect();
        let others = pending.iter().filter(|pending| self.is_unknown(&pending.missing));
        let others = others.map(|pending| &pending.front).filter(|other| {
            self.is_to_number(other)
                && posted.iter().any(|front| self.days(front).1 >= self.days(other).0)
        });
        let overlap = |a: (Date, Date), b: (Date, Date)| a.0 <= b.1 && b.0 <= a.1;
        let unsure = posted.iter().enumerate().filter(|&(at, front)| {
            let days = self.days(front);
            let mut rest = posted.iter().enumerate().filter(|&(other, _)| other != at);
            days.0 < days.1 && rest.any(|(_, other)| overlap(days, self.days(other)))
        });
        let unsure = unsure.map(|(_, front)| *front).chain(others);
        let names: String = unsure.map(|front| format!("《{}》", front.name)).collect();
        (!names.is_empty()).then(|| {
            let message = format!(
                "{names}何时公布没有写全，公告的编号是按通常的先后排的，可能与张贴的不同。"
            );
            Diagnostic::note("notice-numbers", message)
                .in_file(&self.dossier.source.path)
                .help("请补写公布日期，或者把已经张贴的编号写进“已贴公告”。")
        })
    }

    /// The first and the last day on which a document may have been posted.
    fn days(&self, front: &FrontMatter) -> (Date, Date) {
        let date = self.dated(front);
        date.map_or((Date::MIN, Date::MAX), |date| (date.earliest(), date.latest()))
    }

    /// Whether a path leads into what is left empty.
    fn is_unknown(&self, path: &str) -> bool {
        let mut ways = path.match_indices('.').map(|(at, _)| &path[..at]).chain([path]);
        ways.any(|way| self.lookup(way).is_none())
    }

    fn document(
        &self,
        template: &Template,
        number: Option<Number>,
    ) -> Result<Document, Diagnostic> {
        let front = &template.front;
        let inserts = Arc::new(Inserts::default());
        // A date that is not there yet is written in by hand.
        let dated = front.dated.as_deref().map(|path| self.lookup(path));
        let dated = dated.filter(|value| !value.is_undefined()).unwrap_or(Value::from(()));
        let known = number.and_then(Number::known);
        let context = minijinja::context! { number => known, dated, ..self.context(front) };
        let render = |passage: &Passage| {
            wording::render(&self.wordings.env, &self.wordings.parts, passage, &context, &inserts)
        };
        let text = |passage: &Passage| {
            render(passage).map(|markdown| markdown::parse_line(&markdown, &inserts))
        };
        let line = |passage: Passage| text(&passage).map(|text| text.to_string());
        let title_lines = template.title().into_iter().map(line);
        let mut title_lines = title_lines.collect::<Result<Vec<_>, _>>()?;
        title_lines.retain(|line| !line.is_empty());
        let signature = match template.issuer() {
            Some(issuer) => {
                Some(Signature { issuer: line(issuer)?, date: text(&template.date())? })
            }
            None => None,
        };
        Ok(Document {
            id: front.id.clone(),
            title: title_lines.concat(),
            title_lines,
            number: number.map(|number| match number.known() {
                Some(number) => format!("第{number}号"),
                None => "第＿＿号".to_owned(),
            }),
            addressee: template.addressee().map(line).transpose()?,
            blocks: markdown::parse(&render(&template.body())?, &inserts),
            signature,
            audience: front.audience,
            dated: self.dated(front).map(PartialDate::latest),
            draft: self.options.draft,
        })
    }
}

fn placed(block: Block) -> Value {
    Value::from_object(Placed(block))
}
