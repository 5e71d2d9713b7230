//! Duties of people: auditors who must not be somebody, of whom a permission may be used, who
//! pledged, who checks that a finding is mended, and waivers that cover nothing.

use super::project::{CHECK, Project};

/// The unit `desk` is checked every month; audits are also held to `independent`.
fn asking(independent: &str) -> Project {
    let apart = "\
- id: apart
  kind: invariant
  clauses: [\"3\"]
  title: 迴避
  scope: unit
  of: audit
  independent: ";
    let posts = "\
- {id: chief, agency: city, title: 科長, staff: A001}
- {id: deputy, agency: city, title: 副科長, staff: A002}
- {id: second, agency: city, title: 兼辦, staff: A001, roles: [operator], until: 2026-06-30}
";
    Project::new()
        .duties(&[CHECK, apart, independent, "\n"])
        .write("content/posts.yaml", posts)
        .as_of("2026-11-21")
}

/// An audit of a month, done on the tenth of the next.
fn audit(month: u32, auditors: &str, more: &str) -> String {
    named_audit(&format!("a{month:02}"), month, auditors, more)
}

fn named_audit(id: &str, month: u32, auditors: &str, more: &str) -> String {
    format!(
        "- {{id: {id}, obligation: law/check, scope: desk, period: 2026-{month:02}, done_on: 2026-{:02}-10, auditors: [{auditors}]{more}}}\n",
        month + 1
    )
}

/// The page without its tags, from the title on.
fn page(project: &Project, path: &str) -> String {
    project.run("build -o public").code(0);
    let files = project.files("public");
    let bytes = files.get(path).unwrap_or_else(|| panic!("no `{path}` in {:#?}", files.keys()));
    let html = String::from_utf8(bytes.clone()).expect("UTF-8");
    let main = html.split_once("<main").expect("has main").1;
    let main = main.split_once("</main>").expect("closes main").0;
    let mut text = String::new();
    let mut rest = main;
    while let Some((before, after)) = rest.split_once('<') {
        text.push_str(before);
        rest = after.split_once('>').expect("tags are closed").1;
    }
    text + rest
}

/// The rule `apart` as it stands: holds, breached, cannot be told.
#[track_caller]
fn counts(project: &Project, holds: usize, breached: usize, unknown: usize) -> String {
    let page = page(project, "obligations/law/apart.html");
    let line = format!("符合 {holds}不符 {breached}無法判定 {unknown}");
    assert!(page.contains(&line), "no {line:?} in {page}");
    page
}

#[test]
fn nobody_audits_the_same_scope_twice_in_a_row() {
    let audits = audit(1, "chief", "")
        + &audit(2, "deputy", "")
        // In another post, but the same person.
        + &audit(3, "second, deputy", "")
        + &audit(4, "chief", "");
    let project = asking("{not_previous: true}").write("content/audits.yaml", audits);
    let rule = counts(&project, 2, 2, 0);
    assert!(rule.contains("副科長（A002）亦辦理前次查核：一科 115年2月 每月抽查"), "{rule}");
    assert!(rule.contains("科長（A001）亦辦理前次查核：一科 115年3月 每月抽查"), "{rule}");
    let all = page(&project, "checks/index.html");
    assert!(all.contains("亦辦理前次查核：一科 115年2月 每月抽查"), "{all}");
    let data = project.files("public").remove("data/checks.json").expect("is published");
    let data = super::project::listed(&data, "checks");
    let third = data.iter().find(|row| row["record"]["id"] == "a03");
    assert_eq!(
        third.expect("is checked")["grounds"],
        serde_json::json!([
            {"reason": "same-auditor", "auditor": "deputy", "against": {"kind": "audit", "id": "a02"}}
        ])
    );
    let own = page(&project, "audits/a03.html");
    assert!(own.contains("亦辦理前次查核：一科 115年2月 每月抽查"), "{own}");
    // The other one of the pair shows it too.
    assert!(
        own.contains("因本紀錄而不符之其他紀錄")
            && own.contains("亦辦理前次查核：一科 115年3月 每月抽查"),
        "{own}"
    );
    // A day before the third, it is not known yet.
    counts(&project.as_of("2026-04-09"), 2, 0, 0);
}

#[test]
fn two_rounds_of_one_period_are_one_act() {
    let audits = audit(1, "deputy", "")
        + &named_audit("b1", 2, "chief", "")
        + &named_audit("b2", 2, "chief", "");
    counts(&asking("{not_previous: true}").write("content/audits.yaml", audits), 3, 0, 0);
}

#[test]
fn people_who_are_looked_at_are_compared_one_by_one() {
    let audits = audit(1, "chief", ", audited_staff: [U1]")
        + &audit(2, "chief", ", audited_staff: [U2]")
        + &audit(3, "deputy", ", audited_staff: [U2]")
        + &audit(4, "chief", ", audited_staff: [U1, U2]");
    let project = asking("{not_previous: true}").write("content/audits.yaml", &audits);
    let rule = counts(&project, 3, 1, 0);
    assert!(
        rule.contains("科長（A001）前次亦查核同一受查人員 U1：一科 115年1月 每月抽查"),
        "{rule}"
    );
    assert!(!rule.contains("受查人員 U2"), "{rule}");
    // An act between that does not say whom it looked at leaves it open.
    let silent = audits.replace(", audited_staff: [U2]}\n- {id: a04", "}\n- {id: a04");
    let rule = counts(
        &project.write("content/audits.yaml", silent.replace("[deputy]", "[chief]")),
        2,
        0,
        2,
    );
    assert!(rule.contains("未載明受查人員，無法判定是否連續：一科 115年3月 每月抽查"), "{rule}");
}

#[test]
fn an_audit_that_names_nobody_is_never_a_pass() {
    let rule = counts(
        &asking("{not_users: true}").write("content/audits.yaml", audit(1, "", "")),
        0,
        0,
        1,
    );
    assert!(rule.contains("未記載稽核人員，無法判定"), "{rule}");
}

#[test]
fn a_role_nobody_has_is_never_a_pass() {
    let project = asking("{not_roles: [operater]}");
    let rule = counts(&project.write("content/audits.yaml", audit(1, "deputy", "")), 0, 0, 1);
    assert!(rule.contains("職務紀錄中沒有operater，無法判定"), "{rule}");
}

#[test]
#[ignore = "slow: the gate runs it in release"]
fn operators_and_users_do_not_audit() {
    let audits = audit(1, "chief", "") + &audit(6, "chief", "") + &audit(7, "deputy", "");
    let roles = asking("{not_roles: [operator]}").write("content/audits.yaml", &audits);
    // The post of the operator ended on 2026-06-30, before the second audit was done.
    let rule = counts(&roles, 2, 1, 0);
    assert!(rule.contains("科長（A001）於受稽機關任操作人員：兼辦"), "{rule}");
    let post = page(&roles, "posts/second.html");
    assert!(post.contains("因本紀錄而不符之其他紀錄"), "{post}");

    let account = |unit: &str, more: &str| {
        format!(
            "- {{id: u-{unit}, system: net, unit: {unit}, staff: A002, role: general, opened_on: 2026-01-01{more}}}\n"
        )
    };
    let other = "id: other\nagency: city\nname: 二科\nkind: unit\nuses:\n- {system: net, from: 2025-01-01}\n";
    let users = asking("{not_users: true}")
        .write("content/audits.yaml", &audits)
        .write("content/units/other.yaml", other)
        .write("content/accounts.yaml", account("other", ""));
    counts(&users, 3, 0, 0);
    let users = users.write("content/accounts.yaml", account("desk", ""));
    let rule = counts(&users, 2, 1, 0);
    assert!(rule.contains("副科長（A002）為受稽帳號之使用人：查詢系統 A002"), "{rule}");
    // Cancelled before the audit, but used in the month that is audited; then before that month.
    let gone = |day: &str| account("desk", &format!(", cancelled_on: {day}"));
    let users = users.write("content/accounts.yaml", gone("2026-07-20"));
    counts(&users, 2, 1, 0);
    counts(&users.write("content/accounts.yaml", gone("2026-06-30")), 3, 0, 0);
}

#[test]
fn permissions_list_whom_they_may_be_used_of() {
    let rule = "kind: permission\nscope: account\nwhen: account.role == \"general\"\nadvice: 得停權\ncandidates: as_of > months_after(account.idle_since, 6)";
    let account = |id: &str, more: &str| {
        format!(
            "- {{id: {id}, system: net, unit: desk, staff: S1, role: general, opened_on: 2025-01-01{more}}}\n"
        )
    };
    // 逾六個月 begins on the day after six months; a right never used counts from its first day.
    let accounts = account("idle", ", last_used_on: 2026-05-20")
        + &account("busy", ", last_used_on: 2026-05-21")
        + &account("silent", "")
        + &account("gone", ", last_used_on: 2026-01-01, suspended_on: 2026-11-01");
    let project =
        Project::new().duty(rule).write("content/accounts.yaml", accounts).as_of("2026-11-21");
    let list = page(&project, "obligations/law/check.html");
    assert!(list.contains("idle") && list.contains("silent"), "{list}");
    assert!(!list.contains("busy") && !list.contains("gone"), "{list}");
    let idle = page(&project, "accounts/idle.html");
    assert!(idle.contains("得採行之措施") && idle.contains("得停權"), "{idle}");
    assert!(!page(&project, "accounts/busy.html").contains("得採行之措施"));
    // Advice is never a breach.
    project.run("check --fail-on overdue,deficient,unknown").code(0);
}

#[test]
fn conduct_shows_pledges_the_last_audit_and_open_findings() {
    let quiet = "- {id: quiet, kind: conduct, clauses: [\"3\"], title: 保密, scope: account}\n";
    let account = |id: &str, more: &str| {
        format!(
            "- {{id: {id}, system: net, unit: desk, staff: S1, role: general, opened_on: 2026-01-01{more}}}\n"
        )
    };
    let accounts = account("one", ", pledge: {signed_on: 2026-01-01}")
        + &account("two", ", pledge: {signed_on: 2026-12-01}")
        + &account("gone", ", cancelled_on: 2026-02-01");
    let finding = |id: &str, clause: &str| {
        format!(
            "- {{id: {id}, audit: a01, title: 缺失{id}, grade: minor, clauses: [\"{clause}\"], found_on: 2026-02-10}}\n"
        )
    };
    let project = Project::new()
        .duties(&[quiet, CHECK])
        .write("content/accounts.yaml", accounts)
        .write("content/audits.yaml", audit(1, "chief", "") + &audit(2, "chief", ""))
        .write("content/findings.yaml", finding("f3", "3") + &finding("f2", "2"))
        .as_of("2026-11-21");
    let shown = page(&project, "obligations/law/quiet.html");
    assert!(shown.contains("有效帳號／有效帳號 1／2"), "{shown}");
    assert!(shown.contains("115年2月") && !shown.contains("115年1月"), "{shown}");
    assert!(shown.contains("缺失f3") && !shown.contains("缺失f2"), "{shown}");
}

/// A site with an audit and one finding of it.
fn found(more: &str) -> Project {
    let posts = "- {id: chief, agency: city, title: 科長, staff: A001}\n- {id: deputy, agency: city, title: 副科長, staff: A002}\n- {id: also, agency: city, title: 兼辦, staff: A001}\n";
    let finding = format!(
        "id: f1\naudit: a01\ntitle: 未登錄\ngrade: minor\nclauses: [\"2\"]\nfound_on: 2026-02-10\nowner: chief\n{more}"
    );
    Project::new()
        .write("content/posts.yaml", posts)
        .write("content/audits.yaml", audit(1, "deputy", ""))
        .write("content/findings.yaml", finding)
        .as_of("2026-11-21")
}

#[test]
fn overdue_actions_of_open_findings_are_listed() {
    let actions = "actions:\n- {what: 補登, due: 2026-11-20}\n- {what: 訓練, due: 2026-11-21}\n- {what: 公告, due: 2026-03-01, done_on: 2026-03-02}\n";
    let list = page(&found(actions), "findings/index.html");
    assert!(list.contains("改善措施，依期限先後（1 件）") && list.contains("補登"), "{list}");
    assert!(!list.contains("訓練") && !list.contains("公告"), "{list}");
    let list = page(&found(actions).as_of("2026-11-20"), "findings/index.html");
    assert!(list.contains("目前沒有逾期之改善措施"), "{list}");
}

#[test]
#[ignore = "slow: the gate runs it in release"]
fn a_finding_is_checked_by_somebody_else_before_it_is_closed() {
    let other = "複查人員即為負責改善或辦理措施之人";
    let unchecked = "未經複查即結案";
    let undone = "結案時尚有改善措施未完成";
    for (more, expected) in [
        ("verified: {on: 2026-03-01, by: deputy}\nclosed_on: 2026-03-02\n", &[][..]),
        // The same person in another post.
        ("verified: {on: 2026-03-01, by: also}\n", &[other]),
        (
            "actions:\n- {what: 補, by: deputy, done_on: 2026-02-20}\nverified: {on: 2026-03-01, by: deputy}\n",
            &[other],
        ),
        ("closed_on: 2026-03-02\n", &[unchecked]),
        ("verified: {on: 2026-03-03, by: deputy}\nclosed_on: 2026-03-02\n", &[unchecked]),
        (
            "actions:\n- {what: 補, by: chief}\nverified: {on: 2026-03-01, by: deputy}\nclosed_on: 2026-03-02\n",
            &[undone],
        ),
        ("closed_on: 2026-12-02\n", &[]),
    ] {
        let project = found(more);
        for path in ["findings/index.html", "findings/f1.html"] {
            let page = page(&project, path);
            for concern in [other, unchecked, undone] {
                assert_eq!(page.contains(concern), expected.contains(&concern), "{more}{page}");
            }
        }
    }
}

#[test]
fn waivers_that_ended_or_cover_nothing_are_reported() {
    let waiver = |id: &str, from: &str, until: &str| {
        format!(
            "- {{id: {id}, obligation: law/check, scope: desk, reason: 搬遷, from: {from}, until: {until}, approved: {{on: 2026-01-01, by: chief}}}}\n"
        )
    };
    // Occurrences fall due on the last days of months.
    let waivers = waiver("w-force", "2026-11-01", "2026-12-31")
        + &waiver("w-ended", "2026-02-28", "2026-03-30")
        + &waiver("w-idle", "2026-11-01", "2026-11-29")
        + &waiver("w-lost", "2026-03-01", "2026-03-30")
        + &waiver("w-later", "2027-01-01", "2027-01-31");
    let project = Project::new().write("content/waivers.yaml", waivers).as_of("2026-11-21");
    let list = page(&project, "waivers/index.html");
    for (id, state) in [
        ("w-force", "有效"),
        ("w-ended", "已屆期已於 115-03-30 屆期，其後之期別不再豁免"),
        ("w-idle", "未使用起迄日間沒有期限落入之期別"),
        ("w-lost", "已屆期，未使用已於 115-03-30 屆期，起迄日間沒有期限落入之期別"),
        ("w-later", "尚未生效"),
    ] {
        let before = list.split_once(id).expect("is listed").0;
        let row = before.rsplit('\n').next().expect("a row");
        assert!(row.contains(state), "{id}: {row}");
    }
}

/// The check of the audit of January, as the data files have it.
fn check_of_january(project: &Project) -> serde_json::Value {
    project.run("build -o public").code(0);
    let checks = super::project::listed(&project.files("public")["data/checks.json"], "checks");
    let own = checks.into_iter().find(|row| row["record"]["id"] == "a01");
    own.expect("the audit is checked")
}

#[test]
fn one_staff_code_in_two_agencies_is_two_people() {
    let of = |agency: &str, unit: &str| {
        asking("{not_users: true}")
            .write("content/audits.yaml", audit(1, "foreign", ""))
            .write("content/agencies/other.yaml", "- {id: other, name: 乙機關}\n")
            .write(
                "content/units/other.yaml",
                "- {id: counter, agency: other, name: 櫃檯, kind: unit, uses: [{system: net, from: 2025-01-01}]}\n",
            )
            .write(
                "content/posts/foreign.yaml",
                format!("- {{id: foreign, agency: {agency}, title: 稽核員, staff: Z009}}\n"),
            )
            .write(
                "content/accounts/foreign.yaml",
                format!("- {{id: foreign-account, system: net, unit: {unit}, staff: Z009, role: general, opened_on: 2025-01-01}}\n"),
            )
    };
    // The code of the auditor, who is of another agency, is one of a user here: somebody else.
    assert_eq!(check_of_january(&of("other", "desk"))["verdict"], "holds");
    assert_eq!(check_of_january(&of("city", "desk"))["verdict"], "breached");
}

const EVENT_OF_A_PERSON: &str = "\
- id: told
  kind: event
  clauses: [\"2\", \"3\"]
  title: 異動通知
  scope: account
  event: personnel-change
  deadline: {within: 3 working days}
  answer: rights-cancelled
";

/// Two agencies that gave the code A001 to two people, each with an account; an event about one.
fn namesakes(event: &str) -> Project {
    let account = |id: &str, unit: &str| {
        format!(
            "- {{id: {id}, system: net, unit: {unit}, staff: A001, role: general, opened_on: 2026-01-05}}\n"
        )
    };
    Project::new()
        .write("regulations/law/obligations.yaml", EVENT_OF_A_PERSON)
        .write("content/agencies.yaml", "- {id: city, name: 甲}\n- {id: other, name: 乙}\n")
        .write(
            "content/units.yaml",
            "- {id: desk, agency: city, name: 一科, kind: unit, uses: [{system: net, from: 2025-01-01}]}
- {id: far, agency: other, name: 二科, kind: unit, uses: [{system: net, from: 2025-01-01}]}
",
        )
        .write("content/accounts.yaml", account("near-one", "desk") + &account("far-one", "far"))
        .write(
            "content/events.yaml",
            format!("id: v1\nkind: personnel-change\non: 2026-02-05\nstaff: A001\n{event}"),
        )
        .write("content/calendar.yaml", "years: {2026: {holidays: {2026-01-01: 元旦}}}\n")
        .as_of("2026-11-21")
}

#[test]
fn one_code_in_two_agencies_is_two_people() {
    // Nobody can say which of the two it is about.
    namesakes("").run("check").code(1).stderr_has("ambiguous-person");
    let started = |event: &str| -> Vec<String> { namesakes(event).rows().into_keys().collect() };
    assert_eq!(started("agency: other\n"), ["law/told/far-one/v1"]);
    assert_eq!(started("agency: city\n"), ["law/told/near-one/v1"]);
    // A code that one agency alone has needs no agency.
    let moved = namesakes("")
        .write("content/posts.yaml", "id: chief\nagency: city\ntitle: 科長\nstaff: C001\n")
        .write(
            "content/accounts.yaml",
            "- {id: far-one, system: net, unit: far, staff: A001, role: general, opened_on: 2026-01-05}\n",
        );
    assert_eq!(moved.rows().into_keys().collect::<Vec<_>>(), ["law/told/far-one/v1"]);
}

#[test]
fn a_head_of_another_agency_with_the_users_code_is_not_the_user() {
    let rule = "\
- id: apart
  kind: invariant
  clauses: [\"3\"]
  title: 不得自行核准
  scope: account
  of: account
  must: account.approver_staff != account.staff
";
    let holds = |post: &str, count: usize| {
        let project = namesakes("agency: city\n")
            .write("regulations/law/obligations.yaml", format!("{EVENT_OF_A_PERSON}{rule}"))
            .write(
                "content/posts.yaml",
                "- {id: here, agency: city, title: 科長, staff: A001}
- {id: there, agency: other, title: 處長, staff: A001}
",
            )
            .write(
                "content/accounts.yaml",
                format!(
                    "- {{id: near-one, system: net, unit: desk, staff: A001, role: general, \
                     application: {{applied_on: 2026-01-02, approved_on: 2026-01-03, approved_by: {post}}}, \
                     opened_on: 2026-01-05}}\n"
                ),
            );
        counts(&project, count, 1 - count, 0);
    };
    holds("here", 0);
    holds("there", 1);
}
