//! How long papers and logs are kept: the first and last day of each state, and which rule governs.

use clausebook::assess::{KeptRecord, KeptState, assess};
use clausebook::model::{Model, Named};
use clausebook::pipeline;
use clausebook::time::parse_day;

use super::project::{CHECK, Project};

/// What is kept, beside the duty `check`.
const KEPT: &str = "\
- id: keep-audits
  kind: retention
  clauses: [\"3\"]
  title: 稽核紀錄保存一年
  scope: unit
  keep: {what: audits, answering: [check], for: 1 year, from: completion, approval: 科長}
- id: keep-forms
  kind: retention
  clauses: [\"3\"]
  title: 申請表於註銷後保存一年
  scope: account
  keep: {what: accounts, for: 1 year, from: cancellation}
- id: keep-logs
  kind: retention
  clauses: [\"3\"]
  title: 使用紀錄保存三年
  scope: unit
  keep: {what: usage, for: 3 years, from: period-end}
- id: keep-logs-longer
  kind: retention
  clauses: [\"3\"]
  title: 使用紀錄保存五年
  scope: unit
  keep: {what: usage, for: 5 years, from: period-end}
- id: keep-register
  kind: retention
  clauses: [\"3\"]
  title: 登記簿保存一年
  scope: unit
  keep: {what: transfers, for: 1 year, from: completion, approval: 科長}
";

fn site() -> Project {
    Project::new()
        .duties(&[CHECK, KEPT])
        .write("content/roles.yaml", "{id: head, title: 主管, reach: unit, parties: [科長]}\n")
        .write(
            "content/posts.yaml",
            "id: chief\nagency: city\ntitle: 科長\nstaff: A001\nroles: [head]\n",
        )
}

/// The state of the one kept record whose slug begins so, the rule that governs, and the first day
/// on which it may be destroyed.
fn kept(project: &Project, slug: &str, as_of: &str) -> (KeptState, String, String) {
    let inputs = pipeline::load(project.root()).expect("the site can be read");
    assert!(inputs.are_sound(), "{:?}", inputs.diagnostics);
    let model = &inputs.model;
    let assessment = assess(&model.known_on(parse_day(as_of).expect("a day")));
    let name = |record: KeptRecord| name(model, record);
    let one = assessment.retention.iter().find(|kept| name(kept.record).starts_with(slug));
    let one = one.unwrap_or_else(|| panic!("`{slug}` is not kept as of {as_of}"));
    let rule = model.obligations[one.governing().obligation].slug.clone();
    (one.state, rule, one.free_on().map(|day| day.to_string()).unwrap_or_default())
}

fn name(model: &Model, record: KeptRecord) -> &str {
    match record {
        KeptRecord::Audit(id) => model.audits[id].slug(),
        KeptRecord::Account(id) => model.accounts[id].slug(),
        KeptRecord::Usage(id) => model.usage[id].slug(),
        KeptRecord::Entry(id) => model.entries[id].slug(),
        KeptRecord::Evidence(id) => model.evidence[id].slug(),
    }
}

fn audit(destroyed: &str) -> String {
    format!(
        "id: a1\nobligation: law/check\nscope: desk\nperiod: 2025-01\ndone_on: 2025-02-28\n{destroyed}"
    )
}

#[test]
fn a_paper_is_kept_through_its_last_day_and_free_on_the_next() {
    let site = site().write("content/audits.yaml", audit(""));
    for (as_of, state) in [
        ("2025-02-28", KeptState::Keep),
        ("2026-02-28", KeptState::Keep),
        ("2026-03-01", KeptState::MayBeDestroyed),
    ] {
        let expected = (state, "keep-audits".to_owned(), "2026-03-01".to_owned());
        assert_eq!(kept(&site, "a1", as_of), expected, "{as_of}");
    }
}

#[test]
fn destruction_is_judged_by_the_day_and_the_approval() {
    for (destroyed, as_of, state) in [
        (
            "destroyed: {on: 2026-02-28, approved_by: chief}\n",
            "2026-06-01",
            KeptState::DestroyedTooEarly,
        ),
        ("destroyed: {on: 2026-03-01, approved_by: chief}\n", "2026-06-01", KeptState::Destroyed),
        ("destroyed: {on: 2026-03-01}\n", "2026-06-01", KeptState::DestroyedUnapproved),
        // What is to be destroyed later is still there.
        ("destroyed: {on: 2026-06-02}\n", "2026-06-01", KeptState::MayBeDestroyed),
    ] {
        let site = site().write("content/audits.yaml", audit(destroyed));
        assert_eq!(kept(&site, "a1", as_of).0, state, "{destroyed}");
    }
}

#[test]
fn forms_are_kept_without_end_until_the_account_is_cancelled() {
    let account = |cancelled: &str| {
        format!(
            "id: u1\nsystem: net\nunit: desk\nstaff: S1\nrole: general\nopened_on: 2025-01-02\n{cancelled}"
        )
    };
    let open = site().write("content/accounts.yaml", account(""));
    assert_eq!(kept(&open, "u1", "2035-01-01"), (KeptState::Keep, "keep-forms".into(), "".into()));
    let cancelled = site().write("content/accounts.yaml", account("cancelled_on: 2025-05-31\n"));
    assert_eq!(kept(&cancelled, "u1", "2025-05-30").2, "", "not cancelled yet");
    assert_eq!(kept(&cancelled, "u1", "2026-05-31").0, KeptState::Keep);
    assert_eq!(kept(&cancelled, "u1", "2026-06-01").0, KeptState::MayBeDestroyed);
}

#[test]
fn the_longest_of_several_rules_governs() {
    let usage =
        "{unit: desk, system: net, month: 2025-02, queries: 1, active_users: 1, total_users: 1}";
    let site = site().write("content/usage.yaml", usage);
    let expected = (KeptState::Keep, "keep-logs-longer".to_owned(), "2030-03-01".to_owned());
    assert_eq!(kept(&site, "desk/", "2028-03-01"), expected);
    assert_eq!(kept(&site, "desk/", "2030-03-01").0, KeptState::MayBeDestroyed);
}

#[test]
fn register_entries_of_transfers_are_kept() {
    let entry = "id: t1\nunit: desk\nsystem: net\nnotified_on: 2025-01-10\n";
    let site = site().write("content/transfers.yaml", entry);
    assert_eq!(
        kept(&site, "t1", "2025-06-01"),
        (KeptState::Keep, "keep-register".into(), "2026-01-11".into())
    );
}

/// The site with another rule for the papers of audits.
fn kept_so(keep: &str) -> Project {
    let rule =
        "keep: {what: audits, answering: [check], for: 1 year, from: completion, approval: 科長}";
    assert!(KEPT.contains(rule));
    Project::new().duties(&[CHECK, &KEPT.replace(rule, keep)])
}

#[test]
fn papers_kept_after_the_approval_have_no_end_without_one() {
    let keep = "keep: {what: audits, for: 1 year, from: approval}";
    let site = |approved: &str| kept_so(keep).write("content/audits.yaml", audit(approved));
    let none = (KeptState::Keep, "keep-audits".to_owned(), String::new());
    assert_eq!(kept(&site(""), "a1", "2040-01-01"), none);
    let approved = "approved: {on: 2025-04-30, by: chief}\n";
    assert_eq!(kept(&site(approved), "a1", "2025-04-29"), none, "not yet approved");
    for (as_of, state) in
        [("2026-04-30", KeptState::Keep), ("2026-05-01", KeptState::MayBeDestroyed)]
    {
        let expected = (state, "keep-audits".to_owned(), "2026-05-01".to_owned());
        assert_eq!(kept(&site(approved), "a1", as_of), expected, "{as_of}");
    }
    // A year from the audit is over, a year from the approval is not.
    for (destroyed, state) in [
        ("destroyed: {on: 2026-04-30}\n", KeptState::DestroyedTooEarly),
        ("destroyed: {on: 2026-05-01}\n", KeptState::Destroyed),
    ] {
        let site = site(&format!("{approved}{destroyed}"));
        assert_eq!(kept(&site, "a1", "2026-06-01").0, state, "{destroyed}");
    }
    let early = site("destroyed: {on: 2030-01-01}\n");
    assert_eq!(kept(&early, "a1", "2030-01-02").0, KeptState::DestroyedTooEarly, "never approved");
}

#[test]
fn another_laws_term_is_not_invented() {
    let site = |more: &str| {
        kept_so("keep: {what: audits, under: 檔案法, from: completion}")
            .write("content/audits.yaml", audit(more))
    };
    let expected = (KeptState::Keep, "keep-audits".to_owned(), String::new());
    assert_eq!(kept(&site(""), "a1", "2060-01-01"), expected);
    let destroyed = site("destroyed: {on: 2026-01-01}\n");
    assert_eq!(kept(&destroyed, "a1", "2026-01-02").0, KeptState::Unknown, "never a pass");
}

/// 永久保存: on no day may it be destroyed, whoever approves it; a shorter rule beside it frees nothing.
#[test]
fn what_is_kept_always_is_never_free() {
    let site = |more: &str| {
        kept_so("keep: {what: audits, permanent: true, from: completion}")
            .write("content/audits.yaml", audit(more))
    };
    let expected = (KeptState::Keep, "keep-audits".to_owned(), String::new());
    assert_eq!(kept(&site(""), "a1", "2125-01-01"), expected);
    let destroyed = site("destroyed: {on: 2124-01-01, approved_by: chief}\n");
    assert_eq!(kept(&destroyed, "a1", "2125-01-01").0, KeptState::DestroyedTooEarly);
    let listed = site("").as_of("2027-01-01");
    listed.run("build").code(0);
    let page = std::fs::read_to_string(listed.root().join("public/audits/a1.html"));
    assert!(page.expect("the page").contains("永久保存"));
    let twice = kept_so("keep: {what: audits, permanent: true, for: 1 year, from: completion}");
    twice.run("check").code(1).stdout_or_stderr("not stated once");
}

#[test]
fn evidence_is_kept_as_long_as_what_it_proves() {
    let evidence = |more: &str| {
        site().write("content/audits.yaml", audit("evidence: [paper]\n")).write(
            "content/evidence.yaml",
            format!("id: paper\ntitle: 抽查表\nreceived_on: 2025-03-01\ndocument: 字第1號\n{more}"),
        )
    };
    for (as_of, state) in
        [("2026-02-28", KeptState::Keep), ("2026-03-01", KeptState::MayBeDestroyed)]
    {
        let expected = (state, "keep-audits".to_owned(), "2026-03-01".to_owned());
        assert_eq!(kept(&evidence(""), "paper", as_of), expected, "{as_of}");
    }
    let early = evidence("destroyed: {on: 2026-02-28, approved_by: chief}\n");
    assert_eq!(kept(&early, "paper", "2026-03-05").0, KeptState::DestroyedTooEarly);
    assert_eq!(kept(&early, "a1", "2026-03-05").0, KeptState::MayBeDestroyed, "the rest is there");
}
