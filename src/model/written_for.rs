//! For which text a rule was written: the version, and a fingerprint of each clause it stands in.
//! Where a version says something else, the rule is suspect (存疑) until somebody has read it again.

use crate::law::{ClauseNumber, LawClause};
use crate::record::value::Group;
use crate::source::{Span, Spanned, sha256};
use crate::time::Day;

/// Hexadecimal digits of a fingerprint.
pub const DIGITS: usize = 12;

/// For which text a rule was written.
#[derive(Debug)]
pub struct WrittenFor {
    pub version: Spanned<String>,
    /// In the author's order.
    pub fingerprints: Vec<(Spanned<ClauseNumber>, Spanned<String>)>,
    /// Keys of `fingerprints` that are no clause numbers.
    pub(super) unreadable: Vec<Spanned<String>>,
    pub span: Span,
}

/// Somebody has read the rule against a later version and it still holds.
#[derive(Debug)]
pub struct Confirmed {
    pub version: Spanned<String>,
    pub on: Day,
    pub by: String,
    pub note: Option<String>,
}

/// The first twelve hexadecimal digits of the hash of what the clause itself says, without the clauses
/// within.
pub fn fingerprint(clause: &LawClause) -> String {
    let mut hash = text_hash(&clause.own_text());
    hash.truncate(DIGITS);
    hash
}

/// The SHA-256 of what a clause says, without white space: how a text is wrapped does not change it.
pub fn text_hash(said: &str) -> String {
    let said: String = said.chars().filter(|c| !c.is_whitespace()).collect();
    sha256(said.as_bytes())
}

impl WrittenFor {
    pub(super) fn resolve(fields: &Group) -> Option<Self> {
        let group = fields.group("written_for")?;
        let version = group.text("version")?;
        let mut fingerprints = Vec::new();
        let mut unreadable = Vec::new();
        for (key, value) in group.group("fingerprints").iter().flat_map(|group| &group.entries) {
            let text = value.as_text().unwrap_or_default().to_ascii_lowercase();
            match key.value.parse() {
                Ok(clause) => fingerprints
                    .push((Spanned::new(clause, key.span), Spanned::new(text, value.span))),
                Err(_) => unreadable.push(key.clone()),
            }
        }
        Some(Self {
            version: Spanned::new(version.value.to_owned(), version.span),
            fingerprints,
            unreadable,
            span: fields.key_span("written_for"),
        })
    }

    /// The fingerprint recorded for a clause.
    pub fn of(&self, clause: &ClauseNumber) -> Option<&Spanned<String>> {
        self.fingerprints.iter().find(|(known, _)| known.value == *clause).map(|(_, text)| text)
    }
}

impl Confirmed {
    pub(super) fn resolve(fields: &Group) -> Vec<Self> {
        let read = |group: &Group| {
            let version = group.text("version")?;
            Some(Self {
                version: Spanned::new(version.value.to_owned(), version.span),
                on: group.date("on")?,
                by: group.string("by"),
                note: group.maybe_string("note"),
            })
        };
        fields.groups("confirmed").filter_map(read).collect()
    }
}
