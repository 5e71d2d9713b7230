use super::*;
use crate::diagnostic::Code;
use crate::source::{Area, Content, FileId, SourceFile, Span};

fn tree(path: &str, text: &str) -> SourceTree {
    let content = Content::Text(text.to_owned());
    SourceTree { files: vec![SourceFile { path: path.to_owned(), area: Area::Record, content }] }
}

fn span(start: usize, end: usize) -> Span {
    Span::new(FileId(0), start, end)
}

#[test]
fn names_places_in_characters_whatever_the_script() {
    let tree = tree("content/a.yaml", "\u{feff}id: a\n單位: 地政局\n");
    let fault = Diagnostic::new(Code::UnknownId, span(17, 26), "no unit `地政局`")
        .related(span(3, 5), "here")
        .help("did you mean `land`?");
    let warning = Diagnostic::new(Code::ClauseGap, span(0, 0), "gap");
    let text = json(&tree, &[warning, fault]);
    let expected = concat!(
        "[\n",
        r#"  {"code":"unknown-id","severity":"error","file":"content/a.yaml","line":2,"column":5,"#,
        r#""end_line":2,"end_column":8,"message":"no unit `地政局`","help":"did you mean `land`?","#,
        r#""related":[{"file":"content/a.yaml","line":1,"column":1,"end_line":1,"end_column":3,"#,
        r#""message":"here"}],"fingerprint":"…"},"#,
        "\n",
        r#"  {"code":"clause-gap","severity":"warning","file":"content/a.yaml","line":1,"column":1,"#,
        r#""end_line":1,"end_column":1,"message":"gap","help":null,"related":[],"fingerprint":"…"}"#,
        "\n]\n",
    );
    let mut without = text.clone();
    for (at, found) in text.match_indices("\"fingerprint\":\"") {
        let print = &text[at + found.len()..][..32];
        assert!(print.bytes().all(|byte| byte.is_ascii_hexdigit()), "{print}");
        without = without.replace(print, "…");
    }
    assert_eq!(without, expected);
    assert_eq!(json(&tree, &[]), "[]\n");
    let lines = jsonl(&tree, &[Diagnostic::new(Code::ClauseGap, span(0, 0), "gap")]);
    assert!(lines.starts_with("{\"code\"") && lines.ends_with("}\n") && lines.lines().count() == 1);
}

#[test]
fn json_holds_no_control_character_and_reads_back() {
    let message = "\u{1b}[31m\u{9b}\u{202e}\0\r\n\"\\\u{feff}😀";
    let tree = tree("a\u{200b}.yaml", "x");
    let text = json(&tree, &[Diagnostic::new(Code::WrongType, span(0, 1), message)]);
    assert!(!text.chars().any(|c| c != '\n' && is_hidden(c)), "{text:?}");
    let value: serde_json::Value = serde_json::from_str(&text).expect("is JSON");
    assert_eq!(value[0]["message"], message);
    assert_eq!(value[0]["file"], "a\u{200b}.yaml");
}
