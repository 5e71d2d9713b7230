//! What systems do in different ways while a site is published, each with a way for Unix and one
//! for Windows.

#[cfg(unix)]
mod unix;
#[cfg(windows)]
mod windows;

#[cfg(unix)]
pub use unix::{exchange, is_same_file, make_readable, settle, settle_names};
#[cfg(windows)]
pub use windows::{exchange, is_same_file, make_readable, settle, settle_names};
