//! Whether an election that does not say so is a community's or a village's: as
//! the words it uses leave no doubt.

use std::ops::Range;

use super::model::Kind;
use super::yaml::{Node, Value};

/// Behind 居民 and 村民 these are words of the law, and of nothing else.
const BODIES: [&str; 6] = ["委员会", "选举委员会", "代表", "会议", "小组", "大会"];
const SHORT: [(&str, Kind); 4] = [
    ("居委会", Kind::Residents),
    ("居务", Kind::Residents),
    ("村委会", Kind::Villagers),
    ("村务", Kind::Villagers),
];

/// The kind of which there are words, where there are none of the other; with
/// the first of them and its place. Where there are no words of the law, the
/// place is called what it is.
pub(super) fn evident(tree: &Node) -> Option<(Kind, String, Range<usize>)> {
    let mut found = Vec::new();
    collect(tree, &mut found);
    if found.is_empty() {
        return by_place(tree);
    }
    let (kind, ..) = *found.first()?;
    let agree = found.iter().all(|(other, ..)| *other == kind);
    agree.then(|| found.swap_remove(0))
}

/// Only villages write the key 村. A community may well have been a village, or
/// be called a 新村, so that its name must not contradict the key.
fn by_place(tree: &Node) -> Option<(Kind, String, Range<usize>)> {
    let entries = |node: &Node| match &node.value {
        Value::Mapping(entries) => entries.clone(),
        _ => Vec::new(),
    };
    let (key, place) = entries(tree)
        .into_iter()
        .find(|(key, _)| ["村", "社区", "community"].contains(&key.text.as_str()))?;
    if key.text == "村" {
        return Some((Kind::Villagers, key.text, key.span));
    }
    let (_, name) = entries(&place)
        .into_iter()
        .find(|(key, _)| ["名称", "name"].contains(&key.text.as_str()))?;
    let Value::Scalar(text) = name.value else { return None };
    let is_village = text.ends_with('村') && !text.ends_with("新村") && key.text == "community";
    match (text.ends_with("社区"), is_village) {
        (true, _) => Some((Kind::Residents, text, name.span)),
        (_, true) => Some((Kind::Villagers, text, name.span)),
        _ => None,
    }
}

fn collect(node: &Node, found: &mut Vec<(Kind, String, Range<usize>)>) {
    let mut judge = |text: &str, span: &Range<usize>| {
        let words = words().filter(|(word, _)| text.contains(word.as_str()));
        found.extend(words.map(|(word, kind)| (kind, word, span.clone())));
    };
    match &node.value {
        Value::Null => {}
        Value::Scalar(text) => judge(text, &node.span),
        Value::Sequence(items) => items.iter().for_each(|item| collect(item, found)),
        Value::Mapping(entries) => {
            entries.iter().for_each(|(key, _)| judge(&key.text, &key.span));
            entries.iter().for_each(|(_, value)| collect(value, found));
        }
    }
}

fn words() -> impl Iterator<Item = (String, Kind)> {
    let people = [("居民", Kind::Residents), ("村民", Kind::Villagers)];
    let of_law = people
        .into_iter()
        .flat_map(|(people, kind)| BODIES.map(|body| (format!("{people}{body}"), kind)));
    of_law.chain(SHORT.map(|(word, kind)| (word.to_owned(), kind)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::Source;
    use crate::election::yaml;

    fn kind(text: &str) -> Option<Kind> {
        let source = Source::new("election.yaml", text);
        evident(&yaml::parse(&source).unwrap()).map(|(kind, ..)| kind)
    }

    #[test]
    fn only_words_of_one_kind_tell() {
        assert_eq!(kind("村民代表: {总数: 5}"), Some(Kind::Villagers));
        assert_eq!(kind("移交: {主持: 甲社区居民选举委员会}"), Some(Kind::Residents));
        assert_eq!(kind("会议: [{名称: 居民代表会议}, {名称: 村委会会议}]"), None);
        assert_eq!(kind("登记办法: [持居民身份证登记]"), None);
    }

    #[test]
    fn a_place_is_called_what_it_is() {
        assert_eq!(kind("类别:\n村: {名称: 甲村}"), Some(Kind::Villagers));
        assert_eq!(kind("社区: {名称: 甲社区}"), Some(Kind::Residents));
        assert_eq!(kind("community: {name: 甲社区}"), Some(Kind::Residents));
        assert_eq!(kind("community: {name: 甲村}"), Some(Kind::Villagers));
        assert_eq!(kind("社区: {名称: 甲村}"), None);
        assert_eq!(kind("community: {name: 工人新村}"), None);
        assert_eq!(kind("村: {名称: 甲村}\n移交: {主持: 居民选举委员会}"), Some(Kind::Residents));
    }
}
