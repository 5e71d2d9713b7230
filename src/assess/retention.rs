//! How long papers and logs must be kept: the earliest day each may be destroyed, and the clause
//! that fixes it. Where several rules apply, the longest governs.

use chrono::Days;

use crate::model::audit::AuditPeriod;
use crate::model::evidence::Destroyed;
use crate::model::{
    Account, Audit, Duty, Entry, Id, KeepFrom, KeepWhat, Model, Obligation, Regulation, Retention,
    System, Usage,
};
use crate::time::{Day, Period};

/// What is kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum KeptRecord {
    Audit(Id<Audit>),
    /// The application form and the pledge.
    Account(Id<Account>),
    /// The log of a month.
    Usage(Id<Usage>),
    /// The register entry of a transfer.
    Entry(Id<Entry>),
}

/// A record that must be kept, with every rule that says so.
#[derive(Clone, Debug)]
pub struct Kept {
    pub record: KeptRecord,
    /// The rule that keeps it longest first; never empty.
    pub rules: Vec<Until>,
    pub destroyed_on: Option<Day>,
    pub state: KeptState,
}

/// One rule and the last day on which it keeps the record.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Until {
    pub obligation: Id<Obligation>,
    /// `None`: the time has not begun (the account is not cancelled yet).
    pub keep_until: Option<Day>,
}

/// What may be done with a kept record.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum KeptState {
    /// Destroyed before the day it could be: a breach.
    DestroyedTooEarly,
    /// Destroyed in time, but without the approval a rule asks: a breach.
    DestroyedUnapproved,
    /// May be destroyed now, with the approval the rule asks.
    MayBeDestroyed,
    /// Must be kept.
    Keep,
    Destroyed,
}

impl Kept {
    /// The rule that governs: the one that keeps longest.
    pub fn governing(&self) -> Until {
        self.rules[0]
    }

    /// The earliest day on which it may be destroyed; `None` while the time has not begun, and
    /// where it lies beyond all calendars.
    pub fn free_on(&self) -> Option<Day> {
        self.governing().keep_until?.checked_add_days(Days::new(1))
    }
}

/// Every record that some rule keeps and that exists as of the day, in the order of the tables.
pub fn kept(model: &Model, as_of: Day) -> Vec<Kept> {
    let rules: Vec<(Id<Obligation>, &Obligation, &Retention)> = model
        .obligations
        .iter()
        .filter_map(|(id, obligation)| match &obligation.duty {
            Duty::Retention(retention) => Some((id, obligation, retention)),
            _ => None,
        })
        .collect();
    let of = |what: KeepWhat, fits: &dyn Fn(&Obligation, &Retention) -> bool, ends: Ends| {
        let mut until: Vec<Until> = rules
            .iter()
            .filter(|(_, obligation, rule)| rule.what == what && fits(obligation, rule))
            .map(|(id, _, rule)| Until {
                obligation: *id,
                keep_until: ends.keep_until(model, rule),
            })
            .collect();
        // `None` keeps longest; otherwise the latest day.
        until.sort_by_key(|rule| std::cmp::Reverse(rule.keep_until.unwrap_or(Day::MAX)));
        until
    };
    let under = |system: Id<System>, regulation: Id<Regulation>| {
        model.systems[system].regulations.contains(&regulation)
    };
    let mut all = Vec::new();
    for (id, audit) in model.audits.iter().filter(|(_, audit)| audit.done_on <= as_of) {
        let regulation = model.obligations[audit.obligation].regulation;
        let fits = |obligation: &Obligation, rule: &Retention| {
            obligation.regulation == regulation
                && (rule.answering.is_empty() || rule.answering.contains(&audit.obligation))
        };
        let period = match audit.period {
            AuditPeriod::Period(period) => Some(period),
            AuditPeriod::ByDay => None,
        };
        let ends = Ends { completion: audit.done_on, cancellation: None, period };
        let rules = of(KeepWhat::Audits, &fits, ends);
        all.extend(Kept::new(model, KeptRecord::Audit(id), rules, audit.destroyed, as_of));
    }
    for (id, account) in model.accounts.iter().filter(|(_, account)| account.opened_on <= as_of) {
        let fits =
            |obligation: &Obligation, _: &Retention| under(account.system, obligation.regulation);
        let cancellation = account.cancelled_on.filter(|day| *day <= as_of);
        let ends = Ends { completion: account.opened_on, cancellation, period: None };
        let rules = of(KeepWhat::Accounts, &fits, ends);
        all.extend(Kept::new(model, KeptRecord::Account(id), rules, account.destroyed, as_of));
    }
    for (id, usage) in model.usage.iter().filter(|(_, usage)| usage.month.last_day() <= as_of) {
        let fits =
            |obligation: &Obligation, _: &Retention| under(usage.system, obligation.regulation);
        let end = usage.month.last_day();
        let ends = Ends { completion: end, cancellation: None, period: Some(usage.month) };
        let rules = of(KeepWhat::Usage, &fits, ends);
        all.extend(Kept::new(model, KeptRecord::Usage(id), rules, None, as_of));
    }
    for (id, entry) in model.entries.iter().filter(|(_, entry)| entry.since <= as_of) {
        if entry.kind.name != "transfer" {
            continue;
        }
        let fits =
            |obligation: &Obligation, _: &Retention| under(entry.system, obligation.regulation);
        let ends = Ends { completion: entry.since, cancellation: None, period: None };
        let rules = of(KeepWhat::Transfers, &fits, ends);
        all.extend(Kept::new(model, KeptRecord::Entry(id), rules, entry.destroyed, as_of));
    }
    all
}

/// The days a record's times may be counted from.
#[derive(Clone, Copy)]
struct Ends {
    completion: Day,
    cancellation: Option<Day>,
    period: Option<Period>,
}

impl Ends {
    /// The last day on which `rule` keeps the record.
    fn keep_until(self, model: &Model, rule: &Retention) -> Option<Day> {
        let from = match rule.from {
            KeepFrom::Completion => self.completion,
            KeepFrom::Cancellation => self.cancellation?,
            KeepFrom::PeriodEnd => self.period.map_or(self.completion, Period::last_day),
        };
        Some(rule.length.after(from, &model.calendar).unwrap_or(Day::MAX))
    }
}

impl Kept {
    fn new(
        model: &Model,
        record: KeptRecord,
        rules: Vec<Until>,
        destroyed: Option<Destroyed>,
        as_of: Day,
    ) -> Option<Self> {
        let governing = *rules.first()?;
        let destroyed = destroyed.filter(|destroyed| destroyed.on <= as_of);
        let destroyed_on = destroyed.map(|destroyed| destroyed.on);
        let unapproved = destroyed.is_some_and(|destroyed| destroyed.approved_by.is_none())
            && rules.iter().any(|rule| asks_approval(model, rule.obligation));
        let state = match (destroyed_on, governing.keep_until) {
            (Some(on), Some(until)) if on > until && unapproved => KeptState::DestroyedUnapproved,
            (Some(on), Some(until)) if on > until => KeptState::Destroyed,
            (Some(_), _) => KeptState::DestroyedTooEarly,
            (None, Some(until)) if as_of > until => KeptState::MayBeDestroyed,
            (None, _) => KeptState::Keep,
        };
        Some(Self { record, rules, destroyed_on, state })
    }
}

/// Whether a retention rule asks an approval before destruction.
fn asks_approval(model: &Model, rule: Id<Obligation>) -> bool {
    matches!(&model.obligations[rule].duty, Duty::Retention(keep) if keep.approval.is_some())
}
