//! Births such as `1950.1` and `50.1` in a text file: where other months have two digits it is
//! October, of which a spreadsheet that took it for a number lost the nought.

use super::Reading;
use crate::election::roll::RowRef;
use crate::election::roll::cell::columns::Column;

#[derive(Debug, Default)]
pub(super) struct Months {
    /// Whether some have a nought before them, and one is written 10.
    are_padded: bool,
    has_october: bool,
    /// Those that end with 1 alone.
    short: Vec<RowRef>,
}

impl Months {
    pub(super) fn note(&mut self, at: RowRef, text: &str) {
        let Some((year, month)) = text.trim().split_once('.') else { return };
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
    pub(super) fn ask_about_months(&mut self) {
        let months = std::mem::take(&mut self.sheet.months);
        if !months.are_padded || months.has_october {
            return;
        }
        for at in months.short {
            let message = "别的月份都写两位，这里只写“1”，像是 10 月丢了末尾的 0，暂按 1 月算";
            let help = "对照身份证改正，写成 1987-01 或 1987-10 的样子";
            self.doubt(at, Column::Birth, "roll-birth", message, help);
        }
    }
}
