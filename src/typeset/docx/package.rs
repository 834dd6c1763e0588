//! The file itself: its parts, how they refer to each other, and settings, each
//! compressed, with times from nowhere, the same on every system.

use zip::CompressionMethod;
use zip::result::ZipResult;

use super::numbering::Lists;
use super::page::{self, Edge};
use super::styles;
use super::wml::{RELATIONS, root};
use super::xml::Element;
use crate::compose::Document;
use crate::compose::document::Signature;
use crate::files;
use crate::typeset::sheet::Sheet;

const TYPES: &str = "application/vnd.openxmlformats-officedocument.wordprocessingml";
const PACKAGE: &str = "http://schemas.openxmlformats.org/package/2006";
const PACKAGE_TYPES: &str = "application/vnd.openxmlformats-package";

/// A part of Word's own: what it is, and by what name the document refers to it.
struct Part {
    kind: &'static str,
    id: String,
    root: Element,
}

/// Puts what stands on the pages, and all that belongs to it, into one file.
pub(super) fn pack(
    body: Element,
    document: &Document,
    sheet: &Sheet,
    lists: &Lists,
    edges: Vec<Edge>,
) -> ZipResult<Vec<u8>> {
    let parts = parts(sheet, lists, edges);
    let files = [
        ("[Content_Types].xml", content_types(&parts)),
        ("_rels/.rels", relations()),
        ("docProps/core.xml", properties(document)),
        ("word/document.xml", root("w:document").with(body)),
        ("word/_rels/document.xml.rels", document_relations(&parts)),
    ];
    let files = files.map(|(name, root)| (name.to_owned(), root)).into_iter();
    let parts = parts.into_iter().map(|part| (format!("word/{}.xml", part.id), part.root));
    let files = files.chain(parts).map(|(name, root)| (name, root.file()));
    files::zipped(files, CompressionMethod::Deflated)
}

fn parts(sheet: &Sheet, lists: &Lists, edges: Vec<Edge>) -> Vec<Part> {
    let part = |kind: &'static str, root| Part { kind, id: kind.to_owned(), root };
    let own = [
        part("styles", styles::style_sheet(sheet)),
        part("settings", settings(page::has_sides(sheet))),
        part("fontTable", styles::font_table()),
    ];
    let numbering = lists.part(sheet).map(|root| part("numbering", root));
    let edges = edges.into_iter().map(|edge| Part {
        kind: edge.kind(),
        id: edge.id(),
        root: root(if edge.is_header { "w:hdr" } else { "w:ftr" }).with(edge.line),
    });
    own.into_iter().chain(numbering).chain(edges).collect()
}

/// As Word of late sets pages, with the habits of Chinese text.
fn settings(has_sides: bool) -> Element {
    let habits = [
        "w:spaceForUL",
        "w:balanceSingleByteDoubleByteWidth",
        "w:doNotLeaveBackslashAlone",
        "w:ulTrailSpace",
        "w:doNotExpandShiftReturn",
        "w:useFELayout",
    ];
    let modern = [
        ("compatibilityMode", 15),
        ("overrideTableStyleFontSizeAndJustification", 1),
        ("enableOpenTypeFeatures", 1),
        ("doNotFlipMirrorIndents", 1),
        ("differentiateMultirowTableHeaders", 1),
        ("useWord2013TrackBottomHyphenation", 0),
    ];
    let modern = modern.map(|(name, value)| {
        let setting = Element::new("w:compatSetting").set("w:name", name);
        setting.set("w:uri", "http://schemas.microsoft.com/office/word").set("w:val", value)
    });
    root("w:settings")
        .with(Element::new("w:zoom").set("w:percent", 100))
        .with(Element::val("w:defaultTabStop", 840))
        .with_all(has_sides.then(|| Element::new("w:evenAndOddHeaders")))
        .with(Element::new("w:compat").with_all(habits.map(Element::new)).with_all(modern))
}

fn content_types(parts: &[Part]) -> Element {
    let kind = |name, key, value: &str, kind: String| {
        Element::new(name).set(key, value).set("ContentType", kind)
    };
    let word = |id: &str, of: &str| {
        kind("Override", "PartName", &format!("/word/{id}.xml"), format!("{TYPES}.{of}+xml"))
    };
    let relations = format!("{PACKAGE_TYPES}.relationships+xml");
    let properties = format!("{PACKAGE_TYPES}.core-properties+xml");
    Element::new("Types")
        .set("xmlns", format!("{PACKAGE}/content-types"))
        .with(kind("Default", "Extension", "rels", relations))
        .with(kind("Default", "Extension", "xml", "application/xml".to_owned()))
        .with(kind("Override", "PartName", "/docProps/core.xml", properties))
        .with(word("document", "document.main"))
        .with_all(parts.iter().map(|part| word(&part.id, part.kind)))
}

fn related<'a>(relations: impl IntoIterator<Item = (&'a str, String, String)>) -> Element {
    let relation = |(id, kind, target): (&str, String, String)| {
        let relation = Element::new("Relationship").set("Id", id);
        relation.set("Type", kind).set("Target", target)
    };
    Element::new("Relationships")
        .set("xmlns", format!("{PACKAGE}/relationships"))
        .with_all(relations.into_iter().map(relation))
}

fn relations() -> Element {
    let properties = format!("{PACKAGE}/relationships/metadata/core-properties");
    related([
        ("document", format!("{RELATIONS}/officeDocument"), "word/document.xml".to_owned()),
        ("properties", properties, "docProps/core.xml".to_owned()),
    ])
}

fn document_relations(parts: &[Part]) -> Element {
    related(parts.iter().map(|part| {
        (part.id.as_str(), format!("{RELATIONS}/{}", part.kind), format!("{}.xml", part.id))
    }))
}

/// Title, author and dates, which come from the data and never from the clock.
fn properties(document: &Document) -> Element {
    let date = document.dated.map_or_else(|| "1980-01-01".to_owned(), |date| date.to_string());
    let issuers = document.signature.iter().flat_map(Signature::issuers).cloned();
    let issuer = issuers.collect::<Vec<_>>().join("、");
    let when = |name| {
        let when = Element::new(name).set("xsi:type", "dcterms:W3CDTF");
        when.text(format!("{date}T00:00:00Z"))
    };
    Element::new("cp:coreProperties")
        .set("xmlns:cp", format!("{PACKAGE}/metadata/core-properties"))
        .set("xmlns:dc", "http://purl.org/dc/elements/1.1/")
        .set("xmlns:dcterms", "http://purl.org/dc/terms/")
        .set("xmlns:xsi", "http://www.w3.org/2001/XMLSchema-instance")
        .with(Element::new("dc:title").text(&document.title))
        .with(Element::new("dc:creator").text(issuer))
        .with(Element::new("dc:language").text("zh-CN"))
        .with(when("dcterms:created"))
        .with(when("dcterms:modified"))
}
