//! The words that rules and records of events share: what happened, and what was done about it.

/// What happened, in the words of the rules, such as `personnel-change`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct EventKind {
    pub slug: String,
}

/// What is done about an event, in the words of the rules, such as `rights-cancelled`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct AnswerKind {
    pub slug: String,
}
