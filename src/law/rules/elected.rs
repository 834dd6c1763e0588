//! Who is elected, and what was declared.

use super::ballots::{each_round, is_declared_void};
use super::committee::related_pairs;
use crate::diagnostic::Place;
use crate::election::model::{Elected, Engagement, Outcome as Declared, Post, Posts};
use crate::election::person::{Sex, name_key};
use crate::law::case::{Case, DateAt, Finding, same_name, surely_after};
use crate::law::days::{self, say};
use crate::law::outcome::{Outcome, Tally};
use crate::law::parameter::*;
use crate::law::profile::{Basis, Profile};
use crate::law::round::{Round, Void, Voting, Winner};
use crate::number::counted;

/// The declared winners of a round.
fn declared<'r, 'a>(round: &'r Round<'a>) -> impl Iterator<Item = (&'r Winner<'a>, &'a Elected)> {
    let winners = round.winners.iter().flatten();
    winners.filter_map(|winner| Some((winner, winner.declared?)))
}

pub(super) fn majority(case: &Case) -> Vec<Finding> {
    each_round(case, |round| if round.is_runoff() { Vec::new() } else { short_of_share(round) })
}

/// Those declared elected with fewer votes than elect.
pub(super) fn short_of_share(round: &Round) -> Vec<Finding> {
    let key = if round.is_runoff() { RUNOFF_SHARE.name } else { MAJORITY.name };
    let (Some(cast), Some(basis)) = (round.poll.cast(), round.profile.basis(key)) else {
        return Vec::new();
    };
    let short = declared(round).filter_map(|(_, elected)| {
        let (name, post) = (elected.name.located()?, elected.post.value()?);
        let votes = round.votes_of(name, post).or(elected.votes.value())?;
        let share = round.share_of(post)?;
        (!share.is_met(votes.into(), cast.into())).then(|| {
            let least = share.least(cast.into());
            let message = format!(
                "{}当选{}，得 {votes} 票；投票 {cast}，{share}须 {least} 票，差 {} 票。",
                name.value,
                post.name(),
                least.saturating_sub(votes.into())
            );
            let written = round.votes_place(name, post).or(elected.votes.place());
            let found = Finding::new(&name.place, message)
                .also(written, "得票")
                .also(round.poll.cast_place(), "投票")
                .help("票数不够的不能当选，空缺的名额另行选举；请核对票数。")
                .resting_on(basis.clone());
            // Fewer ballots may have come back than people took part.
            if round.poll.is_counted() { found } else { found.doubtful() }
        })
    });
    short.collect()
}

pub(super) fn elected_by_votes(case: &Case) -> Vec<Finding> {
    each_round(case, |round| {
        let counted = round.counted.as_ref().filter(|_| round.poll.valid != Some(false));
        let (Some(outcome), Some(list)) = (counted, round.result.elected.place()) else {
            return Vec::new();
        };
        let declared: Vec<&Elected> = declared(round).map(|(_, elected)| elected).collect();
        if declared.is_empty() {
            return Vec::new();
        }
        let names = declared.iter().filter_map(|one| one.name.get().map(String::as_str)).collect();
        let both = Comparison { case, round, outcome, declared, names };
        let wrong = both.declared.iter().filter_map(|elected| both.wrongly_elected(elected));
        wrong
            .chain(both.outcome.elected.iter().filter_map(|one| both.passed_over(one, list)))
            .collect()
    })
}

/// The declared result of a round beside what its votes decide.
struct Comparison<'r, 'a> {
    case: &'r Case<'a>,
    round: &'r Round<'a>,
    outcome: &'r Outcome,
    declared: Vec<&'a Elected>,
    names: Vec<&'a str>,
}

impl Comparison<'_, '_> {
    /// Somebody declared elected whom the votes do not elect.
    fn wrongly_elected(&self, elected: &Elected) -> Option<Finding> {
        let (name, post) = (elected.name.located()?, elected.post.value()?);
        let key = name_key(name);
        let tied = self.outcome.ties.iter().any(|tie| tie.names.iter().any(|name| *name == key));
        if self.outcome.elects(&key, post) || tied {
            return None;
        }
        let Some(votes) = self.round.votes_of(name, post) else {
            let message = format!(
                "{}当选{post}，得票里却没有这个人的{post}票。",
                name.value,
                post = post.name()
            );
            let list = self.round.result.votes.place();
            let found = Finding::new(&name.place, message).also(list, "得票在这里");
            return Some(found.help("请核对姓名和职务。"));
        };
        let better = self.outcome.elected.iter().filter(|_| self.all_named()).find(|winner| {
            winner.post == post && winner.votes > votes && !self.is_declared(&winner.name)
        })?;
        // Too few votes altogether is told by the rule on the share.
        let told = !self.passes(post, votes) || self.excused(&better.name, elected);
        (!told).then(|| {
            let message = format!(
                "{}得 {votes} 票当选{}，得 {} 票的{}却没有当选。",
                name.value,
                post.name(),
                better.votes,
                better.name
            );
            let theirs = |name: &str| self.round.votes_place(name, post);
            Finding::new(&name.place, message)
                .also(theirs(name), format!("{}的得票", name.value))
                .also(theirs(&better.name), format!("{}的得票", better.name))
                .help("得票多的当选；请核对当选名单和票数。")
        })
    }

    /// Somebody whom the votes elect to a seat that was left empty.
    fn passed_over(&self, winner: &Tally, list: &Place) -> Option<Finding> {
        let seats = self.round.seats(winner.post)? as usize;
        let holders = self.declared.iter().filter(|one| one.post.value() == Some(winner.post));
        let empty = holders.count() < seats && self.all_named();
        (empty && !self.is_declared(&winner.name) && !self.is_related(&winner.name)).then(|| {
            let message = format!(
                "{}得 {} 票，应当选{}，当选名单里却没有。",
                winner.name,
                winner.votes,
                winner.post.name()
            );
            let votes = self.round.votes_place(&winner.name, winner.post);
            Finding::new(list, message)
                .also(votes, format!("{}的得票", winner.name))
                .help("请核对当选名单和票数。")
        })
    }

    fn passes(&self, post: Post, votes: u32) -> bool {
        let (share, cast) = (self.round.share_of(post), self.round.poll.cast());
        share.zip(cast).is_none_or(|(share, cast)| share.is_met(votes.into(), cast.into()))
    }

    /// Whether it is known of all who were declared elected who they are; else
    /// nobody can be said to be missing.
    fn all_named(&self) -> bool {
        self.names.len() == self.declared.len()
    }

    fn is_declared(&self, name: &str) -> bool {
        self.names.iter().any(|declared| same_name(declared, name))
    }

    /// Fewer votes win lawfully where the better one is a winner's near
    /// relative, or where the seat is the only woman's.
    fn excused(&self, better: &str, elected: &Elected) -> bool {
        let is_woman = |name: &str, said| self.case.sex_of(name, said) == Some(Sex::Female);
        let woman = elected.name.get().is_some_and(|name| is_woman(name, elected.sex.value()));
        let women = self.names.iter().filter(|name| is_woman(name, None)).count();
        woman && women <= 1 || self.is_related(better)
    }

    fn is_related(&self, person: &str) -> bool {
        let kinds = self.case.kin();
        self.names.iter().any(|name| self.case.kinship().between(name, person, &kinds).is_some())
    }
}

pub(super) fn elected_tie(case: &Case) -> Vec<Finding> {
    each_round(case, |round| {
        let (Some(counted), true) = (&round.counted, round.profile.demands(&TIE_REVOTE)) else {
            return Vec::new();
        };
        let decided = counted.ties.iter().filter_map(|tie| {
            let (lucky, _) = declared(round).find(|(winner, _)| {
                let is_tied = |name: &str| tie.names.iter().any(|tied| same_name(tied, name));
                winner.post == Some(tie.post) && winner.name.is_some_and(is_tied)
            })?;
            let message = format!(
                "{}各得 {} 票，只剩 {} 个{}名额，票数相等不能确定当选人。",
                tie.names.join("、"),
                tie.votes,
                tie.seats,
                tie.post.name()
            );
            Some(
                Finding::new(lucky.place, message)
                    .also_each(tie.names.iter().filter_map(|name| {
                        Some((round.votes_place(name, tie.post)?, format!("{name}的得票")))
                    }))
                    .help("应就票数相等的人再次投票；已经再次投票的，请按再次投票的票数填写。"),
            )
        });
        decided.collect()
    })
}

pub(super) fn elected_votes(case: &Case) -> Vec<Finding> {
    each_round(case, |round| {
        let differ = declared(round).filter_map(|(_, elected)| {
            let (name, written) = (elected.name.get()?, elected.votes.located()?);
            let post = elected.post.value()?;
            let counted = round.votes_of(name, post)?;
            (counted != written.value).then(|| {
                let message =
                    format!("{name}在当选名单里是 {} 票，在得票里是 {counted} 票。", written.value);
                Finding::new(&written.place, message)
                    .also(round.votes_place(name, post), "得票里写的")
                    .help("请核对这两个数。")
            })
        });
        differ.collect()
    })
}

/// How many may have their post as their work: no more than there are posts, and
/// than are elected to it.
pub(super) fn full_time(case: &Case) -> Vec<Finding> {
    let posts = case.election.posts.get();
    let Some((written, posts)) = posts.and_then(|posts| Some((posts.full_time.located()?, posts)))
    else {
        return Vec::new();
    };
    if let Some(total) = posts.total().filter(|&total| total < written.value) {
        let message = format!("职数共 {total} 名，专职却写了 {} 名。", written.value);
        return vec![Finding::new(&written.place, message).help("请核对职数。")];
    }
    let elected = case.first_round().into_iter().flat_map(declared);
    let full = elected.filter(|(_, one)| one.engagement.value() == Some(Engagement::FullTime));
    let surplus = full.map(|(winner, _)| winner.place).nth(written.value as usize);
    let too_many = surplus.map(|place| {
        let message = format!("专职的名额是 {} 名，当选名单里却不止。", written.value);
        Finding::new(place, message).also(&written.place, "名额").help("请核对任职方式和名额。")
    });
    too_many.into_iter().collect()
}

/// A by-election fills its own seats; a run-off some of the election's.
pub(super) fn elected_seats(case: &Case) -> Vec<Finding> {
    let own: Vec<&Winner> =
        case.own_rounds().flat_map(|round| round.winners.iter().flatten()).collect();
    let mut findings = match case.first_round() {
        Some(first) => too_many(&own, first, case.election.posts.get()),
        None => Vec::new(),
    };
    if let Some(by_election) = case.votes().round(Voting::ByElection) {
        let theirs: Vec<&Winner> = by_election.winners.iter().flatten().collect();
        let posts = case.election.by_election.get().and_then(|later| later.posts.get());
        findings.extend(too_many(&theirs, by_election, posts));
    }
    findings
}

fn too_many(winners: &[&Winner], round: &Round, posts: Option<&Posts>) -> Vec<Finding> {
    let mut findings = Vec::new();
    for &post in Post::ALL {
        let holders: Vec<_> = winners.iter().filter(|winner| winner.post == Some(post)).collect();
        let Some(seats) = round.seats(post) else { continue };
        if let Some(surplus) = holders.get(seats as usize) {
            let message =
                format!("{}应选 {seats} 名，当选却有 {} 名。", post.name(), holders.len());
            let seats = posts.and_then(|posts| posts.field(post).place());
            let found = Finding::new(surplus.place, message).also(seats, "应选");
            findings.push(found.help("请核对职数和当选名单。"));
        }
    }
    let mut seen: Vec<(&str, &Place)> = Vec::new();
    for (name, place) in winners.iter().filter_map(|winner| Some((winner.name?, winner.place))) {
        if let Some((_, before)) = seen.iter().find(|(other, _)| same_name(other, name)) {
            let message = format!("{name}在当选名单里出现了两次，一人只能担任一职。");
            let found = Finding::new(place, message).also(*before, "先写在这里");
            findings.push(found.help("请核对；同名的两人请加注区别。"));
        }
        seen.push((name, place));
    }
    findings
}

/// Women as the law wants them and, which is a doubt, as was decided with the
/// number of seats; of the run-off and the by-election what was decided.
pub(super) fn women_elected(case: &Case) -> Vec<Finding> {
    let election = case.election;
    let result = election.result.get().and_then(|result| result.elected.place());
    let own = case.votes().elected().and_then(|winners| {
        let wanted = Wanted { law: case.law(&COMPOSITION_WOMEN), posts: election.posts.get()? };
        wanted.of(&winners, result)
    });
    let later = case.rounds().iter().filter(|round| round.voting != Voting::First);
    let later = later.filter_map(|round| {
        let posts = match round.voting {
            Voting::Runoff => &election.runoff.get()?.posts,
            _ => &election.by_election.get()?.posts,
        };
        let wanted = Wanted { law: None, posts: posts.get()? };
        wanted.of(round.winners.as_ref()?, round.result.elected.place())
    });
    own.into_iter().chain(later).collect()
}

/// How many of those who take some seats are to be women.
struct Wanted<'a> {
    law: Option<u32>,
    posts: &'a Posts,
}

impl Wanted<'_> {
    fn of(&self, winners: &[Winner], list: Option<&Place>) -> Option<Finding> {
        // While seats are open a woman may still win one.
        let full = winners.len() >= self.posts.total()? as usize;
        let place = list.or(Some(winners.first().filter(|_| full)?.place)).filter(|_| full)?;
        let sexes = winners.iter().map(|winner| winner.sex).collect::<Option<Vec<Sex>>>()?;
        let women = counted(sexes.iter().filter(|&&sex| sex == Sex::Female).count());
        let tell = |least: u32, so: &str| {
            let all = winners.len();
            Finding::new(
                place,
                format!("当选的 {all} 人中妇女 {women} 名，{so}至少应有 {least} 名。"),
            )
            .help("请核对性别；确实没有的，应留名额另行选举妇女成员。")
        };
        let decided = self.posts.women.value();
        match (self.law, decided) {
            (Some(least), _) if women < least => Some(tell(least, "")),
            (_, Some(least)) if women < least => {
                let found = tell(least, "职数里决定").also(self.posts.women.place(), "决定的名额");
                Some(found.resting_on(Basis::arithmetic()).doubtful())
            }
            _ => None,
        }
    }
}

pub(super) fn elected_kin(case: &Case) -> Vec<Finding> {
    if case.law(&COMPOSITION_KIN).is_none() {
        return Vec::new();
    }
    let Some(winners) = case.votes().elected() else { return Vec::new() };
    let names: Vec<&str> = winners.iter().filter_map(|winner| winner.name).collect();
    let resolution = case
        .law(&COMPOSITION_KIN_RESOLUTION)
        .unwrap_or_else(|| "其中一人应退出，空缺另行补选".into());
    let elected = |name: &str| {
        let winner = winners.iter().find(|winner| winner.name == Some(name))?;
        Some((winner.place, format!("{name}当选")))
    };
    related_pairs(case, &names)
        .map(|(one, other, word, place)| {
            Finding::new(place, format!("当选人{one}与{other}是近亲属（{word}），应当回避。"))
                .also_each([one, other].into_iter().filter_map(elected))
                .help(format!("{resolution}。"))
        })
        .collect()
}

pub(super) fn outcome_declared(case: &Case) -> Vec<Finding> {
    each_round(case, |round| declared_otherwise(round).into_iter().collect())
}

fn declared_otherwise(round: &Round) -> Option<Finding> {
    let declared = round.result.declared.located()?;
    let finding = |message: String| {
        Finding::new(&declared.place, message)
            .also(round.result.elected.place(), "当选名单")
            .help("请核对宣布的结果和当选名单。")
    };
    if is_declared_void(round) {
        let named = round.result.elected.items().len();
        if named > 0 {
            return Some(finding(format!("宣布选举无效，却有 {named} 人当选。")));
        }
        // It may be void for a reason that numbers do not show.
        let enough = round.poll.quorum_met == Some(true) && round.poll.void == Some(Void::Declared);
        return enough.then(|| finding("参加投票的人数够，却宣布选举无效。".into()).doubtful());
    }
    // That it counts for nothing, and why, is told by other rules.
    if round.poll.valid == Some(false) {
        return None;
    }
    let winners = round.winners.as_ref()?;
    // Where somebody has a post of which no seats are written, not all are.
    if winners.iter().any(|one| one.post.is_some_and(|post| round.seats(post).is_none())) {
        return None;
    }
    let (winners, seats) = (winners.len(), round.all_seats()? as usize);
    match declared.value {
        Declared::Full if winners < seats => {
            Some(finding(format!("宣布选满，当选却只有 {winners} 人，应选 {seats} 人。")))
        }
        Declared::Partial if winners >= seats => {
            Some(finding(format!("宣布未选满，当选却有 {winners} 人，应选 {seats} 人。")))
        }
        _ => None,
    }
}

pub(super) fn first_attempt(case: &Case) -> Option<Finding> {
    let round = case.first_round()?;
    let claimed = round.result.first_attempt.located()?;
    let elected = round.result.elected.place();
    let finding =
        |message: String| Some(Finding::new(&claimed.place, message).also(elected, "当选名单"));
    if !claimed.value {
        let succeeded = round.is_full() == Some(true) && case.election.runoff.is_absent();
        // An earlier vote may have been void, of which nothing is written here.
        return finding("写着不是一次选举成功，第一次投票却已选满，没有另行选举。".into())
            .filter(|_| succeeded)
            .map(|found| {
                found.help("请核对；以前投票无效、这次是重新选举的，不必改。").doubtful()
            });
    }
    if !case.election.runoff.is_absent() {
        let found = Finding::new(&claimed.place, "写着一次选举成功，又写了另行选举。");
        let found = found.also(case.election.runoff.place(), "另行选举");
        return Some(found.help("请删去其中一处。"));
    }
    if round.poll.valid == Some(false) {
        return None;
    }
    let (winners, seats) = (round.winners.as_ref()?.len(), round.all_seats()?);
    if winners >= seats as usize {
        return None;
    }
    finding(format!("写着一次选举成功，当选只有 {winners} 人，应选 {seats} 人。"))
        .map(|found| found.help("请核对当选名单。"))
}

/// Of a recall and a by-election the law says it of elections only.
pub(super) fn result_same_day(case: &Case) -> Vec<Finding> {
    let rounds = case.rounds().iter().filter_map(|round| {
        let result = round.result;
        let found = told_later(
            round.profile,
            round.voting,
            result.announced_on.located()?,
            held_on(case, round.voting)?,
        )?;
        // With one date only, it may be the day of the notice on the wall.
        let doubt = result.posted_on.is_absent() || round.voting != Voting::First;
        Some(if doubt { found.doubtful() } else { found })
    });
    let recall = || {
        let recall = case.election.recall.get()?;
        let (posted, held) = (recall.posted_on.located()?, recall.held_on.located()?);
        told_later(case.law_of(Voting::Recall), Voting::Recall, posted, held)
    };
    rounds.chain(recall().map(Finding::doubtful)).collect()
}

/// The day of a vote, as written.
fn held_on<'a>(case: &Case<'a>, voting: Voting) -> Option<DateAt<'a>> {
    let election = case.election;
    match voting {
        Voting::First => case.election_day(),
        Voting::Runoff => election.runoff.get()?.held_on.located(),
        Voting::ByElection => election.by_election.get()?.held_on.located(),
        Voting::Recall => election.recall.get()?.held_on.located(),
    }
}

fn told_later(law: &Profile, voting: Voting, told: DateAt, held: DateAt) -> Option<Finding> {
    let stated = law.get(&RESULT_SAME_DAY).filter(|stated| stated.value)?;
    surely_after(told.value, held.value).then(|| {
        let (what, day) = match voting {
            Voting::First => ("选举", "选举日"),
            voting => (voting.name(), "投票"),
        };
        let message =
            format!("{what}结果{}公布，{day}是{}，应当场公布。", say(told.value), say(held.value));
        let help = match voting {
            Voting::Recall => "请核对：当场宣布、隔日张榜的不必改。",
            _ => "请核对：当场公布的日期写在“公布日期”，张榜的日期写在“张榜日期”。",
        };
        Finding::new(&told.place, message)
            .also(&held.place, day)
            .help(help)
            .resting_on(stated.basis)
    })
}

pub(super) fn roster_posted(case: &Case) -> Vec<Finding> {
    let late = case.rounds().iter().filter_map(|round| {
        let stated = round.profile.get(&RESULT_ROSTER_DAYS)?;
        let posted = round.result.posted_on.located()?;
        let day = held_on(case, round.voting)?;
        // Counting ends on the election day or in the night after it.
        let last = days::after(day.latest(), stated.value);
        (posted.earliest() > last).then(|| {
            let what = match round.voting {
                Voting::First => "选举日",
                voting => voting.name(),
            };
            let message = format!(
                "当选名单{}张榜，{what}是{}，至迟{}张榜。",
                say(posted.value),
                say(day.value),
                say(last)
            );
            let found = Finding::new(&posted.place, message).also(&day.place, what);
            let found = found.help("请核对日期。").resting_on(stated.basis);
            if round.voting == Voting::First { found } else { found.doubtful() }
        })
    });
    late.collect()
}
