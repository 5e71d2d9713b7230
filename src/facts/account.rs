//! Whether an account is valid, suspended or cancelled as of a day: one answer for lists, pages,
//! counts of pledges and of roles.

use crate::model::Account;
use crate::time::Day;

/// The state of an account on a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum AccountState {
    Active,
    Suspended,
    Cancelled,
    /// Opened on a day to come.
    NotYet,
}

impl AccountState {
    /// The state on a day; the days of the record are inclusive.
    pub fn of(account: &Account, day: Day) -> Self {
        let has_come = |when: Option<Day>| when.is_some_and(|when| when <= day);
        if has_come(account.cancelled_on) {
            AccountState::Cancelled
        } else if has_come(account.suspended_on) {
            AccountState::Suspended
        } else if account.opened_on <= day {
            AccountState::Active
        } else {
            AccountState::NotYet
        }
    }

    /// The public code.
    pub fn as_str(self) -> &'static str {
        match self {
            AccountState::Active => "active",
            AccountState::Suspended => "suspended",
            AccountState::Cancelled => "cancelled",
            AccountState::NotYet => "not_yet",
        }
    }
}
