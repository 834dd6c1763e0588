//! Any text as a name.
#![no_main]

use libfuzzer_sys::fuzz_target;
use zhangbang::election::person::{Name, name_key};
use zhangbang::election::roll::name_flaws;

fuzz_target!(|text: &str| {
    let name = Name::new(text);
    assert_eq!(name.as_written(), text);
    assert_eq!(name_key(&name.key()), name.key());
    let _ = name_flaws(text);
});
