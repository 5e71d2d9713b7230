//! The rows of a sheet as values of keys: which sheet is meant, what holds for every row, and what
//! of a row cannot be told, with its cell.

use std::collections::{BTreeMap, BTreeSet};

use super::convert::convert;
use super::heads::{Heads, find};
use super::mapping::{Mapping, Table, field};
use super::names::SiteNames;
use crate::parse::sheet::{Book, Cell, Sheet, address};

/// Why a row is not taken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Doubt {
    pub address: String,
    pub why: String,
}

/// By dotted key, as YAML.
pub(super) type Values = BTreeMap<String, String>;

/// A day that two columns of a row, one of each calendar, say differently: only what the site says can
/// tell which of them was changed.
pub(super) struct Twice {
    pub key: String,
    /// What the second column says.
    pub second: String,
    /// For who knows no better.
    pub doubt: Doubt,
}

/// What a row says.
pub(super) struct Told {
    pub values: Values,
    pub twice: Vec<Twice>,
}

/// The sheet to read: the one asked for, else the first whose heading is known.
pub(super) fn choose<'a>(
    book: &'a Book,
    table: &Table,
    mapping: &Mapping,
    needed: &[String],
) -> Result<(&'a Sheet, Heads), String> {
    if let Some(name) = &mapping.sheet {
        let sheet = book.sheets.iter().find(|sheet| sheet.name == *name);
        let all = || book.sheets.iter().map(|sheet| sheet.name.clone()).collect::<Vec<_>>();
        let sheet = sheet.ok_or_else(|| {
            format!("no visible sheet is called `{name}`; there is {}", all().join(", "))
        })?;
        return Ok((sheet, find(sheet, table, mapping, needed)?));
    }
    let (mut fitting, mut errors) = (Vec::new(), Vec::new());
    for sheet in &book.sheets {
        match find(sheet, table, mapping, needed) {
            Ok(heads) => fitting.push((sheet, heads)),
            Err(error) => errors.push(error),
        }
    }
    if fitting.len() > 1 {
        // To take the first would leave out the others without a word.
        let names: Vec<String> =
            fitting.iter().map(|(sheet, _)| format!("`{}`", sheet.name)).collect();
        return Err(format!(
            "{} sheets can be read: {}; say which with --sheet NAME",
            names.len(),
            names.join(", ")
        ));
    }
    fitting.pop().ok_or_else(|| {
        errors.into_iter().next().unwrap_or_else(|| "the file has no visible sheet".to_owned())
    })
}

/// Values for every row: what the mapping fixes, the table's defaults, and what the site has one of.
pub(super) fn fixed(table: &Table, mapping: &Mapping, names: &SiteNames) -> Result<Values, String> {
    use crate::record::schema::Shape;
    let mut values = table.defaults.clone();
    for key in ["system", "agency"] {
        if let Some(Shape::Ref(kind)) = field(table.kind, key).map(|field| field.shape) {
            values.extend(names.only(kind).map(|id| (key.to_owned(), id.to_owned())));
        }
    }
    values.extend(mapping.fixed.clone());
    let mut fixed = Values::new();
    for (key, text) in values {
        let value = convert(&Cell::Text(text), &key, table, mapping, names)
            .map_err(|why| format!("`{key}`: {why}"))?;
        fixed.extend(value.map(|value| (key, value)));
    }
    Ok(fixed)
}

pub(super) struct Reader<'a> {
    pub sheet: &'a Sheet,
    pub heads: &'a Heads,
    pub table: &'a Table,
    pub mapping: &'a Mapping,
    pub names: &'a SiteNames,
    /// Values for every row, see [`fixed`].
    pub fixed: &'a Values,
}

impl Reader<'_> {
    /// The rows with something in a column that is read, by their number from 0.
    pub fn rows(&self) -> Vec<(usize, Result<Told, Vec<Doubt>>)> {
        let rows = self.heads.first_row..self.sheet.rows.len();
        rows.filter(|row| !self.is_blank(*row) && !is_total(self.sheet, *row))
            .map(|row| (row, self.row(row)))
            .collect()
    }

    fn is_blank(&self, row: usize) -> bool {
        self.heads.columns.keys().all(|column| self.sheet.cell(row, *column).is_empty())
    }

    fn row(&self, row: usize) -> Result<Told, Vec<Doubt>> {
        let mut values = self.fixed.clone();
        let (mut twice, mut doubts) = (Vec::new(), Vec::new());
        for (column, key) in &self.heads.columns {
            let cell = self.sheet.cell(row, *column);
            match convert(cell, key, self.table, self.mapping, self.names) {
                Ok(value) => values.extend(value.map(|value| (key.clone(), value))),
                Err(why) => doubts.push(Doubt { address: address(row, *column), why }),
            }
        }
        for (column, key) in &self.heads.second {
            let cell = self.sheet.cell(row, *column);
            let address_of = |column: usize| address(row, column);
            match convert(cell, key, self.table, self.mapping, self.names) {
                Ok(None) => {}
                Ok(Some(said)) => match values.get(key) {
                    None => _ = values.insert(key.clone(), said),
                    Some(other) if *other == said => {}
                    Some(other) => {
                        let first = self.heads.column(key).map(address_of).unwrap_or_default();
                        let why = format!(
                            "it says {said}, and {first} says {other}: one of them is stale"
                        );
                        let doubt = Doubt { address: address_of(*column), why };
                        twice.push(Twice { key: key.clone(), second: said, doubt });
                    }
                },
                Err(why) => doubts.push(Doubt { address: address_of(*column), why }),
            }
        }
        let faulty: BTreeSet<&str> = self
            .heads
            .columns
            .iter()
            .filter(|(column, _)| {
                doubts.iter().any(|doubt| doubt.address == address(row, **column))
            })
            .map(|(_, key)| key.as_str())
            .collect();
        // A record that is named by its id may lack what tells others apart: an audit counted from
        // the last one is of no period.
        let named = values.contains_key("id");
        for key in self.table.identity.iter().filter(|_| !named) {
            if !values.contains_key(key) && !faulty.contains(key.as_str()) {
                let column = self.heads.columns.iter().find(|(_, one)| *one == key);
                let column = column.map_or(0, |(column, _)| *column);
                let why = format!("`{key}` is empty");
                doubts.push(Doubt { address: address(row, column), why });
            }
        }
        if doubts.is_empty() { Ok(Told { values, twice }) } else { Err(doubts) }
    }
}

/// A row that sums up others.
pub(super) fn is_total(sheet: &Sheet, row: usize) -> bool {
    let first = sheet.rows.get(row).and_then(|cells| cells.iter().find(|cell| !cell.is_empty()));
    let text: String = first.map(Cell::text).unwrap_or_default().split_whitespace().collect();
    ["合計", "總計", "小計", "共計"].iter().any(|word| text.starts_with(word))
}
