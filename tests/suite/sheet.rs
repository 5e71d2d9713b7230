//! The page of an occurrence as an auditor reads it: its arithmetic, its retention, its citation,
//! and where its records are edited.

use std::collections::BTreeMap;

use chrono::{Months, NaiveDate};
use serde_json::Value;

use super::html::{elements, text};
use super::project::{Project, files, repository};
use super::published::DEMO;

/// The value of a formula such as `max(6, min(80, ⌈201×6%⌉))`, reckoned in hundredths of a percent.
fn value(formula: &str) -> u64 {
    let inner = |name: &str| formula.strip_prefix(name).and_then(|rest| rest.strip_suffix(')'));
    if let Some(list) = inner("max(") {
        let (first, rest) = list.split_once(", ").expect("two values");
        value(first).max(value(rest))
    } else if let Some(list) = inner("min(") {
        let (first, rest) = list.split_once(", ").expect("two values");
        value(first).min(value(rest))
    } else if let Some(product) = formula.strip_prefix('⌈') {
        let (population, rate) = product.trim_end_matches('⌉').split_once('×').expect("a product");
        let rate = rate.strip_suffix('%').expect("a rate");
        let (whole, part) = rate.split_once('.').unwrap_or((rate, ""));
        let points: u64 = format!("{whole}{part:0<2}").parse().expect("a rate");
        let population: u64 = population.parse().expect("a number");
        (population * points).div_ceil(10_000)
    } else {
        formula.parse().unwrap_or_else(|_| panic!("no formula: {formula}"))
    }
}

#[test]
fn the_arithmetic_of_every_sample_is_right_and_says_what_is_missing() {
    let mut seen = 0;
    for row in DEMO.rows() {
        let page = DEMO.page(&format!("obligations/{}.html", row.text("id")));
        // The counter word of the text: lines of a log are 筆 in two of the five.
        let lines = ["taipei-cadastral", "nantou-household"];
        let counted = if lines.contains(&row.text("regulation")) { "筆" } else { "件" };
        for (key, unit) in [("records", counted), ("users", "人")] {
            let Some(required) = row.0["required"][key].as_u64() else { continue };
            let sums = elements(page, |piece| piece.has_class("sums"));
            let said = text(sums[0]);
            let begin = format!("應抽 {required} {unit}＝");
            let (_, after) = said.split_once(&begin).unwrap_or_else(|| panic!("{begin}: {said}"));
            let (formula, after) = after.split_once('；').expect("what was done");
            assert_eq!(value(formula), required, "{}: {formula}", row.text("id"));
            let result = match row.0["actual"][key].as_u64() {
                Some(actual) if actual < required => {
                    format!("已抽 {actual} {unit}，尚缺 {} {unit}", required - actual)
                }
                Some(actual) => format!("已抽 {actual} {unit}，足額"),
                None if row.0["audits"].as_array().is_some_and(|list| list.is_empty()) => {
                    "尚未抽查".to_owned()
                }
                None => format!("已抽 0 {unit}，尚缺 {required} {unit}"),
            };
            assert!(after.starts_with(&result), "{}: {result} in {after}", row.text("id"));
            seen += 1;
        }
    }
    assert!(seen > 100, "{seen}");
}

/// The audits of the demo, by id.
fn audits() -> BTreeMap<String, Value> {
    let mut found = BTreeMap::new();
    for (_, bytes) in files(&repository().join("content/audits")) {
        let list: Value = serde_yaml::from_slice(&bytes).expect("YAML");
        let list = match list {
            Value::Array(list) => list,
            one => vec![one],
        };
        for audit in list {
            found.insert(audit["id"].as_str().expect("an id").to_owned(), audit);
        }
    }
    found
}

#[test]
fn papers_are_kept_as_long_as_the_longest_rule_says() {
    let audits = audits();
    let mut rules: BTreeMap<String, Vec<(Vec<String>, u32, bool)>> = BTreeMap::new();
    for (regulation, duty) in super::roles::rules() {
        let keep = &duty["keep"];
        if keep["what"] == "audits" {
            let from_approval = keep["from"] == "approval";
            assert!(from_approval || keep["from"] == "completion", "{keep}");
            let years = keep["for"].as_str().and_then(|text| text.split(' ').next());
            let years: u32 = years.expect("a length").parse().expect("years");
            let of = keep["answering"].as_array().expect("a list").iter();
            let of = of.map(|id| id.as_str().expect("an id").to_owned()).collect();
            rules.entry(regulation).or_default().push((of, years, from_approval));
        }
    }
    let mut seen = 0;
    for row in DEMO.rows() {
        let page = DEMO.page(&format!("obligations/{}.html", row.text("id")));
        let tables = elements(page, |piece| piece.begins("table"));
        let kept = tables.into_iter().find(|table| {
            text(elements(table, |piece| piece.begins("caption"))[0]).contains("保存期限")
        });
        let list = row.0["audits"].as_array().expect("a list");
        for id in list {
            let id = id.as_str().expect("an id");
            let of_regulation = rules.get(row.text("regulation")).into_iter().flatten();
            let of_duty: Vec<_> = of_regulation
                .filter(|(of, ..)| of.iter().any(|duty| duty == row.text("obligation")))
                .collect();
            if of_duty.is_empty() {
                assert!(kept.is_none(), "{id} is kept by no rule");
                continue;
            }
            let ends = of_duty.into_iter().filter_map(|(_, years, from_approval)| {
                let audit = &audits[id];
                let start =
                    if *from_approval { &audit["approved"]["on"] } else { &audit["done_on"] };
                let start = NaiveDate::parse_from_str(start.as_str()?, "%Y-%m-%d").expect("a day");
                Some(start + Months::new(years * 12))
            });
            // Before the approval (核閱後) no term begins.
            let Some(until) = ends.max() else { continue };
            let free = until.succ_opt().expect("a day");
            let table = kept.unwrap_or_else(|| panic!("{}: no table", row.text("id")));
            let lines = elements(table, |piece| piece.begins("tr"));
            let line = lines.into_iter().find(|line| {
                let page = format!("/{id}.html");
                line.iter().any(|it| it.attribute("href").is_some_and(|href| href.ends_with(&page)))
            });
            let line = line.expect("its row");
            let days: Vec<&str> =
                line.iter().filter_map(|piece| piece.attribute("datetime")).take(2).collect();
            assert_eq!(days, [until.to_string(), free.to_string()], "{id}");
            seen += 1;
        }
    }
    assert!(seen > 100, "{seen}");
}

#[test]
fn the_citation_names_everything_an_auditor_quotes() {
    let page = DEMO
        .page("obligations/taipei-market-household/monthly-spot-check/market-stalls/2025-09.html");
    let button = page.iter().find_map(|piece| piece.attribute("data-copy")).expect("a button");
    let cited = elements(page, |piece| piece.has_class("cite-text"));
    assert_eq!(button, text(cited[0]));
    for part in [
        "臺北市市場處使用臺北市政府資料整合平臺應用臺北市戶役政資訊連結作業管理規定第六點第二款",
        "「每月抽查使用情形」",
        "攤販管理科",
        "114年9月",
        "狀態：未達規定（民國115年11月21日 基準）",
        "taipei-market-household/monthly-spot-check/market-stalls/2025-09",
    ] {
        assert!(button.contains(part), "no {part} in {button}");
    }
}

#[test]
fn a_site_with_an_editor_links_to_file_and_line() {
    let audits = "# Two.\n- {id: a1, obligation: law/check, scope: desk, period: 2026-01, done_on: 2026-02-10}\n- {id: a2, obligation: law/check, scope: desk, period: 2026-02, done_on: 2026-03-10}\n";
    let config = |more: &str| format!("name: 測試站\nagency: 測試機關\n{more}");
    let project = Project::new().write("content/audits/x.yaml", audits).as_of("2026-03-15");
    let pages = |project: &Project| {
        project.run("build").code(0);
        let files = project.files("public");
        ["audits/a2.html", "obligations/law/check/desk/2026-02.html"]
            .map(|path| String::from_utf8(files[path].clone()).expect("UTF-8"))
    };
    for page in pages(&project) {
        assert!(!page.contains("編輯本紀錄"), "{page}");
    }
    let address = "edit_url: https://git.example/edit/main/{path}#L{line}\n";
    let project = project.write("clausebook.yaml", config(address));
    for page in pages(&project) {
        let link = "href=\"https://git.example/edit/main/content/audits/x.yaml#L3\"";
        assert!(page.contains(link) && page.contains("rel=\"noopener noreferrer\""), "{page}");
    }
    for address in ["javascript:alert({path})", "https://git.example/", "//x/{path}"] {
        let project =
            Project::new().write("clausebook.yaml", config(&format!("edit_url: \"{address}\"\n")));
        project.run("check").code(1).stdout_or_stderr("`edit_url` is no `http` or `https` address");
    }
}

#[test]
fn why_a_check_cannot_be_told_is_said_in_the_words_of_the_site() {
    for (path, html) in DEMO.some_pages() {
        assert!(!html.contains("is not recorded and cannot be compared"), "{path}");
        assert!(!html.contains("no_answer."), "{path}");
    }
    let accounts =
        "- {id: one, system: net, unit: desk, staff: S1, role: general, opened_on: 2026-01-01}\n";
    let rule = "kind: invariant\nscope: account\nmust: account.valid_until >= as_of";
    let project = Project::new().duty(rule).write("content/accounts.yaml", accounts);
    project.run("build").code(0);
    let page = &project.files("public")["checks/index.html"];
    let page = str::from_utf8(page).expect("UTF-8");
    assert!(page.contains("使用期限未登載，無從比較"), "{page}");
}
