//! A voter roll by itself: of an election's folder, or a file of which nothing else is
//! known.

use std::path::Path;

use jiff::civil::Date;

use super::Folder;
use crate::codes::Family;
use crate::diagnostic::{Diagnostic, Report};
use crate::election::date::PartialDate;
use crate::election::roll::{self, Options, RollFacts, VotingAge};
use crate::election::{self, VoterRoll};
use crate::law::{self, calendar};

/// Reads and judges the roll at `path`, a file or an election's folder; with it the
/// election day, if that is known. What is to be asked goes to `report`.
pub fn judge_roll(
    path: &Path,
    options: &Options,
    report: &mut Report,
) -> Option<(VoterRoll, Option<Date>)> {
    match is_election(path) {
        true => judge_of_election(path, options, report),
        false => Some((judge_alone(path, options, report)?, None)),
    }
}

fn is_election(path: &Path) -> bool {
    path.is_dir()
        || path.extension().is_some_and(|extension| extension == "yaml" || extension == "yml")
}

/// The roll of an election, judged by its figures and its law; what is wrong
/// elsewhere in the description is for `check` to tell.
fn judge_of_election(
    path: &Path,
    options: &Options,
    report: &mut Report,
) -> Option<(VoterRoll, Option<Date>)> {
    let mut elsewhere = Report::new();
    let Some(Folder { mut dossier, profile, .. }) = Folder::open(path, &mut elsewhere) else {
        report.append(elsewhere);
        return None;
    };
    match dossier.roll.take() {
        Some(roll) => {
            let groups = election::roll_options(&dossier.election).groups;
            let options = Options { groups, ..options.clone() };
            dossier.roll = roll::read_with(&roll.path, &options, report);
            if let Some(roll) = &mut dossier.roll {
                election::name_groups(roll, &dossier.election, report);
            }
        }
        None => {
            elsewhere.retain(|finding| finding.family() == Some(Family::Roll));
            report.append(elsewhere);
        }
    }
    law::check_roll(&dossier, &profile, report);
    // Whoever silences a question about the roll does so among the rules.
    law::check(&dossier, &profile, report);
    report.retain(|finding| finding.family() == Some(Family::Roll));
    if dossier.roll.is_none() && !report.has_errors() {
        report.push(no_roll(path));
    }
    let day = dossier.election.election_day.value().and_then(PartialDate::exact);
    Some((dossier.roll?, day))
}

/// A roll by itself, of which neither the day nor the groups are known. Who is
/// not of age today is asked about.
fn judge_alone(path: &Path, options: &Options, report: &mut Report) -> Option<VoterRoll> {
    let roll = roll::read_with(path, options, report)?;
    let age = VotingAge { years: 18, basis: "年满十八周岁才有选举权".into() };
    let facts = RollFacts {
        election_day: Some(calendar::today()),
        is_day_assumed: true,
        voting_age: Some(age),
        ..RollFacts::default()
    };
    roll::judge(&roll, &facts, report);
    Some(roll)
}

fn no_roll(path: &Path) -> Diagnostic {
    Diagnostic::error("roll-missing", "这个选举文件夹里还没有选民名册。")
        .in_file(path)
        .help("把名册放进去，取名 voters.xlsx 或 voters.csv。")
}
