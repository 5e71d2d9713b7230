//! What is due, by urgency.

use serde::Serialize;

use super::parts::{DateView, Here, OccurrenceRow};
use super::urgency::{Urgency, within};
use super::{Frame, View};
use crate::site::Site;
use crate::site::route::Route;

/// What `due.html` shows.
#[derive(Debug, Serialize)]
struct DueView {
    as_of: DateView,
    sections: Vec<Section>,
}

/// One class of urgency.
#[derive(Debug, Serialize)]
struct Section {
    /// The fragment of the section.
    anchor: &'static str,
    title: String,
    /// Said when there is nothing.
    empty: String,
    rows: Vec<OccurrenceRow>,
}

/// Makes the page of due dates.
pub fn view(site: &Site) -> View {
    let here = Here::new(site, Route::Due);
    let as_of = DateView::new(site.assessment.as_of);
    let section = |urgency: Urgency| Section {
        anchor: urgency.word(),
        title: here.word("due_section", urgency.word()),
        empty: site.words.say(&format!("due_empty.{}", urgency.word()), &[("as_of", &as_of.long)]),
        rows: within(&here, urgency),
    };
    let sections = Urgency::ALL.into_iter().map(section).collect();
    let frame = Frame::new(site, Route::Due, site.words.get("due.title"), Vec::new());
    View::new("due.html", frame, DueView { as_of, sections })
}
