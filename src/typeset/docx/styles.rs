//! How each kind of line looks: as styles, so that a change of taste is one
//! change in Word, and never on single letters.

use super::wml::{OfParagraphs as _, OfRuns as _, Paragraph, Style, exactly, fonts, root};
use super::xml::Element;
use crate::typeset::sheet::{HalfPoints, Kind, Numbers, Sheet};

/// Names on a list.
pub const NAME_SIZE: HalfPoints = 28;
/// The signature of a certificate.
pub const SMALLER: HalfPoints = 36;
/// Word knows no 15.75 pt, so each character of 16 pt is set a quarter of a
/// point closer: 28 to the 156 mm of a line. A grid of characters would say the
/// same to Word, but LibreOffice reads it as 21.
pub const OFFICIAL_SIZE: HalfPoints = 32;
const TIGHTENED: i32 = -5;

pub fn line(style: &str) -> Paragraph {
    Paragraph::default().style(style)
}

pub fn text_line(style: &str, text: &str) -> Paragraph {
    line(style).text(text)
}

/// Lines half as high again as their letters.
fn loosely(size: HalfPoints) -> Element {
    exactly(size * 15)
}

/// The fonts by their names on Windows, and what it has of late instead.
pub fn font_table() -> Element {
    let faces = [
        ("仿宋_GB2312", "仿宋,FangSong,STFangsong"),
        ("楷体_GB2312", "楷体,KaiTi,STKaiti"),
        ("方正小标宋简体", "FZXiaoBiaoSong-B05S,华文中宋,STZhongsong"),
        ("黑体", "SimHei"),
        ("宋体", "SimSun"),
    ];
    let font = |(name, others)| {
        let other = Element::val("w:altName", others);
        Element::new("w:font").set("w:name", name).with(other).with(Element::val("w:charset", "86"))
    };
    root("w:fonts").with_all(faces.map(font))
}

/// All styles on such a sheet, and what holds where they say nothing.
pub fn style_sheet(sheet: &Sheet) -> Element {
    let tightened = (sheet.size == OFFICIAL_SIZE).then(|| Element::val("w:spacing", TIGHTENED));
    let language = Element::new("w:lang").set("w:val", "en-US").set("w:eastAsia", "zh-CN");
    let run = Element::new("w:rPr")
        .with(fonts("仿宋_GB2312"))
        .with_all(tightened)
        .with(Element::val("w:sz", sheet.size))
        .with(language);
    let paragraph = Element::new("w:pPr").with(exactly(sheet.pitch));
    let defaults = Element::new("w:docDefaults")
        .with(Element::new("w:rPrDefault").with(run))
        .with(Element::new("w:pPrDefault").with(paragraph));
    let normal = Element::new("w:style").set("w:type", "paragraph").set("w:default", 1);
    let normal = normal.set("w:styleId", "Normal").with(Element::val("w:name", "Normal"));
    root("w:styles")
        .with(defaults)
        .with(normal.with(Element::new("w:qFormat")))
        .with_all(all(sheet))
}

/// Word knows its own styles by their English names and shows them as 标题,
/// 标题 1 and so on; the others have the names that users see.
fn all(sheet: &Sheet) -> Vec<Style> {
    let indented = |style: Style| style.ind(&[("w:firstLine", 2 * sheet.size * 10)]);
    let heading = |level: usize, face: &str| {
        let style = Style::new(format!("Heading{level}"), format!("heading {level}")).next("Body");
        indented(style.fonts(face).outline_level(level - 1).keep_next(true))
    };
    let title = Style::new("Title", "Title").next("Body").off_grid().fonts("方正小标宋简体");
    let title = title.size(sheet.title_size).jc("center");
    let title = match sheet.kind {
        Kind::Cards => title.jc("left").spacing(exactly(440)),
        Kind::Certificate => title.color("8C1515").spacing(exactly(1460).set("w:after", 400)),
        _ => title.spacing(exactly(sheet.title_size * 16)),
    };
    // What stands over a title, small print, and who signs.
    let (over, small, signing) = match sheet.kind {
        Kind::Cards => ((21, 280), (17, 230), sheet.size),
        Kind::Certificate => ((28, 560), (28, 560), SMALLER),
        Kind::Envelope => ((40, 640), (28, 420), sheet.size),
        _ => ((28, 440), (21, 320), sheet.size),
    };
    let footing = if sheet.numbers == Numbers::Count { 21 } else { 28 };
    let sized = |style: Style, (size, pitch)| style.size(size).spacing(exactly(pitch));
    // Lines of tables and lists do not snap to the grid of the text.
    let loose = |style: Style, size| style.size(size).spacing(loosely(size)).off_grid();
    let body = Style::new("Body", "公文正文").jc("both");
    vec![
        title,
        Style::new("Number", "公告编号").next("Body").jc("center"),
        Style::new("Addressee", "主送").next("Body"),
        match sheet.kind {
            Kind::Cards | Kind::Envelope => body,
            _ => indented(body),
        },
        heading(1, "黑体"),
        heading(2, "楷体_GB2312"),
        heading(3, "仿宋_GB2312"),
        loose(Style::new("TableText", "表格文字"), sheet.table_size),
        loose(Style::new("Names", "名单"), NAME_SIZE),
        Style::new("NamesHeading", "名单小标题")
            .next("Names")
            .size(NAME_SIZE)
            .fonts("黑体")
            .spacing(loosely(NAME_SIZE).set("w:before", 160).set("w:after", 80))
            .outline_level(0),
        Style::new("Signature", "Signature").size(signing).jc("right"),
        sized(Style::new("Over", "眉题").next("Title").jc("center"), over),
        sized(Style::new("Small", "小字"), small),
        // What Word wants after a table, and in a square.
        sized(Style::new("Gap", "空行").off_grid(), (2, 20)),
        Style::new("Footer", "footer").size(footing).fonts("宋体"),
        Style::new("Draft", "草稿").size(72).color("BFBFBF").fonts("黑体"),
    ]
}
