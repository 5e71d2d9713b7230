//! The sample: how many records and persons were looked at, added up over the acts.

use super::Element;
use crate::assess::case::{Case, Requirement};
use crate::assess::performance::tally;
use crate::assess::{Act, Measure, Reason};

/// The two numbers, each since the act that filled it.
pub fn elements(case: &Case, asked: &Requirement, acts: &[Act]) -> Vec<Element> {
    let model = case.index.model;
    let numbers =
        [(Measure::Records, asked.required.records), (Measure::Users, asked.required.users)];
    let mut elements: Vec<Element> = numbers
        .into_iter()
        .filter_map(|(measure, size)| {
            let size = size?;
            let looked_at = |acts: &[Act]| {
                let tally = tally(model, acts);
                let figure = match measure {
                    Measure::Records => tally.records,
                    Measure::Users => tally.users,
                };
                figure.unwrap_or(0)
            };
            let reason = Reason::Sample { measure, size, actual: Some(looked_at(acts)) };
            let filled = (1..=acts.len()).find(|n| looked_at(&acts[..*n]) >= size.required);
            Some(match filled {
                Some(n) => Element::since(acts[n - 1].moment(model), vec![reason]),
                None => Element::missing(vec![reason]),
            })
        })
        .collect();
    // Without its population nobody knows how many it takes.
    if !asked.doubts.is_empty() {
        elements.push(Element::cannot_tell(asked.doubts.clone()));
    }
    elements
}
