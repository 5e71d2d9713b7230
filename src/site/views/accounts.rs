//! The list of all accounts.

use serde::Serialize;

use super::parts::Here;
use super::records::AccountRow;
use super::system::{AccountCounts, account_counts};
use super::{Frame, View};
use crate::model::{Account, Id};
use crate::site::Site;
use crate::site::route::Route;

/// What `accounts.html` shows.
#[derive(Debug, Serialize)]
struct AccountsView {
    counts: AccountCounts,
    accounts: Vec<AccountRow>,
}

/// Makes the list of accounts.
pub fn view(site: &Site) -> View {
    let here = Here::new(site, Route::Accounts);
    let ids: Vec<Id<Account>> = site.model.accounts.ids().collect();
    let view = AccountsView {
        counts: account_counts(&here, &ids),
        accounts: ids.iter().filter_map(|id| here.account_row(*id)).collect(),
    };
    let title = here.word("accounts", "title");
    View::new("accounts.html", Frame::new(site, Route::Accounts, &title, Vec::new()), view)
}
