//! How many strokes a character has, by which 姓氏笔画为序 is checked.
//!
//! Only the counts are known here, not the order of strokes (横竖撇点折) that
//! GB 13000.1 字序 uses among characters of one count; so two surnames of one
//! count are in order either way round.

use std::sync::LazyLock;

const FIRST: u32 = 0x4E00;
const LAST: u32 = 0x9FFF;

static COUNTS: LazyLock<Vec<u8>> = LazyLock::new(|| {
    let text = include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/data/strokes/total.txt"));
    let mut counts = vec![0; (LAST - FIRST + 1) as usize];
    for (count, characters) in text.lines().filter_map(|line| line.split_once(' ')) {
        let Ok(count) = count.parse() else { continue };
        for index in characters.chars().filter_map(index) {
            counts[index] = count;
        }
    }
    counts
});

/// The strokes of a common character as the mainland writes it.
pub fn count(character: char) -> Option<u8> {
    index(character).map(|index| COUNTS[index]).filter(|&count| count > 0)
}

fn index(character: char) -> Option<usize> {
    let code = character as u32;
    (FIRST..=LAST).contains(&code).then(|| (code - FIRST) as usize)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_strokes_as_the_mainland_writes() {
        for (character, strokes) in
            [('丁', 2), ('王', 4), ('李', 7), ('陈', 7), ('黄', 11), ('魏', 17)]
        {
            assert_eq!(count(character), Some(strokes), "{character}");
        }
        assert_eq!(count('a'), None);
        assert_eq!(count('𠮷'), None);
    }
}
