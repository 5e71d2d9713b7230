//! Of whom a permission (得) may be used: a list of candidates. Advice, never a breach.

use super::RecordRef;
use super::applicability::applicabilities;
use crate::model::{Duty, Id, Indeterminate, Model, Obligation, Scope};
use crate::time::Day;

/// A scope of which a permission may be used, or may be.
#[derive(Clone, Debug)]
pub struct Candidate {
    pub obligation: Id<Obligation>,
    pub scope: Scope,
    pub fit: Fit,
}

/// Whether a scope is one a permission is meant for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fit {
    Fits,
    /// The expression has no answer; why is said.
    Indeterminate(Indeterminate),
}

/// Every scope that is under a permission on the day and that its condition holds of, by rule and
/// then by scope.
pub fn candidates(model: &Model, as_of: Day) -> Vec<Candidate> {
    let mut found = Vec::new();
    for (id, obligation) in model.obligations.iter() {
        let Duty::Permission { candidates: Some(condition), .. } = &obligation.duty else {
            continue;
        };
        let lives = applicabilities(model, obligation, as_of)
            .into_iter()
            .filter(|life| life.from <= as_of && life.until.is_none_or(|until| until > as_of));
        for life in lives {
            let subject = RecordRef::Scope(life.scope).subject(model, as_of);
            let fit = match obligation.when.as_ref().map(|when| when.holds(&subject)) {
                Some(Ok(false)) => continue,
                Some(Err(why)) => Fit::Indeterminate(why),
                Some(Ok(true)) | None => match condition.holds(&subject) {
                    Ok(false) => continue,
                    Ok(true) => Fit::Fits,
                    Err(why) => Fit::Indeterminate(why),
                },
            };
            found.push(Candidate { obligation: id, scope: life.scope, fit });
        }
    }
    found
}
