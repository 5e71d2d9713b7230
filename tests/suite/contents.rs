//! What a paper must contain (應載明下列事項): items that are there, that are missing, and of which the
//! record says nothing; of papers that are sent, of audits, of answers to events.

use super::project::{Project, Row};

const PLAN: &str = "kind: periodic\nscope: unit\nevery: month\ndue: [{on: site-default}]\nanswered_by: submission\nto: 民政局\ncontains: [案名, 起迄年月（件）, 數量]\n";

/// A site whose duty of January 2026 is due by the end of February, with papers sent.
fn sent(papers: &[(&str, &str)]) -> Project {
    let record = |(day, contains): &(&str, &str)| {
        let own = contains.is_empty().then(String::new);
        let own = own.unwrap_or_else(|| format!(", contains: {contains}"));
        format!(
            "- {{id: s{day}, obligation: law/check, scope: desk, period: 2026-01, sent_on: {day}, to: 民政局{own}}}\n"
        )
    };
    let papers: String = papers.iter().map(record).collect();
    Project::new().duty(PLAN).write("content/submissions.yaml", papers).as_of("2026-03-05")
}

fn row(papers: &[(&str, &str)]) -> Row {
    sent(papers).row("law/check/desk/2026-01")
}

#[test]
fn what_is_missing_of_a_paper_is_named() {
    // Widths and white space make no other item.
    let all = "[案 名, 起迄年月(件), 數量, 備註]";
    row(&[("2026-02-10", all)]).is("done").has("done_on", "2026-02-10");
    let short = row(&[("2026-02-10", "[案名]")]).is("deficient").not_because("案名");
    short.because("應載明「數量」而未載明").because("起迄年月（件）");
    row(&[("2026-02-10", "[]")]).is("deficient").because("案名");
}

#[test]
fn a_record_that_says_nothing_of_its_contents_cannot_be_told() {
    row(&[("2026-02-10", "")]).is("unknown").because("未登載文件所載事項").not_because("數量");
}

#[test]
fn a_later_paper_completes_the_first() {
    let both = [("2026-02-10", "[案名, 數量]"), ("2026-03-02", "[起迄年月（件）]")];
    row(&both).is("done-late").has("done_on", "2026-03-02");
    // What the first may contain nobody knows, and the second lacks an item.
    row(&[("2026-02-10", ""), ("2026-02-12", "[案名, 數量]")]).is("unknown");
    row(&[("2026-02-10", ""), ("2026-02-12", "[案名, 數量, 起迄年月（件）]")])
        .is("done")
        .has("done_on", "2026-02-12");
}

#[test]
fn its_receipt_is_accepted_by_both_programs_and_its_page_shows_it() {
    let project = sent(&[("2026-02-10", "[案名, 數量]")]);
    project.is_verified();
    let page = std::fs::read_to_string(project.root().join("public/submissions/s2026-02-10.html"));
    assert!(page.expect("the page").contains("應載明事項"));
}

#[test]
fn answers_to_events_contain_items_too() {
    let event = |contains: &str| {
        let rule =
            "event: change\ndeadline: {within: 7 days}\nanswer: told\ncontains: [理由說明, 依據]\n";
        let event = format!(
            "kind: change\non: 2026-03-09\nanswers:\n- {{what: told, on: 2026-03-10{contains}}}\n"
        );
        Project::of_event(rule, &event).as_of("2026-04-01")
    };
    let row = |contains: &str| event(contains).row("law/check/desk/v1");
    row("").is("unknown");
    row(", contains: [理由說明]").is("deficient").because("依據");
    row(", contains: [理由說明, 依據]").is("done");
    event("").is_verified();
    event(", contains: [理由說明]").is_verified();
    let near = event(", contains: [依據, 理由說朋]").run("check").code(0);
    near.stdout_or_stderr("doubtful-paper").stdout_or_stderr("理由說明");
    event(", contains: [依據, 理由說明]").run("check").code(0).stderr_lacks("doubtful-paper");
}

#[test]
fn an_item_that_nobody_asks_for_is_doubtful_where_another_was_meant() {
    let site = sent(&[("2026-02-10", "[案名, 起迄年月（案）, 數量]")]);
    site.run("check").code(0).stdout_or_stderr("doubtful-paper").stdout_or_stderr("起迄年月（件）");
}

#[test]
fn what_no_record_says_is_not_asked() {
    let duty = "kind: periodic\nscope: post\nevery: year\ndue: [{on: period-end}]\nanswered_by: training\nhours: 3\ncontains: [甲]\n";
    Project::new().duty(duty).run("check").code(1).stdout_or_stderr("misplaced-rule-part");
}
