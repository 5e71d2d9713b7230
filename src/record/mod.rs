//! What records consist of: a table of fields for each kind, the shapes of values, and values that
//! have their shape. One table yields the reader ([`parse`](crate::parse)), the schema and the
//! reference, and the names that conditions may use; nothing else says which keys there are.

pub mod kind;
pub mod kinds;
pub mod register;
pub mod regulation;
pub mod rule;
pub mod schema;
pub mod site;
pub mod trial;
pub mod value;
