//! A published folder that somebody changed and sealed anew: statuses that do not follow from their
//! receipts, rows that hide others, paths and links that lead out of it. `verify` and `verify.py` refuse
//! each and name it.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;

use serde_json::{Value, json};

use super::published::{DAY, DEMO};
use super::receipts::Copied;

const STATUS: &str = "data/status.json";

/// A change of one occurrence.
struct Forgery {
    /// Which: with the rule of its duty.
    of: fn(&Value, &Value) -> bool,
    change: fn(&mut Value),
    /// What `verify` and `verify.py` say of it.
    said: [&'static str; 2],
}

fn is(one: &Value, status: &str) -> bool {
    one["status"] == status
}

fn acts(one: &Value) -> &[Value] {
    one["acts"].as_array().map_or(&[], Vec::as_slice)
}

/// Gives another status, and takes away what would speak against it.
fn set(one: &mut Value, status: &str, done_on: Option<Value>) {
    let fields = one.as_object_mut().expect("an object");
    fields.insert("status".to_owned(), status.into());
    fields.remove("done_on");
    fields.extend(done_on.map(|day| ("done_on".to_owned(), day)));
}

fn remove(one: &mut Value, key: &str) {
    one.as_object_mut().expect("an object").remove(key).expect("is there");
}

const RESTS: &str =
    "acts count from another day, its limit rests on something else, or the calendar knows more";

fn forgeries() -> Vec<Forgery> {
    vec![
        // The sample that was too small is not asked any more.
        Forgery {
            of: |_, one| is(one, "deficient") && one["sample"][0]["recorded"].is_u64(),
            change: |one| {
                let last = acts(one).last().expect("an act")["on"].clone();
                remove(one, "sample");
                set(one, "done", Some(last));
                let elements = one["elements"].as_array_mut().expect("a list");
                elements.retain(|element| element["state"] == "there");
            },
            said: ["it does not say how many", "it does not say how many"],
        },
        // The months that were not looked at are not asked any more.
        Forgery {
            of: |_, one| one["months"].as_array().is_some_and(|months| months.len() > 1),
            change: |one| remove(one, "months"),
            said: ["other months are in use", "other months are in use"],
        },
        // It was announced, and the rule forbids that.
        Forgery {
            of: |_, one| acts(one).iter().any(|act| act["announced"] == true),
            change: |one| {
                let all = one["acts"].as_array_mut().expect("acts");
                all.iter_mut()
                    .for_each(|act| _ = act.as_object_mut().expect("act").remove("announced"));
            },
            said: ["says otherwise", "says otherwise"],
        },
        // A letter would set the limit, and nobody knows it: what is overdue becomes unknown.
        Forgery {
            of: |_, one| is(one, "overdue") && one["event"].is_string(),
            change: |one| {
                one["limit_missing"] = true.into();
                set(one, "unknown", None);
            },
            said: ["its limit rests on", RESTS],
        },
        Forgery {
            of: |_, one| one["due_basis"] == "site-default",
            change: |one| one["due_basis"] = "text".into(),
            said: ["its limit rests on site-default", RESTS],
        },
        Forgery {
            of: |_, one| is(one, "overdue"),
            change: |one| {
                one["calendar_gap"] = 2026.into();
                set(one, "unknown", None);
            },
            said: ["the office calendar reaches further", RESTS],
        },
        // Another duty was met instead, which no text leaves as a choice.
        Forgery {
            of: |_, one| is(one, "overdue") && one["event"].is_string(),
            change: |one| {
                let on = one["due"].clone();
                one["instead"] = json!({"duty": "taipei-seal/os-replaced", "on": on});
                set(one, "done", Some(on));
            },
            said: ["or is no choice here", "or is no choice here"],
        },
        // The choice is one, and nobody made it.
        Forgery {
            of: |rule, one| rule["unless"].is_array() && is(one, "open"),
            change: |one| {
                let on = one["opens"].clone();
                one["instead"] = json!({"duty": "taipei-seal/os-patched", "on": on});
                set(one, "done", Some(on));
            },
            said: ["was not done on", "was not done on"],
        },
        // It was outside the duty, for a reason the rule does not know.
        Forgery {
            of: |rule, one| is(one, "overdue") && rule["when"].is_null(),
            change: |one| {
                one["outside"] = "condition-false".into();
                set(one, "not-applicable", None);
            },
            said: ["condition-false is no reason here", "condition-false is no reason here"],
        },
        Forgery {
            of: |rule, one| is(one, "overdue") && rule["supervisor"].is_null(),
            change: |one| {
                one["outside"] = "supervisor".into();
                set(one, "not-applicable", None);
            },
            said: ["supervisor is no reason here", "supervisor is no reason here"],
        },
        // There was nothing to look at, though the records of use that are named say otherwise.
        Forgery {
            of: |_, one| is(one, "overdue") && one["sample"][0]["recorded"].as_u64() > Some(0),
            change: |one| {
                one["outside"] = "population-zero".into();
                set(one, "not-applicable", None);
            },
            said: ["population-zero is no reason here", "population-zero is no reason here"],
        },
        // The days are those of another period.
        Forgery {
            of: |_, one| is(one, "deficient") && one["period"].is_string(),
            change: |one| one["period"] = "2027-12".into(),
            said: ["term than its id says", "term than its id says"],
        },
        // The first act is said to be the last.
        Forgery {
            of: |_, one| acts(one).windows(2).any(|two| two[0]["on"] != two[1]["on"]),
            change: |one| one["acts"].as_array_mut().expect("acts").reverse(),
            said: ["not in the order of their days", "its acts are not in order"],
        },
        // It rests on something that nobody can look at.
        Forgery {
            of: |_, one| one["rests_on"].is_array(),
            change: |one| one["rests_on"][0] = "law/nothing/desk/2026-01".into(),
            said: ["law/nothing/desk/2026-01 is not there", "law/nothing/desk/2026-01"],
        },
    ]
}

#[test]
fn what_does_not_follow_from_a_receipt_is_refused() {
    // The last of them is found by `verify.py` as an error in the file, which ends its work.
    let mut all = forgeries();
    let last = all.pop().expect("some");
    for table in [all, vec![last]] {
        refused(&table);
    }
}

fn refused(table: &[Forgery]) {
    let copied = Copied::new();
    let paths = DEMO.files.keys().filter(|path| path.starts_with("data/receipts/"));
    let mut receipts: BTreeMap<&String, Value> =
        paths.map(|path| (path, copied.json(path))).collect();
    // Each occurrence is changed once; ids, for what is said of each.
    let mut changed: BTreeSet<String> = BTreeSet::new();
    let mut expected = Vec::new();
    for (at, forgery) in table.iter().enumerate() {
        let one = receipts.values_mut().find_map(|receipt| {
            let rule = receipt["rule"].clone();
            let mut all = receipt["occurrences"].as_array_mut().expect("a list").iter_mut();
            all.find(|one| {
                !changed.contains(one["id"].as_str().expect("an id")) && (forgery.of)(&rule, one)
            })
        });
        let one = one.unwrap_or_else(|| panic!("{at}: the demo has no such occurrence"));
        let id = one["id"].as_str().expect("an id").to_owned();
        let before = one.clone();
        (forgery.change)(one);
        assert_ne!(before, *one, "{at}: nothing was changed");
        changed.insert(id.clone());
        expected.push((id, forgery.said));
    }
    for (path, receipt) in &receipts {
        copied.write(path, receipt.to_string().as_bytes());
    }
    copied.seal();
    for (checker, (code, said)) in copied.checked().into_iter().flatten().enumerate() {
        assert_eq!(code, Some(1), "{said}");
        for (at, (id, words)) in expected.iter().enumerate() {
            let about = said.lines().filter(|line| line.contains(id) || table.len() == 1);
            let about: Vec<&str> = about.collect();
            let is_said = about.iter().any(|line| line.contains(words[checker]));
            assert!(is_said, "{at}, {id}: {about:#?}");
        }
    }
}

/// Rows are counted by their ids: one that stands twice does not stand in for another.
#[test]
fn a_row_or_receipt_that_stands_twice_does_not_hide_one_that_is_missing() {
    let ids = |rows: &Value| [0, 1].map(|at| rows[at]["id"].as_str().expect("an id").to_owned());
    let copied = Copied::new();
    let mut status = copied.json(STATUS);
    let rows = &mut status["occurrences"];
    let row_ids = ids(rows);
    rows[1] = rows[0].clone();
    let path = "data/receipts/taipei-market-household/monthly-spot-check.json";
    let mut receipt = copied.json(path);
    let all = &mut receipt["occurrences"];
    let receipt_ids = ids(all);
    all[1] = all[0].clone();
    copied.write(path, receipt.to_string().as_bytes());
    copied.write(STATUS, status.to_string().as_bytes());
    copied.seal();
    for (code, said) in copied.checked().into_iter().flatten() {
        assert_eq!(code, Some(1), "{said}");
        let counts = [(&row_ids, [(2, 1), (0, 1)]), (&receipt_ids, [(1, 2), (1, 0)])];
        for (ids, counts) in counts {
            for (id, (shown, held)) in ids.iter().zip(counts) {
                let line = format!("{id}: it has {shown}, the receipts have {held} of it");
                assert!(said.contains(&line), "{line}: {said}");
            }
        }
    }
}

#[test]
fn a_manifest_of_another_day_than_its_statuses_is_refused() {
    let copied = Copied::new();
    let mut files = super::project::files(copied.path("").as_path());
    files.retain(|path, _| !path.starts_with("manifest."));
    assert_ne!(DAY, "2026-11-22");
    copied.seal_as("2026-11-22", &files);
    copied.is_refused(&format!("{STATUS}: it is of another day"));
}

/// The files that are named exist, and their hashes are true: they are not of the folder all the same.
#[test]
fn a_manifest_that_names_files_outside_the_folder_is_refused() {
    let copied = Copied::new();
    let outside = tempfile::tempdir().expect("a folder");
    fs::write(outside.path().join("secret"), "x").expect("writes");
    let absolute = outside.path().join("secret").display().to_string();
    let name = outside.path().file_name().expect("a name").display().to_string();
    let up = format!("../{name}/secret");
    let through = format!("data/../../{name}/secret");
    let mut files = super::project::files(copied.path("").as_path());
    files.retain(|path, _| !path.starts_with("manifest."));
    let odd = [&absolute, &up, &through, "C:secret", "data:secret", "data\\status.json", "./x", ""];
    files.extend(odd.map(|path| (path.to_owned(), b"x".to_vec())));
    copied.write("data:secret", b"x");
    copied.seal_as(DAY, &files);
    for (code, said) in copied.checked().into_iter().flatten() {
        assert_eq!(code, Some(1), "{said}");
        for path in odd {
            let is_named = said.lines().any(|line| {
                let line = line.trim_start_matches("error: ").replace("\\\\", "\\");
                line.starts_with(&format!("{path}: ")) && line.contains("path")
            });
            assert!(is_named, "{path}: {said}");
        }
    }
}

/// A link is not a file of the site, even if what it leads to is the same.
#[cfg(unix)]
#[test]
fn links_in_the_folder_are_refused_and_not_followed() {
    use std::os::unix::fs::symlink;

    let copied = Copied::new();
    let outside = tempfile::tempdir().expect("a folder");
    let paths: Vec<&String> =
        DEMO.files.keys().filter(|path| path.starts_with("evidence/files/")).collect();
    let moved = outside.path().join("moved");
    fs::rename(copied.path(paths[0]), &moved).expect("moves");
    symlink(&moved, copied.path(paths[0])).expect("links");
    fs::rename(copied.path("agencies"), outside.path().join("agencies")).expect("moves");
    symlink(outside.path().join("agencies"), copied.path("agencies")).expect("links");
    symlink("/etc", copied.path("more")).expect("links");
    symlink("nothing", copied.path("data/nothing.json")).expect("links");
    for (code, said) in copied.checked().into_iter().flatten() {
        assert_eq!(code, Some(1), "{said}");
        for path in [paths[0], "agencies", "more", "data/nothing.json"] {
            assert!(said.contains(&format!("{path}: ")), "{path}: {said}");
        }
        assert!(!said.contains("hostname"), "the link was followed: {said}");
    }
}

/// Figures and lengths that no arithmetic holds are faults of the file, and stop nothing.
#[test]
fn figures_beyond_all_measure_are_faults_and_not_the_end_of_the_program() {
    let changes: [fn(&mut Value); 5] = [
        |receipt| {
            let records = receipt["records"].as_object_mut().expect("records");
            let usage = records.iter_mut().filter(|(key, _)| key.starts_with("usage/"));
            for (_, record) in usage {
                record["fields"]["queries"] = u64::MAX.into();
                record["fields"]["total_users"] = u64::MAX.into();
            }
        },
        |receipt| {
            for one in receipt["occurrences"].as_array_mut().expect("a list") {
                for size in one["sample"].as_array_mut().into_iter().flatten() {
                    size["required"] = u64::MAX.into();
                    size["population"] = u64::MAX.into();
                }
            }
        },
        |receipt| {
            receipt["rule"]["due"][0]["limit"] =
                json!({"kind": "in-month", "months_after": u32::MAX})
        },
        |receipt| {
            receipt["rule"]["due"][0]["limit"] = json!({"kind": "within", "length": "10000 years"})
        },
        |receipt| {
            let one = &mut receipt["occurrences"][0];
            one["due"] = "9999-12-31".into();
            one["period"] = "9999".into();
        },
    ];
    // Each changes another file; with a sample that is drawn from the acts of others among them.
    let paths = [
        "taipei-market-household/monthly-spot-check",
        "taipei-cadastral/unit-audit",
        "taipei-cadastral/submit-audit-records",
        "nantou-household/monthly-check",
        "taipei-seal/internal-audit",
    ];
    let copied = Copied::new();
    for (path, change) in paths.iter().zip(changes) {
        let path = format!("data/receipts/{path}.json");
        let mut receipt = copied.json(&path);
        change(&mut receipt);
        copied.write(&path, receipt.to_string().as_bytes());
    }
    copied.seal();
    for (code, said) in copied.checked().into_iter().flatten() {
        assert_eq!(code, Some(1), "{said}");
    }
}
