//! Lists without headings: names in a grid, as they hang on walls, and exports of which the
//! first row was cut off.

use super::shapes::{Shape, csv, write, xlsx};

const SIX: [&str; 6] =
    ["张建国/一组", "李秀英/一组", "王明/一组", "赵春生/二组", "钱玉梅/二组", "孙文军/二组"];

pub(crate) fn all() -> Vec<Shape> {
    let asked = ["roll-sheet-adopted@3A"];
    vec![
        csv(
            "a grid under titles of groups",
            "选民名单,,\n一组（3人）,,\n张建国,李秀英,王明\n二组（3人）,,\n赵春生,钱玉梅,孙文军\n周桂兰,吴明,郑文军\n",
        )
        .with(
            &[&SIX[..], &["周桂兰/二组", "吴明/二组", "郑文军/二组"]].concat(),
            &["roll-sheet-adopted@3A", "roll-total@4A"],
        ),
        csv(
            "a grid whose first group is one person",
            "选民名单,,\n一组,,\n张建国,,\n二组,,\n赵春生,钱玉梅,孙文军\n周桂兰,吴明,郑文军\n王小明,冯秀英,陈明\n",
        )
        .with(
            &[
                "张建国/一组", "赵春生/二组", "钱玉梅/二组", "孙文军/二组", "周桂兰/二组", "吴明/二组",
                "郑文军/二组", "王小明/二组", "冯秀英/二组", "陈明/二组",
            ],
            &["roll-sheet-adopted@3A"],
        ),
        csv(
            "a column for each group",
            "选民名单,\n一组,二组\n张建国,赵春生\n李秀英,钱玉梅\n王明,孙文军\n",
        )
        .with(
            &["张建国/一组", "李秀英/一组", "王明/一组", "赵春生/二组", "钱玉梅/二组", "孙文军/二组"],
            &asked,
        ),
        csv(
            "groups left of the names",
            "选民名单\n\n一组,张建国,李秀英\n,王明,\n二组,赵春生,钱玉梅\n,孙文军,周桂兰\n",
        )
        .with(&[&SIX[..], &["周桂兰/二组"]].concat(), &["roll-sheet-adopted@3B"]),
        csv(
            "numbers before the names",
            "\n一组\n1,张建国,2,李秀英\n3,王明,4,周桂兰\n二组\n1,赵春生,2,钱玉梅\n3,孙文军\n",
        )
        .with(
            &["张建国/一组", "李秀英/一组", "王明/一组", "周桂兰/一组", "赵春生/二组", "钱玉梅/二组", "孙文军/二组"],
            &["roll-sheet-adopted@3B"],
        ),
        csv(
            "an export without its first row",
            "\n\n1,张建国,男,汉,一组\n2,李秀英,女,汉,一组\n3,王明,男,布依族,一组\n4,赵春生,男,汉,二组\n5,钱玉梅,女,汉,二组\n6,孙文军,男,汉,二组\n",
        )
        .with(&SIX, &["roll-sheet-adopted@3"]),
        xlsx("a grid on each sheet", |book| {
            let sheet = book.add_worksheet();
            sheet.set_name("一组").unwrap();
            write(sheet, &[&["张建国", "李秀英"], &["王明", "吴明"], &["郑文军", "周桂兰"]]);
            let sheet = book.add_worksheet();
            sheet.set_name("二组").unwrap();
            let rows: [&[&str]; 3] =
                [&["赵春生", "钱玉梅", "孙文军"], &["王建国", "冯秀英", "陈明"], &["卫文军"]];
            write(sheet, &rows);
        })
        .with(
            &[
                "张建国/一组", "李秀英/一组", "王明/一组", "吴明/一组", "郑文军/一组", "周桂兰/一组",
                "赵春生/二组", "钱玉梅/二组", "孙文军/二组", "王建国/二组", "冯秀英/二组", "陈明/二组",
                "卫文军/二组",
            ],
            &["roll-sheet-adopted@1A", "roll-sheet-adopted@1A"],
        ),
        csv(
            "the dead in a grid of their own",
            "选民名单\n一组\n张建国,李秀英\n王明,周桂兰\n二组\n赵春生,钱玉梅\n死亡人员\n孙文军,吴明\n",
        )
        .with(
            &["张建国/一组", "李秀英/一组", "王明/一组", "周桂兰/一组", "赵春生/二组", "钱玉梅/二组"],
            &["roll-sheet-adopted@3A", "roll-aside@8A", "roll-aside@8B"],
        ),
        csv(
            "two columns of names of which one may be of heads",
            "张建国,李秀英,男\n王明,李秀英,男\n赵春生,钱玉梅,男\n孙文军,钱玉梅,男\n",
        )
        .with(&[], &["roll-no-name-column"]),
        csv("names and trades", "张建国,农民\n王明,农民\n赵春生,教师\n孙文军,农民\n")
            .with(&[], &["roll-no-name-column"]),
        csv(
            "headings that nothing understands",
            "选民甲,选民乙\n张建国,李秀英\n王明,周桂兰\n赵春生,钱玉梅\n",
        )
        .with(&[], &["roll-no-name-column"]),
        csv(
            "all of a group in a cell",
            "小组,姓名\n一组,张建国、李秀英、王明\n二组,赵春生\n",
        )
        .with(&["赵春生/二组"], &["roll-name-several@2B"]),
    ]
}
