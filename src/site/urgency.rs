//! How pressing an occurrence is, as of a day: the classes of the due lists.

use super::lists::{Filter, Kind, List};
use super::route::Route;
use crate::assess::{Occurrence, Status};
use crate::model::{Agency, Id};
use crate::time::{Day, Every, Period};

/// The classes of the due lists, the most pressing first. They do not overlap, and every
/// occurrence has one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Urgency {
    Overdue,
    Deficient,
    Unknown,
    /// To be done from the as-of date to seven days after it.
    Days7,
    /// After that, to thirty days after the as-of date.
    Days30,
    /// After that, to the end of the quarter of the as-of date.
    Quarter,
    /// After all that.
    Later,
    /// In time or late.
    Done,
    Waived,
    NotApplicable,
}

impl Urgency {
    /// Every class, the most pressing first.
    pub const ALL: [Urgency; 10] = [
        Urgency::Overdue,
        Urgency::Deficient,
        Urgency::Unknown,
        Urgency::Days7,
        Urgency::Days30,
        Urgency::Quarter,
        Urgency::Later,
        Urgency::Done,
        Urgency::Waived,
        Urgency::NotApplicable,
    ];

    /// The word of its address and its texts.
    pub fn word(self) -> &'static str {
        match self {
            Urgency::Overdue => "overdue",
            Urgency::Deficient => "deficient",
            Urgency::Unknown => "unknown",
            Urgency::Days7 => "7-days",
            Urgency::Days30 => "30-days",
            Urgency::Quarter => "quarter",
            Urgency::Later => "later",
            Urgency::Done => "done",
            Urgency::Waived => "waived",
            Urgency::NotApplicable => "not-applicable",
        }
    }

    /// The class of an occurrence.
    pub fn of(occurrence: &Occurrence, as_of: Day) -> Self {
        match occurrence.status {
            Status::Overdue => return Urgency::Overdue,
            Status::Deficient => return Urgency::Deficient,
            Status::Unknown => return Urgency::Unknown,
            Status::DoneLate | Status::Done => return Urgency::Done,
            Status::Waived => return Urgency::Waived,
            Status::NotApplicable => return Urgency::NotApplicable,
            Status::DueSoon | Status::Open | Status::Upcoming => {}
        }
        let quarter = Period::containing(as_of, Every::Quarter).last_day();
        match occurrence.due {
            due if (due - as_of).num_days() <= 7 => Urgency::Days7,
            due if (due - as_of).num_days() <= 30 => Urgency::Days30,
            due if due <= quarter => Urgency::Quarter,
            _ => Urgency::Later,
        }
    }

    /// Whether the list is told by status alone, on the page of that status.
    pub fn status(self) -> Option<Status> {
        match self {
            Urgency::Deficient => Some(Status::Deficient),
            Urgency::Unknown => Some(Status::Unknown),
            _ => None,
        }
    }

    /// The list of a class, of all agencies or of one.
    pub fn list(self, agency: Option<Id<Agency>>) -> List {
        match (self.status(), agency) {
            (Some(status), None) => List::of(Kind::Occurrences, Filter::Status(status)),
            _ => List::of(Kind::Due, Filter::Urgency(self, agency)),
        }
    }

    /// The first page of the whole list.
    pub fn route(self) -> Route {
        self.list(None).page(1)
    }
}
