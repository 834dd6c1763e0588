//! What the program never says, because it takes care, and the library does.

use std::collections::BTreeMap;

use zhangbang::bag::{self, Item};
use zhangbang::diagnostic::{Diagnostic, Report, Source};
use zhangbang::election::edit::Editor;

use crate::plain::bag::sample::packet;

pub(super) fn told() -> BTreeMap<&'static str, Vec<String>> {
    let all = [refused_edit(), bad_label(), bad_name(), changed_source()];
    all.into_iter().map(|found| (found.code, vec![shown(found)])).collect()
}

fn shown(found: Diagnostic) -> String {
    let mut report = Report::new();
    report.push(found);
    report.to_string().trim_end().to_owned()
}

/// A form that asks for what a file cannot hold.
fn refused_edit() -> Diagnostic {
    let source = Source::new("election.yaml", "类别: 社区\n届次: 7\n");
    let mut editor = Editor::new(source).unwrap();
    editor.remove(&"社区.名称".into()).unwrap_err()
}

fn written(packet: bag::Packet) -> Diagnostic {
    let folder = tempfile::tempdir().unwrap();
    bag::write(&packet, &folder.path().join("packet.zip"), &mut |_, _| {}).unwrap_err()
}

/// The labels of a packet are the program's own.
fn bad_label() -> Diagnostic {
    let mut packet = packet();
    packet.info.push(("Payload-Oxum".into(), "1.1".into()));
    written(packet)
}

/// So are the names in it.
fn bad_name() -> Diagnostic {
    let mut packet = packet();
    packet.items.push(Item::bytes("其他/CON.txt", "x"));
    written(packet)
}

/// Somebody would have to write at the very moment.
fn changed_source() -> Diagnostic {
    let folder = tempfile::tempdir().unwrap();
    let scan = folder.path().join("scan.jpg");
    std::fs::write(&scan, "signed").unwrap();
    let mut item = Item::file("其他/扫描件.jpg", &scan);
    bag::measure(&mut item).unwrap();
    std::fs::write(&scan, "forged").unwrap();
    let mut packet = packet();
    packet.items.push(item);
    let mut told = written(packet);
    told.place = None;
    told
}
