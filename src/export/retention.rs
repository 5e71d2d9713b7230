//! How long each paper and log is kept, as rows: `data/retention.json`. A row for each record and each
//! rule that keeps it; the rule that keeps it longest governs.

use serde::Serialize;

use crate::assess::{Assessment, Endless, KeptRecord, RetentionStatus, RetentionTerm};
use crate::facts::breach;
use crate::model::{Model, Named};
use crate::record::kinds::Kinds;

/// The version of the row's form; raised when a key comes, changes its meaning or goes away.
pub const SCHEMA_VERSION: u32 = 1;

/// One record under one rule.
#[derive(Clone, Debug, Serialize)]
pub struct RetentionRow {
    pub regulation: String,
    pub obligation: String,
    /// The main one first.
    pub clauses: Vec<String>,
    pub record: PaperRow,
    /// The last day on which this rule keeps it, inclusive; `null` where there is none.
    pub keep_until: Option<String>,
    /// Why there is none: `not_started`, `other_law`.
    pub endless: Option<&'static str>,
    /// Whether this rule keeps it longest.
    pub governs: bool,
    /// `keep`, `may_be_destroyed`, `destroyed`, `destroyed_too_early`, `destroyed_unapproved`, or
    /// `unknown`: of the record, by all its rules together.
    pub state: &'static str,
    pub destroyed_on: Option<String>,
}

/// What is kept.
#[derive(Clone, Debug, Serialize)]
pub struct PaperRow {
    /// The kind of a record that a rule may keep, or `evidence`.
    pub kind: &'static str,
    /// The record's id; of usage the unit's.
    pub id: String,
    /// Of usage: the system and the month.
    pub system: Option<String>,
    pub month: Option<String>,
}

/// Every kept record under every rule, in the order of the assessment.
pub fn rows(model: &Model, assessment: &Assessment) -> Vec<RetentionRow> {
    let of = |kept| move |(at, until): (usize, &RetentionTerm)| row(model, kept, *until, at == 0);
    let kept = assessment.retention.iter();
    kept.flat_map(|kept: &RetentionStatus| kept.rules.iter().enumerate().map(of(kept))).collect()
}

fn row(model: &Model, kept: &RetentionStatus, until: RetentionTerm, governs: bool) -> RetentionRow {
    let obligation = &model.obligations[until.obligation];
    RetentionRow {
        regulation: model.regulations[obligation.regulation].slug.clone(),
        obligation: obligation.slug.clone(),
        clauses: obligation.clauses.iter().map(|clause| clause.value.to_string()).collect(),
        record: paper(model, kept.record),
        keep_until: until.keep_until.map(|day| day.to_string()),
        endless: until.endless.map(|why| match why {
            Endless::Permanent => "permanent",
            Endless::NotStarted => "not_started",
            Endless::OtherLaw => "other_law",
        }),
        governs,
        state: breach::code(kept.state),
        destroyed_on: kept.destroyed_on.map(|day| day.to_string()),
    }
}

fn paper(model: &Model, record: KeptRecord) -> PaperRow {
    let usage = match record {
        KeptRecord::Usage(id) => Some(&model.usage[id]),
        _ => None,
    };
    PaperRow {
        kind: record.kind(model),
        id: record.slug(model).to_owned(),
        system: usage.map(|usage| model.systems[usage.system].slug().to_owned()),
        month: usage.map(|usage| usage.month.to_string()),
    }
}

/// The JSON Schema (2020-12) of an array of rows, with the version of its form.
pub fn schema(kinds: &Kinds) -> serde_json::Value {
    let papers = kinds.papers.iter().filter_map(|folder| kinds.of_folder(folder));
    let papers: Vec<&str> = papers.map(|kind| kind.name).chain(["evidence"]).collect();
    let text = serde_json::json!({"type": "string"});
    let maybe_text = serde_json::json!({"type": ["string", "null"]});
    let maybe_day = serde_json::json!({"type": ["string", "null"], "format": "date"});
    serde_json::json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "clausebook retention",
        "version": SCHEMA_VERSION,
        "type": "array",
        "items": {
            "type": "object",
            "properties": {
                "regulation": text,
                "obligation": text,
                "clauses": {"type": "array", "items": text},
                "record": {
                    "type": "object",
                    "properties": {
                        "kind": {"enum": papers},
                        "id": text,
                        "system": maybe_text,
                        "month": maybe_text,
                    },
                    "required": ["kind", "id", "system", "month"],
                    "additionalProperties": false,
                },
                "keep_until": maybe_day,
                "endless": {"enum": ["permanent", "not_started", "other_law", null]},
                "governs": {"type": "boolean"},
                "state": {"enum": [
                    "keep", "may_be_destroyed", "destroyed", "destroyed_too_early",
                    "destroyed_unapproved", "unknown",
                ]},
                "destroyed_on": maybe_day,
            },
            "required": [
                "regulation", "obligation", "clauses", "record", "keep_until", "endless",
                "governs", "state", "destroyed_on",
            ],
            "additionalProperties": false,
        },
    })
}
