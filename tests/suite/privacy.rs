//! Nothing personal is published: what the inputs hold is reported, masked, or kept back, whatever way
//! it is written; and what may not be read stands nowhere in the output.

use super::project::Project;

/// A site with evidence, a post and a note to write into.
fn site(note: &str) -> Project {
    Project::new().as_of("2026-03-01").write(
        "content/posts.yaml",
        format!("id: chief\nagency: city\ntitle: 科長\nstaff: A001\nnote: {note}\n"),
    )
}

fn published(project: &Project, text: &str) -> Vec<String> {
    let holds = |bytes: &[u8]| bytes.windows(text.len()).any(|part| part == text.as_bytes());
    let files = project.files("public");
    files
        .into_iter()
        .filter(|(path, bytes)| holds(bytes) || path.contains(text))
        .map(|(p, _)| p)
        .collect()
}

#[test]
fn a_number_is_an_error_and_never_printed() {
    let outcome = site("身分證 A123-456-789").run("build").code(1);
    assert!(outcome.stderr.contains("national-id"), "{}", outcome.stderr);
    assert!(!outcome.stderr.contains("456-789"), "{}", outcome.stderr);
    let outcome = site("身分證 A123456789").run("check --format json").code(1);
    assert!(!outcome.stdout.contains("A123456789") && outcome.stdout.contains("national-id"));
}

#[test]
fn what_is_only_warned_of_is_published_masked() {
    let project = site("請洽 0912-345-678 或 A123456788");
    project.run("build").code(0);
    assert_eq!(published(&project, "345-678"), Vec::<String>::new());
    assert_eq!(published(&project, "A123456788"), Vec::<String>::new());
    assert!(!published(&project, "A12345****").is_empty());
}

#[test]
fn what_an_author_answers_for_is_published() {
    let answered = "請洽 02-2720-8889\npii_ok: {reason: 公務電話, until: 2026-12-31}";
    let project = site(answered);
    project.run("build").code(0).stderr_has("1 waived");
    assert!(!published(&project, "02-2720-8889").is_empty());
    project.as_of("2027-01-01").run("check").code(1).stderr_has("expired-waiver");
}

#[test]
fn words_of_evidence_are_searched() {
    for (name, text) in [("a.txt", "申請人 A123456789"), ("b.csv", "甲,A123456789\r\n")] {
        let project = site("無").write(&format!("content/evidence/files/{name}"), text);
        let outcome = project.run("check").code(1);
        assert!(outcome.stderr.contains("1 in all"), "{}", outcome.stderr);
        assert!(!outcome.stderr.contains("A123456789"));
    }
    site("無").write("content/evidence/files/A123456789.txt", "x").run("check").code(1);
    for name in ["a.html", "a.js", "feed.json", "web.config", "sub/a.md", "plain"] {
        let project = site("無").write(&format!("static/{name}"), "x A123456789 y");
        project.run("check").code(1).stderr_has("national-id");
    }
}

/// Encodings a browser reads, pictures with a title, files beside the templates: each is published.
#[test]
fn numbers_in_whatever_is_published_as_it_is_are_found() {
    let text = "持證人 A123456789 乙";
    let little: Vec<u8> =
        [0xfeff].into_iter().chain(text.encode_utf16()).flat_map(u16::to_le_bytes).collect();
    let big: Vec<u8> =
        [0xfeff].into_iter().chain(text.encode_utf16()).flat_map(u16::to_be_bytes).collect();
    let wide = "持證人 Ａ１２３４５６７８９";
    let big5 = encoding_rs::BIG5.encode(wide).0.into_owned();
    let gb18030 = |text: &str| encoding_rs::GB18030.encode(text).0.into_owned();
    let plain = "持证人 Ａ１２３４５６７８９ 的查询记录应当保存";
    let picture = b"\x89PNG\r\n\x1a\n\0\0\0\x1etEXtAuthor\0A123456789\0\xff\xd8".to_vec();
    let files: [(&str, Vec<u8>); 14] = [
        ("static/a.html", little.clone()),
        ("static/b.html", big),
        ("static/c.html", big5.clone()),
        ("static/d.css", wide.into()),
        ("static/e.png", picture.clone()),
        ("content/evidence/files/f.png", picture.clone()),
        ("content/evidence/files/g.txt", big5),
        ("templates/assets/h.svg", format!("<svg><title>{wide}</title></svg>").into()),
        ("templates/assets/i.json", "{\"a\":\"A123 456 789\"}".into()),
        ("templates/assets/style/z.css", format!("/* {wide} */").into()),
        ("templates/assets/j.png", picture),
        ("static/k.html", gb18030(wide)),
        ("static/l.html", gb18030(plain)),
        ("content/evidence/files/m.csv", gb18030(plain)),
    ];
    let project =
        files.iter().fold(site("無"), |project, (path, bytes)| project.write(path, bytes));
    let outcome = project.run("check --format json").code(1);
    let rows: Vec<serde_json::Value> = serde_json::from_str(&outcome.stdout).expect("JSON");
    let said: Vec<&str> = rows
        .iter()
        .filter(|row| row["code"] == "national-id")
        .filter_map(|row| row["file"].as_str())
        .collect();
    let missing: Vec<&str> =
        files.iter().map(|(path, _)| *path).filter(|path| !said.contains(path)).collect();
    assert_eq!(missing, Vec::<&str>::new());
    assert!(!outcome.stdout.contains("A123456789"), "{}", outcome.stdout);
}

/// A hash is no number of identity, but not everything that is called one is a hash.
#[test]
fn what_is_called_a_hash_is_looked_at() {
    let site = |text: &str| {
        let agency = format!("id: city\nname: 示範局\nattributes: {{sha256: \"{text}\"}}\n");
        Project::new().write("content/agencies.yaml", agency)
    };
    let said = |text: &str| site(text).run("check --format json").stdout.contains("national-id");
    assert!(said("A123456789") && said("Ａ１２３４５６７８９"));
}

/// A name that the site masks is masked nowhere else: not in a paper, not in a file beside the pages.
#[test]
fn masked_names_are_searched_in_what_is_published_as_it_is() {
    let post = "id: chief\nagency: city\ntitle: 科長\nstaff: A001\ndisplay_name: 歐陽菲菲\n";
    let plain = Project::new().as_of("2026-03-01").write("content/posts.yaml", post);
    let paths = ["content/evidence/files/a.csv", "static/b.html", "static/c.js"];
    let project =
        paths.iter().fold(plain, |project, path| project.write(path, "甲\n歐陽菲菲,歐陽菲菲\n"));
    let said = |project: &Project| {
        let outcome = project.run("check --format json");
        let rows: Vec<serde_json::Value> = serde_json::from_str(&outcome.stdout).expect("JSON");
        let named = rows.into_iter().filter(|row| {
            row["code"] == "name-in-text"
                && row["message"]
                    .as_str()
                    .is_some_and(|text| text.ends_with("2 in all, the first in line 2"))
        });
        named.filter_map(|row| row["file"].as_str().map(str::to_owned)).collect::<Vec<_>>()
    };
    assert_eq!(said(&project), paths);
    let shown = "name: 站\nagency: 局\nshow_names: true\n";
    assert_eq!(said(&project.write("clausebook.yaml", shown)), Vec::<String>::new());
}

#[test]
fn records_are_kept_from_readers() {
    let sha256 = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08";
    let project = site("無")
        .write("content/evidence/files/secret-paper.txt", "test")
        .write(
            "content/evidence.yaml",
            format!(
                "id: secret-paper-7\ntitle: 祕密文件甲\nreceived_on: 2026-02-01\n\
                 file: secret-paper.txt\nsha256: {sha256}\nvisibility: restricted\n"
            ),
        )
        .write(
            "content/trainings.yaml",
            "id: t\npost: chief\non: 2026-02-01\nhours: 3\ntitle: 訓練\nevidence: [secret-paper-7]\n",
        );
    for profile in ["public", "intranet"] {
        project.run(&format!("build --profile {profile}")).code(0);
        for text in ["secret-paper", "祕密文件甲"] {
            assert_eq!(published(&project, text), Vec::<String>::new(), "{profile}");
        }
    }
    project.run("build --profile auditor").code(0);
    assert!(!published(&project, "祕密文件甲").is_empty());
    assert!(project.files("public").contains_key("evidence/files/secret-paper.txt"));
}

#[test]
fn names_in_full_are_counted() {
    let name = "無\ndisplay_name: 歐陽菲菲";
    site(name)
        .write("clausebook.yaml", "name: 站\nagency: 局\nshow_names: true\n")
        .run("build")
        .code(0)
        .stderr_has("1 names");
}

#[test]
fn files_not_ours_are_never_deleted_and_static_ones_are_published() {
    let project = site("無").write("static/web.config", "<configuration/>");
    project.run("build").code(0);
    assert_eq!(project.files("public")["web.config"], b"<configuration/>");
    let project = project.write("public/notes.txt", "mine");
    project.run("build").code(4).stderr_has("notes.txt");
    assert_eq!(project.files("public")["notes.txt"], b"mine");
}

#[test]
fn a_day_far_ahead_is_refused() {
    for day in ["2206-11-21", "9999-12-31"] {
        Project::new().as_of(day).run("check").code(2).stderr_has("too far ahead");
    }
}
