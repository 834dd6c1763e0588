//! Layouts that lose, tear and cover texts, and what is told of them.

use super::*;
use crate::compose::document::{Audience, Block, Inline, ListedName, NameGrid, Text};
use crate::diagnostic::Report;
use crate::typeset::{Fonts, Layouts, Typesetter};

const SETUP: &str = r#"
#let document-data = json("document.json")
#set document(title: document-data.title)
#set page(width: 200pt, height: 200pt, margin: 20pt)
#set text(font: ("fang", "song"), size: 10pt, lang: "zh", top-edge: 0.88em, bottom-edge: -0.12em)
#let said = document-data.blocks.filter(block => "text" in block).map(block => block.text.first().text)
#heading(document-data.title)
"#;

fn document(blocks: Vec<Block>) -> Document {
    Document {
        id: "trial".into(),
        title: "公告".into(),
        title_lines: vec!["公告".into()],
        number: None,
        addressee: None,
        blocks,
        signature: None,
        audience: Audience::Public,
        dated: None,
        draft: false,
    }
}

fn paragraphs(texts: &[&str]) -> Vec<Block> {
    texts.iter().map(|&text| Block::Paragraph { text: Text::plain(text) }).collect()
}

/// The codes of what is told of `blocks` in a layout that goes on so.
fn told_of(blocks: Vec<Block>, layout: &str) -> Vec<(&'static str, String)> {
    let fonts = Fonts::find(&[], &mut Report::new()).expect("the tests need fonts");
    let layouts = Layouts::with("trial.typ", format!("{SETUP}{layout}"));
    let set = Typesetter::new(fonts, layouts).set(&document(blocks), "trial");
    let problems = set.err().unwrap_or_default();
    problems.iter().map(|problem| (problem.code, problem.message.clone())).collect()
}

fn codes(texts: &[&str], layout: &str) -> Vec<&'static str> {
    told_of(paragraphs(texts), layout).into_iter().map(|(code, _)| code).collect()
}

#[test]
fn what_is_whole_is_let_through() {
    let all = "#for one in said { par(one) }";
    assert!(codes(&["凡年满十八周岁", "特此公告。"], all).is_empty());
    let long = "选举日为五月十日。".repeat(60);
    assert!(codes(&[&long, "特此公告。"], all).is_empty(), "over two pages");
    assert!(codes(&["甲", "乙"], "#for one in said.rev() { par(one) }").is_empty(), "any order");
    assert!(codes(&["甲", "乙"], "#par(said.join())").is_empty(), "in one paragraph");
}

#[test]
fn a_lost_text_is_named() {
    let told = told_of(paragraphs(&["张三丰", "李四"]), "#par(said.first())");
    let [(code, message)] = told.as_slice() else { panic!("{told:?}") };
    assert_eq!(*code, "page-lost");
    assert!(message.contains("《公告》") && message.contains("“李四”"), "{message}");
    assert!(!message.contains("张三丰"), "{message}");
}

#[test]
fn a_text_of_which_a_part_is_lost_is_lost() {
    assert_eq!(codes(&["张三丰"], "#par(said.first().slice(0, 6))"), ["page-lost"]);
    assert_eq!(codes(&["张三", "张三"], "#par(said.first())"), ["page-lost"], "once of twice");
    assert_eq!(codes(&["公告"], ""), ["page-lost"], "a title is no paragraph");
}

#[test]
fn parts_of_other_texts_are_found_however_many_are_lost() {
    let texts = |n: usize| (0..n).map(|n| format!("第{n}户")).collect::<Vec<_>>();
    let wanted = ["张三丰", "张三", "李四"].map(str::to_owned).to_vec();
    let lost = |early: &[&str]| {
        let early: Vec<String> = early.iter().map(|&text| text.to_owned()).collect();
        ledger::without_parts(wanted.clone(), &early)
    };
    assert!(lost(&["张三丰和张三", "李四"]).is_empty());
    assert_eq!(lost(&["张三丰", "李四李四"]), ["张三"], "the longer takes its place");
    // A page gone wrong: a million looks would take minutes.
    let all = texts(30_000);
    assert_eq!(ledger::without_parts(all.clone(), &["别的".to_owned()]).len(), all.len());
    assert!(ledger::without_parts(all.clone(), &[all.join("，")]).is_empty());
}

#[test]
fn what_stands_outside_the_page_is_told() {
    let outside = "#par(said.first()) #place(dx: 150pt, par(box(width: 90pt, said.last())))";
    assert_eq!(codes(&["张三丰", "库尔班吐尔逊江"], outside), ["page-outside"]);
    let clipped =
        "#block(width: 20pt, height: 12pt, clip: true, par(box(width: 90pt, said.last())))";
    assert_eq!(codes(&["库尔班吐尔逊江"], clipped), ["page-outside"]);
}

#[test]
fn what_leaves_its_cell_is_told() {
    let table = |height: &str| {
        format!("#table(columns: 40pt, rows: {height}, inset: 2pt, stroke: 0.5pt, ..said)")
    };
    let texts = ["库尔班吐尔逊江", "李四"];
    assert!(codes(&texts, &table("auto")).is_empty());
    let told = codes(&texts, &table("15pt"));
    assert!(told.contains(&"page-crossed"), "{told:?}");
    // What follows is far below, so that no line goes through a character.
    let next = "#table(columns: 40pt, rows: (13pt, 60pt), inset: (y: 1pt, x: 2pt), align: (x, y) => if y == 0 { top } else { bottom }, ..said)";
    assert_eq!(codes(&texts, next), ["page-crossed"]);
}

#[test]
fn a_line_through_a_text_is_told() {
    let crossed = "#par(said.first()) #place(dy: -5pt, line(length: 80pt))";
    assert_eq!(codes(&["张三丰"], crossed), ["page-crossed"]);
    let blank = "#par(said.first() + box(width: 3em, height: 1em, baseline: 0.12em, stroke: (bottom: 0.5pt)))";
    assert!(codes(&["张三丰"], blank).is_empty(), "a blank is beside it");
}

#[test]
fn texts_over_one_another_are_told() {
    let over = "#par(said.first()) #place(dy: -12pt, par(said.last()))";
    assert_eq!(codes(&["张三丰", "李四"], over), ["page-over"]);
}

#[test]
fn small_type_is_told() {
    assert_eq!(codes(&["张三丰"], "#text(size: 8.5pt, said.first())"), ["page-small"]);
    assert!(codes(&["张三丰"], "#text(size: 9pt, said.first())").is_empty());
}

#[test]
fn a_box_in_place_of_a_glyph_is_told() {
    let told = codes(&["张\u{e123}"], "#par(said.first())");
    assert!(told.contains(&"page-no-glyph"), "{told:?}");
}

#[test]
fn a_cell_over_two_pages_is_whole() {
    let long = "选举日为五月十日。".repeat(40);
    let table = "#table(columns: (1fr, 1fr), table.header[事项][内容], ..said)";
    let added = ["事项", "内容", &long, &long];
    let layout = table.replace("..said", "..said.slice(2)");
    assert!(codes(&added, &layout).is_empty());
}

#[test]
fn rows_of_names_are_proved_too() {
    let names = ["王小明", "张伟", "欧阳文源", "赵子龙"].repeat(40);
    let names = names.iter().map(|&name| ListedName { name: name.into(), note: None });
    let grid = Block::Names(NameGrid { title: "第一组".into(), names: names.collect() });
    let told = |width: &str, drawn: &str| {
        let layout = format!(
            "#set page(width: {width}, height: 90pt)
             #for names in document-data.blocks {{
               par(names.title)
               for one in names.paragraphs {{ {drawn} }}
             }}"
        );
        told_of(vec![grid.clone()], &layout).into_iter().map(|(code, _)| code).collect::<Vec<_>>()
    };
    let whole = "par(one.join())";
    assert!(told("500pt", whole).is_empty());
    assert_eq!(told("300pt", whole), ["page-outside"]);
    assert_eq!(told("500pt", "par(text(size: 8pt, one.join()))"), ["page-small"]);
    assert_eq!(told("500pt", "set par(leading: -4pt); par(one.join())"), ["page-over"]);
    assert_eq!(told("500pt", ""), ["layout-names"]);
}

#[test]
fn pages_that_are_alike_are_set_once() {
    let cards = 1_700;
    let names = ["王小明", "张伟", "欧阳文源"].iter().cycle();
    let card = |(n, &name): (usize, &&str)| {
        let sex = Inline::Plain("　男".into());
        let line = Text(vec![Inline::Plain("姓名：".into()), Inline::Name(name.into()), sex]);
        let number = Block::Paragraph { text: Text::plain(format!("编号：{n:04}")) };
        [Block::Next, number, Block::Lines { lines: vec![line, Text::plain("凭本证领取选票")] }]
    };
    let blocks: Vec<Block> = (1..=cards).zip(names).flat_map(card).skip(1).collect();
    let layout = |times: usize| {
        format!(
            r#"#let (number, lines) = document-data.blocks.split((kind: "next")).first()
            [#metadata({times})<times>]
            #par(number.text.first().text)
            #let drawn(piece) = if piece.kind == "name" {{ text(14pt, piece.text) }} else {{ piece.text }}
            #for line in lines.lines {{ par(line.map(drawn).join()) }}"#
        )
    };
    let told = |times| told_of(blocks.clone(), &layout(times));
    assert!(told(cards).is_empty(), "{:?}", told(cards));
    assert_eq!(told(cards + 1)[0].0, "layout-names");
}
