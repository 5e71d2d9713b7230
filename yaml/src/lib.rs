//! A YAML text as a tree with the places of its values. Scalars are as YAML guesses at them; who reads
//! the tree has the places to look at what is written. A crate of its own, because every run of the
//! program reads many thousand lines of YAML: the tests have it optimised, and the program not.

use std::marker::PhantomData;
use std::ops::Range;

use serde::de::{Deserialize, Deserializer, MapAccess, SeqAccess, Visitor};
use serde_yaml::{
    Budget, DuplicateKeyPolicy, Location, MergeKeyPolicy, NonFiniteFloatPolicy, Spanned,
};

/// A value with the bytes it is written in; a list or mapping has at least its first.
#[derive(Debug)]
pub struct Tree {
    pub place: Range<usize>,
    pub kind: Kind,
}

/// What a value is.
#[derive(Debug)]
pub enum Kind {
    Null,
    Scalar(String),
    List(Vec<Tree>),
    Map(Vec<(Key, Tree)>),
}

/// The key of a value in a mapping.
#[derive(Debug)]
pub struct Key {
    pub place: Range<usize>,
    pub text: String,
}

/// What may be nested how deep, and whether a key that stands twice is an error.
#[derive(Clone, Copy, Debug)]
pub struct Bounds {
    pub depth: usize,
    pub refuse_duplicates: bool,
}

/// Reads one document. Anchors, aliases and merge keys are errors, and so is a second document. Where a
/// mapping has keys that are equal as numbers (`0x10` and `16`) the last one stays.
pub fn read(text: &str, bounds: Bounds) -> Result<Tree, serde_yaml::Error> {
    let duplicates = if bounds.refuse_duplicates {
        DuplicateKeyPolicy::Error
    } else {
        DuplicateKeyPolicy::LastWins
    };
    let mut budget = Budget::default();
    budget.max_depth = bounds.depth;
    budget.max_anchors = 0;
    budget.max_aliases = 0;
    budget.max_nodes = 2_000_000;
    budget.max_events = 4_000_000;
    let options = serde_yaml::options! {
        with_snippet: false,
        duplicate_keys: duplicates,
        merge_keys: MergeKeyPolicy::Error,
        non_finite_float_policy: NonFiniteFloatPolicy::PassThrough,
        budget: Some(budget),
    };
    let placed = serde_yaml::from_str_with_options::<Placed>(text, options)?;
    Ok(placed.tree(text))
}

/// Reads a text that is known to be sound; its places are all nothing.
pub fn read_without_places(text: &str) -> Result<Tree, serde_yaml::Error> {
    serde_yaml::from_str::<Unplaced>(text).map(|tree| tree.0)
}

/// The byte offset of a line and column, both counted from 1 in characters.
pub fn offset_of(text: &str, line: u64, column: u64) -> usize {
    let mut start = 0;
    for _ in 1..line {
        match text[start..].find('\n') {
            Some(newline) => start += newline + 1,
            None => return text.len(),
        }
    }
    let rest = text[start..].lines().next().unwrap_or_default();
    let skip = usize::try_from(column.saturating_sub(1)).unwrap_or(usize::MAX);
    start + rest.char_indices().nth(skip).map_or(rest.len(), |(at, _)| at)
}

/// A value while it is read, of keys `K` and values `V`.
enum Raw<K, V> {
    Null,
    Scalar(String),
    List(Vec<V>),
    Map(Vec<(K, V)>),
}

impl<K, V> Raw<K, V> {
    fn kind(self, key: impl Fn(K) -> Key, value: impl Fn(V) -> Tree) -> Kind {
        match self {
            Raw::Null => Kind::Null,
            Raw::Scalar(text) => Kind::Scalar(text),
            Raw::List(items) => Kind::List(items.into_iter().map(value).collect()),
            Raw::Map(entries) => {
                Kind::Map(entries.into_iter().map(|(name, of)| (key(name), value(of))).collect())
            }
        }
    }
}

/// A value with the place that the crate gives it.
struct Placed(Spanned<Raw<Spanned<String>, Placed>>);

impl Placed {
    fn tree(self, text: &str) -> Tree {
        let place = bytes(text, self.0.referenced);
        let key =
            |key: Spanned<String>| Key { place: bytes(text, key.referenced), text: key.value };
        Tree { place, kind: self.0.value.kind(key, |value| value.tree(text)) }
    }
}

impl<'de> Deserialize<'de> for Placed {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Spanned::deserialize(deserializer).map(Self)
    }
}

/// A value of which nobody asks where it stands.
struct Unplaced(Tree);

impl<'de> Deserialize<'de> for Unplaced {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let raw = Raw::<String, Unplaced>::deserialize(deserializer)?;
        let kind = raw.kind(|text| Key { place: 0..0, text }, |value| value.0);
        Ok(Self(Tree { place: 0..0, kind }))
    }
}

impl<'de, K: Deserialize<'de>, V: Deserialize<'de>> Deserialize<'de> for Raw<K, V> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(AnyShape(PhantomData))
    }
}

struct AnyShape<K, V>(PhantomData<(K, V)>);

impl<'de, K: Deserialize<'de>, V: Deserialize<'de>> Visitor<'de> for AnyShape<K, V> {
    type Value = Raw<K, V>;

    fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("any value")
    }
    fn visit_unit<E>(self) -> Result<Self::Value, E> {
        Ok(Raw::Null)
    }
    fn visit_bool<E>(self, value: bool) -> Result<Self::Value, E> {
        Ok(Raw::Scalar(value.to_string()))
    }
    fn visit_i64<E>(self, value: i64) -> Result<Self::Value, E> {
        Ok(Raw::Scalar(value.to_string()))
    }
    fn visit_u64<E>(self, value: u64) -> Result<Self::Value, E> {
        Ok(Raw::Scalar(value.to_string()))
    }
    fn visit_f64<E>(self, value: f64) -> Result<Self::Value, E> {
        Ok(Raw::Scalar(value.to_string()))
    }
    fn visit_str<E>(self, value: &str) -> Result<Self::Value, E> {
        Ok(Raw::Scalar(value.to_owned()))
    }
    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Self::Value, A::Error> {
        let mut list = Vec::new();
        while let Some(item) = items.next_element()? {
            list.push(item);
        }
        Ok(Raw::List(list))
    }
    fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<Self::Value, A::Error> {
        let mut map = Vec::new();
        while let Some(entry) = entries.next_entry()? {
            map.push(entry);
        }
        Ok(Raw::Map(map))
    }
}

fn bytes(text: &str, at: Location) -> Range<usize> {
    let span = at.span();
    let offset = |value: Option<u64>| value.and_then(|value| usize::try_from(value).ok());
    match (offset(span.byte_offset()), offset(span.byte_len())) {
        (Some(start), Some(len)) if text.is_char_boundary(start) => {
            let mut end = (start + len).min(text.len());
            while !text.is_char_boundary(end) {
                end -= 1;
            }
            start..end
        }
        _ => {
            let start = offset_of(text, at.line(), at.column());
            start..start
        }
    }
}
