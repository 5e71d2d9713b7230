//! What lints found in a rule that is meant so, on the page of its duty: with the reason its author
//! gives, and a link to the other duty where there is one.

use serde::Serialize;

use super::parts::{Link, PageCtx, named};
use crate::diagnostic::Code;
use crate::model::{Id, Obligation};

/// A finding that is shown.
#[derive(Debug, Serialize)]
pub struct AcceptedRow {
    /// What was found, in words.
    pub label: String,
    /// The other duty it is about.
    pub other: Option<Link>,
    pub because: Option<String>,
}

/// The findings about duty `id`.
pub fn accepted(here: &PageCtx, id: Id<Obligation>) -> Vec<AcceptedRow> {
    let words = &here.site.words;
    let about = here.site.proofs.noted.iter().filter(|one| one.rules.contains(&id));
    about
        .map(|one| {
            let other = one.rules.iter().find(|rule| **rule != id);
            // A duty that is implied comes first, the one that covers it second.
            let is_covering = one.lint == Code::DutyImplied && one.rules.first() != Some(&id);
            let key = if is_covering { "covers" } else { one.lint.slug() };
            AcceptedRow {
                label: named(words, "accepted.lint", key).to_owned(),
                other: other.map(|other| here.obligation(*other)),
                because: one.because.clone(),
            }
        })
        .collect()
}
