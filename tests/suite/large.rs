//! A large site: thousands of records of every kind, so that every list is longer than a page and
//! every page shows only the first rows of something. Nothing is dropped, and no page is too long.

use std::collections::BTreeSet;
use std::fmt::Write;
use std::sync::LazyLock;

use super::html::text;
use super::project::{CHECK, Project, WIPE};
use super::published::Published;
use super::tables::{filters_count_right, pages_are_bounded};

const AGENCIES: usize = 130;
const UNITS: usize = 260;
const ACCOUNTS: usize = 700;
const AUDITS: usize = 450;
const FINDINGS: usize = 220;
const EVENTS: usize = 230;
const OTHERS: usize = 210;

/// Pages that other lists of what is due stand on.
const ELSEWHERE: &[&str] = &["index.html", "due/index.html"];

/// Beside `check`, which is of each year here, and `wipe`.
const DUTIES: &str = "\
- id: report
  kind: periodic
  clauses: [\"2\"]
  title: 每年函報
  scope: agency
  every: year
  due: [{on: site-default}]
  answered_by: submission
- id: pledged
  kind: invariant
  clauses: [\"2\"]
  title: 帳號應有切結書
  scope: account
  of: account
  must: account.pledge.signed_on
- id: idle
  kind: permission
  clauses: [\"2\"]
  title: 久未使用得停權
  scope: account
  advice: 得停權
  candidates: as_of > months_after(account.idle_since, 6)
- id: told
  kind: event
  clauses: [\"2\"]
  title: 異動即通知
  scope: account
  event: personnel-change
  deadline: {on: same-day}
  answer: notice-sent
";

/// `count` lines of a list, each by its number.
fn lines(count: usize, line: impl Fn(usize) -> String) -> String {
    (0..count).fold(String::new(), |mut text, number| {
        writeln!(text, "- {{{}}}", line(number)).expect("a text takes all");
        text
    })
}

/// A day of 2025 or 2026, before the as-of date.
fn day(number: usize) -> String {
    format!("{}-{:02}-{:02}", 2025 + number % 2, 1 + number % 10, 1 + number % 28)
}

static LARGE: LazyLock<Published> = LazyLock::new(|| {
    let grade = |number: usize| ["major", "minor", "observation"][number % 3];
    let project = Project::new()
        .duties(&[&CHECK.replace("每月", "每年").replace("month", "year"), DUTIES, WIPE])
        .write(
            "content/agencies.yaml",
            "- {id: city, name: 測試局}\n".to_owned()
                + &lines(AGENCIES, |n| format!("id: agency-{n:03}, name: 第{n}測試機關")),
        )
        .write(
            "content/systems.yaml",
            "- {id: net, name: 查詢系統, agency: city, regulations: [law]}\n".to_owned()
                + &lines(OTHERS, |n| format!("id: net-{n:03}, name: 系統{n}, agency: city, regulations: [law]")),
        )
        .write(
            "content/units.yaml",
            "- {id: desk, agency: city, name: 一科, kind: unit, uses: [{system: net, from: 2021-01-01}]}\n".to_owned()
                + &lines(UNITS, |n| {
                    let agency = if n < AGENCIES { format!("agency-{n:03}") } else { "city".into() };
                    format!("id: unit-{n:03}, agency: {agency}, name: 第{n}科, kind: unit, uses: [{{system: net, from: 2024-01-01}}]")
                }),
        )
        .write(
            "content/posts.yaml",
            "- {id: chief, agency: city, title: 科長, staff: A001}\n".to_owned()
                + &lines(OTHERS, |n| format!("id: post-{n:03}, agency: city, title: 承辦{n}, staff: B{n:03}")),
        )
        .write(
            "content/accounts.yaml",
            lines(ACCOUNTS, |n| {
                let ended = if n % 7 == 0 { ", cancelled_on: 2026-03-01" } else { "" };
                format!("id: account-{n:04}, system: net, unit: desk, staff: C{n:04}, role: general, opened_on: 2024-02-01, last_used_on: 2025-12-01{ended}")
            }),
        )
        .write(
            "content/usage.yaml",
            lines(70, |n| {
                let (year, month) = (2021 + n / 12, 1 + n % 12);
                format!("unit: desk, system: net, month: {year}-{month:02}, queries: {}, active_users: 3, total_users: 9", 9_950 + n)
            }),
        )
        .write(
            "content/audits.yaml",
            lines(AUDITS, |n| {
                let unit = n % UNITS;
                let on = day(n);
                let result = if n < FINDINGS { "anomaly" } else { "clean" };
                format!("id: audit-{n:04}, obligation: law/check, scope: unit-{unit:03}, period: {}, done_on: {on}, auditors: [chief], result: {result}", &on[..4])
            }),
        )
        .write(
            "content/findings.yaml",
            lines(FINDINGS, |n| {
                let closed = match n % 4 {
                    0 => ", closed_on: 2026-11-01",
                    _ => ", actions: [{what: 改善, due: 2026-11-01}]",
                };
                format!("id: finding-{n:04}, audit: audit-{n:04}, title: 第{n}項缺失, grade: {}, clauses: [\"2\"], found_on: {}, due: 2026-11-10, owner: chief{closed}", grade(n), day(n))
            }),
        )
        .write(
            "content/evidence.yaml",
            lines(OTHERS, |n| format!("id: ev-{n:04}, title: 第{n}件佐證, received_on: {}, document: 測字第{n}號", day(n))),
        )
        .write(
            "content/submissions.yaml",
            lines(OTHERS, |n| {
                format!("id: sent-{n:04}, obligation: law/report, scope: agency-{:03}, period: {}, sent_on: {}, to: 上級機關", n % AGENCIES, 2024 + n / AGENCIES, day(n))
            }),
        )
        .write(
            "content/events.yaml",
            lines(EVENTS, |n| format!("id: event-{n:04}, kind: personnel-change, on: {}, account: account-{n:04}", day(n))),
        )
        .write(
            "content/waivers.yaml",
            lines(120, |n| {
                format!("id: waiver-{n:03}, obligation: law/check, scope: unit-{n:03}, reason: {}, from: 2026-01-01, until: 2026-12-31, approved: {{on: 2026-01-01, by: chief}}", "搬遷".repeat(200))
            }),
        )
        .as_of("2026-11-21");
    project.run("build").code(0);
    Published::new(project.files("public"))
});

#[test]
#[ignore = "slow: the gate runs it in release"]
fn no_page_of_a_large_site_is_too_long() {
    pages_are_bounded(&LARGE, ELSEWHERE);
}

#[test]
#[ignore = "slow: the gate runs it in release"]
fn every_filter_of_a_large_site_counts_its_list() {
    assert!(filters_count_right(&LARGE) > 40);
}

/// Every record with a page is linked from a page of a list of its kind.
#[test]
#[ignore = "slow: the gate runs it in release"]
fn lists_of_a_large_site_drop_nothing() {
    for (folder, count) in [
        ("agencies", AGENCIES + 1),
        ("units", UNITS + 1),
        ("systems", OTHERS + 1),
        ("posts", OTHERS + 1),
        ("accounts", ACCOUNTS),
        ("audits", AUDITS),
        ("findings", FINDINGS),
        ("evidence", OTHERS),
        ("submissions", OTHERS),
        ("events", EVENTS),
    ] {
        let is_list = |path: &str| path.starts_with(&format!("{folder}/index"));
        let mut linked = BTreeSet::new();
        for (path, _) in LARGE.pages().filter(|(path, _)| is_list(path)) {
            let page = LARGE.page(path);
            let hrefs = page.iter().filter_map(|piece| piece.attribute("href"));
            linked.extend(hrefs.filter(|href| !href.contains('/')).map(str::to_owned));
        }
        linked.retain(|href| href.ends_with(".html") && !is_list(&format!("{folder}/{href}")));
        assert_eq!(linked.len(), count, "{folder}");
    }
    // Occurrences: the list of the duty has every one, and each list of a status those of it.
    let rows = LARGE.rows();
    let mut listed = BTreeSet::new();
    for (path, html) in LARGE.pages() {
        if path.starts_with("obligations/law/") && path.contains("/all") {
            listed.extend(html.split("href=\"").skip(1).filter_map(|part| {
                let href = part.split('"').next()?;
                (["unit-", "agency-", "city"].iter().any(|scope| href.starts_with(scope))
                    || href.starts_with("account-")
                    || href.starts_with("desk"))
                .then(|| {
                    format!("{}/{href}", path.rsplit_once('/').map_or("", |(folder, _)| folder))
                })
            }));
        }
    }
    assert_eq!(listed.len(), rows.len());
    for row in &rows {
        let path = format!("obligations/{}.html", row.text("id"));
        assert!(listed.contains(&path), "{path}");
    }
}

/// Where a page shows only the first rows it says of how many, and leads to all of them.
#[test]
#[ignore = "slow: the gate runs it in release"]
fn what_is_cut_is_said() {
    for (path, words) in [
        ("units/desk.html", "此處列出 50 筆，共 700 筆；全部見：帳號：一科"),
        ("units/desk.html", "此處列出 50 筆，共 70 筆；全部見：每月使用情形：一科"),
        ("posts/chief.html", "此處列出 50 筆，共 450 筆；全部見：稽核：科長"),
        ("agencies/city.html", "全部期別：測試局"),
        (
            "obligations/law/idle.html",
            "此處列出 50 筆，共 600 筆；全部見：得適用對象：久未使用得停權",
        ),
        // Of 700 accounts 100 are cancelled: what has ended is asked no more.
        ("obligations/law/pledged.html", "此處列出 50 筆，共 600 筆"),
        ("findings/index.html", "此處列出 50 筆，共 165 筆；全部見：逾期之改善措施"),
        ("accounts/index.2.html", "第 2 頁，共 4 頁；第 201–400 筆，共 700 筆"),
        ("units/desk.html", "10,019"),
    ] {
        let said = text(LARGE.page(path));
        let near: Vec<&str> = said.lines().filter(|line| line.contains("共 ")).collect();
        assert!(said.contains(words), "{path} has no {words:?} but {near:#?}");
    }
}
