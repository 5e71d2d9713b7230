//! What has another status by other rules: occurrences and checks, by their public ids.

use std::collections::BTreeMap;

use crate::assess::Assessment;
use crate::facts::checks;
use crate::facts::id;
use crate::model::{Agency, Id, Known, Model, Obligation, SampleSize, Scope};
use crate::time::Day;

/// How something stands, and what it is about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct State {
    /// The code of a status, or the word of a verdict on a check.
    pub status: &'static str,
    /// An occurrence, not a check.
    pub is_occurrence: bool,
    /// The duty's public name.
    pub duty: String,
    pub title: String,
    pub scope: String,
    /// The unit, or the agency, in whose figures it counts.
    pub place: String,
    /// The last day to do it; of a check, `None`.
    pub due: Option<Day>,
    /// What must be looked at: records and users.
    pub required: (u64, u64),
    /// Papers to be sent or filed for it.
    pub papers: u64,
}

/// Something that stands otherwise; `None` where it does not exist.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Difference {
    /// `REGULATION/OBLIGATION/SCOPE/PERIOD`, or `REGULATION/OBLIGATION/RECORD`.
    pub id: String,
    pub before: Option<State>,
    pub after: Option<State>,
}

impl Difference {
    /// Whichever state there is, the one by the law first.
    pub fn any(&self) -> &State {
        self.before.as_ref().or(self.after.as_ref()).expect("a turn is of something")
    }

    /// The two codes; an empty one where it does not exist.
    pub fn codes(&self) -> (&'static str, &'static str) {
        let code = |state: &Option<State>| state.as_ref().map_or("", |state| state.status);
        (code(&self.before), code(&self.after))
    }
}

/// Every state of an assessment, by its id.
pub fn states(known: &Known, assessment: &Assessment) -> BTreeMap<String, State> {
    let model: &Model = known;
    let mut states = BTreeMap::new();
    for (at, occurrence) in assessment.iter() {
        let rule = &model.obligations[occurrence.obligation];
        let demand = rule.duty.demand();
        let papers = demand.map_or(0, |demand| {
            demand.evidence.len() + demand.notify.len() + usize::from(demand.to.is_some())
        });
        let required = &occurrence.required;
        let state = State {
            status: occurrence.status.code(),
            is_occurrence: true,
            due: Some(occurrence.due),
            required: (size(required.records.as_ref()), size(required.users.as_ref())),
            papers: papers as u64,
            ..named(model, occurrence.obligation, occurrence.scope)
        };
        states.insert(id::occurrence(model, assessment, at), state);
    }
    for check in &assessment.checks {
        let scope = check.record.within(model).into_iter().next();
        let scope = scope.or_else(|| model.agencies.ids().next().map(Scope::Agency));
        let Some(scope) = scope else { continue };
        let state = State {
            status: checks::code(&check.verdict),
            scope: check.record.slug(model).to_owned(),
            ..named(model, check.obligation, scope)
        };
        states.insert(id::check(model, check), state);
    }
    states
}

fn size(size: Option<&SampleSize>) -> u64 {
    size.map_or(0, |size| size.required)
}

fn named(model: &Model, id: Id<Obligation>, scope: Scope) -> State {
    let agency: Id<Agency> = model.scope_agency(scope);
    let place = match model.scope_unit(scope) {
        Some(unit) => model.units[unit].name.clone(),
        None => model.agencies[agency].name.clone(),
    };
    State {
        status: "",
        is_occurrence: false,
        duty: model.obligation_path(id),
        title: model.obligations[id].title.clone(),
        scope: model.scope_name(scope).into_owned(),
        place,
        due: None,
        required: (0, 0),
        papers: 0,
    }
}

/// What stands otherwise after a change, by id.
pub fn turns(before: &BTreeMap<String, State>, after: &BTreeMap<String, State>) -> Vec<Difference> {
    let ids: std::collections::BTreeSet<&String> = before.keys().chain(after.keys()).collect();
    let turn = |id: &&String| {
        let (before, after) = (before.get(*id).cloned(), after.get(*id).cloned());
        let status = |state: &Option<State>| state.as_ref().map(|state| state.status);
        let turned = status(&before) != status(&after);
        turned.then(|| Difference { id: (*id).clone(), before, after })
    };
    ids.iter().filter_map(turn).collect()
}
