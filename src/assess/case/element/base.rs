//! A base that rests on other duties, such as half of what the unit audits looked at: it counts what
//! was due, not only what was done. A missing audit makes it unknown, never smaller.

use super::Element;
use crate::assess::case::{Case, Requirement};
use crate::assess::performance::tally;
use crate::assess::{Act, Measure, Reason, Status, Term};
use crate::model::{Id, Obligation, Scope};
use crate::time::{Day, Period};

/// What another duty's acts give as a population.
#[derive(Clone, Copy, Debug, Default)]
pub struct Base {
    /// `None`: an act that was due is not there, or nothing tells what was due.
    pub figure: Option<u64>,
    /// The day of the last of the acts.
    pub last: Option<Day>,
}

/// What the acts of `duty` in a period looked at, for the units of the case's scope. Persons are
/// counted over all of them, so one who was audited in two quarters is one (受稽核人數); what an act
/// fell short of is added, since it was due.
pub fn base(case: &Case, duty: Id<Obligation>, measure: Measure, period: Period) -> Base {
    let mut scopes: Vec<Scope> =
        case.index.units_of(case.scope).into_iter().map(Scope::Unit).collect();
    if !scopes.contains(&case.scope) {
        scopes.push(case.scope);
    }
    let (mut base, mut any, mut missing) = (Base::default(), false, false);
    let (mut acts, mut short) = (Vec::new(), 0_u64);
    // A period belongs to the rule that was law in it, so the rules of one line never count twice.
    let line = case.index.model.lineage(duty);
    let of_line = scopes
        .into_iter()
        .flat_map(|scope| line.iter().flat_map(move |duty| case.judged.of(*duty, scope)));
    for occurrence in of_line {
        let within = match occurrence.term {
            Term::Period(term) => period.covers(term),
            Term::Since(_) => {
                occurrence.acts.iter().any(|act| period.contains(act.day(case.index.model)))
            }
            Term::Event(_) => false,
        };
        if !within {
            continue;
        }
        any = true;
        let (asked, done) = match measure {
            Measure::Records => (occurrence.required.records, occurrence.actual.records),
            Measure::Users => (occurrence.required.users, occurrence.actual.users),
        };
        match occurrence.status {
            Status::NotApplicable => {}
            Status::Waived if occurrence.acts.is_empty() => {}
            _ if occurrence.acts.is_empty() => missing = true,
            _ => {
                let asked = asked.map_or(0, |size| size.required);
                short = short.saturating_add(asked.saturating_sub(done.unwrap_or(0)));
                acts.extend(occurrence.acts.iter().copied());
                let days = occurrence.acts.iter().map(|act| act.day(case.index.model));
                base.last = base.last.max(days.max());
            }
        }
    }
    let looked_at = tally(case.index.model, &acts);
    let done = match measure {
        Measure::Records => looked_at.records,
        Measure::Users => looked_at.users,
    };
    base.figure = (any && !missing).then(|| done.unwrap_or(0).saturating_add(short));
    base
}

/// What was measured by the base cannot have come before it.
pub fn element(case: &Case, asked: &Requirement, acts: &[Act]) -> Option<Element> {
    let last = asked.base_last?;
    let moments = acts.iter().map(|act| act.moment(case.index.model));
    let act = moments.max_by_key(|moment| moment.certain_by())?;
    Some(if last <= act.day() {
        Element::since(act, Vec::new())
    } else {
        Element::cannot_tell(vec![Reason::BaseLater { base: last, act: act.day() }])
    })
}
