//! Diagnostics as a log of SARIF 2.1.0 (OASIS), as code scanning services and editors read it.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use serde_json::{Value, json};

use super::json::to_text;
use super::place::Place;
use super::problem::{Position, Problem, problems};
use super::{Code, Diagnostic, Severity};
use crate::source::SourceTree;

/// The diagnostics as one run, errors first, with the rules that they break. `prefix` is the way
/// from the repository's root to the site's folder, empty or ending in `/`.
pub fn sarif(tree: &SourceTree, diagnostics: &[Diagnostic], prefix: &str) -> String {
    let problems = problems(tree, diagnostics);
    let mut rules: BTreeMap<Code, usize> = problems.iter().map(|one| (one.code, 0)).collect();
    for (number, index) in rules.values_mut().enumerate() {
        *index = number;
    }
    let descriptions: Vec<Value> = rules.keys().map(|code| rule(*code)).collect();
    let results: Vec<Value> =
        problems.iter().map(|one| result(one, rules[&one.code], prefix)).collect();
    let log = json!({
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [{
            "tool": {"driver": {
                "name": "clausebook",
                "semanticVersion": env!("CARGO_PKG_VERSION"),
                "rules": descriptions,
            }},
            "originalUriBaseIds": {ROOT: {"description": {"text": "the root of the repository"}}},
            "columnKind": "unicodeCodePoints",
            "results": results,
        }],
    });
    to_text(&log) + "\n"
}

/// What addresses are relative to, by the name that services know.
const ROOT: &str = "%SRCROOT%";

fn rule(code: Code) -> Value {
    json!({
        "id": code.slug(),
        "shortDescription": {"text": code.summary()},
        "fullDescription": {"text": code.explanation()},
        "help": {"text": code.explanation()},
        "defaultConfiguration": {"level": level(code)},
    })
}

fn level(code: Code) -> &'static str {
    match code.severity() {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Note => "note",
    }
}

fn result(problem: &Problem<'_>, rule: usize, prefix: &str) -> Value {
    let help = problem.help.as_deref().map(|help| format!("\n{help}")).unwrap_or_default();
    let mut result = json!({
        "ruleId": problem.code.slug(),
        "ruleIndex": rule,
        "level": level(problem.code),
        "message": {"text": format!("{}{help}", problem.message)},
        "locations": [{"physicalLocation": location(&problem.position, prefix)}],
        // By its number the services would take each line that moves for a new problem.
        "partialFingerprints": {
            "primaryLocationLineHash": format!("{}:1", problem.fingerprint),
        },
    });
    let mut related: Vec<Value> = Vec::new();
    for (at, message) in &problem.related {
        let place = json!({
            "physicalLocation": location(at, prefix), "message": {"text": message},
        });
        // Each may stand in the log only once.
        if !related.contains(&place) {
            related.push(place);
        }
    }
    if !related.is_empty() {
        result["relatedLocations"] = related.into();
    }
    result
}

fn location(position: &Position<'_>, prefix: &str) -> Value {
    let uri = address(&format!("{prefix}{}", position.file));
    let mut location = json!({"artifactLocation": {"uri": uri, "uriBaseId": ROOT}});
    if let Some(Place { line, column, end_line, end_column }) = position.place {
        location["region"] = json!({
            "startLine": line, "startColumn": column, "endLine": end_line, "endColumn": end_column,
        });
    }
    location
}

/// A path as a relative address: by RFC 3986 everything else is spelt in bytes.
fn address(path: &str) -> String {
    let mut text = String::new();
    for byte in path.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~/".contains(&byte) {
            text.push(char::from(byte));
        } else {
            let _ = write!(text, "%{byte:02X}");
        }
    }
    text
}
