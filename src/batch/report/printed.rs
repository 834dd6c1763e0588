//! The report on paper, in the form that an office hands on.

use std::collections::BTreeMap;

use super::board;
use super::columns::{Columns, Form};
use super::gather::Gathered;
use super::table::{Table as Totals, Total};
use super::workbook::{by_code, more};
use crate::compose::document::{Block, Inline, Table, Text};
use crate::compose::{Document, chinese};
use crate::diagnostic::Report;
use crate::make::Press;
use crate::typeset::Job;

/// Longer lists are in the workbook.
const MOST: usize = 200;

/// The report as PDF.
pub(super) fn print(
    all: &Gathered,
    columns: &Columns,
    totals: &Totals,
    press: &Press,
) -> Result<Vec<u8>, Report> {
    let document = document(all, columns, totals);
    let mut pdfs = press.typesetter().pdfs(&[Job { document: &document, layout: "catalogue" }])?;
    Ok(pdfs.pop().map(|pdf| pdf.bytes).unwrap_or_default())
}

/// The same in a few lines for who has a terminal.
pub(super) fn in_short(all: &Gathered, columns: &Columns, totals: &Totals) -> String {
    let mut text = format!("{}。\n", all.extent());
    let main = columns.all().zip(&totals.whole.figures).filter(|(column, _)| column.main);
    for (column, figure) in main.filter(|(_, figure)| figure.is_there()) {
        let gaps = figure.gaps();
        let gaps = if gaps.is_empty() { gaps } else { format!("（{gaps}）") };
        text += &format!("  {}：{}{gaps}\n", column.name, column.form().say(figure));
    }
    text
}

fn document(all: &Gathered, columns: &Columns, totals: &Totals) -> Document {
    let day = chinese::date(all.today.into());
    let paragraph = |text: String| Block::Paragraph { text: Text::plain(text) };
    let mut blocks = vec![
        Block::Table(form()),
        paragraph(format!(
            "截至{day}：{}。没有填的不算零；“未填”是已经办到这一步而没有写的。比例只用两个数都齐全的算。",
            all.extent()
        )),
        heading("统计"),
        Block::Table(statistics(columns, &totals.whole)),
    ];
    if !totals.parts.is_empty() {
        blocks.push(heading("分街道（乡镇）"));
        blocks.push(Block::Table(by_part(columns, totals)));
        blocks.push(paragraph("带*的数，有的没有填全，各缺多少见汇总.xlsx。".to_owned()));
    }
    section(&mut blocks, "过了期限的步骤", &["社区（村）", "迟几天", "步骤"], late(all));
    let codes = by_code(all).into_iter().map(|(severity, code, title, times, elections)| {
        vec![severity, title, code, times.to_string(), elections.to_string()]
    });
    let heads = ["程度", "问题", "代号", "几处", "几个选举"];
    section(&mut blocks, "检查发现的问题", &heads, codes.collect());
    section(&mut blocks, "有错误的", &["社区（村）", "位置", "错误"], errors(all));
    section(&mut blocks, "档案包", &["情况", "几个"], packets(all));
    section(&mut blocks, "档案里还缺的", &["缺什么", "几个缺"], lacking(all));
    let left_out = all.left_out.iter().map(|(path, why)| vec![path.clone(), why.clone()]);
    section(&mut blocks, "没有计入的", &["文件夹或档案包", "原因"], left_out.collect());
    Document::form("batch-report", vec![columns.title.clone()], blocks)
}

fn heading(text: &str) -> Block {
    Block::Heading { level: 1, text: Text::plain(text) }
}

/// Who reports, to be filled in by hand.
fn form() -> Table {
    let label = |text: &str| Text(vec![Inline::Strong(text.to_owned())]);
    let blank = || Text(vec![Inline::Blank(8)]);
    let row = ["填报单位", "填表人", "审核人", "联系电话"];
    Table::of(&[], vec![row.iter().flat_map(|name| [label(name), blank()]).collect()])
}

/// A table under its heading, if there is anything in it.
fn section(blocks: &mut Vec<Block>, title: &str, heads: &[&str], rows: Vec<Vec<String>>) {
    if rows.is_empty() {
        return;
    }
    let more = rows.len().saturating_sub(MOST);
    let row = |cells: Vec<String>| cells.into_iter().map(Text::plain).collect();
    let rows = rows.into_iter().take(MOST).map(row).collect();
    blocks.push(heading(title));
    blocks.push(Block::Table(Table::of(heads, rows)));
    if more > 0 {
        let text = Text::plain(format!("另有{more}行，见汇总.xlsx。"));
        blocks.push(Block::Paragraph { text });
    }
}

/// Every column as a row: this round, the last, and what has changed.
fn statistics(columns: &Columns, whole: &Total) -> Table {
    let heads = ["", "项目", "本届", "未填", "上届", "上届未填", "增减"];
    let mut rows = Vec::new();
    let mut figures = whole.figures.iter().zip(&whole.last);
    for section in &columns.sections {
        let own = section.columns.iter().zip(figures.by_ref());
        for (n, (column, (now, beside))) in own.enumerate() {
            let of_section = if n == 0 { section.title.clone() } else { String::new() };
            let last = beside.filter(|beside| beside.last.told > 0);
            let compared = last.filter(|beside| beside.both > 0);
            rows.push(vec![
                of_section,
                column.name.clone(),
                column.form().say(now),
                now.gaps(),
                last.map(|beside| Form::Count.say(&beside.last)).unwrap_or_default(),
                beside.map(|beside| beside.last.gaps()).unwrap_or_default(),
                compared.map(|beside| more(beside.more)).unwrap_or_default(),
            ]);
        }
    }
    let row = |cells: Vec<String>| cells.into_iter().map(Text::plain).collect();
    Table::of(&heads, rows.into_iter().map(row).collect())
}

/// The main figures of each street.
fn by_part(columns: &Columns, totals: &Totals) -> Table {
    let main: Vec<_> = columns.all().enumerate().filter(|(_, column)| column.main).collect();
    let heads: Vec<&str> =
        std::iter::once("").chain(main.iter().map(|(_, column)| column.name.as_str())).collect();
    let row = |total: &Total| {
        let figure = |(at, column): &(usize, &super::Column)| {
            let figure = &total.figures[*at];
            let mark = if figure.gaps().is_empty() { "" } else { "*" };
            column.form().say(figure) + mark
        };
        let cells = std::iter::once(total.name.clone()).chain(main.iter().map(figure));
        cells.map(Text::plain).collect()
    };
    Table::of(&heads, totals.parts.iter().chain([&totals.whole]).map(row).collect())
}

fn late(all: &Gathered) -> Vec<Vec<String>> {
    let mut late: Vec<_> = all
        .entries
        .iter()
        .flat_map(|entry| entry.late().into_iter().map(move |(step, days)| (days, entry, step)))
        .collect();
    late.sort_by_key(|(days, ..)| std::cmp::Reverse(*days));
    let row = |(days, entry, step): (i32, &super::Entry, &super::Standing)| {
        vec![entry.name().to_owned(), days.to_string(), step.title.clone()]
    };
    late.into_iter().map(row).collect()
}

fn errors(all: &Gathered) -> Vec<Vec<String>> {
    let errors = all.entries.iter().flat_map(|entry| {
        let own = entry.findings.iter().filter(|told| told.is_error());
        own.map(move |told| {
            let place = told.place.clone().unwrap_or_default();
            vec![entry.name().to_owned(), place, told.message.clone()]
        })
    });
    errors.collect()
}

fn packets(all: &Gathered) -> Vec<Vec<String>> {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for entry in &all.entries {
        *counts.entry(board::verdict(entry)).or_default() += 1;
    }
    counts.into_iter().map(|(said, count)| vec![said.to_owned(), count.to_string()]).collect()
}

fn lacking(all: &Gathered) -> Vec<Vec<String>> {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for name in all.entries.iter().flat_map(|entry| entry.lacking.iter().flatten()) {
        *counts.entry(name).or_default() += 1;
    }
    let mut rows: Vec<_> = counts.into_iter().collect();
    rows.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
    rows.into_iter().map(|(name, count)| vec![name.to_owned(), count.to_string()]).collect()
}
