//! The files of a kind with changed values and new records, read back before they are offered.

use std::collections::{BTreeMap, BTreeSet};

use super::existing::{KindFile, read};
use super::mapping::Table;
use super::matching::Place;
use super::names::SiteNames;
use super::rows::Values;
use crate::parse::check::is_id;
use crate::parse::edit::{append, apply, item, set, takes_more};
use crate::source::FileId;

/// The new texts of the files, by path: read back, they say what was meant.
pub(super) fn written(
    mut site: Vec<KindFile>,
    changes: &BTreeMap<Place, Vec<(String, String)>>,
    new: &[Values],
    table: &Table,
) -> Result<BTreeMap<String, String>, String> {
    let mut files = BTreeMap::new();
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
        files.insert(held.path.clone(), text);
        *held = after;
    }
    let on_one_line = table.id.is_none();
    let mut items: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for values in new {
        let pairs: Vec<(String, String)> =
            values.iter().map(|(key, value)| (key.clone(), value.clone())).collect();
        let item = item(table.kind.fields, &pairs, on_one_line);
        items.entry(file_for(&site, values, table)).or_default().push(item);
    }
    for (path, items) in items {
        let held = site.iter().find(|held| held.path == path);
        let (root, text) = held.map_or((None, ""), |held| (held.root.as_ref(), held.text.as_str()));
        let text = append(root, text, &items);
        let before = held.map_or(0, |held| held.records.len());
        if read(FileId(0), &path, &text, table.kind).records.len() != before + items.len() {
            return Err(format!("{path}: the form of the file does not let records be added"));
        }
        files.insert(path, text);
    }
    Ok(files)
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

/// Keys of the kind that a new record must have and has not.
pub(super) fn missing(values: &Values, table: &Table) -> Vec<String> {
    let has = |key: &str| {
        let below = format!("{key}.");
        values.keys().any(|one| one == key || one.starts_with(&below))
    };
    let top = table.kind.fields.iter().filter(|field| field.required && field.key != "id");
    let mut missing: Vec<String> =
        top.filter(|field| !has(field.key)).map(|field| field.key.to_owned()).collect();
    for outer in table.kind.fields {
        let crate::record::schema::Shape::Group(inner) = outer.shape else { continue };
        if has(outer.key) {
            let key =
                |field: &&crate::record::schema::Field| format!("{}.{}", outer.key, field.key);
            let needed = inner.iter().filter(|field| field.required);
            missing.extend(needed.map(|field| key(&field)).filter(|key| !has(key)));
        }
    }
    missing
}

/// A free id of a form such as `{system}-{staff}`.
pub(super) fn new_id(
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
