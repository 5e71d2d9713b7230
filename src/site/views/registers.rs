//! Lists of units, posts and register entries, and of the use of systems.

use serde::Serialize;

use super::View;
use super::agency::{PostRow, UnitRow, post_row, unit_row};
use super::conduct::{CandidateRow, candidate_row};
use super::listing::{Listing, frame};
use super::parts::{DateView, Link, PageCtx};
use super::unit::{UsageRow, usage_row};
use crate::site::Site;
use crate::site::lists::{Item, List};

/// What the templates of these lists show.
#[derive(Debug, Serialize)]
struct RegisterView<T> {
    list: Listing,
    rows: Vec<T>,
}

/// A transfer, an endpoint, a service link or an asset.
#[derive(Debug, Serialize)]
struct EntryRow {
    link: Link,
    agency: Link,
    unit: Option<Link>,
    system: Link,
    since: DateView,
    until: Option<DateView>,
}

/// Makes a page of a list of units.
pub fn units(site: &Site, list: List, page: usize) -> View {
    register("units.html", site, list, page, |here, item| -> Option<UnitRow> {
        let Item::Unit(id) = item else { return None };
        Some(unit_row(here, id))
    })
}

/// Makes a page of a list of posts.
pub fn posts(site: &Site, list: List, page: usize) -> View {
    register("posts.html", site, list, page, |here, item| -> Option<PostRow> {
        let Item::Post(id) = item else { return None };
        Some(post_row(here, id))
    })
}

/// Makes a page of the list of the months a unit used systems.
pub fn usage(site: &Site, list: List, page: usize) -> View {
    register("usage.html", site, list, page, |here, item| -> Option<UsageRow> {
        let Item::Usage(id) = item else { return None };
        Some(usage_row(here, id))
    })
}

/// Makes a page of the list of those a permission may be used of.
pub fn candidates(site: &Site, list: List, page: usize) -> View {
    register("candidates.html", site, list, page, |here, item| -> Option<CandidateRow> {
        let Item::Candidate(at) = item else { return None };
        Some(candidate_row(here, &here.site.assessment.candidates[at]))
    })
}

/// Makes a page of a list of register entries.
pub fn entries(site: &Site, list: List, page: usize) -> View {
    register("entries.html", site, list, page, |here, item| {
        let Item::Entry(id) = item else { return None };
        let entry = &here.site.model.entries[id];
        Some(EntryRow {
            link: here.entry(id),
            agency: here.agency(entry.agency),
            unit: entry.unit.map(|unit| here.unit(unit)),
            system: here.system(entry.system),
            since: DateView::new(entry.since),
            until: here.past(entry.ended_on()),
        })
    })
}

fn register<T: Serialize + 'static>(
    template: &'static str,
    site: &Site,
    list: List,
    page: usize,
    row: impl Fn(&PageCtx, Item) -> Option<T>,
) -> View {
    let here = PageCtx::new(site, list.page(page));
    let rows = here.items(list, page).iter().filter_map(|item| row(&here, *item)).collect();
    View::new(
        template,
        frame(site, list, page),
        RegisterView { list: here.listing(list, page), rows },
    )
}
