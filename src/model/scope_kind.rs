//! What duties are laid on.

use crate::record::kinds::Kinds;

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
    /// Entries of a register, by the name of its kind.
    Entry(&'static str),
}

impl ScopeKind {
    /// The scope a word of rule files names.
    pub fn from_word(word: &str, kinds: &Kinds) -> Option<Self> {
        Some(match word {
            "agency" => ScopeKind::Agency,
            "unit" => ScopeKind::Unit,
            "office" => ScopeKind::Office,
            "system" => ScopeKind::System,
            "account" => ScopeKind::Account,
            "post" => ScopeKind::Post,
            "contractor" => ScopeKind::Contractor,
            _ => {
                let register = kinds.find(word).filter(|kind| kind.register.is_some())?;
                ScopeKind::Entry(register.name)
            }
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
