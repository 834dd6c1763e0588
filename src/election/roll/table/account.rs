//! What became of every row: one account of a sheet, which adds up to it.

use std::ops::RangeInclusive;

/// What a row is. Of a row that is several things in tables side by side the
/// last counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum RowKind {
    Empty,
    /// A title or remark above the headings.
    Title,
    /// A remark or signature among or below the voters.
    Remark,
    /// What goes on with the row above.
    Rest,
    Heading,
    Total,
    /// The title of a group.
    Group,
    /// No voter, and why.
    LeftOut(Reason),
    Voter,
    /// Told as an error at its cell.
    Unclear,
}

/// Why a row that could be of a voter was left out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Reason {
    /// The form says that nobody is here: 空户, 暂缺.
    Nobody,
    /// The head of a household, who stands among its members too.
    Head,
    /// In a list of the dead, of those who moved away, or of samples.
    Aside,
    /// A sample of how to fill in the form.
    Sample,
    /// In a list of people for what they do.
    Role,
    /// Below the headings of another table.
    Elsewhere,
    /// By an answer of the secretary.
    Answer,
    /// In a sheet without headings.
    Unread,
}

impl RowKind {
    /// The word a user sees.
    pub fn name(self) -> &'static str {
        match self {
            RowKind::Empty => "空行",
            RowKind::Title => "标题、说明",
            RowKind::Remark => "说明、签名",
            RowKind::Rest => "接着上一行的内容",
            RowKind::Heading => "表头",
            RowKind::Total => "合计",
            RowKind::Group => "小组标题",
            RowKind::Voter => "选民",
            RowKind::Unclear => "看不懂",
            RowKind::LeftOut(Reason::Nobody) => "没有人（空户、暂缺等）",
            RowKind::LeftOut(Reason::Head) => "户主（成员里也有）",
            RowKind::LeftOut(Reason::Aside) => "另列的人员，没有读作选民",
            RowKind::LeftOut(Reason::Sample) => "填写示例",
            RowKind::LeftOut(Reason::Role) => "工作人员、候选人等，没有读作选民",
            RowKind::LeftOut(Reason::Elsewhere) => "另一张表，没有读",
            RowKind::LeftOut(Reason::Answer) => "按答复不是选民",
            RowKind::LeftOut(Reason::Unread) => "没有表头，没有读",
        }
    }
}

/// Rows that follow one another and are the same.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Run {
    first: u32,
    last: u32,
    kind: RowKind,
}

/// The rows of a sheet from the first to the last that was there, each once.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Account {
    runs: Vec<Run>,
}

impl Account {
    /// Enters a row. Rows between it and the one before were empty.
    pub(crate) fn enter(&mut self, row: u32, kind: RowKind) {
        let next = self.rows() + 1;
        if row > next {
            self.push(next, row - 1, RowKind::Empty);
        }
        if row >= next {
            self.push(row, row, kind);
        }
    }

    fn push(&mut self, first: u32, last: u32, kind: RowKind) {
        match self.runs.last_mut() {
            Some(run) if run.kind == kind => run.last = last,
            _ => self.runs.push(Run { first, last, kind }),
        }
    }

    /// Enters some rows anew; they are given in order.
    pub(crate) fn revise(&mut self, rows: &[(u32, RowKind)]) {
        if rows.is_empty() {
            return;
        }
        let old = std::mem::take(&mut self.runs);
        let mut rows = rows.iter().peekable();
        for run in old {
            let mut from = run.first;
            while let Some(&&(row, kind)) = rows.peek().filter(|(row, _)| *row <= run.last) {
                rows.next();
                if row < from {
                    continue;
                }
                if row > from {
                    self.push(from, row - 1, run.kind);
                }
                self.push(row, row, kind);
                from = row + 1;
            }
            if from <= run.last {
                self.push(from, run.last, run.kind);
            }
        }
    }

    /// How many rows the sheet has.
    pub fn rows(&self) -> u32 {
        self.runs.last().map_or(0, |run| run.last)
    }

    /// What a row is.
    pub fn kind(&self, row: u32) -> Option<RowKind> {
        let at = self.runs.partition_point(|run| run.last < row);
        self.runs.get(at).filter(|run| run.first <= row).map(|run| run.kind)
    }

    /// Each kind that there is, with how many rows and where they stand.
    pub fn kinds(&self) -> Vec<(RowKind, u32, Vec<RangeInclusive<u32>>)> {
        let mut kinds: std::collections::BTreeMap<RowKind, (u32, Vec<RangeInclusive<u32>>)> =
            std::collections::BTreeMap::new();
        for run in &self.runs {
            let (count, ranges) = kinds.entry(run.kind).or_default();
            *count += run.last - run.first + 1;
            ranges.push(run.first..=run.last);
        }
        let mut kinds: Vec<_> =
            kinds.into_iter().map(|(kind, (count, ranges))| (kind, count, ranges)).collect();
        // In the order in which they are met, as one reads a sheet.
        kinds.sort_by_key(|(_, _, ranges)| ranges.first().map(|range| *range.start()));
        kinds
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn adds_up_to_the_sheet() {
        let mut account = Account::default();
        for (row, kind) in
            [(1, RowKind::Title), (3, RowKind::Heading), (4, RowKind::Voter), (5, RowKind::Voter)]
        {
            account.enter(row, kind);
        }
        account.revise(&[(5, RowKind::Unclear)]);
        let kinds: Vec<_> =
            account.kinds().into_iter().map(|(kind, count, _)| (kind, count)).collect();
        let one = |kind| (kind, 1);
        assert_eq!(
            kinds,
            [RowKind::Title, RowKind::Empty, RowKind::Heading, RowKind::Voter, RowKind::Unclear]
                .map(one)
        );
        assert_eq!(account.kind(5), Some(RowKind::Unclear));
        assert_eq!(account.kind(6), None);
    }

    proptest! {
        #[test]
        fn every_row_is_there_once(steps in prop::collection::vec((1u32..4, 0usize..3), 0..50),
                                   revised in prop::collection::vec(any::<prop::sample::Index>(), 0..9)) {
            let kinds = [RowKind::Voter, RowKind::Total, RowKind::Empty];
            let (mut account, mut row) = (Account::default(), 0);
            for (step, kind) in steps {
                row += step;
                account.enter(row, kinds[kind]);
            }
            let mut anew: Vec<u32> = revised.iter().filter(|_| row > 0).map(|at| crate::number::counted(at.index(row as usize)) + 1).collect();
            anew.sort_unstable();
            anew.dedup();
            let changes: Vec<_> = anew.iter().map(|&row| (row, RowKind::Unclear)).collect();
            account.revise(&changes);
            let told: u32 = account.kinds().iter().map(|(_, count, _)| count).sum();
            prop_assert_eq!(told, row);
            prop_assert!(anew.iter().all(|&row| account.kind(row) == Some(RowKind::Unclear)));
            prop_assert!((1..=row).all(|row| account.kind(row).is_some()));
        }
    }
}
