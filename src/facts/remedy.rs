//! What to record so that an occurrence is answered. Typed: which steps, which records, in what
//! order; the words and the lines of YAML are made of it where they are shown.

use std::collections::HashSet;

use crate::assess::{Act, Occurrence, Reason};
use crate::model::{
    Demand, Duty, EvidenceForm, Id, Model, Obligation, Population, Regulation, Scope, System, Unit,
};
use crate::time::Period;

/// A step towards an answer besides new records of the duty itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RemedyStep {
    /// Record the use of the months that are missing.
    Usage,
    /// Record the audits of another duty, from which the sample is drawn.
    Base(Option<Id<Obligation>>),
    /// Give the office calendar of the year.
    Calendar,
    /// Correct what the rule's condition reads in the record of the scope.
    ScopeRecord,
    /// Name the evidence that is missing.
    Evidence,
    /// Look at as many as the rule asks.
    Sample,
    /// Look at the months that are missing.
    Months,
    /// Say who took part.
    Joint,
    /// Say what stands in the paper.
    Contains,
    /// Say in what manner it was done.
    Manner,
    /// Say who approved.
    Approved,
    /// Say that it was not announced.
    Unannounced,
    /// A day under this key of the scope's own record answers the duty too.
    RecordedDay(String),
}

/// What is missing of an occurrence that is not as it should be.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Remedy {
    /// The acts that are there: what is missing in them is added there.
    pub acts: Vec<Act>,
    /// In the order of the reasons, each once.
    pub steps: Vec<RemedyStep>,
    /// Which use is not recorded.
    pub usage: Vec<MissingUsage>,
    /// A record of the act itself is missing.
    pub needs_act: bool,
    /// The forms of the papers that are missing.
    pub forms: Vec<Id<EvidenceForm>>,
}

/// A unit's use of a system in a month that no record tells.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct MissingUsage {
    pub unit: Id<Unit>,
    pub system: Id<System>,
    pub month: Period,
}

impl Remedy {
    /// What to do about an occurrence; `None` where nothing is to be done yet, or any more.
    pub fn of(model: &Model, occurrence: &Occurrence) -> Option<Self> {
        if !occurrence.status.asks_for_action() {
            return None;
        }
        let mut remedy = Self { acts: occurrence.acts.clone(), ..Self::default() };
        for reason in &occurrence.reasons {
            if let Reason::PopulationUnknown { months } = reason {
                let regulation = model.obligations[occurrence.obligation].regulation;
                remedy.usage.extend(missing_usage(model, regulation, occurrence.scope, months));
            }
            let step = step(model, occurrence, reason);
            remedy.steps.extend(step.filter(|step| !remedy.steps.contains(step)));
        }
        remedy.steps.extend(recorded_day(model, occurrence));
        if let Some(demand) = model.obligations[occurrence.obligation].duty.demand() {
            remedy.add_records(occurrence, demand);
        }
        Some(remedy)
    }

    /// The records that would answer it: the act, and the papers it names. None where the rule's
    /// condition has no answer, or acts are there already and more of them would not help.
    fn add_records(&mut self, occurrence: &Occurrence, demand: &Demand) {
        let any = |is: fn(&Reason) -> bool| occurrence.reasons.iter().any(is);
        if any(|reason| matches!(reason, Reason::ConditionFailed { .. })) {
            return;
        }
        let adds_up = any(|reason| matches!(reason, Reason::HoursShort { .. }));
        self.needs_act = occurrence.acts.is_empty() || adds_up;
        let is_missing = |form: &&Id<EvidenceForm>| {
            occurrence.reasons.iter().any(|reason| match reason {
                Reason::EvidenceMissing { form: missing, .. } => missing == *form,
                _ => false,
            })
        };
        let forms = demand.evidence.iter().filter(|form| self.needs_act || is_missing(form));
        self.forms = forms.copied().collect();
    }
}

fn step(model: &Model, occurrence: &Occurrence, reason: &Reason) -> Option<RemedyStep> {
    Some(match reason {
        Reason::PopulationUnknown { .. } => RemedyStep::Usage,
        Reason::BaseUnknown => RemedyStep::Base(base(model, occurrence.obligation)),
        Reason::CalendarMissing { .. } => RemedyStep::Calendar,
        Reason::ConditionFailed { .. } => RemedyStep::ScopeRecord,
        Reason::EvidenceMissing { .. } => RemedyStep::Evidence,
        Reason::Sample { .. } if reason.is_shortfall() => RemedyStep::Sample,
        Reason::MonthsMissed { .. } => RemedyStep::Months,
        Reason::PartyMissing { .. } => RemedyStep::Joint,
        Reason::ItemMissing { .. } | Reason::ContentsUnknown => RemedyStep::Contains,
        Reason::OtherManner { .. } | Reason::MannerUnknown => RemedyStep::Manner,
        Reason::ApprovalMissing { .. } => RemedyStep::Approved,
        Reason::Announced => RemedyStep::Unannounced,
        _ => return None,
    })
}

/// A day in the scope's own record that answers it too, where no approval is asked.
fn recorded_day(model: &Model, occurrence: &Occurrence) -> Option<RemedyStep> {
    let Duty::Event(rule) = &model.obligations[occurrence.obligation].duty else { return None };
    let key = rule.answered_on.first().filter(|_| rule.demand.approval.is_none())?;
    Some(RemedyStep::RecordedDay(key.clone()))
}

/// The duty from whose audits the sample is drawn.
fn base(model: &Model, duty: Id<Obligation>) -> Option<Id<Obligation>> {
    let demand = model.obligations[duty].duty.demand()?;
    let rules = [&demand.sample.records, &demand.sample.users];
    rules.into_iter().flatten().find_map(|rule| match rule.of {
        Population::AuditedRecords(duty) | Population::AuditedUsers(duty) => Some(duty),
        Population::Queries | Population::Users | Population::Accounts => None,
    })
}

/// The use of a scope's systems that is not recorded in some months; by unit, system and month.
fn missing_usage(
    model: &Model,
    regulation: Id<Regulation>,
    scope: Scope,
    months: &[Period],
) -> Vec<MissingUsage> {
    let recorded: HashSet<_> =
        model.usage.iter().map(|(_, row)| (row.unit, row.system, row.month)).collect();
    let systems = &model.regulations[regulation].systems;
    let units = match scope {
        Scope::Agency(id) => model.agencies[id].units.clone(),
        Scope::System(id) => model.systems[id].units.clone(),
        scope => model.scope_unit(scope).into_iter().collect(),
    };
    let mut found = Vec::new();
    for unit in units {
        for used in model.units[unit].uses.iter().filter(|used| systems.contains(&used.system)) {
            let is_missing = |month: &&Period| {
                used.from <= month.last_day()
                    && used.until.is_none_or(|until| until >= month.first_day())
                    && !recorded.contains(&(unit, used.system, **month))
            };
            let missing = months.iter().filter(is_missing);
            found.extend(missing.map(|month| MissingUsage {
                unit,
                system: used.system,
                month: *month,
            }));
        }
    }
    found
}
