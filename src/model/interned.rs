//! What records and rules name without a record of its own – people, words – becomes ids all the same:
//! the first that names a thing gives it its row.

use std::cell::RefCell;
use std::collections::BTreeMap;

use super::Id;

/// Everything named so far, in the order in which it was named. `K` is what tells two things apart;
/// which table its rows are of is for the caller to say.
pub(super) struct Interned<K> {
    // Readers of records share the dictionary they look names up in; this is its only growing part.
    rows: RefCell<BTreeMap<K, usize>>,
}

impl<K> Default for Interned<K> {
    fn default() -> Self {
        Self { rows: RefCell::default() }
    }
}

impl<K: Ord> Interned<K> {
    /// The row of a thing; a new one if nobody named it before.
    pub(super) fn id<T>(&self, thing: K) -> Id<T> {
        let mut rows = self.rows.borrow_mut();
        let next = rows.len();
        Id::new(*rows.entry(thing).or_insert(next))
    }

    /// The rows of the things that `is` holds of.
    pub(super) fn ids_where<T>(&self, is: impl Fn(&K) -> bool) -> Vec<Id<T>> {
        let rows = self.rows.borrow();
        rows.iter().filter(|(thing, _)| is(thing)).map(|(_, row)| Id::new(*row)).collect()
    }

    /// The things in the order of their ids, for the table those are places in.
    pub(super) fn into_rows(self) -> Vec<K> {
        let mut rows: Vec<(usize, K)> =
            self.rows.into_inner().into_iter().map(|(thing, row)| (row, thing)).collect();
        rows.sort_unstable_by_key(|(row, _)| *row);
        rows.into_iter().map(|(_, thing)| thing).collect()
    }
}
