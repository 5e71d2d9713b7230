//! References in the texts: every one a reader finds is found, leads where the reader says, and
//! nothing else is taken for one. The list in `fixtures/references.csv` was made by reading the six
//! texts; what a text calls itself (本規定) and 下列 are not in it. Its last column is what the words
//! lead to without the readings of `regulation.yaml`.

use clausebook::model::{Citation, Regulation, Target, citations};

use super::project::{Project, repository};

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
