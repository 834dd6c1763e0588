//! Names of folders and files, which are those of packets and of what lies in them.

use std::path::Path;

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
    let mut parts = items.iter().flat_map(|item| item.path.split('/'));
    if let Some(told) = parts.find_map(|part| Some(refused(shape_in(part)?, part, "名称"))) {
        return Err(told);
    }
    let is_for_all = |item: &&Item| scope == Scope::Public || !item.path.contains('/');
    let mut texts = items.iter().filter(is_for_all).filter_map(|item| match &item.content {
        Content::Bytes(bytes) => Some((item, std::str::from_utf8(bytes).ok()?)),
        Content::File(_) => None,
    });
    let told = texts.find_map(|(item, text)| {
        let (_, shape) = phones.worst(text)?;
        let message = format!("“{}”里有像{}的内容，不能打包。", item.path, shape.name());
        Some(Diagnostic::error("personal-data", message).help("请从选举说明或自己的模板里删去。"))
    });
    told.map_or(Ok(()), Err)
}
