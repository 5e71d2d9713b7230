//! What a lint found, and the rules that may answer for it.

use crate::diagnostic::Diagnostic;
use crate::model::{Id, Obligation};

/// A finding of a lint.
#[derive(Debug)]
pub struct Found {
    /// The rules it is about: each may accept it.
    pub rules: Vec<Id<Obligation>>,
    pub diagnostic: Diagnostic,
}

impl Found {
    /// A finding about one rule.
    pub fn of(rule: Id<Obligation>, diagnostic: Diagnostic) -> Self {
        Self { rules: vec![rule], diagnostic }
    }

    /// A finding about two rules.
    pub fn between(rules: [Id<Obligation>; 2], diagnostic: Diagnostic) -> Self {
        Self { rules: rules.to_vec(), diagnostic }
    }
}
