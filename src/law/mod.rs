//! What official texts consist of: numbers of clauses, the tree of a text, and the words by which one
//! place names another. Types that the grammar fills and every stage behind it reads; nothing here
//! reads a text from the disk or decides what a line is.

pub mod figures;
mod heading;
mod mention;
mod number;
pub mod numeral;
mod text;

pub use heading::heading_number;
pub use mention::{
    AttachmentLabel, Cited, Mention, Start, Unit, attachment_begins, attachment_label,
    attachments_in, mentions,
};
pub use number::{ClauseNumber, Form, Level, NumberError, Part};
pub use text::{
    AttachedText, Block, ClauseCounts, Dropped, HeadLine, Heading, LawClause, LawText, Paragraph,
    Table, is_deleted,
};
