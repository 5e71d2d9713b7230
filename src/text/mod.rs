//! Say: what was judged and concluded becomes words. The catalogue of a language, numbers and
//! days as it writes them, and the sentences that figures and conditions become. `cli`, `export`
//! and `site` say the same thing with the same sentence; nothing here knows of pages.

pub mod condition;
pub mod counter;
pub mod interval;
pub mod keeping;
pub mod number;
mod paper;
pub mod person;
pub mod reckoning;
pub mod sentence;
mod timing;
pub mod words;

pub use words::Words;
