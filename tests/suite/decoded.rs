//! R-13, R-15: what is decoded is what is checked. Every code point that nobody sees, that means
//! something by agreement only, or that looks like a space, is reported whatever way it is written:
//! as itself, by each escape of YAML, by an entity, in a key, a cell, a name of a file. The code points
//! are listed here a second time, by the tables of Unicode.

use std::collections::BTreeSet;
use std::ops::RangeInclusive;

use clausebook::diagnostic::{Code, Diagnostic};
use clausebook::markdown::{FaultKind, render};
use clausebook::parse::yaml;
use clausebook::source::FileId;
use serde_json::Value;

use super::project::Project;

/// Controls, formats, fillers, selectors of variants, tags, separators, spaces, no characters.
const REFUSED: &[RangeInclusive<u32>] = &[
    0x00..=0x08,
    0x0b..=0x0c,
    0x0e..=0x1f,
    0x7f..=0xa0,
    0xad..=0xad,
    0x34f..=0x34f,
    0x600..=0x605,
    0x61c..=0x61c,
    0x6dd..=0x6dd,
    0x70f..=0x70f,
    0x890..=0x891,
    0x8e2..=0x8e2,
    0x115f..=0x1160,
    0x1680..=0x1680,
    0x17b4..=0x17b5,
    0x180b..=0x180f,
    0x2000..=0x200f,
    0x2028..=0x202f,
    0x205f..=0x206f,
    0x2800..=0x2800,
    0x3164..=0x3164,
    0xe000..=0xe0ff,
    0xf800..=0xf8ff,
    0xfdd0..=0xfdef,
    0xfe00..=0xfe0f,
    0xfeff..=0xfeff,
    0xffa0..=0xffa0,
    0xfff9..=0xfffb,
    0xfffd..=0xffff,
    0x1107f..=0x1107f,
    0x110bd..=0x110bd,
    0x110cd..=0x110cd,
    0x13430..=0x1343f,
    0x16fe4..=0x16fe4,
    0x1bca0..=0x1bca3,
    0x1d173..=0x1d17a,
    0x1fffe..=0x1ffff,
    0x2fffe..=0x2ffff,
    0xdfffe..=0xdffff,
    0xe0001..=0xe0001,
    0xe0020..=0xe007f,
    0xe0100..=0xe01ef,
    0xf0000..=0xf00ff,
    0xffff0..=0xfffff,
    0x10fff0..=0x10ffff,
];

/// Ordinary ones beside them.
const USUAL: &str = "稽核a1 　\u{301}é、「」😀𠮷ﾃ～—…①Ⅳ㎡\u{20dd}";

fn refused() -> impl Iterator<Item = char> {
    REFUSED.iter().cloned().flatten().filter_map(char::from_u32)
}

fn is_about_characters(fault: &&Diagnostic) -> bool {
    let codes =
        [Code::HiddenCharacter, Code::PrivateCharacter, Code::LookAlike, Code::LostCharacter];
    codes.contains(&fault.code)
}

/// The lines of a YAML text in which a character is reported.
fn lines(text: &str) -> BTreeSet<usize> {
    let mut faults = Vec::new();
    yaml::parse(FileId(0), text, &mut faults).unwrap_or_else(|| panic!("{faults:?}"));
    let line = |fault: &Diagnostic| text[..fault.span.start as usize].matches('\n').count();
    faults.iter().filter(is_about_characters).map(line).collect()
}

/// Each way YAML has of writing `c` by a number.
fn escapes(c: char) -> Vec<String> {
    let point = u32::from(c);
    let mut all = vec![format!("\\U{point:08x}")];
    all.extend((point <= 0xffff).then(|| format!("\\u{point:04X}")));
    all.extend((point <= 0xff).then(|| format!("\\x{point:02x}")));
    let named = [
        ('\0', "\\0"),
        ('\u{7}', "\\a"),
        ('\u{8}', "\\b"),
        ('\u{b}', "\\v"),
        ('\u{c}', "\\f"),
        ('\u{1b}', "\\e"),
        ('\u{85}', "\\N"),
        ('\u{a0}', "\\_"),
        ('\u{2028}', "\\L"),
        ('\u{2029}', "\\P"),
    ];
    all.extend(named.iter().filter(|(named, _)| *named == c).map(|(_, way)| (*way).to_owned()));
    all
}

#[test]
fn escapes_in_values_and_keys_are_seen_through() {
    let all: Vec<String> = refused().flat_map(escapes).collect();
    assert!(all.len() > 2_000, "{}", all.len());
    for some in all.chunks(900) {
        let values: String = some.iter().map(|way| format!("- \"甲{way}乙\"\n")).collect();
        let keys: String = (0..).zip(some).map(|(n, way)| format!("\"k{n}{way}\": 1\n")).collect();
        for text in [values, keys] {
            let said = lines(&text);
            let unsaid: Vec<&str> = text
                .lines()
                .enumerate()
                .filter(|(n, _)| !said.contains(n))
                .map(|(_, line)| line)
                .collect();
            assert!(
                unsaid.is_empty(),
                "{} not reported: {:?}",
                unsaid.len(),
                &unsaid[..unsaid.len().min(20)]
            );
        }
    }
    let usual: String =
        USUAL.chars().flat_map(escapes).map(|way| format!("- \"甲{way}乙\"\n")).collect();
    assert_eq!(lines(&usual), BTreeSet::new());
}

#[test]
fn entities_are_seen_through() {
    for c in refused() {
        // To Markdown this is a character that was lost.
        let seen = if c == '\0' { '\u{fffd}' } else { c };
        for way in [format!("&#x{:X};", u32::from(c)), format!("&#{};", u32::from(c))] {
            for text in
                [format!("甲{way}乙"), format!("[甲](b{way}.md \"x\")"), format!("```a{way}\n```")]
            {
                let faults = render(&text).faults;
                let found = |fault: &FaultKind| *fault == FaultKind::Hidden(seen);
                assert!(faults.iter().any(|fault| found(&fault.kind)), "{text} {faults:?}");
            }
        }
    }
    for c in USUAL.chars() {
        let faults = render(&format!("甲&#x{:x};乙", u32::from(c))).faults;
        assert_eq!(faults, [], "{c}");
    }
}

/// As themselves, in every sort of file that is read, and in names.
#[test]
#[ignore = "slow: the gate runs it in release"]
fn characters_are_seen_where_they_stand_as_themselves() {
    let some = [
        '\u{1}',
        '\u{9b}',
        '\u{a0}',
        '\u{ad}',
        '\u{61c}',
        '\u{1680}',
        '\u{2003}',
        '\u{200b}',
        '\u{202e}',
        '\u{202f}',
        '\u{206a}',
        '\u{3164}',
        '\u{e000}',
        '\u{fe0f}',
        '\u{fff9}',
        '\u{fffd}',
        '\u{e0041}',
        '\u{e0101}',
        '\u{f0000}',
        '\u{10fffd}',
    ];
    let files = [
        ("content/posts.yaml", "id: chief\nagency: city\ntitle: 科長\nstaff: A001\nnote: 甲?乙\n"),
        ("content/pages/a.md", "# 題\n\n甲?乙\n"),
        ("regulations/law/2025-01-01.txt", "測試規定\n一、目的?甲。\n二、抽查。\n三、保存。\n"),
        ("clausebook.yaml", "name: 站?點\nagency: 局\n"),
    ];
    for c in some {
        let mut project = Project::new().as_of("2026-03-01");
        for (path, text) in files {
            project = project.write(path, text.replace('?', &c.to_string()));
        }
        let name = format!("content/evidence/files/a{c}b.txt");
        if c != '\u{1}' && c != '\u{9b}' {
            project = project.write(&name, "x");
        }
        let outcome = project.run("check --format json");
        let rows: Vec<Value> = serde_json::from_str(&outcome.stdout).expect("JSON");
        let point = format!("U+{:04X}", u32::from(c));
        let of = |row: &&Value| row["message"].as_str().is_some_and(|text| text.contains(&point));
        let said: BTreeSet<&str> =
            rows.iter().filter(of).filter_map(|row| row["file"].as_str()).collect();
        for (path, _) in files {
            assert!(said.contains(path), "{point} in {path}: {said:?}");
        }
        let named = said.iter().any(|path| path.starts_with("content/evidence"));
        assert!(named || matches!(c, '\u{1}' | '\u{9b}'), "{point} in a name: {said:?}");
    }
}

/// In files that are published to the byte, whatever their type, they are counted and the first is named.
#[test]
fn characters_are_seen_in_files_that_are_published_as_they_are() {
    let some = ['\u{1}', '\u{ad}', '\u{200b}', '\u{202e}', '\u{2066}', '\u{fffd}', '\u{e0041}'];
    let paths = [
        "content/evidence/files/a.txt",
        "content/evidence/files/b.csv",
        "regulations/law/attachments/c.txt",
        "static/d.txt",
        "static/e.js",
        "static/f.html",
        "static/sub/g",
        "templates/assets/h.json",
    ];
    for c in some {
        let text = format!("\u{feff}甲\r乙\n丙{c}丁{c}\n");
        let project = Project::new().as_of("2026-03-01");
        let mut project = paths.iter().fold(project, |project, path| project.write(path, &text));
        let utf_16: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
        project = project.write("static/utf-16.html", utf_16);
        let outcome = project.run("check --format json");
        let rows: Vec<Value> = serde_json::from_str(&outcome.stdout).expect("JSON");
        let named = format!("2 in all, the first, U+{:04X}", u32::from(c));
        let of = |row: &&Value| {
            let message = row["message"].as_str().unwrap_or_default();
            row["code"] == "hidden-in-copy"
                && message.contains(&named)
                && message.ends_with("line 2")
        };
        let said: BTreeSet<&str> =
            rows.iter().filter(of).filter_map(|row| row["file"].as_str()).collect();
        let wanted: BTreeSet<&str> = paths.into_iter().chain(["static/utf-16.html"]).collect();
        assert_eq!(said, wanted, "{named}");
    }
    // Pictures have every byte, and a text of another encoding is a text.
    let project = Project::new().write("static/a.png", b"\x89PNG\r\n\x1a\n\0\x01\x02\xff\xfe");
    let project = project.write("static/b.txt", b"\xbd\x5d\xae\xd6\n");
    assert!(!project.run("check --format json").stdout.contains("hidden-in-copy"));
}

/// What is imported is looked at when it is decoded, not before.
#[test]
fn imports_refuse_what_is_written_by_its_number() {
    let law = |text: &str| {
        format!(
            "{{\"LawName\":\"測試法\",\"LawArticles\":[{{\"ArticleNo\":\"第 1 條\",\"ArticleContent\":\"{text}\"}}]}}"
        )
    };
    let xml = "<LAWS><法規><法規名稱>測試法</法規名稱><法規內容><條文><條號>第 1 條</條號><條文內容>甲&#x202E;乙</條文內容></條文></法規內容></法規></LAWS>";
    for (file, bytes) in [
        ("new.json", law("甲\\u202e乙").into_bytes()),
        ("new.xml", xml.as_bytes().to_vec()),
        ("new.html", "<!doctype html><p>一、甲&#x202E;乙</p>".as_bytes().to_vec()),
    ] {
        let project = Project::new().write(file, bytes);
        project.run(&format!("import regulation {file} --id new")).code(1).stderr_has("U+202E");
    }
    let project = Project::new().write("new.json", law("甲乙"));
    project.run("import regulation new.json --id new").code(0);
}
