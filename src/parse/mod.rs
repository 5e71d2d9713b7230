//! Parse: each file of the source tree on its own, into values that keep their place.

pub mod law;
