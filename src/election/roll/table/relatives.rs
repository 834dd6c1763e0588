//! What the members of a household are to its head, against their births.

use super::Reading;
use crate::election::date::PartialDate;
use crate::election::roll::columns::Column;
use crate::election::roll::findings::quote;
use crate::election::roll::relations::{self, Kin};
use crate::election::roll::rows::View;
use crate::election::roll::source::Row;
use crate::election::roll::{HouseholdId, Voter, words};

/// The household whose head was read last.
#[derive(Clone, Debug)]
pub(super) struct Relatives {
    household: Option<HouseholdId>,
    birth: Option<PartialDate>,
    has_spouse: bool,
}

/// By so many years a parent is older at least.
const GENERATION: i16 = 12;

/// Whether one was born a generation after another for all that is known.
fn may_descend(younger: PartialDate, older: PartialDate) -> bool {
    younger.latest().year() >= older.earliest().year() + GENERATION
}

impl Reading<'_> {
    /// Asks about a second spouse, a child older than its parent.
    pub(super) fn hold_against_head(&mut self, view: &View<impl Row>, lane: usize, voter: &Voter) {
        if !view.has(Column::Relation) {
            return;
        }
        let relation = view.cell(Column::Relation).text();
        let place = &mut self.sheet.lanes[lane].relatives;
        if matches!(relation.trim(), "户主" | "户主本人" | "本人") {
            let (household, birth) = (voter.household, voter.birth);
            *place = Some(Relatives { household, birth, has_spouse: false });
            let head = view.head();
            if words::is_likely_name(&head) && head.trim() != voter.name.as_str() {
                let message = format!("写的是户主本人，户主一栏却是{}", quote(&head));
                let help = "对照户口簿改正关系，或者改正户主一栏";
                self.doubt(voter.row, Column::Relation, "roll-relation", &message, help);
            }
            return;
        }
        let is_own = |it: &Relatives| voter.household.is_none() || voter.household == it.household;
        let Some(head) = place.as_mut().filter(|head| is_own(head)) else {
            *place = None;
            return;
        };
        let births = voter.birth.zip(head.birth);
        let message = match relations::kin_of(&relation) {
            Some(Kin::Spouse) if std::mem::replace(&mut head.has_spouse, true) => {
                "这一户的户主上面已经有配偶，这里又写了一个"
            }
            Some(Kin::Descendant) if births.is_some_and(|(own, head)| !may_descend(own, head)) => {
                "写的是户主的子女或孙辈，按出生日期却不比户主小一辈"
            }
            Some(Kin::Parent) if births.is_some_and(|(own, head)| !may_descend(head, own)) => {
                "写的是户主的父母，按出生日期却不比户主大一辈"
            }
            _ => return,
        };
        let help = "对照户口簿改正关系或出生日期；确是这样的，在待核对清单里答“无误”";
        self.doubt(voter.row, Column::Relation, "roll-relation", message, help);
    }
}
