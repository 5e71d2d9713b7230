//! Files that are published: of a type that may be, told by name and first bytes.

use crate::diagnostic::{Code, Diagnostic};
use crate::source::Spanned;
use crate::source::allowed_type;

/// The media type of a file that is to be published, told by its name and its first bytes.
pub(super) fn published_type(
    path: &Spanned<&str>,
    head: &[u8],
) -> Result<&'static str, Diagnostic> {
    allowed_type(path.value, head).map_err(|why| {
        Diagnostic::new(Code::UnsafeEvidence, path.span, format!("`{}` {why}", path.value))
            .help("publish it as pdf, or name its document number instead")
    })
}
