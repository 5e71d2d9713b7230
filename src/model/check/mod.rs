//! What the whole model shows to be doubtful, whatever the day: figures that cannot be, papers that
//! prove too much, waivers without ground, findings mended in the wrong order, accounts used by
//! nobody, answers before their events, roles nobody knows. Warnings only: the records may be right,
//! but somebody must look.

mod accounts;
mod answers;
mod figures;
mod findings;
mod papers;
mod roles;
mod waivers;

use super::Model;
use crate::diagnostic::Diagnostics;

/// Reports what is doubtful.
pub fn doubts(model: &Model, report: &mut Diagnostics) {
    accounts::check(model, report);
    answers::check(model, report);
    figures::check(model, report);
    findings::check(model, report);
    papers::check(model, report);
    roles::check(model, report);
    waivers::check(model, report);
}
