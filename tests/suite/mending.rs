//! From a red item to the file to edit: the place a page names is there, the record it offers, filled
//! in and written to that place, answers the duty, and what a finding's page asks closes it.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use serde_json::Value;

use super::html::{Piece, elements, pieces, text};
use super::project::{Project, repository};
use super::published::DEMO;

/// A record that a page offers: the place it names and the lines.
struct Offer {
    place: String,
    lines: String,
}

fn page(project: &Project, path: &str) -> Vec<Piece> {
    let html = fs::read_to_string(project.root().join("public").join(path)).expect("a page");
    pieces(&html).unwrap_or_else(|fault| panic!("{path}: {fault}"))
}

/// What stands in the section that says what to do.
fn fix(page: &[Piece]) -> &[Piece] {
    let found = elements(page, |piece| piece.begins("section") && piece.has_class("fix"));
    found.first().copied().unwrap_or_default()
}

fn offers(page: &[Piece]) -> Vec<Offer> {
    let (mut offers, mut place) = (Vec::new(), String::new());
    let section = fix(page);
    for (at, piece) in section.iter().enumerate() {
        if piece.has_class("place") {
            place = text(&section[at..at + 2]);
        }
        if let Some(lines) = piece.attribute("data-copy") {
            offers.push(Offer { place: place.clone(), lines: lines.to_owned() });
        }
    }
    // What is copied is what is shown.
    let shown: String = elements(section, |piece| piece.begins("li"))
        .iter()
        .filter(|item| item.iter().any(|piece| piece.begins("code")))
        .map(|item| text(item) + "\n")
        .collect();
    assert_eq!(shown, offers.iter().map(|offer| offer.lines.as_str()).collect::<String>());
    offers
}

/// What follows the name of a file that is not there yet.
const NEW: &str = "（新檔案）";

/// The file and the line of a place.
fn file_and_line(place: &str) -> (&str, Option<usize>) {
    match place.split_once(" 第 ") {
        Some((file, line)) => {
            let line = line.strip_suffix(" 行").expect("a line");
            (file, Some(line.parse().expect("a number")))
        }
        None => (place.trim_end_matches(NEW), None),
    }
}

#[test]
#[ignore = "slow: the gate runs it in release"]
fn every_place_a_page_names_is_there() {
    let mut seen = 0;
    for (path, html) in DEMO.pages() {
        let page = pieces(html).expect("a page");
        for code in elements(&page, |piece| piece.has_class("place")) {
            let place = text(code);
            let (file, line) = file_and_line(&place);
            let source = fs::read_to_string(repository().join(file));
            let Ok(source) = source else {
                assert!(place.ends_with(NEW) && file.starts_with("content/"), "{path}: {place}");
                continue;
            };
            if let Some(line) = line {
                let first = source.lines().nth(line - 1).unwrap_or_default();
                assert!(first.starts_with("- ") || first.starts_with("id: "), "{place}: {first}");
                seen += 1;
            }
        }
    }
    assert!(seen > 500, "{seen}");
}

#[test]
fn every_red_page_names_a_file_to_edit() {
    for row in DEMO.rows() {
        if !matches!(row.text("status"), "overdue" | "deficient" | "unknown") {
            continue;
        }
        let page = DEMO.page(&format!("obligations/{}.html", row.text("id")));
        let places = elements(fix(page), |piece| piece.has_class("place"));
        assert!(!places.is_empty(), "{}", row.text("id"));
    }
    let (mut open, mut named) = (0, 0);
    let findings = fs::read_to_string(repository().join("content/findings.yaml")).expect("reads");
    let list: Vec<Value> = serde_yaml::from_str(&findings).expect("YAML");
    for finding in &list {
        let id = finding["id"].as_str().expect("an id");
        let page = DEMO.page(&format!("findings/{id}.html"));
        let closed = finding["closed_on"].as_str().is_some_and(|day| day <= super::published::DAY);
        let offers = offers(page);
        open += usize::from(!closed);
        named += usize::from(!offers.is_empty());
        if closed {
            continue;
        }
        let (file, line) = file_and_line(&offers[0].place);
        assert_eq!(file, "content/findings.yaml");
        let first = findings.lines().nth(line.expect("a line") - 1);
        assert_eq!(first, Some(format!("- id: {id}").as_str()));
    }
    assert!(open >= 6 && named >= open, "{open} {named}");
}

#[test]
fn pages_of_guidance_name_files_that_are_there() {
    let mut seen = 0;
    for (name, bytes) in super::project::files(&repository().join("content/pages")) {
        let text = String::from_utf8(bytes).expect("UTF-8");
        for part in text.split("`content/").skip(1) {
            let path = part.split('`').next().expect("its end");
            let before = text.split(&format!("`content/{path}")).next().expect("a text");
            let is_other = before.ends_with("（或 ");
            let there = repository().join("content").join(path).exists();
            assert!(there || is_other, "{name}: content/{path}");
            seen += 1;
        }
    }
    assert!(seen > 15, "{seen}");
}

/// Who does what is offered, and who approves it by the words of what it asks.
struct People<'a> {
    doer: &'a str,
    approver: &'a dyn Fn(&str) -> String,
}

/// The lines with everything filled in that was left open.
fn filled(lines: &str, day: &str, people: &People) -> String {
    let (mut filled, post) = (String::new(), people.doer);
    let mut approver = None;
    let all: Vec<&str> = lines.lines().collect();
    let depth = |line: &str| line.len() - line.trim_start().len();
    for (at, line) in all.iter().enumerate() {
        let (content, comment) = line.split_once(" # ").unwrap_or((line, ""));
        let opens = all.get(at + 1).is_some_and(|next| depth(next) > depth(line));
        let is_item = line.trim_start().starts_with("- ");
        let figure: String = comment.chars().filter(char::is_ascii_digit).collect();
        let first = |text: &str| -> u64 {
            let digits: String = text
                .chars()
                .skip_while(|c| !c.is_ascii_digit())
                .take_while(char::is_ascii_digit)
                .collect();
            digits.parse().unwrap_or(9)
        };
        let content = content
            .replace("YYYY-MM-DD", day)
            .replace("auditors: []", &format!("auditors: [{post}]"));
        let key = content.trim_start().trim_start_matches("- ");
        if key == "approved:" {
            approver = Some((people.approver)(comment));
        }
        filled += &match key {
            "records:" | "users:" | "queries:" | "active_users:" | "total_users:" => {
                format!("{content} {}", if figure.is_empty() { 9 } else { first(comment) })
            }
            "hours:" => {
                let short = comment.rsplit("尚缺").next().expect("a text");
                format!("{content} {}", first(short))
            }
            "by:" => {
                format!("{content} {}", approver.take().unwrap_or_else(|| post.to_owned()))
            }
            key if key.ends_with(':') && (!opens || is_item) => format!("{content} 填寫"),
            _ => content,
        };
        filled.push('\n');
    }
    filled
}

/// Writes what a page offers, filled in, to the places it names.
fn write(root: &Path, offers: &[Offer], day: &str, post: &str) {
    let people = People { doer: post, approver: &|_| "head".to_owned() };
    write_all(root, offers, day, &people, &mut BTreeMap::new());
}

/// The same many times: lines are those of the files as they were before the first.
fn write_all(
    root: &Path,
    offers: &[Offer],
    day: &str,
    people: &People,
    originals: &mut BTreeMap<String, String>,
) {
    for offer in offers {
        let lines = filled(&offer.lines, day, people);
        let (file, line) = file_and_line(&offer.place);
        let path = root.join(file);
        let old = fs::read_to_string(&path).unwrap_or_default();
        let Some(line) = line else {
            fs::create_dir_all(path.parent().expect("a folder")).expect("creates");
            fs::write(
                path,
                format!(
                    "{old}{}{lines}",
                    if old.ends_with('\n') || old.is_empty() { "" } else { "\n" }
                ),
            )
            .expect("writes");
            continue;
        };
        // The record at the line, and over its keys what is added.
        let first = originals.entry(file.to_owned()).or_insert_with(|| old.clone());
        let before = first.lines().take(line - 1).filter(|line| line.starts_with("- ")).count();
        let mut all: Value = serde_yaml::from_str(&old).expect("YAML");
        let record = match &mut all {
            Value::Array(list) => &mut list[before],
            one => one,
        };
        let added: BTreeMap<String, Value> = serde_yaml::from_str(&lines).expect("YAML");
        for (key, value) in added {
            match (&mut record[&key], value) {
                (Value::Array(old), Value::Array(new)) if key == "answers" => old.extend(new),
                (place, value) => *place = value,
            }
        }
        // JSON is YAML too.
        fs::write(path, all.to_string()).expect("writes");
    }
}

#[test]
#[ignore = "slow: the gate runs it in release"]
fn what_the_pages_of_the_demo_offer_answers_every_duty_that_is_open() {
    let rows = DEMO.rows();
    let waited: Vec<_> = rows
        .iter()
        .filter(|row| matches!(row.text("status"), "overdue" | "due-soon" | "open"))
        .collect();
    assert!(waited.len() > 30, "{}", waited.len());
    let project = Project::demo().as_of(super::published::DAY);
    let mut originals = BTreeMap::new();
    for row in &waited {
        let offers = offers(DEMO.page(&format!("obligations/{}.html", row.text("id"))));
        assert!(!offers.is_empty(), "{}", row.text("id"));
        // In the demo the head of a unit or an agency is the post with its id and `-head`.
        let scope = row.0["scope"]["id"].as_str().expect("an id");
        let is_unit = row.0["scope"]["kind"] == "unit";
        let agencies = ["taipei-market", "taipei-land", "taipei-health", "nantou-planning"];
        let of = |agency: &&&str| {
            let name = agency.trim_start_matches("taipei-").split('-').next().expect("a name");
            scope.contains(name)
        };
        let agency = agencies.iter().find(of).copied().unwrap_or("taipei-land");
        let approver = |words: &str| match words.contains("單位主管") {
            true => format!("{scope}-head"),
            false => format!("{agency}-head"),
        };
        let approves = offers.iter().any(|offer| offer.lines.contains("單位主管"));
        let head = format!("{scope}-head");
        let doer = if is_unit && !approves { &head } else { "land-registration-head" };
        let people = People { doer, approver: &approver };
        write_all(project.root(), &offers, super::published::DAY, &people, &mut originals);
    }
    let after = project.rows();
    for row in waited {
        let status = after[row.text("id")].text("status");
        let expected = if row.text("status") == "overdue" { "done-late" } else { "done" };
        assert_eq!(status, expected, "{:#}", after[row.text("id")].0);
    }
}

/// Builds, fills in what the page offers, and gives the status after.
#[track_caller]
fn after(project: &Project, id: &str, day: &str) -> String {
    project.run("build").code(0);
    let offers = offers(&page(project, &format!("obligations/{id}.html")));
    assert!(!offers.is_empty(), "nothing is offered for {id}");
    write(project.root(), &offers, day, "chief");
    project.row(id).text("status").to_owned()
}

const ACCOUNT: &str = "system: net, unit: desk, staff: S1, role: general, opened_on: 2026-01-01";
const MONTHLY: &str = "kind: periodic\nscope: unit\nevery: month\ndue: [{on: site-default}]\n";
const USAGE: &str = "- {unit: desk, system: net, month: 2026-01, queries: 334, active_users: 2, total_users: 5}\n- {unit: desk, system: net, month: 2026-02, queries: 1, active_users: 2, total_users: 5}\n- {unit: desk, system: net, month: 2026-03, queries: 40, active_users: 2, total_users: 5}\n";

/// A site with somebody who may approve: the chief does what is to be done.
fn with_a_head(project: Project) -> Project {
    project
        .write("content/roles.yaml", "- {id: head, title: 主任, reach: agency}\n")
        .write("content/posts.yaml", "- {id: chief, agency: city, title: 科長, staff: A001}\n- {id: head, agency: city, title: 主任, staff: A002, roles: [head]}\n")
}

#[test]
fn an_offered_record_has_every_key_the_rule_asks_for() {
    let rule = "kind: periodic\nscope: unit\nevery: quarter\ndue: [{on: site-default}]\n\
        sample:\n  records: {of: queries, tiers: [{rate: 6%, min: 6, max: 80}]}\n  users: {of: users, tiers: [{rate: 50%, min: 1}]}\n  months: every-used\n\
        joint: [政風單位, \"甲: 乙\"]\napproval: 主任\nunannounced: true\nevidence: [稽核表（附件一）, \"表, 二\"]\n";
    let project = with_a_head(Project::new().duty(rule))
        .write("content/usage.yaml", USAGE)
        .as_of("2026-04-20");
    project.run("build").code(0);
    let offers = offers(&page(&project, "obligations/law/check/desk/2026-Q1.html"));
    for part in [
        "  scope: desk\n  period: 2026-Q1\n  done_on: YYYY-MM-DD # ",
        "  sample: # 抽查\n    records: # 應抽 23 件＝max(6, min(80, ⌈375×6%⌉))\n    users: # 應抽 3 人",
        "  population: # ",
        "  joint: [政風單位, \"甲: 乙\"]",
        "  unannounced: true",
        "  approved: # 應經主任核閱（核定）\n    on: YYYY-MM-DD\n    by: # ",
        "    months: [2026-01, 2026-02, 2026-03]",
        "  evidence: [ev-check-desk-2026-q1, ev2-check-desk-2026-q1]",
    ] {
        assert!(offers[0].lines.contains(part), "{part}\n{}", offers[0].lines);
    }
    assert_eq!(offers.len(), 3);
    assert_eq!(after(&project, "law/check/desk/2026-Q1", "2026-04-20"), "done");
}

#[test]
#[ignore = "slow: the gate runs it in release"]
fn what_is_offered_answers_duties_of_every_kind_of_act() {
    let form = "evidence: [表]\n";
    let submission = format!(
        "kind: periodic\nscope: agency\nevery: year\ndue: [{{on: site-default}}]\nanswered_by: submission\nto: 上級機關\n{form}"
    );
    let project = Project::new().duty(&submission).as_of("2026-01-20");
    assert_eq!(after(&project, "law/check/city/2025", "2026-01-20"), "done");

    let training = format!(
        "kind: periodic\nscope: post\nevery: year\ndue: [{{on: period-end}}]\nanswered_by: training\nhours: 3\n{form}"
    );
    let project = Project::new().duty(&training).as_of("2026-06-20").write(
        "content/trainings.yaml",
        "{id: check-chief-2026, post: chief, on: 2026-02-01, hours: 1, title: 訓練}\n",
    );
    assert_eq!(after(&project, "law/check/chief/2026", "2026-06-20"), "done");

    let password =
        "kind: interval\nscope: account\nno_more_than: 3 months\nanswered_by: password-change\n";
    let account =
        "id: one\nsystem: net\nunit: desk\nstaff: S1\nrole: general\nopened_on: 2026-01-01\n";
    for more in ["", "password_changed: [2026-02-01]\n"] {
        let project = Project::new()
            .duty(password)
            .write("content/accounts.yaml", format!("{account}{more}"))
            .as_of("2026-06-20");
        let since = if more.is_empty() { "2026-01-01" } else { "2026-02-01" };
        assert_eq!(after(&project, &format!("law/check/one/{since}"), "2026-06-20"), "done-late");
    }

    let event = format!(
        "kind: event\nscope: account\nevent: leave\ndeadline: {{within: 5 days}}\nanswer: told\napproval: 主任\nnotify: [資訊室, 政風室]\n{form}"
    );
    for answers in ["", "  answers:\n  - {what: told, on: 2026-06-18, account: two}\n"] {
        let project = with_a_head(Project::new().duty(&event))
            .write(
                "content/accounts.yaml",
                format!("- {{id: two, {}}}\n- {{id: one, {}}}\n", ACCOUNT, ACCOUNT),
            )
            .write(
                "content/events.yaml",
                format!("- id: left\n  kind: leave\n  on: 2026-06-17\n  staff: S1\n{answers}"),
            )
            .as_of("2026-06-20");
        assert_eq!(after(&project, "law/check/one/left", "2026-06-20"), "done");
    }
}

#[test]
fn what_is_missing_of_use_is_offered_and_lets_the_sample_be_reckoned() {
    let rule =
        format!("{MONTHLY}sample:\n  records: {{of: queries, tiers: [{{rate: 6%, min: 6}}]}}\n");
    let audit = "- {id: a1, obligation: law/check, scope: desk, period: 2026-01, done_on: 2026-02-10, sample: {records: 9}}\n";
    let project =
        Project::new().duty(&rule).write("content/audits.yaml", audit).as_of("2026-03-20");
    project.row("law/check/desk/2026-01").is("unknown");
    assert_eq!(after(&project, "law/check/desk/2026-01", "2026-03-20"), "done");
}

/// The file that a page offers for a record.
#[track_caller]
fn offered_file(project: Project) -> String {
    let project = project.as_of("2026-02-20");
    project.run("build").code(0);
    let mut offers = offers(&page(&project, "obligations/law/check/desk/2026-01.html"));
    offers.remove(0).place
}

#[test]
#[ignore = "slow: the gate runs it in release"]
fn a_new_record_goes_where_its_like_stand() {
    let audit = |id: &str, scope: &str, month: &str| {
        format!(
            "- {{id: {id}, obligation: law/check, scope: {scope}, period: {month}, done_on: 2026-02-01}}\n"
        )
    };
    let units = "- {id: desk, agency: city, name: 一科, kind: unit, uses: [{system: net, from: 2025-01-01}]}\n- {id: hall, agency: city, name: 二科, kind: unit, uses: [{system: net, from: 2025-01-01}]}\n- {id: far, agency: town, name: 三科, kind: unit, uses: [{system: net, from: 2025-01-01}]}\n";
    let site = || {
        Project::new()
            .duty(MONTHLY)
            .write("content/units.yaml", units)
            .write("content/agencies.yaml", "- {id: city, name: 甲局}\n- {id: town, name: 乙局}\n")
    };
    let new = "content/audits/check-desk-2026-01.yaml（新檔案）";
    assert_eq!(offered_file(site()), new);
    // The only file of the kind, whoever stands in it.
    let far = site().write("content/audits/b.yaml", audit("a1", "far", "2025-12"));
    assert_eq!(offered_file(far), "content/audits/b.yaml");
    let single = site().write("content/audits.yaml", audit("a1", "far", "2025-12"));
    assert_eq!(offered_file(single), "content/audits.yaml");
    // Beside a record that stands alone in its file.
    let alone = audit("a1", "desk", "2025-12").replace("- ", "");
    assert_eq!(offered_file(site().write("content/audits.yaml", &alone)), new);
    assert_eq!(
        offered_file(site().write("content/audits/2025/a1.yaml", &alone)),
        "content/audits/2025/check-desk-2026-01.yaml（新檔案）"
    );
    // Of several files: the same unit before the same agency, and neither if it is another's.
    let two = || {
        site()
            .write("content/audits/far.yaml", audit("a1", "far", "2025-12"))
            .write("content/audits/other.yaml", audit("a2", "far", "2025-11"))
    };
    assert_eq!(offered_file(two()), new);
    let hall = two().write("content/audits/x/hall.yaml", audit("a3", "hall", "2025-12"));
    assert_eq!(offered_file(hall), "content/audits/x/hall.yaml");
    let desk = two()
        .write("content/audits/x/hall.yaml", audit("a3", "hall", "2025-12"))
        .write("content/audits/a/desk.yaml", audit("a4", "desk", "2025-10"));
    assert_eq!(offered_file(desk), "content/audits/a/desk.yaml");
}

#[test]
#[ignore = "slow: the gate runs it in release"]
fn what_a_finding_asks_closes_it_without_doubts() {
    let audit =
        "{id: a1, obligation: law/check, scope: desk, period: 2026-01, done_on: 2026-02-10}\n";
    let posts = "- {id: chief, agency: city, title: 科長, staff: A001}\n- {id: clerk, agency: city, title: 科員, staff: A002}\n";
    let finding = "id: f1\naudit: a1\ntitle: 缺失\ngrade: minor\nfound_on: 2026-02-11\ndue: 2026-02-20\nowner: clerk\n";
    let actions = "actions:\n- {what: 甲, due: 2026-02-15, by: clerk, done_on: 2026-02-14}\n- {what: \"乙: 丙\", due: 2026-02-16, by: clerk}\n";
    for more in ["", actions, "closed_on: 2026-03-10\n"] {
        let project = Project::new()
            .duty(MONTHLY)
            .write("content/audits.yaml", audit)
            .write("content/posts.yaml", posts)
            .write("content/findings.yaml", format!("{finding}{more}"))
            .as_of("2026-03-15");
        project.run("build").code(0);
        let offers = offers(&page(&project, "findings/f1.html"));
        assert_eq!(offers[0].place, "content/findings.yaml 第 1 行");
        // Who checks is not who mends.
        let post = if more == actions { "chief" } else { "clerk" };
        let lines = offers[0].lines.replacen("by: # ", &format!("by: {post} # "), 1);
        write(
            project.root(),
            &[Offer { lines, ..offers.into_iter().next().expect("one") }],
            "2026-03-10",
            "chief",
        );
        project.run("build").code(0);
        let page = page(&project, "findings/f1.html");
        assert!(fix(&page).is_empty(), "{more}: {}", text(&page));
        assert!(text(&page).contains("已結案"));
    }
}
