//! Answers that would otherwise take a search through a table for each record that asks, and so the
//! square of their number: posts by holder and by unit, entries that share what none should, names that
//! several records have. Made
//! when first asked for; a copy of the model, which may be cut, makes its own.

use std::collections::HashMap;
use std::sync::OnceLock;

use super::{Entry, Id, Model, Person, Post, Scope, System, Unit};

/// How many records say a thing.
type Counts = HashMap<String, u64>;
/// A register and a system.
type Register = (&'static str, Id<System>);

/// The answers made so far.
#[derive(Debug, Default)]
pub struct Lookup {
    holders: OnceLock<HashMap<Id<Person>, Vec<Id<Post>>>>,
    of_units: OnceLock<HashMap<Id<Unit>, Vec<Id<Post>>>>,
    /// How many entries that are still there say one thing, by kind, system and what they say.
    shared: OnceLock<HashMap<Register, Counts>>,
    /// How many accounts and entries of registers have a name.
    called: OnceLock<Counts>,
}

impl Clone for Lookup {
    fn clone(&self) -> Self {
        Self::default()
    }
}

impl Model {
    /// The posts that a person holds, in the order of the agency's.
    pub fn posts_of_holder(&self, person: Id<Person>) -> &[Id<Post>] {
        let all = self.lookup.holders.get_or_init(|| {
            let mut all: HashMap<Id<Person>, Vec<Id<Post>>> = HashMap::new();
            for post in self.agencies.iter().flat_map(|(_, agency)| &agency.posts) {
                all.entry(self.posts[*post].person).or_default().push(*post);
            }
            all
        });
        all.get(&person).map_or(&[], Vec::as_slice)
    }

    /// The posts of a unit within its agency, in their order.
    pub fn posts_of_unit(&self, unit: Id<Unit>) -> &[Id<Post>] {
        let all = self.lookup.of_units.get_or_init(|| {
            let mut all: HashMap<Id<Unit>, Vec<Id<Post>>> = HashMap::new();
            for (id, agency) in self.agencies.iter() {
                for post in &agency.posts {
                    let unit = self.posts[*post].unit;
                    if let Some(unit) = unit.filter(|unit| self.units[*unit].agency == id) {
                        all.entry(unit).or_default().push(*post);
                    }
                }
            }
            all
        });
        all.get(&unit).map_or(&[], Vec::as_slice)
    }

    /// How many other entries of its register and system that are still there say the same under the
    /// key that none should share; `None` where the register has no such key.
    pub fn sharing(&self, id: Id<Entry>) -> Option<u64> {
        let said = |entry: &Entry| Some(entry.fields.string(entry.kind.register?.unique?));
        let all = self.lookup.shared.get_or_init(|| {
            let mut all: HashMap<Register, Counts> = HashMap::new();
            for (_, entry) in self.entries.iter().filter(|(_, entry)| entry.ended_on().is_none()) {
                if let Some(said) = said(entry) {
                    let key = (entry.kind.name, entry.system);
                    *all.entry(key).or_default().entry(said).or_default() += 1;
                }
            }
            all
        });
        let own = &self.entries[id];
        let said = said(own)?;
        let alike = all.get(&(own.kind.name, own.system)).and_then(|all| all.get(&said));
        let itself = u64::from(own.ended_on().is_none());
        Some(alike.copied().unwrap_or(0).saturating_sub(itself))
    }

    /// What people call an account or an entry of a register: the account by its system and its
    /// user's code, the entry by the field its register has for that. The id stands for it where
    /// there is no such field, and behind it where another record is called the same.
    pub(super) fn record_name(&self, scope: Scope) -> String {
        let Some(name) = self.called(scope) else { return self.scope_slug(scope).to_owned() };
        let all = self.lookup.called.get_or_init(|| {
            let accounts = self.accounts.ids().map(Scope::Account);
            let mut all = HashMap::new();
            for scope in accounts.chain(self.entries.ids().map(Scope::Entry)) {
                if let Some(name) = self.called(scope) {
                    *all.entry(name).or_default() += 1;
                }
            }
            all
        });
        let is_shared = all.get(&name).is_some_and(|count| *count > 1);
        if is_shared { format!("{name}（{}）", self.scope_slug(scope)) } else { name }
    }

    fn called(&self, scope: Scope) -> Option<String> {
        match scope {
            Scope::Account(id) => {
                let account = &self.accounts[id];
                let staff = self.staff(account.person);
                Some(format!("{} {staff}", self.systems[account.system].short))
            }
            Scope::Entry(id) => self.entries[id].called(),
            _ => None,
        }
    }
}
