//! `export xlsx|ods|csv`: what goes out comes back unchanged, text stays text, nothing is a formula,
//! and the sums are those of the rows. The templates that `init` writes are read back too.

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
