//! The lists of events that are known, the newest first, and how their duties stand: all, by year
//! and by kind.

use serde::Serialize;

use super::View;
use super::event::subject;
use super::listing::{Listing, frame};
use super::parts::{Link, PageCtx, StatusCount};
use crate::model::{Event, Id, Subject};
use crate::site::Site;
use crate::site::lists::{Item, List};

/// What `events.html` shows.
#[derive(Debug, Serialize)]
struct EventsView {
    list: Listing,
    rows: Vec<EventRow>,
}

/// An event in the table.
#[derive(Debug, Serialize)]
struct EventRow {
    link: Link,
    /// Its day, for sorting.
    on: String,
    subject: Option<Link>,
    staff: Option<String>,
    counts: Vec<StatusCount>,
}

/// Makes a page of a list of events.
pub fn view(site: &Site, list: List, page: usize) -> View {
    let here = PageCtx::new(site, list.page(page));
    let rows = here.items(list, page).iter().filter_map(|item| match item {
        Item::Event(id) => Some(row(&here, *id)),
        _ => None,
    });
    let view = EventsView { list: here.listing(list, page), rows: rows.collect() };
    View::new("events.html", frame(site, list, page), view)
}

fn row(here: &PageCtx, id: Id<Event>) -> EventRow {
    let assessment = &here.site.assessment;
    let event = &here.site.model.events[id];
    EventRow {
        link: here.event(id),
        on: event.on.to_string(),
        subject: subject(here, &event.subject),
        staff: match &event.subject {
            Subject::Person(id) => Some(here.site.model.staff(*id).to_owned()),
            _ => None,
        },
        counts: here.counts(assessment.of_event(id).iter().map(|id| assessment.occurrence(*id))),
    }
}
