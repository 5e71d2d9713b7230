//! In what manner something must be done: 以電子方式, 依下列方式之一.

use super::project::{Project, Row};

/// A duty to send something in a manner, and papers that were sent.
fn sent(manner: &str, papers: &[(&str, &str)]) -> Project {
    let rule = format!(
        "kind: periodic\nscope: agency\nevery: month\ndue: [{{months_after: 1, day: last}}]\nanswered_by: submission\nto: 局\nmanner: {manner}\n"
    );
    let papers = papers.iter().enumerate().map(|(place, (on, how))| {
        format!("- {{id: s{place}, obligation: law/check, scope: city, period: 2026-01, to: 局, sent_on: {on}{how}}}\n")
    });
    Project::new()
        .duty(&rule)
        .write("content/submissions.yaml", papers.collect::<String>())
        .as_of("2026-04-01")
}

fn row(manner: &str, papers: &[(&str, &str)]) -> Row {
    sent(manner, papers).row("law/check/city/2026-01")
}

#[test]
fn one_of_several_manners_will_do_and_another_will_not() {
    let electronic = ", manner: 電子郵件";
    row("電子郵件", &[("2026-02-10", electronic)]).is("done");
    row("[書面, 電子郵件]", &[("2026-02-10", electronic)]).is("done");
    // Widths of letters make no other manner.
    row("Ｅ－ｍａｉｌ", &[("2026-02-10", ", manner: E-mail")]).is("done");
    row("[書面, 電子公文]", &[("2026-02-10", ", manner: 電話")])
        .is("deficient")
        .because("以「電話」辦理，非條文所定方式（第二點）");
    row("[書面]", &[("2026-02-10", "")]).is("unknown").because("紀錄未登載辦理方式");
    // The first in the manner counts; what came in it too late is late.
    let later = [("2026-02-10", ", manner: 電話"), ("2026-03-02", ", manner: 書面")];
    row("書面", &later).is("done-late").has("done_on", "2026-03-02");
    row("書面", &later[1..]).is("done-late");
    let before = [("2026-02-10", ", manner: 書面"), ("2026-03-02", ", manner: 電話")];
    row("書面", &before).is("done").has("done_on", "2026-02-10");
}

#[test]
fn both_programs_judge_a_manner_and_pages_say_it() {
    for (manner, how) in
        [("[書面, 電子郵件]", ", manner: 電子郵件"), ("書面", ", manner: 電話"), ("書面", "")]
    {
        sent(manner, &[("2026-02-10", how)]).is_verified();
    }
    let built = sent("[書面, 電子郵件]", &[("2026-02-10", ", manner: 電話")]);
    built.run("build").code(0);
    let pages = built.files("public");
    let page = |path: &str| str::from_utf8(&pages[path]).expect("UTF-8").to_owned();
    assert!(page("obligations/law/check.html").contains("下列方式之一：書面、電子郵件"));
    let one = page("obligations/law/check/city/2026-01.html");
    assert!(one.contains("方式 電話") && one.contains("於該紀錄之 manner 登載"), "{one}");
}

#[test]
fn answers_to_events_have_a_manner_and_what_no_record_tells_is_refused() {
    let event = |how: &str| {
        Project::of_event(
            "event: incident\ndeadline: {within: 3 days}\nanswer: told\nmanner: 電話\n",
            &format!(
                "kind: incident\non: 2026-02-02\nanswers: [{{what: told, on: 2026-02-03{how}}}]\n"
            ),
        )
        .as_of("2026-03-01")
        .row("law/check/desk/v1")
    };
    event(", manner: 電話").is("done");
    event(", manner: 書面").is("deficient");
    event("").is("unknown");
    let refused = Project::new().duty(
        "kind: periodic\nscope: post\nevery: year\ndue: [{on: period-end}]\nanswered_by: training\nhours: 3\nmanner: 線上\n",
    );
    refused.run("check").code(1).stderr_has("misplaced-rule-part");
}

#[test]
fn tests_of_rules_give_a_manner_and_cover_it() {
    let given = |how: &str, status: &str| {
        format!(
            "- {{of: check, given: {{period: 2026-01, submission: {{sent_on: 2026-02-10, to: 局{how}}}}}, on: 2026-04-01, expect: {{status: {status}}}, by: 承辦}}\n"
        )
    };
    let tests = given(", manner: 書面", "done")
        + &given(", manner: 電話", "deficient")
        + &given("", "unknown");
    let tested = sent("書面", &[]).write("regulations/law/tests.yaml", tests);
    tested.run("test").code(0);
    let covered = tested.run("test --coverage law/check").code(0).stdout;
    assert!(!covered.contains("missing/manner"), "{covered}");
    let less = tested.write("regulations/law/tests.yaml", given(", manner: 書面", "done"));
    less.run("test --coverage law/check").code(0).stdout_has("missing/manner");
}
