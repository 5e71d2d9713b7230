//! The names conditions may use of a kind of record, and what stands under each.

use crate::record::kinds::KINDS;
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

/// Every derived name.
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
    derived("endpoint", "same_address", Holds::Number, "other endpoints with its address"),
];

/// The name of a kind in conditions: a hyphen would be a minus there.
pub fn root_of(kind: &str) -> String {
    kind.replace('-', "_")
}

/// The table of a kind's fields, by its name in conditions; empty for a kind nobody has.
pub fn fields_of(root: &str) -> &'static [Field] {
    KINDS.iter().find(|known| root_of(known.name) == root).map_or(&[], |kind| kind.fields)
}

/// What a dotted name holds by the tables of records; `None` of names that are derived, and of
/// attributes of an author's own.
pub fn shape_of(name: &str) -> Option<Shape> {
    let (root, path) = name.split_once('.')?;
    let mut fields = fields_of(root);
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

/// A derived name, by its dotted form.
pub fn derived_of(name: &str) -> Option<&'static DerivedName> {
    let (root, path) = name.split_once('.')?;
    DERIVED.iter().find(|known| root_of(known.kind) == root && known.name == path)
}

/// Whether a record may be without what stands under a dotted name. What stands within a mapping may
/// be missing with it.
pub fn may_lack(name: &str) -> bool {
    if name == AS_OF {
        return false;
    }
    if let Some(derived) = derived_of(name) {
        return derived.may_lack;
    }
    let Some((root, path)) = name.split_once('.') else { return false };
    !fields_of(root).iter().any(|field| field.required && field.key == path)
}

/// What stands under a dotted name; `None` where the author chooses it.
pub fn holds(name: &str) -> Option<Holds> {
    if name == AS_OF {
        return Some(Holds::Day);
    }
    if let Some(derived) = derived_of(name) {
        return Some(derived.holds);
    }
    Some(match shape_of(name)? {
        Shape::Date | Shape::Start | Shape::Planned => Holds::Day,
        Shape::Count => Holds::Number,
        Shape::Flag => Holds::Flag,
        Shape::List(_) | Shape::Groups(_) => Holds::List,
        Shape::Group(_) => Holds::Mapping,
        Shape::Attributes => return None,
        _ => Holds::Text,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_record_may_lack_is_said_once() {
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
        for name in [
            AS_OF,
            "account.opened_on",
            "account.idle_since",
            "unit.roles",
            "endpoint.same_address",
        ] {
            assert!(!may_lack(name), "{name}");
        }
    }
}
