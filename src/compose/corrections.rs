//! What changed on the roll since it was posted, for the notice of corrections.

use serde::Serialize;

use crate::diagnostic::{Diagnostic, Report};
use crate::election::Dossier;
use crate::election::roll::{self, Voter, VoterRoll};

/// Everybody whose entry is not what it was on the list that was posted.
#[derive(Debug, Serialize)]
pub struct Corrections {
    /// That list.
    #[serde(skip)]
    pub posted: VoterRoll,
    added: Vec<Entry>,
    removed: Vec<Entry>,
    corrected: Vec<Entry>,
    /// How many each of these are.
    counts: Counts,
}

#[derive(Debug, Serialize)]
struct Counts {
    added: usize,
    removed: usize,
    corrected: usize,
}

/// One person, without anything that is not on the posted list.
#[derive(Debug, Serialize)]
struct Entry {
    name: String,
    group: String,
    /// What was changed, for corrections.
    change: String,
}

impl Corrections {
    /// The changes since the older roll that the description names; `None` if
    /// it names none, or nothing changed.
    pub fn of(dossier: &Dossier, report: &mut Report) -> Option<Self> {
        let new = dossier.roll.as_ref()?;
        let named = dossier.election.registration.get()?.previous_roll.located()?;
        let Some(path) = dossier.previous_roll() else {
            report.push(
                Diagnostic::error("roll-missing", format!("找不到原名册“{}”。", named.value))
                    .at(named.place.clone())
                    .help("请把公布时的旧名册放进选举文件夹，并核对文件名。"),
            );
            return None;
        };
        let old = roll::read(&path, report)?;
        let diff = roll::diff(&old, new);
        let entries = |roll: &VoterRoll, places: &[usize]| {
            places.iter().map(|&at| Entry::of(roll, &roll.voters[at], String::new())).collect()
        };
        let corrected = diff.corrected.iter().map(|correction| {
            Entry::of(new, &new.voters[correction.new], correction.describe(&old, new))
        });
        let corrected = corrected.collect();
        let counts = Counts {
            added: diff.added.len(),
            removed: diff.removed.len(),
            corrected: diff.corrected.len(),
        };
        (!diff.is_empty()).then(|| Self {
            added: entries(new, &diff.added),
            removed: entries(&old, &diff.removed),
            corrected,
            counts,
            posted: old,
        })
    }
}

impl Entry {
    fn of(roll: &VoterRoll, voter: &Voter, change: String) -> Self {
        let group = roll.group_of(voter).unwrap_or_default().to_owned();
        Self { name: voter.name.as_str().to_owned(), group, change }
    }
}
