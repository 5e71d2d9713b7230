//! One audit: which occurrence it answers, by whom, how much was looked at, and what was found.

use serde::Serialize;

use super::checks::CheckRow;
use super::kept::KeptView;
use super::parts::{DateView, Link, PageCtx, StatusView};
use super::records::{
    ApprovalView, CodeView, EvidenceRow, FindingRow, MaybeLink, Remarks, SubmissionRow, result_code,
};
use super::trace::Step;
use super::{Frame, View};
use crate::assess::KeptRecord;
use crate::assess::RecordRef;
use crate::model::{Audit, Id, Named};
use crate::site::Site;
use crate::site::route::Route;
use crate::text::sentence;
use crate::time::roc_short;

/// What `audit.html` shows.
#[derive(Debug, Serialize)]
struct AuditView {
    id: String,
    chain: Vec<Step>,
    obligation: Link,
    scope: Link,
    /// `None` if it is the scope itself.
    agency: Option<Link>,
    term: MaybeLink,
    /// Of the occurrence it answers, and why it is so.
    status: Option<StatusView>,
    reasons: Vec<String>,
    on: DateView,
    auditors: Vec<Link>,
    /// Staff codes of the people looked at.
    audited_staff: Vec<String>,
    joint: Vec<String>,
    figures: Vec<FigureRow>,
    /// Months records were drawn from, in words.
    months: Option<String>,
    unannounced: bool,
    /// The rule asks for it.
    unannounced_asked: bool,
    joint_asked: bool,
    result: CodeView,
    /// Whose approval the duty asks, in the rule's words.
    approval_asked: Option<String>,
    approved: Option<ApprovalView>,
    /// What stands in it of what must, in the rule's words; `None`: not recorded.
    contains: Option<Vec<String>>,
    evidence: Vec<EvidenceRow>,
    findings: Vec<FindingRow>,
    submissions: Vec<SubmissionRow>,
    checks: Vec<CheckRow>,
    /// Rules that other records do not meet because of it.
    against: Vec<CheckRow>,
    kept: Option<KeptView>,
    remarks: Remarks,
}

/// Population and sample in one measure; `None` if not recorded.
#[derive(Debug, Serialize)]
struct FigureRow {
    measure: String,
    population: Option<String>,
    sample: Option<String>,
}

/// Makes the page of an audit.
pub fn view(site: &Site, id: Id<Audit>) -> View {
    let route = Route::Audit(id);
    let here = PageCtx::new(site, route);
    let (model, words) = (&site.model, &site.words);
    let audit = &model.audits[id];
    let answers = site.assessment.of_audit(id);
    let occurrence = answers.map(|id| site.assessment.occurrence(id));
    let figures = [
        ("records", audit.population.records, audit.sample.records),
        ("users", audit.population.users, audit.sample.users),
    ];
    let demand = model.obligations[audit.obligation].duty.demand();
    let view = AuditView {
        id: audit.slug().to_owned(),
        chain: here.trace(audit.obligation, &[], answers),
        obligation: here.obligation(audit.obligation),
        scope: here.scope(audit.scope),
        agency: here.agency_of(audit.scope),
        term: here.answered(audit.period, answers),
        status: occurrence.map(|occurrence| here.status(occurrence.status)),
        reasons: occurrence.map_or_else(Vec::new, |o| sentence::reasons(words, model, o)),
        on: DateView::timed(audit.done_on, audit.done_at),
        auditors: here.posts(&audit.auditors),
        audited_staff: model.codes(&audit.audited),
        joint: model.party_words(&audit.joint),
        figures: figures
            .into_iter()
            .filter(|(_, population, sample)| population.is_some() || sample.is_some())
            .map(|(measure, population, sample)| FigureRow {
                measure: here.word("measured", measure),
                population: here.amount(population, audit.obligation, measure),
                sample: here.amount(sample, audit.obligation, measure),
            })
            .collect(),
        months: (!audit.sample.months.is_empty())
            .then(|| sentence::months(words, &audit.sample.months)),
        unannounced: audit.unannounced,
        unannounced_asked: demand.is_some_and(|demand| demand.unannounced),
        joint_asked: demand.is_some_and(|demand| !demand.joint.is_empty()),
        result: here.code("audit_result", result_code(audit)),
        approval_asked: demand.and_then(|demand| demand.approval).map(|party| here.party(party)),
        approved: here.approval(audit.approved),
        contains: audit.contains.as_ref().map(|own| model.items.words(own)),
        evidence: here.evidence_rows(&audit.evidence),
        findings: audit.findings.iter().map(|id| here.finding_row(*id)).collect(),
        submissions: audit.submissions.iter().map(|id| here.submission_row(*id)).collect(),
        kept: here.kept(KeptRecord::Audit(id)),
        checks: here.check_rows(RecordRef::Audit(id)),
        against: here.check_rows_against(RecordRef::Audit(id)),
        remarks: here.remarks(&audit.fields),
    };
    // Which period it was for stands below: who looks for that looks for what was to be done.
    let title = words.say(
        "audit.title",
        &[
            ("scope", &site.model.scope_name(audit.scope)),
            ("day", &roc_short(audit.done_on)),
            ("id", &audit.slug()),
        ],
    );
    let above = vec![here.link(Route::Audits, here.word("menu", "audits"))];
    View::new("audit.html", Frame::new(site, route, &title, above), view)
}
