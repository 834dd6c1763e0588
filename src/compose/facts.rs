//! What follows from the data: sums, shares, ages, order. Templates place
//! these; they never reckon.

use std::cmp::Reverse;
use std::collections::HashMap;

use serde::Serialize;

use super::chinese;
use super::lists::Lists;
use super::words::Words;
use crate::election::date::{PartialDate, age_on};
use crate::election::decode::{Field, Located};
use crate::election::model::{
    self, Ballots, ByElection, Candidate, CommitteeMember, Education, Elected, Election,
    ElectionResult, FormedBy, Kind, Mode, Post, Posts, ResidentGroup, Votes,
};
use crate::election::person::{Sex, name_key};
use crate::election::roll::{GroupId, Voter};
use crate::election::{Dossier, VoterRoll};
use crate::law::parameter::Share;
use crate::law::{self, Profile, Voting, parameter};

/// Everything that templates see beside the election itself.
#[derive(Debug, Serialize)]
pub struct Facts {
    pub words: Words,
    /// 淇美社区
    pub place: String,
    /// 第六届
    pub term_name: Option<String>,
    /// 淇美社区居民委员会
    pub committee_name: String,
    /// 淇美社区第六届居民选举委员会
    pub election_committee_name: String,
    /// 仙桥街道办事处
    pub office: Option<String>,
    pub is_village: bool,
    /// Who votes, as a kind: `all_voters`, `household_reps`, `resident_reps`.
    pub elector_kind: Option<&'static str>,
    /// The same as a word: 选民, 户代表 or 居民代表.
    pub elector: Option<String>,
    /// 主任1名、副主任2名、委员4名
    pub posts_text: Option<String>,
    pub seats: Option<u32>,
    /// The posts that have seats, in the order of rank.
    pub seats_by_post: Vec<SeatsOfPost>,
    pub voters: Voters,
    pub committee: Committee,
    pub representatives_total: Option<usize>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub outcome: Option<Outcome>,
    #[serde(flatten)]
    pub lists: Lists,
}

#[derive(Debug, Serialize)]
pub struct SeatsOfPost {
    pub post: &'static str,
    pub seats: u32,
}

/// Those registered to vote.
#[derive(Debug, Serialize)]
pub struct Voters {
    pub total: Option<usize>,
    pub men: Option<usize>,
    pub women: Option<usize>,
    pub groups: Vec<GroupCount>,
    /// Households of all groups together, or of the whole place.
    pub households: Option<u32>,
    /// Those of the roll who are in no group, if others are.
    pub ungrouped: Option<GroupCount>,
    /// Whether the roll itself is at hand, so that names can be posted.
    pub listed: bool,
}

#[derive(Debug, Serialize)]
pub struct GroupCount {
    pub name: String,
    pub voters: Option<usize>,
    /// Known only if the roll tells the sex of everybody.
    pub men: Option<usize>,
    pub women: Option<usize>,
    pub households: Option<u32>,
}

/// The election committee as it was formed; who left or came later is told in
/// a notice of its own.
#[derive(Debug, Serialize)]
pub struct Committee {
    pub size: Option<usize>,
    /// 居民代表会议 and the like.
    pub formed_by: Option<String>,
    pub members: Vec<Member>,
    /// Those who are on it after all changes, by rank.
    pub now: Vec<Member>,
    /// Whether the sex of every member is known.
    pub sexes_known: bool,
}

#[derive(Debug, Serialize)]
pub struct Member {
    pub name: String,
    pub post: &'static str,
    pub sex: Option<Sex>,
}

/// Voting and its result.
#[derive(Debug, Serialize)]
pub struct Outcome {
    /// How many could vote.
    pub electorate: Option<u32>,
    pub participants: Option<u32>,
    pub by_proxy: Option<u32>,
    pub ballots: Option<Ballots>,
    /// `共发出选票318张，收回选票315张，其中有效票309张、无效票6张`
    pub ballots_text: Option<String>,
    /// Whether no more ballots came back than were given out, if that is known.
    pub ballots_agree: Option<bool>,
    /// `73%`, as laws and summaries count it.
    pub turnout: Option<String>,
    /// `73.41%`
    pub turnout_exact: Option<String>,
    /// The share of the electorate that must vote: `过半数`.
    pub quorum: Option<String>,
    pub quorum_met: Option<bool>,
    /// Nobody is elected: too few voted, or the ballots do not agree.
    pub void: bool,
    pub elected: Vec<ElectedPerson>,
    pub elected_by_post: Vec<ByPost>,
    /// Seats that equal votes leave open.
    pub ties: Vec<Tie>,
    /// `副主任1名、委员2名`; absent if nobody is missing but for a tie.
    pub vacancies: Option<String>,
    pub women: Option<usize>,
    pub average_age: Option<String>,
    pub schooling: Option<Schooling>,
    /// The votes of everyone by post, most votes first; empty if unknown.
    pub tallies: Vec<Tally>,
}

#[derive(Clone, Debug, Serialize)]
pub struct ElectedPerson {
    pub name: String,
    pub post: &'static str,
    pub sex: Option<Sex>,
    pub age: Option<u32>,
    pub education: Option<&'static str>,
    pub party: Option<String>,
    pub votes: Option<u32>,
    pub reelected: Option<bool>,
}

#[derive(Debug, Serialize)]
pub struct ByPost {
    pub post: &'static str,
    pub seats: Option<u32>,
    pub count: usize,
    pub names: Vec<String>,
}

/// People with equal votes for a seat that only some of them can have.
#[derive(Clone, Debug, Serialize)]
pub struct Tie {
    pub post: &'static str,
    pub seats: u32,
    pub names: Vec<String>,
}

/// How many have which schooling, in the classes of the usual report form.
#[derive(Debug, Serialize)]
pub struct Schooling {
    /// 大专以上
    pub college: usize,
    /// 高中以上
    pub senior_high: usize,
    /// 初中至中专
    pub junior_high: usize,
    /// 小学及以下
    pub primary: usize,
}

#[derive(Debug, Serialize)]
pub struct Tally {
    pub post: &'static str,
    pub seats: Option<u32>,
    pub rows: Vec<TallyRow>,
}

#[derive(Debug, Serialize)]
pub struct TallyRow {
    pub name: String,
    pub votes: Option<u32>,
    pub against: Option<u32>,
    pub abstained: Option<u32>,
    pub write_in: bool,
    pub elected: bool,
    /// In a tie for a seat.
    pub tied: bool,
}

impl Facts {
    pub fn of(dossier: &Dossier, profile: &Profile, words: Words) -> Self {
        let election = &dossier.election;
        let mode = Some(election.mode.value().unwrap_or(Mode::AllVoters));
        let community = election.community.get();
        let place = community.and_then(|c| c.name.get()).cloned().unwrap_or_default();
        let term_name =
            election.term.value().map(|term| format!("第{}届", chinese::numeral(term.into())));
        let term = term_name.clone().unwrap_or_default();
        let outcome = election.result.get().map(|result| Outcome::of(result, dossier, profile));
        Self {
            committee_name: format!("{place}{}", words.committee),
            election_committee_name: format!("{place}{term}{}", words.election_committee),
            office: community.and_then(|c| c.street.get()).map(|street| Words::office(street)),
            is_village: election.kind.value() == Some(Kind::Villagers),
            elector_kind: mode.map(Mode::id),
            elector: mode.map(|mode| elector(mode, &words).to_owned()),
            posts_text: election.posts.get().map(posts_text),
            seats: election.posts.get().map(Posts::total),
            seats_by_post: election.posts.get().map(seats_by_post).unwrap_or_default(),
            voters: Voters::of(election, dossier.roll.as_ref()),
            committee: Committee::of(election, &words),
            representatives_total: representatives_total(election),
            lists: Lists::of(dossier, profile, outcome.as_ref()),
            outcome,
            words,
            place,
            term_name,
        }
    }
}

/// The word for those who vote.
fn elector(mode: Mode, words: &Words) -> &str {
    match mode {
        Mode::AllVoters => &words.voter,
        Mode::HouseholdReps => &words.household_representative,
        Mode::ResidentReps => &words.representative,
    }
}

/// `主任1名、副主任2名、委员4名`; a post without a seat is not named.
pub fn posts_text(posts: &Posts) -> String {
    let seats = seats_by_post(posts);
    let texts = seats.iter().map(|of_post| format!("{}{}名", of_post.post, of_post.seats));
    texts.collect::<Vec<_>>().join("、")
}

fn seats_by_post(posts: &Posts) -> Vec<SeatsOfPost> {
    let seats = Post::ALL.iter().filter_map(|&post| Some((post, posts.seats(post)?)));
    seats
        .filter(|&(_, seats)| seats > 0)
        .map(|(post, seats)| SeatsOfPost { post: post.name(), seats })
        .collect()
}

fn representatives_total(election: &Election) -> Option<usize> {
    let representatives = election.representatives.get()?;
    number(representatives.list.items(), &representatives.total)
}

fn household_representatives(election: &Election) -> Option<usize> {
    let representatives = election.household_representatives.get()?;
    number(representatives.list.items(), &representatives.total)
}

/// As many as are listed, or else as are said to be.
fn number<T>(listed: &[T], said: &Field<u32>) -> Option<usize> {
    match listed {
        [] => said.value().map(|total| total as usize),
        listed => Some(listed.len()),
    }
}

fn voters_total(election: &Election, roll: Option<&VoterRoll>) -> Option<usize> {
    let said = || election.registration.get()?.voters.value();
    roll.map(VoterRoll::len).or_else(|| said().map(|total| total as usize))
}

impl Voters {
    pub fn of(election: &Election, roll: Option<&VoterRoll>) -> Self {
        let groups = group_counts(election, roll);
        let everybody = GroupCount::of("", roll.map(|roll| roll.voters.iter().collect()));
        let grouped: usize = groups.iter().filter_map(|group| group.voters).sum();
        let ungrouped = everybody.without(&groups).filter(|_| grouped > 0);
        let households = groups.iter().map(|group| group.households).sum::<Option<u32>>();
        let households = households.filter(|_| !groups.is_empty());
        Self {
            total: voters_total(election, roll),
            men: everybody.men,
            women: everybody.women,
            households: households
                .or_else(|| election.community.get().and_then(|place| place.households.value())),
            groups,
            ungrouped,
            listed: roll.is_some(),
        }
    }
}

/// The groups in the order of the description; those of the roll if none is
/// described.
fn group_counts(election: &Election, roll: Option<&VoterRoll>) -> Vec<GroupCount> {
    let mut members: HashMap<GroupId, Vec<&Voter>> = HashMap::new();
    for voter in roll.into_iter().flat_map(|roll| &roll.voters) {
        let Some(group) = voter.group else { continue };
        members.entry(group).or_default().push(voter);
    }
    let count = |name: &str| {
        let id = roll.and_then(|roll| roll.groups.find(name));
        GroupCount::of(name, id.map(|id| members.get(&id).cloned().unwrap_or_default()))
    };
    let declared = election.groups.items();
    if declared.is_empty() {
        return group_names(election, roll).into_iter().map(count).collect();
    }
    let count = |group: &Located<ResidentGroup>| {
        let count = count(group.name.get()?);
        let voters = count.voters.or(group.voters.value().map(|voters| voters as usize));
        Some(GroupCount { voters, households: group.households.value(), ..count })
    };
    declared.iter().filter_map(count).collect()
}

/// The names of the groups, in the same order.
pub fn group_names<'a>(election: &'a Election, roll: Option<&'a VoterRoll>) -> Vec<&'a str> {
    match election.groups.items() {
        [] => roll
            .map_or(Vec::new(), |roll| roll.groups.ids().map(|id| roll.groups.name(id)).collect()),
        declared => declared.iter().filter_map(|group| Some(group.name.get()?.as_str())).collect(),
    }
}

impl GroupCount {
    fn of(name: &str, voters: Option<Vec<&Voter>>) -> Self {
        let of_sex = |sex| {
            let voters = voters.as_ref()?;
            let known = voters.iter().all(|voter| voter.sex.is_some());
            known.then(|| voters.iter().filter(|voter| voter.sex == Some(sex)).count())
        };
        Self {
            name: name.to_owned(),
            men: of_sex(Sex::Male),
            women: of_sex(Sex::Female),
            voters: voters.as_ref().map(Vec::len),
            households: None,
        }
    }

    /// Those who are in none of `groups`; none if nobody is, or nobody knows.
    fn without(&self, groups: &[GroupCount]) -> Option<Self> {
        let rest = |of: fn(&GroupCount) -> Option<usize>| {
            let sum = groups.iter().map(of).sum::<Option<usize>>()?;
            of(self)?.checked_sub(sum)
        };
        let voters = rest(|count| count.voters).filter(|&voters| voters > 0)?;
        Some(Self {
            name: "未分组".to_owned(),
            voters: Some(voters),
            men: rest(|count| count.men),
            women: rest(|count| count.women),
            households: None,
        })
    }
}

impl Committee {
    fn of(election: &Election, words: &Words) -> Self {
        let committee = election.election_committee.get();
        let listed = committee.map_or(&[][..], |committee| committee.members.items());
        let post = |member: &CommitteeMember| member.post.value().unwrap_or(Post::Member);
        let member = |member: &CommitteeMember| {
            let (name, post) = (member.name.get()?.clone(), post(member).name());
            Some(Member { name, post, sex: member.sex.value() })
        };
        let formed = listed.iter().filter(|member| member.replaces.is_absent());
        let members: Vec<Member> = formed.filter_map(|found| member(found)).collect();
        let stays = |member: &&Located<CommitteeMember>| {
            member.left_on.is_absent() && member.left_because.is_absent()
        };
        let mut now: Vec<&Located<CommitteeMember>> = listed.iter().filter(stays).collect();
        // Stable: within a post they stay in the order in which they were written.
        now.sort_by_key(|member| post(member));
        let declared =
            committee.and_then(|committee| committee.size.value()).map(|size| size as usize);
        Self {
            size: if members.is_empty() { declared } else { Some(members.len()) },
            formed_by: committee.and_then(|committee| committee.formed_by.value()).map(|meeting| {
                match meeting {
                    FormedBy::Assembly => words.assembly.clone(),
                    FormedBy::RepresentativeMeeting => words.representative_meeting.clone(),
                    FormedBy::GroupMeetings => format!("各{}会议", words.group),
                }
            }),
            sexes_known: members.iter().all(|member| member.sex.is_some()),
            now: now.into_iter().filter_map(|found| member(found)).collect(),
            members,
        }
    }
}

impl Outcome {
    fn of(result: &ElectionResult, dossier: &Dossier, profile: &Profile) -> Self {
        let quorum = quorum(&dossier.election, profile);
        let decided = law::outcome(dossier, profile, Voting::First);
        let electorate = electorate(dossier);
        Self::of_round(result, dossier.election.posts.get(), electorate, quorum, decided, dossier)
    }

    /// The run-off: no share of the electorate has to vote.
    pub fn of_runoff(
        result: &ElectionResult,
        posts: Option<&Posts>,
        dossier: &Dossier,
        profile: &Profile,
    ) -> Self {
        let decided = law::outcome(dossier, profile, Voting::Runoff);
        Self::of_round(result, posts, electorate(dossier), None, decided, dossier)
    }

    /// The election for vacant seats, held as the election itself.
    pub fn of_by_election(
        by_election: &ByElection,
        dossier: &Dossier,
        profile: &Profile,
    ) -> Option<Self> {
        let result = by_election.result.get()?;
        let quorum = quorum(&dossier.election, profile);
        let decided = law::outcome(dossier, profile, Voting::ByElection);
        let electorate = by_election.voters.value().or_else(|| electorate(dossier));
        let posts = by_election.posts.get();
        Some(Self::of_round(result, posts, electorate, quorum, decided, dossier))
    }

    fn of_round(
        result: &ElectionResult,
        posts: Option<&Posts>,
        electorate: Option<u32>,
        quorum: Option<Share>,
        decided: Option<law::outcome::Outcome>,
        dossier: &Dossier,
    ) -> Self {
        let election = &dossier.election;
        let participants = result.participants.value();
        let percent =
            |decimals| chinese::percent(participants?.into(), electorate?.into(), decimals);
        let quorum_met =
            quorum.and_then(|share| Some(share.is_met(participants?.into(), electorate?.into())));
        let ballots = result.ballots.get();
        let ballots_agree = ballots.and_then(|b| Some(b.collected.value()? <= b.issued.value()?));
        let void = quorum_met == Some(false)
            || ballots_agree == Some(false)
            || result.declared.value() == Some(model::Outcome::Void);
        let decided = decided.filter(|_| !void).unwrap_or_default();
        let ties = if result.elected.is_absent() { ties(result, &decided) } else { Vec::new() };
        let people = if void { Vec::new() } else { winners(result, decided, election) };
        let elected: Vec<ElectedPerson> = people
            .iter()
            .map(|person| ElectedPerson::of(person, result, election.election_day.value()))
            .collect();
        Self {
            electorate,
            participants,
            by_proxy: result.by_proxy.value(),
            ballots: ballots.cloned(),
            ballots_text: ballots.map(ballots_text).filter(|text| !text.is_empty()),
            ballots_agree,
            turnout: percent(decimals(result.turnout_percent.get())),
            turnout_exact: percent(2),
            quorum: quorum.map(|share| share.to_string()),
            quorum_met,
            void,
            elected_by_post: Post::ALL
                .iter()
                .map(|&post| ByPost::of(post, posts, &elected))
                .filter(|by_post| by_post.count > 0)
                .collect(),
            vacancies: posts.and_then(|posts| vacancies(posts, &elected, &ties)),
            women: women(&elected),
            average_age: average_age(&elected),
            schooling: schooling(&elected),
            tallies: tallies(result, posts, &elected, &ties),
            elected,
            ties,
        }
    }
}

/// What became of the ballots, as far as it is known; of kinds of ballots of
/// which there were none, that there were none.
fn ballots_text(ballots: &Ballots) -> String {
    // What is known to be is printed, or a blank for it.
    let count = |field: &Field<u32>, before: &str, blank: &str| match field {
        Field::Absent => None,
        field => {
            let count = field.value().map_or_else(|| blank.to_owned(), |n| n.to_string());
            Some(format!("{before}{count}张"))
        }
    };
    let blank = "＿＿＿＿";
    let kinds =
        [("有效票", &ballots.valid), ("无效票", &ballots.invalid), ("弃权票", &ballots.abstained)];
    let some = kinds.iter().filter(|(_, field)| field.value() != Some(0));
    let some: Vec<String> = some.filter_map(|(kind, field)| count(field, kind, blank)).collect();
    let none = kinds.iter().filter(|(_, field)| field.value() == Some(0));
    let none: Vec<&str> = none.map(|(kind, _)| *kind).collect();
    let clauses = [
        count(&ballots.issued, "发出选票", blank),
        count(&ballots.collected, "收回选票", blank),
        (!some.is_empty()).then(|| format!("其中{}", some.join("、"))),
        (!none.is_empty()).then(|| format!("没有{}", none.join("和"))),
    ];
    let clauses: Vec<String> = clauses.into_iter().flatten().collect();
    let text = clauses.join("，");
    if ballots.issued.is_absent() { text } else { format!("共{text}") }
}

/// With as many decimals as the turnout was announced.
fn decimals(announced: Option<&String>) -> u32 {
    let fraction = announced.and_then(|text| text.trim_end_matches(['%', '％']).split_once('.'));
    fraction.map_or(0, |(_, digits)| u32::try_from(digits.chars().count()).unwrap_or(0).min(2))
}

/// How many could vote: all voters, or those who vote for them.
pub fn electorate(dossier: &Dossier) -> Option<u32> {
    let election = &dossier.election;
    let count = match election.mode.value().unwrap_or(Mode::AllVoters) {
        Mode::AllVoters => voters_total(election, dossier.roll.as_ref())?,
        Mode::HouseholdReps => match household_representatives(election) {
            Some(count) => count,
            None => return election.community.get()?.households.value(),
        },
        Mode::ResidentReps => representatives_total(election)?,
    };
    u32::try_from(count).ok()
}

pub fn quorum(election: &Election, profile: &Profile) -> Option<Share> {
    profile.value(&parameter::TURNOUT)?.of(election.mode.value().unwrap_or(Mode::AllVoters))
}

/// Those elected: as declared, or else as the votes have it.
fn winners(
    result: &ElectionResult,
    decided: law::outcome::Outcome,
    election: &Election,
) -> Vec<Elected> {
    let mut winners: Vec<Elected> =
        result.elected.items().iter().map(|person| person.value.clone()).collect();
    if result.elected.is_absent() {
        let won = |row: &&Located<Votes>| {
            let named = row.name.get().zip(row.post.value());
            named.is_some_and(|(name, post)| decided.elects(&name_key(name), post))
        };
        winners = result
            .votes
            .items()
            .iter()
            .filter(won)
            .map(|row| {
                // What else is known of a winner stands with the candidates.
                let candidate =
                    row.name.get().and_then(|name| candidate(election, name)).unwrap_or_default();
                Elected {
                    name: row.name.clone(),
                    post: row.post.clone(),
                    sex: if row.sex.is_absent() { candidate.sex } else { row.sex.clone() },
                    votes: row.votes.clone(),
                    born_on: candidate.born_on,
                    education: candidate.education,
                    party: candidate.party,
                    ..Elected::default()
                }
            })
            .collect();
    }
    // Stable: within a post they stay in the order in which they were declared.
    winners.sort_by_key(|person| person.post.value());
    winners
}

fn candidate(election: &Election, name: &str) -> Option<Candidate> {
    let candidates =
        election.candidates.get().map_or(&[][..], |candidates| candidates.list.items());
    let is_named = |candidate: &&Located<Candidate>| {
        candidate.name.get().is_some_and(|found| name_key(found) == name_key(name))
    };
    candidates.iter().find(is_named).map(|candidate| candidate.value.clone())
}

impl ElectedPerson {
    fn of(person: &Elected, result: &ElectionResult, election_day: Option<PartialDate>) -> Self {
        let name = person.name.get().cloned().unwrap_or_default();
        let post = person.post.value().unwrap_or(Post::Member);
        Self {
            post: post.name(),
            sex: person.sex.value(),
            age: age(person, election_day),
            education: person.education.value().map(Education::name),
            party: person.party.get().cloned(),
            votes: person.votes.value().or_else(|| votes_for(result, &name, post)),
            reelected: person.reelected.value(),
            name,
        }
    }

    /// The schooling, to be compared.
    pub fn level(&self) -> Option<Education> {
        Education::ALL.iter().find(|level| Some(level.name()) == self.education).copied()
    }
}

impl ByPost {
    pub fn of(post: Post, posts: Option<&Posts>, elected: &[ElectedPerson]) -> Self {
        let names = names_of(elected, post);
        Self {
            post: post.name(),
            seats: posts.and_then(|posts| posts.seats(post)),
            count: names.len(),
            names,
        }
    }
}

/// `副主任1名、委员2名`: the seats that nobody has, nor is in a tie for.
pub fn vacancies(posts: &Posts, elected: &[ElectedPerson], ties: &[Tie]) -> Option<String> {
    let vacant = Post::ALL.iter().filter_map(|&post| {
        let filled = u32::try_from(names_of(elected, post).len()).unwrap_or(u32::MAX);
        let tied = ties.iter().filter(|tie| tie.post == post.name()).map(|tie| tie.seats).sum();
        let open = posts.seats(post)?.saturating_sub(filled).saturating_sub(tied);
        (open > 0).then(|| format!("{}{open}名", post.name()))
    });
    Some(vacant.collect::<Vec<_>>().join("、")).filter(|text| !text.is_empty())
}

fn names_of(elected: &[ElectedPerson], post: Post) -> Vec<String> {
    elected
        .iter()
        .filter(|person| person.post == post.name())
        .map(|person| person.name.clone())
        .collect()
}

/// The ties with the names as they were written.
fn ties(result: &ElectionResult, decided: &law::outcome::Outcome) -> Vec<Tie> {
    let tie = |tie: &law::outcome::Tie| {
        let of_post = result.votes.items().iter().filter(|row| row.post.value() == Some(tie.post));
        let names = of_post.filter_map(|row| row.name.get());
        let tied = names.filter(|name| tie.names.iter().any(|key| *key == name_key(name)));
        Tie { post: tie.post.name(), seats: tie.seats, names: tied.cloned().collect() }
    };
    decided.ties.iter().map(tie).collect()
}

pub fn women(people: &[ElectedPerson]) -> Option<usize> {
    count_if(people, |person| person.sex.map(|sex| sex == Sex::Female))
}

/// How many satisfy `test`; `None` if it cannot be told of someone.
fn count_if(
    people: &[ElectedPerson],
    test: impl Fn(&ElectedPerson) -> Option<bool>,
) -> Option<usize> {
    if people.is_empty() {
        return None;
    }
    people.iter().try_fold(0, |count, person| Some(count + usize::from(test(person)?)))
}

fn votes_for(result: &ElectionResult, name: &str, post: Post) -> Option<u32> {
    let mut votes = result.votes.items().iter();
    votes
        .find(|row| {
            row.name.get().is_some_and(|found| found == name) && row.post.value() == Some(post)
        })
        .and_then(|row| row.votes.value())
}

/// Full years on election day, as written or from the date of birth.
fn age(person: &Elected, election_day: Option<PartialDate>) -> Option<u32> {
    let reckoned = || {
        let birth = person.born_on.value()?;
        let day = election_day?.exact()?;
        // A birth known to the month counts from its first day, as forms do.
        u32::try_from(age_on(birth.earliest(), day)).ok()
    };
    person.age.value().or_else(reckoned)
}

/// The mean in whole years, or to one place if it is not whole; `None` unless
/// every age is known.
pub fn average_age(elected: &[ElectedPerson]) -> Option<String> {
    let sum = elected.iter().map(|person| person.age).sum::<Option<u32>>()?;
    chinese::mean(sum, elected.len())
}

pub fn schooling(people: &[ElectedPerson]) -> Option<Schooling> {
    let at_least = |least| count_if(people, |person| Some(person.level()? >= least));
    let senior_high = at_least(Education::SeniorHigh)?;
    let junior_high = at_least(Education::JuniorHigh)?;
    Some(Schooling {
        college: at_least(Education::College)?,
        senior_high,
        junior_high: junior_high - senior_high,
        primary: people.len() - junior_high,
    })
}

fn tallies(
    result: &ElectionResult,
    posts: Option<&Posts>,
    elected: &[ElectedPerson],
    ties: &[Tie],
) -> Vec<Tally> {
    let tally = |post: Post| {
        let rows = result.votes.items().iter().filter(|row| row.post.value() == Some(post));
        let mut rows: Vec<TallyRow> = rows
            .filter_map(|row| {
                let name = row.name.get()?.clone();
                Some(TallyRow {
                    votes: row.votes.value(),
                    against: row.against.value(),
                    abstained: row.abstained.value(),
                    write_in: row.write_in.value().unwrap_or(false),
                    elected: elected
                        .iter()
                        .any(|person| person.name == name && person.post == post.name()),
                    tied: ties
                        .iter()
                        .any(|tie| tie.post == post.name() && tie.names.contains(&name)),
                    name,
                })
            })
            .collect();
        rows.sort_by_key(|row| Reverse(row.votes));
        Tally { post: post.name(), seats: posts.and_then(|posts| posts.seats(post)), rows }
    };
    Post::ALL.iter().map(|&post| tally(post)).filter(|tally| !tally.rows.is_empty()).collect()
}
