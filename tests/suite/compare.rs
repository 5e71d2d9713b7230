//! The pages that set duties of several regulations side by side.

use std::collections::BTreeMap;

use super::html::{Piece, elements, text};
use super::project::{Project, fixture};
use super::published::DEMO;

/// The rows of the comparison: label, then the cells.
fn rows(path: &str) -> Vec<(String, Vec<Vec<Piece>>)> {
    let page = DEMO.page(path);
    let table = elements(page, |piece| piece.has_class("compare"))[0].to_vec();
    let rows = elements(&table, |piece| piece.begins("tr"));
    rows.into_iter()
        .skip(1)
        .map(|row| {
            let label = text(elements(row, |piece| piece.begins("th"))[0]);
            let cells = elements(row, |piece| piece.begins("td"));
            (label, cells.into_iter().map(<[Piece]>::to_vec).collect())
        })
        .collect()
}

/// `REGULATION/OBLIGATION` of each column.
fn columns(path: &str) -> Vec<String> {
    let page = DEMO.page(path);
    let table = elements(page, |piece| piece.has_class("compare"))[0];
    let head = elements(table, |piece| piece.begins("thead"))[0];
    let cells = elements(head, |piece| piece.begins("th"));
    cells[1..]
        .iter()
        .map(|cell| {
            let link = cell.iter().find_map(|piece| piece.attribute("href")).expect("a link");
            let name = link.strip_prefix("../obligations/").expect("a duty");
            name.strip_suffix(".html").expect("a page").to_owned()
        })
        .collect()
}

/// The figure a cell begins with.
fn figure(cell: &[Piece]) -> Option<u64> {
    let said = text(cell);
    let digits: String = said.chars().take_while(|c| c.is_ascii_digit() || *c == ',').collect();
    digits.replace(',', "").parse().ok()
}

#[test]
fn sample_sizes_are_those_of_the_python_oracle_and_the_largest_is_marked() {
    let csv = fixture("sample-sizes.csv");
    let oracle: BTreeMap<(String, u64), u64> = csv
        .lines()
        .skip(1)
        .map(|line| {
            let cells: Vec<&str> = line.split(',').collect();
            let number = |at: usize| cells[at].parse::<u64>().expect("a number");
            ((format!("{}/{}", cells[0], cells[1]), number(2)), number(3))
        })
        .collect();
    let mut compared = 0;
    for path in ["compare/self-check.html", "compare/agency-audit.html"] {
        let duties = columns(path);
        for (label, cells) in rows(path) {
            let Some(population) = label.strip_prefix("母體 ") else { continue };
            // Records are counted in words of their own by each duty; persons have one.
            let Some((population, _)) = population.split_once(" 之應抽數") else { continue };
            let population: u64 = population.replace(',', "").parse().expect("a number");
            let mut most = 0;
            for (duty, cell) in duties.iter().zip(&cells) {
                let Some(shown) = figure(cell) else { continue };
                if let Some(expected) = oracle.get(&(duty.clone(), population)) {
                    assert_eq!(shown, *expected, "{path}: {duty} of {population}");
                    compared += 1;
                }
                most = most.max(shown);
            }
            if path.contains("self-check") {
                for (duty, cell) in duties.iter().zip(&cells) {
                    let marked = cell[0].has_class("strictest");
                    assert_eq!(marked, figure(cell) == Some(most), "{duty} of {population}");
                    assert_eq!(marked, text(cell).contains("最嚴"), "said in words: {duty}");
                }
            } else {
                // One is drawn from the records, the other from what the units audited.
                assert!(cells.iter().all(|cell| !cell[0].has_class("strictest")), "{path}");
            }
        }
    }
    assert_eq!(compared, 4 * 3 + 3);
    let page = text(DEMO.page("compare/agency-audit.html"));
    assert!(page.contains("無法比較"), "what counts in two ways is not ranked");
}

#[test]
fn every_topic_lists_the_duties_whose_rules_name_it() {
    let mut expected: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for (regulation, duty) in super::roles::rules() {
        if let Some(topic) = duty["topic"].as_str() {
            let name = format!("{regulation}/{}", duty["id"].as_str().expect("an id"));
            expected.entry(topic.to_owned()).or_default().push(name);
        }
    }
    assert!(expected.len() > 20, "{}", expected.len());
    for (topic, mut duties) in expected {
        let mut shown = columns(&format!("compare/{topic}.html"));
        shown.sort_unstable();
        duties.sort_unstable();
        assert_eq!(shown, duties, "{topic}");
    }
}

#[test]
fn frequency_and_retention_are_ranked_only_where_they_count_alike() {
    let rule = |id: &str, more: &str| {
        format!("- {{id: {id}, clauses: [\"2\"], title: {id}, scope: unit, topic: same, {more}}}\n")
    };
    let keep = |id: &str, answering: &str, years: &str, from: &str| {
        format!(
            "- {{id: {id}, kind: retention, clauses: [\"3\"], title: {id}, scope: unit, keep: {{what: audits, answering: [{answering}], for: {years}, from: {from}}}}}\n"
        )
    };
    let month = "kind: periodic, every: month, due: [{on: period-end}]";
    let quarter = "kind: periodic, every: quarter, due: [{on: period-end}]";
    let gap = "kind: interval, no_more_than: 20 days";
    let page = |rules: String| {
        let project = Project::new()
            .write("content/topics.yaml", "- {id: same, title: 同一主題}\n")
            .write("regulations/law/obligations.yaml", rules)
            .as_of("2026-03-01");
        project.run("build").code(0);
        let files = project.files("public");
        String::from_utf8(files["compare/same.html"].clone()).expect("UTF-8")
    };
    let html = page(
        rule("one", month)
            + &rule("two", quarter)
            + &rule("three", gap)
            + &keep("k1", "one", "3 years", "completion")
            + &keep("k2", "two", "5 years", "completion"),
    );
    assert!(html.contains("測試規定「three」（距上次不得逾 20 日）"), "{html}");
    assert!(html.contains("測試規定「two」（自完成日起至少 5 年）"), "{html}");
    // A month may have 28 to 31 days, and papers may be kept from another day.
    let html = page(
        rule("one", month)
            + &rule("two", "kind: interval, no_more_than: 30 days")
            + &keep("k1", "one", "3 years", "completion")
            + &keep("k2", "two", "5 years", "period-end"),
    );
    assert_eq!(html.matches("無法比較：").count(), 2, "{html}");
    assert!(!html.contains("class=\"strictest\""), "{html}");
}
