//! The suite: one binary, one file per feature. Each test writes the inputs an author would write
//! with [`project::Project`] and looks at what the program says of them.
#![expect(clippy::disallowed_methods, reason = "tests write sites and run the program on them")]

mod annotated;
mod architecture;
mod commands;
mod determinism;
mod docs;
mod due_dates;
mod family;
mod import;
mod invariants;
mod panics;
mod project;
mod readme;
mod retention;
mod sample_sizes;
mod statuses;
mod walk;
