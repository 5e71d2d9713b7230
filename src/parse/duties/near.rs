//! How near two clauses are: what 前項 and 本條 may mean.

use crate::law::ClauseNumber;

/// How many duties back a clause may mean one.
pub const FURTHEST: usize = 40;

/// The article or point a clause stands in: `3` of `3p2.1`.
pub fn top(number: &ClauseNumber) -> String {
    let text = number.to_string();
    text.split(['.', 'p']).next().unwrap_or_default().to_owned()
}
