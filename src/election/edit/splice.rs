//! What an operation is in the text: a few stretches of bytes with others in
//! their place. All outside them stays as it is.

use std::ops::Range;

use super::plain::Plain;
use super::plan::plan_line;
use super::write::Writer;
use crate::election::yaml::Node;

/// A stretch of the text, and what stands there afterwards.
#[derive(Clone, Debug)]
pub(super) struct Splice {
    pub range: Range<usize>,
    pub text: String,
}

impl Splice {
    pub(super) fn new(range: Range<usize>, text: impl Into<String>) -> Self {
        Self { range, text: text.into() }
    }
}

/// The text with every splice made, line ends as the file has them.
pub(super) fn apply(text: &str, mut splices: Vec<Splice>) -> Option<String> {
    let line_end = if text.contains("\r\n") { "\r\n" } else { "\n" };
    splices.sort_by_key(|splice| (splice.range.start, splice.range.end));
    let mut out = String::with_capacity(text.len());
    let mut done = 0;
    for splice in splices {
        out.push_str(text.get(done..splice.range.start)?);
        out.push_str(&splice.text.replace('\n', line_end));
        done = splice.range.end.max(done);
    }
    out.push_str(text.get(done..)?);
    Some(out)
}

/// A text with its lines.
#[derive(Clone, Copy)]
pub(super) struct Page<'t> {
    pub text: &'t str,
    pub writer: Writer,
}

/// A list or record, and whether it stands within brackets, its own or others'.
#[derive(Clone, Copy)]
pub(super) struct Container<'t> {
    pub node: &'t Node,
    pub flow: bool,
}

impl<'t> Page<'t> {
    /// Another value in the place of a child.
    pub(super) fn replace(
        self,
        within: Container,
        index: usize,
        value: &Plain,
    ) -> Option<Vec<Splice>> {
        let (key, old) = within.node.children().nth(index)?;
        if within.flow {
            let blank = key.is_some() && *value == Plain::Null;
            let text = if blank { String::new() } else { self.writer.flow(value) };
            let range = self.with_tag(old);
            let gap = if key.is_some() && range.start == old.after && !blank { " " } else { "" };
            return Some(vec![Splice::new(range, format!("{gap}{text}"))]);
        }
        let text = match key {
            Some(_) => self.writer.inline(value, false),
            None => Some(self.writer.beside_dash(value, self.column(old.after.saturating_sub(1)))),
        };
        let Some(text) = text else {
            let column = self.column(key?.span.start) + 2;
            return Some(self.put_below(old, &self.writer.block(value, column)));
        };
        Some(self.put_beside(old, &text))
    }

    /// A value on the line of its key; what stood on the lines below goes.
    fn put_beside(self, old: &Node, text: &str) -> Vec<Splice> {
        let line_end = self.line_end(old.after);
        let spaced = if text.is_empty() { String::new() } else { format!(" {text}") };
        if old.span.start > line_end {
            return vec![
                Splice::new(old.after..old.after, spaced),
                Splice::new(line_end..old.span.end, ""),
            ];
        }
        let range = self.with_tag(old);
        let keeps_gap = range.start > old.after && !text.is_empty();
        match keeps_gap {
            true => vec![Splice::new(range, text)],
            false => vec![Splice::new(old.after..range.end, spaced)],
        }
    }

    /// A value with what is said of it (`!!str`) before it on its line, which
    /// does not hold of another.
    fn with_tag(self, value: &Node) -> Range<usize> {
        let gap = self.text.get(value.after..value.span.start).unwrap_or_default();
        let is_tagged = gap.trim_start().starts_with(['!', '&']) && !gap.contains('\n');
        if is_tagged { value.after..value.span.end } else { value.span.clone() }
    }

    /// A value on the lines below its key, whose comment stays with it.
    fn put_below(self, old: &Node, lines: &str) -> Vec<Splice> {
        let lines = format!("\n{lines}");
        let line_end = self.line_end(old.after);
        if old.span.start > line_end {
            return vec![Splice::new(line_end..old.span.end, lines)];
        }
        let line_end = self.line_end(old.span.end);
        vec![Splice::new(old.after..old.span.end, ""), Splice::new(line_end..line_end, lines)]
    }

    /// A new child of a list or record that has others.
    pub(super) fn insert(
        self,
        within: Container,
        index: usize,
        key: Option<&str>,
        value: &Plain,
    ) -> Option<Vec<Splice>> {
        let before = index.checked_sub(1).and_then(|index| self.extent(within, index));
        let after = self.extent(within, index);
        if within.flow {
            let text = match key {
                Some(key) => self.writer.flow_entry(key, value),
                None => self.writer.flow(value),
            };
            return Some(vec![match (before, after) {
                (Some(before), _) => {
                    let gap = self.gap_behind(before.end);
                    Splice::new(before.end..before.end, format!("{gap}, {text}"))
                }
                (None, after) => {
                    let start = after?.start;
                    Splice::new(start..start, format!("{text}, "))
                }
            }]);
        }
        let column = self.column(self.extent(within, 0)?.start);
        let text = match key {
            Some(key) => self.writer.entry(key, value, column),
            None => self.writer.item(value, column),
        };
        let Some(before) = before else {
            let start = after?.start;
            return Some(vec![Splice::new(start..start, format!("{text}\n{:column$}", ""))]);
        };
        let end =
            self.own_comments(before.end, column).unwrap_or_else(|| self.line_end(before.end));
        // Sections stand apart.
        let apart = if column == 0 && text.contains('\n') { "\n" } else { "" };
        Some(vec![Splice::new(end..end, format!("{apart}\n{:column$}{text}", ""))])
    }

    /// A child, one of several, taken out.
    pub(super) fn remove(self, within: Container, index: usize) -> Option<Vec<Splice>> {
        let gone = self.extent(within, index)?;
        let next = self.extent(within, index + 1);
        if within.flow {
            let previous = index.checked_sub(1).and_then(|index| self.extent(within, index));
            return self.remove_in_brackets(previous, gone, next);
        }
        if !self.text[self.line_start(gone.start)..gone.start].trim().is_empty() {
            return Some(self.remove_behind_dash(gone, next?));
        }
        let key = within.node.children().nth(index)?.0;
        Some(self.remove_lines(gone, key.map(|key| key.span.clone())))
    }

    /// Takes one comma along, but no comment that stands beside it.
    fn remove_in_brackets(
        self,
        previous: Option<Range<usize>>,
        gone: Range<usize>,
        next: Option<Range<usize>>,
    ) -> Option<Vec<Splice>> {
        let (range, comma) = match (previous, next) {
            (Some(previous), _) => (previous.end..gone.end, previous.end..gone.start),
            (None, next) => (gone.start..next.as_ref()?.start, gone.end..next?.start),
        };
        let keeps_comments = !self.text.get(comma)?.contains('#');
        let gap = self.gap_behind(range.start);
        keeps_comments.then(|| vec![Splice::new(range, gap)])
    }

    /// In brackets, a colon without a value needs a space behind it: for older readers
    /// it is part of the key otherwise.
    fn gap_behind(self, end: usize) -> &'static str {
        if self.text[..end].ends_with(':') { " " } else { "" }
    }

    /// The next key takes its place, unless comments stand between them.
    fn remove_behind_dash(self, gone: Range<usize>, next: Range<usize>) -> Vec<Splice> {
        let end = self.line_end(gone.end);
        if self.text[end..next.start].trim().is_empty() {
            return vec![Splice::new(gone.start..next.start, "")];
        }
        let dash = self.text[..gone.start].trim_end_matches(' ').len();
        vec![Splice::new(dash..end, "")]
    }

    /// Its lines go. If plans for it follow, its key goes back to being one, so
    /// that they keep their place.
    fn remove_lines(self, gone: Range<usize>, key: Option<Range<usize>>) -> Vec<Splice> {
        let (start, end) = (self.line_start(gone.start), self.line_end(gone.end));
        let column = self.column(gone.start);
        match key.filter(|_| self.own_comments(gone.end, column).is_some()) {
            Some(key) => {
                let plan = format!("# {:column$}{}:", "", &self.text[key]);
                vec![Splice::new(start..end, plan)]
            }
            None => vec![Splice::new(self.whole_lines(start, end), "")],
        }
    }

    /// An item moved to another place: what stands in the places changes, not
    /// what stands between them.
    pub(super) fn shift(self, within: Container, from: usize, to: usize) -> Option<Vec<Splice>> {
        let count = within.node.children().count();
        let slots: Option<Vec<_>> = (0..count).map(|index| self.slot(within, index)).collect();
        let slots = slots?;
        let mut order: Vec<usize> = (0..count).collect();
        let moved = order.remove(from);
        order.insert(to, moved);
        let moves = slots.iter().zip(order).map(|(slot, from)| {
            Splice::new(slot.clone(), self.text[slots[from].clone()].replace("\r\n", "\n"))
        });
        Some(moves.collect())
    }

    /// What moves with an item: in a block also the comment behind it.
    fn slot(self, within: Container, index: usize) -> Option<Range<usize>> {
        let extent = self.extent(within, index)?;
        Some(if within.flow { extent } else { extent.start..self.line_end(extent.end) })
    }

    /// From the key or dash of a child to the end of its value.
    fn extent(self, within: Container, index: usize) -> Option<Range<usize>> {
        let (key, value) = within.node.children().nth(index)?;
        Some(match key {
            Some(key) => key.span.start..value.span.end.max(key.span.end),
            None if within.flow => value.span.clone(),
            None => value.after.checked_sub(1)?..value.span.end,
        })
    }

    /// The end of the comments that follow and stand deeper than `column`.
    fn own_comments(self, end: usize, column: usize) -> Option<usize> {
        let mut last = None;
        let mut end = self.line_end(end);
        while let Some(start) = self.next_line(end) {
            end = self.line_end(start);
            match plan_line(&self.text[start..end]) {
                Some(plan) if plan.column > column => last = Some(end),
                _ => break,
            }
        }
        last
    }

    /// These lines with a line end; between blank lines, with one of them.
    fn whole_lines(self, start: usize, end: usize) -> Range<usize> {
        let Some(next) = self.next_line(end) else {
            // The last line of a file that ends without a line end.
            return self.text[..start].trim_end_matches(['\r', '\n']).len()..end;
        };
        let blank = |at: usize| self.text[at..self.line_end(at)].trim().is_empty();
        let above = start.checked_sub(1).map(|at| self.line_start(at));
        match above.filter(|&above| blank(above) && blank(next)) {
            Some(above) => above..next,
            None => start..next,
        }
    }

    fn next_line(self, line_end: usize) -> Option<usize> {
        let rest = &self.text[line_end..];
        let length = if rest.starts_with("\r\n") { 2 } else { 1 };
        (!rest.is_empty()).then_some(line_end + length)
    }

    pub(super) fn line_start(self, at: usize) -> usize {
        let before = &self.text.as_bytes()[..at];
        before.iter().rposition(|&byte| byte == b'\n').map_or(0, |at| at + 1)
    }

    /// Where the line ends, before its line end.
    pub(super) fn line_end(self, at: usize) -> usize {
        let rest = &self.text.as_bytes()[at..];
        let length = rest.iter().position(|&byte| byte == b'\n').unwrap_or(rest.len());
        at + rest[..length].strip_suffix(b"\r").map_or(length, <[u8]>::len)
    }

    pub(super) fn column(self, at: usize) -> usize {
        at - self.line_start(at)
    }
}

/// Whether a list or record is written on the spot: within brackets, or as the
/// name (`*`) of one that stands elsewhere.
pub(super) fn is_flow(text: &str, node: &Node) -> bool {
    node.is_container() && text[node.span.start..].starts_with(['[', '{', '*'])
}
