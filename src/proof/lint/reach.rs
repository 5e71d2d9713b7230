//! Events that never come, duties that answer themselves, and samples of what nobody counts.

use std::collections::BTreeSet;

use super::found::Found;
use crate::diagnostic::{Code, Diagnostic};
use crate::model::{
    Answer, Duty, EventKind, EventRule, Id, Model, Obligation, Population, SampleRule, ScopeKind,
    TriggerDay,
};

/// Looks at what starts duties, and at what they count.
pub fn check(model: &Model, found: &mut Vec<Found>) {
    let live = live(model);
    for (id, rule) in model.obligations.iter() {
        let mut say = |code: Code, message: String, help: &str| {
            found.push(Found::of(id, Diagnostic::new(code, rule.span, message).help(help)));
        };
        if let Duty::Event(event) = &rule.duty {
            triggers(model, event, &mut say);
            answers(model, rule, event, &mut say);
            let other = |one: &TriggerDay| match one {
                TriggerDay::Sent(duty) | TriggerDay::Answered(duty) => *duty != id,
                _ => true,
            };
            let circle = !live.contains(&id) && event.follows.iter().any(|one| other(&one.on));
            if circle && !recorded(model, event.event) {
                let chain = chain(model, id);
                let message = format!(
                    "`{}` never begins: {chain} follow from each other's answers alone",
                    model.event_kinds[event.event].slug
                );
                say(
                    Code::DutyImpossible,
                    message,
                    "name the record, or the duty, with which it begins",
                );
            }
            if event.unless.contains(&id) {
                let message = format!("`unless` of `{}` names the duty itself", rule.slug);
                say(
                    Code::BoundNeverBinds,
                    message,
                    "name the duty that stands for it, or remove `unless`",
                );
            }
        }
        let Some(demand) = rule.duty.demand() else { continue };
        let draws = [("records", &demand.sample.records), ("users", &demand.sample.users)];
        for (what, draw) in draws {
            if let Some(draw) = draw {
                population(model, (id, rule), (what, draw), &mut say);
            }
        }
    }
}

fn triggers(model: &Model, rule: &EventRule, say: &mut impl FnMut(Code, String, &str)) {
    for trigger in &rule.follows {
        let (other, verb, answer) = match &trigger.on {
            TriggerDay::Sent(other) => (*other, "sent for", Answer::Submission),
            TriggerDay::Answered(other) => (*other, "recorded as an answer to", Answer::Event),
            _ => continue,
        };
        let other = &model.obligations[other];
        let by = other.duty.demand().map(|demand| demand.answered_by);
        if by != Some(answer) {
            let message = format!(
                "`{}` never follows from `{}`: nothing is {verb} it",
                model.event_kinds[rule.event].slug, other.slug
            );
            say(
                Code::DutyImpossible,
                message,
                "`sent` names a duty with `answered_by: submission`, `answered` one of kind `event`; what an audit finds is `record: audit.result`",
            );
        }
    }
}

/// A day of the record that starts the clock and stops it.
fn answers(
    model: &Model,
    rule: &Obligation,
    event: &EventRule,
    say: &mut impl FnMut(Code, String, &str),
) {
    for trigger in event.follows.iter().filter(|one| one.after.is_none()) {
        let own = match (&trigger.on, rule.scope) {
            (TriggerDay::AccountSuspended, ScopeKind::Account) => "suspended_on",
            (TriggerDay::PostEnded, ScopeKind::Post) => "until",
            _ => continue,
        };
        if event.answered_on.iter().any(|day| day == own) {
            let message = format!(
                "`{}` is answered by the very day that starts it (`{own}`): nobody can miss it",
                model.event_kinds[event.event].slug
            );
            say(Code::ConditionAlways, message, "name the day of what is done about it");
        }
    }
}

fn recorded(model: &Model, kind: Id<EventKind>) -> bool {
    model.events.iter().any(|(_, event)| event.kind == kind && event.follows.is_none())
}

/// The duties whose event can come: recorded by somebody, or following from what can come.
fn live(model: &Model) -> BTreeSet<Id<Obligation>> {
    let mut live = BTreeSet::new();
    loop {
        let before = live.len();
        for (id, rule) in model.obligations.iter() {
            let comes = match &rule.duty {
                Duty::Event(event) => {
                    let by_record = event.follows.is_empty();
                    by_record
                        || event.follows.iter().any(|one| match &one.on {
                            TriggerDay::Answered(other) => live.contains(other),
                            TriggerDay::Sent(_)
                            | TriggerDay::AccountSuspended
                            | TriggerDay::PostEnded
                            | TriggerDay::AuditAnomaly
                            | TriggerDay::FindingOf(_) => true,
                        })
                        // Another duty of the same event may be the one that says what starts it.
                        || model.obligations.iter().any(|(other, rule)| {
                            live.contains(&other)
                                && matches!(&rule.duty, Duty::Event(one) if one.event == event.event)
                        })
                }
                _ => true,
            };
            if comes {
                live.insert(id);
            }
        }
        if live.len() == before {
            return live;
        }
    }
}

/// The duties of a circle, in its order.
fn chain(model: &Model, from: Id<Obligation>) -> String {
    let mut all = vec![from];
    while let Duty::Event(event) = &model.obligations[all[all.len() - 1]].duty {
        let next = event.follows.iter().find_map(|one| match &one.on {
            TriggerDay::Answered(other) if !all.contains(other) => Some(*other),
            _ => None,
        });
        let Some(next) = next else { break };
        all.push(next);
    }
    let slugs: Vec<String> =
        all.iter().map(|id| format!("`{}`", model.obligations[*id].slug)).collect();
    slugs.join(" and ")
}

fn population(
    model: &Model,
    (id, rule): (Id<Obligation>, &Obligation),
    (what, draw): (&str, &SampleRule),
    say: &mut impl FnMut(Code, String, &str),
) {
    let of = match draw.of {
        Population::Queries | Population::Users | Population::Accounts => {
            if rule.scope == ScopeKind::Contractor {
                let message = format!(
                    "the sample of {what} is drawn of what nobody counts: no use is recorded of a contractor"
                );
                say(
                    Code::DutyImpossible,
                    message,
                    "draw of `audited-records` or `audited-users`, or correct `scope`",
                );
            }
            return;
        }
        Population::AuditedRecords(of) | Population::AuditedUsers(of) => of,
    };
    let base = &model.obligations[of];
    if rests_on(model, id, of, &mut BTreeSet::new()) {
        let message = format!(
            "the sample of {what} is drawn of its own audits (`in: {}`): its size is never known",
            base.slug
        );
        return say(Code::DutyImpossible, message, "name the duty whose audits are meant in `in`");
    }
    let audits = base.duty.demand().is_some_and(|demand| demand.answered_by == Answer::Audit);
    if !audits {
        let message = format!(
            "the sample of {what} is drawn of audits of `{}`, which no audit answers",
            base.slug
        );
        return say(Code::DutyImpossible, message, "name a duty that audits answer in `in`");
    }
    if let (Duty::Periodic(own), Duty::Periodic(other)) = (&rule.duty, &base.duty)
        && own.every < other.every
    {
        let message = format!(
            "the sample of {what} is drawn of audits of `{}` within the period, but no {} lies in a {}: the population is never known",
            base.slug,
            other.every.as_str(),
            own.every.as_str()
        );
        say(
            Code::DutyImpossible,
            message,
            "draw of a duty with shorter periods, or correct `every`",
        );
    }
}

/// Whether a sample is drawn of audits whose own sample is drawn of it.
fn rests_on(
    model: &Model,
    this: Id<Obligation>,
    of: Id<Obligation>,
    seen: &mut BTreeSet<Id<Obligation>>,
) -> bool {
    if of == this {
        return true;
    }
    if !seen.insert(of) {
        return false;
    }
    let Some(demand) = model.obligations[of].duty.demand() else { return false };
    let draws = [&demand.sample.records, &demand.sample.users];
    draws.into_iter().flatten().any(|draw| match draw.of {
        Population::AuditedRecords(next) | Population::AuditedUsers(next) => {
            rests_on(model, this, next, seen)
        }
        _ => false,
    })
}
