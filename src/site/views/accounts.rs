//! The lists of accounts: all, by state, system, agency and unit.

use serde::Serialize;

use super::View;
use super::listing::{Listing, frame};
use super::parts::PageCtx;
use super::records::AccountRow;
use super::system::{AccountCounts, account_counts};
use crate::model::{Account, Id};
use crate::site::Site;
use crate::site::lists::{Item, List};

/// What `accounts.html` shows.
#[derive(Debug, Serialize)]
struct AccountsView {
    list: Listing,
    /// Of all accounts.
    counts: AccountCounts,
    accounts: Vec<AccountRow>,
}

/// Makes a page of a list of accounts.
pub fn view(site: &Site, list: List, page: usize) -> View {
    let here = PageCtx::new(site, list.page(page));
    let ids: Vec<Id<Account>> = site.model.accounts.ids().collect();
    let accounts = here.items(list, page).iter().filter_map(|item| match item {
        Item::Account(id) => Some(here.account_row(*id)),
        _ => None,
    });
    let view = AccountsView {
        list: here.listing(list, page),
        counts: account_counts(&here, &ids),
        accounts: accounts.collect(),
    };
    View::new("accounts.html", frame(site, list, page), view)
}
