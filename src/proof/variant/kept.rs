//! What other readings and drafts would change, kept from one state of a site to the next while it is
//! being edited: they are run again only if records or rules are not what they were.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::weigh::{Variants, weigh};
use crate::assess::Assessment;
use crate::diagnostic::Diagnostics;
use crate::model::Known;
use crate::parse::{Parsed, ParsedRegulation, Record};
use crate::record::kinds::Kinds;
use crate::record::value::Group;
use crate::source::{Area, FileId, SourceFile, SourceTree};
use crate::time::{Day, OfficeCalendar};

/// What came of the readings and drafts, and what it rests on.
#[derive(Debug, Default)]
pub struct KeptVariants(Option<(Ground, Arc<Variants>, Diagnostics)>);

/// Everything that judging changed rules looks at.
#[derive(Debug, PartialEq)]
struct Ground {
    as_of: Day,
    kinds: &'static Kinds,
    config: Option<Group>,
    records: Vec<Record>,
    regulations: Vec<ParsedRegulation>,
    calendar: Arc<OfficeCalendar>,
    broken: BTreeSet<&'static str>,
    /// The files that records and regulations may name.
    files: Vec<(FileId, SourceFile)>,
}

impl KeptVariants {
    /// Gives what [`weigh`] gives.
    pub fn weigh(
        &mut self,
        parsed: &Parsed,
        tree: &SourceTree,
        known: &Known,
        assessment: &Assessment,
    ) -> (Arc<Variants>, Diagnostics) {
        if let Some((ground, variants, faults)) = &self.0
            && ground.is_of(parsed, tree, assessment.as_of)
        {
            return (Arc::clone(variants), faults.clone());
        }
        let (variants, faults) = weigh(parsed, tree, known, assessment);
        let variants = Arc::new(variants);
        let ground = Ground::new(parsed, tree, assessment.as_of);
        self.0 = Some((ground, Arc::clone(&variants), faults.clone()));
        (variants, faults)
    }
}

impl Ground {
    fn new(parsed: &Parsed, tree: &SourceTree, as_of: Day) -> Self {
        Self {
            as_of,
            kinds: parsed.kinds,
            config: parsed.config.clone(),
            records: parsed.records.clone(),
            regulations: parsed.regulations.clone(),
            calendar: Arc::clone(&parsed.calendar),
            broken: parsed.broken.clone(),
            files: named(tree).map(|(id, file)| (id, file.clone())).collect(),
        }
    }

    /// Whether a new one would be the same.
    fn is_of(&self, parsed: &Parsed, tree: &SourceTree, as_of: Day) -> bool {
        self.as_of == as_of
            && self.kinds == parsed.kinds
            && self.records == parsed.records
            && self.regulations == parsed.regulations
            && self.config == parsed.config
            && self.calendar == parsed.calendar
            && self.broken == parsed.broken
            && self.files.iter().map(|(id, file)| (*id, file)).eq(named(tree))
    }
}

fn named(tree: &SourceTree) -> impl Iterator<Item = (FileId, &SourceFile)> {
    tree.iter().filter(|(_, file)| matches!(file.area, Area::Evidence | Area::Attachment))
}
