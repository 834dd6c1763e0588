//! Those who replace others.

use super::NameAt;
use crate::election::decode::{Field, Located, guess};
use crate::election::model::{Candidate, CommitteeMember, Post};
use crate::law::case::{Case, Finding, same_name};

/// Who replaces somebody takes the place of one who left, and nobody else does.
pub(crate) fn replaced(case: &Case) -> Vec<Finding> {
    let committee = case.election.election_committee.get();
    let members = committee.map_or(&[][..], |committee| committee.members.items());
    let candidates = case.election.candidates.get().map_or(&[][..], |one| one.list.items());
    let mut findings = replacements(members, "选举委员会名单", |one: &CommitteeMember| {
        Seat { name: &one.name, replaces: &one.replaces, has_left: !one.serves(), post: None }
    });
    findings.extend(replacements(candidates, "候选人名单", |one: &Candidate| Seat {
        name: &one.name,
        replaces: &one.replaces,
        has_left: !one.stands(),
        post: one.post.value(),
    }));
    findings
}

/// One on a list whose members may leave and be replaced.
struct Seat<'a> {
    name: &'a Field<String>,
    replaces: &'a Field<String>,
    has_left: bool,
    post: Option<Post>,
}

fn replacements<'a, T>(
    list: &'a [Located<T>],
    what: &str,
    read: impl Fn(&'a T) -> Seat<'a>,
) -> Vec<Finding> {
    let all: Vec<Seat> = list.iter().map(|one| read(&one.value)).collect();
    let wrong = all.iter().enumerate().filter_map(|(at, one)| {
        let replaced = one.replaces.located()?;
        let mut before = all[..at].iter().filter_map(|other| other.replaces.located());
        let taken = before.find(|other| same_name(other, replaced));
        wrong_replacement(one, replaced, &all, taken, what)
    });
    wrong.collect()
}

/// What is wrong with one who replaces another.
fn wrong_replacement(
    one: &Seat,
    replaced: NameAt,
    all: &[Seat],
    taken: Option<NameAt>,
    what: &str,
) -> Option<Finding> {
    let tell = |message: String| Finding::new(&replaced.place, message);
    let who = one.name.get().map_or("有人", String::as_str);
    let whom = &replaced.value;
    let is_whom = |seat: &&Seat| seat.name.get().is_some_and(|name| same_name(name, whom));
    let Some(before) = all.iter().find(is_whom) else {
        let names = all.iter().map(|one| Some(one.name.get()?.as_str()));
        // One whose name is not known may be the one; and who left may not
        // have been listed at all.
        let names = names.collect::<Option<Vec<_>>>()?;
        let near = guess(whom, names.into_iter());
        let help = "请核对姓名；退出的人应留在名单里，写上“退出日期”。";
        return Some(tell(format!("{who}递补的{whom}不在{what}里{near}")).help(help).doubtful());
    };
    if !before.has_left {
        let help = "请在退出的人下面写“退出日期”和“退出原因”；没有人退出的，删去“递补”。";
        let found = tell(format!("{who}递补{whom}，{whom}却没有退出。"));
        return Some(found.also(before.name.place(), "没有退出").help(help));
    }
    if let Some((post, theirs)) = one.post.zip(before.post).filter(|(post, theirs)| post != theirs)
    {
        let (post, theirs) = (post.name(), theirs.name());
        let message = format!("{who}（{post}）递补的{whom}是{theirs}候选人。");
        let found = tell(message).also(before.name.place(), format!("{theirs}候选人"));
        return Some(found.help("递补的是同一职务的缺；请核对职务。"));
    }
    let taken = taken?;
    let found = tell(format!("{whom}的缺由两个人递补。")).also(&taken.place, "先写在这里");
    Some(found.help("一个缺只能由一人递补；请核对。"))
}
