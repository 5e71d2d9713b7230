//! Diagnostics as a report of tests in XML, as Jenkins, GitLab and others read them. Valid by the
//! schema of the Ant task and by that of Jenkins: a test case for each problem, errors as failures.
//! A warning fails nothing, so it is a case that was passed over, with what is to be said of it.

use std::fmt::Write as _;

use quick_xml::escape::escape as xml;

use super::problem::{Problem, problems};
use super::{Diagnostic, Severity};
use crate::source::{SourceTree, escape};
use crate::time::Day;

/// The diagnostics as one suite, errors first, dated with the day that was judged. `prefix` is the
/// way from the repository's root to the site's folder, empty or ending in `/`.
pub fn junit(tree: &SourceTree, diagnostics: &[Diagnostic], prefix: &str, as_of: Day) -> String {
    let problems = problems(tree, diagnostics);
    let failures = problems.iter().filter(|one| one.code.severity() == Severity::Error).count();
    let (tests, skipped) = (problems.len().max(1), problems.len() - failures);
    let mut text = String::from("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites>\n");
    let _ = writeln!(
        text,
        "<testsuite id=\"0\" package=\"clausebook\" name=\"clausebook check\" \
         timestamp=\"{as_of}T00:00:00\" hostname=\"localhost\" tests=\"{tests}\" \
         failures=\"{failures}\" errors=\"0\" skipped=\"{skipped}\" time=\"0\">\n<properties/>"
    );
    if problems.is_empty() {
        text.push_str("<testcase classname=\"clausebook\" name=\"check\" time=\"0\"/>\n");
    }
    for problem in &problems {
        text.push_str(&case(problem, prefix));
    }
    text.push_str("<system-out/>\n<system-err/>\n</testsuite>\n</testsuites>\n");
    text
}

fn case(problem: &Problem<'_>, prefix: &str) -> String {
    let (slug, word) = (problem.code.slug(), problem.code.severity().as_str());
    let file = escape(&format!("{prefix}{}", problem.position.file));
    let place = problem.position.place;
    let place = place.map(|place| format!(":{}:{}", place.line, place.column)).unwrap_or_default();
    let message = escape(&problem.message);
    let mut body = format!("{file}{place}: {word}[{slug}]: {message}");
    for (at, label) in &problem.related {
        let line = at.place.map(|place| format!(":{}:{}", place.line, place.column));
        let (file, line) = (escape(&at.file), line.unwrap_or_default());
        let _ = write!(body, "\n{prefix}{file}{line}: {}", escape(label));
    }
    if let Some(help) = &problem.help {
        let _ = write!(body, "\nhelp: {}", escape(help));
    }
    let element = match problem.code.severity() {
        Severity::Error => "failure",
        Severity::Warning | Severity::Note => "skipped",
    };
    format!(
        "<testcase classname=\"{}\" name=\"{} ({})\" time=\"0\">\
         <{element} type=\"{slug}\" message=\"{}\">{}</{element}></testcase>\n",
        attribute(&file),
        attribute(&format!("{slug}: {message}")),
        &problem.fingerprint[..8],
        attribute(&message),
        xml(&*body),
    )
}

fn attribute(text: &str) -> String {
    xml(text).into_owned()
}
