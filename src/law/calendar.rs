//! The statutory calendar: every step of an election with the days within
//! which the law wants it, what of it is done, and when to do the rest.

use jiff::civil::{Date, Weekday};
use jiff::tz::Offset;
use jiff::{Timestamp, ToSpan as _};

use super::case::Case;
use super::days;
use super::parameter::PROXY_WINDOW_DAYS;
use super::profile::{Basis, Profile};
use super::round::{Next, Round, Voting};
use super::steps::{self, Frame, STEPS, Window};
use crate::election::date::PartialDate;
use crate::election::decode::{Decode as _, Field};
use crate::election::{Dossier, Election};

/// One step of an election as it stands.
#[derive(Clone, Debug)]
pub struct Step {
    /// The field of `election.yaml` that takes its date, such as
    /// `registration.list_posted_on`.
    pub id: &'static str,
    /// What is to be done, in Chinese.
    pub title: String,
    /// The first day that will do, where the law fixes one.
    pub from: Option<Date>,
    /// The last day that will do, where the law fixes one and its reckoning
    /// has a day to begin with.
    pub until: Option<Date>,
    /// On what the last day rests.
    pub basis: Option<Basis>,
    /// What `election.yaml` says of its day.
    pub day: Day,
    /// Whether what was done is told, and not only when.
    pub is_told: bool,
    /// The keys any of which would tell it, in Chinese.
    pub content: Vec<String>,
}

/// What is known of a step's day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Day {
    /// None is written.
    None,
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
    /// Its planned day has come, and nothing tells that it was done.
    Untold {
        on: PartialDate,
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
        state(self.day, self.is_told, (self.from, self.until), today)
    }

    /// The window as a user reads it: `至迟 2026年4月20日（周一）`.
    pub fn window(&self) -> String {
        match (self.from, self.until) {
            (None, None) if self.basis.is_some() => "有法定期限，推算的起点还没有写".into(),
            (None, None) => "法律未定期限".into(),
            (Some(from), None) => format!("{}起", say(from)),
            (None, Some(until)) => format!("至迟 {}", say(until)),
            (Some(from), Some(until)) if from == until => format!("{}当天", say(until)),
            (Some(from), Some(until)) => format!("{}至 {}", say(from), say(until)),
        }
    }

    /// How it stands on `today`, as a user reads it.
    pub fn describe(&self, today: Date) -> String {
        match self.state(today) {
            State::Done(Some(date)) => format!("已办（{}）", days::say(date)),
            State::Done(None) => "已办（日期未写）".into(),
            State::Planned { on, days } => format!("定于{}，还有 {days} 天", days::say(on)),
            State::Untold { on } => {
                let content = self.content.join("或");
                format!("日期已到（{}），内容还没有写（{content}）", days::say(on))
            }
            State::NotYet { days } => format!("未到，{days} 天后开始"),
            State::Due { days: 0 } => "今天截止".into(),
            State::Due { days } => format!("还有 {days} 天"),
            State::Late { days } => format!("已过 {days} 天"),
            State::Open => "未办".into(),
        }
    }
}

/// How a step with this day and window stands on `today`.
pub fn state(day: Day, is_told: bool, window: (Option<Date>, Option<Date>), today: Date) -> State {
    match day {
        Day::Sometime => return State::Done(None),
        Day::On(date) if date.earliest() > today => {
            return State::Planned { on: date, days: days::between(today, date.earliest()) };
        }
        Day::On(date) if is_told => return State::Done(Some(date)),
        Day::On(date) => return State::Untold { on: date },
        Day::None => {}
    }
    match window {
        (Some(from), _) if from > today => State::NotYet { days: days::between(today, from) },
        (_, Some(until)) if until < today => State::Late { days: days::between(until, today) },
        (_, Some(until)) => State::Due { days: days::between(today, until) },
        _ => State::Open,
    }
}

impl State {
    /// Stable name, for programs.
    pub fn id(self) -> &'static str {
        match self {
            State::Done(_) => "done",
            State::Planned { .. } => "planned",
            State::Untold { .. } => "untold",
            State::NotYet { .. } => "not-yet",
            State::Due { .. } => "due",
            State::Late { .. } => "late",
            State::Open => "open",
        }
    }
}

/// The calendar of an election. Without its day most windows cannot be
/// reckoned, but what is done and what is not can still be told.
pub fn calendar(dossier: &Dossier, profile: &Profile) -> Vec<Step> {
    let election = &dossier.election;
    let day = election.election_day.value().and_then(PartialDate::exact);
    let runoff = election
        .runoff
        .get()
        .and_then(|runoff| runoff.held_on.value())
        .and_then(PartialDate::exact);
    let case = Case::new(dossier, profile);
    let next = case.first_round().and_then(Round::next);
    // A void vote elects nobody: what follows an election is not due yet.
    let elected = runoff.or(day).filter(|_| next != Some(Next::HoldAgain));
    let frame = Frame { case: Some(&case), profile, day, elected };
    let asked = STEPS.iter().filter(|step| match step.usual {
        // Of a void vote there is no list of those elected.
        _ if step.id == ROSTER && next == Some(Next::HoldAgain) => false,
        Some(_) if step.id == RUNOFF && next == Some(Next::Runoff) => true,
        Some(_) => step.concerns(election),
        None => step.is_called_for(election),
    });
    let mut steps: Vec<Step> = asked.map(|step| stand(step, dossier, &frame)).collect();
    for round in case.rounds() {
        let Some((record, title)) = left_to_do(round, &case) else { continue };
        let last = steps.iter().rposition(|step| step.id.starts_with(record));
        let again = unwritten(AGAIN, title, Window::default());
        steps.insert(last.map_or(steps.len(), |at| at + 1), again);
    }
    steps.push(unwritten("archive", "整理归档", frame.archive()));
    steps
}

/// What a round leaves to be done of which no field tells, and after whose steps it
/// comes.
fn left_to_do(round: &Round, case: &Case) -> Option<(&'static str, &'static str)> {
    let record = match round.voting {
        Voting::Runoff => "runoff.",
        Voting::ByElection => "by_election.",
        Voting::First | Voting::Recall => "result.",
    };
    let title = match (round.voting, round.next()?) {
        (_, Next::Nothing | Next::Vacancies) => return None,
        (Voting::First, Next::TieVote | Next::Runoff) if !case.election.runoff.is_absent() => {
            return None;
        }
        // It has a step of its own.
        (Voting::First, Next::Runoff) => return None,
        (Voting::ByElection, Next::HoldAgain) => "补选无效，重新补选",
        (Voting::Runoff, Next::HoldAgain) => "另行选举无效，重新投票",
        (_, Next::HoldAgain) => "选举无效，重新选举",
        (_, Next::TieVote) => "得票相等，再次投票",
        (Voting::ByElection, Next::Runoff) => "补选的名额不足，再次补选",
        (_, Next::Runoff) => "名额仍不足，再次另行选举",
    };
    Some((record, title))
}

fn stand(step: &steps::Step, dossier: &Dossier, frame: &Frame) -> Step {
    let Window { from, until, basis } = (step.window)(frame);
    let kind = dossier.election.kind.value();
    let keys = |path: &&str| Some(Election::keys_for(kind, &Election::chinese_keys(path)?));
    Step {
        id: step.id,
        title: step.title(kind),
        from,
        until,
        basis,
        day: match step.date(&dossier.election) {
            None | Some(Field::Absent) => Day::None,
            Some(Field::Unknown(_)) => Day::Sometime,
            Some(Field::Known(date)) => Day::On(date.value),
        },
        is_told: step.is_told(dossier),
        content: step.content.iter().filter_map(keys).collect(),
    }
}

/// What no field of `election.yaml` says to be done.
fn unwritten(id: &'static str, title: &str, window: Window) -> Step {
    let Window { from, until, basis } = window;
    Step {
        id,
        title: title.into(),
        from,
        until,
        basis,
        day: Day::None,
        is_told: false,
        content: Vec::new(),
    }
}

/// A date for a step that has none.
pub struct Proposal {
    pub step: &'static steps::Step,
    pub date: Date,
}

/// A date for every step, such that each is lawful under `profile`, comes in
/// its order, and falls on a working day.
pub fn propose(profile: &Profile, election_day: Date) -> Vec<Proposal> {
    let day = Some(election_day);
    let frame = Frame { case: None, profile, day, elected: day };
    let certain = STEPS.iter().filter(|step| step.id != RUNOFF);
    let usual = certain.filter_map(|step| Some((step, step.usual?)));
    let (before, after): (Vec<_>, Vec<_>) = usual.partition(|(_, usual)| *usual < 0);
    let mut proposals = Vec::new();
    // Backwards from the election day, so that each step can give way to the
    // next; only steps that are usually done together share a day.
    let (mut next, mut next_usual) = (election_day, 0);
    for (step, usual) in before.into_iter().rev() {
        let day = days::before(election_day, usual.unsigned_abs());
        let until = (step.window)(&frame).until.unwrap_or(day);
        let limit = if usual == next_usual { next } else { days::before(next, 1) };
        next = working_day_before(day.min(until).min(limit));
        next_usual = usual;
        proposals.push(Proposal { step, date: next });
    }
    proposals.reverse();
    let mut last = election_day;
    for (step, usual) in after {
        let day = days::after(election_day, usual.unsigned_abs());
        let date = if usual == 0 { day } else { days::end_of_period(day.max(last), 0) };
        last = (step.window)(&frame).until.map_or(date, |until| date.min(until));
        proposals.push(Proposal { step, date: last });
    }
    close_proxies_in_window(profile, &mut proposals);
    proposals
}

const ROSTER: &str = "result.posted_on";
const AGAIN: &str = "held_again";

/// Nobody plans that too few will be elected.
const RUNOFF: &str = "runoff.held_on";
const LIST: &str = "registration.list_posted_on";
const PROXIES_CLOSE: &str = "proxies.closes_on";

/// Where entrusting is allowed only for some days after the list, it ends then.
fn close_proxies_in_window(profile: &Profile, proposals: &mut [Proposal]) {
    let list =
        proposals.iter().find(|proposal| proposal.step.id == LIST).map(|proposal| proposal.date);
    let closes = proposals.iter_mut().find(|proposal| proposal.step.id == PROXIES_CLOSE);
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
    let lead = STEPS.iter().filter_map(|step| step.usual).min().unwrap_or(0);
    free_sundays(days::after(today, lead.unsigned_abs()))
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
#[allow(clippy::disallowed_methods, reason = "the one place that asks the clock")]
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
        let on = match step.day {
            Day::None => step.until,
            Day::On(date) => date.exact(),
            Day::Sometime => None,
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
        let deadline = if step.day == Day::None { "（截止）" } else { "" };
        line(&format!("SUMMARY:{}{deadline}", escape(&step.title)));
        if let Some(basis) = &step.basis {
            line(&format!("DESCRIPTION:{}", escape(&basis.to_string())));
        }
        line("BEGIN:VALARM");
        line("ACTION:DISPLAY");
        line("TRIGGER:-P1D");
        line(&format!("DESCRIPTION:{}", escape(&step.title)));
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
    use crate::election::decode::Decoder;
    use crate::election::yaml;

    fn dossier(text: &str) -> Dossier {
        let source = Source::new("election.yaml", text);
        let mut report = Report::new();
        let tree = yaml::parse(&source).unwrap();
        let election = Election::decode(&tree, &mut Decoder::new(&source, &mut report)).unwrap();
        Dossier {
            folder: "".into(),
            offices: Vec::new(),
            election,
            roll: None,
            posted_roll: None,
            posted_words: Default::default(),
            source,
            tree: tree.into(),
        }
    }

    fn profile(id: &str) -> Profile {
        Library::built_in().resolve(id).unwrap()
    }

    const HOUSEHOLDS: &str = "household_representatives.posted_on";

    #[test]
    fn counts_back_from_the_election_day() {
        let dossier = dossier(
            "类别: 社区\n选举日: 2026-05-10\n选民登记: {名单公布日期: 2026-04-20, 选民总数: 80}\n移交: {完成日期:}\n",
        );
        let steps = calendar(&dossier, &profile("sc-residents-2026"));
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
            let steps = calendar(&dossier, &profile("cn-residents-2026"));
            steps.iter().find(|step| step.id == id).and_then(|step| step.until)
        };
        const REPRESENTATIVES: &str = "representatives.posted_on";
        assert_eq!(until("居民代表", REPRESENTATIVES), Some(date(2026, 4, 20)));
        assert_eq!(until("户代表", HOUSEHOLDS), Some(date(2026, 4, 20)));
        assert_eq!(until("户代表", REPRESENTATIVES), None);
        assert_eq!(until("全体选民", HOUSEHOLDS), None);
    }

    /// Nothing follows a vote that elected nobody, and a seat that nobody won
    /// wants another vote.
    #[test]
    fn a_vote_decides_what_comes_next() {
        let steps = |result: &str| {
            let dossier = dossier(&format!(
                "类别: 村\n选举日: 2026-05-10\n职数: {{主任: 1, 委员: 1}}\n选举方式: 全体选民\n\
                 选民登记: {{选民总数: 100}}\n选举结果: {{{result}}}\n"
            ));
            calendar(&dossier, &profile("cn-villagers-2026"))
        };
        let ids = |steps: &[Step]| steps.iter().map(|step| step.id).collect::<Vec<_>>();
        let void = steps("选票: {发出: 40, 收回: 40}");
        assert!(ids(&void).contains(&AGAIN) && !ids(&void).contains(&RUNOFF));
        let handover = void.iter().find(|step| step.id == "handover.completed_on").unwrap();
        assert_eq!(handover.until, None);
        assert!(!ids(&void).contains(&ROSTER));
        let winner = "当选: [{姓名: 甲某, 职务: 主任, 得票: 60}]";
        let partial = steps(&format!("选票: {{发出: 80, 收回: 80}}, {winner}"));
        assert!(ids(&partial).contains(&RUNOFF) && !ids(&partial).contains(&AGAIN));
        let tied = "得票: [{姓名: 甲某, 职务: 主任, 票数: 60}, {姓名: 乙某, 职务: 委员, 票数: 45}, \
                    {姓名: 丙某, 职务: 委员, 票数: 45}]";
        let tied = steps(&format!("选票: {{发出: 80, 收回: 80, 有效: 80, 无效: 0}}, {tied}"));
        let again = tied.iter().find(|step| step.id == AGAIN).unwrap();
        assert_eq!(again.title, "得票相等，再次投票");
    }

    #[test]
    fn what_happens_later_in_the_term_is_told() {
        let dossier = dossier(
            "类别: 社区\n选举日: 2026-05-10\n罢免: {要求日期: 2027-03-01, 名单: [{姓名: 甲某}]}\n",
        );
        let steps = calendar(&dossier, &profile("sc-residents-2026"));
        let recall = steps.iter().find(|step| step.id == "recall.held_on").unwrap();
        assert!(recall.until.is_some() && recall.state(date(2028, 1, 1)).id() == "late");
        assert!(!steps.iter().any(|step| step.id == "by_election.held_on"));
    }

    #[test]
    fn the_same_steps_give_the_same_file() {
        let dossier = dossier("类别: 社区\n选举日: 2026-05-10\n");
        let steps = calendar(&dossier, &profile("cn-residents-2026"));
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
            let (record, field) = proposal.step.id.split_once('.').unwrap();
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
