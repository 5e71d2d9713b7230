//! Six tasks by clicks, counted on the demo: links in the main part of each page only, without
//! menus, breadth first.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use super::html::{Piece, elements};
use super::published::{DAY, DEMO};

/// The pages each page's main part leads to.
struct Links(BTreeMap<String, BTreeSet<String>>);

impl Links {
    fn of_demo() -> Self {
        Self(DEMO.pages().map(|(path, _)| (path.to_owned(), targets(path))).collect())
    }

    /// How many clicks each page is away.
    fn distances(&self, from: &str) -> BTreeMap<&str, usize> {
        let (start, _) = self.0.get_key_value(from).unwrap_or_else(|| panic!("no page {from}"));
        let mut away = BTreeMap::from([(start.as_str(), 0)]);
        let mut next = VecDeque::from([start.as_str()]);
        while let Some(page) = next.pop_front() {
            let clicks = away[page] + 1;
            for target in self.0.get(page).into_iter().flatten() {
                if !away.contains_key(target.as_str()) {
                    away.insert(target, clicks);
                    next.push_back(target);
                }
            }
        }
        away
    }
}

/// The addresses in the main part of a page, as files of the site with their fragments.
fn addresses(path: &str) -> Vec<String> {
    let page = DEMO.page(path);
    let main = elements(page, |piece| piece.begins("main"));
    let main: &[Piece] = main.first().copied().unwrap_or_default();
    let hrefs = main.iter().filter(|piece| piece.begins("a")).filter_map(|a| a.attribute("href"));
    hrefs.map(|href| resolve(path, href)).collect()
}

fn targets(path: &str) -> BTreeSet<String> {
    let pages = addresses(path)
        .into_iter()
        .map(|address| address.split('#').next().expect("a part").to_owned());
    pages.filter(|target| target.ends_with(".html")).collect()
}

fn resolve(from: &str, href: &str) -> String {
    if href.starts_with('#') {
        return format!("{from}{href}");
    }
    let mut parts: Vec<&str> = from.split('/').collect();
    parts.pop();
    for part in href.split('/') {
        match part {
            ".." => _ = parts.pop(),
            "." => {}
            part => parts.push(part),
        }
    }
    parts.join("/")
}

fn occurrence(id: &str) -> String {
    format!("obligations/{id}.html")
}

#[track_caller]
fn within(away: &BTreeMap<&str, usize>, clicks: usize, page: &str) {
    let found = away.get(page);
    assert!(found.is_some_and(|found| *found <= clicks), "{page} is {found:?} clicks away");
}

#[test]
fn what_is_due_this_week_is_two_clicks_from_home() {
    let links = Links::of_demo();
    let away = links.distances("index.html");
    let last =
        chrono::NaiveDate::parse_from_str(DAY, "%Y-%m-%d").expect("a day") + chrono::Days::new(7);
    let last = last.to_string();
    let waits = ["due-soon", "open", "upcoming"];
    let mut seen = 0;
    for row in DEMO.rows() {
        if waits.contains(&row.text("status")) && row.text("due") <= last.as_str() {
            within(&away, 2, &occurrence(row.text("id")));
            seen += 1;
        }
    }
    assert!(seen > 0, "the demo has something due this week");
}

#[test]
#[ignore = "slow: the gate runs it in release"]
fn evidence_is_three_clicks_from_its_clause() {
    let links = Links::of_demo();
    let mut newest: BTreeMap<(String, String), (String, String)> = BTreeMap::new();
    for row in DEMO.rows() {
        let Some(evidence) = row.0["evidence"].as_array().and_then(|list| list.first()) else {
            continue;
        };
        let duty = (row.text("regulation").to_owned(), row.text("obligation").to_owned());
        let found = (row.text("due").to_owned(), evidence.as_str().expect("an id").to_owned());
        let known = newest.entry(duty).or_insert_with(|| found.clone());
        *known = (*known).clone().max(found);
    }
    assert!(newest.len() > 10, "{}", newest.len());
    for ((regulation, _), (_, evidence)) in newest {
        let away = links.distances(&format!("regulations/{regulation}.html"));
        within(&away, 3, &format!("evidence/{evidence}.html"));
    }
}

#[test]
fn the_clause_is_one_click_from_its_evidence() {
    let mut seen = 0;
    for row in DEMO.rows() {
        let evidence = row.0["evidence"].as_array().cloned().unwrap_or_default();
        for id in &evidence {
            let id = id.as_str().expect("an id");
            let clause = format!("regulations/{}.html#", row.text("regulation"));
            let found = addresses(&format!("evidence/{id}.html"));
            assert!(found.iter().any(|address| address.starts_with(&clause)), "{id}: no {clause}");
            // The occurrence and the duty, too.
            assert!(found.contains(&occurrence(row.text("id"))), "{id}: {}", row.text("id"));
            seen += 1;
        }
    }
    assert!(seen > 100, "{seen}");
}

#[test]
fn who_is_late_is_one_click_from_home() {
    let links = Links::of_demo();
    let late: BTreeSet<String> = DEMO
        .rows()
        .iter()
        .filter(|row| row.text("status") == "overdue")
        .map(|row| occurrence(row.text("id")))
        .collect();
    assert!(!late.is_empty());
    let away = links.distances("index.html");
    let near = away.iter().filter(|(_, clicks)| **clicks <= 1).map(|(page, _)| *page);
    let all_on = |page: &str| late.is_subset(&links.0[page]);
    assert!(near.into_iter().any(all_on), "no page near home lists all that is overdue");
}

#[test]
fn what_a_duty_asks_is_two_clicks_from_home_and_one_from_its_clause() {
    let links = Links::of_demo();
    let away = links.distances("index.html");
    let duties = DEMO
        .pages()
        .map(|(path, _)| path)
        .filter(|path| path.starts_with("obligations/") && path.matches('/').count() == 2);
    let mut seen = 0;
    for duty in duties {
        within(&away, 2, duty);
        let regulation = duty.split('/').nth(1).expect("a regulation");
        assert!(links.0[&format!("regulations/{regulation}.html")].contains(duty), "{duty}");
        seen += 1;
    }
    assert!(seen > 100, "{seen}");
}

#[test]
fn when_papers_may_be_destroyed_is_two_clicks_from_home_and_one_from_evidence() {
    let links = Links::of_demo();
    within(&links.distances("index.html"), 2, "retention/index.html");
    let evidence = links.0.iter().filter(|(path, _)| {
        path.starts_with("evidence/") && path.matches('/').count() == 1 && !path.contains("/index.")
    });
    for (path, targets) in evidence {
        assert!(targets.contains("retention/index.html"), "{path}");
    }
}
