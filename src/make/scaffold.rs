//! The description to begin with: an election's file in which nothing is done yet.

use std::collections::BTreeMap;
use std::path::Path;

use jiff::civil::{Date, Weekday};
use minijinja::value::{Serde, Value};

use super::Kit;
use crate::compose::chinese;
use crate::diagnostic::{Diagnostic, Report, Source};
use crate::election::date::PartialDate;
use crate::election::decode::{Decode as _, Decoder, Located};
use crate::election::edit::{Editor, Plain};
use crate::election::model::Kind;
use crate::election::words::Words;
use crate::election::{self, ELECTION_FILE, Election};
use crate::files;
use crate::law::calendar::{self, Proposal};
use crate::law::{Profile, parameter};

const TEMPLATE: &str = include_str!("../../templates/new/election.yaml");

/// What is known of an election before anything is written.
#[derive(Clone, Debug)]
pub struct Scaffold {
    pub kind: Kind,
    pub province: Option<String>,
    pub election_day: Option<Date>,
    /// The last election of the same committee: what stays is taken from it.
    pub last: Option<Last>,
}

/// The head of a roll in which nobody stands yet.
const ROLL: &str = "\u{feff}序号,姓名,性别,出生日期,小组\r\n";

/// What lies beside the last election and is used again: its wordings and fonts. The
/// law may be another.
const TAKEN_ALONG: [&str; 2] = ["templates", "fonts"];

/// Makes the folder of an election to begin with, whole or not at all: with what is used
/// again of the last one's and, if it is wanted, a roll to be filled in.
///
/// # Errors
/// What cannot be written or copied.
pub fn lay_out(
    folder: &Path,
    description: &str,
    last: Option<&Path>,
    with_roll: bool,
) -> Result<(), Diagnostic> {
    let last = last.map(|last| if last.is_dir() { last } else { files::folder_of(last) });
    files::new_folder(folder, |folder| {
        if with_roll {
            files::write_private(&folder.join("voters.csv"), ROLL.as_bytes())?;
        }
        files::create_folder(&folder.join("attachments"))?;
        for (last, name) in last.iter().flat_map(|last| TAKEN_ALONG.map(|name| (last, name))) {
            files::copy_folder(&last.join(name), &folder.join(name))?;
        }
        files::write_text(&folder.join(ELECTION_FILE), description)
    })
}

/// What is taken over from the last election.
#[derive(Clone, Debug, Default)]
pub struct Last {
    pub kind: Option<Kind>,
    province: Option<String>,
    term: Option<u32>,
    held_on: Option<PartialDate>,
    /// What stays as it is, by its path.
    sections: Vec<(String, Plain)>,
    /// Lists and names that are usually the same again: examples in the plan.
    usual: BTreeMap<&'static str, String>,
}

impl Last {
    /// What is known of a committee from elsewhere: values by their paths.
    pub fn known(sections: Vec<(String, Plain)>) -> Self {
        Self { sections, ..Self::default() }
    }
}

/// What of a section stays: not what was decided, counted or done that time.
const STAYING: [(&str, &[&str]); 3] = [
    (
        "community",
        &[
            "name",
            "province",
            "city",
            "district",
            "street",
            "population",
            "households",
            "cooperatives",
            "introduction",
            "multi_ethnic",
        ],
    ),
    ("posts", &["chair", "vice_chair", "member", "women"]),
    ("archive", &["fonds", "fonds_name", "category", "problem", "retention"]),
];

impl Last {
    /// Reads the last election from its folder or its `election.yaml`.
    pub fn read(path: &Path, report: &mut Report) -> Option<Self> {
        let dossier = election::load(path, report)?;
        let election = &dossier.election;
        let tree = typed(Plain::of(&dossier.tree));
        let mut sections = Vec::new();
        for (section, keys) in STAYING {
            let Some(record) = below(&tree, "", section) else { continue };
            let kept = keys.iter().filter_map(|key| {
                Some((format!("{section}.{key}"), below(record, section, key)?.clone()))
            });
            sections.extend(kept);
        }
        let mode = election.mode.value().map(|mode| ("mode".to_owned(), mode.name().into()));
        let order = election.name_order.value();
        let order = order.map(|order| ("name_order".to_owned(), order.name().into()));
        sections.extend(mode.into_iter().chain(order));
        let groups = election.groups.items().iter().filter_map(|group| {
            let name = ("name".to_owned(), Plain::from(group.name.get()?.as_str()));
            let households = group.households.value();
            let households = households.map(|count| ("households".to_owned(), Plain::from(count)));
            Some(Plain::Record(std::iter::once(name).chain(households).collect()))
        });
        let groups: Vec<Plain> = groups.collect();
        if !groups.is_empty() {
            sections.push(("groups".to_owned(), Plain::List(groups)));
        }
        let mut usual = BTreeMap::new();
        let listed = |places: &[Located<String>]| {
            let places: Vec<&str> = places.iter().map(|place| place.value.as_str()).collect();
            let fit = !places.is_empty() && places.iter().all(|place| needs_no_quotes(place));
            fit.then(|| format!("[{}]", places.join(", ")))
        };
        if let Some(registration) = election.registration.get() {
            usual.extend(listed(registration.places.items()).map(|places| ("places", places)));
            usual.extend(listed(registration.list_places.items()).map(|places| ("walls", places)));
        }
        let venue = election.polling.get().and_then(|polling| polling.venue.get().cloned());
        let venue = venue.filter(|venue| needs_no_quotes(venue));
        usual.extend(venue.map(|venue| ("venue", venue)));
        Some(Self {
            kind: election.kind.value(),
            province: election.community.get().and_then(|it| it.province.get().cloned()),
            term: election.term.value(),
            held_on: election.election_day.value(),
            sections,
            usual,
        })
    }
}

/// The value of a key, in whichever language it is written.
fn below<'p>(record: &'p Plain, path: &str, key: &str) -> Option<&'p Plain> {
    let Plain::Record(entries) = record else { return None };
    let spec = Election::keys_below(path).iter().find(|spec| spec.english == key)?;
    entries.iter().find(|(written, _)| spec.accepts(written)).map(|(_, value)| value)
}

/// Whether a text can stand in a planned line as it is.
fn needs_no_quotes(text: &str) -> bool {
    text.starts_with(char::is_alphanumeric)
        && !text.contains([',', '[', ']', '{', '}', '#', ':', '\n'])
}

/// Numbers as numbers, which need no quotes; all that is read is text.
fn typed(value: Plain) -> Plain {
    match value {
        Plain::Text(text) => match text.parse() {
            Ok(number) if !text.starts_with('0') => Plain::Number(number),
            _ if text == "true" || text == "false" => Plain::Bool(text == "true"),
            _ => Plain::Text(text),
        },
        Plain::List(items) => Plain::List(items.into_iter().map(typed).collect()),
        Plain::Record(entries) => {
            Plain::Record(entries.into_iter().map(|(key, value)| (key, typed(value))).collect())
        }
        plain => plain,
    }
}

impl Scaffold {
    /// The description: the head made out to the community, all else as a plan,
    /// with a date for every step. If the election day is not decided, the dates
    /// are those of the next day that would do, and stay an example.
    pub fn describe(&self, kit: &Kit, report: &mut Report) -> Option<String> {
        if let Some((day, holiday)) =
            self.election_day.and_then(|day| Some((day, calendar::holiday_on(day)?)))
        {
            report.push(on_holiday(day, holiday));
            return None;
        }
        let example = || calendar::election_days(calendar::today()).next();
        let day = self.election_day.or_else(example)?;
        let profile = self.profile(day, kit, report)?;
        let proposals = calendar::propose(&profile, day);
        if self.election_day.is_some() {
            report.extend(not_sunday(day));
            report.extend(too_soon(&proposals, self.kind));
        }
        let written = self.write(day, &profile, &proposals);
        written.map_err(|problem| report.push(problem)).ok()
    }

    fn write(
        &self,
        day: Date,
        profile: &Profile,
        proposals: &[Proposal],
    ) -> Result<String, Diagnostic> {
        const EXAMPLE: u32 = 7;
        let last = self.last.as_ref().and_then(|last| last.term);
        let term = last.map_or(EXAMPLE, |term| term.saturating_add(1));
        let context = minijinja::context! {
            w => Value::from(Serde(&Words::built_in(self.kind))),
            village => self.kind == Kind::Villagers,
            law => self.election_day.map(|_| profile.title()),
            election_day => day.to_string(),
            term => term,
            term_name => format!("第{}届", chinese::numeral(term.into())),
            usual => self.last.as_ref().map(|last| &last.usual),
            mobile_boxes => profile.value(&parameter::MOBILE_BOXES_ALLOWED) != Some(false),
            day => by_step(proposals, |proposal| proposal.date.to_string()),
            step => by_step(proposals, |proposal| {
                format!("{}   # {}", proposal.date, proposal.step.title(Some(self.kind)))
            }),
        };
        let text = minijinja::Environment::new()
            .render_str(TEMPLATE, context)
            .map_err(|error| Diagnostic::error("template", format!("样本有误：{error}")))?;
        let mut description = self.with_province(text + "\n")?;
        if let Some(last) = &self.last {
            last.put_into(&mut description)?;
        }
        Ok(description.source().text.clone())
    }

    /// A description that names the province, if one is given.
    fn with_province(&self, text: String) -> Result<Editor, Diagnostic> {
        let mut description = Editor::new(Source::new(ELECTION_FILE, text))?;
        let last = self.last.as_ref().and_then(|last| last.province.as_ref());
        if let Some(province) = self.province.as_ref().or(last) {
            description.set(&"社区.省份".into(), province.as_str())?;
        }
        Ok(description)
    }

    /// The law that will judge what is written.
    fn profile(&self, day: Date, kit: &Kit, report: &mut Report) -> Option<Profile> {
        let text = format!("类别: {}\n选举日: {day}\n", self.kind.name());
        let written = self.with_province(text).map_err(|problem| report.push(problem)).ok()?;
        let mut decoder = Decoder::new(written.source(), report);
        let election = Election::decode(written.tree(), &mut decoder)?;
        kit.profile(&election, report)
    }
}

impl Last {
    fn put_into(&self, description: &mut Editor) -> Result<(), Diagnostic> {
        for (section, value) in &self.sections {
            description.set(&section.as_str().into(), value.clone())?;
        }
        if let Some(day) = self.held_on {
            description.set(&"previous_election_day".into(), day)?;
        }
        Ok(())
    }
}

/// What is said of each proposal, under its record and field.
fn by_step(
    proposals: &[Proposal],
    say: impl Fn(&Proposal) -> String,
) -> BTreeMap<&'static str, BTreeMap<&'static str, String>> {
    let mut records: BTreeMap<_, BTreeMap<_, _>> = BTreeMap::new();
    for proposal in proposals {
        if let Some((record, field)) = proposal.step.id.split_once('.') {
            records.entry(record).or_default().insert(field, say(proposal));
        }
    }
    records
}

fn on_holiday(day: Date, holiday: &str) -> Diagnostic {
    let near: Vec<String> = calendar::free_sundays(day).take(3).map(calendar::say).collect();
    Diagnostic::error("holiday", format!("{}在{holiday}假期里，不宜作选举日。", calendar::say(day)))
        .help(format!("请换一天，例如 {}。", near.join("、")))
}

fn not_sunday(day: Date) -> Option<Diagnostic> {
    let working = day.weekday() != Weekday::Sunday;
    working.then(|| {
        Diagnostic::note("not-sunday", format!("选举日是{}。", calendar::say(day)))
            .help("选举日一般定在星期日，便于在外工作的人回来投票。")
    })
}

fn too_soon(proposals: &[Proposal], kind: Kind) -> Option<Diagnostic> {
    let today = calendar::today();
    let first = proposals.first().filter(|first| first.date < today)?;
    let later = calendar::election_days(today).next().map_or_else(String::new, calendar::say);
    Some(
        Diagnostic::warning(
            "too-soon",
            format!(
                "按这个选举日，{}应在{}，这一天已经过去。",
                first.step.title(Some(kind)),
                calendar::say(first.date)
            ),
        )
        .help(format!("如果还没有开始，选举日最早可定在 {later}。")),
    )
}
