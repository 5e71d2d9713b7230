//! The verdict: one function from the home page to the exit code. Random small sites are judged in
//! process; what the home page says, what the data say and what each gate does must be the same,
//! and each figure is counted again from the rows.

use std::collections::BTreeMap;

use clausebook::export::{Conclusions, status};
use clausebook::facts::history;
use clausebook::facts::{Outcome, Subject, Verdict};
use clausebook::model::Model;
use clausebook::pipeline::{self, Inputs};
use clausebook::render::Templates;
use clausebook::site::input_file::InputFile;
use clausebook::site::plan;
use clausebook::site::route::Route;
use clausebook::time::parse_day;
use serde_json::Value;

use super::html::{elements, pieces, text};
use super::project::{CHECK, Project, WIPE};

/// A stream of numbers from a seed: the sites are the same in every run.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: u64) -> u64 {
        // An odd multiplier and the high bits (Knuth, MMIX).
        self.0 =
            self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % sides
    }

    fn chance(&mut self, percent: u64) -> bool {
        self.roll(100) < percent
    }
}

/// What the duty `check` says more, and a rule that always holds or not.
const MORE: &str = "  by: [unit-head]
  sample:
    records: {of: queries, tiers: [{rate: 6%}]}
- id: phone
  kind: invariant
  clauses: [\"2\"]
  title: 應具名稱
  scope: agency
  must: agency.attributes.phone != 'none'
";

/// A small site with everything a verdict counts, each now and then.
fn random(seed: u64) -> Project {
    let mut dice = Dice(seed);
    let (mut usage, mut audits, mut findings) = (String::new(), String::new(), String::new());
    let often = [15, 60, 95, 100][dice.roll(4) as usize];
    for month in 1..=8 {
        if dice.chance(often.max(70)) {
            usage += &format!(
                "- {{unit: desk, system: net, month: 2025-{month:02}, queries: 100, active_users: 1, total_users: 1}}\n"
            );
        }
        if !dice.chance(often) {
            continue;
        }
        let sample = if dice.chance(often) { 6 } else { 2 };
        let destroyed = match dice.roll(12) {
            0 => ", destroyed: {on: 2025-09-20}",
            _ => "",
        };
        let late = if dice.chance(15) { 20 } else { 5 };
        audits += &format!(
            "- {{id: a{month}, obligation: law/check, scope: desk, period: 2025-{month:02}, done_on: 2025-{:02}-{late:02}, sample: {{records: {sample}}}{destroyed}}}\n",
            month + 1
        );
        if dice.chance(25) {
            let due = if dice.chance(50) { ", due: 2025-09-25" } else { "" };
            let end = match dice.roll(3) {
                0 => ", verified: {on: 2025-09-27, by: other}, closed_on: 2025-09-28",
                1 => ", closed_on: 2025-09-28",
                _ => "",
            };
            let settles = (1..=8).map(|n| format!("law/check/desk/2025-{n:02}"));
            let settles: Vec<String> = settles.filter(|_| dice.chance(40)).collect();
            findings += &format!(
                "- {{id: f{month}, audit: a{month}, title: 缺失, grade: minor, found_on: 2025-09-21, owner: chief{due}{end}, settles: [{}]}}\n",
                settles.join(", ")
            );
        }
    }
    let phone = match dice.roll(8) {
        0 => "",
        1 => "attributes: {phone: none}\n",
        _ => "attributes: {phone: \"02\"}\n",
    };
    let mut rules = [CHECK, MORE, WIPE].concat();
    if dice.chance(15) {
        rules = rules.replacen(
            "  title: 每月抽查\n",
            "  title: 每月抽查\n  written_for: {version: \"2025-01-01\", fingerprints: {\"2\": \"000000000000\"}}\n",
            1,
        );
    }
    let days = [30, 90, 400][dice.roll(3) as usize];
    let mut site = Project::new()
        .write("clausebook.yaml", format!("name: 測試站\nagency: 測試機關\nnew_days: {days}\n"))
        .write("regulations/law/obligations.yaml", rules)
        .write("content/roles.yaml", "- {id: unit-head, title: 單位主管, reach: unit}\n")
        .write("content/agencies.yaml", format!("id: city\nname: 測試局\n{phone}"))
        .write(
            "content/posts.yaml",
            "- {id: chief, agency: city, unit: desk, title: 科長, staff: A001, roles: [unit-head]}\n\
             - {id: other, agency: city, title: 稽核, staff: A002}\n",
        );
    for (name, rows) in [("usage", usage), ("audits", audits), ("findings", findings)] {
        if !rows.is_empty() {
            site = site.write(&format!("content/{name}.yaml"), rows);
        }
    }
    site
}

/// A verdict as the data have it.
fn verdict_row(model: &Model, verdict: &Verdict) -> Value {
    serde_json::to_value(clausebook::export::verdict::row(model, verdict)).expect("JSON")
}

/// What the data say: failures by status and age, counted from the rows.
fn counted(rows: &[Value], as_of: &str, new_days: i64) -> BTreeMap<(String, &'static str), u64> {
    let day = |text: &str| parse_day(text).expect("a day");
    let mut counts = BTreeMap::new();
    for row in rows {
        let text = |key: &str| row[key].as_str().expect("a text");
        if !["overdue", "deficient", "unknown"].contains(&text("status")) {
            continue;
        }
        let age = match (&row["settled"], (day(as_of) - day(text("due"))).num_days() < new_days) {
            (Value::Object(_), _) => "settled",
            (_, true) => "new",
            (_, false) => "standing",
        };
        *counts.entry((text("status").to_owned(), age)).or_default() += 1;
    }
    counts
}

#[test]
#[ignore = "slow: the gate runs it in release"]
fn the_home_page_the_data_and_the_gate_say_the_same_of_200_sites() {
    let as_of = "2025-10-01";
    let mut outcomes: BTreeMap<&str, usize> = BTreeMap::new();
    let mut ages: BTreeMap<&str, u64> = BTreeMap::new();
    // The templates do not depend on the records.
    let mut templates: Option<Templates> = None;
    for seed in 0..200 {
        let project = random(seed);
        let mut inputs: Inputs = pipeline::load(project.root()).expect("reads");
        let faults: Vec<_> = inputs.diagnostics.iter().filter(|one| one.is_error()).collect();
        assert!(faults.is_empty(), "{seed}: {faults:#?}");
        let (known, assessment) = inputs.assess(parse_day(as_of).expect("a day"));
        let facts = inputs.conclude(&known, &assessment);
        let (model, words) = (&*known, &inputs.words);
        let from = Conclusions { model, words, assessment: &assessment, facts: &facts };
        let file = serde_json::to_value(status::file(from, &status::Filter::default()));
        let file = file.expect("JSON");
        let verdict = facts.verdict.clone();
        // What is filtered by nothing is the whole; the only agency is the site, the only unit has
        // every failing period.
        let filter = status::Filter { agencies: vec!["city".to_owned()], ..Default::default() };
        let agency = serde_json::to_value(status::file(from, &filter)).expect("JSON");
        assert_eq!(agency["verdict"], file["verdict"], "{seed}");
        let desk = model.units.find("desk").expect("a unit");
        let chief = model.posts.find("chief").expect("a post");
        let city = model.agencies.find("city").expect("an agency");
        let net = model.systems.find("net").expect("a system");
        let head = model.roles.find("unit-head").expect("a role");
        let on = |subject| facts.verdict_on(model, &assessment, subject);
        let parts = [
            (Route::Agency(city), agency["verdict"].clone()),
            (Route::Unit(desk), verdict_row(model, &on(Subject::Unit(desk)))),
            (Route::Post(chief), verdict_row(model, &on(Subject::Post(chief)))),
            (Route::System(net), verdict_row(model, &on(Subject::System(net)))),
            (Route::Role(head), verdict_row(model, &on(Subject::Role(head)))),
        ];
        // No rule is laid on the system, so nothing says that it is well.
        assert_eq!(on(Subject::System(net)).outcome(), Outcome::Unclear, "{seed}");
        for on in [Subject::Unit(desk), Subject::Post(chief)] {
            let part = facts.verdict_on(model, &assessment, on);
            assert_eq!(part.failures(), verdict.failures(), "{seed}: {on:?}");
        }
        // Every figure again, from the rows.
        let rows = file["occurrences"].as_array().expect("a list");
        let counts = counted(rows, as_of, i64::from(model.settings.new_days));
        for status in ["overdue", "deficient", "unknown"] {
            for age in ["new", "standing", "settled"] {
                let count = counts.get(&(status.to_owned(), age)).copied().unwrap_or(0);
                assert_eq!(file["verdict"][status][age], count, "{seed}: {status} {age}");
                *ages.entry(age).or_default() += count;
            }
        }
        let open = |status: &str| {
            let count = |age| counts.get(&(status.to_owned(), age)).copied().unwrap_or(0);
            count("new") + count("standing")
        };
        let checks = file["checks"].as_array().expect("a list");
        let came_to =
            |what: &str| checks.iter().filter(|row| row["verdict"] == what).count() as u64;
        let early = assessment.retention.iter().filter(|kept| {
            kept.destroyed_on
                .is_some_and(|on| kept.governing().keep_until.is_none_or(|day| on <= day))
        });
        let late = model.findings.iter().filter(|(_, one)| {
            one.closed_on.is_none() && one.due.is_some_and(|due| due < assessment.as_of)
        });
        let (early, late) = (early.count() as u64, late.count() as u64);
        let failing = open("overdue") + open("deficient") + came_to("breached") + early + late;
        let suspect = rows.iter().any(|row| row["suspect"] == true);
        let judged = rows.iter().any(|row| {
            let status = row["status"].as_str().expect("a text");
            ["overdue", "deficient", "unknown", "done", "done-late"].contains(&status)
        });
        let expected = match (failing, open("unknown") + came_to("unknown")) {
            (1.., _) => "unmet",
            (0, 0) if judged && !suspect => "met",
            _ => "unclear",
        };
        assert_eq!(file["verdict"]["outcome"], expected, "{seed}: {:#}", file["verdict"]);
        *outcomes.entry(expected).or_default() += 1;
        // The role has the audits: with what they found, without the telephone and the papers.
        let expected_of_role = match (open("overdue") + open("deficient") + late, open("unknown")) {
            (1.., _) => "unmet",
            (0, 0) if judged && !suspect => "met",
            _ => "unclear",
        };
        assert_eq!(parts[4].1["outcome"], expected_of_role, "{seed}");
        // The home page.
        let Inputs { tree, words, .. } = inputs;
        let origins = tree.files.iter().map(InputFile::new).collect();
        let past = history(&known, &assessment);
        let site = plan(known, assessment, (facts, Default::default()), past, words, origins);
        let own = templates.get_or_insert_with(|| Templates::load(&tree, &site).expect("load"));
        let html = own.page(&site, Route::Home).expect("renders");
        let page = pieces(&html).expect("is sound");
        let gate = elements(&page, |piece| piece.has_class("gate"))[0];
        assert!(gate[0].has_class(&format!("gate-{expected}")), "{seed}: {}", text(gate));
        // The pages of the agency, the unit and the post: the verdict and the figures of the data.
        for (route, row) in parts {
            let html = own.page(&site, route).expect("renders");
            let page = pieces(&html).expect("is sound");
            let Some(said) = elements(&page, |piece| piece.has_class("standing")).first().copied()
            else {
                panic!("{seed}: {route:?} says nothing of how it stands");
            };
            let said: String = text(said).split_whitespace().collect();
            let outcome = row["outcome"].as_str().expect("a text");
            let key = format!("gate.{outcome}");
            let word = site.words.get(&key);
            assert!(said.contains(&format!("整體判定：{word}")), "{seed} {route:?}: {said}");
            let (met, judged) = (&row["met"], &row["judged"]);
            let figures = format!("已完成{met}／{judged}");
            assert!(*judged == 0 || said.contains(&figures), "{seed} {route:?}: {said}");
            let open = ["overdue", "deficient", "unknown"].iter().flat_map(|status| {
                ["new", "standing"].map(|age| row[status][age].as_u64().expect("a number"))
            });
            let open: u64 = open.sum();
            let words = format!("{open}件逾期、未達規定或無法判定");
            assert!(open == 0 || said.contains(&words), "{seed} {route:?}: {said}");
            let suspects = row["suspects"].as_u64().expect("a number");
            let words =
                site.words.say("gate_note.suspects", &[("count", &suspects)]).replace(' ', "");
            assert!(suspects == 0 || said.contains(&words), "{seed} {route:?}: {said}");
        }
        // The gate, by the program itself, now and then: each run costs a process.
        if seed % 20 == 0 {
            let code = if verdict.outcome() == Outcome::Met { 0 } else { 3 };
            let project = project.as_of(as_of);
            project.run("check --fail-on verdict").code(code);
            project.run("status --fail-on verdict -q").code(code);
        }
    }
    assert!(outcomes.values().all(|count| *count >= 5) && outcomes.len() == 3, "{outcomes:?}");
    assert!(ages.values().all(|count| *count >= 20) && ages.len() == 3, "{ages:?}");
}

/// A site with one overdue period and one deficient one, both in 2025.
fn failing() -> Project {
    let audit =
        "- {id: a1, obligation: law/check, scope: desk, period: 2025-01, done_on: 2025-02-05}\n";
    Project::new().write("content/audits.yaml", audit).write(
        "content/posts.yaml",
        "- {id: chief, agency: city, title: 科長, staff: A001}\n\
         - {id: other, agency: city, title: 稽核, staff: A002}\n",
    )
}

fn finding(end: &str) -> String {
    format!(
        "- {{id: f1, audit: a1, title: 漏查, grade: minor, found_on: 2025-04-05, owner: chief, \
         settles: [law/check/desk/2025-02], {end}}}\n"
    )
}

#[test]
fn a_failure_is_settled_by_a_finding_closed_and_verified_by_somebody_else() {
    let row = |end: &str, day: &str| {
        let site = failing().write("content/findings.yaml", finding(end)).as_of(day);
        site.row("law/check/desk/2025-02").is("overdue").0["settled"]["id"].clone()
    };
    let closed = "verified: {on: 2025-04-10, by: other}, closed_on: 2025-04-11";
    assert_eq!(row(closed, "2025-04-20"), "f1");
    assert_eq!(row(closed, "2025-04-10"), Value::Null, "not closed yet");
    assert_eq!(row("closed_on: 2025-04-11", "2025-04-20"), Value::Null, "nobody looked");
    let own = "verified: {on: 2025-04-10, by: chief}, closed_on: 2025-04-11";
    assert_eq!(row(own, "2025-04-20"), Value::Null, "by who mended it");
    // It is counted apart and trips no gate.
    let site = failing().write("content/findings.yaml", finding(closed)).as_of("2025-04-20");
    site.run("check --fail-on overdue").code(0).stderr_has("0 new, 0 standing, 1 settled");
    failing()
        .as_of("2025-04-20")
        .run("check --fail-on overdue")
        .code(3)
        .stderr_has("gate: 1 overdue");
}

#[test]
fn what_settles_nothing_is_said() {
    let rows = finding("").replace("2025-02]", "2025-13]");
    failing()
        .write("content/findings.yaml", rows.replace(", }", "}"))
        .as_of("2025-04-20")
        .run("check --fail-on warning")
        .code(3)
        .stderr_has("settles-nothing")
        .stderr_has("law/check/desk/2025-13");
}

#[test]
fn a_check_is_explained_and_listed() {
    let site = Project::new()
        .duty("kind: invariant\nscope: agency\nmust: agency.attributes.phone != 'none'\n")
        .write("content/agencies.yaml", "id: city\nname: 測試局\nattributes: {phone: none}\n");
    let site = site.as_of("2025-06-01");
    site.run("explain law/check/city").code(0).stdout_has("breached").stdout_has("must: ");
    site.run("explain law/check/citi").code(2).stderr_has("law/check/city");
    site.run("status --checks").code(0).stdout_has("law/check/city").stderr_has("1 checks");
    site.run("status --checks --format csv").code(0).stdout_has("law/check/city,breached");
    site.run("check --fail-on breach").code(3).stderr_has("gate: 1 breach");
    site.run("check --fail-on overdue").code(0);
    site.run("status --fail-on breach --unit desk").code(0);
}

#[test]
fn the_old_array_is_there_for_who_asks() {
    let site = failing().as_of("2025-04-20");
    let old = site.run("status --format json --schema 2").code(0).stdout;
    let old: Vec<Value> = serde_json::from_str(&old).expect("an array");
    let rows = site.rows();
    assert_eq!(old.len(), rows.len());
    for row in &old {
        let new = &rows[row["id"].as_str().expect("an id")].0;
        for (key, value) in row.as_object().expect("a row") {
            let same = match key.as_str() {
                "scope" => {
                    value["id"] == new["scope"]["id"] && value["kind"] == new["scope"]["kind"]
                }
                key => *value == new[key],
            };
            assert!(same, "{key}: {value} {}", new[key]);
        }
    }
    site.run("status --schema 1").code(2);
}
