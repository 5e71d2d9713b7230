//! A record as conditions see it: its fields, what is derived from other records, and the day.

use super::Indeterminate;
use super::names::{Name, root_of};
use crate::record::kinds::Kind;
use crate::record::schema::Shape;
use crate::record::value::{self, Data, Group};
use crate::time::Day;

/// The record a condition is about.
#[derive(Clone, Debug)]
pub struct Subject<'a> {
    pub kind: &'static Kind,
    pub fields: &'a Group,
    /// The event that started the clock, known as `event.…` beside the record; `None` of other duties.
    pub event: Option<&'a Group>,
    /// What is derived from other records; names of [`DERIVED`](super::DERIVED) that are left out
    /// are absent.
    pub derived: Vec<(&'static str, Derived)>,
    /// What happens later is not yet so.
    pub as_of: Day,
    /// What `as_of` means in the condition: for an act its own day, for what has ended its last.
    pub judged_on: Day,
}

/// A derived value.
#[derive(Clone, Debug)]
pub enum Derived {
    Text(String),
    Texts(Vec<String>),
    Day(Day),
    Count(u64),
    /// How many persons hold each role, by the role's id.
    Holders(Vec<(String, u64)>),
}

/// What a record holds under a name, for pages that say why a condition does not hold.
#[derive(Debug)]
pub enum Found<'a> {
    /// Nothing was recorded.
    Nothing,
    /// A day after the as-of date: not yet so.
    Later(Day),
    Written(&'a value::Value),
    /// It comes from other records.
    Derived(&'a Derived),
}

/// What stands under a name, for conditions.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Value {
    /// Not recorded, or not yet so.
    Absent,
    Day(Day),
    Number(i64),
    Text(String),
    Flag(bool),
    List(Vec<Value>),
    /// A mapping; whether anything is recorded in it.
    Group(bool),
}

/// The name of the derived counts of [`Derived::Holders`].
pub(super) const HOLDERS: &str = "holders";

impl Subject<'_> {
    /// What stands under a dotted name; an error for an attribute that the record lacks.
    pub(super) fn value(&self, name: &Name) -> Result<Value, Indeterminate> {
        match self.find(name) {
            Found::Derived(derived) => Ok(derived.value()),
            Found::Later(_) => Ok(Value::Absent),
            Found::Written(value) if self.is_attribute(name) => Ok(attribute(value)),
            Found::Written(value) => Ok(self.written(&value.data)),
            Found::Nothing if self.is_attribute(name) => {
                Err(Indeterminate::NotRecorded(name.to_string()))
            }
            Found::Nothing => Ok(match name.shape() {
                Some(Shape::List(_) | Shape::Groups(_)) => Value::List(Vec::new()),
                Some(Shape::Group(_)) => Value::Group(false),
                _ => Value::Absent,
            }),
        }
    }

    /// How many persons hold a role in the agency or the unit.
    pub(super) fn holders(&self, role: &str) -> Result<i64, Indeterminate> {
        let known = self.derived.iter().find(|(name, _)| *name == HOLDERS);
        let Some((_, Derived::Holders(counts))) = known else { return Err(Indeterminate::People) };
        let count = counts.iter().find(|(known, _)| known == role).map_or(0, |(_, count)| *count);
        Ok(whole(count))
    }

    /// Whether a dotted name means an attribute of the author's own.
    fn is_attribute(&self, name: &str) -> bool {
        let root = root_of(self.kind.name);
        let own = name.strip_prefix(&root).is_some_and(|rest| rest.starts_with(".attributes."));
        own || (self.event.is_some() && name.starts_with("event.attributes."))
    }

    fn written(&self, data: &Data) -> Value {
        match data {
            Data::Text(text) => Value::Text(text.clone()),
            Data::Date(day) => Value::Day(*day),
            Data::Period(period) => Value::Text(period.to_string()),
            Data::Count(count) => Value::Number(whole(*count)),
            Data::Rate(rate) => Value::Text(rate.to_string()),
            Data::Length(length) => Value::Text(length.to_string()),
            Data::Hours(hours) => Value::Text(hours.to_string()),
            Data::Instant(at) => Value::Text(at.to_string()),
            Data::Clock(clock) => Value::Text(clock.to_string()),
            Data::Flag(flag) => Value::Flag(*flag),
            Data::MonthDay(day) => {
                Value::Text(day.map_or_else(|| "last".to_owned(), |day| day.to_string()))
            }
            Data::List(items) => {
                let so = items.iter().filter(|item| !self.is_later(&item.data));
                Value::List(so.map(|item| self.written(&item.data)).collect())
            }
            Data::Group(group) => {
                Value::Group(group.entries.iter().any(|(_, value)| !self.is_later(&value.data)))
            }
        }
    }

    fn is_later(&self, data: &Data) -> bool {
        match data {
            Data::Date(day) => *day > self.as_of,
            Data::Instant(at) => at.day() > self.as_of,
            _ => false,
        }
    }
}

impl Subject<'_> {
    /// What the record holds under a dotted name, such as `account.change.on`.
    pub fn find(&self, name: &Name) -> Found<'_> {
        let root = root_of(self.kind.name);
        let own = name.strip_prefix(&root).and_then(|rest| rest.strip_prefix('.'));
        let (mut group, path) = match (own, self.event, name.strip_prefix("event.")) {
            (Some(path), _, _) => (self.fields, path),
            (None, Some(event), Some(path)) => (event, path),
            _ => return Found::Nothing,
        };
        let derived = self.derived.iter().find(|(known, _)| own == Some(*known));
        if let Some((_, derived)) = derived {
            return Found::Derived(derived);
        }
        let mut keys = path.split('.').peekable();
        while let Some(key) = keys.next() {
            let written = group.entries.iter().find(|(known, _)| known.value == key);
            let Some((_, value)) = written else { break };
            match (&value.data, keys.peek()) {
                (Data::Group(inner), Some(_)) => group = inner,
                (Data::Date(day), None) if *day > self.as_of => {
                    let is_planned = !matches!(name.shape(), Some(Shape::Date));
                    return if is_planned { Found::Written(value) } else { Found::Later(*day) };
                }
                (_, None) => return Found::Written(value),
                (_, Some(_)) => break,
            }
        }
        Found::Nothing
    }
}

impl Derived {
    fn value(&self) -> Value {
        match self {
            Derived::Text(text) => Value::Text(text.clone()),
            Derived::Texts(texts) => Value::List(texts.iter().cloned().map(Value::Text).collect()),
            Derived::Day(day) => Value::Day(*day),
            Derived::Count(count) => Value::Number(whole(*count)),
            Derived::Holders(_) => Value::Absent,
        }
    }
}

/// An attribute: a whole number or a yes or no as what it is, else a text.
fn attribute(value: &value::Value) -> Value {
    let Data::Text(text) = &value.data else { return Value::Absent };
    match (text.parse::<i64>(), text.as_str()) {
        (Ok(number), _) => Value::Number(number),
        (_, "true") => Value::Flag(true),
        (_, "false") => Value::Flag(false),
        (_, text) => Value::Text(text.to_owned()),
    }
}

fn whole(count: u64) -> i64 {
    i64::try_from(count).unwrap_or(i64::MAX)
}
