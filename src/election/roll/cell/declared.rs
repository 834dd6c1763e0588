//! The groups that the description of the election names: what is no more than a line in
//! one roll, 大坪, is the title of a group where they say so.

use std::cmp::Reverse;
use std::collections::{HashMap, HashSet};

use super::grouping;
use super::same_group::{self, group_keys};
use super::{sums, words};
use crate::election::roll::label_key;

/// Names of groups, by all that rolls may call them.
#[derive(Clone, Debug, Default)]
pub struct GroupNames {
    names: HashMap<String, Option<String>>,
    /// Those without a number, the longest first.
    places: Vec<String>,
}

/// So many are looked for in each address.
const MOST_PLACES: usize = 200;

impl GroupNames {
    pub fn of<'n>(names: impl IntoIterator<Item = &'n String>) -> Self {
        let mut by_key: HashMap<String, Option<String>> = HashMap::new();
        let mut places = Vec::new();
        for name in names {
            if grouping::number_of(name).is_none() && places.len() < MOST_PLACES {
                places.push(name.clone());
            }
            let estate = label_key(name).strip_suffix("小区").map(str::to_owned);
            let mut keys: Vec<String> = group_keys(name).into_iter().chain(estate).collect();
            keys.push(label_key(name));
            keys.sort();
            keys.dedup();
            for key in keys {
                // What two of them may be called says nothing.
                by_key.entry(key).and_modify(|it| *it = None).or_insert_with(|| Some(name.clone()));
            }
        }
        // A number alone is of a page as well.
        by_key.retain(|key, _| !grouping::is_mere_number(key));
        places.sort_by_key(|place| Reverse(place.len()));
        Self { names: by_key, places }
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.names.is_empty()
    }

    /// Whether a group of the roll is one of them.
    pub(crate) fn has(&self, group: &str) -> bool {
        self.find(group).is_some()
    }

    /// Whether one of them is none of these.
    pub(crate) fn lacks(&self, groups: &[&str]) -> bool {
        let there: HashSet<String> = groups.iter().filter_map(|group| self.find(group)).collect();
        self.names.values().flatten().any(|name| !there.contains(name))
    }

    /// The one of which a text is the title: 大坪（组长：王强）, 【大坪】.
    pub(crate) fn titled(&self, text: &str) -> Option<String> {
        if self.is_empty() {
            return None;
        }
        let bare = grouping::bare_title(text);
        let counted = || {
            let (title, counts) = text.trim().split_once(char::is_whitespace)?;
            counts.split_whitespace().all(sums::is_total).then(|| self.find(title)).flatten()
        };
        self.find(grouping::without_leader(&bare)).or_else(counted)
    }

    /// The one in brackets behind the title of a list: 选民名册（第一网格）.
    pub(crate) fn of_list(&self, title: &str) -> Option<String> {
        let (list, said) = title.trim().strip_suffix([')', '）'])?.rsplit_once(['(', '（'])?;
        words::is_title_of_voters(list).then(|| self.titled(said)).flatten()
    }

    /// The group of which a text is the title, whoever says so.
    pub(crate) fn of_title(&self, text: &str) -> Option<String> {
        grouping::group_title(text).or_else(|| self.titled(text))
    }

    /// The one that an address names, and where: 那怀屯 of 那陇村那怀屯12号, and 枫树湾组
    /// of 石桥村枫树湾12号. 上寨村 is no 上寨.
    pub(crate) fn in_address(&self, address: &str) -> Option<(usize, &str)> {
        const LONGEST: usize = 400;
        let mut places = self.places.iter().filter(|_| address.len() <= LONGEST);
        places.find_map(|name| {
            let place = name.strip_suffix('组').filter(|place| place.chars().nth(1).is_some());
            let place = place.unwrap_or(name);
            let at = address.rfind(place)?;
            let is_wider = address[at + place.len()..].starts_with(['村', '乡', '镇', '社']);
            (!is_wider).then_some((at, name.as_str()))
        })
    }

    /// The group that the name of a sheet tells.
    pub(crate) fn of_sheet(&self, name: &str) -> Option<String> {
        grouping::group_of_sheet(name).or_else(|| self.titled(name))
    }

    fn find(&self, text: &str) -> Option<String> {
        const LONGEST: usize = 120;
        if text.len() > LONGEST {
            return None;
        }
        let by = |key: String| self.names.get(&key).cloned().flatten();
        let key = label_key(text);
        let estate = key.strip_suffix("小区").map(str::to_owned);
        by(key).or_else(|| by(same_group::group_key(text))).or_else(|| by(estate?))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn knows_the_title_of_a_group_that_only_the_description_names() {
        let names: Vec<String> =
            ["大坪", "河边组", "锦绣花园小区", "东队", "东社"].map(Into::into).into();
        let groups = GroupNames::of(&names);
        for (title, group) in [
            ("大坪", Some("大坪")),
            ("大坪（组长：王强）", Some("大坪")),
            ("2、河边", Some("河边组")),
            ("【河边组】", Some("河边组")),
            ("大坪 组长：王强", Some("大坪")),
            ("锦绣花园", Some("锦绣花园小区")),
            // Of two.
            ("东", None),
            ("岩脚", None),
        ] {
            assert_eq!(groups.titled(title).as_deref(), group, "{title}");
        }
    }

    #[test]
    fn knows_the_group_that_an_address_names() {
        let names: Vec<String> = ["大坪", "河边组", "一组"].map(Into::into).into();
        let groups = GroupNames::of(&names);
        for (address, group) in [
            ("石桥村大坪12号", Some("大坪")),
            ("石桥村河边3号", Some("河边组")),
            ("大坪村岩脚3号", None),
            // With a number it may be part of another: 十一组.
            ("石桥村一组3号", None),
        ] {
            assert_eq!(groups.in_address(address).map(|(_, group)| group), group, "{address}");
        }
    }

    #[test]
    fn knows_the_group_behind_the_title_of_a_list() {
        let groups = GroupNames::of(&["第一网格".to_owned()]);
        assert_eq!(groups.of_list("选民名册（第一网格）").as_deref(), Some("第一网格"));
        assert_eq!(groups.of_list("说明（第一网格）"), None);
    }
}
