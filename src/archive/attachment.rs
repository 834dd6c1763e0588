//! Scans and photographs from `attachments/`, and which documents they are the
//! signed originals of.

use std::ffi::OsStr;
use std::path::{Path, PathBuf};

use unicode_normalization::UnicodeNormalization as _;

use crate::bag;
use crate::compose::Composed;
use crate::compose::document::Audience;
use crate::diagnostic::{Diagnostic, Report};
use crate::files;
use crate::privacy;

/// The folder beside the election that scans and photographs lie in.
pub const FOLDER: &str = "attachments";

/// What lies there to explain the folder: no original.
const OUR_EXPLANATION: &str = "readme.md";

/// What may stand in the name of a scan beside the name of its document. The
/// scan of a public document is public too, unless its name says that it shows
/// something more.
const HARMLESS: [&str; 24] = [
    "扫描件",
    "扫描",
    "复印件",
    "原件",
    "正本",
    "签字",
    "签名",
    "签章",
    "盖章",
    "用印",
    "张贴",
    "公示",
    "现场",
    "照片",
    "拍照",
    "正面",
    "反面",
    "公告",
    "附件",
    "scan",
    "第",
    "页",
    "张",
    "版",
];

/// A file that the user handed in.
#[derive(Debug)]
pub(super) struct Attachment {
    pub path: PathBuf,
    /// The subfolder of `attachments/` that it lies in.
    pub group: Option<String>,
    /// Its name without extension; personal numbers in it are masked.
    pub title: String,
    /// In small letters; empty if there is none.
    pub extension: String,
}

/// A file that was handed in, and of which document it is the original.
#[derive(Clone, Debug)]
pub struct Scan {
    pub path: PathBuf,
    /// Below `attachments/`; personal numbers in it are masked.
    pub name: String,
    /// The name of the document.
    pub document: Option<String>,
}

/// What was handed in, in the order of the names.
///
/// # Errors
/// The folder cannot be read.
pub fn handed_in(election: &Path, documents: &[Composed]) -> Result<Vec<Scan>, Diagnostic> {
    let scan = |attachment: &Attachment| {
        let folder = attachment.group.iter().map(|group| format!("{group}/"));
        let document = attachment.document(documents).and_then(|n| documents.get(n));
        Scan {
            path: attachment.path.clone(),
            name: format!(
                "{}{}.{}",
                folder.collect::<String>(),
                attachment.title,
                attachment.extension
            ),
            document: document.map(|composed| composed.front.name.clone()),
        }
    };
    Ok(read(election, &mut Report::new())?.iter().map(scan).collect())
}

/// All attachments, in the order of their names. What only points to something that
/// lies elsewhere is told: nobody would find it in the archive. Programs are left out as
/// well: no archive takes them.
pub(super) fn read(election: &Path, notes: &mut Report) -> Result<Vec<Attachment>, Diagnostic> {
    let folder = election.join(FOLDER);
    if !folder.is_dir() {
        return Ok(Vec::new());
    }
    let mut attachments = Vec::new();
    for entry in walkdir::WalkDir::new(&folder).sort_by_file_name() {
        let entry = entry.map_err(|error| files::read_error(&folder, &error.into()))?;
        if entry.file_type().is_dir() || is_litter(&entry.file_name().to_string_lossy()) {
            continue;
        }
        if !entry.file_type().is_file() || is_shortcut(entry.path()) {
            notes.push(no_file(entry.path()));
        } else if bag::is_program(&entry.file_name().to_string_lossy()) {
            notes.push(program(entry.path()));
        } else {
            attachments.push(Attachment::new(&folder, entry.into_path()));
        }
    }
    Ok(attachments)
}

/// What has a name in `attachments/`: files, and the folders by which they are filed.
pub(super) fn named(election: &Path) -> Result<Vec<PathBuf>, Diagnostic> {
    let attachments = read(election, &mut Report::new())?;
    let folder = election.join(FOLDER);
    let filed = |path: &PathBuf| {
        let first = path.strip_prefix(&folder).ok()?.components().next()?;
        Some(folder.join(first)).filter(|first| first != path)
    };
    let mut folders: Vec<PathBuf> =
        attachments.iter().filter_map(|attachment| filed(&attachment.path)).collect();
    folders.dedup();
    Ok(folders
        .into_iter()
        .chain(attachments.into_iter().map(|attachment| attachment.path))
        .collect())
}

/// A file by which Windows points to another.
fn is_shortcut(path: &Path) -> bool {
    let is = |ending: &str| path.extension().is_some_and(|is| is.eq_ignore_ascii_case(ending));
    is("lnk") || is("url")
}

fn no_file(path: &Path) -> Diagnostic {
    Diagnostic::warning(
        "attachment-left",
        "这不是文件本身，是链接（快捷方式）或者设备，没有归入档案。",
    )
    .in_file(path)
    .help("把文件本身复制到这里，再删去链接。")
}

fn program(path: &Path) -> Diagnostic {
    Diagnostic::warning("attachment-left", "这是程序，打开就会运行，没有归入档案。")
        .in_file(path)
        .help("档案里只放文件：请另存为 PDF 或图片，放到这里，再删去它；不是程序的，改一个名称。")
}

/// What systems and programs leave behind, and what is ours.
fn is_litter(name: &str) -> bool {
    bag::is_litter(name)
        || name.eq_ignore_ascii_case(OUR_EXPLANATION)
        || name.starts_with('.')
        || name.starts_with("~$")
}

impl Attachment {
    fn new(folder: &Path, path: PathBuf) -> Self {
        let within = path.strip_prefix(folder).unwrap_or(&path);
        let group = within.parent().and_then(|parent| parent.components().next());
        Self {
            group: group.map(|group| shown(Some(group.as_os_str()))),
            title: shown(path.file_stem()),
            extension: path.extension().map(fit).unwrap_or_default(),
            path,
        }
    }

    /// One that lies in a packet, where its name has its place in front:
    /// `0003-02 盖章.jpg`.
    pub(super) fn kept(path: PathBuf, name: &str) -> Self {
        let name = name.split_once(' ').map_or(name, |(_, name)| name);
        let (title, extension) = name.rsplit_once('.').unwrap_or((name, ""));
        let (title, extension) = (title.to_owned(), extension.to_owned());
        Self { path, group: None, title, extension }
    }

    /// As the metadata name its format.
    pub(super) fn format(&self) -> String {
        match self.extension.as_str() {
            "jpg" | "jpeg" => "JPEG".to_owned(),
            "tif" | "tiff" => "TIFF".to_owned(),
            other => other.to_uppercase(),
        }
    }

    fn is_scan(&self) -> bool {
        matches!(self.extension.as_str(), "jpg" | "jpeg" | "png" | "tif" | "tiff" | "pdf")
    }

    /// The document that it is the original of, by name, number or id. Where
    /// several fit, the longest name says most.
    pub(super) fn document(&self, documents: &[Composed]) -> Option<usize> {
        let name = self.name();
        let fits = documents.iter().enumerate().filter_map(|(n, composed)| {
            let said = said(&name, composed, documents)?;
            let rest = without(&name, composed);
            let open = composed.document.audience != Audience::Public
                || (self.is_scan() && is_harmless(&rest));
            open.then_some((said, n))
        });
        // Of equals the first, as a reader of the list would take it.
        let best = fits.max_by_key(|&(said, n)| (said, usize::MAX - n));
        best.map(|(_, n)| n)
    }

    /// Folder and name, as they are compared.
    fn name(&self) -> String {
        plain(&format!("{} {}", self.group.as_deref().unwrap_or_default(), self.title))
    }
}

/// An ending from outside as every system stores it.
fn fit(ending: &OsStr) -> String {
    let ending = shown(Some(ending)).trim().to_lowercase();
    if ending.is_empty() { ending } else { bag::names::from_title(&ending) }
}

/// A name from outside as it may be printed: nobody's number stands in it.
fn shown(name: Option<&OsStr>) -> String {
    let name = name.map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    privacy::mask(&name).into_owned()
}

/// How surely the name is that of the document: its name, else its number,
/// else its id.
fn said(name: &str, composed: &Composed, documents: &[Composed]) -> Option<usize> {
    let kind = plain(&composed.front.name);
    if name.contains(&kind) {
        Some(2 + kind.chars().count())
    } else if has_number(name, composed, documents) {
        Some(2)
    } else {
        name.starts_with(&composed.front.id).then_some(1)
    }
}

/// Whether the name begins with the number of the document. Every issuer has a
/// No. 1: of several the name must say whose it is.
fn has_number(name: &str, composed: &Composed, documents: &[Composed]) -> bool {
    let document = &composed.document;
    let Some(number) = &document.number else { return false };
    let issuer = document.signature.as_ref().map(|signature| plain(&signature.issuer));
    let issuer = issuer.filter(|issuer| !issuer.is_empty() && name.contains(issuer));
    let alike = documents.iter().filter(|other| other.document.number.as_ref() == Some(number));
    let rest = issuer.as_ref().map_or(name.to_owned(), |issuer| name.replacen(issuer, "", 1));
    rest.starts_with(&plain(number)) && (issuer.is_some() || alike.count() == 1)
}

/// What the name says beyond naming the document.
fn without(name: &str, composed: &Composed) -> String {
    let document = &composed.document;
    let known = [
        Some(plain(&document.title)),
        Some(plain(&composed.front.name)),
        document.number.as_deref().map(plain),
        document.signature.as_ref().map(|signature| plain(&signature.issuer)),
        Some(composed.front.id.clone()),
    ];
    let known = known.into_iter().flatten().filter(|known| !known.is_empty());
    known.fold(name.to_owned(), |rest, known| rest.replace(&known, " "))
}

fn is_harmless(rest: &str) -> bool {
    let rest = HARMLESS.iter().fold(rest.to_owned(), |rest, word| rest.replace(word, " "));
    // The number of a page or a picture, or a date; what is longer may be anybody's,
    // and what was masked is.
    let longest = rest.split(|c: char| !c.is_ascii_digit()).map(str::len).max();
    !rest.chars().any(|c| c.is_alphabetic() || c == '*') && longest.is_none_or(|digits| digits <= 8)
}

/// One spelling of what a person takes for the same: `第３号 公告` is `第3号公告`.
fn plain(text: &str) -> String {
    text.nfkc().filter(|c| !c.is_whitespace()).flat_map(char::to_lowercase).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::archive::ArchiveCode;
    use crate::compose::Document;
    use crate::compose::document::Signature;
    use crate::compose::template::{FrontMatter, Retention};
    use crate::election::Stage;

    fn document(id: &str, name: &str, number: Option<&str>, audience: Audience) -> Composed {
        let title = format!("甲社区第七届居民委员会{name}");
        let front = FrontMatter {
            id: id.into(),
            name: name.into(),
            title: title.clone(),
            stage: Stage::Result,
            layouts: vec!["notice".into()],
            numbered: number.is_some(),
            usual_day: 0,
            issuer: None,
            dated: None,
            audience,
            needs: Vec::new(),
            blank: Vec::new(),
            handout: false,
            waived: Vec::new(),
            reference: None,
            unless: None,
            occasional: false,
            occasion: Default::default(),
            each: None,
            corrected_by: None,
            addressee: None,
            retention: Retention { period: "永久".into(), basis: None },
        };
        let document = Document {
            id: id.into(),
            title_lines: vec![title.clone()],
            title,
            number: number.map(str::to_owned),
            addressee: None,
            blocks: Vec::new(),
            signature: None,
            audience,
            dated: None,
            draft: false,
        };
        Composed { front, document, date: None }
    }

    fn found(name: &str) -> Option<&'static str> {
        let documents = [
            document("voter-list", "选民名单公告", Some("第2号"), Audience::Public),
            document("results-notice", "选举结果公告", Some("第3号"), Audience::Public),
            document("work-summary", "工作总结", None, Audience::Office),
        ];
        let folder = Path::new("attachments");
        let attachment = Attachment::new(folder, folder.join(name));
        attachment.document(&documents).map(|n| ["voters", "results", "summary"][n])
    }

    #[test]
    fn an_original_is_known_by_name_number_or_id() {
        for name in [
            "选举结果公告.jpg",
            "选举结果公告（盖章扫描件）第2页.TIF",
            "第3号公告.pdf",
            "第 ３ 号.png",
            "甲社区第七届居民委员会选举结果公告.pdf",
            "results-notice-1.jpeg",
            "选举结果公告/1.jpg",
            "张贴照片/选举结果公告 (2).jpg",
        ] {
            assert_eq!(found(name), Some("results"), "{name}");
        }
        assert_eq!(found("工作总结附表及名册.xlsx"), Some("summary"));
        for name in ["大会现场.jpg", "选票封存登记.pdf", "第13号.jpg"] {
            assert_eq!(found(name), None, "{name}");
        }
    }

    #[test]
    fn a_number_that_two_issuers_have_tells_nothing_without_the_issuer() {
        let by = |id: &str, name: &str, issuer: &str| {
            let mut made = document(id, name, Some("第1号"), Audience::Public);
            let (issuer, date) = (issuer.to_owned(), Default::default());
            made.document.signature = Some(Signature { issuer, with: Vec::new(), date });
            made
        };
        let documents = [
            by("election-day-notice", "选举日公告", "甲镇人民政府"),
            by("plan-notice", "实施方案公告", "甲村村民选举委员会"),
        ];
        let folder = Path::new("attachments");
        let found = |name: &str| Attachment::new(folder, folder.join(name)).document(&documents);
        assert_eq!(found("第1号公告.pdf"), None);
        assert_eq!(found("甲镇人民政府第1号公告 盖章.pdf"), Some(0));
        assert_eq!(found("甲村村民选举委员会 第1号公告.pdf"), Some(1));
        assert_eq!(found("甲村村民选举委员会.pdf"), None);
    }

    #[test]
    fn what_says_more_than_a_public_document_stays_internal() {
        for name in [
            "选民名单公告身份证底册.jpg",
            "选民名单公告.xlsx",
            "选举结果公告 张三电话.pdf",
            "选举结果公告 110105194912310021 110105194912310022.jpg",
        ] {
            assert_eq!(found(name), None, "{name}");
        }
    }

    #[test]
    fn a_name_that_some_system_has_not_is_made_fit() {
        let code: ArchiveCode = "X001-WS·2026-Y-0001".parse().unwrap();
        let packed = |name: &str| {
            let folder = Path::new("attachments");
            let Attachment { title, extension, .. } = Attachment::new(folder, folder.join(name));
            let path = code.file("附件", 1, &title, &extension);
            assert_eq!(bag::names::unportable(&path), None, "{name}");
            let (_, name) = path.rsplit_once('/').unwrap();
            // Made again from the packet, it has the same name.
            let kept = Attachment::kept(PathBuf::new(), name);
            assert_eq!(code.file("附件", 1, &kept.title, &kept.extension), path);
            name.to_owned()
        };
        assert_eq!(packed("NUL"), "0001-01 _NUL");
        assert_eq!(packed("con.TXT"), "0001-01 _con.txt");
        assert_eq!(packed("尾点."), "0001-01 尾点");
        assert_eq!(packed("空格.jpg "), "0001-01 空格.jpg");
        assert_eq!(packed("a.j?g"), "0001-01 a.j？g");
    }

    #[test]
    fn a_number_in_a_name_is_masked() {
        let folder = Path::new("attachments");
        let attachment = Attachment::new(folder, folder.join("张三 11010519491231002X.jpg"));
        assert_eq!(attachment.title, "张三 110***************");
    }
}
