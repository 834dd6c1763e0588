//! Nobody votes twice, nor votes who may not.

use std::collections::HashMap;

use super::{keys, names, whole};
use crate::election::decode::{Field, Located, guess};
use crate::election::model::{Mode, Proxy};
use crate::election::person::name_key;
use crate::law::case::{Case, Finding};

fn proxies<'a>(case: &Case<'a>) -> &'a [Located<Proxy>] {
    case.election.proxies.get().map_or(&[][..], |proxies| proxies.list.items())
}

pub(crate) fn votes_once(case: &Case) -> Vec<Finding> {
    let principals: HashMap<_, _> =
        names(proxies(case), |one| &one.principal).map(|name| (name_key(name), name)).collect();
    let mobile = case.election.mobile_boxes.get().map_or(&[][..], |boxes| boxes.voters.items());
    names(mobile, |one| &one.name)
        .filter(|name| case.bearers(name) == 1)
        .filter_map(|name| Some((name, principals.get(&name_key(name))?)))
        .map(|(name, principal)| {
            let message =
                format!("{}委托了他人投票，又在流动票箱名单里，一人只能投一次票。", name.value);
            Finding::new(&name.place, message)
                .also(&principal.place, "委托了他人")
                .help("请从其中一份名单里删去；同名的两人请加注区别。")
        })
        .collect()
}

/// Where households or representatives elect, only they entrust their votes
/// and use the mobile box.
pub(crate) fn elector_listed(case: &Case) -> Vec<Finding> {
    let election = case.election;
    // A list with fewer names than there are people is not whole.
    let is_whole = |total: &Field<u32>, listed: usize| {
        total.value().is_none_or(|total| u64::from(total) <= listed as u64)
    };
    let (listed, place, what) = match case.mode() {
        Some(Mode::HouseholdReps) => {
            let all = election.household_representatives.get();
            let all = all.filter(|all| is_whole(&all.total, all.list.items().len()));
            let listed = all.and_then(|all| whole(all.list.items(), |one| &one.name));
            (listed, all.and_then(|all| all.list.place()), "户代表")
        }
        Some(Mode::ResidentReps) => {
            let all = election.representatives.get();
            let all = all.filter(|all| is_whole(&all.total, all.list.items().len()));
            let listed = all.and_then(|all| whole(all.list.items(), |one| &one.name));
            (listed, all.and_then(|all| all.list.place()), "代表")
        }
        _ => return Vec::new(),
    };
    let Some(listed) = listed else { return Vec::new() };
    let known = keys(listed.iter().copied());
    let mobile = election.mobile_boxes.get().map_or(&[][..], |boxes| boxes.voters.items());
    let voting = names(proxies(case), |one| &one.principal)
        .map(|name| ("委托人", name))
        .chain(names(mobile, |one| &one.name).map(|name| ("使用流动票箱的", name)));
    voting
        .filter(|(_, name)| !known.contains(&name_key(name)))
        .map(|(whose, name)| {
            let near = guess(name, listed.iter().copied());
            let message = format!("{whose}{}不在{what}名单里{near}", name.value);
            Finding::new(&name.place, message)
                .also(place, format!("{what}名单"))
                .help(format!("由{what}投票的，只有{what}可以投票；请核对姓名。"))
                .doubtful()
        })
        .collect()
}
