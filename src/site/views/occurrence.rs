//! The auditor's sheet: one occurrence, its rule, its figures, who did what, what is missing, how
//! long its papers are kept, and how it is cited.

use serde::Serialize;

use super::evidence::file_path;
use super::occurrence_sections::{
    Figure, Other, Papers, Step, citation, figures, others, papers, size_in_words, steps,
};
use super::parts::{DateView, DueOn, Link, PageCtx, StatusView};
use super::quote::{Wording, wording};
use super::receipt::{ReceiptView, receipt};
use super::records::CodeView;
use super::remedy::{RemedyView, remedy};
use super::rule::{RuleView, rule};
use super::suspect::{Suspect, suspect};
use super::{Frame, View};
use crate::assess::{DueBasis, OccurrenceId, reckoning};
use crate::model::{Evidence, Finding, Id};
use crate::site::Site;
use crate::site::route::{Route, occurrence_path};
use crate::text::sentence;

/// What `occurrence.html` shows.
#[derive(Debug, Serialize)]
struct OccurrenceView {
    /// `REGULATION/OBLIGATION/SCOPE/TERM`, the permanent id.
    id: String,
    status: StatusView,
    status_note: String,
    reasons: Vec<ReasonView>,
    obligation: Link,
    summary: Option<String>,
    note: Option<String>,
    /// The page that says how it is done.
    how: Option<Link>,
    regulation: Link,
    rule: RuleView,
    wording: Wording,
    /// The text the period is judged by is not the one the rule was written for.
    suspect: Option<Suspect>,
    scope: Link,
    /// `None` if it is the scope itself.
    agency: Option<Link>,
    term: String,
    opens: DateView,
    due: DueOn,
    /// The last working day before a due date on a day off, while it lies ahead and is of use.
    advised: Option<DateView>,
    /// The office calendar does not say it.
    advice_unknown: bool,
    site_default: bool,
    /// The office calendar does not reach as far.
    is_provisional: bool,
    /// How the due date was reckoned, each step with what it rests on.
    reckoning: String,
    /// What the status follows from, with the hash of each record.
    receipt: Option<ReceiptView>,
    done_on: Option<DateView>,
    /// Said where it is not done.
    not_done: String,
    waiver: Option<WaiverView>,
    figures: Vec<Figure>,
    months: Vec<MonthView>,
    steps: Vec<Step>,
    /// Whether anything was done about it.
    is_answered: bool,
    evidence: Vec<EvidenceRow>,
    has_hash: bool,
    findings: Vec<FindingRow>,
    /// What to do about it; `None` if nothing is.
    mend: Option<RemedyView>,
    papers: Papers,
    citation: String,
    previous: Option<Link>,
    next: Option<Link>,
    others: Vec<Other>,
    others_left_out: usize,
}

#[derive(Debug, Serialize)]
struct ReasonView {
    text: String,
    is_shortfall: bool,
}

/// A month with records of use.
#[derive(Debug, Serialize)]
struct MonthView {
    text: String,
    covered: bool,
}

#[derive(Debug, Serialize)]
struct WaiverView {
    link: Link,
    reason: String,
    until: DateView,
}

#[derive(Debug, Serialize)]
struct EvidenceRow {
    link: Link,
    form: Option<String>,
    document: Option<String>,
    /// 「PDF，12.3 KB」.
    file: Option<String>,
    /// To the file, with its path.
    path: Option<Link>,
    sha256: Option<String>,
    received_on: DateView,
}

#[derive(Debug, Serialize)]
struct FindingRow {
    link: Link,
    grade: CodeView,
    state: CodeView,
    found_on: DateView,
    due: Option<DueOn>,
    closed_on: Option<DateView>,
}

/// Makes the page of an occurrence.
pub fn view(site: &Site, id: OccurrenceId) -> View {
    let route = Route::Occurrence(id);
    let here = PageCtx::new(site, route);
    let (model, words) = (&site.model, &site.words);
    let occurrence = site.assessment.occurrence(id);
    let obligation = &model.obligations[occurrence.obligation];
    let judged_on = occurrence.judged_on(model);
    let row = here.row(id);
    let (others, others_left_out) = others(&here, id);
    let [previous, next] = site.assessment.neighbours(id).map(|other| {
        let other = other?;
        let term = here.term(site.assessment.occurrence(other).term);
        Some(here.link(Route::Occurrence(other), term))
    });
    let reasons = occurrence.reasons.iter().map(|reason| ReasonView {
        text: sentence::reason(words, model, occurrence, reason),
        is_shortfall: reason.is_shortfall(),
    });
    let months = occurrence.months.iter().map(|month| MonthView {
        text: sentence::period(words, *month),
        covered: occurrence.actual.months.contains(month),
    });
    let term = row.term.text;
    let waits = occurrence.status.is_coming();
    let view = OccurrenceView {
        id: occurrence_path(model, &site.assessment, id),
        status_note: here.status_note(occurrence.status),
        status: row.status,
        reasons: reasons.collect(),
        obligation: row.obligation,
        summary: obligation.summary.clone(),
        note: obligation.note.clone(),
        how: obligation.page.map(|id| here.link(Route::Page(id), &model.guidance[id].title)),
        regulation: here.link(
            Route::Regulation(obligation.regulation),
            &model.regulations[obligation.regulation].name,
        ),
        rule: rule(&here, occurrence.obligation),
        wording: wording(&here, occurrence.obligation, judged_on),
        suspect: suspect(&here, occurrence.obligation, judged_on),
        scope: row.scope,
        agency: here.agency_of(occurrence.scope),
        term: term.clone(),
        opens: row.opens,
        due: row.due,
        advised: row.advised.filter(|day| waits && day.iso >= site.assessment.as_of.to_string()),
        advice_unknown: waits && !occurrence.calendar_known,
        site_default: occurrence.due_basis == DueBasis::SiteDefault,
        is_provisional: !occurrence.calendar_known,
        receipt: receipt(&here, id),
        reckoning: crate::text::reckoning::in_words(words, &reckoning(model, occurrence)),
        done_on: row.done_on,
        not_done: row.not_done,
        waiver: occurrence.waiver.map(|id| {
            let waiver = &model.waivers[id];
            WaiverView {
                link: here.waiver(id),
                reason: waiver.reason.clone(),
                until: DateView::new(waiver.until),
            }
        }),
        figures: figures(&here, occurrence),
        months: months.collect(),
        steps: steps(&here, id),
        is_answered: !occurrence.acts.is_empty(),
        evidence: occurrence.evidence.iter().map(|id| evidence_row(&here, *id)).collect(),
        has_hash: occurrence.evidence.iter().any(|id| model.evidence[*id].file.is_some()),
        findings: occurrence.findings.iter().map(|id| finding_row(&here, *id)).collect(),
        mend: remedy(&here, id),
        papers: papers(&here, occurrence),
        citation: citation(&here, id),
        previous,
        next,
        others,
        others_left_out,
    };
    let above = vec![
        here.link(Route::Regulations, words.get("menu.regulations")),
        here.regulation(obligation.regulation),
        here.obligation(occurrence.obligation),
    ];
    let title = words.say(
        "occurrence.title",
        &[
            ("obligation", &obligation.title),
            ("scope", &model.scope_name(occurrence.scope)),
            ("term", &term),
        ],
    );
    View::new("occurrence.html", Frame::new(site, route, &title, above), view)
}

fn evidence_row(here: &PageCtx, id: Id<Evidence>) -> EvidenceRow {
    let evidence = &here.site.model.evidence[id];
    let file = evidence.file.as_ref().map(|file| {
        here.site
            .words
            .say("sheet.size", &[("format", &file.format()), ("size", &size_in_words(file.size))])
    });
    EvidenceRow {
        link: here.link(Route::Evidence(id), &evidence.title),
        form: here.form(evidence.form).filter(|form| *form != evidence.title),
        document: evidence.document.clone(),
        file,
        path: evidence.file.as_ref().map(|file| Link {
            href: here.file_href(&format!("evidence/files/{}", file.path)),
            text: file_path(here, &file.path),
        }),
        sha256: evidence.file.as_ref().map(|file| file.sha256.clone()),
        received_on: DateView::timed(evidence.received_on, evidence.received_at),
    }
}

fn finding_row(here: &PageCtx, id: Id<Finding>) -> FindingRow {
    let finding = &here.site.model.findings[id];
    FindingRow {
        link: here.link(Route::Finding(id), &finding.title),
        grade: here.grade(finding),
        state: here.finding_state(finding),
        found_on: DateView::timed(finding.found_on, finding.found_at),
        due: finding.due.map(|due| here.due(due, finding.is_open_on(here.site.assessment.as_of))),
        closed_on: finding.closed_on.map(DateView::new),
    }
}
