//! What the reader of workbooks does not tell of a sheet: which rows and columns are hidden, and in
//! an ODS which cells are merged and how a number is shown. Best effort: what cannot be read here is
//! not known, and the reader of the cells says what is wrong.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{Cursor, Read as _};

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use super::{MOST_COLUMNS, MOST_ROWS};

/// The most bytes a workbook's parts may unfold to: so many, or so many times its size. The largest
/// register of an office unfolds twentyfold.
const UNFOLDED: u64 = 16 << 20;
const UNFOLDS: u64 = 24;
/// The most bytes of one part, which is asked for when all of them are known to be no bomb.
const LARGEST_PART: u64 = 1 << 30;

/// Of one sheet; rows and columns count from 0.
#[derive(Clone, Debug, Default)]
pub struct Layout {
    pub hidden_rows: BTreeSet<usize>,
    pub hidden_columns: BTreeSet<usize>,
    /// First row, first column, last row, last column. ODS only.
    pub merged: Vec<(usize, usize, usize, usize)>,
    /// What is shown for a whole number, where that is more than its figures. ODS only.
    pub shown: BTreeMap<(usize, usize), String>,
}

/// Whether the parts of a ZIP unfold to more than a workbook of an office does. They are unfolded to
/// tell: what an archive says of their sizes may be anything.
pub fn is_bomb(bytes: &[u8]) -> bool {
    let Ok(mut archive) = zip::ZipArchive::new(Cursor::new(bytes)) else { return false };
    let mut left = UNFOLDED.max(UNFOLDS * bytes.len() as u64);
    for at in 0..archive.len() {
        let Ok(part) = archive.by_index(at) else { continue };
        let Ok(size) = std::io::copy(&mut part.take(left + 1), &mut std::io::sink()) else {
            continue;
        };
        if size > left {
            return true;
        }
        left -= size;
    }
    false
}

/// The layouts of the sheets of an XLSX or ODS, by their names.
pub fn layouts(bytes: &[u8]) -> BTreeMap<String, Layout> {
    match part(bytes, "content.xml") {
        Some(content) => of_ods(&content),
        None => of_xlsx(bytes).unwrap_or_default(),
    }
}

fn part(bytes: &[u8], name: &str) -> Option<String> {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).ok()?;
    let mut text = String::new();
    archive.by_name(name).ok()?.take(LARGEST_PART).read_to_string(&mut text).ok()?;
    Some(text)
}

/// The value of an attribute, whatever its prefix.
fn attribute(tag: &BytesStart<'_>, name: &str) -> Option<String> {
    let found = tag.attributes().flatten().find(|one| one.key.local_name().as_ref() == name)?;
    let version = quick_xml::XmlVersion::Implicit1_0;
    found.normalized_value(version).ok().map(|value| value.into_owned())
}

fn number(tag: &BytesStart<'_>, name: &str) -> Option<usize> {
    attribute(tag, name)?.parse().ok()
}

/// Calls `visit` with each opening tag of a text.
fn tags(xml: &str, mut visit: impl FnMut(&BytesStart<'_>)) {
    let mut reader = Reader::from_str(xml);
    loop {
        match reader.read_event() {
            Ok(Event::Start(tag) | Event::Empty(tag)) => visit(&tag),
            Ok(Event::Eof) | Err(_) => break,
            Ok(_) => {}
        }
    }
}

fn of_xlsx(bytes: &[u8]) -> Option<BTreeMap<String, Layout>> {
    let mut targets = BTreeMap::new();
    tags(&part(bytes, "xl/_rels/workbook.xml.rels")?, |tag| {
        if let (Some(id), Some(target)) = (attribute(tag, "Id"), attribute(tag, "Target")) {
            targets.insert(id, target);
        }
    });
    let mut sheets = Vec::new();
    tags(&part(bytes, "xl/workbook.xml")?, |tag| {
        if tag.local_name().as_ref() == "sheet"
            && let (Some(name), Some(id)) = (attribute(tag, "name"), attribute(tag, "id"))
        {
            sheets.push((name, id));
        }
    });
    let mut found = BTreeMap::new();
    for (name, id) in sheets {
        let Some(target) = targets.get(&id) else { continue };
        let path = match target.strip_prefix('/') {
            Some(path) => path.to_owned(),
            None => format!("xl/{target}"),
        };
        if let Some(sheet) = part(bytes, &path) {
            found.insert(name, of_worksheet(&sheet));
        }
    }
    Some(found)
}

fn of_worksheet(xml: &str) -> Layout {
    let mut layout = Layout::default();
    let mut next_row = 0;
    tags(xml, |tag| {
        let is_hidden = || matches!(attribute(tag, "hidden").as_deref(), Some("1" | "true"));
        match tag.local_name().as_ref() {
            "row" => {
                let row = number(tag, "r").map_or(next_row, |row| row.saturating_sub(1));
                next_row = row + 1;
                if is_hidden() && row < MOST_ROWS {
                    layout.hidden_rows.insert(row);
                }
            }
            "col" if is_hidden() => {
                let first = number(tag, "min").unwrap_or(1).saturating_sub(1);
                let last = number(tag, "max").unwrap_or(first + 1).min(MOST_COLUMNS);
                layout.hidden_columns.extend(first..last);
            }
            _ => {}
        }
    });
    layout
}

/// Where the walk over an ODS is.
#[derive(Default)]
struct Place {
    table: String,
    row: usize,
    column: usize,
    /// Of the row, the cell and the column that are read: how often they stand.
    row_repeats: usize,
    /// The cell, if it holds a whole number: where, and its figures.
    number: Option<(usize, usize, String)>,
    shown: String,
}

fn of_ods(xml: &str) -> BTreeMap<String, Layout> {
    let mut found: BTreeMap<String, Layout> = BTreeMap::new();
    let mut place = Place::default();
    let mut reader = Reader::from_str(xml);
    loop {
        match reader.read_event() {
            Ok(Event::Start(tag)) => opened(&tag, &mut place, &mut found),
            Ok(Event::Empty(tag)) => {
                opened(&tag, &mut place, &mut found);
                closed(tag.local_name().as_ref(), &mut place, &mut found);
            }
            Ok(Event::Text(text)) if place.number.is_some() => place.shown.push_str(&text),
            Ok(Event::End(tag)) => closed(tag.local_name().as_ref(), &mut place, &mut found),
            Ok(Event::Eof) | Err(_) => break,
            Ok(_) => {}
        }
    }
    found
}

fn opened(tag: &BytesStart<'_>, place: &mut Place, found: &mut BTreeMap<String, Layout>) {
    let is_hidden =
        || matches!(attribute(tag, "visibility").as_deref(), Some("collapse" | "filter"));
    match tag.local_name().as_ref() {
        "table" => {
            *place =
                Place { table: attribute(tag, "name").unwrap_or_default(), ..Place::default() };
            found.entry(place.table.clone()).or_default();
        }
        "table-column" => {
            let repeats = number(tag, "number-columns-repeated").unwrap_or(1);
            if let (true, Some(layout)) = (is_hidden(), found.get_mut(&place.table)) {
                let last = (place.column + repeats).min(MOST_COLUMNS);
                layout.hidden_columns.extend(place.column..last);
            }
            place.column += repeats;
        }
        "table-row" => {
            place.row_repeats = number(tag, "number-rows-repeated").unwrap_or(1);
            place.column = 0;
            if let (true, Some(layout)) = (is_hidden(), found.get_mut(&place.table)) {
                let last = (place.row + place.row_repeats).min(MOST_ROWS);
                layout.hidden_rows.extend(place.row..last);
            }
        }
        "table-cell" | "covered-table-cell" => {
            let Some(layout) = found.get_mut(&place.table) else { return };
            let rows = number(tag, "number-rows-spanned").unwrap_or(1).clamp(1, MOST_ROWS);
            let columns = number(tag, "number-columns-spanned").unwrap_or(1).clamp(1, MOST_COLUMNS);
            if rows * columns > 1 {
                let (row, column) = (place.row, place.column);
                layout.merged.push((row, column, row + rows - 1, column + columns - 1));
            }
            if attribute(tag, "value-type").as_deref() == Some("float") {
                let value = attribute(tag, "value").unwrap_or_default();
                place.number = Some((place.row, place.column, value));
                place.shown.clear();
            }
            place.column += number(tag, "number-columns-repeated").unwrap_or(1);
        }
        _ => {}
    }
}

fn closed(tag: &str, place: &mut Place, found: &mut BTreeMap<String, Layout>) {
    match tag {
        "table-row" => place.row += place.row_repeats,
        "table-cell" => {
            let Some((row, column, value)) = place.number.take() else { return };
            let shown = place.shown.trim();
            // `00123` for 123: the noughts in front are part of a code.
            let is_code = shown.trim_start_matches('0') == value && shown != value;
            if let (true, Some(layout)) = (is_code, found.get_mut(&place.table)) {
                layout.shown.insert((row, column), shown.to_owned());
            }
        }
        _ => {}
    }
}
