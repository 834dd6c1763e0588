//! Kits and presses that were made ready, kept for other elections: those of one
//! office have the same wordings, layouts and fonts.

use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use super::kit::{Kit, Own};
use super::press::{Press, font_folders};
use crate::diagnostic::Report;

/// How many of a kind are kept; more are only of elections that have their own.
const KEPT: usize = 4;

/// Makes ready what documents are made by, once for all that want the same.
pub struct Workshop {
    fonts: Vec<PathBuf>,
    kits: Shelf<Texts, Arc<Kit>>,
    /// With their kits, so that no other comes to lie in the place of one.
    presses: Shelf<PressKey, (Arc<Press>, Arc<Kit>)>,
}

/// What takes the place of what is built in.
type Texts = Vec<(String, String)>;

/// Folders of fonts, and where the kit lies.
type PressKey = (Vec<PathBuf>, usize);

/// The last few that were made, each with what was told of it.
struct Shelf<K, V>(Mutex<Vec<(K, V, Report)>>);

impl<K: PartialEq, V: Clone> Shelf<K, V> {
    fn new() -> Self {
        Self(Mutex::default())
    }

    /// What is kept under `key`, or else what `make` makes, and whether to keep it.
    /// Whoever comes meanwhile waits: it would be the same work. What is told of it is
    /// told each time; what is told at a place is so of one election only.
    fn get(
        &self,
        key: K,
        report: &mut Report,
        make: impl FnOnce(&mut Report) -> Option<(V, bool)>,
    ) -> Option<V> {
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((_, value, told)) = kept.iter().find(|(other, ..)| *other == key) {
            report.extend(told.iter().cloned());
            return Some(value.clone());
        }
        let mut told = Report::new();
        let value = make(&mut told);
        report.extend(told.iter().cloned());
        let (value, is_sound) = value?;
        if is_sound && told.iter().all(|finding| finding.place.is_none()) {
            kept.truncate(KEPT - 1);
            kept.insert(0, (key, value.clone(), told));
        }
        Some(value)
    }
}

impl Workshop {
    /// One that looks for fonts in `fonts` before those of the system.
    pub fn new(fonts: &[PathBuf]) -> Self {
        Self { fonts: fonts.to_owned(), kits: Shelf::new(), presses: Shelf::new() }
    }

    /// The kit for the election in `folder`.
    pub fn kit(&self, folder: &Path, report: &mut Report) -> Arc<Kit> {
        let own = Own::above_and_in(folder, report);
        if own.is_empty() {
            return Kit::built_in();
        }
        let kit = self.kits.get(own.key(), report, |told| {
            let kit = Kit::with(&own, told);
            let is_sound = kit.wordings.problems().is_empty();
            Some((Arc::new(kit), is_sound))
        });
        kit.unwrap_or_else(Kit::built_in)
    }

    /// A press with `kit` for the election in `folder`; `None` if there are no fonts.
    pub fn press(&self, folder: &Path, kit: &Arc<Kit>, report: &mut Report) -> Option<Press> {
        let folders = font_folders(&self.fonts, Some(folder)).into_iter();
        let folders: Vec<PathBuf> =
            folders.filter_map(|folder| folder.canonicalize().ok()).collect();
        let key = (folders.clone(), Arc::as_ptr(kit).addr());
        let (press, _) = self.presses.get(key, report, |told| {
            Some(((Arc::new(Press::of(&folders, kit, told)?), kit.clone()), true))
        })?;
        Some(press.for_another())
    }
}
