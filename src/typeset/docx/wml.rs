//! WordprocessingML: Word's own elements, by their own names, as many of them as
//! are used.

use super::xml::Element;
use crate::typeset::sheet::{HalfPoints, Twips};

/// Declares elements with properties. These are written as they stand here, which
/// is the order that the schema asks for (ECMA-376, transitional), in whatever
/// order they were set. Word forgives most of that; converters and validators
/// do not.
macro_rules! element {
    (
        $(#[$about:meta])* $struct:ident $element:literal $group:literal;
        $($(#[$doc:meta])* $property:ident($($value:ident: $type:ty)?) $written:expr;)*
    ) => {
        $(#[$about])*
        #[derive(Clone, Debug, Default)]
        pub(super) struct $struct {
            $($property: Option<Element>,)*
            content: Vec<Element>,
        }

        impl $struct {
            $($(#[$doc])* pub(super) fn $property(self $(, $value: $type)?) -> Self {
                Self { $property: $written.into(), ..self }
            })*

            pub(super) fn with(mut self, content: impl Into<Element>) -> Self {
                self.content.push(content.into());
                self
            }

            pub(super) fn with_all<T: Into<Element>>(self, all: impl IntoIterator<Item = T>) -> Self {
                all.into_iter().fold(self, Self::with)
            }

            fn take_apart(self) -> (Option<Element>, Vec<Element>) {
                let properties = Element::new($group)$(.with_all(self.$property))*;
                (properties.unless_empty(), self.content)
            }
        }

        impl From<$struct> for Element {
            fn from(element: $struct) -> Self {
                let (properties, content) = element.take_apart();
                Self::new($element).with_all(properties).with_all(content)
            }
        }
    };
}

element! {
    Paragraph "w:p" "w:pPr";
    style(id: &str) Element::val("w:pStyle", id);
    keep_next(keep: bool) keep.then(|| Element::new("w:keepNext"));
    page_break_before(breaks: bool) breaks.then(|| Element::new("w:pageBreakBefore"));
    /// The next item of this list.
    item_of(list: usize) item_of(list);
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

element! {
    /// Text of one look.
    Run "w:r" "w:rPr";
    fonts(east_asia: &str) fonts(east_asia);
    color(color: &str) Element::val("w:color", color);
    /// Between its characters, in twips.
    letter_spacing(spacing: usize) Element::val("w:spacing", spacing);
    size(size: HalfPoints) Element::val("w:sz", size);
    underlined() Element::val("w:u", "single");
    shaded() Element::val("w:shd", "clear").set("w:fill", "5A5A5A");
}

element! {
    Table "w:tbl" "w:tblPr";
    width(width: Twips) dxa("w:tblW", width);
    jc(side: &str) Element::val("w:jc", side);
    borders(borders: Element) borders;
    layout(kind: &str) Element::new("w:tblLayout").set("w:type", kind);
    /// Around the text of its cells.
    margins(margins: Element) margins;
}

element! {
    Row "w:tr" "w:trPr";
    cant_split() Element::new("w:cantSplit");
    height(height: Option<Element>) height;
    /// It is repeated on each page.
    head(is_head: bool) is_head.then(|| Element::new("w:tblHeader"));
}

element! {
    Cell "w:tc" "w:tcPr";
    width(width: Twips) dxa("w:tcW", width);
    span(columns: usize) (columns > 1).then(|| Element::val("w:gridSpan", columns));
    /// `restart` where a cell that reaches down begins, `continue` below.
    merge(how: Option<&str>) how.map(|how| Element::val("w:vMerge", how));
    /// There is no line below it and to its right.
    open(is_open: bool) is_open.then(|| {
        let sides = ["w:bottom", "w:right"].map(|side| Element::val(side, "nil"));
        Element::new("w:tcBorders").with_all(sides)
    });
    /// What is in it stands half way down.
    centred() Element::val("w:vAlign", "center");
}

/// What a part of the file begins with.
pub(super) fn root(name: &'static str) -> Element {
    Element::new(name)
        .set("xmlns:w", "http://schemas.openxmlformats.org/wordprocessingml/2006/main")
        .set("xmlns:r", RELATIONS)
}

/// The space of names by which parts refer to each other.
pub(super) const RELATIONS: &str =
    "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

fn tabs(stops: &[(&str, Twips)]) -> Element {
    let stop = |(side, at): &(&str, Twips)| Element::val("w:tab", side).set("w:pos", at);
    Element::new("w:tabs").with_all(stops.iter().map(stop))
}

fn item_of(list: usize) -> Element {
    let number = Element::new("w:numPr").with(Element::val("w:ilvl", 0));
    number.with(Element::val("w:numId", list))
}

fn ind(sides: &[(&'static str, Twips)]) -> Element {
    sides.iter().fold(Element::new("w:ind"), |ind, (side, by)| ind.set(side, by))
}

/// Lines of a fixed pitch, so that the page does not depend on the font.
pub(super) fn exactly(pitch: Twips) -> Element {
    Element::new("w:spacing").set("w:line", pitch).set("w:lineRule", "exact")
}

/// Faces by their names on Windows; digits and Latin letters are always Times,
/// for 仿宋 draws them poorly. Quotation marks, which both scripts have, are
/// Chinese.
pub(super) fn fonts(east_asia: &str) -> Element {
    let latin = |fonts: Element, script| fonts.set(script, "Times New Roman");
    ["w:ascii", "w:hAnsi", "w:cs"]
        .into_iter()
        .fold(Element::new("w:rFonts").set("w:hint", "eastAsia"), latin)
        .set("w:eastAsia", east_asia)
}

impl Run {
    pub(super) fn of(text: impl Into<String>) -> Self {
        Self::default().text(text)
    }

    pub(super) fn text(self, text: impl Into<String>) -> Self {
        self.with(Element::new("w:t").set("xml:space", "preserve").text(text))
    }

    pub(super) fn tab(self) -> Self {
        self.with(Element::new("w:tab"))
    }

    /// A number that Word reckons, and what those show that do not.
    pub(super) fn field(instruction: &str, shown: &str) -> Self {
        let run = Self::default().field_char("begin").instruction(instruction);
        run.field_char("separate").text(shown).field_char("end")
    }

    pub(super) fn field_char(self, kind: &str) -> Self {
        self.with(Element::new("w:fldChar").set("w:fldCharType", kind))
    }

    pub(super) fn instruction(self, text: &str) -> Self {
        self.with(Element::new("w:instrText").set("xml:space", "preserve").text(text))
    }
}

/// A style: what it is called, what follows a paragraph of it, and how such a
/// paragraph and its text look.
pub(super) fn style(id: &str, name: &str, next: &str, paragraph: Paragraph, text: Run) -> Element {
    Element::new("w:style")
        .set("w:type", "paragraph")
        .set("w:styleId", id)
        .with(Element::val("w:name", name))
        .with(Element::val("w:basedOn", "Normal"))
        .with_all((next != id).then(|| Element::val("w:next", next)))
        .with(Element::new("w:qFormat"))
        .with_all(paragraph.take_apart().0)
        .with_all(text.take_apart().0)
}

impl Table {
    /// A table of columns of fixed widths, its rows and its columns parted by lines
    /// of these kinds, with so much above and below, and beside, the text of cells.
    pub(super) fn ruled(
        grid: &[Twips],
        [rows, columns]: [&str; 2],
        [above, beside]: [Twips; 2],
    ) -> Self {
        let sides = ["w:top", "w:left", "w:bottom", "w:right"];
        let line = |side, kind| Element::val(side, kind).set("w:sz", 4);
        let borders = Element::new("w:tblBorders")
            .with_all(sides.map(|side| line(side, rows)))
            .with(line("w:insideH", rows))
            .with(line("w:insideV", columns));
        let margins = [above, beside, above, beside];
        let margins = sides.into_iter().zip(margins).map(|(side, margin)| dxa(side, margin));
        let columns = grid.iter().map(|width| Element::new("w:gridCol").set("w:w", width));
        Self::default()
            .width(grid.iter().sum())
            .borders(borders)
            .layout("fixed")
            .margins(Element::new("w:tblCellMar").with_all(margins))
            .with(Element::new("w:tblGrid").with_all(columns))
    }
}

impl Row {
    /// A row that is never torn between two pages.
    pub(super) fn of(cells: impl IntoIterator<Item = Cell>) -> Self {
        Self::default().cant_split().with_all(cells)
    }

    pub(super) fn exactly(self, height: Twips) -> Self {
        self.height(Some(Element::val("w:trHeight", height).set("w:hRule", "exact")))
    }

    pub(super) fn at_least(self, height: Twips) -> Self {
        let least = Element::val("w:trHeight", height).set("w:hRule", "atLeast");
        self.height(Some(least).filter(|_| height > 0))
    }
}

fn dxa(name: &'static str, width: Twips) -> Element {
    Element::new(name).set("w:w", width).set("w:type", "dxa")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn properties_stand_in_the_order_of_the_schema() {
        let run = Run::of("甲").underlined().size(3).fonts("黑体").letter_spacing(4).color("F00");
        let line = Paragraph::default().jc("both").keep_next(true).style("Body").with(run);
        let xml = Element::from(line.spacing(exactly(9)).off_grid()).to_string();
        let names = xml.split('<').filter_map(|tag| tag.split([' ', '/', '>']).next());
        let names: Vec<&str> = names.filter(|name| !name.is_empty()).collect();
        let expected = "w:p w:pPr w:pStyle w:keepNext w:snapToGrid w:spacing w:jc w:r w:rPr \
                        w:rFonts w:color w:spacing w:sz w:u w:t";
        assert_eq!(names.join(" "), expected);
    }

    #[test]
    fn what_says_nothing_is_left_out() {
        let line = Element::from(Paragraph::default().keep_next(false).with(Run::of("甲")));
        let expected = "<w:p><w:r><w:t xml:space=\"preserve\">甲</w:t></w:r></w:p>";
        assert_eq!(line.to_string(), expected);
    }
}
