//! The stages of an election.

use serde::{Deserialize, Serialize};

/// The stages of an election, in their order: of its description, of the rules it is
/// judged by and of its documents.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Stage {
    Preparation,
    Committee,
    Voters,
    Candidates,
    Polling,
    Result,
    Closing,
    /// What may happen later in the term.
    Term,
}

impl Stage {
    /// Its folder in the output, numbered so that folders sort as stages come.
    pub fn folder(self) -> String {
        format!("{}-{}", self as u8 + 1, self.name())
    }

    /// What users call it.
    pub fn name(self) -> &'static str {
        match self {
            Stage::Preparation => "选举准备",
            Stage::Committee => "选举委员会",
            Stage::Voters => "选民登记",
            Stage::Candidates => "提名候选人",
            Stage::Polling => "投票准备",
            Stage::Result => "选举结果",
            Stage::Closing => "总结归档",
            Stage::Term => "任期变动",
        }
    }
}
