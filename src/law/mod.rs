//! What the law asks of an election, and whether it was done.
//!
//! [`Profile`] is the law as data, [`rules`] are the questions put to an
//! election, [`outcome`] is the arithmetic of who is elected, [`calendar`] the
//! days by which each step is due.

pub mod calendar;
mod case;
mod days;
mod explain;
mod ground;
mod kinship;
mod occasion;
pub mod outcome;
pub mod parameter;
pub mod profile;
mod roll;
pub mod rules;
mod silence;
pub mod steps;
pub mod strokes;

pub use calendar::calendar;
use case::Case;
pub use explain::{Explanation, decided, explain, list, undecidable};
pub use occasion::Occasion;
pub use profile::{Basis, Ground, Library, Profile, Provision};
pub use roll::check_roll;
pub use rules::{RULES, Rule, Stage};

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

/// The votes that may be taken in a term.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Voting {
    First,
    Runoff,
    ByElection,
}

/// What the votes decide, as far as they are known.
pub fn outcome(dossier: &Dossier, profile: &Profile, voting: Voting) -> Option<outcome::Outcome> {
    let case = Case::new(dossier, profile);
    let round = match voting {
        Voting::First => case.first_round(),
        Voting::Runoff => case.rounds().into_iter().find(|round| round.is_runoff),
        Voting::ByElection => case.by_election(),
    };
    case.outcome(&round?)
}
