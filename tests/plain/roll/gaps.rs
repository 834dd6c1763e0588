//! What a sheet tells of itself when a part of it is missing, stands in the wrong place, or
//! is there twice: pages, titles, sums, columns of a newspaper, headings among the rows.

use super::shapes::{Shape, csv, write, xlsx};

pub(crate) fn all() -> Vec<Shape> {
    [
        newspaper(),
        pages(),
        sums(),
        titles(),
        headings(),
        cells(),
        leaders(),
        helpers(),
        remarks(),
        last_lines(),
        states(),
        places(),
        parts(),
        figures(),
        sexes(),
        easily_read(),
    ]
    .into_iter()
    .flatten()
    .collect()
}

const TWO: [&str; 2] = ["张三/一组", "李四/二组"];

/// Two tables side by side, which the numbers show to be one column after the other.
fn newspaper() -> Vec<Shape> {
    let head = "序号,姓名,序号,姓名\n";
    vec![
        csv(
            "a group goes on in the next column",
            &format!("{head}一组,,3,李四\n1,张三,三组,\n二组,,4,王五\n2,赵六,5,钱七\n"),
        )
        .with(&["张三/一组", "赵六/二组", "李四/二组", "王五/三组", "钱七/三组"], &["roll-group-unknown@4D"]),
        csv(
            "and on the next page",
            &format!("{head}一组,,3,王五\n1,张三,二组,\n2,赵六,4,李四\n{head}5,钱七,7,周九\n三组,,8,吴十\n6,孙八,,\n"),
        )
        .with(
            &[
                "张三/一组", "赵六/一组", "王五/一组", "李四/二组", "钱七/二组", "孙八/三组",
                "周九/三组", "吴十/三组",
            ],
            &["roll-group-unknown@8B"],
        ),
        csv(
            "each column goes on in its own",
            "一组,,二组,\n序号,姓名,序号,姓名\n1,张三,1,李四\n序号,姓名,序号,姓名\n2,王五,2,赵六\n",
        )
        .with(&["张三/一组", "李四/二组", "王五/一组", "赵六/二组"], &[]),
        csv(
            "nothing tells which",
            "一组,,二组,\n姓名,性别,姓名,性别\n张三,男,李四,女\n三组,,孙八,男\n王五,男,赵六,男\n姓名,性别,姓名,性别\n钱七,男,周九,男\n",
        )
        .with(
            &["张三/一组", "李四/二组", "孙八/二组", "王五/三组", "赵六/二组", "钱七/三组", "周九/二组"],
            &["roll-group-title@7A", "roll-group-unknown@5A"],
        ),
    ]
}

fn pages() -> Vec<Shape> {
    let page = |line: &str, rows: &str| format!("{line},\n姓名,小组\n{rows}");
    let list = |one: &str, other: &str| page(one, "张三,一组\n") + &page(other, "李四,二组\n");
    vec![
        csv("all pages", &list("第1页 共2页", "第2页 共2页")),
        csv("one number on both", &list("第1页 共1页", "第1页 共1页")),
        csv("a page in the middle", &list("第1页 共3页", "第3页 共3页"))
            .with(&TWO, &["roll-page@1"]),
        csv("the last page", &list("第一页/共三页", "第二页/共三页")).with(&TWO, &["roll-page@4"]),
        csv("what goes on", "姓名,小组\n张三,一组\n李四,二组\n（接下页）,\n")
            .with(&TWO, &["roll-page@4"]),
        csv("and does", "姓名,小组\n张三,一组\n（接下页）,\n姓名,小组\n李四,二组\n"),
    ]
}

/// The sum of a group stands right below it.
fn sums() -> Vec<Shape> {
    let list = |rows: &str| format!("序号,姓名\n{rows}");
    vec![
        csv(
            "a title is missing",
            &list("一组,\n1,张三\n小计,1人\n2,李四\n小计,1人\n三组,\n3,王五\n小计,1人\n"),
        )
        .with(&["张三/一组", "李四/一组", "王五/三组"], &["roll-total@5B", "roll-group-unknown@8"]),
        csv(
            "somebody above the title",
            &list("一组,\n1,张三\n小计,1人\n2,王五\n二组,\n3,李四\n小计,2人\n"),
        )
        .with(&["张三/一组", "王五/一组", "李四/二组"], &["roll-total@5B"]),
        csv(
            "in a column",
            "序号,小组,姓名\n1,一组,张三\n一组小计,,1人\n2,一组,王五\n3,二组,李四\n二组小计,,1人\n",
        )
        .with(&["张三/一组", "王五/一组", "李四/二组"], &["roll-total@4C"]),
        csv(
            "of pages",
            &list(
                "一组,\n1,张三\n本页小计,1人\n2,王五\n本页小计,1人\n二组,\n3,李四\n本页小计,1人\n",
            ),
        )
        .with(&["张三/一组", "王五/一组", "李四/二组"], &[]),
        csv(
            "the last is missing",
            &list("一组,\n1,张三\n小计,1人\n二组,\n2,王五\n小计,1人\n三组,\n3,李四\n"),
        )
        .with(&["张三/一组", "王五/二组", "李四/三组"], &["roll-total@9B", "roll-group-unknown@9"]),
        csv(
            "of all, and as many as the last group",
            &list("一组,\n1,张三\n小计,1人\n二组,\n2,李四\n小计,1人\n合计,1人\n"),
        )
        .with(&TWO, &["roll-total@8"]),
        of_households("households", "合计,2户,2人,", &[]),
        of_households("other households", "合计,3户,2人,", &["roll-total@4"]),
        of_households("households and no people", "合计,共4户,,", &["roll-total@4"]),
        of_two_sheets("of the village, and right", "全村合计,2人", &[]),
        of_two_sheets("of the village", "全村合计,1人", &["roll-total@3"]),
        csv(
            "of all, and right",
            &list("一组,\n1,张三\n小计,1人\n二组,\n2,李四\n小计,1人\n合计,2人\n"),
        ),
        csv(
            "of men and of women, and of both",
            &list("一组,\n1,张三\n2,王五\n男,1人\n女,1人\n合计,2人\n二组,\n3,李四\n合计,1人\n"),
        )
        .with(&["张三/一组", "王五/一组", "李四/二组"], &[]),
    ]
}

fn titles() -> Vec<Shape> {
    let list = |rows: &str| format!("姓名,性别\n{rows}");
    vec![
        csv("sorted to the top", &list("一组,\n二组,\n张三,男\n李四,女\n"))
            .with(&["张三/二组", "李四/二组"], &["roll-group-title@3"]),
        csv("of nobody", &list("一组,\n张三,男\n二组（0人）,\n三组,\n李四,女\n"))
            .with(&["张三/一组", "李四/三组"], &["roll-group-unknown@6"]),
        csv("the last twice", &list("一组,\n张三,男\n二组,\n李四,女\n二组,\n王五,男\n"))
            .with(&["张三/一组", "李四/二组", "王五/二组"], &["roll-group-title@6"]),
        csv("of another term", "石坪村2012年选民名册,\n姓名,小组\n张三,一组\n李四,二组\n")
            .with(&TWO, &["roll-sheet-again@1"]),
        csv(
            "of another committee",
            "石坪村第十二届居民委员会选民名册,\n姓名,小组\n张三,一组\n李四,二组\n",
        )
        .with(&TWO, &["roll-other-place@1"]),
        csv("of another list", "育龄妇女花名册,\n姓名,小组\n张三,一组\n李四,二组\n")
            .with(&TWO, &["roll-aside@1"]),
        csv("drawn down", "姓名,小组\n张三,一组\n李四,二组\n王五,三组\n赵六,四组\n").with(
            &["张三/一组", "李四/二组", "王五/三组", "赵六/四组"],
            &["roll-group-unknown@4B", "roll-group-unknown@5B"],
        ),
    ]
}

fn headings() -> Vec<Shape> {
    let list = |rows: [&str; 3]| rows.concat();
    let head = "姓名,性别,小组\n";
    vec![
        csv("among the rows", &list(["张三,男,一组\n", head, "李四,女,二组\n"]))
            .with(&["李四/二组"], &["roll-row-unclear@1A"]),
        csv(
            "a title with its date",
            &list([
                "白云村,2026年3月1日,\n",
                "姓名,出生日期,小组\n",
                "张三,1960-01-02,一组\n李四,1961-01-02,二组\n",
            ]),
        ),
        csv("of who represents a house", "户代表姓名,性别,小组\n张三,男,一组\n李四,女,二组\n"),
        csv("as a program calls them", "name,gender,id_card,group\n张三,男,,一组\n李四,女,,二组\n"),
    ]
}

/// A whole row, or two names, in a cell.
fn cells() -> Vec<Shape> {
    let with = |row: &str| format!("姓名,性别,小组\n张三,男,一组\n{row}\n李四,女,二组\n");
    let rows =
        ["高海林 男 二组,,", "2，季海林，男，一组,,", "赵桂兰女一组,,", "文海林，女，1958-06-04,,"];
    let names = [
        "张建国高海林",
        "张建国又名张健国",
        "王建国或王健国",
        "死者李大山",
        "赵桂兰母亲",
        "孙大山党员",
        "无名",
        "故王大山",
        "三儿子",
        "老王头",
        "王建国先生",
        "待填",
    ];
    let codes = ["roll-name-several", "roll-name-unsaid"];
    let mut shapes: Vec<Shape> = rows
        .map(|row| csv("a row in a cell", &with(row)).with(&TWO, &["roll-row-unclear@3A"]))
        .into();
    shapes.extend(names.into_iter().enumerate().map(|(at, name)| {
        let fault = format!("{}@3A", codes[at.min(1)]);
        let voters = ["张三/一组".to_owned(), format!("{name}/一组"), "李四/二组".to_owned()];
        let voters = voters.map(|voter| -> &'static str { voter.leak() });
        csv(name, &with(&format!("{name},男,一组"))).with(&voters, &[fault.leak()])
    }));
    let several = |name| csv(name, &with(&format!("{name},男,一组")));
    shapes.extend([
        several("李明王芳")
            .with(&["张三/一组", "李明王芳/一组", "李四/二组"], &["roll-name-several@3A"]),
        several("王建国李秀英张志明").with(
            &["张三/一组", "王建国李秀英张志明/一组", "李四/二组"],
            &["roll-name-several@3A"],
        ),
        several("张陈文静").with(&["张三/一组", "张陈文静/一组", "李四/二组"], &[]),
        several("囗大山").with(&["张三/一组", "囗大山/一组", "李四/二组"], &["roll-name-lost@3A"]),
    ]);
    shapes.push(csv("a sex behind the name", "姓名,小组\n张三 ,一组\n李四（女）,二组\n"));
    shapes.push(csv("a sex with its code", "姓名,性别,小组\n张三,1-男,一组\n李四,2-女,二组\n"));
    shapes
}

/// Whoever leads a group, by whatever name.
fn leaders() -> Vec<Shape> {
    ["楼长：赵某", "网格员:赵某", "楼栋长 赵某", "（单元长：赵某）", "组长：赵某"]
        .map(|leader| {
            let text = format!("姓名,性别\n一组  {leader},\n张三,男\n二组  {leader},\n李四,女\n");
            csv(leader, &text)
        })
        .into()
}

/// Sheets of people who are on the roll already.
fn helpers() -> Vec<Shape> {
    ["党员", "通讯录"]
        .map(|name| {
            xlsx(name, |book| {
                let sheet = book.add_worksheet().set_name("选民名单").expect("a name");
                let head: &[&str] = &["姓名", "性别", "小组"];
                write(sheet, &[head, &["张三", "男", "一组"], &["李四", "女", "二组"]]);
                let sheet = book.add_worksheet().set_name(name).expect("a name");
                write(sheet, &[&["姓名", "小组"], &["张三", "一组"]]);
            })
            .with(
                &["张三/一组", "李四/二组", "张三/一组"],
                &["roll-namesake@2", "roll-sheet-again"],
            )
        })
        .into()
}

fn remarks() -> Vec<Shape> {
    let with = |rows: &str| format!("姓名,性别,小组,备注\n{rows}");
    vec![
        csv("a correction", &with("张三,男,一组,应为张山\n李四,女,二组,\n"))
            .with(&TWO, &["roll-note@2D"]),
        csv("of a second person", &with("张三,男,一组,漏登：其妻\n李四,女,二组,夫妻二人\n"))
            .with(&TWO, &["roll-note@2D", "roll-note@3D"]),
        csv("of one left out before", &with("张三,男,一组,上届漏登\n李四,女,二组,\n")),
        csv("of a sentence", &with("张三,男,一组,判三年\n李四,女,二组,差3个月\n"))
            .with(&TWO, &["roll-remark@2D", "roll-remark@3D"]),
        csv("of the head who died", &with("张三,男,一组,原户主已死亡\n李四,女,二组,\n")),
        csv("who lives in town", &with("张三,男,一组,租住县城\n李四,女,二组,\n")),
        csv(
            "the widow of a head",
            "户主姓名,姓名,性别,小组\n王五（已故）,张三,男,一组\n李四,李四,女,二组\n",
        ),
        csv("below a row", "姓名,性别,小组\n张三,男,一组\n,,该户已搬走\n李四,女,二组\n")
            .with(&TWO, &["roll-remark@2A"]),
        csv(
            "others below",
            "姓名,性别,小组\n张三,男,一组\n李四,女,二组\n以下为备用人员,,\n王五,男,二组\n",
        )
        .with(&TWO, &["roll-aside@5A"]),
        csv(
            "one county for all",
            "姓名,性别,小组,户籍地\n张三,男,一组,榕城区\n李四,女,二组,榕城区\n",
        ),
    ]
}

fn of_households(name: &'static str, sum: &str, faults: &'static [&'static str]) -> Shape {
    let rows = "户主,姓名,性别,小组\n张三,张三,男,一组\n李四,李四,女,二组\n";
    csv(name, &format!("{rows}{sum}\n")).with(&TWO, faults)
}

/// With that sum at the end of the second.
fn of_two_sheets(name: &'static str, sum: &str, faults: &'static [&'static str]) -> Shape {
    let sum: Vec<&str> = sum.split(',').collect();
    xlsx(name, |book| {
        for (group, voter, sum) in [("一组", "张三", &[][..]), ("二组", "李四", &sum)] {
            let sheet = book.add_worksheet().set_name(group).expect("a name");
            write(sheet, &[&["姓名", "性别"], &[voter, "男"], sum]);
        }
    })
    .with(&TWO, faults)
}

/// What is said below the last voter.
fn last_lines() -> Vec<Shape> {
    let with = |line: &str| format!("序号,姓名,小组\n1,张三,一组\n2,李四,二组\n{line},,\n");
    let asked = [
        "另有外出未登记12人",
        "以上名单不含外出人员",
        "尚有3户未入户登记",
        "本表为初稿，未经核对",
        "此表作废",
        "以上为上届名单",
        "二组名单见另表",
        "二组未上报",
        "请删除第7行",
        "第3页缺",
        "以下为外村人员",
        "续：另纸",
    ];
    let sound = [
        "注：未满十八周岁的不列入",
        "有误的到村委会更正",
        "制表：王会计",
        "2026年4月20日",
        "死亡、迁出人员已剔除",
    ];
    let mut shapes: Vec<Shape> =
        asked.map(|line| csv(line, &with(line)).with(&TWO, &["roll-note@4"])).into();
    shapes.extend(sound.map(|line| csv(line, &with(line))));
    shapes
}

/// Columns that say of one that he is none.
fn states() -> Vec<Shape> {
    let with = |heading: &'static str, yes: &str, no: &str| {
        csv(heading, &format!("姓名,性别,小组,{heading}\n张三,男,一组,{no}\n李四,女,二组,{yes}\n"))
            .with(&TWO, &["roll-remark@2D"])
    };
    let remark = |remark: &str| with("备注", "", remark);
    let mut shapes = vec![
        with("有效", "√", "×"),
        with("核对", "√", "×"),
        with("失权", "", "是"),
        with("在世", "是", "否"),
        with("登记与否", "是", "否"),
        with("核实情况", "属实", "不属实"),
    ];
    shapes.extend(
        [
            "骨灰已安放",
            "已下户",
            "划归二社区",
            "勿列",
            "学生，16岁",
            "未到龄",
            "户口未迁入",
            "转二组",
        ]
        .map(remark),
    );
    for sound in ["户口未迁出", "大学在读，户口未迁"] {
        shapes.push(csv(
            sound,
            &format!("姓名,性别,小组,备注\n张三,男,一组,{sound}\n李四,女,二组,\n"),
        ));
    }
    shapes
}

/// Where a list is from, and of whom.
fn places() -> Vec<Shape> {
    let rows = "姓名,性别,小组\n张三,男,一组\n";
    let two = |title: &str, other: &'static str| {
        csv(other, &format!("{title},,\n{rows}{other},,\n姓名,性别,小组\n李四,女,二组\n"))
    };
    let hamlets = "序号,姓名\n石桥,\n1,张三\n方家,\n2,李四\n";
    vec![
        two("张家村选民名册", "李家村选民名册").with(&TWO, &["roll-other-place@4"]),
        two("张家村选民名册", "张家村选民名册（续）"),
        two("选民名册", "网格员名单").with(&TWO, &["roll-aside@4"]),
        two("选民名册", "困难群众名单").with(&TWO, &["roll-aside@4"]),
        two("选民名册", "外出人员名单"),
        csv("hamlets, not all of them known for such", hamlets).with(
            &["张三/石桥", "李四/方家"],
            &["roll-group-title@2", "roll-group-unknown@3", "roll-group-unknown@5"],
        ),
        csv(
            "an address in another group",
            "姓名,小组,住址\n张三,一组,白云村一组1号\n王五,一组,白云村一组2号\n赵六,一组,白云村一组3号\n\
             李四,二组,白云村三组9号\n",
        )
        .with(&["张三/一组", "王五/一组", "赵六/一组", "李四/二组"], &["roll-group-astray@5B"]),
        csv(
            "only the head has the number of the house",
            "户号,姓名,与户主关系,性别,小组\n1,张三,户主,男,一组\n,张三,妻,女,一组\n2,李四,户主,女,二组\n",
        )
        .with(&["张三/一组", "张三/一组", "李四/二组"], &["roll-namesake@3"]),
        csv(
            "a wife with her husband's name",
            "户号,姓名,与户主关系,性别,小组\n1,张三,户主,男,一组\n1,张三,妻,女,一组\n2,李四,户主,女,二组\n",
        )
        .with(&["张三/一组", "张三/一组", "李四/二组"], &["roll-namesake@3"]),
        csv("一组, 三组 and 二祖", "姓名,小组\n张三,一组\n李四,二组\n王五,三祖\n").with(
            &["张三/一组", "李四/二组", "王五/三祖"],
            &["roll-group-unknown@4B"],
        ),
    ]
}

/// A list that says of itself that it is a part, and of whom.
fn parts() -> Vec<Shape> {
    let titled = |title: &str| format!("{title},,\n序号,姓名,小组\n1,张三,一组\n2,李四,二组\n");
    let ending = |line: &str| format!("序号,姓名,小组\n1,张三,一组\n2,李四,二组\n{line},,\n");
    let asked = |name, csv_text: &str, code| csv(name, csv_text).with(&TWO, code);
    vec![
        asked("of those away", &titled("外出务工选民名册"), &["roll-aside@1"]),
        asked("of a second batch", &titled("补充登记名单（第二批）"), &["roll-aside@1"]),
        asked("of the dead, in a village", &titled("石桥村死亡人员名册"), &["roll-aside@1"]),
        asked("of deputies", &titled("人大代表换届选举选民名册"), &["roll-aside@1"]),
        asked("of the party", &titled("党支部换届选举党员名册"), &["roll-aside@1"]),
        asked("of a cooperative that is a group", &titled("第一经济合作社选民名册"), &[]),
        asked("with those away", &titled("选民名册（含外出务工）"), &[]),
        asked("all and those away", &titled("常住及外出选民名册"), &[]),
        asked("of the committee", &titled("第十二届村民委员会选举 参加选举村民名册"), &[]),
        asked("one page of three", &ending("第1页 共3页"), &["roll-page@4"]),
        asked("of three pages", &ending("—— 1 ——（共3页）"), &["roll-page@4"]),
        asked("overleaf", &ending("转第3页"), &["roll-page@4"]),
        asked("carried over to nobody", &ending("（转下页）"), &["roll-page@4"]),
        asked("the rest elsewhere", &ending("其余名单见U盘"), &["roll-note@4"]),
        asked(
            "numbers from the middle",
            "序号,姓名,小组\n25,张三,一组\n26,李四,二组\n27,王五,二组\n",
            &["roll-serial@3A"],
        )
        .with(&["张三/一组", "李四/二组", "王五/二组"], &["roll-serial@2A"]),
        xlsx("numbers with a gap between sheets", |book| {
            let sheets = [("一组", ["1", "2", "3"], "张李王"), ("二组", ["5", "6", "7"], "赵孙周")];
            for (group, numbers, surnames) in sheets {
                let sheet = book.add_worksheet().set_name(group).expect("a name");
                let names: Vec<String> = surnames.chars().map(|name| format!("{name}三")).collect();
                write(sheet, &[&["序号", "姓名"]]);
                for (row, (number, name)) in (1..).zip(numbers.iter().zip(&names)) {
                    sheet.write_string(row, 0, *number).expect("a cell");
                    sheet.write_string(row, 1, name).expect("a cell");
                }
            }
        })
        .with(
            &["张三/一组", "李三/一组", "王三/一组", "赵三/二组", "孙三/二组", "周三/二组"],
            &["roll-serial@2A"],
        ),
    ]
}

/// Tables of figures on a sheet of their own.
fn figures() -> Vec<Shape> {
    let with = |name, rows: &'static [&'static [&'static str]]| {
        xlsx(name, |book| {
            let sheet = book.add_worksheet().set_name("汇总").expect("a name");
            write(sheet, rows);
            let sheet = book.add_worksheet().set_name("名册").expect("a name");
            let head: &[&str] = &["姓名", "性别", "小组"];
            write(sheet, &[head, &["张三", "男", "一组"], &["李四", "女", "二组"]]);
        })
    };
    vec![
        with("figures that fit", &[&["组别", "男", "女", "合计"], &["一组", "1", "0", "1"]]),
        with(
            "sexes of the population",
            &[&["组别", "人口", "男", "女", "选民数"], &["一组", "5", "2", "3", "1"]],
        ),
        with("sexes that do not", &[&["组别", "男", "女", "合计"], &["一组", "0", "1", "1"]])
            .with(&TWO, &["roll-total@2"]),
        with(
            "a group too many",
            &[&["组别", "人数"], &["一组", "1"], &["二组", "1"], &["三组", "4"]],
        )
        .with(&TWO, &["roll-total@4"]),
        with("figures across", &[&["组别", "一组", "二组"], &["选民数", "1", "3"]])
            .with(&TWO, &["roll-total@2"]),
    ]
}

/// Lists of men and of women.
fn sexes() -> Vec<Shape> {
    let of_sheets = |name, head: &'static [&'static str], women: &'static [&'static str]| {
        xlsx(name, |book| {
            let sheet = book.add_worksheet().set_name("男选民").expect("a name");
            write(sheet, &[head, &["张三", "一组", "男"]]);
            let sheet = book.add_worksheet().set_name("女选民").expect("a name");
            write(sheet, &[head, women]);
        })
    };
    vec![
        of_sheets("as they are", &["姓名", "小组", "性别"], &["李四", "二组", "女"]),
        of_sheets("a man among the women", &["姓名", "小组", "性别"], &["李四", "二组", "男"])
            .with(&TWO, &["roll-sex@2C"]),
        csv(
            "nothing said of men",
            "姓名,性别,小组\n张三,,一组\n赵六,,一组\n钱七,,一组\n李四,女,二组\n王五,女,二组\n孙八,女,二组\n",
        )
        .with(
            &["张三/一组", "赵六/一组", "钱七/一组", "李四/二组", "王五/二组", "孙八/二组"],
            &["roll-sex@2B"],
        ),
    ]
}

/// What needs no question.
fn easily_read() -> Vec<Shape> {
    vec![
        csv(
            "households, each under its head",
            "户主,张三,组别,一组\n姓名,性别,与户主关系,备注\n张三,男,户主,\n,,,\n户主,李四,组别,二组\n姓名,性别,与户主关系,备注\n李四,女,户主,\n",
        ),
        csv("letters between names", "姓名,性别,小组\nA,,\n张三,男,一组\nB,,\n李四,女,二组\n"),
        csv("headings in two languages", "Name 姓名,Group 小组\n张三,一组\n李四,二组\n"),
        csv(
            "sexes and days under two headings",
            "姓名,性别,,出生日期,,,小组\n,男,女,年,月,日,\n张三,√,,1970,6,16,一组\n李四,,√,1968,8,23,二组\n",
        ),
        csv(
            "how ballots were handed out",
            "姓名,小组,领票情况,,\n,,本人领取,委托领取,流动票箱\n张三,一组,,,\n李四,二组,,,\n",
        ),
    ]
}
