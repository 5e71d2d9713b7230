//! Which regulations a site's systems name, before anything is checked: those that the site holds
//! no folder of may be in the library.

use std::collections::BTreeSet;

use super::yaml::{Node, NodeKind, parse};
use crate::source::{Area, Content, SourceTree};

/// The names under `regulations` of every system of the tree. What is wrong with the files is
/// reported when they are parsed.
pub fn named_regulations(tree: &SourceTree) -> BTreeSet<String> {
    let mut named = BTreeSet::new();
    for (id, file) in tree.of(Area::Record) {
        let within = file.path.strip_prefix("content/systems").unwrap_or_default();
        let Content::Text(text) = &file.content else { continue };
        // Most files name none, and need not be read twice.
        if !within.starts_with(['/', '.']) || !text.contains("regulations") {
            continue;
        }
        let Some(node) = parse(id, text, &mut Vec::new()) else { continue };
        match &node.kind {
            NodeKind::List(items) => items.iter().for_each(|item| collect(item, &mut named)),
            _ => collect(&node, &mut named),
        }
    }
    named
}

fn collect(system: &Node, named: &mut BTreeSet<String>) {
    let NodeKind::Map(entries) = &system.kind else { return };
    for entry in entries.iter().filter(|entry| entry.key.value == "regulations") {
        let NodeKind::List(items) = &entry.value.kind else { continue };
        for item in items {
            if let NodeKind::Scalar { text, .. } = &item.kind {
                named.insert(text.trim().to_owned());
            }
        }
    }
}
