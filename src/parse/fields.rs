//! What every key means in Chinese: `starter/fields.yaml`, by `SUBJECT.KEY`. A key that several
//! subjects share stands there once, as `*.KEY`.

use super::registers::our_kinds;
use super::yaml::{NodeKind, parse};
use crate::record::kinds::{Kind, Kinds};
use crate::record::regulation::{PLAIN_CLAUSE, QUESTION, REGULATION};
use crate::record::schema::{Descriptions, Field, Shape};
use crate::record::site::{CONFIG, GUIDANCE};
use crate::record::trial::TRIAL;
use crate::source::{FileId, embedded};

/// The tables of all files, by the names their schemas have.
pub fn tables(kinds: &Kinds) -> Vec<(&'static str, &'static [Field])> {
    let mut all: Vec<(&str, &[Field])> =
        kinds.iter().map(|kind| (kind.name, kind.fields)).collect();
    all.extend([
        ("config", CONFIG),
        ("regulation", REGULATION),
        ("obligations", kinds.obligation),
        ("clauses", PLAIN_CLAUSE),
        ("readings", QUESTION),
        ("tests", TRIAL),
        ("page", GUIDANCE),
    ]);
    all
}

/// Every key of every table as `SUBJECT.KEY`, and those of the calendar.
pub fn keys(kinds: &Kinds) -> Vec<String> {
    fn below(above: &str, fields: &[Field], found: &mut Vec<String>) {
        for field in fields {
            let path = format!("{above}.{}", field.key);
            found.push(path.clone());
            if let Shape::Group(inner) | Shape::Groups(inner) = field.shape {
                below(&path, inner, found);
            }
        }
    }
    let mut found = Vec::new();
    for (name, fields) in tables(kinds) {
        below(name, fields, &mut found);
    }
    for key in ["timezone", "years", "years.holidays", "years.workdays"] {
        found.push(format!("calendar.{key}"));
    }
    found
}

/// The registers that are not the program's.
fn own_registers(kinds: &Kinds) -> impl Iterator<Item = &'static Kind> + '_ {
    kinds.registers().filter(|kind| our_kinds().find(kind.name).is_none())
}

/// Describes fields as their table does.
fn describe(above: &str, fields: &[Field], all: &mut Descriptions) {
    for field in fields {
        let path = format!("{above}.{}", field.key);
        if let Shape::Group(inner) | Shape::Groups(inner) = field.shape {
            describe(&path, inner, all);
        }
        all.insert(path, field.doc.to_owned());
    }
}

/// The descriptions of every key, shared ones written out; those of registers of the site's own as
/// it defines them.
pub fn descriptions(kinds: &Kinds) -> Descriptions {
    let text = embedded::starter("fields.yaml").expect("the starter has it");
    let node = parse(FileId(0), &text, &mut Vec::new()).expect("it is YAML");
    let NodeKind::Map(entries) = node.kind else { return Descriptions::new() };
    let written: Descriptions = entries
        .into_iter()
        .filter_map(|entry| match entry.value.kind {
            NodeKind::Scalar { text, .. } => Some((entry.key.value, text)),
            _ => None,
        })
        .collect();
    let mut all = written.clone();
    for kind in own_registers(kinds) {
        all.insert(kind.name.to_owned(), kind.doc.to_owned());
        // Every entry has an id, and may have a note and attributes: shared keys, like other kinds'.
        describe(kind.name, &kind.fields[1..kind.fields.len() - 2], &mut all);
    }
    for key in keys(kinds) {
        let last = key.rsplit('.').next().unwrap_or_default();
        if let (false, Some(text)) = (all.contains_key(&key), written.get(&format!("*.{last}"))) {
            all.insert(key, text.clone());
        }
    }
    all.retain(|key, _| !key.starts_with("*.") && !key.starts_with("reference-"));
    all
}

/// The words of the reference itself: `title`, `lead`, `key`, `meaning`.
pub fn reference_words() -> Descriptions {
    let text = embedded::starter("fields.yaml").expect("the starter has it");
    let node = parse(FileId(0), &text, &mut Vec::new()).expect("it is YAML");
    let NodeKind::Map(entries) = node.kind else { return Descriptions::new() };
    let word = |entry: super::yaml::Entry| match entry.value.kind {
        NodeKind::Scalar { text, .. } => {
            entry.key.value.strip_prefix("reference-").map(|key| (key.to_owned(), text))
        }
        _ => None,
    };
    entries.into_iter().filter_map(word).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_key_is_described_and_nothing_else_is() {
        let said = descriptions(our_kinds());
        let keys = keys(our_kinds());
        let silent: Vec<&String> = keys.iter().filter(|key| !said.contains_key(*key)).collect();
        assert!(silent.is_empty(), "add these to starter/fields.yaml: {silent:?}");
        let subjects: Vec<&str> =
            tables(our_kinds()).into_iter().map(|(name, _)| name).chain(["calendar"]).collect();
        for key in said.keys() {
            assert!(keys.contains(key) || subjects.contains(&key.as_str()), "{key} is no key");
        }
        for subject in subjects {
            assert!(said.contains_key(subject), "{subject}");
        }
    }
}
