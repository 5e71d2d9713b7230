//! One event: what happened, the duties it set going, and what was done about it.

use serde::Serialize;

use super::kept::KeptView;
use super::parts::{DateView, Link, OccurrenceRow, PageCtx};
use super::records::{EvidenceRow, Remarks};
use super::{Frame, View};
use crate::assess::KeptRecord;
use crate::model::{Event, Id, Named, Subject};
use crate::site::Site;
use crate::site::route::Route;

/// What `event.html` shows.
#[derive(Debug, Serialize)]
struct EventView {
    id: String,
    kind: String,
    on: DateView,
    known_on: DateView,
    /// What it is about; `None` for a person, who has no page.
    subject: Option<Link>,
    staff: Option<String>,
    /// The finding it came from.
    finding: Option<Link>,
    /// The duties it set going, by scope.
    occurrences: Vec<OccurrenceRow>,
    answers: Vec<AnswerRow>,
    /// Every event of the same case, in the order of days: one line of steps.
    steps: Vec<EventStep>,
    evidence: Vec<EvidenceRow>,
    /// How long it is kept, if a rule keeps it.
    kept: Option<KeptView>,
    remarks: Remarks,
}

/// Something that was done about the event.
#[derive(Debug, Serialize)]
struct AnswerRow {
    what: String,
    on: DateView,
    by: Option<Link>,
    to: String,
    document: Option<String>,
}

/// An event of a case.
#[derive(Debug, Serialize)]
struct EventStep {
    link: Link,
    on: DateView,
    current: bool,
}

/// Makes the page of an event.
pub fn view(site: &Site, id: Id<Event>) -> View {
    let route = Route::Event(id);
    let here = PageCtx::new(site, route);
    let (model, words) = (&site.model, &site.words);
    let event = &model.events[id];
    let answers = event.answers.iter();
    let papers: Vec<_> = answers.clone().flat_map(|answer| answer.evidence.clone()).collect();
    let view = EventView {
        id: event.slug().to_owned(),
        kind: here.event_kind(event.kind),
        on: DateView::timed(event.on, event.at),
        known_on: DateView::timed(event.known_on, event.known_at),
        subject: subject(&here, &event.subject),
        staff: match &event.subject {
            Subject::Person(id) => Some(model.staff(*id).to_owned()),
            _ => None,
        },
        finding: event.finding.map(|id| here.link(Route::Finding(id), &model.findings[id].title)),
        occurrences: site.assessment.of_event(id).iter().map(|id| here.row(*id)).collect(),
        answers: answers
            .map(|answer| AnswerRow {
                what: here.answer_kind(answer.what),
                on: DateView::timed(answer.on, answer.at),
                by: answer.by.map(|post| here.post(post)),
                to: here.parties(&answer.to),
                document: answer.document.clone(),
            })
            .collect(),
        steps: steps(&here, id),
        evidence: here.evidence_rows(&papers),
        kept: here.kept(KeptRecord::Event(id)),
        remarks: here.remarks(&event.fields),
    };
    let title = words.say("event_page.title", &[("event", &view.kind), ("id", &event.slug())]);
    let above = vec![here.link(Route::Events, words.get("menu.events"))];
    View::new("event.html", Frame::new(site, route, &title, above), view)
}

/// A link to what an event is about.
pub fn subject(here: &PageCtx, subject: &Subject) -> Option<Link> {
    use crate::model::Scope;
    Some(here.scope(match subject {
        Subject::Person(_) => return None,
        Subject::Account(id) => Scope::Account(*id),
        Subject::Unit(id) => Scope::Unit(*id),
        Subject::Agency(id) => Scope::Agency(*id),
        Subject::System(id) => Scope::System(*id),
        Subject::Post(id) => Scope::Post(*id),
        Subject::Contractor(id) => Scope::Contractor(*id),
    }))
}

/// The events of the same case that are known, in the order of days.
fn steps(here: &PageCtx, id: Id<Event>) -> Vec<EventStep> {
    let model = &here.site.model;
    let Some(case) = &model.events[id].case else { return Vec::new() };
    let same = |event: &Event| event.case.as_ref() == Some(case);
    let mut found: Vec<_> = model.events.iter().filter(|(_, event)| same(event)).collect();
    found.sort_by_key(|(id, event)| (event.on, *id));
    let step = |(other, event): (Id<Event>, &Event)| EventStep {
        link: here.link(Route::Event(other), here.event_kind(event.kind)),
        on: DateView::timed(event.on, event.at),
        current: other == id,
    };
    found.into_iter().map(step).collect()
}
