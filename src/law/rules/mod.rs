//! The rules, one small function each, and the one table that lists them.
//!
//! Adding a rule is adding a function and a line here, and its two fixtures.
//! A rule says nothing where data is absent, unknown or known only in part: it
//! speaks up if every possibility would break the law.

mod after;
mod ballots;
mod candidates;
mod committee;
mod elected;
mod meetings;
mod numbers;
mod people;
mod plan;
mod polling;
mod runoff;
mod term;
mod voters;
mod whole;

pub(super) use term::by_election_due;

use super::case::{Case, Finding};
use super::parameter::*;
use super::profile::Basis;
use crate::diagnostic::{Diagnostic, Severity};
use crate::election::Stage;

/// A rule: a question that the data can answer.
pub struct Rule {
    /// Stable name, by which it is looked up and silenced.
    pub code: &'static str,
    /// The stage it is about; `None` for what must agree across all.
    pub stage: Option<Stage>,
    /// The profile's parameter it enforces; `None` for counting and logic.
    pub parameter: Option<&'static str>,
    /// What it demands, in Chinese.
    pub title: &'static str,
    judge: fn(&Case) -> Vec<Finding>,
}

/// The heading of rules that are about no stage of their own.
pub const ACROSS_STAGES: &str = "全程一致";

macro_rules! stage {
    (Whole) => {
        None
    };
    ($stage:ident) => {
        Some(Stage::$stage)
    };
}

macro_rules! rules {
    ($($code:literal, $stage:ident, $parameter:expr, $title:literal, $judge:path;)*) => {
        /// Every rule, in the order in which findings are told.
        pub const RULES: &[Rule] = &[$(Rule {
            code: $code,
            stage: stage!($stage),
            parameter: $parameter,
            title: $title,
            judge: |case| $judge(case).into_iter().collect(),
        }),*];
    };
}

const fn by<T>(key: &Key<T>) -> Option<&'static str> {
    Some(key.name)
}

const LOGIC: Option<&'static str> = None;

rules! {
    "law-kind", Preparation, LOGIC, "所选规则与委员会的类别一致", plan::law_kind;
    "law-in-force", Preparation, LOGIC, "所选规则在选举日有效", plan::law_in_force;
    "law-title", Preparation, LOGIC, "引用的法规名称是已知的", plan::law_title;
    "composition-size", Preparation, by(&COMPOSITION_SIZE), "委员会成员总数合法", plan::composition_size;
    "composition-women", Preparation, by(&COMPOSITION_WOMEN), "职数方案为妇女留了名额", plan::composition_women;
    "term-years", Preparation, by(&TERM_YEARS), "任期年数合法", plan::term_years;
    "term-interval", Preparation, by(&TERM_POSTPONE_MONTHS), "提前或延期换届不超过限度", plan::term_interval;
    "mode-allowed", Preparation, by(&MODE_ALLOWED), "选举方式合法", plan::mode_allowed;
    "mode-known", Preparation, LOGIC, "写明由谁投票", plan::mode_known;
    "group-representatives", Preparation, by(&MODE_GROUP_REPRESENTATIVES), "由小组代表选举时每组代表人数合法", plan::group_representatives;
    "audit-published", Preparation, by(&AUDIT_PUBLISHED), "离任审计结果按时公布", plan::audit_published;
    "appraisal-published", Preparation, by(&APPRAISAL_PUBLISHED), "民主评议结果在选举之前公布", plan::appraisal_published;
    "full-time-posts", Preparation, LOGIC, "专职的名额不多于职数，与当选的人一致", elected::full_time;

    "committee-formed-by", Committee, by(&COMMITTEE_FORMED_BY), "选举委员会由法定的会议推选", committee::formed_by;
    "committee-size", Committee, by(&COMMITTEE_SIZE), "选举委员会人数合法", committee::size;
    "committee-count", Committee, LOGIC, "选举委员会人数与名单一致", committee::count;
    "committee-chair", Committee, LOGIC, "选举委员会只有一名主任", committee::chair;
    "committee-women", Committee, by(&COMMITTEE_WOMEN), "选举委员会有妇女成员", committee::women;
    "committee-kin", Committee, by(&COMMITTEE_NO_KIN), "选举委员会成员之间近亲属回避", committee::kin;
    "committee-candidate", Committee, by(&COMMITTEE_CANDIDATES_LEAVE), "被提名的成员退出选举委员会", committee::candidate;
    "committee-relative", Committee, by(&COMMITTEE_RELATIVES_LEAVE), "近亲属被提名的成员退出选举委员会", committee::relative;
    "committee-refilled", Committee, by(&COMMITTEE_REFILLED), "选举委员会出缺有人递补", committee::refilled;
    "committee-alternates", Committee, LOGIC, "选举委员会按候补名单依次递补", committee::alternates;
    "committee-objection-days", Committee, by(&COMMITTEE_OBJECTION_DAYS), "对选举委员会名单提意见的期限够长", committee::objection_days;
    "representatives-households", Committee, by(&REPRESENTATIVES_HOUSEHOLDS), "代表按户数推选", committee::representatives_households;
    "representatives-women", Committee, by(&REPRESENTATIVES_WOMEN), "妇女代表的比例够", committee::representatives_women;
    "representatives-count", Committee, LOGIC, "代表人数与名单、名额一致", committee::representatives_count;
    "group-leader", Committee, by(&REPRESENTATIVES_LEAD_GROUPS), "小组长从代表中推选", committee::group_leader;
    "leaders-agree", Committee, LOGIC, "小组长与代表名单一致", people::leaders_agree;
    "replaced", Committee, LOGIC, "递补的是退出的人的缺，一缺一人", people::replaced;

    "voter-age", Voters, by(&VOTER_AGE), "选民和候选人在选举日年满法定年龄", voters::age;
    "voter-total", Voters, LOGIC, "选民总数与小组、名册一致", voters::total;
    "list-posted", Voters, by(&LIST_DAYS_BEFORE), "选民名单按时公布", voters::list_posted;
    "list-places", Voters, by(&LIST_IN_EACH_GROUP), "选民名单在各小组张榜", voters::list_places;
    "list-with-representatives", Voters, by(&LIST_WITH_REPRESENTATIVES), "代表名单与选民名单同时公布", voters::list_with_representatives;
    "registration-closed", Voters, by(&LIST_DAYS_BEFORE), "登记在公布选民名单的最后一天之前截止", voters::registration_closed;
    "objection-window", Voters, by(&OBJECTION_DAYS), "申诉在期限之内", voters::objection_window;
    "objection-decided", Voters, by(&OBJECTION_DECISION_DAYS), "申诉按时决定并公布", voters::objection_decided;
    "voter-cards", Voters, by(&VOTER_CARDS), "发放选民证", voters::cards;

    "candidate-nominators", Candidates, by(&CANDIDATE_NOMINATORS), "联名提名的人数够", candidates::nominators;
    "candidate-party", Candidates, by(&CANDIDATE_PARTY_NOMINATES), "候选人由有权的人提名", candidates::party;
    "candidates-more-than-seats", Candidates, by(&CANDIDATE_MORE_THAN_SEATS), "候选人多于应选名额", candidates::more_than_seats;
    "candidates-extra", Candidates, by(&CANDIDATE_EXTRA), "各职务的差额合法", candidates::extra;
    "candidates-women", Candidates, by(&CANDIDATE_WOMEN), "候选人中有妇女", candidates::women;
    "candidate-single-post", Candidates, by(&CANDIDATE_SINGLE_POST), "一人只作一项职务的候选人", candidates::single_post;
    "candidates-none", Candidates, LOGIC, "不提名候选人的，没有候选人", candidates::none;
    "candidate-twice", Candidates, LOGIC, "同一职务的候选人不重复", candidates::twice;
    "candidate-is-voter", Candidates, LOGIC, "候选人在选民名册里", candidates::is_voter;
    "candidate-nominated", Candidates, LOGIC, "候选人是被提名的人", people::candidate_nominated;
    "nominees-posted", Candidates, by(&NOMINEE_DAYS_BEFORE), "被提名人名单按时公布", candidates::nominees_posted;
    "nominees-order", Candidates, by(&NOMINEE_ORDER), "被提名人名单按规定排列", candidates::nominees_order;
    "candidates-posted", Candidates, by(&CANDIDATE_DAYS_BEFORE), "候选人名单按时公布", candidates::posted;
    "candidates-order", Candidates, by(&CANDIDATE_ORDER), "候选人名单按规定排列", candidates::order;
    "candidates-meet-voters", Candidates, by(&CANDIDATE_MEETS_VOTERS), "候选人在投票之前与选民见面", candidates::meet_voters;

    "polling-posted", Polling, by(&POLLING_DAYS_BEFORE), "投票时间地点按时公布", polling::posted;
    "ballot-colours", Polling, LOGIC, "各职务的选票颜色不同", polling::ballot_colours;
    "polling-hours", Polling, LOGIC, "投票先开始后结束", polling::hours;
    "polling-places", Polling, by(&POLLING_PLACES), "设了法定的写票设施", polling::places;
    "station-groups", Polling, LOGIC, "投票站所属的小组存在", polling::station_groups;
    "staff-station", Polling, LOGIC, "工作人员所在的投票站存在，人数与名单一致", people::staff_station;
    "staff-posted", Polling, by(&STAFF_DAYS_BEFORE), "工作人员名单按时公布", polling::staff_posted;
    "staff-per-station", Polling, by(&STAFF_PER_STATION), "每个投票站的工作人员够", polling::staff_per_station;
    "staff-candidate", Polling, by(&STAFF_NO_CANDIDATES), "候选人不作工作人员", polling::staff_candidate;
    "staff-kin", Polling, by(&STAFF_NO_KIN), "候选人的近亲属不作规定的工作", polling::staff_kin;
    "staff-separate", Polling, by(&STAFF_SEPARATE), "监票与计票、唱票不由一人兼任", polling::staff_separate;
    "proxy-max", Polling, by(&PROXY_MAX), "一人接受的委托不超过限度", polling::proxy_max;
    "proxy-kin", Polling, by(&PROXY_KIN_ONLY), "只委托近亲属", polling::proxy_kin;
    "proxy-written", Polling, by(&PROXY_WRITTEN), "委托是书面的", polling::proxy_written;
    "proxy-candidate", Polling, by(&PROXY_NO_CANDIDATES), "候选人不接受委托", polling::proxy_candidate;
    "proxy-representatives", Polling, by(&PROXY_NOT_BY_REPRESENTATIVES), "代表选举方式没有委托投票", polling::proxy_representatives;
    "proxy-redelegated", Polling, by(&PROXY_NO_REDELEGATION), "受托人不再委托他人", polling::proxy_redelegated;
    "proxy-twice", Polling, LOGIC, "一人只委托一次，且不委托自己", polling::proxy_twice;
    "proxy-is-voter", Polling, LOGIC, "委托人和受托人在选民名册里", polling::proxy_is_voter;
    "proxy-published", Polling, by(&PROXY_PUBLISHED), "委托名单在投票之前公布", polling::proxy_published;
    "proxy-list-posted", Polling, by(&PROXY_LIST_DAYS_BEFORE), "委托名单按时公布", polling::proxy_list_posted;
    "proxy-closed", Polling, by(&PROXY_CLOSES_DAYS_BEFORE), "委托手续按时截止", polling::proxy_closed;
    "proxy-window", Polling, by(&PROXY_WINDOW_DAYS), "委托在规定的日数内办理", polling::proxy_window;
    "mobile-boxes", Polling, by(&MOBILE_BOXES_ALLOWED), "可以设流动票箱", polling::mobile_boxes;
    "mobile-boxes-posted", Polling, by(&MOBILE_BOXES_DAYS_BEFORE), "流动票箱名单按时公布", polling::mobile_boxes_posted;
    "mobile-boxes-count", Polling, LOGIC, "流动票箱的票不多于使用的人", polling::mobile_boxes_count;
    "votes-once", Polling, LOGIC, "一人不又委托又用流动票箱", people::votes_once;
    "elector-listed", Polling, LOGIC, "由户代表、代表投票的，委托和流动票箱上的人是他们", people::elector_listed;

    "participants", Result, LOGIC, "参加投票的人不多于选民，与收回的票相符", ballots::participants;
    "ballots-issued", Result, LOGIC, "发出的票不多于选民和印制的票", ballots::ballots_issued;
    "ballots-collected", Result, LOGIC, "收回的票不多于发出的票", ballots::ballots_collected;
    "ballots-partition", Result, LOGIC, "有效、无效、弃权票之和等于收回的票", ballots::ballots_partition;
    "ballots-stations", Result, LOGIC, "各投票站之和等于合计", ballots::ballots_stations;
    "votes-candidate", Result, LOGIC, "每人的赞成、反对、弃权不多于有效票", ballots::votes_candidate;
    "votes-total", Result, LOGIC, "一个职务的总票数不多于有效票乘应选人数", ballots::votes_total;
    "votes-names", Result, LOGIC, "得票的人在候选人名单里或注明另选", ballots::votes_names;
    "all-votes", Result, by(&RESULT_ALL_VOTES), "公布每名候选人的得票", ballots::all_votes;
    "proxies-count", Result, LOGIC, "委托投票人数与名单相符", ballots::proxies_count;
    "turnout-percent", Result, LOGIC, "公布的参选率算得对", ballots::turnout_percent;
    "quorum", Result, by(&TURNOUT), "参加投票的人够，选举有效", ballots::quorum;
    "recall-votes", Result, LOGIC, "罢免的同意、不同意、弃权不多于有效票", ballots::recall_votes;
    "recall-result", Result, by(&MAJORITY), "罢免是否通过与票数一致", ballots::recall_result;
    "majority", Result, by(&MAJORITY), "当选人得票够", elected::majority;
    "elected-by-votes", Result, LOGIC, "当选人是得票最多的人", elected::elected_by_votes;
    "elected-tie", Result, by(&TIE_REVOTE), "票数相等的再次投票", elected::elected_tie;
    "elected-votes", Result, LOGIC, "当选名单的票数与得票一致", elected::elected_votes;
    "elected-seats", Result, LOGIC, "当选人数不多于应选人数，一人一职", elected::elected_seats;
    "women-elected", Result, by(&COMPOSITION_WOMEN), "当选人中有妇女", elected::women_elected;
    "elected-kin", Result, by(&COMPOSITION_KIN), "当选人之间没有近亲属关系", elected::elected_kin;
    "elected-known", Result, LOGIC, "当选人在候选人、得票名单或者选民名册里", people::elected_known;
    "committee-elected", Result, by(&COMMITTEE_CANDIDATES_LEAVE), "选举委员会的成员没有当选", people::committee_elected;
    "reelected", Result, LOGIC, "连任的是上届成员", people::reelected;
    "outcome-declared", Result, LOGIC, "宣布的结果与当选人数一致", elected::outcome_declared;
    "first-attempt", Result, LOGIC, "“一次成功”与结果一致", elected::first_attempt;
    "runoff-after-void", Result, by(&RUNOFF_SHARE), "选举无效的重新选举，不另行选举", runoff::after_void;
    "void-then-on", Result, LOGIC, "选举无效的，重新选举以后才移交", runoff::after_void_vote;
    "runoff-needed", Result, by(&RUNOFF_SHARE), "不足的名额另行选举", runoff::needed;
    "runoff-seats", Result, LOGIC, "另行选举只选空缺的名额", runoff::seats;
    "runoff-candidates", Result, by(&RUNOFF_SHARE), "另行选举的候选人是未当选中得票多的", runoff::candidates;
    "runoff-threshold", Result, by(&RUNOFF_SHARE), "另行选举的当选人得票够", runoff::threshold;
    "runoff-in-time", Result, by(&RUNOFF_DAYS), "另行选举按时举行", runoff::in_time;
    "runoff-more-than-seats", Result, by(&RUNOFF_MORE_THAN_SEATS), "另行选举的候选人多于应选名额", term::runoff_more_than_seats;
    "result-same-day", Result, by(&RESULT_SAME_DAY), "选举结果当场公布", elected::result_same_day;
    "roster-posted", Result, by(&RESULT_ROSTER_DAYS), "当选名单按时张榜", elected::roster_posted;

    "handover-in-time", Closing, by(&HANDOVER_DAYS), "按时完成移交", after::handover_in_time;
    "handover-host", Closing, by(&HANDOVER_BY_COMMITTEE), "移交由选举委员会主持", after::handover_host;
    "handover-items", Closing, by(&HANDOVER_ITEMS), "移交的项目齐全", after::handover_items;
    "supervision-in-time", Closing, by(&SUPERVISION_DAYS), "按时推选监督委员会", after::supervision_in_time;
    "supervision-kin", Closing, by(&SUPERVISION_NO_KIN), "监督委员会没有委员会成员及其近亲属", after::supervision_kin;
    "archive-period", Closing, by(&ARCHIVE_PERIODS), "保管期限是通用的几种之一", after::archive_period;
    "archive-permanent", Closing, by(&ARCHIVE_PERMANENT), "结果文件永久保管", after::archive_permanent;

    "member-known", Term, LOGIC, "辞职、被罢免、分工的人是当选的成员", people::member_known;
    "in-term", Term, by(&TERM_YEARS), "辞职、罢免、补选在任期之内", term::in_term;
    "resignation-accepted-by", Term, by(&RESIGNATION_ACCEPTED_BY), "辞职由法定的会议审议通过", term::accepted_by;
    "resignation-in-time", Term, by(&RESIGNATION_DAYS), "辞职按时审议", term::resignation_in_time;
    "resignation-order", Term, LOGIC, "先提出辞职，后接受", term::resignation_order;
    "recall-requesters", Term, by(&RECALL_REQUEST), "联名要求罢免的人数够", term::requesters;
    "recall-in-time", Term, by(&RECALL_DAYS), "罢免按时投票表决", term::recall_in_time;
    "recall-in-months", Term, by(&RECALL_MONTHS), "罢免在规定的月数内投票表决", term::recall_in_months;
    "recall-announced", Term, by(&RECALL_NOTICE_DAYS), "罢免表决按时公告", term::recall_announced;
    "recall-host", Term, by(&RECALL_NOT_HOSTED_BY_ACCUSED), "被要求罢免的人不主持表决", term::recall_host;
    "by-election-in-time", Term, by(&BY_ELECTION_MONTHS), "成员不足的按时补选", term::by_election_in_time;
    "by-election-candidates", Term, by(&BY_ELECTION_MORE_THAN_SEATS), "补选的候选人多于应选名额", term::by_election_candidates;
    "by-election-seats", Term, LOGIC, "补选的名额不多于空缺，出缺的人写明离任", term::by_election_seats;
    "by-election-member", Term, LOGIC, "现任成员不参加同一职务的补选", people::by_election_candidate;
    "by-election-kin", Term, by(&COMPOSITION_KIN), "补选的当选人与现任成员没有近亲属关系", term::by_election_kin;

    "meeting-attendance", Whole, LOGIC, "到会的人不多于应到的人", meetings::attendance;
    "meeting-representatives", Whole, by(&MEETING_REPRESENTATIVES), "代表会议到会的人够", meetings::representatives;
    "meeting-assembly", Whole, by(&MEETING_PEOPLE), "居民（村民）会议到会的人够", meetings::assembly;
    "meeting-households", Whole, by(&MEETING_HOUSEHOLDS), "户代表参加的会议到会的人够", meetings::of_households;
    "meeting-group", Whole, by(&MEETING_GROUP), "小组会议到会的人够", meetings::group;
    "meeting-votes", Whole, LOGIC, "会议表决的票不多于到会的人", meetings::votes;
    "meeting-majority", Whole, by(&MEETING_MAJORITY), "会议的决定经到会人员过半数通过", meetings::majority;
    "meeting-record", Whole, LOGIC, "作决定的会议与会议记录一致", meetings::record;
    "meeting-numbers", Whole, LOGIC, "评议、预选的到会人数与会议记录一致", meetings::same_attendance;
    "appraisal-votes", Whole, LOGIC, "评议的票不多于到会的人", meetings::appraisal_votes;
    "primary-votes", Whole, LOGIC, "预选的票不多于到会的人和选票", meetings::primary_votes;
    "primary-result", Whole, LOGIC, "预选得票多的成为候选人", meetings::primary_result;
    "listed-twice", Whole, LOGIC, "一份名单里一人只写一次", people::listed_twice;
    "on-the-roll", Whole, LOGIC, "代表和投票的人在选民名册里", people::on_the_roll;
    "as-on-the-roll", Whole, LOGIC, "性别、出生与选民名册一致", people::as_on_the_roll;
    "household-once", Whole, LOGIC, "一户一名户代表", people::household_once;
    "group-known", Whole, LOGIC, "所写的小组存在，与名册一致", people::group_known;
    "counts-agree", Whole, LOGIC, "人数与名单一致", people::counts_agree;
    "numbers-plausible", Whole, LOGIC, "数字是可能有的", numbers::plausible;
    "date-order", Whole, LOGIC, "各步的日期先后合理", whole::date_order;
    "names-consistent", Whole, LOGIC, "同一人前后写法一致", whole::names_consistent;
    "notice-numbers", Whole, LOGIC, "公告编号不重复、不跳号", whole::notice_numbers;
    "elected-age", Whole, LOGIC, "当选人的年龄与出生日期一致", whole::elected_age;
    "personal-number", Whole, LOGIC, "要公布的文字里没有证件号码和手机号码", whole::personal_number;
}

impl Rule {
    /// The rule named `code`.
    pub fn find(code: &str) -> Option<&'static Self> {
        RULES.iter().find(|rule| rule.code == code)
    }

    /// Under which heading it is told.
    pub fn chapter(&self) -> &'static str {
        self.stage.map_or(ACROSS_STAGES, Stage::name)
    }

    /// What it has to say of a case.
    pub fn judge(&self, case: &Case) -> Vec<Diagnostic> {
        (self.judge)(case).into_iter().map(|finding| self.diagnose(finding, case)).collect()
    }

    /// On what the rule rests under this profile; `None` if the profile does
    /// not lay it down, and so the rule is silent.
    pub fn basis(&self, profile: &super::Profile) -> Option<Basis> {
        match self.parameter {
            Some(parameter) => profile.basis(parameter).cloned(),
            None => Some(Basis::arithmetic()),
        }
    }

    fn diagnose(&self, finding: Finding, case: &Case) -> Diagnostic {
        let basis =
            finding.basis.or_else(|| self.basis(case.profile)).unwrap_or_else(Basis::arithmetic);
        // What the votes decide rests on the law, however it is reckoned.
        let law_in_doubt = self.stage == Some(Stage::Result) && case.profile.is_in_doubt();
        let severity = match basis.supports_error() && !finding.doubtful && !law_in_doubt {
            _ if finding.lawful => Severity::Note,
            true => Severity::Error,
            false => Severity::Warning,
        };
        let caveat = match basis.status.caveat() {
            Some(caveat) => format!("（{caveat}）"),
            None if !basis.binding => "（条文只作一般要求，请核对本地规定）".into(),
            None => String::new(),
        };
        let mut diagnostic =
            Diagnostic::new(severity, self.code, finding.message + &caveat).at(finding.place);
        diagnostic.others = finding.others;
        diagnostic.basis = Some(basis.to_string());
        diagnostic.help = finding.help;
        diagnostic
    }
}
