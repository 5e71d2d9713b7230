//! What must hold of records at any time: which records are looked at, and what comes of it.

use clausebook::assess::{CheckVerdict, assess};
use clausebook::pipeline;
use clausebook::time::parse_day;

use super::project::Project;

/// A site with one rule that must hold, in place of the duty `check`.
fn site(rule: &str) -> Project {
    Project::new().duty(&format!("kind: invariant\n{rule}"))
}

/// What came of every record: `ID holds`, `ID breached`, `ID ?`.
fn verdicts(project: &Project, as_of: &str) -> Vec<String> {
    let inputs = pipeline::load(project.root()).expect("the site can be read");
    assert!(inputs.are_sound(), "{:?}", inputs.diagnostics);
    let assessment = assess(&inputs.model.known_on(parse_day(as_of).expect("a day")));
    let line = |check: &clausebook::assess::Check| {
        let word = match check.verdict {
            CheckVerdict::Holds => "holds",
            CheckVerdict::Breached => "breached",
            CheckVerdict::Indeterminate(_) => "?",
        };
        format!("{} {word}", check.record.slug(&inputs.model))
    };
    assessment.checks.iter().map(line).collect()
}

fn account(id: &str, more: &str) -> String {
    format!(
        "- {{id: {id}, system: net, unit: desk, staff: S-{id}, role: general, opened_on: 2025-03-01{more}}}\n"
    )
}

#[test]
fn a_record_holds_or_is_breached() {
    let rule =
        "scope: account\nmust: account.application.approved_on and account.pledge.signed_on\n";
    let accounts = [
        account(
            "whole",
            ", application: {applied_on: 2025-02-01, approved_on: 2025-02-03}, pledge: {signed_on: 2025-02-01}",
        ),
        account("no-pledge", ", application: {applied_on: 2025-02-01, approved_on: 2025-02-03}"),
        account("nothing", ""),
    ];
    let project = site(rule).write("content/accounts.yaml", accounts.concat());
    assert_eq!(
        verdicts(&project, "2025-06-01"),
        ["no-pledge breached", "nothing breached", "whole holds"]
    );
    assert_eq!(verdicts(&project, "2025-02-28"), [""; 0], "no account is open yet");
}

#[test]
fn what_happens_later_is_not_yet_so() {
    let rule = "scope: account\nmust: account.pledge.signed_on\n";
    let project = site(rule)
        .write("content/accounts.yaml", account("late", ", pledge: {signed_on: 2025-04-01}"));
    assert_eq!(verdicts(&project, "2025-03-31"), ["late breached"]);
    assert_eq!(verdicts(&project, "2025-04-01"), ["late holds"]);
}

#[test]
fn records_the_condition_leaves_out_are_not_looked_at() {
    let rule =
        "scope: account\nwhen: account.role == \"auditor\"\nmust: account.pledge.signed_on\n";
    let project = site(rule).write("content/accounts.yaml", account("general", ""));
    assert_eq!(verdicts(&project, "2025-06-01"), [""; 0]);
}

#[test]
fn what_cannot_be_compared_cannot_be_told_and_is_never_a_pass() {
    let rule = "scope: account\nmust: as_of <= months_after(account.last_used_on, 3)\n";
    let accounts = [
        account("never", ""),
        account("fresh", ", last_used_on: 2025-05-02"),
        account("stale", ", last_used_on: 2025-03-01"),
    ];
    let project = site(rule).write("content/accounts.yaml", accounts.concat());
    assert_eq!(verdicts(&project, "2025-06-02"), ["fresh holds", "never ?", "stale breached"]);
}

#[test]
fn units_and_agencies_know_the_roles_held_in_them() {
    let rule = "scope: unit\nmust: \"'custodian' in unit.roles\"\n";
    let post = |more: &str| {
        format!("id: keeper\nagency: city\ntitle: 管理者\nstaff: B002\nroles: [custodian]\n{more}")
    };
    let posts = |more: &str| site(rule).write("content/posts/keeper.yaml", post(more));
    assert_eq!(verdicts(&posts("unit: desk\n"), "2025-06-01"), ["desk holds"]);
    assert_eq!(verdicts(&posts(""), "2025-06-01"), ["desk breached"], "held elsewhere");
    let ended = posts("unit: desk\nuntil: 2025-05-31\n");
    assert_eq!(verdicts(&ended, "2025-05-31"), ["desk holds"]);
    assert_eq!(verdicts(&ended, "2025-06-01"), ["desk breached"], "held no more");
}

#[test]
fn a_deputy_may_not_be_the_holder() {
    let rule = "scope: post\nwhen: post.deputy\nmust: post.deputy_staff != post.staff\n";
    let posts = "- {id: a, agency: city, title: 甲, staff: S1, deputy: b}\n- {id: b, agency: city, title: 乙, staff: S1}\n- {id: c, agency: city, title: 丙, staff: S2, deputy: b}\n";
    let project = site(rule).write("content/posts/more.yaml", posts);
    assert_eq!(verdicts(&project, "2025-06-01"), ["a breached", "c holds"]);
}

#[test]
fn addresses_may_not_stand_twice_on_the_white_list() {
    let rule = "scope: system\nof: endpoint\nmust: endpoint.same_address == 0\n";
    let endpoint = |id: &str, address: &str, more: &str| {
        format!(
            "- {{id: {id}, system: net, agency: city, address: {address}, since: 2025-02-01{more}}}\n"
        )
    };
    let endpoints = [
        endpoint("one", "10.0.0.1", ""),
        endpoint("two", "10.0.0.2", ""),
        endpoint("twin", "10.0.0.1", ", removed_on: 2025-06-01"),
    ];
    let project = site(rule).write("content/endpoints.yaml", endpoints.concat());
    assert_eq!(verdicts(&project, "2025-05-31"), ["one breached", "twin breached", "two holds"]);
    assert_eq!(verdicts(&project, "2025-06-01")[0], "one holds", "the twin was removed");
}
