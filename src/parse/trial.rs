//! Tests beside the rule: `regulations/ID/tests.yaml`, a list. Takes its shape apart and keeps what a
//! case gives as written, because that is whatever records may hold; what it means is for
//! [`proof::trial`](crate::proof::trial).

use super::yaml::{Node, NodeKind};
use super::{check, read_yaml};
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::record::trial::TRIAL;
use crate::record::value::Group;
use crate::source::{SourceTree, Span};

/// One entry of `tests.yaml`, its shape being right.
#[derive(Clone, Debug, PartialEq)]
pub struct ParsedTrial {
    pub fields: Group,
    /// What the case gives, as written.
    pub given: Option<Node>,
}

/// Reads `tests.yaml` of a regulation's folder; it may be missing.
pub(super) fn read(tree: &SourceTree, folder: &str, report: &mut Diagnostics) -> Vec<ParsedTrial> {
    let Some(id) = tree.find(&format!("{folder}/tests.yaml")) else { return Vec::new() };
    let Some(node) = read_yaml(id, tree.file(id), report) else { return Vec::new() };
    let items = match &node.kind {
        NodeKind::Null => return Vec::new(),
        NodeKind::List(items) => items,
        other => {
            let message = format!("`tests.yaml` holds a list, found {}", other.name());
            report.push(Diagnostic::new(Code::WrongType, node.span, message));
            return Vec::new();
        }
    };
    items.iter().filter_map(|item| entry(item, report)).collect()
}

/// One entry. What nobody has filled in yet is reported as that, not as a wrong value.
fn entry(item: &Node, report: &mut Diagnostics) -> Option<ParsedTrial> {
    let open = open_places(item);
    for span in &open {
        let message = "the expectation is not filled in";
        report.push(
            Diagnostic::new(Code::UnfilledTest, *span, message).help(
                "read the clause, and write what it asks; the program does not say it for you",
            ),
        );
    }
    if !open.is_empty() {
        return None;
    }
    let fields = check::group(item, "test", TRIAL, report)?;
    let NodeKind::Map(entries) = &item.kind else { return None };
    let given = entries.iter().find(|entry| entry.key.value == "given");
    Some(ParsedTrial { fields, given: given.map(|entry| entry.value.clone()) })
}

/// The places of `?` among what an entry expects, and for who wrote it.
fn open_places(item: &Node) -> Vec<Span> {
    const EXPECTING: [&str; 5] = ["sizes", "days", "periods", "expect", "by"];
    let NodeKind::Map(entries) = &item.kind else { return Vec::new() };
    let mut found = Vec::new();
    for entry in entries.iter().filter(|entry| EXPECTING.contains(&entry.key.value.as_str())) {
        marks(&entry.value, &mut found);
    }
    found
}

fn marks(node: &Node, found: &mut Vec<Span>) {
    match &node.kind {
        NodeKind::Scalar { text, .. } if text.trim() == "?" => found.push(node.span),
        NodeKind::List(items) => items.iter().for_each(|item| marks(item, found)),
        NodeKind::Map(entries) => entries.iter().for_each(|entry| marks(&entry.value, found)),
        NodeKind::Scalar { .. } | NodeKind::Null => {}
    }
}
