//! `zhangbang schema`: the JSON Schema of `election.yaml`.

use clap::Args;

use super::{Outcome, say};
use crate::election::Election;
use crate::election::decode::Decode as _;

#[derive(Args)]
pub struct Arguments {}

pub fn run(_: &Arguments) -> Outcome {
    let mut schema = Election::SHAPE.schema();
    schema["$schema"] = "https://json-schema.org/draft/2020-12/schema".into();
    say(&format!("{schema:#}\n"));
    Outcome::Done
}
