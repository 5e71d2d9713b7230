//! Sentences about time: what is due, what was done, early or late. Of a duty in hours to the minute.

use std::fmt::Display;

use super::number::{date, instant};
use super::words::Words;
use crate::assess::{Act, Occurrence, Reason};
use crate::model::{Duty, Model, Obligation};
use crate::time::{Day, Hours};

/// A reason about time as a sentence; empty for any other.
pub fn reason(
    words: &Words,
    (model, duty): (&Model, &Obligation),
    occurrence: &Occurrence,
    reason: &Reason,
) -> String {
    let clause = &duty.main_clause().citation();
    let done = |on: Day| occurrence.done_at.map_or_else(|| date(on), instant);
    let limit = |due: Day| occurrence.due_at.map_or_else(|| date(due), instant);
    let say = |key: &str, values: &[(&str, &dyn Display)]| words.say(key, values);
    match reason {
        Reason::OpensOn { opens, due } => {
            say("reason.opens-on", &[("opens", &date(*opens)), ("due", &limit(*due))])
        }
        Reason::DueIn { due, days: 0 } => say("reason.due-today", &[("due", &limit(*due))]),
        Reason::DueIn { due, days } => {
            say("reason.due-in", &[("due", &limit(*due)), ("days", days)])
        }
        Reason::StillToDo { due, days } => {
            say("reason.still-to-do", &[("due", &limit(*due)), ("days", days)])
        }
        Reason::Overdue { due, days } => {
            say("reason.overdue", &[("due", &limit(*due)), ("days", days)])
        }
        Reason::DoneInTime { on, due } => {
            say("reason.done-in-time", &[("on", &done(*on)), ("due", &limit(*due))])
        }
        Reason::DoneLate { on, due, days } => {
            let (on, limit) = (done(*on), limit(*due));
            match (occurrence.done_at, occurrence.due_at) {
                (Some(at), Some(due)) => {
                    let late = duration(words, at.minutes_since(due));
                    say("reason.done-late-by", &[("on", &on), ("due", &limit), ("late", &late)])
                }
                _ if *days == 0 => {
                    say("reason.done-late-that-day", &[("on", &on), ("due", &limit)])
                }
                _ => say("reason.done-late", &[("on", &on), ("due", &limit), ("days", days)]),
            }
        }
        Reason::EndedLate { on, due, days } => {
            say("reason.ended-late", &[("on", &date(*on)), ("due", &limit(*due)), ("days", days)])
        }
        Reason::CountedAnew { what, on } => {
            let what = &model.answer_kinds[*what].slug;
            let what = words.find(&format!("answer.{what}")).unwrap_or(what);
            say("reason.counted-anew", &[("what", &what), ("on", &date(*on)), ("clause", clause)])
        }
        Reason::LengthOpen => say("reason.length-open", &[("clause", clause)]),
        Reason::LimitNotRecorded => say("reason.limit-not-recorded", &[("clause", clause)]),
        Reason::ActTimeNotRecorded { on } => {
            let key = match occurrence.acts.last() {
                Some(Act::Audit(_)) => "done_at",
                Some(Act::Submission(_)) => "sent_at",
                _ => "at",
            };
            let values: &[(&str, &dyn Display)] =
                &[("on", &date(*on)), ("due", &limit(*on)), ("key", &key), ("clause", clause)];
            say("reason.act-time-not-recorded", values)
        }
        Reason::EventTimeNotRecorded => {
            let known = matches!(&duty.duty, Duty::Event(rule) if rule.from_known);
            let key = if known { "known_at" } else { "at" };
            say("reason.event-time-not-recorded", &[("key", &key), ("clause", clause)])
        }
        Reason::DayDecides => words.get("reason.day-decides").to_owned(),
        _ => String::new(),
    }
}

/// Hours in words: 「72 小時」.
pub fn hours(words: &Words, hours: Hours) -> String {
    words.say("length.hours", &[("n", &hours.0)])
}

/// A stretch of minutes: 「1 小時 20 分」; less than one is 「不足 1 分」.
fn duration(words: &Words, minutes: i64) -> String {
    let (hours, rest) = (minutes / 60, minutes % 60);
    match (hours, rest) {
        (0, 0) => words.get("length.under-a-minute").to_owned(),
        (0, _) => words.say("length.minutes", &[("n", &rest)]),
        (_, 0) => words.say("length.hours", &[("n", &hours)]),
        _ => words.say("length.hours-minutes", &[("n", &hours), ("m", &rest)]),
    }
}
