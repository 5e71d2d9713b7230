//! The suite: one binary, one file per feature. Each test writes the inputs an author would write
//! with [`project::Project`] and looks at what the program says of them.
#![expect(clippy::disallowed_methods, reason = "tests write sites and run the program on them")]

mod annotated;
mod appearance;
mod architecture;
mod clicks;
mod commands;
mod compare;
mod demo;
mod determinism;
mod docs;
mod due_dates;
mod event_deadlines;
mod family;
mod frame;
mod golden;
mod guidance;
mod history;
mod home;
mod html;
mod import;
mod injection;
mod invariants;
mod kill;
mod large;
mod law_texts;
mod pages;
mod panics;
mod people;
mod project;
mod published;
mod readme;
mod references;
mod retention;
mod roles;
mod sample_sizes;
mod search;
mod sheet;
mod stale;
mod statuses;
mod tables;
mod time;
mod versions;
mod walk;
mod words;
