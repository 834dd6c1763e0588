//! Who is elected, and what was declared.

use std::borrow::Cow;

use super::ballots::each_round;
use super::committee::related_pairs;
use crate::diagnostic::Place;
use crate::election::decode::Located;
use crate::election::model::{Elected, Outcome as Declared, Post};
use crate::election::person::{Sex, name_key};
use crate::law::case::{Case, Finding, Round, same_name, sum, surely_after};
use crate::law::days::{self, say};
use crate::law::outcome::{Outcome, Tally};
use crate::law::parameter::*;

/// The declared winners of a round. Someone listed with the first round who
/// was elected in the run-off belongs to the run-off.
pub(super) fn declared<'a>(case: &Case<'a>, round: &Round<'a>) -> Vec<&'a Located<Elected>> {
    let later = case
        .election
        .runoff
        .get()
        .and_then(|runoff| runoff.result.get())
        .filter(|_| !round.is_runoff);
    let later = later.map_or(&[][..], |result| result.elected.items());
    let is_later = |elected: &Elected| {
        elected.name.get().is_some_and(|name| {
            later.iter().any(|other| other.name.get().is_some_and(|other| same_name(other, name)))
        })
    };
    round.result.elected.items().iter().filter(|elected| !is_later(elected)).collect()
}

/// Who won, with the place to point at: as declared, or else as the votes say.
pub(super) struct Winner<'a> {
    pub name: Cow<'a, str>,
    pub post: Post,
    sex: Option<Sex>,
    place: &'a Place,
}

pub(super) fn winners<'a>(case: &Case<'a>, round: &Round<'a>) -> Option<Vec<Winner<'a>>> {
    if !round.result.elected.is_absent() {
        let winners = declared(case, round).into_iter().map(|elected| {
            let name = elected.name.get()?;
            let (post, sex) = (elected.post.value()?, case.sex_of(name, elected.sex.value()));
            Some(Winner { name: name.as_str().into(), post, sex, place: &elected.place })
        });
        return winners.collect();
    }
    let place = round.result.votes.place()?;
    let outcome = case.outcome(round)?;
    let winner =
        |tally: Tally| Winner { name: tally.name.into(), post: tally.post, sex: tally.sex, place };
    Some(outcome.elected.into_iter().map(winner).collect())
}

fn all_winners<'a>(case: &Case<'a>) -> Option<Vec<Winner<'a>>> {
    let rounds = case.rounds();
    if rounds.is_empty() {
        return None;
    }
    let winners = rounds.iter().map(|round| winners(case, round)).collect::<Option<Vec<_>>>()?;
    Some(winners.into_iter().flatten().collect())
}

/// The votes a person was elected with: those counted, or else as the list says.
pub(super) fn votes_of(case: &Case, round: &Round, name: &str, post: Post) -> Option<u32> {
    let carry = case.profile.demands(&VOTES_CARRY_DOWN);
    let rows = round
        .result
        .votes
        .items()
        .iter()
        .filter(|row| row.name.get().is_some_and(|other| same_name(other, name)));
    let counts = rows.filter(|row| {
        row.post.value().is_some_and(|theirs| theirs == post || carry && theirs < post)
    });
    counts
        .map(|row| row.votes.value())
        .collect::<Option<Vec<_>>>()
        .filter(|votes| !votes.is_empty())
        .map(sum)
}

pub fn majority(case: &Case) -> Vec<Finding> {
    let (Some(share), Some(round)) = (case.law(&MAJORITY), case.first_round()) else {
        return Vec::new();
    };
    short_of_share(case, &round, share)
}

pub(super) fn short_of_share<'a>(case: &Case<'a>, round: &Round<'a>, share: Share) -> Vec<Finding> {
    let Some(cast) = round.cast() else { return Vec::new() };
    let least = share.least(cast.into());
    let short = declared(case, round).into_iter().filter_map(|elected| {
        let (name, post) = (elected.name.located()?, elected.post.value()?);
        let votes = votes_of(case, round, name, post).or(elected.votes.value())?;
        (!share.is_met(votes.into(), cast.into())).then(|| {
            let message = format!(
                "{}当选{}，得 {votes} 票；投票 {cast}，{share}须 {least} 票，差 {} 票。",
                name.value,
                post.name(),
                least.saturating_sub(votes.into())
            );
            Finding::new(&name.place, message)
                .help("票数不够的不能当选，空缺的名额另行选举；请核对票数。")
        })
    });
    short.collect()
}

pub fn elected_by_votes(case: &Case) -> Vec<Finding> {
    each_round(case, |round| {
        let Some(outcome) = case.outcome(round).filter(|outcome| outcome.void.is_none()) else {
            return Vec::new();
        };
        let declared = declared(case, round);
        let names = declared.iter().filter_map(|one| one.name.get().map(String::as_str)).collect();
        let Some(list) = round.result.elected.place().filter(|_| !declared.is_empty()) else {
            return Vec::new();
        };
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
    outcome: Outcome,
    declared: Vec<&'a Located<Elected>>,
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
        let Some(votes) = votes_of(self.case, self.round, name, post) else {
            let message = format!(
                "{}当选{post}，得票里却没有这个人的{post}票。",
                name.value,
                post = post.name()
            );
            return Some(Finding::new(&name.place, message).help("请核对姓名和职务。"));
        };
        let better = self.outcome.elected.iter().find(|winner| {
            winner.post == post && winner.votes > votes && !self.is_declared(&winner.name)
        })?;
        // Too few votes altogether is told by the rule on the share.
        let told = !self.passes(votes) || self.excused(&better.name, elected);
        (!told).then(|| {
            let message = format!(
                "{}得 {votes} 票当选{}，得 {} 票的{}却没有当选。",
                name.value,
                post.name(),
                better.votes,
                better.name
            );
            Finding::new(&name.place, message).help("得票多的当选；请核对当选名单和票数。")
        })
    }

    /// Somebody whom the votes elect to a seat that was left empty.
    fn passed_over(&self, winner: &Tally, list: &Place) -> Option<Finding> {
        let seats = self.round.posts?.seats(winner.post)? as usize;
        let holders = self.declared.iter().filter(|one| one.post.value() == Some(winner.post));
        let empty = holders.count() < seats;
        (empty && !self.is_declared(&winner.name) && !self.is_related(&winner.name)).then(|| {
            let message = format!(
                "{}得 {} 票，应当选{}，当选名单里却没有。",
                winner.name,
                winner.votes,
                winner.post.name()
            );
            Finding::new(list, message).help("请核对当选名单和票数。")
        })
    }

    fn passes(&self, votes: u32) -> bool {
        let share = if self.round.is_runoff { &RUNOFF_SHARE } else { &MAJORITY };
        let (share, cast) = (self.case.law(share), self.round.cast());
        share.zip(cast).is_none_or(|(share, cast)| share.is_met(votes.into(), cast.into()))
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

pub fn elected_tie(case: &Case) -> Vec<Finding> {
    if case.demands(&TIE_REVOTE).is_none() {
        return Vec::new();
    }
    each_round(case, |round| {
        let Some(outcome) = case.outcome(round) else { return Vec::new() };
        let declared = declared(case, round);
        let decided = outcome.ties.iter().filter_map(|tie| {
            let lucky = declared.iter().find(|elected| {
                let post = elected.post.value() == Some(tie.post);
                post && elected
                    .name
                    .get()
                    .is_some_and(|name| tie.names.iter().any(|tied| same_name(tied, name)))
            })?;
            let message = format!(
                "{}各得 {} 票，只剩 {} 个{}名额，票数相等不能确定当选人。",
                tie.names.join("、"),
                tie.votes,
                tie.seats,
                tie.post.name()
            );
            Some(
                Finding::new(&lucky.place, message)
                    .help("应就票数相等的人再次投票；已经再次投票的，请按再次投票的票数填写。"),
            )
        });
        decided.collect()
    })
}

pub fn elected_votes(case: &Case) -> Vec<Finding> {
    each_round(case, |round| {
        let differ = declared(case, round).into_iter().filter_map(|elected| {
            let (name, written) = (elected.name.get()?, elected.votes.located()?);
            let counted = votes_of(case, round, name, elected.post.value()?)?;
            (counted != written.value).then(|| {
                let message =
                    format!("{name}在当选名单里是 {} 票，在得票里是 {counted} 票。", written.value);
                Finding::new(&written.place, message).help("请核对这两个数。")
            })
        });
        differ.collect()
    })
}

pub fn elected_seats(case: &Case) -> Vec<Finding> {
    let mut findings = Vec::new();
    let all: Vec<&Located<Elected>> =
        case.rounds().iter().flat_map(|round| declared(case, round)).collect();
    if let Some(posts) = case.election.posts.get() {
        for (post, seats) in Post::ALL.iter().filter_map(|&post| Some((post, posts.seats(post)?))) {
            let holders: Vec<_> =
                all.iter().filter(|elected| elected.post.value() == Some(post)).collect();
            if let Some(surplus) = holders.get(seats as usize) {
                let message =
                    format!("{}应选 {seats} 名，当选却有 {} 名。", post.name(), holders.len());
                findings.push(Finding::new(&surplus.place, message).help("请核对职数和当选名单。"));
            }
        }
    }
    let mut seen = Vec::new();
    for name in all.iter().filter_map(|elected| elected.name.located()) {
        let key = name_key(name);
        if seen.contains(&key) {
            let message = format!("{}在当选名单里出现了两次，一人只能担任一职。", name.value);
            findings
                .push(Finding::new(&name.place, message).help("请核对；同名的两人请加注区别。"));
        }
        seen.push(key);
    }
    findings
}

pub fn women_elected(case: &Case) -> Option<Finding> {
    let least = case.law(&COMPOSITION_WOMEN)?;
    let winners = all_winners(case)?;
    // While seats are open a woman may still win one.
    let full = winners.len() >= case.election.posts.get()?.total() as usize;
    let place = winners.first().filter(|_| full)?.place;
    let place =
        case.election.result.get().and_then(|result| result.elected.place()).unwrap_or(place);
    let sexes = winners.iter().map(|winner| winner.sex).collect::<Option<Vec<Sex>>>()?;
    let women = sexes.iter().filter(|&&sex| sex == Sex::Female).count() as u32;
    (women < least).then(|| {
        Finding::new(
            place,
            format!("当选的 {} 人中妇女 {women} 名，至少应有 {least} 名。", winners.len()),
        )
        .help("请核对性别；确实没有的，应留名额另行选举妇女成员。")
    })
}

pub fn elected_kin(case: &Case) -> Vec<Finding> {
    if case.law(&COMPOSITION_KIN).is_none() {
        return Vec::new();
    }
    let Some(winners) = all_winners(case) else { return Vec::new() };
    let names: Vec<&str> = winners.iter().map(|winner| winner.name.as_ref()).collect();
    let resolution = case
        .law(&COMPOSITION_KIN_RESOLUTION)
        .unwrap_or_else(|| "其中一人应退出，空缺另行补选".into());
    related_pairs(case, &names)
        .map(|(one, other, word, place)| {
            Finding::new(place, format!("当选人{one}与{other}是近亲属（{word}），应当回避。"))
                .help(format!("{resolution}。"))
        })
        .collect()
}

pub fn outcome_declared(case: &Case) -> Option<Finding> {
    let round = case.first_round()?;
    let declared = round.result.declared.located()?;
    let winners = winners(case, &round)?.len() as u32;
    let seats = case.election.posts.get()?.total();
    let turnout = case.law(&TURNOUT).and_then(|turnout| turnout.of(case.mode()));
    let enough = || Some(turnout?.is_met(round.cast()?.into(), case.electorate()?.0.into()));
    let finding = |message: String| {
        Finding::new(&declared.place, message).help("请核对宣布的结果和当选名单。")
    };
    match declared.value {
        Declared::Full if winners < seats => {
            Some(finding(format!("宣布选满，当选却只有 {winners} 人，应选 {seats} 人。")))
        }
        Declared::Partial if winners >= seats && seats > 0 => {
            Some(finding(format!("宣布未选满，当选却有 {winners} 人，应选 {seats} 人。")))
        }
        Declared::Void if !round.result.elected.items().is_empty() => {
            Some(finding(format!("宣布选举无效，却有 {winners} 人当选。")))
        }
        // It may be void for a reason that numbers do not show.
        Declared::Void if enough() == Some(true) => {
            Some(finding("参加投票的人数够，却宣布选举无效。".into()).doubtful())
        }
        _ => None,
    }
}

pub fn first_attempt(case: &Case) -> Option<Finding> {
    let round = case.first_round()?;
    let claimed = round.result.first_attempt.located().filter(|claimed| claimed.value)?;
    if !case.election.runoff.is_absent() {
        let message = "写着一次选举成功，又写了另行选举。";
        return Some(Finding::new(&claimed.place, message).help("请删去其中一处。"));
    }
    let (winners, seats) =
        (winners(case, &round)?.len() as u32, case.election.posts.get()?.total());
    (winners < seats).then(|| {
        Finding::new(
            &claimed.place,
            format!("写着一次选举成功，当选只有 {winners} 人，应选 {seats} 人。"),
        )
        .help("请核对当选名单。")
    })
}

pub fn result_same_day(case: &Case) -> Option<Finding> {
    case.demands(&RESULT_SAME_DAY)?;
    let result = case.election.result.get()?;
    let (announced, day) = (result.announced_on.located()?, case.election_day()?);
    surely_after(announced.value, day.value).then(|| {
        let message = format!(
            "选举结果{}公布，选举日是{}，应当场公布。",
            say(announced.value),
            say(day.value)
        );
        let found = Finding::new(&announced.place, message)
            .help("请核对：当场公布的日期写在“公布日期”，张榜的日期写在“张榜日期”。");
        // With one date only, it may be the day of the notice on the wall.
        if result.posted_on.is_absent() { found.doubtful() } else { found }
    })
}

pub fn roster_posted(case: &Case) -> Option<Finding> {
    let days = case.law(&RESULT_ROSTER_DAYS)?;
    let posted = case.election.result.get()?.posted_on.located()?;
    let day = case.election_day()?;
    // Counting ends on the election day or in the night after it.
    let last = days::after(day.latest(), days);
    (posted.earliest() > last).then(|| {
        let message = format!(
            "当选名单{}张榜，选举日是{}，至迟{}张榜。",
            say(posted.value),
            say(day.value),
            say(last)
        );
        Finding::new(&posted.place, message).help("请核对日期。")
    })
}
