//! Times that start anew: a limit counts from the last of what was done about the event that starts it anew
//! (有補正者，自補正之日起算), in days and in hours, in receipts, on pages and in tests of rules.

use super::html::{elements, pieces, text};
use super::project::{Project, Row};

fn site(deadline: &str, answers: &str) -> Project {
    let event =
        format!("kind: application\non: 2026-03-02\nat: 2026-03-02T09:00\nanswers:\n{answers}");
    let rule = format!("event: application\nanswer: told\ndeadline: {{{deadline}}}\n");
    Project::of_event(&rule, &event).as_of("2026-05-01")
}

fn row(deadline: &str, answers: &str) -> Row {
    site(deadline, answers).row("law/check/desk/v1")
}

const ANEW: &str = "within: 30 days, anew: corrected";
const TOLD: &str = "- {what: told, on: 2026-04-10}\n";

#[test]
fn a_correction_starts_the_time_anew() {
    row(ANEW, TOLD).is("done-late").has("due", "2026-04-01");
    let corrected = format!("- {{what: corrected, on: 2026-03-12}}\n{TOLD}");
    row(ANEW, &corrected).is("done").has("due", "2026-04-11").because("重新計算");
    // Without `anew` it is nothing that any rule knows.
    site("within: 30 days", &corrected).run("check").stdout_or_stderr("unknown-word");
}

#[test]
fn the_last_correction_counts_and_alone_answers_nothing() {
    let twice = "- {what: corrected, on: 2026-03-12}\n- {what: corrected, on: 2026-03-20}\n";
    row(ANEW, twice).is("overdue").has("due", "2026-04-19");
    // One of a later day is not known yet.
    let project = site(ANEW, twice).as_of("2026-03-15");
    project.row("law/check/desk/v1").is("open").has("due", "2026-04-11");
}

#[test]
fn hours_start_anew_at_the_instant() {
    let corrected = "- {what: corrected, on: 2026-03-03, at: 2026-03-03T15:00}\n";
    let told = "- {what: told, on: 2026-03-04, at: 2026-03-04T14:00}\n";
    let hours = "within: 24 hours, anew: [corrected]";
    row(hours, told).is("done-late");
    row(hours, &format!("{corrected}{told}")).is("done").has("due", "2026-03-04");
    site(hours, &format!("{corrected}{told}")).is_verified();
}

#[test]
fn what_starts_it_anew_does_not_come_before_the_event() {
    let early = format!("- {{what: corrected, on: 2026-02-12}}\n{TOLD}");
    site(ANEW, &early).run("check").stdout_or_stderr("answered-before");
}

#[test]
fn receipts_count_anew() {
    site(ANEW, &format!("- {{what: corrected, on: 2026-03-12}}\n{TOLD}")).is_verified();
}

#[test]
fn only_a_time_that_runs_forward_starts_anew() {
    for deadline in ["before: 3 days, anew: corrected", "on: same-day, anew: corrected"] {
        site(deadline, TOLD).run("check").code(1).stdout_or_stderr("misplaced-rule-part");
    }
}

#[test]
fn a_test_beside_the_rule_says_it() {
    let test = "- of: check\n  title: 有補正\n  given:\n    event: 2026-03-02\n    answers: [{what: corrected, on: 2026-03-12}, {what: told, on: 2026-04-11}]\n  on: 2026-05-01\n  expect: {status: done, due: 2026-04-11, done_on: 2026-04-11}\n  by: 承辦職務\n";
    let project = site(ANEW, TOLD).write("regulations/law/tests.yaml", test);
    project.run("test").code(0);
    project.run("test --coverage law/check").code(0).stdout_has("3 of 6 elements");
}

#[test]
fn the_sheet_tells_of_each_correction() {
    let twice = "- {what: corrected, on: 2026-03-12}\n- {what: corrected, on: 2026-03-20}\n";
    let project = site(ANEW, twice);
    project.run("build").code(0);
    let page = &project.files("public")["obligations/law/check/desk/v1.html"];
    let page = pieces(str::from_utf8(page).expect("UTF-8")).expect("whole");
    let told: Vec<String> =
        elements(&page, |piece| piece.begins("tr")).into_iter().map(text).collect();
    for day in ["115-03-12", "115-03-20"] {
        assert!(told.iter().any(|row| row.contains(day) && row.contains("corrected")), "{told:?}");
    }
}
