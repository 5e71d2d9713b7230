//! What files gave the last time they were parsed, kept from one state of a site to the next while it
//! is being edited: a file that is what it was, in the same place of the tree, is not parsed again.

use std::collections::BTreeMap;

use rayon::prelude::*;

use super::{ParsedPage, ParsedRegulation, RecordFile};
use crate::diagnostic::Diagnostics;
use crate::record::kinds::Kinds;
use crate::source::{FileId, SourceFile, SourceTree};

/// What was parsed of a tree, by file and by folder.
#[derive(Debug, Default)]
pub struct KeptFiles {
    tree: SourceTree,
    kinds: Option<(&'static Kinds, bool)>,
    pub(super) records: BTreeMap<FileId, RecordFile>,
    pub(super) pages: BTreeMap<FileId, (Option<ParsedPage>, Diagnostics)>,
    /// By the names of their folders.
    pub(super) regulations: BTreeMap<String, (Option<ParsedRegulation>, Diagnostics)>,
    /// What is personal in names and texts.
    pub(super) personal: BTreeMap<FileId, Diagnostics>,
}

impl KeptFiles {
    /// Drops what stands otherwise in `tree`, of which is to be parsed next, and by other kinds of
    /// records; beside them, whether they are soundly defined.
    pub(super) fn turn_to(&mut self, tree: &SourceTree, kinds: (&'static Kinds, bool)) {
        if self.kinds.replace(kinds) != Some(kinds) {
            self.records.clear();
            self.regulations.clear();
        }
        let old = std::mem::replace(&mut self.tree, tree.clone());
        let is_same = |id: &FileId| {
            let at = id.0 as usize;
            old.files.get(at).is_some_and(|file| tree.files.get(at) == Some(file))
        };
        self.records.retain(|id, _| is_same(id));
        self.pages.retain(|id, _| is_same(id));
        self.personal.retain(|id, _| is_same(id));
        self.regulations.retain(|slug, _| folder(&old, slug) == folder(tree, slug));
    }
}

/// The files of a regulation's folder with their places.
fn folder<'a>(tree: &'a SourceTree, slug: &str) -> Vec<(FileId, &'a SourceFile)> {
    let start = format!("regulations/{slug}/");
    tree.iter().filter(|(_, file)| file.path.starts_with(&start)).collect()
}

/// Makes what is not kept yet, in parallel, and gives all in the order of the keys. Nothing is kept
/// where there is nothing to keep it in.
pub(super) fn made<K: Clone + Ord + Send + Sync, T: Clone + Send + Sync>(
    kept: Option<&mut BTreeMap<K, T>>,
    keys: &[K],
    make: impl Fn(&K) -> T + Sync,
) -> Vec<T> {
    let Some(kept) = kept else { return keys.par_iter().map(&make).collect() };
    let new = keys.par_iter().filter(|key| !kept.contains_key(key));
    let new: Vec<(K, T)> = new.map(|key| (key.clone(), make(key))).collect();
    kept.extend(new);
    keys.iter().filter_map(|key| kept.get(key).cloned()).collect()
}
