//! Export: an assessment as rows for other programs, one file per format. Leaves the road at
//! the facts; the same rows are printed by `status` and published under `data/`.

pub mod akn;
pub mod change;
pub mod checks;
pub mod csv;
pub mod digest;
pub mod history;
pub mod ics;
pub mod mutant;
pub mod readings;
pub mod reason;
pub mod retention;
pub mod schema;
pub mod sheet;
pub mod status;
pub mod status2;
pub mod table;
pub mod tested;
pub mod trial;
pub mod verdict;

use crate::assess::Assessment;
use crate::facts::Facts;
use crate::model::Model;
use crate::text::words::Words;

/// What rows are made from.
#[derive(Clone, Copy)]
pub struct Conclusions<'a> {
    pub model: &'a Model,
    pub words: &'a Words,
    pub assessment: &'a Assessment,
    pub facts: &'a Facts,
}
