//! What titles and lines say of the election: its term, its year, its days, its village.

use jiff::ToSpan;
use jiff::civil::Date;

use super::Judge;
use crate::diagnostic::Diagnostic;
use crate::election::roll::cell::days::Told;
use crate::election::roll::cell::shown::quote;
use crate::election::roll::cell::villages::township_before;
use crate::election::roll::{NamedBy, NamedVillage};

impl Judge<'_> {
    pub(super) fn titles(&mut self) {
        self.term();
        self.committee();
        self.year();
        self.days();
        self.villages();
        self.township();
    }

    /// A list that is some years older than the election is of another term.
    fn year(&mut self) {
        let Some((year, title, place)) = &self.roll.dated else { return };
        // Who was born so long ago is of age.
        const LONG_AGO: i32 = 16;
        let is_past = |day: &Date| {
            let years = i32::from(day.year()) - i32::from(*year);
            years > 1 && years < LONG_AGO
        };
        let Some(day) = self.facts.election_day.filter(is_past) else { return };
        self.findings.add(self.roll, "roll-sheet-again", |code| {
            let when = if self.facts.is_day_assumed { "今年" } else { "选举" };
            let message = format!(
                "{}写的是 {year} 年，{when}是 {} 年：是往届的名册吗？",
                quote(title),
                day.year()
            );
            Diagnostic::warning(code, message)
                .at(place.clone())
                .help("是往届的，换成这一届的名册；是这一届的，改正年份")
        });
    }

    /// 第十一届 over the list of the twelfth.
    fn term(&mut self) {
        let (Some(own), roll) = (self.facts.term, self.roll) else { return };
        let Some(other) = roll.terms.iter().find(|term| term.number != own) else { return };
        self.findings.add(roll, "roll-sheet-again", |code| {
            let message = format!("{}写的不是第 {own} 届：是往届的名册吗？", quote(&other.title));
            Diagnostic::warning(code, message)
                .at(other.place.clone())
                .help("是往届的，换成这一届的名册；是这一届的，改正届次，或在待核对清单里答“无误”")
        });
    }

    /// 居民委员会 over the list of a village.
    fn committee(&mut self) {
        let (Some(own), roll) = (self.facts.people, self.roll) else { return };
        let other = if own == "村民" { "居民" } else { "村民" };
        let [own_committee, other_committee] = [own, other].map(|people| format!("{people}委员会"));
        let is_other =
            |title: &str| title.contains(&other_committee) && !title.contains(&own_committee);
        let Some(other) = roll.terms.iter().find(|term| is_other(&term.title)) else { return };
        self.findings.add(roll, "roll-other-place", |code| {
            let message =
                format!("{}写的不是{own_committee}：是别处的名册吗？", quote(&other.title));
            Diagnostic::warning(code, message)
                .at(other.place.clone())
                .help("是别处的名册，换掉；是这里的，改正标题，或在待核对清单里答“无误”")
        });
    }

    /// Lines that tell another election day, or another by which voters are of age.
    fn days(&mut self) {
        let Some(day) = self.facts.election_day.filter(|_| !self.facts.is_day_assumed) else {
            return;
        };
        let years = self.facts.voting_age.as_ref().map(|age| i32::from(age.years));
        // 以前 may be with that day or without it.
        let is_born_until = |told: Date, years: i32| {
            let last = day.saturating_sub(years.years());
            (last..=last.saturating_add(1.day())).contains(&told)
        };
        let is_own = |told: &Told| match *told {
            Told::ElectionDay(told) | Told::OfAgeOn(told) => told == day,
            Told::BornUntil(told) => years.is_none_or(|years| is_born_until(told, years)),
        };
        let roll = self.roll;
        let Some(other) = roll.days.iter().find(|one| !is_own(&one.told)) else { return };
        self.findings.add(roll, "roll-other-day", |code| {
            let what = match other.told {
                Told::ElectionDay(_) => "选举日",
                Told::OfAgeOn(_) | Told::BornUntil(_) => "算年龄的日子",
            };
            let message = format!(
                "{}写的{what}和选举说明不一致：选举日是 {} 年 {} 月 {} 日，年龄算到这一天",
                quote(&other.said),
                day.year(),
                day.month(),
                day.day()
            );
            Diagnostic::warning(code, message)
                .at(other.place.clone())
                .help("写错的，改正这一行或选举说明；是别次选举的名册，换掉；不错的，在待核对清单里答“无误”")
        });
    }

    /// A list of another village; the villages of which one has several are groups.
    fn villages(&mut self) {
        let roll = self.roll;
        let own = self.facts.community.as_deref();
        let is_group = |village: &NamedVillage| {
            let declared = self.facts.groups.iter().map(|group| group.name.as_str());
            let read = roll.groups.ids().map(|group| roll.groups.name(group));
            // Where all are in one, its groups are called by it, too.
            declared
                .chain(read.filter(|_| village.by == NamedBy::Title))
                .any(|group| group.contains(village.bare()))
        };
        let is_own = |village: &NamedVillage| {
            own.is_some_and(|own| {
                let is_named = own.contains(village.bare()) || village.said.contains(own);
                is_named && !village.is_of_other_kind(own)
            })
        };
        // Of a community nobody knows which villages were once there.
        let may_be = |village: &NamedVillage| {
            let is_of_kind =
                |own: &str| own.chars().next_back() == village.name.chars().next_back();
            village.by != NamedBy::All || own.is_some_and(is_of_kind)
        };
        let first = match own {
            Some(own) => Some(own),
            None => roll.villages.first().map(|village| village.name.as_str()),
        };
        let others = roll.villages.iter().skip(usize::from(own.is_none()));
        let others: Vec<&NamedVillage> = others
            .filter(|village| !is_own(village) && !is_group(village) && may_be(village))
            .collect();
        let ([other], Some(first)) = (&others[..], first) else { return };
        self.findings.add(roll, "roll-other-place", |code| {
            let whose = if own.is_some() { "选举是" } else { "前面的标题是" };
            let says = match other.by {
                NamedBy::Title => "标题写的是",
                NamedBy::All => "名册里的人都写着",
                NamedBy::Few => "别人的地址不写村，这里写着",
            };
            let message = format!("{says}{}，{whose}{}的", quote(&other.said), quote(first));
            Diagnostic::warning(code, message)
                .at(other.place.clone())
                .help("是别处的名册，删去或换掉；是这里的，改正标题，或在待核对清单里答“无误”")
        });
    }

    /// A village of this name in another township.
    fn township(&mut self) {
        let (Some(own), Some(village)) = (&self.facts.township, &self.facts.community) else {
            return;
        };
        let is_elsewhere = |named: &&NamedVillage| {
            let township = township_before(&named.said, village);
            township.is_some_and(|township| !own.contains(township))
        };
        let roll = self.roll;
        let Some(other) = roll.villages.iter().find(is_elsewhere) else { return };
        self.findings.add(roll, "roll-other-place", |code| {
            let message =
                format!("标题写的是{}，选举说明里写的是{}的", quote(&other.said), quote(own));
            Diagnostic::warning(code, message)
                .at(other.place.clone())
                .help("是别处的名册，换掉；是这里的，改正标题或选举说明，或在待核对清单里答“无误”")
        });
    }
}
