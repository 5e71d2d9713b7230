//! `content/calendar.yaml`: years with their holidays and make-up working days, as published.

use super::yaml::{Entry, Node, NodeKind};
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::time::{Day, OfficeCalendar, parse_day};

/// Reads the calendar: `years: {2026: {holidays: {DATE: NAME}, workdays: {DATE: NAME}}}`.
pub fn parse(node: &Node, diagnostics: &mut Diagnostics) -> OfficeCalendar {
    let mut calendar = OfficeCalendar::default();
    for entry in entries(node, "the calendar", diagnostics) {
        match entry.key.value.as_str() {
            "timezone" => {}
            "years" => {
                for year in entries(&entry.value, "`years`", diagnostics) {
                    read_year(year, &mut calendar, diagnostics);
                }
            }
            _ => diagnostics.push(unknown(entry, "`timezone`, `years`")),
        }
    }
    calendar
}

fn read_year(entry: &Entry, calendar: &mut OfficeCalendar, diagnostics: &mut Diagnostics) {
    let Ok(year @ 1912..=2200) = entry.key.value.parse::<i32>() else {
        let message = format!("`{}` is not a year such as `2026`", entry.key.value);
        diagnostics.push(Diagnostic::new(Code::InvalidDate, entry.key.span, message));
        return;
    };
    calendar.years.insert(year);
    for list in entries(&entry.value, "the year", diagnostics) {
        let days = named_days(&list.value, year, diagnostics);
        match list.key.value.as_str() {
            "holidays" => calendar.holidays.extend(days),
            "workdays" => calendar.workdays.extend(days),
            _ => diagnostics.push(unknown(list, "`holidays`, `workdays`")),
        }
    }
}

fn named_days(node: &Node, year: i32, diagnostics: &mut Diagnostics) -> Vec<(Day, String)> {
    let mut days = Vec::new();
    for Entry { key, value } in entries(node, "the list of days", diagnostics) {
        let NodeKind::Scalar { text, .. } = &value.kind else {
            let message = format!("`{}` lacks the name of the day", key.value);
            diagnostics.push(Diagnostic::new(Code::WrongType, value.span, message));
            continue;
        };
        match parse_day(&key.value) {
            Ok(day) if chrono::Datelike::year(&day) == year => days.push((day, text.clone())),
            Ok(_) => diagnostics.push(
                Diagnostic::new(
                    Code::InvalidDate,
                    key.span,
                    format!("`{}` is not in {year}", key.value),
                )
                .help("move it to its own year"),
            ),
            Err(error) => {
                let message = format!("`{}` {error}", key.value);
                diagnostics.push(Diagnostic::new(Code::InvalidDate, key.span, message));
            }
        }
    }
    days
}

fn entries<'a>(node: &'a Node, what: &str, diagnostics: &mut Diagnostics) -> &'a [Entry] {
    match &node.kind {
        NodeKind::Map(entries) => entries,
        NodeKind::Null => &[],
        other => {
            let message = format!("{what} takes a mapping, found {}", other.name());
            diagnostics.push(Diagnostic::new(Code::WrongType, node.span, message));
            &[]
        }
    }
}

fn unknown(entry: &Entry, known: &str) -> Diagnostic {
    let message = format!("the calendar has no key `{}`", entry.key.value);
    Diagnostic::new(Code::UnknownKey, entry.key.span, message).help(format!("known keys: {known}"))
}
