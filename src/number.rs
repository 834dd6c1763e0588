//! Numbers that become smaller ones: what is too large becomes the largest, and
//! nothing is cut off.

/// How many, as descriptions and laws count.
pub fn counted(count: usize) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}

/// The place of a column, a sheet or a table, of which files have few.
pub fn placed(place: usize) -> u16 {
    u16::try_from(place).unwrap_or(u16::MAX)
}

/// A length in memory.
pub fn sized(length: u64) -> usize {
    usize::try_from(length).unwrap_or(usize::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_too_large_becomes_the_largest() {
        assert_eq!((counted(7), counted(usize::MAX)), (7, u32::MAX));
        assert_eq!((placed(65_535), placed(65_536)), (65_535, u16::MAX));
        assert_eq!(sized(1 << 20), 1 << 20);
    }
}
