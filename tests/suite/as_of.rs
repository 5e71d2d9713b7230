//! An earlier day shows the site as it stood: nothing in the output is of a record of a later day.

use std::collections::{BTreeMap, BTreeSet};

use clausebook::model::{Model, Named};
use clausebook::pipeline;
use clausebook::time::{Day, parse_day};

use super::architecture::sources;
use super::project::Project;
use super::published::DEMO_INPUTS;

/// Days on which little, a year, and nearly all of the demo was recorded.
const DAYS: [&str; 3] = ["2025-06-30", "2026-01-15", "2026-10-31"];

/// The ids of all that is recorded of days after `day`, each with that day.
fn later(model: &Model, day: Day) -> BTreeMap<&str, Day> {
    let audits = model.audits.iter().map(|(_, row)| (row.slug(), row.done_on));
    let sent = model.submissions.iter().map(|(_, row)| (row.slug(), row.sent_on));
    let trainings = model.trainings.iter().map(|(_, row)| (row.slug(), row.on));
    let findings = model.findings.iter().map(|(_, row)| (row.slug(), row.found_on));
    let evidence = model.evidence.iter().map(|(_, row)| (row.slug(), row.received_on));
    let waivers = model.waivers.iter().map(|(_, row)| (row.slug(), row.approved.on));
    let events = model.events.iter().map(|(_, row)| (row.slug(), row.known_on));
    let entries = model.entries.iter().map(|(_, row)| (row.slug(), row.since));
    let accounts = model.accounts.iter().map(|(_, row)| {
        let applied = row.application.as_ref().map(|form| form.applied_on);
        (row.slug(), applied.map_or(row.opened_on, |applied| applied.min(row.opened_on)))
    });
    let acts = audits.chain(sent).chain(trainings).chain(findings).chain(evidence);
    let all = acts.chain(waivers).chain(events).chain(entries).chain(accounts);
    all.filter(|(_, on)| *on > day).collect()
}

#[test]
#[ignore = "slow: the gate runs it in release"]
fn no_file_of_an_earlier_day_names_a_later_record() {
    let project = Project::demo();
    let inputs = pipeline::load(project.root()).expect("reads");
    // An author may write of any record in a page of guidance.
    let written = project.files("content/pages").into_values();
    let written: String = written.map(|page| String::from_utf8(page).expect("UTF-8")).collect();
    for text in DAYS {
        let day = parse_day(text).expect("a day");
        let mut later = later(&inputs.model, day);
        later.retain(|slug, _| !written.contains(slug));
        assert!(later.len() > 5, "{text}: the demo has records of later days");
        let project = Project::demo().as_of(text);
        project.run("build").code(0);
        let mut named: BTreeSet<(String, &str)> = BTreeSet::new();
        for (path, bytes) in project.files("public") {
            let text = String::from_utf8_lossy(&bytes);
            let is_of_id = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
            let words = path.split(|c| !is_of_id(c)).chain(text.split(|c| !is_of_id(c)));
            for word in words {
                if let Some((slug, _)) = later.get_key_value(word) {
                    named.insert((path.clone(), slug));
                }
            }
        }
        let some: Vec<_> = named.iter().take(20).collect();
        assert!(named.is_empty(), "as of {text}, {} places: {some:#?}", named.len());
    }
}

/// What was cut for an earlier day out of a later one is what is cut out of everything.
#[test]
fn an_earlier_day_is_the_same_from_wherever_it_is_cut() {
    let last = DEMO_INPUTS.model.known_on(parse_day("2026-11-21").expect("a day"));
    for text in DAYS {
        let day = parse_day(text).expect("a day");
        let direct = format!("{:?}", DEMO_INPUTS.model.known_on(day));
        let through = format!("{:?}", last.earlier(day));
        let at = direct.bytes().zip(through.bytes()).position(|(one, other)| one != other);
        let near = |text: &str, at: usize| -> String {
            let from = text.floor_char_boundary(at.saturating_sub(300));
            text[from..].chars().take(500).collect()
        };
        let differ = at.map(|at| [near(&direct, at), near(&through, at)]);
        assert!(direct == through, "{text}: {differ:#?}");
    }
}

/// Whoever compares a day of a record with the as-of date behind `known.rs` decides again what is
/// known. Files that ask whether something planned has come are named.
#[test]
fn no_file_behind_known_filters_records_by_day() {
    // Plans: the end of a life that was agreed, a month that is not over, an event of which `check`
    // says that it lies ahead.
    const PLANS: &[&str] = &[
        "assess/applicability.rs",
        "assess/case/decide.rs",
        "assess/record_index.rs",
        "assess/unstarted.rs",
    ];
    const DAYS_OF_RECORDS: &[&str] = &[
        "done_on",
        "found_on",
        "received_on",
        "sent_on",
        "signed_on",
        "known_on",
        "approved_on",
        "cancelled_on",
        "suspended_on",
        "last_used_on",
        "closed_on",
        "verified_on",
        "removed_on",
        "approval.on",
        "approved.on",
        "check.on",
        "destroyed.on",
        "answer.on",
        "training.on",
        ".since",
        ".on",
        "last_day()",
        "*day",
        "*on",
    ];
    let behind = ["assess/", "facts/", "site/", "export/", "render/", "output/"];
    let mut filters: BTreeSet<String> = BTreeSet::new();
    for (path, text) in sources() {
        if !behind.iter().any(|stage| path.starts_with(stage)) {
            continue;
        }
        for line in text.lines() {
            for (at, _) in line.match_indices("as_of") {
                let before = line[..at]
                    .trim_end_matches(|c: char| c.is_alphanumeric() || c == '_' || c == '.');
                let Some(left) = before.strip_suffix("<= ").or(before.strip_suffix("> ")) else {
                    continue;
                };
                let left = left.trim_end();
                if DAYS_OF_RECORDS.iter().any(|name| left.ends_with(name)) {
                    filters.insert(path.clone());
                }
            }
        }
    }
    let new: Vec<&String> = filters.iter().filter(|path| !PLANS.contains(&path.as_str())).collect();
    assert!(new.is_empty(), "{new:?} decide by themselves what is known; `model/known.rs` does");
    let mended: Vec<&&str> = PLANS.iter().filter(|path| !filters.contains(**path)).collect();
    assert!(mended.is_empty(), "{mended:?} look at no plan any more: take them off the list");
}

/// A site with an account that has `more` keys.
fn account_with(more: &str) -> Project {
    let account = format!(
        "- id: with-history\n  system: net\n  unit: desk\n  staff: A002\n  role: general\n  \
         opened_on: 2025-01-02\n{more}"
    );
    Project::new().write("content/accounts.yaml", &account)
}

#[test]
fn a_history_shows_an_earlier_day_as_it_stood() {
    let project = account_with(
        "  last_used_on: [2025-06-10, 2025-03-01, 2025-09-20]\n  reactivation:\n    \
         - {on: 2025-08-01, suspended_on: 2025-07-01, document: 二}\n    \
         - {on: 2025-05-01, suspended_on: 2025-04-01, document: 一}\n",
    );
    let inputs = pipeline::load(project.root()).expect("reads");
    assert!(inputs.diagnostics.iter().all(|one| !one.message.contains("with-history")));
    // By hand from the record: the day, the last use known on it, since when it was suspended, the
    // document of the latest reactivation.
    for (text, used, suspended, document) in [
        ("2025-02-01", None, None, None),
        ("2025-03-01", Some("2025-03-01"), None, None),
        ("2025-04-01", Some("2025-03-01"), Some("2025-04-01"), None),
        ("2025-04-30", Some("2025-03-01"), Some("2025-04-01"), None),
        ("2025-05-01", Some("2025-03-01"), None, Some("一")),
        ("2025-06-30", Some("2025-06-10"), None, Some("一")),
        ("2025-07-15", Some("2025-06-10"), Some("2025-07-01"), Some("一")),
        ("2025-08-01", Some("2025-06-10"), None, Some("二")),
        ("2026-01-01", Some("2025-09-20"), None, Some("二")),
    ] {
        let known = inputs.model.known_on(parse_day(text).expect("a day"));
        let account = &known.accounts[known.accounts.find("with-history").expect("is there")];
        let day = |text: &str| parse_day(text).expect("a day");
        assert_eq!(account.last_used_on, used.map(day), "{text}: last use");
        assert_eq!(account.suspended_on, suspended.map(day), "{text}: suspended");
        assert_eq!(account.fields.date("last_used_on"), account.last_used_on, "{text}");
        assert_eq!(account.fields.date("suspended_on"), account.suspended_on, "{text}");
        let form = account.fields.group("reactivation");
        let of_form = form.map(|form| form.string("document"));
        assert_eq!(of_form.as_deref(), document, "{text}: reactivation");
    }
}

#[test]
fn a_history_is_read_strictly() {
    for (more, place, said) in [
        ("  last_used_on: [2025-03-01, 2025-03-01]\n", "inconsistent-dates", "two values of"),
        ("  last_used_on: []\n", "wrong-type", "has no value"),
        ("  last_used_on: [2025-03-01, 2025-13-01]\n", "invalid-date", "2025-13-01"),
        ("  change: [{applied_on: 2025-03-01}]\n", "missing-key", "lacks `on`"),
        ("  suspended_on: [2025-03-01]\n", "wrong-type", "`suspended_on` takes"),
    ] {
        account_with(more).run("check").code(1).stderr_has(place).stderr_has(said);
    }
}
