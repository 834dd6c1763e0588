//! Births that are written otherwise than those around them, and so may mean another day.

use super::Reading;
use crate::election::roll::RowRef;
use crate::election::roll::cell::columns::Column;
use crate::election::roll::cell::shown::quote;
use crate::election::roll::cell::values::Value;

/// Those of a sheet.
#[derive(Debug, Default)]
pub(super) struct Births {
    months: Months,
    /// `19700`, which is a day of 1953 by the calendar of a spreadsheet, and looks like a
    /// year with a piece of the month.
    cut_short: Vec<(RowRef, String)>,
    /// How many are other numbers of days, and how many are none.
    numbers: usize,
    others: usize,
}

/// `1950.1` and `50.1` in a text file: where other months have two digits it is October, of
/// which a spreadsheet that took it for a number lost the nought.
#[derive(Debug, Default)]
struct Months {
    /// Whether some have a nought before them, and one is written 10.
    are_padded: bool,
    has_october: bool,
    /// Those that end with 1 alone.
    short: Vec<RowRef>,
}

impl Births {
    pub(super) fn note(&mut self, at: RowRef, value: Value, is_of_text_file: bool) {
        let text = match value {
            Value::Text(_) | Value::Number(_) => value.text(),
            _ => return self.others += usize::from(!value.is_empty()),
        };
        let text = text.trim();
        let is_number = text.len() == 5 && text.bytes().all(|byte| byte.is_ascii_digit());
        match is_number {
            true if text.starts_with("19") || text.starts_with("20") => {
                self.cut_short.push((at, text.to_owned()));
            }
            true => self.numbers += 1,
            false => self.others += 1,
        }
        if is_of_text_file {
            self.months.note(at, text);
        }
    }
}

impl Months {
    fn note(&mut self, at: RowRef, text: &str) {
        let Some((year, month)) = text.split_once('.') else { return };
        let is_year = matches!(year.len(), 2 | 4) && year.bytes().all(|byte| byte.is_ascii_digit());
        match month {
            _ if !is_year => {}
            "1" => self.short.push(at),
            "10" => self.has_october = true,
            _ => self.are_padded |= month.len() == 2 && month.starts_with('0'),
        }
    }
}

impl Reading<'_> {
    pub(super) fn ask_about_births(&mut self) {
        let Births { months, cut_short, numbers, others } = std::mem::take(&mut self.sheet.births);
        if months.are_padded && !months.has_october {
            for at in months.short {
                let message = "别的月份都写两位，这里只写“1”，像是 10 月丢了末尾的 0，暂按 1 月算";
                let help = "对照身份证改正，写成 1987-01 或 1987-10 的样子";
                self.doubt(at, Column::Birth, "roll-birth", message, help);
            }
        }
        if numbers > 0 || cut_short.len() >= others {
            return;
        }
        for (at, text) in cut_short {
            let message = format!(
                "写的是五位数字{}，暂按表格的日期序号算：是不是年月日没有写完？",
                quote(&text)
            );
            let help = "对照身份证改正，写成 1987-03-05 的样子";
            self.doubt(at, Column::Birth, "roll-birth", &message, help);
        }
    }
}
