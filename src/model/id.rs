//! Names end here: behind `resolve` a thing is an [`Id`], which always points into its [`Table`].

use std::cmp::Ordering;
use std::collections::HashMap;
use std::fmt;
use std::hash::{Hash, Hasher};
use std::marker::PhantomData;
use std::ops::Index;
use std::sync::Arc;

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
///
/// A row that is not known on the day the model is cut by is *absent*: its id is kept, so that the
/// others stay what they are, but no list names it and to ask for it is a bug. Rows are shared
/// between the cuts of a model.
#[derive(Debug)]
pub struct Table<T> {
    rows: Vec<Arc<T>>,
    /// By row; shorter than `rows` if none of the rest is absent.
    absent: Vec<bool>,
    present: usize,
}

impl<T> Clone for Table<T> {
    fn clone(&self) -> Self {
        Self { rows: self.rows.clone(), absent: self.absent.clone(), present: self.present }
    }
}

impl<T> Default for Table<T> {
    fn default() -> Self {
        Self::new(Vec::new())
    }
}

impl<T> Table<T> {
    /// A table of rows that are in their final order.
    pub fn new(rows: Vec<T>) -> Self {
        let rows: Vec<Arc<T>> = rows.into_iter().map(Arc::new).collect();
        Self { present: rows.len(), rows, absent: Vec::new() }
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.present
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.present == 0
    }

    /// Whether the row is there: every row of a model that is not cut is.
    pub fn has(&self, id: Id<T>) -> bool {
        !self.absent.get(id.index()).copied().unwrap_or(false)
    }

    /// Every id, in order.
    pub fn ids(&self) -> impl DoubleEndedIterator<Item = Id<T>> + use<T> {
        let absent = self.absent.clone();
        let ids = (0..self.rows.len()).map(Id::new);
        ids.filter(move |id: &Id<T>| !absent.get(id.index()).copied().unwrap_or(false))
    }

    /// Every row with its id, in order.
    pub fn iter(&self) -> impl DoubleEndedIterator<Item = (Id<T>, &T)> {
        let rows = self.rows.iter().enumerate().map(|(index, row)| (Id::new(index), &**row));
        rows.filter(|(id, _)| self.has(*id))
    }

    /// A row to change; only `resolve` does.
    pub(super) fn row_mut(&mut self, id: Id<T>) -> &mut T {
        Arc::get_mut(&mut self.rows[id.index()]).expect("rows are shared only once they are whole")
    }

    /// Changes the rows there are that `asks` names; other cuts of the model keep theirs.
    pub(super) fn change(&mut self, asks: impl Fn(&T) -> bool, mut change: impl FnMut(&mut T))
    where
        T: Clone,
    {
        for index in 0..self.rows.len() {
            if self.has(Id::new(index)) && asks(&self.rows[index]) {
                change(Arc::make_mut(&mut self.rows[index]));
            }
        }
    }

    /// Changes one row; other cuts of the model keep theirs.
    pub(super) fn change_row(&mut self, id: Id<T>, change: impl FnOnce(&mut T))
    where
        T: Clone,
    {
        change(Arc::make_mut(&mut self.rows[id.index()]));
    }

    /// Takes away the rows that `keep` does not name.
    pub(super) fn retain(&mut self, mut keep: impl FnMut(Id<T>, &T) -> bool) {
        for index in 0..self.rows.len() {
            let id = Id::new(index);
            if self.has(id) && !keep(id, &self.rows[index]) {
                self.absent.resize(self.rows.len(), false);
                self.absent[index] = true;
                self.present -= 1;
            }
        }
    }
}

impl<T: Named> Table<T> {
    /// The thing named `slug`. A search by bisection; for many look-ups keep the ids.
    pub fn find(&self, slug: &str) -> Option<Id<T>> {
        let place = self.rows.binary_search_by(|row| row.slug().cmp(slug)).ok().map(Id::new);
        place.filter(|id| self.has(*id))
    }
}

impl<T> Index<Id<T>> for Table<T> {
    type Output = T;

    fn index(&self, id: Id<T>) -> &T {
        assert!(self.has(id), "a row is asked for that is not known on the day");
        &self.rows[id.index()]
    }
}

/// Which rows belong together by a key, such as the audits of an obligation.
pub type Lists<K, T> = HashMap<K, Vec<Id<T>>>;
