//! One instance of a duty: an obligation, a scope, a term, and what became of it.

use super::Reason;
use crate::model::sample::Tally;
use crate::model::{
    Audit, Event, Evidence, Finding, Id, Model, Named, Obligation, SampleSize, Scope, Submission,
    Training, Waiver,
};
use crate::time::{Day, Instant, MissingYear, Period};

/// The place of an occurrence in its assessment.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct OccurrenceId(u32);

impl OccurrenceId {
    pub(super) fn new(index: usize) -> Self {
        Self(u32::try_from(index).expect("fewer than 2^32 occurrences"))
    }

    /// The row.
    pub fn index(self) -> usize {
        self.0 as usize
    }
}

/// What part of time an occurrence is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Term {
    Period(Period),
    /// The time since the last act, or since the duty began.
    Since(Day),
    Event(Id<Event>),
}

impl Term {
    /// As in addresses: `2026-Q3`, the day the interval began, or the event's id.
    pub fn slug(self, model: &Model) -> String {
        match self {
            Term::Period(period) => period.to_string(),
            Term::Since(day) => day.to_string(),
            Term::Event(id) => model.events[id].slug().to_owned(),
        }
    }
}

/// Where a due date comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum DueBasis {
    /// The clause states it.
    Text,
    /// The clause states none; the site's setting, never to be cited as the clause.
    SiteDefault,
    /// A letter set it (限期).
    Letter,
}

impl DueBasis {
    /// The public code.
    pub fn as_str(self) -> &'static str {
        match self {
            DueBasis::Text => "text",
            DueBasis::SiteDefault => "site-default",
            DueBasis::Letter => "letter",
        }
    }
}

/// What became of an occurrence, as of a day. Computed, never written by hand.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Status {
    /// Due passed, not done.
    Overdue,
    /// Done, but short of the rule.
    Deficient,
    /// What the rule needs is not recorded.
    Unknown,
    /// Open, due within the site's number of days.
    DueSoon,
    /// Window open, not done.
    Open,
    /// Window not open yet.
    Upcoming,
    /// Complete, after the due date.
    DoneLate,
    /// Done in time, everything the rule asks is there.
    Done,
    /// A waiver in force.
    Waived,
    /// Population 0, or the rule's condition false.
    NotApplicable,
}

impl Status {
    /// Every status, worst first: the order of lists.
    pub const ALL: [Status; 10] = [
        Status::Overdue,
        Status::Deficient,
        Status::Unknown,
        Status::DueSoon,
        Status::Open,
        Status::Upcoming,
        Status::DoneLate,
        Status::Done,
        Status::Waived,
        Status::NotApplicable,
    ];

    /// The statuses of what is not as it should be, worst first.
    pub const FAILING: [Status; 3] = [Status::Overdue, Status::Deficient, Status::Unknown];

    /// Not as it should be, or not known to be.
    pub fn is_failing(self) -> bool {
        Self::FAILING.contains(&self)
    }

    /// Not done, and still in time.
    pub fn is_coming(self) -> bool {
        matches!(self, Status::DueSoon | Status::Open | Status::Upcoming)
    }

    /// Not done yet, in time or not.
    pub fn is_waited_for(self) -> bool {
        self == Status::Overdue || self.is_coming()
    }

    /// Counts when it is asked how much was met: done or failing. What is not due yet, waived or
    /// not applicable does not.
    pub fn is_judged(self) -> bool {
        self.is_failing() || matches!(self, Status::Done | Status::DoneLate)
    }

    /// Somebody has to do something about it now.
    pub fn asks_for_action(self) -> bool {
        self.is_failing() || matches!(self, Status::DueSoon | Status::Open)
    }

    /// The public code.
    pub fn code(self) -> &'static str {
        match self {
            Status::Overdue => "overdue",
            Status::Deficient => "deficient",
            Status::Unknown => "unknown",
            Status::DueSoon => "due-soon",
            Status::Open => "open",
            Status::Upcoming => "upcoming",
            Status::DoneLate => "done-late",
            Status::Done => "done",
            Status::Waived => "waived",
            Status::NotApplicable => "not-applicable",
        }
    }

    /// The status a public code names.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|status| status.code() == code)
    }
}

/// An act that answers an occurrence.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Act {
    Audit(Id<Audit>),
    Submission(Id<Submission>),
    Training(Id<Training>),
    /// On that day, by the account's record.
    PasswordChange(Day),
    /// What was done about an event: the answer at that place of its record.
    Answer(Id<Event>, usize),
    /// On that day, by the record of the scope itself.
    Recorded(Day),
}

impl Act {
    /// The word of its texts, and of the records that hold it.
    pub fn as_str(self) -> &'static str {
        match self {
            Act::Audit(_) => "audit",
            Act::Submission(_) => "submission",
            Act::Training(_) => "training",
            Act::PasswordChange(_) => "password-change",
            Act::Answer(..) => "answer",
            Act::Recorded(_) => "recorded",
        }
    }
}

/// The numbers a rule asks of an occurrence; `None` where it asks none or they cannot be known.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Required {
    pub records: Option<SampleSize>,
    pub users: Option<SampleSize>,
}

impl Occurrence {
    /// The day from which what reports its acts may follow: the last act, and its approval where the
    /// rule asks one; `None` if either is not there.
    pub fn ready_on(&self, model: &Model) -> Option<Day> {
        let acted = self.acts.iter().map(|act| act.day(model)).max()?;
        let asks = model.obligations[self.obligation].duty.demand()?.approval.is_some();
        if asks { self.approved_on.map(|approved| approved.max(acted)) } else { Some(acted) }
    }

    /// The day whose version of the text it is judged by: the last one of its period, the day of
    /// its event, or the due date of an interval.
    pub fn judged_on(&self, model: &Model) -> Day {
        match self.term {
            Term::Period(period) => period.last_day(),
            Term::Event(event) => model.events[event].on,
            Term::Since(_) => self.due,
        }
    }
}

/// One instance of a duty.
#[derive(Clone, Debug)]
pub struct Occurrence {
    pub obligation: Id<Obligation>,
    pub scope: Scope,
    pub term: Term,
    /// First day of the window, inclusive.
    pub opens: Day,
    /// Last day of the window, inclusive.
    pub due: Day,
    /// The last instant, inclusive, of a time in hours whose start is recorded.
    pub due_at: Option<Instant>,
    /// The last working day before a due date that is a day off.
    pub advised: Option<Day>,
    /// The office calendar knows the year of the due date.
    pub calendar_known: bool,
    /// The year the office calendar misses to count the due date; what is after the due date
    /// shown is not judged then.
    pub calendar_gap: Option<MissingYear>,
    /// Where the due date comes from.
    pub due_basis: DueBasis,
    pub status: Status,
    /// The day everything the rule asks was there.
    pub done_on: Option<Day>,
    /// The time of that day, where the duty counts in hours and it is recorded.
    pub done_at: Option<Instant>,
    /// The day of the approval, if the rule asks one and it is there.
    pub approved_on: Option<Day>,
    pub required: Required,
    /// What was looked at in all acts together.
    pub actual: Tally,
    /// Months with records of use, if the acts must cover each.
    pub months: Vec<Period>,
    /// Why the status is what it is, most severe first.
    pub reasons: Vec<Reason>,
    /// In the order of their days.
    pub acts: Vec<Act>,
    pub findings: Vec<Id<Finding>>,
    pub evidence: Vec<Id<Evidence>>,
    pub waiver: Option<Id<Waiver>>,
}
