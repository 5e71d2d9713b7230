//! Roles that rules name as acting, and subjects that duties of several regulations share.

use std::sync::Arc;

use super::names::Names;
use super::{Id, Named, Party};
use crate::diagnostic::Diagnostics;
use crate::record::value::Group;
use crate::source::Spanned;

/// A role (角色): what posts and accounts do, in the words of the rules' `by`.
#[derive(Clone, Debug)]
pub struct Role {
    pub slug: String,
    pub title: String,
    /// Place in lists; those without one come last.
    pub order: u64,
    pub reach: Reach,
    /// The words of `joint`, `approval`, `to` and `notify` that mean it.
    pub parties: Vec<Id<Party>>,
    /// Its holder may approve waivers.
    pub may_waive: bool,
    pub note: Option<String>,
    pub fields: Arc<Group>,
}

/// For what the holder of a role acts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reach {
    /// The holder's own accounts.
    Own,
    /// The holder's unit; the whole agency for a post without unit.
    Unit,
    /// The whole agency.
    Agency,
}

/// What duties of several regulations are about (主題), so that they can be compared.
#[derive(Clone, Debug)]
pub struct Topic {
    pub slug: String,
    pub title: String,
    /// Place in lists; those without one come last.
    pub order: u64,
    pub note: Option<String>,
    pub fields: Arc<Group>,
}

impl Role {
    pub(super) fn resolve(fields: &Group, names: &Names, _: &mut Diagnostics) -> Option<Self> {
        Some(Self {
            slug: fields.string("id"),
            title: fields.string("title"),
            order: fields.count("order").unwrap_or(u64::MAX),
            reach: match fields.text("reach")?.value {
                "own" => Reach::Own,
                "unit" => Reach::Unit,
                _ => Reach::Agency,
            },
            may_waive: fields.flag("may_waive"),
            parties: names.parties(fields, "parties"),
            note: fields.maybe_string("note"),
            fields: Arc::new(fields.clone()),
        })
    }
}

impl Topic {
    pub(super) fn resolve(fields: &Group, _: &Names, _: &mut Diagnostics) -> Option<Self> {
        Some(Self {
            slug: fields.string("id"),
            title: fields.string("title"),
            order: fields.count("order").unwrap_or(u64::MAX),
            note: fields.maybe_string("note"),
            fields: Arc::new(fields.clone()),
        })
    }
}

/// Ids of records of a kind. A site that has no record of the kind at all takes any: rules may be
/// shared between sites, and a role or a topic without a record has no page.
pub(super) fn named_ids<'a>(
    texts: impl IntoIterator<Item = Spanned<&'a str>>,
    kind: &'static str,
    names: &Names,
    report: &mut Diagnostics,
) -> Vec<String> {
    let mut ids: Vec<String> = Vec::new();
    for text in texts {
        if !ids.iter().any(|id| id == text.value) {
            ids.push(text.value.to_owned());
        }
        if names.count(kind) > 0 {
            names.expect(kind, text, report);
        }
    }
    ids
}

impl Named for Role {
    fn slug(&self) -> &str {
        &self.slug
    }
}

impl Named for Topic {
    fn slug(&self) -> &str {
        &self.slug
    }
}
