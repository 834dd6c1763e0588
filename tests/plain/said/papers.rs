//! Wordings and layouts of one's own, documents, and packets.

use super::{Scene, tells};
use crate::support::{ROLL, SMALL, spoiled};

fn small(codes: &'static str) -> Scene {
    tells(codes).election(SMALL).file("voters.csv", ROLL)
}

/// One document of [`SMALL`], set on pages.
const BUILD: &str = "build . -o out --only election-committee";

pub(super) fn scenes() -> Vec<Scene> {
    [templates(), pages(), documents(), posted(), packets()].concat()
}

/// An attachment that no row of a catalogue has room for.
const LONG_NAME: &str = "attachments/一二三四五六七八九十aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa.jpg";

/// What stands before a wording of one's own.
const HEAD: &str = "id: thanks\nname: 感谢信\ntitle: 感谢信\nstage: closing\naudience: public\nretention: {period: 10年, basis: 本社区规定}\n";
const PLAIN: &str = "layouts: [notice]\n";

fn document(head: &str, body: &str) -> String {
    format!("---\n{head}---\n{body}")
}

/// What a layout of one's own begins with: the page, and what the document says.
const LAYOUT: &str = r#"
#let document-data = json("document.json")
#set document(title: document-data.title)
#set page(width: 200pt, height: 200pt, margin: 20pt)
#set text(font: ("fang", "song"), size: 10pt, lang: "zh", top-edge: 0.88em, bottom-edge: -0.12em)
#let said = document-data.blocks.map(block => block.text.first().text)
#heading(document-data.title)
"#;

/// Layouts that lose, tear and cover what a document of two sentences says.
fn pages() -> Vec<Scene> {
    let draw = |codes: &'static str, layout: &str| {
        small(codes)
            .file(
                "templates/documents/thanks.md",
                document(&format!("{HEAD}{PLAIN}"), "感谢各位居民到场。\n\n感谢各位居民投票。\n"),
            )
            .file("templates/layouts/notice.typ", format!("{LAYOUT}{layout}"))
            .run("build . -o out --only thanks")
    };
    vec![
        draw("page-lost", "#par(said.first())"),
        draw(
            "page-outside",
            "#par(said.first()) #place(dx: 150pt, par(box(width: 100pt, said.last())))",
        ),
        draw("page-crossed", "#for one in said { par(one) } #place(dy: -5pt, line(length: 80pt))"),
        draw("page-over", "#par(said.first()) #place(dy: -12pt, par(said.last()))"),
        draw("page-small", "#for one in said { par(text(size: 8pt, one)) }"),
        draw("too-costly", "#{ let a = \"x\"; for one in range(60) { a = a + a } }"),
        small("font-broken").file("fonts/宋体.ttc", b"ttcf\0\x01\0\0\xff\xff\xff\xff").run(BUILD),
        draw("page-no-glyph", "#for one in said { par(one) } #par(\"\\u{e123}\")"),
    ]
}

fn templates() -> Vec<Scene> {
    vec![
        small("template").file("templates/documents/thanks.md", "感谢信\n").run(BUILD),
        small("template")
            .file("templates/documents/thanks.md", document("name: 感谢信\n", "多谢\n"))
            .run(BUILD),
        small("template")
            .file(
                "templates/documents/thanks.md",
                document(&format!("{HEAD}{PLAIN}audiense: public\n"), "多谢\n"),
            )
            .run(BUILD),
        small("template")
            .file(
                "templates/documents/thanks.md",
                document(
                    &format!("{}{PLAIN}numbered: 是\n", HEAD.replace("closing", "close")),
                    "多谢\n",
                ),
            )
            .run(BUILD),
        small("template")
            .file(
                "templates/documents/thanks.md",
                document(&format!("{HEAD}{PLAIN}needs: [comunity.name]\n"), "多谢\n"),
            )
            .run(BUILD),
        small("template")
            .file(
                "templates/documents/thanks.md",
                document(
                    &format!("{HEAD}{PLAIN}"),
                    "{% import \"parts/round.md\" as community %}\n多谢\n",
                ),
            )
            .run(BUILD),
        small("template")
            .file(
                "templates/documents/thanks.md",
                document(&format!("{HEAD}{PLAIN}"), "多谢{{ community.nmae }}\n"),
            )
            .run("build . -o out --only thanks"),
        small("template")
            .file(
                "templates/documents/thanks.md",
                document(&format!("{HEAD}{PLAIN}"), "多谢{% if %}\n"),
            )
            .run("build . -o out --only thanks"),
        small("template")
            .file(
                "templates/documents/thanks.md",
                document(
                    &format!("{}{PLAIN}", HEAD.replace("name: 感谢信", "name: 选民名单公告")),
                    "多谢\n",
                ),
            )
            .run(BUILD),
        small("words")
            .file("templates/words.yaml", "voter: 参选居民\nvooter: 选民\nresident: [居民]\n")
            .run(BUILD),
        small("typst").file("templates/layouts/roster.typ", "#let width = \n").run(BUILD),
        small("no-layout")
            .file(
                "templates/documents/thanks.md",
                document(&format!("{HEAD}layouts: [scroll]\n"), "多谢\n"),
            )
            .run("build . -o out --only thanks"),
        small("layout-names")
            .file("templates/layouts/list.typ", "= 公告\n")
            .run("build . -o out --only voter-list"),
    ]
}

/// What the notice of the election committee of [`SMALL`] said when it was posted.
const POSTED: &str = "\
试验社区第七届居民选举委员会成员名单公告
根据《中华人民共和国城市居民委员会组织法》等有关规定，我社区于2026年3月20日推选产生了第七届居民选举委员会，共3人，主持本届居民委员会的换届选举工作。现将成员名单公布如下：
姓名　性别　职务
张守信　男　主任
李明里　女　委员
王公正　男　委员
居民选举委员会的任期，自组成之日起，至新老居民委员会工作移交完毕为止。成员或者其近亲属被提名为居民委员会成员候选人的，应当退出居民选举委员会，所缺名额依照推选结果递补，也可以另行推选。
特此公告。
试验社区居民委员会
2026年3月21日
";

fn posted() -> Vec<Scene> {
    let record = |day: &str, words: &str| {
        let digest = zhangbang::election::posted::digest(words);
        let record =
            format!("文件: election-committee, 编号: 1, 张贴日期: {day}, 摘要: \"{digest}\"");
        format!("{SMALL}已贴公告: [{{{record}}}]\n")
    };
    let scene =
        |codes: &'static str, text: String| tells(codes).election(text).file("voters.csv", ROLL);
    let with_copy = |scene: Scene| scene.file("posted/election-committee.txt", POSTED);
    vec![
        with_copy(scene("notice-changed", record("2026-03-21", POSTED))),
        scene("notice-copy notice-day", record("2026-03-20", POSTED)),
        with_copy(scene("notice-copy", record("2026-03-21", "别的"))),
        with_copy(scene("cannot-post", record("2026-03-21", POSTED)))
            .run("build . -o out --formats html --only election-committee --posted 2026-03-22"),
        small("cannot-post")
            .run("build . -o out --formats html --only voter-register --posted 2026-04-18"),
    ]
}

fn documents() -> Vec<Scene> {
    let told = "简介: 值班电话 13800138000";
    vec![
        tells("personal-data")
            .election(spoiled("名称: 试验社区", "名称: 试验社区13800138000"))
            .file("voters.csv", ROLL),
        small("unknown-document").run("build . -o out --only election-comittee"),
        small("unknown-voters").run("build . -o out --voters 第九居民小组"),
        small("unknown-voters").run("build . -o out --voters 2-9"),
        small("unknown-voters").run("build . -o out --voters 1 --only voter-list"),
        small("not-due").run("build . -o out --only results-notice"),
        small("personal-data")
            .file(
                "templates/documents/thanks.md",
                format!("---\n{HEAD}layouts: [notice]\n---\n{told}\n"),
            )
            .run("build . -o out --only thanks"),
        small("no-glyph")
            .file("templates/words.yaml", "voter: 选\u{E863}民\n")
            .run("build . -o out --only voter-list"),
        small("no-glyph")
            .file(
                "templates/documents/thanks.md",
                document(&format!("{HEAD}{PLAIN}"), "多谢\u{200B}各位\n"),
            )
            .run("build . -o out --only thanks"),
    ]
}

/// An election of which there is little to pack.
const BEGUN: &str = "\
类别: 社区
社区: {名称: 试验社区, 街道: 示例街道}
届次: 7
选举日: 2026-05-10
选举委员会: {推选日期: 2026-03-20, 公布日期: 2026-03-21, 成员: [丁一, 王二, 李三]}
";

fn packets() -> Vec<Scene> {
    let begun = |codes| tells(codes).election(BEGUN);
    let encrypted = "pack . -o packet.zip --encrypt --password-file secret";
    vec![
        tells("archive-code")
            .election(format!("{BEGUN}归档: {{全宗号: 全宗一号}}\n"))
            .run("pack . -o packet.zip"),
        begun("archive-incomplete no-fonds public-scans")
            .file("attachments/选举委员会成员名单公告.jpg", "signed")
            .run("pack . -o packet.zip --public"),
        begun("personal-name").file("attachments/张三13800138000.jpg", "scan"),
        begun("personal-name").file(
            "templates/documents/0663-8812345.md",
            document(&format!("{HEAD}{PLAIN}"), "谢\n"),
        ),
        begun("personal-data")
            .file("attachments/1.jpg", "scan")
            .file("posted/13800138000.txt", "公告")
            .run("pack . -o packet.zip"),
        tells("signing-key")
            .file("packet.zip", "PK")
            .file("k.pem", "-----BEGIN ENCRYPTED PRIVATE KEY-----\n")
            .run("sign packet.zip --key k.pem"),
        tells("signing-key")
            .file("packet.zip", "PK")
            .file("k.pem", "key")
            .run("sign packet.zip --key k.pem"),
        tells("signing-key")
            .file("packet.zip", "PK")
            .run("verify packet.zip --signer 7e240de74fb1ed08fa08d38063f6a6"),
        tells("not-signed").file("k.pem", "key").run("sign . --key k.pem"),
        begun("attachment-left")
            .file("attachments/选举委员会成员名单公告.lnk", "L\0\0\0")
            .run("pack . -o packet.zip"),
        begun("bad-name").file(LONG_NAME, "x").run("pack . -o packet.zip"),
        begun("attachment-left").file("attachments/计票.bat", "del").run("pack . -o packet.zip"),
        begun("password").file("secret", b"\xff\xfe").run(encrypted),
        begun("password").file("secret", "abc\n").run(encrypted),
        begun("cannot-read").run(encrypted),
    ]
}
