//! Figures added up: by street, by county, by city, by province, and all.

use super::columns::{Columns, Figure};
use super::gather::{Entry, Gathered};

/// A line of the table: one community, or all of a place.
#[derive(Debug)]
pub enum Line {
    /// By its place among the entries.
    Community(usize),
    Total(Total),
}

/// All of a place, added up.
#[derive(Clone, Debug)]
pub struct Total {
    pub name: String,
    pub count: usize,
    pub figures: Vec<Figure>,
    /// Of those columns that have one; with the same of this round where both are
    /// told whole, for the difference.
    pub last: Vec<Option<Beside>>,
}

/// This round beside the last.
#[derive(Clone, Copy, Debug, Default)]
pub struct Beside {
    pub last: Figure,
    /// How many more there are now, of those elections that tell both.
    pub more: i128,
    /// How many elections these are.
    pub both: u64,
}

#[derive(Debug)]
pub struct Table {
    pub lines: Vec<Line>,
    pub whole: Total,
    /// The totals of the smallest places that there is more than one of.
    pub parts: Vec<Total>,
}

/// What a place without a name is called, and how it is called in an entry.
type Level = (&'static str, fn(&Entry) -> Option<&str>);

/// The places of an entry, the largest first.
const LEVELS: [Level; 4] = [
    ("未写省份", |entry| entry.place.province.as_deref()),
    ("未写地市", |entry| entry.place.city.as_deref()),
    ("未写区县", |entry| entry.place.district.as_deref()),
    ("未写街道", |entry| entry.place.street.as_deref()),
];

impl Total {
    fn new(name: &str, columns: &Columns) -> Self {
        let last = columns.all().map(|column| column.has_last().then(Beside::default));
        Self {
            name: name.to_owned(),
            count: 0,
            figures: vec![Figure::default(); columns.all().count()],
            last: last.collect(),
        }
    }

    fn add(&mut self, entry: &Entry) {
        self.count += 1;
        for (sum, figure) in self.figures.iter_mut().zip(&entry.figures) {
            sum.add(*figure);
        }
        let columns = self.last.iter_mut().zip(&entry.figures).zip(&entry.last);
        for ((beside, now), last) in columns {
            if let Some((beside, last)) = beside.as_mut().zip(*last) {
                beside.add(now, last);
            }
        }
    }
}

impl Beside {
    fn add(&mut self, now: &Figure, last: Figure) {
        self.last.add(last);
        let is_whole = |figure: &Figure| figure.told == 1 && figure.untold_people == 0;
        if is_whole(now) && is_whole(&last) {
            self.more += i128::from(now.value) - i128::from(last.value);
            self.both += 1;
        }
    }
}

impl Table {
    pub fn of(columns: &Columns, gathered: &Gathered) -> Self {
        let entries = &gathered.entries;
        // A level of which all are one place needs no totals of its own.
        let is_parted =
            |(_, name): &&Level| entries.windows(2).any(|pair| name(&pair[0]) != name(&pair[1]));
        let levels: Vec<_> = LEVELS.iter().filter(is_parted).collect();
        let mut open: Vec<Total> = Vec::new();
        let mut table = Self {
            lines: Vec::with_capacity(entries.len()),
            whole: Total::new("合计", columns),
            parts: Vec::new(),
        };
        for (at, entry) in entries.iter().enumerate() {
            let names: Vec<&str> =
                levels.iter().map(|(unnamed, name)| name(entry).unwrap_or(unnamed)).collect();
            let same = open.iter().zip(&names).take_while(|(total, name)| total.name == **name);
            let same = same.count();
            table.close(&mut open, same, levels.len());
            open.extend(names[same..].iter().map(|name| Total::new(name, columns)));
            open.iter_mut().chain([&mut table.whole]).for_each(|total| total.add(entry));
            table.lines.push(Line::Community(at));
        }
        table.close(&mut open, 0, levels.len());
        table.lines.push(Line::Total(table.whole.clone()));
        table
    }

    /// Ends the places that are open beyond the first so many.
    fn close(&mut self, open: &mut Vec<Total>, kept: usize, levels: usize) {
        while open.len() > kept {
            let is_smallest = open.len() == levels;
            if let Some(total) = open.pop() {
                self.parts.extend(is_smallest.then(|| total.clone()));
                self.lines.push(Line::Total(total));
            }
        }
    }
}
