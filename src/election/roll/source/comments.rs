//! The notes that Excel and WPS hang on cells: where somebody wrote 死亡 there
//! and nowhere else, it is not to be missed.

use std::io::{Read, Seek};

use quick_xml::events::Event;
use zip::ZipArchive;

use super::xlsx::part;
use super::xml::{self, Broken, Xml};
use crate::election::roll::cell::columns;

/// A note on a cell; row and column are counted from one and from zero.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Comment {
    pub row: u32,
    pub at: usize,
    pub text: String,
}

impl Comment {
    /// What it says, without the name of its author, which Excel writes on a line before.
    pub(crate) fn said(&self) -> &str {
        const LONGEST: usize = 20;
        let parts = self.text.split_once('\n').filter(|(author, _)| {
            author.trim_end().ends_with([':', '：']) && author.chars().nth(LONGEST).is_none()
        });
        parts.map_or(&self.text, |(_, said)| said)
    }
}

/// No more notes than these are looked at, and of each no more than this.
pub(crate) const MOST: usize = 100_000;
pub(crate) const LONGEST: usize = 400;

/// The notes of a sheet, by the name of its part.
pub(crate) fn of_sheet<R: Read + Seek>(
    archive: &mut ZipArchive<R>,
    sheet: &str,
) -> Result<Vec<Comment>, Broken> {
    let (folder, file) = sheet.rsplit_once('/').unwrap_or(("", sheet));
    let Some(mut relations) = part(archive, &format!("{folder}/_rels/{file}.rels"))? else {
        return Ok(Vec::new());
    };
    let target = target(&mut relations)?;
    drop(relations);
    let Some(target) = target else { return Ok(Vec::new()) };
    match part(archive, &resolved(folder, &target))? {
        Some(mut comments) => read(&mut comments),
        None => Ok(Vec::new()),
    }
}

/// The part that holds the notes.
fn target(xml: &mut Xml<impl Read>) -> Result<Option<String>, Broken> {
    loop {
        match xml.next()? {
            Event::Start(tag) | Event::Empty(tag)
                if tag.local_name().as_ref() == "Relationship"
                    && xml::attribute(&tag, "Type")
                        .is_some_and(|kind| kind.ends_with("/comments")) =>
            {
                return Ok(xml::attribute(&tag, "Target"));
            }
            Event::Eof => return Ok(None),
            _ => {}
        }
    }
}

/// `../comments1.xml`, seen from the folder of the sheets.
fn resolved(folder: &str, target: &str) -> String {
    let target = target.replace('\\', "/");
    match target.strip_prefix("../") {
        Some(rest) => {
            let above = folder.rsplit_once('/').map_or("", |(above, _)| above);
            format!("{above}/{rest}")
        }
        None if target.starts_with('/') => target,
        None => format!("{folder}/{target}"),
    }
}

fn read(xml: &mut Xml<impl Read>) -> Result<Vec<Comment>, Broken> {
    let mut comments: Vec<Comment> = Vec::new();
    let mut in_text = false;
    loop {
        let event = xml.next()?;
        match &event {
            Event::Start(tag) => match tag.local_name().as_ref() {
                "comment" if comments.len() == MOST => return Ok(comments),
                "comment" => {
                    let place = xml::attribute(tag, "ref").unwrap_or_default();
                    comments.extend(place_of(&place));
                    in_text = false;
                }
                "t" => in_text = true,
                _ => {}
            },
            Event::End(tag) if tag.local_name().as_ref() == "t" => in_text = false,
            Event::Eof => return Ok(comments),
            other if in_text => {
                if let Some(comment) = comments.last_mut().filter(|one| one.text.len() < LONGEST) {
                    xml::add_text(other, &mut comment.text)?;
                }
            }
            _ => {}
        }
    }
}

/// The cell that `B12` names.
fn place_of(place: &str) -> Option<Comment> {
    let digits = place.find(|c: char| c.is_ascii_digit())?;
    let (letters, row) = place.split_at(digits);
    Some(Comment {
        row: row.parse().ok()?,
        at: columns::from_letters(letters)?,
        text: String::new(),
    })
}
