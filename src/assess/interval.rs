//! Duties counted from the last time: a chain of gaps, each from one act to the next.

use super::answer::{Asked, Given, complete_on};
use super::life::lives;
use super::occurrence::{Act, Occurrence, Required, Status, Term};
use super::periodic::applies;
use super::population::Figures;
use super::reason::Reason;
use super::rule_time::{Law, RuleTime};
use super::settle::settle;
use super::window::Window;
use crate::model::{Answer, Id, Interval, Obligation, Scope};

/// The gaps of every scope: the first begins on the day the scope comes under the duty, the last
/// is the one that has no act yet.
pub fn occurrences(figures: &Figures, id: Id<Obligation>, rule: &Interval) -> Vec<Occurrence> {
    let model = figures.model;
    let time = RuleTime::new(model, &model.obligations[id]);
    let mut occurrences = Vec::new();
    for life in lives(model, &model.obligations[id], figures.as_of) {
        if life.from > figures.as_of {
            continue;
        }
        let not_here = applies(model, &model.obligations[id], life.scope, figures.as_of);
        let acts = acts(figures, id, life.scope, rule.demand.answered_by);
        let mut start = life.from;
        // What was last done under the duty it took the place of is where the first gap begins.
        if let Some(before) = model.obligations[id].succeeds {
            let done = self::acts(figures, before, life.scope, rule.demand.answered_by);
            start =
                done.iter().map(|act| act.day(model)).rfind(|day| *day <= start).unwrap_or(start);
        }
        let mut next = acts.iter().copied().filter(|act| act.day(model) >= life.from);
        loop {
            let act = next.next();
            let nominal = rule.no_more_than.near(start, &model.calendar);
            let window = Window::closing(model, start, nominal, rule.on_holiday, false);
            // A gap that the end of the right cut short asks nothing any more.
            if act.is_none() && life.until.is_some_and(|until| until <= window.due) {
                break;
            }
            let mut occurrence = window.occurrence(id, life.scope, Term::Since(start));
            if let Some((status, reason)) = &not_here {
                occurrence.status = *status;
                occurrence.reasons.push(reason.clone());
                occurrences.push(occurrence);
                break;
            }
            if let Law::TextNotHeld(clause) = time.on(occurrence.due) {
                occurrence.status = Status::Unknown;
                occurrence.reasons.push(Reason::TextNotHeld { clause: clause.clone() });
            }
            occurrence.acts = act.into_iter().collect();
            let given = Given::by(model, &occurrence.acts, figures.as_of);
            let asked = Asked {
                demand: &rule.demand,
                required: Required::default(),
                months: &[],
                opens: occurrence.opens,
            };
            let reasons = given.against(&asked);
            let done_on = complete_on(model, &occurrence.acts, figures.as_of, &asked);
            if occurrence.status != Status::Unknown {
                settle(figures, &mut occurrence, given, reasons, Vec::new(), done_on);
            }
            occurrences.push(occurrence);
            match act.map(|act| act.day(model)) {
                // Two acts on one day close one gap; the next begins once.
                Some(day) if day > start => start = day,
                Some(_) => {
                    occurrences.pop();
                }
                None => break,
            }
        }
    }
    occurrences
}

/// The acts that answer the duty for a scope, in the order of their days.
fn acts(figures: &Figures, id: Id<Obligation>, scope: Scope, answered_by: Answer) -> Vec<Act> {
    let model = figures.model;
    match (answered_by, scope) {
        (Answer::Audit, _) => {
            figures.audits(id, scope).iter().map(|audit| Act::Audit(*audit)).collect()
        }
        (Answer::Submission, _) => {
            figures.submissions(id, scope).iter().map(|sent| Act::Submission(*sent)).collect()
        }
        (Answer::PasswordChange, Scope::Account(account)) => model.accounts[account]
            .password_changed
            .iter()
            .filter(|day| **day <= figures.as_of)
            .map(|day| Act::PasswordChange(*day))
            .collect(),
        (Answer::Training, Scope::Post(post)) => {
            let mut held: Vec<_> = model.posts[post]
                .trainings
                .iter()
                .filter(|training| model.trainings[**training].on <= figures.as_of)
                .collect();
            held.sort_by_key(|training| (model.trainings[**training].on, **training));
            held.into_iter().map(|training| Act::Training(*training)).collect()
        }
        (Answer::PasswordChange | Answer::Training | Answer::Event, _) => Vec::new(),
    }
}
