//! A version of a regulation's text: when it holds, and what it says where its source states only
//! some points. Which version a day is judged by is answered here alone.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::Regulation;
use crate::law::{ClauseNumber, Heading, LawText};
use crate::source::{FileId, Spanned};
use crate::time::Day;

/// A version of the text.
#[derive(Debug)]
pub struct Version {
    /// Such as `2024-07-01`.
    pub slug: String,
    pub amended: Option<Day>,
    /// First day in force; `None` if it is not known.
    pub in_force: Option<Day>,
    pub document: Option<String>,
    pub summary: Option<String>,
    /// The clauses it touched; `None` if nobody recorded them.
    pub amends: Option<Vec<ClauseNumber>>,
    /// Clauses that come into force later than the rest, each with its first day.
    pub later: Vec<(ClauseNumber, Day)>,
    /// Its source states only some points.
    pub partial: bool,
    /// What holds: for a partial version its own points over those of the version before it.
    pub text: Arc<LawText>,
    /// 點 that its source does not state and the version before it does.
    pub carried_over: BTreeSet<ClauseNumber>,
    /// `text` is whole: nothing is missing that this version may have.
    pub complete: bool,
    pub file: FileId,
}

/// The version a day is judged by.
#[derive(Clone, Copy, Debug)]
pub struct Judged<'a> {
    pub version: &'a Version,
    /// Whether it is known to be in force on that day; if not, no known text is older.
    pub known: bool,
}

impl Version {
    /// The first day it holds, as far as that is known: the day in force, or else of the amendment.
    pub fn from(&self) -> Option<Day> {
        self.in_force.or(self.amended)
    }

    /// Whether the version is known to begin only after `day`.
    pub fn is_after(&self, day: Day) -> bool {
        self.from().is_some_and(|from| from > day)
    }
}

/// Lays partial versions over the ones before them; `versions` are ordered, the oldest first.
pub(in crate::model) fn complete(versions: &mut [Version]) {
    for at in 0..versions.len() {
        let (before, rest) = versions.split_at_mut(at);
        let this = &mut rest[0];
        let Some(before) = before.last().filter(|_| this.partial) else { continue };
        let text = Arc::make_mut(&mut this.text);
        for point in &before.text.clauses {
            if text.clause(&point.number).is_none() {
                this.carried_over.insert(point.number.clone());
                text.clauses.push(point.clone());
            }
        }
        text.clauses.sort_by(|a, b| a.number.cmp(&b.number));
        // A heading comes with the clause it stands in front of.
        let carried = |heading: &&Heading| {
            heading.before.as_ref().is_some_and(|number| this.carried_over.contains(number))
        };
        text.headings.extend(before.text.headings.iter().filter(carried).cloned());
        let LawText { headings, clauses, .. } = text;
        // Behind the last clause stand those that are in front of none.
        headings.sort_by_key(|heading| {
            let at =
                |number: &ClauseNumber| clauses.iter().position(|clause| clause.number == *number);
            heading.before.as_ref().and_then(at).unwrap_or(clauses.len())
        });
        this.complete = before.complete;
    }
}

impl Regulation {
    /// The newest version of which the whole text is known, or the newest at all. It may not be in
    /// force yet.
    pub fn current(&self) -> &Version {
        let whole = self.versions.iter().rev().find(|version| version.complete);
        whole.or(self.versions.last()).expect("a regulation has a version")
    }

    /// The version in force on `day`: the last one that began on it or before. The only version
    /// there is holds on any day if its own day is not known. `None` if `day` lies before all.
    pub fn version_on(&self, day: Day) -> Option<&Version> {
        if let [only] = self.versions.as_slice()
            && only.from().is_none()
        {
            return Some(only);
        }
        let begun = |version: &&Version| version.from().is_some_and(|from| from <= day);
        self.versions.iter().filter(begun).max_by_key(|version| version.from())
    }

    /// The version `day` is judged by: the one in force, or the oldest that is known.
    pub fn judged_by(&self, day: Day) -> Judged<'_> {
        match self.version_on(day) {
            Some(version) => Judged { version, known: true },
            None => {
                let oldest = self.versions.iter().find(|version| version.from().is_some());
                Judged { version: oldest.unwrap_or_else(|| self.current()), known: false }
            }
        }
    }

    /// The version whose text stands on the regulation's page: the one in force on `day` if its
    /// text is whole, or else the newest whole one.
    pub fn shown(&self, day: Day) -> &Version {
        self.version_on(day).filter(|version| version.complete).unwrap_or_else(|| self.current())
    }

    /// Where in `versions` those stand that are known to follow the one before them.
    pub fn successions(&self) -> impl Iterator<Item = usize> {
        let follows = |at: &usize| self.versions[at - 1].from().is_some();
        (1..self.versions.len()).filter(follows)
    }

    /// The version named `slug`.
    pub fn version(&self, slug: &str) -> Option<&Version> {
        self.versions.iter().find(|version| version.slug == slug)
    }

    /// The first and last day on which a version has one of the clauses, as far as versions bound
    /// them; a version of which not everything is known may have any. A rule whose clause was
    /// renumbered names both numbers.
    pub fn days_of(&self, clauses: &[Spanned<ClauseNumber>]) -> (Option<Day>, Option<Day>) {
        let dated: Vec<&Version> =
            self.versions.iter().filter(|version| version.from().is_some()).collect();
        let has = |version: &&Version| {
            !version.complete
                || clauses.iter().any(|clause| version.text.clause(&clause.value).is_some())
        };
        let Some(first) = dated.iter().position(has) else { return (None, None) };
        let last = dated.iter().rposition(has).expect("the first is one");
        let from = dated[first].from().filter(|_| first > 0);
        let until = dated.get(last + 1).and_then(|next| next.from()?.pred_opt());
        (from, until)
    }

    /// Whether `version` is older than every version that has the clause.
    pub fn is_before(&self, version: &Version, clause: &ClauseNumber) -> bool {
        let first = self.versions.iter().find(|other| other.text.clause(clause).is_some());
        first.is_some_and(|first| version.from() < first.from())
    }

    /// Whether some version has the clause.
    pub fn knows_clause(&self, clause: &ClauseNumber) -> bool {
        self.versions.iter().any(|version| version.text.clause(clause).is_some())
    }
}

#[cfg(test)]
#[path = "version/tests.rs"]
mod tests;
