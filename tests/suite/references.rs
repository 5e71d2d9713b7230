//! References in the texts: every one a reader finds is found, leads where the reader says, and
//! nothing else is taken for one. The list in `fixtures/references.csv` was made by reading the six
//! texts; what a text calls itself (本規定) and 下列 are not in it. Its last column is what the words
//! lead to without the readings of `regulation.yaml`.

use clausebook::model::{Citation, Regulation, Target, citations};

use super::html::{elements, text_without};
use super::project::{Project, repository};
use super::published::DEMO;

const LIST: &str = include_str!("../fixtures/references.csv");

/// A reference and where it leads: regulation, version, clause, words, target.
type Row = [String; 5];

fn listed(literal: bool) -> Vec<Row> {
    let row = |line: &str| {
        let cells: Vec<&str> = line.split(',').collect();
        let [regulation, version, clause, words, target, other] = cells[..] else {
            panic!("{line}")
        };
        let target = if literal && !other.is_empty() { other } else { target };
        [regulation, version, clause, words, target].map(str::to_owned)
    };
    LIST.lines().skip(1).map(row).filter(|row| row[4] != "none").collect()
}

fn target(regulation: &Regulation, citation: &Citation) -> String {
    match &citation.target {
        Target::Clause(number) => format!("clause {number}"),
        Target::Paragraph(number, at) => format!("clause {number} 項 {}", at + 1),
        Target::Attachment(label) => format!("attachment {label}"),
        Target::Law(place, article) => {
            let article = article.as_deref().map(|no| format!(" {no}")).unwrap_or_default();
            format!("law {}{article}", regulation.cites[*place].name)
        }
        Target::Nowhere => "nowhere".to_owned(),
        Target::Unlisted => "unlisted".to_owned(),
    }
}

/// What the program finds in the demo's texts.
fn found(literal: bool) -> Vec<Row> {
    let mut project = Project::demo();
    for folder in std::fs::read_dir(repository().join("regulations")).expect("lists") {
        let name = folder.expect("lists").file_name().into_string().expect("UTF-8");
        let path = format!("regulations/{name}/regulation.yaml");
        let head = std::fs::read_to_string(repository().join(&path)).expect("reads");
        if literal && let Some((before, after)) = head.split_once("readings:\n") {
            let rest = after.find("\nattachments:").map_or("", |at| &after[at..]);
            project = project.write(&path, format!("{before}{rest}"));
        }
    }
    let model = clausebook::pipeline::load(project.root()).expect("reads").model;
    let mut rows = Vec::new();
    for (_, regulation) in model.regulations.iter() {
        for version in &regulation.versions {
            for citation in citations(regulation, version) {
                rows.push([
                    regulation.slug.clone(),
                    version.slug.clone(),
                    citation.clause.to_string(),
                    citation.words.clone(),
                    target(regulation, &citation),
                ]);
            }
        }
    }
    rows
}

fn compare(found: &[Row], listed: &[Row]) -> (usize, Vec<Row>, Vec<Row>) {
    let mut left = found.to_vec();
    let mut missed = Vec::new();
    let mut hits = 0;
    for row in listed {
        match left.iter().position(|other| other == row) {
            Some(at) => {
                left.remove(at);
                hits += 1;
            }
            None => missed.push(row.clone()),
        }
    }
    (hits, missed, left)
}

#[test]
#[ignore = "slow: the gate runs it in release"]
#[expect(clippy::disallowed_macros, reason = "the hit rate is a figure to be read")]
fn every_reference_of_the_texts_is_found_and_no_other() {
    for literal in [false, true] {
        let listed = listed(literal);
        let (hits, missed, extra) = compare(&found(literal), &listed);
        println!("{hits} of {} references found as listed", listed.len());
        assert!(hits * 100 >= listed.len() * 95, "missed {missed:#?}");
        assert!(extra.is_empty(), "not in the list: {extra:#?}");
        assert!(missed.is_empty(), "missed {missed:#?}");
    }
}

#[test]
fn the_pages_link_what_the_list_says_and_nothing_else() {
    let listed = listed(false);
    let mut versions: Vec<(String, String)> =
        listed.iter().map(|row| (row[0].clone(), row[1].clone())).collect();
    versions.dedup();
    for (regulation, version) in versions {
        let page = DEMO.page(&format!("regulations/{regulation}/{version}.html"));
        let clauses = elements(page, |piece| piece.has_class("said"));
        let words: Vec<String> = clauses
            .iter()
            .flat_map(|said| elements(said, |piece| piece.begins("p")))
            .flat_map(|paragraph| elements(paragraph, |piece| piece.begins("a")))
            // What is heard of a link off the site is no word of the law.
            .map(|link| text_without(link, "annotation"))
            .collect();
        // Laws whose address the demo does not give are listed, not linked.
        let unlinked = ["規定", "要點", "計畫", "辦法", "考績法"];
        let expected: Vec<&str> = listed
            .iter()
            .filter(|row| row[0] == regulation && row[1] == version)
            .filter(|row| {
                let law =
                    row[4].strip_prefix("law ").map(|law| law.split(' ').next().unwrap_or(law));
                !law.is_some_and(|law| unlinked.iter().any(|end| law.ends_with(end)))
            })
            .map(|row| row[3].as_str())
            .collect();
        let mut sorted = words.clone();
        sorted.sort();
        let mut wanted = expected.clone();
        wanted.sort_unstable();
        assert_eq!(sorted, wanted, "{regulation} {version}");
    }
    let page = String::from_utf8_lossy(&DEMO.files["regulations/taipei-market-household.html"]);
    assert!(page.contains("LawSingle.aspx?pcode=I0050021&amp;flno=28"), "{page}");
    assert!(page.contains("規定第五點第（一）款（110.10.01訂定）"), "{page}");
}

/// The minimal site, its first clause with a reference.
fn referring(text: &str, head: &str) -> Project {
    let text = format!("測試規定\n一、{text}\n二、各單位每月抽查。\n三、紀錄保存一年。\n");
    let own = "id: law\nname: 測試規定\nversions: [{id: \"2025-01-01\", text: 2025-01-01.txt, in_force: 2025-01-01}]\n";
    Project::new()
        .as_of("2026-03-01")
        .write("regulations/law/2025-01-01.txt", text)
        .write("regulations/law/regulation.yaml", format!("{own}{head}"))
}

#[test]
fn attachments_with_a_file_are_published() {
    let head = "attachments:\n- {label: 附件1, title: 切結書, file: attachments/pledge.csv}\n";
    let project = referring("依第二點，填附件一及附件二。", head)
        .write("regulations/law/attachments/pledge.csv", "姓名\n".repeat(300));
    project.run("build").code(0);
    let files = project.files("public");
    assert_eq!(files["regulations/law/attachments/pledge.csv"], "姓名\n".repeat(300).as_bytes());
    let page = String::from_utf8_lossy(&files["regulations/law.html"]);
    assert!(
        page.contains("<a href=\"law/attachments/pledge.csv\">附件一　切結書（CSV，3 KB）</a>"),
        "{page}"
    );
    assert!(page.contains("<tr id=\"annex-2\">") && page.contains("附件未提供"), "{page}");
    assert!(
        page.contains("依<a href=\"#p2\">第二點</a>，填<a href=\"#annex-1\">附件一</a>"),
        "{page}"
    );
    let missing = head.replace("pledge.csv", "other.csv");
    referring("附件一。", &missing).run("check").code(1).stderr_has("missing-file");
    let evil = head.replace("pledge.csv", "pledge.html");
    referring("附件一。", &evil)
        .write("regulations/law/attachments/pledge.html", "<script>")
        .run("check")
        .code(1)
        .stderr_has("unsafe-evidence");
}

/// An order made under a law of the site, which has a seventh article of its own.
fn order(first: &str, last: &str, head: &str) -> Project {
    let law = "檔案法\n第 1 條\n為管理檔案，制定本法。\n第 7 條\n機關應管理檔案。\n銷毀前應送核。\n保存年限另定之。\n";
    let text = format!(
        "銷毀辦法\n第 1 條\n{first}\n第 2 條\n下列檔案永久保存：\n一、制度。\n二、機關沿革。\n第 7 條\n機關應編訂銷毀計畫。\n計畫應送核。\n第 8 條\n{last}\n"
    );
    let version = "versions: [{id: \"2025-01-01\", text: 2025-01-01.txt, in_force: 2025-01-01}]\n";
    Project::new()
        .as_of("2026-03-01")
        .write("regulations/archives/2025-01-01.txt", law)
        .write(
            "regulations/archives/regulation.yaml",
            format!("id: archives\nname: 檔案法\nform: articles\n{version}"),
        )
        .write(
            "regulations/archives/clauses.yaml",
            "- {clause: \"1\", reason: purpose}\n- {clause: \"7\", reason: description}\n",
        )
        .write("regulations/law/2025-01-01.txt", text)
        .write(
            "regulations/law/regulation.yaml",
            format!("id: law\nname: 銷毀辦法\nform: articles\n{version}{head}"),
        )
}

/// What the order points at: words and target, by clause.
fn found_in(project: &Project) -> Vec<(String, String, String)> {
    let model = clausebook::pipeline::load(project.root()).expect("reads").model;
    let (_, regulation) = model.regulations.iter().find(|(_, one)| one.slug == "law").expect("is");
    let found = citations(regulation, &regulation.versions[0]);
    let row = |one: &Citation| (one.clause.to_string(), one.words.clone(), target(regulation, one));
    found.iter().map(row).collect()
}

fn rows(rows: &[[&str; 3]]) -> Vec<(String, String, String)> {
    rows.iter().map(|[a, b, c]| ((*a).to_owned(), (*b).to_owned(), (*c).to_owned())).collect()
}

#[test]
#[ignore = "slow: the gate runs it in release"]
fn an_order_means_by_this_law_the_one_it_is_made_under() {
    for called in [
        "（以下簡稱本法）",
        "（以下簡稱「本法」）",
        "（以下稱本法）",
        "(下稱本法)",
        "（簡稱本法）",
        "（一百年公布，以下簡稱為本法）",
    ] {
        let first = format!("本辦法依檔案法{called}第七條第一項規定訂定之。");
        for head in ["", "cites: [{name: 檔案法}]\n", "cites: [{name: 檔案法, also: [本法]}]\n"]
        {
            let project = order(&first, "依本法第七條第二項辦理，並依第七條第二項為之。", head);
            let expected = rows(&[
                ["1.1", "檔案法", "law 檔案法"],
                ["1.1", "第七條第一項", "law 檔案法 7.1"],
                ["8.1", "本法第七條第二項", "law 檔案法 7.2"],
                ["8.1", "第七條第二項", "clause 7.2"],
            ]);
            assert_eq!(found_in(&project), expected, "{first} {head}");
            project.run("check").stderr_lacks("unresolved-reference");
        }
    }
}

#[test]
fn a_law_that_the_site_does_not_hold_is_never_the_order_itself() {
    for (first, last) in [
        ("本辦法依機關法（以下簡稱本法）第七條第一項規定訂定之。", "依本法第七條第二項辦理。"),
        ("為銷毀檔案訂定本辦法。", "依本法第七條第二項辦理。"),
    ] {
        let found = found_in(&order(first, last, ""));
        assert!(found.iter().all(|(.., target)| target == "unlisted"), "{first}: {found:?}");
        assert!(found.iter().any(|(clause, ..)| clause == "8.1"), "{first}: {found:?}");
    }
    // 本辦法 is the order, by whatever name it is made.
    let own =
        found_in(&order("特訂定銷毀辦法（以下簡稱本辦法）。", "依本辦法第七條第二項辦理。", ""));
    assert_eq!(own, rows(&[["8.1", "第七條第二項", "clause 7.2"]]));
}

#[test]
fn the_same_article_is_the_one_named_last() {
    let law = "依檔案法第七條第一項，並依同條第三項辦理。";
    let own =
        "依第七條第一項編訂，依同條第二項送核，同項計畫應保存；並依第二條第一款及同條第二款辦理。";
    let found = found_in(&order(law, own, ""));
    let expected = rows(&[
        ["1.1", "檔案法第七條第一項", "law 檔案法 7.1"],
        ["1.1", "同條第三項", "law 檔案法 7.3"],
        ["8.1", "第七條第一項", "clause 7.1"],
        ["8.1", "同條第二項", "clause 7.2"],
        ["8.1", "同項", "clause 7.2"],
        ["8.1", "第二條第一款", "clause 2.1.1"],
        ["8.1", "同條第二款", "clause 2.1.2"],
    ]);
    assert_eq!(found, expected);
    // Nothing was named: the words say nothing.
    assert_eq!(found_in(&order("依同條第三項辦理，同項亦同。", "機關應銷毀檔案。", "")), []);
}

#[test]
fn what_leads_nowhere_says_how_a_law_is_named_too() {
    let project = order("依第九條規定訂定。", "機關應銷毀檔案。", "");
    project.run("check").stderr_has("`law: …` for `means` with the name of a law under `cites`");
}
