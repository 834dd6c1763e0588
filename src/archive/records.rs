//! The records of an archive: one for each 件, as DA/T 22 describes it.

use std::collections::BTreeMap;
use std::fmt;
use std::str::FromStr;

use crate::bag::names;
use crate::diagnostic::Diagnostic;
use crate::election::PERMANENT;

/// How long an item is kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Retention {
    Permanent,
    Years30,
    Years10,
}

impl Retention {
    pub const ALL: [Self; 3] = [Self::Permanent, Self::Years30, Self::Years10];

    /// As it stands in a 档号.
    pub fn code(self) -> &'static str {
        match self {
            Self::Permanent => "Y",
            Self::Years30 => "D30",
            Self::Years10 => "D10",
        }
    }

    /// The words a user sees.
    pub fn name(self) -> &'static str {
        match self {
            Self::Permanent => PERMANENT,
            Self::Years30 => "定期30年",
            Self::Years10 => "定期10年",
        }
    }

    /// By its code.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|retention| retention.code() == code)
    }
}

/// A 档号, such as `Z109-WS·2011-Y-BGS-0001`: 全宗号, 档案门类代码 and 年度,
/// 保管期限, 机构（问题）代码 where one is used, and 件号.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ArchiveCode {
    pub fonds: String,
    pub category: String,
    pub year: u16,
    pub retention: Retention,
    pub unit: Option<String>,
    pub number: u16,
}

impl ArchiveCode {
    /// The lowest class, within which the 件号 runs on: all but the number.
    pub fn class(&self) -> String {
        let Self { fonds, category, year, retention, unit, .. } = self;
        let unit = unit.as_ref().map(|unit| format!("-{unit}")).unwrap_or_default();
        format!("{fonds}-{category}·{year:04}-{}{unit}", retention.code())
    }

    /// The 件号 in four digits.
    pub fn number(&self) -> String {
        format!("{:04}", self.number)
    }

    /// The folder of the item below `data/`: `电子档案/2026/Y/0001 选举结果公告`.
    pub fn folder(&self, title: &str) -> String {
        let unit = self.unit.as_ref().map(|unit| format!("{unit}/")).unwrap_or_default();
        let (year, retention, number) = (self.year, self.retention.code(), self.number());
        format!("{FILES}{year:04}/{retention}/{unit}{number} {}", names::from_title(title))
    }

    /// The path below `data/` of the `part`th file (from one) of the item.
    pub fn file(&self, item_title: &str, part: usize, title: &str, extension: &str) -> String {
        let (folder, number) = (self.folder(item_title), self.number());
        let dot = if extension.is_empty() { "" } else { "." };
        format!("{folder}/{number}-{part:02} {}{dot}{extension}", names::from_title(title))
    }

    /// The path below `data/` of the item's metadata.
    pub fn metadata(&self, title: &str) -> String {
        format!("{}/{}.xml", self.folder(title), self.number())
    }
}

/// The folder below `data/` that holds the items.
pub const FILES: &str = "电子档案/";

/// The folder below `data/` for all that belongs to the packet but is no item.
pub const OTHERS: &str = "其他/";

impl fmt::Display for ArchiveCode {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        write!(f, "{}-{}", self.class(), self.number())
    }
}

impl FromStr for ArchiveCode {
    type Err = &'static str;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let parts: Vec<&str> = text.split('-').collect();
        let (fonds, category, retention, unit, number) = match parts[..] {
            [fonds, category, retention, number] => (fonds, category, retention, None, number),
            [fonds, category, retention, unit, number] => {
                (fonds, category, retention, Some(unit), number)
            }
            _ => return Err("不是“全宗号-门类代码·年度-保管期限-机构（问题）代码-件号”的形式"),
        };
        let (category, year) = category.rsplit_once('·').ok_or("门类代码与年度之间缺少“·”")?;
        if !is_code(fonds) || !category.split('·').all(is_code) || !unit.is_none_or(is_code) {
            return Err("全宗号、门类代码、机构（问题）代码只能用大写字母和数字，每段至多 10 位");
        }
        Ok(Self {
            fonds: fonds.into(),
            category: category.into(),
            year: four_digits(year).ok_or("年度应为四位数字")?,
            retention: Retention::from_code(retention).ok_or("保管期限代码应为 Y、D30 或 D10")?,
            unit: unit.map(str::to_owned),
            number: four_digits(number).filter(|&n| n > 0).ok_or("件号应为四位数字，从 0001 起")?,
        })
    }
}

fn is_code(text: &str) -> bool {
    let plain = |byte: u8| byte.is_ascii_uppercase() || byte.is_ascii_digit();
    (1..=10).contains(&text.len()) && text.bytes().all(plain)
}

fn four_digits(text: &str) -> Option<u16> {
    let plain = text.len() == 4 && text.bytes().all(|byte| byte.is_ascii_digit());
    plain.then(|| text.parse().ok()).flatten()
}

/// How a holder of archives numbers them; given by the user.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Scheme {
    /// 全宗号, assigned by the archives: `X001`.
    pub fonds: String,
    /// 档案门类代码: `WS` for documents, or with a branch, `WS·HJX`.
    pub category: String,
    /// 机构（问题）代码 where the holder classifies so: `BGS`.
    pub unit: Option<String>,
}

impl Scheme {
    /// Numbers items of these years and retentions in the order given. The
    /// 件号 begins anew in every class.
    pub fn number(
        &self,
        items: impl IntoIterator<Item = (u16, Retention)>,
    ) -> Result<Vec<ArchiveCode>, Diagnostic> {
        let mut last: BTreeMap<(u16, Retention), u16> = BTreeMap::new();
        let code = |(year, retention)| {
            let number = last.entry((year, retention)).or_default();
            *number = number.saturating_add(1);
            self.code(year, retention, *number)
        };
        items.into_iter().map(code).collect()
    }

    fn code(
        &self,
        year: u16,
        retention: Retention,
        number: u16,
    ) -> Result<ArchiveCode, Diagnostic> {
        let Self { fonds, category, unit } = self.clone();
        let code = ArchiveCode { fonds, category, year, retention, unit, number }.to_string();
        code.parse().map_err(|why| {
            Diagnostic::error("archive-code", format!("编不出档号“{}”：{why}", names::shown(&code)))
                .basis("DA/T 22—2015《归档文件整理规则》5.4")
                .help("请改正“归档”下的“全宗号”“类别代码”或“问题代码”。")
        })
    }
}

/// Whether an item may be shown to everybody.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Access {
    Public,
    Internal,
}

impl Access {
    pub fn name(self) -> &'static str {
        match self {
            Self::Public => "公开",
            Self::Internal => "内部",
        }
    }
}

/// Where a file comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Origin {
    /// Made from the election's data; a PDF of this kind is a PDF/A.
    Generated,
    /// Handed in by the user as it is: a signed scan, a photograph.
    Attached,
}

impl Origin {
    pub fn name(self) -> &'static str {
        match self {
            Self::Generated => "生成",
            Self::Attached => "附件",
        }
    }
}

/// One 件 of the archive.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Record {
    /// 档号, with year, retention and 件号 in it.
    pub code: ArchiveCode,
    /// 文号; empty if there is none.
    pub reference: String,
    /// 责任者.
    pub responsible: String,
    /// 题名.
    pub title: String,
    /// 日期 in eight digits: `20170514`; unknown parts are `00`.
    pub date: String,
    /// 密级; empty if there is none.
    pub secrecy: String,
    /// 页数, where it has a meaning.
    pub pages: Option<u32>,
    /// 备注.
    pub remark: String,
    /// On what the retention rests.
    pub basis: String,
    pub access: Access,
    pub files: Vec<RecordedFile>,
}

impl Record {
    /// The item's folder below `data/`.
    pub fn folder(&self) -> String {
        self.code.folder(&self.title)
    }
}

/// A file of a 件, as its metadata record it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RecordedFile {
    /// Path below `data/`, inside the item's folder.
    pub path: String,
    pub size: u64,
    /// In hexadecimal.
    pub sha256: String,
    /// Format in words: `PDF/A-2a`, `JPEG`.
    pub format: String,
    pub origin: Origin,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_example_of_the_standard_is_read_and_written() {
        let text = "Z109-WS·2011-Y-BGS-0001";
        let code: ArchiveCode = text.parse().unwrap();
        assert_eq!((code.year, code.number, code.unit.as_deref()), (2011, 1, Some("BGS")));
        assert_eq!(code.to_string(), text);
        assert_eq!("X001-WS·HJX·2026-D30-0012".parse::<ArchiveCode>().unwrap().category, "WS·HJX");
        for bad in [
            "Z109-WS-2011-Y-0001",
            "Z109-WS·2011-Z-0001",
            "Z109-WS·2011-Y-1",
            "z109-WS·2011-Y-0001",
            "Z109-WS·2011-Y-0000",
            "../-WS·2011-Y-0001",
            "",
            "----",
            "Z109-WS·２０１１-Y-0001",
        ] {
            assert!(bad.parse::<ArchiveCode>().is_err(), "{bad}");
        }
    }

    #[test]
    fn numbers_begin_anew_in_every_class() {
        let scheme = Scheme { fonds: "X001".into(), category: "WS".into(), unit: None };
        let items = [
            (2026, Retention::Permanent),
            (2026, Retention::Years30),
            (2026, Retention::Permanent),
        ];
        let codes = scheme.number(items).unwrap();
        let texts: Vec<_> = codes.iter().map(ArchiveCode::to_string).collect();
        assert_eq!(texts, ["X001-WS·2026-Y-0001", "X001-WS·2026-D30-0001", "X001-WS·2026-Y-0002"]);
        assert_eq!(
            codes[2].file("公告", 1, "选举: 公告", "pdf"),
            "电子档案/2026/Y/0002 公告/0002-01 选举： 公告.pdf"
        );
        let bad = Scheme { fonds: "全宗".into(), ..scheme };
        assert_eq!(bad.number([(2026, Retention::Permanent)]).unwrap_err().code, "archive-code");
    }
}
