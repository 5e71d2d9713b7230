//! Every occurrence of one status: the list behind a count.

use serde::Serialize;

use super::parts::{DateView, Here, OccurrenceRow, StatusView};
use super::{Frame, View};
use crate::assess::{OccurrenceId, Status};
use crate::site::Site;
use crate::site::route::Route;

/// What `status.html` shows.
#[derive(Debug, Serialize)]
struct StatusListView {
    status: StatusView,
    note: String,
    as_of: DateView,
    rows: Vec<OccurrenceRow>,
}

/// Makes the list of the occurrences with `status`, the first due first.
pub fn view(site: &Site, status: Status) -> View {
    let route = Route::Status(status);
    let here = Here::new(site, route);
    let mut ids: Vec<OccurrenceId> = site
        .assessment
        .iter()
        .filter(|(_, occurrence)| occurrence.status == status)
        .map(|(id, _)| id)
        .collect();
    ids.sort_by_key(|id| (site.assessment.occurrence(*id).due, *id));
    let view = StatusListView {
        status: here.status(status),
        note: here.word("status_note", status.code()),
        as_of: DateView::new(site.assessment.as_of),
        rows: ids.into_iter().map(|id| here.row(id)).collect(),
    };
    let title = site.words.say("status_list.title", &[("status", &view.status.label)]);
    View::new("status.html", Frame::new(site, route, &title, Vec::new()), view)
}
