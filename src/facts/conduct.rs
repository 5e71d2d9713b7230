//! What can be said of duties that no record proves: who pledged to keep them, when an audit looked
//! last, what it found.

use super::AccountState;
use crate::model::{Agency, Audit, Duty, Finding, Id, Model, Obligation, Scope};
use crate::time::Day;

/// What is known of a standing rule.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Conduct {
    /// Those with active accounts or audits under the regulation, in the order of the records.
    pub agencies: Vec<ConductOfAgency>,
    /// Those that name a clause of the rule, or a part of one, in the order of the records.
    pub findings: Vec<Id<Finding>>,
}

/// What is known of it in one agency.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ConductOfAgency {
    pub agency: Id<Agency>,
    /// Active accounts whose user pledged.
    pub pledged: usize,
    /// Active accounts.
    pub accounts: usize,
    /// The newest audit under the regulation.
    pub last_audit: Option<Id<Audit>>,
}

impl Conduct {
    /// What is known on a day; `None` for duties that are judged otherwise.
    pub fn of(model: &Model, id: Id<Obligation>, as_of: Day) -> Option<Self> {
        let obligation = &model.obligations[id];
        let Duty::Conduct = obligation.duty else { return None };
        let mut rows: Vec<ConductOfAgency> = model
            .agencies
            .ids()
            .map(|agency| ConductOfAgency { agency, pledged: 0, accounts: 0, last_audit: None })
            .collect();
        for system in &model.regulations[obligation.regulation].systems {
            for id in &model.systems[*system].accounts {
                let account = &model.accounts[*id];
                if AccountState::of(account, as_of) != AccountState::Active {
                    continue;
                }
                let row = &mut rows[model.scope_agency(Scope::Account(*id)).index()];
                row.accounts += 1;
                row.pledged += usize::from(account.pledge.is_some());
            }
        }
        for (id, audit) in model.audits.iter() {
            if model.obligations[audit.obligation].regulation == obligation.regulation {
                let last = &mut rows[model.scope_agency(audit.scope).index()].last_audit;
                let newest = |other: &Id<Audit>| (model.audits[*other].done_on, *other);
                *last = Some(last.filter(|old| newest(old) > newest(&id)).unwrap_or(id));
            }
        }
        rows.retain(|row| row.accounts > 0 || row.last_audit.is_some());
        let findings = model.findings.iter().filter(|(_, it)| names(model, obligation, it));
        Some(Self { agencies: rows, findings: findings.map(|(id, _)| id).collect() })
    }
}

/// Whether a finding names a clause of a rule, or a part of one.
fn names(model: &Model, obligation: &Obligation, finding: &Finding) -> bool {
    let audited = model.obligations[model.audits[finding.audit].obligation].regulation;
    let within = |own: &crate::law::ClauseNumber| {
        finding.clauses.iter().any(|clause| clause.starts_with(own))
    };
    audited == obligation.regulation && obligation.clauses.iter().any(|own| within(&own.value))
}
