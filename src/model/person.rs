//! People: a staff code is one person's within an agency, and another's in the next. Records name
//! people by code; behind `resolve` a person is one row, whichever records name it.

use super::interned::Interned;
use super::{Agency, Id, Model, Table};

/// A person (人員), of whom the site knows a code and an agency and nothing else.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Person {
    /// The code as written.
    pub staff: String,
    /// Whose code it is; `None` of one that only an event names, on a site of several agencies.
    pub agency: Option<Id<Agency>>,
}

/// Whom a code stands for where the record does not say of which agency.
pub(super) enum Whose {
    One(Id<Person>),
    /// The code is used in several agencies, each time for another person.
    Several,
}

/// Everybody named so far, in the order in which records name them.
#[derive(Default)]
pub struct People(Interned<Person>);

impl People {
    /// The person with a code in an agency.
    pub(super) fn of_agency(&self, agency: Option<Id<Agency>>, staff: &str) -> Id<Person> {
        self.0.id(Person { staff: staff.to_owned(), agency })
    }

    /// The person with a code, of whatever agency: to be asked once the posts, accounts and audits
    /// have named theirs. One whom nobody named is of the only agency, if there is one only.
    pub(super) fn anywhere(&self, staff: &str, only: Option<Id<Agency>>) -> Whose {
        match self.0.ids_where(|one| one.staff == staff)[..] {
            [] => Whose::One(self.of_agency(only, staff)),
            [one] => Whose::One(one),
            _ => Whose::Several,
        }
    }

    /// The table their ids are places in.
    pub(super) fn into_table(self) -> Table<Person> {
        Table::new(self.0.into_rows())
    }
}

impl Model {
    /// The staff code of a person.
    pub fn staff(&self, id: Id<Person>) -> &str {
        &self.people[id].staff
    }

    /// The staff codes of several people, in their order.
    pub fn codes(&self, people: &[Id<Person>]) -> Vec<String> {
        people.iter().map(|id| self.staff(*id).to_owned()).collect()
    }

    /// The code of a person as an agency would write it: of a person of another agency with the
    /// agency before it, so that one code never stands for two people in a comparison.
    pub fn staff_seen_from(&self, agency: Id<Agency>, person: Id<Person>) -> String {
        let Person { staff, agency: own } = &self.people[person];
        match own.filter(|own| *own != agency) {
            Some(other) => format!("{}/{staff}", self.agencies[other].slug),
            None => staff.clone(),
        }
    }
}
