//! How each kind of line looks: as styles, so that a change of taste is one
//! change in Word, and never on single letters.

use docx_rs::{
    AlignmentType, LineSpacing, LineSpacingType, Paragraph, Run, RunFonts, SpecialIndentType,
    Style, StyleType,
};

use crate::typeset::sheet::{HalfPoints, Kind, Sheet, Twips};

/// Names on a list.
pub const NAME_SIZE: HalfPoints = 28;

/// Faces by their names on Windows; digits and Latin letters are always Times,
/// for 仿宋 draws them poorly. Quotation marks, which both scripts have, are
/// Chinese.
pub fn fonts(east_asia: &str) -> RunFonts {
    RunFonts::new()
        .hint("eastAsia")
        .ascii("Times New Roman")
        .hi_ansi("Times New Roman")
        .cs("Times New Roman")
        .east_asia(east_asia)
}

/// What Windows has of late instead of the faces that the standard names.
pub fn font_alternatives() -> String {
    let faces = [
        ("仿宋_GB2312", "仿宋,FangSong,STFangsong"),
        ("楷体_GB2312", "楷体,KaiTi,STKaiti"),
        ("方正小标宋简体", "FZXiaoBiaoSong-B05S,华文中宋,STZhongsong"),
        ("黑体", "SimHei"),
        ("宋体", "SimSun"),
    ];
    let font = |(name, others)| {
        format!(
            "<w:font w:name=\"{name}\"><w:altName w:val=\"{others}\" /><w:charset w:val=\"86\" /></w:font>"
        )
    };
    faces.map(font).concat()
}

/// Lines of a fixed pitch, so that the page does not depend on the font.
pub fn exactly(pitch: Twips) -> LineSpacing {
    LineSpacing::new()
        .line_rule(LineSpacingType::Exact)
        .line(i32::try_from(pitch).unwrap_or_default())
}

/// Lines half as high again as their letters.
pub fn loosely(size: HalfPoints) -> LineSpacing {
    exactly(size * 15)
}

/// The width of so many characters, as a distance.
pub fn characters(count: usize, size: HalfPoints) -> i32 {
    i32::try_from(count * size * 10).unwrap_or_default()
}

pub fn line(style: &str) -> Paragraph {
    Paragraph::new().style(style)
}

pub fn text_line(style: &str, text: &str) -> Paragraph {
    line(style).add_run(Run::new().add_text(text))
}

/// Word knows its own styles by their English names and shows them as 标题,
/// 标题 1 and so on; the others have the names that users see.
pub fn all(sheet: &Sheet) -> Vec<Style> {
    let style =
        |id: &str, name: &str| Style::new(id, StyleType::Paragraph).name(name).based_on("Normal");
    let indented = |style: Style| {
        let two = SpecialIndentType::FirstLine(characters(2, sheet.size));
        style.indent(None, Some(two), None, None)
    };
    let heading = |level: usize, face: &str| {
        let style = style(&format!("Heading{level}"), &format!("heading {level}")).next("Body");
        let mut style = indented(style.fonts(fonts(face)).outline_lvl(level - 1));
        style.paragraph_property = style.paragraph_property.keep_next(true);
        style
    };
    // Single lines of tables and lists do not snap to the grid of the text.
    let free = |mut style: Style| {
        style.paragraph_property = style.paragraph_property.snap_to_grid(false);
        style
    };
    let title = free(style("Title", "Title"))
        .next("Body")
        .size(sheet.title_size)
        .fonts(fonts("方正小标宋简体"))
        .align(AlignmentType::Center);
    let title = match sheet.kind {
        Kind::Cards => title.align(AlignmentType::Left).line_spacing(exactly(440)),
        Kind::Certificate => title.color("8C1515").line_spacing(exactly(1460).after(400)),
        _ => title.line_spacing(exactly(sheet.title_size * 16)),
    };
    // What stands over a title, small print, and who signs.
    let (over, small, signing) = match sheet.kind {
        Kind::Cards => ((21, 280), (17, 230), sheet.size),
        Kind::Certificate => ((28, 560), (28, 560), SMALLER),
        Kind::Envelope => ((40, 640), (28, 420), sheet.size),
        _ => ((28, 440), (21, 320), sheet.size),
    };
    let body = style("Body", "公文正文").align(AlignmentType::Both);
    vec![
        title,
        style("Number", "公告编号").next("Body").align(AlignmentType::Center),
        style("Addressee", "主送").next("Body"),
        match sheet.kind {
            Kind::Cards | Kind::Envelope => body,
            _ => indented(body),
        },
        heading(1, "黑体"),
        heading(2, "楷体_GB2312"),
        heading(3, "仿宋_GB2312"),
        free(
            style("TableText", "表格文字")
                .size(sheet.table_size)
                .line_spacing(loosely(sheet.table_size)),
        ),
        free(style("Names", "名单").size(NAME_SIZE).line_spacing(loosely(NAME_SIZE))),
        style("NamesHeading", "名单小标题")
            .next("Names")
            .size(NAME_SIZE)
            .fonts(fonts("黑体"))
            .line_spacing(loosely(NAME_SIZE).before(160).after(80))
            .outline_lvl(0),
        style("Signature", "Signature").size(signing).align(AlignmentType::Right),
        style("Over", "眉题")
            .next("Title")
            .size(over.0)
            .align(AlignmentType::Center)
            .line_spacing(exactly(over.1)),
        style("Small", "小字").size(small.0).line_spacing(exactly(small.1)),
        // What Word wants after a table, and in a square.
        free(style("Gap", "空行").size(2).line_spacing(exactly(20))),
        style("Footer", "footer").size(28).fonts(fonts("宋体")).line_spacing(LineSpacing::new()),
        style("Draft", "草稿")
            .size(72)
            .color("BFBFBF")
            .fonts(fonts("黑体"))
            .line_spacing(LineSpacing::new()),
    ]
}

/// The signature of a certificate.
pub const SMALLER: HalfPoints = 36;
