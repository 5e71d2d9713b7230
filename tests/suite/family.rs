//! A regulation nobody has seen, entered by files alone: `fixtures/family` holds what the guide's
//! recipes give, and every duty of its text is computed.

use std::collections::BTreeMap;

use clausebook::assess::CheckVerdict;
use clausebook::model::Named as _;
use clausebook::pipeline;
use clausebook::time::parse_day;

use super::project::{Project, files, repository};

/// The fixture, written out.
fn family() -> Project {
    let folder = repository().join("tests/fixtures/family");
    let project = Project::empty().write("templates/assets/site.css", "body { margin: 0; }\n");
    files(&folder).into_iter().fold(project, |project, (path, bytes)| project.write(&path, bytes))
}

#[test]
#[ignore = "slow: the gate runs it in release"]
fn it_builds() {
    let project = family();
    project.run("build").code(0);
    assert!(project.files("public").contains_key("regulations/family.html"));
}

#[test]
fn its_dated_duties_are_judged() {
    let rows = family().rows();
    for (id, status, due) in [
        // Every week, within three days.
        ("weekly-review/desk/2026-W10", "done", "2026-03-11"),
        ("weekly-review/desk/2026-W11", "done-late", "2026-03-18"),
        ("weekly-review/desk/2026-W12", "overdue", "2026-03-25"),
        ("weekly-review/desk/2026-W13", "due-soon", "2026-04-01"),
        ("weekly-review/desk/2026-W14", "upcoming", "2026-04-08"),
        // A head count between a lower and an upper number.
        ("user-sample/desk/2026-02", "done", "2026-03-31"),
        // Two short on the last day: still to do.
        ("user-sample/hall/2026-02", "due-soon", "2026-03-31"),
        ("user-sample/shop/2026-02", "done", "2026-03-31"),
        // By the tenth of each month.
        ("monthly-report/city/2025-12", "overdue", "2026-01-10"),
        ("monthly-report/city/2026-01", "done-late", "2026-02-10"),
        ("monthly-report/city/2026-02", "done", "2026-03-10"),
        // Every three months, counted from the last time.
        ("rights-review/desk/2026-02-02", "done", "2026-05-02"),
        ("rights-review/desk/2026-03-30", "open", "2026-06-30"),
        ("rights-review/hall/2025-12-01", "overdue", "2026-03-01"),
        // Seven days after an incident.
        ("incident-report/city/incident-1", "done", "2026-03-09"),
        ("incident-report/city/incident-2", "done-late", "2026-03-17"),
        ("incident-report/city/incident-3", "overdue", "2026-03-27"),
        ("incident-report/city/incident-4", "deficient", "2026-03-27"),
    ] {
        rows[&format!("family/{id}")].clone().is(status).has("due", due);
    }
    let required = |unit: &str| {
        rows[&format!("family/user-sample/{unit}/2026-02")].0["required"]["users"].as_u64()
    };
    assert_eq!(["desk", "hall", "shop"].map(required), [Some(5), Some(10), Some(3)]);
}

#[test]
fn what_must_hold_is_checked() {
    let project = family();
    let mut inputs = pipeline::load(project.root()).expect("reads");
    assert!(inputs.are_sound());
    let (_, assessment) = inputs.assess(parse_day("2026-03-31").expect("a day"));
    let mut amiss: BTreeMap<&str, Vec<String>> = BTreeMap::new();
    for check in &assessment.checks {
        let record = check.record.slug(&inputs.model);
        let told = match &check.verdict {
            CheckVerdict::Holds => continue,
            CheckVerdict::Breached => record.to_owned(),
            CheckVerdict::Indeterminate(_) => format!("{record}?"),
        };
        amiss.entry(inputs.model.obligations[check.obligation].slug()).or_default().push(told);
    }
    let amiss: Vec<(&str, String)> =
        amiss.into_iter().map(|(rule, records)| (rule, records.join(" "))).collect();
    assert_eq!(
        amiss,
        [
            ("auditor-apart", "sample-hall sample-shop".to_owned()),
            ("dormant-cancelled", "seven-months-suspended".to_owned()),
            ("dormant-suspended", "four-months".to_owned()),
            ("no-self-approval", "own-approval no-approval".to_owned()),
            ("rights-end", "three-years no-approval?".to_owned()),
            ("roles-apart", "hall-custodian".to_owned()),
        ]
        .map(|(rule, records)| (rule, sorted(&records)))
    );
}

/// Records come in the order of their ids.
fn sorted(records: &str) -> String {
    let mut words: Vec<&str> = records.split(' ').collect();
    words.sort_unstable();
    words.join(" ")
}
