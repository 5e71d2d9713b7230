//! Where something stands in one line: what is not as it should be, how much is met, what comes
//! next. Stands on top of the pages of agencies, units, systems, posts and roles.

use chrono::Days;
use serde::Serialize;

use super::checks::CheckCountsView;
use super::duties_of_scope::{coming_ids, failing};
use super::listing::Truncation;
use super::parts::{OccurrenceRow, PageCtx, StatusCount};
use crate::assess::OccurrenceId;
use crate::site::lists::{Filter, INLINE_ROWS_MAX, Kind, List};

/// Pages foresee so many days.
const DAYS_AHEAD: u64 = 30;

/// Where something stands, with what is not as it should be and what comes next.
#[derive(Debug, Serialize)]
pub struct Outlook {
    pub standing: Standing,
    /// The worst first.
    pub failing: Vec<OccurrenceRow>,
    pub failing_shown: Option<Truncation>,
    /// What falls due in the next days, the earliest first.
    pub coming: Vec<OccurrenceRow>,
    pub coming_shown: Option<Truncation>,
}

/// Where occurrences stand together, what fails among them and what comes next. `of` tells the list
/// in which all of them stand; `checks`, what came of the rules that hold at any time.
pub fn outlook(
    here: &PageCtx,
    ids: &[OccurrenceId],
    of: Filter,
    checks: CheckCountsView,
) -> Outlook {
    let assessment = &here.site.assessment;
    let all = List::of(Kind::Occurrences, of);
    let (failing, failing_shown) = failing(here, ids, all);
    let coming = coming_ids(here, ids, assessment.as_of + Days::new(DAYS_AHEAD));
    Outlook {
        standing: standing(here, ids, checks),
        failing,
        failing_shown,
        coming_shown: here.shown(coming.len().min(INLINE_ROWS_MAX), coming.len(), all),
        coming: coming.into_iter().take(INLINE_ROWS_MAX).map(|id| here.row(id)).collect(),
    }
}

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
    /// Of the rules that must hold at any time: nothing is well while one of them does not.
    pub checks: CheckCountsView,
    /// What is due next.
    pub next: Option<OccurrenceRow>,
}

/// Where occurrences stand together.
fn standing(here: &PageCtx, ids: &[OccurrenceId], checks: CheckCountsView) -> Standing {
    let assessment = &here.site.assessment;
    let occurrences = || ids.iter().map(|id| assessment.occurrence(*id));
    let failing = occurrences().filter(|one| one.status.is_failing()).count();
    let judged = occurrences().filter(|one| one.status.is_judged()).count();
    let waits = |id: &&OccurrenceId| assessment.occurrence(**id).status.is_coming();
    let next = ids.iter().filter(waits).min_by_key(|id| (assessment.occurrence(**id).due, **id));
    Standing {
        code: match (failing + checks.failing, judged + checks.all) {
            (0, 0) => "none",
            (0, _) => "good",
            _ => "bad",
        },
        failing,
        met: judged - failing,
        judged,
        counts: here.counts(occurrences()),
        checks,
        next: next.map(|id| here.row(*id)),
    }
}
