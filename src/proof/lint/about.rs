//! What a rule's conditions are about: the kind of record, and what is so of every such record.

use super::solve::Goal;
use crate::model::condition::{Op, Term, Test};
use crate::model::{Condition, Duty, Obligation, ScopeKind};

/// The records of a rule.
pub struct About<'a> {
    /// The kind of record that its conditions read.
    pub kind: &'a str,
    /// What must hold of them, if the rule is of that kind.
    pub must: Option<&'a Condition>,
    when: Option<&'a Condition>,
    /// What its scope alone says of them.
    fact: Option<Test>,
}

impl<'a> About<'a> {
    pub fn new(rule: &'a Obligation) -> Self {
        let (kind, must) = match &rule.duty {
            Duty::Invariant(invariant) => (invariant.of.as_str(), invariant.must.as_ref()),
            _ => (rule.scope.record_kind(), None),
        };
        let office = rule.scope == ScopeKind::Office && kind == rule.scope.record_kind();
        let fact = office.then(|| {
            let (kind, office) =
                (Term::Name("unit.kind".to_owned()), Term::Text("office".to_owned()));
            Test::Compare(kind, Op::Is, office)
        });
        Self { kind, must, when: rule.when.as_ref(), fact }
    }

    /// The goals with what is so of every record.
    pub fn goals<'b>(&'b self, goals: &[Goal<'b>]) -> Vec<Goal<'b>> {
        self.facts().chain(goals.iter().copied()).collect()
    }

    /// What is so of every record.
    fn facts(&self) -> impl Iterator<Item = Goal<'_>> {
        self.fact.iter().map(|fact| (fact, true))
    }

    /// That the rule applies to a record.
    pub fn applies(&self) -> Vec<Goal<'_>> {
        self.facts().chain(self.when.map(|when| (&when.says, true))).collect()
    }
}
