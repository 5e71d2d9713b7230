//! Assess: a [`Model`] and a day become an [`Assessment`]: what is due, when, whether it was
//! done, and why we think so. A function of its arguments: no clock, no disk, no faults.

mod answer;
mod event;
mod facts;
mod interval;
mod invariant;
mod life;
mod occurrence;
mod periodic;
mod population;
mod reason;
mod retention;
mod settle;
mod window;

pub use invariant::{Check, RecordRef, Verdict};
pub use occurrence::{Act, Occurrence, OccurrenceId, Required, Status, Term};
pub use reason::{Measure, Reason};
pub use retention::{Kept, KeptRecord, KeptState, Until};

use std::collections::HashMap;
use std::ops::Range;

use rayon::prelude::*;

use crate::model::{Audit, Duty, Id, Model, Obligation, Scope, Submission};
use crate::time::Day;
use population::Figures;

/// Everything that is so on a day.
#[derive(Debug)]
pub struct Assessment {
    /// The only today there is.
    pub as_of: Day,
    /// By obligation, then scope, then time.
    pub occurrences: Vec<Occurrence>,
    /// Every paper or log that must be kept, with the day until which.
    pub retention: Vec<Kept>,
    /// Every record against every rule that must hold at any time, by rule.
    pub checks: Vec<Check>,
    by_obligation: Vec<Range<usize>>,
    by_scope: HashMap<Scope, Vec<OccurrenceId>>,
    by_audit: HashMap<Id<Audit>, OccurrenceId>,
    by_submission: HashMap<Id<Submission>, OccurrenceId>,
}

/// Occurrences are foreseen for a year from the as-of date.
const HORIZON_MONTHS: u32 = 12;

/// Assesses the model as of a day. Records dated after it are ignored.
pub fn assess(model: &Model, as_of: Day) -> Assessment {
    let figures = Figures::new(model, as_of);
    let ids: Vec<Id<Obligation>> = model.obligations.ids().collect();
    let lists: Vec<Vec<Occurrence>> = ids
        .par_iter()
        .map(|id| match &model.obligations[*id].duty {
            Duty::Periodic(rule) => periodic::occurrences(&figures, *id, rule),
            Duty::Interval(rule) => interval::occurrences(&figures, *id, rule),
            Duty::Event(rule) => event::occurrences(&figures, *id, rule),
            Duty::Invariant(_)
            | Duty::Retention(_)
            | Duty::Conduct { .. }
            | Duty::Permission { .. } => Vec::new(),
        })
        .collect();
    let checks = invariant::checks(model, as_of);
    Assessment::new(as_of, lists, retention::kept(model, as_of), checks)
}

impl Assessment {
    fn new(
        as_of: Day,
        lists: Vec<Vec<Occurrence>>,
        retention: Vec<Kept>,
        checks: Vec<Check>,
    ) -> Self {
        let mut assessment = Self {
            as_of,
            occurrences: Vec::with_capacity(lists.iter().map(Vec::len).sum()),
            retention,
            checks,
            by_obligation: Vec::with_capacity(lists.len()),
            by_scope: HashMap::new(),
            by_audit: HashMap::new(),
            by_submission: HashMap::new(),
        };
        for list in lists {
            let start = assessment.occurrences.len();
            for occurrence in list {
                let id = OccurrenceId::new(assessment.occurrences.len());
                assessment.by_scope.entry(occurrence.scope).or_default().push(id);
                for act in &occurrence.acts {
                    match act {
                        Act::Audit(audit) => _ = assessment.by_audit.insert(*audit, id),
                        Act::Submission(sent) => _ = assessment.by_submission.insert(*sent, id),
                        Act::Training(_)
                        | Act::PasswordChange(_)
                        | Act::Answer(..)
                        | Act::Recorded(_) => {}
                    }
                }
                assessment.occurrences.push(occurrence);
            }
            assessment.by_obligation.push(start..assessment.occurrences.len());
        }
        assessment
    }

    /// The occurrence `id` names.
    pub fn occurrence(&self, id: OccurrenceId) -> &Occurrence {
        &self.occurrences[id.index()]
    }

    /// Every occurrence with its id, in order.
    pub fn iter(&self) -> impl Iterator<Item = (OccurrenceId, &Occurrence)> {
        self.occurrences.iter().enumerate().map(|(index, row)| (OccurrenceId::new(index), row))
    }

    /// The occurrences of an obligation, by scope and then time.
    pub fn of_obligation(
        &self,
        id: Id<Obligation>,
    ) -> impl DoubleEndedIterator<Item = (OccurrenceId, &Occurrence)> {
        let range = self.by_obligation[id.index()].clone();
        range.map(|index| (OccurrenceId::new(index), &self.occurrences[index]))
    }

    /// The occurrences of a scope, by obligation and then time.
    pub fn of_scope(&self, scope: Scope) -> &[OccurrenceId] {
        self.by_scope.get(&scope).map_or(&[], Vec::as_slice)
    }

    /// The occurrence an audit answers; `None` if the audit lies after the as-of date.
    pub fn of_audit(&self, id: Id<Audit>) -> Option<OccurrenceId> {
        self.by_audit.get(&id).copied()
    }

    /// The occurrence a submission answers; `None` if it lies after the as-of date.
    pub fn of_submission(&self, id: Id<Submission>) -> Option<OccurrenceId> {
        self.by_submission.get(&id).copied()
    }
}
