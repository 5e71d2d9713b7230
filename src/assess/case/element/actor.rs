//! Who acts, where the text says who: one who did it must have held one of those roles that day.

use super::Element;
use crate::assess::case::Case;
use crate::assess::who::{Match, holds_role};
use crate::assess::{Act, Reason};
use crate::time::Moment;

/// The persons who act, since the first act by one of them; with `each`, since every role has acted.
pub fn element(case: &Case, acts: &[Act]) -> Option<Element> {
    let (model, demand) = (case.index.model, case.demand);
    if demand.acts.is_empty() {
        return None;
    }
    let mut since = acts.first()?.moment(model);
    let (mut missing, mut doubts) = (Vec::new(), Vec::new());
    for roles in demand.actors() {
        let mut best: Option<Result<Moment, Reason>> = None;
        for act in acts {
            let (doers, day) = (act.doers(model), act.day(model));
            if doers.is_empty() {
                best.get_or_insert(Err(Reason::ActorUnknown { roles: roles.to_vec() }));
            }
            for post in doers {
                match holds_role(model, post, roles, case.scope, day) {
                    Match::Yes if !matches!(best, Some(Ok(_))) => {
                        best = Some(Ok(act.moment(model)));
                    }
                    Match::Indeterminate => {
                        best.get_or_insert(Err(Reason::ActorUnknown { roles: roles.to_vec() }));
                    }
                    Match::Yes | Match::No => {}
                }
            }
        }
        match best {
            Some(Ok(moment)) => since = since.max(moment),
            Some(Err(doubt)) => doubts.push(doubt),
            None => {
                let by = acts.iter().flat_map(|act| act.doers(model)).next();
                missing.push(Reason::ActorMissing { roles: roles.to_vec(), by });
            }
        }
    }
    Some(Element::concluded(since, missing, doubts))
}
