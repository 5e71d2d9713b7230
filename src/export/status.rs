//! Occurrences as rows: the JSON of `status --format json` and of `data/status.json`.

use std::collections::BTreeSet;

use serde::Serialize;
use serde_json::{Value, json};

use super::Conclusions;
use super::checks::{self, CheckRow};
use super::reason::{self, ReasonRow};
use super::verdict::{self, VerdictRow};
use crate::assess::{Act, Check, Occurrence, OccurrenceId, Status};
use crate::facts::verdict::Selects;
use crate::facts::{Assignee, finding, id};
use crate::model::{Finding, Id, Model, Named, Obligation, Post, Scope};
use crate::record::kinds::Kinds;
use crate::text::sentence;

/// The version of the file's form; raised when a key comes, changes its
/// meaning or goes away.
pub const SCHEMA_VERSION: u32 = 3;

/// One occurrence. Dates are ISO; what is not known or not asked is `null`.
#[derive(Clone, Debug, Serialize)]
pub struct StatusRow {
    /// `REGULATION/OBLIGATION/SCOPE/PERIOD`; its page is `obligations/ID.html`.
    pub id: String,
    pub regulation: String,
    pub obligation: String,
    /// Of the obligation, in Chinese.
    pub title: String,
    /// The main one first.
    pub clauses: Vec<String>,
    pub scope: ScopeRow,
    /// The agency that answers for it.
    pub agency: String,
    pub unit: Option<String>,
    pub assignee: AssigneeRow,
    /// `2026-09`, `2026-W37`, `2026-Q3`, `2026-H1`, `2026`, or the day an interval began.
    pub period: String,
    pub opens: String,
    pub due: String,
    /// Of a duty in hours: the last instant, where that of the event is recorded.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub due_at: Option<String>,
    /// Where the due date comes from: `text`, `site-default` or `letter`.
    pub due_basis: &'static str,
    pub status: &'static str,
    /// What deals with the failure; `null` if nothing does, or it is none.
    pub settled: Option<SettledRow>,
    /// The clauses it is judged by do not say what the rule was written for, and nobody has read
    /// the rule again: the status should be checked by hand.
    pub suspect: bool,
    pub done_on: Option<String>,
    /// Of a duty in hours: the time of that day, where it is recorded.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub done_at: Option<String>,
    pub required: Figures,
    pub actual: Figures,
    /// Sentences, most severe first.
    pub reasons: Vec<String>,
    /// The same with their codes and figures.
    pub because: Vec<ReasonRow>,
    pub audits: Vec<String>,
    pub submissions: Vec<String>,
    pub findings: Vec<String>,
    pub evidence: Vec<String>,
}

/// What an occurrence is laid on.
#[derive(Clone, Debug, Serialize)]
pub struct ScopeRow {
    pub kind: &'static str,
    pub id: String,
    /// As people say it.
    pub name: String,
}

/// Records and users, asked or looked at.
#[derive(Clone, Copy, Debug, Serialize)]
pub struct Figures {
    pub records: Option<u64>,
    pub users: Option<u64>,
}

/// What the record of a failure is dealt with by.
#[derive(Clone, Debug, Serialize)]
pub struct SettledRow {
    /// `finding` or `waiver`.
    pub kind: &'static str,
    pub id: String,
}

/// Who has to act.
#[derive(Clone, Debug, Serialize)]
pub struct AssigneeRow {
    /// `post`, `user` (of the account), `scope` or `agency`, where nobody holds a role of the rule.
    pub kind: &'static str,
    pub id: String,
}

/// The file: what `status --format json` prints and `data/status.json` holds.
#[derive(Clone, Debug, Serialize)]
pub struct StatusFile {
    pub schema: u32,
    pub as_of: String,
    /// On what is listed: on the whole site in `data/status.json`.
    pub verdict: VerdictRow,
    pub occurrences: Vec<StatusRow>,
    pub checks: Vec<CheckRow>,
}

/// The file of what is wanted.
pub fn file(from: Conclusions, filter: &Filter) -> StatusFile {
    let Conclusions { model, assessment, facts, .. } = from;
    let wanted = Wanted { model, filter };
    let verdict = facts.verdict_of(model, assessment, &wanted);
    let checks = assessment.checks.iter().filter(|check| wanted.check(check));
    StatusFile {
        schema: SCHEMA_VERSION,
        as_of: assessment.as_of.to_string(),
        verdict: verdict::row(model, &verdict),
        occurrences: rows(from, filter),
        checks: checks.map(|check| checks::row(model, check)).collect(),
    }
}

/// The row of an occurrence.
pub fn row(from: Conclusions, id: OccurrenceId) -> StatusRow {
    let Conclusions { model, words, assessment, facts } = from;
    let occurrence = assessment.occurrence(id);
    let obligation = &model.obligations[occurrence.obligation];
    let slugs = |acts: &mut dyn Iterator<Item = &str>| acts.map(str::to_owned).collect();
    let reasons = sentence::reasons(words, model, occurrence);
    let because = occurrence.reasons.iter().zip(&reasons);
    let settled = facts.settled.of(id);
    StatusRow {
        id: id::occurrence(model, assessment, id),
        regulation: model.regulations[obligation.regulation].slug.clone(),
        obligation: obligation.slug.clone(),
        title: obligation.title.clone(),
        clauses: obligation.clauses.iter().map(|clause| clause.value.to_string()).collect(),
        scope: ScopeRow {
            kind: obligation.scope.as_str(),
            id: model.scope_slug(occurrence.scope).to_owned(),
            name: model.scope_name(occurrence.scope).into_owned(),
        },
        agency: model.agencies[model.scope_agency(occurrence.scope)].slug().to_owned(),
        unit: model.scope_unit(occurrence.scope).map(|unit| model.units[unit].slug().to_owned()),
        assignee: assignee(model, facts.responsibilities.assignee(model, assessment, id)),
        period: occurrence.term.slug(model),
        opens: occurrence.opens.to_string(),
        due: occurrence.due.to_string(),
        due_at: occurrence.due_at.map(|at| at.to_string()),
        due_basis: occurrence.due_basis.as_str(),
        status: occurrence.status.code(),
        settled: settled.map(|by| SettledRow { kind: by.as_str(), id: by.slug(model).to_owned() }),
        suspect: facts.suspects.of(model, occurrence),
        done_on: occurrence.done_on.map(|day| day.to_string()),
        done_at: occurrence.done_at.map(|at| at.to_string()),
        required: Figures {
            records: occurrence.required.records.map(|size| size.required),
            users: occurrence.required.users.map(|size| size.required),
        },
        actual: Figures { records: occurrence.actual.records, users: occurrence.actual.users },
        because: because.map(|(one, text)| reason::row(model, one, text.clone())).collect(),
        reasons,
        audits: slugs(&mut occurrence.acts.iter().filter_map(|act| audit_slug(model, act))),
        submissions: slugs(
            &mut occurrence.acts.iter().filter_map(|act| submission_slug(model, act)),
        ),
        findings: slugs(&mut occurrence.findings.iter().map(|id| model.findings[*id].slug())),
        evidence: slugs(&mut occurrence.evidence.iter().map(|id| model.evidence[*id].slug())),
    }
}

fn assignee(model: &Model, assignee: Assignee) -> AssigneeRow {
    let id = match assignee {
        Assignee::Post(id) => model.posts[id].slug(),
        Assignee::User(id) => model.accounts[id].slug(),
        Assignee::Scope(scope) => model.scope_slug(scope),
        Assignee::Agency(id) => model.agencies[id].slug(),
    };
    AssigneeRow { kind: assignee.as_str(), id: id.to_owned() }
}

fn audit_slug<'a>(model: &'a Model, act: &Act) -> Option<&'a str> {
    match act {
        Act::Audit(id) => Some(model.audits[*id].slug()),
        _ => None,
    }
}

fn submission_slug<'a>(model: &'a Model, act: &Act) -> Option<&'a str> {
    match act {
        Act::Submission(id) => Some(model.submissions[*id].slug()),
        _ => None,
    }
}

/// Which occurrences are wanted; empty lists and `None` want all.
#[derive(Clone, Debug, Default)]
pub struct Filter {
    pub regulations: Vec<String>,
    pub units: Vec<String>,
    pub agencies: Vec<String>,
    pub statuses: Vec<crate::assess::Status>,
    /// Due on or after.
    pub from: Option<crate::time::Day>,
    /// Due on or before.
    pub to: Option<crate::time::Day>,
}

impl Filter {
    /// Whether a duty laid on a scope, or about a record of it, is wanted.
    fn wants_duty(&self, model: &Model, duty: Id<Obligation>, scope: Scope) -> bool {
        let regulation = model.obligations[duty].regulation;
        let among =
            |list: &[String], slug: &str| list.is_empty() || list.iter().any(|one| one == slug);
        let unit = model.scope_unit(scope).map_or("", |id| model.units[id].slug());
        among(&self.regulations, model.regulations[regulation].slug())
            && among(&self.units, unit)
            && among(&self.agencies, model.agencies[model.scope_agency(scope)].slug())
    }

    /// Whether an occurrence is wanted.
    pub fn wants(&self, model: &Model, occurrence: &Occurrence) -> bool {
        self.wants_duty(model, occurrence.obligation, occurrence.scope)
            && (self.statuses.is_empty() || self.statuses.contains(&occurrence.status))
            && self.from.is_none_or(|from| occurrence.due >= from)
            && self.to.is_none_or(|to| occurrence.due <= to)
    }

    /// Nothing is left out.
    fn is_all(&self) -> bool {
        self.is_of_everybody() && self.is_of_all_time()
    }

    fn is_of_everybody(&self) -> bool {
        self.regulations.is_empty() && self.units.is_empty() && self.agencies.is_empty()
    }

    /// What has neither a status of an occurrence nor a due date stands in no list that asks for them.
    fn is_of_all_time(&self) -> bool {
        self.statuses.is_empty() && self.from.is_none() && self.to.is_none()
    }
}

/// What is wanted, for a verdict on it.
pub struct Wanted<'a> {
    pub model: &'a Model,
    pub filter: &'a Filter,
}

impl Selects for Wanted<'_> {
    fn duty(&self, duty: Id<Obligation>, scope: Scope) -> bool {
        self.filter.is_of_all_time() && self.filter.wants_duty(self.model, duty, scope)
    }

    fn occurrence(&self, occurrence: &Occurrence) -> bool {
        self.filter.wants(self.model, occurrence)
    }

    fn check(&self, check: &Check) -> bool {
        self.duty(check.obligation, check.record.scope(self.model))
    }

    fn finding(&self, finding: &Finding) -> bool {
        let audit = &self.model.audits[finding.audit];
        let unit = finding::unit(self.model, finding).map(Scope::Unit);
        self.filter.is_of_all_time()
            && self.filter.wants_duty(self.model, audit.obligation, unit.unwrap_or(audit.scope))
    }

    fn rule(&self, rule: Id<Obligation>, seen: &BTreeSet<Id<Obligation>>) -> bool {
        self.filter.is_all() || seen.contains(&rule)
    }
}

/// The rows of all occurrences that are wanted, in the order of the assessment.
pub fn rows(from: Conclusions, filter: &Filter) -> Vec<StatusRow> {
    let wanted = from.assessment.iter().filter(|(_, one)| filter.wants(from.model, one));
    wanted.map(|(id, _)| row(from, id)).collect()
}

/// Those that are the business of a post.
pub fn rows_of_post(from: Conclusions, post: Id<Post>) -> Vec<StatusRow> {
    let Conclusions { model, assessment, facts, .. } = from;
    let own = facts.responsibilities.of_post(model, assessment, post);
    own.map(|id| row(from, id)).collect()
}

/// The JSON Schema (2020-12) of the file, with the version of its form.
pub fn schema(kinds: &Kinds) -> Value {
    let text = json!({"type": "string"});
    let day = json!({"type": "string", "format": "date"});
    let texts = json!({"type": "array", "items": text});
    let object = |properties: Value, required: &[&str]| {
        json!({
            "type": "object",
            "properties": properties,
            "required": required,
            "additionalProperties": false,
        })
    };
    let figure = json!({"type": ["integer", "null"], "minimum": 0});
    let figures = object(json!({"records": figure, "users": figure}), &["records", "users"]);
    let settled = json!({
        "type": ["object", "null"],
        "properties": {"kind": {"enum": ["finding", "waiver"]}, "id": text},
        "required": ["kind", "id"],
        "additionalProperties": false,
    });
    let holders = json!({"enum": ["post", "user", "scope", "agency"]});
    let occurrence = json!({
        "id": text, "regulation": text, "obligation": text, "title": text, "clauses": texts,
        "scope": object(
            json!({"kind": {"enum": kinds.scopes}, "id": text, "name": text}),
            &["kind", "id", "name"],
        ),
        "agency": text,
        "unit": {"type": ["string", "null"]},
        "assignee": object(json!({"kind": holders, "id": text}), &["kind", "id"]),
        "period": text, "opens": day, "due": day,
        "due_basis": {"enum": ["text", "site-default", "letter"]},
        "status": {"enum": Status::ALL.map(Status::code)},
        "settled": settled,
        "suspect": {"type": "boolean"},
        "done_on": {"type": ["string", "null"], "format": "date"},
        "due_at": {"type": "string", "format": "date-time"},
        "done_at": {"type": "string", "format": "date-time"},
        "required": figures, "actual": figures, "reasons": texts,
        "because": {"type": "array", "items": reason::schema()},
        "audits": texts, "submissions": texts, "findings": texts, "evidence": texts,
    });
    let keys: Vec<&str> =
        occurrence.as_object().into_iter().flatten().map(|(key, _)| key.as_str()).collect();
    // Only duties in hours have times.
    let keys: Vec<&str> = keys.into_iter().filter(|key| !key.ends_with("_at")).collect();
    let occurrence = object(occurrence.clone(), &keys);
    let mut schema = object(
        json!({
            "schema": {"type": "integer", "enum": [SCHEMA_VERSION]},
            "as_of": day,
            "verdict": verdict::schema(),
            "occurrences": {"type": "array", "items": occurrence},
            "checks": {"type": "array", "items": checks::row_schema()},
        }),
        &["schema", "as_of", "verdict", "occurrences", "checks"],
    );
    schema["$schema"] = "https://json-schema.org/draft/2020-12/schema".into();
    schema["title"] = "clausebook status".into();
    schema["version"] = SCHEMA_VERSION.into();
    schema
}
