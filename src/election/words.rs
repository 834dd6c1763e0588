//! What differs in a word between a community and a village.

use std::sync::Arc;

use serde::Serialize;

use super::decode::guess;
use super::model::{Election, FormedBy, Kind};
use super::yaml::{self, Key, Node, Value};
use crate::diagnostic::{Diagnostic, Place, Report, Source};
use crate::text::is_unprintable;

/// Declares each word with what a community and what a village calls it.
macro_rules! words {
    ($($word:ident: $residents:literal, $villagers:literal;)*) => {
        /// The words of one committee. What differs only in a word is one
        /// template, not two. They are put together once, and everything that is
        /// printed is said in them.
        #[derive(Clone, Debug, Serialize)]
        pub struct Words { $(pub $word: String,)* }

        impl Words {
            /// The names of all words, as wordings and `words.yaml` write them.
            pub const NAMES: &'static [&'static str] = &[$(stringify!($word)),*];

            /// The words that no `words.yaml` replaced.
            pub fn built_in(kind: Kind) -> Self {
                match kind {
                    Kind::Residents => Self { $($word: $residents.to_owned(),)* },
                    Kind::Villagers => Self { $($word: $villagers.to_owned(),)* },
                }
            }

            /// The word of this name.
            pub fn get(&self, name: &str) -> Option<&str> {
                match name {
                    $(stringify!($word) => Some(&self.$word),)*
                    _ => None,
                }
            }

            fn word(&mut self, name: &str) -> Option<&mut String> {
                match name {
                    $(stringify!($word) => Some(&mut self.$word),)*
                    _ => None,
                }
            }
        }
    };
}

words! {
    place: "社区", "村";
    resident: "居民", "村民";
    committee: "居民委员会", "村民委员会";
    committee_short: "居委会", "村委会";
    election_committee: "居民选举委员会", "村民选举委员会";
    assembly: "居民会议", "村民会议";
    representative: "居民代表", "村民代表";
    representative_meeting: "居民代表会议", "村民代表会议";
    household_representative: "户代表", "户代表";
    group: "居民小组", "村民小组";
    // The villagers' law has no other word for them.
    voter: "选民", "登记参加选举的村民";
    registration: "选民登记", "参选村民登记";
    voter_list: "选民名单", "登记参加选举的村民名单";
    voter_card: "选民证", "参选证";
    affairs: "居务", "村务";
    supervision: "居务监督委员会", "村务监督委员会";
    autonomy: "居民自治", "村民自治";
    // By what the archive keeps what no other rule tells of.
    retention_basis: "城市社区档案管理办法（换届选举材料）", "村级档案管理办法（村级文件材料归档范围和档案保管期限表）";
    // Where the street is not told.
    guidance: "选举工作指导机构", "选举工作指导机构";
}

impl Words {
    /// The words of this kind of committee; `own`, a `words.yaml`, may put others
    /// in the place of ours.
    pub fn of(election: &Election, own: Option<&Arc<Source>>, report: &mut Report) -> Self {
        let mut words = Self::built_in(election.kind.value().unwrap_or(Kind::Residents));
        if let Some(own) = own {
            words.replace(own, report);
        }
        words
    }

    /// Puts the words of `source` in the place of ours. What is left empty there
    /// is not replaced.
    fn replace(&mut self, source: &Arc<Source>, report: &mut Report) {
        let said = |line: &str| !line.trim().is_empty() && !line.trim().starts_with('#');
        if !source.text.lines().any(said) {
            return;
        }
        let entries = match yaml::parse(source) {
            Ok(Node { value: Value::Mapping(entries), .. }) => entries,
            Ok(Node { span, .. }) => {
                report.push(problem("用词表应每行写一个词。", source, span));
                return;
            }
            Err(error) => {
                report.push(Diagnostic { code: "words", ..error }.help(HELP));
                return;
            }
        };
        for (key, value) in entries {
            match word(&key, &value, source) {
                Ok(None) => {}
                Ok(Some(own)) => match self.word(&key.text) {
                    Some(word) => *word = own,
                    None => report.push(strange(&key, source)),
                },
                Err(problem) => report.push(problem),
            }
        }
    }

    /// What a committee was formed by.
    pub fn meeting(&self, formed_by: FormedBy) -> String {
        match formed_by {
            FormedBy::Assembly => self.assembly.clone(),
            FormedBy::RepresentativeMeeting => self.representative_meeting.clone(),
            FormedBy::GroupMeetings => format!("各{}会议", self.group),
        }
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

const HELP: &str = "每行写一个词，如“voter: 选民”。";

/// The word that stands after `key`, if one does.
fn word(key: &Key, value: &Node, source: &Arc<Source>) -> Result<Option<String>, Diagnostic> {
    let text = match &value.value {
        Value::Null => return Ok(None),
        Value::Scalar(text) => text.trim(),
        _ => "",
    };
    let is_word = text.chars().any(char::is_alphabetic) && !["true", "false"].contains(&text);
    match &value.value {
        Value::Scalar(_) if text.is_empty() => Ok(None),
        Value::Scalar(_) if is_word && !text.chars().any(is_unprintable) => {
            Ok(Some(text.to_owned()))
        }
        _ => {
            let message = format!("用词表里“{}”后面应写一个词。", key.text);
            Err(problem(message, source, value.span.clone()))
        }
    }
}

fn strange(key: &Key, source: &Arc<Source>) -> Diagnostic {
    let guess = guess(&key.text, Words::NAMES.iter().copied());
    problem(format!("用词表里没有“{}”这个词{guess}", key.text), source, key.span.clone())
        .help(format!("可以换的有：{}。", Words::NAMES.join("、")))
}

fn problem(
    message: impl Into<String>,
    source: &Arc<Source>,
    span: std::ops::Range<usize>,
) -> Diagnostic {
    Diagnostic::error("words", message).at(Place::Text(source.clone(), span)).help(HELP)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn replaced(text: &str) -> (Words, Report) {
        let mut report = Report::new();
        let mut words = Words::built_in(Kind::Residents);
        words.replace(&Source::new("words.yaml", text), &mut report);
        (words, report)
    }

    #[test]
    fn words_of_ones_own_replace_ours_and_empty_ones_do_not() {
        for text in ["", "\n", "# 以后再写\n", "voter:\n", "voter: \"\"\n"] {
            let (words, report) = replaced(text);
            assert!(words.voter == "选民" && report.is_empty(), "{text:?}: {report}");
        }
        let (words, report) = replaced("voter: 参选居民\nassembly: 居民大会 # 本地叫法\n");
        assert!(report.is_empty(), "{report}");
        assert_eq!(
            (&*words.voter, &*words.assembly, &*words.place),
            ("参选居民", "居民大会", "社区")
        );
    }

    #[test]
    fn what_is_no_word_is_told_at_its_place() {
        for (text, place) in [
            ("vooter: 选民\n", "words.yaml:1:1"),
            ("voter: 选民\nplace: 3\n", "words.yaml:2:8"),
            ("place: true\n", "words.yaml:1:8"),
            ("place: [村, 屯]\n", "words.yaml:1:8"),
            ("place: {a: b}\n", "words.yaml:1:8"),
            ("place: \"村\u{fffc}0\u{fffc}\"\n", "words.yaml:1:8"),
            ("- 村\n", "words.yaml:1:1"),
            ("村庄\n", "words.yaml:1:1"),
            ("place：村\n", "words.yaml:1:6"),
            ("place: 村\n place: [\n", "words.yaml:"),
        ] {
            let (_, report) = replaced(text);
            let told = report.render(false);
            assert!(told.contains("错误[words]") && told.contains(place), "{text:?}: {told}");
            assert!(!told.contains("选举"), "{text:?}: {told}");
        }
    }
}
