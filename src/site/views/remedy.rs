//! What to do about an occurrence that is not as it should be: in which file the records stand, what
//! to record there, and what a new record looks like. What is missing the reasons say.

use serde::Serialize;

use super::new_record::{NewRecord, new_records, usage_records};
use super::occurrence_sections::Place;
use super::parts::PageCtx;
use crate::assess::{Act, Occurrence, OccurrenceId, Reason};
use crate::model::{Duty, Population, Scope};

/// How to mend an occurrence.
#[derive(Debug, Serialize)]
pub struct RemedyView {
    /// Where the acts there are recorded: what is missing in them is added there.
    pub files: Vec<Place>,
    /// What else to do.
    pub hints: Vec<Hint>,
    /// Records that would answer it, in the order of writing.
    pub records: Vec<NewRecord>,
}

/// What else to do, and the file it is done in.
#[derive(Debug, PartialEq, Serialize)]
pub struct Hint {
    pub text: String,
    pub file: Option<Place>,
}

/// What to do about an occurrence; `None` where nothing is to be done yet, or any more.
pub fn remedy(here: &PageCtx, id: OccurrenceId) -> Option<RemedyView> {
    let words = &here.site.words;
    let occurrence = here.site.assessment.occurrence(id);
    if !occurrence.status.asks_for_action() {
        return None;
    }
    let mut files: Vec<Place> = Vec::new();
    for act in &occurrence.acts {
        files.extend(record_file(here, occurrence, *act).filter(|file| !files.contains(file)));
    }
    let mut hints = Vec::new();
    let mut records = Vec::new();
    for reason in &occurrence.reasons {
        let (text, file) = match reason {
            Reason::PopulationUnknown { months } => {
                records.extend(usage_records(here, occurrence, months));
                ("mend.usage", None)
            }
            Reason::BaseUnknown => ("mend.base", base_file(here, occurrence)),
            Reason::CalendarMissing { .. } => ("mend.calendar", None),
            Reason::ConditionFailed { .. } => {
                ("mend.condition", Some(here.place(here.site.model.scope_fields(occurrence.scope))))
            }
            Reason::EvidenceMissing { .. } => ("mend.evidence", None),
            Reason::Sample { .. } if reason.is_shortfall() => ("mend.sample", None),
            Reason::MonthsMissed { .. } => ("mend.months", None),
            Reason::PartyMissing { .. } => ("mend.joint", None),
            Reason::ApprovalMissing { .. } => ("mend.approved", None),
            Reason::Announced => ("mend.unannounced", None),
            _ => continue,
        };
        let hint = Hint { text: words.get(text).to_owned(), file };
        if !hints.contains(&hint) {
            hints.push(hint);
        }
    }
    records.extend(new_records(here, occurrence));
    hints.extend(recorded(here, occurrence));
    let says_something = !files.is_empty() || !hints.is_empty() || !records.is_empty();
    says_something.then_some(RemedyView { files, hints, records })
}

/// A day in the scope's own record that answers it too.
fn recorded(here: &PageCtx, occurrence: &Occurrence) -> Option<Hint> {
    let model = &here.site.model;
    let Duty::Event(rule) = &model.obligations[occurrence.obligation].duty else { return None };
    let key = rule.answered_on.first().filter(|_| rule.demand.approval.is_none())?;
    let text = here.site.words.say("mend.recorded", &[("key", key)]);
    Some(Hint { text, file: Some(here.place(model.scope_fields(occurrence.scope))) })
}

/// Where the audits are recorded that the sample is drawn from.
fn base_file(here: &PageCtx, occurrence: &Occurrence) -> Option<Place> {
    let demand = here.site.model.obligations[occurrence.obligation].duty.demand()?;
    let draws = [&demand.sample.records, &demand.sample.users];
    let base = draws.into_iter().flatten().find_map(|draw| match draw.of {
        Population::AuditedRecords(duty) | Population::AuditedUsers(duty) => Some(duty),
        Population::Queries | Population::Users | Population::Accounts => None,
    })?;
    let id = super::new_record::record_id(here, "", base, occurrence);
    let text = here.site.file_for_duty("audits", &id, base, occurrence.scope);
    Some(Place { text, href: None })
}

/// Where an act is recorded.
pub fn record_file(here: &PageCtx, occurrence: &Occurrence, act: Act) -> Option<Place> {
    let model = &here.site.model;
    let fields = match (act, occurrence.scope) {
        (Act::Audit(id), _) => &model.audits[id].fields,
        (Act::Submission(id), _) => &model.submissions[id].fields,
        (Act::Training(id), _) => &model.trainings[id].fields,
        (Act::PasswordChange(_), Scope::Account(id)) => &model.accounts[id].fields,
        (Act::Answer(id, _), _) => &model.events[id].fields,
        (Act::Recorded(_), scope) => model.scope_fields(scope),
        (Act::PasswordChange(_), _) => return None,
    };
    Some(here.place(fields))
}
