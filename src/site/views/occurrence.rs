//! The auditor's sheet: one occurrence, its rule, its figures, who did what, and what is missing.

use serde::Serialize;

use super::mend::{Mend, mend, record_file};
use super::parts::{DateView, Here, Link, StatusView};
use super::quote::{Wording, wording};
use super::rule::{RuleView, rule};
use super::suspect::{Suspect, suspect};
use super::{Frame, View};
use crate::assess::{Act, Occurrence, OccurrenceId};
use crate::model::SampleSize;
use crate::site::route::{Route, occurrence_path};
use crate::site::{Site, sentence};

/// What `occurrence.html` shows.
#[derive(Debug, Serialize)]
struct OccurrenceView {
    /// `REGULATION/OBLIGATION/SCOPE/TERM`, the permanent id.
    id: String,
    status: StatusView,
    status_note: String,
    obligation: Link,
    summary: Option<String>,
    note: Option<String>,
    regulation: Link,
    rule: RuleView,
    wording: Wording,
    /// The text the period is judged by is not the one the rule was written for.
    suspect: Option<Suspect>,
    scope: Link,
    agency: Link,
    term: String,
    opens: DateView,
    due: DateView,
    advised: Option<DateView>,
    calendar_known: bool,
    site_default: bool,
    done_on: Option<DateView>,
    reasons: Vec<ReasonView>,
    figures: Vec<Figure>,
    months: Vec<MonthView>,
    acts: Vec<ActView>,
    evidence: Vec<EvidenceRow>,
    findings: Vec<FindingRow>,
    waiver: Option<WaiverView>,
    /// What to do about it; `None` if nothing is.
    mend: Option<Mend>,
    previous: Option<Link>,
    next: Option<Link>,
}

#[derive(Debug, Serialize)]
struct ReasonView {
    text: String,
    is_shortfall: bool,
}

/// A required number with its arithmetic, beside what was looked at.
#[derive(Debug, Serialize)]
struct Figure {
    measure: String,
    unit: String,
    population: u64,
    required: u64,
    actual: Option<u64>,
    arithmetic: String,
    met: bool,
    /// How many are missing.
    short: u64,
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
    approved: DateView,
    by: Link,
}

/// An act that answers it: what was done, when, by whom.
#[derive(Debug, Serialize)]
struct ActView {
    kind: String,
    /// To the act's page; `None` for password changes.
    link: Option<Link>,
    on: DateView,
    auditors: Vec<Link>,
    joint: Vec<String>,
    /// Who received it.
    to: Option<String>,
    document: Option<String>,
    hours: Option<u64>,
    unannounced: bool,
    /// What an audit looked at, such as 「21 件、3 人」.
    sample: Option<String>,
    source: String,
    approved_on: Option<DateView>,
    approved_by: Option<Link>,
    note: Option<String>,
}

#[derive(Debug, Serialize)]
struct EvidenceRow {
    link: Link,
    form: Option<String>,
    document: Option<String>,
    size: Option<u64>,
    sha256: Option<String>,
    media_type: Option<&'static str>,
    received_on: DateView,
}

#[derive(Debug, Serialize)]
struct FindingRow {
    link: Link,
    grade: String,
    open: bool,
    found_on: DateView,
}

/// Makes the page of an occurrence.
pub fn view(site: &Site, id: OccurrenceId) -> View {
    let route = Route::Occurrence(id);
    let here = Here::new(site, route);
    let (model, words) = (&site.model, &site.words);
    let occurrence = site.assessment.occurrence(id);
    let obligation = &model.obligations[occurrence.obligation];
    let agency = model.scope_agency(occurrence.scope);

    let figures = [
        ("records", occurrence.required.records, occurrence.actual.records),
        ("users", occurrence.required.users, occurrence.actual.users),
    ];
    let figure = |(measure, size, actual): (&str, Option<SampleSize>, Option<u64>)| {
        let size = size?;
        let unit = here.word("measure", measure);
        // An act that says nothing of what it looked at counts as having looked at nothing.
        let actual = actual.or((!occurrence.acts.is_empty()).then_some(0));
        Some(Figure {
            measure: here.word("occurrence", measure),
            population: size.population,
            required: size.required,
            actual,
            arithmetic: sentence::arithmetic(words, &size, &unit),
            met: actual.is_some_and(|actual| actual >= size.required),
            short: size.required.saturating_sub(actual.unwrap_or(0)),
            unit,
        })
    };
    let term = here.term(occurrence.term);
    let view = OccurrenceView {
        id: occurrence_path(model, &site.assessment, id),
        status: here.status(occurrence.status),
        status_note: words.get(&format!("status_note.{}", occurrence.status.code())).to_owned(),
        obligation: here.obligation(occurrence.obligation),
        summary: obligation.summary.clone(),
        note: obligation.note.clone(),
        regulation: here.regulation(obligation.regulation),
        rule: rule(&here, occurrence.obligation),
        wording: wording(&here, occurrence.obligation, occurrence.judged_on(model)),
        suspect: suspect(&here, occurrence.obligation, occurrence.judged_on(model)),
        scope: here.scope(occurrence.scope),
        agency: here.link(Route::Agency(agency), &model.agencies[agency].name),
        term: term.clone(),
        opens: DateView::new(occurrence.opens),
        due: DateView::new(occurrence.due),
        advised: occurrence.advised.map(DateView::new),
        calendar_known: occurrence.calendar_known,
        site_default: occurrence.site_default,
        done_on: occurrence.done_on.map(DateView::new),
        reasons: occurrence
            .reasons
            .iter()
            .map(|reason| ReasonView {
                text: sentence::reason(words, model, occurrence, reason),
                is_shortfall: reason.is_shortfall(),
            })
            .collect(),
        figures: figures.into_iter().filter_map(figure).collect(),
        months: occurrence
            .months
            .iter()
            .map(|month| MonthView {
                text: sentence::period(words, *month),
                covered: occurrence.actual.months.contains(month),
            })
            .collect(),
        acts: occurrence.acts.iter().map(|act| act_view(&here, occurrence, *act)).collect(),
        evidence: occurrence
            .evidence
            .iter()
            .map(|id| {
                let evidence = &model.evidence[*id];
                EvidenceRow {
                    link: here.link(Route::Evidence(*id), &evidence.title),
                    form: evidence.form.clone(),
                    document: evidence.document.clone(),
                    size: evidence.file.as_ref().map(|file| file.size),
                    sha256: evidence.file.as_ref().map(|file| file.sha256.clone()),
                    media_type: evidence.file.as_ref().map(|file| file.media_type),
                    received_on: DateView::new(evidence.received_on),
                }
            })
            .collect(),
        findings: occurrence
            .findings
            .iter()
            .map(|id| {
                let finding = &model.findings[*id];
                FindingRow {
                    link: here.link(Route::Finding(*id), &finding.title),
                    grade: words.get(&format!("grade.{}", finding.grade.word())).to_owned(),
                    open: finding.is_open_on(site.assessment.as_of),
                    found_on: DateView::new(finding.found_on),
                }
            })
            .collect(),
        waiver: occurrence.waiver.map(|id| {
            let waiver = &model.waivers[id];
            WaiverView {
                link: here.waiver(id),
                reason: waiver.reason.clone(),
                until: DateView::new(waiver.until),
                approved: DateView::new(waiver.approved.on),
                by: here.post(waiver.approved.by),
            }
        }),
        mend: mend(&here, id),
        previous: neighbour(&here, id, |siblings, at| {
            at.checked_sub(1).map(|before| siblings[before])
        }),
        next: neighbour(&here, id, |siblings, at| siblings.get(at + 1).copied()),
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

fn act_view(here: &Here, occurrence: &Occurrence, act: Act) -> ActView {
    let model = &here.site.model;
    let mut view = ActView {
        kind: here.word("act", act.word()),
        link: here.act(act),
        on: DateView::new(act.day(model)),
        auditors: Vec::new(),
        joint: Vec::new(),
        to: None,
        document: None,
        hours: None,
        unannounced: false,
        sample: None,
        source: record_file(here, occurrence, act),
        approved_on: None,
        approved_by: None,
        note: None,
    };
    match act {
        Act::Audit(id) => {
            let audit = &model.audits[id];
            view.auditors = here.posts(&audit.auditors);
            view.joint.clone_from(&audit.joint);
            view.unannounced = audit.unannounced;
            let looked_at = [(audit.sample.records, "records"), (audit.sample.users, "users")];
            let looked_at: Vec<String> =
                looked_at.into_iter().filter_map(|(n, unit)| here.amount(n, unit)).collect();
            view.sample =
                (!looked_at.is_empty()).then(|| looked_at.join(here.site.words.get("list.join")));
            let approved = audit.approved.filter(|approval| here.is_known(approval.on));
            view.approved_on = approved.map(|approval| DateView::new(approval.on));
            view.approved_by = approved.map(|approval| here.post(approval.by));
            view.note = audit.fields.maybe_string("note");
        }
        Act::Submission(id) => {
            let sent = &model.submissions[id];
            view.to = Some(sent.to.clone());
            view.document.clone_from(&sent.document);
            view.note = sent.fields.maybe_string("note");
        }
        Act::Training(id) => {
            view.hours = Some(model.trainings[id].hours);
            view.note = model.trainings[id].fields.maybe_string("note");
        }
        Act::Answer(id, place) => {
            let answer = &model.events[id].answers[place];
            view.auditors = here.posts(answer.by.as_slice());
            view.to =
                (!answer.to.is_empty()).then(|| answer.to.join(here.site.words.get("list.join")));
            view.document.clone_from(&answer.document);
            let approved = answer.approved.filter(|approval| here.is_known(approval.on));
            view.approved_on = approved.map(|approval| DateView::new(approval.on));
            view.approved_by = approved.map(|approval| here.post(approval.by));
        }
        Act::PasswordChange(_) | Act::Recorded(_) => {}
    }
    view
}

/// The occurrence of the same duty and scope beside this one.
fn neighbour(
    here: &Here,
    id: OccurrenceId,
    pick: impl Fn(&[OccurrenceId], usize) -> Option<OccurrenceId>,
) -> Option<Link> {
    let assessment = &here.site.assessment;
    let this = assessment.occurrence(id);
    let siblings: Vec<OccurrenceId> = assessment
        .of_scope(this.scope)
        .iter()
        .copied()
        .filter(|other| assessment.occurrence(*other).obligation == this.obligation)
        .collect();
    let at = siblings.iter().position(|other| *other == id)?;
    let other = pick(&siblings, at)?;
    Some(here.link(Route::Occurrence(other), here.term(assessment.occurrence(other).term)))
}
