//! The search of the demo: whatever a page shows is found on that page, by the files of the index
//! alone and by the script the pages use; and the index for readers without scripts.

use std::collections::BTreeSet;
use std::process::Command;

use clausebook::output::fold;

use super::html::{Piece, elements, text};
use super::project::{Project, repository};
use super::published::DEMO;

#[path = "search_reader.rs"]
mod reader;
use reader::Reader;

fn reader() -> Reader {
    Reader::new(DEMO.files.iter().map(|(path, bytes)| (path.as_str(), bytes.as_slice())))
}

/// The texts of a page's main part, each as it stands between two tags.
fn texts(path: &str) -> Vec<String> {
    let page = DEMO.page(path);
    let main = elements(page, |piece| piece.begins("main"));
    let texts = main[0].iter().filter_map(|piece| match piece {
        Piece::Text(text) => Some(text.split_whitespace().collect::<Vec<_>>().join(" ")),
        _ => None,
    });
    // What is heard of a link off the site stands in the middle of the law's words; the hashes of the
    // records of an occurrence are not looked for.
    let hash = |text: &str| text.len() == 64 && text.bytes().all(|byte| byte.is_ascii_hexdigit());
    texts.filter(|text| !text.is_empty() && text != "（外部網站）" && !hash(text)).collect()
}

#[test]
#[ignore = "slow: the gate runs it in release"]
fn every_string_of_a_page_is_found_on_it() {
    let reader = reader();
    let paths: Vec<&str> = DEMO.pages().map(|(path, _)| path).collect();
    // A fixed sequence: the same strings in every run.
    let mut state = 7_u64;
    let mut below = |limit: usize| {
        state =
            state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) as usize % limit
    };
    let (mut asked, mut missed) = (BTreeSet::new(), Vec::new());
    while asked.len() < 300 {
        let path = paths[below(paths.len())];
        let texts = texts(path);
        let chars: Vec<char> = texts[below(texts.len())].chars().collect();
        let length = 1 + below(8);
        if chars.len() < length {
            continue;
        }
        let from = below(chars.len() - length + 1);
        let string: String = chars[from..from + length].iter().collect();
        if string.trim().is_empty() || !asked.insert(string.clone()) {
            continue;
        }
        let found = reader.find(&fold(&string));
        let on = |number: u64| reader.path(number).split('#').next() == Some(path);
        if !found.into_iter().any(on) {
            missed.push(format!("{string:?} on {path}"));
        }
    }
    assert_eq!(missed, [""; 0]);
}

#[test]
fn clauses_numbers_and_variants_are_found() {
    let reader = reader();
    for (query, path) in [
        ("第七點第二款", "regulations/taipei-cadastral.html#p7-2"),
        ("5.2.1", "regulations/taipei-seal.html#p5-2-1"),
        ("第5點第2款第1目", "regulations/taipei-cadastral.html#p5-2-1"),
        ("地籍資料管理作業規範 5.2.1", "regulations/taipei-cadastral.html#p5-2-1"),
        ("1126026049", "regulations/taipei-seal.html"),
        ("台北市政府地政局", "agencies/taipei-land.html"),
        ("ＣＬＯＵＤ－ＴＬ－１１０２", "accounts/cloud-tl-1102.html"),
        ("taipei-cadastral", "regulations/taipei-cadastral.html"),
        ("跳到主要內容", "index.html"),
    ] {
        let found = reader.find(&fold(query));
        let paths: BTreeSet<String> = found.into_iter().map(|it| reader.path(it)).collect();
        assert!(paths.contains(path), "{query}: {paths:?}");
    }
}

#[test]
fn what_is_found_is_there_and_the_index_is_small() {
    let reader = reader();
    let every: BTreeSet<u64> = reader.find("1").into_iter().chain(reader.find("。")).collect();
    for number in every {
        let path = reader.path(number);
        let (file, anchor) = path.split_once('#').unwrap_or((&path, ""));
        let html = DEMO.files.get(file).unwrap_or_else(|| panic!("no file {path}"));
        let html = str::from_utf8(html).expect("UTF-8");
        assert!(anchor.is_empty() || html.contains(&format!("id=\"{anchor}\"")), "{path}");
    }
    let index = DEMO.files.iter().filter(|(path, _)| path.starts_with("search/"));
    let (start, rest): (Vec<_>, Vec<_>) = index.partition(|(path, _)| *path == "search/index.js");
    assert_eq!(start.len(), 1);
    let folder = format!("search/{}/", reader.folder());
    assert!(rest.iter().all(|(path, _)| path.starts_with(&folder)), "one folder");
    let bytes: usize = rest.iter().map(|(_, bytes)| bytes.len()).sum();
    let text = reader.text_bytes();
    assert!(bytes <= 2 * text, "{bytes} bytes for {text}");
}

/// The script itself is asked, where there is a machine to run it: strings of pages, what people
/// type and which page must come first, and how it folds.
#[test]
#[ignore = "slow: the gate runs it in release"]
fn the_script_finds_the_same() {
    if Command::new("node").arg("--version").output().is_err() {
        return; // Continuous integration has it.
    }
    let mut site = Project::empty();
    for (path, bytes) in &DEMO.files {
        if path.starts_with("search/") || path.ends_with(".html") {
            site = site.write(path, bytes);
        }
    }
    let script = repository().join("tests/browser/search-node.mjs");
    let done = Command::new("node").arg(script).arg(site.root()).output().expect("runs");
    let said = String::from_utf8_lossy(&done.stdout).into_owned();
    assert!(done.status.success(), "{said}{}", String::from_utf8_lossy(&done.stderr));
}

#[test]
fn the_index_without_scripts_lists_what_there_is() {
    let parts = ["clauses", "obligations", "names", "findings", "documents"];
    let overview = DEMO.page("search-index.html");
    for part in parts {
        let of_part = |path: &str| path.starts_with(&format!("search-index/{part}"));
        let pages: Vec<&str> = DEMO.pages().map(|it| it.0).filter(|path| of_part(path)).collect();
        assert!(!pages.is_empty(), "{part}");
        for path in pages {
            let linked = overview.iter().any(|piece| piece.attribute("href") == Some(path));
            assert!(linked, "{path} is not linked");
            let page = DEMO.page(path);
            let rows = elements(page, |piece| piece.has_class("index-rows")).concat();
            let rows = rows.iter().filter(|piece| piece.begins("li")).count();
            assert!((1..=500).contains(&rows), "{path}: {rows} rows");
            assert!(text(page).len() <= 100 * 1024, "{path} is too long");
        }
    }
    let linked = |part: &str, wanted: &str| {
        let page = DEMO.page(&format!("search-index/{part}.html"));
        page.iter().any(|piece| piece.attribute("href").is_some_and(|href| href.ends_with(wanted)))
    };
    assert!(linked("clauses", "regulations/taipei-cadastral.html#p5-2-1"));
    assert!(linked("obligations", "obligations/taipei-cadastral/unit-audit.html"));
    assert!(linked("names", "posts/land-registration-head.html"));
    assert!(linked("documents", "regulations/taipei-seal.html"));
}
