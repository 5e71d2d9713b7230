//! The same inputs and the same day give the same bytes, however the records are split over files,
//! whatever the machine; and the verdict does not hang on how it is asked for.

use std::collections::{BTreeMap, BTreeSet};

use super::project::{Project, fixture, without_kept};

/// A site with some of everything, its records split over files as `split` says.
fn site(project: Project, split: Split) -> Project {
    let records: &[(&str, &[&str])] = &[
        ("agencies", &["{id: city, name: 測試局}", "{id: town, name: 他局}"]),
        (
            "systems",
            &[
                "{id: net, name: 系統, agency: city, regulations: [taipei-seal, taipei-market-household]}",
                "{id: old, name: 舊系統, agency: town, regulations: [taipei-cadastral]}",
            ],
        ),
        (
            "units",
            &[
                "{id: desk, agency: city, name: 一科, kind: unit, uses: [{system: net, from: 2025-01-01}]}",
                "{id: branch, agency: city, name: 所, kind: office, uses: [{system: net, from: 2025-03-01}]}",
                "{id: hall, agency: town, name: 課, kind: unit, uses: [{system: old, from: 2025-02-01}]}",
            ],
        ),
        (
            "posts",
            &[
                "{id: chief, agency: city, title: 科長, staff: A1}",
                "{id: clerk, agency: town, title: 課長, staff: A2}",
            ],
        ),
        (
            "usage",
            &[
                "{unit: desk, system: net, month: 2025-10, queries: 334, active_users: 2, total_users: 5}",
                "{unit: branch, system: net, month: 2025-10, queries: 0, active_users: 0, total_users: 5}",
                "{unit: desk, system: net, month: 2025-11, queries: 12, active_users: 2, total_users: 5}",
            ],
        ),
        (
            "audits",
            &[
                "{id: a1, obligation: taipei-seal/internal-audit, scope: desk, period: 2025-10, done_on: 2025-11-10, sample: {records: 2}, evidence: [e1]}",
                "{id: a2, obligation: taipei-seal/internal-audit, scope: desk, period: 2025-10, done_on: 2025-11-10, sample: {records: 2}}",
                "{id: a3, obligation: taipei-cadastral/rights-inventory, scope: town, done_on: 2025-06-10}",
            ],
        ),
        (
            "evidence",
            &[
                "{id: e1, title: 表, form: 稽核紀錄表（附件三）, received_on: 2025-11-11, document: 文一}",
            ],
        ),
        (
            "findings",
            &[
                "{id: f1, audit: a1, title: 缺失甲, grade: minor, found_on: 2025-11-12}",
                "{id: f2, audit: a2, title: 缺失乙, grade: major, found_on: 2025-11-12}",
            ],
        ),
    ];
    let mut project =
        project.with_regulations().write("content/calendar.yaml", fixture("office-calendar.yaml"));
    for (kind, rows) in records {
        project = match split {
            Split::OneFile => {
                let text: String = rows.iter().map(|row| format!("- {row}\n")).collect();
                project.write(&format!("content/{kind}.yaml"), text)
            }
            Split::Shuffled => {
                let text: String = rows.iter().rev().map(|row| format!("- {row}\n")).collect();
                project.write(&format!("content/{kind}.yaml"), text)
            }
            Split::OneEach => {
                let project = project.write(&format!("content/{kind}.yaml"), "[]\n");
                rows.iter().enumerate().fold(project, |project, (n, row)| {
                    let name = format!("content/{kind}/{}/{}.yaml", n % 2, 9 - n);
                    project.write(&name, format!("# 第 {n} 筆\n{row}\n"))
                })
            }
        };
    }
    project.as_of("2025-12-15")
}

#[derive(Clone, Copy)]
enum Split {
    OneFile,
    Shuffled,
    OneEach,
}

/// Every file of the published site.
fn built(project: &Project, line: &str) -> BTreeMap<String, Vec<u8>> {
    project.run(&format!("build {line}")).code(0);
    project.files("public")
}

#[track_caller]
fn same(one: &BTreeMap<String, Vec<u8>>, other: &BTreeMap<String, Vec<u8>>) {
    assert_eq!(one.keys().collect::<Vec<_>>(), other.keys().collect::<Vec<_>>());
    for (path, bytes) in one {
        let both = [bytes, &other[path]].map(|bytes| String::from_utf8_lossy(bytes).into_owned());
        let lines = both[0].lines().zip(both[1].lines()).find(|(a, b)| a != b);
        assert!(*bytes == other[path], "{path} differs: {lines:?}");
    }
}

/// The files, without the names of the files that records stand in, which pages tell, and without
/// what is searched, which is the text of the pages with those names in it; the list of what was
/// written names the parts of the search by their content.
fn without_places(files: BTreeMap<String, Vec<u8>>) -> BTreeMap<String, Vec<u8>> {
    let blank = |(path, bytes): (String, Vec<u8>)| {
        if path == ".clausebook-output" {
            let text = String::from_utf8(bytes).expect("UTF-8");
            let kept = text.lines().filter(|line| !line.starts_with("search/"));
            return (path, kept.collect::<Vec<_>>().join("\n").into_bytes());
        }
        let Ok(text) = String::from_utf8(bytes.clone()) else { return (path, bytes) };
        let mut parts = text.split("<code class=\"place\">content/");
        let mut plain = parts.next().unwrap_or_default().to_owned();
        for part in parts {
            plain.push_str("<code class=\"place\">…");
            plain.push_str(part.split_once("</code>").map_or(part, |(_, rest)| rest));
        }
        (path, plain.into_bytes())
    };
    // The manifest has the hash of each page, and with it of the names in it.
    let names = |path: &str| {
        ["search/", "manifest.", ".clausebook-output"].iter().any(|start| path.starts_with(start))
    };
    files.into_iter().filter(|(path, _)| !names(path)).map(blank).collect()
}

/// The files without those that are kept once more for readers of the site before.
fn without_former(mut files: BTreeMap<String, Vec<u8>>) -> BTreeMap<String, Vec<u8>> {
    let marker = files.remove(".clausebook-output").expect("the marker");
    for line in String::from_utf8(marker).expect("UTF-8").lines() {
        // Its hash stands before its path.
        if let Some((_, former)) = line.strip_prefix("+ ").and_then(|line| line.split_once(' ')) {
            assert!(files.remove(former).is_some(), "{former} is kept");
        }
    }
    files
}

#[test]
#[ignore = "slow: the gate runs it in release"]
fn the_split_of_records_over_files_shows_only_in_their_names() {
    let one = site(Project::new(), Split::OneFile);
    let expected = without_places(built(&one, ""));
    assert!(expected.len() > 50, "{}", expected.len());
    let status = one.run("status --format json").code(0).stdout;
    assert_eq!(expected["data/status.json"], status.as_bytes());
    for split in [Split::Shuffled, Split::OneEach] {
        let other = site(Project::new(), split);
        assert_eq!(other.run("status --format json").code(0).stdout, status);
        same(&expected, &without_places(built(&other, "")));
    }
}

#[test]
#[ignore = "slow: the gate runs it in release"]
fn threads_time_zone_language_and_place_do_not_show() {
    let expected = built(&site(Project::new(), Split::OneFile), "--jobs 1");
    let variations: [(&str, &[(&str, &str)]); 5] = [
        ("--jobs 2", &[("TZ", "America/Los_Angeles")]),
        ("--jobs 8", &[("TZ", "Pacific/Kiritimati"), ("LANG", "zh_TW.UTF-8")]),
        ("", &[("LC_ALL", "C"), ("HOME", "/nonexistent")]),
        ("-v", &[("TZ", "Asia/Taipei"), ("NO_COLOR", "1")]),
        ("-q", &[("LANG", "tr_TR.UTF-8"), ("SOURCE_DATE_EPOCH", "0")]),
    ];
    for (place, (line, env)) in variations.into_iter().enumerate() {
        let folder = ["a", "深/處", "with space", "x/y/z", "site.d"][place];
        let empty = Project::empty_at(folder);
        let base = ["clausebook.yaml"];
        let small = Project::new();
        let mut project = base.iter().fold(empty, |project, path| {
            let bytes = std::fs::read(small.root().join(path)).expect("reads");
            project.write(path, bytes)
        });
        project = site(project.write("regulations/.keep", ""), Split::OneFile);
        for (name, value) in env {
            project = project.env(name, value);
        }
        same(&expected, &built(&project, line));
    }
}

#[test]
#[ignore = "slow: the gate runs it in release"]
fn building_again_over_the_old_site_gives_the_same() {
    let project = site(Project::new(), Split::OneFile);
    let first = built(&project, "");
    same(&first, &built(&project, ""));
    // A record taken away leaves nothing behind.
    let project = project.write(
        "content/findings.yaml",
        "{id: f1, audit: a1, title: 缺失甲, grade: minor, found_on: 2025-11-12}\n",
    );
    let less = without_kept(built(&project, ""));
    assert!(first.contains_key("findings/f2.html") && !less.contains_key("findings/f2.html"));
    let clean = site(Project::new(), Split::OneFile).write(
        "content/findings.yaml",
        "{id: f1, audit: a1, title: 缺失甲, grade: minor, found_on: 2025-11-12}\n",
    );
    same(&without_former(less), &without_former(built(&clean, "")));
}

#[test]
#[ignore = "slow: the gate runs it in release"]
fn the_day_in_another_calendar_is_the_same_day() {
    let project = site(Project::new(), Split::OneFile);
    let iso = project.run("status --format json").code(0).stdout;
    let project = project.as_of("114-12-15");
    assert_eq!(project.run("status --format json").code(0).stdout, iso);
}

#[test]
#[ignore = "slow: the gate runs it in release"]
fn an_unrelated_record_changes_no_status() {
    let rows = site(Project::new(), Split::OneFile).rows();
    let additions = [
        ("content/agencies/z.yaml", "id: zoo\nname: 動物園\n"),
        ("content/posts/z.yaml", "id: keeper\nagency: city\ntitle: 管理員\nstaff: Z1\n"),
        (
            "content/evidence/z.yaml",
            "id: z1\ntitle: 別的\nreceived_on: 2025-01-01\ndocument: 文九\n",
        ),
        ("content/units/z.yaml", "id: zero\nagency: city\nname: 零科\nkind: unit\n"),
        (
            "content/audits/z.yaml",
            "id: a0\nobligation: taipei-market-household/rights-inventory\nscope: city\nperiod: 2025-H1\ndone_on: 2025-06-01\n",
        ),
    ];
    for (path, text) in additions {
        let changed: Vec<String> = site(Project::new(), Split::OneFile)
            .write(path, text)
            .rows()
            .into_iter()
            .filter(|(id, row)| rows.get(id) != Some(row))
            .map(|(id, _)| id)
            .collect();
        // Posts are under duties of their own; an audit answers the one it names.
        let related = |id: &String| {
            id.contains("/keeper/") || id == "taipei-market-household/rights-inventory/city/2025-H1"
        };
        assert!(changed.iter().all(related), "{path}: {changed:?}");
        if path.contains("audits") {
            assert!(!changed.is_empty(), "the audit is not seen");
        }
    }
}

#[test]
#[ignore = "slow: the gate runs it in release"]
fn the_verdict_does_not_hang_on_how_it_is_asked_for() {
    let broken: fn(Project) -> Project = |project| {
        project
            .write("content/posts.yaml", "id: chief\nagency: citi\ntitle: 科長\nstaff: A1\n")
            .write(
                "content/trainings.yaml",
                "id: t1\npost: chief\non: 2026-02-30\nhours: 3\ntitle: 訓練\n",
            )
            .write("content/notes.txt", "x\n")
    };
    let warned: fn(Project) -> Project = |project| project.write("content/notes.txt", "x\n");
    type Change = fn(Project) -> Project;
    let cases: [(Change, i32, &[&str]); 2] =
        [(broken, 1, &["invalid-date", "unknown-id"]), (warned, 0, &["unexpected-file"])];
    for (change, code, expected) in cases {
        let mut sets = BTreeSet::new();
        for command in ["check", "build"] {
            for level in ["", "-q", "-v"] {
                for format in ["text", "json", "jsonl", "github", "gitlab", "junit", "sarif"] {
                    for jobs in ["--jobs 1", "--jobs 16"] {
                        let project = change(Project::new()).as_of("2026-03-01");
                        let line = format!("{command} {level} --format {format} {jobs}");
                        let outcome = project.run(&line).code(code);
                        let text = outcome.stdout + &outcome.stderr;
                        let all = ["invalid-date", "unknown-id", "unexpected-file", "missing-key"];
                        let found: BTreeSet<&str> =
                            all.into_iter().filter(|code| text.contains(*code)).collect();
                        assert!(
                            level == "-q" || expected.iter().all(|code| found.contains(code)),
                            "{line}: {text}"
                        );
                        // Quiet leaves warnings out, and nothing else.
                        let errors: BTreeSet<&str> =
                            found.into_iter().filter(|code| *code != "unexpected-file").collect();
                        sets.insert(errors);
                    }
                }
            }
        }
        assert_eq!(sets.len(), 1, "{sets:?}");
    }
}
