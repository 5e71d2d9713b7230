//! A character that is not what it seems, as a diagnostic: one nobody sees, one of private use, one
//! that stands for a lost one, one that looks like a space.

use super::{Code, Diagnostic};
use crate::hidden;
use crate::source::Span;

/// Says that `c` stands at `span`; `by` says how it is written where that is not as itself, such as
/// `an escape`.
pub fn character(c: char, span: Span, by: Option<&str>) -> Diagnostic {
    let way = by.map(|by| format!(", by {by}")).unwrap_or_default();
    let delete = match by {
        Some(by) => format!("delete {}", by.replacen("an ", "the ", 1)),
        None => "delete the character".to_owned(),
    };
    let shown = hidden::describe(c);
    if hidden::is_private(c) {
        let message = format!("private-use character {shown}{way}");
        return Diagnostic::new(Code::PrivateCharacter, span, message).help(
            "look the character up in the font it was written with, and enter its Unicode character; \
             if it has none yet, write it in words, such as `〔水＋昇〕`",
        );
    }
    if hidden::is_lost(c) {
        let message = format!("{shown} stands for a character that was lost{way}");
        return Diagnostic::new(Code::LostCharacter, span, message)
            .help("look the character up in the original, and enter it");
    }
    if hidden::is_odd_space(c) {
        let message = format!("{shown} looks like a space and is another character{way}");
        return Diagnostic::new(Code::LookAlike, span, message).help("type an ordinary space");
    }
    Diagnostic::new(Code::HiddenCharacter, span, format!("hidden character {shown}{way}"))
        .help(delete)
}
