//! Where something stands in one line: what is not as it should be, how much is met, what comes
//! next. Stands on top of the pages of agencies, units, systems, posts and roles.

use chrono::Days;
use serde::Serialize;

use super::checks::CheckCountsView;
use super::duties_of_scope::{coming_ids, failing};
use super::gate::gate_lines;
use super::listing::Truncation;
use super::parts::{Link, OccurrenceRow, PageCtx, StatusCount};
use super::records::CodeView;
use crate::assess::OccurrenceId;
use crate::facts::verdict::Subject;
use crate::facts::{Outcome, Verdict};
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
/// in which all of them stand; `verdict` is what they and all else it counts come to.
pub fn outlook(here: &PageCtx, ids: &[OccurrenceId], of: Filter, verdict: &Verdict) -> Outlook {
    let assessment = &here.site.assessment;
    let all = List::of(Kind::Occurrences, of);
    let (failing, failing_shown) = failing(here, ids, all);
    let coming = coming_ids(here, ids, assessment.as_of + Days::new(DAYS_AHEAD));
    Outlook {
        standing: standing(here, ids, verdict),
        failing,
        failing_shown,
        coming_shown: here.shown(coming.len().min(INLINE_ROWS_MAX), coming.len(), all),
        coming: coming.into_iter().take(INLINE_ROWS_MAX).map(|id| here.row(id)).collect(),
    }
}

/// Where it stands, as the verdict has it: the same figures as in the data and on the command line.
#[derive(Debug, Serialize)]
pub struct Standing {
    /// `bad`, `good`, or `none` where nothing can be told.
    pub code: &'static str,
    /// The verdict: `unmet`, `unclear` or `met`.
    pub gate: CodeView,
    /// Overdue, deficient or unknown, without those that are settled.
    pub failing: usize,
    pub met: usize,
    /// Due or done: the denominator.
    pub judged: usize,
    pub counts: Vec<StatusCount>,
    /// Of the rules that must hold at any time: nothing is well while one of them does not.
    pub checks: CheckCountsView,
    /// What else the verdict counts, in sentences.
    pub lines: Vec<Link>,
    /// What is due next.
    pub next: Option<OccurrenceRow>,
}

/// Where occurrences stand together.
fn standing(here: &PageCtx, ids: &[OccurrenceId], verdict: &Verdict) -> Standing {
    let assessment = &here.site.assessment;
    let waits = |id: &&OccurrenceId| assessment.occurrence(**id).status.is_coming();
    let next = ids.iter().filter(waits).min_by_key(|id| (assessment.occurrence(**id).due, **id));
    let outcome = verdict.outcome();
    let has_more = verdict.failures().all()
        + verdict.retention.all()
        + verdict.open_findings
        + verdict.suspects
        > 0;
    Standing {
        code: match outcome {
            Outcome::Unmet => "bad",
            Outcome::Unclear => "none",
            Outcome::Met => "good",
        },
        gate: here.code("gate", outcome.as_str()),
        failing: verdict.failures().open(),
        met: verdict.met(),
        judged: verdict.judged(),
        counts: here.counts(ids.iter().map(|id| assessment.occurrence(*id))),
        checks: CheckCountsView::new(verdict.checks),
        lines: if has_more { gate_lines(here, verdict) } else { Vec::new() },
        next: next.map(|id| here.row(*id)),
    }
}

impl PageCtx<'_> {
    /// The verdict on an agency, a unit, a post, a system or a role.
    pub fn verdict_on(&self, subject: Subject) -> Verdict {
        let site = self.site;
        site.facts.verdict_on(&site.model, &site.assessment, subject)
    }
}
