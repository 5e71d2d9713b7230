//! Whether a record can be, and which: conditions that must be so or not so of one record on one day.
//! A record that is given was tried with the judge of the conditions itself; that there is none was
//! shown by cases. What neither shows is open, and said to be.

mod days;
mod formula;
mod goal;
mod record;
#[cfg(test)]
mod tests;
mod values;

use std::collections::BTreeMap;

use days::{Bound, Found, Point, place};
use formula::{Formula, formula};
pub use goal::{Goal, World};
pub use record::Witness;
use values::Values;

use crate::model::condition::Name;
use crate::record::kinds::Kind;

/// What a search came to.
#[derive(Clone, Debug)]
pub enum Answer {
    /// There is such a record.
    Some(Witness),
    /// There is none.
    None,
    /// Not decided.
    Open,
}

impl Answer {
    /// Whether it is certain that there is none.
    pub fn is_none(&self) -> bool {
        matches!(self, Answer::None)
    }

    /// The record, if one was found.
    pub fn witness(self) -> Option<Witness> {
        match self {
            Answer::Some(witness) => Some(witness),
            Answer::None | Answer::Open => None,
        }
    }
}

/// The most steps of a search.
const MOST_STEPS: usize = 20_000;

/// Looks for a record of a kind of which all goals hold.
pub fn solve(kind: &'static Kind, goals: &[Goal<'_>], world: World) -> Answer {
    let values = Values::new(kind, goals, world);
    let mut search = Search { kind, goals, world, left: MOST_STEPS, open: false };
    let formulas: Vec<Formula> = goals.iter().map(|(test, so)| formula(test, *so)).collect();
    let start = State { there: BTreeMap::new(), bounds: Vec::new(), values, open: false };
    match search.go(start, formulas.iter().collect()) {
        Some(witness) => Answer::Some(witness),
        None if search.open || search.left == 0 => Answer::Open,
        None => Answer::None,
    }
}

struct Search<'a> {
    kind: &'static Kind,
    goals: &'a [Goal<'a>],
    world: World,
    /// Steps that may still be taken.
    left: usize,
    /// Some way was left undecided.
    open: bool,
}

/// What was assumed on the way.
#[derive(Clone)]
struct State<'a> {
    /// Days that are recorded, or are not.
    there: BTreeMap<&'a Name, bool>,
    bounds: Vec<Bound>,
    values: Values<'a>,
    /// Something was passed by that is not decided here.
    open: bool,
}

impl Search<'_> {
    /// Follows what is left to hold; the last is looked at first.
    fn go<'a>(&mut self, mut state: State<'a>, mut rest: Vec<&'a Formula>) -> Option<Witness> {
        // What leaves no choice comes first.
        while let Some(at) = rest.iter().rposition(|one| !matches!(one, Formula::Any(_))) {
            if self.left == 0 {
                return None;
            }
            self.left -= 1;
            let holds = match rest.swap_remove(at) {
                Formula::All(all) => {
                    rest.extend(all);
                    true
                }
                Formula::There(name, there) => {
                    let always = self.world == World::Accepted && record::is_always_there(name);
                    *state.there.entry(name).or_insert(*there) == *there && (*there || !always)
                }
                Formula::Bound(bound) => {
                    state.bounds.push(bound.clone());
                    true
                }
                Formula::Value(test, so) => state.values.assume(test, *so),
                Formula::Open => {
                    state.open = true;
                    true
                }
                Formula::Any(_) => unreachable!("passed over"),
            };
            if !holds {
                return None;
            }
        }
        let Some(Formula::Any(ways)) = rest.pop() else { return self.end(&state) };
        if !state.bounds.is_empty() && place(&state.bounds) == Found::None {
            return None;
        }
        for way in ways {
            let mut next = rest.clone();
            next.push(way);
            if let Some(found) = self.go(state.clone(), next) {
                return Some(found);
            }
        }
        None
    }

    fn end(&mut self, state: &State<'_>) -> Option<Witness> {
        let there = &state.there;
        let Some(values) = state.values.choose(there) else {
            self.open |= state.values.is_open();
            return None;
        };
        // Every day that is there has a place, whatever is asked of it. An act is judged on its own day
        // and what has ended on its last, so that a recorded day may come after the day that is judged.
        let mut bounds = state.bounds.clone();
        for name in there.iter().filter(|(_, there)| **there).map(|(name, _)| *name) {
            let point = Point::Name(name.clone());
            bounds.push(Bound { left: point.clone(), right: point, most: 0 });
        }
        let days = match place(&bounds) {
            Found::Days(days) => days,
            Found::None => return None,
            Found::Open => {
                self.open = true;
                return None;
            }
        };
        let witness = Witness::new(self.kind, there, &values, &days);
        let so = witness.meets(self.goals);
        self.open |= !so;
        so.then_some(witness)
    }
}
