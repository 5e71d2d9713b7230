//! Times in hours, from an instant to an instant: against the seconds that `tests/oracle/hours.py` counts, and
//! by hand. What the records leave open is unknown, and where the day alone decides that is said.

use std::fmt::Write as _;

use serde_json::Value;

use super::project::{Project, fixture, repository};

/// A duty to tell within hours of an event of its own word.
fn rule(id: &str, deadline: &str, more: &str) -> String {
    format!(
        "- id: {id}\n  kind: event\n  clauses: [\"2\"]\n  title: 通報\n  scope: agency\n  event: {id}\n  \
         deadline: {{{deadline}}}\n  answer: told\n{more}"
    )
}

fn site(rules: &str, events: &str) -> Project {
    Project::new()
        .write("regulations/law/obligations.yaml", rules)
        .write(
            "regulations/law/clauses.yaml",
            "- {clause: \"1\", reason: purpose}\n- {clause: \"3\", reason: purpose}\n",
        )
        .write("content/events.yaml", events)
        .as_of("2027-06-30")
}

/// The site of one duty of 72 hours from when an event is known, with one event.
fn of_one(event: &str) -> Project {
    let rules = rule("incident", "within: 72 hours, from: known_on", "");
    site(&rules, &format!("- id: one\n  kind: incident\n  agency: city\n{event}"))
}

const ID: &str = "law/incident/city/one";

#[test]
fn every_status_is_that_of_the_python_oracle() {
    let csv = fixture("hours.csv");
    let mut rules = String::new();
    for hours in [1, 24, 72] {
        for (from, key) in [("on", "h"), ("known_on", "k")] {
            rules += &rule(
                &format!("{key}{hours}"),
                &format!("within: {hours} hours, from: {from}"),
                "",
            );
        }
    }
    let (mut events, mut expected) = (String::new(), Vec::new());
    for (place, line) in csv.lines().skip(1).enumerate() {
        let cells: Vec<&str> = line.split(',').collect();
        let [hours, on, at, answer_on, answer_at, status, due, due_at] = cells[..] else {
            panic!("{line}")
        };
        for key in ["h", "k"] {
            let id = format!("{key}{hours}-{place}");
            write!(events, "- id: {id}\n  kind: {key}{hours}\n  agency: city\n").expect("a text");
            // What was known later happened when it does not matter.
            let (day, time) = if key == "k" { ("known_on", "known_at") } else { ("on", "at") };
            if key == "k" {
                events += "  on: 2025-01-31\n  at: 2025-01-31T00:00\n";
            }
            writeln!(events, "  {day}: {on}").expect("a text");
            if !at.is_empty() {
                writeln!(events, "  {time}: {at}").expect("a text");
            }
            if !answer_on.is_empty() {
                write!(events, "  answers:\n  - what: told\n    on: {answer_on}\n")
                    .expect("a text");
            }
            if !answer_at.is_empty() {
                writeln!(events, "    at: {answer_at}").expect("a text");
            }
            expected.push((format!("law/{key}{hours}/city/{id}"), status, due, due_at, line));
        }
    }
    let rows = site(&rules, &events).as_of("2028-06-30").rows();
    assert_eq!(rows.len(), expected.len());
    for (id, status, due, due_at, line) in expected {
        let row = &rows[&id];
        let said = |key: &str| row.0[key].as_str().unwrap_or_default().to_owned();
        let got = [said("status"), said("due"), said("due_at")];
        assert_eq!(got, [status, due, due_at], "{line}: {}", row.reasons());
    }
}

#[test]
fn to_the_minute_and_in_any_offset() {
    let told = |at: &str, on: &str| {
        of_one(&format!(
            "  on: 2026-11-18\n  known_at: 2026-11-20T16:40+08:00\n  answers: [{{what: told, on: {on}, at: \"{at}\"}}]\n"
        ))
        .row(ID)
    };
    // Monday: the hours do not stop on the days off between.
    let row = told("2026-11-23T08:40Z", "2026-11-23").is("done");
    row.because("民國115年11月23日（2026-11-23）16:40").has("done_at", "2026-11-23T16:40+08:00");
    told("2026-11-23T16:41", "2026-11-23").is("done-late").because("計 1 分");
    told("2026-11-23T18:40", "2026-11-23").is("done-late").because("計 2 小時");
    // Still the twenty-third elsewhere, and the twenty-fourth in Taiwan.
    told("2026-11-23T23:00-01:00", "2026-11-24").is("done-late").because("計 15 小時 20 分");
}

#[test]
fn where_the_day_decides_it_is_said_and_where_it_does_not_what_to_record() {
    let answered = |on: &str, at: &str| {
        of_one(&format!(
            "  on: 2026-11-20\n  known_at: 2026-11-20T16:40\n  answers: [{{what: told, on: {on}{at}}}]\n"
        ))
        .row(ID)
    };
    answered("2026-11-22", "").is("done").because("登載之日期已足以判定");
    answered("2026-11-24", "").is("done-late").because("登載之日期已足以判定").because("1 日");
    answered("2026-11-23", "").is("unknown").because("請於紀錄之日期旁登載時刻（at）");
    answered("2026-11-23", ", at: \"2026-11-23T16:40\"").is("done").not_because("登載之日期");
    // Of the event only the day: three days on at some hour.
    let day_only = |on: &str| {
        of_one(&format!("  on: 2026-11-20\n  answers: [{{what: told, on: {on}}}]\n")).row(ID)
    };
    day_only("2026-11-22").is("done").because("登載之日期已足以判定");
    day_only("2026-11-23").is("unknown").because("請於事件登載 known_at");
    day_only("2026-11-24").is("done-late");
}

#[test]
fn the_due_day_must_be_over_before_an_answer_is_overdue() {
    let event = "  on: 2026-11-20\n  at: 2026-11-20T16:40\n";
    for (day, status) in [
        ("2026-11-19", "absent"),
        ("2026-11-20", "due-soon"),
        ("2026-11-23", "due-soon"),
        ("2026-11-24", "overdue"),
    ] {
        let rows = of_one(event).as_of(day).rows();
        let got = rows.get(ID).map_or("absent", |row| row.text("status"));
        assert_eq!(got, status, "{day}");
    }
    // What came too late is late the same day.
    let late =
        format!("{event}  answers: [{{what: told, on: 2026-11-23, at: \"2026-11-23T20:00\"}}]\n");
    of_one(&late).as_of("2026-11-23").row(ID).is("done-late");
}

#[test]
fn the_last_element_decides_the_approval_too() {
    let more = "  approval: 科長\n";
    let rules = rule("incident", "within: 1 hour", more);
    let told = |approved: &str| {
        let event = format!(
            "- id: one\n  kind: incident\n  agency: city\n  on: 2026-12-31\n  at: 2026-12-31T23:30\n  \
             answers: [{{what: told, on: 2026-12-31, at: \"2026-12-31T23:50\", by: clerk, approved: {{{approved}, by: chief}}}}]\n"
        );
        site(&rules, &event)
            .write(
                "content/posts.yaml",
                "- {id: chief, agency: city, title: 科長, staff: A001, roles: [chief]}\n- {id: clerk, agency: city, title: 科員, staff: A002, roles: [clerk]}\n",
            )
            .write(
                "content/roles.yaml",
                "- {id: chief, title: 科長, reach: agency, parties: [科長]}\n- {id: clerk, title: 科員, reach: own}\n",
            )
            .row(ID)
    };
    told("on: 2027-01-01, at: \"2027-01-01T00:30\"").is("done");
    told("on: 2027-01-01, at: \"2027-01-01T00:31\"").is("done-late");
    told("on: 2027-01-01").is("unknown").because("請於紀錄之日期旁登載時刻（approved.at）");
    told("on: 2026-12-31").is("done");
}

#[test]
fn the_answer_to_the_step_before_starts_the_next_at_its_minute() {
    let rules = rule("incident", "within: 1 hour, from: known_on", "")
        + &rule("mended", "within: 8 hours", "  follows: [{answered: incident}]\n");
    let event = "- id: one\n  kind: incident\n  agency: city\n  on: 2026-11-20\n  at: 2026-11-20T16:40\n  answers:\n  \
                 - {what: told, on: 2026-11-20, at: \"2026-11-20T17:30\"}\n  - {what: told, on: 2026-11-21, at: \"2026-11-21T01:31\"}\n";
    let rows = site(&rules, event).rows();
    let next = rows.values().find(|row| row.text("obligation") == "mended").expect("it follows");
    assert_eq!(next.text("due_at"), "2026-11-21T01:30+08:00");
}

/// A duty of audits, and two in hours from what they find.
fn of_audits() -> String {
    let check = "- {id: check, kind: periodic, clauses: [\"2\"], title: 每月檢查, scope: agency, every: month, due: [{on: site-default}]}\n";
    let follows = |what: &str| format!("  follows: [{{record: {what}}}]\n");
    check.to_owned()
        + &rule("anomaly", "within: 24 hours", &follows("audit.result, is: anomaly"))
        + &rule("grave", "within: 2 hours, from: known_on", &follows("finding.grade, is: major"))
}

#[test]
fn what_an_audit_found_starts_hours_at_its_minute() {
    let found = |audit: &str, finding: &str| {
        site(&of_audits(), "[]\n")
            .write(
                "content/audits.yaml",
                format!("- {{id: a1, obligation: law/check, scope: city, period: 2026-11, result: anomaly, done_on: 2026-11-20{audit}}}\n"),
            )
            .write(
                "content/findings.yaml",
                format!("- {{id: f1, audit: a1, title: 缺失, grade: major, found_on: 2026-11-20{finding}}}\n"),
            )
    };
    let timed = found(", done_at: 2026-11-20T16:40", ", found_at: \"2026-11-20T15:10Z\"");
    timed.row("law/anomaly/city/a1-anomaly").has("due_at", "2026-11-21T16:40+08:00");
    timed.row("law/grave/city/a1-anomaly-2").has("due_at", "2026-11-21T01:10+08:00");
    timed.is_verified();
    let pages = timed.files("public");
    for (page, time) in [("audits/a1.html", "16:40"), ("findings/f1.html", "23:10")] {
        let page = str::from_utf8(&pages[page]).expect("UTF-8");
        assert!(page.contains(&format!("</time> {time}")), "{page}");
    }
    // Without a time its day stands for any time of it: to the last instant of the day after.
    let day_only = found("", "").row("law/anomaly/city/a1-anomaly");
    assert_eq!((day_only.text("due"), day_only.0["due_at"].is_null()), ("2026-11-21", true));
    // The time lies on another day in Taiwan than the day beside it.
    found("", ", found_at: \"2026-11-20T16:10Z\"")
        .run("check")
        .code(1)
        .stderr_has("`found_at` lies on 2026-11-21 in Taiwan, `found_on` says 2026-11-20");
}

#[test]
fn each_step_of_the_hours_and_where_it_is_shown() {
    let event = "  on: 2026-11-20\n  known_at: 2026-11-20T23:50\n";
    let open = of_one(event).as_of("2026-11-21");
    open.run(&format!("explain {ID}")).code(0).stdout_has("2026-11-23T23:50+08:00");
    let csv = open.run("status --format csv").code(0).stdout;
    assert!(csv.contains("2026-11-23T23:50+08:00"), "{csv}");
    open.run("build").code(0);
    let feed = open.files("public").into_iter().find(|(path, _)| path.ends_with(".ics"));
    let feed = String::from_utf8(feed.expect("a calendar").1).expect("a text");
    // 23:50 in Taiwan, with no end of its own.
    assert!(feed.contains("DTSTART:20261123T155000Z\r\n") && !feed.contains("DTEND"), "{feed}");
    let page = std::fs::read_to_string(open.root().join(format!("public/obligations/{ID}.html")));
    let page = page.expect("the page is there");
    assert!(page.contains("民國115年11月23日</time> 23:50"), "{page}");
    assert!(page.contains("事件後 72 小時內（即時起算，不因休息日停止）"), "{page}");
    let step = "即時起算 72 小時，至 2026-11-23T23:50+08:00（行政程序法第48條第1項）";
    assert!(page.contains(step), "{page}");
}

#[test]
fn receipts_of_hours_are_reckoned_again_by_both_programs() {
    let events = "\
- id: one
  kind: incident
  agency: city
  on: 2026-11-20
  known_at: 2026-11-20T16:40+08:00
  answers: [{what: told, on: 2026-11-23, at: \"2026-11-23T16:40\"}]
- {id: two, kind: incident, agency: city, on: 2026-11-20, answers: [{what: told, on: 2026-11-23}]}
- {id: six, kind: incident, agency: city, on: 2026-11-20, at: \"2026-11-20T09:00\"}
";
    let rules = rule("incident", "within: 72 hours, from: known_on", "");
    let built = site(&rules, events);
    built.run("build").code(0);
    built.run("verify public").code(0);
    let script = std::process::Command::new("python3")
        .args(["public/verify.py", "public"])
        .current_dir(built.root())
        .output();
    let Ok(script) = script else { return };
    assert!(script.status.success(), "{}", String::from_utf8_lossy(&script.stderr));
    let path = built.root().join("public/data/receipts/law/incident.json");
    let text = std::fs::read_to_string(&path).expect("the receipt is there");
    let receipt: Value = serde_json::from_str(&text).expect("JSON");
    let statuses: Vec<&str> = receipt["occurrences"]
        .as_array()
        .expect("a list")
        .iter()
        .filter_map(|one| one["status"].as_str())
        .collect();
    assert_eq!(statuses, ["done", "overdue", "unknown"]);
}

#[test]
#[ignore = "slow: the gate runs it in release"]
fn tests_of_rules_give_and_expect_times_and_every_other_number_of_hours_is_noticed() {
    let rules = rule("incident", "within: 72 hours, from: known_on", "");
    let test = "\
- of: incident
  given: {event: 2026-11-20T16:40, answer: 2026-11-23T16:40}
  on: 2026-12-01
  expect: {status: done, due_at: 2026-11-23T16:40, done_at: 2026-11-23T16:40}
  by: 承辦
- of: incident
  given: {event: {on: 2026-11-20, at: 2026-11-20T16:40, known_at: 2026-11-21T00:10}, answer: 2026-11-24}
  on: 2026-12-01
  expect: {status: unknown, due: 2026-11-24, due_at: 2026-11-24T00:10}
  by: 承辦
";
    let tested = site(&rules, "[]\n").write("regulations/law/tests.yaml", test);
    tested.run("test").code(0);
    let tried = tested.run("test --mutate law/incident").stdout;
    for change in ["72 hours -> 71 hours", "72 hours -> 73 hours"] {
        assert!(!tried.contains(change), "{tried}");
    }
    // The short form: by the instant the hours run from, the last one. Seconds and offsets are instants, too.
    let short = "\
- of: incident
  days: {2026-11-20T16:40: 2026-11-23T16:40, 2026-12-31T23:59:30: \"2027-01-03T15:59:30Z\"}
  by: 承辦
";
    let brief = tested.write("regulations/law/tests.yaml", short);
    brief.run("test").code(0);
    let tried = brief.run("test --mutate law/incident").stdout;
    assert!(!tried.contains("72 hours -> 7"), "{tried}");
    brief.run("build").code(0);
    let page = &brief.files("public")["obligations/law/incident.html"];
    let page = str::from_utf8(page).expect("UTF-8");
    assert!(page.contains("屆滿時") && page.contains("115-11-23 16:40"), "{page}");
    for (pair, said) in [
        ("{2026-11-20T16:40: 2026-11-23T16:41}", "2026-11-23T16:41"),
        ("{2026-11-20T16:40: 2026-11-23}", "is no pair of days, nor of times"),
    ] {
        let text = format!("- of: incident\n  days: {pair}\n  by: 承辦\n");
        let brief = site(&rules, "[]\n").write("regulations/law/tests.yaml", text);
        brief.run("test").code(1).stderr_has(said);
    }
    let tested = site(&rules, "[]\n");
    let wrong = test.replace("due_at: 2026-11-24T00:10", "due_at: 2026-11-24T00:11");
    let said = tested.write("regulations/law/tests.yaml", wrong).run("test").code(1);
    assert!(said.stderr.contains("2026-11-24T00:11"), "{}", said.stderr);
}

/// A duty of each working day by nine, and a report by five on the tenth.
const BY_CLOCK: &str = "\
- {id: look, kind: periodic, clauses: [\"2\"], title: 每日九時前檢查, scope: agency, every: day, only: working-days, from: 2026-11-02, due: [{on: period-end, at: \"09:00\"}]}
- {id: report, kind: periodic, clauses: [\"2\"], title: 每月十日十七時前函報, scope: agency, every: month, answered_by: submission, on_holiday: next-working-day, due: [{months_after: 1, day: 10, at: \"17:00\"}]}
";

/// The duties by the clock, with an audit and a paper.
fn by_clock(look: &str, report: &str) -> Project {
    let calendar = std::fs::read(repository().join("content/calendar.yaml")).expect("the calendar");
    site(BY_CLOCK, "[]\n")
        .write("content/calendar.yaml", calendar)
        .write("content/audits.yaml", format!("- {{id: a1, obligation: law/look, scope: city, period: 2026-11-20, done_on: 2026-11-20{look}}}\n"))
        .write("content/submissions.yaml", format!("- {{id: s1, obligation: law/report, scope: city, period: 2026-04, to: 局, sent_on: {report}}}\n"))
        .as_of("2026-11-27")
}

#[test]
fn a_duty_of_each_day_may_be_due_by_a_time_of_it() {
    let look = |at: &str| by_clock(at, "2026-05-11").row("law/look/city/2026-11-20");
    look(", done_at: 2026-11-20T09:00").is("done").has("due_at", "2026-11-20T09:00+08:00");
    look(", done_at: \"2026-11-20T01:01Z\"").is("done-late").because("計 1 分");
    look("").is("unknown").because("請於紀錄之日期旁登載時刻（done_at）");
    // What nobody did is overdue when its day is over.
    for (day, status) in [("2026-11-23", "due-soon"), ("2026-11-24", "overdue")] {
        by_clock("", "2026-05-11").as_of(day).row("law/look/city/2026-11-23").is(status);
    }
    // The tenth of May is a Sunday: the time is that of the day in its place.
    let report = |on: &str| by_clock("", on).row("law/report/city/2026-04");
    report("2026-05-11, sent_at: 2026-05-11T17:00").is("done").has("due", "2026-05-11");
    report("2026-05-11, sent_at: 2026-05-11T17:01").is("done-late");
    report("2026-05-08").is("done");
    report("2026-05-12").is("done-late");
    let built = by_clock(", done_at: 2026-11-20T08:59", "2026-05-11");
    built.is_verified();
    let pages = built.files("public");
    let page = |path: &str| str::from_utf8(&pages[path]).expect("UTF-8").to_owned();
    assert!(page("obligations/law/look.html").contains("至當日 09:00 止"));
    let one = page("obligations/law/look/city/2026-11-20.html");
    assert!(one.contains("規則所定時刻 2026-11-20T09:00+08:00"), "{one}");
}

#[test]
fn of_two_acts_on_the_due_day_the_earlier_counts_whichever_is_written_first() {
    let two = |first: &str, second: &str| {
        let rules =
            BY_CLOCK.replace("due: [{on: period-end,", "unannounced: true, due: [{on: period-end,");
        let audit = |id: &str, at: &str| {
            format!(
                "- {{id: {id}, obligation: law/look, scope: city, period: 2026-11-20, done_on: 2026-11-20, unannounced: true{at}}}\n"
            )
        };
        let project = by_clock("", "2026-05-11")
            .write("regulations/law/obligations.yaml", rules)
            .write("content/audits.yaml", audit("a1", first) + &audit("a2", second));
        project.is_verified();
        project.row("law/look/city/2026-11-20")
    };
    let (early, late) = (", done_at: 2026-11-20T08:00", ", done_at: 2026-11-20T17:00");
    for (first, second) in [(early, late), (late, early), (early, ""), ("", early)] {
        two(first, second).is("done").has("done_at", "2026-11-20T08:00+08:00");
    }
    // The other may have been earlier, and nobody recorded it: the earliest that is certain counts.
    two(late, "").is("done-late");
}

#[test]
fn of_two_answers_on_the_due_day_the_one_with_its_time_may_suffice() {
    let rules = rule("incident", "within: 24 hours", "  evidence: [通報單]\n");
    let timed = "{what: told, on: 2026-11-21, at: 2026-11-21T16:00, evidence: [e1]}";
    let event = format!(
        "- id: one\n  kind: incident\n  agency: city\n  on: 2026-11-20\n  at: 2026-11-20T16:40\n  \
         answers: [{{what: told, on: 2026-11-21}}, {timed}]\n"
    );
    let paper = "{id: e1, title: 單, form: 通報單, received_on: 2026-11-21, received_at: 2026-11-21T16:05, document: 府一字第1號}\n";
    let project = site(&rules, &event).write("content/evidence.yaml", paper);
    project.is_verified();
    project.row(ID).is("done").has("done_at", "2026-11-21T16:05+08:00");
}

#[test]
fn the_time_that_is_missing_is_asked_for_where_it_is_missing() {
    let timed = ", done_at: 2026-11-20T08:00";
    let look = |rule: &str, audit: &str| {
        let rules =
            BY_CLOCK.replace("due: [{on: period-end,", &format!("{rule}, due: [{{on: period-end,"));
        by_clock(audit, "2026-05-11")
            .write("regulations/law/obligations.yaml", rules)
            .write("content/evidence.yaml", "{id: e1, title: 表, form: 檢查表, received_on: 2026-11-20, document: 府一字第1號}\n")
            .row("law/look/city/2026-11-20")
    };
    look("evidence: [檢查表]", &format!("{timed}, evidence: [e1]"))
        .is("unknown")
        .because("登載時刻（received_at）");
    look("evidence: [檢查表]", ", evidence: [e1]").is("unknown").because("登載時刻（done_at）");
}

#[test]
fn a_record_to_come_has_a_place_for_its_time() {
    let built = by_clock("", "2026-05-11").as_of("2026-06-05");
    built.run("build").code(0);
    let page = &built.files("public")["obligations/law/report/city/2026-05.html"];
    assert!(str::from_utf8(page).expect("UTF-8").contains("sent_at: "));
}

#[test]
fn a_time_of_day_is_read_tested_and_refused_where_there_is_no_day() {
    let tested = |periods: &str| {
        site(BY_CLOCK, "[]\n")
            .write(
                "regulations/law/tests.yaml",
                format!("- {{of: look, periods: {{{periods}}}, by: 承辦}}\n"),
            )
            .run("test")
    };
    tested("2026-11-20: 2026-11-20T09:00").code(0);
    tested("2026-11-20: 2026-11-20").code(0);
    tested("2026-11-20: 2026-11-20T09:01").code(1).stderr_has("2026-11-20T09:00");
    let rule = |due: &str| {
        Project::new()
            .duty(&format!("kind: periodic\nscope: unit\nevery: week\ndue: [{due}]\n"))
            .run("check")
    };
    rule("{within: 1 day, at: \"23:59\"}").code(0);
    rule("{on: site-default, at: \"09:00\"}").code(1).stderr_has("misplaced-rule-part");
    let training = "kind: periodic\nscope: post\nevery: year\nanswered_by: training\nhours: 3\ndue: [{on: period-end, at: \"09:00\"}]\n";
    let refused = Project::new().duty(training).run("check").code(1);
    refused.stderr_has("no record of `training` says at what time");
    rule("{on: period-end, at: \"24:00\"}").code(1).stderr_has("a time of day such as");
}
