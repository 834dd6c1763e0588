//! Any text as an ID number.
#![no_main]

use libfuzzer_sys::fuzz_target;
use zhangbang::election::identity::IdNumber;

fuzz_target!(|text: &str| {
    if let Ok(id) = IdNumber::parse(text) {
        let _ = (id.check_holds(), id.birth(), id.sex());
        assert_eq!(
            IdNumber::parse(id.as_str()).ok().map(|id| id.as_str().to_owned()),
            Some(id.as_str().to_owned())
        );
    }
});
