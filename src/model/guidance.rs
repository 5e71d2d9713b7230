//! Guidance: pages in Markdown that say how a duty is done.

use super::names::Names;
use super::{Id, Named, Obligation};
use crate::diagnostic::Diagnostics;
use crate::parse::ParsedPage;
use crate::source::Spanned;

/// A guidance page.
#[derive(Debug)]
pub struct Guidance {
    pub slug: String,
    pub title: String,
    /// Markdown, below the title.
    pub body: String,
    /// Whether somebody answers for what is personal in it.
    pub answered: bool,
    /// The duties it explains.
    pub obligations: Vec<Id<Obligation>>,
}

impl Guidance {
    /// The page that was read.
    pub(super) fn new(page: &ParsedPage, names: &Names, report: &mut Diagnostics) -> Self {
        let duty = |name: &Spanned<String>| {
            names.find(Spanned::new(name.value.as_str(), name.span), report)
        };
        Self {
            slug: page.slug.clone(),
            title: page.title.clone(),
            body: page.body.clone(),
            answered: page.answered,
            obligations: page.duties.iter().filter_map(duty).collect(),
        }
    }
}

impl Named for Guidance {
    fn slug(&self) -> &str {
        &self.slug
    }
}
