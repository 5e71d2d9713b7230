//! Changed rules, read and judged as if they were law.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use super::compare::{Difference, State, states, turns};
use crate::assess::{Act, Assessment, Occurrence, Term, assess};
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::facts::id;
use crate::model::{Id, Known, Model, Regulation, resolve_by};
use crate::parse::{Parsed, ParsedRegulation};
use crate::record::value::Group;
use crate::source::{SourceTree, Span};
use crate::time::Day;

/// At most so many records are named of those that other rules would judge otherwise.
const NAMED: usize = 5;

/// What is known and judged by the records of a site and changed rules, those of `regulations`; an
/// error holds what is wrong with them.
pub fn judge(
    (parsed, regulations): (&Parsed, &[ParsedRegulation]),
    tree: &SourceTree,
    as_of: Day,
) -> Result<(Known, Assessment), Diagnostics> {
    let (model, faults) = resolve_by(parsed, regulations, tree);
    let faults: Diagnostics = faults.into_iter().filter(Diagnostic::is_error).collect();
    if !faults.is_empty() {
        return Err(faults);
    }
    let known = model.known_on(as_of);
    let assessment = assess(&known);
    Ok((known, assessment))
}

/// The records of a site, over which other readings are run, and how they stand by the rules as they are.
pub struct Records<'a> {
    pub parsed: &'a Parsed,
    regulations: Vec<ParsedRegulation>,
    tree: &'a SourceTree,
    known: &'a Known,
    assessment: &'a Assessment,
    /// Only where something is run.
    now: OnceLock<BTreeMap<String, State>>,
}

impl<'a> Records<'a> {
    /// Those of a site as it is judged.
    pub fn new(
        parsed: &'a Parsed,
        tree: &'a SourceTree,
        known: &'a Known,
        assessment: &'a Assessment,
    ) -> Self {
        // Nobody judges tests.
        let without_tests =
            |one: &ParsedRegulation| ParsedRegulation { trials: Vec::new(), ..one.clone() };
        let regulations = parsed.regulations.iter().map(without_tests).collect();
        Self { parsed, regulations, tree, known, assessment, now: OnceLock::new() }
    }

    /// The rules of a regulation, as they are written.
    pub fn rules(&self, regulation: Id<Regulation>) -> &[Group] {
        &self.regulations[regulation.index()].obligations
    }

    /// What would stand otherwise by other rules of a regulation; an error holds what is wrong with them.
    pub fn turns(
        &self,
        regulation: Id<Regulation>,
        rules: Vec<Group>,
    ) -> Result<Vec<Difference>, Diagnostics> {
        let mut regulations = self.regulations.clone();
        regulations[regulation.index()].obligations = rules;
        let (known, assessment) =
            judge((self.parsed, &regulations), self.tree, self.assessment.as_of)?;
        let now = self.now.get_or_init(|| states(self.known, self.assessment));
        Ok(turns(now, &states(&known, &assessment)))
    }

    /// A finding with the records it is about: of each occurrence that would stand otherwise the act that
    /// falls between, or else the event, each once and the first few of them.
    pub fn with_places<'b>(
        &self,
        mut said: Diagnostic,
        turns: impl IntoIterator<Item = &'b Difference>,
    ) -> Diagnostic {
        let mut turned: BTreeMap<&str, (&str, &str)> = BTreeMap::new();
        for turn in turns {
            turned.entry(&turn.id).or_insert(turn.codes());
        }
        let rows = self.assessment.iter().filter_map(|(_, one)| {
            let id = id::of_row(self.known, one);
            let (before, after) = turned.get(id.as_str())?;
            let after = if after.is_empty() { &"absent" } else { after };
            let label = format!("`{id}` is {before}, and {after} by another reading");
            Some((place(self.known, one)?, label))
        });
        for (span, label) in rows.take(NAMED) {
            said = said.related(span, label);
        }
        said
    }
}

/// Where what an occurrence rests on is written: its last act, or the event it begins with.
fn place(model: &Model, one: &Occurrence) -> Option<Span> {
    let of_event = |id: &Term| match id {
        Term::Event(event) => Some(model.events[*event].place()),
        Term::Period(_) | Term::Since(_) => None,
    };
    one.acts.last().map_or_else(
        || of_event(&one.term),
        |act| match act {
            Act::Audit(id) => Some(model.audits[*id].fields.span),
            Act::Submission(id) => Some(model.submissions[*id].fields.span),
            Act::Training(id) => Some(model.trainings[*id].fields.span),
            Act::Answer(event, _) => Some(model.events[*event].place()),
            Act::PasswordChange(_) | Act::Recorded(_) => of_event(&one.term),
        },
    )
}
