//! Every event that is known, newest first, and how its duties stand.

use serde::Serialize;

use super::event::subject;
use super::parts::{DateView, Here, Link, StatusCount};
use super::rule::named;
use super::{Frame, View};
use crate::model::{Named, Subject};
use crate::site::Site;
use crate::site::route::Route;

/// What `events.html` shows.
#[derive(Debug, Serialize)]
struct EventsView {
    rows: Vec<EventRow>,
}

/// An event in the table.
#[derive(Debug, Serialize)]
struct EventRow {
    link: Link,
    kind: String,
    on: DateView,
    subject: Option<Link>,
    staff: Option<String>,
    counts: Vec<StatusCount>,
}

/// Makes the page of all events.
pub fn view(site: &Site) -> View {
    let here = Here::new(site, Route::Events);
    let assessment = &site.assessment;
    let mut known: Vec<_> =
        site.model.events.iter().filter(|(_, event)| here.is_known(event.known_on)).collect();
    known.sort_by_key(|(id, event)| (std::cmp::Reverse(event.on), *id));
    let rows = known
        .into_iter()
        .map(|(id, event)| EventRow {
            link: here.link(Route::Event(id), event.slug()),
            kind: named(&site.words, "event", &event.kind).to_owned(),
            on: DateView::new(event.on),
            subject: subject(&here, &event.subject),
            staff: match &event.subject {
                Subject::Staff(staff) => Some(staff.clone()),
                _ => None,
            },
            counts: here
                .counts(assessment.of_event(id).iter().map(|id| assessment.occurrence(*id))),
        })
        .collect();
    let title = site.words.get("menu.events").to_owned();
    let frame = Frame::new(site, Route::Events, &title, Vec::new());
    View::new("events.html", frame, EventsView { rows })
}
