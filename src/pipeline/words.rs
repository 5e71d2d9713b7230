//! What pages are told in: the words that came with the program, what registers and the vocabulary are
//! called, and over them the site's own.

use std::sync::LazyLock;

use crate::diagnostic::Diagnostics;
use crate::model::Term;
use crate::parse::registers::our_kinds;
use crate::parse::vocabulary::our_words;
use crate::parse::yaml;
use crate::record::kinds::Kinds;
use crate::source::{Area, FileId, SourceFile, SourceTree, embedded};
use crate::text::words::Words;

/// The words that came with the program.
pub fn own_words() -> Words {
    words(&SourceTree::default(), our_kinds()).0
}

/// The embedded words with those of the vocabulary; a process may read many sites.
static OURS: LazyLock<Words> = LazyLock::new(|| {
    let text = embedded::template(WORDS).expect("the program has words");
    let (mut words, mut report) = (Words::default(), Diagnostics::default());
    words.add(&yaml::parse_ours(&text).expect("they are YAML"), &mut report);
    assert!(report.is_empty(), "our own words are texts: {report:?}");
    let terms: Vec<Term> = our_words().iter().map(Term::new).collect();
    words.name_terms(&terms);
    words
});

/// Where a site has words of its own, below `templates/`.
const WORDS: &str = "words/zh-Hant-TW.yaml";

/// A site's own words.
pub(super) fn words_of_site(tree: &SourceTree) -> Option<(FileId, &SourceFile)> {
    tree.of(Area::Template).find(|(_, file)| file.path == format!("templates/{WORDS}"))
}

/// The embedded words with those of the registers, and over them those of the site.
pub(super) fn words(tree: &SourceTree, kinds: &Kinds) -> (Words, Diagnostics) {
    let (mut words, mut diagnostics) = (OURS.clone(), Diagnostics::default());
    kinds.registers().for_each(|kind| words.name_register(kind));
    let own = words_of_site(tree);
    if let Some(node) = own.and_then(|(id, file)| yaml::parse(id, file.text(), &mut diagnostics)) {
        words.find_dead(&node, &mut diagnostics);
        words.add(&node, &mut diagnostics);
    }
    (words, diagnostics)
}
