//! The workbook: numbers as numbers, so that an office can go on reckoning.

use std::collections::BTreeMap;

use rust_xlsxwriter::{
    Color, DocProperties, ExcelDateTime, Format, FormatAlign, FormatBorder, Workbook, Worksheet,
    XlsxError,
};

use super::board;
use super::columns::{Column, Columns, Figure, Form};
use super::gather::{Entry, Gathered};
use super::table::{Line, Table, Total};
use crate::codes::Code;
use crate::diagnostic::Diagnostic;
use crate::law::{self, calendar};
use crate::number::{counted, placed};

/// The workbook of all that was gathered.
///
/// # Errors
/// More rows than a sheet holds.
pub(super) fn write(
    gathered: &Gathered,
    columns: &Columns,
    table: &Table,
) -> Result<Vec<u8>, Diagnostic> {
    let written = fill(gathered, columns, table);
    written.map_err(|error| {
        Diagnostic::error("workbook-not-written", format!("工作簿没有写成：{error}"))
    })
}

fn fill(gathered: &Gathered, columns: &Columns, table: &Table) -> Result<Vec<u8>, XlsxError> {
    let mut workbook = Workbook::new();
    // The time of writing would make every copy different.
    let created = ExcelDateTime::from_ymd(2000, 1, 1)?;
    workbook.set_properties(&DocProperties::new().set_creation_datetime(&created));
    let looks = Looks::new();
    cover(workbook.add_worksheet(), &looks, gathered, columns)?;
    progress(workbook.add_worksheet(), &looks, gathered)?;
    statistics(workbook.add_worksheet(), &looks, gathered, columns, table)?;
    rounds(workbook.add_worksheet(), &looks, columns, &table.whole)?;
    codes(workbook.add_worksheet(), &looks, gathered)?;
    findings(workbook.add_worksheet(), &looks, gathered)?;
    packets(workbook.add_worksheet(), &looks, gathered)?;
    lacking(workbook.add_worksheet(), &looks, gathered)?;
    workbook.save_to_buffer()
}

struct Looks {
    title: Format,
    head: Format,
    text: Format,
    total: Format,
    note: Format,
    late: Format,
}

impl Looks {
    fn new() -> Self {
        let centred = Format::new().set_align(FormatAlign::VerticalCenter);
        let head = centred.clone().set_bold().set_text_wrap().set_align(FormatAlign::Center);
        Self {
            title: Format::new().set_bold().set_font_size(16),
            head: head.set_border(FormatBorder::Thin).set_background_color(Color::RGB(0xEE_EEEE)),
            text: Format::new().set_num_format("@"),
            total: Format::new().set_bold().set_border_top(FormatBorder::Thin),
            note: Format::new().set_font_color(Color::RGB(0x99_5500)).set_text_wrap(),
            late: Format::new().set_font_color(Color::RGB(0xC0_0000)),
        }
    }
}

/// Writes headings, and keeps them in sight.
fn head(sheet: &mut Worksheet, looks: &Looks, name: &str, heads: &[(&str, f64)]) -> Written {
    sheet.set_name(name)?;
    for (at, (heading, width)) in (0..).zip(heads) {
        sheet.write_string_with_format(0, at, *heading, &looks.head)?;
        sheet.set_column_width(at, *width)?;
    }
    sheet.set_freeze_panes(1, 0)?;
    Ok(())
}

type Written = Result<(), XlsxError>;

fn line(sheet: &mut Worksheet, looks: &Looks, row: u32, cells: &[&str]) -> Written {
    for (at, cell) in (0..).zip(cells) {
        if !cell.is_empty() {
            sheet.write_string_with_format(row, at, *cell, &looks.text)?;
        }
    }
    Ok(())
}

fn cover(sheet: &mut Worksheet, looks: &Looks, all: &Gathered, columns: &Columns) -> Written {
    sheet.set_name("说明")?;
    sheet.set_column_width(0, 16.0)?;
    sheet.set_column_width(1, 90.0)?;
    sheet.write_string_with_format(0, 0, &columns.title, &looks.title)?;
    let lines = [
        ("报表日期", calendar::say(all.today)),
        ("范围", all.extent()),
        ("填报单位", String::new()),
        ("填表人", String::new()),
        ("审核人", String::new()),
        ("联系电话", String::new()),
        (
            "未填",
            "没有填的不算零，也不算有：合计下面写着有几个没有填。还没有办到的，不算没有填。".into(),
        ),
        ("比例", "只用两个数都齐全的算；有一个没有填全的，不在比例里。".into()),
    ];
    let mut row = 2;
    for (label, text) in &lines {
        line(sheet, looks, row, &[label, text])?;
        row += 1;
    }
    for (path, why) in &all.left_out {
        line(sheet, looks, row, &["没有计入", &format!("{path}：{why}")])?;
        row += 1;
    }
    Ok(())
}

fn street(entry: &Entry) -> &str {
    entry.place.street.as_deref().unwrap_or_default()
}

fn progress(sheet: &mut Worksheet, looks: &Looks, all: &Gathered) -> Written {
    let steps = board::steps(&all.entries);
    let mut heads: Vec<(&str, f64)> = vec![
        ("街道", 12.0),
        ("社区（村）", 16.0),
        ("选举日", 12.0),
        ("进展", 8.0),
        ("迟了几步", 8.0),
        ("最多迟几天", 8.0),
        ("最迟的一步", 28.0),
        ("检查", 10.0),
    ];
    let fixed = heads.len();
    heads.extend(steps.iter().map(|(_, title)| (title.as_str(), 14.0)));
    head(sheet, looks, "进度", &heads)?;
    sheet.set_freeze_panes(1, 2)?;
    for (row, entry) in (1..).zip(&all.entries) {
        let day = entry.place.election_day.as_deref().unwrap_or_default();
        let state = entry.state.as_deref().unwrap_or_default();
        line(sheet, looks, row, &[street(entry), entry.name(), day, state])?;
        let late = entry.late();
        sheet.write_number(row, 4, counted(late.len()))?;
        if let Some((latest, days)) = late.first() {
            sheet.write_number_with_format(row, 5, *days, &looks.late)?;
            sheet.write_string_with_format(row, 6, &latest.title, &looks.late)?;
        }
        sheet.write_string_with_format(row, 7, board::judged(entry), &looks.text)?;
        for standing in &entry.standing {
            let Some(at) = steps.iter().position(|(id, _)| *id == standing.id) else { continue };
            let look = match board::is_late(standing) {
                true => &looks.late,
                false => &looks.text,
            };
            let said = board::said(&standing.state);
            sheet.write_string_with_format(row, placed(fixed + at), said, look)?;
        }
    }
    Ok(())
}

/// Columns before the figures: who it is.
const WHO: [(&str, f64); 3] = [("街道", 12.0), ("社区（村）", 18.0), ("届次", 6.0)];

fn statistics(
    sheet: &mut Worksheet,
    looks: &Looks,
    all: &Gathered,
    columns: &Columns,
    table: &Table,
) -> Written {
    sheet.set_name("统计")?;
    for (at, (heading, width)) in (0..).zip(WHO) {
        sheet.merge_range(0, at, 1, at, heading, &looks.head)?;
        sheet.set_column_width(at, width)?;
    }
    let mut at = placed(WHO.len());
    for section in &columns.sections {
        let last = at + placed(section.columns.len().saturating_sub(1));
        match last > at {
            true => drop(sheet.merge_range(0, at, 0, last, &section.title, &looks.head)?),
            false => drop(sheet.write_string_with_format(0, at, &section.title, &looks.head)?),
        }
        for column in &section.columns {
            sheet.write_string_with_format(1, at, &column.name, &looks.head)?;
            sheet.set_column_width(at, 11.0)?;
            at += 1;
        }
    }
    let gaps = at;
    sheet.merge_range(0, gaps, 1, gaps, "没有填全的", &looks.head)?;
    sheet.set_column_width(gaps, 60.0)?;
    sheet.set_freeze_panes(2, 2)?;
    let mut row = 2;
    for one in &table.lines {
        match one {
            Line::Community(at) => {
                let entry = &all.entries[*at];
                let term = entry.place.term.map(|term| term.to_string()).unwrap_or_default();
                line(sheet, looks, row, &[street(entry), entry.name(), &term])?;
                figures(sheet, row, columns, &entry.figures, &Format::new())?;
                let incomplete = columns.all().zip(&entry.figures).filter_map(gap);
                let incomplete = incomplete.collect::<Vec<_>>().join("、");
                sheet.write_string_with_format(row, gaps, incomplete, &looks.text)?;
            }
            Line::Total(total) => {
                let name = format!("{}（{} 个）", total.name, total.count);
                sheet.write_string_with_format(row, 1, name, &looks.total)?;
                figures(sheet, row, columns, &total.figures, &looks.total)?;
                row += 1;
                sheet.write_string_with_format(row, 1, "其中未填", &looks.note)?;
                for (at, figure) in (placed(WHO.len())..).zip(&total.figures) {
                    sheet.write_string_with_format(row, at, figure.gaps(), &looks.note)?;
                }
            }
        }
        row += 1;
    }
    Ok(())
}

/// `女（未填 2 人）`
fn gap((column, figure): (&Column, &Figure)) -> Option<String> {
    // What a share lacks, its parts lack.
    let is_plain = column.form() == Form::Count && !figure.gaps().is_empty();
    is_plain.then(|| match figure.untold_people {
        0 => column.name.clone(),
        people => format!("{}（{people} 人）", column.name),
    })
}

fn figures(
    sheet: &mut Worksheet,
    row: u32,
    columns: &Columns,
    figures: &[Figure],
    look: &Format,
) -> Written {
    let forms = [
        look.clone().set_num_format("0"),
        look.clone().set_num_format("0.00%"),
        look.clone().set_num_format("0.0"),
    ];
    for (at, (column, figure)) in (placed(WHO.len())..).zip(columns.all().zip(figures)) {
        let look = match column.form() {
            Form::Count => &forms[0],
            Form::Share => &forms[1],
            Form::Mean => &forms[2],
        };
        match column.form().number(figure) {
            Some(number) => drop(sheet.write_number_with_format(row, at, number, look)?),
            None if figure.untold > 0 => drop(sheet.write_string(row, at, "未填")?),
            None => {}
        }
    }
    Ok(())
}

fn rounds(sheet: &mut Worksheet, looks: &Looks, columns: &Columns, whole: &Total) -> Written {
    let heads = [
        ("项目", 22.0),
        ("本届", 14.0),
        ("本届未填", 22.0),
        ("上届", 14.0),
        ("上届未填", 22.0),
        ("增减", 10.0),
        ("增减按几个算", 14.0),
    ];
    head(sheet, looks, "与上届比较", &heads)?;
    let all = columns.all().zip(&whole.figures).zip(&whole.last);
    for (row, ((column, now), beside)) in (1..).zip(all) {
        sheet.write_string_with_format(row, 0, &column.name, &looks.text)?;
        sheet.write_string_with_format(row, 1, column.form().say(now), &looks.text)?;
        sheet.write_string_with_format(row, 2, now.gaps(), &looks.note)?;
        if let Some(beside) = beside {
            if beside.last.told > 0 {
                sheet.write_string_with_format(
                    row,
                    3,
                    Form::Count.say(&beside.last),
                    &looks.text,
                )?;
            }
            sheet.write_string_with_format(row, 4, beside.last.gaps(), &looks.note)?;
            if beside.both > 0 {
                sheet.write_string_with_format(row, 5, more(beside.more), &looks.text)?;
                sheet.write_string_with_format(row, 6, beside.both.to_string(), &looks.text)?;
            }
        }
    }
    Ok(())
}

/// `+3`, `-2`, `0`
pub(super) fn more(more: i128) -> String {
    if more > 0 { format!("+{more}") } else { more.to_string() }
}

/// How often each code is told, and of how many elections.
pub(super) fn by_code(all: &Gathered) -> Vec<(String, String, String, usize, usize)> {
    let mut codes: BTreeMap<(&str, &str), (usize, usize)> = BTreeMap::new();
    for entry in &all.entries {
        for count in &entry.counts {
            let sum = codes.entry((count.severity.as_str(), count.code.as_str())).or_default();
            *sum = (sum.0 + count.count, sum.1 + 1);
        }
    }
    let rank = |severity: &str| ["错误", "警告", "提示"].iter().position(|one| *one == severity);
    let mut rows: Vec<_> = codes
        .into_iter()
        .map(|((severity, code), (times, elections))| {
            (severity.to_owned(), code.to_owned(), title(code), times, elections)
        })
        .collect();
    rows.sort_by_key(|(severity, _, _, _, elections)| {
        (rank(severity), std::cmp::Reverse(*elections))
    });
    rows
}

/// What a code is called.
fn title(code: &str) -> String {
    let rule = law::RULES.iter().find(|rule| rule.code == code).map(|rule| rule.title);
    let title = Code::find(code).map(|code| code.title).or(rule);
    title.unwrap_or_default().to_owned()
}

fn codes(sheet: &mut Worksheet, looks: &Looks, all: &Gathered) -> Written {
    let heads = [("程度", 8.0), ("代号", 26.0), ("问题", 40.0), ("几处", 8.0), ("几个选举", 10.0)];
    head(sheet, looks, "问题汇总", &heads)?;
    for (row, (severity, code, title, times, elections)) in (1..).zip(by_code(all)) {
        line(sheet, looks, row, &[&severity, &code, &title])?;
        sheet.write_number(row, 3, counted(times))?;
        sheet.write_number(row, 4, counted(elections))?;
    }
    Ok(())
}

fn findings(sheet: &mut Worksheet, looks: &Looks, all: &Gathered) -> Written {
    let heads = [
        ("街道", 12.0),
        ("社区（村）", 16.0),
        ("程度", 6.0),
        ("代号", 22.0),
        ("位置", 30.0),
        ("说明", 60.0),
        ("办法", 50.0),
        ("依据", 30.0),
        ("文件夹", 30.0),
    ];
    head(sheet, looks, "问题", &heads)?;
    let all = all.entries.iter().flat_map(|entry| entry.findings.iter().map(move |it| (entry, it)));
    for (row, (entry, told)) in (1..).zip(all) {
        let or = |text: &Option<String>| text.clone().unwrap_or_default();
        let cells = [
            street(entry),
            entry.name(),
            &told.severity,
            &told.code,
            &or(&told.place),
            &told.message,
            &or(&told.help),
            &or(&told.basis),
            &entry.path,
        ];
        line(sheet, looks, row, &cells)?;
    }
    Ok(())
}

fn packets(sheet: &mut Worksheet, looks: &Looks, all: &Gathered) -> Written {
    let heads = [
        ("街道", 12.0),
        ("社区（村）", 16.0),
        ("档案包", 24.0),
        ("检验", 10.0),
        ("结论", 50.0),
        ("还缺几样", 10.0),
        ("字节", 12.0),
        ("SHA-256", 66.0),
    ];
    head(sheet, looks, "档案包", &heads)?;
    for (row, entry) in (1..).zip(&all.entries) {
        let packet = entry.packet.as_ref();
        let name = packet.map_or("", |packet| &packet.name);
        let conclusion = packet.map_or("", |packet| &packet.conclusion);
        let verdict = board::verdict(entry);
        line(sheet, looks, row, &[street(entry), entry.name(), name, verdict, conclusion])?;
        if let Some(lacking) = &entry.lacking {
            sheet.write_number(row, 5, counted(lacking.len()))?;
        }
        if let Some(packet) = packet {
            sheet.write_string_with_format(row, 6, packet.size.to_string(), &looks.text)?;
            sheet.write_string_with_format(row, 7, &packet.sha256, &looks.text)?;
        }
    }
    Ok(())
}

fn lacking(sheet: &mut Worksheet, looks: &Looks, all: &Gathered) -> Written {
    head(sheet, looks, "缺件", &[("街道", 12.0), ("社区（村）", 16.0), ("还缺", 60.0)])?;
    let lacking = all.entries.iter().flat_map(|entry| {
        entry.lacking.iter().flatten().map(move |name| [street(entry), entry.name(), name])
    });
    for (row, cells) in (1..).zip(lacking) {
        line(sheet, looks, row, &cells)?;
    }
    Ok(())
}
