//! The files of a folder of fonts, looked at before they are believed.

use std::fs::File;
use std::io::Read as _;
use std::path::Path;

use fontdb::Database;
use walkdir::WalkDir;

use crate::diagnostic::{Diagnostic, Report};

/// How much of a file says how many faces it has.
const HEAD: usize = 12;
/// No collection has more faces: the largest has some eighty.
const MOST_FACES: u32 = 1000;

/// Takes up the fonts below `folder`, in the order of their names. One that cannot be a
/// font is told and left out: four billion faces would be tried one by one.
pub(super) fn load(database: &mut Database, folder: &Path, report: &mut Report) {
    const DEEPEST: usize = 8;
    let entries = WalkDir::new(folder).follow_links(true).max_depth(DEEPEST).sort_by_file_name();
    for entry in entries.into_iter().flatten() {
        if !entry.file_type().is_file() || !is_called_a_font(entry.path()) {
            continue;
        }
        // One that cannot be read is passed over, as fonts of the system are.
        let Ok(sound) = looks_sound(entry.path()) else { continue };
        if !sound || database.load_font_file(entry.path()).is_err() {
            let message = "这个字体文件是坏的，没有用它。";
            let help = "请重新取得这个字体，或者从 fonts 文件夹里移走。";
            report
                .push(Diagnostic::warning("font-broken", message).in_file(entry.path()).help(help));
        }
    }
}

fn is_called_a_font(path: &Path) -> bool {
    let endings = ["ttf", "ttc", "otf", "otc"];
    path.extension().is_some_and(|is| endings.iter().any(|ending| is.eq_ignore_ascii_case(ending)))
}

fn looks_sound(path: &Path) -> std::io::Result<bool> {
    let mut head = Vec::new();
    let file = File::open(path)?;
    let size = file.metadata()?.len();
    file.take(HEAD as u64).read_to_end(&mut head)?;
    Ok(is_sound(&head, size))
}

/// Whether a file that begins so and is so long can hold as many faces as it says.
pub fn is_sound(bytes: &[u8], size: u64) -> bool {
    match bytes {
        [b't', b't', b'c', b'f', _, _, _, _, a, b, c, d, ..] => {
            let faces = u32::from_be_bytes([*a, *b, *c, *d]);
            faces <= MOST_FACES && HEAD as u64 + 4 * u64::from(faces) <= size
        }
        _ => size >= HEAD as u64,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_collection_has_no_more_faces_than_room_for_them() {
        let collection = |faces: u32| [&b"ttcf\0\x01\0\0"[..], &faces.to_be_bytes()].concat();
        assert!(is_sound(&collection(4), 28));
        assert!(!is_sound(&collection(4), 27));
        assert!(!is_sound(&collection(u32::MAX), 20_000_000));
        assert!(!is_sound(b"OTTO", 4));
    }

    #[test]
    fn a_broken_font_is_told_and_left_out() {
        let folder = tempfile::tempdir().unwrap();
        let broken = [&b"ttcf\0\x01\0\0\xff\xff\xff\xff"[..], &[0; 1000]].concat();
        std::fs::write(folder.path().join("a.TTC"), broken).unwrap();
        std::fs::write(folder.path().join("b.ttf"), [0; 100]).unwrap();
        std::fs::write(folder.path().join("readme.txt"), "no font").unwrap();
        let (mut database, mut report) = (Database::new(), Report::new());
        load(&mut database, folder.path(), &mut report);
        assert!(database.is_empty());
        let told: Vec<_> = report.iter().map(|finding| finding.code).collect();
        assert!(told.starts_with(&["font-broken"]), "{report}");
    }
}
