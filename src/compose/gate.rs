//! The last gate before the wall.

use std::ops::Range;

use super::document::{Audience, Document};
use super::template::Template;
use super::{Composer, Wordings};
use crate::diagnostic::{Diagnostic, Place, Source};
use crate::privacy::{self, Shape};

impl Composer<'_> {
    /// Whatever a wording or a value brought in, no public document shows anybody's
    /// number, unless it is a telephone of an office.
    pub(super) fn leak(&self, document: &Document, template: &Template) -> Option<Diagnostic> {
        if document.audience != Audience::Public {
            return None;
        }
        let name = Some(template.front.name.clone());
        let (text, range, shape) = name.into_iter().chain(document.texts()).find_map(|text| {
            let (range, shape) = self.phones.worst(&text)?;
            Some((text, range, shape))
        })?;
        let help = match shape {
            Shape::Landline => "是办公电话、可以公开的，写进“公开电话”；是私人的，请删去。",
            _ => "请从 election.yaml 或模板里删去；联系电话请用办公座机。",
        };
        let digits = privacy::digits(&text[range]);
        let told = Diagnostic::error(
            "personal-data",
            format!(
                "《{}》是要公开的，里面却有像{}的内容：“{}”。",
                document.title,
                shape.name(),
                privacy::mask(&text)
            ),
        );
        let told = match self.origin(&digits, template) {
            Some(place) => told.at(place),
            None => told.in_file(&template.source.path),
        };
        let basis = "《个人信息保护法》第六条、第二十五条；《民法典》第一千零三十八条";
        Some(told.basis(basis).help(help))
    }

    /// Where a number comes from: a text of the description, or the wording.
    fn origin(&self, digits: &str, template: &Template) -> Option<Place> {
        let is_it =
            |text: &str, range: &Range<usize>| privacy::digits(&text[range.clone()]) == digits;
        let has_it = |text: &str| privacy::find(text).iter().any(|(range, _)| is_it(text, range));
        let said = self.dossier.texts().into_iter().find(|(text, _)| has_it(text));
        said.map(|(_, place)| place).or_else(|| {
            let source = &template.source;
            let found = privacy::find(&source.text).into_iter().map(|(range, _)| range);
            let range = found.into_iter().find(|range| is_it(&source.text, range))?;
            Some(Place::Text(source.clone(), range))
        })
    }
}

impl Wordings {
    /// Whether a file is the wording of a document that is not for everybody.
    pub fn is_internal(&self, source: &Source) -> bool {
        let mut own = self.templates.iter().filter(|template| *template.source == *source);
        own.any(|template| template.front.audience != Audience::Public)
    }
}

#[cfg(test)]
mod tests {
    use crate::election::phones::Phones;
    use crate::law::testing::governed;

    #[test]
    fn every_key_for_the_telephone_of_an_office_is_one() {
        let (dossier, _) = governed(
            "类别: 社区\n选民登记: {办公电话: 0663-8812345}\n公开电话: [0663-8812346]\n\
             选举结果: {监督电话: 0663-8812347}\n另行选举: {结果: {监督电话: 0663-8812348}}\n\
             补选: {结果: {监督电话: 0663-8812349}}\n",
        );
        let phones = Phones::of(&dossier.election);
        for digit in 5..=9 {
            assert_eq!(phones.others(&format!("电话：0663-881234{digit}")).count(), 0, "{digit}");
        }
        assert_eq!(phones.others("电话：0663-8812340").count(), 1);
    }
}
