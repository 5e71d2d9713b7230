//! Why an occurrence has its status: figures, not sentences. The words are in `site::sentence`.

use crate::law::ClauseNumber;
use crate::model::{Id, NoAnswer, SampleSize, Waiver};
use crate::time::{Day, Period};

/// What a number counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Measure {
    Records,
    Users,
}

/// One reason for a status.
#[derive(Clone, Debug, PartialEq)]
pub enum Reason {
    /// The window opens on a day to come.
    OpensOn {
        opens: Day,
        due: Day,
    },
    /// Not done, and still in time by so many days (0: today is the last day).
    DueIn {
        due: Day,
        days: i64,
    },
    /// Not done, and late by so many days.
    Overdue {
        due: Day,
        days: i64,
    },
    /// Done in time.
    DoneInTime {
        on: Day,
        due: Day,
    },
    /// Complete, but late by so many days.
    DoneLate {
        on: Day,
        due: Day,
        days: i64,
    },
    /// How many must be looked at, and how many were; `actual` is `None` while nothing was done.
    Sample {
        measure: Measure,
        size: SampleSize,
        actual: Option<u64>,
    },
    /// Months with records of use that no act looked at.
    MonthsMissed {
        missed: Vec<Period>,
    },
    /// All months with records of use were looked at.
    MonthsCovered {
        count: usize,
    },
    PartyMissing {
        party: String,
    },
    ApprovalMissing {
        by: String,
    },
    EvidenceMissing {
        form: String,
    },
    /// It had to come unannounced.
    Announced,
    /// Done before the window opened.
    TooEarly {
        on: Day,
        opens: Day,
    },
    HoursShort {
        required: u64,
        actual: u64,
    },
    HoursMet {
        required: u64,
        actual: u64,
    },
    /// Sent to somebody else than the rule says.
    WrongRecipient {
        to: String,
    },
    /// An office that must be told was not.
    NotTold {
        party: String,
    },
    /// The population is 0: there is nothing to look at.
    PopulationZero,
    /// Months of which no use is recorded.
    PopulationUnknown {
        months: Vec<Period>,
    },
    /// The audits that the sample is drawn from are not recorded.
    BaseUnknown,
    /// The act states another population than the usage records.
    PopulationDiffers {
        measure: Measure,
        stated: u64,
        recorded: u64,
    },
    /// The office calendar misses a year that the due date is counted through.
    CalendarMissing {
        year: i32,
    },
    /// The site does not hold what the clause said then.
    TextNotHeld {
        clause: ClauseNumber,
    },
    /// The rule's condition does not hold of the scope.
    ConditionFalse,
    /// The rule's condition cannot be evaluated.
    ConditionFailed {
        why: NoAnswer,
    },
    Waived {
        waiver: Id<Waiver>,
        until: Day,
    },
}

impl Reason {
    /// Whether it says that something the rule asks is not there.
    pub fn is_shortfall(&self) -> bool {
        match self {
            Reason::Sample { size, actual, .. } => actual.is_some_and(|n| n < size.required),
            Reason::MonthsMissed { .. }
            | Reason::PartyMissing { .. }
            | Reason::ApprovalMissing { .. }
            | Reason::EvidenceMissing { .. }
            | Reason::Announced
            | Reason::TooEarly { .. }
            | Reason::HoursShort { .. }
            | Reason::WrongRecipient { .. }
            | Reason::NotTold { .. } => true,
            _ => false,
        }
    }
}
