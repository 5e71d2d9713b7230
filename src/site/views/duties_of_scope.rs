//! The duties laid on one scope: what fails, and for each duty where it stands.

use serde::Serialize;

use super::checks::{CheckCountsView, CheckRow, counts as count_checks};
use super::listing::Truncation;
use super::parts::{Link, OccurrenceRow, PageCtx, StatusCount, StatusView};
use crate::assess::{OccurrenceId, RecordRef, Status};
use crate::model::Scope;
use crate::site::lists::{Filter, INLINE_ROWS_MAX, Kind, List};
use crate::site::route::Route;
use crate::time::Day;

/// So many past terms of each duty are shown beside it; all of them stand on the duty's page.
const RECENT: usize = 12;

/// What is laid on a scope.
#[derive(Debug, Serialize)]
pub struct DutiesOfScope {
    pub counts: Vec<StatusCount>,
    pub failing: Vec<OccurrenceRow>,
    pub failing_shown: Option<Truncation>,
    pub duties: Vec<DutyRow>,
    /// Rules that must hold of it at any time, those that do not first.
    pub checks: Vec<CheckRow>,
    pub check_counts: CheckCountsView,
    /// Rules that other records do not meet because of it.
    pub against: Vec<CheckRow>,
}

/// A duty and where it stands.
#[derive(Debug, Serialize)]
pub struct DutyRow {
    /// The newest term whose window is open or was; the first one if none is yet.
    pub current: OccurrenceRow,
    /// Terms whose windows have opened, newest first.
    pub recent: Vec<TermMark>,
    pub counts: Vec<StatusCount>,
}

/// A term and its status.
#[derive(Debug, Serialize)]
pub struct TermMark {
    pub link: Link,
    pub status: StatusView,
}

/// The failing ones among occurrences as rows, worst first; where they are too many, the first of
/// them, and where `all` stand.
pub fn failing(
    here: &PageCtx,
    ids: &[OccurrenceId],
    all: List,
) -> (Vec<OccurrenceRow>, Option<Truncation>) {
    let assessment = &here.site.assessment;
    let failing = ids.iter().filter(|id| assessment.occurrence(**id).status.is_failing());
    let failing: Vec<OccurrenceId> = failing.copied().collect();
    let shown = here.shown(failing.len().min(INLINE_ROWS_MAX), failing.len(), all);
    (here.worst_first(failing, INLINE_ROWS_MAX), shown)
}

/// Occurrences that are not done and fall due in the days up to `until`, the earliest first.
pub fn coming_ids(here: &PageCtx, ids: &[OccurrenceId], until: Day) -> Vec<OccurrenceId> {
    let assessment = &here.site.assessment;
    let mut coming: Vec<OccurrenceId> = ids
        .iter()
        .copied()
        .filter(|id| {
            let occurrence = assessment.occurrence(*id);
            occurrence.status.is_coming() && occurrence.due <= until
        })
        .collect();
    coming.sort_by_key(|id| (assessment.occurrence(*id).due, *id));
    coming
}

/// Everything laid on a scope.
pub fn duties_of_scope(here: &PageCtx, scope: Scope) -> DutiesOfScope {
    let assessment = &here.site.assessment;
    let ids = assessment.of_scope(scope);
    let all = match scope {
        Scope::Agency(id) => Filter::Agency(id),
        scope => Filter::Scope(scope),
    };
    let (failing, failing_shown) = failing(here, ids, List::of(Kind::Occurrences, all));
    let of = |id: &OccurrenceId| assessment.occurrence(*id);
    // Occurrences of a scope stand together by duty.
    let mut duties: Vec<DutyRow> = ids
        .chunk_by(|a, b| of(a).obligation == of(b).obligation)
        .map(|terms| {
            let opened: Vec<OccurrenceId> =
                terms.iter().copied().filter(|id| here.has_come(of(id).opens)).collect();
            let mark = |id: &OccurrenceId| TermMark {
                link: here.link(Route::Occurrence(*id), here.term(of(id).term)),
                status: here.status(of(id).status),
            };
            DutyRow {
                current: here.row(*opened.last().unwrap_or(&terms[0])),
                recent: opened.iter().rev().take(RECENT).map(mark).collect(),
                counts: here.counts(terms.iter().map(of)),
            }
        })
        .collect();
    duties.sort_by_key(|duty| Status::from_code(duty.current.status.code));
    let counts = here.counts(ids.iter().map(of));
    let record = RecordRef::Scope(scope);
    let check_counts = count_checks(assessment.checks_of_record(record));
    let checks = here.check_rows(record);
    let against = here.check_rows_against(RecordRef::Scope(scope));
    DutiesOfScope { counts, failing, failing_shown, duties, checks, check_counts, against }
}
