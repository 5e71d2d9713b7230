//! Where the heading of a sheet is and what each column means: below titles, over one row or two,
//! merged or not.

use super::fold::folded;
use std::collections::BTreeMap;

use super::mapping::{Mapping, Table, field};
use crate::parse::sheet::{Sheet, address};
use crate::record::schema::Shape;

/// The columns of a sheet.
#[derive(Clone, Debug, PartialEq)]
pub struct Heads {
    /// The first row below the heading, from 0.
    pub first_row: usize,
    /// Column to key.
    pub columns: BTreeMap<usize, String>,
    /// Columns of days said a second time, in the ROC calendar, as exports have them.
    pub second: BTreeMap<usize, String>,
    /// Columns with a heading that are not read, with their headings.
    pub unread: Vec<(usize, String)>,
    /// Why these columns cannot be used: two of them mean the same.
    twice: Option<String>,
}

impl Heads {
    /// The column of a key.
    pub fn column(&self, key: &str) -> Option<usize> {
        let all = self.columns.iter().chain(&self.second);
        all.into_iter().find(|(_, one)| *one == key).map(|(column, _)| *column)
    }
}

/// How far down a heading is looked for.
const DEEPEST: usize = 20;

/// Finds the heading. `needed` are the keys that must have a column.
pub fn find(
    sheet: &Sheet,
    table: &Table,
    mapping: &Mapping,
    needed: &[String],
) -> Result<Heads, String> {
    let mut best: Option<(usize, Heads)> = None;
    for row in 0..sheet.rows.len().min(DEEPEST) {
        for height in [1, 2] {
            let heads = read(sheet, row, height, table, mapping);
            let score = heads.columns.len();
            if best.as_ref().is_none_or(|(most, _)| score > *most) {
                best = Some((score, heads));
            }
        }
    }
    let Some((_, heads)) = best.filter(|(score, _)| *score > 0) else {
        return Err(format!("no row of sheet `{}` is a heading with known names", sheet.name));
    };
    if let Some(why) = heads.twice {
        return Err(why);
    }
    let has = |key: &String| heads.columns.values().any(|one| one == key);
    let missing: Vec<&str> = needed.iter().filter(|key| !has(key)).map(String::as_str).collect();
    if missing.is_empty() {
        return Ok(heads);
    }
    let names = missing.iter().map(|key| {
        let known = table.columns.iter().find(|(column, _)| column == key);
        let first = known.and_then(|(_, names)| names.first()).cloned().unwrap_or_default();
        format!("`{key}` ({first})")
    });
    Err(format!(
        "sheet `{}` has no column for {}",
        sheet.name,
        names.collect::<Vec<_>>().join(", ")
    ))
}

fn read(sheet: &Sheet, row: usize, height: usize, table: &Table, mapping: &Mapping) -> Heads {
    let width = (row..row + height).filter_map(|row| sheet.rows.get(row)).map(Vec::len).max();
    let mut columns: BTreeMap<usize, String> = BTreeMap::new();
    let (mut unread, mut twice) = (Vec::new(), None);
    let mut second = BTreeMap::new();
    let mut above = String::new();
    for column in 0..width.unwrap_or(0) {
        let upper = sheet.cell(row, column).text();
        // A heading over several columns stands in the first of them.
        if !upper.is_empty() {
            above.clone_from(&upper);
        }
        let lower = if height == 2 { sheet.cell(row + 1, column).text() } else { String::new() };
        let spellings = match (height, lower.is_empty()) {
            (2, false) => {
                // 申請 over 日期, or 日期 over 申請.
                vec![format!("{above}{lower}"), format!("{lower}{above}"), lower, upper]
            }
            _ => vec![upper],
        };
        let heading = spellings.iter().find(|text| !text.is_empty());
        let Some(heading) = heading.cloned() else { continue };
        match spellings.iter().find_map(|text| key(text, table, mapping)) {
            Some(key) => {
                if let Some((other, _)) = columns.iter().find(|(_, one)| **one == key) {
                    let why = format!(
                        "{} and {} are both taken for `{key}`; say which is meant in a mapping file",
                        address(row, *other),
                        address(row, column)
                    );
                    twice.get_or_insert(why);
                    continue;
                }
                columns.insert(column, key);
            }
            None => match spellings.iter().find_map(|text| roc_key(text, table, mapping)) {
                Some(key) => _ = second.insert(column, key),
                None => unread.push((column, heading)),
            },
        }
    }
    Heads { first_row: row + height, columns, second, unread, twice }
}

/// The key a heading means.
fn key(heading: &str, table: &Table, mapping: &Mapping) -> Option<String> {
    let name = folded(heading);
    if name.is_empty() || mapping.leave_out.contains(&name) {
        return None;
    }
    let mapped = mapping.columns.iter().find(|(_, heading)| folded(heading) == name);
    if let Some((key, _)) = mapped {
        return Some(key.clone());
    }
    if table.personal.contains(&name) {
        return None;
    }
    let known = table.columns.iter().find(|(key, names)| *key == name || names.contains(&name));
    // A key that the mapping gives another column has no second one.
    let known = known
        .filter(|(key, _)| !mapping.columns.contains_key(key) && !mapping.fixed.contains_key(key));
    known.map(|(key, _)| key.clone()).filter(|key| field_or_log(table, key))
}

/// The key of days that a column says in the ROC calendar: `民國啟用日期`.
fn roc_key(heading: &str, table: &Table, mapping: &Mapping) -> Option<String> {
    let rest = folded(heading).strip_prefix(&table.roc)?.to_owned();
    let key = key(&rest, table, mapping)?;
    let is_day =
        matches!(field(table.kind, &key)?.shape, Shape::Date | Shape::Start | Shape::Planned);
    is_day.then_some(key)
}

/// The log's columns are no keys of a record.
fn field_or_log(table: &Table, key: &str) -> bool {
    table.identity.is_empty() || field(table.kind, key).is_some()
}

#[cfg(test)]
mod tests {
    use super::super::mapping::table;
    use super::*;
    use crate::parse::sheet::Cell;

    fn sheet(rows: &[&[&str]]) -> Sheet {
        let cell = |text: &&str| match *text {
            "" => Cell::Empty,
            text => Cell::Text(text.to_owned()),
        };
        let rows = rows.iter().map(|row| row.iter().map(cell).collect()).collect();
        Sheet { name: "名冊".to_owned(), rows, ..Sheet::default() }
    }

    fn keys(rows: &[&[&str]]) -> (usize, Vec<(usize, String)>) {
        let heads =
            find(&sheet(rows), &table("accounts"), &Mapping::default(), &[]).expect("finds");
        (heads.first_row, heads.columns.into_iter().collect())
    }

    #[test]
    fn headings_are_compared_by_what_they_say() {
        for heading in [
            "員工代碼",
            " 員工 代碼 ",
            "員工代碼（必填）",
            "員工代碼(8碼)",
            "*員工代碼:",
            "員工\n代碼",
        ] {
            assert_eq!(folded(heading), "員工代碼", "{heading:?}");
        }
        assert_eq!(folded("Ｅmail"), "email");
    }

    #[test]
    fn a_heading_may_stand_below_titles_and_over_two_rows() {
        let one: &[&[&str]] = &[
            &["示範市政府使用者名冊"],
            &[],
            &["序號", "單位", "員工代碼", "姓名"],
            &["1", "甲", "A-1", "王"],
        ];
        assert_eq!(keys(one), (3, vec![(1, "unit".to_owned()), (2, "staff".to_owned())]));
        let two: &[&[&str]] = &[
            &["單位", "員工代碼", "申請", "", "切結"],
            &["", "", "日期", "文號", "日期"],
            &["甲", "A-1", "115/1/1", "x", "115/1/1"],
        ];
        let (first, columns) = keys(two);
        assert_eq!(first, 2);
        let expected =
            ["unit", "staff", "application.applied_on", "application.document", "pledge.signed_on"];
        assert_eq!(columns.iter().map(|(_, key)| key.as_str()).collect::<Vec<_>>(), expected);
        // The same, the other way round, below a title that is merged over the columns.
        let turned: &[&[&str]] = &[
            &["名冊", "名冊", "名冊", "名冊"],
            &["單位", "員工代碼", "日期", "日期"],
            &["單位", "員工代碼", "申請", "啟用"],
            &["甲", "A-1", "115/1/1", "115/1/2"],
        ];
        let (first, columns) = keys(turned);
        assert_eq!(first, 3);
        let expected = ["unit", "staff", "application.applied_on", "opened_on"];
        assert_eq!(columns.iter().map(|(_, key)| key.as_str()).collect::<Vec<_>>(), expected);
    }

    #[test]
    fn two_columns_for_one_key_and_a_missing_one_are_said() {
        let twice = sheet(&[&["員工代碼", "員編", "單位"]]);
        let error = find(&twice, &table("accounts"), &Mapping::default(), &[]);
        assert!(error.is_err_and(|error| error.contains("A1 and B1")));
        let without = sheet(&[&["單位"]]);
        let error = find(&without, &table("accounts"), &Mapping::default(), &["staff".to_owned()]);
        assert!(error.is_err_and(|error| error.contains("`staff` (員工代碼)")));
    }

    #[test]
    fn personal_columns_are_read_only_if_a_mapping_names_them() {
        let named = sheet(&[&["單位", "員工代碼", "姓名"]]);
        let heads = find(&named, &table("accounts"), &Mapping::default(), &[]).expect("finds");
        assert_eq!(heads.unread, [(2, "姓名".to_owned())]);
        let mut mapping = Mapping::default();
        mapping.columns.insert("display_name".to_owned(), "姓名".to_owned());
        let heads = find(&named, &table("accounts"), &mapping, &[]).expect("finds");
        assert_eq!(heads.columns[&2], "display_name");
    }
}
