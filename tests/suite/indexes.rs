//! What is looked up in an index, against a look at everything.

use std::collections::BTreeMap;

use clausebook::assess::{Assessment, OccurrenceId, assess};
use clausebook::pipeline;
use clausebook::site::lists::finding_lists;
use clausebook::time::parse_day;

use super::project::Project;
use super::published::DEMO_INPUTS;

/// Days on which the demo knows little, a year's records, and all of them.
const DAYS: [&str; 3] = ["2025-03-31", "2026-02-28", "2026-11-21"];

fn of(assessment: &Assessment, holds: impl Fn(OccurrenceId) -> bool) -> Vec<OccurrenceId> {
    assessment.iter().map(|(id, _)| id).filter(|id| holds(*id)).collect()
}

#[test]
fn neighbours_and_terms_are_those_a_filter_finds() {
    for day in DAYS {
        let assessment = assess(&DEMO_INPUTS.model.known_on(parse_day(day).expect("a day")));
        assert!(!assessment.occurrences.is_empty());
        for (id, this) in assessment.iter() {
            let one = |other: OccurrenceId| assessment.occurrence(other);
            let siblings = of(&assessment, |other| {
                one(other).obligation == this.obligation && one(other).scope == this.scope
            });
            let at = siblings.iter().position(|other| *other == id).expect("it is its own");
            let before = at.checked_sub(1).map(|before| siblings[before]);
            assert_eq!(assessment.neighbours(id), [before, siblings.get(at + 1).copied()]);
            let same = of(&assessment, |other| {
                one(other).obligation == this.obligation && one(other).term == this.term
            });
            assert_eq!(assessment.of_term(this.obligation, this.term), same);
        }
    }
}

#[test]
fn waivers_in_force_are_found_whatever_else_is_waived() {
    let model = &DEMO_INPUTS.model;
    for day in DAYS {
        let assessment = assess(&model.known_on(parse_day(day).expect("a day")));
        for (_, this) in assessment.iter() {
            let first = model.waivers.iter().find(|(_, waiver)| {
                (waiver.obligation, waiver.scope) == (this.obligation, this.scope)
                    && (waiver.from..=waiver.until).contains(&this.due)
                    && waiver.approved.on <= assessment.as_of
            });
            // What is complete, or does not apply, needs none.
            if let Some(found) = this.waiver {
                assert_eq!(Some(found), first.map(|(id, _)| id));
            } else if this.done_on.is_none() && first.is_some() {
                assert_eq!(this.status.code(), "not-applicable", "{this:?}");
            }
        }
    }
}

#[test]
fn findings_are_counted_by_state_once_for_all_pages() {
    let mut inputs = pipeline::load(Project::demo().root()).expect("reads");
    let (known, assessment) = inputs.assess(parse_day(DAYS[2]).expect("a day"));
    let facts = inputs.conclude(&known, &assessment);
    let judged = (known, assessment, facts);
    let planned = pipeline::prepare(inputs, judged, None).expect("templates load");
    let site = &planned.site;
    let mut counts = BTreeMap::new();
    for (id, finding) in site.model.findings.iter() {
        for state in finding_lists(&site.assessment, id, finding) {
            *counts.entry(state).or_default() += 1;
        }
    }
    assert_eq!(site.lists.findings_in, counts);
}
