//! Rolls as they really come from Excel, WPS and the police station: what a
//! careful clerk reads in them, and what she asks.

use rust_xlsxwriter::{Format, Formula};

use super::shapes::{Shape, csv, ods_of, write, xlsx, zip};

pub(crate) fn all() -> Vec<Shape> {
    [
        side_by_side(),
        totals(),
        frames(),
        titles(),
        groups(),
        remarks(),
        lists_aside(),
        households(),
        headings(),
        cells(),
        files(),
        bombs(),
        names(),
    ]
    .into_iter()
    .flatten()
    .collect()
}

fn side_by_side() -> Vec<Shape> {
    vec![
        csv("a name like that of a group", "姓名\n一组\n张三\n李联社\n")
            .with(&["张三/一组", "李联社/一组"], &[]),
        csv("long names", "姓名,小组\n沙马阿支莫,一组\n阿不都热合曼,二组\n")
            .with(&["沙马阿支莫/一组", "阿不都热合曼/二组"], &[]),
        csv("two lists side by side", "姓名,小组,姓名,小组\n张三,一组,李四,二组\n"),
        csv(
            "three lists, serials, one shorter",
            "序号,姓名,序号,姓名,序号,姓名\n1,张三,3,王五,5,钱七\n2,李四,4,赵六,,\n",
        )
        .with(&["张三/", "李四/", "王五/", "赵六/", "钱七/"], &["roll-no-groups"]),
        csv(
            "one group for two lists",
            "小组,姓名,性别,姓名,性别\n一组,张三,男,王五,男\n二组,李四,女,赵六,女\n",
        )
        .with(&["张三/一组", "王五/一组", "李四/二组", "赵六/二组"], &[]),
        csv(
            "a title right under two lists",
            "序号,姓名,序号,姓名\n第一村民小组,,,\n1,张三,2,王五\n第二村民小组,,,\n1,李四,2,赵六\n",
        )
        .with(
            &["张三/第一村民小组", "王五/第一村民小组", "李四/第二村民小组", "赵六/第二村民小组"],
            &["roll-group-unknown@3B", "roll-group-unknown@5B"],
        ),
        csv(
            "a grid of names under titles",
            "姓名,姓名,姓名\n一组,,\n张三,王五,赵六\n二组,,\n李四,钱七,\n",
        )
        .with(&["张三/一组", "王五/一组", "赵六/一组", "李四/二组", "钱七/二组"], &[]),
        csv(
            "a group over each list, above the headings",
            "一组,,,二组,,\n序号,姓名,性别,序号,姓名,性别\n1,张三,男,1,李四,女\n",
        ),
        csv(
            "the dead beside the living",
            "本次增加,,,本次减少,,\n姓名,性别,小组,姓名,性别,小组\n张三,男,一组,王五,男,一组\n李四,女,二组,,,\n",
        )
        .with(&TWO, &["roll-aside@3D"]),
        csv("a title over each list", "姓名,性别,姓名,性别\n一组,,二组,\n张三,男,李四,女\n"),
        csv(
            "a gap between two lists",
            "序号,姓名,小组,,序号,姓名,小组\n1,张三,一组,,2,李四,二组\n",
        ),
    ]
}

fn totals() -> Vec<Shape> {
    vec![
        csv("total beside", "序号,姓名,性别,小组\n1,张三,男,一组\n小计,1人,,\n2,李四,女,二组\n合计,2人,,\n"),
        csv("somebody in the row of a total", "序号,姓名,性别,小组\n1,张三,男,一组\n合计,李四,女,二组\n"),
        csv("totals in words", "姓名,性别,小组\n张三,男,一组\n李四,女,二组\n共计：2人,,\n本表共2人,,\n"),
        csv("men and women apart", "姓名,性别,小组\n张三,男,一组\n李四,女,二组\n合计,男1人 女1人,\n"),
        csv("a total that is wrong", "序号,姓名,小组\n1,张三,一组\n2,李四,二组\n合计,14人,\n").with(&TWO, &["roll-total@4"]),
        csv("a subtotal that is wrong", "姓名,小组,性别\n张三,一组,男\n小计,3人,\n李四,二组,女\n合计,2人,\n").with(&TWO, &["roll-total@3"]),
        csv("a title that counts", "一组、二组选民名单（共5人）,\n姓名,小组\n张三,一组\n李四,二组\n").with(&TWO, &["roll-total@1"]),
        csv("titles of groups that count", "姓名,性别,备注\n一组（2人）,,\n张三,男,\n二组（1人）,,\n李四,女,\n").with(&TWO, &["roll-total@2"]),
        csv("titles of tables that count", "一组名单（1人）,\n姓名,性别\n张三,男\n二组名单（1人）,\n姓名,性别\n李四,女\n"),
        csv("a gap in the serials", "序号,姓名,小组\n5,张三,一组\n8,李四,二组\n").with(&TWO, &["roll-serial@3A"]),
        csv("a serial twice", "序号,姓名,小组\n1,甲一,一组\n2,乙二,一组\n2,丙三,一组\n3,丁四,一组\n4,戊五,一组\n5,己六,一组\n6,庚七,一组\n7,辛八,一组\n8,壬九,一组\n9,癸十,一组\n10,子一,一组\n")
            .with(
                &["甲一/一组", "乙二/一组", "丙三/一组", "丁四/一组", "戊五/一组", "己六/一组", "庚七/一组", "辛八/一组", "壬九/一组", "癸十/一组", "子一/一组"],
                &["roll-serial@4A"],
            ),
    ]
}

const TWO: [&str; 2] = ["张三/一组", "李四/二组"];

/// What stands around a list on the forms of offices.
fn frames() -> Vec<Shape> {
    vec![
        csv("a form filled in", "选民登记表,,,\n填报单位：试验社区居民委员会,,,填报日期：2017年4月1日\n序号,姓名,性别,小组\n1,张三,男,一组\n2,李四,女,二组\n制表人：钱某,,审核人：孙某,2017年4月1日\n"),
        csv("a form filled in beside its labels", "填报单位,试验社区居民委员会,,\n序号,姓名,性别,小组\n1,张三,男,一组\n2,李四,女,二组\n"),
        csv("a sum on each page", "序号,姓名,性别,小组\n1,张三,男,一组\n第1页 共2页,,,\n名册（续表）,,,\n序号,姓名,性别,小组\n2,李四,女,二组\n本页小计,1人,,\n总计：2人（男1人，女1人）,,,\n"),
        csv("titles that count, and heads who stand twice", "户主姓名,家庭成员姓名,性别,与户主关系\n一组（2人）,,,\n张三,张三,男,户主\n,王五,女,妻\n二组（1人）,,,\n李四,李四,男,户主\n").with(&["张三/一组", "王五/一组", "李四/二组"], &[]),
        csv("a remark that counts, below a row left out", "姓名,性别,小组\n张三,男,一组\n李四,女,二组\n王五,男,一组\n赵六,女,二组\n钱七,,\n注：以上共5人,,\n")
            .with(&["张三/一组", "李四/二组", "王五/一组", "赵六/二组"], &["roll-name-only@6A", "roll-total@7"]),
        csv("a wrong sum on a page", "序号,姓名,性别,小组\n1,张三,男,一组\n序号,姓名,性别,小组\n2,李四,女,二组\n本页小计,3人,,\n").with(&TWO, &["roll-total@5"]),
        csv("titles of groups with numbers", "序号,姓名,性别\n一、一组,,\n1,张三,男\n（二）二组：,,\n1,李四,女\n"),
        csv("names and groups changed about", "姓名,小组\n一组,张三\n二组,李四\n").with(&[], &["roll-row-unclear@2A", "roll-row-unclear@3A", "roll-empty"]),
        csv("this term and the last", "姓名,性别,小组,上届登记,本届登记\n张三,男,一组,×,√\n李四,女,二组,√,×\n").with(&TWO, &["roll-remark@3E"]),
        csv("who cannot, or is there again", "姓名,小组,备注\n张三,一组,精神病\n李四,二组,户口不在本社区\n王五,一组,重复\n赵六,二组,病重\n").with(
            &["张三/一组", "李四/二组", "王五/一组", "赵六/二组"],
            &["roll-remark@2C", "roll-remark@3C", "roll-remark@4C"],
        ),
    ]
}

fn titles() -> Vec<Shape> {
    vec![
        csv(
            "a group behind its word",
            "村民小组：后坑,\n姓名,性别\n张三,男\n小组：前坑,\n李四,女\n",
        )
        .with(
            &["张三/后坑", "李四/前坑"],
            &["roll-group-unknown@3", "roll-group-unknown@5"],
        ),
        csv("below is blank", "序号,姓名,性别,小组\n1,张三,男,一组\n2,李四,女,二组\n,以下空白,,\n"),
        csv("a title on each page", "奇美社区选民登记表,,,\n序号,姓名,性别,小组\n1,张三,男,一组\n,奇美社区选民登记表,,\n序号,姓名,性别,小组\n2,李四,女,二组\n"),
        csv("a title of a part", "姓名,性别,小组\n张三,男,一组\n外出人员,,\n李四,女,二组\n"),
        csv("who filled it in", "序号,姓名,性别,小组\n1,张三,男,一组\n2,李四,女,二组\n填表人：,邹某,,\n审核人,钱某,,日期\n"),
        csv("nobody", "序号,姓名,性别,小组\n1,张三,男,一组\n2,无,,\n3,空户,,一组\n4,暂缺,,一组\n5,李四,女,二组\n"),
        csv("a name among full rows", "姓名,性别,出生日期,小组\n甲一,男,1980-01-01,一组\n乙二,男,1980-01-02,一组\n丙三,男,1980-01-03,一组\n丁四,男,1980-01-04,一组\n戊五,,,\n")
            .with(&["甲一/一组", "乙二/一组", "丙三/一组", "丁四/一组"], &["roll-name-only@6A"]),
        csv("a line nobody understands", "姓名,性别,小组\n张三,男,一组\n李四,女,二组\n嫁出去的女儿们住在别处,,\n").with(&TWO, &["roll-row-unclear@4A"]),
        csv("data without a name", "姓名,性别,住址,电话,小组\n张三,男,,,一组\n李四,女,,,二组\n,,某街,无人接,\n").with(&TWO, &["roll-row-unclear@4C"]),
        csv("a table turned on its side", "姓名,张三,李四\n性别,男,女\n").with(&[], &["roll-row-unclear@2A", "roll-empty"]),
        csv("several names in a cell", "小组,姓名\n一组,张三\n二组,李四\n二组,王五、赵六\n").with(&TWO, &["roll-name-several@4B"]),
        csv("dashes and page numbers", "姓名,性别,小组\n张三,男,一组\n——,,\n第 1 页 共 2 页,,\n李四,女,二组\n"),
    ]
}

fn groups() -> Vec<Shape> {
    vec![
        csv(
            "titles with counts and leaders",
            "姓名,性别,备注\n一组,,\n张三,男,\n二组（1人）,,\n李四,女,\n",
        ),
        csv(
            "a leader in the next cell",
            "姓名,性别,备注\n一组,组长：王某,\n张三,男,\n二组 组长：王某,,\n李四,女,\n",
        ),
        xlsx("a title alone in a workbook", |book| {
            write(
                book.add_worksheet(),
                &[&["姓名", "性别"], &["一组"], &["张三", "男"], &["二组"], &["李四", "女"]],
            );
        }),
        xlsx("a merged title", |book| {
            let sheet = book.add_worksheet();
            write(
                sheet,
                &[&["序号", "姓名", "性别"], &[], &["1", "张三", "男"], &[], &["1", "李四", "女"]],
            );
            for (row, group) in [(1, "一组"), (3, "二组（共1户1人）")] {
                sheet.merge_range(row, 0, row, 2, group, &Format::new()).expect("merged cells");
            }
        }),
        xlsx("a title in a column without heading", |book| {
            write(
                book.add_worksheet(),
                &[
                    &["", "姓名", "性别"],
                    &["一组"],
                    &["", "张三", "男"],
                    &["二组"],
                    &["", "李四", "女"],
                ],
            );
        }),
        csv(
            "each group has its own title and headings",
            "奇美社区一组选民名单,\n姓名,性别\n张三,男\n奇美社区二组选民名单,\n姓名,性别\n李四,女\n",
        ),
        csv("ditto marks", "姓名,小组\n张三,一组\n王五,〃\n李四,二组\n钱七,同上\n")
            .with(&["张三/一组", "王五/一组", "李四/二组", "钱七/二组"], &[]),
        csv(
            "a title where groups have a column",
            "小组,姓名,性别\n一组（1人）,,\n,张三,男\n二组（1人）,,\n,李四,女\n",
        ),
        csv("a label before the group", "小组：一组,\n姓名,性别\n张三,男\n小组：二组,\n李四,女\n"),
        xlsx("pages without headings", |book| {
            let first = book.add_worksheet();
            write(first, &[&["序号", "姓名", "性别", "小组"], &["1", "张三", "男", "一组"]]);
            write(book.add_worksheet(), &[&["2", "李四", "女", "二组"]]);
        })
        .with(&TWO, &["roll-sheet-adopted"]),
        xlsx("an older list, from before people moved", |book| {
            let heading = ["姓名", "小组"];
            let now = [heading, ["张三", "一组"], ["李四", "二组"], ["王五", "一组"]];
            let once = [heading, ["张三", "二组"], ["李四", "一组"], ["王五", "二组"]];
            for list in [now, once] {
                write(book.add_worksheet(), &list.each_ref().map(|row| &row[..]));
            }
        })
        .with(
            &["张三/一组", "李四/二组", "王五/一组", "张三/二组", "李四/一组", "王五/二组"],
            &["roll-sheet-again", "roll-sheet-again"],
        ),
    ]
}

fn remarks() -> Vec<Shape> {
    let asked = |name, remark: &str| {
        csv(name, &format!("姓名,性别,小组,备注\n张三,男,一组,{remark}\n李四,女,二组,\n"))
            .with(&TWO, &["roll-remark@2D"])
    };
    let plain = |name, remark: &str| {
        csv(name, &format!("姓名,性别,小组,备注\n张三,男,一组,{remark}\n李四,女,二组,\n"))
    };
    vec![
        asked("dead", "2026年3月死亡"),
        asked("moved away", "户口已迁出"),
        asked("deprived of rights", "剥夺政治权利"),
        asked("suspended", "停止行使选举权利"),
        asked("not listed", "不列入"),
        asked("registered elsewhere", "已在外村登记"),
        asked("waived", "放弃登记"),
        asked("passed away", "去年病故"),
        asked("in prison", "服刑"),
        plain("out", "外出"),
        plain("party", "党员"),
        plain("poor", "低保"),
        plain("moved in", "2019年户口迁入"),
        csv("no voter by a column", "姓名,性别,小组,是否选民\n张三,男,一组,否\n李四,女,二组,是\n")
            .with(&TWO, &["roll-remark@2D"]),
        csv(
            "marks under the dead",
            "姓名,性别,小组,死亡,迁出\n张三,男,一组,√,\n李四,女,二组,,否\n",
        )
        .with(&TWO, &["roll-remark@2D"]),
        csv("no right by a column", "姓名,性别,小组,选民资格\n张三,男,一组,无\n李四,女,二组,有\n")
            .with(&TWO, &["roll-remark@2D"]),
        csv("a remark in the name", "姓名,性别,小组\n张三（已故）,男,一组\n李四,女,二组\n")
            .with(&["张三（已故）/一组", "李四/二组"], &["roll-remark@2A", "roll-name-foreign@2A"]),
        csv(
            "of a relative",
            "姓名,性别,小组,备注\n张三,男,一组,妻子已去世\n李四,女,二组,丈夫2020年病故\n",
        ),
        csv("a remark without heading", "姓名,性别,小组,\n张三,男,一组,已死亡\n李四,女,二组,\n")
            .with(&TWO, &["roll-remark@2D"]),
        csv("under another heading", "姓名,变动情况,小组\n张三,婚迁外地 已迁走,一组\n李四,,二组\n")
            .with(&TWO, &["roll-remark@2B"]),
        xlsx("hidden and struck through", |book| {
            let struck = Format::new().set_font_strikethrough();
            let sheet = book.add_worksheet();
            write(sheet, &[&["姓名", "小组"], &["张三", "一组"], &[], &["王五", "一组"]]);
            sheet.write_string_with_format(2, 0, "李四", &struck).expect("a cell");
            sheet.write_string_with_format(2, 1, "二组", &struck).expect("a cell");
            sheet.set_row_hidden(3).expect("a row");
        })
        .with(
            &["张三/一组", "李四/二组", "王五/一组"],
            &["roll-row-struck@3A", "roll-row-hidden@4"],
        ),
    ]
}

fn lists_aside() -> Vec<Shape> {
    let second = |name: &'static str, title: &'static str| {
        xlsx(name, move |book| {
            write(
                book.add_worksheet().set_name("名册").expect("a name"),
                &[&["姓名", "性别", "小组"], &["张三", "男", "一组"], &["李四", "女", "二组"]],
            );
            write(
                book.add_worksheet().set_name(title).expect("a name"),
                &[&["姓名", "性别", "小组"], &["王五", "男", "一组"], &["张三", "男", "一组"]],
            );
        })
        .with(&TWO, &["roll-aside@2A", "roll-aside@3A", "roll-also-aside@2A"])
    };
    vec![
        second("a sheet of the dead", "死亡迁出人员"),
        second("a sheet of the reduced", "减少名单"),
        second("a sheet of minors", "未满18周岁"),
        xlsx("a guide with a sample", |book| {
            write(book.add_worksheet().set_name("填表说明").expect("a name"), &[&["姓名", "小组"], &["某某", "一组"]]);
            write(book.add_worksheet().set_name("名册").expect("a name"), &[&["姓名", "小组"], &["张三", "一组"], &["李四", "二组"]]);
        })
        .with(&TWO, &["roll-aside@2A"]),
        xlsx("a roll in the sheet of a form", |book| {
            write(
                book.add_worksheet().set_name("登记表模板").expect("a name"),
                &[&["姓名", "小组"], &["张三", "一组"], &["李四", "二组"]],
            );
        }),
        xlsx("a sheet without the dead", |book| {
            for (name, voter) in [("一组（不含死亡迁出）", "张三"), ("二组", "李四")] {
                let sheet = book.add_worksheet().set_name(name).expect("a name");
                write(sheet, &[&["姓名", "性别"], &[voter, "男"]]);
            }
        }),
        csv("a second table below", "姓名,性别,小组\n张三,男,一组\n李四,女,二组\n,,\n死亡、迁出人员名单,,\n姓名,原因,小组\n王五,死亡,一组\n").with(&TWO, &["roll-aside@7A"]),
        csv("another order below", "姓名,性别,小组\n张三,男,一组\n,,\n小组,性别,姓名\n二组,女,李四\n"),
        csv("the dead below without headings", "姓名,性别,小组\n张三,男,一组\n李四,女,二组\n死亡人员,,\n王五,男,一组\n").with(&TWO, &["roll-aside@5A"]),
    ]
}

fn households() -> Vec<Shape> {
    vec![
        csv(
            "members with their head",
            "户主,与户主关系,家庭成员姓名,性别,小组\n张三,户主,张三,男,一组\n,妻,李四,女,二组\n",
        ),
        csv(
            "the head in his own column",
            "户主姓名,与户主关系,家庭成员姓名,性别,小组\n张三,户主,,男,一组\n,妻,李四,女,二组\n",
        ),
        csv(
            "a relation for a heading",
            "户主（与户主关系）,家庭成员姓名,性别,小组\n户主,张三,男,一组\n妻,李四,女,二组\n",
        ),
        csv(
            "two levels of headings",
            "户主信息,,,家庭成员信息,,,\n姓名,性别,小组,姓名,性别,与户主关系,小组\n张三,男,一组,李四,女,妻,二组\n",
        ),
        csv(
            "the head among the members",
            "户主信息,,家庭成员信息,,,\n姓名,性别,姓名,性别,与户主关系,小组\n张三,男,张三,男,户主,一组\n,,李四,女,妻,二组\n",
        ),
        csv(
            "heads and members apart",
            "户主姓名,性别,小组,家庭成员姓名,性别,与户主关系\n张三,男,一组,王五,女,妻\n李四,男,二组,赵六,女,妻\n",
        )
        .with(&["张三/一组", "王五/一组", "李四/二组", "赵六/二组"], &[]),
        csv("a head and no relation", "户主,家庭成员,小组\n王五,张三,一组\n李四,李四,二组\n")
            .with(&TWO, &["roll-head-missing@2A"]),
        csv("ages in words", "姓名,年龄,小组\n张三,四十,一组\n李四,200,二组\n")
            .with(&TWO, &["roll-age@3B"]),
        csv("no group by a dash", "姓名,性别,小组\n张三,男,一组\n王五,女,-\n李四,女,二组\n")
            .with(&["张三/一组", "王五/一组", "李四/二组"], &["roll-group-blank@3C"]),
        csv("a group that is not known", "姓名,小组\n张三,一组\n王五,不详\n")
            .with(&["张三/一组", "王五/一组"], &["roll-group-blank@3B"]),
        csv(
            "a head who is missing",
            "户主,与户主关系,家庭成员姓名,性别,小组\n王五,子,张三,男,一组\n王五,媳,李四,女,二组\n",
        )
        .with(&TWO, &["roll-head-missing@2A"]),
    ]
}

fn headings() -> Vec<Shape> {
    vec![
        csv("by the words of the law", "参选村民姓名,村小组\n张三,一组\n李四,二组\n"),
        csv("with a format", "姓名,\"出生年月日\nyyyy-mm-dd\",组别\n张三,1987-03-05,一组\n李四,1990-01-02,二组\n"),
        csv("an ID number and an address", "姓名,身份证号 / 住址,小组\n张三,11010519491231002X 某街,一组\n李四,110105194912310021,二组\n").with(&TWO, &["roll-id-check@3B"]),
        csv("an ID under another heading", "姓名,本人居民身份证号码,小组\n张三,110105194912310021,一组\n李四,,二组\n").with(&TWO, &["roll-id-check@2B"]),
        csv("one digit a cell", "姓名,身份证号,,,,,,,,,,,,,,,,,,小组\n张三,1,1,0,1,0,5,1,9,4,9,1,2,3,1,0,0,2,1,一组\n李四,1,1,0,1,0,5,1,9,4,9,1,2,3,1,0,0,2,X,二组\n").with(&TWO, &["roll-id-check@2B"]),
        csv("the group of the left half only", "姓名,性别,小组,姓名,性别\n张三,男,一组,王五,男\n李四,女,二组,赵六,女\n").with(&["张三/一组", "王五/一组", "李四/二组", "赵六/二组"], &["roll-group-blank@2D"]),
        csv("a man alone in his row", "男选民姓名,女选民姓名,小组\n张三,王五,一组\n李四,,二组\n").with(&["张三/一组", "王五/一组", "李四/二组"], &[]),
        csv("a move between groups below the list", "序号,姓名,小组\n1,张三,一组\n2,李四,二组\n张三由一组调整到二组,,\n").with(&TWO, &["roll-note@4"]),
        csv("an office for a number", "序号,姓名,性别,小组\n1,张三,男,一组\n村主任,李四,女,二组\n").with(&TWO, &["roll-remark@3A"]),
        csv("a heading with a cell for each character", "姓名,公,民,身,份,号,码,,,,,,,,,,,,,小组\n张三,1,1,0,1,0,5,1,9,4,9,1,2,3,1,0,0,2,1,一组\n李四,1,1,0,1,0,5,1,9,4,9,1,2,3,1,0,0,2,X,二组\n").with(&TWO, &["roll-id-check@2B"]),
        csv("the group of a household left open", "户主：张三,组别：一组,\n姓名,性别,与户主关系\n张三,男,户主\n,,\n户主：李四,组别：二组,\n姓名,性别,与户主关系\n李四,女,户主\n,,\n户主：王五,组别：,\n姓名,性别,与户主关系\n王五,女,户主\n").with(&["张三/一组", "李四/二组", "王五/二组"], &["roll-group-blank@9"]),
        csv("a table whose title lacks the group", "石坪村一组选民名单,,\n序号,姓名,性别\n1,张三,男\n2,王五,男\n,,\n石坪村选民名单,,\n序号,姓名,性别\n1,李四,女\n").with(&["张三/一组", "王五/一组", "李四/一组"], &["roll-serial@8A"]),
        csv("one sex in a code", "姓名,性别,小组\n张三,男,一组\n王五,女,一组\n赵六,男,一组\n李四,1,二组\n").with(&["张三/一组", "王五/一组", "赵六/一组", "李四/二组"], &["roll-sex@5B"]),
        csv("sex and age in one cell", "姓名,性别/年龄,小组\n张三,男/12,一组\n李四,女 45岁,二组\n").with(&TWO, &["roll-under-age@2"]),
        csv("addresses for groups, as the police have them", "姓名,性别,户籍地址\n张三,男,某县石坪村一社9号\n李四,女,某县石坪村二社8号\n").with(&["张三/一社", "李四/二社"], &["roll-no-groups", "roll-group-unknown@2", "roll-group-unknown@3"]),
        csv("a mark in brackets where the number stands", "序号,姓名,小组\n1,张三,一组\n2（迁）,李四,二组\n").with(&TWO, &["roll-remark@3A"]),
        csv("one heading over names, groups behind", "序号,姓名,,,小组\n1,张三,王五,赵六,一组\n2,李四,,,二组\n").with(&["张三/一组", "王五/一组", "赵六/一组", "李四/二组"], &[]),
        csv("more names than headings", "序号,姓名,,性别,小组\n1,张三,王五,男,一组\n2,李四,,女,二组\n").with(&TWO, &["roll-beside@2C"]),
        csv("somebody else's number", "姓名,户主身份证号,小组\n张三,123,一组\n李四,456,二组\n"),
        csv("year of birth", "姓名,出生年,小组\n张三,2015,一组\n李四,1980,二组\n").with(&TWO, &["roll-under-age@2B"]),
        csv("age", "姓名,年龄,小组\n张三,12,一组\n李四,40,二组\n").with(&TWO, &["roll-under-age@2B"]),
        csv("one thing twice", "姓名,小组,性别,所属小组\n张三,一组,男,东片\n李四,二组,女,东片\n").with(&TWO, &["roll-column-twice@1D"]),
    ]
}

fn cells() -> Vec<Shape> {
    let day = Format::new().set_num_format("yyyy");
    vec![
        xlsx("formulas without values", |book| {
            let sheet = book.add_worksheet();
            write(
                sheet,
                &[
                    &["序号", "姓名", "小组", "出生日期"],
                    &["", "张三", "一组"],
                    &["", "李四", "二组"],
                ],
            );
            sheet.write_formula(1, 0, "=ROW()-1").expect("a formula");
            sheet
                .write_formula(1, 3, Formula::new("=DATE(1980,1,1)").set_result(""))
                .expect("a formula");
        })
        .with(&TWO, &["roll-formula-unsaved@2D"]),
        xlsx("a format that shows the year", |book| {
            let sheet = book.add_worksheet();
            write(sheet, &[&["姓名", "小组", "出生日期"], &["张三", "一组"], &["李四", "二组"]]);
            // 1 January 1999, of which the cell shows 1999.
            sheet.write_number_with_format(1, 2, 36161, &day).expect("a cell");
        })
        .with(&TWO, &["roll-age-unsure@2C"]),
        Shape {
            name: "Excel 97 with the other calendar",
            file: "voters.xls",
            bytes: {
                let mut bytes = include_bytes!("excel97.xls").to_vec();
                let mode = [0x22, 0, 2, 0, 0, 0];
                let at = bytes
                    .windows(6)
                    .position(|window| window == mode)
                    .expect("the record of the calendar");
                bytes[at + 4] = 1;
                bytes
            },
            voters: TWO.to_vec(),
            faults: vec!["roll-id-as-number@3D"],
        },
        Shape {
            name: "OpenDocument with a hidden row, struck through",
            file: "voters.ods",
            bytes: open_document(),
            voters: TWO.to_vec(),
            faults: vec!["roll-formula-unsaved@2C", "roll-row-struck@2A", "roll-row-hidden@3"],
        },
        Shape {
            name: "Excel 97 with a hidden row, struck through",
            file: "voters.xls",
            bytes: {
                let mut bytes = include_bytes!("excel97.xls").to_vec();
                // The record of the third row, and those of all fonts.
                for at in places(&bytes, &[0x08, 0x02, 16, 0, 2, 0]) {
                    bytes[at + 16] |= 0x20;
                }
                for at in places(&bytes, &[0x31, 0, 21, 0]) {
                    bytes[at + 6] |= 0x08;
                }
                bytes
            },
            voters: TWO.to_vec(),
            faults: vec![
                "roll-row-struck@2B",
                "roll-row-struck@3B",
                "roll-id-as-number@3D",
                "roll-row-hidden@3",
            ],
        },
    ]
}

/// A spreadsheet in OpenDocument with a hidden row, a name struck through and a
/// formula without value.
fn open_document() -> Vec<u8> {
    let cell = |text: &str| {
        format!(
            r#"<table:table-cell office:value-type="string"><text:p>{text}</text:p></table:table-cell>"#
        )
    };
    let struck =
        cell("张三").replace("<table:table-cell", r#"<table:table-cell table:style-name="ce1""#);
    let formula = r#"<table:table-cell table:formula="of:=[.D1]"/>"#;
    let rows = [
        format!(
            "<table:table-row>{}{}{}</table:table-row>",
            cell("姓名"),
            cell("小组"),
            cell("性别")
        ),
        format!("<table:table-row>{struck}{}{formula}</table:table-row>", cell("一组")),
        format!(
            r#"<table:table-row table:visibility="filter">{}{}</table:table-row>"#,
            cell("李四"),
            cell("二组")
        ),
    ];
    let style = r#"<style:style style:name="ce1"><style:text-properties style:text-line-through-style="solid"/></style:style>"#;
    ods_of(style, &rows.concat())
}

/// The least that is a binary workbook, of texts.
pub(crate) fn binary_workbook(rows: &[&[&str]]) -> Vec<u8> {
    let text = |text: &str| {
        let units: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
        [&(units.len() as u32 / 2).to_le_bytes(), units.as_slice()].concat()
    };
    // Its number, in seven bits a byte, its length in the same way, and its content.
    let record = |kind: u16, content: &[u8]| {
        let (low, high) = ((kind & 0x7F) as u8, (kind >> 7) as u8);
        let kind = if high > 0 { vec![low | 0x80, high] } else { vec![low] };
        assert!(content.len() < 128, "a short record");
        [kind, vec![content.len() as u8], content.to_vec()].concat()
    };
    let none = [0u8; 4];
    let sheet = [&none[..], &1u32.to_le_bytes(), &text("rId1"), &text("名册")].concat();
    let book = [record(0x9C, &sheet), record(0x90, &[]), record(0x84, &[])].concat();
    let mut cells = [record(0x94, &[0; 16]), record(0x91, &[])].concat();
    for (row, texts) in (0u32..).zip(rows) {
        cells.extend(record(0, &row.to_le_bytes()));
        for (column, cell) in (0u32..).zip(*texts) {
            cells.extend(record(6, &[&column.to_le_bytes()[..], &none, &text(cell)].concat()));
        }
    }
    cells.extend(record(0x92, &[]));
    let relations = br#"<Relationships><Relationship Id="rId1" Type="x/worksheet" Target="worksheets/sheet1.bin"/></Relationships>"#;
    zip(&[
        ("xl/_rels/workbook.bin.rels", &relations[..]),
        ("xl/workbook.bin", &book),
        ("xl/worksheets/sheet1.bin", &cells),
    ])
}

/// A spreadsheet in OpenDocument whose dates of birth show the year only.
fn years_only() -> Vec<u8> {
    let text = |text: &str| {
        format!(
            r#"<table:table-cell office:value-type="string"><text:p>{text}</text:p></table:table-cell>"#
        )
    };
    let birth = |day: &str| {
        format!(
            r#"<table:table-cell table:style-name="ce1" office:value-type="date" office:date-value="{day}"><text:p>{}</text:p></table:table-cell>"#,
            &day[..4]
        )
    };
    let row = |cells: [String; 3]| format!("<table:table-row>{}</table:table-row>", cells.concat());
    let rows = [
        row([text("姓名"), text("出生日期"), text("小组")]),
        row([text("张三"), birth("1987-01-01"), text("一组")]),
        row([text("李四"), birth("1999-01-01"), text("二组")]),
    ];
    let style = r#"<number:date-style style:name="N1"><number:year number:style="long"/></number:date-style><style:style style:name="ce1" style:data-style-name="N1"/>"#;
    ods_of(style, &rows.concat())
}

/// Few cells that stand for more than any machine holds.
fn bombs() -> Vec<Shape> {
    let name =
        r#"<table:table-cell office:value-type="string"><text:p>姓名</text:p></table:table-cell>"#;
    let repeated = |what: &str, count: &str| {
        let cell = name.replace("<table:table-cell", &format!("<table:table-cell {what}"));
        format!("<table:table-row {count}>{cell}</table:table-row>")
    };
    let columns = r#"table:number-columns-repeated="16384""#;
    let rows = r#"table:number-rows-repeated="1000000""#;
    let far = format!(
        "<table:table-row>{name}</table:table-row><table:table-row {rows}/><table:table-row><table:table-cell {columns}/>{name}</table:table-row>"
    );
    let bomb = |name, rows: &str| Shape {
        name,
        file: "voters.ods",
        bytes: ods_of("", rows),
        voters: vec![],
        faults: vec!["roll-unreadable"],
    };
    vec![
        bomb("a cell repeated over a sheet", &repeated(columns, rows)),
        bomb(
            "a row repeated over a sheet",
            &repeated(r#"table:number-columns-repeated="99""#, rows),
        ),
        bomb(
            "rows repeated a thousand times",
            &repeated(columns, r#"table:number-rows-repeated="500""#).repeat(99),
        ),
        bomb("two cells in two corners", &far.replace("16384", "16383")),
    ]
}

/// Where a sequence of bytes stands.
fn places(bytes: &[u8], wanted: &[u8]) -> Vec<usize> {
    (0..bytes.len()).filter(|&at| bytes[at..].starts_with(wanted)).collect()
}

fn files() -> Vec<Shape> {
    let shape = |name, file, text: &str| Shape {
        name,
        file,
        bytes: text.into(),
        voters: TWO.to_vec(),
        faults: vec![],
    };
    let xml = r#"<?xml version="1.0" encoding="UTF-8"?><?mso-application progid="Excel.Sheet"?>
<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet" xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet">
<Styles><Style ss:ID="s1"><Font ss:StrikeThrough="1"/></Style></Styles>
<Worksheet ss:Name="Sheet1"><Table>
<Row><Cell ss:MergeAcross="2"><Data ss:Type="String">选民名册</Data></Cell></Row>
<Row ss:Index="3"><Cell><Data ss:Type="String">姓名</Data></Cell><Cell><Data ss:Type="String">出生日期</Data></Cell><Cell><Data ss:Type="String">小组</Data></Cell></Row>
<Row><Cell><Data ss:Type="String">张三</Data></Cell><Cell><Data ss:Type="DateTime">1987-03-05T00:00:00.000</Data></Cell><Cell><Data ss:Type="String">一组</Data></Cell></Row>
<Row ss:Hidden="1"><Cell ss:StyleID="s1"><Data ss:Type="String">李四</Data></Cell><Cell ss:Index="3"><Data ss:Type="String">二组</Data></Cell></Row>
</Table></Worksheet></Workbook>"#;
    vec![
        shape("a page of HTML", "voters.xls", "<html xmlns:x=\"urn:schemas-microsoft-com:office:excel\"><head><meta charset=utf-8></head><body><table><tr><td>姓名<td>小组<tr><td>张三<td rowspan=1>一组<tr><td>李&#22235;<td>二组</table></body></html>"),
        shape("a page with merged cells", "选民名册.xls", "<table border=\"1\"><tr><th colspan=\"2\">名册</th></tr><tr><th>小组</th><th>姓名</th></tr><tr><td rowspan=\"2\">一组</td><td>张三</td></tr><tr><td>王五</td></tr><tr><td>二组</td><td>李四</td></tr></table>")
            .with(&["张三/一组", "王五/一组", "李四/二组"], &[]),
        Shape {
            name: "a page in GBK",
            file: "voters.xls",
            bytes: encoding_rs::GB18030.encode("<html><meta charset=gb2312><table><tr><td>姓名</td><td>小组</td></tr><tr><td>张三</td><td>一组</td></tr><tr><td>李四</td><td>二组</td></tr></table>").0.into_owned(),
            voters: TWO.to_vec(),
            faults: vec![],
        },
        shape("XML of Excel 2003", "voters.xls", xml).with(&TWO, &["roll-row-struck@5A", "roll-row-hidden@5"]),
        Shape {
            name: "a binary workbook",
            file: "voters.xlsb",
            bytes: binary_workbook(&[&["姓名", "小组"], &["张三", "一组"], &[], &["李四", "二组"]]),
            voters: TWO.to_vec(),
            faults: vec![],
        },
        Shape { name: "years in OpenDocument", file: "voters.ods", bytes: years_only(), voters: TWO.to_vec(), faults: vec!["roll-age-unsure@3B"] },
        Shape { name: "years in Excel 97", file: "voters.xls", bytes: include_bytes!("years97.xls").to_vec(), voters: TWO.to_vec(), faults: vec!["roll-age-unsure@3B"] },
        Shape { name: "WPS", file: "voters.et", bytes: include_bytes!("excel97.xls").to_vec(), voters: TWO.to_vec(), faults: vec!["roll-id-as-number@3D"] },
        Shape {
            name: "a package of parts by other names",
            file: "voters.xlsm",
            bytes: zip(&[
                ("[Content_Types].xml", "<Types/>"),
                ("xl/_rels/workbook.xml.rels", r#"<Relationships><Relationship Id="a" Type="http://x/worksheet" Target="/xl/Worksheets/One.xml"/></Relationships>"#),
                ("xl/workbook.xml", r#"<x:workbook xmlns:x="m" xmlns:r="r"><x:sheets><x:sheet name="名册" sheetId="1" r:id="a"/></x:sheets></x:workbook>"#),
                ("xl/worksheets/one.xml", r#"<x:worksheet xmlns:x="m"><x:sheetData><x:row><x:c t="inlineStr"><x:is><x:t>姓名</x:t></x:is></x:c><x:c t="inlineStr"><x:is><x:r><x:t>小</x:t></x:r><x:r><x:t>组</x:t></x:r></x:is></x:c></x:row><x:row><x:c t="str"><x:v>张三</x:v></x:c><x:c t="str"><x:v>一组</x:v></x:c></x:row><x:row><x:c t="str"><x:v>李四</x:v></x:c><x:c t="str"><x:v>二组</x:v></x:c></x:row></x:sheetData></x:worksheet>"#),
            ]),
            voters: TWO.to_vec(),
            faults: vec![],
        },
    ]
}

fn names() -> Vec<Shape> {
    vec![
        csv("numbers in names", "姓名,小组\n张三13912345678,一组\n李四0663-8461234,二组\n王五E12345678,一组\n赵六 仙桥街秘密巷77号,二组\n").with(
            &["张三13912345678/一组", "李四0663-8461234/二组", "王五E12345678/一组", "赵六 仙桥街秘密巷77号/二组"],
            &["roll-name-personal@2A", "roll-name-personal@3A", "roll-name-personal@4A", "roll-name-personal@5A"],
        ),
        csv("numbers in groups", "姓名,性别,小组\n张三,男,一组 13912345678\n李四,女,二组\n").with(
            &["张三/一组 13912345678", "李四/二组"],
            &["roll-group-unknown@2C", "roll-group-personal@2C"],
        ),
    ]
}
