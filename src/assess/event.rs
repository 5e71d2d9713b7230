//! Duties that a dated event sets going: when each answer is due, and what became of it.

use chrono::Days;

use super::Judged;
use super::applicability::{applicabilities, applicability_of};
use super::case::{Case, Judgement, by_time, judge};
use super::occurrence::{Act, DueBasis, Occurrence, Status, Term};
use super::periodic::asked;
use super::reason::Reason;
use super::record_index::RecordIndex;
use super::record_ref::RecordRef;
use super::rule_time::{Law, RuleTime};
use super::window::Window;
use crate::model::condition::Subject;
use crate::model::{Deadline, Event, EventRule, Id, Model, Obligation, OnHoliday, Scope};
use crate::time::{Day, Moment};

/// One occurrence for each event of the rule's kind and each scope it concerns, by scope and then
/// in the order of the events' days. An event counts from the day it was known.
pub fn occurrences(
    index: &RecordIndex,
    judged: &Judged,
    id: Id<Obligation>,
    rule: &EventRule,
) -> Vec<Occurrence> {
    let (model, as_of) = (index.model, index.as_of);
    let obligation = &model.obligations[id];
    let applicable = applicabilities(model, obligation, as_of);
    let time = RuleTime::new(model, obligation);
    let mut found: Vec<(Scope, Day, Id<Event>, Window)> = Vec::new();
    for (event_id, event) in model.events.iter() {
        let other = event.regulation.is_some_and(|only| only != obligation.regulation);
        if event.kind != rule.event || other || *time.on(event.on) == Law::Not {
            continue;
        }
        let window = window(model, rule, event);
        for scope in event.subject.scopes(model, obligation.scope) {
            // What ended before the window opened is no longer under the duty. An account is under
            // it from its application until it is cancelled, suspended or not.
            let under = applicability_of(model, &applicable, scope).is_some_and(|life| {
                life.from <= event.on && life.until.is_none_or(|until| until >= window.opens)
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
            let not_here = match time.on(on) {
                Law::TextNotHeld(clause) => {
                    Some((Status::Unknown, Reason::TextNotHeld { clause: clause.clone() }))
                }
                Law::Holds | Law::Not => asked(obligation, &subject(model, scope, event, as_of)),
            };
            let (acts, early) = match not_here {
                Some(_) => (Vec::new(), None),
                None => acts(index, rule, scope, event, window.earliest),
            };
            let case = Case {
                index,
                judged,
                obligation: id,
                scope,
                term: Term::Event(event),
                window,
                demand: &rule.demand,
                acts,
                only_used: false,
                ended: None,
            };
            let mut judgement = match not_here {
                Some((status, reason)) => Judgement::without_acts(status, reason),
                None => judge(&case),
            };
            if judgement.done_on.is_none()
                && judgement.status != Status::NotApplicable
                && let Some(by_choice) = instead(&case, rule)
            {
                judgement = by_choice;
            }
            judgement.reasons.extend(early);
            judgement.reasons.extend(
                rule.restart(&model.events[event])
                    .map(|answer| Reason::CountedAnew { what: answer.what, on: answer.on }),
            );
            case.into_occurrence(judgement)
        })
        .collect()
}

/// A scope as the condition of an event duty sees it: with the event.
pub fn subject(model: &Model, scope: Scope, event: Id<Event>, as_of: Day) -> Subject<'_> {
    let event = Some(&*model.events[event].fields);
    Subject { event, ..RecordRef::Scope(scope).subject(model, as_of) }
}

fn window(model: &Model, rule: &EventRule, event: &Event) -> Window {
    let from = rule.counted_from(event);
    let letter = rule.deadline == Deadline::Letter;
    if let (Some(due), _) = limit(rule, event) {
        let opens = event.known_on;
        return Window::closing(model, opens, (due, None), OnHoliday::Keep, DueBasis::Letter);
    }
    if letter {
        // The limit is not known. After the time the site would allow nobody can tell any more.
        let nominal = model.settings.undated_events.near(from, &model.calendar);
        let window =
            Window::closing(model, event.known_on, nominal, OnHoliday::Keep, DueBasis::Letter);
        return Window { limit_missing: true, ..window };
    }
    // 行政程序法第48條第1項: 即時起算.
    if let Deadline::Hours(hours) = rule.deadline {
        return Window::in_hours(event.known_on, rule.started(event).after(hours));
    }
    // Days beyond the calendar are faults of the inputs, reported before anything is assessed.
    let nominal = rule.nominal_due(event, &model.calendar).unwrap_or(from);
    let basis = if rule.site_default { DueBasis::SiteDefault } else { DueBasis::Text };
    let window = Window::closing(model, event.known_on, (nominal, None), rule.on_holiday, basis);
    match rule.deadline {
        // 前十日內: what came before those days was not within them.
        Deadline::WithinBefore(length) => {
            let opens = length.day_before(from, &model.calendar).unwrap_or(from);
            Window { opens, earliest: Some(opens), ..window }
        }
        _ => window,
    }
}

/// The day a letter set, where it counts: the rule leaves the limit to one, or states none.
pub fn limit(rule: &EventRule, event: &Event) -> (Option<Day>, DueBasis) {
    let letter = rule.deadline == Deadline::Letter;
    match event.due.filter(|_| letter || rule.site_default) {
        Some(due) => (Some(due), DueBasis::Letter),
        None => (None, if rule.site_default { DueBasis::SiteDefault } else { DueBasis::Text }),
    }
}

/// What was done about an event for a scope, in the order of days, and a word about what came before
/// the window.
fn acts(
    index: &RecordIndex,
    rule: &EventRule,
    scope: Scope,
    id: Id<Event>,
    earliest: Option<Day>,
) -> (Vec<Act>, Option<Reason>) {
    let (model, as_of) = (index.model, index.as_of);
    let event = &model.events[id];
    let meant = |account: Option<_>| account.is_none_or(|account| scope == Scope::Account(account));
    let answers = event.answers.iter().enumerate().filter(|(_, answer)| {
        (rule.answers.is_empty() || rule.answers.contains(&answer.what)) && meant(answer.account)
    });
    let mut acts: Vec<Act> = answers.map(|(place, _)| Act::Answer(id, place)).collect();
    // A day of the record that lies long before the event is of another matter.
    let far = Days::new(u64::from(model.settings.matching.same_matter));
    let since = event.on.checked_sub_days(far).unwrap_or(Day::MIN);
    let days = rule.answered_on.iter().filter_map(|path| model.recorded_day(scope, path));
    acts.extend(days.filter(|day| (since..=as_of).contains(day)).map(Act::Recorded));
    acts.sort_by_key(|act| act.moment(model));
    let Some(opens) = earliest else { return (acts, None) };
    let (early, acts): (Vec<Act>, Vec<Act>) =
        acts.into_iter().partition(|act| act.day(model) < opens);
    let early = early.last().map(|act| Reason::TooEarly { on: act.day(model), opens });
    let early = early.filter(|_| acts.is_empty());
    (acts, early)
}

/// Where another duty is left as a choice and was met, this one is met as well, on its day.
fn instead(case: &Case, rule: &EventRule) -> Option<Judgement> {
    let model = case.index.model;
    let Term::Event(id) = case.term else { return None };
    let event = &model.events[id];
    let of_the_matter = |occurrence: &&Occurrence| {
        let Term::Event(other) = occurrence.term else { return false };
        let other = &model.events[other];
        match (&event.case, &other.case) {
            (Some(case), Some(other)) => case == other,
            // Without a case what lies near the event is of the same matter.
            _ => {
                let near = i64::from(model.settings.matching.same_matter);
                (event.on - other.on).num_days().abs() <= near
            }
        }
    };
    let choices = rule.unless.iter().flat_map(|duty| model.lineage(*duty));
    let met = choices.flat_map(|duty| case.judged.of(duty, case.scope));
    let met = met.filter(of_the_matter);
    let met = met.filter_map(|one| Some((Moment::of(one.done_on?, one.done_at), one.obligation)));
    let (done, duty) = met.min_by_key(|(done, duty)| (done.certain_by(), *duty))?;
    let (status, reasons) = by_time(&case.window, done);
    let on = done.day();
    let met = Reason::Instead { duty, on, at: done.at() };
    let mut judgement = Judgement::without_acts(status, met.clone());
    judgement.reasons = reasons;
    judgement.reasons.push(met);
    if status != Status::Unknown {
        judgement.done_on = Some(on);
        judgement.done_at = done.at().filter(|_| case.window.ends.is_some());
    }
    Some(judgement)
}
