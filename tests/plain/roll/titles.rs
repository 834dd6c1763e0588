//! What titles, lines over the voters and words beside them say of the whole list.

use super::shapes::{Shape, csv, write, xlsx};

const TWO: [&str; 2] = ["张三/一组", "李四/二组"];

pub(crate) fn all() -> Vec<Shape> {
    [days(), scopes(), qualified(), below(), boards(), columns(), forms(), headings(), words()]
        .into_iter()
        .flatten()
        .collect()
}

/// The election is on 14 May 2017.
fn days() -> Vec<Shape> {
    let over =
        |line: &str| format!("选民名册,,\n{line},,\n姓名,性别,小组\n张三,男,一组\n李四,女,二组\n");
    let own = [
        "选举日：2017年5月14日",
        "截止2017年5月14日年满18周岁的选民",
        "1999年5月14日（含）以前出生的选民",
        "填表日期：2017年4月10日",
    ];
    let other = [
        "选举日：2017年5月21日",
        "截止2017年1月1日年满18周岁的选民",
        "1998年12月31日以前出生的选民",
    ];
    own.map(|line| csv("the day of the election", &over(line)))
        .into_iter()
        .chain(other.map(|line| {
            csv("another day of election", &over(line)).with(&TWO, &["roll-other-day@2"])
        }))
        .collect()
}

/// Titles of some groups, or of one sex, over a list of more.
fn scopes() -> Vec<Shape> {
    let three = "姓名,性别,小组\n张三,男,一组\n李四,女,二组\n王五,男,三组\n";
    let read = ["张三/一组", "李四/二组", "王五/三组"];
    let unknown = "roll-group-unknown@5C";
    vec![
        csv("a title of all", &format!("一至三组选民名册,,\n{three}")).with(&read, &[unknown]),
        csv("a title of fewer groups", &format!("一、二组选民名册,,\n{three}"))
            .with(&read, &["roll-group-title@1", unknown]),
        csv(
            "a title of the first group over all",
            "一组选民名册,\n一组,\n姓名,性别\n张三,男\n二组,\n李四,女\n",
        )
        .with(&TWO, &["roll-group-title@1"]),
        csv(
            "each group under its own title",
            "一组选民名册,\n姓名,性别\n张三,男\n二组选民名册,\n姓名,性别\n李四,女\n",
        ),
        csv("a title of women", "白云村女选民名册,,\n姓名,性别,小组\n张三,男,一组\n李四,女,二组\n")
            .with(&TWO, &["roll-sex@3B"]),
        csv(
            "a group of another village",
            "石桥村选民名册,\n姓名,性别\n一组,\n张三,男\n柳塘村二组,\n李四,女\n",
        )
        .with(&TWO, &["roll-other-place@5"]),
    ]
}

/// Names of groups and sheets with a doubt behind them.
fn qualified() -> Vec<Shape> {
    let title = |title: &str| {
        csv("a doubt in a title", &format!("姓名,性别\n一组,\n张三,男\n{title},\n李四,女\n"))
    };
    let sheets = |second: &'static str| {
        xlsx("a doubt in the name of a sheet", move |book| {
            for (name, voter) in [("一组", "张三"), (second, "李四")] {
                let sheet = book.add_worksheet().set_name(name).expect("a name");
                write(sheet, &[&["姓名", "性别"], &[voter, "男"]]);
            }
        })
    };
    let asked = |shape: Shape, at: &'static str| shape.with(&TWO, &[at]);
    vec![
        asked(title("二组（老名单）"), "roll-note@4"),
        asked(title("二组（部分）"), "roll-note@4"),
        title("二组（老街）"),
        title("二组（1人）"),
        asked(sheets("二组不全"), "roll-note@1"),
        asked(sheets("二组待补"), "roll-note@1"),
        asked(sheets("二组老"), "roll-note@1"),
        sheets("二组1人"),
    ]
}

/// Groups that are named below their people, and sections that are no groups.
fn below() -> Vec<Shape> {
    vec![
        csv(
            "sections by age",
            "姓名,性别,小组\n18—35周岁,,\n张三,男,一组\n60周岁以上,,\n李四,女,二组\n",
        ),
        csv(
            "a group called by a word of death",
            "姓名,性别,小组\n张三,男,死水塘组\n李四,女,死水塘组\n",
        )
        .with(&["张三/死水塘组", "李四/死水塘组"], &["roll-group-unknown@2C"]),
        xlsx("an extract of the roll", |book| {
            let rows: &[&[&str]] =
                &[&["姓名", "性别", "小组"], &["张三", "男", "一组"], &["李四", "女", "二组"]];
            write(book.add_worksheet().set_name("名册").expect("a name"), rows);
            let extract: &[&[&str]] = &[&["流动票箱选民名单（摘自选民名册）"], rows[0], rows[2]];
            write(book.add_worksheet().set_name("流动票箱").expect("a name"), extract);
        }),
        xlsx("a blank form", |book| {
            let rows: &[&[&str]] =
                &[&["姓名", "性别", "小组"], &["张三", "男", "一组"], &["李四", "女", "二组"]];
            write(book.add_worksheet().set_name("名册").expect("a name"), rows);
            write(book.add_worksheet().set_name("空白登记表").expect("a name"), &rows[..1]);
        }),
    ]
}

/// Names in a grid, with or without one heading over all.
fn boards() -> Vec<Shape> {
    let board = ["roll-sheet-adopted@2A"];
    vec![
        csv(
            "a heading over all names",
            "小组,选民姓名,,\n一组,王建国,李秀英,赵明\n一组,陈春生,,\n二组,刘玉梅,孙文军,周兰\n",
        )
        .with(
            &[
                "王建国/一组",
                "李秀英/一组",
                "赵明/一组",
                "陈春生/一组",
                "刘玉梅/二组",
                "孙文军/二组",
                "周兰/二组",
            ],
            &[],
        ),
        csv(
            "a name a line",
            "选民名单\n一组\n王建国\n李秀英\n赵明\n二组\n陈春生\n刘玉梅\n孙文军\n",
        )
        .with(
            &["王建国/一组", "李秀英/一组", "赵明/一组", "陈春生/二组", "刘玉梅/二组", "孙文军/二组"],
            &["roll-sheet-adopted@3"],
        ),
        csv("words a line", "选民登记\n时间地点\n参加人员\n会议内容\n其他事项\n有关要求\n")
            .with(&[], &["roll-no-name-column"]),
        csv(
            "numbers before names, sexes behind",
            "一组,,\n1.王建国,2.李秀英（女）,3.习明\n4.宓春,5.娄生（女）,6.席兰\n7.巫江,8.冉素（女）,9.卜海\n",
        )
        .with(
            &[
                "王建国/一组",
                "李秀英/一组",
                "习明/一组",
                "宓春/一组",
                "娄生/一组",
                "席兰/一组",
                "巫江/一组",
                "冉素/一组",
                "卜海/一组",
            ],
            &board,
        ),
    ]
}

/// Tables side by side, group by group.
fn columns() -> Vec<Shape> {
    let four = ["张三/一组", "王五/一组", "赵六/一组", "李四/二组", "钱七/二组"];
    vec![
        csv(
            "numbers that begin again in each group",
            "一组,,,\n序号,姓名,序号,姓名\n1,张三,3,赵六\n2,王五,,\n二组,,,\n序号,姓名,序号,姓名\n1,李四,2,钱七\n",
        )
        .with(&four, &[]),
        csv(
            "a group in each column",
            "一组,,二组,\n姓名,性别,姓名,性别\n张三,男,李四,女\n王五,男,钱七,女\n赵六,女,,\n",
        )
        .with(&four, &[]),
    ]
}

/// A table for each household, under a line of labels.
fn forms() -> Vec<Shape> {
    let form = |first: &str, second: &str| {
        let head = "姓名,性别,与户主关系,,,";
        format!(
            "选民登记表,,,,,\n{first}\n{head}\n张三,男,户主,,,\n,,,,,\n{second}\n{head}\n李四,女,户主,,,\n"
        )
    };
    vec![
        csv(
            "an address before the group",
            &form("住址,东头1号,,,小组,一组", "住址,东头9号,,,小组,二组"),
        ),
        csv(
            "no group behind its label",
            &form("户主：,张三,小组：,一组,,", "户主：,李四,小组：,,,"),
        )
        .with(&["张三/一组", "李四/一组"], &["roll-group-blank@6"]),
        csv("a number before the group", &form("第1户,,一组,,电话,", "第2户,,二组,,电话,")),
        csv(
            "a rare surname before the group",
            &form("户主姓名,亓林,小组,一组,,", "户主姓名,逯平,小组,二组,,"),
        ),
        csv(
            "bands between the line and the headings",
            "户主姓名,张三,所在组,一组\n家庭成员,,,\n姓名,与户主关系,性别,备注\n张三,户主,男,\n\
             户主姓名,李四,所在组,二组\n家庭成员,,,\n姓名,与户主关系,性别,备注\n李四,户主,女,\n",
        ),
        csv(
            "a leader of a small team",
            "姓名,性别\n第1小队 小队长：王五,\n张三,男\n第2小队 小队长：赵六,\n李四,女\n",
        )
        .with(&["张三/第1小队", "李四/第2小队"], &["roll-group-unknown@3", "roll-group-unknown@5"]),
    ]
}

/// Headings of systems and of two languages; a row that was shifted.
fn headings() -> Vec<Shape> {
    vec![
        csv("a group in two languages", "姓名,性别,ئەترەت 小组\n张三,男,一组\n李四,女,二组\n"),
        csv("a group and its code", "姓名,性别,组代码,组名称\n张三,男,01,一组\n李四,女,02,二组\n"),
        csv(
            "an insurance",
            "参保人,社会保障号码,小组\n张三,11010519491231002X,一组\n李四,11010519491231002X,二组\n",
        )
        .with(&TWO, &["roll-same-id@3B"]),
        csv(
            "a row shifted to the right",
            "姓名,性别,出生日期,小组,\n张三,男,1980年5月3日,一组,\n,王五,男,1981年2月3日,一组\n李四,女,1982年5月3日,二组,\n",
        )
        .with(&TWO, &["roll-name-blank@3A"]),
        csv("a name shifted beside its group", "姓名,小组,\n张三,一组,\n,王五,一组\n李四,二组,\n")
            .with(&TWO, &["roll-name-blank@3A"]),
        csv(
            "names of the Yi and the Mongols",
            "姓名,性别,小组\n马海伍果莫,女,一组\n白斯日古楞,男,二组\n",
        )
        .with(&["马海伍果莫/一组", "白斯日古楞/二组"], &[]),
    ]
}

/// Words where names, relations and schools stand.
fn words() -> Vec<Shape> {
    let told = |heading: &str, said: &str| {
        format!("姓名,性别,小组,{heading}\n张三,男,一组,{said}\n李四,女,二组,\n")
    };
    let named = |name: &'static str| {
        csv("no name", &format!("姓名,性别,小组\n{name},男,一组\n李四,女,二组\n"))
    };
    let mut shapes = vec![
        csv("a child by its school", &told("文化程度", "初中在读")).with(&TWO, &["roll-remark@2D"]),
        csv("a school", &told("文化程度", "初中")),
        csv("a child by its trade", &told("职业", "小学生")).with(&TWO, &["roll-remark@2D"]),
        csv("a neighbour", &told("与户主关系", "邻居")).with(&TWO, &["roll-relation@2D"]),
        csv("nobody knows how old", &told("年龄", "五十六七")).with(&TWO, &["roll-age@2D"]),
    ];
    for (name, read) in [
        ("户主粟启奎", "户主粟启奎/一组"),
        ("没有名字", "没有名字/一组"),
        ("出租屋租客", "出租屋租客/一组"),
    ] {
        shapes.push(named(name).with(&[read, "李四/二组"], &["roll-name-unsaid@2A"]));
    }
    shapes.push(named("阿布力孜").with(&["阿布力孜/一组", "李四/二组"], &[]));
    shapes
}
