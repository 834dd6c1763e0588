//! How `election.yaml` is written, and which law judges it.

use super::{Scene, tells};

pub(super) fn scenes() -> Vec<Scene> {
    let garbled = encoding_rs::GB18030.encode("类别: 社区\n届次: 7\n").0.into_owned();
    vec![
        tells("yaml").election("类别: 社区\n届次： 7\n"),
        tells("yaml").election("类别: 社区\n社区:\n\t名称: 试验社区\n"),
        tells("yaml").election("类别: 社区\n选举日: \"2026-05-10\n"),
        tells("yaml").election("类别: 社区\n---\n类别: 村\n"),
        tells("empty").election("\n\n"),
        tells("encoding").election(garbled),
        tells("encoding").election("类别: 社区\0"),
        tells("too-large").election(vec![b'#'; (4 << 20) + 1]),
        tells("unknown-key").election("类别: 社区\n届词: 7\n社区: {街到: 示例街道, 邮编地址: 示例}\n"),
        tells("duplicate-key").election("类别: 社区\n届次: 7\n选举日: 2026-05-10\nterm: 8\n"),
        tells("unknown-value").election(
            "类别: 社区\n选举日: 2026-05-10\n社区: {街道: }\n选举结果:\n选举委员会: {成员: [丁一, {}]}\n",
        ),
        tells("value").election(
            "类别: 小区\n选举日: 2026-02-30\n届次: 第七届\n任期: -5\n社区: [试验社区]\n\
             筹备: {启动日期: 2026。03。01}\n投票: {开始时间: 早上八点}\n\
             选民登记: {张榜地点: [一组、二组], 发放选民证: 对, 选民总数: [30]}\n\
             选举委员会: {成员: 丁一}\n会议: [{名称: \"居民\\n会议\"}, ]\n小组: [一组, ]\n",
        ),
        tells("placeholder").election("类别: 社区\n社区: {名称: 某某社区}\n选举日: 2026-05-10\n"),
        tells("silenced").election(
            "类别: 社区\n选举日: 2026-05-10\n不再提示: [{代码: polling-place, 理由: 已核实}, {代码: list-posted}]\n",
        ),
        tells("law-profile").election("选举日: 2026-05-10\n"),
        tells("law-profile").election("类别: 社区\n选举日: 1980-05-10\n"),
        tells("law-profile").election("类别: 社区\n适用法规: {规则: sc-resident-2026}\n"),
        tells("law-profile").election("选举日: 2026-05-10\n会议: [{名称: 村民会议}]\n"),
        tells("law-profile").election("类别: 社区\n选举日: 2026-05-10\n").file("profiles/own.yaml", "id: own\n"),
        tells("law-parameter").election(
            "类别: 社区\n选举日: 2026-05-10\n适用法规: {参数: [{参数: list.day_before, 数值: 15}, {参数: list.days_before, 数值: 半个月}]}\n",
        ),
        tells("law-day").election("类别: 社区\n选举日:\n选民登记: {开始: 2012-03-02}\n"),
        tells("law-day").election("类别: 社区\n选民登记: {截止: 2025-12-20, 名单公布日期: 2026-01-20}\n"),
        tells("law-province").election("类别: 社区\n选举日: 2026-05-10\n社区: {省份: 湖男省}\n"),
        tells("unknown-rule").run("law explain list-post"),
        tells("unknown-rule").run("law explain roll-sex"),
        tells("unknown-code").run("explain roll-duplicat"),
    ]
}
