//! The as-of day walked through 400 days: what one day says must follow from the day before.

use std::collections::BTreeMap;

use chrono::Days;
use clausebook::assess::{Reason, Status, Term, assess};
use clausebook::model::{Duty, Model};
use clausebook::pipeline;
use clausebook::time::{Day, parse_day};

use super::project::{Project, fixture};

fn day(text: &str) -> Day {
    parse_day(text).expect("a day")
}

/// The five regulations, an agency with a unit and an office, and a few records.
fn model() -> Model {
    let project = Project::new()
        .with_regulations()
        .write("content/calendar.yaml", fixture("office-calendar.yaml"))
        .write("content/systems.yaml", "id: net\nname: 系統\nagency: city\nregulations: [taipei-seal, taipei-cadastral, taipei-market-household, taipei-health-household, nantou-household]\n")
        .write("content/units.yaml", UNITS)
        .write("content/posts.yaml", "- {id: chief, agency: city, title: 科長, staff: A1}\n- {id: officer, agency: city, title: 專責, staff: A2, roles: [operator]}\n")
        .write("content/contractors.yaml", "id: firm\nname: 廠商\nagency: city\nsystems: [net]\nfrom: 2025-03-01\nuntil: 2026-05-31\n")
        .write("content/accounts.yaml", "- {id: u1, system: net, unit: desk, staff: A3, role: general, opened_on: 2025-02-10, password_changed: [2025-05-01]}\n- {id: u2, system: net, unit: branch, staff: A4, role: general, opened_on: 2025-02-10, cancelled_on: 2025-11-30}\n")
        .write("content/usage.yaml", usage())
        .write("content/audits.yaml", AUDITS)
        .write("content/trainings.yaml", "- {id: t1, post: officer, on: 2025-06-01, hours: 2, title: 資安}\n");
    let inputs = pipeline::load(project.root()).expect("reads");
    assert!(inputs.are_sound(), "{:#?}", inputs.diagnostics);
    inputs.model
}

const UNITS: &str = "\
- {id: desk, agency: city, name: 一科, kind: unit, uses: [{system: net, from: 2025-01-15}]}
- {id: branch, agency: city, name: 所, kind: office, uses: [{system: net, from: 2025-02-01, until: 2026-03-31}]}
";

const AUDITS: &str = "\
- {id: a1, obligation: taipei-seal/internal-audit, scope: desk, period: 2025-02, done_on: 2025-03-10, sample: {records: 9}}
- {id: a2, obligation: taipei-cadastral/rights-inventory, scope: city, done_on: 2025-05-05}
- {id: a3, obligation: nantou-household/self-audit, scope: city, period: 2025, done_on: 2025-12-30}
";

/// Usage of both units, of every month but a few.
fn usage() -> String {
    let mut text = String::new();
    for month in [2, 3, 4, 6, 7, 8, 9, 11] {
        for (unit, queries) in [("desk", 40 * month), ("branch", if month == 7 { 0 } else { 9 })] {
            text.push_str(&format!("- {{unit: {unit}, system: net, month: 2025-{month:02}, queries: {queries}, active_users: 1, total_users: 3}}\n"));
        }
    }
    text
}

/// How far an occurrence of which nothing is recorded has come.
fn step(status: Status) -> Option<u8> {
    Some(match status {
        Status::Upcoming => 0,
        Status::Open => 1,
        Status::DueSoon => 2,
        Status::Overdue => 3,
        _ => return None,
    })
}

#[test]
fn every_day_follows_from_the_day_before() {
    let model = model();
    let first = day("2025-01-01");
    let mut before: BTreeMap<(String, String, String), (Status, Day, bool)> = BTreeMap::new();
    let (mut seen, mut moved) = (0, 0);
    for offset in 0..400 {
        let as_of = first + Days::new(offset);
        let assessment = assess(&model.known_on(as_of));
        let mut now = BTreeMap::new();
        for (_, occurrence) in assessment.iter() {
            let path = model.obligation_path(occurrence.obligation);
            let key =
                (path, model.scope_slug(occurrence.scope).to_owned(), occurrence.term.slug(&model));
            // A lapse ends with the right, too: nothing is owed after it, and nothing more can be done.
            let ended = |reason: &Reason| matches!(reason, Reason::EndedLate { .. });
            let ended = occurrence.reasons.iter().any(ended);
            let (status, done) = (occurrence.status, ended || !occurrence.acts.is_empty());
            let place = format!("{key:?} as of {as_of}: {status:?}");
            assert!(occurrence.opens <= occurrence.due, "{place}");
            // Done needs an act, or the end of the right; neither is ever of a later day.
            assert!(
                done || !matches!(status, Status::Done | Status::DoneLate | Status::Deficient),
                "{place}"
            );
            assert_eq!(
                occurrence.done_on.is_some(),
                matches!(status, Status::Done | Status::DoneLate),
                "{place}"
            );
            assert!(occurrence.done_on.is_none_or(|on| on <= as_of), "{place}");
            assert!(!occurrence.reasons.is_empty(), "{place} has no reason");
            // While nothing is done the days alone decide.
            let expected = match () {
                () if as_of < occurrence.opens => Status::Upcoming,
                () if as_of > occurrence.due => Status::Overdue,
                () if (occurrence.due - as_of).num_days() <= 14 => Status::DueSoon,
                () => Status::Open,
            };
            if let (Some(_), false) = (step(status), done) {
                assert_eq!(status, expected, "{place}");
            }
            if let Some((was, due, was_done)) = before.get(&key) {
                assert_eq!(*due, occurrence.due, "{place}: the due date moved");
                assert!(!was_done || done, "{place}: what was done is undone");
                if let (false, Some(old), Some(new)) = (done, step(*was), step(status)) {
                    assert!(old <= new, "{place}, was {was:?} the day before");
                    moved += usize::from(old < new);
                }
            } else {
                seen += 1;
            }
            now.insert(key, (status, occurrence.due, done));
        }
        let gone: Vec<_> = before.keys().filter(|key| !now.contains_key(*key)).collect();
        assert!(gone.is_empty(), "gone as of {as_of}: {gone:?}");
        before = now;
    }
    assert!(seen > 200 && moved > 300, "{seen} occurrences, {moved} moves");
    // Every kind of term was walked.
    let kinds = |fits: fn(&Duty) -> bool| model.obligations.iter().any(|(_, o)| fits(&o.duty));
    assert!(kinds(|duty| matches!(duty, Duty::Interval(_))));
    let last = assess(&model.known_on(first + Days::new(399)));
    assert!(last.occurrences.iter().any(|one| matches!(one.term, Term::Since(_))));
    assert!(last.occurrences.iter().any(|one| matches!(one.term, Term::Period(_))));
}

#[test]
fn days_at_the_ends_of_time_do_not_panic() {
    let model = model();
    for text in ["0001-01-01", "1912-01-01", "2024-02-29", "2035-12-31"] {
        assess(&model.known_on(day(text)));
    }
}

#[test]
fn a_paper_once_free_stays_free() {
    let model = model();
    let mut before = Vec::new();
    for offset in (0..3_000).step_by(30) {
        let as_of = day("2025-01-01") + Days::new(offset);
        let kept = assess(&model.known_on(as_of)).retention;
        for paper in &kept {
            let may = paper.free_on().is_some_and(|free| free <= as_of);
            let says = matches!(paper.state, clausebook::assess::KeptState::MayBeDestroyed);
            assert_eq!(may, says, "{:?} as of {as_of}", paper.record);
        }
        let free: Vec<_> = kept
            .iter()
            .filter(|paper| paper.free_on().is_some_and(|free| free <= as_of))
            .map(|paper| paper.record)
            .collect();
        assert!(before.iter().all(|record| free.contains(record)), "{as_of}");
        before = free;
    }
    assert!(before.len() > 5);
}
