//! The cases of `tests/cases/`: each folder is one judgement, a site in its own files and
//! `case.json`, which says what must come of it and why. They run in this process, side by side.
//! What is known to fail stands in [`STILL_FAILING`]: a case that fails and is not listed fails the
//! test, and so does one that is listed and passes.

mod expectation;
mod site;

use std::collections::BTreeSet;
use std::fs;

use rayon::prelude::*;
use serde_json::Value;

use crate::project::repository;
use expectation::judge;
use site::CaseSite;

/// The cases that do not hold yet.
const STILL_FAILING: &str = include_str!("../cases/still-failing.txt");

#[test]
fn every_seventh_case_is_judged_as_the_law_says() {
    judged(|number| number % 7 == 0);
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
    let mut names: Vec<String> = fs::read_dir(&folder)
        .expect("the cases are there")
        .map(|entry| entry.expect("lists").file_name().into_string().expect("UTF-8"))
        .filter(|name| folder.join(name).join("case.json").is_file())
        .filter(|name| only.as_ref().is_none_or(|only| name.contains(only.as_str())))
        .collect();
    names.sort();
    let all: BTreeSet<String> = names.iter().cloned().collect();
    if only.is_none() {
        let mut place = 0..names.len();
        names.retain(|_| place.next().is_some_and(meant));
    }
    assert!(!names.is_empty(), "no case was found");
    let failed: Vec<(String, Vec<String>)> = names
        .par_iter()
        .map(|name| (name.clone(), problems(name)))
        .filter(|(_, problems)| !problems.is_empty())
        .collect();
    let listed: BTreeSet<&str> =
        STILL_FAILING.lines().filter(|line| !line.is_empty() && !line.starts_with('#')).collect();
    let failing: BTreeSet<&str> = failed.iter().map(|(name, _)| name.as_str()).collect();
    let mut wrong = String::new();
    for (name, problems) in &failed {
        if !listed.contains(name.as_str()) || only.is_some() {
            wrong += &format!("{name}\n    {}\n", problems.join("\n    "));
        }
    }
    let asked = |name: &&&str| {
        names.iter().any(|one| one == **name) || (only.is_none() && !all.contains(**name))
    };
    for name in listed.iter().filter(asked) {
        if !failing.contains(name) {
            wrong += &format!("{name} holds: take it off tests/cases/still-failing.txt\n");
        }
    }
    assert!(wrong.is_empty(), "\n{wrong}{} of {} cases fail", failed.len(), names.len());
}

/// What does not hold of a case, a sentence each.
fn problems(name: &str) -> Vec<String> {
    let folder = repository().join("tests/cases").join(name);
    let text = fs::read_to_string(folder.join("case.json")).expect("reads");
    let case: Value = serde_json::from_str(&text).expect("`case.json` is JSON");
    let mut site = CaseSite::new(&folder, &case);
    let expected = case["expect"].as_array().expect("a list");
    expected.iter().filter_map(|one| judge(&mut site, one).err()).collect()
}
