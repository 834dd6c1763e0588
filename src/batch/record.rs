//! What became of one election: all that an office wants to know of it, without
//! anybody's name.

use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::path::Path;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::figures::{Figures, stated};
use super::find::Kind;
use crate::bag::sha256;
use crate::codes::Fault;
use crate::diagnostic::{Diagnostic, Report, Severity};
use crate::election::date::PartialDate;
use crate::election::{Election, model};
use crate::files;
use crate::law::calendar::{self, Day, State};
use crate::privacy;

/// The file of a record, in the folder of the results.
pub const FILE: &str = "record.json";

#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Record {
    /// Below the folder of all.
    pub path: String,
    pub kind: Kind,
    /// By which it is known to be still good.
    pub key: String,
    pub ended: Ended,
    pub place: Place,
    /// Of each kind the first few.
    #[serde(default)]
    pub findings: Vec<Told>,
    /// Of each kind how many there are.
    #[serde(default)]
    pub counts: Vec<Count>,
    /// The calendar, from which it follows for any day what is late.
    #[serde(default)]
    pub steps: Vec<Step>,
    pub figures: Figures,
    pub packet: Option<Packet>,
    /// What the archive lacks, each by name; `None` if none was made yet.
    pub lacking: Option<Vec<String>>,
    /// Each file beside this one, with its sum.
    #[serde(default)]
    pub files: BTreeMap<String, String>,
}

/// How the work on an election ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Ended {
    Done,
    /// Something in what was handed in must be mended first.
    AtFault,
    /// The machine failed: it is done again.
    Machine,
}

impl Ended {
    pub fn of(report: &Report) -> Self {
        match report.fault() {
            None => Self::Done,
            Some(Fault::Machine) => Self::Machine,
            Some(_) => Self::AtFault,
        }
    }
}

/// Whose election it is.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Place {
    pub name: Option<String>,
    pub kind: Option<String>,
    pub province: Option<String>,
    pub city: Option<String>,
    pub district: Option<String>,
    pub street: Option<String>,
    pub term: Option<u32>,
    pub election_day: Option<String>,
    /// By which law it is judged.
    pub law: Option<String>,
}

impl Place {
    pub fn of(election: &Election, law: &str) -> Self {
        let community = election.community.get();
        let text = |field: fn(&model::Community) -> &_| {
            let field: &crate::election::decode::Field<String> = field(community?);
            field.get().map(|text| privacy::mask(text).into_owned())
        };
        Self {
            name: text(|community| &community.name),
            kind: election.kind.value().map(|kind| kind.name().to_owned()),
            province: text(|community| &community.province),
            city: text(|community| &community.city),
            district: text(|community| &community.district),
            street: text(|community| &community.street),
            term: election.term.value(),
            election_day: election.election_day.value().map(|day| day.to_string()),
            law: Some(law.to_owned()),
        }
    }
}

/// A finding, with its place in words.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Told {
    pub severity: String,
    pub code: String,
    pub message: String,
    pub place: Option<String>,
    pub basis: Option<String>,
    pub help: Option<String>,
}

impl Told {
    /// Of each kind in a report the first few; files are named from `folder`.
    pub fn all(report: &Report, folder: &Path) -> Vec<Self> {
        const FEW: usize = 10;
        let few = report.shortened(FEW, "用 zhangbang check 查看全部。");
        few.iter().map(|finding| Self::of(finding, folder)).collect()
    }

    fn of(finding: &Diagnostic, folder: &Path) -> Self {
        Self {
            severity: finding.severity.name().to_owned(),
            code: finding.code.to_owned(),
            message: privacy::mask(&finding.message).into_owned(),
            place: finding.place.as_ref().map(|place| place.name_below(folder)),
            basis: finding.basis.clone(),
            help: finding.help.as_deref().map(|help| privacy::mask(help).into_owned()),
        }
    }

    pub fn is_error(&self) -> bool {
        self.severity == Severity::Error.name()
    }

    /// `[代号] 位置：说明`
    fn line(&self) -> String {
        let place = self.place.iter().map(|place| format!("{place}："));
        format!("{} [{}] {}{}", self.severity, self.code, place.collect::<String>(), self.message)
    }
}

/// How many findings there are of a code.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Count {
    pub severity: String,
    pub code: String,
    pub count: usize,
}

impl Count {
    pub fn all(report: &Report) -> Vec<Self> {
        let mut counts: BTreeMap<(Reverse<Severity>, &str), usize> = BTreeMap::new();
        for finding in report.iter() {
            *counts.entry((Reverse(finding.severity), finding.code)).or_default() += 1;
        }
        let count = |((Reverse(severity), code), count): ((Reverse<Severity>, &str), usize)| Self {
            severity: severity.name().to_owned(),
            code: code.to_owned(),
            count,
        };
        counts.into_iter().map(count).collect()
    }
}

/// A step of the calendar.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Step {
    pub id: String,
    pub title: String,
    pub from: Option<String>,
    pub until: Option<String>,
    /// Its day: absent if none is written, null if it is not known.
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "stated")]
    pub day: Option<Option<String>>,
    pub told: bool,
}

impl Step {
    pub fn of(step: &calendar::Step) -> Self {
        Self {
            id: step.id.to_owned(),
            title: step.title.clone(),
            from: step.from.map(|day| day.to_string()),
            until: step.until.map(|day| day.to_string()),
            day: match step.day {
                Day::None => None,
                Day::Sometime => Some(None),
                Day::On(day) => Some(Some(day.to_string())),
            },
            told: step.is_told,
        }
    }

    /// How it stands on `today`.
    pub fn state(&self, today: Date) -> State {
        let day = match &self.day {
            None => Day::None,
            Some(day) => {
                let read = day.as_deref().and_then(|day| PartialDate::parse(day).ok());
                read.map_or(Day::Sometime, Day::On)
            }
        };
        let from = self.from.as_deref().and_then(|day| day.parse().ok());
        calendar::state(day, self.told, (from, self.until()), today)
    }

    /// Its last day, where the law fixes one.
    pub fn until(&self) -> Option<Date> {
        self.until.as_deref()?.parse().ok()
    }
}

/// A packet, made here or handed in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Packet {
    pub name: String,
    pub size: u64,
    pub sha256: String,
    /// Whether it stood the test.
    pub passed: bool,
    pub conclusion: String,
    /// What it failed in.
    pub failed: Vec<String>,
}

impl Record {
    /// The record among the results in `folder`, if there is one that can be read.
    pub fn read(folder: &Path) -> Option<Self> {
        let bytes = std::fs::read(folder.join(FILE)).ok()?;
        serde_json::from_slice(&bytes).ok()
    }

    /// What an election has of which nothing could be made.
    pub fn of_failure(path: &str, kind: Kind, key: &str, report: &Report, folder: &Path) -> Self {
        Self {
            path: path.to_owned(),
            kind,
            key: key.to_owned(),
            ended: Ended::of(report),
            place: Place::default(),
            findings: Told::all(report, folder),
            counts: Count::all(report),
            steps: Vec::new(),
            figures: Figures::default(),
            packet: None,
            lacking: None,
            files: BTreeMap::new(),
        }
    }

    /// Whether it need not be done again: nothing that was read has changed.
    pub fn is_good(&self, key: &str) -> bool {
        self.key == key && self.ended != Ended::Machine
    }

    /// The record as its file, and what a person reads beside it, among the results
    /// in `folder`.
    ///
    /// # Errors
    /// A file that cannot be written or read again.
    pub fn write(mut self, folder: &Path) -> Result<Self, Diagnostic> {
        files::write(&folder.join(TEXT), self.text().as_bytes())?;
        self.files = sums(folder)?;
        let json = serde_json::to_string_pretty(&self).unwrap_or_default();
        files::write(&folder.join(FILE), (json + "\n").as_bytes())?;
        Ok(self)
    }

    /// Whether `folder` holds what was recorded and nothing else.
    pub fn is_whole(&self, folder: &Path) -> bool {
        sums(folder).is_ok_and(|mut sums| {
            sums.remove(FILE);
            sums == self.files
        })
    }

    /// What an office calls it.
    pub fn name(&self) -> &str {
        self.place.name.as_deref().unwrap_or(&self.path)
    }

    /// What is wrong, in one line; nothing if all is well.
    pub fn line(&self) -> Option<String> {
        let errors: Vec<&Told> = self.findings.iter().filter(|told| told.is_error()).collect();
        let first = errors.first()?;
        let of_errors = |count: &&Count| count.severity == Severity::Error.name();
        let count = self.counts.iter().filter(of_errors).map(|count| count.count).sum::<usize>();
        let count = match count {
            1 => String::new(),
            count => format!("{count} 个错误，第一个："),
        };
        let place = first.place.iter().map(|place| format!("{place}："));
        Some(format!("{}：{count}{}{}", self.path, place.collect::<String>(), first.message))
    }

    /// 检查报告.txt
    fn text(&self) -> String {
        let mut text = format!("{}（{}）\r\n\r\n", self.name(), self.path);
        if let Some(packet) = &self.packet {
            text += &format!(
                "档案包：{}\r\nSHA-256：{}\r\n{}\r\n",
                packet.name, packet.sha256, packet.conclusion
            );
            text += &packet.failed.iter().map(|line| format!("  {line}\r\n")).collect::<String>();
            text += "\r\n";
        }
        if self.findings.is_empty() {
            text += "没有发现问题。\r\n";
        }
        for told in &self.findings {
            text += &format!("{}\r\n", told.line().replace('\n', "\r\n    "));
            for (label, more) in [("依据", &told.basis), ("办法", &told.help)] {
                let more = more.iter().map(|more| more.replace('\n', "\r\n    "));
                text += &more.map(|more| format!("    {label}：{more}\r\n")).collect::<String>();
            }
        }
        match self.lacking.as_deref() {
            None | Some([]) => {}
            Some(lacking) => {
                text += &format!("\r\n档案还缺 {} 样：\r\n", lacking.len());
                text += &lacking.iter().map(|name| format!("□ {name}\r\n")).collect::<String>();
            }
        }
        text
    }
}

/// What a person reads of a record.
const TEXT: &str = "检查报告.txt";

/// Every file below `folder` with its sum.
fn sums(folder: &Path) -> Result<BTreeMap<String, String>, Diagnostic> {
    let mut sums = BTreeMap::new();
    for entry in walkdir::WalkDir::new(folder) {
        let entry = entry.map_err(|error| files::read_error(folder, &error.into()))?;
        if !entry.file_type().is_file() {
            continue;
        }
        let bytes = std::fs::read(entry.path());
        let bytes = bytes.map_err(|error| files::read_error(entry.path(), &error))?;
        let below = entry.path().strip_prefix(folder).unwrap_or(entry.path());
        let parts = below.components().map(|part| part.as_os_str().to_string_lossy());
        sums.insert(parts.collect::<Vec<_>>().join("/"), sha256(&bytes));
    }
    Ok(sums)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::batch::figures::Person;

    #[test]
    fn a_record_is_read_as_it_was_written() {
        let days = [None, Some(None), Some(Some("2026-05-10".to_owned()))];
        let people = [None, Some(None), Some(Some(vec![Person::default()]))];
        for (day, people) in days.into_iter().zip(people) {
            let (id, title) = ("a.b".to_owned(), "步骤".to_owned());
            let step = Step { id, title, from: None, until: None, day, told: false };
            let figures = Figures {
                numbers: BTreeMap::from([("voters".into(), None), ("men".into(), Some(3))]),
                people,
                ..Figures::default()
            };
            let of_failure =
                Record::of_failure("街/村", Kind::Folder, "key", &Report::new(), Path::new(""));
            let record = Record { steps: vec![step], figures, ..of_failure };
            let read: Record =
                serde_json::from_str(&serde_json::to_string(&record).unwrap()).unwrap();
            assert_eq!((read.steps, read.figures), (record.steps, record.figures));
        }
    }
}
