//! Regulation texts: an official text becomes a [`LawText`](crate::law::LawText), its 點, 款 and 目 in a tree.
//!
//! The grammar knows numbers at the beginning of a line (一、 （一） 1. (1)) and takes one for a
//! clause only where it comes next. It joins wrapped lines, keeps every character that is not white
//! space, and drops a line or a bullet only by a recorded [`DropRule`]. It never touches the disk.

mod around;
mod grammar;
mod head;
mod joined;
mod layout;
mod line;
mod mark;
mod marker;
mod page;
mod reader;
mod shape;
mod tree;

#[cfg(test)]
mod any_text;
#[cfg(test)]
mod tests;

pub use grammar::{DropRule, LawOptions, parse_law};
pub use joined::{Joined, joined_lines};
pub use mark::{Mark, Reading};
pub use marker::begins_clause;
pub use page::{page_heads, page_numbers};
