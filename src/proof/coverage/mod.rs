//! How much of each rule its tests exercise. Takes the rules and what the tests were judged by, gives
//! the elements of each duty and which questions exercise each. Only questions that come out as a
//! person expects count, and only for what they ask about.

pub mod element;
mod exercised;
mod hint;
mod list;
mod reach;
mod say;

use std::collections::{BTreeMap, BTreeSet};

pub use element::Element;
pub use exercised::exercised;
pub use hint::hint;
pub use list::elements;
pub use say::{about, key, operand, roles_of, say};

use crate::facts::coverage::Judgeable;
use crate::model::{Id, Model, Obligation};
use crate::proof::trial::Run;
use crate::source::Span;

/// The rules and their tests.
#[derive(Clone, Debug, Default)]
pub struct Coverage {
    /// Every duty that something can be exercised of, or that tests ask about.
    pub duties: BTreeMap<Id<Obligation>, Exercised>,
}

/// A duty and its tests.
#[derive(Clone, Debug, Default)]
pub struct Exercised {
    /// Entries of `tests.yaml`.
    pub tests: usize,
    pub questions: usize,
    /// Every element with the places of the questions that exercise it, in the order of the elements.
    pub elements: Vec<(Element, Vec<Span>)>,
}

/// What was exercised, of all there is. Unit: elements.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Share {
    pub covered: usize,
    pub total: usize,
}

impl Share {
    /// Whether it is at least so many of a hundred; of nothing nothing is missing.
    pub fn is_at_least(self, percent: u64) -> bool {
        self.covered as u64 * 100 >= percent * self.total as u64
    }

    /// Whole percent, rounded down: 100 only where nothing is missing, 0 where there is nothing.
    pub fn percent(self) -> u64 {
        (self.covered as u64 * 100).checked_div(self.total as u64).unwrap_or(0)
    }

    /// Both together.
    pub fn and(self, other: Self) -> Self {
        Self { covered: self.covered + other.covered, total: self.total + other.total }
    }
}

impl Exercised {
    /// How much of it is exercised.
    pub fn share(&self) -> Share {
        let covered = self.elements.iter().filter(|(_, places)| !places.is_empty()).count();
        Share { covered, total: self.elements.len() }
    }

    /// The elements that no question exercises.
    pub fn missing(&self) -> impl Iterator<Item = Element> + '_ {
        self.elements.iter().filter(|(_, places)| places.is_empty()).map(|(element, _)| *element)
    }
}

/// Puts what the questions exercise to the elements of the duties.
pub fn measure<'a>(
    model: &Model,
    runs: impl IntoIterator<Item = &'a (Run, Vec<BTreeSet<Element>>)>,
) -> Coverage {
    let mut hits: BTreeMap<(&str, &str), Exercised> = BTreeMap::new();
    let mut places: BTreeMap<(&str, &str, Element), Vec<Span>> = BTreeMap::new();
    for (run, seen) in runs {
        let of = (run.trial.regulation.as_str(), run.trial.duty.as_str());
        let tests = hits.entry(of).or_default();
        tests.tests += 1;
        tests.questions += run.tried.len();
        for (tried, elements) in run.tried.iter().zip(seen) {
            if tried.mismatches.is_empty() {
                for element in elements {
                    let of = (of.0, of.1, *element);
                    places.entry(of).or_default().push(tried.ask.span);
                }
            }
        }
    }
    let duties = model.obligations.iter().filter_map(|(id, obligation)| {
        let regulation = model.regulations[obligation.regulation].slug.as_str();
        let tests = hits.remove(&(regulation, obligation.slug.as_str()));
        let all = elements(model, id);
        if all.is_empty() && tests.is_none() {
            return None;
        }
        let of = |element| {
            let found = places.remove(&(regulation, obligation.slug.as_str(), element));
            (element, found.unwrap_or_default())
        };
        let elements = all.into_iter().map(of).collect();
        Some((id, Exercised { elements, ..tests.unwrap_or_default() }))
    });
    Coverage { duties: duties.collect() }
}

impl Coverage {
    /// How much is exercised of the duties that a test is about.
    pub fn share(&self, wanted: impl Fn(Id<Obligation>) -> bool) -> Share {
        let duties = self.duties.iter().filter(|(id, _)| wanted(**id));
        duties.fold(Share::default(), |sum, (_, one)| sum.and(one.share()))
    }

    /// Judged duties without a test, or with less than so many of a hundred exercised.
    pub fn untested<'a>(
        &'a self,
        model: &'a Model,
        percent: u64,
    ) -> impl Iterator<Item = (Id<Obligation>, &'a Exercised)> {
        let judged =
            |id: Id<Obligation>| Judgeable::of(&model.obligations[id].duty) == Judgeable::Computed;
        let duties = self.duties.iter().filter(move |(id, _)| judged(**id));
        duties
            .filter(move |(_, one)| one.tests == 0 || !one.share().is_at_least(percent))
            .map(|(id, one)| (*id, one))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_of_nothing_is_no_hundred_percent() {
        let share = |covered, total| Share { covered, total };
        assert_eq!(share(0, 0).percent(), 0);
        assert_eq!((share(2, 3).percent(), share(3, 3).percent()), (66, 100));
        // No gate asks for what there is not.
        assert!(share(0, 0).is_at_least(100) && !share(2, 3).is_at_least(67));
    }
}
