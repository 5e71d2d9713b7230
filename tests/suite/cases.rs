//! The cases of `tests/cases/`: each folder is one judgement, a site in its own files and
//! `case.json`, which says what must come of it and why. They run in this process, side by side.
//! What is known to fail stands in [`STILL_FAILING`]: a case that fails and is not listed fails the
//! test, and so does one that is listed and passes. And the kit: the tests of the rules as such cases.

use std::collections::BTreeSet;
use std::path::Path;
use std::process::{Command, Output};

use clausebook::cli::test::cases::{CaseRow, ask, names};
use clausebook::proof::kit::Ended;

use crate::project::repository;

/// The cases that do not hold yet.
const STILL_FAILING: &str = include_str!("../cases/still-failing.txt");

#[test]
fn some_cases_are_judged_as_the_law_says() {
    judged(|number| number.is_multiple_of(20));
}

#[test]
#[ignore = "slow: the gate runs it in release"]
fn each_case_is_judged_as_the_law_says() {
    judged(|_| true);
}

/// Judges the cases whose places in the list of their names are `meant`, or those whose names hold
/// the text of `CASE` where that is set.
fn judged(meant: fn(usize) -> bool) {
    let folder = repository().join("tests/cases");
    let only = std::env::var("CASE").ok();
    let all = names(&folder).expect("the cases are there");
    let mut chosen = all.clone();
    match &only {
        Some(only) => chosen.retain(|name| name.contains(only.as_str())),
        None => {
            let mut place = 0..all.len();
            chosen.retain(|_| place.next().is_some_and(meant));
        }
    }
    assert!(!chosen.is_empty(), "no case was found");
    let failed: Vec<CaseRow> = ask_repository(&folder, &chosen);
    let listed: BTreeSet<&str> =
        STILL_FAILING.lines().filter(|line| !line.is_empty() && !line.starts_with('#')).collect();
    let failing: BTreeSet<&str> = failed.iter().map(|row| row.case.as_str()).collect();
    let mut wrong = String::new();
    for CaseRow { case: name, problems, .. } in &failed {
        if !listed.contains(name.as_str()) || only.is_some() {
            wrong += &format!("{name}\n    {}\n", problems.join("\n    "));
        }
    }
    let asked = |name: &&&str| chosen.contains(**name) || (only.is_none() && !all.contains(**name));
    for name in listed.iter().filter(asked) {
        if !failing.contains(name) {
            wrong += &format!("{name} holds: take it off tests/cases/still-failing.txt\n");
        }
    }
    assert!(wrong.is_empty(), "\n{wrong}{} of {} cases fail", failed.len(), chosen.len());
}

/// Those that fail, in the site of the repository.
fn ask_repository(folder: &Path, names: &BTreeSet<String>) -> Vec<CaseRow> {
    let mut rows = ask(folder, names, repository(), Some(&run));
    assert!(rows.iter().all(|row| row.asked));
    rows.retain(|row| !row.problems.is_empty());
    rows
}

/// What the program gives for a command line in a site's folder.
fn run(root: &Path, words: &[&str], day: &str) -> Result<Ended, String> {
    let mut command = Command::new(env!("CARGO_BIN_EXE_clausebook"));
    command.arg("-C").arg(root).args(words).current_dir(root);
    if !words.contains(&"--as-of") {
        command.args(["--as-of", day]);
    }
    let output = command.output().map_err(|error| error.to_string())?;
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).map_err(|error| error.to_string());
    Ok(Ended {
        code: output.status.code(),
        stdout: text(output.stdout)?,
        stderr: text(output.stderr)?,
    })
}

#[test]
#[ignore = "slow: the gate runs it in release"]
fn the_tests_of_a_rule_come_out_the_same_as_cases() {
    let place = tempfile::tempdir().expect("a temporary folder");
    let kit = place.path().join("kit");
    let written = clausebook(&["test", "--write-cases", path(&kit), "taipei-seal/os-replaced"]);
    assert!(written.status.success(), "{written:?}");
    let all = names(&kit).expect("reads");
    assert!(all.len() >= 3, "{all:?}");
    assert_eq!(ask_repository(&kit, &all).len(), 0);

    // The same questions with one answer that is wrong.
    let one = kit.join(all.first().expect("there are some")).join("case.json");
    let text = std::fs::read_to_string(&one).expect("reads");
    let mut case: serde_json::Value = serde_json::from_str(&text).expect("JSON");
    case["expect"][0]["status"] = "not-applicable".into();
    std::fs::write(&one, case.to_string()).expect("writes");
    let asked = clausebook(&["test", "--cases", path(&kit)]);
    assert_eq!(asked.status.code(), Some(1), "{asked:?}");
    let said = String::from_utf8_lossy(&asked.stdout).into_owned();
    assert!(said.contains(all.first().expect("some")) && said.contains("not-applicable"), "{said}");
}

#[test]
fn a_folder_without_cases_and_a_case_without_questions_are_said() {
    let place = tempfile::tempdir().expect("a temporary folder");
    let none = clausebook(&["test", "--cases", path(place.path())]);
    assert_eq!(none.status.code(), Some(2), "{none:?}");
    std::fs::write(place.path().join("case.json"), r#"{"expect": []}"#).expect("writes");
    let empty = clausebook(&["test", "--cases", path(place.path())]);
    assert_eq!(empty.status.code(), Some(1), "{empty:?}");
    std::fs::write(place.path().join("case.json"), r#"{"expect": [{"stauts": "done"}]}"#)
        .expect("writes");
    let unknown = clausebook(&["test", "--cases", path(place.path())]);
    assert!(String::from_utf8_lossy(&unknown.stdout).contains("asks nothing"), "{unknown:?}");
}

fn path(path: &Path) -> &str {
    path.to_str().expect("UTF-8")
}

/// The program in the repository.
fn clausebook(words: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_clausebook"));
    command.arg("-C").arg(repository()).args(words).output().expect("the program starts")
}
