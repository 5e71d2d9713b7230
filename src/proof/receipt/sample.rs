//! The arithmetic of a sample reckoned again: its population, the tier that holds, what is required and
//! what was looked at.

use std::collections::BTreeMap;

use serde_json::Value;

use super::form::{ActForm, ById, OccurrenceForm, Receipt, RecordForm, SampleForm};
use super::judge::tally;
use crate::record::value::Rate;

/// What of the arithmetic of a sample is not so.
pub fn faults(
    receipt: &Receipt,
    one: &OccurrenceForm,
    size: &SampleForm,
    by_id: &ById,
) -> Vec<String> {
    let mut faults = Vec::new();
    let draws = &receipt.rule.demand.sample;
    let Some(draw) = draws.iter().find(|draw| draw.measure == size.measure) else {
        return vec![format!("the rule asks for no sample of {}", size.measure)];
    };
    let usage = one.usage.iter().filter_map(|key| receipt.records.get(key));
    let recorded = match draw.of.as_str() {
        "queries" => usage.map(|month| count(month, "queries")).fold(0, u64::saturating_add),
        _ => {
            let mut months: BTreeMap<&str, u64> = BTreeMap::new();
            for month in usage {
                let name = month.fields.get("month").and_then(Value::as_str).unwrap_or_default();
                let sum = months.entry(name).or_default();
                *sum = sum.saturating_add(count(month, "total_users"));
            }
            months.into_values().max().unwrap_or(0)
        }
    };
    let stated = stated(receipt, one, &size.measure);
    let population = match draw.of.as_str() {
        "queries" | "users" => {
            if size.recorded.is_some_and(|says| says != recorded) || size.stated != stated {
                faults.push(format!("the figures of {} are others", size.measure));
            }
            let most = size.recorded.map(|recorded| {
                recorded.max(size.stated.unwrap_or(0)).max(size.on_file.unwrap_or(0))
            });
            most.or(size.stated)
        }
        "accounts" => size.on_file,
        _ => base(&size.measure, &size.base, by_id),
    };
    // Without an act, and without use, nothing is drawn from.
    let is_zero = one.outside.as_deref() == Some("population-zero") && size.population == 0;
    if population != Some(size.population) && !is_zero {
        faults.push(format!("the population of {} is another", size.measure));
    }
    let holds = |up_to: Option<u64>| up_to.is_none_or(|up_to| size.population <= up_to);
    let tier = draw.tiers.iter().find(|tier| holds(tier.up_to)).or(draw.tiers.last());
    let by_share = tier.and_then(|tier| match &tier.rate {
        Some(rate) => Some(Rate::parse(rate)?.of(size.population)),
        None => tier.fixed,
    });
    let required = tier.zip(by_share).map(|(tier, share)| {
        let most = share.min(tier.max.unwrap_or(u64::MAX));
        most.max(tier.min.unwrap_or(0)).min(size.population)
    });
    let is_so = tier == Some(&size.tier)
        && by_share == Some(size.by_share)
        && required == Some(size.required);
    if !is_so {
        let required = required.map_or_else(String::new, |number| number.to_string());
        faults.push(format!("{required} {} are required, not {}", size.measure, size.required));
    }
    let looked_at = tally(&size.measure, &one.acts);
    if size.actual.unwrap_or(0) != looked_at {
        faults.push(format!("{looked_at} {} were looked at", size.measure));
    }
    faults
}

/// The population that the acts state: the largest.
pub fn stated(receipt: &Receipt, one: &OccurrenceForm, measure: &str) -> Option<u64> {
    let acts = one.acts.iter().filter_map(|act| receipt.records.get(&act.record));
    acts.filter_map(|audit| audit.fields.get("population")?.get(measure)?.as_u64()).max()
}

/// A figure of a record; nought if it has none.
pub fn count(record: &RecordForm, key: &str) -> u64 {
    record.fields.get(key).and_then(Value::as_u64).unwrap_or(0)
}

/// What other occurrences give as a population: what was due, not only what was done.
fn base(measure: &str, ids: &[String], by_id: &ById) -> Option<u64> {
    let (mut acts, mut short) = (Vec::new(), 0_u64);
    for id in ids {
        let (_, one) = by_id.get(id.as_str())?;
        match one.status.as_str() {
            "not-applicable" => continue,
            "waived" if one.acts.is_empty() => continue,
            _ if one.acts.is_empty() => return None,
            _ => {}
        }
        let size = one.sample.iter().find(|size| size.measure == measure);
        let required = size.map_or(0, |size| size.required);
        short = short.saturating_add(required.saturating_sub(tally(measure, &one.acts)));
        acts.extend(&one.acts);
    }
    let acts: Vec<ActForm> = acts.into_iter().map(ActForm::figures).collect();
    (!ids.is_empty()).then(|| tally(measure, &acts).saturating_add(short))
}

impl ActForm {
    /// The act as far as it is counted.
    fn figures(&self) -> Self {
        Self {
            records: self.records,
            users: self.users,
            persons: self.persons.clone(),
            ..Self::default()
        }
    }
}
