//! Diagnostics as a Code Quality report of GitLab: the part of Code Climate's format that it reads.

use serde::Serialize;

use super::json::to_text;
use super::problem::{Problem, problems};
use super::{Diagnostic, Severity};
use crate::source::SourceTree;

#[derive(Serialize)]
struct Row<'a> {
    description: String,
    check_name: &'static str,
    fingerprint: &'a str,
    severity: &'static str,
    location: Location,
}

#[derive(Serialize)]
struct Location {
    /// From the repository's root, without `./` before it.
    path: String,
    lines: Lines,
}

/// A report must name a line: a file without text has its first one.
#[derive(Serialize)]
struct Lines {
    begin: usize,
    end: usize,
}

/// The diagnostics as the array GitLab reads, errors first. `prefix` is the way from the
/// repository's root to the site's folder, empty or ending in `/`.
pub fn gitlab(tree: &SourceTree, diagnostics: &[Diagnostic], prefix: &str) -> String {
    let problems = problems(tree, diagnostics);
    let rows: Vec<_> = problems.iter().map(|problem| to_text(&row(problem, prefix))).collect();
    if rows.is_empty() { "[]\n".to_owned() } else { format!("[\n  {}\n]\n", rows.join(",\n  ")) }
}

fn row<'a>(problem: &'a Problem<'_>, prefix: &str) -> Row<'a> {
    let (begin, end) = problem.position.place.map_or((1, 1), |place| (place.line, place.end_line));
    let help = problem.help.as_deref().map(|help| format!("; {help}")).unwrap_or_default();
    Row {
        description: format!("{}{help}", problem.message),
        check_name: problem.code.slug(),
        fingerprint: &problem.fingerprint,
        severity: match problem.code.severity() {
            Severity::Error => "critical",
            Severity::Warning => "minor",
            Severity::Note => "info",
        },
        location: Location {
            path: format!("{prefix}{}", problem.position.file),
            lines: Lines { begin, end },
        },
    }
}
