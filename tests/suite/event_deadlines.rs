//! When answers to events fall due, over the whole office calendar, against the days that
//! `tests/oracle/event_deadlines.py` counts from the words of the clauses.

use std::collections::BTreeSet;

use clausebook::model::Deadline;
use clausebook::pipeline;
use clausebook::time::{Backward, Counted, Day, Length, parse_day};

use super::project::{Project, fixture, repository};

fn day(text: &str) -> Day {
    parse_day(text).unwrap_or_else(|error| panic!("{text}: {error:?}"))
}

/// A deadline as the fixture writes it.
fn deadline(form: &str) -> Deadline {
    let length = |text| Length::parse(text).unwrap_or_else(|error| panic!("{form}: {error:?}"));
    match form.split_once(' ') {
        Some(("within", text)) => Deadline::Within(length(text)),
        Some(("before", text)) => {
            let backward = Backward::new(length(text), Counted::NthDay);
            Deadline::Before(backward.unwrap_or_else(|| panic!("{form}")))
        }
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

#[test]
fn an_event_that_names_a_regulation_starts_only_its_duties() {
    let project = |regulation: &str| {
        Project::new()
            .with_regulations()
            .as_of("2026-11-21")
            .write("content/systems.yaml", SYSTEM)
            .write("content/units.yaml", UNIT)
            .write(
                "content/events.yaml",
                format!("id: odd\nkind: anomaly-found\non: 2026-10-01\nagency: city\n{regulation}"),
            )
    };
    let started = |project: &Project| -> Vec<String> {
        project.rows().into_keys().filter(|id| id.ends_with("/odd")).collect()
    };
    assert_eq!(
        started(&project("")),
        [
            "taipei-cadastral/anomaly-disciplined/city/odd",
            "taipei-market-household/anomaly-reported/city/odd"
        ]
    );
    assert_eq!(
        started(&project("regulation: taipei-cadastral\n")),
        ["taipei-cadastral/anomaly-disciplined/city/odd"]
    );
    project("regulation: taipei-cadastre\n").run("check").code(1).stderr_has("taipei-cadastral");
}

const SYSTEM: &str = "\
id: platform
name: 平臺
agency: city
regulations: [taipei-cadastral, taipei-market-household]
";

const UNIT: &str = "\
id: desk
agency: city
name: 一科
kind: unit
uses: [{system: platform, from: 2026-01-01}]
";

/// 個人資料逾一百人者: a duty about an event may ask of the event itself.
#[test]
fn a_condition_may_ask_of_the_event() {
    let rule = "kind: event\nscope: agency\nwhen: event.attributes.persons > 100\nevent: leak\ndeadline: {within: 3 days}\n";
    let row = |attributes: &str| {
        let event = format!("id: e1\nkind: leak\non: 2026-01-05\nagency: city\n{attributes}");
        let project = Project::new().duty(rule).write("content/events.yaml", event);
        project.as_of("2026-01-12").row("law/check/city/e1")
    };
    row("attributes: {persons: 101}\n").is("overdue");
    row("attributes: {persons: 100}\n").is("not-applicable");
    row("").is("unknown");
}
