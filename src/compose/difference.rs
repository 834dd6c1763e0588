//! In what two wordings of a paper differ, said as a correction says it.

use serde::Serialize;

/// One place that says otherwise now; empty where there was, or is, nothing.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Amendment {
    pub was: String,
    pub now: String,
}

/// Lines of a hunk beyond which it is not asked which of them stayed.
const MOST_COMPARED: usize = 2000;

/// What stands between the cells of a row: a row is quoted whole, for a cell by
/// itself does not tell of whom it speaks.
pub const BETWEEN_CELLS: char = '　';

/// All places in which `now` differs from `was`, in their order.
pub fn between(was: &str, now: &str) -> Vec<Amendment> {
    let (was, now): (Vec<&str>, Vec<&str>) = (was.lines().collect(), now.lines().collect());
    let (was, now) = without_common_ends(&was, &now);
    let mut amendments = Vec::new();
    let (mut before, mut after) = (0, 0);
    for (old, new) in kept(was, now).into_iter().chain([(was.len(), now.len())]) {
        amendments.extend(hunk(&was[before..old], &now[after..new]));
        (before, after) = (old + 1, new + 1);
    }
    amendments
}

fn without_common_ends<'a, T: PartialEq>(a: &'a [T], b: &'a [T]) -> (&'a [T], &'a [T]) {
    let start = a.iter().zip(b).take_while(|(a, b)| a == b).count();
    let (a, b) = (&a[start..], &b[start..]);
    let end = a.iter().rev().zip(b.iter().rev()).take_while(|(a, b)| a == b).count();
    (&a[..a.len() - end], &b[..b.len() - end])
}

/// The longest row of lines that are in both, by their places.
fn kept(was: &[&str], now: &[&str]) -> Vec<(usize, usize)> {
    if was.len().max(now.len()) > MOST_COMPARED {
        return Vec::new();
    }
    let width = now.len() + 1;
    let mut longest = vec![0_u16; (was.len() + 1) * width];
    for old in (0..was.len()).rev() {
        for new in (0..now.len()).rev() {
            let (right, below) = (longest[old * width + new + 1], longest[(old + 1) * width + new]);
            longest[old * width + new] = match was[old] == now[new] {
                true => longest[(old + 1) * width + new + 1] + 1,
                false => right.max(below),
            };
        }
    }
    let (mut old, mut new, mut pairs) = (0, 0, Vec::new());
    while old < was.len() && new < now.len() {
        if was[old] == now[new] {
            pairs.push((old, new));
            (old, new) = (old + 1, new + 1);
        } else if longest[(old + 1) * width + new] >= longest[old * width + new + 1] {
            old += 1;
        } else {
            new += 1;
        }
    }
    pairs
}

/// Lines in the place of others: each against its fellow, those left over alone.
fn hunk(was: &[&str], now: &[&str]) -> Vec<Amendment> {
    let line = |lines: &[&str], n: usize| lines.get(n).copied().unwrap_or_default().to_owned();
    let pair = |n| match n < was.len().min(now.len()) {
        true => clauses(was[n], now[n]),
        false => Amendment { was: line(was, n), now: line(now, n) },
    };
    (0..was.len().max(now.len())).map(pair).collect()
}

/// The clauses of a line that differ, whole: what is quoted must be found again.
fn clauses(was: &str, now: &str) -> Amendment {
    if was.contains(BETWEEN_CELLS) || now.contains(BETWEEN_CELLS) {
        return Amendment { was: was.to_owned(), now: now.to_owned() };
    }
    let (was, now): (Vec<char>, Vec<char>) = (was.chars().collect(), now.chars().collect());
    let ends = |c: &char| "，。；：？！".contains(*c);
    let same = was.iter().zip(&now).take_while(|(a, b)| a == b).count();
    let start = was[..same].iter().rposition(ends).map_or(0, |at| at + 1);
    let (rest_was, rest_now) = (&was[same..], &now[same..]);
    let tail = rest_was.iter().rev().zip(rest_now.iter().rev()).take_while(|(a, b)| a == b).count();
    let beyond = was[was.len() - tail..].iter().position(ends).map_or(0, |at| tail - at);
    let clause = |all: &[char]| all[start..all.len() - beyond].iter().collect::<String>();
    Amendment { was: clause(&was), now: clause(&now) }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn told(was: &str, now: &str) -> Vec<(String, String)> {
        between(was, now).into_iter().map(|one| (one.was, one.now)).collect()
    }

    fn pairs(pairs: &[(&str, &str)]) -> Vec<(String, String)> {
        pairs.iter().map(|(was, now)| ((*was).to_owned(), (*now).to_owned())).collect()
    }

    #[test]
    fn the_clause_that_changed_is_quoted_whole() {
        let was = "标题\n投票定于5月9日8时开始，16时结束。\n特此公告。";
        let now = "标题\n投票定于5月9日7时开始，16时结束。\n特此公告。";
        assert_eq!(told(was, now), pairs(&[("投票定于5月9日8时开始", "投票定于5月9日7时开始")]));
        assert_eq!(told(was, was), pairs(&[]));
        assert_eq!(told("地点：村部。", "地点：祠堂。"), pairs(&[("村部", "祠堂")]));
    }

    #[test]
    fn lines_come_and_go_and_rows_stay_whole() {
        assert_eq!(told("甲\n乙\n丙", "甲\n丙\n丁"), pairs(&[("乙", ""), ("", "丁")]));
        let row = ("主任　张守信　男", "主任　张守信　女");
        assert_eq!(told(row.0, row.1), pairs(&[row]));
    }

    proptest! {
        /// Whatever the wordings, nothing is told where nothing changed, and each
        /// thing told is in the wording that it is of.
        #[test]
        fn what_is_told_is_there(was in "([甲乙，。]{0,4}\n){0,6}", now in "([甲乙，。]{0,4}\n){0,6}") {
            let told = between(&was, &now);
            prop_assert_eq!(told.is_empty(), was == now);
            for one in told {
                prop_assert!(was.contains(&one.was) && now.contains(&one.now), "{one:?}");
            }
        }
    }
}
