//! The home page: every number on it counted again from the published data and the records, the
//! verdict that is never a pass where something cannot be told, and what the first screen leads to.

use std::collections::BTreeMap;

use serde_json::Value;

use super::html::{Piece, elements, text};
use super::project::{Project, repository};
use super::published::{DAY, DEMO};

fn home() -> &'static [Piece] {
    DEMO.page("index.html")
}

/// The part of a page with this id.
fn part<'a>(page: &'a [Piece], id: &str) -> &'a [Piece] {
    let found = elements(page, |piece| piece.attribute("id") == Some(id));
    found.first().copied().unwrap_or_else(|| panic!("no part {id}"))
}

/// The cells of each row of a table, head and foot included.
pub fn cells(table: &[Piece]) -> Vec<Vec<String>> {
    let rows = elements(table, |piece| piece.begins("tr"));
    let cell = |row: &[Piece]| {
        let cells = elements(row, |piece| piece.begins("td") || piece.begins("th"));
        cells.iter().map(|cell| text(cell).trim().to_owned()).collect()
    };
    rows.into_iter().map(cell).collect()
}

fn tables(part: &[Piece]) -> Vec<&[Piece]> {
    elements(part, |piece| piece.begins("table"))
}

fn counts() -> BTreeMap<String, usize> {
    let mut counts = BTreeMap::new();
    for row in DEMO.rows() {
        *counts.entry(row.text("status").to_owned()).or_default() += 1;
    }
    counts
}

#[test]
fn the_first_screen_says_what_the_data_say() {
    let (home, counts) = (home(), counts());
    let count = |statuses: &[&str]| statuses.iter().map(|status| counts[*status]).sum::<usize>();
    let failing = count(&["overdue", "deficient", "unknown"]);
    let met = count(&["done", "done-late"]);
    let judged = met + failing;
    let checks = DEMO.checks();
    let came_to = |what: &str| checks.iter().filter(|row| row["verdict"] == what).count();
    let gate = elements(home, |piece| piece.has_class("gate"))[0];
    assert!(gate[0].has_class("gate-unmet"));
    let said = text(gate);
    assert!(said.contains("未符合"), "{said}");
    let note = format!("應判定 {judged} 件，其中 {failing} 件須處理。");
    assert!(said.contains(&note), "{said}\n{note}");
    let (breached, unknown) = (came_to("breached"), came_to("unknown"));
    let note = format!("應具備事項 {} 筆：不符 {breached}、無法判定 {unknown}", checks.len());
    assert!(said.contains(&note), "{said}\n{note}");
    let listed: Vec<String> =
        elements(gate, |piece| piece.has_class("num")).iter().map(|n| text(n)).collect();
    let expected = ["overdue", "deficient", "unknown"].map(|status| counts[status].to_string());
    assert_eq!(listed, expected);

    let figures = elements(home, |piece| piece.has_class("figure"));
    let tenths = met * 1000 / judged;
    let percent = format!("{}.{}", tenths / 10, tenths % 10);
    assert_eq!(text(figures[1]), format!("{percent}%　{met}／{judged}"));

    // What is due in 7 and in 30 days: the data's rows, the numbers, and the lists they lead to.
    let soon = |from: &str, to: &str| {
        let waits = ["due-soon", "open", "upcoming"];
        let rows = DEMO.rows().into_iter().filter(|row| waits.contains(&row.text("status")));
        rows.filter(|row| (from..=to).contains(&row.text("due"))).count()
    };
    let expected = [soon("2026-11-21", "2026-11-28"), soon("2026-11-29", "2026-12-21")];
    let figures = elements(home, |piece| piece.has_class("figures"));
    let shown = elements(figures[0], |piece| piece.begins("strong"));
    for (at, anchor) in ["7-days", "30-days"].into_iter().enumerate() {
        assert_eq!(text(shown[at]), format!("{} 件", expected[at]), "{anchor}");
        let link = shown[at].iter().find(|piece| piece.begins("a")).expect("a link");
        assert_eq!(link.attribute("href"), Some(&*format!("due/{anchor}.html")));
        let page = DEMO.page(&format!("due/{anchor}.html"));
        let listed = tables(page).first().map_or(0, |table| cells(table).len() - 1);
        assert_eq!(listed, expected[at], "{anchor}");
    }
}

#[test]
fn lists_begin_with_the_worst_and_lead_to_the_whole() {
    let (home, counts) = (home(), counts());
    let failing = part(home, "failing");
    let lists = tables(failing);
    assert_eq!(lists.len(), 3);
    for (table, status) in lists.into_iter().zip(["overdue", "deficient", "unknown"]) {
        let rows = cells(table);
        assert_eq!(rows.len() - 1, counts[status].min(10), "{status}");
        let dues: Vec<&str> = rows[1..].iter().map(|row| &row[0][..9]).collect();
        assert!(dues.is_sorted(), "{status}: {dues:?}");
        let whole = format!("status/{status}.html");
        let leads = failing.iter().any(|piece| piece.attribute("href") == Some(&*whole));
        assert_eq!(leads, counts[status] > 10, "{status}");
    }
    // The first row is the one longest overdue: who, what, by which clause, since when.
    let mut overdue: Vec<_> =
        DEMO.rows().into_iter().filter(|row| row.text("status") == "overdue").collect();
    overdue.sort_by_key(|row| row.text("due").to_owned());
    let first = &elements(failing, |piece| piece.begins("tr"))[1];
    let page = format!("obligations/{}.html", overdue[0].text("id"));
    assert!(first.iter().any(|piece| piece.attribute("href") == Some(&*page)), "{page}");
    let due = clausebook::time::parse_day(overdue[0].text("due")).expect("a day");
    let late = (clausebook::time::parse_day(DAY).expect("a day") - due).num_days();
    assert!(text(first).contains(&format!("已逾 {late} 日")), "{}", text(first));
}

#[test]
fn the_matrix_leads_to_where_the_agency_stands_under_the_regulation() {
    let home = home();
    let cells = elements(part(home, "matrix"), |piece| piece.begins("td"));
    let links: Vec<_> =
        cells.iter().filter_map(|cell| cell.iter().find(|p| p.begins("a"))).collect();
    assert!(links.len() > 5);
    let (mut failing, mut judged) = (0, 0);
    for link in links {
        let (page, anchor) =
            link.attribute("href").and_then(|href| href.split_once('#')).expect("a fragment");
        let page = DEMO.page(page);
        let row = text(part(page, anchor));
        let label = link.attribute("aria-label").expect("a label");
        let numbers: Vec<usize> = label
            .split(|c: char| !c.is_ascii_digit())
            .filter_map(|number| number.parse().ok())
            .collect();
        let [one, all] = numbers[..] else { panic!("{label}") };
        failing += one;
        judged += all;
        assert!(row.contains(label.rsplit('，').next().expect("a regulation")), "{row}");
    }
    let counts = counts();
    let sum = |statuses: &[&str]| statuses.iter().map(|status| counts[*status]).sum::<usize>();
    assert_eq!(failing, sum(&["overdue", "deficient", "unknown"]));
    assert_eq!(judged, failing + sum(&["done", "done-late"]));
}

#[test]
fn open_findings_are_counted_by_grade_and_age() {
    let records =
        std::fs::read_to_string(repository().join("content/findings.yaml")).expect("reads");
    let records: Vec<Value> = serde_yaml::from_str(&records).expect("a list");
    let day = |value: &Value| clausebook::time::parse_day(value.as_str()?).ok();
    let as_of = clausebook::time::parse_day(DAY).expect("a day");
    let mut expected = vec![vec![0_usize; 7]; 3];
    for finding in &records {
        let found = day(&finding["found_on"]).expect("a day");
        let closed = day(&finding["closed_on"]).is_some_and(|closed| closed <= as_of);
        if found > as_of || closed {
            continue;
        }
        let row = ["major", "minor", "observation"].iter().position(|g| finding["grade"] == **g);
        let row = &mut expected[row.expect("a grade")];
        let column = match (as_of - found).num_days() {
            0..=30 => 0,
            31..=90 => 1,
            91..=180 => 2,
            _ => 3,
        };
        row[column] += 1;
        row[4] += 1;
        row[5] += usize::from(day(&finding["due"]).is_some_and(|due| due < as_of));
        for action in finding["actions"].as_array().into_iter().flatten() {
            let done = day(&action["done_on"]).is_some_and(|done| done <= as_of);
            row[6] += usize::from(!done && day(&action["due"]).is_some_and(|due| due < as_of));
        }
    }
    let sums: Vec<usize> = (0..7).map(|at| expected.iter().map(|row| row[at]).sum()).collect();
    expected.push(sums.clone());
    let home = home();
    let shown: Vec<Vec<usize>> = cells(tables(part(home, "findings"))[0])[1..]
        .iter()
        .map(|row| row[1..].iter().map(|cell| cell.parse().expect("a number")).collect())
        .collect();
    assert_eq!(shown, expected);
    assert!(sums[4] > 0 && sums[5] > 0 && sums[6] > 0, "{sums:?}");
    // The first screen has the same numbers.
    let figures = elements(home, |piece| piece.has_class("figure"));
    assert_eq!(text(figures[2]), format!("{} 件", sums[4]));
    let figures = elements(home, |piece| piece.has_class("figures"))[1];
    let listed: Vec<String> =
        elements(figures, |piece| piece.begins("strong")).iter().map(|n| text(n)).collect();
    assert_eq!(listed, [sums[5].to_string(), sums[6].to_string()]);
}

/// What the home page of a site says of the whole.
fn gate(project: &Project) -> String {
    project.run("build -q").code(0);
    let bytes = &project.files("public")["index.html"];
    let page = super::html::pieces(str::from_utf8(bytes).expect("UTF-8")).expect("whole");
    let gate = elements(&page, |piece| piece.has_class("gate"));
    let figure = elements(gate[0], |piece| piece.has_class("figure"));
    let classes = gate[0][0].attribute("class").expect("classes");
    format!("{} {}", classes.replace("gate gate-", ""), text(figure[0]))
}

#[test]
fn what_cannot_be_told_never_passes() {
    // One month was over on that day; its check was due by the end of the next.
    let site = || Project::new().as_of("2025-03-10");
    let audit =
        "id: a1\nobligation: law/check\nscope: desk\nperiod: 2025-01\ndone_on: 2025-02-10\n";
    assert_eq!(gate(&site()), "unmet 未符合", "nothing was done");
    assert_eq!(gate(&site().write("content/audits.yaml", audit)), "met 符合");
    assert_eq!(gate(&site().as_of("2025-01-15")), "unclear 無法判定", "nothing was due yet");
    // The sample hangs on usage that nobody recorded.
    let sampled = "kind: periodic\nscope: unit\nevery: month\ndue: [{on: site-default}]\nsample: {records: {of: queries, tiers: [{rate: 6%, min: 6}]}}";
    let with_sample = "id: a1\nobligation: law/check\nscope: desk\nperiod: 2025-01\ndone_on: 2025-02-10\nsample: {records: 9}\n";
    let unknown = || site().duty(sampled).write("content/audits.yaml", with_sample);
    assert_eq!(gate(&unknown()), "unclear 無法判定");
    let usage =
        "unit: desk\nsystem: net\nmonth: 2025-01\nqueries: 100\nactive_users: 1\ntotal_users: 2\n";
    assert_eq!(gate(&unknown().write("content/usage.yaml", usage)), "met 符合");
    let short = with_sample.replace("records: 9", "records: 5");
    let deficient =
        unknown().write("content/usage.yaml", usage).write("content/audits.yaml", short);
    assert_eq!(gate(&deficient), "unmet 未符合");
    // A record that does not meet a rule that must hold at any time.
    let holds = |must: &str| {
        let rule = format!("kind: invariant\nscope: unit\nof: unit\nmust: unit.name == \"{must}\"");
        gate(&site().duty(&rule))
    };
    assert_eq!(holds("二科"), "unmet 未符合");
}

/// Who has to act stands beside what fails, and is whom the due lists name.
#[test]
fn what_fails_names_who_has_to_act() {
    let mut named = BTreeMap::new();
    for (path, _) in DEMO.some_pages() {
        let Some(list) = path.strip_prefix("due/").filter(|path| path.contains("overdue")) else {
            continue;
        };
        let up = if list.contains('/') { "../../" } else { "../" };
        for row in elements(DEMO.page(path), |piece| piece.begins("tr")) {
            let links = elements(row, |piece| piece.begins("a"));
            let [_, _, term, doer, _] = links[..] else { continue };
            let href = term[0].attribute("href").and_then(|href| href.strip_prefix(up));
            named.insert(href.expect("a link").to_owned(), text(doer));
        }
    }
    let home = home();
    let table = tables(part(home, "failing"))[0];
    let heads = &cells(table)[0];
    let place = heads.iter().position(|head| head == "應辦人員").expect("a column");
    let rows = elements(table, |piece| piece.begins("tr"));
    assert!(rows.len() > 5);
    for row in &rows[1..] {
        let row_cells = elements(row, |piece| piece.begins("td") || piece.begins("th"));
        let term = elements(row_cells[2], |piece| piece.begins("a"))[0];
        let href = term[0].attribute("href").expect("a link");
        assert_eq!(text(row_cells[place]), named[href], "{href}");
    }
}
