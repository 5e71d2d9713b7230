//! Registers of a site's own: a definition, and all that follows from it.

use serde_json::{Value, json};

use super::project::{Project, listed, repository};

/// A register of the keys of a machine room.
const KEYS: &str = "\
- id: key-loan
  folder: key-loans
  title: 鑰匙借用
  doc: 機房鑰匙之借用登記
  since: lent_on
  ended: returned_on
  unique: number
  named: number
  fields:
    - {key: system, title: 系統, shape: ref, of: system, required: true}
    - {key: unit, title: 借用單位, shape: ref, of: unit, required: true}
    - {key: number, title: 鑰匙編號, shape: text, required: true}
    - {key: lent_on, title: 借出日, shape: first-day, required: true}
    - {key: due_on, title: 應還日, shape: planned-day}
    - {key: room, title: 機房, shape: word, words: {main: 主機房, spare: 備援機房}}
    - {key: copies, title: 份數, shape: count}
    - {key: sealed, title: 封存, shape: flag}
    - {key: month, title: 帳冊月份, shape: month}
    - {key: checked_on, title: 盤點日, shape: day, history: true}
    - {key: papers, title: 借條, shape: ref, of: evidence, list: true}
    - key: approved
      title: 核准
      shape: group
      fields:
        - {key: \"on\", title: 核准日, shape: day, required: true}
        - {key: by, title: 核准人, shape: ref, of: post, required: true}
    - {key: returned_on, title: 歸還日, shape: day}
";

const LOANS: &str = "\
- {id: one, system: net, unit: desk, number: K-1, lent_on: 2026-01-05, room: main, copies: 2, approved: {on: 2026-01-04, by: chief}}
- {id: two, system: net, unit: desk, number: K-2, lent_on: 2026-02-10, room: spare, sealed: true}
- {id: three, system: net, unit: desk, number: K-1, lent_on: 2026-03-02, returned_on: 2026-03-09, checked_on: [2026-03-02, 2026-03-05]}
";

/// Who has a key has it by approval; no key is lent twice at a time.
const MUST: &str = "kind: invariant\nscope: key-loan\n\
                    must: key_loan.approved.on and key_loan.same_number == 0 and key_loan.room != \"spare\"";

fn site() -> Project {
    Project::new()
        .write("content/registers.yaml", KEYS)
        .write("content/key-loans.yaml", LOANS)
        .duty(MUST)
        .as_of("2026-03-20")
}

#[test]
fn a_duty_laid_on_entries_is_judged_of_each() {
    let site = site();
    let outcome = site.run("status --checks --format json").code(0);
    let rows = listed(outcome.stdout.as_bytes(), "checks");
    let of = |id: &str| {
        let own = rows.iter().find(|row| row["record"]["id"] == id);
        own.map(|row| (row["record"]["kind"].clone(), row["verdict"].clone()))
    };
    // The third has ended, so nothing must hold of it any more; and K-1 is lent once.
    let kind = json!("key-loan");
    assert_eq!(of("one"), Some((kind.clone(), json!("holds"))), "{rows:#?}");
    assert_eq!(of("two"), Some((kind, json!("breached"))), "{rows:#?}");
    assert_eq!(of("three"), None, "{rows:#?}");
    // Before it was given back, two had it.
    let outcome = site.as_of("2026-03-08").run("status --checks --format json").code(0);
    let rows = listed(outcome.stdout.as_bytes(), "checks");
    let breached =
        |id: &str| rows.iter().any(|row| row["record"]["id"] == id && row["verdict"] == "breached");
    assert!(breached("one") && breached("three"), "{rows:#?}");
}

#[test]
fn acts_answer_duties_on_entries() {
    let site = site()
        .duty("kind: periodic\nscope: key-loan\nevery: month\ndue: [{on: period-end}]")
        .write(
            "content/audits.yaml",
            "{id: look, obligation: law/check, scope: one, period: 2026-01, done_on: 2026-01-20}\n",
        );
    site.row("law/check/one/2026-01").is("done");
    site.row("law/check/one/2026-02").is("overdue");
    site.row("law/check/two/2026-02").is("overdue");
    // It was there for a week of that month.
    site.row("law/check/three/2026-03");
}

#[test]
fn its_entries_are_kept_and_destroyed_by_a_rule() {
    // Lent on 2026-03-02 and back on 03-09: a month from then ends on 2026-04-09.
    let keys = format!(
        "{KEYS}    - key: destroyed\n      title: 銷毀\n      shape: group\n      fields:\n        \
         - {{key: \"on\", title: 銷毀日, shape: day, required: true}}\n"
    );
    let site = site()
        .write("content/registers.yaml", keys)
        .duty("kind: retention\nscope: key-loan\nkeep: {what: key-loans, for: 1 month, from: completion}")
        .write(
            "content/key-loans.yaml",
            LOANS.replace("returned_on: 2026-03-09,", "returned_on: 2026-03-09, destroyed: {on: 2026-04-09},"),
        )
        .write(
            "regulations/law/tests.yaml",
            "- {of: check, days: {2026-03-09: 2026-04-09}, by: 承辦}\n",
        )
        .as_of("2026-05-01");
    site.run("check").code(0);
    site.run("export csv retention")
        .code(0)
        .stdout_has("key-loan,three,law/check,2026-04-09,115-04-09,提前銷毀,2026-04-09");
    site.run("test law/check").code(0);
    site.run("build");
    let page = String::from_utf8_lossy(&site.files("public")["key-loans/three.html"]).into_owned();
    assert!(page.contains("保存期限") && page.contains("提前銷毀"), "{page}");
}

#[test]
fn pages_call_entries_what_the_definition_says() {
    let site = site();
    site.run("build").code(0);
    let files = site.files("public");
    let page = |path: &str| String::from_utf8_lossy(&files[path]).into_owned();
    let one = page("key-loans/one.html");
    for said in ["鑰匙借用－K-1", "借出日", "主機房", "核准", "科長", "份數", "應還日"]
    {
        assert!(one.contains(said), "{said}\n{one}");
    }
    assert!(!one.contains("lent_on"), "{one}");
    let duty = page("obligations/law/check.html");
    for said in ["核准日", "鑰匙編號相同之其他筆數", "備援機房", "各筆鑰匙借用"]
    {
        assert!(duty.contains(said), "{said}\n{duty}");
    }
    let list = page("key-loans/index.html");
    assert!(list.contains("鑰匙借用") && list.contains("K-2"), "{list}");
}

#[test]
fn data_and_its_schema_know_the_kind() {
    let site = site();
    site.run("build").code(0);
    let files = site.files("public");
    let schema = String::from_utf8_lossy(&files["data/status.schema.json"]).into_owned();
    assert!(schema.contains("\"key-loan\""), "{schema}");
    let checks = String::from_utf8_lossy(&files["data/checks.json"]).into_owned();
    assert!(checks.contains("\"kind\": \"key-loan\""), "{checks}");
    site.run("export csv checks").code(0).stdout_has("key-loan,two,不符");
}

#[test]
fn the_reader_reports_what_the_definition_does_not_have() {
    let row = |more: &str| {
        format!("{{id: one, system: net, unit: desk, number: K-1, lent_on: 2026-01-05{more}}}\n")
    };
    let check = |text: &str| {
        let site = site().write("content/key-loans.yaml", text);
        let outcome = site.run("check --format json");
        let found: Vec<Value> = serde_json::from_str(&outcome.stdout).expect("JSON");
        found.into_iter().filter(|one| one["severity"] == "error").collect::<Vec<Value>>()
    };
    assert_eq!(check(&row("")), Vec::<Value>::new());
    for (more, code, said) in [
        (", colour: red", "unknown-key", "has no key `colour`"),
        (", room: cellar", "unknown-word", "`room` takes one of `main`, `spare`"),
        (", copies: many", "invalid-number", "`copies` takes a whole number"),
        (", sealed: 'yes'", "wrong-type", "`sealed` takes `true` or `false`"),
        (", month: 2026-13", "invalid-period", "`month` takes a month"),
        (", due_on: 2026-02-30", "invalid-date", "2026-02-30"),
        (", papers: [none-such]", "unknown-id", "no evidence has the id `none-such`"),
        (", approved: {on: 2026-01-01}", "missing-key", "lacks `by`"),
        (", approved: {on: 2026-01-01, by: nobody}", "unknown-id", "no post has the id"),
    ] {
        let found = check(&row(more));
        assert_eq!(found.len(), 1, "{more}: {found:#?}");
        assert_eq!(found[0]["code"], code, "{found:#?}");
        assert!(found[0]["message"].as_str().is_some_and(|text| text.contains(said)), "{found:#?}");
        assert_eq!(found[0]["file"], "content/key-loans.yaml", "{found:#?}");
        assert_eq!(found[0]["line"], 1, "{found:#?}");
    }
    let found = check("{id: one, system: net, unit: desk, number: K-1}\n");
    assert_eq!(found[0]["code"], "missing-key", "{found:#?}");
}

#[test]
fn conditions_know_the_fields_and_no_others() {
    for (must, said) in [
        ("key_loan.lent and true", "`key_loan` has no `lent`"),
        ("key_loan.room == \"cellar\"", "`key_loan.room` is never `cellar`"),
        ("key_loan.lent_on == 3", "a day and a number cannot be compared so"),
        ("key_loan.same_room == 0", "`key_loan` has no `same_room`"),
    ] {
        let rule = format!("kind: invariant\nscope: key-loan\nmust: '{must}'");
        site().duty(&rule).run("check").code(1).stderr_has("invalid-expression").stderr_has(said);
    }
    site()
        .duty("kind: invariant\nscope: key-lone\nmust: key_loan.room")
        .run("check")
        .code(1)
        .stderr_has("did you mean `key-loan`?");
}

#[test]
fn editors_and_scaffolds_know_it() {
    let site = site();
    site.run("schema").code(0).stdout_has("key-loan").stdout_has("content/key-loans.yaml");
    let schema: Value =
        serde_json::from_str(&site.run("schema key-loan").code(0).stdout).expect("JSON");
    let record = &schema["definitions"]["record"];
    assert_eq!(schema["description"], "機房鑰匙之借用登記");
    assert_eq!(record["properties"]["lent_on"]["description"], "借出日");
    assert_eq!(record["properties"]["room"]["enum"], json!(["main", "spare"]));
    assert_eq!(record["required"], json!(["id", "system", "unit", "number", "lent_on"]));
    assert_eq!(record["properties"]["approved"]["required"], json!(["on", "by"]));
    assert_eq!(record["additionalProperties"], false);
    let rules: Value =
        serde_json::from_str(&site.run("schema obligations").code(0).stdout).expect("JSON");
    let scopes = rules["anyOf"][0]["items"]["properties"]["scope"]["enum"].as_array();
    assert!(scopes.is_some_and(|all| all.contains(&json!("key-loan"))), "{rules:#}");
    let made = site.run("new key-loan --print").code(0).stdout;
    assert!(made.contains("借出日") && made.contains("system: net"), "{made}");
    site.run("new key-loan --set number=K-9 --set id=nine").code(0);
    site.run("check").code(0);
    // Elsewhere nobody has heard of it.
    Project::new().run("schema key-loan").code(2);
}

#[test]
fn tests_of_rules_give_entries() {
    let tests = "- {of: check, title: 借用未經核准, given: {key-loan: {room: main}}, on: 2026-03-01, expect: {check: breached}, by: 承辦}\n\
                 - {of: check, title: 經核准, given: {key-loan: {room: main, approved: {on: 2026-02-01, by: chief}}, \
                 records: {posts: [{id: chief, agency: agency, title: 科長, staff: S-9}]}}, on: 2026-03-01, expect: {check: held}, by: 承辦}\n";
    let site = site().write("regulations/law/tests.yaml", tests);
    site.run("test").code(0);
    // A case of such a test takes the register from the site it is asked in.
    site.run("test --write-cases kit").code(0);
    site.run("test --cases kit").code(0);
}

#[test]
fn the_editor_learns_what_is_defined_later() {
    let site = site().write(
        ".vscode/settings.json",
        "{\"files.eol\": \"\\n\", \"yaml.schemas\": {\"./own.json\": [\"own.yaml\"]}}\n",
    );
    site.run("schema --write").code(0).stdout_has("wrote .clausebook/schemas/key-loan.json");
    let read = |path: &str| -> Value {
        let text = std::fs::read(site.root().join(path)).expect("it was written");
        serde_json::from_slice(&text).expect("JSON")
    };
    let schema = read(".clausebook/schemas/key-loan.json");
    assert_eq!(schema["description"], "機房鑰匙之借用登記");
    let settings = read(".vscode/settings.json");
    assert_eq!(settings["files.eol"], "\n");
    let of = &settings["yaml.schemas"];
    assert_eq!(of["./own.json"], json!(["own.yaml"]));
    let files = of["./.clausebook/schemas/key-loan.json"].as_array().expect("a list");
    assert!(files.contains(&json!("content/key-loans.yaml")), "{files:?}");
    // What is as it should be is not written again, and comments are not thrown away.
    assert_eq!(site.run("schema --write").code(0).stdout, "");
    let site = site.write(".vscode/settings.json", "{} // by hand\n");
    site.run("schema --write").code(1).no_stdout().stderr_has("is not JSON");
    site.run("schema key-loan --write").code(2);
    // What cannot be read is not written over, and nothing is laid where no site is.
    let site = site.write(".vscode/settings.json", " ".repeat((1 << 20) + 1));
    site.run("schema --write").code(4).stderr_has("more than 1 MiB");
    assert_eq!(site.files(".vscode")["settings.json"].len(), (1 << 20) + 1);
    let nowhere = Project::empty();
    nowhere.run("schema --write").code(2).stderr_has("no site's folder");
    assert!(nowhere.files("").is_empty());
}

#[test]
fn the_register_of_the_reference_is_sound() {
    let guide = std::fs::read_to_string(repository().join("docs/records.md")).expect("the guide");
    let block = guide.split_once("```yaml content/registers.yaml\n").expect("a definition").1;
    let block = block.split_once("```").expect("its end").0;
    Project::new().write("content/registers.yaml", block).run("new key-loan --print").code(0);
}

#[test]
#[ignore = "slow: the gate runs it in release"]
fn definitions_that_cannot_be_are_reported_at_their_places() {
    for (old, new, said) in [
        ("id: key-loan", "id: account", "`account` is a name the program has"),
        ("id: key-loan", "id: asset", "`asset` is a register the program brings already"),
        ("id: key-loan", "id: office", "`office` is a name the program has"),
        ("folder: key-loans", "folder: accounts", "the folder `accounts` holds something else"),
        ("folder: key-loans", "folder: endpoints", "the folder `endpoints` is that of `endpoint`"),
        ("folder: key-loans", "folder: regulations", "holds something else"),
        ("since: lent_on", "since: lent", "`since` names a required `day` or `first-day`"),
        ("since: lent_on", "since: number", "`since` names a required"),
        ("since: lent_on", "since: due_on", "write one of `lent_on`"),
        ("ended: returned_on", "ended: lent_on", "`ended` names a `day` that may be left out"),
        ("unique: number", "unique: copies", "`unique` names a `text`"),
        ("named: number", "named: nobody", "`named` names a `text`"),
        ("key: copies", "key: number", "`number` is defined twice"),
        ("key: copies", "key: Copies", "`Copies` cannot be a key"),
        ("key: copies", "key: note", "`note` is a key the program has"),
        ("of: evidence", "of: evidense", "did you mean `evidence`?"),
        ("of: evidence", "of: usage", "`usage` is no kind of record that can be named"),
        (
            "shape: word, words: {main: 主機房, spare: 備援機房}",
            "shape: word",
            "`room` lacks `words`",
        ),
        ("shape: count", "shape: count, of: post", "`of` does not belong to a `count`"),
        ("main: 主機房", "Main: 主機房", "`Main` cannot be a word of records"),
        ("shape: first-day", "shape: first-day, history: true", "only a `day` can have a history"),
        ("system, required: true", "system", "belong to no system"),
        ("unit, required: true", "unit", "belong to no agency"),
    ] {
        let text = KEYS.replacen(old, new, 1);
        assert_ne!(text, KEYS, "{old}");
        let site = Project::new().write("content/registers.yaml", &text);
        let outcome = site.run("check").code(1).stderr_has("invalid-register");
        assert!(outcome.stderr.contains("content/registers.yaml:"), "{}", outcome.stderr);
        let wrapped = outcome.stderr.replace("\n", " ");
        assert!(wrapped.contains(said), "{said}\n{}", outcome.stderr);
    }
    for (old, new, code) in [
        ("shape: count", "shape: number", "unknown-word"),
        ("  title: 鑰匙借用\n", "", "missing-key"),
        ("title: 份數, ", "", "missing-key"),
        ("  named: number\n", "  name: number\n", "unknown-key"),
    ] {
        let text = KEYS.replacen(old, new, 1);
        assert_ne!(text, KEYS, "{old}");
        Project::new()
            .write("content/registers.yaml", &text)
            .write("content/key-loans.yaml", LOANS)
            .run("check")
            .code(1)
            .stderr_has(code)
            // What the definition would have been of is not reported as well.
            .stderr_lacks("unexpected-file");
    }
    let twice = format!("{KEYS}{KEYS}");
    Project::new()
        .write("content/registers.yaml", twice)
        .run("check")
        .code(1)
        .stderr_has("duplicate-id");
}
