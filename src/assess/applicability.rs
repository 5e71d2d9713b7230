//! Which scopes a duty is laid on, and from when to when each of them is under it.

use super::rule_time::RuleTime;
use crate::model::{
    Agency, Days, Duty, Id, Model, Obligation, Regulation, Scope, ScopeKind, System, Unit,
};
use crate::time::Day;

/// A scope and the days it is under a duty.
#[derive(Clone, Copy, Debug)]
pub struct Applicability {
    pub scope: Scope,
    pub from: Day,
    /// The last day, inclusive, if it ended.
    pub until: Option<Day>,
}

/// Every scope of a duty with its days, in the order of slugs. A scope is under a regulation from
/// the day a system under that regulation is in use, and not before the regulation is in force.
/// A duty is there on the days it is law; periods and events ask for their own day, so that what is
/// given for duties of those kinds is the scope's. An interval begins with the rule and asks itself what
/// fell due by the rule's end, so that the end is the scope's. What was done to an account
/// after `as_of` is not known yet; ends that are agreed beforehand are.
pub fn applicabilities(model: &Model, obligation: &Obligation, as_of: Day) -> Vec<Applicability> {
    let own_day = matches!(obligation.duty, Duty::Periodic(_) | Duty::Event(_));
    let mut days = if own_day { Days::default() } else { RuleTime::new(model, obligation).days() };
    if matches!(obligation.duty, Duty::Interval(_)) {
        days.until = None;
    }
    let mut applicable = applicable_scopes(model, obligation.regulation, obligation.scope);
    for life in &mut applicable {
        if matches!(life.scope, Scope::Account(_) | Scope::Entry(_)) {
            life.until = life.until.filter(|day| *day <= as_of);
        }
        life.from = days.from.map_or(life.from, |from| from.max(life.from));
        life.until = earlier(life.until, days.until);
    }
    applicable.retain(|life| {
        let recorded = !matches!(life.scope, Scope::Account(_) | Scope::Entry(_));
        life.until.is_none_or(|until| until >= life.from) && (recorded || life.from <= as_of)
    });
    applicable
}

/// The days one scope is under an event duty. An account is under it from the day it was applied for
/// until it is cancelled: what leaving asks is asked of a suspended account too.
pub fn applicability_of(
    model: &Model,
    applicable: &[Applicability],
    scope: Scope,
) -> Option<Applicability> {
    let life = applicable.iter().find(|life| life.scope == scope).copied();
    let Scope::Account(id) = scope else { return life };
    let account = &model.accounts[id];
    let life = life?;
    let applied = account.application.as_ref().map(|form| form.applied_on);
    let until = account.cancelled_on;
    Some(Applicability {
        // The days of the text bound it still.
        from: if life.from == account.opened_on {
            earlier(applied, Some(life.from))?
        } else {
            life.from
        },
        until: if life.until == account.suspended_on || life.until == account.cancelled_on {
            until
        } else {
            life.until
        },
        scope,
    })
}

/// Every scope of a kind that is under a regulation, with its days.
pub fn applicable_scopes(
    model: &Model,
    regulation: Id<Regulation>,
    kind: ScopeKind,
) -> Vec<Applicability> {
    let mut applicable = in_use(model, regulation, kind);
    if let Some(first) = model.regulations[regulation].first_in_force() {
        applicable.retain(|life| life.until.is_none_or(|until| until >= first));
        for life in &mut applicable {
            life.from = life.from.max(first);
        }
    }
    applicable
}

fn in_use(model: &Model, regulation: Id<Regulation>, kind: ScopeKind) -> Vec<Applicability> {
    let systems = &model.regulations[regulation].systems;
    let under = |system: Id<System>| systems.contains(&system);
    match kind {
        ScopeKind::Unit | ScopeKind::Office => {
            let only_offices = kind == ScopeKind::Office;
            let units = model.units.iter().filter(|(_, unit)| unit.is_office || !only_offices);
            units.filter_map(|(id, _)| of_units(model, Scope::Unit(id), &[id], systems)).collect()
        }
        ScopeKind::Agency => model
            .agencies
            .iter()
            .filter_map(|(id, agency)| of_units(model, Scope::Agency(id), &agency.units, systems))
            .collect(),
        ScopeKind::System => systems
            .iter()
            .filter_map(|id| of_units(model, Scope::System(*id), &model.systems[*id].units, &[*id]))
            .collect(),
        ScopeKind::Account => {
            let accounts = model.accounts.iter().filter(|(_, account)| under(account.system));
            accounts
                .map(|(id, account)| Applicability {
                    scope: Scope::Account(id),
                    from: account.opened_on,
                    until: earlier(account.cancelled_on, account.suspended_on),
                })
                .collect()
        }
        ScopeKind::Post => model
            .posts
            .iter()
            .filter_map(|(id, post)| {
                let agency = of_agency(model, post.agency, systems)?;
                Some(Applicability {
                    scope: Scope::Post(id),
                    from: post.from.map_or(agency.from, |from| from.max(agency.from)),
                    until: earlier(post.until, agency.until),
                })
            })
            .collect(),
        ScopeKind::Entry(kind) => model
            .entries
            .iter()
            .filter(|(_, entry)| entry.kind.name == kind && under(entry.system))
            .map(|(id, entry)| Applicability {
                scope: Scope::Entry(id),
                from: entry.since,
                until: entry.ended_on(),
            })
            .collect(),
        ScopeKind::Contractor => model
            .contractors
            .iter()
            .filter(|(_, contractor)| contractor.systems.iter().any(|system| under(*system)))
            .map(|(id, contractor)| Applicability {
                scope: Scope::Contractor(id),
                from: contractor.from,
                until: contractor.until,
            })
            .collect(),
    }
}

fn of_agency(model: &Model, id: Id<Agency>, systems: &[Id<System>]) -> Option<Applicability> {
    of_units(model, Scope::Agency(id), &model.agencies[id].units, systems)
}

/// From the first day any of the units uses any of the systems to the last day any does.
fn of_units(
    model: &Model,
    scope: Scope,
    units: &[Id<Unit>],
    systems: &[Id<System>],
) -> Option<Applicability> {
    let uses = || {
        units
            .iter()
            .flat_map(|unit| &model.units[*unit].uses)
            .filter(|used| systems.contains(&used.system))
    };
    let from = uses().map(|used| used.from).min()?;
    let ended = uses().all(|used| used.until.is_some());
    let until = uses().filter_map(|used| used.until).max().filter(|_| ended);
    Some(Applicability { scope, from, until })
}

fn earlier(a: Option<Day>, b: Option<Day>) -> Option<Day> {
    a.into_iter().chain(b).min()
}
