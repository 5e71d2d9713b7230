//! A record made from what was found, tried with the judge of conditions itself, and shown in words.

use std::collections::BTreeMap;

use super::days::{Point, as_of};
use super::goal::Goal;
use crate::model::condition::{Derived, HOLDERS, Name, Subject, Test, Value};
use crate::record::kinds::Kind;
use crate::record::schema::Shape;
use crate::record::value::{self, Data, Group};
use crate::source::{FileId, Span, Spanned};
use crate::time::Day;

/// A record on a day of which something holds.
#[derive(Clone, Debug)]
pub struct Witness {
    kind: &'static Kind,
    as_of: Day,
    /// By dotted name; `None`: not recorded.
    values: BTreeMap<Name, Option<Value>>,
}

/// Whether a day may lie after the as-of date and is recorded all the same.
pub fn may_lie_ahead(name: &Name) -> bool {
    matches!(name.shape(), Some(Shape::Start | Shape::Planned))
}

/// Whether a day is recorded of every record on every day: one that is derived, or that may lie ahead,
/// counts at once.
pub fn is_always_there(name: &Name) -> bool {
    !name.may_lack() && (name.derived().is_some() || may_lie_ahead(name))
}

/// Whether a test is so of values; `None` where there is no answer.
pub fn truth(
    kind: &'static Kind,
    test: &Test,
    values: &BTreeMap<Name, Option<Value>>,
) -> Option<bool> {
    let made = Made::new(values);
    test.truth(&made.subject(kind, as_of())).ok()
}

impl Witness {
    pub(super) fn new(
        kind: &'static Kind,
        there: &BTreeMap<&Name, bool>,
        values: &BTreeMap<Name, Option<Value>>,
        days: &BTreeMap<Point, Day>,
    ) -> Self {
        let judged = days.get(&Point::AsOf).copied().unwrap_or_else(as_of);
        let mut all = values.clone();
        for (name, there) in there {
            let day = days.get(&Point::Name((*name).clone())).copied();
            let value = there.then(|| Value::Day(day.unwrap_or(judged)));
            all.insert((*name).clone(), value);
        }
        Self { kind, as_of: judged, values: all }
    }

    /// Whether all goals hold of it.
    pub fn meets(&self, goals: &[Goal<'_>]) -> bool {
        let made = Made::new(&self.values);
        let subject = made.subject(self.kind, self.as_of);
        goals.iter().all(|(test, so)| test.truth(&subject) == Ok(*so))
    }

    /// The record in a line, as conditions write it.
    pub fn line(&self) -> String {
        let part = |(name, value): (&Name, &Option<Value>)| {
            let name = match name.strip_prefix(HOLDERS) {
                Some(role) => format!("holders of \"{role}\""),
                None => name.to_string(),
            };
            match value {
                Some(value) => format!("{name} {}", written(value)),
                None => format!("{name} not recorded"),
            }
        };
        let parts: Vec<String> = self.values.iter().map(part).collect();
        let what =
            if parts.is_empty() { format!("any {}", self.kind.name) } else { parts.join(", ") };
        format!("{what}, as of {}", self.as_of)
    }
}

fn written(value: &Value) -> String {
    match value {
        Value::Absent => "not recorded".to_owned(),
        Value::Day(day) => day.to_string(),
        Value::Number(number) => number.to_string(),
        Value::Text(text) => format!("\"{text}\""),
        Value::Flag(flag) => flag.to_string(),
        Value::List(items) => {
            format!("[{}]", items.iter().map(written).collect::<Vec<_>>().join(", "))
        }
        Value::Group(true) => "recorded".to_owned(),
        Value::Group(false) => "not recorded".to_owned(),
    }
}

/// The parts of a record, to be lent to a [`Subject`].
struct Made {
    fields: Group,
    event: Group,
    derived: Vec<(&'static str, Derived)>,
}

impl Made {
    fn new(values: &BTreeMap<Name, Option<Value>>) -> Self {
        let mut made = Self { fields: group(), event: group(), derived: Vec::new() };
        let mut holders = Vec::new();
        for (name, value) in values {
            let Some(value) = value else { continue };
            if let (Some(role), Value::Number(count)) = (name.strip_prefix(HOLDERS), value) {
                holders.push((role.to_owned(), count.unsigned_abs()));
                continue;
            }
            let Some((root, path)) = name.split_once('.') else { continue };
            match name.derived() {
                None if root == "event" => put(&mut made.event, path, name, value),
                Some(known) => made.derived.extend(derived(value).map(|one| (known.name, one))),
                None => put(&mut made.fields, path, name, value),
            }
        }
        made.derived.push(("holders", Derived::Holders(holders)));
        made
    }

    fn subject(&self, kind: &'static Kind, as_of: Day) -> Subject<'_> {
        Subject {
            kind,
            fields: &self.fields,
            event: Some(&self.event),
            derived: self.derived.clone(),
            as_of: Day::MAX,
            judged_on: as_of,
        }
    }
}

fn span() -> Span {
    Span::start_of(FileId(0))
}

fn group() -> Group {
    Group { span: span(), entries: Vec::new(), broken: Vec::new() }
}

fn derived(value: &Value) -> Option<Derived> {
    Some(match value {
        Value::Day(day) => Derived::Day(*day),
        Value::Number(number) => Derived::Count(number.unsigned_abs()),
        Value::Text(text) => Derived::Text(text.clone()),
        Value::List(items) => Derived::Texts(
            items
                .iter()
                .filter_map(|item| match item {
                    Value::Text(text) => Some(text.clone()),
                    _ => None,
                })
                .collect(),
        ),
        Value::Absent | Value::Flag(_) | Value::Group(_) => return None,
    })
}

/// Writes a value under a dotted path.
fn put(fields: &mut Group, path: &str, name: &Name, value: &Value) {
    let mut at = fields;
    let mut keys: Vec<&str> = path.split('.').collect();
    let last = keys.pop().unwrap_or_default();
    for key in keys {
        at = within(at, key);
    }
    if matches!(value, Value::Group(_)) {
        let inner = within(at, last);
        if *value == Value::Group(true) && inner.entries.is_empty() {
            inner.entries.push(entry("other", Data::Text("other".to_owned())));
        }
        return;
    }
    // Attributes are written as texts, whatever they are.
    let data = match (data(value), name.holds()) {
        (Data::Count(count), None) => Data::Text(count.to_string()),
        (Data::Flag(flag), None) => Data::Text(flag.to_string()),
        (data, _) => data,
    };
    let data = match value {
        Value::Number(number) if name.holds().is_none() => Data::Text(number.to_string()),
        _ => data,
    };
    at.entries.push(entry(last, data));
}

fn within<'a>(at: &'a mut Group, key: &str) -> &'a mut Group {
    let found = at.entries.iter().position(|(known, _)| known.value == key);
    let place = found.unwrap_or_else(|| {
        at.entries.push(entry(key, Data::Group(group())));
        at.entries.len() - 1
    });
    match &mut at.entries[place].1.data {
        Data::Group(inner) => inner,
        _ => unreachable!("a name is a mapping or a value"),
    }
}

fn entry(key: &str, data: Data) -> (Spanned<String>, value::Value) {
    (Spanned::new(key.to_owned(), span()), value::Value { span: span(), data })
}

fn data(value: &Value) -> Data {
    match value {
        Value::Day(day) => Data::Date(*day),
        Value::Number(number) => Data::Count(number.unsigned_abs()),
        Value::Text(text) => Data::Text(text.clone()),
        Value::Flag(flag) => Data::Flag(*flag),
        Value::List(items) => Data::List(
            items.iter().map(|item| value::Value { span: span(), data: data(item) }).collect(),
        ),
        Value::Absent | Value::Group(_) => Data::Group(group()),
    }
}
