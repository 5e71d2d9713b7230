//! Render: one page of the site and the templates become an output file. Pages know nothing of
//! each other, so they are rendered in parallel, and streamed.

mod assets;
mod templates;

pub use templates::{RenderError, Templates};
