//! Columns are found by their headings, in any order.

use crate::election::person::half_width;

/// What a column says of a voter.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Column {
    Name,
    Sex,
    Birth,
    BirthYear,
    BirthMonth,
    BirthDay,
    IdNumber,
    Group,
    Household,
    Category,
    /// The serial number; it is not kept, but a row of nothing else is blank.
    Serial,
}

/// The headings by which a column is known, the surest first.
const HEADINGS: [(Column, &[&str]); 11] = [
    (
        Column::Name,
        &[
            "姓名",
            "选民姓名",
            "登记人姓名",
            "村民姓名",
            "居民姓名",
            "登记人",
            "名字",
            "name",
            "fullname",
            "votername",
        ],
    ),
    (Column::Sex, &["性别", "sex", "gender"]),
    (
        Column::Birth,
        &[
            "出生日期",
            "出生年月日",
            "出生年月",
            "生日",
            "出生时间",
            "出生",
            "birth",
            "birthdate",
            "dateofbirth",
            "birthday",
            "dob",
        ],
    ),
    (Column::BirthYear, &["出生年份", "出生年", "年"]),
    (Column::BirthMonth, &["出生月份", "出生月", "月"]),
    (Column::BirthDay, &["出生日", "日"]),
    (
        Column::IdNumber,
        &[
            "公民身份号码",
            "身份证号码",
            "身份证号",
            "居民身份证号码",
            "居民身份证号",
            "公民身份证号码",
            "公民身份证号",
            "身份证件号码",
            "身份号码",
            "身份证",
            "证件号码",
            "证件号",
            "有效证件号码",
            "idnumber",
            "idno",
            "idcard",
            "id_number",
            "id",
        ],
    ),
    (
        Column::Group,
        &[
            "小组",
            "居民小组",
            "村民小组",
            "组别",
            "所属小组",
            "所在小组",
            "所属居民小组",
            "所在居民小组",
            "所属村民小组",
            "所在村民小组",
            "小组名称",
            "居民组",
            "村民组",
            "组名",
            "组",
            "经联社",
            "经济社",
            "村组",
            "group",
        ],
    ),
    (
        Column::Household,
        &["户号", "户编号", "家庭编号", "户口编号", "户主", "户主姓名", "household"],
    ),
    (Column::Category, &["类别", "选民类别", "人员类别", "登记类别", "选民类型", "category"]),
    (Column::Serial, &["序号", "编号", "序", "号", "no", "no.", "number"]),
];

/// Which column stands where in a sheet, and what it is called there.
#[derive(Debug, Default)]
pub(super) struct Header {
    columns: [Option<Heading>; HEADINGS.len()],
    /// Headings of columns that are not read.
    pub surplus: Vec<String>,
}

#[derive(Debug)]
struct Heading {
    at: usize,
    rank: usize,
    text: String,
}

impl Header {
    /// Makes a header of the headings of a row; `None` if no column is a name.
    pub fn find<'a>(headings: impl Iterator<Item = (usize, &'a str)>) -> Option<Self> {
        let mut header = Self::default();
        for (at, text) in headings {
            header.add(at, text);
        }
        header.has(Column::Name).then_some(header)
    }

    /// Takes up one heading. Of two for the same column the surer counts.
    pub fn add(&mut self, at: usize, text: &str) {
        let Some((column, rank)) = known(text) else {
            return self.surplus.push(text.trim().to_owned());
        };
        let heading = Heading { at, rank, text: text.trim().to_owned() };
        match &mut self.columns[column as usize] {
            Some(other) if other.rank <= rank => self.surplus.push(heading.text),
            place => self.surplus.extend(place.replace(heading).map(|other| other.text)),
        }
    }

    pub fn has(&self, column: Column) -> bool {
        self.position(column).is_some()
    }

    /// Where a column stands, counted from zero.
    pub fn position(&self, column: Column) -> Option<usize> {
        self.columns[column as usize].as_ref().map(|heading| heading.at)
    }

    /// A column as the user sees it: `C（身份证号）`.
    pub fn label(&self, column: Column) -> Option<String> {
        let heading = self.columns[column as usize].as_ref()?;
        let words: String = heading.text.split_whitespace().collect();
        Some(format!("{}（{words}）", letters(heading.at)))
    }
}

/// The column that a heading names, and how surely (less is surer).
pub(super) fn known(heading: &str) -> Option<(Column, usize)> {
    let key = heading_key(heading);
    HEADINGS.iter().find_map(|(column, headings)| {
        headings.iter().position(|known| *known == key).map(|rank| (*column, rank))
    })
}

/// A heading without spaces, line breaks, stars and what is in brackets.
fn heading_key(heading: &str) -> String {
    let text = half_width(heading);
    let text = text.split(['(', '（', '[', '【', ':']).next().unwrap_or_default();
    text.chars().filter(|c| !c.is_whitespace() && *c != '*').flat_map(char::to_lowercase).collect()
}

/// The letters by which spreadsheets name a column.
pub(super) fn letters(at: usize) -> String {
    let mut rest = at + 1;
    let mut letters = Vec::new();
    while rest > 0 {
        letters.push(char::from(b'A' + ((rest - 1) % 26) as u8));
        rest = (rest - 1) / 26;
    }
    letters.iter().rev().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn header(headings: &[&str]) -> Option<Header> {
        Header::find(headings.iter().copied().enumerate())
    }

    #[test]
    fn finds_columns_in_any_order_and_spelling() {
        let header = header(&["组别", "姓　名", "出生\n年月（公历）", "*Sex", "住址"]).unwrap();
        assert_eq!(header.position(Column::Name), Some(1));
        assert_eq!(header.label(Column::Birth).as_deref(), Some("C（出生年月（公历））"));
        assert_eq!(header.position(Column::Sex), Some(3));
        assert_eq!(header.surplus, ["住址"]);
        assert!(self::header(&["性别", "小组"]).is_none());
    }

    #[test]
    fn prefers_the_surer_heading() {
        let header = header(&["登记人", "户主", "姓名", "姓名"]).unwrap();
        assert_eq!(header.position(Column::Name), Some(2));
        assert_eq!(header.surplus, ["登记人", "姓名"]);
    }

    #[test]
    fn counts_letters_as_spreadsheets_do() {
        assert_eq!([0, 25, 26, 701, 702].map(letters), ["A", "Z", "AA", "ZZ", "AAA"]);
    }
}
