//! Suspect rules (存疑): the clauses in force do not say what the rule was written for, and nobody
//! has read the rule again. Asked once for each rule and version.

use std::collections::{BTreeSet, HashMap};

use crate::assess::{Assessment, Occurrence};
use crate::model::{Id, Model, Obligation};
use crate::time::Day;

/// Which rules are suspect, as of a day.
#[derive(Debug, Default)]
pub struct Suspects {
    /// By the version in force on the as-of date, in order.
    now: BTreeSet<Id<Obligation>>,
    /// By rule and by the place of the version among those of its regulation; only what was asked.
    by_version: HashMap<(Id<Obligation>, String), bool>,
}

impl Suspects {
    /// Asks of every rule, and of every version its occurrences are judged by.
    pub fn new(model: &Model, assessment: &Assessment) -> Self {
        let as_of = assessment.as_of;
        let mut suspects = Self::default();
        for id in model.obligations.ids() {
            if suspects.ask(model, id, as_of, as_of) {
                suspects.now.insert(id);
            }
            for (_, occurrence) in assessment.of_obligation(id) {
                suspects.ask(model, id, occurrence.judged_on(model), as_of);
            }
        }
        suspects
    }

    fn ask(&mut self, model: &Model, id: Id<Obligation>, day: Day, as_of: Day) -> bool {
        let obligation = &model.obligations[id];
        let regulation = &model.regulations[obligation.regulation];
        let version = regulation.judged_by(day).version;
        let key = (id, version.slug.clone());
        *self
            .by_version
            .entry(key)
            .or_insert_with(|| !obligation.suspicions(regulation, version, as_of).is_empty())
    }

    /// Whether a rule is suspect by the text in force on the as-of date.
    pub fn has(&self, id: Id<Obligation>) -> bool {
        self.now.contains(&id)
    }

    /// The rules that are suspect by the text in force on the as-of date, in order.
    pub fn rules(&self) -> impl Iterator<Item = Id<Obligation>> {
        self.now.iter().copied()
    }

    /// Whether the rule of an occurrence is suspect by the text the occurrence is judged by: its
    /// status should be checked by hand.
    pub fn of(&self, model: &Model, occurrence: &Occurrence) -> bool {
        let obligation = &model.obligations[occurrence.obligation];
        let regulation = &model.regulations[obligation.regulation];
        let version = regulation.judged_by(occurrence.judged_on(model)).version;
        let key = (occurrence.obligation, version.slug.clone());
        self.by_version.get(&key).copied().unwrap_or(false)
    }
}

/// Whether a rule was suspect on an earlier day, by what was in force and confirmed on that day.
pub fn was_suspect(model: &Model, id: Id<Obligation>, day: Day) -> bool {
    let obligation = &model.obligations[id];
    let regulation = &model.regulations[obligation.regulation];
    !obligation.suspicions(regulation, regulation.judged_by(day).version, day).is_empty()
}
