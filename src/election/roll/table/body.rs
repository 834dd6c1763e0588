//! The rows below headings: what each is, and what follows from it.

use super::account::{Reason, RowKind};
use super::layout::Layout;
use super::rows::{self, Certainty, Kind, View};
use super::state::{OverOthers, Stage};
use super::{COMPARED, MOST_LINES, Reading, is_alone, texts};
use crate::diagnostic::Severity;
use crate::election::roll::answers::Answer;
use crate::election::roll::cell::apart::Apart;
use crate::election::roll::cell::columns::Column;
use crate::election::roll::cell::{apart, labels, notes, values, words};
use crate::election::roll::source::{Row, WIDEST};

impl Reading<'_> {
    /// A row below headings.
    pub(super) fn body(&mut self, number: u32, row: &impl Row) {
        if self.repeats_bands(row) {
            self.sheet.above = texts(row);
            return self.sheet.account.enter(number, RowKind::Heading);
        }
        if self.begin_form(number, row) {
            return self.sheet.account.enter(number, RowKind::Title);
        }
        let mut kind = RowKind::Empty;
        for lane in 0..self.sheet.lanes.len() {
            if self.stopped || self.sheet.stage == Stage::Under {
                break;
            }
            kind = kind.max(self.lane(number, row, lane));
        }
        if self.sheet.stage == Stage::Under {
            return;
        }
        self.note_figures_below(self.sheet.figures_beside, number, row);
        if row.is_hidden() && kind == RowKind::Voter {
            self.tell_hidden(number);
        }
        if !matches!(kind, RowKind::Voter | RowKind::Empty) {
            self.sheet.last_line = Some(number);
        }
        self.sheet.account.enter(number, kind);
    }

    /// `户主 | 张三 | 组别 | 一组` over the members of a household, or `小组： | 一组 |
    /// 登记人： | 张三` over a list, with headings of their own. Says whether the row is such
    /// a line.
    fn begin_form(&mut self, number: u32, row: &impl Row) -> bool {
        let first = (0..row.width().min(WIDEST)).map(|at| row.cell(at)).find(|it| !it.is_empty());
        let Some(first) = first.map(|first| first.text()) else { return false };
        let is_form = labels::begins_a_form(&first);
        if !is_form && !first.contains([':', '：']) {
            return false;
        }
        let texts = texts(row);
        if !is_form || !labels::labels_a_household(&texts) && !labels::is_line_of_labels(&texts) {
            if labels::is_line_of_pairs(&texts) {
                self.note_group_of_pairs(number, &texts);
            }
            return false;
        }
        if let Some(group) = labels::group_behind_label(&texts) {
            self.begin_group(number, &group, row, 0);
        } else if labels::leaves_group_open(&texts) {
            self.ask_about_open_group(number);
        }
        self.sheet.above = texts;
        true
    }

    /// Asks about a line over a household that tells no group, where others do.
    fn note_group_of_pairs(&mut self, number: u32, texts: &[String]) {
        let names_head = || texts.iter().any(|text| text.trim().starts_with("户主"));
        let group = texts.iter().find_map(|text| labels::said_of_group(text));
        match group {
            Some(said) if !said.is_empty() && !values::says_nothing(said) => {
                self.sheet.lines_tell_groups = true;
            }
            Some(_) => self.ask_about_open_group(number),
            None if self.sheet.lines_tell_groups && names_head() => {
                self.ask_about_open_group(number);
            }
            None => {}
        }
    }

    /// Asks about people whose group was left open below those of another.
    fn ask_about_open_group(&mut self, number: u32) {
        if self.sheet.group_of_sheet.is_some() {
            return;
        }
        let message = "这里的小组没有写，暂照上面的小组读：对吗？".to_owned();
        let help = "写明是哪个小组；对的，在待核对清单里答“无误”";
        let place = self.roll.row_place(self.row_ref(number, 0));
        self.ask(Severity::Warning, "roll-group-blank", message, place, help);
    }

    /// The declared group of which a row is the title, whatever else it might be.
    fn title_of_declared(&self, view: &View<impl Row>) -> Option<String> {
        /// More stands beside a person, not beside a title.
        const MOST: usize = 3;
        let groups = &self.options.groups;
        if groups.is_empty() || view.filled().nth(MOST).is_some() || view.is_group_of_others() {
            return None;
        }
        let first = view.filled().next()?;
        let text = view.row.cell(first).text();
        if rows::is_alone(view, &text) { groups.titled(&text) } else { None }
    }

    pub(super) fn repeats_bands(&self, row: &impl Row) -> bool {
        let bands = &self.sheet.bands;
        let mut at = 0..bands.len().max(row.width().min(WIDEST));
        !bands.is_empty()
            && at.all(|at| row.cell(at).text() == bands.get(at).map_or("", String::as_str))
    }

    /// A row of one of the tables side by side.
    pub(super) fn lane(&mut self, number: u32, row: &impl Row, lane: usize) -> RowKind {
        let layout = std::mem::take(&mut self.sheet.layout);
        let view = View { row, block: &layout.blocks[lane] };
        let answer = self.answer(&view, &layout);
        let kind = self.title_of_declared(&view).map_or_else(|| rows::classify(&view), Kind::Group);
        let is_confirmed = answer == Some(Answer::Voter);
        let kind = match (answer, kind) {
            (Some(Answer::NotVoter), Kind::Voter(_) | Kind::Unclear(_) | Kind::Nameless) => {
                self.sheet.serials.pass(lane, view.cell(Column::Serial));
                self.sheet.answered.push(self.roll.voters.len());
                self.sheet.layout = layout;
                return RowKind::LeftOut(Reason::Answer);
            }
            (
                Some(Answer::Voter),
                Kind::Voter(Certainty::Bare) | Kind::Unclear(_) | Kind::Nobody | Kind::Remark,
            ) => Kind::Voter(Certainty::Placed),
            (_, kind) => kind,
        };
        if matches!(kind, Kind::Voter(_) | Kind::Empty | Kind::Remark) {
            self.look_beside(self.row_ref(number, lane), &view, &layout);
        }
        let kind = match kind {
            Kind::Voter(_) if std::mem::take(&mut self.sheet.sample_above) && !is_confirmed => {
                self.leave_sample_out(number, lane);
                RowKind::LeftOut(Reason::Sample)
            }
            Kind::Voter(_) if self.is_below_the_end(&view) => RowKind::Remark,
            Kind::Voter(certainty) => {
                let is_grid = certainty == Certainty::Bare && self.sheet.lanes.len() > 1;
                let alone = is_grid && is_alone(row);
                self.sheet.alone = alone.then_some((number, self.roll.voters.len()));
                self.voter(number, &view, lane, &layout, certainty, is_confirmed)
            }
            Kind::Nameless => {
                self.sheet.serials.pass(lane, view.cell(Column::Serial));
                self.nameless(number, lane);
                RowKind::Unclear
            }
            Kind::Group(group) if self.counts_those_above(&view, lane) => {
                self.tell_of_group_below(number, lane, &group);
                RowKind::Total
            }
            Kind::Group(group) => {
                // 上坪村一组选民名单
                let title = view.filled().next().map(|at| row.cell(at).text());
                if let Some(title) = title.filter(|title| title.chars().count() > group.len() / 3) {
                    self.begin_place(&title, Some(&group));
                    self.sheet.sex = words::sex_behind(&title, &group).or(self.sheet.sex);
                }
                let is_again = self.begin_group(number, &group, row, lane);
                self.sheet.above = texts(row);
                self.sheet.last_title = Some(number);
                if self.sheet.lanes.len() == 1 || is_alone(row) {
                    self.claim_of_group(number, row, is_again);
                }
                RowKind::Group
            }
            Kind::Total => {
                if !self.group_of_sum(number, &view, lane) {
                    self.note_subtotal(&view);
                    self.total(number, &view, lane);
                }
                RowKind::Total
            }
            Kind::Heading => {
                self.sheet.layout = layout;
                return self.heading_again(number, row);
            }
            Kind::Elsewhere => {
                self.sheet.stage = Stage::Elsewhere;
                self.note_figures(number, row);
                RowKind::LeftOut(Reason::Elsewhere)
            }
            Kind::Sample => {
                self.sheet.sample_above = view.filled().nth(1).is_none();
                RowKind::LeftOut(Reason::Sample)
            }
            Kind::Remark | Kind::Unclear(_) if self.takes_card(number, &view, lane) => {
                RowKind::Rest
            }
            Kind::Remark if self.is_rest_of_remark(number, &view, &layout, lane) => RowKind::Rest,
            Kind::Remark => self.remark(number, &view),
            Kind::Nobody => {
                self.ask_about_omitted(number, &view);
                self.sheet.serials.pass(lane, view.cell(Column::Serial));
                RowKind::LeftOut(Reason::Nobody)
            }
            Kind::Empty => RowKind::Empty,
            Kind::Unclear(at) => {
                self.sheet.serials.pass(lane, view.cell(Column::Serial));
                self.unclear(number, lane, at, &row.cell(at).text());
                RowKind::Unclear
            }
        };
        self.sheet.layout = layout;
        kind
    }

    /// Whether a row without data stands below a line for signatures or notes, in a
    /// table that has data of its voters.
    pub(super) fn is_below_the_end(&self, view: &View<impl Row>) -> bool {
        const TELLING: [Column; 3] = [Column::Sex, Column::Birth, Column::IdNumber];
        let has_data = || TELLING.into_iter().any(|column| view.block.header.has(column));
        self.sheet.is_signed && has_data() && !rows::is_surely_a_person(view)
    }

    pub(super) fn answer(&self, view: &View<impl Row>, layout: &Layout) -> Option<Answer> {
        // What is said of a name under no heading is not said of the voter beside.
        let is_beside =
            |at: usize| !layout.is_headed(at) && words::is_likely_name(&view.row.cell(at).text());
        let is_own = |at: usize| view.block.range().contains(&at) && !is_beside(at);
        let mut said =
            self.here.iter().filter(|one| one.at.is_none_or(is_own)).map(|one| &one.answer);
        said.find(|answer| matches!(answer, Answer::NotVoter | Answer::Voter)).cloned()
    }

    pub(super) fn remark(&mut self, number: u32, view: &View<impl Row>) -> RowKind {
        self.lines += 1;
        if self.lines > MOST_LINES {
            self.too_many_lines();
        }
        let texts = texts(view.row);
        self.remember_title(number, &texts);
        self.note_titles(number, &texts);
        self.note_pages(number, &texts);
        // Of tables side by side a cell among names is over nobody.
        let is_of_all = self.sheet.lanes.len() == 1 || is_alone(view.row);
        let titles = || texts.iter().filter(|text| is_of_all && rows::is_alone(view, text));
        let mut is_understood = true;
        if let Some(apart) = titles().find_map(|text| self.title_aside(text)) {
            const LISTS: [&str; 4] = ["名单", "名册", "花名", "表"];
            let above = (self.roll.voters.len(), self.asides.len());
            let is_of_some = !apart.by_role && !notes::is_of_the_form(&apart.title);
            let over = OverOthers { row: number, text: apart.title.clone(), above };
            self.sheet.over_others = Some(over).filter(|_| is_of_some);
            self.sheet.is_aside_of_group =
                !self.sheet.titled.is_empty() && !words::has_any(&apart.title, &LISTS);
            self.sheet.aside = Some(apart);
        } else {
            is_understood =
                self.ask_about_notes(number, &texts) || self.ask_about_a_person(number, view);
            self.sheet.notes_compared += 1;
            if texts.iter().any(|text| words::is_title_of_voters(text)) {
                self.sheet.aside = self.sheet_aside();
            }
        }
        if let Some(title) = texts.iter().find(|text| rows::is_alone(view, text)) {
            is_understood |= self.begin_place(title, None);
        }
        if let Some(sex) = titles().find_map(|text| words::sex_of_list(text)) {
            self.sheet.sex = Some(sex);
            is_understood = true;
        }
        self.note_untitled(number, view);
        self.sheet.is_signed |= texts.iter().any(|text| words::ends_a_table(text));
        self.note_head_in_line(self.row_ref(number, 0), &texts);
        self.claim(number, view.row);
        is_understood |= self.group_of_sum(number, view, 0);
        if !is_understood {
            self.note_strange(number, view);
            self.keep_line(number, &texts);
        }
        self.sheet.above = texts;
        RowKind::Remark
    }

    /// A line over people who are no voters; one that names somebody above says it of him.
    pub(super) fn title_aside(&mut self, text: &str) -> Option<Apart> {
        let apart = apart::title_aside(text)?;
        self.sheet.titles_compared += 1;
        let mut voters = self.roll.voters.iter().filter(|_| self.sheet.titles_compared < COMPARED);
        let is_of_somebody = voters.any(|voter| text.contains(voter.name.as_str()));
        (!is_of_somebody).then_some(apart)
    }
}
