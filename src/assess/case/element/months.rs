//! The months: each with records of use must be among those that were looked at.

use super::Element;
use crate::assess::case::{Case, Requirement};
use crate::assess::performance::tally;
use crate::assess::{Act, Reason};
use crate::time::Period;

/// The months, since the act that covered the last of them.
pub fn element(case: &Case, asked: &Requirement, acts: &[Act]) -> Option<Element> {
    if !case.demand.sample.every_used_month || asked.months.is_empty() {
        return None;
    }
    let missed = |acts: &[Act]| -> Vec<Period> {
        let covered = tally(case.index.model, acts).months;
        asked.months.iter().filter(|month| !covered.contains(month)).copied().collect()
    };
    let covered = (1..=acts.len()).find(|n| missed(&acts[..*n]).is_empty());
    Some(match covered {
        Some(n) => {
            let reason = Reason::MonthsCovered { count: asked.months.len() };
            Element::since(acts[n - 1].moment(case.index.model), vec![reason])
        }
        None => Element::missing(vec![Reason::MonthsMissed { missed: missed(acts) }]),
    })
}
