//! Votes, and what they decide: yes, no, or not known.
//!
//! A vote is decided here and nowhere else. Rules judge by a [`Poll`], a
//! [`Round`] or a [`Recall`]; notices, forms and statistics print what it says.

use std::collections::HashSet;

use super::case::{Case, same_name, sum};
use super::electors::Electors;
use super::outcome::{self, Contest, Outcome, Tally};
use super::parameter::*;
use super::profile::Profile;
use crate::diagnostic::Place;
use crate::election::date::PartialDate;
use crate::election::decode::{Field, Located};
use crate::election::model::{
    self, Ballots, Candidate, Elected, ElectionResult, List, Mode, Outcome as Declared, Post,
    Posts, RecallVote,
};
use crate::election::person::{Sex, name_key};

/// The votes that may be taken in a term.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Voting {
    First,
    Runoff,
    ByElection,
    Recall,
}

impl Voting {
    /// What a user calls it.
    pub fn name(self) -> &'static str {
        match self {
            Voting::First => "选举",
            Voting::Runoff => "另行选举",
            Voting::ByElection => "补选",
            Voting::Recall => "罢免表决",
        }
    }
}

/// Seats by rank; `None` for a post whose seats are not known.
pub type Seats = Vec<(Post, Option<u32>)>;

/// All votes of a term of which something is written.
#[derive(Debug)]
pub struct Votes<'a> {
    pub electors: Electors,
    pub by_election_electors: Electors,
    /// The seats of the committee.
    pub seats: Seats,
    /// Those that a run-off and a by-election are to fill.
    pub runoff_seats: Seats,
    pub by_election_seats: Seats,
    /// In the order in which they are held.
    pub rounds: Vec<Round<'a>>,
    pub recall: Option<Recall<'a>>,
    /// A run-off was held, and nobody knows its result.
    runoff_unknown: bool,
}

impl<'a> Votes<'a> {
    /// The round of a kind, if there is a result of it.
    pub fn round(&self, voting: Voting) -> Option<&Round<'a>> {
        self.rounds.iter().find(|round| round.voting == voting)
    }

    /// Everybody elected in the election and its run-off; `None` if that is not
    /// known of a round that was held.
    pub fn elected(&self) -> Option<Vec<Winner<'a>>> {
        if self.runoff_unknown {
            return None;
        }
        let own = self.rounds.iter().filter(|round| round.voting != Voting::ByElection);
        let winners = own.map(|round| round.winners.clone()).collect::<Option<Vec<_>>>()?;
        let mut winners = winners.concat();
        // Stable: within a post those of the first round come first.
        winners.sort_by_key(|winner| (winner.post.is_none(), winner.post));
        Some(winners)
    }

    /// Seats that nobody holds after the election and its run-off.
    pub fn empty_seats(&self) -> Option<Vec<(Post, u32)>> {
        empty_seats(&self.round(Voting::First)?.seats, &self.elected()?, &[])
    }
}

/// The share of the electors that must vote.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Quorum {
    /// Any number will do, as in a run-off.
    NotRequired,
    Share(Share),
    /// It depends on who votes, which is not known, or the law is not.
    Unknown,
}

impl Quorum {
    /// What `profile` lays down for these electors.
    pub fn of(electors: Electors, profile: &Profile) -> Self {
        let share = || profile.value(&TURNOUT)?.of(electors.kind?);
        share().map_or(Quorum::Unknown, Quorum::Share)
    }

    pub fn share(self) -> Option<Share> {
        match self {
            Quorum::Share(share) => Some(share),
            _ => None,
        }
    }
}

/// Why a vote counts for nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Void {
    /// More ballots came back than were given out.
    Surplus { collected: u32, issued: u32 },
    /// Too few voted: how many did, and how many had to.
    Turnout { cast: u32, electorate: u32, needed: u64 },
    /// It was declared void.
    Declared,
}

impl Void {
    /// Stable name, for templates.
    pub fn id(self) -> &'static str {
        match self {
            Void::Surplus { .. } => "surplus",
            Void::Turnout { .. } => "turnout",
            Void::Declared => "declared",
        }
    }
}

/// Who took part in a vote, and whether it counts.
#[derive(Clone, Debug)]
pub struct Poll<'a> {
    pub electors: Electors,
    /// Those who took part, as written.
    pub participants: &'a Field<u32>,
    pub ballots: Option<&'a Ballots>,
    pub quorum: Quorum,
    /// Whether enough voted; `None` if that is not known, or no share must.
    pub quorum_met: Option<bool>,
    /// Whether no more ballots came back than were given out.
    pub ballots_agree: Option<bool>,
    pub void: Option<Void>,
    /// Whether the vote counts.
    pub valid: Option<bool>,
}

/// What the election committee made known of a vote.
#[derive(Clone, Copy, Debug, Default)]
struct Declaration {
    valid: Option<bool>,
    /// It named those elected, or said that all went well.
    succeeded: bool,
}

impl<'a> Poll<'a> {
    fn new(
        electors: Electors,
        participants: &'a Field<u32>,
        ballots: &'a Field<Ballots>,
        quorum: Quorum,
        declared: Declaration,
    ) -> Self {
        let mut poll = Self {
            electors,
            participants,
            ballots: ballots.get(),
            quorum,
            quorum_met: None,
            ballots_agree: None,
            void: None,
            valid: None,
        };
        let (cast, issued) = (poll.cast(), poll.issued());
        poll.quorum_met =
            quorum.share().zip(cast).and_then(|(share, cast)| electors.meets(share, cast));
        poll.ballots_agree =
            poll.collected().zip(issued).map(|(collected, issued)| collected <= issued);
        poll.void = poll.find_void(declared);
        let enough = match quorum {
            Quorum::NotRequired => cast.map(|_| true),
            _ => poll.quorum_met,
        };
        // Where nothing is told of the ballots, nothing can be wrong with them;
        // and whoever declares winners has counted them.
        let nothing_told =
            ballots.is_absent() || poll.ballots_agree.is_none() && declared.succeeded;
        poll.valid = match poll.void {
            Some(_) => Some(false),
            None if declared.valid == Some(true) => Some(true),
            None => enough.filter(|_| poll.ballots_agree == Some(true) || nothing_told),
        };
        poll
    }

    fn find_void(&self, declared: Declaration) -> Option<Void> {
        if let Some((collected, issued)) = self.collected().zip(self.issued())
            && collected > issued
        {
            return Some(Void::Surplus { collected, issued });
        }
        if let (Some(false), Some(share), Some(cast), Some(electorate)) =
            (self.quorum_met, self.quorum.share(), self.cast(), self.electors.count)
        {
            let needed = share.least(electorate.into());
            return Some(Void::Turnout { cast, electorate, needed });
        }
        (declared.valid == Some(false)).then_some(Void::Declared)
    }

    /// How many voted, of which the law takes shares: the ballots that came
    /// back, or where these are not known, the people who took part.
    pub fn cast(&self) -> Option<u32> {
        self.collected().or_else(|| self.participants.value())
    }

    /// Whether the ballots that came back tell how many voted; that so many people
    /// took part is only the most that it can be.
    pub fn is_counted(&self) -> bool {
        self.collected().is_some()
    }

    /// Where the number of those who voted stands.
    pub fn cast_place(&self) -> Option<&'a Place> {
        let collected = self.ballots.and_then(|ballots| ballots.collected.located());
        collected.or_else(|| self.participants.located()).map(|located| &located.place)
    }

    pub fn collected(&self) -> Option<u32> {
        self.ballots?.collected.value()
    }

    pub fn issued(&self) -> Option<u32> {
        self.ballots?.issued.value()
    }

    /// Valid ballots, or else all that were cast: no one has more votes.
    pub fn most_votes(&self) -> Option<u32> {
        self.ballots.and_then(|ballots| ballots.valid.value()).or_else(|| self.cast())
    }

    /// Whether the people who took part are enough and the ballots that came
    /// back are not, or the other way round. It is the ballots that count.
    pub fn readings_differ(&self) -> bool {
        let (share, people) = (self.quorum.share(), self.participants.value());
        let by_people = share.zip(people).and_then(|(share, n)| self.electors.meets(share, n));
        by_people.is_some() && self.quorum_met.is_some() && by_people != self.quorum_met
    }

    /// Whether `votes` are such a share of the people who took part and not of the
    /// ballots that came back, or the other way round. It is the ballots that count.
    pub fn share_differs(&self, share: Share, votes: u32) -> bool {
        let both = self.participants.value().zip(self.collected());
        both.is_some_and(|(people, ballots)| {
            share.is_met(votes.into(), people.into()) != share.is_met(votes.into(), ballots.into())
        })
    }

    /// The people who took part, as a part of the electors; not where that would
    /// be on the other side of the quorum than what counts. Ballots are no people.
    pub fn turnout(&self, decimals: u32) -> Option<String> {
        let (people, electors) = (self.participants.value()?, self.electors.count?);
        let share = self.quorum.share();
        (!self.readings_differ()).then(|| super::percent(people, electors, decimals, share))?
    }
}

/// One round of voting for seats.
#[derive(Clone, Debug)]
pub struct Round<'a> {
    pub voting: Voting,
    /// The law in force on its day.
    pub profile: &'a Profile,
    pub result: &'a ElectionResult,
    pub held_on: Option<PartialDate>,
    /// Those who stood.
    pub candidates: &'a [Located<Candidate>],
    /// Posts for which it only parts those whose votes were equal before.
    pub parted: Vec<Post>,
    pub poll: Poll<'a>,
    /// The seats to be filled.
    pub seats: Seats,
    /// What the votes decide, as far as they are counted, whether or not the
    /// round is valid.
    pub counted: Option<Outcome>,
    /// Those elected: as declared, or else as the votes of a valid round have it.
    pub winners: Option<Vec<Winner<'a>>>,
    /// Seats that equal votes leave open.
    pub ties: Vec<outcome::Tie>,
    /// Seats that nobody has nor is in a tie for; `None` if that is not known.
    pub vacancies: Option<Vec<(Post, u32)>>,
}

/// Somebody elected. What is not known of them is left open.
#[derive(Clone, Copy, Debug)]
pub struct Winner<'a> {
    /// In which round.
    pub voting: Voting,
    pub name: Option<&'a str>,
    pub post: Option<Post>,
    pub sex: Option<Sex>,
    pub votes: Option<u32>,
    /// As declared, if anybody was.
    pub declared: Option<&'a Elected>,
    pub place: &'a Place,
}

/// What the law wants after a round.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Next {
    Nothing,
    /// Seats are vacant, and may stay so.
    Vacancies,
    /// 另行选举, for the seats that nobody won.
    Runoff,
    /// Another vote on those whose votes are equal.
    TieVote,
    /// 重新选举: it was void.
    HoldAgain,
}

impl<'a> Round<'a> {
    /// What must follow, as far as it is known.
    pub fn next(&self) -> Option<Next> {
        if self.poll.valid == Some(false) {
            return Some(Next::HoldAgain);
        }
        if !self.ties.is_empty() {
            return Some(Next::TieVote);
        }
        let (vacancies, filled) = (self.vacancies.as_ref()?, self.winners.as_ref()?.len());
        let may_stay = self.profile.value(&RUNOFF_VACANCY_FROM);
        Some(match may_stay.is_some_and(|enough| filled >= enough as usize) {
            _ if vacancies.is_empty() => Next::Nothing,
            true => Next::Vacancies,
            false => Next::Runoff,
        })
    }

    pub fn is_runoff(&self) -> bool {
        self.voting == Voting::Runoff
    }

    /// The seats of one post, if they are known.
    pub fn seats(&self, post: Post) -> Option<u32> {
        self.seats.iter().find(|(other, _)| *other == post)?.1
    }

    /// All seats together.
    pub fn all_seats(&self) -> Option<u32> {
        all_seats(&self.seats)
    }

    /// Whether anything is told of who was elected, be it the votes alone, or
    /// that it is not known any more.
    pub fn is_concluded(&self) -> bool {
        let (elected, votes) = (&self.result.elected, &self.result.votes);
        self.winners.is_some() || !elected.is_absent() || !votes.items().is_empty()
    }

    /// Whether every seat is filled.
    pub fn is_full(&self) -> Option<bool> {
        match self.poll.valid {
            Some(false) => Some(false),
            _ => Some(self.vacancies.as_ref()?.is_empty() && self.ties.is_empty()),
        }
    }

    /// The votes counted for a person's post; where the law has it so, with those
    /// for higher posts. `None` if they are not told.
    pub fn votes_of(&self, name: &str, post: Post) -> Option<u32> {
        let own = self.rows_of(name, post);
        let votes = own.map(|row| row.votes.value()).collect::<Option<Vec<u32>>>()?;
        (!votes.is_empty()).then(|| sum(votes))
    }

    /// Where these votes stand.
    pub fn votes_place(&self, name: &str, post: Post) -> Option<&'a Place> {
        self.rows_of(name, post).find_map(|row| row.votes.place())
    }

    fn rows_of(&self, name: &str, post: Post) -> impl Iterator<Item = &'a Located<model::Votes>> {
        self.result.votes.items().iter().filter(move |row| {
            row.name.get().is_some_and(|other| same_name(other, name))
                && row.post.value().is_some_and(|theirs| self.counts_for(theirs, post))
        })
    }

    /// As [`votes_of`](Self::votes_of), and none for one of whom no row tells.
    /// `None` if they are not known, as where a row lacks its name or post.
    pub fn votes_known(&self, name: &str, post: Post) -> Option<u32> {
        let may_be_theirs = |row: &model::Votes| {
            row.name.get().is_none_or(|other| same_name(other, name))
                && row.post.value().is_none_or(|theirs| self.counts_for(theirs, post))
        };
        let untold = || !self.result.votes.items().iter().any(|row| may_be_theirs(row));
        self.votes_of(name, post).or_else(|| untold().then_some(0))
    }

    /// Whether votes for `theirs` are votes for `post` as well.
    fn counts_for(&self, theirs: Post, post: Post) -> bool {
        theirs == post || theirs < post && self.profile.demands(&VOTES_CARRY_DOWN)
    }

    /// The share of the ballots cast that elects.
    pub fn share(&self) -> Option<Share> {
        self.profile.value(if self.is_runoff() { &RUNOFF_SHARE } else { &MAJORITY })
    }

    /// As [`share`](Self::share), for one post: of those who were in a tie for it
    /// the most votes elect.
    pub fn share_of(&self, post: Post) -> Option<Share> {
        if self.parted.contains(&post) { Some(Share::OF_ANY) } else { self.share() }
    }

    /// One of the winners whose votes are enough by the one of two readings only:
    /// what they are called, and their votes.
    pub fn elected_by_reading(&self) -> Option<(&str, u32)> {
        let valid = self.winners.iter().flatten().filter(|_| self.poll.valid != Some(false));
        valid.filter_map(|winner| Some((winner.name?, winner.post?))).find_map(|(name, post)| {
            let (share, votes) = (self.share_of(post)?, self.votes_of(name, post)?);
            self.poll.share_differs(share, votes).then_some((name, votes))
        })
    }

    fn open_seats(&self) -> Option<Vec<(Post, u32)>> {
        let winners = self.winners.as_ref().filter(|_| self.poll.valid != Some(false))?;
        empty_seats(&self.seats, winners, &self.ties)
    }
}

/// All of `seats` together; `None` if any are not known, or there are none.
pub fn all_seats(seats: &[(Post, Option<u32>)]) -> Option<u32> {
    let seats = seats.iter().map(|(_, seats)| *seats).collect::<Option<Vec<u32>>>()?;
    (!seats.is_empty()).then(|| sum(seats))
}

/// Of `seats`, those that neither a winner has nor people in a tie wait for.
/// `None` if anything that this depends on is not known.
fn empty_seats(
    seats: &[(Post, Option<u32>)],
    winners: &[Winner],
    ties: &[outcome::Tie],
) -> Option<Vec<(Post, u32)>> {
    let held = winners.iter().map(|winner| winner.post).collect::<Option<Vec<Post>>>()?;
    let mut empty = Vec::new();
    for &(post, seats) in seats {
        let held = u32::try_from(held.iter().filter(|held| **held == post).count()).ok()?;
        let tied: u32 = ties.iter().filter(|tie| tie.post == post).map(|tie| tie.seats).sum();
        let left = seats?.saturating_sub(held).saturating_sub(tied);
        empty.extend((left > 0).then_some((post, left)));
    }
    (!seats.is_empty()).then_some(empty)
}

/// A vote on removing members of the committee.
#[derive(Clone, Debug)]
pub struct Recall<'a> {
    pub profile: &'a Profile,
    pub poll: Poll<'a>,
    pub people: Vec<Recalled<'a>>,
}

/// Somebody whose removal was voted on.
#[derive(Clone, Copy, Debug)]
pub struct Recalled<'a> {
    pub person: &'a Located<RecallVote>,
    /// Whether the people who took part and the ballots that came back have it
    /// differently. It is the ballots that count.
    pub by_reading: bool,
    /// As the votes have it.
    pub by_votes: Option<bool>,
    /// Whether removed: never by a void vote; else as declared, or by the votes.
    pub removed: Option<bool>,
}

impl<'a> Case<'a> {
    /// All votes of the term, decided.
    pub(super) fn decide_votes(&self) -> Votes<'a> {
        let first = self.first();
        let (runoff_seats, by_election_seats) =
            (self.runoff_seats(first.as_ref()), self.by_election_seats());
        let runoff = self.runoff(first.as_ref(), runoff_seats.clone());
        let rounds = [first, runoff, self.by_election(by_election_seats.clone())];
        Votes {
            electors: self.electors(),
            by_election_electors: self.by_election_electors(),
            seats: self.committee_seats(),
            runoff_seats,
            by_election_seats,
            rounds: rounds.into_iter().flatten().collect(),
            recall: self.recall(),
            runoff_unknown: match &self.election.runoff {
                Field::Absent => false,
                Field::Unknown(_) => true,
                Field::Known(runoff) => matches!(runoff.result, Field::Unknown(_)),
            },
        }
    }

    fn first(&self) -> Option<Round<'a>> {
        let election = self.election;
        let candidates = election.candidates.get().map_or(&[][..], |all| all.list.items());
        Some(self.decide_round(Draft {
            voting: Voting::First,
            result: election.result.get()?,
            held_on: election.election_day.value(),
            candidates,
            parted: Vec::new(),
            electors: self.electors(),
            quorum: Quorum::of(self.electors(), self.profile),
            seats: self.committee_seats(),
        }))
    }

    /// The seats of the committee: those written, and those of posts for which
    /// people stand or were elected, which nobody knows.
    fn committee_seats(&self) -> Seats {
        let (posts, candidates) = (self.election.posts.get(), self.election.candidates.get());
        let stand = candidates.map_or(&[][..], |candidates| candidates.list.items());
        with_posts_in_use(
            posts.map_or_else(Seats::new, seats_of),
            self.election.result.get(),
            stand,
        )
    }

    fn runoff(&self, first: Option<&Round>, seats: Seats) -> Option<Round<'a>> {
        let runoff = self.election.runoff.get()?;
        Some(self.decide_round(Draft {
            voting: Voting::Runoff,
            result: runoff.result.get()?,
            held_on: runoff.held_on.value(),
            candidates: runoff.candidates.items(),
            parted: parted(first, runoff.candidates.items()),
            electors: self.electors(),
            quorum: Quorum::NotRequired,
            seats,
        }))
    }

    /// The seats of a run-off: as written, or else what the first round left.
    fn runoff_seats(&self, first: Option<&Round>) -> Seats {
        let Some(runoff) = self.election.runoff.get() else { return Seats::new() };
        let open = || {
            let vacancies = first?.vacancies.as_ref()?;
            Some(vacancies.iter().map(|&(post, seats)| (post, Some(seats))).collect())
        };
        let seats = runoff.posts.get().map(seats_of).or_else(open).unwrap_or_default();
        with_posts_in_use(seats, runoff.result.get(), runoff.candidates.items())
    }

    fn by_election_seats(&self) -> Seats {
        let Some(by_election) = self.election.by_election.get() else { return Seats::new() };
        let seats = by_election.posts.get().map_or_else(Seats::new, seats_of);
        with_posts_in_use(seats, by_election.result.get(), by_election.candidates.items())
    }

    /// Those who vote in the by-election, in their own number if that is written.
    fn by_election_electors(&self) -> Electors {
        let electors = self.electors();
        let Some(later) = self.election.by_election.get() else { return electors };
        let own = match electors.kind {
            Some(Mode::AllVoters) => &later.voters,
            Some(Mode::HouseholdReps | Mode::ResidentReps) => &later.representatives,
            None => return electors,
        };
        let count = if own.is_absent() { electors.count } else { own.value() };
        Electors { count, ..electors }
    }

    fn by_election(&self, seats: Seats) -> Option<Round<'a>> {
        let by_election = self.election.by_election.get()?;
        let electors = self.by_election_electors();
        Some(self.decide_round(Draft {
            voting: Voting::ByElection,
            result: by_election.result.get()?,
            held_on: by_election.held_on.value(),
            candidates: by_election.candidates.items(),
            parted: Vec::new(),
            electors,
            quorum: Quorum::of(electors, self.law_of(Voting::ByElection)),
            seats,
        }))
    }

    fn recall(&self) -> Option<Recall<'a>> {
        let (recall, profile) = (self.election.recall.get()?, self.law_of(Voting::Recall));
        let quorum = Quorum::of(self.electors(), profile);
        let poll = Poll::new(
            self.electors(),
            &recall.participants,
            &recall.ballots,
            quorum,
            Declaration::default(),
        );
        let majority = profile.value(&MAJORITY);
        let by_votes = |person: &RecallVote| match poll.valid? {
            false => Some(false),
            true => Some(majority?.is_met(person.agreed.value()?.into(), poll.cast()?.into())),
        };
        let people = recall.list.items().iter().map(|person| {
            let by_votes = by_votes(person);
            let declared = person.removed.value().filter(|_| poll.valid != Some(false));
            let agreed = majority.zip(person.agreed.value());
            let by_reading = agreed.is_some_and(|(share, votes)| poll.share_differs(share, votes));
            Recalled { person, by_reading, by_votes, removed: declared.or(by_votes) }
        });
        Some(Recall { profile, people: people.collect(), poll })
    }

    fn decide_round(&self, draft: Draft<'a>) -> Round<'a> {
        let Draft { voting, result, held_on, candidates, parted, electors, quorum, seats } = draft;
        let poll = Poll::new(
            electors,
            &result.participants,
            &result.ballots,
            quorum,
            Declaration::of(result),
        );
        let mut round = Round {
            voting,
            profile: self.law_of(voting),
            result,
            held_on,
            candidates,
            parted,
            poll,
            seats,
            counted: None,
            winners: None,
            ties: Vec::new(),
            vacancies: None,
        };
        round.counted = self.count(&round);
        round.winners = self.winners(&round);
        round.ties = open_ties(&round);
        round.vacancies = round.open_seats();
        round
    }

    /// What the votes decide, if all that it depends on is known.
    fn count(&self, round: &Round<'a>) -> Option<Outcome> {
        let votes = round.result.votes.get()?;
        let tallies = votes.iter().map(|vote| self.tally(vote)).collect::<Option<Vec<Tally>>>()?;
        let contest = Contest {
            // Below a post whose seats are not known, nobody knows who is left.
            seats: round.seats.iter().map_while(|&(post, seats)| Some((post, seats?))).collect(),
            votes: tallies,
            cast: round.poll.cast()?,
            share: round.share()?,
            parted: round.parted.clone(),
            carry_down: round.profile.demands(&VOTES_CARRY_DOWN),
            woman_reserved: round.profile.demands(&WOMAN_RESERVED) && round.voting == Voting::First,
        };
        let outcome = outcome::decide(&contest)?;
        (outcome.is_full() || !others_may_have_won(round, &contest)).then_some(outcome)
    }

    fn tally(&self, vote: &model::Votes) -> Option<Tally> {
        let name = vote.name.get()?;
        Some(Tally {
            name: name_key(name).into_owned(),
            post: vote.post.value()?,
            votes: vote.votes.value()?,
            sex: self.sex_of(name, vote.sex.value()),
        })
    }

    fn winners(&self, round: &Round<'a>) -> Option<Vec<Winner<'a>>> {
        match (round.poll.valid, &round.result.elected) {
            (Some(false), _) => Some(Vec::new()),
            (_, Field::Known(declared)) => Some(self.declared(round, &declared.value)),
            (Some(true), _) => {
                let counted = round.counted.as_ref()?;
                // Seats that are not known may have gone to anybody.
                round.seats.iter().all(|(_, seats)| seats.is_some()).then_some(())?;
                Some(counted.elected.iter().filter_map(|tally| winner(round, tally)).collect())
            }
            _ => None,
        }
    }

    /// The declared winners of a round.
    fn declared(&self, round: &Round<'a>, elected: &'a List<Elected>) -> Vec<Winner<'a>> {
        let mut winners: Vec<Winner> = elected
            .iter()
            .filter(|one| !one.name.get().is_some_and(|name| self.won_later(round, name)))
            .map(|one| {
                let (name, post) = (one.name.get().map(String::as_str), one.post.value());
                let counted = || round.votes_of(name?, post?);
                Winner {
                    voting: round.voting,
                    name,
                    post,
                    sex: name.map_or(one.sex.value(), |name| self.sex_of(name, one.sex.value())),
                    votes: one.votes.value().or_else(counted),
                    declared: Some(&one.value),
                    place: &one.place,
                }
            })
            .collect();
        // Stable: within a post they stay in the order in which they were declared.
        winners.sort_by_key(|winner| (winner.post.is_none(), winner.post));
        winners
    }

    /// Whether one listed with the first round belongs to the run-off: declared
    /// elected there, or standing there without having won before.
    fn won_later(&self, round: &Round, name: &str) -> bool {
        let runoff = self.election.runoff.get().filter(|_| round.voting == Voting::First);
        let Some((runoff, result)) = runoff.and_then(|runoff| Some((runoff, runoff.result.get()?)))
        else {
            return false;
        };
        let key = name_key(name);
        let is_named = |other: &Field<String>| other.get().is_some_and(|o| name_key(o) == key);
        let won_before = round
            .counted
            .as_ref()
            .is_some_and(|counted| counted.elected.iter().any(|tally| tally.name == key));
        result.elected.items().iter().any(|one| is_named(&one.name))
            || !won_before && runoff.candidates.items().iter().any(|one| is_named(&one.name))
    }
}

/// What a round is decided from.
struct Draft<'a> {
    voting: Voting,
    result: &'a ElectionResult,
    held_on: Option<PartialDate>,
    candidates: &'a [Located<Candidate>],
    parted: Vec<Post>,
    electors: Electors,
    quorum: Quorum,
    seats: Seats,
}

impl Declaration {
    fn of(result: &ElectionResult) -> Self {
        Self {
            valid: result.declared.value().map(|declared| declared != Declared::Void),
            succeeded: !result.elected.items().is_empty()
                || result.first_attempt.value() == Some(true),
        }
    }
}

/// The seats of each post that is written, as far as they are known.
fn seats_of(posts: &Posts) -> Seats {
    let written = Post::ALL.iter().filter(|&&post| !posts.field(post).is_absent());
    written.map(|&post| (post, posts.seats(post))).collect()
}

/// With the posts for which people stand or were elected though no seats of
/// them are written: how many these are, nobody knows.
fn with_posts_in_use(
    mut seats: Seats,
    result: Option<&ElectionResult>,
    candidates: &[Located<Candidate>],
) -> Seats {
    let stood = candidates.iter().filter_map(|one| one.post.value());
    let elected = result.map_or(&[][..], |result| result.elected.items());
    let elected = elected.iter().filter_map(|one| one.post.value());
    let voted = result.map_or(&[][..], |result| result.votes.items());
    let voted = voted.iter().filter_map(|row| row.post.value());
    for post in stood.chain(elected).chain(voted) {
        if !seats.is_empty() && seats.iter().all(|(known, _)| *known != post) {
            seats.push((post, None));
        }
    }
    seats.sort_by_key(|(post, _)| *post);
    seats
}

/// Ties that no declaration has decided.
fn open_ties(round: &Round) -> Vec<outcome::Tie> {
    let counted = round.counted.iter().filter(|_| round.poll.valid == Some(true));
    let decided = |tie: &outcome::Tie| {
        round.winners.iter().flatten().any(|winner| {
            let is_tied = |name: &str| tie.names.iter().any(|tied| *tied == name_key(name));
            winner.post == Some(tie.post) && winner.name.is_none_or(is_tied)
        })
    };
    counted.flat_map(|counted| &counted.ties).filter(|tie| !decided(tie)).cloned().collect()
}

/// Whether somebody who stood, and whose votes are not told, may have enough to
/// be elected: as many as the valid ballots leave.
fn others_may_have_won(round: &Round, contest: &Contest) -> bool {
    let told: HashSet<(&str, Post)> =
        contest.votes.iter().map(|tally| (tally.name.as_str(), tally.post)).collect();
    let is_told = |one: &Candidate| {
        let (name, post) = (one.name.get()?, one.post.value()?);
        Some(told.contains(&(name_key(name).as_ref(), post)))
    };
    let others = round.candidates.iter().filter(|one| one.stands() && is_told(one) != Some(true));
    let left = |post: Post| {
        let theirs = contest.votes.iter().filter(|tally| tally.post == post);
        let given: u64 = theirs.map(|tally| u64::from(tally.votes)).sum();
        let most = u64::from(round.poll.most_votes()?) * u64::from(round.seats(post)?);
        Some(most.saturating_sub(given).min(contest.cast.into()))
    };
    let passes = |post, votes: u64| contest.share_of(post).is_met(votes, contest.cast.into());
    others
        .map(|one| Some((one.post.value()?, left(one.post.value()?)?)))
        .any(|left| contest.carry_down || left.is_none_or(|(post, votes)| passes(post, votes)))
}

/// The winner of `tally` as the votes name them.
fn winner<'a>(round: &Round<'a>, tally: &Tally) -> Option<Winner<'a>> {
    let rows = round.result.votes.items().iter();
    let mut own =
        rows.filter(|row| row.name.get().is_some_and(|name| name_key(name) == tally.name));
    let row =
        own.clone().find(|row| row.post.value() == Some(tally.post)).or_else(|| own.next())?;
    Some(Winner {
        voting: round.voting,
        name: row.name.get().map(String::as_str),
        post: Some(tally.post),
        sex: tally.sex,
        votes: Some(tally.votes),
        declared: None,
        place: &row.place,
    })
}

/// The posts for which a second vote parts those whose votes were equal in the
/// first: all who stand for it again were in that tie.
pub fn parted(first: Option<&Round>, standing: &[Located<Candidate>]) -> Vec<Post> {
    let ties = first.map_or(&[][..], |first| &first.ties);
    let is_parted = |tie: &&outcome::Tie| {
        let mut own = standing.iter().filter(|one| one.post.value() == Some(tie.post)).peekable();
        let is_tied = |one: &Located<Candidate>| {
            one.name.get().is_some_and(|name| tie.names.iter().any(|tied| *tied == name_key(name)))
        };
        own.peek().is_some() && own.all(is_tied)
    };
    ties.iter().filter(is_parted).map(|tie| tie.post).collect()
}
