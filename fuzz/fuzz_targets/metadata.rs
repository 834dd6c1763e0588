//! The XML of catalogues and metadata, and the 档号: what is read is written alike.
#![no_main]

use libfuzzer_sys::fuzz_target;
use zhangbang::archive::{ArchiveCode, Element};

fuzz_target!(|text: &str| {
    if let Ok(root) = Element::parse(text) {
        let again = Element::parse(&root.to_document()).expect("what is written is read");
        assert_eq!(again.name, root.name);
    }
    if let Ok(code) = text.parse::<ArchiveCode>() {
        assert_eq!(code.to_string(), text);
    }
});
