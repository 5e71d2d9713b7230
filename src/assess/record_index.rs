//! The records by what judgements ask of them: acts of a duty and scope, usage of a month, waivers,
//! persons with the right. Built once per assessment, so that no case searches through records.

use std::collections::{BTreeSet, HashMap};

use crate::model::{
    Account, Audit, Id, Known, Lists, Model, Obligation, Person, Post, Regulation, Scope,
    Submission, System, Training, Unit, Usage, Waiver,
};
use crate::time::{Day, Period};

/// The records of what is known, indexed.
pub struct RecordIndex<'a> {
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
pub struct UsageTotals {
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

impl UsageTotals {
    /// Whether every month is over and recorded.
    pub fn is_known(&self) -> bool {
        self.missing.is_empty() && !self.pending
    }
}

impl<'a> RecordIndex<'a> {
    /// Indexes the records of what is known.
    pub fn new(known: &'a Known) -> Self {
        let (model, as_of): (&Model, Day) = (known, known.as_of());
        let usage =
            model.usage.iter().map(|(id, row)| ((row.unit, row.system, row.month), id)).collect();
        let mut audits: Lists<(Id<Obligation>, Scope), Audit> = HashMap::new();
        for (id, audit) in model.audits.iter() {
            audits.entry((audit.obligation, audit.scope)).or_default().push(id);
        }
        audits
            .values_mut()
            .for_each(|list| list.sort_by_key(|id| (model.audits[*id].done().certain_by(), *id)));
        let mut submissions: Lists<(Id<Obligation>, Scope), Submission> = HashMap::new();
        for (id, sent) in model.submissions.iter() {
            submissions.entry((sent.obligation, sent.scope)).or_default().push(id);
        }
        submissions.values_mut().for_each(|list| {
            list.sort_by_key(|id| (model.submissions[*id].sent().certain_by(), *id))
        });
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
    pub fn usage(&self, regulation: Id<Regulation>, scope: Scope, period: Period) -> UsageTotals {
        let units = self.units_of(scope);
        let mut total = UsageTotals::default();
        for month in period.months() {
            let (mut queries, mut users, mut any) = (0, 0, false);
            for (unit, system) in self.used_in(regulation, &units, month) {
                if month.last_day() > self.as_of {
                    total.pending = true;
                    continue;
                }
                match self.usage.get(&(unit, system, month)) {
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
            total.queries += queries;
            total.users = total.users.max(users);
            if any {
                total.used_months.push(month);
            }
        }
        total
    }

    /// The records that [`usage`](Self::usage) counts, by month.
    pub fn usage_records(
        &self,
        regulation: Id<Regulation>,
        scope: Scope,
        period: Period,
    ) -> Vec<Id<Usage>> {
        let units = self.units_of(scope);
        let past = period.months().into_iter().filter(|month| month.last_day() <= self.as_of);
        past.flat_map(|month| {
            let used = self.used_in(regulation, &units, month);
            used.filter_map(move |(unit, system)| self.usage.get(&(unit, system, month)))
        })
        .copied()
        .collect()
    }

    /// Which of the units use which system under a regulation on some day of a month.
    fn used_in<'b>(
        &'b self,
        regulation: Id<Regulation>,
        units: &'b [Id<Unit>],
        month: Period,
    ) -> impl Iterator<Item = (Id<Unit>, Id<System>)> + use<'a, 'b> {
        let systems = &self.model.regulations[regulation].systems;
        units.iter().flat_map(move |unit| {
            let uses = self.model.units[*unit].uses.iter().filter(move |used| {
                used.from <= month.last_day()
                    && used.until.is_none_or(|until| until >= month.first_day())
                    && systems.contains(&used.system)
            });
            uses.map(move |used| (*unit, used.system))
        })
    }

    /// The uses of systems under a regulation by the units of an agency, a unit or a system: first and
    /// last days. Empty for other scopes.
    pub fn uses(&self, regulation: Id<Regulation>, scope: Scope) -> Vec<(Day, Option<Day>)> {
        if !matches!(scope, Scope::Agency(_) | Scope::Unit(_) | Scope::System(_)) {
            return Vec::new();
        }
        let systems = &self.model.regulations[regulation].systems;
        let uses = self.units_of(scope).into_iter().flat_map(|unit| &self.model.units[unit].uses);
        uses.filter(|used| systems.contains(&used.system))
            .map(|used| (used.from, used.until))
            .collect()
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

    /// How many persons had an account of a system under a regulation on any day of a period, by the
    /// accounts on file: distinct holders, not accounts (總使用人數).
    pub fn persons(&self, regulation: Id<Regulation>, scope: Scope, period: Period) -> u64 {
        let held = |account: &Account| {
            let ended = earliest([account.cancelled_on, account.suspended_on]);
            let again = account.reactivation().is_some_and(|(_, on)| on <= period.last_day());
            account.opened_on <= period.last_day()
                && account.cancelled_on.is_none_or(|day| day >= period.first_day())
                && (again || ended.is_none_or(|day| day >= period.first_day()))
        };
        self.holders(regulation, scope, held)
    }

    /// The trainings that count for a post, in the order of their days: training follows the person,
    /// whichever post it was recorded for, and does not count for a post that had ended.
    pub fn trainings(&self, post: Id<Post>) -> Vec<Id<Training>> {
        let model = self.model;
        let held = &model.posts[post];
        let mut found: Vec<Id<Training>> = model
            .posts_of_holder(held.person)
            .iter()
            .flat_map(|other| model.posts[*other].trainings.iter().copied())
            .filter(|id| {
                let on = model.trainings[*id].on;
                on <= self.as_of && held.until.is_none_or(|until| on <= until)
            })
            .collect();
        found.sort_by_key(|id| (model.trainings[*id].on, *id));
        found.dedup();
        found
    }

    /// How many accounts of a scope are open on a day.
    pub fn open_accounts(&self, regulation: Id<Regulation>, scope: Scope, day: Day) -> u64 {
        let open = |account: &Account| {
            account.opened_on <= day
                && account.cancelled_on.is_none_or(|end| end > day)
                && account.suspended_on.is_none_or(|end| end > day)
        };
        self.accounts_of(regulation, scope).filter(|account| open(account)).count() as u64
    }

    fn holders(
        &self,
        regulation: Id<Regulation>,
        scope: Scope,
        counts: impl Fn(&Account) -> bool,
    ) -> u64 {
        let accounts = self.accounts_of(regulation, scope).filter(|account| counts(account));
        let persons: BTreeSet<Id<Person>> = accounts.map(|account| account.person).collect();
        persons.len() as u64
    }

    fn accounts_of(
        &self,
        regulation: Id<Regulation>,
        scope: Scope,
    ) -> impl Iterator<Item = &'a Account> {
        let model = self.model;
        let system = match scope {
            Scope::System(id) => Some(id),
            _ => None,
        };
        self.units_of(scope)
            .into_iter()
            .flat_map(move |unit| &model.units[unit].accounts)
            .map(move |id| &model.accounts[*id])
            .filter(move |account| {
                model.systems[account.system].regulations.contains(&regulation)
                    && system.is_none_or(|only| account.system == only)
            })
    }

    /// The units whose use counts for a scope.
    pub fn units_of(&self, scope: Scope) -> Vec<Id<Unit>> {
        units_of(self.model, scope)
    }
}

/// The units whose use counts for a scope.
pub fn units_of(model: &Model, scope: Scope) -> Vec<Id<Unit>> {
    match scope {
        Scope::Unit(id) => vec![id],
        Scope::Agency(id) => model.agencies[id].units.clone(),
        Scope::System(id) => model.systems[id].units.clone(),
        Scope::Account(id) => vec![model.accounts[id].unit],
        Scope::Post(id) => model.posts[id].unit.into_iter().collect(),
        Scope::Entry(id) => model.entries[id].unit.into_iter().collect(),
        Scope::Contractor(_) => Vec::new(),
    }
}

fn earliest<const N: usize>(days: [Option<Day>; N]) -> Option<Day> {
    days.into_iter().flatten().min()
}
