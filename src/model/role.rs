//! Roles that rules name as acting, and subjects that duties of several regulations share.

use std::sync::Arc;

use unicode_normalization::{IsNormalized, UnicodeNormalization, is_nfkc_quick};

use super::Named;
use super::names::Names;
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
    pub parties: Vec<String>,
    /// Its holder may approve waivers.
    pub may_waive: bool,
    pub note: Option<String>,
    pub fields: Arc<Group>,
    /// The title and the parties as [`plain`] words.
    meant_by: Vec<String>,
}

/// Words with their widths made equal and without white space: （附件4） and (附件4) are one.
pub fn plain(words: &str) -> String {
    let seen = |c: &char| !c.is_whitespace();
    match is_nfkc_quick(words.chars()) {
        // Nearly all words; every judgement asks for some.
        IsNormalized::Yes => words.chars().filter(seen).collect(),
        IsNormalized::No | IsNormalized::Maybe => words.nfkc().filter(seen).collect(),
    }
}

/// Whether two names are of one party: the same words, or words of one role.
pub fn same_party<'a>(roles: impl IntoIterator<Item = &'a Role>, a: &str, b: &str) -> bool {
    let (a, b) = (plain(a), plain(b));
    let mut roles = roles.into_iter();
    a == b || roles.any(|role| role.is_meant_by_plain(&a) && role.is_meant_by_plain(&b))
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
    /// Whether words of a rule mean it.
    pub fn is_meant_by(&self, words: &str) -> bool {
        self.is_meant_by_plain(&plain(words))
    }

    /// Whether words that [`plain`] gave mean it.
    pub fn is_meant_by_plain(&self, words: &str) -> bool {
        self.meant_by.iter().any(|one| one == words)
    }

    pub(super) fn resolve(fields: &Group, _: &Names, _: &mut Diagnostics) -> Option<Self> {
        let title = fields.string("title");
        let parties: Vec<String> =
            fields.texts("parties").map(|text| text.value.to_owned()).collect();
        Some(Self {
            slug: fields.string("id"),
            meant_by: [&title].into_iter().chain(&parties).map(|words| plain(words)).collect(),
            title,
            order: fields.count("order").unwrap_or(u64::MAX),
            reach: match fields.text("reach")?.value {
                "own" => Reach::Own,
                "unit" => Reach::Unit,
                _ => Reach::Agency,
            },
            may_waive: fields.flag("may_waive"),
            parties,
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
