//! How much of a population must be looked at, exactly, and the arithmetic that shows why.

mod steps;

use super::{Id, Obligation};
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::record::value::{Group, Rate, Value};
use crate::time::Period;
pub use steps::{Bound, borders, bound, first_where, population, tier_of};

/// What a duty asks to be looked at.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Sample {
    pub records: Option<SampleRule>,
    pub users: Option<SampleRule>,
    /// Each month with records of use must be covered.
    pub every_used_month: bool,
}

/// What a number counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Measure {
    Records,
    Users,
}

/// Why a question of a size is of no number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Undrawn {
    /// The rule draws none of that measure.
    Nothing,
    /// It draws records and users, and the question does not say which it is of.
    Both,
}

/// One number to be drawn from one population.
#[derive(Clone, Debug, PartialEq)]
pub struct SampleRule {
    pub of: Population,
    /// The counter word of the text, if it is another than the usual one: 筆.
    pub unit: Option<String>,
    pub tiers: SizeTiers,
}

/// What a sample is drawn from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Population {
    /// Records of use (查詢筆數) of the scope in the period.
    Queries,
    /// Persons who had the right in the period.
    Users,
    /// Accounts of the scope that are open on the day of the act.
    Accounts,
    /// Records looked at in the audits that answer another duty in the period.
    AuditedRecords(Id<Obligation>),
    /// Users looked at in the audits that answer another duty in the period.
    AuditedUsers(Id<Obligation>),
}

/// Steps of a sampling rule. Invariant: rising by `up_to`; only the last has none; not empty.
#[derive(Clone, Debug, PartialEq)]
pub struct SizeTiers(pub Vec<Tier>);

/// One step: holds for populations up to `up_to`, inclusive.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Tier {
    pub up_to: Option<u64>,
    pub share: Share,
    pub min: Option<u64>,
    pub max: Option<u64>,
}

/// How a step counts.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Share {
    /// A share of the population, rounded up.
    Rate(Rate),
    /// The same number for every population.
    Fixed(u64),
}

/// A required number with the arithmetic behind it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct SampleSize {
    pub population: u64,
    /// The step that holds.
    pub tier: Tier,
    /// What the share alone gives, rounded up.
    pub by_share: u64,
    /// The number required: between the step's bounds, never more than the population.
    pub required: u64,
}

impl Sample {
    /// Whether it is drawn from what happened in the period, which is not known before it ended.
    pub fn is_of_the_period(&self) -> bool {
        let draws = self.records.iter().chain(&self.users);
        self.every_used_month || draws.into_iter().any(|draw| draw.of != Population::Accounts)
    }

    /// The number that is drawn of a measure; of the only one there is where the question says none.
    pub fn draw(&self, measure: Option<Measure>) -> Result<(Measure, &SampleRule), Undrawn> {
        let records = self.records.as_ref().map(|rule| (Measure::Records, rule));
        let users = self.users.as_ref().map(|rule| (Measure::Users, rule));
        match measure {
            Some(Measure::Records) => records,
            Some(Measure::Users) => users,
            None if records.is_some() && users.is_some() => return Err(Undrawn::Both),
            None => records.or(users),
        }
        .ok_or(Undrawn::Nothing)
    }
}

impl Measure {
    /// The key under which it stands in rules and records.
    pub fn as_str(self) -> &'static str {
        match self {
            Measure::Records => "records",
            Measure::Users => "users",
        }
    }
}

impl SizeTiers {
    /// Reads the steps of a sampling rule and checks that they cover every population once.
    pub(super) fn resolve(draw: &Group, report: &mut Diagnostics) -> Option<Self> {
        let fault = |span, message: &str, report: &mut Diagnostics| {
            report.push(
                Diagnostic::new(Code::InvalidTiers, span, message)
                    .help("order the tiers by `up_to`; only the last one has none"),
            );
        };
        let entries: Vec<&Group> = draw.groups("tiers").collect();
        let mut tiers: Vec<Tier> = Vec::new();
        if draw.is_broken("tiers") || entries.iter().any(|entry| !entry.broken.is_empty()) {
            return None;
        }
        for (place, entry) in entries.iter().enumerate() {
            let (min, max) = (entry.count("min"), entry.count("max"));
            let share = match (entry.rate("rate"), entry.count("fixed")) {
                (Some(rate), None) => Share::Rate(rate),
                (None, Some(number)) => Share::Fixed(number),
                // A head count between two numbers: at least the lower of them.
                (None, None) if min.is_some() => Share::Fixed(0),
                _ => {
                    fault(entry.span, "a tier takes one of `rate` and `fixed`", report);
                    return None;
                }
            };
            if min.zip(max).is_some_and(|(min, max)| min > max) {
                fault(entry.key_span("min"), "`min` is more than `max`", report);
            }
            let up_to = entry.count("up_to");
            let last = place + 1 == entries.len();
            if last != up_to.is_none() {
                fault(entry.span, "only the last tier is without `up_to`", report);
                return None;
            }
            if up_to.is_some_and(|up_to| tiers.iter().any(|tier| tier.up_to >= Some(up_to))) {
                let span = entry.get("up_to").map_or(entry.span, |value: &Value| value.span);
                fault(span, "`up_to` must rise from tier to tier", report);
                return None;
            }
            tiers.push(Tier { up_to, share, min, max });
        }
        if tiers.is_empty() {
            fault(draw.span, "`tiers` is empty", report);
            return None;
        }
        Some(Self(tiers))
    }

    /// The number required of `population`; 0 of 0.
    pub fn size(&self, population: u64) -> SampleSize {
        let tier = *self
            .0
            .iter()
            .find(|tier| tier.up_to.is_none_or(|up_to| population <= up_to))
            .or(self.0.last())
            .expect("tiers are not empty");
        let by_share = tier.by_share(population);
        let mut size = SampleSize { population, tier, by_share, required: 0 };
        size.required = size.uncapped().min(population);
        size
    }
}

impl Tier {
    /// What the share alone gives of a population, rounded up.
    pub fn by_share(&self, population: u64) -> u64 {
        match self.share {
            Share::Rate(rate) => rate.of(population),
            Share::Fixed(number) => number,
        }
    }
}

impl SampleSize {
    /// What the step asks before it is cut to what there is.
    pub fn uncapped(&self) -> u64 {
        self.by_share.min(self.tier.max.unwrap_or(u64::MAX)).max(self.tier.min.unwrap_or(0))
    }
}

/// Figures of one kind: what a rule requires, or what an audit looked at.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    pub records: Option<u64>,
    pub users: Option<u64>,
    /// Sorted, each once.
    pub months: Vec<Period>,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rate(text: &str, min: Option<u64>, max: Option<u64>, up_to: Option<u64>) -> Tier {
        Tier { up_to, share: Share::Rate(Rate::parse(text).expect("a rate")), min, max }
    }

    fn required(tiers: &[Tier], population: u64) -> u64 {
        SizeTiers(tiers.to_vec()).size(population).required
    }

    #[test]
    fn a_sample_is_never_more_than_the_population() {
        let tiers = [rate("6%", Some(6), Some(80), None)];
        for (population, expected) in
            [(0, 0), (1, 1), (5, 5), (6, 6), (100, 6), (101, 7), (1_333, 80), (5_000, 80)]
        {
            assert_eq!(required(&tiers, population), expected, "{population}");
        }
    }

    #[test]
    fn a_tier_holds_up_to_its_bound_inclusive() {
        let tiers = [
            rate("6%", Some(20), None, Some(500)),
            rate("5%", Some(30), Some(80), Some(2_000)),
            rate("4%", None, Some(150), None),
        ];
        for (population, expected) in
            [(500, 30), (501, 30), (600, 30), (601, 31), (2_000, 80), (2_001, 81), (9_000, 150)]
        {
            assert_eq!(required(&tiers, population), expected, "{population}");
        }
    }
}
