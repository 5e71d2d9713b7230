//! How much a unit used a system in a month: where populations come from.

use std::sync::Arc;

use super::destroyed::Destroyed;
use super::names::{Names, at_most};
use super::{Id, Named, System, Unit};
use crate::diagnostic::Diagnostics;
use crate::record::value::Group;
use crate::time::Period;

/// One month of use.
#[derive(Clone, Debug)]
pub struct Usage {
    /// Made up from unit, system and month, which are unique together.
    pub slug: String,
    pub unit: Id<Unit>,
    pub system: Id<System>,
    pub month: Period,
    /// Records of use; each line of the log is one.
    pub queries: u64,
    /// Users who used it.
    pub active_users: u64,
    /// Users who had the right.
    pub total_users: u64,
    pub destroyed: Option<Destroyed>,
    pub fields: Arc<Group>,
}

impl Named for Usage {
    fn slug(&self) -> &str {
        &self.slug
    }
}

impl Usage {
    /// The name of the usage record of a unit, system and month.
    pub(super) fn slug_of(fields: &Group) -> String {
        let month = fields.period("month").map(|month| month.to_string()).unwrap_or_default();
        format!("{}/{}/{month}", fields.string("unit"), fields.string("system"))
    }

    pub(super) fn resolve(fields: &Group, names: &Names, report: &mut Diagnostics) -> Option<Self> {
        let (active, total) = (fields.count("active_users"), fields.count("total_users"));
        at_most(
            (active, "`active_users`"),
            (total, "`total_users`"),
            fields.key_span("active_users"),
            report,
        );
        Some(Self {
            slug: Self::slug_of(fields),
            unit: names.get(fields, "unit", report)?,
            system: names.get(fields, "system", report)?,
            month: fields.period("month")?,
            queries: fields.count("queries")?,
            active_users: active?,
            total_users: total?,
            destroyed: Destroyed::resolve(fields, names, report),
            fields: Arc::new(fields.clone()),
        })
    }
}
