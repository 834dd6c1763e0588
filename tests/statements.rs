//! What the documents state: nothing that is not written, in the words of the
//! election. Composed in this process, since it is done thousands of times.

use std::collections::BTreeMap;
use std::path::Path;

use zhangbang::compose::{self, Composition, Options};
use zhangbang::diagnostic::Report;
use zhangbang::election::{self, Dossier};
use zhangbang::law::Profile;

use crate::support::example;

/// Voters enough for every list, few enough for thousands of compositions.
const FEW: usize = 12;

fn load(folder: &Path) -> (Dossier, Profile) {
    let mut report = Report::new();
    let dossier = election::load(folder, &mut report).unwrap();
    let profile = Profile::choose(&dossier.election, &dossier.folder, &mut report).unwrap();
    (dossier, profile)
}

fn compose(dossier: &Dossier, profile: &Profile) -> Composition {
    let mut report = Report::new();
    let composition = compose::compose(dossier, profile, &Options::default(), &mut report);
    assert!(!report.has_errors(), "{report}");
    composition
}

/// Every text of every document.
fn texts(composition: &Composition) -> BTreeMap<String, Vec<String>> {
    let documents = composition.documents.iter();
    documents
        .map(|composed| (composed.front.id.clone(), composed.document.texts().collect()))
        .collect()
}

/// One set of words for whatever is said or put together, and none that changes
/// what is said.
#[test]
fn words_of_ones_own_are_in_every_document_and_change_no_rule() {
    for (name, word, ours, own) in [
        ("qimei-2017", "voter", "选民", "参选居民"),
        ("qimei-2017", "election_committee", "居民选举委员会", "换届委员会"),
        ("qimei-2017", "committee", "居民委员会", "社区理事会"),
        ("anhe-2026", "household_representative", "户代表", "住户代表"),
        ("shiping-2026", "place", "村", "村庄"),
        ("shiping-2026", "representative_meeting", "村民代表会议", "村民议事会"),
        ("shiping-2026", "group", "村民小组", "村民组"),
    ] {
        let (mut dossier, profile) = load(&example(name));
        dossier.roll.iter_mut().for_each(|roll| roll.voters.truncate(FEW));
        let plain = texts(&compose(&dossier, &profile));
        let folder = tempfile::tempdir().unwrap();
        dossier.templates = folder.path().to_owned();
        std::fs::write(folder.path().join("words.yaml"), format!("{word}: {own}\n")).unwrap();
        let worded = texts(&compose(&dossier, &profile));
        assert!(plain.keys().eq(worded.keys()), "{own}");
        let mut changed = 0;
        for (id, plain) in &plain {
            // With our word put back, each says what it said.
            let back = |texts: &[String]| texts.join("\n").replace(own, ours);
            assert_eq!(back(&worded[id]), back(plain), "{own}: {id}");
            changed += usize::from(plain != &worded[id]);
        }
        assert!(changed > 1, "{own}: {changed}");
    }
}
