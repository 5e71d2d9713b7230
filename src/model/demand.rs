//! What a duty asks of the act that answers it.

use super::{Course, EvidenceForm, Id, Manner, Obligation, PaperItem, Party, RoleName, Sample};
use crate::record::value::Group;

/// Which records answer a duty.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Answer {
    Audit,
    Submission,
    /// Hours of training of the holder of the post, added up over the period.
    Training,
    /// The days listed in the account's `password_changed`.
    PasswordChange,
    /// What an event's record says was done about it.
    Event,
}

impl Answer {
    /// What a rule writes under `answered_by`: audits where it says nothing.
    pub fn of(rule: &Group) -> Self {
        match rule.text("answered_by").map(|word| word.value) {
            Some("submission") => Answer::Submission,
            Some("training") => Answer::Training,
            Some("password-change") => Answer::PasswordChange,
            _ => Answer::Audit,
        }
    }

    /// The word of rule files.
    pub fn as_str(self) -> &'static str {
        match self {
            Answer::Audit => "audit",
            Answer::Submission => "submission",
            Answer::Training => "training",
            Answer::PasswordChange => "password-change",
            Answer::Event => "event",
        }
    }
}

/// Everything a complete answer must have.
#[derive(Clone, Debug, PartialEq)]
pub struct Demand {
    pub answered_by: Answer,
    pub sample: Sample,
    /// Roles of which one must have done it; empty if the text does not say who.
    pub acts: Vec<Id<RoleName>>,
    /// A holder of each of those roles must have done an act, not of one of them.
    pub each: bool,
    /// Duties that must be done, and approved where they ask it, before this is.
    pub after: Vec<Id<Obligation>>,
    /// Parties that must take part (會同).
    pub joint: Vec<Id<Party>>,
    /// Whose approval it needs.
    pub approval: Option<Id<Party>>,
    /// The approval comes before the act (核定後): one that came later does not count.
    pub approval_first: bool,
    /// Forms that must be on file.
    pub evidence: Vec<Id<EvidenceForm>>,
    /// The items that must stand in the paper (應載明), in the rule's words.
    pub contains: Vec<Id<PaperItem>>,
    /// In what manner it must be done (以電子方式): one of these (依下列方式之一); empty: in any.
    pub manner: Vec<Id<Manner>>,
    /// It must not have been announced (無預警).
    pub unannounced: bool,
    /// Hours of training in the period, or between two acts.
    pub hours: Option<u64>,
    /// Courses of which alone hours count, by their words; empty: of any.
    pub courses: Vec<Id<Course>>,
    /// Who must receive a submission.
    pub to: Option<Id<Party>>,
    /// Who must be told of an event.
    pub notify: Vec<Id<Party>>,
}

impl Demand {
    /// Who must have acted: of each group of roles one; no group if the text does not say who.
    pub fn actors(&self) -> impl Iterator<Item = &[Id<RoleName>]> {
        let together = if self.each { 1 } else { self.acts.len().max(1) };
        self.acts.chunks(together)
    }
}

/// Whether audits answer a duty, by its rule as it is written.
pub fn is_answered_by_audits(rule: &Group) -> bool {
    matches!(rule.string("kind").as_str(), "periodic" | "interval" | "once")
        && Answer::of(rule) == Answer::Audit
}
