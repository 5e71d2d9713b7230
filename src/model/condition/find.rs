//! What a record holds under a name of a condition, for pages that say why it does not hold.

use super::names::{fields_of, root_of};
use super::subject::{Derived, Subject};
use crate::parse::schema::Shape;
use crate::parse::value::{Data, Value};
use crate::time::Day;

/// What stands under a name.
#[derive(Debug)]
pub enum Found<'a> {
    /// Nothing was recorded.
    Nothing,
    /// A day after the as-of date: not yet so.
    Later(Day),
    Written(&'a Value),
    /// It comes from other records.
    Derived(&'a Derived),
}

/// What a dotted name holds by the tables of records; `None` of names that are derived, and of
/// attributes of an author's own.
pub fn shape_of(name: &str) -> Option<Shape> {
    let (root, path) = name.split_once('.')?;
    let mut fields = fields_of(root);
    let mut shape = None;
    for key in path.split('.') {
        let field = fields.iter().find(|field| field.key == key)?;
        shape = Some(field.shape);
        fields = match field.shape {
            Shape::Group(inner) => inner,
            _ => &[],
        };
    }
    shape
}

impl Subject<'_> {
    /// What the record holds under a dotted name, such as `account.change.on`.
    pub fn find(&self, name: &str) -> Found<'_> {
        let root = root_of(self.kind);
        let Some(path) = name.strip_prefix(&root).and_then(|rest| rest.strip_prefix('.')) else {
            return Found::Nothing;
        };
        if let Some((_, derived)) = self.derived.iter().find(|(known, _)| *known == path) {
            return Found::Derived(derived);
        }
        let mut group = self.fields;
        let mut keys = path.split('.').peekable();
        while let Some(key) = keys.next() {
            let written = group.entries.iter().find(|(known, _)| known.value == key);
            let Some((_, value)) = written else { break };
            match (&value.data, keys.peek()) {
                (Data::Group(inner), Some(_)) => group = inner,
                (Data::Date(day), None) if *day > self.as_of => {
                    let is_planned = !matches!(shape_of(name), Some(Shape::Date));
                    return if is_planned { Found::Written(value) } else { Found::Later(*day) };
                }
                (_, None) => return Found::Written(value),
                (_, Some(_)) => break,
            }
        }
        Found::Nothing
    }
}
