//! What a draft would change: its rules in the place of those of the same id, its text in force from a
//! day on, run over the real records, and compared with the law. Never a part of any verdict.

use std::collections::{BTreeMap, BTreeSet};

use super::change::set;
use super::compare::{Difference, State, states, turns};
use super::run::judge;
use crate::assess::Assessment;
use crate::diagnostic::Diagnostics;
use crate::model::Known;
use crate::model::question::Set;
use crate::parse::{Parsed, ParsedDraft, ParsedRegulation, ParsedVersion};
use crate::record::kinds::Kinds;
use crate::record::value::{Data, Value};
use crate::source::{SourceTree, Spanned};
use crate::time::Day;

/// What is asked.
#[derive(Clone, Debug)]
pub struct Asked<'a> {
    pub regulation: &'a str,
    pub draft: &'a str,
    /// The first and the last day on which what falls due is compared; both inclusive.
    pub from: Day,
    pub to: Day,
    /// More changes of rules: `DUTY.path`, value.
    pub set: &'a [(String, String)],
}

/// What would be otherwise.
#[derive(Debug, Default)]
pub struct WhatIf {
    /// Statuses and verdicts that turn, by id.
    pub turns: Vec<Difference>,
    /// Duties that there would be, and would be no more.
    pub gained: Vec<String>,
    pub lost: Vec<String>,
    /// By the name of the unit, or of the agency where it lies in none.
    pub work: BTreeMap<String, Work>,
}

/// Work that the draft adds; less than nothing where it saves some.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Work {
    /// Occurrences that fall due.
    pub occurrences: i64,
    /// Records that must be looked at.
    pub records: i64,
    /// Persons that must be looked at.
    pub persons: i64,
    /// Papers to be sent or filed.
    pub papers: i64,
}

impl Work {
    fn add(&mut self, state: &State, sign: i64) {
        let signed = |count: u64| sign * i64::try_from(count).unwrap_or(i64::MAX);
        self.occurrences += sign;
        self.records += signed(state.required.0);
        self.persons += signed(state.required.1);
        self.papers += signed(state.papers);
    }

    /// Whether it adds and saves nothing.
    pub fn is_none(&self) -> bool {
        *self == Self::default()
    }
}

/// Why nothing can be said.
#[derive(Debug)]
pub enum NoDraft {
    /// No regulation has the id.
    Regulation,
    /// The regulation has no such draft; those that it has.
    Draft(Vec<String>),
    /// What is wrong with the rules of the draft.
    Faults(Diagnostics),
}

/// Runs a draft over the records.
pub fn what_if(
    parsed: &Parsed,
    tree: &SourceTree,
    (known, assessment): (&Known, &Assessment),
    asked: &Asked<'_>,
) -> Result<WhatIf, NoDraft> {
    let named = parsed.regulations.iter().position(|one| one.slug == asked.regulation);
    let at = named.ok_or(NoDraft::Regulation)?;
    let drafts = &parsed.regulations[at].drafts;
    let name = |draft: &ParsedDraft| draft.version.head.string("id");
    let Some(draft) = drafts.iter().find(|draft| name(draft) == asked.draft) else {
        return Err(NoDraft::Draft(drafts.iter().map(name).collect()));
    };
    let mut regulations = parsed.regulations.clone();
    apply(&mut regulations[at], parsed.kinds, draft, asked).map_err(NoDraft::Faults)?;
    // Clauses that only the draft has are classified with it, or not yet.
    regulations[at].unread = true;
    let (variant, judged) =
        judge((parsed, &regulations), tree, assessment.as_of).map_err(NoDraft::Faults)?;
    Ok(compare((known, assessment), (&variant, &judged), asked))
}

/// Puts the draft in the place of the law.
fn apply(
    regulation: &mut ParsedRegulation,
    kinds: &Kinds,
    draft: &ParsedDraft,
    asked: &Asked<'_>,
) -> Result<(), Diagnostics> {
    let mut version = draft.version.clone();
    let span = version.head.span;
    let starts =
        |version: &ParsedVersion| version.head.date("in_force").or(version.head.date("amended"));
    // As if it had come into force before anything that is compared. A text without a day holds on
    // any, and so does the draft of it.
    version.head.entries.retain(|(key, _)| key.value != "in_force" && key.value != "amended");
    if regulation.versions.iter().any(|one| starts(one).is_some()) {
        let day = Value { span, data: Data::Date(asked.from) };
        version.head.entries.push((Spanned::new("in_force".to_owned(), span), day));
        regulation.versions.retain(|one| starts(one).is_none_or(|from| from < asked.from));
    } else {
        regulation.versions.clear();
    }
    regulation.versions.push(version);
    let repeals: BTreeSet<String> =
        draft.version.head.texts("repeals").map(|slug| slug.value.to_owned()).collect();
    regulation.obligations.retain(|rule| !repeals.contains(&rule.string("id")));
    for rule in &draft.obligations {
        let own = rule.string("id");
        let place = regulation.obligations.iter().position(|law| law.string("id") == own);
        match place {
            Some(place) => regulation.obligations[place] = rule.clone(),
            None => regulation.obligations.push(rule.clone()),
        }
    }
    // For which text a rule was written is nothing that a draft changes, and the text may be gone.
    for rule in &mut regulation.obligations {
        rule.entries.retain(|(key, _)| !matches!(key.value.as_str(), "written_for" | "confirmed"));
    }
    let faults: Diagnostics = asked
        .set
        .iter()
        .filter_map(|(path, value)| {
            let change = Set {
                path: Spanned::new(path.clone(), span),
                value: Spanned::new(value.clone(), span),
            };
            set(&mut regulation.obligations, kinds, &change).err()
        })
        .collect();
    if faults.is_empty() { Ok(()) } else { Err(faults) }
}

fn compare(
    before: (&Known, &Assessment),
    after: (&Known, &Assessment),
    asked: &Asked<'_>,
) -> WhatIf {
    let within = |state: &State| match state.due {
        Some(due) => (asked.from..=asked.to).contains(&due),
        None => true,
    };
    let of = |(known, assessment): (&Known, &Assessment)| {
        let mut all = states(known, assessment);
        all.retain(|_, state| within(state));
        all
    };
    let (law, draft) = (of(before), of(after));
    let mut work: BTreeMap<String, Work> = BTreeMap::new();
    for (states, sign) in [(&law, -1), (&draft, 1)] {
        for state in
            states.values().filter(|state| state.is_occurrence && state.status != "not-applicable")
        {
            work.entry(state.place.clone()).or_default().add(state, sign);
        }
    }
    work.retain(|_, work| !work.is_none());
    let duties = |(known, _): (&Known, &Assessment)| -> BTreeSet<String> {
        known.obligations.ids().map(|id| known.obligation_path(id)).collect()
    };
    let (old, new) = (duties(before), duties(after));
    WhatIf {
        turns: turns(&law, &draft),
        gained: new.difference(&old).cloned().collect(),
        lost: old.difference(&new).cloned().collect(),
        work,
    }
}
