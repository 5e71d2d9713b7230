//! What came of the tests of the rules, for other programs: JSON rows, and a JUnit report.

use std::collections::BTreeMap;

use quick_xml::Writer;
use serde::Serialize;

use crate::proof::trial::{Asked, Run, Source};
use crate::source::{SourceTree, Span, escape, line_column};

/// One entry of `tests.yaml`.
#[derive(Debug, Serialize)]
pub struct TestRow {
    /// `REGULATION/OBLIGATION`.
    pub of: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub because: Option<String>,
    /// The post that wrote it.
    pub by: String,
    pub source: SourceRow,
    pub file: String,
    pub line: usize,
    pub passed: bool,
    pub questions: Vec<QuestionRow>,
    /// Changes of the rule that are declared to change nothing.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub equivalent: Vec<String>,
    /// What is wrong with the test itself, or comes out otherwise.
    pub faults: Vec<String>,
}

/// What a test rests on.
#[derive(Debug, Serialize)]
pub struct SourceRow {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub clause: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub letter: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub example: Option<String>,
}

/// One question of a test.
#[derive(Debug, Serialize)]
pub struct QuestionRow {
    /// What is asked: a population, a day, a period, or the day a case is judged.
    pub asked: String,
    pub line: usize,
    pub passed: bool,
    pub mismatches: Vec<MismatchRow>,
}

/// What is not as expected.
#[derive(Debug, Serialize)]
pub struct MismatchRow {
    pub key: &'static str,
    pub expected: String,
    pub got: String,
}

/// The runs as rows, in their order.
pub fn rows(tree: &SourceTree, runs: &[Run]) -> Vec<TestRow> {
    runs.iter().map(|run| row(tree, run)).collect()
}

fn row(tree: &SourceTree, run: &Run) -> TestRow {
    let line = |span: Span| line_column(tree.file(span.file).text(), span.start as usize).line;
    let trial = &run.trial;
    let Source { clause, letter, example } = trial.source.clone();
    let questions = run.tried.iter().map(|tried| QuestionRow {
        asked: asked(&tried.ask.what),
        line: line(tried.ask.span),
        passed: tried.mismatches.is_empty(),
        mismatches: tried
            .mismatches
            .iter()
            .map(|one| MismatchRow {
                key: one.what,
                expected: one.expected.clone(),
                got: one.got.clone(),
            })
            .collect(),
    });
    TestRow {
        of: format!("{}/{}", trial.regulation, trial.duty),
        title: trial.title.clone(),
        because: trial.because.clone(),
        by: trial.by.clone(),
        source: SourceRow { clause, letter, example },
        file: escape(&tree.file(trial.span.file).path),
        line: line(trial.span),
        passed: run.passed(),
        questions: questions.collect(),
        equivalent: trial.equivalent.iter().map(|one| one.mutant.clone()).collect(),
        faults: run.diagnostics.iter().map(|fault| fault.message.clone()).collect(),
    }
}

/// A question in a word: `101`, `2026-04-30`, `2026-09`.
fn asked(what: &Asked) -> String {
    match what {
        Asked::Size { population, .. } => population.to_string(),
        Asked::Day { from, .. } => from.to_string(),
        Asked::Hours { from, .. } => from.to_string(),
        Asked::Period { period, .. } => period.to_string(),
        Asked::Case { on, .. } => on.to_string(),
    }
}

/// How many tests there are of each duty, and how many do not come out.
pub fn by_duty(rows: &[TestRow]) -> BTreeMap<&str, (usize, usize)> {
    let mut counts: BTreeMap<&str, (usize, usize)> = BTreeMap::new();
    for row in rows {
        let count = counts.entry(&row.of).or_default();
        count.0 += 1;
        count.1 += usize::from(!row.passed);
    }
    counts
}

/// The rows as a JUnit report: a suite for each duty, a case for each test.
pub fn junit(rows: &[TestRow]) -> String {
    let mut writer = Writer::new_with_indent(Vec::new(), b' ', 2);
    let failures = |count: usize| count.to_string();
    let all = (rows.len().to_string(), failures(rows.iter().filter(|row| !row.passed).count()));
    let written = writer
        .create_element("testsuites")
        .with_attributes([("tests", &*all.0), ("failures", &*all.1)])
        .write_inner_content(|writer| {
            for (of, (count, failing)) in by_duty(rows) {
                writer
                    .create_element("testsuite")
                    .with_attributes([
                        ("name", of),
                        ("tests", &*count.to_string()),
                        ("failures", &*failing.to_string()),
                    ])
                    .write_inner_content(|writer| {
                        let own = rows.iter().filter(|row| row.of == of);
                        own.enumerate().try_for_each(|(place, row)| case(writer, place, row))
                    })?;
            }
            Ok(())
        });
    written.expect("a list of bytes takes everything");
    let text = String::from_utf8(writer.into_inner()).unwrap_or_default();
    format!("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n{text}\n")
}

fn case(writer: &mut Writer<Vec<u8>>, place: usize, row: &TestRow) -> std::io::Result<()> {
    let name = match &row.title {
        Some(title) => escape(title),
        None => format!("test {} (line {})", place + 1, row.line),
    };
    let line = row.line.to_string();
    let element = writer.create_element("testcase").with_attributes([
        ("classname", &*row.of),
        ("name", &*name),
        ("file", &*row.file),
        ("line", &*line),
    ]);
    if row.passed {
        return element.write_empty().map(|_| ());
    }
    element
        .write_inner_content(|writer| {
            row.faults.iter().try_for_each(|fault| {
                let message = escape(fault);
                let failure = writer.create_element("failure");
                failure.with_attribute(("message", &*message)).write_empty().map(|_| ())
            })
        })
        .map(|_| ())
}
