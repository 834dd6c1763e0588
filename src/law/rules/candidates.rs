//! Nominees and candidates.

use std::collections::HashMap;

use super::plan::posted_before_election;
use crate::diagnostic::Place;
use crate::election::decode::Located;
use crate::election::model::{self, Candidate, Mode, NameOrder, Post, Posts};
use crate::election::person::{Sex, name_key};
use crate::law::case::{Case, Finding, same_name, surely_after};
use crate::law::days::say;
use crate::law::electors::Electors;
use crate::law::occasion::Occasion;
use crate::law::parameter::*;
use crate::law::profile::{Basis, Profile};
use crate::law::strokes::{Difference, Key};
use crate::number::counted;

type List<'a> = &'a [Located<Candidate>];

fn candidates<'a>(case: &Case<'a>) -> List<'a> {
    case.election.candidates.get().map_or(&[][..], |candidates| candidates.list.items())
}

fn nominees<'a>(case: &Case<'a>) -> List<'a> {
    case.election.nomination.get().map_or(&[][..], |nomination| nomination.nominees.items())
}

fn of_post<'a>(list: List<'a>, post: Post) -> Vec<&'a Located<Candidate>> {
    list.iter().filter(|one| one.post.value() == Some(post)).collect()
}

/// Nobody is nominated, and yet somebody is.
pub(super) fn none(case: &Case) -> Option<Finding> {
    let stated = case.election.polling.get()?.without_candidates.located()?;
    let somebody = candidates(case).iter().chain(nominees(case)).find_map(|one| one.name.located());
    let somebody = somebody.filter(|_| stated.value)?;
    let message = format!("写着不提名候选人，{}却在候选人、被提名人里。", somebody.value);
    let found = Finding::new(&stated.place, message).also(&somebody.place, "候选人、被提名人");
    Some(found.help("请核对：去掉名单，或者把“不提名候选人”改为“否”。"))
}

/// 社区党组织, 村党支部 and the like.
fn is_party(nominated_by: &str) -> bool {
    ["党组织", "党支部", "党总支", "党委"].iter().any(|word| nominated_by.contains(word))
}

/// Of a by-election the law says that it is held in the manner of an election:
/// too few nominators are a doubt there.
pub(super) fn nominators(case: &Case) -> Vec<Finding> {
    let later = case.election.by_election.get();
    let own = candidates(case).iter().chain(nominees(case));
    let own = own.map(|one| (one, case.profile, case.registered(), false));
    let written = |voters: u32| {
        let electors = Electors { kind: Some(Mode::AllVoters), count: Some(voters), at_most: None };
        case.electors_place(electors)
    };
    let law = case.profile.on(Occasion::ByElection);
    let voters = later.and_then(|later| case.by_election_voters(later));
    let later = later.map_or(&[][..], |later| later.candidates.items()).iter();
    let all = own.chain(later.map(|one| (one, law, voters, true)));
    all.filter_map(|(one, law, voters, is_later)| {
        let too_many = || {
            let found = nominated_by_too_many(one, voters)?;
            Some(found.also(voters.and_then(written), "选民总数"))
        };
        let found = nominated_by_too_few(one, law).or_else(too_many)?;
        Some(if is_later { found.doubtful() } else { found })
    })
    .collect()
}

fn nominated_by_too_few(one: &Candidate, law: &Profile) -> Option<Finding> {
    let (name, number) = (one.name.get()?, one.nominators.located()?);
    let stated = law.get(&CANDIDATE_NOMINATORS);
    let least = stated.as_ref().map_or(1, |stated| stated.value);
    let by_party = one.nominated_by.get().is_some_and(|by| is_party(by));
    (number.value < least && !by_party).then(|| {
        let message = format!("联名提名{name}的有 {} 人，至少须 {least} 人。", number.value);
        let found =
            Finding::new(&number.place, message).help("联名人数不够的提名不能成立；请核对提名表。");
        // That nobody at all nominates no law need say.
        found.resting_on(stated.map_or_else(Basis::arithmetic, |stated| stated.basis))
    })
}

fn nominated_by_too_many(one: &Candidate, voters: Option<u32>) -> Option<Finding> {
    let (name, number, voters) = (one.name.get()?, one.nominators.located()?, voters?);
    (number.value > voters).then(|| {
        let message = format!("联名提名{name}的有 {} 人，选民只有 {voters} 人。", number.value);
        let found = Finding::new(&number.place, message).help("请核对联名的人数。");
        found.resting_on(Basis::arithmetic())
    })
}

pub(super) fn party(case: &Case) -> Vec<Finding> {
    if case.law(&CANDIDATE_PARTY_NOMINATES) != Some(false) {
        return Vec::new();
    }
    let by_party =
        candidates(case).iter().chain(nominees(case)).filter_map(|one| one.nominated_by.located());
    by_party
        .filter(|by| is_party(by))
        .map(|by| {
            Finding::new(
                &by.place,
                format!(
                    "提名人写的是“{}”，应由登记参加选举的{}直接提名。",
                    by.value,
                    case.people()
                ),
            )
            .help("请核对提名的程序。")
            .doubtful()
        })
        .collect()
}

/// Candidates who have not withdrawn.
fn standing<'a>(case: &Case<'a>) -> impl Iterator<Item = &'a Located<Candidate>> {
    candidates(case).iter().filter(|one| one.stands())
}

/// How many candidates there are, and how many there were on the list as it was
/// posted, before any withdrew and others took their places.
struct Number {
    now: u32,
    posted: u32,
}

impl Number {
    fn of(case: &Case, counts: impl Fn(&Candidate) -> bool) -> Self {
        let posted = candidates(case).iter().filter(|one| one.replaces.is_absent());
        Self {
            now: counted(standing(case).filter(|one| counts(one)).count()),
            posted: counted(posted.filter(|one| counts(one)).count()),
        }
    }

    /// What is found where there are too few or too many. If only withdrawals
    /// have made it so, that is a doubt.
    fn found(&self, fits: impl Fn(u32) -> bool, finding: Finding) -> Option<Finding> {
        match (fits(self.now), fits(self.posted)) {
            (true, _) => None,
            (false, true) => Some(finding.doubtful()),
            (false, false) => Some(finding),
        }
    }
}

/// National law compares totals; where a province counts by post, `extra` does.
pub(super) fn more_than_seats(case: &Case) -> Option<Finding> {
    case.demands(&CANDIDATE_MORE_THAN_SEATS)?;
    let list = case.election.candidates.get()?.list.located()?;
    let posts = case.election.posts.get()?;
    let (people, seats) = (Number::of(case, |_| true), posts.total()?);
    let complete = Post::ALL.iter().all(|&post| posts.seats(post).is_some());
    if !complete || seats == 0 || case.law(&CANDIDATE_EXTRA).is_some() {
        return None;
    }
    let message = format!("候选人 {} 名，应选 {seats} 名；候选人应多于应选名额。", people.now);
    let found = Finding::new(&list.place, message)
        .also(case.election.posts.place(), "职数")
        .help("请增加候选人。");
    people.found(|number| number > seats, found).or_else(|| chair_without_rival(case, list, posts))
}

/// Whether the law means each post or all of them together it does not say:
/// where one stands for the only seat of the chair, a hint.
fn chair_without_rival(
    case: &Case,
    list: &Located<model::List<Candidate>>,
    posts: &Posts,
) -> Option<Finding> {
    let stated = case.profile.get(&CANDIDATE_MORE_THAN_SEATS)?;
    let all_posts_known = list.iter().all(|one| one.post.value().is_some());
    let stand = Number::of(case, |one| one.post.value() == Some(Post::Chair));
    let alone = posts.seats(Post::Chair) == Some(1) && stand.now == 1 && stand.posted == 1;
    (alone && all_posts_known && stated.basis.supports_error()).then(|| {
        Finding::new(&list.place, "主任应选 1 名，候选人也只有 1 名，没有差额。")
            .also(posts.field(Post::Chair).place(), "应选")
            .help("条文只说候选人多于应选名额，没有说各职务分别计算；请核对本地规定。")
            .doubtful()
    })
}

pub(super) fn extra(case: &Case) -> Vec<Finding> {
    let (Some(extra), Some(posts), Some(list)) = (
        case.law(&CANDIDATE_EXTRA),
        case.election.posts.get(),
        case.election.candidates.get().and_then(|candidates| candidates.list.located()),
    ) else {
        return Vec::new();
    };
    // One of whom the post is not known may stand for any.
    if list.iter().any(|one| one.post.value().is_none()) {
        return Vec::new();
    }
    let wrong = Post::ALL.iter().filter_map(|&post| {
        let seats = posts.seats(post).filter(|&seats| seats > 0)?;
        let bounds = extra.of(post);
        let people = Number::of(case, |one| one.post.value() == Some(post));
        let message = format!(
            "{}候选人 {} 名，应选 {seats} 名，应多{}。",
            post.name(),
            people.now,
            bounds.of("名")
        );
        people.found(
            |number| number.checked_sub(seats).is_some_and(|more| bounds.contains(more)),
            Finding::new(&list.place, message)
                .also(posts.field(post).place(), "应选")
                .help("请按规定的差额确定候选人。"),
        )
    });
    wrong.collect()
}

/// Women as the law wants them; where fewer stand than seats are kept for them,
/// by a decision of the place itself, a doubt.
pub(super) fn women(case: &Case) -> Option<Finding> {
    let list =
        case.election.candidates.get()?.list.located().filter(|list| !list.value.is_empty())?;
    let sexes = standing(case)
        .map(|one| case.sex_of(one.name.get()?, one.sex.value()))
        .collect::<Option<Vec<Sex>>>()?;
    let women = counted(sexes.iter().filter(|&&sex| sex == Sex::Female).count());
    let tell = |least: u32, so: &str| {
        Finding::new(&list.place, format!("候选人中妇女 {women} 名，{so}至少应有 {least} 名。"))
            .help("请补提妇女候选人。")
    };
    if let Some(least) = case.law(&CANDIDATE_WOMEN).filter(|&least| women < least) {
        return Some(tell(least, ""));
    }
    let decided = case.election.posts.get()?.women.located();
    let decided = decided.filter(|least| women < least.value)?;
    let found = tell(decided.value, "职数里决定当选的").also(&decided.place, "决定的名额");
    Some(found.resting_on(Basis::arithmetic()).doubtful())
}

pub(super) fn single_post(case: &Case) -> Vec<Finding> {
    match case.demands(&CANDIDATE_SINGLE_POST) {
        Some(()) => repeated(
            candidates(case),
            |a, b| a != b,
            "作了两项职务的候选人，本人应书面确认其中一项。",
        ),
        None => Vec::new(),
    }
}

pub(super) fn twice(case: &Case) -> Vec<Finding> {
    let mut findings = repeated(candidates(case), |a, b| a == b, "在同一职务的候选人里写了两次。");
    let runoff = case.election.runoff.get().map_or(&[][..], |runoff| runoff.candidates.items());
    let later = case.election.by_election.get().map_or(&[][..], |one| one.candidates.items());
    let others = [
        (nominees(case), "在同一职务的被提名人里写了两次。"),
        (runoff, "在另行选举的同一职务里写了两次。"),
        (later, "在补选的同一职务里写了两次。"),
    ];
    for (list, what) in others {
        findings.extend(repeated(list, |a, b| a == b, what));
    }
    findings
}

fn repeated(list: List, clash: impl Fn(Post, Post) -> bool, what: &str) -> Vec<Finding> {
    let mut seen: HashMap<_, (Post, &Place)> = HashMap::new();
    let mut findings = Vec::new();
    for one in list {
        let (Some(name), Some(post)) = (one.name.located(), one.post.value()) else { continue };
        match seen.insert(name_key(name), (post, &name.place)) {
            Some((before, place)) if clash(before, post) => {
                let message = format!("{}{what}", name.value);
                findings.push(
                    Finding::new(&name.place, message)
                        .also(place, "先写在这里")
                        .help("请核对候选人名单；同名的两人请在姓名后加注区别。"),
                );
            }
            _ => {}
        }
    }
    findings
}

pub(super) fn is_voter(case: &Case) -> Vec<Finding> {
    let election = case.election;
    let runoff = election.runoff.get().map_or(&[][..], |runoff| runoff.candidates.items());
    // A by-election with voters of its own has another roll.
    let later = election.by_election.get().filter(|later| later.voters.is_absent());
    let later = later.map_or(&[][..], |later| later.candidates.items());
    let all = candidates(case).iter().map(|one| ("候选人", one));
    let all = all.chain(nominees(case).iter().map(|one| ("被提名人", one)));
    let all = all.chain(runoff.iter().map(|one| ("另行选举的候选人", one)));
    let all = all.chain(later.iter().map(|one| ("补选的候选人", one)));
    let mut told: Vec<&str> = Vec::new();
    let mut findings = Vec::new();
    for (what, one) in all {
        let Some(name) = one.name.located().filter(|name| case.is_no_voter(name)) else { continue };
        if !told.iter().any(|other| same_name(other, name)) {
            told.push(name);
            findings.push(
                Finding::new(&name.place, format!("{what}{}不在选民名册里。", name.value))
                    .help("请核对姓名的写法；候选人须是登记的选民。")
                    .doubtful(),
            );
        }
    }
    findings
}

pub(super) fn nominees_posted(case: &Case) -> Option<Finding> {
    let posted = case.election.nomination.get()?.posted_on.located()?;
    posted_before_election(case, &NOMINEE_DAYS_BEFORE, posted, "被提名人名单")
}

pub(super) fn posted(case: &Case) -> Option<Finding> {
    let posted = case.election.candidates.get()?.posted_on.located()?;
    posted_before_election(case, &CANDIDATE_DAYS_BEFORE, posted, "候选人名单")
}

pub(super) fn nominees_order(case: &Case) -> Vec<Finding> {
    case.law(&NOMINEE_ORDER)
        .map_or_else(Vec::new, |order| out_of_order(case, nominees(case), order.otherwise))
}

pub(super) fn order(case: &Case) -> Vec<Finding> {
    let Some(order) = case.law(&CANDIDATE_ORDER) else { return Vec::new() };
    let primary = case.election.candidates.get().and_then(|candidates| candidates.primary.value());
    let order = match primary {
        Some(true) => order.with_primary,
        Some(false) => order.otherwise,
        // Whether there was a primary is not known; where it makes no
        // difference, the order can still be judged.
        None if order.with_primary == order.otherwise => order.otherwise,
        None => return Vec::new(),
    };
    out_of_order(case, candidates(case), order)
}

/// The first candidate of each post who stands too far down.
fn out_of_order(case: &Case, list: List, order: Order) -> Vec<Finding> {
    let names = case.election.name_order.value().unwrap_or_default();
    let misplaced = Post::ALL.iter().filter_map(|&post| {
        of_post(list, post).windows(2).find_map(|pair| match order {
            Order::Votes => by_votes(pair[0], pair[1]),
            Order::Strokes => by_strokes(pair[0], pair[1], names),
        })
    });
    misplaced.collect()
}

fn by_votes(first: &Candidate, second: &Candidate) -> Option<Finding> {
    let (votes, more) = (first.primary_votes.value()?, second.primary_votes.value()?);
    let (first, second) = (first.name.located()?, second.name.located()?);
    (votes < more).then(|| {
        let message = format!(
            "{}（{more} 票）排在{}（{votes} 票）之后，应按得票多少排列。",
            second.value, first.value
        );
        Finding::new(&second.place, message)
            .also(&first.place, "排在前面")
            .help("请按得票由多到少排列。")
    })
}

/// A doubt, not a judgement: the laws say 按姓氏笔画 and no more, how it is done
/// is a norm of writing (GF 3003-1999) and custom.
fn by_strokes(first: &Candidate, second: &Candidate, order: NameOrder) -> Option<Finding> {
    let (first, second) = (first.name.located()?, second.name.located()?);
    let (one, other) = (Key::of(first, order), Key::of(second, order));
    if one <= other {
        return None;
    }
    let rule = order.name();
    let (why, help) = match one.difference(&other) {
        Difference::Count([(a, more), (b, fewer)]) => {
            (format!("“{b}”{fewer} 画，“{a}”{more} 画"), format!("请按{rule}由少到多排列。"))
        }
        Difference::Kinds([a, b], strokes) => (
            format!("“{b}”“{a}”同为 {strokes} 画，依笔顺“{b}”在前"),
            "笔画数相同的，依《GB 13000.1字符集汉字字序（笔画序）规范》（GF 3003-1999）\
             按横、竖、撇、点、折的笔顺排列。"
                .to_owned(),
        ),
        Difference::Length => {
            let help = match order {
                NameOrder::Surname => {
                    "同姓的单名在前；本地按姓名笔画排列的，请写“姓名排序: 姓名笔画”。"
                }
                NameOrder::FullName => "前面的字都相同的，字少的在前。",
            };
            ("姓名的字少".to_owned(), help.to_owned())
        }
        Difference::None | Difference::Unknown => return None,
    };
    let message = format!("{}排在{}之后，应按{rule}排列：{why}。", second.value, first.value);
    let found = Finding::new(&second.place, message).also(&first.place, "排在前面");
    Some(found.help(help).doubtful())
}

pub(super) fn meet_voters(case: &Case) -> Option<Finding> {
    case.demands(&CANDIDATE_MEETS_VOTERS)?;
    let met = case.election.candidates.get()?.met_voters_on.located()?;
    let day = case.election_day()?;
    surely_after(met.value, day.value).then(|| {
        let message = format!(
            "候选人与{}见面的日期{}在选举日{}之后。",
            case.people(),
            say(met.value),
            say(day.value)
        );
        Finding::new(&met.place, message)
            .also(&day.place, "选举日")
            .help("见面应在投票之前；请核对日期。")
    })
}
