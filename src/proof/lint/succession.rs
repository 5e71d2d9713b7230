//! Rules that take each other's place in time: none on the same day as the other, no day without one.

use super::found::Found;
use crate::diagnostic::{Code, Diagnostic};
use crate::model::{ClauseOn, Id, Model, Obligation};
use crate::time::Day;

/// Looks at every rule that takes the place of another.
pub fn check(model: &Model, found: &mut Vec<Found>) {
    for (id, rule) in model.obligations.iter() {
        if let Some(before) = rule.succeeds {
            follows(model, (before, &model.obligations[before]), (id, rule), found);
        }
    }
    for (id, rule) in model.obligations.iter() {
        for (other, later) in model.obligations.iter() {
            if later.succeeds.is_none() && is_kin(rule, later) {
                gap(model, (id, rule), (other, later), false, found);
            }
        }
    }
}

/// Whether two rules say the same of one clause, so that one may go on where the other ends.
fn is_kin(one: &Obligation, other: &Obligation) -> bool {
    one.regulation == other.regulation
        && one.main_clause() == other.main_clause()
        && one.scope == other.scope
        && one.duty.as_str() == other.duty.as_str()
        && one.duty.demand().map(|demand| demand.answered_by)
            == other.duty.demand().map(|demand| demand.answered_by)
}

fn follows(
    model: &Model,
    before: (Id<Obligation>, &Obligation),
    after: (Id<Obligation>, &Obligation),
    found: &mut Vec<Found>,
) {
    let both = before.1.days.and(after.1.days);
    if before.0 == after.0 || !both.is_empty() {
        let day = both.from.or(both.until).map_or_else(String::new, |day| format!(", as on {day}"));
        let message = format!(
            "`{}` takes the place of `{}`, but both are law{day}",
            after.1.slug, before.1.slug
        );
        let until = after.1.days.from.and_then(|from| from.pred_opt());
        let help = match until {
            Some(until) => format!("end `{}` with `until: {until}`", before.1.slug),
            None => "say when it became law: `from`".to_owned(),
        };
        let diagnostic = Diagnostic::new(Code::RulesOverlap, after.1.span, message)
            .related(before.1.span, "the rule before it")
            .help(help);
        found.push(Found::between([before.0, after.0], diagnostic));
        return;
    }
    gap(model, before, after, true, found);
}

/// Days on which neither rule is law, though the clause says something on them.
fn gap(
    model: &Model,
    before: (Id<Obligation>, &Obligation),
    after: (Id<Obligation>, &Obligation),
    said: bool,
    found: &mut Vec<Found>,
) {
    let (Some(until), Some(from)) = (before.1.days.until, after.1.days.from) else { return };
    let Some(first) = until.succ_opt().filter(|first| *first < from) else { return };
    let filled = model.obligations.iter().any(|(_, other)| {
        is_kin(before.1, other) && other.days.contains(first) && (!said || other.succeeds.is_some())
    });
    let regulation = &model.regulations[before.1.regulation];
    let says = |day: Day| {
        let clause = before.1.main_clause();
        matches!(regulation.clause_on(clause, day), ClauseOn::Says(_))
    };
    if filled || !says(first) {
        return;
    }
    let last = from.pred_opt().unwrap_or(from);
    let message = format!(
        "no rule stands for clause {} from {first} to {last}: `{}` ends before, `{}` begins after",
        before.1.main_clause(),
        before.1.slug,
        after.1.slug
    );
    let diagnostic = Diagnostic::new(Code::RulesGap, after.1.span, message)
        .related(before.1.span, "the rule before it")
        .help(format!("begin with `from: {first}`, or end the other with `until: {last}`"));
    found.push(Found::between([before.0, after.0], diagnostic));
}
