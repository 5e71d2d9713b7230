//! The forms that must be on file. A form counts from the day it was received; one from before the
//! time it would prove does not count at all.

use super::Element;
use crate::assess::case::{Case, Requirement};
use crate::assess::who::plain;
use crate::assess::{Act, Reason};

/// The forms, since the day the last of them was received.
pub fn element(case: &Case, asked: &Requirement, acts: &[Act]) -> Option<Element> {
    let model = case.index.model;
    if case.demand.evidence.is_empty() {
        return None;
    }
    let mut since = acts.first()?.day(model);
    let mut missing = Vec::new();
    for form in &case.demand.evidence {
        let of_form = acts.iter().flat_map(|act| act.evidence(model)).filter_map(|id| {
            let paper = &model.evidence[*id];
            let same = paper.form.as_ref().is_some_and(|one| plain(one) == plain(form));
            same.then_some(paper.received_on)
        });
        let days: Vec<_> = of_form.collect();
        let counts = |day: &&_| asked.papers_from.is_none_or(|from| **day >= from);
        match (days.iter().filter(counts).min(), days.iter().max()) {
            (Some(day), _) => since = since.max(*day),
            (None, Some(old)) => {
                missing.push(Reason::EvidenceTooOld { form: form.clone(), received: *old });
            }
            (None, None) => missing.push(Reason::EvidenceMissing { form: form.clone() }),
        }
    }
    Some(if missing.is_empty() {
        Element::since(since, missing)
    } else {
        Element::missing(missing)
    })
}
