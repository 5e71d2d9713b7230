//! A spreadsheet's bytes become rows of cells with their addresses: CSV in the encodings of
//! offices, XLSX, XLS, ODS. Hidden sheets are left out, merged cells hold their value everywhere,
//! dates are days, and what has no value of its own (a formula never calculated, an error) is a
//! fault of its cell, never an empty one.

mod csv;
mod layout;
mod workbook;

use std::collections::BTreeSet;

use crate::time::Day;

/// The visible sheets of a file, in order. A CSV has one.
#[derive(Clone, Debug)]
pub struct Book {
    pub sheets: Vec<Sheet>,
    /// How the text was encoded, if it was not UTF-8: worth telling.
    pub encoding: Option<&'static str>,
}

/// One sheet; rows and columns count from 0 and begin at A1.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Sheet {
    pub name: String,
    pub rows: Vec<Vec<Cell>>,
    /// Rows and columns the spreadsheet does not show. They are read like the others: what a
    /// filter hides is there all the same.
    pub hidden_rows: BTreeSet<usize>,
    pub hidden_columns: BTreeSet<usize>,
}

/// What a cell holds.
#[derive(Clone, Debug, PartialEq)]
pub enum Cell {
    Empty,
    Text(String),
    /// In decimal, exactly as far as the file knows it.
    Number(String),
    Day(Day),
    Flag(bool),
    /// Why there is no value.
    Fault(String),
}

/// Most rows and columns of a sheet: a register of a whole city has fewer.
const MOST_ROWS: usize = 200_000;
const MOST_COLUMNS: usize = 500;

impl Cell {
    /// Whether nothing was written.
    pub fn is_empty(&self) -> bool {
        match self {
            Cell::Empty => true,
            Cell::Text(text) => text.trim().is_empty(),
            _ => false,
        }
    }

    /// The cell as a text; days in the ISO form.
    pub fn text(&self) -> String {
        match self {
            Cell::Empty | Cell::Fault(_) => String::new(),
            Cell::Text(text) => text.trim().to_owned(),
            Cell::Number(text) => text.clone(),
            Cell::Day(day) => day.to_string(),
            Cell::Flag(flag) => flag.to_string(),
        }
    }
}

impl Sheet {
    /// The cell at a row and column; empty beyond what was written.
    pub fn cell(&self, row: usize, column: usize) -> &Cell {
        self.rows.get(row).and_then(|cells| cells.get(column)).unwrap_or(&Cell::Empty)
    }
}

/// Reads the sheets of a file by what it holds, whatever its name ends in. The error says what is
/// wrong, lower case and without a full stop.
pub fn read_book(bytes: &[u8]) -> Result<Book, String> {
    let book = if bytes.starts_with(b"PK") || bytes.starts_with(b"\xd0\xcf\x11\xe0") {
        workbook::read(bytes)?
    } else {
        csv::read(bytes)?
    };
    for sheet in &book.sheets {
        let columns = sheet.rows.iter().map(Vec::len).max().unwrap_or(0);
        if sheet.rows.len() > MOST_ROWS || columns > MOST_COLUMNS {
            return Err(format!(
                "sheet `{}` has {} rows and {columns} columns; at most {MOST_ROWS} and {MOST_COLUMNS} are read",
                sheet.name,
                sheet.rows.len()
            ));
        }
    }
    Ok(book)
}

/// Whether a spreadsheet, or one in another language, may take a text for a formula. An apostrophe
/// put before such a text is part of its writing; so one that was there already gets another.
pub fn is_like_a_formula(text: &str) -> bool {
    let bare = text.trim_start_matches('\'');
    bare.starts_with(['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠'])
}

/// The address of a cell: `B7`.
pub fn address(row: usize, column: usize) -> String {
    let (mut letters, mut left) = (String::new(), column + 1);
    while left > 0 {
        letters.insert(0, char::from(b'A' + u8::try_from((left - 1) % 26).unwrap_or(0)));
        left = (left - 1) / 26;
    }
    format!("{letters}{}", row + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_those_of_spreadsheets() {
        let cases = [
            (0, 0, "A1"),
            (6, 1, "B7"),
            (0, 25, "Z1"),
            (0, 26, "AA1"),
            (9, 701, "ZZ10"),
            (0, 702, "AAA1"),
        ];
        for (row, column, expected) in cases {
            assert_eq!(address(row, column), expected);
        }
    }
}
