//! Layouts of official texts, one fault each, with the structure that a reader gave them; and that no
//! letter of any of them is lost or moved.

use std::fs;

use clausebook::parse::import::{Draft, ImportOptions, draft, structure::Structure};
use clausebook::source::FileId;
use serde_json::Value;

use super::project::repository;

struct Layout {
    name: String,
    text: String,
    expected: Value,
}

fn layouts() -> Vec<Layout> {
    let file = fs::read_to_string(repository().join("tests/fixtures/layouts.json"));
    let all: Vec<Value> = serde_json::from_str(&file.expect("the file")).expect("JSON");
    let word = |value: &Value| value.as_str().expect("a text").to_owned();
    let layout = |one: Value| Layout {
        name: word(&one["name"]),
        text: word(&one["text"]),
        expected: one["expected"].clone(),
    };
    all.into_iter().map(layout).collect()
}

fn read(text: &str) -> Draft {
    draft(FileId(0), text, ImportOptions { id: "x", name: None })
}

/// White space, and the marks that take no room and say nothing.
fn blank(c: char) -> bool {
    c.is_whitespace() || matches!(c, '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}')
}

/// Words as they are compared: white space and the lines of tables do not count.
fn plain(text: &Value) -> String {
    let drawn = |c: &char| ('\u{2500}'..='\u{257f}').contains(c) || matches!(c, '|' | '｜');
    let text = text.as_str().unwrap_or_default();
    let text: String = text.chars().filter(|c| !blank(*c) && !drawn(c)).collect();
    text.replace("---", "")
}

/// Path, kinds and words of every clause that has words.
fn clauses(reading: &Value) -> Vec<(String, String, String)> {
    let all = reading["clauses"].as_array().expect("clauses").iter();
    all.map(|one| (plain(&one["path"]), plain(&one["kinds"]), plain(&one["text"])))
        .filter(|(.., text)| !text.is_empty())
        .collect()
}

fn lines(reading: &Value, key: &str) -> Vec<String> {
    let all = reading[key].as_array().expect("lines").iter();
    all.map(|line| plain(line).trim_end_matches(['：', ':']).to_owned()).collect()
}

#[test]
fn every_layout_has_its_structure_and_doubts_where_there_are_any() {
    for Layout { name, text, expected } in layouts() {
        let found = serde_json::to_value(Structure::new(&read(&text), &text)).expect("JSON");
        assert_eq!(clauses(&found), clauses(&expected), "{name}");
        for key in ["headings", "attachments"] {
            assert_eq!(lines(&found, key), lines(&expected, key), "{name}: {key}");
        }
        for key in ["title", "date", "form"] {
            assert_eq!(plain(&found[key]), plain(&expected[key]), "{name}: {key}");
        }
        let doubts = found["doubts"].as_array().expect("doubts");
        assert_eq!(!doubts.is_empty(), expected["doubtful"] == true, "{name}: {doubts:?}");
    }
}

#[test]
fn no_letter_of_a_layout_is_lost_or_moved() {
    for Layout { name, text, .. } in layouts() {
        let law = read(&text).law;
        let mut left: String = law.letters().chars().filter(|c| !blank(*c)).collect();
        // What was left out is said, and stands where it stood.
        let mut dropped: Vec<_> = law.dropped.iter().collect();
        dropped.sort_by_key(|dropped| dropped.span.start);
        let mut dropped = dropped.into_iter().peekable();
        for (at, c) in text.char_indices() {
            while dropped.peek().is_some_and(|dropped| dropped.span.end as usize <= at) {
                dropped.next();
            }
            let out = dropped.peek().is_some_and(|dropped| dropped.span.start as usize <= at);
            if blank(c) || out {
                continue;
            }
            assert!(left.starts_with(c), "{name}: {c} of byte {at} is not in front of {left}");
            left.remove(0);
        }
        assert_eq!(left, "", "{name}");
    }
}
