//! Acts against a demand: what was done in all, what is short, and since when nothing is.

use super::Act;
use super::occurrence::Required;
use super::population::add;
use super::reason::{Measure, Reason};
use crate::model::sample::Tally;
use crate::model::{Demand, Evidence, Finding, Id, Model};
use crate::time::{Day, Period};

/// What must be there, for one occurrence.
pub struct Asked<'a> {
    pub demand: &'a Demand,
    pub required: Required,
    /// Months with records of use, if each must be covered.
    pub months: &'a [Period],
    /// First day of the window.
    pub opens: Day,
}

/// What acts give together.
#[derive(Clone, Debug, Default)]
pub struct Given {
    pub tally: Tally,
    /// What the acts say the population is, if any does.
    pub stated: Tally,
    pub hours: u64,
    pub evidence: Vec<Id<Evidence>>,
    pub findings: Vec<Id<Finding>>,
    parties: Vec<String>,
    forms: Vec<String>,
    /// Some act lacks its approval.
    unapproved: bool,
    /// Some act was announced, or does not say that it was not.
    announced: bool,
    recipients: Vec<String>,
    told: Vec<String>,
    first: Option<Day>,
}

impl Given {
    /// What `acts` give as of a day: approvals and papers that came later do not count.
    pub fn by(model: &Model, acts: &[Act], as_of: Day) -> Self {
        let mut given = Self::default();
        for act in acts {
            given.add(model, *act, as_of);
        }
        given.tally.months.sort_unstable();
        given.tally.months.dedup();
        given
    }

    fn add(&mut self, model: &Model, act: Act, as_of: Day) {
        let day = act.day(model);
        self.first = Some(self.first.map_or(day, |first| first.min(day)));
        let evidence: &[Id<Evidence>] = match act {
            Act::Audit(id) => {
                let audit = &model.audits[id];
                add(&mut self.tally.records, audit.sample.records);
                add(&mut self.tally.users, audit.sample.users);
                self.tally.months.extend(&audit.sample.months);
                self.stated.records = self.stated.records.max(audit.population.records);
                self.stated.users = self.stated.users.max(audit.population.users);
                self.parties.extend(audit.joint.iter().cloned());
                self.unapproved |= audit.approved.is_none_or(|approval| approval.on > as_of);
                self.announced |= !audit.unannounced;
                let findings = audit.findings.iter().copied();
                self.findings.extend(findings.filter(|id| model.findings[*id].found_on <= as_of));
                &audit.evidence
            }
            Act::Submission(id) => {
                let sent = &model.submissions[id];
                self.recipients.push(sent.to.clone());
                &sent.evidence
            }
            Act::Training(id) => {
                self.hours += model.trainings[id].hours;
                &model.trainings[id].evidence
            }
            Act::Answer(event, place) => {
                let answer = &model.events[event].answers[place];
                self.told.extend(answer.to.iter().cloned());
                self.unapproved |= answer.approved.is_none_or(|approval| approval.on > as_of);
                &answer.evidence
            }
            Act::PasswordChange(_) => &[],
            // A day in the scope's own record says that it was done, and nothing more.
            Act::Recorded(_) => {
                self.unapproved = true;
                &[]
            }
        };
        for id in evidence.iter().filter(|id| model.evidence[**id].received_on <= as_of) {
            self.evidence.push(*id);
            self.forms.extend(model.evidence[*id].form.clone());
        }
    }

    /// Everything the rule asks against what was given: what is short first.
    pub fn against(&self, asked: &Asked) -> Vec<Reason> {
        let demand = asked.demand;
        let mut reasons = Vec::new();
        for (measure, size, actual) in [
            (Measure::Records, asked.required.records, self.tally.records),
            (Measure::Users, asked.required.users, self.tally.users),
        ] {
            if let Some(size) = size {
                let actual = Some(actual.unwrap_or(0));
                reasons.push(Reason::Sample { measure, size, actual });
            }
        }
        if demand.sample.every_used_month && !asked.months.is_empty() {
            let covered = |month: &&Period| !self.tally.months.contains(month);
            let missed: Vec<Period> = asked.months.iter().filter(covered).copied().collect();
            reasons.push(if missed.is_empty() {
                Reason::MonthsCovered { count: asked.months.len() }
            } else {
                Reason::MonthsMissed { missed }
            });
        }
        let absent = |wanted: &&String, there: &[String]| !there.contains(wanted);
        for party in demand.joint.iter().filter(|party| absent(party, &self.parties)) {
            reasons.push(Reason::PartyMissing { party: party.clone() });
        }
        if let Some(by) = &demand.approval
            && self.unapproved
        {
            reasons.push(Reason::ApprovalMissing { by: by.clone() });
        }
        for form in demand.evidence.iter().filter(|form| absent(form, &self.forms)) {
            reasons.push(Reason::EvidenceMissing { form: form.clone() });
        }
        if demand.unannounced && self.announced {
            reasons.push(Reason::Announced);
        }
        if let Some(to) = &demand.to
            && !self.recipients.contains(to)
        {
            reasons.push(Reason::WrongRecipient { to: to.clone() });
        }
        for party in demand.notify.iter().filter(|party| absent(party, &self.told)) {
            reasons.push(Reason::NotTold { party: party.clone() });
        }
        if let Some(required) = demand.hours {
            let actual = self.hours;
            reasons.push(if actual < required {
                Reason::HoursShort { required, actual }
            } else {
                Reason::HoursMet { required, actual }
            });
        }
        if let Some(on) = self.first.filter(|day| *day < asked.opens) {
            reasons.push(Reason::TooEarly { on, opens: asked.opens });
        }
        reasons.sort_by_key(|reason| !reason.is_shortfall());
        reasons
    }
}

/// The first day on which the acts up to it leave nothing short; `acts` in the order of days.
pub fn complete_on(model: &Model, acts: &[Act], as_of: Day, asked: &Asked) -> Option<Day> {
    (1..=acts.len()).find_map(|count| {
        let given = Given::by(model, &acts[..count], as_of);
        let short = given.against(asked).iter().any(Reason::is_shortfall);
        (!short).then(|| acts[count - 1].day(model))
    })
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
}
