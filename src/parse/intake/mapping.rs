//! Which column is which key: the program's own synonyms, and a mapping file of the user's.

use std::collections::BTreeMap;

use super::fold::folded;
use crate::parse::registers::our_kinds;
use crate::parse::yaml::{Node, NodeKind, parse};
use crate::record::kinds::Kind;
use crate::record::schema::{Field, Shape};
use crate::source::{FileId, embedded};

/// What the program knows of the sheets of one kind of record.
#[derive(Clone, Debug)]
pub struct Table {
    pub kind: &'static Kind,
    /// The keys that together tell one record from another.
    pub identity: Vec<String>,
    /// The form of a new id, with keys in braces; none for kinds without ids.
    pub id: Option<String>,
    /// The sheet lists everything there is: what it does not list may be gone.
    pub is_register: bool,
    /// The keys of the first and the last day of what runs for a time and may come again.
    pub runs: Option<(String, String)>,
    /// What stands before a heading whose column has the same days in the ROC calendar.
    pub roc: String,
    /// Keys whose texts are codes: half-width, whatever the sheet has.
    pub codes: Vec<String>,
    /// Values of keys no column gives.
    pub defaults: BTreeMap<String, String>,
    /// Keys (dotted) with the headings that mean them, folded.
    pub columns: Vec<(String, Vec<String>)>,
    /// By key: words with the spellings that mean them.
    pub values: BTreeMap<String, Vec<(String, Vec<String>)>>,
    pub flags: Vec<(String, Vec<String>)>,
    /// Headings of personal data, folded: never read unless a mapping file names them.
    pub personal: Vec<String>,
}

/// A user's mapping file.
#[derive(Clone, Debug, Default)]
pub struct Mapping {
    pub sheet: Option<String>,
    /// Key to heading.
    pub columns: BTreeMap<String, String>,
    pub values: BTreeMap<String, Vec<(String, Vec<String>)>>,
    /// Values for every row.
    pub fixed: BTreeMap<String, String>,
    pub id: Option<String>,
    /// Headings that are never read, folded.
    pub leave_out: Vec<String>,
}

/// The table for a kind of sheet, by the name it has in `starter/columns.yaml`.
pub fn table(name: &str) -> Table {
    let text = embedded::starter("columns.yaml").expect("the starter has it");
    let node = parse(FileId(0), &text, &mut Vec::new()).expect("it is YAML");
    let entry = get(&node, name).expect("the sheet has a table");
    let kind = get(entry, "kind").and_then(text_of);
    let kind = kind.as_deref().and_then(|name| our_kinds().find(name));
    Table {
        // The log of queries becomes records of use.
        kind: kind.or_else(|| our_kinds().find("usage")).expect("a kind"),
        identity: get(entry, "identity").map(texts).unwrap_or_default(),
        id: get(entry, "id").and_then(text_of),
        is_register: get(entry, "register").and_then(text_of).is_some_and(|text| text == "true"),
        runs: match get(entry, "runs").map(texts).as_deref() {
            Some([first, last]) => Some((first.clone(), last.clone())),
            _ => None,
        },
        roc: get(&node, "words")
            .and_then(|words| get(words, "roc"))
            .and_then(text_of)
            .unwrap_or_default(),
        codes: get(&node, "codes").map(texts).unwrap_or_default(),
        defaults: get(entry, "defaults").map(pairs).unwrap_or_default(),
        columns: get(entry, "columns")
            .map(lists)
            .unwrap_or_default()
            .into_iter()
            .map(fold)
            .collect(),
        values: values(entry),
        flags: get(&node, "flags").map(lists).unwrap_or_default(),
        personal: get(&node, "personal")
            .map(texts)
            .unwrap_or_default()
            .iter()
            .map(|t| folded(t))
            .collect(),
    }
}

fn fold((key, names): (String, Vec<String>)) -> (String, Vec<String>) {
    (key, names.iter().map(|name| folded(name)).collect())
}

/// A table of a kind that has no sheet: its keys, without any headings.
pub fn plain_table(kind: &'static Kind) -> Table {
    const SHEETS: [&str; 7] =
        ["accounts", "usage", "audits", "posts", "trainings", "findings", "evidence"];
    if SHEETS.contains(&kind.plural) {
        return table(kind.plural);
    }
    Table {
        kind,
        columns: Vec::new(),
        values: BTreeMap::new(),
        identity: Vec::new(),
        ..table("log")
    }
}

/// The headings of a sheet of results, by their keys, in order.
pub fn headings(name: &str) -> Vec<(String, String)> {
    let text = embedded::starter("columns.yaml").expect("the starter has it");
    let node = parse(FileId(0), &text, &mut Vec::new()).expect("it is YAML");
    let Some(Node { kind: NodeKind::Map(entries), .. }) = get(&node, name) else {
        return Vec::new();
    };
    let pair =
        |entry: &crate::parse::yaml::Entry| Some((entry.key.value.clone(), text_of(&entry.value)?));
    entries.iter().filter_map(pair).collect()
}

/// A word for cells of sheets, from the `words` of the same file.
pub fn word(group: &str, name: &str) -> String {
    let text = embedded::starter("columns.yaml").expect("the starter has it");
    let node = parse(FileId(0), &text, &mut Vec::new()).expect("it is YAML");
    let words = get(&node, "words").and_then(|words| get(words, group));
    let found = words.and_then(|words| get(words, name).or(Some(words))).and_then(text_of);
    found.unwrap_or_else(|| name.to_owned())
}

/// Reads a mapping file; the error says what is wrong with it.
pub fn read_mapping(text: &str, table: &Table) -> Result<Mapping, String> {
    const KEYS: [&str; 6] = ["sheet", "columns", "values", "fixed", "id", "leave_out"];
    let mut faults = Vec::new();
    let node = parse(FileId(0), text, &mut faults);
    if let Some(fault) = faults.first() {
        return Err(fault.message.clone());
    }
    let node = node.ok_or("the mapping is empty")?;
    let NodeKind::Map(entries) = &node.kind else {
        return Err("the mapping holds `columns:`, `fixed:`, `leave_out:` …".to_owned());
    };
    if let Some(entry) = entries.iter().find(|entry| !KEYS.contains(&entry.key.value.as_str())) {
        return Err(format!(
            "a mapping has no key `{}`; it has {}",
            entry.key.value,
            KEYS.join(", ")
        ));
    }
    let mapping = Mapping {
        sheet: get(&node, "sheet").and_then(text_of),
        columns: get(&node, "columns").map(pairs).unwrap_or_default(),
        values: values(&node),
        fixed: get(&node, "fixed").map(pairs).unwrap_or_default(),
        id: get(&node, "id").and_then(text_of),
        leave_out: get(&node, "leave_out")
            .map(texts)
            .unwrap_or_default()
            .iter()
            .map(|t| folded(t))
            .collect(),
    };
    for key in mapping.columns.keys().chain(mapping.fixed.keys()).chain(mapping.values.keys()) {
        if field(table.kind, key).is_none() {
            return Err(format!("a {} record has no key `{key}`", table.kind.name));
        }
    }
    Ok(mapping)
}

/// The field of a kind at a dotted key, if a cell can hold its value.
pub fn field(kind: &'static Kind, key: &str) -> Option<&'static Field> {
    let (first, rest) =
        key.split_once('.').map_or((key, None), |(first, rest)| (first, Some(rest)));
    let found = kind.fields.iter().find(|field| field.key == first)?;
    match (rest, found.shape) {
        (None, Shape::Group(_) | Shape::Groups(_) | Shape::Attributes) => None,
        (None, _) => Some(found),
        (Some(rest), Shape::Group(fields)) => fields.iter().find(|field| field.key == rest),
        _ => None,
    }
}

fn values(node: &Node) -> BTreeMap<String, Vec<(String, Vec<String>)>> {
    let Some(Node { kind: NodeKind::Map(entries), .. }) = get(node, "values") else {
        return BTreeMap::new();
    };
    entries.iter().map(|entry| (entry.key.value.clone(), lists(&entry.value))).collect()
}

fn get<'a>(node: &'a Node, key: &str) -> Option<&'a Node> {
    let NodeKind::Map(entries) = &node.kind else { return None };
    entries.iter().find(|entry| entry.key.value == key).map(|entry| &entry.value)
}

fn text_of(node: &Node) -> Option<String> {
    match &node.kind {
        NodeKind::Scalar { text, .. } => Some(text.clone()),
        _ => None,
    }
}

/// The texts of a list, or the one text.
fn texts(node: &Node) -> Vec<String> {
    match &node.kind {
        NodeKind::List(items) => items.iter().filter_map(text_of).collect(),
        _ => text_of(node).into_iter().collect(),
    }
}

fn lists(node: &Node) -> Vec<(String, Vec<String>)> {
    let NodeKind::Map(entries) = &node.kind else { return Vec::new() };
    entries.iter().map(|entry| (entry.key.value.clone(), texts(&entry.value))).collect()
}

fn pairs(node: &Node) -> BTreeMap<String, String> {
    let NodeKind::Map(entries) = &node.kind else { return BTreeMap::new() };
    let pair =
        |entry: &crate::parse::yaml::Entry| Some((entry.key.value.clone(), text_of(&entry.value)?));
    entries.iter().filter_map(pair).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_column_of_every_table_is_a_key_of_its_kind() {
        for name in ["accounts", "usage", "audits", "posts", "trainings"] {
            let table = table(name);
            assert_eq!(table.kind.plural, name);
            assert!(!table.identity.is_empty());
            for (key, names) in &table.columns {
                assert!(field(table.kind, key).is_some(), "{name}: {key}");
                assert!(!names.is_empty());
            }
            for key in table.identity.iter().chain(table.defaults.keys()).chain(table.values.keys())
            {
                assert!(table.columns.iter().any(|(column, _)| column == key), "{name}: {key}");
            }
            let mut seen = std::collections::BTreeMap::new();
            for (key, names) in &table.columns {
                for heading in names {
                    assert_eq!(seen.insert(heading, key), None, "{name}: {heading} stands twice");
                    assert!(!table.personal.contains(heading), "{name}: {heading} is personal");
                }
            }
            for (key, words) in &table.values {
                let field = field(table.kind, key).expect("a key");
                let (Shape::Word(known) | Shape::Term(_, known)) = field.shape else {
                    panic!("{key} has no words")
                };
                for (word, _) in words {
                    assert!(known.contains(&word.as_str()), "{name}: {key}: {word}");
                }
            }
        }
        assert!(!table("log").columns.is_empty());
    }

    #[test]
    fn a_mapping_with_an_unknown_key_is_refused() {
        let table = table("accounts");
        assert!(read_mapping("columns: {staff: 編號}\nfixed: {system: net}\n", &table).is_ok());
        for text in
            ["colums: {}\n", "columns: {stuff: 編號}\n", "fixed: {application: x}\n", "- a\n"]
        {
            assert!(read_mapping(text, &table).is_err(), "{text}");
        }
    }
}
