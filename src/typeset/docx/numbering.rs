//! Numbered lists: Word counts their items itself, so that one can be put in or
//! taken out.

use std::cell::RefCell;

use super::wml::root;
use super::xml::Element;
use crate::compose::document::BEHIND_NUMBERS;
use crate::typeset::sheet::Sheet;

/// The lists of a document, in the order in which they are written.
#[derive(Debug, Default)]
pub(super) struct Lists(RefCell<Vec<List>>);

#[derive(Clone, Copy, Debug)]
struct List {
    first: u64,
    next: u64,
}

impl Lists {
    /// The list, counted from 1, of which this is the next item: a new one, unless the
    /// last goes on with this number.
    pub(super) fn of_item(&self, number: u64) -> usize {
        let mut lists = self.0.borrow_mut();
        match lists.last_mut() {
            Some(list) if list.next == number => list.next += 1,
            _ => lists.push(List { first: number, next: number + 1 }),
        }
        lists.len()
    }

    /// The part of the file that says how they are numbered; none if there are none.
    pub(super) fn part(&self, sheet: &Sheet) -> Option<Element> {
        let lists = self.0.borrow();
        let how = Element::new("w:lvl")
            .set("w:ilvl", 0)
            .with(Element::val("w:start", 1))
            .with(Element::val("w:numFmt", "decimal"))
            .with(Element::val("w:suff", "nothing"))
            .with(Element::val("w:lvlText", format!("%1{BEHIND_NUMBERS}")))
            .with(Element::val("w:lvlJc", "left"))
            .with(Element::new("w:pPr").with(
                // As every paragraph begins.
                Element::new("w:ind").set("w:left", 0).set("w:firstLine", 2 * sheet.size * 10),
            ));
        let all = Element::new("w:abstractNum")
            .set("w:abstractNumId", 0)
            .with(Element::val("w:multiLevelType", "singleLevel"))
            .with(how);
        let of_list = |(n, list): (usize, &List)| {
            let begins = Element::new("w:lvlOverride").set("w:ilvl", 0);
            Element::new("w:num")
                .set("w:numId", n + 1)
                .with(Element::val("w:abstractNumId", 0))
                .with(begins.with(Element::val("w:startOverride", list.first)))
        };
        let part = root("w:numbering").with(all).with_all(lists.iter().enumerate().map(of_list));
        (!lists.is_empty()).then_some(part)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_goes_on_until_another_number_comes() {
        let lists = Lists::default();
        let numbers = [1, 2, 3, 1, 2, 1, 3];
        assert_eq!(numbers.map(|number| lists.of_item(number)), [1, 1, 1, 2, 2, 3, 4]);
        let part = lists.part(&Sheet::of("notice")).unwrap().to_string();
        assert!(part.contains("<w:startOverride w:val=\"3\"/>"), "{part}");
    }

    #[test]
    fn without_lists_there_is_no_part() {
        assert!(Lists::default().part(&Sheet::of("notice")).is_none());
    }
}
