//! Groups that are not those of the rows around.

use crate::election::roll::{GroupId, Voter};

/// Whose group is another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Than {
    /// Of the rows before and after, in a roll that is in the order of groups.
    Around(GroupId),
    /// Of the row before, which is of the same household.
    Family(GroupId),
}

/// More than these are no slips.
const FEW: usize = 3;

/// The voters, by their place on the roll, who are in another group than those around
/// them; each once.
pub(crate) fn astray(voters: &[Voter]) -> Vec<(usize, Than)> {
    let mut found = among_others(voters);
    let is_told = |at: usize| found.iter().any(|(told, _)| *told == at || *told + 1 == at);
    let more: Vec<_> = in_families(voters).into_iter().filter(|(at, _)| !is_told(*at)).collect();
    found.extend(more);
    found.sort_unstable_by_key(|(at, _)| *at);
    found
}

/// The first of each family who is in another group than the one before, where few
/// families are in two.
fn in_families(voters: &[Voter]) -> Vec<(usize, Than)> {
    let mut families = 1;
    let mut split = Vec::new();
    let mut last_split = None;
    for (at, pair) in voters.windows(2).enumerate() {
        let [before, own] = pair else { continue };
        let Some(household) = own.household else { continue };
        if before.household != Some(household) || !is_next(before, own) {
            families += 1;
        } else if own.group.is_some() && own.group != before.group && last_split != Some(household)
        {
            last_split = Some(household);
            split.extend(before.group.map(|group| (at + 1, Than::Family(group))));
        }
    }
    if split.len() > FEW || split.len() * FEW > families {
        split.clear();
    }
    split
}

/// Whether two stand in one table.
fn is_next(one: &Voter, other: &Voter) -> bool {
    (one.row.sheet, one.row.block) == (other.row.sheet, other.row.block)
}

/// The single rows of one group with two of another on either side, if otherwise each
/// group stands in one piece.
fn among_others(voters: &[Voter]) -> Vec<(usize, Than)> {
    let is_single = |rows: &[Voter]| {
        let [first, before, own, after, last] = rows else { return false };
        let around = [first, before, after, last];
        own.group.is_some()
            && own.group != before.group
            && around.iter().all(|one| one.group == before.group && is_next(one, own))
    };
    let windows = voters.windows(5).enumerate();
    let singles: Vec<usize> =
        windows.filter(|(_, rows)| is_single(rows)).map(|(at, _)| at + 2).collect();
    if singles.is_empty() || singles.len() > FEW {
        return Vec::new();
    }
    let rest = voters.iter().enumerate().filter(|(at, _)| !singles.contains(at));
    let mut pieces: Vec<Option<GroupId>> = rest.map(|(_, voter)| voter.group).collect();
    pieces.dedup();
    let all = pieces.len();
    pieces.sort_unstable();
    pieces.dedup();
    if pieces.len() != all {
        return Vec::new();
    }
    let than = |at: usize| Some((at, Than::Around(voters[at - 1].group?)));
    singles.into_iter().filter_map(than).collect()
}
