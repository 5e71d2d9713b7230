//! The rows of a sheet against the records there are: what each row is, and the files as they
//! would be written. Nothing is ever deleted; an empty cell changes nothing.

use std::collections::{BTreeMap, BTreeSet};

use super::existing::{KindFile, files};
use super::heads::Heads;
use super::mapping::{Mapping, Table};
use super::matching::{Place, Seen, differs_by_case, identity, matched};
use super::names::SiteNames;
use super::rows::{Doubt, Reader, Told, Values, choose, fixed};
use super::written::{missing, new_id, written};
use crate::parse::sheet::{Book, Sheet, address};
use crate::source::SourceTree;

/// What an import would do.
#[derive(Clone, Debug, Default)]
pub struct Preview {
    pub sheet: String,
    /// In the order of the sheet.
    pub rows: Vec<RowOutcome>,
    /// Records that the sheet is about and does not list: id or identity, and file.
    pub gone: Vec<(String, String)>,
    /// Rows (from 1) and columns (by letter) that the spreadsheet hides; they are read all the same.
    pub hidden: Vec<String>,
    /// Columns that are not read: address of the heading, heading.
    pub unread: Vec<(String, String)>,
    /// Files that would be written, by their paths, with their new texts.
    pub files: BTreeMap<String, String>,
}

/// What one row is.
#[derive(Clone, Debug)]
pub struct RowOutcome {
    /// From 1, as spreadsheets count.
    pub row: usize,
    /// The record's id, or its identity for kinds without ids.
    pub id: String,
    pub outcome: Outcome,
}

#[derive(Clone, Debug)]
pub enum Outcome {
    New,
    Changed(Vec<Change>),
    Same,
    Doubtful(Vec<Doubt>),
}

/// A value that would change.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    pub key: String,
    pub old: Option<String>,
    pub new: String,
    pub address: String,
}

/// Compares the sheet with the site. The error says why the sheet as a whole cannot be read.
pub fn preview(
    tree: &SourceTree,
    names: &SiteNames,
    book: &Book,
    table: &Table,
    mapping: &Mapping,
) -> Result<Preview, String> {
    let fixed = fixed(table, mapping, names)?;
    let given = |key: &String| fixed.contains_key(key);
    let needed: Vec<String> = table.identity.iter().filter(|key| !given(key)).cloned().collect();
    let (sheet, heads) = choose(book, table, mapping, &needed)?;
    let reader = Reader { sheet, heads: &heads, table, mapping, names, fixed: &fixed };
    compare(tree, names, sheet, &heads, table, mapping, reader.rows())
}

/// A row of the sheet: its number from 0, and what it says or what of it cannot be told.
type Row = (usize, Result<Told, Vec<Doubt>>);

fn compare(
    tree: &SourceTree,
    names: &SiteNames,
    sheet: &Sheet,
    heads: &Heads,
    table: &Table,
    mapping: &Mapping,
    rows: Vec<Row>,
) -> Result<Preview, String> {
    let site = files(tree, table.kind);
    let mut preview = Preview {
        sheet: sheet.name.clone(),
        hidden: hidden(sheet, heads),
        unread: heads
            .unread
            .iter()
            .map(|(column, name)| (address(heads.first_row - 1, *column), name.clone()))
            .collect(),
        ..Preview::default()
    };
    let mut against = Against {
        site: &site,
        names,
        heads,
        table,
        mapping,
        seen: Seen::default(),
        taken: BTreeSet::new(),
        listed: BTreeSet::new(),
        changes: BTreeMap::new(),
        new: Vec::new(),
    };
    for (row, told) in rows {
        let outcome = told.and_then(|told| against.outcome(row, told));
        let (id, outcome) =
            outcome.unwrap_or_else(|doubts| (String::new(), Outcome::Doubtful(doubts)));
        preview.rows.push(RowOutcome { row: row + 1, id, outcome });
    }
    let Against { listed, changes, new, .. } = against;
    preview.gone = gone(&site, &listed, &new, table);
    preview.files = written(site, &changes, &new, table)?;
    Ok(preview)
}

/// The hidden rows below the heading and the hidden columns that are read.
fn hidden(sheet: &Sheet, heads: &Heads) -> Vec<String> {
    let letters = |column: usize| address(0, column).trim_end_matches('1').to_owned();
    let rows = sheet.hidden_rows.range(heads.first_row..);
    let rows = rows.filter(|row| **row < sheet.rows.len()).map(|row| (row + 1).to_string());
    let columns = sheet.hidden_columns.iter().filter(|one| heads.columns.contains_key(one));
    rows.chain(columns.map(|column| letters(*column))).collect()
}

/// The site, and what of it the rows so far have been about.
struct Against<'a> {
    site: &'a [KindFile],
    names: &'a SiteNames,
    heads: &'a Heads,
    table: &'a Table,
    mapping: &'a Mapping,
    seen: Seen,
    /// Ids of new records.
    taken: BTreeSet<String>,
    listed: BTreeSet<Place>,
    changes: BTreeMap<Place, Vec<(String, String)>>,
    new: Vec<Values>,
}

impl Against<'_> {
    /// What a row is, with the id of its record; or why that cannot be told.
    fn outcome(&mut self, row: usize, told: Told) -> Result<(String, Outcome), Vec<Doubt>> {
        let table = self.table;
        let values = &told.values;
        // Of the columns that say which record it is, the last says most.
        let keys = || table.identity.iter().rev().cloned().collect::<Vec<String>>();
        let doubt = |keys: &[String], why: String| {
            let column = keys.iter().find_map(|key| self.heads.column(key)).unwrap_or(0);
            vec![Doubt { address: address(row, column), why }]
        };
        let place = matched(self.site, values, table).map_err(|why| doubt(&keys(), why))?;
        if let Some(first) = self.seen.before(row, place, values, table) {
            let why =
                format!("row {first} says the same or something else: one of them is too many");
            return Err(doubt(&keys(), why));
        }
        let held = place.map(|(file, at)| &self.site[file].records[at].values);
        let (mut values, addresses) = settled(told, held)?;
        if let Some(place) = place {
            return Ok(self.changed(row, place, &values, &addresses));
        }
        if let Some(other) = differs_by_case(self.site, &values, table) {
            let why = format!("the site has `{other}`, written in other capitals; write it alike");
            return Err(doubt(&keys(), why));
        }
        let missing = missing(&values, table);
        if !missing.is_empty() {
            let named: Vec<String> = missing.iter().map(|key| format!("`{key}`")).collect();
            let places: Vec<String> = missing.into_iter().chain(keys()).collect();
            return Err(doubt(&places, format!("a new record needs {}", named.join(", "))));
        }
        if let Some(form) = self.mapping.id.as_ref().or(table.id.as_ref())
            && !values.contains_key("id")
        {
            let id = new_id(form, &values, table, self.names, &self.taken);
            values.insert("id".to_owned(), id);
        }
        let id = values.get("id").cloned().unwrap_or_else(|| identity(&values, table).join(" "));
        if values.contains_key("id")
            && (self.names.is_taken(table.kind.name, &id) || !self.taken.insert(id.clone()))
        {
            let why = format!("the id `{id}` is another record's");
            return Err(doubt(&["id".to_owned()], why));
        }
        self.new.push(values);
        Ok((id, Outcome::New))
    }

    /// The values of a record of the site that the row says otherwise. `addresses` are those of values
    /// that stand elsewhere than in the column of their key.
    fn changed(
        &mut self,
        row: usize,
        place: Place,
        values: &Values,
        addresses: &BTreeMap<String, String>,
    ) -> (String, Outcome) {
        self.listed.insert(place);
        let held = &self.site[place.0].records[place.1].values;
        let id = held.get("id").cloned();
        let id = id.unwrap_or_else(|| identity(values, self.table).join(" "));
        let from_sheet =
            |key: &String| self.heads.column(key).is_some() || self.mapping.fixed.contains_key(key);
        let changed: Vec<Change> = values
            .iter()
            .filter(|(key, value)| from_sheet(key) && held.get(*key) != Some(value))
            .map(|(key, value)| Change {
                key: key.clone(),
                old: held.get(key).cloned(),
                new: value.clone(),
                address: addresses
                    .get(key)
                    .cloned()
                    .or_else(|| self.heads.column(key).map(|column| address(row, column)))
                    .unwrap_or_default(),
            })
            .collect();
        if changed.is_empty() {
            return (id, Outcome::Same);
        }
        let edits = changed.iter().map(|change| (change.key.clone(), change.new.clone()));
        self.changes.insert(place, edits.collect());
        (id, Outcome::Changed(changed))
    }
}

/// The values of a row, each once: of two days that differ the one that the site does not say was
/// changed. With them the addresses of those that the second column says; the error holds what stays in
/// doubt.
fn settled(
    told: Told,
    held: Option<&Values>,
) -> Result<(Values, BTreeMap<String, String>), Vec<Doubt>> {
    let Told { mut values, twice } = told;
    let (mut addresses, mut doubts) = (BTreeMap::new(), Vec::new());
    for one in twice {
        let known = held.and_then(|held| held.get(&one.key));
        if known == Some(&one.second) {
            continue;
        }
        if known.is_some() && known == values.get(&one.key) {
            addresses.insert(one.key.clone(), one.doubt.address);
            values.insert(one.key, one.second);
        } else {
            doubts.push(one.doubt);
        }
    }
    if doubts.is_empty() { Ok((values, addresses)) } else { Err(doubts) }
}

/// Open records within what the sheet is about (the systems, or units, of its rows) that no row is.
fn gone(
    site: &[KindFile],
    listed: &BTreeSet<(usize, usize)>,
    new: &[Values],
    table: &Table,
) -> Vec<(String, String)> {
    let Some(about) = table.identity.first().filter(|_| table.is_register) else {
        return Vec::new();
    };
    let of = |values: &Values| values.get(about).cloned();
    let of_listed = listed.iter().filter_map(|(file, at)| of(&site[*file].records[*at].values));
    let mut subjects: BTreeSet<String> = of_listed.collect();
    subjects.extend(new.iter().filter_map(of));
    let mut gone = Vec::new();
    for (file, held) in site.iter().enumerate() {
        for (at, record) in held.records.iter().enumerate() {
            let open =
                !["cancelled_on", "until"].iter().any(|key| record.values.contains_key(*key));
            let about = of(&record.values).is_some_and(|subject| subjects.contains(&subject));
            if open && about && !listed.contains(&(file, at)) {
                let id = record.values.get("id").cloned();
                let id = id.unwrap_or_else(|| identity(&record.values, table).join(" "));
                gone.push((id, held.path.clone()));
            }
        }
    }
    gone
}
