//! Rolls in which the shape of the table decides: names in other columns, cells that
//! count for several rows, rows that belong to the one above, what is not to be seen.

use rust_xlsxwriter::{Color, Format, Note};

use super::shapes::{Shape, csv, write, xlsx};

pub(crate) fn all() -> Vec<Shape> {
    [others_names(), cells_for_several_rows(), rows_of_others(), titles(), unseen(), births()]
        .into_iter()
        .flatten()
        .collect()
}

/// Heads of households, relatives and children beside the voters.
fn others_names() -> Vec<Shape> {
    let far = format!("姓名,小组{}姓名\n张三,一组\n李四,二组\n", ",".repeat(262));
    let men = "序号,姓名,,小组\n,男,女,\n1,张三,李四,一组\n2,,王五,二组\n";
    vec![
        csv(
            "heads beside numbers of households",
            "户号,户主,姓名,与户主关系,性别,小组\n1,王五,张三,子,男,一组\n2,李四,李四,户主,男,二组\n",
        )
        .with(&TWO, &["roll-head-missing@2B"]),
        csv(
            "a head who is nobody's",
            "户主,姓名,小组\n张三,张三,一组\n张三,李四,二组\n王五,赵六,一组\n",
        )
        .with(&["张三/一组", "李四/二组", "赵六/一组"], &["roll-head-missing@4A"]),
        csv("heads in lines", "姓名,性别,关系,小组\n户主：王五,,,\n张三,男,子,一组\n李四,女,媳,二组\n")
            .with(&TWO, &["roll-head-missing@2"]),
        csv("a household in a row", "小组,户主姓名,配偶姓名,长子姓名\n一组,张三,李四,王五\n")
            .with(&[], &["roll-no-name-column"]),
        csv("wives beside", "姓名,配偶姓名,小组\n张三,王五,一组\n李四,赵六,二组\n")
            .with(&TWO, &["roll-head-missing@2B"]),
        csv("wives on the roll", "姓名,配偶姓名,小组\n张三,李四,一组\n李四,张三,二组\n"),
        csv("men and women in two columns", men)
            .with(&["张三/一组", "李四/一组", "王五/二组"], &[]),
        csv(
            "children beside",
            "姓名,性别,小组,未成年人姓名,性别,出生\n张三,男,一组,王小宝,男,2015-01-01\n李四,女,二组,,,\n",
        ),
        csv("too far right", &far).with(&TWO, &["roll-beside@1JD"]),
    ]
}

const TWO: [&str; 2] = ["张三/一组", "李四/二组"];

/// Merged cells, ditto marks, sums that nobody reckoned.
fn cells_for_several_rows() -> Vec<Shape> {
    vec![
        csv("a remark and a ditto mark", "姓名,小组,备注\n张三,一组,死亡\n李四,二组,〃\n")
            .with(&TWO, &["roll-remark@2C", "roll-remark@3C"]),
        xlsx("a remark for two", |book| {
            let sheet = book.add_worksheet();
            let rows: [&[&str]; 3] =
                [&["姓名", "小组", "备注"], &["张三", "一组"], &["李四", "二组"]];
            write(sheet, &rows);
            sheet.merge_range(1, 2, 2, 2, "全家迁出", &Format::new()).expect("merged cells");
        })
        .with(&TWO, &["roll-remark@2C", "roll-remark@3C"]),
        xlsx("a blank below a merged group", |book| {
            let sheet = book.add_worksheet();
            let rows: [&[&str]; 5] =
                [&["小组", "姓名"], &["", "张三"], &["", "王五"], &["", "赵六"], &["二组", "李四"]];
            write(sheet, &rows);
            sheet.merge_range(1, 0, 2, 0, "一组", &Format::new()).expect("merged cells");
        })
        .with(&["张三/一组", "王五/一组", "赵六/一组", "李四/二组"], &["roll-group-blank@4A"]),
        xlsx("a sum that nobody reckoned", |book| {
            let sheet = book.add_worksheet();
            let rows: [&[&str]; 4] = [
                &["序号", "姓名", "小组"],
                &["1", "张三", "一组"],
                &["2", "李四", "二组"],
                &["合计"],
            ];
            write(sheet, &rows);
            sheet.write_formula(3, 1, "=COUNTA(B2:B3)").expect("a formula");
        }),
    ]
}

/// Rows that go on with the one above, or have a cell too many.
fn rows_of_others() -> Vec<Shape> {
    vec![
        csv(
            "the rest of a remark",
            "姓名,性别,小组,备注\n张三,男,一组,户口在\n,,,外村\n李四,女,二组,\n",
        )
        .with(&TWO, &["roll-remark@2A"]),
        csv("a remark under a name", "姓名,性别,小组\n张三,男,一组\n（已故）,,\n李四,女,二组\n")
            .with(&TWO, &["roll-remark@2A"]),
        csv("the dead of a group", "姓名,性别\n一组,\n张三,男\n死亡,\n王五,男\n二组,\n李四,女\n")
            .with(&TWO, &["roll-aside@5A"]),
        csv("a comma too many", "姓名,备注,小组\n张三,,一组\n李四,住城里,二组,二组\n")
            .with(&TWO, &["roll-beside@3D"]),
        csv("a group for a remark", "姓名,小组,备注\n张三,一组,\n李四,二组,一组\n")
            .with(&TWO, &["roll-remark@3C"]),
        csv(
            "a number on a line of its own",
            "姓名,性别,小组\n张三,男,一组\n身份证号：51072219510223143X,,\n李四,女,二组\n510722195102231467,,\n",
        )
        .with(&TWO, &[]),
        csv("a former name alone", "姓名,曾用名,小组\n张三,,一组\n,王五,一组\n李四,,二组\n")
            .with(&TWO, &["roll-name-blank@3A"]),
        csv("the end of an old file", "姓名,小组\n张三,一组\n李四,二组\n\u{1a}"),
    ]
}

/// Titles and captions among the rows, over some of the tables or over nobody.
fn titles() -> Vec<Shape> {
    const FOUR: [&str; 4] = ["张三/一组", "王五/二组", "赵六/一组", "李四/二组"];
    let caption = |line: &str| {
        let rows = "序号,姓名,性别,小组\n1,张三,男,一组\n#,,,\n2,李四,女,二组\n";
        csv("a caption", &rows.replace('#', line))
    };
    vec![
        csv(
            "headings again under titles side by side",
            "一组,,二组,\n姓名,性别,姓名,性别\n张三,男,王五,男\n一组,,二组,\n姓名,性别,姓名,性别\n赵六,男,李四,女\n",
        )
        .with(&FOUR, &[]),
        csv(
            "a title at the foot of a column",
            "序号,姓名,序号,姓名\n一组,,,\n1,张三,2,李四\n二组,,,\n",
        )
        .with(&["张三/一组", "李四/一组"], &["roll-group-title@4B"]),
        csv("hamlets", "序号,姓名,性别\n东头,,\n1,张三,男\n西头,,\n2,李四,女\n").with(
            &["张三/", "李四/"],
            &["roll-group-title@2", "roll-group-title@4", "roll-no-groups"],
        ),
        csv("a hamlet below a group", "序号,姓名,性别\n一组,,\n1,张三,男\n老街,,\n2,李四,女\n")
            .with(&["张三/一组", "李四/一组"], &["roll-group-title@4"]),
        csv(
            "hamlets over headings of their own",
            "1、红旗,,\n序号,姓名,性别\n1,张三,男\n,,\n向阳1人,,\n序号,姓名,性别\n1,李四,女\n",
        )
        .with(
            &["张三/", "李四/"],
            &["roll-group-title@1", "roll-group-title@5", "roll-no-groups"],
        ),
        xlsx("a sheet of those away", |book| {
            let lists = [("一组", "张三"), ("二组", "李四"), ("外出", "张三")];
            for (name, voter) in lists {
                let rows: [&[&str]; 2] = [&["姓名"], &[voter]];
                write(book.add_worksheet().set_name(name).expect("a name"), &rows);
            }
        })
        .with(
            &["张三/一组", "李四/二组", "张三/外出"],
            &["roll-sheet-number", "roll-sheet-again", "roll-group-unknown@2"],
        ),
        csv("hamlets with figures", "序号,姓名,性别\n东头（1户）,,\n1,张三,男\n西头（1户）,,\n2,李四,女\n").with(
            &["张三/", "李四/"],
            &["roll-group-title@2", "roll-group-title@4", "roll-no-groups"],
        ),
        csv(
            "titles of pages",
            "姓名,性别\n一组第1页,\n张三,男\n所属小组  二组,\n李四,女\n",
        ),
        csv(
            "a group named over the same headings",
            "小组：张湾,,\n姓名,性别,出生日期\n张三,男,1965-1-2\n小组：李湾,,\n姓名,性别,出生日期\n李四,女,1965-1-3\n",
        )
        .with(
            &["张三/张湾", "李四/李湾"],
            &["roll-group-unknown@3", "roll-group-unknown@6"],
        ),
        csv("groups by number", "组别：一\n姓名,性别\n张三,男\n组别：二\n姓名,性别\n李四,女\n"),
        csv(
            "titles under the headings and the number of a page",
            "姓名,性别,姓名,性别\n一组,,二组,\n张三,男,王五,男\n第1页,,,\n姓名,性别,姓名,性别\n赵六,男,李四,女\n",
        )
        .with(&FOUR, &[]),
        csv(
            "groups of whatever stands beside",
            "姓名,性别,,组别,人数\n张三,男,,一组,1\n李四,女,,二组,1\n,,,合计,2\n",
        )
        .with(&["张三/", "李四/"], &["roll-no-groups"]),
        csv("a place to vote at", "一组选民名册\n投票站设在三组晒场\n姓名,性别\n张三,男\n")
            .with(&["张三/一组"], &[]),
        csv(
            "figures over the roll",
            "组别,户数,人数\n一组,1,1\n二组,1,1\n,,\n姓名,性别,出生日期\n张三,男,1965-1-2\n",
        )
        .with(&["张三/"], &["roll-no-groups"]),
        csv("names behind a word", "姓名,性别,小组\n张三,男,一组\n李四,女,二组\n追加：赵俊、孙丽,,\n")
            .with(&TWO, &["roll-note@4"]),
        csv("a group with another character", "姓名,小组\n张三,一组\n李四,二组\n王五,笫二组\n")
            .with(&["张三/一组", "李四/二组", "王五/第二组"], &["roll-group-unknown@4B"]),
        caption("以下委托投票"),
        caption("上面这人已去世").with(&TWO, &["roll-remark@2B"]),
        caption("监票人").with(&["张三/一组"], &["roll-aside@4B"]),
        caption("一组1人，二组1人"),
        caption("没有选举权的人员").with(&["张三/一组"], &["roll-aside@4B"]),
        caption("打工的人口").with(&TWO, &["roll-note@3"]),
        csv("a line nobody knows", "序号,姓名,性别\n一组,,\n1,张三,男\n河对岸住的那几家,,\n2,李四,女\n")
            .with(&["张三/一组", "李四/一组"], &["roll-note@4"]),
        csv("a sum without its word", "姓名,性别\n一组,\n张三,男\n一组计1人,\n二组,\n李四,女\n"),
        csv(
            "leaders behind hamlets",
            "姓名,性别\n张湾 组长：王强,\n张三,男\n李湾 组长：李明,\n李四,女\n",
        )
        .with(&["张三/张湾", "李四/李湾"], &["roll-group-unknown@3", "roll-group-unknown@5"]),
        csv("a label and its number", "姓名,性别\n组别：,一\n张三,男\n组别：,二\n李四,女\n"),
        csv(
            "labels in one line",
            "姓名,性别\n村：白云村  组：一组  户数：1,\n张三,男\n村：白云村  组：二组  户数：1,\n李四,女\n",
        ),
        csv(
            "hamlets by number",
            "序号,姓名\n1、张湾,\n1,张三\n2、李湾 1人,\n2,李四\n",
        )
        .with(&["张三/张湾", "李四/李湾"], &["roll-group-unknown@3", "roll-group-unknown@5"]),
        csv(
            "lists of two buildings",
            "阳光3栋业主选民登记表,\n姓名,性别\n张三,男\n阳光4栋业主选民登记表,\n姓名,性别\n李四,女\n",
        )
        .with(&["张三/", "李四/"], &["roll-group-title@1", "roll-no-groups"]),
        csv(
            "a title under titles side by side",
            "姓名,性别,姓名,性别\n一组,,二组,\n张三,男,王五,男\n二组,,,\n赵六,男,李四,女\n",
        )
        .with(
            &["张三/一组", "王五/二组", "赵六/二组", "李四/二组"],
            &["roll-group-title@4A"],
        ),
        csv("a count beside a group", "姓名,性别,小组,人数\n张三,男,一组,1\n李四,女,二组,2\n")
            .with(&TWO, &["roll-total@3C"]),
        csv("groups in addresses", "姓名,性别,住址\n张三,男,东河村一组\n李四,女,东河村二组\n")
            .with(&TWO, &["roll-no-groups"]),
        csv("villages in a grid", "姓名,姓名\n张村,\n张三,李四\n").with(
            &["张村/", "张三/", "李四/"],
            &["roll-name-only@2A", "roll-no-groups"],
        ),
        csv("nets", "姓名,性别\n网格：03,\n张三,男\n网格：04,\n李四,女\n")
            .with(&["张三/03网格", "李四/04网格"], &["roll-group-unknown@3", "roll-group-unknown@5"]),
        csv(
            "a village beside its group",
            "序号,姓名\n白云村,一组\n1,张三\n白云村,二组\n2,李四\n",
        ),
        csv("迁 in a grid", "姓名,姓名\n张三,李四\n王五,赵六\n迁,钱七\n孙八,周九\n").with(
            &["张三/", "李四/", "王五/", "赵六/", "钱七/", "孙八/", "周九/"],
            &["roll-remark@3A", "roll-no-groups"],
        ),
        csv("an office in a grid", "姓名,姓名\n张三,李四\n王书记,赵六\n").with(
            &["张三/", "李四/", "赵六/"],
            &["roll-row-unclear@3A", "roll-no-groups"],
        ),
        csv("members of a household beside", "户主,成员1姓名,成员2姓名,小组\n张三,张三,王五,一组\n李四,李四,,二组\n")
            .with(&TWO, &["roll-column-twice@1C"]),
        csv("groups and names in one column", "选民\n一组 张三\n二组 李四\n").with(
            &[],
            &["roll-row-unclear@2A", "roll-row-unclear@3A", "roll-empty"],
        ),
        csv("cards under another heading", "姓名,证明,小组\n张三,510722195102231467,一组\n李四,510722195102231467,二组\n")
            .with(&TWO, &["roll-beside@2B"]),
        csv("groups under another heading", "姓名,住哪里\n张三,一组\n李四,二组\n")
            .with(&["张三/", "李四/"], &["roll-beside@2B", "roll-no-groups"]),
        csv("a sex as above", "姓名,性别,小组\n张三,男,一组\n李四,〃,二组\n"),
    ]
}

/// White text, and notes on cells that are no voter's.
fn unseen() -> Vec<Shape> {
    let page = "<style>.x{color:white}</style><table><tr><td>姓名<td>小组\
        <tr><td>张三<td>一组<tr><td class=x>李四<td>二组</table>";
    let painted = "<table><tr bgcolor=blue><td>姓名<td>小组<tr><td>张三<td>一组\
        <tr><td style='color:#fff;background:red'>李四<td>二组</table>";
    vec![
        xlsx("a white name", |book| {
            let sheet = book.add_worksheet();
            let rows: [&[&str]; 3] = [&["姓名", "小组"], &["张三", "一组"], &["", "二组"]];
            write(sheet, &rows);
            let white = Format::new().set_font_color(Color::Theme(0, 0));
            sheet.write_string_with_format(2, 0, "李四", &white).expect("a cell");
        })
        .with(&TWO, &["roll-row-hidden@3A"]),
        csv("a white name of a page", page).with(&TWO, &["roll-row-hidden@3A"]),
        csv("a white name on red", painted),
        xlsx("notes on headings and empty cells", |book| {
            let sheet = book.add_worksheet();
            write(sheet, &[&["姓名", "小组"], &["张三", "一组"], &["李四", "二组"]]);
            sheet.insert_note(0, 0, &Note::new("李四已去世")).expect("a note");
            sheet.insert_note(0, 1, &Note::new("按户口簿填写")).expect("a note");
        })
        .with(&TWO, &["roll-note@1A"]),
    ]
}

fn births() -> Vec<Shape> {
    vec![
        csv(
            "October without its nought",
            "姓名,出生年月,小组\n张三,1950.03,一组\n李四,1961.1,二组\n",
        )
        .with(&TWO, &["roll-birth@3B"]),
        csv(
            "one birth and two sexes",
            "姓名,性别,出生日期,小组\n张三,男,1950-03-02,一组\n张三,女,1950-03-02,二组\n",
        )
        .with(&["张三/一组", "张三/二组"], &["roll-same-person-elsewhere@3"]),
    ]
}
