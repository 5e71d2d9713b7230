//! Records that lead to themselves by links of one key: a finding that repeats itself, a deputy of
//! oneself, two that name each other.

use std::collections::{BTreeMap, BTreeSet};

use super::Parsed;
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::record::schema::Shape;
use crate::source::Span;

/// From the id of a record to the one it names, and where it does.
type Links<'a> = BTreeMap<&'a str, (&'a str, Span)>;

/// Reports each circle once.
pub fn find(parsed: &Parsed, report: &mut Diagnostics) {
    // By kind and key: from each record to the one it names, and where.
    let mut links: BTreeMap<(&str, &str), Links> = BTreeMap::new();
    for record in &parsed.records {
        for field in record.kind.fields {
            let own = matches!(field.shape, Shape::Ref(kind) if kind == record.kind.name);
            let id = record.fields.text("id");
            if let (true, Some(id), Some(to)) = (own, id, record.fields.text(field.key)) {
                let of_key = links.entry((record.kind.name, field.key)).or_default();
                of_key.insert(id.value, (to.value, to.span));
            }
        }
    }
    for ((_, key), of_key) in links {
        let mut seen: BTreeSet<&str> = BTreeSet::new();
        for start in of_key.keys() {
            let mut way: Vec<&str> = Vec::new();
            let mut at = *start;
            while let Some((next, span)) = of_key.get(at) {
                if let Some(begin) = way.iter().position(|id| *id == at) {
                    let circle = way[begin..].join(" → ");
                    let message = format!("`{key}` leads in a circle: {circle} → {at}");
                    report.push(
                        Diagnostic::new(Code::CircularReference, *span, message)
                            .help("name another record, or none"),
                    );
                    break;
                }
                if !seen.insert(at) {
                    break;
                }
                way.push(at);
                at = next;
            }
        }
    }
}
