//! Rows of a sheet against the records of a site: what is new, changed, the same, gone or doubtful,
//! each with the address of its cell, and the edits that would write it. Nothing is written here.

mod convert;
mod existing;
mod fold;
mod heads;
mod log;
mod mapping;
mod matching;
mod names;
mod plan;
mod rows;
mod written;

pub use convert::convert;
pub use existing::{KindFile, files as kind_files};
pub use log::{LogCount, count_log};
pub use mapping::{Mapping, Table, field, headings, plain_table, read_mapping, table, word};
pub use names::SiteNames;
pub use plan::{Change, Outcome, Preview, RowOutcome, preview};
pub use rows::Doubt;
