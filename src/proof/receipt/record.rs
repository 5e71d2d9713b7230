//! The records that statuses rest on, as they are published: days, figures, ids and the words that
//! rules compare. Titles, remarks and names of persons are no part of it.

use std::collections::BTreeMap;

use serde_json::{Map, Value, json};

use super::form::RecordForm;
use super::hash::canonical;
use crate::assess::{Act, Occurrence, Term};
use crate::model::audit::AuditPeriod;
use crate::model::sample::Tally;
use crate::model::{
    Approval, Audit, AuthorityApproval, Duty, Event, Evidence, Id, Model, Named, Scope, Subject,
    Submission, Training, Usage, Waiver,
};
use crate::parse::visibility::WITHHELD;
use crate::source::sha256;
use crate::time::Day;

/// The records of the receipts of a duty, by `KIND/ID`, each once.
pub struct Records<'a> {
    model: &'a Model,
    pub found: BTreeMap<String, RecordForm>,
}

impl<'a> Records<'a> {
    /// None yet.
    pub fn new(model: &'a Model) -> Self {
        Self { model, found: BTreeMap::new() }
    }

    /// The record an act stands in.
    pub fn act(&mut self, occurrence: &Occurrence, act: Act) -> String {
        match act {
            Act::Audit(id) => self.audit(id),
            Act::Submission(id) => self.submission(id),
            Act::Training(id) => self.training(id),
            Act::Answer(id, _) => self.event(id),
            Act::PasswordChange(_) | Act::Recorded(_) => self.scope(occurrence),
        }
    }

    /// The record of the scope, with the days of it that answer the duty.
    fn scope(&mut self, occurrence: &Occurrence) -> String {
        let model = self.model;
        let paths: &[String] = match &model.obligations[occurrence.obligation].duty {
            Duty::Event(rule) => &rule.answered_on,
            _ => &[],
        };
        let days = paths.iter().filter_map(|path| {
            let day = model.recorded_day(occurrence.scope, path)?;
            Some((path.clone(), Value::from(day.to_string())))
        });
        let mut fields = json!({"days": days.collect::<Map<String, Value>>()});
        if let Scope::Account(id) = occurrence.scope {
            fields["password_changed"] = days_of(&model.accounts[id].password_changed);
        }
        let kind = crate::assess::RecordRef::Scope(occurrence.scope).kind(model);
        self.add(kind, model.scope_slug(occurrence.scope), fields)
    }

    fn audit(&mut self, id: Id<Audit>) -> String {
        let model = self.model;
        let audit = &model.audits[id];
        let fields = json!({
            "obligation": model.obligation_path(audit.obligation),
            "scope": model.scope_slug(audit.scope),
            "period": period(audit.period),
            "started_on": audit.started_on.to_string(),
            "done_on": audit.done_on.to_string(),
            "done_at": audit.done_at.map(|at| at.to_string()),
            "auditors": slugs(&model.posts, &audit.auditors),
            "audited_staff": model.codes(&audit.audited),
            "joint": model.party_words(&audit.joint),
            "population": tally(&audit.population),
            "sample": tally(&audit.sample),
            "unannounced": audit.unannounced,
            "anomaly": audit.anomaly,
            "approved": approved(model, audit.approved),
            "contains": audit.contains.as_ref().map(|own| model.items.words(own)),
            "manner": audit.manner.map(|manner| &model.manners[manner].words),
            "evidence": slugs(&model.evidence, &audit.evidence),
        });
        self.add("audit", audit.slug(), fields)
    }

    fn submission(&mut self, id: Id<Submission>) -> String {
        let model = self.model;
        let sent = &model.submissions[id];
        let fields = json!({
            "obligation": model.obligation_path(sent.obligation),
            "scope": model.scope_slug(sent.scope),
            "period": period(sent.period),
            "sent_on": sent.sent_on.to_string(),
            "sent_at": sent.sent_at.map(|at| at.to_string()),
            "to": model.parties[sent.to].words,
            "by": sent.by.map(|post| model.posts[post].slug()),
            "document": sent.document,
            "approved": approved(model, sent.approved).or_else(|| Some(authority(model, sent.authority.as_ref()?))),
            "contains": sent.contains.as_ref().map(|own| model.items.words(own)),
            "manner": sent.manner.map(|manner| &model.manners[manner].words),
            "audits": slugs(&model.audits, &sent.audits),
            "evidence": slugs(&model.evidence, &sent.evidence),
        });
        self.add("submission", sent.slug(), fields)
    }

    fn training(&mut self, id: Id<Training>) -> String {
        let model = self.model;
        let training = &model.trainings[id];
        let fields = json!({
            "post": model.posts[training.post].slug(),
            "on": training.on.to_string(),
            "hours": training.hours,
            "course": training.course.map(|course| &model.courses[course].slug),
            "evidence": slugs(&model.evidence, &training.evidence),
        });
        self.add("training", training.slug(), fields)
    }

    /// An event, with what was done about it.
    pub fn event(&mut self, id: Id<Event>) -> String {
        let model = self.model;
        let event = &model.events[id];
        let answers = event.answers.iter().map(|answer| {
            json!({
                "what": model.answer_kinds[answer.what].slug,
                "on": answer.on.to_string(),
                "at": answer.at.map(|at| at.to_string()),
                "by": answer.by.map(|post| model.posts[post].slug()),
                "to": model.party_words(&answer.to),
                "joint": model.party_words(&answer.joint),
                "account": answer.account.map(|account| model.accounts[account].slug()),
                "document": answer.document,
                "approved": approved(model, answer.approved).or_else(|| Some(authority(model, answer.authority.as_ref()?))),
                "contains": answer.contains.as_ref().map(|own| model.items.words(own)),
                "manner": answer.manner.map(|manner| &model.manners[manner].words),
                "evidence": slugs(&model.evidence, &answer.evidence),
            })
        });
        let (kind, subject) = subject(model, &event.subject);
        let fields = json!({
            "event": model.event_kinds[event.kind].slug,
            "on": event.on.to_string(),
            "at": event.at.map(|at| at.to_string()),
            "known_on": event.known_on.to_string(),
            "known_at": event.known_at.map(|at| at.to_string()),
            "due": event.due.map(|day| day.to_string()),
            "follows": event.follows.is_some(),
            "subject": {kind: subject},
            "case": event.case,
            "answers": answers.collect::<Vec<_>>(),
        });
        self.add("event", event.slug(), fields)
    }

    /// A paper.
    pub fn evidence(&mut self, id: Id<Evidence>) -> String {
        let paper = &self.model.evidence[id];
        let fields = json!({
            "form": paper.form.map(|form| &self.model.forms[form].words),
            "covers": paper.covers.map(|(from, until)| [from.to_string(), until.to_string()]),
            "collected_on": paper.collected_on.map(|day| day.to_string()),
            "received_on": paper.received_on.to_string(),
            "received_at": paper.received_at.map(|at| at.to_string()),
            "valid_until": paper.valid_until.map(|day| day.to_string()),
            "document": paper.document,
            "file": paper.file.as_ref().map(|file| format!("evidence/files/{}", file.path)),
            "sha256": paper.file.as_ref().map(|file| &file.sha256),
        });
        let slug = paper.slug().to_owned();
        self.add("evidence", &slug, fields)
    }

    /// A month of use.
    pub fn usage(&mut self, id: Id<Usage>) -> String {
        let usage = &self.model.usage[id];
        let fields = json!({
            "month": usage.month.to_string(),
            "queries": usage.queries,
            "active_users": usage.active_users,
            "total_users": usage.total_users,
        });
        let slug = usage.slug().to_owned();
        self.add("usage", &slug, fields)
    }

    /// Leave not to do a duty for a time.
    pub fn waiver(&mut self, id: Id<Waiver>) -> String {
        let model = self.model;
        let waiver = &model.waivers[id];
        let fields = json!({
            "obligation": model.obligation_path(waiver.obligation),
            "scope": model.scope_slug(waiver.scope),
            "from": waiver.from.to_string(),
            "until": waiver.until.to_string(),
            "approved": approved(model, Some(waiver.approved)),
        });
        self.add("waiver", waiver.slug(), fields)
    }

    fn add(&mut self, kind: &str, slug: &str, fields: Value) -> String {
        let key = format!("{kind}/{slug}");
        if !self.found.contains_key(&key) {
            let mut map = Map::from_iter([
                ("kind".to_owned(), Value::from(kind)),
                ("id".to_owned(), Value::from(slug)),
            ]);
            if let Value::Object(more) = fields {
                map.extend(more.into_iter().filter(|(_, value)| !value.is_null()));
            }
            let withheld = map.values().any(is_withheld);
            let sha256 = sha256(canonical(&map).as_bytes());
            self.found.insert(key.clone(), RecordForm { sha256, withheld, fields: map });
        }
        key
    }
}

/// Whether a word or a number stands for what is not shown.
fn is_withheld(value: &Value) -> bool {
    match value {
        Value::String(text) => text == WITHHELD || text.starts_with("withheld-"),
        Value::Array(items) => items.iter().any(is_withheld),
        Value::Object(map) => map.values().any(is_withheld),
        _ => false,
    }
}

/// The record of the event an occurrence is about, if it is about one.
pub fn event_of(occurrence: &Occurrence) -> Option<Id<Event>> {
    match occurrence.term {
        Term::Event(event) => Some(event),
        Term::Period(_) | Term::Since(_) => None,
    }
}

fn slugs<T: Named>(table: &crate::model::Table<T>, ids: &[Id<T>]) -> Vec<String> {
    ids.iter().map(|id| table[*id].slug().to_owned()).collect()
}

fn days_of(days: &[Day]) -> Value {
    days.iter().map(Day::to_string).collect()
}

fn tally(tally: &Tally) -> Value {
    let months: Vec<String> = tally.months.iter().map(ToString::to_string).collect();
    json!({"records": tally.records, "users": tally.users, "months": months})
}

fn period(period: AuditPeriod) -> Option<String> {
    match period {
        AuditPeriod::Period(period) => Some(period.to_string()),
        AuditPeriod::ByDay => None,
    }
}

fn approved(model: &Model, approval: Option<Approval>) -> Option<Value> {
    let approval = approval?;
    let mut form = json!({"on": approval.on.to_string(), "by": model.posts[approval.by].slug()});
    if let Some(at) = approval.at {
        form["at"] = Value::from(at.to_string());
    }
    Some(form)
}

fn authority(model: &Model, approval: &AuthorityApproval) -> Value {
    let mut form = json!({
        "on": approval.on.to_string(), "party": model.parties[approval.party].words, "document": approval.document,
    });
    if let Some(at) = approval.at {
        form["at"] = Value::from(at.to_string());
    }
    form
}

fn subject<'a>(model: &'a Model, subject: &'a Subject) -> (&'static str, &'a str) {
    match subject {
        Subject::Account(id) => ("account", model.accounts[*id].slug()),
        Subject::Person(id) => ("staff", model.staff(*id)),
        Subject::Unit(id) => ("unit", model.units[*id].slug()),
        Subject::Agency(id) => ("agency", model.agencies[*id].slug()),
        Subject::System(id) => ("system", model.systems[*id].slug()),
        Subject::Post(id) => ("post", model.posts[*id].slug()),
        Subject::Contractor(id) => ("contractor", model.contractors[*id].slug()),
    }
}
