//! Lists as spreadsheets: CSV, XLSX, ODS. Text stays text (a clause `5.10` is not 5.1), days stand in
//! both calendars, and no cell is ever a formula.

mod csv;
mod ods;
mod records;
mod results;
mod xlsx;

pub use records::{record_kinds, records, template};
pub use results::{checks, occurrences, retention};

use crate::time::{Day, roc_short};

/// A table with a heading.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Grid {
    /// The sheet's name.
    pub name: String,
    pub columns: Vec<Column>,
    pub rows: Vec<Vec<Value>>,
    /// The last row: what the figures come to. Its first cell says so.
    pub total: Option<Vec<Value>>,
}

/// A column's heading, and what may be chosen in it (a template's only).
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Column {
    pub heading: String,
    pub choices: Vec<String>,
    /// Holds days, so that what is typed is shown as one.
    pub is_day: bool,
}

/// A cell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Value {
    Empty,
    Text(String),
    Count(u64),
    Day(Day),
}

/// A form of file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SheetForm {
    Csv,
    Xlsx,
    Ods,
}

/// The file's bytes; the same grid gives the same bytes.
pub fn render(grid: &Grid, form: SheetForm) -> Vec<u8> {
    match form {
        SheetForm::Csv => csv::render(grid),
        SheetForm::Xlsx => xlsx::render(grid),
        SheetForm::Ods => ods::render(grid),
    }
}

impl Grid {
    /// Puts behind each column of days one with the same days in the ROC calendar, headed by `roc`
    /// and the heading, and under the rows the sums of the figures, headed by `total`.
    pub fn finished(mut self, roc: &str, total: &str) -> Self {
        let days: Vec<bool> = self.columns.iter().map(|column| column.is_day).collect();
        let mut columns = Vec::new();
        for column in std::mem::take(&mut self.columns) {
            let second = column.is_day.then(|| Column {
                heading: format!("{roc}{}", column.heading),
                ..Column::default()
            });
            columns.push(column);
            columns.extend(second);
        }
        let both = |row: Vec<Value>| {
            let mut cells = Vec::new();
            for (cell, is_day) in row.into_iter().zip(&days) {
                let second = is_day.then(|| match cell {
                    Value::Day(day) => Value::Text(roc_short(day)),
                    _ => Value::Empty,
                });
                cells.push(cell);
                cells.extend(second);
            }
            cells
        };
        self.columns = columns;
        self.rows = std::mem::take(&mut self.rows).into_iter().map(both).collect();
        let sum = |column: usize| {
            let figures = self.rows.iter().filter_map(|row| match row.get(column) {
                Some(Value::Count(count)) => Some(*count),
                _ => None,
            });
            figures.fold(None, |sum: Option<u64>, figure| Some(sum.unwrap_or(0) + figure))
        };
        let mut cells: Vec<Value> = (0..self.columns.len())
            .map(|column| sum(column).map_or(Value::Empty, Value::Count))
            .collect();
        if let Some(first) = cells.first_mut() {
            *first = Value::Text(format!("{total} {}", self.rows.len()));
            self.total = Some(cells);
        }
        self
    }

    /// Every row below the heading, the total last.
    fn body(&self) -> impl Iterator<Item = &Vec<Value>> {
        self.rows.iter().chain(&self.total)
    }
}

/// A text that no spreadsheet takes for a formula: one that begins like one stands behind an
/// apostrophe, which spreadsheets do not show.
fn defused(text: &str) -> String {
    if records::is_like_a_formula(text) { format!("'{text}") } else { text.to_owned() }
}
