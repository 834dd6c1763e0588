//! What the voter roll must agree with: the figures of the description, and
//! the law.

use super::parameter;
use super::profile::Profile;
use crate::diagnostic::{Diagnostic, Report};
use crate::election::Dossier;
use crate::election::date::PartialDate;
use crate::election::decode::Field;
use crate::election::model::Kind;
use crate::election::roll::{self, Declared, DeclaredGroup, RollFacts, VotingAge};

/// Judges the roll of an election, if it has one.
pub fn check_roll(dossier: &Dossier, profile: &Profile, report: &mut Report) {
    match &dossier.roll {
        Some(roll) => roll::judge(roll, &facts(dossier, profile), report),
        None => report.extend(posted_without_roll(dossier).filter(|_| !report.has_errors())),
    }
}

/// A list that was posted has voters on it; without a roll and without their
/// number the notice has a blank.
fn posted_without_roll(dossier: &Dossier) -> Option<Diagnostic> {
    let registration = dossier.election.registration.get()?;
    let posted = registration.list_posted_on.located()?;
    let is_counted = !registration.voters.is_absent()
        || dossier.election.groups.items().iter().any(|group| !group.voters.is_absent());
    (!is_counted).then(|| {
        Diagnostic::warning(
            "roll-missing",
            "选民名单已写公布日期，却没有选民名册，也没有写“选民总数”：公告里人数是空白。",
        )
        .at(posted.place.clone())
        .help("把名册放进选举文件夹，取名 voters.xlsx；或在“选民登记”下写“选民总数”。")
    })
}

fn facts(dossier: &Dossier, profile: &Profile) -> RollFacts {
    let election = &dossier.election;
    // One whose name is not known may be any of the roll's.
    let groups = election.groups.items().iter().map(|group| {
        Some(DeclaredGroup { name: group.name.get()?.clone(), voters: declared(&group.voters) })
    });
    let registration = election.registration.get();
    let community = election.community.get();
    RollFacts {
        election_day: election.election_day.value().and_then(PartialDate::exact),
        is_day_assumed: false,
        groups: groups.collect::<Option<_>>().unwrap_or_default(),
        total: registration.and_then(|registration| declared(&registration.voters)),
        voting_age: voting_age(profile),
        community: community.and_then(|community| community.name.get().cloned()),
        people: election.kind.value().map(Kind::people),
        township: community.and_then(|community| community.street.get().cloned()),
        term: election.term.value(),
    }
}

fn declared(field: &Field<u32>) -> Option<Declared> {
    Some(Declared { count: field.value()? as usize, place: field.place().cloned() })
}

fn voting_age(profile: &Profile) -> Option<VotingAge> {
    let age = profile.get(&parameter::VOTER_AGE)?;
    Some(VotingAge { years: i16::try_from(age.value).ok()?, basis: age.basis.to_string() })
}
