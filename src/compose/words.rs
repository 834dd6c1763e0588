//! What differs in a word between a community and a village.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

use serde::Serialize;

use crate::diagnostic::{Diagnostic, Place, Report, Source};
use crate::election::model::{Election, Kind};
use crate::election::yaml;

/// The election's own words, beside its own templates.
const OWN: &str = "words.yaml";

/// The words of one kind of committee. What differs only in a word is one
/// template, not two.
#[derive(Clone, Copy, Debug, Serialize)]
pub struct Words {
    /// 社区 / 村
    pub place: &'static str,
    /// 居民 / 村民
    pub resident: &'static str,
    /// 居民委员会 / 村民委员会
    pub committee: &'static str,
    /// 居委会 / 村委会
    pub committee_short: &'static str,
    /// 居民选举委员会 / 村民选举委员会
    pub election_committee: &'static str,
    /// 居民会议 / 村民会议
    pub assembly: &'static str,
    /// 居民代表 / 村民代表
    pub representative: &'static str,
    /// 居民代表会议 / 村民代表会议
    pub representative_meeting: &'static str,
    /// 居民小组 / 村民小组
    pub group: &'static str,
    /// 选民; the villagers' law says 登记参加选举的村民.
    pub voter: &'static str,
    /// 选民登记 / 参选村民登记
    pub registration: &'static str,
    /// 选民名单 / 登记参加选举的村民名单
    pub voter_list: &'static str,
    /// 选民证 / 参选证
    pub voter_card: &'static str,
    /// 居务 / 村务
    pub affairs: &'static str,
    /// 居务监督委员会 / 村务监督委员会
    pub supervision: &'static str,
    /// 居民自治 / 村民自治
    pub autonomy: &'static str,
}

const RESIDENTS: Words = Words {
    place: "社区",
    resident: "居民",
    committee: "居民委员会",
    committee_short: "居委会",
    election_committee: "居民选举委员会",
    assembly: "居民会议",
    representative: "居民代表",
    representative_meeting: "居民代表会议",
    group: "居民小组",
    voter: "选民",
    registration: "选民登记",
    voter_list: "选民名单",
    voter_card: "选民证",
    affairs: "居务",
    supervision: "居务监督委员会",
    autonomy: "居民自治",
};

const VILLAGERS: Words = Words {
    place: "村",
    resident: "村民",
    committee: "村民委员会",
    committee_short: "村委会",
    election_committee: "村民选举委员会",
    assembly: "村民会议",
    representative: "村民代表",
    representative_meeting: "村民代表会议",
    group: "村民小组",
    voter: "登记参加选举的村民",
    registration: "参选村民登记",
    voter_list: "登记参加选举的村民名单",
    voter_card: "参选证",
    affairs: "村务",
    supervision: "村务监督委员会",
    autonomy: "村民自治",
};

impl Words {
    pub fn of(election: &Election) -> Self {
        match election.kind.value() {
            Some(Kind::Villagers) => VILLAGERS,
            _ => RESIDENTS,
        }
    }

    /// The words as wordings see them: `words.yaml` in the folder of `templates`
    /// may put others in the place of ours.
    pub fn with_own(self, templates: &Path, report: &mut Report) -> BTreeMap<String, String> {
        let ours: BTreeMap<String, String> =
            serde_json::to_value(self).and_then(serde_json::from_value).unwrap_or_default();
        let path = templates.join(OWN);
        if !path.is_file() {
            return ours;
        }
        let mut words = ours.clone();
        match yaml::read_text(&path).and_then(|source| Ok((own_words(&source)?, source))) {
            Err(problem) => report.push(problem),
            Ok((own, source)) => {
                let strange = own.keys().filter(|key| !ours.contains_key(*key));
                report.extend(strange.map(|key| unknown_word(key, &source, &ours)));
                words.extend(own);
            }
        }
        words
    }

    /// `街道办事处` or `镇人民政府`, by the last character of its name; a name
    /// that is already an office's stays.
    pub fn office(street: &str) -> String {
        if ["办事处", "政府", "管委会", "管理委员会"].iter().any(|end| street.ends_with(end))
        {
            return street.to_owned();
        }
        match street.chars().last() {
            Some('镇' | '乡' | '木') => format!("{street}人民政府"),
            _ => format!("{street}办事处"),
        }
    }
}

fn own_words(source: &Source) -> Result<BTreeMap<String, String>, Diagnostic> {
    serde_yaml::from_str(&source.text).map_err(|error| {
        Diagnostic::error("words", format!("用词表有误：{}", error.without_snippet()))
            .in_file(&source.path)
            .help("每行写一个词，如“voter: 选民”。")
    })
}

fn unknown_word(key: &str, source: &Arc<Source>, ours: &BTreeMap<String, String>) -> Diagnostic {
    let known = ours.keys().map(String::as_str).collect::<Vec<_>>().join("、");
    let starts = source.text.match_indices(key).map(|(at, _)| at);
    let line = starts.into_iter().find(|&at| at == 0 || source.text.as_bytes()[at - 1] == b'\n');
    Diagnostic::error("words", format!("用词表里没有“{key}”这个词。"))
        .at(line.map(|at| Place::Text(source.clone(), at..at + key.len())))
        .help(format!("可以换的有：{known}。"))
}
