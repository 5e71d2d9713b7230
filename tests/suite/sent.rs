//! Papers that are sent: who drew them up, who approved them, in the house or by a letter from outside;
//! and what the rule cannot ask, because no record could ever say it.

use super::project::{Project, Row};

const ROLES: &str = "\
- {id: head, title: 處長, reach: agency, parties: [處長]}
- {id: clerk, title: 承辦人, reach: agency}
";

const POSTS: &str = "\
- {id: chief, agency: city, title: 處長, staff: A001, roles: [head], from: 2025-01-01}
- {id: desk-clerk, agency: city, title: 科員, staff: A002, roles: [clerk], from: 2025-01-01}
- {id: chief-too, agency: city, title: 專員, staff: A001, roles: [clerk], from: 2025-01-01}
";

/// The duty of January 2026, due by the end of February, as of 2026-03-05, with what was sent on
/// 2026-02-10.
fn sent(rule: &str, paper: &str) -> Row {
    let duty = "kind: periodic\nscope: unit\nevery: month\ndue: [{on: site-default}]\nanswered_by: submission\nto: 民政局\n";
    Project::new()
        .duty(&format!("{duty}{rule}"))
        .write("content/roles.yaml", ROLES)
        .write("content/posts.yaml", POSTS)
        .write(
            "content/submissions.yaml",
            format!("- {{id: s1, obligation: law/check, scope: desk, period: 2026-01, sent_on: 2026-02-10, to: 民政局{paper}}}\n"),
        )
        .as_of("2026-03-05")
        .row("law/check/desk/2026-01")
}

#[test]
fn who_sends_must_be_one_of_those_who_act() {
    let acts = "acts: [clerk]\n";
    sent(acts, "").is("unknown").because("承辦人");
    sent(acts, ", by: chief").is("deficient").because("承辦人");
    sent(acts, ", by: desk-clerk").is("done").has("done_on", "2026-02-10");
    sent("", "").is("done");
}

#[test]
fn the_day_of_the_approval_completes_what_was_sent() {
    let asked = "approval: 處長\n";
    let approved = |on: &str, by: &str| {
        sent(asked, &format!(", by: desk-clerk, approved: {{on: {on}, by: {by}}}"))
    };
    sent(asked, ", by: desk-clerk").is("deficient").because("處長");
    approved("2026-02-09", "chief").is("done").has("done_on", "2026-02-10");
    approved("2026-02-28", "chief").is("done").has("done_on", "2026-02-28");
    approved("2026-03-01", "chief").is("done-late").has("done_on", "2026-03-01");
    approved("2026-02-12", "desk-clerk").is("deficient");
    // Approved the day after the day that is judged: not yet known.
    approved("2026-03-06", "chief").is("deficient");
}

#[test]
fn nobody_approves_what_they_sent_themselves() {
    let paper = ", by: chief-too, approved: {on: 2026-02-12, by: chief}";
    sent("approval: 處長\n", paper).is("deficient").because("自己");
}

#[test]
fn an_authority_outside_approves_by_its_letter() {
    let asked = "approval: 主管機關\n";
    let letter = |on: &str, party: &str| {
        format!(", approved: {{on: {on}, party: {party}, document: 府民字第1號}}")
    };
    sent(asked, &letter("2026-02-20", "主管機關")).is("done").has("done_on", "2026-02-20");
    sent(asked, &letter("2026-03-02", "主管機關")).is("done-late").has("done_on", "2026-03-02");
    sent(asked, &letter("2026-02-20", "上級機關")).is("deficient").because("上級機關");
    // What the head of the house approves no letter from outside does.
    sent("approval: 處長\n", &letter("2026-02-20", "處長")).is("deficient").because("機關外");
}

#[test]
fn a_letter_from_outside_makes_a_receipt_that_both_programs_accept() {
    let duty = "kind: periodic\nscope: unit\nevery: month\ndue: [{on: site-default}]\nanswered_by: submission\nto: 民政局\nacts: [clerk]\napproval: 主管機關\n";
    let paper = "- {id: s1, obligation: law/check, scope: desk, period: 2026-01, sent_on: 2026-02-10, to: 民政局, by: desk-clerk, approved: {on: 2026-02-20, party: 主管機關, document: 府民字第1號}}\n";
    let project = Project::new()
        .duty(duty)
        .write("content/roles.yaml", ROLES)
        .write("content/posts.yaml", POSTS)
        .write("content/submissions.yaml", paper)
        .as_of("2026-03-05");
    project.is_verified();
    let page = std::fs::read_to_string(project.root().join("public/submissions/s1.html"));
    assert!(page.expect("the page").contains("主管機關（府民字第1號）"));
}

#[test]
fn what_is_done_about_an_event_is_approved_by_a_letter_too() {
    let site = |approved: &str, more: &str| {
        Project::new()
            .duty(&format!("kind: event\nscope: unit\nevent: change\ndeadline: {{within: 7 days}}\nanswer: told\napproval: 主管機關\n{more}"))
            .write("content/roles.yaml", ROLES)
            .write("content/posts.yaml", POSTS)
            .write(
                "content/events.yaml",
                format!("id: v1\nkind: change\nunit: desk\non: 2026-03-09\nanswers:\n- {{what: told, on: 2026-03-12{approved}}}\n"),
            )
            .as_of("2026-05-01")
    };
    let row = |approved: &str| site(approved, "").row("law/check/desk/v1");
    let letter =
        |on: &str| format!(", approved: {{on: {on}, party: 主管機關, document: 府字第1號}}");
    row("").is("deficient").because("主管機關");
    row(&letter("2026-03-16")).is("done").has("done_on", "2026-03-16");
    row(&letter("2026-03-17")).is("done-late");
    row(&letter("2026-05-02")).is("deficient");
    site(&letter("2026-03-16"), "").is_verified();
    // 核定後: by a letter of before.
    let first = site(&letter("2026-03-11"), "approval_first: true\n");
    first.row("law/check/desk/v1").is("done").has("done_on", "2026-03-12");
    let late = site(&letter("2026-03-16"), "approval_first: true\n");
    late.row("law/check/desk/v1").is("deficient");
}
