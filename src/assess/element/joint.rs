//! The parties that take part (會同). To be told is not to take part.

use super::Element;
use crate::assess::case::Case;
use crate::assess::who::{Match, same_party, speaks_for};
use crate::assess::{Act, Reason};

/// The joint parties, since the first act with the last of them.
pub fn element(case: &Case, acts: &[Act]) -> Option<Element> {
    let model = case.index.model;
    if case.demand.joint.is_empty() {
        return None;
    }
    let mut since = acts.first()?.day(model);
    let mut missing = Vec::new();
    for party in &case.demand.joint {
        let took_part = |act: &&Act| {
            let day = act.day(model);
            act.joint(model).iter().any(|one| same_party(model, party, one))
                || act
                    .doers(model)
                    .into_iter()
                    .any(|post| speaks_for(model, post, party, case.scope, day) == Match::Yes)
        };
        match acts.iter().find(took_part) {
            Some(act) => since = since.max(act.day(model)),
            None => missing.push(Reason::PartyMissing { party: party.clone() }),
        }
    }
    Some(if missing.is_empty() {
        Element::since(since, missing)
    } else {
        Element::missing(missing)
    })
}
