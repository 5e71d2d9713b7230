//! Which clauses no longer say what a rule was written for: it is suspect (存疑) until somebody has
//! read it again.

use super::written_for::fingerprint;
use super::{Obligation, Regulation, Version};
use crate::law::ClauseNumber;
use crate::source::Spanned;
use crate::time::Day;

/// A clause that does not say what the rule was written for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Suspicion {
    pub clause: ClauseNumber,
    pub change: Change,
}

/// What became of the clause.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Change {
    Reworded,
    /// The version has no such clause.
    Deleted,
}

impl Change {
    /// The word of its texts.
    pub fn as_str(self) -> &'static str {
        match self {
            Change::Reworded => "reworded",
            Change::Deleted => "deleted",
        }
    }
}

impl Obligation {
    /// The first version in force while the rule is law that has one of its clauses: the text it
    /// counts as written for where nobody recorded another.
    pub fn first_text<'a>(&self, regulation: &'a Regulation) -> Option<&'a Version> {
        let has = |version: &&Version| {
            self.clauses.iter().any(|clause| version.text.clause(&clause.value).is_some())
        };
        regulation.versions_within(self.days).find(has)
    }

    /// The fingerprint of what a clause said when the rule was written.
    fn written_fingerprint(
        &self,
        regulation: &Regulation,
        clause: &ClauseNumber,
    ) -> Option<String> {
        if let Some(written) = &self.written_for {
            return written.of(clause).map(|recorded| recorded.value.clone());
        }
        let mut versions = regulation.versions_within(self.days);
        versions.find_map(|version| version.text.clause(clause)).map(fingerprint)
    }

    /// The clauses that do not say in `version` what the rule was written for, in its order. Empty
    /// where the version's source does not state the clause, or the rule is not law while the
    /// version is in force. A confirmation counts from its day on.
    pub fn suspicions(
        &self,
        regulation: &Regulation,
        version: &Version,
        as_of: Day,
    ) -> Vec<Suspicion> {
        let in_force = regulation.days_in_force(version).unwrap_or_default();
        if in_force.and(self.days).is_empty() {
            return Vec::new();
        }
        let confirmed: Vec<&Version> = self
            .confirmed
            .iter()
            .filter(|entry| entry.on <= as_of)
            .filter_map(|entry| regulation.version(&entry.version.value))
            .collect();
        let change = |clause: &ClauseNumber| {
            // A rule that ends before the clause's own day is about the words before it.
            let ends_before = |day: Day| self.days.until.is_some_and(|until| until < day);
            if version.later_day(clause).is_some_and(ends_before) {
                return None;
            }
            let recorded = &self.written_fingerprint(regulation, clause)?;
            let said = version.text.clause(clause).map(fingerprint);
            let accepts = |other: &&Version| other.text.clause(clause).map(fingerprint) == said;
            match &said {
                None if !version.complete => return None,
                // The clause had not been written yet.
                None if regulation.is_before(version, clause) => return None,
                Some(said) if said == recorded => return None,
                _ if confirmed.iter().any(accepts) => return None,
                _ => {}
            }
            let change = if said.is_some() { Change::Reworded } else { Change::Deleted };
            Some(Suspicion { clause: clause.clone(), change })
        };
        self.clauses.iter().filter_map(|clause| change(&clause.value)).collect()
    }

    /// What to enter under the rule so that its clauses are those of `version`, in one line.
    pub fn written_for_line(&self, version: &Version) -> String {
        let entry = |clause: &Spanned<ClauseNumber>| {
            let found = version.text.clause(&clause.value)?;
            Some(format!("\"{}\": \"{}\"", clause.value, fingerprint(found)))
        };
        let entries: Vec<String> = self.clauses.iter().filter_map(entry).collect();
        format!(
            "written_for: {{version: \"{}\", fingerprints: {{{}}}}}",
            version.slug,
            entries.join(", ")
        )
    }
}
