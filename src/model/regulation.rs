//! A regulation: its names, its versions, its history, and what its clauses carry.

pub mod attachment;
pub mod citation;
pub mod in_force;
mod law_name;
pub mod law_place;
pub mod version;

use std::collections::BTreeMap;

use super::{Id, Model, Named, Obligation, Question, System};
use crate::law::ClauseNumber;
use crate::time::Day;
use attachment::Attachment;
use citation::Reading;
use in_force::Days;
use law_place::CitedLaw;
use version::Version;

/// A regulation (法規).
#[derive(Debug)]
pub struct Regulation {
    pub slug: String,
    pub name: String,
    /// For tables; the name itself if none was given.
    pub short: String,
    /// Number in the collection (法規編號).
    pub number: Option<String>,
    /// Rank (位階).
    pub rank: Option<String>,
    pub authority: Option<String>,
    /// The found text has no title; the name describes it.
    pub descriptive_name: bool,
    pub note: Option<String>,
    /// The day of its repeal (廢止), the last on which its duties are law.
    pub repealed: Option<Day>,
    /// Oldest first; never empty.
    pub versions: Vec<Version>,
    /// Newest first.
    pub history: Vec<HistoryEntry>,
    /// The laws its text names.
    pub cites: Vec<CitedLaw>,
    pub readings: Vec<Reading>,
    /// In the author's order.
    pub attachments: Vec<Attachment>,
    /// What its clauses leave open, in the author's order.
    pub questions: Vec<Question>,
    /// The names of its drafts, in the author's order.
    pub drafts: Vec<String>,
    /// In the order of the rule file.
    pub obligations: Vec<Id<Obligation>>,
    /// Why a clause carries no duty.
    pub plain_clauses: Vec<PlainClause>,
    /// The duties each clause carries.
    pub by_clause: BTreeMap<ClauseNumber, Vec<Id<Obligation>>>,
    /// The systems whose use falls under it.
    pub systems: Vec<Id<System>>,
}

/// One entry of the history (沿革).
#[derive(Debug)]
pub struct HistoryEntry {
    pub date: Day,
    pub in_force: Option<Day>,
    /// The clauses it touched; `None` if nobody recorded them.
    pub amends: Option<Vec<ClauseNumber>>,
    pub document: Option<String>,
    pub summary: String,
    /// Where its text can be read, if the site does not hold it.
    pub url: Option<String>,
}

/// A clause that carries no duty, with its sub-clauses, and why.
#[derive(Debug)]
pub struct PlainClause {
    pub clause: ClauseNumber,
    /// A word of [`REASONS`](crate::record::regulation::REASONS).
    pub reason: String,
    pub note: Option<String>,
    /// The days on which it carries none: its number is one of the versions in force then.
    pub days: Days,
}

impl Named for Regulation {
    fn slug(&self) -> &str {
        &self.slug
    }
}

impl Regulation {
    /// The first day on which some version is known to have been in force: before it there are no
    /// duties. `None` if no date is known at all.
    pub fn first_in_force(&self) -> Option<Day> {
        let versions = self.versions.iter().filter_map(Version::from);
        let history = self.history.iter().map(|entry| entry.in_force.unwrap_or(entry.date));
        versions.chain(history).min()
    }

    /// Why `clause` of a version carries no duty, if it or a clause above it says so.
    pub fn plain_reason(&self, version: &Version, clause: &ClauseNumber) -> Option<&PlainClause> {
        let in_force = self.days_in_force(version).unwrap_or_default();
        self.plain_clauses
            .iter()
            .find(|plain| clause.starts_with(&plain.clause) && !plain.days.and(in_force).is_empty())
    }

    /// The duties that name `clause` itself and are law while `version` is in force: the number
    /// may be another clause's in another version.
    pub fn duties_of(
        &self,
        model: &Model,
        version: &Version,
        clause: &ClauseNumber,
    ) -> Vec<Id<Obligation>> {
        let in_force = self.days_in_force(version).unwrap_or_default();
        let named = self.by_clause.get(clause).into_iter().flatten().copied();
        named.filter(|id| !model.obligations[*id].days.and(in_force).is_empty()).collect()
    }
}
