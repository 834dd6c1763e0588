//! Planned lines taken into use.

use std::ops::Range;

use super::Editor;
use super::language::child;
use super::plain::{Operation, Plain};
use super::plan::{Outline, Stop, path_below, plan_line};
use super::splice::Splice;
use crate::diagnostic::Diagnostic;
use crate::election::yaml::{self, Key, KeyPath, Node, Step};

/// A line that stands as a comment and can be taken into use.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Plan {
    /// Counted from 1.
    pub line: usize,
    /// The keys that lead to it, as written; an item has that of its list.
    pub path: KeyPath,
}

impl Editor {
    /// The lines that stand as a plan.
    pub fn plans(&self) -> Vec<Plan> {
        let outline = Outline::of(self.page(), &self.tree);
        let of = |(index, stop): (usize, &Stop)| {
            let chain = outline.chain(index);
            let keys = chain.iter().filter_map(|&stop| outline.stops[stop].key.clone());
            let path = KeyPath(keys.map(Step::Key).collect());
            stop.live.is_none().then(|| Plan { line: self.source.line(stop.line.start), path })
        };
        outline.stops.iter().enumerate().filter_map(of).collect()
    }

    /// Takes a planned line into use, with what is planned below it and what it
    /// stands under. Lines are counted from 1.
    pub fn take(&mut self, line: usize) -> Result<(), Diagnostic> {
        let outline = Outline::of(self.page(), &self.tree);
        let is_meant =
            |stop: &Stop| stop.live.is_none() && self.source.line(stop.line.start) == line;
        match outline.stops.iter().position(is_meant) {
            Some(stop) => self.take_stop(&outline, stop, true),
            None => Err(Diagnostic::error("edit", format!("第 {line} 行不是一行可以启用的打算。"))
                .in_file(&self.source.path)
                .help("可以启用的，是前面有“# ”、去掉以后就是“键: 值”的行。")),
        }
    }

    /// Takes into use as much of a path as is planned: its own line, or that of
    /// what it stands in, without the sample behind that. What cannot be taken
    /// stays as it is.
    pub(super) fn take_planned(&mut self, path: &KeyPath, value: &Plain) {
        let way = self.walk(path);
        let below = |above: &String, step: &Step| match step {
            Step::Key(key) => path_below(above, Some(key)),
            Step::Item(_) => None,
        };
        let paths = way.rest.iter().scan(way.path.clone(), |above, step| {
            *above = below(above, step)?;
            Some(above.clone())
        });
        let paths: Vec<String> = paths.collect();
        if paths.is_empty() {
            return;
        }
        let outline = Outline::of(self.page(), &self.tree);
        let planned = |path: &String| outline.planned(path, &way.at);
        let found =
            paths.iter().enumerate().rev().find_map(|(at, path)| Some((at, planned(path)?)));
        let Some((depth, stop)) = found else { return };
        let is_target = depth + 1 == way.rest.len();
        let target = KeyPath(path.0[..way.at.len() + depth + 1].to_vec());
        // Samples of a list are replaced by the list that is given.
        if self.take_stop(&outline, stop, is_target && value.is_container()).is_ok() && !is_target {
            let _ = self.put(&target, &Plain::Null);
        }
    }

    /// Makes the line of a stop live, those above it and, if it is to be taken
    /// `whole`, those below.
    fn take_stop(&mut self, outline: &Outline, stop: usize, whole: bool) -> Result<(), Diagnostic> {
        let into = outline.place_above(stop);
        let within = self.container(&into);
        let stops = outline.taken(stop, whole);
        let first = &outline.stops[stops[0]];
        let column = outline.column_below(&into).unwrap_or(first.column);
        let (lines, mut splices) = self.uncomment(&outline.lines(&stops), first.column, column);
        let (key, value) = self.only_child(lines).ok_or_else(|| self.refuse_line(&first.line))?;
        if let Some(key) = &key
            && child(within.node, outline.path(&into), &Step::Key(key.clone())).is_some()
        {
            return Err(self.refuse(within.node, format!("“{key}”已经有了。")));
        }
        if within.flow {
            // Nothing stands between the brackets, or the line cannot go there.
            splices.push(Splice::new(within.node.after..within.node.span.end, ""));
        }
        let stands_before = |(key, value): &(Option<&Key>, &Node)| {
            key.map_or(value.after, |key| key.span.start) < first.line.start
        };
        let index = within.node.children().filter(stands_before).count();
        self.carry_out(Operation::Insert { into, index, key, value }, Some(splices))
    }

    /// Planned lines without their sign, and the splices that make them so; what
    /// is planned in one column goes to another.
    fn uncomment(&self, lines: &[Range<usize>], from: usize, to: usize) -> (String, Vec<Splice>) {
        let mut bare = String::new();
        let mut splices = Vec::new();
        for line in lines {
            let Some(plan) = plan_line(&self.source.text[line.clone()]) else { continue };
            let indent = " ".repeat((plan.column + to).saturating_sub(from));
            bare += &format!("{indent}{}\n", plan.content);
            splices.push(Splice::new(line.start..line.end - plan.content.len(), indent));
        }
        (bare, splices)
    }

    /// What some lines say, read by themselves: one key, or one item.
    fn only_child(&self, lines: String) -> Option<(Option<String>, Plain)> {
        let tree = yaml::parse(&self.source.with_text(lines)).ok()?;
        match Plain::of(&tree) {
            Plain::Record(mut entries) if entries.len() == 1 => {
                entries.pop().map(|(key, value)| (Some(key), value))
            }
            Plain::List(mut items) if items.len() == 1 => items.pop().map(|item| (None, item)),
            _ => None,
        }
    }
}
