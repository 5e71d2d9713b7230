//! `diff`, `digest`, `library`, `schema`, `completions`, `man`, `help`, `--color`.

use std::path::Path;
use std::process::Command;

use super::project::Project;

#[test]
fn two_days_of_a_site_differ_by_what_fell_due() {
    let place = Project::new();
    let said = place.run("diff 2026-10-31 115/11/30").code(0);
    // A month's duty falls due at the end of the next one, where the text states no date.
    said.stdout_has("worse    law/check/desk/2026-09: due-soon -> overdue");
    place.run("diff 2026-10-31 2026-11-30 --fail-on-worse").code(3);
    place.run("diff 2026-11-30 2026-11-30 --fail-on-worse").code(0).stdout_has("0 worse");
    let json = place.run("diff 2026-10-31 2026-11-30 --format json").code(0).stdout;
    let value: serde_json::Value = serde_json::from_str(&json).expect("JSON");
    assert_eq!(value["schema"], 1);
    assert!(value["changes"].as_array().is_some_and(|rows| !rows.is_empty()));
    place.run("diff 2026-10-31 2026-11-30 --format markdown").code(0).stdout_has("| worse |");
}

#[test]
fn two_folders_differ_by_their_records() {
    let place = Project::new().as_of("2026-11-20");
    let other = Project::new().write(
        "content/audits.yaml",
        "id: a\nobligation: law/check\nscope: desk\nperiod: 2026-09\ndone_on: 2026-10-10\n",
    );
    let line = format!("diff . {}", other.root().display());
    place.run(&line).code(0).stdout_has("cleared  law/check/desk/2026-09: overdue -> done");
    place.run("diff nowhere .").code(2).stderr_has("no commit of this checkout");
}

/// Runs git in a folder; what it prints.
fn git(folder: &Path, words: &[&str]) -> String {
    let mut command = Command::new("git");
    for setting in ["user.name=desk", "user.email=desk@example.org", "init.defaultBranch=main"] {
        command.args(["-c", setting]);
    }
    let output = command.args(words).current_dir(folder).output().expect("git starts");
    assert!(output.status.success(), "{words:?}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).expect("UTF-8")
}

/// Makes a folder a checkout with all that is in it committed.
fn committed(folder: &Path) {
    git(folder, &["init", "--quiet"]);
    git(folder, &["add", "."]);
    git(folder, &["commit", "--quiet", "-m", "before"]);
}

#[test]
fn two_commits_differ_by_their_records_and_the_checkout_stays() {
    let place = Project::new().as_of("2026-11-20");
    committed(place.root());
    let audit = "id: a\nobligation: law/check\nscope: desk\nperiod: 2026-09\ndone_on: 2026-10-10\n";
    let place = place.write("content/audits.yaml", audit);
    let git = |words: &[&str]| git(place.root(), words);
    let status = git(&["status", "--porcelain"]);
    let cleared = "cleared  law/check/desk/2026-09: overdue -> done";
    place.run("diff main").code(0).stdout_has(cleared);
    place.run("diff HEAD@2026-11-20 .").code(0).stdout_has(cleared);
    place.run("diff main main").code(0).stdout_has("0 worse");
    assert_eq!(git(&["status", "--porcelain"]), status);
    assert_eq!(git(&["worktree", "list"]).lines().count(), 1);
    place.run("diff main~1").code(2).stderr_has("no commit of this checkout");
}

#[test]
fn a_site_below_the_top_of_a_checkout_has_commits_of_its_own_folder() {
    let top = tempfile::tempdir().expect("a folder");
    let site = top.path().join("laws/site");
    std::fs::create_dir_all(&site).expect("a folder");
    for (path, bytes) in Project::new().files("") {
        let file = site.join(path);
        std::fs::create_dir_all(file.parent().expect("a folder")).expect("a folder");
        std::fs::write(file, bytes).expect("written");
    }
    committed(top.path());
    let outcome =
        Project::new().run(&format!("-C {} diff main --format json", site.display())).code(0);
    let value: serde_json::Value = serde_json::from_str(&outcome.stdout).expect("JSON");
    assert_eq!(value["changes"].as_array().map(Vec::len), Some(0), "{value}");
}

#[test]
fn a_digest_says_what_is_late_and_what_comes() {
    let place = Project::new().as_of("2026-11-25");
    place
        .run("digest --unit desk")
        .code(0)
        .stdout_has("一科：民國115年11月25日應辦事項摘要")
        .stdout_has("【逾期及未達規定】")
        .stdout_has("已逾")
        .stdout_has("【七日內到期】1")
        .stdout_has("剩 5 日");
    place.run("digest --format md --agency city").code(0).stdout_has("## 逾期");
    let mail = place.run("digest --format eml --post chief --to a@example.org").code(0).stdout;
    assert!(mail.starts_with("From: ") && mail.contains("\r\nTo: a@example.org\r\n"), "{mail}");
    place.run("digest --unit dsk").code(2).stderr_has("did you mean `desk`");
}

/// Two units with an account each.
fn two_units() -> Project {
    Project::new()
        .write(
            "content/units.yaml",
            "- {id: desk, agency: city, name: 一科, kind: unit, uses: [{system: net, from: 2025-01-01}]}\n\
             - {id: hall, agency: city, name: 二科, kind: unit, uses: [{system: net, from: 2025-01-01}]}\n",
        )
        .write(
            "content/accounts.yaml",
            "- {id: net-a1, system: net, unit: desk, staff: A1, role: general, opened_on: 2025-01-02}\n\
             - {id: net-b1, system: net, unit: hall, staff: B1, role: general, opened_on: 2025-01-02, \
             pledge: {signed_on: 2025-01-01}}\n",
        )
        .as_of("2026-11-25")
}

#[test]
fn a_digest_names_conditions_that_are_breached_of_whom_it_is_for() {
    let rule = "kind: invariant\nscope: account\nmust: account.pledge.signed_on\n";
    let place = two_units().duty(rule);
    place
        .run("digest --unit desk")
        .code(0)
        .stdout_has("【應具備事項不符或無法判定】1\n  查詢系統 A1 義務（第二點）：不符\n");
    place.run("digest --unit hall").code(0).stdout_has("【應具備事項不符或無法判定】0\n  無\n");
    place.run("digest --agency city").code(0).stdout_has("查詢系統 A1");
    place.run("digest").code(0).stdout_has("查詢系統 A1");
}

#[test]
fn a_digest_names_what_was_destroyed_before_its_day() {
    // Kept for a year from 2025-12-10: to be destroyed from 2026-12-11 on.
    let audit = "{id: a1, obligation: law/check, scope: desk, period: 2025-11, done_on: 2025-12-10, \
                 destroyed: {on: 2026-03-01}}\n";
    let place = two_units().write("content/audits.yaml", audit);
    place
        .run("digest --unit desk")
        .code(0)
        .stdout_has("【提前或未經核可銷毀】1\n  一科 保存一年（a1，第三點）115-03-01：提前銷毀\n");
    place.run("digest --unit hall").code(0).stdout_has("【提前或未經核可銷毀】0\n");
}

#[test]
fn a_regulation_of_the_library_can_be_ejected_and_what_differs_is_named() {
    let place = Project::empty();
    place.run("init --yes").code(0);
    place.run("library").code(0).stdout_has("used");
    let id = "taipei-cadastral";
    place.run(&format!("library eject {id}")).code(0);
    place.run("check --fail-on warning").code(0);
    place.run("library list").code(0).stdout_has("held ").stderr_lacks("differs");
    place.run(&format!("library eject {id}")).code(2).stderr_has("there already");
    let path = format!("regulations/{id}/clauses.yaml");
    let text = String::from_utf8(place.files(".")[&path].clone()).expect("UTF-8");
    let place = place.write(&path, text + "\n# 本機關註記\n");
    place.run("library").code(0).stdout_has("held-changed").stderr_has("clauses.yaml");
    place.run("library eject none").code(2);
}

#[test]
fn every_subject_has_a_schema_that_is_json() {
    let place = Project::new();
    let list = place.run("schema").code(0).stdout;
    assert!(list.lines().count() >= 26, "{list}");
    for line in list.lines() {
        let name = line.split_whitespace().next().expect("a name");
        let text = place.run(&format!("schema {name}")).code(0).stdout;
        let value: serde_json::Value = serde_json::from_str(&text).expect("JSON");
        assert!(value["$schema"].as_str().is_some_and(|draft| draft.contains("draft")), "{name}");
    }
    place.run("schema accuont").code(2).stderr_has("did you mean `account`");
}

#[test]
fn help_completions_and_man_are_there() {
    let place = Project::new();
    place.run("help status").code(0).stdout_has("--regulation");
    place.run("help import accounts").code(0).stdout_has("--write");
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        place.run(&format!("completions {shell}")).code(0).stdout_has("clausebook");
    }
    place.run("man").code(0).stdout_has(".TH clausebook");
    place.run("man import").code(0).stdout_has("accounts");
    place.run("man nothing").code(2);
}

#[test]
fn colour_is_as_asked() {
    let place = Project::new().write("content/units.yaml", "id: A\n");
    let is_coloured = |text: &str| text.contains('\u{1b}');
    assert!(!is_coloured(&place.run("check").stderr));
    assert!(is_coloured(&place.run("check --color always").stderr));
    let place = place.env("CLICOLOR_FORCE", "1");
    assert!(is_coloured(&place.run("check").stderr));
    assert!(!is_coloured(&place.run("check --color never").stderr));
    let place = place.env("NO_COLOR", "1");
    assert!(!is_coloured(&place.run("check").stderr));
}
