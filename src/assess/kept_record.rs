//! What is kept: the records that are papers, or have papers of their own.

use crate::model::{
    Account, Audit, Contractor, Destroyed, Entry, Event, Evidence, EvidenceUser, Finding, Id,
    Model, Named, Scope, Subject, Submission, Training, Usage, Waiver,
};

/// A record that a rule may keep.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum KeptRecord {
    Audit(Id<Audit>),
    /// The application form and the pledge.
    Account(Id<Account>),
    /// The log of a month.
    Usage(Id<Usage>),
    Submission(Id<Submission>),
    Finding(Id<Finding>),
    /// What was done about it.
    Event(Id<Event>),
    Training(Id<Training>),
    /// The contract and the agreement.
    Contractor(Id<Contractor>),
    /// The approval of leave not to do a duty (豁免).
    Waiver(Id<Waiver>),
    /// An entry of a register.
    Entry(Id<Entry>),
    /// A paper of its own: it is kept as long as the record that it proves.
    Evidence(Id<Evidence>),
}

impl KeptRecord {
    /// The record of which a paper is part.
    pub fn of_paper(user: EvidenceUser) -> Self {
        match user {
            EvidenceUser::Audit(id) => KeptRecord::Audit(id),
            EvidenceUser::Submission(id) => KeptRecord::Submission(id),
            EvidenceUser::Training(id) => KeptRecord::Training(id),
            EvidenceUser::Finding(id) => KeptRecord::Finding(id),
            EvidenceUser::Account(id) => KeptRecord::Account(id),
            EvidenceUser::Contractor(id) => KeptRecord::Contractor(id),
            EvidenceUser::Event(id) => KeptRecord::Event(id),
            EvidenceUser::Waiver(id) => KeptRecord::Waiver(id),
        }
    }

    /// The kind of record; of an entry that of its register.
    pub fn kind(self, model: &Model) -> &'static str {
        match self {
            KeptRecord::Entry(id) => model.entries[id].kind.name,
            other => other.code(),
        }
    }

    /// The kind of record; of entries of every register `entry`.
    pub fn code(self) -> &'static str {
        match self {
            KeptRecord::Audit(_) => "audit",
            KeptRecord::Account(_) => "account",
            KeptRecord::Usage(_) => "usage",
            KeptRecord::Submission(_) => "submission",
            KeptRecord::Finding(_) => "finding",
            KeptRecord::Event(_) => "event",
            KeptRecord::Training(_) => "training",
            KeptRecord::Contractor(_) => "contractor",
            KeptRecord::Waiver(_) => "waiver",
            KeptRecord::Entry(_) => "entry",
            KeptRecord::Evidence(_) => "evidence",
        }
    }

    /// The id of the record; logs of use have that of their unit.
    pub fn slug(self, model: &Model) -> &str {
        match self {
            KeptRecord::Audit(id) => model.audits[id].slug(),
            KeptRecord::Account(id) => model.accounts[id].slug(),
            KeptRecord::Usage(id) => model.units[model.usage[id].unit].slug(),
            KeptRecord::Submission(id) => model.submissions[id].slug(),
            KeptRecord::Finding(id) => model.findings[id].slug(),
            KeptRecord::Event(id) => model.events[id].slug(),
            KeptRecord::Training(id) => model.trainings[id].slug(),
            KeptRecord::Contractor(id) => model.contractors[id].slug(),
            KeptRecord::Waiver(id) => model.waivers[id].slug(),
            KeptRecord::Entry(id) => model.entries[id].slug(),
            KeptRecord::Evidence(id) => model.evidence[id].slug(),
        }
    }

    /// That it was destroyed, if it was.
    pub fn destroyed(self, model: &Model) -> Option<Destroyed> {
        match self {
            KeptRecord::Audit(id) => model.audits[id].destroyed,
            KeptRecord::Account(id) => model.accounts[id].destroyed,
            KeptRecord::Usage(id) => model.usage[id].destroyed,
            KeptRecord::Submission(id) => model.submissions[id].destroyed,
            KeptRecord::Finding(id) => model.findings[id].destroyed,
            KeptRecord::Event(id) => model.events[id].destroyed,
            KeptRecord::Training(id) => model.trainings[id].destroyed,
            KeptRecord::Contractor(id) => model.contractors[id].destroyed,
            KeptRecord::Waiver(id) => model.waivers[id].destroyed,
            KeptRecord::Entry(id) => model.entries[id].destroyed,
            KeptRecord::Evidence(id) => model.evidence[id].destroyed,
        }
    }

    /// Where it lies: papers of an audit with what it looked at, those of an event with what it is
    /// about. `None` of evidence: it lies with what it proves.
    pub(super) fn scope(self, model: &Model) -> Option<Scope> {
        Some(match self {
            KeptRecord::Audit(id) => model.audits[id].scope,
            KeptRecord::Account(id) => Scope::Account(id),
            KeptRecord::Usage(id) => Scope::Unit(model.usage[id].unit),
            KeptRecord::Submission(id) => model.submissions[id].scope,
            KeptRecord::Finding(id) => model.audits[model.findings[id].audit].scope,
            KeptRecord::Event(id) => of_subject(model, &model.events[id].subject),
            KeptRecord::Training(id) => Scope::Post(model.trainings[id].post),
            KeptRecord::Contractor(id) => Scope::Contractor(id),
            KeptRecord::Waiver(id) => model.waivers[id].scope,
            KeptRecord::Entry(id) => Scope::Entry(id),
            KeptRecord::Evidence(_) => return None,
        })
    }
}

/// Where what an event is about lies; a person in their agency.
fn of_subject(model: &Model, subject: &Subject) -> Scope {
    match *subject {
        Subject::Account(id) => Scope::Account(id),
        Subject::Person(id) => {
            let agency = model.people[id].agency;
            Scope::Agency(agency.expect("a duty of an account of theirs was set going"))
        }
        Subject::Unit(id) => Scope::Unit(id),
        Subject::Agency(id) => Scope::Agency(id),
        Subject::System(id) => Scope::System(id),
        Subject::Post(id) => Scope::Post(id),
        Subject::Contractor(id) => Scope::Contractor(id),
    }
}
