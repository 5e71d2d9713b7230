//! Pages say why: the heads count the checks of what lies within them, a check says in words what
//! it asks and which fields of the record are why it does not hold, a sheet says once what is
//! missing, and nothing stands for "all is well" beside what fails.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use super::html::{Piece, elements, pieces, text};
use super::project::{Project, files, repository};
use super::published::{DAY, DEMO};
use super::roles::rules;

/// The records of the demo of one kind, by id.
fn records(plural: &str) -> BTreeMap<String, Value> {
    let all = files(&repository().join("content"));
    let of_kind = |path: &str| {
        path == format!("{plural}.yaml")
            || (path.starts_with(&format!("{plural}/")) && path.ends_with(".yaml"))
    };
    let mut found = BTreeMap::new();
    for (_, bytes) in all.into_iter().filter(|(path, _)| of_kind(path)) {
        let list: Value = serde_yaml::from_slice(&bytes).expect("YAML");
        let list = match list {
            Value::Array(list) => list,
            one => vec![one],
        };
        for record in list {
            found.insert(record["id"].as_str().expect("an id").to_owned(), record);
        }
    }
    found
}

/// Where records lie, by the records alone.
struct Places {
    of: BTreeMap<&'static str, BTreeMap<String, Value>>,
}

impl Places {
    fn new() -> Self {
        let kinds = [
            ("agency", "agencies"),
            ("unit", "units"),
            ("system", "systems"),
            ("account", "accounts"),
            ("post", "posts"),
            ("contractor", "contractors"),
            ("audit", "audits"),
            ("transfer", "transfers"),
            ("endpoint", "endpoints"),
            ("service-link", "service-links"),
            ("asset", "assets"),
        ];
        Self { of: kinds.into_iter().map(|(kind, plural)| (kind, records(plural))).collect() }
    }

    /// The pages of the agency, the unit and the systems a record lies within.
    fn of(&self, kind: &str, id: &str) -> BTreeSet<String> {
        let record = &self.of[kind][id];
        let said = |key: &str| record[key].as_str();
        let mut pages = BTreeSet::new();
        let mut put = |folder: &str, id: &str| _ = pages.insert(format!("{folder}/{id}.html"));
        if kind == "audit" {
            // An audit lies where what it looked at lies.
            let scope = said("scope").expect("a scope");
            let kinds = ["agency", "unit", "system", "account", "post", "contractor"];
            let kind = kinds.into_iter().find(|kind| self.of[*kind].contains_key(scope));
            return self.of(kind.expect("a kind"), scope);
        }
        match kind {
            "agency" => put("agencies", id),
            "unit" => put("units", id),
            "system" => put("systems", id),
            _ => {}
        }
        if let Some(unit) = said("unit").filter(|_| said("agency").is_none()) {
            put("agencies", self.of["unit"][unit]["agency"].as_str().expect("an agency"));
        }
        if let Some(agency) = said("agency") {
            put("agencies", agency);
        }
        if let Some(unit) = said("unit") {
            put("units", unit);
        }
        if let Some(system) = said("system") {
            put("systems", system);
        }
        for system in record["systems"].as_array().into_iter().flatten() {
            put("systems", system.as_str().expect("an id"));
        }
        pages
    }
}

fn checks() -> Vec<Value> {
    DEMO.checks()
}

/// The verdicts of some checks: breached, unknown, all.
fn counted(verdicts: &[String]) -> (usize, usize, usize) {
    let count = |wanted: &str| verdicts.iter().filter(|verdict| *verdict == wanted).count();
    (count("breached"), count("unknown"), verdicts.len())
}

/// The rows of the tables whose caption begins so.
fn rows<'a>(page: &'a [Piece], caption: &str) -> Vec<&'a [Piece]> {
    let tables = elements(page, |piece| piece.begins("table"));
    let wanted = tables.into_iter().filter(|table| {
        let head = elements(table, |piece| piece.begins("caption"));
        head.first().is_some_and(|head| text(head).starts_with(caption))
    });
    wanted.flat_map(|table| elements(table, |piece| piece.begins("tr")).split_off(1)).collect()
}

/// The head of a page: the line of its checks, and the class of its standing.
fn head(page: &[Piece]) -> (String, String) {
    let standing = elements(page, |piece| piece.has_class("standing"));
    let standing = standing.first().expect("a standing");
    (text(standing), standing[0].attribute("class").expect("classes").to_owned())
}

#[test]
fn heads_count_the_checks_of_all_that_lies_within() {
    let places = Places::new();
    let mut within: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for check in checks() {
        let record = &check["record"];
        let (kind, id) = (record["kind"].as_str(), record["id"].as_str());
        for page in places.of(kind.expect("a kind"), id.expect("an id")) {
            let verdict = check["verdict"].as_str().expect("a verdict").to_owned();
            within.entry(page).or_default().push(verdict);
        }
    }
    let folders = ["agencies/", "units/", "systems/"];
    let pages = DEMO.pages().filter(|(path, _)| {
        folders.iter().any(|folder| {
            path.strip_prefix(folder)
                .is_some_and(|rest| !rest.contains('/') && !rest.starts_with("index"))
        })
    });
    let (mut seen, mut bad) = (0, 0);
    for (path, _) in pages {
        let (breached, unknown, all) = counted(within.get(path).map_or(&[], Vec::as_slice));
        let page = DEMO.page(path);
        let (said, class) = head(page);
        let line = format!("應具備事項：不符 {breached}、無法判定 {unknown}、共 {all} 筆");
        assert_eq!(said.contains(&line), all > 0, "{path}: {line}\n{said}");
        let failing = breached + unknown;
        if failing > 0 {
            assert!(class.contains("standing-bad"), "{path}: {class}");
            assert!(!text(page).contains("目前沒有逾期"), "{path}");
            bad += 1;
        }
        // The rows below are those, and the list they lead to has them.
        let of_failing = |page: &[Piece], caption: &str| {
            let rows = rows(page, caption);
            rows.into_iter().filter(|row| !text(row).starts_with("符合")).count()
        };
        assert_eq!(of_failing(page, "本身及所屬各紀錄"), failing, "{path}");
        let (folder, id) = path.split_once('/').expect("a folder");
        let by = if folder == "agencies" { "agency" } else { "system" };
        let list = format!("checks/{by}/{id}");
        if folder != "units" && failing > 0 {
            let listed = rows(DEMO.page(&list), "不符或無法判定之紀錄").len();
            assert_eq!(listed, failing, "{list}");
            assert!(
                page.iter().any(|piece| piece.attribute("href") == Some(&*format!("../{list}")))
            );
        }
        seen += 1;
    }
    assert!(seen > 20 && bad > 8, "{seen} pages, {bad} with failing checks");
}

#[test]
fn heads_of_accounts_count_their_own_checks() {
    let mut of: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for check in checks().into_iter().filter(|check| check["record"]["kind"] == "account") {
        let id = check["record"]["id"].as_str().expect("an id").to_owned();
        of.entry(id).or_default().push(check["verdict"].as_str().expect("a verdict").to_owned());
    }
    let mut bad = 0;
    for (id, verdicts) in of {
        let (breached, unknown, all) = counted(&verdicts);
        let said = text(DEMO.page(&format!("accounts/{id}.html")));
        let line = format!("應具備事項：不符 {breached}、無法判定 {unknown}、共 {all} 筆");
        assert!(said.contains(&line), "{id}: {line}");
        if breached + unknown > 0 {
            assert!(!said.contains("目前沒有逾期"), "{id}");
            bad += 1;
        }
        // When it began to be so nobody knows: only that it is so on the day.
        let told = said.matches("至本日（資料基準日）仍不符應具備事項").count();
        assert_eq!(told, breached, "{id}");
    }
    assert!(bad > 2, "{bad}");
}

#[test]
fn tables_of_the_whole_count_checks_too() {
    let all = counted(
        &checks()
            .iter()
            .map(|check| check["verdict"].to_string().replace('"', ""))
            .collect::<Vec<_>>(),
    );
    let failing = all.0 + all.1;
    // The matrix of the home page, cell by cell.
    let home = DEMO.page("index.html");
    let matrix = elements(home, |piece| piece.attribute("id") == Some("matrix"))[0];
    let (mut bad, mut sum) = (0, 0);
    for cell in elements(matrix, |piece| piece.begins("td")) {
        let said = text(cell);
        let Some((_, numbers)) = said.split_once("檢核 ") else { continue };
        let (one, of) = numbers.split_once('／').expect("two numbers");
        let one: usize = one.parse().expect("a number");
        bad += one;
        sum += of.trim().parse::<usize>().expect("a number");
        assert!(one == 0 || cell[0].has_class("bad"), "{said}");
    }
    assert_eq!((bad, sum), (failing, all.2));
    // The columns of the lists of agencies and of regulations.
    let column = |path: &str, at: usize| -> (usize, usize) {
        let page = DEMO.page(path);
        let rows = elements(page, |piece| piece.begins("tbody"));
        let rows = elements(rows[0], |piece| piece.begins("tr"));
        rows.into_iter().fold((0, 0), |(one, of), row| {
            let cells = elements(row, |piece| piece.begins("td") || piece.begins("th"));
            let said = text(cells[at]);
            let (a, b) = said.split_once('／').expect("two numbers");
            (
                one + a.parse::<usize>().expect("a number"),
                of + b.parse::<usize>().expect("a number"),
            )
        })
    };
    assert_eq!(column("agencies/index.html", 5), (failing, all.2));
    let page = DEMO.page("regulations/index.html");
    for (word, expected) in [("不符", all.0), ("無法判定", all.1), ("共", all.2)] {
        let mut sum = 0;
        for row in rows(page, "已建檔之法規") {
            let said = text(elements(row, |piece| piece.begins("td")).last().expect("a cell"));
            let Some((_, after)) = said.split_once(&format!("{word} ")) else { continue };
            let digits: String = after.chars().take_while(char::is_ascii_digit).collect();
            sum += digits.parse::<usize>().expect("a number");
        }
        assert_eq!(sum, expected, "{word}");
    }
}

#[test]
fn a_post_lists_what_its_roles_must_keep_at_any_time() {
    let page = DEMO.page("posts/market-guidance-manager.html");
    let listed: BTreeSet<String> = rows(page, "本職務應隨時遵守之事項")
        .into_iter()
        .map(|row| {
            let href = row.iter().find_map(|piece| piece.attribute("href")).expect("a link");
            href.trim_start_matches("../obligations/").trim_end_matches(".html").to_owned()
        })
        .collect();
    // The only regulation with this role whose systems the agency uses.
    let expected: BTreeSet<String> = rules()
        .into_iter()
        .filter(|(_, duty)| {
            let by = duty["by"].as_array().into_iter().flatten();
            let standing = ["invariant", "retention", "conduct"];
            by.into_iter().any(|role| role == "unit-manager")
                && standing.iter().any(|kind| duty["kind"] == *kind)
        })
        .map(|(regulation, duty)| format!("{regulation}/{}", duty["id"].as_str().expect("an id")))
        .filter(|name| name.starts_with("taipei-cadastral/"))
        .collect();
    assert!(expected.len() > 4);
    assert_eq!(listed, expected);
    // Its checks: those of these rules about the accounts of its unit, and those of the unit.
    let accounts = records("accounts");
    let verdicts: Vec<String> = checks()
        .iter()
        .filter(|check| {
            let name = format!(
                "{}/{}",
                check["regulation"].as_str().expect("a text"),
                check["obligation"].as_str().expect("a text")
            );
            let id = check["record"]["id"].as_str().expect("an id");
            let unit = match check["record"]["kind"].as_str() {
                Some("account") => accounts[id]["unit"].as_str().expect("a unit"),
                _ => id,
            };
            expected.contains(&name) && unit == "market-guidance"
        })
        .map(|check| check["verdict"].as_str().expect("a verdict").to_owned())
        .collect();
    let (breached, unknown, all) = counted(&verdicts);
    assert!(all > 0, "no checks");
    let line = format!("應具備事項：不符 {breached}、無法判定 {unknown}、共 {all} 筆");
    assert!(head(page).0.contains(&line), "{line}\n{}", head(page).0);
}

#[test]
fn a_check_says_in_words_what_it_asks_and_what_the_record_holds() {
    let said = text(DEMO.page("accounts/nantou-np-4103.html"));
    assert!(said.contains("使用期限（valid_until）：民國115年6月30日（2026-06-30）"), "{said}");
    // The expression is folded away wherever a check stands.
    let musts: BTreeSet<String> = rules()
        .into_iter()
        .filter_map(|(_, duty)| duty["must"].as_str().map(str::to_owned))
        .collect();
    assert!(musts.len() > 20);
    let (mut folded, mut fields) = (0, 0);
    for (path, html) in DEMO.pages() {
        if path.starts_with("obligations/") || !html.contains("檢核式") {
            continue;
        }
        let page = DEMO.page(path);
        let expressions = |part: &[Piece]| {
            let codes = elements(part, |piece| piece.begins("code"));
            codes.into_iter().filter(|code| musts.contains(&text(code))).count()
        };
        let details = elements(page, |piece| piece.begins("details"));
        let within: usize = details.iter().map(|part| expressions(part)).sum();
        assert_eq!(expressions(page), within, "{path}");
        folded += within;
        // Each of the rows that do not hold names a field in words with its value, or an auditor.
        let mut names = BTreeSet::new();
        for row in elements(page, |piece| piece.begins("tr")) {
            let summary = elements(row, |piece| piece.begins("summary"));
            let Some(summary) = summary.first() else { continue };
            if !text(row).contains("檢核式") {
                continue;
            }
            assert!(names.insert(text(summary)), "{path}: twice {}", text(summary));
            let listed = elements(row, |piece| piece.has_class("grounds"));
            let holds = text(row).trim_start().starts_with("符合");
            assert_eq!(listed.is_empty(), holds, "{path}: {}", text(row));
            for item in listed.iter().flat_map(|list| elements(list, |piece| piece.begins("li"))) {
                let item = text(item);
                let has_words = item.contains('（') && item.contains("）：");
                assert!(has_words && !item.ends_with('：'), "{path}: {item}");
                fields += 1;
            }
        }
    }
    assert!(folded > 300 && fields > 30, "{folded} expressions, {fields} fields");
}

#[test]
fn every_field_that_a_rule_reads_has_a_word() {
    let words = repository().join("templates/words/zh-Hant-TW.yaml");
    let words = std::fs::read_to_string(words).expect("reads");
    let words: Value = serde_yaml::from_str(&words).expect("YAML");
    // What entries of registers hold is called by what their definitions say.
    let registers = std::fs::read_to_string(repository().join("starter/registers.yaml"));
    let registers: Value = serde_yaml::from_str(&registers.expect("reads")).expect("YAML");
    let titled = |name: &str| {
        let (kind, key) = name.split_once('.')?;
        let register = registers.as_array()?.iter().find(|one| one["id"] == kind)?;
        let field = register["fields"].as_array()?.iter().find(|one| one["key"] == key)?;
        field["title"].as_str()
    };
    let is_name = |c: char| c.is_ascii_lowercase() || c == '_' || c == '.';
    let mut seen = 0;
    for (regulation, duty) in rules() {
        for key in ["when", "must"] {
            let condition = duty[key].as_str().unwrap_or_default();
            for name in condition.split(|c| !is_name(c)) {
                let kind = name.split_once('.').map_or("", |(kind, _)| kind);
                if words["reads"].get(kind).is_none() {
                    continue;
                }
                let word = name.split('.').fold(&words["reads"], |at, key| &at[key]);
                let is_said = word.is_string() || titled(name).is_some();
                assert!(is_said, "{regulation}: no words for `{name}`");
                seen += 1;
            }
        }
    }
    assert!(seen > 100, "{seen}");
}

/// The pages of a site.
fn site(project: &Project) -> BTreeMap<String, String> {
    project.run("build -q").code(0);
    let files = project.files("public").into_iter();
    let pages = files.filter(|(path, _)| path.ends_with(".html"));
    pages.map(|(path, bytes)| (path, String::from_utf8(bytes).expect("UTF-8"))).collect()
}

fn said(html: &str) -> String {
    text(&pieces(html).expect("whole"))
}

#[test]
fn only_the_parts_that_fail_are_named_in_their_order() {
    let rule = "kind: invariant\nscope: account\nmust: (not account.change.on or account.change.approved_on) and account.pledge.signed_on and account.application.document and account.role == \"auditor\"";
    let account = "{id: one, system: net, unit: desk, staff: S1, role: general, opened_on: 2025-02-01, application: {applied_on: 2025-01-20, document: 文1}, change: {on: 2025-03-01}, pledge: {signed_on: 2025-08-01}}\n";
    let project =
        Project::new().duty(rule).write("content/accounts.yaml", account).as_of("2025-06-01");
    let pages = site(&project);
    let page = pieces(&pages["accounts/one.html"]).expect("whole");
    let listed = elements(&page, |piece| piece.has_class("grounds"));
    let items: Vec<String> =
        elements(listed[0], |piece| piece.begins("li")).iter().map(|item| text(item)).collect();
    assert_eq!(
        items,
        [
            "權限異動日（change.on）：民國114年3月1日（2025-03-01）",
            "權限異動之核准日（change.approved_on）：未登載",
            "保密切結書簽署日（pledge.signed_on）：未登載",
            "角色（role）：一般使用者",
        ]
    );
}

#[test]
fn a_sheet_says_what_was_not_begun_and_what_is_short() {
    let mut seen = BTreeMap::new();
    for row in DEMO.rows() {
        let page = text(DEMO.page(&format!("obligations/{}.html", row.text("id"))));
        let done = page.split_once("完成日").expect("a day").1;
        let done = done.trim_start();
        let status = row.text("status");
        let expected = match status {
            _ if !row.0["done_on"].is_null() => "民國",
            "upcoming" => "尚未辦理",
            "deficient" => "規定事項尚未齊備",
            "not-applicable" => "毋須辦理",
            _ => continue,
        };
        assert!(done.starts_with(expected), "{}: {status} {expected}", row.text("id"));
        *seen.entry(expected).or_insert(0) += 1;
        // A day that is advised lies ahead, of something still to be done.
        let waits = ["upcoming", "open", "due-soon"].contains(&status);
        assert!(waits || !page.contains("建議辦理日"), "{}", row.text("id"));
        assert!(row.text("due") >= DAY || !page.contains("建議辦理日"), "{}", row.text("id"));
        // Every reason once.
        for reason in row.0["reasons"].as_array().expect("a list") {
            let reason = reason.as_str().expect("a text");
            assert_eq!(page.matches(reason).count(), 1, "{}: {reason}", row.text("id"));
        }
        assert!(!page.contains("位元組"), "{}", row.text("id"));
    }
    assert!(seen.len() == 4 && seen["尚未辦理"] > 200, "{seen:?}");
}

#[test]
fn an_audit_shows_what_its_rule_asks_and_no_more() {
    let asked: BTreeSet<String> = rules()
        .into_iter()
        .filter(|(_, duty)| duty["unannounced"] == true)
        .map(|(regulation, duty)| format!("{regulation}/{}", duty["id"].as_str().expect("an id")))
        .collect();
    assert!(!asked.is_empty());
    let (mut with, mut without) = (0, 0);
    for (id, audit) in records("audits") {
        let page = DEMO.page(&format!("audits/{id}.html"));
        let facts = elements(page, |piece| piece.has_class("facts"));
        let says = facts.iter().any(|list| text(list).contains("無預警辦理"));
        let asks = asked.contains(audit["obligation"].as_str().expect("a duty"));
        assert_eq!(says, asks || audit["unannounced"] == true, "{id}");
        if says { with += 1 } else { without += 1 }
    }
    assert!(with > 5 && without > 50, "{with} {without}");
}

#[test]
fn empty_cells_say_what_they_mean() {
    for (path, html) in DEMO.pages().filter(|(path, _)| path.starts_with("findings/")) {
        if let Some((_, actions)) = html.split_once("各項改善措施之狀態") {
            let actions = actions.split_once("</table>").expect("its end").0;
            assert!(!actions.contains(">無<"), "{path}");
            assert_eq!(
                actions.contains("尚未完成"),
                actions.contains("待辦理") || actions.contains("逾期<"),
                "{path}"
            );
        }
    }
    assert!(!said(&String::from_utf8_lossy(&DEMO.files["changes.html"])).contains("尚未列計"));
}

#[test]
fn what_happened_on_a_day_stands_before_the_deadline_of_that_day() {
    let project = Project::new()
        .write(
            "content/audits.yaml",
            "id: a1\nobligation: law/check\nscope: desk\nperiod: 2025-01\ndone_on: 2025-02-10\n",
        )
        .write(
            "content/findings.yaml",
            "id: f1\naudit: a1\ntitle: 缺失\ngrade: minor\nfound_on: 2025-02-10\ndue: 2025-02-20\nverified: {on: 2025-02-20, by: chief}\nclosed_on: 2025-02-20\n",
        )
        .as_of("2025-03-15");
    let pages = site(&project);
    let page = pieces(&pages["findings/f1.html"]).expect("whole");
    let steps = elements(&page, |piece| piece.has_class("life"));
    let steps = elements(steps[0], |piece| piece.begins("li"));
    let what: Vec<String> =
        steps.iter().map(|step| text(elements(step, |piece| piece.has_class("what"))[0])).collect();
    assert_eq!(what, ["稽核發現缺失", "複查確認", "結案", "改善期限"]);
}

#[test]
fn an_act_without_auditors_is_one_doubt_however_many_it_looked_at() {
    let rules = "\
- {id: check, kind: periodic, clauses: [\"2\"], title: 抽查, scope: unit, every: month, due: [{on: site-default}]}
- {id: apart, kind: invariant, clauses: [\"3\"], title: 迴避, scope: unit, of: audit, independent: {not_previous: true}}
";
    let audit = |month: u32, auditors: &str| {
        format!(
            "- {{id: a{month}, obligation: law/check, scope: desk, period: 2025-{month:02}, done_on: 2025-0{}-10, auditors: [{auditors}], audited_staff: [S1, S2, S3]}}\n",
            month + 1
        )
    };
    let project = Project::new()
        .write("regulations/law/obligations.yaml", rules)
        .write("content/audits.yaml", audit(1, "") + &audit(2, "chief"))
        .as_of("2025-06-01");
    project.run("build -q").code(0);
    let rows = super::project::listed(&project.files("public")["data/checks.json"], "checks");
    let second = rows.iter().find(|row| row["record"]["id"] == "a2").expect("is checked");
    let against_first = serde_json::json!([
        {"reason": "no-auditors", "auditor": null, "against": {"kind": "audit", "id": "a1"}}
    ]);
    assert_eq!(second["grounds"], against_first);
}

#[test]
fn a_role_of_the_site_is_called_by_its_title() {
    let rules = "\
- {id: check, kind: periodic, clauses: [\"2\"], title: 抽查, scope: unit, every: month, due: [{on: site-default}]}
- {id: apart, kind: invariant, clauses: [\"3\"], title: 迴避, scope: unit, of: audit, independent: {not_roles: [keeper]}}
";
    let project = Project::new()
        .write("regulations/law/obligations.yaml", rules)
        .write("content/roles.yaml", "- {id: keeper, title: 保管員, reach: unit}\n- {id: general, title: 一般人, reach: own}\n")
        .write("content/posts.yaml", "id: chief\nagency: city\ntitle: 科長\nstaff: A001\nroles: [keeper]\n")
        .write("content/accounts.yaml", "{id: one, system: net, unit: desk, staff: S1, role: general, opened_on: 2025-02-01}\n")
        .write("content/audits.yaml", "id: a1\nobligation: law/check\nscope: desk\nperiod: 2025-01\ndone_on: 2025-02-10\nauditors: [chief]\n")
        .as_of("2025-06-01");
    let pages = site(&project);
    for (path, title) in [
        ("agencies/city.html", "保管員"),
        ("posts/index.html", "保管員"),
        ("obligations/law/apart.html", "不得為受稽機關之保管員"),
        ("audits/a1.html", "於受稽機關任保管員"),
        ("accounts/one.html", "一般人"),
        ("accounts/index.html", "一般人"),
    ] {
        let said = said(&pages[path]);
        assert!(said.contains(title) && !said.contains("任keeper"), "{path}: {said}");
    }
}

#[test]
fn a_sheet_leads_to_the_very_waiver() {
    let mut seen = 0;
    for row in DEMO.rows().into_iter().filter(|row| row.text("status") == "waived") {
        let page = DEMO.page(&format!("obligations/{}.html", row.text("id")));
        let steps = elements(page, |piece| piece.has_class("steps"))[0];
        let links = steps.iter().filter_map(|piece| piece.attribute("href"));
        let waivers: Vec<&str> = links.filter(|href| href.contains("waivers/")).collect();
        assert!(
            !waivers.is_empty() && waivers.iter().all(|href| href.contains('#')),
            "{waivers:?}"
        );
        seen += 1;
    }
    assert!(seen > 0);
}

#[test]
fn cuts_are_said_and_lead_to_the_whole_of_each() {
    // A unit that took up and left the system again and again.
    let uses: String = (0..26)
        .flat_map(|year| {
            let year = 1990 + year;
            [
                format!("- {{system: net, from: {year}-01-01, until: {year}-02-01}}\n"),
                format!("- {{system: net, from: {year}-07-01, until: {year}-08-01}}\n"),
            ]
        })
        .collect();
    let unit = format!(
        "id: desk\nagency: city\nname: 一科\nkind: unit\nuses:\n{uses}- {{system: net, from: 2025-01-01}}\n"
    );
    let project = Project::new().write("content/units.yaml", unit).as_of("2029-12-26");
    let pages = site(&project);
    let system = said(&pages["systems/net.html"]);
    assert!(system.contains("此處列出 50 筆，共 53 筆"), "{system}");
    // Sixty months were never checked: on the page of the unit fifty of them; no list is of it.
    let unit = said(&pages["units/desk.html"]);
    assert!(unit.contains("其餘見各義務之頁"), "{unit}");
    for (path, html) in &pages {
        assert!(!said(html).contains("全部見：（") && !html.contains("全部見：</p>"), "{path}");
    }
    // What presses most: two classes, each with the list of its own.
    let due = &pages["due/index.html"];
    let overdue = said(due);
    assert!(overdue.contains("此處列出 20 筆，共"), "{overdue}");
    let left_out: Vec<&str> = due.split("class=\"left-out\"").skip(1).collect();
    assert_eq!(left_out.len(), 2, "{due}");
    assert!(left_out[0].contains("\"overdue.html\"") && left_out[1].contains("\"7-days.html\""));
}

#[test]
fn evidence_is_used_by_what_there_is_on_the_day() {
    let project = Project::new()
        .write("content/audits.yaml", "id: a1\nobligation: law/check\nscope: desk\nperiod: 2025-01\ndone_on: 2025-02-10\nevidence: [e1]\n")
        .write("content/evidence.yaml", "id: e1\ntitle: 文件\nreceived_on: 2025-02-01\ndocument: 文1\n");
    for (day, expected) in [("2025-02-09", "0"), ("2025-02-10", "1")] {
        project.run(&format!("build -q --as-of {day}")).code(0);
        let html = project.files("public").remove("evidence/index.html").expect("a page");
        let page = pieces(str::from_utf8(&html).expect("UTF-8")).expect("whole");
        let row = rows(&page, "佐證資料")[0];
        let last = text(elements(row, |piece| piece.begins("td")).last().expect("a cell"));
        assert_eq!(last, expected, "{day}");
    }
}

#[test]
fn an_approval_is_asked_once_whichever_rules_ask_it() {
    let rule = |id: &str, years: u32, approval: &str| {
        format!(
            "- {{id: {id}, kind: retention, clauses: [\"3\"], title: 保存, scope: unit, keep: {{what: audits, for: {years} years, from: completion, approval: {approval}}}}}\n"
        )
    };
    let check = "- {id: check, kind: periodic, clauses: [\"2\"], title: 抽查, scope: unit, every: month, due: [{on: site-default}]}\n";
    let rules = check.to_owned()
        + &rule("x", 5, "機關首長")
        + &rule("y", 4, "政風室")
        + &rule("z", 3, "機關首長");
    let project = Project::new()
        .write("regulations/law/obligations.yaml", rules)
        .write(
            "content/audits.yaml",
            "id: a1\nobligation: law/check\nscope: desk\nperiod: 2025-01\ndone_on: 2025-02-10\n",
        )
        .as_of("2025-06-01");
    let page = said(&site(&project)["audits/a1.html"]);
    let asked = page.split_once("銷毀須經核准").expect("is said").1.trim_start();
    assert!(
        asked.starts_with("機關首長、政風室") && !asked.starts_with("機關首長、政風室、"),
        "{asked}"
    );
}
