//! The shared texts of old workbooks (xls), of which a part may be struck through.

use std::collections::HashSet;

use super::compound::{u16_at, u32_at};

const CONTINUED: u16 = 0x003C;

/// Which texts, by their number, have a part in a font that strikes through. They stand
/// in a record that begins at `start`, and in those that continue it.
pub(crate) fn struck(stream: &[u8], start: usize, is_struck: impl Fn(u16) -> bool) -> HashSet<u32> {
    let pieces = pieces(stream, start);
    let count = pieces.first().and_then(|piece| u32_at(piece, 4)).unwrap_or_default();
    let mut texts = Texts { pieces, piece: 0, at: 8 };
    let mut struck = HashSet::new();
    for number in 0..count {
        match texts.next(&is_struck) {
            Some(true) => {
                struck.insert(number);
            }
            Some(false) => {}
            None => break,
        }
    }
    struck
}

fn pieces(stream: &[u8], start: usize) -> Vec<&[u8]> {
    let mut pieces = Vec::new();
    let mut at = start;
    while let (Some(kind), Some(len)) = (u16_at(stream, at), u16_at(stream, at + 2)) {
        let Some(data) = stream.get(at + 4..at + 4 + usize::from(len)) else { break };
        if !pieces.is_empty() && kind != CONTINUED {
            break;
        }
        pieces.push(data);
        at += 4 + usize::from(len);
    }
    pieces
}

struct Texts<'s> {
    pieces: Vec<&'s [u8]>,
    piece: usize,
    at: usize,
}

impl Texts<'_> {
    /// Passes over a text; says whether a part of it is struck through.
    fn next(&mut self, is_struck: impl Fn(u16) -> bool) -> Option<bool> {
        const WIDE: u8 = 1;
        const EXTENDED: u8 = 4;
        const RICH: u8 = 8;
        let mut left = usize::from(self.u16()?);
        let flags = self.byte()?;
        let runs = if flags & RICH == 0 { 0 } else { self.u16()? };
        let extra = if flags & EXTENDED == 0 { 0 } else { self.u32()? };
        let mut is_wide = flags & WIDE != 0;
        while left > 0 {
            if self.room() == 0 {
                self.turn()?;
                // Where a text goes on it says once more how wide it is.
                is_wide = self.byte()? & WIDE != 0;
            }
            let width = 1 + usize::from(is_wide);
            let taken = left.min(self.room() / width);
            if taken == 0 {
                return None;
            }
            self.at += taken * width;
            left -= taken;
        }
        let mut has_struck = false;
        for _ in 0..runs {
            self.u16()?;
            has_struck |= is_struck(self.u16()?);
        }
        for _ in 0..extra {
            self.byte()?;
        }
        Some(has_struck)
    }

    fn room(&self) -> usize {
        self.pieces.get(self.piece).map_or(0, |piece| piece.len().saturating_sub(self.at))
    }

    fn turn(&mut self) -> Option<()> {
        self.piece += 1;
        self.at = 0;
        (self.piece < self.pieces.len()).then_some(())
    }

    fn byte(&mut self) -> Option<u8> {
        while self.room() == 0 {
            self.turn()?;
        }
        let byte = self.pieces[self.piece][self.at];
        self.at += 1;
        Some(byte)
    }

    fn u16(&mut self) -> Option<u16> {
        Some(u16::from_le_bytes([self.byte()?, self.byte()?]))
    }

    fn u32(&mut self) -> Option<u32> {
        Some(u32::from(self.u16()?) | u32::from(self.u16()?) << 16)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn record(kind: u16, data: &[u8]) -> Vec<u8> {
        let len = u16::try_from(data.len()).unwrap();
        [&kind.to_le_bytes()[..], &len.to_le_bytes(), data].concat()
    }

    #[test]
    fn finds_texts_that_are_partly_struck_through() {
        // Three texts: plain, one in two fonts, and one that goes on in the next record.
        let plain = [2, 0, 1, 0x20, 0x5F, 9, 0x4E];
        let rich = [2, 0, 9, 1, 0, 0x4E, 0x67, 0xDB, 0x56, 1, 0, 7, 0];
        let cut = [2, 0, 9, 1, 0, 0x8B, 0x73];
        let rest = [1, 0x94, 0x4E, 0, 0, 7, 0];
        let head = [3, 0, 0, 0, 3, 0, 0, 0];
        let stream = [
            record(0x00FC, &[&head[..], &plain, &rich, &cut].concat()),
            record(CONTINUED, &rest),
            record(0x000A, &[]),
        ]
        .concat();
        assert_eq!(struck(&stream, 0, |font| font == 7), HashSet::from([1, 2]));
        for end in 0..stream.len() {
            struck(&stream[..end], 0, |font| font == 7);
        }
    }
}
