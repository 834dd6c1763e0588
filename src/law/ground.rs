//! What a user is told of how the law was chosen, where that is in doubt.

use super::days::say;
use super::profile::{Ground, Profile, same_province};
use super::rules::Rule;
use crate::diagnostic::{Diagnostic, Report};
use crate::election::decode::nearest;
use crate::election::{Election, MADE_UP};

/// Of the election day that is not known, and of the province without rules of
/// its own here. `found` is what was found so far.
pub(super) fn tell(election: &Election, profile: &Profile, found: &Report) -> Vec<Diagnostic> {
    day(election, profile, found).into_iter().chain(province(election, profile)).collect()
}

fn day(election: &Election, profile: &Profile, found: &Report) -> Option<Diagnostic> {
    let law = profile.title();
    let day = &election.election_day;
    let lacking = match day.value() {
        Some(day) => format!("选举日只写了{}", say(day)),
        None => "没有写明选举日".into(),
    };
    let told = match profile.ground {
        Ground::Named | Ground::Day => return None,
        Ground::Between(..) if day.value().is_some() => return None,
        Ground::Between(first, last) => Diagnostic::note(
            "law-day",
            format!(
                "{lacking}；从别处的日期看在{}至{}之间，按“{law}”检查。",
                say(first),
                say(last)
            ),
        ),
        Ground::Changed(first, last) => Diagnostic::warning(
            "law-day",
            format!(
                "{lacking}；从{}至{}，法律有过改动，先按新的“{law}”检查，有关法律的只作警告。",
                say(first),
                say(last)
            ),
        ),
        // In a description that is only begun, nothing was judged by it yet.
        Ground::Newest if day.is_absent() && !rules_spoke(found) => return None,
        Ground::Newest => Diagnostic::warning(
            "law-day",
            format!("{lacking}，别处也没有日期；先按现行的“{law}”检查，有关法律的只作警告。"),
        ),
    };
    Some(told.at(day.place().cloned()).help("请写上“选举日”，如“选举日: 2026-05-10”。"))
}

fn rules_spoke(found: &Report) -> bool {
    found.iter().any(|finding| Rule::find(finding.code).is_some())
}

/// A province whose own measures nobody looked at.
fn province(election: &Election, profile: &Profile) -> Option<Diagnostic> {
    let province = election.community.get()?.province.located()?;
    let is_made_up = province.starts_with(MADE_UP);
    if profile.province.is_some() || profile.ground == Ground::Named || is_made_up {
        return None;
    }
    let is_known = PROVINCES.iter().any(|known| same_province(known, province));
    let guess = nearest(province, PROVINCES.iter().copied()).filter(|_| !is_known);
    let guess = guess.map_or_else(String::new, |near| format!("是不是“{near}”？"));
    Some(
        Diagnostic::note(
            "law-province",
            format!("自带的规则里没有“{}”当时的规定，只按国家法律检查。{guess}", province.value),
        )
        .at(province.place.clone())
        .help("本地另有规定的，请对照核对；与国家法律不同的数，可以写在“适用法规”的“参数”里。"),
    )
}

#[rustfmt::skip]
pub const PROVINCES: [&str; 31] = [
    "北京市", "天津市", "河北省", "山西省", "内蒙古自治区", "辽宁省", "吉林省", "黑龙江省",
    "上海市", "江苏省", "浙江省", "安徽省", "福建省", "江西省", "山东省", "河南省", "湖北省",
    "湖南省", "广东省", "广西壮族自治区", "海南省", "重庆市", "四川省", "贵州省", "云南省",
    "西藏自治区", "陕西省", "甘肃省", "青海省", "宁夏回族自治区", "新疆维吾尔自治区",
];

#[cfg(test)]
mod tests {
    use super::super::{Library, Profile, check};
    use crate::diagnostic::{Report, Severity};
    use crate::law::testing::read;

    /// What `check` says, and by which law.
    fn judge(text: &str) -> (String, Report) {
        let (dossier, mut report) = read(text);
        let profile = Profile::choose(&dossier.election, Library::built_in(), &mut report).unwrap();
        check(&dossier, &profile, &mut report);
        report.retain(|finding| finding.code != "unknown-value");
        (profile.id, report)
    }

    fn told(report: &Report) -> Vec<(Severity, &str)> {
        report.iter().map(|finding| (finding.severity, finding.code)).collect()
    }

    /// Of the law of 2026 an error, of the older ones none.
    const KIN: &str = "选举结果: {当选: [{职务: 主任, 姓名: 丁一}, {职务: 委员, 姓名: 丁二, 近亲属: [{姓名: 丁一, 关系: 兄弟}]}]}\n";

    #[test]
    fn without_its_day_the_law_is_that_of_the_other_dates() {
        for (day, dates, id) in [
            ("选举日:\n", "选民登记: {开始: 2012-03-02}\n", "cn-residents-1989"),
            ("", "筹备: {启动日期: 2012-03}\n", "cn-residents-1989"),
            ("", "移交: {完成日期: 2020-06-01}\n", "cn-residents-2018"),
        ] {
            let (found, report) = judge(&format!("类别: 社区\n{day}{dates}{KIN}"));
            assert_eq!(found, id);
            assert_eq!(told(&report), [(Severity::Note, "law-day")], "{report}");
        }
    }

    #[test]
    fn where_the_law_is_in_doubt_nothing_is_called_an_error() {
        let law_changed = "选民登记: {截止: 2025-12-20}\n";
        for dates in ["选举日:\n", "", law_changed, "选举日: 2025-12\n移交: {}\n"] {
            let (found, report) = judge(&format!("类别: 社区\n{dates}{KIN}"));
            if dates.starts_with("选举日: 2025") {
                assert_eq!(
                    (found.as_str(), report.count(Severity::Warning)),
                    ("cn-residents-2018", 0)
                );
                continue;
            }
            assert_eq!(found, "cn-residents-2026");
            let warned = [(Severity::Warning, "elected-kin"), (Severity::Warning, "law-day")];
            assert_eq!(told(&report), warned, "{report}");
        }
        let votes = "选举结果: {宣布结果: 有效，选满, 当选: []}\n职数: {主任: 1}\n";
        let (_, report) = judge(&format!("类别: 社区\n{votes}"));
        assert!(!report.has_errors(), "what votes decide rests on the law: {report}");
        assert!(judge("类别: 社区\n职数: {主任: 1}\n").1.is_empty(), "only begun");
    }

    #[test]
    fn a_day_known_in_part_is_narrowed_by_the_other_dates() {
        let (_, report) = judge("类别: 社区\n选举日: 2018\n");
        assert_eq!(told(&report), [(Severity::Warning, "law-day")]);
        let (found, report) = judge("类别: 社区\n选举日: 2018\n选民登记: {截止: 2018-03-02}\n");
        assert_eq!((found.as_str(), report.is_empty()), ("cn-residents-1989", true), "{report}");
    }

    #[test]
    fn a_province_without_rules_here_is_told_once() {
        let of = |province: &str| {
            judge(&format!("类别: 社区\n选举日: 2026-05-10\n社区: {{省份: {province}}}\n")).1
        };
        assert_eq!(told(&of("湖南")), [(Severity::Note, "law-province")]);
        assert!(!of("湖南省").to_string().contains("是不是"));
        assert!(of("四川").is_empty() && of("某某省").is_empty());
        assert!(of("四川者").to_string().contains("是不是“四川省”"));
    }
}
