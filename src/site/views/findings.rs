//! The list of findings: open ones by gravity and age, then the closed ones.

use serde::Serialize;

use super::parts::Here;
use super::records::FindingRow;
use super::{Frame, View};
use crate::model::{Finding, Id};
use crate::site::Site;
use crate::site::route::Route;

/// What `findings.html` shows.
#[derive(Debug, Serialize)]
struct FindingsView {
    open: Vec<FindingRow>,
    /// How many of the open ones are past their deadline.
    overdue: usize,
    /// Last closed first.
    closed: Vec<FindingRow>,
}

/// Makes the list of findings.
pub fn view(site: &Site) -> View {
    let here = Here::new(site, Route::Findings);
    let findings = &site.model.findings;
    let open = here.open_findings(findings.ids());
    let mut closed: Vec<Id<Finding>> = findings
        .iter()
        .filter(|(_, finding)| !finding.is_open_on(site.assessment.as_of))
        .map(|(id, _)| id)
        .collect();
    closed.sort_by_key(|id| (std::cmp::Reverse(findings[*id].closed_on), *id));
    let view = FindingsView {
        overdue: open.iter().filter(|row| row.state.code == "overdue").count(),
        open,
        closed: closed.into_iter().filter_map(|id| here.finding_row(id)).collect(),
    };
    let title = here.word("findings", "title");
    View::new("findings.html", Frame::new(site, Route::Findings, &title, Vec::new()), view)
}
