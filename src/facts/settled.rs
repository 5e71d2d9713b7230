//! Failures that were dealt with: named by a finding that is closed and was verified by somebody
//! other than who mended it, or waived later with a legal basis. They stay visible and are counted apart, so that a period that cannot
//! be done again does not keep a site red for ever.

use std::collections::HashMap;

use crate::assess::{Assessment, OccurrenceId, Status};
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::model::{Finding, Id, Model, Named, Waiver};
use crate::source::Span;

use super::breach::is_breach;
use super::{FindingState, id};

/// What settled a failure.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Settlement {
    /// A finding that names it, closed and verified.
    Finding(Id<Finding>),
    /// A waiver for its day that names its legal basis, given too late to waive it.
    Waiver(Id<Waiver>),
}

impl Settlement {
    /// The public code of what settled it.
    pub fn as_str(self) -> &'static str {
        match self {
            Settlement::Finding(_) => "finding",
            Settlement::Waiver(_) => "waiver",
        }
    }

    /// The id of the record that settled it.
    pub fn slug(self, model: &Model) -> &str {
        match self {
            Settlement::Finding(id) => model.findings[id].slug(),
            Settlement::Waiver(id) => model.waivers[id].slug(),
        }
    }
}

/// Which failures are settled, as of a day.
#[derive(Debug, Default)]
pub struct Settled {
    occurrences: HashMap<OccurrenceId, Settlement>,
    /// By place in [`Assessment::retention`].
    kept: HashMap<usize, Settlement>,
    /// What findings name that is neither an occurrence nor a kept record.
    strangers: Vec<(Span, String)>,
}

impl Settled {
    /// Looks up what findings name.
    pub fn new(model: &Model, assessment: &Assessment) -> Self {
        let mut settled = Self::default();
        for (id, waiver) in model.waivers.iter() {
            let is_given = waiver.basis.is_some();
            for one in assessment.of_scope(waiver.scope).iter().filter(|_| is_given) {
                let occurrence = assessment.occurrence(*one);
                let is_covered = occurrence.obligation == waiver.obligation
                    && (waiver.from..=waiver.until).contains(&occurrence.due);
                if is_covered && fails(assessment, *one) {
                    settled.occurrences.entry(*one).or_insert(Settlement::Waiver(id));
                }
            }
        }
        if model.findings.iter().all(|(_, finding)| finding.settles.is_empty()) {
            return settled;
        }
        let occurrences: HashMap<String, OccurrenceId> = assessment
            .iter()
            .map(|(one, _)| (id::occurrence(model, assessment, one), one))
            .collect();
        let kept: HashMap<String, usize> = assessment
            .retention
            .iter()
            .enumerate()
            .map(|(at, kept)| (id::kept(model, kept.record, kept.governing().obligation), at))
            .collect();
        for (id, finding) in model.findings.iter() {
            let deals = is_dealt_with(assessment, id, finding);
            for name in &finding.settles {
                let by = Settlement::Finding(id);
                match (occurrences.get(&name.value), kept.get(&name.value)) {
                    (Some(occurrence), _) if deals && fails(assessment, *occurrence) => {
                        settled.occurrences.entry(*occurrence).or_insert(by);
                    }
                    (_, Some(at)) if deals && is_breach(assessment.retention[*at].state) => {
                        settled.kept.entry(*at).or_insert(by);
                    }
                    (None, None) => settled.strangers.push((name.span, name.value.clone())),
                    _ => {}
                }
            }
        }
        settled
    }

    /// What settled the failure of an occurrence.
    pub fn of(&self, id: OccurrenceId) -> Option<Settlement> {
        self.occurrences.get(&id).copied()
    }

    /// What settled the breach of a kept record, by its place in the assessment.
    pub fn of_kept(&self, at: usize) -> Option<Settlement> {
        self.kept.get(&at).copied()
    }

    /// What findings say they settle and nobody knows.
    pub fn diagnostics(&self) -> Diagnostics {
        let fault = |(span, name): &(Span, String)| {
            let message = format!("no occurrence and no kept record has the id `{name}`");
            Diagnostic::new(Code::SettlesNothing, *span, message)
                .help("`clausebook status` lists the ids, such as `REG/OBLIGATION/SCOPE/PERIOD`")
        };
        self.strangers.iter().map(fault).collect()
    }
}

/// Known to fail. What cannot be told is never settled: nobody knows that it was dealt with.
fn fails(assessment: &Assessment, id: OccurrenceId) -> bool {
    matches!(assessment.occurrence(id).status, Status::Overdue | Status::Deficient)
}

/// Closed, verified by then, and by somebody else; nothing doubtful about it.
fn is_dealt_with(assessment: &Assessment, id: Id<Finding>, finding: &Finding) -> bool {
    let as_of = assessment.as_of;
    FindingState::of(finding, as_of) == FindingState::Closed
        && finding.verified.is_some()
        && assessment.concerns(id).is_empty()
}
