use super::*;
use crate::source::{Area, FileId};

fn tree(files: &[(&str, &str)]) -> SourceTree {
    let file = |(path, text): &(&str, &str)| SourceFile {
        path: (*path).to_owned(),
        area: Area::Record,
        content: if text.is_empty() { Content::Absent } else { Content::Text((*text).to_owned()) },
    };
    SourceTree { files: files.iter().map(file).collect() }
}

fn at(tree: &SourceTree, file: u32, word: &str) -> Span {
    let start = tree.files[file as usize].text().find(word).expect("stands in the text");
    Span::new(FileId(file), start, start + word.len())
}

fn shown(tree: &SourceTree, diagnostics: &[Diagnostic]) -> String {
    render(tree, diagnostics, TerminalOptions::default())
}

#[test]
fn shows_the_line_the_cause_and_the_remedy() {
    let tree = tree(&[
        ("content/a.yaml", "\u{feff}id: a\n單位: 地政局, 稽核: x\n"),
        ("content/b.yaml", "id: a\n"),
    ]);
    let fault = Diagnostic::new(Code::UnknownKey, at(&tree, 0, "稽核"), "unknown key `稽核`")
        .related(at(&tree, 0, "單位"), "the record begins here")
        .related(at(&tree, 1, "a"), "another one of this name")
        .help("did you mean `audit`?");
    let expected = "\
error[unknown-key]: unknown key `稽核`
 --> content/a.yaml:2:10
  |
2 | 單位: 地政局, 稽核: x
  | ----          ^^^^
  | |
  | the record begins here
  |
 ::: content/b.yaml:1:5
  |
1 | id: a
  |     - another one of this name
  |
  = help: did you mean `audit`?

errors 1, warnings 0, files 2
";
    assert_eq!(shown(&tree, &[fault]), expected);
}

#[test]
fn columns_do_not_count_the_byte_order_mark() {
    let tree = tree(&[("a.yaml", "\u{feff}甲: 1\n")]);
    let first = Diagnostic::new(Code::UnknownKey, at(&tree, 0, "甲"), "x");
    let start = Diagnostic::new(Code::MissingKey, Span::start_of(FileId(0)), "x");
    let third = Diagnostic::new(Code::WrongType, at(&tree, 0, "1"), "x");
    let text = shown(&tree, &[first, start, third]);
    let places: Vec<_> = text.lines().filter(|line| line.contains("-->")).collect();
    assert_eq!(places, [" --> a.yaml:1:1", " --> a.yaml:1:1", " --> a.yaml:1:4"]);
}

#[test]
fn shows_the_right_line_in_a_long_file() {
    let text: String = (1..=3000).map(|n| format!("行{n}: 值{n}\r\n")).collect();
    let tree = tree(&[("a.yaml", &text)]);
    for line in [1, 2, 1500, 2999, 3000] {
        let word = format!("值{line}\r");
        let fault = Diagnostic::new(Code::UnknownKey, at(&tree, 0, &word), "x");
        let text = shown(&tree, &[fault]);
        let column = 4 + line.to_string().len();
        assert!(text.contains(&format!("--> a.yaml:{line}:{column}\n")), "{text}");
        assert!(text.contains(&format!("{line} | 行{line}: 值{line}")), "{text}");
    }
    let end = Diagnostic::new(Code::MissingKey, Span::new(FileId(0), text.len(), text.len()), "x");
    assert!(shown(&tree, &[end]).contains("a.yaml:300"));
}

#[test]
fn a_file_without_text_is_named() {
    let tree = tree(&[("clausebook.yaml", "")]);
    let fault = Diagnostic::new(Code::MissingFile, Span::start_of(FileId(0)), "there is none");
    let expected = "error[missing-file]: there is none\n--> clausebook.yaml\n\n\
                    errors 1, warnings 0, files 0\n";
    assert_eq!(shown(&tree, &[fault]), expected);
}

#[test]
fn errors_come_first_and_nothing_is_said_twice() {
    let tree = tree(&[("a.yaml", "a\n"), ("b.yaml", "b\n")]);
    let warning = Diagnostic::new(Code::ClauseGap, Span::start_of(FileId(0)), "w");
    let late = Diagnostic::new(Code::UnknownKey, Span::start_of(FileId(1)), "late");
    let early = Diagnostic::new(Code::UnknownKey, Span::start_of(FileId(0)), "early");
    let text = shown(&tree, &[warning.clone(), late.clone(), early, late, warning]);
    let titles: Vec<_> = text.lines().filter(|line| line.contains("]: ")).collect();
    let expected =
        ["error[unknown-key]: early", "error[unknown-key]: late", "warning[clause-gap]: w"];
    assert_eq!(titles, expected);
    assert!(text.ends_with("\nerrors 2, warnings 1, files 2\n"));
}

#[test]
fn many_of_one_code_are_counted() {
    let tree = tree(&[("a.yaml", &"x: 1\n".repeat(300))]);
    let mut faults: Vec<_> = (0..300)
        .map(|n| Diagnostic::new(Code::UnknownKey, Span::new(FileId(0), n * 5, n * 5 + 1), "x"))
        .collect();
    faults.push(Diagnostic::new(Code::ClauseGap, Span::start_of(FileId(0)), "gap"));
    let text = shown(&tree, &faults);
    assert_eq!(text.matches("error[unknown-key]").count(), 7);
    assert!(text.contains("\n… and 293 more of `unknown-key`\n"), "{text}");
    assert!(text.ends_with("\nerrors 300, warnings 1, files 1\n"));
    faults.pop();
    let help = faults.iter().cloned().map(|fault| fault.help("mend it"));
    let text = shown(&tree, &help.collect::<Vec<_>>());
    assert!(text.lines().count() <= 25, "{} lines: {text}", text.lines().count());
}

#[test]
fn nothing_in_the_inputs_acts_upon_the_terminal() {
    let payloads = [
        "\u{1b}[2J",
        "\u{1b}]0;title\u{7}",
        "\u{9b}31m",
        "\u{7}",
        "\r",
        "\u{8}",
        "\u{202e}abc",
        "\u{2066}",
        "\u{200b}",
        "\u{7f}",
        "\0",
        "\u{85}",
        "\u{feff}",
        "\u{200f}",
        "\u{2060}",
    ];
    for payload in payloads {
        let tree = tree(&[(&format!("a{payload}.yaml"), &format!("名: {payload} 值\n"))]);
        let fault = Diagnostic::new(Code::WrongType, at(&tree, 0, "值"), format!("is `{payload}`"))
            .related(at(&tree, 0, "名"), format!("see {payload}"))
            .help(format!("not {payload}"));
        let text = shown(&tree, &[fault]);
        let acts = |c: char| c != '\n' && is_hidden(c);
        assert!(!text.chars().any(acts), "{payload:?}: {text:?}");
        let column = 5 + payload.chars().count();
        assert!(text.contains(&format!(":1:{column}\n")), "{payload:?}: {text}");
    }
}

#[test]
fn spans_out_of_range_or_inside_a_character_are_no_trouble() {
    let tree = tree(&[("a.yaml", "\u{feff}單位\n\n值")]);
    for start in 0..20 {
        for end in 0..20 {
            let fault = Diagnostic::new(Code::WrongType, Span::new(FileId(0), start, end), "x");
            assert!(shown(&tree, &[fault]).contains("a.yaml:"));
        }
    }
}

#[test]
fn colour_is_used_only_when_asked_for() {
    let tree = tree(&[("a.yaml", "a\n")]);
    let faults = [Diagnostic::new(Code::UnknownKey, Span::start_of(FileId(0)), "x")];
    assert!(!shown(&tree, &faults).contains('\u{1b}'));
    let options = TerminalOptions { color: true, ..TerminalOptions::default() };
    assert!(render(&tree, &faults, options).contains("\u{1b}["));
}

/// Columns are those of the file, and a number beside the place is masked.
#[test]
fn of_very_long_lines_only_what_is_shown_is_looked_at() {
    let filler = "稽核é𠮷x A123456789 ".repeat(2_000);
    let text = format!("a: 1\nb: {filler}此處 A123456789{filler}\nc: {filler}\n");
    let tree = tree(&[("content/a.yaml", &text)]);
    let fault = Diagnostic::new(Code::UnknownKey, at(&tree, 0, "此處"), "x");
    let place = format!(" --> content/a.yaml:2:{}\n", 4 + filler.chars().count());
    let said = shown(&tree, &[fault]);
    assert!(said.contains(&place), "{place} {said}");
    assert!(said.contains("此處 A12345****") && !said.contains("A123456789"), "{said}");
}
