//! What a publisher decides about the look of the site, and what every site promises about weight.

use std::collections::BTreeMap;

use super::project::Project;
use super::published::DEMO;

const CONFIG: &str = "name: 測試站\nagency: 測試機關\n";

/// The one file of the output whose path begins and ends so.
fn asset(files: &BTreeMap<String, Vec<u8>>, ending: &str) -> String {
    let is_meant = |path: &&String| {
        let name = path.strip_prefix("assets/site.").unwrap_or_default();
        name.split_once('.').is_some_and(|(_, rest)| rest == ending)
    };
    let path = files.keys().find(is_meant).unwrap_or_else(|| panic!("no {ending}: {files:?}"));
    String::from_utf8(files[path].clone()).expect("UTF-8")
}

#[test]
fn style_and_scripts_together_stay_light() {
    let all = ["css", "start.js", "js"].map(|ending| asset(&DEMO.files, ending).len());
    assert!(all.iter().sum::<usize>() <= 60 * 1024, "{all:?}");
}

#[test]
fn the_publishers_colours_reach_the_style_sheet_and_change_its_name() {
    let plain = Project::new().as_of("2026-03-01");
    plain.run("build").code(0);
    let own = "appearance:\n  band: \"#5b1a1a\"\n  accent: \"#0B5D4B\"\n";
    let project = Project::new().write("clausebook.yaml", format!("{CONFIG}{own}"));
    let project = project.as_of("2026-03-01");
    project.run("build").code(0);
    let style = asset(&project.files("public"), "css");
    assert!(style.contains("--band: #5b1a1a;"), "{style}");
    assert!(style.contains("--accent: light-dark(#0b5d4b, #"), "{style}");
    let names = |project: &Project| {
        let files = project.files("public").into_keys();
        files.filter(|path| path.ends_with(".css")).collect::<Vec<_>>()
    };
    assert_ne!(names(&plain), names(&project));
}

#[test]
fn a_logo_of_any_kind_is_published_as_it_is() {
    let png = b"\x89PNG\r\n\x1a\n\x00\xff";
    let project = Project::new()
        .write("clausebook.yaml", format!("{CONFIG}appearance: {{logo: assets/own.png}}\n"))
        .write("templates/assets/own.png", png)
        .as_of("2026-03-01");
    project.run("build").code(0);
    let files = project.files("public");
    assert_eq!(files["assets/own.png"], png);
    let home = String::from_utf8(files["index.html"].clone()).expect("UTF-8");
    assert!(home.contains("<img src=\"assets/own.png\" alt=\"\">"), "{home}");
}

#[test]
fn with_an_address_there_is_a_site_map_and_a_404_page_with_a_menu() {
    let project = Project::new()
        .write("clausebook.yaml", format!(
            "{CONFIG}url: https://duties.example.org/city\naliases: [{{from: \"old/a&b.html\", to: index.html}}]\n"
        ))
        .as_of("2026-03-01");
    project.run("build").code(0);
    let files = project.files("public");
    let text = |path: &str| String::from_utf8(files[path].clone()).expect("UTF-8");
    // What has moved is no page to find, and its author's path no XML.
    assert!(files.contains_key("old/a&b.html") && !text("sitemap.xml").contains("a&b"));
    let pages = files.keys().filter(|path| path.ends_with(".html") && *path != "404.html");
    let pages = pages.filter(|path| !path.starts_with("old/"));
    for path in pages {
        let address = format!("<loc>https://duties.example.org/city/{path}</loc>");
        assert!(text("sitemap.xml").contains(&address), "{path}");
    }
    let missing = text("404.html");
    let links = missing.split("href=\"").skip(1).filter_map(|rest| rest.split('"').next());
    let links: Vec<&str> = links.filter(|link| !link.starts_with('#')).collect();
    assert!(links.len() > 8, "{links:?}");
    let elsewhere = links.iter().find(|link| !link.starts_with("https://duties.example.org/city/"));
    assert_eq!(elsewhere, None, "a relative link leads nowhere on a page shown at any depth");
}

#[test]
fn a_script_of_a_site_is_joined_to_the_letter() {
    let own = "const text = `one\n    two\n\n  three`";
    let project = Project::new()
        .write("templates/assets/script/99-own.js", own)
        .write("templates/assets/script/99-then.js", "then()")
        .as_of("2026-03-01");
    project.run("build").code(0);
    let files = project.files("public");
    // Which of the scripts comes first hangs on their hashes.
    let is_script = |path: &String| path.starts_with("assets/site.") && path.ends_with(".js");
    let scripts = files.iter().filter(|(path, _)| is_script(path));
    let mut scripts = scripts.map(|(_, bytes)| str::from_utf8(bytes).expect("UTF-8"));
    assert!(scripts.any(|script| script.contains(&format!("{own}\nthen()\n"))));
}

#[test]
fn access_keys_can_be_turned_off() {
    let with = Project::new().as_of("2026-03-01");
    let without = Project::new().write("clausebook.yaml", format!("{CONFIG}access_keys: false\n"));
    let without = without.as_of("2026-03-01");
    for (project, expected) in [(with, 3), (without, 0)] {
        project.run("build").code(0);
        let home = project.files("public").remove("index.html").expect("a home page");
        let home = String::from_utf8(home).expect("UTF-8");
        assert_eq!(home.matches(" accesskey=").count(), expected);
        assert_eq!(home.matches(">:::</a>").count(), 3);
    }
}

#[test]
fn an_address_that_moved_leads_to_the_new_one() {
    let site = |aliases: &str| {
        Project::new().write("clausebook.yaml", format!("{CONFIG}{aliases}")).as_of("2026-03-01")
    };
    let project = site("aliases: [{from: units/old/desk.html, to: units/desk.html}]\n");
    project.run("build").code(0);
    let page = project.files("public").remove("units/old/desk.html").expect("the old address");
    let page = String::from_utf8(page).expect("UTF-8");
    assert!(
        page.contains(r#"<meta http-equiv="refresh" content="0; url=../desk.html">"#),
        "{page}"
    );
    assert!(page.contains(r#"<a href="../desk.html">units/desk.html</a>"#), "{page}");
    for (aliases, fault) in [
        ("aliases: [{from: units/old.html, to: units/gone.html}]\n", "no file `units/gone.html`"),
        ("aliases: [{from: units/desk.html, to: index.html}]\n", "alias of another page"),
        ("aliases: [{from: units/old, to: index.html}]\n", "ends in `.html`"),
    ] {
        let outcome = site(aliases).run("build").code(1);
        assert!(outcome.stderr.contains(fault), "{aliases}: {}", outcome.stderr);
    }
}
