//! Checks of records against rules that must hold at any time, as rows: `data/checks.json`.

use serde::Serialize;

use crate::assess::{Assessment, Check, CheckVerdict, IndependenceIssue, RecordRef};
use crate::facts::checks::code;
use crate::facts::id;
use crate::model::{Model, Named};

/// The version of the file's form; raised when a key comes, changes its
/// meaning or goes away.
pub const SCHEMA_VERSION: u32 = 2;

/// One record against one rule.
#[derive(Clone, Debug, Serialize)]
pub struct CheckRow {
    /// `REGULATION/OBLIGATION/RECORD`, as `explain` takes it.
    pub id: String,
    pub regulation: String,
    pub obligation: String,
    /// Of the obligation, in Chinese.
    pub title: String,
    /// The main one first.
    pub clauses: Vec<String>,
    pub record: RecordRow,
    /// `holds`, `breached` or `unknown`; the last is never a pass.
    pub verdict: &'static str,
    /// Why it cannot be told; `null` otherwise.
    pub why: Option<String>,
    /// Where a rule asks for independence: what stands against the auditors.
    pub grounds: Vec<GroundRow>,
}

/// An auditor who was not free, or a doubt about it.
#[derive(Clone, Debug, Serialize)]
pub struct GroundRow {
    /// `same-auditor`, `same-person`, `holds-role`, `is-user`; doubts: `no-auditors`,
    /// `role-unrecorded`, `persons-unknown`.
    pub reason: &'static str,
    /// The auditor's post.
    pub auditor: Option<String>,
    pub against: RecordRow,
}

/// A record by kind and id.
#[derive(Clone, Debug, Serialize)]
pub struct RecordRow {
    pub kind: &'static str,
    pub id: String,
}

/// The file: every check, by rule and then by record.
#[derive(Clone, Debug, Serialize)]
pub struct CheckFile {
    pub schema: u32,
    pub as_of: String,
    pub checks: Vec<CheckRow>,
}

/// The file of an assessment.
pub fn file(model: &Model, assessment: &Assessment) -> CheckFile {
    CheckFile {
        schema: SCHEMA_VERSION,
        as_of: assessment.as_of.to_string(),
        checks: rows(model, assessment),
    }
}

/// Every check as a row, by rule and then by record.
pub fn rows(model: &Model, assessment: &Assessment) -> Vec<CheckRow> {
    assessment.checks.iter().map(|check| row(model, check)).collect()
}

/// A check as a row.
pub fn row(model: &Model, check: &Check) -> CheckRow {
    let obligation = &model.obligations[check.obligation];
    let why = match &check.verdict {
        CheckVerdict::Holds | CheckVerdict::Breached => None,
        CheckVerdict::Indeterminate(why) => Some(why.to_string()),
    };
    CheckRow {
        id: id::check(model, check),
        regulation: model.regulations[obligation.regulation].slug.clone(),
        obligation: obligation.slug.clone(),
        title: obligation.title.clone(),
        clauses: obligation.clauses.iter().map(|clause| clause.value.to_string()).collect(),
        record: record(model, check.record),
        verdict: code(&check.verdict),
        why,
        grounds: check.grounds.iter().map(|one| ground(model, one)).collect(),
    }
}

fn ground(model: &Model, ground: &IndependenceIssue) -> GroundRow {
    GroundRow {
        reason: ground.as_str(),
        auditor: ground.auditor().map(|id| model.posts[id].slug().to_owned()),
        against: record(model, ground.against()),
    }
}

fn record(model: &Model, record: RecordRef) -> RecordRow {
    RecordRow { kind: record.kind(model), id: record.slug(model).to_owned() }
}

/// The JSON Schema of a row.
pub fn row_schema() -> serde_json::Value {
    let text = serde_json::json!({"type": "string"});
    let maybe_text = serde_json::json!({"type": ["string", "null"]});
    let record = serde_json::json!({
        "type": "object",
        "properties": {"kind": text, "id": text},
        "required": ["kind", "id"],
        "additionalProperties": false,
    });
    serde_json::json!({
        "type": "object",
        "properties": {
            "id": text,
            "regulation": text,
            "obligation": text,
            "title": text,
            "clauses": {"type": "array", "items": text},
            "record": record,
            "verdict": {"enum": ["holds", "breached", "unknown"]},
            "why": maybe_text,
            "grounds": {
                "type": "array",
                "items": {
                    "type": "object",
                    "properties": {"reason": text, "auditor": maybe_text, "against": record},
                    "required": ["reason", "auditor", "against"],
                    "additionalProperties": false,
                },
            },
        },
        "required": [
            "id", "regulation", "obligation", "title", "clauses", "record", "verdict", "why",
            "grounds",
        ],
        "additionalProperties": false,
    })
}

/// The JSON Schema (2020-12) of the file, with the version of its form.
pub fn schema() -> serde_json::Value {
    serde_json::json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "clausebook checks",
        "version": SCHEMA_VERSION,
        "type": "object",
        "properties": {
            "schema": {"type": "integer", "enum": [SCHEMA_VERSION]},
            "as_of": {"type": "string", "format": "date"},
            "checks": {"type": "array", "items": row_schema()},
        },
        "required": ["schema", "as_of", "checks"],
        "additionalProperties": false,
    })
}
