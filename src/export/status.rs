//! Occurrences as rows: the JSON of `status --format json` and of `data/status.json`.

use std::collections::{BTreeSet, HashMap};

use serde::Serialize;

use crate::assess::{Act, Assessment, Check, Occurrence, OccurrenceId};
use crate::facts::finding;
use crate::facts::verdict::Selects;
use crate::model::{Finding, Id, Model, Named, Obligation, Scope};
use crate::site::route::occurrence_path;
use crate::site::sentence;
use crate::site::words::Words;

/// The version of the row's form; raised when a key comes, changes its
/// meaning or goes away.
pub const SCHEMA_VERSION: u32 = 2;

/// One occurrence. Dates are ISO; what is not known or not asked is `null`.
#[derive(Clone, Debug, Serialize)]
pub struct StatusRow {
    /// `REGULATION/OBLIGATION/SCOPE/PERIOD`; its page is `obligations/ID.html`.
    pub id: String,
    pub regulation: String,
    pub obligation: String,
    /// The main one first.
    pub clauses: Vec<String>,
    pub scope: ScopeRow,
    /// `2026-09`, `2026-W37`, `2026-Q3`, `2026-H1`, `2026`, or the day an interval began.
    pub period: String,
    pub opens: String,
    pub due: String,
    /// Where the due date comes from: `text`, `site-default` or `letter`.
    pub due_basis: &'static str,
    pub status: &'static str,
    /// The clauses it is judged by do not say what the rule was written for, and nobody has read
    /// the rule again: the status should be checked by hand.
    pub suspect: bool,
    pub done_on: Option<String>,
    pub required: Figures,
    pub actual: Figures,
    /// Sentences, the weightiest first.
    pub reasons: Vec<String>,
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
}

/// Records and users, asked or looked at.
#[derive(Clone, Copy, Debug, Serialize)]
pub struct Figures {
    pub records: Option<u64>,
    pub users: Option<u64>,
}

/// The row of an occurrence.
pub fn row(model: &Model, words: &Words, assessment: &Assessment, id: OccurrenceId) -> StatusRow {
    row_with(model, words, assessment, id, &mut Suspects::new())
}

/// Whether a duty is suspect in the version with that name, as far as it was asked before.
type Suspects = HashMap<(Id<Obligation>, String), bool>;

fn row_with(
    model: &Model,
    words: &Words,
    assessment: &Assessment,
    id: OccurrenceId,
    suspects: &mut Suspects,
) -> StatusRow {
    let occurrence = assessment.occurrence(id);
    let obligation = &model.obligations[occurrence.obligation];
    let regulation = &model.regulations[obligation.regulation];
    let version = regulation.judged_by(occurrence.judged_on(model)).version;
    let suspect =
        suspects.entry((occurrence.obligation, version.slug.clone())).or_insert_with(|| {
            !obligation.suspicions(regulation, version, assessment.as_of).is_empty()
        });
    let slugs = |acts: &mut dyn Iterator<Item = &str>| acts.map(str::to_owned).collect();
    StatusRow {
        id: occurrence_path(model, assessment, id),
        regulation: model.regulations[obligation.regulation].slug.clone(),
        obligation: obligation.slug.clone(),
        clauses: obligation.clauses.iter().map(|clause| clause.value.to_string()).collect(),
        scope: ScopeRow {
            kind: obligation.scope.word(),
            id: model.scope_slug(occurrence.scope).to_owned(),
        },
        period: occurrence.term.slug(model),
        opens: occurrence.opens.to_string(),
        due: occurrence.due.to_string(),
        due_basis: occurrence.due_basis.as_str(),
        status: occurrence.status.code(),
        suspect: *suspect,
        done_on: occurrence.done_on.map(|day| day.to_string()),
        required: Figures {
            records: occurrence.required.records.map(|size| size.required),
            users: occurrence.required.users.map(|size| size.required),
        },
        actual: Figures { records: occurrence.actual.records, users: occurrence.actual.users },
        reasons: sentence::reasons(words, model, occurrence),
        audits: slugs(&mut occurrence.acts.iter().filter_map(|act| audit_slug(model, act))),
        submissions: slugs(
            &mut occurrence.acts.iter().filter_map(|act| submission_slug(model, act)),
        ),
        findings: slugs(&mut occurrence.findings.iter().map(|id| model.findings[*id].slug())),
        evidence: slugs(&mut occurrence.evidence.iter().map(|id| model.evidence[*id].slug())),
    }
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
pub fn rows(
    model: &Model,
    words: &Words,
    assessment: &Assessment,
    filter: &Filter,
) -> Vec<StatusRow> {
    let mut suspects = Suspects::new();
    assessment
        .iter()
        .filter(|(_, occurrence)| filter.wants(model, occurrence))
        .map(|(id, _)| row_with(model, words, assessment, id, &mut suspects))
        .collect()
}

/// The JSON Schema (2020-12) of an array of rows, with the version of its form.
pub fn schema() -> serde_json::Value {
    let text = serde_json::json!({"type": "string"});
    let day = serde_json::json!({"type": "string", "format": "date"});
    let texts = serde_json::json!({"type": "array", "items": text});
    let figures = serde_json::json!({
        "type": "object",
        "properties": {
            "records": {"type": ["integer", "null"], "minimum": 0},
            "users": {"type": ["integer", "null"], "minimum": 0},
        },
        "required": ["records", "users"],
        "additionalProperties": false,
    });
    let statuses: Vec<&str> =
        crate::assess::Status::ALL.iter().map(|status| status.code()).collect();
    let properties = serde_json::json!({
        "id": text, "regulation": text, "obligation": text, "clauses": texts,
        "scope": {
            "type": "object",
            "properties": {"kind": {"enum": crate::parse::rule::SCOPES}, "id": text},
            "required": ["kind", "id"],
            "additionalProperties": false,
        },
        "period": text, "opens": day, "due": day,
        "due_basis": {"enum": ["text", "site-default", "letter"]}, "status": {"enum": statuses},
        "suspect": {"type": "boolean"},
        "done_on": {"type": ["string", "null"], "format": "date"},
        "required": figures, "actual": figures, "reasons": texts, "audits": texts,
        "submissions": texts, "findings": texts, "evidence": texts,
    });
    let keys: Vec<&String> =
        properties.as_object().map(|map| map.keys().collect()).unwrap_or_default();
    serde_json::json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "clausebook status",
        "version": SCHEMA_VERSION,
        "type": "array",
        "items": {
            "type": "object",
            "properties": properties,
            "required": keys,
            "additionalProperties": false,
        },
    })
}
