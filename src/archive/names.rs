//! Names of folders and files, which are those of packets and of what lies in them.

use std::path::Path;

use super::catalogue::{self, SEPARATOR};
use super::records::FILES;
use super::xml::Element;
use super::{Scope, attachment, source};
use crate::bag::{Content, Item};
use crate::diagnostic::{Diagnostic, Report};
use crate::election::Dossier;
use crate::election::phones::Phones;
use crate::files;
use crate::privacy::{self, Shape};

/// The longest name of an attachment, which a row of the catalogue holds.
const LONGEST: usize = 120;

/// What is to be said of the names beside a description, before a packet is made.
pub fn about_names(dossier: &Dossier) -> Report {
    let mut report = Report::new();
    let slug = dossier.slug();
    report.extend(shape_in(&slug).map(|shape| {
        told(shape, "选举文件夹的名称", &dossier.folder)
            .help("档案包会照用这个名称，打不了包。请给文件夹改一个名称，如社区和年份。")
    }));
    for path in source::files(dossier).unwrap_or_default() {
        report.extend(shape_in(&files::name_of(&path)).map(|shape| {
            told(shape, "文件的名称", &path).help("文件会收进档案包，打不了包。请给它改一个名称。")
        }));
    }
    for path in attachment::named(&dossier.folder).unwrap_or_default() {
        report.extend(shape_in(&files::name_of(&path)).map(|shape| {
            told(shape, "附件的名称", &path).help("打包时会遮去；最好现在就改一个名称。")
        }));
        report.extend(too_long(&path, Diagnostic::warning));
    }
    report
}

/// That no attachment has a name that the catalogue has no room for.
///
/// # Errors
/// The first that has, or the folder cannot be read.
pub(super) fn are_short(dossier: &Dossier) -> Result<(), Diagnostic> {
    let named = attachment::named(&dossier.folder)?;
    named.iter().find_map(|path| too_long(path, Diagnostic::error)).map_or(Ok(()), Err)
}

fn too_long(path: &Path, tell: fn(&'static str, String) -> Diagnostic) -> Option<Diagnostic> {
    let count = files::name_of(path).chars().count();
    let message = format!("附件的名称有 {count} 个字符，归档目录里印不下，打不了包。");
    (count > LONGEST).then(|| {
        let help = format!("请给它改一个短的名称，不超过 {LONGEST} 个字符。");
        tell("bad-name", message).in_file(path).help(help)
    })
}

/// What is said of the archive itself is printed in its catalogues, which are for all.
pub fn about_settings(dossier: &Dossier) -> Vec<Diagnostic> {
    let Some(archive) = dossier.election.archive.get() else { return Vec::new() };
    let said = [
        &archive.fonds_name,
        &archive.fonds,
        &archive.category,
        &archive.problem,
        &archive.archivist,
        &archive.checked_by,
    ];
    let told = said.into_iter().filter_map(|field| {
        let located = field.located()?;
        let shape = shape_in(&located.value)?;
        let message = format!("这里有像{}的内容，会印在归档目录和备考表上。", shape.name());
        let told = Diagnostic::error("personal-data", message).at(located.place.clone());
        Some(told.help("请删去；整理人、检查人只写姓名。"))
    });
    told.collect()
}

fn told(shape: Shape, what: &str, path: &Path) -> Diagnostic {
    let message = format!("{what}里有像{}的内容。", shape.name());
    Diagnostic::warning("personal-name", message).in_file(path)
}

fn shape_in(name: &str) -> Option<Shape> {
    privacy::find(name).first().map(|(_, shape)| *shape)
}

/// That a packet cannot lie in a file of this name.
///
/// # Errors
/// Somebody's number stands in it.
pub fn refuse_numbered(file: &Path) -> Result<(), Diagnostic> {
    let Some(shape) = shape_in(&files::name_of(file)) else { return Ok(()) };
    let message = format!("档案包的文件名里有像{}的内容，不能打包。", shape.name());
    Err(Diagnostic::error("personal-data", message).in_file(file).help("请换一个名称。"))
}

/// The last gate of a packet: its name, the paths in it, and the texts of it that are
/// for all.
pub(super) fn are_nobodys(
    packet: &str,
    items: &[Item],
    scope: Scope,
    phones: &Phones,
) -> Result<(), Diagnostic> {
    let refused = |shape: Shape, name: &str, what: &str| {
        let message =
            format!("{what}“{}”里有像{}的内容，不能打包。", privacy::mask(name), shape.name());
        Diagnostic::error("personal-data", message)
            .help("请给选举文件夹或这个文件改一个名称，如社区和年份。")
    };
    if let Some(shape) = shape_in(packet) {
        return Err(refused(shape, packet, "档案包的名称"));
    }
    let named = items.iter().find_map(|item| {
        let (name, shape) = names_in(&item.path).find_map(|name| Some((name, shape_in(name)?)))?;
        let told = refused(shape, name, "名称");
        Some(match &item.content {
            Content::File(path) => told.in_file(path),
            Content::Bytes(_) => told,
        })
    });
    if let Some(told) = named {
        return Err(told);
    }
    let is_for_all = |item: &&Item| scope == Scope::Public || !item.path.contains('/');
    let mut texts = items.iter().filter(is_for_all).flat_map(|item| match &item.content {
        Content::Bytes(bytes) => std::str::from_utf8(bytes)
            .map(|text| texts_in(&item.path, text))
            .unwrap_or_default()
            .into_iter()
            .map(|text| (item, text))
            .collect::<Vec<_>>(),
        Content::File(_) => Vec::new(),
    });
    let told = texts.find_map(|(item, text)| {
        let (range, shape) = phones.worst(&text)?;
        let (path, line) = (&item.path, masked_line(&text, range.start));
        let message = format!("“{path}”里有像{}的内容，不能打包：“{line}”。", shape.name());
        let help = "请从选举说明或自己的模板里删去；是附件的名称，就给它改一个名称。";
        Some(Diagnostic::error("personal-data", message).help(help))
    });
    told.map_or(Ok(()), Err)
}

/// The line in which a number begins, with nobody's number in it.
fn masked_line(text: &str, at: usize) -> String {
    let start = text[..at].rfind('\n').map_or(0, |end| end + 1);
    let end = text[at..].find('\n').map_or(text.len(), |end| at + end);
    privacy::mask(text)[start..end].trim().to_owned()
}

/// The names in a path, each as it was given: `0012-01 ` before it is ours, and would be
/// read as part of a number that is masked behind it.
pub(super) fn names_in(path: &str) -> impl Iterator<Item = &str> {
    let is_numbered = path.starts_with(FILES);
    path.split('/').map(move |name| if is_numbered { without_number(name) } else { name })
}

fn without_number(name: &str) -> &str {
    let is_number = |digits: &str, most: usize| {
        (2..=most).contains(&digits.len()) && digits.bytes().all(|byte| byte.is_ascii_digit())
    };
    let Some((number, title)) = name.split_once(' ') else { return name };
    let (item, part) = number.split_once('-').unwrap_or((number, "00"));
    if is_number(item, 4) && is_number(part, 3) { title } else { name }
}

/// What can be read together in a file of a packet: in a catalogue and in metadata each
/// field by itself, in any other file the whole.
pub(super) fn texts_in(path: &str, text: &str) -> Vec<String> {
    let is_metadata = path.starts_with(FILES) && path.ends_with(".xml");
    let fields = if path == catalogue::DIRECTORY || is_metadata {
        Element::parse(text).ok().map(|root| fields_in(&root))
    } else if catalogue::TABLES.contains(&path) {
        catalogue::cells(text)
    } else {
        None
    };
    fields.unwrap_or_else(|| vec![text.to_owned()])
}

fn fields_in(element: &Element) -> Vec<String> {
    let text = element.text.as_str();
    let mut fields: Vec<String> = match element.name.as_str() {
        "电子档案名称" => {
            text.split(SEPARATOR).flat_map(names_in).map(str::to_owned).collect()
        }
        "计算机文件名" => vec![without_number(text).to_owned()],
        _ => vec![text.to_owned()],
    };
    fields.extend(element.children.iter().flat_map(fields_in));
    fields
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::archive::{Access, ArchiveCode, Holder, Origin, Record, RecordedFile, Retention};
    use crate::law::testing::governed;

    /// The files of a packet in which one attachment of that name is catalogued.
    fn catalogued(title: &str) -> Vec<Item> {
        let scheme = crate::archive::Scheme {
            fonds: "X001".into(),
            category: "WS".into(),
            unit: Some("HJX".into()),
        };
        let codes = scheme.number(vec![(2026, Retention::Permanent); 1200]).unwrap();
        let record = |code: ArchiveCode| {
            let path = code.file(title, 1, title, "jpg");
            let sha256 = "00".repeat(32);
            let file = RecordedFile {
                path,
                size: 4,
                sha256,
                format: "JPEG".into(),
                origin: Origin::Attached,
            };
            Record {
                code,
                reference: String::new(),
                responsible: "甲".into(),
                title: title.into(),
                date: "20261128".into(),
                secrecy: String::new(),
                pages: Some(2),
                remark: String::new(),
                basis: String::new(),
                access: Access::Public,
                files: vec![file],
            }
        };
        let records: Vec<Record> = codes.into_iter().map(record).collect();
        let holder = Holder {
            fonds_name: "甲".into(),
            organisation: "乙".into(),
            scheme,
            date: (2026, 11, 28),
            software: "张榜".into(),
        };
        let scans = records.iter().flat_map(|record| &record.files);
        let scans: Vec<_> =
            scans.map(|file| Item::file(&*file.path, format!("{title}.jpg"))).collect();
        scans.into_iter().chain(holder.files(&records).unwrap()).collect()
    }

    fn gate(title: &str) -> Result<(), Diagnostic> {
        let (dossier, _) = governed("类别: 社区\n");
        let phones = Phones::of(&dossier.election);
        are_nobodys("甲社区", &catalogued(title), Scope::Public, &phones)
    }

    #[test]
    fn a_masked_name_is_no_number_with_what_stands_beside_it() {
        for name in [
            "张三13800138000",
            "张三138 0013 8000",
            "199 1234 5678",
            "张三0663-8812345",
            "联系电话13124570936",
            "护照E37019734",
            "身份证：511402820628171",
            "110105 19491231 0021",
            "6222021234567890123",
            "选举结果公告 1 3 8 0 0 1 3 8 0 0 0",
        ] {
            let masked = privacy::mask(name);
            assert_ne!(masked, name);
            assert_eq!(gate(&masked), Ok(()), "{name}");
        }
    }

    #[test]
    fn a_name_that_is_not_masked_is_told() {
        let told = gate("张三13800138000").unwrap_err();
        assert!(told.message.contains("张三138********"), "{told:?}");
        assert_eq!(told.place.unwrap().name_below(Path::new("")), "张三138********.jpg");
    }

    #[test]
    fn a_field_that_names_somebody_is_quoted() {
        let table = Item::bytes(catalogue::CSV, "\u{feff}序号,题名\r\n1,张三13800138000\r\n");
        let (dossier, _) = governed("类别: 社区\n");
        let phones = Phones::of(&dossier.election);
        let told = are_nobodys("甲社区", &[table], Scope::Whole, &phones).unwrap_err();
        assert!(told.message.ends_with("不能打包：“张三138********”。"), "{told:?}");
    }

    #[test]
    fn only_our_own_numbers_are_passed_over() {
        assert_eq!(without_number("0012-01 公告.pdf"), "公告.pdf");
        assert_eq!(without_number("0012 大会"), "大会");
        assert_eq!(without_number("1380-0138000 公告"), "1380-0138000 公告");
        let found = |path: &str| names_in(path).find_map(shape_in);
        assert_eq!(found("其他/内部/1380 0138000.csv"), Some(Shape::MobilePhone));
        assert_eq!(found("电子档案/2026/Y/0012 138********/0012-01 138********.jpg"), None);
    }
}
