//! What a careful clerk tells apart: rows without a name from headings and notes, sums by
//! labels, what to write from who, notes of the form from notes about people.

use super::shapes::{Shape, csv};

pub(crate) fn all() -> Vec<Shape> {
    [
        nameless(),
        labelled(),
        headings(),
        titles(),
        kinds_of_titles(),
        counts(),
        notes(),
        omissions(),
        remarks(),
        what_is_usual(),
        names(),
        slips(),
        areas(),
        second_heads(),
    ]
    .into_iter()
    .flatten()
    .collect()
}

const THREE: [&str; 3] = ["张三/一组", "王五/一组", "李四/二组"];

fn nameless() -> Vec<Shape> {
    let among = |kind: &str, said: &str| {
        format!(
            "序号,姓名,性别,{kind},小组\n1,张三,男,{said},一组\n2,,女,{said},一组\n3,王五,男,{said},一组\n4,李四,女,{said},二组\n"
        )
    };
    vec![
        csv("among villagers", &among("身份", "村民")).with(&THREE, &["roll-name-blank@3B"]),
        csv("among people of the masses", &among("政治面貌", "群众"))
            .with(&THREE, &["roll-name-blank@3B"]),
        csv("among delegates", &among("职务", "村民代表")).with(&THREE, &["roll-name-blank@3B"]),
        csv(
            "a day beside signatures",
            "序号,姓名,性别,出生日期,小组\n1,张三,男,1970-01-02,一组\n2,李四,女,1980-01-02,二组\n填表人：王某,,审核人：,2017年4月20日,\n",
        ),
    ]
}

fn labelled() -> Vec<Shape> {
    let summed = |row: &str| {
        format!("序号,姓名,性别,身份证号,小组\n1,张三,男,,一组\n2,李四,女,,二组\n{row}\n")
    };
    vec![
        csv("households and voters", &summed("小计,户数,2,选民,2")),
        csv("households and people", &summed("总户数,2,总人数,2,")),
        csv("more voters than there are", &summed("小计,户数,2,选民,3"))
            .with(&["张三/一组", "李四/二组"], &["roll-total@4"]),
        csv(
            "of each group",
            "一组,户数,1,选民,1\n序号,姓名,性别,身份证号,备注\n1,张三,男,,\n二组,户数,1,选民,1\n2,李四,女,,\n",
        ),
        csv("what to write", "姓名,小组\n必填,必填\n张三,一组\n李四,二组\n"),
        csv(
            "how to write it",
            "姓名,性别,小组\n填写姓名,填男或女,填组别\n张三,男,一组\n李四,女,二组\n",
        ),
    ]
}

fn headings() -> Vec<Shape> {
    let headed = |name: &str, group: &str| {
        csv("other headings", &format!("{name},性别,{group}\n张三,男,一组\n李四,女,二组\n"))
    };
    vec![
        headed("1、您的姓名：", "4、您所在的村民小组："),
        headed("Q1.您的姓名", "Q4.您所在小组"),
        headed("请输入您的姓名", "请选择所在组"),
        headed("参选人员", "屯组"),
        headed("姓名全称", "村（组）"),
        csv(
            "yes and no below",
            "姓名,性别,是否党员,,小组\n,,是,否,\n张三,男,√,,一组\n李四,女,,√,二组\n",
        ),
        csv("a group above", "村小组,登记人员信息,\n,姓名,性别\n一组,张三,男\n二组,李四,女\n"),
        csv(
            "examples in a heading",
            "姓名,小组,备注（外出、死亡等）\n张三,一组,党员\n李四,二组,外出\n",
        ),
        csv(
            "a name that is spread",
            "户主,姓名,与户主关系,性别,小组\n张三,张 三,户主,男,一组\n李四,李四,户主,女,二组\n",
        )
        .with(&["张 三/一组", "李四/二组"], &[]),
    ]
}

fn titles() -> Vec<Shape> {
    let under = |first: &str, second: &str| {
        csv("titles", &format!("序号,姓名,性别\n{first},,\n1,张三,男\n{second},,\n2,李四,女\n"))
    };
    vec![
        under("一组 代表：何七", "二组 代表：吴八"),
        under("一组·上湾", "二组-下湾"),
        under("上湾（一组）", "（二）组"),
        under("石桥村一组", "石桥村二组"),
        under("第1页 一组", "第2页 二组"),
        under("附件1一组", "附件2二组"),
        under("01一组", "02二组"),
        under("附件1-一组", "附件2-二组"),
        under("第一投票站（一组）", "第二投票站：二组（共1人）"),
        under("填报组：一组", "填报组：二组"),
        under("下列为一组", "《二组》"),
        csv(
            "over the headings of a grid",
            "张家湾,\n姓名,姓名\n张三,李四\n桥头,\n姓名,姓名\n王五,赵六\n",
        )
        .with(
            &["张三/张家湾", "李四/张家湾", "王五/桥头", "赵六/桥头"],
            &["roll-group-title@1A", "roll-group-unknown@3A", "roll-group-unknown@6A"],
        ),
    ]
}

/// What a title says against the list below it.
fn kinds_of_titles() -> Vec<Shape> {
    let titled = |title: &str| format!("{title},,\n姓名,性别,小组\n张三,男,一组\n李四,女,二组\n");
    let asked = [
        "选民名册（草稿）",
        "选民名册（征求意见稿）",
        "外来人口选民登记册",
        "选民名册（上）",
        "选民登记册（样表）",
        "妇女花名册",
        "60岁以上老年人名册",
        "村民小组长选举选民名册",
        "选民登记册（党员部分）",
        "选民登记册（过期）",
        "合作社社员名册",
        "林权证发放花名册",
        "迁出人员登记册",
    ];
    let quiet = ["选民名册（公示）", "其中：党员5人", "需设票箱3个，工作人员12人"];
    let asked = asked.iter().map(|title| {
        csv("a title to doubt", &titled(title)).with(&["张三/一组", "李四/二组"], &["roll-aside@1"])
    });
    asked.chain(quiet.iter().map(|title| csv("a sound title", &titled(title)))).collect()
}

/// A list above a line of its own.
fn above(line: &str) -> String {
    format!("序号,姓名,性别,小组\n1,张三,男,一组\n2,李四,女,二组\n{line},,,\n")
}

/// Men and women, and people of a kind, are not all.
fn counts() -> Vec<Shape> {
    let sound = [
        "其中：男选民1名　女选民1名",
        "其中男性选民1人，女性选民1人",
        "其中：预备党员1人，新增选民1人",
        "本村共有户籍人口5人，登记选民2人，未登记3人",
        "校对：王小燕",
    ];
    let sound = sound.iter().map(|line| csv("a count", &above(line)));
    let wrong = csv("too many men", &above("其中：男选民2名，女选民1名"))
        .with(&["张三/一组", "李四/二组"], &["roll-total@4"]);
    sound.chain([wrong]).collect()
}

/// People who are not there, by a line that says so.
fn omissions() -> Vec<Shape> {
    let list = |line: &str, below: &str| {
        format!("序号,姓名,性别,小组\n1,张三,男,一组\n,{line},,\n2,李四,女,二组\n{below},,,\n")
    };
    let among = ["……", "（待补）", "略"].iter().map(|line| {
        csv("a line for others", &list(line, ""))
            .with(&["张三/一组", "李四/二组"], &["roll-note@3"])
    });
    let below = [
        "以上名单未经核对",
        "此表仅供参考",
        "以上名单未经审核",
        "外出人员名单另造",
        "本表不含外出人员",
        "四组名单另附",
        "还差四组没交",
        "余下见背面",
        "还有8户没有登记",
        "此表仅登记了在家人员",
        "在外人员未统计在内",
        "第4页遗失",
    ]
    .iter()
    .map(|line| {
        csv("a list in doubt", &list("", line)).with(&["张三/一组", "李四/二组"], &["roll-note@5"])
    });
    let goes_on = csv("a list that goes on", &list("", "（续）"))
        .with(&["张三/一组", "李四/二组"], &["roll-page@5"]);
    let page = csv("the next page", &list("（续）", ""));
    among.chain(below).chain([goes_on, page]).collect()
}

/// Words of leaving where they say how people came, or where they work.
fn what_is_usual() -> Vec<Shape> {
    let said = |heading: &str, word: &str| {
        format!("姓名,性别,{heading},小组\n张三,男,{word},一组\n李四,女,{word},二组\n")
    };
    vec![
        csv("came by marriage", &said("何因迁来", "婚迁")),
        csv("why somebody came", &said("迁入原因", "婚迁")),
        csv("works at a prison", &said("服务处所", "看守所")),
        csv("rents", &said("居住状况", "租住")),
        csv("dead all the same", &said("服务处所", "已故"))
            .with(&["张三/一组", "李四/二组"], &["roll-remark@2C", "roll-remark@3C"]),
        csv("a number of an answer", "填写ID,姓名,性别,小组\n1,张三,男,一组\n2,李四,女,二组\n"),
        csv("a sample", "姓名,性别,小组\n王五（示例）,男,一组\n张三,男,一组\n李四,女,二组\n"),
    ]
}

/// What stands where a name should.
fn names() -> Vec<Shape> {
    let called = |name: &'static str, voters: &[&'static str], told: &'static str| {
        let list = format!("姓名,性别,小组\n张三,男,一组\n{name},女,二组\n");
        csv("no mere name", &list).with(voters, &[told])
    };
    vec![
        called("王红已迁", &["张三/一组", "王红已迁/二组"], "roll-remark@3A"),
        called("青石桥村", &["张三/一组", "青石桥村/二组"], "roll-name-unsaid@3A"),
        called("敬老院", &["张三/一组", "敬老院/二组"], "roll-name-unsaid@3A"),
        called("小明妈", &["张三/一组", "小明妈/二组"], "roll-name-unsaid@3A"),
        called("周李明组长", &["张三/一组", "周李明组长/二组"], "roll-name-unsaid@3A"),
        called("李小红亡", &["张三/一组", "李小红亡/二组"], "roll-remark@3A"),
    ]
}

/// Areas are groups where nothing else is.
fn areas() -> Vec<Shape> {
    let of = |heading: &str, [one, other]: [&str; 2]| {
        format!("姓名,性别,{heading}\n张三,男,{one}\n李四,女,{other}\n")
    };
    vec![
        csv("two words for an area", &of("小区楼栋", ["幸福苑1号楼", "幸福苑2号楼"])).with(
            &["张三/幸福苑1号楼", "李四/幸福苑2号楼"],
            &["roll-group-unknown@2C", "roll-group-unknown@3C"],
        ),
        csv("groups in brackets", &of("街道（组）", ["一组", "二组"])),
        csv("brigades and no groups", &of("大队", ["一大队", "二大队"])).with(
            &["张三/一大队", "李四/二大队"],
            &["roll-group-title@2C", "roll-group-unknown@2", "roll-group-unknown@3"],
        ),
        csv("gacha and no groups", &of("嘎查", ["巴音嘎查", "乌兰嘎查"])).with(
            &["张三/巴音嘎查", "李四/乌兰嘎查"],
            &["roll-group-title@2C", "roll-group-unknown@2", "roll-group-unknown@3"],
        ),
        csv("buildings beside a grid", "姓名,性别,楼栋,网格\n张三,男,1栋,一组\n李四,女,1栋,二组\n"),
    ]
}

fn notes() -> Vec<Shape> {
    let quiet = [
        "包村干部：刘某",
        "制表单位：青龙村村民选举委员会",
        "依法被剥夺政治权利的人员未列入本名单。",
    ];
    let told = [
        "请把李四删掉",
        "李四应为一组",
        "三组名单后补",
        "缺三组名单",
        "不含三组",
        "注：未剔除死亡人员",
        "此为草稿，以公布为准",
    ];
    let quiet = quiet.iter().map(|line| csv("a line of the form", &above(line)));
    let told = told.iter().map(|line| {
        csv("a line to heed", &above(line)).with(&["张三/一组", "李四/二组"], &["roll-note@4"])
    });
    quiet.chain(told).collect()
}

fn remarks() -> Vec<Shape> {
    let said = |remark: &str| format!("姓名,小组,备注\n张三,一组,{remark}\n李四,二组,\n");
    let asked = [
        "本人不同意登记",
        "重名核实",
        "年龄不对",
        "人已走（2017.3）",
        "在浏阳参选",
        "身份证待补",
        "找组长核实",
        "投靠子女户口迁出",
        "此人不属本村",
        "冒名",
        "身份证姓名是李虹",
        "登重了",
        "一人两名",
        "错",
    ];
    asked
        .iter()
        .map(|remark| {
            csv("a remark", &said(remark)).with(&["张三/一组", "李四/二组"], &["roll-remark@2C"])
        })
        .collect()
}

/// Six households; below the last head his wife is written as one, too.
fn second_heads() -> Vec<Shape> {
    const FAMILIES: [[&str; 2]; 6] = [
        ["张三", "李四"],
        ["王五", "赵六"],
        ["孙七", "周八"],
        ["吴九", "郑十"],
        ["冯一", "陈二"],
        ["褚三", "卫四"],
    ];
    const READ: [&str; 12] = [
        "张三/一组",
        "李四/一组",
        "王五/一组",
        "赵六/一组",
        "孙七/一组",
        "周八/一组",
        "吴九/一组",
        "郑十/一组",
        "冯一/一组",
        "陈二/一组",
        "褚三/一组",
        "卫四/一组",
    ];
    let wife = |head: &str| if head == "褚三" { "户主" } else { "妻" };
    let beside = FAMILIES.map(|[head, other]| {
        let wife = wife(head);
        format!("{head},{head},户主,男,一组\n,{other},{wife},女,一组\n")
    });
    let below = FAMILIES.map(|[head, other]| {
        let wife = wife(head);
        format!(
            "户主：{head},,,\n姓名,与户主关系,性别,小组\n{head},户主,男,一组\n{other},{wife},女,一组\n"
        )
    });
    vec![
        csv(
            "a second head beside an empty cell",
            &format!("户主,姓名,与户主关系,性别,小组\n{}", beside.concat()),
        )
        .with(&READ, &["roll-relation@13C"]),
        csv("a second head below the line of the first", &below.concat())
            .with(&READ, &["roll-relation@24B"]),
    ]
}

/// What stands otherwise than around it.
fn slips() -> Vec<Shape> {
    let born = |day: &str| {
        format!(
            "姓名,性别,出生日期,小组\n张三,男,19730820,一组\n李四,女,{day},二组\n王五,男,19700813,二组\n"
        )
    };
    vec![
        csv(
            "a number of no province",
            "姓名,性别,身份证号,小组\n张三,女,000105194912310024,一组\n李四,女,11010519491231002X,二组\n",
        )
        .with(&["张三/一组", "李四/二组"], &["roll-id-area@2C"]),
        csv(
            "a day of the week",
            "姓名,性别,出生日期,小组\n张三,男,1980年5月3日 星期六,一组\n李四,女,1980年5月4日 周日,二组\n",
        ),
        csv(
            "born on a day nearby",
            "姓名,性别,出生日期,小组\n张三,男,1980-05-03,一组\n李四,女,1981-05-03,二组\n王五,男,1985-01-03,二组\n李四,女,1981-05-04,二组\n",
        )
        .with(
            &["张三/一组", "李四/二组", "王五/二组", "李四/二组"],
            &["roll-namesake@5"],
        ),
        csv(
            "days of two calendars",
            "姓名,性别,出生日期（农历）,出生日期（公历）,小组\n张三,男,1970-01-02,1970-02-07,一组\n李四,女,1980-01-02,1980-02-18,二组\n",
        ),
        csv("a surname before a sum", "姓名,性别,出生日期,小组\n张三,男,1970-01-02,一组\n安合计,男,1971-01-02,二组\n")
            .with(&["张三/一组", "安合计/二组"], &[]),
        csv(
            "a name filled down",
            "姓名,性别,小组\n张三,男,一组\n王五,男,一组\n赵六,女,一组\n李四,男,二组\n李四,女,二组\n孙七,男,二组\n",
        )
        .with(
            &["张三/一组", "王五/一组", "赵六/一组", "李四/二组", "李四/二组", "孙七/二组"],
            &["roll-namesake@6"],
        ),
        csv(
            "a name written twice in two ways",
            "姓名,性别,出生日期,小组\n张三,男,1970-01-02,一组\n王晓红,女,1980-01-02,二组\n李四,女,1981-01-02,二组\n王小红,女,1980-01-02,二组\n",
        )
        .with(
            &["张三/一组", "王晓红/二组", "李四/二组", "王小红/二组"],
            &["roll-namesake@5"],
        ),
        csv("five digits of a birth", &born("19700"))
            .with(&["张三/一组", "李四/二组", "王五/二组"], &["roll-birth@3C"]),
        csv(
            "groups below a brigade",
            "大队,小组,姓名,性别\n石桥大队,一组,张三,男\n石桥大队,二组,李四,女\n",
        )
        .with(&["张三/一组", "李四/二组"], &[]),
        csv("a street under a heading of its own", "姓名,性别,巷\n张三,男,一组\n李四,女,二组\n")
            .with(&["张三/一组", "李四/二组"], &[]),
        csv(
            "an area that is all of the list",
            "淇美社区网格选民信息表,,\n姓名,性别,网格\n张三,男,一组\n李四,女,二组\n",
        )
        .with(&["张三/一组", "李四/二组"], &[]),
    ]
}
