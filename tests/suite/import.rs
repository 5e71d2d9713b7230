//! `import regulation`: an official text becomes a folder that lacks nothing but judgement.

use serde_json::Value;

use super::project::{Project, repository};

/// The texts of the repository's regulations: id, path, how many 點, 款 and 目.
fn texts() -> Vec<(String, std::path::PathBuf, [String; 2])> {
    [
        ("nantou-household/2024-10-25.txt", [6, 29, 10]),
        ("taipei-cadastral/2024-07-01.txt", [9, 13, 23]),
        ("taipei-health-household/undated.txt", [6, 18, 2]),
        ("taipei-market-household/2021-10-06.txt", [11, 20, 3]),
        ("taipei-seal/2023-10-23.txt", [9, 20, 6]),
    ]
    .map(|(path, [points, items, subitems])| {
        let id = path.split('/').next().expect("a folder").to_owned();
        let counts =
            [format!("clauses: {points} 點, "), format!("{items} 款, {subitems} 目, 0 below\n")];
        (id, repository().join("regulations").join(path), counts)
    })
    .to_vec()
}

#[test]
fn the_five_texts_lack_nothing_but_classification() {
    let project = Project::new();
    for (id, path, counts) in texts() {
        let line = format!("import regulation {} --id {id}", path.display());
        let outcome = project.run(&line).code(0).stdout_has("doubtful lines: 0\n");
        assert!(
            counts.iter().all(|count| outcome.stdout.contains(count)),
            "{id}: {}",
            outcome.stdout
        );
        let original = std::fs::read(&path).expect("reads");
        let files = project.files(&format!("regulations/{id}"));
        let (name, _) = files.iter().find(|(name, _)| name.ends_with(".txt")).expect("a text");
        assert_eq!(files[name], original, "{id} byte for byte");
    }
    let outcome = project.run("check --format json").code(1);
    let faults: Vec<Value> = serde_json::from_str(&outcome.stdout).expect("an array");
    let other: Vec<&Value> = faults
        .iter()
        .filter(|fault| fault["code"] != "unclassified-clause" && fault["severity"] != "note")
        .collect();
    // Two slips of the texts, and six articles of laws that are not listed yet.
    let references = other.iter().filter(|fault| fault["code"] == "unresolved-reference").count();
    // One text has ㄧ for 一, which stands in its clauses.yaml as well.
    let alike = other.iter().filter(|fault| fault["code"] == "look-alike").count();
    assert!(other.len() == references + alike && references == 8 && alike == 2, "{other:#?}");
    assert!(faults.len() > 100, "{}", faults.len());
}

#[test]
fn a_filled_in_skeleton_is_sound() {
    let project = Project::new().write("new.txt", "甲規定\n一、目的。\n二、如下：\n（一）依據。\n");
    project.run("import regulation new.txt --id new").code(0).stdout_has("name: 甲規定\n");
    project.run("check").code(1).stderr_has("unclassified-clause");
    let list = project.files("regulations/new")["clauses.yaml"].clone();
    let list = String::from_utf8(list).expect("UTF-8");
    let filled: String = list
        .lines()
        .map(|line| match line {
            "#   reason: " => "  reason: purpose\n".to_owned(),
            line if line.starts_with("# - clause:") => format!("{}\n", &line[2..]),
            line => format!("{line}\n"),
        })
        .collect();
    project.write("regulations/new/clauses.yaml", filled).run("check").code(0);
}

#[test]
fn a_folder_that_is_there_is_never_written_over() {
    let project = Project::new().write("new.txt", "甲規定\n一、目的。\n");
    let before = project.files("regulations");
    project
        .run("import regulation new.txt --id law")
        .code(2)
        .no_stdout()
        .stderr_has("`regulations/law` is there already");
    assert_eq!(project.files("regulations"), before);
}

#[test]
fn other_encodings_are_read_and_said() {
    let (big5, utf_16) = (
        b"\xa4@\xa1B\xa5\xd2\xa1C\r\n".to_vec(),
        [b"\xff\xfe".to_vec(), "一、甲。\n".encode_utf16().flat_map(u16::to_le_bytes).collect()]
            .concat(),
    );
    for (bytes, encoding) in [(big5, "Big5"), (utf_16, "UTF-16LE")] {
        let project = Project::new().write("new.txt", &bytes);
        project
            .run("import regulation new.txt --id new --dry-run")
            .code(0)
            .stdout_has("1  甲。\n")
            .stderr_has(&format!("the file was {encoding}; it is kept as UTF-8"));
        assert!(project.files("regulations/new").is_empty());
    }
    Project::new()
        .write("new.pdf", b"%PDF-1.7")
        .run("import regulation new.pdf --id new")
        .code(1)
        .stderr_has("the file is a PDF")
        .stderr_has("pdftotext");
}

#[test]
fn what_cannot_be_imported_leaves_nothing_behind() {
    for (name, text, line, code, says) in [
        ("a.txt", "", "import regulation a.txt --id new", 1, "no clause was found"),
        ("a.txt", "甲\n乙。\n", "import regulation a.txt --id new", 1, "nothing was written"),
        ("a.txt", "一、甲\u{202e}。\n", "import regulation a.txt --id new", 1, "hidden character"),
        ("a.txt", "一、甲。\n", "import regulation b.txt --id new", 4, "cannot read `b.txt`"),
        ("a.txt", "一、甲。\n", "import regulation . --id new", 4, "cannot read"),
        ("a.txt", "一、甲。\n", "import regulation a.txt --id ../new", 2, "is no id"),
        ("a.txt", "一、甲。\n", "import regulation a.txt --id New", 2, "is no id"),
        ("a.txt", "一、甲。\n", "import regulation a.txt", 2, "--id"),
        ("a.txt", "一、甲。\n", "import law a.txt --id new", 2, "unrecognized"),
    ] {
        let project = Project::new().write(name, text);
        let before = project.files(".");
        project.run(line).code(code).no_stdout().stderr_has(says);
        assert_eq!(project.files("."), before, "{line}");
    }
}

#[test]
fn doubtful_lines_are_shown_with_their_numbers() {
    let text = "甲規定\n一、目的。\n三、抽查。\n（一）甲。\n12\n（三）乙。\n";
    let project = Project::new().write("new.txt", text);
    project
        .run("import regulation new.txt --id new --name 甲市規定")
        .code(0)
        .stdout_has("name: 甲市規定\n")
        .stdout_has("clauses: 2 點, 2 款, 0 目, 0 below\n")
        .stdout_has("line 5: `12` taken for a page number and left out\n")
        .stdout_has("doubtful lines: 2\n")
        .stderr_has("new.txt:3:1")
        .stderr_has("`三、` comes after 1")
        .stderr_has("new.txt:6:1");
}

#[test]
fn a_second_copy_shows_what_it_changes_before_it_is_written() {
    let first = "甲規定\n中華民國113年1月2日訂定\n一、每月抽查百分之三。\n二、保存三年。\n";
    let project = Project::new().write("a.txt", first);
    project.run("import regulation a.txt --id new").code(0);
    let before = project.files("regulations/new");
    let project = project.write("b.txt", first.replace("三年", "五年"));
    for line in ["import regulation b.txt --id new", "import regulation b.txt --id new --dry-run"] {
        project
            .run(line)
            .stderr_has("a copy of version 2024-01-02: 1 differences")
            .stderr_has("~ 2  …保存三年。 -> …保存五年。");
        assert_eq!(project.files("regulations/new"), before, "{line}");
    }
    project
        .run("import regulation b.txt --id new --write")
        .code(0)
        .stdout_has("wrote regulations/new/2024-01-02.txt");
    let after = project.files("regulations/new");
    assert!(String::from_utf8_lossy(&after["2024-01-02.txt"]).contains("五年"));
    assert_eq!(after["regulation.yaml"], before["regulation.yaml"]);
    // A later version stands beside the first.
    let later =
        first.replace("113年1月2日訂定", "115年3月4日修正").replace("二、", "二、新增。\n三、");
    let project = project.write("c.txt", later);
    project
        .run("import regulation c.txt --id new --write")
        .code(0)
        .stderr_has("a new version, compared with 2024-01-02")
        .stdout_has("wrote regulations/new/2026-03-04.txt");
    let last = project.files("regulations/new");
    assert_eq!(last["2024-01-02.txt"], after["2024-01-02.txt"]);
    let head = String::from_utf8_lossy(&last["regulation.yaml"]).into_owned();
    assert!(
        head.contains("- id: \"2026-03-04\"\n") && head.contains("- id: \"2024-01-02\"\n"),
        "{head}"
    );
    project.run("check --format json").code(1).stdout_has("unclassified-clause");
}

#[test]
fn the_calendar_is_imported_as_it_is_published() {
    let mut csv = String::from("\u{feff}西元日期,星期,是否放假,備註\r\n");
    let months = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
    // 2029-01-01 is a Monday.
    let mut weekday = 0;
    for (month, days) in (1..).zip(months) {
        for day in 1..=days {
            let (off, note) = if (month, day) == (1, 1) {
                (2, "開國紀念日")
            } else {
                (if weekday > 4 { 2 } else { 0 }, "")
            };
            csv.push_str(&format!("2029{month:02}{day:02},一,{off},{note}\r\n"));
            weekday = (weekday + 1) % 7;
        }
    }
    let project = Project::new().write("2029.csv", csv);
    let before = project.files("content");
    project
        .run("import calendar 2029.csv")
        .code(0)
        .stdout_has("2029: 1 weekdays off, 0 weekend days worked, a year the site does not have yet\n+ holidays 2029-01-01 開國紀念日\n")
        .stderr_has("nothing was written yet");
    assert_eq!(project.files("content"), before);
    project
        .run("import calendar 2029.csv --write")
        .code(0)
        .stderr_has("wrote content/calendar.yaml");
    project.run("import calendar 2029.csv").code(0).stderr_has("nothing to write");
}

#[test]
fn laws_in_xml_and_pages_are_read() {
    let xml = "<LAWS><法規><法規名稱>測試法</法規名稱><法規網址>x?pcode=A0000001</法規網址><最新異動日期>20260101</最新異動日期>\
        <法規內容><編章節>第 一 章 總則</編章節><條文><條號>第 1 條</條號><條文內容>甲。</條文內容></條文></法規內容></法規></LAWS>";
    let page = "<!DOCTYPE html><html><body><nav>首頁</nav><div>測試要點</div><p>一、甲。</p><p>二、乙。</p></body></html>";
    let project = Project::new().write("ChLaw.xml", xml).write("page.html", page);
    project
        .run("import regulation ChLaw.xml --pcode A0000001 --id law2 --dry-run --format json")
        .code(0)
        .stdout_has("\"title\": \"測試法\"")
        .stdout_has("\"path\": \"1/1\"");
    project
        .run("import regulation page.html --id page --dry-run --format json")
        .code(0)
        .stdout_has("\"path\": \"2\"")
        .stderr_has("the file was a web page");
}

#[test]
fn a_law_of_the_site_is_cited_and_says_by_whom() {
    let law =
        "測試法\n第 1 條\n如下：\n一、甲。\n二、乙。\n前項第一款及第二款適用之。\n第 2 條\n丙。\n";
    let rule = "甲要點\n一、依測試法第二條辦理。\n";
    let project = Project::new().write("law.txt", law).write("rule.txt", rule).as_of("2026-03-01");
    project.run("import regulation law.txt --id act").code(0);
    project.run("import regulation rule.txt --id rule").code(0);
    let mut project = project;
    for id in ["act", "rule"] {
        let list =
            String::from_utf8(project.files(&format!("regulations/{id}"))["clauses.yaml"].clone());
        let filled: String = list
            .expect("UTF-8")
            .lines()
            .map(|line| match line {
                "#   reason: " => "  reason: purpose\n".to_owned(),
                line if line.starts_with("# - clause:") => format!("{}\n", &line[2..]),
                line => format!("{line}\n"),
            })
            .collect();
        project = project.write(&format!("regulations/{id}/clauses.yaml"), filled);
    }
    let head = String::from_utf8(project.files("regulations/rule")["regulation.yaml"].clone())
        .expect("UTF-8");
    let project = project
        .write("regulations/rule/regulation.yaml", format!("{head}cites: [{{name: 測試法}}]\n"));
    project.run("check").stderr_lacks("unresolved-reference");
    project.run("build").code(0);
    let pages = project.files("public/regulations");
    let page = |name: &str| String::from_utf8(pages[name].clone()).expect("UTF-8");
    assert!(page("rule.html").contains("href=\"act.html#p2\""));
    assert!(
        page("act.html").contains("引用本條文者：")
            && page("act.html").contains("href=\"rule.html#p1\"")
    );
    // 第二款 goes on from 前項第一款.
    assert!(page("act.html").contains("href=\"#p1-1-2\""));
}

#[test]
fn the_day_of_repeal_is_kept_and_ends_the_duties() {
    let text = "法規名稱: 廢/停甲規定\n公發布日: 民國 114 年 01 月 01 日\n廢止/停止適用日期: 民國 115 年 02 月 13 日\n\
                一、目的。\n二、各單位每月抽查。\n";
    let project = Project::new().write("new.txt", text);
    let outcome = project.run("import regulation new.txt --id new").code(0);
    outcome.stdout_has("repealed: 2026-02-13\n").stdout_has("name: 甲規定\n");
    let head = project.files("regulations/new")["regulation.yaml"].clone();
    let head = String::from_utf8(head).expect("UTF-8");
    assert!(head.contains("\nrepealed: 2026-02-13\n"), "{head}");
    let name =
        Project::new().write("new.txt", "資通安全責任等級A級之公務機關應辦事項\n\n一、目的。\n");
    name.run("import regulation new.txt --id new")
        .stdout_has("name: 資通安全責任等級A級之公務機關應辦事項\n");

    let law = "id: law\nname: 測試規定\nversions: [{id: \"2025-01-01\", text: 2025-01-01.txt, in_force: 2025-01-01}]\n";
    let site = |more: &str| {
        let head = format!("{law}{more}");
        Project::new().write("regulations/law/regulation.yaml", head).as_of("2026-06-01")
    };
    let periods = |site: &Project| -> Vec<String> {
        let of = |id: &String| id.strip_prefix("law/check/desk/").map(str::to_owned);
        site.rows().keys().filter_map(of).collect()
    };
    // A month belongs to the law of its last day: January is the last that is asked for.
    let (before, after) = (periods(&site("")), periods(&site("repealed: 2026-02-13\n")));
    assert!(before.contains(&"2026-02".to_owned()), "{before:?}");
    assert!(
        after.contains(&"2026-01".to_owned()) && !after.contains(&"2026-02".to_owned()),
        "{after:?}"
    );
    assert_eq!(after.last().map(String::as_str), Some("2026-01"));
    let repealed = site("repealed: 2026-02-13\n");
    repealed.run("build").code(0);
    let page =
        String::from_utf8_lossy(&repealed.files("public")["regulations/law.html"]).into_owned();
    assert!(page.contains("本法規已廢止，廢止日期："), "{page}");
}
