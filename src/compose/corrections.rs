//! What changed on the roll since it was posted, for the notice of corrections.

use serde::Serialize;

use crate::election::Dossier;
use crate::election::roll::{self, Voter, VoterRoll};

/// Everybody whose entry is not what it was on the list that was posted.
#[derive(Debug, Serialize)]
pub(super) struct Corrections<'a> {
    /// That list.
    #[serde(skip)]
    pub posted: &'a VoterRoll,
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

impl<'a> Corrections<'a> {
    /// The changes since the roll as it was posted; `None` if none is named, or
    /// nothing changed.
    pub(super) fn of(dossier: &'a Dossier) -> Option<Self> {
        let (old, new) = (dossier.posted_roll.as_ref()?, dossier.roll.as_ref()?);
        let diff = roll::diff(old, new);
        let entries = |roll: &VoterRoll, places: &[usize]| {
            places.iter().map(|&at| Entry::of(roll, &roll.voters[at], String::new())).collect()
        };
        let corrected = diff.corrected.iter().map(|correction| {
            Entry::of(new, &new.voters[correction.new], correction.describe(old, new))
        });
        let counts = Counts {
            added: diff.added.len(),
            removed: diff.removed.len(),
            corrected: diff.corrected.len(),
        };
        (!diff.is_empty()).then(|| Self {
            posted: old,
            added: entries(new, &diff.added),
            removed: entries(old, &diff.removed),
            corrected: corrected.collect(),
            counts,
        })
    }
}

impl Entry {
    fn of(roll: &VoterRoll, voter: &Voter, change: String) -> Self {
        let group = roll.group_of(voter).unwrap_or_default().to_owned();
        Self { name: voter.name.as_str().to_owned(), group, change }
    }
}
