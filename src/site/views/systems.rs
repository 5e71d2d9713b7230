//! The list of systems.

use serde::Serialize;

use super::View;
use super::checks::CheckCountsView;
use super::listing::{Listing, frame};
use super::parts::{Link, PageCtx};
use super::system::{AccountCounts, account_counts};
use crate::model::{Id, Scope, System};
use crate::site::Site;
use crate::site::lists::{Item, Kind, List};
use crate::site::route::Route;

/// What `systems.html` shows.
#[derive(Debug, Serialize)]
struct SystemsView {
    list: Listing,
    /// To the registers of transfers, endpoints and the like.
    registers: Vec<Link>,
    systems: Vec<SystemRow>,
}

/// One system.
#[derive(Debug, Serialize)]
struct SystemRow {
    link: Link,
    agency: Link,
    regulations: Vec<Link>,
    units: usize,
    accounts: AccountCounts,
    checks: CheckCountsView,
}

/// Makes a page of a list of systems.
pub fn view(site: &Site, list: List, page: usize) -> View {
    let here = PageCtx::new(site, list.page(page));
    let systems = here.items(list, page).iter().filter_map(|item| match item {
        Item::System(id) => Some(row(&here, *id)),
        _ => None,
    });
    let registers = site.lists.of_kind(Kind::Entries);
    let view = SystemsView {
        list: here.listing(list, page),
        registers: registers.map(|one| here.link(one.page(1), here.list_title(one))).collect(),
        systems: systems.collect(),
    };
    View::new("systems.html", frame(site, list, page), view)
}

fn row(here: &PageCtx, id: Id<System>) -> SystemRow {
    let system = &here.site.model.systems[id];
    SystemRow {
        link: here.link(Route::System(id), &system.name),
        agency: here.agency(system.agency),
        regulations: system.regulations.iter().map(|id| here.regulation(*id)).collect(),
        units: system.units.iter().filter(|unit| here.is_used_by(id, **unit)).count(),
        accounts: account_counts(here, &system.accounts),
        checks: here.counts_within(Scope::System(id)),
    }
}
