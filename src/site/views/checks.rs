//! What must hold of records at any time: which records do not meet which rule, and which cannot
//! be told. Rows for the pages of records, and the page of all of them.

use serde::Serialize;

use super::View;
use super::failed_fields::FieldView;
use super::listing::{Listing, frame};
use super::parts::named;
use super::parts::{Link, PageCtx};
use super::records::CodeView;
use super::rule::independence;
use crate::assess::{Check, CheckVerdict, IndependenceIssue, RecordRef};
use crate::facts::CheckCounts;
use crate::model::{Duty, Id, Obligation};
use crate::site::Site;
use crate::site::lists::{Item, List};
use crate::text::sentence;

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
    /// What the rule asks, in words: its summary, or its title.
    pub asks: String,
    /// The expression that must hold.
    pub must: String,
    /// The fields of the record that are why it does not hold, with what they hold.
    pub fields: Vec<FieldView>,
    /// What its auditors must not be, in words.
    pub asked: Vec<String>,
    /// Who stands against whom.
    pub grounds: Vec<GroundRow>,
    /// Why it cannot be told.
    pub why: Option<String>,
    /// Where the record is mended.
    pub source: String,
}

/// An auditor who was not free, and the record that shows it.
#[derive(Clone, Debug, Serialize)]
pub struct GroundRow {
    pub text: String,
    /// `None` if it is the record itself.
    pub against: Option<Link>,
}

/// How many checks came to what.
#[derive(Clone, Copy, Debug, Default, Serialize)]
pub struct CheckCountsView {
    pub holds: usize,
    pub breached: usize,
    pub unknown: usize,
    /// Breached or unknown.
    pub failing: usize,
    pub all: usize,
}

/// What `checks.html` shows.
#[derive(Debug, Serialize)]
struct ChecksView {
    list: Listing,
    counts: CheckCountsView,
    /// Breaches, then what cannot be told.
    checks: Vec<CheckRow>,
    /// On the first page of the list of all.
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
    counts: CheckCountsView,
}

/// Makes a page of a list of checks that do not hold.
pub fn view(site: &Site, list: List, page: usize) -> View {
    let here = PageCtx::new(site, list.page(page));
    let assessment = &site.assessment;
    let checks = here.items(list, page).iter().filter_map(|item| match item {
        Item::Check(at) => Some(here.check_row(&assessment.checks[*at])),
        _ => None,
    });
    let listing = here.listing(list, page);
    let view = ChecksView {
        counts: counts(&assessment.checks),
        checks: checks.collect(),
        rules: if listing.is_front { rules(&here) } else { Vec::new() },
        list: listing,
    };
    View::new("checks.html", frame(site, list, page), view)
}

fn rules(here: &PageCtx) -> Vec<RuleRow> {
    let assessment = &here.site.assessment;
    let rules = here.site.model.obligations.iter().filter_map(|(id, obligation)| {
        let Duty::Invariant(rule) = &obligation.duty else { return None };
        Some(RuleRow {
            obligation: here.obligation(id),
            regulation: here.regulation(obligation.regulation),
            clause: here.clause_of(obligation, obligation.main_clause()),
            note: obligation.note.clone().filter(|_| !rule.is_computed()),
            counts: counts(assessment.checks_of_rule(id)),
        })
    });
    rules.collect()
}

/// How many checks came to what.
pub fn counts<'a>(checks: impl IntoIterator<Item = &'a Check>) -> CheckCountsView {
    CheckCountsView::new(CheckCounts::of(checks))
}

impl CheckCountsView {
    /// Counts as a page shows them.
    pub fn new(counts: CheckCounts) -> Self {
        let CheckCounts { holds, breached, unknown } = counts;
        Self { holds, breached, unknown, failing: counts.failing(), all: counts.all() }
    }
}

impl PageCtx<'_> {
    /// What came of a rule that must hold at any time; `None` of other duties, and of rules that
    /// do not say enough to be computed.
    pub fn check_counts(&self, id: Id<Obligation>) -> Option<CheckCountsView> {
        let computed = match &self.site.model.obligations[id].duty {
            Duty::Invariant(rule) => rule.is_computed(),
            _ => false,
        };
        computed.then(|| counts(self.site.assessment.checks_of_rule(id)))
    }

    /// A check as a row of a table.
    pub fn check_row(&self, check: &Check) -> CheckRow {
        let model = &self.site.model;
        let obligation = &model.obligations[check.obligation];
        let (must, asked) = match &obligation.duty {
            Duty::Invariant(rule) => (rule.must.as_ref(), rule.independent.as_ref()),
            _ => (None, None),
        };
        let (code, why) = match &check.verdict {
            CheckVerdict::Holds => ("holds", None),
            CheckVerdict::Breached => ("breached", None),
            CheckVerdict::Indeterminate(why) => {
                let why = sentence::no_answer(&self.site.words, why);
                ("unknown", Some(why).filter(|_| check.grounds.is_empty()))
            }
        };
        CheckRow {
            verdict: self.code("verdict", code),
            record: self.record(check.record),
            kind: named(&self.site.words, "record_of", check.record.kind(model)).to_owned(),
            obligation: self.obligation(check.obligation),
            regulation: self.regulation(obligation.regulation),
            clause: self.clause_of(obligation, obligation.main_clause()),
            asks: obligation.summary.clone().unwrap_or_else(|| obligation.title.clone()),
            must: must.map(|must| must.source.clone()).unwrap_or_default(),
            fields: self.unmet(check),
            asked: asked.map_or_else(Vec::new, |asked| independence(self, asked)),
            grounds: check.grounds.iter().map(|ground| self.ground(check, ground)).collect(),
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

    /// The breaches of other records that a record stands against, as rows.
    pub fn check_rows_against(&self, record: RecordRef) -> Vec<CheckRow> {
        let checks = self.site.assessment.checks_against(record);
        checks.map(|check| self.check_row(check)).collect()
    }

    fn ground(&self, check: &Check, ground: &IndependenceIssue) -> GroundRow {
        let (model, words) = (&self.site.model, &self.site.words);
        let auditor = ground.auditor().map(|id| &model.posts[id]);
        let title = auditor.map_or("", |post| post.title.as_str());
        let staff = auditor.map_or("", |post| model.staff(post.person));
        let person = match ground {
            IndependenceIssue::SamePerson { person, .. } => model.staff(*person),
            _ => "",
        };
        let role = match ground {
            IndependenceIssue::HoldsRole { role, .. }
            | IndependenceIssue::RoleUnrecorded { role, .. } => self.role(*role).text,
            _ => String::new(),
        };
        GroundRow {
            text: words.say(
                &format!("ground.{}", ground.as_str()),
                &[("title", &title), ("staff", &staff), ("person", &person), ("role", &role)],
            ),
            against: Some(ground.against())
                .filter(|other| *other != check.record)
                .map(|other| self.record(other)),
        }
    }

    /// A link to a record, by its name.
    pub fn record(&self, record: RecordRef) -> Link {
        match record {
            RecordRef::Scope(scope) => self.scope(scope),
            RecordRef::Audit(id) => self.audit(id),
        }
    }
}
