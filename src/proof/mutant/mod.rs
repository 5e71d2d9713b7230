//! Mutants of rules. Takes rules as they were read, changes one thing of one at a time, in memory, and
//! asks the tests that stand beside them: a change that no test notices survives, and comes with an
//! input that tells it from the rule, if one is found. What somebody declares to change nothing is
//! held to that. It never writes a rule, and never offers an answer as the expected one.

mod candidate;
mod change;
mod seed;
mod tell;
mod vary;

use rayon::prelude::*;

pub use change::{Mutant, mutants};
use tell::Search;
pub use tell::Telling;

use super::trial::{Bench, Equivalent, Given, Rules, Trial, Wanted};
use crate::diagnostic::{Code, Diagnostic, Diagnostics, did_you_mean};
use crate::parse::ParsedRegulation;
use crate::record::value::Group;
use crate::source::SourceTree;

/// The mutants of a duty, and what became of each.
#[derive(Debug)]
pub struct Tried {
    pub regulation: String,
    pub duty: String,
    /// In the order of the rule's keys.
    pub mutants: Vec<(String, Fate)>,
    /// Declarations that do not hold.
    pub diagnostics: Diagnostics,
}

/// What became of a changed rule.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fate {
    /// A test fails.
    Killed,
    /// No test fails; with an input that would tell, if one was found.
    Survived(Option<Box<Telling>>),
    /// Somebody says why it changes nothing, and no input was found that tells it.
    Equivalent { because: String, by: String },
}

impl Tried {
    /// Those that no test notices and nobody answers for.
    pub fn survivors(&self) -> impl Iterator<Item = (&str, Option<&Telling>)> {
        self.mutants.iter().filter_map(|(id, fate)| match fate {
            Fate::Survived(telling) => Some((id.as_str(), telling.as_deref())),
            Fate::Killed | Fate::Equivalent { .. } => None,
        })
    }

    /// How many there are, and how many are killed.
    pub fn counts(&self) -> (usize, usize) {
        let killed = self.mutants.iter().filter(|(_, fate)| *fate == Fate::Killed).count();
        (self.mutants.len(), killed)
    }
}

/// Tries the mutants of the duties that are wanted, by regulation and in the author's order.
pub fn mutate(bench: &Bench, tree: &SourceTree, wanted: &Wanted) -> Vec<Tried> {
    let duties: Vec<(&ParsedRegulation, usize)> = bench
        .regulations()
        .iter()
        .flat_map(|one| (0..one.obligations.len()).map(move |at| (one, at)))
        .filter(|(one, at)| wanted.takes(&one.slug, &one.obligations[*at].string("id")))
        .collect();
    duties.into_par_iter().filter_map(|(one, at)| of_duty(bench, tree, one, at)).collect()
}

/// The mutants of one duty. `None` where it has none.
fn of_duty(
    bench: &Bench,
    tree: &SourceTree,
    regulation: &ParsedRegulation,
    at: usize,
) -> Option<Tried> {
    let rule = &regulation.obligations[at];
    let duty = rule.string("id");
    let by = Rules { regulation, duties: &regulation.obligations, rule, tree };
    bench.world(by, &Given::default())?;
    let trials = bench.trials(regulation, &duty);
    let killed: Vec<Option<(Mutant, Vec<Group>, bool)>> =
        mutants(rule, bench.kinds(), &bench.roles())
            .into_par_iter()
            .map(|mutant| {
                let mut duties = regulation.obligations.clone();
                duties[at] = mutant.rule.clone();
                let by = Rules { duties: &duties, rule: &duties[at], ..by };
                let sound = bench.world(by, &Given::default());
                sound.and_then(|world| world.duty_named(&duty))?;
                let killed = trials.iter().any(|trial| bench.fails(by, trial));
                Some((mutant, duties, killed))
            })
            .collect();
    let all: Vec<(Mutant, Vec<Group>, bool)> = killed.into_iter().flatten().collect();
    let declared: Vec<(&Trial, &Equivalent)> = trials
        .iter()
        .flat_map(|trial| trial.equivalent.iter().map(move |one| (trial, one)))
        .collect();
    let mut diagnostics: Diagnostics = declared
        .iter()
        .filter_map(|(_, one)| stale(&format!("{}/{duty}", regulation.slug), one, &all))
        .collect();
    if all.is_empty() {
        return (!diagnostics.is_empty()).then(|| Tried {
            regulation: regulation.slug.clone(),
            duty,
            mutants: Vec::new(),
            diagnostics,
        });
    }
    let search = Search::new(bench, by, &trials);
    let mut found = Vec::new();
    for (mutant, duties, killed) in all {
        if killed {
            found.push((mutant.id, Fate::Killed));
            continue;
        }
        let telling = search.telling(Rules { duties: &duties, rule: &duties[at], ..by });
        let declared = declared.iter().find(|(_, one)| one.mutant == mutant.id);
        let fate = match (declared, telling) {
            (Some((trial, one)), None) => {
                Fate::Equivalent { because: one.because.clone(), by: trial.by.clone() }
            }
            (Some((_, one)), Some(telling)) => {
                diagnostics.push(told(one, &telling));
                Fate::Survived(Some(Box::new(telling)))
            }
            (None, telling) => Fate::Survived(telling.map(Box::new)),
        };
        found.push((mutant.id, fate));
    }
    Some(Tried { regulation: regulation.slug.clone(), duty, mutants: found, diagnostics })
}

/// What is wrong with a declaration before anything is searched for.
fn stale(of: &str, one: &Equivalent, all: &[(Mutant, Vec<Group>, bool)]) -> Option<Diagnostic> {
    let known = all.iter().find(|(mutant, ..)| mutant.id == one.mutant);
    match known {
        None => {
            let ids = all.iter().map(|(mutant, ..)| mutant.id.as_str());
            let message = format!("`{of}` has no mutant `{}`", one.mutant);
            Some(
                Diagnostic::new(Code::InvalidTest, one.span, message).help(
                    did_you_mean(&one.mutant, ids)
                        .unwrap_or_else(|| "remove the entry: the rule has changed".to_owned()),
                ),
            )
        }
        Some((_, _, true)) => {
            let message = format!("a test tells the mutant `{}` from the rule", one.mutant);
            Some(
                Diagnostic::new(Code::InvalidTest, one.span, message)
                    .help("remove the entry: the change is not without effect"),
            )
        }
        Some(_) => None,
    }
}

/// A declared equivalent that an input tells from the rule.
fn told(one: &Equivalent, telling: &Telling) -> Diagnostic {
    let Telling { asked, key, rule, mutant, entry } = telling;
    let message = format!(
        "the mutant `{}` is not equivalent: of {asked} the rule says {key} {rule}, the mutant {mutant}",
        one.mutant
    );
    Diagnostic::new(Code::InvalidTest, one.span, message)
        .help(format!("remove the entry, and add a test:\n{entry}"))
}
