//! The page: its paper, its margins, and what stands at its head and foot.

use docx_rs::{
    AlignmentType, DocGrid, DocGridType, Docx, FieldCharType, Footer, Header, InstrNUMPAGES,
    InstrPAGE, InstrText, PageMargin, PageOrientationType, Paragraph, Run,
};

use super::styles::{self, exactly, fonts, line, text_line};
use crate::typeset::sheet::{Kind, Numbers, Sheet, twips};

/// Word knows no 15.75 pt, so each character of 16 pt is set a quarter of a
/// point closer: 28 to the 156 mm of a line. A grid of characters would say the
/// same to Word, but LibreOffice reads it as 21.
const OFFICIAL_SIZE: usize = 32;
const TIGHTENED: i32 = -5;

/// An empty document on such a sheet.
pub fn blank(sheet: &Sheet, draft: bool) -> Docx {
    let measure = |millimetres| u32::try_from(twips(millimetres)).unwrap_or_default();
    let mut page = Docx::new()
        .page_size(measure(sheet.width), measure(sheet.height))
        .page_margin(margin(sheet))
        .default_fonts(fonts("仿宋_GB2312"))
        .default_size(sheet.size)
        .default_line_spacing(exactly(sheet.pitch));
    if sheet.size == OFFICIAL_SIZE {
        page = page.default_spacing(TIGHTENED);
    }
    if sheet.lies_across() {
        page = page.page_orient(PageOrientationType::Landscape);
    }
    let section = &mut page.document.section_property;
    if sheet.size == OFFICIAL_SIZE {
        let grid = DocGrid::new().grid_type(DocGridType::Lines).line_pitch(sheet.pitch);
        section.doc_grid = Some(grid);
    }
    if sheet.kind == Kind::Ballot {
        section.columns = 2;
        section.space = twips(sheet.gutter());
    }
    page = styles::all(sheet).into_iter().fold(page, Docx::add_style);
    if draft {
        // Every page has the header, also the even ones.
        page = page.header(draft_mark()).even_header(draft_mark());
        if sheet.numbers == Numbers::Dashes {
            page = page.first_header(draft_mark());
        }
    }
    match sheet.numbers {
        Numbers::Dashes => page
            .first_footer(first_dash_footer())
            .footer(dash_footer(AlignmentType::Right))
            .even_footer(dash_footer(AlignmentType::Left)),
        Numbers::Count => page.footer(count_footer()).even_footer(count_footer()),
        Numbers::None => page,
    }
}

fn margin(sheet: &Sheet) -> PageMargin {
    let [top, right, bottom, left] =
        sheet.margins.map(|margin| i32::try_from(twips(margin)).unwrap_or_default());
    let (header, footer) = match sheet.numbers {
        Numbers::Dashes => (851, 1300),
        Numbers::Count => (567, 567),
        Numbers::None => (0, 0),
    };
    PageMargin { top, right, bottom, left, header, footer, gutter: 0 }
}

/// — 1 —, one character from the outer edge.
fn dash_footer(outer: AlignmentType) -> Footer {
    let footer = dash_line(outer).add_run(Run::new().add_text("— "));
    Footer::new().add_paragraph(footer.add_run(page_number()).add_run(Run::new().add_text(" —")))
}

/// One page needs no number. What does not reckon this field shows none on the
/// first page, and on the others what it should.
fn first_dash_footer() -> Footer {
    Footer::new().add_paragraph(
        dash_line(AlignmentType::Right)
            .add_run(field_char(FieldCharType::Begin))
            .add_run(instruction(" IF "))
            .add_run(field(InstrText::NUMPAGES(InstrNUMPAGES {})))
            .add_run(instruction(" > 1 \"— 1 —\" \"\" "))
            .add_run(field_char(FieldCharType::Separate))
            .add_run(field_char(FieldCharType::End)),
    )
}

fn dash_line(outer: AlignmentType) -> Paragraph {
    line("Footer").align(outer).indent(Some(280), None, Some(280), None)
}

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

fn field_char(kind: FieldCharType) -> Run {
    Run::new().add_field_char(kind, false)
}

fn instruction(text: &str) -> Run {
    Run::new().add_instr_text(InstrText::Unsupported(text.to_owned()))
}

fn draft_mark() -> Header {
    let mark: Paragraph = text_line("Draft", "草\u{3000}稿").align(AlignmentType::Center);
    Header::new().add_paragraph(mark)
}
