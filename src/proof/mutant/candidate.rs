//! Questions that may tell a rule from a changed one: days at the ends of months, periods, and worlds
//! one step away from those that the tests of the duty, or its rule, describe. The order is fixed,
//! the plainest first.

use std::collections::BTreeSet;

use chrono::Datelike;

use super::seed::seeds;
use super::vary::{Pool, variants};
use crate::parse::yaml::Node;
use crate::proof::trial::{Asked, Trial, flow};
use crate::record::kinds::Kinds;
use crate::record::value::Group;
use crate::time::{Day, Every, Period};

/// How a question is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    Periods,
    Days,
    Case,
}

/// A question without an answer.
#[derive(Clone, Debug)]
pub struct Candidate {
    pub form: Form,
    pub given: Option<Node>,
    pub from: Option<Day>,
    pub period: Option<Period>,
    /// The day that is judged.
    pub on: Day,
}

/// More questions of a duty are not tried.
const MOST: usize = 2_000;

/// The day cases are judged on where no test says another.
pub fn judged() -> Day {
    Day::from_ymd_opt(2026, 11, 28).unwrap_or_default()
}

/// The questions of a duty that are tried, those of short forms first.
pub fn candidates(
    rule: &Group,
    duties: &[Group],
    trials: &[Trial],
    (kinds, roles): (&Kinds, &[&str]),
) -> Vec<Candidate> {
    let kind = rule.string("kind");
    let mut all = Vec::new();
    if let Some(every) = rule.text("every").and_then(|word| Every::from_word(word.value)) {
        all.extend(periods(every).into_iter().map(|period| Candidate {
            form: Form::Periods,
            given: None,
            from: None,
            period: Some(period),
            on: period.last_day(),
        }));
    }
    if matches!(kind.as_str(), "event" | "interval" | "retention") {
        all.extend(days().into_iter().map(|day| Candidate {
            form: Form::Days,
            given: None,
            from: Some(day),
            period: None,
            on: day,
        }));
    }
    let case = |(given, on): (Node, Day)| Candidate {
        form: Form::Case,
        given: Some(given),
        from: None,
        period: None,
        on,
    };
    let mut worlds: Vec<(Node, Day)> = Vec::new();
    for trial in trials {
        for ask in &trial.asks {
            if let (Asked::Case { on, .. }, Some(given)) = (&ask.what, &trial.given) {
                // Faults of a world are looked for at one place.
                let mut given = given.clone();
                given.place(rule.span);
                worlds.push((given, *on));
            }
        }
    }
    worlds.extend(seeds(rule, duties, roles).into_iter().map(|given| (given, judged())));
    let pool = Pool::of(rule, kinds, roles);
    let mut seen = BTreeSet::new();
    let steps: Vec<(Node, Day)> =
        worlds.iter().flat_map(|(given, on)| variants(given, *on, &pool)).collect();
    for world in worlds.into_iter().chain(steps) {
        if seen.insert((flow(&world.0), world.1)) {
            all.push(case(world));
        }
        if seen.len() >= MOST {
            break;
        }
    }
    all
}

/// Periods of every kind of month, with a leap year.
fn periods(every: Every) -> Vec<Period> {
    let mut all: Vec<Period> = Vec::new();
    for year in [2026, 2025, 2024, 2027] {
        for month in 1..=12 {
            let Some(day) = Day::from_ymd_opt(year, month, 15) else { continue };
            let period = Period::containing(day, every);
            if !all.contains(&period) {
                all.push(period);
            }
        }
    }
    all
}

/// The last two days and the first of months, and some in between, with those of a leap year.
fn days() -> Vec<Day> {
    let mut all = Vec::new();
    for year in [2026, 2024, 2025] {
        for month in 1..=12 {
            let Some(first) = Day::from_ymd_opt(year, month, 1) else { continue };
            let last = Period::containing(first, Every::Month).last_day();
            all.extend([Some(last), last.pred_opt(), first.with_day(10)].into_iter().flatten());
        }
    }
    all
}
