//! What follows from the data: sums, shares, ages, order. Templates place
//! these; they never reckon.

use std::cmp::Reverse;
use std::collections::{HashMap, HashSet};

use serde::Serialize;

use super::counts::{Columns, Counts, Quota, TermSpan};
use super::lists::Lists;
use super::meetings::Meetings;
use super::{chinese, roll};
use crate::election::date::{PartialDate, age_on};
use crate::election::decode::{Field, Located};
use crate::election::model::{
    self, Ballots, Candidate, CommitteeMember, Education, Election, ElectionResult, Engagement,
    Kind, Mode, PartyPost, Post, ResidentGroup, Votes,
};
use crate::election::person::{Sex, name_key};
use crate::election::roll::{GroupId, Voter};
use crate::election::words::Words;
use crate::election::{Dossier, VoterRoll};
use crate::law::round::Void;
use crate::law::{self, Electors, Poll, Profile, Round, Voting, Winner, Written};

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
    /// The same, or how one is called whose name is not told.
    pub guided_by: String,
    pub is_village: bool,
    /// Who votes, as a kind: `all_voters`, `household_reps`, `resident_reps`.
    pub elector_kind: Option<&'static str>,
    /// The same as a word: 选民, 户代表 or 居民代表.
    pub elector: Option<String>,
    /// How many they are.
    pub electorate: Option<u32>,
    #[serde(skip)]
    pub electors: Electors,
    /// 主任1名、副主任2名、委员4名
    pub posts_text: Option<String>,
    pub seats: Option<u32>,
    /// On how many walls a notice is posted; none if they are not named.
    #[serde(skip)]
    pub posting_places: usize,
    /// The posts that have seats, in the order of rank.
    pub seats_by_post: Vec<SeatsOfPost>,
    /// `主任选票为粉红色，副主任选票为黄色`, as far as it is told.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ballot_colours: Option<String>,
    pub voters: Voters,
    /// Where each of those votes who let others vote for them, in the order of the list.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub proxy_places: Vec<Option<String>>,
    /// Where each group votes: a station with its groups.
    #[serde(skip)]
    pub wards: Vec<Ward>,
    pub committee: Committee,
    pub representatives_total: Option<u32>,
    pub counts: Counts,
    pub columns: Columns,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub quota: Option<Quota>,
    pub term_span: TermSpan,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub outcome: Option<Outcome>,
    #[serde(flatten)]
    pub lists: Lists,
    #[serde(flatten)]
    pub meetings: Meetings,
}

#[derive(Debug, Serialize)]
pub struct SeatsOfPost {
    pub post: &'static str,
    /// None if not known.
    pub seats: Option<u32>,
}

/// A place where people vote, and who does: how many ballots it needs of each kind.
#[derive(Debug)]
pub struct Ward {
    /// None if it is not told where they vote.
    pub station: Option<String>,
    /// Each with its voters.
    pub groups: Vec<(String, usize)>,
}

/// Those registered to vote.
#[derive(Debug, Serialize)]
pub struct Voters {
    pub total: Option<usize>,
    pub men: Option<usize>,
    pub women: Option<usize>,
    pub groups: Vec<GroupCount>,
    pub group_count: usize,
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
    /// Those who come next when somebody leaves, the first first.
    pub alternates: Vec<String>,
    /// Those who are on it after all changes, by rank, and how many they are.
    pub now: Vec<Member>,
    pub now_count: usize,
    /// Whether the sex of every member is known.
    pub sexes_known: bool,
}

#[derive(Debug, Serialize)]
pub struct Member {
    pub name: String,
    pub post: Option<&'static str>,
    pub sex: Option<Sex>,
    pub votes: Option<u32>,
}

/// Who took part in a vote, and whether it counts: in words what is decided in
/// [`law::Poll`].
#[derive(Debug, Serialize)]
pub struct Turnout {
    /// How many could vote.
    pub electorate: Option<u32>,
    pub participants: Option<u32>,
    pub ballots: Option<Ballots>,
    /// `共发出选票318张，收回选票315张，其中有效票309张、无效票6张`
    pub ballots_text: Option<String>,
    /// Whether no more ballots came back than were given out, if that is known.
    pub ballots_agree: Option<bool>,
    /// `73.41%`, with as many decimals as were announced, or two.
    pub turnout: Option<String>,
    /// The share of the electorate that must vote: `过半数`.
    pub quorum: Option<String>,
    /// Whether it did; unknown if that is not known, or no share must.
    pub quorum_met: Option<bool>,
    /// Whether it was the ballots that decided it, against the number of people
    /// who took part.
    pub by_ballots: bool,
    /// The same of the majority that elects or removes.
    pub majority_by_ballots: bool,
    /// Whether the vote counts, if that is known.
    pub valid: Option<bool>,
    /// Why it does not: `surplus`, `turnout` or `declared`.
    pub void: Option<&'static str>,
}

/// A round of voting as notices and forms tell it: in words what is decided in
/// [`law::Round`].
#[derive(Debug, Serialize)]
pub struct Outcome {
    #[serde(flatten)]
    pub turnout: Turnout,
    pub by_proxy: Option<u32>,
    /// Whether anything is told of who was elected, be it the votes alone, or
    /// that it is not known any more.
    pub concluded: bool,
    /// Those elected, by rank; none if they are not known.
    pub elected: Option<Vec<ElectedPerson>>,
    pub elected_by_post: Vec<ByPost>,
    /// The same by whether the post is their work; nobody unless it is told of all.
    pub elected_by_engagement: Vec<ByEngagement>,
    /// The posts to be filled in this round, with their seats.
    pub seats_by_post: Vec<SeatsOfPost>,
    /// Seats that equal votes leave open.
    pub ties: Vec<Tie>,
    /// `副主任1名、委员2名`; none if nobody is missing, or that is not known.
    pub vacancies: Option<String>,
    /// Whether every seat is filled, if that is known.
    pub full: Option<bool>,
    pub women: Option<usize>,
    pub average_age: Option<String>,
    pub schooling: Option<Schooling>,
    /// The votes of everyone by post, most votes first; empty if unknown.
    pub tallies: Vec<Tally>,
}

/// Somebody elected. The name or post may be known to nobody any more.
#[derive(Clone, Debug, Serialize)]
pub struct ElectedPerson {
    pub name: Option<String>,
    pub post: Option<&'static str>,
    pub sex: Option<Sex>,
    pub age: Option<u32>,
    pub education: Option<&'static str>,
    pub party: Option<String>,
    pub votes: Option<u32>,
    pub reelected: Option<bool>,
    #[serde(skip)]
    pub engagement: Option<Engagement>,
    #[serde(skip)]
    pub party_post: Option<PartyPost>,
}

/// Those who hold their posts as their work, or those who do beside it.
#[derive(Debug, Serialize)]
pub struct ByEngagement {
    pub engagement: &'static str,
    pub names: Vec<Option<String>>,
}

#[derive(Debug, Serialize)]
pub struct ByPost {
    pub post: Option<&'static str>,
    pub seats: Option<u32>,
    pub count: usize,
    pub names: Vec<Option<String>>,
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
    pub name: Option<String>,
    pub votes: Option<u32>,
    pub against: Option<u32>,
    pub abstained: Option<u32>,
    pub write_in: bool,
    /// Unknown while the winners are.
    pub elected: Option<bool>,
    /// In a tie for a seat.
    pub tied: bool,
}

impl Facts {
    pub fn of(dossier: &Dossier, profile: &Profile, words: Words) -> Self {
        let election = &dossier.election;
        let community = election.community.get();
        let place = community.and_then(|c| text(&c.name)).unwrap_or_default();
        let term_name = match &election.term {
            Field::Absent => None,
            Field::Unknown(_) => Some(format!("第{BLANK}届")),
            Field::Known(term) => Some(format!("第{}届", chinese::numeral(term.value.into()))),
        };
        let office = office(election);
        let term = term_name.clone().unwrap_or_default();
        let votes = law::votes(dossier, profile);
        let voters = Voters::of(election, dossier.roll.as_ref());
        let outcome = votes.round(Voting::First).map(|round| Outcome::of(round, election));
        Self {
            committee_name: format!("{place}{}", words.committee),
            election_committee_name: format!("{place}{term}{}", words.election_committee),
            guided_by: office.clone().unwrap_or_else(|| words.guidance.clone()),
            office,
            is_village: election.kind.value() == Some(Kind::Villagers),
            elector_kind: votes.electors.kind.map(Mode::id),
            elector: votes.electors.kind.map(|kind| elector(kind, &words).to_owned()),
            electorate: votes.electors.count,
            electors: votes.electors,
            posts_text: posts_text(&votes.seats),
            seats: law::all_seats(&votes.seats),
            posting_places: posting_places(election),
            seats_by_post: seats_by_post(&votes.seats),
            ballot_colours: ballot_colours(election, &votes.seats),
            proxy_places: roll::places_of_proxies(dossier),
            wards: wards(dossier, &voters),
            voters,
            committee: Committee::of(election, &words),
            representatives_total: law::representatives(election),
            counts: Counts::of(election),
            columns: Columns::of(election),
            quota: Quota::of(election),
            term_span: TermSpan::of(election, profile),
            lists: Lists::of(dossier, profile, &votes),
            meetings: Meetings::of(election, profile),
            outcome,
            words,
            place,
            term_name,
        }
    }
}

/// `仙桥街道办事处`, or room to write it.
pub fn office(election: &Election) -> Option<String> {
    match &election.community.get()?.street {
        Field::Known(street) => Some(Words::office(street)),
        street => text(street),
    }
}

/// The word for those who vote.
fn elector(kind: Mode, words: &Words) -> &str {
    match kind {
        Mode::AllVoters => &words.voter,
        Mode::HouseholdReps => &words.household_representative,
        Mode::ResidentReps => &words.representative,
    }
}

/// What stands where a number is not known.
const BLANK: &str = "＿＿";

/// A text, or room to write it where it is not known.
pub fn text(field: &Field<String>) -> Option<String> {
    match field {
        Field::Absent => None,
        Field::Unknown(_) => Some(BLANK.repeat(2)),
        Field::Known(text) => Some(text.value.clone()),
    }
}

/// Whether a text is room to write it.
pub fn is_blank(text: &str) -> bool {
    !text.is_empty() && text.trim_matches('＿').is_empty()
}

/// A name, or room to write it: whoever is on a list has one.
pub fn name(field: &Field<String>) -> String {
    text(field).unwrap_or_else(unnamed)
}

/// Room to write a name.
pub fn unnamed() -> String {
    BLANK.repeat(2)
}

/// `主任1名、副主任2名、委员4名`; a post without a seat is not named, and for
/// seats that are not known a blank is left.
fn posting_places(election: &Election) -> usize {
    election.registration.get().map_or(0, |registration| registration.list_places.items().len())
}

pub fn posts_text(seats: &[(Post, Option<u32>)]) -> Option<String> {
    let texts = seats_by_post(seats).into_iter().map(|of_post| {
        let seats = of_post.seats.map_or_else(|| BLANK.to_owned(), |seats| seats.to_string());
        format!("{}{seats}名", of_post.post)
    });
    Some(texts.collect::<Vec<_>>().join("、")).filter(|text| !text.is_empty())
}

impl Ward {
    pub fn voters(&self) -> usize {
        self.groups.iter().map(|(_, voters)| voters).sum()
    }
}

/// The colours of the ballots that are used; a blank for one that is not known.
fn ballot_colours(election: &Election, seats: &[(Post, Option<u32>)]) -> Option<String> {
    let polling = election.polling.get().filter(|one| one.one_ballot.value() != Some(true))?;
    let colours = polling.ballot_colours.get()?;
    let used = seats.iter().filter(|(_, seats)| *seats != Some(0));
    let told = used.filter_map(|&(post, _)| {
        let colour = match colours.field(post) {
            Field::Absent => return None,
            Field::Unknown(_) => format!("{}色", BLANK.repeat(2)),
            Field::Known(colour) => model::colour(&colour.value),
        };
        Some(format!("{}选票为{colour}", post.name()))
    });
    Some(told.collect::<Vec<_>>().join("，")).filter(|told| !told.is_empty())
}

/// The groups by the places where they vote; nothing if it is not known how many
/// voters each has.
fn wards(dossier: &Dossier, voters: &Voters) -> Vec<Ward> {
    let mut wards: Vec<Ward> = Vec::new();
    for group in voters.groups.iter().chain(&voters.ungrouped) {
        let Some(count) = group.voters else { return Vec::new() };
        let station = roll::station_of(dossier, Some(&group.name));
        match wards.iter_mut().find(|ward| ward.station == station) {
            Some(ward) => ward.groups.push((group.name.clone(), count)),
            None => wards.push(Ward { station, groups: vec![(group.name.clone(), count)] }),
        }
    }
    wards
}

pub fn seats_by_post(seats: &[(Post, Option<u32>)]) -> Vec<SeatsOfPost> {
    let some = seats.iter().filter(|(_, seats)| *seats != Some(0));
    some.map(|&(post, seats)| SeatsOfPost { post: post.name(), seats }).collect()
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
            total: law::registered(election, roll).map(|total| total as usize),
            men: everybody.men,
            women: everybody.women,
            households: households
                .or_else(|| election.community.get().and_then(|place| place.households.value())),
            group_count: groups.len(),
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
        // Where the roll tells the groups, one that it does not name has nobody.
        let id = roll.filter(|_| !members.is_empty()).map(|roll| roll.groups.find(name));
        let theirs = |id: Option<GroupId>| id.and_then(|id| members.get(&id).cloned());
        GroupCount::of(name, id.map(|id| theirs(id).unwrap_or_default()))
    };
    let described = |name: &&str| {
        let is_own =
            |group: &&Located<ResidentGroup>| group.name.get().is_some_and(|own| own == name);
        election.groups.items().iter().find(is_own)
    };
    let count = |name: &str| {
        let (count, group) = (count(name), described(&name));
        let said = group.and_then(|group| group.voters.value()).map(|voters| voters as usize);
        let households = group.and_then(|group| group.households.value());
        GroupCount { voters: count.voters.or(said), households, ..count }
    };
    let names = group_names(election, roll);
    let described = election.groups.items();
    let unnamed: Vec<&Located<ResidentGroup>> =
        described.iter().filter(|group| group.name.get().is_none()).collect();
    // Those that only the roll names may be the very ones whose name is blank.
    let of_roll = names.len().saturating_sub(described.len() - unnamed.len());
    let unnamed = unnamed.into_iter().skip(of_roll).map(|group| GroupCount {
        voters: group.voters.value().map(|voters| voters as usize),
        households: group.households.value(),
        ..GroupCount::of(&BLANK.repeat(2), None)
    });
    names.into_iter().map(count).chain(unnamed).collect()
}

/// The names of the groups as they are described, and then of those that only the
/// roll has.
pub fn group_names<'a>(election: &'a Election, roll: Option<&'a VoterRoll>) -> Vec<&'a str> {
    let described = election.groups.items().iter();
    let mut names: Vec<&str> =
        described.filter_map(|group| Some(group.name.get()?.as_str())).collect();
    if let Some(roll) = roll {
        let known: HashSet<GroupId> =
            names.iter().filter_map(|name| roll.groups.find(name)).collect();
        let others = roll.groups.ids().filter(|id| !known.contains(id));
        names.extend(others.map(|id| roll.groups.name(id)));
    }
    names
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
        let led = listed.iter().any(|member| member.post.value() == Some(Post::Chair));
        let member = |member: &CommitteeMember| Member {
            name: name(&member.name),
            // Where it is told who is the chair, those without a post are members.
            post: match &member.post {
                Field::Absent if led => Some(Post::Member.name()),
                written => written.value().map(Post::name),
            },
            sex: member.sex.value(),
            votes: member.votes.value(),
        };
        let alternates = committee.map_or(&[][..], |committee| committee.alternates.items());
        let formed = listed.iter().filter(|member| member.replaces.is_absent());
        let members: Vec<Member> = formed.map(|found| member(found)).collect();
        let mut now: Vec<&Located<CommitteeMember>> =
            listed.iter().filter(|member| member.serves()).collect();
        // Stable: within a post they stay in the order in which they were written.
        now.sort_by_key(|member| post(member));
        let declared =
            committee.and_then(|committee| committee.size.value()).map(|size| size as usize);
        Self {
            size: if members.is_empty() { declared } else { Some(members.len()) },
            formed_by: committee
                .and_then(|committee| committee.formed_by.value())
                .map(|meeting| words.meeting(meeting)),
            sexes_known: members.iter().all(|member| member.sex.is_some()),
            alternates: alternates.iter().map(|one| name(&one.name)).collect(),
            now_count: now.len(),
            now: now.into_iter().map(|found| member(found)).collect(),
            members,
        }
    }
}

impl Turnout {
    /// `paper` is what the ballots are called.
    pub fn of(poll: &Poll, paper: &str, election: &Election) -> Self {
        Self {
            electorate: poll.electors.count,
            participants: poll.participants.value(),
            ballots: poll.ballots.cloned(),
            ballots_text: ballots_text(poll.ballots, paper),
            ballots_agree: poll.ballots_agree,
            turnout: decimals(election).and_then(|decimals| poll.turnout(decimals)),
            quorum: poll.quorum.share().map(|share| share.to_string()),
            quorum_met: poll.quorum_met,
            by_ballots: poll.readings_differ(),
            majority_by_ballots: false,
            valid: poll.valid,
            void: poll.void.map(Void::id),
        }
    }
}

impl Outcome {
    pub fn of(round: &Round, election: &Election) -> Self {
        let result = round.result;
        let elected: Option<Vec<ElectedPerson>> = round.winners.as_ref().map(|winners| {
            winners.iter().map(|winner| ElectedPerson::of(winner, round, election)).collect()
        });
        let people = elected.as_deref().unwrap_or_default();
        let ties: Vec<Tie> = round.ties.iter().map(|tie| Tie::of(tie, result)).collect();
        Self {
            turnout: Turnout {
                majority_by_ballots: round.elected_by_reading().is_some(),
                ..Turnout::of(&round.poll, "选票", election)
            },
            by_proxy: result.by_proxy.value(),
            concluded: round.is_concluded(),
            elected_by_post: by_post(people, &round.seats),
            elected_by_engagement: by_engagement(
                people.iter().map(|person| (person.engagement, person.name.as_deref())),
            ),
            seats_by_post: seats_by_post(&round.seats),
            vacancies: round.vacancies.as_deref().and_then(seats_text),
            full: round.is_full(),
            women: women(people),
            average_age: average_age(people),
            schooling: schooling(people),
            tallies: tallies(round, elected.as_deref()),
            elected,
            ties,
        }
    }
}

/// With how many decimals a turnout is printed, on all papers alike: as it was
/// announced, or two; none is, if what was announced is not known any more.
fn decimals(election: &Election) -> Option<u32> {
    match election.result.get().map(|result| &result.turnout_percent) {
        Some(Field::Unknown(_)) => None,
        Some(Field::Known(text)) => {
            let announced = Written::read(text).and_then(Written::decimals);
            Some(announced.map_or(2, |decimals| decimals.min(2)))
        }
        _ => Some(2),
    }
}

/// What became of the ballots, as far as it is known; of kinds of ballots of
/// which there were none, that there were none.
fn ballots_text(ballots: Option<&Ballots>, paper: &str) -> Option<String> {
    let ballots = ballots?;
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
        count(&ballots.issued, &format!("发出{paper}"), blank),
        count(&ballots.collected, &format!("收回{paper}"), blank),
        (!some.is_empty()).then(|| format!("其中{}", some.join("、"))),
        (!none.is_empty()).then(|| format!("没有{}", none.join("和"))),
    ];
    let clauses: Vec<String> = clauses.into_iter().flatten().collect();
    let text = Some(clauses.join("，")).filter(|text| !text.is_empty())?;
    Some(if ballots.issued.is_absent() { text } else { format!("共{text}") })
}

fn candidate_of(round: &Round, election: &Election, name: &str) -> Option<Candidate> {
    let all = election.candidates.get().map_or(&[][..], |candidates| candidates.list.items());
    let is_named = |candidate: &&Located<Candidate>| {
        candidate.name.get().is_some_and(|found| name_key(found) == name_key(name))
    };
    let found = round.candidates.iter().chain(all).find(is_named);
    found.map(|candidate| candidate.value.clone())
}

impl ElectedPerson {
    pub fn of(winner: &Winner, round: &Round, election: &Election) -> Self {
        let declared = winner.declared.cloned().unwrap_or_default();
        // What else is known of a winner stands with the candidates.
        let candidate = winner.name.filter(|_| winner.declared.is_none());
        let candidate = candidate.and_then(|name| candidate_of(round, election, name));
        let candidate = candidate.unwrap_or_default();
        let born_on = declared.born_on.value().or(candidate.born_on.value());
        Self {
            name: winner.name.map(str::to_owned),
            post: winner.post.map(Post::name),
            sex: winner.sex,
            age: declared.age.value().or_else(|| age(born_on?, round.held_on?)),
            education: declared
                .education
                .value()
                .or(candidate.education.value())
                .map(Education::name),
            party: declared.party.get().or(candidate.party.get()).cloned(),
            votes: winner.votes,
            reelected: declared.reelected.value(),
            engagement: declared.engagement.value().or(candidate.engagement.value()),
            party_post: declared.party_post.value(),
        }
    }

    /// The schooling, to be compared.
    pub fn level(&self) -> Option<Education> {
        Education::ALL.iter().find(|level| Some(level.name()) == self.education).copied()
    }
}

/// Those elected under their posts, by rank; those whose post is not known last.
pub fn by_post(people: &[ElectedPerson], seats: &[(Post, Option<u32>)]) -> Vec<ByPost> {
    let posts = Post::ALL.iter().map(|&post| Some(post)).chain([None]);
    let by_post = posts.map(|post| {
        let name = post.map(Post::name);
        let holders = people.iter().filter(|person| person.post == name);
        let names: Vec<_> = holders.map(|person| person.name.clone()).collect();
        let seats = seats.iter().find(|(other, _)| Some(*other) == post).and_then(|(_, n)| *n);
        ByPost { post: name, seats, count: names.len(), names }
    });
    by_post.filter(|by_post| by_post.count > 0).collect()
}

/// People parted by how they hold their posts; none unless it is told of everybody.
pub fn by_engagement<'a>(
    people: impl Iterator<Item = (Option<Engagement>, Option<&'a str>)>,
) -> Vec<ByEngagement> {
    let told = people.map(|(engagement, name)| Some((engagement?, name.map(str::to_owned))));
    let Some(told) = told.collect::<Option<Vec<_>>>() else { return Vec::new() };
    let of = |&engagement: &Engagement| {
        let names = told.iter().filter(|(own, _)| *own == engagement);
        let names = names.map(|(_, name)| name.clone()).collect();
        ByEngagement { engagement: engagement.name(), names }
    };
    Engagement::ALL.iter().map(of).filter(|part| !part.names.is_empty()).collect()
}

/// `副主任1名、委员2名`; none if there are none.
pub fn seats_text(seats: &[(Post, u32)]) -> Option<String> {
    let texts = seats.iter().map(|(post, seats)| format!("{}{seats}名", post.name()));
    Some(texts.collect::<Vec<_>>().join("、")).filter(|text| !text.is_empty())
}

impl Tie {
    /// The tie with the names as they were written.
    fn of(tie: &law::outcome::Tie, result: &ElectionResult) -> Self {
        let of_post = result.votes.items().iter().filter(|row| row.post.value() == Some(tie.post));
        let names = of_post.filter_map(|row| row.name.get());
        let tied = names.filter(|name| tie.names.iter().any(|key| *key == name_key(name)));
        Self { post: tie.post.name(), seats: tie.seats, names: tied.cloned().collect() }
    }
}

pub fn women(people: &[ElectedPerson]) -> Option<usize> {
    count_if(people, |person| person.sex.map(|sex| sex == Sex::Female))
}

/// How many satisfy `test`; `None` if it cannot be told of someone.
pub fn count_if(
    people: &[ElectedPerson],
    test: impl Fn(&ElectedPerson) -> Option<bool>,
) -> Option<usize> {
    if people.is_empty() {
        return None;
    }
    people.iter().try_fold(0, |count, person| Some(count + usize::from(test(person)?)))
}

/// Full years on the day of the vote.
fn age(born_on: PartialDate, held_on: PartialDate) -> Option<u32> {
    // A birth known to the month counts from its first day, as forms do.
    u32::try_from(age_on(born_on.earliest(), held_on.exact()?)).ok()
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

fn tallies(round: &Round, elected: Option<&[ElectedPerson]>) -> Vec<Tally> {
    let tally = |post: Post| {
        let is_of_post = |row: &&Located<Votes>| row.post.value() == Some(post);
        let rows = round.result.votes.items().iter().filter(is_of_post);
        let mut rows: Vec<TallyRow> =
            rows.map(|row| TallyRow::of(row, post, elected, &round.ties)).collect();
        rows.sort_by_key(|row| Reverse(row.votes));
        Tally { post: post.name(), seats: round.seats(post), rows }
    };
    Post::ALL.iter().map(|&post| tally(post)).filter(|tally| !tally.rows.is_empty()).collect()
}

impl TallyRow {
    fn of(
        row: &Votes,
        post: Post,
        elected: Option<&[ElectedPerson]>,
        ties: &[law::outcome::Tie],
    ) -> Self {
        let key = row.name.get().map(|name| name_key(name));
        let is_named = |name: &str| key.as_ref().is_some_and(|key| *key == name_key(name));
        // Of a winner without a name, nobody can say that it is not this one; and
        // of one without a post, nobody can say that it is not this post.
        let is_elected = |people: &[ElectedPerson]| {
            let all_named = key.is_some() && people.iter().all(|person| person.name.is_some());
            let own = |person: &&ElectedPerson| person.name.as_deref().is_some_and(is_named);
            let posts: Vec<_> = people.iter().filter(own).map(|person| person.post).collect();
            match posts.contains(&Some(post.name())) {
                true => Some(true),
                false => (all_named && !posts.contains(&None)).then_some(false),
            }
        };
        Self {
            name: row.name.get().cloned(),
            votes: row.votes.value(),
            against: row.against.value(),
            abstained: row.abstained.value(),
            write_in: row.write_in.value().unwrap_or(false),
            elected: elected.and_then(is_elected),
            tied: ties
                .iter()
                .any(|tie| tie.post == post && tie.names.iter().any(|name| is_named(name))),
        }
    }
}
