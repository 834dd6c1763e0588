//! Word: a document that the secretary goes on editing in WPS or Word.
//!
//! Fonts are asked for by the names they have on Windows, whatever this machine
//! has; each kind of line is a style, so that a change of taste is one change.
//! Only the master of a document is written: a poster is the same text larger.

use std::io::Cursor;

use docx_rs::{
    AlignmentType, BreakType, DocGrid, DocGridType, Docx, FieldCharType, Footer, Header,
    InstrNUMPAGES, InstrPAGE, InstrText, LineSpacing, LineSpacingType, PageMargin,
    PageOrientationType, Paragraph, Run, RunFonts, SpecialIndentType, Style, StyleType, Tab,
    TabValueType, Table as WordTable, TableBorder, TableBorderPosition, TableBorders, TableCell,
    TableCellMargins, TableLayoutType, TableRow, VAlignType, WidthType, XMLDocx,
};
use minijinja::HtmlEscape;
use unicode_width::UnicodeWidthStr as _;

use crate::compose::Document;
use crate::compose::document::{
    Align, Block, Inline, ListedName, NameGrid, Signature, Table, Text,
};
use crate::diagnostic::Diagnostic;

/// Twips: twentieths of a point, in which Word measures nearly everything.
type Twips = usize;

/// 三号. Word knows no 15.75 pt, so each character of 16 pt is set a quarter of
/// a point closer: 28 to the 156 mm of a line. A grid of characters would say
/// the same to Word, but LibreOffice reads it as 21.
const SIZE: usize = 16;
const TIGHTENED: i32 = -5;
/// 二号.
const TITLE_SIZE: usize = 22;
/// Of 22 lines in 225 mm.
const PITCH: Twips = 579;

/// Names stand on tab stops this many characters apart: three for the name and
/// two between names.
const CELL: usize = 5;
const GAP: usize = 2;
/// Points of the names on a list.
const NAME_SIZE: usize = 14;

/// Columns at most so wide, in half characters, keep to one line.
const NARROW: usize = 22;
const CELL_PADDING: Twips = 80;

/// Writes `document` as DOCX on the page that `layout` calls for.
///
/// # Errors
/// The library's own; a document in memory gives no cause for one.
pub fn write(document: &Document, layout: &str) -> Result<Vec<u8>, Diagnostic> {
    let sheet = Sheet::of(layout);
    let mut parts = body(sheet.page(document), document, &sheet).build();
    amend(&mut parts, document);
    let mut bytes = Cursor::new(Vec::new());
    parts.pack(&mut bytes).map_err(|error| {
        Diagnostic::error("docx", format!("《{}》写不成 Word 文件：{error}", document.title))
    })?;
    Ok(bytes.into_inner())
}

/// A page: its size, what is left of it for text, and how it is numbered.
struct Sheet {
    width: Twips,
    height: Twips,
    margin: PageMargin,
    landscape: bool,
    /// Points of the text in tables.
    table_size: usize,
    counted: bool,
}

impl Sheet {
    /// The page of GB/T 9704, unless the layout is a list.
    fn of(layout: &str) -> Self {
        let margin = PageMargin {
            top: 2098,
            right: 1474,
            bottom: 1984,
            left: 1588,
            header: 851,
            footer: 1300,
            gutter: 0,
        };
        let sheet = Self {
            width: 11906,
            height: 16838,
            margin,
            landscape: false,
            table_size: 14,
            counted: false,
        };
        let narrow = PageMargin {
            top: 1134,
            right: 1247,
            bottom: 1134,
            left: 1247,
            header: 567,
            footer: 567,
            gutter: 0,
        };
        match layout {
            "list" => Self { margin: narrow, table_size: 12, counted: true, ..sheet },
            "catalogue" => Self {
                width: sheet.height,
                height: sheet.width,
                margin: narrow,
                landscape: true,
                table_size: 11,
                counted: true,
            },
            "report" => Self { table_size: 12, ..sheet },
            "roster" => Self { table_size: SIZE, ..sheet },
            _ => sheet,
        }
    }

    fn text_width(&self) -> Twips {
        self.width.saturating_sub((self.margin.left + self.margin.right).unsigned_abs() as usize)
    }

    fn page(&self, document: &Document) -> Docx {
        let mut page = Docx::new()
            .page_size(
                u32::try_from(self.width).unwrap_or_default(),
                u32::try_from(self.height).unwrap_or_default(),
            )
            .page_margin(self.margin.clone())
            .default_fonts(fonts("仿宋_GB2312"))
            .default_size(SIZE * 2)
            .default_spacing(TIGHTENED)
            .default_line_spacing(exactly(PITCH));
        if self.landscape {
            page = page.page_orient(PageOrientationType::Landscape);
        }
        let grid = DocGrid::new().grid_type(DocGridType::Lines).line_pitch(PITCH);
        page.document.section_property = page.document.section_property.doc_grid(grid);
        page = styles(self.table_size).into_iter().fold(page, Docx::add_style);
        if document.draft {
            // Every page has the header, also the even ones.
            page = page.header(draft_mark()).even_header(draft_mark());
        }
        if self.counted {
            page.footer(count_footer()).even_footer(count_footer())
        } else {
            page.footer(dash_footer(AlignmentType::Right))
                .even_footer(dash_footer(AlignmentType::Left))
        }
    }
}

/// Faces by their names on Windows; digits and Latin letters are always Times,
/// for 仿宋 draws them poorly.
fn fonts(east_asia: &str) -> RunFonts {
    RunFonts::new()
        .ascii("Times New Roman")
        .hi_ansi("Times New Roman")
        .cs("Times New Roman")
        .east_asia(east_asia)
}

/// Lines of a fixed pitch, so that the page does not depend on the font.
fn exactly(pitch: Twips) -> LineSpacing {
    LineSpacing::new()
        .line_rule(LineSpacingType::Exact)
        .line(i32::try_from(pitch).unwrap_or_default())
}

/// Word knows its own styles by their English names and shows them as 标题,
/// 标题 1 and so on; the others have the names that users see.
fn styles(table_size: usize) -> Vec<Style> {
    let style =
        |id: &str, name: &str| Style::new(id, StyleType::Paragraph).name(name).based_on("Normal");
    let indented = |style: Style| style.indent(None, Some(first_line(2, SIZE)), None, None);
    let heading = |level: usize, face: &str| {
        let style = style(&format!("Heading{level}"), &format!("heading {level}")).next("Body");
        let mut style = indented(style.fonts(fonts(face)).outline_lvl(level - 1));
        style.paragraph_property = style.paragraph_property.keep_next(true);
        style
    };
    let mut table =
        style("TableText", "表格文字").size(table_size * 2).line_spacing(exactly(table_size * 30));
    // A row is never torn between two pages.
    table.paragraph_property = table.paragraph_property.keep_lines(true).snap_to_grid(false);
    let mut names =
        style("Names", "名单").size(NAME_SIZE * 2).line_spacing(exactly(NAME_SIZE * 30));
    names.paragraph_property = names.paragraph_property.snap_to_grid(false);
    vec![
        style("Title", "Title")
            .next("Body")
            .size(TITLE_SIZE * 2)
            .fonts(fonts("方正小标宋简体"))
            .align(AlignmentType::Center)
            .line_spacing(exactly(700)),
        style("Number", "公告编号").next("Body").align(AlignmentType::Center),
        style("Addressee", "主送").next("Body"),
        indented(style("Body", "公文正文").align(AlignmentType::Both)),
        heading(1, "黑体"),
        heading(2, "楷体_GB2312"),
        heading(3, "仿宋_GB2312"),
        table,
        names,
        style("NamesHeading", "名单小标题")
            .next("Names")
            .size(NAME_SIZE * 2)
            .fonts(fonts("黑体"))
            .line_spacing(exactly(NAME_SIZE * 30).before(160).after(80))
            .outline_lvl(0),
        style("Signature", "Signature").align(AlignmentType::Right),
        style("Footer", "footer").size(28).fonts(fonts("宋体")).line_spacing(LineSpacing::new()),
        style("Draft", "草稿")
            .size(72)
            .color("BFBFBF")
            .fonts(fonts("黑体"))
            .line_spacing(LineSpacing::new()),
    ]
}

fn first_line(characters: usize, points: usize) -> SpecialIndentType {
    SpecialIndentType::FirstLine(i32::try_from(characters * points * 20).unwrap_or_default())
}

fn line(style: &str) -> Paragraph {
    Paragraph::new().style(style)
}

fn text_line(style: &str, text: &str) -> Paragraph {
    line(style).add_run(Run::new().add_text(text))
}

/// — 1 —, as official papers number their pages: one character from the outer
/// edge.
fn dash_footer(outer: AlignmentType) -> Footer {
    let footer = line("Footer").align(outer).indent(Some(280), None, Some(280), None);
    let footer = footer.add_run(Run::new().add_text("— "));
    Footer::new().add_paragraph(footer.add_run(page_number()).add_run(Run::new().add_text(" —")))
}

/// 第 1 页　共 18 页, for lists, where one must see that no page is missing.
fn count_footer() -> Footer {
    let words = |text: &str| Run::new().size(21).add_text(text);
    let footer = line("Footer")
        .align(AlignmentType::Center)
        .add_run(words("第 "))
        .add_run(page_number().size(21));
    let footer = footer
        .add_run(words(" 页\u{3000}共 "))
        .add_run(field(InstrText::NUMPAGES(InstrNUMPAGES {})).size(21));
    Footer::new().add_paragraph(footer.add_run(words(" 页")))
}

fn page_number() -> Run {
    field(InstrText::PAGE(InstrPAGE {}))
}

fn field(instruction: InstrText) -> Run {
    Run::new()
        .add_field_char(FieldCharType::Begin, false)
        .add_instr_text(instruction)
        .add_field_char(FieldCharType::Separate, false)
        .add_text("1")
        .add_field_char(FieldCharType::End, false)
}

fn draft_mark() -> Header {
    Header::new().add_paragraph(text_line("Draft", "草\u{3000}稿").align(AlignmentType::Center))
}

fn body(page: Docx, document: &Document, sheet: &Sheet) -> Docx {
    let mut page = page.add_paragraph(title(document, sheet));
    if let Some(number) = &document.number {
        page = page.add_paragraph(text_line("Number", &format!("（{number}）")));
    }
    page = page.add_paragraph(line("Body"));
    if let Some(addressee) = &document.addressee {
        page = page.add_paragraph(text_line("Addressee", &format!("{addressee}：")));
    }
    let has_table = document.blocks.iter().any(|block| matches!(block, Block::Table(_)));
    for (n, block) in document.blocks.iter().enumerate() {
        // No signature stands alone on a page.
        let signed = document.signature.is_some() && n + 1 == document.blocks.len();
        let below_table =
            matches!(n.checked_sub(1).map(|n| &document.blocks[n]), Some(Block::Table(_)));
        page = match block {
            Block::Heading { level, text } => {
                page.add_paragraph(rich(line(&format!("Heading{level}")), text))
            }
            Block::Paragraph { text } => page.add_paragraph({
                let paragraph = rich(line("Body"), text).keep_next(signed);
                if below_table {
                    paragraph.line_spacing(exactly(PITCH).before(160))
                } else {
                    paragraph
                }
            }),
            Block::Lines { lines } => {
                lines.iter().fold(page, |page, text| page.add_paragraph(rich(line("Body"), text)))
            }
            Block::Table(data) => page.add_table(table(data, sheet)),
            Block::Names(grid) => names(page, grid, sheet),
            // The picture only repeats the table of steps; without one, what it
            // says is said in words.
            Block::Timeline(_) if has_table => page,
            Block::Timeline(timeline) => page.add_paragraph(text_line("Body", &timeline.alt)),
            Block::Next => page.add_paragraph(line("Body").page_break_before(true)),
        };
    }
    match &document.signature {
        Some(signature) => sign(page, signature),
        None => page,
    }
}

/// On one line if it fits, else on the lines that the wording gives.
fn title(document: &Document, sheet: &Sheet) -> Paragraph {
    let fits = document.title.width_cjk() * TITLE_SIZE * 10 <= sheet.text_width();
    let mut title = Run::new();
    for (n, text) in document.title_lines.iter().enumerate() {
        if n > 0 && !fits {
            title = title.add_break(BreakType::TextWrapping);
        }
        title = title.add_text(text);
    }
    line("Title").add_run(title)
}

fn rich(paragraph: Paragraph, text: &Text) -> Paragraph {
    text.0.iter().fold(paragraph, |paragraph, inline| paragraph.add_run(run(inline)))
}

fn run(inline: &Inline) -> Run {
    match inline {
        Inline::Plain(text) | Inline::Name(text) => Run::new().add_text(text),
        Inline::Strong(text) => Run::new().add_text(text).fonts(fonts("黑体")),
        Inline::Blank(width) => Run::new().add_text("\u{3000}".repeat(*width)).underline("single"),
        Inline::Boxes(count) => Run::new().add_text("□".repeat(*count)),
        Inline::Room(_) => Run::new(),
    }
}

fn table(data: &Table, sheet: &Sheet) -> WordTable {
    let widths = column_widths(data, sheet);
    let head = data.head.iter().zip(&widths).map(|(head, width)| {
        let text = head.text.0.iter().map(|inline| run(inline).fonts(fonts("黑体")));
        cell(text.fold(line("TableText"), Paragraph::add_run).align(AlignmentType::Center), *width)
    });
    // Only a row of heads may not be torn: by this mark `amend` finds it.
    let head = TableRow::new(head.collect()).cant_split();
    let rows = data.rows.iter().map(|row| {
        let cells = row.iter().zip(&data.columns).zip(&widths);
        TableRow::new(
            cells
                .map(|((held, column), width)| cell(entry(&held.text, column.align, sheet), *width))
                .collect(),
        )
    });
    WordTable::new(std::iter::once(head).chain(rows).collect())
        .set_grid(widths.clone())
        .width(widths.iter().sum(), WidthType::Dxa)
        .layout(TableLayoutType::Fixed)
        .margins(TableCellMargins::new().margin(60, CELL_PADDING, 60, CELL_PADDING))
        .set_borders(borders())
}

fn borders() -> TableBorders {
    use TableBorderPosition::{Bottom, InsideH, InsideV, Left, Right, Top};
    let ruled = |borders: TableBorders, position| borders.set(TableBorder::new(position).size(4));
    [Top, Right, Bottom, Left, InsideH, InsideV].into_iter().fold(TableBorders::with_empty(), ruled)
}

fn cell(paragraph: Paragraph, width: Twips) -> TableCell {
    TableCell::new()
        .add_paragraph(paragraph)
        .width(width, WidthType::Dxa)
        .vertical_align(VAlignType::Center)
}

/// The text of a cell. A name of two characters is spread to three without a
/// space, which would keep it from being found.
fn entry(text: &Text, align: Align, sheet: &Sheet) -> Paragraph {
    let align = match align {
        Align::Left => AlignmentType::Left,
        Align::Center => AlignmentType::Center,
        Align::Right => AlignmentType::Right,
    };
    text.0.iter().fold(line("TableText").align(align), |paragraph, inline| match inline {
        Inline::Name(name) if name.chars().count() == 2 => {
            spread(paragraph, name, sheet.table_size)
        }
        inline => paragraph.add_run(run(inline)),
    })
}

fn spread(paragraph: Paragraph, name: &str, points: usize) -> Paragraph {
    let (first, last) = name.split_at(name.chars().next().map_or(0, char::len_utf8));
    let gap = i32::try_from(points * 20).unwrap_or_default();
    paragraph
        .add_run(Run::new().add_text(first).character_spacing(gap))
        .add_run(Run::new().add_text(last))
}

/// Dates, names and numbers stay on one line; columns of text share the rest.
fn column_widths(data: &Table, sheet: &Sheet) -> Vec<Twips> {
    let whole = sheet.text_width();
    let natural = |width: usize| (width + 3) * sheet.table_size * 10 + 2 * CELL_PADDING;
    let is_narrow =
        |width: usize| width <= NARROW && data.columns.iter().any(|column| column.width > NARROW);
    let taken: Twips =
        data.columns.iter().filter(|c| is_narrow(c.width)).map(|c| natural(c.width)).sum();
    let shares: usize =
        data.columns.iter().filter(|c| !is_narrow(c.width)).map(|c| c.width + 4).sum();
    // Too many narrow columns for one page: all give way alike.
    let crowded = taken > whole * 2 / 3;
    let all: usize = data.columns.iter().map(|column| column.width + 4).sum();
    let width = |width: usize| match (crowded, is_narrow(width)) {
        (true, _) => whole * (width + 4) / all.max(1),
        (false, true) => natural(width),
        (false, false) => (whole - taken) * (width + 4) / shares.max(1),
    };
    data.columns.iter().map(|column| width(column.width)).collect()
}

/// Names on tab stops: easier to edit than a table, and far lighter.
fn names(page: Docx, grid: &NameGrid, sheet: &Sheet) -> Docx {
    let stop = CELL * NAME_SIZE * 20;
    let cells = (sheet.text_width() + GAP * NAME_SIZE * 20) / stop;
    let stops: Vec<Tab> =
        (1..cells).map(|n| Tab::new().val(TabValueType::Left).pos(n * stop)).collect();
    let page = match grid.title.as_str() {
        "" => page,
        title => page.add_paragraph(text_line("NamesHeading", title).keep_next(true)),
    };
    rows(&grid.names, cells)
        .into_iter()
        .fold(page, |page, row| page.add_paragraph(name_row(&row, &stops)))
}

fn name_row(row: &[String], stops: &[Tab]) -> Paragraph {
    let mut names = Run::new();
    for (n, name) in row.iter().enumerate() {
        if n > 0 {
            names = names.add_tab();
        }
        names = names.add_text(name);
    }
    line("Names").tabs(stops).add_run(names)
}

/// Shares names among rows of so many cells; a long name takes more than one.
fn rows(names: &[ListedName], cells: usize) -> Vec<Vec<String>> {
    let mut rows: Vec<Vec<String>> = Vec::new();
    let mut free = 0;
    for listed in names {
        let text = match &listed.note {
            Some(note) => format!("{}（{note}）", listed.name),
            None => listed.name.clone(),
        };
        let needed = (text.width_cjk().div_ceil(2) + 1).div_ceil(CELL);
        match rows.last_mut() {
            Some(row) if needed <= free => row.push(text),
            _ => {
                rows.push(vec![text]);
                free = cells.max(needed);
            }
        }
        free -= needed;
    }
    rows
}

/// The date stands four characters from the right, the issuer centred over it;
/// two lines above are left free for the seal, which goes over both.
fn sign(page: Docx, signature: &Signature) -> Docx {
    let half = SIZE * 10;
    let (issuer, date) = (signature.issuer.width_cjk() * half, signature.date.width() * half);
    let four = 4 * SIZE * 20;
    let overhang = issuer.saturating_sub(date) / 2;
    let date_gap = four.max(overhang);
    let issuer_gap = date_gap + date / 2 - (issuer / 2).min(date_gap + date / 2);
    let placed = |paragraph: Paragraph, gap: Twips| {
        paragraph.indent(None, None, i32::try_from(gap).ok(), None)
    };
    let issuer = placed(text_line("Signature", &signature.issuer), issuer_gap).keep_next(true);
    let issuer =
        issuer.line_spacing(exactly(PITCH).before(u32::try_from(2 * PITCH).unwrap_or_default()));
    page.add_paragraph(issuer)
        .add_paragraph(placed(rich(line("Signature"), &signature.date), date_gap))
}

/// What the library has no words for: rows of heads repeated on each page, the
/// default style, fonts to take instead, the language, the title among the properties, and the dates,
/// which come from the data and never from the clock.
fn amend(parts: &mut XMLDocx, document: &Document) {
    replace(&mut parts.document, "<w:cantSplit />", "<w:cantSplit /><w:tblHeader />");
    replace(&mut parts.styles, "w:styleId=\"Normal\"", "w:default=\"1\" w:styleId=\"Normal\"");
    replace(
        &mut parts.styles,
        "</w:rPr></w:rPrDefault>",
        "<w:lang w:val=\"en-US\" w:eastAsia=\"zh-CN\" /></w:rPr></w:rPrDefault>",
    );
    replace(&mut parts.font_table, "</w:fonts>", &(font_alternatives() + "</w:fonts>"));
    let date = document.dated.map_or_else(|| "1980-01-01".to_owned(), |date| date.to_string());
    replace(&mut parts.doc_props.core, "1970-01-01", &date);
    let issuer = document.signature.as_ref().map_or("", |signature| &signature.issuer);
    let title = format!(
        "<dc:title>{}</dc:title><dc:language>zh-CN</dc:language>",
        HtmlEscape(&document.title)
    );
    replace(&mut parts.doc_props.core, "unknown", &HtmlEscape(issuer).to_string());
    replace(
        &mut parts.doc_props.core,
        "</cp:coreProperties>",
        &format!("{title}</cp:coreProperties>"),
    );
}

/// What Windows has of late instead of the faces that the standard names.
fn font_alternatives() -> String {
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

/// Text of the document cannot be hit: in XML its angle brackets are escaped.
fn replace(part: &mut Vec<u8>, from: &str, to: &str) {
    if let Ok(text) = std::str::from_utf8(part) {
        *part = text.replace(from, to).into_bytes();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn listed(name: &str) -> ListedName {
        ListedName { name: name.into(), note: None }
    }

    #[test]
    fn long_names_take_more_cells_and_no_row_overflows() {
        let names = ["王小明", "买买提·吐尔逊江", "张三", "李四", "爱新觉罗"].map(listed);
        assert_eq!(
            rows(&names, 4),
            [vec!["王小明", "买买提·吐尔逊江", "张三"], vec!["李四", "爱新觉罗"]]
        );
        assert_eq!(rows(&["很".repeat(60).as_str(), "张三"].map(listed), 4).len(), 2);
    }

    #[test]
    fn columns_fill_the_page_and_never_more() {
        let sheet = Sheet::of("report");
        for widths in
            [vec![8, 8], vec![20, 60, 12], vec![22; 12], [vec![22; 12], vec![40]].concat(), vec![]]
        {
            let columns = widths
                .iter()
                .map(|&width| crate::compose::document::Column { align: Align::Left, width });
            let table = Table { columns: columns.collect(), ..Table::default() };
            assert!(
                column_widths(&table, &sheet).iter().sum::<usize>() <= sheet.text_width(),
                "{widths:?}"
            );
        }
    }
}
