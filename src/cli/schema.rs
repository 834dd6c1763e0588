//! `zhangbang schema`: what `election.yaml` may hold, for editors or for people.

use clap::Args;

use super::{Outcome, say};
use crate::election::Election;
use crate::election::decode::Decode as _;

#[derive(Args)]
pub(super) struct Arguments {
    /// 改为列出全部的键：中文、英文、写什么、说明
    #[arg(long)]
    keys: bool,
}

pub(super) fn run(arguments: &Arguments) -> Outcome {
    if arguments.keys {
        say(&Election::SHAPE.manual());
        return Outcome::Done;
    }
    let mut schema = Election::SHAPE.schema();
    schema["$schema"] = "https://json-schema.org/draft/2020-12/schema".into();
    say(&format!("{schema:#}\n"));
    Outcome::Done
}
