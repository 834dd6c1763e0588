//! The MiniJinja environment in which wordings are written: strict, escaping,
//! with the filters that official Chinese needs.

use std::collections::HashMap;
use std::error::Error as _;
use std::sync::Arc;

use minijinja::syntax::SyntaxConfig;
use minijinja::value::{Enumerator, Object, ObjectRepr, Rest, Value, ValueKind};
use minijinja::{AutoEscape, Environment, Error, ErrorKind, State, UndefinedBehavior};

use super::document::{Block, Inline};
use super::markdown::{Insert, Inserts, escape};
use super::template::{Parts, Passage, Template};
use super::{chinese, timetable};
use crate::diagnostic::{Diagnostic, Place, Report};
use crate::election::date::PartialDate;
use crate::election::person::name_key;

/// The name under which a document's inserts travel in the context.
const INSERTS: &str = "_inserts";
/// A blank, where nothing better is known of its width.
const BLANK: usize = 4;
/// The same within a text.
const UNKNOWN: &str = "＿＿＿＿";

impl Object for Inserts {}

/// How much a wording may do: a thousand times what ours do for a large community, and
/// half a minute's work at most.
const FUEL: u64 = 100_000_000;
/// The most lines of a passage, and how many more for each voter, who may have a card in it:
/// to set more takes more than a machine of an office has.
const LINES: usize = 10_000;
const LINES_A_VOTER: usize = 40;
/// The widest blank, the most boxes and the most lines of room: what a page holds.
const WIDEST: usize = 1000;

/// What is not known yet, in a form printed before the day: room is left for
/// whatever is asked of it.
#[derive(Debug)]
pub(super) struct Unknown;

impl Object for Unknown {
    fn repr(self: &Arc<Self>) -> ObjectRepr {
        ObjectRepr::Iterable
    }

    fn get_value(self: &Arc<Self>, _: &Value) -> Option<Value> {
        Some(Value::from_dyn_object(self.clone()))
    }

    fn enumerate(self: &Arc<Self>) -> Enumerator {
        Enumerator::Empty
    }
}

/// Whether `value` was left open, in the data or because it is not known yet.
fn is_unknown(value: &Value) -> bool {
    value.is_none() || value.downcast_object_ref::<Unknown>().is_some()
}

/// A block that a template may place, such as a grid of names.
#[derive(Debug)]
pub(super) struct Placed(pub Block);

impl Object for Placed {
    fn repr(self: &Arc<Self>) -> ObjectRepr {
        ObjectRepr::Plain
    }
}

/// The environment for all `templates`, in which they may import `parts`. Each
/// passage is compiled when it is first wanted, and only then. Macros see what the
/// importing template sees, the inserts among it, but not what it has set itself:
/// that they are given.
pub(super) fn environment(templates: &[Template], parts: &Arc<Parts>) -> Environment<'static> {
    let mut env = Environment::new();
    let passages = templates.iter().flat_map(Template::passages);
    let passages: HashMap<String, String> =
        passages.map(|passage| (passage.name, passage.text.to_owned())).collect();
    let parts = parts.clone();
    env.set_loader(move |name| {
        let part = parts.get(name).map(|part| &part.text);
        Ok(part.or_else(|| passages.get(name)).cloned())
    });
    env.set_fuel(Some(FUEL));
    // Testing whether something exists is allowed; printing what does not is not.
    env.set_undefined_behavior(UndefinedBehavior::SemiStrict);
    if let Ok(syntax) = SyntaxConfig::builder().trim_blocks(true).lstrip_blocks(true).build() {
        env.set_syntax(syntax);
    }
    env.set_auto_escape_callback(|_| AutoEscape::Custom("markdown".into()));
    env.set_formatter(|out, state, value| {
        let text = markdown_of(state, value)?;
        out.write_str(&text).map_err(Error::from)
    });
    env.add_filter("date", |state: &State, value: &Value| on_date(state, value, chinese::date));
    env.add_filter("when", |state: &State, value: &Value| {
        on_date(state, value, chinese::date_as_known)
    });
    env.add_filter("day", |state: &State, value: &Value| {
        on_date(state, value, chinese::month_and_day)
    });
    // Of a date that is not known there is nothing to say.
    env.add_filter("weekday", |state: &State, value: &Value| match is_unknown(value) {
        true => Ok(Value::from(())),
        false => on_date(state, value, chinese::weekday),
    });
    env.add_filter("until", until);
    env.add_filter("numeral", |number: u64| chinese::numeral(number));
    env.add_filter("person", person);
    env.add_filter("people", people);
    env.add_filter("listed", listed);
    env.add_filter("named", named);
    env.add_filter("sentence", sentence);
    env.add_function("blank", |state: &State, width: usize| blank(state, width));
    env.add_function("boxes", |state: &State, count: usize| {
        inline(state, Inline::Boxes(within(count)?))
    });
    env.add_function("bar", |state: &State, percent: usize| inline(state, Inline::Bar(percent)));
    env.add_function("room", |state: &State, lines: usize| {
        inline(state, Inline::Room(within(lines)?))
    });
    env.add_function("form", |state: &State, widths: Rest<usize>| form(state, widths.0));
    env
}

/// Reads every part, also those that no template imports.
pub(super) fn check_parts(env: &Environment, parts: &Parts, report: &mut Report) {
    let problem = |part| env.get_template(part).err();
    report.extend(parts.names().filter_map(problem).map(|error| explain(&error, parts, None)));
}

/// Reads passages before they are wanted.
pub(super) fn check_passages<'p>(
    env: &Environment,
    passages: impl Iterator<Item = Passage<'p>>,
    parts: &Parts,
    report: &mut Report,
) {
    for passage in passages {
        if let Err(error) = env.get_template(&passage.name) {
            report.push(explain(&error, parts, Some(&passage)));
        }
    }
}

/// Renders one piece of a template with `context`, of an election with so many `voters`.
///
/// # Errors
/// The template's own mistake, or something missing from the election, with its
/// place in the template.
pub(super) fn render(
    env: &Environment,
    parts: &Parts,
    passage: &Passage,
    context: &Value,
    inserts: &Arc<Inserts>,
    voters: usize,
) -> Result<String, Diagnostic> {
    let context = minijinja::context! { _inserts => Value::from_dyn_object(inserts.clone()), ..context.clone() };
    let text = env
        .get_template(&passage.name)
        .and_then(|template| template.render(context))
        .map_err(|error| explain(&error, parts, Some(passage)))?;
    let most = LINES + LINES_A_VOTER * voters;
    if text.bytes().filter(|byte| *byte == b'\n').count() > most {
        let message = format!("模板写出的文字超过 {most} 行，一份文件装不下。");
        let place = Place::Text(passage.source.clone(), passage.at.clone());
        return Err(Diagnostic::error("template", message)
            .at(place)
            .help("请看模板里有没有停不下来的循环；很长的名单用自带的名单块。"));
    }
    Ok(text)
}

/// Says in Chinese what MiniJinja means, at its place: in a part, or in the
/// `passage` that was rendered.
fn explain(error: &Error, parts: &Parts, passage: Option<&Passage>) -> Diagnostic {
    let error = innermost(error);
    let part = error.name().and_then(|name| parts.get(name));
    let part = part.map(Passage::of_part);
    let passage = part.as_ref().or(passage);
    let quoted = passage.zip(error.range()).and_then(|(passage, range)| passage.text.get(range));
    let quoted = quoted.unwrap_or_default().trim();
    let message = match error.kind() {
        ErrorKind::UndefinedError => format!("模板用到的“{quoted}”在这次选举的数据里没有。"),
        ErrorKind::UnknownFilter => format!("没有“{quoted}”这个过滤器。"),
        ErrorKind::UnknownFunction => format!("没有“{quoted}”这个函数。"),
        ErrorKind::UnknownTest => format!("没有“{quoted}”里的这种判断。"),
        ErrorKind::TemplateNotFound => "没有这里引用的公用措辞。".to_owned(),
        ErrorKind::OutOfFuel => "模板里的循环停不下来，或者要做的太多。".to_owned(),
        ErrorKind::SyntaxError => "模板的写法有误。".to_owned(),
        ErrorKind::MissingArgument | ErrorKind::TooManyArguments => {
            format!("“{quoted}”的括号里给得太多或者太少。")
        }
        // What our own filters say, they say in Chinese.
        _ => match error.detail().filter(|detail| !detail.is_ascii()) {
            Some(detail) => format!("{detail}。"),
            None => format!("“{quoted}”不能这样用。"),
        },
    };
    let help = match error.kind() {
        ErrorKind::UndefinedError => {
            "请先用“{% if … is defined %}”判断，或在开头的 needs 里写明需要它。".to_owned()
        }
        ErrorKind::TemplateNotFound => {
            format!("公用措辞有：{}。", parts.names().collect::<Vec<_>>().join("、"))
        }
        _ => "请对照 docs/templates.md 里的写法。".to_owned(),
    };
    let place = passage.map(|passage| {
        let exact = passage.at.len() == passage.text.len();
        let start = passage.at.start;
        let within = error.range().filter(|_| exact);
        let at = within.map_or(passage.at.clone(), |range| start + range.start..start + range.end);
        Place::Text(passage.source.clone(), at)
    });
    Diagnostic::error("template", message).at(place).help(help)
}

/// What went wrong in a part, not that importing it failed.
fn innermost(error: &Error) -> &Error {
    let source = error.source().and_then(|source| source.downcast_ref::<Error>());
    source.map_or(error, innermost)
}

/// What stands in the Markdown for a value: text escaped, a blank for what is
/// not known, a marker for a block.
fn markdown_of(state: &State, value: &Value) -> Result<String, Error> {
    if value.is_undefined() {
        return Err(Error::new(ErrorKind::UndefinedError, "undefined value"));
    }
    if is_unknown(value) {
        return Ok(blank(state, BLANK)?.to_string());
    }
    if let Some(placed) = value.downcast_object_ref::<Placed>() {
        return Ok(format!("\n\n{}\n\n", mark(state, Insert::Block(placed.0.clone()))?));
    }
    let text = value.to_string();
    Ok(if value.is_safe() { text } else { escape(&text) })
}

fn mark(state: &State, insert: Insert) -> Result<String, Error> {
    let inserts = state.lookup(INSERTS);
    let inserts = inserts.as_ref().and_then(|value| value.downcast_object_ref::<Inserts>());
    inserts
        .map(|inserts| inserts.mark(insert))
        .ok_or_else(|| Error::new(ErrorKind::InvalidOperation, "no document is being composed"))
}

fn inline(state: &State, inline: Inline) -> Result<Value, Error> {
    Ok(Value::from_safe_string(mark(state, Insert::Inline(inline))?))
}

fn blank(state: &State, width: usize) -> Result<Value, Error> {
    inline(state, Inline::Blank(within(width)?))
}

/// A number of what stands on a page.
fn within(number: usize) -> Result<usize, Error> {
    match number <= WIDEST {
        true => Ok(number),
        false => Err(Error::new(
            ErrorKind::InvalidOperation,
            format!("空白、方格、行数最多 {WIDEST}，这里是 {number}"),
        )),
    }
}

/// Makes the next table a form with columns of `widths` characters.
fn form(state: &State, widths: Vec<usize>) -> Result<Value, Error> {
    let widths = widths.into_iter().map(within).collect::<Result<_, _>>()?;
    let mark = mark(state, Insert::Form(widths))?;
    Ok(Value::from_safe_string(format!("\n\n{mark}\n\n")))
}

/// Applies `print` to a date; one not known leaves blanks to be filled in.
fn on_date<T: Into<String>>(
    state: &State,
    value: &Value,
    print: impl Fn(PartialDate) -> T,
) -> Result<Value, Error> {
    if is_unknown(value) {
        let mut text = String::new();
        for unit in ["年", "月", "日"] {
            text += blank(state, 2)?.as_str().unwrap_or_default();
            text += unit;
        }
        return Ok(Value::from_safe_string(text));
    }
    let text = value.as_str().unwrap_or_default();
    let date = PartialDate::parse(text)
        .map_err(|_| Error::new(ErrorKind::InvalidOperation, format!("“{text}”不是日期")))?;
    Ok(Value::from(print(date).into()))
}

/// From one date to another, naming only what changes; what is not known of
/// either is left blank.
fn until(state: &State, from: &Value, to: &Value) -> Result<Value, Error> {
    let exact = |value: &Value| {
        let date = value.as_str().and_then(|text| PartialDate::parse(text).ok());
        date.filter(|date| date.exact().is_some())
    };
    if let (Some(from), Some(to)) = (exact(from), exact(to)) {
        return Ok(Value::from(timetable::span(from, to)));
    }
    let text = |value: &Value| {
        let value = if value.is_undefined() { &Value::from(()) } else { value };
        on_date(state, value, chinese::date).map(|date| date.to_string())
    };
    Ok(Value::from_safe_string(format!("{}至{}", text(from)?, text(to)?)))
}

/// A name, never broken across lines and never read as Markdown.
fn person(state: &State, name: &Value) -> Result<Value, Error> {
    match name.as_str().filter(|name| !name.trim_matches('＿').is_empty()) {
        Some(text) => inline(state, Inline::Name(text.to_owned())),
        None => blank(state, BLANK),
    }
}

/// Names joined by 、; items may be names or records that have one.
fn people(state: &State, list: &Value) -> Result<Value, Error> {
    if is_unknown(list) {
        return blank(state, 3 * BLANK);
    }
    let mut joined = String::new();
    for item in list.try_iter()? {
        let name = if item.kind() == ValueKind::Map { item.get_attr("name")? } else { item };
        if !joined.is_empty() {
            joined.push('、');
        }
        joined += person(state, &name)?.as_str().unwrap_or_default();
    }
    Ok(Value::from_safe_string(joined))
}

/// Whoever of a list has this name, however it is spelt; nothing is said of
/// nobody.
fn named(list: &Value, name: &Value) -> Result<Value, Error> {
    let nobody = minijinja::context! {};
    let Some(key) = name.as_str().map(name_key) else { return Ok(nobody) };
    for one in list.try_iter()? {
        let other = one.get_attr("name")?;
        if other.as_str().is_some_and(|other| name_key(other) == key) {
            return Ok(one);
        }
    }
    Ok(nobody)
}

/// What somebody wrote as a sentence of its own, closed if it was left open.
fn sentence(text: &Value) -> Value {
    const CLOSING: [char; 9] = ['。', '；', '！', '？', '：', '…', '.', ';', '”'];
    match text.as_str() {
        Some(said) if !said.is_empty() && !said.ends_with(CLOSING) => {
            Value::from(format!("{said}。"))
        }
        _ => text.clone(),
    }
}

/// Items joined by 、, or by nothing between titles in 《》 (GB/T 15834).
fn listed(list: &Value) -> Result<Value, Error> {
    if is_unknown(list) {
        return Ok(Value::from(UNKNOWN));
    }
    let mut joined = String::new();
    for item in list.try_iter()? {
        let is_known = !item.is_undefined() && !is_unknown(&item);
        let item = if is_known { item.to_string() } else { UNKNOWN.to_owned() };
        if !(joined.is_empty() || joined.ends_with('》') && item.starts_with('《')) {
            joined.push('、');
        }
        joined += &item;
    }
    Ok(Value::from(joined))
}
