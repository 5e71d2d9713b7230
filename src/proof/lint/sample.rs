//! Samples that fall where the population grows, and parts of them that never make a difference.

use super::found::Found;
use crate::diagnostic::{Code, Diagnostic};
use crate::model::sample::{Share, first_where};
use crate::model::{Id, Model, Obligation, SampleRule, SizeTiers, Tier};

/// The largest population that is looked at where a tier has no end.
const LARGEST: u64 = 1 << 40;

/// Looks at every sample.
pub fn check(model: &Model, found: &mut Vec<Found>) {
    for (id, rule) in model.obligations.iter() {
        let Some(demand) = rule.duty.demand() else { continue };
        let draws = [("records", &demand.sample.records), ("users", &demand.sample.users)];
        for (what, draw) in draws {
            if let Some(draw) = draw {
                falls(id, rule, what, &draw.tiers, found);
                never_binds(id, rule, (what, draw), found);
            }
        }
    }
}

/// The first populations, one after the other, of which the larger asks for less.
pub fn fall(tiers: &SizeTiers) -> Option<(u64, u64)> {
    // Within a tier a share rounded up, and a number cut to what there is, never fall.
    let mut borders = tiers.0.iter().filter_map(|tier| tier.up_to);
    borders.find_map(|last| {
        let next = last.checked_add(1)?;
        (tiers.size(next).required < tiers.size(last).required).then_some((last, next))
    })
}

fn falls(
    id: Id<Obligation>,
    rule: &Obligation,
    what: &str,
    tiers: &SizeTiers,
    found: &mut Vec<Found>,
) {
    let Some((last, next)) = fall(tiers) else { return };
    let [of_last, of_next] = [last, next].map(|population| tiers.size(population).required);
    let message =
        format!("the sample of {what} falls: {of_last} of {last}, but {of_next} of {next}");
    let diagnostic = Diagnostic::new(Code::SampleFalls, rule.span, message)
        .help("compare the tiers with the clause");
    found.push(Found::of(id, diagnostic));
}

fn never_binds(
    id: Id<Obligation>,
    rule: &Obligation,
    (what, draw): (&str, &SampleRule),
    found: &mut Vec<Found>,
) {
    let mut say = |message: String| {
        let diagnostic = Diagnostic::new(Code::BoundNeverBinds, rule.span, message)
            .help("compare it with the clause: a number was mistaken, or it can go");
        found.push(Found::of(id, diagnostic));
    };
    let mut first = 1;
    for (place, tier) in (1..).zip(&draw.tiers.0) {
        let last = tier.up_to.unwrap_or(LARGEST);
        let within = if tier.up_to.is_some() {
            format!("{first} to {last}")
        } else {
            format!("{first} and more")
        };
        for (bound, other) in without(tier) {
            if !differs(tier, &other, first, last) {
                let size = one(tier, last);
                say(format!(
                    "`{bound}` of tier {place} of the sample of {what} never binds: of populations of {within} it changes nothing ({size} of {last} with it and without)"
                ));
            }
        }
        if tier.min.is_some() && tier.min == tier.max && tier.share != Share::Fixed(0) {
            let size = one(tier, last);
            say(format!(
                "the share of tier {place} of the sample of {what} never binds: `min` and `max` are one number ({size} of {last})"
            ));
        }
        if let (Share::Fixed(number), Some(last)) = (tier.share, tier.up_to)
            && number > last
        {
            say(format!(
                "`fixed: {number}` of tier {place} of the sample of {what} never binds: there are no more than {last}, all of which are asked"
            ));
        }
        if one(tier, last) == 0 {
            say(format!(
                "tier {place} of the sample of {what} asks for nothing of populations of {within}"
            ));
        }
        let next = draw.tiers.0.get(place);
        let same =
            |next: &&Tier| (next.share, next.min, next.max) == (tier.share, tier.min, tier.max);
        if next.filter(same).is_some() {
            say(format!(
                "`up_to: {last}` of the sample of {what} never binds: the next tier asks the same"
            ));
        }
        first = last.saturating_add(1);
    }
}

/// The tier without one of its bounds each.
fn without(tier: &Tier) -> Vec<(String, Tier)> {
    let mut others = Vec::new();
    // A share rounded up is one by itself, and texts say 至少一件 all the same.
    if let Some(min) = tier.min.filter(|min| *min > 1 && tier.share != Share::Fixed(0)) {
        others.push((format!("min: {min}"), Tier { min: None, ..*tier }));
    }
    if let Some(max) = tier.max.filter(|_| tier.share != Share::Fixed(0)) {
        others.push((format!("max: {max}"), Tier { max: None, ..*tier }));
    }
    others
}

/// What a tier alone asks of a population.
fn one(tier: &Tier, population: u64) -> u64 {
    SizeTiers(vec![Tier { up_to: None, ..*tier }]).size(population).required
}

/// Whether two tiers that differ in one bound ask differently of some population from `first` to
/// `last`. A minimum matters most where the share is smallest and yet less than all there is; a
/// maximum where the share is largest.
fn differs(tier: &Tier, other: &Tier, first: u64, last: u64) -> bool {
    if tier.max != other.max {
        return one(tier, last) != one(other, last);
    }
    // The share rises with the population: the last one of which it is under the minimum tells.
    let min = tier.min.unwrap_or(0);
    let reached = first_where(first, last, |population| tier.by_share(population) >= min);
    if reached == Some(first) {
        return false;
    }
    let low = reached.map_or(last, |reached| reached - 1);
    one(tier, low) != one(other, low)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::record::value::Rate;

    /// SizeTiers from small numbers, of which many are odd.
    fn some(seed: &mut u64) -> Tier {
        let mut next = |below: u64| {
            *seed = seed
                .wrapping_mul(6_364_136_223_846_793_005)
                .wrapping_add(1_442_695_040_888_963_407);
            (*seed >> 33) % below
        };
        let share = match next(3) {
            0 => Share::Fixed(next(30) + 1),
            _ => Share::Rate(Rate::parse(&format!("{}%", next(100) + 1)).expect("a rate")),
        };
        let min = (next(2) == 0).then(|| next(12) + 1);
        let max = (next(2) == 0).then(|| min.unwrap_or(0) + next(20));
        Tier { up_to: None, share, min, max }
    }

    #[test]
    fn agrees_with_every_population_one_by_one() {
        let mut seed = 9;
        for _ in 0..2_000 {
            let (first, second) = (some(&mut seed), some(&mut seed));
            let up_to = 5 + seed % 90;
            let tiers = SizeTiers(vec![Tier { up_to: Some(up_to), ..first }, second]);
            let falls = (1..400).any(|n| tiers.size(n + 1).required < tiers.size(n).required);
            assert_eq!(fall(&tiers).is_some(), falls, "{tiers:?}");
            for (bound, other) in without(&first) {
                let tells = (1..=up_to).any(|n| one(&first, n) != one(&other, n));
                assert_eq!(differs(&first, &other, 1, up_to), tells, "{bound} {first:?} {up_to}");
            }
        }
    }
}
