//! Headings, and the titles over them: which tables begin, and of what group or place.

use super::account::{Reason, RowKind};
use super::figures::FigureColumns;
use super::layout::{Block, Layout};
use super::rows::{self, View};
use super::state::{Lane, Since, Stage};
use super::{MOST_TABLES, Reading, is_alone, is_empty, texts};
use crate::diagnostic::{Diagnostic, Place, Severity};
use crate::election::person::Sex;
use crate::election::roll::cell::apart::Apart;
use crate::election::roll::cell::columns::{self, Column};
use crate::election::roll::cell::shown::quote;
use crate::election::roll::cell::{apart, grouping, labels, names, same_group, sums, words};
use crate::election::roll::source::{Row, StoredRow};
use crate::election::roll::{PlaceId, RowRef};
use crate::number::placed;

/// How many rows may stand above the headings.
const HEADINGS_WITHIN: usize = 100;
/// How many titles before a table are looked at.
const TITLES: usize = 8;
/// Of how many titles it is kept where they stand.
const TITLE_ROWS: usize = 1000;

impl Reading<'_> {
    /// A row before any headings.
    pub(super) fn above(&mut self, number: u32, row: &impl Row) {
        let texts = texts(row);
        self.sheet.is_filled |= texts.iter().any(|text| !text.trim().is_empty());
        // 一组,户数,1,选民,2
        let filled: Vec<&String> = texts.iter().filter(|text| !text.trim().is_empty()).collect();
        let is_sum = filled.len() > 2 && sums::are_labelled(&filled[1..]);
        let layout = Layout::find(&texts, &self.sheet.above).filter(|_| !is_sum);
        if let Some(layout) = layout {
            let pending = std::mem::take(&mut self.sheet.pending);
            let titles = self.enter_titles(&pending, &layout);
            let above = std::mem::take(&mut self.sheet.above);
            self.sheet.account.enter(number, RowKind::Heading);
            self.begin_table(number, layout, &above, &texts);
            return titles.iter().for_each(|(number, title)| self.note_title(*number, title));
        }
        // What a table of figures over the roll says of groups is no title.
        self.note_figures(number, row);
        if self.sheet.figures_in.is_none() || is_alone(row) {
            self.remember_title(number, &texts);
        }
        self.remedy = self.remedy.or_else(|| columns::remedy(&texts));
        self.note_titles(number, &texts);
        self.note_pages(number, &texts);
        let is_of_a_guide = self.is_of_a_guide();
        if !is_of_a_guide && !texts.iter().any(|text| apart::title_aside(text).is_some()) {
            self.ask_about_notes(number, &texts);
        }
        // 家庭成员, between the line of the head and the headings, says nothing.
        let is_of_members = texts.iter().any(|text| words::compact(text).starts_with("家庭成员"));
        if !is_of_members || !labels::labels_a_household(&self.sheet.above) {
            self.sheet.above = texts;
        }
        if self.sheet.pending.len() < HEADINGS_WITHIN {
            self.sheet.pending.push((number, StoredRow::of(row)));
        } else if !self.adopt_headings() && !self.guess_headings() {
            self.sheet.stage = Stage::Unread;
            let pending = std::mem::take(&mut self.sheet.pending);
            pending.iter().for_each(|(number, row)| self.enter_unread(*number, row));
            self.unread(number, row);
        } else {
            self.body(number, row);
        }
    }

    /// Whether the sheet is called 填表说明 and the like.
    pub(super) fn is_of_a_guide(&self) -> bool {
        let sheet = &self.roll.sheets[usize::from(self.sheet.number)];
        sheet.name.as_deref().is_some_and(apart::is_of_a_guide)
    }

    /// Enters the rows above the headings in the account; gives back those that hold but
    /// one text.
    pub(super) fn enter_titles(
        &mut self,
        rows: &[(u32, StoredRow)],
        layout: &Layout,
    ) -> Vec<(u32, String)> {
        let mut titles: Vec<(u32, String)> = Vec::new();
        for (number, row) in rows {
            let alone = Some(row).filter(|row| is_alone(*row));
            let title = alone.and_then(|row| (0..row.width()).find(|&at| !row.cell(at).is_empty()));
            titles.extend(title.map(|at| (*number, row.cell(at).text().into_owned())));
            let kind = match is_empty(row) {
                true => RowKind::Empty,
                false if self.is_person_above(*number, row, layout) => {
                    let said = super::texts(row);
                    self.sheet.titles.retain(|title| !said.contains(title));
                    self.sheet.above.clear();
                    RowKind::Unclear
                }
                false => RowKind::Title,
            };
            if kind == RowKind::Title {
                self.keep_line(*number, &super::texts(row));
            }
            self.sheet.account.enter(*number, kind);
            self.claim(*number, row);
        }
        titles
    }

    /// Whether a row above the headings is of a person, as where the headings were sorted
    /// among the rows; asks about it.
    fn is_person_above(&mut self, number: u32, row: &impl Row, layout: &Layout) -> bool {
        let is_person = |block: &&Block| {
            let view = View { row, block };
            // 白云村,,,2026年3月1日 is a title with its date.
            let name = view.name();
            rows::is_surely_a_person(&view)
                && (Sex::parse(view.cell(Column::Sex).text().trim()).is_some()
                    || words::is_possible_name(&name) && !grouping::is_place(&name))
        };
        let Some(block) = layout.blocks.iter().find(is_person) else { return false };
        let column = block.header.position(Column::Name).unwrap_or_default();
        let at = self.row_ref(number, 0);
        let message = "这一行在表头上面，像是选民，没有读入".to_owned();
        let help = "把表头移到名单的最上面；不是选民的，删去这一行，或在待核对清单里答“不是选民”";
        let place = self.roll.cell(at, Some(columns::letters(column)));
        self.ask(Severity::Error, "roll-row-unclear", message, place, help);
        true
    }

    pub(super) fn remember_title(&mut self, number: u32, texts: &[String]) {
        let at = self.row_ref(number, 0);
        let titles = texts.iter().filter(|text| !text.trim().is_empty()).take(TITLES);
        for title in titles {
            self.sheet.titles.push(title.clone());
            if self.title_rows.len() < TITLE_ROWS {
                self.title_rows.push((at, title.clone()));
            }
        }
        let surplus = self.sheet.titles.len().saturating_sub(TITLES);
        self.sheet.titles.drain(..surplus);
    }

    /// Where a title stands that was met on a sheet.
    pub(super) fn place_of_title(&self, sheet: u16, title: &str) -> Option<Place> {
        let is_it =
            |(at, text): &&(RowRef, String)| at.sheet == sheet && text.trim() == title.trim();
        let (at, _) = self.title_rows.iter().rev().find(is_it)?;
        Some(self.roll.row_place(*at))
    }

    /// Begins the tables under a row of headings.
    pub(super) fn begin_table(
        &mut self,
        number: u32,
        layout: Layout,
        above: &[String],
        texts: &[String],
    ) {
        self.sheet.headings = texts.to_vec();
        self.sheet.width = texts.len();
        self.sheet.bands = if layout.has_bands { above.to_vec() } else { Vec::new() };
        let sheet = &mut self.roll.sheets[usize::from(self.sheet.number)];
        sheet.surplus.extend(layout.surplus.iter().cloned());
        self.sheet.first_block = placed(sheet.blocks.len());
        if sheet.blocks.len() + layout.blocks.len() > MOST_TABLES {
            return self.too_many_tables();
        }
        self.sheet.figures_beside = FigureColumns::beside(&layout);
        self.sheet.layout = layout;
        self.register_blocks();
        let titles = std::mem::take(&mut self.sheet.titles);
        let sex = titles.iter().rev().find_map(|title| {
            let group = || words::sex_behind(title, &grouping::group_in_title(title)?);
            words::sex_of_list(title).or_else(group)
        });
        self.sheet.sex = sex.or(self.sheet.sex);
        self.sheet.lanes = self.lanes_below(number, &titles, above);
        self.sheet.flow.turn(self.sheet.lanes.len());
        self.sheet.flow.titles_above(&self.sheet.lanes);
        self.sheet.titled.extend(self.sheet.lanes.iter().filter_map(|lane| lane.section));
        if self.sheet.lanes.iter().all(|lane| lane.aside.is_none()) {
            let apart = titles.iter().find_map(|title| apart::title_aside(title));
            let apart =
                apart.or_else(|| self.sheet.layout.of_roles().map(|it| Apart::new(it, true)));
            self.sheet.aside = apart.or(self.sheet.aside.take());
        }
        if self.sheet.aside.is_some() {
            self.sheet.claims.clear();
        }
        self.ask_about_titles(number);
        self.ask_about_titles_beside(number, above);
        self.ask_about_another_list(number, &titles);
        self.ask_about_lunar_days(number);
        self.sheet.stage = Stage::Under;
        self.tell_twice(number);
    }

    /// Where a row of bands, such as 选民, was taken for headings, those below it
    /// are the headings; says whether it is so.
    pub(super) fn begin_table_below(&mut self, number: u32, texts: &[String]) -> bool {
        let above = std::mem::take(&mut self.sheet.headings);
        let Some(layout) = Layout::find(texts, &above) else { return false };
        let is_better = layout.known() > self.sheet.layout.known();
        if is_better {
            let sheet = &mut self.roll.sheets[usize::from(self.sheet.number)];
            sheet.blocks.truncate(usize::from(self.sheet.first_block));
            let surplus = &self.sheet.layout.surplus;
            sheet.surplus.truncate(sheet.surplus.len() - surplus.len());
            self.sheet.aside = self.sheet_aside();
            self.sheet.account.enter(number, RowKind::Heading);
            // 户主 | 张三 | 组 | 一组 above the bands is of those below them, too.
            let section = self.sheet.lanes.first().and_then(|lane| lane.section);
            self.begin_table(number, layout, &above, texts);
            for (lane, block) in self.sheet.lanes.iter_mut().zip(&self.sheet.layout.blocks) {
                lane.section =
                    lane.section.or(section.filter(|_| !block.header.has(Column::Group)));
            }
        }
        is_better
    }

    /// Names that begin with 1.王明 below the headings are numbered all.
    pub(super) fn note_numbered_names(&mut self, texts: &[String]) {
        for block in &mut self.sheet.layout.blocks {
            let name = block.header.position(Column::Name).and_then(|at| texts.get(at));
            block.has_numbered_names =
                name.is_some_and(|name| names::behind_number(name).is_some());
        }
        self.register_blocks();
    }

    /// Where one heading 姓名 was merged over several columns of names, as on boards, it is
    /// that of each.
    pub(super) fn repeat_name_heading(&mut self, texts: &[String]) {
        const FEWEST: usize = 3;
        let headings = &self.sheet.headings;
        let [block] = &self.sheet.layout.blocks[..] else { return };
        let Some(name) = block.header.position(Column::Name) else { return };
        let is_blank = |text: &String| text.trim().is_empty();
        let next = (name + 1..headings.len()).find(|&at| !is_blank(&headings[at]));
        let width = next.unwrap_or(texts.len().max(headings.len())) - name;
        let below = texts.iter().skip(name).take(width);
        let likely = below.clone().filter(|text| words::is_possible_name(text)).count();
        let are_names = match next {
            // What else stands beside would be that of one of them.
            Some(_) => {
                !block.tells_of_one_person()
                    && texts.get(name).is_some_and(|text| words::is_possible_name(text))
                    && below.clone().all(|text| is_blank(text) || words::is_possible_name(text))
            }
            None => below.clone().all(|text| words::is_short_han(text)) && likely * 2 > width,
        };
        if !are_names || width < FEWEST {
            return;
        }
        let mut repeated = headings.clone();
        repeated.resize(repeated.len().max(name + width), String::new());
        let heading = repeated[name].clone();
        repeated[name..name + width].fill(heading);
        if let Some(mut layout) = Layout::find(&repeated, &[]) {
            layout.blocks.iter_mut().for_each(|block| block.shares_rows = true);
            self.sheet.layout = layout;
            self.register_blocks();
            let (lanes, tables) = (&mut self.sheet.lanes, self.sheet.layout.blocks.len());
            let first = lanes.first().cloned().unwrap_or_default();
            lanes.resize(tables, first);
            self.sheet.flow.turn(tables);
        }
    }

    /// Each table begins with the group that a title over it names; of several side
    /// by side, each with its own. A column of groups counts before the titles.
    pub(super) fn lanes_below(
        &mut self,
        number: u32,
        titles: &[String],
        above: &[String],
    ) -> Vec<Lane> {
        let blocks = &self.sheet.layout.blocks;
        let declared = &self.options.groups;
        // 村小组 over 姓名 is a heading.
        let is_heading = |title: &str| columns::known(title).is_some();
        let group = |title: &String| {
            let group = declared.of_title(title).or_else(|| grouping::group_in_title(title));
            let group = group.or_else(|| declared.of_list(title));
            group.filter(|_| !is_heading(title))
        };
        let mut groups = titles.iter().rev().filter_map(group);
        let named = labels::group_behind_label(above).or_else(|| groups.next());
        // 一组 below 上坪自然村.
        let mut wider = groups
            .filter(|wider| named.as_ref().is_some_and(|it| !grouping::are_of_one_kind(it, wider)));
        let outer = wider.next().and_then(|wider| self.places.intern(&wider));
        let place = titles.iter().rev().find_map(|title| grouping::place_in_title(title));
        let own = titles_over(above, blocks);
        let since_title = Since { first: self.roll.voters.len(), count: 0 };
        let mut lanes = Vec::with_capacity(blocks.len());
        for (at, block) in blocks.iter().enumerate() {
            let title = own.get(at).map_or("", String::as_str);
            let has_own = !title.trim().is_empty() && blocks.len() > 1;
            let own = declared.of_title(title).filter(|_| has_own);
            let before = self.sheet.lanes.get(at).and_then(|lane| lane.outer);
            let is_wider =
                |outer: &PlaceId| !self.is_of_one_kind(*outer, own.as_ref().or(named.as_ref()));
            let outer = outer.filter(|_| own.is_none()).or(before.filter(is_wider));
            let named = own.or_else(|| named.clone());
            let counts = !block.header.has(Column::Group) || block.header.has_only_areas();
            let section = named.as_deref().filter(|_| counts);
            let section = section.and_then(|name| self.roll.groups.intern(name));
            let place_of_its_own = grouping::place_in_title(title).filter(|_| has_own);
            let place = place_of_its_own.as_ref().or(place.as_ref());
            let place = place.and_then(|place| self.places.intern(place));
            let place = place.or(self.sheet.lanes.get(at).and_then(|lane| lane.place));
            // 东队（4人） counts a group if it is one.
            let group = named.as_ref().or(place_of_its_own.as_ref()).filter(|_| has_own);
            if let Some(name) = group
                && self.roll.groups.intern(name).is_some()
            {
                let title = words::compact(title);
                let said = title.split_once(&**name).map_or("", |(_, said)| said);
                self.stated.add(self.row_ref(number, at), name, said, self.roll.voters.len());
            }
            lanes.push(Lane {
                section,
                outer,
                place,
                since_title,
                aside: apart::title_aside(title).filter(|_| has_own).or_else(|| {
                    let is_of_others = self.sheet.layout.is_of_others(block);
                    is_of_others.then(|| aside_beside(title, block))
                }),
                titled: named.or_else(|| self.sheet.group_of_sheet.clone()),
                ..Lane::default()
            });
        }
        lanes
    }

    /// Days under 出生日期（农历） are some weeks off.
    pub(super) fn ask_about_lunar_days(&mut self, number: u32) {
        let at = self.row_ref(number, 0);
        let is_lunar = self.sheet.layout.blocks.iter().any(|block| {
            let heading = block.header.get(Column::Birth);
            heading.is_some_and(|heading| columns::is_lunar(&heading.text))
        });
        if is_lunar {
            let message = "表头写的是农历，这一列的日期照公历读入";
            let help = "对照身份证改成公历；本来就是公历的，把表头里的“农历”去掉";
            self.doubt(at, Column::Birth, "roll-birth", message, help);
        }
    }

    /// Keeps the tables for messages, which may come long after.
    pub(super) fn register_blocks(&mut self) {
        let sheet = &mut self.roll.sheets[usize::from(self.sheet.number)];
        sheet.blocks.truncate(usize::from(self.sheet.first_block));
        sheet.blocks.extend(self.sheet.layout.blocks.iter().cloned());
    }

    pub(super) fn tell_twice(&mut self, number: u32) {
        let at = self.row_ref(number, 0);
        for twice in std::mem::take(&mut self.sheet.layout.twice) {
            let place = self.roll.place_at(at, twice.at);
            if twice.is_of_another_person() {
                self.findings.add(self.roll, "roll-column-twice", |code| {
                    let message = format!(
                        "{}一列的人没有读入，只读了 {} 列",
                        quote(&twice.text),
                        twice.taken
                    );
                    Diagnostic::error(code, message)
                        .at(place)
                        .help("每名选民写一行，姓名都写在“姓名”一列")
                });
                continue;
            }
            let message =
                format!("{}和 {} 列像是同一项，只用了后者", quote(&twice.text), twice.taken);
            self.findings.add(self.roll, "roll-column-twice", |code| {
                Diagnostic::warning(code, message)
                    .at(place)
                    .help("如果该用这一列，把另一列的表头改名或删去；两列都不要写成一样的表头")
            });
        }
    }

    /// Headings among the rows: those above once more, or those of another table.
    pub(super) fn heading_again(&mut self, number: u32, row: &impl Row) -> RowKind {
        self.sheet.heading_before = self.roll.voters.len();
        self.sheet.kin.meet_headings();
        let is_right_above =
            |&(row, at): &(u32, usize)| row + 1 == number && at + 1 == self.roll.voters.len();
        let title = self.sheet.alone.take().filter(is_right_above);
        self.sheet.above_headings.extend(title.map(|(_, at)| at));
        self.sheet.is_signed = false;
        self.sheet.serials.turn_page();
        self.sheet.flow.turn(self.sheet.lanes.len());
        let texts = texts(row);
        let above = std::mem::take(&mut self.sheet.above);
        let again = Layout::find(&texts, &above);
        match again {
            Some(layout)
                if layout.blocks != self.sheet.layout.blocks || !self.sheet.titles.is_empty() =>
            {
                if layout
                    .blocks
                    .iter()
                    .zip(&self.sheet.layout.blocks)
                    .all(|(one, other)| one == other)
                    && layout.blocks.len() == self.sheet.layout.blocks.len()
                {
                    self.title_again(number, &above);
                } else {
                    self.sheet.aside = self.sheet_aside();
                    self.begin_table(number, layout, &above, &texts);
                    return RowKind::Heading;
                }
            }
            _ => {}
        }
        RowKind::Heading
    }

    /// The same headings under a title of their own: perhaps another group's.
    pub(super) fn title_again(&mut self, number: u32, above: &[String]) {
        let titles = std::mem::take(&mut self.sheet.titles);
        let apart = titles.iter().find_map(|title| apart::title_aside(title));
        self.sheet.aside = apart.or_else(|| self.sheet_aside());
        self.ask_about_another_list(number, &titles);
        let lanes = self.lanes_below(number, &titles, above);
        let blocks = &self.sheet.layout.blocks;
        let has_groups = blocks.iter().any(|block| block.header.has(Column::Group));
        let is_another = |(new, lane): (&Lane, &Lane)| {
            // The title of a group right above the headings was read as that already.
            let is_begun = lane.section.is_some() && lane.since_title.count == 0 && !has_groups;
            new.section.is_some()
                || new.aside.is_some()
                || new.place.is_some() && new.place != lane.place && !is_begun
        };
        if lanes.iter().zip(&self.sheet.lanes).any(is_another) {
            self.sheet.lanes = lanes;
            self.sheet.flow.titles_above(&self.sheet.lanes);
        }
    }

    pub(super) fn sheet_aside(&self) -> Option<Apart> {
        let sheet = &self.roll.sheets[usize::from(self.sheet.number)];
        sheet.name.as_deref().and_then(Apart::of_sheet)
    }

    /// A title over a table that names another group than its sheet does.
    pub(super) fn ask_about_titles(&mut self, number: u32) {
        let Some(of_sheet) = self.sheet.group_of_sheet.as_deref() else { return };
        let titled = self.sheet.lanes.iter().filter_map(|lane| lane.titled.as_deref());
        let Some(title) = titled.into_iter().find(|title| same_group::are_apart(title, of_sheet))
        else {
            return;
        };
        let message =
            format!("表头上面的标题写的是{}，工作表的名称是{}", quote(title), quote(of_sheet));
        let at = self.row_ref(number, 0);
        let place = self.roll.row_place(at);
        let help = "查明是哪个小组，把标题和工作表的名称改成一样";
        self.ask(Severity::Warning, "roll-group-title", message, place, help);
    }

    /// A title over a table that is that of a list for another end.
    pub(super) fn ask_about_another_list(&mut self, number: u32, titles: &[String]) {
        if self.sheet.aside.is_some() {
            return;
        }
        let is_further = !self.roll.voters.is_empty();
        if let Some(title) = titles.iter().find(|title| apart::is_unfinished(title)) {
            self.ask_about_unfinished(number, title);
        }
        let is_another = |title: &&String| {
            apart::is_of_another_list(title)
                || apart::is_of_another_election(title)
                || is_further && apart::is_of_people_of_a_kind(title)
        };
        let below = self.roll.row_place(self.row_ref(number, 0));
        let place = |title: &str| self.place_of_title(self.sheet.number, title).unwrap_or(below);
        let Some(title) = titles.iter().find(is_another) else {
            let some = titles.iter().find(|title| apart::is_of_some_voters(title));
            self.of_some = some.filter(|_| !is_further).map(|title| (title.clone(), place(title)));
            return;
        };
        let place = place(title);
        let (message, help) = match is_further {
            true => (
                format!("{}不像选民名册，下面的人照样读作选民", quote(title)),
                "不是选民名册的，删去这一张表；是的，改标题，或在待核对清单里答“无误”",
            ),
            false => (
                format!("名册的名称是{}，不像选民名册", quote(title)),
                "检查是否用错了文件；没有用错的，改标题，或在待核对清单里答“无误”",
            ),
        };
        self.ask(Severity::Warning, "roll-aside", message, place, help);
    }

    /// A draft, a sample: the list on the wall is neither.
    fn ask_about_unfinished(&mut self, number: u32, title: &str) {
        let below = self.roll.row_place(self.row_ref(number, 0));
        let place = self.place_of_title(self.sheet.number, title).unwrap_or(below);
        let message = format!("名册的名称是{}：是定稿吗？照样读作选民", quote(title));
        let help = "换成定稿；已是定稿的，改标题，或在待核对清单里答“无误”";
        self.ask(Severity::Warning, "roll-aside", message, place, help);
    }

    /// The title of some of the voters over all that were read.
    pub(super) fn ask_about_some(&mut self) {
        let Some((title, place)) = self.of_some.take() else { return };
        let message = format!("名册的名称是{}：是不是只有一部分选民？", quote(&title));
        let help = "补上其余的选民；已是全部选民的，改标题，或在待核对清单里答“无误”";
        self.ask(Severity::Warning, "roll-aside", message, place, help);
    }

    /// A row below the headings of another table, in which nobody is a voter for
    /// all that is known.
    pub(super) fn elsewhere(&mut self, number: u32, row: &impl Row) {
        let texts = texts(row);
        let mut filled = texts.iter().filter(|text| !text.trim().is_empty());
        let (first, is_alone) = (filled.next(), filled.next().is_none());
        let Some(first) = first else {
            return self.sheet.account.enter(number, RowKind::Empty);
        };
        let is_heading = Layout::find(&texts, &[]).is_some();
        if is_heading || is_alone && grouping::group_title(first).is_some() {
            self.sheet.stage = Stage::Within;
            return self.body(number, row);
        }
        self.note_figures(number, row);
        let view = View { row, block: &self.sheet.layout.blocks[0] };
        let kind = if rows::is_surely_a_person(&view) {
            let at = view.block.header.position(Column::Name).unwrap_or_default();
            self.unclear(number, 0, at, &row.cell(at).text());
            RowKind::Unclear
        } else {
            RowKind::LeftOut(Reason::Elsewhere)
        };
        if is_alone {
            self.remember_title(number, &texts);
        }
        self.sheet.above = texts;
        self.sheet.account.enter(number, kind);
    }
}

/// What stands over each of several tables side by side, in the row above their
/// headings, or over that on its left; one title alone is that of all.
pub(super) fn titles_over(above: &[String], blocks: &[Block]) -> Vec<String> {
    let is_filled = |text: &&String| !text.trim().is_empty();
    if blocks.len() < 2 || above.iter().filter(is_filled).count() < 2 {
        return Vec::new();
    }
    let mut left = String::new();
    let over = |block: &Block| {
        let mut own = above.iter().take(block.to).skip(block.from);
        if let Some(title) = own.find(is_filled) {
            left.clone_from(title);
        }
        left.clone()
    };
    blocks.iter().map(over).collect()
}

/// A table beside the roll that lists others, under the title that it has.
fn aside_beside(title: &str, block: &Block) -> Apart {
    let untitled = || block.heading_of_those_who_left().unwrap_or("右边的另一张表");
    Apart::new(if title.trim().is_empty() { untitled() } else { title }, false)
}
