//! One piece of evidence: what it is, its file, and what it proves.

use serde::Serialize;

use super::occurrence_sections::{Paper, size_in_words};
use super::parts::{DateView, Link, PageCtx};
use super::records::Remarks;
use super::{Frame, View};
use crate::assess::{Act, KeptRecord, OccurrenceId};
use crate::model::{Evidence, EvidenceUser, Id, Named, Obligation, Scope, Training};
use crate::site::Site;
use crate::site::route::Route;

/// What `evidence.html` shows.
#[derive(Debug, Serialize)]
struct EvidenceView {
    id: String,
    title: String,
    form: Option<String>,
    covers: Option<(DateView, DateView)>,
    collected_on: Option<DateView>,
    on: DateView,
    valid_until: Option<DateView>,
    document: Option<String>,
    file: Option<FileView>,
    destroyed_on: Option<DateView>,
    destroyed_by: Option<Link>,
    used_by: Vec<UserRow>,
    /// The records it belongs to, and how long each is kept.
    papers: Vec<Paper>,
    /// The page of all kept records.
    all_kept: Link,
    remarks: Remarks,
}

/// Its file.
#[derive(Debug, Serialize)]
struct FileView {
    href: String,
    name: String,
    /// Relative to the site; from its address where it has one.
    path: String,
    /// `PDF`.
    format: String,
    media_type: &'static str,
    /// 「12.3 KB」.
    size: String,
    sha256: String,
}

/// A record that names it, and the way up to the clause.
#[derive(Debug, Serialize)]
struct UserRow {
    kind: String,
    link: Link,
    on: DateView,
    occurrence: Option<Link>,
    duty: Option<Link>,
    /// The duty's clauses.
    clauses: Vec<Link>,
}

/// Makes the page of a piece of evidence.
pub fn view(site: &Site, id: Id<Evidence>) -> View {
    let route = Route::Evidence(id);
    let here = PageCtx::new(site, route);
    let evidence = &site.model.evidence[id];
    let destroyed = evidence.destroyed;
    let view = EvidenceView {
        id: evidence.slug().to_owned(),
        title: evidence.title.clone(),
        form: here.form(evidence.form),
        covers: evidence.covers.map(|(from, until)| (DateView::new(from), DateView::new(until))),
        collected_on: evidence.collected_on.map(DateView::new),
        on: DateView::timed(evidence.received_on, evidence.received_at),
        valid_until: evidence.valid_until.map(DateView::new),
        document: evidence.document.clone(),
        file: evidence.file.as_ref().map(|file| FileView {
            href: here.file_href(&format!("evidence/files/{}", file.path)),
            name: file.path.rsplit('/').next().unwrap_or(&file.path).to_owned(),
            path: file_path(&here, &file.path),
            format: file.format(),
            media_type: file.media_type,
            size: size_in_words(file.size),
            sha256: file.sha256.clone(),
        }),
        destroyed_on: destroyed.map(|destroyed| DateView::new(destroyed.on)),
        destroyed_by: destroyed.and_then(|d| d.approved_by).map(|post| here.post(post)),
        used_by: evidence.used_by.iter().flat_map(|user| user_rows(&here, id, *user)).collect(),
        papers: evidence.used_by.iter().filter_map(|user| paper(&here, *user)).collect(),
        all_kept: here.link(Route::Retention, here.word("sheet", "all_kept")),
        remarks: here.remarks(&evidence.fields),
    };
    let above = vec![here.link(Route::EvidenceList, here.word("menu", "evidence"))];
    View::new("evidence.html", Frame::new(site, route, &evidence.title, above), view)
}

/// What a record that names evidence stands for.
#[derive(Clone)]
struct User {
    kind: &'static str,
    page: Route,
    name: String,
    duty: Option<Id<Obligation>>,
    answers: Option<OccurrenceId>,
}

/// The path of a file of evidence, for those who read the page on paper.
pub fn file_path(here: &PageCtx, file: &str) -> String {
    format!("{}evidence/files/{file}", here.site.model.settings.url.as_deref().unwrap_or_default())
}

/// What it proves, each occurrence for itself: an event may start several.
fn user_rows(here: &PageCtx, paper: Id<Evidence>, source: EvidenceUser) -> Vec<UserRow> {
    let assessment = &here.site.assessment;
    let user = user_of(here, source);
    let proven: Vec<OccurrenceId> = match source {
        EvidenceUser::Event(id) => {
            let of_event = assessment.of_event(id).iter().copied();
            of_event.filter(|one| assessment.occurrence(*one).evidence.contains(&paper)).collect()
        }
        _ => Vec::new(),
    };
    let each = proven.into_iter().map(|one| User {
        duty: Some(assessment.occurrence(one).obligation),
        answers: Some(one),
        ..user.clone()
    });
    let mut rows: Vec<UserRow> = each.filter_map(|user| user_row(here, source, user)).collect();
    if rows.is_empty() {
        rows.extend(user_row(here, source, user));
    }
    rows
}

fn user_row(here: &PageCtx, source: EvidenceUser, user: User) -> Option<UserRow> {
    let on = source.day(&here.site.model)?;
    let obligation = user.duty.map(|id| &here.site.model.obligations[id]);
    let clauses = obligation.into_iter().flat_map(|obligation| {
        let clauses = obligation.clauses.iter();
        clauses.map(|clause| here.clause_of(obligation, &clause.value))
    });
    Some(UserRow {
        kind: here.word("evidence_user", user.kind),
        link: match source {
            EvidenceUser::Waiver(id) => here.waiver(id),
            _ => here.link(user.page, user.name),
        },
        on: DateView::new(on),
        occurrence: user.answers.map(|id| {
            let term = here.term(here.site.assessment.occurrence(id).term);
            here.link(Route::Occurrence(id), term)
        }),
        duty: user.duty.map(|id| here.obligation(id)),
        clauses: clauses.collect(),
    })
}

/// The record it belongs to, if a rule keeps that.
fn paper(here: &PageCtx, user: EvidenceUser) -> Option<Paper> {
    // What was found is written down in the papers of the audit, unless it is kept by itself.
    let own = here.kept(KeptRecord::of_paper(user));
    let kept = match user {
        EvidenceUser::Finding(id) => {
            let audit = here.site.model.findings[id].audit;
            own.or_else(|| here.kept(KeptRecord::Audit(audit)))?
        }
        _ => own?,
    };
    let row = user_of(here, user);
    Some(Paper { link: here.link(row.page, row.name), kept })
}

/// The occurrence that hours of training answer.
fn of_training(site: &Site, id: Id<Training>) -> Option<OccurrenceId> {
    let of_post = site.assessment.of_scope(Scope::Post(site.model.trainings[id].post));
    let answers =
        |one: &&OccurrenceId| site.assessment.occurrence(**one).acts.contains(&Act::Training(id));
    of_post.iter().find(answers).copied()
}

fn user_of(here: &PageCtx, user: EvidenceUser) -> User {
    let site = here.site;
    let (model, assessment) = (&site.model, &site.assessment);
    match user {
        EvidenceUser::Audit(id) => User {
            kind: "audit",
            page: Route::Audit(id),
            name: here.audit(id).text,
            duty: Some(model.audits[id].obligation),
            answers: assessment.of_audit(id),
        },
        EvidenceUser::Submission(id) => User {
            kind: "submission",
            page: Route::Submission(id),
            name: here.submission(id).text,
            duty: Some(model.submissions[id].obligation),
            answers: assessment.of_submission(id),
        },
        EvidenceUser::Training(id) => User {
            kind: "training",
            page: Route::Post(model.trainings[id].post),
            name: model.trainings[id].title.clone(),
            duty: of_training(site, id).map(|one| assessment.occurrence(one).obligation),
            answers: of_training(site, id),
        },
        EvidenceUser::Finding(id) => {
            let finding = &model.findings[id];
            User {
                kind: "finding",
                page: Route::Finding(id),
                name: finding.title.clone(),
                duty: Some(model.audits[finding.audit].obligation),
                answers: assessment.of_audit(finding.audit),
            }
        }
        EvidenceUser::Account(id) => User {
            kind: "account",
            page: Route::Account(id),
            name: here.account(id).text,
            duty: None,
            answers: None,
        },
        EvidenceUser::Contractor(id) => User {
            kind: "contractor",
            page: Route::Contractor(id),
            name: model.contractors[id].name.clone(),
            duty: None,
            answers: None,
        },
        EvidenceUser::Waiver(id) => User {
            kind: "waiver",
            page: Route::Waivers,
            name: model.waivers[id].slug().to_owned(),
            duty: Some(model.waivers[id].obligation),
            answers: None,
        },
        EvidenceUser::Event(id) => User {
            kind: "event",
            page: Route::Event(id),
            name: here.event(id).text,
            duty: None,
            answers: None,
        },
    }
}
