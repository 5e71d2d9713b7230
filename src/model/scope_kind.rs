//! What duties are laid on.

/// The kinds of records that are entries of registers.
pub const ENTRY_KINDS: [&str; 4] = ["transfer", "endpoint", "service-link", "asset"];

/// What a duty is laid on, each for itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ScopeKind {
    Agency,
    /// Units and subordinate offices.
    Unit,
    /// Subordinate offices only.
    Office,
    System,
    Account,
    Post,
    Contractor,
    /// Records of one of the [`ENTRY_KINDS`].
    Entry(&'static str),
}

impl ScopeKind {
    /// The scope a word of rule files names.
    pub fn from_word(word: &str) -> Option<Self> {
        Some(match word {
            "agency" => ScopeKind::Agency,
            "unit" => ScopeKind::Unit,
            "office" => ScopeKind::Office,
            "system" => ScopeKind::System,
            "account" => ScopeKind::Account,
            "post" => ScopeKind::Post,
            "contractor" => ScopeKind::Contractor,
            _ => return ENTRY_KINDS.into_iter().find(|kind| *kind == word).map(ScopeKind::Entry),
        })
    }

    /// The word of rule files.
    pub fn as_str(self) -> &'static str {
        match self {
            ScopeKind::Office => "office",
            other => other.record_kind(),
        }
    }

    /// The kind of record it is, which is also its name in conditions.
    pub fn record_kind(self) -> &'static str {
        match self {
            ScopeKind::Agency => "agency",
            ScopeKind::Unit | ScopeKind::Office => "unit",
            ScopeKind::System => "system",
            ScopeKind::Account => "account",
            ScopeKind::Post => "post",
            ScopeKind::Contractor => "contractor",
            ScopeKind::Entry(kind) => kind,
        }
    }
}
