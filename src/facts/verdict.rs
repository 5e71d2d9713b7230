//! The verdict on a site, an agency, a unit, a post, a system or a role: one function that the home
//! page, the pages of all these, `status`, the data files and `--fail-on` all read.
//!
//! It keeps apart what is *new* (fell due within the last [`new_days`] days), what is *standing*
//! (fell due earlier) and what is *settled* (dealt with; see [`Settled`](super::Settled)). Settled
//! failures are counted, and spoil no verdict.
//!
//! [`new_days`]: crate::model::Settings::new_days

use std::collections::BTreeSet;

use crate::assess::{Assessment, Check, Occurrence, OccurrenceId, Status};
use crate::model::{Agency, Finding, Id, Model, Obligation, Post, Role, Scope, System, Unit};
use crate::time::Day;

use super::{CheckCounts, Facts, FindingState, finding};

/// What a verdict is on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Subject {
    Site,
    /// With its units, accounts, posts and systems.
    Agency(Id<Agency>),
    /// With its accounts and posts.
    Unit(Id<Unit>),
    /// What its roles have to do.
    Post(Id<Post>),
    /// With its accounts, the entries of its registers and those who work on it.
    System(Id<System>),
    /// What rules say that it has to do, wherever it is held.
    Role(Id<Role>),
}

/// What it comes to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Outcome {
    /// Something is known to fail.
    Unmet,
    /// Nothing is known to fail, but not everything can be told, or nothing was judged: never a pass.
    Unclear,
    Met,
}

impl Outcome {
    /// The public code.
    pub fn as_str(self) -> &'static str {
        match self {
            Outcome::Unmet => "unmet",
            Outcome::Unclear => "unclear",
            Outcome::Met => "met",
        }
    }
}

/// Whether a failure is new, standing or settled.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Age {
    New,
    Standing,
    Settled,
}

impl Age {
    /// The public code.
    pub fn as_str(self) -> &'static str {
        match self {
            Age::New => "new",
            Age::Standing => "standing",
            Age::Settled => "settled",
        }
    }
}

/// Failures of one sort.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Failures {
    pub new: usize,
    pub standing: usize,
    pub settled: usize,
}

impl Failures {
    /// Takes in one.
    pub fn add(&mut self, age: Age) {
        match age {
            Age::New => self.new += 1,
            Age::Standing => self.standing += 1,
            Age::Settled => self.settled += 1,
        }
    }

    /// Those that count against a verdict: new and standing.
    pub fn open(self) -> usize {
        self.new + self.standing
    }

    /// Every one, settled or not.
    pub fn all(self) -> usize {
        self.open() + self.settled
    }

    /// The sum of two sorts.
    pub fn plus(self, other: Self) -> Self {
        Self {
            new: self.new + other.new,
            standing: self.standing + other.standing,
            settled: self.settled + other.settled,
        }
    }
}

/// Everything a verdict counts. No two figures of it count the same thing.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Verdict {
    /// Occurrences by status, in the order of [`Status::ALL`]; settled ones with their status.
    statuses: [usize; Status::ALL.len()],
    pub overdue: Failures,
    pub deficient: Failures,
    /// Never settled: nobody knows what would be.
    pub unknown: Failures,
    /// Records against rules that must hold at any time.
    pub checks: CheckCounts,
    /// Papers and logs destroyed against their rules, by the day of destruction.
    pub retention: Failures,
    /// Findings that are not closed, overdue ones included.
    pub open_findings: usize,
    /// Those past the day by which they had to be mended, by that day.
    pub overdue_findings: Failures,
    /// Rules in force whose clauses say something else than they were written for.
    pub suspects: usize,
}

impl Verdict {
    /// What it comes to.
    pub fn outcome(&self) -> Outcome {
        let unclear = self.unknown.open() + self.checks.unknown + self.suspects;
        match (self.known_failures(), unclear) {
            (1.., _) => Outcome::Unmet,
            (0, 1..) => Outcome::Unclear,
            // Where nothing was judged there is nothing to be met.
            (0, 0) if self.judged() == 0 => Outcome::Unclear,
            (0, 0) => Outcome::Met,
        }
    }

    /// Everything that is known to fail and is not settled.
    pub fn known_failures(&self) -> usize {
        self.overdue.open() + self.deficient.open() + self.breaches() + self.overdue_findings.open()
    }

    /// Conditions breached and papers destroyed against their rules.
    pub fn breaches(&self) -> usize {
        self.checks.breached + self.retention.open()
    }

    /// How many occurrences have a status.
    pub fn count(&self, status: Status) -> usize {
        self.statuses[status as usize]
    }

    /// All occurrences.
    pub fn occurrences(&self) -> usize {
        self.statuses.iter().sum()
    }

    /// Done, in time or late.
    pub fn met(&self) -> usize {
        self.count(Status::Done) + self.count(Status::DoneLate)
    }

    /// Overdue, deficient and unknown together, by age.
    pub fn failures(&self) -> Failures {
        self.overdue.plus(self.deficient).plus(self.unknown)
    }

    /// Met or failing: what has been judged so far. Settled ones are among them.
    pub fn judged(&self) -> usize {
        self.met() + self.failures().all()
    }

    /// Takes in an occurrence.
    pub fn add(&mut self, occurrence: &Occurrence, age: Age) {
        self.statuses[occurrence.status as usize] += 1;
        match occurrence.status {
            Status::Overdue => self.overdue.add(age),
            Status::Deficient => self.deficient.add(age),
            Status::Unknown => self.unknown.add(age),
            _ => {}
        }
    }
}

impl Facts {
    /// The age of a failure that fell due on a day, unless it is settled.
    pub fn age(&self, model: &Model, as_of: Day, due: Day, is_settled: bool) -> Age {
        let is_new = (as_of - due).num_days() < i64::from(model.settings.new_days);
        match (is_settled, is_new) {
            (true, _) => Age::Settled,
            (false, true) => Age::New,
            (false, false) => Age::Standing,
        }
    }

    /// The age of an occurrence that fails.
    pub fn age_of(&self, model: &Model, assessment: &Assessment, id: OccurrenceId) -> Age {
        let settled = self.settled.of(id).is_some();
        self.age(model, assessment.as_of, assessment.occurrence(id).due, settled)
    }

    /// The verdict on something.
    pub fn verdict_on(&self, model: &Model, assessment: &Assessment, on: Subject) -> Verdict {
        self.verdict_of(model, assessment, &self.among(model, on))
    }

    /// What the verdict on something counts.
    pub fn among<'a>(&'a self, model: &'a Model, subject: Subject) -> impl Selects + 'a {
        Among { model, facts: self, subject }
    }

    /// The verdict on everything that is among what is asked for.
    pub fn verdict_of(
        &self,
        model: &Model,
        assessment: &Assessment,
        among: &dyn Selects,
    ) -> Verdict {
        let as_of = assessment.as_of;
        let mut verdict = Verdict::default();
        let mut rules: BTreeSet<Id<Obligation>> = BTreeSet::new();
        for (id, occurrence) in assessment.iter() {
            if among.occurrence(occurrence) {
                verdict.add(occurrence, self.age_of(model, assessment, id));
                rules.insert(occurrence.obligation);
            }
        }
        let checks = assessment.checks.iter().filter(|check| among.check(check));
        let checks: Vec<&Check> = checks.collect();
        rules.extend(checks.iter().map(|check| check.obligation));
        verdict.checks = CheckCounts::of(checks);
        for breach in &self.breaches {
            if among.duty(breach.obligation, breach.scope) {
                let settled = self.settled.of_kept(breach.at).is_some();
                verdict.retention.add(self.age(model, as_of, breach.on, settled));
            }
        }
        for (_, finding) in model.findings.iter().filter(|(_, one)| among.finding(one)) {
            let state = FindingState::of(finding, as_of);
            verdict.open_findings += usize::from(state.is_open());
            if let (FindingState::Overdue, Some(due)) = (state, finding.due) {
                verdict.overdue_findings.add(self.age(model, as_of, due, false));
            }
        }
        verdict.suspects = self.suspects.rules().filter(|id| among.rule(*id, &rules)).count();
        verdict
    }
}

/// What a verdict is asked about.
pub trait Selects {
    /// Whether a duty laid on a scope, or about a record of it, is meant.
    fn duty(&self, duty: Id<Obligation>, scope: Scope) -> bool;

    /// Whether an occurrence is meant.
    fn occurrence(&self, occurrence: &Occurrence) -> bool {
        self.duty(occurrence.obligation, occurrence.scope)
    }

    /// Whether a check is meant.
    fn check(&self, check: &Check) -> bool;

    /// Whether a finding is meant.
    fn finding(&self, finding: &Finding) -> bool;

    /// Whether a suspect rule is meant; `seen` are those with an occurrence or a check that is.
    fn rule(&self, rule: Id<Obligation>, seen: &BTreeSet<Id<Obligation>>) -> bool {
        seen.contains(&rule)
    }
}

/// A subject as a selection.
struct Among<'a> {
    model: &'a Model,
    facts: &'a Facts,
    subject: Subject,
}

impl Selects for Among<'_> {
    fn duty(&self, duty: Id<Obligation>, scope: Scope) -> bool {
        let model = self.model;
        match self.subject {
            Subject::Site => true,
            Subject::Agency(id) => model.scope_agency(scope) == id,
            Subject::Unit(id) => model.scope_unit(scope) == Some(id),
            Subject::Post(id) => self.facts.responsibilities.is_of(model, id, duty, scope),
            Subject::System(id) => model.scope_systems(scope).contains(&id),
            Subject::Role(id) => model.obligations[duty].by.contains(&model.roles[id].name),
        }
    }

    fn check(&self, check: &Check) -> bool {
        self.duty(check.obligation, check.record.scope(self.model))
    }

    fn finding(&self, finding: &Finding) -> bool {
        let audit = &self.model.audits[finding.audit];
        match self.subject {
            // Whose duty the audit was is not who mends what it found.
            Subject::Post(id) => finding.owner == Some(id),
            Subject::Unit(id) => finding::unit(self.model, finding) == Some(id),
            Subject::Site | Subject::Agency(_) | Subject::System(_) | Subject::Role(_) => {
                self.duty(audit.obligation, audit.scope)
            }
        }
    }

    fn rule(&self, rule: Id<Obligation>, seen: &BTreeSet<Id<Obligation>>) -> bool {
        self.subject == Subject::Site || seen.contains(&rule)
    }
}
