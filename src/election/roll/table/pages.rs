//! What a sheet says of its pages: 第2页 共3页, 接下页. A page that is missing takes its
//! voters with it.

use std::collections::BTreeMap;

use super::Reading;
use crate::diagnostic::{Diagnostic, Place};
use crate::election::roll::cell::numerals;
use crate::election::roll::cell::shown::quote;
use crate::election::roll::cell::words::{compact, goes_on, has_any};

/// The pages of a roll.
#[derive(Debug, Default)]
pub(super) struct Pages {
    /// Where the number of each stands first, and how many voters stand above.
    numbered: BTreeMap<u32, (Place, usize)>,
    /// How many there are.
    of: Option<u32>,
    /// The last line that says that the list goes on, and how many voters stand above.
    goes_on: Option<(String, Place, usize)>,
    /// A line that says how many there are, and not which it is on.
    only: Option<(u32, String, Place)>,
}

/// The numbers in `第2页 共3页`, `第2/3页`.
fn page_in(text: &str) -> Option<(u32, Option<u32>)> {
    const LONGEST: usize = 120;
    const MOST: u32 = 10_000;
    let text = &text[..text.floor_char_boundary(LONGEST)];
    if !text.contains('页') {
        return None;
    }
    let text = compact(text);
    let (number, rest) = text.split_once('第').and_then(|(_, said)| numeral_at(said))?;
    if !rest.starts_with(['页', '/', '／']) || number == 0 || number > MOST {
        return None;
    }
    let behind = rest.trim_start_matches(['页', '/', '／', '(', '（', ',', '，', '、', '|', '｜']);
    let of = numeral_at(behind.trim_start_matches('共'));
    let before = || text.split_once('共').and_then(|(_, said)| numeral_at(said));
    let of = of.or_else(before).filter(|(_, rest)| rest.starts_with('页'));
    Some((number, of.map(|(of, _)| of).filter(|of| (number..=MOST).contains(of))))
}

/// The number with which a text begins, and what follows.
fn numeral_at(text: &str) -> Option<(u32, String)> {
    let rest = text.trim_start_matches(numerals::is_numeral);
    let number = numerals::value_of(&text[..text.len() - rest.len()])?;
    Some((number, rest.to_owned()))
}

/// The number in `—— 1 ——（共3页）`.
fn pages_in(text: &str) -> Option<u32> {
    let text = compact(text);
    let (of, rest) = text.split_once('共').and_then(|(_, said)| numeral_at(said))?;
    rest.starts_with('页').then_some(of)
}

/// `转第3页`, `下接第2页`: the list goes on there.
fn leads_to_page(text: &str) -> bool {
    let text = compact(text);
    text.ends_with(['页', ')', '）']) && has_any(&text, &["转第", "续第"])
}

impl Reading<'_> {
    /// Takes up what a line says of pages.
    pub(super) fn note_pages(&mut self, number: u32, texts: &[String]) {
        const GOING_ON: [&str; 9] =
            ["接下页", "转下页", "续下页", "续下表", "接下表", "下接", "见下页", "未完", "待续"];
        for text in texts.iter().filter(|text| text.contains(['页', '接', '完', '续'])) {
            let place = self.roll.row_place(self.row_ref(number, 0));
            if goes_on(text) || has_any(text, &GOING_ON) || leads_to_page(text) {
                self.pages.goes_on = Some((text.clone(), place.clone(), self.roll.voters.len()));
            }
            if let Some((page, of)) = page_in(text) {
                let above = self.roll.voters.len();
                self.pages.numbered.entry(page).or_insert((place, above));
                self.pages.of = self.pages.of.max(of);
            } else if let Some(of) = pages_in(text).filter(|_| self.pages.only.is_none()) {
                self.pages.only =
                    Some((of, text.clone(), self.roll.row_place(self.row_ref(number, 0))));
            }
        }
    }

    /// Asks about pages that are not there.
    pub(super) fn ask_about_pages(&mut self) {
        const FEW: usize = 20;
        let Pages { numbered, of, goes_on, only } = std::mem::take(&mut self.pages);
        if let Some((text, place, _)) =
            goes_on.filter(|(_, _, above)| *above >= self.roll.voters.len() && *above > 0)
        {
            let message = format!("这里写着{}，后面没有人了", quote(&text));
            self.tell_of_pages(message, place);
        }
        let last = numbered.keys().last().copied().unwrap_or_default().max(of.unwrap_or_default());
        let missing: Vec<u32> = (1..=last).filter(|page| !numbered.contains_key(page)).collect();
        if let Some((_, text, place)) =
            only.filter(|(of, ..)| numbered.is_empty() && self.is_short_of(*of))
        {
            let message = format!(
                "这里写着{}，名册却只有 {} 人：是不是缺页？",
                quote(&text),
                self.roll.len()
            );
            return self.tell_of_pages(message, place);
        }
        // One number on a sheet may be that of the paper in hand.
        let is_at_an_end = |(_, above): &(Place, usize)| *above == 0 || *above == self.roll.len();
        let begins_later = numbered.len() == 1
            && numbered
                .first_key_value()
                .is_some_and(|(page, (_, above))| *page > 1 && *above == 0);
        // The last line of all is of the first page of two.
        let ends_early = numbered.len() == 1
            && numbered.first_key_value().is_some_and(|(page, (_, above))| {
                of.is_some_and(|of| *page < of) && *above == self.roll.len()
            });
        let are_told = numbered.len() > 1
            || begins_later
            || ends_early
            || of.is_some_and(|of| self.is_short_of(of)) && numbered.values().all(is_at_an_end);
        let Some(first) = missing.first().filter(|_| are_told) else { return };
        let Some(place) = numbered.range(..first).next_back().or(numbered.first_key_value()) else {
            return;
        };
        let pages: Vec<String> = missing.iter().take(FEW).map(|page| page.to_string()).collect();
        let message = format!("名册的页码不全，没有第 {} 页", pages.join("、"));
        self.tell_of_pages(message, place.1.0.clone());
    }

    /// Whether there are too few people for so many pages.
    fn is_short_of(&self, pages: u32) -> bool {
        const A_PAGE: usize = 15;
        pages > 1 && self.roll.len() < pages as usize * A_PAGE
    }

    fn tell_of_pages(&mut self, message: String, place: Place) {
        self.findings.add(self.roll, "roll-page", |code| {
            Diagnostic::warning(code, message)
                .at(place)
                .help("找出缺的一页，补上上面的选民；没有缺的，改正页码，或删去这一行")
        });
    }
}

#[cfg(test)]
mod tests {
    use super::page_in;

    #[test]
    fn reads_the_numbers_of_pages() {
        for (text, told) in [
            ("第1页 共3页", Some((1, Some(3)))),
            ("共 3 页，第 2 页", Some((2, Some(3)))),
            ("第二页", Some((2, None))),
            ("选民名单（第2/5页）", Some((2, Some(5)))),
            ("第3页/共3页", Some((3, Some(3)))),
            ("共3页", None),
            ("第一组", None),
            ("第5页 共3页", Some((5, None))),
            ("第页", None),
        ] {
            assert_eq!(page_in(text), told, "{text}");
        }
    }
}
