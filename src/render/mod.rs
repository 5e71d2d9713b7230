//! Render: one page of the site and the templates become an output file. Pages know nothing of
//! each other, so they are rendered in parallel, and streamed.

mod assets;
mod data;
mod file;
mod templates;

pub use data::{files, json};
pub use file::{OutputContent, OutputFile};
pub use templates::{RenderError, Templates};
