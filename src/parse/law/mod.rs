//! Regulation texts: an official text becomes a [`LawText`], its 點, 款 and 目 in a tree.
//!
//! The grammar knows numbers at the beginning of a line (一、 （一） 1. (1)) and takes one for a
//! clause only where it comes next. It joins wrapped lines, keeps every character that is not white
//! space, and drops a line or a bullet only by a recorded [`DropRule`]. It never touches the disk.

mod citation;
mod grammar;
mod layout;
mod line;
mod marker;
mod number;
mod numeral;
mod reader;
mod text;

#[cfg(test)]
mod tests;

pub use citation::{
    AttachmentLabel, Cited, Mention, Start, Unit, attachment_label, attachments_in, mentions,
};
pub use grammar::{DropRule, LawOptions, page_numbers, parse_law};
pub use number::{ClauseNumber, NumberError, Part};
pub use text::{Block, ClauseCounts, Dropped, HeadLine, LawClause, LawText, Paragraph};
