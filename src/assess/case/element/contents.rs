//! What a paper must contain (應載明下列事項), as the records of the acts say it does. A record that says
//! nothing of its contents proves none of them missing.

use super::Element;
use crate::assess::case::Case;
use crate::assess::{Act, Reason};

/// The items, since the first act with the last of them.
pub fn element(case: &Case, acts: &[Act]) -> Option<Element> {
    let (model, items) = (case.index.model, &case.demand.contains);
    if items.is_empty() {
        return None;
    }
    let is_silent = acts.iter().any(|act| act.contains(model).is_none());
    let mut since = acts.first()?.moment(model);
    let (mut missing, mut doubts) = (Vec::new(), Vec::new());
    for item in items {
        match acts
            .iter()
            .find(|act| act.contains(model).is_some_and(|own| model.items.is_among(*item, own)))
        {
            Some(act) => since = since.max(act.moment(model)),
            None if is_silent => doubts.push(Reason::ContentsUnknown),
            None => missing.push(Reason::ItemMissing { item: *item }),
        }
    }
    doubts.dedup();
    Some(Element::concluded(since, missing, doubts))
}
