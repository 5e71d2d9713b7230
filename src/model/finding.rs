//! What audits found amiss, until it is closed.

use std::sync::Arc;

use super::destroyed::Destroyed;
use super::names::{Names, in_order};
use super::{Account, Approval, Audit, Event, Evidence, Grade, GradeName, Id, Model, Named, Post};
use crate::diagnostic::Diagnostics;
use crate::law::ClauseNumber;
use crate::record::value::Group;
use crate::source::Spanned;
use crate::time::{Day, Instant, Moment};

/// Something amiss (缺失).
#[derive(Clone, Debug)]
pub struct Finding {
    pub slug: String,
    pub audit: Id<Audit>,
    pub title: String,
    pub description: Option<String>,
    /// Clauses of the audit's regulation.
    pub clauses: Vec<ClauseNumber>,
    pub grade: Grade,
    /// What the record calls it: the grade's own word, or one of the site's vocabulary that weighs as it.
    pub grade_name: Id<GradeName>,
    pub found_on: Day,
    /// The time of that day, if it is recorded.
    pub found_at: Option<Instant>,
    /// By when it must be mended.
    pub due: Option<Day>,
    pub owner: Option<Id<Post>>,
    pub cause: Option<String>,
    pub explanation: Option<Explanation>,
    pub reports: Vec<Report>,
    pub actions: Vec<Action>,
    /// Who checked that it is mended, and when.
    pub verified: Option<Approval>,
    pub closed_on: Option<Day>,
    /// The failures it deals with, by the public ids of occurrences and kept records. They exist
    /// only in an assessment, so that these names are looked up there.
    pub settles: Vec<Spanned<String>>,
    /// The earlier finding that came back.
    pub repeats: Option<Id<Finding>>,
    pub account: Option<Id<Account>>,
    pub evidence: Vec<Id<Evidence>>,
    pub destroyed: Option<Destroyed>,
    pub fields: Arc<Group>,
    /// Events that came from it, in order: what had to be reported about it.
    pub events: Vec<Id<Event>>,
    /// Later findings that say they repeat this one.
    pub repeated_by: Vec<Id<Finding>>,
}

/// A corrective action (改善措施).
#[derive(Clone, Debug)]
pub struct Action {
    pub what: String,
    pub due: Option<Day>,
    pub done_on: Option<Day>,
    pub by: Option<Id<Post>>,
}

/// What the audited unit said (說明).
#[derive(Clone, Debug)]
pub struct Explanation {
    pub on: Day,
    pub text: String,
    pub document: Option<String>,
}

/// Whom it was told (通報).
#[derive(Clone, Debug)]
pub struct Report {
    pub to: String,
    pub on: Day,
    pub document: Option<String>,
}

impl Model {
    /// Whether a finding is of a grade that a rule names: called so, or weighing as the grade whose own
    /// word it is.
    pub fn is_of_grade(&self, finding: &Finding, asked: Id<GradeName>) -> bool {
        finding.grade_name == asked || self.grade_names[asked].own == Some(finding.grade)
    }
}

impl Named for Finding {
    fn slug(&self) -> &str {
        &self.slug
    }
}

impl Finding {
    pub(super) fn resolve(fields: &Group, names: &Names, report: &mut Diagnostics) -> Option<Self> {
        in_order(fields, ("found_on", "due"), report);
        in_order(fields, ("found_on", "closed_on"), report);
        let verified = fields.group("verified").and_then(|check| {
            Some(Approval { on: check.date("on")?, at: None, by: names.get(check, "by", report)? })
        });
        let actions = fields
            .groups("actions")
            .map(|action| Action {
                what: action.string("what"),
                due: action.date("due"),
                done_on: action.date("done_on"),
                by: names.get(action, "by", report),
            })
            .collect();
        let grade = fields.string("grade");
        Some(Self {
            slug: fields.string("id"),
            audit: names.get(fields, "audit", report)?,
            title: fields.string("title"),
            description: fields.maybe_string("description"),
            clauses: fields.texts("clauses").filter_map(|text| text.value.parse().ok()).collect(),
            grade: Grade::from_word(names.grades.get(&grade).unwrap_or(&grade))
                .unwrap_or(Grade::Observation),
            grade_name: names.grade_name(&grade),
            found_on: fields.date("found_on")?,
            found_at: fields.instant("found_at"),
            due: fields.date("due"),
            owner: names.get(fields, "owner", report),
            cause: fields.maybe_string("cause"),
            explanation: fields.group("explanation").and_then(|said| {
                Some(Explanation {
                    on: said.date("on")?,
                    text: said.string("text"),
                    document: said.maybe_string("document"),
                })
            }),
            reports: fields.groups("reports").filter_map(report_of).collect(),
            actions,
            verified,
            closed_on: fields.date("closed_on"),
            settles: fields
                .texts("settles")
                .map(|name| Spanned::new(name.value.to_owned(), name.span))
                .collect(),
            repeats: names.get(fields, "repeats", report),
            account: names.get(fields, "account", report),
            evidence: names.list(fields, "evidence", report),
            destroyed: Destroyed::resolve(fields, names, report),
            fields: Arc::new(fields.clone()),
            events: Vec::new(),
            repeated_by: Vec::new(),
        })
    }

    /// When it was found, as far as it is recorded.
    pub fn found(&self) -> Moment {
        Moment::of(self.found_on, self.found_at)
    }

    /// Whether it is open on `day`: found by then and not closed.
    pub fn is_open_on(&self, day: Day) -> bool {
        self.found_on <= day && self.closed_on.is_none_or(|closed| closed > day)
    }
}

fn report_of(told: &Group) -> Option<Report> {
    Some(Report {
        to: told.string("to"),
        on: told.date("on")?,
        document: told.maybe_string("document"),
    })
}
