//! Serial numbers: the sheet's own check that nobody was left out.

use std::collections::BTreeSet;

use super::Reading;
use crate::diagnostic::Severity;
use crate::election::roll::cell::columns::Column;
use crate::election::roll::cell::numerals;
use crate::election::roll::cell::shown::number_in_words;
use crate::election::roll::cell::values::Value;
use crate::election::roll::cell::words::compact;

/// The serial numbers of a sheet, in the order of each table and in that of the
/// rows: tables side by side are numbered in one way or the other.
#[derive(Debug, Default)]
pub(crate) struct Serials {
    lanes: Vec<Option<Last>>,
    row_wise: Option<Last>,
    in_lanes: Vec<Gap>,
    in_rows: Vec<Gap>,
    /// Where a table begins on a page, and with which numbers tables end there.
    begun: Vec<Gap>,
    ends: BTreeSet<u64>,
    /// With which the last page ends.
    page_end: Option<u64>,
    /// Steps to the same number: households are numbered so, not people.
    same: usize,
    steps: usize,
}

/// The last number, and how many rows there were since without one.
#[derive(Clone, Copy, Debug)]
struct Last {
    number: u64,
    unnumbered: u64,
}

impl Last {
    fn leads_to(self, number: u64) -> bool {
        number > self.number && number - self.number <= self.unnumbered + 1
    }
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "what is behind the point is no part of a serial number, and all are small"
)]
fn number_of(value: Value) -> Option<u64> {
    const LARGEST: f64 = 1e9;
    match value {
        Value::Number(number) if (0.0..LARGEST).contains(&number) => Some(number as u64),
        Value::Text(text) if text.trim().len() < 16 => {
            let text = text.trim();
            // 1-04, the fourth of the first group.
            let of_group = text.split_once('-').filter(|(group, _)| group.parse::<u16>().is_ok());
            let text = of_group.map_or(text, |(_, own)| own);
            text.parse().ok().or_else(|| {
                numerals::circled(text).or_else(|| numerals::value_of(text)).map(u64::from)
            })
        }
        _ => None,
    }
}

/// A number that does not follow the one before it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Gap {
    pub row: u32,
    pub lane: usize,
    before: u64,
    number: u64,
}

/// The numbers of a sheet.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Run {
    pub row: u32,
    pub lane: usize,
    pub first: u64,
    pub last: u64,
}

impl Gap {
    pub(crate) fn message(self) -> String {
        let [before, number] = [self.before, self.number].map(number_in_words);
        if self.before == self.number {
            format!("序号 {number} 用了两次")
        } else {
            format!("序号从 {before} 跳到 {number}")
        }
    }
}

/// More gaps than these, and more than a tenth, are no gaps but another order.
const FEW: usize = 3;
/// No more gaps than these are kept.
const KEPT: usize = 10_000;

impl Serials {
    /// Takes up the number of a voter's row.
    pub(crate) fn enter(&mut self, lane: usize, row: u32, value: Value) {
        self.take(lane, value, Some(row));
    }

    /// Takes up the number of a row in which nobody is.
    pub(crate) fn pass(&mut self, lane: usize, value: Value) {
        self.take(lane, value, None);
    }

    /// The number of the row that was taken up last, if it had one.
    pub(crate) fn last(&self, lane: usize) -> Option<u64> {
        let last = self.lanes.get(lane).copied().flatten();
        last.filter(|last| last.unnumbered == 0).map(|last| last.number)
    }

    /// Begins a page, on which each table goes on where one of the last ended.
    pub(crate) fn turn_page(&mut self) {
        let ends: Vec<u64> = self.lanes.drain(..).flatten().map(|last| last.number).collect();
        self.page_end = ends.iter().max().copied().or(self.page_end);
        self.ends.extend(ends);
    }

    fn take(&mut self, lane: usize, value: Value, row: Option<u32>) {
        if self.lanes.len() <= lane {
            self.lanes.resize(lane + 1, None);
        }
        let Some(number) = number_of(value) else { return self.pass_unnumbered(lane) };
        self.steps += 1;
        if self.lanes[lane].is_none()
            && let Some(row) = row
            && self.begun.len() < KEPT
        {
            self.begun.push(Gap { row, lane, before: self.page_end.unwrap_or_default(), number });
        }
        let gap = |last: Option<Last>| {
            let last = last.filter(|last| number != 1 && !last.leads_to(number))?;
            Some(Gap { row: row?, lane, before: last.number, number })
        };
        let (in_lane, in_row) = (gap(self.lanes[lane]), gap(self.row_wise));
        self.same += usize::from(self.lanes[lane].is_some_and(|last| last.number == number));
        self.in_lanes.extend(in_lane.filter(|_| self.in_lanes.len() < KEPT));
        self.in_rows.extend(in_row.filter(|_| self.in_rows.len() < KEPT));
        self.lanes[lane] = Some(Last { number, unnumbered: 0 });
        self.row_wise = self.lanes[lane];
    }

    /// Passes a row of somebody whose number is not there or cannot be read.
    pub(crate) fn pass_unnumbered(&mut self, lane: usize) {
        let last = self.lanes.get_mut(lane).into_iter().chain([&mut self.row_wise]);
        last.flatten().for_each(|last| last.unnumbered += 1);
    }

    /// From where to where the numbers run, if they do: the row of the first, the first
    /// and the last.
    pub(crate) fn run(&self) -> Option<Run> {
        const FEWEST: usize = 3;
        let first = self.begun.iter().min_by_key(|begun| begun.number)?;
        let ends = self.lanes.iter().flatten().map(|last| last.number);
        let last = ends.chain(self.ends.iter().copied()).max()?;
        let is_dense = last >= first.number && (last - first.number) < 2 * self.steps as u64;
        let Gap { row, lane, number, .. } = *first;
        (is_dense && self.steps >= FEWEST).then_some(Run { row, lane, first: number, last })
    }

    /// The number that all have, if they do: it was copied down.
    pub(crate) fn same(&self) -> Option<(u32, u64)> {
        const FEWEST: usize = 5;
        let first = self.begun.first()?;
        let are_all = self.steps >= FEWEST && self.same + 1 == self.steps;
        are_all.then_some((first.row, first.number))
    }

    /// The gaps; none where the numbers follow no order at all.
    pub(crate) fn gaps(mut self) -> Vec<Gap> {
        self.turn_page();
        self.check_pages();
        let fewer =
            if self.in_rows.len() < self.in_lanes.len() { self.in_rows } else { self.in_lanes };
        let is_by_household = self.same > 1 && self.same * 10 > self.steps;
        let gaps: Vec<Gap> =
            fewer.into_iter().filter(|gap| !is_by_household || gap.before != gap.number).collect();
        if gaps.len() > FEW && gaps.len() * 10 > self.steps { Vec::new() } else { gaps }
    }
}

impl Serials {
    /// A table begins with 1, or where another ended; the first with any number.
    fn check_pages(&mut self) {
        let first = self.begun.iter().map(|gap| gap.number).min();
        for gap in std::mem::take(&mut self.begun) {
            let follows = gap.number <= 1
                || Some(gap.number) == first
                || self.ends.contains(&(gap.number - 1));
            let of_page = Some(gap.before).filter(|end| *end > 0);
            let before = self.ends.range(..gap.number).next_back().copied().or(of_page);
            if let Some(before) = before.filter(|_| !follows) {
                self.in_lanes.push(Gap { before, ..gap });
            }
        }
        self.in_lanes.sort_by_key(|gap| (gap.row, gap.lane));
    }
}

impl Reading<'_> {
    pub(super) fn ask_about_serials(&mut self) {
        let serials = std::mem::take(&mut self.sheet.serials);
        if let Some((row, number)) = serials.same() {
            let place = self.roll.place(self.row_ref(row, 0), Column::Serial);
            let message = format!("每一行的号都是 {}", number_in_words(number));
            let help = "重新编号";
            return self.ask(Severity::Warning, "roll-serial", message, place, help);
        }
        if let Some(run) = serials.run() {
            self.runs.push((self.row_ref(run.row, run.lane), run));
        }
        for gap in serials.gaps() {
            let at = self.row_ref(gap.row, gap.lane);
            let place = self.roll.place(at, Column::Serial);
            let help = "查明是漏了人，还是序号没有重排";
            self.ask(Severity::Warning, "roll-serial", gap.message(), place, help);
        }
    }

    /// Asks about sheets whose numbers go on from none: somebody stood before.
    pub(super) fn ask_about_runs(&mut self) {
        let runs = std::mem::take(&mut self.runs);
        let lasts: BTreeSet<u64> = runs.iter().map(|(_, run)| run.last).collect();
        let mut before = None;
        for (at, Run { first, last, .. }) in runs {
            let header = &self.roll.block(at).header;
            let heading = header.get(Column::Serial).map(|heading| compact(&heading.text));
            let is_serial = heading.is_some_and(|heading| matches!(&*heading, "序号" | "序"));
            // 101, 201: the first of a group, whose number stands before.
            let is_of_group = first > 100 && first % 100 == 1;
            if is_serial && first > 1 && !is_of_group && !lasts.contains(&(first - 1)) {
                let message = match before {
                    Some(before) => Gap { row: at.row, lane: 0, before, number: first }.message(),
                    None => format!("序号从 {} 开始，不是从 1 开始", number_in_words(first)),
                };
                let place = self.roll.place(at, Column::Serial);
                let help = "查明前面是漏了人，还是序号没有重排";
                self.ask(Severity::Warning, "roll-serial", message, place, help);
            }
            before = Some(last);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn gaps(numbers: &[(usize, &str)]) -> Vec<String> {
        let mut serials = Serials::default();
        for (row, (lane, text)) in (2..).zip(numbers) {
            serials.enter(*lane, row, Value::of_text(text));
        }
        serials.gaps().into_iter().map(Gap::message).collect()
    }

    fn one_table(numbers: &[&'static str]) -> Vec<String> {
        gaps(&numbers.iter().map(|text| (0, *text)).collect::<Vec<_>>())
    }

    #[test]
    fn finds_gaps() {
        assert_eq!(one_table(&["1", "2", "5", "8"]), ["序号从 2 跳到 5", "序号从 5 跳到 8"]);
        assert_eq!(
            one_table(&["1", "2", "2", "3", "4", "5", "6", "7", "8", "9", "10", "11"]),
            ["序号 2 用了两次"]
        );
        for sound in [
            &["1", "2", "3"][..],
            &["5", "6", "7"],
            &["1", "2", "1", "2", "3"],
            &["1", "", "", "2", "", "3"],
            &["1", "1", "1", "2", "2", "3"],
            &["A1", "A2"],
            &["9", "4", "7", "2", "8", "3"],
        ] {
            assert_eq!(one_table(sound), [""; 0], "{sound:?}");
        }
    }

    #[test]
    fn follows_tables_side_by_side_either_way() {
        let down = [(0, "1"), (1, "3"), (0, "2"), (1, "4")];
        let across = [(0, "1"), (1, "2"), (0, "3"), (1, "4")];
        assert_eq!(gaps(&down), [""; 0]);
        assert_eq!(gaps(&across), [""; 0]);
    }

    #[test]
    fn follows_tables_from_page_to_page() {
        let pages = |pages: &[&[(usize, &str)]]| {
            let mut serials = Serials::default();
            let mut row = 1;
            for page in pages {
                for (lane, text) in *page {
                    row += 1;
                    serials.enter(*lane, row, Value::of_text(text));
                }
                serials.turn_page();
            }
            serials.gaps().into_iter().map(Gap::message).collect::<Vec<_>>()
        };
        let first: &[(usize, &str)] = &[(0, "1"), (1, "3"), (0, "2"), (1, "4")];
        assert_eq!(pages(&[first, &[(0, "5"), (1, "7"), (0, "6"), (1, "8")]]), [""; 0]);
        assert_eq!(pages(&[first, &[(0, "1"), (1, "2")]]), [""; 0]);
        assert_eq!(pages(&[first, &[(0, "6"), (1, "8"), (0, "7")]]), ["序号从 4 跳到 6"]);
        assert_eq!(pages(&[&[(0, "1"), (1, "4"), (0, "2"), (1, "5")]]), ["序号从 2 跳到 4"]);
        assert_eq!(pages(&[&[(0, "1"), (0, "2"), (0, "3")], &[(0, "2")]]), ["序号从 3 跳到 2"]);
    }
}
