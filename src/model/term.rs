//! The site's own vocabulary: words for roles of accounts, grades of findings, kinds of events and
//! answers that the program does not bring, and what pages call them.

use super::Named;
use super::names::Names;
use crate::diagnostic::Diagnostics;
use crate::record::value::Group;

/// A word the site adds, or calls otherwise than the program does.
#[derive(Clone, Debug)]
pub struct Term {
    pub slug: String,
    /// What it is a word of: `account-role`, `grade`, `event`, `answer` or `course`.
    pub section: String,
    pub title: String,
    /// Of a grade: which one it weighs as.
    pub counts_as: Option<String>,
}

impl Named for Term {
    fn slug(&self) -> &str {
        &self.slug
    }
}

impl Term {
    pub(super) fn resolve(fields: &Group, _: &Names, _: &mut Diagnostics) -> Option<Self> {
        Some(Self::new(fields))
    }

    /// The word that a record of the vocabulary says.
    pub fn new(fields: &Group) -> Self {
        Self {
            slug: fields.string("id"),
            section: fields.string("of"),
            title: fields.string("title"),
            counts_as: fields.maybe_string("counts_as"),
        }
    }
}
