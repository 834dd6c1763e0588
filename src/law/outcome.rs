//! Who is elected follows from the votes: pure arithmetic on a [`Contest`].
//! Whether the votes count at all is for [`round`](super::round) to say.

use std::collections::HashSet;

use super::parameter::Share;
use crate::election::model::Post;
use crate::election::person::Sex;
use crate::number::counted;

/// All that decides one round of voting.
#[derive(Clone, Debug)]
pub struct Contest {
    /// Seats to be filled, in the order of rank.
    pub seats: Vec<(Post, u32)>,
    pub votes: Vec<Tally>,
    /// Ballots cast, of which [`share`](Self::share) is counted.
    pub cast: u32,
    /// The share of the ballots cast that elects.
    pub share: Share,
    /// Posts for which this vote only parts those whose votes were equal before:
    /// of them the most votes elect.
    pub parted: Vec<Post>,
    /// Votes for a post that was not won count for the posts below it.
    pub carry_down: bool,
    /// If no woman won a higher post, the first ordinary seat is a woman's.
    pub woman_reserved: bool,
}

impl Contest {
    /// The share that elects to a post.
    pub fn share_of(&self, post: Post) -> Share {
        if self.parted.contains(&post) { Share::OF_ANY } else { self.share }
    }
}

/// The votes of one person for one post.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tally {
    pub name: String,
    pub post: Post,
    pub votes: u32,
    pub sex: Option<Sex>,
}

/// What follows from a [`Contest`].
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Outcome {
    /// Those elected, by rank, then by votes.
    pub elected: Vec<Tally>,
    /// Seats that votes cannot decide, because they are equal.
    pub ties: Vec<Tie>,
    /// Seats that nobody won.
    pub vacancies: Vec<Vacancy>,
}

/// People with equal votes, of whom only some can have a seat.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tie {
    pub post: Post,
    pub seats: u32,
    pub votes: u32,
    pub names: Vec<String>,
}

/// Seats for which a run-off (另行选举) is held.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Vacancy {
    pub post: Post,
    pub seats: u32,
    /// Those who were not elected, by votes: the candidates of the run-off.
    pub candidates: Vec<Tally>,
    /// The seat was kept for a woman.
    pub for_woman: bool,
}

impl Outcome {
    /// Every seat is filled.
    pub fn is_full(&self) -> bool {
        self.ties.is_empty() && self.vacancies.is_empty()
    }

    fn is_same_but_for_sex(&self, other: &Self) -> bool {
        let seat = |tally: &Tally| (tally.name.clone(), tally.post);
        let seats = |outcome: &Self| outcome.elected.iter().map(seat).collect::<HashSet<_>>();
        let open = |outcome: &Self| {
            let open = outcome.vacancies.iter();
            open.map(|vacancy| (vacancy.post, vacancy.seats, vacancy.for_woman)).collect::<Vec<_>>()
        };
        seats(self) == seats(other) && self.ties == other.ties && open(self) == open(other)
    }

    /// Whether votes elected `name` to `post`.
    pub fn elects(&self, name: &str, post: Post) -> bool {
        self.elected.iter().any(|winner| winner.name == name && winner.post == post)
    }
}

/// Decides a contest. `None` if a seat is kept for a woman, and it depends on
/// somebody whose sex is not known.
pub fn decide(contest: &Contest) -> Option<Outcome> {
    let unknown: HashSet<&str> = contest
        .votes
        .iter()
        .filter(|tally| tally.sex.is_none())
        .map(|tally| tally.name.as_str())
        .collect();
    if !contest.woman_reserved || unknown.is_empty() {
        return Some(run(contest));
    }
    // Were she the only woman among them, or were there none: does it matter?
    let suppose = |woman: Option<&str>| {
        let mut supposed = contest.clone();
        for tally in supposed.votes.iter_mut().filter(|tally| tally.sex.is_none()) {
            let is_woman = woman == Some(tally.name.as_str());
            tally.sex = Some(if is_woman { Sex::Female } else { Sex::Male });
        }
        run(&supposed)
    };
    let outcome = suppose(None);
    let same = unknown.iter().all(|&woman| outcome.is_same_but_for_sex(&suppose(Some(woman))));
    same.then(|| run(contest))
}

fn run(contest: &Contest) -> Outcome {
    let mut outcome = Outcome::default();
    for &(post, seats) in &contest.seats {
        Race::new(contest, post, &outcome).run(seats, &mut outcome);
    }
    outcome
}

/// The race for one post.
#[derive(Clone)]
struct Race<'a> {
    contest: &'a Contest,
    post: Post,
    /// By votes, the most first; among equals by name, so that the order of
    /// the input decides nothing.
    runners: Vec<Tally>,
    woman_elected: bool,
}

impl<'a> Race<'a> {
    fn new(contest: &'a Contest, post: Post, outcome: &Outcome) -> Self {
        let taken: HashSet<&str> =
            outcome.elected.iter().map(|winner| winner.name.as_str()).collect();
        let mut runners: Vec<Tally> = Vec::new();
        for tally in &contest.votes {
            let counts = tally.post == post || contest.carry_down && tally.post < post;
            if !counts || taken.contains(tally.name.as_str()) {
                continue;
            }
            match runners.iter_mut().find(|runner| runner.name == tally.name) {
                Some(runner) => runner.votes = runner.votes.saturating_add(tally.votes),
                None => runners.push(Tally { post, ..tally.clone() }),
            }
        }
        runners.sort_by(|a, b| b.votes.cmp(&a.votes).then_with(|| a.name.cmp(&b.name)));
        let woman_elected = outcome.elected.iter().any(|winner| winner.sex == Some(Sex::Female));
        Self { contest, post, runners, woman_elected }
    }

    fn run(mut self, seats: u32, outcome: &mut Outcome) {
        if seats == 0 || !self.reserves_a_seat() {
            return self.fill(seats, outcome);
        }
        let women = self.runners.iter().filter(|runner| runner.sex == Some(Sex::Female));
        let women = women.filter(|runner| self.passes(runner)).cloned().collect();
        match split_at_tie(women, 1) {
            (first, equals) if equals.is_empty() => {
                if first.is_empty() {
                    outcome.vacancies.push(self.vacancy(1, true));
                }
                self.runners.retain(|runner| !first.contains(runner));
                outcome.elected.extend(first);
                self.fill(seats - 1, outcome);
            }
            (_, equals) => self.one_of(&equals, seats, outcome),
        }
    }

    /// Equal votes for the seat that is kept for a woman: elected is who would
    /// be whichever of them had it, and the other seats are tied.
    fn one_of(self, women: &[Tally], seats: u32, outcome: &mut Outcome) {
        let suppose = |woman: &Tally| {
            let mut supposed = Outcome { elected: vec![woman.clone()], ..Outcome::default() };
            let mut race = self.clone();
            race.runners.retain(|runner| runner != woman);
            race.fill(seats - 1, &mut supposed);
            supposed
        };
        let supposed: Vec<Outcome> = women.iter().map(suppose).collect();
        let wins = |one: &Tally| supposed.iter().all(|other| other.elected.contains(one));
        let (elected, tied): (Vec<Tally>, Vec<Tally>) = self
            .runners
            .iter()
            .filter(|one| supposed.iter().any(|other| other.elected.contains(one)))
            .cloned()
            .partition(wins);
        let open = seats.saturating_sub(counted(elected.len()));
        outcome.elected.extend(elected);
        if !tied.is_empty() {
            let names = tied.into_iter().map(|runner| runner.name).collect();
            outcome.ties.push(Tie { post: self.post, seats: open, votes: women[0].votes, names });
        } else if let Some(supposed) = supposed.into_iter().next() {
            outcome.ties.extend(supposed.ties);
            outcome.vacancies.extend(supposed.vacancies);
        }
    }

    /// Gives the seats to those with the most votes.
    fn fill(mut self, seats: u32, outcome: &mut Outcome) {
        let mut free = seats;
        let passing: Vec<Tally> =
            self.runners.iter().filter(|runner| self.passes(runner)).cloned().collect();
        let (winners, tie) = split_at_tie(passing, free);
        free -= counted(winners.len());
        self.runners.retain(|runner| !winners.contains(runner));
        outcome.elected.extend(winners);
        if !tie.is_empty() {
            let names = tie.iter().map(|runner| runner.name.clone()).collect();
            outcome.ties.push(Tie { post: self.post, seats: free, votes: tie[0].votes, names });
        } else if free > 0 {
            outcome.vacancies.push(self.vacancy(free, false));
        }
    }

    fn passes(&self, runner: &Tally) -> bool {
        let share = self.contest.share_of(self.post);
        share.is_met(runner.votes.into(), self.contest.cast.into())
    }

    fn reserves_a_seat(&self) -> bool {
        self.contest.woman_reserved && self.post == Post::Member && !self.woman_elected
    }

    fn vacancy(&self, seats: u32, for_woman: bool) -> Vacancy {
        let fits = |runner: &&Tally| !for_woman || runner.sex == Some(Sex::Female);
        Vacancy {
            post: self.post,
            seats,
            for_woman,
            candidates: self.runners.iter().filter(fits).cloned().collect(),
        }
    }
}

/// The first `seats` of those who passed; if the last seat falls among equals,
/// none of these has it, and they are returned apart.
fn split_at_tie(mut passing: Vec<Tally>, seats: u32) -> (Vec<Tally>, Vec<Tally>) {
    let seats = seats as usize;
    if passing.len() <= seats {
        return (passing, Vec::new());
    }
    if seats == 0 {
        return (Vec::new(), Vec::new());
    }
    let last = passing[seats - 1].votes;
    if passing[seats].votes < last {
        passing.truncate(seats);
        return (passing, Vec::new());
    }
    let winners = passing.iter().filter(|runner| runner.votes > last).cloned().collect();
    passing.retain(|runner| runner.votes == last);
    (winners, passing)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// What is decided where the sex of everybody is known.
    fn decide(contest: &Contest) -> Outcome {
        super::decide(contest).unwrap()
    }

    fn share(text: &str) -> Share {
        text.to_owned().try_into().unwrap()
    }

    fn contest(seats: &[(Post, u32)], votes: &[(&str, Post, u32)]) -> Contest {
        Contest {
            seats: seats.to_vec(),
            votes: votes
                .iter()
                .map(|&(name, post, votes)| Tally {
                    name: name.into(),
                    post,
                    votes,
                    sex: Some(Sex::Male),
                })
                .collect(),
            cast: 100,
            share: share(">1/2"),
            parted: Vec::new(),
            carry_down: false,
            woman_reserved: false,
        }
    }

    fn names(outcome: &Outcome) -> Vec<&str> {
        outcome.elected.iter().map(|winner| winner.name.as_str()).collect()
    }

    use Post::{Chair, Member, ViceChair};

    #[test]
    fn a_majority_elects_and_a_half_does_not() {
        let outcome = decide(&contest(&[(Chair, 1)], &[("甲", Chair, 51), ("乙", Chair, 49)]));
        assert!(outcome.is_full());
        assert_eq!(names(&outcome), ["甲"]);
        let outcome = decide(&contest(&[(Chair, 1)], &[("甲", Chair, 50), ("乙", Chair, 50)]));
        assert_eq!(outcome.vacancies[0].candidates.len(), 2);
    }

    #[test]
    fn equal_votes_for_the_last_seat_are_a_tie() {
        let votes =
            [("甲", Member, 80), ("乙", Member, 60), ("丙", Member, 60), ("丁", Member, 55)];
        let outcome = decide(&contest(&[(Member, 2)], &votes));
        assert_eq!(names(&outcome), ["甲"]);
        assert_eq!(
            outcome.ties,
            [Tie { post: Member, seats: 1, votes: 60, names: vec!["丙".into(), "乙".into()] }]
        );
        assert!(
            decide(&contest(&[(Member, 3)], &votes)).is_full(),
            "equals who all have a seat are no tie"
        );
    }

    #[test]
    fn one_person_has_one_post() {
        let votes = [("甲", Chair, 80), ("甲", Member, 90), ("乙", Member, 60)];
        let outcome = decide(&contest(&[(Chair, 1), (Member, 1)], &votes));
        assert_eq!(names(&outcome), ["甲", "乙"]);
    }

    #[test]
    fn votes_carry_down_only_where_the_law_says_so() {
        let votes = [("甲", Chair, 60), ("乙", Chair, 30), ("乙", Member, 25)];
        let mut contest = contest(&[(Chair, 1), (Member, 1)], &votes);
        assert_eq!(names(&decide(&contest)), ["甲"]);
        contest.carry_down = true;
        let outcome = decide(&contest);
        assert_eq!((names(&outcome), outcome.elected[1].votes), (vec!["甲", "乙"], 55));
    }

    #[test]
    fn a_seat_is_kept_for_a_woman() {
        let votes = [("甲", Member, 80), ("乙", Member, 70), ("丙", Member, 60)];
        let mut contest = contest(&[(Member, 2)], &votes);
        contest.woman_reserved = true;
        contest.votes[2].sex = Some(Sex::Female);
        assert_eq!(names(&decide(&contest)), ["丙", "甲"]);
        contest.votes[2].votes = 40;
        let outcome = decide(&contest);
        assert_eq!(names(&outcome), ["甲"]);
        assert!(outcome.vacancies[0].for_woman && outcome.vacancies[0].candidates[0].name == "丙");
        contest.votes[2].votes = 60;
        contest.votes[2].sex = None;
        assert_eq!(super::decide(&contest), None, "nothing is decided on a guess");
        contest.votes[0].sex = Some(Sex::Female);
        assert_eq!(names(&decide(&contest)), ["甲", "乙"], "a woman has won: it does not matter");
    }

    #[test]
    fn equal_votes_of_women_are_no_lot_for_the_kept_seat() {
        let votes = [("王", Member, 46), ("张", Member, 46), ("李", Member, 80)];
        let mut contest = Contest { share: share(">=1/3"), ..contest(&[(Member, 2)], &votes) };
        contest.woman_reserved = true;
        contest.votes[0].sex = Some(Sex::Female);
        contest.votes[1].sex = Some(Sex::Female);
        let outcome = decide(&contest);
        assert_eq!(names(&outcome), ["李"]);
        assert_eq!((outcome.ties[0].seats, outcome.ties[0].names.len()), (1, 2));
        contest.seats = vec![(Member, 3)];
        let outcome = decide(&contest);
        assert!(outcome.is_full() && names(&outcome).len() == 3, "each of them has a seat");
    }

    #[test]
    fn a_runoff_needs_a_third() {
        let votes = [("甲", ViceChair, 34), ("乙", ViceChair, 33)];
        let contest = Contest { share: share(">=1/3"), ..contest(&[(ViceChair, 2)], &votes) };
        let outcome = decide(&contest);
        assert_eq!(names(&outcome), ["甲"]);
        assert_eq!(outcome.vacancies[0].seats, 1);
    }

    fn any_contest() -> impl Strategy<Value = Contest> {
        let posts = prop::sample::select(vec![Chair, ViceChair, Member]);
        let tally = (0..12u8, posts, 0..=60u32).prop_map(|(name, post, votes)| Tally {
            name: format!("{name:02}"),
            post,
            votes,
            sex: Some(if name % 3 == 0 { Sex::Female } else { Sex::Male }),
        });
        let votes = prop::collection::vec(tally, 0..24);
        (votes, 0..3u32, 0..3u32, 0..5u32, any::<bool>(), any::<bool>()).prop_map(
            |(votes, chair, vice, member, carry_down, woman_reserved)| Contest {
                seats: vec![(Chair, chair), (ViceChair, vice), (Member, member)],
                votes,
                cast: 60,
                share: share(">1/2"),
                parted: Vec::new(),
                carry_down,
                woman_reserved,
            },
        )
    }

    proptest! {
        #[test]
        fn every_seat_is_accounted_for(contest in any_contest()) {
            let outcome = decide(&contest);
            for &(post, seats) in &contest.seats {
                let elected = counted(outcome.elected.iter().filter(|winner| winner.post == post).count());
                let tied: u32 = outcome.ties.iter().filter(|tie| tie.post == post).map(|tie| tie.seats).sum();
                let vacant: u32 = outcome.vacancies.iter().filter(|vacancy| vacancy.post == post).map(|v| v.seats).sum();
                prop_assert_eq!(elected + tied + vacant, seats);
            }
        }

        #[test]
        fn the_elected_passed_and_have_one_post(contest in any_contest()) {
            let outcome = decide(&contest);
            let mut seen = HashSet::new();
            for winner in &outcome.elected {
                prop_assert!(winner.votes > 30 && seen.insert(&winner.name));
            }
            for tie in &outcome.ties {
                prop_assert!(counted(tie.names.len()) > tie.seats && tie.seats > 0);
            }
        }

        #[test]
        fn equal_votes_for_a_post_never_part_two_of_a_sex(contest in any_contest()) {
            let single = Contest { carry_down: false, seats: vec![(Member, 3)], ..contest };
            let outcome = decide(&single);
            let runners = Race::new(&single, Member, &Outcome::default()).runners;
            for one in &runners {
                for other in runners.iter().filter(|other| other.votes == one.votes && other.sex == one.sex) {
                    prop_assert_eq!(outcome.elects(&one.name, Member), outcome.elects(&other.name, Member));
                }
            }
        }

        #[test]
        fn the_order_of_the_votes_decides_nothing(contest in any_contest()) {
            let mut reversed = contest.clone();
            reversed.votes.reverse();
            prop_assert_eq!(decide(&contest), decide(&reversed));
        }

        #[test]
        fn nobody_with_more_votes_is_passed_over(mut contest in any_contest()) {
            contest.woman_reserved = false;
            contest.carry_down = false;
            let outcome = decide(&contest);
            let elected = |name: &str| outcome.elected.iter().any(|winner| winner.name == name);
            for winner in &outcome.elected {
                let better = Race::new(&contest, winner.post, &Outcome::default()).runners.into_iter()
                    .filter(|runner| runner.votes > winner.votes);
                for runner in better {
                    prop_assert!(elected(&runner.name));
                }
            }
        }
    }
}
