//! For which text a rule was written: the version, and a fingerprint of each clause it stands in.
//! Where a version says something else, the rule is suspect (存疑) until somebody has read it again.

use sha2::{Digest, Sha256};

use super::{Obligation, Regulation, Version};
use crate::law::{ClauseNumber, LawClause};
use crate::parse::value::Group;
use crate::source::{Span, Spanned};
use crate::time::Day;

/// Hexadecimal digits of a fingerprint.
pub const DIGITS: usize = 12;

/// For which text a rule was written.
#[derive(Debug)]
pub struct WrittenFor {
    pub version: Spanned<String>,
    /// In the author's order.
    pub fingerprints: Vec<(Spanned<ClauseNumber>, Spanned<String>)>,
    /// Keys of `fingerprints` that are no clause numbers.
    pub(super) unreadable: Vec<Spanned<String>>,
    pub span: Span,
}

/// Somebody has read the rule against a later version and it still holds.
#[derive(Debug)]
pub struct Confirmed {
    pub version: Spanned<String>,
    pub on: Day,
    pub by: String,
    pub note: Option<String>,
}

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

/// The first twelve hexadecimal digits of the SHA-256 of what the clause itself says, without
/// white space: how a text is wrapped does not change it, nor do the clauses within.
pub fn fingerprint(clause: &LawClause) -> String {
    let said: String = clause.own_text().chars().filter(|c| !c.is_whitespace()).collect();
    let hash = Sha256::digest(said.as_bytes());
    hash.iter().take(DIGITS / 2).map(|byte| format!("{byte:02x}")).collect()
}

impl WrittenFor {
    pub(super) fn resolve(fields: &Group) -> Option<Self> {
        let group = fields.group("written_for")?;
        let version = group.text("version")?;
        let mut fingerprints = Vec::new();
        let mut unreadable = Vec::new();
        for (key, value) in group.group("fingerprints").iter().flat_map(|group| &group.entries) {
            let text = value.as_text().unwrap_or_default().to_ascii_lowercase();
            match key.value.parse() {
                Ok(clause) => fingerprints
                    .push((Spanned::new(clause, key.span), Spanned::new(text, value.span))),
                Err(_) => unreadable.push(key.clone()),
            }
        }
        Some(Self {
            version: Spanned::new(version.value.to_owned(), version.span),
            fingerprints,
            unreadable,
            span: fields.key_span("written_for"),
        })
    }

    /// The fingerprint recorded for a clause.
    pub fn of(&self, clause: &ClauseNumber) -> Option<&Spanned<String>> {
        self.fingerprints.iter().find(|(known, _)| known.value == *clause).map(|(_, text)| text)
    }
}

impl Confirmed {
    pub(super) fn resolve(fields: &Group) -> Vec<Self> {
        let read = |group: &Group| {
            let version = group.text("version")?;
            Some(Self {
                version: Spanned::new(version.value.to_owned(), version.span),
                on: group.date("on")?,
                by: group.string("by"),
                note: group.maybe_string("note"),
            })
        };
        fields.groups("confirmed").filter_map(read).collect()
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
