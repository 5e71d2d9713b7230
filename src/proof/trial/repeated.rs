//! The same question of a duty asked twice: the second tells nothing that the first does not.

use std::collections::BTreeMap;

use super::{Asked, Run};
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::source::Span;

/// Questions of sizes, days and periods that stand there twice with the same answer. With another
/// answer one of them fails, and says so itself.
pub fn repeated<'a>(runs: impl IntoIterator<Item = &'a Run>) -> Diagnostics {
    let mut first: BTreeMap<(&str, &str, String), Span> = BTreeMap::new();
    let mut report = Diagnostics::new();
    for trial in runs.into_iter().map(|run| &run.trial).filter(|trial| trial.given.is_none()) {
        for ask in trial.asks.iter().filter(|ask| !matches!(ask.what, Asked::Case { .. })) {
            let question = format!("{:?}", ask.what);
            let key = (trial.regulation.as_str(), trial.duty.as_str(), question);
            match first.get(&key) {
                None => {
                    first.insert(key, ask.span);
                }
                Some(before) => report.push(
                    Diagnostic::new(
                        Code::RepeatedTest,
                        ask.span,
                        format!(
                            "the test of `{}/{}` stands there twice",
                            trial.regulation, trial.duty
                        ),
                    )
                    .related(*before, "the same question")
                    .help("remove one, or ask of another size or day"),
                ),
            }
        }
    }
    report
}
