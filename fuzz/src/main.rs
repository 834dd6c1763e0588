//! All fuzz targets in one program: `ZHANGBANG_FUZZ` names the one that is meant, and
//! `?` lists them. `scripts/fuzz.sh` compiles and runs it (`make fuzz`).
#![no_main]

mod description;
mod packet;
mod roll;
mod street;
mod text;

use std::sync::OnceLock;

use libfuzzer_sys::fuzz_target;

type Target = fn(&[u8]);

/// Every parser of what comes from outside, and the whole way.
const TARGETS: [(&str, Target); 29] = [
    ("description", description::description),
    ("edit", description::edit),
    ("office", description::office),
    ("way", description::way),
    ("wording", description::wording),
    ("own", description::own),
    ("markdown", description::markdown),
    ("writers", description::writers),
    ("roll", roll::file),
    ("xlsx", roll::xlsx),
    ("ods", roll::ods),
    ("xlsb", roll::xlsb),
    ("diff", roll::diff),
    ("package", packet::package),
    ("tags", packet::tags),
    ("packet", packet::packet),
    ("metadata", packet::metadata),
    ("paths", packet::paths),
    ("record", street::record),
    ("statistics", street::statistics),
    ("list", street::list),
    ("form", street::form),
    ("font", text::font),
    ("identity", text::identity),
    ("name", text::name),
    ("date", text::date),
    ("mask", text::mask),
    ("share", text::share),
    ("difference", text::difference),
];

static TARGET: OnceLock<Target> = OnceLock::new();

fuzz_target!(
    init: choose(),
    |bytes: &[u8]| TARGET.get().expect("chosen before it begins")(bytes)
);

fn choose() {
    let named = std::env::var("ZHANGBANG_FUZZ").unwrap_or_default();
    let Some((_, target)) = TARGETS.iter().find(|(name, _)| *name == named) else {
        TARGETS.iter().for_each(|(name, _)| println!("{name}"));
        std::process::exit(i32::from(named != "?"));
    };
    TARGET.get_or_init(|| *target);
    // What a reader of workbooks catches is no crash.
    let usual = std::panic::take_hook();
    std::panic::set_hook(Box::new(move |panic| {
        if !zhangbang::election::roll::tells_panics() {
            usual(panic);
        }
    }));
}

/// Two texts, parted by a byte that neither has.
fn halves(bytes: &[u8]) -> Option<(&str, &str)> {
    let at = bytes.iter().position(|&byte| byte == 0xFF)?;
    Some((std::str::from_utf8(&bytes[..at]).ok()?, std::str::from_utf8(&bytes[at + 1..]).ok()?))
}

/// A choice, and the text after it.
fn choice(bytes: &[u8]) -> Option<(usize, &str)> {
    let (&first, text) = bytes.split_first()?;
    Some((usize::from(first), std::str::from_utf8(text).ok()?))
}
