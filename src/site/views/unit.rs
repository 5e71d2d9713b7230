//! One unit: what it uses, what is laid on it, how much it used the systems, and its accounts.

use serde::Serialize;

use super::checked::Checked;
use super::duties_of_scope::{DutiesOfScope, duties_of_scope};
use super::listing::Truncation;
use super::parts::{Link, PageCtx};
use super::records::{AccountRow, FindingRow, Remarks, UseRow};
use super::standing::{Outlook, outlook};
use super::{Frame, View};
use crate::assess::OccurrenceId;
use crate::facts::verdict::Subject;
use crate::model::{Id, Named, Scope, Unit, Usage};
use crate::site::Site;
use crate::site::lists::{Filter, INLINE_ROWS_MAX, Kind, List};
use crate::site::route::Route;
use crate::text::sentence;

/// What `unit.html` shows.
#[derive(Debug, Serialize)]
struct UnitView {
    id: String,
    name: String,
    agency: Link,
    is_office: bool,
    uses: Vec<UseRow>,
    posts: Vec<Link>,
    /// Of the unit, its accounts and its posts.
    outlook: Outlook,
    /// Of the unit and of all that lies within it.
    checked: Checked,
    duties_of_scope: DutiesOfScope,
    findings: Vec<FindingRow>,
    findings_shown: Option<Truncation>,
    /// Newest month first.
    usage: Vec<UsageRow>,
    usage_shown: Option<Truncation>,
    accounts: Vec<AccountRow>,
    accounts_shown: Option<Truncation>,
    /// The calendar other programs subscribe to.
    feed: Link,
    remarks: Remarks,
}

/// One month of use of one system.
#[derive(Debug, Serialize)]
pub struct UsageRow {
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
    let here = PageCtx::new(site, route);
    let model = &site.model;
    let unit = &model.units[id];
    let posts = model.agencies[unit.agency].posts.iter();
    let mut usage: Vec<Id<Usage>> = unit.usage.clone();
    usage.sort_by_key(|id| (std::cmp::Reverse(model.usage[*id].month), model.usage[*id].system));
    let accounts: Vec<AccountRow> =
        unit.accounts.iter().map(|id| here.account_row(*id)).take(INLINE_ROWS_MAX).collect();
    let opened = unit.accounts.len();
    let (findings, open) = here.open_findings(unit.findings.iter().copied(), INLINE_ROWS_MAX);
    let within = here.within_unit(id);
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
        outlook: outlook(&here, &within, Filter::Unit(id), &here.verdict_on(Subject::Unit(id))),
        checked: here.checked_within(Scope::Unit(id), Filter::Unit(id)),
        duties_of_scope: duties_of_scope(&here, Scope::Unit(id)),
        findings_shown: here.shown(
            findings.len(),
            open,
            List::of(Kind::Findings, Filter::Agency(unit.agency)),
        ),
        findings,
        usage_shown: here.shown(
            usage.len().min(INLINE_ROWS_MAX),
            usage.len(),
            List::of(Kind::Usage, Filter::Unit(id)),
        ),
        usage: usage.iter().take(INLINE_ROWS_MAX).map(|id| usage_row(&here, *id)).collect(),
        accounts_shown: here.shown(
            accounts.len(),
            opened,
            List::of(Kind::Accounts, Filter::Unit(id)),
        ),
        accounts,
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

impl PageCtx<'_> {
    /// What is laid on a unit, its accounts, its posts and its entries of registers, in order: its
    /// page and its row in lists count the same.
    pub fn within_unit(&self, id: Id<Unit>) -> Vec<OccurrenceId> {
        let (model, assessment) = (&self.site.model, &self.site.assessment);
        let unit = &model.units[id];
        let accounts = unit.accounts.iter().map(|id| Scope::Account(*id));
        let posts = model.posts_of_unit(id).iter().map(|id| Scope::Post(*id));
        let entries = model.entries.iter().filter(|(_, entry)| entry.unit == Some(id));
        let scopes = std::iter::once(Scope::Unit(id)).chain(accounts).chain(posts);
        let scopes = scopes.chain(entries.map(|(id, _)| Scope::Entry(id)));
        let mut within: Vec<OccurrenceId> =
            scopes.flat_map(|scope| assessment.of_scope(scope)).copied().collect();
        within.sort_unstable();
        within
    }
}

/// A month of use as a row of a table.
pub fn usage_row(here: &PageCtx, id: Id<Usage>) -> UsageRow {
    let row = &here.site.model.usage[id];
    UsageRow {
        month: sentence::period(&here.site.words, row.month),
        iso: row.month.to_string(),
        system: here.system(row.system),
        queries: row.queries,
        active_users: row.active_users,
        total_users: row.total_users,
    }
}
