//! What is of one class of the due lists.

use super::parts::PageCtx;
use crate::assess::OccurrenceId;
pub use crate::facts::Urgency;
use crate::site::lists::Item;

/// The occurrences of a class, in the order of the due lists: the soonest due first, but what is
/// done by the day it was done, the last first.
pub fn listed(here: &PageCtx, urgency: Urgency) -> impl Iterator<Item = OccurrenceId> {
    here.site.lists.every(urgency.list(None)).iter().filter_map(|item| match item {
        Item::Occurrence(id) => Some(*id),
        _ => None,
    })
}
