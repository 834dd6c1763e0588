//! What the law asks of an election, and whether it was done.
//!
//! [`Profile`] is the law as data, [`rules`] are the questions put to an
//! election, [`round`] decides its votes, [`outcome`] is the arithmetic of who
//! is elected, [`calendar`] the days by which each step is due.

pub mod calendar;
mod case;
pub mod claim;
mod days;
mod electors;
mod explain;
mod ground;
mod kinship;
pub mod meeting;
mod occasion;
pub mod outcome;
pub mod parameter;
mod percent;
mod primary;
pub mod profile;
mod roll;
pub mod round;
pub mod rules;
mod silence;
pub mod steps;
pub mod strokes;
#[cfg(test)]
pub(crate) mod testing;

pub use calendar::calendar;
use case::Case;
pub use electors::{Electors, household_representatives, registered, representatives};
pub use explain::{
    Explanation, decided, describe, describe_all, describe_limits, describe_profiles, explain,
    list, undecidable,
};
pub use ground::PROVINCES;
pub use occasion::Occasion;
pub use percent::{Agreement, Written, percent};
pub use primary::{Primary, primary};
pub use profile::{Basis, Ground, Library, Profile, Provision};
pub use roll::check_roll;
pub use round::{
    Next, Poll, Quorum, Recall, Recalled, Round, Votes, Voting, Winner, all_seats, parted,
};
pub use rules::{ACROSS_STAGES, RULES, Rule};

use crate::diagnostic::Report;
use crate::election::Dossier;

/// Puts every rule to an election; what they find goes to `report`, by stage.
/// Whatever stands in `report` by then can be silenced by the description.
pub fn check(dossier: &Dossier, profile: &Profile, report: &mut Report) {
    let case = Case::new(dossier, profile);
    for rule in RULES {
        report.extend(rule.judge(&case));
    }
    report.extend(ground::tell(&dossier.election, profile, report));
    silence::apply(&dossier.election, report);
}

/// The votes of a term, decided.
pub fn votes<'a>(dossier: &'a Dossier, profile: &'a Profile) -> Votes<'a> {
    Case::new(dossier, profile).decide_votes()
}
