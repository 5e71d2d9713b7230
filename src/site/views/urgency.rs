//! What is of one class of the due lists.

use super::parts::{Here, OccurrenceRow};
use crate::assess::OccurrenceId;
use crate::model::{Agency, Id};
pub use crate::site::urgency::Urgency;

/// The occurrences of a class, of one agency or of all, in the order of the due lists: the soonest
/// due first, but what is done by the day it was done, the last first.
pub fn listed(here: &Here, urgency: Urgency, agency: Option<Id<Agency>>) -> Vec<OccurrenceId> {
    let assessment = &here.site.assessment;
    let is_of =
        |id: &OccurrenceId| Urgency::of(assessment.occurrence(*id), assessment.as_of) == urgency;
    let mut ids: Vec<OccurrenceId> = match agency {
        Some(agency) => assessment.of_agency(agency).iter().copied().filter(is_of).collect(),
        None => assessment.iter().map(|(id, _)| id).filter(is_of).collect(),
    };
    let of = |id: &OccurrenceId| assessment.occurrence(*id);
    match urgency {
        Urgency::Done => ids.sort_by_key(|id| {
            (std::cmp::Reverse(of(id).done_on), std::cmp::Reverse(of(id).due), *id)
        }),
        _ => ids.sort_by_key(|id| (of(id).due, of(id).status, *id)),
    }
    ids
}

/// What is of this class as rows.
pub fn within(here: &Here, urgency: Urgency) -> Vec<OccurrenceRow> {
    listed(here, urgency, None).into_iter().map(|id| here.row(id)).collect()
}
