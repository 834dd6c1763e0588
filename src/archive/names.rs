//! Names of folders and files, which are those of packets and of what lies in them.

use std::path::Path;

use super::{attachment, source};
use crate::bag::Item;
use crate::diagnostic::{Diagnostic, Report};
use crate::election::Dossier;
use crate::files;
use crate::privacy::{self, Shape};

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
    }
    report
}

fn told(shape: Shape, what: &str, path: &Path) -> Diagnostic {
    let message = format!("{what}里有像{}的内容。", shape.name());
    Diagnostic::warning("personal-name", message).in_file(path)
}

fn shape_in(name: &str) -> Option<Shape> {
    privacy::find(name).first().map(|(_, shape)| *shape)
}

/// The last gate of a packet: its name, and the paths in it.
pub(super) fn are_nobodys(packet: &str, items: &[Item]) -> Result<(), Diagnostic> {
    let refused = |shape: Shape, name: &str, what: &str| {
        let message =
            format!("{what}“{}”里有像{}的内容，不能打包。", privacy::mask(name), shape.name());
        Diagnostic::error("personal-data", message)
            .help("请给选举文件夹或这个文件改一个名称，如社区和年份。")
    };
    if let Some(shape) = shape_in(packet) {
        return Err(refused(shape, packet, "档案包的名称"));
    }
    let parts = items.iter().flat_map(|item| item.path.split('/'));
    parts
        .into_iter()
        .find_map(|part| Some(refused(shape_in(part)?, part, "名称")))
        .map_or(Ok(()), Err)
}
