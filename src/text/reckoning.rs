//! The reckoning of a day in words: each step with what it rests on.

use super::words::Words;
use crate::time::{Derivation, Step};
use chrono::Datelike as _;

/// The steps in one line: 「始日不計，自 2026-05-01 起算（行政程序法第48條第2項）→ …」.
pub fn in_words(words: &Words, derivation: &Derivation) -> String {
    let steps: Vec<String> = derivation.steps.iter().map(|one| step(words, one)).collect();
    steps.join(words.get("reckoning.next"))
}

/// One step.
pub fn step(words: &Words, step: &Step) -> String {
    let key = format!("reckoning.step.{}", step.what.as_str());
    let weekday =
        words.get(&format!("weekday.{}", step.day.weekday().num_days_from_sunday())).to_owned();
    let at = step.at.map_or_else(String::new, |at| at.to_string());
    let n = step.what.number().unwrap_or(0);
    let said =
        words.say(&key, &[("day", &step.day), ("n", &n), ("weekday", &weekday), ("at", &at)]);
    match step.norm {
        None => said,
        Some(norm) => with_norm(words, &said, norm.as_str()),
    }
}

/// A step with the paragraph it rests on, by its name in data.
fn with_norm(words: &Words, said: &str, norm: &str) -> String {
    let law = words.get(&format!("reckoning.law.{norm}")).to_owned();
    words.say("reckoning.norm", &[("step", &said), ("norm", &law)])
}
