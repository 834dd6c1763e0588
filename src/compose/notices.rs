//! Notices on the wall and those to come: their numbers, and what they say now
//! that they did not say when they were posted.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;
use minijinja::value::{Serde, Value};
use serde::Serialize;

use super::difference::{self, Amendment};
use super::template::FrontMatter;
use super::{Composer, Due, Pending, Purpose, chinese, unknown_document};
use crate::diagnostic::{Diagnostic, Report};
use crate::election::Stage;
use crate::election::date::PartialDate;
use crate::election::decode::Field;
use crate::election::model::{self, PostedNotice};
use crate::election::posted;
use crate::privacy;

/// The number of a numbered notice.
#[derive(Clone, Copy, Debug)]
pub(super) enum Number {
    Known(u32),
    /// It is on the wall, but nobody wrote down which.
    Unknown,
}

impl Number {
    pub(super) fn known(self) -> Option<u32> {
        match self {
            Self::Known(number) => Some(number),
            Self::Unknown => None,
        }
    }
}

/// A paper that may hang on the wall, and how it stands.
#[derive(Clone, Debug)]
pub struct Paper {
    pub front: FrontMatter,
    /// The number that it has or would have.
    pub number: Option<u32>,
    /// The date that it bears, as far as it is known.
    pub dated: Option<PartialDate>,
    /// What is missing yet, as a secretary writes it; `None` if it can be made.
    pub waits_for: Option<String>,
    /// Whether it has been posted, and when, as far as that is known.
    pub posted: Option<Option<PartialDate>>,
    /// What it says now that it did not say on that day.
    pub changed: Option<Vec<Amendment>>,
    /// Who issues it.
    pub issuer: String,
    /// What it says, to be remembered when it is posted.
    pub words: String,
    /// Of which paper it is the correction.
    pub corrects: Option<String>,
    /// Whether it is a correction that nobody entered: the paper changed.
    pub is_offered: bool,
}

impl Paper {
    /// One that cannot be made yet.
    pub(super) fn awaited(pending: &Pending) -> Self {
        Self {
            front: pending.front.clone(),
            number: None,
            dated: None,
            waits_for: Some(pending.missing_key()),
            posted: None,
            changed: None,
            issuer: String::new(),
            words: String::new(),
            corrects: None,
            is_offered: false,
        }
    }
}

/// A notice that says something else now than on the wall.
#[derive(Debug)]
pub(super) struct Changed {
    /// Which of the notices on record.
    record: usize,
    /// Where; nothing if only that it changed is known.
    amendments: Vec<Amendment>,
}

/// One correction, as its wording sees it.
#[derive(Debug, Serialize)]
pub(super) struct Erratum {
    #[serde(skip)]
    stage: Option<Stage>,
    #[serde(skip)]
    name: String,
    /// Whether nobody wrote it yet: it is offered, since the notice changed.
    #[serde(skip)]
    pub is_offered: bool,
    document: String,
    title: String,
    number: Option<u32>,
    issuer: Option<String>,
    /// When the notice was posted that it corrects.
    noticed_on: Option<PartialDate>,
    posted_on: Option<PartialDate>,
    items: Vec<Quoted>,
}

/// One place that is corrected: nothing where nothing was, or is to be; null where
/// that is not known.
#[derive(Debug, Serialize)]
struct Quoted {
    was: Option<String>,
    now: Option<String>,
}

impl Quoted {
    fn of(amendment: &Amendment) -> Self {
        Self { was: Some(amendment.was.clone()), now: Some(amendment.now.clone()) }
    }

    fn written(amendment: &model::Amendment) -> Self {
        let said = |field: &Field<String>| match field.is_unknown() {
            true => None,
            false => Some(field.get().cloned().unwrap_or_default()),
        };
        Self { was: said(&amendment.was), now: said(&amendment.now) }
    }
}

/// The record of a notice, with what is known of it otherwise.
struct Record {
    number: Option<u32>,
    day: Date,
    series: String,
}

impl Composer<'_> {
    fn records(&self) -> impl Iterator<Item = &PostedNotice> {
        self.dossier.election.notices.items().iter().map(|notice| &notice.value)
    }

    /// The record of a document that has been posted, with its place among them.
    pub(super) fn record_of(&self, front: &FrontMatter) -> Option<(usize, &PostedNotice)> {
        let is_it = |notice: &PostedNotice| {
            notice.document.get().is_some_and(|named| front.is_named(named))
        };
        self.records().enumerate().find(|(_, notice)| is_it(notice))
    }

    /// The number that stands on the wall, as far as it is told.
    fn posted_number(&self, front: &FrontMatter) -> Option<Number> {
        let (_, notice) = self.record_of(front)?;
        let known = notice.number.value().map(Number::Known);
        known.or(front.numbered.then_some(Number::Unknown))
    }

    fn is_to_number(&self, front: &FrontMatter) -> bool {
        front.numbered && self.record_of(front).is_none()
    }

    /// The number of each numbered notice: every issuer counts its own, in the
    /// order of posting. Numbers already on the wall are data and never change; a
    /// notice that comes before them takes one that they left free, or else the
    /// next after all.
    pub(super) fn numbers(&self, due: &[Due]) -> Vec<Option<Number>> {
        let mut numbers: Vec<Option<Number>> =
            due.iter().map(|due| self.posted_number(&due.front)).collect();
        let records = self.numbered_records(due);
        let mut series: BTreeMap<String, BTreeMap<u32, Date>> = BTreeMap::new();
        for record in &records {
            let taken = series.entry(record.series.clone()).or_default();
            taken.extend(record.number.map(|number| (number, record.day)));
        }
        for (day, n) in self.in_order_of_posting(due) {
            let taken = series.entry(self.issuer(&due[n])).or_default();
            let number = next_number(taken, day);
            taken.insert(number, day);
            numbers[n] = Some(Number::Known(number));
        }
        numbers
    }

    /// What is on the wall. Of a notice whose day is not known, it is known that
    /// it hangs there before those that do not.
    fn numbered_records(&self, due: &[Due]) -> Vec<Record> {
        let records = self.records().enumerate().map(|(at, notice)| {
            let own = due.iter().find(|due| self.is_record_of(at, due));
            let dated = own.and_then(|due| self.dated(&due.front));
            let day = dated.or(notice.posted_on.value());
            let issuer = notice.issuer.get().cloned();
            let series = issuer.or_else(|| own.map(|due| self.issuer(due))).unwrap_or_default();
            Record {
                number: notice.number.value(),
                day: day.map_or(Date::MIN, PartialDate::latest),
                series,
            }
        });
        records.collect()
    }

    fn is_record_of(&self, record: usize, due: &Due) -> bool {
        self.record_of(&due.front).is_some_and(|(at, _)| at == record)
    }

    /// The notices that have no number yet, with the day on which each is taken to
    /// be posted.
    fn in_order_of_posting(&self, due: &[Due]) -> Vec<(Date, usize)> {
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
        posting
    }

    /// Who signs, as it is printed.
    pub(super) fn issuer(&self, due: &Due) -> String {
        // What is wrong with it is told when the document is composed.
        self.issuer_line(due).ok().flatten().unwrap_or_default()
    }

    /// What is to be said of the notices on the wall and their numbers.
    pub(super) fn about_notices(&self, due: &[Due], pending: &[Pending], report: &mut Report) {
        report.extend(self.guessed_numbers(due, pending));
        report.extend(self.strange_records(due, pending));
        report.extend(self.left_out(due));
        report.extend(self.posted_too_soon(due));
        for changed in &self.changed {
            report.push(self.tell_changed(changed));
        }
    }

    /// Notices whose days do not tell before or after which others they come, and
    /// those of which only it is known that they were posted: the numbers rest on
    /// the usual order.
    fn guessed_numbers(&self, due: &[Due], pending: &[Pending]) -> Option<Diagnostic> {
        let due = due.iter().map(|due| &*due.front);
        let posted: Vec<&FrontMatter> =
            due.filter(|front| self.is_to_number(front) && front.each.is_none()).collect();
        let is_unknown = |path: &String| self.is_unknown(path);
        let others =
            pending.iter().filter(|pending| pending.missing.first().is_some_and(is_unknown));
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

    /// Numbers below one on record that no notice has, on record or not.
    fn left_out(&self, due: &[Due]) -> Vec<Diagnostic> {
        let mut taken: BTreeMap<String, BTreeSet<u32>> = BTreeMap::new();
        for (due, number) in due.iter().zip(self.numbers(due)) {
            taken.entry(self.issuer(due)).or_default().extend(number.and_then(Number::known));
        }
        let records = self.numbered_records(due);
        for record in &records {
            taken.entry(record.series.clone()).or_default().extend(record.number);
        }
        let notices = self.dossier.election.notices.items().iter().zip(&records);
        let told = notices.filter_map(|(notice, record)| {
            let number = notice.number.located()?;
            let before = taken.get(&record.series)?.range(..number.value).next_back();
            let first = before.copied().unwrap_or(0).saturating_add(1);
            let missing = match number.value.checked_sub(first)? {
                0 => return None,
                1 => format!("第{first}号"),
                _ => format!("第{first}号至第{}号", number.value - 1),
            };
            let message = format!("第{}号公告前面没有{missing}。", number.value);
            Some(
                Diagnostic::warning("notice-numbers", message)
                    .at(number.place.clone())
                    .help("同一家的公告从第1号起连续编号；请核对墙上贴着的。"),
            )
        });
        told.collect()
    }

    /// Records of a day before that which the paper bears.
    fn posted_too_soon(&self, due: &[Due]) -> Vec<Diagnostic> {
        let told = due.iter().filter_map(|due| {
            let posted = self.record_of(&due.front)?.1.posted_on.located()?;
            let dated = self.dated(&due.front)?;
            let too_soon = posted.value.latest() < dated.earliest();
            let name = &due.front.name;
            let (posted_on, dated) =
                (chinese::date_as_known(posted.value), chinese::date_as_known(dated));
            let message = format!("《{name}》落款的日期是{dated}，却记着{posted_on}就已张贴。");
            too_soon.then(|| {
                Diagnostic::warning("notice-day", message)
                    .at(posted.place.clone())
                    .help("请核对是哪一天贴的，落款的日期对不对。")
            })
        });
        told.collect()
    }

    /// The first and the last day on which a document may have been posted. A
    /// correction that is not posted yet comes after what hangs on the wall.
    fn days(&self, front: &FrontMatter) -> (Date, Date) {
        let date = self.dated(front);
        if date.is_none() && front.each.is_some() {
            let posted = self.records().filter_map(|notice| notice.posted_on.value());
            let last = posted.map(PartialDate::latest).max().unwrap_or(Date::MIN);
            return (last, last);
        }
        date.map_or((Date::MIN, Date::MAX), |date| (date.earliest(), date.latest()))
    }

    /// Records that name no document.
    fn strange_records(&self, due: &[Due], pending: &[Pending]) -> Vec<Diagnostic> {
        let fronts = due.iter().map(|due| &*due.front).chain(pending.iter().map(|one| &one.front));
        let fronts: Vec<&FrontMatter> = fronts.chain(self.wordings.documents()).collect();
        let is_known = |named: &str| fronts.iter().any(|front| front.is_named(named));
        let election = &self.dossier.election;
        let named = election.notices.items().iter().map(|notice| &notice.document);
        let corrected = election.errata.items().iter().map(|erratum| &erratum.document);
        let joint = election.joint.items().iter().map(|joint| &joint.document);
        let strange = named.chain(corrected).chain(joint).filter_map(|document| document.located());
        let strange = strange.filter(|document| !is_known(&document.value));
        strange
            .map(|document| {
                unknown_document(&document.value, self.wordings).at(document.place.clone())
            })
            .collect()
    }
}

/// The number of a notice of `day` in a series in which some are taken: after those
/// of earlier days and before those of later ones, where there is room.
fn next_number(taken: &BTreeMap<u32, Date>, day: Date) -> u32 {
    let before = taken.iter().filter(|(_, other)| **other < day).map(|(number, _)| *number).max();
    let after = taken.iter().filter(|(_, other)| **other > day).map(|(number, _)| *number).min();
    let free =
        |from: u32| (from.saturating_add(1)..=u32::MAX).find(|number| !taken.contains_key(number));
    let next = free(before.unwrap_or(0)).filter(|next| after.is_none_or(|after| *next < after));
    let last = taken.keys().max().copied().unwrap_or(0);
    next.unwrap_or(last.saturating_add(1))
}

/// What was posted and says otherwise now.
impl Composer<'_> {
    /// Compares what hangs on the wall with what would be printed now.
    pub(super) fn changes(&self) -> Vec<Changed> {
        if self.options.purpose == Purpose::Blanks || self.records().next().is_none() {
            return Vec::new();
        }
        let (due, _) = self.sort();
        let changed = self.records().enumerate().filter_map(|(record, notice)| {
            let known = notice.digest.get()?;
            let own = due.iter().find(|due| self.is_record_of(record, due))?;
            let now = self.document(own, None).ok()?.words();
            if posted::digest(&now) == *known {
                return None;
            }
            let was = self.dossier.posted_words.get(&own.front.id);
            let amendments = was.map(|was| difference::between(was, &now)).unwrap_or_default();
            Some(Changed { record, amendments })
        });
        changed.collect()
    }

    /// What changed in a document since it was posted.
    pub(super) fn changed_since(&self, front: &FrontMatter) -> Option<&Changed> {
        let (record, _) = self.record_of(front)?;
        self.changed.iter().find(|changed| changed.record == record)
    }

    fn tell_changed(&self, changed: &Changed) -> Diagnostic {
        const SHOWN: usize = 3;
        let notice = &self.dossier.election.notices.items()[changed.record];
        let front = self.front_of(notice.document.get().map_or("", String::as_str));
        let named = notice.document.get().map_or("", String::as_str);
        let name = format!("《{}》", front.map_or(named, |front| front.name.as_str()));
        let day = notice.posted_on.value().map(chinese::date_as_known);
        let what = match (notice.number.value(), day) {
            (Some(number), Some(day)) => format!("（第{number}号，{day}张贴）"),
            (Some(number), None) => format!("（第{number}号）"),
            (None, Some(day)) => format!("（{day}张贴）"),
            (None, None) => String::new(),
        };
        let shown = changed.amendments.iter().take(SHOWN).map(describe);
        let mut message = format!("{name}{what}张贴以后，内容有了变动");
        message += if changed.amendments.is_empty() { "" } else { "：" };
        message += &shown.collect::<Vec<_>>().join("；");
        if changed.amendments.len() > SHOWN {
            message += &format!("，等 {} 处", changed.amendments.len());
        }
        let help = match front.and_then(|front| self.corrected_by(front)) {
            Some(other) => format!(
                "墙上贴着的不会跟着变。请核对：改错了的，改回去；确实有变动的，另有《{}》，照它的写法写（build --only {} 会列出）。",
                other.name, other.id
            ),
            None => "墙上贴着的不会跟着变。请核对：改错了的，改回去；确实要改的，张贴做好的《更正公告》，并用 build --only 更正公告 --posted 记下。".to_owned(),
        };
        Diagnostic::warning("notice-changed", privacy::mask(&message).into_owned() + "。")
            .at(notice.place.clone())
            .help(help)
    }

    /// The document that corrects another in its own way.
    fn corrected_by(&self, front: &FrontMatter) -> Option<&FrontMatter> {
        self.front_of(front.corrected_by.as_deref()?)
    }

    fn front_of(&self, named: &str) -> Option<&FrontMatter> {
        self.wordings.find(named)
    }

    /// All corrections: those on record, and behind them one for each notice that
    /// changed and has none yet.
    pub(super) fn errata(&self) -> Vec<Erratum> {
        let (due, _) = self.sort();
        // Of what nobody knows what it corrects there is no paper.
        let written = self.dossier.election.errata.items().iter().filter_map(|erratum| {
            let named = erratum.document.get()?;
            let items = erratum.items.items().iter().map(|item| Quoted::written(item));
            Some(self.erratum(named, erratum.posted_on.value(), items.collect(), &due))
        });
        let offered = self.changed.iter().filter_map(|changed| {
            let named = self.records().nth(changed.record)?.document.get()?;
            let own = self.front_of(named)?;
            let items = changed.amendments.iter().map(Quoted::of);
            let is_offered = self.options.purpose == Purpose::Use && own.corrected_by.is_none();
            let posting = self.options.posting.map(PartialDate::from);
            is_offered.then(|| Erratum {
                is_offered,
                ..self.erratum(named, posting, items.collect(), &due)
            })
        });
        written.chain(offered).collect()
    }

    fn erratum(
        &self,
        named: &str,
        posted_on: Option<PartialDate>,
        items: Vec<Quoted>,
        due: &[Due],
    ) -> Erratum {
        let front = self.front_of(named);
        let own = due.iter().find(|due| front.is_some_and(|front| due.front.id == front.id));
        let notice = front.and_then(|front| self.record_of(front)).map(|(_, notice)| notice);
        let name = front.map_or(named, |front| front.name.as_str());
        let issuer = notice.and_then(|notice| notice.issuer.get().cloned());
        Erratum {
            stage: front.map(|front| front.stage),
            name: name.to_owned(),
            is_offered: false,
            document: front.map_or(named, |front| front.id.as_str()).to_owned(),
            title: own.and_then(|due| self.title(due).ok()).unwrap_or_else(|| name.to_owned()),
            number: notice.and_then(|notice| notice.number.value()),
            issuer: issuer.or_else(|| own.map(|due| self.issuer(due))),
            noticed_on: notice.and_then(|notice| notice.posted_on.value()),
            posted_on,
            items,
        }
    }

    /// What a template that makes a document for each correction makes of one:
    /// `更正公告（投票公告）`, in the stage of what it corrects.
    pub(super) fn front_for(&self, front: &FrontMatter, n: usize) -> FrontMatter {
        let erratum = &self.errata[n];
        let earlier = self.errata[..n].iter().filter(|other| other.document == erratum.document);
        let earlier = earlier.count() as u64;
        let nth = |before: &str, say: fn(u64) -> String| match earlier {
            0 => String::new(),
            count => format!("{before}{}", say(count + 1)),
        };
        FrontMatter {
            id: format!("{}-{}{}", front.id, erratum.document, nth("-", |count| count.to_string())),
            name: format!("{}（{}）{}", front.name, erratum.name, nth("之", chinese::numeral)),
            stage: erratum.stage.unwrap_or(front.stage),
            dated: front.dated.as_ref().map(|path| path.replacen('.', &format!(".{n}."), 1)),
            ..front.clone()
        }
    }

    pub(super) fn errata_value(&self) -> Value {
        match self.errata.is_empty() {
            true => Value::UNDEFINED,
            false => Value::from(Serde(&self.errata)),
        }
    }
}

/// Who issued the notices on record, where the record does not say.
pub(super) fn issuers(composer: &Composer) -> Vec<Option<String>> {
    let (due, _) = composer.sort();
    let issuer = |(at, notice): (usize, &PostedNotice)| {
        let own = due.iter().find(|due| composer.is_record_of(at, due));
        let issuer = own.filter(|_| notice.issuer.is_absent()).map(|due| composer.issuer(due));
        issuer.filter(|issuer| !issuer.is_empty())
    };
    composer.records().enumerate().map(issuer).collect()
}

impl Erratum {
    pub(super) fn document(&self) -> &str {
        &self.document
    }
}

impl Changed {
    pub(super) fn amendments(&self) -> &[Amendment] {
        &self.amendments
    }
}

fn describe(amendment: &Amendment) -> String {
    let Amendment { was, now } = amendment;
    let short = |text: &str| match text.char_indices().nth(30) {
        Some((at, _)) => format!("“{}……”", &text[..at]),
        None => format!("“{text}”"),
    };
    match (was.is_empty(), now.is_empty()) {
        (true, _) => format!("多了{}", short(now)),
        (_, true) => format!("少了{}", short(was)),
        _ => format!("{}改成了{}", short(was), short(now)),
    }
}
