//! The files of a new site, in memory.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use super::super::editor::{schema_files, settings_file};
use super::super::library::{PLACE, noted};
use super::answers::Answers;
use super::examples;
use crate::export::sheet::{SheetForm, render, template};
use crate::parse::registers::our_kinds;
use crate::parse::write::scalar;
use crate::parse::{library, parse};
use crate::source::{Area, Content, SourceFile, SourceTree, embedded};

/// A file: its path with `/`, and its bytes.
pub type NewFile = (String, Vec<u8>);

/// The demo: the site that stands in the program's own repository.
pub fn demo() -> Vec<NewFile> {
    let below = |folder: &str, files: Vec<NewFile>| {
        let folder = folder.to_owned();
        files.into_iter().map(move |(name, bytes)| (format!("{folder}/{name}"), bytes))
    };
    let mut files: Vec<NewFile> =
        vec![("clausebook.yaml".to_owned(), embedded::DEMO_CONFIG.as_bytes().to_vec())];
    files.extend(below("content", embedded::contents()));
    files.extend(below("regulations", embedded::regulations()));
    // Its configuration names a logo, and pictures are taken from the site's own templates.
    files.extend(
        embedded::files()
            .filter(|(name, _)| name.starts_with("assets/logo."))
            .map(|(name, bytes)| (format!("templates/{name}"), bytes)),
    );
    files
}

/// A site of its own.
pub fn site(answers: &Answers) -> Vec<NewFile> {
    let values = examples::values(answers);
    let mut files: Vec<NewFile> = Vec::new();
    for (name, bytes) in embedded::starters("site") {
        let text = String::from_utf8(bytes).expect("the starter is UTF-8");
        let text = if name.ends_with(".yaml") && !name.contains("dot-") {
            filled(&text, &values)
        } else {
            plain(&text, answers)
        };
        files.push((with_dots(&name), text.into_bytes()));
    }
    for (name, bytes) in embedded::starters("examples") {
        let text = String::from_utf8(bytes).expect("the starter is UTF-8");
        let plural = name.trim_end_matches(".yaml");
        let own = own_records(plural, answers);
        let text = records(&text, &own, &values, answers.examples);
        // Editors check the file by it.
        let kind = our_kinds().of_folder(plural).map_or(plural, |kind| kind.name);
        let line = format!("# yaml-language-server: $schema=../.clausebook/schemas/{kind}.json\n");
        let text = line + &text;
        files.push((format!("content/{name}"), text.into_bytes()));
    }
    for name in ["calendar.yaml", "roles.yaml", "topics.yaml"] {
        let bytes = embedded::content(name).expect("the demo has it");
        files.push((format!("content/{name}"), bytes));
    }
    files.extend(pages(answers));
    files.extend(schema_files(our_kinds()));
    files.push(settings_file(our_kinds()));
    files.push((PLACE.to_owned(), noted(&answers.regulations).into_bytes()));
    files.extend(sheets(&files));
    files.sort();
    files
}

/// Empty sheets to be filled in and imported, with the site's units and systems as choices.
fn sheets(site: &[NewFile]) -> Vec<NewFile> {
    let text = |(path, bytes): &NewFile| {
        let area = if path.starts_with("content/pages/") { return None } else { Area::Record };
        let content = Content::Text(String::from_utf8(bytes.clone()).ok()?);
        (path.starts_with("content/")).then(|| SourceFile { path: path.clone(), area, content })
    };
    let mut tree = SourceTree { files: site.iter().filter_map(text).collect() };
    tree.files.sort_by(|one, other| one.path.cmp(&other.path));
    let (parsed, _) = parse(&tree);
    let mut files = Vec::new();
    for name in ["accounts", "usage", "audits", "posts", "trainings"] {
        let grid = template(name, &parsed);
        for (ending, form) in [("xlsx", SheetForm::Xlsx), ("ods", SheetForm::Ods)] {
            files.push((format!("sheets/{name}.{ending}"), render(&grid, form)));
        }
    }
    files
}

/// Turns `dot-` at the head of a part of a path into a dot: files with one would act in the
/// program's own repository.
fn with_dots(name: &str) -> String {
    let part = |part: &str| match part.strip_prefix("dot-") {
        Some(rest) => format!(".{rest}"),
        None => part.to_owned(),
    };
    name.split('/').map(part).collect::<Vec<_>>().join("/")
}

fn filled(text: &str, values: &BTreeMap<&'static str, String>) -> String {
    values.iter().fold(text.to_owned(), |text, (name, value)| {
        text.replace(&format!("{{{{{name}}}}}"), value)
    })
}

/// A text for people: names as they are, without the quotes of YAML.
fn plain(text: &str, answers: &Answers) -> String {
    let names: BTreeMap<String, String> = library::regulations().into_iter().collect();
    let mut list = String::new();
    for id in &answers.regulations {
        let name = names.get(id).unwrap_or(id);
        _ = writeln!(list, "- {name}（`{id}`）");
    }
    text.replace("{{site}}", &answers.site)
        .replace("{{agency_name}}", &answers.agency.name)
        .replace("{{regulation_list}}", list.trim_end())
}

/// What of the answers is a record of the kind whose folder is `plural`.
fn own_records(plural: &str, answers: &Answers) -> String {
    let mut text = String::new();
    match plural {
        "agencies" => {
            let agency = &answers.agency;
            _ = writeln!(text, "- id: {}\n  name: {}", agency.id, scalar(&agency.name));
        }
        "units" => {
            for unit in &answers.units {
                _ = write!(
                    text,
                    "- id: {}\n  agency: {}\n  name: {}\n  kind: unit\n  uses:\n",
                    unit.id,
                    answers.agency.id,
                    scalar(&unit.name)
                );
                for system in &answers.systems {
                    let id = &system.named.id;
                    _ = writeln!(text, "    - {{system: {id}, from: {}}}", answers.since);
                }
            }
        }
        "systems" => {
            for system in &answers.systems {
                _ = writeln!(
                    text,
                    "- id: {}\n  name: {}\n  agency: {}\n  regulations: [{}]",
                    system.named.id,
                    scalar(&system.named.name),
                    answers.agency.id,
                    system.regulations.join(", ")
                );
            }
        }
        _ => {}
    }
    text
}

/// The file of a kind: its head, the site's own records, and its example, live or behind `#`.
fn records(text: &str, own: &str, values: &BTreeMap<&'static str, String>, live: bool) -> String {
    let (mut head, mut example) = (String::new(), String::new());
    for line in text.lines() {
        match line.strip_prefix("#:") {
            Some(line) => _ = writeln!(example, "{}", line.strip_prefix(' ').unwrap_or(line)),
            None => _ = writeln!(head, "{line}"),
        }
    }
    let example = filled(&example, values);
    let mut out = head;
    if !own.is_empty() {
        _ = write!(out, "\n{own}");
    }
    if example.contains("{{") {
        out.push_str("\n# 本站所選法規沒有這一類義務，範例從略。\n");
    } else if live {
        _ = write!(out, "\n{example}");
    } else {
        out.push('\n');
        for line in example.lines() {
            let line = line.trim_start_matches("# ");
            _ = writeln!(out, "# {line}");
        }
    }
    out
}

/// The guidance pages that explain a duty of the site's regulations; what they say of others'
/// duties in their heads is left out.
fn pages(answers: &Answers) -> Vec<NewFile> {
    let mut kept: Vec<(String, String)> = Vec::new();
    for (name, bytes) in embedded::contents() {
        let (true, Ok(text)) = (name.starts_with("pages/"), String::from_utf8(bytes)) else {
            continue;
        };
        let Some((head, body)) =
            text.strip_prefix("---\n").and_then(|text| text.split_once("\n---\n"))
        else {
            kept.push((name, text));
            continue;
        };
        let duties: Vec<&str> = head
            .split(|c: char| !(c.is_ascii_alphanumeric() || c == '-' || c == '/'))
            .filter(|word| {
                let regulation = word.split_once('/').map(|(regulation, _)| regulation);
                regulation.is_some_and(|id| answers.regulations.iter().any(|one| one == id))
            })
            .collect();
        if duties.is_empty() {
            continue;
        }
        let lines: String = duties.iter().map(|duty| format!("  - {duty}\n")).collect();
        kept.push((name, format!("---\nduties:\n{lines}---\n{body}")));
    }
    let names: Vec<String> = kept.iter().map(|(name, _)| name.clone()).collect();
    let leads = |address: &str| {
        let page = address.split('#').next().unwrap_or_default();
        let page = page.trim_end_matches(".html").trim_end_matches(".md");
        match page.strip_prefix("../") {
            None => address.contains(':') || names.contains(&format!("pages/{page}.md")),
            Some(place) => {
                let mut parts = place.split('/');
                let of_a_law = matches!(parts.next(), Some("regulations" | "obligations"));
                let id = parts.next().unwrap_or_default();
                !of_a_law || answers.regulations.iter().any(|one| one == id)
            }
        }
    };
    let page = |(name, text): (String, String)| {
        (format!("content/{name}"), with_links_that(&text, leads).into_bytes())
    };
    kept.into_iter().map(page).collect()
}

/// A Markdown text in which links whose address does not lead anywhere are only their words.
fn with_links_that(text: &str, leads: impl Fn(&str) -> bool) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find("](") {
        let (before, after) = rest.split_at(at);
        let (address, behind) = after[2..].split_once(')').unwrap_or((&after[2..], ""));
        match before.rfind('[') {
            Some(open) if !leads(address) => {
                out.push_str(&before[..open]);
                out.push_str(&before[open + 1..]);
            }
            _ => {
                out.push_str(before);
                out.push_str("](");
                out.push_str(address);
                out.push(')');
            }
        }
        rest = behind;
    }
    out.push_str(rest);
    out
}
