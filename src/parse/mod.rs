//! Parse.
pub mod yaml;
