//! The README's records are as good as it says: put into the demo, they load, and the commands it
//! shows say what came of them.

use super::project::Project;

/// The YAML block of the README that begins with `start`.
fn block(start: &str) -> &'static str {
    let readme = include_str!("../../README.md");
    let mut blocks = readme.split("```yaml\n").skip(1).filter_map(|rest| rest.split("```").next());
    blocks.find(|block| block.starts_with(start)).unwrap_or_else(|| panic!("no block `{start}`"))
}

#[test]
#[ignore = "slow: the gate runs it in release"]
fn the_records_it_shows_can_be_added_to_the_demo() {
    let project = Project::demo()
        .write("content/accounts/new.yaml", block("- id: cloud-tl-9001"))
        .write("content/audits/new.yaml", block("- id: audit-land-registration"))
        .write("content/evidence/new.yaml", block("- id: ev-land-registration"))
        .write("content/findings/new.yaml", block("- id: finding-2027-001"))
        .as_of("2027-01-31");
    project.run("check -q").code(0);
    project
        .run("status --unit land-registration")
        .code(0)
        .stdout_has("taipei-cadastral/unit-audit/land-registration/2026-Q4");
    project
        .run("explain taipei-cadastral/unit-audit/land-registration/2026-Q4")
        .code(0)
        .stdout_has("finding-2027-001")
        .stdout_has("ev-land-registration-unit-audit-2026-q4");
}

#[test]
fn the_rule_it_shows_is_the_one_in_the_demo() {
    let rules = include_str!("../../regulations/taipei-market-household/obligations.yaml");
    let shown = block("- id: monthly-spot-check");
    for part in
        ["every: month", "rate: 6%, min: 6, max: 80", "案件抽查表（附件4）", "處長或授權人員"]
    {
        assert!(shown.contains(part), "{part}");
        let rule = rules.split("\n- id: ").find(|rule| rule.starts_with("monthly-spot-check"));
        assert!(rule.is_some_and(|rule| rule.contains(part)), "{part}");
    }
}
