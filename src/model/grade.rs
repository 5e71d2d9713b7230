//! How grave findings are, and the words for it in records and rules.

/// How grave a finding is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Grade {
    Observation,
    Minor,
    Major,
}

/// A grade as a finding or a rule names it; each word one row.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct GradeName {
    pub slug: String,
    /// The grade whose own word it is; `None` of a word of the site's vocabulary.
    pub own: Option<Grade>,
}

impl Grade {
    /// The grade whose own word it is.
    pub(super) fn from_word(word: &str) -> Option<Self> {
        let all = [Grade::Observation, Grade::Minor, Grade::Major];
        all.into_iter().find(|grade| grade.as_str() == word)
    }

    /// The word of the record.
    pub fn as_str(self) -> &'static str {
        match self {
            Grade::Observation => "observation",
            Grade::Minor => "minor",
            Grade::Major => "major",
        }
    }
}
