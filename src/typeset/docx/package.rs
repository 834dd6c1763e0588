//! The file itself: the parts that are used, each compressed, with times from
//! nowhere. The library would add a dozen empty parts and compress nothing.

use std::io::{Cursor, Write as _};

use docx_rs::XMLDocx;
use minijinja::HtmlEscape;
use zip::result::ZipResult;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipWriter};

use super::schema::conform;
use super::styles;
use crate::compose::Document;

const DECLARATION: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>";
const TYPES: &str = "application/vnd.openxmlformats-officedocument.wordprocessingml";
const RELATIONS: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

/// A part of Word's own: its name, what it is, and how the document refers to it.
struct Part {
    name: String,
    kind: &'static str,
    id: String,
    text: String,
}

/// Puts the parts into one file.
pub fn pack(parts: XMLDocx, document: &Document) -> ZipResult<Vec<u8>> {
    let main = conform(&text(parts.document));
    let parts =
        parts_of(parts.styles, parts.settings, parts.font_table, parts.headers, parts.footers);
    let mut files = vec![
        ("[Content_Types].xml".to_owned(), content_types(&parts)),
        ("_rels/.rels".to_owned(), relations()),
        ("docProps/core.xml".to_owned(), properties(document)),
        ("word/document.xml".to_owned(), main),
        ("word/_rels/document.xml.rels".to_owned(), document_relations(&parts)),
    ];
    files.extend(parts.into_iter().map(|part| (format!("word/{}", part.name), part.text)));
    let options = SimpleFileOptions::default()
        .compression_method(CompressionMethod::Deflated)
        .last_modified_time(DateTime::DEFAULT);
    let mut package = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, text) in files {
        package.start_file(name, options)?;
        package.write_all(text.as_bytes())?;
    }
    Ok(package.finish()?.into_inner())
}

/// The library writes UTF-8.
fn text(part: Vec<u8>) -> String {
    String::from_utf8(part).unwrap_or_default()
}

fn parts_of(
    styles: Vec<u8>,
    settings: Vec<u8>,
    fonts: Vec<u8>,
    headers: Vec<Vec<u8>>,
    footers: Vec<Vec<u8>>,
) -> Vec<Part> {
    let part = |name: &str, kind, id: &str, bytes| Part {
        name: format!("{name}.xml"),
        kind,
        id: id.to_owned(),
        text: conform(&text(bytes)),
    };
    let mut parts = vec![
        part("styles", "styles", "rId1", styles),
        part("settings", "settings", "rId2", settings),
        part("fontTable", "fontTable", "rId3", fonts),
    ];
    // These two names are how the library refers to them.
    for (n, header) in (1..).zip(headers) {
        parts.push(part(&format!("header{n}"), "header", &format!("rIdHeader{n}"), header));
    }
    for (n, footer) in (1..).zip(footers) {
        parts.push(part(&format!("footer{n}"), "footer", &format!("rIdFooter{n}"), footer));
    }
    amend(&mut parts);
    parts
}

/// What the library has no words for: the default style, the language, and the
/// fonts to take instead.
fn amend(parts: &mut [Part]) {
    for part in parts {
        part.text = match part.kind {
            "styles" => part
                .text
                .replace("w:styleId=\"Normal\"", "w:default=\"1\" w:styleId=\"Normal\"")
                .replace(
                    "</w:rPr></w:rPrDefault>",
                    "<w:lang w:val=\"en-US\" w:eastAsia=\"zh-CN\" /></w:rPr></w:rPrDefault>",
                ),
            "fontTable" => {
                part.text.replace("</w:fonts>", &(styles::font_alternatives() + "</w:fonts>"))
            }
            _ => continue,
        };
    }
}

fn content_types(parts: &[Part]) -> String {
    let part = |name: &str, kind: &str| {
        format!("<Override PartName=\"/word/{name}\" ContentType=\"{TYPES}.{kind}+xml\"/>")
    };
    let parts: String = parts.iter().map(|known| part(&known.name, known.kind)).collect();
    format!(
        "{DECLARATION}<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\">\
         <Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/>\
         <Default Extension=\"xml\" ContentType=\"application/xml\"/>\
         <Override PartName=\"/docProps/core.xml\" ContentType=\"application/vnd.openxmlformats-package.core-properties+xml\"/>\
         {}{parts}</Types>",
        part("document.xml", "document.main")
    )
}

fn related(relations: &str) -> String {
    format!(
        "{DECLARATION}<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">{relations}</Relationships>"
    )
}

fn relations() -> String {
    related(&format!(
        "<Relationship Id=\"rId1\" Type=\"{RELATIONS}/officeDocument\" Target=\"word/document.xml\"/>\
         <Relationship Id=\"rId2\" Type=\"http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties\" Target=\"docProps/core.xml\"/>"
    ))
}

fn document_relations(parts: &[Part]) -> String {
    let relation = |part: &Part| {
        let Part { id, kind, name, .. } = part;
        format!("<Relationship Id=\"{id}\" Type=\"{RELATIONS}/{kind}\" Target=\"{name}\"/>")
    };
    related(&parts.iter().map(relation).collect::<String>())
}

/// Title, author and dates, which come from the data and never from the clock.
fn properties(document: &Document) -> String {
    let date = document.dated.map_or_else(|| "1980-01-01".to_owned(), |date| date.to_string());
    let issuer = document.signature.as_ref().map_or("", |signature| &signature.issuer);
    let when = |name: &str| {
        format!("<dcterms:{name} xsi:type=\"dcterms:W3CDTF\">{date}T00:00:00Z</dcterms:{name}>")
    };
    format!(
        "{DECLARATION}<cp:coreProperties xmlns:cp=\"http://schemas.openxmlformats.org/package/2006/metadata/core-properties\" \
         xmlns:dc=\"http://purl.org/dc/elements/1.1/\" xmlns:dcterms=\"http://purl.org/dc/terms/\" \
         xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\">\
         <dc:title>{}</dc:title><dc:creator>{}</dc:creator><dc:language>zh-CN</dc:language>{}{}</cp:coreProperties>",
        HtmlEscape(&document.title),
        HtmlEscape(issuer),
        when("created"),
        when("modified"),
    )
}
