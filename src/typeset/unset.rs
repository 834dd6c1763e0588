//! What the program has instead of a press where Typst was left out: none of these is
//! ever made, so that nothing of them is ever done.

use std::convert::Infallible;
use std::path::PathBuf;

use crate::assets::Assets;
use crate::compose::Document;
use crate::diagnostic::{Diagnostic, Report};

/// No font, no pages, no press.
#[derive(Debug)]
pub struct Nothing(Infallible);

pub type Fonts = Nothing;
pub type Typesetter = Nothing;
pub type Leaves = Nothing;

/// A document and the layout it is to be set in.
pub struct Job<'a> {
    pub document: &'a Document,
    pub layout: &'a str,
}

impl Job<'_> {
    pub fn is_long(&self) -> bool {
        super::data::is_long(self.document)
    }
}

#[derive(Debug)]
pub struct Pdf {
    pub bytes: Vec<u8>,
    pub pages: usize,
}

pub struct Layouts;

impl Layouts {
    pub fn of(_: &Assets) -> Self {
        Self
    }
}

pub mod fonts {
    use std::path::PathBuf;

    #[derive(Debug)]
    pub struct Face {
        pub role: &'static str,
        pub title: &'static str,
        pub family: String,
        pub path: PathBuf,
        pub genuine: bool,
    }

    impl Face {
        pub fn covers(&self, _: char) -> bool {
            false
        }

        pub fn sha256(&self) -> Option<&str> {
            None
        }
    }
}

pub mod png {
    use super::{Diagnostic, Nothing};

    pub type Pages = Nothing;

    pub fn draw(pages: &Nothing) -> Result<Vec<Vec<u8>>, Diagnostic> {
        match pages.0 {}
    }
}

pub mod printer {
    use super::{Leaves, Report};

    pub fn join(_: &str, _: &[(&Leaves, usize)]) -> Result<Vec<u8>, Report> {
        Ok(Vec::new())
    }
}

impl Nothing {
    pub fn find(_: &[PathBuf], report: &mut Report) -> Option<Self> {
        report.push(Diagnostic::error("no-font", "这个程序编译时没有带排版，不能出页面。"));
        None
    }

    pub fn new(fonts: Self, _: Layouts) -> Self {
        fonts
    }

    pub fn of(pages: &Self, _: bool) -> Self {
        match pages.0 {}
    }

    pub fn for_another(&self) -> Self {
        match self.0 {}
    }

    pub fn fonts(&self) -> &Self {
        match self.0 {}
    }

    pub fn faces(&self) -> &[fonts::Face] {
        match self.0 {}
    }

    pub fn narrow(&self) -> Option<&fonts::Face> {
        match self.0 {}
    }

    pub fn used_faces(&self) -> Vec<&fonts::Face> {
        match self.0 {}
    }

    pub fn covers(&self, _: char) -> bool {
        match self.0 {}
    }

    pub fn each<T>(
        &self,
        _: &[Job],
        _: impl Fn(&Job, &Self) -> Result<T, Report>,
    ) -> Result<Vec<T>, Report> {
        match self.0 {}
    }

    pub fn pdfs(&self, _: &[Job]) -> Result<Vec<Pdf>, Report> {
        match self.0 {}
    }

    pub fn pdf(&self, _: &Job, _: &Self) -> Result<Pdf, Report> {
        match self.0 {}
    }

    pub fn pages(&self, _: &Document, _: &str) -> Result<Self, Report> {
        match self.0 {}
    }

    pub fn count(&self) -> usize {
        match self.0 {}
    }

    pub fn is_kept(&self) -> bool {
        match self.0 {}
    }

    pub fn lies_across(&self) -> bool {
        match self.0 {}
    }

    pub fn size(&self, _: usize) -> (f64, f64) {
        match self.0 {}
    }

    pub fn paper(&self) -> String {
        match self.0 {}
    }

    pub fn draw(&self, _: usize, _: f64) -> Result<Vec<u8>, Diagnostic> {
        match self.0 {}
    }
}
