//! Hours of training, added up over the acts; where the rule names courses, only those of one of them.

use super::Element;
use crate::assess::case::Case;
use crate::assess::{Act, Reason};

/// The hours, since the act that filled them. Hours of a course that is not recorded may be of one
/// that counts.
pub fn element(case: &Case, acts: &[Act]) -> Option<Element> {
    let required = case.demand.hours?;
    let (actual, unsaid) = hours(case, acts);
    let filled = (1..=acts.len()).find(|n| hours(case, &acts[..*n]).0 >= required);
    Some(match filled {
        Some(n) => {
            let since = acts[n - 1].moment(case.index.model);
            Element::since(since, vec![Reason::HoursMet { required, actual }])
        }
        None if actual + unsaid >= required => {
            Element::cannot_tell(vec![Reason::CourseUnknown { required, actual, unsaid }])
        }
        None => Element::missing(vec![Reason::HoursShort { required, actual }]),
    })
}

/// Whether the acts have as many hours for certain as the rule asks, if it asks any.
pub fn is_filled(case: &Case, acts: &[Act]) -> bool {
    case.demand.hours.is_none_or(|required| hours(case, acts).0 >= required)
}

/// The hours that count, and those of courses that are not recorded.
fn hours(case: &Case, acts: &[Act]) -> (u64, u64) {
    let (mut counted, mut unsaid) = (0, 0);
    for act in acts {
        let Act::Training(id) = act else { continue };
        let training = &case.index.model.trainings[*id];
        let courses = &case.demand.courses;
        match training.course {
            _ if courses.is_empty() => counted += training.hours,
            Some(course) if courses.contains(&course) => counted += training.hours,
            Some(_) => {}
            None => unsaid += training.hours,
        }
    }
    (counted, unsaid)
}
