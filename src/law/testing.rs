//! Elections for the tests of this room.

use super::{Library, Profile};
use crate::diagnostic::{Report, Source};
use crate::election::decode::{Decode as _, Decoder};
use crate::election::{Dossier, Election, yaml};

/// An election without a roll, and what reading it told.
pub(crate) fn read(text: &str) -> (Dossier, Report) {
    let source = Source::new("election.yaml", text);
    let mut report = Report::new();
    let tree = yaml::parse(&source).unwrap();
    let election = Election::decode(&tree, &mut Decoder::new(&source, &mut report)).unwrap();
    let folder = "".into();
    let (offices, posted_words, tree) = (Vec::new(), Default::default(), tree.into());
    (
        Dossier {
            folder,
            offices,
            election,
            roll: None,
            posted_roll: None,
            posted_words,
            source,
            tree,
        },
        report,
    )
}

/// An election, and the law that governs it.
pub(crate) fn governed(text: &str) -> (Dossier, Profile) {
    let (dossier, mut report) = read(text);
    let profile = Profile::choose(&dossier.election, Library::built_in(), &mut report).unwrap();
    assert!(!report.has_errors(), "{report}");
    (dossier, profile)
}
