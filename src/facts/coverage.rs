//! How much of a text is accounted for by rules, and which duties can be judged from records.

use crate::model::{Duty, Id, Model, Obligation, Regulation, Version};

/// How much of one version of a text is accounted for. Unit: clauses.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct TextCoverage {
    /// Clauses that carry duties themselves.
    pub with_duties: usize,
    /// Clauses said to carry none, and those that were deleted.
    pub with_reason: usize,
    /// Headings, accounted for by the clauses within them.
    pub headings: usize,
}

impl TextCoverage {
    /// Counts the clauses of a version.
    pub fn of(model: &Model, regulation: Id<Regulation>, version: &Version) -> Self {
        let regulation = &model.regulations[regulation];
        let mut counts = Self::default();
        for clause in version.text.all_clauses() {
            if !regulation.duties_of(model, version, &clause.number).is_empty() {
                counts.with_duties += 1;
            } else if regulation.plain_reason(version, &clause.number).is_some()
                || clause.is_deleted()
            {
                counts.with_reason += 1;
            } else {
                counts.headings += 1;
            }
        }
        counts
    }

    /// All clauses.
    pub fn total(self) -> usize {
        self.with_duties + self.with_reason + self.headings
    }
}

/// Whether a duty can be judged.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Judgeable {
    /// From records.
    Computed,
    /// The records there are do not say enough of it.
    NotComputed,
    /// Conduct and permissions: there is nothing to judge.
    Listed,
}

impl Judgeable {
    /// Whether a kind of duty can be judged.
    pub fn of(duty: &Duty) -> Self {
        match duty {
            Duty::Periodic(_) | Duty::Interval(_) | Duty::Event(_) | Duty::Retention(_) => {
                Self::Computed
            }
            Duty::Invariant(rule) if rule.is_computed() => Self::Computed,
            Duty::Invariant(_) => Self::NotComputed,
            Duty::Conduct | Duty::Permission { .. } => Self::Listed,
        }
    }
}

/// How many duties there are, and how they are judged. Unit: duties.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct DutyCoverage {
    pub total: usize,
    pub computed: usize,
    pub not_computed: usize,
    pub listed: usize,
}

impl DutyCoverage {
    /// Counts duties.
    pub fn of<'a>(duties: impl IntoIterator<Item = &'a Obligation>) -> Self {
        let mut counts = Self::default();
        for duty in duties {
            counts.total += 1;
            match Judgeable::of(&duty.duty) {
                Judgeable::Computed => counts.computed += 1,
                Judgeable::NotComputed => counts.not_computed += 1,
                Judgeable::Listed => counts.listed += 1,
            }
        }
        counts
    }
}
