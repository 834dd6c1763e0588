//! The groups of several rolls, written by several hands: 一组 in one is 1 or 石桥村一组 in
//! the other, where nothing else in either could be meant.

use std::collections::hash_map::Entry;
use std::collections::{HashMap, HashSet};
use std::hash::Hash;

use super::cell::same_group::{group_key, group_keys};
use super::{Voter, VoterRoll};

/// The key of each name of a group: those of one group have one.
pub(super) struct GroupKeys(HashMap<String, String>);

impl GroupKeys {
    pub(super) fn of<'r>(rolls: impl IntoIterator<Item = &'r VoterRoll>) -> Self {
        let mut keys = Self(HashMap::new());
        for roll in rolls {
            let names: Vec<&str> = roll.groups.ids().map(|id| roll.groups.name(id)).collect();
            keys.learn(&names);
        }
        keys
    }

    /// Takes up the groups of a further roll.
    fn learn(&mut self, names: &[&str]) {
        let own: HashSet<String> = names.iter().map(|name| group_key(name)).collect();
        let known: HashSet<&String> = self.0.values().collect();
        // By all that those may be called that this roll does not have by their name.
        let free = only_ones(
            known
                .iter()
                .filter(|key| !own.contains(**key))
                .flat_map(|key| called(key).into_iter().map(|called| (called, (*key).clone()))),
        );
        let strange = names.iter().filter(|name| !known.contains(&group_key(name)));
        let meant = strange.filter_map(|name| {
            let mut keys = called(name).into_iter();
            Some((keys.find_map(|key| free.get(&key))?.clone(), *name))
        });
        // 上坪一组 and 下坪一组 are not both 一组.
        let meant = only_ones(meant);
        let meant: HashMap<&str, String> =
            meant.into_iter().map(|(key, name)| (name, key)).collect();
        for name in names {
            let key = meant.get(name).cloned().unwrap_or_else(|| group_key(name));
            self.0.entry((*name).to_owned()).or_insert(key);
        }
    }

    /// The key of the group of a voter.
    pub(super) fn of_voter(&self, roll: &VoterRoll, voter: &Voter) -> Option<String> {
        roll.group_of(voter).map(|name| self.of_name(name))
    }

    pub(super) fn of_name(&self, name: &str) -> String {
        self.0.get(name).cloned().unwrap_or_else(|| group_key(name))
    }

    /// Names that were taken for those of groups which another roll calls otherwise.
    pub(super) fn renamed(&self) -> impl Iterator<Item = (&str, &str)> {
        let renamed = self.0.iter().filter(|(name, key)| group_key(name) != **key);
        renamed.map(|(name, key)| (name.as_str(), key.as_str()))
    }
}

/// All that a group may be called, in its village or without: 石桥村赵家屯, 赵家屯.
fn called(name: &str) -> Vec<String> {
    let within = ["村", "社区"].iter().filter_map(|end| name.split_once(end)).map(|(_, own)| own);
    let within = within.filter(|own| own.chars().nth(1).is_some());
    within.chain([name]).flat_map(group_keys).collect()
}

/// What stands under a key where nothing else does.
pub(super) fn only_ones<K: Hash + Eq, T: PartialEq>(
    all: impl Iterator<Item = (K, T)>,
) -> HashMap<K, T> {
    let mut met: HashMap<K, Option<T>> = HashMap::new();
    for (key, one) in all {
        match met.entry(key) {
            Entry::Vacant(place) => drop(place.insert(Some(one))),
            Entry::Occupied(mut place) => {
                if place.get().as_ref() != Some(&one) {
                    place.insert(None);
                }
            }
        }
    }
    met.into_iter().filter_map(|(key, one)| Some((key, one?))).collect()
}

#[cfg(test)]
mod tests {
    use super::super::tests::read_clean;
    use super::*;

    fn key_of(old: &[&str], new: &[&str], name: &str) -> String {
        let roll = |groups: &[&str]| {
            let people = ["张大明", "李小明", "王明"].iter().zip(groups);
            let rows: Vec<String> =
                people.map(|(name, group)| format!("{name},{group}\n")).collect();
            read_clean(&format!("姓名,小组\n{}", rows.concat()))
        };
        GroupKeys::of([&roll(old), &roll(new)]).of_name(name)
    }

    #[test]
    fn knows_one_group_of_two_hands() {
        let key = group_key("大坪");
        assert_eq!(key_of(&["大坪", "石坝"], &["大坪组", "石坝组"], "大坪组"), key);
    }

    #[test]
    fn takes_two_groups_for_one_nowhere() {
        let both = ["上坪村甲组", "下坪村甲组"];
        assert_ne!(key_of(&["甲组"], &both, both[0]), key_of(&["甲组"], &both, both[1]));
    }
}
