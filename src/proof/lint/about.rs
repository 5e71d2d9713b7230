//! What a rule's conditions are about: the kind of record, and what is so of every such record.

use super::solve::Goal;
use crate::model::condition::{AS_OF, Name, Op, Term, Test};
use crate::model::{Condition, Duty, Model, Obligation, ScopeKind};
use crate::record::kinds::Kind;
use crate::time::Day;

/// The records of a rule.
pub struct About<'a> {
    /// The kind of record that its conditions read.
    pub kind: &'static Kind,
    /// What must hold of them, if the rule is of that kind.
    pub must: Option<&'a Condition>,
    when: Option<&'a Condition>,
    /// What its scope alone says of them.
    facts: Vec<Test>,
}

impl<'a> About<'a> {
    pub fn new(rule: &'a Obligation) -> Self {
        let kind = rule.about;
        let must = match &rule.duty {
            Duty::Invariant(invariant) => invariant.must.as_ref(),
            _ => None,
        };
        let office = rule.scope == ScopeKind::Office && kind.name == rule.scope.record_kind();
        let fact = office.then(|| {
            let office = Term::Text("office".to_owned());
            Test::Compare(Term::Name(Name::of(kind, "kind")), Op::Is, office)
        });
        Self { kind, must, when: rule.when.as_ref(), facts: fact.into_iter().collect() }
    }

    /// With the days on which the rule is judged: those from the first text in force, and of the rule
    /// itself. Only where a condition reads the day.
    pub fn on_its_days(mut self, model: &Model, rule: &Obligation) -> Self {
        let reads = |one: &Condition| one.source.contains(AS_OF);
        let candidates = match &rule.duty {
            Duty::Permission { candidates, .. } => candidates.as_ref(),
            _ => None,
        };
        if !self.when.into_iter().chain(self.must).chain(candidates).any(reads) {
            return self;
        }
        let versions = &model.regulations[rule.regulation].versions;
        let first = versions.first().and_then(|version| version.from());
        let mut bound = |op, day: Option<Day>| {
            let day = day.map(|day| Term::Text(day.to_string()));
            let as_of = || Term::Name(Name::new(AS_OF, &[]));
            self.facts.extend(day.map(|day| Test::Compare(as_of(), op, day)));
        };
        bound(Op::AtLeast, rule.days.from.max(first));
        bound(Op::AtMost, rule.days.until);
        self
    }

    /// The goals with what is so of every record.
    pub fn goals<'b>(&'b self, goals: &[Goal<'b>]) -> Vec<Goal<'b>> {
        self.facts().chain(goals.iter().copied()).collect()
    }

    /// What is so of every record.
    fn facts(&self) -> impl Iterator<Item = Goal<'_>> {
        self.facts.iter().map(|fact| (fact, true))
    }

    /// That the rule applies to a record.
    pub fn applies(&self) -> Vec<Goal<'_>> {
        self.facts().chain(self.when.map(|when| (&when.says, true))).collect()
    }
}
