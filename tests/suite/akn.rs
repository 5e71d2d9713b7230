//! `export akn`: what is written is read back by a parser of its own and says what our pages say.

use std::collections::BTreeSet;

use quick_xml::Reader;
use quick_xml::events::Event;

use super::project::Project;

/// The ids and all words of a document, without white space.
fn read(xml: &str) -> (Vec<String>, String) {
    let mut reader = Reader::from_str(xml);
    let (mut ids, mut words) = (Vec::new(), String::new());
    loop {
        match reader.read_event().expect("well-formed") {
            Event::Start(tag) | Event::Empty(tag) => {
                ids.extend(
                    tag.attributes()
                        .map(|attribute| attribute.expect("an attribute"))
                        .filter(|attribute| attribute.key.as_ref() == "eId")
                        .map(|attribute| attribute.value.into_owned()),
                );
            }
            Event::Text(text) => words.push_str(&text),
            Event::Eof => break,
            _ => {}
        }
    }
    words.retain(|c| !c.is_whitespace());
    (ids, words)
}

#[test]
#[ignore = "slow: the gate runs it in release"]
fn every_version_is_written_with_the_ids_of_its_pages() {
    let project = Project::demo();
    project.run("export akn all -o akn").code(0);
    let files = project.files("akn");
    assert_eq!(files.len(), 6, "{:?}", files.keys());
    for (name, bytes) in &files {
        let xml = String::from_utf8(bytes.clone()).expect("UTF-8");
        let (ids, words) = read(&xml);
        let unique: BTreeSet<&String> = ids.iter().collect();
        assert_eq!(unique.len(), ids.len(), "{name}: ids are unique");
        if name.starts_with("taipei-cadastral") {
            for id in ["p7", "p7-1", "p7-1-1"] {
                assert!(unique.contains(&id.to_owned()), "{name} lacks {id}");
            }
            assert!(words.contains("於每季結束次月辦理一次稽核"), "{name}");
        }
    }
    let seal = String::from_utf8_lossy(&files["taipei-seal/2023-10-23.xml"]);
    assert!(seal.contains("zho@2023-10-23"));
}

#[test]
fn one_text_goes_to_stdout_and_all_go_to_a_folder() {
    let head = "id: law\nname: 測試規定\nversions:\n\
                - {id: \"2026-01-01\", text: 2026-01-01.txt, in_force: 2026-01-01}\n\
                - {id: \"2025-01-01\", text: 2025-01-01.txt, in_force: 2025-01-01}\n";
    let text = "測試規定\n一、為測試，訂定本規定。\n二、各單位每月抽查。\n三、紀錄保存一年。\n";
    let project = Project::new()
        .write("regulations/law/regulation.yaml", head)
        .write("regulations/law/2026-01-01.txt", text);
    // Of two versions the newest, unless one is named.
    project.run("export akn law").code(0).stdout_has("zho@2026-01-01");
    project.run("export akn law@2025-01-01").code(0).stdout_has("zho@2025-01-01");
    project.run("export akn all").code(2);
    project.run("export akn nothing").code(2);
}

#[test]
fn articles_chapters_tables_and_attachments_have_their_elements() {
    let project = Project::new()
        .write(
            "new.txt",
            "測試法\n第一章 總則\n第 1 條\n本法<規範>&測試。\n前項如下：\n一、甲。\n二、乙：\n（一）丙。\n第二章 附則\n第 2-1 條\n| 級 | 件 |\n|---|---|\n| 甲 | 5 |\n附表一\n表。\n",
        )
        .as_of("2026-03-01");
    project.run("import regulation new.txt --id new").code(0);
    let list =
        String::from_utf8(project.files("regulations/new")["clauses.yaml"].clone()).expect("UTF-8");
    let filled: String = list
        .lines()
        .map(|line| match line {
            "#   reason: " => "  reason: purpose\n".to_owned(),
            line if line.starts_with("# - clause:") => format!("{}\n", &line[2..]),
            line => format!("{line}\n"),
        })
        .collect();
    let project = project.write("regulations/new/clauses.yaml", filled);
    let xml = project.run("export akn new").code(0).stdout;
    for part in [
        "<chapter eId=\"heading_1\"><heading>第一章 總則</heading>",
        "<article eId=\"p1\"><num>第 1 條</num>",
        "<p>本法&lt;規範&gt;&amp;測試。</p>",
        "<subparagraph eId=\"p1-2-2\"><num>二、</num><intro><p>乙：</p></intro>",
        "<indent eId=\"p1-2-2-1\">",
        "<article eId=\"p2_1\">",
        "<tr><th><p>級</p></th><th><p>件</p></th></tr>",
        "<hcontainer name=\"attachment\" eId=\"attachment_1\">",
    ] {
        assert!(xml.contains(part), "{part} in {xml}");
    }
    assert_eq!(xml.matches("<chapter ").count(), xml.matches("</chapter>").count());
    _ = read(&xml);
}
