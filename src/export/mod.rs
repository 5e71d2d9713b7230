//! Export: an assessment as rows for other programs, one file per format. Leaves the road at
//! `assess`; the same rows are printed by `status` and published under `data/`.

pub mod change;
pub mod checks;
pub mod csv;
pub mod digest;
pub mod history;
pub mod ics;
pub mod retention;
pub mod schema;
pub mod sheet;
pub mod status;
pub mod table;
