//! Records and fields that not every reader may see: `visibility: internal` or `restricted`, for the
//! whole record or by field. What a profile does not show is taken out here, before names are
//! resolved, so that no stage behind knows it: ids become numbers, texts a word. Dates, figures and
//! links between records stay, so that every judgement stays what it is.

use std::collections::{BTreeMap, BTreeSet};

use super::yaml::{Entry, Node, NodeKind};
use super::{Parsed, Record};
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::record::schema::{Field, Shape};
use crate::record::value::{Data, Group, Value};
use crate::source::{Span, Spanned};
use crate::time::Day;

/// The key of a record that says who may see it.
pub const KEY: &str = "visibility";

/// What stands where a text is not shown.
pub const WITHHELD: &str = "（不公開）";

/// Who may see a record or field; without one everybody.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Level {
    /// Readers within the agency.
    Internal,
    /// Auditors.
    Restricted,
}

/// For whom a site is built.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Profile {
    /// Everybody: neither internal nor restricted records.
    #[default]
    Public,
    /// Readers within the agency: no restricted records.
    Intranet,
    /// Auditors: everything.
    Auditor,
}

impl Profile {
    fn shows(self, level: Level) -> bool {
        match self {
            Profile::Public => false,
            Profile::Intranet => level == Level::Internal,
            Profile::Auditor => true,
        }
    }
}

/// What a record says of its readers.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Visibility {
    whole: Option<Level>,
    fields: Vec<(String, Level)>,
}

/// A text that the finished site may not hold.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Secret {
    pub text: String,
    /// What it is, for messages, such as `the id of a withheld audit`.
    pub what: String,
}

/// By old id the kinds of which a record has it, each with the new id.
type NewIds = BTreeMap<String, Vec<(&'static str, String)>>;

/// Reads `visibility` of a record, and gives the record without it.
pub fn read(node: &Node, report: &mut Diagnostics) -> Option<(Node, Visibility)> {
    let NodeKind::Map(entries) = &node.kind else { return None };
    let at = entries.iter().position(|entry| entry.key.value == KEY)?;
    let mut rest = entries.clone();
    let Entry { value, .. } = rest.remove(at);
    let mut visibility = Visibility::default();
    match &value.kind {
        NodeKind::Map(fields) => {
            for field in fields {
                let level = level(&field.value, report);
                visibility.fields.extend(level.map(|level| (field.key.value.clone(), level)));
            }
        }
        _ => visibility.whole = level(&value, report),
    }
    Some((Node { kind: NodeKind::Map(rest), ..node.clone() }, visibility))
}

fn level(node: &Node, report: &mut Diagnostics) -> Option<Level> {
    let word = match &node.kind {
        NodeKind::Scalar { text, .. } => text.trim(),
        _ => "",
    };
    match word {
        "internal" => Some(Level::Internal),
        "restricted" => Some(Level::Restricted),
        _ => {
            // A slip here would publish what was meant to be kept back.
            let message = "`visibility` takes `internal` or `restricted`, or one of them by field";
            report.push(
                Diagnostic::new(Code::UnknownWord, node.span, message)
                    .help("write `visibility: restricted`, or `visibility: {note: internal}`"),
            );
            None
        }
    }
}

/// Takes out what the profile does not show. Gives what the finished site may not hold.
pub fn withhold(parsed: &mut Parsed, profile: Profile) -> Vec<Secret> {
    let hidden = |level: &Level| !profile.shows(*level);
    let whole: Vec<usize> = (0..parsed.records.len())
        .filter(|at| parsed.records[*at].visibility.whole.as_ref().is_some_and(hidden))
        .collect();
    let mut secrets = BTreeSet::new();
    let mut new_ids = NewIds::new();
    let public = staff_of(parsed.records.iter().enumerate().filter(|(at, _)| !whole.contains(at)));
    let mut staff: BTreeMap<String, String> = BTreeMap::new();
    for (number, at) in whole.iter().enumerate() {
        let record = &mut parsed.records[*at];
        let id = record.fields.string("id");
        let new = format!("withheld-{}", number + 1);
        new_ids.entry(id.clone()).or_default().push((record.kind.name, new));
        secrets.insert(secret(&id, "the id of a withheld record"));
        let keys: Vec<String> =
            record.kind.fields.iter().map(|field| field.key.to_owned()).collect();
        for key in keys {
            hide(&mut record.fields, record.kind.fields, &key, &mut secrets);
        }
        for value in values_of(&mut record.fields, "staff") {
            let count = staff.len() + 1;
            let code = value.clone();
            if !public.contains(&code) {
                *value = staff.entry(code).or_insert_with(|| format!("withheld-{count}")).clone();
            }
        }
        if record.fields.get("file").is_some() && record.kind.name == "evidence" {
            drop_file(&mut record.fields, &mut secrets);
        }
    }
    for record in &mut parsed.records {
        let fields = record.visibility.fields.clone();
        for (key, _) in fields.iter().filter(|(_, level)| hidden(level)) {
            hide(&mut record.fields, record.kind.fields, key, &mut secrets);
            if key == "file" && record.kind.name == "evidence" {
                drop_file(&mut record.fields, &mut secrets);
            }
        }
    }
    if !new_ids.is_empty() {
        for record in &mut parsed.records {
            rename(&mut record.fields, record.kind.fields, record.kind.name, &new_ids);
        }
    }
    // What another record says in public is no secret.
    let told: String = parsed.records.iter().map(|record| spoken(&record.fields)).collect();
    secrets.into_iter().filter(|secret| !told.contains(&secret.text)).collect()
}

fn secret(text: &str, what: &str) -> Secret {
    Secret { text: text.to_owned(), what: what.to_owned() }
}

/// The staff codes of some records.
fn staff_of<'a>(records: impl Iterator<Item = (usize, &'a Record)>) -> BTreeSet<String> {
    records.filter_map(|(_, record)| record.fields.maybe_string("staff")).collect()
}

fn values_of<'a>(group: &'a mut Group, key: &str) -> Vec<&'a mut String> {
    let entries = group.entries.iter_mut().filter(|(name, _)| name.value == key);
    entries
        .filter_map(|(_, value)| match &mut value.data {
            Data::Text(text) => Some(text),
            _ => None,
        })
        .collect()
}

/// Words that rules compare: without them the judgement would be another one.
const COMPARED: &[&str] = &[
    "id", "form", "by", "what", "to", "purpose", "attached", "staff", "covers", "period", "kind",
    "roles", "version", "file", "sha256",
];

/// Puts a word in the place of the texts under `key`.
fn hide(group: &mut Group, fields: &[Field], key: &str, secrets: &mut BTreeSet<Secret>) {
    let shape = fields.iter().find(|field| field.key == key).map(|field| field.shape);
    let Some(shape) = shape else { return };
    for (_, value) in group.entries.iter_mut().filter(|(name, _)| name.value == key) {
        hide_value(value, shape, key, secrets);
    }
}

fn hide_value(value: &mut Value, shape: Shape, key: &str, secrets: &mut BTreeSet<Secret>) {
    match (&mut value.data, shape) {
        (Data::Text(text), Shape::Text) if !COMPARED.contains(&key) => {
            if text.chars().count() >= 2 {
                secrets.insert(secret(text, "a text of a withheld record"));
            }
            WITHHELD.clone_into(text);
        }
        (Data::List(items), Shape::List(shape)) => {
            for item in items {
                hide_value(item, *shape, key, secrets);
            }
        }
        (Data::List(items), Shape::Groups(fields)) => {
            for item in items {
                if let Data::Group(group) = &mut item.data {
                    hide_all(group, fields, secrets);
                }
            }
        }
        (Data::Group(group), Shape::Group(fields)) => hide_all(group, fields, secrets),
        (Data::Group(group), Shape::Attributes) => {
            for (_, value) in &mut group.entries {
                // Figures, dates and single words are what conditions ask for.
                let plain = value.as_text().is_some_and(|text| {
                    text.bytes().all(|b| b.is_ascii_alphanumeric() || b"-.:%".contains(&b))
                });
                if !plain {
                    hide_value(value, Shape::Text, key, secrets);
                }
            }
        }
        _ => {}
    }
}

fn hide_all(group: &mut Group, fields: &[Field], secrets: &mut BTreeSet<Secret>) {
    let keys: Vec<String> = group.entries.iter().map(|(key, _)| key.value.clone()).collect();
    for key in keys {
        hide(group, fields, &key, secrets);
    }
}

/// Evidence that is not shown is a paper kept elsewhere: its file is never copied.
fn drop_file(group: &mut Group, secrets: &mut BTreeSet<Secret>) {
    let Some(file) = group.text("file").map(|file| file.map(str::to_owned)) else { return };
    secrets.insert(secret(&file.value, "the file of withheld evidence"));
    group.entries.retain(|(key, _)| key.value != "file" && key.value != "sha256");
    if group.get("document").is_none() {
        let value = Value { span: file.span, data: Data::Text(WITHHELD.to_owned()) };
        group.entries.push((Spanned::new("document".to_owned(), file.span), value));
    }
}

/// Gives every link to a withheld record its new id.
fn rename(group: &mut Group, fields: &[Field], own: &str, new_ids: &NewIds) {
    for (key, value) in &mut group.entries {
        if let Some(field) = fields.iter().find(|field| field.key == key.value) {
            rename_value(value, field.shape, own, new_ids);
        }
    }
}

fn rename_value(value: &mut Value, shape: Shape, own: &str, new_ids: &NewIds) {
    match (&mut value.data, shape) {
        (Data::Text(text), Shape::Id) => new_id(text, |kind| kind == own, new_ids),
        (Data::Text(text), Shape::Ref(kind)) => new_id(text, |other| other == kind, new_ids),
        (Data::Text(text), Shape::AnyRef) => new_id(text, |_| true, new_ids),
        (Data::List(items), Shape::List(shape)) => {
            items.iter_mut().for_each(|item| rename_value(item, *shape, own, new_ids));
        }
        (Data::List(items), Shape::Groups(fields)) => {
            for item in items {
                if let Data::Group(group) = &mut item.data {
                    rename(group, fields, own, new_ids);
                }
            }
        }
        (Data::Group(group), Shape::Group(fields)) => rename(group, fields, own, new_ids),
        _ => {}
    }
}

fn new_id(text: &mut String, fits: impl Fn(&str) -> bool, new_ids: &NewIds) {
    let found = new_ids.get(text).and_then(|all| all.iter().find(|(kind, _)| fits(kind)));
    if let Some((_, new)) = found {
        new.clone_into(text);
    }
}

/// Everything a record says, for a look whether something is said at all.
fn spoken(group: &Group) -> String {
    fn add(value: &Value, said: &mut String) {
        match &value.data {
            Data::Text(text) => {
                said.push_str(text);
                said.push('\n');
            }
            Data::List(items) => items.iter().for_each(|item| add(item, said)),
            Data::Group(group) => group.entries.iter().for_each(|(_, value)| add(value, said)),
            _ => {}
        }
    }
    let mut said = String::new();
    group.entries.iter().for_each(|(_, value)| add(value, &mut said));
    said
}

/// A name in so many kinds of texts is a word of the site.
const MOST_PLACES: usize = 10;

/// The display names that the site masks, as what it may not hold, and what is wrong where one
/// stands in a text of a record in full.
pub fn masked_names(parsed: &Parsed, report: &mut Diagnostics) -> Vec<Secret> {
    let mut names: BTreeSet<String> = BTreeSet::new();
    for record in &parsed.records {
        names.extend(record.fields.maybe_string("display_name").filter(|name| is_name(name)));
    }
    let names: Vec<String> = names.into_iter().collect();
    let Ok(search) = aho_corasick::AhoCorasick::new(&names) else { return Vec::new() };
    if names.is_empty() {
        return Vec::new();
    }
    let mut found = Vec::new();
    for record in &parsed.records {
        for (key, value) in record.fields.entries.iter().filter(|(key, _)| !is_of_name(key)) {
            let place = format!("{} {}", record.kind.name, key.value);
            find_names(value, &search, (&place, record.answered), &mut found);
        }
    }
    let mut places: BTreeMap<usize, BTreeSet<&str>> = BTreeMap::new();
    for one in &found {
        places.entry(one.name).or_default().insert(&one.place);
    }
    let is_word = |name: usize| places.get(&name).is_some_and(|all| all.len() > MOST_PLACES);
    for one in found.iter().filter(|one| !is_word(one.name)) {
        report.push(name_in_text(one.span).waived(one.until));
    }
    let answered: BTreeSet<usize> =
        found.iter().filter(|one| one.until.is_some()).map(|one| one.name).collect();
    let kept = names.into_iter().enumerate();
    kept.filter(|(at, _)| !answered.contains(at) && !is_word(*at))
        .map(|(_, name)| secret(&name, "a name that is masked elsewhere"))
        .collect()
}

/// A name that stands in a text.
struct FoundName {
    name: usize,
    span: Span,
    /// Kind of record and key.
    place: String,
    until: Option<Day>,
}

/// Whether a text can be the name of a person.
fn is_name(text: &str) -> bool {
    let part = |c: char| c.is_alphabetic() || " ·‧・-.'".contains(c);
    (2..=24).contains(&text.chars().count()) && text.chars().all(part)
}

fn is_of_name(key: &Spanned<String>) -> bool {
    key.value == "display_name"
}

fn find_names(
    value: &Value,
    search: &aho_corasick::AhoCorasick,
    (place, until): (&str, Option<Day>),
    found: &mut Vec<FoundName>,
) {
    match &value.data {
        Data::Text(text) => {
            if let Some(one) = search.find(text) {
                let (name, place) = (one.pattern().as_usize(), place.to_owned());
                found.push(FoundName { name, span: value.span, place, until });
            }
        }
        Data::List(items) => {
            items.iter().for_each(|item| find_names(item, search, (place, until), found));
        }
        Data::Group(group) => {
            for (key, value) in group.entries.iter().filter(|(key, _)| !is_of_name(key)) {
                let place = format!("{place}.{}", key.value);
                find_names(value, search, (&place, until), found);
            }
        }
        _ => {}
    }
}

/// Says that a masked name stands in full at `span`.
fn name_in_text(span: Span) -> Diagnostic {
    Diagnostic::new(Code::NameInText, span, "a name that the site masks stands here in full")
        .help("write the post or the staff code; `show_names: true` publishes names")
}
