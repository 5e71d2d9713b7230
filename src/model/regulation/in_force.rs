//! Days in the life of a text and of a rule: on which days a rule is law, which versions are in
//! force then, and whether the site holds what a clause said on a day. A text that is not held is
//! never replaced by a later one, because what it asked is not known.

use super::HistoryEntry;
use super::Regulation;
use super::version::Version;
use crate::law::{ClauseNumber, LawClause};
use crate::record::value::Group;
use crate::time::Day;

/// Days in a row, both ends inclusive; without an end as far as time goes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Days {
    pub from: Option<Day>,
    pub until: Option<Day>,
}

impl Days {
    /// What an author wrote as `from` and `until`.
    pub(in crate::model) fn resolve(fields: &Group) -> Self {
        Self { from: fields.date("from"), until: fields.date("until") }
    }

    /// Whether `day` is one of them.
    pub fn contains(self, day: Day) -> bool {
        self.from.is_none_or(|from| from <= day) && self.until.is_none_or(|until| day <= until)
    }

    /// The days that are in both. They may be none: `from` is after `until` then.
    pub fn and(self, other: Days) -> Days {
        Days {
            from: self.from.max(other.from),
            until: self.until.into_iter().chain(other.until).min(),
        }
    }

    /// Whether there is no such day.
    pub fn is_empty(self) -> bool {
        matches!((self.from, self.until), (Some(from), Some(until)) if until < from)
    }
}

/// What is known of a clause on a day.
#[derive(Clone, Copy, Debug)]
pub enum ClauseOn<'a> {
    Says(&'a LawClause),
    /// The text in force has no such clause.
    Absent,
    /// The site does not hold the text in force.
    NotHeld,
}

/// A day from which the text was another one.
struct Amendment<'a> {
    from: Day,
    /// The version that came of it, if the site holds any of it.
    version: Option<&'a Version>,
    /// The clauses it touched, where somebody recorded it.
    amends: Option<&'a [ClauseNumber]>,
}

impl<'a> Amendment<'a> {
    /// Whether it is known to have left a clause as it was.
    fn spares(&self, clause: &ClauseNumber) -> bool {
        let touches =
            |touched: &ClauseNumber| clause.starts_with(touched) || touched.starts_with(clause);
        self.amends.is_some_and(|amends| !amends.iter().any(touches))
    }

    /// What its version says of a clause; `None` if its source does not state it.
    fn says(&self, clause: &ClauseNumber, day: Day) -> Option<ClauseOn<'a>> {
        let version = self.version?;
        // Until its own day the version before says what it says.
        if version.later_day(clause).is_some_and(|later| day < later) {
            return None;
        }
        match version.text.clause(clause) {
            Some(_) if version.is_carried_over(clause) => None,
            Some(found) => Some(ClauseOn::Says(found)),
            None => (!version.partial).then_some(ClauseOn::Absent),
        }
    }
}

impl Version {
    /// The first day in force of a clause that comes into force later than the rest.
    pub fn later_day(&self, clause: &ClauseNumber) -> Option<Day> {
        let of_clause = self.later.iter().filter(|(later, _)| clause.starts_with(later));
        of_clause.map(|(_, day)| *day).max()
    }

    /// Whether the clause lies in a 點 that the version's own source does not state.
    pub fn is_carried_over(&self, clause: &ClauseNumber) -> bool {
        self.carried_over.iter().any(|point| clause.starts_with(point))
    }
}

impl Regulation {
    /// What the text in force on `day` says of a clause, as far as the site holds it. An amendment
    /// that is only listed in the history counts: the texts before it do not hold any more. Where
    /// amendments name the clauses they touched, the others stay known across them.
    pub fn clause_on(&self, clause: &ClauseNumber, day: Day) -> ClauseOn<'_> {
        if let [only] = self.versions.as_slice()
            && only.from().is_none()
        {
            return match only.text.clause(clause) {
                Some(found) => ClauseOn::Says(found),
                None if only.complete => ClauseOn::Absent,
                None => ClauseOn::NotHeld,
            };
        }
        let amendments = self.amendments();
        let now = amendments.partition_point(|amendment| amendment.from <= day);
        for amendment in amendments[..now].iter().rev() {
            if let Some(said) = amendment.says(clause, day) {
                return said;
            }
            // A partial version states what it changed; what it does not state stayed as it was.
            if amendment.version.is_none() && !amendment.spares(clause) {
                break;
            }
        }
        // A later text tells what was so before, if nothing in between touched the clause.
        for amendment in &amendments[now..] {
            if !amendment.spares(clause) {
                break;
            }
            if let Some(said) = amendment.says(clause, day) {
                return said;
            }
        }
        ClauseOn::NotHeld
    }

    /// The days from which the text was another one, the earliest first: those of the versions, and
    /// those of the history of which the site has no text.
    fn amendments(&self) -> Vec<Amendment<'_>> {
        let mut all: Vec<Amendment> = self
            .versions
            .iter()
            .filter_map(|version| {
                let amends = version.amends.as_deref().or_else(|| {
                    self.history.iter().find(|entry| entry.is_of(version))?.amends.as_deref()
                });
                Some(Amendment { from: version.from()?, version: Some(version), amends })
            })
            .collect();
        let unheld = |entry: &&HistoryEntry| !self.versions.iter().any(|v| entry.is_of(v));
        all.extend(self.history.iter().filter(unheld).map(|entry| Amendment {
            from: entry.from(),
            version: None,
            amends: entry.amends.as_deref(),
        }));
        all.sort_by_key(|amendment| amendment.from);
        all
    }

    /// The days from which the answer of [`Self::clause_on`] may be another one, in order.
    pub fn turning_days(&self) -> Vec<Day> {
        let later = self.versions.iter().flat_map(|version| &version.later).map(|(_, day)| *day);
        let mut days: Vec<Day> =
            self.amendments().iter().map(|amendment| amendment.from).chain(later).collect();
        days.sort_unstable();
        days
    }

    /// The days a version is in force. The first one may have been before its day: no older text is
    /// known. A version without a day among others is in force on none that is known.
    pub fn days_in_force(&self, version: &Version) -> Option<Days> {
        if let [only] = self.versions.as_slice() {
            return Some(Days { from: only.from(), until: None });
        }
        let from = version.from()?;
        let later = self.versions.iter().filter_map(Version::from).filter(|other| *other > from);
        Some(Days { from: Some(from), until: later.min().and_then(|day| day.pred_opt()) })
    }

    /// The versions in force on some of the days, the oldest first: those whose clauses a rule of
    /// these days may name.
    pub fn versions_within(&self, days: Days) -> impl Iterator<Item = &Version> {
        self.versions.iter().filter(move |version| {
            self.days_in_force(version).is_some_and(|in_force| !in_force.and(days).is_empty())
        })
    }
}

impl HistoryEntry {
    /// The first day in force, as far as it is known.
    pub fn from(&self) -> Day {
        self.in_force.unwrap_or(self.date)
    }

    /// Whether it is the amendment that a version came of.
    pub fn is_of(&self, version: &Version) -> bool {
        version.amended == Some(self.date) || version.from() == Some(self.from())
    }
}
