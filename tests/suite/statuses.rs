//! Every status with the smallest site that shows it, every kind of shortfall, and the chains of
//! duties counted from the last time. The duty is `law/check`, the unit `desk`, in use since
//! 2025-01-01; the period is January 2026, due by the end of February.

use std::collections::BTreeMap;

use super::project::{Project, Row};

const MONTHLY: &str = "kind: periodic\nscope: unit\nevery: month\ndue: [{on: site-default}]\n";
const JANUARY: &str = "law/check/desk/2026-01";

/// A site with a monthly duty of units that asks for more.
fn monthly(more: &str) -> Project {
    Project::new().duty(&format!("{MONTHLY}{more}")).as_of("2026-02-20")
}

/// An audit of January 2026, done on a day, with more lines.
fn audit(id: &str, done_on: &str, more: &str) -> String {
    let lines: String = more.lines().map(|line| format!("  {line}\n")).collect();
    format!(
        "- id: {id}\n  obligation: law/check\n  scope: desk\n  period: 2026-01\n  done_on: {done_on}\n{lines}"
    )
}

/// A site whose unit made so many queries in January 2026.
fn used(project: Project, queries: u64) -> Project {
    let usage = format!(
        "- {{unit: desk, system: net, month: 2026-01, queries: {queries}, active_users: 2, total_users: 5}}\n"
    );
    project.write("content/usage.yaml", usage)
}

/// A piece of evidence on a form, received on a day.
fn evidence(id: &str, form: &str, received_on: &str) -> String {
    format!("- {{id: {id}, title: 表, form: {form}, received_on: {received_on}, document: 文一}}\n")
}

const SAMPLE: &str = "sample:\n  records: {of: queries, tiers: [{rate: 6%, min: 6, max: 80}]}\n";

/// The status of January as of a day.
#[track_caller]
fn january(project: Project, as_of: &str) -> Row {
    project.as_of(as_of).row(JANUARY)
}

// The ten statuses

#[test]
fn upcoming_until_the_window_opens_and_overdue_after_it_closes() {
    for (as_of, status, figure) in [
        ("2025-02-01", "upcoming", "2026"),
        ("2026-01-31", "upcoming", "2026"),
        ("2026-02-01", "open", "27"),
        ("2026-02-13", "open", "15"),
        ("2026-02-14", "due-soon", "14"),
        ("2026-02-28", "due-soon", "本日"),
        ("2026-03-01", "overdue", "1"),
        ("2026-03-30", "overdue", "30"),
    ] {
        january(monthly(""), as_of)
            .is(status)
            .because(figure)
            .has("opens", "2026-02-01")
            .has("due", "2026-02-28")
            .has("done_on", "");
    }
}

#[test]
fn nothing_is_late_by_a_day_that_the_calendar_cannot_count() {
    let site = |calendar: &str| {
        Project::new()
            .duty("kind: periodic\nscope: unit\nevery: month\ndue: [{within: 10 working days}]\n")
            .write("content/calendar.yaml", calendar)
    };
    let december =
        |project: Project, as_of: &str| project.as_of(as_of).row("law/check/desk/2026-12");
    let (known, lacking) = (
        "years: {2026: {holidays: {2026-01-01: 元旦}}, 2027: {holidays: {2027-01-02: 週六}}}\n",
        "years: {2026: {holidays: {2026-01-01: 元旦}}}\n",
    );
    // With no holiday on a weekday known, ten weekdays after New Year's Eve.
    for (calendar, as_of, status) in [
        (known, "2027-01-14", "due-soon"),
        (known, "2027-01-15", "overdue"),
        (lacking, "2027-01-14", "due-soon"),
        (lacking, "2027-01-15", "unknown"),
    ] {
        december(site(calendar), as_of).is(status).has("due", "2027-01-14");
    }
    december(site(lacking), "2027-01-15").because("116年");
    let done = audit("a1", "2027-01-05", "").replace("2026-01", "2026-12");
    let done = |calendar| site(calendar).write("content/audits.yaml", done.clone());
    december(done(known), "2027-01-15").is("done");
    december(done(lacking), "2027-01-15").is("unknown").because("116年");
    // A day off that may have moved.
    let moved = "kind: periodic\nscope: unit\nevery: month\ndue: [{on: period-end}]\non_holiday: next-working-day\n";
    let moved = Project::new().duty(moved).write("content/calendar.yaml", lacking);
    moved.as_of("2027-03-01").row("law/check/desk/2027-01").is("unknown");
}

#[test]
fn due_soon_begins_where_the_site_says() {
    let config = |days: u32| format!("name: 站\nagency: 局\ndue_soon_days: {days}\n");
    for (days, as_of, status) in
        [(0, "2026-02-27", "open"), (0, "2026-02-28", "due-soon"), (27, "2026-02-01", "due-soon")]
    {
        january(monthly("").write("clausebook.yaml", config(days)), as_of).is(status);
    }
}

#[test]
fn done_in_time_and_late() {
    for (done_on, status) in
        [("2026-02-01", "done"), ("2026-02-28", "done"), ("2026-03-01", "done-late")]
    {
        let project = monthly("").write("content/audits.yaml", audit("a1", done_on, ""));
        january(project, "2026-04-01").is(status).has("done_on", done_on);
    }
}

#[test]
fn done_shows_the_figures_and_the_acts() {
    let project = used(monthly(SAMPLE), 334)
        .write("content/audits.yaml", audit("a1", "2026-02-10", "sample: {records: 21}"));
    let row = january(project, "2026-02-20").is("done").records(Some(21), Some(21));
    let row = row.because("334").because("20.04");
    assert_eq!(row.0["audits"], serde_json::json!(["a1"]));
}

#[test]
fn not_applicable_where_nothing_was_queried() {
    let row = january(used(monthly(SAMPLE), 0), "2026-03-10").is("not-applicable");
    row.because("母體為 0").records(Some(0), None);
}

#[test]
fn not_applicable_where_the_condition_does_not_hold() {
    let row = january(monthly("when: unit.kind == \"office\"\n"), "2026-03-10");
    row.is("not-applicable").because("單位性質為所屬所隊");
    january(monthly("when: unit.kind == \"unit\"\n"), "2026-03-10").is("overdue");
}

#[test]
fn unknown_where_usage_is_not_recorded_though_something_was_done() {
    let done = audit("a1", "2026-02-10", "sample: {records: 21}");
    let project = monthly(SAMPLE).write("content/audits.yaml", &done);
    january(project, "2026-03-01").is("unknown").because("115年1月").records(None, Some(21));
    // What the auditors found counts where the usage records are silent.
    let stated = audit("a1", "2026-02-10", "population: {records: 334}\nsample: {records: 21}");
    let project = monthly(SAMPLE).write("content/audits.yaml", stated);
    january(project, "2026-02-20").is("done").records(Some(21), Some(21));
    // The larger of two that differ counts.
    let less = audit("a1", "2026-02-10", "population: {records: 100}\nsample: {records: 6}");
    let project = used(monthly(SAMPLE), 334).write("content/audits.yaml", less);
    january(project, "2026-03-01").is("deficient").because("100").because("334");
}

#[test]
fn a_population_that_is_not_known_yet_keeps_nothing_from_being_due() {
    // Nobody recorded usage: overdue all the same, and never "not applicable".
    january(monthly(SAMPLE), "2026-03-10").is("overdue").records(None, None);
    // A month that still runs is not missing yet; one that is over is.
    january(monthly(SAMPLE), "2026-01-20").is("upcoming").not_because("未登載");
    january(monthly(SAMPLE), "2026-02-01").is("open").because("未登載");
    // The period is not over: what is recorded of it is no population yet.
    january(used(monthly(SAMPLE), 0), "2026-01-20").is("upcoming");
    january(used(monthly(SAMPLE), 334), "2026-01-31").is("upcoming").records(Some(21), None);
}

#[test]
fn waived_while_a_waiver_covers_the_due_date() {
    let waiver = |from: &str, until: &str, approved: &str| {
        format!(
            "id: w1\nobligation: law/check\nscope: desk\nreason: 機房搬遷\nfrom: {from}\nuntil: {until}\napproved: {{on: {approved}, by: chief}}\n"
        )
    };
    for (from, until, approved, status) in [
        ("2026-02-28", "2026-02-28", "2026-01-01", "waived"),
        ("2026-01-01", "2026-12-31", "2026-02-28", "waived"),
        // Approved after the due date: what was overdue is not forgiven.
        ("2026-01-01", "2026-12-31", "2026-03-01", "overdue"),
        ("2026-03-01", "2026-12-31", "2026-01-01", "overdue"),
        ("2026-01-01", "2026-02-27", "2026-01-01", "overdue"),
        // Approved after the as-of date.
        ("2026-01-01", "2026-12-31", "2026-03-11", "overdue"),
    ] {
        let project = monthly("").write("content/waivers.yaml", waiver(from, until, approved));
        let row = january(project, "2026-03-10").is(status);
        if status == "waived" {
            row.because("機房搬遷").because("w1");
        }
    }
    // What was done although it need not be is done; what was done badly is forgiven.
    let waiver = waiver("2026-01-01", "2026-12-31", "2026-01-01");
    let done = |more| {
        monthly("joint: [政風室]\n")
            .write("content/waivers.yaml", &waiver)
            .write("content/audits.yaml", audit("a1", "2026-02-10", more))
    };
    january(done("joint: [政風室]"), "2026-03-10").is("done");
    january(done(""), "2026-03-10").is("waived").because("政風室");
}

// Shortfalls

/// An audit that lacks what the duty asks for, and the same with it.
#[track_caller]
fn short_and_whole(asks: &str, short: &str, whole: &str, because: &str) {
    let roles = "- {id: head, title: 處長, reach: agency}\n";
    let posts = "- {id: chief, agency: city, title: 科長, staff: A001}\n- {id: head, agency: city, title: 處長, staff: A002, roles: [head]}\n";
    for (more, status) in [(short, "deficient"), (whole, "done")] {
        let project = used(monthly(asks), 334)
            .write("content/audits.yaml", audit("a1", "2026-02-10", more))
            .write("content/roles.yaml", roles)
            .write("content/posts.yaml", posts)
            .write("content/evidence.yaml", evidence("e1", "抽查表", "2026-02-10"));
        let row = january(project, "2026-03-01").is(status);
        if status == "deficient" {
            row.because(because).has("done_on", "");
        } else {
            row.has("done_on", "2026-02-10");
        }
    }
}

#[test]
fn short_of_records_and_users() {
    short_and_whole(SAMPLE, "sample: {records: 20}", "sample: {records: 21}", "不足 1 件");
    short_and_whole(SAMPLE, "note: 無", "sample: {records: 80}", "不足 21 件");
    let users = "sample:\n  users: {of: users, tiers: [{rate: 50%}]}\n";
    short_and_whole(users, "sample: {users: 2}", "sample: {users: 3}", "不足 1");
}

#[test]
fn short_of_a_month() {
    let duty = "kind: periodic\nscope: unit\nevery: quarter\ndue: [{months_after: 1, day: last}]\nsample: {months: every-used}\n";
    let month = |number: u32, queries: u32| {
        format!(
            "- {{unit: desk, system: net, month: 2026-0{number}, queries: {queries}, active_users: 1, total_users: 1}}\n"
        )
    };
    let usage: String = [month(1, 5), month(2, 0), month(3, 7)].concat();
    let row = |months: &str| {
        let audit = audit("a1", "2026-04-10", &format!("sample: {{months: [{months}]}}"))
            .replace("period: 2026-01", "period: 2026-Q1");
        let project = Project::new()
            .duty(duty)
            .as_of("2026-05-01")
            .write("content/usage.yaml", &usage)
            .write("content/audits.yaml", audit);
        project.row("law/check/desk/2026-Q1")
    };
    row("2026-01, 2026-03").is("done").because("2 個月");
    row("2026-01, 2026-02").is("deficient").because("缺 1 個月");
    row("").is("deficient").because("缺 2 個月");
}

#[test]
fn short_of_a_party() {
    let asks = "joint: [政風室, 資訊室]\n";
    short_and_whole(asks, "joint: [政風室]", "joint: [資訊室, 政風室]", "資訊室");
}

#[test]
fn short_of_the_approval() {
    let asks = "approval: 處長\n";
    let approved = |by: &str| format!("approved: {{on: 2026-02-10, by: {by}}}\nauditors: [chief]");
    short_and_whole(asks, "note: 無", &approved("head"), "處長");
    // Nobody approves what he did himself.
    short_and_whole(asks, &approved("chief"), &approved("head"), "自己");
}

#[test]
fn what_is_missing_before_the_due_date_is_still_to_do() {
    let project =
        || monthly("joint: [政風室]\n").write("content/audits.yaml", audit("a1", "2026-02-10", ""));
    january(project(), "2026-02-13").is("open").because("政風室").because("待補");
    january(project(), "2026-02-28").is("due-soon");
    january(project(), "2026-03-01").is("deficient");
}

#[test]
fn short_of_evidence() {
    short_and_whole("evidence: [抽查表]\n", "note: 無", "evidence: [e1]", "抽查表");
}

#[test]
fn short_of_surprise() {
    short_and_whole("unannounced: true\n", "note: 無", "unannounced: true", "無預警");
}

#[test]
fn done_before_the_window_opens_is_short() {
    // Only a text makes a window: where it states no day, an act of the period itself counts.
    let project = |due: &str, on: &str| {
        let duty = format!("kind: periodic\nscope: unit\nevery: month\ndue: [{due}]\n");
        Project::new().duty(&duty).write("content/audits.yaml", audit("a1", on, ""))
    };
    let (limit, site) = ("{months_after: 1, day: last}", "{on: site-default}");
    let text = "{months_after: 1, day: last, opens: after-period}";
    january(project(text, "2026-01-31"), "2026-03-01").is("deficient").because("民國115年1月31日");
    january(project(limit, "2026-01-31"), "2026-03-01").is("done").has("due_basis", "text");
    january(project(text, "2026-02-01"), "2026-03-01").is("done").has("due_basis", "text");
    january(project(site, "2026-01-31"), "2026-03-01").is("done").has("due_basis", "site-default");
    january(project(site, "2025-12-31"), "2026-03-01").is("deficient");
}

#[test]
fn short_and_late_tells_both() {
    let project =
        monthly("joint: [政風室]\n").write("content/audits.yaml", audit("a1", "2026-03-05", ""));
    january(project, "2026-03-10").is("deficient").because("政風室").because("5 日");
}

#[test]
fn short_of_hours() {
    let duty = "kind: periodic\nscope: post\nevery: year\ndue: [{on: period-end}]\nanswered_by: training\nhours: 3\n";
    let held = |hours: &[(&str, u32)]| {
        let trainings: String = hours
            .iter()
            .map(|(on, hours)| {
                format!("- {{id: t-{on}, post: chief, on: {on}, hours: {hours}, title: 資安}}\n")
            })
            .collect();
        let project = Project::new().duty(duty).as_of("2027-01-05");
        project.write("content/trainings.yaml", trainings).row("law/check/chief/2026")
    };
    held(&[]).is("overdue");
    held(&[("2026-03-01", 2)]).is("deficient").because("不足 1 小時");
    // Hours add up; the duty is done when they suffice, and not before.
    held(&[("2026-03-01", 2), ("2026-05-01", 1), ("2026-09-01", 3)])
        .is("done")
        .has("done_on", "2026-05-01");
    // Too few while the year still runs are no shortfall yet.
    let trainings = "- {id: t1, post: chief, on: 2026-03-01, hours: 2, title: 資安}\n";
    let project = Project::new().duty(duty).as_of("2026-06-01");
    project.write("content/trainings.yaml", trainings).row("law/check/chief/2026").is("open");
    // Of another year.
    held(&[("2025-12-31", 3), ("2026-03-01", 2)]).is("deficient");
}

#[test]
fn sent_to_somebody_else_is_short() {
    let duty = "kind: periodic\nscope: agency\nevery: half-year\ndue: [{months_after: 2, day: last}]\nanswered_by: submission\nto: 民政局\n";
    let sent = |to: &str, on: &str| {
        let record = format!(
            "id: s1\nobligation: law/check\nscope: city\nperiod: 2025-H2\nsent_on: {on}\nto: {to}\n"
        );
        let project = Project::new().duty(duty).as_of("2026-03-20");
        project.write("content/submissions.yaml", record).row("law/check/city/2025-H2")
    };
    sent("民政局", "2026-02-28").is("done");
    sent("民政局", "2026-03-01").is("done-late");
    sent("地政局", "2026-02-28").is("deficient").because("民政局");
}

// Several acts

#[test]
fn audits_add_up_and_complete_the_duty_on_the_day_of_the_last() {
    let both = audit("a1", "2026-02-10", "sample: {records: 10}")
        + &audit("a2", "2026-02-20", "sample: {records: 11}");
    let project = || used(monthly(SAMPLE), 334).write("content/audits.yaml", &both);
    january(project(), "2026-02-15").is("due-soon").records(Some(21), Some(10));
    january(project(), "2026-02-20")
        .is("done")
        .records(Some(21), Some(21))
        .has("done_on", "2026-02-20");
    // A third one changes nothing of the day.
    let three = both.clone() + &audit("a3", "2026-03-05", "sample: {records: 5}");
    let project = used(monthly(SAMPLE), 334).write("content/audits.yaml", three);
    january(project, "2026-03-10")
        .is("done")
        .records(Some(21), Some(26))
        .has("done_on", "2026-02-20");
    // Complete only after the due date.
    let late = audit("a1", "2026-02-10", "sample: {records: 10}")
        + &audit("a2", "2026-03-01", "sample: {records: 11}");
    let project = used(monthly(SAMPLE), 334).write("content/audits.yaml", late);
    january(project, "2026-03-10").is("done-late").has("done_on", "2026-03-01");
}

#[test]
fn each_party_and_form_may_come_with_another_act() {
    let asks = "joint: [政風室, 資訊室]\nevidence: [甲表, 乙表]\n";
    let both = audit("a1", "2026-02-10", "joint: [政風室]\nevidence: [e1]")
        + &audit("a2", "2026-02-12", "joint: [資訊室]\nevidence: [e2]");
    let project = monthly(asks).write("content/audits.yaml", both).write(
        "content/evidence.yaml",
        evidence("e1", "甲表", "2026-02-10") + &evidence("e2", "乙表", "2026-02-12"),
    );
    january(project, "2026-02-20").is("done").has("done_on", "2026-02-12");
}

#[test]
fn a_sample_of_what_other_audits_looked_at() {
    let rules = "\
- id: check
  kind: periodic
  clauses: [\"2\"]
  title: 單位稽核
  scope: unit
  every: month
  due: [{on: site-default}]
- id: review
  kind: periodic
  clauses: [\"3\"]
  title: 機關稽核
  scope: agency
  every: quarter
  due: [{months_after: 1, day: last}]
  sample:
    records: {of: audited-records, in: check, tiers: [{rate: 50%}]}
";
    let unit = |id: &str, month: &str, records: u32| {
        format!(
            "- {{id: {id}, obligation: law/check, scope: desk, period: {month}, done_on: 2026-04-02, sample: {{records: {records}}}}}\n"
        )
    };
    let review = |records: u32| {
        format!(
            "- {{id: r1, obligation: law/review, scope: city, period: 2026-Q1, done_on: 2026-04-10, sample: {{records: {records}}}}}\n"
        )
    };
    let row = |audits: String| {
        let project = used(Project::new(), 100).as_of("2026-05-01");
        let project = project.write("regulations/law/obligations.yaml", rules);
        let usage: String = (1..=3)
            .map(|month| format!("- {{unit: desk, system: net, month: 2026-0{month}, queries: 9, active_users: 1, total_users: 1}}\n"))
            .collect();
        let project = project.write("content/usage.yaml", usage);
        project.write("content/audits.yaml", audits).row("law/review/city/2026-Q1")
    };
    let units = unit("a1", "2026-01", 5)
        + &unit("a2", "2026-02", 0)
        + &unit("a4", "2026-03", 4)
        + &unit("a3", "2025-12", 90);
    row(units.clone() + &review(5)).is("done").records(Some(5), Some(5));
    row(units.clone() + &review(4)).is("deficient").records(Some(5), Some(4));
    // Without the audits it is drawn from nobody can tell.
    row(review(4)).is("unknown").records(None, Some(4));
    // One that is missing makes the base unknown, never smaller.
    let fewer = unit("a1", "2026-01", 5) + &unit("a2", "2026-02", 0) + &review(5);
    row(fewer).is("unknown").records(None, Some(5));
    // What came after cannot have been measured.
    let later = units
        .replace("period: 2026-03, done_on: 2026-04-02", "period: 2026-03, done_on: 2026-04-11");
    row(later + &review(5)).is("unknown");
    row(units).is("overdue").records(Some(5), None);
}

// As of an earlier day

#[test]
fn records_of_later_days_do_not_count_yet() {
    let project = |as_of: &str| {
        used(monthly("approval: 處長\nevidence: [抽查表]\n"), 334)
            .write(
                "content/audits.yaml",
                audit("a1", "2026-02-10", "approved: {on: 2026-02-12, by: chief}\nevidence: [e1]"),
            )
            .write("content/evidence.yaml", evidence("e1", "抽查表", "2026-02-14"))
            .write("content/roles.yaml", "- {id: head, title: 處長, reach: agency}\n")
            .write(
                "content/posts.yaml",
                "id: chief\nagency: city\ntitle: 處長\nstaff: A001\nroles: [head]\n",
            )
            .write(
                "content/findings.yaml",
                "id: f1\naudit: a1\ntitle: 缺失\ngrade: minor\nfound_on: 2026-02-16\n",
            )
            .as_of(as_of)
            .row(JANUARY)
    };
    // The audit, then its approval, then its paper, then what it found.
    project("2026-02-09").is("open");
    project("2026-02-10").is("open").because("處長").because("抽查表");
    project("2026-02-12").is("open").because("抽查表").not_because("處長");
    let row = project("2026-02-14").is("done").has("done_on", "2026-02-14");
    assert_eq!(row.0["findings"], serde_json::json!([]));
    let row = project("2026-02-16").is("done");
    assert_eq!(row.0["findings"], serde_json::json!(["f1"]));
    // Usage of a month that is not over is not the month's usage.
    january(used(monthly(SAMPLE), 0), "2026-01-31").is("not-applicable");
    january(used(monthly(SAMPLE), 0), "2026-01-30").is("upcoming");
}

// Duties counted from the last time

/// Half a year from 2025-01-01, due 2025-07-01 (行政程序法第48條: counted from 01-02), of a rule that ends.
#[test]
fn what_fell_due_before_a_rule_ended_stays_owed() {
    let row = |until: &str, audits: &str, as_of: &str| {
        let rule =
            format!("kind: interval\nscope: agency\nno_more_than: 6 months\nuntil: {until}\n");
        let project = Project::new().duty(&rule).write("content/audits.yaml", audits).as_of(as_of);
        project.rows()
    };
    let seen = |rows: BTreeMap<String, Row>| -> Vec<String> {
        rows.values().map(|row| row.text("status").to_owned()).collect()
    };
    for until in ["2025-07-01", "2025-12-31"] {
        for as_of in ["2025-07-02", "2026-01-01", "2026-10-01"] {
            assert_eq!(seen(row(until, "", as_of)), ["overdue"], "{until} {as_of}");
        }
    }
    // The day before it falls due the rule is law no more.
    assert!(row("2025-06-30", "", "2026-01-01").is_empty());
    let done = |on: &str| format!("id: a1\nobligation: law/check\nscope: city\ndone_on: {on}\n");
    assert_eq!(seen(row("2025-07-01", &done("2025-08-01"), "2026-10-01")), ["done-late"]);
    assert_eq!(seen(row("2025-07-01", &done("2025-07-01"), "2026-10-01")), ["done"]);
    // What is done when the rule is law no more answers nothing that it did not ask.
    assert!(row("2025-06-30", &done("2025-07-01"), "2026-01-01").is_empty());
}

/// 經分級後一年內: what is asked of a year is asked of its last day, on whatever day it is judged.
#[test]
fn a_period_is_asked_of_its_last_day() {
    let rule = "kind: periodic\nscope: agency\nwhen: as_of > months_after(agency.query_right.opened_on, 12)\nevery: year\ndue: [{months_after: 1, day: last}]\n";
    let agency =
        "id: city\nname: 測試局\nquery_right: {applied_on: 2025-01-05, opened_on: 2025-01-31}\n";
    let project = Project::new().duty(rule).write("content/agencies.yaml", agency);
    for as_of in ["2026-01-31", "2026-02-01", "2026-11-28"] {
        let project = Project::new().duty(rule).write("content/agencies.yaml", agency).as_of(as_of);
        project.row("law/check/city/2025").is("not-applicable");
        // Twelve months after 2025-01-31 end on 2026-01-31: 2026 is asked, before that day, too.
        assert_ne!(project.row("law/check/city/2026").text("status"), "not-applicable", "{as_of}");
    }
    project.as_of("2027-02-01").row("law/check/city/2026").is("overdue");
}

const YEARLY: &str = "kind: interval\nscope: agency\nno_more_than: 6 months\n";

/// Inventories on these days, and the gaps with their due dates and statuses.
fn chain(first_use: &str, days: &[&str], as_of: &str) -> Vec<String> {
    let audits: String = days
        .iter()
        .enumerate()
        .map(|(n, day)| {
            format!("- {{id: a{n}, obligation: law/check, scope: city, done_on: {day}}}\n")
        })
        .collect();
    let project = Project::new()
        .duty(YEARLY)
        .as_of(as_of)
        .write("content/audits.yaml", audits)
        .write("content/units.yaml", format!("id: desk\nagency: city\nname: 一科\nkind: unit\nuses: [{{system: net, from: {first_use}}}]\n"));
    let told = |(_, row): (String, Row)| {
        format!("{} {} {}", row.text("period"), row.text("due"), row.text("status"))
    };
    project.rows().into_iter().map(told).collect()
}

#[test]
fn a_chain_runs_from_the_first_use_and_then_from_act_to_act() {
    assert_eq!(chain("2025-03-15", &[], "2025-06-01"), ["2025-03-15 2025-09-15 open"]);
    assert_eq!(chain("2025-03-15", &[], "2025-09-15"), ["2025-03-15 2025-09-15 due-soon"]);
    assert_eq!(chain("2025-03-15", &[], "2025-09-16"), ["2025-03-15 2025-09-15 overdue"]);
    // On the due day, and a day after it: the next gap begins with the act.
    assert_eq!(
        chain("2025-03-15", &["2025-09-15"], "2025-10-01"),
        ["2025-03-15 2025-09-15 done", "2025-09-15 2026-03-15 open"]
    );
    assert_eq!(
        chain("2025-03-15", &["2025-09-16"], "2025-10-01"),
        ["2025-03-15 2025-09-15 done-late", "2025-09-16 2026-03-16 open"]
    );
    // Two on one day close one gap.
    assert_eq!(
        chain("2025-03-15", &["2025-05-01", "2025-05-01"], "2025-06-01"),
        ["2025-03-15 2025-09-15 done", "2025-05-01 2025-11-01 open"]
    );
    // An act of a later day does not count yet.
    assert_eq!(chain("2025-03-15", &["2025-05-01"], "2025-04-30"), ["2025-03-15 2025-09-15 open"]);
    // Nothing is asked before the first use.
    assert_eq!(chain("2025-03-15", &[], "2025-03-14"), [""; 0]);
}

#[test]
fn months_without_a_counterpart_end_with_the_month() {
    // 行政程序法第48條第3項; each gap is counted from its own beginning, so nothing drifts.
    assert_eq!(
        chain("2025-08-31", &["2026-02-28", "2026-08-28", "2027-08-31"], "2028-02-29"),
        [
            "2025-08-31 2026-02-28 done",
            "2026-02-28 2026-08-31 done",
            "2026-08-28 2027-02-28 done-late",
            "2027-08-31 2028-02-29 due-soon",
        ]
    );
}

#[test]
fn acts_on_the_day_the_duty_begins() {
    // An inventory on the first day of use starts the first gap anew: there is one gap, not two.
    let gaps = chain("2025-03-15", &["2025-03-15"], "2025-06-01");
    assert_eq!(gaps, ["2025-03-15 2025-09-15 open"]);
}

#[test]
fn passwords_are_asked_for_until_the_account_ends() {
    let duty =
        "kind: interval\nscope: account\nno_more_than: 3 months\nanswered_by: password-change\n";
    let account = |more: &str| {
        let record = format!(
            "id: u1\nsystem: net\nunit: desk\nstaff: A1\nrole: general\nopened_on: 2025-11-30\n{more}"
        );
        let project = Project::new().duty(duty).as_of("2026-06-10");
        let rows = project.write("content/accounts.yaml", record).rows();
        let told = |(_, row): (String, Row)| {
            format!("{} {} {}", row.text("period"), row.text("due"), row.text("status"))
        };
        rows.into_iter().map(told).collect::<Vec<_>>()
    };
    assert_eq!(account(""), ["2025-11-30 2026-02-28 overdue"]);
    assert_eq!(
        account("password_changed: [2026-05-01, 2026-02-28]\n"),
        ["2025-11-30 2026-02-28 done", "2026-02-28 2026-05-31 done", "2026-05-01 2026-08-01 open"]
    );
    // Cancelled before the date it was due: nothing more is asked. After it: it was late.
    assert_eq!(account("cancelled_on: 2026-02-27\n"), [""; 0]);
    assert_eq!(account("cancelled_on: 2026-03-01\n"), ["2025-11-30 2026-02-28 done-late"]);
    // Cancelled after the as-of date: not known yet.
    let changed = "password_changed: [2026-02-28, 2026-05-28]\n";
    assert_eq!(
        account(&format!("{changed}cancelled_on: 2026-06-11\n")).last().map(String::as_str),
        Some("2026-05-28 2026-08-28 open")
    );
    assert_eq!(account(&format!("{changed}cancelled_on: 2026-06-10\n")).len(), 2);
    assert_eq!(
        account("password_changed: [2026-02-28]\nsuspended_on: 2026-04-01\n"),
        ["2025-11-30 2026-02-28 done"]
    );
}

// Duties that an event sets going

/// A site with a duty of units about an event, and one event on Monday 2026-03-09.
fn event(deadline: &str, more: &str, event: &str) -> Project {
    let calendar =
        "years: {2025: {holidays: {2025-01-01: 元旦}}, 2026: {holidays: {2026-02-27: 補假}}}\n";
    Project::new()
        .duty(&format!(
            "kind: event\nscope: unit\nevent: change\ndeadline: {{{deadline}}}\nanswer: told\n{more}"
        ))
        .write("content/calendar.yaml", calendar)
        .write(
            "content/events.yaml",
            format!("id: v1\nkind: change\nunit: desk\non: 2026-03-09\n{event}"),
        )
}

#[test]
fn deadlines_are_counted_from_the_event() {
    for (deadline, due) in [
        ("within: 5 days", "2026-03-14"),
        ("within: 1 month", "2026-04-09"),
        ("within: 5 working days", "2026-03-16"),
        ("on: same-day", "2026-03-09"),
        ("on: day-before", "2026-03-08"),
        ("before: 10 days", "2026-02-27"),
        // Nine working days up to the 23rd, but for the day off on the 27th.
        ("before: 10 working days", "2026-02-20"),
    ] {
        let project = event(deadline, "", "known_on: 2026-01-02\n").as_of("2026-03-09");
        project.row("law/check/desk/v1").has("due", due);
    }
}

#[test]
fn an_event_is_open_from_the_day_it_is_known_until_it_is_answered() {
    let row = |as_of: &str, more: &str| {
        let project = event("within: 30 days", "", more).as_of(as_of);
        let mut rows = project.rows();
        rows.remove("law/check/desk/v1").map(|row| row.text("status").to_owned())
    };
    assert_eq!(row("2026-03-08", ""), None, "nobody knows of it yet");
    assert_eq!(row("2026-03-08", "known_on: 2026-03-01\n").as_deref(), Some("open"));
    assert_eq!(row("2026-03-09", "").as_deref(), Some("open"));
    assert_eq!(row("2026-04-08", "").as_deref(), Some("due-soon"));
    assert_eq!(row("2026-04-09", "").as_deref(), Some("overdue"));
    let told = "answers: [{what: told, on: 2026-04-08}]\n";
    assert_eq!(row("2026-04-07", told).as_deref(), Some("due-soon"));
    assert_eq!(row("2026-04-08", told).as_deref(), Some("done"));
    let late = "answers: [{what: told, on: 2026-04-09}]\n";
    assert_eq!(row("2026-05-01", late).as_deref(), Some("done-late"));
}

#[test]
fn everybody_named_must_be_told() {
    let row = |answers: &str| {
        let notify = "notify: [資訊室, 政風室]\n";
        event("within: 5 days", notify, answers).as_of("2026-03-20").row("law/check/desk/v1")
    };
    row("answers: [{what: told, on: 2026-03-10, to: [資訊室]}]\n")
        .is("deficient")
        .because("政風室");
    row("answers: [{what: told, on: 2026-03-10, to: [資訊室, 政風室]}]\n").is("done");
    // In two steps: complete with the second.
    row("answers:\n- {what: told, on: 2026-03-10, to: [資訊室]}\n- {what: told, on: 2026-03-12, to: [政風室]}\n")
        .is("done")
        .has("done_on", "2026-03-12");
    row("answers:\n- {what: told, on: 2026-03-10, to: [資訊室]}\n- {what: told, on: 2026-03-16, to: [政風室]}\n")
        .is("done-late")
        .has("done_on", "2026-03-16");
    row("").is("overdue");
}

#[test]
fn a_gap_between_two_uses_asks_nothing() {
    let uses =
        "[{system: net, from: 2025-01-01, until: 2025-03-31}, {system: net, from: 2025-06-10}]";
    let unit = format!("id: desk\nagency: city\nname: 一科\nkind: unit\nuses: {uses}\n");
    let project = monthly("").write("content/units.yaml", unit);
    let out = project.as_of("2025-08-01").run("status --format csv --to 2025-09-30").code(0).stdout;
    let asked = |month: &str| out.contains(&format!("law/check/desk/2025-{month},"));
    assert!(asked("01") && asked("03") && asked("06") && asked("07"), "{out}");
    assert!(!asked("04") && !asked("05"), "{out}");
}

#[test]
fn an_asset_has_a_chain_of_its_own() {
    let rule =
        "kind: interval\nscope: asset\nwhen: asset.operating_system\nno_more_than: 3 months\n";
    let asset = |id: &str, more: &str| {
        format!("- {{id: {id}, system: net, agency: city, name: 主機, since: 2025-01-10{more}}}\n")
    };
    let assets = [
        asset("server", ", operating_system: 甲"),
        asset("old", ", operating_system: 乙, retired_on: 2025-04-09"),
        asset("cable", ""),
    ];
    let scan = "- {id: scan, obligation: law/check, scope: server, done_on: 2025-04-11}\n";
    let endpoint = "- {id: a-first, system: net, agency: city, address: 位址, since: 2025-01-01}\n";
    let project = Project::new()
        .duty(rule)
        .write("content/assets.yaml", assets.concat())
        .write("content/endpoints.yaml", endpoint)
        .write("content/audits.yaml", scan)
        .as_of("2025-05-01");
    let rows = project.rows();
    let statuses: Vec<String> =
        rows.iter().map(|(id, row)| format!("{id} {}", row.text("status"))).collect();
    assert_eq!(
        statuses,
        [
            "law/check/cable/2025-01-10 not-applicable",
            "law/check/server/2025-01-10 done-late",
            "law/check/server/2025-04-11 open",
        ],
        "the retired one asks nothing any more"
    );
    project.run("build -q").code(0);
    let page = &project.files("public")["assets/server.html"];
    assert!(String::from_utf8_lossy(page).contains("obligations/law/check/server/2025-04-11.html"));
}
