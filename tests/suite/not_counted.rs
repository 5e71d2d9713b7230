//! What others have to do, or nobody must: somebody outside (申請人), and what the text allows (得) after an
//! event. It is shown with what is known of it, and never counts as met or as failing.

use super::project::{Project, Row};

/// A duty about an application of 2026-03-09, long past, and what was done about it.
fn site(more: &str, answers: &str) -> Project {
    let rule = "event: application\ndeadline: {within: 7 days}\nanswer: form-filed\n";
    let event = format!("kind: application\non: 2026-03-09\n{answers}");
    Project::of_event(&format!("{rule}{more}"), &event).as_of("2026-06-01")
}

fn row(more: &str, answers: &str) -> Row {
    site(more, answers).row("law/check/desk/v1")
}

const ANSWERED: &str = "answers:\n- {what: form-filed, on: 2026-03-20, contains: [姓名]}\n";

#[test]
fn what_somebody_outside_leaves_undone_does_not_count_against_the_agency() {
    row("", "").is("overdue");
    let outside = "outsider: 申請人\ncontains: [姓名, 事由]\n";
    row(outside, "").is("not-applicable").because("由申請人辦理（第二點）");
    // What is known of it is said.
    row(outside, ANSWERED).is("not-applicable").because("事由");
    site(outside, ANSWERED).is_verified();
}

#[test]
fn what_the_text_allows_is_never_overdue() {
    row("may: true\n", "").is("not-applicable").because("條文為「得」（第二點）");
    row("may: true\n", ANSWERED).is("not-applicable");
    site("may: true\n", "").is_verified();
    site("may: true\n", "").run("status --fail-on overdue,unknown,deficient").code(0);
}

#[test]
fn one_reason_is_enough() {
    let two = site("may: true\noutsider: 申請人\n", "");
    two.run("check").code(1).stdout_or_stderr("misplaced-rule-part");
    let periodic =
        "kind: periodic\nscope: unit\nevery: month\ndue: [{on: site-default}]\nmay: true\n";
    Project::new().duty(periodic).run("check").code(1).stdout_or_stderr("misplaced-rule-part");
    // What a record is found to be counts whoever made it so, and is never silent.
    let standing = "kind: invariant\nscope: unit\nmust: unit.head\noutsider: 申請人\n";
    Project::new().duty(standing).run("check").code(1).stdout_or_stderr("misplaced-rule-part");
}
