//! Single values, as they stand in cells and after keys.

use fontdb::Database;
use zhangbang::compose::difference;
use zhangbang::election::date::PartialDate;
use zhangbang::election::identity::IdNumber;
use zhangbang::election::person::{Name, name_key, trim};
use zhangbang::election::roll::name_flaws;
use zhangbang::law::{Agreement, Written, percent};
use zhangbang::privacy;
use zhangbang::typeset::fontfile;

/// Any bytes as a font that lies in a folder of fonts.
pub fn font(bytes: &[u8]) {
    if fontfile::is_sound(bytes, bytes.len() as u64) {
        let mut database = Database::new();
        database.load_font_data(bytes.to_vec());
        let _ = database.faces().map(|face| face.families.len()).sum::<usize>();
    }
}

/// An ID number is read as it is written.
pub fn identity(bytes: &[u8]) {
    let Ok(text) = std::str::from_utf8(bytes) else { return };
    if let Ok(id) = IdNumber::parse(text) {
        let _ = (id.check_holds(), id.birth(), id.sex());
        assert_eq!(
            IdNumber::parse(id.as_str()).ok().map(|id| id.as_str().to_owned()).as_deref(),
            Some(id.as_str())
        );
    }
}

/// A name loses nothing but what is unseen around it, and its key is the key of its key.
pub fn name(bytes: &[u8]) {
    let Ok(text) = std::str::from_utf8(bytes) else { return };
    let name = Name::new(text);
    assert_eq!(name.as_str(), trim(text));
    assert_eq!(name_key(&name.key()), name.key());
    let _ = name_flaws(text);
}

/// A date that was read is read again from how it is written.
pub fn date(bytes: &[u8]) {
    let Ok(text) = std::str::from_utf8(bytes) else { return };
    if let Ok(date) = PartialDate::parse(text) {
        assert_eq!(PartialDate::parse(&date.to_string()), Ok(date));
        assert!(date.earliest() <= date.latest());
    }
}

/// What was masked shows nobody's number.
pub fn mask(bytes: &[u8]) {
    let Ok(text) = std::str::from_utf8(bytes) else { return };
    assert!(privacy::find(&privacy::mask(text)).is_empty(), "{text:?}");
}

/// A share as people write it, of any count.
pub fn share(bytes: &[u8]) {
    let Some((numbers, text)) = bytes.split_at_checked(8) else { return };
    let number = |at: usize| {
        u32::from_le_bytes([numbers[at], numbers[at + 1], numbers[at + 2], numbers[at + 3]])
    };
    let (part, whole) = (number(0), number(4));
    let Ok(text) = std::str::from_utf8(text) else { return };
    if let Some(share) = Written::read(text) {
        let _ = (share.agrees(part, whole), share.decimals());
    }
    if let Some(printed) = percent(part, whole, 2, None) {
        let read = Written::read(&printed).expect("what is printed is read");
        assert_ne!(read.agrees(part, whole), Agreement::None, "{part}/{whole}: {printed}");
    }
}

/// What was posted against what would be printed now.
pub fn difference(bytes: &[u8]) {
    let Some((was, now)) = crate::halves(bytes) else { return };
    let found = difference::between(was, now);
    assert!(was != now || found.is_empty());
}
