//! Duties that a dated event sets going: when each answer is due, and what became of it.

use super::answer::{Asked, Given, complete_on};
use super::life::lives;
use super::occurrence::{Act, Occurrence, Required, Status, Term};
use super::periodic::applies;
use super::population::Figures;
use super::reason::Reason;
use super::rule_time::{Law, RuleTime};
use super::settle::settle;
use super::window::Window;
use crate::model::{Event, EventRule, Id, Model, Obligation, Scope};
use crate::time::Day;

/// One occurrence for each event of the rule's kind and each scope it concerns, by scope and then
/// in the order of the events' days. An event counts from the day it was known.
pub fn occurrences(figures: &Figures, id: Id<Obligation>, rule: &EventRule) -> Vec<Occurrence> {
    let (model, as_of) = (figures.model, figures.as_of);
    let obligation = &model.obligations[id];
    let lives = lives(model, obligation, as_of);
    let time = RuleTime::new(model, obligation);
    let mut found: Vec<(Scope, Day, Id<Event>, Window)> = Vec::new();
    for (event_id, event) in model.events.iter() {
        let other = event.regulation.is_some_and(|only| only != obligation.regulation);
        if event.kind != rule.event
            || event.known_on > as_of
            || other
            || *time.on(event.on) == Law::Not
        {
            continue;
        }
        let window = window(model, rule, event);
        for scope in event.subject.scopes(model, obligation.scope) {
            // What ended before the window opened is no longer under the duty.
            let under = lives.iter().any(|life| {
                life.scope == scope
                    && life.from <= event.on
                    && life.until.is_none_or(|until| until >= window.opens)
            });
            if under {
                found.push((scope, event.on, event_id, window));
            }
        }
    }
    found.sort_by_key(|(scope, on, event, _)| (*scope, *on, *event));
    found
        .into_iter()
        .map(|(scope, on, event, window)| {
            let mut occurrence = window.occurrence(id, scope, Term::Event(event));
            if let Law::TextNotHeld(clause) = time.on(on) {
                occurrence.status = Status::Unknown;
                occurrence.reasons.push(Reason::TextNotHeld { clause: clause.clone() });
                return occurrence;
            }
            if let Some((status, reason)) = applies(model, obligation, scope, as_of) {
                occurrence.status = status;
                occurrence.reasons.push(reason);
                return occurrence;
            }
            occurrence.acts = acts(figures, rule, scope, event);
            let given = Given::by(model, &occurrence.acts, as_of);
            let asked = Asked {
                demand: &rule.demand,
                required: Required::default(),
                months: &[],
                // An answer may come before the event is known: the account was closed in advance.
                opens: Day::MIN,
            };
            let reasons = given.against(&asked);
            let done_on = complete_on(model, &occurrence.acts, as_of, &asked);
            settle(figures, &mut occurrence, given, reasons, Vec::new(), done_on);
            occurrence
        })
        .collect()
}

fn window(model: &Model, rule: &EventRule, event: &Event) -> Window {
    // Days beyond the calendar are faults of the inputs, reported before anything is assessed.
    let nominal = rule.deadline.day(event.on, &model.calendar).unwrap_or(event.on);
    Window::closing(model, event.known_on, (nominal, None), rule.on_holiday, rule.site_default)
}

/// What was done about an event for a scope, in the order of days.
fn acts(figures: &Figures, rule: &EventRule, scope: Scope, id: Id<Event>) -> Vec<Act> {
    let (model, as_of) = (figures.model, figures.as_of);
    let event = &model.events[id];
    let meant = |account: Option<_>| account.is_none_or(|account| scope == Scope::Account(account));
    let answers = event.answers.iter().enumerate().filter(|(_, answer)| {
        answer.on <= as_of
            && rule.answer.as_ref().is_none_or(|what| *what == answer.what)
            && meant(answer.account)
    });
    let mut acts: Vec<Act> = answers.map(|(place, _)| Act::Answer(id, place)).collect();
    let recorded = rule.answered_on.as_deref().and_then(|key| model.scope_fields(scope).date(key));
    acts.extend(recorded.filter(|day| *day <= as_of).map(Act::Recorded));
    acts.sort_by_key(|act| act.day(model));
    acts
}
