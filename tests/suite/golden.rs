//! The demo as built on a fixed day, against what stands in `tests/golden`: the paths of all files,
//! the status of every occurrence, and one page of each kind byte for byte.
//! `UPDATE_EXPECTED=1 cargo test golden` writes it anew; read that diff as you would code.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::PathBuf;

use super::project::{files, repository, without_hashes};
use super::published::DEMO;

fn folder() -> PathBuf {
    repository().join("tests/golden")
}

/// The pages that are kept whole, one a line; `#` begins a remark.
fn kept_pages() -> Vec<String> {
    let list = fs::read_to_string(folder().join("pages.txt")).expect("the list of pages");
    let lines = list.lines().map(|line| line.split('#').next().unwrap_or_default().trim());
    lines.filter(|line| !line.is_empty()).map(str::to_owned).collect()
}

/// What should stand in `tests/golden`, but for the list of pages itself.
fn made() -> BTreeMap<String, Vec<u8>> {
    // The parts of the search index lie in a folder named by their content.
    let kept = |path: &&String| !path.starts_with("search/") || *path == "search/index.js";
    let paths = DEMO.files.keys().filter(kept);
    // Sorted after the hashes are left out: with them, which comes first would change.
    let paths: BTreeSet<String> = paths.map(|path| without_hashes(path) + "\n").collect();
    let paths: String = paths.into_iter().collect();
    let line = |row: &super::project::Row| {
        format!("{} {} {}\n", row.text("id"), row.text("status"), row.text("due"))
    };
    let status: String = DEMO.rows().iter().map(line).collect();
    let mut made = BTreeMap::from([
        ("paths.txt".to_owned(), paths.into_bytes()),
        ("status.txt".to_owned(), status.into_bytes()),
    ]);
    for path in kept_pages() {
        if let Some(bytes) = DEMO.files.get(&path) {
            let html = String::from_utf8(bytes.clone()).expect("pages are UTF-8");
            made.insert(format!("site/{path}"), without_hashes(&html).into_bytes());
        }
    }
    made
}

#[test]
fn golden_demo() {
    let made = made();
    let missing: Vec<_> =
        kept_pages().into_iter().filter(|path| !DEMO.files.contains_key(path)).collect();
    assert!(missing.is_empty(), "pages.txt names what the demo has not: {missing:#?}");
    let mut kept = files(&folder());
    kept.remove("pages.txt").expect("the list of pages");
    if std::env::var_os("UPDATE_EXPECTED").is_some() {
        for path in kept.keys().filter(|path| !made.contains_key(*path)) {
            fs::remove_file(folder().join(path)).expect("removes what is kept no more");
        }
        for (path, bytes) in &made {
            let path = folder().join(path);
            fs::create_dir_all(path.parent().expect("has a parent")).expect("creates");
            fs::write(path, bytes).expect("writes");
        }
        return;
    }
    let mut faults = String::new();
    let paths: BTreeSet<&String> = made.keys().chain(kept.keys()).collect();
    for path in paths {
        match (made.get(path), kept.get(path)) {
            (Some(_), None) => faults += &format!("{path} is not in tests/golden\n"),
            (None, Some(_)) => faults += &format!("{path} is made no more\n"),
            (made, kept) if made == kept => {}
            (Some(made), Some(kept)) => faults += &first_difference(path, kept, made),
            (None, None) => unreachable!("the path is of one of them"),
        }
    }
    assert!(faults.is_empty(), "UPDATE_EXPECTED=1 cargo test golden accepts this:\n{faults}");
}

/// Where two texts part, with a line of each and how many lines differ in number.
fn first_difference(path: &str, kept: &[u8], made: &[u8]) -> String {
    let [kept, made] = [kept, made].map(String::from_utf8_lossy);
    let lines = kept.lines().zip(made.lines()).enumerate();
    let same = lines.take_while(|(_, (a, b))| a == b).count();
    let line = |text: &str| text.lines().nth(same).unwrap_or("(end)").to_owned();
    let (before, now) = (kept.lines().count(), made.lines().count());
    format!(
        "{path}, line {} ({before} lines kept, {now} made)\n- {}\n+ {}\n",
        same + 1,
        line(&kept),
        line(&made)
    )
}

#[test]
fn golden_list_has_a_page_of_every_kind() {
    let kinds = |paths: &mut dyn Iterator<Item = &str>| -> BTreeSet<String> {
        let kind = |path: &str| match path.rsplit_once('/') {
            _ if path.starts_with("evidence/files") => None,
            Some((folder, name)) if name.starts_with("index.") => Some(format!("{folder} list")),
            Some((folder, _)) if folder.starts_with("obligations/") => {
                Some(format!("obligations {}", folder.matches('/').count()))
            }
            Some((folder, name))
                if folder.starts_with("regulations/") && folder.matches('/').count() == 1 =>
            {
                let kind = if name.starts_with("diff-") { "difference" } else { "version" };
                Some(format!("regulations {kind}"))
            }
            // Filtered lists, and lists beside an agency or a unit, are of their kinds' templates.
            Some((folder, _)) if folder.contains('/') => Some("filtered list".to_owned()),
            Some((folder, _)) => Some(folder.to_owned()),
            None => Some(path.to_owned()),
        };
        paths.filter_map(kind).collect()
    };
    let all = kinds(&mut DEMO.pages().map(|(path, _)| path));
    let kept = kept_pages();
    let kept = kinds(&mut kept.iter().map(String::as_str));
    let without: Vec<_> = all.difference(&kept).collect();
    assert!(without.is_empty(), "no page is kept of {without:?}");
}
