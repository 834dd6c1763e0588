//! One election: checked, made, packed, and what is to be recorded of it.

use std::path::{Path, PathBuf};

use super::figures::Figures;
use super::find::{Item, Kind};
use super::record::{Count, Ended, Packet, Place, Record, Step, Told};
use crate::archive::source::LaidOut;
use crate::archive::{self, Depth, Scope};
use crate::bag::{self, Algorithm, Verdict, Verification};
use crate::compose::{Options, Purpose};
use crate::diagnostic::{Diagnostic, Report};
use crate::files;
use crate::law;
use crate::make::{self, Finished, Folder, Order, Parcel, Workshop};

/// What is made of each election.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Making {
    /// Nothing: it is only checked.
    Check,
    /// What an archive keeps, and the packet.
    Records,
    /// That, and what is handed out or filled in by hand.
    #[default]
    All,
    /// These documents, by code or name, and no packet.
    Only(Vec<String>),
}

impl Making {
    /// Stable name, for keys.
    pub(super) fn id(&self) -> String {
        match self {
            Self::Check => "check".to_owned(),
            Self::Records => "records".to_owned(),
            Self::All => "all".to_owned(),
            Self::Only(documents) => format!("only {}", documents.join(",")),
        }
    }

    /// What is made first, and packed unless only some of it is wanted; nothing if it
    /// is only checked.
    fn order(&self) -> Option<Order> {
        match self {
            Self::Check => None,
            Self::Records | Self::All => Some(Order::of_records()),
            Self::Only(documents) => {
                let documents = Options { only: documents.clone(), ..Options::default() };
                Some(Order { documents, ..Order::of_records() })
            }
        }
    }
}

/// Does one election into `stage`; what keeps it from being done stands in the record.
pub(super) fn work(
    item: &Item,
    key: &str,
    making: &Making,
    workshop: &Workshop,
    stage: &Path,
) -> Record {
    let mut draft = Draft { item, key, report: Report::new(), base: item.place.clone() };
    match item.kind {
        Kind::Folder => draft.of_folder(making, workshop, stage),
        Kind::Packet => draft.of_packet(workshop),
    }
}

/// A record that is being drawn up.
struct Draft<'a> {
    item: &'a Item,
    key: &'a str,
    report: Report,
    /// The folder from which files are named.
    base: PathBuf,
}

impl Draft<'_> {
    fn of_folder(&mut self, making: &Making, workshop: &Workshop, stage: &Path) -> Record {
        let Some(folder) = Folder::judge_in(workshop, &self.item.place, &mut self.report) else {
            return self.failure();
        };
        let mut record = self.of_judged(&folder);
        if let Some(order) = making.order() {
            let made = make::from_judged(folder, &order, workshop, &mut self.report);
            if let Some(made) = made
                && let Err(problems) = self.write(&made, making, stage, &mut record)
            {
                self.report.append(problems);
            }
        }
        self.close(record)
    }

    /// Files and packet, both of the same pages.
    fn write(
        &mut self,
        made: &Finished,
        making: &Making,
        stage: &Path,
        record: &mut Record,
    ) -> Result<(), Report> {
        if matches!(making, Making::Only(_)) {
            return Ok(write_files(&made.made.files, stage)?);
        }
        let mut notes = Report::new();
        let target = stage.join(made.packet_name(Scope::Whole));
        let packing = made.packing(vec![Parcel::whole(target)], &self.report, &mut notes)?;
        for packed in packing.write(|_, _| {})? {
            let verification = verify(&packed.path)?;
            let sum = packed.seals.get(&Algorithm::Sha256).map(ToString::to_string);
            let name = files::name_of(&packed.path);
            record.packet = Some(packet(name, packed.size, sum.unwrap_or_default(), &verification));
            record.lacking = Some(packed.lacking);
        }
        self.report.append(notes);
        write_files(&made.made.files, stage)?;
        if *making == Making::All
            && let Some(order) = handed_out(made)
        {
            let more = made.folder.print(&made.press, &order, None)?;
            write_files(&more.files, stage)?;
        }
        Ok(())
    }

    /// A packet is verified first, and then read.
    fn of_packet(&mut self, workshop: &Workshop) -> Record {
        let package = &self.item.place;
        let verified = verify(package).and_then(|verification| {
            let seals = bag::seals_of(package);
            let seals = seals.map_err(|error| files::read_error(package, &error))?;
            let sum = seals.get(&Algorithm::Sha256).map(ToString::to_string).unwrap_or_default();
            let size = std::fs::metadata(package).map_or(0, |found| found.len());
            Ok((packet(files::name_of(package), size, sum, &verification), verification))
        });
        let (packet, verification) = match verified {
            Ok(verified) => verified,
            Err(problem) => {
                self.report.push(problem);
                return self.failure();
            }
        };
        let mut record = match self.laid_out(&verification) {
            Some(laid_out) => {
                self.base = laid_out.folder();
                match Folder::judge_in(workshop, &self.base, &mut self.report) {
                    Some(folder) => self.of_judged(&folder),
                    None => self.failure(),
                }
            }
            None => self.failure(),
        };
        if verification.ours {
            record.lacking = Some(archive::lacking_in(package));
        }
        record.packet = Some(packet);
        self.close(record)
    }

    fn laid_out(&mut self, verification: &Verification) -> Option<LaidOut> {
        let told = |why: String| {
            Diagnostic::error("batch-packet", why).in_file(&self.item.place).help(
                "请社区用 zhangbang pack 重新打一个完整的档案包（不加 --public、--encrypt）再交。",
            )
        };
        if !verification.passed() {
            let why = format!("档案包没有通过检验：{}", verification.conclusion());
            self.report.push(told(why));
            return None;
        }
        let read = LaidOut::from(&self.item.place);
        read.map_err(|why| self.report.push(told(format!("档案包里的选举读不出来：{why}。")))).ok()
    }

    fn of_judged(&self, folder: &Folder) -> Record {
        let Folder { dossier, profile, .. } = folder;
        let steps = law::calendar(dossier, profile);
        Record {
            place: Place::of(&dossier.election, &profile.id),
            steps: steps.iter().map(Step::of).collect(),
            figures: Figures::of(dossier, profile),
            ..self.failure()
        }
    }

    fn failure(&self) -> Record {
        let Item { path, kind, .. } = self.item;
        Record::of_failure(path, *kind, self.key, &self.report, &self.base)
    }

    /// The record with all that was found by now.
    fn close(&self, record: Record) -> Record {
        Record {
            ended: Ended::of(&self.report),
            findings: Told::all(&self.report, &self.base),
            counts: Count::all(&self.report),
            ..record
        }
    }
}

/// The papers that an archive does not keep; `None` if there are none.
fn handed_out(made: &Finished) -> Option<Order> {
    let documents = &made.made.composition.documents;
    let is_made = |id: &String| documents.iter().any(|made| made.front.id == *id);
    let due = made.folder.outlook().due.into_iter().map(|front| front.id);
    let only: Vec<String> = due.filter(|id| !is_made(id)).collect();
    let documents = Options { purpose: Purpose::Use, only, ..Options::default() };
    (!documents.only.is_empty()).then(|| Order { documents, ..Order::of_records() })
}

fn write_files(made: &[make::MadeFile], stage: &Path) -> Result<(), Diagnostic> {
    let written: Vec<_> = made
        .iter()
        .map(|file| (stage.join(&file.path), file.bytes.as_slice(), file.readers))
        .collect();
    files::write_each(&written)
}

fn verify(package: &Path) -> Result<Verification, Diagnostic> {
    let options = bag::Options { threads: Some(1), ..bag::Options::default() };
    archive::verify(package, Depth::Contents, &options, &|_, _| {})
}

fn packet(name: String, size: u64, sha256: String, verification: &Verification) -> Packet {
    let failed = verification.checks.iter().filter(|check| check.verdict == Verdict::Fail);
    let line = |check: &bag::Check| {
        let message = crate::privacy::mask(&check.message);
        format!("{}：{message}", check.title)
    };
    Packet {
        name: crate::privacy::mask(&name).into_owned(),
        size,
        sha256,
        passed: verification.passed(),
        conclusion: verification.conclusion(),
        failed: failed.map(line).collect(),
    }
}

/// What is told of an election at which the program itself broke.
pub(super) fn broken(item: &Item, key: &str, why: &str) -> Record {
    let problem = Diagnostic::error("batch-broken", format!("程序出了毛病：{why}。"))
        .in_file(&item.place)
        .help("请把这个文件夹寄给开发者；别的选举不受影响。");
    Record::of_failure(&item.path, item.kind, key, &problem.into(), &item.place)
}
