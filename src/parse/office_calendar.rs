//! `content/calendar.yaml`: years with their holidays and make-up working days, as published.

use super::yaml::{self, Entry, Node, NodeKind};
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::source::embedded;
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

/// The calendar that came with the program.
pub fn built_in() -> OfficeCalendar {
    let text = embedded::content("calendar.yaml").and_then(|bytes| String::from_utf8(bytes).ok());
    let mut faults = Diagnostics::default();
    let node = text.and_then(|text| yaml::parse_ours(&text));
    node.map(|node| parse(&node, &mut faults)).unwrap_or_default()
}

fn read_year(entry: &Entry, calendar: &mut OfficeCalendar, diagnostics: &mut Diagnostics) {
    let Ok(year @ 1912..=2200) = entry.key.value.parse::<i32>() else {
        let message = format!("`{}` is not a year such as `2026`", entry.key.value);
        diagnostics.push(Diagnostic::new(Code::InvalidDate, entry.key.span, message));
        return;
    };
    calendar.years.insert(year);
    find_contradictions(entries(&entry.value, "the year", &mut Vec::new()), diagnostics);
    let before = calendar.holidays.len();
    for list in entries(&entry.value, "the year", diagnostics) {
        let days = named_days(&list.value, year, diagnostics);
        match list.key.value.as_str() {
            "holidays" => calendar.holidays.extend(days),
            "workdays" => calendar.workdays.extend(days),
            _ => diagnostics.push(unknown(list, "`holidays`, `workdays`")),
        }
    }
    if calendar.holidays.len() == before {
        let message = format!("the calendar has no holiday of {year}");
        diagnostics.push(
            Diagnostic::new(Code::EmptyCalendarYear, entry.key.span, message)
                .help("enter the year's holidays as published, or take the year out"),
        );
    }
}

/// Reports the days that are off and worked at once, and make-up days that are no days off.
fn find_contradictions(lists: &[Entry], diagnostics: &mut Diagnostics) {
    let days = |name: &str| {
        let list = lists.iter().find(|list| list.key.value == name);
        let entries = list.map_or(&[][..], |list| match &list.value.kind {
            NodeKind::Map(entries) => entries,
            _ => &[],
        });
        entries.iter().filter_map(|entry| Some((parse_day(&entry.key.value).ok()?, entry.key.span)))
    };
    for (day, span) in days("workdays") {
        if let Some((_, other)) = days("holidays").find(|(holiday, _)| *holiday == day) {
            let message = format!("{day} is a holiday and a working day");
            diagnostics.push(
                Diagnostic::new(Code::DayTwice, span, message)
                    .related(other, "a holiday here")
                    .help("keep the one that the published calendar has"),
            );
        } else if chrono::Datelike::weekday(&day).number_from_monday() <= 5 {
            let message = format!("{day} is a weekday, which is worked anyway");
            diagnostics.push(
                Diagnostic::new(Code::PlainWorkday, span, message)
                    .help("correct the day: `workdays` are Saturdays and Sundays that are worked"),
            );
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
