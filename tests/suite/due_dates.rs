//! Windows of every periodic duty of the five regulations, 2025 to 2028, against those that
//! `tests/oracle/due_dates.py` counts from the words of the clauses; and the rules for days off.

use std::collections::BTreeMap;

use clausebook::assess::Term;
use clausebook::model::Named;
use clausebook::pipeline;
use clausebook::site::route::occurrence_path;
use clausebook::time::parse_day;

use super::project::{Project, fixture};

/// One agency with a unit, an office, a contractor and the post that must be trained; all
/// systems in use since 2025.
fn project() -> Project {
    Project::new()
        .with_regulations()
        .as_of("2027-12-31")
        .write("content/calendar.yaml", fixture("office-calendar.yaml"))
        .write("content/systems.yaml", SYSTEMS)
        .write("content/units.yaml", UNITS)
        .write(
            "content/posts.yaml",
            "id: officer\nagency: city\ntitle: 專責人員\nstaff: A1\nroles: [operator]\n",
        )
        .write(
            "content/contractors.yaml",
            "id: firm\nname: 廠商\nagency: city\nsystems: [seal, other]\nfrom: 2025-01-01\n",
        )
}

const SYSTEMS: &str = "\
- {id: seal, name: 印鑑, agency: city, regulations: [taipei-seal]}
- id: other
  name: 其他
  agency: city
  regulations: [taipei-cadastral, taipei-market-household, taipei-health-household, nantou-household]
";

const UNITS: &str = "\
- id: desk
  agency: city
  name: 一科
  kind: unit
  uses: [{system: seal, from: 2025-01-01}, {system: other, from: 2025-01-01}]
- id: branch
  agency: city
  name: 所隊
  kind: office
  uses: [{system: seal, from: 2025-01-01}, {system: other, from: 2025-01-01}]
";

struct Expected {
    opens: String,
    due: String,
    advised: String,
    moved: String,
}

fn expected() -> BTreeMap<String, Expected> {
    let csv = fixture("due-dates.csv");
    let row = |line: &str| {
        let cells: Vec<String> = line.split(',').map(str::to_owned).collect();
        let [id, opens, due, advised, moved] = cells.try_into().expect("five cells");
        (id, Expected { opens, due, advised, moved })
    };
    csv.lines().skip(1).map(row).collect()
}

/// Whether a row belongs to a duty of periods: those counted from the last time are named by days.
fn is_periodic(id: &str) -> bool {
    let term = id.rsplit('/').next().expect("a term");
    parse_day(term).is_err()
}

#[test]
fn windows_are_those_of_the_python_oracle() {
    let expected = expected();
    let mut rows = project().rows();
    rows.retain(|id, _| is_periodic(id));
    let ids: Vec<&String> = rows.keys().collect();
    assert_eq!(ids, expected.keys().collect::<Vec<_>>());
    for (id, row) in &rows {
        let window = &expected[id];
        assert_eq!((row.text("opens"), row.text("due")), (&*window.opens, &*window.due), "{id}");
    }
}

#[test]
fn due_dates_move_to_the_next_working_day_where_the_site_says_so() {
    let expected = expected();
    let config = "name: 站\nagency: 局\non_holiday: next-working-day\n";
    let rows = project().write("clausebook.yaml", config).rows();
    let mut moved = 0;
    for (id, row) in rows.iter().filter(|(id, _)| is_periodic(id)) {
        let window = &expected[id];
        assert_eq!((row.text("opens"), row.text("due")), (&*window.opens, &*window.moved), "{id}");
        moved += usize::from(window.moved != window.due);
    }
    assert!(moved > 100, "only {moved} due dates fall on days off");
}

#[test]
fn the_advised_day_is_the_last_working_day_before_a_day_off() {
    let expected = expected();
    let mut inputs = pipeline::load(project().root()).expect("reads");
    let (_, assessment) = inputs.assess(parse_day("2027-12-31").expect("a day"));
    let mut advised = 0;
    for (id, occurrence) in assessment.iter() {
        let Term::Period(_) = occurrence.term else { continue };
        let path = occurrence_path(&inputs.model, &assessment, id);
        let day = occurrence.advised.map(|day| day.to_string()).unwrap_or_default();
        assert_eq!(day, expected[&path].advised, "{path}");
        let year: i32 = expected[&path].due[..4].parse().expect("a year");
        assert_eq!(occurrence.calendar_known, (2020..=2027).contains(&year), "{path}");
        advised += usize::from(!day.is_empty());
    }
    assert!(advised > 100, "only {advised} advised days");
    assert!(inputs.model.agencies.iter().all(|(_, agency)| agency.slug() == "city"));
}

#[test]
fn the_dates_of_the_texts() {
    let rows = project().rows();
    for (id, due) in [
        // 二月底及八月底前, in a leap year and in others.
        ("taipei-cadastral/submit-audit-records/city/2027-H2", "2028-02-29"),
        ("taipei-cadastral/submit-audit-records/city/2025-H2", "2026-02-28"),
        ("taipei-cadastral/submit-audit-records/city/2026-H1", "2026-08-31"),
        // 上半年於8月底前、下半年於次年3月10日前.
        ("taipei-market-household/submit-audit-results/city/2026-H1", "2026-08-31"),
        ("taipei-market-household/submit-audit-results/city/2026-H2", "2027-03-10"),
        // 每季結束次月.
        ("taipei-cadastral/unit-audit/desk/2026-Q4", "2027-01-31"),
        // No date in the text: the end of the next month.
        ("taipei-seal/internal-audit/desk/2027-12", "2028-01-31"),
        ("taipei-seal/internal-audit/desk/2026-01", "2026-02-28"),
        ("nantou-household/self-audit/city/2027", "2027-12-31"),
    ] {
        rows[id].clone().has("due", due);
    }
}

#[test]
fn the_site_decides_when_duties_without_a_date_fall_due() {
    let config = "name: 站\nagency: 局\nundated: {months_after: 2, day: 15}\n";
    let rows = project().write("clausebook.yaml", config).rows();
    rows["taipei-seal/internal-audit/desk/2026-12"].clone().has("due", "2027-02-15");
    // A date of the text stays.
    rows["taipei-cadastral/unit-audit/desk/2026-Q4"].clone().has("due", "2027-01-31");
    let config = "name: 站\nagency: 局\nundated: {months_after: 2, day: 31}\n";
    let rows = project().write("clausebook.yaml", config).rows();
    rows["taipei-seal/internal-audit/desk/2026-11"].clone().has("due", "2027-01-31");
    // A day the month does not have is its last.
    rows["taipei-seal/internal-audit/desk/2026-12"].clone().has("due", "2027-02-28");
}

#[test]
fn a_duty_begins_with_the_use_of_the_system() {
    let units = UNITS.replace("2025-01-01", "2026-05-20");
    let rows = project().write("content/units.yaml", units).rows();
    let first = |prefix: &str| rows.keys().find(|id| id.starts_with(prefix)).cloned();
    assert_eq!(
        first("taipei-cadastral/unit-audit/desk/").as_deref(),
        Some("taipei-cadastral/unit-audit/desk/2026-Q2")
    );
    // Within a period the window does not open before the first day of use.
    rows["taipei-seal/vulnerability-scan/seal/2026-Q2"].clone().has("opens", "2026-05-20");
    rows["taipei-seal/vulnerability-scan/seal/2026-Q3"].clone().has("opens", "2026-07-01");
}
