//! Hours of training, added up over the acts.

use super::Element;
use crate::assess::case::Case;
use crate::assess::{Act, Reason};

/// The hours, since the act that filled them.
pub fn element(case: &Case, acts: &[Act]) -> Option<Element> {
    let required = case.demand.hours?;
    let model = case.index.model;
    let hours = |acts: &[Act]| -> u64 {
        let each = acts.iter().map(|act| match act {
            Act::Training(id) => model.trainings[*id].hours,
            _ => 0,
        });
        each.sum()
    };
    let actual = hours(acts);
    let filled = (1..=acts.len()).find(|n| hours(&acts[..*n]) >= required);
    Some(match filled {
        Some(n) => {
            Element::since(acts[n - 1].day(model), vec![Reason::HoursMet { required, actual }])
        }
        None => Element::missing(vec![Reason::HoursShort { required, actual }]),
    })
}
