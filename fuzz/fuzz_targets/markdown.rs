//! Any value, escaped, comes out of the Markdown as it went in.

#![no_main]

use libfuzzer_sys::fuzz_target;
use zhangbang::compose::document::Block;
use zhangbang::compose::markdown::{Inserts, escape, parse};

fuzz_target!(|value: &str| {
    let _ = parse(value, &Inserts::default());
    if value.chars().any(|c| c.is_control() || c.is_whitespace() || matches!(c, '\u{FFFC}' | '＿')) {
        return;
    }
    let blocks = parse(&format!("选民{}。", escape(value)), &Inserts::default());
    let [Block::Paragraph { text }] = &blocks[..] else { panic!("one paragraph became {blocks:?}") };
    assert_eq!(text.to_string(), format!("选民{value}。"));
});
