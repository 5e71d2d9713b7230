//! Which record of the site a row is about. People leave and come back: two records may have the
//! same identity, one after the other, and only days tell which of them is meant.

use std::collections::BTreeMap;

use super::existing::KindFile;
use super::mapping::Table;
use super::rows::Values;

/// A record of the site: the number of its file, and its number in that file.
pub(super) type Place = (usize, usize);

/// The values that tell a record from others; empty where one is missing.
pub(super) fn identity(values: &Values, table: &Table) -> Vec<String> {
    table.identity.iter().map(|key| values.get(key).cloned().unwrap_or_default()).collect()
}

/// The first and last day that a record, or a row, says of itself.
fn span<'v>(values: &'v Values, table: &Table) -> (Option<&'v str>, Option<&'v str>) {
    let Some((first, last)) = &table.runs else { return (None, None) };
    (values.get(first).map(String::as_str), values.get(last).map(String::as_str))
}

/// Whether one of two spans ends before the other begins. Days compare as texts in the ISO form.
fn are_apart(one: (Option<&str>, Option<&str>), other: (Option<&str>, Option<&str>)) -> bool {
    let before = |last: Option<&str>, first: Option<&str>| {
        last.zip(first).is_some_and(|(last, first)| last <= first)
    };
    before(one.1, other.0) || before(other.1, one.0)
}

fn records(site: &[KindFile]) -> impl Iterator<Item = (Place, &Values)> {
    site.iter().enumerate().flat_map(|(file, held)| {
        held.records.iter().enumerate().map(move |(at, record)| ((file, at), &record.values))
    })
}

/// The record a row is about: the one with its id, else the one of its identity that runs at the
/// same time. The error says why it is not clear which.
pub(super) fn matched(
    site: &[KindFile],
    values: &Values,
    table: &Table,
) -> Result<Option<Place>, String> {
    if let Some(id) = values.get("id") {
        let found = records(site).find(|(_, held)| held.get("id") == Some(id));
        if let Some((place, _)) = found {
            return Ok(Some(place));
        }
    }
    let of_row = span(values, table);
    let wanted = identity(values, table);
    let alike: Vec<(Place, &Values)> =
        records(site).filter(|(_, held)| identity(held, table) == wanted).collect();
    let begun =
        |(_, held): &&(Place, &Values)| of_row.0.is_some() && span(held, table).0 == of_row.0;
    let mut same_start = alike.iter().filter(begun);
    if let (Some((place, _)), None) = (same_start.next(), same_start.next()) {
        return Ok(Some(*place));
    }
    let together: Vec<&(Place, &Values)> =
        alike.iter().filter(|(_, held)| !are_apart(of_row, span(held, table))).collect();
    match together[..] {
        [] => Ok(None),
        [(place, _)] => Ok(Some(*place)),
        _ => {
            // Of several the one that still runs is meant, if there is one.
            let mut open = together.iter().filter(|(_, held)| span(held, table).1.is_none());
            match (table.runs.is_some(), open.next(), open.next()) {
                (true, Some((place, _)), None) => Ok(Some(*place)),
                _ => {
                    Err("several records of the site are this one; change them by hand".to_owned())
                }
            }
        }
    }
}

/// A record whose identity differs from the row's by capitals only: most likely the same.
pub(super) fn differs_by_case(site: &[KindFile], values: &Values, table: &Table) -> Option<String> {
    let lower = |values: &Values| -> Vec<String> {
        identity(values, table).iter().map(|text| text.to_lowercase()).collect()
    };
    let (wanted, exact) = (lower(values), identity(values, table));
    let found = records(site).find(|(_, held)| lower(held) == wanted)?;
    let held = identity(found.1, table);
    held.into_iter().zip(exact).find(|(held, row)| held != row).map(|(held, _)| held)
}

/// What the rows so far were about.
#[derive(Default)]
pub(super) struct Seen {
    places: BTreeMap<Place, usize>,
    /// Of rows that are new records, by identity.
    new: BTreeMap<Vec<String>, Vec<(usize, Values)>>,
}

impl Seen {
    /// Notes a row (from 0); an earlier row about the same is given back, as spreadsheets count.
    pub fn before(
        &mut self,
        row: usize,
        place: Option<Place>,
        values: &Values,
        table: &Table,
    ) -> Option<usize> {
        if let Some(place) = place {
            return self.places.insert(place, row + 1);
        }
        let alike = self.new.entry(identity(values, table)).or_default();
        let first = alike
            .iter()
            .find(|(_, other)| !are_apart(span(values, table), span(other, table)))
            .map(|(row, _)| row + 1);
        alike.push((row, values.clone()));
        first
    }
}
