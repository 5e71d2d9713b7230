//! What comes after other duties: papers cannot be sent before the audits they report, nor before
//! the approval those need.

use super::Element;
use crate::assess::case::Case;
use crate::assess::{Act, Occurrence, Reason, Status, Term};
use crate::time::Day;

/// What the case must come after: the occurrences of `after` within its period, for its scope and
/// the units of it, that anything is asked of.
pub fn before<'a>(case: &'a Case) -> Vec<&'a Occurrence> {
    let mut scopes: Vec<_> =
        case.index.units_of(case.scope).into_iter().map(crate::model::Scope::Unit).collect();
    if !scopes.contains(&case.scope) {
        scopes.push(case.scope);
    }
    let Term::Period(period) = case.term else { return Vec::new() };
    let within = |one: &&Occurrence| match one.term {
        Term::Period(term) => period.covers(term),
        Term::Since(_) | Term::Event(_) => false,
    };
    let duties = case.demand.after.iter().flat_map(|duty| case.index.model.lineage(*duty));
    duties
        .flat_map(|duty| scopes.iter().flat_map(move |scope| case.judged.of(duty, *scope)))
        .filter(within)
        .collect()
}

/// The order, since the first act that came after everything it reports.
pub fn element(case: &Case, acts: &[Act]) -> Option<Element> {
    if case.demand.after.is_empty() {
        return None;
    }
    let model = case.index.model;
    let mut ready = Day::MIN;
    let mut missing = Vec::new();
    for one in before(case) {
        if matches!(one.status, Status::NotApplicable | Status::Waived) {
            continue;
        }
        match one.ready_on(model) {
            Some(day) => ready = ready.max(day),
            None => missing.push(Reason::NothingBefore { duty: one.obligation, scope: one.scope }),
        }
    }
    missing.dedup();
    if !missing.is_empty() {
        return Some(Element::missing(missing));
    }
    Some(match acts.iter().find(|act| act.day(model) >= ready) {
        Some(act) => Element::since(act.moment(model), Vec::new()),
        None => {
            let on = acts.last()?.day(model);
            Element::missing(vec![Reason::SentBefore { on, ready }])
        }
    })
}
