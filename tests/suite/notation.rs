//! How pages write days, lengths and versions, what is printed with them, and where data are linked.

use std::collections::BTreeSet;

use chrono::{Datelike, NaiveDate};

use super::html::{Piece, elements, pieces, text};
use super::project::Project;
use super::published::DEMO;

/// The text between the tags of a page's main part, element by element.
fn texts(html: &str) -> Vec<String> {
    let page = pieces(html).expect("a page");
    let main = elements(&page, |piece| piece.begins("main"));
    let texts = main.first().into_iter().flat_map(|main| main.iter());
    texts
        .filter_map(|piece| match piece {
            Piece::Text(text) => Some(text.clone()),
            _ => None,
        })
        .collect()
}

#[test]
fn due_dates_that_wait_have_their_weekday_and_the_days_left() {
    let as_of: NaiveDate = super::published::DAY.parse().expect("a day");
    let mut seen = 0;
    for row in DEMO.rows() {
        if !matches!(row.text("status"), "overdue" | "due-soon" | "open" | "upcoming") {
            continue;
        }
        let due: NaiveDate = row.text("due").parse().expect("a day");
        let weekday = ["日", "一", "二", "三", "四", "五", "六"]
            [due.weekday().num_days_from_sunday() as usize];
        let days = (due - as_of).num_days();
        let left = match days {
            0 => "本日到期".to_owned(),
            1.. => format!("尚餘 {days} 日"),
            _ => format!("已逾 {} 日", -days),
        };
        let page = DEMO.page(&format!("obligations/{}.html", row.text("id")));
        let facts = elements(page, |piece| piece.begins("dd"));
        let fact = facts.iter().map(|fact| text(fact)).find(|fact| fact.contains(row.text("due")));
        let fact = fact.unwrap_or_else(|| panic!("{}", row.text("id")));
        assert!(fact.contains(&format!("（{weekday}，")) && fact.contains(&left), "{fact}");
        seen += 1;
    }
    assert!(seen > 200, "{seen}");
    // In tables: each cell that says how many days are left says the weekday of its own day.
    for path in ["index.html", "changes.html", "agencies/taipei-land.html", "units/land-value.html"]
    {
        let page = DEMO.page(path);
        let mut seen = 0;
        for cell in elements(page, |piece| piece.begins("td") && piece.has_class("day")) {
            let said = text(cell);
            if !said.contains("尚餘") && !said.contains("已逾") {
                continue;
            }
            let day = cell.iter().find_map(|piece| piece.attribute("datetime")).expect("a day");
            let day: NaiveDate = day.parse().expect("a day");
            let weekday = ["日", "一", "二", "三", "四", "五", "六"]
                [day.weekday().num_days_from_sunday() as usize];
            assert!(said.contains(&format!("（{weekday}）")), "{path}: {said}");
            seen += 1;
        }
        assert!(seen > 0, "{path}");
    }
}

#[test]
fn days_in_sentences_are_marked_for_machines() {
    let row = DEMO.rows().into_iter().find(|row| row.text("status") == "overdue").expect("one");
    let page = DEMO.page(&format!("obligations/{}.html", row.text("id")));
    let reasons = elements(page, |piece| piece.has_class("reasons"));
    let first = reasons[0].iter().find_map(|piece| piece.attribute("datetime"));
    assert_eq!(first, Some(row.text("due")));
    // What is written into a record stays text.
    let project = Project::new().write(
        "content/waivers.yaml",
        "{id: w1, obligation: law/check, scope: desk, reason: \"<b>民國115年1月1日（2026-01-01）</b>\", from: 2026-01-01, until: 2026-12-31, approved: {on: 2026-01-01, by: chief}}\n",
    );
    project.as_of("2026-03-10").run("build").code(0);
}

#[test]
fn versions_are_named_by_their_day_in_words() {
    for (path, html) in DEMO.some_pages() {
        for text in texts(html) {
            let text = text.trim();
            assert_ne!(text, "undated", "{path}");
            let is_version = |text: &str| {
                text.len() == 10 && text.parse::<NaiveDate>().is_ok() && text.starts_with("20")
            };
            let in_changes = path == "coverage.html" || path.starts_with("regulations/");
            assert!(!in_changes || !is_version(text), "{path}: {text}");
        }
    }
    let quoted = DEMO.pages().filter_map(|(_, html)| html.split_once("條文依下列版本引錄："));
    let mut seen = 0;
    for (_, after) in quoted {
        let (_, link) = after.split_once('>').expect("a link");
        let name = link.split('<').next().expect("its text");
        assert!(name.starts_with("民國") && name.ends_with("日版本"), "{name}");
        seen += 1;
    }
    assert!(seen > 100, "{seen}");
}

#[test]
#[ignore = "slow: the gate runs it in release"]
fn numbers_stand_apart_from_their_units_and_dates_do_not() {
    let ours = [
        ("事件發生後 5 日內", 1),
        ("期末次月之末日", 1),
        ("3 年，自完成日起", 1),
        ("距上次不得逾 3 個月", 1),
    ];
    let mut found = BTreeSet::new();
    for (path, html) in DEMO.some_pages() {
        for text in texts(html) {
            found
                .extend(ours.iter().filter(|(part, _)| text.contains(part)).map(|(part, _)| *part));
            for wrong in ["日 內", "年 內", "個月 內", "個工作日 內", "該期末月", "日 以前"]
            {
                assert!(!text.contains(wrong), "{path}: {text}");
            }
        }
    }
    // The length of a rule stands in a text of its own.
    let missing: Vec<_> = ours.iter().filter(|(part, _)| !found.contains(part)).collect();
    assert!(missing.is_empty(), "{missing:?}");
    // Lengths of every unit, and due days after one month, several and none.
    let rule = |due: &str| {
        let rule = format!("kind: periodic\nscope: unit\nevery: quarter\ndue: [{due}]\n");
        let project = Project::new().duty(&rule).as_of("2026-02-20");
        project.run("build").code(0);
        let page = project.files("public").remove("obligations/law/check.html").expect("a page");
        texts(str::from_utf8(&page).expect("UTF-8")).join("")
    };
    for (due, said) in [
        ("{months_after: 1}", "期末次月之末日"),
        ("{months_after: 2}", "期末後第 2 個月之末日"),
        ("{months_after: 1, day: 10}", "期末次月之 10 日"),
        ("{within: 10 working days}", "期末日後 10 個工作日內"),
        ("{within: 1 year}", "期末日後 1 年內"),
    ] {
        let said_there = rule(due);
        assert!(said_there.contains(said), "{said}: {said_there}");
    }
}

#[test]
fn what_is_printed_says_which_build_it_is_and_where_evidence_lies() {
    let style = DEMO.files.iter().find(|(path, _)| path.ends_with(".css")).expect("a style").1;
    let style = String::from_utf8_lossy(style);
    let margin = style.split("@bottom-left").nth(1).expect("a margin");
    let version = format!("clausebook {}", env!("CARGO_PKG_VERSION"));
    let margin = margin.split(';').next().expect("its text");
    assert!(margin.contains("民國115年11月21日") && margin.contains(&version), "{margin}");
    let project = Project::new().as_of("2026-03-10");
    project.run("build --build-id abc123").code(0);
    let files = project.files("public");
    let style = files.iter().find(|(path, _)| path.ends_with(".css")).expect("a style").1;
    assert!(String::from_utf8_lossy(style).contains("abc123"));
    let mut seen = 0;
    for (path, html) in DEMO.some_pages() {
        let page = pieces(html).expect("a page");
        let is_sheet = path.starts_with("obligations/");
        if !is_sheet && !path.starts_with("evidence/") {
            continue;
        }
        let main = elements(&page, |piece| piece.begins("main"));
        for link in main[0].iter().filter_map(|piece| piece.attribute("href")) {
            let Some((_, file)) = link.split_once("files/") else { continue };
            let path_of_file = format!("evidence/files/{file}");
            assert!(text(main[0]).contains(&path_of_file), "{path}: {path_of_file}");
            seen += usize::from(is_sheet);
        }
    }
    assert!(seen > 10, "{seen}");
}

#[test]
fn every_file_of_data_is_linked_from_the_method() {
    let page = DEMO.page("method.html");
    let linked: BTreeSet<&str> = page.iter().filter_map(|piece| piece.attribute("href")).collect();
    let data = DEMO.files.keys().filter(|path| {
        path.starts_with("data/") && !path.contains("search") || path.ends_with("manifest.json")
    });
    let data: Vec<&str> = data.map(String::as_str).collect();
    assert!(data.len() >= 8, "{data:?}");
    // A receipt stands beside the occurrences it is of.
    let sheets: String = DEMO
        .pages()
        .filter_map(|(path, text)| path.starts_with("obligations/").then_some(text))
        .collect();
    for path in data {
        let beside = path.starts_with("data/receipts/") && sheets.contains(&format!("/{path}\""));
        assert!(linked.contains(path) || beside, "{path}");
    }
}

#[test]
fn feeds_name_an_address_only_where_the_site_has_one() {
    let feeds = |project: &Project| {
        project.run("build").code(0);
        let files = project.files("public");
        let feeds = files.into_iter().filter(|(path, _)| path.ends_with(".ics"));
        let all: Vec<u8> = feeds.flat_map(|(_, bytes)| bytes).collect();
        String::from_utf8(all).expect("UTF-8").replace("\r\n ", "")
    };
    let project = Project::new().as_of("2026-02-20");
    let without = feeds(&project);
    assert!(without.contains("UID:law/check/desk/2026-01"));
    assert!(!without.contains("LOCATION") && !without.contains("URL:"), "{without}");
    let config = "name: 測試站\nagency: 測試機關\nurl: https://audit.example/site\n";
    let with = feeds(&project.write("clausebook.yaml", config));
    let url = "URL:https://audit.example/site/obligations/law/check/desk/2026-01.html\r\n";
    assert!(with.contains(url) && !with.contains("LOCATION"), "{with}");
}
