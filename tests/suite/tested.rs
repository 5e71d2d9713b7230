//! What the tests exercise of the rules: the elements are those an oracle lists from the rule files,
//! only questions that come out count and only for what they ask, and the gate names what is not tested.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use super::project::{Project, fixture};

const RULES: &str = "regulations/law/obligations.yaml";
const TESTS: &str = "regulations/law/tests.yaml";

fn measured(project: &Project, of: &str) -> Value {
    let outcome = project.run(&format!("test --coverage --format json {of}"));
    serde_json::from_str(&outcome.stdout).expect("JSON")
}

fn rows(file: &Value) -> Vec<&Value> {
    file["duties"].as_array().expect("a list").iter().collect()
}

/// The elements of a duty: those that are exercised, and those that are not.
fn split(file: &Value, duty: &str) -> (BTreeSet<String>, BTreeSet<String>) {
    let all = rows(file);
    let row = all.iter().find(|row| row["id"] == duty).unwrap_or_else(|| panic!("no {duty}"));
    let elements = row["elements"].as_array().expect("a list").iter();
    let (hit, missed): (Vec<&Value>, Vec<&Value>) =
        elements.partition(|element| element["questions"].as_u64() > Some(0));
    let codes = |rows: Vec<&Value>| {
        rows.iter().map(|row| row["element"].as_str().expect("a code").to_owned()).collect()
    };
    (codes(hit), codes(missed))
}

fn set(codes: &[&str]) -> BTreeSet<String> {
    codes.iter().map(|code| (*code).to_owned()).collect()
}

#[test]
#[ignore = "slow: the gate runs it in release"]
fn elements_are_those_of_the_python_oracle_and_nine_of_ten_are_exercised() {
    let file = measured(&Project::demo(), "");
    let csv = fixture("rule-elements.csv");
    let oracle: BTreeMap<&str, BTreeSet<String>> = csv
        .lines()
        .skip(1)
        .map(|line| {
            let cells: Vec<&str> = line.split(',').collect();
            let [duty, count, elements] = cells[..] else { panic!("{line}") };
            let elements: BTreeSet<String> = elements.split(' ').map(str::to_owned).collect();
            assert_eq!(elements.len().to_string(), count, "{line}");
            (duty, elements)
        })
        .collect();
    let rows = rows(&file);
    assert_eq!(rows.len(), oracle.len());
    let mut total = 0;
    for row in &rows {
        let id = row["id"].as_str().expect("a text");
        let (hit, missed) = split(&file, id);
        let all: BTreeSet<String> = hit.union(&missed).cloned().collect();
        assert_eq!(all, oracle[id], "{id}");
        assert_eq!(row["covered"], hit.len(), "{id}");
        assert_eq!(row["total"], all.len(), "{id}");
        assert!(hit.len() * 100 >= 90 * all.len(), "{id}: {missed:?}");
        total += all.len();
    }
    assert_eq!(file["total"], total);
}

/// A monthly check with approval and form, and a rule of accounts.
fn small(tests: &str) -> Project {
    let rules = "- {id: check, kind: periodic, clauses: [\"2\"], title: 抽查, scope: unit, every: month, due: [{months_after: 1, day: last}], approval: 機關首長, evidence: [抽查表]}\n\
        - {id: pledge, kind: invariant, clauses: [\"3\"], title: 切結, scope: account, when: account.role == \"general\", must: account.pledge.signed_on and account.pledge.signed_on <= account.opened_on}\n";
    Project::new().write(RULES, rules).write(TESTS, tests)
}

const AUDIT: &str =
    "done_on: 2026-10-05, approved: {on: 2026-10-06, by: agency-head}, evidence: [抽查表]";

#[test]
fn a_question_counts_for_what_it_asks_and_only_if_it_comes_out() {
    let case = |given: &str, expect: &str| {
        format!(
            "- {{of: check, given: {{period: 2026-09, {given}}}, on: 2026-12-01, expect: {{{expect}}}, by: 承辦}}\n"
        )
    };
    let hit = |tests: &str| split(&measured(&small(tests), ""), "law/check").0;
    let whole = format!("audit: {{{AUDIT}}}");
    assert_eq!(hit("[]\n"), set(&[]));
    assert_eq!(hit(&case(&whole, "due: 2026-10-31")), set(&["due/1"]));
    assert_eq!(hit(&case(&whole, "status: done")), set(&["status/done"]));
    assert_eq!(hit(&case(&whole, "status: done, due: 2026-10-30")), set(&[]));
    let unapproved = "audit: {done_on: 2026-10-05, evidence: [抽查表]}";
    let bare = "audit: 2026-10-05";
    let alone = set(&["missing/approval", "status/deficient"]);
    assert_eq!(hit(&case(unapproved, "status: deficient")), alone);
    assert_eq!(hit(&case(bare, "status: deficient")), set(&["status/deficient"]));
    // What is still to do in time is missing only for who asks for it.
    let early = case(unapproved, "status: due-soon").replace("2026-12-01", "2026-10-20");
    assert_eq!(hit(&early), set(&["status/open"]));
}

#[test]
fn operands_count_where_they_decide() {
    let record = |account: &str, expect: &str| {
        format!(
            "- {{of: pledge, given: {{account: {{{account}}}}}, on: 2026-12-01, expect: {{check: {expect}}}, by: 承辦}}\n"
        )
    };
    let of = |tests: &str| split(&measured(&small(tests), "law/pledge"), "law/pledge");
    let (hit, missed) = of("[]\n");
    assert!(hit.is_empty());
    let all = [
        "check/breached",
        "check/held",
        "check/not-applicable",
        "must/1/false",
        "must/1/true",
        "must/2/false",
        "must/2/true",
        "when/1/false",
        "when/1/true",
    ];
    // Without the day the first operand is false, so that the second decides nothing when unknown.
    assert_eq!(missed, set(&all));
    let none = record("role: general", "breached");
    assert_eq!(of(&none).0, set(&["check/breached", "must/1/false", "when/1/true"]));
    let late = record("pledge: {signed_on: 2010-01-02}", "breached");
    assert_eq!(of(&late).0, set(&["check/breached", "must/2/false", "when/1/true"]));
    let held = record("pledge: {signed_on: 2009-12-31}", "held");
    assert_eq!(of(&held).0, set(&["check/held", "must/1/true", "must/2/true", "when/1/true"]));
    let other = record("role: auditor", "not-applicable");
    assert_eq!(of(&other).0, set(&["check/not-applicable", "when/1/false"]));
}

#[test]
fn the_event_that_a_case_names_tells_whether_it_was_law() {
    let rules = "- {id: told, kind: event, clauses: [\"2\", \"3\"], title: 通報, scope: unit, event: incident, from: 2026-03-01, deadline: {within: 3 days}, answer: 通報}\n";
    let of = |given: &str| {
        let tests = format!(
            "- {{of: told, given: {{{given}}}, on: 2026-12-01, expect: {{status: absent}}, by: 承辦}}\n"
        );
        let site = Project::new().write(RULES, rules).write(TESTS, &tests);
        site.run("test").code(0);
        split(&measured(&site, ""), "law/told").0
    };
    let events = "events: [{id: early, kind: incident, on: 2026-02-01}, {id: later, kind: incident, on: 2026-04-01}]";
    assert_eq!(of(&format!("{events}, term: early")), set(&["time/before"]));
    assert_eq!(of("event: 2026-02-01"), set(&["time/before"]));
    // Of what did not happen nothing was judged.
    assert_eq!(of(&format!("{events}, term: never")), set(&[]));
}

#[test]
fn the_least_share_is_an_exact_fraction_of_each_duty() {
    let tests = "- {of: pledge, given: {account: {role: auditor}}, on: 2026-12-01, expect: {check: not-applicable}, by: 承辦}\n";
    let site = small(tests);
    // 2 of 9 are 22.2 %.
    site.run("test --coverage --min 22 law/pledge").code(0).stdout_has("2 of 9 elements, 22 %");
    site.run("test --coverage --min 23 law/pledge")
        .code(1)
        .stderr_has("under 23 %: law/pledge, 2 of 9");
    site.run("test --coverage --min 0").code(0);
    site.run("test --coverage --min 101").code(2);
    site.run("test --min 90").code(2);
    site.run("test --coverage --format junit").code(2);
    let failing = tests.replace("not-applicable}", "held}");
    small(&failing).run("test --coverage --min 0").code(1).stderr_has("failing-test");
}

#[test]
fn the_gate_names_judged_duties_without_tests_or_under_the_least_share() {
    let pledge = "- {of: pledge, given: {account: {role: auditor}}, on: 2026-12-01, expect: {check: not-applicable}, by: 承辦}\n";
    let outcome = small(pledge).run("check --fail-on untested --as-of 2026-12-01").code(3);
    assert!(outcome.stderr.contains("gate: 1 untested"), "{}", outcome.stderr);
    assert!(outcome.stderr.contains("no test is about this duty"), "{}", outcome.stderr);
    assert!(outcome.stderr.contains("law/check"), "{}", outcome.stderr);
    small(pledge).run("status --fail-on untested --as-of 2026-12-01").code(3);
    // Who does not ask is told nothing.
    let quiet = small(pledge).run("check --as-of 2026-12-01").code(0);
    assert!(!quiet.stderr.contains("untested-duty"), "{}", quiet.stderr);
    let both = format!("{pledge}- {{of: check, periods: {{2026-09: 2026-10-31}}, by: 承辦}}\n");
    small(&both).run("check --fail-on untested --as-of 2026-12-01").code(0);
    let asks = "name: 測試站\nagency: 測試機關\ntested_min: 22\n";
    let site = small(&both).write("clausebook.yaml", asks);
    let outcome = site.run("check --fail-on untested --as-of 2026-12-01").code(3);
    assert!(outcome.stderr.contains("gate: 1 untested"), "{}", outcome.stderr);
    assert!(outcome.stderr.contains("tests exercise 1 of its"), "{}", outcome.stderr);
}

#[test]
fn pages_and_data_say_what_is_exercised() {
    let tests = "- {of: pledge, given: {account: {role: auditor}}, on: 2026-12-01, expect: {check: not-applicable}, by: 承辦}\n";
    let site = small(tests);
    site.run("build --as-of 2026-12-01").code(0);
    let files = site.files("public");
    let page = |path: &str| String::from_utf8(files[path].clone()).expect("UTF-8");
    let data: Value = serde_json::from_slice(&files["data/tests.json"]).expect("JSON");
    assert_eq!(data, without_places(measured(&site, "")));
    let all = page("regulations/tests.html");
    // Of the accounts' rule 2 of 9, of the check none; each with a strip as wide as its share.
    let share = |text: &str, width: &str| {
        assert!(all.contains(&format!(">{text}</span> 項要素")), "{text}: {all}");
        assert!(all.contains(&format!("width=\"{width}\" height=\"4\"")), "{width}: {all}");
    };
    share("2／9", "22");
    share("0／11", "0");
    assert!(all.contains("<li>僅未經機關首長核閱或核定</li>"), "{all}");
    assert!(all.contains("<li>僅缺抽查表</li>"), "{all}");
    assert!(all.contains("href=\"../obligations/law/pledge.html\""), "{all}");
    // Every sentence of an element was found.
    assert!(!all.contains("tested_element"), "{all}");
    let duty = page("obligations/law/pledge.html");
    assert!(duty.contains("href=\"../../regulations/tests.html#law-pledge\""), "{duty}");
    assert!(duty.contains(">2／9</span>"), "{duty}");
    let law = page("regulations/law.html");
    assert!(law.contains(">2／9</span>") && law.contains(">0／11</span>"), "{law}");
    assert!(page("regulations/index.html").contains("href=\"tests.html\""));
}

/// Data of a site do not say where its files are.
fn without_places(mut file: Value) -> Value {
    for duty in file["duties"].as_array_mut().expect("a list") {
        for element in duty["elements"].as_array_mut().expect("a list") {
            element.as_object_mut().expect("a mapping").remove("places");
        }
    }
    file
}

#[test]
#[ignore = "slow: the gate runs it in release"]
fn every_hint_is_an_entry_to_be_filled_in() {
    let mut site = Project::demo();
    for row in [
        "nantou-household",
        "taipei-cadastral",
        "taipei-health-household",
        "taipei-market-household",
        "taipei-seal",
    ] {
        site = site.write(&format!("regulations/{row}/tests.yaml"), "[]\n");
    }
    let file = measured(&site, "");
    let mut by_regulation: BTreeMap<String, Vec<String>> = BTreeMap::new();
    let mut count = 0;
    for row in rows(&file) {
        let id = row["id"].as_str().expect("a text");
        let regulation = id.split('/').next().expect("a regulation").to_owned();
        for element in row["elements"].as_array().expect("a list") {
            assert_eq!(element["questions"], 0, "{id}");
            let hint = element["hint"].as_str().expect("a hint");
            // What a person fills in: here something that can be read.
            assert!(hint.contains('?'), "{hint}");
            by_regulation.entry(regulation.clone()).or_default().push(hint.to_owned());
            count += 1;
        }
    }
    assert_eq!(file["covered"], 0);
    assert_eq!(file["total"], count);
    for (regulation, hints) in &by_regulation {
        site = site.write(&format!("regulations/{regulation}/tests.yaml"), hints.join("\n") + "\n");
    }
    let outcome = site.run("check --format json").code(1);
    let faults: Vec<Value> = serde_json::from_str(&outcome.stdout).expect("JSON");
    let errors = faults.iter().filter(|fault| fault["severity"] == "error");
    let codes: BTreeSet<&str> = errors.filter_map(|fault| fault["code"].as_str()).collect();
    assert_eq!(codes, BTreeSet::from(["unfilled-test"]));
}

#[test]
fn words_with_any_sign_stand_quoted_in_hints() {
    let sign = "甲: '乙', {丙} # \\\"丁";
    let text = serde_json::to_string(sign).expect("a text");
    let rules = format!(
        "- {{id: check, kind: periodic, clauses: [\"2\"], title: 抽查, scope: unit, every: month, due: [{{months_after: 1, day: last}}], joint: [{text}, 乙方], evidence: [{text}]}}\n\
         - {{id: told, kind: event, clauses: [\"3\"], title: 通報, scope: unit, event: incident, deadline: {{within: 3 days}}, answer: [{text}, 通報]}}\n"
    );
    let site = Project::new().write(RULES, &rules).write(TESTS, "[]\n");
    let file = measured(&site, "");
    let elements =
        rows(&file).into_iter().flat_map(|row| row["elements"].as_array().expect("a list"));
    let hints: Vec<&str> = elements.map(|one| one["hint"].as_str().expect("a hint")).collect();
    assert!(hints.iter().any(|hint| hint.contains("丁")), "{hints:?}");
    let site = site.write(TESTS, &(hints.join("\n") + "\n"));
    let outcome = site.run("check --format json").code(1);
    let faults: Vec<Value> = serde_json::from_str(&outcome.stdout).expect("JSON");
    let errors = faults.iter().filter(|fault| fault["severity"] == "error");
    let codes: BTreeSet<&str> = errors.filter_map(|fault| fault["code"].as_str()).collect();
    assert_eq!(codes, BTreeSet::from(["unfilled-test"]), "{hints:#?}");
}
