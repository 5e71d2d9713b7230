//! Tables and lists: what every table has, that filters and pages of lists drop nothing and count
//! right, that no page grows without bound, and that the script of the pages sorts as it should.

use std::collections::{BTreeMap, BTreeSet};
use std::process::Command;

use super::html::{Piece, elements, text};
use super::project::repository;
use super::published::{DEMO, Published};

/// Rows and bytes of text of a page.
const MOST_ROWS: usize = 500;
const MOST_TEXT: usize = 100 * 1024;

fn is_heading(piece: &Piece) -> bool {
    ["h1", "h2", "h3", "h4"].iter().any(|name| piece.begins(name))
}

#[test]
fn every_table_says_what_it_is() {
    // Tables in Markdown have no captions; their pages are about them.
    for (path, _) in DEMO.some_pages().filter(|(path, _)| !path.starts_with("pages/")) {
        let page = DEMO.page(path);
        let mut heading = String::new();
        for part in elements(page, |piece| is_heading(piece) || piece.begins("table")) {
            if is_heading(&part[0]) {
                heading = text(part).trim().to_owned();
                continue;
            }
            let captions = elements(part, |piece| piece.begins("caption"));
            let caption = captions.first().map(|caption| text(caption)).unwrap_or_default();
            assert!(!caption.trim().is_empty(), "{path}: a table without a caption");
            assert_ne!(caption.trim(), heading, "{path}: a caption that only repeats the heading");
            for head in elements(part, |piece| piece.begins("th")) {
                let scope = head[0].attribute("scope").unwrap_or_default();
                assert!(
                    ["col", "row", "colgroup", "rowgroup"].contains(&scope),
                    "{path}: {head:?}"
                );
                assert!(!text(head).trim().is_empty(), "{path}: an empty header in {caption}");
            }
        }
        let mut regions = BTreeSet::new();
        for region in page.iter().filter(|piece| piece.attribute("role") == Some("region")) {
            let label = region.attribute("aria-label").unwrap_or_default();
            assert!(regions.insert(label.to_owned()), "{path}: two regions named {label}");
            assert_eq!(region.attribute("tabindex"), Some("0"), "{path}: {label}");
        }
    }
}

/// What a cell is sorted by, as the script takes it.
fn key(cell: &[Piece]) -> String {
    if let Some(key) = cell[0].attribute("data-key") {
        return key.to_owned();
    }
    if let Some(time) = cell.iter().find(|piece| piece.begins("time")) {
        return time.attribute("datetime").unwrap_or_default().to_owned();
    }
    let link = elements(cell, |piece| piece.begins("a")).first().map(|link| text(link));
    link.unwrap_or_else(|| text(cell)).trim().to_owned()
}

#[test]
fn columns_that_sort_have_keys_of_their_kind() {
    let mut found: BTreeMap<String, usize> = BTreeMap::new();
    for (path, _) in DEMO.some_pages() {
        let page = DEMO.page(path);
        for table in elements(page, |piece| piece.begins("table")) {
            let head = elements(table, |piece| piece.begins("thead")).concat();
            let heads = elements(&head, |piece| piece.begins("th") || piece.begins("td"));
            if heads.iter().all(|head| head[0].attribute("data-sort").is_none()) {
                continue; // Facts, grids, strips: their order is what they say.
            }
            let body = elements(table, |piece| piece.begins("tbody")).concat();
            for row in elements(&body, |piece| piece.begins("tr")) {
                let cells = elements(row, |piece| piece.begins("th") || piece.begins("td"));
                if cells[0][0].attribute("scope") == Some("rowgroup") {
                    continue; // It heads the rows below it.
                }
                assert_eq!(cells.len(), heads.len(), "{path}: {}", text(row));
                for (head, cell) in heads.iter().zip(cells) {
                    let Some(kind) = head[0].attribute("data-sort") else { continue };
                    *found.entry(kind.to_owned()).or_default() += 1;
                    let key = key(cell);
                    let number = key.replace(',', "");
                    // A word such as 「未登載」 has no key and comes last.
                    let right = match kind {
                        "number" => {
                            number.parse::<f64>().is_ok()
                                || cell[0].attribute("data-key").is_none_or(str::is_empty)
                        }
                        "date" => {
                            let day = key.bytes().filter(|b| *b == b'-').count() > 0
                                && key.starts_with(|c: char| c.is_ascii_digit());
                            day || !key.chars().any(|c| c.is_ascii_digit())
                        }
                        "clause" => key.chars().any(|c| "一二三四五六七八九十".contains(c)),
                        "text" => true,
                        other => panic!("{path}: a column sorted by {other}"),
                    };
                    assert!(right, "{path}: {key:?} in a column of kind {kind}");
                }
            }
        }
    }
    for kind in ["text", "number", "date", "clause"] {
        assert!(found.get(kind).is_some_and(|count| *count > 100), "{found:?}");
    }
}

/// Statuses sort by weight, not by their words: every key beside a status is its place in the list.
#[test]
fn statuses_have_their_weight_as_key() {
    let weights = [
        "overdue",
        "deficient",
        "unknown",
        "due-soon",
        "open",
        "upcoming",
        "done-late",
        "done",
        "waived",
        "not-applicable",
    ];
    let mut seen = BTreeSet::new();
    for (path, _) in DEMO.some_pages() {
        let page = DEMO.page(path);
        for cell in elements(page, |piece| piece.begins("td")) {
            let Some(key) = cell[0].attribute("data-key") else { continue };
            // Verdicts look alike, but have weights of their own.
            let is_status = |piece: &&Piece| {
                let class = piece.attribute("class").unwrap_or_default();
                class.starts_with("status status-")
            };
            let status = cell.iter().find(is_status);
            let Some(class) = status.and_then(|piece| piece.attribute("class")) else { continue };
            let Some(code) = class.strip_prefix("status status-") else { continue };
            let place = weights.iter().position(|weight| *weight == code);
            assert_eq!(
                place.map(|place| place.to_string()).as_deref(),
                Some(key),
                "{path}: {code}"
            );
            seen.insert(code.to_owned());
        }
    }
    assert_eq!(seen.len(), weights.len(), "{seen:?}");
}

#[test]
fn the_scripts_of_the_pages_sort_and_find_clauses() {
    for name in ["sort-node.mjs", "goto-node.mjs"] {
        let script = repository().join("tests/browser").join(name);
        let Ok(run) = Command::new("node").arg(script).output() else {
            return; // Where there is no node, the run of the browser tests still does this.
        };
        let said = String::from_utf8_lossy(&run.stdout) + String::from_utf8_lossy(&run.stderr);
        assert!(run.status.success(), "{said}");
    }
}

/// Numbers of five digits and more stand divided in columns of numbers; ids and years do not.
#[test]
fn numbers_are_divided_at_thousands() {
    for (path, _) in DEMO.some_pages() {
        let page = DEMO.page(path);
        for cell in elements(page, |piece| piece.has_class("num")) {
            let said = text(cell);
            let bare = said.split(|c: char| !c.is_ascii_digit()).any(|run| run.len() > 4);
            assert!(!bare, "{path}: {said}");
        }
    }
}

/// The rows of a page's list: the table behind its filters.
fn list_rows(page: &[Piece]) -> Vec<&[Piece]> {
    let tables = elements(page, |piece| piece.begins("table"));
    let Some(table) = tables.first() else { return Vec::new() };
    elements(table, |piece| piece.begins("tbody"))
        .into_iter()
        .flat_map(|body| elements(body, |piece| piece.begins("tr")))
        .collect()
}

/// Where a link on a page leads, relative to the site.
fn target(from: &str, href: &str) -> String {
    let mut folders: Vec<&str> = from.split('/').collect();
    folders.pop();
    for part in href.split('#').next().unwrap_or_default().split('/') {
        match part {
            ".." => _ = folders.pop(),
            part => folders.push(part),
        }
    }
    folders.join("/")
}

/// The rows of a list over all its pages, beginning with this one; its first links.
fn whole_list(site: &Published, first: &str) -> Vec<String> {
    let mut rows = Vec::new();
    let mut path = first.to_owned();
    loop {
        let page = site.page(&path);
        for row in list_rows(page) {
            rows.push(row.iter().map(|piece| format!("{piece:?}")).collect::<String>());
        }
        let next = page.iter().find(|piece| {
            piece.attribute("rel") == Some("next") && piece.begins("a") && {
                // Occurrences have a way to the next term; a list's pages stand in a group.
                path.contains("index") || !path.starts_with("obligations") || path.contains("/all")
            }
        });
        match next.and_then(|piece| piece.attribute("href")) {
            Some(href) => path = target(&path, href),
            None => return rows,
        }
    }
}

/// Looks at every filter of a site: the number beside it is the length of the list behind it, and
/// says how many lists there are.
pub fn filters_count_right(site: &Published) -> usize {
    let mut lists = BTreeMap::new();
    for (path, _) in site.pages() {
        let page = site.page(path);
        for bar in elements(page, |piece| piece.has_class("filters")) {
            let here: Vec<_> =
                bar.iter().filter(|p| p.attribute("aria-current").is_some()).collect();
            assert_eq!(here.len(), 1, "{path}: {here:?}");
            for link in elements(bar, |piece| piece.begins("a")) {
                let count = elements(link, |piece| piece.has_class("num"));
                let count: usize = text(count[0]).replace(',', "").parse().expect("a number");
                let href = target(path, link[0].attribute("href").expect("a link"));
                if link[0].attribute("aria-current") == Some("page") {
                    assert_eq!(href, path);
                }
                let known = lists.insert(href.clone(), count);
                assert!(known.is_none_or(|known| known == count), "{href}: {known:?} and {count}");
            }
        }
    }
    for (list, count) in &lists {
        let rows = whole_list(site, list);
        assert_eq!(rows.len(), *count, "{list}");
        let distinct: BTreeSet<&String> = rows.iter().collect();
        assert_eq!(distinct.len(), rows.len(), "{list}: a row twice");
    }
    lists.len()
}

/// No page has more rows or more text than a reader can take in, but for those named.
pub fn pages_are_bounded(site: &Published, but: &[&str]) {
    for (path, _) in site.pages().filter(|(path, _)| !but.contains(path)) {
        let page = site.page(path);
        let bodies = elements(page, |piece| piece.begins("tbody"));
        let rows: usize = bodies.iter().map(|b| b.iter().filter(|p| p.begins("tr")).count()).sum();
        assert!(rows <= MOST_ROWS, "{path}: {rows} rows");
        let body = elements(page, |piece| piece.begins("body"));
        let bytes = text(body[0]).split_whitespace().map(str::len).sum::<usize>();
        assert!(bytes <= MOST_TEXT, "{path}: {bytes} bytes of text");
    }
}

#[test]
fn every_filter_counts_its_list() {
    assert!(filters_count_right(&DEMO) > 60);
}

#[test]
fn no_page_of_the_demo_is_too_long() {
    pages_are_bounded(&DEMO, &[]);
}

/// The number at the end of the row of counts that has this word.
fn counted(page: &[Piece], word: &str) -> usize {
    let lists = elements(page, |piece| piece.has_class("counts"));
    let item = lists
        .iter()
        .flat_map(|list| elements(list, |piece| piece.begins("li")))
        .find(|item| text(item).starts_with(&format!("{word} ")));
    let item = item.unwrap_or_else(|| panic!("no {word}"));
    text(item)[word.len()..].trim().replace(',', "").parse().expect("a number")
}

#[test]
fn lists_count_what_the_data_say() {
    let checks = DEMO.checks();
    let verdict = |code: &str| checks.iter().filter(|check| check["verdict"] == code).count();
    let page = DEMO.page("checks/index.html");
    for (word, code) in [("符合", "holds"), ("不符", "breached"), ("無法判定", "unknown")] {
        assert_eq!(counted(page, word), verdict(code), "{code}");
    }
    let failing = verdict("breached") + verdict("unknown");
    assert_eq!(whole_list(&DEMO, "checks/index.html").len(), failing);
    // Every occurrence stands in the list of its agency.
    let agencies = DEMO.pages().map(|(path, _)| path);
    let lists = agencies.filter(|path| path.ends_with("/occurrences.html"));
    let listed: usize = lists.map(|list| whole_list(&DEMO, list).len()).sum();
    assert_eq!(listed, DEMO.rows().len());
    let page = DEMO.page("findings/index.html");
    let rows = whole_list(&DEMO, "findings/index.html");
    let with = |class: &str| rows.iter().filter(|row| row.contains(class)).count();
    assert_eq!(counted(page, "已結案"), with("state-closed"));
    assert_eq!(counted(page, "未結案"), with("state-open") + with("state-overdue"));
    assert_eq!(counted(page, "未結案且逾改善期限"), with("state-overdue"));
}
