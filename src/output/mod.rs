//! Write: output files become a published folder. The only code that writes to the disk, and the
//! only code that deletes; [`target`](self) says what may never be touched. A site is staged beside
//! the output, its links are checked, and one swap puts it in place: readers see the old site or
//! the new one, whole.
#![expect(clippy::disallowed_methods, reason = "the one keeper of the output on the disk")]

mod append;
mod check;
mod claim;
mod copy;
mod disk;
mod error;
mod folder;
mod interrupt;
mod lock;
mod manifest;
mod markup;
mod new;
mod page;
mod scan;
mod seal;
mod search;
mod secrets;
mod system;
mod target;
mod verify;
mod write;

pub use append::append;
pub use check::{Checked, Fault, SignError, check_folder, sign_manifest};
pub use copy::copy_files;
pub use error::OutputError;
pub use folder::{Listing, PublishedFolder, list};
pub use manifest::{MANIFEST, MANIFEST_HASH, ManifestHead};
pub use markup::{PageLinks, links_of};
pub use new::{write_new_files, write_new_folder, write_over};
pub use page::read_page;
pub use seal::{Signed, Signer, read_signers};
pub use search::{PageText, SearchIndex, fold};
pub use secrets::{Leak, SecretCheck};
pub use target::MARKER;
pub use verify::{BrokenLink, LinkCheck};
pub use write::{PublishOptions, Published, Staging};
