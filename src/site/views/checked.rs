//! The checks of everything that lies within an agency, a unit or a system: how many come to what,
//! and those that do not hold; and how a page counts them in one line.

use serde::Serialize;

use super::checks::{CheckCountsView, CheckRow, counts};
use super::listing::Truncation;
use super::parts::{Link, PageCtx};
use crate::assess::{Check, CheckVerdict, RecordRef};
use crate::model::{Agency, Id, Model, Obligation, Scope, Unit};
use crate::site::lists::{Filter, INLINE_ROWS_MAX, Kind, List};

/// Checks of several records.
#[derive(Debug, Serialize)]
pub struct Checked {
    pub counts: CheckCountsView,
    /// What does not hold, the breaches first; then what holds of the record itself.
    pub rows: Vec<CheckRow>,
    pub shown: Option<Truncation>,
    /// To the list they stand in, where there is one and it is not linked already.
    pub all: Option<Link>,
}

impl Checked {
    /// Of some checks, those of the record `own` whole. `filter` tells the list they stand in.
    pub fn new<'a>(
        here: &PageCtx,
        checks: impl Iterator<Item = &'a Check>,
        own: RecordRef,
        filter: Filter,
    ) -> Self {
        let checks: Vec<&Check> = checks.collect();
        let (mut failing, mut held): (Vec<&Check>, Vec<&Check>) = (Vec::new(), Vec::new());
        for check in &checks {
            match check.verdict {
                CheckVerdict::Holds if check.record == own => held.push(check),
                CheckVerdict::Holds => {}
                _ => failing.push(check),
            }
        }
        // The sort is stable: by rule, as they came.
        failing.sort_by_key(|check| matches!(check.verdict, CheckVerdict::Indeterminate(_)));
        let list = List::of(Kind::Checks, filter);
        let shown = here.shown(failing.len().min(INLINE_ROWS_MAX), failing.len(), list);
        let has_list = here.site.lists.has(list) && shown.is_none() && !failing.is_empty();
        Self {
            counts: counts(checks.iter().copied()),
            rows: failing
                .iter()
                .take(INLINE_ROWS_MAX)
                .chain(&held)
                .map(|one| here.check_row(one))
                .collect(),
            shown,
            all: has_list.then(|| here.link(list.page(1), here.list_title(list))),
        }
    }
}

impl<'a> PageCtx<'a> {
    /// The checks of the records that lie within an agency, a unit or a system.
    pub fn checks_within(&self, scope: Scope) -> impl Iterator<Item = &'a Check> {
        let assessment = &self.site.assessment;
        assessment.checks_within(scope).iter().map(|at| &assessment.checks[*at])
    }

    /// How many of them came to what.
    pub fn counts_within(&self, scope: Scope) -> CheckCountsView {
        counts(self.checks_within(scope))
    }

    /// They, for the page of the agency, the unit or the system.
    pub fn checked_within(&self, scope: Scope, filter: Filter) -> Checked {
        Checked::new(self, self.checks_within(scope), RecordRef::Scope(scope), filter)
    }
}

/// Whether an agency uses or runs a system under the regulation of a duty.
pub fn is_under(model: &Model, agency: Id<Agency>, duty: Id<Obligation>) -> bool {
    let regulation = &model.regulations[model.obligations[duty].regulation];
    let units = &model.agencies[agency].units;
    regulation.systems.iter().any(|system| {
        let uses =
            |unit: &Id<Unit>| model.units[*unit].uses.iter().any(|used| used.system == *system);
        model.systems[*system].agency == agency || units.iter().any(uses)
    })
}
