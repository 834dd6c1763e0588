//! What may follow later in the term: resignations, a recall, a by-election.
//! Each is judged by the law of its own day.

use jiff::ToSpan as _;
use jiff::civil::Date;

use super::people::{remaining, vacated};
use crate::diagnostic::Place;
use crate::election::date::PartialDate;
use crate::election::decode::{Field, Located};
use crate::election::model::{
    ByElection, Candidate, List, Mode, Post, Recall, Requesters, Resignation, Resignations,
};
use crate::law::case::{Case, DateAt, Finding, same_name, surely_after, too_late};
use crate::law::days::{self, say};
use crate::law::electors::Electors;
use crate::law::meeting;
use crate::law::occasion::Occasion;
use crate::law::parameter::*;
use crate::law::profile::{Basis, Profile, Provision};
use crate::law::round::Round;
use crate::number::counted;

/// The law in force on the day of an occasion.
fn law<'a>(case: &Case<'a>, occasion: Occasion) -> &'a Profile {
    case.profile.on(occasion)
}

fn recall<'a>(case: &Case<'a>) -> Option<&'a Recall> {
    case.election.recall.get()
}

fn by_election<'a>(case: &Case<'a>) -> Option<&'a ByElection> {
    case.election.by_election.get()
}

fn resignations<'a>(case: &Case<'a>) -> Option<&'a Resignations> {
    case.election.resignations.get()
}

/// People of one kind who may ask for a recall: how many there are, and what
/// share of them must.
struct Entitled {
    who: Requesters,
    total: u32,
    share: Share,
}

impl Entitled {
    fn least(&self) -> u64 {
        self.share.least(self.total.into())
    }
}

impl Requesters {
    /// In which mode they are those who vote.
    fn mode(self) -> Mode {
        match self {
            Requesters::Voters => Mode::AllVoters,
            Requesters::HouseholdReps => Mode::HouseholdReps,
            Requesters::Representatives => Mode::ResidentReps,
        }
    }
}

fn entitled(case: &Case, shares: &RequestShares) -> Vec<Entitled> {
    let people = Requesters::ALL.iter().filter_map(|&who| {
        let total = match who {
            Requesters::Voters => case.registered(),
            Requesters::HouseholdReps => meeting::households(case.election).last().copied(),
            Requesters::Representatives => case.representatives(),
        };
        let total = total.filter(|&total| total > 0)?;
        Some(Entitled { who, total, share: shares.of(who)? })
    });
    people.collect()
}

/// Where it is not written who signed, the request may still stand: so few may
/// all have been representatives.
pub(super) fn requesters(case: &Case) -> Option<Finding> {
    let Provision { value: shares, basis } = law(case, Occasion::Recall).get(&RECALL_REQUEST)?;
    let recall = recall(case)?;
    let requesters = recall.requesters.located()?;
    let number = u64::from(requesters.value);
    let written = recall.requested_by.value();
    let mut entitled = entitled(case, &shares);
    entitled.retain(|one| written.is_none_or(|written| written == one.who));
    let first = entitled.first().filter(|first| number < first.least())?;
    let message = format!(
        "联名要求罢免的 {number} 人，{} {} 人的{}须 {} 人，差 {} 人。",
        first.who.name(),
        first.total,
        first.share,
        first.least(),
        first.least().saturating_sub(number)
    );
    let of_all = Electors { kind: Some(first.who.mode()), count: Some(first.total), at_most: None };
    let found = Finding::new(&requesters.place, message)
        .also(case.electors_place(of_all), first.who.name())
        .resting_on(basis);
    let enough = entitled.iter().find(|one| number >= one.least());
    // Only if all who may ask are counted are these surely too few.
    let kinds = Requesters::ALL.iter().filter(|&&who| shares.of(who).is_some()).count();
    Some(match enough {
        Some(one) => {
            let who = one.who.name();
            found
                .help(format!("联名的都是{who}的，请写“联名的人: {who}”；否则请核对人数。"))
                .doubtful()
        }
        None if written.is_some() || entitled.len() == kinds => {
            found.help("联名人数不够的，罢免要求不能成立；请核对联名的人数。")
        }
        None => found.help("请核对人数，并写明“联名的人”是选民、户代表还是代表。").doubtful(),
    })
}

/// What came after the last day of a period that began with something else.
fn late(
    done: DateAt,
    what: &str,
    last: Date,
    (since, from): (&str, DateAt),
    period: &str,
) -> Option<Finding> {
    (done.earliest() > last).then(|| {
        let message = format!(
            "{what}是{}；{}{since}，{period}内即至迟{}。",
            say(done.value),
            say(from.value),
            say(last)
        );
        Finding::new(&done.place, message)
            .also(&from.place, "从这一天算起")
            .help("请核对日期；确实迟了的应说明原因。")
    })
}

pub(super) fn recall_in_time(case: &Case) -> Option<Finding> {
    let Provision { value: days, basis } = law(case, Occasion::Recall).get(&RECALL_DAYS)?;
    let last = |day| days::end_of_period(day, days);
    recall_late(case, last, &format!("{days} 日")).map(|found| found.resting_on(basis))
}

pub(super) fn recall_in_months(case: &Case) -> Option<Finding> {
    let Provision { value: months, basis } = law(case, Occasion::Recall).get(&RECALL_MONTHS)?;
    let last = |day| days::end_of_months(day, months);
    recall_late(case, last, &format!("{months} 个月")).map(|found| found.resting_on(basis))
}

fn recall_late(case: &Case, last: impl Fn(Date) -> Date, period: &str) -> Option<Finding> {
    let recall = recall(case)?;
    let (requested, held) = (recall.requested_on.located()?, recall.held_on.located()?);
    late(held, "罢免的投票", last(requested.latest()), ("提出要求", requested), period)
}

pub(super) fn recall_announced(case: &Case) -> Option<Finding> {
    let Provision { value: days, basis } = law(case, Occasion::Recall).get(&RECALL_NOTICE_DAYS)?;
    let recall = recall(case)?;
    let (announced, held) = (recall.announced_on.located()?, recall.held_on.located()?);
    let last = too_late(announced, days, held)?;
    let message = format!(
        "罢免表决{}公告；投票是{}，提前 {days} 日即至迟{}。",
        say(announced.value),
        say(held.value),
        say(last)
    );
    let found = Finding::new(&announced.place, message).also(&held.place, "投票").resting_on(basis);
    Some(found.help("请提前公告，或推迟投票。"))
}

/// Nobody presides over the vote on himself.
pub(super) fn recall_host(case: &Case) -> Vec<Finding> {
    let Some(Provision { basis, .. }) = law(case, Occasion::Recall)
        .get(&RECALL_NOT_HOSTED_BY_ACCUSED)
        .filter(|stated| stated.value)
    else {
        return Vec::new();
    };
    let Some(recall) = recall(case) else { return Vec::new() };
    let Some(held) = recall.held_on.value() else { return Vec::new() };
    let accused = |host: &str| {
        let mut names = recall.list.items().iter().filter_map(|one| one.name.located());
        names.find(|name| same_name(name, host))
    };
    let that_day =
        case.election.meetings.items().iter().filter(|one| one.held_on.value() == Some(held));
    that_day
        .filter_map(|meeting| meeting.host.located())
        .filter_map(|host| Some((host, accused(host)?)))
        .map(|(host, accused)| {
            let message = format!("{}被要求罢免，又主持表决罢免的会议。", host.value);
            Finding::new(&host.place, message)
                .also(&accused.place, "被要求罢免")
                .help("请核对由谁主持。")
                .resting_on(basis.clone())
                .doubtful()
        })
        .collect()
}

/// By whom a resignation is accepted.
pub(super) fn accepted_by(case: &Case) -> Option<Finding> {
    let Provision { value: allowed, basis } =
        law(case, Occasion::Resignations).get(&RESIGNATION_ACCEPTED_BY)?;
    let written = resignations(case)?.accepted_by.located()?;
    let names: Vec<_> = allowed.iter().map(|by| by.0.name()).collect();
    let is_meeting = ["会议", "大会", "代表会"].iter().any(|word| written.contains(word))
        && !["委员会会议", "联席"].iter().any(|word| written.contains(word));
    (!is_meeting).then(|| {
        let message = format!("辞职由“{}”接受，应由{}审议通过。", written.value, names.join("或"));
        Finding::new(&written.place, message)
            .help("请核对；没有开会审议的，职务还没有终止。")
            .resting_on(basis)
            .doubtful()
    })
}

pub(super) fn resignation_in_time(case: &Case) -> Vec<Finding> {
    let (Some(stated), Some(resignations)) =
        (law(case, Occasion::Resignations).get(&RESIGNATION_DAYS), resignations(case))
    else {
        return Vec::new();
    };
    let Some(accepted) = resignations.accepted_on.located() else { return Vec::new() };
    let submitted = resignations.list.items().iter().filter_map(|one| one.submitted_on.located());
    // One meeting decides on all: the first of them tells.
    let Some(first) = submitted.min_by_key(|day| day.latest()) else { return Vec::new() };
    let last = days::end_of_period(first.latest(), stated.value);
    late(accepted, "接受辞职", last, ("提出", first), &format!("{} 日", stated.value))
        .map(|found| found.resting_on(stated.basis))
        .into_iter()
        .collect()
}

pub(super) fn resignation_order(case: &Case) -> Vec<Finding> {
    let Some(accepted) = resignations(case).and_then(|one| one.accepted_on.located()) else {
        return Vec::new();
    };
    let list = resignations(case).map_or(&[][..], |resignations| resignations.list.items());
    let submitted = list.iter().filter_map(|one| one.submitted_on.located());
    submitted
        .filter(|submitted| surely_after(submitted.value, accepted.value))
        .map(|submitted| {
            let message =
                format!("{}才提出辞职，{}就接受了。", say(submitted.value), say(accepted.value));
            Finding::new(&submitted.place, message)
                .also(&accepted.place, "接受")
                .help("请核对这两个日期。")
        })
        .collect()
}

pub(super) fn by_election_in_time(case: &Case) -> Option<Finding> {
    let held = by_election(case)?.held_on.located()?;
    let Due { last, vacancy, left, below, months, basis } = by_election_due(case)?;
    let since = format!("出缺，成员只剩 {left} 人（不足 {below} 人）");
    let found = late(held, "补选", last, (&since, vacancy), &format!("{months} 个月"))?;
    Some(found.resting_on(basis))
}

/// By when a by-election must be held, and why.
pub(crate) struct Due<'a> {
    pub last: Date,
    vacancy: DateAt<'a>,
    left: usize,
    below: u32,
    months: u32,
    pub basis: Basis,
}

/// When the by-election is due, where too few members are left.
pub(crate) fn by_election_due<'a>(case: &Case<'a>) -> Option<Due<'a>> {
    let law = law(case, Occasion::ByElection);
    let Provision { value: months, basis } = law.get(&BY_ELECTION_MONTHS)?;
    let below = law.value(&BY_ELECTION_BELOW)?;
    let left = remaining(case, false)?.len();
    let vacancy = vacated(case).into_iter().max_by_key(|day| day.latest())?;
    let last = days::end_of_months(vacancy.latest(), months);
    ((left as u64) < u64::from(below)).then_some(Due { last, vacancy, left, below, months, basis })
}

pub(super) fn by_election_candidates(case: &Case) -> Option<Finding> {
    let stated = law(case, Occasion::ByElection).get(&BY_ELECTION_MORE_THAN_SEATS)?;
    let by_election = by_election(case)?;
    let seats = (by_election.posts.get()?.total()?, by_election.posts.place());
    let candidates = by_election.candidates.located().filter(|_| stated.value && seats.0 > 0)?;
    too_few(candidates, seats, "补选").map(|found| found.resting_on(stated.basis))
}

pub(super) fn runoff_more_than_seats(case: &Case) -> Option<Finding> {
    case.demands(&RUNOFF_MORE_THAN_SEATS)?;
    let runoff = case.election.runoff.get()?;
    let seats = (runoff.posts.get()?.total()?, runoff.posts.place());
    let candidates = runoff.candidates.located()?;
    // Nobody else may have had a vote.
    too_few(candidates, seats, "另行选举").filter(|_| seats.0 > 0).map(Finding::doubtful)
}

/// Too few candidates, of those who have not withdrawn. That only withdrawals
/// have made them too few is a doubt.
fn too_few(
    candidates: &Located<Vec<Located<Candidate>>>,
    (seats, place): (u32, Option<&Place>),
    what: &str,
) -> Option<Finding> {
    let count =
        |stands: fn(&Candidate) -> bool| candidates.iter().filter(|one| stands(one)).count() as u64;
    let now = count(Candidate::stands);
    let posted = count(|one| one.replaces.is_absent());
    let enough = |number: u64| number > u64::from(seats);
    if candidates.is_empty() || enough(now) {
        return None;
    }
    let message = format!("{what}的候选人 {now} 名，应选 {seats} 名；候选人应多于应选名额。");
    let found = Finding::new(&candidates.place, message).also(place, "应选").help("请增加候选人。");
    Some(if enough(posted) { found.doubtful() } else { found })
}

/// Seats of each post that are vacant: those that nobody won, and those of
/// members who left. `None` if it is not known who did.
fn vacant(case: &Case) -> Option<Vec<(Post, u32)>> {
    let election = case.election;
    let all_named = |list: &Field<List<Resignation>>| {
        list.get().is_some_and(|list| list.iter().all(|one| one.name.get().is_some()))
    };
    let resigned = match &election.resignations {
        Field::Absent => true,
        Field::Unknown(_) => false,
        Field::Known(resignations) => all_named(&resignations.list),
    };
    // Nobody knows whom a recall removed that names nobody.
    let recalled = match &election.recall {
        Field::Absent => true,
        Field::Unknown(_) => false,
        Field::Known(recall) => {
            recall.list.get().is_some_and(|list| list.iter().all(|one| one.name.get().is_some()))
        }
    };
    let members = remaining(case, true).filter(|_| resigned && recalled)?;
    let posts = election.posts.get()?;
    let held = |post| counted(members.iter().filter(|(_, theirs)| *theirs == post).count());
    Post::ALL
        .iter()
        .map(|&post| Some((post, posts.seats(post)?.saturating_sub(held(post)))))
        .collect()
}

/// Words of those who left otherwise.
const OTHERWISE: [&str; 9] = ["故", "世", "亡", "终止", "判", "无效", "丧失", "等", "其他"];

pub(super) fn by_election_seats(case: &Case) -> Vec<Finding> {
    left_unrecorded(case).into_iter().chain(more_than_vacant(case)).collect()
}

/// Members of whom the reason says that they resigned or were recalled, and who
/// are not among those of whom the description says it. Where it says it of
/// nobody, the reason is all there is.
fn left_unrecorded(case: &Case) -> Vec<Finding> {
    let Some(reason) = by_election(case).and_then(|later| later.reason.located()) else {
        return Vec::new();
    };
    let resigned = resignations(case).map(|one| listed(&one.list, |one| &one.name));
    let recalled = recall(case).map(|one| listed(&one.list, |one| &one.name));
    let left = [resigned, recalled].into_iter().flatten().collect::<Option<Vec<_>>>();
    let left = left.unwrap_or_default().concat();
    if left.is_empty() {
        return Vec::new();
    }
    let says = |clause: &str, words: &[&str]| words.iter().any(|word| clause.contains(word));
    let clauses: Vec<&str> = reason
        .split(['，', ',', '；', ';', '。'])
        .filter(|clause| says(clause, &["辞", "罢免"]) && !says(clause, &OTHERWISE))
        .collect();
    // 王小 is in 王小二, who did leave.
    let is_meant = |name: &str| {
        clauses.iter().any(|clause| clause.contains(name))
            && !left.iter().any(|other| other.contains(name))
    };
    let members = remaining(case, true).unwrap_or_default();
    let unrecorded = members.into_iter().filter(|(name, _)| is_meant(name));
    unrecorded
        .map(|(name, _)| {
            let message = format!("补选的原因里写着{name}，辞职、罢免的名单里却没有。");
            let lists = [
                resignations(case).and_then(|one| one.list.place()),
                recall(case).and_then(|one| one.list.place()),
            ];
            let lists = lists.into_iter().flatten();
            Finding::new(&reason.place, message)
                .also_each(lists.map(|list| (list, "名单在这里".to_owned())))
                .help("请核对姓名；确已离任的，请写进“辞职”或“罢免”。")
                .doubtful()
        })
        .collect()
}

/// The names of a list; `None` if one is not known.
fn listed<T>(list: &Field<List<T>>, name: impl Fn(&T) -> &Field<String>) -> Option<Vec<&str>> {
    list.get()?.iter().map(|one| Some(name(&one.value).get()?.as_str())).collect()
}

/// A member may also have died, or lost the seat by law: where the reason may
/// mean that, nothing is said, and where there is none, it is a doubt.
fn more_than_vacant(case: &Case) -> Vec<Finding> {
    let (Some(by_election), Some(vacant)) = (by_election(case), vacant(case)) else {
        return Vec::new();
    };
    let reason = by_election.reason.get().map_or("", String::as_str);
    let says = |words: &[&str]| words.iter().any(|word| reason.contains(word));
    // Who left for the reason that is given may be written down nowhere else.
    let unrecorded =
        says(&["辞"]) && resignations(case).is_none() || says(&["罢免"]) && recall(case).is_none();
    if unrecorded || says(&OTHERWISE) {
        return Vec::new();
    }
    let Some(posts) = by_election.posts.located() else {
        return nothing_vacant(case, &vacant).into_iter().collect();
    };
    let over = vacant.into_iter().filter_map(|(post, vacant)| {
        let seats = posts.field(post).located()?;
        (seats.value > vacant).then(|| {
            let message = format!("补选{} {} 名，空缺只有 {vacant} 名。", post.name(), seats.value);
            let all = case.election.posts.get().and_then(|posts| posts.field(post).place());
            let found = Finding::new(&seats.place, message)
                .also(all, "职数")
                .also(elected_list(case), "当选名单")
                .help("补选只补出缺的名额；有人去世或者职务终止的，请在“原因”里写明。");
            if says(&["辞", "罢免"]) { found } else { found.doubtful() }
        })
    });
    over.collect()
}

/// Those declared elected in the election itself.
pub(super) fn elected_list<'a>(case: &Case<'a>) -> Option<&'a Place> {
    case.election.result.get().and_then(|result| result.elected.place())
}

/// A by-election of which no seats are written, while all are taken.
fn nothing_vacant(case: &Case, vacant: &[(Post, u32)]) -> Option<Finding> {
    let held = by_election(case)?.held_on.located()?;
    vacant.iter().all(|(_, seats)| *seats == 0).then(|| {
        let message = format!("{}补选，委员会却没有空缺。", say(held.value));
        Finding::new(&held.place, message)
            .also(elected_list(case), "当选名单")
            .help("请补写“辞职”或“罢免”，在“补选”里写明“原因”和“职数”；没有补选的请删去。")
            .doubtful()
    })
}

/// Who is elected later is no near relative of those who stay.
pub(super) fn by_election_kin(case: &Case) -> Vec<Finding> {
    let Some(stated) = law(case, Occasion::ByElection).get(&COMPOSITION_KIN) else {
        return Vec::new();
    };
    let result = by_election(case).and_then(|later| later.result.get());
    let elected = result.map_or(&[][..], |result| result.elected.items());
    let members = remaining(case, true).unwrap_or_default();
    let mut findings = Vec::new();
    for name in elected.iter().filter_map(|one| one.name.located()) {
        for (member, _) in &members {
            let tie = case.kinship().between(name, member, &stated.value);
            findings.extend(tie.map(|(word, tie)| {
                let message =
                    format!("补选当选的{}与成员{member}是近亲属（{word}），应当回避。", name.value);
                Finding::new(&name.place, message)
                    .also(tie, "关系写在这里")
                    .help("其中一人应退出，空缺另行补选。")
                    .resting_on(stated.basis.clone())
            }));
        }
    }
    findings
}

/// What concerns a member comes between the election and the end of the term.
pub(super) fn in_term(case: &Case) -> Vec<Finding> {
    let mut findings = before_term(case);
    findings.extend(after_term(case));
    findings
}

/// Nobody resigns, or is to be removed, before he is elected. What was also
/// decided before the election concerned the committee before.
fn before_term(case: &Case) -> Vec<Finding> {
    let Some(day) = case.election_day() else { return Vec::new() };
    let was_before = |decided: &Field<PartialDate>| {
        decided.value().is_some_and(|decided| surely_after(day.value, decided))
    };
    let tell = |what: &str, date: DateAt, elected: PartialDate, decided: &Field<PartialDate>| {
        let on_the_day = Some(&day.place).filter(|_| elected == day.value);
        let (date_said, elected_said) = (say(date.value), say(elected));
        let message = format!("{what}（{date_said}）在当选（{elected_said}）之前。");
        let found = Finding::new(&date.place, message)
            .also(on_the_day, "选举日")
            .help("请核对这两个日期；上一届的事不写在这里。")
            .resting_on(Basis::arithmetic());
        let surely = decided.value().is_some_and(|decided| surely_after(decided, day.value));
        if surely { found } else { found.doubtful() }
    };
    let mut findings = Vec::new();
    if let Some(resignations) = resignations(case).filter(|one| !was_before(&one.accepted_on)) {
        for one in resignations.list.items() {
            let (Some(name), Some(date)) = (one.name.get(), one.submitted_on.located()) else {
                continue;
            };
            let elected = elected_on(case, name).unwrap_or(day.value);
            if surely_after(elected, date.value) {
                let what = format!("{name}提出辞职");
                findings.push(tell(&what, date, elected, &resignations.accepted_on));
            }
        }
    }
    if let Some(recall) = recall(case).filter(|one| !was_before(&one.held_on)) {
        let requested = recall.requested_on.located();
        let names = recall.list.items().iter().filter_map(|one| one.name.get());
        let elected =
            names.filter_map(|name| elected_on(case, name)).max_by_key(|day| day.latest());
        let elected = elected.unwrap_or(day.value);
        if let Some(date) = requested.filter(|date| surely_after(elected, date.value)) {
            findings.push(tell("要求罢免", date, elected, &recall.held_on));
        }
    }
    findings
}

/// The day on which somebody was first elected.
fn elected_on(case: &Case, name: &str) -> Option<PartialDate> {
    let won = |round: &&Round| {
        round.winners.iter().flatten().any(|one| one.name.is_some_and(|own| same_name(own, name)))
    };
    case.rounds().iter().find(won)?.held_on
}

/// A committee's term ends; what comes after it is the next committee's.
fn after_term(case: &Case) -> Vec<Finding> {
    let years = case.election.term_years.value().or_else(|| case.law(&TERM_YEARS));
    let (Some(years), Some(day)) = (years, case.election_day()) else { return Vec::new() };
    let ends = day.latest().saturating_add(i64::from(years.min(100)).years());
    let events: [(&str, Option<DateAt>); 3] = [
        ("接受辞职", resignations(case).and_then(|one| one.accepted_on.located())),
        ("罢免表决", recall(case).and_then(|recall| recall.held_on.located())),
        ("补选", by_election(case).and_then(|one| one.held_on.located())),
    ];
    let late = events.into_iter().filter_map(|(what, held)| {
        let held = held.filter(|held| held.earliest() > ends)?;
        let message = format!(
            "{what}是{}；{}选举，任期 {years} 年，{}届满。",
            say(held.value),
            say(day.value),
            say(ends)
        );
        Some(
            Finding::new(&held.place, message)
                .also(&day.place, "选举日")
                .help("补选的成员任期到本届届满时止；延期换届的不必改，否则请核对日期。")
                .doubtful(),
        )
    });
    late.collect()
}
