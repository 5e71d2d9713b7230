//! In what manner it was done (以電子方式, 依下列方式之一), as the records of the acts say.

use super::Element;
use crate::assess::case::Case;
use crate::assess::{Act, Reason};

/// One of the manners the rule names, since the first act in it.
pub fn element(case: &Case, acts: &[Act]) -> Option<Element> {
    let (model, asked) = (case.index.model, &case.demand.manner);
    if asked.is_empty() {
        return None;
    }
    let said = |act: &Act| act.manner(model);
    let fitting =
        acts.iter().find(|act| said(act).is_some_and(|own| model.manners.is_among(own, asked)));
    Some(match (fitting, acts.iter().filter_map(said).next()) {
        (Some(act), _) => Element::since(act.moment(model), Vec::new()),
        (None, Some(manner)) if acts.iter().all(|act| said(act).is_some()) => {
            Element::missing(vec![Reason::OtherManner { manner }])
        }
        (None, _) => Element::cannot_tell(vec![Reason::MannerUnknown]),
    })
}
