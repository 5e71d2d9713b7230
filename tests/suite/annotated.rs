//! Broken inputs, each with the expected fault on its line: `#! code`, or `#! code@column` where
//! the column is checked as well. A fault that is missing fails the test, and so does one more.
//! The annotations are taken out before the file is written.

use std::collections::{BTreeMap, BTreeSet};
use std::os::unix::fs::symlink;

use clausebook::diagnostic::Code;
use serde_json::Value;

use super::project::Project;

/// A fault and its place: file, line, column if it is asked for, code.
type Fault = (String, u64, Option<u64>, String);

/// Checks one annotated file over the minimal site.
#[track_caller]
fn check_file(path: &str, text: &str) {
    check_files(&[(path, text)]);
}

/// Checks annotated files over the minimal site.
#[track_caller]
fn check_files(files: &[(&str, &str)]) {
    check_in(Project::new(), files);
}

/// Checks annotated files over a site.
#[track_caller]
fn check_in(project: Project, files: &[(&str, &str)]) {
    let mut expected = Vec::new();
    let mut project = project;
    for (path, text) in files {
        let (plain, faults) = split(path, text);
        project = project.write(path, plain);
        expected.extend(faults);
    }
    compare(&faults(&project), &expected, files);
}

/// The text without its annotations, and what they expect.
fn split(path: &str, text: &str) -> (String, Vec<Fault>) {
    let mut plain = String::new();
    let mut expected = Vec::new();
    for (number, line) in (1..).zip(text.split_inclusive('\n')) {
        let end = if line.ends_with('\n') { "\n" } else { "" };
        let Some((kept, codes)) = line.split_once("#!") else {
            plain.push_str(line);
            continue;
        };
        plain.push_str(kept.trim_end_matches(' '));
        plain.push_str(end);
        for code in codes.trim().split(',') {
            let (code, column) = match code.trim().split_once('@') {
                Some((code, column)) => (code, Some(column.parse().expect("a column"))),
                None => (code.trim(), None),
            };
            expected.push((path.to_owned(), number, column, code.to_owned()));
        }
    }
    (plain, expected)
}

/// What `check` reports.
fn faults(project: &Project) -> Vec<Value> {
    let outcome = project.run("check --format json --as-of 2026-03-01");
    let faults: Vec<Value> = serde_json::from_str(&outcome.stdout)
        .unwrap_or_else(|error| panic!("{error}: {}{}", outcome.stdout, outcome.stderr));
    let errors = faults.iter().any(|fault| fault["severity"] == "error");
    assert_eq!(outcome.exit(), Some(i32::from(errors)), "{}", outcome.stderr);
    // A note is no fault: the rules of the minimal site do not say for which text they are.
    faults.into_iter().filter(|fault| fault["severity"] != "note").collect()
}

#[track_caller]
fn compare(found: &[Value], expected: &[Fault], files: &[(&str, &str)]) {
    let mut missing = expected.to_vec();
    let mut extra = Vec::new();
    for fault in found {
        let same = |(file, line, column, code): &Fault| {
            fault["file"] == **file
                && fault["line"].as_u64() == Some(*line)
                && fault["code"] == **code
                && column.is_none_or(|column| fault["column"].as_u64() == Some(column))
        };
        match missing.iter().position(same) {
            Some(at) => _ = missing.remove(at),
            None => extra.push(fault.to_string()),
        }
    }
    assert!(
        missing.is_empty() && extra.is_empty(),
        "{files:#?}\nmissing {missing:#?}\nextra {extra:#?}"
    );
}

/// The only fault of a site that has one: its code, its help and its message.
#[track_caller]
fn only_fault(project: &Project) -> (String, String, String) {
    let faults = faults(project);
    let [fault] = faults.as_slice() else { panic!("{faults:#?}") };
    let text = |key: &str| fault[key].as_str().unwrap_or_default().to_owned();
    (text("code"), text("help"), text("message"))
}

#[test]
fn the_minimal_site_is_sound() {
    check_files(&[]);
    Project::new().as_of("2026-03-01").run("check").code(0).no_stdout();
}

#[test]
fn the_annotations_can_fail() {
    let case =
        |text| std::panic::catch_unwind(|| check_file("content/agencies.yaml", text)).is_err();
    assert!(case("id: city\nname: 局  #! unknown-key\n"), "a fault that is not there");
    assert!(case("id: city\nname: 局\ncolour: red\n"), "a fault that nobody expects");
    assert!(case("id: city\nname: 局\ncolour: red  #! unknown-key@2\n"), "another column");
    assert!(case("id: city\nname: 局  #! unknown-key\ncolour: red\n"), "another line");
    assert!(!case("id: city\nname: 局\ncolour: red  #! unknown-key@1\n"));
}

// Files

#[test]
fn a_site_without_its_configuration() {
    let (code, help, message) = only_fault(&Project::new().remove("clausebook.yaml"));
    assert_eq!(code, "missing-file");
    assert!(help.contains("`-C`") && message.contains("clausebook.yaml"), "{help} {message}");
}

#[test]
fn files_that_are_not_utf8_are_named_with_the_likely_encoding() {
    // 「單位」 in Big5.
    let big5 = b"id: desk\nname: \xb3\xe6\xa6\xec\nkind: unit\n";
    let utf16: Vec<u8> = [0xff, 0xfe]
        .into_iter()
        .chain("id: desk\n".encode_utf16().flat_map(u16::to_le_bytes))
        .collect();
    let bare: Vec<u8> = "id: desk\n".encode_utf16().flat_map(u16::to_be_bytes).collect();
    for (bytes, encoding) in [(big5.to_vec(), "BIG5"), (utf16, "UTF-16"), (bare, "UTF-16")] {
        let (code, help, message) = only_fault(&Project::new().write("content/units.yaml", bytes));
        assert_eq!(code, "unreadable-text");
        assert!(message.contains(encoding), "{message}");
        assert!(help.contains(&format!("iconv -f {encoding}")), "{help}");
    }
    let damaged = b"id: desk\nname: \xe4\xb8\x80\xff\n".to_vec();
    let (code, _, message) = only_fault(&Project::new().write("content/units.yaml", damaged));
    assert_eq!(code, "unreadable-text");
    assert!(message.contains("0xFF at offset 18 (line 2)"), "{message}");
}

#[test]
fn a_text_that_is_not_utf8_is_reported_once() {
    let text = b"\xa4@\xa1B\xa5\xd8\xaa\xba\xa1C\n".to_vec();
    let (code, ..) = only_fault(&Project::new().write("regulations/law/2025-01-01.txt", text));
    assert_eq!(code, "unreadable-text");
}

#[test]
fn files_larger_than_the_limit() {
    let large = format!("# {}\n", "x".repeat(2 << 20));
    let (code, _, message) = only_fault(&Project::new().write("content/trainings.yaml", large));
    assert_eq!(code, "file-too-large");
    assert!(message.contains("2 MiB"), "{message}");
}

#[test]
fn symbolic_links_among_the_inputs() {
    let project = Project::new().write("outside.yaml", "id: x\n");
    symlink("../outside.yaml", project.root().join("content/trainings.yaml")).expect("links");
    assert_eq!(only_fault(&project).0, "symbolic-link");
    // A folder is not followed either.
    let project = Project::new().write("outside/a.yaml", "nonsense: 1\n");
    symlink("../outside", project.root().join("content/trainings")).expect("links");
    assert_eq!(only_fault(&project).0, "symbolic-link");
}

#[test]
fn hidden_characters() {
    check_file(
        "content/agencies.yaml",
        "id: city\nname: 測\u{200b}試局  #! hidden-character@8\nshort: 局\u{202e}  #! hidden-character@9\nnote: a\u{7}b  #! hidden-character@8, invalid-yaml\n",
    );
    check_file(
        "content/agencies.yaml",
        "\u{feff}id: city\nname: \u{feff}局  #! hidden-character@7, invalid-yaml\n",
    );
    check_file(
        "regulations/law/2025-01-01.txt",
        "一、目的。\n二、抽\u{2060}查。  #! hidden-character@4\n三、保存。\n",
    );
}

#[test]
fn files_that_nobody_reads() {
    let (code, _, message) = only_fault(&Project::new().write("content/notes.txt", "x\n"));
    assert_eq!(code, "unexpected-file");
    assert!(message.contains("content/notes.txt"), "{message}");
    check_file("content/contractrs.yaml", "id: x  #! unexpected-file@1\n");
}

// YAML

#[test]
fn files_that_are_not_yaml() {
    let path = "content/agencies.yaml";
    for text in [
        "id: city\nname: a: b  #! invalid-yaml@8\n",
        "id: city\nname: 測試 局: 甲  #! invalid-yaml@11\n",
        "id: city\n\tname: x  #! invalid-yaml@1\n",
        "id: city\nname: x\n---\nid: town  #! invalid-yaml@1\nname: y\n",
        "id: city\nname: [x\nshort: y  #! invalid-yaml@6\n",
    ] {
        check_file(path, text);
    }
}

#[test]
fn keys_that_stand_twice() {
    check_file(
        "content/agencies.yaml",
        "id: city\nname: 甲\nname: 乙  #! duplicate-key@1\nattributes:\n  層級: 1\n  層級: 2  #! duplicate-key@3\n",
    );
    check_file("content/agencies.yaml", "{id: city, name: 甲, 'name': 乙}  #! duplicate-key@21\n");
}

#[test]
fn yaml_that_records_do_not_need() {
    let path = "content/agencies.yaml";
    for text in [
        "id: city\nname: &n 甲  #! forbidden-yaml\n",
        "id: city\nname: &n 甲  #! forbidden-yaml\nshort: *n\n",
        "id: city\nname: *n  #! forbidden-yaml\n",
        "id: city\nname: !!str 甲  #! forbidden-yaml@7\n",
        "id: city\nname: !secret 甲  #! forbidden-yaml@7\n",
        "<<: {name: 甲}  #! forbidden-yaml\nid: city\n",
    ] {
        check_file(path, text);
    }
    check_file(path, "id: city\nname: \"&n 甲\"\nshort: '*n'\nnote: 甲 & 乙 * 丙 !\n");
}

// Shapes

#[test]
fn keys_that_are_not_known_and_what_is_near() {
    let path = "content/units.yaml";
    check_file(path, "id: desk\nagency: city\nname: 科\nkin: unit  #! unknown-key@1\nkind: unit\n");
    check_file(
        path,
        "- id: desk\n  agency: city\n  name: 科\n  kind: unit\n  單位: 科  #! unknown-key@3\n  uses:\n  - {system: net, form: 2025-01-01}  #! missing-key@6, unknown-key@19\n",
    );
    let text = "id: desk\nagency: city\nname: 科\nkind: unit\nagenci: city\n";
    let (_, help, _) = only_fault(&Project::new().write(path, text));
    assert_eq!(help, "did you mean `agency`?");
}

#[test]
fn keys_that_are_missing() {
    check_file("content/agencies.yaml", "id: city  #! missing-key@1\nshort: 局\n");
    check_file("content/agencies.yaml", "- name: 甲  #! missing-key@3\n- id: city\n  name: 乙\n");
    check_file("clausebook.yaml", "name: 站  #! missing-key@1\n");
    check_file(
        "content/evidence.yaml",
        "- id: a  #! missing-key@3\n  title: 表\n  received_on: 2025-02-01\n- id: b\n  title: 表\n  received_on: 2025-02-01\n  file: a.pdf  #! missing-key@3\n",
    );
}

#[test]
fn values_of_the_wrong_kind() {
    check_file(
        "content/agencies.yaml",
        "id: city\nname: 甲\nshort: [乙]  #! wrong-type@8\nsupervisor:  #! wrong-type@1\nattributes: 丙  #! wrong-type@13\n",
    );
    check_file("content/agencies.yaml", "- id: city\n  name: 甲\n- 乙  #! wrong-type@3\n");
    check_file(
        "content/usage.yaml",
        "unit: desk\nsystem: net\nmonth: 2025-01\nqueries: '5'  #! wrong-type@10\nactive_users: 1\ntotal_users: 1\n",
    );
    check_file(
        "clausebook.yaml",
        "name: 站\nagency: 局\ndemo: yes  #! wrong-type@7\nshow_names: 'true'  #! wrong-type@13\n",
    );
    check_file(
        "clausebook.yaml",
        "name: 站\nagency: 局\nappearance:\n  band: \"#12345\"  #! invalid-colour@9\n  accent: blue  #! invalid-colour@11\n  logo: ../a.svg  #! unsafe-path@9\nurl: javascript:alert(1)  #! unsafe-link@6\n",
    );
    check_file("regulations/law/clauses.yaml", "clause: \"1\"  #! wrong-type\nreason: purpose\n");
    check_file("templates/words/zh-Hant-TW.yaml", "menu: [a]  #! wrong-type@7\n");
}

#[test]
fn colours_that_cannot_be_read_and_pictures_that_are_not_there() {
    check_file(
        "clausebook.yaml",
        "name: 站\nagency: 局\nappearance:\n  band: \"#777777\"  #! low-contrast@9\n  accent: \"#7f7f7f\"  #! low-contrast@11\n  logo: assets/none.svg  #! missing-file@9\naccessibility_mark: {image: base.html, title: 甲, url: \"https://example.org\"}  #! missing-file@29\n",
    );
}

#[test]
fn words_that_are_not_known() {
    check_file(
        "content/units.yaml",
        "id: desk\nagency: city\nname: 科\nkind: ofice  #! unknown-word@7\n",
    );
    check_file(
        "content/units.yaml",
        "id: desk\nagency: city\nname: 科\nkind: 所隊  #! unknown-word@7\n",
    );
    check_file(
        "regulations/law/clauses.yaml",
        "- {clause: \"1\", reason: purpos}  #! unknown-word@25\n",
    );
    let text = "id: desk\nagency: city\nname: 科\nkind: ofice\n";
    let (_, help, _) = only_fault(&Project::new().write("content/units.yaml", text));
    assert_eq!(help, "did you mean `office`?");
}

#[test]
fn ids_that_are_no_addresses() {
    for id in ["City", "city_1", "-city", "市", "a/b", "../x", &"x".repeat(64)] {
        check_file("content/agencies.yaml", &format!("id: {id}  #! invalid-id@5\nname: 甲\n"));
    }
    check_file("content/agencies.yaml", "id: city\nname: 甲\n");
    let head =
        "id: other  #! invalid-id@5\nname: 規定\nversions: [{id: a, text: 2025-01-01.txt}]\n";
    check_file("regulations/law/regulation.yaml", head);
}

#[test]
fn dates_that_do_not_exist_or_can_be_read_in_two_ways() {
    for date in [
        "2026-02-30",
        "2026-02-29",
        "2100-02-29",
        "115-02-29",
        "2026-13-01",
        "113/05/22",
        "2026/05/22",
        "13-05-22",
        "26-05-22",
        "1130522",
        "20260522",
        "2026-5-2",
        "000-01-01",
        "民國0年1月1日",
        "民國前1年1月1日",
        "115.05.22",
        "2026-05-22T00:00:00",
        "２０２６-05-22",
        "yesterday",
        "\"\"",
    ] {
        let text =
            format!("id: t1\npost: chief\non: {date}  #! invalid-date@5\nhours: 3\ntitle: 訓練\n");
        check_file("content/trainings.yaml", &text);
    }
    for date in ["2028-02-29", "\"115-05-22\"", "115-05-22", "民國115年5月22日", "099-12-31"] {
        let text = format!("id: t1\npost: chief\non: {date}\nhours: 3\ntitle: 訓練\n");
        check_file("content/trainings.yaml", &text);
    }
}

#[test]
fn the_office_calendar_is_checked_too() {
    check_file(
        "content/calendar.yaml",
        "\
timezon: Asia/Taipei  #! unknown-key@1
years:
  115:  #! invalid-date@3
    holidays: {2026-01-01: 開國紀念日}
  2026:
    holidays:
      2026-01-01: 開國紀念日
      2027-01-01: 開國紀念日  #! invalid-date@7
      2026-02-30: 春節  #! invalid-date@7
      2026-02-17:
        - 春節  #! wrong-type
    weekdays: {}  #! unknown-key@5
",
    );
}

#[test]
fn periods_that_do_not_exist() {
    for month in ["2026-13", "2026-1", "2026-Q1", "115-01", "2026"] {
        check_file(
            "content/usage.yaml",
            &format!(
                "unit: desk\nsystem: net\nmonth: {month}  #! invalid-period@8\nqueries: 5\nactive_users: 1\ntotal_users: 1\n"
            ),
        );
    }
    for period in ["2026-Q5", "2026-H3", "2025-W53", "2026-00", "上半年"] {
        check_file(
            "content/audits.yaml",
            &audit(&format!("period: {period}  #! invalid-period@9")),
        );
    }
}

#[test]
fn a_period_of_another_length_than_the_duty() {
    for period in ["2026-Q1", "2026-H1", "2026", "2026-W01", "2026-01-15"] {
        check_file(
            "content/audits.yaml",
            &audit(&format!("period: {period}  #! invalid-period@9")),
        );
    }
    // Without a period the whole record is meant.
    check_file(
        "content/audits.yaml",
        &audit("#").replacen("id: a1", "id: a1  #! invalid-period", 1),
    );
}

#[test]
fn numbers_that_are_not_exact() {
    for number in ["-1", "1.5", "1_000", "007", "1e3", "0x10", "五", "９", "9999999999999"] {
        check_file(
            "content/usage.yaml",
            &format!(
                "unit: desk\nsystem: net\nmonth: 2025-01\nqueries: {number}  #! invalid-number@10\nactive_users: 1\ntotal_users: 1\n"
            ),
        );
    }
    for rate in ["6", "6.125%", "101%", "-1%", "六%"] {
        check_rule(&format!(
            "sample:\n  records: {{of: queries, tiers: [{{rate: {rate}}}]}}  #! invalid-number@43"
        ));
    }
    check_rule("months: [13]  #! invalid-number@12");
}

#[test]
fn lengths_of_time_that_are_none() {
    for length in ["5", "days", "3 fortnights", "1.5 months", "-3 days", "三個月"] {
        check_duty(&format!(
            "kind: interval\nscope: agency\nno_more_than: {length}  #! invalid-duration@17"
        ));
    }
}

#[test]
fn hours_belong_to_the_deadlines_of_events_and_times_to_their_days() {
    let event = |deadline: &str| {
        format!("kind: event\nscope: agency\nevent: incident\nanswer: told\n{deadline}")
    };
    check_duty(&event("deadline: {within: 72 hours}"));
    for within in ["0 hours", "1.5 hours", "9000 hours", "72 h"] {
        check_duty(&event(&format!("deadline: {{within: {within}}}  #! invalid-duration@22")));
    }
    check_duty(&event("deadline: {before: 72 hours}  #! invalid-duration@22"));
    check_duty("kind: interval\nscope: agency\nno_more_than: 72 hours  #! invalid-duration@17");
    check_duty(&event("deadline: {within: 1 hour, count: next-day}  #! misplaced-rule-part@30"));
    check_duty(&event(
        "deadline: {within: 1 hour}\non_holiday: next-working-day  #! misplaced-rule-part@3",
    ));
    let rules = "- id: x\n  clauses: [\"2\", \"3\"]\n  title: 義務\n  kind: event\n  scope: agency\n  event: incident\n  answer: told\n  deadline: {within: 1 hour}\n";
    let file = |lines: &str| {
        check_files(&[
            ("regulations/law/obligations.yaml", rules),
            ("content/events.yaml", &format!("id: one\nkind: incident\nagency: city\n{lines}")),
        ]);
    };
    file("on: 2025-03-01\nat: 2025-03-01T23:59+08:00\nknown_at: 2025-03-01T16:00Z\n");
    file("on: 2025-03-01\nat: 2025-03-01T16:00Z  #! inconsistent-dates@5\n");
    file(
        "on: 2025-03-01\nknown_on: 2025-03-02\nknown_at: 2025-03-01T23:59  #! inconsistent-dates@11\n",
    );
    file("on: 2025-03-01\nat: 2025-03-01 16:40  #! invalid-date@5\n");
    file("on: 2025-03-01\nat: 2025-03-01T24:00  #! invalid-date@5\n");
    file(
        "on: 2025-03-01\nanswers:\n- {what: told, on: 2025-03-01, at: 2025-03-02T00:00}  #! inconsistent-dates@36\n",
    );
}

#[test]
fn hashes_that_are_none() {
    for hash in ["abc", &"g".repeat(64), &"a".repeat(63)] {
        check_file(
            "content/evidence.yaml",
            &evidence("a.txt", &format!("{hash}  #! invalid-hash@9")),
        );
    }
}

#[test]
fn paths_that_leave_their_folder() {
    for path in [
        "../a.txt",
        "/etc/passwd",
        "a/../../b.txt",
        "a//b.txt",
        "./a.txt",
        ".git/config",
        "a\\b.txt",
        "'C:/a.txt'",
        "'a.txt::$DATA'",
    ] {
        let text = evidence(&format!("{path}  #! unsafe-path@7"), &"0".repeat(64));
        check_file("content/evidence.yaml", &text);
    }
    let head = "id: law\nname: 規定\nversions:\n- {id: a, text: ../../clausebook.yaml}  #! unsafe-path@17\n";
    check_file("regulations/law/regulation.yaml", head);
    // A name that only some systems can hold, though it stands on this disk.
    check_file("content/trainings/con.yaml", "[]  #! unsafe-path@1\n");
    check_files(&[
        ("content/trainings/A.yaml", "[]\n"),
        ("content/trainings/a.yaml", "[]  #! unsafe-path@1\n"),
    ]);
}

// References between records

#[test]
fn names_that_stand_for_nothing() {
    let unit = "id: desk\nagency: citi  #! unknown-id@9\nname: 科\nkind: unit\nuses: [{system: nett, from: 2025-01-01}]  #! unknown-id@17\n";
    check_file("content/units.yaml", unit);
    check_file(
        "content/systems.yaml",
        "id: net\nname: 系統\nagency: city\nregulations: [law, lav]  #! unknown-id@20\n",
    );
    check_file(
        "content/audits.yaml",
        &audit("period: 2025-01\nauditors: [cheif]  #! unknown-id@12"),
    );
    let text = audit("period: 2025-01\nauditors: [cheif]");
    let (_, help, _) = only_fault(&Project::new().write("content/audits.yaml", text));
    assert_eq!(help, "did you mean `chief`?");
    let text = audit("period: 2025-01\nauditors: [city]");
    let (_, help, _) = only_fault(&Project::new().write("content/audits.yaml", text));
    assert_eq!(help, "`city` is the id of another kind: agency");
    // Of several kinds, the first by name, whatever the order they are kept in.
    let text = audit("period: 2025-01\nauditors: [net]");
    let units = "- {id: desk, agency: city, name: 一科, kind: unit, uses: [{system: net, from: 2025-01-01}]}\n- {id: net, agency: city, name: 二科, kind: unit}\n";
    let twice =
        Project::new().write("content/audits.yaml", text).write("content/units.yaml", units);
    let (_, help, _) = only_fault(&twice);
    assert_eq!(help, "`net` is the id of another kind: system");
}

#[test]
fn ids_that_two_records_have() {
    let agency = "id: city\nname: 甲\n";
    check_files(&[
        ("content/agencies/a.yaml", agency),
        (
            "content/agencies/b.yaml",
            "- id: town\n  name: 丙\n- id: city  #! duplicate-id@7\n  name: 乙\n",
        ),
        ("content/agencies.yaml", "id: village\nname: 丁\n"),
    ]);
    check_file(
        "content/agencies.yaml",
        "- id: city\n  name: 甲\n- id: city  #! duplicate-id@7\n  name: 甲\n",
    );
    // Records of different kinds may have one id.
    check_file("content/posts.yaml", "id: city\nagency: city\ntitle: 局長\nstaff: A1\n");
    let rule = "- {id: x, kind: conduct, clauses: [\"2\", \"3\"], title: 甲, scope: unit}\n";
    let again =
        "- {id: x, kind: conduct, clauses: [\"2\"], title: 乙, scope: unit}  #! duplicate-id@8\n";
    check_file("regulations/law/obligations.yaml", &format!("{rule}{again}"));
}

#[test]
fn records_that_state_the_same_twice() {
    let usage =
        "- {unit: desk, system: net, month: 2025-01, queries: 5, active_users: 1, total_users: 1}";
    check_file("content/usage.yaml", &format!("{usage}\n{usage}  #! duplicate-record@4\n"));
    check_files(&[
        ("content/usage/a.yaml", &format!("{usage}\n")),
        ("content/usage/b.yaml", &format!("{usage}  #! duplicate-record\n")),
    ]);
}

#[test]
fn obligations_that_no_regulation_has() {
    let text = audit("period: 2025-01").replace("law/check", "law/chek  #! unknown-obligation@13");
    check_file("content/audits.yaml", &text);
    let (_, help, _) =
        only_fault(&Project::new().write(
            "content/audits.yaml",
            audit("period: 2025-01").replace("law/check", "law/chek"),
        ));
    assert_eq!(help, "did you mean `law/check`?");
    let text = audit("period: 2025-01").replace("law/check", "check  #! invalid-id@13");
    check_file("content/audits.yaml", &text);
    check_duty(
        "kind: retention\nscope: unit\nkeep: {what: audits, answering: [chek], for: 1 year, from: completion}  #! unknown-obligation@36",
    );
    check_duty(
        "kind: retention\nscope: unit\nkeep: {what: audits, for: 10 working days, from: completion}  #! misplaced-rule-part@29",
    );
    check_duty(
        "kind: retention\nscope: unit\nkeep: {what: audits, from: approval}  #! incomplete-rule@10",
    );
    check_duty(
        "kind: retention\nscope: unit\nkeep: {what: audits, for: 1 year, under: 檔案法, from: approval}  #! incomplete-rule@10",
    );
    check_duty(
        "kind: retention\nscope: unit\nkeep: {what: usage, for: 1 year, from: approval}  #! misplaced-rule-part@42",
    );
}

#[test]
fn what_no_record_could_ever_say_is_refused() {
    let training = "kind: periodic\nscope: post\nevery: year\ndue: [{on: period-end}]\nanswered_by: training\nhours: 3\n";
    check_duty(&format!("{training}approval: 局長  #! misplaced-rule-part"));
    let changed =
        "kind: interval\nscope: account\nno_more_than: 3 months\nanswered_by: password-change\n";
    check_duty(&format!("{changed}evidence: [表]  #! misplaced-rule-part"));
    check_duty(&format!("{changed}approval: 局長  #! misplaced-rule-part"));
    for kind in
        ["evidence", "submission", "training", "finding", "usage", "waiver", "role", "event"]
    {
        check_duty(&format!("kind: invariant\nscope: unit\nof: {kind}  #! unknown-word@7"));
    }
    check_file(
        "content/submissions.yaml",
        "id: s1\nobligation: law/check\nscope: desk\nsent_on: 2026-02-10\nto: 局\napproved: {on: 2026-02-12, party: 府}  #! missing-key@12\n",
    );
    check_file(
        "content/submissions.yaml",
        "id: s1\nobligation: law/check\nscope: desk\nsent_on: 2026-02-10\nto: 局\napproved: {on: 2026-02-09, party: 府, document: 一}  #! inconsistent-dates@12\n",
    );
}

#[test]
fn acts_for_a_scope_the_duty_is_not_laid_on() {
    // The id of an agency, where the duty is one of units.
    let text = audit("period: 2025-01").replace("scope: desk", "scope: city  #! unknown-id@8");
    check_file("content/audits.yaml", &text);
    // A unit that uses no system under the regulation.
    let units = "- id: desk\n  agency: city\n  name: 科\n  kind: unit\n  uses: [{system: net, from: 2025-01-01}]\n- id: idle\n  agency: city\n  name: 閒\n  kind: unit\n";
    let text = audit("period: 2025-01").replace("scope: desk", "scope: idle  #! wrong-scope@8");
    check_files(&[("content/units.yaml", units), ("content/audits.yaml", &text)]);
    // A duty of offices only, answered for a unit.
    let project =
        Project::new().duty("kind: periodic\nscope: office\nevery: month\ndue: [{on: period-end}]");
    let text = audit("period: 2025-01").replace("scope: desk", "scope: desk  #! wrong-scope@8");
    check_in(project, &[("content/audits.yaml", &text)]);
    // A duty that such records do not answer.
    let text = audit("period: 2025-01").replace("law/check", "law/wipe  #! wrong-scope@13");
    check_file("content/audits.yaml", &text);
    let sent = "id: s1\nobligation: law/check  #! wrong-scope@13\nscope: desk\nperiod: 2025-01\nsent_on: 2025-02-03\nto: 民政局\n";
    check_file("content/submissions.yaml", sent);
}

#[test]
fn waivers_are_held_to_the_scope_of_the_duty() {
    let units = "- id: desk\n  agency: city\n  name: 科\n  kind: unit\n  uses: [{system: net, from: 2025-01-01}]\n- id: idle\n  agency: city\n  name: 閒\n  kind: unit\n";
    let waiver = "id: w1\nobligation: law/check\nscope: idle  #! wrong-scope@8\nreason: 停電\nbasis: 第二點\nfrom: 2025-01-01\nuntil: 2025-12-31\napproved: {on: 2025-01-01, by: chief}\n";
    check_files(&[("content/units.yaml", units), ("content/waivers.yaml", waiver)]);
}

#[test]
fn dates_in_an_order_that_cannot_be() {
    check_file(
        "content/audits.yaml",
        &audit("period: 2025-01\napproved: {on: 2025-02-09, by: chief}  #! inconsistent-dates@1"),
    );
    check_file(
        "content/posts.yaml",
        "id: chief\nagency: city\ntitle: 科長\nstaff: A1\nfrom: 2025-02-01\nuntil: 2025-01-31  #! inconsistent-dates@8\n",
    );
    check_file(
        "content/accounts.yaml",
        "\
id: u1
system: net
unit: desk
staff: A1
role: general
application: {applied_on: 2025-01-05, approved_on: 2025-01-04}  #! inconsistent-dates@52
opened_on: 2025-02-01
suspended_on: 2025-01-31  #! inconsistent-dates@15
last_used_on: 2025-06-02
cancelled_on: 2025-06-01  #! inconsistent-dates@15
password_changed: [2025-03-01, 2024-12-31]  #! inconsistent-dates@32
",
    );
    check_file(
        "content/units.yaml",
        "id: desk\nagency: city\nname: 科\nkind: unit\nuses: [{system: net, from: 2025-02-01, until: 2025-01-01}]  #! inconsistent-dates@47\n",
    );
    let finding = "id: f1\naudit: a1\ntitle: 缺\ngrade: minor\nfound_on: 2025-03-01\nclosed_on: 2025-02-01  #! inconsistent-dates@12\n";
    check_files(&[
        ("content/audits.yaml", &audit("period: 2025-01")),
        ("content/findings.yaml", finding),
    ]);
}

#[test]
fn figures_that_contradict_each_other() {
    check_file(
        "content/audits.yaml",
        &audit(
            "period: 2025-01\npopulation: {records: 10}\nsample: {records: 11}  #! inconsistent-figures@1",
        ),
    );
    check_file(
        "content/usage.yaml",
        "unit: desk\nsystem: net\nmonth: 2025-01\nqueries: 5\nactive_users: 3  #! inconsistent-figures@1\ntotal_users: 2\n",
    );
}

#[test]
fn parties_that_the_duty_does_not_name() {
    let project = || {
        Project::new().duty(
            "kind: periodic\nscope: unit\nevery: month\ndue: [{on: site-default}]\njoint: [政風室]",
        )
    };
    check_in(project(), &[("content/audits.yaml", &audit("period: 2025-01\njoint: [政風室]"))]);
    check_in(
        project(),
        &[("content/audits.yaml", &audit("period: 2025-01\njoint: [政風處]  #! unknown-word@9"))],
    );
}

// Regulations

#[test]
fn a_folder_without_regulation_yaml() {
    check_file("regulations/other/obligations.yaml", "[]  #! missing-file@1\n");
}

#[test]
fn a_text_that_is_not_there() {
    let head = "id: law\nname: 規定\nversions:\n- {id: a, text: 2025-01-01.tx}  #! missing-file@17\n- {id: b, text: 2025-01-01.txt}\n";
    check_file("regulations/law/regulation.yaml", head);
    check_file(
        "regulations/law/regulation.yaml",
        "id: law\nname: 規定\nversions: []  #! missing-file@1\n",
    );
}

#[test]
fn lines_that_have_no_place_in_the_numbering() {
    check_file(
        "regulations/law/2025-01-01.txt",
        "一、目的。\n二、抽查。\n三、保存。\n12  #! unreadable-clause@1\n",
    );
    let text = "測試規定  #! unreadable-clause@1\n本文無編號。\n";
    let rules = "regulations/law/obligations.yaml";
    let project = Project::new().write(rules, "[]\n").write("regulations/law/clauses.yaml", "[]\n");
    check_in(project, &[("regulations/law/2025-01-01.txt", text)]);
}

#[test]
fn numbers_that_are_skipped() {
    let clauses = "- {clause: \"1\", reason: purpose}\n- {clause: \"5\", reason: other}\n";
    check_files(&[
        ("regulations/law/clauses.yaml", clauses),
        (
            "regulations/law/2025-01-01.txt",
            "一、目的。\n二、抽查。\n三、保存。\n五、附則。  #! clause-gap@1\n",
        ),
    ]);
}

#[test]
fn a_number_in_the_middle_of_a_sentence() {
    check_file(
        "regulations/law/2025-01-01.txt",
        "一、目的。\n二、抽查。\n三、應依第三點、\n四、五點保存。  #! doubtful-clause@1\n",
    );
}

#[test]
fn lines_dropped_by_a_rule_that_does_not_match() {
    let head = "\
id: law
name: 規定
versions:
- id: a
  text: 2025-01-01.txt
  drop:
  - {line: 4, text: \"7\", reason: 頁碼}
  - {line: 2, text: \"8\", reason: 頁碼}  #! unmatched-drop@6
  - {line: 99, text: \"9\", reason: 頁碼}  #! unmatched-drop
  - {text: \"-\", reason: 清單符號}  #! unmatched-drop
  - {line: x, text: \"7\", reason: 頁碼}  #! invalid-number
";
    let text = "一、目的。\n二、抽查。\n三、保存。\n7\n";
    check_files(&[
        ("regulations/law/regulation.yaml", head),
        ("regulations/law/2025-01-01.txt", text),
    ]);
}

#[test]
fn clauses_that_nobody_classified() {
    check_file(
        "regulations/law/2025-01-01.txt",
        "一、目的。\n二、抽查。\n三、保存。\n四、附則：  \n（一）甲。  #! unclassified-clause@1\n（二）乙。  #! unclassified-clause@1\n",
    );
    check_file(
        "regulations/law/clauses.yaml",
        "- {clause: \"9\", reason: other}  #! unknown-clause@12\n- {clause: \"1\", reason: purpose}\n",
    );
}

#[test]
fn clauses_classified_twice() {
    check_file(
        "regulations/law/clauses.yaml",
        "- {clause: \"1\", reason: purpose}\n- {clause: \"3\", reason: other}  #! classified-twice@12\n",
    );
}

#[test]
fn clauses_that_do_not_exist() {
    let text = "- id: check\n  kind: conduct\n  clauses: [\"2\", \"2.1\", \"3\"]  #! unknown-clause@18\n  title: 甲\n  scope: unit\n";
    check_file("regulations/law/obligations.yaml", text);
    for clause in ["二", "0", "2.", "2.1.1.1.1", "p2"] {
        let text = format!(
            "- id: check\n  kind: conduct\n  clauses: [\"2\", \"3\", \"{clause}\"]  #! unknown-clause@23\n  title: 甲\n  scope: unit\n"
        );
        check_file("regulations/law/obligations.yaml", &text);
    }
}

#[test]
fn versions_in_force_on_one_day() {
    let head = "\
id: law
name: 規定
versions:  #! version-overlap@1
- {id: a, text: 2025-01-01.txt, in_force: 2025-01-01}
- {id: b, text: 2025-01-01.txt, in_force: 114-01-01}
";
    check_file("regulations/law/regulation.yaml", head);
}

#[test]
fn versions_without_a_day() {
    let head = "\
id: law
name: 規定
versions:
- {id: a, text: 2025-01-01.txt, in_force: 2025-01-01}
- {id: b, text: 2025-01-01.txt, amended: 2025-06-01}  #! undated-version@8
- {id: c, text: 2025-01-01.txt}  #! undated-version@8
";
    let rules = format!(
        "- id: check\n  kind: conduct\n  clauses: [\"2\", \"3\"]\n  {}\n  title: 甲\n  scope: unit\n",
        written_for("a")
    );
    check_files(&[
        ("regulations/law/regulation.yaml", head),
        ("regulations/law/obligations.yaml", &rules),
    ]);
}

/// A sound `written_for` of the minimal site's clauses 2 and 3.
fn written_for(version: &str) -> String {
    format!(
        "written_for: {{version: \"{version}\", fingerprints: {{\"2\": \"b05e2666db19\", \"3\": \"8c4623aa4a25\"}}}}"
    )
}

#[test]
fn rules_that_do_not_say_for_which_text_they_were_written() {
    let head = "\
id: law
name: 規定
versions:
- {id: a, text: 2025-01-01.txt, in_force: 2025-01-01}
- {id: b, text: 2025-01-01.txt, in_force: 2025-07-01}
";
    let rules = |lines: &str| {
        format!(
            "- id: check  #! unfingerprinted-rule@7\n  kind: conduct\n  clauses: [\"2\", \"3\"]\n  title: 甲\n  scope: unit\n{lines}"
        )
    };
    let check = |rules: &str| {
        check_files(&[
            ("regulations/law/regulation.yaml", head),
            ("regulations/law/obligations.yaml", rules),
        ]);
    };
    check(&rules(""));
    let told = |lines: &str| rules(lines).replace("  #! unfingerprinted-rule@7", "");
    check(&told(&format!("  {}\n", written_for("b"))));
    check(&told(
        "  written_for:  #! unfingerprinted-rule@3\n    version: a\n    fingerprints: {\"2\": b05e2666db19}\n",
    ));
    check(&told(&format!("  {}  #! unknown-id@26\n", written_for("z"))));
    check(&told(
        "  written_for:\n    version: a\n    fingerprints:\n      \"1\": b05e2666db19  #! unknown-clause@7\n      x: b05e2666db19  #! unknown-clause@7\n      \"2\": 000000000000  #! wrong-fingerprint@12\n      \"3\": 8c4623aa4a25\n",
    ));
    check(&told(&format!(
        "  {}\n  confirmed:\n  - {{version: b, on: 2025-07-01, by: 科長}}\n  - {{version: c, on: 2025-07-01, by: 科長}}  #! unknown-id@15\n",
        written_for("a")
    )));
    // With a single version nobody has to say it.
    check_file("regulations/law/obligations.yaml", &told(""));
}

// Rules

/// Checks lines under a sound periodic rule, the first duty of the regulation.
#[track_caller]
fn check_rule(lines: &str) {
    check_duty(&format!(
        "kind: periodic\nscope: unit\nevery: month\ndue: [{{on: site-default}}]\n{lines}"
    ));
}

/// Checks the lines of a duty.
#[track_caller]
fn check_duty(lines: &str) {
    let indented: String = lines.lines().map(|line| format!("  {line}\n")).collect();
    let text = format!("- id: x\n  clauses: [\"2\", \"3\"]\n  title: 義務\n{indented}");
    check_file("regulations/law/obligations.yaml", &text);
}

#[test]
fn rules_that_lack_a_part() {
    check_duty("kind: periodic  #! incomplete-rule@9\nscope: unit\ndue: [{on: period-end}]");
    check_duty("kind: periodic  #! incomplete-rule@9\nscope: unit\nevery: month");
    check_duty("kind: interval  #! incomplete-rule@9\nscope: unit");
    check_duty("kind: event  #! incomplete-rule@9\nscope: unit");
    check_duty("kind: retention  #! incomplete-rule@9\nscope: unit");
    check_duty(
        "kind: periodic  #! incomplete-rule@9\nscope: post\nevery: year\ndue: [{on: period-end}]\nanswered_by: training",
    );
    check_duty(
        "kind: periodic\nscope: unit\nevery: month\ndue: [{on: period-end, months_after: 1}]  #! incomplete-rule@10",
    );
    check_duty(
        "kind: periodic\nscope: unit\nevery: half-year\ndue: [{half: H1, on: period-end}]  #! incomplete-rule@3",
    );
    check_duty(
        "kind: event\nscope: unit\nevent: x\ndeadline: {within: 5 days, on: same-day}  #! incomplete-rule@14",
    );
    check_rule(
        "sample:\n  records: {of: audited-records, tiers: [{rate: 5%}]}  #! incomplete-rule@19",
    );
    check_file(
        "regulations/law/obligations.yaml",
        "- id: x\n  kind: conduct\n  clauses: []  #! incomplete-rule@3\n  title: 甲\n  scope: unit\n- id: y\n  kind: conduct\n  clauses: [\"2\", \"3\"]\n  title: 乙\n  scope: unit\n",
    );
}

#[test]
fn rules_with_a_part_of_another_kind() {
    check_duty(
        "kind: conduct\nscope: unit\nevery: month  #! misplaced-rule-part@3\nkeep: {what: audits, for: 1 year, from: completion}  #! misplaced-rule-part@3",
    );
    check_duty(
        "kind: invariant\nscope: account\nevent: x  #! misplaced-rule-part@3\nmust: account.pledge.signed_on",
    );
    check_rule("no_more_than: 3 months  #! misplaced-rule-part@3");
    check_duty(
        "kind: invariant\nscope: account\nindependent: {not_users: true}  #! misplaced-rule-part@3",
    );
    check_rule("independent: {not_users: true}  #! misplaced-rule-part@3");
    check_rule("candidates: unit.kind  #! misplaced-rule-part@3");
    // 前三個月 has no day that a law would name; days before an event are counted in two ways.
    let event = "kind: event\nscope: agency\nevent: leaves\n";
    check_duty(&format!("{event}deadline: {{before: 3 months}}  #! months-before@22"));
    check_duty(&format!("{event}deadline: {{before: 10 days, counted: clear-days}}"));
    check_duty(&format!(
        "{event}deadline: {{within: 5 days, counted: nth-day}}  #! misplaced-rule-part@30"
    ));
}

/// Two duties, each on a line of its own, with what is expected of it.
#[track_caller]
fn check_two(one: &str, other: &str) {
    let rule = |id: &str, line: &str| {
        let (keys, fault) = line.split_once("#!").unwrap_or((line, ""));
        let mark = if fault.is_empty() { String::new() } else { format!("  #!{fault}") };
        format!("- {{id: {id}, clauses: [\"2\", \"3\"], title: 義務, {}}}{mark}\n", keys.trim())
    };
    let text = format!("{}{}", rule("one", one), rule("two", other));
    check_file("regulations/law/obligations.yaml", &text);
}

#[test]
fn rules_that_no_author_means() {
    let month = "kind: periodic, scope: unit, every: month, due:";
    let standing = "kind: invariant, scope: account";
    let other = "kind: conduct, scope: account";
    check_two(
        &format!(
            "{month} [{{on: period-end}}], sample: {{records: {{of: queries, tiers: [{{up_to: 9, fixed: 9}}, {{fixed: 2}}]}}}}  #! sample-falls@8"
        ),
        other,
    );
    check_two(
        &format!(
            "{month} [{{on: period-end}}], sample: {{records: {{of: queries, tiers: [{{fixed: 9, max: 20}}]}}}}  #! bound-never-binds@8"
        ),
        other,
    );
    check_two(
        &format!(
            "{standing}, when: account.cancelled_on and not account.cancelled_on, must: account.purpose  #! condition-never"
        ),
        other,
    );
    check_two(
        &format!(
            "{standing}, must: account.cancelled_on or not account.cancelled_on  #! condition-always"
        ),
        other,
    );
    check_two(
        &format!("{standing}, must: account.cancelled_on"),
        &format!("{standing}, must: not account.cancelled_on  #! duties-contradict"),
    );
    check_two(
        &format!("{month} [{{within: 0 days, opens: after-period}}]  #! duty-impossible@8"),
        other,
    );
    check_two(
        &format!("{month} [{{on: period-end}}]"),
        &format!("{month} [{{within: 3 days}}]  #! two-duties-one-clause@8"),
    );
    check_two(&format!("{month} [{{months_after: 1, day: 30}}]  #! day-not-in-month@8"), other);
    check_two(&format!("{month} [{{on: period-end}}], joint: [甲, 甲]  #! listed-twice@8"), other);
    let event = "kind: event, scope: account, event:";
    check_two(
        &format!("{event} personnel-change, answer: told"),
        &format!("{event} personnel-chnage, answer: gone  #! two-spellings@8"),
    );
    let often = "kind: interval, scope: unit, no_more_than: 3 months";
    check_two(
        &format!("{often}, until: 2025-12-31"),
        &format!("{often}, from: 2025-12-31, succeeds: one  #! rules-overlap@8"),
    );
    check_two(
        &format!("{often}, until: 2025-12-31"),
        &format!("{often}, from: 2026-01-02, succeeds: one  #! rules-gap@8"),
    );
    // What is accepted is not reported; what is accepted for nothing is.
    check_two(
        &format!(
            "{month} [{{within: 0 days, opens: after-period}}], accept: [{{lint: duty-impossible, because: 原文如此}}]"
        ),
        &format!("{other}, accept: [{{lint: sample-falls, because: 原文如此}}]  #! unused-waiver"),
    );
}

#[test]
fn drafts_that_cannot_be() {
    let head = "id: law\nname: 測試規定\nversions:\n";
    check_file(
        "regulations/law/regulation.yaml",
        &format!("{head}- {{id: d, draft: true, text: 2025-01-01.txt}}  #! missing-file\n"),
    );
    let rule = "kind: conduct, scope: unit";
    check_two(rule, &format!("{rule}, draft: d  #! unknown-word"));
}

#[test]
fn readings_that_cannot_be() {
    let question = |keys: &str, chosen: &str| {
        format!(
            "- id: when\n  clause: \"2\"\n  words: 每月抽查\n  question: 何時\n  options:\n\
             \u{20} - {{id: a, says: 甲}}\n{keys}  chosen: {chosen}\n"
        )
    };
    let check = |text: &str| check_file("regulations/law/readings.yaml", text);
    let other = "  - {id: b, says: 乙, set: {check.due: \"[{on: period-end}]\"}}";
    check(&question(&format!("{other}\n"), "a"));
    check(&question(&format!("{other}\n"), "c  #! unknown-word"));
    check(&question("", "a").replace("  options:", "  options:  #! incomplete-rule"));
    check(
        &question(&format!("{other}\n"), "a")
            .replace("words: 每月抽查", "words: 每季  #! unmatched-reading"),
    );
    check(&question(&format!("{other}\n"), "a").replace("\"2\"", "\"9\"  #! unknown-clause"));
    check(&question(
        &format!("{other}  #! invalid-change\n").replace("check.due", "chek.due"),
        "a",
    ));
    check(&question(
        &format!("{other}  #! invalid-change\n").replace("check.due", "check.du"),
        "a",
    ));
    check(&question(&format!("{other}  #! invalid-change\n").replace("period-end", "never"), "a"));
    // The chosen reading is what the rule says.
    check(&question(&format!("{other}  #! invalid-change\n"), "b"));
    check(
        &(question(&format!("{other}\n"), "a")
            + "  by: {post: 職務, on: 2026-01-01}  #! incomplete-rule\n"),
    );
    let past = "  by: {post: 職務, on: 2025-01-01, ruling: 某號}\n  review_by: 2025-12-31\n";
    let due = question(&format!("{other}\n"), "a").replace("id: when", "id: when  #! reading-due");
    check(&(due + past));
}

#[test]
fn rules_of_which_something_is_said_that_is_no_fault() {
    let standing = "kind: invariant, scope: account, clauses: [\"2\", \"3\"], title: 義務";
    let text = format!(
        "- {{id: one, {standing}, must: account.purpose and account.cancelled_on}}\n\
         - {{id: two, {standing}, must: account.purpose}}\n\
         - {{id: three, {standing}, when: 'days_between(account.opened_on, as_of) > days_between(account.suspended_on, account.cancelled_on)', must: account.pledge}}\n"
    );
    let project = Project::new().write("regulations/law/obligations.yaml", text);
    let outcome = project.run("check --format json --as-of 2026-03-01").code(0);
    let notes: Vec<Value> = serde_json::from_str(&outcome.stdout).expect("JSON");
    let codes: BTreeSet<&str> = notes.iter().filter_map(|note| note["code"].as_str()).collect();
    assert_eq!(codes, BTreeSet::from(["duty-implied", "lint-undecided", "unrecorded-text"]));
}

#[test]
fn questions_that_nobody_settled() {
    let text = "- {id: when, clause: \"2\", words: 每月, question: 何時, chosen: a, options: [{id: a, says: 甲}, {id: b, says: 乙, set: {check.due: \"[{on: period-end}]\"}}]}\n";
    let project = Project::new().write("regulations/law/readings.yaml", text);
    let outcome = project.run("check --format json --as-of 2026-03-01").code(0);
    assert!(outcome.stdout.contains("reading-decides"), "{}", outcome.stdout);
}

#[test]
fn questions_that_nobody_asked() {
    let rule = "event: incident\ndeadline: {within: 24 hours}\nanswer: told\n";
    let event = |known: &str| {
        let event = format!("kind: incident\non: 2026-02-02\nat: 2026-02-02T09:00\n{known}");
        Project::of_event(rule, &event).run("check --format json --as-of 2026-02-04").code(0).stdout
    };
    let said = event("known_at: 2026-02-03T10:00\n");
    assert!(said.contains("reading-open"), "{said}");
    // Nothing hangs on it.
    let said = event("");
    assert!(!said.contains("reading-open"), "{said}");
}

#[test]
fn independence_that_asks_nothing_and_candidates_that_nobody_has() {
    let independent = |part: &str| {
        check_duty(&format!("kind: invariant\nscope: unit\nof: audit\nindependent: {part}"));
    };
    independent("{not_users: false}  #! incomplete-rule@3");
    independent("{not_previous: maybe}  #! wrong-type@31");
    independent("{not_rolls: [operator]}  #! unknown-key@17, incomplete-rule@3");
    check_duty(
        "kind: permission\nscope: account\ncandidates: account.lust  #! invalid-expression@15",
    );
}

#[test]
fn tiers_that_do_not_cover_every_population_once() {
    let tiers = |tiers: &str| {
        check_rule(&format!("sample:\n  records:\n    of: queries\n    tiers:\n{tiers}"))
    };
    tiers("    - {up_to: 100, rate: 5%}  #! invalid-tiers@10");
    tiers("    - {rate: 5%}  #! invalid-tiers@10\n    - {rate: 1%}");
    tiers(
        "    - {up_to: 100, rate: 5%}\n    - {up_to: 100, rate: 4%}  #! invalid-tiers@17\n    - {rate: 1%}",
    );
    tiers("    - {rate: 5%, fixed: 3}  #! invalid-tiers@10");
    tiers("    - {max: 3}  #! invalid-tiers@10");
    tiers("    - {rate: 5%, min: 9, max: 8}  #! invalid-tiers@20");
    check_rule("sample:\n  records: {of: queries, tiers: []}  #! invalid-tiers@15");
}

#[test]
fn conditions_that_cannot_be_read() {
    check_duty(
        "kind: invariant\nscope: account\nmust: account.pledg.signed_on  #! invalid-expression@9",
    );
    check_duty(
        "kind: invariant\nscope: account\nmust: unit.kind == \"unit\"  #! invalid-expression@9",
    );
    check_duty("kind: invariant\nscope: account\nmust: account.role ==  #! invalid-expression");
    check_duty("kind: conduct\nscope: unit\nwhen: '單位 == 1'  #! invalid-expression");
    check_duty(
        "kind: conduct\nscope: unit\nwhen: 'unit.kind == \"unit\" and unit.kynd == \"unit\"'  #! invalid-expression@34",
    );
    check_duty("kind: conduct\nscope: unit\nwhen: range(10)  #! invalid-expression@9");
    check_duty("kind: conduct\nscope: unit\nwhen: unit.name | upper  #! invalid-expression");
    let long = format!("unit.kind == \"unit\"{}", " or unit.kind == \"office\"".repeat(60));
    check_duty(&format!("kind: conduct\nscope: unit\nwhen: {long}  #! invalid-expression@9"));
    let deep = format!("{}1{}", "(".repeat(400), ")".repeat(400));
    check_duty(&format!("kind: conduct\nscope: unit\nwhen: {deep}  #! invalid-expression"));
}

const EVENT_RULE: &str = "kind: event\nscope: unit\nevent: personnel-change\ndeadline: {before: 10 working days}\nanswer: rights-cancelled";

#[test]
fn working_days_in_a_year_the_calendar_lacks() {
    let project =
        |calendar: &str| Project::new().duty(EVENT_RULE).write("content/calendar.yaml", calendar);
    let event =
        "id: v1\nkind: personnel-change\nunit: desk\non: 2026-01-05  #! missing-calendar-year@5\n";
    check_in(
        project("years: {2026: {holidays: {2026-01-01: 元旦}}}\n"),
        &[("content/events.yaml", event)],
    );
    let event = event.replace("  #! missing-calendar-year@5", "");
    check_in(
        project(
            "years: {2025: {holidays: {2025-01-01: 元旦}}, 2026: {holidays: {2026-01-01: 元旦}}}\n",
        ),
        &[("content/events.yaml", &event)],
    );
    // A file a year: none hides another.
    let years = project("timezone: Asia/Taipei\n")
        .write("content/calendar/2025.yaml", "years: {2025: {holidays: {2025-01-01: 元旦}}}\n")
        .write("content/calendar/2026.yaml", "years: {2026: {holidays: {2026-01-01: 元旦}}}\n");
    check_in(years, &[("content/events.yaml", &event)]);
    // From the day it was known the days run into the next year.
    let rule = EVENT_RULE
        .replace("{before: 10 working days}", "{within: 10 working days, from: known_on}");
    check_in(
        Project::new()
            .duty(&rule)
            .write("content/calendar.yaml", "years: {2025: {holidays: {2025-01-01: 元旦}}}\n"),
        &[(
            "content/events.yaml",
            "id: v1\nkind: personnel-change\nunit: desk\non: 2025-12-01\n\
             known_on: 2025-12-29  #! missing-calendar-year@11\n",
        )],
    );
}

#[test]
fn events_about_nothing_or_too_much() {
    let project = || {
        Project::new().duty(EVENT_RULE).write(
            "content/calendar.yaml",
            "years: {2025: {holidays: {2025-01-01: 元旦}}, 2026: {holidays: {2026-01-01: 元旦}}}\n",
        )
    };
    let event = "id: v1  #! missing-key@1\nkind: personnel-change\non: 2026-01-05\n";
    check_in(project(), &[("content/events.yaml", event)]);
    let event = "id: v1  #! missing-key@1\nkind: personnel-change\non: 2026-01-05\nunit: desk\nagency: city\n";
    check_in(project(), &[("content/events.yaml", event)]);
    let event = "id: v1\nkind: personnel-change\non: 2026-01-05\nunit: Desk  #! invalid-id@7\n";
    check_in(project(), &[("content/events.yaml", event)]);
    // It may be known after it happened.
    let event =
        "id: v1\nkind: personnel-change\non: 2026-01-05\nknown_on: 2026-01-06\nunit: desk\n";
    check_in(project(), &[("content/events.yaml", event)]);
}

#[test]
fn events_and_answers_in_words_no_rule_has() {
    let project = || {
        Project::new().duty(EVENT_RULE).write(
            "content/calendar.yaml",
            "years: {2025: {holidays: {2025-01-01: 元旦}}, 2026: {holidays: {2026-01-01: 元旦}}}\n",
        )
    };
    let event = "id: v1\nkind: personel-change  #! unknown-word@7\nunit: desk\non: 2026-01-05\n";
    check_in(project(), &[("content/events.yaml", event)]);
    let event = "id: v1\nkind: personnel-change\nunit: desk\non: 2026-01-05\nanswers:\n- {what: rights-canceled, on: 2026-01-05}  #! unknown-word@10\n";
    check_in(project(), &[("content/events.yaml", event)]);
}

// What is doubtful

#[test]
fn answers_dated_before_their_event() {
    let rule = EVENT_RULE.replace("before: 10 working days", "within: 7 days");
    let event = "id: v1\nkind: personnel-change\nunit: desk\non: 2026-01-05\nanswers:  #! answered-before@1\n- {what: rights-cancelled, on: 2026-01-02}\n";
    check_in(Project::new().duty(&rule), &[("content/events.yaml", event)]);
    // It was known before.
    let known = event.replace("  #! answered-before@1", "") + "known_on: 2026-01-01\n";
    check_in(Project::new().duty(&rule), &[("content/events.yaml", &known)]);
}

#[test]
fn codes_that_people_of_two_agencies_have() {
    let posts = "\
- {id: chief, agency: city, title: 科長, staff: A001}
- {id: far, agency: other, title: 科長, staff: A001}
";
    let event = |about: &str| format!("id: v1\nkind: personnel-change\non: 2026-02-05\n{about}");
    let project = || {
        Project::new()
            .duty(&EVENT_RULE.replace("scope: unit", "scope: account"))
            .write("content/agencies.yaml", "- {id: city, name: 甲}\n- {id: other, name: 乙}\n")
            .write("content/calendar.yaml", "years: {2026: {holidays: {2026-01-01: 元旦}}}\n")
    };
    let both = event("staff: A001  #! ambiguous-person@8\n");
    check_in(project(), &[("content/posts.yaml", posts), ("content/events.yaml", &both)]);
}

#[test]
fn events_that_start_nothing() {
    let calendar =
        "years: {2025: {holidays: {2025-01-01: 元旦}}, 2026: {holidays: {2026-01-01: 元旦}}}\n";
    let project = |rule: &str| Project::new().duty(rule).write("content/calendar.yaml", calendar);
    let of_accounts = EVENT_RULE.replace("scope: unit", "scope: account");
    for about in ["unit: desk", "staff: A009"] {
        let event = format!(
            "id: v1  #! event-starts-nothing@5\nkind: personnel-change\non: 2026-02-05\n{about}\n"
        );
        check_in(project(&of_accounts), &[("content/events.yaml", &event)]);
    }
    // Before the unit used the system.
    let event =
        "id: v1  #! event-starts-nothing@5\nkind: personnel-change\non: 2024-02-05\nunit: desk\n";
    let event = event.replace("2024-02-05", "2024-12-31");
    let years = calendar.replace("years: {", "years: {2024: {holidays: {2024-01-01: 元旦}}, ");
    let early = project(EVENT_RULE).write("content/calendar.yaml", years);
    check_in(early, &[("content/events.yaml", &event)]);
    // Ahead, and not said to be known.
    let event =
        "id: v1  #! event-starts-nothing@5\nkind: personnel-change\non: 2026-06-05\nunit: desk\n";
    check_in(project(EVENT_RULE), &[("content/events.yaml", event)]);
    let event =
        "id: v1\nkind: personnel-change\non: 2026-06-05\nknown_on: 2026-02-01\nunit: desk\n";
    check_in(project(EVENT_RULE), &[("content/events.yaml", event)]);
}

#[test]
fn figures_and_papers_that_prove_too_much() {
    let usage = "- {unit: desk, system: net, month: 2025-01, queries: 101, active_users: 1, total_users: 4}\n";
    let sample = |records: u32, mark: &str| {
        let audit = audit(&format!("period: 2025-01\nsample: {{records: {records}}}{mark}"));
        check_files(&[("content/usage.yaml", usage), ("content/audits.yaml", &audit)]);
    };
    sample(101, "");
    sample(102, "  #! doubtful-figures@1");
    check_file(
        "content/audits.yaml",
        &audit("period: 2025-01\nresult: anomaly  #! anomaly-without-finding@1"),
    );
    let own = audit("period: 2025-01\nauditors: [p1]\naudited_staff: [A1]  #! self-audit@1");
    let post = "- {id: p1, agency: city, unit: desk, title: 課員, staff: A1}\n";
    check_files(&[("content/posts.yaml", post), ("content/audits.yaml", &own)]);
    let paper = |on: &str, mark: &str| {
        format!("- {{id: e1, title: 表, form: 表, received_on: {on}, document: 文一}}{mark}\n")
    };
    let evidence = "content/evidence.yaml";
    let one = audit("period: 2025-01\nevidence: [e1]");
    check_files(&[("content/audits.yaml", &one), (evidence, &paper("2025-02-10", ""))]);
    let old = paper("2024-12-31", "  #! doubtful-paper");
    check_files(&[("content/audits.yaml", &one), (evidence, &old)]);
    let next = audit("period: 2025-02\nevidence: [e1]").replace("id: a1", "id: a2");
    let both: String = [&one, &next]
        .into_iter()
        .map(|text| format!("- {}\n", text.trim_end().replace('\n', "\n  ")))
        .collect();
    let twice = paper("2025-02-10", "  #! doubtful-paper");
    check_files(&[("content/audits.yaml", &both), (evidence, &twice)]);
}

#[test]
fn waivers_findings_and_accounts_that_somebody_must_look_at() {
    let waiver = "id: w1\nobligation: law/check\nscope: desk\nreason: 停電  #! doubtful-waiver@1\nfrom: 2025-01-31\nuntil: 2025-12-31\napproved: {on: 2025-01-01, by: chief}\n";
    check_file("content/waivers.yaml", waiver);
    let waiver = waiver.replace("reason: 停電  #! doubtful-waiver@1", "reason: 停電\nbasis: 文一");
    check_file("content/waivers.yaml", &waiver);
    let late = waiver.replace(
        "approved: {on: 2025-01-01, by: chief}",
        "approved: {on: 2025-03-01, by: chief}  #! doubtful-waiver@1",
    );
    check_file("content/waivers.yaml", &late);
    let to_the_last_day = waiver.replace("until: 2025-12-31", "until: 2030-12-31");
    check_file("content/waivers.yaml", &to_the_last_day);
    let endless = waiver.replace("until: 2025-12-31", "until: 2031-01-01  #! doubtful-waiver@1");
    check_file("content/waivers.yaml", &endless);
    let may = "- {id: head, title: 首長, reach: agency, may_waive: true}\n";
    let by_another = waiver.replace("by: chief}", "by: chief}  #! doubtful-waiver@1");
    check_files(&[("content/roles.yaml", may), ("content/waivers.yaml", &by_another)]);
    let role =
        "id: chief\nagency: city\ntitle: 科長\nstaff: A001\nroles: [haed]  #! unknown-role@9\n";
    check_files(&[("content/roles.yaml", may), ("content/posts.yaml", role)]);

    let act = audit("period: 2025-01");
    let finding = "id: f1\naudit: a1\ntitle: 缺失\ngrade: minor\nfound_on: 2025-02-11\n";
    let mended = "actions: [{what: 改善, done_on: 2025-03-10}]\n";
    for (more, column) in [
        ("verified: {on: 2025-03-09, by: chief}  #! doubtful-finding@1\n", ""),
        ("closed_on: 2025-03-09  #! doubtful-finding@1\n", ""),
        ("verified: {on: 2025-03-10, by: chief}\n", ""),
    ] {
        let finding = format!("{finding}{mended}{more}{column}");
        check_files(&[("content/audits.yaml", &act), ("content/findings.yaml", &finding)]);
    }
    let account =
        "id: u1\nsystem: net\nunit: desk\nstaff: A009\nrole: general\nopened_on: 2025-02-01\n";
    for more in [
        "suspended_on: 2025-03-01\nlast_used_on: 2025-03-02  #! doubtful-use@15\n",
        "suspended_on: 2025-03-01\nlast_used_on: 2025-03-01\n",
    ] {
        check_file("content/accounts.yaml", &format!("{account}{more}"));
    }
    let early =
        account.replace("opened_on: 2025-02-01", "opened_on: 2025-02-01  #! doubtful-use@12");
    let applied = "application: {applied_on: 2025-01-01, approved_on: 2025-02-02}\n";
    check_file("content/accounts.yaml", &format!("{early}{applied}"));
    let calendar = "years: {2025: {}}  #! empty-calendar-year@9\n";
    check_file("content/calendar.yaml", calendar);
}

// Evidence

/// A record of a file.
fn evidence(file: &str, sha256: &str) -> String {
    format!("id: e1\ntitle: 表\nreceived_on: 2025-02-10\nfile: {file}\nsha256: {sha256}\n")
}

/// SHA-256 of `proof\n`.
const PROOF: &str = "f6ed42a9d765eeb230a069bbc3d5dc346b2669594bb0b83cc6d14d5d967b8961";

#[test]
fn evidence_that_is_not_there_or_not_the_one_recorded() {
    let path = "content/evidence.yaml";
    check_file(path, &evidence("115/a.txt  #! missing-file@7", &"0".repeat(64)));
    let project = || Project::new().write("content/evidence/files/a.txt", "proof\n");
    check_in(project(), &[(path, &evidence("a.txt", PROOF))]);
    check_in(project(), &[(path, &evidence("a.txt", &PROOF.to_uppercase()))]);
    check_in(
        project(),
        &[(path, &evidence("a.txt", &format!("{}  #! hash-mismatch@9", "0".repeat(64))))],
    );
    // One bit, truncated, and another of the same size.
    for changed in ["proog\n", "proo", "PROOF\n", ""] {
        let project = Project::new().write("content/evidence/files/a.txt", changed);
        check_in(project, &[(path, &evidence("a.txt", &format!("{PROOF}  #! hash-mismatch@9")))]);
    }
    let near = project().write(path, evidence("a.text", PROOF));
    assert_eq!(only_fault(&near).1, "did you mean `a.txt`?");
}

#[test]
fn evidence_that_a_browser_would_run() {
    let svg = "<svg xmlns=\"http://www.w3.org/2000/svg\" onload=\"alert(1)\"/>";
    for (name, content) in [
        ("a.png", svg),
        ("a.svg", svg),
        ("a.html", "<script>alert(1)</script>"),
        ("a.html.pdf", "%PDF-1.7\n"),
        ("a.pdf", "MZ\u{90}"),
        ("a", "proof\n"),
        ("a.exe", "MZ"),
        ("a.xlsx", "proof\n"),
    ] {
        let project = Project::new().write(&format!("content/evidence/files/{name}"), content);
        let text = evidence(&format!("{name}  #! unsafe-evidence@7"), &"0".repeat(64));
        check_in(project, &[("content/evidence.yaml", &text)]);
    }
}

// Columns, and the root only

#[test]
fn columns_count_characters() {
    // A byte order mark takes no column, a tab one, a Han character one, whatever their bytes.
    check_file(
        "content/agencies.yaml",
        "\u{feff}colour: 紅  #! unknown-key@1\nid: city\nname: 局\n",
    );
    check_file(
        "content/agencies.yaml",
        "id: city\nname: 局\nattributes: {甲乙: 1, 丙: [2]}  #! wrong-type@24\n",
    );
    check_file("content/agencies.yaml", "{id: city,\tname: 局,\tcolour: 紅}  #! unknown-key@21\n");
    check_file(
        "content/agencies.yaml",
        "{id: city, name: 𠮷野家, colour: 紅}  #! unknown-key@23\n",
    );
    check_file("content/agencies.yaml", "id: city\r\nname: 局\r\ncolour: 紅\r  #! unknown-key@1\n");
}

#[test]
fn only_the_root_of_a_fault_is_reported() {
    // The unit could not be read: nobody says that it is unknown as well.
    check_files(&[
        (
            "content/units.yaml",
            "id: desk\nagency: city\nname: 科\n  #! \nkind: ofice  #! unknown-word@7\n"
                .replace("  #! \n", "")
                .as_str(),
        ),
        ("content/audits.yaml", &audit("period: 2025-01")),
    ]);
    check_files(&[
        ("content/units.yaml", "id: desk\nagency: city\nname: a: b  #! invalid-yaml\n"),
        ("content/audits.yaml", &audit("period: 2025-01")),
    ]);
    // An agency that could not be read, and everything that names it.
    check_file("content/agencies.yaml", "id: City  #! invalid-id@5\nname: 局\n");
    // The same where audits name a unit that stands, and the unit names the agency.
    check_files(&[
        ("content/agencies.yaml", "id: City  #! invalid-id@5\nname: 局\n"),
        ("content/audits.yaml", &audit("period: 2025-01")),
        (
            "content/usage.yaml",
            "unit: desk\nsystem: net\nmonth: 2025-01\nqueries: 1\nactive_users: 1\ntotal_users: 1\n",
        ),
    ]);
    // A duty that could not be read, and the audit that answers it.
    let rules = "- id: check\n  kind: periodical  #! unknown-word@9\n  clauses: [\"2\"]\n  title: 抽查\n  scope: unit\n";
    let keep = "- {id: wipe, kind: conduct, clauses: [\"3\"], title: 乙, scope: unit}\n";
    check_files(&[
        ("regulations/law/obligations.yaml", &format!("{rules}{keep}")),
        ("content/audits.yaml", &audit("period: 2025-01")),
    ]);
    // A regulation whose head could not be read, and the system under it.
    check_files(&[
        (
            "regulations/law/regulation.yaml",
            "id: law\nnaem: 規定  #! unknown-key@1\nversions: []\n"
                .replace("id: law", "id: law  #! missing-key@1")
                .as_str(),
        ),
        ("content/audits.yaml", &audit("period: 2025-01")),
    ]);
    // Reasons that could not be read: their clauses are not also unclassified.
    check_file(
        "regulations/law/clauses.yaml",
        "- {clause: \"1\", reason: purpos}  #! unknown-word@25\n",
    );
    check_file(
        "regulations/law/clauses.yaml",
        "- {clause: \"1\", reason: purpose  #! invalid-yaml\n",
    );
}

#[test]
fn a_run_shows_everything_there_is_to_mend() {
    check_files(&[
        ("clausebook.yaml", "name: 站\nagency: 局\nas_of: 2026-02-30  #! invalid-date@8\n"),
        (
            "content/agencies.yaml",
            "- id: city\n  name: 局\n  colour: 紅  #! unknown-key@3\n- id: town\n  name: 鎮\n  note: []  #! wrong-type@9\n",
        ),
        (
            "content/posts.yaml",
            "id: chief\nagency: citi  #! unknown-id@9\ntitle: 科長\nstaff: A1\n",
        ),
        (
            "regulations/law/2025-01-01.txt",
            "一、目的。\n二、抽\u{200b}查。  #! hidden-character@4\n三、保存。\n",
        ),
    ]);
}

/// An audit that answers the minimal site's duty, with more lines.
fn audit(lines: &str) -> String {
    format!("id: a1\nobligation: law/check\nscope: desk\ndone_on: 2025-02-10\n{lines}\n")
}

#[test]
fn guidance_pages_hold_markdown_and_nothing_else() {
    let project = |text: &str| Project::new().write("content/pages/how.md", text);
    for (text, code, place) in [
        ("# 題\n甲<b>乙</b>\n", "raw-html", "how.md:2:2"),
        ("# 題\n\n![圖](a.png)\n", "raw-html", "how.md:3:1"),
        ("# 題\n見[此](javascript:alert(1))\n", "unsafe-link", "how.md:2:2"),
        ("沒有標題\n", "missing-key", "how.md:1:1"),
    ] {
        let code_of = if matches!(code, "raw-html") { 0 } else { 1 };
        project(text).run("check").code(code_of).stderr_has(code).stderr_has(place);
    }
    Project::new()
        .write("content/pages/Bad Name.md", "# 題\n")
        .run("check")
        .code(1)
        .stderr_has("invalid-id");
    for (head, code) in
        [("duties: [law/chekc]", "unknown-obligation"), ("dutys: []", "unknown-key")]
    {
        project(&format!("---\n{head}\n---\n# 題\n"))
            .run("check")
            .code(1)
            .stderr_has(code)
            .stderr_has("how.md:2:");
    }
    let explained = project("---\nduties: [law/check]\n---\n# 如何抽查\n逐件核對。\n");
    explained.run("build -q").code(0);
    let page = |path: &str| String::from_utf8_lossy(&explained.files("public")[path]).into_owned();
    assert!(page("obligations/law/check.html").contains("../../pages/how.html"));
    assert!(page("pages/how.html").contains("<p>逐件核對。</p>"));
}

/// The minimal site with one version of a text and what `regulation.yaml` says of its references.
fn law_files<'a>(text: &'a str, head: &'a str) -> [(&'static str, &'a str); 2] {
    [("regulations/law/2025-01-01.txt", text), ("regulations/law/regulation.yaml", head)]
}

#[test]
fn references_that_lead_nowhere() {
    let head = "id: law\nname: 規定\nversions: [{id: \"2025-01-01\", text: 2025-01-01.txt, in_force: 2025-01-01}]\n";
    let text = |first: &str, second: &str| {
        format!("測試規定\n一、{first}\n二、{second}\n三、紀錄保存一年。\n")
    };
    for (first, second) in [
        ("依前點規定。  #! unresolved-reference@4", "各單位每月抽查。"),
        ("目的。", "依第九點\n規定抽查。"),
        ("依資料管理要點第五點規定。  #! unresolved-reference@10", "各單位每月抽查。"),
        ("依民法第七條規定。  #! unresolved-reference@6", "依前點及第三點抽查。"),
        ("依同法第七條規定。  #! unresolved-reference@4", "目前款項之前點收。"),
    ] {
        let second = second.replace("第九點", "第九點  #! unresolved-reference@4");
        check_files(&law_files(&text(first, &second), head));
    }
    // Torn by the end of a line.
    check_files(&law_files(
        "測試規定\n一、依個人資料管理要點所定事項辦理，並依第九點及第  #! unresolved-reference@21\n    八點規定辦理各事項，且應依規定辦理各事項。\n二、各單位每月抽查。\n三、紀錄保存一年。\n"
            .replace("#! unresolved-reference@21", "#! unresolved-reference@21, unresolved-reference@25")
            .as_str(),
        head,
    ));
    let cited = format!("{head}cites:\n- {{name: 民法, url: \"https://example.org/a\"}}\n");
    check_files(&law_files(&text("依民法第七條及同法第八條規定。", "各單位每月抽查。"), &cited));
}

#[test]
fn what_is_said_of_references_is_checked() {
    let text = "測試規定\n一、依前款規定。\n二、各單位每月抽查。\n三、紀錄保存一年。\n";
    let own = "id: law\nname: 規定\nversions: [{id: \"2025-01-01\", text: 2025-01-01.txt, in_force: 2025-01-01}]\n";
    let read = "readings:\n- {clause: \"1\", words: 前款, means: \"2\"}\n";
    for (text, head) in [
        (text, read.to_owned()),
        (
            text,
            format!(
                "{read}- {{clause: \"1\", words: 前目, means: \"2\"}}  #! unmatched-reading@24\n"
            ),
        ),
        (text, "readings:\n- {clause: \"1\", words: 前款}  #! missing-key@4\n".into()),
        (text, read.replace("means: \"2\"}", "means: \"8\"}  #! unknown-clause@12")),
        (text, "readings:\n- {clause: \"1\", words: 前款, law: 民法}  #! unknown-id@33\n".into()),
        (
            text,
            format!(
                "{read}attachments:\n- {{label: 附件, title: 表}}\n- {{label: 表一, title: 表}}  #! invalid-id@11\n- {{label: 附件, title: 表}}  #! duplicate-id@11\n"
            ),
        ),
        (
            text,
            format!(
                "{read}cites: [{{name: 民法, url: \"ftp://example.org\"}}]  #! unsafe-link@25\n"
            ),
        ),
        (
            text,
            format!(
                "{read}cites: [{{name: 民法, url: \"javascript:alert(1)\"}}]  #! unsafe-link@25\n"
            ),
        ),
    ] {
        check_files(&law_files(text, &format!("{own}{head}")));
    }
}

#[test]
fn characters_that_only_some_fonts_have() {
    check_files(&[
        ("content/agencies.yaml", "id: city\nname: 示範\u{e123}局  #! private-character@9\n"),
        (
            "content/pages/how.md",
            "# 題\n\u{f8ff}與\u{f0001}與\u{10fffd}  #! private-character@1, private-character@3, private-character@5\n",
        ),
        (
            "regulations/law/2025-01-01.txt",
            "一、目的。\n二、抽\u{e000}查。  #! private-character@4\n三、保存𡘙。\n",
        ),
    ]);
}

#[test]
fn characters_that_were_lost() {
    check_files(&[
        ("content/agencies.yaml", "id: city\nname: 示範\u{fffd}局  #! lost-character@9\n"),
        (
            "content/pages/how.md",
            "# 題\n\u{fffd}與&#xD800;與&#0;  #! lost-character@1, lost-character@3, lost-character@12\n",
        ),
        (
            "regulations/law/2025-01-01.txt",
            "一、目的。\n二、抽\u{fffd}查。  #! lost-character@4\n三、保存。\n",
        ),
    ]);
}

/// The file has no lines: nothing in it is shown.
#[test]
fn characters_nobody_sees_in_a_file_beside_the_pages() {
    let project = Project::new().write("static/a.txt", "甲\u{202e}乙\n");
    assert_eq!(only_fault(&project).0, "hidden-in-copy");
}

#[test]
fn emphasis_that_markdown_does_not_see() {
    check_file(
        "content/pages/how.md",
        "# 題\n\n- 先看**（一）**。  #! unseen-emphasis@5\n- **注意:**應於**「期限」**前辦理。  #! unseen-emphasis@3\n\n~~刪除(舊)~~新  #! unseen-emphasis@1\n\n2 * 3、5*6、`**注意:**應`、\\*\\*注意:\\*\\*應、**好**。\n",
    );
    let (code, help, message) =
        only_fault(&Project::new().write("content/pages/how.md", "# 題\n應**「期限」**前\n"));
    assert_eq!(code, "unseen-emphasis");
    assert_eq!(message, "`**「期限」**` is shown as it stands, not as emphasis");
    assert!(help.contains("write `「**期限**」`"), "{help}");
}

#[test]
fn what_is_personal_is_reported_wherever_it_stands() {
    check_files(&[
        (
            "content/posts.yaml",
            "id: chief\nagency: city\ntitle: 科長\nstaff: A001\ndisplay_name: 歐陽菲菲\n\
             note: 身分證 Ａ１２３４５６７８９  #! national-id@11\n",
        ),
        (
            "content/trainings.yaml",
            "- id: a\n  post: chief\n  on: 2026-01-02\n  hours: 3\n  title: A123456788  #! possible-national-id@10\n\
             - id: b\n  post: chief\n  on: 2026-01-02\n  hours: 3\n  title: 請撥0912-345-678  #! personal-data@12\n\
             - id: c\n  post: chief\n  on: 2026-01-02\n  hours: 3\n  title: 歐陽菲菲的課  #! name-in-text@10\n\
             - id: d\n  post: chief\n  on: 2026-01-02\n  hours: 3\n  title: 請撥0912-345-678  #! endless-waiver@12\n\
             \u{20}\u{20}pii_ok: {reason: 公務電話, until: 9999-12-31}\n\
             - id: e\n  post: chief\n  on: 2026-01-02\n  hours: 3\n  title: \"02-2720-8889\"  #! personal-data, expired-waiver\n\
             \u{20}\u{20}pii_ok: {reason: 公務電話, until: 2020-12-31}\n",
        ),
        (
            "content/pages/how.md",
            "# 題\n\nA12345**6789**&#x202E;  #! national-id, hidden-character\n",
        ),
    ]);
}

#[test]
fn what_an_escape_writes_is_looked_at() {
    for escape in
        ["\\u202e", "\\0", "\\e", "\\a", "\\r", "\\x7f", "\\u00ad", "\\u3164", "\\U000e0041"]
    {
        let text = format!("id: city\nname: \"測{escape}試\"  #! hidden-character@7\n");
        check_file("content/agencies.yaml", &text);
    }
}

#[test]
fn inputs_have_bounds() {
    let long = "長".repeat(20_001);
    check_file("content/agencies.yaml", &format!("id: city\nname: {long}  #! over-limit@7\n"));
}

#[test]
fn numbers_that_are_equal_are_one_key() {
    check_file(
        "content/calendar.yaml",
        "years:\n  2025: {holidays: {2025-10-10: 國慶}}\n  2025: {holidays: {2025-10-13: 補假}}  #! duplicate-key@3\n",
    );
    check_file(
        "content/calendar.yaml",
        "years:\n  2025:\n    holidays: {2025-10-10: 國慶}\n    workdays:\n      2025-10-10: 補班  #! day-twice@7\n      2025-10-14: 補班  #! plain-workday@7\n",
    );
}

#[test]
fn slips_nobody_would_see() {
    check_file(
        "content/posts.yaml",
        "id: chief\nagency: city\ntitle: 科長\nstaff: A001\ndeputy: chief  #! circular-reference@9\n",
    );
    check_file(
        "regulations/law/2025-01-01.txt",
        "一、目的。\n二、情形之ㄧ抽查。  #! look-alike@6\n三、保存。\n",
    );
    check_file("templates/words/zh-Hant-TW.yaml", "nonsense: 字  #! dead-override@11\n");
    check_file("templates/words/zh-Hant-TW.yaml", "# nothing yet\n");
    check_file(
        "clausebook.yaml",
        "name: 測試站\nagency: 測試機關\nwaive:\n- {code: clause-gap, reason: 試, until: 2999-12-31}  #! unused-waiver@10\n",
    );
}

#[test]
fn records_under_a_name_nobody_reads() {
    let project = Project::new().write("content/topics.yml", "id: a\n");
    assert_eq!(only_fault(&project).0, "unread-file");
}

#[test]
fn findings_that_settle_what_nobody_knows() {
    let project = Project::new().write("content/audits.yaml", audit("period: 2025-01")).write(
        "content/findings.yaml",
        "{id: f1, audit: a1, title: 缺失, grade: minor, found_on: 2025-02-10, settles: [law/check/desk/2025-13]}\n",
    );
    let outcome = project.as_of("2026-03-01").run("check --format json");
    assert!(outcome.stdout.contains("\"settles-nothing\""), "{}", outcome.stdout);
}

#[test]
fn links_of_guidance_pages_that_lead_nowhere() {
    let project = Project::new()
        .as_of("2026-03-01")
        .write("content/pages/how.md", "# 題\n\n見[表](nowhere.html)。\n");
    let outcome = project.run("build --format json").code(1);
    let faults: Value = serde_json::from_str(&outcome.stdout).expect("JSON");
    let of_link = |fault: &&Value| fault["code"] == "broken-link";
    let fault = faults.as_array().expect("a list").iter().find(of_link).expect("is reported");
    assert_eq!((&fault["file"], &fault["line"]), (&"content/pages/how.md".into(), &3.into()));
}

#[test]
fn evidence_that_no_record_names() {
    let project = Project::new().write("content/evidence/files/z.txt", "x");
    assert_eq!(only_fault(&project).0, "unused-file");
}

/// Codes that no annotation can show, with the test that shows them, or why none does.
const ELSEWHERE: &[(&str, &str)] = &[
    ("unreadable-text", "files_that_are_not_utf8_are_named_with_the_likely_encoding"),
    ("file-too-large", "files_larger_than_the_limit"),
    ("raw-html", "guidance_pages_hold_markdown_and_nothing_else"),
    ("symbolic-link", "symbolic_links_among_the_inputs"),
    ("hidden-in-copy", "characters_nobody_sees_in_a_file_beside_the_pages"),
    ("unused-file", "evidence_that_no_record_names"),
    ("unrecorded-text", "rules_of_one_text_are_told_once_what_to_record"),
    ("broken-link", "links_of_guidance_pages_that_lead_nowhere"),
    ("unread-file", "records_under_a_name_nobody_reads"),
    // Only finished pages show it: `reports.rs`.
    ("unfit-page", "-"),
    ("settles-nothing", "findings_that_settle_what_nobody_knows"),
    ("duty-implied", "rules_of_which_something_is_said_that_is_no_fault"),
    ("reading-decides", "questions_that_nobody_settled"),
    ("reading-open", "questions_that_nobody_asked"),
    // Only the gate asks for it: `tested.rs`.
    ("untested-duty", "-"),
    ("lint-undecided", "rules_of_which_something_is_said_that_is_no_fault"),
    // Nothing reports it yet: what lies after the as-of date is ignored without a word.
];

#[test]
fn a_clause_that_stands_under_another_number() {
    let head = "id: law\nname: 測試規定\nversions:\n- {id: \"2025-01-01\", text: 2025-01-01.txt, in_force: 2025-01-01}\n- {id: b, text: b.txt, in_force: 2026-01-01}\n";
    check_files(&[
        ("regulations/law/regulation.yaml", head),
        (
            "regulations/law/b.txt",
            "測試規定\n一、為測試，訂定本規定。\n二、各單位每季訓練。\n三、各單位每月抽查。\n四、紀錄保存一年。\n",
        ),
        (
            "regulations/law/obligations.yaml",
            "- {id: check, kind: periodic, clauses: [\"2\"], title: 抽查, scope: unit, every: month, due: [{on: site-default}]}  #! moved-clause, unfingerprinted-rule\n- {id: wipe, kind: retention, clauses: [\"3\"], title: 保存, scope: unit, keep: {what: audits, for: 1 year, from: completion}}  #! moved-clause, unfingerprinted-rule\n",
        ),
    ]);
}

#[test]
fn tests_of_rules_that_do_not_come_out() {
    check_file(
        "regulations/law/tests.yaml",
        "- of: check\n  periods:\n    2026-09: 2026-10-31\n    2026-10: 2026-11-29  #! failing-test@5\n  by: 承辦\n\
         - of: wipe\n  days: {2026-02-28: 2027-02-27}  #! failing-test@10\n  by: 承辦\n\
         - {of: chek, periods: {2026-09: 2026-10-31}, by: 承辦}  #! invalid-test@8\n\
         - {of: check, days: {2026-09-01: 2026-10-31}, by: 承辦}  #! invalid-test@8\n\
         - {of: check, by: 承辦}  #! invalid-test\n\
         - {of: check, sizes: {a: 3}, by: 承辦}  #! invalid-test\n\
         - {of: check, sizes: {10: 3}, by: 承辦}  #! failing-test\n\
         - {of: check, on: 2026-10-01, by: 承辦}  #! invalid-test\n\
         - {of: check, given: {perod: 2026-09}, on: 2026-10-01, expect: {status: absent}, by: 承辦}  #! invalid-test\n\
         - {of: check, given: {unit: {knd: unit}}, on: 2026-10-01, expect: {status: absent}, by: 承辦}  #! unknown-key\n",
    );
    check_file(
        "regulations/law/tests.yaml",
        "- {of: check, periods: {2026-09: 2026-10-31}, by: 承辦}\n- {of: check, periods: {2026-09: 2026-10-31}, by: 承辦}  #! repeated-test\n",
    );
    check_file(
        "regulations/law/tests.yaml",
        "- {of: check, periods: {2026-09: ?}, by: 承辦}  #! unfilled-test@34\n\
         - {of: check, on: 2026-10-01, expect: {status: ?}, by: 承辦}  #! unfilled-test\n\
         - {of: check, on: 2026-10-01, expect: \"?\", by: 承辦}  #! unfilled-test\n\
         - {of: check, periods: {2026-09: 2026-10-31}}  #! missing-key\n",
    );
}

#[test]
fn rules_of_one_text_are_told_once_what_to_record() {
    let outcome = Project::new().run("check --format json --as-of 2026-03-01").code(0);
    let notes: Vec<Value> = serde_json::from_str(&outcome.stdout).expect("JSON");
    let [note] = notes.as_slice() else { panic!("{notes:#?}") };
    assert_eq!((&note["code"], &note["severity"]), (&"unrecorded-text".into(), &"note".into()));
    let help = note["help"].as_str().unwrap_or_default();
    assert_eq!(help.matches("written_for: {version: \"2025-01-01\"").count(), 2, "{help}");
    // The lines stand as in the file: pasted below their ids, nothing is left to say.
    let project = Project::new();
    let file = project.root().join("regulations/law/obligations.yaml");
    let (mut rules, mut id) = (std::fs::read_to_string(file).expect("reads"), "");
    for line in help.lines().skip(1) {
        match line.strip_prefix("- id: ") {
            Some(of) => id = of,
            None => {
                let key = format!("- id: {id}\n");
                assert!(rules.contains(&key) && line.starts_with("  written_for: {"), "{line}");
                rules = rules.replace(&key, &format!("{key}{line}\n"));
            }
        }
    }
    let pasted = Project::new().write("regulations/law/obligations.yaml", rules);
    let outcome = pasted.run("check --format json --as-of 2026-03-01").code(0);
    assert_eq!(outcome.stdout.trim(), "[]");
    // On a terminal each stands on a line of its own.
    Project::new()
        .run("check --as-of 2026-03-01")
        .stderr_has("\n            written_for: {version");
}

#[test]
fn a_register_whose_since_is_no_day() {
    let text = "\
- id: key
  folder: keys
  title: 鑰匙
  since: number  #! invalid-register@10
  ended: until
  fields:
    - {key: system, title: 系統, shape: ref, of: system, required: true}
    - {key: agency, title: 機關, shape: ref, of: agency, required: true}
    - {key: number, title: 編號, shape: text, required: true}
    - {key: until, title: 迄日, shape: day}
";
    check_file("content/registers.yaml", text);
}

#[test]
fn every_code_is_exercised() {
    let source = include_str!("annotated.rs");
    let annotated: BTreeSet<&str> = source
        .split("#! ")
        .skip(1)
        .flat_map(|rest| rest.split(['\\', '"', '`']).next().unwrap_or_default().split(", "))
        .map(|code| code.split('@').next().unwrap_or_default().trim())
        .collect();
    let elsewhere: BTreeMap<&str, &str> = ELSEWHERE.iter().copied().collect();
    for (code, test) in &elsewhere {
        assert!(*test == "-" || source.contains(&format!("fn {test}()")), "{code}: {test}");
        assert!(!annotated.contains(code), "{code} is annotated: take it out of the list");
    }
    let known: BTreeSet<&str> = Code::ALL.iter().map(|code| code.slug()).collect();
    let missed: Vec<_> = known
        .iter()
        .filter(|code| !annotated.contains(**code) && !elsewhere.contains_key(**code))
        .collect();
    assert!(missed.is_empty(), "no broken input shows {missed:?}");
    assert!(elsewhere.keys().all(|code| known.contains(code)), "{elsewhere:?}");
}
