//! The frame of the demo's pages: titles, what stands where scripts do not run, links off the site,
//! and the page for addresses that name nothing.

use std::collections::{BTreeMap, BTreeSet};

use super::html::{elements, text, text_without};
use super::project::Project;
use super::published::DEMO;

const SITE: &str = " – 義務與稽核公開站";

/// What stands in the place of the search box of readers without scripts.
const INDEX: &str = "全站索引";

#[test]
fn titles_say_page_section_and_site_and_no_two_are_alike() {
    let mut sections: BTreeMap<String, usize> = BTreeMap::new();
    let mut titles = BTreeSet::new();
    for (path, _) in DEMO.some_pages() {
        let page = DEMO.page(path);
        let title = text(elements(page, |piece| piece.begins("title"))[0]);
        let whole = title.strip_suffix(SITE).unwrap_or_else(|| panic!("{path}: {title}"));
        assert!(titles.insert(title.clone()), "{path}: {title} is the title of another page");
        let menus = elements(page, |piece| piece.has_class("menu"));
        let current = menus.iter().flat_map(|menu| {
            elements(menu, |piece| piece.begins("a") && piece.attribute("aria-current").is_some())
        });
        let sections_of: Vec<String> = current.map(text).collect();
        let heading = text(elements(page, |piece| piece.begins("h1"))[0]);
        match sections_of.as_slice() {
            [section] if path != "index.html" && !whole.starts_with(section) => {
                let page_title = whole.strip_suffix(&format!(" – {section}"));
                assert!(page_title.is_some(), "{path}: {title} without {section}");
                *sections.entry(section.clone()).or_default() += 1;
            }
            _ => assert!(!whole.contains(" – "), "{path}: {title} ({heading})"),
        }
    }
    // All sections but 首頁, which has one page.
    assert_eq!(sections.len(), 6, "{sections:?}");
}

#[test]
fn the_index_stands_in_place_of_the_search_box_without_scripts() {
    let style = DEMO.files.iter().find(|(path, _)| path.ends_with(".css")).expect("a style").1;
    let style = str::from_utf8(style).expect("UTF-8");
    assert!(style.contains(".scripted .unscripted"), "hidden where scripts run");
    for (path, _) in DEMO.some_pages().filter(|(path, _)| *path != "404.html") {
        let page = DEMO.page(path);
        let header = elements(page, |piece| piece.begins("header"))[0];
        let instead = elements(header, |piece| piece.has_class("unscripted"));
        let [instead] = instead[..] else { panic!("{path}: {} links instead", instead.len()) };
        let link = instead.iter().find_map(|piece| piece.attribute("href")).expect("a link");
        assert!(link.ends_with("search-index.html"), "{path}: {link}");
        assert_eq!(text(instead).trim(), INDEX, "{path}");
    }
}

#[test]
fn links_off_the_site_say_so_to_those_who_do_not_see_the_mark() {
    let mut found = 0;
    for (path, _) in DEMO.some_pages() {
        let page = DEMO.page(path);
        for link in elements(page, |piece| piece.begins("a")) {
            let away = link[0].attribute("href").is_some_and(|href| href.contains("://"));
            assert_eq!(link[0].has_class("external"), away, "{path}: {:?}", link[0]);
            if !away {
                continue;
            }
            found += 1;
            assert_eq!(link[0].attribute("rel"), Some("noopener noreferrer"), "{path}");
            assert!(text(link).ends_with("（外部網站）"), "{path}: {}", text(link));
            // It is no part of the words of the link, which may be the law's.
            let own = text_without(link, "annotation");
            assert!(!own.is_empty() && !own.contains("外部"), "{path}: {own}");
        }
    }
    assert!(found > 30, "{found}");
}

#[test]
fn guidance_says_where_a_link_leads_off_the_site() {
    let project = Project::new()
        .write("content/pages/how.md", "# 辦理\n\n見[範例](https://example.org/?a=1)。\n")
        .as_of("2026-03-01");
    project.run("build").code(0);
    let page = String::from_utf8(project.files("public")["pages/how.html"].clone()).expect("UTF-8");
    let link = "rel=\"noopener noreferrer\" href=\"https://example.org/?a=1\">範例\
                <span class=\"unseen annotation\">（外部網站）</span></a>";
    assert!(page.contains(link), "{page}");
}

/// What is due in a week is in a list of its own, and not in the one of the month.
#[test]
fn the_list_after_the_next_seven_days_is_called_so() {
    for (path, _) in DEMO.pages().filter(|(path, _)| path.starts_with("due/30-days")) {
        let page = DEMO.page(path);
        let heading = text(elements(page, |piece| piece.begins("h1"))[0]);
        assert!(heading.starts_with("8 至 30 日內到期"), "{path}: {heading}");
    }
    for path in ["index.html", "due/index.html", "due/7-days.html"] {
        let page = DEMO.page(path);
        let to_month = |piece: &super::html::Piece| {
            piece.attribute("href").is_some_and(|href| href.ends_with("30-days.html"))
        };
        let links = elements(page, to_month);
        let named = links.iter().map(|link| text(link)).find(|said| said.contains("30"));
        assert!(named.is_none_or(|said| said.contains("8 至 30 日內")), "{path}");
        assert!(!links.is_empty(), "{path}");
    }
}

/// A bullet of the text file is no part of the law: not on its page, nor where it is quoted.
#[test]
fn no_clause_begins_with_a_bullet() {
    let mut quoted = 0;
    for (path, html) in DEMO.some_pages() {
        assert!(!html.contains("- (一)") && !html.contains("- (二)"), "{path}");
        let quotes = || elements(DEMO.page(path), |piece| piece.begins("blockquote")).len();
        quoted += if html.contains("<blockquote>") { quotes() } else { 0 };
    }
    assert!(quoted > 500, "{quoted}");
    let page = DEMO.page("regulations/taipei-market-household.html");
    let rows = elements(page, |piece| piece.begins("tr")).into_iter().map(text);
    let listed: Vec<String> = rows.filter(|row| row.contains("清單符號")).collect();
    assert_eq!(listed.len(), 1, "{listed:?}");
    assert!(listed[0].contains("計 20 處"), "{listed:?}");
}

#[test]
fn a_404_page_of_unknown_depth_promises_no_link() {
    let page = DEMO.page("404.html");
    assert!(!page.iter().any(|piece| piece.attribute("href").is_some()));
    let main = text(elements(page, |piece| piece.begins("main"))[0]);
    for promised in ["首頁", "選單", "搜尋", "下列"] {
        assert!(!main.contains(promised), "{promised} in {main}");
    }
    assert!(main.contains("compliance@example.org"), "{main}");
}
