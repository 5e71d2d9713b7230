//! How old a page is: the as-of date and the build on every page and sheet, and the warning that a
//! script shows once the page is older than the site allows.

use super::html::{elements, text};
use super::project::{Project, repository};
use super::published::DEMO;

/// The pages of a built site, as texts.
fn pages(project: &Project, line: &str) -> Vec<(String, String)> {
    project.run(line).code(0);
    let files = project.files("public").into_iter();
    let text = |(path, bytes)| (path, String::from_utf8(bytes).expect("UTF-8"));
    files.filter(|(path, _)| path.ends_with(".html") || path.ends_with(".css")).map(text).collect()
}

#[test]
fn every_page_has_a_hidden_warning_with_its_day() {
    let project = Project::new()
        .write("clausebook.yaml", "name: 測試站\nagency: 測試機關\nstale_days: 3\n")
        .as_of("2026-11-21");
    for (path, page) in pages(&project, "build -q") {
        if !path.ends_with(".html") || path == "404.html" {
            continue;
        }
        let parts = super::html::pieces(&page).expect("whole");
        let banner = elements(&parts, |piece| piece.has_class("stale"));
        let [banner] = banner[..] else { panic!("{path}: {} warnings", banner.len()) };
        assert_eq!(banner[0].attribute("role"), Some("status"), "{path}");
        assert_eq!(banner[0].attribute("data-as-of"), Some("2026-11-21"), "{path}");
        assert_eq!(banner[0].attribute("data-stale-days"), Some("3"), "{path}");
        assert!(banner[1].attribute("hidden").is_some(), "{path}");
        let said = text(banner);
        assert!(said.contains("民國115年11月21日") && said.contains("已逾 3 日"), "{said}");
    }
}

#[test]
#[ignore = "slow: the gate runs it in release"]
fn a_demo_that_stands_still_says_so_and_never_warns() {
    for (path, page) in DEMO.some_pages().filter(|(path, _)| *path != "404.html") {
        assert!(!page.contains("data-stale-days"), "{path}");
        assert!(page.contains("資料固定於基準日"), "{path}");
    }
    // A real site whose day is fixed is warned of: somebody may have forgotten that it is.
    let fixed = "name: 測試站\nagency: 測試機關\nas_of: 2026-11-21\n";
    let real = Project::new().write("clausebook.yaml", fixed);
    let demo =
        |config: &str| Project::new().write("clausebook.yaml", format!("{config}demo: true\n"));
    let warns = |project: Project| {
        let pages = pages(&project, "build -q");
        let home = pages.into_iter().find(|(path, _)| path == "index.html").expect("a home page").1;
        home.contains("data-stale-days")
    };
    assert!(warns(real));
    assert!(!warns(demo(fixed)));
    assert!(warns(demo(fixed).as_of("2026-11-20")), "another day than the fixed one");
    assert!(warns(demo("name: 測試站\nagency: 測試機關\n")), "a demo of today");
}

#[test]
#[ignore = "slow: the gate runs it in release"]
fn a_build_has_the_name_it_is_given_and_none_of_its_own() {
    let site = || Project::new().as_of("2026-11-21");
    let with = |files: &[(String, String)], what: &str, ending: &str| {
        files.iter().filter(|(path, text)| path.ends_with(ending) && text.contains(what)).count()
    };
    let plain = pages(&site(), "build -q");
    assert_eq!(with(&plain, "建置識別", ""), 0);
    let all = with(&plain, "<footer", ".html");
    assert!(all > 10, "{all}");
    let named = pages(&site(), "build -q --build-id e424910");
    assert_eq!(
        with(&named, "<dt>建置識別</dt><dd>e424910</dd>", ".html"),
        all,
        "in the foot of every page"
    );
    assert_eq!(with(&named, "建置識別：e424910", ".css"), 1, "at the foot of every sheet");
    let from_environment = pages(&site().env("CLAUSEBOOK_BUILD_ID", "<b> 7\"</style>"), "build -q");
    assert_eq!(with(&from_environment, "<dt>建置識別</dt><dd>&lt;b&gt; 7", ".html"), all);
    assert_eq!(with(&from_environment, "</style>", ""), 0);
    let both = site().env("CLAUSEBOOK_BUILD_ID", "other");
    assert_eq!(
        with(&pages(&both, "build -q --build-id this"), "<dt>建置識別</dt><dd>this</dd>", ".html"),
        all
    );
    let long = format!("build --build-id {}", "x".repeat(81));
    site().run(&long).code(2).no_stdout();
    let two_lines = site().env("CLAUSEBOOK_BUILD_ID", "a\nb");
    two_lines.run("build").code(2).stderr_has("CLAUSEBOOK_BUILD_ID");
    let empty = site().env("CLAUSEBOOK_BUILD_ID", "");
    assert_eq!(with(&pages(&empty, "build -q"), "建置識別", ""), 0);
}

#[test]
fn the_script_shows_the_warning_on_the_right_day() {
    let script = repository().join("tests/browser/stale-node.mjs");
    match std::process::Command::new("node").arg(script).output() {
        Ok(outcome) => {
            let said = String::from_utf8_lossy(&outcome.stderr);
            assert!(outcome.status.success(), "{said}");
        }
        // A machine without node has no browser tests either.
        Err(error) => assert_eq!(error.kind(), std::io::ErrorKind::NotFound, "{error}"),
    }
}
