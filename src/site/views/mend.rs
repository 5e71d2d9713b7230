//! What to do about an occurrence that is not as it should be: in which file the records stand, what
//! to record there, and what a new record looks like. What is missing the reasons say.

use serde::Serialize;

use super::parts::Here;
use super::sheet::Place;
use crate::assess::{Act, Occurrence, OccurrenceId, Reason, Term};
use crate::model::{Answer, Duty, Named, Scope};

/// How to mend an occurrence.
#[derive(Debug, Serialize)]
pub struct Mend {
    /// Where the acts there are recorded: what is missing in them is added there.
    pub files: Vec<Place>,
    /// What else to do, in sentences.
    pub hints: Vec<String>,
    /// A record that would answer it, if it has none yet.
    pub record: Option<NewRecord>,
}

/// A record to be written.
#[derive(Debug, Serialize)]
pub struct NewRecord {
    /// A new file, or the place of the record that is added to.
    pub file: Place,
    /// Its first lines; what only the author knows is left empty.
    pub lines: Vec<String>,
}

/// What to do about an occurrence; `None` where nothing is to be done yet, or any more.
pub fn mend(here: &Here, id: OccurrenceId) -> Option<Mend> {
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
    for reason in &occurrence.reasons {
        let hint = match reason {
            Reason::PopulationUnknown { .. } => "mend.usage",
            Reason::BaseUnknown => "mend.base",
            Reason::ConditionFailed { .. } => "mend.condition",
            Reason::EvidenceMissing { .. } => "mend.evidence",
            Reason::Sample { .. } if reason.is_shortfall() => "mend.sample",
            Reason::MonthsMissed { .. } => "mend.months",
            Reason::PartyMissing { .. } => "mend.joint",
            Reason::ApprovalMissing { .. } => "mend.approved",
            Reason::Announced => "mend.unannounced",
            _ => continue,
        };
        let hint = words.get(hint).to_owned();
        if !hints.contains(&hint) {
            hints.push(hint);
        }
    }
    let record = if occurrence.acts.is_empty() { new_record(here, occurrence) } else { None };
    let says_something = !files.is_empty() || !hints.is_empty() || record.is_some();
    says_something.then_some(Mend { files, hints, record })
}

/// Where an act is recorded: the folder of its kind and its id.
pub fn record_file(here: &Here, occurrence: &Occurrence, act: Act) -> Option<Place> {
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

/// The record that would answer an occurrence.
fn new_record(here: &Here, occurrence: &Occurrence) -> Option<NewRecord> {
    let model = &here.site.model;
    let obligation = &model.obligations[occurrence.obligation];
    let scope = model.scope_slug(occurrence.scope);
    let demand = obligation.duty.demand()?;
    let (folder, day) = match demand.answered_by {
        Answer::Audit => ("audits", "done_on"),
        Answer::Submission => ("submissions", "sent_on"),
        Answer::Training => ("trainings", "on"),
        Answer::Event => ("events", "on"),
        Answer::PasswordChange => {
            let Scope::Account(id) = occurrence.scope else { return None };
            let file = here.place(&model.accounts[id].fields);
            return Some(NewRecord { file, lines: vec!["password_changed: [YYYY-MM-DD]".into()] });
        }
    };
    if let Term::Event(id) = occurrence.term {
        let Duty::Event(rule) = &obligation.duty else { return None };
        let what = rule.answer.as_deref().unwrap_or_default();
        let mut line = format!("- {{what: {what}, on: YYYY-MM-DD");
        if !demand.notify.is_empty() {
            line.push_str(&format!(", to: [{}]", demand.notify.join(", ")));
        }
        let lines = vec!["answers:".to_owned(), format!("{line}}}")];
        let file = here.place(&model.events[id].fields);
        return Some(NewRecord { file, lines });
    }
    // Ids are at most 63 characters, of which the term is the part that tells them apart.
    let term = occurrence.term.slug(model).to_lowercase();
    let mut id = format!("{}-{scope}", obligation.slug());
    id.truncate(62 - term.len());
    let id = format!("{}-{term}", id.trim_end_matches('-'));
    let mut lines = vec![format!("id: {id}")];
    if folder == "trainings" {
        lines.push(format!("post: {scope}"));
    } else {
        lines.push(format!("obligation: {}", model.obligation_path(occurrence.obligation)));
        lines.push(format!("scope: {scope}"));
        if let Term::Period(period) = occurrence.term {
            lines.push(format!("period: {period}"));
        }
    }
    lines.push(format!("{day}: YYYY-MM-DD"));
    match demand.answered_by {
        Answer::Submission => {
            lines.push(format!("to: {}", demand.to.as_deref().unwrap_or_default()));
        }
        Answer::Training => lines.extend(["hours: ".to_owned(), "title: ".to_owned()]),
        Answer::Audit | Answer::PasswordChange | Answer::Event => {}
    }
    let file = Place { text: format!("content/{folder}/{id}.yaml"), href: None };
    Some(NewRecord { file, lines })
}
