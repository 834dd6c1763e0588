//! The groups of several rolls, written by several hands: 一组 in one is 1 or 石桥村一组 in
//! the other, where nothing else in either could be meant.

use std::collections::{HashMap, HashSet};

use super::cell::grouping::{group_key, group_keys};
use super::{Voter, VoterRoll};

/// The key of each name of a group: those of one group have one.
pub(super) struct GroupKeys(HashMap<String, String>);

impl GroupKeys {
    pub(super) fn of<'r>(rolls: impl IntoIterator<Item = &'r VoterRoll>) -> Self {
        let mut keys: HashMap<String, String> = HashMap::new();
        for roll in rolls {
            let names: Vec<&str> = roll.groups.ids().map(|id| roll.groups.name(id)).collect();
            let own: HashSet<String> = names.iter().map(|name| group_key(name)).collect();
            let known: HashSet<String> = keys.values().cloned().collect();
            let free: Vec<String> = known.difference(&own).cloned().collect();
            let meant: Vec<(&str, Option<String>)> = names
                .iter()
                .filter(|name| !known.contains(&group_key(name)))
                .map(|name| (*name, only_alike(name, &free)))
                .collect();
            for name in &names {
                keys.entry((*name).to_owned()).or_insert_with(|| group_key(name));
            }
            for (name, other) in &meant {
                // 上坪一组 and 下坪一组 are not both 一组.
                let is_of_one = meant.iter().filter(|(_, it)| it == other).count() == 1;
                if let Some(other) = other.clone().filter(|_| is_of_one) {
                    keys.insert((*name).to_owned(), other);
                }
            }
        }
        Self(keys)
    }

    /// The key of the group of a voter.
    pub(super) fn of_voter(&self, roll: &VoterRoll, voter: &Voter) -> Option<String> {
        let name = roll.group_of(voter)?;
        Some(self.0.get(name).cloned().unwrap_or_else(|| group_key(name)))
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

/// The one of some keys that a name may stand for.
fn only_alike(name: &str, keys: &[String]) -> Option<String> {
    let may_be = group_keys(name);
    let mut alike =
        keys.iter().filter(|key| group_keys(key).iter().any(|other| may_be.contains(other)));
    alike.next().filter(|_| alike.next().is_none()).cloned()
}

#[cfg(test)]
mod tests {
    use super::super::tests::read_clean;
    use super::*;

    fn key_of(old: &[&str], new: &[&str], name: &str) -> String {
        let roll = |groups: &[&str]| {
            let rows: Vec<String> =
                groups.iter().enumerate().map(|(at, group)| format!("张{at}明,{group}")).collect();
            let rows: Vec<String> =
                rows.iter().map(|row| row.replace('0', "大").replace('1', "小")).collect();
            read_clean(&format!("姓名,小组\n{}\n", rows.join("\n")))
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
