//! A change of a rule as an author writes it: the value under a dotted path becomes another.

use crate::diagnostic::{Code, Diagnostic, Diagnostics, did_you_mean};
use crate::model::question::Set;
use crate::parse::{check, yaml};
use crate::record::kinds::Kinds;
use crate::record::schema::{Field, Shape};
use crate::record::value::{Data, Group, Value};
use crate::source::{Span, Spanned};

/// Changes one of the rules as `change` says. Whether anything became another; an error says why
/// it could not be done.
pub fn set(rules: &mut [Group], kinds: &Kinds, change: &Set) -> Result<bool, Diagnostic> {
    let mut parts = change.path.value.split('.');
    let slug = parts.next().unwrap_or_default();
    let path: Vec<&str> = parts.collect();
    let fault = |message: String| Diagnostic::new(Code::InvalidChange, change.path.span, message);
    let known: Vec<String> = rules.iter().map(|rule| rule.string("id")).collect();
    let Some(rule) = rules.iter_mut().find(|rule| rule.string("id") == slug) else {
        let near = did_you_mean(slug, known.iter().map(String::as_str));
        return Err(fault(format!("no duty of the regulation is called `{slug}`")).maybe_help(near));
    };
    if path.is_empty() || path == ["id"] {
        return Err(fault(format!("`{slug}` is the duty itself"))
            .help("name one of its keys, such as `due`"));
    }
    let before = bare(&Data::Group(rule.clone()));
    let way = whole(rule, &path);
    put(rule, kinds.obligation, &way, change)?;
    Ok(bare(&Data::Group(rule.clone())) != before)
}

/// The path from the rule itself: one that is short is completed if only one key of the rule fits.
fn whole(rule: &Group, path: &[&str]) -> Vec<String> {
    let written: Vec<String> = path.iter().map(|part| (*part).to_owned()).collect();
    let Some((last, above)) = written.split_last() else { return written };
    let mut at = rule;
    for (deep, part) in above.iter().enumerate() {
        match at.get(part).map(|value| &value.data) {
            Some(Data::Group(inner)) => at = inner,
            _ => return [&written[..deep], &written[deep..]].concat(),
        }
    }
    if at.get(last).is_some() {
        return written;
    }
    let mut found = Vec::new();
    below(at, last, &mut above.to_vec(), &mut found);
    if found.len() == 1 { found.remove(0) } else { written }
}

/// The ways to a key below a mapping.
fn below(at: &Group, key: &str, way: &mut Vec<String>, found: &mut Vec<Vec<String>>) {
    for (name, value) in &at.entries {
        way.push(name.value.clone());
        if name.value == key {
            found.push(way.clone());
        }
        match &value.data {
            Data::Group(inner) => below(inner, key, way, found),
            Data::List(items) => {
                for (place, item) in items.iter().enumerate() {
                    if let Data::Group(inner) = &item.data {
                        way.push(place.to_string());
                        below(inner, key, way, found);
                        way.pop();
                    }
                }
            }
            _ => {}
        }
        way.pop();
    }
}

fn put(
    at: &mut Group,
    fields: &'static [Field],
    path: &[String],
    change: &Set,
) -> Result<(), Diagnostic> {
    let fault = |message: String| Diagnostic::new(Code::InvalidChange, change.path.span, message);
    let Some((key, rest)) = path.split_first() else { return Ok(()) };
    let Some(field) = fields.iter().find(|field| field.key == key) else {
        let near = did_you_mean(key, fields.iter().map(|field| field.key));
        let keys = || fields.iter().map(|field| field.key).collect::<Vec<_>>().join(", ");
        return Err(fault(format!("no key `{key}` in `{}`", change.path.value))
            .help(near.unwrap_or_else(|| format!("keys: {}", keys()))));
    };
    let place = at.entries.iter().position(|(name, _)| name.value == *key);
    if rest.is_empty() {
        let value = &change.value.value;
        if matches!(value.trim(), "none" | "null" | "~") {
            at.entries.retain(|(name, _)| name.value != *key);
            return Ok(());
        }
        let value = read(key, field.shape, change)?;
        match place {
            Some(place) => at.entries[place].1 = value,
            None => at.entries.push((Spanned::new(key.clone(), change.path.span), value)),
        }
        return Ok(());
    }
    let span = change.path.span;
    let place = place.unwrap_or_else(|| {
        let data = match field.shape {
            Shape::Groups(_) => Data::List(Vec::new()),
            _ => Data::Group(Group { span, entries: Vec::new(), broken: Vec::new() }),
        };
        at.entries.push((Spanned::new(key.clone(), span), Value { span, data }));
        at.entries.len() - 1
    });
    match (field.shape, &mut at.entries[place].1.data) {
        (Shape::Group(inner), Data::Group(group)) => put(group, inner, rest, change),
        (Shape::Groups(inner), Data::List(items)) => {
            let (place, rest) = match rest[0].parse::<usize>() {
                Ok(place) => (place, &rest[1..]),
                // Of one entry its number need not be said.
                Err(_) => (0, rest),
            };
            let several = items.len() > 1 && rest.len() == path.len() - 1;
            match items.get_mut(place).map(|item| &mut item.data) {
                Some(Data::Group(group)) if !several && !rest.is_empty() => {
                    put(group, inner, rest, change)
                }
                _ => Err(fault(format!("`{}` names no entry of `{key}`", change.path.value))
                    .help(format!("entries are numbered from 0; there are {}", items.len()))),
            }
        }
        _ => Err(fault(format!("`{key}` holds no keys, in `{}`", change.path.value))),
    }
}

/// The value to be set, as its key has it.
fn read(key: &str, shape: Shape, change: &Set) -> Result<Value, Diagnostic> {
    let mut faults = Diagnostics::new();
    let span = change.value.span;
    // A condition is a text whatever it looks like in YAML.
    if matches!(shape, Shape::Condition | Shape::Text) {
        return Ok(Value { span, data: Data::Text(change.value.value.clone()) });
    }
    let node = yaml::parse(span.file, &change.value.value, &mut faults);
    let mut value = node.and_then(|node| check::value(&node, key, shape, &mut faults));
    if let Some(value) = &mut value {
        place(value, span);
    }
    match (value, faults.is_empty()) {
        (Some(value), true) => Ok(value),
        _ => {
            let why = faults.first().map_or("it cannot be read", |fault| fault.message.as_str());
            let message =
                format!("`{}` cannot be `{}`: {why}", change.path.value, change.value.value);
            let help = faults.first().and_then(|fault| fault.help.clone());
            Err(Diagnostic::new(Code::InvalidChange, span, message).maybe_help(help))
        }
    }
}

/// Gives a value the place of the change it comes of.
fn place(value: &mut Value, span: Span) {
    value.span = span;
    match &mut value.data {
        Data::List(items) => items.iter_mut().for_each(|item| place(item, span)),
        Data::Group(group) => {
            group.span = span;
            for (name, value) in &mut group.entries {
                name.span = span;
                place(value, span);
            }
        }
        _ => {}
    }
}

/// What a value says, wherever it stands.
fn bare(data: &Data) -> String {
    match data {
        Data::List(items) => {
            let items: Vec<String> = items.iter().map(|item| bare(&item.data)).collect();
            format!("[{}]", items.join(", "))
        }
        Data::Group(group) => {
            let entry = |(name, value): &(Spanned<String>, Value)| {
                format!("{}: {}", name.value, bare(&value.data))
            };
            let mut entries: Vec<String> = group.entries.iter().map(entry).collect();
            entries.sort();
            format!("{{{}}}", entries.join(", "))
        }
        other => format!("{other:?}"),
    }
}
