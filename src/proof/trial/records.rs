//! The records of a world while it is made, and the rule they are made for: what is made first and
//! what a case gives are written into the same lists.

use std::collections::BTreeMap;

use super::node::{Maker, entries, get, text};
use crate::parse::yaml::{Node, NodeKind};
use crate::record::kinds::{Kind, Kinds};
use crate::record::schema::{Field, Shape};
use crate::record::value::Group;
use crate::source::Span;

/// The first day of everything that the program makes for a test.
pub const BEGINNING: &str = "2010-01-01";

/// The duty that is tested, as written, with the duties it rests on.
pub struct Frame<'a> {
    /// The kinds of records there are.
    pub kinds: &'static Kinds,
    pub regulation: &'a str,
    pub rule: &'a Group,
    /// Every duty of the regulation.
    pub siblings: &'a [Group],
    /// Where what the program makes is said to stand.
    pub span: Span,
    /// Roles there are, and whether their holders sit in the unit.
    pub roles: &'a [(String, bool)],
}

impl Frame<'_> {
    /// The kind of record a duty of the regulation is laid on.
    pub fn scope_kind(&self, duty: &str) -> Option<&'static Kind> {
        let rule = self.siblings.iter().find(|rule| rule.string("id") == duty)?;
        scope_record(&rule.string("scope"), self.kinds)
    }

    /// The kind of duty: `periodic`, `event` …
    pub fn kind(&self) -> String {
        self.rule.string("kind")
    }

    /// The name of the kind of record that the duty is about.
    pub fn about(&self) -> &'static str {
        about(self.rule, self.kinds).map_or("agency", |kind| kind.name)
    }
}

/// The kind of record that a duty is about: what an invariant is `of`, else its scope.
pub fn about(rule: &Group, kinds: &Kinds) -> Option<&'static Kind> {
    let of = rule.text("of").and_then(|of| kinds.find(of.value));
    of.or_else(|| scope_record(&rule.string("scope"), kinds))
}

/// The kind of record a scope's word means.
pub fn scope_record(scope: &str, kinds: &Kinds) -> Option<&'static Kind> {
    kinds.find(if scope == "office" { "unit" } else { scope })
}

/// Records by kind, in the order they were made.
#[derive(Debug, Default)]
pub struct Records(pub BTreeMap<&'static str, Vec<Node>>);

impl Records {
    /// Adds a record; one of the same kind and id is replaced.
    pub fn put(&mut self, kind: &'static str, record: Node) {
        let rows = self.0.entry(kind).or_default();
        let id = get(&record, "id").and_then(text).map(str::to_owned);
        let same = |row: &Node| id.is_some() && get(row, "id").and_then(text) == id.as_deref();
        match rows.iter_mut().find(|row| same(row)) {
            Some(row) => *row = record,
            None => rows.push(record),
        }
    }

    /// The record of a kind and id.
    pub fn find_mut(&mut self, kind: &str, id: &str) -> Option<&mut Node> {
        let rows = self.0.get_mut(kind)?;
        rows.iter_mut().find(|row| get(row, "id").and_then(text) == Some(id))
    }

    /// Whether there is any of the kind.
    pub fn has(&self, kind: &str) -> bool {
        self.0.get(kind).is_some_and(|rows| !rows.is_empty())
    }

    /// Takes one away; whether it was there.
    pub fn remove(&mut self, kind: &str, id: &str) -> bool {
        let Some(rows) = self.0.get_mut(kind) else { return false };
        let before = rows.len();
        rows.retain(|row| get(row, "id").and_then(text) != Some(id));
        rows.len() < before
    }

    /// Every single text in them.
    pub fn texts(&self) -> Vec<&str> {
        fn below<'a>(node: &'a Node, found: &mut Vec<&'a str>) {
            found.extend(text(node));
            entries(node).iter().for_each(|entry| below(&entry.value, found));
            if let NodeKind::List(items) = &node.kind {
                items.iter().for_each(|item| below(item, found));
            }
        }
        let mut found = Vec::new();
        self.0.values().flatten().for_each(|node| below(node, &mut found));
        found
    }
}

/// Adds the one record of a kind that a test is about, with what such a record must have.
pub fn primary(records: &mut Records, kind: &'static Kind, kinds: &Kinds, make: Maker) {
    let t = |text: &str| make.text(text);
    if records.find_mut(kind.name, kind.name).is_some() {
        return;
    }
    let record = match kind.name {
        "account" => make.map([
            ("id", t("account")),
            ("system", t("system")),
            ("unit", t("unit")),
            ("staff", t("s-account")),
            ("role", t("general")),
            ("opened_on", t(BEGINNING)),
        ]),
        "post" => make.map([
            ("id", t("post")),
            ("agency", t("agency")),
            ("unit", t("unit")),
            ("title", t("職務")),
            ("staff", t("s-post")),
        ]),
        "contractor" => make.map([
            ("id", t("contractor")),
            ("name", t("廠商")),
            ("agency", t("agency")),
            ("systems", make.list(vec![t("system")])),
            ("from", t(BEGINNING)),
        ]),
        _ if kind.register.is_some() => {
            let fields = needed(records, kind, kind.fields, kinds, make);
            make.map_of(fields)
        }
        // There is an audit where a test gives one.
        _ => return,
    };
    records.put(kind.name, record);
}

/// What such a record, or a mapping in it, must have: the plainest value of each shape. Records it
/// names are made, too.
fn needed(
    records: &mut Records,
    kind: &'static Kind,
    fields: &'static [Field],
    kinds: &Kinds,
    make: Maker,
) -> Vec<(&'static str, Node)> {
    let mut all = Vec::new();
    for field in fields.iter().filter(|field| field.required) {
        all.push((field.key, plainest(records, (kind, field), field.shape, kinds, make)));
    }
    all
}

fn plainest(
    records: &mut Records,
    (kind, field): (&'static Kind, &'static Field),
    shape: Shape,
    kinds: &Kinds,
    make: Maker,
) -> Node {
    match shape {
        Shape::Id => make.text(kind.name),
        Shape::Ref(name) => {
            if let Some(named) = kinds.find(name) {
                primary(records, named, kinds, make);
            }
            make.text(name)
        }
        Shape::Date | Shape::Start | Shape::Planned => make.text(BEGINNING),
        Shape::Month => make.text(&BEGINNING[..7]),
        Shape::Count => make.text("1"),
        Shape::Flag => make.text("true"),
        Shape::Word(words) => make.text(words.first().copied().unwrap_or_default()),
        Shape::List(item) => {
            let item = plainest(records, (kind, field), *item, kinds, make);
            make.list(vec![item])
        }
        Shape::Group(fields) => {
            let fields = needed(records, kind, fields, kinds, make);
            make.map_of(fields)
        }
        Shape::Groups(fields) => {
            let fields = needed(records, kind, fields, kinds, make);
            make.list(vec![make.map_of(fields)])
        }
        _ => {
            let titles = kind.register.map_or(&[][..], |register| register.fields);
            let title = titles.iter().find(|(path, _)| *path == field.key);
            make.text(title.map_or(field.key, |(_, title)| title))
        }
    }
}
