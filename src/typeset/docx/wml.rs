//! WordprocessingML: Word's own elements, by their own names, as many of them as
//! are used.

use super::xml::Element;
use crate::typeset::sheet::{HalfPoints, Twips};

/// Properties in the order that the schema asks for (ECMA-376, transitional):
/// they are written as they stand here, in whatever order they were set. Word
/// forgives most of that; converters and validators do not.
macro_rules! properties {
    (
        $(#[$about:meta])* $struct:ident, $element:literal, $trait:ident::$get:ident;
        $($(#[$doc:meta])* $property:ident($($value:ident: $type:ty)?) $written:expr;)*
    ) => {
        #[derive(Clone, Debug, Default)]
        pub struct $struct {
            $($property: Option<Element>,)*
        }

        impl $struct {
            fn element(self) -> Option<Element> {
                Element::new($element)$(.with_all(self.$property))*.unless_empty()
            }
        }

        $(#[$about])*
        pub trait $trait: Sized {
            fn $get(&mut self) -> &mut $struct;

            $($(#[$doc])* fn $property(mut self $(, $value: $type)?) -> Self {
                self.$get().$property = $written.into();
                self
            })*
        }
    };
}

properties! {
    /// What can be said of a paragraph, and of all of a style.
    ParagraphProperties, "w:pPr", OfParagraphs::paragraph_properties;
    style(id: &str) Element::val("w:pStyle", id);
    keep_next(keep: bool) keep.then(|| Element::new("w:keepNext"));
    page_break_before(breaks: bool) breaks.then(|| Element::new("w:pageBreakBefore"));
    tabs(stops: &[(&str, Twips)]) tabs(stops);
    /// Its lines do not snap to the grid of the text.
    off_grid() Element::val("w:snapToGrid", "false");
    spacing(lines: Element) lines;
    ind(sides: &[(&'static str, Twips)]) ind(sides);
    jc(side: &str) Element::val("w:jc", side);
    outline_level(level: usize) Element::val("w:outlineLvl", level);
    /// It ends a section, whose pages are like this.
    ends(section: Element) section;
}

properties! {
    /// What can be said of a run, and of all of a style.
    RunProperties, "w:rPr", OfRuns::run_properties;
    fonts(east_asia: &str) fonts(east_asia);
    color(color: &str) Element::val("w:color", color);
    /// Between its characters, in twips.
    letter_spacing(spacing: usize) Element::val("w:spacing", spacing);
    size(size: HalfPoints) Element::val("w:sz", size);
    underlined() Element::val("w:u", "single");
}

/// What a part of the file begins with.
pub fn root(name: &'static str) -> Element {
    Element::new(name)
        .set("xmlns:w", "http://schemas.openxmlformats.org/wordprocessingml/2006/main")
        .set("xmlns:r", RELATIONS)
}

/// The space of names by which parts refer to each other.
pub const RELATIONS: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

fn tabs(stops: &[(&str, Twips)]) -> Element {
    let stop = |(side, at): &(&str, Twips)| Element::val("w:tab", side).set("w:pos", at);
    Element::new("w:tabs").with_all(stops.iter().map(stop))
}

fn ind(sides: &[(&'static str, Twips)]) -> Element {
    sides.iter().fold(Element::new("w:ind"), |ind, (side, by)| ind.set(side, by))
}

/// Lines of a fixed pitch, so that the page does not depend on the font.
pub fn exactly(pitch: Twips) -> Element {
    Element::new("w:spacing").set("w:line", pitch).set("w:lineRule", "exact")
}

/// Faces by their names on Windows; digits and Latin letters are always Times,
/// for 仿宋 draws them poorly. Quotation marks, which both scripts have, are
/// Chinese.
pub fn fonts(east_asia: &str) -> Element {
    let latin = |fonts: Element, script| fonts.set(script, "Times New Roman");
    ["w:ascii", "w:hAnsi", "w:cs"]
        .into_iter()
        .fold(Element::new("w:rFonts").set("w:hint", "eastAsia"), latin)
        .set("w:eastAsia", east_asia)
}

/// Text of one look.
#[derive(Clone, Debug, Default)]
pub struct Run {
    properties: RunProperties,
    content: Vec<Element>,
}

impl Run {
    pub fn of(text: impl Into<String>) -> Self {
        Self::default().text(text)
    }

    pub fn text(self, text: impl Into<String>) -> Self {
        self.with(Element::new("w:t").set("xml:space", "preserve").text(text))
    }

    pub fn with(mut self, content: Element) -> Self {
        self.content.push(content);
        self
    }

    pub fn tab(self) -> Self {
        self.with(Element::new("w:tab"))
    }

    /// A number that Word reckons, and what those show that do not.
    pub fn field(instruction: &str, shown: &str) -> Self {
        let run = Self::default().field_char("begin").instruction(instruction);
        run.field_char("separate").text(shown).field_char("end")
    }

    pub fn field_char(self, kind: &str) -> Self {
        self.with(Element::new("w:fldChar").set("w:fldCharType", kind))
    }

    pub fn instruction(self, text: &str) -> Self {
        self.with(Element::new("w:instrText").set("xml:space", "preserve").text(text))
    }
}

impl OfRuns for Run {
    fn run_properties(&mut self) -> &mut RunProperties {
        &mut self.properties
    }
}

impl From<Run> for Element {
    fn from(run: Run) -> Self {
        Self::new("w:r").with_all(run.properties.element()).with_all(run.content)
    }
}

#[derive(Clone, Debug, Default)]
pub struct Paragraph {
    properties: ParagraphProperties,
    runs: Vec<Run>,
}

impl Paragraph {
    pub fn text(self, text: impl Into<String>) -> Self {
        self.run(Run::of(text))
    }

    pub fn run(mut self, run: Run) -> Self {
        self.runs.push(run);
        self
    }
}

impl OfParagraphs for Paragraph {
    fn paragraph_properties(&mut self) -> &mut ParagraphProperties {
        &mut self.properties
    }
}

impl From<Paragraph> for Element {
    fn from(paragraph: Paragraph) -> Self {
        Self::new("w:p").with_all(paragraph.properties.element()).with_all(paragraph.runs)
    }
}

/// A style of paragraphs.
#[derive(Clone, Debug)]
pub struct Style {
    id: String,
    name: String,
    next: Option<&'static str>,
    paragraph: ParagraphProperties,
    run: RunProperties,
}

impl Style {
    pub fn new(id: impl Into<String>, name: impl Into<String>) -> Self {
        let (paragraph, run) = Default::default();
        Self { id: id.into(), name: name.into(), next: None, paragraph, run }
    }

    /// The style of the paragraph that one begins after it.
    pub fn next(self, style: &'static str) -> Self {
        Self { next: Some(style), ..self }
    }
}

impl OfParagraphs for Style {
    fn paragraph_properties(&mut self) -> &mut ParagraphProperties {
        &mut self.paragraph
    }
}

impl OfRuns for Style {
    fn run_properties(&mut self) -> &mut RunProperties {
        &mut self.run
    }
}

impl From<Style> for Element {
    fn from(style: Style) -> Self {
        Self::new("w:style")
            .set("w:type", "paragraph")
            .set("w:styleId", style.id)
            .with(Self::val("w:name", style.name))
            .with(Self::val("w:basedOn", "Normal"))
            .with_all(style.next.map(|next| Self::val("w:next", next)))
            .with(Self::new("w:qFormat"))
            .with_all(style.paragraph.element())
            .with_all(style.run.element())
    }
}

/// A table of columns of fixed widths.
#[derive(Clone, Debug)]
pub struct Table {
    pub grid: Vec<Twips>,
    pub jc: &'static str,
    /// The kind of its lines; and whether there are some between the columns.
    pub lines: &'static str,
    pub between_columns: bool,
    /// Around the text of a cell: above and below, and beside.
    pub margins: [Twips; 2],
    pub rows: Vec<Row>,
}

impl From<Table> for Element {
    fn from(table: Table) -> Self {
        let width = |name, width: Twips| Self::new(name).set("w:w", width).set("w:type", "dxa");
        let border = |name| match name {
            "w:insideV" if !table.between_columns => Self::val(name, "nil"),
            _ => Self::val(name, table.lines).set("w:sz", 4),
        };
        let borders = ["w:top", "w:left", "w:bottom", "w:right", "w:insideH", "w:insideV"];
        let [above, beside] = table.margins;
        let margins =
            [("w:top", above), ("w:left", beside), ("w:bottom", above), ("w:right", beside)];
        let properties = Self::new("w:tblPr")
            .with(width("w:tblW", table.grid.iter().sum()))
            .with(Self::val("w:jc", table.jc))
            .with(Self::new("w:tblBorders").with_all(borders.map(border)))
            .with(Self::new("w:tblLayout").set("w:type", "fixed"))
            .with(Self::new("w:tblCellMar").with_all(margins.map(|(side, by)| width(side, by))));
        let columns = table.grid.iter().map(|width| Self::new("w:gridCol").set("w:w", width));
        Self::new("w:tbl")
            .with(properties)
            .with(Self::new("w:tblGrid").with_all(columns))
            .with_all(table.rows)
    }
}

/// How high a row is, in twips.
#[derive(Clone, Copy, Debug)]
pub enum Height {
    AtLeast(Twips),
    Exact(Twips),
}

/// A row, which is never torn between two pages.
#[derive(Clone, Debug)]
pub struct Row {
    pub height: Height,
    /// Whether it is repeated on each page.
    pub is_head: bool,
    pub cells: Vec<Cell>,
}

impl From<Row> for Element {
    fn from(row: Row) -> Self {
        let height = |height, rule| Self::val("w:trHeight", height).set("w:hRule", rule);
        let height = match row.height {
            Height::AtLeast(0) => None,
            Height::AtLeast(least) => Some(height(least, "atLeast")),
            Height::Exact(exact) => Some(height(exact, "exact")),
        };
        let properties = Self::new("w:trPr")
            .with(Self::new("w:cantSplit"))
            .with_all(height)
            .with_all(row.is_head.then(|| Self::new("w:tblHeader")));
        Self::new("w:tr").with(properties).with_all(row.cells)
    }
}

#[derive(Clone, Debug, Default)]
pub struct Cell {
    pub width: Twips,
    /// Over how many columns it reaches, if over more than one.
    pub span: usize,
    /// `restart` where a cell that reaches down begins, `continue` below.
    pub merge: Option<&'static str>,
    /// Whether there is no line below it and to its right.
    pub is_open: bool,
    /// Whether what is in it stands half way down.
    pub is_centred: bool,
    pub content: Vec<Element>,
}

impl From<Cell> for Element {
    fn from(cell: Cell) -> Self {
        let open = || ["w:bottom", "w:right"].map(|side| Self::val(side, "nil"));
        let properties = Self::new("w:tcPr")
            .with(Self::new("w:tcW").set("w:w", cell.width).set("w:type", "dxa"))
            .with_all((cell.span > 1).then(|| Self::val("w:gridSpan", cell.span)))
            .with_all(cell.merge.map(|merge| Self::val("w:vMerge", merge)))
            .with_all(cell.is_open.then(|| Self::new("w:tcBorders").with_all(open())))
            .with_all(cell.is_centred.then(|| Self::val("w:vAlign", "center")));
        Self::new("w:tc").with(properties).with_all(cell.content)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn properties_stand_in_the_order_of_the_schema() {
        let run = Run::of("甲").underlined().size(3).fonts("黑体").letter_spacing(4).color("F00");
        let line = Paragraph::default().jc("both").keep_next(true).style("Body").run(run);
        let xml = Element::from(line.spacing(exactly(9)).off_grid()).to_string();
        let names = xml.split('<').filter_map(|tag| tag.split([' ', '/', '>']).next());
        let names: Vec<&str> = names.filter(|name| !name.is_empty()).collect();
        let expected = "w:p w:pPr w:pStyle w:keepNext w:snapToGrid w:spacing w:jc w:r w:rPr \
                        w:rFonts w:color w:spacing w:sz w:u w:t";
        assert_eq!(names.join(" "), expected);
    }

    #[test]
    fn what_says_nothing_is_left_out() {
        let line = Element::from(Paragraph::default().keep_next(false).run(Run::of("甲")));
        let expected = "<w:p><w:r><w:t xml:space=\"preserve\">甲</w:t></w:r></w:p>";
        assert_eq!(line.to_string(), expected);
    }
}
