//! lint: a model → what its rules say that no author means: conditions that nobody meets, samples
//! that fall, duties that contradict each other. Each with a witness: a record, a population, a day.
//! Decided by small procedures of its own; what they do not decide is said, and is never an alarm.

mod about;
mod condition;
mod due;
mod found;
mod pair;
mod people;
mod sample;
mod solve;
mod succession;
mod twice;
mod written;

use std::collections::BTreeSet;

use crate::diagnostic::{Code, Diagnostic, Diagnostics, did_you_mean};
use crate::model::Model;
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
];

/// Everything that is odd about the rules, less what their authors accept.
pub fn lint(model: &Model) -> Diagnostics {
    let mut found = Vec::new();
    sample::check(model, &mut found);
    due::check(model, &mut found);
    condition::check(model, &mut found);
    pair::check(model, &mut found);
    people::check(model, &mut found);
    twice::check(model, &mut found);
    succession::check(model, &mut found);
    accepted(model, found)
}

/// Leaves out what a rule accepts, and reports what it accepts for nothing.
fn accepted(model: &Model, found: Vec<Found>) -> Diagnostics {
    let mut used = BTreeSet::new();
    let mut left = Diagnostics::new();
    for one in found {
        let accepts = one.rules.iter().filter_map(|id| {
            let accepts = &model.obligations[*id].accepts;
            let at = accepts.iter().position(|it| it.lint.value == one.diagnostic.code.slug())?;
            Some((*id, at))
        });
        let accepts: Vec<_> = accepts.collect();
        if accepts.is_empty() {
            left.push(one.diagnostic);
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
    left
}
