//! In what manner something is done (以書面, 以電子方式), in the words of rules and records.

use super::party::{alike, plain};
use super::{Id, Model, Table};

/// A manner, as a rule or a record words it.
#[derive(Clone, Debug)]
pub struct Manner {
    pub words: String,
    /// The first that was worded alike, but for widths and white space.
    alike: Id<Manner>,
}

/// The table of manners, from their words in the order of their ids.
pub(super) fn manners(words: Vec<String>) -> Table<Manner> {
    let alike = alike(words.iter().map(|words| plain(words)));
    let rows = words.into_iter().zip(alike).map(|(words, alike)| Manner { words, alike });
    Table::new(rows.collect())
}

impl Model {
    /// Whether a manner is one of several.
    pub fn is_manner(&self, own: Id<Manner>, asked: &[Id<Manner>]) -> bool {
        asked.iter().any(|one| self.manners[*one].alike == self.manners[own].alike)
    }

    /// The words of several manners, in their order.
    pub fn manner_words(&self, manners: &[Id<Manner>]) -> Vec<String> {
        manners.iter().map(|manner| self.manners[*manner].words.clone()).collect()
    }
}
