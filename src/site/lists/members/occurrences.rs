//! Lists of occurrences: by status, by what they are laid on, by duty, and by when they are due.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use super::Make;
use crate::assess::{Occurrence, OccurrenceId, Status};
use crate::facts::Urgency;
use crate::facts::ranking::relevance;
use crate::model::{Agency, Id, Scope};
use crate::site::lists::{Filter, INLINE_ROWS_MAX, Item, Kind, List};
use crate::site::months::months;
use crate::time::{Every, Period};

impl Make<'_> {
    pub(super) fn occurrences(&mut self) {
        let (model, assessment) = (self.model, self.assessment);
        let of = |id: &OccurrenceId| -> &Occurrence { assessment.occurrence(*id) };
        let mut by_status: BTreeMap<Status, Vec<OccurrenceId>> = BTreeMap::new();
        let mut failing: BTreeMap<Scope, usize> = BTreeMap::new();
        for (id, occurrence) in assessment.iter() {
            by_status.entry(occurrence.status).or_default().push(id);
            if occurrence.status.is_failing() {
                *failing.entry(occurrence.scope).or_default() += 1;
            }
        }
        let rows = |mut ids: Vec<OccurrenceId>| -> Vec<Item> {
            ids.sort_by_key(|id| (relevance(of(id), assessment.as_of), *id));
            ids.into_iter().map(Item::Occurrence).collect()
        };
        for status in Status::ALL.into_iter().filter(|status| status.asks_for_action()) {
            let ids = by_status.remove(&status).unwrap_or_default();
            self.add(List::of(Kind::Occurrences, Filter::Status(status)), rows(ids));
        }
        for id in model.agencies.ids() {
            let ids = assessment.of_agency(id).to_vec();
            if !ids.is_empty() {
                self.add(List::of(Kind::Occurrences, Filter::Agency(id)), rows(ids));
            }
        }
        for (scope, _) in failing.into_iter().filter(|(_, count)| *count > INLINE_ROWS_MAX) {
            if !matches!(scope, Scope::Agency(_)) {
                let ids = assessment.of_scope(scope).to_vec();
                self.add(List::of(Kind::Occurrences, Filter::Scope(scope)), rows(ids));
            }
        }
        for id in model.obligations.ids() {
            let ids: Vec<OccurrenceId> = assessment.of_obligation(id).map(|(id, _)| id).collect();
            if ids.len() > INLINE_ROWS_MAX {
                self.add(List::of(Kind::Occurrences, Filter::Obligation(id)), rows(ids));
            }
        }
    }

    /// By when they are due: of each class, of all agencies and of each that has any; of each month.
    pub(super) fn due(&mut self) {
        let (model, assessment) = (self.model, self.assessment);
        let of = |id: &OccurrenceId| -> &Occurrence { assessment.occurrence(*id) };
        let mut classes: BTreeMap<(Urgency, Option<Id<Agency>>), Vec<OccurrenceId>> =
            Urgency::ALL.into_iter().map(|urgency| ((urgency, None), Vec::new())).collect();
        let mut months: BTreeMap<Period, Vec<OccurrenceId>> =
            months(assessment).into_iter().map(|month| (month, Vec::new())).collect();
        for (id, occurrence) in assessment.iter() {
            let urgency = Urgency::of(occurrence, assessment.as_of);
            classes.entry((urgency, None)).or_default().push(id);
            let agency = model.scope_agency(occurrence.scope);
            classes.entry((urgency, Some(agency))).or_default().push(id);
            let month = Period::containing(occurrence.due, Every::Month);
            if let Some(due) = months.get_mut(&month) {
                due.push(id);
            }
        }
        for ((urgency, agency), mut ids) in classes {
            if urgency.status().is_some() {
                continue; // It is the list of that status.
            }
            match urgency {
                Urgency::Done => {
                    ids.sort_by_key(|id| (Reverse(of(id).done_on), Reverse(of(id).due), *id));
                }
                _ => ids.sort_by_key(|id| (of(id).due, of(id).status, *id)),
            }
            let items = ids.into_iter().map(Item::Occurrence).collect();
            self.add(List::of(Kind::Due, Filter::Urgency(urgency, agency)), items);
        }
        for (month, mut ids) in months {
            ids.sort_by_key(|id| (of(id).due, of(id).status, *id));
            let items = ids.into_iter().map(Item::Occurrence).collect();
            self.add(List::of(Kind::Due, Filter::Month(month)), items);
        }
    }
}
