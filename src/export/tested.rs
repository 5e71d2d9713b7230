//! What the tests exercise of each rule, for other programs: a row for each duty, in it one for each
//! element. The same rows are printed by `test --coverage` and published under `data/`.

use serde::Serialize;

use crate::facts::coverage::Judgeable;
use crate::model::{Id, Model, Obligation};
use crate::proof::coverage::{Coverage, Exercised, Share, hint, say};
use crate::source::{SourceTree, Span, escape, line_column};

/// The version of the form.
pub const SCHEMA_VERSION: u32 = 1;

/// The file: every duty that tests can be of.
#[derive(Debug, Serialize)]
pub struct TestedFile {
    pub schema: u32,
    pub covered: usize,
    pub total: usize,
    pub duties: Vec<TestedRow>,
}

/// A duty and its tests.
#[derive(Debug, Serialize)]
pub struct TestedRow {
    /// `REGULATION/OBLIGATION`.
    pub id: String,
    pub kind: &'static str,
    /// Records decide whether it is met; else it is advice.
    pub judged: bool,
    /// Entries of `tests.yaml`.
    pub tests: usize,
    pub questions: usize,
    pub covered: usize,
    pub total: usize,
    pub elements: Vec<ElementRow>,
}

/// An element of a rule.
#[derive(Debug, Serialize)]
pub struct ElementRow {
    pub element: String,
    /// In English.
    pub says: String,
    /// How many questions exercise it.
    pub questions: usize,
    /// Where they are asked, `FILE:LINE`; only of the command, which has the files.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub places: Vec<String>,
    /// An entry of `tests.yaml` to be filled in, where no question exercises it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub hint: Option<String>,
}

/// The rows of the duties that are wanted, in the order of the model.
pub fn file(
    model: &Model,
    coverage: &Coverage,
    tree: Option<&SourceTree>,
    wanted: impl Fn(Id<Obligation>) -> bool,
) -> TestedFile {
    let Share { covered, total } = coverage.share(&wanted);
    let duties = coverage.duties.iter().filter(|(id, _)| wanted(**id));
    let duties = duties.map(|(id, one)| row(model, *id, one, tree)).collect();
    TestedFile { schema: SCHEMA_VERSION, covered, total, duties }
}

fn row(model: &Model, id: Id<Obligation>, one: &Exercised, tree: Option<&SourceTree>) -> TestedRow {
    let place = |span: &Span| {
        let file = tree?.file(span.file);
        let line = line_column(file.text(), span.start as usize).line;
        Some(format!("{}:{line}", escape(&file.path)))
    };
    let elements = one.elements.iter().map(|(element, places)| ElementRow {
        element: element.code(),
        says: say(model, id, *element),
        questions: places.len(),
        places: places.iter().filter_map(place).collect(),
        hint: places.is_empty().then(|| hint(model, id, *element)),
    });
    let Share { covered, total } = one.share();
    let duty = &model.obligations[id].duty;
    TestedRow {
        id: model.obligation_path(id),
        kind: duty.as_str(),
        judged: Judgeable::of(duty) == Judgeable::Computed,
        tests: one.tests,
        questions: one.questions,
        covered,
        total,
        elements: elements.collect(),
    }
}

/// The rows for people: a line for each duty, and below it what no test exercises, each with an entry
/// to be filled in.
pub fn text(file: &TestedFile) -> String {
    let mut out = String::new();
    for row in &file.duties {
        let share = Share { covered: row.covered, total: row.total };
        let TestedRow { id, covered, total, tests, .. } = row;
        out +=
            &format!("{id}: {covered} of {total} elements, {} %, {tests} tests\n", share.percent());
        for element in &row.elements {
            if let Some(hint) = &element.hint {
                out += &format!("  # {}: {}\n  {hint}\n", element.element, element.says);
            }
        }
    }
    let share = Share { covered: file.covered, total: file.total };
    out + &format!("{} of {} elements, {} %\n", file.covered, file.total, share.percent())
}

/// The JSON Schema (2020-12) of the file.
pub fn schema() -> serde_json::Value {
    let count = serde_json::json!({"type": "integer", "minimum": 0});
    let text = serde_json::json!({"type": "string"});
    serde_json::json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "clausebook tests",
        "version": SCHEMA_VERSION,
        "type": "object",
        "properties": {
            "schema": {"type": "integer", "enum": [SCHEMA_VERSION]},
            "covered": count, "total": count,
            "duties": {
                "type": "array",
                "items": {
                    "type": "object",
                    "properties": {
                        "id": text,
                        "kind": {"enum": crate::record::rule::DUTY_KINDS},
                        "judged": {"type": "boolean"},
                        "tests": count, "questions": count, "covered": count, "total": count,
                        "elements": {
                            "type": "array",
                            "items": {
                                "type": "object",
                                "properties": {
                                    "element": text, "says": text, "questions": count,
                                    "places": {"type": "array", "items": text}, "hint": text,
                                },
                                "required": ["element", "says", "questions"],
                                "additionalProperties": false,
                            },
                        },
                    },
                    "required": ["id", "kind", "judged", "tests", "questions", "covered", "total", "elements"],
                    "additionalProperties": false,
                },
            },
        },
        "required": ["schema", "covered", "total", "duties"],
        "additionalProperties": false,
    })
}
