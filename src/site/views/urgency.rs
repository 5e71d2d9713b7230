//! What is still to be done, by how soon it is due.

use chrono::Days;

use super::parts::{Here, OccurrenceRow};
use crate::assess::{Occurrence, OccurrenceId, Status};
use crate::time::{Day, Every, Period};

/// How soon something is due. The classes do not overlap.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Urgency {
    Overdue,
    /// From the as-of date to seven days after it.
    Days7,
    /// After that, to thirty days after the as-of date.
    Days30,
    /// After that, to the end of the quarter of the as-of date.
    Quarter,
}

impl Urgency {
    /// Every class, the most urgent first.
    pub const ALL: [Urgency; 4] =
        [Urgency::Overdue, Urgency::Days7, Urgency::Days30, Urgency::Quarter];

    /// The word of its texts.
    pub fn word(self) -> &'static str {
        match self {
            Urgency::Overdue => "overdue",
            Urgency::Days7 => "days-7",
            Urgency::Days30 => "days-30",
            Urgency::Quarter => "quarter",
        }
    }

    /// How urgent an occurrence is; `None` if nothing is to be done, or not so soon.
    pub fn of(occurrence: &Occurrence, as_of: Day) -> Option<Self> {
        match occurrence.status {
            Status::Overdue => return Some(Urgency::Overdue),
            Status::DueSoon | Status::Open | Status::Upcoming => {}
            _ => return None,
        }
        let quarter = Period::containing(as_of, Every::Quarter).last_day();
        match occurrence.due {
            due if due <= as_of + Days::new(7) => Some(Urgency::Days7),
            due if due <= as_of + Days::new(30) => Some(Urgency::Days30),
            due if due <= quarter => Some(Urgency::Quarter),
            _ => None,
        }
    }
}

/// What is of this urgency, the soonest due first.
pub fn within(here: &Here, urgency: Urgency) -> Vec<OccurrenceRow> {
    let as_of = here.site.assessment.as_of;
    let mut ids: Vec<(Day, OccurrenceId)> = here
        .site
        .assessment
        .iter()
        .filter(|(_, occurrence)| Urgency::of(occurrence, as_of) == Some(urgency))
        .map(|(id, occurrence)| (occurrence.due, id))
        .collect();
    ids.sort_unstable();
    ids.into_iter().map(|(_, id)| here.row(id)).collect()
}
