//! The demo's guidance: every duty with a term says how it is done, every page explains some duty,
//! every clause a page names is there, and every record it shows is sound.

use std::collections::BTreeSet;
use std::fs;

use serde_json::Value;

use super::docs::blocks;
use super::html::{elements, text};
use super::project::{Project, repository};
use super::published::DEMO;

/// Every duty of the demo's regulations: `REGULATION/OBLIGATION` and its kind.
fn duties() -> Vec<(String, String)> {
    let mut duties = Vec::new();
    for folder in fs::read_dir(repository().join("regulations")).expect("lists") {
        let folder = folder.expect("lists").path();
        let regulation = folder.file_name().expect("a name").to_string_lossy().into_owned();
        let rules = fs::read_to_string(folder.join("obligations.yaml")).expect("reads");
        let rules: Vec<Value> = serde_yaml::from_str(&rules).expect("a list");
        duties.extend(rules.iter().map(|rule| {
            let word = |key: &str| rule[key].as_str().expect("a text").to_owned();
            (format!("{regulation}/{}", word("id")), word("kind"))
        }));
    }
    duties.sort();
    duties
}

/// The guidance pages by their names, as they were written.
fn pages() -> Vec<(String, String)> {
    let mut pages = Vec::new();
    for page in fs::read_dir(repository().join("content/pages")).expect("lists") {
        let path = page.expect("lists").path();
        let name = path.file_stem().expect("a name").to_string_lossy().into_owned();
        pages.push((name, fs::read_to_string(&path).expect("reads")));
    }
    pages.sort();
    pages
}

#[test]
fn every_duty_with_a_term_says_how_it_is_done() {
    let mut counted = 0;
    let mut silent = Vec::new();
    for (duty, kind) in duties() {
        if !matches!(kind.as_str(), "periodic" | "interval" | "event") {
            continue;
        }
        counted += 1;
        let page = DEMO.page(&format!("obligations/{duty}.html"));
        let says = elements(page, |piece| piece.has_class("how-to")).into_iter().any(|line| {
            let links = line.iter().filter_map(|piece| piece.attribute("href"));
            links.into_iter().any(|link| link.starts_with("../../pages/"))
        });
        if !says {
            silent.push(duty);
        }
    }
    assert!(counted > 60, "{counted}");
    assert_eq!(silent, [""; 0]);
}

#[test]
fn every_guidance_page_explains_a_duty() {
    for (name, _) in pages() {
        let page = DEMO.page(&format!("pages/{name}.html"));
        let main = elements(page, |piece| piece.begins("main"))[0];
        let duties: BTreeSet<&str> = main
            .iter()
            .filter_map(|piece| piece.attribute("href"))
            .filter(|link| link.starts_with("../obligations/"))
            .collect();
        assert!(!duties.is_empty(), "{name}: {}", text(main));
    }
}

/// Written addresses of clauses are checked by the build; here, that a link says the clause it
/// leads to, and that steps and pitfalls are not all there is without one.
#[test]
fn links_to_clauses_say_which_clause_they_lead_to() {
    let mut links = 0;
    for (name, _) in pages() {
        let page = DEMO.page(&format!("pages/{name}.html"));
        for link in elements(page, |piece| piece.begins("a")) {
            let href = link[0].attribute("href").unwrap_or_default();
            let Some((law, anchor)) = href.split_once(".html#p") else { continue };
            if !law.starts_with("../regulations/") || !text(link).starts_with('第') {
                continue;
            }
            let (said, ranks) = (text(link), ["點", "款", "目"]);
            let numbers: Vec<&str> = anchor.split('-').collect();
            let depth = ranks.iter().filter(|rank| said.contains(**rank)).count();
            assert_eq!(depth, numbers.len(), "{name}: {said} leads to {href}");
            let mut rest = said.as_str();
            for (number, rank) in numbers.iter().zip(ranks) {
                let (figure, after) = rest.split_once(rank).expect("counted above");
                let figure = figure.trim_start_matches('第');
                assert_eq!(figure, chinese(number), "{name}: {said} leads to {href}");
                rest = after;
            }
            links += 1;
        }
    }
    assert!(links > 80, "{links}");
}

/// 1 to 19 in Chinese.
fn chinese(number: &str) -> String {
    let digits = ["", "一", "二", "三", "四", "五", "六", "七", "八", "九"];
    let number: usize = number.parse().expect("a number");
    format!("{}{}", if number >= 10 { "十" } else { "" }, digits[number % 10])
}

#[test]
#[ignore = "slow: the gate runs it in release"]
fn records_that_guidance_shows_are_sound() {
    let mut project = Project::demo();
    let mut shown = 0;
    for (name, written) in pages() {
        for (mark, block, line) in blocks(&written) {
            let place =
                mark.strip_prefix("yaml content/").and_then(|rest| rest.strip_suffix(".yaml"));
            let place = place.unwrap_or_else(|| panic!("{name}.md:{line}: `{mark}` is not tested"));
            project = project.write(&format!("content/{place}/shown-in-{name}-{line}.yaml"), block);
            shown += 1;
        }
    }
    assert!(shown > 10, "{shown}");
    project.run("check").code(0).stderr_has("errors 0, warnings 0");
}
