//! What is looked for on the pages, and what was found.

use std::borrow::Cow;
use std::collections::{HashMap, VecDeque};

use aho_corasick::AhoCorasick;

use super::inked;
use crate::compose::Document;
use crate::compose::document::{Block, Text};
use crate::typeset::data;
use crate::typeset::sheet::{Face, Kind, Sheet};

/// How many texts ahead of the next one may come first: a cell that reaches down
/// over others is set after them.
const AHEAD: usize = 40;

/// Texts come in the order of the document, nearly: each is compared with the next
/// one that is looked for, so that a million names cost one look each.
pub(super) struct Ledger<'a> {
    /// What is looked for, without spaces, in the order of the document.
    body: Box<dyn Iterator<Item = String> + 'a>,
    next: VecDeque<String>,
    /// Title, number, signature: what every piece has, and how often it is missing.
    face: Vec<(String, usize)>,
    /// Came before its turn, or is of the layout only.
    early: HashMap<String, usize>,
    /// Did not come when it was its turn.
    late: HashMap<String, usize>,
}

impl<'a> Ledger<'a> {
    pub(super) fn new(document: &'a Document, layout: &str) -> Self {
        let kind = Sheet::of(layout).kind;
        let mut face = Vec::new();
        // These write the title in their own way.
        if !matches!(layout, "box-cover" | "box-note") {
            let pieces = document.pieces().count();
            face.extend(face_of(document, kind).into_iter().map(|text| (text, pieces)));
            // What begins like another is the longer one.
            face.sort_by_key(|(text, _)| usize::MAX - text.len());
        }
        let body: Box<dyn Iterator<Item = String> + 'a> = match kind {
            Kind::Cards => Box::new(document.pieces().flat_map(card)),
            _ => Box::new(document.blocks.iter().flat_map(block)),
        };
        Self {
            body: Box::new(body.filter(|text| !text.is_empty())),
            next: VecDeque::new(),
            face,
            early: HashMap::new(),
            late: HashMap::new(),
        }
    }

    /// Notes a text of the pages; that of a cell is one text and no more.
    pub(super) fn see(&mut self, text: String, is_cell: bool) {
        if text.is_empty() || self.is_face(&text) {
            return;
        }
        let mut rest = text.as_str();
        while self.look(1) {
            let next = &self.next[0];
            if take(&mut self.early, next) {
                self.next.pop_front();
                continue;
            }
            let found = if is_cell { rest == next } else { rest.starts_with(next.as_str()) };
            if !found || rest.is_empty() {
                break;
            }
            rest = &rest[next.len()..];
            self.next.pop_front();
        }
        if rest.is_empty() || take(&mut self.late, rest) {
            return;
        }
        self.look(AHEAD);
        match self.next.iter().position(|next| next == rest) {
            Some(at) => {
                self.next.drain(..at).for_each(|late| add(&mut self.late, late));
                self.next.pop_front();
            }
            None => add(&mut self.early, rest.to_owned()),
        }
    }

    /// Whether so many texts are still looked for.
    fn look(&mut self, count: usize) -> bool {
        while self.next.len() < count
            && let Some(text) = self.body.next()
        {
            self.next.push_back(text);
        }
        self.next.len() >= count
    }

    /// Whether `text` is nothing but title, number, signature, and these are still
    /// looked for: a cell may say the same.
    fn is_face(&mut self, text: &str) -> bool {
        let mut found: Vec<usize> = Vec::new();
        let mut rest = text;
        while !rest.is_empty() {
            let mut face = self.face.iter().enumerate();
            let next = face.find(|(at, (face, count))| {
                let taken = found.iter().filter(|other| *other == at).count();
                *count > taken && rest.starts_with(face.as_str())
            });
            let Some((at, (face, _))) = next else { return false };
            rest = &rest[face.len()..];
            found.push(at);
        }
        found.into_iter().for_each(|at| self.face[at].1 -= 1);
        true
    }

    /// What was not found: neither by itself nor as a part of something else.
    pub(super) fn lost(mut self) -> Vec<String> {
        let mut wanted: Vec<String> = self.next.drain(..).chain(self.body).collect();
        let late = self.late.into_iter().flat_map(|(text, n)| std::iter::repeat_n(text, n));
        wanted.extend(late);
        wanted.retain(|text| !take(&mut self.early, text));
        let face = self.face.into_iter().flat_map(|(text, n)| std::iter::repeat_n(text, n));
        wanted.extend(face);
        let early: Vec<String> =
            self.early.into_iter().flat_map(|(text, n)| std::iter::repeat_n(text, n)).collect();
        without_parts(wanted, &early)
    }
}

/// What of `wanted` is no part of `early`, each part of which is one thing. All are
/// looked for at once: of a page gone wrong there may be 100,000.
pub(super) fn without_parts(wanted: Vec<String>, early: &[String]) -> Vec<String> {
    let mut missing: HashMap<&str, usize> = HashMap::new();
    wanted.iter().for_each(|text| *missing.entry(text).or_default() += 1);
    let texts: Vec<&str> = missing.keys().copied().collect();
    let Ok(seeker) = AhoCorasick::new(&texts) else { return wanted };
    for text in early {
        let mut found: Vec<_> = seeker.find_overlapping_iter(text).collect();
        // The longest first, so that none takes a part of another.
        found.sort_by_key(|part| (usize::MAX - part.len(), part.start()));
        let mut taken = vec![false; text.len()];
        for part in found {
            let left = missing.get_mut(texts[part.pattern().as_usize()]);
            let free = !taken[part.range()].contains(&true);
            if let Some(left) = left.filter(|left| **left > 0 && free) {
                *left -= 1;
                taken[part.range()].fill(true);
            }
        }
    }
    let mut lost: Vec<String> = Vec::new();
    lost.extend(missing.iter().flat_map(|(text, &n)| std::iter::repeat_n((*text).to_owned(), n)));
    lost.sort_by(|a, b| b.len().cmp(&a.len()).then_with(|| a.cmp(b)));
    lost
}

fn add(texts: &mut HashMap<String, usize>, text: String) {
    *texts.entry(text).or_default() += 1;
}

fn take(texts: &mut HashMap<String, usize>, text: &str) -> bool {
    match texts.get_mut(text) {
        Some(count) if *count > 1 => {
            *count -= 1;
            true
        }
        Some(_) => texts.remove(text).is_some(),
        None => false,
    }
}

/// What stands at the head and the foot of each piece.
fn face_of(document: &Document, kind: Kind) -> Vec<String> {
    let Face { over, title, issuer, with, date } = Face::of(document, kind);
    let mut face = vec![title.concat()];
    face.extend(over.into_iter().chain(issuer).chain(with.iter().cloned()));
    face.extend(date.map(words));
    if matches!(kind, Kind::Paper | Kind::Form) {
        face.extend(document.number.as_ref().map(|number| format!("（{number}）")));
        face.extend(document.addressee.as_ref().map(|addressee| format!("{addressee}：")));
    }
    let face = face.into_iter().map(|text| inked(&text).collect::<String>());
    face.filter(|text| !text.is_empty()).collect()
}

/// What is printed of a text: no blanks.
fn words(text: &Text) -> String {
    text.0.iter().filter_map(|inline| inline.words()).flat_map(inked).collect()
}

fn block(block: &Block) -> Box<dyn Iterator<Item = String> + '_> {
    match block {
        Block::Heading { text, .. } | Block::Paragraph { text } => {
            Box::new(std::iter::once(words(text)))
        }
        Block::Lines { lines } => Box::new(lines.iter().map(words)),
        Block::Table(table) => Box::new(table.cells().map(|cell| words(&cell.text))),
        Block::Names(grid) => {
            let names = grid.names.iter().map(data::printed);
            let all = std::iter::once(Cow::from(&grid.title)).chain(names);
            Box::new(all.map(|text| inked(&text).collect()))
        }
        Block::Timeline(timeline) => {
            let ticks = timeline.ticks.iter().map(|(_, label)| label);
            let labels = ticks.chain(timeline.bars.iter().map(|bar| &bar.label));
            Box::new(labels.map(|label| inked(label).collect()))
        }
        Block::Next => Box::new(std::iter::empty()),
    }
}

/// The texts of a card, whose lines are one paragraph.
fn card(blocks: &[Block]) -> Vec<String> {
    let mut texts: Vec<String> = Vec::new();
    let mut lines = None;
    for one in blocks {
        match one {
            Block::Lines { .. } => {
                let at = *lines.get_or_insert_with(|| {
                    texts.push(String::new());
                    texts.len() - 1
                });
                // Where the colon was, the values begin in a column.
                texts[at].extend(block(one).map(|line| line.replacen('：', "", 1)));
            }
            _ => texts.extend(block(one)),
        }
    }
    texts
}
