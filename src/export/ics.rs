//! What is still to be done as a calendar that other programs subscribe to (RFC 5545): one whole-day
//! event on each due date, or of a duty in hours one at the instant it ends, of everything an agency or a unit answers for. No person is named.
//!
//! Written here rather than by a crate: the one there is leaves the last of several folded lines a
//! byte too long, and takes the time of its making from the clock.

use chrono::{Datelike, Days};

use crate::assess::{Assessment, Occurrence, OccurrenceId, Status, Term};
use crate::facts::id;
use crate::model::{Agency, Id, Model, Unit};
use crate::text::sentence;
use crate::text::words::Words;
use crate::time::{Day, roc_short};

/// Longest line, in bytes, without its end.
const LINE: usize = 75;

/// The calendar of an agency, with its units, accounts and posts.
pub fn of_agency(model: &Model, words: &Words, assessment: &Assessment, id: Id<Agency>) -> String {
    let ids = assessment.of_agency(id).iter().copied();
    calendar(model, words, assessment, &model.agencies[id].name, ids)
}

/// The calendar of a unit, with its accounts and posts.
pub fn of_unit(model: &Model, words: &Words, assessment: &Assessment, id: Id<Unit>) -> String {
    let unit = &model.units[id];
    let ids = assessment.of_agency(unit.agency).iter().copied();
    let ids = ids.filter(|one| model.scope_unit(assessment.occurrence(*one).scope) == Some(id));
    calendar(model, words, assessment, &unit.name, ids)
}

fn calendar(
    model: &Model,
    words: &Words,
    assessment: &Assessment,
    name: &str,
    ids: impl Iterator<Item = OccurrenceId>,
) -> String {
    let mut lines = Lines::default();
    lines.add("BEGIN", "VCALENDAR");
    lines.add("VERSION", "2.0");
    lines.add("PRODID", "-//clausebook//clausebook//ZH-TW");
    lines.add("CALSCALE", "GREGORIAN");
    lines.add("METHOD", "PUBLISH");
    lines.text("X-WR-CALNAME", &words.say("feed.name", &[("name", &name)]));
    lines.add("X-WR-TIMEZONE", "Asia/Taipei");
    lines.add("REFRESH-INTERVAL;VALUE=DURATION", "P1D");
    let mut ids: Vec<OccurrenceId> =
        ids.filter(|id| assessment.occurrence(*id).status.is_waited_for()).collect();
    ids.sort_by_key(|id| {
        let one = assessment.occurrence(*id);
        (one.due, one.due_at, *id)
    });
    for id in ids {
        event(&mut lines, model, words, assessment, id);
    }
    lines.add("END", "VCALENDAR");
    lines.0
}

fn event(
    lines: &mut Lines,
    model: &Model,
    words: &Words,
    assessment: &Assessment,
    id: OccurrenceId,
) {
    let occurrence = assessment.occurrence(id);
    let obligation = &model.obligations[occurrence.obligation];
    let path = id::occurrence(model, assessment, id);
    let summary: &[(&str, &dyn std::fmt::Display)] = &[
        ("duty", &obligation.title),
        ("scope", &model.scope_name(occurrence.scope)),
        ("term", &term(model, words, occurrence)),
    ];
    let status = format!("status.{}", occurrence.status.code());
    let basis = format!("due_basis.{}", occurrence.due_basis.as_str());
    let description: &[(&str, &dyn std::fmt::Display)] = &[
        ("status", &words.get(&status)),
        ("regulation", &model.regulations[obligation.regulation].short),
        ("clause", &obligation.main_clause().citation()),
        ("opens", &sentence::date(occurrence.opens)),
        (
            "due",
            &occurrence.due_at.map_or_else(|| sentence::date(occurrence.due), sentence::instant),
        ),
        ("basis", &words.get(&basis)),
    ];
    let after = occurrence.due.checked_add_days(Days::new(1)).unwrap_or(occurrence.due);
    lines.add("BEGIN", "VEVENT");
    lines.text("UID", &path);
    // The midnight of the as-of date in Taipei.
    let midnight = assessment.as_of.checked_sub_days(Days::new(1)).unwrap_or(assessment.as_of);
    lines.add("DTSTAMP", &format!("{}T160000Z", basic(midnight)));
    // Later days say the newer: a due date that moved replaces the one that programs know.
    lines.add("SEQUENCE", &days_from_2000(assessment.as_of).to_string());
    match occurrence.due_at {
        // Without an end it ends where it starts (RFC 5545, 3.6.1).
        Some(at) => lines.add("DTSTART", &at.basic_utc()),
        None => {
            lines.add("DTSTART;VALUE=DATE", &basic(occurrence.due));
            lines.add("DTEND;VALUE=DATE", &basic(after));
        }
    }
    let summary = words.say("feed.summary", summary);
    // Overdue stand in the past, among what was done: they say so themselves.
    let is_overdue = occurrence.status == Status::Overdue;
    let summary =
        if is_overdue { words.say("feed.overdue", &[("summary", &summary)]) } else { summary };
    lines.text("SUMMARY", &summary);
    lines.text("DESCRIPTION", &words.say("feed.description", description));
    // An address of its own only where the site says at which it is published: a path that is
    // relative to a feed means nothing to the program that reads it.
    if let Some(url) = &model.settings.url {
        lines.add("URL", &format!("{url}obligations/{path}.html"));
    }
    lines.add("TRANSP", "TRANSPARENT");
    let reminders = if occurrence.due_at.is_some() { &REMINDERS_IN_HOURS[..] } else { &REMINDERS };
    for trigger in reminders.iter().filter(|_| !is_overdue) {
        lines.add("BEGIN", "VALARM");
        lines.add("ACTION", "DISPLAY");
        lines.add("TRIGGER", trigger);
        lines.text("DESCRIPTION", &summary);
        lines.add("END", "VALARM");
    }
    lines.add("END", "VEVENT");
}

/// Nine in the morning, seven days before a day and the day before it.
const REMINDERS: [&str; 2] = ["-P6DT15H", "-PT15H"];

/// Of a duty in hours a day, an hour and a quarter of an hour before it ends.
const REMINDERS_IN_HOURS: [&str; 3] = ["-P1D", "-PT1H", "-PT15M"];

fn term(model: &Model, words: &Words, occurrence: &Occurrence) -> String {
    match occurrence.term {
        Term::Period(period) => sentence::period(words, period),
        Term::Since(day) => words.say("period.since", &[("day", &roc_short(day))]),
        Term::Event(id) => {
            let event = &model.events[id];
            let kind = &model.event_kinds[event.kind].slug;
            let name = words.find(&format!("event.{kind}")).unwrap_or(kind);
            words.say("period.event", &[("day", &roc_short(event.on)), ("event", &name)])
        }
    }
}

/// `20261121`.
fn basic(day: Day) -> String {
    format!("{:04}{:02}{:02}", day.year(), day.month(), day.day())
}

fn days_from_2000(day: Day) -> i64 {
    let start = Day::from_ymd_opt(2000, 1, 1).expect("a day of the calendar");
    (day - start).num_days().max(0)
}

/// Content lines: CRLF, none longer than 75 bytes, none cut within a character.
#[derive(Default)]
struct Lines(String);

impl Lines {
    /// A property whose value is a text.
    fn text(&mut self, name: &str, text: &str) {
        let mut escaped = String::with_capacity(text.len());
        for c in text.chars() {
            match c {
                '\\' | ';' | ',' => escaped.extend(['\\', c]),
                '\n' | '\u{2028}' | '\u{2029}' => escaped += "\\n",
                c if c.is_control() => {}
                c => escaped.push(c),
            }
        }
        self.add(name, &escaped);
    }

    /// A property whose value means what it says.
    fn add(&mut self, name: &str, value: &str) {
        let line = format!("{name}:{value}");
        let mut used = 0;
        for c in line.chars() {
            if used + c.len_utf8() > LINE {
                self.0.push_str("\r\n ");
                used = 1;
            }
            used += c.len_utf8();
            self.0.push(c);
        }
        self.0.push_str("\r\n");
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_cannot_leave_their_line() {
        for (text, line) in [
            ("甲;乙,丙\\丁", "X:甲\\;乙\\,丙\\\\丁\r\n"),
            ("a\r\nBEGIN:VEVENT", "X:a\\nBEGIN:VEVENT\r\n"),
            ("a\rb\u{85}c\0d", "X:abcd\r\n"),
            ("a\u{2028}b\u{2029}c", "X:a\\nb\\nc\r\n"),
        ] {
            let mut lines = Lines::default();
            lines.text("X", text);
            assert_eq!(lines.0, line);
        }
    }

    #[test]
    fn long_lines_are_folded_between_characters() {
        for length in 0..400 {
            for text in ["臺".repeat(length), "a".repeat(length), "a臺𡘙".repeat(length)] {
                let mut lines = Lines::default();
                lines.text("SUMMARY", &text);
                assert!(lines.0.split("\r\n").all(|line| line.len() <= LINE), "{text}");
                assert_eq!(lines.0.replace("\r\n ", ""), format!("SUMMARY:{text}\r\n"));
            }
        }
    }
}
