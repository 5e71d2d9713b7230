//! Tests beside the rule. Takes the regulations as they were parsed; makes the smallest world for each
//! question of `tests.yaml`, judges it, and says where that is not what a person expects. It never
//! offers its own answer as the expected one.

mod ask;
mod entry;
mod example;
mod flow;
mod given;
mod judge;
mod kept;
pub(super) mod node;
mod records;
mod repeated;
mod target;
mod tried;
mod when;
mod why;
mod world;

use std::collections::BTreeSet;
use std::sync::Arc;

use rayon::prelude::*;

use crate::diagnostic::{Code, Diagnostic, Diagnostics, did_you_mean};
use crate::model::{Id, Obligation};
use crate::parse::library::roles_and_topics;
use crate::parse::trial::ParsedTrial;
use crate::parse::{Parsed, ParsedRegulation, Record};
use crate::record::value::{Data, Group};
use crate::source::{SourceTree, Spanned};
pub use ask::{Ask, Asked, Equivalent, Expect, Expected, Source, Trial};
pub use entry::{Blank, Entry};
pub use example::{Example, Written, examples};
pub use flow::flow;
pub use given::Given;
use judge::judge_seen;
pub use judge::{Answers, Look, Mismatch, answers, judge};
pub use kept::KeptRuns;
use records::Frame;
pub use records::about;
pub use repeated::repeated;
pub use target::{Target, Term};
pub use tried::Rules;
pub use world::World;
use world::{Shared, world};

/// What tests are run with: the regulations as written, and what every world shares.
#[derive(Debug)]
pub struct Bench<'a> {
    shared: Shared,
    roles: Vec<(String, bool)>,
    regulations: &'a [ParsedRegulation],
}

/// A question that was asked.
#[derive(Debug)]
pub struct Tried {
    pub ask: Ask,
    /// Where it is asked; `None` for sizes, which need no world, and where none could be made.
    pub world: Option<World>,
    /// The duty, in its world or, of sizes, in the smallest one.
    pub mismatches: Vec<Mismatch>,
}

/// An entry of `tests.yaml` and what came of it.
#[derive(Debug)]
pub struct Run {
    pub trial: Trial,
    pub tried: Vec<Tried>,
    /// What keeps it from being run, and every question that is answered otherwise.
    pub diagnostics: Diagnostics,
}

impl Run {
    /// Whether every question was asked and answered as expected.
    pub fn passed(&self) -> bool {
        self.diagnostics.is_empty()
    }
}

/// Which tests are wanted: all, those of a regulation, or of a duty.
#[derive(Clone, Debug, Default)]
pub struct Wanted {
    pub regulation: Option<String>,
    pub duty: Option<String>,
}

impl Wanted {
    /// Whether a duty of a regulation is among them.
    pub fn takes(&self, regulation: &str, duty: &str) -> bool {
        let fits = |only: &Option<String>, own| only.as_ref().is_none_or(|only| only == own);
        fits(&self.regulation, regulation) && fits(&self.duty, duty)
    }
}

impl<'a> Bench<'a> {
    /// Takes of what was parsed what tests need. Settings of the site do not come in, and to its
    /// roles come those of the library with the words that mean them: a test of a regulation says
    /// the same wherever it is run.
    pub fn new(parsed: &'a Parsed) -> Self {
        let shared = |kind: &str| kind == "role" || kind == "topic";
        let mut records: Vec<Record> =
            parsed.records.iter().filter(|record| shared(record.kind.name)).cloned().collect();
        for other in roles_and_topics() {
            let id = other.fields.string("id");
            let same = |one: &&mut Record| {
                one.kind.name == other.kind.name && one.fields.string("id") == id
            };
            match records.iter_mut().find(same) {
                Some(own) => add_parties(&mut own.fields, &other.fields),
                None => records.push(other),
            }
        }
        let roles = records.iter().filter(|record| record.kind.name == "role");
        let roles =
            roles.map(|role| (role.fields.string("id"), role.fields.string("reach") != "agency"));
        Self {
            roles: roles.collect(),
            shared: Shared { kinds: parsed.kinds, calendar: Arc::clone(&parsed.calendar), records },
            regulations: &parsed.regulations,
        }
    }

    /// Runs the tests, in the order they are written.
    pub fn run(&self, tree: &SourceTree, wanted: &Wanted) -> Vec<Run> {
        self.run_seen(tree, wanted, &|_| ()).into_iter().map(|(run, _)| run).collect()
    }

    /// Runs the tests, in the order they are written, with what `see` makes of each question that
    /// could be asked, in the order of [`Run::tried`].
    pub fn run_seen<S: Send>(
        &self,
        tree: &SourceTree,
        wanted: &Wanted,
        see: &(dyn Fn(&Look) -> S + Sync),
    ) -> Vec<(Run, Vec<S>)> {
        let all: Vec<(&ParsedRegulation, &ParsedTrial)> = self
            .regulations
            .iter()
            .flat_map(|one| one.trials.iter().map(move |trial| (one, trial)))
            .filter(|(one, trial)| wanted.takes(&one.slug, &trial.fields.string("of")))
            .collect();
        all.into_par_iter()
            .filter_map(|(regulation, trial)| self.run_one(tree, regulation, trial, see))
            .collect()
    }

    fn run_one<S>(
        &self,
        tree: &SourceTree,
        regulation: &ParsedRegulation,
        written: &ParsedTrial,
        see: &dyn Fn(&Look) -> S,
    ) -> Option<(Run, Vec<S>)> {
        let mut faults = Vec::new();
        let read = ask::read(&regulation.slug, written, &mut faults);
        let trial = match read {
            Some(trial) => trial,
            None if faults.is_empty() => return None,
            None => {
                let trial = Trial::unreadable(&regulation.slug, &written.fields);
                let run = Run { trial, tried: Vec::new(), diagnostics: faults };
                return Some((run, Vec::new()));
            }
        };
        let rules = &regulation.obligations;
        let Some(rule) = rules.iter().find(|rule| rule.string("id") == trial.duty) else {
            let names: Vec<String> = rules.iter().map(|rule| rule.string("id")).collect();
            let message = format!("`{}` has no duty `{}`", regulation.slug, trial.duty);
            let help = did_you_mean(&trial.duty, names.iter().map(String::as_str));
            faults.push(ask::fault(trial.span, message).maybe_help(help));
            return Some((Run { trial, tried: Vec::new(), diagnostics: faults }, Vec::new()));
        };
        let frame = Frame {
            kinds: self.shared.kinds,
            regulation: &regulation.slug,
            rule,
            siblings: rules,
            span: trial.span,
            roles: &self.roles,
        };
        let (mut tried, mut all_seen) = (Vec::new(), Vec::new());
        let mut smallest: Option<World> = None;
        for ask in &trial.asks {
            let given = Given::of(&trial, ask);
            let sizes = matches!(ask.what, Asked::Size { .. });
            if sizes && smallest.is_none() {
                smallest =
                    world(&self.shared, (regulation, tree), &frame, &Given::default(), &mut faults);
            }
            let made = match sizes {
                true => None,
                false => world(&self.shared, (regulation, tree), &frame, &given, &mut faults),
            };
            let place = if sizes { smallest.as_ref() } else { made.as_ref() };
            let found = place.and_then(|world| Some((world, world.duty(&trial)?)));
            let Some((world, duty)) = found else { continue };
            let (mismatches, seen) = judge_seen(&world.model, duty, &world.target, ask, see);
            all_seen.push(seen);
            faults.extend(mismatches.iter().map(|mismatch| failing(&trial, ask, mismatch)));
            tried.push(Tried { ask: ask.clone(), world: made, mismatches });
        }
        let mut seen = BTreeSet::new();
        faults.retain(|fault| seen.insert((fault.span, fault.message.clone())));
        Some((Run { trial, tried, diagnostics: faults }, all_seen))
    }
}

impl World {
    /// The duty a trial is of.
    pub fn duty(&self, trial: &Trial) -> Option<Id<Obligation>> {
        self.duty_named(&trial.duty)
    }

    /// The duty of an id.
    pub fn duty_named(&self, slug: &str) -> Option<Id<Obligation>> {
        let rows = self.model.obligations.iter();
        rows.into_iter().find(|(_, row)| row.slug == slug).map(|(id, _)| id)
    }
}

/// Adds the words that mean a role to those its record has.
fn add_parties(own: &mut Group, other: &Group) {
    let Some(more) = other.get("parties") else { return };
    let at = own.entries.iter().position(|(key, _)| key.value == "parties");
    let Some(at) = at else {
        let key = Spanned::new("parties".to_owned(), own.span);
        return own.entries.push((key, more.clone()));
    };
    if let (Data::List(words), Data::List(more)) = (&mut own.entries[at].1.data, &more.data) {
        let new: Vec<_> =
            more.iter().filter(|word| !words.iter().any(|w| w.data == word.data)).collect();
        words.extend(new.into_iter().cloned());
    }
}

fn failing(trial: &Trial, ask: &Ask, mismatch: &Mismatch) -> Diagnostic {
    let of = format!("{}/{}", trial.regulation, trial.duty);
    let what = match &ask.what {
        Asked::Size { population, .. } => format!("`{of}` of {population}"),
        Asked::Day { from, .. } => format!("`{of}` from {from}"),
        Asked::Hours { from, .. } => format!("`{of}` from {from}"),
        Asked::Period { period, .. } => format!("`{of}` of {period}"),
        Asked::Case { .. } => match &trial.title {
            Some(title) => format!("`{of}`, {title}"),
            None => format!("`{of}`"),
        },
    };
    let Mismatch { what: key, expected, got } = mismatch;
    let message = format!("{what}: {key} expected {expected}, got {got}");
    let help = match &trial.because {
        Some(words) => format!("the test rests on: {words}"),
        None => "read the clause again: either the rule is wrong or the test".to_owned(),
    };
    Diagnostic::new(Code::FailingTest, ask.span, message).help(help)
}
