//! Every document of both examples, word for word: a change of wording shows in
//! the review of its snapshot.

use crate::support::{built, files, words_of};

/// Thousands of names, which another test finds one by one.
const NAMES: &str = "选民名单公告.pdf";

#[test]
fn the_documents_say_what_was_read_aloud() {
    for name in ["qimei-2017", "shiping-2026"] {
        let text: String = files(built(name))
            .iter()
            .map(|path| match path.ends_with(NAMES) || path.contains("张贴版") {
                true => format!("# {path}\n\n"),
                false => {
                    let text = words_of(&built(name).join(path)).replace('。', "。\n");
                    format!("# {path}\n\n{}\n\n", text.trim_end())
                }
            })
            .collect();
        insta::assert_snapshot!(name, text);
    }
}
