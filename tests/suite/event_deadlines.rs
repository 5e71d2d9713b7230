//! When answers to events fall due, over the whole office calendar, against the days that
//! `tests/oracle/event_deadlines.py` counts from the words of the clauses.

use std::collections::BTreeSet;

use clausebook::model::Deadline;
use clausebook::pipeline;
use clausebook::time::{Day, Length, parse_day};

use super::project::{Project, fixture, repository};

fn day(text: &str) -> Day {
    parse_day(text).unwrap_or_else(|error| panic!("{text}: {error:?}"))
}

/// A deadline as the fixture writes it.
fn deadline(form: &str) -> Deadline {
    let length = |text| Length::parse(text).unwrap_or_else(|error| panic!("{form}: {error:?}"));
    match form.split_once(' ') {
        Some(("within", text)) => Deadline::Within(length(text)),
        Some(("before", text)) => Deadline::Before(length(text)),
        None if form == "same-day" => Deadline::SameDay,
        None if form == "day-before" => Deadline::DayBefore,
        _ => panic!("{form}"),
    }
}

#[test]
fn deadlines_of_events_are_those_of_the_python_oracle() {
    let calendar = std::fs::read(repository().join("content/calendar.yaml")).expect("the calendar");
    let project = Project::new().write("content/calendar.yaml", calendar);
    let inputs = pipeline::load(project.root()).expect("reads");
    let calendar = &inputs.model.calendar;
    let csv = fixture("event-deadlines.csv");
    let (mut forms, mut years, mut rows) = (BTreeSet::new(), BTreeSet::new(), 0);
    for line in csv.lines().skip(1) {
        let cells: Vec<&str> = line.split(',').collect();
        let [event, form, due] = cells[..] else { panic!("{line}") };
        assert_eq!(deadline(form).day(day(event), calendar), Ok(day(due)), "{line}");
        forms.insert(form);
        years.insert(&event[..4]);
        rows += 1;
    }
    assert_eq!((forms.len(), years.len()), (6, 8));
    assert!(rows > 500, "only {rows} rows");
}

#[test]
fn on_or_before_is_the_day_itself() {
    let project = Project::new();
    let inputs = pipeline::load(project.root()).expect("reads");
    let on = day("2026-02-17");
    assert_eq!(Deadline::OnOrBefore.day(on, &inputs.model.calendar), Ok(on));
}
