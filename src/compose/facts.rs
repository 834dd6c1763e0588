//! What follows from the data: sums, shares, ages, order. Templates place
//! these; they never reckon.

use std::cmp::Reverse;
use std::collections::HashMap;

use serde::Serialize;

use super::chinese;
use super::document::{ListedName, NameGrid};
use super::words::Words;
use crate::election::date::{PartialDate, age_on};
use crate::election::decode::Located;
use crate::election::model::{Ballots, Education, Elected, Election, ElectionResult, FormedBy, Post, Posts};
use crate::election::person::Sex;
use crate::election::{Dossier, VoterRoll, roll};

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
    /// 主任1名、副主任2名、委员4名
    pub posts_text: Option<String>,
    pub seats: Option<u32>,
    pub voters: Voters,
    pub committee: Committee,
    pub representatives_total: Option<usize>,
    pub outcome: Option<Outcome>,
}

/// Those registered to vote.
#[derive(Debug, Serialize)]
pub struct Voters {
    pub total: Option<usize>,
    pub men: Option<usize>,
    pub women: Option<usize>,
    pub groups: Vec<GroupCount>,
    /// Whether the roll itself is at hand, so that names can be posted.
    pub listed: bool,
}

#[derive(Debug, Serialize)]
pub struct GroupCount {
    pub name: String,
    pub voters: Option<usize>,
    pub households: Option<u32>,
}

/// The election committee.
#[derive(Debug, Serialize)]
pub struct Committee {
    pub size: Option<usize>,
    /// 居民代表会议 and the like.
    pub formed_by: Option<String>,
    pub members: Vec<Member>,
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
    pub participants: Option<u32>,
    pub by_proxy: Option<u32>,
    pub ballots: Option<Ballots>,
    /// `73%`, as laws and summaries count it.
    pub turnout: Option<String>,
    /// `73.41%`
    pub turnout_exact: Option<String>,
    pub elected: Vec<ElectedPerson>,
    pub elected_by_post: Vec<ByPost>,
    pub seats_filled: bool,
    pub vacancies: u32,
    pub women: Option<usize>,
    pub women_names: Vec<String>,
    pub average_age: Option<String>,
    pub schooling: Option<Schooling>,
    pub party_members: Option<usize>,
    pub reelected: Option<usize>,
    /// The votes of everyone by post, most votes first; empty if unknown.
    pub tallies: Vec<Tally>,
}

#[derive(Debug, Serialize)]
pub struct ElectedPerson {
    pub name: String,
    pub post: &'static str,
    pub sex: Option<Sex>,
    pub age: Option<u32>,
    pub education: Option<&'static str>,
    pub party: Option<String>,
    pub votes: Option<u32>,
}

#[derive(Debug, Serialize)]
pub struct ByPost {
    pub post: &'static str,
    pub seats: Option<u32>,
    pub count: usize,
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
}

impl Facts {
    pub fn of(dossier: &Dossier) -> Self {
        let election = &dossier.election;
        let words = Words::of(election);
        let community = election.community.get();
        let place = community.and_then(|c| c.name.get()).cloned().unwrap_or_default();
        let term_name = election.term.value().map(|term| format!("第{}届", chinese::numeral(term.into())));
        let term = term_name.clone().unwrap_or_default();
        Self {
            committee_name: format!("{place}{}", words.committee),
            election_committee_name: format!("{place}{term}{}", words.election_committee),
            office: community.and_then(|c| c.street.get()).map(|street| Words::office(street)),
            posts_text: election.posts.get().map(posts_text),
            seats: election.posts.get().map(Posts::total),
            voters: Voters::of(dossier),
            committee: Committee::of(election),
            representatives_total: representatives_total(election),
            outcome: election.result.get().map(|result| Outcome::of(result, dossier)),
            words,
            place,
            term_name,
        }
    }
}

/// `主任1名、副主任2名、委员4名`; a post without a seat is not named.
fn posts_text(posts: &Posts) -> String {
    Post::ALL
        .iter()
        .filter_map(|&post| Some((post, posts.seats(post)?)))
        .filter(|&(_, seats)| seats > 0)
        .map(|(post, seats)| format!("{}{seats}名", post.name()))
        .collect::<Vec<_>>()
        .join("、")
}

fn representatives_total(election: &Election) -> Option<usize> {
    let representatives = election.representatives.get()?;
    match representatives.list.items() {
        [] => representatives.total.value().map(|total| total as usize),
        list => Some(list.len()),
    }
}

impl Voters {
    fn of(dossier: &Dossier) -> Self {
        let roll = dossier.roll.as_ref();
        let declared = dossier.election.registration.get().and_then(|r| r.voters.value());
        let of_sex = |sex| {
            let voters = &roll?.voters;
            voters.iter().all(|voter| voter.sex.is_some()).then(|| {
                voters.iter().filter(|voter| voter.sex == Some(sex)).count()
            })
        };
        Self {
            total: roll.map(VoterRoll::len).or(declared.map(|total| total as usize)),
            men: of_sex(Sex::Male),
            women: of_sex(Sex::Female),
            groups: group_counts(dossier),
            listed: roll.is_some(),
        }
    }
}

/// The groups in the order of the description, then those only the roll has.
fn group_counts(dossier: &Dossier) -> Vec<GroupCount> {
    let declared = dossier.election.groups.items();
    let counted: Vec<(String, usize)> = dossier.roll.as_ref().map_or(Vec::new(), |roll| {
        roll.count_by_group().into_iter().map(|(id, n)| (roll.groups.name(id).to_owned(), n)).collect()
    });
    let count = |name: &str| {
        let key = roll::label_key(name);
        counted.iter().find(|(group, _)| roll::label_key(group) == key).map(|(_, n)| *n)
    };
    if declared.is_empty() {
        return counted
            .into_iter()
            .map(|(name, voters)| GroupCount { name, voters: Some(voters), households: None })
            .collect();
    }
    declared
        .iter()
        .filter_map(|group| {
            let name = group.name.get()?.clone();
            let voters = count(&name).or(group.voters.value().map(|n| n as usize));
            Some(GroupCount { voters, households: group.households.value(), name })
        })
        .collect()
}

/// The names of the roll by group, in the order of the groups and the roll,
/// with what tells namesakes apart.
pub fn name_grids(dossier: &Dossier) -> Vec<NameGrid> {
    let Some(roll) = &dossier.roll else { return Vec::new() };
    let marks = roll::namesakes(roll);
    let mut grids: Vec<NameGrid> = group_counts(dossier)
        .into_iter()
        .map(|group| NameGrid {
            title: format!("{}（共{}人）", group.name, group.voters.unwrap_or(0)),
            names: Vec::with_capacity(group.voters.unwrap_or(0)),
        })
        .collect();
    let order: Vec<String> = group_counts(dossier).iter().map(|group| roll::label_key(&group.name)).collect();
    let mut ungrouped = NameGrid::default();
    let positions: HashMap<_, _> = roll
        .groups
        .ids()
        .filter_map(|id| {
            let key = roll::label_key(roll.groups.name(id));
            Some((id, order.iter().position(|known| *known == key)?))
        })
        .collect();
    for (n, voter) in roll.voters.iter().enumerate() {
        let note = marks.get(&n).map(|mark| mark.text(voter));
        let listed = ListedName { name: voter.name.as_str().to_owned(), note };
        let at = voter.group.and_then(|id| positions.get(&id));
        let grid = at.and_then(|&at| grids.get_mut(at));
        grid.unwrap_or(&mut ungrouped).names.push(listed);
    }
    if !ungrouped.names.is_empty() {
        if !grids.is_empty() {
            ungrouped.title = format!("未分组（共{}人）", ungrouped.names.len());
        }
        grids.push(ungrouped);
    }
    grids.retain(|grid| !grid.names.is_empty());
    grids
}

impl Committee {
    fn of(election: &Election) -> Self {
        let words = Words::of(election);
        let committee = election.election_committee.get();
        let members: Vec<Member> = committee
            .map_or(&[][..], |committee| committee.members.items())
            .iter()
            .filter(|member| member.left_on.is_absent() && member.left_because.is_absent())
            .filter_map(|member| {
                let post = member.post.value().unwrap_or(Post::Member).name();
                Some(Member { name: member.name.get()?.clone(), post, sex: member.sex.value() })
            })
            .collect();
        let declared = committee.and_then(|committee| committee.size.value()).map(|size| size as usize);
        Self {
            size: if members.is_empty() { declared } else { Some(members.len()) },
            formed_by: committee.and_then(|committee| committee.formed_by.value()).map(|meeting| match meeting {
                FormedBy::Assembly => words.assembly.to_owned(),
                FormedBy::RepresentativeMeeting => words.representative_meeting.to_owned(),
                FormedBy::GroupMeetings => format!("各{}会议", words.group),
            }),
            sexes_known: members.iter().all(|member| member.sex.is_some()),
            members,
        }
    }
}

impl Outcome {
    fn of(result: &ElectionResult, dossier: &Dossier) -> Self {
        let election = &dossier.election;
        let participants = result.participants.value();
        let voters = Voters::of(dossier).total;
        let share = |decimals| {
            chinese::percent(participants?.into(), voters? as u64, decimals)
        };
        let election_day = election.election_day.value();
        let elected = elected(result, election_day);
        let posts = election.posts.get();
        let seats = posts.map(Posts::total).unwrap_or(0);
        let items = result.elected.items();
        let women = count_if(items, |person| person.sex.value().map(|sex| sex == Sex::Female));
        Self {
            participants,
            by_proxy: result.by_proxy.value(),
            ballots: result.ballots.get().cloned(),
            turnout: share(0),
            turnout_exact: share(2),
            elected_by_post: Post::ALL
                .iter()
                .map(|&post| {
                    let names = names_of(&elected, post);
                    ByPost { post: post.name(), seats: posts.and_then(|p| p.seats(post)), count: names.len(), names }
                })
                .filter(|by_post| by_post.count > 0)
                .collect(),
            vacancies: seats.saturating_sub(elected.len() as u32),
            seats_filled: elected.len() as u32 >= seats,
            women,
            women_names: elected
                .iter()
                .filter(|person| person.sex == Some(Sex::Female))
                .map(|person| person.name.clone())
                .collect(),
            average_age: average_age(&elected),
            schooling: schooling(items),
            party_members: count_if(items, |person| person.party.get().map(|party| party.contains("中共"))),
            reelected: count_if(items, |person| person.reelected.value()),
            tallies: tallies(result, posts),
            elected,
        }
    }
}

fn names_of(elected: &[ElectedPerson], post: Post) -> Vec<String> {
    elected.iter().filter(|person| person.post == post.name()).map(|person| person.name.clone()).collect()
}

/// How many satisfy `test`; `None` if it cannot be told of someone.
fn count_if(people: &[Located<Elected>], test: impl Fn(&Elected) -> Option<bool>) -> Option<usize> {
    if people.is_empty() {
        return None;
    }
    people.iter().try_fold(0, |count, person| Some(count + usize::from(test(person)?)))
}

/// Those elected, in the order of rank, then as declared.
fn elected(result: &ElectionResult, election_day: Option<PartialDate>) -> Vec<ElectedPerson> {
    let mut elected: Vec<(Post, ElectedPerson)> = result
        .elected
        .items()
        .iter()
        .filter_map(|person| {
            let (name, post) = (person.name.get()?.clone(), person.post.value()?);
            let votes = person.votes.value().or_else(|| votes_for(result, &name, post));
            Some((
                post,
                ElectedPerson {
                    post: post.name(),
                    sex: person.sex.value(),
                    age: age(person, election_day),
                    education: person.education.value().map(Education::name),
                    party: person.party.get().cloned(),
                    votes,
                    name,
                },
            ))
        })
        .collect();
    elected.sort_by_key(|(post, _)| *post);
    elected.into_iter().map(|(_, person)| person).collect()
}

fn votes_for(result: &ElectionResult, name: &str, post: Post) -> Option<u32> {
    let mut votes = result.votes.items().iter();
    votes
        .find(|row| row.name.get().is_some_and(|found| found == name) && row.post.value() == Some(post))
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
fn average_age(elected: &[ElectedPerson]) -> Option<String> {
    let sum = elected.iter().map(|person| person.age).sum::<Option<u32>>()?;
    let count = u32::try_from(elected.len()).ok().filter(|&count| count > 0)?;
    let tenths = (sum * 10 * 2 + count) / (count * 2);
    Some(if tenths % 10 == 0 { (tenths / 10).to_string() } else { format!("{}.{}", tenths / 10, tenths % 10) })
}

fn schooling(people: &[Located<Elected>]) -> Option<Schooling> {
    let at_least = |least| count_if(people, |person| Some(person.education.value()? >= least));
    let senior_high = at_least(Education::SeniorHigh)?;
    let junior_high = at_least(Education::JuniorHigh)?;
    Some(Schooling {
        college: at_least(Education::College)?,
        senior_high,
        junior_high: junior_high - senior_high,
        primary: people.len() - junior_high,
    })
}

fn tallies(result: &ElectionResult, posts: Option<&Posts>) -> Vec<Tally> {
    Post::ALL
        .iter()
        .map(|&post| {
            let mut rows: Vec<TallyRow> = result
                .votes
                .items()
                .iter()
                .filter(|row| row.post.value() == Some(post))
                .filter_map(|row| {
                    let name = row.name.get()?.clone();
                    let elected = result.elected.items().iter().any(|person| {
                        person.name.get() == Some(&name) && person.post.value() == Some(post)
                    });
                    Some(TallyRow {
                        votes: row.votes.value(),
                        against: row.against.value(),
                        abstained: row.abstained.value(),
                        write_in: row.write_in.value().unwrap_or(false),
                        elected,
                        name,
                    })
                })
                .collect();
            rows.sort_by_key(|row| Reverse(row.votes));
            Tally { post: post.name(), seats: posts.and_then(|posts| posts.seats(post)), rows }
        })
        .filter(|tally| !tally.rows.is_empty())
        .collect()
}
