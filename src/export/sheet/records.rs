//! Records as they were written, with the headings by which they can be imported again; and the
//! empty sheets in which they can be kept.

use super::{Column, Grid, Value};
use crate::parse::intake::{SiteNames, Table, field, table, word};

use crate::parse::Parsed;
/// What is put in front of such a text is taken away again when it is read.
pub(super) use crate::parse::sheet::is_like_a_formula;
use crate::record::schema::Shape;
use crate::record::value;
use crate::record::value::{Data, Group};

/// The kinds of records that have a sheet.
pub fn record_kinds() -> [&'static str; 7] {
    ["accounts", "usage", "audits", "posts", "trainings", "findings", "evidence"]
}

/// The records of a kind, by the name of its folder.
pub fn records(name: &str, parsed: &Parsed, names: &SiteNames) -> Grid {
    let table = table(name);
    let rows = parsed.records.iter().filter(|record| record.kind.plural == name);
    let columns = columns(&table);
    Grid {
        name: name.to_owned(),
        rows: rows
            .map(|record| {
                let cells = table.columns.iter();
                cells.map(|(key, _)| cell(&record.fields, key, &table, names)).collect()
            })
            .collect(),
        columns,
        total: None,
    }
}

/// An empty sheet of a kind, with what the site has as choices.
pub fn template(name: &str, parsed: &Parsed) -> Grid {
    let (table, names) = (table(name), SiteNames::new(parsed));
    let mut columns = Vec::new();
    for ((key, _), mut column) in table.columns.iter().zip(columns_of(&table)) {
        // Ids are made when the sheet is imported.
        if key == "id" {
            continue;
        }
        column.choices = match field(table.kind, key).map(|field| field.shape) {
            Some(Shape::Ref(kind @ ("unit" | "system" | "agency"))) => {
                names.of(kind).map(|(_, name)| name.to_owned()).collect()
            }
            Some(Shape::Word(_) | Shape::Term(..)) => {
                let words = table.values.get(key).into_iter().flatten();
                words.filter_map(|(_, spellings)| spellings.first().cloned()).collect()
            }
            _ => Vec::new(),
        };
        columns.push(column);
    }
    Grid { name: name.to_owned(), columns, ..Grid::default() }
}

fn columns(table: &Table) -> Vec<Column> {
    columns_of(table).collect()
}

fn columns_of(table: &Table) -> impl Iterator<Item = Column> {
    table.columns.iter().map(|(key, headings)| Column {
        heading: headings.first().cloned().unwrap_or_else(|| key.clone()),
        choices: Vec::new(),
        is_day: matches!(
            field(table.kind, key).map(|field| field.shape),
            Some(Shape::Date | Shape::Start | Shape::Planned)
        ),
    })
}

fn cell(record: &Group, key: &str, table: &Table, names: &SiteNames) -> Value {
    let found = match key.split_once('.') {
        Some((group, rest)) => record.group(group).and_then(|group| group.get(rest)),
        None => record.get(key),
    };
    let Some(found) = found else { return Value::Empty };
    let shape = field(table.kind, key).map(|field| field.shape);
    match (&found.data, shape) {
        (Data::Date(day), _) => Value::Day(*day),
        (Data::Count(count), _) => Value::Count(*count),
        (Data::Text(text), Some(Shape::Ref(kind @ ("unit" | "system" | "agency")))) => {
            Value::Text(name(kind, text, names))
        }
        (Data::Text(text), Some(Shape::Word(_) | Shape::Term(..))) => {
            let words = table.values.get(key).into_iter().flatten();
            let mut spelt = words.filter(|(word, _)| word == text);
            let spelling = spelt.next().and_then(|(_, spellings)| spellings.first());
            Value::Text(spelling.unwrap_or(text).clone())
        }
        _ => Value::Text(plain(found)),
    }
}

/// The name of a record, if it is nobody else's; else its id.
fn name(kind: &str, id: &str, names: &SiteNames) -> String {
    let name = names.of(kind).find(|(one, _)| *one == id).map(|(_, name)| name.to_owned());
    name.filter(|name| names.find(kind, name).as_deref() == Ok(id)).unwrap_or_else(|| id.to_owned())
}

fn plain(value: &value::Value) -> String {
    match &value.data {
        Data::Text(text) => text.clone(),
        Data::Date(day) => day.to_string(),
        Data::Period(period) => period.to_string(),
        Data::Count(count) => count.to_string(),
        Data::Flag(flag) => word("flag", if *flag { "yes" } else { "no" }),
        Data::Rate(rate) => rate.to_string(),
        Data::List(items) => items.iter().map(plain).collect::<Vec<_>>().join("、"),
        _ => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_sheet_is_of_a_kind() {
        for name in record_kinds() {
            assert_eq!(table(name).kind.plural, name);
        }
    }
}
