//! A roll in words, for a person at a screen: what became of its rows, its figures,
//! how it differs from another. Numbers of persons are masked.

use std::collections::BTreeMap;
use std::ops::RangeInclusive;

use jiff::civil::Date;
use unicode_width::UnicodeWidthStr as _;

use super::diff::said_by_one;
use super::{
    Correction, Figures, GroupSummary, Mark, RollDiff, RowKind, Sheet, VoterRoll, fit_to_show,
    namesakes, summary,
};
use crate::privacy::mask_label;

/// What became of each row of each sheet; the rows of a sheet add up to it.
pub fn tell_rows(roll: &VoterRoll) -> String {
    const SHEETS: usize = 50;
    let sheets = roll.sheets().iter().filter(|sheet| sheet.account.rows() > 0);
    let mut told: String = sheets.clone().take(SHEETS).map(tell_sheet).collect();
    let more = sheets.count().saturating_sub(SHEETS);
    if more > 0 {
        told.push_str(&format!("另有 {more} 张工作表，没有逐一列出\n"));
    }
    told + "\n"
}

fn tell_sheet(sheet: &Sheet) -> String {
    let name = sheet.name.as_deref().map(|name| format!("工作表“{}”", mask_label(name)));
    let name = name.unwrap_or_else(|| "名册".into());
    let kinds = sheet.account.kinds();
    let kind = |(kind, count, rows): &(RowKind, u32, Vec<RangeInclusive<u32>>)| {
        format!("  {}：{count} 行（{}）\n", kind.name(), tell_ranges(rows))
    };
    let kinds: String = kinds.iter().map(kind).collect();
    format!("{name}共 {} 行\n{kinds}", sheet.account.rows())
}

/// `第 1、3—9 行 等`.
fn tell_ranges(rows: &[RangeInclusive<u32>]) -> String {
    const SHOWN: usize = 6;
    let range = |rows: &RangeInclusive<u32>| match (rows.start(), rows.end()) {
        (first, last) if first == last => first.to_string(),
        (first, last) => format!("{first}—{last}"),
    };
    let shown: Vec<String> = rows.iter().take(SHOWN).map(range).collect();
    let more = if rows.len() > SHOWN { " 等" } else { "" };
    format!("第 {}{more} 行", shown.join("、"))
}

/// The figures of a roll as a table; ages on `day`, if it is known.
pub fn tell_figures(roll: &VoterRoll, day: Option<Date>) -> String {
    let summary = summary(roll, day);
    // Without a day there are no ages, and a column of zeros says nothing.
    let ages = match (day, summary.all.ages_unknown) {
        (None, _) => 0,
        (Some(_), unknown) if unknown == summary.all.voters => 0,
        (Some(_), 0) => summary.all.ages.len(),
        (Some(_), _) => summary.all.ages.len() + 1,
    };
    let mut rows = vec![headings(ages)];
    rows.extend(summary.groups.iter().map(|group| figures(group, ages)));
    rows.push(figures(&summary.all, ages));
    table(&rows)
}

fn headings(ages: usize) -> Vec<String> {
    let known = ["35岁以下", "36至60岁", "61岁以上", "年龄不明"];
    let ages = known.iter().take(ages);
    ["小组", "选民", "男", "女"].iter().chain(ages).map(ToString::to_string).collect()
}

fn figures(group: &GroupSummary, ages: usize) -> Vec<String> {
    let ages = group.ages.iter().chain([&group.ages_unknown]).take(ages);
    let counts = [group.voters, group.men, group.women];
    let counts = counts.iter().chain(ages).map(ToString::to_string);
    std::iter::once(fit_to_show(&group.name).into_owned()).chain(counts).collect()
}

/// Rows with their columns in line: the first flush left, the rest right.
fn table(rows: &[Vec<String>]) -> String {
    let width = |at: usize| rows.iter().map(|row| row[at].width_cjk()).max().unwrap_or(0);
    let widths: Vec<usize> = (0..rows[0].len()).map(width).collect();
    let line = |row: &Vec<String>| {
        let pad = |at: usize| " ".repeat(widths[at] - row[at].width_cjk());
        let rest = (1..row.len()).map(|at| format!("  {}{}", pad(at), row[at]));
        format!("{}{}{}\n", row[0], pad(0), rest.collect::<String>())
    };
    rows.iter().map(line).collect()
}

/// How many people a merged roll has, and from where.
pub fn tell_merged(figures: &Figures) -> String {
    let mut rows = vec![["来源", "人数", "只此一处有"].map(str::to_owned).to_vec()];
    for (name, count, only) in &figures.sources {
        rows.push(vec![name.clone(), count.to_string(), only.to_string()]);
    }
    format!(
        "{}合并后 {} 人：各处都有的 {} 人，要核对的 {} 人（见“待核对”一列）\n",
        table(&rows),
        figures.people,
        figures.in_all,
        figures.questions
    )
}

/// Who came, who went and who was corrected.
pub fn tell_changes(diff: &RollDiff, old: &VoterRoll, new: &VoterRoll) -> String {
    let uncompared = said_by_one(old, new).iter().map(|what| what.name()).collect::<Vec<_>>();
    let uncompared = match uncompared.join("、") {
        what if what.is_empty() => what,
        what => format!("没有比较{what}：只有一份名册写了。\n"),
    };
    if diff.is_empty() {
        return format!("两份名册没有差别。\n{uncompared}");
    }
    let people = |roll: &VoterRoll, places: &[usize]| {
        let marks = namesakes(roll);
        let line = |&at: &usize| format!("  {}\n", who(roll, at, &marks));
        places.iter().map(line).collect::<String>()
    };
    let marks = namesakes(new);
    let correction = |correction: &Correction| {
        let person = who(new, correction.new, &marks);
        format!("  {person}：{}\n", correction.describe(old, new))
    };
    format!(
        "增加 {} 人\n{}减少 {} 人\n{}更正 {} 人\n{}{uncompared}",
        diff.added.len(),
        people(new, &diff.added),
        diff.removed.len(),
        people(old, &diff.removed),
        diff.corrected.len(),
        diff.corrected.iter().map(correction).collect::<String>()
    )
}

/// The name and the group, and of namesakes in one group what tells them apart.
fn who(roll: &VoterRoll, at: usize, marks: &BTreeMap<usize, Mark>) -> String {
    let voter = &roll.voters[at];
    let name = fit_to_show(voter.name.as_str());
    let group = roll.group_of(voter).map(|group| fit_to_show(group).into_owned());
    let mark = marks.get(&at).map(|mark| mark.text(voter)).filter(|mark| !mark.is_empty());
    match [group, mark].into_iter().flatten().collect::<Vec<_>>().join("，") {
        said if said.is_empty() => name.into_owned(),
        said => format!("{name}（{said}）"),
    }
}

#[cfg(test)]
mod tests {
    use super::super::diff;
    use super::super::tests::read_clean;
    use super::*;

    #[test]
    fn says_which_of_two_namesakes_left() {
        let roll = |rows: &str| read_clean(&format!("姓名,性别,出生日期,小组\n{rows}"));
        let left = "王伟,男,1980-01-01,一组\n李芳,女,1981-01-01,一组\n";
        let (old, new) = (roll(&format!("王伟,男,1950-01-01,一组\n{left}")), roll(left));
        let told = tell_changes(&diff(&old, &new), &old, &new);
        assert!(told.contains("减少 1 人\n  王伟（一组，1950年生）\n"), "{told}");
    }
}
