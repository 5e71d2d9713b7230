//! The rows of a sheet against the records there are: what each row is, and the files as they
//! would be written. Nothing is ever deleted; an empty cell changes nothing.

use std::collections::{BTreeMap, BTreeSet};

use super::convert::convert;
use super::existing::{Existing, KindFile, files, read};
use super::heads::{Heads, find};
use super::mapping::{Mapping, Table, field};
use super::names::SiteNames;
use crate::parse::check::is_id;
use crate::parse::edit::{append, apply, item, set, takes_more};
use crate::parse::sheet::{Book, Cell, Sheet, address};
use crate::source::{FileId, SourceTree};

/// What an import would do.
#[derive(Clone, Debug, Default)]
pub struct Preview {
    pub sheet: String,
    /// In the order of the sheet.
    pub rows: Vec<RowOutcome>,
    /// Records that the sheet is about and does not list: id or identity, and file.
    pub gone: Vec<(String, String)>,
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

/// Why a row is not taken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Doubt {
    pub address: String,
    pub why: String,
}

type Values = BTreeMap<String, String>;

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
    let rows: Vec<(usize, Result<Values, Vec<Doubt>>)> = reader.rows();
    compare(tree, names, sheet, &heads, table, mapping, rows)
}

/// The sheet to read: the one asked for, else the first whose heading is known.
pub(super) fn choose<'a>(
    book: &'a Book,
    table: &Table,
    mapping: &Mapping,
    needed: &[String],
) -> Result<(&'a Sheet, Heads), String> {
    if let Some(name) = &mapping.sheet {
        let sheet = book.sheets.iter().find(|sheet| sheet.name == *name);
        let all = || book.sheets.iter().map(|sheet| sheet.name.clone()).collect::<Vec<_>>();
        let sheet = sheet.ok_or_else(|| {
            format!("no visible sheet is called `{name}`; there is {}", all().join(", "))
        })?;
        return Ok((sheet, find(sheet, table, mapping, needed)?));
    }
    let mut first_error = None;
    for sheet in &book.sheets {
        match find(sheet, table, mapping, needed) {
            Ok(heads) => return Ok((sheet, heads)),
            Err(error) => _ = first_error.get_or_insert(error),
        }
    }
    Err(first_error.unwrap_or_else(|| "the file has no visible sheet".to_owned()))
}

/// Values for every row: what the mapping fixes, the table's defaults, and what the site has one of.
fn fixed(table: &Table, mapping: &Mapping, names: &SiteNames) -> Result<Values, String> {
    use crate::record::schema::Shape;
    let mut values = table.defaults.clone();
    for key in ["system", "agency"] {
        if let Some(Shape::Ref(kind)) = field(table.kind, key).map(|field| field.shape) {
            values.extend(names.only(kind).map(|id| (key.to_owned(), id.to_owned())));
        }
    }
    values.extend(mapping.fixed.clone());
    let mut fixed = Values::new();
    for (key, text) in values {
        let value = convert(&Cell::Text(text), &key, table, mapping, names)
            .map_err(|why| format!("`{key}`: {why}"))?;
        fixed.extend(value.map(|value| (key, value)));
    }
    Ok(fixed)
}

struct Reader<'a> {
    sheet: &'a Sheet,
    heads: &'a Heads,
    table: &'a Table,
    mapping: &'a Mapping,
    names: &'a SiteNames,
    fixed: &'a Values,
}

impl Reader<'_> {
    /// The rows with something in a column that is read, by their number from 0.
    fn rows(&self) -> Vec<(usize, Result<Values, Vec<Doubt>>)> {
        let rows = self.heads.first_row..self.sheet.rows.len();
        rows.filter(|row| !self.is_blank(*row) && !is_total(self.sheet, *row))
            .map(|row| (row, self.row(row)))
            .collect()
    }

    fn is_blank(&self, row: usize) -> bool {
        self.heads.columns.keys().all(|column| self.sheet.cell(row, *column).is_empty())
    }

    fn row(&self, row: usize) -> Result<Values, Vec<Doubt>> {
        let mut values = self.fixed.clone();
        let mut doubts = Vec::new();
        for (column, key) in &self.heads.columns {
            let cell = self.sheet.cell(row, *column);
            match convert(cell, key, self.table, self.mapping, self.names) {
                Ok(value) => values.extend(value.map(|value| (key.clone(), value))),
                Err(why) => doubts.push(Doubt { address: address(row, *column), why }),
            }
        }
        let faulty: BTreeSet<&str> = self
            .heads
            .columns
            .iter()
            .filter(|(column, _)| {
                doubts.iter().any(|doubt| doubt.address == address(row, **column))
            })
            .map(|(_, key)| key.as_str())
            .collect();
        for key in &self.table.identity {
            if !values.contains_key(key) && !faulty.contains(key.as_str()) {
                let column = self.heads.columns.iter().find(|(_, one)| *one == key);
                let column = column.map_or(0, |(column, _)| *column);
                let why = format!("`{key}` is empty");
                doubts.push(Doubt { address: address(row, column), why });
            }
        }
        if doubts.is_empty() { Ok(values) } else { Err(doubts) }
    }
}

/// A row that sums up others.
pub(super) fn is_total(sheet: &Sheet, row: usize) -> bool {
    let first = sheet.rows.get(row).and_then(|cells| cells.iter().find(|cell| !cell.is_empty()));
    let text: String = first.map(Cell::text).unwrap_or_default().split_whitespace().collect();
    ["合計", "總計", "小計", "共計"].iter().any(|word| text.starts_with(word))
}

fn compare(
    tree: &SourceTree,
    names: &SiteNames,
    sheet: &Sheet,
    heads: &Heads,
    table: &Table,
    mapping: &Mapping,
    rows: Vec<(usize, Result<Values, Vec<Doubt>>)>,
) -> Result<Preview, String> {
    let mut site = files(tree, table.kind);
    let mut preview = Preview {
        sheet: sheet.name.clone(),
        unread: heads
            .unread
            .iter()
            .map(|(column, name)| (address(heads.first_row - 1, *column), name.clone()))
            .collect(),
        ..Preview::default()
    };
    let mut seen: BTreeMap<Vec<String>, usize> = BTreeMap::new();
    let mut listed: BTreeSet<(usize, usize)> = BTreeSet::new();
    let mut taken: BTreeSet<String> = BTreeSet::new();
    let mut changes: BTreeMap<(usize, usize), Vec<(String, String)>> = BTreeMap::new();
    let mut new: Vec<Values> = Vec::new();
    for (row, values) in rows {
        let number = row + 1;
        let doubtful = |doubts| RowOutcome {
            row: number,
            id: String::new(),
            outcome: Outcome::Doubtful(doubts),
        };
        let mut values = match values {
            Ok(values) => values,
            Err(doubts) => {
                preview.rows.push(doubtful(doubts));
                continue;
            }
        };
        let identity = identity(&values, table);
        let doubt = |why: String| vec![Doubt { address: address(row, 0), why }];
        if let Some(first) = seen.insert(identity.clone(), number) {
            let why =
                format!("row {first} says the same is something else: one of them is too many");
            preview.rows.push(doubtful(doubt(why)));
            continue;
        }
        let same = |record: &Existing| self::identity(&record.values, table) == identity;
        let found: Vec<(usize, usize)> = site
            .iter()
            .enumerate()
            .flat_map(|(file, held)| (0..held.records.len()).map(move |at| (file, at)))
            .filter(|(file, at)| same(&site[*file].records[*at]))
            .collect();
        let place = match found.as_slice() {
            [] => None,
            [one] => Some(*one),
            several => {
                // Of several the one that still runs is meant, if there is one.
                let open = |(file, at): &&(usize, usize)| {
                    let values = &site[*file].records[*at].values;
                    !values.contains_key("cancelled_on") && !values.contains_key("until")
                };
                let mut open = several.iter().filter(open);
                match (open.next(), open.next()) {
                    (Some(one), None) => Some(*one),
                    _ => {
                        let why = "several records of the site are this one; change them by hand";
                        preview.rows.push(doubtful(doubt(why.to_owned())));
                        continue;
                    }
                }
            }
        };
        let Some((file, at)) = place else {
            let missing = missing(&values, table);
            if !missing.is_empty() {
                let why = format!("a new record needs {}", missing.join(", "));
                preview.rows.push(doubtful(doubt(why)));
                continue;
            }
            if let Some(form) = mapping.id.as_ref().or(table.id.as_ref())
                && !values.contains_key("id")
            {
                values.insert("id".to_owned(), new_id(form, &values, table, names, &taken));
            }
            let id = values.get("id").cloned().unwrap_or_else(|| identity.join(" "));
            if values.contains_key("id")
                && (names.is_taken(table.kind.name, &id) || !taken.insert(id.clone()))
            {
                let why = format!("the id `{id}` is another record's");
                preview.rows.push(doubtful(doubt(why)));
                continue;
            }
            preview.rows.push(RowOutcome { row: number, id, outcome: Outcome::New });
            new.push(values);
            continue;
        };
        listed.insert((file, at));
        let held = &site[file].records[at].values;
        let id = held.get("id").cloned().unwrap_or_else(|| identity.join(" "));
        let from_sheet = |key: &String| {
            heads.columns.values().any(|one| one == key) || mapping.fixed.contains_key(key)
        };
        let changed: Vec<Change> = values
            .iter()
            .filter(|(key, value)| from_sheet(key) && held.get(*key) != Some(value))
            .map(|(key, value)| {
                let column = heads.columns.iter().find(|(_, one)| *one == key);
                Change {
                    key: key.clone(),
                    old: held.get(key).cloned(),
                    new: value.clone(),
                    address: column.map(|(column, _)| address(row, *column)).unwrap_or_default(),
                }
            })
            .collect();
        let outcome = if changed.is_empty() {
            Outcome::Same
        } else {
            let edits = changed.iter().map(|change| (change.key.clone(), change.new.clone()));
            changes.insert((file, at), edits.collect());
            Outcome::Changed(changed)
        };
        preview.rows.push(RowOutcome { row: number, id, outcome });
    }
    preview.gone = gone(&site, &listed, &new, table);
    write(&mut site, &changes, &new, table, &mut preview)?;
    Ok(preview)
}

fn identity(values: &Values, table: &Table) -> Vec<String> {
    table.identity.iter().map(|key| values.get(key).cloned().unwrap_or_default()).collect()
}

/// Keys of the kind that a new record must have and has not.
fn missing(values: &Values, table: &Table) -> Vec<String> {
    let has = |key: &str| {
        let below = format!("{key}.");
        values.keys().any(|one| one == key || one.starts_with(&below))
    };
    let top = table.kind.fields.iter().filter(|field| field.required && field.key != "id");
    let mut missing: Vec<String> =
        top.filter(|field| !has(field.key)).map(|field| format!("`{}`", field.key)).collect();
    for outer in table.kind.fields {
        let crate::record::schema::Shape::Group(inner) = outer.shape else { continue };
        if has(outer.key) {
            let key =
                |field: &&crate::record::schema::Field| format!("{}.{}", outer.key, field.key);
            let needed = inner.iter().filter(|field| field.required);
            missing.extend(
                needed
                    .map(|field| key(&field))
                    .filter(|key| !has(key))
                    .map(|key| format!("`{key}`")),
            );
        }
    }
    missing
}

/// A free id of a form such as `{system}-{staff}`.
fn new_id(
    form: &str,
    values: &Values,
    table: &Table,
    names: &SiteNames,
    taken: &BTreeSet<String>,
) -> String {
    let filled = values.iter().fold(form.to_owned(), |text, (key, value)| {
        text.replace(&format!("{{{key}}}"), value.trim_matches('"'))
    });
    let duty = filled.rsplit_once('/').map_or(filled.as_str(), |(_, rest)| rest);
    let mut id = String::new();
    for c in duty.to_lowercase().chars() {
        match c {
            'a'..='z' | '0'..='9' => id.push(c),
            _ if !id.ends_with('-') && !id.is_empty() => id.push('-'),
            _ => {}
        }
    }
    let id: String = id.chars().take(58).collect();
    let id = id.trim_end_matches('-');
    let stem = if is_id(id) { id.to_owned() } else { table.kind.name.to_owned() };
    let free = |id: &String| !names.is_taken(table.kind.name, id) && !taken.contains(id);
    let mut ids =
        std::iter::once(stem.clone()).chain((2..).map(|number| format!("{stem}-{number}")));
    ids.find(|id| free(id)).unwrap_or(stem)
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

/// Makes the new texts of the files, and reads them back: what was meant must be what they say.
fn write(
    site: &mut [KindFile],
    changes: &BTreeMap<(usize, usize), Vec<(String, String)>>,
    new: &[Values],
    table: &Table,
    preview: &mut Preview,
) -> Result<(), String> {
    for (file, held) in site.iter_mut().enumerate() {
        let mut edits = Vec::new();
        for ((_, at), values) in changes.iter().filter(|((one, _), _)| *one == file) {
            let node = &held.records[*at].node;
            edits.extend(
                set(&held.text, node, values).map_err(|why| format!("{}: {why}", held.path))?,
            );
        }
        if edits.is_empty() {
            continue;
        }
        let text = apply(&held.text, edits);
        let after = read(FileId(0), &held.path, &text, table.kind);
        for ((_, at), values) in changes.iter().filter(|((one, _), _)| *one == file) {
            let record = after.records.get(*at);
            let right = |(key, value): &(String, String)| {
                record.is_some_and(|record| record.values.get(key) == Some(value))
            };
            if after.records.len() != held.records.len() || !values.iter().all(right) {
                return Err(format!(
                    "{}: the form of the file does not let it be changed; change record {} by hand",
                    held.path,
                    at + 1
                ));
            }
        }
        preview.files.insert(held.path.clone(), text);
        *held = after;
    }
    let on_one_line = table.id.is_none();
    let mut items: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for values in new {
        let pairs: Vec<(String, String)> =
            values.iter().map(|(key, value)| (key.clone(), value.clone())).collect();
        let item = item(table.kind.fields, &pairs, on_one_line);
        items.entry(file_for(site, values, table)).or_default().push(item);
    }
    for (path, items) in items {
        let held = site.iter().find(|held| held.path == path);
        let (root, text) = held.map_or((None, ""), |held| (held.root.as_ref(), held.text.as_str()));
        let text = append(root, text, &items);
        let before = held.map_or(0, |held| held.records.len());
        if read(FileId(0), &path, &text, table.kind).records.len() != before + items.len() {
            return Err(format!("{path}: the form of the file does not let records be added"));
        }
        preview.files.insert(path, text);
    }
    Ok(())
}

/// The file a new record belongs in: the one with most records of its system or unit.
fn file_for(site: &[KindFile], values: &Values, table: &Table) -> String {
    let subject = table.identity.first().and_then(|key| Some((key, values.get(key)?)));
    let alike = |held: &KindFile| match subject {
        Some((key, value)) => {
            held.records.iter().filter(|record| record.values.get(key) == Some(value)).count()
        }
        None => 0,
    };
    let open: Vec<&KindFile> =
        site.iter().filter(|held| takes_more(held.root.as_ref(), &held.text)).collect();
    let most = open.iter().map(|held| alike(held)).max().unwrap_or(0);
    let single = format!("content/{}.yaml", table.kind.plural);
    let best = open.iter().find(|held| most > 0 && alike(held) == most);
    if let Some(best) = best.or_else(|| open.iter().find(|held| held.path == single)) {
        return best.path.clone();
    }
    if site.is_empty() { single } else { format!("content/{}/imported.yaml", table.kind.plural) }
}
