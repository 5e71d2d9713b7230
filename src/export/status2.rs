//! The second version of the rows of occurrences: a bare array, printed by `status --schema 2` for
//! programs that read it.

use serde::Serialize;

use super::status::{Figures, StatusRow};

/// One occurrence.
#[derive(Debug, Serialize)]
pub struct OldRow<'a> {
    id: &'a str,
    regulation: &'a str,
    obligation: &'a str,
    clauses: &'a [String],
    scope: OldScope<'a>,
    period: &'a str,
    opens: &'a str,
    due: &'a str,
    status: &'a str,
    suspect: bool,
    done_on: Option<&'a str>,
    required: Figures,
    actual: Figures,
    reasons: &'a [String],
    audits: &'a [String],
    submissions: &'a [String],
    findings: &'a [String],
    evidence: &'a [String],
}

/// What it is laid on.
#[derive(Debug, Serialize)]
struct OldScope<'a> {
    kind: &'a str,
    id: &'a str,
}

/// The rows as version 2 had them.
pub fn rows(rows: &[StatusRow]) -> Vec<OldRow<'_>> {
    rows.iter().map(old).collect()
}

fn old(row: &StatusRow) -> OldRow<'_> {
    OldRow {
        id: &row.id,
        regulation: &row.regulation,
        obligation: &row.obligation,
        clauses: &row.clauses,
        scope: OldScope { kind: row.scope.kind, id: &row.scope.id },
        period: &row.period,
        opens: &row.opens,
        due: &row.due,
        status: row.status,
        suspect: row.suspect,
        done_on: row.done_on.as_deref(),
        required: row.required,
        actual: row.actual,
        reasons: &row.reasons,
        audits: &row.audits,
        submissions: &row.submissions,
        findings: &row.findings,
        evidence: &row.evidence,
    }
}
