//! Rolls of the kinds that were once read wrong, or stopped without need: each is
//! read as a careful clerk would, or asked about at its cell.

use rust_xlsxwriter::{Format, Note};

use super::shapes::{Shape, csv, write, xlsx};

pub(super) fn all() -> Vec<Shape> {
    [
        beside(),
        sums(),
        figures(),
        told_twice(),
        other_tables(),
        persons(),
        serials(),
        bands(),
        headings(),
        remarks(),
        columns(),
        workbooks(),
    ]
    .into_iter()
    .flatten()
    .collect()
}

const TWO: [&str; 2] = ["张三/一组", "李四/二组"];

/// What stands beside a list, or under no heading.
fn beside() -> Vec<Shape> {
    vec![
        csv("second list without heading beside", "序号,姓名,性别,小组\n1,张三,男,一组,3,王五,男,一组\n2,李四,女,一组,4,赵六,女,二组\n").with(&["张三/一组", "李四/一组"], &["roll-beside@2F", "roll-beside@3F"]),
        csv("second list without heading beside, gap", "序号,姓名,性别,小组,,,,,\n1,张三,男,一组,,3,王五,男,一组\n2,李四,女,一组,,4,赵六,女,二组\n").with(&["张三/一组", "李四/一组"], &["roll-beside@2G", "roll-beside@3G"]),
        csv("names without heading to the right", "姓名,性别,小组\n张三,男,一组,王五\n李四,女,二组,赵六\n").with(&TWO, &["roll-beside@2D"]),
        csv("total at the right", "姓名,性别,小组,,\n张三,男,一组,合计,2\n李四,女,二组,,\n"),
        csv("total at the right wrong", "姓名,性别,小组,,\n张三,男,一组,合计,5人\n李四,女,二组,,\n").with(&TWO, &["roll-total@2"]),
        csv("second list unheaded longer", "序号,姓名,性别,小组,,,,\n1,王一,男,一组,3,李一,男,一组\n2,王二,女,一组,4,李二,女,一组\n,,,,5,李三,男,一组\n").with(&["王一/一组", "王二/一组"], &["roll-beside@2F", "roll-beside@3F", "roll-row-unclear@4E"]),
        csv("heading forgotten for sex", "姓名,,小组\n王一,男,一组\n李二,女,一组\n").with(&["王一/一组", "李二/一组"], &["roll-beside@2B"]),
        csv("heading forgotten for group", "姓名,性别,\n王一,男,一组\n李二,女,二组\n").with(&["王一/", "李二/"], &["roll-beside@2C", "roll-no-groups"]),
        csv("statistics beside", "姓名,性别,小组,,小组,人数\n张三,男,一组,,一组,1\n李四,女,二组,,二组,1\n,,,,合计,2\n"),
        csv("staff beside", "姓名,性别,小组,,工作人员,职务\n张三,男,一组,,王五,监票人\n李四,女,二组,,赵六,计票人\n"),
        csv("col without heading phone", "姓名,性别,小组,\n王一,男,一组,13800138000\n李二,女,一组,13800138001\n").with(&["王一/一组", "李二/一组"], &[]),
    ]
}

/// Sums, whom they count, and the groups in them.
fn sums() -> Vec<Shape> {
    vec![
        csv("本组共2人 title", "姓名,性别\n一组,\n张三,男\n本组共1人,\n二组,\n李四,女\n本组共1人,\n"),
        csv("共12户35人 between", "姓名,性别\n一组,\n共1户1人,\n张三,男\n二组,\n共1户1人,\n李四,女\n"),
        csv("一组合计 row", "姓名,性别,小组\n张三,男,一组\n一组合计,1人,\n李四,女,二组\n二组合计,1人,\n"),
        csv("一组合计 wrong", "姓名,性别,小组\n张三,男,一组\n一组合计,3人,\n李四,女,二组\n二组合计,1人,\n").with(&TWO, &["roll-total@3"]),
        csv("brackets in title wrong", "姓名,性别\n一组（组长：王某，共1人）,\n张三,男\n二组（组长：李某，共35人）,\n李四,女\n").with(&TWO, &["roll-total@4"]),
        csv("全组选民1人", "姓名,性别\n一组,\n张三,男\n全组选民1人,\n二组,\n李四,女\n全组选民7人,\n").with(&TWO, &["roll-total@7"]),
        csv("男 女 total right", "姓名,性别,小组\n张三,男,一组\n李四,女,二组\n合计,男1 女1,\n"),
        csv("男 女 total wrong", "姓名,性别,小组\n张三,男,一组\n李四,女,二组\n王五,女,二组\n合计3人,男5 女7,\n").with(&["张三/一组", "李四/二组", "王五/二组"], &["roll-total@5"]),
        csv("男 女 sum disagree with total", "姓名,性别,小组\n张三,男,一组\n李四,女,二组\n王五,女,二组\n其中：男2人，女1人,,\n").with(&["张三/一组", "李四/二组", "王五/二组"], &["roll-total@5"]),
        csv("total split cells wrong", "序号,姓名,性别,小组\n1,张三,男,一组\n2,李四,女,二组\n3,王五,女,二组\n合计,3,男2,女1\n").with(&["张三/一组", "李四/二组", "王五/二组"], &["roll-total@5"]),
        csv("每页小计", "选民登记表,,,\n序号,姓名,性别,小组\n1,张三,男,一组\n2,王五,男,一组\n本页小计,2人,男2人,女0人\n选民登记表,,,\n序号,姓名,性别,小组\n3,李四,女,二组\n本页小计,1人,男0人,女1人\n总计,3人,男2人,女1人\n").with(&["张三/一组", "王五/一组", "李四/二组"], &[]),
        csv("每页小计 wrong", "选民登记表,,,\n序号,姓名,性别,小组\n1,张三,男,一组\n2,王五,男,一组\n本页小计,3人,男2人,女1人\n选民登记表,,,\n序号,姓名,性别,小组\n3,李四,女,二组\n本页小计,1人,男0人,女1人\n总计,3人,男2人,女1人\n").with(&["张三/一组", "王五/一组", "李四/二组"], &["roll-total@5"]),
        csv("group totals on the same title", "姓名,性别\n一组 合计2人,\n王一,男\n李二,女\n二组 合计1人,\n王三,男\n").with(&["王一/一组", "李二/一组", "王三/二组"], &[]),
        csv("bottom 一组共2人 wrong", "姓名,性别\n一组,\n王一,男\n李二,女\n一组共3人,\n二组,\n王三,男\n二组共1人,\n").with(&["王一/一组", "李二/一组", "王三/二组"], &["roll-total@5"]),
        csv("以上为一组", "姓名,性别\n王一,男\n李二,女\n以上为一组,\n王三,男\n以上为二组,\n").with(&["王一/一组", "李二/一组", "王三/二组"], &[]),
        csv("totals at the top wrong", "选民总数：5人（男2人，女3人）,,\n姓名,性别,小组\n王一,男,一组\n李二,女,一组\n").with(&["王一/一组", "李二/一组"], &["roll-total@1"]),
    ]
}

/// Tables and lines that state of each group how many it has.
fn figures() -> Vec<Shape> {
    let below = |of_two: u8, all: u8| {
        format!(
            "姓名,性别,小组\n张三,男,一组\n李四,女,二组\n,,\n小组,户数,选民数\n一组,1,1\n二组,1,{of_two}\n合计,2,{all}\n"
        )
    };
    let sheet = |of_two: &'static str| {
        xlsx("a sheet of figures", move |book| {
            let rows: [&[&str]; 3] =
                [&["小组", "选民人数", "男", "女"], &["一组", "1"], &["二组", of_two]];
            write(book.add_worksheet().set_name("汇总").expect("a name"), &rows);
            let rows: [&[&str]; 3] = [&["姓名", "小组"], &["张三", "一组"], &["李四", "二组"]];
            write(book.add_worksheet().set_name("选民").expect("a name"), &rows);
        })
    };
    vec![
        csv("figures below", &below(1, 2)),
        csv("figures below that disagree", &below(3, 4))
            .with(&TWO, &["roll-total@7", "roll-total@8"]),
        csv(
            "figures of other people",
            "姓名,性别,小组\n张三,男,一组\n李四,女,二组\n,,\n小组,人数\n一组,5\n二组,6\n合计,11\n",
        )
        .with(&TWO, &["roll-total@6"]),
        sheet("1"),
        sheet("2").with(&TWO, &["roll-total@3"]),
        csv(
            "a line of figures",
            "一组共1人，二组共1人,,\n姓名,性别,小组\n张三,男,一组\n李四,女,二组\n",
        ),
        csv(
            "a line that disagrees",
            "一组共1人，二组共2人,,\n姓名,性别,小组\n张三,男,一组\n李四,女,二组\n",
        )
        .with(&TWO, &["roll-total@1"]),
        csv("人 in brackets", "姓名,性别,小组\n张三,男,一组\n李四,女,二组\n合计：22（人）,,\n")
            .with(&TWO, &["roll-total@4"]),
    ]
}

/// Groups that a title, a column and a sheet tell.
fn told_twice() -> Vec<Shape> {
    vec![
        csv(
            "title disagrees with column",
            "姓名,性别,小组\n一组,,\n张三,男,一组\n王五,男,二组\n二组,,\n李四,女,二组\n",
        )
        .with(&["张三/一组", "王五/二组", "李四/二组"], &["roll-group-title@4C"]),
        csv("title agrees short", "一组选民名单,,\n姓名,性别,小组\n张三,男,第一组\n李四,女,1组\n")
            .with(
                &["张三/第一组", "李四/1组"],
                &["roll-group-unknown@3C", "roll-group-unknown@4C"],
            ),
        csv(
            "column blank under title, title counts",
            "姓名,性别,小组\n一组,,\n张三,男,\n二组,,\n李四,女,\n",
        ),
        csv("网格 and 小组", "姓名,性别,网格,小组\n张三,男,第一网格,一组\n李四,女,第一网格,二组\n"),
        csv("自然村 and 小组", "姓名,性别,自然村,小组\n张三,男,上湾,一组\n李四,女,下湾,二组\n"),
    ]
}

/// Tables that are of no voters.
fn other_tables() -> Vec<Shape> {
    vec![
        csv(
            "staff below",
            "姓名,性别,小组\n张三,男,一组\n李四,女,二组\n,,\n选举工作人员名单,,\n姓名,职务,电话\n王五,监票人,13800138000\n赵六,计票人,13800138000\n",
        ),
        csv(
            "proxies below",
            "姓名,性别,小组\n张三,男,一组\n李四,女,二组\n委托投票登记表,,\n委托人,受委托人,关系\n张三,李四,夫妻\n",
        ),
        csv(
            "proxies below with names",
            "姓名,性别,小组\n张三,男,一组\n李四,女,二组\n委托投票情况,,\n选民姓名,受托人姓名,关系\n张三,李四,夫妻\n",
        ),
        csv(
            "statistics below",
            "姓名,性别,小组\n张三,男,一组\n李四,女,二组\n统计表,,\n小组,户数,人数\n一组,1,1\n二组,1,1\n合计,2,2\n",
        ),
        csv(
            "signers below",
            "姓名,性别,小组\n张三,男,一组\n李四,女,二组\n选举委员会成员签字,,\n王五,赵六,钱七\n",
        ),
        csv(
            "candidates below",
            "姓名,性别,小组\n张三,男,一组\n李四,女,二组\n\n主任候选人,,\n姓名,性别,小组\n张三,男,一组\n",
        ),
        csv(
            "group leaders below",
            "姓名,性别,小组\n张三,男,一组\n李四,女,二组\n\n村民小组组长名单\n姓名,性别,小组\n张三,男,一组\n",
        ),
        csv(
            "表尾说明 numbered cells",
            "序号,姓名,性别,小组\n1,张三,男,一组\n2,李四,女,二组\n说明,,,\n1,本表由村民选举委员会填写,,\n2,一式三份,,\n",
        ),
        csv(
            "those away and why beside",
            "序号,姓名,性别,小组,,姓名,性别,原因\n1,张三,男,一组,,王五,男,死亡\n2,李四,女,二组,,,,\n",
        )
        .with(&TWO, &["roll-aside@2F"]),
        csv("voters who are away", "序号,姓名,性别,小组\n1,张三,男,一组\n长期在外，委托投票,,,\n2,李四,女,二组\n"),
        csv("a name of the last term", "上届姓名,本届姓名,小组\n张三,张三,一组\n王五,李四,二组\n"),
        csv("委托 column", "姓名,性别,小组,受委托人\n张三,男,一组,王五\n李四,女,二组,\n"),
        csv("exp. 取消 list", "姓名,性别,小组\n王一,男,一组\n取消选民资格人员,,\n李二,女,一组\n")
            .with(&["王一/一组"], &["roll-aside@4A"]),
        csv("补登 list is voters", "姓名,性别,小组\n王一,男,一组\n补登选民,,\n李二,女,一组\n")
            .with(&["王一/一组", "李二/一组"], &[]),
    ]
}

/// One person over two rows, and what is nobody.
fn persons() -> Vec<Shape> {
    vec![
        csv("ID in second row", "姓名,性别,身份证号,小组\n张三,男,,一组\n,,11010519491231002X,\n李四,女,,二组\n").with(&TWO, &["roll-name-blank@3A"]),
        csv("name broken 欧阳", "姓名,性别,小组\n欧阳,男,一组\n娜娜,,\n李四,女,二组\n").with(&["欧阳/一组", "娜娜/一组", "李四/二组"], &["roll-name-only@3A", "roll-group-blank@3C"]),
        csv("birth in second row", "姓名,性别,出生日期,小组\n张三,男,,一组\n,,1980-01-01,\n李四,女,1990-01-01,二组\n").with(&TWO, &["roll-name-blank@3A"]),
        csv("example row 例", "序号,姓名,性别,小组\n例,某某某,男,一组\n1,张三,男,一组\n2,李四,女,二组\n"),
        csv("row of dashes", "姓名,性别,小组\n张三,男,一组\n－－－,－－,－－\n李四,女,二组\n"),
        csv("two names with space", "姓名,性别,小组\n张三 王五,男,一组\n李四,女,二组\n").with(&["张三 王五/一组", "李四/二组"], &["roll-name-several@2A"]),
        csv("title 补正公告 add/remove", "选民名单补正公告,,,\n增加选民：,,,\n姓名,性别,小组,原因\n张三,男,一组,漏登\n减少选民：,,,\n姓名,性别,小组,原因\n王五,男,一组,死亡\n").with(&["张三/一组"], &["roll-aside@7A"]),
    ]
}

/// Serial numbers, the sheet's own check of its rows.
fn serials() -> Vec<Shape> {
    vec![
        csv("serials restart on pages", "序号,姓名,性别,小组\n1,甲一,男,一组\n2,乙二,男,一组\n3,丙三,男,一组\n序号,姓名,性别,小组\n1,丁四,男,一组\n2,戊五,男,一组\n3,己六,男,一组\n").with(&["甲一/一组", "乙二/一组", "丙三/一组", "丁四/一组", "戊五/一组", "己六/一组"], &[]),
        csv("serials restart at 1 by group column", "序号,姓名,性别,小组\n1,甲一,男,一组\n2,乙二,男,一组\n1,丁四,男,二组\n2,戊五,男,二组\n1,己六,男,三组\n").with(&["甲一/一组", "乙二/一组", "丁四/二组", "戊五/二组", "己六/三组"], &["roll-group-unknown@6D"]),
        csv("serials member number within household", "户号,序号,姓名,性别,小组\n1,1,甲一,男,一组\n1,2,乙二,女,一组\n2,1,丁四,男,一组\n3,1,戊五,男,一组\n3,2,己六,女,一组\n4,1,庚七,女,一组\n").with(&["甲一/一组", "乙二/一组", "丁四/一组", "戊五/一组", "己六/一组", "庚七/一组"], &[]),
        csv("serial gap planted in groups", "序号,姓名,性别,小组\n1,甲一,男,一组\n2,乙二,男,一组\n4,丙三,男,一组\n1,丁四,男,二组\n2,戊五,男,二组\n").with(&["甲一/一组", "乙二/一组", "丙三/一组", "丁四/二组", "戊五/二组"], &["roll-serial@4A"]),
    ]
}

/// Bands above the headings, and second rows of them.
fn bands() -> Vec<Shape> {
    vec![
        csv("band row alone", "选民,,,死亡人员,,\n姓名,性别,小组,姓名,性别,小组\n张三,男,一组,王五,男,一组\n李四,女,二组,,,\n").with(&TWO, &["roll-aside@3D"]),
        csv("band row single", "选民,,,\n序号,姓名,性别,小组\n1,张三,男,一组\n2,李四,女,二组\n"),
        csv("band 选民 / 受托人 姓名", "选民,,,受托人,\n姓名,性别,小组,姓名,电话\n张三,男,一组,王五,13800138000\n李四,女,二组,,\n"),
        csv("band 选民信息 / 委托信息", "选民信息,,,委托信息,,\n姓名,性别,小组,受托人姓名,性别,关系\n张三,男,一组,王五,男,父子\n李四,女,二组,,,\n"),
        csv("two-level 出生 年月日", "序号,姓名,性别,出生日期,,,小组\n,,,年,月,日,\n1,张三,男,1980,1,2,一组\n2,李四,女,1981,3,4,二组\n"),
    ]
}

/// What groups are called over their column.
fn headings() -> Vec<Shape> {
    let headings = [
        "网格（小组）",
        "片区",
        "自然村",
        "村小组",
        "所属小组",
        "屯",
        "队",
        "经济社",
        "所属网格",
        "生产队",
        "组/队",
        "村民小组/自然村",
        "户籍所在组",
        "组号",
        "社",
        "寨子",
        "选区",
        "所在小区",
        "自然湾",
        "片",
    ];
    let shape =
        |heading| csv(heading, &format!("姓名,性别,{heading}\n张三,男,一组\n李四,女,二组\n"));
    headings.into_iter().map(shape).collect()
}

/// Words beside a voter that make one ask, and words that do not.
fn remarks() -> Vec<Shape> {
    let asked = [
        "户口空挂",
        "下落不明",
        "死",
        "病死",
        "不在了",
        "已搬走",
        "出嫁迁户",
        "户口已转走",
        "非本村户口",
        "挂靠户",
        "收监",
        "缓刑",
        "停权",
        "无选举权",
        "不具备选民资格",
        "不愿参加选举",
        "拒绝登记",
        "在单位登记",
        "回原籍选举",
        "双重户口",
        "不足18周岁",
        "17岁",
        "植物人",
        "加入外国籍",
        "定居国外",
        "待核实",
        "划掉",
        "作废",
        "×",
        "不列",
        "减员",
    ];
    let plain = [
        "外出务工",
        "嫁入",
        "因婚迁入",
        "从外村迁入",
        "由二组转入",
        "水库移民",
        "易地搬迁户",
        "妻子失踪",
        "夫亡",
        "刑满释放",
        "恢复选举权",
        "党员",
        "组织关系转出",
        "取消低保",
        "委托李四投票",
        "已在本村登记",
        "重新登记",
        "退役军人",
        "√",
        "无",
    ];
    let shape = |remark: &&'static str, faults: &[&'static str]| {
        let rows = format!("姓名,性别,小组,备注\n张三,男,一组,{remark}\n李四,女,二组,\n");
        csv(remark, &rows).with(&TWO, faults)
    };
    let asked = asked.iter().map(|remark| shape(remark, &["roll-remark@2D"]));
    asked.chain(plain.iter().map(|remark| shape(remark, &[]))).collect()
}

/// Columns whose marks say whether somebody is a voter.
fn columns() -> Vec<Shape> {
    let columns = [
        ("死亡", "√"),
        ("是否死亡", "是"),
        ("户口空挂", "√"),
        ("是否选民", "×"),
        ("选民", "否"),
        ("是否在世", "否"),
        ("是否在册", "不在册"),
        ("登记情况", "不予登记"),
        ("有无选举权", "无"),
        ("能否行使选举权", "不能"),
        ("参选意愿", "放弃"),
        ("是否愿意登记", "不愿意"),
        ("审核意见", "不同意列入"),
        ("户籍状态", "注销"),
        ("变动类型", "减员"),
        ("死亡日期", "2026-03-05"),
        ("精神病", "√"),
        ("未满18周岁", "√"),
    ];
    let plain = [
        ("是否党员", "否"),
        ("是否外出", "是"),
        ("是否户主", "否"),
        ("婚姻状况", "丧偶"),
        ("是否委托投票", "否"),
        ("迁入时间", "2020-01-01"),
    ];
    let shape = |&(heading, mark): &(&'static str, &str), faults: &[&'static str]| {
        let rows = format!("姓名,性别,{heading},小组\n张三,男,{mark},一组\n李四,女,,二组\n");
        csv(heading, &rows).with(&TWO, faults)
    };
    let asked = columns.iter().map(|column| shape(column, &["roll-remark@2C"]));
    asked.chain(plain.iter().map(|column| shape(column, &[]))).collect()
}

/// What only a workbook has: sheets with names, merged cells, notes.
fn workbooks() -> Vec<Shape> {
    let rows: [&[&str]; 3] =
        [&["姓名", "性别", "小组"], &["张三", "男", "一组"], &["李四", "女", "二组"]];
    vec![
        xlsx("a note that somebody died", |book| {
            let sheet = book.add_worksheet();
            write(sheet, &rows);
            sheet.insert_note(1, 0, &Note::new("2026年1月病故")).expect("a note");
            sheet.insert_note(2, 0, &Note::new("已核对身份证")).expect("a note");
        })
        .with(&TWO, &["roll-remark@2A"]),
        xlsx("a sheet that tells another group than its column", |book| {
            write(book.add_worksheet().set_name("一组").expect("a name"), &rows);
        })
        .with(&TWO, &["roll-group-title@3C"]),
        xlsx("a title that tells another group than its sheet", |book| {
            let sheet = book.add_worksheet().set_name("一组").expect("a name");
            write(sheet, &[&["二组选民名单"], &["姓名", "性别"], &["张三", "男"]]);
        })
        .with(&["张三/二组"], &["roll-group-title@2"]),
        xlsx("one sheet for two groups", |book| {
            write(book.add_worksheet().set_name("一、二组").expect("a name"), &rows);
        }),
        xlsx("the first page by its name", |book| {
            for (name, row) in [("第一页", 1), ("第二页", 2)] {
                write(book.add_worksheet().set_name(name).expect("a name"), &[rows[0], rows[row]]);
            }
        }),
        xlsx("a committee and its candidates", |book| {
            write(book.add_worksheet().set_name("选民").expect("a name"), &rows);
            let committee: [&[&str]; 2] = [&["姓名", "性别", "职务"], &["张三", "男", "主任"]];
            for name in ["选举委员会", "候选人", "工作人员"] {
                write(book.add_worksheet().set_name(name).expect("a name"), &committee);
            }
        }),
        xlsx("figures by group", |book| {
            write(book.add_worksheet().set_name("选民").expect("a name"), &rows);
            let figures: [&[&str]; 2] = [&["小组", "男", "女", "合计"], &["一组", "1", "0", "1"]];
            write(book.add_worksheet().set_name("汇总").expect("a name"), &figures);
        }),
        xlsx("marks under two levels of headings", |book| {
            let sheet = book.add_worksheet();
            let headings: [&[&str]; 4] = [
                &["姓名", "性别", "小组", "变动"],
                &["", "", "", "死亡", "迁出"],
                &["张三", "男", "一组", "√"],
                &["李四", "女", "二组", "", "√"],
            ];
            write(sheet, &headings);
            sheet.merge_range(0, 3, 0, 4, "变动", &Format::new()).expect("merged cells");
        })
        .with(&TWO, &["roll-remark@3D", "roll-remark@4E"]),
    ]
}
