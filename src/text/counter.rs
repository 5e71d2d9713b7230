//! The counter word of a sample: the one its rule gives, else 件 for records and 人 for users.

use super::words::Words;
use crate::model::Obligation;
use crate::model::sample::SampleRule;

/// The word for what `rule` draws; `measure` is `records` or `users`.
pub fn of_rule<'a>(words: &'a Words, rule: Option<&'a SampleRule>, measure: &str) -> &'a str {
    let own = rule.and_then(|rule| rule.unit.as_deref());
    own.unwrap_or_else(|| match measure {
        "users" => words.get("measure.users"),
        _ => words.get("measure.records"),
    })
}

/// The word for what a duty draws.
pub fn of_duty<'a>(words: &'a Words, duty: &'a Obligation, measure: &str) -> &'a str {
    let sample = duty.duty.demand().map(|demand| &demand.sample);
    let rule = sample.and_then(|sample| match measure {
        "users" => sample.users.as_ref(),
        _ => sample.records.as_ref(),
    });
    of_rule(words, rule, measure)
}
