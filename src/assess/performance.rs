//! What acts give together: the figures, and the papers that came with them.

use std::collections::BTreeSet;

use super::Act;
use crate::model::sample::Tally;
use crate::model::{
    Approval, AuthorityApproval, Evidence, Finding, Id, Manner, Model, PaperItem, Party, Person,
    Post,
};
use crate::time::{Day, Moment};

/// What acts give together, as of a day: papers that came later do not count.
#[derive(Clone, Debug, Default)]
pub struct Performance {
    pub tally: Tally,
    /// What the acts say the population is, if any does: the largest.
    pub stated: Tally,
    pub evidence: Vec<Id<Evidence>>,
    pub findings: Vec<Id<Finding>>,
}

impl Performance {
    /// What `acts` give.
    pub fn of(model: &Model, acts: &[Act]) -> Self {
        let mut given = Self { tally: tally(model, acts), ..Self::default() };
        for act in acts {
            if let Act::Audit(id) = act {
                let audit = &model.audits[*id];
                given.stated.records = given.stated.records.max(audit.population.records);
                given.stated.users = given.stated.users.max(audit.population.users);
                let findings = audit.findings.iter().copied();
                given.findings.extend(findings);
            }
            let papers = act.evidence(model).iter().copied();
            given.evidence.extend(papers);
        }
        given
    }
}

/// What acts looked at together. Persons are counted as persons: one whose use was looked at twice
/// is one (稽核人數). Persons that an act counts but does not name are taken for others.
pub fn tally(model: &Model, acts: &[Act]) -> Tally {
    let mut tally = Tally::default();
    let mut named: BTreeSet<Id<Person>> = BTreeSet::new();
    let (mut unnamed, mut counted) = (0_u64, false);
    for act in acts {
        let Act::Audit(id) = act else { continue };
        let audit = &model.audits[*id];
        if let Some(records) = audit.sample.records {
            tally.records = Some(tally.records.unwrap_or(0).saturating_add(records));
        }
        named.extend(&audit.audited);
        let of_names = audit.audited.len() as u64;
        unnamed += audit.sample.users.unwrap_or(0).saturating_sub(of_names);
        counted |= audit.sample.users.is_some();
        tally.months.extend(&audit.sample.months);
    }
    tally.users = counted.then(|| unnamed.saturating_add(named.len() as u64));
    tally.months.sort_unstable();
    tally.months.dedup();
    tally
}

impl Act {
    /// The day it was done.
    pub fn day(self, model: &Model) -> Day {
        match self {
            Act::Audit(id) => model.audits[id].done_on,
            Act::Submission(id) => model.submissions[id].sent_on,
            Act::Training(id) => model.trainings[id].on,
            Act::Answer(event, place) => model.events[event].answers[place].on,
            Act::PasswordChange(day) | Act::Recorded(day) => day,
        }
    }

    /// When it was done, as far as it is recorded.
    pub fn moment(self, model: &Model) -> Moment {
        match self {
            Act::Audit(id) => model.audits[id].done(),
            Act::Submission(id) => {
                let sent = &model.submissions[id];
                Moment::of(sent.sent_on, sent.sent_at)
            }
            Act::Answer(event, place) => model.events[event].answers[place].moment(),
            Act::Training(_) | Act::PasswordChange(_) | Act::Recorded(_) => self.day(model).into(),
        }
    }

    /// The papers that belong to it.
    pub fn evidence(self, model: &Model) -> &[Id<Evidence>] {
        match self {
            Act::Audit(id) => &model.audits[id].evidence,
            Act::Submission(id) => &model.submissions[id].evidence,
            Act::Training(id) => &model.trainings[id].evidence,
            Act::Answer(event, place) => &model.events[event].answers[place].evidence,
            // A day in the scope's own record says that it was done, and nothing more.
            Act::PasswordChange(_) | Act::Recorded(_) => &[],
        }
    }

    /// Its approval, if it has one.
    pub fn approval(self, model: &Model) -> Option<Approval> {
        match self {
            Act::Audit(id) => model.audits[id].approved,
            Act::Submission(id) => model.submissions[id].approved,
            Act::Answer(event, place) => model.events[event].answers[place].approved,
            Act::Training(_) | Act::PasswordChange(_) | Act::Recorded(_) => None,
        }
    }

    /// Its approval by an authority outside, if it has one.
    pub fn authority(self, model: &Model) -> Option<&AuthorityApproval> {
        match self {
            Act::Submission(id) => model.submissions[id].authority.as_ref(),
            Act::Answer(event, place) => model.events[event].answers[place].authority.as_ref(),
            _ => None,
        }
    }

    /// Who did it, as far as it is recorded.
    pub fn doers(self, model: &Model) -> Vec<Id<Post>> {
        match self {
            Act::Audit(id) => model.audits[id].auditors.clone(),
            Act::Submission(id) => model.submissions[id].by.into_iter().collect(),
            // Whoever holds the post was trained.
            Act::Training(id) => vec![model.trainings[id].post],
            Act::Answer(event, place) => {
                model.events[event].answers[place].by.into_iter().collect()
            }
            Act::PasswordChange(_) | Act::Recorded(_) => Vec::new(),
        }
    }

    /// What stands in the paper of what must, if the record says.
    pub fn contains(self, model: &Model) -> Option<&[Id<PaperItem>]> {
        match self {
            Act::Audit(id) => model.audits[id].contains.as_deref(),
            Act::Submission(id) => model.submissions[id].contains.as_deref(),
            Act::Answer(event, place) => model.events[event].answers[place].contains.as_deref(),
            Act::Training(_) | Act::PasswordChange(_) | Act::Recorded(_) => None,
        }
    }

    /// In what manner it was done, if the record says.
    pub fn manner(self, model: &Model) -> Option<Id<Manner>> {
        match self {
            Act::Audit(id) => model.audits[id].manner,
            Act::Submission(id) => model.submissions[id].manner,
            Act::Answer(event, place) => model.events[event].answers[place].manner,
            Act::Training(_) | Act::PasswordChange(_) | Act::Recorded(_) => None,
        }
    }

    /// The parties that took part (會同).
    pub fn joint(self, model: &Model) -> &[Id<Party>] {
        match self {
            Act::Audit(id) => &model.audits[id].joint,
            Act::Answer(event, place) => &model.events[event].answers[place].joint,
            Act::Submission(_) | Act::Training(_) | Act::PasswordChange(_) | Act::Recorded(_) => {
                &[]
            }
        }
    }
}
