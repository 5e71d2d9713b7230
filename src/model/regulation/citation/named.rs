//! Where a paragraph names other texts, by the names listed and by those that the text itself gives
//! them, and which of its articles are its own.

use std::ops::Range;

use super::{Place, overlap};
use crate::law::{Form, Mention};
use crate::model::regulation::law_name::{
    LawName, defined, definitions, ends_in_law, is_given, is_whole, kind,
};

impl Place<'_> {
    /// The names of laws, the longest where several fit; not where a name is only given. A law that
    /// is not cited is named where the text says what it calls it.
    pub(super) fn names(&self) -> Vec<(Range<usize>, Option<usize>)> {
        let mut found: Vec<(Range<usize>, Option<usize>)> = Vec::new();
        for LawName { name, place, is_implied } in self.names {
            let all = self.text.match_indices(name.as_str());
            let all = all.map(|(at, name)| at..at + name.len());
            let whole = all.filter(|range| is_whole(self.text, range, *is_implied));
            found.extend(whole.map(|range| (range, *place)));
        }
        let given = definitions(self.text);
        found.retain(|(range, _)| {
            !is_given(&self.text[..range.start])
                && !given.iter().any(|given| overlap(&given.range, range))
        });
        let unlisted =
            |at: usize| defined(self.regulation, &self.text[..at]).is_some_and(|law| law.is_none());
        let given = given.into_iter().map(|given| given.range);
        found.extend(given.filter(|range| unlisted(range.start)).map(|range| (range, None)));
        found.sort_by_key(|(range, _)| (range.start, std::cmp::Reverse(range.end)));
        let mut end = 0;
        found.retain(|(range, _)| {
            let free = range.start >= end;
            end = if free { range.end } else { end };
            free
        });
        found
    }

    /// Whether an article is one of this text: of a law in articles, where no other law is named
    /// before it. In an order, 本法 is the law it is made under, whether it says so or not.
    pub(super) fn is_own_article(&self, this: Option<&str>, mention: &Mention) -> bool {
        if self.version.text.form != Form::Articles {
            return false;
        }
        match this {
            None => !ends_in_law(self.text[..mention.range.start].trim_end()),
            Some(this) => kind(&self.regulation.name).is_none_or(|own| own == this),
        }
    }
}

/// Whether what stands between the name of a law and a citation leaves them together: nothing, or
/// what the law is called.
pub(super) fn is_blank_or_defines(between: &str) -> bool {
    let defines = || match &definitions(between)[..] {
        [one] => between[one.range.end..].trim().is_empty() && one.range.start == 0,
        _ => false,
    };
    between.trim().is_empty() || defines()
}
