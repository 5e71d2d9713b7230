//! A record that rules are about, in one spelling.

use crate::model::{Audit, Id, Model, Named, Scope};
use crate::record::kinds::{Kind, own_kind};
use crate::record::value::Group;

/// A record that rules are about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum RecordRef {
    /// Entries of registers too: the one spelling of each.
    Scope(Scope),
    Audit(Id<Audit>),
}

impl RecordRef {
    /// Where the record lies: an audit with what it looked at.
    pub fn scope(self, model: &Model) -> Scope {
        match self {
            RecordRef::Scope(scope) => scope,
            RecordRef::Audit(id) => model.audits[id].scope,
        }
    }

    /// The agency, the unit and the systems the record lies within, each as a scope.
    pub fn within(self, model: &Model) -> Vec<Scope> {
        let scope = self.scope(model);
        let mut within = vec![Scope::Agency(model.scope_agency(scope))];
        within.extend(model.scope_unit(scope).map(Scope::Unit));
        within.extend(model.scope_systems(scope).into_iter().map(Scope::System));
        within
    }

    /// The kind of record it is.
    pub fn record_kind(self, model: &Model) -> &'static Kind {
        match self {
            RecordRef::Scope(Scope::Entry(id)) => model.entries[id].kind,
            _ => own_kind(self.kind(model)),
        }
    }

    /// The name of its kind.
    pub fn kind(self, model: &Model) -> &'static str {
        match self {
            RecordRef::Scope(Scope::Agency(_)) => "agency",
            RecordRef::Scope(Scope::Unit(_)) => "unit",
            RecordRef::Scope(Scope::System(_)) => "system",
            RecordRef::Scope(Scope::Account(_)) => "account",
            RecordRef::Scope(Scope::Post(_)) => "post",
            RecordRef::Scope(Scope::Contractor(_)) => "contractor",
            RecordRef::Scope(Scope::Entry(id)) => model.entries[id].kind.name,
            RecordRef::Audit(_) => "audit",
        }
    }

    /// The record's id.
    pub fn slug(self, model: &Model) -> &str {
        match self {
            RecordRef::Scope(scope) => model.scope_slug(scope),
            RecordRef::Audit(id) => model.audits[id].slug(),
        }
    }

    /// The record as written.
    pub fn fields(self, model: &Model) -> &Group {
        match self {
            RecordRef::Scope(scope) => model.scope_fields(scope),
            RecordRef::Audit(id) => &model.audits[id].fields,
        }
    }
}
