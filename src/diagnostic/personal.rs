//! What is personal, as a diagnostic: what it is and where it stands, never what it says.

use super::{Code, Diagnostic};
use crate::privacy::Kind;
use crate::source::Span;

/// Says that something of `kind` stands at `span`.
pub fn personal(kind: Kind, span: Span) -> Diagnostic {
    let code = code_of(kind);
    let help = match code {
        Code::NationalId => "delete it; a staff code or a case number names a person just as well",
        _ => {
            "delete it, or answer for it in the record: `pii_ok: {reason: …, until: 2027-12-31}`; \
             it is published masked"
        }
    };
    Diagnostic::new(code, span, format!("{} stands here", kind.name())).help(help)
}

/// The code of what was found.
pub fn code_of(kind: Kind) -> Code {
    match kind {
        Kind::Identity => Code::NationalId,
        Kind::IdentityLike => Code::PossibleNationalId,
        _ => Code::PersonalData,
    }
}
