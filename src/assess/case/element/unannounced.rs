//! An act that must come unannounced (無預警) says that it did.

use super::Element;
use crate::assess::case::Case;
use crate::assess::{Act, Reason};

/// That no act was announced.
pub fn element(case: &Case, acts: &[Act]) -> Option<Element> {
    if !case.demand.unannounced {
        return None;
    }
    let model = case.index.model;
    let announced = acts.iter().any(|act| match act {
        Act::Audit(id) => !model.audits[*id].unannounced,
        _ => false,
    });
    let first = acts.first()?.moment(model);
    Some(match announced {
        true => Element::missing(vec![Reason::Announced]),
        false => Element::since(first, Vec::new()),
    })
}
