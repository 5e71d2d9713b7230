//! A diagnostic as every format for programs tells it: masked, with the file's name, the place and a
//! fingerprint. One set of problems, whatever the format.

use std::borrow::Cow;
use std::collections::HashMap;

use sha2::{Digest as _, Sha256};

use super::order::sorted;
use super::place::{Place, Places};
use super::{Code, Diagnostic};
use crate::privacy::mask;
use crate::source::{SourceTree, Span};

/// One problem, with nothing personal in it.
pub struct Problem<'a> {
    pub code: Code,
    pub position: Position<'a>,
    pub message: Cow<'a, str>,
    pub help: Option<Cow<'a, str>>,
    /// Other places that matter, each with a word on why.
    pub related: Vec<(Position<'a>, Cow<'a, str>)>,
    /// The same for the same problem in another run, wherever its lines have moved to; no two
    /// problems of one run share one.
    pub fingerprint: String,
}

/// Where something stands: the file from the site's folder, and the place if the file has text.
#[derive(Clone, PartialEq, Eq)]
pub struct Position<'a> {
    pub file: Cow<'a, str>,
    pub place: Option<Place>,
}

/// The problems to tell, errors first; what was said twice, once.
pub fn problems<'a>(tree: &'a SourceTree, diagnostics: &'a [Diagnostic]) -> Vec<Problem<'a>> {
    let mut places = Places::new(tree);
    let mut position = |span: Span| Position {
        file: mask(&tree.file(span.file).path),
        place: places.locate(span),
    };
    let mut prints = Fingerprints::default();
    let tell = |diagnostic: &'a Diagnostic| Problem {
        code: diagnostic.code,
        position: position(diagnostic.span),
        message: mask(&diagnostic.message),
        help: diagnostic.help.as_deref().map(mask),
        related: diagnostic
            .related
            .iter()
            .map(|(span, message)| (position(*span), mask(message)))
            .collect(),
        fingerprint: prints.of(tree, diagnostic),
    };
    sorted(diagnostics).into_iter().map(tell).collect()
}

/// Tells equal problems of equal lines apart by their number.
#[derive(Default)]
struct Fingerprints(HashMap<[u8; 32], usize>);

impl Fingerprints {
    /// Of the code, the file, the words and the text of the line, not of its number. What is personal
    /// is masked first: ten figures can be guessed from their hash.
    fn of(&mut self, tree: &SourceTree, diagnostic: &Diagnostic) -> String {
        let file = tree.file(diagnostic.span.file);
        let line = line_of(file.excerpt(), diagnostic.span.start as usize);
        let message = without_figures(&diagnostic.message);
        let mut hash = Sha256::new();
        for part in [diagnostic.code.slug(), &*mask(&file.path), &*mask(&message), &*mask(line)] {
            hash.update(part.as_bytes());
            hash.update([0]);
        }
        let base: [u8; 32] = hash.finalize().into();
        let number = self.0.entry(base).or_default();
        *number += 1;
        let mut hash = Sha256::new();
        hash.update(base);
        hash.update(number.to_string());
        hash.finalize().iter().take(16).map(|byte| format!("{byte:02x}")).collect()
    }
}

/// The line around `offset` without the spaces about it.
fn line_of(text: &str, offset: usize) -> &str {
    let at = super::place::floor(text, offset);
    let start = text[..at].rfind('\n').map_or(0, |end| end + 1);
    let end = text[at..].find('\n').map_or(text.len(), |length| at + length);
    text[start..end].trim()
}

/// The words without the figures that stand outside of quotes: a message may count lines or days,
/// which move though the fault stays.
fn without_figures(message: &str) -> String {
    let mut quoted = false;
    message
        .chars()
        .filter(|c| {
            quoted ^= *c == '`';
            quoted || !c.is_ascii_digit()
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::{Area, Content, FileId, SourceFile};

    fn prints(text: &str, faults: &[(&str, &str)]) -> Vec<String> {
        let content = Content::Text(text.to_owned());
        let file = SourceFile { path: "content/a.yaml".into(), area: Area::Record, content };
        let tree = SourceTree { files: vec![file] };
        let diagnostics: Vec<_> = faults
            .iter()
            .flat_map(|(at, message)| {
                text.match_indices(at).map(|(start, found)| {
                    let span = Span::new(FileId(0), start, start + found.len());
                    Diagnostic::new(Code::UnknownId, span, *message)
                })
            })
            .collect();
        problems(&tree, &diagnostics).into_iter().map(|one| one.fingerprint).collect()
    }

    #[test]
    fn fingerprints_stay_when_lines_move_and_differ_otherwise() {
        let fault = [("x1", "no unit `x1`, see line 3")];
        let moved = [("x1", "no unit `x1`, see line 14")];
        let before = prints("id: a\nunit: x1\n", &fault);
        assert_eq!(before, prints("# new\n\n  id: a\n  unit: x1\nmore: 1\n", &moved));
        assert_ne!(before, prints("id: a\npost: x1\n", &fault));
        assert_ne!(before, prints("id: a\nunit: x1\n", &[("x1", "no unit `x2`")]));
        let twice = prints("unit: x1\n---\nunit: x1\n", &fault);
        assert_eq!(
            (twice[0] == twice[1], &twice[0] == before.first().expect("one")),
            (false, true)
        );
    }

    #[test]
    fn a_fingerprint_does_not_give_a_number_away() {
        let of = |text: &str| prints(text, &[("note", "it stands here")]);
        assert_eq!(of("note: A123456789\n"), of("note: A123450005\n"));
    }
}
