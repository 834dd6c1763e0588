//! What differs in a word between a community and a village.

use std::collections::BTreeMap;
use std::path::Path;

use serde::Serialize;

use crate::diagnostic::{Diagnostic, Place, Report};
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
        let mut words: BTreeMap<String, String> =
            serde_json::to_value(self).and_then(serde_json::from_value).unwrap_or_default();
        let path = templates.join(OWN);
        if !path.is_file() {
            return words;
        }
        let source = match yaml::read_text(&path) {
            Ok(source) => source,
            Err(problem) => {
                report.push(problem);
                return words;
            }
        };
        let own = match serde_yaml::from_str::<BTreeMap<String, String>>(&source.text) {
            Ok(own) => own,
            Err(error) => {
                let message = format!("用词表有误：{}", error.without_snippet());
                report.push(
                    Diagnostic::error("words", message)
                        .in_file(path)
                        .help("每行写一个词，如“voter: 选民”。"),
                );
                return words;
            }
        };
        for (key, word) in own {
            if words.contains_key(&key) {
                words.insert(key, word);
                continue;
            }
            let known = words.keys().map(String::as_str).collect::<Vec<_>>().join("、");
            let place =
                source.text.find(&key).map(|at| Place::Text(source.clone(), at..at + key.len()));
            report.push(
                Diagnostic::error("words", format!("用词表里没有“{key}”这个词。"))
                    .at(place)
                    .help(format!("可以换的有：{known}。")),
            );
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
