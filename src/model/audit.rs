//! Acts that answer duties: audits (reviews, inventories, scans) and submissions.

use std::sync::Arc;

use super::destroyed::Destroyed;
use super::names::{Names, at_most, in_order};
use super::sample::Tally;
use super::{
    Evidence, Finding, Id, Manner, Named, Obligation, PaperItem, Party, Person, Post, Scope,
};
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::record::value::{Data, Group};
use crate::time::{Day, Every, Instant, Moment, Period};

/// An act that answers a duty.
#[derive(Clone, Debug)]
pub struct Audit {
    pub slug: String,
    pub obligation: Id<Obligation>,
    pub scope: Scope,
    pub period: AuditPeriod,
    /// Its first day; `done_on` if it took one.
    pub started_on: Day,
    /// The day it was done; of several days the last.
    pub done_on: Day,
    /// The time of that day, if it is recorded.
    pub done_at: Option<Instant>,
    pub auditors: Vec<Id<Post>>,
    /// The people looked at (受查人員); empty if not recorded. Sorted by code, each once.
    pub audited: Vec<Id<Person>>,
    /// Parties that took part.
    pub joint: Vec<Id<Party>>,
    /// The population as the auditors found it.
    pub population: Tally,
    /// What was looked at.
    pub sample: Tally,
    pub unannounced: bool,
    /// `true`: an anomaly was found; `None`: not recorded.
    pub anomaly: Option<bool>,
    pub approved: Option<Approval>,
    /// What stands in it of what must; `None`: not recorded.
    pub contains: Option<Vec<Id<PaperItem>>>,
    /// In what manner; `None`: not recorded.
    pub manner: Option<Id<Manner>>,
    pub evidence: Vec<Id<Evidence>>,
    pub destroyed: Option<Destroyed>,
    pub note: Option<String>,
    pub fields: Arc<Group>,
    /// What it found, in order.
    pub findings: Vec<Id<Finding>>,
    pub submissions: Vec<Id<Submission>>,
}

/// Which occurrence an act says it answers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AuditPeriod {
    /// That of a period.
    Period(Period),
    /// The one its day falls to, for duties counted from the last time.
    ByDay,
}

/// An approval: by which post, on which day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Approval {
    pub on: Day,
    /// The time of that day, if it is recorded.
    pub at: Option<Instant>,
    pub by: Id<Post>,
}

/// Papers sent to another agency.
#[derive(Clone, Debug)]
pub struct Submission {
    pub slug: String,
    pub obligation: Id<Obligation>,
    pub scope: Scope,
    pub period: AuditPeriod,
    pub sent_on: Day,
    /// The time of that day, if it is recorded.
    pub sent_at: Option<Instant>,
    pub to: Id<Party>,
    pub document: Option<String>,
    pub audits: Vec<Id<Audit>>,
    /// The post that drew it up and sent it.
    pub by: Option<Id<Post>>,
    pub approved: Option<Approval>,
    /// The approval by an authority outside; never beside `approved`.
    pub authority: Option<AuthorityApproval>,
    /// What stands in it of what must; `None`: not recorded.
    pub contains: Option<Vec<Id<PaperItem>>>,
    /// In what manner; `None`: not recorded.
    pub manner: Option<Id<Manner>>,
    pub evidence: Vec<Id<Evidence>>,
    pub destroyed: Option<Destroyed>,
    pub note: Option<String>,
    pub fields: Arc<Group>,
}

/// An approval by an authority outside (報主管機關核定): whose posts are not recorded here.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AuthorityApproval {
    pub on: Day,
    /// The time of that day, if it is recorded.
    pub at: Option<Instant>,
    pub party: Id<Party>,
    /// The number of its letter.
    pub document: String,
}

impl Named for Audit {
    fn slug(&self) -> &str {
        &self.slug
    }
}

impl Named for Submission {
    fn slug(&self) -> &str {
        &self.slug
    }
}

impl Approval {
    /// The approval under `approved`, if there is one.
    pub(super) fn resolve(fields: &Group, names: &Names, report: &mut Diagnostics) -> Option<Self> {
        let approved = fields.group("approved")?;
        Some(Self {
            on: approved.date("on")?,
            at: approved.instant("at"),
            by: names.get(approved, "by", report)?,
        })
    }

    /// When it was given, as far as it is recorded.
    pub fn moment(&self) -> Moment {
        Moment::of(self.on, self.at)
    }
}

/// The approval under `approved`: by a post, or by an authority outside; of papers sent on `sent_on` never
/// from before that day.
pub(super) fn approval(
    fields: &Group,
    sent_on: Option<Day>,
    names: &Names,
    report: &mut Diagnostics,
) -> (Option<Approval>, Option<AuthorityApproval>) {
    let Some(approved) = fields.group("approved") else { return (None, None) };
    match AuthorityApproval::resolve(approved, sent_on, names, report) {
        Some(authority) => (None, Some(authority)),
        None if approved.get("by").is_some() => (Approval::resolve(fields, names, report), None),
        None => (None, None),
    }
}

impl AuthorityApproval {
    /// When it was given, as far as it is recorded.
    pub fn moment(&self) -> Moment {
        Moment::of(self.on, self.at)
    }

    /// The approval of what was done, where it is one of an authority; reports one of which nobody can tell
    /// whose it is, and one of papers from before the day they were sent.
    fn resolve(
        approved: &Group,
        sent_on: Option<Day>,
        names: &Names,
        report: &mut Diagnostics,
    ) -> Option<Self> {
        let (by, party) = (approved.get("by"), names.maybe_party(approved, "party"));
        match (by, party, approved.maybe_string("document")) {
            (Some(_), None, None) => None,
            (None, Some(party), Some(document)) => {
                if let Some(sent_on) = sent_on {
                    in_order_after_sending(approved, sent_on, report);
                }
                Some(Self { on: approved.date("on")?, at: approved.instant("at"), party, document })
            }
            _ if !approved.broken.is_empty() => None,
            _ => {
                let message = "whose approval it is is not stated once";
                report.push(Diagnostic::new(Code::MissingKey, approved.span, message).help(
                    "write `by` with the post, or `party` and `document`: the authority outside and its letter",
                ));
                None
            }
        }
    }
}

/// Reports an authority that approved what it had not received.
fn in_order_after_sending(approved: &Group, sent_on: Day, report: &mut Diagnostics) {
    let Some(on) = approved.date("on").filter(|on| *on < sent_on) else { return };
    let message = format!("approved on {on}, before it was sent on {sent_on}");
    let fault = Diagnostic::new(Code::InconsistentDates, approved.key_span("on"), message);
    report.push(fault.help("correct one of the two"));
}

impl Audit {
    /// When it was done, as far as it is recorded.
    pub fn done(&self) -> Moment {
        Moment::of(self.done_on, self.done_at)
    }

    pub(super) fn resolve(fields: &Group, names: &Names, report: &mut Diagnostics) -> Option<Self> {
        let (obligation, scope) = names.duty_and_scope(fields, report)?;
        in_order(fields, ("started_on", "done_on"), report);
        let done_on = fields.date("done_on")?;
        let approved = Approval::resolve(fields, names, report);
        if let Some(approval) = approved
            && approval.on < done_on
        {
            let message = format!("approved on {}, before it was done on {done_on}", approval.on);
            report.push(
                Diagnostic::new(Code::InconsistentDates, fields.key_span("approved"), message)
                    .help("correct one of the two"),
            );
        }
        let (population, sample) = (tally(fields, "population"), tally(fields, "sample"));
        for (name, part, whole) in [
            ("records", sample.records, population.records),
            ("users", sample.users, population.users),
        ] {
            let (part_name, whole_name) = (format!("the sample of {name}"), "its population");
            at_most((part, &part_name), (whole, whole_name), fields.key_span("sample"), report);
        }
        Some(Self {
            slug: fields.string("id"),
            obligation,
            scope,
            period: period(fields, names.daily[obligation.index()]),
            started_on: fields.date("started_on").unwrap_or(done_on),
            done_on,
            done_at: fields.instant("done_at"),
            auditors: names.list(fields, "auditors", report),
            audited: audited(fields, scope, names),
            joint: names.parties(fields, "joint"),
            population,
            sample,
            unannounced: fields.flag("unannounced"),
            anomaly: fields.text("result").map(|result| result.value == "anomaly"),
            approved,
            contains: names.contents(fields),
            manner: names.maybe_manner(fields),
            evidence: names.list(fields, "evidence", report),
            destroyed: Destroyed::resolve(fields, names, report),
            note: fields.maybe_string("note"),
            fields: Arc::new(fields.clone()),
            findings: Vec::new(),
            submissions: Vec::new(),
        })
    }
}

impl Submission {
    pub(super) fn resolve(fields: &Group, names: &Names, report: &mut Diagnostics) -> Option<Self> {
        let (obligation, scope) = names.duty_and_scope(fields, report)?;
        let sent_on = fields.date("sent_on")?;
        let (approved, authority) = approval(fields, Some(sent_on), names, report);
        Some(Self {
            slug: fields.string("id"),
            obligation,
            scope,
            period: period(fields, names.daily[obligation.index()]),
            sent_on,
            sent_at: fields.instant("sent_at"),
            to: names.party(&fields.string("to")),
            document: fields.maybe_string("document"),
            audits: names.list(fields, "audits", report),
            by: names.get(fields, "by", report),
            approved,
            authority,
            contains: names.contents(fields),
            manner: names.maybe_manner(fields),
            evidence: names.list(fields, "evidence", report),
            destroyed: Destroyed::resolve(fields, names, report),
            note: fields.maybe_string("note"),
            fields: Arc::new(fields.clone()),
        })
    }
}

/// Their codes are those of the agency whose use was looked at.
fn audited(fields: &Group, scope: Scope, names: &Names) -> Vec<Id<Person>> {
    let mut staff: Vec<&str> = fields.texts("audited_staff").map(|code| code.value).collect();
    staff.sort_unstable();
    staff.dedup();
    let home = names.home_of(scope);
    staff.into_iter().map(|code| names.people.of_agency(home, code)).collect()
}

fn period(fields: &Group, daily: bool) -> AuditPeriod {
    match fields.get("period").map(|value| &value.data) {
        Some(Data::Period(period)) => AuditPeriod::Period(*period),
        Some(Data::Date(day)) if daily => AuditPeriod::Period(Period::containing(*day, Every::Day)),
        _ => AuditPeriod::ByDay,
    }
}

fn tally(fields: &Group, key: &str) -> Tally {
    fields.group(key).map_or_else(Tally::default, |group| {
        let mut months = group.periods("months");
        months.sort_unstable();
        months.dedup();
        Tally { records: group.count("records"), users: group.count("users"), months }
    })
}
