//! What is doubtful about the mending of findings, and which waivers cover nothing.

use std::collections::{BTreeSet, HashMap, HashSet};

use super::Occurrence;
use super::who::same_person;
use crate::model::{Finding, Id, Model, Obligation, Scope, Waiver};
use crate::time::Day;

/// What is doubtful about how a finding was mended, checked or closed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum ReviewIssue {
    /// Checked by the one who had to mend it, or who did.
    VerifiedByDoer,
    /// Closed, and nobody checked it by then.
    ClosedUnverified,
    /// Closed while a corrective action was not done.
    ClosedUndone,
}

impl ReviewIssue {
    /// The word of its texts.
    pub fn as_str(self) -> &'static str {
        match self {
            ReviewIssue::VerifiedByDoer => "verified-by-doer",
            ReviewIssue::ClosedUnverified => "closed-unverified",
            ReviewIssue::ClosedUndone => "closed-undone",
        }
    }
}

/// What is doubtful about a finding.
pub fn concerns(model: &Model, finding: &Finding) -> Vec<ReviewIssue> {
    let mut concerns = Vec::new();
    let verified = finding.verified;
    if let Some(check) = verified {
        let doers = finding.actions.iter().filter_map(|action| action.by).chain(finding.owner);
        if doers.into_iter().any(|doer| same_person(model, doer, check.by)) {
            concerns.push(ReviewIssue::VerifiedByDoer);
        }
    }
    if let Some(closed) = finding.closed_on {
        if verified.is_none_or(|check| check.on > closed) {
            concerns.push(ReviewIssue::ClosedUnverified);
        }
        if finding.actions.iter().any(|action| action.done_on.is_none_or(|day| day > closed)) {
            concerns.push(ReviewIssue::ClosedUndone);
        }
    }
    concerns
}

/// The corrective actions of open findings that are past their deadlines, by their place in the
/// finding; the earliest deadline first.
pub fn overdue_actions(model: &Model, as_of: Day) -> Vec<(Id<Finding>, usize)> {
    let mut late: Vec<(Day, Id<Finding>, usize)> = Vec::new();
    for (id, finding) in model.findings.iter().filter(|(_, one)| one.is_open_on(as_of)) {
        for (place, action) in finding.actions.iter().enumerate() {
            let done = action.done_on.is_some_and(|day| day <= as_of);
            late.extend(action.due.filter(|due| *due < as_of && !done).map(|due| (due, id, place)));
        }
    }
    late.sort_unstable();
    late.into_iter().map(|(_, id, place)| (id, place)).collect()
}

/// The waivers in whose days no occurrence falls due.
pub fn unused_waivers(model: &Model, occurrences: &[Occurrence]) -> BTreeSet<Id<Waiver>> {
    let asked: HashSet<(Id<Obligation>, Scope)> =
        model.waivers.iter().map(|(_, waiver)| (waiver.obligation, waiver.scope)).collect();
    let mut dues: HashMap<(Id<Obligation>, Scope), Vec<Day>> = HashMap::new();
    for occurrence in occurrences {
        let key = (occurrence.obligation, occurrence.scope);
        if asked.contains(&key) {
            dues.entry(key).or_default().push(occurrence.due);
        }
    }
    let covers = |waiver: &Waiver| {
        let dues = dues.get(&(waiver.obligation, waiver.scope));
        dues.is_some_and(|dues| dues.iter().any(|due| (waiver.from..=waiver.until).contains(due)))
    };
    model.waivers.iter().filter(|(_, waiver)| !covers(waiver)).map(|(id, _)| id).collect()
}
