//! Telephones that papers may tell: those of offices, for which there are keys.

use std::ops::Range;

use super::decode::Field;
use super::model::Election;
use crate::privacy::{self, Shape};

/// The digits of each.
pub struct Phones(Vec<String>);

impl Phones {
    pub fn of(election: &Election) -> Self {
        let registration = election.registration.get().map(|registration| &registration.phone);
        let by_election = election.by_election.get();
        let results = [
            election.result.get(),
            election.runoff.get().and_then(|runoff| runoff.result.get()),
            by_election.and_then(|by_election| by_election.result.get()),
        ];
        let registration = registration.into_iter().chain(by_election.map(|one| &one.phone));
        let results = results.into_iter().flatten().map(|result| &result.phone);
        let stated = registration.chain(results).filter_map(Field::get);
        let others = election.public_phones.items().iter().map(|phone| &phone.value);
        let phones = stated.chain(others).flat_map(|said| landlines(said));
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

    /// The worst of these: a landline may be an office's that nobody stated.
    pub fn worst(&self, text: &str) -> Option<(Range<usize>, Shape)> {
        self.others(text).min_by_key(|(_, shape)| *shape == Shape::Landline)
    }

    /// With its area or without.
    fn has(&self, digits: &str) -> bool {
        self.0.iter().any(|own| own.contains(digits) || digits.contains(own.as_str()))
    }
}

/// The digits of the numbers behind such a key, where they need no area.
fn landlines(said: &str) -> Vec<String> {
    let found = privacy::find(said);
    if found.is_empty() {
        return vec![privacy::digits(said)];
    }
    let landlines = found.into_iter().filter(|(_, shape)| *shape == Shape::Landline);
    landlines.map(|(range, _)| privacy::digits(&said[range])).collect()
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
