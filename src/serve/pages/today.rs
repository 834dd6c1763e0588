//! How the election stands today: what is late, due, next; and what is wrong.

use std::collections::HashMap;

use jiff::ToSpan as _;
use jiff::civil::Date;
use minijinja::context;
use minijinja::value::{Serde, Value};
use serde::Serialize;

use super::frame::{self, Told};
use super::paper::Shelf;
use crate::diagnostic::Severity;
use crate::election::edit::Editor;
use crate::law::calendar::{self, Day, State, Step};
use crate::serve::desk::Desk;
use crate::serve::form::{self, Planned};
use crate::serve::web::{Asked, Reply, Trouble};

/// What is due in so many days is near.
const NEAR: i32 = 14;

#[derive(Debug, Serialize)]
struct Due {
    title: String,
    says: String,
    window: Option<String>,
    basis: Option<String>,
    state: &'static str,
    /// The day that stands as a plan.
    plan: Option<String>,
    address: String,
}

pub(super) fn page(desk: &Desk, asked: &Asked) -> Result<Reply, Trouble> {
    let (opened, stand) = frame::stand(desk, asked)?;
    let today = calendar::today();
    let steps = stand.steps();
    // A file that cannot be read has no plans.
    let editor = Editor::new(stand.source.clone()).ok();
    let planned = editor.as_ref().map(planned).unwrap_or_default();
    let ahead = editor.map(|editor| form::days_ahead(&stand, &editor, &steps)).unwrap_or_default();
    let (mut late, mut near, mut later, mut done) = (vec![], vec![], vec![], vec![]);
    for step in &steps {
        let plan = planned.get(step.id).copied();
        let due = Due {
            says: step.describe(today),
            window: step.basis.as_ref().map(|_| step.window()),
            basis: step.basis.as_ref().map(ToString::to_string),
            state: step.state(today).id(),
            plan: plan.filter(|_| step.day == Day::None).map(calendar::say),
            address: address(step.id),
            title: step.title.clone(),
        };
        match step.state(today) {
            State::Done(_) => done.push(due),
            State::Late { .. } | State::Untold { .. } => late.push(due),
            State::Due { days } | State::Planned { days, .. } if days <= NEAR => near.push(due),
            _ if plan.is_some_and(|day| (day - today).get_days() <= NEAR) => near.push(due),
            _ => later.push(due),
        }
    }
    let mut told: Vec<Told> =
        stand.report.iter().map(|finding| frame::told(finding, &stand)).collect();
    told.sort_by_key(|told| std::cmp::Reverse(told.note.severity));
    told.retain(|told| told.note.severity > Severity::Note);
    let election_day = stand.election().and_then(|election| election.election_day.value());
    let shelf = Shelf::of(&stand);
    let view = context! {
        next => Value::from(Serde(&shelf.next())),
        ahead,
        today => calendar::say(today),
        election_day => election_day.and_then(|day| day.exact()).map(calendar::say),
        law => stand.folder.as_ref().map(|folder| folder.profile.name.clone()),
        late => Value::from(Serde(&late)),
        near => Value::from(Serde(&near)),
        later => Value::from(Serde(&later)),
        done => Value::from(Serde(&done)),
        told => Value::from(Serde(&told)),
        chart => chart(&steps, &planned, today),
        is_broken => stand.tree.is_none(),
    };
    Ok(frame::show(desk, &opened, &stand, asked, "today.html", "today", view))
}

/// The days that stand as a plan, by their steps.
fn planned(editor: &Editor) -> HashMap<String, Date> {
    let day = |(path, plan): (String, Planned)| Some((path, plan.value.parse().ok()?));
    form::plans(editor).into_iter().filter_map(day).collect()
}

/// The calendar as a picture: how wide the names and the days are, and how high a row,
/// in units of the drawing.
const NAMES: i32 = 250;
const DAYS: i32 = 640;
const ROW: i32 = 26;

/// Each step with a bar for the days that the law gives, and a dot for its own day, or
/// the one that is planned.
fn chart(steps: &[Step], planned: &HashMap<String, Date>, today: Date) -> Option<Value> {
    let on = |step: &Step| match step.day {
        Day::On(date) => date.exact(),
        Day::None => planned.get(step.id).copied(),
        Day::Sometime => None,
    };
    let days = |step: &Step| [step.from, step.until, on(step)];
    // A year later there is only the archive.
    let shown = steps.iter().filter(|step| step.id != ARCHIVE);
    let shown = shown.filter(|step| days(step).iter().any(Option::is_some));
    let known = || shown.clone().flat_map(days).flatten();
    let (first, last) = (known().min()?, known().max()?);
    let whole = (last - first).get_days().max(1);
    let x = |day: Date| NAMES + DAYS * (day - first).get_days() / whole;
    let rows: Vec<Value> = shown
        .zip(0..)
        .map(|(step, n): (&Step, i32)| {
            let bar = step.from.or(step.until).zip(step.until.or(step.from));
            context! {
                title => step.title.clone(),
                state => step.state(today).id(),
                says => step.describe(today),
                y => ROW * (n + 1),
                bar => bar.map(|(from, until)| context! { x => x(from), width => (x(until) - x(from)).max(3) }),
                dot => on(step).map(x),
                is_plan => step.day == Day::None,
            }
        })
        .collect();
    let height = ROW * (i32::try_from(rows.len()).unwrap_or_default() + 1) + 8;
    let months = first.first_of_month().series(1.month()).take_while(|day| *day <= last);
    let months = months.filter(|day| *day >= first);
    let months = months.map(|day| context! { x => x(day), name => format!("{}月", day.month()) });
    Some(context! {
        width => NAMES + DAYS + 40,
        height,
        rows,
        months => months.collect::<Vec<_>>(),
        today => (first..=last).contains(&today).then(|| x(today)),
    })
}

/// The step that has a page of its own.
const ARCHIVE: &str = "archive";

/// Where a step is entered.
fn address(id: &str) -> String {
    match id {
        ARCHIVE => "/archive".to_owned(),
        id => frame::field_address(id),
    }
}
