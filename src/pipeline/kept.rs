//! What a rebuild takes over from the builds before it. Whoever edits a site changes one file at a
//! time, and most stages take in far less than all: the tests of a rule see no records, the pages of
//! guidance no rules. Each part knows what it was made of, and is made again if that is another now,
//! so that a rebuild gives what a build from nothing gives; only the time it takes is less.

use std::collections::BTreeSet;
use std::path::Path;

use super::words::{words, words_of_site};
use super::{Inputs, load_by};
use crate::assess::Assessment;
use crate::diagnostic::Diagnostics;
use crate::model::Known;
use crate::parse::visibility::Profile;
use crate::parse::{KeptFiles, parse_with};
use crate::proof::coverage::{Element, exercised, measure};
use crate::proof::trial::{Bench, KeptRuns, examples, repeated};
use crate::proof::variant::KeptVariants;
use crate::record::kinds::Kinds;
use crate::source::{FileId, ReadError, SourceFile, SourceTree};
use crate::text::words::Words;

/// What was made before; nothing at first.
#[derive(Debug, Default)]
pub struct Kept {
    files: KeptFiles,
    words: Option<KeptWords>,
    runs: KeptRuns<BTreeSet<Element>>,
    variants: KeptVariants,
}

/// The words of a language, and what they were read with: the site's kinds of records, its own file.
#[derive(Debug)]
struct KeptWords {
    kinds: &'static Kinds,
    own: Option<(FileId, SourceFile)>,
    words: Words,
    faults: Diagnostics,
}

/// Does what [`load`](super::load) does.
pub fn load_again(root: &Path, kept: &mut Kept) -> Result<Inputs, ReadError> {
    let Kept { files, words, .. } = kept;
    load_by(
        root,
        Profile::Auditor,
        |tree, kinds| parse_with(tree, kinds, Some(files)),
        |tree, kinds| words_again(tree, kinds, words),
    )
}

fn words_again(
    tree: &SourceTree,
    kinds: &'static Kinds,
    kept: &mut Option<KeptWords>,
) -> (Words, Diagnostics) {
    let own = words_of_site(tree).map(|(id, file)| (id, file.clone()));
    let kept = match kept.take().filter(|kept| kept.own == own && kept.kinds == kinds) {
        Some(same) => kept.insert(same),
        None => {
            let (words, faults) = words(tree, kinds);
            kept.insert(KeptWords { own, kinds, words, faults })
        }
    };
    (kept.words.clone(), kept.faults.clone())
}

impl Inputs {
    /// Does what [`prove`](Self::prove) does with all tests. Inputs must be sound.
    pub fn prove_again(&mut self, kept: &mut Kept) {
        let Self { times, parsed, tree, model, .. } = self;
        let runs = times
            .of("test the rules", || Bench::new(parsed).run_kept(tree, &mut kept.runs, &exercised));
        self.proofs.coverage = measure(model, runs.iter().copied());
        self.proofs.examples = examples(parsed, model);
        let runs = || runs.iter().map(|(run, _)| run);
        self.diagnostics.extend(runs().flat_map(|run| run.diagnostics.iter().cloned()));
        self.diagnostics.extend(repeated(runs()));
    }

    /// Does what [`weigh`](Self::weigh) does.
    pub fn weigh_again(&mut self, kept: &mut Kept, known: &Known, assessment: &Assessment) {
        let Self { times, parsed, tree, .. } = self;
        let (variants, faults) =
            times.of("weigh", || kept.variants.weigh(parsed, tree, known, assessment));
        self.proofs.variants = variants;
        self.diagnostics.extend(faults);
    }
}
