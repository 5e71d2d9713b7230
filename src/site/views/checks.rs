//! What must hold of records at any time: which records do not meet which rule, and which cannot
//! be told. Rows for the pages of records, and the page of all of them.

use serde::Serialize;

use super::parts::{Here, Link};
use super::records::CodeView;
use super::rule::named;
use super::{Frame, View};
use crate::assess::{Check, RecordRef, Verdict};
use crate::model::Named;
use crate::site::Site;
use crate::site::route::Route;

/// A record against a rule, in a table.
#[derive(Clone, Debug, Serialize)]
pub struct CheckRow {
    pub verdict: CodeView,
    pub record: Link,
    /// The kind of record, in words.
    pub kind: String,
    pub obligation: Link,
    pub regulation: Link,
    pub clause: Link,
    /// The expression that must hold.
    pub must: String,
    /// Why it cannot be told.
    pub why: Option<String>,
    /// Where the record is mended.
    pub source: String,
}

/// How many checks came to what.
#[derive(Clone, Copy, Debug, Default, Serialize)]
pub struct CheckCounts {
    pub holds: usize,
    pub breached: usize,
    pub unknown: usize,
}

/// What `checks.html` shows.
#[derive(Debug, Serialize)]
struct ChecksView {
    counts: CheckCounts,
    breached: Vec<CheckRow>,
    unknown: Vec<CheckRow>,
    rules: Vec<RuleRow>,
}

/// A rule and how many records meet it.
#[derive(Debug, Serialize)]
struct RuleRow {
    obligation: Link,
    regulation: Link,
    clause: Link,
    /// What the rule needs recorded, if it cannot be computed at all.
    note: Option<String>,
    counts: CheckCounts,
}

/// Makes the page of all checks.
pub fn view(site: &Site) -> View {
    let here = Here::new(site, Route::Checks);
    let (model, assessment) = (&site.model, &site.assessment);
    let rows = |wanted: fn(&Verdict) -> bool| {
        let checks = assessment.checks.iter().filter(|check| wanted(&check.verdict));
        checks.map(|check| here.check_row(check)).collect()
    };
    let rules = model.obligations.iter().filter_map(|(id, obligation)| {
        let crate::model::Duty::Invariant(rule) = &obligation.duty else { return None };
        Some(RuleRow {
            obligation: here.obligation(id),
            regulation: here.regulation(obligation.regulation),
            clause: here.clause(obligation.regulation, obligation.main_clause()),
            note: obligation.note.clone().filter(|_| rule.must.is_none()),
            counts: counts(assessment.checks_of_rule(id)),
        })
    });
    let view = ChecksView {
        counts: counts(&assessment.checks),
        breached: rows(|verdict| matches!(verdict, Verdict::Breached)),
        unknown: rows(|verdict| matches!(verdict, Verdict::CannotTell(_))),
        rules: rules.collect(),
    };
    let title = site.words.get("checks.title").to_owned();
    View::new("checks.html", Frame::new(site, Route::Checks, &title, Vec::new()), view)
}

/// Counts checks by what came of them.
pub fn counts<'a>(checks: impl IntoIterator<Item = &'a Check>) -> CheckCounts {
    let mut counts = CheckCounts::default();
    for check in checks {
        match check.verdict {
            Verdict::Holds => counts.holds += 1,
            Verdict::Breached => counts.breached += 1,
            Verdict::CannotTell(_) => counts.unknown += 1,
        }
    }
    counts
}

impl Here<'_> {
    /// A check as a row of a table.
    pub fn check_row(&self, check: &Check) -> CheckRow {
        let model = &self.site.model;
        let obligation = &model.obligations[check.obligation];
        let must = match &obligation.duty {
            crate::model::Duty::Invariant(rule) => rule.must.as_ref(),
            _ => None,
        };
        let (code, why) = match &check.verdict {
            Verdict::Holds => ("holds", None),
            Verdict::Breached => ("breached", None),
            Verdict::CannotTell(why) => ("unknown", Some(why.clone())),
        };
        CheckRow {
            verdict: self.code("verdict", code),
            record: self.record(check.record),
            kind: named(&self.site.words, "record_of", check.record.kind(model)).to_owned(),
            obligation: self.obligation(check.obligation),
            regulation: self.regulation(obligation.regulation),
            clause: self.clause(obligation.regulation, obligation.main_clause()),
            must: must.map(|must| must.source.clone()).unwrap_or_default(),
            why,
            source: self.site.source(check.record.fields(model)),
        }
    }

    /// The checks of a record as rows, what does not hold first.
    pub fn check_rows(&self, record: RecordRef) -> Vec<CheckRow> {
        let mut checks: Vec<&Check> = self.site.assessment.checks_of_record(record).collect();
        checks.sort_by_key(|check| (&check.verdict, check.obligation));
        checks.into_iter().map(|check| self.check_row(check)).collect()
    }

    /// A link to a record, by its id or name.
    pub fn record(&self, record: RecordRef) -> Link {
        let model = &self.site.model;
        match record {
            RecordRef::Scope(scope) => self.scope(scope),
            RecordRef::Audit(id) => self.link(Route::Audit(id), model.audits[id].slug()),
            RecordRef::Entry(id) => self.link(Route::Entry(id), model.entries[id].slug()),
        }
    }
}
