//! The guide in Chinese: every command in it runs, in order, in an empty folder of its own; its
//! blocks are the files they are named after; its links lead somewhere; the program itself makes a
//! site of it; and the reference of keys is what the program reads.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use super::project::{Project, repository};

/// The pages of the guide, and the README, with their texts.
fn guide() -> Vec<(String, String)> {
    let folder = repository().join("docs/zh-Hant");
    let mut pages: Vec<(String, String)> = fs::read_dir(&folder)
        .expect("the guide")
        .map(|entry| {
            let path = entry.expect("lists").path();
            let name = path.file_name().expect("a name").to_string_lossy().into_owned();
            (name, fs::read_to_string(&path).expect("UTF-8"))
        })
        .collect();
    pages.sort();
    let readme = fs::read_to_string(repository().join("README.zh-Hant-TW.md")).expect("the README");
    pages.push(("README.zh-Hant-TW.md".to_owned(), readme));
    pages
}

/// Code blocks with what stands behind the fence.
fn blocks(text: &str) -> Vec<(String, String)> {
    let mut found = Vec::new();
    let mut open: Option<(String, String)> = None;
    for line in text.lines() {
        match (line.strip_prefix("```"), open.take()) {
            (Some(mark), None) => open = Some((mark.to_owned(), String::new())),
            (Some(_), Some(block)) => found.push(block),
            (None, Some((mark, body))) => open = Some((mark, body + line + "\n")),
            (None, None) => {}
        }
    }
    found
}

/// Runs the blocks of a page one after the other, in an empty folder.
fn run(page: &str, text: &str) -> usize {
    let place = Project::empty();
    let mut here: PathBuf = place.root().to_owned();
    let mut commands = 0;
    for (mark, body) in blocks(text) {
        match mark.split_once(' ') {
            Some((_, file)) => {
                let path = here.join(file);
                fs::create_dir_all(path.parent().expect("is below")).expect("creates");
                fs::write(path, body).expect("writes");
            }
            None if mark == "sh" => {
                for line in body.lines() {
                    if let Some(folder) = line.strip_prefix("cd ") {
                        here = here.join(folder);
                        continue;
                    }
                    command(page, line, &here);
                    commands += 1;
                }
            }
            None => assert_eq!(mark, "text", "{page}: a block nobody tests"),
        }
    }
    commands
}

fn command(page: &str, line: &str, here: &Path) {
    let (words, code) = match line.split_once("# 結束碼 ") {
        Some((words, code)) => (words, code.trim().parse().expect("a code")),
        None => (line, 0),
    };
    let mut words = words.split_whitespace();
    assert_eq!(words.next(), Some("clausebook"), "{page}: {line}");
    let output = Command::new(env!("CARGO_BIN_EXE_clausebook"))
        .args(words)
        .args(["--as-of", "2026-11-28"])
        .current_dir(here)
        .output()
        .expect("the program starts");
    let said = String::from_utf8_lossy(&output.stderr);
    let data = String::from_utf8_lossy(&output.stdout);
    assert_eq!(output.status.code(), Some(code), "{page}: {line}\n{data}\n{said}");
}

#[test]
#[ignore = "slow: the gate runs it in release"]
fn every_command_of_the_guide_runs() {
    let mut commands = 0;
    for (page, text) in guide() {
        commands += run(&page, &text);
    }
    assert!(commands >= 40, "{commands}");
}

#[test]
fn following_the_guide_gives_a_site_with_what_it_promises() {
    let (_, text) =
        guide().into_iter().find(|(page, _)| page == "start.md").expect("the first page");
    let hand: usize = blocks(&text)
        .iter()
        .filter(|(mark, _)| mark.contains(' '))
        .map(|(_, body)| body.lines().count())
        .sum();
    assert!(hand <= 60, "{hand} lines are written by hand");
    for part in
        ["new audit --for", "new finding", "new evidence", "import accounts", "import usage"]
    {
        assert!(text.contains(part), "{part}");
    }
}

/// The judged scenario: by the commands of the first page alone, with thirty accounts from an XLSX
/// and a year of usage from an ODS in place of the page's short lists.
#[test]
#[ignore = "slow: the gate runs it in release"]
fn an_own_agency_with_its_sheets_is_a_sound_site_by_the_guide_alone() {
    let (page, text) =
        guide().into_iter().find(|(page, _)| page == "start.md").expect("the first page");
    let place = Project::empty();
    let mut here = place.root().to_owned();
    let mut by_hand = 0;
    for (mark, body) in blocks(&text) {
        if let Some((_, file)) = mark.split_once(' ') {
            let (name, bytes) = match file {
                "accounts.csv" => ("accounts.xlsx", accounts_sheet()),
                "usage.csv" => ("usage.ods", usage_sheet()),
                file => {
                    by_hand += body.lines().count();
                    (file, body.into_bytes())
                }
            };
            fs::write(here.join(name), bytes).expect("writes");
            continue;
        }
        for line in body.lines() {
            if let Some(folder) = line.strip_prefix("cd ") {
                here = here.join(folder);
                continue;
            }
            let line = line.replace("accounts.csv", "accounts.xlsx");
            command(&page, &line.replace("usage.csv", "usage.ods"), &here);
        }
    }
    assert!(by_hand <= 60, "{by_hand}");
    let run = |line: &str| {
        let output = Command::new(env!("CARGO_BIN_EXE_clausebook"))
            .args(line.split(' '))
            .args(["--as-of", "2026-11-28"])
            .current_dir(&here)
            .output()
            .expect("the program starts");
        assert!(output.status.success(), "{line}\n{}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8_lossy(&output.stdout).into_owned()
    };
    run("check --fail-on warning");
    assert_eq!(run("export csv accounts").matches("\r\ncloud-").count(), 30);
    assert!(run("export csv usage").contains("合計 24,"));
    let done = run("status --unit reg --status done");
    for period in ["2026-Q1", "2026-Q2", "2026-Q3"] {
        let id = format!("taipei-cadastral/unit-audit/reg/{period}");
        assert!(done.contains(&id), "{id} is not done\n{done}");
    }
    assert!(here.join("public/findings/finding-001.html").is_file());
    // Nothing of the people's names has come in.
    let records = fs::read_to_string(here.join("content/accounts.yaml")).expect("reads");
    assert!(!records.contains('王'));
}

/// Thirty accounts of two units, as a spreadsheet program keeps them.
fn accounts_sheet() -> Vec<u8> {
    let mut book = rust_xlsxwriter::Workbook::new();
    let sheet = book.add_worksheet();
    let head = [
        "單位",
        "員工代碼",
        "姓名",
        "權限",
        "申請日期",
        "核准日期",
        "核准職務",
        "切結日期",
        "啟用日期",
    ];
    for (column, heading) in (0..).zip(head) {
        sheet.write_string(0, column, heading).expect("writes");
    }
    for number in 0..30_u32 {
        let (unit, role) = match number {
            0 => ("登記課", "單位管理者"),
            1..18 => ("登記課", "一般使用者"),
            18 => ("地價課", "單位管理者"),
            _ => ("地價課", "一般使用者"),
        };
        let staff = format!("L-{}", 1001 + number);
        let cells = [
            unit,
            &staff,
            "王○明",
            role,
            "114/10/20",
            "1141025",
            "局長",
            "114.10.20",
            "民國114年11月1日",
        ];
        for (column, text) in (0..).zip(cells) {
            sheet.write_string(number + 1, column, text).expect("writes");
        }
    }
    book.save_to_buffer().expect("a workbook")
}

/// A year of usage of two units.
fn usage_sheet() -> Vec<u8> {
    use super::sheets_odd::{ods, row};
    let mut rows = row(&["單位", "月份", "查詢筆數", "使用人數", "帳號數"]);
    for (unit, users) in [("登記課", "18"), ("地價課", "12")] {
        for month in 0..12 {
            let (year, month) = if month < 2 { (114, month + 11) } else { (115, month - 1) };
            let queries = (100 + 7 * month).to_string();
            rows += &row(&[unit, &format!("{year}/{month:02}"), &queries, users, users]);
        }
    }
    ods(&rows)
}

#[test]
fn every_link_of_the_guide_leads_somewhere() {
    for (page, text) in guide() {
        let folder = if page.starts_with("README") { "" } else { "docs/zh-Hant" };
        for rest in text.split("](").skip(1) {
            let address = rest.split(')').next().unwrap_or_default();
            if address.contains("://") {
                continue;
            }
            let path =
                repository().join(folder).join(address.split('#').next().unwrap_or_default());
            assert!(path.exists(), "{page}: {address}");
        }
    }
}

#[test]
#[ignore = "slow: the gate runs it in release"]
fn the_program_makes_a_site_of_the_guide() {
    let place = Project::empty();
    place.run("init --yes").code(0);
    for (page, text) in guide().into_iter().filter(|(page, _)| !page.starts_with("README")) {
        // What lies outside the guide has no page.
        let text = text
            .replace("[rules.md](../rules.md)", "rules.md")
            .replace("[tests.md](../tests.md)", "tests.md");
        fs::write(place.root().join("content/pages").join(page), text).expect("writes");
    }
    place.run("check --fail-on warning").code(0);
    place.run("build").code(0);
    for (page, _) in guide().into_iter().filter(|(page, _)| !page.starts_with("README")) {
        let page = format!("public/pages/{}", page.replace(".md", ".html"));
        assert!(place.root().join(&page).is_file(), "{page}");
    }
}

#[test]
fn the_reference_of_keys_is_what_the_program_reads() {
    let path = repository().join("docs/zh-Hant/reference.md");
    let made = clausebook::parse::reference::markdown_zh();
    if std::env::var_os("UPDATE_EXPECTED").is_some() {
        fs::write(&path, &made).expect("writes");
    }
    let written = fs::read_to_string(&path).unwrap_or_default();
    assert!(
        written == made,
        "docs/zh-Hant/reference.md is stale: run the tests with UPDATE_EXPECTED=1"
    );
}
