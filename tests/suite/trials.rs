//! Tests beside the rules: a planted wrong rule is found at the line of its test, whatever way the
//! tests are run; what the smallest world holds, and what it never fills in.

use serde_json::Value;

use super::project::Project;

/// Wrong readings of the five texts, each one change of a rule, and the duty whose test must fail.
const PLANTED: &[(&str, &str, &str, &str)] = &[
    (
        "taipei-market-household",
        "rate: 6%, min: 6, max: 80",
        "rate: 6%, min: 5, max: 80",
        "monthly-spot-check",
    ),
    (
        "taipei-market-household",
        "rate: 6%, min: 6, max: 80",
        "rate: 6%, min: 6, max: 81",
        "monthly-spot-check",
    ),
    ("taipei-market-household", "up_to: 500, rate: 6%", "up_to: 501, rate: 6%", "half-year-audit"),
    (
        "taipei-market-household",
        "{half: H2, months_after: 3, day: 10}",
        "{half: H2, months_after: 2, day: 10}",
        "submit-audit-results",
    ),
    (
        "taipei-market-household",
        "deadline: {before: 10 working days, counted: nth-day}",
        "deadline: {before: 10 days, counted: nth-day}",
        "leaver-applies",
    ),
    (
        "taipei-market-household",
        "for: 5 years, from: cancellation",
        "for: 4 years, from: cancellation",
        "keep-forms",
    ),
    (
        "taipei-market-household",
        "months_after(account.idle_since, 6)",
        "months_after(account.idle_since, 5)",
        "suspend-unused",
    ),
    (
        "taipei-market-household",
        "approval: 處長或授權人員\n  evidence: [案件抽查表（附件4）]",
        "approval: 政風人員\n  evidence: [案件抽查表（附件4）]",
        "monthly-spot-check",
    ),
];

/// The demo with one text of a regulation's rules changed.
fn planted(regulation: &str, from: &str, to: &str) -> Project {
    let path = format!("regulations/{regulation}/obligations.yaml");
    let demo = Project::demo();
    let text = std::fs::read_to_string(demo.root().join(&path)).expect("reads");
    assert_eq!(text.matches(from).count(), 1, "{from}");
    demo.write(&path, text.replace(from, to))
}

#[test]
#[ignore = "slow: the gate runs it in release"]
fn the_tests_of_the_five_regulations_come_out() {
    let outcome = Project::demo().run("test --format json").code(0);
    let rows: Vec<Value> = serde_json::from_str(&outcome.stdout).expect("JSON");
    assert!(rows.len() >= 12);
    for row in rows {
        assert!(row["passed"].as_bool().expect("a flag"), "{row}");
        // An entry may declare, instead, what changes nothing.
        let declares = row["equivalent"].as_array().is_some_and(|list| !list.is_empty());
        let asks = !row["questions"].as_array().expect("a list").is_empty();
        assert!(asks || declares, "{row}");
        assert!(!row["by"].as_str().expect("a text").is_empty(), "{row}");
    }
}

#[test]
#[ignore = "slow: the gate runs it in release"]
fn a_wrong_rule_fails_a_test_at_its_line() {
    for (regulation, from, to, duty) in PLANTED {
        let site = planted(regulation, from, to);
        let outcome = site.run("check --format json").code(1);
        let faults: Vec<Value> = serde_json::from_str(&outcome.stdout).expect("JSON");
        let failing: Vec<&Value> =
            faults.iter().filter(|fault| fault["code"] == "failing-test").collect();
        assert!(!failing.is_empty(), "{to}");
        // All problems in one run: what only an assessment shows is said beside it.
        assert!(faults.iter().any(|fault| fault["code"] == "reading-decides"), "{to}");
        for fault in failing {
            let message = fault["message"].as_str().expect("a text");
            assert!(message.starts_with(&format!("`{regulation}/{duty}`")), "{to}: {message}");
            let path = fault["file"].as_str().expect("a path");
            assert_eq!(path, format!("regulations/{regulation}/tests.yaml"));
            // The line holds what was expected, if it is a pair.
            let text = std::fs::read_to_string(site.root().join(path)).expect("reads");
            let line = fault["line"].as_u64().and_then(|line| usize::try_from(line - 1).ok());
            let line = text.lines().nth(line.expect("a line")).expect("is there");
            let expected = message.rsplit_once("expected ").expect("says so").1;
            let expected = expected.split(", got").next().expect("says so");
            let fits = line.contains(expected) || line.trim_start().starts_with("expect:");
            assert!(fits, "{message}: {line}");
        }
    }
}

#[test]
#[ignore = "slow: the gate runs it in release"]
fn every_way_of_running_says_the_same() {
    let (regulation, from, to, duty) = PLANTED[0];
    let site = planted(regulation, from, to);
    let of = format!("{regulation}/{duty}");
    let text = site.run("test").code(1);
    assert!(text.stdout.contains(&format!("FAIL {of}: ")), "{}", text.stdout);
    assert!(text.stderr.contains("failing-test"), "{}", text.stderr);
    let junit = site.run("test --format junit").code(1);
    assert!(junit.stdout.contains(&format!("<testsuite name=\"{of}\"")), "{}", junit.stdout);
    assert!(junit.stdout.contains("<failure message="), "{}", junit.stdout);
    let github = site.run("test --format github").code(1);
    assert!(
        github.stdout.contains(&format!("::error file=regulations/{regulation}/tests.yaml,line="))
    );
    site.run("build").code(1);
    site.run(&format!("test {of}")).code(1);
    site.run(&format!("test {regulation}/rights-inventory")).code(0);
    site.run("test no-such-regulation").code(2);
    site.run(&format!("test {regulation}/no-such-duty")).code(2);
}

/// One test of the small site's first duty, judged by a rule.
fn case(rule: &str, given: &str, expect: &str) -> String {
    let test = format!(
        "- {{of: check, given: {{{given}}}, on: 2026-11-30, expect: {{{expect}}}, by: 承辦}}\n"
    );
    let roles = "- {id: chief, title: 主管, reach: unit, parties: [單位主管]}\n\
                 - {id: clerk, title: 承辦, reach: own}\n";
    let site = Project::new().duty(rule).write("content/roles.yaml", roles);
    let outcome = site.write("regulations/law/tests.yaml", test).run("test");
    if outcome.exit() == Some(0) { String::new() } else { outcome.stderr }
}

const MONTHLY: &str = "kind: periodic\nscope: unit\nevery: month\ndue: [{months_after: 1, day: last}]\n\
    sample:\n  records: {of: queries, tiers: [{rate: 10%, min: 2}]}\napproval: 單位主管\n\
    evidence: [抽查表]\njoint: [政風室]";

#[test]
fn nothing_is_filled_in_that_is_not_given() {
    let done = "done_on: 2026-10-05, records: 2";
    let approved = "approved: {on: 2026-10-06, by: chief}";
    let all = format!("{done}, {approved}, evidence: [抽查表], joint: [政風室]");
    let of = |audit: &str, expect: &str| {
        case(MONTHLY, &format!("period: 2026-09, usage: 20, audit: {{{audit}}}"), expect)
    };
    assert_eq!(of(&all, "status: done, done_on: 2026-10-06, required: 2"), "");
    assert_eq!(
        of(done, "status: deficient, reasons: [approval-missing, evidence-missing, party-missing]"),
        ""
    );
    // Every shortfall must be named, and one that is not there must not.
    assert!(of(done, "reasons: [approval-missing]").contains("got approval-missing, "));
    assert!(of(&all, "reasons: [sample-short]").contains("expected sample-short"));
    let few = all.replace("records: 2", "records: 1");
    assert_eq!(of(&few, "status: deficient, reasons: [sample-short]"), "");
    // A form that was filed later counts from its own day.
    let later = all.replace("[抽查表]", "[{form: 抽查表, received_on: 2026-11-05}]");
    assert_eq!(of(&later, "status: done-late, done_on: 2026-11-05"), "");
}

#[test]
fn the_world_can_be_given_otherwise() {
    // Whole records, what is taken away, other periods and terms.
    assert_eq!(case(MONTHLY, "period: 2026-09, usage: 0", "status: not-applicable"), "");
    assert_eq!(case(MONTHLY, "term: 2026-09, usage: {2026-09: 5}", "status: overdue"), "");
    assert_eq!(case(MONTHLY, "period: 2009-12", "status: absent"), "");
    let own = "records: {units: [{id: other, agency: agency, name: 二科, kind: unit, \
               uses: [{system: system, from: 2026-10-05}]}]}, scope: other, period: 2026-09";
    assert_eq!(case(MONTHLY, own, "status: absent"), "");
    let post = "kind: invariant\nscope: agency\nmust: '\"clerk\" in agency.roles'";
    assert_eq!(case(post, "", "check: held"), "");
    assert_eq!(case(post, "without: [post/clerk]", "check: breached"), "");
    assert!(case(post, "without: [post/nobody]", "check: held").contains("invalid-test"));
    let account =
        "kind: invariant\nscope: account\nmust: account.pledge.signed_on <= account.opened_on";
    assert_eq!(case(account, "", "check: unknown"), "");
    assert_eq!(case(account, "account: {pledge: {signed_on: 2009-12-31}}", "check: held"), "");
    assert_eq!(case(account, "account: {opened_on: 2027-01-01}", "check: not-applicable"), "");
}

#[test]
fn a_test_that_gets_nothing_says_why() {
    let says = |rule: &str, given: &str, words: &str| {
        let outcome = case(rule, given, "status: done");
        assert!(outcome.contains(words), "{words}: {outcome}");
    };
    says(MONTHLY, "period: 2024-11", "absent (the text is in force from 2025-01-01 on)");
    let later = format!("{MONTHLY}\nfrom: 2026-01-01");
    says(&later, "period: 2025-11", "absent (the rule is law from 2026-01-01 on)");
    let ended = format!("{MONTHLY}\nuntil: 2025-12-31");
    says(&ended, "period: 2026-02", "absent (the rule was law until 2025-12-31)");
    let other = format!("{MONTHLY}\nwhen: unit.name == \"二科\"");
    says(&other, "period: 2026-09, usage: 20", "not-applicable (`when` is not met)");
    let event = "kind: event\nscope: agency\nevent: 事故\ndeadline: {within: 7 days}\nanswer: 函報";
    says(event, "", "absent (no event `事故` by 2026-11-30)");
}

#[test]
fn an_interval_answered_by_papers_is_tested_by_days() {
    let rule = "kind: interval\nscope: agency\nno_more_than: 2 years\nanswered_by: submission";
    for to in ["", "\nto: 主管機關核定單位"] {
        let site = Project::new().duty(&format!("{rule}{to}")).write(
            "regulations/law/tests.yaml",
            "- {of: check, days: {2025-03-10: 2027-03-10}, by: 承辦}\n",
        );
        site.run("test").code(0);
    }
}

#[test]
fn what_is_done_once_is_tested_by_the_day_its_scope_comes_under_the_duty() {
    let tested = |rule: &str, pairs: &str| {
        Project::new()
            .duty(&format!("kind: once\n{rule}"))
            .write(
                "regulations/law/tests.yaml",
                format!("- {{of: check, days: {{{pairs}}}, by: 承辦}}\n"),
            )
            .run("test")
    };
    // 行政程序法第48條第3項: from the day after to the day before its counterpart; a month's whole.
    let months = "2025-03-10: 2025-06-10, 2025-04-30: 2025-07-31";
    for scope in ["unit", "office", "agency", "system", "account", "post", "contractor"] {
        let rule = format!("scope: {scope}\nno_more_than: 3 months\n");
        tested(&rule, months).code(0);
        tested(&rule, "2025-03-10: 2025-06-11").code(1).stderr_has("2025-06-10");
    }
    // By a day; what comes under it later owes it at once.
    let by = "scope: unit\nno_later_than: 2025-06-30\n";
    tested(by, "2025-03-10: 2025-06-30, 2025-07-15: 2025-07-15").code(0);
    // The text itself is in force from the first of the year on.
    let text = "scope: unit\nno_more_than: 10 days\n";
    tested(text, "2025-01-01: 2025-01-11").code(0);
    tested(text, "2024-12-01: 2024-12-11").code(1).stderr_has("absent");
}

#[test]
fn events_given_to_any_duty_are_those_of_the_rules() {
    let rules = "- id: told\n  kind: event\n  clauses: [\"2\"]\n  title: 通報\n  scope: agency\n  event: 事故\n  deadline: {within: 7 days}\n\
                 - id: named\n  kind: invariant\n  clauses: [\"3\"]\n  title: 具名\n  scope: agency\n  must: agency.name\n";
    let site = |event: &str| {
        let test = format!(
            "- {{of: named, given: {{event: {event}}}, on: 2026-11-30, expect: {{check: held}}, by: 承辦}}\n"
        );
        Project::new()
            .write("regulations/law/obligations.yaml", rules)
            .write("regulations/law/tests.yaml", test)
            .run("test")
    };
    site("{on: 2026-11-02, kind: 事故}").code(0);
    site("2026-11-02")
        .code(1)
        .stderr_has("the duty starts with no event: give the `kind` of this one");
}
