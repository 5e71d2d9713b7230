//! What was written in a field of a record, in words, linked where it names another record.

use super::parts::PageCtx;
use super::records::MaybeLink;
use crate::record::schema::Shape;
use crate::record::value::{Data, Value};
use crate::text::condition::said;

impl PageCtx<'_> {
    /// The values of a field, by its dotted name or its key, and its shape; empty of an empty list.
    pub fn written(&self, name: &str, shape: Shape, value: &Value) -> Vec<MaybeLink> {
        let plain = |text: String| vec![MaybeLink { href: None, text }];
        match (shape, &value.data) {
            (Shape::List(of), Data::List(items)) => {
                items.iter().flat_map(|item| self.written(name, *of, item)).collect()
            }
            (Shape::Group(fields), Data::Group(group)) => {
                let shape_of = |key: &str| fields.iter().find(|field| field.key == key);
                let known = group.entries.iter().filter_map(|(key, value)| {
                    let within = format!("{name}.{}", key.value);
                    Some(self.written(&within, shape_of(&key.value)?.shape, value))
                });
                known.flatten().collect()
            }
            (Shape::Ref(kind), Data::Text(slug)) => match self.record_named(kind, slug) {
                Some(link) => vec![link],
                None => plain(slug.clone()),
            },
            (_, Data::Text(text)) => plain(said(&self.site.words, &self.site.model, name, text)),
            _ => plain(self.value(value)),
        }
    }

    /// A post or a piece of evidence by its id.
    fn record_named(&self, kind: &str, slug: &str) -> Option<MaybeLink> {
        let model = &self.site.model;
        let link = match kind {
            "post" => self.post(model.posts.find(slug)?),
            "evidence" => self.evidence_row(model.evidence.find(slug)?).link,
            _ => return None,
        };
        Some(MaybeLink { href: Some(link.href), text: link.text })
    }
}
