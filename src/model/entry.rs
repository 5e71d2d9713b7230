//! Entries of registers, which only conditions look into. What they hold is said by the definition
//! of their register alone, so that a rule about them needs no Rust.

use std::sync::Arc;

use super::destroyed::Destroyed;
use super::names::Names;
use super::{Agency, Id, Named, System, Unit};
use crate::diagnostic::Diagnostics;
use crate::record::kinds::Kind;
use crate::record::value::Group;
use crate::time::Day;

/// A record of a kind that is a [register](crate::record::kinds::Register).
#[derive(Clone, Debug)]
pub struct Entry {
    pub kind: &'static Kind,
    pub slug: String,
    pub agency: Id<Agency>,
    pub unit: Option<Id<Unit>>,
    pub system: Id<System>,
    /// From when on it is there.
    pub since: Day,
    pub destroyed: Option<Destroyed>,
    pub fields: Arc<Group>,
}

impl Named for Entry {
    fn slug(&self) -> &str {
        &self.slug
    }
}

impl Entry {
    /// What stands in the field its register calls entries by, if it has one.
    pub fn called(&self) -> Option<String> {
        self.fields.maybe_string(self.kind.register?.named?)
    }

    /// The last day on which what must stand in it is asked, if there is one: of an act it always is.
    pub fn asked_until(&self) -> Option<Day> {
        self.ended_on().filter(|_| !self.kind.register.is_some_and(|register| register.is_act))
    }

    /// The last day it was there, if it ended.
    pub fn ended_on(&self) -> Option<Day> {
        self.fields.date(self.kind.register?.ended)
    }

    pub(super) fn resolve(
        kind: &'static Kind,
        fields: &Group,
        names: &Names,
        report: &mut Diagnostics,
    ) -> Option<Self> {
        check_references(kind, fields, names, report);
        let unit = names.get(fields, "unit", &mut Vec::new());
        let agency = names.get(fields, "agency", &mut Vec::new());
        Some(Self {
            kind,
            slug: fields.string("id"),
            agency: agency.or(unit.and_then(|unit| names.home(unit)))?,
            unit,
            system: names.get(fields, "system", &mut Vec::new())?,
            since: fields.date(kind.register?.since)?,
            destroyed: Destroyed::resolve(fields, names, &mut Vec::new()),
            fields: Arc::new(fields.clone()),
        })
    }
}

/// Every reference of an entry must name a record, whether or not a rule looks at it.
fn check_references(kind: &Kind, fields: &Group, names: &Names, report: &mut Diagnostics) {
    for field in kind.fields {
        names.check(fields, field, report);
    }
}
