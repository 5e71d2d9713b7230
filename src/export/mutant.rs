//! What became of the mutants of the rules, for other programs.

use serde::Serialize;

use crate::proof::mutant::{Fate, Tried};

/// The mutants of a duty.
#[derive(Debug, Serialize)]
pub struct MutantRow {
    /// `REGULATION/OBLIGATION`.
    pub of: String,
    pub mutants: usize,
    pub killed: usize,
    pub equivalent: Vec<EquivalentRow>,
    pub survivors: Vec<SurvivorRow>,
}

/// A change that somebody says changes nothing.
#[derive(Debug, Serialize)]
pub struct EquivalentRow {
    pub mutant: String,
    pub because: String,
    /// The post that says so.
    pub by: String,
}

/// A change that no test notices.
#[derive(Debug, Serialize)]
pub struct SurvivorRow {
    pub mutant: String,
    /// An input that tells it from the rule; `null` if none was found within the search.
    pub telling: Option<TellingRow>,
}

/// An input and the two answers.
#[derive(Debug, Serialize)]
pub struct TellingRow {
    pub asked: String,
    /// The key of the answer, such as `status`.
    pub key: &'static str,
    pub rule: String,
    #[serde(rename = "mutant")]
    pub changed: String,
    /// An entry of `tests.yaml` that asks it; its expectation is a `?`.
    pub entry: String,
}

/// What became of them, a row for each duty that has mutants.
pub fn mutant_rows(tried: &[Tried]) -> Vec<MutantRow> {
    tried.iter().map(row).collect()
}

fn row(tried: &Tried) -> MutantRow {
    let (mutants, killed) = tried.counts();
    let survivors = tried.survivors().map(|(mutant, telling)| SurvivorRow {
        mutant: mutant.to_owned(),
        telling: telling.map(|one| TellingRow {
            asked: one.asked.clone(),
            key: one.key,
            rule: one.rule.clone(),
            changed: one.mutant.clone(),
            entry: one.entry.clone(),
        }),
    });
    let equivalent = tried.mutants.iter().filter_map(|(mutant, fate)| match fate {
        Fate::Equivalent { because, by } => {
            Some(EquivalentRow { mutant: mutant.clone(), because: because.clone(), by: by.clone() })
        }
        Fate::Killed | Fate::Survived(_) => None,
    });
    MutantRow {
        of: format!("{}/{}", tried.regulation, tried.duty),
        mutants,
        killed,
        equivalent: equivalent.collect(),
        survivors: survivors.collect(),
    }
}
