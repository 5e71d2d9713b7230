//! One post: who holds it, what its holder did, and what is laid on it.

use serde::Serialize;

use super::checked::Checked;
use super::duties_of_scope::{DutiesOfScope, duties_of_scope};
use super::listing::Truncation;
use super::parts::{DateView, Link, PageCtx};
use super::records::{AuditRow, EvidenceRow, FindingRow, MaybeLink, PersonView, Remarks};
use super::role::{RuleRow, assigned_to, my_checks, my_standing_rules};
use super::standing::{Outlook, outlook};
use super::{Frame, View};
use crate::assess::RecordRef;
use crate::facts::verdict::Subject;
use crate::model::{Id, Named, Post, Scope};
use crate::site::Site;
use crate::site::lists::{Filter, INLINE_ROWS_MAX, Kind, List};
use crate::site::route::Route;

/// What `post.html` shows.
#[derive(Debug, Serialize)]
struct PostView {
    id: String,
    in_future: bool,
    title: String,
    person: PersonView,
    agency: Link,
    unit: Option<Link>,
    deputy: Option<Link>,
    from: Option<DateView>,
    until: Option<DateView>,
    /// `None` for a post nobody holds on the day.
    mine: Option<Outlook>,
    /// What its roles must keep at any time, with what came of it; and the checks themselves.
    standing_rules: Vec<RuleRow>,
    checked: Checked,
    /// Links to the pages of its roles.
    roles: Vec<MaybeLink>,
    duties_of_scope: DutiesOfScope,
    /// Newest first.
    audits: Vec<AuditRow>,
    audits_shown: Option<Truncation>,
    findings: Vec<FindingRow>,
    findings_shown: Option<Truncation>,
    trainings: Vec<TrainingRow>,
    remarks: Remarks,
}

/// Hours of training.
#[derive(Debug, Serialize)]
struct TrainingRow {
    on: DateView,
    title: String,
    hours: u64,
    evidence: Vec<EvidenceRow>,
}

/// Makes the page of a post.
pub fn view(site: &Site, id: Id<Post>) -> View {
    let route = Route::Post(id);
    let here = PageCtx::new(site, route);
    let model = &site.model;
    let post = &model.posts[id];
    let mut audits: Vec<AuditRow> = post.audits.iter().map(|id| here.audit_row(*id)).collect();
    audits.sort_by(|a, b| b.on.iso.cmp(&a.on.iso));
    let all_audits = audits.len();
    audits.truncate(INLINE_ROWS_MAX);
    let mut findings: Vec<FindingRow> =
        post.findings.iter().map(|id| here.finding_row(*id)).collect();
    let all_findings = findings.len();
    findings.truncate(INLINE_ROWS_MAX);
    let own = |kind: Kind| List::of(kind, Filter::Post(id));
    let mut trainings: Vec<_> = post.trainings.iter().map(|id| &model.trainings[*id]).collect();
    trainings.sort_by_key(|training| std::cmp::Reverse(training.on));
    let as_of = site.assessment.as_of;
    let held = post.is_held_on(as_of);
    // Who holds the post no more has the checks of its own record only.
    let checks = if held {
        my_checks(&here, id)
    } else {
        site.assessment.checks_of_record(RecordRef::Scope(Scope::Post(id))).collect()
    };
    let agency = Filter::Agency(post.agency);
    let checked =
        Checked::new(&here, checks.iter().copied(), RecordRef::Scope(Scope::Post(id)), agency);
    let view = PostView {
        id: post.slug().to_owned(),
        in_future: post.from.is_some_and(|from| !here.has_come(from)),
        title: post.title.clone(),
        person: here.person(post.person, post.display_name.as_ref()),
        agency: here.agency(post.agency),
        unit: post.unit.map(|unit| here.unit(unit)),
        roles: post.roles.iter().map(|role| here.role(*role)).collect(),
        deputy: post.deputy.map(|deputy| here.post(deputy)),
        from: post.from.map(DateView::new),
        until: post.until.map(DateView::new),
        mine: held.then(|| {
            let verdict = here.verdict_on(Subject::Post(id));
            outlook(&here, &assigned_to(site, id), Filter::Post(id), &verdict)
        }),
        standing_rules: if held { my_standing_rules(&here, id, &checks) } else { Vec::new() },
        checked,
        duties_of_scope: duties_of_scope(&here, Scope::Post(id)),
        audits_shown: here.shown(audits.len(), all_audits, own(Kind::Audits)),
        audits,
        findings_shown: here.shown(findings.len(), all_findings, own(Kind::Findings)),
        findings,
        trainings: trainings
            .into_iter()
            .map(|training| TrainingRow {
                on: DateView::new(training.on),
                title: training.title.clone(),
                hours: training.hours,
                evidence: here.evidence_rows(&training.evidence),
            })
            .collect(),
        remarks: here.remarks(&post.fields),
    };
    // Many posts have the same title.
    let place = post.unit.map_or(&model.agencies[post.agency].short, |id| &model.units[id].short);
    let title = site.words.say("post.page", &[("title", &post.title), ("place", place)]);
    let above = here.above_scope(Scope::Post(id));
    View::new("post.html", Frame::new(site, route, &title, above), view)
}
