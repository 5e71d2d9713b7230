//! What must hold of records at any time: each record against each rule, with the reason where
//! it does not, or where it cannot be told.

use super::applicability::applicable_scopes;
use super::independence::{Acts, IndependenceIssue};
use super::record_ref::RecordRef;
use super::rule_time::{Law, RuleTime};
use crate::model::condition::Name;
use crate::model::{
    Condition, Duty, Id, Indeterminate, Invariant, Model, Obligation, Scope, ScopeKind,
};
use crate::time::Day;

/// What came of checking a record against a rule.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum CheckVerdict {
    /// What must hold does not.
    Breached,
    /// The expression has no answer; why is said. Never a pass.
    Indeterminate(Indeterminate),
    Holds,
}

/// One record against one rule.
#[derive(Clone, Debug)]
pub struct Check {
    pub obligation: Id<Obligation>,
    pub record: RecordRef,
    pub verdict: CheckVerdict,
    /// Who stands against whom, where the rule asks for independence.
    pub grounds: Vec<IndependenceIssue>,
}

impl Check {
    /// The dotted names of the record that are why the check does not hold: what the rule's
    /// condition reads there, or what decides whether the rule is about the record at all.
    pub fn unmet(&self, model: &Model, as_of: Day) -> Vec<Name> {
        let obligation = &model.obligations[self.obligation];
        let Duty::Invariant(rule) = &obligation.duty else { return Vec::new() };
        if self.verdict == CheckVerdict::Holds {
            return Vec::new();
        }
        let subject = self.record.subject(model, as_of);
        match (&obligation.when, &rule.must) {
            (Some(when), _) if when.holds(&subject).is_err() => when.unmet(&subject),
            (_, Some(must)) => must.unmet(&subject),
            (_, None) => Vec::new(),
        }
    }
}

/// Every record that exists as of the day against every rule that can be computed: by rule, then
/// by record. Records the rule's `when` leaves out are not in it.
pub fn checks(model: &Model, as_of: Day) -> Vec<Check> {
    let mut checks = Vec::new();
    let acts = Acts::new(model);
    for (id, obligation) in model.obligations.iter() {
        let Duty::Invariant(rule) = &obligation.duty else { continue };
        if !rule.is_computed() {
            continue;
        }
        let in_force = match RuleTime::new(model, obligation).on(as_of) {
            Law::Holds => true,
            Law::TextNotHeld(_) => false,
            Law::Not => continue,
        };
        for record in records(model, obligation, rule, as_of) {
            let subject = record.subject(model, as_of);
            let mut grounds = Vec::new();
            let verdict = match obligation.when.as_ref().map(|when| when.holds(&subject)) {
                _ if !in_force => CheckVerdict::Indeterminate(Indeterminate::TextNotHeld),
                Some(Ok(false)) => continue,
                Some(Err(why)) => CheckVerdict::Indeterminate(why),
                Some(Ok(true)) | None => {
                    let must = rule.must.as_ref().map(|must| must.holds(&subject));
                    if let (Some(asked), RecordRef::Audit(audit)) = (&rule.independent, record) {
                        grounds = acts.grounds(asked, audit);
                    }
                    verdict(must, &grounds)
                }
            };
            checks.push(Check { obligation: id, record, verdict, grounds });
        }
    }
    checks
}

/// The worst of what the condition and the auditors come to.
fn verdict(
    must: Option<Result<bool, Indeterminate>>,
    grounds: &[IndependenceIssue],
) -> CheckVerdict {
    let must = match must {
        Some(Ok(false)) => CheckVerdict::Breached,
        Some(Err(why)) => CheckVerdict::Indeterminate(why),
        Some(Ok(true)) | None => CheckVerdict::Holds,
    };
    let people = if grounds.iter().any(IndependenceIssue::is_breach) {
        CheckVerdict::Breached
    } else if grounds.is_empty() {
        CheckVerdict::Holds
    } else {
        CheckVerdict::Indeterminate(Indeterminate::People)
    };
    must.min(people)
}

/// The records of the rule's kind that fall under its regulation and exist as of the day.
fn records(model: &Model, obligation: &Obligation, rule: &Invariant, as_of: Day) -> Vec<RecordRef> {
    let regulation = obligation.regulation;
    let scope = ScopeKind::from_word(obligation.about.name, model.kinds);
    if let Some(kind) = scope.filter(|kind| !matches!(kind, ScopeKind::Entry(_))) {
        return applicable_scopes(model, regulation, kind)
            .into_iter()
            .filter(|life| life.from <= as_of)
            .filter(|life| {
                // A suspended account is there still.
                let end = match life.scope {
                    Scope::Account(id) => model.accounts[id].cancelled_on,
                    _ => life.until,
                };
                end.is_none_or(|end| end >= as_of) || asks_of_ends(obligation, rule)
            })
            .map(|life| RecordRef::Scope(life.scope))
            .collect();
    }
    let systems = &model.regulations[regulation].systems;
    if obligation.about.name == "audit" {
        let under = model
            .audits
            .iter()
            .filter(|(_, audit)| model.obligations[audit.obligation].regulation == regulation);
        return under.map(|(id, _)| RecordRef::Audit(id)).collect();
    }
    let under = model.entries.iter().filter(|(_, entry)| {
        entry.kind.name == obligation.about.name && systems.contains(&entry.system)
    });
    let there = under.filter(|(_, entry)| {
        entry.asked_until().is_none_or(|end| end >= as_of) || asks_of_ends(obligation, rule)
    });
    there.map(|(id, _)| RecordRef::Scope(Scope::Entry(id))).collect()
}

/// Whether a rule is about records that have ended, too: it asks for their end.
fn asks_of_ends(obligation: &Obligation, rule: &Invariant) -> bool {
    let conditions = obligation.when.iter().chain(&rule.must);
    conditions.flat_map(Condition::names).any(|name| {
        let path = name.split_once('.').map_or("", |(_, path)| path);
        let first = path.split('.').next().unwrap_or_default();
        ENDS.contains(&first)
            || obligation.about.register.is_some_and(|register| register.ended == first)
    })
}

/// The fields that say when a record ended, or what was done to end it. Registers have their own.
const ENDS: [&str; 3] = ["cancelled_on", "cancellation", "until"];
