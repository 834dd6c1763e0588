//! The statutory calendar: every step of an election with the days within
//! which the law wants it, what of it is done, and when to do the rest.

use jiff::civil::{Date, Weekday};
use jiff::tz::Offset;
use jiff::{Timestamp, ToSpan as _};

use super::days;
use super::parameter::*;
use super::profile::{Basis, Profile, Provision};
use crate::election::date::PartialDate;
use crate::election::decode::Field;
use crate::election::model::{Election, Mode};

/// One step of an election.
#[derive(Clone, Debug)]
pub struct Step {
    /// The field of `election.yaml` that takes its date, such as
    /// `registration.list_posted_on`.
    pub id: &'static str,
    /// What is to be done, in Chinese.
    pub title: &'static str,
    /// The first day that will do, where the law fixes one.
    pub from: Option<Date>,
    /// The last day that will do, where the law fixes one.
    pub until: Option<Date>,
    /// On what the last day rests.
    pub basis: Option<Basis>,
    /// What `election.yaml` says of it.
    pub done: Done,
}

/// What is known of a step's doing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Done {
    No,
    /// It was done, nobody wrote down when.
    Sometime,
    On(PartialDate),
}

/// How a step stands on a given day. All numbers are whole days.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    Done(Option<PartialDate>),
    /// It has a date, which is still to come.
    Planned {
        on: PartialDate,
        days: i32,
    },
    /// Its window is not open yet.
    NotYet {
        days: i32,
    },
    /// It is to be done within so many days; 0 is today.
    Due {
        days: i32,
    },
    /// Its last day is so many days past.
    Late {
        days: i32,
    },
    /// Not done, and the law fixes no day.
    Open,
}

impl Step {
    /// How it stands on `today`.
    pub fn state(&self, today: Date) -> State {
        match self.done {
            Done::Sometime => return State::Done(None),
            Done::On(date) if date.earliest() <= today => return State::Done(Some(date)),
            Done::On(date) => {
                return State::Planned { on: date, days: days::between(today, date.earliest()) };
            }
            Done::No => {}
        }
        match (self.from, self.until) {
            (Some(from), _) if from > today => State::NotYet { days: days::between(today, from) },
            (_, Some(until)) if until < today => State::Late { days: days::between(until, today) },
            (_, Some(until)) => State::Due { days: days::between(today, until) },
            _ => State::Open,
        }
    }
}

impl Step {
    /// The window as a user reads it: `至迟 2026年4月20日（周一）`.
    pub fn window(&self) -> String {
        match (self.from, self.until) {
            (None, None) => "法律未定期限".into(),
            (Some(from), None) => format!("{}起", say(from)),
            (None, Some(until)) => format!("至迟 {}", say(until)),
            (Some(from), Some(until)) if from == until => format!("{}当天", say(until)),
            (Some(from), Some(until)) => format!("{}至 {}", say(from), say(until)),
        }
    }
}

impl State {
    /// Stable name, for programs.
    pub fn id(self) -> &'static str {
        match self {
            State::Done(_) => "done",
            State::Planned { .. } => "planned",
            State::NotYet { .. } => "not-yet",
            State::Due { .. } => "due",
            State::Late { .. } => "late",
            State::Open => "open",
        }
    }

    /// What a user reads: `还有 3 天`, `已过 2 天`.
    pub fn describe(self) -> String {
        match self {
            State::Done(Some(date)) => format!("已办（{}）", days::say(date)),
            State::Done(None) => "已办（日期未写）".into(),
            State::Planned { on, days } => format!("定于{}，还有 {days} 天", days::say(on)),
            State::NotYet { days } => format!("未到，{days} 天后开始"),
            State::Due { days: 0 } => "今天截止".into(),
            State::Due { days } => format!("还有 {days} 天"),
            State::Late { days } => format!("已过 {days} 天"),
            State::Open => "未办".into(),
        }
    }
}

/// How a step's days are found.
struct Plan {
    id: &'static str,
    title: &'static str,
    /// How many days from the election day it is usually done, before it negative.
    usual: i32,
    date: fn(&Election) -> Done,
    window: fn(&Frame) -> Window,
}

/// What the windows are reckoned from.
struct Frame<'a> {
    election: Option<&'a Election>,
    profile: &'a Profile,
    day: Date,
    /// The day the committee was complete: of the run-off, if there was one.
    elected: Date,
}

#[derive(Default)]
struct Window {
    from: Option<Date>,
    until: Option<Date>,
    basis: Option<Basis>,
}

impl Window {
    fn free() -> Self {
        Self::default()
    }

    fn until<T>(stated: Option<Provision<T>>, last: impl FnOnce(T) -> Option<Date>) -> Self {
        let Some(Provision { value, basis }) = stated else { return Self::default() };
        Self { from: None, until: last(value), basis: Some(basis) }
    }

    fn not_before(mut self, from: Date) -> Self {
        self.from = Some(from);
        self
    }
}

impl Frame<'_> {
    /// At the latest so many days before the election day.
    fn days_before(&self, key: &Key<u32>) -> Window {
        Window::until(self.profile.get(key), |days| Some(days::before(self.day, days)))
    }

    /// Within so many days after the committee was elected.
    fn days_after_election(&self, key: &Key<u32>) -> Window {
        Window::until(self.profile.get(key), |days| Some(days::end_of_period(self.elected, days)))
            .not_before(self.elected)
    }

    fn published_before(&self, key: &Key<Before>) -> Window {
        let formed =
            self.election.and_then(|election| election.election_committee.get()?.formed_on.value());
        Window::until(self.profile.get(key), |before| match before.event {
            Event::ElectionDay => Some(days::before(self.day, before.days.max(1))),
            Event::CommitteeFormed => Some(days::before(formed?.earliest(), before.days.max(1))),
        })
    }

    /// The list of those who elect for others comes with the list of voters.
    fn list_of_electors(&self, mode: Mode) -> Window {
        let they_elect = self.election.is_some_and(|election| election.mode.value() == Some(mode));
        match they_elect && self.profile.demands(&LIST_WITH_REPRESENTATIVES) {
            true => self.days_before(&LIST_DAYS_BEFORE),
            false => Window::free(),
        }
    }

    fn archive(&self) -> Window {
        Window::until(self.profile.get(&ARCHIVE_FILED_BY), |by| {
            Date::new(self.day.year() + 1, by.month, by.day).ok()
        })
        .not_before(self.elected)
    }

    /// On the election day itself, before the eyes of all.
    fn same_day(&self) -> Window {
        Window::until(self.profile.get(&RESULT_SAME_DAY), |_| Some(self.day)).not_before(self.day)
    }

    fn roster(&self) -> Window {
        let stated = self.profile.get(&RESULT_ROSTER_DAYS);
        Window::until(stated, |days| Some(days::after(self.day, days))).not_before(self.day)
    }
}

fn done(field: &Field<PartialDate>) -> Done {
    match field {
        Field::Absent => Done::No,
        Field::Unknown(_) => Done::Sometime,
        Field::Known(date) => Done::On(date.value),
    }
}

macro_rules! steps {
    ($($record:ident.$field:ident, $usual:literal, $title:literal, $window:expr;)*) => {
        &[$(Plan {
            id: concat!(stringify!($record), ".", stringify!($field)),
            title: $title,
            usual: $usual,
            date: |election| election.$record.get().map_or(Done::No, |record| done(&record.$field)),
            window: $window,
        }),*]
    };
}

/// The steps in their order. The usual days are those of the timetables that
/// street offices print; no law fixes them.
const STEPS: &[Plan] = steps! {
    audit.posted_on, -48, "公布离任审计结果", |frame| frame.published_before(&AUDIT_PUBLISHED);
    appraisal.posted_on, -47, "公布民主评议结果", |frame| frame.published_before(&APPRAISAL_PUBLISHED);
    election_committee.formed_on, -44, "推选选举委员会", |_| Window::free();
    election_committee.posted_on, -43, "公布选举委员会名单", |_| Window::free();
    plan.adopted_on, -40, "会议通过实施方案", |_| Window::free();
    plan.posted_on, -38, "公布实施方案和选举日", |_| Window::free();
    registration.starts_on, -36, "开始选民登记", |_| Window::free();
    registration.ends_on, -28, "截止选民登记", |_| Window::free();
    registration.list_posted_on, -23, "公布选民名单", |frame| frame.days_before(&LIST_DAYS_BEFORE);
    representatives.posted_on, -23, "公布代表名单", |frame| frame.list_of_electors(Mode::ResidentReps);
    household_representatives.posted_on, -23, "公布户代表名单", |frame| frame.list_of_electors(Mode::HouseholdReps);
    nomination.starts_on, -20, "开始提名候选人", |_| Window::free();
    nomination.ends_on, -18, "截止提名", |_| Window::free();
    nomination.posted_on, -17, "公布被提名人名单", |frame| frame.days_before(&NOMINEE_DAYS_BEFORE);
    candidates.posted_on, -8, "公布候选人名单", |frame| frame.days_before(&CANDIDATE_DAYS_BEFORE);
    polling.posted_on, -7, "公布投票的时间、地点和方式", |frame| frame.days_before(&POLLING_DAYS_BEFORE);
    staff.posted_on, -7, "公布选举工作人员名单", |frame| frame.days_before(&STAFF_DAYS_BEFORE);
    proxies.closes_on, -6, "截止办理委托投票", |frame| frame.days_before(&PROXY_CLOSES_DAYS_BEFORE);
    proxies.posted_on, -5, "公布委托投票名单", |frame| frame.days_before(&PROXY_LIST_DAYS_BEFORE);
    mobile_boxes.posted_on, -5, "公布流动票箱名单", |frame| frame.days_before(&MOBILE_BOXES_DAYS_BEFORE);
    candidates.met_voters_on, -3, "候选人与选民见面", |frame| {
        Window::until(frame.profile.get(&CANDIDATE_MEETS_VOTERS), |_| Some(days::before(frame.day, 1)))
    };
    result.announced_on, 0, "投票、计票，当场公布结果", |frame| frame.same_day();
    result.posted_on, 0, "张榜当选名单", |frame| frame.roster();
    runoff.held_on, 7, "另行选举（名额不足时）", |frame| {
        Window::until(frame.profile.get(&RUNOFF_DAYS), |days| Some(days::end_of_period(frame.day, days))).not_before(frame.day)
    };
    result.filed_on, 1, "选举结果备案", |frame| Window::free().not_before(frame.day);
    handover.completed_on, 7, "完成工作移交", |frame| frame.days_after_election(&HANDOVER_DAYS);
    supervision.elected_on, 10, "推选监督委员会", |frame| frame.days_after_election(&SUPERVISION_DAYS);
    summary.issued_on, 15, "写出工作总结", |frame| Window::free().not_before(frame.elected);
};

/// The calendar of an election; empty if its day is not known.
pub fn calendar(election: &Election, profile: &Profile) -> Vec<Step> {
    let Some(day) = election.election_day.value().and_then(PartialDate::exact) else {
        return Vec::new();
    };
    let runoff = election
        .runoff
        .get()
        .and_then(|runoff| runoff.held_on.value())
        .and_then(PartialDate::exact);
    let frame = Frame { election: Some(election), profile, day, elected: runoff.unwrap_or(day) };
    let plans = STEPS.iter().filter(|plan| plan.concerns(election));
    let mut steps: Vec<Step> = plans.map(|plan| plan.step(&frame, (plan.date)(election))).collect();
    steps.push(archiving(&frame));
    steps
}

const RUNOFF: &str = "runoff.held_on";
const HOUSEHOLDS: &str = "household_representatives.posted_on";
const LIST: &str = "registration.list_posted_on";
const PROXIES_CLOSE: &str = "proxies.closes_on";

impl Plan {
    /// A run-off is a step only once somebody writes of it, and households are
    /// represented only where they vote.
    fn concerns(&self, election: &Election) -> bool {
        match self.id {
            RUNOFF => !election.runoff.is_absent(),
            HOUSEHOLDS => election.mode.value() == Some(Mode::HouseholdReps),
            _ => true,
        }
    }

    fn step(&self, frame: &Frame, done: Done) -> Step {
        let Window { from, until, basis } = (self.window)(frame);
        Step { id: self.id, title: self.title, from, until, basis, done }
    }
}

/// No field of `election.yaml` says that the files were archived.
fn archiving(frame: &Frame) -> Step {
    let Window { from, until, basis } = frame.archive();
    Step { id: "archive", title: "整理归档", from, until, basis, done: Done::No }
}

/// A date for a step that has none.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Proposal {
    /// As of [`Step::id`].
    pub id: &'static str,
    pub title: &'static str,
    pub date: Date,
}

/// A date for every step, such that each is lawful under `profile`, comes in
/// its order, and falls on a working day.
pub fn propose(profile: &Profile, election_day: Date) -> Vec<Proposal> {
    let frame = Frame { election: None, profile, day: election_day, elected: election_day };
    let always = |plan: &&Plan| ![RUNOFF, HOUSEHOLDS].contains(&plan.id);
    let plans: Vec<&Plan> = STEPS.iter().filter(always).collect();
    let (before, after): (Vec<_>, Vec<_>) = plans.into_iter().partition(|plan| plan.usual < 0);
    let mut proposals = Vec::new();
    // Backwards from the election day, so that each step can give way to the
    // next; only steps that are usually done together share a day.
    let (mut next, mut next_usual) = (election_day, 0);
    for plan in before.into_iter().rev() {
        let usual = election_day.saturating_sub(i64::from(-plan.usual).days());
        let until = (plan.window)(&frame).until.unwrap_or(usual);
        let limit = if plan.usual == next_usual { next } else { days::before(next, 1) };
        next = working_day_before(usual.min(until).min(limit));
        next_usual = plan.usual;
        proposals.push(Proposal { id: plan.id, title: plan.title, date: next });
    }
    proposals.reverse();
    let mut last = election_day;
    for plan in after {
        let usual = election_day.saturating_add(i64::from(plan.usual).days());
        let date = if plan.usual == 0 { usual } else { days::end_of_period(usual.max(last), 0) };
        last = (plan.window)(&frame).until.map_or(date, |until| date.min(until));
        proposals.push(Proposal { id: plan.id, title: plan.title, date: last });
    }
    close_proxies_in_window(profile, &mut proposals);
    proposals
}

/// Where entrusting is allowed only for some days after the list, it ends then.
fn close_proxies_in_window(profile: &Profile, proposals: &mut [Proposal]) {
    let list = proposals.iter().find(|proposal| proposal.id == LIST).map(|proposal| proposal.date);
    let closes = proposals.iter_mut().find(|proposal| proposal.id == PROXIES_CLOSE);
    if let (Some(list), Some(closes), Some(window)) =
        (list, closes, profile.value(&PROXY_WINDOW_DAYS))
    {
        closes.date = closes.date.min(days::end_of_period(list, window));
    }
}

fn working_day_before(mut day: Date) -> Date {
    while days::is_rest_day(day) && day > Date::MIN {
        day = day.saturating_sub(1.day());
    }
    day
}

/// The first days on which an election that is begun today could be held.
pub fn election_days(today: Date) -> impl Iterator<Item = Date> {
    let lead = STEPS.iter().map(|plan| -plan.usual).max().unwrap_or(0);
    free_sundays(today.saturating_add(i64::from(lead).days()))
}

/// Sundays from `first` on, when people are at home, that are no statutory
/// holidays.
pub fn free_sundays(first: Date) -> impl Iterator<Item = Date> {
    first
        .series(1.day())
        .filter(|day| day.weekday() == Weekday::Sunday && days::holiday(*day).is_none())
}

/// Today in China, wherever the machine stands: the periods of the law run by
/// Beijing time, which knows no summer time.
pub fn today() -> Date {
    BEIJING.to_datetime(Timestamp::now()).date()
}

const BEIJING: Offset = Offset::constant(8);

/// A day as users read it: `2026年5月10日（周日）`.
pub fn say(day: Date) -> String {
    let weekday = match day.weekday() {
        Weekday::Monday => "周一",
        Weekday::Tuesday => "周二",
        Weekday::Wednesday => "周三",
        Weekday::Thursday => "周四",
        Weekday::Friday => "周五",
        Weekday::Saturday => "周六",
        Weekday::Sunday => "周日",
    };
    format!("{}（{weekday}）", days::say(day))
}

/// The statutory holiday on which an election day falls, if it does.
pub fn holiday_on(day: Date) -> Option<&'static str> {
    days::holiday(day)
}

/// The last days of all steps that are not done as an iCalendar file (RFC
/// 5545). The same steps give the same bytes.
pub fn to_ics(name: &str, steps: &[Step]) -> String {
    let mut out = String::new();
    let mut line = |text: &str| fold(text, &mut out);
    line("BEGIN:VCALENDAR");
    line("VERSION:2.0");
    line("PRODID:-//zhangbang//election calendar//ZH");
    line("CALSCALE:GREGORIAN");
    line(&format!("X-WR-CALNAME:{}", escape(name)));
    for step in steps {
        let on = match step.done {
            Done::No => step.until,
            Done::On(date) => date.exact(),
            Done::Sometime => None,
        };
        let Some(on) = on else { continue };
        let (day, next) = (
            on.strftime("%Y%m%d").to_string(),
            on.saturating_add(1.day()).strftime("%Y%m%d").to_string(),
        );
        line("BEGIN:VEVENT");
        line(&format!("UID:{}.{day}@zhangbang", step.id));
        // A fixed stamp: the file must not change from one run to the next.
        line(&format!("DTSTAMP:{day}T000000Z"));
        line(&format!("DTSTART;VALUE=DATE:{day}"));
        line(&format!("DTEND;VALUE=DATE:{next}"));
        let deadline = if step.done == Done::No { "（截止）" } else { "" };
        line(&format!("SUMMARY:{}{deadline}", escape(step.title)));
        if let Some(basis) = &step.basis {
            line(&format!("DESCRIPTION:{}", escape(&basis.to_string())));
        }
        line("BEGIN:VALARM");
        line("ACTION:DISPLAY");
        line("TRIGGER:-P1D");
        line(&format!("DESCRIPTION:{}", escape(step.title)));
        line("END:VALARM");
        line("END:VEVENT");
    }
    line("END:VCALENDAR");
    out
}

fn escape(text: &str) -> String {
    text.replace('\\', "\\\\").replace(';', "\\;").replace(',', "\\,").replace('\n', "\\n")
}

/// Lines are at most 75 bytes; what follows begins with a space.
fn fold(text: &str, out: &mut String) {
    let mut width = 0;
    for c in text.chars() {
        if width + c.len_utf8() > 75 {
            out.push_str("\r\n ");
            width = 1;
        }
        out.push(c);
        width += c.len_utf8();
    }
    out.push_str("\r\n");
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;
    use proptest::prelude::*;

    use super::super::{Library, check};
    use super::*;
    use crate::diagnostic::{Report, Source};
    use crate::election::decode::{Decode, Decoder};
    use crate::election::{Dossier, yaml};

    fn dossier(text: &str) -> Dossier {
        let source = Source::new("election.yaml", text);
        let mut report = Report::new();
        let tree = yaml::parse(&source).unwrap();
        let election = Election::decode(&tree, &mut Decoder::new(&source, &mut report)).unwrap();
        Dossier { folder: "".into(), templates: "".into(), election, roll: None, source, tree }
    }

    fn profile(id: &str) -> Profile {
        Library::built_in().resolve(id).unwrap()
    }

    #[test]
    fn counts_back_from_the_election_day() {
        let dossier = dossier(
            "类别: 社区\n选举日: 2026-05-10\n选民登记: {名单公布日期: 2026-04-20}\n移交: {完成日期:}\n",
        );
        let steps = calendar(&dossier.election, &profile("sc-residents-2026"));
        let step = |id: &str| steps.iter().find(|step| step.id == id).unwrap();
        let today = date(2026, 5, 4);
        assert_eq!(step(LIST).until, Some(date(2026, 4, 20)));
        assert_eq!(step(LIST).state(today), State::Done(Some(date(2026, 4, 20).into())));
        assert_eq!(step("candidates.posted_on").state(today), State::Due { days: 1 });
        assert_eq!(step("nomination.posted_on").state(today), State::Late { days: 9 });
        assert_eq!(step("supervision.elected_on").state(today), State::NotYet { days: 6 });
        assert_eq!(step("handover.completed_on").state(today), State::Done(None));
        assert_eq!(step("plan.posted_on").state(today), State::Open);
        assert_eq!(step("archive").until, Some(date(2027, 6, 30)));
        assert!(!steps.iter().any(|step| [RUNOFF, HOUSEHOLDS].contains(&step.id)));
    }

    #[test]
    fn the_list_of_those_who_vote_comes_with_the_list_of_voters() {
        let until = |mode: &str, id: &str| {
            let dossier = dossier(&format!("类别: 社区\n选举日: 2026-05-10\n选举方式: {mode}\n"));
            let steps = calendar(&dossier.election, &profile("cn-residents-2026"));
            steps.iter().find(|step| step.id == id).and_then(|step| step.until)
        };
        const REPRESENTATIVES: &str = "representatives.posted_on";
        assert_eq!(until("居民代表", REPRESENTATIVES), Some(date(2026, 4, 20)));
        assert_eq!(until("户代表", HOUSEHOLDS), Some(date(2026, 4, 20)));
        assert_eq!(until("户代表", REPRESENTATIVES), None);
        assert_eq!(until("全体选民", HOUSEHOLDS), None);
    }

    #[test]
    fn the_same_steps_give_the_same_file() {
        let dossier = dossier("类别: 社区\n选举日: 2026-05-10\n");
        let steps = calendar(&dossier.election, &profile("cn-residents-2026"));
        let ics = to_ics("某社区,换届", &steps);
        assert_eq!(ics, to_ics("某社区,换届", &steps));
        assert!(
            ics.contains("DTSTART;VALUE=DATE:20260420\r\n")
                && ics.contains("X-WR-CALNAME:某社区\\,换届")
        );
        assert!(ics.split("\r\n").all(|line| line.len() <= 75));
    }

    #[test]
    fn election_days_are_no_holidays() {
        let days: Vec<Date> = election_days(date(2026, 3, 1)).take(40).collect();
        assert!(
            days.iter().all(|day| holiday_on(*day).is_none() && day.weekday() == Weekday::Sunday)
        );
        assert!(!days.contains(&date(2026, 10, 4)));
        assert!(days::between(date(2026, 3, 1), days[0]) >= 48);
    }

    /// An election on which every step has the date that was proposed.
    fn as_proposed(profile: &Profile, day: Date) -> String {
        let kind = profile.kind.unwrap().name();
        let mut text = format!("类别: {kind}\n选举日: {day}\n适用法规: {{规则: {}}}\n", profile.id);
        let mut records: Vec<(&str, Vec<String>)> = Vec::new();
        for proposal in propose(profile, day) {
            let (record, field) = proposal.id.split_once('.').unwrap();
            let line = format!("{field}: {}", proposal.date);
            match records.iter_mut().find(|(name, _)| *name == record) {
                Some((_, lines)) => lines.push(line),
                None => records.push((record, vec![line])),
            }
        }
        for (record, lines) in records {
            text += &format!("{record}: {{{}}}\n", lines.join(", "));
        }
        text
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(40))]
        #[test]
        fn whatever_is_proposed_is_lawful(days in 0i64..1500) {
            for profile in Library::built_in().profiles() {
                let from = profile.from.unwrap_or(date(2015, 1, 1)).max(date(2015, 1, 1));
                let day = from.saturating_add(days.days());
                if !profile.in_force_on(day) {
                    continue;
                }
                let text = as_proposed(&profile, day);
                let mut report = Report::new();
                check(&dossier(&text), &profile, &mut report);
                prop_assert!(report.is_empty(), "{text}\n{report}");
            }
        }
    }
}
