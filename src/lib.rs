//! Clausebook.
#![forbid(unsafe_code)]

pub mod diagnostic;
pub mod output;
pub mod source;
