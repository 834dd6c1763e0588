//! Lists of thousands of names, on tab stops: easier to edit than a table, and
//! far lighter.

use unicode_width::UnicodeWidthStr as _;

use super::styles::{NAME_SIZE, line, text_line};
use super::wml::{Paragraph, Run};
use crate::compose::document::{ListedName, NameGrid};
use crate::typeset::sheet::Twips;

/// Names stand on tab stops this many characters apart: three for the name and
/// two between names.
const CELL: usize = 5;
const GAP: usize = 2;

/// The lines of a list, so many twips wide.
pub(super) fn lines(grid: &NameGrid, width: Twips) -> Vec<Paragraph> {
    let stop = CELL * NAME_SIZE * 10;
    let cells = (width + GAP * NAME_SIZE * 10) / stop;
    let stops: Vec<(&str, Twips)> = (1..cells).map(|n| ("left", n * stop)).collect();
    let heading = Some(&grid.title).filter(|title| !title.is_empty());
    heading
        .map(|title| text_line("NamesHeading", title).keep_next(true))
        .into_iter()
        .chain(rows(&grid.names, cells).iter().map(|row| name_row(row, &stops)))
        .collect()
}

fn name_row(row: &[String], stops: &[(&str, Twips)]) -> Paragraph {
    let names = row.iter().enumerate().fold(Run::default(), |names, (n, name)| match n {
        0 => names.text(name),
        _ => names.tab().text(name),
    });
    line("Names").tabs(stops).with(names)
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
}
