//! Conditions of rules are said in words, with the expression at hand; records say in words what
//! was written in them.

use super::html::{Piece, elements, text};
use super::project::{Project, repository};
use super::published::DEMO;
use super::roles::rules;

/// What a duty's page says beside each expression of its rule: the label, the texts, and the
/// expression.
fn asked(page: &[Piece]) -> Vec<(String, Vec<String>, String)> {
    let labels = elements(page, |piece| piece.begins("dt"));
    let values = elements(page, |piece| piece.begins("dd"));
    assert_eq!(labels.len(), values.len());
    let mut found = Vec::new();
    for (label, value) in labels.iter().zip(values) {
        let [details] = elements(value, |piece| piece.begins("details"))[..] else { continue };
        let code = elements(details, |piece| piece.begins("code"))[0];
        let lines = elements(value, |piece| piece.begins("p"));
        let said = match &lines[..] {
            [] => vec![text(value).replace(&text(details), "")],
            lines => lines.iter().map(|line| text(line)).collect(),
        };
        let said = said.iter().map(|line| line.trim().to_owned()).collect();
        found.push((text(label), said, text(code)));
    }
    found
}

#[test]
fn every_condition_of_the_regulations_is_said_in_words() {
    let mut seen = 0;
    for (regulation, duty) in rules() {
        let id = duty["id"].as_str().expect("an id");
        let page = DEMO.page(&format!("obligations/{regulation}/{id}.html"));
        let shown = asked(page);
        let written = ["when", "must", "candidates"].iter().filter_map(|key| duty[key].as_str());
        let written: Vec<&str> = written.collect();
        let codes: Vec<&str> = shown.iter().map(|(_, _, code)| code.as_str()).collect();
        assert_eq!(codes, written, "{regulation}/{id}");
        for (label, said, code) in &shown {
            assert!(!said.is_empty() && said.iter().all(|line| !line.is_empty()), "{code}");
            // No name of a field and no code of a choice stays as it is.
            let latin = said.iter().any(|line| line.contains(|c: char| c.is_ascii_alphabetic()));
            assert!(!latin, "{regulation}/{id} {label}: {said:?}");
            seen += 1;
        }
    }
    assert!(seen > 60, "{seen}");
}

#[test]
fn conditions_say_what_they_ask() {
    for (duty, label, expected) in [
        (
            "nantou-household/service-link-form",
            "應符合",
            &["已登載佐證資料，或「線上簽核」為是"][..],
        ),
        (
            "nantou-household/service-link-approved",
            "應符合",
            &["下列各項均須成立：", "已登載申請日", "已登載查詢權限", "已登載核可日"],
        ),
        (
            "taipei-seal/business-purposes",
            "應符合",
            &[
                "使用目的為下列之一：「土地登記」、「申領徵收補償費」、「申領地籍清理代為標售土地價金」、\
               「區段徵收及市地重劃」",
            ],
        ),
        ("taipei-seal/audit-record-kept", "適用條件", &["義務為「每月內部稽核」"]),
    ] {
        let shown = asked(DEMO.page(&format!("obligations/{duty}.html")));
        let said = shown.iter().find(|(found, ..)| found == label).map(|(_, said, _)| said);
        assert_eq!(said.expect("its line"), expected, "{duty}");
    }
}

/// A rule about accounts, and what its page says of the condition.
fn said_of(must: &str) -> (Vec<String>, String) {
    let rule = format!("kind: invariant\nscope: agency\nof: account\nmust: '{must}'");
    let project = Project::new().duty(&rule);
    project.run("build").code(0);
    let files = project.files("public");
    let page = String::from_utf8(files["obligations/law/check.html"].clone()).expect("UTF-8");
    let page = super::html::pieces(&page).expect("a page");
    match asked(&page).pop() {
        Some((_, said, code)) => (said, code),
        None => (Vec::new(), text(&page)),
    }
}

#[test]
#[ignore = "slow: the gate runs it in release"]
fn every_shape_of_a_condition_has_its_words() {
    for (must, expected) in [
        ("not account.cancelled_on", "未登載註銷日"),
        ("account.valid_until == none", "未登載使用期限"),
        ("account.attributes.shared == false", "「shared」為否"),
        ("account.valid_until > as_of", "使用期限晚於資料基準日"),
        ("account.valid_until < account.opened_on", "使用期限早於啟用日"),
        ("not (account.valid_until < as_of)", "並非（使用期限早於資料基準日）"),
        ("account.role not in [\"general\", \"auditor\"]", "角色非下列之一：一般使用者、稽核人員"),
        ("not account.role == \"general\"", "角色不為一般使用者"),
        ("account.staff != account.approver_staff", "員工代號與核准申請者之員工代號不同"),
        ("days_between(account.opened_on, as_of) <= 30", "啟用日至資料基準日之日數不大於 30"),
        ("as_of <= months_after(account.opened_on, 6)", "資料基準日不晚於啟用日後滿 6 個月之日"),
        (
            "account.opened_on and account.purpose or account.pledge.signed_on",
            "（已登載啟用日，且已登載使用目的），或已登載保密切結書簽署日",
        ),
    ] {
        let (said, code) = said_of(must);
        assert_eq!((said.join("|"), code), (expected.to_owned(), must.to_owned()));
    }
    // In one sentence, what belongs together stands in brackets.
    let when = "kind: periodic\nscope: unit\nevery: month\ndue: [{on: period-end}]\n\
                answered_by: audit\nwhen: unit.kind == \"office\" and (unit.roles or not unit.uses)";
    let project = Project::new().duty(when).as_of("2026-03-10");
    let row = project.row("law/check/desk/2026-01");
    let said =
        "規則之條件不成立：單位性質為所屬所隊，且（已登載單位內職務之角色，或未登載unit.uses）";
    assert!(row.reasons().contains(said), "{}", row.reasons());
    // What words cannot say is shown as it was written, and never half of it.
    let when = "kind: periodic\nscope: unit\nevery: month\ndue: [{on: period-end}]\n\
                answered_by: audit\nwhen: \"unit.kind == 'office' if unit.roles else true\"";
    let project = Project::new().duty(when).as_of("2026-03-10");
    project.run("build").code(0);
    let page = &project.files("public")["obligations/law/check/desk/2026-01.html"];
    let page = String::from_utf8(page.clone()).expect("UTF-8");
    let code = "<code>unit.kind == &#39;office&#39; if unit.roles else true</code>";
    assert!(page.replace("&#x27;", "&#39;").contains(code), "{page}");
    let must = "account.opened_on if account.purpose else account.staff";
    let (said, page) = said_of(must);
    assert!(said.is_empty() && page.contains(must), "{page}");
}

#[test]
fn register_entries_say_what_was_written_in_words() {
    let yaml = std::fs::read_to_string(repository().join("content/transfers.yaml"));
    let all: Vec<serde_json::Value> = serde_yaml::from_str(&yaml.expect("reads")).expect("a list");
    let mut seen = 0;
    for transfer in all {
        let id = transfer["id"].as_str().expect("an id");
        let page = DEMO.page(&format!("transfers/{id}.html"));
        let facts = text(elements(page, |piece| piece.begins("dl"))[0]);
        for (key, code, word) in [
            ("obtained_by", "download", "系統下載"),
            ("obtained_by", "media", "儲存媒體"),
            ("delivery", "in-person", "親送"),
            ("delivery", "encrypted", "加密遞送"),
        ] {
            if transfer[key] == code {
                assert!(facts.contains(word) && !facts.contains(code), "{id}: {facts}");
                seen += 1;
            }
        }
        for key in ["handler", "it_handler", "head", "custodian"] {
            if let Some(post) = transfer[key].as_str() {
                let href = format!("../posts/{post}.html");
                let is_linked = page.iter().any(|piece| piece.attribute("href") == Some(&*href));
                assert!(is_linked && !facts.contains(post), "{id}: {facts}");
            }
        }
    }
    assert!(seen > 3, "{seen}");
}
