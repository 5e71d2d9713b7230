//! Lists of occurrences: of one status, of an agency or another scope, of a duty.

use serde::Serialize;

use super::View;
use super::listing::{Listing, frame};
use super::parts::{OccurrenceRow, PageCtx, StatusView};
use crate::site::Site;
use crate::site::lists::{Filter, Item, List};

/// What `status.html` shows.
#[derive(Debug, Serialize)]
struct StatusListView {
    list: Listing,
    /// `None` if the list has several.
    status: Option<StatusView>,
    note: String,
    rows: Vec<OccurrenceRow>,
}

/// Makes a page of a list of occurrences, the worst and then the first due first.
pub fn view(site: &Site, list: List, page: usize) -> View {
    let here = PageCtx::new(site, list.page(page));
    let status = match list.filter {
        Filter::Status(status) => Some(status),
        _ => None,
    };
    let rows = here.items(list, page).iter().filter_map(|item| match item {
        Item::Occurrence(id) => Some(here.row(*id)),
        _ => None,
    });
    let view = StatusListView {
        list: here.listing(list, page),
        status: status.map(|status| here.status(status)),
        note: status.map_or_else(String::new, |status| here.status_note(status)),
        rows: rows.collect(),
    };
    View::new("status.html", frame(site, list, page), view)
}
