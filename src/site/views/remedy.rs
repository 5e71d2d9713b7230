//! What to do about an occurrence that is not as it should be: in which file the records stand, what
//! to record there, and what a new record looks like. What is missing the reasons say.

use serde::Serialize;

use super::new_record::{NewRecord, new_records, usage_records};
use super::parts::PageCtx;
use super::parts::Place;
use crate::assess::{Act, Occurrence, OccurrenceId};
use crate::facts::{Remedy, RemedyStep};
use crate::model::{Id, Obligation, Scope};

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
    let occurrence = here.site.assessment.occurrence(id);
    let remedy = Remedy::of(&here.site.model, occurrence)?;
    let mut files: Vec<Place> = Vec::new();
    for act in &remedy.acts {
        files.extend(record_file(here, occurrence, *act).filter(|file| !files.contains(file)));
    }
    let hints: Vec<Hint> = remedy.steps.iter().map(|step| hint(here, occurrence, step)).collect();
    let mut records = usage_records(here, &remedy.usage);
    records.extend(new_records(here, occurrence, &remedy));
    let says_something = !files.is_empty() || !hints.is_empty() || !records.is_empty();
    says_something.then_some(RemedyView { files, hints, records })
}

/// A step in words, and where it is done.
fn hint(here: &PageCtx, occurrence: &Occurrence, step: &RemedyStep) -> Hint {
    let model = &here.site.model;
    let scope = || Some(here.place(model.scope_fields(occurrence.scope)));
    let (word, file) = match step {
        RemedyStep::Usage => ("usage", None),
        RemedyStep::Base(base) => ("base", base.map(|base| base_file(here, occurrence, base))),
        RemedyStep::Calendar => ("calendar", None),
        RemedyStep::ScopeRecord => ("condition", scope()),
        RemedyStep::Evidence => ("evidence", None),
        RemedyStep::Sample => ("sample", None),
        RemedyStep::Months => ("months", None),
        RemedyStep::Joint => ("joint", None),
        RemedyStep::Contains => ("contains", None),
        RemedyStep::Manner => ("manner", None),
        RemedyStep::Approved => ("approved", None),
        RemedyStep::Unannounced => ("unannounced", None),
        RemedyStep::RecordedDay(key) => {
            let text = here.site.words.say("mend.recorded", &[("key", key)]);
            return Hint { text, file: scope() };
        }
    };
    Hint { text: here.word("mend", word), file }
}

/// Where the audits are recorded that the sample is drawn from.
fn base_file(here: &PageCtx, occurrence: &Occurrence, base: Id<Obligation>) -> Place {
    let id = super::new_record::record_id(here, "", base, occurrence);
    let text = here.site.file_for_duty("audits", &id, base, occurrence.scope);
    Place { text, href: None }
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
