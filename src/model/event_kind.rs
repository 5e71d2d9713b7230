//! The words that rules and records share: what happened, what was done about it, and which kind a course
//! of training is.

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

/// A kind of training, in the words of the rules, such as `professional`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Course {
    pub slug: String,
}
