//! The page of GB/T 9704: 22 lines of 28 characters, counted on a page of our own.

use crate::support::{Page, ROLL, SMALL, build, election, judge, pages};

const LONG: &str = "\
---
id: long
name: 长文
title: 长文
stage: closing
layouts: [LAYOUT]
audience: public
retention: { period: 10年, basis: 试验 }
---
";

/// The pages of a document of our own with this text.
fn set_in(layout: &str, text: &str) -> Vec<Page> {
    let folder = election(SMALL, ROLL);
    let documents = folder.path().join("templates/documents");
    std::fs::create_dir_all(&documents).unwrap();
    std::fs::write(documents.join("long.md"), LONG.replace("LAYOUT", layout) + text).unwrap();
    build(folder.path(), &folder.path().join("out"));
    let pdf = folder.path().join("out/7-总结归档/长文.pdf");
    judge("qpdf", &["--check".as_ref(), pdf.as_os_str()]);
    pages(&pdf)
}

fn long_document(layout: &str) -> Vec<Page> {
    set_in(layout, &"凡年满十八周岁的居民不分民族种族性别职业都有选举权和被选举权".repeat(80))
}

fn millimetres(points: f64) -> f64 {
    points * 25.4 / 72.0
}

#[test]
fn a_full_page_has_22_lines_of_28_characters() {
    for layout in ["notice", "report", "roster"] {
        let pages = long_document(layout);
        assert!(pages.len() > 3, "{layout}");
        let page = &pages[1];
        let is_foot = |text: &str| !text.contains(|c: char| ('\u{4e00}'..='\u{9fff}').contains(&c));
        let mut lines: Vec<(f64, usize)> = Vec::new();
        for word in page.words.iter().filter(|word| !is_foot(&word.text)) {
            match lines.last_mut().filter(|(top, _)| (*top - word.top).abs() < 2.0) {
                Some((_, count)) => *count += word.text.chars().count(),
                None => lines.push((word.top, word.text.chars().count())),
            }
        }
        assert_eq!(lines.iter().map(|(_, count)| *count).collect::<Vec<_>>(), [28; 22], "{layout}");
        // The pitch is even: it must not depend on which face drew a line.
        let pitches: Vec<f64> = lines.windows(2).map(|pair| pair[1].0 - pair[0].0).collect();
        assert!(
            pitches.iter().all(|pitch| (pitch - pitches[0]).abs() < 0.05),
            "{layout}: {pitches:?}"
        );

        // 版心 156 mm between a binding edge of 28 mm and 26 mm, on A4.
        let text = || page.words.iter().filter(|word| !is_foot(&word.text));
        let left = text().map(|word| word.left).fold(f64::MAX, f64::min);
        let right = text().map(|word| word.right).fold(0.0, f64::max);
        assert!((millimetres(left) - 28.0).abs() <= 1.0, "{layout}: {}", millimetres(left));
        assert!(
            (millimetres(page.width - right) - 26.0).abs() <= 1.0,
            "{layout}: {}",
            millimetres(page.width - right)
        );
        assert!(
            (millimetres(page.width) - 210.0).abs() < 0.1
                && (millimetres(page.height) - 297.0).abs() < 0.1
        );
    }
}

const HEAD: &str = "\
| 职务 | 姓名 |
|:-:|:-:|
";

/// A post of so many candidates.
#[test]
fn the_number_of_a_page_stands_outside_and_one_page_has_none() {
    let number = |page: &Page| {
        let dashes = page.words.iter().filter(|word| word.text == "—");
        let sides: Vec<f64> = dashes.map(|word| word.left).collect();
        let digits = page.words.iter().find(|word| word.text.bytes().all(|c| c.is_ascii_digit()));
        (sides, digits.map(|word| word.text.clone()))
    };
    for layout in ["notice", "report", "roster"] {
        for (n, page) in long_document(layout).iter().enumerate() {
            let (sides, digits) = number(page);
            assert_eq!((sides.len(), digits), (2, Some((n + 1).to_string())), "{layout}");
            let is_right = sides.iter().all(|left| millimetres(*left) > 105.0);
            assert_eq!(is_right, n % 2 == 0, "{layout}: {sides:?}");
        }
    }
    let short = set_in("report", "凡年满十八周岁的居民都有选举权。");
    assert_eq!((short.len(), number(&short[0])), (1, (vec![], None)));
}

fn post_of(count: usize) -> String {
    let row = |n| format!("| {} | 王{n}子 |\n", if n == 0 { "委员" } else { "^" });
    (0..count).map(row).collect()
}

fn with_table(layout: &str, rows: &str) -> Vec<Page> {
    set_in(layout, &(HEAD.to_owned() + rows))
}

#[test]
fn a_post_that_goes_on_overleaf_is_said_again() {
    let pages = with_table("notice", &post_of(60));
    assert!(pages.len() > 2);
    let said = |text: &str, page: &crate::support::Page| {
        page.words.iter().filter(|word| word.text == text).count()
    };
    assert_eq!(said("委员", &pages[0]), 1);
    for page in &pages[1..] {
        assert!(
            page.words.iter().any(|word| word.text.starts_with("委员（续")),
            "{:?}",
            page.words
        );
    }
}

#[test]
fn a_name_of_several_lines_has_its_row_in_a_long_table_too() {
    let long = "爱新觉罗启文慕容拓跋宇文独孤尉迟令狐".repeat(2);
    // The proof would refuse one that lies over the next.
    let pages = with_table("poster", &post_of(70).replace("王40子", &long));
    let text: String = pages.iter().flat_map(|page| &page.words).map(|word| &*word.text).collect();
    assert!(text.contains("王39子") && text.contains("王41子") && text.contains("令狐"));
}

#[test]
fn a_list_a_little_too_long_for_the_wall_is_set_closer() {
    // With the usual space in cells 18 rows would need a second sheet.
    assert_eq!(with_table("poster", &post_of(12)).len(), 1);
    assert_eq!(with_table("poster", &post_of(18)).len(), 1);
    assert_eq!(with_table("poster", &post_of(40)).len(), 2);
}

#[test]
fn a_heading_of_names_says_where_it_goes_on() {
    let folder = election(SMALL, ROLL);
    let rows = |n: u32| {
        format!(
            "{},赵{}子,男,1970-01-01,第一居民小组\n",
            n + 100,
            char::from_u32(0x4e00 + n).unwrap()
        )
    };
    let roll: String = ROLL.to_owned() + &(0..600u32).map(rows).collect::<String>();
    std::fs::write(folder.path().join("voters.csv"), roll).unwrap();
    let run = crate::support::run_in(
        folder.path(),
        &["build", ".", "-o", "out", "--only", "voter-list", "--draft"],
    );
    assert_eq!(run.code, 0, "{run}");
    let pages = pages(&folder.path().join("out/3-选民登记/选民名单公告.pdf"));
    let text = |page: &crate::support::Page| {
        page.words.iter().map(|word| word.text.as_str()).collect::<String>()
    };
    assert!(pages.len() > 1);
    assert!(text(&pages[0]).contains("第一居民小组（共") && !text(&pages[0]).contains("（续）"));
    assert!(text(&pages[1]).contains("人）（续）"), "{}", text(&pages[1]));
}

#[test]
fn a_poster_says_the_same_in_type_to_be_read_from_three_metres() {
    let texts = |pages: &[crate::support::Page]| {
        let words = pages.iter().flat_map(|page| &page.words).map(|word| word.text.as_str());
        let is_text = |c: &char| ('\u{4e00}'..='\u{9fff}').contains(c);
        words.collect::<String>().chars().filter(is_text).collect::<String>()
    };
    let notice = texts(&long_document("notice"));
    for (layout, width, height) in
        [("poster", 297.0, 420.0), ("poster-a2", 420.0, 594.0), ("poster-a1", 594.0, 841.0)]
    {
        let poster = long_document(layout);
        let (first, last) = (&poster[0], poster.len());
        assert!((millimetres(first.width) - width).abs() < 0.5, "{layout}");
        assert!((millimetres(first.height) - height).abs() < 0.5, "{layout}");
        let foot = |n: usize| format!("第{n}张共{last}张（依次张贴）");
        let feet: String = (1..=last).map(foot).filter(|_| last > 1).collect();
        let feet: String = feet.chars().filter(|c| ('\u{4e00}'..='\u{9fff}').contains(c)).collect();
        assert_eq!(texts(&poster).chars().count(), notice.chars().count() + feet.chars().count());
        // A character is as wide as its type is large; lines are never set closer.
        let count = |word: &crate::support::Word| word.text.chars().count();
        let lines = poster.iter().flat_map(|page| &page.words).filter(|word| count(word) > 10);
        let size = |word: &crate::support::Word| (word.right - word.left) / count(word) as f64;
        let smallest = lines.map(size).fold(f64::MAX, f64::min);
        assert!(smallest >= 27.9, "{layout}: {smallest}");
    }
}
