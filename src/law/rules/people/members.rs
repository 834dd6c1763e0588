//! The members of the elected committee, and who must, or must not, be one.

use super::{NameAt, is_among, keys, names, whole};
use crate::diagnostic::Place;
use crate::election::date::PartialDate;
use crate::election::decode::{Field, Located, guess};
use crate::election::model::{Elected, Post, Posts};
use crate::election::person::name_key;
use crate::law::case::{Case, DateAt, Finding, same_name, surely_after};
use crate::law::claim::Matter;
use crate::law::round::{Voting, Winner};
use crate::law::rules::term::elected_list;

/// All who were elected in the election and its run-off, if they are known.
fn members<'c>(case: &'c Case) -> Option<Vec<(&'c str, Post)>> {
    let votes = case.votes();
    // After a void vote others are elected, of whom nobody has written yet.
    votes.round(Voting::First).filter(|round| round.poll.valid != Some(false))?;
    let runoff = &case.election.runoff;
    if !runoff.is_absent() && votes.round(Voting::Runoff).is_none() {
        return None;
    }
    named(&votes.elected()?).filter(|all| !all.is_empty())
}

fn named<'r>(winners: &[Winner<'r>]) -> Option<Vec<(&'r str, Post)>> {
    winners.iter().map(|winner| Some((winner.name?, winner.post?))).collect()
}

/// Whether every seat is known to be filled; another may have been elected
/// where nobody wrote it down.
fn are_all(case: &Case, members: &[(&str, Post)]) -> bool {
    let posts = case.election.posts.get();
    let seats = posts.and_then(Posts::total);
    seats.is_some_and(|seats| members.len() as u64 >= u64::from(seats))
}

/// As [`members`], with those of the by-election.
fn members_later<'c>(case: &'c Case) -> Option<Vec<(&'c str, Post)>> {
    let mut members = members(case)?;
    if let Some(later) = case.votes().round(Voting::ByElection) {
        members.extend(named(later.winners.as_ref()?)?);
    }
    Some(members)
}

/// Whether what happened on a day may have happened before the by-election.
fn before_by_election(case: &Case, day: &Field<PartialDate>) -> bool {
    let later = case.election.by_election.get().and_then(|later| later.held_on.value());
    !day.value().zip(later).is_some_and(|(day, later)| surely_after(day, later))
}

/// Those who resigned before the by-election.
fn resigned<'c>(case: &Case<'c>) -> Vec<&'c str> {
    let accepted =
        case.election.resignations.get().filter(|one| before_by_election(case, &one.accepted_on));
    let list = accepted.map_or(&[][..], |one| one.list.items());
    let claims = case.claims();
    let claim = claims.iter().find(|claim| claim.matter == Matter::Resignations);
    let is_refused = |name: &str| claim.is_some_and(|claim| claim.accepted(name) == Some(false));
    let names = names(list, |one| &one.name).map(|name| name.as_str());
    names.filter(|name| !is_refused(name)).collect()
}

/// Those removed before the by-election: surely, or perhaps as well.
fn removed<'c>(case: &'c Case, perhaps: bool) -> Vec<&'c str> {
    let held = case.election.recall.get().map(|recall| &recall.held_on);
    let recall = case.votes().recall.as_ref();
    let recall = recall.filter(|_| held.is_none_or(|day| before_by_election(case, day)));
    recall
        .map_or(&[][..], |recall| &recall.people)
        .iter()
        .filter(|one| one.removed.unwrap_or(perhaps))
        .filter_map(|one| Some(one.person.name.get()?.as_str()))
        .collect()
}

/// The members who were left before the by-election: those who surely left are
/// not among them, nor, if `perhaps`, are those who perhaps did.
pub(crate) fn remaining<'c>(case: &'c Case, perhaps: bool) -> Option<Vec<(&'c str, Post)>> {
    let gone = keys(resigned(case).into_iter().chain(removed(case, perhaps)));
    let mut members = members(case)?;
    members.retain(|(name, _)| !gone.contains(&name_key(name)));
    Some(members)
}

/// The days on which the committee lost members: on which resignations were
/// accepted and recalls carried.
pub(crate) fn vacated<'a>(case: &Case<'a>) -> Vec<DateAt<'a>> {
    let members = keys(members(case).iter().flatten().map(|(name, _)| *name));
    let any = |names: Vec<&str>| names.iter().any(|name| members.contains(&name_key(name)));
    let resigned = case.election.resignations.get().filter(|_| any(resigned(case)));
    let recalled = case.election.recall.get().filter(|_| any(removed(case, false)));
    let days = [
        resigned.and_then(|one| one.accepted_on.located()),
        recalled.and_then(|one| one.held_on.located()),
    ];
    days.into_iter().flatten().collect()
}

/// Why somebody must be a member.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Because {
    Resigned,
    Recalled,
    HasDuties,
}

impl Because {
    /// What a message calls such people.
    fn name(self) -> &'static str {
        match self {
            Because::Resigned => "辞职的",
            Because::Recalled => "被要求罢免的",
            Because::HasDuties => "分工名单上的",
        }
    }
}

/// One who must be a member, and the post that is said.
struct Said<'a> {
    because: Because,
    name: NameAt<'a>,
    post: &'a Field<String>,
}

/// All who must be members. What was before the election concerned the
/// committee before.
fn said<'a>(case: &Case<'a>) -> Vec<Said<'a>> {
    let election = case.election;
    let before = |date: &Field<PartialDate>| {
        let (date, day) = (date.value(), election.election_day.value());
        date.zip(day).is_some_and(|(date, day)| surely_after(day, date))
    };
    let resigned = election.resignations.get().filter(|one| !before(&one.accepted_on));
    let resigned = resigned.map_or(&[][..], |one| one.list.items()).iter();
    let recalled = election.recall.get().filter(|one| !before(&one.held_on));
    let recalled = recalled.map_or(&[][..], |one| one.list.items()).iter();
    let duties = election.division.get().map_or(&[][..], |one| one.list.items()).iter();
    resigned
        .map(|one| (Because::Resigned, &one.name, &one.post))
        .chain(recalled.map(|one| (Because::Recalled, &one.name, &one.post)))
        .chain(duties.map(|one| (Because::HasDuties, &one.name, &one.post)))
        .filter_map(|(because, name, post)| Some(Said { because, name: name.located()?, post }))
        .collect()
}

/// Who resigns, is recalled or has duties is a member, of the post that is said.
pub(crate) fn member_known(case: &Case) -> Vec<Finding> {
    let Some(members) = members_later(case) else { return Vec::new() };
    let certain = self::members(case).is_some_and(|members| are_all(case, &members));
    let all = said(case);
    let mut findings = Vec::new();
    for one in &all {
        let theirs = members.iter().filter(|(other, _)| same_name(other, one.name));
        let held: Vec<Post> = theirs.map(|(_, post)| *post).collect();
        let wrong = match held.is_empty() {
            true => Some(no_member(case, one, &members)),
            false => {
                findings.extend(resigned_before(case, one, &all));
                of_another_post(case, one, &held)
            }
        };
        // Duties may be given anew after changes of which nobody wrote.
        let is_sure = certain && one.because != Because::HasDuties;
        findings.extend(wrong.map(|found| if is_sure { found } else { found.doubtful() }));
    }
    findings
}

fn no_member(case: &Case, one: &Said, members: &[(&str, Post)]) -> Finding {
    let list = elected_list(case);
    let near = guess(one.name, members.iter().map(|(name, _)| *name));
    let message = format!("{}{}不在当选名单里{near}", one.because.name(), one.name.value);
    Finding::new(&one.name.place, message)
        .also(list, "当选名单")
        .help("请核对姓名：只有委员会的成员可以辞职、被罢免、分工。")
}

/// What was given up before cannot be taken away.
fn resigned_before(case: &Case, one: &Said, all: &[Said]) -> Option<Finding> {
    let resigned = case.election.resignations.get()?.accepted_on.value()?;
    let recalled = case.election.recall.get()?.held_on.value()?;
    let gave_up =
        |other: &&Said| other.because == Because::Resigned && same_name(other.name, one.name);
    let before = all.iter().find(gave_up)?;
    let fits = one.because == Because::Recalled && surely_after(recalled, resigned);
    fits.then(|| {
        let message = format!("{}已经辞职，又表决罢免。", one.name.value);
        let found = Finding::new(&one.name.place, message).also(&before.name.place, "辞职");
        found.help("请核对日期；已经辞职的不必罢免。").doubtful()
    })
}

fn of_another_post(case: &Case, one: &Said, held: &[Post]) -> Option<Finding> {
    let written = one.post.located()?;
    let post = Post::ALL.iter().find(|post| post.name() == written.trim())?;
    (!held.contains(post)).then(|| {
        let held: Vec<&str> = held.iter().map(|post| post.name()).collect();
        let message = format!(
            "{}{}写的是{}，当选的是{}。",
            one.because.name(),
            one.name.value,
            post.name(),
            held.join("、")
        );
        Finding::new(&written.place, message)
            .also(elected_place(case, one.name), "当选名单里写的")
            .help("请核对职务。")
    })
}

/// Where somebody was elected.
fn elected_place<'c>(case: &'c Case, name: &str) -> Option<&'c Place> {
    let mut winners = case.rounds().iter().flat_map(|round| round.winners.iter().flatten());
    let won = winners.find(|one| one.name.is_some_and(|own| same_name(own, name)))?;
    won.declared.and_then(|one| one.post.place()).or(Some(won.place))
}

/// One who is a member does not stand for a seat of the same post.
pub(crate) fn by_election_candidate(case: &Case) -> Vec<Finding> {
    let (Some(members), Some(later)) = (remaining(case, true), case.election.by_election.get())
    else {
        return Vec::new();
    };
    let elected = later.result.get().map_or(&[][..], |result| result.elected.items());
    let standing = later
        .candidates
        .items()
        .iter()
        .map(|one| (&one.name, &one.post))
        .chain(elected.iter().map(|one| (&one.name, &one.post)));
    let mut told: Vec<&str> = Vec::new();
    let mut findings = Vec::new();
    for (name, post) in standing {
        let (Some(name), Some(post)) = (name.located(), post.value()) else { continue };
        let holds = members.iter().any(|(other, theirs)| same_name(other, name) && *theirs == post);
        if holds && !is_among(name, told.iter().copied()) {
            told.push(name);
            let message =
                format!("{}已是{post}，又参加{post}的补选。", name.value, post = post.name());
            findings.push(
                Finding::new(&name.place, message)
                    .also(elected_place(case, name), "当选的职务")
                    .help("补选的是出缺的名额；请核对姓名和职务，已经离任的请补写。"),
            );
        }
    }
    findings
}

/// Of the last committee are those whom the appraisal names.
pub(crate) fn reelected(case: &Case) -> Vec<Finding> {
    let results = case.election.appraisal.get().map(|one| &one.results);
    let appraised = results.and_then(|results| whole(results.items(), |one| &one.name));
    let Some(appraised) = appraised else { return Vec::new() };
    let elected = case.own_rounds().flat_map(|round| round.result.elected.items());
    elected
        .filter_map(|one: &Located<Elected>| Some((one.name.get()?, one.reelected.located()?)))
        .filter(|(name, reelected)| {
            reelected.value != is_among(name, appraised.iter().copied()) && case.bearers(name) == 1
        })
        .map(|(name, reelected)| {
            let message = match reelected.value {
                true => format!("{name}写着连任，民主评议的上一届成员里却没有。"),
                false => format!("{name}写着不是连任，民主评议的上一届成员里却有。"),
            };
            let list = results.and_then(|results| results.place());
            Finding::new(&reelected.place, message)
                .also(list, "民主评议的名单")
                .help("请核对是否上届成员。")
                .doubtful()
        })
        .collect()
}

/// A candidate is one of those who were nominated.
pub(crate) fn candidate_nominated(case: &Case) -> Vec<Finding> {
    let list = case.election.nomination.get().map(|one| &one.nominees);
    let nominees = list.and_then(|list| whole(list.items(), |one| &one.name));
    let Some(nominees) = nominees else { return Vec::new() };
    let candidates = case.election.candidates.get().map_or(&[][..], |one| one.list.items());
    names(candidates, |one| &one.name)
        .filter(|name| !is_among(name, nominees.iter().copied()))
        .map(|name| {
            let near = guess(name, nominees.iter().copied());
            let message = format!("候选人{}不在被提名人名单里{near}", name.value);
            Finding::new(&name.place, message)
                .also(list.and_then(Field::place), "被提名人名单")
                .help("候选人从被提名的人中产生；请核对姓名。")
                .doubtful()
        })
        .collect()
}
