//! The list of waivers, those in force first.

use serde::Serialize;

use super::parts::{DateView, Here, Link};
use super::records::{ApprovalView, CodeView, EvidenceRow, Remarks};
use super::{Frame, View};
use crate::model::{Id, Named, Waiver};
use crate::site::Site;
use crate::site::route::Route;
use crate::time::roc_short;

/// What `waivers.html` shows.
#[derive(Debug, Serialize)]
struct WaiversView {
    waivers: Vec<WaiverRow>,
}

/// One waiver.
#[derive(Debug, Serialize)]
struct WaiverRow {
    /// Also the fragment of its row.
    id: String,
    state: CodeView,
    /// What it means, if it is not simply in force.
    why: Option<String>,
    obligation: Link,
    clause: Link,
    scope: Link,
    reason: String,
    from: DateView,
    until: DateView,
    approved: ApprovalView,
    evidence: Vec<EvidenceRow>,
    remarks: Remarks,
}

/// Makes the list of waivers; those approved after the as-of date are left out.
pub fn view(site: &Site) -> View {
    let here = Here::new(site, Route::Waivers);
    let (waivers, words) = (&site.model.waivers, &site.words);
    let mut ids: Vec<Id<Waiver>> = waivers.ids().collect();
    ids.sort_by_key(|id| (state(&here, *id, &waivers[*id]), std::cmp::Reverse(waivers[*id].until)));
    let row = |id: Id<Waiver>| {
        let waiver = &waivers[id];
        let obligation = &site.model.obligations[waiver.obligation];
        let (_, code) = state(&here, id, waiver);
        let until = roc_short(waiver.until);
        let why = |code: &str| words.say(&format!("waiver_why.{code}"), &[("until", &until)]);
        Some(WaiverRow {
            id: waiver.slug().to_owned(),
            state: here.code("waiver_state", code),
            why: (code != "in_force").then(|| why(code)),
            obligation: here.obligation(waiver.obligation),
            clause: here.clause(obligation.regulation, obligation.main_clause()),
            scope: here.scope(waiver.scope),
            reason: waiver.reason.clone(),
            from: DateView::new(waiver.from),
            until: DateView::new(waiver.until),
            approved: here.approval(Some(waiver.approved))?,
            evidence: here.evidence_rows(&waiver.evidence),
            remarks: here.remarks(&waiver.fields),
        })
    };
    let view = WaiversView { waivers: ids.into_iter().filter_map(row).collect() };
    let title = here.word("waivers", "title");
    View::new("waivers.html", Frame::new(site, Route::Waivers, &title, Vec::new()), view)
}

/// Whether a waiver is in force, with its place in the list.
fn state(here: &Here, id: Id<Waiver>, waiver: &Waiver) -> (u8, &'static str) {
    let ended = waiver.until < here.site.assessment.as_of;
    if !here.is_known(waiver.from) {
        (1, "not_yet")
    } else if here.site.assessment.unused_waivers.contains(&id) {
        (2, if ended { "ended_unused" } else { "unused" })
    } else if ended {
        (3, "ended")
    } else {
        (0, "in_force")
    }
}
