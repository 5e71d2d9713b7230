//! The lists of evidence, the newest first: all, by what it is for and by year.

use serde::Serialize;

use super::View;
use super::listing::{Listing, frame};
use super::parts::PageCtx;
use super::records::EvidenceRow;
use crate::site::Site;
use crate::site::lists::{Item, List};

/// What `evidence-list.html` shows.
#[derive(Debug, Serialize)]
struct EvidenceListView {
    list: Listing,
    evidence: Vec<EvidenceRow>,
}

/// Makes a page of a list of evidence.
pub fn view(site: &Site, list: List, page: usize) -> View {
    let here = PageCtx::new(site, list.page(page));
    let evidence = here.items(list, page).iter().filter_map(|item| match item {
        Item::Evidence(id) => Some(here.evidence_row(*id)),
        _ => None,
    });
    let evidence = evidence.collect();
    let view = EvidenceListView { list: here.listing(list, page), evidence };
    View::new("evidence-list.html", frame(site, list, page), view)
}
