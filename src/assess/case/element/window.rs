//! The window: what came before it opened does not count. Only a text makes one.

use super::Element;
use crate::assess::case::{Case, Requirement};
use crate::assess::{Act, Reason};

/// That the acts came when they could.
pub fn element(case: &Case, asked: &Requirement, acts: &[Act]) -> Option<Element> {
    let opens = asked.earliest?;
    let first = acts.first()?.moment(case.index.model);
    let on = first.day();
    Some(match on < opens {
        true => Element::missing(vec![Reason::TooEarly { on, opens }]),
        false => Element::since(first, Vec::new()),
    })
}
