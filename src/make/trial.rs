//! Whether wordings and layouts are sound: everything they make is made of the
//! examples.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use super::{Examples, Folder, Format, Kit, Order, Poster, Press};
use crate::compose::{Options, Purpose};
use crate::diagnostic::Report;

/// What was made of which elections.
pub struct Trial {
    pub elections: usize,
    /// How many kinds of documents were made.
    pub tried: usize,
    /// Kinds of which none of the elections has the data, by id.
    pub untried: Vec<String>,
}

/// Enough voters for more than one sheet of cards and page of a register.
const FEW: usize = 50;

impl Trial {
    /// Makes everything that can be made of each example, and of `election`, whose
    /// own templates are tried if it is given. `None` if nothing could be tried.
    pub fn of(election: Option<&Path>, fonts: &[PathBuf], report: &mut Report) -> Option<Self> {
        let examples = Examples::unpack().map_err(|problem| report.push(problem)).ok()?;
        let mut folders = Vec::new();
        for folder in examples.folders() {
            folders.extend(Folder::judge(&folder, &mut Report::new()));
        }
        let mut kit = Kit::built_in();
        if let Some(election) = election {
            // What is wrong with the election itself is for `check` to say.
            let given = Folder::judge(election, &mut Report::new())?;
            kit = Kit::beside(&given.dossier.folder, report);
            folders.push(given);
        }
        let press = Press::find(fonts, election, &kit, report)?;
        let mut untried: BTreeSet<String> =
            kit.wordings.documents().map(|front| front.id.clone()).collect();
        let all = untried.len();
        for folder in &mut folders {
            folder.kit = kit.clone();
            // A few voters show what thousands would.
            folder.dossier.roll.iter_mut().for_each(|roll| roll.voters.truncate(FEW));
            for purpose in [Purpose::Use, Purpose::Blanks] {
                for id in make_all(&press, folder, purpose, report) {
                    untried.remove(&id);
                }
            }
        }
        let tried = all - untried.len();
        Some(Self { elections: folders.len(), tried, untried: untried.into_iter().collect() })
    }
}

/// Makes all documents of one election; says which were made.
fn make_all(press: &Press, folder: &Folder, purpose: Purpose, report: &mut Report) -> Vec<String> {
    let mut problems = Report::new();
    let order = Order {
        documents: Options { purpose, ..Options::default() },
        formats: vec![Format::Pdf, Format::Docx, Format::Html],
        poster: Some(Poster::A3),
        printing: true,
    };
    let composition = folder.compose(&order.documents, &mut problems);
    if let Err(found) = press.print(&composition, &order) {
        problems.append(found);
    }
    report.extend_with_news(problems);
    composition.documents.into_iter().map(|composed| composed.front.id).collect()
}
