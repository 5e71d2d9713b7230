//! Any text at all, and pieces of which regulation texts, good and bad, are made: nothing is lost.

use proptest::prelude::*;

use super::tests::{bullet_rule, drop_rule, read, without_space};
use super::*;
use crate::law::{LawClause, LawText};
use crate::source::{FileId, Span};

/// Pieces of which regulation texts, good and bad, are made.
fn any_text() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        3 => "[一二三四ㄧ十廿之]{1,3}、",
        3 => "(- )?[（(] ?[一二三1-3]{1,2} ?[）)]",
        3 => "[1-4１-３]{1,2}[.．、]",
        1 => "[㈠-㈤⒈-⒋⑴-⑷]",
        4 => "[甲乙丙丁戊]{1,30}",
        4 => "[。：；，、（）]",
        2 => "[a-zA-Z0-9 ]{1,6}",
        6 => "\n[ \u{3000}\u{c}\r]{0,6}\n?",
        1 => "\\PC",
    ];
    proptest::collection::vec(piece, 0..60).prop_map(|pieces| pieces.concat())
}

fn any_options() -> impl Strategy<Value = LawOptions> {
    let line = (0..20usize, "[0-9甲]{0,1}").prop_map(|(line, text)| drop_rule(line, &text));
    let rule = prop_oneof![line, "[-甲(]{0,1}".prop_map(|text| bullet_rule(&text))];
    (proptest::collection::vec(rule, 0..3), any::<bool>()).prop_map(|(drops, partial)| LawOptions {
        drops,
        partial,
        ..LawOptions::default()
    })
}

/// The source as it must come out: without white space, mark of byte order and what was dropped.
fn kept(text: &str, law: &LawText) -> String {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let kept_of = |(at, line): (usize, &str)| {
        let line = without_space(line);
        let dropped = law.dropped.iter().filter(|dropped| dropped.line == at + 1);
        dropped.fold(line, |line, dropped| {
            let said = without_space(&dropped.text);
            let rest = line.strip_prefix(&said).or_else(|| line.strip_suffix(&said));
            rest.expect("what was dropped begins or ends the line").to_owned()
        })
    };
    text.split('\n').enumerate().map(kept_of).collect()
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_character_is_lost_and_no_number_is_given_twice(
        text in any_text(), options in any_options()
    ) {
        let (law, diagnostics) = parse_law(FileId(0), &text, &options);
        prop_assert_eq!(law.letters(), kept(&text, &law));
        let mut numbers: Vec<_> = law.all_clauses().map(|clause| &clause.number).collect();
        let in_order = numbers.clone();
        numbers.sort();
        numbers.dedup();
        prop_assert_eq!(&numbers, &in_order);
        for clause in law.all_clauses() {
            prop_assert_eq!(law.clause(&clause.number), Some(clause));
            prop_assert!(text[clause.span.start as usize..].starts_with(&clause.marker));
        }
        for fault in diagnostics.iter().filter(|fault| fault.span.file == FileId(0)) {
            prop_assert!(text.is_char_boundary(fault.span.start as usize));
        }
    }

    #[test]
    fn spans_hold_what_they_say(text in any_text()) {
        let (law, _) = read(&text);
        // What was dropped is recorded, and no part of what stands around it.
        let at = |span: Span| {
            let dropped = law.dropped.iter().map(|dropped| dropped.span);
            let mut within: Vec<Span> =
                dropped.filter(|one| span.start <= one.start && one.end <= span.end).collect();
            within.sort_by_key(|one| one.start);
            let mut from = span.start as usize;
            let mut kept = String::new();
            for one in within {
                kept.push_str(&text[from..one.start as usize]);
                from = one.end as usize;
            }
            without_space(&(kept + &text[from..span.end as usize]))
        };
        for paragraph in law.all_clauses().flat_map(LawClause::paragraphs) {
            prop_assert_eq!(at(paragraph.span), without_space(&paragraph.text));
        }
        for clause in &law.clauses {
            let alone = LawText { clauses: vec![clause.clone()], ..LawText::default() };
            prop_assert_eq!(at(clause.span), alone.letters());
        }
    }

    #[test]
    fn any_characters_at_all_are_read(text in "(\u{feff})?(\\PC|\\s){0,80}") {
        let (law, _) = read(&text);
        prop_assert_eq!(law.letters(), kept(&text, &law));
    }
}
