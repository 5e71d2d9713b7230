//! The counts of the last months: the JSON of `data/history.json`.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::assess::Status;
use crate::facts::{History, Snapshot};

/// The version of the file's form; raised when a key changes its meaning or goes away.
pub const SCHEMA_VERSION: u32 = 2;

/// The file: the ends of the last twelve months, the oldest first, and then the as-of date.
#[derive(Clone, Debug, Serialize)]
pub struct HistoryFile {
    pub schema_version: u32,
    pub rows: Vec<HistoryRow>,
}

/// The counts as of one day.
#[derive(Clone, Debug, Serialize)]
pub struct HistoryRow {
    /// `2026-10`.
    pub month: String,
    pub as_of: String,
    /// Occurrences by status, every status with its count.
    pub counts: BTreeMap<&'static str, usize>,
    /// `done` and `done-late`.
    pub met: usize,
    /// `overdue`, `deficient` and `unknown`, without those that are settled.
    pub failing: usize,
    /// Failures settled by a finding that is closed and verified, or a waiver with its basis.
    pub settled: usize,
    /// Met, failing and settled; 0 says that nothing can be said of that day.
    pub judged: usize,
}

/// The file of a history.
pub fn file(history: &History) -> HistoryFile {
    HistoryFile {
        schema_version: SCHEMA_VERSION,
        rows: history.snapshots.iter().map(row).collect(),
    }
}

fn row(snapshot: &Snapshot) -> HistoryRow {
    let count = |status: Status| (status.code(), snapshot.count(status));
    HistoryRow {
        month: snapshot.as_of.format("%Y-%m").to_string(),
        as_of: snapshot.as_of.to_string(),
        counts: Status::ALL.into_iter().map(count).collect(),
        met: snapshot.met(),
        failing: snapshot.failing(),
        settled: snapshot.settled(),
        judged: snapshot.judged(),
    }
}

/// The JSON Schema (2020-12) of the file.
pub fn schema() -> serde_json::Value {
    let count = serde_json::json!({"type": "integer", "minimum": 0});
    let codes: Vec<&str> = Status::ALL.iter().map(|status| status.code()).collect();
    let counts: BTreeMap<&str, &serde_json::Value> =
        codes.iter().map(|code| (*code, &count)).collect();
    serde_json::json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "clausebook history",
        "version": SCHEMA_VERSION,
        "type": "object",
        "properties": {
            "schema_version": {"type": "integer", "enum": [SCHEMA_VERSION]},
            "rows": {
                "type": "array",
                "items": {
                    "type": "object",
                    "properties": {
                        "month": {"type": "string"},
                        "as_of": {"type": "string", "format": "date"},
                        "counts": {
                            "type": "object",
                            "properties": counts,
                            "required": codes,
                            "additionalProperties": false,
                        },
                        "met": count, "failing": count, "settled": count, "judged": count,
                    },
                    "required": ["month", "as_of", "counts", "met", "failing", "settled", "judged"],
                    "additionalProperties": false,
                },
            },
        },
        "required": ["schema_version", "rows"],
        "additionalProperties": false,
    })
}
