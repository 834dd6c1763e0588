//! What a sheet says of its own numbers: sums, titles that count, serial numbers.

use std::collections::HashSet;

use super::rows::View;
use super::{Reading, texts};
use crate::diagnostic::{Place, Severity};
use crate::election::person::Sex;
use crate::election::roll::cell::columns::Column;
use crate::election::roll::cell::shown::number_in_words;
use crate::election::roll::cell::sums::{self, Refuted, Sums, Tally};
use crate::election::roll::cell::{grouping, words};
use crate::election::roll::source::Row;
use crate::election::roll::{RowRef, Voter};

/// A number of people stated somewhere, and whom it counts.
pub(super) struct Claim {
    at: RowRef,
    sums: Sums,
    counted: Counted,
}

/// Whom a claim may count, by places among the marks or points of its sheet.
enum Counted {
    /// Those below the title of a group; under one that stood before, those above.
    Below { mark: usize, is_again: bool },
    /// Those below a title, those above a remark, or all; of a group, not all.
    Around { mark: usize, of_group: bool },
    /// Those since one of the first points, up to the last; or so many in one of
    /// several tables side by side.
    Since { points: std::ops::Range<usize>, beside: Option<usize>, of_part: bool },
    /// All of all sheets; or those of several, up to a point.
    All { point: usize },
}

impl Claim {
    /// Of those around a mark.
    pub(super) fn around(at: RowRef, sums: Sums, mark: usize) -> Self {
        Self { at, sums, counted: Counted::Around { mark, of_group: false } }
    }
}

/// A claim with what it may agree with.
pub(super) struct Reckoned {
    at: RowRef,
    sums: Sums,
    tallies: Vec<Tally>,
    /// Whether the whole roll may be meant.
    or_all: bool,
}

/// How many claims of titles and remarks are looked at.
const CLAIMS: usize = 10_000;

impl Reading<'_> {
    /// A row of sums.
    pub(super) fn total(&mut self, number: u32, view: &View<impl Row>, lane: usize) {
        let texts = texts(view.row);
        self.note_pages(number, &texts);
        if self.takes_sum_of_group(number, view, lane) {
            self.sheet.total_before = self.roll.voters.len();
            return;
        }
        self.claim_of_groups(number, &texts);
        let (sums, so_far) = sums_of(view);
        // 还差二组4人未录入 counts nobody who stands here.
        if sums.is_empty() && sums.bare.is_empty() {
            self.ask_about_notes(number, &texts);
        }
        self.note_grand_total(number, view, &sums);
        let says = |words: &[&str]| {
            view.filled().any(|at| words::has_any(&view.row.cell(at).text(), words))
        };
        let names_group = says(&["本组"])
            || view.filled().any(|at| grouping::group_of_sum(&view.row.cell(at).text()).is_some());
        let of_group = self.sheet.group_from;
        // 本户2人 is not of the sheet, nor is 二组合计 below another group.
        let of_part =
            says(&["本户", "该户", "本页"]) || names_group && of_group > self.sheet.first_voter;
        let here = self.roll.voters.len();
        let since = self.sheet.lanes[lane].since_title;
        let starts = [self.sheet.total_before, self.sheet.heading_before, since.first];
        // What comes right below the sum of a group is of all.
        let is_of_all = self.sheet.summed == Some(here)
            && !names_group
            && !of_part
            && self.sheet.lanes.len() == 1;
        let starts = match (is_of_all, names_group) {
            (true, _) => [self.sheet.first_voter; 3],
            (false, true) => starts.map(|start| start.max(of_group)),
            (false, false) => starts,
        };
        if starts.iter().any(|start| *start < here && sums.says(here - start)) {
            self.sheet.summed = Some(here);
        }
        let beside = Some(since.count).filter(|_| self.sheet.lanes.len() > 1);
        let at = self.row_ref(number, lane);
        if let Some(sums) = so_far {
            let points = self.sheet.points.len()..self.sheet.points.len() + 2;
            self.sheet.points.extend([self.sheet.first_voter, here]);
            let counted = Counted::Since { points, beside: None, of_part: false };
            self.enter_claim(Claim { at, sums, counted });
        }
        if says(&["全村", "全社区"]) && !of_part {
            let counted = Counted::All { point: self.sheet.points.len() };
            self.sheet.points.push(here);
            self.enter_claim(Claim { at, sums, counted });
        } else if since.count == 0 && starts[0] < here || starts.iter().all(|start| *start == here)
        {
            // Right under a title it counts those to come.
            let claim = Claim::around(at, sums, self.mark());
            self.enter_claim(claim);
        } else {
            let from = self.sheet.points.len();
            self.sheet.points.extend(starts);
            self.sheet.points.push(here);
            let points = from..self.sheet.points.len();
            self.enter_claim(Claim {
                at,
                sums,
                counted: Counted::Since { points, beside, of_part },
            });
        }
        self.sheet.total_before = here;
    }

    /// Takes up a sum of all above; another makes it one of several.
    fn note_grand_total(&mut self, number: u32, view: &View<impl Row>, sums: &Sums) {
        let here = self.roll.voters.len();
        let above = here - self.sheet.first_voter;
        let first = view.filled().next().map(|at| view.row.cell(at).text());
        let is_grand = first.is_some_and(|text| matches!(&*words::compact(&text), "合计" | "总计"))
            && sums.says(above);
        self.sheet.sum_rows += 1;
        self.sheet.grand_total =
            Some((number, here)).filter(|_| is_grand && self.sheet.sum_rows == 1 && above > 0);
    }

    /// Asks about few who stand below the sum of all the others.
    pub(super) fn ask_about_rows_below_total(&mut self) {
        const FEW: usize = 3;
        let Some((row, here)) = self.sheet.grand_total else { return };
        let below: Vec<RowRef> = self.roll.voters[here..].iter().map(|voter| voter.row).collect();
        if below.len() > FEW || self.sheet.last_line != Some(row) {
            return;
        }
        for at in below {
            let message = "写在合计下面，合计里没有算：是后来加的吗？照样读作选民";
            let help = "是选民的，移到合计上面，改合计；不是的，删去这一行";
            self.doubt(at, Column::Name, "roll-total", message, help);
        }
    }

    /// `1组合计,,,6人` below all groups of a list that has a column of them: held against
    /// that group. Says whether the row is such a sum.
    fn takes_sum_of_group(&mut self, number: u32, view: &View<impl Row>, lane: usize) -> bool {
        let Some(first) = view.filled().next() else { return false };
        let name = grouping::group_of_sum(&view.row.cell(first).text());
        let group = name.filter(|_| view.block.header.has(Column::Group));
        let Some(group) = group.and_then(|name| self.roll.groups.find(&name)) else { return false };
        let here = self.roll.voters.len();
        let is_last = self.roll.voters.last().is_some_and(|voter| voter.group == Some(group));
        if is_last && self.sheet.total_before < here {
            return false;
        }
        let at = self.row_ref(number, lane);
        for cell in view.filled() {
            self.stated.add(at, self.roll.groups.name(group), &view.row.cell(cell).text(), here);
        }
        true
    }

    pub(super) fn enter_claim(&mut self, claim: Claim) {
        let Sums { bare, households, .. } = &claim.sums;
        let is_known = !claim.sums.is_empty() || bare.len() == 1 || households.is_some();
        // Whoever stands under such a title is not counted among the voters.
        let is_aside =
            self.sheet.aside.is_some() || self.sheet.lanes.iter().any(|lane| lane.aside.is_some());
        if is_known && !is_aside && self.sheet.claims.len() < CLAIMS {
            self.sheet.claims.push(claim);
        }
    }

    /// 户数67，选民15人: a household has people.
    fn ask_about_more_households(&mut self, at: RowRef, sums: &Sums) {
        let people = sums.people.iter().max().copied();
        let Some((households, people)) = sums.households.zip(people) else { return };
        if households > people {
            let message = format!("这里写的是 {households} 户、{people} 人，户比人多：写错了吗？");
            let help = "写错的，改正；不错的，在待核对清单里答“无误”";
            self.ask(Severity::Warning, "roll-total", message, self.roll.row_place(at), help);
        }
    }

    /// A number of people stated in a title or remark, to be compared at the end.
    pub(super) fn claim(&mut self, number: u32, row: &impl Row) {
        let texts = texts(row);
        let is_title = |text: &&String| {
            grouping::group_title(text).is_some() || grouping::place_in_title(text).is_some()
        };
        if texts.iter().filter(is_title).nth(1).is_some() {
            // Each is that of the table below it.
            return;
        }
        if self.claim_of_groups(number, &texts) {
            return;
        }
        let of_group = texts.iter().any(|text| grouping::group_in_title(text).is_some());
        let counted = Counted::Around { mark: self.mark(), of_group };
        self.enter_claim(Claim { at: self.row_ref(number, 0), sums: claimed(row), counted });
    }

    /// The number of people in the title of a group.
    pub(super) fn claim_of_group(&mut self, number: u32, row: &impl Row, is_again: bool) {
        let counted = Counted::Below { mark: self.mark(), is_again };
        let mut sums = claimed(row);
        sums.people.extend(self.under_count(row));
        self.enter_claim(Claim { at: self.row_ref(number, 0), sums, counted });
    }

    /// The bare number in the column of 人数.
    fn under_count(&self, row: &impl Row) -> Option<u64> {
        let sheet = &self.roll.sheets[usize::from(self.sheet.number)];
        let counts = |heading: &str| ["人数", "选民数"].iter().any(|end| heading.ends_with(end));
        let mut columns = sheet.surplus.iter().filter(|(_, text)| counts(&words::compact(text)));
        columns.find_map(|(at, _)| row.cell(*at).text().trim().parse().ok())
    }

    /// Notes how many voters stand above.
    pub(super) fn mark(&mut self) -> usize {
        self.sheet.marks.push(self.roll.voters.len());
        self.sheet.marks.len() - 1
    }

    /// Finds what each claim may agree with, now that it is known who is a voter.
    pub(super) fn check_claims(&mut self) {
        let first = self.sheet.first_voter;
        let (before, counts) = (self.tally, Counts::of(&self.roll.voters[first..]));
        let marks = std::mem::take(&mut self.sheet.marks);
        let points = std::mem::take(&mut self.sheet.points);
        let answered = std::mem::take(&mut self.sheet.answered);
        // A sum that was right before the answers is so still.
        let between = |from: usize, to: usize| {
            let now = counts.between(from - first, to - first);
            let up_to = answered.partition_point(|at| *at <= to);
            let out = up_to - answered.partition_point(|at| *at < from);
            let before = Tally::of(now.people + out);
            std::iter::once(now).chain((out > 0).then_some(before))
        };
        let end = self.roll.voters.len();
        for Claim { at, sums, counted } in std::mem::take(&mut self.sheet.claims) {
            let around = |mark: usize| {
                let here = marks[mark];
                let last = marks[..mark].last().copied().unwrap_or(first);
                let next = marks.partition_point(|next| *next <= here);
                (last, here, marks.get(next).copied().unwrap_or(end))
            };
            let or_all =
                matches!(counted, Counted::Around { of_group: false, .. } | Counted::All { .. });
            let mut tallies: Vec<Tally> = match counted {
                Counted::Below { mark, is_again } => {
                    let (last, here, next) = around(mark);
                    let again = is_again.then(|| between(last, here));
                    // 二组（0人） right above another title.
                    let is_empty = marks.get(mark + 1) == Some(&here);
                    let nobody = is_empty.then(Tally::default);
                    between(here, next).chain(again.into_iter().flatten()).chain(nobody).collect()
                }
                Counted::Around { mark, .. } => {
                    let (last, here, next) = around(mark);
                    let nearest = between(here, next).chain(between(last, here));
                    nearest.chain(between(first, here)).chain(between(first, end)).collect()
                }
                Counted::Since { points: at, beside, of_part } => {
                    let (here, starts) = points[at].split_last().unwrap_or((&end, &[]));
                    let mut since: Vec<Tally> =
                        starts.iter().flat_map(|start| between(*start, *here)).collect();
                    if !of_part {
                        since.extend(between(first, *here).flat_map(|it| [it, before.and(it)]));
                    }
                    since.extend(beside.map(Tally::of));
                    since
                }
                Counted::All { point } => {
                    let so_far = between(first, points[point]).map(|it| before.and(it));
                    so_far.filter(|_| before.people > 0).collect()
                }
            };
            tallies.dedup();
            self.claims.push(Reckoned { at, sums, tallies, or_all });
        }
        self.tally = before.and(counts.between(0, end - first));
    }

    /// What titles state is compared with the sheet and with the whole roll.
    pub(super) fn settle_claims(&mut self) {
        for Reckoned { at, sums, mut tallies, or_all } in std::mem::take(&mut self.claims) {
            let filled = || tallies.iter().copied().filter(|tally| tally.people > 0);
            // What is said of the whole is told beside the count that comes nearest.
            let stated = sums.people.iter().chain(&sums.bare).max().copied().unwrap_or_default();
            let nearest = match or_all {
                true => filled()
                    .chain([self.tally])
                    .min_by_key(|tally| stated.abs_diff(tally.people as u64)),
                false => filled().next(),
            };
            let nearest = nearest.unwrap_or_default();
            tallies.extend(or_all.then_some(self.tally));
            match sums.refuted_by(&tallies) {
                Some(refuted) => {
                    self.refute(self.roll.row_place(at), &sums, refuted, nearest.people);
                }
                None => self.ask_about_more_households(at, &sums),
            }
        }
    }

    /// Tells of a number that nothing bears out.
    pub(super) fn refute(&mut self, place: Place, sums: &Sums, refuted: Refuted, counted: usize) {
        let message = match refuted {
            Refuted::People(stated) => {
                let stated = number_in_words(stated);
                format!("这里写的合计是 {stated} 人，读到的是 {counted} 人，对不上")
            }
            Refuted::Households { stated, read } => {
                let stated = number_in_words(stated);
                format!("这里写的是 {stated} 户，读到的是 {read} 户，对不上")
            }
            Refuted::Sexes(Tally { sexes, .. }) => {
                let (men, women) = sexes.unwrap_or_default();
                let said = |sex, count: Option<u64>| {
                    count.map(|count| format!("{sex} {} 人", number_in_words(count)))
                };
                let said = [said("男", sums.men), said("女", sums.women)].into_iter().flatten();
                let said = said.collect::<Vec<_>>().join("、");
                format!("这里写的是{said}，读到的是男 {men} 人、女 {women} 人，对不上")
            }
        };
        let help = "查明是漏了人、多了人，还是合计没有改";
        self.ask(Severity::Warning, "roll-total", message, place, help);
    }
}

/// What a row of sums states, and what of it is of all so far: `小计2人 累计5人`.
fn sums_of(view: &View<impl Row>) -> (Sums, Option<Sums>) {
    const SO_FAR: &str = "累计";
    let (mut sums, mut so_far) = (Sums::default(), None);
    let texts = view.filled().map(|at| view.row.cell(at).text());
    for text in texts.filter(|text| grouping::counted_apart(text).is_empty()) {
        let begins = if so_far.is_some() { Some(0) } else { text.find(SO_FAR) };
        let (own, all) = text.split_at(begins.unwrap_or(text.len()));
        sums.add(own);
        if begins.is_some() {
            so_far.get_or_insert_with(Sums::default).add(all);
        }
    }
    match so_far {
        Some(all) if sums.is_empty() && sums.bare.is_empty() => (all, None),
        so_far => (sums, so_far),
    }
}

/// What the cells of a title or remark count.
fn claimed(row: &impl Row) -> Sums {
    const OTHERS: [char; 4] = ['口', '代', '票', '页'];
    let texts = texts(row);
    let is_claim = |text: &&String| text.contains(['人', '名']) && !text.contains(OTHERS);
    let mut sums = Sums::default();
    texts.iter().filter_map(|text| number_of_voters(text)).for_each(|it| sums.people.push(it));
    texts.iter().filter(is_claim).for_each(|text| sums.add(text));
    sums.bare.clear();
    // Of the whole population there may be some without a voter.
    if texts.iter().any(|text| text.contains("人口")) {
        sums.households = None;
    }
    sums
}

/// `全村选民总数：5`, `二组 组长：王某 选民数：7`: a number without 人, behind a word that
/// says of whom it is.
fn number_of_voters(text: &str) -> Option<u64> {
    const LABELS: [&str; 4] = ["选民数", "选民总数", "选民人数", "总人数"];
    let text = words::compact(text);
    let behind = |word: &&str| text.split_once(*word).filter(|(before, _)| !before.contains("应"));
    let labelled = LABELS.iter().find_map(behind).map(|(_, said)| said);
    // 一组（2户，总人口7人，选民3人）
    let counted = || {
        // 男选民5名, 新增选民4人
        let of_all = text.match_indices("选民").filter(|(at, _)| !sums::is_of_part(&text[..*at]));
        let mut voters = of_all.map(|(at, word)| &text[at + word.len()..]);
        voters.find(|said| said.starts_with(|c: char| c.is_ascii_digit()))
    };
    let said = labelled.or_else(counted)?;
    let number = said.trim_start_matches([':', '：', '为', '共']);
    let end = number.find(|c: char| !c.is_ascii_digit()).unwrap_or(number.len());
    number[..end].parse().ok().filter(|_| end < 7)
}

/// How many men, women and households there are before each of some voters, and in all.
struct Counts<'v> {
    voters: &'v [Voter],
    before: Vec<(u32, u32, u32)>,
    /// Whether each household stands in one piece, so that it is counted once.
    are_whole: bool,
}

impl<'v> Counts<'v> {
    fn of(voters: &'v [Voter]) -> Self {
        let (mut men, mut women, mut begun) = (0, 0, 0);
        let (mut last, mut met) = (None, HashSet::new());
        let count = |voter: &Voter| {
            men += u32::from(voter.sex == Some(Sex::Male));
            women += u32::from(voter.sex == Some(Sex::Female));
            // The number or head of a household often stands in its first row only.
            let own = voter.household.map(|own| (voter.group, own));
            if own.is_some() && own != last {
                begun += 1;
                met.extend(own);
                last = own;
            }
            (men, women, begun)
        };
        let before = std::iter::once((0, 0, 0)).chain(voters.iter().map(count)).collect();
        Self { voters, before, are_whole: met.len() == begun as usize }
    }

    /// Sexes and households count only where they are known of all.
    fn between(&self, from: usize, to: usize) -> Tally {
        let ((men, women, begun), (no_men, no_women, ended)) = (self.before[to], self.before[from]);
        let (people, men, women) = (to - from, men - no_men, women - no_women);
        let are_known = (men + women) as usize == people;
        let is_first_known =
            || self.voters.get(from).is_some_and(|first| first.household.is_some());
        // Of a household that began before nobody knows whether it counts.
        let begins = || self.before.get(from + 1).is_some_and(|(.., first)| *first > ended);
        let are_counted = self.are_whole && from < to && is_first_known() && begins();
        Tally {
            people,
            sexes: are_known.then_some((men as usize, women as usize)),
            households: are_counted.then_some((begun - ended) as usize),
        }
    }
}
