//! The list of all evidence, newest first.

use serde::Serialize;

use super::parts::Here;
use super::records::EvidenceRow;
use super::{Frame, View};
use crate::model::{Evidence, Id};
use crate::site::Site;
use crate::site::route::Route;

/// What `evidence-list.html` shows.
#[derive(Debug, Serialize)]
struct EvidenceListView {
    evidence: Vec<EvidenceRow>,
}

/// Makes the list of evidence.
pub fn view(site: &Site) -> View {
    let here = Here::new(site, Route::EvidenceList);
    let evidence = &site.model.evidence;
    let mut ids: Vec<Id<Evidence>> = evidence.ids().collect();
    ids.sort_by_key(|id| (std::cmp::Reverse(evidence[*id].received_on), *id));
    let view = EvidenceListView { evidence: here.evidence_rows(&ids) };
    let title = here.word("evidence", "title");
    let frame = Frame::new(site, Route::EvidenceList, &title, Vec::new());
    View::new("evidence-list.html", frame, view)
}
