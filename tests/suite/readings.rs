//! Readings and drafts: each is run over the real records, and comes to what the changed rules come to.

use std::collections::BTreeMap;

use serde_json::Value;

use super::project::{Project, repository};

/// The minimal site with a check in time and one late for 30 days, and a question about the due date.
fn site() -> Project {
    Project::new()
        .as_of("2026-03-20")
        .write(
            "content/audits.yaml",
            "- {id: a1, obligation: law/check, scope: desk, period: 2026-01, done_on: 2026-02-10}\n\
             - {id: a2, obligation: law/check, scope: desk, period: 2025-12, done_on: 2026-01-31}\n",
        )
        .write("regulations/law/readings.yaml", QUESTION)
}

const QUESTION: &str = "\
- id: when
  clause: \"2\"
  words: 每月抽查
  question: 應於何日前完成
  options:
  - {id: next-month, says: 次月底前}
  - {id: within, says: 當月內, set: {check.due: \"[{on: period-end}]\"}}
  - {id: thirty, says: 三十日內, set: {check.due: \"[{within: 30 days}]\"}}
  chosen: next-month
";

/// Every status by id.
fn statuses(project: &Project) -> BTreeMap<String, String> {
    let rows: Value =
        serde_json::from_str(&project.run("status --format json").code(0).stdout).expect("JSON");
    let rows = rows["occurrences"].as_array().expect("a list").clone();
    let pair = |row: &Value| {
        let text = |key: &str| row[key].as_str().unwrap_or_default().to_owned();
        (text("id"), text("status"))
    };
    rows.iter().map(pair).collect()
}

/// What two sets of statuses differ in, as before and after; empty where one has none.
fn difference(
    before: &BTreeMap<String, String>,
    after: &BTreeMap<String, String>,
) -> BTreeMap<String, (String, String)> {
    let ids = before.keys().chain(after.keys());
    let state = |of: &BTreeMap<String, String>, id: &str| of.get(id).cloned().unwrap_or_default();
    ids.map(|id| (id.clone(), (state(before, id), state(after, id))))
        .filter(|(_, (before, after))| before != after)
        .collect()
}

/// What the published data says of the options of a question.
fn options(project: &Project, id: &str) -> BTreeMap<String, BTreeMap<String, (String, String)>> {
    project.run("build").code(0);
    let files = project.files("public");
    let data: Value = serde_json::from_slice(&files["data/readings.json"]).expect("JSON");
    let all = data["readings"].as_array().expect("a list");
    let question = all.iter().find(|one| one["id"] == id).expect("the question");
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let turn = |turn: &Value| (text(&turn["id"]), (text(&turn["before"]), text(&turn["after"])));
    let options = question["options"].as_array().expect("options").iter();
    let computed = options.filter(|option| !option["turns"].is_null());
    computed
        .map(|option| {
            let turns = option["turns"].as_array().expect("turns").iter().map(turn);
            (text(&option["id"]), turns.collect())
        })
        .collect()
}

#[test]
fn an_option_comes_to_what_the_changed_rule_comes_to() {
    let options = options(&site(), "law/when");
    assert_eq!(options.len(), 2);
    let law = statuses(&site());
    let rules = String::from_utf8(site().files("regulations")["law/obligations.yaml"].clone());
    let rules = rules.expect("text");
    for (option, due) in [("within", "{on: period-end}"), ("thirty", "{within: 30 days}")] {
        let changed = rules.replace("{on: site-default}", due);
        assert_ne!(changed, rules);
        let project = site().remove("regulations/law/readings.yaml");
        let after = statuses(&project.write("regulations/law/obligations.yaml", changed));
        let expected = difference(&law, &after);
        assert!(!expected.is_empty());
        assert_eq!(options[option], expected, "{option}");
    }
}

#[test]
fn what_nobody_settled_is_said_and_can_gate() {
    site().run("check").code(0).stderr_has("nobody has settled `when`, which decides");
    site().run("check --fail-on reading-decides").code(3);
    site().run("status --fail-on reading-decides").code(3);
    let by = "  by: {post: 法制職務, on: 2026-01-05, letter: 範字第1號}\n  review_by: 2026-03-01\n";
    let settled = || site().write("regulations/law/readings.yaml", format!("{QUESTION}{by}"));
    settled().run("check --fail-on reading-decides").code(0).stderr_has("warning[reading-due]");
    settled().run("check --fail-on reading-due").code(3);
    settled().as_of("2026-03-01").run("check --fail-on reading-due").code(0);
    settled().run("build").code(0);
}

#[test]
fn the_page_says_what_a_reading_decides() {
    let project = site();
    project.run("build").code(0);
    let files = project.files("public");
    let page = String::from_utf8_lossy(&files["readings/law/when.html"]).into_owned();
    for words in ["應於何日前完成", "尚未擇定", "另一解讀下", "變逾期完成"] {
        assert!(page.contains(words), "{words}");
    }
    for linked in ["obligations/law/check.html", "regulations/law.html", "readings/index.html"] {
        let page = String::from_utf8_lossy(&files[linked]).into_owned();
        assert!(page.contains("law/when.html"), "{linked}");
    }
}

/// The minimal site with a draft of its law: the same text, and the rules given.
fn drafted(rules: &str, repeals: &str) -> Project {
    let head = "id: law\nname: 測試規定\nversions:\n\
        - {id: \"2025-01-01\", text: 2025-01-01.txt, in_force: 2025-01-01}\n";
    let law = String::from_utf8(site().files("regulations")["law/obligations.yaml"].clone());
    site()
        .write(
            "regulations/law/regulation.yaml",
            format!("{head}- {{id: draft-2027, draft: true, text: 2025-01-01.txt{repeals}}}\n"),
        )
        .write("regulations/law/obligations.yaml", format!("{}{rules}", law.expect("text")))
}

fn what_if(project: &Project, more: &str) -> Value {
    let run = project.run(&format!("whatif law@draft-2027 --format json {more}")).code(0);
    serde_json::from_str(&run.stdout).expect("JSON")
}

const CHECK: &str = "- {id: check, draft: draft-2027, kind: periodic, clauses: [\"2\"], title: 每月抽查, scope: unit, every: month, due: [{on: DUE}]}\n";

#[test]
fn a_draft_that_says_the_same_changes_nothing() {
    for rules in [String::new(), CHECK.replace("DUE", "site-default")] {
        let found = what_if(&drafted(&rules, ""), "");
        for key in ["turns", "gained", "lost", "work"] {
            assert_eq!(found[key], Value::Array(Vec::new()), "{key}: {found}");
        }
    }
}

#[test]
fn a_draft_is_no_law() {
    let rules = CHECK.replace("DUE", "period-end")
        + &CHECK.replace("id: check", "id: second").replace("DUE", "period-end");
    let project = drafted(&rules, ", repeals: [wipe]");
    assert_eq!(statuses(&project), statuses(&site()));
    project.run("build").code(0);
    let files = project.files("public");
    let page = String::from_utf8_lossy(&files["drafts/law/draft-2027.html"]).into_owned();
    assert!(page.contains("草案尚未施行"), "{page}");
    let law = String::from_utf8_lossy(&files["data/status.json"]).into_owned();
    assert!(!law.contains("law/second"), "a duty of the draft is in the data");
    let found = what_if(&project, "");
    assert_eq!(found["gained"], serde_json::json!(["law/second"]));
    assert_eq!(found["lost"], serde_json::json!(["law/wipe"]));
    assert!(!found["turns"].as_array().expect("a list").is_empty());
    assert!(found["work"][0]["occurrences"].as_i64() > Some(0), "{found}");
}

#[test]
fn a_change_on_the_command_line_comes_to_what_the_rule_comes_to() {
    let project = drafted("", "");
    let set = what_if(&project, "--set check.due.0.on=period-end");
    let draft = what_if(&drafted(&CHECK.replace("DUE", "period-end"), ""), "");
    assert_eq!(set["turns"], draft["turns"]);
    project.run("whatif law@draft-2027 --set check.du=1").code(1).stderr_has("did you mean `due`?");
    project.run("whatif law@draft-2028").code(2).stderr_has("drafts: draft-2027");
    project.run("whatif low@draft-2027").code(2).stderr_has("did you mean `law`?");
    project.run("whatif law").code(2);
}

/// The cadastral regulation of the demo was amended in 2024. With its text before as the law and the
/// amended one as a draft, the draft comes to what the amended rules come to over the same records.
#[test]
#[ignore = "slow: the gate runs it in release"]
fn an_amendment_as_a_draft_comes_to_what_the_amendment_came_to() {
    let folder = repository().join("regulations/taipei-cadastral");
    let read = |name: &str| std::fs::read_to_string(folder.join(name)).expect("a file");
    let head = read("regulation.yaml");
    let rules = read("obligations.yaml");
    let before = rules.replace("rate: 50%", "rate: 20%");
    assert_ne!(before, rules);
    // The draft has the amended rules, each under its own id.
    let of_draft = rules.replace("\n  kind: ", "\n  draft: draft-113\n  kind: ");
    let version = "- id: \"2024-07-01\"";
    assert!(head.contains(version));
    let draft = format!("- {{id: draft-113, draft: true, text: 2024-07-01.txt}}\n{version}");
    let old = || {
        Project::demo()
            .as_of("2026-11-21")
            .write("regulations/taipei-cadastral/obligations.yaml", &before)
    };
    let law = statuses(&old());
    let amended = statuses(&Project::demo().as_of("2026-11-21"));
    let expected: BTreeMap<_, _> = difference(&law, &amended);
    assert!(!expected.is_empty());
    let project = old()
        .write("regulations/taipei-cadastral/regulation.yaml", head.replace(version, &draft))
        .write("regulations/taipei-cadastral/obligations.yaml", format!("{before}\n{of_draft}"));
    let run = project
        .run("whatif taipei-cadastral@draft-113 --format json --from 2024-07-01 --to 2027-12-31");
    let found: Value = serde_json::from_str(&run.code(0).stdout).expect("JSON");
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let turns = found["turns"]
        .as_array()
        .expect("a list")
        .iter()
        .filter(|turn| turn["kind"] == "occurrence");
    let turns: BTreeMap<String, (String, String)> =
        turns.map(|one| (text(&one["id"]), (text(&one["before"]), text(&one["after"])))).collect();
    assert_eq!(turns, expected);
}

/// A duty in hours and one of days before, of neither of which it is said how its time is counted.
const OPEN: &str = "\
- {id: told, kind: event, clauses: [\"2\"], title: 通報, scope: unit, event: incident, deadline: {within: 24 hoursFROM}, answer: told}
- {id: asked, kind: event, clauses: [\"3\"], title: 申請, scope: unit, event: leaving, deadline: {before: 10 daysCOUNTED}, answer: asked}
";

/// The first is told within a day of when it was known, not of when it happened; the second asked on the
/// tenth day before; the third is known when it happens.
const BETWEEN: &str = "\
- {id: first, kind: incident, unit: desk, on: 2026-01-10, at: 2026-01-10T09:00, known_at: 2026-01-10T20:00, answers: [{what: told, on: 2026-01-11, at: 2026-01-11T12:00}]}
- {id: second, kind: leaving, unit: desk, on: 2026-02-21, known_on: 2026-02-01, answers: [{what: asked, on: 2026-02-11}]}
- {id: third, kind: incident, unit: desk, on: 2026-02-10, at: 2026-02-10T09:00, answers: [{what: told, on: 2026-02-10, at: 2026-02-10T12:00}]}
";

fn open(from: &str, counted: &str) -> Project {
    let rules = OPEN.replace("FROM", from).replace("COUNTED", counted);
    Project::new()
        .as_of("2026-03-20")
        .write("regulations/law/obligations.yaml", rules)
        .write("content/events.yaml", BETWEEN)
}

#[test]
fn time_that_nobody_said_how_to_count_is_said_with_what_falls_between() {
    let run = open("", "").run("check").code(0);
    let run = run
        .stderr_has("note[reading-open]")
        .stderr_has("the time of `told` can be counted from when it happened, or from when it was known, and nothing says which: 1 status hangs on it")
        .stderr_has("`law/told/desk/first` is done-late, and done by another reading")
        .stderr_has("the time of `asked` can be counted to the N-th day before the event, or with so many clear days between, and nothing says which: 1 status hangs on it")
        .stderr_has("`law/asked/desk/second` is done, and done-late by another reading");
    assert!(!run.stderr.contains("desk/third"), "{}", run.stderr);
    let quiet = |project: Project| {
        let run = project.run("check").code(0);
        assert!(!run.stderr.contains("reading-open"), "{}", run.stderr);
        run
    };
    // The rule says it, whichever it is.
    quiet(open(", from: on", ", counted: nth-day"));
    quiet(open(", from: known_on", ", counted: clear-days"));
    // A question asks it; what falls between is said of it, of hours as of days.
    let question = |id: &str, clause: &str, words: &str, set: &str| {
        format!(
            "- {{id: {id}, clause: \"{clause}\", words: {words}, question: 自何時起算, chosen: a, options: [{{id: a, says: 甲}}, {{id: b, says: 乙, set: {{{set}}}}}]}}\n"
        )
    };
    let asked = question("hours", "2", "每月抽查", "told.deadline.from: known_on")
        + &question("days", "3", "保存一年", "asked.deadline.counted: clear-days");
    quiet(open("", "").write("regulations/law/readings.yaml", asked))
        .stderr_has("nobody has settled `hours`, which decides 1 status: 1 from done-late to done")
        .stderr_has("`law/told/desk/first` is done-late, and done by another reading");
}

#[test]
fn hours_may_be_read_as_days() {
    let asked = "- {id: hours, clause: \"2\", words: 每月抽查, question: 以時計或以日計, chosen: a, options: [{id: a, says: 以時計}, {id: b, says: 以日計，至次日終止, set: {told.deadline.within: 1 day}}]}\n";
    let project = open(", from: on", ", counted: nth-day");
    let project = project.write("regulations/law/readings.yaml", asked);
    // Told on the day after: late by the hour, in time by the day.
    project.run("check").code(0).stderr_has("which decides 1 status: 1 from done-late to done");
}
