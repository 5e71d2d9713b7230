//! A site's own words for roles of accounts, grades of findings, kinds of events and answers.

use super::project::{CHECK, Project};

const ROLE: &str = "- {id: clerk, of: account-role, title: 櫃檯人員}\n";
const GRADE: &str = "- {id: critical, of: grade, title: 重大缺失, counts_as: major}\n";

/// The demo with an account of a role, a finding of a grade, and a vocabulary.
fn site(role: &str, grade: &str, vocabulary: &str) -> Project {
    let account = format!(
        "- id: of-own-role\n  system: health-household-link\n  unit: health-management\n  \
         staff: TH-9001\n  role: {role}\n  opened_on: 2025-01-02\n"
    );
    let finding = format!(
        "- id: of-own-grade\n  audit: audit-land-office-one-internal-2025-03\n  title: 甲\n  \
         grade: {grade}\n  found_on: 2025-04-10\n"
    );
    Project::demo()
        .write("content/accounts/own.yaml", account)
        .write("content/findings/own.yaml", finding)
        .write("content/vocabulary.yaml", vocabulary)
}

/// A small site with an account of a role, a finding of a grade, and a vocabulary.
fn small(role: &str, grade: &str, vocabulary: &str) -> Project {
    let account = format!(
        "{{id: a, system: net, unit: desk, staff: A002, role: {role}, opened_on: 2025-01-02}}\n"
    );
    let audit =
        "{id: one, obligation: law/check, scope: desk, period: 2025-01, done_on: 2025-02-03}\n";
    let finding =
        format!("{{id: f, audit: one, title: 甲, grade: {grade}, found_on: 2025-02-10}}\n");
    Project::new()
        .write("content/accounts.yaml", account)
        .write("content/audits.yaml", audit)
        .write("content/findings.yaml", finding)
        .write("content/vocabulary.yaml", vocabulary)
}

#[test]
fn words_that_nobody_knows_are_errors_with_the_nearest() {
    small("genral", "minor", ROLE)
        .run("check")
        .code(1)
        .stderr_has("unknown-word")
        .stderr_has("did you mean `general`?");
    small("clerc", "minor", ROLE).run("check").code(1).stderr_has("did you mean `clerk`?");
    small("clerk", "minor", GRADE).run("check").code(1).stderr_has("`role` knows no `clerk`");
    small("general", "critical", ROLE)
        .run("check")
        .code(1)
        .stderr_has("`grade` knows no `critical`");
    small("general", "minor", "- {id: critical, of: grade, title: 甲}\n")
        .run("check")
        .code(1)
        .stderr_has("lacks `counts_as`");
}

#[test]
#[ignore = "slow: the gate runs it in release"]
fn words_of_the_site_are_called_on_pages_what_it_says() {
    let own = [
        ROLE,
        GRADE,
        "- {id: personnel-change, of: event, title: 人員去留}\n",
        "- {id: rights-cancelled, of: answer, title: 收回權限}\n",
    ];
    let project = site("clerk", "critical", &own.concat());
    project.run("build").code(0).stderr_lacks("dead-override");
    let files = project.files("public");
    for (page, said) in [
        ("accounts/of-own-role.html", "櫃檯人員"),
        ("findings/of-own-grade.html", "重大缺失"),
        ("events/event-seal-retirement-2026-01.html", "人員去留"),
        ("events/event-seal-retirement-2026-01.html", "收回權限"),
    ] {
        let text = String::from_utf8_lossy(&files[page]);
        assert!(text.contains(said), "{page}: {said}");
    }
}

#[test]
fn conditions_know_the_words_of_the_site() {
    let with = |word: &str, vocabulary: &str| {
        let rule = format!(
            "- id: own-word\n  kind: invariant\n  clauses: [\"3\"]\n  title: 甲\n  scope: account\n  \
             must: account.role != \"{word}\"\n"
        );
        small("general", "minor", vocabulary).duties(&[CHECK, &rule])
    };
    with("clerk", ROLE).run("check").code(0);
    with("clerk", GRADE).run("check").code(1).stderr_has("`account.role` is never `clerk`");
    with("clerc", ROLE).run("check").code(1).stderr_has("did you mean `clerk`?");
}
