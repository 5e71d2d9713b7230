//! `init`: an empty folder becomes a site that checks and builds clean, in every choice of
//! regulations, with the examples behind `#` and live; nothing is ever written over.

use super::project::{Project, repository};

fn library() -> Vec<String> {
    let folders = std::fs::read_dir(repository().join("regulations")).expect("regulations/");
    let mut names: Vec<String> = folders
        .map(|entry| entry.expect("lists").file_name().into_string().expect("UTF-8"))
        .collect();
    names.sort();
    names
}

#[test]
fn a_new_site_checks_and_builds_clean() {
    let place = Project::empty();
    place.run("init --yes").code(0).stdout_has("wrote ").stderr_has("next: clausebook check");
    let check = place.run("check --fail-on warning").code(0);
    assert!(check.stderr.contains("errors 0, warnings 0"), "{}", check.stderr);
    place.run("build").code(0);
    let files = place.files(".");
    for name in
        ["clausebook.yaml", ".gitattributes", ".gitlab-ci.yml", "Containerfile", "README.md"]
    {
        assert!(files.contains_key(&format!("./{name}")) || files.contains_key(name), "{name}");
    }
    assert!(!place.root().join("regulations").exists(), "the library is used without a copy");
    assert!(place.root().join("public/index.html").is_file());
}

#[test]
#[ignore = "slow: the gate runs it in release"]
fn every_regulation_of_the_library_makes_a_clean_site_with_live_examples() {
    for id in library() {
        let place = Project::empty();
        place.run(&format!("init new --yes --examples --regulation {id}")).code(0);
        place.run("-C new check --fail-on warning").code(0);
        for (path, bytes) in place.files("new") {
            if path.starts_with("sheets/") {
                continue;
            }
            let text = String::from_utf8(bytes).expect("UTF-8");
            let open = text.match_indices("{{").find(|(at, _)| !text[at + 2..].starts_with(' '));
            assert_eq!(open, None, "{path} has a value nobody filled in");
        }
    }
}

#[test]
#[ignore = "slow: the gate runs it in release"]
fn all_regulations_together_and_ids_of_ones_own() {
    let place = Project::empty();
    let all = library().join(",");
    let line = format!(
        "init new --yes --examples --agency land=示範地政局 --unit reg=登記課 --unit 測量課 \
         --system cloud=地政雲 --regulation {all} --since 115-01-01"
    );
    place.run(&line).code(0);
    place.run("-C new check --fail-on warning").code(0);
    let units = String::from_utf8(place.files("new")["content/units.yaml"].clone()).expect("UTF-8");
    assert!(units.contains("- id: reg\n  agency: land\n  name: 登記課\n"), "{units}");
    assert!(units.contains("- id: unit-2\n"), "{units}");
    assert!(units.contains("{system: cloud, from: 2026-01-01}"), "{units}");
}

#[test]
#[ignore = "slow: the gate runs it in release"]
fn the_demo_is_the_repositorys_own_site() {
    let place = Project::empty();
    place.run("init --demo new").code(0);
    let demo = Project::demo();
    assert_eq!(place.files("new/content"), demo.files("content"));
    assert_eq!(place.files("new/regulations"), demo.files("regulations"));
    place.run("-C new check").code(0);
}

#[test]
fn nothing_is_written_over() {
    for taken in ["clausebook.yaml", "content/posts.yaml", "README.md", ".gitlab-ci.yml"] {
        let place = Project::empty().write(taken, "mine");
        let before = place.files(".");
        place.run("init --yes").code(2).no_stdout().stderr_has("is there already");
        assert_eq!(place.files("."), before, "{taken}");
    }
}

#[test]
fn what_cannot_be_is_refused_before_anything_is_written() {
    let place = Project::empty();
    place.run("init --yes --regulation taipei-cadastrel").code(2).stderr_has("did you mean");
    place.run("init --yes --unit A_b=課").code(2).stderr_has("is no id");
    place.run("init --yes --unit a=甲 --unit a=乙").code(2).stderr_has("given twice");
    place.run("init --demo --agency 甲").code(2);
    assert!(place.files(".").is_empty());
}

#[test]
fn a_regulation_of_the_library_is_used_by_name_and_the_sites_own_takes_its_place() {
    let place = Project::empty();
    place.run("init --yes").code(0);
    let duties = place.rows().len();
    assert!(duties > 0);
    let id = "taipei-cadastral";
    let text = std::fs::read(repository().join(format!("regulations/{id}/regulation.yaml")));
    let place = place.write(&format!("regulations/{id}/regulation.yaml"), text.expect("reads"));
    // The folder is the site's own now, whole: its text is missing.
    place.run("check").code(1).stderr_has("2024-07-01.txt` is missing");
}

#[test]
fn the_site_is_found_upwards() {
    let place = Project::empty();
    place.run("init --yes").code(0);
    let content = Project::empty_at("site").write("x/clausebook.yaml", "name: 測\nagency: 測\n");
    std::fs::create_dir_all(content.root().join("x/y/z")).expect("creates");
    content.run("-C x/y/z check").code(1).stderr_has("no `clausebook.yaml`");
    let status = std::process::Command::new(env!("CARGO_BIN_EXE_clausebook"))
        .arg("check")
        .current_dir(content.root().join("x/y/z"))
        .status();
    assert_eq!(status.expect("starts").code(), Some(0));
}
