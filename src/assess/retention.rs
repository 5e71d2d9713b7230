//! How long papers and logs must be kept: the earliest day each may be destroyed, and the clause
//! that fixes it. Where several rules apply, the longest governs.

use std::cmp::Reverse;

use super::who::{Match, speaks_for};
use crate::model::Destroyed;
use crate::model::audit::AuditPeriod;
use crate::model::{
    Account, Audit, Duty, Entry, Evidence, EvidenceUser, Id, KeepFrom, KeepTerm, KeepWhat, Model,
    Named, Obligation, Retention, Scope, System, Usage,
};
use crate::time::Day;

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
    /// A paper of its own: it is kept as long as the record that it proves.
    Evidence(Id<Evidence>),
}

impl KeptRecord {
    /// The kind of record: `audit`, `account`, `usage`, `evidence` or that of the register.
    pub fn kind(self, model: &Model) -> &'static str {
        match self {
            KeptRecord::Audit(_) => "audit",
            KeptRecord::Account(_) => "account",
            KeptRecord::Usage(_) => "usage",
            KeptRecord::Entry(id) => model.entries[id].kind.name,
            KeptRecord::Evidence(_) => "evidence",
        }
    }

    /// The id of the record; logs of use have that of their unit.
    pub fn slug(self, model: &Model) -> &str {
        match self {
            KeptRecord::Audit(id) => model.audits[id].slug(),
            KeptRecord::Account(id) => model.accounts[id].slug(),
            KeptRecord::Usage(id) => model.units[model.usage[id].unit].slug(),
            KeptRecord::Entry(id) => model.entries[id].slug(),
            KeptRecord::Evidence(id) => model.evidence[id].slug(),
        }
    }
}

/// A record that must be kept, with every rule that says so.
#[derive(Clone, Debug)]
pub struct RetentionStatus {
    pub record: KeptRecord,
    /// The rule that keeps it longest first; never empty.
    pub rules: Vec<RetentionTerm>,
    pub destroyed_on: Option<Day>,
    pub state: KeptState,
}

/// One rule and the last day on which it keeps the record.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RetentionTerm {
    pub obligation: Id<Obligation>,
    /// `None`: there is no last day, for the reason given beside it.
    pub keep_until: Option<Day>,
    pub endless: Option<Endless>,
}

/// Why a rule gives no last day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Endless {
    /// They are kept always (永久保存).
    Permanent,
    /// The time has not begun: no approval yet (核閱後), the account is not cancelled yet (註銷後).
    NotStarted,
    /// The clause names another law instead of a term; the site invents none.
    OtherLaw,
}

/// What may be done with a kept record.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum KeptState {
    /// Destroyed before the day it could be: a breach.
    DestroyedTooEarly,
    /// Destroyed in time, but without the approval a rule asks: a breach.
    DestroyedUnapproved,
    /// Destroyed, and whether it was time is a question of a law the site does not hold.
    Unknown,
    /// May be destroyed now, with the approval the rule asks.
    MayBeDestroyed,
    /// Must be kept.
    Keep,
    Destroyed,
}

impl RetentionStatus {
    /// The rule that governs: the one that keeps longest.
    pub fn governing(&self) -> RetentionTerm {
        self.rules[0]
    }

    /// The earliest day on which it may be destroyed; `None` while the time has not begun, where
    /// it is kept always, and where it lies beyond all calendars.
    pub fn free_on(&self) -> Option<Day> {
        self.governing().keep_until?.succ_opt()
    }
}

/// Every record that some rule keeps and that exists as of the day, in the order of the tables.
pub fn kept(model: &Model, as_of: Day) -> Vec<RetentionStatus> {
    let rules: Vec<(Id<Obligation>, &Obligation, &Retention)> = model
        .obligations
        .iter()
        .filter_map(|(id, obligation)| match &obligation.duty {
            Duty::Retention(retention) => Some((id, obligation, retention)),
            _ => None,
        })
        .collect();
    let book = Book { model, as_of, rules };
    let mut all = Vec::new();
    for (id, audit) in model.audits.iter() {
        let until = book.audit(audit);
        all.extend(RetentionStatus::new(
            model,
            KeptRecord::Audit(id),
            until,
            audit.destroyed,
            as_of,
        ));
    }
    for (id, account) in model.accounts.iter().filter(|(_, account)| account.opened_on <= as_of) {
        let until = book.account(account);
        all.extend(RetentionStatus::new(
            model,
            KeptRecord::Account(id),
            until,
            account.destroyed,
            as_of,
        ));
    }
    for (id, usage) in model.usage.iter() {
        let until = book.usage(usage);
        all.extend(RetentionStatus::new(model, KeptRecord::Usage(id), until, None, as_of));
    }
    for (id, entry) in model.entries.iter() {
        let until = book.entry(entry);
        all.extend(RetentionStatus::new(
            model,
            KeptRecord::Entry(id),
            until,
            entry.destroyed,
            as_of,
        ));
    }
    for (id, evidence) in model.evidence.iter() {
        let until = book.evidence(evidence);
        all.extend(RetentionStatus::new(
            model,
            KeptRecord::Evidence(id),
            until,
            evidence.destroyed,
            as_of,
        ));
    }
    all
}

/// The rules of retention, and what they say of each kind of record.
struct Book<'a> {
    model: &'a Model,
    as_of: Day,
    rules: Vec<(Id<Obligation>, &'a Obligation, &'a Retention)>,
}

impl Book<'_> {
    fn audit(&self, audit: &Audit) -> Vec<RetentionTerm> {
        let regulation = self.model.obligations[audit.obligation].regulation;
        let approved = audit.approved.map(|approval| approval.on);
        let days = Days {
            completion: Some(audit.done_on),
            approval: approved,
            period: match audit.period {
                AuditPeriod::Period(period) => Some(period.last_day()),
                AuditPeriod::ByDay => Some(audit.done_on),
            },
            ..Days::default()
        };
        self.until(KeepWhat::Audits, days, |obligation, rule| {
            obligation.regulation == regulation
                && (rule.answering.is_empty()
                    || self
                        .model
                        .lineage(audit.obligation)
                        .iter()
                        .any(|duty| rule.answering.contains(duty)))
        })
    }

    fn account(&self, account: &Account) -> Vec<RetentionTerm> {
        let approved = account.application.as_ref().and_then(|form| form.approved_on);
        let days =
            Days { approval: approved, cancellation: account.cancelled_on, ..Days::default() };
        self.until(KeepWhat::Accounts, days, |duty, _| self.under(account.system, duty))
    }

    fn usage(&self, usage: &Usage) -> Vec<RetentionTerm> {
        let days = Days { period: Some(usage.month.last_day()), ..Days::default() };
        self.until(KeepWhat::Usage, days, |duty, _| self.under(usage.system, duty))
    }

    fn entry(&self, entry: &Entry) -> Vec<RetentionTerm> {
        if entry.kind.name != "transfer" {
            return Vec::new();
        }
        // An entry of a register is complete with its last column, the day the data was destroyed.
        // While that is blank it counts from the day it was made.
        let completion = Some(entry.ended_on().unwrap_or(entry.since));
        let days = Days { completion, ..Days::default() };
        self.until(KeepWhat::Transfers, days, |duty, _| self.under(entry.system, duty))
    }

    /// A paper is part of the record that it proves; one that proves several is kept for the longest.
    fn evidence(&self, evidence: &Evidence) -> Vec<RetentionTerm> {
        let model = self.model;
        let mut all: Vec<RetentionTerm> = Vec::new();
        for user in &evidence.used_by {
            if user.day(model).is_none_or(|day| day > self.as_of) {
                continue;
            }
            let of_user = match *user {
                EvidenceUser::Audit(id) => self.audit(&model.audits[id]),
                // What was found is written down in the papers of the audit.
                EvidenceUser::Finding(id) => self.audit(&model.audits[model.findings[id].audit]),
                EvidenceUser::Account(id) => self.account(&model.accounts[id]),
                EvidenceUser::Submission(_)
                | EvidenceUser::Training(_)
                | EvidenceUser::Contractor(_)
                | EvidenceUser::Event(_)
                | EvidenceUser::Waiver(_) => Vec::new(),
            };
            for until in of_user {
                match all.iter_mut().find(|known| known.obligation == until.obligation) {
                    Some(known) if known.lasts() >= until.lasts() => {}
                    Some(known) => *known = until,
                    None => all.push(until),
                }
            }
        }
        all.sort_by_key(|until| Reverse(until.lasts()));
        all
    }

    fn under(&self, system: Id<System>, duty: &Obligation) -> bool {
        self.model.systems[system].regulations.contains(&duty.regulation)
    }

    /// What the rules of a kind of papers say of one, the longest first.
    fn until(
        &self,
        what: KeepWhat,
        days: Days,
        fits: impl Fn(&Obligation, &Retention) -> bool,
    ) -> Vec<RetentionTerm> {
        let rules = self
            .rules
            .iter()
            .filter(|(_, obligation, rule)| rule.what == what && fits(obligation, rule));
        let mut until: Vec<RetentionTerm> =
            rules.map(|(id, _, rule)| self.of_rule(*id, rule, days)).collect();
        until.sort_by_key(|until| Reverse(until.lasts()));
        until
    }

    fn of_rule(&self, obligation: Id<Obligation>, rule: &Retention, days: Days) -> RetentionTerm {
        let (keep_until, endless) = match (&rule.term, days.of(rule.from)) {
            (KeepTerm::Permanent, _) => (None, Some(Endless::Permanent)),
            (KeepTerm::Under(_), _) => (None, Some(Endless::OtherLaw)),
            (KeepTerm::For(_), None) => (None, Some(Endless::NotStarted)),
            (KeepTerm::For(length), Some(from)) => {
                (Some(length.after(from, &self.model.calendar).unwrap_or(Day::MAX)), None)
            }
        };
        RetentionTerm { obligation, keep_until, endless }
    }
}

/// The days a record's times may be counted from, as far as they have come.
#[derive(Clone, Copy, Default)]
struct Days {
    completion: Option<Day>,
    approval: Option<Day>,
    cancellation: Option<Day>,
    period: Option<Day>,
}

impl Days {
    fn of(self, from: KeepFrom) -> Option<Day> {
        match from {
            KeepFrom::Completion => self.completion,
            KeepFrom::Approval => self.approval,
            KeepFrom::Cancellation => self.cancellation,
            KeepFrom::PeriodEnd => self.period,
        }
    }
}

impl RetentionTerm {
    /// How long it keeps, to be compared: always is longest, then what has not begun, another law's term next
    /// to it, for nobody here knows when it ends.
    fn lasts(&self) -> (Day, Option<Reverse<Endless>>) {
        (self.keep_until.unwrap_or(Day::MAX), self.endless.map(Reverse))
    }
}

impl RetentionStatus {
    fn new(
        model: &Model,
        record: KeptRecord,
        rules: Vec<RetentionTerm>,
        destroyed: Option<Destroyed>,
        as_of: Day,
    ) -> Option<Self> {
        let governing = *rules.first()?;
        let destroyed_on = destroyed.map(|destroyed| destroyed.on);
        let approvals = destroyed.map(|destroyed| {
            let scope = record.scope(model);
            let of_rule = |rule: &RetentionTerm| approval(model, rule.obligation, destroyed, scope);
            rules.iter().filter_map(of_rule).collect::<Vec<Match>>()
        });
        let approvals = approvals.unwrap_or_default();
        let unapproved = approvals.contains(&Match::No);
        let untold = governing.endless.is_some() || approvals.contains(&Match::Indeterminate);
        let state = match destroyed_on {
            None if rules.iter().all(|rule| rule.keep_until.is_some_and(|until| as_of > until)) => {
                KeptState::MayBeDestroyed
            }
            None => KeptState::Keep,
            Some(on) if rules.iter().any(|rule| rule.forbids(on)) => KeptState::DestroyedTooEarly,
            Some(_) if unapproved => KeptState::DestroyedUnapproved,
            Some(_) if untold => KeptState::Unknown,
            Some(_) => KeptState::Destroyed,
        };
        Some(Self { record, rules, destroyed_on, state })
    }
}

impl RetentionTerm {
    /// Whether it forbids a destruction on a day: through the last day of its time, while the time has not
    /// begun, and on every day of what is kept always. Of another law's term nobody here can tell.
    fn forbids(self, on: Day) -> bool {
        match (self.keep_until, self.endless) {
            (Some(until), _) => on <= until,
            (None, endless) => endless != Some(Endless::OtherLaw),
        }
    }
}

/// Whether a destruction has the approval a rule asks, by whom it asks; `None` if it asks none.
fn approval(
    model: &Model,
    rule: Id<Obligation>,
    destroyed: Destroyed,
    scope: Scope,
) -> Option<Match> {
    let Duty::Retention(keep) = &model.obligations[rule].duty else { return None };
    let party = keep.approval?;
    let Some(by) = destroyed.approved_by else { return Some(Match::No) };
    Some(speaks_for(model, by, party, scope, destroyed.on))
}

impl KeptRecord {
    /// Where it lies: papers of an audit with what it looked at.
    pub fn scope(self, model: &Model) -> Scope {
        match self {
            KeptRecord::Audit(id) => model.audits[id].scope,
            KeptRecord::Account(id) => Scope::Account(id),
            KeptRecord::Usage(id) => Scope::Unit(model.usage[id].unit),
            KeptRecord::Entry(id) => Scope::Entry(id),
            KeptRecord::Evidence(id) => {
                // With the first record that it proves and that is kept.
                let of = |user: &EvidenceUser| match *user {
                    EvidenceUser::Audit(id) => Some(model.audits[id].scope),
                    EvidenceUser::Finding(id) => Some(model.audits[model.findings[id].audit].scope),
                    EvidenceUser::Account(id) => Some(Scope::Account(id)),
                    _ => None,
                };
                let kept = model.evidence[id].used_by.iter().find_map(of);
                kept.expect("papers are kept because a record that is kept names them")
            }
        }
    }
}
