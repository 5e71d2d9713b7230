//! Checks of clause numbers: that those a rule names are numbers of the versions in force while it
//! is law, that it still stands where it stood when a version moved its clause, and that every
//! clause of the current text carries a duty or a reason.

use std::collections::{BTreeMap, BTreeSet};

use super::written_for::fingerprint;
use super::{Days, Model, Obligation, PlainClause, Regulation, Version};
use crate::diagnostic::{Code, Diagnostic, Diagnostics, did_you_mean};
use crate::law::{ClauseNumber, Form, LawClause};
use crate::parse::ParsedRegulation;
use crate::source::{Span, Spanned};

/// Checks the clauses that rules and `clauses.yaml` name, and that all clauses are named.
pub fn clauses(model: &Model, parsed: &[ParsedRegulation], report: &mut Diagnostics) {
    for (id, regulation) in model.regulations.iter() {
        let rules: Vec<&Obligation> = model
            .obligations
            .iter()
            .filter_map(|(_, rule)| (rule.regulation == id).then_some(rule))
            .collect();
        let mut moved_to: BTreeSet<&ClauseNumber> = BTreeSet::new();
        for rule in &rules {
            for clause in &rule.clauses {
                if !has(regulation, rule.days, &clause.value) {
                    let moved = moved(regulation, rule, &clause.value);
                    report.push(unknown(regulation, rule.days, clause, moved.as_deref()));
                }
            }
            moved_to.extend(overtaken(regulation, rule, report));
        }
        let entries = &parsed[id.index()].plain_clauses;
        let spans =
            entries.iter().map(|entry| entry.text("clause").map_or(entry.span, |text| text.span));
        for (plain, span) in regulation.plain_clauses.iter().zip(spans) {
            if !has(regulation, plain.days, &plain.clause) {
                let clause = Spanned::new(plain.clause.clone(), span);
                report.push(unknown(regulation, plain.days, &clause, None));
            }
            twice(regulation, &rules, plain, span, report);
            moved_to.extend(reason_overtaken(regulation, plain, span, report));
        }
        if !parsed[id.index()].unread {
            unclassified(regulation, &rules, &moved_to, report);
        }
    }
}

/// Whether a version in force on some of the days has the clause.
fn has(regulation: &Regulation, days: Days, clause: &ClauseNumber) -> bool {
    regulation.versions_within(days).any(|version| version.text.clause(clause).is_some())
}

fn unknown(
    regulation: &Regulation,
    days: Days,
    clause: &Spanned<ClauseNumber>,
    moved: Option<&str>,
) -> Diagnostic {
    let name = clause.value.to_string();
    let known: Vec<String> = regulation
        .versions_within(days)
        .flat_map(|version| version.text.all_clauses())
        .map(|clause| clause.number.to_string())
        .collect();
    let when = match (days.from, days.until) {
        (None, None) => String::new(),
        (Some(from), None) => format!(" from {from} on"),
        (None, Some(until)) => format!(" until {until}"),
        (Some(from), Some(until)) => format!(" from {from} until {until}"),
    };
    let elsewhere =
        regulation.versions.iter().find(|version| version.text.clause(&clause.value).is_some());
    let help = match (moved, elsewhere) {
        (Some(moved), _) => Some(moved.to_owned()),
        (None, Some(version)) => Some(format!(
            "version `{}` has it, which is not in force then: correct `clauses`, or the days",
            version.slug
        )),
        (None, None) => did_you_mean(&name, known.iter().map(String::as_str)),
    };
    let message = format!("no clause `{name}` in {}{when}", regulation.slug);
    Diagnostic::new(Code::UnknownClause, clause.span, message).maybe_help(help)
}

/// Where a clause that the rule was written for stands in the newest version, if it stands under
/// another number there: as a line of help.
fn moved(regulation: &Regulation, rule: &Obligation, clause: &ClauseNumber) -> Option<String> {
    let new = regulation.versions_within(rule.days).last()?;
    let mut older = regulation.versions.iter().filter(|version| version.from() < new.from());
    let said = older.find_map(|version| version.text.clause(clause))?;
    let to = one_of(new, said)?;
    Some(format!("clause `{clause}` is `{to}` in version `{}`: write `{to}`", new.slug))
}

/// The only clause of a version that says the same as another one.
fn one_of<'a>(version: &'a Version, said: &LawClause) -> Option<&'a ClauseNumber> {
    let print = fingerprint(said);
    let mut same = version
        .text
        .all_clauses()
        .filter(|clause| !clause.own_text().trim().is_empty() && fingerprint(clause) == print);
    let only = same.next()?;
    same.next().is_none().then_some(&only.number)
}

/// Reports a rule that goes on under a number which a later version gave to another clause, or to
/// none: the rule must end there, and another one begin. The numbers it should go on under.
fn overtaken<'a>(
    regulation: &'a Regulation,
    rule: &Obligation,
    report: &mut Diagnostics,
) -> Vec<&'a ClauseNumber> {
    let within: Vec<&Version> = regulation.versions_within(rule.days).collect();
    for pair in within.windows(2) {
        let (old, new) = (pair[0], pair[1]);
        let mut edits: Vec<(Span, &ClauseNumber, Option<&ClauseNumber>)> = Vec::new();
        for clause in &rule.clauses {
            let Some(said) = old.text.clause(&clause.value) else { continue };
            match new.text.clause(&clause.value) {
                Some(now) if fingerprint(now) == fingerprint(said) => {}
                // Only the words changed: the rule is suspect, which its fingerprint tells.
                Some(_) => {
                    if let Some(to) = one_of(new, said) {
                        edits.push((clause.span, &clause.value, Some(to)));
                    }
                }
                None if !new.complete => {}
                None => edits.push((clause.span, &clause.value, one_of(new, said))),
            }
        }
        // A rule may name both numbers of a clause that moved.
        let named = |to: &ClauseNumber| rule.clauses.iter().any(|clause| clause.value == *to);
        edits.retain(|(_, _, to)| to.is_none_or(|to| !named(to)));
        let (Some(first), Some(from)) = (edits.first(), new.from()) else { continue };
        let list = |numbers: Vec<String>| numbers.join(", ");
        let moved = |(_, clause, to): &(Span, &ClauseNumber, Option<&ClauseNumber>)| match to {
            Some(to) => format!("`{clause}` is now `{to}`"),
            None => format!("`{clause}` is there no more"),
        };
        let numbers = rule.clauses.iter().filter_map(|clause| {
            let edit = edits.iter().find(|(_, old, _)| **old == clause.value);
            let number = edit.map_or(Some(&clause.value), |(_, _, to)| *to)?;
            Some(format!("\"{number}\""))
        });
        let numbers: Vec<String> = numbers.collect();
        let until = from.pred_opt().unwrap_or(from);
        let next = match numbers.is_empty() {
            true => String::new(),
            false => format!(
                "; if the duty goes on, add a rule with `clauses: [{}]`, `from: {from}` and \
                 `succeeds: {}`",
                list(numbers),
                rule.slug
            ),
        };
        let message = format!(
            "version `{}` renumbered what the rule stands in: {}",
            new.slug,
            list(edits.iter().map(moved).collect())
        );
        report.push(
            Diagnostic::new(Code::MovedClause, first.0, message)
                .help(format!("end this rule with `until: {until}`{next}")),
        );
        return edits.iter().filter_map(|(_, _, to)| *to).collect();
    }
    Vec::new()
}

/// Reports a reason that goes on under a number which a later version gave to another clause: that
/// one was never looked at. The number it should go on under.
fn reason_overtaken<'a>(
    regulation: &'a Regulation,
    plain: &PlainClause,
    span: Span,
    report: &mut Diagnostics,
) -> Option<&'a ClauseNumber> {
    let within: Vec<&Version> = regulation.versions_within(plain.days).collect();
    let (new, to) = within.windows(2).find_map(|pair| {
        let said = pair[0].text.clause(&plain.clause)?;
        let now = pair[1].text.clause(&plain.clause)?;
        let same = fingerprint(now) == fingerprint(said);
        Some((pair[1], one_of(pair[1], said).filter(|_| !same)?))
    })?;
    let from = new.from()?;
    let until = from.pred_opt().unwrap_or(from);
    let message = format!(
        "version `{}` renumbered what the reason is about: `{}` is now `{to}`",
        new.slug, plain.clause
    );
    report.push(Diagnostic::new(Code::MovedClause, span, message).help(format!(
        "end this entry with `until: {until}`, add one for `{to}` with `from: {from}`, and classify \
         the clause that now has its number"
    )));
    Some(to)
}

fn twice(
    regulation: &Regulation,
    rules: &[&Obligation],
    plain: &PlainClause,
    span: Span,
    report: &mut Diagnostics,
) {
    for rule in rules {
        let both = rule.days.and(plain.days);
        let Some(clause) = rule.clauses.iter().find(|named| {
            named.value.starts_with(&plain.clause)
                && !stands_beside(&named.value, &plain.clause)
                && has(regulation, both, &named.value)
        }) else {
            continue;
        };
        if both.is_empty() {
            continue;
        }
        let message =
            format!("clause `{}` is said to carry no duty, but a duty names it", clause.value);
        report.push(
            Diagnostic::new(Code::ClassifiedTwice, span, message)
                .related(clause.span, "the duty")
                .help("remove one of the two, or bound them by `from` and `until`"),
        );
        return;
    }
}

/// Whether a clause is, or stands in, a later 項 of a point: the number of the point is that of its first
/// 項, too, and a reason for that says nothing of a duty in another.
fn stands_beside(clause: &ClauseNumber, point: &ClauseNumber) -> bool {
    clause.to_string().strip_prefix(&point.to_string()).is_some_and(|rest| rest.starts_with('p'))
}

/// Reports clauses of the current text that neither a rule of its days nor a reason names. A clause
/// that only moved was classified, and is reported where it was; a deleted one says nothing.
fn unclassified(
    regulation: &Regulation,
    rules: &[&Obligation],
    moved: &BTreeSet<&ClauseNumber>,
    report: &mut Diagnostics,
) {
    let current = regulation.current();
    let text = &current.text;
    let in_force = regulation.days_in_force(current).unwrap_or_default();
    let mut named: BTreeSet<&ClauseNumber> = BTreeSet::new();
    // Rules of other days that name the same number, to say why they do not count.
    let mut other_days: BTreeMap<&ClauseNumber, Span> = BTreeMap::new();
    for rule in rules {
        for clause in &rule.clauses {
            if rule.days.and(in_force).is_empty() {
                other_days.insert(&clause.value, clause.span);
            } else {
                named.insert(&clause.value);
            }
        }
    }
    for clause in text.all_clauses() {
        // A heading is classified by its sub-clauses.
        let done = named.contains(&clause.number)
            || moved.contains(&clause.number)
            || clause.is_deleted()
            || regulation.plain_reason(current, &clause.number).is_some()
            || clause.children().any(|inner| !is_later_paragraph(inner))
            // Who names a point or article names its 項.
            || (clause.is_paragraph()
                && clause.number.parent().is_some_and(|whole| named.contains(&whole)));
        if done {
            continue;
        }
        let span = Span { end: clause.span.start.saturating_add(1), ..clause.span };
        let message = format!("clause `{}` neither carries a duty nor says why not", clause.number);
        let mut fault = Diagnostic::new(Code::UnclassifiedClause, span, message).help(format!(
            "name it in an obligation, or add `- {{clause: \"{}\", reason: …}}` to clauses.yaml",
            clause.number
        ));
        if let Some(other) = other_days.get(&clause.number) {
            fault = fault.related(*other, "this rule is not law while the version is in force");
        }
        report.push(fault);
    }
}

/// Whether a clause is a 項 of a point: the point has words of its own, which are its first 項.
fn is_later_paragraph(clause: &LawClause) -> bool {
    clause.is_paragraph() && clause.number.form() == Form::Points
}
