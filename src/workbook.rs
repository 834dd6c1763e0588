//! Workbooks of Excel, the same on every system.

use rust_xlsxwriter::{Workbook, XlsxError};

/// The bytes of a finished workbook. Its writer has each entry say on which system it
/// was made; all say the one that packets and Word files name.
pub fn bytes(workbook: &mut Workbook) -> Result<Vec<u8>, XlsxError> {
    let mut file = workbook.save_to_buffer()?;
    for entry in entries(&file) {
        file[entry + MADE_ON] = UNIX;
    }
    Ok(file)
}

/// Where in the entry of a directory the system stands, and how Unix is written.
const MADE_ON: usize = 5;
const UNIX: u8 = 3;

/// Where the entries of a zip file's directory begin.
fn entries(file: &[u8]) -> Vec<usize> {
    const ENTRY: &[u8] = b"PK\x01\x02";
    const END: usize = 22;
    let number = |at: usize, length: usize| -> Option<usize> {
        let bytes = file.get(at..at + length)?;
        Some(bytes.iter().rev().fold(0, |sum, byte| sum << 8 | usize::from(*byte)))
    };
    let end = file.len().saturating_sub(END);
    let mut next = number(end + 16, 4);
    let mut found = Vec::new();
    while let Some(at) = next.filter(|at| file.get(*at..*at + ENTRY.len()) == Some(ENTRY)) {
        found.push(at);
        let lengths = [28, 30, 32].map(|field| number(at + field, 2).unwrap_or_default());
        next = Some(at + 46 + lengths.iter().sum::<usize>());
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_entry_says_the_same_system() {
        let mut workbook = Workbook::new();
        workbook.add_worksheet().write(0, 0, "姓名").unwrap();
        let file = bytes(&mut workbook).unwrap();
        let found = entries(&file);
        let all = zip::ZipArchive::new(std::io::Cursor::new(&file)).unwrap().len();
        assert!(found.len() == all && all > 5, "{found:?} of {all}");
        assert!(found.iter().all(|entry| file[entry + MADE_ON] == UNIX));
    }
}
