//! How statuses are computed, and how the texts are read.

use serde::Serialize;

use super::downloads::{Download, downloads};
use super::parts::{Link, PageCtx, StatusView};
use super::{Frame, View};
use crate::assess::Status;
use crate::model::OnHoliday;
use crate::site::Site;
use crate::site::route::Route;
use crate::text::sentence;

/// What `method.html` shows.
#[derive(Debug, Serialize)]
struct MethodView {
    statuses: Vec<StatusRow>,
    due_soon_days: u32,
    /// When duties without a date in the text fall due.
    undated: String,
    on_holiday: String,
    /// What other programs read.
    downloads: Vec<Download>,
    /// To the calendar feeds.
    feeds: Link,
    /// To the page that holds the site against its manifest.
    verify: Link,
}

#[derive(Debug, Serialize)]
struct StatusRow {
    status: StatusView,
    note: String,
    /// Counts among the judged ones.
    judged: bool,
    /// Counts as met.
    met: bool,
}

/// Makes the page about the method.
pub fn view(site: &Site) -> View {
    let here = PageCtx::new(site, Route::Method);
    let (words, settings) = (&site.words, &site.model.settings);
    let view = MethodView {
        statuses: Status::ALL
            .into_iter()
            .map(|status| StatusRow {
                status: here.status(status),
                note: here.status_note(status),
                judged: status.is_judged(),
                met: status.is_judged() && !status.is_failing(),
            })
            .collect(),
        due_soon_days: settings.due_soon_days,
        undated: sentence::due_day(words, settings.undated),
        on_holiday: here.word(
            "holiday",
            match settings.on_holiday {
                OnHoliday::Keep => "keep",
                OnHoliday::NextWorkingDay => "next-working-day",
            },
        ),
        downloads: downloads(&here),
        feeds: here.link(Route::Due, words.get("due.title")),
        verify: here.link(Route::Verify, words.get("verify.title")),
    };
    let frame = Frame::new(site, Route::Method, words.get("menu.method"), Vec::new());
    View::new("method.html", frame, view)
}
