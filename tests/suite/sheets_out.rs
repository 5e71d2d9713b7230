//! `export xlsx|ods|csv`: what goes out comes back unchanged, text stays text, nothing is a formula,
//! and the sums are those of the rows. The templates that `init` writes are read back too.

use std::io::{Cursor, Read as _, Write as _};

use zip::write::SimpleFileOptions;
use zip::{ZipArchive, ZipWriter};

use super::project::Project;

fn site() -> Project {
    Project::new()
        .write(
            "content/accounts.yaml",
            "- id: net-a001\n  system: net\n  unit: desk\n  staff: \"0012\"\n  role: general\n\
             \x20 application: {applied_on: 2025-01-01, document: \"=1+1\"}\n  opened_on: 2025-01-02\n",
        )
        .write(
            "content/usage.yaml",
            "- {unit: desk, system: net, month: 2026-09, queries: 120, active_users: 1, total_users: 1}\n\
             - {unit: desk, system: net, month: 2026-10, queries: 80, active_users: 1, total_users: 1}\n",
        )
        .as_of("2026-11-28")
}

#[test]
fn what_goes_out_comes_back_the_same() {
    let place = site();
    for form in ["xlsx", "ods", "csv"] {
        for kind in ["accounts", "usage", "posts"] {
            place.run(&format!("export {form} {kind} -o out/{kind}.{form}")).code(0);
            let said = place.run(&format!("import {kind} out/{kind}.{form}")).code(0);
            assert!(said.stdout.contains("0 new, 0 changed"), "{form} {kind}\n{}", said.stdout);
            assert!(said.stdout.contains("0 doubtful"), "{form} {kind}\n{}", said.stdout);
            assert!(said.stderr.contains("nothing to write"), "{form} {kind}");
        }
    }
}

#[test]
fn an_audit_of_no_period_goes_out_and_comes_back() {
    let place = Project::new()
        .duty("kind: interval\nscope: unit\nno_more_than: 1 year\n")
        .write(
            "content/audits.yaml",
            "- {id: a1, obligation: law/check, scope: desk, done_on: 2026-01-05}\n\
             - {id: a2, obligation: law/check, scope: desk, done_on: 2026-10-05}\n",
        )
        .as_of("2026-11-28");
    place.run("export csv audits -o a.csv").code(0);
    place.run("import audits a.csv").code(0).stdout_has("0 new, 0 changed, 2 the same");
    let text = std::fs::read_to_string(place.root().join("a.csv")).expect("reads");
    // Both columns of the day, the western and the ROC one.
    let changed = text.replace("2026-10-05", "2026-10-06").replace("115-10-05", "115-10-06");
    assert_ne!(changed, text);
    let place = place.write("a.csv", changed);
    place.run("import audits a.csv --write").code(0).stdout_has("0 new, 1 changed, 1 the same");
    let text = String::from_utf8(place.files("content")["audits.yaml"].clone()).expect("UTF-8");
    assert!(
        text.contains("id: a2, obligation: law/check, scope: desk, done_on: 2026-10-06"),
        "{text}"
    );
    // Without an id nothing says which audit is meant.
    let place = place.write("b.csv", "稽核項目,單位,期別,稽核日期\nlaw/check,desk,,115/1/5\n");
    place.run("import audits b.csv").code(1).stdout_has("? C2: `period` is empty");
}

/// Packs a workbook anew with the text of one of its parts changed.
fn changed(bytes: &[u8], part: &str, old: &str, new: &str) -> Vec<u8> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).expect("a workbook");
    let mut out = ZipWriter::new(Cursor::new(Vec::new()));
    for number in 0..archive.len() {
        let mut file = archive.by_index(number).expect("a part");
        let name = file.name().expect("a name").into_owned();
        let mut text = Vec::new();
        file.read_to_end(&mut text).expect("reads");
        if name == part {
            let before = String::from_utf8(text).expect("XML");
            assert_eq!(before.matches(old).count(), 1, "{old} in {before}");
            text = before.replace(old, new).into_bytes();
        }
        out.start_file(name, SimpleFileOptions::default()).expect("begins");
        out.write_all(&text).expect("writes");
    }
    out.finish().expect("ends").into_inner()
}

#[test]
fn one_cell_changed_is_one_value_changed() {
    let place = site();
    let held = |place: &Project| place.files("content")["usage.yaml"].clone();
    for (form, part, old, new) in [
        ("xlsx", "xl/worksheets/sheet1.xml", "<v>80</v>", "<v>81</v>"),
        ("ods", "content.xml", "office:value=\"80\"", "office:value=\"81\""),
    ] {
        let before = held(&place);
        place.run(&format!("export {form} usage -o one.{form}")).code(0);
        let bytes = std::fs::read(place.root().join(format!("one.{form}"))).expect("reads");
        let other = changed(&bytes, part, old, new);
        std::fs::write(place.root().join("two"), other).expect("writes");
        place
            .run("import usage two --write")
            .code(0)
            .stdout_has("~ D3 desk net 2026-10: queries 80 -> 81")
            .stdout_has("0 new, 1 changed, 1 the same");
        let text = String::from_utf8(before.clone()).expect("UTF-8");
        let text = text.replace("queries: 80", "queries: 81");
        assert_eq!(held(&place), text.as_bytes(), "{form}");
        place.run("import usage two --write").code(0).stderr_has("nothing to write");
        std::fs::write(place.root().join("content/usage.yaml"), before).expect("writes");
    }
}

#[test]
fn long_lists_of_choices_stand_in_a_hidden_sheet() {
    let units: String =
        (1..=40).map(|number| format!("--unit u{number}=第{number}戶政事務所登記課 ")).collect();
    let place = Project::empty().as_of("2026-11-28");
    place.run(&format!("init . --yes {units}")).code(0);
    let bytes = std::fs::read(place.root().join("sheets/accounts.xlsx")).expect("reads");
    let mut archive = ZipArchive::new(Cursor::new(&bytes)).expect("a workbook");
    let mut part = |name: &str| {
        let mut text = String::new();
        archive.by_name(name).expect("a part").read_to_string(&mut text).expect("reads");
        text
    };
    assert!(part("xl/worksheets/sheet1.xml").contains("choices!$A$1:$A$40"));
    assert!(part("xl/workbook.xml").contains("name=\"choices\" sheetId=\"2\" state=\"hidden\""));
    assert!(part("xl/sharedStrings.xml").contains("第40戶政事務所登記課"));
    place.run("import accounts sheets/accounts.xlsx").code(0).stderr_has("nothing to write");
}

#[test]
fn a_sheet_has_both_calendars_sums_and_no_formula() {
    let place = site();
    let accounts = place.run("export csv accounts").code(0).stdout;
    assert!(accounts.starts_with('\u{feff}'));
    assert!(accounts.contains("2025-01-02,114-01-02"), "{accounts}");
    assert!(accounts.contains("'=1+1") && !accounts.contains(",=1+1"), "{accounts}");
    let usage = place.run("export csv usage").code(0).stdout;
    assert!(
        usage
            .lines()
            .last()
            .is_some_and(|line| line.starts_with("合計 2,") && line.contains(",200,")),
        "{usage}"
    );
}

#[test]
#[ignore = "slow: the gate runs it in release"]
fn results_are_lists_too_and_clauses_stay_text() {
    let place = site();
    let rows = place.rows();
    let said = place.run("export csv occurrences").code(0).stdout;
    let last = said.lines().last().expect("a total");
    assert!(last.starts_with(&format!("合計 {}", rows.len())), "{last}");
    for kind in ["checks", "retention", "findings", "evidence", "audits"] {
        for form in ["csv", "xlsx", "ods"] {
            place
                .run(&format!("export {form} {kind} -o {kind}.{form}"))
                .code(0)
                .stderr_has("wrote");
        }
    }
    let demo = Project::demo();
    demo.run("export xlsx occurrences --unit market-guidance -o o.xlsx").code(0);
    let again = demo.run("export csv occurrences --unit market-guidance").code(0).stdout;
    assert!(again.contains(",6.2,"), "a clause is a text");
    demo.run("export xlsx occurrences -o o.xlsx").code(4).stderr_has("there already");
    place.run("export csv acounts").code(2).stderr_has("did you mean `accounts`");
}

#[test]
fn the_same_list_gives_the_same_bytes() {
    let place = site();
    for form in ["xlsx", "ods"] {
        place.run(&format!("export {form} accounts -o one.{form}")).code(0);
        place.run(&format!("export {form} accounts -o two.{form}")).code(0);
        let files = place.files(".");
        assert_eq!(files[&format!("one.{form}")], files[&format!("two.{form}")], "{form}");
    }
}

#[test]
#[ignore = "slow: the gate runs it in release"]
fn the_templates_of_a_new_site_are_sheets_it_imports() {
    let place = Project::empty();
    place.run("init --yes").code(0);
    for kind in ["accounts", "usage", "audits", "posts", "trainings"] {
        for form in ["xlsx", "ods"] {
            let said = place.run(&format!("import {kind} sheets/{kind}.{form}")).code(0);
            assert!(said.stdout.contains("0 new, 0 changed, 0 the same"), "{}", said.stdout);
        }
    }
}
