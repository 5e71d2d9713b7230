//! What decides a status may neither be left out of a receipt nor put in: the size of a sample, the
//! months in use, the reason for which acts are not looked at, another duty that was met instead.

use std::collections::BTreeSet;

use super::form::{ById, InsteadForm, OccurrenceForm, Receipt, RuleForm};
use super::sample::{count, stated};
use super::tier::SampleRuleForm;
use crate::time::Period;

/// What is left out, or does not stand there rightly.
pub fn faults(receipt: &Receipt, one: &OccurrenceForm, by_id: &ById) -> Vec<String> {
    let mut faults = Vec::new();
    if !one.acts.is_sorted_by_key(|act| act.on) {
        faults.push("its acts are not in the order of their days".to_owned());
    }
    let others = one.rests_on.iter().chain(&one.drawn_from);
    faults.extend(
        others.filter(|id| !by_id.contains_key(id.as_str())).map(|id| format!("{id} is not there")),
    );
    let draws = &receipt.rule.demand.sample;
    for draw in draws.iter().filter(|draw| !may_lack_size(receipt, one, draw)) {
        if one.sample.iter().all(|size| size.measure != draw.measure) {
            faults.push(format!("it does not say how many {} are required", draw.measure));
        }
    }
    if one.period.is_some() && one.outside.is_none() && one.months != used_months(receipt, one) {
        faults.push("other months are in use".to_owned());
    }
    if let Some(code) = one.outside.as_deref().filter(|code| !may_be(code, receipt, one, by_id)) {
        faults.push(format!("{code} is no reason here"));
    }
    if let Some(instead) = one.instead.as_ref().filter(|met| !was_met(met, receipt, one, by_id)) {
        let InsteadForm { duty, on, .. } = instead;
        faults.push(format!("{duty} was not done on {on}, or is no choice here"));
    }
    faults
}

/// Whether a sample may have no size: what it is drawn from is not known or to come, or nothing is asked.
fn may_lack_size(receipt: &Receipt, one: &OccurrenceForm, draw: &SampleRuleForm) -> bool {
    let period = one.period.as_ref().and_then(|period| Period::parse(period).ok());
    let is_of_use = matches!(draw.of.as_str(), "queries" | "users");
    let is_of_accounts = draw.of == "accounts";
    if one.outside.is_some() || one.instead.is_some() || period.is_none() && !is_of_accounts {
        return true;
    }
    let doubted = |code: &str| one.doubts.iter().any(|doubt| doubt == code);
    if is_of_use {
        let is_to_come = period.is_some_and(|period| period.last_day() > receipt.as_of.0);
        let is_doubted = doubted("population-unknown");
        return (is_doubted || is_to_come) && stated(receipt, one, &draw.measure).is_none();
    }
    !is_of_accounts && doubted("base-unknown")
}

/// The months with records of use, if each must be looked at.
fn used_months(receipt: &Receipt, one: &OccurrenceForm) -> Vec<String> {
    if !receipt.rule.demand.every_used_month {
        return Vec::new();
    }
    let usage = one.usage.iter().filter_map(|key| receipt.records.get(key));
    let used = usage.filter(|month| count(month, "queries") > 0);
    let months: BTreeSet<&str> = used.filter_map(|month| month.fields["month"].as_str()).collect();
    months.into_iter().map(str::to_owned).collect()
}

/// Whether the rule, and what is published, leave room for the reason. That a condition holds or a text
/// is held is taken as published.
fn may_be(code: &str, receipt: &Receipt, one: &OccurrenceForm, by_id: &ById) -> bool {
    let status = |id: &String| by_id.get(id.as_str()).map(|(_, other)| other.status.as_str());
    let is_nothing = |id: &String| status(id) == Some("not-applicable");
    match code {
        "text-not-held" => true,
        "supervisor" => receipt.rule.supervisor.is_some(),
        "outsider" => receipt.rule.outsider.is_some(),
        "may" => receipt.rule.may,
        "length-open" => receipt.rule.length_open,
        "population-zero" => one.acts.is_empty() && is_without_use(receipt, one),
        "nothing-to-send" => {
            let is_empty = one.acts.is_empty() && !one.rests_on.is_empty();
            is_empty && one.rests_on.iter().all(is_nothing)
        }
        _ => receipt.rule.when.is_some(),
    }
}

/// Whether the records of use that are named leave nothing to look at: no queries, or where only persons
/// are looked at, no persons.
fn is_without_use(receipt: &Receipt, one: &OccurrenceForm) -> bool {
    let RuleForm { demand, only_used, .. } = &receipt.rule;
    let is_unused = |key: &str| {
        let mut usage = one.usage.iter().filter_map(|id| receipt.records.get(id));
        usage.all(|month| count(month, key) == 0)
    };
    let only_persons = !only_used
        && !demand.every_used_month
        && demand.sample.iter().all(|draw| draw.of == "users");
    is_unused("queries") || only_persons && is_unused("total_users")
}

/// Whether the rule leaves the other duty as a choice, and it was done that day for the same scope.
fn was_met(met: &InsteadForm, receipt: &Receipt, one: &OccurrenceForm, by_id: &ById) -> bool {
    let own = format!("{}/{}/", receipt.regulation, receipt.obligation);
    let Some((scope, _)) = one.id.strip_prefix(&own).and_then(|rest| rest.rsplit_once('/')) else {
        return false;
    };
    let start = format!("{}/{scope}", met.duty);
    let mut done = by_id.values().filter(|(_, other)| {
        other.done_on == Some(met.on) && (met.at.is_none() || other.done_at == met.at)
    });
    receipt.rule.unless.contains(&met.duty)
        && done.any(|(_, other)| other.id.rsplit_once('/').is_some_and(|(line, _)| line == start))
}
