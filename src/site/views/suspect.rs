//! Suspect duties (存疑): clauses that no longer say what the rule was written for.

use serde::Serialize;

use super::parts::{Link, PageCtx};
use super::version_name;
use crate::model::{Id, Obligation};
use crate::time::Day;

/// Why a duty is suspect.
#[derive(Debug, Serialize)]
pub struct Suspect {
    pub obligation: Link,
    /// The version the rule was written for.
    pub written_for: String,
    /// The version that says something else.
    pub version: String,
    pub rows: Vec<SuspectRow>,
    /// What to enter once the rule was read again.
    pub entry: String,
}

/// A clause that says something else.
#[derive(Debug, Serialize)]
pub struct SuspectRow {
    pub clause: Link,
    pub change: String,
}

/// Why a duty is suspect by the version in force on `day`; `None` if it is not.
pub fn suspect(here: &PageCtx, id: Id<Obligation>, day: Day) -> Option<Suspect> {
    let obligation = &here.site.model.obligations[id];
    let regulation = &here.site.model.regulations[obligation.regulation];
    let version = regulation.judged_by(day).version;
    let found = obligation.suspicions(regulation, version, here.site.assessment.as_of);
    let rows: Vec<SuspectRow> = found
        .iter()
        .map(|suspicion| SuspectRow {
            clause: here.clause_of(obligation, &suspicion.clause),
            change: here.word("change", suspicion.change.as_str()),
        })
        .collect();
    (!rows.is_empty()).then(|| Suspect {
        obligation: here.obligation(id),
        written_for: match &obligation.written_for {
            Some(written) => regulation.version(&written.version.value),
            None => obligation.first_text(regulation),
        }
        .map(|version| version_name::name(here.site, version))
        .unwrap_or_default(),
        version: version_name::name(here.site, version),
        rows,
        entry: format!("confirmed: [{{version: \"{}\", on: …, by: …, note: …}}]", version.slug),
    })
}
