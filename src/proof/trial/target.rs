//! Whom and what time a question is about: a record, and an occurrence of the duty.

use crate::time::{Day, Period};

/// Whom and what time a case is about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Target {
    /// The id of the record.
    pub scope: String,
    pub term: Term,
}

/// Which occurrence of the duty.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Term {
    Period(Period),
    /// The interval that began on a day.
    Since(Day),
    /// The id of the period, event or day.
    Named(String),
    /// The only one, or the last one.
    Last,
}

impl Term {
    /// The name that an occurrence of it has; `*` of the last one, whatever it is called.
    pub fn name(&self) -> String {
        match self {
            Term::Period(period) => period.to_string(),
            Term::Since(day) => day.to_string(),
            Term::Named(name) => name.clone(),
            Term::Last => "*".to_owned(),
        }
    }
}
