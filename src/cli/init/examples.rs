//! The values that stand in the examples of a new site: its own ids, days up to today, and duties
//! of its regulations that each kind of record can answer.

use std::collections::BTreeMap;

use super::answers::Answers;
use crate::model::is_answered_by_audits;
use crate::parse::library;
use crate::parse::write::scalar;
use crate::record::value::Group;
use crate::time::{Day, Every, Period};

/// The values by the names the starter's files call them by. A name without a value is missing:
/// then the regulations have no duty of that kind.
pub fn values(answers: &Answers) -> BTreeMap<&'static str, String> {
    let today = answers.today;
    let mut values = BTreeMap::from([
        ("site", scalar(&answers.site)),
        ("agency", answers.agency.id.clone()),
        ("agency_name", scalar(&answers.agency.name)),
        ("unit", answers.units.first().map(|unit| unit.id.clone()).unwrap_or_default()),
        ("system", answers.systems.first().map(|one| one.named.id.clone()).unwrap_or_default()),
        ("regulation", answers.regulations.first().cloned().unwrap_or_default()),
        ("since", answers.since.to_string()),
        ("today", today.to_string()),
        ("month", Period::containing(today, Every::Month).to_string()),
    ]);
    let duties: Vec<(&String, Group)> = answers
        .regulations
        .iter()
        .flat_map(|id| library::duties(id).into_iter().map(move |duty| (id, duty)))
        .collect();
    let audit = duties.iter().find(|(_, duty)| {
        is(duty, "kind", "periodic")
            && scope(duty).is_some()
            && is_answered_by_audits(duty)
            && period(duty, today).is_some()
    });
    if let Some((regulation, duty)) = audit {
        values.insert("duty", format!("{regulation}/{}", duty.string("id")));
        values.insert("duty_scope", values[scope(duty).unwrap_or("unit")].clone());
        values.insert("audit", "example-audit".to_owned());
        values.insert("period", period(duty, today).unwrap_or_default());
    }
    let submission = duties.iter().find(|(_, duty)| {
        is(duty, "answered_by", "submission")
            && scope(duty).is_some()
            && period(duty, today).is_some()
    });
    if let Some((regulation, duty)) = submission {
        values.insert("submission_duty", format!("{regulation}/{}", duty.string("id")));
        values.insert("submission_scope", values[scope(duty).unwrap_or("agency")].clone());
        values.insert("submission_period", period(duty, today).unwrap_or_default());
        values.insert("submission_to", scalar(&duty.string("to")));
    }
    let event = duties.iter().find_map(|(regulation, duty)| {
        let subject = match duty.string("scope").as_str() {
            "account" => "account: example-account".to_owned(),
            "unit" => format!("unit: {}", values["unit"]),
            "agency" => format!("agency: {}", values["agency"]),
            "post" => "post: example-unit-head".to_owned(),
            _ => return None,
        };
        is(duty, "kind", "event").then(|| (regulation, duty.string("event"), subject))
    });
    if let Some((regulation, kind, subject)) = event {
        values.insert("event", scalar(&kind));
        values.insert("event_regulation", (*regulation).clone());
        values.insert("event_subject", subject);
    }
    values
}

/// The value that names a scope of the duty's kind, where the site is sure to have one.
fn scope(duty: &Group) -> Option<&'static str> {
    ["unit", "agency"].into_iter().find(|kind| is(duty, "scope", kind))
}

fn is(duty: &Group, key: &str, word: &str) -> bool {
    duty.text(key).is_some_and(|text| text.value == word)
}

/// The duty's period that today lies in; none if the duty is about certain months and not this one.
fn period(duty: &Group, today: Day) -> Option<String> {
    let every = Every::from_word(duty.text("every")?.value)?;
    let only_some_months = !duty.list("months").is_empty();
    (!only_some_months).then(|| Period::containing(today, every).to_string())
}
