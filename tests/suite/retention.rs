//! How long papers and logs are kept: the first and last day of each state, and which rule governs.

use clausebook::assess::{KeptRecord, KeptState, assess};
use clausebook::model::{Model, Named, Scope};
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
        KeptRecord::Usage(id) => model.usage[id].slug(),
        other => other.slug(model),
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

/// A duty of each kind that leaves papers, and one rule that keeps them.
fn rules_keeping(what: &str, from: &str) -> String {
    format!(
        "- {{id: audit, kind: periodic, clauses: [\"2\"], title: 每月抽查, scope: unit, every: month, due: [{{on: site-default}}]}}\n\
         - {{id: report, kind: periodic, clauses: [\"2\"], title: 每月函報, scope: unit, every: month, answered_by: submission, to: 主管機關, due: [{{on: site-default}}]}}\n\
         - {{id: handle, kind: event, clauses: [\"2\"], title: 事故處理, scope: unit, event: incident, answer: handled, deadline: {{within: 5 days}}}}\n\
         - {{id: keep, kind: retention, clauses: [\"3\"], title: 保存一年, scope: unit, keep: {{what: {what}, for: 1 year, from: {from}, approval: 科長}}}}\n"
    )
}

fn site_keeping(what: &str, from: &str) -> Project {
    site().write("regulations/law/obligations.yaml", rules_keeping(what, from))
}

#[test]
fn papers_of_every_kind_are_kept_from_the_day_the_clause_names() {
    // A year from 2025-03-10 ends on 2026-03-10 (行政程序法第48條: the first day does not count).
    let done = "2025-03-10";
    let evidence = format!("id: paper\ntitle: 文件\ndocument: 府一字第1號\nreceived_on: {done}\n");
    let audit =
        "id: a1\nobligation: law/audit\nscope: desk\nperiod: 2025-02\ndone_on: 2025-03-01\n";
    let cases: [(&str, &str, &str, &str); 10] = [
        (
            "waivers",
            "approval",
            "id: one\nobligation: law/audit\nscope: desk\nreason: 系統移轉\nbasis: 函\nfrom: 2025-02-28\nuntil: 2025-04-30\n\
             approved: {on: DAY, by: chief}\nevidence: [paper]\n",
            "one",
        ),
        (
            "waivers",
            "period-end",
            "id: one\nobligation: law/audit\nscope: desk\nreason: 系統移轉\nbasis: 函\nfrom: 2025-02-28\nuntil: DAY\n\
             approved: {on: 2025-02-01, by: chief}\n",
            "one",
        ),
        (
            "submissions",
            "completion",
            "id: one\nobligation: law/report\nscope: desk\nperiod: 2025-02\nsent_on: DAY\nto: 主管機關\nevidence: [paper]\n",
            "one",
        ),
        (
            "submissions",
            "approval",
            "id: one\nobligation: law/report\nscope: desk\nperiod: 2025-02\nsent_on: 2025-03-02\nto: 主管機關\n\
             approved: {on: DAY, party: 主管機關, document: 函1}\n",
            "one",
        ),
        (
            "events",
            "completion",
            "id: one\nkind: incident\non: 2025-03-01\nunit: desk\nanswers:\n- {what: handled, on: 2025-03-05}\n\
             - {what: handled, on: DAY, evidence: [paper]}\n",
            "one",
        ),
        (
            "events",
            "approval",
            "id: one\nkind: incident\non: 2025-03-01\nunit: desk\nanswers:\n\
             - {what: handled, on: 2025-03-05, approved: {on: DAY, by: chief}}\n",
            "one",
        ),
        (
            "findings",
            "closing",
            "id: one\naudit: a1\ntitle: 缺失\ngrade: minor\nfound_on: 2025-03-01\nclosed_on: DAY\nevidence: [paper]\n",
            "one",
        ),
        (
            "trainings",
            "completion",
            "id: one\npost: chief\non: DAY\nhours: 3\ntitle: 研習\nevidence: [paper]\n",
            "one",
        ),
        (
            "contractors",
            "period-end",
            "id: one\nname: 廠商\nagency: city\nsystems: [net]\nfrom: 2024-01-01\nuntil: DAY\n\
             agreement: {signed_on: 2024-01-01, evidence: paper}\n",
            "one",
        ),
        (
            "usage",
            "period-end",
            "unit: desk\nsystem: net\nmonth: 2025-02\nqueries: 1\nactive_users: 1\ntotal_users: 1\n",
            "desk/net/2025-02",
        ),
    ];
    for (what, from, record, slug) in cases {
        let usage = what == "usage";
        let free = if usage { "2026-03-01" } else { "2026-03-11" };
        let with = |destroyed: &str| {
            let text = format!("{}{destroyed}", record.replace("DAY", done));
            let mut site = site_keeping(what, from).write(&format!("content/{what}.yaml"), text);
            if what == "findings" {
                site = site.write("content/audits.yaml", audit);
            }
            if record.contains("paper") {
                site = site.write("content/evidence.yaml", &evidence);
            }
            site
        };
        let expected = |state| (state, "keep".to_owned(), free.to_owned());
        let there = with("");
        let last = if usage { "2026-02-28" } else { "2026-03-10" };
        assert_eq!(kept(&there, slug, last), expected(KeptState::Keep), "{what} {from}");
        assert_eq!(kept(&there, slug, free), expected(KeptState::MayBeDestroyed), "{what} {from}");
        if record.contains("paper") {
            // Evidence is kept as long as the record it proves.
            assert_eq!(kept(&there, "paper", last), expected(KeptState::Keep), "{what} {from}");
        }
        for (destroyed, state) in [
            (
                format!("destroyed: {{on: {last}, approved_by: chief}}\n"),
                KeptState::DestroyedTooEarly,
            ),
            (format!("destroyed: {{on: {free}, approved_by: chief}}\n"), KeptState::Destroyed),
            (format!("destroyed: {{on: {free}}}\n"), KeptState::DestroyedUnapproved),
            // Nobody approves what they did themselves.
            (
                format!("destroyed: {{on: {free}, by: chief, approved_by: chief}}\n"),
                KeptState::DestroyedUnapproved,
            ),
        ] {
            assert_eq!(
                kept(&with(&destroyed), slug, "2026-06-01").0,
                state,
                "{what} {from} {destroyed}"
            );
        }
        // What is to be destroyed later is still there.
        let later = with("destroyed: {on: 2026-06-02}\n");
        assert_eq!(kept(&later, slug, "2026-06-01").0, KeptState::MayBeDestroyed, "{what} {from}");
    }
}

#[test]
fn the_time_of_what_is_not_finished_has_not_begun() {
    for (what, from, record) in [
        ("events", "completion", "id: one\nkind: incident\non: 2025-03-01\nunit: desk\n"),
        (
            "contractors",
            "period-end",
            "id: one\nname: 廠商\nagency: city\nsystems: [net]\nfrom: 2024-01-01\n",
        ),
    ] {
        let site = site_keeping(what, from).write(&format!("content/{what}.yaml"), record);
        let expected = (KeptState::Keep, "keep".to_owned(), String::new());
        assert_eq!(kept(&site, "one", "2035-01-01"), expected, "{what}");
    }
}

#[test]
fn only_papers_of_the_duties_a_rule_names_are_kept() {
    let rules = rules_keeping("events", "completion")
        + "- {id: tell, kind: event, clauses: [\"2\"], title: 異動通知, scope: unit, event: change, answer: told, deadline: {within: 5 days}}\n";
    let rules = rules.replace("what: events,", "what: events, answering: [tell],");
    let events = "- {id: one, kind: incident, on: 2025-03-01, unit: desk, answers: [{what: handled, on: 2025-03-05}]}\n\
                  - {id: two, kind: change, on: 2025-03-01, unit: desk, answers: [{what: told, on: 2025-03-05}]}\n";
    let site = site()
        .write("regulations/law/obligations.yaml", rules)
        .write("content/events.yaml", events);
    let inputs = pipeline::load(site.root()).expect("the site can be read");
    assert!(inputs.are_sound(), "{:?}", inputs.diagnostics);
    let assessment = assess(&inputs.model.known_on(parse_day("2025-06-01").expect("a day")));
    let names: Vec<&str> =
        assessment.retention.iter().map(|kept| name(&inputs.model, kept.record)).collect();
    assert_eq!(names, ["two"]);
}

#[test]
fn a_rule_keeps_from_a_day_that_its_papers_have() {
    for (keep, what) in [
        ("{what: trainings, for: 1 year, from: approval}", "trainings: completion;"),
        ("{what: findings, for: 1 year, from: completion}", "findings: closing;"),
        ("{what: endpoints, for: 1 year, from: completion}", "was destroyed cannot be recorded"),
        (
            "{what: trainings, answering: [audit], for: 1 year, from: completion}",
            "trainings answer no duties",
        ),
    ] {
        let rules = rules_keeping("events", "completion");
        let at = rules.rfind("keep: {").expect("is there");
        let rules = format!("{}keep: {keep}}}\n", &rules[..at]);
        let site = site().write("regulations/law/obligations.yaml", rules);
        let outcome = site.run("check").code(1);
        assert!(outcome.stderr.contains(what), "{keep}: {}", outcome.stderr);
    }
}

#[test]
fn a_test_may_give_the_day_alone_for_papers_of_every_kind() {
    for (what, from, ends) in [
        ("audits", "completion", "2026-03-10"),
        ("submissions", "completion", "2026-03-10"),
        ("submissions", "approval", "2026-03-10"),
        ("submissions", "period-end", "2026-03-31"),
        ("findings", "closing", "2026-03-10"),
        ("events", "completion", "2026-03-10"),
        ("events", "approval", "2026-03-10"),
        ("trainings", "completion", "2026-03-10"),
        ("contractors", "period-end", "2026-03-10"),
        ("waivers", "approval", "2026-03-10"),
        ("waivers", "period-end", "2026-03-10"),
    ] {
        let site = |ends: &str| {
            site_keeping(what, from).write(
                "regulations/law/tests.yaml",
                format!("- {{of: keep, days: {{2025-03-10: {ends}}}, by: 承辦}}\n"),
            )
        };
        let outcome = site(ends).run("test law/keep");
        assert_eq!(outcome.exit(), Some(0), "{what} {from}: {}{}", outcome.stdout, outcome.stderr);
        let outcome = site("2026-03-12").run("test law/keep");
        assert_eq!(outcome.exit(), Some(1), "{what} {from}: {}{}", outcome.stdout, outcome.stderr);
    }
}

#[test]
fn a_paper_lies_with_the_record_that_is_kept() {
    // The pledge was also sent; only the forms of accounts are kept, so that it lies with the account.
    let rules =
        rules_keeping("accounts", "cancellation").replace("approval: 科長", "approval: 處長");
    let account = "id: u1\nsystem: net\nunit: desk\nstaff: S1\nrole: general\nopened_on: 2025-06-01\n\
                   application: {applied_on: 2025-03-01}\npledge: {signed_on: 2025-03-10, evidence: paper}\n";
    let sent = "id: s1\nobligation: law/report\nscope: desk\nperiod: 2025-02\nsent_on: 2025-03-11\n\
                to: 主管機關\nevidence: [paper]\n";
    let paper = "id: paper\ntitle: 切結書\ndocument: 府一字第1號\nreceived_on: 2025-03-10\n";
    let site = site()
        .write("regulations/law/obligations.yaml", rules)
        .write("content/accounts.yaml", account)
        .write("content/submissions.yaml", sent)
        .write("content/evidence.yaml", paper);
    let inputs = pipeline::load(site.root()).expect("the site can be read");
    assert!(inputs.are_sound(), "{:?}", inputs.diagnostics);
    // Before the account is opened there is no row of it, but its pledge is kept already.
    for (as_of, rows) in [("2025-04-01", 1), ("2025-07-01", 2)] {
        let assessment = assess(&inputs.model.known_on(parse_day(as_of).expect("a day")));
        assert_eq!(assessment.retention.len(), rows, "{as_of}");
        let kept = assessment.retention.last().expect("the paper");
        assert!(matches!(kept.record, KeptRecord::Evidence(_)), "{as_of}");
        assert!(matches!(kept.scope, Scope::Account(_)), "{as_of}: {:?}", kept.scope);
    }
}

#[test]
fn the_approval_of_leave_is_kept_by_the_rules_that_name_its_duty() {
    let rules = |answering: &str| {
        rules_keeping("waivers", "approval")
            .replace("what: waivers,", &format!("what: waivers, answering: [{answering}],"))
    };
    let waiver = "id: one\nobligation: law/audit\nscope: desk\nreason: 系統移轉\nbasis: 函\nfrom: 2025-02-28\nuntil: 2025-04-30\n\
                  approved: {on: 2025-03-10, by: chief}\n";
    let kept_by = |answering: &str| {
        let site = site()
            .write("regulations/law/obligations.yaml", rules(answering))
            .write("content/waivers.yaml", waiver);
        site.run("check").code(0);
        let inputs = pipeline::load(site.root()).expect("the site can be read");
        let assessment = assess(&inputs.model.known_on(parse_day("2025-06-01").expect("a day")));
        assessment.retention.len()
    };
    // Leave may be given not to do an event duty, too.
    assert_eq!((kept_by("audit"), kept_by("report, handle")), (1, 0));
    let built = site()
        .write("regulations/law/obligations.yaml", rules("audit"))
        .write("content/waivers.yaml", waiver)
        .as_of("2026-03-11");
    built.run("build").code(0);
    let pages = built.files("public");
    let page = str::from_utf8(&pages["retention/index.html"]).expect("UTF-8");
    assert!(page.contains("豁免核准文件"), "{page}");
}
