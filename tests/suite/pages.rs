//! What holds of every page of the demo: a whole document with one heading in order, a title of its
//! own, nothing inline, nothing absolute; and the text of the law to the letter.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::html::{Piece, elements, text, text_without};
use super::project::repository;
use super::published::DEMO;

/// Calls `look` with every page; what it returns is a fault of the page.
#[track_caller]
fn each_page(mut look: impl FnMut(&str, &[Piece]) -> Result<(), String>) {
    let mut faults = Vec::new();
    for (path, _) in DEMO.some_pages() {
        let page = DEMO.page(path);
        if let Err(fault) = look(path, page) {
            faults.push(format!("{path}: {fault}"));
        }
    }
    let shown = &faults[..faults.len().min(20)];
    assert!(faults.is_empty(), "{} pages, the first are\n{}", faults.len(), shown.join("\n"));
}

fn starts(page: &[Piece]) -> impl Iterator<Item = (&str, &[(String, String)])> {
    page.iter().filter_map(|piece| match piece {
        Piece::Start { name, attributes } => Some((name.as_str(), attributes.as_slice())),
        _ => None,
    })
}

fn ensure(holds: bool, fault: impl FnOnce() -> String) -> Result<(), String> {
    if holds { Ok(()) } else { Err(fault()) }
}

#[test]
fn every_page_is_whole_and_its_headings_are_in_order() {
    assert!(DEMO.pages().count() > 1_000);
    let mut titles: HashMap<String, String> = HashMap::new();
    each_page(|path, page| {
        let html = page.iter().find(|piece| piece.begins("html")).ok_or("no <html>")?;
        ensure(html.attribute("lang") == Some("zh-Hant-TW"), || "another language".into())?;
        let levels: Vec<u32> =
            starts(page).filter_map(|(name, _)| name.strip_prefix('h')?.parse().ok()).collect();
        ensure(levels.first() == Some(&1), || format!("begins with {levels:?}"))?;
        ensure(levels.iter().filter(|level| **level == 1).count() == 1, || "two <h1>".into())?;
        let skips = levels.windows(2).find(|pair| pair[1] > pair[0] + 1);
        ensure(skips.is_none(), || format!("headings skip: {levels:?}"))?;
        let head = elements(page, |piece| piece.begins("head"));
        let title = elements(head.first().ok_or("no <head>")?, |piece| piece.begins("title"));
        ensure(title.len() == 1, || "not one title".into())?;
        match titles.insert(text(title[0]), path.to_owned()) {
            Some(other) => Err(format!("the title of {other} too: {}", text(title[0]))),
            None => Ok(()),
        }
    });
}

#[test]
fn ids_are_given_once_and_the_way_past_the_menu_comes_first() {
    each_page(|path, page| {
        let ids: Vec<&str> = page.iter().filter_map(|piece| piece.attribute("id")).collect();
        let distinct: BTreeSet<&str> = ids.iter().copied().collect();
        ensure(ids.len() == distinct.len(), || "an id twice".into())?;
        let named = page.iter().flat_map(|piece| {
            let names = ["aria-labelledby", "aria-describedby", "for"];
            names.into_iter().filter_map(|name| piece.attribute(name))
        });
        for name in named.flat_map(str::split_ascii_whitespace) {
            ensure(distinct.contains(name), || format!("no id {name}"))?;
        }
        if path == "404.html" {
            return Ok(()); // It stands by itself and has no menu.
        }
        let link = page.iter().find(|piece| piece.begins("a")).ok_or("no link")?;
        let skips = link.has_class("skip") && link.attribute("href") == Some("#main");
        ensure(skips && distinct.contains("main"), || format!("first is {link:?}"))
    });
}

#[test]
fn nothing_is_inline_and_nothing_is_absolute() {
    each_page(|path, page| {
        for (name, attributes) in starts(page) {
            let plain =
                !matches!(name, "style" | "iframe" | "object" | "embed" | "base" | "form" | "pre");
            // Examples of records, which are to be copied as they stand.
            let plain = plain || name == "pre" && path.starts_with("pages/");
            ensure(plain, || format!("<{name}>"))?;
            for (key, value) in attributes {
                ensure(key != "style" && !key.starts_with("on"), || format!("{key}={value}"))?;
                if matches!(key.as_str(), "href" | "src" | "srcset" | "action" | "data") {
                    // Laws the texts cite are linked to where they are published.
                    let law = name == "a"
                        && value.starts_with("https://")
                        && attributes.contains(&("rel".into(), "noopener noreferrer".into()));
                    let outside = value.starts_with(['/', '\\']) || value.contains(':') && !law;
                    ensure(!outside, || format!("{key}={value}"))?;
                }
            }
        }
        let scripts = elements(page, |piece| piece.begins("script"));
        let inline = scripts
            .iter()
            .any(|script| script[0].attribute("src").is_none() || !text(script).trim().is_empty());
        ensure(!inline, || "a script in the page".into())?;
        let policy = page.iter().any(|piece| {
            piece.attribute("http-equiv") == Some("Content-Security-Policy")
                && piece.attribute("content").is_some_and(|text| !text.contains("unsafe"))
        });
        ensure(policy, || "no policy".into())
    });
}

#[test]
fn the_home_page_counts_what_the_data_say() {
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    for row in DEMO.rows() {
        *counts.entry(row.text("status").to_owned()).or_default() += 1;
    }
    let home = DEMO.page("index.html");
    let tables = elements(home, |piece| piece.has_class("counts-table"));
    let mut shown: BTreeMap<String, usize> = BTreeMap::new();
    for row in elements(tables[0], |piece| piece.begins("tr")) {
        let status = row.iter().find_map(|piece| {
            let classes = piece.attribute("class")?.split(' ');
            classes.filter_map(|class| class.strip_prefix("status-")).next()
        });
        let cells = elements(row, |piece| piece.begins("td"));
        if let Some(status) = status {
            let count = text(cells[0]).parse().expect("a number");
            shown.insert(status.to_owned(), count);
        } else if let Some(total) = cells.first() {
            assert_eq!(text(total), DEMO.rows().len().to_string(), "the total");
        }
    }
    assert_eq!(shown, counts);
    // Each list of a status has as many rows as there are occurrences.
    for status in ["overdue", "deficient", "unknown", "due-soon", "open"] {
        let page = DEMO.page(&format!("status/{status}.html"));
        let rows = elements(page, |piece| piece.begins("tbody")).concat();
        let rows = rows.iter().filter(|piece| piece.begins("tr")).count();
        assert_eq!(rows, counts[status], "{status}");
    }
}

/// A text without white space, and without the mark editors put in front of a file.
fn letters(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace() && *c != '\u{feff}').collect()
}

/// the page of a regulation and that of each version have every letter of the text, in order,
/// and no other: the lines of its head, then the clauses, but for the lines the page lists as dropped.
#[test]
fn the_law_is_published_to_the_letter() {
    let (mut versions, mut links) = (0, 0);
    for entry in std::fs::read_dir(repository().join("regulations")).expect("lists") {
        let folder = entry.expect("lists").path();
        let id = folder.file_name().expect("a name").to_string_lossy().into_owned();
        let yaml = std::fs::read_to_string(folder.join("regulation.yaml")).expect("reads");
        let regulation: serde_json::Value = serde_yaml::from_str(&yaml).expect("a mapping");
        let listed = regulation["versions"].as_array().expect("a list");
        let own = |version: &serde_json::Value| {
            format!("regulations/{id}/{}.html", version["id"].as_str().expect("an id"))
        };
        // The regulation's own page shows the version that is listed first.
        let shown = [(format!("regulations/{id}.html"), &listed[0])];
        for (path, version) in shown.into_iter().chain(listed.iter().map(|v| (own(v), v))) {
            let page = DEMO.page(&path);
            let articles = elements(page, |piece| piece.has_class("law"));
            let [article] = articles[..] else { panic!("{path}: not one text") };
            links += letters_of_clauses(&path, article);

            let head: String = elements(page, |piece| piece.has_class("head-lines"))
                .iter()
                .map(|head| text(head))
                .collect();
            let mut dropped: BTreeMap<usize, String> = BTreeMap::new();
            let tables = elements(page, |piece| piece.begins("table"));
            for table in tables.into_iter().filter(|table| is_dropped_table(table)) {
                for row in elements(table, |piece| piece.begins("tr")) {
                    let cells = elements(row, |piece| piece.begins("td"));
                    if let [lines, said, ..] = cells.as_slice() {
                        for line in text(lines).split('、') {
                            dropped.insert(line.parse().expect("a line"), text(said));
                        }
                    }
                }
            }
            let file = folder.join(version["text"].as_str().expect("a file"));
            let source = std::fs::read_to_string(file).expect("reads");
            let mut expected = String::new();
            for (line, said) in source.split('\n').enumerate() {
                // A line that was dropped, or the bullet in front of one.
                let said = letters(said);
                match dropped.remove(&(line + 1)).map(|shown| letters(&shown)) {
                    Some(shown) => match said.strip_prefix(&shown) {
                        Some(rest) => expected += rest,
                        None => panic!("{path}: line {} does not hold {shown}", line + 1),
                    },
                    None => expected += &said,
                }
            }
            assert!(dropped.is_empty(), "{path}: dropped lines the source has not: {dropped:?}");
            let shown = letters(&head) + &letters(&text_without(article, "annotation"));
            let same = shown.chars().zip(expected.chars()).take_while(|(a, b)| a == b).count();
            let around = |text: &str| text.chars().skip(same).take(30).collect::<String>();
            assert!(
                shown == expected,
                "{path}: shown {}\nin the source {}",
                around(&shown),
                around(&expected)
            );
            versions += 1;
        }
    }
    assert_eq!(versions, 11);
    assert!(links > 60, "{links} references are links");
}

/// Checks the clauses of a text; gives how many of its words are links.
fn letters_of_clauses(path: &str, article: &[Piece]) -> usize {
    assert!(!letters(&text_without(article, "annotation")).is_empty());
    assert!(!article.iter().any(|piece| piece.begins("ol") || piece.begins("pre")));
    let markers = elements(article, |piece| piece.has_class("marker"));
    let clauses = article.iter().filter(|piece| piece.has_class("clause")).count();
    assert_eq!(markers.len(), clauses, "{path}: every clause has its number as written");
    let cites = elements(article, |piece| piece.has_class("cite"));
    assert_eq!(cites.len(), clauses, "{path}: every clause can be cited");
    for clause in article.iter().filter(|piece| piece.has_class("clause")) {
        let anchor = clause.attribute("id").unwrap_or_default();
        assert!(anchor.starts_with('p'), "{path}: a clause with the anchor {anchor:?}");
    }
    let mut links = 0;
    for said in elements(article, |piece| piece.has_class("said")) {
        // No space stands between two Han characters, where a line was wrapped.
        for paragraph in elements(said, |piece| piece.begins("p")) {
            let chars: Vec<char> = text(paragraph).chars().collect();
            let torn = chars.windows(3).find(|three| {
                let han = |c: char| ('\u{4e00}'..='\u{9fff}').contains(&c);
                han(three[0]) && three[1].is_ascii_whitespace() && han(three[2])
            });
            assert!(torn.is_none(), "{path}: {torn:?} in {}", text(paragraph));
            links += paragraph.iter().filter(|piece| piece.begins("a")).count();
        }
    }
    links
}

/// The table of dropped lines has a line number in front of each row.
fn is_dropped_table(table: &[Piece]) -> bool {
    elements(table, |piece| piece.begins("th")).first().is_some_and(|head| text(head) == "行號")
}

/// Addresses of clauses and attachments are permanent: one that was published once stays. New ones
/// are added to `fixtures/anchors.txt`.
#[test]
fn addresses_of_clauses_never_change() {
    let listed = include_str!("../fixtures/anchors.txt");
    let mut kept: BTreeSet<&str> = listed.lines().collect();
    let mut added = Vec::new();
    let pages = DEMO.pages().filter(|(path, _)| path.starts_with("regulations/"));
    for (path, _) in pages {
        let page = DEMO.page(path);
        let of_clause = |id: &str| {
            let kinds = ["p", "annex-", "table", "figure", "appendix", "form"];
            kinds.iter().any(|kind| {
                id.strip_prefix(kind)
                    .is_some_and(|rest| !rest.starts_with(|c: char| c.is_alphabetic()))
            })
        };
        for id in page.iter().filter_map(|piece| piece.attribute("id")).filter(|id| of_clause(id)) {
            let address = format!("{path}#{id}");
            if !kept.remove(address.as_str()) {
                added.push(address);
            }
        }
    }
    assert!(kept.is_empty(), "no longer there: {kept:?}");
    assert!(added.is_empty(), "add to fixtures/anchors.txt:\n{}", added.join("\n"));
}

/// Beside each clause, how records stand to the rules that must hold at any time: the numbers of
/// `checks.json`, and no word of rules that hold of everything.
#[test]
fn clauses_say_how_records_stand_to_standing_duties() {
    let checks = DEMO.checks();
    let mut counted: BTreeMap<String, BTreeMap<&str, usize>> = BTreeMap::new();
    for check in &checks {
        let text = |key: &str| check[key].as_str().expect("a text");
        let page = format!("../obligations/{}/{}.html", text("regulation"), text("obligation"));
        *counted.entry(page).or_default().entry(text("verdict")).or_default() += 1;
    }
    let (mut seen, mut failing) = (0, 0);
    for (path, _) in DEMO.some_pages() {
        if !path.starts_with("regulations/") || path.matches('/').count() != 1 {
            continue;
        }
        let page = DEMO.page(path);
        for carries in elements(page, |piece| piece.has_class("carries")) {
            let links: Vec<&str> = elements(carries, |piece| piece.begins("a"))
                .iter()
                .filter_map(|link| link[0].attribute("href"))
                .filter(|href| href.starts_with("../obligations/"))
                .collect();
            let [href] = links[..] else { continue };
            let Some(counts) = counted.get(href) else { continue };
            let told = |class: &str| {
                let items = elements(carries, |piece| piece.begins("li"));
                let item = items.iter().rev().find(|item| item.iter().any(|p| p.has_class(class)));
                let number = item.map(|item| elements(item, |piece| piece.has_class("num")));
                number.map(|number| text(number[0]).parse::<usize>().expect("a number"))
            };
            let count = |verdict| counts.get(verdict).copied();
            assert_eq!(told("verdict-breached"), count("breached"), "{path}: {href}");
            assert_eq!(told("verdict-unknown"), count("unknown"), "{path}: {href}");
            let all = format!("檢核 {} 筆", counts.values().sum::<usize>());
            assert!(text(carries).contains(&all), "{path}: {}", text(carries));
            seen += 1;
            failing += usize::from(count("breached").is_some());
        }
    }
    assert!(seen > 10 && failing > 3, "{seen}, {failing}");
}

/// Folders of records that are called by what they are about.
const NAMED: [&str; 7] =
    ["accounts", "assets", "audits", "endpoints", "events", "submissions", "transfers"];

#[test]
fn links_to_records_say_what_they_are_not_their_ids() {
    let mut audits = 0;
    each_page(|path, page| {
        let own = path.split_once('/').map_or("", |(folder, _)| folder);
        for link in elements(page, |piece| piece.begins("a")) {
            let href = link.first().and_then(|start| start.attribute("href")).unwrap_or_default();
            let (folder, file) = href.rsplit_once('/').unwrap_or((own, href));
            if NAMED.contains(&folder.trim_start_matches("../")) {
                let id = file.trim_end_matches(".html");
                ensure(text(link).trim() != id, || format!("a link is called {id}"))?;
                audits += usize::from(folder.ends_with("audits") && text(link).contains('年'));
            }
        }
        Ok(())
    });
    assert!(audits > 1_000, "{audits} links to audits say their period");
}

#[test]
fn a_link_to_an_account_names_its_system_and_its_user() {
    let said = text(DEMO.page("index.html"));
    assert!(said.contains("地政雲 TL-1102"), "{said}");
    assert!(!said.contains("cloud-tl-1102"), "{said}");
    // What two records are called the same by does not tell them apart.
    let endpoints = text(DEMO.page("endpoints/index.html"));
    assert!(endpoints.contains("192.0.2.11（nantou-ip-backup-again）"), "{endpoints}");
    assert!(!endpoints.contains("192.0.2.10（"), "{endpoints}");
}

#[test]
fn every_grade_of_a_finding_is_called_as_the_glossary_says() {
    let page = DEMO.page("findings/index.html");
    let grades = ["grade-observation", "grade-minor", "grade-major"];
    let is_grade = |piece: &Piece| grades.iter().any(|grade| piece.has_class(grade));
    let said: BTreeSet<String> =
        elements(page, is_grade).into_iter().map(|it| text(it).trim().to_owned()).collect();
    let wanted = ["觀察事項", "次要缺失", "主要缺失"].map(str::to_owned);
    assert_eq!(said, BTreeSet::from(wanted));
}

#[test]
fn a_unit_counts_the_same_in_lists_and_on_its_page() {
    let mut units = 0;
    for list in ["units/index.html", "agencies/taipei-market.html", "agencies/taipei-health.html"] {
        let page = DEMO.page(list);
        for row in elements(page, |piece| piece.begins("tr")) {
            let Some(head) = elements(row, |piece| piece.begins("th")).first().copied() else {
                continue;
            };
            let href = elements(head, |piece| piece.begins("a"))
                .first()
                .and_then(|a| a[0].attribute("href"));
            let Some(name) = href.and_then(|href| href.rsplit('/').next()) else { continue };
            let path = format!("units/{name}");
            if DEMO.pages().all(|(known, _)| known != path) {
                continue;
            }
            let failing = elements(row, |piece| piece.begins("td") && piece.has_class("num"));
            // The page of an agency links its units in other tables too.
            let Some(failing) = failing.first() else { continue };
            let failing: usize = text(failing).trim().parse().expect("a number");
            let own = text(DEMO.page(&path));
            let says = if failing == 0 {
                String::new()
            } else {
                format!("{failing} 件逾期、未達規定或無法判定")
            };
            assert!(own.contains(&says), "{list} says {failing} of {path}: {own}");
            assert!(failing > 0 || !own.contains("件逾期、未達規定或無法判定"), "{path}: {own}");
            units += 1;
        }
    }
    assert!(units > 16, "{units}");
}

#[test]
fn use_of_an_account_after_its_holder_left_is_said_where_the_account_is() {
    // TL-1102 left on 2026-06-26, the account was used on 2026-11-11 and never cancelled.
    let said = "115-06-26 人員異動（離職、調職、職務調整）後第 138 日仍有使用紀錄";
    for path in ["accounts/cloud-tl-1102.html", "accounts/index.html", "units/land-value.html"] {
        let page = text(DEMO.page(path));
        assert!(page.contains(said), "{path}: {page}");
    }
    let own = text(DEMO.page("accounts/cloud-tl-1102.html"));
    assert_eq!(own.matches(said).count(), 2, "among the facts and in the life: {own}");
    let others = text(DEMO.page("accounts/index.html"));
    assert_eq!(others.matches("仍有使用紀錄").count(), 1, "{others}");
}

#[test]
fn a_status_that_hangs_on_days_says_how_many() {
    for path in ["index.html", "method.html", "status/due-soon.html"] {
        let page = text(DEMO.page(path));
        assert!(page.contains("距期限 14 日以內，尚未辦理"), "{path}: {page}");
    }
}

#[test]
fn a_rule_of_keeping_lists_what_was_destroyed_against_it() {
    let page = text(DEMO.page("obligations/taipei-cadastral/keep-application-forms.html"));
    assert!(page.contains("依本規則應保存而提前或未經核可銷毀之紀錄（1 "), "{page}");
    assert!(page.contains("地政雲 TM-2203") && page.contains("115-06-15"), "{page}");
    let page = text(DEMO.page("obligations/taipei-cadastral/keep-audit-records.html"));
    assert!(page.contains("沒有提前或未經核可銷毀之紀錄"), "{page}");
    // What the list promises, it has: the day from which a paper may be destroyed.
    assert!(text(DEMO.page("retention/index.html")).contains("最早得銷毀日"));
}

#[test]
fn files_and_conditions_are_behind_one_switch_and_the_entries_to_write_are_not() {
    each_page(|path, page| {
        let switches = elements(page, |piece| piece.has_class("keeper-switch"));
        let wanted = usize::from(path != "404.html");
        ensure(switches.len() == wanted, || format!("{} switches", switches.len()))?;
        // What says where a record stands; what says where one is to be written stays.
        let rows = elements(page, |piece| piece.begins("tr") || piece.begins("dl"));
        for row in rows {
            let places = elements(row, |piece| piece.has_class("place")).len();
            let kept = elements(row, |piece| piece.has_class("keeper"));
            let kept: usize = kept
                .into_iter()
                .map(|it| elements(it, |piece| piece.has_class("place")).len())
                .sum();
            ensure(kept == places, || format!("{places} places, {kept} of them kept"))?;
        }
        Ok(())
    });
    let sheet = DEMO.page("obligations/taipei-cadastral/unit-audit/market-stalls/2026-Q3.html");
    let places = elements(sheet, |piece| piece.has_class("place")).len();
    let kept = elements(sheet, |piece| piece.has_class("keeper"));
    let kept: usize =
        kept.into_iter().map(|it| elements(it, |piece| piece.has_class("place")).len()).sum();
    assert!(kept < places, "the file to write to is shown to everybody");
}
