//! Checks of records against rules that must hold at any time, as rows: `data/checks.json`.

use serde::Serialize;

use crate::assess::{Assessment, Check, Ground, RecordRef, Verdict};
use crate::model::{Model, Named};

/// The version of the row's form; raised when a key comes, changes its
/// meaning or goes away.
pub const SCHEMA_VERSION: u32 = 1;

/// One record against one rule.
#[derive(Clone, Debug, Serialize)]
pub struct CheckRow {
    pub regulation: String,
    pub obligation: String,
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

/// Every check as a row, by rule and then by record.
pub fn rows(model: &Model, assessment: &Assessment) -> Vec<CheckRow> {
    assessment.checks.iter().map(|check| row(model, check)).collect()
}

fn row(model: &Model, check: &Check) -> CheckRow {
    let obligation = &model.obligations[check.obligation];
    let (verdict, why) = match &check.verdict {
        Verdict::Holds => ("holds", None),
        Verdict::Breached => ("breached", None),
        Verdict::CannotTell(why) => ("unknown", Some(why.to_string())),
    };
    CheckRow {
        regulation: model.regulations[obligation.regulation].slug.clone(),
        obligation: obligation.slug.clone(),
        clauses: obligation.clauses.iter().map(|clause| clause.value.to_string()).collect(),
        record: record(model, check.record),
        verdict,
        why,
        grounds: check.grounds.iter().map(|one| ground(model, one)).collect(),
    }
}

fn ground(model: &Model, ground: &Ground) -> GroundRow {
    GroundRow {
        reason: ground.word(),
        auditor: ground.auditor().map(|id| model.posts[id].slug().to_owned()),
        against: record(model, ground.against()),
    }
}

fn record(model: &Model, record: RecordRef) -> RecordRow {
    RecordRow { kind: record.kind(model), id: record.slug(model).to_owned() }
}

/// The JSON Schema (2020-12) of an array of rows, with the version of its form.
pub fn schema() -> serde_json::Value {
    let text = serde_json::json!({"type": "string"});
    let maybe_text = serde_json::json!({"type": ["string", "null"]});
    let record = serde_json::json!({
        "type": "object",
        "properties": {"kind": text, "id": text},
        "required": ["kind", "id"],
        "additionalProperties": false,
    });
    serde_json::json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "clausebook checks",
        "version": SCHEMA_VERSION,
        "type": "array",
        "items": {
            "type": "object",
            "properties": {
                "regulation": text,
                "obligation": text,
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
                "regulation", "obligation", "clauses", "record", "verdict", "why", "grounds",
            ],
            "additionalProperties": false,
        },
    })
}
