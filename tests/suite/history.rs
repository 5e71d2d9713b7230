//! Looking back: the counts of earlier days and what changed since, against assessments of those
//! days, an independent calculation, and records of which nothing later was known.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{Datelike, Months};
use clausebook::assess::{Assessment, assess};
use clausebook::export::{Conclusions, checks, status};
use clausebook::facts::conclude;
use clausebook::pipeline::{self, Inputs};
use clausebook::time::{Day, parse_day};
use serde_json::{Map, Value};

use super::home::cells;
use super::html::{Piece, elements, pieces, text};
use super::project::{Project, Row, files, fixture};
use super::published::{DAY, DEMO};

fn day(text: &str) -> Day {
    parse_day(text).expect("a day")
}

fn load(project: &Project) -> Inputs {
    let inputs = pipeline::load(project.root()).expect("reads");
    assert!(inputs.are_sound(), "{:#?}", inputs.diagnostics);
    inputs
}

/// The rows of an assessment, as they are published.
fn rows(inputs: &Inputs, assessment: &Assessment) -> Vec<Row> {
    let known = inputs.model.known_on(assessment.as_of);
    let facts = conclude(&known, assessment);
    let from = Conclusions { model: &known, words: &inputs.words, assessment, facts: &facts };
    let rows = status::rows(from, &status::Filter::default());
    rows.iter().map(|row| Row(serde_json::to_value(row).expect("JSON"))).collect()
}

fn counts<'a>(statuses: impl IntoIterator<Item = &'a str>) -> BTreeMap<String, usize> {
    let mut counts = BTreeMap::new();
    for status in statuses {
        *counts.entry(status.to_owned()).or_default() += 1;
    }
    counts
}

/// The rows of `data/history.json`.
fn published() -> Vec<Value> {
    let file: Value = serde_json::from_slice(&DEMO.files["data/history.json"]).expect("JSON");
    assert_eq!(file["schema_version"], 2);
    file["rows"].as_array().expect("a list").clone()
}

/// The counts of a row that are not 0.
fn of_row(row: &Value) -> BTreeMap<String, usize> {
    let all = row["counts"].as_object().expect("counts");
    let counts = all.iter().map(|(status, n)| (status.clone(), n.as_u64().expect("n") as usize));
    counts.filter(|(_, count)| *count > 0).collect()
}

#[test]
fn the_last_row_is_the_as_of_date_and_the_others_are_month_ends() {
    let rows = published();
    assert_eq!(rows.len(), 13);
    let last = rows.last().expect("a row");
    assert_eq!(last["as_of"], DAY);
    assert_eq!(of_row(last), counts(DEMO.rows().iter().map(|row| row.text("status"))));
    let mut expected = day("2025-11-01");
    for row in &rows[..12] {
        let as_of = day(row["as_of"].as_str().expect("a day"));
        assert_eq!(as_of.succ_opt().expect("a day").day(), 1, "{as_of}");
        assert_eq!((as_of.year(), as_of.month()), (expected.year(), expected.month()));
        assert_eq!(row["month"], as_of.format("%Y-%m").to_string());
        expected = expected + Months::new(1);
    }
}

#[test]
fn the_trend_shows_what_the_data_say() {
    let home = DEMO.page("index.html");
    let table = elements(home, |piece| piece.has_class("trend"));
    let shown = cells(table[0]);
    let rows = published();
    assert_eq!(shown.len(), rows.len() + 1);
    for (cells, row) in shown[1..].iter().zip(&rows) {
        let number = |key: &str| row[key].as_u64().expect("a number");
        let count = |status: &str| row["counts"][status].as_u64().expect("a number");
        let (failing, met, judged) = (number("failing"), number("met"), number("judged"));
        let settled = number("settled");
        assert_eq!(failing + settled, count("overdue") + count("deficient") + count("unknown"));
        assert_eq!(met, count("done") + count("done-late"));
        assert_eq!(judged, met + failing + settled);
        let tenths = met * 1000 / judged;
        let expected = [
            failing.to_string(),
            cells[2].clone(),
            cells[3].clone(),
            count("unknown").to_string(),
            settled.to_string(),
            met.to_string(),
            judged.to_string(),
            format!("{}.{}%", tenths / 10, tenths % 10),
        ];
        let shown = |at: usize| cells[at].replace(',', "").parse::<u64>().expect("a count");
        assert_eq!(shown(2) + shown(3) + count("unknown"), failing, "{}", row["as_of"]);
        assert!(shown(2) <= count("overdue") && shown(3) <= count("deficient"));
        assert_eq!(cells[1..], expected, "{}", row["as_of"]);
        let as_of = day(row["as_of"].as_str().expect("a day"));
        let label = match as_of == day(DAY) {
            true => "基準日（115-11-21）".to_owned(),
            false => format!("{}年{}月", as_of.year() - 1911, as_of.month()),
        };
        assert_eq!(cells[0], label);
    }
    // The drawing: over each bar its sum, and the parts as high as their numbers.
    let chart = elements(home, |piece| piece.has_class("trend-chart"))[0];
    let sums: Vec<String> =
        elements(chart, |piece| piece.has_class("sum")).iter().map(|sum| text(sum)).collect();
    assert_eq!(sums, rows.iter().map(|row| row["failing"].to_string()).collect::<Vec<_>>());
    let named = chart.iter().filter(|piece| piece.begins("title") || piece.begins("desc")).count();
    assert_eq!((named, chart[0].attribute("role")), (2, Some("img")));
    let number = |piece: &Piece, key: &str| -> f64 {
        piece.attribute(key).and_then(|text| text.parse().ok()).expect("a number")
    };
    let heights = |status: &str| -> f64 {
        let parts = chart.iter().filter(|piece| piece.begins("rect") && piece.has_class(status));
        parts.map(|part| number(part, "height")).sum()
    };
    // What is settled is not drawn: the columns of the table say what is.
    let column = |status: &str| match status {
        "overdue" => 2,
        "deficient" => 3,
        _ => 4,
    };
    let sum = |status: &str| -> f64 {
        let cells = shown[1..].iter().map(|cells| cells[column(status)].replace(',', ""));
        cells.map(|cell| cell.parse::<f64>().unwrap_or(0.0)).sum()
    };
    let all = ["overdue", "deficient", "unknown"];
    let drawn: f64 = all.iter().map(|status| heights(&format!("status-{status}"))).sum();
    let unit = drawn / all.iter().map(|status| sum(status)).sum::<f64>();
    for status in all {
        let drawn = heights(&format!("status-{status}")) / unit;
        assert!((drawn - sum(status)).abs() < 2.0, "{status}: {drawn}, {}", sum(status));
    }
}

#[test]
#[ignore = "slow: the gate runs it in release"]
fn every_month_end_is_what_that_day_says_and_what_the_oracle_says() {
    let inputs = load(&Project::demo());
    let dated = |row: &Row, as_of: &str| {
        let obligation = inputs.model.obligations.iter().find(|(_, one)| {
            one.slug == row.text("obligation")
                && inputs.model.regulations[one.regulation].slug == row.text("regulation")
        });
        let duty = obligation.expect("a duty").1.duty.as_str();
        matches!(duty, "periodic" | "interval")
            && row.text("opens") <= as_of
            && !row.reasons().contains("規則之條件不成立")
    };
    let mut oracle: BTreeMap<String, BTreeMap<String, usize>> = BTreeMap::new();
    for line in fixture("demo-history.csv").lines().skip(1) {
        let cells: Vec<&str> = line.split(',').collect();
        let count = cells[2].parse().expect("a number");
        oracle.entry(cells[0].to_owned()).or_default().insert(cells[1].to_owned(), count);
    }
    assert_eq!(oracle.len(), 12);
    for row in &published()[..12] {
        let as_of = row["as_of"].as_str().expect("a day");
        let all = rows(&inputs, &assess(&inputs.model.known_on(day(as_of))));
        assert_eq!(of_row(row), counts(all.iter().map(|row| row.text("status"))), "{as_of}");
        let periodic = all.iter().filter(|row| dated(row, as_of)).map(|row| row.text("status"));
        assert_eq!(counts(periodic), oracle[as_of], "{as_of}: the oracle");
    }
}

#[test]
#[ignore = "slow: the gate runs it in release"]
fn the_changes_are_what_two_days_say() {
    let before = Project::demo().as_of("2026-10-21").rows();
    let page = DEMO.page("changes.html");
    let met = ["done", "done-late"];
    let failing = ["overdue", "deficient", "unknown"];
    let mut expected: BTreeMap<&str, BTreeSet<String>> = BTreeMap::new();
    for row in DEMO.rows() {
        let was = before.get(row.text("id")).map_or("", |row| row.text("status"));
        let is = row.text("status").to_owned();
        let group = match is.as_str() {
            _ if was == is => continue,
            "overdue" => "newly-overdue",
            "deficient" => "newly-deficient",
            "unknown" => "newly-unknown",
            _ if failing.contains(&was) => "resolved",
            "done" | "done-late" if !met.contains(&was) => "newly-done",
            _ => {
                let silent = ["upcoming", "open", "due-soon", "waived", "not-applicable"];
                assert!(silent.contains(&is.as_str()), "{}: {was} → {is}", row.text("id"));
                continue;
            }
        };
        let line = format!("{} {was} {is}", row.text("id"));
        expected.entry(group).or_default().insert(line);
    }
    // Nothing that failed went away without a word.
    let now: BTreeSet<String> = DEMO.rows().iter().map(|row| row.text("id").to_owned()).collect();
    for (id, row) in &before {
        assert!(now.contains(id) || !failing.contains(&row.text("status")), "{id}");
    }
    let home = DEMO.page("index.html");
    for group in ["newly-overdue", "newly-deficient", "newly-unknown", "resolved", "newly-done"] {
        let part = elements(page, |piece| piece.attribute("id") == Some(group))[0];
        let mut shown = BTreeSet::new();
        for row in elements(part, |piece| piece.begins("tr")).into_iter().skip(1) {
            let href = elements(row, |piece| piece.begins("th"))[0]
                .iter()
                .find_map(|piece| piece.attribute("href"))
                .expect("a link");
            let cells = elements(row, |piece| piece.begins("td"));
            let status = |cell: &[Piece]| {
                let classes = cell.iter().filter_map(|piece| piece.attribute("class"));
                classes
                    .flat_map(|all| all.split(' '))
                    .find_map(|c| c.strip_prefix("status-").map(str::to_owned))
            };
            let id = href.trim_start_matches("obligations/").trim_end_matches(".html");
            let [was, is] = [0, 1].map(|at| status(cells[at]).unwrap_or_default());
            shown.insert(format!("{id} {was} {is}"));
        }
        let expected = expected.remove(group).unwrap_or_default();
        assert_eq!(shown, expected, "{group}");
        // The home page leads to it with its number.
        let link = format!("changes.html#{group}");
        let tile = elements(home, |piece| piece.attribute("href") == Some(&*link))[0];
        assert!(text(tile).ends_with(&format!(" {}", shown.len())), "{}", text(tile));
        if shown.is_empty() {
            assert!(text(part).contains("本期間沒有"), "{}", text(part));
        }
    }
    let head = text(page);
    assert!(head.contains("民國115年10月21日") && head.contains("民國115年11月21日"));
}

/// A page of a site as it is built.
fn built(project: &Project, path: &str) -> Vec<Piece> {
    project.run("build -q").code(0);
    let bytes = &project.files("public")[path];
    pieces(str::from_utf8(bytes).expect("UTF-8")).expect("whole")
}

#[test]
fn the_month_before_is_clamped_and_nothing_is_said_in_words() {
    let page = built(&Project::new().as_of("2027-03-31"), "changes.html");
    assert!(text(&page).contains("比較基準日 民國116年2月28日"), "{}", text(&page));
    let page = built(&Project::new().as_of("2025-02-10"), "changes.html");
    assert!(text(&page).contains("本期間沒有變動"));
    // A version in force since, and one to come.
    let two = "id: law\nname: 測試規定\nversions:\n- {id: \"2025-01-01\", text: 2025-01-01.txt, in_force: 2025-01-01}\n- {id: \"2025-06-01\", text: 2025-06-01.txt, in_force: 2025-06-01}\n";
    let text_of =
        "測試規定\n一、為測試，訂定本規定。\n二、各單位每月抽查二次。\n三、紀錄保存一年。\n";
    let project = Project::new()
        .write("regulations/law/regulation.yaml", two)
        .write("regulations/law/2025-06-01.txt", text_of)
        .as_of("2025-01-20");
    let page = built(&project, "changes.html");
    let versions = elements(&page, |piece| piece.attribute("id") == Some("versions"))[0];
    let shown = cells(elements(versions, |piece| piece.begins("table"))[0]);
    let states: Vec<_> = shown[1..].iter().map(|row| (row[1].as_str(), row[3].as_str())).collect();
    assert_eq!(states, [("民國114年1月1日版本", "已施行"), ("民國114年6月1日版本", "尚未施行")]);
}

#[test]
fn months_before_anything_was_judged_have_no_numbers() {
    let home = built(&Project::new().as_of("2025-03-10"), "index.html");
    let shown = cells(elements(&home, |piece| piece.has_class("trend"))[0]);
    assert_eq!(shown.len(), 14);
    for row in &shown[1..13] {
        assert!(row[1..].iter().all(|cell| cell == "－"), "{row:?}");
    }
    assert_eq!(shown[13][1..], ["1", "1", "0", "0", "0", "0", "1", "0.0%"]);
    let sums = elements(&home, |piece| piece.has_class("sum"));
    assert_eq!(text(sums[0]), "－");
    assert_eq!(text(sums[12]), "1");
}

/// The key of the day a record came to be, by kind.
const BEGINS: &[(&str, &[&str])] = &[
    ("accounts", &["opened_on"]),
    ("assets", &["since", "notified_on"]),
    ("audits", &["done_on"]),
    ("endpoints", &["since", "notified_on"]),
    ("events", &["known_on", "on"]),
    ("evidence", &["received_on"]),
    ("findings", &["found_on"]),
    ("service-links", &["since", "notified_on"]),
    ("submissions", &["sent_on"]),
    ("trainings", &["on"]),
    ("transfers", &["since", "notified_on"]),
    ("usage", &["month"]),
    ("waivers", &["approved"]),
];

/// The days of acts within records, and the groups that tell of one act.
const ACTS: &[&str] = &[
    "approved_on",
    "cancelled_on",
    "closed_on",
    "data_destroyed_on",
    "done_on",
    "ended_on",
    "last_used_on",
    "removed_on",
    "retired_on",
    "suspended_on",
];
const ACT_GROUPS: &[&str] = &["approved", "destroyed", "pledge", "verified"];

/// A value's day: its own, of the group's `on` or `signed_on`, or the last one of a month.
fn day_of(value: &Value) -> Option<Day> {
    if let Some(group) = value.as_object() {
        return day_of(group.get("on").or(group.get("signed_on"))?);
    }
    let text = value.as_str()?;
    parse_day(text).ok().or_else(|| {
        let first = parse_day(&format!("{text}-01")).ok()?;
        (first + Months::new(1)).pred_opt()
    })
}

/// The demo with nothing in it that was recorded of a later day.
fn known_by(as_of: Day) -> Project {
    let project = Project::demo();
    let mut all: Vec<(String, &str, Vec<Value>)> = Vec::new();
    for (path, bytes) in files(&project.root().join("content")) {
        let kind = path.split('/').next().unwrap_or_default().trim_end_matches(".yaml");
        let Some((kind, _)) = BEGINS.iter().find(|(known, _)| *known == kind) else { continue };
        if !path.ends_with(".yaml") || path.starts_with("evidence/files") {
            continue;
        }
        let text = String::from_utf8(bytes).expect("UTF-8");
        let records = match serde_yaml::from_str(&text).expect("YAML") {
            Value::Array(records) => records,
            record => vec![record],
        };
        all.push((path, kind, records));
    }
    let later = |value: &Value| day_of(value).is_some_and(|day| day > as_of);
    let mut gone: BTreeSet<String> = BTreeSet::new();
    for (_, kind, records) in &mut all {
        let keys = BEGINS.iter().find(|(known, _)| known == kind).expect("a kind").1;
        records.retain(|record| {
            let begins = keys.iter().find_map(|key| record.get(key)).expect("a day");
            let kept = !later(begins);
            if let (false, Some(id)) = (kept, record["id"].as_str()) {
                gone.insert(id.to_owned());
            }
            kept
        });
    }
    assert!(gone.len() > 15, "{as_of}: {}", gone.len());
    let mut project = project;
    for (path, _, mut records) in all {
        records.iter_mut().for_each(|record| forget(record, &later, &gone));
        let path = format!("content/{path}");
        project = match records.is_empty() {
            true => project.remove(&path),
            false => project.write(&path, Value::Array(records).to_string()),
        };
    }
    project
}

/// Takes out of a record what came later: days and groups of acts, entries of lists, references.
fn forget(value: &mut Value, later: &impl Fn(&Value) -> bool, gone: &BTreeSet<String>) {
    let refers = |value: &Value| value.as_str().is_some_and(|id| gone.contains(id));
    if let Some(list) = value.as_array_mut() {
        list.retain(|item| !later(item) && !refers(item));
        list.iter_mut().for_each(|item| forget(item, later, gone));
    } else if let Some(group) = value.as_object_mut() {
        let drops = |(key, value): (&String, &Value)| {
            let act = ACTS.contains(&key.as_str()) || ACT_GROUPS.contains(&key.as_str());
            (act && later(value)) || (key != "id" && refers(value))
        };
        let dropped: Vec<String> =
            group.iter().filter(|entry| drops(*entry)).map(|(key, _)| key.clone()).collect();
        dropped.iter().for_each(|key| _ = Map::remove(group, key));
        group.values_mut().for_each(|value| forget(value, later, gone));
    }
}

/// What is recorded of later days changes nothing of what an earlier one says.
#[test]
#[ignore = "slow: the gate runs it in release"]
fn a_day_knows_nothing_of_later_ones() {
    let full = load(&Project::demo());
    for text in ["2025-06-15", "2025-12-31", "2026-05-20", "2026-10-21"] {
        let as_of = day(text);
        let then = load(&known_by(as_of));
        let [a, b] = [&full, &then].map(|inputs| assess(&inputs.model.known_on(as_of)));
        let by_id = |rows: Vec<Row>| -> BTreeMap<String, Row> {
            rows.into_iter().map(|row| (row.text("id").to_owned(), row)).collect()
        };
        let (a_rows, b_rows) = (by_id(rows(&full, &a)), by_id(rows(&then, &b)));
        let ids: BTreeSet<&String> = a_rows.keys().chain(b_rows.keys()).collect();
        let differ: Vec<_> = ids
            .into_iter()
            .filter(|id| a_rows.get(*id) != b_rows.get(*id))
            .map(|id| {
                format!("{:#?}\nwithout what came later\n{:#?}", a_rows.get(id), b_rows.get(id))
            })
            .collect();
        assert!(
            differ.is_empty(),
            "{text}: {} rows\n{}",
            differ.len(),
            differ[..differ.len().min(3)].join("\n")
        );
        let checked = |inputs: &Inputs, assessment: &Assessment| {
            let rows = checks::rows(&inputs.model, assessment);
            serde_json::to_value(rows).expect("JSON")
        };
        let (a_checks, b_checks) = (checked(&full, &a), checked(&then, &b));
        let pairs =
            a_checks.as_array().expect("a list").iter().zip(b_checks.as_array().expect("a list"));
        for (one, other) in pairs {
            assert_eq!(one, other, "{text}");
        }
        assert_eq!(a_checks, b_checks, "{text}");
    }
}
