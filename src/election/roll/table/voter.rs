//! From the cells of a row to a voter, and what they make one ask.

use jiff::civil::Date;

use super::account::{Reason, RowKind};
use super::layout::Layout;
use super::rows::{self, Certainty, View};
use super::{Aside, Reading};
use crate::diagnostic::{Diagnostic, Place, Severity};
use crate::election::date::PartialDate;
use crate::election::identity::{IdError, IdNumber};
use crate::election::person::{Name, Sex, half_width};
use crate::election::roll::answers::{Confirmed, NOT_CHECKED, OPEN_IN_SPITE};
use crate::election::roll::cell::columns::Column;
use crate::election::roll::cell::harmless::is_harmless;
use crate::election::roll::cell::shown::{quote, quote_remark};
use crate::election::roll::cell::values::{self, BirthFault, Value};
use crate::election::roll::cell::{
    elsewhere, grouping, harmless, leaving, notes, relations, same_group, shown, sums, words,
};
use crate::election::roll::source::{Row, WIDEST};
use crate::election::roll::{
    CategoryId, GroupId, HouseholdId, Label, Labels, MAX_VOTERS, RowRef, Sheet, Voter,
};
use crate::privacy::Personal;
use crate::text::is_common_han;

/// Of so many cells of a sheet that were asked about it is known for merged cells below.
const MOST_SAID: usize = 100_000;

/// More sexes in codes are written so on purpose.
const FEW_CODES: usize = 3;

impl Reading<'_> {
    pub(super) fn voter(
        &mut self,
        number: u32,
        view: &View<impl Row>,
        lane: usize,
        layout: &Layout,
        certainty: Certainty,
        is_confirmed: bool,
    ) -> RowKind {
        if self.roll.voters.len() + self.asides.len() >= MAX_VOTERS {
            self.too_many();
            return RowKind::Unclear;
        }
        let at = self.row_ref(number, lane);
        let aside = self.sheet.lanes[lane].aside.as_ref().or(self.sheet.aside.as_ref());
        let aside = aside.filter(|_| !is_confirmed).cloned();
        self.is_quiet = aside.is_some();
        self.take_confirmations(at, view);
        let is_whole = self.formula_faults(at, view);
        let name = Name::new(&view.name());
        let id_number = self.id_number(at, view);
        let sure = id_number.filter(IdNumber::check_holds);
        let sex = self.sex(at, view).or_else(|| sure.map(|id| id.sex()));
        let birth = self
            .birth(at, view, sure)
            .or_else(|| sure.and_then(|id| id.birth()).map(PartialDate::from));
        let voter = Voter {
            name,
            sex,
            birth,
            age: self.age(at, view),
            id_number: id_number.map(Personal::new),
            group: self.group(at, view, lane),
            household: self.household(view, lane),
            category: self.category(view, lane),
            row: at,
        };
        self.sheet.serials.enter(lane, number, view.cell(Column::Serial));
        self.is_quiet = false;
        if !is_whole && voter.name.as_str().is_empty() {
            return RowKind::Unclear;
        }
        if let Some(list) = aside {
            self.own_comments(number, view);
            let reason = if list.by_role { Reason::Role } else { Reason::Aside };
            let is_as_voters = layout.of_roles().is_none() && certainty != Certainty::Bare;
            self.asides.push(Aside { voter, list, is_as_voters });
            return RowKind::LeftOut(reason);
        }
        self.sheet.is_signed = false;
        self.sheet.titles.clear();
        self.note_restart(at, view, lane, voter.group);
        self.sheet.lanes[lane].last = Some((at, number));
        self.sheet.last_remark = None;
        self.note_card(at, view);
        self.locate(at, view, lane);
        self.note_kin(at, view);
        self.note_former_name(at, view, layout);
        self.ask_what_is_open(at, view);
        self.ask_about_remarks(&voter, view, layout);
        self.ask_about_relation(at, view, sex);
        self.hold_against_head(view, lane, &voter);
        self.note_family(at, view, layout, voter.household);
        self.note_marks(at, view, layout);
        if certainty != Certainty::Bare {
            self.note_blanks(at, view);
        }
        self.note_registered(at, view, layout);
        self.note_common_village(at, view, layout);
        self.note_groups_in_addresses(view, layout, &voter);
        self.ask_about_comments(at, view);
        self.ask_about_name(at, &voter.name);
        self.ask_about_struck(at, view);
        self.ask_about_unseen(at, view);
        self.keep(voter, view, lane, certainty);
        RowKind::Voter
    }

    /// What the secretary answered in a column of the roll.
    fn take_confirmations(&mut self, at: RowRef, view: &View<impl Row>) {
        if let Value::Text(text) = view.cell(Column::Checked) {
            self.roll.confirm(at, Confirmed::parse(text));
        }
    }

    pub(super) fn keep(
        &mut self,
        voter: Voter,
        view: &View<impl Row>,
        lane: usize,
        certainty: Certainty,
    ) {
        let index = self.roll.voters.len();
        match certainty {
            Certainty::Told => self.sheet.told += 1,
            Certainty::Placed => {}
            Certainty::Bare => self.sheet.bare.push(index),
        }
        if view.block.of_heads {
            self.sheet.heads.push(index);
        }
        if self.roll.voters.last().is_some_and(|last| last.group != voter.group) {
            self.sheet.group_from = index;
        }
        let number = self.sheet.serials.last(lane);
        self.sheet.flow.voter(lane, index, voter.row, number);
        self.sheet.lanes[lane].since_title.count += 1;
        self.roll.voters.push(voter);
    }

    /// Asks about every formula without a value; says whether there is none.
    pub(super) fn formula_faults(&mut self, at: RowRef, view: &View<impl Row>) -> bool {
        const KEPT: [Column; 6] = [
            Column::Name,
            Column::Sex,
            Column::Birth,
            Column::BirthYear,
            Column::IdNumber,
            Column::Group,
        ];
        let mut is_whole = true;
        for column in KEPT {
            let (code, message, help) = match view.cell(column) {
                Value::Fault => (
                    "roll-formula",
                    "这一格的公式出错（如 #N/A、#REF!），或者列太窄、存成了 ####",
                    "换成实际的内容",
                ),
                Value::Unreckoned => (
                    "roll-formula-unsaved",
                    "这一格是公式，文件里没有存下算出的结果",
                    "用 Excel 或 WPS 打开，按 Ctrl+S 保存一次再用；或复制后“选择性粘贴”为数值",
                ),
                _ => continue,
            };
            is_whole = false;
            self.fault(at, column, code, message.into(), help);
        }
        is_whole
    }

    pub(super) fn group(
        &mut self,
        at: RowRef,
        view: &View<impl Row>,
        number: usize,
    ) -> Option<GroupId> {
        let text = view.cell(Column::Group).text();
        // Wrapped in its cell, or one character a line.
        let text = if text.contains(['\n', '\r']) {
            // 一组⏎组长：王芳
            let first = text.trim().lines().next().unwrap_or_default();
            let leads = text.trim()[first.len()..].trim_start();
            let unwrapped = match grouping::names_leader(leads) && grouping::looks_like_group(first)
            {
                true => first.to_owned(),
                false => text.replace(['\n', '\r'], ""),
            };
            let is_name = grouping::looks_like_group(grouping::without_count(&unwrapped));
            if is_name { unwrapped.into() } else { text }
        } else {
            text
        };
        // 笫 looks like it, and is no word.
        let text = if text.contains('笫') { text.replace('笫', "第").into() } else { text };
        let lane = &mut self.sheet.lanes[number];
        if values::says_nothing(text.trim()) {
            if lane.section.is_none() && !text.trim().is_empty() {
                self.sheet.unsaid.insert(at);
            }
            return lane.section;
        }
        // 社区网格 over a list is of all of it: the column says which.
        let is_group = |id| !grouping::is_of_any_area(self.roll.groups.name(id));
        if view.block.header.has_only_areas() && lane.section.is_some_and(is_group) {
            return lane.section;
        }
        if !words::is_ditto(&text) {
            // Most rows repeat the one above.
            if lane.written != *text {
                // 死水塘组 is called so; 一组（已迁出） is of 一组.
                let is_named = !text.contains(['(', '（']) && grouping::looks_like_group(&text);
                let is_left = !is_named && leaving::tells_of_leaving(&text);
                let outside = words::outside_brackets(&text);
                let name = if is_left && !outside.trim().is_empty() { &*outside } else { &*text };
                let bare = grouping::without_count(name);
                lane.named = self.roll.groups.intern(bare);
                if lane.named.is_some() && bare.len() < name.len() {
                    self.stated.add(at, bare, &name[bare.len()..], self.roll.voters.len());
                }
                let beside = count_beside(view, &self.roll.sheets[usize::from(at.sheet)]);
                if let Some(count) = beside.filter(|_| lane.named.is_some()) {
                    self.stated.add(at, bare, &count, self.roll.voters.len());
                }
                // 第一选区 under 选区 is what it should be.
                let heading = view.block.header.get(Column::Group);
                let is_of_kind = ["选区", "投票站", "投票点"].iter().any(|kind| {
                    text.trim().ends_with(kind)
                        && heading.is_some_and(|heading| heading.text.contains(kind))
                });
                lane.is_doubtful = is_left || words::is_status(&text) && !is_of_kind;
                lane.written.clear();
                lane.written.push_str(&text);
            }
            lane.group = lane.named;
            lane.section = None;
            if lane.is_doubtful {
                self.ask_about_remark(self.roll.place(at, Column::Group), &text);
            }
        }
        if grouping::is_piece_of_name(&text) {
            self.piece_of_group(self.roll.place(at, Column::Group), &text);
        }
        let lane = &mut self.sheet.lanes[number];
        let group = lane.group.or(lane.section);
        if group.is_none() {
            let message = format!("这里写着{}，上面却没有小组", quote(&text));
            self.doubt(at, Column::Group, "roll-group-blank", &message, "写明是哪个小组");
            return None;
        }
        if group != lane.settled && lane.titled.is_some() {
            lane.settled = group;
            let titled = lane.titled.clone().unwrap_or_default();
            self.ask_about_group(at, &text, &titled);
        }
        group
    }

    /// Asks if a title, or the name of the sheet, tells another group.
    fn ask_about_group(&mut self, at: RowRef, text: &str, titled: &str) {
        if same_group::are_apart(text, titled) {
            let message = format!(
                "小组一格写的是{}，标题或工作表的名称写的是{}，暂按这一格算",
                quote(text),
                quote(titled)
            );
            let help = "查明是哪个小组，改正其中一处";
            self.doubt(at, Column::Group, "roll-group-title", &message, help);
        }
    }

    /// The household, by its number or its head; 本人 stands for the name of the voter.
    pub(super) fn household(&mut self, view: &View<impl Row>, lane: usize) -> Option<HouseholdId> {
        let cell = view.cell(Column::Household).text();
        let is_own = matches!(cell.trim(), "本人" | "户主本人" | "自己" | "户主");
        repeated(
            &if is_own { view.name() } else { cell },
            &mut self.roll.households,
            &mut self.sheet.lanes[lane].household,
        )
    }

    pub(super) fn category(&mut self, view: &View<impl Row>, lane: usize) -> Option<CategoryId> {
        repeated(
            &view.cell(Column::Category).text(),
            &mut self.roll.categories,
            &mut self.sheet.lanes[lane].category,
        )
    }

    pub(super) fn sex(&mut self, at: RowRef, view: &View<impl Row>) -> Option<Sex> {
        if view.marked_sex().is_some() {
            return view.marked_sex();
        }
        if let Some(sexes) = view.block.sexes
            && sexes.iter().all(|&at| !view.row.cell(at).is_empty())
        {
            let message = "“男”“女”两格都填了".into();
            self.fault(at, Column::Sex, "roll-sex", message, "只留一格");
            return None;
        }
        let both = view.sex_and_age();
        let cell = both.map_or_else(|| view.cell(Column::Sex).text(), |(sex, _)| sex.into());
        let text = half_width(&cell);
        if values::says_nothing(&text) {
            return view.sex_behind_name().or(self.sheet.sex);
        }
        if words::is_ditto(&cell) {
            let above = self.roll.voters.iter().rev().take(self.sheet.lanes.len());
            return above.into_iter().find(|voter| voter.row.block == at.block)?.sex;
        }
        // 女（妇联主席）, 男。, 1-男
        let bare = || {
            let said = words::outside_brackets(&text);
            let said = said.trim().trim_start_matches(['1', '2', '-', '.', '、', ' ']);
            Sex::parse(said.trim().trim_end_matches(['.', '。', ',', '，', '、']))
        };
        let sex = Sex::parse(&text).or_else(bare);
        match text.contains(['男', '女']) {
            true => self.sheet.sexes_in_words += 1,
            false if sex.is_some() && self.sheet.sexes_in_codes.len() <= FEW_CODES => {
                self.sheet.sexes_in_codes.push((at, text.clone().into_owned()));
            }
            _ => {}
        }
        match (sex, self.sheet.sex) {
            (None, _) => {
                self.fault(at, Column::Sex, "roll-sex", "性别写得看不懂".into(), "写“男”或“女”");
            }
            (Some(own), Some(of_list)) if own != of_list => {
                let message = format!("这里写的是{own}，这一份却是{of_list}选民的名单");
                let help = "写错了的，改正；列错了的，移到另一份";
                self.doubt(at, Column::Sex, "roll-sex", &message, help);
            }
            _ => {}
        }
        sex
    }

    /// The date of birth that is written; 1965.1 is what a sound ID number says.
    fn birth(
        &mut self,
        at: RowRef,
        view: &View<impl Row>,
        id: Option<IdNumber>,
    ) -> Option<PartialDate> {
        let header = &view.block.header;
        let parts = [Column::BirthYear, Column::BirthMonth, Column::BirthDay];
        let (column, read) = if header.has(Column::BirthYear) && !header.has(Column::Birth)
            || header.has(Column::BirthYear) && header.has(Column::BirthMonth)
        {
            let cells = parts.map(|column| view.cell(column));
            (Column::BirthYear, values::birth_of_parts(cells))
        } else {
            let joined = view.joined(Column::Birth);
            let value = joined.as_deref().map_or_else(|| view.cell(Column::Birth), Value::of_text);
            self.sheet.births.note(at, value, self.roll.encoding.is_some());
            (Column::Birth, values::birth(value, self.sheet.epoch))
        };
        let is_decided = || {
            let born = id.and_then(|id| id.birth());
            let year = |day: &Date| day.year().to_string();
            born.filter(|day| matches!(day.month(), 1 | 10))
                .is_some_and(|day| view.cell(column).text().trim().starts_with(&year(&day)))
        };
        read.unwrap_or_else(|fault| {
            if fault == BirthFault::JanuaryOrOctober && is_decided() {
                return None;
            }
            let (message, help) = match IdNumber::parse(view.cell(column).text().trim()) {
                Ok(_) => ("这里写的是身份证号，不是出生日期", OTHER_COLUMN),
                Err(_) => birth_fault(fault),
            };
            self.fault(at, column, "roll-birth", message.into(), help);
            None
        })
    }

    /// The age that is written; of one counted by the years begun, the least it may be.
    pub(super) fn age(&mut self, at: RowRef, view: &View<impl Row>) -> Option<u8> {
        let both = view.sex_and_age();
        let cell =
            both.as_ref().map_or_else(|| view.cell(Column::Age), |(_, age)| Value::of_text(age));
        let age = values::age(cell);
        if age.is_none() && !values::says_nothing(cell.text().trim()) {
            self.doubt(
                at,
                Column::Age,
                "roll-age",
                "年龄写得看不懂",
                "写成阿拉伯数字；最好写出生日期",
            );
        }
        let is_nominal =
            || view.block.header.get(Column::Age).is_some_and(|it| it.text.contains('虚'));
        age.map(|age| if is_nominal() { age.saturating_sub(2) } else { age })
    }

    pub(super) fn id_number(&mut self, at: RowRef, view: &View<impl Row>) -> Option<IdNumber> {
        let joined = view.joined(Column::IdNumber);
        let value = joined.as_deref().map_or_else(|| view.cell(Column::IdNumber), Value::of_text);
        values::id_number(value).unwrap_or_else(|fault| {
            self.id_fault(at, fault, &value.text());
            None
        })
    }

    /// 证号 may be that of the voter's card.
    pub(super) fn is_of_any_number(&self, at: RowRef) -> bool {
        let heading = self.roll.block(at).header.get(Column::IdNumber);
        // Of each voter it is asked: most headings need not be taken apart.
        heading.is_some_and(|heading| {
            !heading.text.contains("身份") && words::compact(&heading.text) == "证号"
        })
    }

    pub(super) fn id_fault(&mut self, at: RowRef, fault: IdError, text: &str) {
        let column = Column::IdNumber;
        if is_misspelt_number(text) {
            let message = "身份证号里混进了字母（O、l）或别的符号".into();
            let help = "字母 O 改成数字 0，字母 l 改成数字 1，删去别的符号";
            return self.fault(at, column, "roll-id-form", message, help);
        }
        let is_day = || {
            let day = values::birth(Value::of_text(text), values::Epoch::default());
            matches!(day, Ok(Some(_))) && !text.trim().bytes().all(|byte| byte.is_ascii_digit())
        };
        match fault {
            IdError::Length(_) | IdError::Form if is_day() => {
                let message = "这里写的是日期，不是身份证号".into();
                self.fault(at, column, "roll-id-form", message, OTHER_COLUMN);
            }
            IdError::Scientific => self.fault(
                at,
                column,
                "roll-id-as-number",
                "身份证号被 Excel 变成了数值，后几位已经丢失，无法还原".into(),
                "在 Excel 或 WPS 里选中这一列，右键“设置单元格格式”选“文本”，再按原件重新录入",
            ),
            IdError::Length(_) if self.is_of_any_number(at) => {}
            IdError::Length(len) => self.fault(
                at,
                column,
                "roll-id-length",
                format!("身份证号有 {len} 位，应当是 18 位"),
                "对照身份证或户口簿改正",
            ),
            IdError::Masked => self.note_masked(at),
            IdError::Form => self.doubt(
                at,
                column,
                "roll-id-form",
                "这不是居民身份证号码，不能核对",
                "如果是别的证件，请人工核对；如果写错了列，请移到该在的列",
            ),
        }
    }

    /// Asks what the roll from which this one was made asked, and nobody answered.
    fn ask_what_is_open(&mut self, at: RowRef, view: &View<impl Row>) {
        let Value::Text(text) = view.cell(Column::Open) else { return };
        let answered = Confirmed::parse(text);
        if answered == Confirmed::default() && !values::says_nothing(text.trim()) {
            let open = text.strip_prefix(OPEN_IN_SPITE);
            let message = format!("{NOT_CHECKED}{}", quote(open.unwrap_or(text)));
            let place = self.roll.place(at, Column::Open);
            match open {
                // What stands under 核对 did not settle it.
                Some(_) => {
                    let help = "核对后清空这一格，或在待核对清单里答“无误”";
                    let asked = Diagnostic::warning("roll-open", message).at(place).help(help);
                    self.findings.insist(self.roll, asked);
                }
                None => {
                    let help = "核对后清空这一格；或者在“核对”一列写“是选民”“确是两人”“无误”";
                    self.ask(Severity::Warning, "roll-open", message, place, help);
                }
            }
        }
        if answered != Confirmed::default() {
            self.roll.confirm(at, answered);
        }
    }

    /// Asks about words beside a voter that say that he may be none.
    pub(super) fn ask_about_remarks(
        &mut self,
        voter: &Voter,
        view: &View<impl Row>,
        layout: &Layout,
    ) {
        let at = voter.row;
        let is_other_year = |year: i16| {
            let is_apart = |birth: PartialDate| {
                !(birth.earliest().year()..=birth.latest().year()).contains(&year)
            };
            voter.birth.is_some_and(is_apart)
        };
        let to = view.block.to.min(view.row.width()).min(WIDEST);
        let read_otherwise = [Column::Name, Column::Group, Column::Open, Column::Checked]
            .map(|column| view.block.header.position(column));
        let says_more =
            |column: &usize| !is_of_a_dead_head(view, *column) && !view.is_spread_over(*column);
        for column in (view.block.from.min(to)..to).filter(says_more) {
            let cell = view.row.cell(column);
            let ditto = self.ditto(column, cell);
            let is_asked = match cell {
                Value::Empty => false,
                _ if ditto.is_some() => true,
                // 是 and 无误 in that column are answers.
                Value::Text(text)
                    if view.block.header.position(Column::Checked) == Some(column) =>
                {
                    leaving::is_no(text) && Confirmed::parse(text) == Confirmed::default()
                }
                _ if layout.may_hold_remarks(column) => {
                    let text = cell.text();
                    // What most have there is known at the end.
                    let waits = !leaving::tells_of_leaving(&text)
                        && !layout.marks_leaving(column)
                        && layout.places().any(|place| place == column);
                    !waits && asks_whether_voter(&text, column, layout)
                }
                // Words in a column of something else.
                Value::Text(text) if !read_otherwise.contains(&Some(column)) => {
                    let content = layout.content(column);
                    leaving::certainly_tells_of_leaving(text)
                        && !content.is_some_and(|content| content.holds(text))
                        || content.is_some_and(|content| content.asks(text))
                        || self.is_marked_serial(view, column, text)
                }
                _ => false,
            };
            if is_asked {
                let text = ditto.unwrap_or_else(|| cell.text().into_owned());
                self.ask_about_remark(self.roll.place_at(at, column), &text);
                self.sheet.said_above.insert(column, text.clone());
                // Where more cells ask, they are no remarks.
                if self.sheet.said.len() < MOST_SAID {
                    self.sheet.said.insert((at.row, column), text);
                }
            } else if !cell.is_empty() && layout.is_told(column) {
                let text = cell.text();
                let is_of_remarks = layout.is_of_remarks(column);
                let corrects = || {
                    notes::corrects(&text) || notes::birth_year(&text).is_some_and(is_other_year)
                };
                if is_of_remarks && corrects() {
                    self.ask_about_correction(at, column, &text);
                } else {
                    self.keep_remark(at, column, &text, layout);
                }
                if is_of_remarks {
                    self.ask_about_group_in_remark(at, view, column);
                    self.sheet.last_remark = Some((column, text.into_owned()));
                }
            }
            if matches!(cell, Value::Text(text) if text == "组")
                && !view.block.header.stands_at(column)
            {
                self.piece_of_group(self.roll.place_at(at, column), "组");
            }
        }
    }

    /// A group in a column of remarks may be that of the voter, whose row was shifted by
    /// a comma, or who moved.
    fn ask_about_group_in_remark(&mut self, at: RowRef, view: &View<impl Row>, column: usize) {
        let (group, remark) = (view.cell(Column::Group).text(), view.row.cell(column).text());
        if !view.has(Column::Group) || !names_another_group(&remark, &group) {
            return;
        }
        let message = format!(
            "这里写着{}，小组一格写的却是{}：是不是这一行错了位，或者换了小组？",
            quote(&remark),
            quote(&group)
        );
        let help = "查明是哪个小组，写在“小组”一列；写错列的，移到该在的列";
        let place = self.roll.place_at(at, column);
        self.ask(Severity::Warning, "roll-remark", message, place, help);
    }

    /// `应为李秀芳` in 备注: what the row says is known to be wrong.
    fn ask_about_correction(&mut self, at: RowRef, column: usize, text: &str) {
        let message = format!("这里写着{}：没有照它改名单", quote_remark(text));
        let help = "照这句话核对这一行，改正后删去这句话，或在待核对清单里答“无误”";
        let place = self.roll.place_at(at, column);
        self.ask(Severity::Warning, "roll-note", message, place, help);
    }

    /// What a ditto mark in a column of remarks stands for, where that was asked about.
    fn ditto(&mut self, column: usize, cell: Value) -> Option<String> {
        if self.sheet.said_above.is_empty() || cell == Value::Empty {
            return None;
        }
        if words::is_ditto(&cell.text()) {
            return self.sheet.said_above.get(&column).cloned();
        }
        self.sheet.said_above.remove(&column);
        None
    }

    /// No list of words knows all that people write: what is not asked about is told.
    fn keep_remark(&mut self, at: RowRef, column: usize, text: &str, layout: &Layout) {
        let text = text.trim();
        let is_misplaced = || layout.content(column).is_some_and(|content| content.misses(text));
        let puzzles = || layout.status(column).is_some_and(|status| status.puzzles(text));
        match () {
            () if layout.is_of_remarks(column) => {
                if !values::says_nothing(text) {
                    self.keep_words(None, text, (at, column));
                }
            }
            () if (is_misplaced() || puzzles()) && !shown::carries_personal(text) => {
                self.keep_words(self.roll.heading_at(at, column), text, (at, column));
            }
            () if !layout.is_headed(column) && is_wording(text) => {
                self.keep_words(None, text, (at, column));
            }
            () => {}
        }
    }

    /// Keeps what was said somewhere, under the heading of its column if that is not one
    /// of remarks.
    pub(super) fn keep_words(&mut self, heading: Option<String>, text: &str, at: (RowRef, usize)) {
        let is_settled = || self.roll.is_settled(at.0, "roll-remark", Severity::Warning);
        if !text.is_empty() && !harmless::is_harmless(text) && !is_settled() {
            self.remarks.add(heading, text, at);
        }
    }

    /// Asks about the few sexes in codes, 1 or F, where others are 男 and 女.
    pub(super) fn ask_about_codes_of_sexes(&mut self) {
        let codes = std::mem::take(&mut self.sheet.sexes_in_codes);
        if codes.len() > FEW_CODES || codes.len() * FEW_CODES > self.sheet.sexes_in_words {
            return;
        }
        for (at, text) in codes {
            let message = format!("性别写的是{}，别人写的是男、女：写对了吗？", quote(&text));
            self.doubt(at, Column::Sex, "roll-sex", &message, "写“男”或“女”");
        }
    }

    /// A group whose name somebody wrote a character a row.
    fn piece_of_group(&mut self, place: Place, text: &str) {
        let message = format!("这一格只写着{}，像是小组的名称竖着写，一行一个字", quote(text));
        let help = "“小组”一列的每一行都写全小组的名称；没有这一列的，加上";
        self.ask(Severity::Error, "roll-group-piece", message, place, help);
    }

    /// `△2`, `3亡`, `4（迁）`: a mark where the serial number stands.
    fn is_marked_serial(&self, view: &View<impl Row>, column: usize, text: &str) -> bool {
        let is_beside_a_word = |c: char| c.is_ascii_digit() || "()（）".contains(c);
        view.block.header.position(Column::Serial) == Some(column)
            && !text.bytes().all(|byte| byte.is_ascii_digit())
            && (notes::has_mark(text)
                || text.trim() == "注"
                || text.contains(['*', '＊'])
                || rows::is_office(text)
                || leaving::tells_of_leaving(text.trim_matches(is_beside_a_word)))
    }

    /// 妻 who is a man: one of both is wrong, or the row is another's.
    fn ask_about_relation(&mut self, at: RowRef, view: &View<impl Row>, sex: Option<Sex>) {
        if !view.has(Column::Relation) {
            return;
        }
        let relation = view.cell(Column::Relation).text();
        let told = relations::sex_of(&relation);
        if let Some((told, sex)) = told.zip(sex).filter(|(told, sex)| told != sex) {
            let message =
                format!("与户主关系写的是{}，应当是{told}，性别却是{sex}", quote(&relation));
            let help = "对照户口簿改正其中一处；是填串了行的，整行核对";
            self.doubt(at, Column::Relation, "roll-relation", &message, help);
        }
    }

    pub(super) fn ask_about_remark(&mut self, place: Place, text: &str) {
        let message = format!("这里写着{}：还是选民吗？", quote_remark(text));
        let help = "不是选民的，删去这一行；仍是选民的，在“核对”一列写“是选民”，或改写这一格";
        self.ask(Severity::Warning, "roll-remark", message, place, help);
    }

    /// As in the cells, so in the notes that hang on them.
    pub(super) fn ask_about_comments(&mut self, at: RowRef, view: &View<impl Row>) {
        for (column, text) in self.own_comments(at.row, view) {
            if !leaving::tells_of_leaving(&text) {
                match notes::corrects(&text) {
                    true => self.ask_about_correction(at, column, &text),
                    false => self.keep_words(None, text.trim(), (at, column)),
                }
                continue;
            }
            let place = self.roll.place_at(at, column);
            let message = format!("这一格的批注写着{}：还是选民吗？", quote_remark(&text));
            let help = "不是选民的，删去这一行；仍是选民的，在“核对”一列写“是选民”，或删去批注";
            self.ask(Severity::Warning, "roll-remark", message, place, help);
        }
    }

    /// Takes the notes that hang on the cells of a row of one table.
    pub(super) fn own_comments(&mut self, row: u32, view: &View<impl Row>) -> Vec<(usize, String)> {
        let Some(notes) = self.sheet.comments.get_mut(&row) else { return Vec::new() };
        let is_own = |(column, _): &(usize, String)| view.block.range().contains(column);
        let (own, others) = std::mem::take(notes).into_iter().partition(is_own);
        *notes = others;
        own
    }

    /// Notes on headings, titles and empty cells speak of somebody as lines do.
    pub(super) fn ask_about_other_comments(&mut self) {
        let mut rows: Vec<(u32, Vec<(usize, String)>)> =
            std::mem::take(&mut self.sheet.comments).into_iter().collect();
        rows.sort_by_key(|(row, _)| *row);
        for (row, notes) in rows {
            let at = self.row_ref(row, 0);
            for (column, text) in notes {
                if !notes::note_tells(&text) && !notes::is_legend(&text) {
                    self.keep_words(None, text.trim(), (at, column));
                    continue;
                }
                let place = self.roll.place_at(at, column);
                let message = format!("这一格的批注写着{}：没有照它改名单", quote_remark(&text));
                let help = "照这句话核对，该删的删、该加的加、该改的改；改好后删去批注，\
                    或在待核对清单里答“无误”";
                self.ask(Severity::Warning, "roll-note", message, place, help);
            }
        }
    }

    /// `张三（已故）`: the remark stands in the cell of the name.
    pub(super) fn ask_about_name(&mut self, at: RowRef, name: &Name) {
        if leaving::says_of_a_name(name.as_str()) {
            let message = format!("姓名里写着{}：还是选民吗？", quote(name.as_str()));
            let help = "不是选民的，删去这一行；仍是选民的，这一格只写姓名";
            self.doubt(at, Column::Name, "roll-remark", &message, help);
        }
    }

    pub(super) fn ask_about_struck(&mut self, at: RowRef, view: &View<impl Row>) {
        let Some(name) = view.block.header.position(Column::Name) else { return };
        let filled = || view.filled().filter(|&at| view.row.is_struck(at)).count() * 2;
        let serial = view.block.header.position(Column::Serial);
        let is_crossed_out =
            view.row.is_struck(name) || serial.is_some_and(|at| view.row.is_struck(at));
        if is_crossed_out || filled() > view.filled().count() {
            self.doubt(
                at,
                Column::Name,
                "roll-row-struck",
                "这一行画了删除线，照样读入：还是选民吗？",
                "不是选民的，删去这一行；仍是选民的，去掉删除线",
            );
        }
    }

    /// A name in white on white, in a row of which the rest is to be seen.
    fn ask_about_unseen(&mut self, at: RowRef, view: &View<impl Row>) {
        let Some(name) = view.block.header.position(Column::Name) else { return };
        if view.row.is_unseen(name) && !view.row.is_hidden() {
            let message = "这一格的字看不见（白色、极小或不显示），照样读入：还是选民吗？";
            let help = "把字的颜色、大小、格式改回来看一看；不是选民的，删去这一行";
            self.doubt(at, Column::Name, "roll-row-hidden", message, help);
        }
    }

    pub(super) fn tell_hidden(&mut self, number: u32) {
        let at = self.row_ref(number, 0);
        let place = self.roll.row_place(at);
        let message = "这一行是隐藏的（或被筛选掉、字是白色的），照样读入".into();
        let help = "取消隐藏或筛选看一看；不是选民的，删去这一行";
        self.ask(Severity::Warning, "roll-row-hidden", message, place, help);
    }
}

/// Whether a text has all digits of an ID number but for letters like them and signs.
fn is_misspelt_number(text: &str) -> bool {
    let meant = |c: char| match c {
        'O' | 'o' | '〇' => Some('0'),
        'l' | 'I' | 'i' => Some('1'),
        '`' | '\'' | '’' | '′' | '.' | '·' => None,
        _ => Some(c),
    };
    let number: String = text.trim().chars().filter_map(meant).collect();
    number != text.trim() && IdNumber::parse(&number).is_ok()
}

/// `二组`, `转入第二组`, where the voter is of another.
fn names_another_group(remark: &str, group: &str) -> bool {
    const LONGEST: usize = 12;
    const GOING: [char; 8] = ['入', '到', '在', '是', '属', '归', '为', '往'];
    if grouping::is_surely_group(remark) {
        return remark != group;
    }
    // Most remarks name none.
    if !remark.contains(GOING) || remark.chars().nth(LONGEST).is_some() {
        return false;
    }
    grouping::group_in_title(remark).is_some_and(|named| {
        let before = remark.split(&*named).next().unwrap_or_default();
        let is_past = before.starts_with(['原', '曾', '从']);
        before.ends_with(GOING) && !is_past && same_group::are_apart(&named, group)
    })
}

/// The number of a group's people in the cell beside its name, under 人数: `4人`. Of a
/// table of households it is that of the family.
fn count_beside(view: &View<impl Row>, sheet: &Sheet) -> Option<String> {
    let header = &view.block.header;
    let at = header.position(Column::Group)? + 1;
    let (_, heading) = sheet.surplus.iter().find(|(place, _)| *place == at)?;
    let text = view.row.cell(at).text();
    let counts = words::compact(heading).ends_with("人数") && !header.has(Column::Household);
    (counts && sums::is_number(&text)).then(|| format!("{}人", text.trim()))
}

/// Whether what stands under no heading may be a remark: words that name nobody and
/// nothing else of a roll.
fn is_wording(text: &str) -> bool {
    words::is_worded(text)
        && Sex::parse(text).is_none()
        && !words::is_likely_name(text)
        && !words::is_ditto(text)
        && !values::says_nothing(text)
        && !grouping::looks_like_group(text)
        && !sums::is_total(text)
        && !shown::carries_personal(text)
}

/// A label that may be written as a ditto mark.
fn repeated<Id: Label>(text: &str, labels: &mut Labels<Id>, above: &mut Option<Id>) -> Option<Id> {
    if text.trim().is_empty() {
        return None;
    }
    if !words::is_ditto(text) {
        *above = labels.intern(text);
    }
    *above
}

/// What to do where one column has what belongs in another.
const OTHER_COLUMN: &str = "整列都这样的，是表头写反了，改正表头；只有这一行的，是错了一列，移回来";

fn birth_fault(fault: BirthFault) -> (&'static str, &'static str) {
    match fault {
        BirthFault::Form => {
            ("出生日期写得看不懂", "写成 1987-03-05 的样子；只知道年月时写 1987-03")
        }
        BirthFault::Lunar => {
            ("出生日期像是农历的，没有换算", "写身份证或户口簿上的公历日期，如 1987-03-05")
        }
        BirthFault::Year => ("出生日期里的年份不对", "对照身份证或户口簿改正"),
        BirthFault::NoSuchDay => ("日历上没有这个出生日期", "对照身份证或户口簿改正"),
        BirthFault::JanuaryOrOctober => (
            "出生年月被 Excel 变成了小数，分不清是 1 月还是 10 月",
            "把这一列设为“文本”格式，写成 1987-01 或 1987-10",
        ),
    }
}

/// `张大山（已故）` under 户主 beside his widow says nothing of her.
fn is_of_a_dead_head(view: &View<impl Row>, column: usize) -> bool {
    view.block.head == Some(column) && {
        let head = view.head();
        words::outside_brackets(&head).trim() != view.name().trim()
            && leaving::tells_of_leaving(&head)
    }
}

/// Whether what stands beside a voter, in a column that is not otherwise read,
/// says that he may be none.
pub(super) fn asks_whether_voter(text: &str, column: usize, layout: &Layout) -> bool {
    leaving::tells_of_leaving(text)
        || layout.is_of_remarks(column)
            && (leaving::waits_for_a_check(text) || elsewhere::names_another_village(text))
        || layout.decides(column) && leaving::is_no(text)
        || (layout.is_of_remarks(column) || !layout.is_headed(column))
            && (leaving::is_cross(text) || notes::has_mark(text))
        || layout.marks_leaving(column)
            && !leaving::is_no(text)
            && !says_that_all_is_well(text)
            && !values::says_nothing(text.trim())
        || layout.status(column).is_some_and(|status| status.asks(text))
        || layout.is_code_of_leaving(column, text)
        || layout.is_of_nations(column) && leaving::is_foreign(text)
}

/// `正常` under 死亡、迁出情况, `党员` under 外出/死亡.
fn says_that_all_is_well(text: &str) -> bool {
    text.chars().any(is_common_han) && is_harmless(text)
        || matches!(
            text.trim(),
            "正常" | "在" | "健在" | "在册" | "在村" | "无变动" | "无异动" | "迁入"
        )
}
