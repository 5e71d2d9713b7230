//! What can be exercised of a duty: one value for each element of its rule. Places are those of the
//! rule's own lists, from 0, so that the same rule in another model has the same elements.

use crate::assess::{Measure, Status};
use crate::model::condition::Told;
use crate::model::sample::Bound;

/// An element of a duty.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Element {
    /// An occurrence comes to it.
    Comes(Coming),
    /// A record that is checked comes to it.
    Check(Verdict),
    /// A permission's scope comes to it.
    Candidate(Told),
    /// The entry of `due` at that place says the day.
    Due(usize),
    /// The deadline says the day.
    Deadline,
    /// A letter says the day.
    Letter,
    /// The deadline counts from the day it was known, another than the day it happened.
    FromKnown,
    /// The deadline counts anew from what was done later.
    Anew,
    /// A last day on a day off moves.
    Moved,
    /// What decides the size within a step.
    Binds(Measure, usize, Bound),
    /// The last size of a step.
    LastOf(Measure, usize),
    /// The first size behind the step before.
    FirstOf(Measure, usize),
    /// An operand comes to a value and decides.
    Operand(Part, usize, Told),
    /// It alone is missing.
    Missing(Asked),
    /// It alone answers.
    Way(Way),
    /// The event follows from the record of that place of `follows`.
    Follows(usize),
    /// Papers have a last day.
    KeptUntil,
    /// Their time has not begun.
    NotBegun,
    /// Another law says how long.
    OtherLaw,
    /// They are kept always.
    Permanent,
    /// Papers of acts that answer the duty at that place are kept.
    KeptOf(usize),
    /// That alone stands against an auditor.
    Against(Ground),
    /// Before its first day it is no law.
    Before,
    /// After its last day it is no law.
    After,
    /// Judged under the version at that place.
    Version(usize),
}

/// What an occurrence may come to. `due-soon` is `open`: when it begins is a setting of the site.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Coming {
    Done,
    DoneLate,
    Deficient,
    Overdue,
    Open,
    Upcoming,
    Unknown,
    NotApplicable,
}

/// What a check may come to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Verdict {
    Held,
    Breached,
    Unknown,
    NotApplicable,
}

/// Which condition of a rule.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Part {
    When,
    Must,
    Candidates,
}

/// What a complete answer has.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Asked {
    Sample(Measure),
    Months,
    /// Who acts; with `each`, the role at that place.
    Actor(usize),
    Joint(usize),
    Approval,
    /// An approval that came after the act, where it comes first.
    ApprovalFirst,
    Evidence(usize),
    Contains(usize),
    Manner,
    Unannounced,
    Recipient,
    Told(usize),
    Hours,
    /// What it comes after was not done.
    Before,
    /// It came before what it comes after.
    Order,
    /// It came before its window opened.
    Window,
}

/// One of several ways to answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Way {
    /// The word at that place of `answer`.
    Answer(usize),
    /// The day at that place of `answered_on`.
    Recorded(usize),
    /// The duty at that place of `unless`.
    Instead(usize),
}

/// What may stand against an auditor.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Ground {
    Previous,
    /// The role at that place of `not_roles`.
    Role(usize),
    User,
}

impl Coming {
    /// Every one of them.
    pub const ALL: [Coming; 8] = [
        Coming::Done,
        Coming::DoneLate,
        Coming::Deficient,
        Coming::Overdue,
        Coming::Open,
        Coming::Upcoming,
        Coming::Unknown,
        Coming::NotApplicable,
    ];

    /// Of a status; a waiver is no part of a rule.
    pub fn of(status: Status) -> Option<Self> {
        Some(match status {
            Status::Done => Coming::Done,
            Status::DoneLate => Coming::DoneLate,
            Status::Deficient => Coming::Deficient,
            Status::Overdue => Coming::Overdue,
            Status::Open | Status::DueSoon => Coming::Open,
            Status::Upcoming => Coming::Upcoming,
            Status::Unknown => Coming::Unknown,
            Status::NotApplicable => Coming::NotApplicable,
            Status::Waived => return None,
        })
    }

    /// The word of `tests.yaml`.
    pub fn as_str(self) -> &'static str {
        match self {
            Coming::Done => "done",
            Coming::DoneLate => "done-late",
            Coming::Deficient => "deficient",
            Coming::Overdue => "overdue",
            Coming::Open => "open",
            Coming::Upcoming => "upcoming",
            Coming::Unknown => "unknown",
            Coming::NotApplicable => "not-applicable",
        }
    }
}

impl Verdict {
    /// The word of `tests.yaml`.
    pub fn as_str(self) -> &'static str {
        match self {
            Verdict::Held => "held",
            Verdict::Breached => "breached",
            Verdict::Unknown => "unknown",
            Verdict::NotApplicable => "not-applicable",
        }
    }
}

impl Part {
    /// The key of the rule.
    pub fn as_str(self) -> &'static str {
        match self {
            Part::When => "when",
            Part::Must => "must",
            Part::Candidates => "candidates",
        }
    }
}

/// The word for a candidate.
pub fn candidate(told: Told) -> &'static str {
    match told {
        Told::True => "yes",
        Told::False => "no",
        Told::Unknown => "unknown",
    }
}

impl Element {
    /// The public code, with places from 1: `status/done`, `records/2/min`, `must/3/false`.
    pub fn code(self) -> String {
        let of = Measure::as_str;
        match self {
            Element::Comes(coming) => format!("status/{}", coming.as_str()),
            Element::Check(verdict) => format!("check/{}", verdict.as_str()),
            Element::Candidate(told) => format!("candidate/{}", candidate(told)),
            Element::Due(at) => format!("due/{}", at + 1),
            Element::Deadline => "deadline".to_owned(),
            Element::Letter => "deadline/letter".to_owned(),
            Element::FromKnown => "deadline/known".to_owned(),
            Element::Anew => "deadline/anew".to_owned(),
            Element::Moved => "due/moved".to_owned(),
            Element::Binds(measure, tier, bound) => {
                format!("{}/{}/{}", of(measure), tier + 1, bound.as_str())
            }
            Element::LastOf(measure, tier) => format!("{}/{}/last", of(measure), tier + 1),
            Element::FirstOf(measure, tier) => format!("{}/{}/first", of(measure), tier + 1),
            Element::Operand(part, at, told) => {
                format!("{}/{}/{}", part.as_str(), at + 1, told.as_str())
            }
            Element::Missing(asked) => format!("missing/{}", asked.code()),
            Element::Way(Way::Answer(at)) => format!("answer/{}", at + 1),
            Element::Way(Way::Recorded(at)) => format!("answered-on/{}", at + 1),
            Element::Way(Way::Instead(at)) => format!("unless/{}", at + 1),
            Element::Follows(at) => format!("follows/{}", at + 1),
            Element::KeptUntil => "keep/until".to_owned(),
            Element::NotBegun => "keep/not-begun".to_owned(),
            Element::OtherLaw => "keep/other-law".to_owned(),
            Element::Permanent => "keep/permanent".to_owned(),
            Element::KeptOf(at) => format!("keep/answering/{}", at + 1),
            Element::Against(Ground::Previous) => "independent/previous".to_owned(),
            Element::Against(Ground::Role(at)) => format!("independent/role/{}", at + 1),
            Element::Against(Ground::User) => "independent/user".to_owned(),
            Element::Before => "time/before".to_owned(),
            Element::After => "time/after".to_owned(),
            Element::Version(at) => format!("version/{}", at + 1),
        }
    }
}

impl Asked {
    /// The word of its code and of its sentence.
    pub fn word(self) -> &'static str {
        match self {
            Asked::Sample(of) => of.as_str(),
            Asked::Months => "months",
            Asked::Actor(_) => "acts",
            Asked::Joint(_) => "joint",
            Asked::Approval => "approval",
            Asked::ApprovalFirst => "approval-first",
            Asked::Evidence(_) => "evidence",
            Asked::Contains(_) => "contains",
            Asked::Manner => "manner",
            Asked::Unannounced => "unannounced",
            Asked::Recipient => "to",
            Asked::Told(_) => "notify",
            Asked::Hours => "hours",
            Asked::Before => "after",
            Asked::Order => "order",
            Asked::Window => "window",
        }
    }

    fn code(self) -> String {
        let word = self.word();
        match self {
            Asked::Sample(_) => format!("sample/{word}"),
            Asked::Actor(at)
            | Asked::Joint(at)
            | Asked::Evidence(at)
            | Asked::Contains(at)
            | Asked::Told(at) => {
                format!("{word}/{}", at + 1)
            }
            _ => word.to_owned(),
        }
    }
}
