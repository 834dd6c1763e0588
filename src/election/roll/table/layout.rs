//! From a row of headings to the tables that stand under it, side by side.

use crate::election::person::Sex;
use crate::election::roll::cell::columns::{self, Column, Header, Heading};
use crate::election::roll::cell::leaving::{self, heading_tells_of_leaving as says_who_left};
use crate::election::roll::cell::misplaced::Content;
use crate::election::roll::cell::status::{self, Status};
use crate::election::roll::cell::{labels, words};
use crate::text::is_common_han;

/// The tables under one row of headings.
#[derive(Clone, Debug, Default)]
pub(crate) struct Layout {
    pub blocks: Vec<Block>,
    /// Headings of columns that are not read, with their places.
    pub surplus: Vec<(usize, String)>,
    /// Headings for which another was taken: what it is, and which was taken.
    pub twice: Vec<Twice>,
    /// The columns that have a heading.
    headed: Vec<bool>,
    /// The columns known to be something else than remarks.
    silent: Vec<bool>,
    /// Columns that say whether somebody is a voter, and those in which a mark
    /// says that somebody left.
    deciding: Vec<usize>,
    asking_all: Vec<usize>,
    leaving: Vec<usize>,
    /// Columns that tell the nationality.
    nations: Vec<usize>,
    /// Columns of remarks, in which a cross strikes somebody out.
    remarks: Vec<usize>,
    /// What the cells of some columns are like.
    contents: Vec<(usize, Content)>,
    /// Columns that say in what state people are, and the codes of those who left.
    statuses: Vec<(usize, Status)>,
    codes: Vec<(usize, Vec<String>)>,
    /// Whether the row above is one of wide headings.
    pub has_bands: bool,
}

#[derive(Clone, Debug)]
pub(crate) struct Twice {
    pub at: usize,
    pub text: String,
    pub taken: String,
}

impl Twice {
    /// 成员2姓名 beside 成员1姓名.
    pub(crate) fn is_of_another_person(&self) -> bool {
        let is_number = |c: char| c.is_numeric() || "一二三四五六七八九十".contains(c);
        let bare = |text: &str| text.chars().filter(|c| !is_number(*c)).collect::<String>();
        let (_, taken) = self.taken.split_once('（').unwrap_or_default();
        let taken = taken.strip_suffix('）').unwrap_or(taken);
        taken != self.text && bare(taken) == bare(&self.text) && self.text.contains("名")
    }
}

/// A column of villages, or of areas of which nobody knows whether each has groups of
/// its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Villages {
    pub at: usize,
    pub surely: bool,
}

impl Villages {
    /// By the heading of a column.
    fn of(at: usize, heading: &str) -> Option<Self> {
        let surely = columns::names_villages(heading);
        let may_be = surely || columns::is_of_villages(heading) || columns::names_areas(heading);
        may_be.then_some(Self { at, surely })
    }
}

/// One table: a name and what stands beside it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Block {
    pub header: Header,
    /// The first column, and that after the last.
    pub from: usize,
    pub to: usize,
    /// Whether it holds only the heads of the households beside.
    pub of_heads: bool,
    /// The columns of men and of women, of which one has a mark.
    pub sexes: Option<[usize; 2]>,
    /// Where the villages stand whose groups a column beside numbers.
    pub villages: Option<Villages>,
    /// Where the heads of the households are named, and relatives of the voters.
    pub head: Option<usize>,
    pub kin: Vec<usize>,
    /// The sex of all whose names stand in it.
    pub sex: Option<Sex>,
    /// Whether its group is that of the table on the left, which may have it for itself only.
    pub borrows_group: bool,
    /// Whether its rows are those of the tables beside, too: one of several names in a row.
    pub shares_rows: bool,
    /// Whether the names are numbered: 1.王明. A digit before one of them is a slip elsewhere.
    pub has_numbered_names: bool,
}

impl Block {
    /// Whether it says why people are on it, which `first`, the table left of it, does not.
    fn gives_reasons(&self, first: &Self, surplus: &[(usize, String)]) -> bool {
        const WHY: [&str; 4] = ["原因", "事由", "去向", "死亡"];
        let tells = |block: &Self| {
            let own = surplus.iter().filter(|(at, _)| block.range().contains(at));
            own.into_iter().any(|(_, heading)| words::has_any(heading, &WHY))
        };
        let lacks = |column| first.header.has(column) && !self.header.has(column);
        tells(self) && !tells(first) && (lacks(Column::IdNumber) || lacks(Column::Serial))
    }

    /// Whether it says nothing of what `first`, the table left of it, tells of everybody.
    fn is_of_others(&self, first: &Self) -> bool {
        let tells = |block: &Self| block.tells_of_one_person() || block.sex.is_some();
        let is_of_a_household =
            self.of_heads || first.of_heads || self.header.has(Column::Relation);
        tells(first) && !tells(self) && !is_of_a_household
    }

    /// Whether it has what each of several people in a row would need for himself.
    pub(crate) fn tells_of_one_person(&self) -> bool {
        const TELLING: [Column; 4] = [Column::Sex, Column::Birth, Column::IdNumber, Column::Age];
        self.sexes.is_some() || TELLING.into_iter().any(|column| self.header.has(column))
    }

    /// The heading over its names, if that says that they left.
    pub(crate) fn heading_of_those_who_left(&self) -> Option<&str> {
        let heading = self.header.get(Column::Name).map(|it| it.text.as_str());
        heading.filter(|heading| lists_who_left(heading))
    }

    /// The columns that are its own.
    pub(crate) fn range(&self) -> std::ops::Range<usize> {
        self.from..self.to
    }
}

/// How many cells an ID number, a birth and a name may be spread over.
pub(crate) const ROOM: [(Column, usize); 3] =
    [(Column::IdNumber, 18), (Column::Birth, 10), (Column::Name, 5)];

impl Layout {
    /// Reads a row as headings, with the row above it; `None` if no column is a
    /// name. Cells that are empty take what stands above them.
    pub(crate) fn find(row: &[String], above: &[String]) -> Option<Self> {
        let filled =
            |row: &[String], at: usize| row.get(at).is_some_and(|text| !text.trim().is_empty());
        if !row.iter().any(|text| names(text, None)) {
            return None;
        }
        let joined = join_characters(row);
        let row = joined.as_deref().unwrap_or(row);
        let bands = Bands::of(above, row);
        let mut found: Vec<Found> = Vec::new();
        for at in 0..row.len().max(above.len()) {
            let is_answered = above
                .get(at..at + 2)
                .is_some_and(|pair| labels::group_behind_label(pair).is_some());
            let from_above = !filled(row, at)
                && filled(above, at)
                && !is_answered
                && (bands.are_headings || columns::known(&above[at]).is_some());
            let text = if from_above { &above[at] } else { row.get(at).map_or("", String::as_str) };
            if !text.trim().is_empty() {
                found.push(Found::new(at, text, bands.over(at)));
            }
        }
        name_those_who_left(&mut found);
        prefer_names_of_groups(&mut found);
        let has_bands = bands.is_there || bands.are_headings;
        let mut layout = Self { has_bands, ..Self::default() };
        give_to_others(&mut found);
        let others = cut_off_another(&mut found);
        layout.mark_headed(&found);
        layout.mark_silent(&found);
        for part in parts(&found) {
            layout.add_block(&found[part], &found);
        }
        if let Some(first) = layout.blocks.first_mut() {
            first.from = 0;
        }
        if let Some((other, last)) = others.first().zip(layout.blocks.last_mut()) {
            last.to = other.at;
        }
        layout.surplus.extend(others.into_iter().map(|other| (other.at, other.text)));
        layout.share_columns();
        layout.blocks.retain(|block| block.header.has(Column::Name));
        (!layout.blocks.is_empty()).then_some(layout)
    }

    /// Takes up a second row of headings, such as 年 月 日 under 出生日期 or 死亡
    /// 迁出 under 变动; says whether it was one.
    pub(crate) fn extend(&mut self, row: &[String]) -> bool {
        let filled = || row.iter().enumerate().filter(|(_, text)| !text.trim().is_empty());
        let column = |text: &str| {
            columns::known(text).map(|(column, _)| column).filter(|column| *column != Column::Name)
        };
        let knows = |(_, text): (usize, &String)| column(text).is_some();
        if let Some(sexes) = sexes_in(filled()) {
            let block = self.blocks.iter_mut().find(|block| block.range().contains(&sexes[0]));
            let is_heading = filled().filter(|(at, _)| !sexes.contains(at)).all(knows);
            let is_told = |block: &&mut Block| {
                let at = block.header.position(Column::Name);
                at.and_then(|at| row.get(at)).is_some_and(|text| !text.trim().is_empty())
            };
            if let Some(block) =
                block.filter(|block| is_heading && (filled().count() == 2 || !is_told(block)))
            {
                block.sexes = Some(sexes);
                self.part_sexes();
                self.mark_headed(&[
                    Found::new(sexes[0], "男", None),
                    Found::new(sexes[1], "女", None),
                ]);
                let mut rest = row.to_vec();
                sexes.iter().for_each(|&at| rest[at].clear());
                self.extend(&rest);
                return true;
            }
        }
        let says = |block: &Block| {
            const TELLING: [Column; 3] = [Column::Name, Column::Sex, Column::IdNumber];
            let at = TELLING.into_iter().filter_map(|column| block.header.position(column));
            at.into_iter().any(|at| row.get(at).is_some_and(|text| !text.trim().is_empty()))
        };
        // 增加 and 减少 under 变动, 本人领取 and 委托领取 under 领票情况, 是 and 否 under 党员.
        let is_short = |text: &str| {
            let text = text.trim();
            (1..=4).contains(&text.chars().count())
                && text.chars().all(is_common_han)
                && !words::is_likely_name(text)
        };
        let are_marks = filled().count() > 1
            && filled().all(|(at, text)| {
                let is_known = self.blocks.iter().any(|block| block.header.stands_at(at));
                !is_known && (leaving::heading_tells_of_leaving(text) || is_short(text))
            });
        let is_heading = filled().next().is_some() && (filled().all(knows) || are_marks);
        if !is_heading || self.blocks.iter().any(says) {
            return false;
        }
        let found: Vec<Found> = filled().map(|(at, text)| Found::new(at, text, None)).collect();
        self.mark_headed(&found);
        self.mark_silent(&found);
        for one in found {
            let block = self.blocks.iter_mut().find(|block| block.range().contains(&one.at));
            match (one.column, block) {
                (Some((column, _)), Some(block)) => {
                    let Found { at, text, .. } = one;
                    block.header.put(column, Heading { at, room: 1, rank: columns::COLUMNS, text });
                }
                (Some(_), None) => {}
                (None, _) => {
                    self.surplus.retain(|(at, _)| *at != one.at);
                    self.surplus.push((one.at, one.text));
                }
            }
        }
        true
    }

    /// Whether one of the tables is beside the first for other people.
    pub(crate) fn is_of_others(&self, block: &Block) -> bool {
        let first = &self.blocks[0];
        block.is_of_others(first)
            || block.gives_reasons(first, &self.surplus)
            || block.heading_of_those_who_left().is_some()
    }

    /// How many columns of its tables are known.
    pub(crate) fn known(&self) -> usize {
        self.blocks.iter().map(|block| block.header.headings().count()).sum()
    }

    /// The heading that tells for what people are listed, where nothing is said of
    /// them as voters: `姓名,职务,电话`.
    pub(crate) fn of_roles(&self) -> Option<&str> {
        const OF_VOTERS: [Column; 6] = [
            Column::Sex,
            Column::Birth,
            Column::IdNumber,
            Column::Group,
            Column::Household,
            Column::Age,
        ];
        let tells = |block: &Block| OF_VOTERS.into_iter().any(|column| block.header.has(column));
        let role = self.surplus.iter().find(|(_, text)| columns::is_of_roles(text));
        role.filter(|_| !self.blocks.iter().any(tells)).map(|(_, text)| text.as_str())
    }

    /// Whether a mark in this column says that somebody left: 死亡, 迁出; of codes that the
    /// heading explains only some do.
    pub(crate) fn marks_leaving(&self, at: usize) -> bool {
        self.leaving.contains(&at) && !self.codes.iter().any(|(column, _)| *column == at)
    }

    /// The columns of what people are called otherwise: 曾用名, 小名.
    pub(crate) fn former_names(&self) -> impl Iterator<Item = usize> {
        const NAMES: [&str; 6] = ["曾用名", "别名", "又名", "小名", "乳名", "原名"];
        let named = self.surplus.iter().filter(|(_, text)| NAMES.contains(&text.trim()));
        named.map(|(at, _)| *at)
    }

    /// Whether a cell of this column says whether somebody is a voter.
    pub(crate) fn decides(&self, at: usize) -> bool {
        self.deciding.contains(&at)
    }

    /// The columns whose cells say whether somebody is a voter.
    pub(crate) fn deciding(&self) -> &[usize] {
        &self.deciding
    }

    /// Those of them that say it of everybody.
    pub(crate) fn asking_all(&self) -> &[usize] {
        &self.asking_all
    }

    /// Whether it tells of which state somebody is a citizen.
    pub(crate) fn is_of_nations(&self, at: usize) -> bool {
        self.nations.contains(&at)
    }

    /// Whether it is a column of remarks by its heading.
    pub(crate) fn is_of_remarks(&self, at: usize) -> bool {
        self.remarks.contains(&at)
    }

    /// What the cells of this column are like, as far as its heading tells.
    pub(crate) fn content(&self, at: usize) -> Option<Content> {
        self.contents.iter().find(|(column, _)| *column == at).map(|(_, content)| *content)
    }

    /// What they say of people.
    pub(crate) fn status(&self, at: usize) -> Option<&Status> {
        self.statuses.iter().find(|(column, _)| *column == at).map(|(_, status)| status)
    }

    /// The columns that tell where people are registered or vote.
    pub(crate) fn places(&self) -> impl Iterator<Item = usize> {
        self.columns_of(Status::Place)
    }

    /// The columns that tell who came or went.
    pub(crate) fn changes(&self) -> impl Iterator<Item = usize> {
        self.columns_of(Status::Change)
    }

    fn columns_of(&self, wanted: Status) -> impl Iterator<Item = usize> {
        let is_wanted = move |(_, status): &&(usize, Status)| *status == wanted;
        self.statuses.iter().filter(is_wanted).map(|(column, _)| *column)
    }

    /// Whether what nobody asked about in this column is worth being told.
    pub(crate) fn is_told(&self, at: usize) -> bool {
        self.is_of_remarks(at)
            || self.content(at).is_some()
            || self.status(at).is_some()
            || !self.is_headed(at)
    }

    /// Whether a text is the code, by the heading, of those who are no voters.
    pub(crate) fn is_code_of_leaving(&self, at: usize, text: &str) -> bool {
        let codes = self.codes.iter().find(|(column, _)| *column == at);
        codes.is_some_and(|(_, codes)| codes.iter().any(|code| code == text.trim()))
    }

    /// Whether a cell of this column may tell why somebody is no voter.
    pub(crate) fn may_hold_remarks(&self, at: usize) -> bool {
        !self.silent.get(at).copied().unwrap_or(false)
    }

    /// Whether a column has a heading.
    pub(crate) fn is_headed(&self, at: usize) -> bool {
        self.headed.get(at).copied().unwrap_or(false)
    }

    /// How many columns, from the first, have a heading each.
    pub(crate) fn headed_to(&self) -> usize {
        self.headed.iter().take_while(|is_headed| **is_headed).count()
    }

    fn mark_headed(&mut self, found: &[Found]) {
        for one in found {
            self.headed.resize(self.headed.len().max(one.at + 1), false);
            self.headed[one.at] = true;
        }
    }

    fn mark_silent(&mut self, found: &[Found]) {
        // 备 注, 备⏎注.
        let bare = |one: &Found| words::compact(&one.text).into_owned();
        let is_others = |one: &&Found| columns::names_somebody_else(&one.text);
        let unread = || found.iter().filter(|one| one.column.is_none() && !is_others(one));
        let places = |wanted: fn(&str) -> bool| {
            unread().filter(move |one| wanted(&bare(one))).map(|one| one.at)
        };
        // 是 under 是否剥夺政治权利 says the opposite.
        self.deciding.extend(places(|text| columns::decides(text) && !says_who_left(text)));
        self.asking_all.extend(places(|text| columns::asks_all(text) && !says_who_left(text)));
        self.leaving.extend(places(says_who_left));
        self.remarks.extend(places(columns::is_of_remarks));
        self.nations.extend(places(columns::is_of_nations));
        let content = |one: &Found| Some((one.at, Content::of_heading(&bare(one))?));
        self.contents.extend(found.iter().filter_map(content));
        let may_tell =
            |one: &&Found| one.column.is_none_or(|(column, _)| column == Column::Category);
        let telling = || found.iter().filter(may_tell);
        let is_remark = |one: &Found| columns::is_of_remarks(&bare(one));
        let status = |one: &Found| {
            let status = Status::of_heading(&bare(one))?;
            (status == Status::Change || !is_remark(one)).then_some((one.at, status))
        };
        self.statuses.extend(telling().filter_map(status));
        let codes = telling()
            .filter(|one| !is_remark(one))
            .map(|one| (one.at, status::codes_of_leaving(&one.text)));
        self.codes.extend(codes.filter(|(_, codes)| !codes.is_empty()));
        for one in found {
            if one.column.is_some_and(|(column, _)| column != Column::Category)
                || one.column.is_none() && !columns::may_hold_remarks(&bare(one))
            {
                self.silent.resize(self.silent.len().max(one.at + 1), false);
                self.silent[one.at] = true;
            }
        }
    }

    fn add_block(&mut self, part: &[Found], all: &[Found]) {
        let (Some(first), Some(last)) = (part.first(), part.last()) else { return };
        let next = all.iter().find(|one| one.at > last.at).map(|one| one.at);
        let mut block =
            Block { from: first.at, to: next.unwrap_or(usize::MAX), ..Block::default() };
        for one in part {
            let Some((column, rank)) = one.column else {
                let named = columns::names_villages(&one.text) || columns::names_areas(&one.text);
                if block.villages.is_none() && named {
                    block.villages = Villages::of(one.at, &one.text);
                    continue;
                }
                if columns::names_kin(&one.text) {
                    block.kin.push(one.at);
                }
                self.surplus.push((one.at, one.text.clone()));
                continue;
            };
            let after = all.iter().find(|other| other.at > one.at).map(|other| other.at);
            let room = ROOM.iter().find(|(wide, _)| *wide == column).map_or(1, |(_, room)| *room);
            let room = after.map_or(room, |after| room.min(after - one.at));
            let heading = Heading { at: one.at, room, rank, text: one.text.clone() };
            if column == Column::Household && one.text.contains("户主") {
                block.head = Some(one.at);
            }
            let driven_out = block.header.put(column, heading);
            self.tell_twice(column, driven_out, &mut block);
        }
        if !block.header.has(Column::Sex) {
            block.sexes = sexes_in(part.iter().map(|one| (one.at, &one.text)));
        }
        let in_band = |one: &&Found| one.of_heads && names(&one.text, None);
        block.of_heads = part.iter().any(|one| in_band(&one));
        block.sex = block.header.get(Column::Name).and_then(|name| sex_of_names(&name.text));
        self.adopt_head(&mut block);
        adopt_day(&mut block.header);
        self.blocks.push(block);
    }

    /// Where the names of men stand in one column and those of women in the next, there
    /// are two tables.
    fn part_sexes(&mut self) {
        let names = |block: &Block| {
            let name = block.header.position(Column::Name);
            block
                .sexes
                .filter(|[men, women]| name == Some(*men.min(women)) && men.abs_diff(*women) == 1)
        };
        let Some(at) = self.blocks.iter().position(|block| names(block).is_some()) else { return };
        let Some([men, women]) = self.blocks[at].sexes.take() else { return };
        let mut second = self.blocks[at].clone();
        let first = &mut self.blocks[at];
        first.sex = Some(if men < women { Sex::Male } else { Sex::Female });
        second.sex = Some(if men < women { Sex::Female } else { Sex::Male });
        let name = second.header.take(Column::Name);
        const SHARED: [Column; 2] = [Column::Group, Column::Household];
        let mut header = Header::default();
        for column in SHARED {
            if let Some(heading) = second.header.take(column) {
                header.put(column, heading);
            }
        }
        if let Some(heading) = name {
            header.put(Column::Name, Heading { at: men.max(women), room: 1, ..heading });
        }
        second.header = header;
        (first.to, second.from) = (men.max(women), men.max(women));
        if let Some(heading) = first.header.take(Column::Name) {
            first.header.put(Column::Name, Heading { room: 1, ..heading });
        }
        self.blocks.insert(at + 1, second);
    }

    fn tell_twice(&mut self, column: Column, driven_out: Option<Heading>, block: &mut Block) {
        let Some(heading) = driven_out else { return };
        let matters = [Column::Name, Column::Sex, Column::Birth, Column::IdNumber, Column::Group];
        // Beside 网格 a building is where somebody lives.
        let taken = block.header.get(Column::Group).map(|group| group.text.as_str());
        let is_grid = taken.is_some_and(|taken| taken.contains("网格"));
        let is_wider = |heading: &Heading| {
            column == Column::Group
                && heading.rank >= columns::BY_AREA
                && (!block.header.has_only_areas()
                    || is_grid && heading.text.contains(['楼', '栋', '幢']))
        };
        let villages = Villages::of(heading.at, &heading.text).filter(|_| column == Column::Group);
        let is_key = heading.text.eq_ignore_ascii_case("id");
        if columns::is_in_another_language(&heading.text)
            || columns::is_lunar(&heading.text)
            || is_key
        {
            self.surplus.push((heading.at, heading.text));
        } else if column == Column::Name && columns::is_of_voters(&heading.text) {
            // 是 or 否 beside the name.
            self.deciding.push(heading.at);
            self.silent[heading.at] = false;
        } else if column == Column::Name && columns::is_of_clerks(&heading.text) {
            self.surplus.push((heading.at, heading.text));
        } else if villages.is_some() {
            block.villages = block.villages.or(villages);
        } else if matters.contains(&column) && !is_wider(&heading) {
            let taken = block.header.label(column).unwrap_or_default();
            self.twice.push(Twice { at: heading.at, text: heading.text, taken });
        } else if block.head == Some(heading.at) {
            // 户主 beside 户号 is read all the same.
        } else {
            self.surplus.push((heading.at, heading.text));
        }
    }

    /// A table of heads of households may call their names nothing but 户主.
    fn adopt_head(&self, block: &mut Block) {
        if !block.header.has(Column::Name)
            && block.header.headings().count() > 1
            && let Some(head) = block.header.get(Column::Household).cloned()
            && head.text.contains("户主")
        {
            block.header.put(Column::Name, head);
            block.of_heads = true;
            block.head = None;
        }
    }

    /// A column that stands once for all tables counts for each.
    fn share_columns(&mut self) {
        if self.blocks.len() < 2 {
            return;
        }
        let with_name = self.blocks.iter().filter(|block| block.header.has(Column::Name)).count();
        for column in [Column::Group, Column::Household] {
            let having: Vec<Heading> =
                self.blocks.iter().filter_map(|block| block.header.get(column).cloned()).collect();
            if let ([one], 2..) = (&having[..], with_name) {
                let is_behind = |block: &Block| {
                    let name = block.header.position(Column::Name);
                    let is_of_households = block.of_heads || block.header.has(Column::Household);
                    name.is_some_and(|name| name < one.at)
                        && block.tells_of_one_person()
                        && !is_of_households
                };
                let owner = self.blocks.iter().find(|block| block.header.has(column));
                let is_of_one = column == Column::Group && owner.is_some_and(is_behind);
                for block in &mut self.blocks {
                    let is_on_the_right = block.from > one.at && block.tells_of_one_person();
                    block.borrows_group |= is_of_one && is_on_the_right;
                    block.header.put(column, one.clone());
                }
            }
        }
        // A table beside that of the heads belongs to their households.
        let heads = self.blocks.iter().find(|block| block.of_heads);
        if let Some(name) = heads.and_then(|block| block.header.get(Column::Name).cloned()) {
            for block in &mut self.blocks {
                block.header.take(Column::Household);
                block.header.put(Column::Household, name.clone());
            }
        }
        if self.blocks.iter().all(|block| block.of_heads || !block.header.has(Column::Name)) {
            self.blocks.iter_mut().for_each(|block| block.of_heads = false);
        }
    }
}

/// 出生日 without a year and a month beside it is the whole date.
fn adopt_day(header: &mut Header) {
    let parts = [Column::Birth, Column::BirthYear, Column::BirthMonth];
    let is_part = parts.into_iter().any(|column| header.has(column));
    let is_of_birth = header.get(Column::BirthDay).is_some_and(|day| day.text.contains('生'));
    if is_of_birth
        && !is_part
        && let Some(day) = header.take(Column::BirthDay)
    {
        header.put(Column::Birth, day);
    }
}

/// Whose names stand under `男选民姓名`, `姓名（女）`.
fn sex_of_names(heading: &str) -> Option<Sex> {
    match (heading.contains('男'), heading.contains('女')) {
        (true, false) => Some(Sex::Male),
        (false, true) => Some(Sex::Female),
        _ => None,
    }
}

/// Where 男 and 女 stand as headings, each once.
fn sexes_in<'t>(cells: impl Iterator<Item = (usize, &'t String)> + Clone) -> Option<[usize; 2]> {
    let place = |sex: &str| {
        let mut places = cells.clone().filter(|(_, text)| text.trim() == sex).map(|(at, _)| at);
        places.next().filter(|_| places.next().is_none())
    };
    Some([place("男")?, place("女")?])
}

/// The headings, where one has a cell for each of its characters: 公民身份号码.
fn join_characters(row: &[String]) -> Option<Vec<String>> {
    let is_character = |text: &String| text.trim().chars().count() == 1;
    let whole = |run: &[String]| run.iter().map(|text| text.trim()).collect::<String>();
    let from = row.iter().position(|text| matches!(text.trim(), "公" | "身" | "居"))?;
    let len = row[from..].iter().take_while(|text| is_character(text)).count();
    let is_id = |len: &usize| {
        let heading = whole(&row[from..from + len]);
        heading.contains("身份")
            && columns::known(&heading).is_some_and(|(column, _)| column == Column::IdNumber)
    };
    let len = (3..=len).rev().find(is_id)?;
    let mut joined = row.to_vec();
    joined[from] = whole(&row[from..from + len]);
    joined[from + 1..from + len].iter_mut().for_each(String::clear);
    Some(joined)
}

/// Whether a heading, below its band, is that of a voter's name.
fn names(text: &str, band: Option<&str>) -> bool {
    matches!(columns::known(text), Some((Column::Name, _)))
        && !band.is_some_and(columns::is_of_others)
}

/// A heading of the row, and what column it is.
#[derive(Debug)]
struct Found {
    at: usize,
    text: String,
    column: Option<(Column, usize)>,
    of_heads: bool,
}

impl Found {
    fn new(at: usize, text: &str, band: Option<&str>) -> Self {
        let is_others = band.is_some_and(columns::is_of_others);
        let column = columns::known(text).filter(|_| !is_others);
        // 小组 over 名称 and 组长.
        let of_groups = || {
            let band = columns::known(band?).filter(|(column, _)| *column == Column::Group);
            band.filter(|_| matches!(text.trim(), "名称" | "组名"))
        };
        let column = column.or_else(of_groups);
        let of_heads = band.is_some_and(columns::is_of_heads);
        Self { at, text: text.trim().into(), column, of_heads }
    }
}

/// Behind the name of somebody else, such as a child, what stands there for the second
/// time is his, and what follows it: 未成年人姓名,性别,出生.
fn give_to_others(found: &mut [Found]) {
    const OF_ONE: [Column; 4] = [Column::Sex, Column::Birth, Column::IdNumber, Column::Age];
    let column = |one: &Found| one.column.map(|(column, _)| column);
    let Some(own) = found.iter().position(|one| column(one) == Some(Column::Name)) else { return };
    let is_others = |one: &Found| columns::names_somebody_else(&one.text);
    let Some(other) = (own + 1..found.len()).find(|&at| is_others(&found[at])) else { return };
    let (before, after) = found.split_at_mut(other);
    let has = |found: &[Found], wanted| found.iter().any(|one| column(one) == Some(wanted));
    if !OF_ONE.into_iter().any(|wanted| has(before, wanted) && has(after, wanted)) {
        return;
    }
    let key = |one: &Found| one.text.split_whitespace().collect::<String>();
    let name = key(&before[own]);
    for (at, one) in after.iter_mut().enumerate() {
        if at > 0 && column(one) == Some(Column::Name) && key(one) == name {
            break;
        }
        if at == 0 || column(one).is_some_and(|column| OF_ONE.contains(&column)) {
            one.column = None;
        }
    }
}

/// 组代码 beside 组名称, 微网格 beside 网格: the other is what people call their group.
fn prefer_names_of_groups(found: &mut [Found]) {
    const CODES: [&str; 3] = ["代码", "编码", "编号"];
    let is_group = |one: &Found| matches!(one.column, Some((Column::Group, _)));
    let is_other = |one: &Found| {
        let text = words::compact(&one.text);
        CODES.iter().any(|end| text.ends_with(end)) || text.starts_with('微')
    };
    if found.iter().any(|one| is_group(one) && !is_other(one)) {
        for one in found.iter_mut().filter(|one| is_group(one) && is_other(one)) {
            one.column = None;
        }
    }
}

/// 减少人员 that stands apart on the right is over the names of another list.
fn name_those_who_left(found: &mut [Found]) {
    for at in 1..found.len() {
        let stands_apart = found[at].at > found[at - 1].at + 1;
        let one = &mut found[at];
        if stands_apart && one.column.is_none() && lists_who_left(&one.text) {
            one.column = Some((Column::Name, columns::COLUMNS));
        }
    }
}

/// `减少人员`, `死亡人员名单`.
fn lists_who_left(heading: &str) -> bool {
    let heading = words::compact(heading);
    ["人员", "名单", "人员姓名"].iter().any(|end| heading.ends_with(end)) && says_who_left(&heading)
}

/// Takes off the headings of a table of something else, which stands apart on the
/// right, begins with a heading that was there, or counts groups, and has no names.
fn cut_off_another(found: &mut Vec<Found>) -> Vec<Found> {
    let is_name = |one: &Found| matches!(one.column, Some((Column::Name, _)));
    let last_name = found.iter().rposition(is_name).unwrap_or_default();
    let column = |one: &Found| one.column.map(|(column, _)| column);
    let begins = |at: &usize| {
        let (before, one) = (&found[at - 1], &found[*at]);
        let is_again = found[..*at].iter().any(|other| column(other) == column(one));
        let next = found.get(at + 1).map(|next| words::compact(&next.text));
        let counts = column(one) == Some(Column::Group)
            && next.is_some_and(|next| columns::belongs_to_group(&next));
        one.at > before.at + 1 && one.column.is_some() && (is_again || counts)
    };
    match (last_name + 1..found.len()).find(begins) {
        Some(at) => found.split_off(at),
        None => Vec::new(),
    }
}

/// Where one table ends and the next begins: at the first heading that is
/// there already, as long as another name is to come.
fn parts(found: &[Found]) -> Vec<std::ops::Range<usize>> {
    let is_name = |one: &Found| matches!(one.column, Some((Column::Name, _)));
    // 男选民姓名 and 女选民姓名 are of one kind.
    let key = |text: &str| {
        text.chars().filter(|c| !c.is_whitespace() && !"男女".contains(*c)).collect::<String>()
    };
    // Of several kinds of names the surest is meant: 登记人 beside 姓名 is no voter.
    let best =
        found.iter().filter(|one| is_name(one)).min_by_key(|one| one.column.map(|(_, rank)| rank));
    let Some(best) = best.map(|one| key(&one.text)) else { return Vec::new() };
    let counts =
        |one: &Found| is_name(one) && (key(&one.text) == best || lists_who_left(&one.text));
    let mut parts = Vec::new();
    let (mut start, mut met) = (0, Vec::new());
    let mut named = false;
    for (at, one) in found.iter().enumerate() {
        let Some((column, _)) = one.column else { continue };
        let name_ahead = found[at..].iter().any(counts);
        let head_block = met.contains(&Column::Household) && met.len() > 1 && counts(one) && !named;
        let again = met.contains(&column) && (column != Column::Name || counts(one));
        let ends_heads = head_block && repeats(&found[start..at], &found[at..]);
        if (again && named && name_ahead) || ends_heads {
            parts.push(start..at);
            (start, named) = (at, false);
            met.clear();
        }
        named |= counts(one);
        met.push(column);
    }
    parts.push(start..found.len());
    parts
}

/// Whether what tells a person stands on both sides.
fn repeats(before: &[Found], after: &[Found]) -> bool {
    let has = |found: &[Found], column| {
        found.iter().any(|one| one.column.is_some_and(|(known, _)| known == column))
    };
    [Column::Sex, Column::Birth, Column::IdNumber]
        .into_iter()
        .any(|column| has(before, column) && has(after, column))
}

/// A row of wide headings above the headings of the columns.
struct Bands<'b> {
    above: &'b [String],
    /// Whether the row above is one: several cells, and fewer than below.
    is_there: bool,
    /// Whether headings reach into that row, as cells merged downwards do.
    are_headings: bool,
}

impl<'b> Bands<'b> {
    fn of(above: &'b [String], below: &[String]) -> Self {
        let filled = |row: &[String]| row.iter().filter(|text| !text.trim().is_empty()).count();
        let is_of_the_form =
            above.iter().any(|text| words::is_filled_in(text)) || labels::are_labelled(above);
        let is_there = filled(above) > 1 && filled(above) < filled(below) && !is_of_the_form;
        let is_empty = |at: usize| below.get(at).is_none_or(|text| text.trim().is_empty());
        let reaches = |(at, text): (usize, &String)| is_empty(at) && columns::known(text).is_some();
        let are_headings =
            filled(above) > 1 && !is_of_the_form && above.iter().enumerate().any(reaches);
        Self { above, is_there, are_headings }
    }

    /// The band over a column: the nearest text at it or to its left.
    fn over(&self, at: usize) -> Option<&'b str> {
        let to = at.checked_add(1)?.min(self.above.len());
        let band = self.above[..to].iter().rev().find(|text| !text.trim().is_empty());
        band.map(String::as_str).filter(|_| self.is_there)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(row: &str) -> Vec<String> {
        row.split(',').map(Into::into).collect()
    }

    fn layout(row: &str) -> Layout {
        Layout::find(&texts(row), &[]).unwrap_or_else(|| panic!("no layout: {row}"))
    }

    fn places(layout: &Layout, column: Column) -> Vec<Option<usize>> {
        layout.blocks.iter().map(|block| block.header.position(column)).collect()
    }

    #[test]
    fn finds_tables_side_by_side() {
        for (row, names, groups) in [
            ("姓名,小组,姓名,小组", vec![0, 2], vec![Some(1), Some(3)]),
            ("序号,姓名,小组,序号,姓名,小组", vec![1, 4], vec![Some(2), Some(5)]),
            ("小组,姓名,性别,姓名,性别", vec![1, 3], vec![Some(0), Some(0)]),
            ("姓名,姓名,姓名", vec![0, 1, 2], vec![None, None, None]),
            ("姓名,性别,备注,,姓名,性别,备注", vec![0, 4], vec![None, None]),
        ] {
            let layout = layout(row);
            let names: Vec<Option<usize>> = names.into_iter().map(Some).collect();
            assert_eq!(places(&layout, Column::Name), names, "{row}");
            assert_eq!(places(&layout, Column::Group), groups, "{row}");
            assert!(layout.twice.is_empty(), "{row}");
        }
        assert!(Layout::find(&texts("性别,小组"), &[]).is_none());
    }

    #[test]
    fn prefers_the_surer_heading_and_says_so() {
        let one = layout("参选村民,户主,姓名,性别");
        assert_eq!(places(&one, Column::Name), [Some(2)]);
        assert_eq!(one.twice[0].text, "参选村民");
        for clerk in
            ["登记人", "登记人姓名", "登记人签名", "登记员", "经办人", "核对人姓名", "采集人姓名"]
        {
            let other = layout(&format!("姓名,性别,{clerk}"));
            assert_eq!(places(&other, Column::Name), [Some(0)], "{clerk}");
            assert!(other.twice.is_empty(), "{clerk}");
        }
        assert_eq!(places(&layout("登记人,性别"), Column::Name), [Some(0)]);
    }

    #[test]
    fn parts_heads_from_members() {
        let row = "户主姓名,性别,身份证号,家庭成员姓名,与户主关系,性别,身份证号";
        let one = layout(row);
        assert_eq!(places(&one, Column::Name), [Some(0), Some(3)]);
        assert!(one.blocks[0].of_heads && !one.blocks[1].of_heads);
        assert_eq!(places(&one, Column::Household), [Some(0), Some(0)]);
        let below = texts("姓名,性别,身份证号,姓名,性别,身份证号");
        let two = Layout::find(&below, &texts("户主信息,,,家庭成员信息,,")).unwrap();
        assert_eq!(places(&two, Column::Name), [Some(0), Some(3)]);
        assert!(two.blocks[0].of_heads && !two.blocks[1].of_heads);
        let plain = layout("户主,家庭成员姓名,与户主关系,性别");
        assert_eq!(places(&plain, Column::Name), [Some(1)]);
    }

    #[test]
    fn leaves_out_what_is_of_others() {
        let below = texts("姓名,性别,姓名,电话");
        let layout = Layout::find(&below, &texts("选民,,监护人,")).unwrap();
        assert_eq!(places(&layout, Column::Name), [Some(0)]);
    }

    #[test]
    fn takes_no_line_of_the_form_for_a_band() {
        let below = texts("序号,姓名,性别,小组");
        for above in [
            "填报单位：试验社区居民委员会,,,填报日期：2026年4月1日",
            "填报单位,试验社区居民委员会,,",
            "居民委员会,,,2026年4月1日",
        ] {
            let layout = Layout::find(&below, &texts(above)).expect(above);
            assert_eq!(places(&layout, Column::Name), [Some(1)], "{above}");
        }
    }

    #[test]
    fn knows_how_far_one_character_a_cell_may_reach() {
        let layout = layout("姓名,身份证号,,,,,,,,,,,,,,,,,,性别");
        let heading = layout.blocks[0].header.get(Column::IdNumber).unwrap();
        assert_eq!((heading.at, heading.room), (1, 18));
    }
}
