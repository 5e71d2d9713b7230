//! How long may pass until a duty is done again, or until it is done at all, in words.

use super::number::date;
use super::sentence::length;
use super::words::Words;
use crate::model::{Gap, Interval};

/// 「距上次不得逾3年」, 「一次，於 … 前」; where the text leaves it open, it says so.
pub fn gap(words: &Words, rule: &Interval) -> String {
    let key = match (rule.gap, rule.once) {
        (Gap::Within(_), false) => "gap.within",
        (Gap::Own(_), false) => "gap.own",
        (Gap::Open, _) => "gap.open",
        (Gap::Within(_), true) => "gap.once-within",
        (Gap::Own(_), true) => "gap.once",
        (Gap::By(_), _) => "gap.once-by",
    };
    let time = rule.gap.length().map(|time| length(words, time)).unwrap_or_default();
    let day = match rule.gap {
        Gap::By(day) => date(day),
        _ => String::new(),
    };
    words.say(key, &[("length", &time), ("day", &day)])
}
