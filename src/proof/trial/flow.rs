//! What stands in a test, as one line of YAML that the reader of tests reads back.

use crate::parse::write::scalar;
use crate::parse::yaml::{Entry, Node, NodeKind};

/// A value in flow form.
pub fn flow(node: &Node) -> String {
    match &node.kind {
        NodeKind::Null => "~".to_owned(),
        // Days and numbers stay plain: they are read as what they look like.
        NodeKind::Scalar { text, .. } if is_plain(text) => text.clone(),
        NodeKind::Scalar { text, .. } => scalar(text),
        NodeKind::List(items) => {
            let items: Vec<String> = items.iter().map(flow).collect();
            format!("[{}]", items.join(", "))
        }
        NodeKind::Map(entries) => {
            let entry = |entry: &Entry| match &entry.value.kind {
                // Something that a person puts in.
                NodeKind::Null => key(&entry.key.value),
                _ => format!("{}: {}", key(&entry.key.value), flow(&entry.value)),
            };
            let entries: Vec<String> = entries.iter().map(entry).collect();
            format!("{{{}}}", entries.join(", "))
        }
    }
}

/// A key; `on` is no yes or no to the reader, and none of these keys is.
fn key(text: &str) -> String {
    let is_name = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_');
    let plain = !text.is_empty() && text.chars().all(is_name);
    if plain { text.to_owned() } else { scalar(text) }
}

fn is_plain(text: &str) -> bool {
    !text.is_empty() && text.chars().all(|c| c.is_ascii_digit() || c == '-')
        || matches!(text, "true" | "false")
}
