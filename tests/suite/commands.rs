//! The command line: exit codes, what goes to stdout and what to stderr, filters, formats, and the
//! care about the output folder.

use std::fs;

use serde_json::Value;

use super::project::{CHECK, Project, files, listed, repository};

/// A site with a duty that is overdue, one that is short, one that cannot be judged, one due soon.
fn busy() -> Project {
    Project::new()
        .as_of("2026-02-20")
        .duties(&[
            CHECK,
            "  sample:
    records: {of: queries, tiers: [{rate: 6%}]}
- id: wipe
  kind: periodic
  clauses: [\"3\"]
  title: 每年清查
  scope: agency
  every: year
  due: [{on: period-end}]
",
        ])
        .write("content/usage.yaml", "- {unit: desk, system: net, month: 2025-10, queries: 100, active_users: 1, total_users: 1}\n")
        .write(
            "content/audits.yaml",
            "\
- {id: a1, obligation: law/check, scope: desk, period: 2025-10, done_on: 2025-11-10, sample: {records: 1}}
- {id: a2, obligation: law/check, scope: desk, period: 2025-11, done_on: 2025-12-10, sample: {records: 1}}
",
        )
}

fn statuses(project: &Project, line: &str) -> Vec<(String, String)> {
    let outcome = project.run(&format!("status --format json {line}")).code(0);
    let rows = listed(outcome.stdout.as_bytes(), "occurrences");
    let text = |row: &Value, key: &str| row[key].as_str().expect("a text").to_owned();
    rows.iter().map(|row| (text(row, "id"), text(row, "status"))).collect()
}

// Exit codes

#[test]
fn fine_is_0() {
    busy().run("check").code(0).no_stdout().stderr_has("as of 2026-02-20");
    busy().run("status").code(0);
    busy().run("build").code(0).no_stdout().stderr_has("published");
    busy().run("explain unknown-clause").code(0).no_stderr();
}

#[test]
fn overdue_is_a_result_and_no_error() {
    busy().run("check").code(0).stderr_has("overdue").stderr_has("deficient");
}

#[test]
fn faulty_inputs_are_1() {
    let broken = || busy().write("content/posts.yaml", "id: Chief\n");
    broken().run("check").code(1).no_stdout().stderr_has("invalid-id");
    broken().run("build").code(1).no_stdout().stderr_has("invalid-id");
    broken().run("status").code(1).no_stdout().stderr_has("invalid-id");
    broken().run("explain law/check/desk/2026-01").code(1).no_stdout().stderr_has("invalid-id");
    broken().run("sample-size --regulation law --clause 2 --population 1").code(1).no_stdout();
    assert!(!broken().root().join("public").exists());
}

#[test]
fn a_broken_template_is_1() {
    let project = busy().write("templates/404.html", "{% if %}");
    project.run("check --render").code(1).stderr_has("404.html");
    project.run("build").code(1).stderr_has("404.html");
    assert!(!project.root().join("public").exists());
}

#[test]
fn pages_that_break_a_promise_are_1() {
    let page = "<!DOCTYPE html><title>x</title><a href=\"nowhere.html\">x</a>";
    let project = busy().write("templates/404.html", page);
    project.run("check --render").code(1).stderr_has("nowhere.html");
    project.run("build").code(1).stderr_has("not published");
    assert!(!project.root().join("public").exists());
}

#[test]
fn misuse_is_2() {
    for line in [
        "",
        "biuld",
        "check --colour",
        "check --format xml",
        "status --status done-soon",
        "check --fail-on done",
        "check --jobs 0",
        "check -q -v",
        "explain",
        "sample-size --regulation law",
    ] {
        let project = Project::new();
        project.run(line).code(2).no_stdout().stderr_has("--help");
    }
}

#[test]
fn days_that_are_none_are_2() {
    for day in ["2026-02-30", "113/02/30", "26-05-22", "today", "1130230"] {
        Project::new().run(&format!("check --as-of {day}")).code(2).no_stdout().stderr_has(day);
    }
}

#[test]
fn unknown_names_are_2_with_a_suggestion() {
    let project = busy();
    let run = |line: &str| project.run(line).code(2).no_stdout();
    run("status --regulation lwa").stderr_has("did you mean `law`?");
    run("status --unit dsek").stderr_has("did you mean `desk`?");
    run("status --agency ctiy").stderr_has("did you mean `city`?");
    run("explain law/check/desk/2026-10x").stderr_has("did you mean `law/check/desk/2026-10`?");
    run("explain nothing/like/this/here").stderr_has("`clausebook status` lists occurrences");
    run("explain unknown-clase").stderr_has("did you mean `unknown-clause`?");
    run("explain zzz").stderr_has("missing-file");
}

#[test]
fn a_gate_is_3_and_says_what_tripped_it() {
    let project = busy();
    for (command, gate, said) in [
        ("check", "overdue", "overdue"),
        ("status", "deficient", "gate: 1 deficient"),
        ("build", "unknown", "gate: 1 unknown"),
        ("status", "due-soon", "gate: 1 due-soon"),
        ("check", "overdue,unknown", "gate: 1 unknown"),
    ] {
        project.run(&format!("{command} --fail-on {gate}")).code(3).stderr_has(said);
    }
    let warned = || busy().write("content/notes.txt", "x\n");
    warned().run("check --fail-on warning").code(3).stderr_has("gate: 1 warning");
    warned().run("check").code(0);
    busy().run("check --fail-on warning").code(0).stderr_lacks("gate");
    // An error is an error, gate or no gate.
    let broken = busy().write("content/posts.yaml", "id: Chief\n");
    broken.run("check --fail-on overdue").code(1);
}

#[test]
fn a_tripped_gate_still_publishes() {
    let project = busy();
    project.run("build --fail-on overdue").code(3);
    assert!(project.root().join("public/index.html").exists());
}

#[test]
fn a_gate_looks_at_what_is_listed() {
    busy().run("status --fail-on overdue --format csv").code(3);
    // The gate looks at what was asked for.
    busy().run("status --status done --fail-on overdue --format csv").code(0);
}

#[test]
fn a_folder_that_is_not_there_is_4() {
    let project = Project::new();
    project.run("check -C nowhere").code(4).no_stdout().stderr_has("nowhere");
    project.run("check -C clausebook.yaml").code(4).no_stdout();
    project.run("status -C nowhere").code(4);
}

// Output

#[test]
fn data_goes_to_stdout_and_talk_to_stderr() {
    let project = busy().write("content/notes.txt", "x\n");
    let json = project.run("check --format json").code(0);
    serde_json::from_str::<Vec<Value>>(&json.stdout).expect("only data on stdout");
    let rows = project.run("status --format json").code(0).no_stderr();
    assert!(!listed(rows.stdout.as_bytes(), "occurrences").is_empty(), "only data on stdout");
    project.run("status").code(0).stdout_has("law/check/desk/2026-01").stderr_has("as of");
    project.run("status -q").code(0).no_stderr();
    project.run("check -q").code(0).no_stdout().no_stderr();
    project.run("check -v").code(0).no_stdout().stderr_has("assess").stderr_has("ms");
    project.run("check --format github").code(0).stdout_has("::warning file=content/notes.txt");
    // Not to a terminal, so without colour.
    project.run("check").code(0).stderr_lacks("\u{1b}[");
}

#[test]
fn annotations_name_files_from_where_the_command_stands() {
    let project = busy().write("content/posts.yaml", "id: Chief\n");
    let name = project.root().file_name().expect("a name").to_str().expect("UTF-8").to_owned();
    project
        .run(&format!("check --format github -C ../{name}"))
        .code(1)
        .stdout_has(&format!("::error file=../{name}/content/posts.yaml,line=1"));
}

#[test]
fn help_and_version_are_fine() {
    for line in ["--help", "-h", "--version", "build --help", "status --help", "sample-size -h"] {
        let outcome = Project::empty().run(line).code(0).no_stderr();
        assert!(!outcome.stdout.is_empty(), "{line}");
    }
    Project::empty().run("--help").code(0).stdout_has("Exit codes").stdout_has("sample-size");
}

// status

#[test]
fn rows_can_be_chosen() {
    let project = busy();
    let all = statuses(&project, "");
    assert!(all.len() > 20);
    let only = |line: &str, fits: &dyn Fn(&(String, String)) -> bool| {
        let found = statuses(&project, line);
        let expected: Vec<_> = all.iter().filter(|row| fits(row)).cloned().collect();
        assert!(!expected.is_empty() && expected.len() < all.len(), "{line}");
        assert_eq!(found, expected, "{line}");
    };
    only("--status overdue", &|(_, status)| status == "overdue");
    only("--status overdue,deficient", &|(_, status)| {
        ["overdue", "deficient"].contains(&status.as_str())
    });
    only("--status unknown --status due-soon", &|(_, status)| {
        ["unknown", "due-soon"].contains(&status.as_str())
    });
    only("--unit desk", &|(id, _)| id.contains("/desk/"));
    only("--from 2026-02-28 --to 2026-03-31", &|(id, _)| {
        id == "law/check/desk/2026-01" || id == "law/check/desk/2026-02"
    });
    only("--from 115-02-28 --to 115-02-28", &|(id, _)| id == "law/check/desk/2026-01");
    assert_eq!(statuses(&project, "--regulation law --agency city"), all);
    assert_eq!(statuses(&project, "--unit desk --status deficient").len(), 1);
    // No day lies between the two: a slip, not a list with nothing on it.
    project.run("status --from 2026-03-01 --to 2026-02-01").code(2).stderr_has("lies after --to");
}

#[test]
fn the_day_may_be_written_in_both_calendars() {
    let project = || {
        Project::new().duty("kind: periodic\nscope: agency\nevery: month\ndue: [{on: period-end}]")
    };
    let roc = project().run("status --format json --as-of 115-11-21").code(0).stdout;
    let iso = project().run("status --format json --as-of 2026-11-21").code(0).stdout;
    assert_eq!(roc, iso);
    assert!(roc.contains("2026-11"));
    // Before the command or after it.
    assert_eq!(project().run("--as-of 2026-11-21 status --format json").code(0).stdout, iso);
    // The site's own day, where the command names none.
    let config = "name: 站\nagency: 局\nas_of: \"115-11-21\"\n";
    let site = project().write("clausebook.yaml", config);
    assert_eq!(site.run("status --format json").code(0).stdout, iso);
    assert_ne!(site.run("status --format json --as-of 2026-12-21").code(0).stdout, iso);
}

#[test]
fn csv_opens_in_a_spreadsheet_and_runs_nothing() {
    let project = busy().write(
        "content/findings.yaml",
        "id: f1\naudit: a1\ntitle: '=1+1'\ngrade: minor\nfound_on: 2025-11-10\n",
    );
    let csv = project.run("status --format csv").code(0).no_stderr().stdout;
    assert!(csv.starts_with("\u{feff}id,regulation,"));
    let lines: Vec<&str> = csv.split("\r\n").collect();
    assert_eq!(lines.len(), statuses(&project, "").len() + 2, "a heading, the rows, an end");
    assert!(csv.lines().all(|line| !line.contains(",=")));
    // The same rows as the published file, and as the JSON.
    project.run("build").code(0);
    assert_eq!(project.files("public")["data/status.csv"], csv.as_bytes());
}

/// What a JSON Schema of types, properties, enums and items says of a value; a small part of the
/// standard, and all that ours uses.
fn violations(schema: &Value, value: &Value, place: &str, found: &mut Vec<String>) {
    const KNOWN: &[&str] = &[
        "$schema",
        "title",
        "version",
        "type",
        "items",
        "properties",
        "required",
        "additionalProperties",
        "enum",
        "format",
        "minimum",
        "description",
        "$id",
        "$comment",
        "pattern",
    ];
    for key in schema.as_object().expect("a schema").keys() {
        assert!(KNOWN.contains(&key.as_str()), "the check does not know `{key}`");
    }
    let kind = match value {
        Value::Null => "null",
        Value::Bool(_) => "boolean",
        Value::Number(number) if number.is_u64() => "integer",
        Value::Number(_) => "number",
        Value::String(_) => "string",
        Value::Array(_) => "array",
        Value::Object(_) => "object",
    };
    let types = match &schema["type"] {
        Value::Null => vec![kind],
        Value::String(name) => vec![name.as_str()],
        names => names.as_array().expect("types").iter().filter_map(Value::as_str).collect(),
    };
    if !types.contains(&kind) {
        found.push(format!("{place} is {kind}, not {types:?}"));
    }
    if let Some(words) = schema["enum"].as_array()
        && !words.contains(value)
    {
        found.push(format!("{place} is {value}, not one of {words:?}"));
    }
    if let (Some("date"), Some(text)) = (schema["format"].as_str(), value.as_str())
        && (text.len() != 10 || clausebook::time::parse_day(text).is_err())
    {
        found.push(format!("{place} is no date: {text}"));
    }
    for (number, item) in value.as_array().into_iter().flatten().enumerate() {
        violations(&schema["items"], item, &format!("{place}[{number}]"), found);
    }
    let Some(map) = value.as_object() else { return };
    for name in schema["required"].as_array().into_iter().flatten().filter_map(Value::as_str) {
        if !map.contains_key(name) {
            found.push(format!("{place} lacks {name}"));
        }
    }
    for (name, item) in map {
        match schema["properties"].get(name) {
            Some(inner) => violations(inner, item, &format!("{place}.{name}"), found),
            // Only a schema that is closed names every key.
            None if schema["additionalProperties"] == false => {
                found.push(format!("{place} has {name}"));
            }
            None => {}
        }
    }
}

#[test]
fn status_json_keeps_to_its_schema() {
    let project = busy();
    project.run("build").code(0);
    let public = project.files("public");
    let json = |path: &str| serde_json::from_slice::<Value>(&public[path]).expect("JSON");
    let (schema, mut rows) = (json("data/status.schema.json"), json("data/status.json"));
    assert_eq!((&schema["version"], &rows["schema"]), (&3.into(), &3.into()));
    let history = (json("data/history.schema.json"), json("data/history.json"));
    assert_eq!(history.0["version"], history.1["schema_version"]);
    let mut found = Vec::new();
    violations(&history.0, &history.1, "history", &mut found);
    let receipts = json("data/receipts.schema.json");
    for path in public.keys().filter(|path| path.starts_with("data/receipts/")) {
        violations(&receipts, &json(path), path, &mut found);
    }
    assert_eq!(found, [""; 0]);
    let printed = project.run("status --format json").code(0).stdout;
    assert_eq!(public["data/status.json"], printed.as_bytes());
    let mut found = Vec::new();
    violations(&schema, &rows, "rows", &mut found);
    assert_eq!(found, [""; 0]);
    // The check sees what is wrong.
    let list = &mut rows["occurrences"];
    list[0]["status"] = "fine".into();
    list[1]["due"] = "28 February".into();
    list[2]["colour"] = "red".into();
    list[3]["required"]["records"] = "7".into();
    list[4].as_object_mut().expect("a row").remove("reasons");
    list[5]["due_basis"] = "hearsay".into();
    rows["verdict"]["overdue"].as_object_mut().expect("counts").remove("settled");
    violations(&schema, &rows, "rows", &mut found);
    assert_eq!(found.len(), 7, "{found:#?}");
}

#[test]
fn checks_json_keeps_to_its_schema() {
    let json = |path: &str| -> Value {
        serde_json::from_slice(&super::published::DEMO.files[path]).expect("JSON")
    };
    let (schema, mut rows) = (json("data/checks.schema.json"), json("data/checks.json"));
    assert_eq!((&schema["version"], &rows["schema"]), (&2.into(), &2.into()));
    let list = rows["checks"].as_array().expect("a list");
    assert!(list.iter().any(|row| row["grounds"].as_array().is_some_and(|all| !all.is_empty())));
    assert!(list.iter().any(|row| row["why"].is_string()));
    let mut found = Vec::new();
    violations(&schema, &rows, "rows", &mut found);
    assert_eq!(found, [""; 0]);
    rows["checks"][0]["verdict"] = "fine".into();
    rows["checks"][1].as_object_mut().expect("a row").remove("record");
    violations(&schema, &rows, "rows", &mut found);
    assert_eq!(found.len(), 2, "{found:#?}");
}

// explain

#[test]
fn an_occurrence_is_explained() {
    busy()
        .run("explain law/check/desk/2025-10")
        .code(0)
        .no_stderr()
        .stdout_has("law/check/desk/2025-10")
        .stdout_has("測試規定")
        .stdout_has("第二點")
        .stdout_has("deficient")
        .stdout_has("不足 5 件")
        .stdout_has("window 2025-11-01 to 2025-11-30")
        .stdout_has("audits: a1");
}

#[test]
fn every_code_is_explained() {
    for code in clausebook::diagnostic::Code::ALL {
        Project::empty()
            .run(&format!("explain {}", code.slug()))
            .code(0)
            .stdout_has(code.slug())
            .stdout_has(code.summary())
            .stdout_has(code.explanation());
    }
}

// The output folder

#[test]
fn a_build_that_fails_leaves_the_old_site_as_it_is() {
    let project = busy();
    project.run("build").code(0);
    let before = project.files("public");
    let project = project.write("templates/words/zh-Hant-TW.yaml", "site: {home: 首頁}\n");
    let beside = fs::read_dir(project.root()).expect("lists").count();
    let unchanged = |project: &Project, line: &str, code: i32| {
        project.run(line).code(code);
        assert!(project.files("public") == before, "`{line}` touched the old site");
        assert_eq!(fs::read_dir(project.root()).expect("lists").count(), beside, "left-overs");
    };
    let project = project.write("content/posts.yaml", "id: Chief\n");
    unchanged(&project, "build", 1);
    let project =
        project.write("content/posts.yaml", "id: chief\nagency: city\ntitle: 科長\nstaff: A1\n");
    let project = project.write("templates/404.html", "{% if %}");
    unchanged(&project, "build", 1);
    let project = project.write("templates/404.html", "<a href=\"nowhere.html\">x</a>");
    unchanged(&project, "build", 1);
    unchanged(&project, "build --as-of 2026-02-30", 2);
    let project = project.remove("templates/404.html");
    unchanged(&project, "build -o content/public", 4);
    // And nothing but the output is ever written.
    project.run("check").code(0);
    project.run("status").code(0);
    assert!(project.files("public") == before);
}

#[test]
fn folders_that_are_not_ours_are_refused() {
    let project = busy().write("mine/letter.txt", "keep\n").write("repo/.git/HEAD", "ref\n");
    let before = files(project.root());
    for output in [
        ".",
        "..",
        "/",
        "content",
        "content/public",
        "regulations",
        "templates/x",
        "mine",
        "repo",
        "clausebook.yaml",
        "mine/../content/x",
    ] {
        project.run(&format!("build -o {output}")).code(4).no_stdout().stderr_has("error:");
        assert!(files(project.root()) == before, "{output} was touched");
    }
    project.run("build -o new/site").code(0);
    assert!(project.root().join("new/site/index.html").exists());
}

#[test]
fn helps_and_guides_name_only_commands_there_are() {
    let known = Project::empty().run("--help").code(0).stdout;
    let mut named = 0;
    let mut look = |path: &str, text: &str| {
        for rest in text.split("`clausebook ").skip(1) {
            let word = rest.split(|c: char| !c.is_ascii_lowercase() && c != '-').next();
            let word = word.unwrap_or_default();
            let is_command = word.starts_with('-') || known.contains(&format!("\n  {word} "));
            assert!(word.is_empty() || is_command, "{path}: `clausebook {word}`");
            named += 1;
        }
    };
    for folder in ["src", "docs", "content/pages"] {
        for (path, bytes) in files(&repository().join(folder)) {
            look(&path, &String::from_utf8_lossy(&bytes));
        }
    }
    assert!(named > 3, "{named}");
}

#[test]
fn a_retention_rule_hears_of_every_day_papers_are_counted_from() {
    let project = Project::new().duty(
        "kind: retention\nscope: unit\nkeep: {what: transfers, for: 1 year, from: cancellation}",
    );
    let said = project.run("check").code(1).stderr;
    for known in [
        "audits: completion",
        "accounts: approval or cancellation",
        "usage: period-end",
        "transfers: completion",
    ] {
        assert!(said.contains(known), "{known} in {said}");
    }
}

/// Whoever reads a pipe may have enough, or nobody reads: both are a quiet end.
#[test]
#[cfg(unix)]
fn a_closed_pipe_is_a_quiet_end() {
    use std::process::{Command, Stdio};
    let project = Project::new();
    for words in ["--help", "status", "status --format json", "schema account", "check", "digest"] {
        for shell in ["\"$@\" | head -c 1", "\"$@\" >&-", "\"$@\" >&- 2>&- <&-"] {
            let ended = Command::new("bash")
                .args(["-c", &format!("set -o pipefail; {shell}"), "bash"])
                .arg(env!("CARGO_BIN_EXE_clausebook"))
                .args(words.split(' '))
                .current_dir(project.root())
                .stdin(Stdio::null())
                .output()
                .expect("the program starts");
            let said = String::from_utf8_lossy(&ended.stderr);
            assert_eq!(ended.status.code(), Some(0), "{words} {shell}: {said}");
            assert!(!said.contains("panicked") && !said.contains("cannot write"), "{said}");
        }
    }
}

/// Errors of usage quote what was handed over; nothing of it acts upon the terminal.
#[test]
fn what_is_quoted_from_the_command_line_is_escaped() {
    let project = Project::new();
    for word in ["--x\u{202e}", "--as-of=2026\u{1b}[2J", "--jobs=\u{200b}", "\u{e0041}"] {
        let ended = std::process::Command::new(env!("CARGO_BIN_EXE_clausebook"))
            .args(["check", word])
            .current_dir(project.root())
            .output()
            .expect("the program starts");
        let said = String::from_utf8(ended.stderr).expect("UTF-8");
        assert_eq!(ended.status.code(), Some(2), "{said}");
        assert!(said.contains("error: "), "{said}");
        assert!(!said.contains(['\u{202e}', '\u{1b}', '\u{200b}', '\u{e0041}']), "{said:?}");
    }
}

/// A cut or empty file must not pass for the whole: not data, not help.
#[test]
#[cfg(target_os = "linux")]
fn what_cannot_be_printed_is_a_failure() {
    let project = Project::new();
    for words in [
        "--help",
        "--version",
        "status --help",
        "status --format csv",
        "check --format jsonl",
        "explain hidden-character",
        "completions bash",
        "schema",
    ] {
        let full = std::fs::OpenOptions::new().write(true).open("/dev/full").expect("is there");
        let ended = std::process::Command::new(env!("CARGO_BIN_EXE_clausebook"))
            .args(words.split(' '))
            .current_dir(project.root())
            .stdout(full)
            .stderr(std::process::Stdio::null())
            .status()
            .expect("the program starts");
        assert_eq!(ended.code(), Some(4), "{words}");
    }
}
