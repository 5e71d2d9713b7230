//! Changed rules, read and judged as if they were law.

use crate::assess::{Assessment, assess};
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::model::{Known, resolve_by};
use crate::parse::{Parsed, ParsedRegulation};
use crate::source::SourceTree;
use crate::time::Day;

/// What is known and judged by the records of a site and changed rules, those of `regulations`; an
/// error holds what is wrong with them.
pub fn judge(
    (parsed, regulations): (&Parsed, &[ParsedRegulation]),
    tree: &SourceTree,
    as_of: Day,
) -> Result<(Known, Assessment), Diagnostics> {
    let (model, faults) = resolve_by(parsed, regulations, tree);
    let faults: Diagnostics = faults.into_iter().filter(Diagnostic::is_error).collect();
    if !faults.is_empty() {
        return Err(faults);
    }
    let known = model.known_on(as_of);
    let assessment = assess(&known);
    Ok((known, assessment))
}
