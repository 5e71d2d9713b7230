//! The pages of roles: what the rules ask of whom.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use super::html::{elements, text};
use super::project::{Project, repository};
use super::published::DEMO;

/// The rules of the repository's regulations, as written.
pub fn rules() -> Vec<(String, Value)> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(repository().join("regulations")).expect("lists") {
        let folder = entry.expect("lists").path();
        let regulation = folder.file_name().expect("a name").to_string_lossy().into_owned();
        let yaml = std::fs::read_to_string(folder.join("obligations.yaml")).expect("reads");
        let list: Vec<Value> = serde_yaml::from_str(&yaml).expect("a list");
        found.extend(list.into_iter().map(|duty| (regulation.clone(), duty)));
    }
    found
}

/// The duties that the tables with these captions name in the heads of their rows.
fn listed(path: &str, captions: &[&str]) -> BTreeSet<String> {
    let page = DEMO.page(path);
    let mut found = BTreeSet::new();
    for table in elements(page, |piece| piece.begins("table")) {
        let caption = elements(table, |piece| piece.begins("caption"));
        if !captions.iter().any(|wanted| text(caption[0]).starts_with(wanted)) {
            continue;
        }
        for head in elements(table, |piece| piece.begins("th")) {
            let is_row = head[0].attribute("scope") == Some("row");
            let link = head.iter().find_map(|piece| piece.attribute("href"));
            if let Some(link) = link.filter(|_| is_row) {
                let name = link.trim_start_matches("../").strip_prefix("obligations/");
                found.insert(name.expect("a duty").trim_end_matches(".html").to_owned());
            }
        }
    }
    found
}

#[test]
fn a_role_has_exactly_the_duties_whose_rules_name_it() {
    let mut expected: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    let mut unsaid = BTreeSet::new();
    for (regulation, duty) in rules() {
        let name = format!("{regulation}/{}", duty["id"].as_str().expect("an id"));
        let by = duty["by"].as_array().cloned().unwrap_or_default();
        if by.is_empty() {
            unsaid.insert(name.clone());
        }
        for role in by {
            let role = role.as_str().expect("a text").to_owned();
            expected.entry(role).or_default().insert(name.clone());
        }
    }
    let yaml = std::fs::read_to_string(repository().join("content/roles.yaml")).expect("reads");
    let roles: Vec<Value> = serde_yaml::from_str(&yaml).expect("a list");
    assert!(roles.len() > 10);
    for role in roles {
        let role = role["id"].as_str().expect("an id");
        let path = format!("roles/{role}.html");
        let shown = listed(&path, &["各義務之頻率", "應隨時遵守", "得為事項"]);
        assert_eq!(shown, expected.remove(role).unwrap_or_default(), "{role}");
    }
    assert!(expected.is_empty(), "roles without a page: {expected:?}");
    assert_eq!(listed("roles/index.html", &["規則未載明"]), unsaid);
}

#[test]
fn a_role_sees_what_it_approves_and_what_it_is_told() {
    let parts = listed("roles/ethics.html", &["他人辦理"]);
    for duty in ["taipei-cadastral/agency-audit", "taipei-health-household/change-notified"] {
        assert!(parts.contains(duty), "{parts:?}");
    }
    assert!(
        listed("roles/agency-head.html", &["他人辦理"]).contains("taipei-cadastral/agency-audit")
    );
}

#[test]
fn a_post_sees_what_is_late_and_due_for_its_own_unit_only() {
    let page = text(DEMO.page("posts/market-stalls-head.html"));
    let late = DEMO.rows().into_iter().filter(|row| {
        let failing = ["overdue", "deficient", "unknown"].contains(&row.text("status"));
        let mine = ["unit-audit", "monthly-spot-check"].contains(&row.text("obligation"));
        failing && mine && row.0["scope"]["id"] == "market-stalls"
    });
    let count = late.count();
    assert!(count > 0);
    assert!(page.contains(&format!("{count} 件逾期、未達規定或無法判定")), "{page}");
    assert!(!page.contains("市場輔導科"), "another unit's business");
}

#[test]
fn a_role_nobody_wrote_down_is_a_fault_only_where_roles_are_written_down() {
    let rule =
        "kind: periodic\nscope: unit\nby: [unit-haed]\nevery: month\ndue: [{on: period-end}]";
    let project = Project::new().duty(rule);
    project.run("check").code(0);
    let roles = "- {id: unit-head, title: 單位主管, reach: unit}\n";
    let project = project.write("content/roles.yaml", roles);
    project.run("check").code(1).stdout_or_stderr("did you mean `unit-head`?");
}
