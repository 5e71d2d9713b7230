//! A record with every key its kind has: those with a value as lines, the others behind `#`, each
//! with what it means in Chinese and what the site offers for it.

use std::collections::BTreeSet;

use super::{Context, Draft};
use crate::parse::fields::descriptions;
use crate::record::schema::{Field, Shape};

/// How many of the site's ids a comment names.
const OFFERED: usize = 6;

/// Keys that must be there and have no value.
pub fn missing(context: &Context, draft: &Draft) -> Vec<String> {
    let mut missing = Vec::new();
    for field in context.kind.fields {
        match field.shape {
            Shape::Group(inner) if draft.has(field.key) => {
                let key = |inner: &Field| format!("{}.{}", field.key, inner.key);
                let needed = inner.iter().filter(|inner| inner.required).map(key);
                missing.extend(needed.filter(|key| !draft.has(key)));
            }
            Shape::Group(inner) if field.required => {
                let needed = inner.iter().filter(|inner| inner.required);
                missing.extend(needed.map(|inner| format!("{}.{}", field.key, inner.key)));
            }
            _ if field.required && !draft.has(field.key) => missing.push(field.key.to_owned()),
            _ => {}
        }
    }
    missing
}

/// The record as an item of a list.
pub fn scaffold(context: &Context, draft: &Draft) -> String {
    let said = descriptions(context.parsed.kinds);
    let mut lines: Vec<String> = Vec::new();
    for field in context.kind.fields {
        let path = format!("{}.{}", context.kind.name, field.key);
        let meaning = said.get(&path).cloned().unwrap_or_default();
        let remark = draft.remarks.iter().find(|(key, _)| key == field.key).map(|(_, text)| text);
        let offered = offered(context, field);
        let comment = match (remark, offered.is_empty()) {
            (Some(remark), _) => format!("{meaning}；{remark}"),
            // The meaning may name the words already.
            (None, false) if !offered.split('、').all(|word| meaning.contains(word)) => {
                format!("{meaning}：{offered}")
            }
            (None, false) => meaning,
            (None, true) => meaning,
        };
        let of =
            |key: &str| draft.values.iter().find(|(one, _)| one == key).map(|(_, value)| value);
        if let Shape::Group(inner) = field.shape {
            if draft.has(field.key) || field.required {
                lines.push(format!("{}:  # {comment}", field.key));
            }
            for inner in inner {
                let key = format!("{}.{}", field.key, inner.key);
                let meaning =
                    said.get(&format!("{path}.{}", inner.key)).cloned().unwrap_or_default();
                match of(&key) {
                    Some(value) => lines.push(format!("  {}: {value}  # {meaning}", inner.key)),
                    None if (draft.has(field.key) || field.required) && inner.required => {
                        lines.push(format!("  {}:  # {meaning}（必填）", inner.key));
                    }
                    None => {}
                }
            }
            if !draft.has(field.key) && !field.required {
                let keys: Vec<String> =
                    inner.iter().map(|inner| format!("{}: ", inner.key)).collect();
                lines.push(format!(
                    "# {}: {{{}}}  # {comment}",
                    field.key,
                    keys.join(", ").trim_end()
                ));
            }
            continue;
        }
        match of(field.key) {
            Some(value) => lines.push(format!("{}: {value}  # {comment}", field.key)),
            None if field.required => lines.push(format!("{}:  # {comment}（必填）", field.key)),
            None => lines.push(format!("# {}:  # {comment}", field.key)),
        }
    }
    let mut text = String::new();
    let mut begun = false;
    for line in lines {
        let is_comment = line.starts_with('#');
        let lead = match (begun, is_comment) {
            (false, false) => {
                begun = true;
                "- "
            }
            _ => "  ",
        };
        text.push_str(&format!("{lead}{line}\n"));
    }
    text
}

/// What the site offers for a key, for a comment.
pub fn offered(context: &Context, field: &Field) -> String {
    let all = choices(context, field);
    let more = if all.len() > OFFERED { "…" } else { "" };
    let said = |(value, name): (String, String)| match value == name {
        true => value,
        false => format!("{value} {name}"),
    };
    let shown: Vec<String> = all.into_iter().take(OFFERED).map(said).collect();
    format!("{}{more}", shown.join("、"))
}

/// What the site offers for a key: values, and what people call them.
pub fn choices(context: &Context, field: &Field) -> Vec<(String, String)> {
    let shape = if let Shape::List(item) = field.shape { *item } else { field.shape };
    let owned = |(id, name): (&str, &str)| (id.to_owned(), name.to_owned());
    match shape {
        Shape::Ref(kind) => context.names.of(kind).map(owned).collect(),
        Shape::Obligation => context.names.duties().map(owned).collect(),
        Shape::Word(words) | Shape::Term(_, words) => {
            words.iter().map(|word| owned((word, word))).collect()
        }
        // An event is called what a rule of the site calls it.
        Shape::Text if context.kind.name == "event" && field.key == "kind" => {
            let rules = context.parsed.regulations.iter().flat_map(|one| &one.obligations);
            let kinds: BTreeSet<String> =
                rules.filter_map(|rule| rule.maybe_string("event")).collect();
            kinds.into_iter().map(|kind| (kind.clone(), kind)).collect()
        }
        _ => Vec::new(),
    }
}

/// The id behind the last one that ends in a number, else the first of its kind.
pub fn next_id(context: &Context) -> String {
    let kind = context.kind.name;
    let mut last: Option<(String, u64, usize)> = None;
    for (id, _) in context.names.of(kind) {
        let stem = id.trim_end_matches(|c: char| c.is_ascii_digit());
        let digits = &id[stem.len()..];
        if let (Ok(number), true) = (digits.parse::<u64>(), digits.len() <= 9) {
            let better =
                last.as_ref().is_none_or(|(other, most, _)| other != stem || number > *most);
            if better {
                last = Some((stem.to_owned(), number, digits.len()));
            }
        }
    }
    let (stem, number, width) = last.unwrap_or_else(|| (format!("{kind}-"), 0, 3));
    let ids = (number + 1..).map(|number| format!("{stem}{number:0width$}"));
    let mut free = ids.filter(|id| !context.names.is_taken(kind, id));
    free.next().unwrap_or(stem)
}
