//! What an author says a line is, where the grammar reads it otherwise (`marks:`).

use crate::law::ClauseNumber;
use crate::source::Span;

/// A correction of the reading, line by line. The text itself is never changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mark {
    /// From 1.
    pub line: usize,
    pub reading: Reading,
    /// Where the mark is written.
    pub span: Span,
}

/// What a line is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reading {
    /// A heading that belongs to no clause.
    Heading,
    /// Its number begins a clause, whether or not it comes next.
    Clause,
    /// It begins a 項 of the point or article above.
    Paragraph,
    /// It begins a further 項 of a clause that is not at its end: of the one named, or of the one it
    /// stands right below, such as a 款.
    Of(Option<ClauseNumber>),
    /// It goes on the paragraph above.
    Text,
    /// It names an attachment, which ends where the next clause begins.
    Attachment,
    /// It is left out.
    Drop,
}

impl Reading {
    /// The reading a word names; `of` is the clause that `paragraph-of` may name.
    pub fn named(word: &str, of: Option<ClauseNumber>) -> Option<Self> {
        Some(match word {
            "heading" => Self::Heading,
            "clause" => Self::Clause,
            "paragraph" => Self::Paragraph,
            "paragraph-of" => Self::Of(of),
            "text" => Self::Text,
            "attachment" => Self::Attachment,
            "drop" => Self::Drop,
            _ => return None,
        })
    }
}
