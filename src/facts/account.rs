//! Whether an account is valid, suspended or cancelled as of a day: one answer for lists, pages,
//! counts of pledges and of roles; and whether it is used although it should be gone.

use crate::assess::{Assessment, OccurrenceId, Status, Term};
use crate::model::{Account, Duty, Event, Id, Model, Scope};
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

/// A use of an account after what asks that it be cancelled, while nothing was done about that.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LateUse {
    /// What is overdue.
    pub occurrence: OccurrenceId,
    /// What happened: its holder left.
    pub event: Id<Event>,
    pub used_on: Day,
    /// Days from the event to the last use.
    pub days: i64,
}

impl LateUse {
    /// The use that is longest after its event, if there is one.
    pub fn of(model: &Model, assessment: &Assessment, id: Id<Account>) -> Option<Self> {
        let used_on = model.accounts[id].last_used_on?;
        let late = assessment.of_scope(Scope::Account(id)).iter().filter_map(|id| {
            let occurrence = assessment.occurrence(*id);
            let (Term::Event(event), Status::Overdue) = (occurrence.term, occurrence.status) else {
                return None;
            };
            let Duty::Event(rule) = &model.obligations[occurrence.obligation].duty else {
                return None;
            };
            let asks_cancellation = rule.answered_on.iter().any(|field| field == "cancelled_on");
            let days = (used_on - model.events[event].on).num_days();
            (asks_cancellation && days > 0).then_some(Self {
                occurrence: *id,
                event,
                used_on,
                days,
            })
        });
        late.max_by_key(|late| late.days)
    }
}
