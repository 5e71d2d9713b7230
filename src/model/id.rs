//! Names end here: behind `resolve` a thing is an [`Id`], which always points into its [`Table`].

use std::cmp::Ordering;
use std::collections::HashMap;
use std::fmt;
use std::hash::{Hash, Hasher};
use std::marker::PhantomData;
use std::ops::Index;

/// The place of a `T` in its [`Table`].
pub struct Id<T> {
    index: u32,
    of: PhantomData<fn() -> T>,
}

impl<T> Id<T> {
    /// The id of row `index`.
    pub fn new(index: usize) -> Self {
        Self { index: u32::try_from(index).expect("fewer than 2^32 records"), of: PhantomData }
    }

    /// The row.
    pub fn index(self) -> usize {
        self.index as usize
    }
}

// Derives would ask the same of `T`, which an index does not need.
impl<T> Clone for Id<T> {
    fn clone(&self) -> Self {
        *self
    }
}
impl<T> Copy for Id<T> {}
impl<T> PartialEq for Id<T> {
    fn eq(&self, other: &Self) -> bool {
        self.index == other.index
    }
}
impl<T> Eq for Id<T> {}
impl<T> PartialOrd for Id<T> {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}
impl<T> Ord for Id<T> {
    fn cmp(&self, other: &Self) -> Ordering {
        self.index.cmp(&other.index)
    }
}
impl<T> Hash for Id<T> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.index.hash(state);
    }
}
impl<T> fmt::Debug for Id<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "#{}", self.index)
    }
}

/// A thing with a name of its own among its kind.
pub trait Named {
    /// The authored id, which is also its address.
    fn slug(&self) -> &str;
}

/// All things of a kind. Invariant: sorted by slug (obligations: by regulation, then as written),
/// so that no output depends on the order of files.
#[derive(Debug)]
pub struct Table<T> {
    rows: Vec<T>,
}

impl<T> Default for Table<T> {
    fn default() -> Self {
        Self { rows: Vec::new() }
    }
}

impl<T> Table<T> {
    /// A table of rows that are in their final order.
    pub fn new(rows: Vec<T>) -> Self {
        Self { rows }
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.rows.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// Every id, in order.
    pub fn ids(&self) -> impl DoubleEndedIterator<Item = Id<T>> + use<T> {
        (0..self.rows.len()).map(Id::new)
    }

    /// Every row with its id, in order.
    pub fn iter(&self) -> impl DoubleEndedIterator<Item = (Id<T>, &T)> {
        self.rows.iter().enumerate().map(|(index, row)| (Id::new(index), row))
    }

    /// A row to change; only `resolve` does.
    pub(super) fn row_mut(&mut self, id: Id<T>) -> &mut T {
        &mut self.rows[id.index()]
    }
}

impl<T: Named> Table<T> {
    /// The thing named `slug`. A search by bisection; for many look-ups keep the ids.
    pub fn find(&self, slug: &str) -> Option<Id<T>> {
        self.rows.binary_search_by(|row| row.slug().cmp(slug)).ok().map(Id::new)
    }
}

impl<T> Index<Id<T>> for Table<T> {
    type Output = T;

    fn index(&self, id: Id<T>) -> &T {
        &self.rows[id.index()]
    }
}

/// Which rows belong together by a key, such as the audits of an obligation.
pub type Lists<K, T> = HashMap<K, Vec<Id<T>>>;
