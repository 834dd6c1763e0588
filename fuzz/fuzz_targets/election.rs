//! Any text as `election.yaml`: read, decoded and judged without a panic.

#![no_main]

use libfuzzer_sys::fuzz_target;
use zhangbang::diagnostic::{Report, Source};
use zhangbang::election::decode::{Decode as _, Decoder};
use zhangbang::election::{Election, yaml};

fuzz_target!(|text: &str| {
    let source = Source::new("election.yaml", text);
    let mut report = Report::new();
    if let Ok(tree) = yaml::parse(&source) {
        let _ = Election::decode(&tree, &mut Decoder::new(&source, &mut report));
    }
    // Every message can be shown, whatever line it quotes.
    let _ = report.render(true);
    let _ = report.to_json();
});
