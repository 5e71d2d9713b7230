//! What is wrong with the inputs: a [`Diagnostic`] says the fault, the place, the cause and the remedy.
//! Every stage gathers them and goes on; they are shown in [`terminal`] for people, and in a format
//! for programs: one set of problems in all of them.

mod character;
pub mod code;
pub mod github;
pub mod gitlab;
pub mod json;
pub mod junit;
mod order;
mod personal;
mod place;
mod problem;
pub mod sarif;
pub mod terminal;
pub mod waiver;

pub use character::character;
pub use code::{Code, Severity};
pub use personal::personal;

use crate::source::Span;
use crate::time::Day;

/// One fault in the inputs, with all a person needs to mend it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Diagnostic {
    /// The place; first, so that sorting goes by file and position.
    pub span: Span,
    pub code: Code,
    /// Lower case, no full stop, quotes what the author wrote in backticks.
    pub message: String,
    /// Other places that matter, each with a word on why.
    pub related: Vec<(Span, String)>,
    /// What to do about it.
    pub help: Option<String>,
    /// Until which day, inclusive, an author answers for it: it is then not shown, but counted.
    pub waived_until: Option<Day>,
}

impl Diagnostic {
    /// A fault of kind `code` at `span`.
    pub fn new(code: Code, span: Span, message: impl Into<String>) -> Self {
        Self {
            span,
            code,
            message: message.into(),
            related: Vec::new(),
            help: None,
            waived_until: None,
        }
    }

    /// Adds the remedy.
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// Adds the remedy where there is one.
    pub fn maybe_help(mut self, help: Option<String>) -> Self {
        self.help = help.or(self.help);
        self
    }

    /// Adds another place that matters.
    pub fn related(mut self, span: Span, label: impl Into<String>) -> Self {
        self.related.push((span, label.into()));
        self
    }

    /// Marks it as one that an author answers for until a day.
    pub fn waived(mut self, until: Option<Day>) -> Self {
        self.waived_until = until;
        self
    }

    /// Whether it stops the site from being published.
    pub fn is_error(&self) -> bool {
        self.code.severity() == Severity::Error
    }
}

/// The diagnostics of a run, in the order they were found.
pub type Diagnostics = Vec<Diagnostic>;

/// Names the entry of `known` that is nearest to `written`, as a remedy; `None` if none is near.
pub fn did_you_mean<'a>(written: &str, known: impl IntoIterator<Item = &'a str>) -> Option<String> {
    nearest(written, known).map(|name| format!("did you mean `{name}`?"))
}

/// How many names of about the same length are compared: thousands of misspelt references among
/// thousands of records would take minutes otherwise.
const MOST_COMPARED: usize = 256;

/// The entry of `known` nearest to `written` by edit distance: at most 2, or a third of the length.
pub fn nearest<'a>(written: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let length = written.chars().count();
    let limit = (length / 3).max(2);
    known
        .into_iter()
        .filter(|name| name.chars().count().abs_diff(length) <= limit)
        .take(MOST_COMPARED)
        .map(|name| (strsim::damerau_levenshtein(written, name), name))
        // Of words that share less than half their letters neither is meant for the other.
        .filter(|(distance, name)| {
            *distance <= limit && 2 * *distance <= length.max(name.chars().count())
        })
        .min()
        .map(|(_, name)| name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn suggests_only_near_names() {
        assert_eq!(nearest("ausit", ["audit", "agency"]), Some("audit"));
        assert_eq!(nearest("zebra", ["audit", "agency"]), None);
        assert_eq!((nearest("掩埋", ["擊碎"]), nearest("資訊室", ["政風室"])), (None, None));
        assert_eq!(nearest("銷燬", ["銷毀", "擊碎"]), Some("銷毀"));
        // The nearest of very many is found among the first of them: no more are looked at.
        let many: Vec<String> = (0..5_000).map(|n| format!("account-number-{n:05}")).collect();
        let mut looked_at = 0;
        let names = many.iter().map(String::as_str).inspect(|_| looked_at += 1);
        assert_eq!(nearest("acount-number-00007", names), Some("account-number-00007"));
        assert_eq!(looked_at, MOST_COMPARED);
    }
}
