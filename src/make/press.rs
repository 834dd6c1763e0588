//! Fonts and layouts, made ready once and used for all documents.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::Kit;
use crate::diagnostic::Report;
use crate::election::office;
use crate::typeset::{Fonts, Typesetter, WebPages};

/// Sets documents on pages, and in pages of the web.
pub struct Press {
    typesetter: Typesetter,
    web: Arc<WebPages>,
}

impl Press {
    /// A press with the fonts of this machine, those in `font_path` first, and
    /// the layouts of `kit`; `None` if there are no fonts. `folder` is the
    /// election's, if there is one.
    pub fn find(
        font_path: &[PathBuf],
        folder: Option<&Path>,
        kit: &Kit,
        report: &mut Report,
    ) -> Option<Self> {
        Self::of(&font_folders(font_path, folder), kit, report)
    }

    /// A press with the fonts in `folders` before those of the system, and the layouts
    /// of `kit`; `None` if there are no fonts.
    pub fn of(folders: &[PathBuf], kit: &Kit, report: &mut Report) -> Option<Self> {
        let fonts = Fonts::find(folders, report)?;
        let web = Arc::new(kit.web_pages(report));
        Some(Self { typesetter: Typesetter::new(fonts, kit.layouts()), web })
    }

    /// The same for one of many elections that are made side by side.
    pub(super) fn for_another(&self) -> Self {
        Self { typesetter: self.typesetter.for_another(), web: self.web.clone() }
    }

    pub fn fonts(&self) -> &Fonts {
        self.typesetter.fonts()
    }

    pub fn typesetter(&self) -> &Typesetter {
        &self.typesetter
    }

    pub fn web(&self) -> &WebPages {
        &self.web
    }
}

/// Where fonts are looked for before the system: the given folders, then `fonts/`
/// beside the election, beside the offices above it, and beside the program.
pub fn font_folders(given: &[PathBuf], election: Option<&Path>) -> Vec<PathBuf> {
    let offices = election.map(office::folders_above).unwrap_or_default().into_iter().rev();
    let program = std::env::current_exe().ok();
    let program = program.as_deref().and_then(Path::parent).map(Path::to_owned);
    let beside = election.map(Path::to_owned).into_iter().chain(offices).chain(program);
    given.iter().cloned().chain(beside.map(|folder| folder.join("fonts"))).collect()
}
