//! Rows as CSV for spreadsheets: UTF-8 with byte order mark, CRLF, and no cell that a spreadsheet
//! would take for a formula.

use super::checks::CheckRow;
use super::status::StatusRow;

/// The columns, in order; list cells are joined with `; `.
const COLUMNS: &[&str] = &[
    "id",
    "regulation",
    "obligation",
    "clauses",
    "scope_kind",
    "scope",
    "period",
    "opens",
    "due",
    "status",
    "suspect",
    "done_on",
    "required_records",
    "actual_records",
    "required_users",
    "actual_users",
    "audits",
    "submissions",
    "findings",
    "evidence",
    "reasons",
    "title",
    "scope_name",
    "agency",
    "unit",
    "due_basis",
    "settled",
    "assignee",
    "due_at",
    "done_at",
];

/// The rows as a CSV file.
pub fn render(rows: &[StatusRow]) -> String {
    let number = |figure: Option<u64>| figure.map(|n| n.to_string()).unwrap_or_default();
    let heading = COLUMNS.iter().map(|name| (*name).to_owned()).collect();
    let cells = |row: &StatusRow| {
        vec![
            row.id.clone(),
            row.regulation.clone(),
            row.obligation.clone(),
            row.clauses.join("; "),
            row.scope.kind.to_owned(),
            row.scope.id.clone(),
            row.period.clone(),
            row.opens.clone(),
            row.due.clone(),
            row.status.to_owned(),
            row.suspect.to_string(),
            row.done_on.clone().unwrap_or_default(),
            number(row.required.records),
            number(row.actual.records),
            number(row.required.users),
            number(row.actual.users),
            row.audits.join("; "),
            row.submissions.join("; "),
            row.findings.join("; "),
            row.evidence.join("; "),
            row.reasons.join("; "),
            row.title.clone(),
            row.scope.name.clone(),
            row.agency.clone(),
            row.unit.clone().unwrap_or_default(),
            row.due_basis.to_owned(),
            row.settled.as_ref().map(|by| by.id.clone()).unwrap_or_default(),
            row.assignee.id.clone(),
            row.due_at.clone().unwrap_or_default(),
            row.done_at.clone().unwrap_or_default(),
        ]
    };
    lines(std::iter::once(heading).chain(rows.iter().map(cells)))
}

/// Checks as a CSV file.
pub fn render_checks(rows: &[CheckRow]) -> String {
    let heading = ["id", "verdict", "title", "record_kind", "record", "clauses", "why"];
    let cells = |row: &CheckRow| {
        vec![
            row.id.clone(),
            row.verdict.to_owned(),
            row.title.clone(),
            row.record.kind.to_owned(),
            row.record.id.clone(),
            row.clauses.join("; "),
            row.why.clone().unwrap_or_default(),
        ]
    };
    let heading = heading.map(str::to_owned).to_vec();
    lines(std::iter::once(heading).chain(rows.iter().map(cells)))
}

/// Lines of cells as a CSV file; the first line is the heading.
pub fn lines(lines: impl IntoIterator<Item = Vec<String>>) -> String {
    let mut text = String::from("\u{feff}");
    for line in lines {
        push_line(&mut text, line);
    }
    text
}

fn push_line(text: &mut String, cells: impl IntoIterator<Item = String>) {
    for (place, cell) in cells.into_iter().enumerate() {
        if place > 0 {
            text.push(',');
        }
        push_cell(text, &cell);
    }
    text.push_str("\r\n");
}

/// Quotes a cell where RFC 4180 asks, and puts an apostrophe before what would be a formula.
fn push_cell(text: &mut String, cell: &str) {
    let first = cell.trim_start_matches([' ', '\u{feff}', '"']).chars().next();
    let formula = matches!(
        first,
        Some('=' | '+' | '-' | '@' | '\t' | '\r' | '\n' | '\0' | '＝' | '＋' | '－' | '＠')
    );
    let guard = if formula { "'" } else { "" };
    if formula || cell.contains([',', '"', '\r', '\n']) {
        text.push('"');
        text.push_str(guard);
        text.push_str(&cell.replace('"', "\"\""));
        text.push('"');
    } else {
        text.push_str(cell);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cell(text: &str) -> String {
        let mut out = String::new();
        push_cell(&mut out, text);
        out
    }

    #[test]
    fn no_cell_begins_a_formula() {
        for start in ["=", "+", "-", "@", "\t", "\r", "\n", "\0", "＝", "＋", "－", "＠"] {
            for lead in ["", " ", "\u{feff}", "\""] {
                let written = cell(&format!("{lead}{start}1+1"));
                assert!(written.starts_with("\"'"), "{written:?}");
            }
        }
        assert_eq!(cell("2026-09"), "2026-09");
        assert_eq!(cell("a,b"), "\"a,b\"");
        assert_eq!(cell("say \"x\""), "\"say \"\"x\"\"\"");
    }
}
