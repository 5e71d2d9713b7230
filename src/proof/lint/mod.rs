//! lint: a model → what its rules say that no author means: conditions that nobody meets, samples
//! that fall, duties that contradict each other. Each with a witness: a record, a population, a day.
//! Decided by small procedures of its own; what they do not decide is said, and is never an alarm.

mod about;
mod condition;
mod due;
mod found;
mod keep;
mod pair;
mod people;
mod reach;
mod sample;
mod solve;
mod succession;
mod twice;
mod words;
mod written;

use std::collections::BTreeSet;

use crate::diagnostic::{Code, Diagnostic, Diagnostics, did_you_mean};
use crate::model::{Id, Model, Obligation};
use found::Found;

/// The lints of rules, by the names that `accept` knows.
pub const LINTS: &[Code] = &[
    Code::SampleFalls,
    Code::BoundNeverBinds,
    Code::ConditionNever,
    Code::ConditionAlways,
    Code::DutiesContradict,
    Code::DutyImplied,
    Code::DutyImpossible,
    Code::TwoDutiesOneClause,
    Code::DayNotInMonth,
    Code::RulesOverlap,
    Code::RulesGap,
    Code::LintUndecided,
    Code::ListedTwice,
    Code::TwoSpellings,
    Code::UnknownRole,
    Code::UnresolvedReference,
];

/// What is shown of a finding on the pages of its rules: it is accepted, or nothing is wrong with it.
#[derive(Clone, Debug)]
pub struct Noted {
    pub lint: Code,
    /// The rules it is about; of a duty that is implied, that duty and the one that covers it.
    pub rules: Vec<Id<Obligation>>,
    /// Why a rule accepts it; `None` of a duty that is implied, where nothing need be accepted.
    pub because: Option<String>,
}

/// Everything that is odd about the rules, less what their authors accept; and what pages show of it.
pub fn lint(model: &Model) -> (Diagnostics, Vec<Noted>) {
    let mut found = Vec::new();
    sample::check(model, &mut found);
    due::check(model, &mut found);
    condition::check(model, &mut found);
    pair::check(model, &mut found);
    people::check(model, &mut found);
    twice::check(model, &mut found);
    succession::check(model, &mut found);
    keep::check(model, &mut found);
    reach::check(model, &mut found);
    words::check(model, &mut found);
    accepted(model, found)
}

/// A finding with what to write where the text means it so. What one duty does for another is none.
fn says_how_to_accept(mut found: Diagnostic) -> Diagnostic {
    if found.code != Code::DutyImplied {
        let slug = found.code.slug();
        let help = found.help.take().map(|help| help + "; ").unwrap_or_default();
        found.help = Some(format!(
            "{help}where the text means it so, add `accept: [{{lint: {slug}, because: …}}]` to the rule"
        ));
    }
    found
}

/// Leaves out what a rule accepts, and reports what it accepts for nothing.
fn accepted(model: &Model, found: Vec<Found>) -> (Diagnostics, Vec<Noted>) {
    let mut noted = Vec::new();
    let mut used = BTreeSet::new();
    let mut left = Diagnostics::new();
    for one in found {
        let accepts = one.rules.iter().filter_map(|id| {
            let accepts = &model.obligations[*id].accepts;
            let at = accepts.iter().position(|it| it.lint.value == one.diagnostic.code.slug())?;
            Some((*id, at))
        });
        let accepts: Vec<_> = accepts.collect();
        let because = accepts.first().map(|(id, at): &(Id<Obligation>, usize)| {
            model.obligations[*id].accepts[*at].because.clone()
        });
        let lint = one.diagnostic.code;
        if because.is_some() || lint == Code::DutyImplied {
            noted.push(Noted { lint, rules: one.rules.clone(), because });
        }
        if accepts.is_empty() {
            left.push(says_how_to_accept(one.diagnostic));
        }
        used.extend(accepts);
    }
    for (id, rule) in model.obligations.iter() {
        for (at, accepted) in rule.accepts.iter().enumerate() {
            let lint = accepted.lint.value.as_str();
            let known = || LINTS.iter().map(|code| code.slug());
            if !known().any(|slug| slug == lint) {
                let message = format!("no lint of rules is called `{lint}`");
                let all = || format!("lints: {}", known().collect::<Vec<_>>().join(", "));
                left.push(
                    Diagnostic::new(Code::UnknownWord, accepted.lint.span, message)
                        .help(did_you_mean(lint, known()).unwrap_or_else(all)),
                );
            } else if !used.contains(&(id, at)) {
                let message =
                    format!("the rule accepts `{lint}`, but nothing of the kind is found");
                left.push(
                    Diagnostic::new(Code::UnusedWaiver, accepted.lint.span, message)
                        .help("remove it from `accept`"),
                );
            }
        }
    }
    (left, noted)
}
