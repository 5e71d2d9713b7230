//! The lists of findings: open ones by gravity and age, then the closed ones; and corrective
//! actions that are late.

use serde::Serialize;

use super::View;
use super::listing::{Listing, Truncation, frame};
use super::parts::{DueOn, Link, PageCtx};
use super::records::FindingRow;
use crate::site::Site;
use crate::site::lists::{INLINE_ROWS_MAX, Item, Kind, List};
use crate::site::route::Route;

/// What `findings.html` shows.
#[derive(Debug, Serialize)]
struct FindingsView {
    list: Listing,
    counts: Counts,
    findings: Vec<FindingRow>,
    /// Corrective actions of open findings past their deadlines, the earliest first; on the first
    /// page of the list of all.
    actions: Vec<ActionRow>,
    actions_shown: Option<Truncation>,
}

/// How many of all findings are in which state; one may be in several.
#[derive(Debug, Serialize)]
struct Counts {
    open: usize,
    overdue: usize,
    actions: usize,
    doubtful: usize,
    closed: usize,
}

/// What `actions.html` shows.
#[derive(Debug, Serialize)]
struct ActionsView {
    list: Listing,
    actions: Vec<ActionRow>,
}

/// A corrective action that is late.
#[derive(Debug, Serialize)]
struct ActionRow {
    what: String,
    finding: Link,
    scope: Link,
    by: Option<Link>,
    due: Option<DueOn>,
    /// Days past the deadline.
    late: i64,
}

/// Makes a page of a list of findings.
pub fn view(site: &Site, list: List, page: usize) -> View {
    let here = PageCtx::new(site, list.page(page));
    let assessment = &site.assessment;
    let findings = here.items(list, page).iter().filter_map(|item| match item {
        Item::Finding(id) => Some(here.finding_row(*id)),
        _ => None,
    });
    let count = |code: &str| site.lists.findings_in.get(code).copied().unwrap_or(0);
    let late = assessment.overdue_actions.len();
    let listing = here.listing(list, page);
    let beside = if listing.is_front { late.min(INLINE_ROWS_MAX) } else { 0 };
    let view = FindingsView {
        counts: Counts {
            open: count("unclosed"),
            overdue: count("overdue"),
            actions: late,
            doubtful: count("doubtful"),
            closed: count("closed"),
        },
        findings: findings.collect(),
        actions: (0..beside).map(|at| action_row(&here, at)).collect(),
        actions_shown: here
            .shown(beside, late, List::all(Kind::Actions))
            .filter(|_| listing.is_front),
        list: listing,
    };
    View::new("findings.html", frame(site, list, page), view)
}

/// Makes a page of the list of late actions.
pub fn actions(site: &Site, list: List, page: usize) -> View {
    let here = PageCtx::new(site, list.page(page));
    let actions = here.items(list, page).iter().filter_map(|item| match item {
        Item::Action(at) => Some(action_row(&here, *at)),
        _ => None,
    });
    let actions = actions.collect();
    let view = ActionsView { list: here.listing(list, page), actions };
    View::new("actions.html", frame(site, list, page), view)
}

fn action_row(here: &PageCtx, at: usize) -> ActionRow {
    let (model, assessment) = (&here.site.model, &here.site.assessment);
    let (id, place) = assessment.overdue_actions[at];
    let finding = &model.findings[id];
    let action = &finding.actions[place];
    ActionRow {
        what: action.what.clone(),
        finding: here.link(Route::Finding(id), &finding.title),
        scope: here.scope(model.audits[finding.audit].scope),
        by: action.by.or(finding.owner).map(|by| here.post(by)),
        due: action.due.map(|due| here.due(due, true)),
        late: action.due.map_or(0, |due| (assessment.as_of - due).num_days()),
    }
}
