//! One submission: papers sent to another agency, and what they answer.

use serde::Serialize;

use super::kept::KeptView;
use super::parts::{DateView, Link, PageCtx, StatusView};
use super::records::{ApprovalView, AuditRow, EvidenceRow, MaybeLink, Remarks};
use super::trace::Step;
use super::{Frame, View};
use crate::assess::KeptRecord;
use crate::model::{AuthorityApproval, Id, Named, Submission};
use crate::site::Site;
use crate::site::route::Route;
use crate::time::roc_short;

/// What `submission.html` shows.
#[derive(Debug, Serialize)]
struct SubmissionView {
    id: String,
    chain: Vec<Step>,
    obligation: Link,
    scope: Link,
    /// `None` if it is the scope itself.
    agency: Option<Link>,
    term: MaybeLink,
    /// Of the occurrence it answers.
    status: Option<StatusView>,
    on: DateView,
    to: String,
    document: Option<String>,
    /// The post that drew it up, if it is recorded.
    by: Option<Link>,
    approval_asked: Option<String>,
    approved: Option<ApprovalView>,
    authority: Option<AuthorityView>,
    audits: Vec<AuditRow>,
    /// What stands in it of what must, in the rule's words; `None`: not recorded.
    contains: Option<Vec<String>>,
    evidence: Vec<EvidenceRow>,
    /// How long it is kept, if a rule keeps it.
    kept: Option<KeptView>,
    remarks: Remarks,
}

/// An approval by an authority outside.
#[derive(Debug, Serialize)]
struct AuthorityView {
    on: DateView,
    by: String,
}

/// An authority outside and the number of its letter.
pub fn letter_of(here: &PageCtx, approval: &AuthorityApproval) -> String {
    format!("{}（{}）", here.party(approval.party), approval.document)
}

/// Makes the page of a submission.
pub fn view(site: &Site, id: Id<Submission>) -> View {
    let route = Route::Submission(id);
    let here = PageCtx::new(site, route);
    let sent = &site.model.submissions[id];
    let answers = site.assessment.of_submission(id);
    let demand = site.model.obligations[sent.obligation].duty.demand();
    let view = SubmissionView {
        id: sent.slug().to_owned(),
        chain: here.trace(sent.obligation, &[], answers),
        obligation: here.obligation(sent.obligation),
        scope: here.scope(sent.scope),
        agency: here.agency_of(sent.scope),
        term: here.answered(sent.period, answers),
        status: answers.map(|id| here.status(site.assessment.occurrence(id).status)),
        on: DateView::timed(sent.sent_on, sent.sent_at),
        to: here.party(sent.to),
        document: sent.document.clone(),
        by: sent.by.map(|post| here.post(post)),
        approval_asked: demand.and_then(|demand| demand.approval).map(|party| here.party(party)),
        approved: here.approval(sent.approved),
        authority: sent.authority.as_ref().map(|approval| AuthorityView {
            on: DateView::new(approval.on),
            by: letter_of(&here, approval),
        }),
        contains: sent.contains.as_ref().map(|own| site.model.items.words(own)),
        audits: sent.audits.iter().map(|id| here.audit_row(*id)).collect(),
        evidence: here.evidence_rows(&sent.evidence),
        kept: here.kept(KeptRecord::Submission(id)),
        remarks: here.remarks(&sent.fields),
    };
    // Which period it was for stands below: who looks for that looks for what was to be done.
    let title = site.words.say(
        "submission.title",
        &[
            ("scope", &site.model.scope_name(sent.scope)),
            ("day", &roc_short(sent.sent_on)),
            ("id", &sent.slug()),
        ],
    );
    let above = here.above_scope(sent.scope);
    View::new("submission.html", Frame::new(site, route, &title, above), view)
}
