//! The lists of waivers, those in force first.

use serde::Serialize;

use super::View;
use super::listing::{Listing, frame};
use super::parts::{DateView, Link, PageCtx};
use super::records::{ApprovalView, CodeView, EvidenceRow, Remarks};
use crate::facts::WaiverState;
use crate::model::{Id, Named, Waiver};
use crate::site::Site;
use crate::site::lists::{Item, List};
use crate::time::roc_short;

/// What `waivers.html` shows.
#[derive(Debug, Serialize)]
struct WaiversView {
    list: Listing,
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

/// Makes a page of a list of waivers.
pub fn view(site: &Site, list: List, page: usize) -> View {
    let here = PageCtx::new(site, list.page(page));
    let waivers = here.items(list, page).iter().filter_map(|item| match item {
        Item::Waiver(id) => Some(row(&here, *id)),
        _ => None,
    });
    let waivers = waivers.collect();
    let view = WaiversView { list: here.listing(list, page), waivers };
    View::new("waivers.html", frame(site, list, page), view)
}

fn row(here: &PageCtx, id: Id<Waiver>) -> WaiverRow {
    let (site, words) = (here.site, &here.site.words);
    let waiver = &site.model.waivers[id];
    let obligation = &site.model.obligations[waiver.obligation];
    let state = WaiverState::of(&site.assessment, id, waiver);
    let until = roc_short(waiver.until);
    let why = |code: &str| words.say(&format!("waiver_why.{code}"), &[("until", &until)]);
    WaiverRow {
        id: waiver.slug().to_owned(),
        state: here.code("waiver_state", state.as_str()),
        why: (state != WaiverState::InForce).then(|| why(state.as_str())),
        obligation: here.obligation(waiver.obligation),
        clause: here.clause_of(obligation, obligation.main_clause()),
        scope: here.scope(waiver.scope),
        reason: waiver.reason.clone(),
        from: DateView::new(waiver.from),
        until: DateView::new(waiver.until),
        approved: here.approved(waiver.approved),
        evidence: here.evidence_rows(&waiver.evidence),
        remarks: here.remarks(&waiver.fields),
    }
}
