//! Figures of audits against those of use: nobody can look at more than there is, or audit their own
//! use. An anomaly that no finding describes.

use std::collections::{BTreeMap, BTreeSet};

use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::model::{Audit, AuditPeriod, Id, Model, Scope, Unit};
use crate::time::Period;

/// Reports samples that are larger than what the usage records and accounts of the period hold.
pub fn check(model: &Model, report: &mut Diagnostics) {
    for (_, audit) in model.audits.iter() {
        let AuditPeriod::Period(period) = audit.period else { continue };
        let Some(there) = there(model, audit, period) else { continue };
        for (what, sample, most) in [
            ("records", audit.sample.records, there.records),
            ("users", audit.sample.users, there.users),
        ] {
            let Some(sample) = sample.filter(|sample| *sample > most) else { continue };
            let message = format!(
                "audit `{}` looked at {sample} {what}, of {most} that `{period}` had by the usage records",
                audit.slug
            );
            report.push(
                Diagnostic::new(Code::DoubtfulFigures, audit.fields.key_span("sample"), message)
                    .help("correct the sample, or the records of usage"),
            );
        }
    }
    for (_, audit) in model.audits.iter() {
        let mut auditors = audit.auditors.iter().map(|post| model.posts[*post].person);
        let Some(first) = auditors.next() else { continue };
        if auditors.all(|other| other == first) && audit.audited.contains(&first) {
            let message = format!(
                "audit `{}` looked at the use of `{}`, who did it and nobody else",
                audit.slug,
                model.staff(first)
            );
            report.push(
                Diagnostic::new(Code::SelfAudit, audit.fields.key_span("audited_staff"), message)
                    .help("another person looks at that use, or correct who did it"),
            );
        }
    }
    for (_, audit) in model.audits.iter() {
        if audit.anomaly == Some(true) && audit.findings.is_empty() {
            let message =
                format!("audit `{}` found an anomaly, but no finding says which", audit.slug);
            report.push(
                Diagnostic::new(
                    Code::AnomalyWithoutFinding,
                    audit.fields.key_span("result"),
                    message,
                )
                .help("record what was found in `content/findings`"),
            );
        }
    }
}

/// What there was to look at.
struct There {
    records: u64,
    users: u64,
}

/// What the scope of an audit had in its period; `None` if no usage is recorded.
fn there(model: &Model, audit: &Audit, period: Period) -> Option<There> {
    let units: Vec<Id<Unit>> = match audit.scope {
        Scope::Unit(id) => vec![id],
        Scope::Agency(id) => model.agencies[id].units.clone(),
        _ => return None,
    };
    let regulation = model.obligations[audit.obligation].regulation;
    let under = |system| model.systems[system].regulations.contains(&regulation);
    let (mut records, mut users): (u64, BTreeMap<Period, u64>) = (0, BTreeMap::new());
    for unit in &units {
        for id in &model.units[*unit].usage {
            let usage = &model.usage[*id];
            if under(usage.system) && period.covers(usage.month) {
                records = records.saturating_add(usage.queries);
                *users.entry(usage.month).or_default() += usage.total_users;
            }
        }
    }
    // A period of which a month is missing may have had more.
    if period.months().iter().any(|month| !users.contains_key(month)) {
        return None;
    }
    let accounts = units.iter().flat_map(|unit| &model.units[*unit].accounts);
    let persons: BTreeSet<_> = accounts
        .map(|id| &model.accounts[*id])
        .filter(|account| {
            under(account.system)
                && account.opened_on <= period.last_day()
                && account.cancelled_on.is_none_or(|end| end >= period.first_day())
        })
        .map(|account| account.person)
        .collect();
    let most = users.values().copied().max().unwrap_or(0).max(persons.len() as u64);
    Some(There { records, users: most })
}
