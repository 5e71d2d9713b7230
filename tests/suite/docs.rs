//! The guide for authors: its examples are sound, and its reference is what the program reads.
//! A block marked `yaml rule` holds duties; one marked `yaml content/PATH` is that file.

use std::fs;

use super::project::{Project, repository};

const SITE: &[(&str, &str)] = &[
    ("clausebook.yaml", "name: 範例站\nagency: 範例機關\nas_of: 2026-11-21\n"),
    (
        "regulations/law/regulation.yaml",
        "id: law\nname: 範例規定\nversions:\n- {id: \"2025-01-01\", text: 2025-01-01.txt, in_force: 2025-01-01}\n",
    ),
    ("content/agencies.yaml", "id: city\nname: 範例局\n"),
    ("content/systems.yaml", "id: net\nname: 查詢系統\nagency: city\nregulations: [law]\n"),
    (
        "content/units.yaml",
        "id: desk\nagency: city\nname: 一科\nkind: unit\nuses: [{system: net, from: 2025-01-01}]\n",
    ),
    ("content/posts.yaml", "id: chief\nagency: city\ntitle: 科長\nstaff: A001\n"),
    ("templates/assets/site.css", "body { margin: 0; }\n"),
];

/// A text with so many clauses that every example finds its own.
fn clauses() -> (String, Vec<String>) {
    let figures = ["一", "二", "三", "四", "五", "六", "七", "八", "九", "十"];
    let (mut text, mut numbers) = ("範例規定\n".to_owned(), Vec::new());
    for (point, figure) in figures.iter().enumerate() {
        text += &format!("{figure}、點：\n");
        numbers.push(format!("{}", point + 1));
        for (item, figure) in figures.iter().enumerate() {
            text += &format!("（{figure}）款：\n");
            numbers.push(format!("{}.{}", point + 1, item + 1));
            for subitem in 1..=6 {
                text += &format!("{subitem}.目。\n");
                numbers.push(format!("{}.{}.{subitem}", point + 1, item + 1));
            }
        }
    }
    (text, numbers)
}

/// The fenced blocks of a page: their marks, their lines, and where each begins.
pub fn blocks(text: &str) -> Vec<(String, String, usize)> {
    let mut found: Vec<(String, String, usize)> = Vec::new();
    let mut inside = false;
    for (at, line) in text.lines().enumerate() {
        match line.strip_prefix("```") {
            Some(_) if inside => inside = false,
            Some(mark) => {
                inside = true;
                found.push((mark.to_owned(), String::new(), at + 1));
            }
            None if inside => {
                let (_, block, _) = found.last_mut().expect("a block was begun");
                block.push_str(line);
                block.push('\n');
            }
            None => {}
        }
    }
    found
}

#[test]
#[ignore = "slow: the gate runs it in release"]
fn every_example_of_the_guide_is_sound() {
    let guide = fs::read_to_string(repository().join("docs/rules.md")).expect("the guide");
    let (text, numbers) = clauses();
    let list = numbers.join("\", \"");
    // Whatever the example does not name is named here, so that every clause is accounted for.
    let rest = format!(
        "- {{id: the-rest, kind: conduct, clauses: [\"{list}\"], title: 其餘, scope: agency}}\n"
    );
    let (mut rules, mut all, mut records) = (0, String::new(), Vec::new());
    let site = || {
        let base = SITE.iter().fold(Project::empty(), |site, (path, text)| site.write(path, text));
        base.write("regulations/law/2025-01-01.txt", &text)
    };
    for (mark, block, line) in blocks(&guide) {
        if let Some(path) = mark.strip_prefix("yaml content/") {
            records.push((format!("content/{path}"), block));
        } else if mark == "yaml rule" {
            let outcome = site()
                .write("regulations/law/obligations.yaml", format!("{block}{rest}"))
                .run("check");
            assert_eq!(outcome.exit(), Some(0), "rules.md:{line}\n{}", outcome.stderr);
            all += &block;
            rules += 1;
        } else {
            assert!(!mark.starts_with("yaml"), "rules.md:{line}: `{mark}` is not tested");
        }
    }
    assert!(rules > 20, "{rules}");
    // Records answer duties of the page, and all duties stand beside each other.
    let whole = site().write("regulations/law/obligations.yaml", format!("{all}{rest}"));
    records
        .into_iter()
        .fold(whole, |site, (path, text)| site.write(&path, text))
        .run("check")
        .code(0);
}

#[test]
fn every_test_of_the_guide_comes_out() {
    let guide = fs::read_to_string(repository().join("docs/tests.md")).expect("the guide");
    let (text, numbers) = clauses();
    let list = numbers.join("\", \"");
    let rest = format!(
        "- {{id: the-rest, kind: conduct, clauses: [\"{list}\"], title: 其餘, scope: agency}}\n"
    );
    let blocks = blocks(&guide);
    let of = |wanted: &str| -> String {
        let fitting = blocks.iter().filter(|(mark, _, _)| mark == wanted);
        fitting.map(|(_, block, _)| block.as_str()).collect()
    };
    assert!(
        blocks
            .iter()
            .all(|(mark, _, _)| ["yaml rule", "yaml tests", "sh", "text"].contains(&&**mark))
    );
    let roles = "- {id: agency-head, title: 首長, reach: agency, parties: [機關首長]}\n\
                 - {id: unit-head, title: 主管, reach: unit}\n";
    let site = SITE.iter().fold(Project::empty(), |site, (path, text)| site.write(path, text));
    let site = site
        .write("regulations/law/2025-01-01.txt", &text)
        .write("content/roles.yaml", roles)
        .write("regulations/law/obligations.yaml", of("yaml rule") + &rest)
        .write("regulations/law/tests.yaml", of("yaml tests"));
    let outcome = site.run("test --format json");
    assert_eq!(outcome.exit(), Some(0), "{}{}", outcome.stdout, outcome.stderr);
    assert_eq!(
        outcome.stdout.matches("\"of\": ").count(),
        of("yaml tests").matches("- of: ").count()
    );
    // What the page shows of the coverage is what the command says of these duties.
    let said = site.run("test --coverage").code(0).stdout;
    let shown = of("text");
    assert!(shown.lines().count() > 3, "{shown}");
    for line in shown.lines() {
        assert!(said.lines().any(|other| other == line), "{line}\n{said}");
    }
}

#[test]
fn the_record_reference_is_what_the_program_reads() {
    let path = repository().join("docs/records.md");
    let made = clausebook::parse::reference::markdown();
    if std::env::var_os("UPDATE_EXPECTED").is_some() {
        fs::write(&path, &made).expect("writes");
    }
    let written = fs::read_to_string(&path).unwrap_or_default();
    assert!(written == made, "docs/records.md is stale: run the tests with UPDATE_EXPECTED=1");
}

#[test]
fn the_guide_names_all_that_expressions_know() {
    let guide = fs::read_to_string(repository().join("docs/rules.md")).expect("the guide");
    for known in clausebook::model::condition::DERIVED {
        let name = format!("`{}.{}`", known.kind, known.name);
        assert!(guide.contains(&name), "{name}");
        assert!(guide.contains(known.doc), "{}", known.doc);
    }
    for function in clausebook::model::condition::Function::ALL {
        let name = function.as_str();
        assert!(guide.contains(&format!("`{name}(")), "{name}");
    }
    for kind in clausebook::record::rule::DUTY_KINDS {
        assert!(guide.contains(&format!("### `{kind}`")), "{kind}");
    }
}
