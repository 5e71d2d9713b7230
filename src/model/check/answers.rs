//! Days and times of answers: what must be done within a time after an event is not done before it is known.

use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::model::{Deadline, Duty, Event, EventRule, Model};
use crate::time::Moment;

/// Reports answers that are dated before the event was known, where no rule asks for them before it.
pub fn check(model: &Model, report: &mut Diagnostics) {
    for (_, event) in model.events.iter().filter(|(_, event)| event.follows.is_none()) {
        for (place, answer) in event.answers.iter().enumerate() {
            let done = answer.moment();
            let is_before = done.is_before(event.happened()) && done.is_before(event.known());
            if !is_before || !is_after_only(model, event, place) {
                continue;
            }
            let said = |moment: Moment| match moment.at() {
                Some(at) => at.to_string(),
                None => moment.day().to_string(),
            };
            let message = format!(
                "event `{}` of {} was answered by `{}` on {}, before it",
                event.slug,
                said(event.happened()),
                model.answer_kinds[answer.what].slug,
                said(done)
            );
            let span = event.fields.key_span("answers");
            report.push(
                Diagnostic::new(Code::AnsweredBefore, span, message)
                    .help("correct one of the days, or add `known_on`"),
            );
        }
    }
}

/// Whether every rule that the answer answers counts its time from the event on.
fn is_after_only(model: &Model, event: &Event, place: usize) -> bool {
    let what = event.answers[place].what;
    let asks = |rule: &EventRule| {
        rule.answers.is_empty() || rule.answers.contains(&what) || rule.anew.contains(&what)
    };
    let mut rules = model.obligations.iter().filter_map(|(_, obligation)| {
        let other = event.regulation.is_some_and(|only| only != obligation.regulation);
        match &obligation.duty {
            Duty::Event(rule) if rule.event == event.kind && !other && asks(rule) => Some(rule),
            _ => None,
        }
    });
    let after = |deadline: Deadline| {
        matches!(
            deadline,
            Deadline::Within(_) | Deadline::Hours(_) | Deadline::InMonth { .. } | Deadline::Letter
        )
    };
    // One that another rule of the kind asks for before the event may be an answer to it as well.
    let Some(first) = rules.next() else { return false };
    after(first.deadline) && rules.all(|rule| after(rule.deadline))
}
