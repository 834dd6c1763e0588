//! Titles over the voters and lines below them that say what no reader understood.

use super::Reading;
use crate::diagnostic::{Cell, Place, Severity};
use crate::election::roll::RowRef;
use crate::election::roll::cell::columns;
use crate::election::roll::cell::shown::quote_remark;
use crate::election::roll::cell::{apart, form, grouping, notes, words};

/// Such a line, with the number of voters before it.
#[derive(Debug)]
pub(super) struct Line {
    at: RowRef,
    text: String,
    from: usize,
}

/// So many lines are kept.
const MOST: usize = 200;

impl Reading<'_> {
    /// Keeps what a row over the headings or between voters says beside the words of forms.
    pub(super) fn keep_line(&mut self, number: u32, texts: &[String]) {
        const CELLS: usize = 2;
        const HEADING: usize = 8;
        let (first, from) = (self.sheet.first_voter, self.roll.voters.len());
        // Voters stand below those kept before, which are not the last, then.
        while self.lines_kept.pop_if(|line| line.from != first && line.from != from).is_some() {}
        if self.lines_kept.len() >= MOST {
            return;
        }
        let is_heading =
            |text: &str| text.chars().nth(HEADING).is_none() && columns::known(text).is_some();
        let is_known = |text: &str| {
            is_heading(text)
                || words::is_nobody(text)
                || words::is_index_heading(text)
                || words::tells_what_to_write(text)
                || grouping::group_title(text).is_some()
                || self.options.groups.titled(text).is_some()
                || apart::title_aside(text).is_some()
                || notes::is_of_the_form(text)
                || form::is_of_a_form(text)
        };
        let filled = || texts.iter().filter(|text| !text.trim().is_empty());
        let mut unknown = filled().filter(|text| !is_known(text));
        // Two side by side are titles of tables, which others look at.
        let (Some(text), None) = (unknown.next(), unknown.next()) else { return };
        if filled().nth(CELLS).is_some() {
            return;
        }
        let at = self.row_ref(number, 0);
        self.lines_kept.push(Line { at, text: text.trim().to_owned(), from });
    }

    /// Of a sheet without voters no line says anything of them; what stands between voters
    /// is looked at elsewhere.
    pub(super) fn settle_lines(&mut self) {
        let (sheet, first, last) =
            (self.sheet.number, self.sheet.first_voter, self.roll.voters.len());
        self.lines_kept.retain(|Line { at, from, .. }| {
            at.sheet != sheet || last > first && (*from == first || *from == last)
        });
    }

    /// Asks about those over the first voter of a sheet and below its last, if nothing
    /// else did.
    pub(super) fn ask_about_lines(&mut self) {
        let mut asked: Vec<&str> = Vec::new();
        let lines = std::mem::take(&mut self.lines_kept);
        for Line { at, text, .. } in &lines {
            if asked.contains(&&**text)
                || self.is_asked_about(*at, &[])
                || self.names_groups(*at, text)
            {
                continue;
            }
            asked.push(text);
            let message =
                format!("这里写着{}：不知道是什么意思，没有照它改名单", quote_remark(text));
            let help = "说的是少了谁、谁不是选民、是哪一份名单的，照它核对；无关的，在待核对清单里答“无误”";
            let place = self.roll.row_place(*at);
            self.ask(Severity::Warning, "roll-note", message, place, help);
        }
    }

    /// Asks about the name of a group, or of a sheet, with more behind it.
    pub(super) fn ask_about_qualified(&mut self, name: &str, place: Place) {
        let message = format!("这里写着{}：是定稿、是全部选民吗？照样读作选民", quote_remark(name));
        let help = "换成定稿，补上其余的选民；没有问题的，改名称，或在待核对清单里答“无误”";
        self.ask(Severity::Warning, "roll-note", message, place, help);
    }

    /// Whether a line is of a form but for the names of groups, or of its sheet.
    fn names_groups(&self, at: RowRef, text: &str) -> bool {
        let of_sheet = self.roll.sheets()[usize::from(at.sheet)].name.as_deref();
        let groups = self.roll.groups.ids().map(|group| self.roll.groups.name(group));
        let mut names = of_sheet.into_iter().chain(groups).filter(|name| text.contains(*name));
        names.any(|name| form::is_of_a_form(&text.replace(name, "")))
    }

    /// Whether a finding is of a row, and of one of these codes, if there are any.
    pub(super) fn is_asked_about(&self, at: RowRef, codes: &[&str]) -> bool {
        let Place::Cell(Cell { sheet, row, .. }) = self.roll.row_place(at) else { return false };
        let is_sought = |code: &str| codes.is_empty() || codes.contains(&code);
        self.findings.listed().filter(|finding| is_sought(finding.code)).any(|finding| {
            let Some(Place::Cell(cell)) = &finding.place else { return false };
            cell.row == row && cell.sheet == sheet
        })
    }
}
