//! What Typst sees: a layout, the files beside it, and one document as JSON.
//! Nothing else exists, so nothing in a document can reach the machine.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use typst::diag::{FileError, FileResult};
use typst::foundations::{Bytes, Datetime, Duration};
use typst::syntax::{FileId, RootedPath, Source, VirtualPath, VirtualRoot};
use typst::text::{Font, FontBook};
use typst::utils::LazyHash;
use typst::{Library, World};

use super::fonts::Fonts;
use crate::assets::Assets;

/// The name under which layouts read the document.
pub(super) const DATA: &str = "document.json";

/// The layouts, parsed once for all documents.
#[derive(Default)]
pub struct Layouts {
    sources: HashMap<FileId, Source>,
    /// Those of them that are not ours, by name.
    own: BTreeSet<String>,
}

impl Layouts {
    /// The layouts among `assets`.
    pub fn of(assets: &Assets) -> Self {
        let mut layouts = Self::default();
        let files = assets.in_folder("templates/layouts");
        for (name, layout) in files.filter(|(name, _)| name.ends_with(".typ")) {
            layouts.insert(name, layout.source.text.clone());
            layouts.own.extend(layout.is_own.then(|| name.to_owned()));
        }
        layouts
    }

    /// Those that another process has.
    pub(super) fn given(texts: BTreeMap<String, String>) -> Self {
        let mut layouts = Self::default();
        texts.into_iter().for_each(|(name, text)| layouts.insert(&name, text));
        layouts
    }

    /// The text of each by its name, for another process.
    pub(super) fn texts(&self) -> BTreeMap<String, String> {
        let text = |(id, source): (&FileId, &Source)| (name_of(*id), source.text().to_owned());
        self.sources.iter().map(text).collect()
    }

    /// Whether to set something in a layout runs what is not ours: itself, or what it
    /// imports. Ours name in quotes what they import.
    pub(super) fn runs_own(&self, layout: &str) -> bool {
        let (mut seen, mut todo) = (BTreeSet::new(), vec![format!("{layout}.typ")]);
        while let Some(name) = todo.pop() {
            let Some(source) = self.find(&name).and_then(|id| self.source(id)) else { continue };
            if self.own.contains(&name) {
                return true;
            }
            if seen.insert(name) {
                let names = self.sources.keys().map(|id| name_of(*id));
                todo.extend(names.filter(|name| source.text().contains(&format!("\"{name}\""))));
            }
        }
        false
    }

    /// One layout, for trials.
    #[cfg(test)]
    pub fn with(name: &str, text: String) -> Self {
        let mut layouts = Self::default();
        layouts.insert(name, text);
        layouts
    }

    fn insert(&mut self, name: &str, text: String) {
        if let Some(id) = file(name) {
            self.sources.insert(id, Source::new(id, text));
        }
    }

    /// The layout of that name.
    pub fn find(&self, name: &str) -> Option<FileId> {
        file(name).filter(|id| self.sources.contains_key(id))
    }

    pub fn source(&self, id: FileId) -> Option<&Source> {
        self.sources.get(&id)
    }
}

fn name_of(id: FileId) -> String {
    id.vpath().get_without_slash().to_string()
}

/// The id of a file in the root that layouts see; `None` if the name leads out
/// of it.
pub(super) fn file(name: &str) -> Option<FileId> {
    let path = VirtualPath::new(name).ok()?;
    Some(RootedPath::new(VirtualRoot::Project, path).intern())
}

/// One document about to be set.
pub(super) struct DocumentWorld<'a> {
    pub library: &'a LazyHash<Library>,
    pub fonts: &'a Fonts,
    pub layouts: &'a Layouts,
    pub main: FileId,
    /// The document as JSON, which layouts read under the name [`DATA`].
    pub data: Bytes,
}

impl World for DocumentWorld<'_> {
    fn library(&self) -> &LazyHash<Library> {
        self.library
    }

    fn book(&self) -> &LazyHash<FontBook> {
        self.fonts.book()
    }

    fn main(&self) -> FileId {
        self.main
    }

    fn source(&self, id: FileId) -> FileResult<Source> {
        self.layouts.source(id).cloned().ok_or_else(|| missing(id))
    }

    fn file(&self, id: FileId) -> FileResult<Bytes> {
        if Some(id) == file(DATA) { Ok(self.data.clone()) } else { Err(missing(id)) }
    }

    fn font(&self, index: usize) -> Option<Font> {
        self.fonts.font(index)
    }

    /// There is no clock: the same input gives the same bytes.
    fn today(&self, _: Option<Duration>) -> Option<Datetime> {
        None
    }
}

fn missing(id: FileId) -> FileError {
    FileError::NotFound(id.vpath().get_without_slash().into())
}
