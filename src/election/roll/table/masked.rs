//! Numbers of cards with stars for some digits: where a whole column is so, it is said once.

use super::Reading;
use crate::diagnostic::Severity;
use crate::election::roll::RowRef;
use crate::election::roll::cell::columns::Column;

impl Reading<'_> {
    pub(super) fn note_masked(&mut self, at: RowRef) {
        if !self.is_quiet {
            self.sheet.masked.push(at);
        }
    }

    /// Tells of each of few, and of many at the first.
    pub(super) fn tell_of_masked(&mut self) {
        const FEW: usize = 3;
        let masked = std::mem::take(&mut self.sheet.masked);
        let (told, message) = match masked.len() {
            0..=FEW => (masked.len(), "身份证号被星号遮住，不能用来核对".into()),
            many => (1, format!("这一列有 {many} 个身份证号被星号遮住，不能用来核对")),
        };
        for at in masked.into_iter().take(told) {
            let place = self.roll.place(at, Column::IdNumber);
            let help = "请用完整的名册核对；公开的名单不会印出身份证号";
            self.ask(Severity::Warning, "roll-id-masked", message.clone(), place, help);
        }
    }
}
