//! What one version changed in another: clause by clause, and within a clause character by
//! character. The only module that names the engine that compares.

use std::collections::BTreeSet;

use similar::{ChangeTag, TextDiff};

use super::Version;
use crate::law::{ClauseNumber, LawClause};

/// The difference between two versions.
#[derive(Debug, Default)]
pub struct Difference {
    /// Clauses that differ, in the order of their numbers.
    pub changed: Vec<ClauseChange>,
    /// Clauses of the newer version of which the older one's source says nothing.
    pub not_stated: Vec<ClauseNumber>,
    /// How many say the same.
    pub unchanged: usize,
}

/// A clause that differs.
#[derive(Debug)]
pub struct ClauseChange {
    pub number: ClauseNumber,
    pub kind: ChangeKind,
    /// What the clause itself says, in the order of reading.
    pub pieces: Vec<Piece>,
}

/// How a clause differs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum ChangeKind {
    Changed,
    Added,
    Removed,
}

/// A stretch of text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Piece {
    pub kind: PieceKind,
    pub text: String,
}

/// Which of the two versions has it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PieceKind {
    Both,
    OnlyOld,
    OnlyNew,
}

impl ChangeKind {
    /// The word of its texts.
    pub fn as_str(self) -> &'static str {
        match self {
            ChangeKind::Changed => "changed",
            ChangeKind::Added => "added",
            ChangeKind::Removed => "removed",
        }
    }
}

impl PieceKind {
    /// The element of a page: `same`, `del` or `ins`.
    pub fn as_str(self) -> &'static str {
        match self {
            PieceKind::Both => "same",
            PieceKind::OnlyOld => "del",
            PieceKind::OnlyNew => "ins",
        }
    }
}

/// Compares what the clauses of two versions themselves say; white space does not count.
pub fn difference(old: &Version, new: &Version) -> Difference {
    let numbers: BTreeSet<&ClauseNumber> =
        [old, new].iter().flat_map(|version| version.text.all_clauses()).map(number).collect();
    let mut found = Difference::default();
    for number in numbers {
        let (before, after) = (old.text.clause(number), new.text.clause(number));
        let kind = match (before, after) {
            (Some(before), Some(after)) if bare(before) == bare(after) => {
                found.unchanged += 1;
                continue;
            }
            (Some(_), Some(_)) => ChangeKind::Changed,
            (None, _) if !old.complete && !has_point(old, number) => {
                found.not_stated.push(number.clone());
                continue;
            }
            (None, _) => ChangeKind::Added,
            (Some(_), None) => ChangeKind::Removed,
        };
        let text = |clause: Option<&LawClause>| clause.map(LawClause::own_text).unwrap_or_default();
        let pieces = pieces(&text(before), &text(after));
        found.changed.push(ClauseChange { number: number.clone(), kind, pieces });
    }
    found
}

fn number(clause: &LawClause) -> &ClauseNumber {
    &clause.number
}

fn bare(clause: &LawClause) -> String {
    clause.own_text().chars().filter(|c| !c.is_whitespace()).collect()
}

fn has_point(version: &Version, number: &ClauseNumber) -> bool {
    version.text.clauses.iter().any(|point| number.starts_with(&point.number))
}

/// The two texts as stretches that both have, or only one. What was deleted stands before what
/// was put in its place.
fn pieces(old: &str, new: &str) -> Vec<Piece> {
    let mut pieces: Vec<Piece> = Vec::new();
    for change in TextDiff::from_chars(old, new).iter_all_changes() {
        let kind = match change.tag() {
            ChangeTag::Equal => PieceKind::Both,
            ChangeTag::Delete => PieceKind::OnlyOld,
            ChangeTag::Insert => PieceKind::OnlyNew,
        };
        match pieces.last_mut() {
            Some(last) if last.kind == kind => last.text.push_str(change.value()),
            _ => pieces.push(Piece { kind, text: change.value().to_owned() }),
        }
    }
    pieces
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn side(pieces: &[Piece], without: PieceKind) -> String {
        let kept = pieces.iter().filter(|piece| piece.kind != without);
        kept.map(|piece| piece.text.as_str()).collect()
    }

    #[test]
    fn marks_only_the_characters_that_differ() {
        let found = pieces("應抽查百分之五以上。", "應抽查百分之六以上。");
        let shown: Vec<(PieceKind, &str)> =
            found.iter().map(|piece| (piece.kind, piece.text.as_str())).collect();
        assert_eq!(
            shown,
            [
                (PieceKind::Both, "應抽查百分之"),
                (PieceKind::OnlyOld, "五"),
                (PieceKind::OnlyNew, "六"),
                (PieceKind::Both, "以上。"),
            ]
        );
    }

    proptest! {
        /// Nothing is lost: without the insertions it is the old text, without the deletions the new.
        #[test]
        fn both_texts_can_be_read_off(old in "[甲乙丙，\n]{0,30}", new in "[甲乙丙，\n]{0,30}") {
            let found = pieces(&old, &new);
            prop_assert_eq!(side(&found, PieceKind::OnlyNew), old);
            prop_assert_eq!(side(&found, PieceKind::OnlyOld), new);
        }
    }
}
