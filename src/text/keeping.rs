//! How long papers are kept, and from which day, in words.

use super::sentence::length;
use super::words::Words;
use crate::model::{KeepFrom, KeepTerm, KeepWhat, Retention};

/// How long papers are kept: 「3年」, or 「依檔案法」.
pub fn term(words: &Words, term: &KeepTerm) -> String {
    match term {
        KeepTerm::For(time) => length(words, *time),
        KeepTerm::Under(law) => words.say("keep.under", &[("law", law)]),
        KeepTerm::Permanent => words.get("keep.permanent").to_owned(),
    }
}

/// The word for the day from which a rule keeps papers: what `completion` and `period-end` are of their
/// kind.
pub fn from(rule: &Retention) -> &'static str {
    match (rule.what, rule.from) {
        (KeepWhat::Contractors, KeepFrom::PeriodEnd) => "contract-end",
        (KeepWhat::Waivers, KeepFrom::PeriodEnd) => "waiver-end",
        (KeepWhat::Submissions, KeepFrom::Completion) => "sending",
        (KeepWhat::Events, KeepFrom::Completion) => "last-answer",
        (_, from) => from.as_str(),
    }
}

/// The same in a sentence: 「自完成日起，至少3年」.
pub fn rule(words: &Words, rule: &Retention) -> String {
    let from_day = words.get(&format!("rule_from.{}", from(rule))).to_owned();
    match &rule.term {
        KeepTerm::For(time) => {
            words.say("keep.at-least", &[("from", &from_day), ("length", &length(words, *time))])
        }
        KeepTerm::Under(law) => words.say("keep.as-under", &[("law", law)]),
        KeepTerm::Permanent => words.get("keep.permanent").to_owned(),
    }
}
