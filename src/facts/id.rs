//! The public ids of what only an assessment knows: those of `status`, `explain`, the data files
//! and the addresses of pages.

use crate::assess::{Assessment, Check, KeptRecord, Occurrence, OccurrenceId};
use crate::model::{Id, Model, Obligation};

/// `REGULATION/OBLIGATION/SCOPE/PERIOD`; the page is `obligations/ID.html`.
pub fn occurrence(model: &Model, assessment: &Assessment, id: OccurrenceId) -> String {
    of_row(model, assessment.occurrence(id))
}

/// The same id of an occurrence of any day.
pub fn of_row(model: &Model, occurrence: &Occurrence) -> String {
    format!(
        "{}/{}/{}",
        model.obligation_path(occurrence.obligation),
        model.scope_slug(occurrence.scope),
        occurrence.term.slug(model)
    )
}

/// `REGULATION/OBLIGATION/RECORD` of a record against a rule that must hold at any time.
pub fn check(model: &Model, check: &Check) -> String {
    format!("{}/{}", model.obligation_path(check.obligation), check.record.slug(model))
}

/// `REGULATION/OBLIGATION/RECORD` of a kept record under a rule; logs of use by their unit.
pub fn kept(model: &Model, record: KeptRecord, rule: Id<Obligation>) -> String {
    format!("{}/{}", model.obligation_path(rule), record.slug(model))
}
