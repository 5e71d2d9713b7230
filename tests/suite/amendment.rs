//! The recipe of docs/rules.md for an amendment, end to end: a changed rate, a 款 that was put in, a
//! repealed duty, and a point that comes into force later than the rest.

use serde_json::Value;

use super::project::Project;

const OLD: &str = "測試規定\n一、為測試，訂定本規定。\n二、管理規定：\n（一）每月應抽查百分之五十。\n（二）每月應清點一次。\n三、每月應陳報一次。\n";
const NEW: &str = "測試規定\n一、為測試，訂定本規定。\n二、管理規定：\n（一）每月應訓練一次。\n（二）每月應抽查百分之六十。\n（三）每月應清點一次。\n";
const LATER: &str = "四、每月應演練一次。\n";

/// A monthly duty of every unit.
fn monthly(id: &str, clause: &str, more: &str) -> String {
    format!(
        "- {{id: {id}, kind: periodic, clauses: [\"{clause}\"], title: {id}, scope: unit, every: month, due: [{{months_after: 1, day: last}}]{more}}}\n"
    )
}

/// The law of 2025, amended as of 2026-03-16, with one point in force as of 2026-05-01.
fn amended(rules: &str) -> Project {
    Project::new()
        .as_of("2026-08-01")
        .remove("regulations/law/2025-01-01.txt")
        .write("regulations/law/old.txt", OLD)
        .write("regulations/law/new.txt", NEW)
        .write("regulations/law/later.txt", LATER)
        .write(
            "regulations/law/regulation.yaml",
            "id: law\nname: 測試規定\nversions:\n\
             - {id: a, text: old.txt, in_force: 2025-01-01}\n\
             - {id: b, text: new.txt, in_force: 2026-03-16}\n\
             - {id: c, text: later.txt, in_force: 2026-05-01, partial: true}\n",
        )
        .write("regulations/law/clauses.yaml", "- {clause: \"1\", reason: purpose}\n")
        .write("regulations/law/obligations.yaml", rules)
}

/// The rules as the recipe leaves them.
fn followed() -> String {
    let until = ", until: 2026-03-15";
    [
        monthly("half", "2.1", until),
        monthly("count", "2.2", until),
        monthly("report", "3", until),
        monthly("train", "2.1", ", from: 2026-03-16"),
        monthly("sixty", "2.2", ", from: 2026-03-16, succeeds: half"),
        monthly("count-again", "2.3", ", from: 2026-03-16, succeeds: count"),
        monthly("drill", "4", ", from: 2026-05-01"),
    ]
    .concat()
}

/// The first and the last of the months of a duty up to 2026-07.
fn months(project: &Project, duty: &str) -> (String, String) {
    let prefix = format!("law/{duty}/desk/");
    let rows = project.rows();
    let mut months: Vec<String> = rows
        .keys()
        .filter_map(|id| id.strip_prefix(&prefix))
        .filter(|month| *month <= "2026-07")
        .map(str::to_owned)
        .collect();
    months.sort();
    let first = months.first().cloned().unwrap_or_default();
    (first, months.last().cloned().unwrap_or_default())
}

#[test]
fn a_point_of_one_text_may_come_into_force_later() {
    let text = format!("{}三、每月應演練一次。\n", &NEW);
    let rules = [
        followed()
            .lines()
            .filter(|line| !line.contains("drill") && !line.contains("id: report"))
            .map(|line| format!("{line}\n"))
            .collect::<String>(),
        monthly("report", "3", ", until: 2026-04-30"),
        // Its days are those of the words it is about.
        monthly("drill", "3", ", from: 2026-05-01"),
    ]
    .concat();
    let project = amended(&rules)
        .remove("regulations/law/later.txt")
        .write("regulations/law/new.txt", &text)
        .write(
            "regulations/law/regulation.yaml",
            "id: law\nname: 測試規定\nversions:\n\
             - {id: a, text: old.txt, in_force: 2025-01-01}\n\
             - {id: b, text: new.txt, in_force: 2026-03-16, later: [{clauses: [\"3\"], in_force: 2026-05-01}]}\n",
        );
    project.run("check").code(0);
    let span = |from: &str, until: &str| (from.to_owned(), until.to_owned());
    assert_eq!(months(&project, "report"), span("2025-01", "2026-04"));
    assert_eq!(months(&project, "drill"), span("2026-05", "2026-07"));
    let rows = project.rows();
    let suspect = |duty: &str| {
        let of_duty = rows.iter().filter(|(id, _)| id.starts_with(&format!("law/{duty}/")));
        of_duty.filter(|(_, row)| row.0["suspect"] == true).count()
    };
    assert_eq!((suspect("report"), suspect("drill")), (0, 0));
}

#[test]
fn each_period_belongs_to_the_rule_that_is_law_on_its_last_day() {
    let project = amended(&followed());
    project.run("check").code(0);
    project.run("build").code(0);
    let span = |from: &str, until: &str| (from.to_owned(), until.to_owned());
    for duty in ["half", "count", "report"] {
        assert_eq!(months(&project, duty), span("2025-01", "2026-02"), "{duty}");
    }
    for duty in ["train", "sixty", "count-again"] {
        assert_eq!(months(&project, duty), span("2026-03", "2026-07"), "{duty}");
    }
    assert_eq!(months(&project, "drill"), span("2026-05", "2026-07"));
}

#[test]
fn pages_link_a_clause_in_the_version_that_has_it() {
    let project = amended(&followed());
    project.run("build").code(0);
    let files = project.files("public");
    let page = |path: &str| String::from_utf8_lossy(&files[path]).into_owned();
    // 2.1 was 抽查 while the rule was law, and is 訓練 today.
    assert!(page("obligations/law/half.html").contains("regulations/law/a.html#p2-1"));
    assert!(page("obligations/law/report.html").contains("regulations/law/a.html#p3"));
}

#[test]
fn an_inserted_clause_is_reported_at_each_rule_with_the_edit() {
    let unchanged = [monthly("half", "2.1", ""), monthly("count", "2.2", "")].concat();
    let project = amended(&unchanged);
    let outcome = project.run("check --format json");
    let faults: Vec<Value> = serde_json::from_str(&outcome.stdout).expect("JSON");
    let help = |code: &str, line: u64| {
        let found = faults.iter().find(|one| one["code"] == code && one["line"] == line);
        found.and_then(|one| one["help"].as_str()).unwrap_or_default().to_owned()
    };
    // What says the same under another number is known again; the other's words changed, too.
    let edit = help("moved-clause", 2);
    for part in ["until: 2026-03-15", "clauses: [\"2.3\"]", "from: 2026-03-16", "succeeds: count"] {
        assert!(edit.contains(part), "{part}: {edit}");
    }
}

#[test]
fn a_period_of_which_the_text_is_not_held_is_unknown() {
    let head = "id: law\nname: 測試規定\nversions:\n\
                - {id: b, text: new.txt, in_force: 2026-03-16AMENDS}\n\
                history:\n- {date: 2025-01-01, summary: 全文}\n";
    let rules =
        [monthly("train", "2.1", ""), monthly("sixty", "2.2", ""), monthly("count", "2.3", "")]
            .concat();
    let status = |amends: &str, duty: &str, month: &str| {
        let project = amended(&rules)
            .write("regulations/law/regulation.yaml", head.replace("AMENDS", amends));
        project.rows()[&format!("law/{duty}/desk/{month}")].text("status").to_owned()
    };
    assert_eq!(status("", "sixty", "2026-02"), "unknown");
    assert_eq!(status("", "sixty", "2026-03"), "overdue");
    // An amendment that says what it touched leaves the rest known.
    let amends = ", amends: [\"2.1\", \"2.2\"]";
    assert_eq!(status(amends, "sixty", "2026-02"), "unknown");
    assert_eq!(status(amends, "count", "2026-02"), "overdue");
}
