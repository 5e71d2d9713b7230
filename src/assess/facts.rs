//! What conditions may ask of a record beside its own fields: facts that other records hold.

use super::RecordRef;
use crate::model::condition::Derived;
use crate::model::{Id, Model, Post, Scope};
use crate::time::Day;

/// The derived values of a record as of a day, by the names of
/// [`DERIVED`](crate::model::condition::DERIVED).
pub fn facts(model: &Model, record: RecordRef, as_of: Day) -> Vec<(&'static str, Derived)> {
    match record {
        RecordRef::Scope(Scope::Agency(id)) => {
            vec![("roles", roles(model, model.agencies[id].posts.iter().copied(), as_of))]
        }
        RecordRef::Scope(Scope::Unit(id)) => {
            let posts = model.agencies[model.units[id].agency].posts.iter().copied();
            let own = posts.filter(|post| model.posts[*post].unit == Some(id));
            vec![("roles", roles(model, own, as_of))]
        }
        RecordRef::Scope(Scope::Post(id)) => {
            let deputy = model.posts[id].deputy;
            let staff = deputy.map(|deputy| Derived::Text(model.posts[deputy].staff.clone()));
            staff.map(|staff| ("deputy_staff", staff)).into_iter().collect()
        }
        RecordRef::Entry(id) if model.entries[id].kind.name == "endpoint" => {
            let address = |id| model.entries[id].fields.string("address");
            let same = model.entries.iter().filter(|(other, entry)| {
                *other != id
                    && entry.kind.name == "endpoint"
                    && entry.system == model.entries[id].system
                    && entry.since <= as_of
                    && entry.fields.date("removed_on").is_none_or(|day| day > as_of)
                    && address(*other) == address(id)
            });
            vec![("same_address", Derived::Count(same.count() as u64))]
        }
        _ => Vec::new(),
    }
}

/// The roles of posts that are held on the day.
fn roles(model: &Model, posts: impl Iterator<Item = Id<Post>>, as_of: Day) -> Derived {
    let held = posts.map(|id| &model.posts[id]).filter(|post| {
        post.from.is_none_or(|from| from <= as_of) && post.until.is_none_or(|until| until >= as_of)
    });
    let mut roles: Vec<String> = held.flat_map(|post| post.roles.iter().cloned()).collect();
    roles.sort_unstable();
    Derived::Texts(roles)
}
