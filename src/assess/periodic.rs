//! Duties of calendar periods: which occurrences there are, when each is due, what became of it.

use chrono::{Datelike, Months};

use super::HORIZON_MONTHS;
use super::answer::{Asked, Given, complete_on};
use super::invariant::RecordRef;
use super::life::{Life, lives};
use super::occurrence::{Act, Occurrence, Required, Status, Term};
use super::population::{Figures, Use};
use super::reason::{Measure, Reason};
use super::rule_time::{Law, RuleTime};
use super::settle::settle;
use super::window::Window;
use crate::model::audit::AuditPeriod;
use crate::model::{Answer, Draw, Id, Model, Obligation, Periodic, Population, Scope};
use crate::time::{Day, Period};

/// Every occurrence of a duty whose window opens within a year of the as-of date.
pub fn occurrences(figures: &Figures, id: Id<Obligation>, rule: &Periodic) -> Vec<Occurrence> {
    let obligation = &figures.model.obligations[id];
    let horizon = figures.as_of.checked_add_months(Months::new(HORIZON_MONTHS));
    let horizon = horizon.unwrap_or(Day::MAX);
    let time = RuleTime::new(figures.model, obligation);
    // What took the place of another duty may be answered by what was done before its first day.
    let begins = time.days().from.filter(|_| obligation.succeeds.is_none());
    let mut occurrences = Vec::new();
    for life in lives(figures.model, obligation, figures.as_of) {
        let applies = applies(figures.model, obligation, life.scope, figures.as_of);
        let mut period = Period::containing(life.from, rule.every);
        loop {
            let ended = life.until.is_some_and(|until| period.first_day() > until);
            let from = begins.map_or(life.from, |begins| begins.max(life.from));
            let window = Window::of(figures.model, rule, period, from);
            let law = time.on(period.last_day());
            if ended || window.opens > horizon {
                break;
            }
            let asked_this_month =
                rule.months.is_empty() || rule.months.contains(&period.first_day().month());
            if *law != Law::Not
                && asked_this_month
                && figures.is_in_use(obligation.regulation, life.scope, period)
            {
                let mut occurrence = window.occurrence(id, life.scope, Term::Period(period));
                match (law, &applies) {
                    (Law::TextNotHeld(clause), _) => {
                        occurrence.status = Status::Unknown;
                        occurrence.reasons.push(Reason::TextNotHeld { clause: clause.clone() });
                    }
                    (_, None) => judge(figures, rule, period, life, &mut occurrence),
                    (_, Some((status, reason))) => {
                        occurrence.status = *status;
                        occurrence.reasons.push(reason.clone());
                    }
                }
                occurrences.push(occurrence);
            }
            period = period.next();
        }
    }
    occurrences
}

/// Why the duty does not apply to a scope, or cannot be judged; `None` if it applies.
pub fn applies(
    model: &Model,
    obligation: &Obligation,
    scope: Scope,
    as_of: Day,
) -> Option<(Status, Reason)> {
    let condition = obligation.when.as_ref()?;
    match condition.holds(&RecordRef::of_scope(scope).subject(model, as_of)) {
        Ok(true) => None,
        Ok(false) => Some((Status::NotApplicable, Reason::ConditionFalse)),
        Err(why) => Some((Status::Unknown, Reason::ConditionFailed { why })),
    }
}

/// Finds the acts of an occurrence and says what became of it.
fn judge(
    figures: &Figures,
    rule: &Periodic,
    period: Period,
    life: Life,
    occurrence: &mut Occurrence,
) {
    let model = figures.model;
    let obligation = &model.obligations[occurrence.obligation];
    let sample = &rule.demand.sample;
    occurrence.acts =
        acts(figures, occurrence.obligation, life.scope, period, &rule.demand.answered_by);
    let given = Given::by(model, &occurrence.acts, figures.as_of);

    let needs_use = sample.records.is_some() || sample.users.is_some() || sample.every_used_month;
    let mut doubts = Vec::new();
    if needs_use {
        let used = figures.usage(obligation.regulation, life.scope, period);
        if used.is_known() && used.queries == 0 && occurrence.acts.is_empty() {
            let nothing = |draw: &Draw| draw.tiers.size(0);
            occurrence.required = Required {
                records: sample.records.as_ref().map(nothing),
                users: sample.users.as_ref().map(nothing),
            };
            occurrence.status = Status::NotApplicable;
            occurrence.reasons.push(Reason::PopulationZero);
            return;
        }
        occurrence.required = Required {
            records: sample.records.as_ref().and_then(|draw| {
                size(
                    figures,
                    draw,
                    Measure::Records,
                    (&used, &given),
                    occurrence,
                    period,
                    &mut doubts,
                )
            }),
            users: sample.users.as_ref().and_then(|draw| {
                size(
                    figures,
                    draw,
                    Measure::Users,
                    (&used, &given),
                    occurrence,
                    period,
                    &mut doubts,
                )
            }),
        };
        if sample.every_used_month && !used.missing.is_empty() {
            push_once(&mut doubts, Reason::PopulationUnknown { months: used.missing.clone() });
        }
        if sample.every_used_month {
            occurrence.months = used.used_months;
        }
    }
    let asked = Asked {
        demand: &rule.demand,
        required: occurrence.required,
        months: &occurrence.months,
        opens: occurrence.opens,
    };
    let reasons = given.against(&asked);
    let done_on = complete_on(model, &occurrence.acts, figures.as_of, &asked);
    settle(figures, occurrence, given, reasons, doubts, done_on);
}

/// The acts that answer a duty for a scope and period, in the order of their days.
fn acts(
    figures: &Figures,
    obligation: Id<Obligation>,
    scope: Scope,
    period: Period,
    answered_by: &Answer,
) -> Vec<Act> {
    let model = figures.model;
    let this = AuditPeriod::Period(period);
    match answered_by {
        Answer::Audit => figures
            .audits(obligation, scope)
            .iter()
            .filter(|id| model.audits[**id].period == this)
            .map(|id| Act::Audit(*id))
            .collect(),
        Answer::Submission => figures
            .submissions(obligation, scope)
            .iter()
            .filter(|id| model.submissions[**id].period == this)
            .map(|id| Act::Submission(*id))
            .collect(),
        Answer::Training => {
            let Scope::Post(post) = scope else { return Vec::new() };
            let mut held: Vec<_> = model.posts[post]
                .trainings
                .iter()
                .filter(|id| {
                    let on = model.trainings[**id].on;
                    period.contains(on) && on <= figures.as_of
                })
                .collect();
            held.sort_by_key(|id| (model.trainings[**id].on, **id));
            held.into_iter().map(|id| Act::Training(*id)).collect()
        }
        Answer::Event => Vec::new(),
        Answer::PasswordChange => {
            let Scope::Account(account) = scope else { return Vec::new() };
            let days = model.accounts[account].password_changed.iter().copied();
            days.filter(|day| period.contains(*day) && *day <= figures.as_of)
                .map(Act::PasswordChange)
                .collect()
        }
    }
}

/// How many must be looked at; `None`, with a doubt, if the population cannot be known.
fn size(
    figures: &Figures,
    draw: &Draw,
    measure: Measure,
    (used, given): (&Use, &Given),
    occurrence: &mut Occurrence,
    period: Period,
    doubts: &mut Vec<Reason>,
) -> Option<crate::model::SampleSize> {
    let stated = match measure {
        Measure::Records => given.stated.records,
        Measure::Users => given.stated.users,
    };
    let population = match draw.of {
        Population::Queries | Population::Users => {
            let recorded = if draw.of == Population::Queries { used.queries } else { used.users };
            if !used.is_known() {
                // What the auditors found counts where the usage records are silent.
                if stated.is_none() && !used.missing.is_empty() {
                    push_once(doubts, Reason::PopulationUnknown { months: used.missing.clone() });
                }
                stated?
            } else {
                match stated {
                    Some(stated) if stated != recorded => {
                        occurrence.reasons.push(Reason::PopulationDiffers {
                            measure,
                            stated,
                            recorded,
                        });
                        stated.max(recorded)
                    }
                    _ => recorded,
                }
            }
        }
        Population::AuditedRecords(duty) | Population::AuditedUsers(duty) => {
            let (tally, count) = figures.audited(duty, occurrence.scope, period);
            let figure = match draw.of {
                Population::AuditedRecords(_) => tally.records,
                _ => tally.users,
            };
            if count == 0 {
                push_once(doubts, Reason::BaseUnknown);
                return None;
            }
            figure.unwrap_or(0)
        }
    };
    Some(draw.tiers.size(population))
}

fn push_once(reasons: &mut Vec<Reason>, reason: Reason) {
    if !reasons.contains(&reason) {
        reasons.push(reason);
    }
}
