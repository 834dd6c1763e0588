//! `zhangbang check`: everything that is wrong, with place and article.

use std::path::{Path, PathBuf};

use clap::Args;

use super::{Outcome, say, show};
use crate::diagnostic::Report;
use crate::election::date::PartialDate;
use crate::election::decode::Field;
use crate::election::roll::{self, Declared, DeclaredGroup, RollFacts, VotingAge};
use crate::election::{self, Dossier};
use crate::law::{self, Profile, parameter};

#[derive(Args)]
pub struct Arguments {
    /// 选举文件夹，或其中的 election.yaml
    #[arg(value_name = "选举")]
    election: PathBuf,
    /// 输出 JSON，供其他程序使用
    #[arg(long)]
    json: bool,
}

pub fn run(arguments: &Arguments) -> Outcome {
    let mut report = Report::new();
    let judged = judge(&arguments.election, &mut report);
    if arguments.json {
        let profile = judged.as_ref().map(|(_, profile)| profile.id.clone());
        let result = serde_json::json!({ "profile": profile, "findings": report.to_json() });
        say(&format!("{result:#}\n"));
    } else {
        if let Some((_, profile)) = &judged {
            say(&format!("适用规则：{}（{}）\n", profile.name, profile.id));
        }
        show(&report);
        if !report.has_errors() {
            say("检查完毕，没有错误。\n");
        }
    }
    if report.has_errors() { Outcome::BadInput } else { Outcome::Done }
}

/// Loads an election and judges it and its roll by the law in force on its day.
pub fn judge(path: &Path, report: &mut Report) -> Option<(Dossier, Profile)> {
    let dossier = election::load(path, report)?;
    let profile = Profile::choose(&dossier.election, &dossier.folder, report)?;
    if let Some(roll) = &dossier.roll {
        roll::judge(roll, &roll_facts(&dossier, &profile), report);
    }
    law::check(&dossier, &profile, report);
    Some((dossier, profile))
}

/// What the roll must agree with: the figures of the description, and the law.
fn roll_facts(dossier: &Dossier, profile: &Profile) -> RollFacts {
    let election = &dossier.election;
    let declared = |field: &Field<u32>| {
        let count = field.value()? as usize;
        Some(Declared { count, place: field.place().cloned() })
    };
    let groups = election.groups.items().iter().filter_map(|group| {
        Some(DeclaredGroup { name: group.name.get()?.clone(), voters: declared(&group.voters) })
    });
    let voting_age = profile.get(&parameter::VOTER_AGE).and_then(|age| {
        Some(VotingAge { years: i16::try_from(age.value).ok()?, basis: age.basis.to_string() })
    });
    RollFacts {
        election_day: election.election_day.value().and_then(PartialDate::exact),
        groups: groups.collect(),
        total: election.registration.get().and_then(|registration| declared(&registration.voters)),
        voting_age,
    }
}
