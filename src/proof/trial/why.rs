//! Why a duty asks nothing of a record, in words for whoever wrote the test: the text or the rule is
//! not law on the day, the record is not under it, `when` is not met.

use super::target::{Target, Term};
use crate::assess::{Law, RecordRef, RuleTime, applicable_scopes};
use crate::model::{Duty, Id, Model, Obligation};
use crate::time::Day;

/// The first reason that holds; `None` where it is none of these. `model` is cut by `on`.
pub fn why_not(model: &Model, duty: Id<Obligation>, target: &Target, on: Day) -> Option<String> {
    let rule = &model.obligations[duty];
    let event = match &rule.duty {
        Duty::Event(event) => Some(event.event),
        _ => None,
    };
    let happened = event.map(|kind| {
        let mut events = model.events.iter().map(|(_, event)| event);
        events.rfind(|event| event.kind == kind).map(|event| event.on)
    });
    let day = match (&target.term, happened) {
        (_, Some(None)) => {
            return Some(format!("no event `{}` by {on}", model.event_kinds[event?].slug));
        }
        (_, Some(Some(day))) => day,
        (Term::Period(period), _) => period.last_day(),
        (Term::Since(day), _) => *day,
        _ => on,
    };
    if let Some(why) = not_law(model, rule, day) {
        return Some(why);
    }
    let scopes = applicable_scopes(model, rule.regulation, rule.scope);
    let life = scopes.iter().find(|life| model.scope_slug(life.scope) == target.scope)?;
    if day < life.from {
        return Some(format!("`{}` is under the regulation from {} on", target.scope, life.from));
    }
    if let Some(until) = life.until.filter(|until| day > *until) {
        return Some(format!("`{}` was under the regulation until {until}", target.scope));
    }
    let when = rule.when.as_ref()?;
    match when.holds(&RecordRef::Scope(life.scope).subject(model, on)) {
        Ok(true) => None,
        Ok(false) => Some("`when` is not met".to_owned()),
        Err(_) => Some("`when` cannot be decided".to_owned()),
    }
}

fn not_law(model: &Model, rule: &Obligation, day: Day) -> Option<String> {
    let regulation = &model.regulations[rule.regulation];
    if let Some(first) = regulation.first_in_force().filter(|first| day < *first) {
        return Some(format!("the text is in force from {first} on"));
    }
    let time = RuleTime::new(model, rule);
    if *time.on(day) != Law::Not {
        return None;
    }
    let days = time.days();
    match (days.from.filter(|from| day < *from), days.until.filter(|until| day > *until)) {
        (Some(from), _) => Some(format!("the rule is law from {from} on")),
        (_, Some(until)) => Some(format!("the rule was law until {until}")),
        _ => Some(format!("the rule is not law on {day}")),
    }
}
