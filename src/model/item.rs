//! Items that papers must contain (應載明事項), in the words of rules and records.

use super::party::{alike, plain};
use super::{Id, Model, Table};

/// What stands in a paper, as a rule or a record words it.
#[derive(Clone, Debug)]
pub struct PaperItem {
    pub words: String,
    /// The first that was worded alike, but for widths and white space.
    alike: Id<PaperItem>,
}

/// The table of items, from their words in the order of their ids.
pub(super) fn items(words: Vec<String>) -> Table<PaperItem> {
    let alike = alike(words.iter().map(|words| plain(words)));
    let rows = words.into_iter().zip(alike).map(|(words, alike)| PaperItem { words, alike });
    Table::new(rows.collect())
}

impl Model {
    /// Whether an item is among those that stand in a paper.
    pub fn has_item(&self, own: &[Id<PaperItem>], item: Id<PaperItem>) -> bool {
        own.iter().any(|one| self.items[*one].alike == self.items[item].alike)
    }

    /// The words of several items, in their order.
    pub fn item_words(&self, items: &[Id<PaperItem>]) -> Vec<String> {
        items.iter().map(|item| self.items[*item].words.clone()).collect()
    }
}
