//! A document as all outputs draw it: what it says, not how it looks.

use std::fmt;

use jiff::civil::Date;
use serde::Serialize;

use super::difference::BETWEEN_CELLS;

/// One finished document. PDF, DOCX and HTML are drawn from the same value, so
/// a notice on the wall, on the website and in Word say the same.
#[derive(Clone, Debug, Serialize)]
pub struct Document {
    pub id: String,
    pub title: String,
    /// The title in the pieces at which it is broken if it does not fit a line.
    #[serde(rename = "title-lines")]
    pub title_lines: Vec<String>,
    /// `第1号`, for numbered notices; what an office numbers its papers by.
    pub number: Option<String>,
    /// Who it is for, printed flush left above the text.
    pub addressee: Option<String>,
    /// Layouts get them apart from the rest, as they can be set fastest.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub blocks: Vec<Block>,
    pub signature: Option<Signature>,
    /// Who may see it.
    pub audience: Audience,
    /// The date it bears, for the catalogue and the file's metadata.
    #[serde(skip)]
    pub dated: Option<Date>,
    /// Whether 草稿 is printed across each page.
    pub draft: bool,
}

impl Document {
    /// The same, with nothing under its title.
    pub fn without_blocks(&self) -> Self {
        Self {
            id: self.id.clone(),
            title: self.title.clone(),
            title_lines: self.title_lines.clone(),
            number: self.number.clone(),
            addressee: self.addressee.clone(),
            blocks: Vec::new(),
            signature: self.signature.clone(),
            audience: self.audience,
            dated: self.dated,
            draft: self.draft,
        }
    }
}

/// Who may see a document: decides the privacy checks and where it lies in the
/// package.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, serde::Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Audience {
    /// Posted on the wall and the website.
    Public,
    /// Sent to the street or township office.
    Office,
    /// Kept in the archive only.
    Archive,
}

/// Who signs, and when. The seal goes over both.
#[derive(Clone, Debug, Serialize)]
pub struct Signature {
    pub issuer: String,
    /// Those who issue it together with the first.
    pub with: Vec<String>,
    pub date: Text,
}

impl Signature {
    /// All who issue it.
    pub fn issuers(&self) -> impl Iterator<Item = &String> {
        std::iter::once(&self.issuer).chain(&self.with)
    }

    fn texts(&self) -> impl Iterator<Item = String> {
        self.issuers().cloned().chain([self.date.to_string()])
    }
}

#[derive(Clone, Debug, Serialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub enum Block {
    Heading {
        /// 1 for 一、 2 for （一） 3 for 1.
        level: u8,
        text: Text,
    },
    Paragraph {
        text: Text,
    },
    /// Lines that stand by themselves, such as posts with their names.
    Lines {
        lines: Vec<Text>,
    },
    Table(Table),
    Names(NameGrid),
    Timeline(Timeline),
    /// Here the next piece begins: another card, another ballot, another form.
    /// Each has the document's title and signature.
    Next,
}

/// A table. The cells of a row fill the columns from the left; what a cell from
/// above reaches down to is left out.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Table {
    pub columns: Vec<Column>,
    /// Repeated on each page. A form has none: its cells are labels and values.
    pub head: Vec<Cell>,
    pub rows: Vec<Vec<Cell>>,
}

/// A cell of a table, which may reach over others.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Cell {
    pub text: Text,
    pub columns: usize,
    pub rows: usize,
    /// Whether it says what stands in the cells beside or below it.
    pub label: bool,
}

impl From<Text> for Cell {
    /// A cell for itself. All in bold, it is a label.
    fn from(text: Text) -> Self {
        let label =
            !text.is_empty() && text.0.iter().all(|inline| matches!(inline, Inline::Strong(_)));
        Self { text, columns: 1, rows: 1, label }
    }
}

#[derive(Clone, Copy, Debug, Serialize)]
pub struct Column {
    pub align: Align,
    /// Width of the widest cell, in half-width characters; layouts share the
    /// page by it.
    pub width: usize,
    /// That of the widest below the head: in a column that wide all are one line.
    pub body: usize,
}

impl Column {
    pub const fn new(align: Align, width: usize) -> Self {
        Self { align, width, body: 0 }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Align {
    Left,
    Center,
    Right,
}

/// Names under a heading, set in columns.
#[derive(Clone, Debug, Default)]
pub struct NameGrid {
    pub title: String,
    pub names: Vec<ListedName>,
}

/// A name on a list, exactly as written, with what tells namesakes apart.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ListedName {
    pub name: String,
    pub note: Option<String>,
}

/// Steps of the election on an axis of days.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Timeline {
    /// Labels of the axis: days from the first, and their text.
    pub ticks: Vec<(i32, String)>,
    /// Whole length in days.
    pub days: i32,
    pub bars: Vec<Bar>,
    /// What the picture says, for those who cannot see it.
    pub alt: String,
}

#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct Bar {
    pub label: String,
    /// Days from the beginning of the axis.
    pub start: i32,
    pub end: i32,
    pub election_day: bool,
}

/// Stands between the number of an item and its text.
pub const BEHIND_NUMBERS: char = '．';

/// Squares that a column makes room for in one line; more go on to the next.
const MOST_BOXES_ASKED: usize = 20;

/// Running text.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(transparent)]
pub struct Text(pub Vec<Inline>);

#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "kind", content = "text", rename_all = "kebab-case")]
pub enum Inline {
    Plain(String),
    Strong(String),
    /// A person's name, which is never broken across lines.
    Name(String),
    /// A ruled blank to be filled in by hand, so many characters wide.
    Blank(usize),
    /// So many squares to be filled in by hand, such as with 正.
    Boxes(usize),
    /// Room of so many lines to write in.
    Room(usize),
    /// A bar of a chart, in percent of the longest: the figure stands beside it.
    Bar(usize),
}

/// How wide the longest bar is, in characters.
pub const LONGEST_BAR: usize = 12;

impl Inline {
    /// What it says; room to write in says nothing.
    pub fn words(&self) -> Option<&str> {
        match self {
            Self::Plain(text) | Self::Strong(text) | Self::Name(text) => Some(text),
            Self::Blank(_) | Self::Boxes(_) | Self::Room(_) | Self::Bar(_) => None,
        }
    }
}

impl Text {
    pub fn plain(text: impl Into<String>) -> Self {
        Self(vec![Inline::Plain(text.into())])
    }

    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Whether it names what is attached: it stands a line below the text, and goes
    /// on below its own beginning.
    pub fn is_attachment(&self) -> bool {
        matches!(self.0.first(), Some(Inline::Plain(text)) if text.starts_with("附件："))
    }

    /// The number and the text of an item of a numbered list, as it is composed.
    pub fn item(&self) -> Option<(u64, Self)> {
        let Some(Inline::Plain(first)) = self.0.first() else { return None };
        let (number, own) = first.split_once(BEHIND_NUMBERS)?;
        let own = Some(Inline::Plain(own.to_owned())).filter(|own| own.words() != Some(""));
        Some((number.parse().ok()?, Self(own.into_iter().chain(self.0[1..].to_vec()).collect())))
    }

    /// Width in half-width characters.
    pub fn width(&self) -> usize {
        use unicode_width::UnicodeWidthStr;
        self.0
            .iter()
            .map(|inline| match inline {
                Inline::Plain(text) | Inline::Strong(text) => text.width_cjk(),
                // In lists a name of two characters is as wide as one of three.
                Inline::Name(text) => text.width_cjk().max(6),
                Inline::Blank(width) => width * 2,
                Inline::Boxes(count) => count.min(&MOST_BOXES_ASKED) * 2,
                Inline::Room(_) => 0,
                Inline::Bar(_) => LONGEST_BAR * 2,
            })
            .sum()
    }
}

/// What stands for a blank of one character where a text is plain.
const BLANK: char = '＿';

impl fmt::Display for Text {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        for inline in &self.0 {
            match inline {
                Inline::Plain(text) | Inline::Strong(text) | Inline::Name(text) => {
                    f.write_str(text)?
                }
                Inline::Blank(width) => f.write_str(&BLANK.to_string().repeat(*width))?,
                Inline::Boxes(count) => f.write_str(&"□".repeat(*count))?,
                Inline::Room(_) | Inline::Bar(_) => {}
            }
        }
        Ok(())
    }
}

impl Table {
    /// A table whose columns are all centred.
    pub fn of(head: &[&str], rows: Vec<Vec<Text>>) -> Self {
        let count = rows.first().map_or(head.len(), Vec::len);
        let columns = vec![Column::new(Align::Center, 0); count];
        let head = head.iter().map(|&name| Text::plain(name).into()).collect();
        let rows = rows.into_iter().map(|row| row.into_iter().map(Cell::from).collect()).collect();
        Self { columns, head, rows }.measured()
    }

    /// Every cell, the head's first.
    pub fn cells(&self) -> impl Iterator<Item = &Cell> {
        self.head.iter().chain(self.rows.iter().flatten())
    }
}

impl Document {
    /// A paper that no template words: a list of what is there.
    pub fn form(id: &str, title_lines: Vec<String>, blocks: Vec<Block>) -> Self {
        Self {
            id: id.to_owned(),
            title: title_lines.concat(),
            title_lines,
            number: None,
            addressee: None,
            blocks,
            signature: None,
            audience: Audience::Office,
            dated: None,
            draft: false,
        }
    }

    /// What is to be cut or torn apart: the cards of a sheet, the ballots. Most
    /// documents are one piece.
    pub fn pieces(&self) -> impl Iterator<Item = &[Block]> {
        self.blocks.split(|block| matches!(block, Block::Next))
    }

    /// What it says, a line for each paragraph, row and name, to compare it by: not
    /// its number, which says nothing.
    pub fn words(&self) -> String {
        let signature = self.signature.iter();
        let signature = signature.flat_map(Signature::texts);
        let head = std::iter::once(self.title.clone()).chain(self.addressee.clone());
        let lines = head.chain(self.blocks.iter().flat_map(Block::lines)).chain(signature);
        lines.map(|line| line.replace('\n', " ") + "\n").collect()
    }

    /// How many texts have blanks to be filled in by hand.
    pub fn blanks(&self) -> usize {
        self.texts().filter(|text| text.contains(BLANK)).count()
    }

    /// Every piece of text in the document, for checks of glyphs and privacy.
    pub fn texts(&self) -> impl Iterator<Item = String> + '_ {
        let frame = [Some(&self.title), self.number.as_ref(), self.addressee.as_ref()]
            .into_iter()
            .flatten()
            .cloned()
            .chain(self.signature.iter().flat_map(Signature::texts));
        frame.chain(self.blocks.iter().flat_map(Block::texts))
    }
}

impl Block {
    /// Its texts, the cells of a row in one: without the row's number, which
    /// changes with those before it.
    fn lines(&self) -> Vec<String> {
        let Self::Table(table) = self else { return self.texts() };
        let counted = table.head.first().is_some_and(|cell| cell.text.to_string() == "序号");
        let row = |cells: &Vec<Cell>| {
            let cells = cells.iter().skip(usize::from(counted));
            let texts: Vec<String> = cells.map(|cell| cell.text.to_string()).collect();
            texts.join(&BETWEEN_CELLS.to_string())
        };
        let head = Some(&table.head).filter(|head| !head.is_empty());
        head.into_iter().chain(&table.rows).map(row).collect()
    }

    fn texts(&self) -> Vec<String> {
        match self {
            Block::Heading { text, .. } | Block::Paragraph { text } => vec![text.to_string()],
            Block::Lines { lines } => lines.iter().map(Text::to_string).collect(),
            Block::Table(table) => table.cells().map(|cell| cell.text.to_string()).collect(),
            Block::Names(grid) => std::iter::once(grid.title.clone())
                .chain(grid.names.iter().flat_map(|listed| {
                    std::iter::once(listed.name.clone()).chain(listed.note.clone())
                }))
                .collect(),
            Block::Timeline(timeline) => timeline
                .ticks
                .iter()
                .map(|(_, label)| label.clone())
                .chain(timeline.bars.iter().map(|bar| bar.label.clone()))
                .chain([timeline.alt.clone()])
                .collect(),
            Block::Next => Vec::new(),
        }
    }
}
