//! The records of a world while it is made, and the rule they are made for: what is made first and
//! what a case gives are written into the same lists.

use std::collections::BTreeMap;

use super::node::{Maker, entries, get, text};
use crate::parse::yaml::{Node, NodeKind};
use crate::record::kinds::KINDS;
use crate::record::value::Group;
use crate::source::Span;

/// The first day of everything that the program makes for a test.
pub const BEGINNING: &str = "2010-01-01";

/// The duty that is tested, as written, with the duties it rests on.
pub struct Frame<'a> {
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
    pub fn scope_kind(&self, duty: &str) -> Option<&'static str> {
        let rule = self.siblings.iter().find(|rule| rule.string("id") == duty)?;
        scope_record(&rule.string("scope"))
    }

    /// The kind of duty: `periodic`, `event` …
    pub fn kind(&self) -> String {
        self.rule.string("kind")
    }

    /// The kind of record that the duty is about: what an invariant is `of`, else its scope.
    pub fn about(&self) -> String {
        self.rule.maybe_string("of").unwrap_or_else(|| {
            scope_record(&self.rule.string("scope")).unwrap_or("agency").to_owned()
        })
    }
}

/// The kind of record a scope's word means.
pub fn scope_record(scope: &str) -> Option<&'static str> {
    let word = if scope == "office" { "unit" } else { scope };
    KINDS.iter().map(|kind| kind.name).find(|name| *name == word)
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
pub fn primary(records: &mut Records, kind: &'static str, make: Maker) {
    let t = |text: &str| make.text(text);
    if records.find_mut(kind, kind).is_some() {
        return;
    }
    let record = match kind {
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
        "transfer" => make.map([
            ("id", t("transfer")),
            ("unit", t("unit")),
            ("system", t("system")),
            ("notified_on", t(BEGINNING)),
        ]),
        "endpoint" => make.map([
            ("id", t("endpoint")),
            ("system", t("system")),
            ("agency", t("agency")),
            ("address", t("位址")),
            ("since", t(BEGINNING)),
        ]),
        "service-link" => make.map([
            ("id", t("service-link")),
            ("system", t("system")),
            ("agency", t("agency")),
            ("since", t(BEGINNING)),
        ]),
        "asset" => make.map([
            ("id", t("asset")),
            ("system", t("system")),
            ("agency", t("agency")),
            ("name", t("設備")),
            ("since", t(BEGINNING)),
        ]),
        _ => return,
    };
    records.put(kind, record);
}
