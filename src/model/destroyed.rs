//! That a paper or a log was destroyed, and with whose approval.

use super::names::Names;
use super::{Id, Post};
use crate::diagnostic::Diagnostics;
use crate::record::value::Group;
use crate::time::Day;

/// When papers were destroyed, and with whose approval.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Destroyed {
    pub on: Day,
    /// Who destroyed them.
    pub by: Option<Id<Post>>,
    pub approved_by: Option<Id<Post>>,
}

impl Destroyed {
    /// The posts it names.
    pub fn posts(&self) -> impl Iterator<Item = Id<Post>> + use<> {
        self.by.into_iter().chain(self.approved_by)
    }

    /// The destruction under `destroyed`, if there was one.
    pub(super) fn resolve(fields: &Group, names: &Names, report: &mut Diagnostics) -> Option<Self> {
        let destroyed = fields.group("destroyed")?;
        Some(Self {
            on: destroyed.date("on")?,
            by: names.get(destroyed, "by", report),
            approved_by: names.get(destroyed, "approved_by", report),
        })
    }
}
