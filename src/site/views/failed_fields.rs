//! Why a check does not hold, in the words of the record: the fields its rule's condition read
//! there, and what stands in them.

use serde::Serialize;

use super::parts::PageCtx;
use crate::assess::Check;
use crate::model::condition::{Derived, Found, Name};
use crate::record::schema::Shape;
use crate::record::value::{Data, Value};
use crate::text::condition::said;
use crate::text::sentence;

/// A field of a record and what stands in it.
#[derive(Clone, Debug, Serialize)]
pub struct FieldView {
    /// In words; `None` if the site has none for it.
    pub label: Option<String>,
    /// As the record has it: `change.approved_on`.
    pub path: String,
    pub value: String,
}

impl PageCtx<'_> {
    /// The fields that are why a check does not hold; none if it holds.
    pub fn unmet(&self, check: &Check) -> Vec<FieldView> {
        let (model, as_of) = (&self.site.model, self.site.assessment.as_of);
        let names = check.unmet(model, as_of);
        if names.is_empty() {
            return Vec::new();
        }
        let subject = check.record.subject(model, as_of);
        let field = |name: &Name| {
            let path = name.split_once('.').map_or(&**name, |(_, path)| path);
            let value = match subject.find(name) {
                Found::Nothing => String::new(),
                Found::Later(day) => {
                    self.site.words.say("reads.later", &[("day", &sentence::date(day))])
                }
                Found::Written(value) => self.held(name, value),
                Found::Derived(derived) => self.derived(path, derived),
            };
            FieldView {
                label: self.site.words.find(&format!("reads.{name}")).map(str::to_owned),
                path: path.to_owned(),
                value: if value.is_empty() { self.word("site", "not_recorded") } else { value },
            }
        };
        names.iter().map(field).collect()
    }

    /// What was written under a name, in words; empty if it is an empty list, or one of days to come.
    fn held(&self, name: &Name, value: &Value) -> String {
        let is_so = |item: &Value| match item.data {
            Data::Date(day) => self.has_come(day),
            _ => true,
        };
        let one = |item: &Value, shape| -> Vec<String> {
            self.written(name, shape, item).into_iter().map(|value| value.text).collect()
        };
        let texts: Vec<String> = match (name.shape(), &value.data) {
            (Some(Shape::List(of)), Data::List(items)) => {
                items.iter().filter(|item| is_so(item)).flat_map(|item| one(item, *of)).collect()
            }
            (shape, _) => one(value, shape.unwrap_or(Shape::Text)),
        };
        texts.join(self.site.words.get("list.join"))
    }

    fn derived(&self, path: &str, derived: &Derived) -> String {
        match derived {
            Derived::Text(text) => text.clone(),
            Derived::Day(day) => sentence::date(*day),
            // Counted for conditions; what pages show of it are the roles themselves.
            Derived::Holders(_) => String::new(),
            Derived::Count(count) => count.to_string(),
            Derived::Texts(texts) => {
                let (words, model) = (&self.site.words, &self.site.model);
                let of_one = |same: &[String]| {
                    let what = said(words, model, path, &same[0]);
                    match same.len() {
                        1 => what,
                        count => words.say("reads.several", &[("what", &what), ("count", &count)]),
                    }
                };
                let said = texts.chunk_by(|one, other| one == other).map(of_one);
                said.collect::<Vec<_>>().join(words.get("list.join"))
            }
        }
    }
}
