//! The page of a text in 條: headings outside the clauses, a tree of contents, numbers of 項 beside
//! them; laws of the site cited by their official names alone; clauses and duties of later days.

use std::collections::BTreeMap;

use super::html::{elements, pieces, text, text_without};
use super::project::{CHECK, Project, WIPE};

const LAW: &str = "\
檔案保管法
第一章 總則
第 1 條
為保管檔案，制定本法。
第二章 保管
第一節 通則
第 2 條
檔案由保管機關保管。
保管機關應每年清查：
一、目錄。
二、檔案。
第二章之一 罰則
第 3 條
（刪除）
";

const RULES: &str = "\
測試規定
一、依檔案保管法第二條第二項及國家檔案保管法，訂定本規定；並準用檔案保管法施行細則。
二、各單位每月抽查。
三、紀錄保存一年，依檔案保管法（以下簡稱保管法）辦理；保管法第三條，亦同。
";

fn site() -> Project {
    Project::new()
        .as_of("2026-03-01")
        .write("regulations/law/2025-01-01.txt", RULES)
        .write("regulations/archive/2025-01-01.txt", LAW)
        .write(
            "regulations/archive/regulation.yaml",
            "id: archive\nname: 檔案保管法\nversions:\n- {id: \"2025-01-01\", text: 2025-01-01.txt, in_force: 2025-01-01}\n",
        )
        .write("regulations/archive/obligations.yaml", "[]\n")
        .write(
            "regulations/archive/clauses.yaml",
            "- {clause: \"1\", reason: purpose}\n- {clause: \"2\", reason: description}\n- {clause: \"3\", reason: other}\n",
        )
}

fn page(files: &BTreeMap<String, Vec<u8>>, path: &str) -> String {
    String::from_utf8(files[path].clone()).expect("UTF-8")
}

#[test]
fn a_law_stands_under_its_headings_with_numbers_beside_its_paragraphs() {
    let site = site();
    site.run("build").code(0);
    let html = page(&site.files("public"), "regulations/archive.html");
    let page = pieces(&html).expect("whole");
    let headings = elements(&page, |piece| piece.has_class("law-heading"));
    let said: Vec<(String, String, String)> = headings
        .iter()
        .map(|heading| {
            let tag = ["h3", "h4", "h5"].into_iter().find(|tag| heading[0].begins(tag));
            let id = heading[0].attribute("id").unwrap_or_default();
            (tag.unwrap_or_default().to_owned(), id.to_owned(), text(heading))
        })
        .collect();
    let expected = [
        ("h3", "h1", "第一章 總則"),
        ("h3", "h2", "第二章 保管"),
        ("h4", "h2-1", "第一節 通則"),
        ("h3", "h2_1", "第二章之一 罰則"),
    ];
    let expected = expected.map(|(tag, id, text)| (tag.into(), id.into(), text.into()));
    assert_eq!(said, expected);
    // Outside the clauses: none lies in a 條.
    let articles = elements(&page, |piece| piece.has_class("article"));
    assert_eq!(articles.len(), 3);
    assert!(articles.iter().all(|one| !one.iter().any(|piece| piece.has_class("law-heading"))));
    // The margin has the number, the letters of the law do not.
    for (anchor, number) in [("p2-para1", "1"), ("p2-para2", "2")] {
        let paragraph = page.iter().find(|piece| piece.attribute("id") == Some(anchor));
        let paragraph = paragraph.unwrap_or_else(|| panic!("no {anchor}"));
        assert_eq!(paragraph.attribute("data-no"), Some(number));
    }
    assert!(!html.contains("id=\"p1-para1\""), "an article with one 項 has no numbers");
    let law = elements(&page, |piece| piece.has_class("law"));
    let letters = text_without(law[0], "annotation");
    let letters: String = letters.chars().filter(|c| !c.is_whitespace()).collect();
    let whole: String = LAW.chars().filter(|c| !c.is_whitespace()).collect();
    assert_eq!(letters, whole.replacen("檔案保管法", "", 1));
    // The contents are a tree, with the 條 each heading spans.
    let contents = elements(&page, |piece| piece.has_class("toc-tree"));
    let contents = text(contents[0]);
    let contents: String = contents.chars().filter(|c| !c.is_whitespace()).collect();
    assert!(contents.starts_with("第一章總則第1條第一條為保管檔案，制定本法"), "{contents}");
    assert!(
        contents.contains("第二章保管第2條第一節通則第2條第二條檔案由保管機關保管"),
        "{contents}"
    );
    // What the 條 carries stands beside its first 項, and is not said twice.
    assert_eq!(html.matches("未課予義務：").count(), 3);
}

#[test]
fn a_law_of_the_site_is_cited_by_its_official_name_alone() {
    let site = site();
    site.run("build").code(0);
    let files = site.files("public");
    let rules = page(&files, "regulations/law.html");
    assert!(
        rules
            .contains("依<a href=\"archive.html#p2-2\">檔案保管法第二條第二項</a>及國家檔案保管法"),
        "{rules}"
    );
    assert!(rules.contains("準用檔案保管法施行細則。"), "another text by its longer name");
    assert!(rules.contains("<a href=\"archive.html#p3\">保管法第三條</a>"), "as the text calls it");
    assert!(rules.contains("本站收錄"));
    let law = page(&files, "regulations/archive.html");
    assert!(law.contains(" id=\"p2-2\""), "the 項 has its anchor: {law}");
    assert!(law.contains("引用本條文者：") && law.contains("law.html#p1"), "{law}");
    // Two of one name: nobody can say which is meant.
    let twice = site
        .write(
            "regulations/other/regulation.yaml",
            "id: other\nname: 檔案保管法\nversions:\n- {id: \"2025-01-01\", text: 2025-01-01.txt, in_force: 2025-01-01}\n",
        )
        .write("regulations/other/2025-01-01.txt", LAW)
        .write("regulations/other/obligations.yaml", "[]\n")
        .write(
            "regulations/other/clauses.yaml",
            "- {clause: \"1\", reason: purpose}\n- {clause: \"2\", reason: description}\n- {clause: \"3\", reason: other}\n",
        );
    twice.run("build").code(0);
    assert!(!page(&twice.files("public"), "regulations/law.html").contains("archive.html#"));
}

/// An order has articles of the same numbers as the law it is made under.
#[test]
fn articles_of_the_law_an_order_is_made_under_are_not_its_own() {
    let order = "\
檔案保管法施行細則
第 1 條
本細則依檔案保管法（以下簡稱本法）第三條規定訂定之。
第 2 條
機關依本法第一條、第三條及第四條辦理，並依公物法（以下簡稱公物法）第三條、第四條造冊。
第 3 條
前二條及第四條，準用之。
第 4 條
本細則自發布日施行。
";
    let site = site()
        .write("regulations/order/2025-01-01.txt", order)
        .write(
            "regulations/order/regulation.yaml",
            "id: order\nname: 檔案保管法施行細則\nversions:\n- {id: \"2025-01-01\", text: 2025-01-01.txt, in_force: 2025-01-01}\n",
        )
        .write("regulations/order/obligations.yaml", "[]\n")
        .write(
            "regulations/order/clauses.yaml",
            "- {clause: \"1\", reason: basis}\n- {clause: \"2\", reason: other}\n- {clause: \"3\", reason: other}\n- {clause: \"4\", reason: commencement}\n",
        );
    site.run("build").code(0);
    let html = page(&site.files("public"), "regulations/order.html");
    for linked in [
        "（以下簡稱本法）<a href=\"archive.html#p3\">第三條</a>規定",
        "<a href=\"archive.html#p1\">本法第一條</a>、<a href=\"archive.html#p3\">第三條</a>及",
        "（以下簡稱公物法）第三條、第四條造冊",
        "及<a href=\"#p4\">第四條</a>，準用之",
    ] {
        assert!(html.contains(linked), "{linked}: {html}");
    }
}

#[test]
fn clauses_and_duties_of_later_days_say_so() {
    let site = Project::new()
        .as_of("2026-03-01")
        .write(
            "regulations/law/2026-01-01.txt",
            "測試規定\n一、為測試，訂定本規定。\n二、各單位每月抽查。\n三、紀錄保存二年。\n",
        )
        .write(
            "regulations/law/regulation.yaml",
            "id: law\nname: 測試規定\nversions:\n- {id: \"2025-01-01\", text: 2025-01-01.txt, in_force: 2025-01-01}\n- id: \"2026-01-01\"\n  text: 2026-01-01.txt\n  in_force: 2026-01-01\n  later: [{clauses: [\"3\"], in_force: 2026-07-01}]\n",
        )
        .duties(&[CHECK, "  until: 2026-12-31\n", WIPE]);
    site.run("build").code(0);
    let files = site.files("public");
    let law = page(&files, "regulations/law.html");
    assert!(law.contains("尚未施行") && law.contains("民國115年7月1日"), "{law}");
    assert!(law.contains("（至民國115年12月31日止）"), "beside the clause");
    let duty = page(&files, "obligations/law/check.html");
    assert!(duty.contains("施行期間") && duty.contains("至民國115年12月31日止"), "{duty}");
    let kept = page(&files, "obligations/law/wipe.html");
    assert!(kept.contains("第三點自民國115年7月1日施行，此前依前一版本"), "{kept}");
}

#[test]
fn an_amendment_that_states_some_articles_leaves_each_heading_where_it_stands() {
    let amendment = "檔案保管法\n第二章之一 罰則\n第 3 條\n違反前條者，處罰鍰。\n";
    let site = site().write("regulations/archive/2026-01-01.txt", amendment).write(
        "regulations/archive/regulation.yaml",
        "id: archive\nname: 檔案保管法\nversions:\n- {id: \"2025-01-01\", text: 2025-01-01.txt, in_force: 2025-01-01}\n\
         - {id: \"2026-01-01\", text: 2026-01-01.txt, in_force: 2026-01-01, partial: true}\n",
    );
    site.run("build").code(0);
    let html = page(&site.files("public"), "regulations/archive.html");
    let order = ["h1", "p1", "h2", "h2-1", "p2", "h2_1", "p3"];
    let places =
        order.map(|id| html.find(&format!(" id=\"{id}\"")).unwrap_or_else(|| panic!("no {id}")));
    assert!(places.is_sorted(), "{places:?}");
    assert!(html.contains("違反前條者，處罰鍰。"), "it is the page of the amendment");
}
