//! A cell becomes the value a key takes, as it is written in YAML.

use super::mapping::{Mapping, Table, field};
use super::names::SiteNames;
use crate::hidden::{describe, escape, is_hidden};
use crate::parse::check;
use crate::parse::sheet::Cell;
use crate::parse::write::scalar;
use crate::parse::yaml::{Node, NodeKind};
use crate::record::schema::Shape;
use crate::source::{FileId, Span};
use crate::time::{
    DayError, Period, narrowed, parse_office_day, parse_office_month, parse_office_period,
};

/// The YAML of a cell's value for a key; `None` for an empty cell. The error says what is wrong.
pub fn convert(
    cell: &Cell,
    key: &str,
    table: &Table,
    mapping: &Mapping,
    names: &SiteNames,
) -> Result<Option<String>, String> {
    if let Cell::Fault(why) = cell {
        return Err(why.clone());
    }
    if cell.is_empty() {
        return Ok(None);
    }
    let Some(field) = field(table.kind, key) else { return Ok(None) };
    if is_as_above(&cell.text()) {
        return Err(format!("`{}` stands for the cell above; write it out", cell.text()));
    }
    let words = Words { key, table, mapping, names };
    words.value(cell, field.shape).map(Some)
}

/// Whether a cell only points to the one above it; rows may be sorted or left out, so it says nothing.
fn is_as_above(text: &str) -> bool {
    matches!(text, "同上" | "同前" | "〃" | "″" | "\"" | "＂" | "”" | "''")
}

/// A code as it is meant: half-width, without the apostrophe by which a spreadsheet knows a text.
/// The error says why it cannot be what was typed.
fn code(text: &str) -> Result<String, String> {
    let text = narrowed(text);
    let code = text.trim().trim_start_matches('\'');
    if code.starts_with('=') {
        return Err(format!("`{code}` is a formula, not a code"));
    }
    let is_figures = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
    // `E1` and `1E5` may be codes; a point before the E, or a sign behind it, is of no code.
    let shortened = code.split_once(['E', 'e']).is_some_and(|(figures, power)| {
        let signed = power.strip_prefix(['+', '-']);
        let whole = figures.split_once('.');
        let number = whole.map_or(is_figures(figures), |(a, b)| is_figures(a) && is_figures(b));
        number && is_figures(signed.unwrap_or(power)) && (whole.is_some() || signed.is_some())
    });
    if shortened {
        return Err(format!(
            "`{code}` is a number the spreadsheet shortened; give the column the format of text and \
             type it anew"
        ));
    }
    Ok(code.to_owned())
}

struct Words<'a> {
    key: &'a str,
    table: &'a Table,
    mapping: &'a Mapping,
    names: &'a SiteNames,
}

impl Words<'_> {
    fn value(&self, cell: &Cell, shape: Shape) -> Result<String, String> {
        if let Shape::List(item) | Shape::OneOrMore(item) = shape {
            let text = cell.text();
            let parts = text.split(['、', ',', '，', ';', '；', '\n']).map(str::trim);
            let parts: Result<Vec<String>, String> = parts
                .filter(|part| !part.is_empty())
                .map(|part| self.value(&Cell::Text(part.to_owned()), *item))
                .collect();
            return Ok(format!("[{}]", parts?.join(", ")));
        }
        let text = self.meaning(&self.single(cell, shape)?);
        check_shape(&text, shape, self.key)?;
        // Counts and flags are no texts, and stand without quotes.
        Ok(match shape {
            Shape::Count | Shape::Flag => text,
            _ => scalar(&text),
        })
    }

    /// The cell's text, if nothing in it is invisible.
    fn plain(&self, cell: &Cell) -> Result<String, String> {
        let text = cell.text();
        // Line ends of Windows within a cell are line ends.
        let text = text.replace("\r\n", "\n");
        let unseen = text.chars().find(|c| is_hidden(*c) && !matches!(c, '\n' | '\t'));
        if let Some(unseen) = unseen {
            let (shown, what) = (escape(&text), describe(unseen));
            return Err(format!("`{shown}` has {what} in it, which nobody sees; write it anew"));
        }
        let is_code = self.table.codes.iter().any(|key| key == self.key);
        if is_code { code(&text) } else { Ok(text) }
    }

    /// The text that the cell's text means for the key, if a table says so.
    fn meaning(&self, text: &str) -> String {
        let tables = [self.mapping.values.get(self.key), self.table.values.get(self.key)];
        let narrow = narrowed(text);
        for (word, spellings) in tables.into_iter().flatten().flatten() {
            if spellings.iter().any(|one| one == text || *one == narrow) {
                return word.clone();
            }
        }
        text.to_owned()
    }

    fn single(&self, cell: &Cell, shape: Shape) -> Result<String, String> {
        let text = self.plain(cell)?;
        let mapped = self.meaning(&text);
        match shape {
            Shape::Date | Shape::Start | Shape::Planned => day(cell),
            Shape::Month => match cell {
                Cell::Day(day) => {
                    Ok(Period::containing(*day, crate::time::Every::Month).to_string())
                }
                _ => parse_office_month(&text)
                    .map(|month| month.to_string())
                    .ok_or_else(|| format!("`{text}` is no month such as 115/09 or 2026-09")),
            },
            Shape::Period => match cell {
                Cell::Day(day) => Ok(day.to_string()),
                _ => parse_office_period(&text)
                    .map(|period| period.to_string())
                    .or_else(|| parse_office_day(&text).ok().map(|day| day.to_string()))
                    .ok_or_else(|| format!("`{text}` is no period such as 115年第3季 or 2026-Q3")),
            },
            Shape::Count => count(&text),
            Shape::Flag => match cell {
                Cell::Flag(flag) => Ok(flag.to_string()),
                _ => {
                    let flags = &self.table.flags;
                    let found = flags.iter().find(|(_, words)| words.contains(&text));
                    found
                        .map(|(flag, _)| flag.clone())
                        .ok_or_else(|| format!("`{text}` is neither 是 nor 否"))
                }
            },
            Shape::Ref(kind) => self.names.find(kind, &mapped),
            Shape::AnyRef => self.names.find_any(&mapped),
            Shape::Obligation => self.names.find_duty(&mapped),
            _ => Ok(text),
        }
    }
}

fn day(cell: &Cell) -> Result<String, String> {
    if let Cell::Day(day) = cell {
        return Ok(day.to_string());
    }
    let text = cell.text();
    // Five figures are a spreadsheet's count of days, from 1900 or from 1904: two meanings.
    if matches!(cell, Cell::Number(_)) && text.len() == 5 {
        return Err(format!("`{text}` is a number; give the cell the format of a date"));
    }
    parse_office_day(&text).map(|day| day.to_string()).map_err(|error| match error {
        DayError::Form => format!("`{text}` is no day such as 115/11/28 or 2026-11-28"),
        DayError::NoSuchDay => format!("`{text}` does not exist in the calendar"),
    })
}

/// `1,234`, `1234`, `1234.0`, `１２３`; with 件, 筆, 人 or 小時 behind.
fn count(text: &str) -> Result<String, String> {
    let plain = narrowed(text);
    let plain =
        plain.trim_end_matches(['件', '筆', '人', '次', '個']).trim_end_matches("小時").trim();
    let groups: Vec<&str> = plain.split(',').collect();
    let grouped = groups.len() > 1 && groups[1..].iter().all(|group| group.len() == 3);
    let joined = if grouped || groups.len() == 1 { groups.concat() } else { plain.to_owned() };
    let joined = joined.strip_suffix(".0").unwrap_or(&joined);
    let digits = !joined.is_empty() && joined.bytes().all(|b| b.is_ascii_digit());
    match joined.parse::<u64>() {
        Ok(number) if digits => Ok(number.to_string()),
        _ => Err(format!("`{text}` is no whole number")),
    }
}

/// Holds a text to what the reader of the files would say of it.
fn check_shape(text: &str, shape: Shape, key: &str) -> Result<(), String> {
    let span = Span::new(FileId(0), 0, 0);
    let node = Node { span, kind: NodeKind::Scalar { text: text.to_owned(), quoted: false } };
    let mut faults = Vec::new();
    match check::value(&node, key, shape, &mut faults) {
        Some(_) => Ok(()),
        None => {
            let fault = faults.into_iter().next().map(|fault| fault.message);
            Err(fault.unwrap_or_else(|| format!("`{text}` does not fit")))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::mapping::table;
    use super::*;

    fn cell(key: &str, text: &str) -> Result<Option<String>, String> {
        let cell = Cell::Text(text.to_owned());
        convert(&cell, key, &table("accounts"), &Mapping::default(), &SiteNames::default())
    }

    #[test]
    fn cells_become_the_values_of_their_keys() {
        assert_eq!(cell("opened_on", "115/11/28"), Ok(Some("2026-11-28".to_owned())));
        assert_eq!(cell("role", "機關管理者"), Ok(Some("agency-manager".to_owned())));
        assert_eq!(cell("staff", "0012"), Ok(Some("\"0012\"".to_owned())));
        assert_eq!(cell("note", "一: 二"), Ok(Some("\"一: 二\"".to_owned())));
        assert_eq!(cell("note", " "), Ok(None));
        for (key, text) in [("opened_on", "11/28/2026"), ("role", "長官"), ("unit", "無此單位")]
        {
            assert!(cell(key, text).is_err(), "{key} {text}");
        }
        let number = Cell::Number("46354".to_owned());
        assert!(day(&number).is_err_and(|why| why.contains("format of a date")));
        assert_eq!(day(&Cell::Number("1151128".to_owned())).as_deref(), Ok("2026-11-28"));
    }

    #[test]
    fn codes_are_what_was_typed_or_doubtful() {
        for (text, staff) in
            [("'0012", "\"0012\""), ("＇Ａ１", "A1"), ("E1", "E1"), ("1E5", "\"1E5\"")]
        {
            assert_eq!(cell("staff", text), Ok(Some(staff.to_owned())), "{text}");
        }
        for text in ["1.23E+05", "1E+15", "2.5e7", "=A2", "'=A2"] {
            assert!(cell("staff", text).is_err(), "{text}");
        }
        // Elsewhere an apostrophe is one.
        assert_eq!(cell("note", "'90s"), Ok(Some("\"'90s\"".to_owned())));
    }

    #[test]
    fn what_stands_for_the_cell_above_is_no_value() {
        for (key, text) in
            [("note", "同上"), ("opened_on", "〃"), ("unit", "同上"), ("staff", "\"")]
        {
            let why = cell(key, text).expect_err("is doubtful");
            assert!(why.contains("stands for the cell above"), "{why}");
        }
        assert!(cell("note", "同上年度").is_ok());
    }

    #[test]
    fn counts_are_whole_numbers_however_they_are_grouped() {
        for (text, number) in [
            ("1,234", "1234"),
            ("12", "12"),
            ("１２", "12"),
            ("12.0", "12"),
            ("3 件", "3"),
            ("0", "0"),
        ] {
            assert_eq!(count(text).as_deref(), Ok(number), "{text}");
        }
        for text in ["1.5", "-1", "1,23", "約 10", "", "1e3"] {
            assert!(count(text).is_err(), "{text}");
        }
    }
}
