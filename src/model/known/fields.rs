//! Records as written, cut by a day: what of their dates and names is not known yet goes.

use std::sync::Arc;

use crate::model::Model;
use crate::record::kinds::Kind;
use crate::record::schema::{Field, Shape};
use crate::record::value::{Data, Group, Value};
use crate::source::Spanned;
use crate::time::Day;

/// Whether a record holds a day after `day`, or a history of which one value must be taken.
pub fn has_later(fields: &Group, day: Day) -> bool {
    fn later(value: &Value, day: Day) -> bool {
        match &value.data {
            Data::Date(on) => *on > day,
            Data::Instant(at) => at.day() > day,
            Data::List(items) => items.iter().any(|item| later(item, day)),
            Data::Group(group) => has_later(group, day),
            _ => false,
        }
    }
    fields.has_history() || fields.entries.iter().any(|(_, value)| later(value, day))
}

/// Takes days after `day` out of a record as written, and with a day that a mapping cannot do
/// without the mapping; days that may lie ahead stay.
pub fn cut_fields(kind: &'static Kind, fields: &mut Arc<Group>, day: Day) {
    if let Some(group) = cut_group(fields, kind.fields, day) {
        *fields = Arc::new(group);
    }
}

/// `None` if a day that must be there lies ahead.
fn cut_group(group: &Group, table: &[Field], day: Day) -> Option<Group> {
    let mut cut = group.clone();
    let mut entries = Vec::with_capacity(cut.entries.len());
    for (key, mut value) in cut.entries {
        // Of a history the latest value that was known stays; it stands before the earlier ones.
        if entries.last().is_some_and(|(last, _): &(Spanned<String>, _)| last.value == key.value) {
            continue;
        }
        let field = table.iter().find(|field| field.key == key.value);
        let Some(field) = field else {
            entries.push((key, value));
            continue;
        };
        let stays = match (field.shape, &mut value.data) {
            (Shape::Date, Data::Date(on)) => *on <= day,
            // The time of a day that may lie ahead may do so as well.
            (Shape::Instant, Data::Instant(at)) => {
                let beside = field.day_beside().unwrap_or_default();
                let beside = table.iter().find(|one| one.key == beside);
                at.day() <= day || beside.is_some_and(|one| !matches!(one.shape, Shape::Date))
            }
            (Shape::List(Shape::Date), Data::List(days)) => {
                days.retain(|item| !matches!(item.data, Data::Date(on) if on > day));
                true
            }
            (Shape::Group(inner), Data::Group(within)) => match cut_group(within, inner, day) {
                Some(cut) => {
                    *within = cut;
                    true
                }
                None => false,
            },
            (Shape::Groups(inner), Data::List(items)) => {
                items.retain_mut(|item| {
                    let Data::Group(within) = &mut item.data else { return true };
                    let cut = cut_group(within, inner, day);
                    cut.map(|cut| *within = cut).is_some()
                });
                true
            }
            _ => true,
        };
        if stays {
            entries.push((key, value));
        } else if field.required {
            return None;
        }
    }
    cut.entries = entries;
    Some(cut)
}

/// Whether a record as written names an absent row.
pub fn dangles(model: &Model, fields: &Group, table: &[Field]) -> bool {
    fields.entries.iter().any(|(key, value)| {
        let field = table.iter().find(|field| field.key == key.value);
        field.is_some_and(|field| match (field.shape, &value.data) {
            (Shape::Ref(kind), Data::Text(slug)) => is_absent(model, kind, slug),
            (Shape::List(Shape::Ref(kind)), Data::List(items)) => {
                items.iter().filter_map(Value::as_text).any(|slug| is_absent(model, kind, slug))
            }
            (Shape::Group(inner), Data::Group(group)) => dangles(model, group, inner),
            _ => false,
        })
    })
}

/// Takes the names of absent rows out of a record as written.
pub fn prune_fields(model: &Model, kind: &'static Kind, fields: &mut Arc<Group>) {
    let mut group = Group::clone(fields);
    prune_group(model, &mut group, kind.fields);
    *fields = Arc::new(group);
}

fn prune_group(model: &Model, group: &mut Group, table: &[Field]) {
    group.entries.retain_mut(|(key, value)| {
        let Some(field) = table.iter().find(|field| field.key == key.value) else { return true };
        match (field.shape, &mut value.data) {
            (Shape::Ref(kind), Data::Text(slug)) => !is_absent(model, kind, slug),
            (Shape::List(Shape::Ref(kind)), Data::List(items)) => {
                let absent = |slug: &str| is_absent(model, kind, slug);
                items.retain(|item| !item.as_text().is_some_and(absent));
                true
            }
            (Shape::Group(inner), Data::Group(within)) => {
                prune_group(model, within, inner);
                true
            }
            (Shape::Groups(inner), Data::List(items)) => {
                for item in items {
                    if let Data::Group(within) = &mut item.data {
                        prune_group(model, within, inner);
                    }
                }
                true
            }
            _ => true,
        }
    });
}

/// Whether a kind of record that may be absent has no row of that name.
fn is_absent(model: &Model, kind: &str, slug: &str) -> bool {
    match kind {
        "post" => model.posts.find(slug).is_none(),
        "account" => model.accounts.find(slug).is_none(),
        "contractor" => model.contractors.find(slug).is_none(),
        "evidence" => model.evidence.find(slug).is_none(),
        "audit" => model.audits.find(slug).is_none(),
        "finding" => model.findings.find(slug).is_none(),
        _ => {
            model.kinds.find(kind).is_some_and(|kind| kind.register.is_some())
                && !model
                    .entries
                    .iter()
                    .any(|(_, entry)| entry.kind.name == kind && entry.slug == slug)
        }
    }
}
