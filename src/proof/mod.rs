//! prove: rules and what was judged by them → whether they can be trusted.
//!
//! Takes a resolved model, or changed copies of it, and runs the judgement over them: small worlds
//! made for one rule, rules changed in one place, another reading of a clause, a draft. It never
//! changes what a site says of its own records; receipts are how others can follow it.
pub mod coverage;
pub mod kit;
pub mod lint;
pub mod mutant;
pub mod receipt;
pub mod trial;
pub mod variant;

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::model::{Id, Obligation};
use coverage::Coverage;
use lint::Noted;
use trial::Example;
use variant::Variants;

/// What was found out about the rules of a site, for its pages; each part empty until it was looked for.
#[derive(Debug, Default)]
pub struct Proofs {
    /// What other readings and drafts would change.
    pub variants: Arc<Variants>,
    /// What the tests exercise of each rule.
    pub coverage: Coverage,
    /// The tests beside the rules.
    pub examples: BTreeMap<Id<Obligation>, Vec<Example>>,
    /// What lints found that the pages of rules show.
    pub noted: Vec<Noted>,
}
