//! Read: a directory becomes a [`SourceTree`]. The only code that reads the disk.
#![expect(clippy::disallowed_methods, reason = "the one keeper of the inputs on the disk")]

use crate::hidden;

mod commit;
mod contents;
mod copied;
mod decode;
pub mod embedded;
mod error;
mod filetype;
mod found;
mod hash;
mod library;
mod name;
mod one;
mod open;
mod read;
mod span;
mod tree;
mod walk;

pub use crate::hidden::{describe, escape, find_decoded as find_hidden, find_odd, is_hidden};
pub use commit::{CommitError, checkout};
pub use copied::look_through;
pub use error::ReadError;
pub use filetype::allowed_type;
pub use found::{Found, Unreadable, found};
pub(crate) use hash::letters;
pub use hash::{hash_reader, sha256};
pub use library::{add_library, library_digest};
pub use name::{collision_key, name_fault};
pub use one::read_bytes;
pub use open::Folder;
pub use read::read;
pub use span::{FileId, LineColumn, Span, Spanned, line_column};
pub use tree::{Area, Content, SourceFile, SourceTree};
