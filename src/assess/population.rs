//! Populations: what usage records say of a scope in a period, and what other audits looked at.
//! Built once per assessment, so that no occurrence searches through records.

use std::collections::HashMap;

use crate::model::audit::AuditPeriod;
use crate::model::sample::Tally;
use crate::model::{
    Audit, Id, Known, Lists, Model, Obligation, Regulation, Scope, Submission, System, Unit, Usage,
    Waiver,
};
use crate::time::{Day, Period};

/// The figures of what is known, indexed.
pub struct Figures<'a> {
    pub model: &'a Model,
    pub as_of: Day,
    usage: HashMap<(Id<Unit>, Id<System>, Period), Id<Usage>>,
    /// By obligation and scope, in the order of their days.
    audits: Lists<(Id<Obligation>, Scope), Audit>,
    submissions: Lists<(Id<Obligation>, Scope), Submission>,
    waivers: Lists<(Id<Obligation>, Scope), Waiver>,
}

/// What usage records say of a scope in a period.
#[derive(Debug, Default)]
pub struct Use {
    /// Records of use in all months recorded.
    pub queries: u64,
    /// Users with the right, in the month with the most of them.
    pub users: u64,
    /// Months with records of use.
    pub used_months: Vec<Period>,
    /// Months of which nothing is recorded, though the scope used a system and the month is over.
    pub missing: Vec<Period>,
    /// Some month of the period is not over yet.
    pub pending: bool,
}

impl Use {
    /// Whether every month is over and recorded.
    pub fn is_known(&self) -> bool {
        self.missing.is_empty() && !self.pending
    }
}

impl<'a> Figures<'a> {
    /// Indexes the figures of what is known.
    pub fn new(known: &'a Known) -> Self {
        let (model, as_of): (&Model, Day) = (known, known.as_of());
        let usage =
            model.usage.iter().map(|(id, row)| ((row.unit, row.system, row.month), id)).collect();
        let mut audits: Lists<(Id<Obligation>, Scope), Audit> = HashMap::new();
        for (id, audit) in model.audits.iter() {
            audits.entry((audit.obligation, audit.scope)).or_default().push(id);
        }
        for list in audits.values_mut() {
            list.sort_by_key(|id| (model.audits[*id].done_on, *id));
        }
        let mut submissions: Lists<(Id<Obligation>, Scope), Submission> = HashMap::new();
        for (id, sent) in model.submissions.iter() {
            submissions.entry((sent.obligation, sent.scope)).or_default().push(id);
        }
        for list in submissions.values_mut() {
            list.sort_by_key(|id| (model.submissions[*id].sent_on, *id));
        }
        let mut waivers: Lists<(Id<Obligation>, Scope), Waiver> = HashMap::new();
        for (id, waiver) in model.waivers.iter() {
            waivers.entry((waiver.obligation, waiver.scope)).or_default().push(id);
        }
        Self { model, as_of, usage, audits, submissions, waivers }
    }

    /// The approved waivers of a duty for a scope.
    pub fn waivers(&self, obligation: Id<Obligation>, scope: Scope) -> &[Id<Waiver>] {
        self.waivers.get(&(obligation, scope)).map_or(&[], Vec::as_slice)
    }

    /// The audits that answer a duty for a scope, in the order of their days.
    pub fn audits(&self, obligation: Id<Obligation>, scope: Scope) -> &[Id<Audit>] {
        self.audits.get(&(obligation, scope)).map_or(&[], Vec::as_slice)
    }

    /// The submissions that answer a duty for a scope, in the order of their days.
    pub fn submissions(&self, obligation: Id<Obligation>, scope: Scope) -> &[Id<Submission>] {
        self.submissions.get(&(obligation, scope)).map_or(&[], Vec::as_slice)
    }

    /// What usage records say of a scope's use of the systems under a regulation, in a period.
    pub fn usage(&self, regulation: Id<Regulation>, scope: Scope, period: Period) -> Use {
        let systems = &self.model.regulations[regulation].systems;
        let units = self.units_of(scope);
        let mut total = Use::default();
        for month in period.months() {
            let (mut queries, mut users, mut any) = (0, 0, false);
            for unit in &units {
                for used in &self.model.units[*unit].uses {
                    let within = used.from <= month.last_day()
                        && used.until.is_none_or(|until| until >= month.first_day());
                    if !within || !systems.contains(&used.system) {
                        continue;
                    }
                    if month.last_day() > self.as_of {
                        total.pending = true;
                        continue;
                    }
                    match self.usage.get(&(*unit, used.system, month)) {
                        Some(id) => {
                            let row = &self.model.usage[*id];
                            queries += row.queries;
                            users += row.total_users;
                            any |= row.queries > 0;
                        }
                        None if total.missing.last() != Some(&month) => total.missing.push(month),
                        None => {}
                    }
                }
            }
            total.queries += queries;
            total.users = total.users.max(users);
            if any {
                total.used_months.push(month);
            }
        }
        total
    }

    /// Whether a scope uses a system under a regulation on any day of a period. Scopes that use
    /// none themselves, such as contractors, are not asked.
    pub fn is_in_use(&self, regulation: Id<Regulation>, scope: Scope, period: Period) -> bool {
        if !matches!(scope, Scope::Agency(_) | Scope::Unit(_) | Scope::System(_)) {
            return true;
        }
        let systems = &self.model.regulations[regulation].systems;
        self.units_of(scope).iter().flat_map(|unit| &self.model.units[*unit].uses).any(|used| {
            systems.contains(&used.system)
                && used.from <= period.last_day()
                && used.until.is_none_or(|until| until >= period.first_day())
        })
    }

    /// What the audits that answer `duty` for the units of `scope` looked at, in terms that lie
    /// within `period`; and how many audits these were.
    pub fn audited(&self, duty: Id<Obligation>, scope: Scope, period: Period) -> (Tally, usize) {
        let mut scopes: Vec<Scope> = self.units_of(scope).into_iter().map(Scope::Unit).collect();
        if !scopes.contains(&scope) {
            scopes.push(scope);
        }
        let (mut tally, mut count) = (Tally::default(), 0);
        for scope in scopes {
            for id in self.audits(duty, scope) {
                let audit = &self.model.audits[*id];
                let within = match audit.period {
                    AuditPeriod::Period(term) => period.covers(term),
                    AuditPeriod::ByDay => period.contains(audit.done_on),
                };
                if within {
                    count += 1;
                    add(&mut tally.records, audit.sample.records);
                    add(&mut tally.users, audit.sample.users);
                }
            }
        }
        (tally, count)
    }

    /// The units whose use counts for a scope.
    fn units_of(&self, scope: Scope) -> Vec<Id<Unit>> {
        match scope {
            Scope::Unit(id) => vec![id],
            Scope::Agency(id) => self.model.agencies[id].units.clone(),
            Scope::System(id) => self.model.systems[id].units.clone(),
            Scope::Account(id) => vec![self.model.accounts[id].unit],
            Scope::Post(id) => self.model.posts[id].unit.into_iter().collect(),
            Scope::Entry(id) => self.model.entries[id].unit.into_iter().collect(),
            Scope::Contractor(_) => Vec::new(),
        }
    }
}

/// Adds a figure to a sum; what is not recorded adds nothing.
pub fn add(sum: &mut Option<u64>, figure: Option<u64>) {
    if let Some(figure) = figure {
        *sum = Some(sum.unwrap_or(0).saturating_add(figure));
    }
}
