//! prove: rules and what was judged by them → whether they can be trusted.
//!
//! Takes a resolved model, or changed copies of it, and runs the judgement over them: small worlds
//! made for one rule, rules changed in one place, another reading of a clause, a draft. It never
//! changes what a site says of its own records; receipts are how others can follow it.
pub mod coverage;
pub mod lint;
pub mod mutant;
pub mod receipt;
pub mod trial;
pub mod variant;
