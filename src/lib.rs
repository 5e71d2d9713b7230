//! Clausebook.
#![forbid(unsafe_code)]

pub mod assess;

pub mod diagnostic;
pub mod parse;
pub mod source;
pub mod time;
