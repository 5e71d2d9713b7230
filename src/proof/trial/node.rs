//! Records that nobody wrote, as the trees that written ones are read from. Everything made for a
//! test has the place of the test, so that what is wrong with it is reported there.

use crate::parse::yaml::{Entry, Node, NodeKind};
use crate::source::{Span, Spanned};

/// Makes nodes that stand at one place.
#[derive(Clone, Copy)]
pub struct Maker(pub Span);

impl Maker {
    /// A single value.
    pub fn text(self, text: impl Into<String>) -> Node {
        Node { span: self.0, kind: NodeKind::Scalar { text: text.into(), quoted: false } }
    }

    /// A list.
    pub fn list(self, items: Vec<Node>) -> Node {
        Node { span: self.0, kind: NodeKind::List(items) }
    }

    /// A mapping.
    pub fn map<const N: usize>(self, entries: [(&str, Node); N]) -> Node {
        self.map_of(entries)
    }

    /// A mapping of any number of keys.
    pub fn map_of<'a>(self, entries: impl IntoIterator<Item = (&'a str, Node)>) -> Node {
        let entry =
            |(key, value): (&str, Node)| Entry { key: Spanned::new(key.to_owned(), self.0), value };
        Node { span: self.0, kind: NodeKind::Map(entries.into_iter().map(entry).collect()) }
    }
}

impl Node {
    /// Gives it, and all that it holds, one place.
    pub fn place(&mut self, span: Span) {
        self.span = span;
        match &mut self.kind {
            NodeKind::List(items) => items.iter_mut().for_each(|item| item.place(span)),
            NodeKind::Map(entries) => {
                for entry in entries {
                    entry.key.span = span;
                    entry.value.place(span);
                }
            }
            NodeKind::Scalar { .. } | NodeKind::Null => {}
        }
    }
}

/// The entries of a mapping; none of anything else.
pub fn entries(node: &Node) -> &[Entry] {
    match &node.kind {
        NodeKind::Map(entries) => entries,
        _ => &[],
    }
}

/// The members of a list; a single node is a list of one, nothing a list of none.
pub fn items(node: &Node) -> Vec<&Node> {
    match &node.kind {
        NodeKind::List(items) => items.iter().collect(),
        NodeKind::Null => Vec::new(),
        _ => vec![node],
    }
}

/// The value of a key.
pub fn get<'a>(node: &'a Node, key: &str) -> Option<&'a Node> {
    entries(node).iter().find(|entry| entry.key.value == key).map(|entry| &entry.value)
}

/// The text of a single value.
pub fn text(node: &Node) -> Option<&str> {
    match &node.kind {
        NodeKind::Scalar { text, .. } => Some(text.trim()),
        _ => None,
    }
}

/// Writes `value` under `key`, over what stands there; `none` and nothing take the key away.
pub fn set(node: &mut Node, key: &Spanned<String>, value: Node) {
    let NodeKind::Map(entries) = &mut node.kind else { return };
    let is_none = match &value.kind {
        NodeKind::Null => true,
        NodeKind::Scalar { text, quoted } => !quoted && text == "none",
        _ => false,
    };
    let at = entries.iter().position(|entry| entry.key.value == key.value);
    match (at, is_none) {
        (Some(at), true) => _ = entries.remove(at),
        (Some(at), false) => entries[at] = Entry { key: key.clone(), value },
        (None, true) => {}
        (None, false) => entries.push(Entry { key: key.clone(), value }),
    }
}

/// Writes every entry of `over` into `node`.
pub fn lay_over(node: &mut Node, over: &Node) {
    for entry in entries(over) {
        set(node, &entry.key, entry.value.clone());
    }
}

/// Takes the value of a key out.
pub fn take(node: &mut Node, key: &str) -> Option<Node> {
    let NodeKind::Map(entries) = &mut node.kind else { return None };
    let at = entries.iter().position(|entry| entry.key.value == key)?;
    Some(entries.remove(at).value)
}
