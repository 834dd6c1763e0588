//! Profiles: what the law says, as data.
//!
//! A profile is one YAML file in `data/profiles`, built into the program, or in
//! the folder `profiles/` beside an election. A profile inherits another and states only what it changes. Every parameter carries
//! its article and how it came to be known.

use std::collections::BTreeMap;
use std::fmt;
use std::sync::{Arc, LazyLock};

use jiff::civil::Date;
use serde::Deserialize;
use serde::de::DeserializeOwned;

use super::occasion::Occasion;
use super::parameter::{Key, PARAMETERS, Status};
use crate::assets::Assets;
use crate::diagnostic::{Diagnostic, Report, Source};
use crate::election::decode::{Located, nearest};
use crate::election::model::{Election, FormedBy, Kind, Mode, Post, Role};
use crate::election::yaml;

/// The folder of profiles.
pub const PROFILES: &str = "profiles";

/// The law by which one election is judged, with all that it inherits.
#[derive(Clone, Debug)]
pub struct Profile {
    pub id: String,
    /// What a user calls it.
    pub name: String,
    /// `None` for what holds for both kinds; such a profile judges no election.
    pub kind: Option<Kind>,
    pub province: Option<String>,
    pub from: Option<Date>,
    /// The last day in force.
    pub to: Option<Date>,
    /// The laws as documents cite them, the national one first.
    pub titles: Vec<String>,
    /// What a user should know of this profile's sources.
    pub note: Option<String>,
    /// How it was found that this is the law.
    pub ground: Ground,
    values: BTreeMap<String, Stated>,
    /// The law of what follows in the term, where it has a day of its own.
    later: Vec<(Occasion, Profile)>,
}

/// How it was found by which law an election is judged.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ground {
    /// The user named it.
    Named,
    /// It was in force on the day.
    Day,
    /// The day is not known, or not wholly, but lies between these two, and
    /// the law was one and the same on all of them.
    Between(Date, Date),
    /// As before, but the law changed meanwhile; this is the newer one.
    Changed(Date, Date),
    /// Nothing is known of the day; this is the newest law.
    Newest,
}

/// A parameter as a profile states it.
#[derive(Clone, Debug)]
struct Stated {
    value: Arc<serde_json::Value>,
    basis: Basis,
}

/// On what a parameter rests.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Basis {
    pub law: String,
    pub article: String,
    pub status: Status,
    /// False where the article itself says 一般 or 可以.
    pub binding: bool,
}

impl Basis {
    /// Counting and logic.
    pub fn arithmetic() -> Self {
        Self {
            law: "算术与逻辑".into(),
            article: String::new(),
            status: Status::Arithmetic,
            binding: true,
        }
    }

    /// Whether a breach may be called an error.
    pub fn supports_error(&self) -> bool {
        self.binding && self.status.is_confirmed()
    }
}

impl fmt::Display for Basis {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str(&self.law)?;
        f.write_str(&self.article)
    }
}

/// A parameter's value with what it rests on.
#[derive(Clone, Debug)]
pub struct Provision<T> {
    pub value: T,
    pub basis: Basis,
}

impl Profile {
    /// The profile that judges `election`: the one it names, or else the one
    /// for its kind, province and election day; and with it the law of what
    /// follows in the term.
    pub fn choose(election: &Election, library: &Library, report: &mut Report) -> Option<Self> {
        let named = match election.law.get().and_then(|law| law.profile.located()) {
            Some(named) => Some(library.named(named, report)?),
            None => None,
        };
        let mut profile = match named.clone().filter(|named| named.is_meant_for(election)) {
            Some(named) => Self { ground: Ground::Named, ..named },
            None => library.fitting(election, report)?,
        };
        profile.adopt_own_parameters(election, report);
        let later = Occasion::LATER.into_iter().filter(|occasion| occasion.is_in(election));
        profile.later = later
            .filter_map(|occasion| {
                let days = occasion.days(election);
                let holds = |named: &Self| {
                    days.is_some_and(|(first, last)| {
                        named.in_force_on(first) && named.in_force_on(last)
                    })
                };
                let named = named.clone().filter(holds);
                let mut own = named.or_else(|| library.of_days(election, days))?;
                // What is wrong with them was told above.
                own.adopt_own_parameters(election, &mut Report::new());
                Some((occasion, own))
            })
            .collect();
        Some(profile)
    }

    /// The law of `occasion`: this one, unless it has a day of its own.
    pub fn on(&self, occasion: Occasion) -> &Self {
        self.later().find(|(later, _)| *later == occasion).map_or(self, |(_, profile)| profile)
    }

    /// The law of what follows in the term, as far as its day is known.
    pub fn later(&self) -> impl Iterator<Item = (Occasion, &Self)> {
        self.later.iter().map(|(occasion, profile)| (*occasion, profile))
    }

    /// Whether one who names this profile means the election itself, and not
    /// only something later: it was in force then, or never since.
    fn is_meant_for(&self, election: &Election) -> bool {
        let in_force = |occasion: Occasion| {
            occasion.is_in(election) && self.in_force_within(occasion.days(election))
        };
        Occasion::Election.days(election).is_none()
            || in_force(Occasion::Election)
            || !Occasion::LATER.into_iter().any(in_force)
    }

    fn in_force_within(&self, days: Option<(Date, Date)>) -> bool {
        days.is_some_and(|(first, last)| self.in_force_on(first) || self.in_force_on(last))
    }

    /// It may not have been the law then, but `other`: what it states supports
    /// no error any more, and it cites only what both cite.
    fn doubt(&mut self, other: &Self) {
        self.titles.retain(|title| other.titles.contains(title));
        for stated in self.values.values_mut() {
            if stated.basis.status == Status::FullText {
                stated.basis.status = Status::Undated;
            }
        }
    }

    /// The value of `key`, if this profile states one.
    pub fn get<T: DeserializeOwned>(&self, key: &Key<T>) -> Option<Provision<T>> {
        let stated = self.values.get(key.name)?;
        // Values were checked when the profile was read.
        let value = T::deserialize(stated.value.as_ref()).ok()?;
        Some(Provision { value, basis: stated.basis.clone() })
    }

    /// The value of `key` alone.
    pub fn value<T: DeserializeOwned>(&self, key: &Key<T>) -> Option<T> {
        self.get(key).map(|provision| provision.value)
    }

    /// Whether this profile lays down `key`.
    pub fn demands(&self, key: &Key<bool>) -> bool {
        self.value(key) == Some(true)
    }

    /// The value of a number by its parameter's name, such as `list.days_before`.
    pub fn days(&self, name: &str) -> Option<Provision<u32>> {
        let stated = self.values.get(name)?;
        let value = u32::deserialize(stated.value.as_ref()).ok()?;
        Some(Provision { value, basis: stated.basis.clone() })
    }

    /// On what a parameter rests, by its name.
    pub fn basis(&self, name: &str) -> Option<&Basis> {
        self.values.get(name).map(|stated| &stated.basis)
    }

    /// Every parameter that this profile states: its name, its value as a
    /// user reads it, and its basis, in the order of the stages.
    pub fn parameters(&self) -> impl Iterator<Item = (&'static str, String, &Basis)> {
        PARAMETERS.iter().filter_map(|parameter| {
            let stated = self.values.get(parameter.name)?;
            Some((parameter.name, show(&stated.value), &stated.basis))
        })
    }

    /// Its name and id, as a user is told which law was chosen.
    pub fn title(&self) -> String {
        format!("{}（{}）", self.name, self.id)
    }

    /// Whether another may have been the law then.
    pub fn is_in_doubt(&self) -> bool {
        matches!(self.ground, Ground::Changed(..) | Ground::Newest)
    }

    /// Whether it was in force on `day`.
    pub fn in_force_on(&self, day: Date) -> bool {
        covers(self.from, self.to, day)
    }

    /// The user's own values in `election.yaml` replace the profile's.
    fn adopt_own_parameters(&mut self, election: &Election, report: &mut Report) {
        let Some(law) = election.law.get() else { return };
        for Located { value: own, .. } in law.parameters.items() {
            let (Some(name), Some(text)) = (own.name.located(), own.value.located()) else {
                continue;
            };
            let Some(parameter) = PARAMETERS.iter().find(|parameter| parameter.name == **name)
            else {
                report.push(unknown(
                    "law-parameter",
                    "没有这个规则参数",
                    name,
                    PARAMETERS.iter().map(|p| p.name),
                ));
                continue;
            };
            match serde_yaml::from_str(text).map_err(|_| ()).and_then(|value| {
                match (parameter.accepts)(&value) {
                    Ok(()) => Ok(Arc::new(value)),
                    Err(_) => Err(()),
                }
            }) {
                Ok(value) => {
                    let law =
                        own.basis.get().cloned().unwrap_or_else(|| "本地规定（自行填写）".into());
                    let basis =
                        Basis { law, article: String::new(), status: Status::Own, binding: true };
                    self.values.insert(parameter.name.into(), Stated { value, basis });
                }
                Err(()) => {
                    let now = self.values.get(parameter.name).map(|stated| show(&stated.value));
                    report.push(
                        Diagnostic::error(
                            "law-parameter",
                            format!("“{}”不能作“{}”的值。", text.value, parameter.meaning),
                        )
                        .at(text.place.clone())
                        .help(match now {
                            Some(now) => format!("现在的值是 {now}，请照这个写法改。"),
                            None => "请用 zhangbang law list 查看这个参数的写法。".into(),
                        }),
                    );
                }
            }
        }
    }
}

/// A value as a user reads it.
fn show(value: &serde_json::Value) -> String {
    use serde_json::Value;
    match value {
        Value::String(text) => word(text).into(),
        Value::Bool(true) => "是".into(),
        Value::Bool(false) => "否".into(),
        Value::Array(items) => items.iter().map(show).collect::<Vec<_>>().join("、"),
        Value::Object(entries) => {
            let mut parts: Vec<String> = entries.iter().map(show_entry).collect();
            // “至少” before “至多”, whatever the order of the letters.
            parts.sort_by_key(|part| part.starts_with("至多"));
            parts.join("，")
        }
        other => other.to_string(),
    }
}

fn show_entry((key, value): (&String, &serde_json::Value)) -> String {
    match (key.as_str(), value) {
        ("min", value) => format!("至少 {value}"),
        ("max", value) => format!("至多 {value}"),
        ("odd", value) => {
            if value == true {
                "取单数".into()
            } else {
                "单双数均可".into()
            }
        }
        ("event", value) => format!("在{}之前", show(value)),
        ("days", value) => format!("至少早 {value} 日"),
        (key, value) => format!("{}：{}", word(key), show(value)),
    }
}

/// What users call a word of the profiles; others are shown as they are.
fn word(text: &str) -> &str {
    let modes = Mode::ALL.iter().map(|mode| (mode.id(), mode.name()));
    let posts = Post::ALL.iter().map(|post| (post.id(), post.name()));
    let roles = Role::ALL.iter().map(|role| (role.id(), role.name()));
    let meetings = FormedBy::ALL.iter().map(|meeting| (meeting.id(), meeting.name()));
    let others = [
        (">1/2", "过半数"),
        (">2/3", "超过三分之二"),
        (">=2/3", "三分之二以上"),
        (">=1/3", "三分之一以上"),
        ("election_day", "选举日"),
        ("committee_formed", "推选选举委员会"),
        ("staff", "工作人员"),
        ("scrutineers", "监票人员"),
        ("strokes", "姓氏笔画"),
        ("votes", "得票多少"),
        ("with_primary", "有预选的"),
        ("otherwise", "没有预选的"),
    ];
    let mut known = modes.chain(posts).chain(roles).chain(meetings).chain(others);
    known.find(|(id, _)| *id == text).map_or(text, |(_, name)| name)
}

/// A profile as its file states it, before it inherits: all that stands above
/// `parameters:`, which is enough to choose by and quick to read.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Head {
    id: String,
    name: String,
    kind: Option<KindName>,
    province: Option<String>,
    inherits: Option<String>,
    #[serde(default)]
    in_force: InForce,
    #[serde(default)]
    titles: Vec<String>,
    note: Option<String>,
    /// Where the text was read; for those who check it.
    #[serde(rename = "source")]
    _source: Option<String>,
    /// The law that the parameters come from, unless they name another.
    law: String,
    /// How the parameters came to be known, unless they say otherwise.
    status: Status,
}

/// The rest of the file.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Body {
    parameters: BTreeMap<String, Entry>,
}

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct InForce {
    from: Option<Day>,
    to: Option<Day>,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Entry {
    value: serde_json::Value,
    article: String,
    law: Option<String>,
    status: Option<Status>,
    #[serde(default = "yes")]
    binding: bool,
}

fn yes() -> bool {
    true
}

#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(rename_all = "lowercase")]
enum KindName {
    Residents,
    Villagers,
}

/// A day in a profile or the table of holidays.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(try_from = "String")]
pub(super) struct Day(pub Date);

impl TryFrom<String> for Day {
    type Error = jiff::Error;

    fn try_from(text: String) -> Result<Self, jiff::Error> {
        text.parse().map(Self)
    }
}

/// All profiles at hand, by id.
pub struct Library {
    files: BTreeMap<String, File>,
}

struct File {
    head: Head,
    source: Arc<Source>,
}

static BUILT_IN: LazyLock<Library> =
    // These files are part of the program; a test reads them all.
    LazyLock::new(|| Library::of(Assets::built_in(), &mut Report::new()));

impl Library {
    /// The profiles built into the program.
    pub fn built_in() -> &'static Self {
        &BUILT_IN
    }

    /// The profiles among `assets`. Those that cannot be used are told, and ours
    /// of the same name takes their place.
    pub fn of(assets: &Assets, report: &mut Report) -> Self {
        let mut files = BTreeMap::new();
        for (name, asset) in assets.in_folder(PROFILES) {
            let Some(stem) = name.strip_suffix(".yaml") else { continue };
            match File::read(stem, &asset.source) {
                Ok(file) if !asset.is_own => drop(files.insert(stem.to_owned(), file)),
                Ok(file) => match file.entries() {
                    Ok(_) => drop(files.insert(stem.to_owned(), file)),
                    Err(problem) => report.push(unusable(&problem, &asset.source)),
                },
                Err(problem) => report.push(unusable(&problem, &asset.source)),
            }
        }
        for (name, ours) in Assets::built_in().in_folder(PROFILES) {
            let stem = name.trim_end_matches(".yaml");
            if !files.contains_key(stem)
                && let Ok(file) = File::read(stem, &ours.source)
            {
                files.insert(stem.to_owned(), file);
            }
        }
        Self { files }
    }

    /// Every profile that can judge an election, in the order of their ids.
    pub fn profiles(&self) -> impl Iterator<Item = Profile> {
        let judging = self.files.values().filter(|file| file.head.kind.is_some());
        judging.filter_map(|file| self.resolve(&file.head.id))
    }

    /// The titles of all laws known.
    pub fn titles(&self) -> impl Iterator<Item = &str> {
        self.files.values().flat_map(|file| file.head.titles.iter().map(String::as_str))
    }

    /// The profile `id` with all that it inherits.
    pub fn resolve(&self, id: &str) -> Option<Profile> {
        let mut chain = vec![self.files.get(id)?];
        while let Some(parent) = chain.last().and_then(|file| file.head.inherits.as_ref()) {
            // A circle of inheritance would never end.
            if chain.len() > self.files.len() {
                return None;
            }
            chain.push(self.files.get(parent)?);
        }
        let (head, mut titles, mut values) = (&chain[0].head, Vec::new(), BTreeMap::new());
        for file in chain.iter().rev() {
            titles.extend(file.head.titles.iter().cloned());
            let entries = file.entries().ok()?;
            values
                .extend(entries.into_iter().map(|(name, entry)| (name, entry.stated(&file.head))));
        }
        Some(Profile {
            id: head.id.clone(),
            name: head.name.clone(),
            kind: head.kind(),
            province: head.province.clone(),
            from: head.in_force.from.map(|day| day.0),
            to: head.in_force.to.map(|day| day.0),
            titles,
            note: head.note.clone(),
            ground: Ground::Day,
            values,
            later: Vec::new(),
        })
    }

    fn named(&self, id: &Located<String>, report: &mut Report) -> Option<Profile> {
        let found = self.resolve(id.trim());
        if found.is_none() {
            report.push(unknown(
                "law-profile",
                "没有这套规则",
                id,
                self.files.keys().map(String::as_str),
            ));
        }
        found
    }

    fn fitting(&self, election: &Election, report: &mut Report) -> Option<Profile> {
        if election.kind.value().is_none() {
            report.push(
                Diagnostic::error("law-profile", "没有写“类别”，不知道按哪一部法律判断。")
                    .at(election.kind.place().cloned())
                    .help("请写“类别: 社区”或“类别: 村”。"),
            );
            return None;
        };
        let best = self.of_days(election, Occasion::Election.days(election));
        if best.is_none() {
            report.push(
                Diagnostic::error("law-profile", "自带的规则里，没有哪一套在这个选举日有效。")
                    .at(election.election_day.place().cloned())
                    .help("请核对选举日；或在“适用法规”下写明“规则”，用 zhangbang law profiles 查看有哪些。"),
            );
        }
        best
    }

    /// The law of an event that was on one of these days.
    fn of_days(&self, election: &Election, days: Option<(Date, Date)>) -> Option<Profile> {
        let Some((first, last)) = days else {
            let from = |head: &&Head| head.in_force.from.map(|day| day.0);
            let newest =
                self.heads(election).max_by_key(|head| (from(head), head.province.is_some()))?;
            let oldest =
                self.heads(election).min_by_key(|head| (from(head), head.province.is_none()))?;
            let mut profile = self.resolve(&newest.id)?;
            profile.doubt(&self.resolve(&oldest.id)?);
            profile.ground = Ground::Newest;
            return Some(profile);
        };
        if first == last {
            return self.in_force(election, first);
        }
        let (older, newer) = (self.in_force(election, first), self.in_force(election, last));
        let mut profile = newer.or_else(|| older.clone())?;
        match older {
            Some(older) if older.id != profile.id => {
                profile.doubt(&older);
                profile.ground = Ground::Changed(first, last);
            }
            _ => profile.ground = Ground::Between(first, last),
        }
        Some(profile)
    }

    /// The profile for an election's kind and province that was in force on
    /// `day`. A province's own comes before the nation's.
    fn in_force(&self, election: &Election, day: Date) -> Option<Profile> {
        let heads = self.heads(election).filter(|head| head.in_force.covers(day));
        let from = |head: &Head| head.in_force.from.map(|day| day.0);
        let best = heads.max_by_key(|head| (head.province.is_some(), from(head)))?;
        self.resolve(&best.id)
    }

    /// The profiles for an election's kind and province, of all times.
    fn heads(&self, election: &Election) -> impl Iterator<Item = &Head> {
        let kind = election.kind.value();
        let province = election.community.get().and_then(|community| community.province.get());
        self.files.values().map(|file| &file.head).filter(move |head| {
            let here = match (&head.province, province) {
                (None, _) => true,
                (Some(theirs), Some(ours)) => same_province(theirs, ours),
                (Some(_), None) => false,
            };
            head.kind().is_some() && head.kind() == kind && here
        })
    }
}

impl Head {
    fn kind(&self) -> Option<Kind> {
        self.kind.map(|kind| match kind {
            KindName::Residents => Kind::Residents,
            KindName::Villagers => Kind::Villagers,
        })
    }
}

impl InForce {
    fn covers(&self, day: Date) -> bool {
        covers(self.from.map(|day| day.0), self.to.map(|day| day.0), day)
    }
}

impl Entry {
    fn stated(self, head: &Head) -> Stated {
        Stated {
            value: Arc::new(self.value),
            basis: Basis {
                law: self.law.unwrap_or_else(|| head.law.clone()),
                article: self.article,
                status: self.status.unwrap_or(head.status),
                binding: self.binding,
            },
        }
    }
}

const PARAMETERS_KEY: &str = "\nparameters:";

impl File {
    fn read(stem: &str, source: &Arc<Source>) -> Result<Self, String> {
        let text = &source.text;
        let head = text.find(PARAMETERS_KEY).map_or(text.as_str(), |end| &text[..end]);
        let head: Head = serde_yaml::from_str(head).map_err(|error| unfit(&error))?;
        match head.id == stem {
            true => Ok(Self { head, source: source.clone() }),
            false => Err(format!("代号“{}”应与文件名“{stem}”一致。", head.id)),
        }
    }

    fn entries(&self) -> Result<BTreeMap<String, Entry>, String> {
        let text = &self.source.text;
        let Some(start) = text.find(PARAMETERS_KEY) else { return Ok(BTreeMap::new()) };
        let body: Body = serde_yaml::from_str(&text[start..]).map_err(|error| unfit(&error))?;
        for (name, entry) in &body.parameters {
            let known = PARAMETERS.iter().find(|parameter| parameter.name == name);
            let parameter = known.ok_or_else(|| format!("没有“{name}”这个参数。"))?;
            (parameter.accepts)(&entry.value)
                .map_err(|_| format!("“{name}”（{}）的值不对。", parameter.meaning))?;
            if entry.article.trim().is_empty() {
                return Err(format!("“{name}”没有写条文。"));
            }
        }
        Ok(body.parameters)
    }
}

fn unfit(error: &serde_yaml::Error) -> String {
    yaml::misfit(error) + "。"
}

fn unusable(problem: &str, source: &Source) -> Diagnostic {
    Diagnostic::error("law-profile", format!("这份规则不能用：{problem}"))
        .in_file(&source.path)
        .help("请对照自带的规则改正；删去这个文件就用自带的。")
}

fn covers(from: Option<Date>, to: Option<Date>, day: Date) -> bool {
    from.is_none_or(|from| from <= day) && to.is_none_or(|to| day <= to)
}

/// 广东 and 广东省 are one province.
pub(super) fn same_province(one: &str, other: &str) -> bool {
    let short = |name: &str| {
        let name = name.trim();
        let end = ["壮族自治区", "回族自治区", "维吾尔自治区", "自治区", "省", "市"]
            .iter()
            .find_map(|end| name.strip_suffix(end));
        end.unwrap_or(name).to_owned()
    };
    short(one) == short(other)
}

/// A name that is not among the known ones, with the nearest of them.
pub(super) fn unknown<'a>(
    code: &'static str,
    what: &str,
    name: &Located<String>,
    known: impl Iterator<Item = &'a str>,
) -> Diagnostic {
    let guess = nearest(name, known).map_or(String::new(), |near| format!("，是不是“{near}”？"));
    let listed_by = match code {
        "law-profile" => "zhangbang law profiles",
        _ => "zhangbang law list",
    };
    Diagnostic::error(code, format!("{what}：“{}”{guess}", name.value))
        .at(name.place.clone())
        .help(format!("用 {listed_by} 可以列出全部。"))
}

#[cfg(test)]
mod tests {
    use super::super::parameter::*;
    use super::*;
    use crate::law::testing::read;

    fn choose(text: &str) -> (Option<Profile>, Report) {
        let (dossier, mut report) = read(text);
        (Profile::choose(&dossier.election, Library::built_in(), &mut report), report)
    }

    fn chosen(text: &str) -> String {
        let (profile, report) = choose(text);
        assert!(report.is_empty(), "{report}");
        profile.unwrap().id
    }

    #[test]
    fn every_built_in_profile_can_be_read() {
        for (name, built_in) in Assets::built_in().in_folder(PROFILES) {
            let file = File::read(name.trim_end_matches(".yaml"), &built_in.source).unwrap();
            file.entries().unwrap_or_else(|problem| panic!("{}: {problem}", file.head.id));
            let profile = Library::built_in().resolve(&file.head.id).unwrap();
            assert!(
                profile.kind.is_none() || !profile.titles.is_empty(),
                "{} cites no law",
                profile.id
            );
        }
    }

    #[test]
    fn profiles_beside_the_election_come_first() {
        let mut assets = Assets::built_in().clone();
        let mut write = |name: &str, text: &str| {
            assets.replace(format!("{PROFILES}/{name}"), Source::new(name, text));
        };
        let head = "name: 某县\nkind: villagers\ninherits: cn-villagers-2026\nlaw: 某县规定\nstatus: full-text\n";
        write(
            "x-county.yaml",
            &format!(
                "id: x-county\n{head}parameters:\n  proxy.max: {{ value: 1, article: 第一条 }}\n"
            ),
        );
        write(
            "x-wrong.yaml",
            &format!(
                "id: x-wrong\n{head}parameters:\n  proxy.max: {{ value: 一, article: 第一条 }}\n"
            ),
        );
        write(
            "x-circle.yaml",
            &format!("id: x-circle\n{}", head.replace("cn-villagers-2026", "x-circle")),
        );
        let mut report = Report::new();
        let library = Library::of(&assets, &mut report);
        assert_eq!(library.resolve("x-county").unwrap().value(&PROXY_MAX), Some(1));
        assert!(library.resolve("x-circle").is_none() && library.resolve("x-wrong").is_none());
        assert_eq!(report.count(crate::diagnostic::Severity::Error), 1, "{report}");
    }

    #[test]
    fn the_law_of_the_day_is_chosen() {
        for (kind, province, day, id) in [
            ("社区", "广东省", "2017-05-14", "gd-residents-2010"),
            ("社区", "湖南省", "2017-05-14", "cn-residents-1989"),
            ("社区", "湖南省", "2018-12-29", "cn-residents-2018"),
            ("社区", "湖南省", "2025-12-31", "cn-residents-2018"),
            ("社区", "湖南省", "2026-01-01", "cn-residents-2026"),
            ("社区", "四川", "2026-05-10", "sc-residents-2026"),
            ("村", "海南省", "2026-05-10", "hi-villagers-2025"),
            ("村", "浙江省", "2020-11-01", "zj-villagers-2020"),
            ("村", "北京市", "2014-05-10", "bj-villagers-2012"),
            ("村", "湖南省", "2014-05-10", "cn-villagers-2010"),
        ] {
            let text = format!("类别: {kind}\n社区: {{省份: {province}}}\n选举日: {day}\n");
            assert_eq!(chosen(&text), id, "{text}");
        }
        assert_eq!(chosen("类别: 村\n"), "cn-villagers-2026");
    }

    #[test]
    fn what_follows_in_the_term_is_judged_by_the_law_of_its_own_day() {
        let of = |more: &str| {
            let term = "类别: 社区\n社区: {省份: 四川省}\n选举日: 2021-03-10\n补选: {日期: 2026-04-10}\n罢免: {公告日期: 2025-12-30}\n辞职: {名单: [{姓名: 丁一, 提出日期: 2026-03-01}]}\n";
            let (profile, report) = choose(&format!("{term}{more}"));
            let profile = profile.unwrap();
            let on = |occasion| profile.on(occasion).id.clone();
            let ids = [
                Occasion::Election,
                Occasion::Recall,
                Occasion::Resignations,
                Occasion::ByElection,
            ]
            .map(on);
            (ids, report)
        };
        const OLD: &str = "sc-residents-2020";
        const NEW: &str = "sc-residents-2026";
        assert_eq!(of("").0, [OLD, OLD, NEW, NEW]);
        assert_eq!(of("适用法规: {规则: sc-residents-2020}\n").0, [OLD, OLD, NEW, NEW]);
        let (ids, report) = of("适用法规: {规则: sc-residents-2026}\n");
        assert_eq!(ids, [OLD, OLD, NEW, NEW]);
        assert!(report.is_empty(), "{report}");
        let (ids, _) =
            of("适用法规: {规则: cn-residents-2026, 参数: [{参数: runoff.days, 数值: 9}]}\n");
        assert_eq!(ids, [OLD, OLD, "cn-residents-2026", "cn-residents-2026"]);
        let ids = of("适用法规: {规则: cn-residents-1989}\n").0;
        assert_eq!(
            ids,
            ["cn-residents-1989", OLD, NEW, NEW],
            "in force on no day: she means the election"
        );
    }

    #[test]
    fn a_mistyped_name_is_answered_with_the_right_one() {
        let (profile, report) = choose("类别: 社区\n适用法规: {规则: cn-resident-2026}\n");
        assert!(profile.is_none());
        assert!(report.to_string().contains("是不是“cn-residents-2026”"), "{report}");
    }

    #[test]
    fn a_profile_states_only_what_it_changes() {
        let library = Library::built_in();
        let sichuan = library.resolve("sc-residents-2026").unwrap();
        let list = sichuan.get(&LIST_DAYS_BEFORE).unwrap();
        assert_eq!((list.value, list.basis.article.as_str()), (20, "第十七条第一款"));
        assert!(list.basis.law.contains("城市居民委员会组织法") && list.basis.supports_error());
        assert_eq!(sichuan.value(&RUNOFF_DAYS), Some(10));
        assert_eq!(library.resolve("cn-villagers-2018").unwrap().value(&TERM_YEARS), Some(5));
        assert_eq!(library.resolve("cn-villagers-2010").unwrap().value(&TERM_YEARS), Some(3));
    }

    #[test]
    fn a_user_can_state_a_local_rule() {
        let own = "类别: 村\n选举日: 2026-05-10\n适用法规:\n  参数:\n  - {参数: proxy.max, 数值: 2, 依据: 某县规定}\n";
        let proxy = choose(own).0.unwrap().get(&PROXY_MAX).unwrap();
        assert_eq!((proxy.value, proxy.basis.status), (2, Status::Own));
        let (_, report) = choose(&own.replace("数值: 2", "数值: 两人"));
        assert!(report.has_errors());
        let (_, report) = choose(&own.replace("proxy.max", "proxy.maximum"));
        assert!(report.to_string().contains("是不是“proxy.max”"), "{report}");
    }
}
