//! The last audit of persons, accounts and units, looked up once from all audits.

use std::collections::BTreeMap;

use crate::model::{Account, Audit, Id, Model, Person, Regulation, Scope, Unit};
use crate::time::Day;

/// An audit and its day: the newest is the greatest.
type Act = (Day, Id<Audit>);

/// The newest audits as of a day.
#[derive(Debug, Default)]
pub struct LastAudits {
    people: BTreeMap<Id<Person>, Act>,
    accounts: BTreeMap<Id<Account>, Act>,
    units: BTreeMap<(Id<Unit>, Id<Regulation>), Act>,
}

/// The last audit that looked at an account.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LastAudit {
    pub on: Day,
    pub audit: Id<Audit>,
    /// It names the person or the account; otherwise it is one of the unit as a whole.
    pub is_own: bool,
}

impl LastAudits {
    /// Goes through all audits once.
    pub fn new(model: &Model) -> Self {
        let mut audits = Self::default();
        for (id, audit) in model.audits.iter() {
            let act = (audit.done_on, id);
            for person in &audit.audited {
                newest(&mut audits.people, *person, act);
            }
            let regulation = model.obligations[audit.obligation].regulation;
            match audit.scope {
                Scope::Account(account) => newest(&mut audits.accounts, account, act),
                Scope::Unit(unit) => newest(&mut audits.units, (unit, regulation), act),
                _ => {}
            }
        }
        audits
    }

    /// The last audit of an account or its user; else the last one of the unit under a regulation
    /// of the account's system.
    pub fn of_account(&self, model: &Model, id: Id<Account>) -> Option<LastAudit> {
        let account = &model.accounts[id];
        let own = self.people.get(&account.person).max(self.accounts.get(&id));
        let regulations = model.systems[account.system].regulations.iter();
        let of_unit = regulations.filter_map(|it| self.units.get(&(account.unit, *it))).max();
        let last = |is_own| move |(on, audit): &Act| LastAudit { on: *on, audit: *audit, is_own };
        own.map(last(true)).or_else(|| of_unit.map(last(false)))
    }
}

fn newest<K: Ord>(newest: &mut BTreeMap<K, Act>, key: K, act: Act) {
    let known = newest.entry(key).or_insert(act);
    *known = (*known).max(act);
}
