//! Parse.
pub mod check;
pub mod kinds;
pub mod rule;
pub mod schema;
pub mod value;
pub mod yaml;
