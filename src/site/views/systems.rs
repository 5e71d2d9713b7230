//! The list of systems.

use serde::Serialize;

use super::parts::{Here, Link};
use super::system::{AccountCounts, account_counts};
use super::{Frame, View};
use crate::site::Site;
use crate::site::route::Route;

/// What `systems.html` shows.
#[derive(Debug, Serialize)]
struct SystemsView {
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
}

/// Makes the list of systems.
pub fn view(site: &Site) -> View {
    let here = Here::new(site, Route::Systems);
    let systems = site.model.systems.iter().map(|(id, system)| SystemRow {
        link: here.link(Route::System(id), &system.name),
        agency: here.agency(system.agency),
        regulations: system.regulations.iter().map(|id| here.regulation(*id)).collect(),
        units: system.units.iter().filter(|unit| here.is_used_by(id, **unit)).count(),
        accounts: account_counts(&here, &system.accounts),
    });
    let view = SystemsView { systems: systems.collect() };
    let title = here.word("systems", "title");
    View::new("systems.html", Frame::new(site, Route::Systems, &title, Vec::new()), view)
}
