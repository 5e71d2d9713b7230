//! Problems in every format: one set of them, each report valid by its format's schema.

use std::collections::BTreeSet;

use serde_json::Value;

use super::project::Project;

/// Mistakes of several files and severities, some twice in a line, one in a file without text.
fn broken() -> Project {
    Project::new()
        .as_of("2026-03-01")
        .write("content/posts.yaml", "id: chief\nagency: citi\ntitle: \"a<b>|`]]>&\"\nstaff: A1\n")
        .write(
            "content/trainings.yaml",
            "id: t1\npost: chief\non: 2026-02-30\nhours: x\ntitle: 訓\n",
        )
        .write("content/notes 一.txt", "x\n")
        .write("content/pages/how.md", "---\ntitle: 法\n---\n\na <b>x</b> [y](javascript:z)\n")
}

/// Code, file and line.
type Told = (String, String, u64);

fn text(value: &Value) -> String {
    value.as_str().unwrap_or_else(|| panic!("no text: {value}")).to_owned()
}

fn of_json(rows: &[Value]) -> BTreeSet<Told> {
    let told =
        |row: &Value| (text(&row["code"]), text(&row["file"]), row["line"].as_u64().unwrap_or(1));
    rows.iter().map(told).collect()
}

#[test]
fn one_set_of_problems_in_every_format() {
    let project = broken();
    let report = |format: &str| project.run(&format!("check --format {format}")).code(1).stdout;
    let parse = |text: &str| serde_json::from_str::<Value>(text).expect("JSON");
    let json = parse(&report("json"));
    let rows = json.as_array().expect("an array");
    let told = of_json(rows);
    assert!(told.len() >= 6, "{told:?}");

    let lines: Vec<Value> = report("jsonl").lines().map(parse).collect();
    assert_eq!(&lines, rows);

    let gitlab = parse(&report("gitlab"));
    let found = gitlab.as_array().expect("an array").iter().map(|row| {
        let lines = &row["location"]["lines"];
        assert!(matches!(row["severity"].as_str(), Some("critical" | "minor" | "info")), "{row}");
        assert!(!text(&row["description"]).is_empty() && !text(&row["fingerprint"]).is_empty());
        assert!(
            lines["begin"].as_u64() >= Some(1) && lines["end"].as_u64() >= lines["begin"].as_u64()
        );
        let path = text(&row["location"]["path"]);
        (text(&row["check_name"]), path, lines["begin"].as_u64().expect("a line"))
    });
    assert_eq!(found.collect::<BTreeSet<_>>(), told);

    let sarif = parse(&report("sarif"));
    assert_eq!(sarif["version"], "2.1.0");
    let run = &sarif["runs"][0];
    let rules = run["tool"]["driver"]["rules"].as_array().expect("rules");
    let results = run["results"].as_array().expect("results");
    let found = results.iter().map(|result| {
        let rule = usize::try_from(result["ruleIndex"].as_u64().expect("a number")).expect("small");
        assert_eq!(rules[rule]["id"], result["ruleId"]);
        let place = &result["locations"][0]["physicalLocation"];
        let line = place["region"]["startLine"].as_u64().unwrap_or(1);
        let uri = text(&place["artifactLocation"]["uri"]);
        assert!(uri.is_ascii() && !uri.contains(' '), "{uri}");
        (text(&result["ruleId"]), uri.replace("%20%E4%B8%80", " 一"), line)
    });
    assert_eq!(found.collect::<BTreeSet<_>>(), told);

    let junit = report("junit");
    assert_eq!(of_junit(&junit), told);

    let summary = project.root().join("summary.md");
    let project = project.env("GITHUB_STEP_SUMMARY", summary.to_str().expect("UTF-8"));
    let github = project.run("check --format github").code(1).stdout;
    assert!(github.lines().filter(|line| line.starts_with("::")).count() <= 10);
    assert!(github.lines().last().expect("a line").starts_with("errors "), "{github}");
    let table = std::fs::read_to_string(summary).expect("a summary");
    for (code, _, _) in &told {
        assert!(table.contains(&format!("| {code} |")), "{table}");
    }
    let counted =
        table.lines().filter(|line| line.starts_with("| error") || line.starts_with("| warning"));
    assert_eq!(counted.count(), rows.len());

    let prints: BTreeSet<String> = rows.iter().map(|row| text(&row["fingerprint"])).collect();
    assert_eq!(prints.len(), rows.len(), "no two are alike");
}

/// What the cases of a report tell, read by the crate for XML; every element and attribute is one that
/// both schemas know, in their order.
fn of_junit(report: &str) -> BTreeSet<Told> {
    use quick_xml::events::Event;
    let mut reader = quick_xml::Reader::from_str(report);
    let (mut told, mut code) = (BTreeSet::new(), String::new());
    let (mut inside, mut order, mut counts) = (Vec::<String>::new(), Vec::new(), [0_usize; 3]);
    let mut stated = Vec::new();
    loop {
        match reader.read_event().expect("well formed") {
            event @ (Event::Start(_) | Event::Empty(_)) => {
                let empty = matches!(event, Event::Empty(_));
                let (Event::Start(tag) | Event::Empty(tag)) = event else { unreachable!() };
                let name = tag.name().as_ref().to_owned();
                let attribute = |name: &str| {
                    let found = tag.try_get_attribute(name).expect("attributes");
                    let found = found.unwrap_or_else(|| panic!("{name} is not there"));
                    found.value.into_owned()
                };
                let parent = inside.last().map(String::as_str);
                match (parent, &*name) {
                    (None, "testsuites") => assert_eq!(tag.attributes().count(), 0),
                    (Some("testsuites"), "testsuite") => {
                        assert_eq!(attribute("timestamp"), "2026-03-01T00:00:00");
                        for name in ["id", "package", "name", "hostname", "errors", "time"] {
                            attribute(name);
                        }
                        stated = ["tests", "failures", "skipped"].map(attribute).to_vec();
                    }
                    (Some("testsuite"), _) => {
                        order.push(name.clone());
                        if name == "testcase" {
                            counts[0] += 1;
                            assert_eq!(attribute("time"), "0");
                            assert!(
                                !attribute("name").is_empty() && !attribute("classname").is_empty()
                            );
                        }
                    }
                    (Some("testcase"), "failure" | "skipped") => {
                        counts[if name == "failure" { 1 } else { 2 }] += 1;
                        code = attribute("type");
                        attribute("message");
                    }
                    other => panic!("{other:?} is in no schema"),
                }
                if !empty {
                    inside.push(name);
                }
            }
            Event::End(_) => _ = inside.pop(),
            Event::Text(text)
                if matches!(inside.last().map(String::as_str), Some("failure" | "skipped")) =>
            {
                let whole = text.to_string();
                if let Some((before, _)) = whole
                    .split_once(&*format!(": error[{code}]"))
                    .or_else(|| whole.split_once(&*format!(": warning[{code}]")))
                {
                    let mut parts = before.rsplitn(3, ':');
                    let numbers: Vec<_> = parts
                        .by_ref()
                        .take(2)
                        .filter_map(|part| part.parse::<u64>().ok())
                        .collect();
                    let (file, line) = match numbers[..] {
                        [_, line] => (parts.next().expect("a file").to_owned(), line),
                        _ => (before.to_owned(), 1),
                    };
                    told.insert((code.clone(), file, line));
                }
            }
            Event::Eof => break,
            _ => {}
        }
    }
    assert_eq!(stated, counts.map(|count| count.to_string()));
    order.dedup();
    assert_eq!(order, ["properties", "testcase", "system-out", "system-err"]);
    told
}

#[test]
fn nothing_wrong_is_a_whole_report_too() {
    // The rules of the small site say not for which text they were written, which is a note.
    let project = Project::new().as_of("2026-03-01");
    let report = |format: &str| project.run(&format!("check -q --format {format}")).code(0).stdout;
    assert_eq!(report("json"), "[]\n");
    assert_eq!(report("jsonl"), "");
    assert_eq!(report("gitlab"), "[]\n");
    assert_eq!(report("github"), "errors 0, warnings 0\n");
    let sarif: Value = serde_json::from_str(&report("sarif")).expect("JSON");
    assert_eq!(sarif["runs"][0]["results"], serde_json::json!([]));
    assert!(report("junit").contains("tests=\"1\" failures=\"0\""));
}

#[test]
fn what_only_the_finished_pages_show_is_in_the_reports() {
    let project = Project::new()
        .as_of("2026-03-01")
        .write("templates/foot.html", "<script>x</script>\n")
        .write("templates/404.html", "{% extends \"base.html\" %}{% block main %}<a href=\"nowhere.html\">x</a>{% endblock %}");
    let people = project.run("build").code(1).stderr;
    assert!(people.contains("nowhere.html"), "{people}");
    let json = project.run("build --format json").code(1).stdout;
    assert!(json.contains("unfit-page") && json.contains("nowhere.html"), "{json}");
}

#[test]
fn three_hundred_equal_mistakes_are_a_screenful() {
    let records: String = (0..300)
        .map(|n| format!("- {{id: t{n}, post: nobody, on: 2026-01-05, hours: 3, title: 訓練}}\n"))
        .collect();
    let outcome = Project::new()
        .as_of("2026-03-01")
        .write("content/trainings.yaml", records)
        .run("check")
        .code(1);
    let lines = outcome.stderr.lines().count();
    assert!(lines <= 25, "{lines} lines:\n{}", outcome.stderr);
    assert!(outcome.stderr.contains("300"), "{}", outcome.stderr);
}

#[test]
fn a_summary_that_cannot_be_written_is_a_failure() {
    let project = Project::new().as_of("2026-03-01").env("GITHUB_STEP_SUMMARY", "/nowhere/at/all");
    project.run("check --format github").code(4);
}
