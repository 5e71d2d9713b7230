//! The list of findings: open ones by gravity and age, then the closed ones.

use serde::Serialize;

use super::parts::{DateView, Here, Link};
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
    /// Corrective actions of open findings past their deadlines, the earliest first.
    actions: Vec<ActionRow>,
    /// Findings whose check or closing is doubtful.
    doubtful: Vec<FindingRow>,
    /// Last closed first.
    closed: Vec<FindingRow>,
}

/// A corrective action that is late.
#[derive(Debug, Serialize)]
struct ActionRow {
    what: String,
    finding: Link,
    scope: Link,
    by: Option<Link>,
    due: Option<DateView>,
    /// Days past the deadline.
    late: i64,
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
        actions: overdue_actions(&here),
        doubtful: findings
            .ids()
            .filter(|id| !site.assessment.concerns(*id).is_empty())
            .filter_map(|id| here.finding_row(id))
            .collect(),
        open,
        closed: closed.into_iter().filter_map(|id| here.finding_row(id)).collect(),
    };
    let title = here.word("findings", "title");
    View::new("findings.html", Frame::new(site, Route::Findings, &title, Vec::new()), view)
}

fn overdue_actions(here: &Here) -> Vec<ActionRow> {
    let (model, assessment) = (&here.site.model, &here.site.assessment);
    let row = |(id, place): &(Id<Finding>, usize)| {
        let finding = &model.findings[*id];
        let action = &finding.actions[*place];
        ActionRow {
            what: action.what.clone(),
            finding: here.link(Route::Finding(*id), &finding.title),
            scope: here.scope(model.audits[finding.audit].scope),
            by: action.by.or(finding.owner).map(|by| here.post(by)),
            due: action.due.map(DateView::new),
            late: action.due.map_or(0, |due| (assessment.as_of - due).num_days()),
        }
    };
    assessment.overdue_actions.iter().map(row).collect()
}
