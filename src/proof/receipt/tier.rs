//! The form of what a rule says of samples: how many of what, by how large the population is.

use serde::{Deserialize, Serialize};

/// How many of what must be looked at.
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SampleRuleForm {
    /// `records` or `users`.
    pub measure: String,
    /// `queries`, `users`, `accounts`, `audited-records` or `audited-users`.
    pub of: String,
    pub tiers: Vec<TierForm>,
}

/// A step of a sampling rule: holds up to a population, inclusive.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TierForm {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub up_to: Option<u64>,
    /// Such as `6%`; the share is rounded up.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rate: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub fixed: Option<u64>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub min: Option<u64>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub max: Option<u64>,
}
