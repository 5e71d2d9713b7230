//! The shape of the code, held to what `src/lib.rs` says of it: stages import only from above,
//! each I/O boundary has one owner, each engine one module that names it.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use super::project::{files, repository};

/// The stages in order; each may use those before it. `diagnostic`, `source` places and `time`
/// are for everyone.
const ORDER: &[&str] = &[
    "hidden",
    "privacy",
    "markdown",
    "time",
    "diagnostic",
    "source",
    "law",
    "record",
    "parse",
    "model",
    "assess",
    "facts",
    "proof",
    "text",
    "export",
    "site",
    "render",
    "output",
    "pipeline",
    "cli",
];

/// Files that may be longer than 500 lines: tables of one shape.
const TABLES: &[&str] = &["diagnostic/code.rs", "record/kinds.rs"];

/// Every source file by its path under `src/`, without tests and comments.
pub fn sources() -> &'static BTreeMap<String, String> {
    static SOURCES: LazyLock<BTreeMap<String, String>> = LazyLock::new(read_sources);
    &SOURCES
}

fn read_sources() -> BTreeMap<String, String> {
    let code = |(path, bytes): (String, Vec<u8>)| {
        let text = String::from_utf8(bytes).expect("UTF-8");
        (path, text)
    };
    let all: BTreeMap<String, String> = files(&repository().join("src"))
        .into_iter()
        .filter(|(path, _)| path.ends_with(".rs"))
        .map(code)
        .collect();
    // A file that stands as `#[cfg(test)] mod NAME;` is a test.
    let is_test = |path: &str| {
        all.iter().any(|(other, text)| {
            let folder = other.trim_end_matches("/mod.rs").trim_end_matches(".rs");
            let name =
                path.strip_prefix(&format!("{folder}/")).map(|rest| rest.trim_end_matches(".rs"));
            name.is_some_and(|name| text.contains(&format!("#[cfg(test)]\nmod {name};")))
        })
    };
    let kept: Vec<String> = all.keys().filter(|path| !is_test(path)).cloned().collect();
    kept.into_iter().map(|path| (path.clone(), plain(&all[&path]))).collect()
}

/// Code without its comments and without what follows `#[cfg(test)]`, tests standing last.
fn plain(text: &str) -> String {
    let code = text.split("#[cfg(test)]\nmod tests {").next().unwrap_or_default();
    let kept = code.lines().filter(|line| !line.trim_start().starts_with("//"));
    kept.map(|line| line.split(" // ").next().unwrap_or_default().to_owned() + "\n").collect()
}

/// The stage a file belongs to: its folder, or its own name.
fn stage(path: &str) -> &str {
    path.split('/').next().unwrap_or(path).trim_end_matches(".rs")
}

/// Every stage a text names by `crate::…`, in groups as well.
fn named_stages(text: &str) -> Vec<String> {
    let word = |text: &str| -> String {
        text.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect()
    };
    let mut found = Vec::new();
    for rest in text.split("crate::").skip(1) {
        match rest.strip_prefix('{') {
            None => found.push(word(rest)),
            Some(group) => {
                let (mut depth, mut start) = (0, true);
                for (at, c) in group.char_indices() {
                    match c {
                        '}' if depth == 0 => break,
                        '{' => depth += 1,
                        '}' => depth -= 1,
                        ',' if depth == 0 => start = true,
                        c if c.is_whitespace() => {}
                        _ if start && depth == 0 => {
                            found.push(word(&group[at..]));
                            start = false;
                        }
                        _ => {}
                    }
                }
            }
        }
    }
    found
}

#[test]
fn groups_of_imports_are_read() {
    let text = "use crate::{\n    diagnostic::{Code, model::X},\n    time,\n};\nlet x = crate::assess::y();";
    assert_eq!(named_stages(text), ["diagnostic", "time", "assess"]);
    assert_eq!(
        plain(
            "//! crate::cli\nuse a; // crate::cli\n#[cfg(test)]\nmod tests {\nuse crate::cli;\n}\n"
        ),
        "use a;\n"
    );
}

#[test]
fn imports_point_upwards_only() {
    let place = |stage: &str| ORDER.iter().position(|name| *name == stage);
    let mut wrong = Vec::new();
    for (path, text) in sources() {
        if ["lib.rs", "main.rs"].contains(&path.as_str()) {
            continue;
        }
        let own = stage(path);
        let at = place(own).unwrap_or_else(|| panic!("{path}: `{own}` has no place in the order"));
        for used in named_stages(text) {
            let Some(other) = place(&used) else {
                wrong.push(format!("{path} names crate::{used}, which has no place in the order"));
                continue;
            };
            // Diagnostics name places in the source, and the source is read with diagnostics.
            let mutual = own == "diagnostic" && used == "source";
            if other > at && !mutual {
                wrong.push(format!("{path} uses {used}, which stands below {own}"));
            }
        }
    }
    assert_eq!(wrong, [""; 0]);
}

/// What stands behind `resolve` reads no raw input: nothing there names the stage that reads it.
/// Sheets are the one inverse of reading, and share its headings of columns.
#[test]
fn nothing_behind_resolve_names_parse() {
    let behind = ["assess", "facts", "site", "export"];
    let sheets = ["export/sheet/records.rs", "export/sheet/results.rs"];
    let wrong: Vec<&String> = sources()
        .iter()
        .filter(|(path, _)| behind.contains(&stage(path)) && !sheets.contains(&path.as_str()))
        .filter(|(_, text)| named_stages(text).iter().any(|name| name == "parse"))
        .map(|(path, _)| path)
        .collect();
    assert_eq!(wrong, [""; 0]);
}

/// What of a record has no type of its own: attributes of the author's, which have no names here.
const OWN_ATTRIBUTES: &str = "site/views/records.rs";

#[test]
fn no_field_of_a_record_is_read_by_its_name_behind_the_model() {
    let behind = ["assess/", "facts/", "text/", "export/", "site/", "render/", "output/"];
    let readers = [
        "string",
        "maybe_string",
        "text",
        "texts",
        "date",
        "dates",
        "flag",
        "count",
        "group",
        "groups",
        "get",
    ];
    for (path, text) in sources() {
        if !behind.iter().any(|stage| path.starts_with(stage)) || path == OWN_ATTRIBUTES {
            continue;
        }
        for reader in readers {
            let call = format!("fields.{reader}(\"");
            assert!(!text.contains(&call), "{path} has {call}");
        }
    }
}

/// What rules and records name in words – kinds of events, answers to them, forms, parties, roles, topics,
/// grades – are ids behind `resolve`: their rows have no text for them, and nobody compares the words of
/// the tables.
#[test]
fn words_that_rules_and_records_share_are_ids_behind_resolve() {
    let all = sources();
    let rows =
        ["demand", "event", "audit", "evidence", "obligation", "agency", "account", "independence"];
    let fields = [
        "kind",
        "event",
        "what",
        "answers",
        "form",
        "evidence",
        "joint",
        "approval",
        "manner",
        "to",
        "notify",
        "party",
        "by",
        "acts",
        "role",
        "roles",
        "not_roles",
        "topic",
    ];
    for file in rows.map(|row| format!("model/{row}.rs")) {
        for (field, shape) in fields.iter().flat_map(|field| {
            ["String", "Option<String>", "Vec<String>"].map(|shape| (field, shape))
        }) {
            let text = format!("pub {field}: {shape},");
            assert!(!all[&file].contains(&text), "{file} has {text}");
        }
    }
    let behind = ["assess/", "facts/", "proof/", "text/", "export/", "site/"];
    // A lint looks for slips in the words themselves; who checks a receipt has its text and no model.
    let of_words = ["proof/lint/words.rs", "proof/receipt/act.rs"];
    let tables = [
        "event_kinds[",
        "answer_kinds[",
        "forms[",
        "parties[",
        "manners[",
        "role_names[",
        "roles[",
        "grade_names[",
    ];
    for (path, text) in all {
        if !behind.iter().any(|stage| path.starts_with(stage)) || of_words.contains(&&**path) {
            continue;
        }
        assert!(!text.contains("party::plain"), "{path} makes words plain to compare them");
        for line in text.lines().filter(|line| tables.iter().any(|table| line.contains(table))) {
            assert!(!line.contains("==") && !line.contains("!="), "{path}: {line}");
        }
    }
    // Only conditions, and the lint of their words, name a role by its text.
    only("roles.find(", &["model/role.rs", "text/condition.rs", "proof/lint/words.rs"]);
}

/// Which files use which, and that none uses itself by way of others. The head of a folder (its
/// `mod.rs`, or the file of its name) stands for the whole of it and may name what lies within;
/// an [`Id`] of another file's noun says which one, and reads nothing of it.
#[test]
fn files_form_no_circles() {
    let arrows = super::circles::arrows(sources());
    assert!(arrows.values().map(|to| to.len()).sum::<usize>() > 500, "imports are found");
    assert_eq!(super::circles::circles(&arrows), Vec::<Vec<String>>::new());
}

/// Asserts that only files that begin with one of `owners` have `name` in them.
#[track_caller]
fn only(name: &str, owners: &[&str]) {
    let having: Vec<&String> =
        sources().iter().filter(|(_, text)| text.contains(name)).map(|(path, _)| path).collect();
    let strangers: Vec<&&String> =
        having.iter().filter(|path| !owners.iter().any(|owner| path.starts_with(owner))).collect();
    assert!(strangers.is_empty(), "`{name}` stands in {strangers:?}, belongs to {owners:?}");
    for owner in owners {
        assert!(having.iter().any(|path| path.starts_with(owner)), "`{name}` is not in {owner}");
    }
}

#[test]
fn each_engine_is_named_in_one_module() {
    only("serde_yaml", &["parse/yaml.rs"]);
    only("clausebook_yaml", &["parse/yaml.rs"]);
    only("tera::", &["render/templates.rs"]);
    only("similar::", &["model/difference.rs"]);
    only("winnow", &["model/condition"]);
    only("rust_embed", &["source/embedded.rs"]);
    only("clap::", &["cli/"]);
    only("calamine::", &["parse/sheet/workbook.rs"]);
    // Sheets that are imported, texts that are refused, evidence that is searched.
    only(
        "encoding_rs::",
        &["parse/sheet/csv.rs", "source/decode.rs", "source/contents.rs", "source/found.rs"],
    );
    only("lopdf::", &["source/contents"]);
    only("signal_hook::", &["output/interrupt.rs"]);
    only("ssh_key::", &["output/seal.rs"]);
    only("dialoguer::", &["cli/"]);
    only("rust_xlsxwriter::", &["export/sheet/xlsx.rs"]);
    // One writes sheets, the others read: evidence, saved documents, what a sheet hides.
    only(
        "zip::",
        &[
            "export/sheet/ods.rs",
            "source/contents.rs",
            "source/found/office.rs",
            "parse/sheet/layout.rs",
        ],
    );
    only("scraper::", &["source/found/web.rs"]);
    // Words that duties are known by; one class of characters, looked for in whole sites.
    only("regex::", &["parse/duties/patterns.rs", "hidden.rs"]);
    only("regex_syntax::", &["parse/duties/needed.rs", "parse/duties/patterns.rs"]);
    // The network.
    only("hyper::", &["cli/serve/"]);
    only("tokio::", &["cli/serve/"]);
    only("notify::", &["cli/serve/"]);
}

#[test]
fn each_io_boundary_has_one_owner() {
    // The disk. The command line only finds the site's folder.
    only("std::fs", &["source/", "output/", "cli/mod.rs"]);
    assert_eq!(sources()["cli/mod.rs"].matches("fs::").count(), 1);
    only("rustix", &["source/", "output/"]);
    only("walkdir", &["source/", "output/"]);
    // The clock: which day it is.
    only("Utc::now", &["cli/mod.rs"]);
    assert!(sources().values().all(|text| !text.contains("chrono::Local")));
    assert!(sources().values().all(|text| !text.contains("SystemTime")));
    // The terminal.
    only("std::io::stdout", &["cli/mod.rs"]);
    only("std::io::stderr", &["cli/mod.rs"]);
    only("std::io::stdin", &["cli/mod.rs"]);
    for (path, text) in sources() {
        for call in ["println!", "eprintln!", "print!(", "eprint!(", "dbg!("] {
            assert!(!text.contains(call), "{path} has {call}");
        }
    }
    // Nobody ends the program but `main`, and only the files of a commit are asked of another one.
    assert!(sources().values().all(|text| !text.contains("process::exit")));
    only("process::Command", &["source/commit.rs"]);
    // How long a stage took is told to the curious; it is no day.
    only("Instant::now", &["pipeline.rs"]);
}

/// What only Unix has stands in files called `unix.rs`, compiled there alone, and each has a
/// `windows.rs` beside it with the same functions. The toolchain of the gate has no Windows target;
/// this is what can be held to without one.
#[test]
fn what_only_unix_has_stands_beside_a_way_of_windows() {
    let all = sources();
    for (path, text) in all {
        let unix_only = text.contains("rustix") || text.contains("std::os::unix");
        assert!(!unix_only || path.ends_with("/unix.rs"), "{path} has what only Unix has");
    }
    let unix: Vec<&String> = all.keys().filter(|path| path.ends_with("/unix.rs")).collect();
    assert!(unix.len() >= 2);
    for path in unix {
        let beside = path.replace("/unix.rs", "/windows.rs");
        let windows = all.get(&beside).unwrap_or_else(|| panic!("{beside} is missing"));
        let heads = |text: &str| -> Vec<String> {
            let lines = text.lines().map(str::trim).filter(|line| line.starts_with("pub "));
            let mut names: Vec<String> = lines
                .map(|line| line.split(['(', '{']).next().unwrap_or_default().trim().to_owned())
                .collect();
            names.sort();
            names.dedup();
            names
        };
        assert_eq!(heads(&all[path]), heads(windows), "{path}");
        let parent = path.replace("/unix.rs", ".rs");
        assert!(all[&parent].contains("#[cfg(unix)]\nmod unix;"), "{parent}");
        assert!(all[&parent].contains("#[cfg(windows)]\nmod windows;"), "{parent}");
    }
}

#[test]
fn no_regulation_is_named_in_the_code() {
    let folders = std::fs::read_dir(repository().join("regulations")).expect("regulations/");
    let names: Vec<String> = folders
        .map(|entry| entry.expect("lists").file_name().into_string().expect("UTF-8"))
        .collect();
    assert!(names.len() >= 5);
    for (path, text) in sources() {
        for name in &names {
            assert!(!text.contains(name.as_str()), "{path} names {name}");
        }
    }
}

#[test]
fn no_file_is_too_long() {
    let long: Vec<String> = files(&repository().join("src"))
        .into_iter()
        .filter(|(path, _)| path.ends_with(".rs") && !TABLES.contains(&path.as_str()))
        .map(|(path, bytes)| (path, bytes.iter().filter(|byte| **byte == b'\n').count()))
        .filter(|(_, lines)| *lines > 500)
        .map(|(path, lines)| format!("{path}: {lines} lines"))
        .collect();
    assert_eq!(long, [""; 0], "has it two subjects?");
}

#[test]
fn every_module_says_what_it_is() {
    for (path, bytes) in files(&repository().join("src")) {
        let text = String::from_utf8(bytes).expect("UTF-8");
        if !path.ends_with(".rs") {
            continue;
        }
        let test = path.ends_with("tests.rs");
        assert!(test || text.starts_with("//! "), "{path} has no head");
        assert!(!text.contains("TODO") && !text.contains("FIXME"), "{path}");
    }
}
