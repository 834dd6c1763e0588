//! What an election gives to the statistics of a round: numbers, words and the people
//! elected, none of them by name.

use std::collections::BTreeMap;

use serde::{Deserialize, Deserializer, Serialize};

use crate::compose::facts::{ElectedPerson, Voters};
use crate::election::Dossier;
use crate::election::decode::Field;
use crate::election::model::{Candidate, Elected, Election, LastTerm, Post};
use crate::law::round::Next;
use crate::law::{self, Profile, Round, Voting, Winner};

/// What is not there yet has no entry; what nobody knows, or wrote, has an empty one.
pub type Stated<T> = BTreeMap<String, Option<T>>;

#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Figures {
    pub numbers: Stated<u64>,
    pub words: Stated<String>,
    /// Those elected; `None` as long as nobody is, empty if they are not known.
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "stated")]
    pub people: Option<People>,
}

/// What is there, be it empty: serde alone takes the one for the other.
pub(super) fn stated<'de, D: Deserializer<'de>, T: Deserialize<'de>>(
    from: D,
) -> Result<Option<T>, D::Error> {
    T::deserialize(from).map(Some)
}

/// Everybody elected, if that is known.
pub type People = Option<Vec<Person>>;

/// Somebody elected, as far as they are known.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Person {
    pub age: Option<u64>,
    pub words: BTreeMap<String, Vec<String>>,
}

/// Every number, with what an office calls it.
pub const NUMBERS: &[(&str, &str)] = &[
    ("population", "人口"),
    ("households", "户数"),
    ("representatives", "居民（村民）代表"),
    ("women_representatives", "女代表"),
    ("committee", "选举委员会人数"),
    ("trained", "培训人次"),
    ("voters", "登记选民"),
    ("men", "男选民"),
    ("women", "女选民"),
    ("objections", "申诉"),
    ("electors", "有投票权的人"),
    ("participants", "参加投票"),
    ("proxies", "委托投票"),
    ("mobile", "流动票箱投票"),
    ("direct", "到场投票"),
    ("issued", "发出选票"),
    ("collected", "收回选票"),
    ("valid", "有效票"),
    ("invalid", "无效票"),
    ("candidates", "正式候选人"),
    ("seats", "应选"),
    ("elected", "实选"),
    ("vacancies", "缺额"),
    ("petitions", "信访"),
    ("disciplined", "查处"),
    ("last.voters", "上届选民"),
    ("last.participants", "上届参加投票"),
    ("last.elected", "上届当选"),
    ("last.women", "上届女成员"),
    ("last.party_members", "上届党员"),
    ("last.minority", "上届少数民族"),
    ("last.reelected", "上届连任"),
    ("last.college", "上届大专以上"),
];

/// Every word that an election has, with what an office calls it.
pub const WORDS: &[(&str, &str)] = &[
    ("kind", "类别"),
    ("state", "进展"),
    ("mode", "选举方式"),
    ("committee_by", "选举委员会的产生"),
    ("primary", "预选"),
    ("runoff", "另行选举"),
    ("first_attempt", "一次成功"),
    ("postponed", "延期"),
    ("chair_is_secretary", "书记主任一肩挑"),
    ("last.chair_is_secretary", "上届书记主任一肩挑"),
    ("last.first_attempt", "上届一次成功"),
];

/// Every word that somebody elected has.
pub const OF_PEOPLE: &[(&str, &str)] = &[
    ("post", "职务"),
    ("sex", "性别"),
    ("education", "学历"),
    ("party", "政治面貌"),
    ("ethnicity", "民族"),
    ("reelected", "连任"),
    ("party_post", "党组织职务"),
    ("origin", "来源"),
];

/// How far an election has come.
pub const DONE: &str = "完成";
const UNDER_WAY: &str = "进行中";
const VOID: &str = "无效";
const NOT_HELD: &str = "未投票";

impl Figures {
    pub fn of(dossier: &Dossier, profile: &Profile) -> Self {
        let (mut figures, election) = (Self::default(), &dossier.election);
        figures.of_place(election);
        figures.of_preparation(election);
        figures.of_voters(dossier);
        figures.of_votes(dossier, profile);
        figures.of_last_term(election.last_term.get());
        figures
    }

    fn number(&mut self, name: &str, number: Option<impl Into<u64>>) {
        assert!(NUMBERS.iter().any(|(known, _)| *known == name), "{name}");
        self.numbers.insert(name.to_owned(), number.map(Into::into));
    }

    fn word(&mut self, name: &str, word: Option<impl Into<String>>) {
        assert!(WORDS.iter().any(|(known, _)| *known == name), "{name}");
        self.words.insert(name.to_owned(), word.map(Into::into));
    }

    fn of_place(&mut self, election: &Election) {
        let community = election.community.get();
        self.number("population", community.and_then(|it| it.population.value()));
        self.number("households", community.and_then(|it| it.households.value()));
        self.word("kind", election.kind.value().map(|kind| kind.name()));
        self.word("mode", election.mode.value().map(|mode| mode.name()));
        self.word("postponed", Some(yes_or_no(!election.postponement.is_absent())));
    }

    fn of_preparation(&mut self, election: &Election) {
        if !election.training.is_absent() {
            let trained = election.training.get().and_then(|it| it.attendances.value());
            self.number("trained", trained);
        }
        if !election.election_committee.is_absent() {
            let committee = election.election_committee.get();
            let listed = committee.and_then(|it| of_list(&it.members));
            let size = committee.and_then(|it| it.size.value().map(u64::from)).or(listed);
            self.number("committee", size);
            let formed = committee.and_then(|it| it.formed_by.value());
            self.word("committee_by", formed.map(|by| by.name()));
        }
        if !election.representatives.is_absent() {
            self.number("representatives", law::representatives(election));
            let women = election.representatives.get().and_then(|it| it.women.value());
            self.number("women_representatives", women);
        }
        if !election.candidates.is_absent() {
            let candidates = election.candidates.get();
            let list = candidates.and_then(|it| it.list.get());
            let standing = |list: &Vec<crate::election::decode::Located<Candidate>>| {
                list.iter().filter(|one| one.stands()).count() as u64
            };
            self.number("candidates", list.map(standing));
            let primary = candidates.and_then(|it| it.primary.value());
            self.word("primary", primary.map(yes_or_no));
        }
        if let Some(summary) = election.summary.get() {
            self.number("petitions", summary.petitions.value());
            self.number("disciplined", summary.disciplined.value());
        }
    }

    fn of_voters(&mut self, dossier: &Dossier) {
        let (election, roll) = (&dossier.election, dossier.roll.as_ref());
        let Some(registration) = election.registration.get() else {
            if !election.registration.is_absent() {
                self.number("voters", None::<u64>);
            }
            return;
        };
        let voters = Voters::of(election, roll);
        self.number("voters", voters.total.map(|count| count as u64));
        self.number("men", voters.men.map(|count| count as u64));
        self.number("women", voters.women.map(|count| count as u64));
        if !registration.objections.is_absent() {
            self.number("objections", of_list(&registration.objections));
        }
    }

    fn of_votes(&mut self, dossier: &Dossier, profile: &Profile) {
        let (election, votes) = (&dossier.election, law::votes(dossier, profile));
        if !election.posts.is_absent() {
            self.number("seats", law::all_seats(&votes.seats));
        }
        let first = votes.round(Voting::First);
        if election.result.is_absent() {
            self.word("state", Some(NOT_HELD));
            return;
        }
        let last = votes.round(Voting::Runoff).or(first);
        let is_between = !election.runoff.is_absent() && votes.round(Voting::Runoff).is_none();
        self.word("state", state(last, is_between));
        self.word("runoff", Some(yes_or_no(!election.runoff.is_absent())));
        self.word("first_attempt", first_attempt(election, first).map(yes_or_no));
        let poll = first.map(|round| &round.poll);
        let ballots = poll.and_then(|poll| poll.ballots);
        let [valid, invalid] =
            [ballots.and_then(|it| it.valid.value()), ballots.and_then(|it| it.invalid.value())];
        self.number("electors", poll.and_then(|poll| poll.electors.count));
        self.number("issued", poll.and_then(|poll| poll.issued()));
        self.number("collected", poll.and_then(|poll| poll.collected()));
        self.number("valid", valid);
        self.number("invalid", invalid);
        let participants = poll.and_then(|poll| poll.participants.value()).map(u64::from);
        let (proxies, mobile) = (by_proxy(election, first), by_mobile_box(election));
        let direct = || participants?.checked_sub(proxies?)?.checked_sub(mobile?);
        self.number("participants", participants);
        self.number("direct", direct());
        self.number("proxies", proxies);
        self.number("mobile", mobile);
        if last.is_none_or(Round::is_concluded) {
            self.of_people(election, &votes);
        }
    }

    fn of_people(&mut self, election: &Election, votes: &law::Votes) {
        let winners = votes.elected();
        self.number("elected", winners.as_ref().map(|winners| winners.len() as u64));
        let empty = votes.empty_seats();
        let empty =
            empty.map(|seats| seats.iter().map(|(_, count)| u64::from(*count)).sum::<u64>());
        self.number("vacancies", empty);
        let person = |winner: &Winner| {
            let round = votes.rounds.iter().find(|round| round.voting == winner.voting)?;
            Some(Person::of(winner, round, election))
        };
        let people: People = winners.map(|winners| winners.iter().filter_map(person).collect());
        self.word("chair_is_secretary", chair_is_secretary(people.as_ref()).map(yes_or_no));
        self.people = Some(people);
    }

    fn of_last_term(&mut self, last: Option<&LastTerm>) {
        let Some(last) = last else { return };
        self.number("last.voters", last.voters.value());
        self.number("last.participants", last.participants.value());
        self.number("last.elected", last.elected.value());
        self.number("last.women", last.women.value());
        self.number("last.party_members", last.party_members.value());
        self.number("last.minority", last.minority.value());
        self.number("last.reelected", last.reelected.value());
        self.number("last.college", last.college.value());
        self.word("last.chair_is_secretary", last.chair_is_secretary.value().map(yes_or_no));
        self.word("last.first_attempt", last.first_attempt.value().map(yes_or_no));
    }
}

/// What a yes and a no are called in the tables of an office.
pub fn yes_or_no(yes: bool) -> &'static str {
    if yes { "是" } else { "否" }
}

fn of_list<T>(list: &Field<Vec<T>>) -> Option<u64> {
    list.get().map(|list| list.len() as u64)
}

fn state(last: Option<&Round>, is_between: bool) -> Option<&'static str> {
    let last = last?;
    if is_between || !last.is_concluded() && last.poll.valid != Some(false) {
        return Some(UNDER_WAY);
    }
    Some(match last.next()? {
        Next::Nothing | Next::Vacancies => DONE,
        Next::Runoff | Next::TieVote => UNDER_WAY,
        Next::HoldAgain => VOID,
    })
}

/// As it is said, or else as the votes have it.
fn first_attempt(election: &Election, first: Option<&Round>) -> Option<bool> {
    let said = election.result.get().and_then(|result| result.first_attempt.value());
    said.or_else(|| match first?.next()? {
        _ if !election.runoff.is_absent() => Some(false),
        Next::Nothing | Next::Vacancies => Some(true),
        Next::Runoff | Next::TieVote | Next::HoldAgain => Some(false),
    })
}

fn by_proxy(election: &Election, first: Option<&Round>) -> Option<u64> {
    let said = first.and_then(|round| round.result.by_proxy.value()).map(u64::from);
    said.or_else(|| of_list(&election.proxies.get()?.list))
}

fn by_mobile_box(election: &Election) -> Option<u64> {
    let boxes = election.mobile_boxes.get()?;
    boxes.collected.value().map(u64::from).or_else(|| of_list(&boxes.voters))
}

/// Whether a chair is the secretary of the party's organisation, too.
fn chair_is_secretary(people: Option<&Vec<Person>>) -> Option<bool> {
    let is_chair = |person: &&Person| person.is("post", Post::Chair.name()) != Some(false);
    let chairs = people?.iter().filter(is_chair);
    let is_secretary = |person: &Person| {
        person.is("post", Post::Chair.name()).filter(|is_chair| *is_chair)?;
        person.is("party_post", "书记")
    };
    let each: Vec<Option<bool>> = chairs.map(is_secretary).collect();
    match each.contains(&Some(true)) {
        true => Some(true),
        false => each.into_iter().collect::<Option<Vec<bool>>>().map(|_| false),
    }
}

impl Person {
    fn of(winner: &Winner, round: &Round, election: &Election) -> Self {
        let known = ElectedPerson::of(winner, round, election);
        let elected = winner.declared.cloned().unwrap_or_default();
        let Elected { ethnicity, party_post, origins, .. } = &elected;
        let mut words = BTreeMap::new();
        let mut say = |name: &str, said: Option<Vec<String>>| {
            assert!(OF_PEOPLE.iter().any(|(known, _)| *known == name), "{name}");
            words.extend(said.map(|said| (name.to_owned(), said)));
        };
        let one = |word: &str| vec![word.trim().to_owned()];
        say("post", known.post.map(one));
        say("sex", known.sex.map(|sex| one(sex.name())));
        say("education", known.education.map(one));
        say("party", known.party.as_deref().map(one));
        say("ethnicity", ethnicity.get().map(|name| one(name)));
        say("reelected", known.reelected.map(|yes| one(yes_or_no(yes))));
        say("party_post", party_post.value().map(|post| one(post.name())));
        say("origin", origins.get().map(|all| all.iter().map(|one| one.value.clone()).collect()));
        Self { age: known.age.map(u64::from), words }
    }

    /// Whether a word is said of them, if anything is.
    pub fn is(&self, name: &str, word: &str) -> Option<bool> {
        Some(self.words.get(name)?.iter().any(|said| said == word))
    }
}
