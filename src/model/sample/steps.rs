//! The steps of a sample: what can decide a size in each, and a population that shows it.

use super::{SampleSize, Share, SizeTiers, Tier};

/// What decides a size.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Bound {
    /// The rate, or the fixed number.
    Share,
    Min,
    Max,
    /// There are fewer than it asks: all of them.
    All,
}

impl Bound {
    /// Every one of them.
    pub const ALL: [Bound; 4] = [Bound::Share, Bound::Min, Bound::Max, Bound::All];

    /// The public code.
    pub fn as_str(self) -> &'static str {
        match self {
            Bound::Share => "share",
            Bound::Min => "min",
            Bound::Max => "max",
            Bound::All => "all",
        }
    }
}

/// What decides a size; `None` of no population.
pub fn bound(size: &SampleSize) -> Option<Bound> {
    let SampleSize { population, tier, by_share, .. } = *size;
    if population == 0 {
        return None;
    }
    Some(if size.uncapped() > population {
        Bound::All
    } else if tier.max.is_some_and(|max| by_share > max) {
        Bound::Max
    } else if tier.min.is_some_and(|min| by_share < min) {
        Bound::Min
    } else {
        Bound::Share
    })
}

/// The step that holds for a population.
pub fn tier_of(tiers: &SizeTiers, population: u64) -> usize {
    let fits = |tier: &Tier| tier.up_to.is_none_or(|up_to| population <= up_to);
    tiers.0.iter().position(fits).unwrap_or(tiers.0.len() - 1)
}

/// The least population of a step at which a bound decides; `None` where it never does.
pub fn population(tiers: &SizeTiers, at: usize, wanted: Bound) -> Option<u64> {
    let tier = &tiers.0[at];
    let first = at
        .checked_sub(1)
        .and_then(|before| tiers.0[before].up_to)
        .map_or(1, |up_to| up_to.saturating_add(1));
    let last = tier.up_to.unwrap_or(LARGEST);
    // Where another one begins to decide: below the least number, from the least number, from the
    // first share that reaches it, from the first share that passes the greatest.
    let (min, max) = (tier.min.unwrap_or(0), tier.max.unwrap_or(u64::MAX));
    let most = match tier.share {
        Share::Rate(_) => min,
        Share::Fixed(number) => number.min(max).max(min),
    };
    let reaches =
        |number: u64| first_where(first, last, |population| tier.by_share(population) >= number);
    let candidates = [Some(first), Some(most), reaches(min), reaches(max.saturating_add(1))];
    let mut within: Vec<u64> = candidates
        .into_iter()
        .flatten()
        .map(|population| population.max(first).max(1))
        .filter(|population| *population <= last)
        .collect();
    within.sort_unstable();
    within.into_iter().find(|population| bound(&tiers.size(*population)) == Some(wanted))
}

/// The populations around which another step or another bound begins to decide: of each border the
/// numbers before and behind it as well. Sorted, each once.
pub fn borders(tiers: &SizeTiers) -> Vec<u64> {
    let mut all: Vec<u64> = tiers.0.iter().filter_map(|tier| tier.up_to).collect();
    for at in 0..tiers.0.len() {
        all.extend(Bound::ALL.into_iter().filter_map(|bound| population(tiers, at, bound)));
    }
    let near = |border: u64| border.saturating_sub(1)..=border.saturating_add(1);
    let mut all: Vec<u64> = all.into_iter().flat_map(near).collect();
    all.sort_unstable();
    all.dedup();
    all
}

/// Larger populations than this are not looked for.
const LARGEST: u64 = 1 << 53;

/// The first number from `first` to `last` of which `so` holds; `so` stays so once it is.
pub fn first_where(first: u64, last: u64, so: impl Fn(u64) -> bool) -> Option<u64> {
    if first > last || !so(last) {
        return None;
    }
    let (mut low, mut high) = (first, last);
    while low < high {
        let middle = low + (high - low) / 2;
        if so(middle) { high = middle } else { low = middle + 1 }
    }
    Some(low)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::record::value::Rate;

    fn tier(rate: &str, min: Option<u64>, max: Option<u64>, up_to: Option<u64>) -> Tier {
        Tier { up_to, share: Share::Rate(Rate::parse(rate).expect("a rate")), min, max }
    }

    #[test]
    fn every_bound_is_found_where_going_through_finds_it() {
        let rates = ["0%", "1%", "6%", "33.33%", "99%", "100%"];
        let numbers = [None, Some(1), Some(6), Some(20)];
        let mut tried = 0;
        for rate in rates {
            for (min, max) in numbers.iter().flat_map(|min| numbers.map(|max| (*min, max))) {
                if min.zip(max).is_some_and(|(min, max)| min > max) {
                    continue;
                }
                for up_to in [4, 7, 150] {
                    let tiers = SizeTiers(vec![
                        tier(rate, min, max, Some(up_to)),
                        tier(rate, max, None, Some(up_to + 60)),
                        Tier { up_to: None, share: Share::Fixed(9), min, max },
                    ]);
                    for at in 0..3 {
                        for wanted in Bound::ALL {
                            let by_hand = (1..5_000).find(|population| {
                                tier_of(&tiers, *population) == at
                                    && bound(&tiers.size(*population)) == Some(wanted)
                            });
                            let found = population(&tiers, at, wanted);
                            assert_eq!(found, by_hand, "{tiers:?} {at} {wanted:?}");
                            tried += 1;
                        }
                    }
                }
            }
        }
        assert!(tried > 1_000, "{tried}");
    }
}
