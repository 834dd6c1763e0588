//! Lines that stand as a plan: `#   公布日期: 2026-05-10`.
//!
//! `new` writes every step that is to come as comments. A line of these counts
//! as soon as it loses its `# `; here such lines are found, with what they stand
//! under, live or itself a plan.

use std::ops::Range;

use super::splice::{Page, is_flow};
use crate::election::Election;
use crate::election::decode::Decode as _;
use crate::election::yaml::Node;

/// A comment that is a line of YAML behind its `#`.
pub(super) struct PlanLine<'t> {
    /// Where the content would stand, were the line live.
    pub column: usize,
    pub content: &'t str,
}

/// Reads a line as a plan; lines that begin with `##`, and words, are none.
pub(super) fn plan_line(line: &str) -> Option<PlanLine<'_>> {
    let body = line.trim_start_matches(' ').strip_prefix('#')?;
    let indent = line.len() - body.len() - 1;
    let body = body.strip_prefix(' ').unwrap_or(body);
    let content = body.trim_start_matches(' ');
    let column = indent + body.len() - content.len();
    (!content.starts_with('#')).then_some(PlanLine { column, content })
}

/// A key or a dash that opens a line.
#[derive(Debug)]
pub(super) struct Stop {
    pub line: Range<usize>,
    pub column: usize,
    /// The key as written; `None` for an item.
    pub key: Option<String>,
    /// Its place in the tree; `None` for a plan.
    pub live: Option<Vec<usize>>,
    /// What it stands under, if not under the root.
    pub parent: Option<usize>,
    /// Its path in English keys.
    pub path: String,
}

/// All stops of a file in their order.
pub(super) struct Outline {
    pub stops: Vec<Stop>,
}

impl Outline {
    pub(super) fn of(page: Page, tree: &Node) -> Self {
        let mut survey = Survey { page, stops: Vec::new(), covered: Vec::new() };
        survey.live(tree, &[]);
        survey.plans();
        survey.stops.sort_by_key(|stop| (stop.line.start, stop.column));
        let mut outline = Self { stops: Vec::new() };
        let mut open = Vec::new();
        for stop in survey.stops {
            outline.place(stop, &mut open);
        }
        outline
    }

    /// Finds what a stop stands under, and what path that gives it. A comment
    /// that names no key of its record is no plan.
    fn place(&mut self, mut stop: Stop, open: &mut Vec<usize>) {
        if stop.live.is_some() {
            open.retain(|&above| self.stops[above].live.is_some());
        }
        while open.last().is_some_and(|&above| self.stops[above].ends_before(&stop)) {
            open.pop();
        }
        stop.parent = open.last().copied();
        let above = stop.parent.map_or("", |parent| &self.stops[parent].path);
        match path_below(above, stop.key.as_deref()) {
            Some(path) => stop.path = path,
            None if stop.live.is_none() => return,
            None => stop.path = "?".into(),
        }
        open.push(self.stops.len());
        self.stops.push(stop);
    }

    /// The stop and all it stands under, from the outside inwards.
    pub(super) fn chain(&self, stop: usize) -> Vec<usize> {
        let parent = |&stop: &usize| self.stops[stop].parent;
        let mut chain: Vec<usize> = std::iter::successors(Some(stop), parent).collect();
        chain.reverse();
        chain
    }

    /// The place in the tree of the nearest live thing that a stop stands under.
    pub(super) fn place_above(&self, stop: usize) -> Vec<usize> {
        let above = |&stop: &usize| self.stops[stop].live.clone();
        self.chain(stop).iter().rev().find_map(above).unwrap_or_default()
    }

    /// The plan with this path that stands under a live place.
    pub(super) fn planned(&self, path: &str, place: &[usize]) -> Option<usize> {
        let is_meant = |&stop: &usize| {
            let planned = self.stops[stop].live.is_none();
            planned && self.stops[stop].path == path && self.place_above(stop) == place
        };
        (0..self.stops.len()).find(is_meant)
    }

    /// The planned stops that are taken with one: those above it, and all below
    /// it if it is taken `whole`.
    pub(super) fn taken(&self, stop: usize, whole: bool) -> Vec<usize> {
        let is_planned = |stop: &usize| self.stops[*stop].live.is_none();
        let below = |&other: &usize| whole && self.chain(other).contains(&stop);
        let mut taken: Vec<usize> = self.chain(stop).into_iter().filter(is_planned).collect();
        taken.extend((stop + 1..self.stops.len()).filter(is_planned).filter(below));
        taken
    }

    /// The lines of some stops, each once: a dash and a key may share one.
    pub(super) fn lines(&self, stops: &[usize]) -> Vec<Range<usize>> {
        let mut lines: Vec<_> = stops.iter().map(|&stop| self.stops[stop].line.clone()).collect();
        lines.dedup();
        lines
    }

    /// Where keys or dashes below a live place stand, if that is fixed.
    pub(super) fn column_below(&self, place: &[usize]) -> Option<usize> {
        let is_child = |stop: &&Stop| {
            stop.live.as_ref().and_then(|at| at.split_last()).is_some_and(|(_, at)| at == place)
        };
        self.stops.iter().find(is_child).map(|stop| stop.column)
    }

    /// The path in English keys of a live place.
    pub(super) fn path(&self, place: &[usize]) -> &str {
        let is_there = |stop: &&Stop| stop.live.as_deref() == Some(place);
        self.stops.iter().find(is_there).map_or("", |stop| &stop.path)
    }
}

impl Stop {
    /// Whether what stands under this one has ended where `next` begins. Items
    /// may stand as far left as the key of their list.
    fn ends_before(&self, next: &Self) -> bool {
        let item_of_this = self.key.is_some() && next.key.is_none();
        self.column > next.column || self.column == next.column && !item_of_this
    }
}

/// The path in English keys of a key, or an item, below another; `None` if the
/// model has no such key there, or a record where an item stands.
pub(super) fn path_below(above: &str, key: Option<&str>) -> Option<String> {
    let keys = Election::keys_below(above);
    let step = match key {
        None if keys.is_empty() => "[]",
        None => return None,
        Some(key) => keys.iter().find(|spec| spec.accepts(key))?.english,
    };
    Some(if above.is_empty() { step.to_owned() } else { format!("{above}.{step}") })
}

struct Survey<'t> {
    page: Page<'t>,
    stops: Vec<Stop>,
    /// Where a `#` is no comment of a line's own.
    covered: Vec<Range<usize>>,
}

impl Survey<'_> {
    fn live(&mut self, node: &Node, at: &[usize]) {
        if !node.is_container() || is_flow(self.page.text, node) {
            self.covered.push(node.span.clone());
            return;
        }
        for (index, (key, child)) in node.children().enumerate() {
            let start = key.map_or(child.after.saturating_sub(1), |key| key.span.start);
            let line = self.page.line_start(start)..self.page.line_end(start);
            let column = self.page.column(start);
            let at = [at, &[index]].concat();
            self.live(child, &at);
            self.push(line, column, key.map(|key| key.text.trim()), Some(at));
        }
    }

    fn plans(&mut self) {
        self.covered.sort_by_key(|range| range.start);
        let mut start = 0;
        for line in self.page.text.split_inclusive('\n') {
            let range = start..start + line.trim_end_matches(['\r', '\n']).len();
            start += line.len();
            let above = self.covered.partition_point(|covered| covered.start < range.start);
            let covered = above.checked_sub(1).and_then(|above| self.covered.get(above));
            if covered.is_none_or(|covered| covered.end <= range.start) {
                self.plan(range);
            }
        }
    }

    fn plan(&mut self, line: Range<usize>) {
        let Some(plan) = plan_line(&self.page.text[line.clone()]) else { return };
        let (mut column, mut content) = (plan.column, plan.content.trim_end());
        if content == "-" || content.starts_with("- ") {
            self.push(line.clone(), column, None, None);
            let rest = content[1..].trim_start_matches(' ');
            column += content.len() - rest.len();
            content = rest;
        }
        if let Some((key, rest)) = content.split_once(':')
            && (rest.is_empty() || rest.starts_with(' '))
            && !key.is_empty()
            && !key.contains([' ', '{', '[', '"', '\''])
        {
            self.push(line, column, Some(key), None);
        }
    }

    fn push(
        &mut self,
        line: Range<usize>,
        column: usize,
        key: Option<&str>,
        live: Option<Vec<usize>>,
    ) {
        let key = key.map(str::to_owned);
        self.stops.push(Stop { line, column, key, live, parent: None, path: String::new() });
    }
}
