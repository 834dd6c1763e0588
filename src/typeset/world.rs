//! What Typst sees: a layout, the files beside it, and one document as JSON.
//! Nothing else exists, so nothing in a document can reach the machine.

use std::collections::HashMap;

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
pub struct Layouts(HashMap<FileId, Source>);

impl Layouts {
    /// The layouts among `assets`.
    pub fn of(assets: &Assets) -> Self {
        let mut layouts = Self::default();
        let files = assets.in_folder("templates/layouts");
        for (name, layout) in files.filter(|(name, _)| name.ends_with(".typ")) {
            layouts.insert(name, layout.source.text.clone());
        }
        layouts
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
            self.0.insert(id, Source::new(id, text));
        }
    }

    /// The layout of that name.
    pub fn find(&self, name: &str) -> Option<FileId> {
        file(name).filter(|id| self.0.contains_key(id))
    }

    pub fn source(&self, id: FileId) -> Option<&Source> {
        self.0.get(&id)
    }
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
