//! What a careful clerk asks about, and what she reads without a word, kind by kind:
//! who is no voter, which group is meant, whether a row is somebody's.

use rust_xlsxwriter::{Color, Format};

use super::shapes::{Shape, csv, ods_of, write, xlsx};

pub(crate) fn all() -> Vec<Shape> {
    [
        blanks(),
        ditto(),
        no_voters(),
        voters(),
        terms(),
        sheets(),
        spellings(),
        numerals(),
        words_for_names(),
        columns(),
        names(),
        lines(),
        looks(),
        marks(),
        several_groups(),
        counts_of_groups(),
        everyday_words(),
        clerks(),
        forgotten(),
        signs(),
        sums_stated(),
        lists_of_who_left(),
        labels(),
        restarts(),
        relatives(),
        slips(),
    ]
    .into_iter()
    .flatten()
    .collect()
}

const TWO: [&str; 2] = ["张三/一组", "李四/二组"];

/// Groups that are not written in every row.
fn blanks() -> Vec<Shape> {
    vec![
        csv("in the middle", "小组,姓名\n,张三\n一组,王五\n,赵六\n,李四\n二组,钱七\n,孙八\n").with(
            &["张三/", "王五/一组", "赵六/一组", "李四/一组", "钱七/二组", "孙八/二组"],
            &["roll-group-blank@4A", "roll-group-blank@5A", "roll-group-missing@2A"],
        ),
        csv("in the last row", "小组,姓名\n,张三\n,王五\n一组,赵六\n,李四\n二组,钱七\n").with(
            &["张三/", "王五/", "赵六/一组", "李四/一组", "钱七/二组"],
            &["roll-group-blank@5A", "roll-group-missing@2A", "roll-group-missing@3A"],
        ),
        csv(
            "forgotten in one household",
            "户号,姓名,小组\n1,张三,一组\n,王五,\n2,赵六,\n,钱七,\n3,李四,二组\n",
        )
        .with(
            &["张三/一组", "王五/一组", "赵六/一组", "钱七/一组", "李四/二组"],
            &["roll-group-blank@4C"],
        ),
        csv("members after their head", "户主,姓名,小组\n张三,张三,一组\n,王五,\n李四,李四,二组\n")
            .with(&["张三/一组", "王五/一组", "李四/二组"], &[]),
        csv("as a group", "姓名,性别,小组\n张三,男,一组（已迁出）\n李四,女,二组\n")
            .with(&TWO, &["roll-remark@2C"]),
    ]
}

/// Nobody is in two groups.
fn several_groups() -> Vec<Shape> {
    let mut shapes: Vec<Shape> =
        ["一组、二组", "一组，二组", "一组 二组", "一组/二组", "一、二组", "一组和二组", "1、2"]
            .map(|cell| csv(cell, &format!("姓名,小组\n张三,一组\n李四,二组\n王五,{cell}\n")))
            .map(|shape| Shape { faults: vec!["roll-group-several@4B"], ..shape })
            .into();
    let cells =
        ["王五/一组、二组", "王五/一组，二组", "王五/一组 二组", "王五/一组/二组", "王五/一、二组"];
    let cells = cells.into_iter().chain(["王五/一组和二组", "王五/1、2"]);
    for (shape, cell) in shapes.iter_mut().zip(cells) {
        shape.voters = vec!["张三/一组", "李四/二组", cell];
    }
    shapes.extend([
        csv("two groups in a title", "姓名,性别\n一组,\n张三,男\n一、二组,\n李四,女\n")
            .with(&["张三/一组", "李四/一、二组"], &["roll-group-several@5"]),
        xlsx("two groups in the name of a sheet", |book| {
            for (sheet, name) in [("一组", "张三"), ("一、二组", "李四")] {
                let sheet = book.add_worksheet().set_name(sheet).expect("a name");
                write(sheet, &[&["姓名", "性别"], &[name, "男"]]);
            }
        })
        .with(&["张三/一组", "李四/一、二组"], &["roll-group-several@2"]),
        csv("a village and its group", "姓名,小组\n张三,一组\n李四,二组（东湾、西湾）\n")
            .with(&["张三/一组", "李四/二组（东湾、西湾）"], &["roll-group-unknown@3B"]),
    ]);
    shapes
}

/// Numbers of people beside the names of groups.
fn counts_of_groups() -> Vec<Shape> {
    let voters = ["张三/一组", "王五/一组", "李四/二组"];
    let sheets = |first: &'static str| {
        xlsx("counts in the names of sheets", move |book| {
            for (sheet, names) in [(first, vec!["张三", "王五"]), ("二组", vec!["李四"])] {
                let sheet = book.add_worksheet().set_name(sheet).expect("a name");
                let rows = names.iter().map(|name| [*name, "男"]);
                let rows: Vec<[&str; 2]> = [["姓名", "性别"]].into_iter().chain(rows).collect();
                write(sheet, &rows.iter().map(|row| &row[..]).collect::<Vec<_>>());
            }
        })
    };
    vec![
        csv("a wrong count", "姓名,小组\n张三,一组（4人）\n王五,一组（4人）\n李四,二组\n")
            .with(&voters, &["roll-total@2B"]),
        csv("a right count", "姓名,小组\n张三,一组（2人）\n王五,一组（2人）\n李四,二组（1人）\n")
            .with(&voters, &[]),
        csv("a count without brackets", "姓名,小组\n张三,一组 3人\n王五,一组 3人\n李四,二组\n")
            .with(&voters, &["roll-total@2B"]),
        csv("a leader", "姓名,小组\n张三,一组（组长：王五）\n王五,一组\n李四,二组\n")
            .with(&voters, &[]),
        sheets("一组（3人）").with(&voters, &["roll-total"]),
        sheets("一组（2人）").with(&voters, &[]),
    ]
}

/// Five voters of whom one lacks something.
const FIVE: [&str; 5] = ["张三/一组", "王五/一组", "赵六/一组", "李四/二组", "钱七/二组"];

/// What nearly everybody has, and one has not.
fn forgotten() -> Vec<Shape> {
    let heading = "姓名,性别,出生日期,小组\n";
    let first = "张三,男,1950-01-02,一组\n王五,男,1961-02-03,一组\n赵六,男,1972-03-04,一组\n";
    let last = "钱七,女,1983-04-05,二组\n";
    let of = |row: &str| format!("{heading}{first}{row}\n{last}");
    vec![
        csv("a sex", &of("李四,,1990-05-06,二组")).with(&FIVE, &["roll-cell-blank@5B"]),
        csv("a birth", &of("李四,女,,二组")).with(&FIVE, &["roll-cell-blank@5C"]),
        csv("both", &of("李四,,,二组")).with(&FIVE, &["roll-cell-blank@5B"]),
        csv("said to be unknown", &of("李四,女,不详,二组")).with(&FIVE, &[]),
        csv(
            "an ID number",
            "姓名,身份证号,小组\n张三,110101195001010017,一组\n王五,110101196101010019,一组\n\
             赵六,110101197201010010,一组\n李四,,二组\n钱七,110101198301010012,二组\n",
        )
        .with(&FIVE, &["roll-cell-blank@5B"]),
        csv("half of them", "姓名,性别,出生日期,小组\n张三,男,1950-01-02,一组\n李四,女,,二组\n")
            .with(&TWO, &[]),
    ]
}

/// Ticks and signs that say who is a voter.
fn signs() -> Vec<Shape> {
    let changes = |heading: &str, sign: &str| {
        format!(
            "姓名,性别,小组,{heading}\n张三,男,一组,\n王五,男,一组,\n赵六,男,一组,+\n\
             李四,女,二组,{sign}\n钱七,女,二组,\n"
        )
    };
    let ticks = |first: &str, heading: &str, last: &str| {
        format!(
            "{first}姓名,性别,小组,{heading}\n张三,男,一组,√\n王五,男,一组,√\n赵六,男,一组,\n\
             李四,女,二组,√\n钱七,女,二组,√\n{last}"
        )
    };
    vec![
        csv("a minus", &changes("增减", "-")).with(&FIVE, &["roll-remark@5D"]),
        csv("a dash", &changes("变动情况", "—")).with(&FIVE, &["roll-remark@5D"]),
        csv("a dash that says nothing", &changes("住址", "—")).with(&FIVE, &[]),
        csv("ticks under no heading", &ticks("", "", "")).with(&FIVE, &["roll-legend@2D"]),
        csv("ticks with their meaning below", &ticks("", "", "打√的为选民,,,\n"))
            .with(&FIVE, &["roll-legend@7", "roll-legend@2D"]),
        csv("ticks with their meaning above", &ticks("注：打“√”的是选民,,,\n", "", ""))
            .with(&FIVE, &["roll-legend@1", "roll-legend@3D"]),
    ]
}

/// Numbers that the sheet states beside those that are read.
fn sums_stated() -> Vec<Shape> {
    let figures = |one: &str, all: &str| {
        format!(
            "姓名,性别,小组,,组别,男,女,合计\n张三,男,1组,,一组,3,0,3\n王五,男,1组,,二组,0,2,{one}\n\
             赵六,男,1组,,合计,3,2,{all}\n李四,女,2组,,,,,\n钱七,女,2组,,,,,\n"
        )
    };
    let titled = |one: &str, other: &str| {
        format!("姓名,性别\n{one},\n张三,男\n王五,男\n赵六,男\n{other},\n李四,女\n钱七,女\n")
    };
    let families = |heading: &str, one: usize, other: usize| {
        format!(
            "户号,户主,{heading},姓名,小组\n1,张三,{one},张三,一组\n,,,王五,一组\n,,,赵六,一组\n\
             2,李四,{other},李四,二组\n,,,钱七,二组\n"
        )
    };
    let in_numbers = ["张三/1组", "王五/1组", "赵六/1组", "李四/2组", "钱七/2组"];
    let unknown = ["roll-group-unknown@2C", "roll-group-unknown@5C"];
    vec![
        csv("some of all", "姓名,性别,小组\n张三,男,一组\n李四,女,二组\n合计,3,其中党员,2\n")
            .with(&TWO, &["roll-total@4"]),
        csv(
            "a running total",
            &titled("一组", "小计3人 累计3人,\n二组")
                .replace("钱七,女\n", "钱七,女\n小计2人 累计6人,\n"),
        )
        .with(&FIVE, &["roll-total@10"]),
        csv(
            "a sum of a group that is that of all so far",
            "姓名,小组\n张三,一组\n王五,一组\n赵六,一组\n一组合计3人,\n李四,二组\n钱七,二组\n二组合计5人,\n",
        )
        .with(&FIVE, &["roll-total@8"]),
        csv(
            "a leader and a count",
            &titled("一组 组长：张三 选民数：3", "二组 组长：李四 选民数：7"),
        )
        .with(&FIVE, &["roll-total@6"]),
        csv("men and women", &titled("一组　男3人　女0人", "二组　男1人　女1人"))
            .with(&FIVE, &["roll-total@6"]),
        csv(
            "in the column of numbers",
            "姓名,性别,人数\n一组,,3\n张三,男,\n王五,男,\n赵六,男,\n二组,,3\n李四,女,\n钱七,女,\n",
        )
        .with(&FIVE, &["roll-total@6"]),
        csv("more voters than a family has", &families("人数", 3, 1))
            .with(&FIVE, &["roll-total@5C"]),
        csv("children among a family", &families("人数", 5, 2)).with(&FIVE, &[]),
        csv("fewer voters than are stated", &families("本户选民数", 4, 2))
            .with(&FIVE, &["roll-total@2C"]),
        csv("right figures beside", &figures("2", "5")).with(&in_numbers, &unknown),
        csv("wrong figures beside", &figures("3", "6")).with(
            &in_numbers,
            &["roll-total@3", "roll-total@4", "roll-group-unknown@2C", "roll-group-unknown@5C"],
        ),
    ]
}

/// A list of those who left beside the roll: they are asked about where they stand.
fn lists_of_who_left() -> Vec<Shape> {
    ["减少人员", "死亡人员名单"]
        .map(|heading| {
            csv(
                heading,
                &format!(
                    "姓名,性别,小组,,{heading},原因\n张三,男,一组,,孙八,死亡\n王五,男,一组,,李四,迁出\n\
                     赵六,男,一组,,,\n李四,女,二组,,,\n钱七,女,二组,,,\n"
                ),
            )
            .with(&FIVE, &["roll-aside@2E", "roll-aside@3E", "roll-also-aside@5A"])
        })
        .into()
}

/// Rows of labels and what they ask for are no headings, but titles.
fn labels() -> Vec<Shape> {
    let over = |labels: &str| {
        csv(
            "over the headings",
            &format!("{labels}\n序号,姓名,性别,出生日期,小组\n1,张三,男,2015-01-02,一组\n2,李四,女,1960-01-02,二组\n"),
        )
        .with(&TWO, &["roll-under-age@3D"])
    };
    vec![
        over("组别,一组,组长,张三,").with(&TWO, &["roll-group-title@4E", "roll-under-age@3D"]),
        over("网格员,王芳,,,"),
        over("组长 张三,,,联系电话,13800138000"),
        csv(
            "over each of two lists",
            "小组,一组,户数,1\n序号,姓名,性别,年龄\n1,张三,男,45\n小组,二组,户数,1\n序号,姓名,性别,年龄\n\
             1,李四,女,50\n",
        ),
        csv("with its number", "序号,姓名,性别\n一,一组,\n1,张三,男\n二,二组,\n2,李四,女\n"),
        csv(
            "with its leader",
            "序号,姓名,性别\n一组,王芳,组长\n1,张三,男\n二组,李四,组长\n2,李四,女\n",
        ),
        csv("with numbers below", "序号,姓名,性别\n1,张三,男\n一组,1,1\n2,李四,女\n二组,1,0\n")
            .with(
                &["张三/", "李四/"],
                &["roll-group-title@3", "roll-group-title@5", "roll-no-groups"],
            ),
        csv("with numbers", "序号,姓名,性别\n一组,1,1\n1,张三,男\n二组,1,0\n2,李四,女\n"),
    ]
}

/// Serial numbers that begin again where no other group begins.
fn restarts() -> Vec<Shape> {
    let rows = |between: &str| {
        format!(
            "一组,,\n序号,姓名,性别\n1,张三,男\n2,王五,男\n3,赵六,男\n{between}1,李四,女\n2,钱七,女\n"
        )
    };
    let all_in_one = ["张三/一组", "王五/一组", "赵六/一组", "李四/一组", "钱七/一组"];
    let of = |title: &str, name: &str| format!("{title},,\n序号,姓名,性别\n1,{name},男\n");
    vec![
        csv("at once", &rows("")).with(&all_in_one, &["roll-serial@6A"]),
        csv("below a number", &rows("2,,\n")).with(&all_in_one, &["roll-serial@7A"]),
        csv("on another page", &rows("序号,姓名,性别\n")).with(&all_in_one, &[]),
        csv("in another group", &rows("二组,,\n")).with(&FIVE, &[]),
        csv(
            "below a title that was copied",
            &[of("一组", "张三"), of("一组", "王五"), of("三组", "李四")].concat(),
        )
        .with(
            &["张三/一组", "王五/一组", "李四/三组"],
            &["roll-group-title@4", "roll-group-unknown@9"],
        ),
    ]
}

/// What members of a household are to its head.
fn relatives() -> Vec<Shape> {
    let family = |relation: &str, birth: &str| {
        let sound = "户号,姓名,与户主关系,性别,出生日期,小组\n1,张三,户主,男,1960-01-02,一组\n1,王五,妻,女,1962-03-04,一组\n\
             1,赵六,长子,男,1985-03-04,一组\n2,李四,户主,女,1970-03-04,二组\n2,钱七,儿子,男,1992-03-04,二组\n\
             2,孙八,女儿,女,1994-03-04,二组\n";
        format!("{sound}2,周九,{relation},男,{birth},二组\n")
    };
    let all =
        ["张三/一组", "王五/一组", "赵六/一组", "李四/二组", "钱七/二组", "孙八/二组", "周九/二组"];
    vec![
        csv("a son older than his mother", &family("次子", "1965-03-04"))
            .with(&all, &["roll-relation@8C"]),
        csv("a father younger than his daughter", &family("父亲", "1980-03-04"))
            .with(&all, &["roll-relation@8C"]),
        csv("a husband", &family("丈夫", "1968-03-04")).with(&all, &[]),
        csv("an adopted son", &family("养子", "1968-03-04")).with(&all, &[]),
        csv(
            "to whom somebody gave a power of attorney",
            "姓名,性别,小组,受委托人,与委托人关系\n张三,男,一组,李四,妻\n李四,女,二组,,\n",
        ),
    ]
}

/// What is written a little beside what it should be.
fn slips() -> Vec<Shape> {
    vec![
        csv("a post behind the sex", "姓名,性别,小组\n张三,男。,一组\n李四,女(妇联主席),二组\n"),
        csv("headings in two languages", "姓名 ئىسمى,性别 جىنسى,小组\n张三,男,一组\n李四,女,二组\n"),
        csv(
            "names in two languages",
            "姓名（藏文）,姓名（汉文）,性别,小组\nབཀྲ་ཤིས།,张三,男,一组\nསྒྲོལ་མ།,李四,女,二组\n",
        ),
        csv("an old word for the age", "姓名,性别,年令,小组\n张三,男,11,一组\n李四,女,50,二组\n")
            .with(&TWO, &["roll-under-age@2C"]),
        csv("a leader below the group", "姓名,小组\n张三,\"一组\n组长：王芳\"\n李四,二组\n"),
        csv("a number before the name", "姓名,小组\n李四,二组\n1.张三,一组\n")
            .with(&["李四/二组", "1.张三/一组"], &["roll-name-personal@3A"]),
        csv("numbers before the names", "姓名,小组\n1.张三,一组\n2.李四,二组\n"),
        csv("headings with a wrong character", "姓名,姓别,出身年月,小组\n张三,男,2015-01,一组\n李四,女,1960-01,二组\n")
            .with(&TWO, &["roll-under-age@2C"]),
        csv("more than a name", "姓名,性别,小组\n张三丰男,男,一组\n李四,女,二组\n户主王五六,男,一组\n王胜男,女,一组\n")
            .with(
                &["张三丰男/一组", "李四/二组", "户主王五六/一组", "王胜男/一组"],
                &["roll-name-unsaid@2A", "roll-name-unsaid@4A"],
            ),
        csv("both sexes ticked", "姓名,男,女,小组\n张三,√,√,一组\n李四,,√,二组\n")
            .with(&TWO, &["roll-sex@2"]),
        csv(
            "a second head of one house",
            "户号,姓名,与户主关系,小组\n1,张三,户主,一组\n,王五,妻,一组\n,赵六,户主,一组\n2,李四,户主,二组\n,钱七,妻,二组\n",
        )
        .with(&FIVE, &["roll-relation@4C"]),
        csv("a card twice", "证号,姓名,小组\n001,张三,一组\n002,王五,一组\n003,赵六,一组\n003,李四,二组\n005,钱七,二组\n")
            .with(&FIVE, &["roll-card@5A"]),
        csv("below the sum", "姓名,性别,小组\n张三,男,一组\n合计,1人,\n李四,女,二组\n")
            .with(&TWO, &["roll-total@4A"]),
        csv(
            "pages beside the titles",
            "某村一组选民册,,第1页 共2页\n序号,姓名,性别\n1,张三,男\n某村一组选民册,,第2页 共2页\n序号,姓名,性别\n2,李四,女\n",
        )
        .with(&["张三/一组", "李四/一组"], &[]),
        xlsx("a sheet with headings only", |book| {
            for (name, voter) in [("一组", "张三"), ("二组", "李四"), ("三组", "")] {
                let sheet = book.add_worksheet().set_name(name).expect("a name");
                let rows: [&[&str]; 2] = [&["姓名", "性别"], &[voter, if voter.is_empty() { "" } else { "男" }]];
                write(sheet, &rows);
            }
        })
        .with(&TWO, &["roll-empty"]),
        csv("voters behind the people", "姓名,性别\n一组（2户，总人口7人，选民3人）,\n张三,男\n二组（1户，总人口3人，选民1人）,\n李四,女\n")
            .with(&TWO, &["roll-total@2"]),
        csv("what a notice says", "姓名,性别,小组\n张三,男,一组\n李四,女,二组\n如发现错登、漏登、重登，请及时反映。,,\n"),
        csv(
            "headings that were swapped",
            "姓名,身份证号,出生日期,小组\n张三,1970-01-02,429871197001021434,一组\n李四,,,二组\n",
        )
        .with(&TWO, &["roll-id-form@2B", "roll-birth@2C"]),
        csv("a letter in an ID number", "姓名,身份证号,小组\n张三,11O101195001010010,一组\n李四,,二组\n")
            .with(&TWO, &["roll-id-form@2B"]),
        csv("a group that occurs once", "姓名,性别,小组\n张三,男,一组\n王五,男,一组\n李四,女,二组\n赵六,男,一组\n钱七,男,一组\n")
            .with(&["张三/一组", "王五/一组", "李四/二组", "赵六/一组", "钱七/一组"], &[]),
        csv("one blank among all registered", "姓名,小组,登记情况\n张三,一组,已登记\n王五,一组,已登记\n赵六,一组,已登记\n李四,二组,\n钱七,二组,已登记\n")
            .with(&FIVE, &["roll-remark@5C"]),
        csv("who takes part in the vote", "姓名,小组,是否参加投票\n张三,一组,是\n李四,二组,否\n"),
        csv("groups below their people", "姓名,性别\n张三,男\n以上一组1人,\n李四,女\n以上二组1人,\n"),
        csv("sums below their people", "姓名,性别\n张三,男\n一组小计1人,\n李四,女\n二组小计1人,\n"),
        csv("groups below others", "姓名,性别\n张三,男\n一组小计2人,\n李四,女\n二组小计1人,\n").with(
            &["张三/", "李四/"],
            &["roll-group-title@3", "roll-group-title@5", "roll-total@3", "roll-no-groups"],
        ),
        csv(
            "one in two groups with two cards",
            "姓名,性别,出生日期,身份证号,小组\n张三,男,1970-01-02,429871197001021434,一组\n张三,男,1970-01-02,429871197001022533,二组\n",
        )
        .with(&["张三/一组", "张三/二组"], &["roll-same-person-elsewhere@3"]),
    ]
}

/// What people say of the dead and of those who left, wherever they write it.
fn everyday_words() -> Vec<Shape> {
    let words = [
        "没了",
        "人没了",
        "不在了",
        "去年走了",
        "老了",
        "过世",
        "搬走了",
        "户口没了",
        "不选",
        "找不到人",
    ];
    let asked = words.map(|word| {
        csv(word, &format!("姓名,小组,备注\n张三,一组,{word}\n李四,二组,\n"))
            .with(&TWO, &["roll-remark@2C"])
    });
    let fine =
        ["不在家", "老伴不在了", "身份证没了", "没找到工作", "不认识字", "已落户", "回迁户", "无"];
    let fine = fine.map(|word| {
        csv(word, &format!("姓名,小组,备注\n张三,一组,{word}\n李四,二组,\n")).with(&TWO, &[])
    });
    let elsewhere = [
        csv("of a telephone", "姓名,小组,联系电话\n张三,一组,人没了\n李四,二组,\n")
            .with(&TWO, &["roll-remark@2C"]),
        csv("behind a name", "姓名,小组\n张三（没了）,一组\n李四,二组\n")
            .with(&["张三（没了）/一组", "李四/二组"], &["roll-remark@2A", "roll-name-foreign@2A"]),
        csv("right behind a name", "姓名,小组\n张三已故,一组\n李四,二组\n")
            .with(&["张三已故/一组", "李四/二组"], &["roll-remark@2A"]),
        csv("as a title", "姓名,小组,性别\n张三,一组,男\n李四,二组,女\n不在了的,,\n王五,一组,男\n")
            .with(&TWO, &["roll-aside@5A"]),
    ];
    asked.into_iter().chain(fine).chain(elsewhere).collect()
}

/// Who wrote the list stands in it, too.
fn clerks() -> Vec<Shape> {
    ["登记人", "登记员", "经办人", "填表人", "核对人姓名", "采集人姓名"]
        .map(|clerk| {
            csv(clerk, &format!("姓名,性别,小组,{clerk}\n张三,男,一组,王五\n李四,女,二组,王五\n"))
                .with(&TWO, &[])
        })
        .into()
}

/// Marks that say as above.
fn ditto() -> Vec<Shape> {
    let marks = [
        "〃",
        "″",
        "“",
        "〞",
        "”",
        "↓",
        "↑",
        "|",
        "同上",
        "上同",
        "同",
        "同 上",
        "－〃－",
        "同左",
        "〟",
        "→",
        "~",
    ];
    let shape = |mark: &&'static str| {
        csv(mark, &format!("姓名,小组\n张三,一组\n王五,{mark}\n李四,二组\n"))
            .with(&["张三/一组", "王五/一组", "李四/二组"], &[])
    };
    let first = csv("nothing above", "姓名,小组\n张三,〃\n李四,二组\n王五,一组\n").with(
        &["张三/", "李四/二组", "王五/一组"],
        &["roll-group-blank@2B", "roll-group-missing@2B"],
    );
    marks.iter().map(shape).chain([first]).collect()
}

/// Titles of people who are no voters, over some rows or of a sheet.
fn no_voters() -> Vec<Shape> {
    const TITLES: [&str; 28] = [
        "非户籍",
        "不符合条件人员",
        "学龄儿童",
        "遷出戶口人員",
        "死亡",
        "迁出",
        "未成年人：",
        "未满18周岁",
        "外地户口：",
        "空挂户",
        "公职人员",
        "出嫁女",
        "精神病患者",
        "已在外登记",
        "流动人口",
        "租户",
        "18岁以下",
        "注销户口",
        "二、死亡人员",
        "死亡（2人）",
        "不参加登记",
        "下落不明",
        "服刑",
        "除名",
        "户口不在本村人员",
        "上届选民",
        "备用",
        "非本村户籍",
    ];
    let row = |title: &&'static str| {
        csv(
            title,
            &format!("姓名,性别,小组\n张三,男,一组\n李四,女,二组\n{title},,\n王五,男,一组\n"),
        )
        .with(&TWO, &["roll-aside@5A"])
    };
    let sheet = |name: &'static str| {
        xlsx(name, move |book| {
            let heading = &["姓名", "性别", "小组"][..];
            let named = book.add_worksheet().set_name("选民").expect("a name");
            write(named, &[heading, &["张三", "男", "一组"], &["李四", "女", "二组"]]);
            let other = book.add_worksheet().set_name(name).expect("a name");
            write(other, &[heading, &["王五", "男", "一组"]]);
        })
        .with(&TWO, &["roll-aside@2A"])
    };
    let names = [
        "流出",
        "不合格",
        "历史",
        "遷出",
        "外来",
        "租户",
        "流动人口",
        "旧",
        "备用",
        "未满十八周岁",
        "死亡",
        "往届",
    ];
    let beside = csv(
        "beside",
        "十八周岁以上,,,未满十八周岁,\n姓名,性别,小组,姓名,性别\n张三,男,一组,王五,男\n李四,女,二组,,\n",
    )
    .with(&TWO, &["roll-aside@3D"]);
    let whole = csv("低保户花名册", "某某村低保户花名册,\n姓名,小组\n张三,一组\n李四,二组\n")
        .with(&TWO, &["roll-aside@1"]);
    let sample = csv(
        "a sample below its word",
        "姓名,性别,小组\n示例,,\n王五,男,一组\n张三,男,一组\n李四,女,二组\n",
    )
    .with(&TWO, &["roll-aside@3A"]);
    let in_cell = csv(
        "a sample in the cell",
        "姓名,性别,小组\n例：王五,男,一组\n张三,男,一组\n李四,女,二组\n",
    );
    let titles = TITLES.iter().map(row).chain(names.map(sheet));
    titles.chain([beside, whole, sample, in_cell]).collect()
}

/// Titles of some of the voters.
fn voters() -> Vec<Shape> {
    let titles = [
        "外出",
        "外出人员：",
        "新增",
        "补登选民",
        "返乡",
        "党员",
        "新满18周岁",
        "第一选区",
        "退伍军人",
        "选民",
    ];
    let shape = |title: &&'static str| {
        csv(title, &format!("姓名,性别,小组\n张三,男,一组\n{title},,\n李四,女,二组\n"))
    };
    let after = csv(
        "voters after the dead",
        "姓名,性别,小组\n张三,男,一组\n死亡人员,,\n王五,男,一组\n新增选民,,\n李四,女,二组\n",
    )
    .with(&TWO, &["roll-aside@4A"]);
    titles.iter().map(shape).chain([after]).collect()
}

/// Lists of several years.
fn terms() -> Vec<Shape> {
    let book = |first: &'static str, second: &'static str| {
        xlsx(second, move |book| {
            let heading = &["姓名", "小组"][..];
            let sheet = book.add_worksheet().set_name(first).expect("a name");
            write(sheet, &[heading, &["张三", "一组"]]);
            let sheet = book.add_worksheet().set_name(second).expect("a name");
            write(sheet, &[heading, &["李四", "二组"]]);
        })
    };
    vec![
        book("2026年选民", "2021年选民").with(&TWO, &["roll-sheet-again@1"]),
        book("选民", "2021年").with(&TWO, &["roll-sheet-again@1"]),
        book("2026年选民", "补登").with(&TWO, &[]),
    ]
}

/// Sheets that are called for groups, and sheets that are not.
fn sheets() -> Vec<Shape> {
    let book = |names: [&'static str; 2]| {
        xlsx(names[1], move |book| {
            for (name, voter) in names.into_iter().zip(["张三", "李四"]) {
                let sheet = book.add_worksheet().set_name(name).expect("a name");
                write(sheet, &[&["姓名", "性别"], &[voter, "男"]]);
            }
        })
    };
    let page = |name| book(["一组", name]).with(&["张三/一组", "李四/"], &["roll-group-missing@2"]);
    vec![
        page("第2页"),
        page("名单"),
        page("Sheet1(2)"),
        page("定稿"),
        book(["一组", "外出（二组）"]).with(&TWO, &[]),
        book(["某某村一组", "某某村二组"]).with(&TWO, &[]),
        book(["上寨一组", "下寨一组"]).with(
            &["张三/上寨一组", "李四/下寨一组"],
            &["roll-group-unknown@2", "roll-group-unknown@2"],
        ),
        csv("one group in two villages", "自然村,小组,姓名\n上湾,一组,张三\n下湾,一组,李四\n")
            .with(
                &["张三/上湾一组", "李四/下湾一组"],
                &["roll-group-title@3", "roll-group-unknown@2B", "roll-group-unknown@3B"],
            ),
        csv("one group in two estates", "小区,楼栋,姓名\n东园,一组,张三\n西园,一组,李四\n").with(
            &["张三/东园一组", "李四/西园一组"],
            &["roll-group-title@3", "roll-group-unknown@2B", "roll-group-unknown@3B"],
        ),
        csv("groups of one village", "原村,小组,姓名\n上坪村,一组,张三\n上坪村,二组,李四\n"),
        csv("a group that goes on", "小组,姓名\n一组,张三\n二组（续）,李四\n"),
        csv(
            "a title with a quarter",
            "一组（幸福小区）,\n姓名,性别\n张三,男\n二组（平安小区）,\n李四,女\n",
        ),
    ]
}

/// What groups are called over their column, and in its cells.
fn spellings() -> Vec<Shape> {
    let headings = ["几组", "分组", "楼栋", "屋场", "區域", "小組", "村名", "投票站"];
    let shape = |heading: &&'static str| {
        csv(heading, &format!("姓名,性别,{heading}\n张三,男,一组\n李四,女,二组\n"))
    };
    let wrapped = csv("wrapped", "姓名,小组\n张三,\"一\n组\"\n李四,\"二\n组\"\n");
    headings.iter().map(shape).chain([wrapped]).collect()
}

/// Sums and serial numbers in Chinese numerals.
fn numerals() -> Vec<Shape> {
    let sum = |text: &'static str| {
        csv(text, &format!("姓名,性别,小组\n张三,男,一组\n李四,女,二组\n{text},,\n"))
    };
    let wrong = ["合计：四人", "共计肆人", "共三十六人", "总计叁人，其中男贰人、女壹人"];
    let right = ["合计：二人", "共计贰人", "合计二户二人", "男一人，女一人"];
    let rows = [
        csv(
            "a title that counts",
            "一组（共三人）,\n姓名,性别\n张三,男\n二组（共一人）,\n李四,女\n",
        )
        .with(&TWO, &["roll-total@1"]),
        csv(
            "of a household",
            "户主,姓名,小组\n张三,张三,一组\n,本户选民1人,\n李四,李四,二组\n,本户选民3人,\n",
        )
        .with(&TWO, &["roll-total@5"]),
        csv("a gap", "序号,姓名,小组\n一,张三,一组\n四,李四,二组\n")
            .with(&TWO, &["roll-serial@3A"]),
        csv(
            "figures below",
            "姓名,性别,小组\n张三,男,一组\n李四,女,二组\n男,1人,\n女,1人,\n选民数,2,\n和,2,\n",
        ),
    ];
    let wrong = wrong.map(|text| sum(text).with(&TWO, &["roll-total@4"]));
    wrong.into_iter().chain(right.map(sum)).chain(rows).collect()
}

/// Names that are words of forms, too.
fn words_for_names() -> Vec<Shape> {
    vec![
        csv("with a sex", "姓名,性别,小组\n王小计,男,一组\n李代表,女,二组\n")
            .with(&["王小计/一组", "李代表/二组"], &["roll-name-unsaid@3A"]),
        csv("with a birth", "姓名,出生日期,小组\n王小计,1950-05-05,一组\n李代表,1961-11-11,二组\n")
            .with(&["王小计/一组", "李代表/二组"], &[]),
        csv("with a group", "姓名,小组\n王合计,一组\n李代表,一组\n单位,二组\n张三,一组\n李四,二组\n").with(
            &TWO,
            &["roll-row-unclear@2A", "roll-row-unclear@3A", "roll-row-unclear@4A"],
        ),
        csv("no name at all", "姓名,性别,小组\n总计,男,一组\n组长,男,一组\n姓名,男,一组\n张三,男,一组\n李四,女,二组\n")
            .with(
                &TWO,
                &["roll-row-unclear@2A", "roll-row-unclear@3A", "roll-row-unclear@4A"],
            ),
    ]
}

/// Columns in which it stands that somebody is no voter.
fn columns() -> Vec<Shape> {
    let asked = [
        ("选举权", "无"),
        ("是否年满18周岁", "否"),
        ("是否本村户籍", "否"),
        ("资格审查结果", "不合格"),
        ("选民状态", "无效"),
        ("电话", "已死亡"),
        ("住址", "户口已迁出"),
        ("民族", "汉（亡）"),
        ("与户主关系", "已故"),
        ("是否选民", "FALSE"),
        ("备注", "非选民"),
        ("备注", "18岁以下"),
        ("备注", "外地户口"),
        ("备注", "户口在外"),
        ("备注", "租户"),
        ("序号", "3亡"),
        ("序号", "△3"),
        ("政治面貌", "剥夺政治权利"),
        ("职业", "在押"),
        ("住址", "空挂户"),
        ("民族", "越南"),
        ("与户主关系", "已嫁出"),
        ("迁出情况", "东莞"),
        ("服刑情况", "有"),
        ("列入名单", "否"),
        ("是否合格", "×"),
        ("满18周岁", "不满"),
        ("是否在外参选", "是"),
        ("在何处登记", "县城"),
        ("户籍", "外村"),
        ("户口性质", "外来"),
        ("选民状态", "停止"),
        ("人口状态", "流出"),
        ("登记情况", "拒登"),
        ("是否健在", "不健在"),
        ("人员类别（1在册2死亡3迁出）", "2"),
    ];
    let plain = [
        ("职业", "狱警"),
        ("户籍", "本村"),
        ("迁出情况", "无"),
        ("人员类别（1在册2死亡3迁出）", "1"),
        ("备注", "放弃低保"),
        ("备注", "妻子户口未迁入"),
        ("住址", "拆迁安置小区3栋"),
        ("与户主关系", "之子"),
        ("户籍性质", "农业"),
        ("登记情况", "已登记"),
        ("资格审查", "合格"),
        ("备注", "父亲已故"),
        ("备注", "√"),
        ("备注", "户籍不在本村；经村民会议同意"),
        ("户籍不在本村申请登记经村民会议同意", "是"),
    ];
    let shape = |(heading, text): (&'static str, &'static str)| {
        let rows = format!("姓名,性别,{heading},小组\n张三,男,{text},一组\n李四,女,,二组\n");
        csv(text, &rows)
    };
    let asked = asked.map(|one| shape(one).with(&TWO, &["roll-remark@2C"]));
    asked.into_iter().chain(plain.map(shape)).chain(places()).collect()
}

/// Where people are registered, of whom most are at one place.
fn places() -> Vec<Shape> {
    const FOUR: [&str; 4] = ["张三/一组", "李四/二组", "王五/二组", "赵六/二组"];
    let shape = |heading: &'static str, there: &str| {
        let rows = format!(
            "姓名,小组,{heading}\n张三,一组,{there}\n李四,二组,示坪村二组\n王五,二组,柳池镇示坪村\n赵六,二组,示坪村\n"
        );
        csv(heading, &rows)
    };
    vec![
        shape("户籍所在地", "乐安镇三星村").with(&FOUR, &["roll-remark@2C"]),
        shape("参选地", "三星村").with(&FOUR, &["roll-remark@2C"]),
        shape("户口登记地", "示坪村一组").with(&FOUR, &[]),
        shape("户籍地", "").with(&FOUR, &[]),
        csv("places of many", "姓名,小组,户籍地\n张三,一组,三星村\n李四,二组,示坪村\n")
            .with(&TWO, &[]),
    ]
}

/// Names that are asked about, and names that only look so.
fn names() -> Vec<Shape> {
    let shape =
        |name: &'static str| csv(name, &format!("姓名,性别,小组\n{name},男,一组\n李四,女,二组\n"));
    let faults = [
        ("张三、王五", "roll-name-several@2A"),
        ("张三 王小五", "roll-name-several@2A"),
        ("张三和王五", "roll-name-several@2A"),
        ("△张三", "roll-name-mark@2A"),
        ("张三※", "roll-name-mark@2A"),
        ("张三之子", "roll-name-unsaid@2A"),
        ("王王建国", "roll-name-unsaid@2A"),
        ("未取名", "roll-name-unsaid@2A"),
        ("长子", "roll-name-unsaid@2A"),
        ("汉族", "roll-name-unsaid@2A"),
        ("老王", "roll-name-unsaid@2A"),
        ("王五妻", "roll-name-unsaid@2A"),
        ("王书记", "roll-name-unsaid@2A"),
        ("王大姐", "roll-name-unsaid@2A"),
        ("外来户", "roll-name-unsaid@2A"),
        ("未起名", "roll-name-unsaid@2A"),
        ("王", "roll-name-unsaid@2A"),
        ("张三*", "roll-name-mark@2A"),
        ("王·", "roll-name-dot@2A"),
        ("已故张三", "roll-remark@2A"),
    ];
    let asked = faults.map(|(name, fault)| {
        let voter: &'static str = Box::leak(format!("{name}/一组").into_boxed_str());
        shape(name).with(&[voter, "李四/二组"], &[fault])
    });
    let padded = csv("padded", "姓名,性别,小组\n张 三,男,一组\n李　四,女,二组\n")
        .with(&["张 三/一组", "李　四/二组"], &[]);
    asked.into_iter().chain([padded]).collect()
}

/// Lines of the form among the rows, and headings of all sorts.
fn lines() -> Vec<Shape> {
    let lines = [
        "核对人,,钱七",
        "选委会成员签名：,钱七,孙八",
        "联系人,钱七,13800000000",
        "2.姓名以身份证为准,,",
        "补登：,,",
        "选民名册（续表）,,",
        "- 2 -,,",
        "试验社区居民委员会（公章）,,",
        "登记员,钱七,",
        "2026.11.20,,",
        "应登记5人，实登记2人,,",
        "如有异议请于5日内向选举委员会提出,,",
        "联系电话,0663-1234567,",
        "审核人：钱七,孙八,",
        "组长,钱七,",
    ];
    let shape = |line: &&'static str| {
        csv(line, &format!("姓名,性别,小组\n张三,男,一组\n{line}\n李四,女,二组\n"))
    };
    let under = ["①,②,③", "（必填）,（男/女）,（必填）"];
    let hint = |line: &&'static str| {
        csv(line, &format!("姓名,性别,小组\n{line}\n张三,男,一组\n李四,女,二组\n"))
    };
    let headings = [
        "姓名▼",
        "“姓名”",
        "姓名：（正楷）",
        "姓名/Name",
        "人名",
        "居（村）民姓名",
        "选民姓名及签名",
        "選民姓名",
    ];
    let heading = |heading: &&'static str| {
        csv(heading, &format!("{heading},性别,小组\n张三,男,一组\n李四,女,二组\n"))
    };
    let rows = [
        csv("the last digits of a card", "姓名,身份证后四位,小组\n张三,0115,一组\n李四,012X,二组\n"),
        csv("a cross under 男 or 女", "姓名,性别,,小组\n,男,女,\n张三,√,,一组\n李四,,√,二组\n"),
        csv("dates in words", "姓名,出生日期,小组\n张三,一九五〇年五月,一组\n李四,1951年元月,二组\n"),
        csv("pages side by side", "序号,姓名,序号,姓名\n一组,,,\n1,甲一,3,丙三\n2,乙二,4,丁四\n二组,,,\n5,戊五,7,庚七\n6,己六,8,辛八\n").with(
            &["甲一/一组", "丙三/一组", "乙二/一组", "丁四/一组", "戊五/二组", "庚七/二组", "己六/二组", "辛八/二组"],
            &[],
        ),
        csv("a legend", "红色为死亡,,\n姓名,性别,小组\n张三,男,一组\n李四,女,二组\n").with(&TWO, &["roll-legend@1"]),
        csv("a note under the list", "姓名,性别,小组\n张三,男,一组\n李四,女,二组\n,,\n注：李四已去世,,\n")
            .with(&TWO, &["roll-note@5"]),
        csv("a note within", "姓名,性别,小组\n张三,男,一组\n更正：张三应为2组,,\n李四,女,二组\n")
            .with(&TWO, &["roll-note@3"]),
        csv("what is said of somebody above", "姓名,性别,小组\n张三,男,一组\n李四,女,二组\n※李四同志已转至县城社区参选,,\n")
            .with(&TWO, &["roll-note@4"]),
        csv("in the last column", "姓名,性别,小组\n张三,男,一组\n李四,女,二组\n,,李四已故\n")
            .with(&TWO, &["roll-note@4"]),
        csv("a sum without 人", "姓名,性别,小组\n张三,男,一组\n李四,女,二组\n全村选民总数：5,,\n")
            .with(&TWO, &["roll-total@4"]),
        csv("a sum of those of age", "姓名,性别,小组\n张三,男,一组\n李四,女,二组\n全村18周岁以上选民5人,,\n")
            .with(&TWO, &["roll-total@4"]),
        csv("days of the lunar calendar", "姓名,出生日期（农历）,小组\n张三,1950-05-05,一组\n李四,1951-01-05,二组\n")
            .with(&TWO, &["roll-birth@1B"]),
        csv("a day in three numbers", "姓名,出生日,小组\n张三,1950 3 2,一组\n李四,1951-01-05,二组\n"),
        csv("an age of another year", "姓名,周岁（截至2001年）,小组\n张三,14,一组\n李四,60,二组\n"),
        csv("a district as a group", "姓名,性别,选区\n张三,男,第一选区\n李四,女,第二选区\n")
            .with(
                &["张三/第一选区", "李四/第二选区"],
                &["roll-group-unknown@2C", "roll-group-unknown@3C"],
            ),
        csv("none who left", "姓名,性别,小组\n张三,男,一组\n一组无死亡、迁出人员,,\n李四,女,二组\n"),
        csv("age against birth", "姓名,出生日期,年龄,小组\n张三,1950-05-05,16,一组\n李四,1950-05-05,66,二组\n")
            .with(&TWO, &["roll-age-birth@2C"]),
        csv("years begun", "姓名,虚岁,小组\n张三,19,一组\n李四,60,二组\n").with(&TWO, &["roll-under-age@2B"]),
    ];
    let lines = lines.iter().map(shape).chain(under.iter().map(hint));
    lines.chain(headings.iter().map(heading)).chain(rows).collect()
}

/// What only a workbook shows: white letters, a part struck through.
fn looks() -> Vec<Shape> {
    let rows: [&[&str]; 2] = [&["姓名", "小组"], &["张三", "一组"]];
    vec![
        xlsx("white letters", move |book| {
            let white = Format::new().set_font_color(Color::White);
            let sheet = book.add_worksheet();
            write(sheet, &rows);
            for (column, text) in [(0, "李四"), (1, "二组")] {
                sheet.write_string_with_format(2, column, text, &white).expect("a cell");
            }
        })
        .with(&TWO, &["roll-row-hidden@3"]),
        xlsx("a part struck through", move |book| {
            let struck = Format::new().set_font_strikethrough();
            let sheet = book.add_worksheet();
            write(sheet, &rows);
            let plain = Format::new();
            sheet.write_rich_string(2, 0, &[(&struck, "李"), (&plain, "四")]).expect("a cell");
            sheet.write_string(2, 1, "二组").expect("a cell");
        })
        .with(&TWO, &["roll-row-struck@3A"]),
        noted("a note in XML", "voters.xls", notes_in_xml().into()),
        noted("a note in OpenDocument", "voters.ods", notes_in_ods()),
    ]
}

/// What some rows have and others have not, and what two cells say against each other.
fn marks() -> Vec<Shape> {
    const THREE: [&str; 3] = ["张三/一组", "李四/一组", "王五/一组"];
    let three = |name, heading: &str, cells: [&str; 3]| {
        let rows: String = ["张三", "李四", "王五"]
            .iter()
            .zip(cells)
            .map(|(person, cell)| format!("{person},男,一组,{cell}\n"))
            .collect();
        csv(name, &format!("姓名,性别,小组,{heading}\n{rows}"))
    };
    let family = |name, relation: &str, sex: &str| {
        csv(
            name,
            &format!(
                "户主,姓名,与户主关系,性别,小组\n张三,张三,户主,男,一组\n张三,李四,{relation},{sex},一组\n王五,王五,户主,女,一组\n"
            ),
        )
    };
    vec![
        three("a tick that is not there", "是否登记", ["√", "", "√"])
            .with(&THREE, &["roll-remark@3D"]),
        three("few ticks", "登记（打√）", ["", "", "√"]).with(&THREE, &["roll-remark@2D"]),
        three("ticks of something else", "是否党员", ["√", "", ""]).with(&THREE, &[]),
        three("a question turned round", "是否剥夺政治权利", ["否", "是", "否"])
            .with(&THREE, &["roll-remark@3D"]),
        three("a column of words", "户籍情况", ["在册", "", "在册"]).with(&THREE, &[]),
        three("another nationality", "国籍", ["中国", "缅甸", ""])
            .with(&THREE, &["roll-remark@3D"]),
        three("registered in another group", "备注", ["", "登记在三组", ""])
            .with(&THREE, &["roll-remark@3D"]),
        family("a wife who is a man", "妻", "男").with(&THREE, &["roll-relation@3C"]),
        family("a son who is a woman", "之子", "女").with(&THREE, &["roll-relation@3C"]),
        family("a spouse of the other sex", "配偶", "女").with(&THREE, &[]),
        family("a spouse of the same sex", "配偶", "男").with(&THREE, &["roll-relation@3C"]),
        csv(
            "two heads of a family",
            "户号,与户主关系,姓名,小组\n1,户主,张三,一组\n1,妻,王五,一组\n1,户主,李四,二组\n",
        )
        .with(&["张三/一组", "王五/一组", "李四/二组"], &["roll-relation@4B"]),
        csv("what somebody is called", "姓名,性别,小组\n张三,男,一组\n李老师,女,一组\n")
            .with(&["张三/一组", "李老师/一组"], &["roll-name-unsaid@3A"]),
        csv("a group a character a row", "小组,姓名,性别\n东,张三,男\n冲,李四,男\n组,王五,男\n")
            .with(
                &["张三/东", "李四/冲", "王五/组"],
                &[
                    "roll-group-piece@4A",
                    "roll-group-unknown@2A",
                    "roll-group-unknown@3A",
                    "roll-group-unknown@4A",
                ],
            ),
        csv(
            "the same serial number twice",
            "序号,姓名,性别,小组\n1,张三,男,一组\n2,李四,男,一组\n2,王五,男,一组\n",
        )
        .with(&THREE, &["roll-serial@4A"]),
        csv(
            "ornaments and numbers of people",
            "姓名,性别\n▲一组,\n张三,男\n★二组★（1人）,\n李四,女\n",
        ),
        csv(
            "a number of people in the cell",
            "姓名,性别,小组\n张三,男,一组（1人）\n李四,女,二组（1人）\n",
        ),
        csv(
            "Excel's own sums",
            "小组,姓名,性别\n一组,张三,男\n一组 汇总,1,\n二组,李四,女\n二组 汇总,1,\n总计,2,\n",
        ),
        csv(
            "those below are no voters",
            "姓名,性别,小组\n张三,男,一组\n李四,女,二组\n以下为注销人员,,\n王五,男,一组\n",
        )
        .with(&TWO, &["roll-aside@5A"]),
        xlsx("sheets that are only numbered", |book| {
            for (sheet, name) in [("1", "张三"), ("2", "李四")] {
                let sheet = book.add_worksheet().set_name(sheet).expect("a name");
                write(sheet, &[&["姓名", "性别"], &[name, "男"]]);
            }
        })
        .with(&["张三/", "李四/"], &["roll-sheet-number", "roll-no-groups"]),
        xlsx("a few rows in a colour", |book| {
            let yellow = Format::new().set_background_color(Color::Yellow);
            let sheet = book.add_worksheet();
            write(sheet, &[&["姓名", "小组"], &["张三", "一组"], &["", "一组"], &["王五", "一组"]]);
            sheet.write_string_with_format(2, 0, "李四", &yellow).expect("a cell");
        })
        .with(&THREE, &["roll-legend@3A"]),
        xlsx("a whole group in a colour", |book| {
            let red = Format::new().set_font_color(Color::Red);
            let sheet = book.add_worksheet();
            write(sheet, &[&["姓名", "小组"], &["", "一组"], &["李四", "二组"], &["王五", "二组"]]);
            sheet.write_string_with_format(1, 0, "张三", &red).expect("a cell");
        })
        .with(&["张三/一组", "李四/二组", "王五/二组"], &[]),
    ]
}

fn noted(name: &'static str, file: &'static str, bytes: Vec<u8>) -> Shape {
    Shape { name, file, bytes, voters: TWO.to_vec(), faults: vec!["roll-remark@2A"] }
}

fn notes_in_xml() -> String {
    let cell = |text: &str, note: &str| {
        format!("<Cell><Data ss:Type=\"String\">{text}</Data>{note}</Cell>")
    };
    let note = "<Comment ss:Author=\"x\"><ss:Data>已死亡</ss:Data></Comment>";
    let row = |name, note, group| format!("<Row>{}{}</Row>", cell(name, note), cell(group, ""));
    let rows = [row("姓名", "", "小组"), row("张三", note, "一组"), row("李四", "", "二组")];
    format!(
        "<?xml version=\"1.0\"?><?mso-application progid=\"Excel.Sheet\"?>\
         <Workbook xmlns=\"urn:schemas-microsoft-com:office:spreadsheet\" \
         xmlns:ss=\"urn:schemas-microsoft-com:office:spreadsheet\"><Worksheet ss:Name=\"Sheet1\">\
         <Table>{}</Table></Worksheet></Workbook>",
        rows.concat()
    )
}

fn notes_in_ods() -> Vec<u8> {
    let cell = |text: &str, note: &str| {
        format!(
            "<table:table-cell office:value-type=\"string\">{note}<text:p>{text}</text:p></table:table-cell>"
        )
    };
    let note = "<office:annotation><dc:date xmlns:dc=\"d\">2026-04-01</dc:date>\
                <text:p>已死亡</text:p></office:annotation>";
    let row = |name, note, group| {
        format!("<table:table-row>{}{}</table:table-row>", cell(name, note), cell(group, ""))
    };
    ods_of(
        "",
        &[row("姓名", "", "小组"), row("张三", note, "一组"), row("李四", "", "二组")].concat(),
    )
}
