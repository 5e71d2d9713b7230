//! How pressing an occurrence is, as of a day: the classes of the due lists.

use crate::assess::{Occurrence, Status};
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
    pub fn as_str(self) -> &'static str {
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
}
