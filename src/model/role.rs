//! Roles that rules name as acting, the words that name them, and subjects that duties of several
//! regulations share.

use std::sync::Arc;

use super::names::Names;
use super::{Id, Model, Named, Party, Table};
use crate::diagnostic::Diagnostics;
use crate::record::value::Group;

/// A role (角色): what posts and accounts do, in the words of the rules' `by`.
#[derive(Clone, Debug)]
pub struct Role {
    pub slug: String,
    /// The name that its slug is: what posts, accounts and rules hold.
    pub name: Id<RoleName>,
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

/// A role as a post, an account or a rule names it; each word one row. It is the id of a [`Role`], or
/// any word of a site that has no record of it.
#[derive(Clone, Debug)]
pub struct RoleName {
    pub slug: String,
    /// The role of that id, if it has a record.
    pub role: Option<Id<Role>>,
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
        let slug = fields.string("id");
        Some(Self {
            name: names.role_name(&slug),
            slug,
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

/// The table of names, from their words in the order of their ids, and the roles they are of.
pub(super) fn role_names(words: Vec<String>, roles: &Table<Role>) -> Table<RoleName> {
    let rows = words.into_iter().map(|slug| RoleName { role: roles.find(&slug), slug });
    Table::new(rows.collect())
}

/// The roles that a rule names under `key`, each once. A site that has no record of a role takes any
/// word: rules may be shared between sites.
pub(super) fn roles_of_rule(
    rule: &Group,
    key: &str,
    names: &Names,
    report: &mut Diagnostics,
) -> Vec<Id<RoleName>> {
    let mut roles = Vec::new();
    for word in rule.texts(key) {
        let role = names.role_name(word.value);
        if !roles.contains(&role) {
            roles.push(role);
        }
        if names.count("role") > 0 {
            names.expect("role", word, report);
        }
    }
    roles
}

/// The topic of a rule. A site that has no record of a topic takes any word, which is of none.
pub(super) fn topic_of_rule(
    rule: &Group,
    names: &Names,
    report: &mut Diagnostics,
) -> Option<Id<Topic>> {
    let word = rule.text("topic").filter(|_| names.count("topic") > 0)?;
    names.find(word, report)
}

impl Model {
    /// The words of several roles, in their order.
    pub fn role_words(&self, roles: &[Id<RoleName>]) -> Vec<String> {
        roles.iter().map(|role| self.role_names[*role].slug.clone()).collect()
    }
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
