//! Changed rules, read and judged as if they were law.

use crate::assess::{Assessment, assess};
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::model::{Known, resolve_again};
use crate::parse::Parsed;
use crate::source::SourceTree;
use crate::time::Day;

/// What is known and judged by changed rules; an error holds what is wrong with them.
pub fn judge(
    parsed: &Parsed,
    tree: &SourceTree,
    as_of: Day,
) -> Result<(Known, Assessment), Diagnostics> {
    let (model, faults) = resolve_again(parsed, tree);
    let faults: Diagnostics = faults.into_iter().filter(Diagnostic::is_error).collect();
    if !faults.is_empty() {
        return Err(faults);
    }
    let known = model.known_on(as_of);
    let assessment = assess(&known);
    Ok((known, assessment))
}
