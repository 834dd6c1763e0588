//! What a sheet says of its own numbers: sums, titles that count, serial numbers.

use super::{Claim, Reading, texts};
use crate::diagnostic::Diagnostic;
use crate::election::roll::RowRef;
use crate::election::roll::columns::Column;
use crate::election::roll::rows::View;
use crate::election::roll::source::Row;
use crate::election::roll::sums::Sums;

impl Reading<'_> {
    pub(super) fn total(&mut self, number: u32, view: &View<impl Row>, lane: usize) {
        let mut sums = Sums::default();
        view.filled().for_each(|at| sums.add(&view.row.cell(at).text()));
        let sheet = self.roll.voters.len() - self.sheet.first_voter;
        let counts = [
            self.sheet.since_total,
            self.sheet.since_heading,
            self.sheet.lanes[lane].since_title,
            sheet,
            self.roll.voters.len(),
        ];
        if let Some(stated) = sums.refuted_by(&counts) {
            self.refute(
                self.row_ref(number, lane),
                stated,
                self.sheet.since_total.max(if self.sheet.since_total == 0 { sheet } else { 0 }),
            );
        }
        self.sheet.since_total = 0;
    }

    pub(super) fn refute(&mut self, at: RowRef, stated: u64, counted: usize) {
        let place = self.roll.row_place(at);
        self.findings.add("roll-total", |code| {
            let message = format!("这里写的合计是 {stated} 人，读到的是 {counted} 人，对不上");
            Diagnostic::warning(code, message)
                .at(place)
                .help("查明是漏了人、多了人，还是合计没有改")
        });
    }

    /// A number of people stated in a title or remark, to be compared at the end.
    pub(super) fn claim(&mut self, number: u32, row: &impl Row, of_group: bool) {
        const CLAIMS: usize = 50;
        let texts = texts(row);
        let is_claim = |text: &&String| {
            text.contains(['人', '名']) && !text.contains(['户', '口', '代', '票', '页'])
        };
        let mut sums = Sums::default();
        texts.iter().filter(is_claim).for_each(|text| sums.add(text));
        self.sheet.marks.push(self.roll.voters.len());
        if !sums.people.is_empty() && self.sheet.claims.len() < CLAIMS {
            let sums = Sums { people: sums.people, bare: Vec::new() };
            let mark = self.sheet.marks.len() - 1;
            self.sheet.claims.push(Claim { at: self.row_ref(number, 0), sums, mark, of_group });
        }
    }

    /// A title counts those below it, a remark those above it, or all.
    pub(super) fn check_claims(&mut self) {
        let end = self.roll.voters.len();
        let marks = std::mem::take(&mut self.sheet.marks);
        for Claim { at, sums, mark, of_group } in std::mem::take(&mut self.sheet.claims) {
            let here = marks[mark];
            let before = mark.checked_sub(1).map_or(self.sheet.first_voter, |before| marks[before]);
            let next = marks[mark + 1..].iter().copied().find(|next| *next > here).unwrap_or(end);
            let first = self.sheet.first_voter;
            let counts = match of_group {
                true => vec![next - here],
                false => vec![next - here, here - before, here - first, end - first],
            };
            self.claims.push((at, sums, counts));
        }
    }

    /// What titles state is compared with the sheet and with the whole roll.
    pub(super) fn settle_claims(&mut self) {
        for (at, sums, mut counts) in std::mem::take(&mut self.claims) {
            let nearest = counts.iter().copied().find(|count| *count > 0).unwrap_or_default();
            if counts.len() > 1 {
                counts.push(self.roll.len());
            }
            if let Some(stated) = sums.refuted_by(&counts) {
                self.refute(at, stated, nearest);
            }
        }
    }

    pub(super) fn ask_about_serials(&mut self) {
        let serials = std::mem::take(&mut self.sheet.serials);
        for gap in serials.gaps() {
            let at = self.row_ref(gap.row, gap.lane);
            let place = self.roll.place(at, Column::Serial);
            self.findings.add("roll-serial", |code| {
                Diagnostic::warning(code, gap.message())
                    .at(place)
                    .help("查明是漏了人，还是序号没有重排")
            });
        }
    }
}
