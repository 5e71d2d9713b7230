//! The parts of the index.

/// What a part of the index lists.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Part {
    Clauses,
    Obligations,
    Names,
    Findings,
    Documents,
}

impl Part {
    /// Every part, in order.
    pub const ALL: [Part; 5] =
        [Part::Clauses, Part::Obligations, Part::Names, Part::Findings, Part::Documents];

    /// In addresses and words.
    pub fn code(self) -> &'static str {
        match self {
            Part::Clauses => "clauses",
            Part::Obligations => "obligations",
            Part::Names => "names",
            Part::Findings => "findings",
            Part::Documents => "documents",
        }
    }
}
