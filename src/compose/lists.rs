//! People as they are posted: by post, by group, by duty, in the order that
//! the law wants. Templates place these; they never sort.

use serde::Serialize;

use super::facts::{
    self, ByEngagement, ByPost, ElectedPerson, Outcome, Schooling, SeatsOfPost, Turnout,
    posts_text, seats_by_post,
};
use crate::election::date::{PartialDate, age_on};
use crate::election::decode::{Field, Located};
use crate::election::model::{
    Candidate, Education, Election, Engagement, LastTerm, Mode, NameOrder, PartyPost, Post, Posts,
    Role, StaffMember,
};
use crate::election::person::{Sex, name_key};
use crate::election::{Dossier, roll};
use crate::law::parameter::{self, Order};
use crate::law::strokes::{Difference, Key};
use crate::law::{self, Profile, Recall, Votes, Voting};
use crate::number::counted;

/// What is posted of people. A list without anybody is absent, so that no
/// document is due for it.
#[derive(Debug, Serialize)]
pub struct Lists {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub nominee_slate: Option<Slate>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub candidate_slate: Option<Slate>,
    /// The candidates on the ballot: without those who withdrew, with those who
    /// took their places.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ballot_slate: Option<Slate>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub representatives_by_group: Option<Vec<GroupOfRepresentatives>>,
    /// The same where it is they who vote.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub voting_representatives: Option<Vec<GroupOfRepresentatives>>,
    pub representatives_women: Option<u32>,
    /// Whether the leader of any group is named.
    pub representatives_led: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub duties: Option<Vec<Duty>>,
    /// Of these, those who write for others.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub scribes: Option<Vec<Duty>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub committee_changes: Option<Vec<Change>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub objections: Option<Objections>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub runoff_round: Option<LaterRound>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub filing: Option<Filing>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub household_groups: Option<Vec<GroupOfRepresentatives>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub withdrawals: Option<Vec<Change>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub recall_vote: Option<RecallVote>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub by_election_round: Option<LaterRound>,
}

/// Those who stand, by post.
#[derive(Debug, Default, Serialize)]
pub struct Slate {
    pub total: usize,
    pub by_post: Vec<SlateOfPost>,
    pub by_engagement: Vec<ByEngagement>,
    /// `按姓氏笔画`; absent if that cannot be said of the names.
    pub order: Option<&'static str>,
    /// Whether it is known of everybody for which post they stand.
    pub posts_known: bool,
    pub sexes_known: bool,
    pub votes_known: bool,
    /// Whether more stand for every post than it has seats.
    pub more_than_seats: bool,
}

#[derive(Debug, Serialize)]
pub struct SlateOfPost {
    /// None if not known, or if they stand for no post in particular.
    pub post: Option<&'static str>,
    pub seats: Option<u32>,
    pub count: usize,
    pub people: Vec<Runner>,
}

#[derive(Clone, Debug, Serialize)]
pub struct Runner {
    pub name: String,
    #[serde(skip)]
    pub post: Option<Post>,
    #[serde(skip)]
    pub engagement: Option<Engagement>,
    pub sex: Option<Sex>,
    /// Whether a nominee became a candidate in the primary.
    pub chosen: Option<bool>,
    /// In the primary, or before a run-off in the first round.
    pub votes: Option<u32>,
    /// `男，50岁，高中学历，群众`; absent if nothing is known.
    pub introduction: Option<String>,
}

#[derive(Clone, Debug, Serialize)]
pub struct GroupOfRepresentatives {
    pub group: String,
    pub names: Vec<String>,
    /// How many they are, unless somebody's group is not known.
    pub count: Option<usize>,
    pub leaders: Vec<String>,
}

/// One duty at one station.
#[derive(Clone, Debug, Serialize)]
pub struct Duty {
    pub role: Option<&'static str>,
    pub station: Option<String>,
    pub names: Vec<String>,
}

/// Somebody who left the election committee.
#[derive(Debug, Serialize)]
pub struct Change {
    pub name: String,
    pub left_on: Option<PartialDate>,
    pub because: Option<String>,
    pub successor: Option<String>,
}

/// The objections that were decided and posted.
#[derive(Debug, Serialize)]
pub struct Objections {
    pub posted_on: Option<PartialDate>,
    pub count: usize,
    pub items: Vec<Decided>,
}

#[derive(Debug, Serialize)]
pub struct Decided {
    pub received_on: Option<PartialDate>,
    pub decided_on: Option<PartialDate>,
    /// Without the full stop that the sentence brings.
    pub matter: Option<String>,
    pub decision: Option<String>,
}

/// A later round of voting: the run-off, or the election for seats that have
/// become vacant.
#[derive(Debug, Serialize)]
pub struct LaterRound {
    pub posts_text: Option<String>,
    pub seats: Option<u32>,
    pub seats_by_post: Vec<SeatsOfPost>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub slate: Option<Slate>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub outcome: Option<Outcome>,
    /// Whether it only parts those whose votes were equal before; with others, the
    /// posts of which that is so.
    pub after_tie: bool,
    pub parted: Option<String>,
    /// How many may vote, and who is on duty; those of a run-off are the election's.
    pub electorate: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub duties: Option<Vec<Duty>>,
}

/// What a vote on removing members decided.
#[derive(Debug, Serialize)]
pub struct RecallVote {
    #[serde(flatten)]
    pub turnout: Turnout,
    /// The share of the votes that removes.
    pub majority: Option<String>,
    pub people: Vec<Recalled>,
}

#[derive(Debug, Serialize)]
pub struct Recalled {
    pub name: Option<String>,
    pub post: Option<String>,
    pub agreed: Option<u32>,
    pub opposed: Option<u32>,
    pub abstained: Option<u32>,
    pub removed: Option<bool>,
}

/// Everybody elected, in whichever round, as filed with the office.
#[derive(Debug, Serialize)]
pub struct Filing {
    pub people: Vec<ElectedPerson>,
    pub count: usize,
    pub by_post: Vec<ByPost>,
    /// When the last round was filed.
    pub filed_on: Option<PartialDate>,
    /// `副主任1名`: seats that are empty after all rounds; none if there are
    /// none, or that is not known.
    pub vacancies: Option<String>,
    /// Whether no seat is empty, if that is known.
    pub full: Option<bool>,
    pub women: Option<usize>,
    pub average_age: Option<String>,
    pub schooling: Option<Schooling>,
    pub stats: Vec<Stat>,
    /// What the classes that a round is judged by come to.
    pub shares: Vec<Proportion>,
    /// Whether the chair is the party's secretary, too.
    pub chair_is_secretary: Option<bool>,
    /// How many are in the party's committee as well.
    pub in_party_committee: Option<usize>,
}

/// How many of those elected are of a class.
#[derive(Debug, Serialize)]
pub struct Proportion {
    pub item: &'static str,
    pub count: usize,
    /// `28.57%`
    pub percent: String,
    /// How many were of the committee before.
    pub before: Option<u32>,
}

#[derive(Debug, Serialize)]
pub struct Stat {
    pub item: String,
    pub figure: String,
}

impl Lists {
    pub fn of(dossier: &Dossier, profile: &Profile, votes: &Votes) -> Self {
        let election = &dossier.election;
        let staff = election.staff_members();
        let duties = duties(staff);
        let groups = representatives(election);
        let scribes =
            duties.iter().filter(|duty| duty.role == Some(Role::Scribe.name())).cloned().collect();
        Self {
            nominee_slate: nominees(election, profile),
            candidate_slate: candidates(election, profile, |one| one.replaces.is_absent()),
            ballot_slate: candidates(election, profile, Candidate::stands)
                .or_else(|| (!election.nominates()).then(Slate::nobody)),
            voting_representatives: some(groups.clone())
                .filter(|_| votes.electors.kind == Some(Mode::ResidentReps)),
            representatives_led: groups.iter().any(|group| !group.leaders.is_empty()),
            representatives_by_group: some(groups),
            representatives_women: representatives_women(election),
            scribes: some(scribes),
            duties: some(duties),
            committee_changes: some(changes(election)),
            objections: Objections::of(election),
            filing: Filing::of(election, votes),
            household_groups: some(household_representatives(election)),
            withdrawals: some(withdrawals(election)),
            recall_vote: votes.recall.as_ref().map(|recall| RecallVote::of(recall, election)),
            by_election_round: LaterRound::by_election(election, votes),
            runoff_round: LaterRound::runoff(election, votes),
        }
    }
}

fn some<T>(list: Vec<T>) -> Option<Vec<T>> {
    Some(list).filter(|list| !list.is_empty())
}

fn nominees(election: &Election, profile: &Profile) -> Option<Slate> {
    let nominees = election.nomination.get()?.nominees.items();
    let order =
        profile.value(&parameter::NOMINEE_ORDER).map_or(Order::Strokes, |order| order.otherwise);
    let primary = law::primary(election, profile);
    let chosen = |name: &str| {
        let mut people = primary.as_ref()?.people.iter();
        people.find(|one| name_key(one.name) == name_key(name))?.chosen
    };
    let mut runners = runners(nominees, election);
    for runner in &mut runners {
        runner.chosen = chosen(&runner.name);
    }
    Slate::of(runners, Some(order), election, election.posts.get())
}

/// The candidates of whom `listed` is true.
fn candidates(
    election: &Election,
    profile: &Profile,
    listed: impl Fn(&Candidate) -> bool,
) -> Option<Slate> {
    let candidates = election.candidates.get()?;
    let (with_primary, otherwise) = profile
        .value(&parameter::CANDIDATE_ORDER)
        .map_or((Order::Votes, Order::Strokes), |order| (order.with_primary, order.otherwise));
    let voted = |one: &Located<Candidate>| !one.primary_votes.is_absent();
    let order = match &candidates.primary {
        Field::Known(primary) if primary.value => Some(with_primary),
        Field::Known(_) => Some(otherwise),
        Field::Unknown(_) => None,
        // Nobody says that there was none where its votes are told.
        Field::Absent if candidates.list.items().iter().any(voted) => Some(with_primary),
        Field::Absent => Some(otherwise),
    };
    let people = candidates.list.items().iter().filter(|one| listed(one));
    let mut slate = Slate::of(runners(people, election), order, election, election.posts.get())?;
    if order == Some(Order::Votes) {
        slate.order = slate.order.map(|_| "按预选得票多少");
    }
    Some(slate)
}

fn runners<'a>(
    people: impl IntoIterator<Item = &'a Located<Candidate>>,
    election: &Election,
) -> Vec<Runner> {
    let runner = |candidate: &Located<Candidate>| Runner {
        name: facts::name(&candidate.name),
        post: candidate.post.value(),
        engagement: candidate.engagement.value(),
        sex: candidate.sex.value(),
        chosen: None,
        votes: candidate.primary_votes.value(),
        introduction: introduction(candidate, election.election_day.value()),
    };
    people.into_iter().map(runner).collect()
}

/// What a notice says of a candidate: no birthday, no address.
fn introduction(candidate: &Candidate, election_day: Option<PartialDate>) -> Option<String> {
    let age = candidate.born_on.value().zip(election_day.and_then(PartialDate::exact));
    let parts = [
        candidate.sex.value().map(|sex| sex.name().to_owned()),
        age.map(|(birth, day)| format!("{}岁", age_on(birth.earliest(), day))),
        candidate.education.value().map(schooling),
        candidate.party.get().cloned(),
        candidate.occupation.get().cloned(),
    ];
    let parts: Vec<String> = parts.into_iter().flatten().collect();
    Some(parts.join("，")).filter(|text| !text.is_empty())
}

fn schooling(education: Education) -> String {
    format!("{}学历", education.name())
}

impl Slate {
    /// That of ballots on which no name is printed.
    fn nobody() -> Self {
        Self { posts_known: true, ..Self::default() }
    }

    /// Orders the names by votes if all of these are known, or by strokes; not at
    /// all if it is not known by which. Those
    /// that the order does not part stay as they were written, and where it is
    /// not known, nothing is claimed of it.
    fn of(
        mut people: Vec<Runner>,
        order: Option<Order>,
        election: &Election,
        posts: Option<&Posts>,
    ) -> Option<Self> {
        if people.is_empty() {
            return None;
        }
        let names = election.name_order.value().unwrap_or_default();
        let key = |runner: &Runner| Key::of(&runner.name, names);
        let votes_known = people.iter().all(|runner| runner.votes.is_some());
        match order {
            Some(Order::Votes) if votes_known => {
                people.sort_by_key(|runner| std::cmp::Reverse(runner.votes));
            }
            Some(Order::Strokes) => people.sort_by_cached_key(key),
            Some(Order::Votes) | None => {}
        }
        let posts_of = Post::ALL.iter().map(|&post| Some(post)).chain([None]);
        let by_post: Vec<SlateOfPost> = posts_of
            .map(|post| {
                let people: Vec<Runner> =
                    people.iter().filter(|runner| runner.post == post).cloned().collect();
                SlateOfPost {
                    post: post.map(Post::name),
                    seats: post.and_then(|post| posts?.seats(post)),
                    count: people.len(),
                    people,
                }
            })
            .filter(|slate| slate.count > 0)
            .collect();
        let mut pairs = by_post.iter().flat_map(|slate| slate.people.windows(2)).peekable();
        // One name for a post has no order.
        let ordered = pairs.peek().is_some()
            && match order {
                Some(Order::Votes) => votes_known,
                Some(Order::Strokes) => pairs
                    .all(|pair| key(&pair[0]).difference(&key(&pair[1])) != Difference::Unknown),
                None => false,
            };
        Some(Self {
            total: people.len(),
            order: order.filter(|_| ordered).map(|order| match (order, names) {
                (Order::Votes, _) => "按得票多少",
                (Order::Strokes, NameOrder::Surname) => "按姓氏笔画",
                (Order::Strokes, NameOrder::FullName) => "按姓名笔画",
            }),
            posts_known: people.iter().all(|runner| runner.post.is_some()),
            sexes_known: people.iter().all(|runner| runner.sex.is_some()),
            votes_known,
            more_than_seats: by_post
                .iter()
                .all(|slate| slate.seats.is_some_and(|seats| slate.count > seats as usize)),
            by_engagement: facts::by_engagement(
                people.iter().map(|one| (one.engagement, Some(one.name.as_str()))),
            ),
            by_post,
        })
    }
}

/// The representatives by group: groups as they are declared, then those that
/// only the list has.
fn representatives(election: &Election) -> Vec<GroupOfRepresentatives> {
    let Some(representatives) = election.representatives.get() else { return Vec::new() };
    let people = representatives.list.items().iter().map(|person| {
        (facts::name(&person.name), facts::text(&person.group), person.leader.value() == Some(true))
    });
    let mut groups = by_group(election, people);
    for group in election.groups.items() {
        let (Some(name), Some(leader)) = (group.name.get(), group.leader.get()) else { continue };
        let listed =
            groups.iter_mut().find(|known| known.group == *name && known.leaders.is_empty());
        if let Some(listed) = listed {
            listed.leaders.push(leader.clone());
        }
    }
    groups
}

/// Those who vote for their households, by group.
fn household_representatives(election: &Election) -> Vec<GroupOfRepresentatives> {
    let Some(representatives) = election.household_representatives.get() else { return Vec::new() };
    let people = representatives.list.items().iter();
    by_group(
        election,
        people.map(|person| (facts::name(&person.name), facts::text(&person.group), false)),
    )
}

/// People (name, group, whether leader of it) under their groups.
fn by_group(
    election: &Election,
    people: impl Iterator<Item = (String, Option<String>, bool)>,
) -> Vec<GroupOfRepresentatives> {
    let empty = |group: &str| GroupOfRepresentatives {
        group: group.to_owned(),
        names: Vec::new(),
        count: None,
        leaders: Vec::new(),
    };
    let declared = election.groups.items().iter().filter_map(|group| group.name.get());
    let mut groups: Vec<GroupOfRepresentatives> = declared.map(|group| empty(group)).collect();
    for (name, group, is_leader) in people {
        let group = group.as_deref().unwrap_or_default();
        let known =
            groups.iter().position(|known| roll::label_key(&known.group) == roll::label_key(group));
        let at = known.unwrap_or_else(|| {
            groups.push(empty(group));
            groups.len() - 1
        });
        if is_leader {
            groups[at].leaders.push(name.clone());
        }
        groups[at].names.push(name);
    }
    groups.retain(|group| !group.names.is_empty());
    if groups.iter().all(|group| !facts::is_blank(&group.group)) {
        groups.iter_mut().for_each(|group| group.count = Some(group.names.len()));
    }
    groups
}

fn representatives_women(election: &Election) -> Option<u32> {
    let representatives = election.representatives.get()?;
    let counted = match representatives.list.items() {
        [] => None,
        list => list.iter().try_fold(0, |count, person| {
            Some(count + u32::from(person.sex.value()? == Sex::Female))
        }),
    };
    counted.or(representatives.women.value())
}

/// The polling staff by duty, and within it by station, as they were written.
fn duties(staff: &[Located<StaffMember>]) -> Vec<Duty> {
    let mut duties: Vec<Duty> = Vec::new();
    for role in Role::ALL.iter().map(|&role| Some(role)).chain([None]) {
        for member in staff.iter().filter(|member| member.role.value() == role) {
            let (name, station) = (facts::name(&member.name), facts::text(&member.station));
            match duties
                .iter_mut()
                .find(|duty| duty.role == role.map(Role::name) && duty.station == station)
            {
                Some(duty) => duty.names.push(name),
                None => {
                    duties.push(Duty { role: role.map(Role::name), station, names: vec![name] })
                }
            }
        }
    }
    duties
}

/// Who left the election committee.
fn changes(election: &Election) -> Vec<Change> {
    let members =
        election.election_committee.get().map_or(&[][..], |committee| committee.members.items());
    let steps = members.iter().map(|member| Leaving {
        name: &member.name,
        left_on: &member.left_on,
        because: &member.left_because,
        replaces: &member.replaces,
    });
    Leaving::changes(&steps.collect::<Vec<_>>())
}

/// Which candidates withdrew.
fn withdrawals(election: &Election) -> Vec<Change> {
    let candidates =
        election.candidates.get().map_or(&[][..], |candidates| candidates.list.items());
    let steps = candidates.iter().map(|candidate| Leaving {
        name: &candidate.name,
        left_on: &candidate.withdrew_on,
        because: &candidate.withdrew_because,
        replaces: &candidate.replaces,
    });
    Leaving::changes(&steps.collect::<Vec<_>>())
}

/// Somebody on a list from which people leave and are replaced.
struct Leaving<'a> {
    name: &'a Field<String>,
    left_on: &'a Field<PartialDate>,
    because: &'a Field<String>,
    replaces: &'a Field<String>,
}

impl Leaving<'_> {
    fn changes(people: &[Self]) -> Vec<Change> {
        let successor = |name: &str| {
            let replaces = |found: &String| name_key(found) == name_key(name);
            let found = people.iter().find(|person| person.replaces.get().is_some_and(replaces));
            found?.name.get().cloned()
        };
        let left = people
            .iter()
            .filter(|person| !person.left_on.is_absent() || !person.because.is_absent());
        let change = |person: &Self| {
            let name = facts::name(person.name);
            let because = person.because.get().map(|text| unstopped(text));
            Change {
                left_on: person.left_on.value(),
                because: because.map(|text| text.trim_start_matches('因').to_owned()),
                successor: successor(&name),
                name,
            }
        };
        left.map(change).collect()
    }
}

/// Without a full stop, for a sentence that brings its own.
fn unstopped(text: &str) -> String {
    text.trim().trim_end_matches(['。', '；', '，', '.', ';']).to_owned()
}

impl Objections {
    fn of(election: &Election) -> Option<Self> {
        let objections = election.registration.get()?.objections.items();
        let posted: Vec<_> = objections
            .iter()
            .filter(|objection| !objection.posted_on.is_absent() && !objection.decision.is_absent())
            .collect();
        let items: Vec<Decided> = posted
            .iter()
            .map(|objection| Decided {
                received_on: objection.received_on.value(),
                decided_on: objection.decided_on.value(),
                matter: objection.matter.get().map(|text| unstopped(text)),
                decision: objection.decision.get().map(|text| unstopped(text)),
            })
            .collect();
        let posted_on =
            posted.iter().filter_map(|o| o.posted_on.value()).max_by_key(|date| date.latest());
        (!items.is_empty()).then_some(Self { posted_on, count: items.len(), items })
    }
}

impl LaterRound {
    fn runoff(election: &Election, votes: &Votes) -> Option<Self> {
        let runoff = election.runoff.get()?;
        let first = votes.round(Voting::First);
        let mut people = runners(runoff.candidates.items(), election);
        for runner in &mut people {
            runner.votes = first.and_then(|first| first.votes_of(&runner.name, runner.post?));
        }
        let parted = law::parted(first, runoff.candidates.items());
        let parted: Vec<&str> = parted.into_iter().map(Post::name).collect();
        Some(Self {
            posts_text: posts_text(&votes.runoff_seats),
            seats: law::all_seats(&votes.runoff_seats),
            seats_by_post: seats_by_post(&votes.runoff_seats),
            slate: Slate::of(people, Some(Order::Votes), election, runoff.posts.get()),
            outcome: votes.round(Voting::Runoff).map(|round| Outcome::of(round, election)),
            after_tie: !parted.is_empty() && parted.len() == votes.runoff_seats.len(),
            parted: (!parted.is_empty()).then(|| parted.join("、")),
            electorate: votes.electors.count,
            duties: None,
        })
    }

    fn by_election(election: &Election, votes: &Votes) -> Option<Self> {
        let by_election = election.by_election.get()?;
        let people = runners(by_election.candidates.items(), election);
        Some(Self {
            posts_text: posts_text(&votes.by_election_seats),
            seats: law::all_seats(&votes.by_election_seats),
            seats_by_post: seats_by_post(&votes.by_election_seats),
            slate: Slate::of(people, Some(Order::Strokes), election, by_election.posts.get()),
            outcome: votes.round(Voting::ByElection).map(|round| Outcome::of(round, election)),
            after_tie: false,
            parted: None,
            electorate: votes.by_election_electors.count,
            duties: some(duties(by_election.staff.items())),
        })
    }
}

impl RecallVote {
    fn of(recall: &Recall, election: &Election) -> Self {
        let people = recall.people.iter().map(|one| Recalled {
            name: one.person.name.get().cloned(),
            post: facts::text(&one.person.post),
            agreed: one.person.agreed.value(),
            opposed: one.person.opposed.value(),
            abstained: one.person.abstained.value(),
            removed: one.removed,
        });
        Self {
            turnout: Turnout {
                majority_by_ballots: recall.people.iter().any(|one| one.by_reading),
                ..Turnout::of(&recall.poll, "表决票", election)
            },
            majority: recall.profile.value(&parameter::MAJORITY).map(|share| share.to_string()),
            people: people.collect(),
        }
    }
}

impl Filing {
    /// None while it is not known who was elected in each of the rounds held.
    fn of(election: &Election, votes: &Votes) -> Option<Self> {
        let elected = votes.elected()?.into_iter();
        let people: Vec<ElectedPerson> = elected
            .filter_map(|one| Some(ElectedPerson::of(&one, votes.round(one.voting)?, election)))
            .collect();
        if people.is_empty() {
            return None;
        }
        let last = votes.round(Voting::Runoff).or(votes.round(Voting::First))?;
        let empty = votes.empty_seats();
        Some(Self {
            by_post: facts::by_post(&people, &votes.seats),
            filed_on: last.result.filed_on.value(),
            vacancies: empty.as_deref().and_then(facts::seats_text),
            full: empty.map(|empty| empty.is_empty()),
            women: facts::women(&people),
            average_age: facts::average_age(&people),
            schooling: facts::schooling(&people),
            stats: stats(&people, &votes.seats),
            shares: shares(&people, election.last_term.get()),
            chair_is_secretary: chair_is_secretary(&people),
            in_party_committee: facts::count_if(&people, |one| {
                Some(one.party_post? != PartyPost::None)
            }),
            count: people.len(),
            people,
        })
    }
}

/// The classes of which it is known of everybody whether they belong to them.
fn shares(people: &[ElectedPerson], last: Option<&LastTerm>) -> Vec<Proportion> {
    let before = |of: fn(&LastTerm) -> &Field<u32>| last.and_then(|last| of(last).value());
    let share = |item, count: Option<usize>, before| {
        let count = count?;
        let percent = law::percent(counted(count), counted(people.len()), 2, None)?;
        let percent = percent.trim_end_matches('%').trim_end_matches('0').trim_end_matches('.');
        Some(Proportion { item, count, percent: format!("{percent}%"), before })
    };
    let is_graduate = |one: &ElectedPerson| Some(one.level()? >= Education::College);
    let count = |test: fn(&ElectedPerson) -> Option<bool>| facts::count_if(people, test);
    let shares = [
        share("妇女", facts::women(people), before(|last| &last.women)),
        share("中共党员", count(is_party_member), before(|last| &last.party_members)),
        share("大专以上文化程度", count(is_graduate), before(|last| &last.college)),
        share("连任", count(|one| one.reelected), before(|last| &last.reelected)),
    ];
    shares.into_iter().flatten().collect()
}

fn is_party_member(one: &ElectedPerson) -> Option<bool> {
    Some(one.party.as_ref()?.contains("中共"))
}

fn chair_is_secretary(people: &[ElectedPerson]) -> Option<bool> {
    let chair = people.iter().find(|one| one.post == Some(Post::Chair.name()))?;
    Some(chair.party_post? == PartyPost::Secretary)
}

/// The figures of the usual statistics form, as far as they are known of
/// everybody.
fn stats(people: &[ElectedPerson], seats: &[(Post, Option<u32>)]) -> Vec<Stat> {
    let mut stats = Vec::new();
    let mut add = |item: &str, figure: Option<String>| {
        stats.extend(figure.map(|figure| Stat { item: item.to_owned(), figure }));
    };
    // How many satisfy a test that can be told of everybody.
    let count = |test: &dyn Fn(&ElectedPerson) -> Option<bool>| {
        facts::count_if(people, test).map(|count| count.to_string())
    };
    add("应选职数", law::all_seats(seats).map(|total| total.to_string()));
    add("当选人数", Some(people.len().to_string()));
    for &post in Post::ALL {
        if seats.iter().any(|(other, seats)| *other == post && seats.is_some_and(|n| n > 0)) {
            add(
                &format!("其中{}", post.name()),
                count(&|person| Some(person.post? == post.name())),
            );
        }
    }
    add("妇女", count(&|person| Some(person.sex? == Sex::Female)));
    add("中共党员（含预备党员）", count(&is_party_member));
    add("连任", count(&|person| person.reelected));
    let level = |from: Education, to: Education| {
        count(&|person| Some((from..=to).contains(&person.level()?)))
    };
    add("大专以上文化程度", level(Education::College, Education::Postgraduate));
    add("高中文化程度", level(Education::SeniorHigh, Education::SeniorHigh));
    add("初中至中专文化程度", level(Education::JuniorHigh, Education::Vocational));
    add("小学及以下文化程度", level(Education::Primary, Education::Primary));
    for (item, from, to) in [
        ("35岁以下", 0, 35),
        ("36至45岁", 36, 45),
        ("46至55岁", 46, 55),
        ("56岁以上", 56, u32::MAX),
    ] {
        add(item, count(&|person| Some((from..=to).contains(&person.age?))));
    }
    add("平均年龄（岁）", facts::average_age(people));
    stats
}
