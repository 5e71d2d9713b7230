//! Clausebook.
#![forbid(unsafe_code)]

pub mod diagnostic;
pub mod parse;
pub mod source;
