//! The parties that take part (會同), as the record of the act says. To be told is not to take part.

use super::Element;
use crate::assess::case::Case;
use crate::assess::{Act, Reason};

/// The joint parties, since the first act with the last of them.
pub fn element(case: &Case, acts: &[Act]) -> Option<Element> {
    let model = case.index.model;
    if case.demand.joint.is_empty() {
        return None;
    }
    let mut since = acts.first()?.moment(model);
    let mut missing = Vec::new();
    for party in &case.demand.joint {
        let took_part =
            |act: &&Act| act.joint(model).iter().any(|one| model.same_party(*party, *one));
        match acts.iter().find(took_part) {
            Some(act) => since = since.max(act.moment(model)),
            None => missing.push(Reason::PartyMissing { party: *party }),
        }
    }
    Some(Element::concluded(since, missing, Vec::new()))
}
