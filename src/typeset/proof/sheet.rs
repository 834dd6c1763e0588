//! Where texts and lines stand on one page, and what is wrong with that.

use typst::layout::{Abs, Point, Size, Transform};
use typst::text::TextItem;
use typst::visualize::{Curve, Geometry, Shape};

use crate::diagnostic::Diagnostic;

/// Points. No type is smaller, so that one can read it without glasses.
const SMALLEST: f64 = 9.0 - 0.01;

/// What two texts may share, and a line take of one: faces have room around them.
fn touch() -> Abs {
    Abs::pt(0.6)
}

/// What can be wrong with a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Fault {
    Lost,
    Outside,
    Crossed,
    Over,
    Small,
    NoGlyph,
}

/// A text with which something is wrong, and on which page.
#[derive(Debug)]
pub(super) struct Flaw {
    pub fault: Fault,
    pub text: String,
    pub page: usize,
}

/// An upright rectangle on the page.
#[derive(Clone, Copy, Debug)]
pub(super) struct Area {
    left: Abs,
    right: Abs,
    top: Abs,
    bottom: Abs,
}

/// A text where it stands.
struct Mark<'a> {
    item: &'a TextItem,
    area: Area,
    cell: Option<usize>,
    /// Whether it reaches out of what is shown.
    is_cut: bool,
}

/// One page.
#[derive(Default)]
pub(super) struct Sheet<'a> {
    size: Size,
    marks: Vec<Mark<'a>>,
    /// Lines along the page and down it, each an area without height or width, and
    /// whether it stands in a cell.
    along: Vec<(Area, bool)>,
    down: Vec<(Area, bool)>,
}

impl Area {
    fn new(a: Point, b: Point) -> Self {
        Self { left: a.x.min(b.x), right: a.x.max(b.x), top: a.y.min(b.y), bottom: a.y.max(b.y) }
    }

    pub(super) fn of_clip(curve: &Curve, to_page: Transform) -> Self {
        let bounds = curve.bbox(None);
        Self::new(bounds.min.transform(to_page), bounds.max.transform(to_page))
    }

    pub(super) fn common(self, other: Self) -> Self {
        Self {
            left: self.left.max(other.left),
            right: self.right.min(other.right),
            top: self.top.max(other.top),
            bottom: self.bottom.min(other.bottom),
        }
    }

    fn with(self, other: Self) -> Self {
        Self {
            left: self.left.min(other.left),
            right: self.right.max(other.right),
            top: self.top.min(other.top),
            bottom: self.bottom.max(other.bottom),
        }
    }

    fn within(self, other: Self) -> bool {
        other.left <= self.left
            && self.right <= other.right
            && other.top <= self.top
            && self.bottom <= other.bottom
    }

    /// Whether both have more in common than they may.
    fn meets(self, other: Self) -> bool {
        let both = self.common(other);
        both.right - both.left > touch() && both.bottom - both.top > touch()
    }

    /// Whether a line goes through it, and not only along its edge.
    fn is_crossed_by(self, line: Self) -> bool {
        let inner = Self {
            left: self.left + touch(),
            right: self.right - touch(),
            top: self.top + touch(),
            bottom: self.bottom - touch(),
        };
        let both = inner.common(line);
        both.left <= both.right && both.top <= both.bottom
    }
}

impl<'a> Sheet<'a> {
    pub(super) fn begin(&mut self, size: Size) {
        self.size = size;
        self.marks.clear();
        self.along.clear();
        self.down.clear();
    }

    /// A text, unless it is set aslant: nothing is but 草稿, which lies under all.
    pub(super) fn text(
        &mut self,
        item: &'a TextItem,
        at: Point,
        to_page: Transform,
        clip: Option<Area>,
        cell: Option<usize>,
    ) {
        if is_aslant(to_page) || item.text.chars().all(char::is_whitespace) {
            return;
        }
        let at = at.transform(to_page);
        // The ink of Han, and a little less.
        let (above, below) = (item.size * 0.76, item.size * 0.04);
        let side = item.size * 0.04;
        let area = Area {
            left: at.x + side,
            right: at.x + item.width() - side,
            top: at.y - above,
            bottom: at.y + below,
        };
        let is_cut = clip.is_some_and(|clip| !area.within(clip));
        self.marks.push(Mark { item, area, cell, is_cut });
    }

    /// A line, or the edges of a rectangle.
    pub(super) fn shape(&mut self, shape: &Shape, at: Point, to_page: Transform, in_cell: bool) {
        let mut line = |from: Point, to: Point| {
            let area = Area::new((at + from).transform(to_page), (at + to).transform(to_page));
            if area.bottom - area.top < touch() {
                self.along.push((area, in_cell));
            } else if area.right - area.left < touch() {
                self.down.push((area, in_cell));
            }
        };
        match &shape.geometry {
            Geometry::Line(to) => line(Point::zero(), *to),
            Geometry::Rect(size) => {
                let corner = size.to_point();
                let (right, bottom) = (Point::with_x(corner.x), Point::with_y(corner.y));
                for (from, to) in [
                    (Point::zero(), right),
                    (right, corner),
                    (bottom, corner),
                    (Point::zero(), bottom),
                ] {
                    line(from, to);
                }
            }
            Geometry::Curve(_) => {}
        }
    }

    /// All that is wrong on the page.
    pub(super) fn judge(&mut self, page: usize) -> Vec<Flaw> {
        let mut flaws = Vec::new();
        let mut tell = |fault, text: &str| {
            flaws.push(Flaw { fault, text: super::inked(text).collect(), page });
        };
        let paper = Area::new(Point::zero(), self.size.to_point());
        self.marks.sort_by_key(|mark| mark.area.top);
        self.along.sort_by_key(|line| line.0.top);
        self.down.sort_by_key(|line| line.0.left);
        for (n, Mark { item, area, is_cut, .. }) in self.marks.iter().enumerate() {
            if *is_cut || !area.within(paper) {
                tell(Fault::Outside, &item.text);
            }
            if item.size.to_pt() < SMALLEST {
                tell(Fault::Small, &item.text);
            }
            if item.glyphs.iter().any(|glyph| glyph.id == 0) {
                tell(Fault::NoGlyph, &item.text);
            }
            if self.is_crossed(*area, true) {
                tell(Fault::Crossed, &item.text);
            }
            let after = self.marks[n + 1..].iter().take_while(|mark| mark.area.top < area.bottom);
            for other in after.filter(|mark| mark.area.meets(*area)) {
                tell(Fault::Over, &item.text);
                tell(Fault::Over, &other.item.text);
            }
        }
        for (cell, area) in self.cells() {
            if self.is_crossed(area, false) {
                let marks = self.marks.iter().filter(|mark| mark.cell == Some(cell));
                tell(
                    Fault::Crossed,
                    &marks.map(|mark| mark.item.text.as_str()).collect::<String>(),
                );
            }
        }
        flaws
    }

    /// Whether a line crosses `area`: any, or one that stands in no cell.
    fn is_crossed(&self, area: Area, by_any: bool) -> bool {
        let counts =
            |(line, in_cell): &&(Area, bool)| (by_any || !in_cell) && area.is_crossed_by(*line);
        let first = self.along.partition_point(|(line, _)| line.top < area.top);
        let mut along = self.along[first..].iter().take_while(|(line, _)| line.top < area.bottom);
        let first = self.down.partition_point(|(line, _)| line.left < area.left);
        let mut down = self.down[first..].iter().take_while(|(line, _)| line.left < area.right);
        along.any(|line| counts(&line)) || down.any(|line| counts(&line))
    }

    /// What each cell of several lines takes up: a rule between them means that it
    /// reaches into the next.
    fn cells(&self) -> Vec<(usize, Area)> {
        let in_cells = self.marks.iter().filter_map(|mark| Some((mark.cell?, mark.area)));
        let mut marks: Vec<(usize, Area)> = in_cells.collect();
        marks.sort_by_key(|(cell, _)| *cell);
        marks.dedup_by(|(cell, area), (last, all)| {
            let is_same = cell == last;
            if is_same {
                *all = all.with(*area);
            }
            is_same
        });
        marks
    }
}

fn is_aslant(transform: Transform) -> bool {
    !transform.kx.is_zero() || !transform.ky.is_zero() || !transform.sx.is_one()
}

impl Fault {
    pub(super) const ALL: [Self; 6] =
        [Self::Lost, Self::NoGlyph, Self::Outside, Self::Crossed, Self::Over, Self::Small];

    /// Of the paper `title`, on `page`, of `texts`.
    pub(super) fn tell(self, title: &str, page: &str, texts: &str) -> Diagnostic {
        const FIT: &str = "这份文件排不下这些内容。可以把过长的内容写短一些，或者分成几份；\
                           用了自己的版式的，请核对版式。";
        let (code, problem, help) = match self {
            Self::Lost => ("page-lost", format!("纸上没有{texts}"), FIT),
            Self::Outside => ("page-outside", format!("{page}的{texts}印到了纸外"), FIT),
            Self::Crossed => ("page-crossed", format!("{page}的{texts}出了格，或者有线穿过"), FIT),
            Self::Over => ("page-over", format!("{page}的{texts}叠在一起"), FIT),
            Self::Small => ("page-small", format!("{page}的{texts}不到9磅，看不清"), FIT),
            Self::NoGlyph => (
                "page-no-glyph",
                format!("{page}的{texts}里有印不出的字"),
                "请安装收有这个字的字体，放进 fonts 文件夹即可。",
            ),
        };
        Diagnostic::error(code, format!("《{title}》排好以后，{problem}。没有生成这份文件。"))
            .help(help)
    }
}
