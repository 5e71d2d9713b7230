//! Events that start no duty, with why: a dated fact that lies ahead and is not said to be known, a
//! person nobody knows, a subject of another kind than the duty's, a scope not under it. Nothing that
//! somebody recorded is passed over in silence.

use super::Assessment;
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::model::{Duty, Event, EventRule, Model, Obligation, Subject};

/// Reports the recorded events that start nothing: those known on the day, and of `all` those that
/// lie after it without a day on which they were known.
pub fn unstarted(all: &Model, known: &Model, assessment: &Assessment) -> Diagnostics {
    let mut report = Diagnostics::new();
    for (id, event) in known.events.iter().filter(|(_, event)| event.follows.is_none()) {
        let rules: Vec<(&Obligation, &EventRule)> = rules_of(known, event).collect();
        if rules.is_empty() || !assessment.of_event(id).is_empty() {
            continue;
        }
        let kinds: Vec<&str> = rules.iter().map(|(rule, _)| rule.scope.as_str()).collect();
        let reaches = |rule: &Obligation| !event.subject.scopes(known, rule.scope).is_empty();
        let why = match &event.subject {
            Subject::Person(id) if known.accounts.iter().all(|(_, one)| one.person != *id) => {
                format!("nobody with the staff code `{}` has an account", known.staff(*id))
            }
            _ if !rules.iter().any(|(rule, _)| reaches(rule)) => {
                format!("the duties about it are laid on each {}", list(&kinds))
            }
            _ => "what it is about was not under such a duty on that day".to_owned(),
        };
        let duties: Vec<&str> = rules.iter().map(|(rule, _)| rule.slug.as_str()).collect();
        let kind = &known.event_kinds[event.kind].slug;
        let message = format!("event `{}` ({kind}) starts no duty: {why}", event.slug);
        report.push(
            Diagnostic::new(Code::EventStartsNothing, event.place(), message)
                .help(format!("say whom it is about, so that {} can follow", list(&duties))),
        );
    }
    for (_, event) in all.events.iter().filter(|(_, event)| event.follows.is_none()) {
        let is_known = event.known_on <= assessment.as_of || event.says_known_on;
        if is_known || rules_of(all, event).next().is_none() {
            continue;
        }
        let message = format!(
            "event `{}` lies ahead on {} and does not say since when it is known: it starts no duty before",
            event.slug, event.on
        );
        report.push(
            Diagnostic::new(Code::EventStartsNothing, event.place(), message)
                .help("add `known_on:` with the day it became known"),
        );
    }
    report
}

fn rules_of<'a>(
    model: &'a Model,
    event: &'a Event,
) -> impl Iterator<Item = (&'a Obligation, &'a EventRule)> {
    model.obligations.iter().filter_map(|(_, obligation)| match &obligation.duty {
        Duty::Event(rule)
            if rule.event == event.kind
                && event.regulation.is_none_or(|only| only == obligation.regulation) =>
        {
            Some((obligation, rule))
        }
        _ => None,
    })
}

/// Each word once, with commas.
fn list(words: &[&str]) -> String {
    let mut words = words.to_vec();
    words.sort_unstable();
    words.dedup();
    words.iter().map(|word| format!("`{word}`")).collect::<Vec<_>>().join(", ")
}
