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
            let mut facts = vec![("staff_roles", roles_of_holders(model, &[id], as_of))];
            facts.extend(staff.map(|staff| ("deputy_staff", staff)));
            facts
        }
        RecordRef::Scope(Scope::Account(id)) => {
            let account = &model.accounts[id];
            let used = account.last_used_on.filter(|day| *day <= as_of);
            let idle_since = used.map_or(account.opened_on, |day| day.max(account.opened_on));
            let mut facts = vec![("idle_since", Derived::Text(idle_since.to_string()))];
            let approved = account
                .application
                .as_ref()
                .filter(|form| form.approved_on.is_none_or(|day| day <= as_of));
            let approver = approved.and_then(|form| form.approved_by);
            facts
                .extend(approver.map(|post| {
                    ("approver_staff", Derived::Text(model.posts[post].staff.clone()))
                }));
            facts
        }
        RecordRef::Audit(id) => {
            vec![("auditor_roles", roles_of_holders(model, &model.audits[id].auditors, as_of))]
        }
        RecordRef::Entry(id) if model.entries[id].kind.name == "endpoint" => {
            let address =
                |id| model.entries[id].fields.text("address").map_or("", |text| text.value);
            let own = address(id);
            let same = model.entries.iter().filter(|(other, entry)| {
                *other != id
                    && entry.kind.name == "endpoint"
                    && entry.system == model.entries[id].system
                    && entry.since <= as_of
                    && entry.fields.date("removed_on").is_none_or(|day| day > as_of)
                    && address(*other) == own
            });
            vec![("same_address", Derived::Count(same.count() as u64))]
        }
        _ => Vec::new(),
    }
}

/// The roles of every post that the holders of some posts hold in the agencies of those posts.
fn roles_of_holders(model: &Model, posts: &[Id<Post>], as_of: Day) -> Derived {
    let held = posts.iter().flat_map(|id| {
        let holder = &model.posts[*id];
        let all = model.agencies[holder.agency].posts.iter().copied();
        all.filter(|other| model.posts[*other].staff == holder.staff)
    });
    roles(model, held, as_of)
}

/// The roles of posts that are held on the day.
fn roles(model: &Model, posts: impl Iterator<Item = Id<Post>>, as_of: Day) -> Derived {
    let held = posts.map(|id| &model.posts[id]).filter(|post| post.is_held_on(as_of));
    let mut roles: Vec<String> = held.flat_map(|post| post.roles.iter().cloned()).collect();
    roles.sort_unstable();
    Derived::Texts(roles)
}
