//! Duties of calendar periods: which occurrences there are, when each is due, what became of it.

use chrono::{Datelike, Months};

use super::applicability::applicabilities;
use super::case::{Case, Judgement, judge};
use super::occurrence::{Act, Occurrence, Status, Term};
use super::reason::Reason;
use super::record_index::RecordIndex;
use super::record_ref::RecordRef;
use super::rule_time::{Law, RuleTime};
use super::window::Window;
use super::{HORIZON_MONTHS, Judged};
use crate::model::audit::AuditPeriod;
use crate::model::condition::Subject;
use crate::model::{Answer, Id, Model, Obligation, Only, Periodic, Scope};
use crate::time::{Day, Period};

/// Every occurrence of a duty whose window opens within a year of the as-of date.
pub fn occurrences(
    index: &RecordIndex,
    judged: &Judged,
    id: Id<Obligation>,
    rule: &Periodic,
) -> Vec<Occurrence> {
    let obligation = &index.model.obligations[id];
    let horizon = index.as_of.checked_add_months(Months::new(HORIZON_MONTHS));
    let horizon = horizon.unwrap_or(Day::MAX);
    let time = RuleTime::new(index.model, obligation);
    // What took the place of another duty may be answered by what was done before its first day.
    let begins = time.days().from.filter(|_| obligation.succeeds.is_none());
    let mut occurrences = Vec::new();
    for life in applicabilities(index.model, obligation, index.as_of) {
        let mut period = Period::containing(life.from, rule.every);
        loop {
            let ended = life.until.is_some_and(|until| period.first_day() > until);
            let from = begins.map_or(life.from, |begins| begins.max(life.from));
            let window = Window::of(index.model, rule, period, from);
            let law = time.on(period.last_day());
            if ended || window.opens > horizon {
                break;
            }
            if *law != Law::Not
                && is_asked_of(index.model, rule, period)
                && index.is_in_use(obligation.regulation, life.scope, period)
            {
                let not_here = match law {
                    Law::TextNotHeld(clause) => {
                        Some((Status::Unknown, Reason::TextNotHeld { clause: clause.clone() }))
                    }
                    Law::Holds | Law::Not => applies_on(
                        index.model,
                        obligation,
                        life.scope,
                        index.as_of,
                        period.last_day(),
                    ),
                };
                let case = Case {
                    index,
                    judged,
                    obligation: id,
                    scope: life.scope,
                    term: Term::Period(period),
                    window,
                    demand: &rule.demand,
                    acts: if not_here.is_none() {
                        acts(index, id, life.scope, period, rule.demand.answered_by)
                    } else {
                        Vec::new()
                    },
                    only_used: rule.only_used(),
                    ended: None,
                };
                let judgement = match not_here {
                    None => judge(&case),
                    Some((status, reason)) => Judgement::without_acts(status, reason),
                };
                occurrences.push(case.into_occurrence(judgement));
            }
            period = period.next();
        }
    }
    occurrences
}

/// Whether the duty has this period.
fn is_asked_of(model: &Model, rule: &Periodic, period: Period) -> bool {
    let day = period.first_day();
    (rule.months.is_empty() || rule.months.contains(&day.month()))
        && (rule.only != Some(Only::WorkingDays) || model.calendar.is_worked(day))
}

/// Why the duty does not apply to a scope, or cannot be judged; `None` if it applies.
pub fn applies(
    model: &Model,
    obligation: &Obligation,
    scope: Scope,
    as_of: Day,
) -> Option<(Status, Reason)> {
    applies_on(model, obligation, scope, as_of, as_of)
}

/// Why the duty does not apply to a scope on a day, by what is known as of another: `as_of` in the condition
/// is that day, and people have the roles they have on it. A period is asked of its last day, so that none
/// comes to be owed after it has passed.
fn applies_on(
    model: &Model,
    obligation: &Obligation,
    scope: Scope,
    as_of: Day,
    on: Day,
) -> Option<(Status, Reason)> {
    asked(obligation, &RecordRef::Scope(scope).subject_on(model, as_of, on))
}

/// Why the duty does not apply to a record, or cannot be judged; `None` if it applies.
pub fn asked(obligation: &Obligation, subject: &Subject) -> Option<(Status, Reason)> {
    match obligation.when.as_ref()?.holds(subject) {
        Ok(true) => None,
        Ok(false) => Some((Status::NotApplicable, Reason::ConditionFalse)),
        Err(why) => Some((Status::Unknown, Reason::ConditionFailed { why })),
    }
}

/// The acts that answer a duty for a scope and period, in the order of their days.
fn acts(
    index: &RecordIndex,
    obligation: Id<Obligation>,
    scope: Scope,
    period: Period,
    answered_by: Answer,
) -> Vec<Act> {
    let model = index.model;
    let this = AuditPeriod::Period(period);
    match answered_by {
        Answer::Audit => index
            .audits(obligation, scope)
            .iter()
            .filter(|id| model.audits[**id].period == this)
            .map(|id| Act::Audit(*id))
            .collect(),
        Answer::Submission => index
            .submissions(obligation, scope)
            .iter()
            .filter(|id| model.submissions[**id].period == this)
            .map(|id| Act::Submission(*id))
            .collect(),
        Answer::Training => {
            let Scope::Post(post) = scope else { return Vec::new() };
            index
                .trainings(post)
                .into_iter()
                .filter(|id| period.contains(model.trainings[*id].on))
                .map(Act::Training)
                .collect()
        }
        Answer::Event => Vec::new(),
        Answer::PasswordChange => {
            let Scope::Account(account) = scope else { return Vec::new() };
            let days = model.accounts[account].password_changed.iter().copied();
            days.filter(|day| period.contains(*day)).map(Act::PasswordChange).collect()
        }
    }
}
