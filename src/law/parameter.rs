//! What a law profile can state: every parameter with its type and meaning.
//!
//! [`PARAMETERS`] and the typed [`Key`]s come from one list, so that a profile
//! file can be checked when it is read and a rule cannot ask for a wrong type.

use std::fmt;
use std::marker::PhantomData;

use serde::Deserialize;
use serde::de::DeserializeOwned;

use crate::election::model::{FormedBy, Mode, Post, Requesters, Role};
use crate::number::sized;

/// A parameter's name together with the type of its value.
pub struct Key<T> {
    pub name: &'static str,
    value: PhantomData<fn() -> T>,
}

/// What is known of a parameter whatever its type.
pub struct Parameter {
    pub name: &'static str,
    /// What it fixes, in Chinese.
    pub meaning: &'static str,
    /// Whether a value has the parameter's type; if not, why.
    pub accepts: fn(&serde_json::Value) -> Result<(), String>,
}

macro_rules! parameters {
    ($($key:ident: $type:ty = $name:literal, $meaning:literal;)*) => {
        $(#[doc = $meaning] pub const $key: Key<$type> = Key { name: $name, value: PhantomData };)*

        /// Every parameter, in the order of the stages.
        pub const PARAMETERS: &[Parameter] =
            &[$(Parameter { name: $name, meaning: $meaning, accepts: accepts::<$type> }),*];
    };
}

parameters! {
    COMPOSITION_SIZE: Bounds = "composition.size", "委员会成员总数";
    COMPOSITION_WOMEN: u32 = "composition.women", "委员会中至少几名妇女";
    COMPOSITION_KIN: Vec<Kin> = "composition.kin", "成员之间不得有的亲属关系";
    COMPOSITION_KIN_RESOLUTION: String = "composition.kin_resolution", "当选人之间有近亲属时留任谁";
    TERM_YEARS: u32 = "term.years", "每届任期的年数";
    TERM_POSTPONE_MONTHS: u32 = "term.postpone_months", "提前或延期换届至多几个月";
    MODE_ALLOWED: Vec<ModeName> = "mode.allowed", "允许的选举方式";
    MODE_GROUP_REPRESENTATIVES: Bounds = "mode.group_representatives", "由小组代表选举时每组几名代表";
    AUDIT_PUBLISHED: Before = "audit.published", "离任审计结果至迟何时公布";
    APPRAISAL_PUBLISHED: Before = "appraisal.published", "民主评议结果至迟何时公布";
    COMMITTEE_FORMED_BY: Vec<FormedByName> = "committee.formed_by", "选举委员会由哪种会议推选";
    COMMITTEE_SIZE: Bounds = "committee.size", "选举委员会人数";
    COMMITTEE_WOMEN: u32 = "committee.women", "选举委员会至少几名妇女";
    COMMITTEE_NO_KIN: bool = "committee.no_kin", "选举委员会成员之间实行近亲属回避";
    COMMITTEE_CANDIDATES_LEAVE: bool = "committee.candidates_leave", "成员被提名为候选人的应退出选举委员会";
    COMMITTEE_RELATIVES_LEAVE: bool = "committee.relatives_leave", "近亲属被提名为候选人的成员应退出选举委员会";
    COMMITTEE_REFILLED: bool = "committee.refilled", "选举委员会出缺应递补或另推";
    COMMITTEE_OBJECTION_DAYS: u32 = "committee.objection_days", "对选举委员会名单提意见的日数";
    REPRESENTATIVES_HOUSEHOLDS: Bounds = "representatives.households", "多少户推选一名代表";
    REPRESENTATIVES_WOMEN: Share = "representatives.women", "妇女代表的比例";
    REPRESENTATIVES_LEAD_GROUPS: bool = "representatives.lead_groups", "小组长从代表中推选";
    VOTER_AGE: u32 = "voter.age", "选民的最低年龄（周岁，算到选举日）";
    VOTER_CLASSES: Vec<String> = "voter.classes", "哪些人可以登记参加选举";
    LIST_DAYS_BEFORE: u32 = "list.days_before", "选民名单至迟在选举日前几日公布";
    LIST_IN_EACH_GROUP: bool = "list.in_each_group", "选民名单在委员会和各小组所在地张榜";
    LIST_WITH_REPRESENTATIVES: bool = "list.with_representatives", "户代表或代表名单与选民名单同时公布";
    OBJECTION_DAYS: u32 = "objection.days", "对选民名单提出申诉的日数";
    OBJECTION_DECISION_DAYS: u32 = "objection.decision_days", "收到申诉后几日内决定并公布";
    VOTER_CARDS: bool = "voter.cards", "应发放选民证";
    CANDIDATE_NOMINATORS: u32 = "candidate.nominators", "联名提名至少几名选民";
    CANDIDATE_PARTY_NOMINATES: bool = "candidate.party_nominates", "党组织可以提名推荐候选人";
    CANDIDATE_MORE_THAN_SEATS: bool = "candidate.more_than_seats", "候选人应多于应选名额";
    CANDIDATE_EXTRA: ByPost<Bounds> = "candidate.extra", "各职务的候选人比应选名额多几名";
    CANDIDATE_WOMEN: u32 = "candidate.women", "候选人中至少几名妇女";
    CANDIDATE_SINGLE_POST: bool = "candidate.single_post", "一人只能作一项职务的候选人";
    CANDIDATE_ORDER: Ordering = "candidate.order", "候选人名单的排列";
    NOMINEE_DAYS_BEFORE: u32 = "nominee.days_before", "被提名人名单至迟在选举日前几日公布";
    NOMINEE_ORDER: Ordering = "nominee.order", "被提名人名单的排列";
    CANDIDATE_DAYS_BEFORE: u32 = "candidate.days_before", "候选人名单至迟在选举日前几日公布";
    CANDIDATE_MEETS_VOTERS: bool = "candidate.meets_voters", "应组织候选人与选民见面";
    POLLING_DAYS_BEFORE: u32 = "polling.days_before", "投票时间、地点、方式至迟在选举日前几日公布";
    POLLING_PLACES: Vec<String> = "polling.places", "应设的写票设施";
    STAFF_DAYS_BEFORE: u32 = "staff.days_before", "计票、监票、唱票人员至迟在选举日前几日公布";
    STAFF_PER_STATION: StationStaff = "staff.per_station", "每个投票站的工作人员和监票人";
    STAFF_NO_CANDIDATES: bool = "staff.no_candidates", "候选人不得担任选举工作人员";
    STAFF_NO_KIN: Vec<RoleName> = "staff.no_kin", "候选人的近亲属不得担任的职责";
    STAFF_SEPARATE: bool = "staff.separate", "监票与计票、唱票分开";
    PROXY_MAX: u32 = "proxy.max", "一人至多接受几人委托";
    PROXY_KIN_ONLY: bool = "proxy.kin_only", "只能委托近亲属";
    PROXY_WRITTEN: bool = "proxy.written", "委托应当书面";
    PROXY_NO_CANDIDATES: bool = "proxy.no_candidates", "候选人不得接受委托";
    PROXY_PUBLISHED: bool = "proxy.published", "应公布委托人和受托人名单";
    PROXY_LIST_DAYS_BEFORE: u32 = "proxy.list_days_before", "委托名单至迟在选举日前几日公布";
    PROXY_CLOSES_DAYS_BEFORE: u32 = "proxy.closes_days_before", "委托手续至迟在选举日前几日办理";
    PROXY_WINDOW_DAYS: u32 = "proxy.window_days", "自选民名单公布起几日内办理委托";
    PROXY_NOT_BY_REPRESENTATIVES: bool = "proxy.not_by_representatives", "代表选举方式不实行委托投票";
    PROXY_NO_REDELEGATION: bool = "proxy.no_redelegation", "受托人不得再委托他人";
    MOBILE_BOXES_ALLOWED: bool = "mobile_boxes.allowed", "可以设流动票箱";
    MOBILE_BOXES_DAYS_BEFORE: u32 = "mobile_boxes.days_before", "流动票箱名单至迟在选举日前几日公布";
    TURNOUT: ByMode<Share> = "turnout.threshold", "选举有效所需的参加投票比例";
    MAJORITY: Share = "elect.majority", "当选所需的得票比例";
    TIE_REVOTE: bool = "elect.tie_revote", "票数相等不能确定当选人的再次投票";
    WOMAN_RESERVED: bool = "elect.woman_reserved", "没有妇女当选时为妇女留委员名额";
    VOTES_CARRY_DOWN: bool = "elect.votes_carry_down", "高职务未当选的票计入低职务";
    RUNOFF_SHARE: Share = "runoff.threshold", "另行选举当选所需的得票比例";
    RUNOFF_DAYS: u32 = "runoff.days", "另行选举至迟在选举日后几日举行";
    RUNOFF_VACANCY_FROM: u32 = "runoff.vacancy_from", "已选出几名后不足的名额可以暂缺";
    RESULT_SAME_DAY: bool = "result.same_day", "选举结果当场公布";
    RESULT_ROSTER_DAYS: u32 = "result.roster_days", "当选名单至迟在选举日后几日张榜";
    RESULT_ALL_VOTES: bool = "result.all_votes", "公布每名候选人和被选人的得票";
    RUNOFF_MORE_THAN_SEATS: bool = "runoff.more_than_seats", "另行选举的候选人应多于应选名额";
    HANDOVER_DAYS: u32 = "handover.days", "新一届产生后几日内完成移交";
    HANDOVER_BY_COMMITTEE: bool = "handover.by_committee", "移交由选举委员会主持";
    HANDOVER_ITEMS: Vec<String> = "handover.items", "应移交的项目";
    SUPERVISION_DAYS: u32 = "supervision.days", "新一届产生后几日内推选监督委员会和小组长";
    SUPERVISION_NO_KIN: bool = "supervision.no_kin", "委员会成员及其近亲属不得任监督委员会成员";
    MEETING_PEOPLE: Share = "meeting.people", "居民（村民）会议由全体参加的，到会的比例";
    MEETING_HOUSEHOLDS: Share = "meeting.households", "居民（村民）会议由户代表参加的，到会的比例";
    MEETING_REPRESENTATIVES: Share = "meeting.representatives", "居民（村民）代表会议到会的比例";
    MEETING_GROUP: Share = "meeting.group", "小组会议到会的比例";
    MEETING_MAJORITY: Share = "meeting.majority", "会议作出决定所需的到会人员的比例";
    RESIGNATION_ACCEPTED_BY: Vec<FormedByName> = "resignation.accepted_by", "辞职由哪种会议审议通过";
    RESIGNATION_DAYS: u32 = "resignation.days", "收到辞职申请后几日内开会审议";
    RECALL_REQUEST: RequestShares = "recall.request", "联名要求罢免的人数";
    RECALL_DAYS: u32 = "recall.days", "要求罢免后几日内投票表决";
    RECALL_MONTHS: u32 = "recall.months", "要求罢免后几个月内投票表决";
    RECALL_NOTICE_DAYS: u32 = "recall.notice_days", "罢免表决至迟提前几日公告";
    RECALL_NOT_HOSTED_BY_ACCUSED: bool = "recall.not_hosted_by_accused", "被要求罢免的成员不主持表决罢免的会议";
    BY_ELECTION_MONTHS: u32 = "by_election.months", "出缺后几个月内补选";
    BY_ELECTION_BELOW: u32 = "by_election.below", "成员不足几人时须按期补选";
    BY_ELECTION_MORE_THAN_SEATS: bool = "by_election.more_than_seats", "补选的候选人应多于应选名额";
    ARCHIVE_PERIODS: Vec<String> = "archive.periods", "可用的保管期限";
    ARCHIVE_PERMANENT: Vec<String> = "archive.permanent", "应永久保管的文件";
    ARCHIVE_FILED_BY: MonthDay = "archive.filed_by", "选举文件至迟在次年哪一天归档";
}

fn accepts<T: DeserializeOwned>(value: &serde_json::Value) -> Result<(), String> {
    T::deserialize(value).map(drop).map_err(|error| error.to_string())
}

/// How a parameter's value came to be known. Only what was read in full, and
/// arithmetic, supports an error.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Status {
    /// The full text was read.
    FullText,
    /// Only an excerpt of the text was read.
    Excerpt,
    /// A secondary source states it.
    Secondary,
    /// No article says so for this kind of election, but a near one does.
    Analogy,
    /// No article says so, but it is commonly done.
    Practice,
    /// Written from memory.
    Recollection,
    /// Could not be confirmed.
    Unconfirmed,
    /// The full text was read, but it may not have been the law on that day,
    /// which is not known.
    #[serde(skip)]
    Undated,
    /// The user's own, from `election.yaml`.
    Own,
    /// Counting or logic, which needs no article.
    Arithmetic,
}

impl Status {
    /// Whether a breach may be called an error.
    pub fn is_confirmed(self) -> bool {
        matches!(self, Status::FullText | Status::Arithmetic)
    }

    /// The word a user sees.
    pub fn name(self) -> &'static str {
        match self {
            Status::FullText => "已核对全文",
            Status::Excerpt => "只见摘录",
            Status::Secondary => "二手资料",
            Status::Analogy => "参照相近规定",
            Status::Practice => "通行做法",
            Status::Recollection => "凭记忆，未核对",
            Status::Unconfirmed => "未证实",
            Status::Undated => "不知道当时是否有效",
            Status::Own => "自行填写",
            Status::Arithmetic => "算术或逻辑",
        }
    }

    /// What a warning says of the ground it stands on.
    pub fn caveat(self) -> Option<&'static str> {
        Some(match self {
            Status::FullText | Status::Arithmetic => return None,
            Status::Excerpt => "这一条只见到摘录，请核对原文",
            Status::Secondary => "这一条出自二手资料，请核对原文",
            Status::Analogy => "法律对此没有直接规定，这里参照相近的规定",
            Status::Practice => "所用法规没有明文，这里按通行做法提示",
            Status::Recollection => "这一条未核对原文，请自行核对",
            Status::Unconfirmed => "这一条未能证实，请自行核对",
            Status::Undated => "日期没有写明，不知道当时是不是这样规定，请核对",
            Status::Own => "这一条按您填写的规定判断",
        })
    }
}

/// From … to …, both included; without an upper end if `max` is missing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Bounds {
    pub min: u32,
    pub max: Option<u32>,
    /// Only odd numbers.
    #[serde(default)]
    pub odd: bool,
}

impl Bounds {
    pub fn contains(self, number: u32) -> bool {
        number >= self.min
            && self.max.is_none_or(|max| number <= max)
            && !(self.odd && number.is_multiple_of(2))
    }
}

impl Bounds {
    /// `3至9人`, `不少于3人，且为单数`.
    pub fn of(self, unit: &str) -> String {
        let odd = if self.odd { "，且为单数" } else { "" };
        match self.max {
            Some(max) if max == self.min => format!("{max}{unit}{odd}"),
            Some(max) => format!("{}至{max}{unit}{odd}", self.min),
            None => format!("不少于{}{unit}{odd}", self.min),
        }
    }
}

/// A part of a whole that must be reached (`>=1/3`) or passed (`>1/2`).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(try_from = "String")]
pub struct Share {
    passed: bool,
    part: u64,
    whole: u64,
}

impl Share {
    /// Any at all.
    pub const OF_ANY: Self = Self { passed: true, part: 0, whole: 1 };

    /// Whether `count` out of `total` suffices. Nothing out of nothing does not.
    pub fn is_met(self, count: u64, total: u64) -> bool {
        let (have, want) =
            (u128::from(count) * u128::from(self.whole), u128::from(total) * u128::from(self.part));
        total > 0 && if self.passed { have > want } else { have >= want }
    }

    /// Numerator and denominator.
    pub fn fraction(self) -> (u128, u128) {
        (self.part.into(), self.whole.into())
    }

    /// The least count out of `total` that suffices.
    pub fn least(self, total: u64) -> u64 {
        let want = u128::from(total) * u128::from(self.part);
        let whole = u128::from(self.whole);
        let least = if self.passed { want / whole + 1 } else { want.div_ceil(whole) };
        u64::try_from(least).unwrap_or(u64::MAX)
    }
}

impl TryFrom<String> for Share {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        let problem = || format!("`{text}` is not a share such as `>1/2` or `>=1/3`");
        let (passed, fraction) = match text.strip_prefix(">=") {
            Some(fraction) => (false, fraction),
            None => (true, text.strip_prefix('>').ok_or_else(problem)?),
        };
        let (part, whole) = fraction.split_once('/').ok_or_else(problem)?;
        let number = |text: &str| text.trim().parse::<u64>().ok();
        match (number(part), number(whole)) {
            (Some(part), Some(whole)) if part <= whole && whole > 0 => {
                Ok(Self { passed, part, whole })
            }
            _ => Err(problem()),
        }
    }
}

/// `过半数`, `超过三分之二`, `三分之一以上`.
impl fmt::Display for Share {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        const DIGITS: [&str; 11] =
            ["零", "一", "二", "三", "四", "五", "六", "七", "八", "九", "十"];
        let word = |number: u64| {
            DIGITS.get(sized(number)).map_or_else(|| number.to_string(), |&word| word.into())
        };
        let fraction = format!("{}分之{}", word(self.whole), word(self.part));
        match (self.passed, self.part, self.whole) {
            (true, 1, 2) => f.write_str("过半数"),
            (true, ..) => write!(f, "超过{fraction}"),
            (false, ..) => write!(f, "{fraction}以上"),
        }
    }
}

/// The share of each kind of people who may ask for a recall.
#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RequestShares {
    pub all_voters: Option<Share>,
    pub household_reps: Option<Share>,
    pub resident_reps: Option<Share>,
}

impl RequestShares {
    pub fn of(&self, who: Requesters) -> Option<Share> {
        match who {
            Requesters::Voters => self.all_voters,
            Requesters::HouseholdReps => self.household_reps,
            Requesters::Representatives => self.resident_reps,
        }
    }
}

/// A value for each way of voting.
#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ByMode<T> {
    all_voters: Option<T>,
    household_reps: Option<T>,
    resident_reps: Option<T>,
}

impl<T: Copy> ByMode<T> {
    pub fn of(&self, mode: Mode) -> Option<T> {
        match mode {
            Mode::AllVoters => self.all_voters,
            Mode::HouseholdReps => self.household_reps,
            Mode::ResidentReps => self.resident_reps,
        }
    }
}

/// A value for each post.
#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ByPost<T> {
    chair: T,
    vice_chair: T,
    member: T,
}

impl<T: Copy> ByPost<T> {
    pub fn of(&self, post: Post) -> T {
        match post {
            Post::Chair => self.chair,
            Post::ViceChair => self.vice_chair,
            Post::Member => self.member,
        }
    }
}

/// A latest day, counted back from an event.
#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Before {
    pub event: Event,
    #[serde(default)]
    pub days: u32,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Event {
    ElectionDay,
    CommitteeFormed,
}

/// How a list of names is ordered, with a primary and without.
#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Ordering {
    pub with_primary: Order,
    pub otherwise: Order,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Order {
    /// 按得票多少为序
    Votes,
    /// 按姓氏笔画为序
    Strokes,
}

#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct StationStaff {
    pub staff: u32,
    pub scrutineers: u32,
}

/// A day of the year, written `06-30`.
#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(try_from = "String")]
pub struct MonthDay {
    pub month: i8,
    pub day: i8,
}

impl TryFrom<String> for MonthDay {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        text.split_once('-')
            .and_then(|(month, day)| Some((month.parse().ok()?, day.parse().ok()?)))
            // A leap year, so that every day of any year will do.
            .filter(|&(month, day)| jiff::civil::Date::new(2024, month, day).is_ok())
            .map(|(month, day)| Self { month, day })
            .ok_or_else(|| format!("`{text}` is not a day such as `06-30`"))
    }
}

/// A near relation, as 民法典 第一千零四十五条 lists them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
pub enum Kin {
    #[serde(rename = "配偶")]
    Spouse,
    #[serde(rename = "父母")]
    Parent,
    #[serde(rename = "子女")]
    Child,
    #[serde(rename = "兄弟姐妹")]
    Sibling,
    #[serde(rename = "祖父母")]
    Grandparent,
    #[serde(rename = "外祖父母")]
    MaternalGrandparent,
    #[serde(rename = "孙子女")]
    Grandchild,
    #[serde(rename = "外孙子女")]
    DaughtersChild,
}

impl Kin {
    /// The relation a user's word means; `None` if it is no near relation.
    pub fn parse(word: &str) -> Option<Self> {
        const WORDS: &[(Kin, &[&str])] = &[
            (Kin::Spouse, &["配偶", "夫妻", "丈夫", "妻子", "夫", "妻", "爱人", "夫妇"]),
            (
                Kin::Parent,
                &["父母", "父亲", "母亲", "父", "母", "养父母", "养父", "养母", "继父", "继母"],
            ),
            (
                Kin::Child,
                &[
                    "子女",
                    "儿子",
                    "女儿",
                    "子",
                    "女",
                    "父子",
                    "母子",
                    "父女",
                    "母女",
                    "养子女",
                    "养子",
                    "养女",
                    "继子",
                    "继女",
                    "父母子女",
                ],
            ),
            (
                Kin::Sibling,
                &[
                    "兄弟姐妹",
                    "兄弟",
                    "姐妹",
                    "兄妹",
                    "姐弟",
                    "哥哥",
                    "弟弟",
                    "姐姐",
                    "妹妹",
                    "兄",
                    "弟",
                    "姐",
                    "妹",
                    "姊妹",
                ],
            ),
            (Kin::Grandparent, &["祖父母", "祖父", "祖母", "爷爷", "奶奶", "祖孙", "爷孙"]),
            (
                Kin::MaternalGrandparent,
                &["外祖父母", "外祖父", "外祖母", "外公", "外婆", "姥爷", "姥姥"],
            ),
            (Kin::Grandchild, &["孙子女", "孙子", "孙女"]),
            (Kin::DaughtersChild, &["外孙子女", "外孙", "外孙女"]),
        ];
        let word = word.trim().trim_end_matches("关系");
        WORDS.iter().find(|(_, words)| words.contains(&word)).map(|&(kin, _)| kin)
    }

    /// The same relation seen from the other side.
    pub fn inverse(self) -> Self {
        match self {
            Kin::Spouse | Kin::Sibling => self,
            Kin::Parent => Kin::Child,
            Kin::Child => Kin::Parent,
            Kin::Grandparent => Kin::Grandchild,
            Kin::Grandchild => Kin::Grandparent,
            Kin::MaternalGrandparent => Kin::DaughtersChild,
            Kin::DaughtersChild => Kin::MaternalGrandparent,
        }
    }
}

/// Reads one of the model's fixed words by its stable English name, so that
/// profiles and elections speak of the same things.
macro_rules! by_name {
    ($($name:ident($choice:ty);)*) => {$(
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
        #[serde(try_from = "String")]
        pub struct $name(pub $choice);

        impl TryFrom<String> for $name {
            type Error = String;

            fn try_from(text: String) -> Result<Self, String> {
                let found = <$choice>::ALL.iter().find(|choice| choice.id() == text);
                found.map(|&choice| Self(choice)).ok_or_else(|| format!("`{text}` is not a {}", stringify!($choice)))
            }
        }
    )*};
}

by_name! {
    ModeName(Mode);
    FormedByName(FormedBy);
    RoleName(Role);
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn share(text: &str) -> Share {
        text.to_owned().try_into().unwrap()
    }

    #[test]
    fn half_must_be_passed_and_a_third_reached() {
        assert!(!share(">1/2").is_met(50, 100) && share(">1/2").is_met(51, 100));
        assert!(share(">=1/3").is_met(100, 300) && !share(">=1/3").is_met(99, 300));
        assert!(!share(">2/3").is_met(2, 3) && share(">2/3").is_met(67, 100));
        assert!(!share(">=1/3").is_met(0, 0));
        assert_eq!(
            [">1/2", ">2/3", ">=1/3"].map(|text| share(text).to_string()),
            ["过半数", "超过三分之二", "三分之一以上"]
        );
    }

    #[test]
    fn refuses_what_is_no_share() {
        for text in ["1/2", ">1", ">a/b", ">3/2", ">1/0", ""] {
            assert!(Share::try_from(text.to_owned()).is_err(), "{text}");
        }
    }

    proptest! {
        #[test]
        fn the_least_count_is_least(total in 1u64.., text in prop::sample::select(vec![">1/2", ">2/3", ">=1/3", ">=2/3"])) {
            let share = share(text);
            let least = share.least(total);
            prop_assert!(share.is_met(least, total));
            prop_assert!(least == 0 || !share.is_met(least - 1, total));
        }
    }

    #[test]
    fn relations_have_two_sides() {
        assert_eq!(Kin::parse("父子关系").map(Kin::inverse), Some(Kin::Parent));
        assert_eq!(Kin::parse("表兄弟"), None);
        assert_eq!(Kin::parse("岳父"), None);
    }
}
