//! Failures that were dealt with: named by a finding that is closed and was verified by somebody
//! other than who mended it, or waived later with a legal basis. They stay visible and are counted apart, so that a period that cannot
//! be done again does not keep a site red for ever.

use std::collections::{HashMap, HashSet};

use crate::assess::{Assessment, Occurrence, OccurrenceId, Status, concerns};
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::model::{Finding, Id, Model, Named, Obligation, Scope, Waiver};
use crate::source::Span;
use crate::time::Day;

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

/// What findings and waivers settle as of a day, whatever is asked of them.
pub(super) struct Settlements<'a> {
    model: &'a Model,
    /// Findings that are dealt with, by the ids they name.
    findings: HashMap<&'a str, Id<Finding>>,
    /// Waivers that name their legal basis.
    waivers: HashMap<(Id<Obligation>, Scope), Vec<Id<Waiver>>>,
}

impl<'a> Settlements<'a> {
    pub(super) fn new(model: &'a Model, as_of: Day) -> Self {
        let mut findings = HashMap::new();
        for (id, finding) in model.findings.iter() {
            if is_dealt_with(model, finding, as_of) {
                for name in &finding.settles {
                    findings.entry(name.value.as_str()).or_insert(id);
                }
            }
        }
        let mut waivers: HashMap<_, Vec<_>> = HashMap::new();
        for (id, waiver) in model.waivers.iter().filter(|(_, waiver)| waiver.basis.is_some()) {
            waivers.entry((waiver.obligation, waiver.scope)).or_default().push(id);
        }
        Self { model, findings, waivers }
    }

    /// What settled the failure of an occurrence. What cannot be told is never settled: nobody knows
    /// that it was dealt with.
    pub(super) fn of(&self, one: &Occurrence) -> Option<Settlement> {
        if !matches!(one.status, Status::Overdue | Status::Deficient) {
            return None;
        }
        let waivers = self.waivers.get(&(one.obligation, one.scope)).into_iter().flatten();
        let mut covering = waivers.filter(|id| {
            let waiver = &self.model.waivers[**id];
            (waiver.from..=waiver.until).contains(&one.due)
        });
        match covering.next() {
            Some(id) => Some(Settlement::Waiver(*id)),
            None if self.findings.is_empty() => None,
            None => self.named(&id::of_row(self.model, one)),
        }
    }

    fn named(&self, id: &str) -> Option<Settlement> {
        self.findings.get(id).map(|finding| Settlement::Finding(*finding))
    }
}

impl Settled {
    /// Looks up what findings name.
    pub fn new(model: &Model, assessment: &Assessment) -> Self {
        let settlements = Settlements::new(model, assessment.as_of);
        let rows = assessment.iter().filter_map(|(id, one)| Some((id, settlements.of(one)?)));
        let mut settled = Self { occurrences: rows.collect(), ..Self::default() };
        if model.findings.iter().all(|(_, finding)| finding.settles.is_empty()) {
            return settled;
        }
        let mut known: HashSet<String> =
            assessment.iter().map(|(_, one)| id::of_row(model, one)).collect();
        for (at, kept) in assessment.retention.iter().enumerate() {
            let id = id::kept(model, kept.record, kept.governing().obligation);
            if let Some(by) = settlements.named(&id).filter(|_| is_breach(kept.state)) {
                settled.kept.insert(at, by);
            }
            known.insert(id);
        }
        let names = model.findings.iter().flat_map(|(_, finding)| &finding.settles);
        let strangers = names.filter(|name| !known.contains(&name.value));
        settled.strangers = strangers.map(|name| (name.span, name.value.clone())).collect();
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

/// Closed, verified by then, and by somebody else; nothing doubtful about it.
fn is_dealt_with(model: &Model, finding: &Finding, as_of: Day) -> bool {
    FindingState::of(finding, as_of) == FindingState::Closed
        && finding.verified.is_some()
        && concerns(model, finding).is_empty()
}
