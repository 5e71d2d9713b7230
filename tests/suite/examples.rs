//! The page of a duty shows the tests beside its rule as examples, and what lints found in it.

use super::html::{elements, pieces, text};
use super::project::Project;
use super::published::DEMO;

const TESTS: &str = "\
- of: check
  because: 次月底前
  periods: {2026-01: 2026-02-28}
  by: 法規承辦
  source: {letter: 府法字第1號函}
- of: check
  title: 末日辦理
  given: {period: 2026-02, usage: 10, audit: {done_on: 2026-03-31, auditors: [unit-head], evidence: [抽查表], unknown_key: 3}}
  on: 2026-05-01
  expect: {status: done}
  by: 法規承辦
";

fn page(site: &Project) -> String {
    site.run("build").code(0);
    String::from_utf8(site.files("public")["obligations/law/check.html"].clone()).expect("UTF-8")
}

#[test]
fn a_duty_without_tests_shows_none() {
    let html = page(&Project::new().as_of("2026-03-01"));
    assert!(!html.contains("id=\"examples\""));
}

#[test]
fn tests_stand_as_examples_with_who_wrote_them_and_what_they_rest_on() {
    let tests = TESTS.replace(", unknown_key: 3", "");
    let site = Project::new().as_of("2026-03-01").write("regulations/law/tests.yaml", &tests);
    let html = page(&site);
    let whole = pieces(&html).expect("whole");
    let all = elements(&whole, |piece| piece.has_class("example-entry"));
    let said: Vec<String> = all.iter().map(|one| text(one).split_whitespace().collect()).collect();
    assert_eq!(said.len(), 2);
    assert!(said[0].contains("115年1月115-02-28"), "{}", said[0]);
    assert!(said[0].ends_with("撰寫職務：法規承辦依據：府法字第1號函"), "{}", said[0]);
    let given = "末日辦理期別：115年2月使用紀錄筆數：10稽核：辦理日115-03-31、辦理人員";
    assert!(said[1].starts_with(given), "{}", said[1]);
    assert!(said[1].contains("→於115-05-01判定：已完成"), "{}", said[1]);
    assert!(said[1].ends_with("依據：第二點"), "{}", said[1]);
    assert!(!html.contains("more-examples"), "two are not folded");
    // More than eight are.
    let many: String = (1..=10)
        .map(|day| {
            format!(
                "- {{of: check, title: 第{day}例, given: {{period: 2026-02, audit: 2026-03-{day:02}}}, on: 2026-05-01, expect: {{status: done}}, by: 法規承辦}}\n"
            )
        })
        .collect();
    let html = page(&site.write("regulations/law/tests.yaml", many));
    let (open, folded) = html.split_once("more-examples").expect("some are folded");
    assert_eq!(
        (open.matches("example-title").count(), folded.matches("example-title").count()),
        (8, 2)
    );
    assert!(folded.contains("其他 2 則"));
}

#[test]
fn the_only_sample_of_a_rule_is_counted_in_its_own_unit() {
    let rule = "kind: periodic\nscope: unit\nevery: month\ndue: [{months_after: 1, day: last}]\n\
        sample:\n  users: {of: users, tiers: [{rate: 50%, min: 2}]}";
    let tests = "\
- {of: check, sizes: {9: 5}, by: 法規承辦}
- {of: check, given: {period: 2026-02, usage: 10, users: 9, audit: {done_on: 2026-03-31, users: 5}}, on: 2026-05-01, expect: {status: done, required: 5}, by: 法規承辦}
";
    let site = Project::new().as_of("2026-03-01").duty(rule);
    let site = site.write("regulations/law/tests.yaml", tests);
    site.run("test law/check").code(0);
    let html = page(&site);
    let whole = pieces(&html).expect("whole");
    let all = elements(&whole, |piece| piece.has_class("example-entry"));
    let said: Vec<String> = all.iter().map(|one| text(one).split_whitespace().collect()).collect();
    assert!(said[0].contains('人') && !said[0].contains('件'), "{}", said[0]);
    let result = said[1].split('→').nth(1).expect("a result");
    assert!(result.contains("應抽5人"), "{result}");
}

/// Every key of a test of the demo has a word.
#[test]
fn examples_of_the_demo_are_said_in_words() {
    let mut entries = 0;
    for (path, _) in DEMO.pages().filter(|(path, _)| path.starts_with("obligations/")) {
        if path.matches('/').count() != 2 {
            continue;
        }
        let page = DEMO.page(path);
        for entry in elements(page, |piece| piece.has_class("example-entry")) {
            entries += 1;
            for phrase in elements(entry, |piece| piece.begins("li")).into_iter().skip(1) {
                let said = text(phrase);
                // Names of staff and ids of the smallest world are no words.
                let latin =
                    said.split(|c: char| !c.is_ascii_alphanumeric() && c != '_' && c != '-');
                let words: Vec<&str> = latin
                    .filter(|word| word.chars().filter(char::is_ascii_lowercase).count() > 3)
                    .collect();
                assert!(words.is_empty(), "{path}: {words:?} in {said}");
            }
        }
    }
    assert!(entries > 500, "{entries}");
}

#[test]
fn what_a_lint_finds_stands_on_the_page_of_the_rule_that_accepts_it() {
    let rules = |accept: &str| {
        format!(
            "- id: check\n  kind: periodic\n  clauses: [\"2\"]\n  title: 每月抽查\n  scope: unit\n  every: month\n  due: [{{on: site-default}}]\n  sample:\n    records: {{of: queries, tiers: [{{up_to: 100, rate: 10%}}, {{rate: 1%}}]}}\n{accept}- id: wipe\n  kind: retention\n  clauses: [\"3\"]\n  title: 保存一年\n  scope: unit\n  keep: {{what: audits, for: 1 year, from: completion}}\n"
        )
    };
    let site = Project::new().as_of("2026-03-01");
    let html = page(&site.write(
        "regulations/law/obligations.yaml",
        rules("  accept: [{lint: sample-falls, because: 原文如此}]\n"),
    ));
    assert!(
        html.contains("id=\"accepted\"") && html.contains("母體較多而應抽數較少：原文如此"),
        "{html}"
    );
    let pair = "- {id: one, kind: invariant, scope: agency, clauses: [\"2\"], title: 甲, must: agency.attributes.a and agency.attributes.b}\n- {id: two, kind: invariant, scope: agency, clauses: [\"2\"], title: 乙, must: agency.attributes.a}\n";
    let site = Project::new().as_of("2026-03-01").write(
        "regulations/law/obligations.yaml",
        rules("").replace("rate: 10%", "rate: 1%") + pair,
    );
    site.run("build").code(0);
    let files = site.files("public");
    let covered = String::from_utf8_lossy(&files["obligations/law/two.html"]).into_owned();
    assert!(
        covered.contains("履行另一義務時即已符合本義務（<a href=\"one.html\">甲</a>）"),
        "{covered}"
    );
    let covering = String::from_utf8_lossy(&files["obligations/law/one.html"]).into_owned();
    assert!(
        covering.contains("履行本義務時即已符合另一義務（<a href=\"two.html\">乙</a>）"),
        "{covering}"
    );
}
