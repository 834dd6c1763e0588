//! The roll of voters. Everybody here is invented, and so is every number.

use rust_xlsxwriter::{Format, Formula, Workbook, Worksheet};

use super::{Scene, tells};
use crate::plain::roll::office::binary_workbook;
use crate::plain::roll::shapes::write;

/// The description beside the roll.
const ELECTION: &str = "类别: 社区\n选举日: 2026-05-10\n小组: [{名称: 一组}, {名称: 二组}]\n选民登记: {开始: 2026-04-02}\n";

fn csv(codes: &'static str, roll: &str) -> Scene {
    tells(codes).election(ELECTION).file("voters.csv", roll)
}

fn xlsx(codes: &'static str, fill: impl FnOnce(&mut Workbook)) -> Scene {
    let mut book = Workbook::new();
    fill(&mut book);
    tells(codes).election(ELECTION).file("voters.xlsx", book.save_to_buffer().unwrap())
}

fn sheet<'b>(book: &'b mut Workbook, name: &str, rows: &[&[&str]]) -> &'b mut Worksheet {
    let sheet = book.add_worksheet().set_name(name).unwrap();
    write(sheet, rows);
    sheet
}

const TWO: [&[&str]; 3] =
    [&["姓名", "性别", "小组"], &["张三", "男", "一组"], &["李四", "女", "二组"]];

pub(super) fn scenes() -> Vec<Scene> {
    [files(), sheets(), rows(), people(), groups(), beside(), answers()].concat()
}

fn files() -> Vec<Scene> {
    let plain = "姓名,小组\n张三,一组\n李四,二组\n";
    let named = "类别: 社区\n选举日: 2026-05-10\n选民登记: {名册: 二〇二六年名册.xlsx}\n";
    let garbled = encoding_rs::GB18030.encode(plain).0.into_owned();
    let binary = binary_workbook(&[&["姓名", "小组"], &["张三", "一组"], &["李四", "二组"]]);
    vec![
        tells("roll-missing").election(named),
        tells("roll-missing")
            .election("类别: 社区\n选举日: 2026-05-10\n选民登记: {名单公布日期: 2026-04-18}\n"),
        tells("roll-ambiguous")
            .election(ELECTION)
            .file("voters.csv", plain)
            .file("voters.tsv", plain),
        tells("roll-ambiguous")
            .election(ELECTION)
            .file("一组名册.csv", plain)
            .file("工作分工.csv", "姓名,任务\n张三,值班\n"),
        tells("roll-file").election(ELECTION).file("一组和二组.csv", plain),
        tells("roll-file")
            .election(ELECTION)
            .file("voters.csv", plain)
            .file("voters (1).csv", plain)
            .file("候选人名单.csv", plain),
        tells("roll-file").election(ELECTION).file("值班.csv", "日期,电话\n1,2\n"),
        tells("roll-unreadable").election(ELECTION).file("voters.xlsx", b"MZ\x90\0\x03"),
        tells("roll-encoding").election(ELECTION).file("voters.csv", garbled),
        xlsx("roll-too-long", |book| {
            for at in 0..1002 {
                write(book.add_worksheet(), if at == 0 { &TWO } else { &[&["无"]] });
            }
        }),
        tells("roll-hidden-unseen").election(ELECTION).file("voters.xlsb", binary),
        csv("roll-empty", "姓名,小组\n"),
        csv("roll-no-name-column", "张三,一组\n李四,二组\n"),
        csv(
            "roll-column-twice roll-columns-left-out",
            "姓名,小组,性别,所属小组,鞋号,血型\n张三,一组,男,东片,42,A\n李四,二组,女,东片,38,B\n",
        ),
    ]
}

fn sheets() -> Vec<Scene> {
    vec![
        xlsx("roll-hidden-sheet roll-sheet-left-out roll-sheet-unread", |book| {
            sheet(book, "名册", &TWO);
            sheet(book, "旧表", &TWO).set_hidden(true);
            sheet(book, "领票", &[&["领票", "12"]]);
            sheet(
                book,
                "三组",
                &[&["1", "王五", "男"], &["2", "赵六", "女"], &["3", "钱七", "男"]],
            );
        }),
        xlsx("roll-sheet-number", |book| {
            sheet(book, "1", &[&["姓名", "性别"], &["张三", "男"]]);
            sheet(book, "2", &[&["姓名", "性别"], &["李四", "女"]]);
        }),
        xlsx("roll-sheet-adopted", |book| {
            sheet(book, "一", &[&["序号", "姓名", "性别", "小组"], &["1", "张三", "男", "一组"]]);
            sheet(book, "二", &[&["2", "李四", "女", "二组"]]);
        }),
        xlsx("roll-sheet-again", |book| {
            let heading = &["姓名", "小组"][..];
            sheet(
                book,
                "名册",
                &[heading, &["张三", "一组"], &["李四", "二组"], &["王五", "一组"]],
            );
            sheet(
                book,
                "对照",
                &[heading, &["张三", "二组"], &["李四", "一组"], &["王五", "二组"]],
            );
        }),
        xlsx("roll-aside roll-also-aside", |book| {
            sheet(book, "名册", &TWO);
            sheet(book, "死亡迁出人员", &[TWO[0], &["王五", "男", "一组"], TWO[1]]);
        }),
    ]
}

fn rows() -> Vec<Scene> {
    vec![
        xlsx("roll-row-struck roll-row-hidden", |book| {
            let struck = Format::new().set_font_strikethrough();
            let sheet = sheet(book, "名册", &[TWO[0], TWO[1], &[], &["王五", "男", "一组"]]);
            for (column, text) in (0..).zip(TWO[2]) {
                sheet.write_string_with_format(2, column, *text, &struck).unwrap();
            }
            sheet.set_row_hidden(3).unwrap();
        }),
        xlsx("roll-formula roll-formula-unsaved", |book| {
            let sheet =
                sheet(book, "名册", &[&["姓名", "性别", "小组"], &["张三"], &["李四", "女"]]);
            sheet
                .write_formula(1, 2, Formula::new("=VLOOKUP(A2,D:E,2)").set_result("#N/A"))
                .unwrap();
            sheet.write_formula(2, 2, Formula::new("=D3&\"组\"").set_result("")).unwrap();
        }),
        csv(
            "roll-row-unclear roll-remark",
            "姓名,性别,小组,备注\n张三,男,一组,2026年3月死亡\n李四,女,二组,\n嫁出去的女儿们住在别处,,,\n",
        ),
        csv(
            "roll-total roll-serial",
            "序号,姓名,性别,小组\n1,张三,男,一组\n4,李四,女,二组\n合计,14人,,\n",
        ),
        csv("roll-head-missing", "户主,家庭成员,小组\n王五,张三,一组\n李四,李四,二组\n"),
        csv("roll-name-blank", "姓名,性别,小组\n张三,男,一组\n,女,二组\n"),
        csv(
            "roll-name-only",
            "姓名,性别,小组\n甲一,男,一组\n乙二,女,一组\n丙三,女,二组\n丁四,男,二组\n李会计,,\n",
        ),
    ]
}

fn people() -> Vec<Scene> {
    vec![
        csv(
            "roll-name-none roll-name-personal roll-name-long roll-name-space roll-name-control \
             roll-name-invisible roll-name-dot roll-name-look-alike roll-name-foreign roll-name-lost \
             roll-name-private-use roll-name-several roll-name-mark",
            "姓名,性别,小组\n12345,男,一组\n张三13800138000,男,一组\n\
             甲一乙二丙三丁四戊五己六庚七辛八壬九癸十甲一乙二丙三丁四戊五己六庚七,女,一组\n欧阳 修文,男,一组\n张三、李四,男,一组\n△赵九,男,二组\n\
             王\u{B}五,女,一组\n张\u{200B}三,男,一组\n买买提•吐尔逊,男,二组\n⼈杰,男,二组\n安娜Anna,女,二组\n\
             赵?,女,二组\n李\u{E000},男,二组\n",
        ),
        csv(
            "roll-age-birth roll-sex roll-birth roll-birth-range roll-age roll-age-unsure roll-under-age",
            "姓名,性别,出生日期,年龄,小组\n张三,先生,1987-02-30,,一组\n李四,女,1900-01-02,,二组\n\
             王五,男,,四十多,一组\n赵六,女,2008,,二组\n钱七,男,2009-01-02,60,一组\n孙八,女,,12,二组\n",
        ),
        csv(
            "roll-id-as-number roll-id-length roll-id-form roll-id-masked roll-id-check roll-id-date \
             roll-id-birth roll-id-sex roll-same-id",
            "姓名,性别,出生日期,身份证号,小组\n甲一,女,,110105194912310021,一组\n\
             乙二,男,,11010519491231002X,一组\n丙三,女,1949-12-30,110105491231002,一组\n\
             丁四,女,,4.40106E+17,二组\n戊五,女,,1101051949123100,二组\n己六,女,,E12345678,二组\n\
             庚七,女,,110105********002X,二组\n辛八,女,,110105194913310021,二组\n",
        ),
        csv(
            "roll-card",
            "选民证号,姓名,性别,小组\n1,张三,男,一组\n2,李四,女,二组\n3,王五,男,一组\n3,赵六,女,二组\n\
             5,钱七,男,一组\n6,孙八,女,二组\n7,周九,男,一组\n8,吴十,女,二组\n9,郑一,男,一组\n\
             10,冯二,女,二组\n11,陈三,男,一组\n",
        ),
        csv(
            "roll-duplicate roll-same-person roll-same-person-elsewhere roll-namesake",
            "姓名,性别,出生日期,身份证号,小组\n张三,男,1987-03-05,,一组\n李四,女,1990-01-02,,二组\n\
             张三,男,1987/3/5,,一组\n李四,女,1990-01-02,,一组\n王五,,,,二组\n王五,,,,二组\n\
             赵六,女,1949-12-31,11010519491231002X,一组\n赵六,女,1949-12-31,110105194912310046,一组\n",
        ),
    ]
}

fn groups() -> Vec<Scene> {
    let counted = "类别: 社区\n选举日: 2026-05-10\n小组: [{名称: 一组, 选民数: 2}, {名称: 二组, 选民数: 2}]\n\
                   选民登记: {选民总数: 4}\n";
    vec![
        tells("roll-count")
            .election(counted)
            .file("voters.csv", "姓名,小组\n张三,一组\n李四,二组\n王五,二组\n"),
        tells("roll-group-alike")
            .file("voters.csv", "姓名,小组\n张三,第一村民小组\n李四,第一村民小组\n王五,1组\n")
            .run("roll voters.csv"),
        tells("roll-group-several")
            .file("voters.csv", "姓名,小组\n张三,一组\n李四,二组\n王五,\"一组,二组\"\n")
            .run("roll voters.csv"),
        tells("roll-group-odd")
            .file("voters.csv", "姓名,小组\n张三,一组\n李四,二组\n王五,外村\n")
            .run("roll voters.csv"),
        tells("roll-group-astray")
            .file(
                "voters.csv",
                "姓名,小组\n张三,一组\n李四,一组\n王五,二组\n赵六,一组\n钱七,一组\n孙八,二组\n",
            )
            .run("roll voters.csv"),
        csv("roll-no-groups", "姓名,性别\n张三,男\n李四,女\n"),
        csv(
            "roll-cell-blank",
            "姓名,性别,小组\n张三,男,一组\n王五,男,二组\n赵六,男,一组\n李四,女,二组\n钱七,,一组\n",
        ),
        tells("roll-filled-down")
            .file(
                "voters.csv",
                "姓名,性别,出生日期\n张三,男,1950-03-05\n李四,女,1950-03-06\n王五,男,1950-03-07\n\
                 赵六,女,1950-03-08\n钱七,男,1950-03-09\n",
            )
            .run("roll voters.csv"),
        tells("roll-other-place")
            .file(
                "voters.csv",
                "张家村选民名册,,\n姓名,性别,小组\n张三,男,一组\n李家村选民名册,,\n姓名,性别,小组\n\
                 李四,女,二组\n",
            )
            .run("roll voters.csv"),
        csv(
            "roll-other-day",
            "选举日：2026年5月17日,,\n姓名,性别,小组\n张三,男,一组\n李四,女,二组\n",
        ),
        tells("roll-group-gap")
            .file("voters.csv", "姓名,小组\n张三,一组\n李四,二组\n王五,四组\n")
            .run("roll voters.csv"),
        csv(
            "roll-page",
            "第1页 共3页,,\n姓名,性别,小组\n张三,男,一组\n第3页 共3页,,\n姓名,性别,小组\n\
             李四,女,二组\n",
        ),
        csv("roll-group-blank", "姓名,性别,小组\n张三,男,一组\n王五,男,\n李四,女,二组\n"),
        csv("roll-group-missing", "姓名,性别,小组\n张三,男,\n李四,女,二组\n王五,男,一组\n"),
        csv("roll-group-empty", "姓名,性别,小组\n张三,男,一组\n李四,女,一组\n"),
        csv(
            "roll-group-control roll-group-unknown roll-group-personal",
            "姓名,性别,小组\n张三,男,1组\n李四,女,二组\n王五,男,三联社\n赵六,女,\"一组\n王五\"\n\
             钱七,男,一组13800138000\n孙八,男,一组\n",
        ),
    ]
}

/// What stands beside and below the list, and what two rolls leave open.
fn beside() -> Vec<Scene> {
    vec![
        csv("roll-beside", "姓名,性别,小组\n张三,男,一组,王五\n李四,女,二组,赵六\n"),
        csv(
            "roll-group-title",
            "姓名,性别,小组\n一组,,\n张三,男,一组\n王五,男,二组\n二组,,\n李四,女,二组\n",
        ),
        csv(
            "roll-other-list",
            "姓名,性别,小组\n张三,男,一组\n李四,女,二组\n,,\n选举工作人员名单,,\n姓名,职务,\n王五,监票人,\n赵六,计票人,\n",
        ),
        csv("roll-name-unsaid", "姓名,性别,小组\n张某某,男,一组\n李四,女,二组\n"),
        csv("roll-legend", "红色为死亡，黄色为迁出\n姓名,小组\n张三,一组\n李四,二组\n"),
        csv("roll-note", "姓名,性别,小组\n张三,男,一组\n李四,女,二组\n注：李四已去世,,\n"),
        csv(
            "roll-remark-kept",
            "姓名,性别,小组,备注\n张三,男,一组,晚上才在\n李四,女,二组,晚上才在\n王五,女,二组,\n",
        ),
        csv(
            "roll-relation",
            "姓名,与户主关系,性别,小组\n张三,户主,男,一组\n王五,妻,男,一组\n李四,户主,女,二组\n",
        ),
        csv("roll-group-piece", "小组,姓名\n东,张三\n冲,王五\n组,李四\n"),
        csv("roll-open", "姓名,小组,待核对\n张三,一组,这里写着“死亡”：还是选民吗？\n李四,二组,\n"),
        csv("roll-diff-column", "姓名,性别\n张三,男\n李四,女\n")
            .file("旧名册.csv", "姓名,小组\n张三,一组\n李四,二组\n")
            .run("roll diff 旧名册.csv voters.csv"),
        csv("roll-diff-unsure", "姓名,小组\n张三,一组\n李四,二组\n")
            .file("旧名册.csv", "姓名,小组\n张三,三组\n李四,二组\n")
            .run("roll diff 旧名册.csv voters.csv"),
    ]
}

fn answers() -> Vec<Scene> {
    let asked = "姓名,性别,小组,备注\n张三,男,一组,已死亡\n李四,女,二组,\n";
    let sheet =
        |row: &str| format!("序号,程度,工作表,行,列,现在写的,问题,答复\n1,要核对,,2,D,{row}\n");
    vec![
        csv("roll-answer", asked)
            .file("答复.csv", sheet("已死亡,备注里有话,大概吧"))
            .run("roll . --answers 答复.csv"),
        csv("roll-answer-stale", asked)
            .file("答复.csv", sheet("已迁出,备注里有话,不是选民"))
            .run("roll . --answers 答复.csv"),
    ]
}
