//! One system: the regulations its use falls under, who uses it, and what is laid on it.

use serde::Serialize;

use super::checked::Checked;
use super::duties_of_scope::{DutiesOfScope, duties_of_scope};
use super::listing::Truncation;
use super::parts::{DateView, Link, PageCtx};
use super::records::Remarks;
use super::standing::{Outlook, outlook};
use super::{Frame, View};
use crate::assess::OccurrenceId;
use crate::facts::AccountState;
use crate::facts::verdict::Subject;
use crate::model::{Account, Id, Named, Scope, System};
use crate::site::Site;
use crate::site::lists::{Filter, INLINE_ROWS_MAX, Kind, List};
use crate::site::route::Route;

/// What `system.html` shows.
#[derive(Debug, Serialize)]
struct SystemView {
    id: String,
    name: String,
    agency: Link,
    regulations: Vec<Link>,
    units: Vec<UserRow>,
    units_shown: Option<Truncation>,
    accounts: AccountCounts,
    contractors: Vec<ContractorRow>,
    /// Of the system and its accounts.
    outlook: Outlook,
    /// Of the system, its accounts, its registers and those who work on it.
    checked: Checked,
    duties_of_scope: DutiesOfScope,
    remarks: Remarks,
}

/// How many accounts there are in each state as of the day.
#[derive(Debug, Default, Serialize)]
pub struct AccountCounts {
    pub active: usize,
    pub suspended: usize,
    pub cancelled: usize,
}

/// A unit that uses the system.
#[derive(Debug, Serialize)]
struct UserRow {
    unit: Link,
    agency: Link,
    from: DateView,
    until: Option<DateView>,
    accounts: AccountCounts,
}

/// A firm that works on the system.
#[derive(Debug, Serialize)]
struct ContractorRow {
    link: Link,
    from: DateView,
    until: Option<DateView>,
}

/// Counts accounts by state; those not opened yet do not count.
pub fn account_counts(here: &PageCtx, accounts: &[Id<Account>]) -> AccountCounts {
    let mut counts = AccountCounts::default();
    for id in accounts {
        match AccountState::of(&here.site.model.accounts[*id], here.site.assessment.as_of) {
            AccountState::Active => counts.active += 1,
            AccountState::Suspended => counts.suspended += 1,
            AccountState::Cancelled => counts.cancelled += 1,
            AccountState::NotYet => {}
        }
    }
    counts
}

/// Makes the page of a system.
pub fn view(site: &Site, id: Id<System>) -> View {
    let route = Route::System(id);
    let here = PageCtx::new(site, route);
    let model = &site.model;
    let system = &model.systems[id];
    let units = system.units.iter().flat_map(|unit_id| {
        let unit = &model.units[*unit_id];
        let uses = unit.uses.iter().filter(|used| used.system == id);
        let accounts: Vec<Id<Account>> =
            unit.accounts.iter().copied().filter(|a| model.accounts[*a].system == id).collect();
        uses.map(|used| UserRow {
            unit: here.unit(*unit_id),
            agency: here.agency(unit.agency),
            from: DateView::new(used.from),
            until: here.past(used.until),
            accounts: account_counts(&here, &accounts),
        })
        .collect::<Vec<_>>()
    });
    // A unit that used it twice has two rows; the list beside has one for each unit.
    let mut units: Vec<UserRow> = units.collect();
    let uses = units.len();
    units.truncate(INLINE_ROWS_MAX);
    let all_units = List::of(Kind::Units, Filter::System(id));
    let contractors = system.contractors.iter().map(|id| (*id, &model.contractors[*id]));
    let all = site.assessment.iter();
    let within = all.filter(|(_, one)| model.scope_systems(one.scope).contains(&id));
    let within: Vec<OccurrenceId> = within.map(|(id, _)| id).collect();
    let view = SystemView {
        id: system.slug().to_owned(),
        name: system.name.clone(),
        agency: here.link(Route::Agency(system.agency), &model.agencies[system.agency].name),
        regulations: system.regulations.iter().map(|id| here.regulation(*id)).collect(),
        units_shown: here.shown(units.len(), uses, all_units),
        units,
        accounts: account_counts(&here, &system.accounts),
        contractors: contractors
            .map(|(id, contractor)| ContractorRow {
                link: here.link(Route::Contractor(id), &contractor.name),
                from: DateView::new(contractor.from),
                until: contractor.until.map(DateView::new),
            })
            .collect(),
        outlook: outlook(&here, &within, Filter::System(id), &here.verdict_on(Subject::System(id))),
        checked: here.checked_within(Scope::System(id), Filter::System(id)),
        duties_of_scope: duties_of_scope(&here, Scope::System(id)),
        remarks: here.remarks(&system.fields),
    };
    let above = vec![here.link(Route::Systems, here.word("menu", "systems"))];
    View::new("system.html", Frame::new(site, route, &system.name, above), view)
}
