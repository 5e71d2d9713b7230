//! XLSX, XLS and ODS. The only module that names the crate that reads them.

use std::io::Cursor;

use calamine::{Data, Dimensions, Range, Reader, SheetVisible, Sheets, open_workbook_auto_from_rs};
use chrono::NaiveDate;

use super::{Book, Cell, MOST_COLUMNS, MOST_ROWS, Sheet};

/// Reads the visible sheets.
pub fn read(bytes: &[u8]) -> Result<Book, String> {
    let mut book = open_workbook_auto_from_rs(Cursor::new(bytes.to_vec()))
        .map_err(|error| format!("the spreadsheet cannot be opened: {error}"))?;
    let visible: Vec<String> = book
        .sheets_metadata()
        .iter()
        .filter(|sheet| sheet.visible == SheetVisible::Visible)
        .map(|sheet| sheet.name.clone())
        .collect();
    let mut sheets = Vec::new();
    for name in visible {
        let failed = |error: calamine::Error| format!("sheet `{name}` cannot be read: {error}");
        let values = book.worksheet_range(&name).map_err(failed)?;
        let formulas = book.worksheet_formula(&name).ok();
        let mut rows = rows(&values)?;
        if let Some(formulas) = formulas {
            mark_formulas(&mut rows, &formulas);
        }
        for region in merged(&mut book, &name) {
            spread(&mut rows, region);
        }
        sheets.push(Sheet { name, rows });
    }
    Ok(Book { sheets, encoding: None })
}

fn rows(values: &Range<Data>) -> Result<Vec<Vec<Cell>>, String> {
    let Some((top, left)) = values.start() else { return Ok(Vec::new()) };
    let (top, left) = (top as usize, left as usize);
    if top + values.height() > MOST_ROWS || left + values.width() > MOST_COLUMNS {
        return Err(format!(
            "a sheet has more than {MOST_ROWS} rows or {MOST_COLUMNS} columns; delete what lies far from the list"
        ));
    }
    let mut rows = vec![Vec::new(); top];
    for row in values.rows() {
        let mut cells = vec![Cell::Empty; left];
        cells.extend(row.iter().map(cell));
        rows.push(cells);
    }
    Ok(rows)
}

fn cell(data: &Data) -> Cell {
    match data {
        Data::Empty => Cell::Empty,
        Data::String(text) if text.trim().is_empty() => Cell::Empty,
        Data::String(text) => Cell::Text(text.trim().to_owned()),
        Data::Int(number) => Cell::Number(number.to_string()),
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
            day.map_or_else(|| Cell::Fault(format!("`{text}` is no day")), Cell::Day)
        }
        Data::Error(error) => Cell::Fault(format!("the spreadsheet has the error {error}")),
    }
}

/// A formula without a value is no empty cell: nobody has calculated it.
fn mark_formulas(rows: &mut [Vec<Cell>], formulas: &Range<String>) {
    let Some((top, left)) = formulas.start() else { return };
    for (row, column, formula) in formulas.used_cells() {
        let (row, column) = (row + top as usize, column + left as usize);
        let cell = rows.get_mut(row).and_then(|cells| cells.get_mut(column));
        if let (false, Some(cell @ Cell::Empty)) = (formula.is_empty(), cell) {
            *cell = Cell::Fault(
                "the formula has no value; open and save the file in a spreadsheet program"
                    .to_owned(),
            );
        }
    }
}

fn merged(book: &mut Sheets<Cursor<Vec<u8>>>, name: &str) -> Vec<Dimensions> {
    match book {
        Sheets::Xlsx(xlsx) => xlsx.merge_cells_by_sheet_name(name).unwrap_or_default(),
        Sheets::Xls(xls) => xls.merge_cells_by_sheet_name(name).unwrap_or_default(),
        // The reader of ODS does not say; there covered cells are empty.
        _ => Vec::new(),
    }
}

/// Writes the value of a merged region into each of its cells.
fn spread(rows: &mut [Vec<Cell>], region: Dimensions) {
    let (top, left) = (region.start.0 as usize, region.start.1 as usize);
    let Some(value) = rows.get(top).and_then(|cells| cells.get(left)).cloned() else { return };
    for row in rows.iter_mut().take(region.end.0 as usize + 1).skip(top) {
        for cell in row.iter_mut().take(region.end.1 as usize + 1).skip(left) {
            if cell.is_empty() {
                *cell = value.clone();
            }
        }
    }
}
