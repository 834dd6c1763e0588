//! No bit of a packet can change unnoticed.

use zhangbang::bag::Options;

use super::sample::{packet, verify, verify_with, write};

/// As many as a test may take; the bits are spread over the whole file.
const SAMPLE: usize = 1500;

#[test]
fn any_flipped_bit_is_found() {
    let folder = tempfile::tempdir().unwrap();
    let path = write(&packet(), &folder);
    let whole = std::fs::read(&path).unwrap();
    let bits = whole.len() * 8;
    // A step without a common divisor with the number of bits meets every
    // position within a byte.
    let step = (bits / SAMPLE).max(1) | 1;
    for bit in (0..bits).step_by(step).chain(bits - 8 * 120..bits) {
        let mut bytes = whole.clone();
        bytes[bit / 8] ^= 1 << (bit % 8);
        std::fs::write(&path, bytes).unwrap();
        let options = Options { threads: Some(1), ..Options::default() };
        let report = verify_with(&path, &options);
        assert!(!report.passed(), "bit {bit} of {bits}:\n{report}");
    }
}

#[test]
fn any_truncation_is_found() {
    let folder = tempfile::tempdir().unwrap();
    let path = write(&packet(), &folder);
    let whole = std::fs::read(&path).unwrap();
    for length in (0..whole.len()).step_by(whole.len() / 200) {
        std::fs::write(&path, &whole[..length]).unwrap();
        assert!(!verify(&path).passed(), "{length}");
    }
}
