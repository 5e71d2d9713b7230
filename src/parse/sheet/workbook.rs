//! XLSX, XLS and ODS. The only module that names the crate that reads them.

use std::io::Cursor;

use calamine::{
    Data, DataRef, Range, Reader, SheetType, SheetVisible, Sheets, Xlsx, open_workbook_auto_from_rs,
};
use chrono::{Datelike as _, NaiveDate};

use super::layout::{is_bomb, layouts};
use super::{Book, Cell, MOST_COLUMNS, MOST_ROWS, Sheet, address};

/// Reads the visible sheets.
pub fn read(bytes: &[u8]) -> Result<Book, String> {
    if is_bomb(bytes) {
        return Err("the spreadsheet unfolds to more than is read".to_owned());
    }
    if is_locked(bytes) {
        return Err(LOCKED.to_owned());
    }
    let mut book = open_workbook_auto_from_rs(Cursor::new(bytes.to_vec())).map_err(cannot_open)?;
    let visible: Vec<String> = book
        .sheets_metadata()
        .iter()
        .filter(|sheet| sheet.visible == SheetVisible::Visible)
        .filter(|sheet| sheet.typ == SheetType::WorkSheet)
        .map(|sheet| sheet.name.clone())
        .collect();
    let mut layouts = layouts(bytes);
    let mut sheets = Vec::new();
    for name in visible {
        let layout = layouts.remove(&name).unwrap_or_default();
        let mut rows = match &mut book {
            Sheets::Xlsx(xlsx) => rows_of_xlsx(xlsx, &name)?,
            _ => rows(&book.worksheet_range(&name).map_err(|error| cannot_read(&name, &error))?)?,
        };
        for ((row, column), shown) in &layout.shown {
            if let Some(cell @ Cell::Number(_)) =
                rows.get_mut(*row).and_then(|cells| cells.get_mut(*column))
            {
                *cell = Cell::Number(shown.clone());
            }
        }
        if let Ok(formulas) = book.worksheet_formula(&name) {
            mark_formulas(&mut rows, &formulas);
        }
        for region in merged(&mut book, &name).into_iter().chain(layout.merged) {
            spread(&mut rows, region);
        }
        sheets.push(Sheet {
            name,
            rows,
            hidden_rows: layout.hidden_rows,
            hidden_columns: layout.hidden_columns,
        });
    }
    Ok(Book { sheets, encoding: None })
}

const LOCKED: &str = "the spreadsheet is protected by a password; save it without one";

fn cannot_open(error: calamine::Error) -> String {
    match error {
        calamine::Error::Xlsx(calamine::XlsxError::Password)
        | calamine::Error::Xls(calamine::XlsError::Password)
        | calamine::Error::Ods(calamine::OdsError::Password) => LOCKED.to_owned(),
        error => format!("the spreadsheet cannot be opened: {error}"),
    }
}

/// Whether it is the container that a workbook with a password is put into, whatever its form was.
fn is_locked(bytes: &[u8]) -> bool {
    let name: Vec<u8> = "EncryptedPackage".encode_utf16().flat_map(u16::to_le_bytes).collect();
    bytes.starts_with(b"\xd0\xcf\x11\xe0") && bytes.windows(name.len()).any(|window| window == name)
}

fn cannot_read(name: &str, error: &dyn std::fmt::Display) -> String {
    format!("sheet `{name}` cannot be read: {error}")
}

/// A cell so far out that it is a slip: everything up to it would have to be read.
fn too_far(row: usize, column: usize) -> String {
    format!(
        "{} lies beyond the {MOST_ROWS} rows and {MOST_COLUMNS} columns that are read; delete what stands there",
        address(row, column)
    )
}

/// The cells of an XLSX one by one: those far out are refused before room is made for them, and a
/// number is what its format shows of it.
fn rows_of_xlsx(xlsx: &mut Xlsx<Cursor<Vec<u8>>>, name: &str) -> Result<Vec<Vec<Cell>>, String> {
    let failed = |error: calamine::XlsxError| cannot_read(name, &error);
    let mut reader = xlsx.worksheet_cells_reader(name).map_err(failed)?;
    let mut rows: Vec<Vec<Cell>> = Vec::new();
    while let Some((found, style)) = reader.next_cell_with_style_id().map_err(failed)? {
        let (row, column) = found.get_position();
        let (row, column) = (row as usize, column as usize);
        let value = match found.get_value() {
            DataRef::Empty => continue,
            DataRef::SharedString(text) => cell(&Data::String((*text).to_owned())),
            other => cell(&Data::from(other.clone())),
        };
        if row >= MOST_ROWS || column >= MOST_COLUMNS {
            if value.is_empty() {
                continue;
            }
            return Err(too_far(row, column));
        }
        let format = reader.styles().get(style).and_then(|style| style.number_format.as_ref());
        let shown = match (&value, format) {
            (Cell::Number(figures), Some(format)) => shown(&format.format_code, figures),
            _ => None,
        };
        *at(&mut rows, row, column) = shown.map_or(value, Cell::Number);
    }
    Ok(rows)
}

/// A cell's place, made if it is not there yet.
fn at(rows: &mut Vec<Vec<Cell>>, row: usize, column: usize) -> &mut Cell {
    if rows.len() <= row {
        rows.resize(row + 1, Vec::new());
    }
    let cells = &mut rows[row];
    if cells.len() <= column {
        cells.resize(column + 1, Cell::Empty);
    }
    &mut cells[column]
}

/// What a format of noughts and words shows of a whole number: `00123` for 123 by `00000`, `A-007`
/// by `"A-"000`. `None` where the figures alone say as much.
fn shown(code: &str, figures: &str) -> Option<String> {
    if !figures.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let code = code.split(';').next().unwrap_or_default();
    let (mut before, mut after, mut noughts) = (String::new(), String::new(), 0);
    let mut chars = code.chars();
    while let Some(c) = chars.next() {
        let literal = match c {
            '0' if after.is_empty() => {
                noughts += 1;
                continue;
            }
            '"' => chars.by_ref().take_while(|c| *c != '"').collect(),
            '\\' => chars.next().into_iter().collect(),
            '-' | ' ' => c.to_string(),
            _ => return None,
        };
        if noughts == 0 { before.push_str(&literal) } else { after.push_str(&literal) }
    }
    let says_more = noughts > figures.len() || !before.is_empty() || !after.is_empty();
    (noughts > 0 && says_more).then(|| format!("{before}{figures:0>noughts$}{after}"))
}

fn rows(values: &Range<Data>) -> Result<Vec<Vec<Cell>>, String> {
    let Some((top, left)) = values.start() else { return Ok(Vec::new()) };
    let (top, left) = (top as usize, left as usize);
    let mut rows = vec![Vec::new(); top.min(MOST_ROWS)];
    for (row, cells) in (top..).zip(values.rows()) {
        let last = cells.iter().rposition(|data| !cell(data).is_empty());
        let width = last.map_or(0, |last| left + last + 1);
        if width > 0 && (row >= MOST_ROWS || width > MOST_COLUMNS) {
            return Err(too_far(row, width - 1));
        }
        if row >= MOST_ROWS {
            continue;
        }
        let mut line = vec![Cell::Empty; left.min(width)];
        line.extend(cells.iter().take(width.saturating_sub(left)).map(cell));
        rows.push(line);
    }
    Ok(rows)
}

/// From here on a spreadsheet has noughts in the place of the last figures typed.
const MOST_EXACT: f64 = 1e15;

fn cell(data: &Data) -> Cell {
    match data {
        Data::Empty => Cell::Empty,
        Data::String(text) if text.trim().is_empty() => Cell::Empty,
        Data::String(text) => Cell::Text(text.trim().to_owned()),
        Data::Int(number) => Cell::Number(number.to_string()),
        Data::Float(number) if number.abs() >= MOST_EXACT => Cell::Fault(
            "the number has more than the 15 figures a spreadsheet keeps; type it anew as a text"
                .to_owned(),
        ),
        Data::Float(number) => Cell::Number(number.to_string()),
        Data::Bool(flag) => Cell::Flag(*flag),
        Data::DateTime(time) if time.is_datetime() => {
            let (year, month, day, ..) = time.to_ymd_hms_milli();
            match NaiveDate::from_ymd_opt(i32::from(year), u32::from(month), u32::from(day)) {
                Some(day) => Cell::Day(day),
                None => Cell::Fault("it is no day of the calendar".to_owned()),
            }
        }
        Data::DateTime(_) | Data::DurationIso(_) => {
            Cell::Fault("it is a length of time, not a day".to_owned())
        }
        Data::DateTimeIso(text) => {
            let day = text.get(..10).and_then(|day| day.parse::<NaiveDate>().ok());
            day.and_then(of_this_age)
                .map_or_else(|| Cell::Fault(format!("`{text}` is no day")), Cell::Day)
        }
        Data::Error(error) => Cell::Fault(format!("the spreadsheet has the error {error}")),
    }
}

/// `115/11/28` typed into a spreadsheet becomes a day of the year 115 of the western count. No record
/// is that old: the ROC year is meant.
fn of_this_age(day: NaiveDate) -> Option<NaiveDate> {
    match day.year() {
        year @ 1..=199 => NaiveDate::from_ymd_opt(year + 1911, day.month(), day.day()),
        _ => Some(day),
    }
}

/// A formula without a value is no empty cell: nobody has calculated it.
fn mark_formulas(rows: &mut Vec<Vec<Cell>>, formulas: &Range<String>) {
    let Some((top, left)) = formulas.start() else { return };
    for (row, column, formula) in formulas.used_cells() {
        let (row, column) = (row + top as usize, column + left as usize);
        if formula.is_empty() || row >= MOST_ROWS || column >= MOST_COLUMNS {
            continue;
        }
        let cell = at(rows, row, column);
        if matches!(cell, Cell::Empty) {
            *cell = Cell::Fault(
                "the formula has no value; open and save the file in a spreadsheet program"
                    .to_owned(),
            );
        }
    }
}

/// First row, first column, last row, last column.
type Region = (usize, usize, usize, usize);

fn merged(book: &mut Sheets<Cursor<Vec<u8>>>, name: &str) -> Vec<Region> {
    let regions = match book {
        Sheets::Xlsx(xlsx) => xlsx.merge_cells_by_sheet_name(name).unwrap_or_default(),
        Sheets::Xls(xls) => xls.merge_cells_by_sheet_name(name).unwrap_or_default(),
        // The reader of ODS does not say; the layout does.
        _ => Vec::new(),
    };
    let region = |one: calamine::Dimensions| {
        (one.start.0 as usize, one.start.1 as usize, one.end.0 as usize, one.end.1 as usize)
    };
    regions.into_iter().map(region).collect()
}

/// Writes the value of a merged region into each of its cells; a row with nothing else stays blank.
fn spread(rows: &mut Vec<Vec<Cell>>, (top, left, bottom, right): Region) {
    let Some(value) = rows.get(top).and_then(|cells| cells.get(left)).cloned() else { return };
    let (bottom, right) = (bottom.min(rows.len().saturating_sub(1)), right.min(MOST_COLUMNS - 1));
    for row in top..=bottom {
        if row > top && rows[row].iter().all(Cell::is_empty) {
            continue;
        }
        for column in left..=right {
            let cell = at(rows, row, column);
            if cell.is_empty() {
                *cell = value.clone();
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_is_what_its_format_shows_of_it() {
        let cases = [
            ("00000", "123", Some("00123")),
            ("\"A-\"000", "7", Some("A-007")),
            ("0\"筆\"", "12", Some("12筆")),
            ("000", "1234", None),
            ("General", "12", None),
            ("0", "12", None),
            ("0.00", "12", None),
            ("#,##0", "1234", None),
            ("0%", "1", None),
        ];
        for (code, figures, expected) in cases {
            assert_eq!(shown(code, figures).as_deref(), expected, "{code}");
        }
    }

    #[test]
    fn a_number_of_more_figures_than_are_kept_is_a_fault() {
        assert_eq!(cell(&Data::Float(999_999_999_999_999.0)).text(), "999999999999999");
        assert!(matches!(cell(&Data::Float(1_234_567_890_123_456.0)), Cell::Fault(_)));
    }

    #[test]
    fn a_workbook_in_a_locked_container_is_named() {
        let name: Vec<u8> = "EncryptedPackage".encode_utf16().flat_map(u16::to_le_bytes).collect();
        let bytes = [&b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"[..], &name].concat();
        assert!(read(&bytes).is_err_and(|why| why.contains("password")));
    }

    #[test]
    fn days_of_the_year_115_are_of_this_age() {
        let day = |text: &str| text.parse::<NaiveDate>().expect("a day");
        assert_eq!(of_this_age(day("0115-11-28")), Some(day("2026-11-28")));
        // 115 of the western count has no 29 February, 116 has one, 民國116年 has none.
        assert_eq!(of_this_age(day("0116-02-29")), None);
        assert_eq!(of_this_age(day("1999-01-31")), Some(day("1999-01-31")));
    }
}
