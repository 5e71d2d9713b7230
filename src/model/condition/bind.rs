//! A record as conditions see it: its fields, what is derived from other records, and the day.

use std::collections::BTreeMap;

use chrono::{Datelike, NaiveDate};
use minijinja::{Environment, Error, ErrorKind, Value as Bound};

use crate::parse::kinds::KINDS;
use crate::parse::schema::{Field, Shape};
use crate::parse::value::{Data, Group, Value};
use crate::time::{Day, parse_day};

/// The name of the as-of date.
pub const AS_OF: &str = "as_of";

/// Functions of conditions.
pub const FUNCTIONS: &[&str] = &["months_between", "days_between"];

/// A name that conditions know of a kind of record beside its fields.
#[derive(Clone, Copy, Debug)]
pub struct DerivedName {
    pub kind: &'static str,
    pub name: &'static str,
    /// One line for the reference.
    pub doc: &'static str,
}

/// Every derived name.
pub const DERIVED: &[DerivedName] = &[
    DerivedName { kind: "agency", name: "roles", doc: "roles of the posts held in the agency" },
    DerivedName { kind: "unit", name: "roles", doc: "roles of the posts held in the unit" },
    DerivedName { kind: "post", name: "deputy_staff", doc: "staff code of the deputy" },
    DerivedName { kind: "endpoint", name: "same_address", doc: "other endpoints with its address" },
];

/// A derived value.
#[derive(Clone, Debug)]
pub enum Derived {
    Text(String),
    Texts(Vec<String>),
    Count(u64),
}

/// The record a condition is about.
#[derive(Clone, Debug)]
pub struct Subject<'a> {
    pub kind: &'a str,
    pub fields: &'a Group,
    /// What is derived from other records; names of [`DERIVED`] that are left out are absent.
    pub derived: Vec<(&'static str, Derived)>,
    /// What happens later is not yet so.
    pub as_of: Day,
}

impl Subject<'_> {
    /// The names and values for the engine; the dotted names of what is absent go to `absent`.
    pub(super) fn bind(&self, absent: &mut Vec<String>) -> BTreeMap<String, Bound> {
        let binder = Binder { as_of: self.as_of };
        let root = root_of(self.kind);
        let mut record = binder.group(Some(self.fields), fields_of(&root), &root, absent);
        for known in DERIVED.iter().filter(|known| known.kind == self.kind) {
            let value = self.derived.iter().find(|(name, _)| *name == known.name);
            let bound = match value {
                Some((_, Derived::Text(text))) => Bound::from(text.as_str()),
                Some((_, Derived::Texts(texts))) => Bound::from(texts.clone()),
                Some((_, Derived::Count(count))) => Bound::from(*count),
                None => {
                    absent.push(format!("{root}.{}", known.name));
                    Bound::from(())
                }
            };
            record.insert(known.name, bound);
        }
        BTreeMap::from([
            (root, Bound::from(record)),
            (AS_OF.to_owned(), Bound::from(self.as_of.to_string())),
        ])
    }
}

/// The name of a kind in conditions: a hyphen would be a minus there.
pub fn root_of(kind: &str) -> String {
    kind.replace('-', "_")
}

/// The table of a kind's fields, by its name in conditions; empty for a kind nobody has.
pub fn fields_of(root: &str) -> &'static [Field] {
    KINDS.iter().find(|known| root_of(known.name) == root).map_or(&[], |kind| kind.fields)
}

struct Binder {
    as_of: Day,
}

impl Binder {
    /// A mapping as the engine sees it: every key its table knows, `none` where nothing was
    /// written or what was written lies ahead.
    fn group(
        &self,
        group: Option<&Group>,
        fields: &'static [Field],
        path: &str,
        absent: &mut Vec<String>,
    ) -> BTreeMap<&'static str, Bound> {
        let mut bound = BTreeMap::new();
        for field in fields {
            let path = format!("{path}.{}", field.key);
            let value = group.and_then(|group| group.get(field.key));
            let one = match (field.shape, value.map(|value| &value.data)) {
                (Shape::Group(inner), Some(Data::Group(group))) => {
                    Bound::from(self.group(Some(group), inner, &path, absent))
                }
                (Shape::Group(inner), _) => Bound::from(self.group(None, inner, &path, absent)),
                (Shape::List(_) | Shape::Groups(_), None) => Bound::from(Vec::<Bound>::new()),
                (Shape::Date, Some(Data::Date(day))) if *day > self.as_of => {
                    absent.push(path);
                    Bound::from(())
                }
                (_, None) => {
                    absent.push(path);
                    Bound::from(())
                }
                (_, Some(data)) => self.data(data),
            };
            bound.insert(field.key, one);
        }
        bound
    }

    /// A written value as the engine sees it: days and periods as ISO texts, which compare in order.
    fn data(&self, data: &Data) -> Bound {
        match data {
            Data::Text(text) => Bound::from(text.as_str()),
            Data::Date(day) => Bound::from(day.to_string()),
            Data::Period(period) => Bound::from(period.to_string()),
            Data::Count(count) => Bound::from(*count),
            Data::Rate(rate) => Bound::from(rate.to_string()),
            Data::Length(length) => Bound::from(length.to_string()),
            Data::Flag(flag) => Bound::from(*flag),
            Data::MonthDay(day) => {
                Bound::from(day.map_or_else(|| "last".to_owned(), |day| day.to_string()))
            }
            Data::List(items) => items
                .iter()
                .filter(|item| !matches!(item.data, Data::Date(day) if day > self.as_of))
                .map(|item: &Value| self.data(&item.data))
                .collect::<Vec<Bound>>()
                .into(),
            Data::Group(group) => {
                let entries = group.entries.iter();
                let bound = entries.map(|(key, value)| (key.value.clone(), self.data(&value.data)));
                Bound::from(bound.collect::<BTreeMap<String, Bound>>())
            }
        }
    }
}

/// Gives the engine the functions of conditions. An argument that is absent is a fault.
pub fn add_functions(engine: &mut Environment<'static>) {
    engine.add_function("months_between", |from: Bound, to: Bound| -> Result<i64, Error> {
        Ok(months_between(day(&from)?, day(&to)?))
    });
    engine.add_function("days_between", |from: Bound, to: Bound| -> Result<i64, Error> {
        Ok((day(&to)? - day(&from)?).num_days())
    });
}

/// Full months from one day to another; negative if the second lies before the first.
fn months_between(from: NaiveDate, to: NaiveDate) -> i64 {
    if to < from {
        return -months_between(to, from);
    }
    let whole =
        i64::from(to.year() - from.year()) * 12 + i64::from(to.month()) - i64::from(from.month());
    // A month is full on the day of the same number, or on the month's last day if there is none.
    let back =
        u32::try_from(whole).ok().and_then(|n| from.checked_add_months(chrono::Months::new(n)));
    if back.is_some_and(|reached| reached > to) { whole - 1 } else { whole }
}

fn day(value: &Bound) -> Result<NaiveDate, Error> {
    let text = value.as_str().unwrap_or_default();
    parse_day(text).map_err(|_| {
        Error::new(ErrorKind::InvalidOperation, "a day that is needed is not recorded")
    })
}
