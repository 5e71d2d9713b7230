//! CSV for spreadsheets: UTF-8 with a byte order mark, CRLF.

use super::{Grid, Value, defused};

/// The grid as a CSV.
pub fn render(grid: &Grid) -> Vec<u8> {
    let mut out = csv::WriterBuilder::new()
        .terminator(csv::Terminator::CRLF)
        .from_writer("\u{feff}".as_bytes().to_vec());
    let heading: Vec<String> = grid.columns.iter().map(|column| defused(&column.heading)).collect();
    let mut write = |cells: Vec<String>| out.write_record(cells).expect("memory takes it");
    write(heading);
    for row in grid.body() {
        write(row.iter().map(text).collect());
    }
    out.into_inner().expect("memory takes it")
}

fn text(value: &Value) -> String {
    match value {
        Value::Empty => String::new(),
        Value::Text(text) => defused(text),
        Value::Count(count) => count.to_string(),
        Value::Day(day) => day.to_string(),
    }
}
