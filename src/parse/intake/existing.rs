//! The records of one kind as a site's files hold them: each with its place, and its values spelt
//! as a sheet's cells are.

use std::collections::BTreeMap;

use crate::parse::check;
use crate::parse::write::scalar;
use crate::parse::yaml::{Node, NodeKind, parse};
use crate::record::kinds::Kind;
use crate::record::schema::{Field, Shape};
use crate::record::value::{Data, Value};
use crate::source::{Area, Content, FileId, SourceTree};

/// A file of the kind.
#[derive(Clone, Debug)]
pub struct KindFile {
    pub path: String,
    pub text: String,
    /// None if nothing is in it but comments.
    pub root: Option<Node>,
    pub records: Vec<Existing>,
}

/// A record.
#[derive(Clone, Debug)]
pub struct Existing {
    pub node: Node,
    /// By dotted key, as YAML.
    pub values: BTreeMap<String, String>,
}

/// The files that hold records of a kind, in the order of their paths. What cannot be read is left
/// out; `check` reports it.
pub fn files(tree: &SourceTree, kind: &'static Kind) -> Vec<KindFile> {
    let single = format!("content/{}.yaml", kind.plural);
    let folder = format!("content/{}/", kind.plural);
    let is_ours = |path: &str| path == single || path.starts_with(&folder);
    tree.of(Area::Record)
        .filter(|(_, file)| is_ours(&file.path))
        .filter_map(|(id, file)| match &file.content {
            Content::Text(text) => Some(read(id, &file.path, text, kind)),
            _ => None,
        })
        .collect()
}

/// One file.
pub fn read(id: FileId, path: &str, text: &str, kind: &'static Kind) -> KindFile {
    let root = parse(id, text, &mut Vec::new());
    let nodes: Vec<&Node> = match root.as_ref().map(|root| (&root.kind, root)) {
        Some((NodeKind::List(items), _)) => items.iter().collect(),
        Some((NodeKind::Map(_), root)) => vec![root],
        _ => Vec::new(),
    };
    let records = nodes
        .into_iter()
        .map(|node| Existing { node: node.clone(), values: values(node, "", kind.fields) })
        .collect();
    KindFile { path: path.to_owned(), text: text.to_owned(), root, records }
}

fn values(node: &Node, above: &str, fields: &[Field]) -> BTreeMap<String, String> {
    let mut found = BTreeMap::new();
    let NodeKind::Map(entries) = &node.kind else { return found };
    for entry in entries {
        let Some(field) = fields.iter().find(|field| field.key == entry.key.value) else {
            continue;
        };
        let key = format!("{above}{}", field.key);
        // Of a history what counts is its latest value.
        if let (true, NodeKind::List(items)) = (field.history, &entry.value.kind) {
            let value = |item: &Node| check::value(item, &key, field.shape, &mut Vec::new());
            let dated =
                items.iter().filter_map(|item| Some((value(item)?.day(field.shape)?, item)));
            let latest = dated.max_by_key(|(day, _)| *day).map(|(_, item)| item);
            if let Some(text) = latest.and_then(value).and_then(|value| spelt(&value)) {
                found.insert(key, text);
            } else if let (Shape::Group(inner), Some(item)) = (field.shape, latest) {
                found.extend(values(item, &format!("{key}."), inner));
            }
            continue;
        }
        if let Shape::Group(inner) = field.shape {
            found.extend(values(&entry.value, &format!("{key}."), inner));
            continue;
        }
        if let Some(value) = check::value(&entry.value, &key, field.shape, &mut Vec::new()) {
            found.extend(spelt(&value).map(|text| (key, text)));
        }
    }
    found
}

fn spelt(value: &Value) -> Option<String> {
    Some(match &value.data {
        Data::Text(text) => scalar(text),
        Data::Date(day) => day.to_string(),
        Data::Period(period) => scalar(&period.to_string()),
        Data::Count(count) => count.to_string(),
        Data::Flag(flag) => flag.to_string(),
        Data::Rate(rate) => rate.to_string(),
        Data::List(items) => {
            let items: Vec<String> = items.iter().filter_map(spelt).collect();
            format!("[{}]", items.join(", "))
        }
        _ => return None,
    })
}
