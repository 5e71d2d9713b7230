//! One finding: from the clause it offends down to the audit that found it, and on to its closing.

use serde::Serialize;

use super::close::{Close, close};
use super::kept::KeptView;
use super::parts::{DateView, DueOn, Link, OccurrenceRow, PageCtx};
use super::records::{ApprovalView, CodeView, EvidenceRow, FindingRow, Remarks};
use super::timeline::{Kind, Timeline, TimelineView};
use super::trace::Step;
use super::{Frame, View};
use crate::assess::KeptRecord;
use crate::model::{Finding, Id, Named};
use crate::site::Site;
use crate::site::route::Route;
use crate::time::Day;

/// What `finding.html` shows.
#[derive(Debug, Serialize)]
struct FindingView {
    id: String,
    chain: Vec<Step>,
    title: String,
    description: Option<String>,
    grade: CodeView,
    state: CodeView,
    scope: Link,
    /// `None` if it is the scope itself.
    agency: Option<Link>,
    account: Option<Link>,
    found_on: DateView,
    due: Option<DueOn>,
    /// Days past the deadline, for open ones.
    overdue_days: Option<i64>,
    owner: Option<Link>,
    cause: Option<String>,
    explanation: Option<SaidView>,
    reports: Vec<SaidView>,
    /// Duties that events from this finding set going.
    duties: Vec<OccurrenceRow>,
    life: Option<TimelineView>,
    actions: Vec<ActionRow>,
    verified: Option<ApprovalView>,
    /// What is doubtful about how it was mended, checked or closed.
    concerns: Vec<String>,
    closed_on: Option<DateView>,
    /// The earlier finding that came back, and later ones that repeat this one.
    repeats: Vec<FindingRow>,
    repeated_by: Vec<FindingRow>,
    evidence: Vec<EvidenceRow>,
    /// How long it is kept, if a rule keeps it.
    kept: Option<KeptView>,
    remarks: Remarks,
    /// What to record so that it is closed; `None` if nothing is left to do.
    close: Option<Close>,
}

/// A corrective action.
#[derive(Debug, Serialize)]
struct ActionRow {
    what: String,
    by: Option<Link>,
    due: Option<DueOn>,
    done_on: Option<DateView>,
    state: CodeView,
}

/// Something said about it on a day: an explanation, or a report to another office.
#[derive(Debug, Serialize)]
struct SaidView {
    on: DateView,
    text: String,
    document: Option<String>,
}

impl SaidView {
    fn new(on: Day, text: &str, document: &Option<String>) -> Self {
        Self { on: DateView::new(on), text: text.to_owned(), document: document.clone() }
    }
}

/// Makes the page of a finding.
pub fn view(site: &Site, id: Id<Finding>) -> View {
    let route = Route::Finding(id);
    let here = PageCtx::new(site, route);
    let (model, as_of) = (&site.model, site.assessment.as_of);
    let finding = &model.findings[id];
    let audit = &model.audits[finding.audit];
    let answers = site.assessment.of_audit(finding.audit);
    let mut chain = here.trace(audit.obligation, &finding.clauses, answers);
    let found_by = here.audit(finding.audit);
    chain.push(here.step("audit", vec![found_by]));
    let late = finding.due.filter(|due| *due < as_of && finding.is_open_on(as_of));
    let rows = |ids: &[Id<Finding>]| ids.iter().map(|id| here.finding_row(*id)).collect();
    let view = FindingView {
        id: finding.slug().to_owned(),
        chain,
        title: finding.title.clone(),
        description: finding.description.clone(),
        grade: here.grade(finding),
        state: here.finding_state(finding),
        scope: here.scope(audit.scope),
        agency: here.agency_of(audit.scope),
        account: finding.account.map(|id| here.account(id)),
        found_on: DateView::timed(finding.found_on, finding.found_at),
        due: finding.due.map(|due| here.due(due, finding.is_open_on(as_of))),
        overdue_days: late.map(|due| (as_of - due).num_days()),
        owner: finding.owner.map(|owner| here.post(owner)),
        cause: finding.cause.clone(),
        explanation: finding
            .explanation
            .as_ref()
            .map(|said| SaidView::new(said.on, &said.text, &said.document)),
        reports: finding
            .reports
            .iter()
            .map(|told| SaidView::new(told.on, &told.to, &told.document))
            .collect(),
        duties: finding
            .events
            .iter()
            .flat_map(|event| site.assessment.of_event(*event))
            .map(|id| here.row(*id))
            .collect(),
        actions: finding
            .actions
            .iter()
            .map(|action| {
                let done_on = action.done_on.map(DateView::new);
                let state = match (&done_on, action.due) {
                    (Some(_), _) => "done",
                    (None, Some(due)) if due < as_of => "overdue",
                    (None, _) => "open",
                };
                ActionRow {
                    what: action.what.clone(),
                    by: action.by.map(|by| here.post(by)),
                    due: action.due.map(|due| here.due(due, state != "done")),
                    done_on,
                    state: here.code("action_state", state),
                }
            })
            .collect(),
        life: life(&here, id),
        verified: here.approval(finding.verified),
        concerns: here.concerns(id),
        closed_on: finding.closed_on.map(DateView::new),
        repeats: rows(finding.repeats.as_slice()),
        repeated_by: rows(&finding.repeated_by),
        evidence: here.evidence_rows(&finding.evidence),
        kept: here.kept(KeptRecord::Finding(id)),
        remarks: here.remarks(&finding.fields),
        close: close(&here, id),
    };
    let above = vec![here.link(Route::Findings, here.word("menu", "findings"))];
    View::new("finding.html", Frame::new(site, route, &finding.title, above), view)
}

fn life(here: &PageCtx, id: Id<Finding>) -> Option<TimelineView> {
    let model = &here.site.model;
    let finding = &model.findings[id];
    let mut life = Timeline::new(here);
    if let Some(step) = life.told(Some(finding.found_on), here.word("life", "found"), Kind::Bad) {
        step.link = Some(here.audit(finding.audit));
    }
    if let Some(said) = &finding.explanation
        && let Some(step) = life.answered(Some(said.on), "explained")
    {
        step.document.clone_from(&said.document);
    }
    for told in &finding.reports {
        let what = here.site.words.say("life.reported", &[("to", &told.to)]);
        if let Some(step) = life.told(Some(told.on), what, Kind::Past) {
            step.document.clone_from(&told.document);
        }
    }
    for id in &finding.events {
        let event = &model.events[*id];
        let name = here.event_kind(event.kind);
        if let Some(step) = life.told(Some(event.on), name, Kind::Past) {
            step.link = Some(here.event(*id));
        }
    }
    for action in &finding.actions {
        let by = action.by.map(|post| here.post(post));
        let what = |word: &str| here.site.words.say(word, &[("what", &action.what)]);
        match (action.done_on, action.due) {
            (Some(day), _) => {
                if let Some(step) = life.told(Some(day), what("life.mended"), Kind::Past) {
                    step.by = by;
                }
            }
            (None, Some(due)) => life.deadline(due, what("life.to_mend"), true).by = by,
            (None, None) => {}
        }
    }
    let is_open = finding.is_open_on(here.site.assessment.as_of);
    if let Some(due) = finding.due {
        life.deadline(due, here.word("life", "mend_by"), is_open);
    }
    if let Some(check) = finding.verified
        && let Some(step) = life.answered(Some(check.on), "verified")
    {
        step.by = Some(here.post(check.by));
    }
    life.answered(finding.closed_on, "closed");
    for id in &finding.repeated_by {
        let later = &model.findings[*id];
        if let Some(step) = life.told(Some(later.found_on), here.word("life", "again"), Kind::Bad) {
            step.link = Some(here.link(Route::Finding(*id), &later.title));
        }
    }
    life.line(is_open)
}
