//! Conditions of rules: one expression over a record. One reader (`token`, `expr`) makes one tree
//! (`tree`), which is checked when the rule is read, evaluated of records, said in words on pages, and
//! asked which of its parts do not hold. Three-valued: what hangs on something unknown has no answer,
//! and no answer is never a pass.

mod check;
mod eval;
mod expr;
mod names;
mod neighbour;
mod op;
mod operands;
mod subject;
#[cfg(test)]
mod tests;
mod token;
mod tree;
mod written;

use std::fmt;

use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::record::kinds::Kind;
use crate::source::{Span, Spanned};
pub use check::Terms;
pub use names::{AS_OF, DERIVED, DerivedName, Holds, Name, derived_names, root_of};
pub use neighbour::{Neighbour, neighbours};
pub use op::{Op, Sign};
pub use operands::Told;
pub use subject::{Derived, Found, Subject, Value};
pub use tree::{Function, Term, Test};
pub use written::{HOLDERS, Written};

/// Longer conditions are refused: nobody can read them.
const MAX_LENGTH: usize = 1_024;

/// An expression that was found sound.
pub struct Condition {
    /// As the author wrote it.
    pub source: String,
    pub span: Span,
    /// What it says.
    pub says: Test,
}

impl fmt::Debug for Condition {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.source)
    }
}

/// Why a condition has no answer: a word that pages know, and the detail for people who mend it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Indeterminate {
    /// The dotted name is not recorded and cannot be compared.
    NotRecorded(String),
    /// Values of kinds that do not go together, or that lie outside what can be counted.
    Unfit(String),
    /// The records do not say enough of the people.
    People,
    /// The site does not hold the text in force.
    TextNotHeld,
}

impl Indeterminate {
    /// The word of its texts.
    pub fn as_str(&self) -> &'static str {
        match self {
            Indeterminate::NotRecorded(_) => "not-recorded",
            Indeterminate::Unfit(_) => "unfit",
            Indeterminate::People => "people",
            Indeterminate::TextNotHeld => "text-not-held",
        }
    }

    /// The name it is about, as conditions write it.
    pub fn name(&self) -> Option<&str> {
        match self {
            Indeterminate::NotRecorded(name) => Some(name),
            _ => None,
        }
    }
}

/// In English, for data and for the command line.
impl fmt::Display for Indeterminate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Indeterminate::NotRecorded(name) => {
                write!(f, "`{name}` is not recorded and cannot be compared")
            }
            Indeterminate::People => f.write_str("the records do not say enough of the people"),
            Indeterminate::TextNotHeld => f.write_str("the site does not hold the text in force"),
            Indeterminate::Unfit(detail) => f.write_str(detail),
        }
    }
}

impl Condition {
    /// Reads an expression over records of the kinds named, each known under its kind's name
    /// (`service_link` for `service-link`). `terms` are the words the site adds. Faults are reported at their places.
    pub fn compile(
        text: Spanned<&str>,
        kinds: &[&'static Kind],
        terms: &Terms,
        report: &mut Diagnostics,
    ) -> Option<Self> {
        let fault = |span, message: String| Diagnostic::new(Code::InvalidExpression, span, message);
        if text.value.len() > MAX_LENGTH {
            let message = format!("the condition is longer than {MAX_LENGTH} bytes");
            report.push(fault(text.span, message).help("split the rule in two"));
            return None;
        }
        let read = expr::read(text.value);
        let faults = match &read {
            Ok(expression) => check::faults(expression, kinds, terms),
            Err(fault) => vec![fault.clone()],
        };
        for found in &faults {
            let span = text.span.within(found.at.start, found.at.end);
            report.push(fault(span, found.message.clone()).maybe_help(found.help.clone()));
        }
        let says = Test::of(&read.ok()?, kinds);
        let source = text.value.to_owned();
        faults.is_empty().then_some(Self { source, span: text.span, says })
    }

    /// Whether it holds of a record as of a day. An error says why there is no answer; none is ever
    /// taken for a yes.
    pub fn holds(&self, subject: &Subject) -> Result<bool, Indeterminate> {
        self.says.truth(subject)
    }

    /// The dotted names it reads, in the order it writes them.
    pub fn names(&self) -> Vec<Name> {
        self.says.names()
    }

    /// The dotted names that are why it does not hold of a record, or why there is no answer: those
    /// read by its parts that do not hold, in the order it writes them. None where it holds.
    pub fn unmet(&self, subject: &Subject) -> Vec<Name> {
        let mut parts = Vec::new();
        self.says.failing(subject, &mut parts);
        let mut names = Vec::new();
        for name in parts.into_iter().flat_map(Test::names) {
            if !names.contains(&name) {
                names.push(name);
            }
        }
        names
    }
}
