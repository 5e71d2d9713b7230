//! Where something stands in one line: what is not as it should be, how much is met, what comes
//! next. Stands on top of the pages of agencies, units, systems, posts and roles.

use serde::Serialize;

use super::parts::{Here, OccurrenceRow, StatusCount};
use crate::assess::{OccurrenceId, Status};

/// Where it stands.
#[derive(Debug, Serialize)]
pub struct Standing {
    /// `bad`, `good`, or `none` where nothing was judged yet.
    pub code: &'static str,
    pub failing: usize,
    pub met: usize,
    /// Due or done: the denominator.
    pub judged: usize,
    pub counts: Vec<StatusCount>,
    /// What is due next.
    pub next: Option<OccurrenceRow>,
}

/// Where occurrences stand together.
pub fn standing(here: &Here, ids: &[OccurrenceId]) -> Standing {
    let assessment = &here.site.assessment;
    let occurrences = || ids.iter().map(|id| assessment.occurrence(*id));
    let failing = occurrences().filter(|one| one.status.is_failing()).count();
    let judged = occurrences().filter(|one| one.status.is_judged()).count();
    let waits = |id: &&OccurrenceId| {
        let status = assessment.occurrence(**id).status;
        matches!(status, Status::DueSoon | Status::Open | Status::Upcoming)
    };
    let next = ids.iter().filter(waits).min_by_key(|id| (assessment.occurrence(**id).due, **id));
    Standing {
        code: match (failing, judged) {
            (0, 0) => "none",
            (0, _) => "good",
            _ => "bad",
        },
        failing,
        met: judged - failing,
        judged,
        counts: here.counts(occurrences()),
        next: next.map(|id| here.row(*id)),
    }
}
