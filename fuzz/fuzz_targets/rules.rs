//! Any text as a file of a regulation: its rules, their tests, its readings, its head. The first byte
//! chooses which.
#![no_main]

use clausebook::source::{Area, Content, SourceFile, SourceTree};
use libfuzzer_sys::fuzz_target;

const LAW: &str = "測試規定\n一、目的。\n二、抽查：\n（一）每月。\n";
const HEAD: &str = "id: law\nname: 規定\nversions:\n- {id: a, text: 2025-01-01.txt, in_force: 2025-01-01}\n";
const FILES: [&str; 5] =
    ["clauses.yaml", "obligations.yaml", "readings.yaml", "regulation.yaml", "tests.yaml"];

fuzz_target!(|text: &str| {
    let Some(first) = text.chars().next() else { return };
    let chosen = FILES[first as usize % FILES.len()];
    let file = |name: &str, text: &str| SourceFile {
        path: format!("regulations/law/{name}"),
        area: Area::Regulation,
        content: Content::Text(text.to_owned()),
    };
    let mut files = vec![file("2025-01-01.txt", LAW), file(chosen, &text[first.len_utf8()..])];
    if chosen != "regulation.yaml" {
        files.push(file("regulation.yaml", HEAD));
    }
    files.sort_by(|a, b| a.path.cmp(&b.path));
    let tree = SourceTree { files };
    let (parsed, _) = clausebook::parse::parse(&tree);
    let _ = clausebook::model::resolve(&parsed, &tree);
});
