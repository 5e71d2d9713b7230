//! Clausebook turns a folder of YAML records and regulation texts into a cross-linked static
//! site on which every duty the regulations lay on an agency can be seen: what it is, in which
//! clause it stands, when it is due, whether it was met, and by what evidence.
//!
//! # The map
//!
//! The program is a small compiler of seven stages, each one verb that turns one type into the
//! next; `pipeline` says it in one function, read it first. A stage may use what stands above it
//! in this list, never below. The disk is touched only in [`source`] and `output`, the terminal
//! and the clock only in `cli`; everything between is a function of its arguments.
#![forbid(unsafe_code)]

// For every stage.
pub mod diagnostic;
pub mod time;

// The stages, in order.
pub mod assess;
pub mod model;
pub mod parse;
pub mod render;
pub mod site;
pub mod source;

pub mod pipeline;
