//! Checks of versions and of the rules written for them: that days follow each other, and that
//! recorded fingerprints are those of clauses there are.

use std::collections::HashMap;

use super::names::in_order;
use super::written_for::fingerprint;
use super::{Model, Obligation, Regulation, Version, WrittenFor};
use crate::diagnostic::{Code, Diagnostic, Diagnostics, did_you_mean};
use crate::parse::ParsedRegulation;
use crate::source::{Span, Spanned};

/// Checks the ids and days of a regulation's versions; `versions` are ordered.
pub fn dates(parsed: &ParsedRegulation, versions: &[Version], report: &mut Diagnostics) {
    let head = &parsed.head;
    for pair in versions.windows(2) {
        if pair[0].in_force.is_some() && pair[0].in_force == pair[1].in_force {
            let message =
                format!("`{}` and `{}` come into force on one day", pair[0].slug, pair[1].slug);
            report.push(
                Diagnostic::new(Code::VersionOverlap, head.key_span("versions"), message)
                    .help("correct `in_force` of one of them"),
            );
        }
    }
    for version in parsed.versions.iter().filter(|_| parsed.versions.len() > 1) {
        if version.head.date("in_force").is_none() && !version.head.is_broken("in_force") {
            let id = version.head.text("id").map_or(version.head.span, |id| id.span);
            let message = match version.head.date("amended") {
                Some(_) => "the version has no `in_force`: its amendment counts as its first day",
                None => "the version has no day: nothing is judged by it",
            };
            report.push(
                Diagnostic::new(Code::UndatedVersion, id, message)
                    .help("add `in_force` with the first day in force"),
            );
        }
    }
    let mut first_of: HashMap<&str, Span> = HashMap::new();
    for version in &parsed.versions {
        in_order(&version.head, ("amended", "in_force"), report);
        let Some(id) = version.head.text("id") else { continue };
        let first = *first_of.entry(id.value).or_insert(id.span);
        if first != id.span {
            let message = format!("two versions have the id `{}`", id.value);
            report.push(
                Diagnostic::new(Code::DuplicateId, id.span, message)
                    .related(first, "the other one")
                    .help("give one of them another id"),
            );
        }
    }
}

/// Checks for which versions and clauses rules say they were written.
pub fn rules(model: &Model, report: &mut Diagnostics) {
    for (_, obligation) in model.obligations.iter() {
        let regulation = &model.regulations[obligation.regulation];
        for entry in &obligation.confirmed {
            if regulation.version(&entry.version.value).is_none() {
                report.push(unknown_version(regulation, &entry.version));
            }
        }
        match (&obligation.written_for, obligation.first_text(regulation)) {
            (Some(written), _) => recorded(regulation, obligation, written, report),
            (None, Some(first)) if regulation.versions.len() > 1 => {
                let line = obligation.written_for_line(first);
                report.push(
                    Diagnostic::new(
                        Code::UnfingerprintedRule,
                        obligation.span,
                        "the rule does not say for which text it was written",
                    )
                    .help(format!(
                        "it counts as written for `{}`: if that is the text that was read, add `{line}`",
                        first.slug
                    )),
                );
            }
            (None, _) => {}
        }
    }
    for (_, regulation) in model.regulations.iter() {
        unrecorded(model, regulation, report);
    }
}

/// Notes, once for a regulation with one version, which rules do not say for which text they were
/// written, with the lines to add: it is the day on which that is easy.
fn unrecorded(model: &Model, regulation: &Regulation, report: &mut Diagnostics) {
    let [only] = regulation.versions.as_slice() else { return };
    let rules: Vec<&Obligation> = model
        .obligations
        .iter()
        .map(|(_, rule)| rule)
        .filter(|rule| model.regulations[rule.regulation].slug == regulation.slug)
        .filter(|rule| rule.written_for.is_none())
        .collect();
    let Some(first) = rules.first() else { return };
    let message = format!(
        "{} rules of {} do not say for which text they were written",
        rules.len(),
        regulation.slug
    );
    // In the form of the file, so that each line can be pasted below the `id` it belongs to.
    let line =
        |rule: &&Obligation| format!("- id: {}\n  {}", rule.slug, rule.written_for_line(only));
    let lines: Vec<String> = rules.iter().map(line).collect();
    report.push(Diagnostic::new(Code::UnrecordedText, first.span, message).help(format!(
        "paste each `written_for` below the `id` of its rule:\n{}",
        lines.join("\n")
    )));
}

/// Checks a recorded version, and the fingerprints against the clauses it has.
fn recorded(
    regulation: &Regulation,
    obligation: &Obligation,
    written: &WrittenFor,
    report: &mut Diagnostics,
) {
    let Some(version) = regulation.version(&written.version.value) else {
        report.push(unknown_version(regulation, &written.version));
        return;
    };
    let line = || format!("write `{}`", obligation.written_for_line(version));
    for key in &written.unreadable {
        let message = format!("no clause `{}` in {}", key.value, regulation.slug);
        report.push(Diagnostic::new(Code::UnknownClause, key.span, message).help(line()));
    }
    for (clause, recorded) in &written.fingerprints {
        if !obligation.clauses.iter().any(|named| named.value == clause.value) {
            let message = format!("the rule does not stand in clause `{}`", clause.value);
            report.push(Diagnostic::new(Code::UnknownClause, clause.span, message).help(line()));
        } else if version.text.clause(&clause.value).map(fingerprint).as_ref()
            != Some(&recorded.value)
        {
            let message =
                format!("this is not the fingerprint of `{}` in `{}`", clause.value, version.slug);
            report.push(
                Diagnostic::new(Code::WrongFingerprint, recorded.span, message)
                    .help(format!("read the clause again, then {}", line())),
            );
        }
    }
    let missed = obligation.clauses.iter().find(|clause| {
        written.of(&clause.value).is_none() && version.text.clause(&clause.value).is_some()
    });
    if let Some(clause) = missed {
        let message = format!("the rule has no fingerprint of clause `{}`", clause.value);
        report.push(Diagnostic::new(Code::UnfingerprintedRule, written.span, message).help(line()));
    }
}

fn unknown_version(regulation: &Regulation, name: &Spanned<String>) -> Diagnostic {
    let known = regulation.versions.iter().map(|version| version.slug.as_str());
    let message = format!("no version `{}` of {}", name.value, regulation.slug);
    Diagnostic::new(Code::UnknownId, name.span, message)
        .help("use the id of a version in `regulation.yaml`")
        .maybe_help(did_you_mean(&name.value, known))
}
