//! How each kind of line looks: as styles, so that a change of taste is one
//! change in Word, and never on single letters.

use super::wml::{Paragraph, Run, exactly, fonts, root, style};
use super::xml::Element;
use crate::typeset::sheet::{HalfPoints, Kind, Numbers, Sheet};

/// Names on a list.
pub(super) const NAME_SIZE: HalfPoints = 28;
/// The signature of a certificate.
pub(super) const SMALLER: HalfPoints = 36;
/// Word knows no 15.75 pt, so each character of 16 pt is set a quarter of a
/// point closer: 28 to the 156 mm of a line. A grid of characters would say the
/// same to Word, but LibreOffice reads it as 21.
pub(super) const OFFICIAL_SIZE: HalfPoints = 32;
const TIGHTENED: i32 = -5;

pub(super) fn line(style: &str) -> Paragraph {
    Paragraph::default().style(style)
}

pub(super) fn text_line(style: &str, text: &str) -> Paragraph {
    line(style).with(Run::of(text))
}

/// Lines half as high again as their letters.
fn loosely(size: HalfPoints) -> Element {
    exactly(size * 15)
}

/// The fonts by their names on Windows, and what it has of late instead.
pub(super) fn font_table() -> Element {
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
pub(super) fn style_sheet(sheet: &Sheet) -> Element {
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
fn all(sheet: &Sheet) -> Vec<Element> {
    let plain = Paragraph::default;
    let text = Run::default;
    let indented = || plain().ind(&[("w:firstLine", 2 * sheet.size * 10)]);
    let heading = |id, name, level, face| {
        let paragraph = indented().outline_level(level).keep_next(true);
        style(id, name, "Body", paragraph, text().fonts(face))
    };
    // Lines of tables and lists do not snap to the grid of the text.
    let loose = |id, name, size| {
        style(id, name, id, plain().spacing(loosely(size)).off_grid(), text().size(size))
    };
    let (title, title_text) = (plain().off_grid(), text().size(sheet.title_size));
    let (title, title_text) = match sheet.kind {
        Kind::Cards => (title.jc("left").spacing(exactly(440)), title_text),
        Kind::Certificate => {
            let spacing = exactly(1460).set("w:after", 400);
            (title.jc("center").spacing(spacing), title_text.color("8C1515"))
        }
        _ => (title.jc("center").spacing(exactly(sheet.title_size * 16)), title_text),
    };
    // What stands over a title, small print, and who signs.
    let (over, small, signing) = match sheet.kind {
        Kind::Cards => ((21, 280), (17, 230), sheet.size),
        Kind::Certificate => ((28, 560), (28, 560), SMALLER),
        Kind::Envelope => ((40, 640), (28, 420), sheet.size),
        _ => ((28, 440), (21, 320), sheet.size),
    };
    let footing = if sheet.numbers == Numbers::Count { 21 } else { 28 };
    let body = match sheet.kind {
        Kind::Cards | Kind::Envelope => plain(),
        _ => indented(),
    };
    let list_head = loosely(NAME_SIZE).set("w:before", 160).set("w:after", 80);
    let list_head = plain().spacing(list_head).outline_level(0);
    // What Word wants after a table, and in a square.
    let gap = plain().spacing(exactly(20)).off_grid();
    let [over_line, small_line] = [over.1, small.1].map(|pitch| plain().spacing(exactly(pitch)));
    vec![
        style("Title", "Title", "Body", title, title_text.fonts("方正小标宋简体")),
        style("Number", "公告编号", "Body", plain().jc("center"), text()),
        style("Addressee", "主送", "Body", plain(), text()),
        style("Body", "公文正文", "Body", body.jc("both"), text()),
        heading("Heading1", "heading 1", 0, "黑体"),
        heading("Heading2", "heading 2", 1, "楷体_GB2312"),
        heading("Heading3", "heading 3", 2, "仿宋_GB2312"),
        loose("TableText", "表格文字", sheet.table_size),
        loose("Names", "名单", NAME_SIZE),
        style(
            "NamesHeading",
            "名单小标题",
            "Names",
            list_head,
            text().size(NAME_SIZE).fonts("黑体"),
        ),
        style("Signature", "Signature", "Signature", plain().jc("right"), text().size(signing)),
        style("Over", "眉题", "Title", over_line.jc("center"), text().size(over.0)),
        style("Small", "小字", "Small", small_line, text().size(small.0)),
        style("Gap", "空行", "Gap", gap, text().size(2)),
        style("Footer", "footer", "Footer", plain(), text().size(footing).fonts("宋体")),
        style("Draft", "草稿", "Draft", plain(), text().size(72).color("BFBFBF").fonts("黑体")),
    ]
}
