//! Faults of rules that name what is not there, count what nobody counts, or stand there twice: each
//! alone in a small site, found with its witness; the same rules without it are found right.

use super::lints::{finds, finds_nothing, invariant, rule, site};
use super::project::Project;

fn periodic(id: &str, keys: &str) -> String {
    rule(id, &format!("kind: periodic, scope: unit, every: month, {keys}"))
}

fn drawn(scope: &str, every: &str, tiers: &str) -> String {
    rule(
        "one",
        &format!(
            "kind: periodic, scope: {scope}, every: {every}, due: [{{months_after: 1, day: last}}], sample: {{records: {tiers}}}"
        ),
    )
}

fn event(id: &str, keys: &str) -> String {
    rule(id, &format!("kind: event, scope: account, {keys}"))
}

const LAST: &str = "due: [{months_after: 1, day: last}]";

#[test]
fn bounds_that_leave_no_share_and_numbers_beyond_their_tier() {
    finds(
        &drawn("unit", "month", "{of: queries, tiers: [{rate: 5%, min: 10, max: 10}]}"),
        "bound-never-binds",
        "`min` and `max` are one number (10 of",
    );
    finds(
        &drawn("unit", "month", "{of: queries, tiers: [{up_to: 50, fixed: 80}, {rate: 100%}]}"),
        "bound-never-binds",
        "`fixed: 80` of tier 1",
    );
    finds_nothing(&drawn(
        "unit",
        "month",
        "{of: queries, tiers: [{up_to: 50, fixed: 40}, {fixed: 60}]}",
    ));
}

#[test]
fn samples_of_what_nobody_counts() {
    let tiers = "tiers: [{rate: 50%}]";
    finds(
        &drawn("contractor", "month", &format!("{{of: queries, {tiers}}}")),
        "duty-impossible",
        "no use is recorded of a contractor",
    );
    finds(
        &drawn("unit", "month", &format!("{{of: audited-records, in: one, {tiers}}}")),
        "duty-impossible",
        "its own audits",
    );
    let base = |keys: &str| rule("base", keys);
    let of_base =
        |every: &str| drawn("unit", every, &format!("{{of: audited-records, in: base, {tiers}}}"));
    finds(
        &(of_base("month") + &base(&format!("kind: periodic, scope: unit, every: year, {LAST}"))),
        "duty-impossible",
        "no year lies in a month",
    );
    finds(
        &(of_base("month")
            + &base(&format!(
                "kind: periodic, scope: unit, every: month, {LAST}, answered_by: submission, to: 一科"
            ))),
        "duty-impossible",
        "which no audit answers",
    );
    finds_nothing(
        &(of_base("year") + &base(&format!("kind: periodic, scope: unit, every: month, {LAST}"))),
    );
}

#[test]
fn samples_of_a_period_that_still_runs() {
    let of_quarter = |due: &str| {
        rule(
            "one",
            &format!(
                "kind: periodic, scope: unit, every: quarter, due: [{due}], sample: {{records: {{of: queries, tiers: [{{rate: 5%}}]}}}}"
            ),
        )
    };
    finds(
        &of_quarter("{months_after: 0, day: 25}"),
        "duty-impossible",
        "ends on 2026-03-31, but is due on 2026-03-25",
    );
    finds_nothing(&of_quarter("{on: period-end}"));
}

#[test]
fn what_comes_after_what_is_due_later_or_never() {
    let first = |keys: &str| periodic("first", keys);
    finds(
        &(first("due: [{months_after: 2, day: last}]")
            + &periodic("one", "due: [{months_after: 1, day: 5}], after: [first]")),
        "bound-never-binds",
        "of 2026-01 is due on 2026-03-31, but `one`",
    );
    finds(
        &(rule("first", &format!("kind: periodic, scope: unit, every: year, {LAST}"))
            + &periodic("one", &format!("{LAST}, after: [first]"))),
        "bound-never-binds",
        "no whole period of `first`",
    );
    finds_nothing(&(first(LAST) + &periodic("one", &format!("{LAST}, after: [first]"))));
}

#[test]
fn parts_that_change_nothing_where_they_stand() {
    for (conditions, code, words) in [
        (
            "when: account.role == \"general\", must: account.pledge.signed_on and account.role == \"general\"",
            "condition-always",
            "is always so of any account to which the rule applies",
        ),
        (
            "when: account.role == \"general\", must: account.pledge.signed_on or account.role == \"auditor\"",
            "condition-never",
            "`account.role == \"auditor\"` is never so of any account to which",
        ),
        (
            "must: account.suspended_on <= account.opened_on and account.suspended_on < account.opened_on",
            "condition-always",
            "changes nothing beside `account.suspended_on < account.opened_on`",
        ),
        (
            "must: account.role in [\"general\", \"auditor\"] or account.role == \"auditor\"",
            "condition-never",
            "changes nothing beside",
        ),
        (
            "must: account.pledge.signed_on and not (account.role == \"general\" or account.role == \"auditor\" and account.role == \"operator\")",
            "condition-always",
            "`",
        ),
        (
            "must: as_of <= \"2020-01-01\" or account.pledge.signed_on",
            "condition-never",
            "is never so",
        ),
    ] {
        let run = site(&invariant("one", conditions)).run("check --format json");
        let all: Vec<serde_json::Value> = serde_json::from_str(&run.stdout).expect("json");
        let found = |one: &serde_json::Value| {
            let text = |key: &str| one[key].as_str().unwrap_or_default();
            ["condition-always", "condition-never"].contains(&text("code"))
                && text("message").contains(words)
        };
        assert!(all.iter().any(found), "{conditions} ({code})\n{all:#?}");
    }
    finds_nothing(&invariant(
        "one",
        "must: account.application.approved_on and account.application.approved_on <= account.opened_on",
    ));
    finds_nothing(&invariant(
        "one",
        "must: account.role != \"general\" and account.role != \"auditor\"",
    ));
}

#[test]
fn candidates_that_the_rule_leaves_out() {
    let candidates = |words: &str| {
        rule(
            "one",
            &format!(
                "kind: permission, scope: account, advice: 得停權, when: not account.cancelled_on, candidates: {words}"
            ),
        )
    };
    finds(&candidates("account.cancelled_on"), "condition-never", "`when` leaves none");
    finds_nothing(&candidates("account.suspended_on"));
}

#[test]
fn roles_duties_parties_and_forms_that_are_not_there() {
    let post = |role: &str| {
        rule(
            "one",
            &format!(
                "kind: invariant, scope: post, when: '\"{role}\" in post.roles', must: post.deputy"
            ),
        )
    };
    finds(&post("operater"), "unknown-role", "no role has the id `operater`");
    finds_nothing(&post("operator"));
    let held = |role: &str| {
        rule(
            "one",
            &format!("kind: invariant, scope: agency, must: 'holders(agency, \"{role}\") == 1'"),
        )
    };
    finds(&held("operater"), "unknown-role", "`operater`");
    finds_nothing(&held("operator"));
    let of = |duty: &str| {
        rule(
            "one",
            &format!(
                "kind: invariant, scope: agency, of: audit, when: 'audit.obligation == \"{duty}\"', must: audit.joint"
            ),
        )
    };
    finds(&of("law/chekc"), "condition-never", "there is no such duty");
    finds(&of("law/one"), "condition-never", "answered by something else");
    finds_nothing(&of("law/check"));
    finds(
        &periodic("one", &format!("{LAST}, approval: 局張")),
        "unknown-role",
        "is a party of no role",
    );
    finds(
        &periodic("one", &format!("{LAST}, joint: [單位主菅]")),
        "unknown-role",
        "`joint: 單位主菅` is nobody",
    );
    // Of other words the text may mean somebody by another name: that is said, and is no alarm.
    finds(
        &periodic("one", &format!("{LAST}, joint: [政豐室]")),
        "lint-undecided",
        "`joint: 政豐室` is nobody",
    );
    // The text speaks of 各單位.
    finds_nothing(&periodic("one", &format!("{LAST}, joint: [各單位], approval: 單位主管")));
    let with_form = |form: &str| {
        let head = "id: law\nname: 測試規定\nversions:\n- {id: \"2025-01-01\", text: 2025-01-01.txt, in_force: 2025-01-01}\nattachments:\n- {label: 附件一, title: 紀錄表}\n";
        let rules = periodic("one", &format!("{LAST}, evidence: [{form}]"));
        site(&rules).write("regulations/law/regulation.yaml", head).run("check")
    };
    with_form("紀錄表（附件3）")
        .stderr_has("附件三, which is no attachment")
        .stderr_has("it has 附件一");
    assert!(!with_form("紀錄表（附件1）").stderr.contains("no attachment"));
}

#[test]
fn lists_that_name_the_same_twice() {
    for keys in
        ["joint: [各單位, 各單位]", "evidence: [紀錄表（附件4）, 紀錄表(附件4)]", "months: [1, 1]"]
    {
        finds(&periodic("one", &format!("{LAST}, {keys}")), "listed-twice", "twice");
    }
}

#[test]
fn events_that_never_come_or_answer_themselves() {
    let circle = event("one", "event: first-of-two, follows: [{answered: two}], answer: a")
        + &event("two", "event: second-of-two, follows: [{answered: one}], answer: b");
    let run = site(&circle).run("check");
    run.stderr_has("`first-of-two` never begins: `one` and `two`");
    finds_nothing(
        &circle.replace("[{answered: two}]", "[{answered: two}, {record: account.suspended_on}]"),
    );
    finds(
        &event("one", "event: e, follows: [{sent: check}], answer: a"),
        "duty-impossible",
        "nothing is sent for it",
    );
    finds(
        &event(
            "one",
            "event: e, follows: [{record: account.suspended_on}], answered_on: account.suspended_on, answer: a",
        ),
        "condition-always",
        "by the very day that starts it",
    );
    finds(
        &event("one", "event: e, unless: [one], answer: a"),
        "bound-never-binds",
        "the duty itself",
    );
    finds(
        &(event("one", "event: personnel-change, answer: told")
            + &event("two", "event: personnel-chnage, answer: gone")),
        "two-spellings",
        "is one letter from `personnel-change` of `one`",
    );
}

#[test]
fn words_and_parts_that_a_trigger_never_has() {
    for (follows, words) in [
        ("{record: audit.result, is: bad}", "no event follows from `bad`"),
        ("{record: finding.grade, is: majro}", "did you mean `major`?"),
        ("{record: account.suspended_on, roles: [boss]}", "`roles` does not belong"),
    ] {
        let rules = event("one", &format!("event: e, follows: [{follows}], answer: a"));
        site(&rules).run("check").code(1).stderr_has(words);
    }
    for (keys, words) in [
        (
            "every: year, due: [{on: period-end}], answered_by: training, hours: 3",
            "scope `post` only",
        ),
        (
            "every: year, due: [{on: period-end}], answered_by: password-change",
            "scope `account` only",
        ),
    ] {
        site(&rule("one", &format!("kind: periodic, scope: unit, {keys}")))
            .run("check")
            .code(1)
            .stderr_has(words);
    }
}

#[test]
fn papers_that_are_gone_when_they_are_needed() {
    let sent = "kind: periodic, scope: agency, every: half-year, due: [{months_after: 2, day: last}], answered_by: submission, to: 各單位, after: [base]";
    let base = rule("base", &format!("kind: periodic, scope: agency, every: half-year, {LAST}"));
    let keep = |term: &str| {
        rule(
            "keep",
            &format!(
                "kind: retention, scope: agency, keep: {{what: audits, answering: [base], for: {term}, from: completion}}"
            ),
        )
    };
    finds(
        &(base.clone() + &rule("sent", sent) + &keep("1 month")),
        "duty-impossible",
        "may be destroyed after",
    );
    finds_nothing(&(base.clone() + &rule("sent", sent) + &keep("3 months")));
    finds(&(base.clone() + &keep("0 days")), "duty-impossible", "kept for no time");
    let of_sent = keep("1 year").replace("[base]", "[sent]");
    finds(
        &(base + &rule("sent", sent) + &of_sent),
        "duty-impossible",
        "`sent` is not answered by audits",
    );
}

#[test]
fn who_acts_and_takes_part_or_approves() {
    finds(
        &periodic("one", &format!("{LAST}, acts: [boss], joint: [單位主管]")),
        "bound-never-binds",
        "is who acts already",
    );
    finds(
        &periodic("one", &format!("{LAST}, acts: [boss], approval: 單位主管")),
        "duty-impossible",
        "nobody approves an act of their own",
    );
    finds_nothing(&periodic("one", &format!("{LAST}, acts: [operator], approval: 單位主管")));
    let needed = rule("one", "kind: invariant, scope: unit, must: '\"operator\" in unit.roles'");
    let refused = |kind: &str| {
        rule(
            "two",
            &format!("kind: invariant, scope: {kind}, must: 'not (\"operator\" in {kind}.roles)'"),
        )
    };
    for kind in ["agency", "post"] {
        finds(
            &(needed.clone() + &refused(kind)),
            "duties-contradict",
            &format!("each unit needs a `operator`, but no {kind} may have one"),
        );
    }
}

#[test]
fn three_that_only_together_contradict_each_other() {
    let one = |id: &str, words: &str| invariant(id, &format!("must: account.purpose in {words}"));
    finds(
        &(one("one", "[\"a\", \"b\"]")
            + &one("two", "[\"b\", \"c\"]")
            + &one("three", "[\"a\", \"c\"]")),
        "duties-contradict",
        "any two can be met",
    );
    finds_nothing(
        &(one("one", "[\"a\", \"b\"]")
            + &one("two", "[\"b\", \"c\"]")
            + &one("three", "[\"b\", \"d\"]")),
    );
}

#[test]
fn the_same_duty_twice() {
    finds(
        &(periodic("one", LAST) + &periodic("two", LAST)),
        "two-duties-one-clause",
        "it stands there twice",
    );
    let of = |id: &str, rate: &str| {
        periodic(
            id,
            &format!("{LAST}, sample: {{records: {{of: queries, tiers: [{{rate: {rate}}}]}}}}"),
        )
    };
    finds(&(of("one", "5%") + &of("two", "6%")), "two-duties-one-clause", "50 and 60 of 1000");
    let keep = |id: &str, term: &str| {
        rule(
            id,
            &format!(
                "kind: retention, scope: unit, keep: {{what: audits, answering: [check], for: {term}, from: completion}}"
            ),
        )
    };
    finds(
        &(keep("one", "3 years") + &keep("two", "5 years")),
        "two-duties-one-clause",
        "for 3 years from",
    );
}

#[test]
fn readings_that_change_nothing() {
    let reading = |options: &str| {
        let entry = format!(
            "- id: q\n  clause: \"2\"\n  words: 每月\n  question: 何時\n  options:\n  - {{id: a, says: 甲}}\n{options}  chosen: a\n"
        );
        Project::new().write("regulations/law/readings.yaml", entry).run("check")
    };
    let b = "  - {id: b, says: 乙, set: {check.due: \"[{on: period-end}]\"}}\n";
    assert!(!reading(b).stderr.contains("invalid-change"));
    reading(&b.replace("period-end", "site-default")).code(1).stderr_has("`b` changes nothing");
    reading(&format!("{b}{}", b.replace("id: b", "id: c")))
        .code(1)
        .stderr_has("`b` and `c` change the same");
}

#[test]
fn a_test_that_stands_there_twice() {
    let one = "- {of: one, because: 百分之五, sizes: {40: 2}, by: 承辦}\n";
    let rules = periodic(
        "one",
        &format!("{LAST}, sample: {{records: {{of: queries, tiers: [{{rate: 5%}}]}}}}"),
    );
    let run = |tests: &str| site(&rules).write("regulations/law/tests.yaml", tests).run("check");
    run(&format!("{one}{one}")).code(0).stderr_has("warning[repeated-test]");
    assert!(
        !run(&format!("{one}{}", one.replace("40: 2", "60: 3"))).stderr.contains("repeated-test")
    );
}
