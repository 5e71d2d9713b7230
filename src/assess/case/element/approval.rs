//! The approval (核閱、核定、核可): by a post that the rule's words mean, in the agency concerned, on
//! that day; never by one of those who did what is approved.

use super::Element;
use crate::assess::case::Case;
use crate::assess::who::{Match, is_outside_party, same_person, speaks_for};
use crate::assess::{Act, Reason};

/// The approval of every act, since the day of the last.
pub fn element(case: &Case, acts: &[Act]) -> Option<Element> {
    let by = case.demand.approval?;
    let model = case.index.model;
    let (mut missing, mut doubts) = (Vec::new(), Vec::new());
    let mut since = acts.first()?.moment(model);
    for act in acts {
        if let Some(authority) = act.authority(model) {
            let is_late =
                case.demand.approval_first && act.moment(model).is_before(authority.moment());
            match is_outside_party(model, authority.party, by, case.scope) {
                true if is_late => {
                    missing.push(Reason::ApprovedAfter { by, on: authority.on });
                }
                true => since = since.max(authority.moment()),
                false => missing.push(Reason::ApprovedByParty { by, party: authority.party }),
            }
            continue;
        }
        let Some(approval) = act.approval(model) else {
            missing.push(Reason::ApprovalMissing { by });
            continue;
        };
        if act.doers(model).into_iter().any(|post| same_person(model, post, approval.by)) {
            missing.push(Reason::ApprovedByDoer { by, post: approval.by });
            continue;
        }
        // 核定後: what is approved after it was done was done without approval.
        if case.demand.approval_first && act.moment(model).is_before(approval.moment()) {
            missing.push(Reason::ApprovedAfter { by, on: approval.on });
            continue;
        }
        match speaks_for(model, approval.by, by, case.scope, approval.on) {
            Match::Yes => since = since.max(approval.moment()),
            Match::No => {
                missing.push(Reason::ApprovedByOther { by, post: approval.by });
            }
            Match::Indeterminate => {
                doubts.push(Reason::ApproverUnknown { by, post: approval.by });
            }
        }
    }
    Some(Element::concluded(since, missing, doubts))
}
