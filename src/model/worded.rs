//! What rules and records name in words alone: forms (表單、附件), items that papers must contain
//! (應載明事項), manners (以電子方式). Words that differ in widths and white space only are alike:
//! （附件4） and (附件4) are one form.

use super::party::{alike, plain};
use super::{Id, Table};

/// Something as a rule or a record words it; `K` tells of which sort.
#[derive(Clone, Debug)]
pub struct Worded<K> {
    pub words: String,
    /// The row of the first that was worded alike.
    alike: Id<K>,
}

/// The sort of [`EvidenceForm`].
#[derive(Clone, Debug)]
pub enum OfForm {}
/// The sort of [`PaperItem`].
#[derive(Clone, Debug)]
pub enum OfItem {}
/// The sort of [`Manner`].
#[derive(Clone, Debug)]
pub enum OfManner {}

/// A form: what evidence is on, and what duties ask for.
pub type EvidenceForm = Worded<OfForm>;
/// What stands in a paper, or must.
pub type PaperItem = Worded<OfItem>;
/// In what manner something is done.
pub type Manner = Worded<OfManner>;

impl<K> Table<Worded<K>> {
    /// The table of some words, in the order of their ids.
    pub(super) fn of_words(words: Vec<String>) -> Self {
        let alike = alike(words.iter().map(|words| plain(words)));
        let rows = words.into_iter().zip(alike).map(|(words, alike)| Worded { words, alike });
        Self::new(rows.collect())
    }

    /// Whether one that is worded alike is among `some`.
    pub fn is_among(&self, one: Id<Worded<K>>, some: &[Id<Worded<K>>]) -> bool {
        some.iter().any(|other| self[*other].alike == self[one].alike)
    }

    /// Whether `words` are those of one among `some`.
    pub fn is_worded(&self, words: &str, some: &[Id<Worded<K>>]) -> bool {
        let words = plain(words);
        some.iter().any(|one| plain(&self[*one].words) == words)
    }

    /// The words of several, in their order.
    pub fn words(&self, several: &[Id<Worded<K>>]) -> Vec<String> {
        several.iter().map(|one| self[*one].words.clone()).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn widths_and_white_space_make_no_other_form() {
        let words = ["案件抽查表（附件4）", "案件抽查表 (附件4)", "案件抽查表（附件5）"];
        let forms = Table::<EvidenceForm>::of_words(words.map(str::to_owned).to_vec());
        assert!(forms.is_among(Id::new(0), &[Id::new(2), Id::new(1)]));
        assert!(!forms.is_among(Id::new(1), &[Id::new(2)]));
        assert_eq!(forms.words(&[Id::new(1)]), ["案件抽查表 (附件4)"]);
    }
}
