//! Every day that is shown with its reckoning: the steps end on the day that was judged by, each
//! paragraph has its name, and `day` prints the same line.

use clausebook::assess::reckoning;
use clausebook::pipeline::load;
use clausebook::time::parse_day;
use serde_json::{Value, json};

use super::project::{Project, repository};

#[test]
fn every_due_date_of_the_demo_is_where_its_steps_end() {
    let mut inputs = load(repository()).expect("the demo is read");
    let (known, assessment) = inputs.assess(parse_day("2026-11-21").expect("a day"));
    let mut kinds = std::collections::BTreeSet::new();
    for (_, occurrence) in assessment.iter() {
        let steps = reckoning(&known, occurrence);
        assert_eq!(steps.day(), occurrence.due, "{occurrence:?}");
        kinds.extend(steps.steps.iter().map(|step| step.what.as_str()));
    }
    // A look at nothing would pass as well.
    for kind in
        ["first-day", "before-counterpart", "whole-months", "is-worked", "working-days-before"]
    {
        assert!(kinds.contains(kind), "{kind}: {kinds:?}");
    }
}

#[test]
fn a_day_is_printed_with_its_steps_inside_a_site_and_outside() {
    for project in [Project::new(), Project::empty()] {
        let line = "2026-07-31\n自 2026-04-30 起 → 始日不計，自 2026-05-01 起算（行政程序法第48條第2項） → \
                    自月之始日起算滿 3 個月，至月之末日 2026-07-31（行政程序法第48條第3項）";
        project.run("day 2026-04-30 +3 months").code(0).stdout_has(line);
    }
    let outside = Project::empty();
    for (args, day) in [
        // 6 月 19 日為端午節.
        ("day 2026-06-11 +10 working days", "2026-06-26"),
        ("day 2026-06-11 -10 days", "2026-06-01"),
        ("day 2026-06-11 -10 days --counted clear-days", "2026-05-31"),
        ("day 2026-05-15 +1 day", "2026-05-18"),
        ("day 2026-05-15 +1 day --keep", "2026-05-16"),
        ("day 115-05-01 +1 month --count event-day --keep", "2026-05-31"),
    ] {
        let run = outside.run(&format!("{args} --format json")).code(0);
        let value: Value = serde_json::from_str(&run.stdout).expect("JSON");
        assert_eq!(value["day"], json!(day), "{args}");
        let steps = value["steps"].as_array().expect("steps");
        assert_eq!(steps.last().expect("a step")["day"], json!(day), "{args}");
    }
    outside.run("day 2026-06-11 -1 month").code(2).stderr_has("no law says");
    outside.run("day 2035-06-11 +10 working days").code(2).stderr_has("the office calendar");
    outside.run("day 2026-06-11 +72 hours").code(2).stderr_has("hours are counted from an instant");
}

#[test]
fn saturday_is_said_by_the_law_that_speaks_of_it() {
    let outside = Project::empty();
    let saturday = "末日為星期六，以次星期一 2026-05-18 上午為末日（行政程序法第48條第4項後段）";
    outside.run("day 2026-05-15 +1 day").code(0).stdout_has(saturday);
    outside.run("day 2026-05-15 +1 day --ground civil-119").code(0).stdout_has("（民法第122條）");
}

#[test]
fn hours_run_from_an_instant_through_days_off() {
    let run = Project::empty().run("day 2026-11-20T16:40+08:00 +72 hours").code(0);
    run.stdout_has("2026-11-23T16:40+08:00\n").stdout_has("行政程序法第48條第1項");
}

#[test]
fn a_rule_counts_from_the_day_of_the_event_where_its_text_says_so() {
    let rule = |count: &str| {
        format!(
            "kind: event\nscope: unit\nevent: change\nground: civil-119\ndeadline: {{within: 5 days{count}}}\nanswer: told\n"
        )
    };
    let event = "id: e1\nkind: change\non: 2026-05-04\nunit: desk\n";
    for (count, due) in [("", "2026-05-09"), (", count: event-day", "2026-05-08")] {
        let project = Project::new().duty(&rule(count)).write("content/events.yaml", event);
        let project = project.as_of("2026-05-20");
        assert_eq!(project.row("law/check/desk/e1").text("due"), due, "{count}");
    }
    let misplaced = "kind: event\nscope: unit\nevent: change\ndeadline: {before: 5 days, count: event-day}\nanswer: told\n";
    let run = Project::new().duty(misplaced).run("check").code(1);
    run.stderr_has("`count` belongs to `within`");
}
