//! The primary (预选): who came, how many votes there can have been, and who
//! became a candidate by it.

use super::case::same_name;
use super::meeting::{self, Decision};
use super::profile::Profile;
use crate::diagnostic::Place;
use crate::election::Election;
use crate::election::decode::{Field, Located};
use crate::election::model::{Ballots, Candidate, Candidates, Post};

#[derive(Debug)]
pub struct Primary<'a> {
    /// The meeting that voted.
    pub meeting: Decision,
    pub ballots: Option<&'a Ballots>,
    /// Whether no more ballots came back than were given out.
    pub ballots_agree: Option<bool>,
    /// Everybody who was voted on.
    pub people: Vec<Nominee<'a>>,
}

/// Somebody on whom the primary voted.
#[derive(Clone, Copy, Debug)]
pub struct Nominee<'a> {
    pub name: &'a str,
    pub place: &'a Place,
    pub post: Option<Post>,
    /// The votes, and where they stand.
    pub votes: Option<(u32, &'a Place)>,
    /// Whether they became a candidate for that post.
    pub chosen: Option<bool>,
    /// Whether they may have been left out for another reason than their votes.
    pub withdrew: bool,
}

/// The primary of an election, if anything is told of one.
pub fn primary<'a>(election: &'a Election, profile: &Profile) -> Option<Primary<'a>> {
    let candidates = election.candidates.get()?;
    let nominees = election.nomination.get().map_or(&[][..], |all| all.nominees.items());
    let voted_on = nominees.iter().chain(candidates.list.items());
    let mut people: Vec<Nominee> = Vec::new();
    for one in voted_on.filter(|one| one.replaces.is_absent()) {
        let Some(nominee) = Nominee::of(one, candidates) else { continue };
        match people.iter_mut().find(|known| same_name(known.name, nominee.name)) {
            Some(known) => known.votes = known.votes.or(nominee.votes),
            None => people.push(nominee),
        }
    }
    let is_told = !candidates.primary_on.is_absent()
        || !candidates.primary_ballots.is_absent()
        || people.iter().any(|one| one.votes.is_some());
    let counts = [candidates.primary_expected.value(), candidates.primary_present.value()];
    let (name, day) = (candidates.primary_by.get(), candidates.primary_on.value());
    let ballots = candidates.primary_ballots.get();
    let counted = ballots.and_then(|all| all.collected.value().zip(all.issued.value()));
    is_told.then(|| Primary {
        meeting: meeting::gathering(election, profile, name.map(String::as_str), day, counts),
        ballots,
        ballots_agree: counted.map(|(collected, issued)| collected <= issued),
        people,
    })
}

impl<'a> Nominee<'a> {
    fn of(one: &'a Located<Candidate>, candidates: &Candidates) -> Option<Self> {
        let Located { value: name, place } = one.name.located()?;
        let post = one.post.value();
        Some(Self {
            name,
            place,
            post,
            votes: one.primary_votes.located().map(|votes| (votes.value, &votes.place)),
            chosen: chosen(name, post, &candidates.list),
            withdrew: !one.stands(),
        })
    }
}

/// Whether `name` is among the candidates for `post`; where either post is not
/// known, only those who are no candidates at all are told.
fn chosen(
    name: &str,
    post: Option<Post>,
    candidates: &Field<Vec<Located<Candidate>>>,
) -> Option<bool> {
    let candidates = candidates.get().filter(|all| !all.is_empty())?;
    if candidates.iter().any(|one| one.name.get().is_none()) {
        return None;
    }
    let is_named = |one: &&Located<Candidate>| {
        one.replaces.is_absent() && one.name.get().is_some_and(|other| same_name(other, name))
    };
    let own = candidates.iter().find(is_named);
    own.map_or(Some(false), |own| Some(own.post.value()? == post?))
}

impl Primary<'_> {
    /// Those who became candidates, each with one for the same post who had more
    /// votes, and did not.
    pub fn passed_over(&self) -> Vec<(&Nominee<'_>, &Nominee<'_>)> {
        let chosen = self.people.iter().filter(|one| one.chosen == Some(true));
        let pairs = chosen.filter_map(|one| {
            let has_more = |other: &&Nominee| {
                other.chosen == Some(false)
                    && !other.withdrew
                    && other.post.is_some()
                    && other.post == one.post
                    && other.votes.zip(one.votes).is_some_and(|(more, votes)| more.0 > votes.0)
            };
            Some((one, self.people.iter().find(has_more)?))
        });
        pairs.collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::election::Dossier;
    use crate::law::testing::governed;

    fn read(text: &str) -> (Dossier, Profile) {
        governed(&format!("类别: 村\n选举日: 2026-05-10\n{text}"))
    }

    const NOMINEES: &str = "提名: {被提名人: [{姓名: 甲某, 职务: 主任, 预选得票: 30}, \
                            {姓名: 乙某, 职务: 主任, 预选得票: 20}, {姓名: 丙某, 职务: 主任, 预选得票: 10}]}\n";

    #[test]
    fn more_votes_come_first() {
        let of = |candidates: &str| {
            let (dossier, profile) = read(&format!(
                "{NOMINEES}候选人: {{预选日期: 2026-05-01, 名单: [{candidates}]}}\n"
            ));
            let primary = primary(&dossier.election, &profile).unwrap();
            let chosen: Vec<_> = primary.people.iter().map(|one| one.chosen).collect();
            let passed = primary.passed_over();
            let passed = passed.iter().map(|(one, other)| format!("{}<{}", one.name, other.name));
            (chosen, passed.collect::<String>())
        };
        let [yes, no] = [Some(true), Some(false)];
        assert_eq!(
            of("{姓名: 甲某, 职务: 主任}, {姓名: 乙某, 职务: 主任}"),
            (vec![yes, yes, no], "".into())
        );
        assert_eq!(
            of("{姓名: 甲某, 职务: 主任}, {姓名: 丙某, 职务: 主任}"),
            (vec![yes, no, yes], "丙某<乙某".into())
        );
        assert_eq!(of("{姓名: 甲某}"), (vec![None, no, no], "".into()));
        assert_eq!(of(""), (vec![None; 3], "".into()), "not told yet");
    }
}
