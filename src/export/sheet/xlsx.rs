//! XLSX. The only module that names the crate that writes it.

use rust_xlsxwriter::utility::column_number_to_name;
use rust_xlsxwriter::{
    DataValidation, DataValidationErrorStyle, DocProperties, ExcelDateTime, Format, Formula,
    Workbook, Worksheet, XlsxError,
};

use super::{Grid, Value};
use chrono::Datelike as _;

/// Rows of a template in which choices are offered.
const OFFERED: u32 = 1000;
/// Longest list of choices, in characters, that the format holds in place.
const LONGEST_LIST: usize = 255;
/// The hidden sheet of lists that are longer.
const LISTS: &str = "choices";

/// The grid as an XLSX.
pub fn render(grid: &Grid) -> Vec<u8> {
    // Nothing here can fail for a grid: names and texts are cut to what the format holds.
    write(grid).expect("a grid fits the format")
}

fn write(grid: &Grid) -> Result<Vec<u8>, XlsxError> {
    let mut book = Workbook::new();
    // The same grid gives the same bytes, on any day.
    let made = ExcelDateTime::from_ymd(2000, 1, 1)?;
    book.set_properties(&DocProperties::new().set_creation_datetime(&made));
    let sheet = book.add_worksheet();
    let name: String = grid.name.chars().filter(|c| !"[]:*?/\\'".contains(*c)).take(31).collect();
    sheet.set_name(if name.is_empty() { "1" } else { &name })?;
    let head = Format::new().set_bold();
    let day = Format::new().set_num_format("yyyy-mm-dd");
    let text = Format::new().set_num_format("@");
    let mut long_lists: Vec<&Vec<String>> = Vec::new();
    for (column, about) in (0..).zip(&grid.columns) {
        sheet.write_string_with_format(0, column, cut(&about.heading), &head)?;
        let wide = about.heading.chars().count().max(if about.is_day { 6 } else { 4 }) * 2 + 2;
        sheet.set_column_width(column, u32::try_from(wide.min(60)).unwrap_or(60))?;
        if grid.rows.is_empty() {
            sheet.set_column_format(column, if about.is_day { &day } else { &text })?;
        }
        if about.choices.is_empty() {
            continue;
        }
        let length: usize = about.choices.iter().map(|choice| choice.chars().count() + 1).sum();
        let has_comma = about.choices.iter().any(|choice| choice.contains(','));
        let offered = if length <= LONGEST_LIST && !has_comma {
            DataValidation::new().allow_list_strings(&about.choices)?
        } else {
            // Longer lists stand in a hidden sheet, a column for each.
            let letters = column_number_to_name(u16::try_from(long_lists.len()).unwrap_or(0));
            let last = about.choices.len();
            long_lists.push(&about.choices);
            let range = format!("={LISTS}!${letters}$1:${letters}${last}");
            DataValidation::new().allow_list_formula(Formula::new(range))
        };
        // What is no choice yet may be a new unit: it is said, not forbidden.
        let offered = offered.set_error_style(DataValidationErrorStyle::Warning);
        sheet.add_data_validation(1, column, OFFERED, column, &offered)?;
    }
    for (row, cells) in (1..).zip(grid.body()) {
        for (column, cell) in (0..).zip(cells) {
            put(sheet, row, column, cell, &day, &text)?;
        }
    }
    sheet.set_freeze_panes(1, 0)?;
    if !long_lists.is_empty() {
        let lists = book.add_worksheet().set_name(LISTS)?;
        lists.set_hidden(true);
        for (column, choices) in (0..).zip(long_lists) {
            for (row, choice) in (0..).zip(choices) {
                lists.write_string(row, column, cut(choice))?;
            }
        }
    }
    book.save_to_buffer()
}

fn put(
    sheet: &mut Worksheet,
    row: u32,
    column: u16,
    cell: &Value,
    day: &Format,
    text: &Format,
) -> Result<(), XlsxError> {
    match cell {
        Value::Empty => {}
        // A string of the file's own kind: never a formula, whatever it begins with.
        Value::Text(value) => _ = sheet.write_string_with_format(row, column, cut(value), text)?,
        Value::Count(count) => _ = sheet.write_number(row, column, *count as f64)?,
        Value::Day(value) => {
            let year = u16::try_from(value.year()).unwrap_or(1900).max(1900);
            let (month, of_month) = (value.month() as u8, value.day() as u8);
            let value = ExcelDateTime::from_ymd(year, month, of_month)?;
            sheet.write_datetime_with_format(row, column, &value, day)?;
        }
    }
    Ok(())
}

/// What a cell holds at most.
fn cut(text: &str) -> String {
    text.chars().take(32_000).collect()
}
