//! How much text a row of a list has: by it and by rows lists are divided into pages.

use super::Item;
use crate::assess::{Assessment, Reason};
use crate::model::{Duty, Id, Model, Obligation};

/// The text of a row in bytes, by a rough measure: what every row has, and what its author may
/// have written at length.
pub(super) fn text(model: &Model, assessment: &Assessment, item: Item) -> usize {
    let title = |id: Id<Obligation>| {
        let duty = &model.obligations[id];
        duty.title.len() + model.regulations[duty.regulation].short.len()
    };
    match item {
        Item::Occurrence(id) => {
            let occurrence = assessment.occurrence(id);
            let reason = match occurrence.reasons.first() {
                Some(Reason::Waived { waiver, .. }) => model.waivers[*waiver].reason.len(),
                // Said in words it may be longer than as it was written.
                Some(Reason::ConditionFalse | Reason::ConditionFailed { .. }) => {
                    let when = model.obligations[occurrence.obligation].when.as_ref();
                    100 + when.map_or(0, |when| 2 * when.source.len())
                }
                _ => 0,
            };
            450 + title(occurrence.obligation) + model.scope_name(occurrence.scope).len() + reason
        }
        Item::Agency(id) => {
            let first = model.agencies[id].units.iter().take(12);
            250 + first.map(|unit| model.units[*unit].short.len() + 3).sum::<usize>()
        }
        Item::Unit(id) => 200 + model.units[id].name.len() + 60 * model.units[id].uses.len(),
        Item::System(id) => 200 + 40 * model.systems[id].regulations.len(),
        Item::Check(at) => {
            let check = &assessment.checks[at];
            let duty = &model.obligations[check.obligation];
            let must = match &duty.duty {
                Duty::Invariant(rule) => rule.must.as_ref().map_or(0, |must| must.source.len()),
                _ => 0,
            };
            let said = duty.summary.as_ref().map_or(0, String::len);
            // The fields it names are among what it reads.
            500 + 2 * title(check.obligation) + said + 2 * must + 150 * check.grounds.len()
        }
        Item::Finding(id) => 300 + model.findings[id].title.len(),
        Item::Action(at) => {
            let (id, place) = assessment.overdue_actions[at];
            150 + model.findings[id].title.len() + model.findings[id].actions[place].what.len()
        }
        Item::Evidence(id) => {
            let form = model.evidence[id].form.map_or(0, |form| model.forms[form].words.len());
            100 + model.evidence[id].title.len() + form
        }
        Item::Audit(id) => {
            150 + title(model.audits[id].obligation)
                + model.scope_name(model.audits[id].scope).len()
        }
        Item::Submission(id) => 200 + title(model.submissions[id].obligation),
        Item::Kept(_) => 400,
        Item::Waiver(id) => {
            let waiver = &model.waivers[id];
            300 + title(waiver.obligation) + waiver.reason.len()
        }
        Item::Post(_) | Item::Account(_) | Item::Usage(_) | Item::Entry(_) => 150,
        Item::Event(_) | Item::Candidate(_) => 150,
    }
}
