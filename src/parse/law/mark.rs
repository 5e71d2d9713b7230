//! What an author says a line is, where the grammar reads it otherwise (`marks:`).

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
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reading {
    /// A heading that belongs to no clause.
    Heading,
    /// Its number begins a clause, whether or not it comes next.
    Clause,
    /// It begins a 項 of the point or article above.
    Paragraph,
    /// It begins a paragraph of the point or article above, as `Paragraph`.
    Of,
    /// It goes on the paragraph above.
    Text,
    /// It names an attachment, which ends where the next clause begins.
    Attachment,
    /// It is left out.
    Drop,
}

impl Reading {
    /// The reading a word names.
    pub fn named(word: &str) -> Option<Self> {
        Some(match word {
            "heading" => Self::Heading,
            "clause" => Self::Clause,
            "paragraph" => Self::Paragraph,
            "paragraph-of" => Self::Of,
            "text" => Self::Text,
            "attachment" => Self::Attachment,
            "drop" => Self::Drop,
            _ => return None,
        })
    }
}
