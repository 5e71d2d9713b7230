//! What is asked of a record: conditions that are to be so or not so, among the records there can be.

use crate::model::condition::Test;

/// A condition, and whether it must be so or not so.
pub type Goal<'a> = (&'a Test, bool);

/// What records can be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum World {
    /// Those that the program accepts: what a record must have is there.
    Accepted,
    /// Any of which the names are right.
    Any,
}
