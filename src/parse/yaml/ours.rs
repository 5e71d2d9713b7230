//! YAML files that came with the program: words, kinds of registers, the vocabulary, the calendar. They
//! are read at each start, and were most of what a small site waited for. What must not stand in a
//! file was looked for by the tests; nothing is said of one, so no place in it is asked for.

use serde::de::{Deserialize, Deserializer, MapAccess, SeqAccess, Visitor};

use super::{Entry, Node, NodeKind};
use crate::source::{FileId, Span, Spanned};

/// A value without its place.
pub(super) struct Ours(pub(super) Node);

fn nowhere() -> Span {
    Span::new(FileId(u32::MAX), 0, 0)
}

fn scalar(text: String) -> NodeKind {
    NodeKind::Scalar { text, quoted: false }
}

impl<'de> Deserialize<'de> for Ours {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let kind = deserializer.deserialize_any(AnyShape)?;
        Ok(Self(Node { span: nowhere(), kind }))
    }
}

struct AnyShape;

impl<'de> Visitor<'de> for AnyShape {
    type Value = NodeKind;

    fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("any value")
    }
    fn visit_unit<E>(self) -> Result<NodeKind, E> {
        Ok(NodeKind::Null)
    }
    fn visit_bool<E>(self, value: bool) -> Result<NodeKind, E> {
        Ok(scalar(value.to_string()))
    }
    fn visit_i64<E>(self, value: i64) -> Result<NodeKind, E> {
        Ok(scalar(value.to_string()))
    }
    fn visit_u64<E>(self, value: u64) -> Result<NodeKind, E> {
        Ok(scalar(value.to_string()))
    }
    fn visit_f64<E>(self, value: f64) -> Result<NodeKind, E> {
        Ok(scalar(value.to_string()))
    }
    fn visit_str<E>(self, value: &str) -> Result<NodeKind, E> {
        Ok(scalar(value.to_owned()))
    }
    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<NodeKind, A::Error> {
        let mut list = Vec::new();
        while let Some(Ours(item)) = items.next_element()? {
            list.push(item);
        }
        Ok(NodeKind::List(list))
    }
    fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<NodeKind, A::Error> {
        let mut map = Vec::new();
        while let Some((key, Ours(value))) = entries.next_entry::<String, Ours>()? {
            map.push(Entry { key: Spanned::new(key, nowhere()), value });
        }
        Ok(NodeKind::Map(map))
    }
}
