//! Runs kept from one state of a site to the next, while it is being edited: the tests of a
//! regulation are run again only if something they rest on is not what it was. What comes out is what
//! a run from nothing gives.

use std::collections::BTreeMap;
use std::sync::Arc;

use rayon::prelude::*;

use super::{Bench, Look, Run};
use crate::parse::{ParsedRegulation, Record};
use crate::record::kinds::Kinds;
use crate::source::{Area, FileId, SourceFile, SourceTree};
use crate::time::OfficeCalendar;

/// The runs of the tests of each regulation, and what they rest on.
#[derive(Debug)]
pub struct KeptRuns<S> {
    ground: Option<Ground>,
    regulations: BTreeMap<String, Kept<S>>,
}

#[derive(Debug)]
struct Kept<S> {
    regulation: ParsedRegulation,
    runs: Vec<(Run, Vec<S>)>,
}

/// What the tests of every regulation rest on.
#[derive(Debug, PartialEq)]
struct Ground {
    kinds: &'static Kinds,
    calendar: Arc<OfficeCalendar>,
    /// Roles and topics.
    records: Vec<Record>,
    /// The files that records and regulations may name.
    files: Vec<(FileId, SourceFile)>,
}

impl<S> Default for KeptRuns<S> {
    fn default() -> Self {
        Self { ground: None, regulations: BTreeMap::new() }
    }
}

impl Bench<'_> {
    /// Runs all tests, or takes over what came of them, in the order they are written. The worlds of
    /// the questions are not kept.
    pub fn run_kept<'k, S: Send>(
        &self,
        tree: &SourceTree,
        kept: &'k mut KeptRuns<S>,
        see: &(dyn Fn(&Look) -> S + Sync),
    ) -> Vec<&'k (Run, Vec<S>)> {
        let ground = self.ground(tree);
        if kept.ground.as_ref() != Some(&ground) {
            kept.regulations.clear();
            kept.ground = Some(ground);
        }
        let slugs = self.regulations.iter().map(|one| one.slug.as_str());
        let here: std::collections::BTreeSet<&str> = slugs.collect();
        kept.regulations.retain(|slug, _| here.contains(slug.as_str()));
        let is_as_it_was = |one: &ParsedRegulation| {
            kept.regulations.get(&one.slug).is_some_and(|kept| kept.regulation == *one)
        };
        let changed: Vec<_> = self.regulations.iter().filter(|one| !is_as_it_was(one)).collect();
        let run = |one: &&ParsedRegulation| {
            let trials = one.trials.par_iter();
            let found = trials.filter_map(|trial| self.run_one(tree, one, trial, see));
            let mut runs: Vec<(Run, Vec<S>)> = found.collect();
            let tried = runs.iter_mut().flat_map(|(run, _)| &mut run.tried);
            tried.for_each(|tried| tried.world = None);
            (one.slug.clone(), Kept { regulation: (*one).clone(), runs })
        };
        let new: Vec<_> = changed.par_iter().map(run).collect();
        kept.regulations.extend(new);
        let kept = &*kept;
        let of = |one: &ParsedRegulation| kept.regulations.get(&one.slug);
        self.regulations.iter().filter_map(of).flat_map(|kept| &kept.runs).collect()
    }

    fn ground(&self, tree: &SourceTree) -> Ground {
        let named = |area| matches!(area, Area::Evidence | Area::Attachment);
        let files = tree.iter().filter(|(_, file)| named(file.area));
        Ground {
            kinds: self.shared.kinds,
            calendar: Arc::clone(&self.shared.calendar),
            records: self.shared.records.clone(),
            files: files.map(|(id, file)| (id, file.clone())).collect(),
        }
    }
}
