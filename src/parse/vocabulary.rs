//! The words that came with the program: roles of accounts, grades of findings, kinds of events and
//! answers, in the form of a site's own vocabulary (`starter/vocabulary.yaml`).

use std::sync::LazyLock;

use super::check;
use super::yaml::{NodeKind, parse_ours};
use crate::record::kinds::{KnownWord, own_kind};
use crate::record::value::Group;
use crate::source::embedded;

static OURS: LazyLock<Vec<Group>> = LazyLock::new(|| {
    let text = embedded::starter("vocabulary.yaml").expect("the starter has it");
    let mut report = Vec::new();
    let node = parse_ours(&text).expect("it is YAML");
    let NodeKind::List(items) = &node.kind else { return Vec::new() };
    let read = |item| check::group(item, "term", own_kind("term").fields, &mut report);
    let ours = items.iter().filter_map(read).collect();
    assert!(report.is_empty(), "our own words are sound: {report:?}");
    ours
});

/// The words as records of a vocabulary have them, in the order of the file.
pub fn our_words() -> &'static [Group] {
    &OURS
}

/// The words by section.
pub(super) fn known_words() -> Vec<KnownWord> {
    let word = |term: &Group| KnownWord { section: term.string("of"), word: term.string("id") };
    OURS.iter().map(word).collect()
}
