//! The verdict as data: part of `status --format json` and of `data/status.json`.

use std::collections::BTreeMap;

use serde::Serialize;
use serde_json::{Value, json};

use crate::assess::Status;
use crate::facts::{Failures, Outcome, Verdict};
use crate::model::Model;

/// What everything together comes to, and what was counted.
#[derive(Clone, Debug, Serialize)]
pub struct VerdictRow {
    /// `unmet`, `unclear` (never a pass) or `met`.
    pub outcome: &'static str,
    /// A failure is new while it fell due less than so many days before the as-of date.
    pub new_days: u32,
    /// Occurrences by status, every status with its count.
    pub statuses: BTreeMap<&'static str, usize>,
    /// Done or failing, settled ones included.
    pub judged: usize,
    pub met: usize,
    pub overdue: FailureRow,
    pub deficient: FailureRow,
    pub unknown: FailureRow,
    pub checks: CheckCountRow,
    /// Papers and logs destroyed against their rules.
    pub retention: FailureRow,
    pub open_findings: usize,
    pub overdue_findings: FailureRow,
    /// Rules whose clauses say something else than they were written for.
    pub suspects: usize,
}

/// Failures of one sort by age.
#[derive(Clone, Copy, Debug, Serialize)]
pub struct FailureRow {
    pub new: usize,
    pub standing: usize,
    /// Dealt with; they do not count against the verdict.
    pub settled: usize,
}

/// How many records meet the rules that must hold at any time.
#[derive(Clone, Copy, Debug, Serialize)]
pub struct CheckCountRow {
    pub holds: usize,
    pub breached: usize,
    pub unknown: usize,
}

impl FailureRow {
    fn new(failures: Failures) -> Self {
        let Failures { new, standing, settled } = failures;
        Self { new, standing, settled }
    }
}

/// A verdict as a row.
pub fn row(model: &Model, verdict: &Verdict) -> VerdictRow {
    VerdictRow {
        outcome: verdict.outcome().as_str(),
        new_days: model.settings.new_days,
        statuses: Status::ALL.map(|status| (status.code(), verdict.count(status))).into(),
        judged: verdict.judged(),
        met: verdict.met(),
        overdue: FailureRow::new(verdict.overdue),
        deficient: FailureRow::new(verdict.deficient),
        unknown: FailureRow::new(verdict.unknown),
        checks: CheckCountRow {
            holds: verdict.checks.holds,
            breached: verdict.checks.breached,
            unknown: verdict.checks.unknown,
        },
        retention: FailureRow::new(verdict.retention),
        open_findings: verdict.open_findings,
        overdue_findings: FailureRow::new(verdict.overdue_findings),
        suspects: verdict.suspects,
    }
}

/// The JSON Schema of a verdict.
pub fn schema() -> Value {
    let count = json!({"type": "integer", "minimum": 0});
    let object = |keys: &[&str], value: &Value| {
        let properties: BTreeMap<&str, &Value> = keys.iter().map(|key| (*key, value)).collect();
        json!({
            "type": "object",
            "properties": properties,
            "required": keys,
            "additionalProperties": false,
        })
    };
    let failures = object(&["new", "standing", "settled"], &count);
    let outcomes = [Outcome::Unmet, Outcome::Unclear, Outcome::Met].map(Outcome::as_str);
    json!({
        "type": "object",
        "properties": {
            "outcome": {"enum": outcomes},
            "new_days": count,
            "statuses": object(&Status::ALL.map(Status::code), &count),
            "judged": count, "met": count,
            "overdue": failures, "deficient": failures, "unknown": failures,
            "checks": object(&["holds", "breached", "unknown"], &count),
            "retention": failures,
            "open_findings": count,
            "overdue_findings": failures,
            "suspects": count,
        },
        "required": [
            "outcome", "new_days", "statuses", "judged", "met", "overdue", "deficient", "unknown",
            "checks", "retention", "open_findings", "overdue_findings", "suspects",
        ],
        "additionalProperties": false,
    })
}
