//! One unit: what it uses, what is laid on it, how much it used the systems, and its accounts.

use serde::Serialize;

use super::laid_on::{LaidOn, laid_on};
use super::parts::{Here, Link};
use super::records::{AccountRow, FindingRow, Remarks, UseRow};
use super::{Frame, View};
use crate::model::{Id, Named, Scope, Unit};
use crate::site::route::Route;
use crate::site::{Site, sentence};

/// What `unit.html` shows.
#[derive(Debug, Serialize)]
struct UnitView {
    id: String,
    name: String,
    agency: Link,
    is_office: bool,
    uses: Vec<UseRow>,
    posts: Vec<Link>,
    laid_on: LaidOn,
    findings: Vec<FindingRow>,
    /// Newest month first.
    usage: Vec<UsageRow>,
    accounts: Vec<AccountRow>,
    /// The calendar other programs subscribe to.
    feed: Link,
    remarks: Remarks,
}

/// One month of use of one system.
#[derive(Debug, Serialize)]
struct UsageRow {
    month: String,
    /// `2026-09`.
    iso: String,
    system: Link,
    queries: u64,
    active_users: u64,
    total_users: u64,
}

/// Makes the page of a unit.
pub fn view(site: &Site, id: Id<Unit>) -> View {
    let route = Route::Unit(id);
    let here = Here::new(site, route);
    let model = &site.model;
    let unit = &model.units[id];
    let posts = model.agencies[unit.agency].posts.iter();
    let mut usage: Vec<_> = unit
        .usage
        .iter()
        .map(|id| &model.usage[*id])
        .filter(|row| here.is_known(row.month.last_day()))
        .collect();
    usage.sort_by_key(|row| (std::cmp::Reverse(row.month), row.system));
    let view = UnitView {
        id: unit.slug().to_owned(),
        name: unit.name.clone(),
        agency: here.link(Route::Agency(unit.agency), &model.agencies[unit.agency].name),
        is_office: unit.is_office,
        uses: here.uses(id),
        posts: posts
            .filter(|post| model.posts[**post].unit == Some(id))
            .map(|post| here.post(*post))
            .collect(),
        laid_on: laid_on(&here, Scope::Unit(id)),
        findings: here.open_findings(unit.findings.iter().copied()),
        usage: usage
            .into_iter()
            .map(|row| UsageRow {
                month: sentence::period(&site.words, row.month),
                iso: row.month.to_string(),
                system: here.system(row.system),
                queries: row.queries,
                active_users: row.active_users,
                total_users: row.total_users,
            })
            .collect(),
        accounts: unit.accounts.iter().filter_map(|id| here.account_row(*id)).collect(),
        feed: here.feed(
            "units",
            unit.slug(),
            &site.words.say("feed.name", &[("name", &unit.name)]),
        ),
        remarks: here.remarks(&unit.fields),
    };
    let above = here.above_scope(Scope::Unit(id));
    View::new("unit.html", Frame::new(site, route, &unit.name, above), view)
}
