//! Lints of rules: each on rules that it is about, with its witness; none on those that are right.

use super::project::Project;

/// A site with rules after those of the minimal one; the roles that they name.
pub(super) fn site(rules: &str) -> Project {
    let roles = "- {id: boss, title: 主管, reach: agency, parties: [單位主管]}\n\
                 - {id: operator, title: 操作人員, reach: own}\n\
                 - {id: reviewer, title: 查核人員, reach: own}\n";
    Project::new()
        .write("content/roles.yaml", roles)
        .write("regulations/law/obligations.yaml", format!("{BASE}{rules}"))
}

/// The duty that carries clause 2.
const BASE: &str = "\
- {id: check, kind: periodic, clauses: [\"2\"], title: 每月抽查, scope: unit, every: month, due: [{on: site-default}]}
";

/// A rule in clause 3 from the keys that matter.
pub(super) fn rule(id: &str, keys: &str) -> String {
    format!("- {{id: {id}, clauses: [\"3\"], title: 測試, {keys}}}\n")
}

/// A standing duty; a condition may be written without the quotes that its commas ask for.
pub(super) fn invariant(id: &str, conditions: &str) -> String {
    let quoted = |key: &str, condition: &str| match condition.starts_with('\'') {
        true => format!("{key}{condition}"),
        false => format!("{key}'{condition}'"),
    };
    let (first, must) = match conditions.split_once("must: ") {
        Some((first, must)) => (first.trim_end_matches(", "), must),
        None => panic!("{conditions}"),
    };
    let first = match first.strip_prefix("when: ") {
        Some(when) => quoted("when: ", when) + ", ",
        None if first.is_empty() => String::new(),
        None => format!("{first}, "),
    };
    let must = quoted("must: ", must);
    rule(id, &format!("kind: invariant, scope: account, {first}{must}"))
}

/// Expects one finding with words of its witness, and no other of the lints.
#[track_caller]
pub(super) fn finds(rules: &str, code: &str, words: &str) {
    let run = site(rules).run("check --format json");
    let found: serde_json::Value = serde_json::from_str(&run.stdout).expect("json");
    let all = found.as_array().expect("a list").iter().map(|one| {
        let text = |key: &str| one[key].as_str().unwrap_or_default().to_owned();
        (text("code"), text("message"))
    });
    let all: Vec<(String, String)> = all.filter(|(code, _)| code != "unrecorded-text").collect();
    assert_eq!(all.len(), 1, "{rules}\n{all:#?}");
    assert_eq!(all[0].0, code, "{rules}\n{all:#?}");
    assert!(all[0].1.contains(words), "{rules}\n{all:#?}");
}

#[track_caller]
pub(super) fn finds_nothing(rules: &str) {
    let run = site(rules).run("check --format json");
    let found: serde_json::Value = serde_json::from_str(&run.stdout).expect("json");
    let all = found.as_array().expect("a list").iter();
    let all: Vec<_> = all.filter(|one| one["code"] != "unrecorded-text").collect();
    assert_eq!(all, Vec::<&serde_json::Value>::new(), "{rules}");
}

fn sample(tiers: &str) -> String {
    rule(
        "drawn",
        &format!(
            "kind: periodic, scope: agency, every: month, due: [{{on: period-end}}], sample: {{records: {{of: queries, tiers: [{tiers}]}}}}"
        ),
    )
}

fn due(due: &str) -> String {
    rule("dated", &format!("kind: periodic, scope: agency, {due}"))
}

#[test]
fn samples() {
    let falls = [
        ("{up_to: 100, rate: 50%}, {rate: 10%}", "50 of 100, but 11 of 101"),
        ("{up_to: 9, fixed: 9}, {up_to: 99, rate: 50%}, {fixed: 60}", "9 of 9, but 5 of 10"),
        ("{up_to: 1000, rate: 5%, min: 30}, {fixed: 20}", "50 of 1000, but 20 of 1001"),
    ];
    for (tiers, words) in falls {
        finds(&sample(tiers), "sample-falls", words);
    }
    for (tiers, words) in [
        ("{up_to: 10, rate: 100%, min: 3}, {fixed: 30}", "`min: 3`"),
        ("{up_to: 20, rate: 50%, max: 15}, {rate: 60%}", "`max: 15`"),
        ("{fixed: 30, max: 40}", "`max: 40`"),
        ("{up_to: 20, rate: 50%}, {rate: 50%}", "`up_to: 20`"),
        ("{rate: 0%}", "asks for nothing"),
    ] {
        finds(&sample(tiers), "bound-never-binds", words);
    }
    // 百分之一，至少一件: the share rounds up to one by itself, and texts say it all the same.
    finds_nothing(&sample("{rate: 1%, min: 1}"));
    finds_nothing(&sample("{up_to: 29999, rate: 1%, min: 5}, {fixed: 300}"));
    finds_nothing(&sample("{min: 3, max: 10}"));
}

#[test]
fn conditions_that_nobody_meets() {
    for (conditions, words) in [
        (
            "when: account.role == \"general\" and account.role == \"auditor\", must: account.purpose",
            "cannot be so together",
        ),
        (
            "when: account.cancelled_on < account.suspended_on and account.suspended_on < account.cancelled_on, must: account.purpose",
            "cannot be so together",
        ),
        (
            "when: account.cancelled_on and not account.cancelled_on, must: account.purpose",
            "cannot be so together",
        ),
        ("when: not account.opened_on, must: account.purpose", "cannot be"),
        ("when: not account.idle_since, must: account.purpose", "cannot be"),
        (
            "when: 'as_of > months_after(account.idle_since, 6) and as_of <= months_after(account.idle_since, 3)', must: account.purpose",
            "cannot be so together",
        ),
        (
            "must: account.role == \"general\" and account.role != \"general\"",
            "no account can meet",
        ),
        (
            "when: account.role == \"general\", must: 'account.role in [\"auditor\", \"unit-manager\"]'",
            "such as account.role \"general\"",
        ),
        (
            "when: not account.cancelled_on, must: account.cancelled_on >= account.opened_on",
            "account.cancelled_on not recorded",
        ),
        (
            "must: account.purpose or (account.cancelled_on and not account.cancelled_on)",
            "is never so",
        ),
        (
            "when: account.application.approved_on and not account.application, must: account.purpose",
            "cannot be so together",
        ),
    ] {
        finds(&invariant("one", conditions), "condition-never", words);
    }
    finds(
        &rule(
            "one",
            "kind: permission, scope: account, candidates: account.cancelled_on and not account.cancelled_on",
        ),
        "condition-never",
        "`candidates`",
    );
    finds(
        &rule(
            "one",
            "kind: invariant, scope: office, when: unit.kind == \"unit\", must: unit.note",
        ),
        "condition-never",
        "`unit.kind == \"unit\"` cannot be",
    );
}

#[test]
fn conditions_that_nobody_fails() {
    for (conditions, words) in [
        ("must: account.cancelled_on or not account.cancelled_on", "can fail `must`"),
        (
            "when: account.cancelled_on or not account.cancelled_on, must: account.purpose",
            "leaves none out",
        ),
        ("when: account.role == \"general\", must: account.role != \"auditor\"", "can fail `must`"),
        (
            "when: 'as_of > months_after(account.idle_since, 3)', must: 'days_between(account.idle_since, as_of) >= 88'",
            "can fail `must`",
        ),
        (
            "must: account.purpose and (account.cancelled_on or not account.cancelled_on)",
            "is always so",
        ),
    ] {
        finds(&invariant("one", conditions), "condition-always", words);
    }
    // Nobody need have approved it: then nobody can tell which roles they have.
    finds_nothing(&invariant(
        "one",
        "when: 'account.approver_roles == none', must: account.purpose",
    ));
    // What a record must have is refused where it lacks: a rule that asks for it is no slip.
    finds_nothing(&invariant("one", "must: account.unit and account.staff and account.opened_on"));
    finds_nothing(&invariant(
        "one",
        "when: not account.cancelled_on, must: account.suspended_on or as_of <= months_after(account.idle_since, 3)",
    ));
}

#[test]
fn two_standing_duties() {
    let two = |one: &str, other: &str| invariant("one", one) + &invariant("two", other);
    finds(
        &two("must: account.cancelled_on", "must: not account.cancelled_on"),
        "duties-contradict",
        "as account.cancelled_on",
    );
    finds(
        &two(
            "when: account.role == \"general\", must: account.suspended_on <= account.cancelled_on",
            "when: account.purpose == \"甲\", must: account.suspended_on > account.cancelled_on",
        ),
        "duties-contradict",
        "account.role \"general\"",
    );
    finds_nothing(&two(
        "when: account.role == \"general\", must: account.cancelled_on",
        "when: account.role == \"auditor\", must: not account.cancelled_on",
    ));
    finds_nothing(&two(
        "until: 2025-12-31, must: account.cancelled_on",
        "from: 2026-01-01, must: not account.cancelled_on",
    ));
    finds(
        &two("must: account.purpose and account.pledge.signed_on", "must: account.purpose"),
        "duty-implied",
        "`law/two` is met wherever `law/one` is",
    );
    finds(
        &two(
            "must: as_of <= months_after(account.idle_since, 3)",
            "must: as_of <= months_after(account.idle_since, 6)",
        ),
        "duty-implied",
        "`law/two` is met wherever `law/one` is",
    );
}

#[test]
fn days_that_no_month_has() {
    finds(
        &due("every: month, due: [{months_after: 1, day: 30}]"),
        "day-not-in-month",
        "2026-01 falls due in: it would be 2026-02-28",
    );
    finds(
        &due("every: quarter, due: [{months_after: 0, day: 31}]"),
        "day-not-in-month",
        "2026-06-30",
    );
    finds_nothing(&due("every: month, months: [1], due: [{months_after: 2, day: 31}]"));
    finds_nothing(&due("every: month, due: [{months_after: 1, day: last}]"));
    finds(
        &rule(
            "told",
            "kind: event, scope: agency, event: x, deadline: {months_after: 1, day: 31}, answer: y",
        ),
        "day-not-in-month",
        "it would be 2026-02-28",
    );
    finds(
        &due(
            "every: half-year, due: [{half: H1, on: period-end}, {half: H2, on: period-end}, {half: H1, within: 3 days}]",
        ),
        "bound-never-binds",
        "entry 1 stands before it",
    );
}

#[test]
fn duties_that_nobody_can_meet() {
    let event = |keys: &str| {
        rule("told", &format!("kind: event, scope: account, event: x, answer: y, {keys}"))
    };
    finds(
        &due("every: month, due: [{within: 0 days, opens: after-period}]"),
        "duty-impossible",
        "before it may be done",
    );
    finds(
        &rule("often", "kind: interval, scope: agency, no_more_than: 0 days"),
        "duty-impossible",
        "no time lies between",
    );
    finds(
        &event("follows: [{record: account.suspended_on}], deadline: {before: 10 days}"),
        "duty-impossible",
        "follows from a record of what has happened",
    );
    finds_nothing(&event(
        "follows: [{record: account.suspended_on, after: 1 year}], deadline: {before: 10 days}",
    ));
    finds(
        &event("deadline: {before: 3 days, from: known_on}"),
        "duty-impossible",
        "before the event is known",
    );
    finds(&event("deadline: {months_after: 0, day: 10}"), "duty-impossible", "before it");
    let act =
        |keys: &str| due(&format!("every: month, due: [{{months_after: 1, day: last}}], {keys}"));
    let free = rule(
        "free",
        "kind: invariant, scope: agency, of: audit, independent: {not_roles: [operator]}",
    );
    finds(
        &(act("acts: [operator]") + &free),
        "duty-impossible",
        "refuses everybody with that role",
    );
    finds_nothing(&(act("acts: [reviewer]") + &free));
    let nobody =
        rule("nobody", "kind: invariant, scope: post, must: 'not (\"boss\" in post.roles)'");
    finds(&(act("approval: 單位主管") + &nobody), "duty-impossible", "needs a `boss`");
    finds(
        &(act("acts: [reviewer]")
            + &rule(
                "kept",
                "kind: retention, scope: agency, keep: {what: audits, answering: [dated], for: 1 year, from: approval}",
            )),
        "duty-impossible",
        "never begins",
    );
    finds(&act("after: [dated]"), "duty-impossible", "comes after itself");
    let earlier = "every: month, due: [{on: period-end}], after: [second]";
    finds(
        &(due(earlier)
            + &rule(
                "second",
                "kind: periodic, scope: agency, every: month, due: [{months_after: 1, day: 5, opens: after-period}], answered_by: submission, to: 測試局",
            )),
        "duty-impossible",
        "comes after `second`, which may be done from 2026-02-01 on",
    );
}

#[test]
fn one_clause_twice() {
    let one = |id: &str, keys: &str| {
        rule(id, &format!("kind: periodic, scope: agency, every: month, {keys}"))
    };
    finds(
        &(one("first", "due: [{on: period-end}]")
            + &one("second", "due: [{months_after: 1, day: last}]")),
        "two-duties-one-clause",
        "fall due on different days",
    );
    finds_nothing(
        &(one("first", "due: [{on: period-end}]")
            + &one(
                "second",
                "due: [{months_after: 1, day: last}], answered_by: submission, to: 測試局",
            )),
    );
    let often = |id: &str, keys: &str| rule(id, &format!("kind: interval, scope: agency, {keys}"));
    finds(
        &(often("first", "no_more_than: 3 months") + &often("second", "no_more_than: 6 months")),
        "two-duties-one-clause",
        "allow 3 months and 6 months",
    );
}

#[test]
fn rules_in_time() {
    let often = |id: &str, keys: &str| {
        rule(id, &format!("kind: interval, scope: agency, no_more_than: 3 months, {keys}"))
    };
    finds(
        &(often("old", "until: 2025-12-31") + &often("new", "from: 2025-12-01, succeeds: old")),
        "rules-overlap",
        "both are law, as on 2025-12-01",
    );
    finds(
        &(often("old", "until: 2025-12-31") + &often("new", "from: 2026-02-01, succeeds: old")),
        "rules-gap",
        "from 2026-01-01 to 2026-01-31",
    );
    finds(
        &(often("old", "until: 2025-12-31") + &often("new", "from: 2026-02-01")),
        "rules-gap",
        "from 2026-01-01 to 2026-01-31",
    );
    finds_nothing(
        &(often("old", "until: 2025-12-31") + &often("new", "from: 2026-01-01, succeeds: old")),
    );
}

#[test]
fn what_an_author_accepts_is_not_reported() {
    let falls = "{up_to: 100, rate: 50%}, {rate: 10%}";
    let accepted = |lint: &str| {
        sample(falls).replace(
            "title: 測試",
            &format!("title: 測試, accept: [{{lint: {lint}, because: 原文如此}}]"),
        )
    };
    finds_nothing(&accepted("sample-falls"));
    site(&accepted("condition-never"))
        .run("check")
        .code(0)
        .stderr_has("warning[sample-falls]")
        .stderr_has("accepts `condition-never`, but nothing of the kind is found");
    site(&accepted("sample-fall")).run("check").code(1).stderr_has("did you mean `sample-falls`?");
}

#[test]
fn every_finding_says_how_a_rule_accepts_it() {
    let monthly = due("every: month, due: [{months_after: 1, day: 30}]");
    for (rules, lint) in [
        (sample("{up_to: 100, rate: 50%}, {rate: 10%}"), "sample-falls"),
        (monthly, "day-not-in-month"),
        (
            invariant(
                "one",
                "when: 'account.purpose == \"a\" and account.purpose == \"b\"', must: account.purpose",
            ),
            "condition-never",
        ),
    ] {
        let run = site(&rules).run("check");
        run.stderr_has(&format!("add `accept: [{{lint: {lint}, because: …}}]` to the rule"));
    }
}

#[test]
fn sums_of_numbers_are_decided() {
    let (a, b) = ("account.attributes.adjusted", "account.attributes.years");
    finds_nothing(&invariant("one", &format!("when: {a}, must: {a} + {a} >= {b}")));
    finds_nothing(&invariant("one", &format!("when: {a}, must: {a} + 5 >= {b} + {b}")));
}

#[test]
fn what_is_not_decided_is_said_and_is_no_alarm() {
    finds(
        &invariant(
            "one",
            "when: 'days_between(account.opened_on, as_of) > days_between(account.suspended_on, account.cancelled_on)', must: account.purpose",
        ),
        "lint-undecided",
        "`when`",
    );
}
