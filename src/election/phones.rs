//! Telephones that papers may tell: those of offices, for which there are keys.

use std::ops::Range;

use super::model::Election;
use crate::privacy::{self, Shape};

/// The digits of each.
pub struct Phones(Vec<String>);

impl Phones {
    pub fn of(election: &Election) -> Self {
        let registration = election.registration.get();
        let office = registration.and_then(|registration| registration.phone.get());
        let others = election.public_phones.items().iter().map(|phone| &phone.value);
        let phones = office.into_iter().chain(others).flat_map(|said| {
            let found = privacy::find(said).into_iter();
            let landlines = found.filter(|(_, shape)| *shape == Shape::Landline);
            // Behind the key it needs no area.
            let all = Some(0..said.len()).filter(|_| privacy::find(said).is_empty());
            let ranges = landlines.map(|(range, _)| range).chain(all);
            ranges.map(|range| privacy::digits(&said[range])).collect::<Vec<_>>()
        });
        Self(phones.filter(|digits| digits.len() >= Self::SHORTEST).collect())
    }

    const SHORTEST: usize = 7;

    /// The numbers of people in a text: all but these.
    pub fn others(&self, text: &str) -> impl Iterator<Item = (Range<usize>, Shape)> {
        let found = privacy::find(text).into_iter();
        found.filter(|(range, shape)| {
            *shape != Shape::Landline || !self.has(&privacy::digits(&text[range.clone()]))
        })
    }

    /// With its area or without.
    fn has(&self, digits: &str) -> bool {
        self.0.iter().any(|own| own.contains(digits) || digits.contains(own.as_str()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_office_may_be_called_and_nobody_else() {
        let phones = Phones(vec!["06638812345".into(), "8812346".into()]);
        let others = |text: &str| phones.others(text).map(|(_, shape)| shape).collect::<Vec<_>>();
        assert_eq!(others("电话：0663-8812345、8812346"), []);
        assert_eq!(others("电话：（0663）8812346"), []);
        assert_eq!(others("电话：0663-8812347"), [Shape::Landline]);
        assert_eq!(others("电话：0663-8812345 13800138000"), [Shape::MobilePhone]);
    }
}
