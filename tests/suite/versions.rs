//! Texts that change: by which version a period is judged, what the page of a difference says,
//! and rules that are suspect until somebody has read them again.

use super::project::Project;

const OLD: &str =
    "測試規定\n一、為測試，訂定本規定。\n二、各單位每月抽查百分之五。\n三、紀錄保存一年。\n";
const NEW: &str = "測試規定\n一、為測試，訂定本規定。\n二、各單位每月抽查百分之六。\n三、紀錄保存一年。\n四、附則。\n";

const HEAD: &str = "\
id: law
name: 測試規定
versions:
- {id: \"2021-02-22\", text: old.txt, in_force: 2021-02-22}
- {id: \"2024-07-01\", text: new.txt, in_force: 2024-07-01}
";

/// Both duties, written for `version`, and `more` lines under the first.
fn rules(project: Project, version: &str, more: &str) -> Project {
    let (check, keep) = match version {
        "2021-02-22" => (print("各單位每月抽查百分之五。"), print("紀錄保存一年。")),
        _ => (print("各單位每月抽查百分之六。"), print("紀錄保存一年。")),
    };
    project.write(
        "regulations/law/obligations.yaml",
        format!(
            "\
- id: check
  kind: periodic
  clauses: [\"2\"]
  written_for: {{version: \"{version}\", fingerprints: {{\"2\": \"{check}\"}}}}
{more}  title: 每月抽查
  scope: unit
  every: month
  due: [{{on: site-default}}]
- id: wipe
  kind: retention
  clauses: [\"3\"]
  written_for: {{version: \"{version}\", fingerprints: {{\"3\": \"{keep}\"}}}}
  title: 保存一年
  scope: unit
  keep: {{what: audits, for: 1 year, from: completion}}
"
        ),
    )
}

/// Counted apart from the program.
fn print(said: &str) -> String {
    use sha2::{Digest, Sha256};
    let hex: String =
        Sha256::digest(said.as_bytes()).iter().map(|byte| format!("{byte:02x}")).collect();
    hex[..12].to_owned()
}

/// A regulation amended on 2024-07-01, in use since 2024.
fn amended() -> Project {
    let project = Project::new()
        .as_of("2024-09-01")
        .remove("regulations/law/2025-01-01.txt")
        .write("regulations/law/regulation.yaml", HEAD)
        .write("regulations/law/old.txt", OLD)
        .write("regulations/law/new.txt", NEW)
        .write(
            "regulations/law/clauses.yaml",
            "- {clause: \"1\", reason: purpose}\n- {clause: \"4\", reason: other}\n",
        )
        .write(
            "content/units.yaml",
            "id: desk\nagency: city\nname: 一科\nkind: unit\nuses: [{system: net, from: 2024-05-01}]\n",
        );
    rules(project, "2021-02-22", "")
}

fn page(project: &Project, path: &str) -> String {
    project.run("build").code(0);
    let files = project.files("public");
    let bytes = files.get(path).unwrap_or_else(|| panic!("no `{path}` among {:?}", files.keys()));
    String::from_utf8(bytes.clone()).expect("UTF-8")
}

#[test]
fn a_period_is_judged_by_the_version_in_force_on_its_last_day() {
    let project = amended();
    let june = page(&project, "obligations/law/check/desk/2024-06.html");
    assert!(june.contains("百分之五") && !june.contains("百分之六"), "{june}");
    assert!(june.contains(">民國110年2月22日版本</a>") && !june.contains("存疑"), "{june}");
    let july = page(&project, "obligations/law/check/desk/2024-07.html");
    assert!(july.contains("百分之六") && !july.contains("百分之五"), "{july}");
    assert!(july.contains(">民國113年7月1日版本</a>") && july.contains("存疑"), "{july}");
}

#[test]
#[ignore = "slow: the gate runs it in release"]
fn rows_say_whether_they_are_suspect_as_their_pages_do() {
    let project = amended();
    let suspect = |project: &Project| -> Vec<(String, bool)> {
        let rows = project.rows().into_values();
        let one = |row: super::project::Row| {
            (row.text("period").to_owned(), row.0["suspect"].as_bool().expect("a flag"))
        };
        rows.map(one).collect()
    };
    for (period, is) in suspect(&project) {
        assert_eq!(is, period.as_str() >= "2024-07", "{period}");
        let page = page(&project, &format!("obligations/law/check/desk/{period}.html"));
        assert_eq!(page.contains("判定結果應另行核對"), is, "{period}");
        if period.as_str() > "2024-08" {
            break;
        }
    }
    assert!(suspect(&rules(amended(), "2024-07-01", "")).iter().any(|(_, is)| !is));
    let csv = project.run("status --format csv").code(0).stdout;
    assert!(csv.contains(",status,suspect,") && csv.contains(",true,"), "{csv}");
}

#[test]
fn a_period_before_all_known_texts_says_so() {
    let head = HEAD.replace("in_force: 2021-02-22", "in_force: 2024-06-15");
    let history = "history:\n- {date: 2020-01-01, summary: 訂定}\n";
    let project = amended().write("regulations/law/regulation.yaml", head + history);
    let before = page(&project, "obligations/law/check/desk/2024-05.html");
    assert!(before.contains("當時施行之版本未收錄") && before.contains("百分之五"), "{before}");
}

#[test]
fn a_reworded_clause_makes_its_duty_suspect_until_it_was_read_again() {
    let suspect = |project: &Project| {
        project.run("build").code(0);
        let pages = project.files("public");
        ["obligations/law/check.html", "regulations/law.html", "regulations/coverage.html"].map(
            |path| {
                let html = String::from_utf8_lossy(&pages[path]);
                html.contains("條文文字已變更")
                    || html.contains("<strong class=\"tag\">存疑</strong>")
            },
        )
    };
    assert_eq!(suspect(&amended()), [true; 3]);
    // Before the amendment is in force nothing is suspect.
    assert_eq!(suspect(&amended().as_of("2024-06-30")), [false; 3]);
    assert_eq!(suspect(&rules(amended(), "2024-07-01", "")), [false; 3]);
    let confirmed =
        "  confirmed:\n  - {version: \"2024-07-01\", on: 2024-08-01, by: 科長, note: 重讀}\n";
    assert_eq!(suspect(&rules(amended(), "2021-02-22", confirmed)), [false; 3]);
    // A confirmation counts from its day on.
    let early = rules(amended(), "2021-02-22", confirmed).as_of("2024-07-31");
    assert_eq!(suspect(&early), [true; 3]);
}

#[test]
#[ignore = "slow: the gate runs it in release"]
fn a_version_without_a_day_in_force_says_what_it_is_judged_by() {
    let head = |version: &str, history: &str| {
        let head =
            format!("id: law\nname: 測試規定\nversions:\n- {version}\nhistory: [{history}]\n");
        let project = Project::new().write("regulations/law/regulation.yaml", head);
        page(&project.as_of("2026-03-01"), "regulations/law.html")
    };
    let text = "id: \"2025-01-01\", text: 2025-01-01.txt";
    for (version, said) in [
        (format!("{{{text}, in_force: 2025-01-01}}"), None),
        (format!("{{{text}, amended: 2025-01-01}}"), Some("自訂定（修正）日起計")),
        (format!("{{{text}}}"), Some("僅此一版本，各期別均依其認定")),
    ] {
        let html = head(&version, "");
        for words in ["自訂定（修正）日起計", "僅此一版本，各期別均依其認定"]
        {
            assert_eq!(html.contains(words), said == Some(words), "{version}: {words}");
        }
    }
    // An entry of the history whose text the site does not hold says so, and where it is.
    let held = "{date: 2025-01-01, summary: 訂定}";
    let html = head(&format!("{{{text}, amended: 2025-01-01}}"), held);
    assert!(!html.contains("本站未收錄"), "{html}");
    let other = "{date: 2021-02-22, summary: 全文, url: https://example.org/?date=20210222}";
    let html = head(&format!("{{{text}, amended: 2025-01-01}}"), &format!("{held}, {other}"));
    assert_eq!(html.matches("本站未收錄").count(), 1, "{html}");
    assert!(html.contains("href=\"https://example.org/?date=20210222\">全文所在<"), "{html}");
}

#[test]
fn the_difference_of_two_versions_has_a_page() {
    let path = "regulations/law/diff-2021-02-22-2024-07-01.html";
    let html = page(&amended(), path);
    let bare = html.replace("<span class=\"unseen\">（刪除）</span>", "[-]");
    let bare = bare.replace("<span class=\"unseen\">（新增）</span>", "[+]");
    assert!(bare.contains("各單位每月抽查百分之<del>[-]五</del><ins>[+]六</ins>。"), "{bare}");
    assert!(bare.contains("<ins>[+]附則。</ins>"), "{bare}");
    // Side by side, too: each version with its own words only, the older first.
    let old = bare.find(">各單位每月抽查百分之<del>[-]五</del>。").expect("the older text");
    let new = bare.find(">各單位每月抽查百分之<ins>[+]六</ins>。").expect("the newer text");
    assert!(old < new, "{bare}");
    assert_eq!(bare.matches("本版沒有本條").count(), 1, "the older has no fourth clause: {bare}");
    assert!(!bare.contains("紀錄保存一年"), "what did not change is only counted: {bare}");
    assert!(bare.contains("待核對") && !bare.contains("尚未施行"), "{bare}");
    let regulation = page(&amended(), "regulations/law.html");
    assert!(regulation.contains("href=\"coverage.html\""), "{regulation}");
    assert!(regulation.contains("href=\"law/diff-2021-02-22-2024-07-01.html\""), "{regulation}");
    // Before its day: whom it will concern.
    let coming = page(&amended().as_of("2024-06-30"), path);
    assert!(coming.contains("尚未施行") && coming.contains("一科"), "{coming}");
    let shown = page(&amended().as_of("2024-06-30"), "regulations/law.html");
    assert!(shown.contains("百分之五") && !shown.contains("百分之六"), "{shown}");
}

#[test]
#[ignore = "slow: the gate runs it in release"]
fn every_version_has_a_page_that_says_how_it_stands() {
    let banner = |day: &str, version: &str| {
        let html = page(&amended().as_of(day), &format!("regulations/law/{version}.html"));
        assert!(html.contains("<link rel=\"canonical\" href=\"../law.html\">"), "{html}");
        let says = ["現行版本之固定網址", "已非現行", "尚未施行", "未能判定"];
        says.into_iter().filter(|text| html.contains(text)).collect::<Vec<_>>()
    };
    assert_eq!(banner("2024-06-30", "2021-02-22"), ["現行版本之固定網址"]);
    assert_eq!(banner("2024-06-30", "2024-07-01"), ["尚未施行"]);
    assert_eq!(banner("2024-07-01", "2021-02-22"), ["已非現行"]);
    assert_eq!(banner("2024-07-01", "2024-07-01"), ["現行版本之固定網址"]);
    // The text of each, at addresses of clauses that are the same in all.
    let project = amended();
    for (version, rate) in [("2021-02-22", "百分之五"), ("2024-07-01", "百分之六")] {
        let html = page(&project, &format!("regulations/law/{version}.html"));
        assert!(html.contains(rate) && html.contains("id=\"p2\""), "{html}");
    }
    let list = page(&project, "regulations/law.html");
    let rows = ["law/2024-07-01.html", "law/2021-02-22.html"].map(|path| list.find(path));
    assert!(rows[0] < rows[1] && rows[0].is_some(), "the newest first: {list}");
    // A period is linked to the words it is judged by.
    let june = page(&project, "obligations/law/check/desk/2024-06.html");
    assert!(june.contains("regulations/law/2021-02-22.html#p2"), "{june}");
}

#[test]
fn a_partial_version_stands_over_the_one_before_it() {
    let head = HEAD.replace("text: new.txt", "text: new.txt, partial: true");
    let project = amended()
        .write("regulations/law/regulation.yaml", head)
        .write("regulations/law/new.txt", "二、各單位每月抽查百分之六。\n")
        .write("regulations/law/clauses.yaml", "- {clause: \"1\", reason: purpose}\n");
    let regulation = page(&project, "regulations/law.html");
    let (text, _) = regulation.split_once("id=\"attachments\"").expect("a text");
    assert!(text.contains("百分之六") && text.contains("紀錄保存一年"), "{text}");
    assert_eq!(text.matches("本版未重述本點").count(), 2, "{text}");
}

#[test]
fn what_a_partial_version_does_not_state_is_not_called_new() {
    let head = HEAD.replace("text: old.txt", "text: old.txt, partial: true");
    let project = amended()
        .write("regulations/law/regulation.yaml", head)
        .write("regulations/law/old.txt", "二、各單位每月抽查百分之五。\n");
    let html =
        page(&rules(project, "2024-07-01", ""), "regulations/law/diff-2021-02-22-2024-07-01.html");
    assert_eq!(html.matches("</a>：前版未載").count(), 3, "{html}");
    assert!(!html.contains("<ins><span class=\"compared-mark\">（新增）</span>附則"), "{html}");
}

#[test]
fn coverage_counts_what_can_be_computed_and_says_what_is_missing() {
    let rule = "- id: more\n  kind: invariant\n  clauses: [\"3\"]\n  title: 欄位齊備\n  scope: account\n  note: 須有逐筆紀錄始能計算。\n";
    let project = Project::new();
    let rules = std::fs::read_to_string(project.root().join("regulations/law/obligations.yaml"))
        .expect("reads");
    let html = page(
        &project.write("regulations/law/obligations.yaml", rules + rule),
        "regulations/coverage.html",
    );
    let numbers = "<td class=\"num\">3</td><td class=\"num\">3</td><td class=\"num\">2</td><td class=\"num\">1</td><td class=\"num\">0</td><td class=\"num\">3</td><td class=\"num\">2</td><td class=\"num\">1</td><td class=\"num\">0</td>";
    assert!(html.contains(numbers) && html.contains("須有逐筆紀錄始能計算。"), "{html}");
    assert!(html.contains("沒有存疑之義務"), "{html}");
}

#[test]
fn a_duty_is_there_while_a_version_has_its_clause() {
    let law = |clause: &str| {
        let project = amended()
            .as_of("2024-07-31")
            .write("regulations/law/old.txt", OLD.replace("附則", "") + "四、每月陳報。\n")
            .write("regulations/law/new.txt", NEW.replace("四、附則。", "四、（刪除）\n五、每月報告。"))
            .write("regulations/law/clauses.yaml", "- {clause: \"1\", reason: purpose}\n- {clause: \"4\", reason: other}\n- {clause: \"5\", reason: other}\n".replace(&format!("- {{clause: \"{}\", reason: other}}\n", &clause[1..2]), ""));
        let rules =
            std::fs::read_to_string(project.root().join("regulations/law/obligations.yaml"))
                .expect("reads");
        let report = format!(
            "- {{id: report, kind: periodic, clauses: [{clause}], title: 陳報, scope: unit, every: month, due: [{{on: period-end}}]}}\n"
        );
        project.write("regulations/law/obligations.yaml", rules + &report)
    };
    let months = |project: &Project| {
        let rows = project.rows();
        let of_duty = rows.keys().filter_map(|id| id.strip_prefix("law/report/desk/"));
        of_duty.take(2).map(str::to_owned).collect::<Vec<_>>()
    };
    // The fifth clause is new.
    assert_eq!(months(&law("\"5\"")), ["2024-07", "2024-08"]);
    let before = law("\"5\"").as_of("2024-06-30");
    assert!(!page(&before, "obligations/law/report.html").contains("存疑"));
    // Both numbers of a clause that moved.
    assert_eq!(months(&law("\"5\", \"2\"")), ["2024-05", "2024-06"]);
    // Without the last clause of the newer version.
    let deleted = law("\"4\"").write("regulations/law/new.txt", NEW.replace("四、附則。\n", ""));
    let deleted =
        deleted.write("regulations/law/clauses.yaml", "- {clause: \"1\", reason: purpose}\n");
    assert_eq!(deleted.rows().keys().filter(|id| id.starts_with("law/report/")).count(), 2);
    let html = page(&deleted, "regulations/law/diff-2021-02-22-2024-07-01.html");
    assert!(html.contains("<del><span class=\"unseen\">（刪除）</span>每月陳報。</del>"), "{html}");
}

#[test]
fn a_regulation_cannot_take_the_name_of_a_page() {
    let project = Project::new()
        .write(
            "regulations/coverage/regulation.yaml",
            "id: coverage\nname: 規定\nversions: [{id: a, text: a.txt}]\n",
        )
        .write("regulations/coverage/a.txt", "一、目的。\n");
    project.run("check").code(1).stderr_has("regulations/coverage.html");
}
