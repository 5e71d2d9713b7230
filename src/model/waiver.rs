//! Leave not to do a duty for a time.

use std::sync::Arc;

use super::destroyed::Destroyed;
use super::names::{Names, in_order};
use super::{Approval, Evidence, Id, Named, Obligation, Scope};
use crate::diagnostic::Diagnostics;
use crate::record::value::Group;
use crate::time::Day;

/// A waiver (豁免): covers the occurrences that fall due from `from` to `until`, inclusive.
#[derive(Clone, Debug)]
pub struct Waiver {
    pub slug: String,
    pub obligation: Id<Obligation>,
    pub scope: Scope,
    pub reason: String,
    /// The clause, or the letter of the authority that issued the regulation, it rests on.
    pub basis: Option<String>,
    pub from: Day,
    pub until: Day,
    pub approved: Approval,
    pub evidence: Vec<Id<Evidence>>,
    pub destroyed: Option<Destroyed>,
    pub fields: Arc<Group>,
}

impl Named for Waiver {
    fn slug(&self) -> &str {
        &self.slug
    }
}

impl Waiver {
    pub(super) fn resolve(fields: &Group, names: &Names, report: &mut Diagnostics) -> Option<Self> {
        in_order(fields, ("from", "until"), report);
        let (obligation, scope) = names.duty_and_scope(fields, report)?;
        Some(Self {
            slug: fields.string("id"),
            obligation,
            scope,
            reason: fields.string("reason"),
            basis: fields.maybe_string("basis"),
            from: fields.date("from")?,
            until: fields.date("until")?,
            approved: Approval::resolve(fields, names, report)?,
            evidence: names.list(fields, "evidence", report),
            destroyed: Destroyed::resolve(fields, names, report),
            fields: Arc::new(fields.clone()),
        })
    }
}
