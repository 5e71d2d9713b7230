//! How long papers and logs must be kept: the earliest day each may be destroyed, and the clause
//! that fixes it. Where several rules apply, the longest governs.

use std::cmp::Reverse;

use super::kept_record::KeptRecord;
use super::who::{Match, same_person, speaks_for};
use crate::model::audit::AuditPeriod;
use crate::model::{
    Account, Audit, Contractor, Destroyed, Duty, Entry, Event, Evidence, EvidenceUser, Finding, Id,
    KeepFrom, KeepTerm, KeepWhat, Model, Obligation, Retention, Scope, Submission, System,
    Training, Usage, Waiver,
};
use crate::time::Day;

/// A record that must be kept, with every rule that says so.
#[derive(Clone, Debug)]
pub struct RetentionStatus {
    pub record: KeptRecord,
    /// Where it lies; evidence with the record whose rule governs.
    pub scope: Scope,
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

/// The duties that each event set going.
pub type Started<'a> = &'a dyn Fn(Id<Event>) -> Vec<Id<Obligation>>;

/// Every record that some rule keeps and that exists as of the day, in the order of the tables.
pub fn kept(model: &Model, as_of: Day, started: Started) -> Vec<RetentionStatus> {
    let rules: Vec<(Id<Obligation>, &Obligation, &Retention)> = model
        .obligations
        .iter()
        .filter_map(|(id, obligation)| match &obligation.duty {
            Duty::Retention(retention) => Some((id, obligation, retention)),
            _ => None,
        })
        .collect();
    let book = Book { model, as_of, rules, started };
    let accounts = model.accounts.iter().filter(|(_, account)| account.opened_on <= as_of);
    let records = model.audits.ids().map(KeptRecord::Audit);
    let records = records
        .chain(accounts.map(|(id, _)| KeptRecord::Account(id)))
        .chain(model.usage.ids().map(KeptRecord::Usage))
        .chain(model.submissions.ids().map(KeptRecord::Submission))
        .chain(model.findings.ids().map(KeptRecord::Finding))
        .chain(model.events.ids().map(KeptRecord::Event))
        .chain(model.trainings.ids().map(KeptRecord::Training))
        .chain(model.contractors.ids().map(KeptRecord::Contractor))
        .chain(model.waivers.ids().map(KeptRecord::Waiver))
        .chain(model.entries.ids().map(KeptRecord::Entry))
        .chain(model.evidence.ids().map(KeptRecord::Evidence));
    records.filter_map(|record| book.status(record)).collect()
}

/// The rules of retention, and what they say of each kind of record.
struct Book<'a> {
    model: &'a Model,
    as_of: Day,
    rules: Vec<(Id<Obligation>, &'a Obligation, &'a Retention)>,
    started: Started<'a>,
}

impl Book<'_> {
    /// What comes of a record, if any rule keeps it.
    fn status(&self, record: KeptRecord) -> Option<RetentionStatus> {
        let (rules, with) = match record {
            KeptRecord::Evidence(id) => self.evidence(&self.model.evidence[id])?,
            own => (self.terms(own), own),
        };
        let governing = *rules.first()?;
        let scope = with.scope(self.model)?;
        Some(RetentionStatus::new(self.model, (record, scope), (rules, governing), self.as_of))
    }

    /// What the rules say of a record, the longest first.
    fn terms(&self, record: KeptRecord) -> Vec<RetentionTerm> {
        let model = self.model;
        match record {
            KeptRecord::Audit(id) => self.audit(&model.audits[id]),
            KeptRecord::Account(id) => self.account(&model.accounts[id]),
            KeptRecord::Usage(id) => self.usage(&model.usage[id]),
            KeptRecord::Submission(id) => self.submission(&model.submissions[id]),
            KeptRecord::Finding(id) => self.finding(&model.findings[id]),
            KeptRecord::Event(id) => self.event(id, &model.events[id]),
            KeptRecord::Training(id) => self.training(&model.trainings[id]),
            KeptRecord::Contractor(id) => self.contractor(&model.contractors[id]),
            KeptRecord::Waiver(id) => self.waiver(&model.waivers[id]),
            KeptRecord::Entry(id) => self.entry(&model.entries[id]),
            // It is kept with what it proves.
            KeptRecord::Evidence(_) => Vec::new(),
        }
    }

    fn audit(&self, audit: &Audit) -> Vec<RetentionTerm> {
        let days = Days {
            completion: Some(audit.done_on),
            approval: audit.approved.map(|approval| approval.on),
            period: last_day(audit.period, audit.done_on),
            ..Days::default()
        };
        self.until(KeepWhat::Audits, days, |duty, rule| self.answers(audit.obligation, duty, rule))
    }

    fn submission(&self, sent: &Submission) -> Vec<RetentionTerm> {
        let own = sent.approved.map(|approval| approval.on);
        let days = Days {
            completion: Some(sent.sent_on),
            approval: own.or(sent.authority.as_ref().map(|approval| approval.on)),
            period: last_day(sent.period, sent.sent_on),
            ..Days::default()
        };
        self.until(KeepWhat::Submissions, days, |duty, rule| {
            self.answers(sent.obligation, duty, rule)
        })
    }

    /// What was found is of the duty whose audit found it.
    fn finding(&self, finding: &Finding) -> Vec<RetentionTerm> {
        let days = Days { closing: finding.closed_on, ..Days::default() };
        let of = self.model.audits[finding.audit].obligation;
        self.until(KeepWhat::Findings, days, |duty, rule| self.answers(of, duty, rule))
    }

    /// What was done about an event is of each duty that it set going. Of one that follows from
    /// another record there are no papers of its own.
    fn event(&self, id: Id<Event>, event: &Event) -> Vec<RetentionTerm> {
        if event.follows.is_some() {
            return Vec::new();
        }
        let approvals = event.answers.iter().filter_map(|answer| {
            let own = answer.approved.map(|approval| approval.on);
            own.or(answer.authority.as_ref().map(|approval| approval.on))
        });
        let days = Days {
            completion: event.answers.iter().map(|answer| answer.on).max(),
            approval: approvals.max(),
            ..Days::default()
        };
        let started = (self.started)(id);
        self.until(KeepWhat::Events, days, |duty, rule| {
            started.iter().any(|of| self.answers(*of, duty, rule))
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

    fn training(&self, training: &Training) -> Vec<RetentionTerm> {
        let days = Days { completion: Some(training.on), ..Days::default() };
        let agency = self.model.posts[training.post].agency;
        self.until(KeepWhat::Trainings, days, |duty, _| {
            let mut systems = self.model.systems.iter().map(|(_, system)| system);
            systems.any(|one| one.agency == agency && one.regulations.contains(&duty.regulation))
        })
    }

    /// While nobody says when a contract ends, the time has not begun.
    fn contractor(&self, contractor: &Contractor) -> Vec<RetentionTerm> {
        let days = Days { period: contractor.until, ..Days::default() };
        self.until(KeepWhat::Contractors, days, |duty, _| {
            contractor.systems.iter().any(|system| self.under(*system, duty))
        })
    }

    /// The approval of leave is of the duty that need not be done.
    fn waiver(&self, waiver: &Waiver) -> Vec<RetentionTerm> {
        let days = Days {
            approval: Some(waiver.approved.on),
            period: Some(waiver.until),
            ..Days::default()
        };
        self.until(KeepWhat::Waivers, days, |duty, rule| {
            self.answers(waiver.obligation, duty, rule)
        })
    }

    fn entry(&self, entry: &Entry) -> Vec<RetentionTerm> {
        // An entry of a register is complete with its last column, such as the day the data was
        // destroyed. While that is blank it counts from the day it was made.
        let completion = Some(entry.ended_on().unwrap_or(entry.since));
        let days = Days { completion, ..Days::default() };
        let what = KeepWhat::Entries(entry.kind.plural);
        self.until(what, days, |duty, _| self.under(entry.system, duty))
    }

    /// A paper is part of the record that it proves; one that proves several is kept for the longest,
    /// and lies with the record that is kept so long.
    fn evidence(&self, evidence: &Evidence) -> Option<(Vec<RetentionTerm>, KeptRecord)> {
        let mut all: Vec<(RetentionTerm, KeptRecord)> = Vec::new();
        for user in &evidence.used_by {
            if user.day(self.model).is_none_or(|day| day > self.as_of) {
                continue;
            }
            let record = KeptRecord::of_paper(*user);
            let mut of_user = self.terms(record);
            // What was found is written down in the papers of the audit, too.
            if let EvidenceUser::Finding(id) = *user {
                of_user.extend(self.audit(&self.model.audits[self.model.findings[id].audit]));
            }
            for until in of_user {
                match all.iter_mut().find(|(known, _)| known.obligation == until.obligation) {
                    Some((known, _)) if known.lasts() >= until.lasts() => {}
                    Some(known) => *known = (until, record),
                    None => all.push((until, record)),
                }
            }
        }
        all.sort_by_key(|(until, _)| Reverse(until.lasts()));
        let (_, with) = *all.first()?;
        Some((all.into_iter().map(|(until, _)| until).collect(), with))
    }

    /// Whether a rule keeps the papers of a duty: one of its regulation, and of those it names.
    fn answers(&self, duty: Id<Obligation>, rule: &Obligation, keep: &Retention) -> bool {
        self.model.obligations[duty].regulation == rule.regulation
            && (keep.answering.is_empty()
                || self.model.lineage(duty).iter().any(|one| keep.answering.contains(one)))
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
            // 行政程序法第48條第2、3項. No day off moves its last day: nothing has to be done on it.
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
    closing: Option<Day>,
}

/// The last day of the period an act is of; of one that is of no period, its own.
fn last_day(period: AuditPeriod, done: Day) -> Option<Day> {
    Some(match period {
        AuditPeriod::Period(period) => period.last_day(),
        AuditPeriod::ByDay => done,
    })
}

impl Days {
    fn of(self, from: KeepFrom) -> Option<Day> {
        match from {
            KeepFrom::Completion => self.completion,
            KeepFrom::Approval => self.approval,
            KeepFrom::Cancellation => self.cancellation,
            KeepFrom::PeriodEnd => self.period,
            KeepFrom::Closing => self.closing,
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
        (record, scope): (KeptRecord, Scope),
        (rules, governing): (Vec<RetentionTerm>, RetentionTerm),
        as_of: Day,
    ) -> Self {
        let destroyed = record.destroyed(model);
        let destroyed_on = destroyed.map(|destroyed| destroyed.on);
        let approvals = destroyed.map(|destroyed| {
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
        Self { record, scope, rules, destroyed_on, state }
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

/// Whether a destruction has the approval a rule asks, by whom it asks, and who is not the one that
/// destroyed; `None` if it asks none.
fn approval(
    model: &Model,
    rule: Id<Obligation>,
    destroyed: Destroyed,
    scope: Scope,
) -> Option<Match> {
    let Duty::Retention(keep) = &model.obligations[rule].duty else { return None };
    let party = keep.approval?;
    let Some(by) = destroyed.approved_by else { return Some(Match::No) };
    if destroyed.by.is_some_and(|doer| same_person(model, doer, by)) {
        return Some(Match::No);
    }
    Some(speaks_for(model, by, party, scope, destroyed.on))
}
