//! The names conditions may use of a kind of record, and what stands under each.

use std::borrow::Borrow;
use std::cmp::Ordering;
use std::fmt;
use std::ops::Deref;

use crate::record::kinds::Kind;
use crate::record::schema::{Field, Shape};

/// The name of the as-of date.
pub const AS_OF: &str = "as_of";

/// A name that conditions know of a kind of record beside its fields.
#[derive(Clone, Copy, Debug)]
pub struct DerivedName {
    pub kind: &'static str,
    pub name: &'static str,
    pub holds: Holds,
    /// Whether a record may be without it: it comes of another record that may not be named.
    pub may_lack: bool,
    /// One line for the reference.
    pub doc: &'static str,
}

/// What stands under a name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Holds {
    Day,
    Number,
    Text,
    Flag,
    List,
    Mapping,
}

impl Holds {
    /// In English, for messages.
    pub fn as_str(self) -> &'static str {
        match self {
            Holds::Day => "a day",
            Holds::Number => "a number",
            Holds::Text => "a text",
            Holds::Flag => "a yes or no",
            Holds::List => "a list",
            Holds::Mapping => "a mapping",
        }
    }
}

const fn derived(
    kind: &'static str,
    name: &'static str,
    holds: Holds,
    doc: &'static str,
) -> DerivedName {
    DerivedName { kind, name, holds, may_lack: false, doc }
}

/// One that comes of another record, if one is named.
const fn of_another(
    kind: &'static str,
    name: &'static str,
    holds: Holds,
    doc: &'static str,
) -> DerivedName {
    DerivedName { may_lack: true, ..derived(kind, name, holds, doc) }
}

/// Every derived name of the kinds that the program knows of itself.
pub const DERIVED: &[DerivedName] = &[
    derived("agency", "roles", Holds::List, "roles of the posts held in the agency"),
    derived("unit", "roles", Holds::List, "roles of the posts held in the unit"),
    of_another("post", "deputy_staff", Holds::Text, "staff code of the deputy"),
    derived(
        "post",
        "staff_roles",
        Holds::List,
        "roles of all posts of the agency that the same person holds",
    ),
    derived(
        "account",
        "staff_roles",
        Holds::List,
        "roles of all posts of the agency that the holder of the account has",
    ),
    of_another(
        "account",
        "approver_staff",
        Holds::Text,
        "staff code of the post that approved the application",
    ),
    of_another(
        "account",
        "approver_roles",
        Holds::List,
        "roles of the post that approved the application, held on that day",
    ),
    derived(
        "account",
        "idle_since",
        Holds::Day,
        "the latest of the last day of use, the first day of the right and the day it was reactivated",
    ),
    derived(
        "audit",
        "auditor_roles",
        Holds::List,
        "roles of all posts that the auditors hold, in any post of the agency",
    ),
];

/// The name of a kind in conditions: a hyphen would be a minus there.
pub fn root_of(kind: &str) -> String {
    kind.replace('-', "_")
}

/// What conditions know of a kind of record beside its fields.
pub fn derived_names(kind: &'static Kind) -> impl Iterator<Item = DerivedName> {
    let same = kind.register.and_then(|register| register.same);
    let of_register = same.map(|name| {
        let doc = "other entries of its register and system with the same";
        derived(kind.name, name, Holds::Number, doc)
    });
    DERIVED.iter().filter(|known| known.kind == kind.name).copied().chain(of_register)
}

/// A dotted name, such as `account.change.on`, with the kind of record whose it is. It is what it is
/// written like: names are compared and sorted by their texts.
#[derive(Clone)]
pub struct Name {
    text: String,
    /// None of a name that is of no record, such as the as-of date.
    kind: Option<&'static Kind>,
}

impl Name {
    /// A name as it is written, of one of these kinds of records.
    pub fn new(text: &str, kinds: &[&'static Kind]) -> Self {
        let root = text.split('.').next().unwrap_or_default();
        let kind = kinds.iter().find(|kind| root_of(kind.name) == root).copied();
        Self { text: text.to_owned(), kind }
    }

    /// What a kind of record has under a path.
    pub fn of(kind: &'static Kind, path: &str) -> Self {
        Self { text: format!("{}.{path}", root_of(kind.name)), kind: Some(kind) }
    }

    /// Another path of the same kind.
    pub fn beside(&self, path: &str) -> Self {
        let root = self.text.split('.').next().unwrap_or_default();
        Self { text: format!("{root}.{path}"), kind: self.kind }
    }

    fn fields(&self) -> &'static [Field] {
        self.kind.map_or(&[], |kind| kind.fields)
    }

    /// What it holds by the tables of records; `None` of names that are derived, and of attributes of an
    /// author's own.
    pub fn shape(&self) -> Option<Shape> {
        let (_, path) = self.text.split_once('.')?;
        let mut fields = self.fields();
        let mut shape = None;
        for key in path.split('.') {
            let field = fields.iter().find(|field| field.key == key)?;
            shape = Some(field.shape);
            fields = match field.shape {
                Shape::Group(inner) => inner,
                _ => &[],
            };
        }
        shape
    }

    /// What is known of it, if it is derived from other records.
    pub fn derived(&self) -> Option<DerivedName> {
        let (_, path) = self.text.split_once('.')?;
        derived_names(self.kind?).find(|known| known.name == path)
    }

    /// Whether a record may be without it. What stands within a mapping may be missing with it.
    pub fn may_lack(&self) -> bool {
        if self.text == AS_OF {
            return false;
        }
        if let Some(derived) = self.derived() {
            return derived.may_lack;
        }
        let Some((_, path)) = self.text.split_once('.') else { return false };
        !self.fields().iter().any(|field| field.required && field.key == path)
    }

    /// What stands under it; `None` where the author chooses it.
    pub fn holds(&self) -> Option<Holds> {
        if self.text == AS_OF {
            return Some(Holds::Day);
        }
        if let Some(derived) = self.derived() {
            return Some(derived.holds);
        }
        Some(match self.shape()? {
            Shape::Date | Shape::Start | Shape::Planned => Holds::Day,
            Shape::Count => Holds::Number,
            Shape::Flag => Holds::Flag,
            Shape::List(_) | Shape::Groups(_) => Holds::List,
            Shape::Group(_) => Holds::Mapping,
            Shape::Attributes => return None,
            _ => Holds::Text,
        })
    }
}

impl Deref for Name {
    type Target = str;

    fn deref(&self) -> &str {
        &self.text
    }
}

impl Borrow<str> for Name {
    fn borrow(&self) -> &str {
        &self.text
    }
}

impl PartialEq for Name {
    fn eq(&self, other: &Self) -> bool {
        self.text == other.text
    }
}

impl Eq for Name {}

impl PartialOrd for Name {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Name {
    fn cmp(&self, other: &Self) -> Ordering {
        self.text.cmp(&other.text)
    }
}

impl fmt::Debug for Name {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&self.text, f)
    }
}

impl fmt::Display for Name {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::record::kinds::built_in;

    #[test]
    fn what_a_record_may_lack_is_said_once() {
        let may_lack = |name: &str| {
            let (root, _) = name.split_once('.').unwrap_or((name, ""));
            Name::new(name, &built_in(root).into_iter().collect::<Vec<_>>()).may_lack()
        };
        for name in [
            "account.change",
            "account.change.on",
            "account.cancelled_on",
            "account.approver_roles",
            "account.approver_staff",
            "account.attributes.level",
            "post.deputy_staff",
        ] {
            assert!(may_lack(name), "{name}");
        }
        for name in [AS_OF, "account.opened_on", "account.idle_since", "unit.roles"] {
            assert!(!may_lack(name), "{name}");
        }
    }
}
